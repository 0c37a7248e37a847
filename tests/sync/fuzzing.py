"""Entries as no honest program makes them, thousands of them: damaged bytes, and nonsense signed by a real device.

A real device's nonsense is the worst case: its frame is whole, its signature right, its seal opens. Everything inside
is drawn by chance: tables, columns, values of any kind, ids that exist and ids that don't. `Fuzzer.entry` gives one
such entry for the slot after a station's head and says what was done to it, so that a failure can be told.
"""

from __future__ import annotations

import math
import random
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import msgpack
import zstandard

from db import shapes
from db.capture import RowChange, TxRecord
from db.entry import Body, build, seal
from db.ids import new_id
from db.keys import new_seed
from db.rules import STATUSES
from tests.sync.forgery import entry, record
from tests.sync.stations import Station

KINDS: Final = ("case.edit", "case.new", "import.x", "undo.case.edit", "device.enrol", "desk.found", "", "a" * 3000,
                "device.invite", "kb.edit", "\0", "case.claim")  # fmt: skip
_ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 2**63 - 1, -(2**63), 2**64 - 1, 0.0, -0.0, math.nan, math.inf, -math.inf, 1e308, "",
    "\0", "a\0b", "\U0001f4a9" * 50, "' OR 1=1 --", "x" * 70_000, b"", b"\0" * 16, b"\0" * 15, b"\xff" * 32, [], [1, 2],
    {}, {"a": 1}, [[], []], "2026-01-05", "UTC", "Europe/Nowhere", msgpack.ExtType(5, b"x"), msgpack.Timestamp(1, 1),
    "\u202eabc", "\ufffe",
    *STATUSES,
)  # fmt: skip


def damaged(dice: random.Random, entry_bytes: bytes) -> bytes:
    """The bytes after some accident or mischief; in rare cases the same."""
    raw = bytearray(entry_bytes)
    harm = dice.randrange(7) if raw else 5  # of one that was emptied before nothing is left to change
    if harm == 0:
        for _ in range(dice.randint(1, 8)):
            raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    elif harm == 1:
        del raw[dice.randrange(len(raw)) :]
    elif harm == 2:
        start = dice.randrange(len(raw))
        raw[start:] = bytes(len(raw) - start)
    elif harm == 3:
        start = dice.randrange(len(raw))
        raw[start:start] = dice.randbytes(dice.randint(1, 64))
    elif harm == 4:
        raw += dice.randbytes(dice.randint(1, 64))
    elif harm == 5:
        raw = bytearray(dice.randbytes(dice.randint(0, 400)))
    else:
        raw = bytearray(len(raw))
    return bytes(raw)


