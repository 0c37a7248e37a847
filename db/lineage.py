"""Who may be believed by somebody who has not read the log.

An invitation names the desk's root key, nothing else. Whoever begins with a snapshot instead of entry 1 gets the
entries that changed who may do what along with it: they are few, each is signed, and entry 1 by the root key. Folding
them with the rules of the fold (db.fold), in an empty database in memory, gives every analyst, device and invitation
as the log made them; the snapshot must have exactly those, and be signed by one of the devices. So nobody can smuggle
in a device, swap a key or raise a role by making a snapshot. What is not proven this way (the text of a case, say) is
what a second device has agreed with (db.snapshots); that an entry was left out which took a right away is excluded by
the desk key: a device that was removed was not given the newest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import cast

from db.authority import AUTHORITY_TABLES
from db.capture import TxRecord
from db.chain import believed
from db.enrolment import Signed
from db.entry import Forged, Sealed, TooNew, Torn, parse
from db.fold import Fold
from db.state import Rows, Unusable
from db.tables import spec
from db.upgrades import Program


def concerns_authority(records: Iterable[TxRecord]) -> bool:
    """Whether an entry with these transactions belongs to the lineage."""
    return any(change.table in AUTHORITY_TABLES for record in records for change in record.rows)


def proven(
    like: sqlite3.Connection,
    entries: Sequence[tuple[int, bytes]],
    *,
    store: bytes,
    root_key: bytes,
    desk_keys: Mapping[int, bytes],
    schema: int,
) -> Rows:
    """The rows of every table about authority, as these entries `(seq, bytes)` make them.

    `like`: a connection to a replica, for the tables' definitions. `schema`: the newest one its program knows; the
    steps of upgrades change no row about authority and are not run, because the rows they change are not here. Errors:
    Unusable when an entry is not what it says.
    """
    if not entries or entries[0][0] != 1:
        raise Unusable("the entry that founded the desk is missing in it")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        for statement in _definitions(like):
            raw.execute(statement)
        fold = Fold(raw, 0, Program(schema, dict.fromkeys(range(2, schema + 1), lambda _rows: None)))
        last = 0
        for seq, data in entries:
            if seq <= last:
                raise Unusable("the entries about who may do what are not in order")
            last = seq
            key = root_key if seq == 1 else _key(raw, data)
            try:
                body = believed(parse(data), desk_keys, key)
            except (Torn, Forged, Sealed, TooNew) as error:
                raise Unusable(f"entry {seq}, about who may do what, was refused: {error}") from error
            if (body.store, body.seq) != (store, seq):
                raise Unusable(f"entry {seq}, about who may do what, is another one")
            by = Signed(seq, store, body.device, body.author, body.at, root=seq == 1, root_key=root_key)
            for record in body.transactions:
                rows = tuple(change for change in record.rows if change.table in AUTHORITY_TABLES)
                if rows:
                    fold.apply(replace(record, rows=rows, preconditions=()), by)
        return {table: _rows(raw, table) for table in AUTHORITY_TABLES}


def administered(
    like: sqlite3.Connection,
    entries: Sequence[tuple[int, bytes]],
    device: bytes,
    author: bytes,
    *,
    store: bytes,
    root_key: bytes,
    desk_keys: Mapping[int, bytes],
    schema: int,
) -> bool:
    """Whether this analyst, on this device, was an administrator after these entries about authority, whatever came
    later. Errors: Unusable when they are not a whole lineage."""
    rows = proven(like, entries, store=store, root_key=root_key, desk_keys=desk_keys, schema=schema)
    known, analyst = rows["device"].get(device), rows["analyst"].get(author)
    return (
        known is not None
        and analyst is not None
        and (known["analyst_id"], known["revoked_at"]) == (author, None)
        and (analyst["role"], bool(analyst["active"])) == ("administrator", True)
    )


def _definitions(like: sqlite3.Connection) -> list[str]:
    # Only what is folded here. Making all tables of a replica took most of the time this takes.
    wanted = [*sorted(AUTHORITY_TABLES), "applied_tx"]
    listed = like.execute(
        "SELECT sql FROM sqlite_master WHERE (type = 'table' OR sql LIKE 'CREATE UNIQUE INDEX%') AND tbl_name IN "
        f"({', '.join('?' * len(wanted))}) AND sql IS NOT NULL ORDER BY type DESC, rowid",
        wanted,
    ).fetchall()
    return [sql for (sql,) in listed]


def _key(raw: sqlite3.Connection, data: bytes) -> bytes | None:
    try:
        device = parse(data).device
    except Torn as error:
        raise Unusable(f"an entry about who may do what is damaged: {error}") from error
    row = raw.execute("SELECT public_key FROM device WHERE id = ?", (device,)).fetchone()
    return None if row is None else cast(bytes, row[0])


def _rows(raw: sqlite3.Connection, name: str) -> dict[bytes, dict[str, int | float | str | bytes | None]]:
    table = spec(name)
    found = raw.execute(table.select_sql.removesuffix(" WHERE id = ?")).fetchall()
    return {row[0]: dict(zip(table.columns, row[1:], strict=True)) for row in found}
