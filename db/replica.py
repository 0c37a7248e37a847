"""The local replica: what this workstation knows, what it did and has not told yet, and how both meet the log.

Two ways in, each one SQLite transaction:

* `transaction(kind)`: work done here. Rows change, the record becomes a *pending transaction*, undo keeps it too.
* `apply(slots)`: entries from the log. Pending work is undone, entries are folded in, pending work is redone on top,
  rebased by db.merging. Pending work that the news has nothing to do with is left where it is: they commute.

`confirm(...)` is the short way for an entry that consists of our own oldest pending transactions: rows are right
already, so only case numbers, the head and the digest move.

The digest is that of the log's state, without pending work. Every pending transaction carries the change it makes to
the digest, and those sums telescope, so confirming is an addition.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from db import incarnation, rollback
from db.before import RowsBefore
from db.capture import NotAtOnce, RowStore, TxRecord
from db.chain import Slot, Stop
from db.conflicts import ConflictRow
from db.enrolment import Signed
from db.entry import EMPTY_HASH, Body, Frame
from db.epochs import Opening
from db.errors import Refused
from db.fold import Fold, standing
from db.lineage import administered, concerns_authority, proven
from db.log import Head
from db.lost import PATIENCE_MS
from db.outbox import NotDisjoint
from db.rebase import News
from db.rollback import Back, Irreversible
from db.state import Arrived, Openings, Part, Rows, take_in
from db.tables import MODULUS
from db.upgrades import PROGRAM
from db.working import Workplace

__all__ = ["APPLY_AT_ONCE", "SCHEMA", "Applied", "ConflictRow", "Replica", "Slot", "Stop"]

_log = logging.getLogger(__name__)

Administered = Callable[[int, bytes, bytes], bool]
"""`(seq, device, author)`: were these an administrator's after entry `seq`? Errors: Unusable."""
Accept = Callable[[Head, Openings, Rows, Administered], None]
SCHEMA: Final = PROGRAM.schema
"""The newest version of the shared tables that this program can write and read."""
APPLY_AT_ONCE: Final = 500


@dataclass
class Applied:
    """What one `apply` did. `refused`: transactions that the rules made no-ops. `passed`: candidates that were not what
    they pretended to be. `differing`: entries whose maker had another state digest than we. `devices`: who made
    them. `last`: the position after the last of them, and the kinds of its transactions."""

    entries: int = 0
    transactions: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    conflicts: int = 0
    devices: set[bytes] = field(default_factory=set)
    last: tuple[Head, frozenset[str]] | None = None
    stop: Stop | None = None


class _Tried(Exception):
    """It went well, and is to be taken back."""