class Fuzzer:
    """Draws entries. `insider`: the device that signs; `turned_out`: one that was revoked; `known`: rows that exist,
    `(table, id)`; `barred`: tables it leaves alone (an administrator may lawfully lock everybody out)."""

    def __init__(
        self,
        seed: int,
        insider: Station,
        turned_out: Station,
        known: list[tuple[str, bytes]],
        barred: frozenset[str],
    ) -> None:
        self.dice = random.Random(seed)
        self._insider, self._turned_out, self._known = insider, turned_out, known
        self._tables = [table for table in shapes.SHARED if table not in barred]

    def entry(self, after: Station) -> tuple[str, bytes]:
        """(what it is, its bytes) for the slot after `after`'s head."""
        how: Callable[[Station], bytes] = self.dice.choice(
            [self._damaged, self._damaged, self._nonsense, self._nonsense, self._nonsense, self._misplaced,
             self._structure, self._stranger, self._again, self._revoked]
        )  # fmt: skip
        return how.__name__, how(after)

    def _again(self, after: Station) -> bytes:
        """The bytes of an earlier entry."""
        raw = after.replica.entry(self.dice.randint(1, after.replica.head.seq))
        assert raw is not None
        return raw

    def _revoked(self, after: Station) -> bytes:
        """By a device that was turned out, whose keys are still right."""
        return entry(after, self._turned_out.secret, [self._record()], author=self._turned_out.analyst)

    # -- bytes --------------------------------------------------------------------------------------------------------
    def _damaged(self, after: Station) -> bytes:
        raw = entry(after, self._insider.secret, [self._record()], author=self._insider.analyst)
        return damaged(self.dice, raw)

    def _structure(self, after: Station) -> bytes:
        """A sealed and signed body that is no body."""
        dice, secret = self.dice, self._insider.secret
        body: Any = self._body(after).pack()
        harm = dice.randrange(4)
        if harm == 0:
            body = msgpack.packb(self._odd())
        elif harm == 1:
            parts = msgpack.unpackb(body, strict_map_key=False)
            parts[dice.randrange(len(parts))] = self._odd()
            body = msgpack.packb(parts)
        elif harm == 2:
            parts = msgpack.unpackb(body, strict_map_key=False)
            del parts[dice.randrange(len(parts))]
            body = msgpack.packb(parts)
        packed = zstandard.ZstdCompressor().compress(body) if harm < 3 else dice.randbytes(50)
        return seal(packed, secret.device, secret.signer, 1, secret.desk_keys[1])

    def _misplaced(self, after: Station) -> bytes:
        dice = self.dice
        changed: dict[str, Any] = dice.choice([
            {"seq": dice.choice([0, 1, 2**63])}, {"epoch": dice.choice([0, 2])}, {"prev": dice.randbytes(32)},
            {"store": new_id()}, {"schema": dice.choice([0, -1])}, {"author": new_id()}, {"device": new_id()},
            {"at": dice.choice([-(2**63), 2**63 - 1, 0])}, {"counter": dice.choice([-1, 2**63 - 1])},
            {"incarnation": b""}, {"transactions": ()}, {"digest": dice.choice([b"", b"x" * 32])},
        ])  # fmt: skip
        body = replace(self._body(after), **changed)
        secret = self._insider.secret
        return build(body, secret.signer, 1, secret.desk_keys[1])

    def _stranger(self, after: Station) -> bytes:
        """Keys that nobody gave: another signer, another desk key, a generation that does not exist."""
        body, secret = self._body(after), self._insider.secret
        forged = replace(secret, seed=new_seed())
        harm = self.dice.randrange(3)
        if harm == 0:
            return build(body, forged.signer, 1, secret.desk_keys[1])
        if harm == 1:
            return build(body, secret.signer, 1, secrets.token_bytes(32))
        return build(replace(body, device=new_id()), forged.signer, self.dice.choice([0, 2, 65535]), new_seed())

    # -- nonsense -----------------------------------------------------------------------------------------------------
    def _nonsense(self, after: Station) -> bytes:
        records = [self._record() for _ in range(self.dice.randint(1, 4))]
        return build(replace(self._body(after), transactions=tuple(records)), self._insider.secret.signer, 1,
                     self._insider.secret.desk_keys[1])  # fmt: skip

    def _body(self, after: Station) -> Body:
        head = after.replica.head
        return Body(
            schema=1, store=after.replica.fact("store"), epoch=head.epoch, seq=head.seq + 1, prev=head.hash,
            device=self._insider.secret.device, counter=self.dice.randint(0, 10**6),
            incarnation=self._insider.replica.fact("incarnation"),
            author=self._insider.analyst, at=after.clock(), transactions=(self._record(),),
        )  # fmt: skip

    def _record(self) -> TxRecord:
        dice = self.dice
        preconditions = tuple(
            (self._table(), self._id(), dice.choice(["status", "title", "rid", "number", ""]), self._odd())
            for _ in range(dice.choice([0, 0, 0, 1]))
        )
        changes = [self._change() for _ in range(dice.choice([0, 1, 1, 1, 2, 5]))]
        extra = {} if dice.random() < 0.8 else {"invitation": self._odd(), "proof": self._odd()}
        made = record(
            dice.choice(KINDS), *changes, author=self._insider.analyst, preconditions=preconditions, extra=extra
        )
        return replace(made, at=dice.choice([0, -1, 2**63 - 1, 10**12]), on_behalf_of=dice.choice([None, self._id()]))

    def _change(self) -> RowChange:
        dice = self.dice
        table = self._table()
        shape = shapes.SHARED.get(table)
        kinds: dict[str, type] = dict(shape.kinds) if shape is not None else {"x": str}
        op = dice.choice(["i", "i", "i", "u", "u", "d"])
        if op == "i":
            chosen = {name: self._named(name, kind) for name, kind in kinds.items() if dice.random() < 0.9}
        else:
            names = dice.sample(sorted(kinds), min(len(kinds), dice.randint(1, 3)))
            chosen = {name: self._fitting(kinds[name]) for name in names}
        if dice.random() < 0.5:
            chosen[dice.choice([*kinds, "rid", "id", "number", 'x" = 1; --'])] = self._odd()
        row_id = self._id(table) if op != "i" else new_id()
        if op != "i":
            row = self._row(table, row_id) if dice.random() < 0.8 else {}
            chosen = {name: row.get(name) if op == "d" else [row.get(name), value] for name, value in chosen.items()}
        return RowChange(table, row_id, op, chosen)  # type: ignore[arg-type]

    def _row(self, table: str, row_id: bytes) -> dict[str, Any]:
        """The row as it is, so that a change of it gets past the look at old values."""
        if table not in shapes.SHARED:
            return {}
        with self._insider.replica.reading() as raw:
            cursor = raw.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
            found = cursor.fetchone()
            return {} if found is None else dict(zip([c[0] for c in cursor.description], found, strict=True))

    def _table(self) -> str:
        if self.dice.random() < 0.1:
            return self.dice.choice(["applied_tx", "meta", "sqlite_master", "", 'case"'])
        return self.dice.choice(self._tables)

    def _id(self, table: str = "") -> bytes:
        of_table = [row_id for name, row_id in self._known if name == table]
        if of_table and self.dice.random() < 0.8:
            return self.dice.choice(of_table)
        return self.dice.choice([new_id(), *(row_id for _name, row_id in self._known)])

    def _named(self, column: str, kind: type) -> Any:
        """A value of the column's kind; where it names a row, one of the right table."""
        table = column.removesuffix("_id")
        table = {"other": "case", "added_by": "analyst", "author": "analyst"}.get(table, table)
        return self._id(table) if column.endswith("_id") and table in shapes.SHARED else self._fitting(kind)

    def _fitting(self, kind: type) -> Any:
        """A value of the column's kind, mostly."""
        dice = self.dice
        if dice.random() < 0.12:
            return self._odd()
        if kind is bytes:
            return self._id()
        if kind is int:
            return dice.choice([0, 1, 2, 3, 10**12, -1])
        if kind is float:
            return dice.choice([0.5, 1.0, -0.0, math.nan, math.inf, 3, 1e300])
        return dice.choice(["", "x", "in progress", "incident", "internal", "2026-01-05", "Anna", "UTC", "en"])

    def _odd(self) -> Any:
        return self.dice.choice(_ODD)
