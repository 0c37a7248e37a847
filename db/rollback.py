"""Going back to an earlier entry of the log, because the store did.

The entries that are kept here hold old and new values, so going back is undoing their accepted transactions, newest
first; the digest that was noted after the entry gone back to proves that it worked. What was undone is not forgotten
(db.lost): own transactions wait to be sent again, those of others are kept until they are in the log again.

Where the entries are not here, or something in them can't be undone, the replica starts over: everything shared goes,
and comes again from a snapshot or from the log's first entry. Nothing of ours is lost on that way either.

Everything here runs inside a writing transaction of the replica, on its connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from db.capture import RowStore, Touched, TxRecord
from db.entry import Body, parse
from db.lost import Lost
from db.shapes import SHARED
from db.tables import MODULUS, complete, number_digest, spec
from db.upgrades import UPGRADE

_SHARED_LOCAL: Final = ("applied_tx", "log_entry", "authority_entry", "epoch_opening")


class Irreversible(Exception):
    """The entries kept here don't lead back; start over."""


@dataclass
class Back:
    """What was gone back over: how many transactions of ours and of others are in `lost_tx` now."""

    own: int = 0
    others: int = 0
    touched: Touched = field(default_factory=Touched)


def undo_to(
    raw: sqlite3.Connection, lost: Lost, seq: int, digest: bytes, desk_keys: Mapping[int, bytes], device: bytes,
    *, before: bytes, resend: int,
) -> Back:  # fmt: skip
    """Undo every entry after `seq`; unpublished work must be out of the rows. `before`: the digest now, `digest`: the
    one it must be then. `resend`: ms UTC, until when makers are expected to send what is gone again; 0: nobody shall.
    Errors: Irreversible."""
    rows = RowStore(raw)
    back = Back(touched=rows.touched)
    gone: list[tuple[Body, list[TxRecord]]] = []
    for body, accepted in _newest_first(raw, seq, desk_keys):
        for record in reversed(accepted):
            _undo(rows, record)
        gone.append((body, accepted))
    if (int.from_bytes(before, "big") + rows.digest_change) % MODULUS != int.from_bytes(digest, "big"):
        raise Irreversible("the state gone back to is not the one that was there")
    for body, accepted in reversed(gone):
        _keep(lost, body, accepted, back, device, resend=resend)
    for table in _SHARED_LOCAL:
        raw.execute(f"DELETE FROM {table} WHERE seq > ?", (seq,))
    return back


def start_over(
    raw: sqlite3.Connection, lost: Lost, desk_keys: Mapping[int, bytes], device: bytes, *, resend: int
) -> Back:
    """Forget everything shared, as on the first day. Runs without watched references."""
    back = Back(touched=Touched(everything=True))
    gone = list(_newest_first(raw, -1, desk_keys))
    for body, accepted in reversed(gone):
        _keep(lost, body, accepted, back, device, resend=resend)
    for name in (*reversed(SHARED), *_SHARED_LOCAL, "case_text", "article_text"):
        raw.execute(f'DELETE FROM "{name}"')
    return back


def keep_what_is_missing(
    raw: sqlite3.Connection, lost: Lost, desk_keys: Mapping[int, bytes], device: bytes, *, resend: int
) -> Back:
    """After another state was taken in: remember what the entries kept here had and it has not, then let them go.

    The temporary table `effective` holds the transactions `(id, seq)` that took effect before.
    """
    back = Back()
    missing: dict[int, set[bytes]] = {}
    for tx_id, seq in raw.execute("SELECT id, seq FROM effective WHERE id NOT IN (SELECT id FROM applied_tx)"):
        missing.setdefault(seq, set()).add(tx_id)
    for seq in sorted(missing):
        row = raw.execute("SELECT raw FROM log_entry WHERE seq = ?", (seq,)).fetchone()
        if row is not None:
            body = parse(row[0]).open_body(desk_keys)
            records = [record for record in body.transactions if record.id in missing[seq]]
            _keep(lost, body, records, back, device, resend=resend)
    raw.execute("DELETE FROM log_entry")
    return back


def _newest_first(
    raw: sqlite3.Connection, seq: int, desk_keys: Mapping[int, bytes]
) -> Iterator[tuple[Body, list[TxRecord]]]:
    """The entries after `seq` with the transactions that took effect in them."""
    for at, data in raw.execute(
        "SELECT seq, raw FROM log_entry WHERE seq > ? ORDER BY seq DESC", (seq,)
    ).fetchall():  # fmt: skip
        body = parse(data).open_body(desk_keys)
        effective = {
            row[0] for row in raw.execute("SELECT id FROM applied_tx WHERE seq = ? AND refused IS NULL", (at,))
        }
        accepted = []
        for record in body.transactions:
            if record.id in effective:
                effective.discard(record.id)
                accepted.append(record)
        yield body, accepted


def _undo(rows: RowStore, record: TxRecord) -> None:
    for change in reversed(record.rows):
        table = spec(change.table)
        row = rows.read(table, change.row_id)
        if change.op == "d":
            if row is not None:
                raise Irreversible(f"a {change.table} that was deleted is there")
            rows.insert(table, change.row_id, complete(table, change.values))
        elif row is None:
            raise Irreversible(f"a {change.table} that was changed is not there")
        elif change.op == "i":
            if change.table == "case" and row["number"] is not None:
                rows.digest_change -= number_digest(change.row_id, cast(int, row["number"]))
            rows.delete(table, change.row_id, row)
        else:
            rows.update(table, change.row_id, row, {c: v[0] for c, v in change.values.items()})


def _keep(lost: Lost, body: Body, accepted: list[TxRecord], back: Back, device: bytes, *, resend: int) -> None:
    for record in accepted:
        if not record.rows or record.kind == UPGRADE:
            continue  # about the log itself, and of no use in another one; an upgrade is an entry of its own
        mine = body.device == device
        lost.keep(
            record, body.seq, body.device, body.author, waits=mine and resend > 0, expected_until=0 if mine else resend
        )
        back.own += mine
        back.others += not mine