class Replica(Workplace):
    """One workstation's database. Writing is serial; readers come from `reader()`."""

    # -- what we published ---------------------------------------------------------------------------------------------
    def confirm(self, frame: Frame, body: Body) -> bool:
        """The log took our own entry. False when somebody else's apply was faster (then nothing is left to do).

        Not flushed to the disk by itself: should a power cut take this back, the entry comes as news.
        """
        with self._writer.begin(shared=True, durable=False) as raw:
            facts = self.facts()
            if facts["head"] != [body.epoch, body.seq - 1, body.prev]:
                return False
            if not all(self._outbox.holds(record.id) for record in body.transactions):
                return False
            fold = Fold(raw, facts["max_number"], self.program)
            change = 0
            newest = 0
            for record in body.transactions:
                change += self._outbox.take(record.id)
                fold.note(record, body.seq)
                newest = max(newest, _generation_made(record))
                for row_change in record.rows:
                    if row_change.table == "case" and row_change.op == "i":
                        fold.number(row_change.row_id)
            self._advance(frame, body, facts, change + fold.rows.digest_change, fold.max_number, newest)
        self._tell(fold.rows.touched)
        return True

    def _advance(
        self, frame: Frame, body: Body, before: Mapping[str, Any], digest_change: int, max_number: int, newest: int
    ) -> None:
        """Note that this entry was applied. `before`: the facts until now. `newest`: the desk key it made (0: none)."""
        digest = ((int.from_bytes(before["digest"], "big") + digest_change) % MODULUS).to_bytes(32, "big")
        hash_ = frame.hash
        self._writer.raw.execute(
            "INSERT INTO log_entry (seq, hash, digest, raw) VALUES (?, ?, ?, ?)",
            (body.seq, hash_, digest, frame.raw),
        )
        if concerns_authority(body.transactions):
            self._writer.raw.execute("INSERT INTO authority_entry (seq, raw) VALUES (?, ?)", (body.seq, frame.raw))
        facts: dict[str, Any] = {
            "head": [body.epoch, body.seq, hash_],
            "digest": digest,
            "max_number": max_number,
        }
        for record in body.transactions:
            if record.kind == "log.compact" and self.outcome(record.id) == ("accepted", None):
                through = record.extra.get("through", 0)
                facts["compacted"] = [body.epoch, through]
                before_it = [one for one in before.get("let_go") or [] if one[0] != body.epoch]
                facts["let_go"] = [*before_it, [body.epoch, through]]
        if newest:
            facts["generation"] = newest
        if body.device == before["device"]:
            facts["counter"] = max(body.counter, before["counter"])
            facts |= incarnation.noted(before, body.seq, body.incarnation, body.at)
        self._set_facts(facts)

    # -- what others published -----------------------------------------------------------------------------------------
    def apply(self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int) -> Applied:
        """Fold the next slots of the log in; they must follow the head without a gap. `now`: ms UTC.

        Stops at the first slot without a valid entry and says why. Errors: StorageError; then nothing was changed.
        """
        if not slots:
            return Applied()
        direct = at_once = True
        while True:
            try:
                return self._apply(slots, desk_keys, now, direct=direct, at_once=at_once)
            except NotDisjoint:
                direct = False
            except NotAtOnce:
                at_once = False

    def _apply(
        self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int, *, direct: bool, at_once: bool
    ) -> Applied:
        """`direct`: leave pending work where it is, but for what the news meets. Errors: NotDisjoint where that can't
        be told.
        `at_once`: as for Fold. Errors: NotAtOnce."""
        out = Applied()
        raw = self._writer.raw
        own = RowStore(raw)
        # Not flushed by itself: what a power cut takes back is read from the log again.
        with self._writer.begin(shared=True, durable=False), self._facts_in_hand() as facts:
            beside = self._outbox.beside() if direct and self._outbox.count() else None
            if not direct:
                self._outbox.take_back(own)
            fold = Fold(raw, facts["max_number"], self.program, at_once=at_once)
            news = News()
            root_key = facts["root_key"]
            for slot in slots:
                if slot.seq <= facts["head"][1]:
                    continue  # another process of this profile was faster
                chosen = self._choose_next(slot, facts, fold, desk_keys)
                if isinstance(chosen, Stop):
                    out.stop = chosen
                    break
                body = chosen.body
                out.passed += chosen.passed
                if body.digest is not None and body.digest != facts["digest"]:
                    out.differing.append(body.seq)
                before = fold.rows.digest_change
                newest = 0
                by = Signed(
                    body.seq, body.store, body.device, body.author, body.at, root=body.seq == 1, root_key=root_key
                )
                for record in body.transactions:
                    if beside is not None and (met := beside.to_take_back(record, own)):
                        fold.settle()
                        self._outbox.take_back(own, met)
                    why = fold.apply(record, by)
                    if why is not None:
                        if beside is not None:
                            raise NotDisjoint
                        out.refused.append((record.id, why))
                        _log.info("entry %d: a transaction was refused by the rules: %s", body.seq, why)
                    else:
                        newest = max(newest, _generation_made(record))
                        if beside is not None or not direct:
                            news.note(record, body.author)
                change = fold.rows.digest_change - before
                self._advance(chosen.frame, body, facts, change, fold.max_number, newest)
                out.entries += 1
                out.devices.add(body.device)
                out.transactions += len(body.transactions)
                out.last = Head(*facts["head"]), frozenset(record.kind for record in body.transactions)
            fold.settle()
            if not direct:
                out.conflicts = self._outbox.put_again(own, now, news, self.fact("analyst"))
            elif beside is not None:
                out.conflicts = self._outbox.put_again(own, now, news, self.fact("analyst"), sorted(beside.taken))
            touched = fold.rows.touched
            touched.merge(own.touched)
            self._follow(touched)
        if out.entries:
            self._tell(touched)
        return out

    # -- a whole state at once -----------------------------------------------------------------------------------------
    def take_in(self, parts: Iterator[Part], desk_keys: Mapping[int, bytes], now: int, accept: Accept) -> Arrived:
        """Become what a stream of the whole state says (db.state). Unpublished work, and what only the entries here
        have, is set aside; `recover` puts it on top once the log was read to its end.

        `accept` is told the place of the state and the openings before it, the rows that are proven about authority,
        and who was an administrator when, before anything is believed. Errors: Unusable, also from `accept`; then
        nothing was changed.
        """
        raw = self._writer.raw
        store, root_key = self.fact("store"), self.fact("root_key")

        def prove(head: Head, openings: Openings, entries: Sequence[tuple[int, bytes]]) -> Rows:
            rows = proven(raw, entries, store=store, root_key=root_key, desk_keys=desk_keys,
                          schema=self.program.schema)  # fmt: skip
            accept(head, openings, rows, lambda seq, device, author: administered(
                raw, [one for one in entries if one[0] <= seq], device, author, store=store, root_key=root_key,
                desk_keys=desk_keys, schema=self.program.schema,
            ))  # fmt: skip
            return rows

        with self._writer.begin(shared=True, keys=False):
            raw.execute("CREATE TEMP TABLE effective AS SELECT id, seq FROM applied_tx WHERE refused IS NULL")
            arrived = take_in(raw, parts, prove)
            rollback.keep_what_is_missing(raw, self._lost, desk_keys, self.fact("device"), resend=now + PATIENCE_MS)
            raw.execute("DROP TABLE effective")
            self._lost.set_aside(self.fact("device"), self.fact("analyst"))
            self._set_facts({
                "head": list(arrived.head), "floor": list(arrived.head), "floor_digest": arrived.digest,
                "digest": arrived.digest, "max_number": arrived.max_number, "generation": _generation(raw),
                incarnation.LAST: None,
            })  # fmt: skip
            self._due_times.follow(arrived.touched)
        self._tell(arrived.touched)
        return arrived

    def roll_back(self, seq: int, desk_keys: Mapping[int, bytes], now: int) -> Back:
        """Go back to the state after entry `seq`, because the store did; own transactions that are gone wait to be sent
        again. `now`: ms UTC. Errors: Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            back = self._roll_back(seq, desk_keys, resend=now + PATIENCE_MS)
        self._tell(back.touched)
        return back

    def can_go_back(self, seq: int, desk_keys: Mapping[int, bytes]) -> bool:
        """Whether the entries kept here lead back to the state after entry `seq`. Tried, and taken back."""
        try:
            with self._writer.begin(shared=True):
                self._roll_back(seq, desk_keys, resend=0)
                raise _Tried
        except _Tried:
            return True
        except Irreversible:
            return False

    def _roll_back(self, seq: int, desk_keys: Mapping[int, bytes], *, resend: int) -> Back:
        place = self.place(seq)
        if place is None:
            raise Irreversible(f"entry {seq} is not kept here")
        raw = self._writer.raw
        own = RowStore(raw)
        self._outbox.take_back(own)
        back = rollback.undo_to(
            raw, self._lost, seq, place[1], desk_keys, self.fact("device"), before=self.digest, resend=resend
        )
        self._lost.set_aside(self.fact("device"), self.fact("analyst"))
        back.touched.merge(own.touched)
        self._follow(back.touched)
        (highest,) = raw.execute('SELECT coalesce(max(number), 0) FROM "case"').fetchone()
        generation = _generation(raw)
        self._set_facts({
            "head": list(place[0]), "digest": place[1], "max_number": highest, "generation": generation,
            "kept_generation": generation, incarnation.LAST: None,
        })  # fmt: skip
        return back

    def start_over(self, desk_keys: Mapping[int, bytes], now: int | None, generation: int | None = None) -> Back:
        """Go back to the first day: everything shared comes from the store again; what is only here is set aside.
        `now`: ms UTC; None: what is gone then is not sent again by itself. `generation`: the desk key that is the
        newest now, where that is known."""
        resend = 0 if now is None else now + PATIENCE_MS
        with self._writer.begin(shared=True, keys=False):
            back = rollback.start_over(self._writer.raw, self._lost, desk_keys, self.fact("device"), resend=resend)
            self._lost.set_aside(self.fact("device"), self.fact("analyst"))
            first = [1, 0, EMPTY_HASH]
            # What others had and must send again is not known where the entries were not kept.
            unknown = self.floor.seq and now is not None
            self._set_facts({
                "head": first, "floor": first, "floor_digest": bytes(32), "digest": bytes(32), "max_number": 0,
                "generation": 1, incarnation.LAST: None, **({"patient_until": resend} if unknown else {}),
                **({} if generation is None else {"kept_generation": generation}),
            })  # fmt: skip
            self._due_times.follow(back.touched)
        self._tell(back.touched)
        return back

    def open_epoch(self, opening: Opening, desk_keys: Mapping[int, bytes]) -> Back:
        """Follow an administrator who set the desk back on purpose: go back to the entry it names, go on in the new
        epoch. Nothing that was undone is sent again by itself. Errors: Refused, Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            back = Back()
            if self.head.epoch >= opening.epoch:
                return back  # another process of this profile was faster
            place = self.place(opening.seq)
            if place is None or place[0].hash != opening.before:
                raise Irreversible(f"entry {opening.seq} is not kept here, or is another one")
            if opening.seq != self.head.seq:
                back = self._roll_back(opening.seq, desk_keys, resend=0)
            stands = standing(RowsBefore(self._writer.raw), opening.device, opening.author)
            if stands.role != "administrator" or not stands.active or stands.revoked:
                raise Refused("only an administrator may set the desk back")
            self._writer.raw.execute(
                "INSERT INTO epoch_opening (epoch, seq, raw) VALUES (?, ?, ?)",
                (opening.epoch, opening.seq, opening.raw),
            )
            self._set_facts({"head": list(opening.head)})
        self._tell(back.touched)
        return back

    def leave_epoch(self, desk_keys: Mapping[int, bytes], now: int) -> Back:
        """Undo that an epoch was opened: go back to the entry its opening names, in the epoch before. Own transactions
        of this epoch wait to be sent again. `now`: ms UTC. Errors: Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            opened = self.opened_at
            back = self._roll_back(opened, desk_keys, resend=now + PATIENCE_MS)
            self._writer.raw.execute("DELETE FROM epoch_opening WHERE epoch = ?", (self.head.epoch,))
            place = self._after(opened)
            if place.hash == EMPTY_HASH:
                raise Irreversible(f"entry {opened} is not kept here")
            self._set_facts({"head": list(place)})
        self._tell(back.touched)
        return back


def _generation(raw: sqlite3.Connection) -> int:
    """The desk key in force by the rows, while no unpublished work is among them."""
    return int(raw.execute("SELECT coalesce(max(generation), 1) FROM desk_key").fetchone()[0])


def _generation_made(record: TxRecord) -> int:
    """The desk key a transaction makes; 0: none."""
    return max((c.values["generation"] for c in record.rows if (c.table, c.op) == ("desk_key", "i")), default=0)
