"""The whole shared state as one stream of bytes, and a replica made from it.

Writing needs nothing but a reader, so the window works on meanwhile: everything is read from one moment, and rows that
carry unpublished work are given as they were before it. In this order: the head it is the state of; the entries that
say who may do what (db.lineage); the rows, table by table, parents before children; which transactions the log has;
how many of all that, and their digests. Packed with msgpack, compressed with zstandard. Not the file of the database:
rows by column name are understood by every version, bring no triggers and views of others along, and are half as long
without indexes.

Reading happens inside one writing transaction of the replica, so that what is torn, forged or interrupted leaves no
trace.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import msgpack
import zstandard

from db import search_index
from db.capture import Touched, TxRecord
from db.log import Head
from db.reader import Reader
from db.shapes import SHARED
from db.tables import MODULUS, Row, TableSpec, Value, complete, rows_digest, spec

FORM: Final = 1
CHUNK: Final = 4 * 1024 * 1024
_ROWS: Final = 500
_LONGEST_PART: Final = 256 * 1024 * 1024
Part = list[Any]
Rows = dict[str, dict[bytes, Row]]


class Unusable(ValueError):
    """This state can't be taken: torn, of another form, or not what it says."""


@dataclass(frozen=True)
class Openings:
    """The epochs this desk has gone through: `(epoch, seq it goes on after, bytes of its opening)`."""

    rows: tuple[tuple[int, int, bytes], ...] = ()


@dataclass
class Totals:
    """What the stream contained; `applied` is the digest of which transactions the log has."""

    rows: int = 0
    digest: int = 0
    applied: int = 0
    transactions: int = 0


@dataclass
class Arrived:
    """What was taken in."""

    head: Head
    digest: bytes
    max_number: int
    applied: bytes
    touched: Touched = field(default_factory=lambda: Touched(everything=True))


def applied_digest(rows: Iterable[tuple[bytes, int, bool]]) -> int:
    """The digest of the set of transactions: `(id, seq, whether the rules refused it)` each."""
    sha256, pack = hashlib.sha256, msgpack.Packer().pack
    return sum(int.from_bytes(sha256(pack(row)).digest(), "big") for row in rows) % MODULUS


# -- writing ----------------------------------------------------------------------------------------------------------
def written(reader: Reader) -> Generator[Part, None, None]:
    """The parts of the state at this replica's head, from one moment."""
    with reader.snapshot():
        facts = {row["key"]: msgpack.unpackb(row["value"]) for row in reader.all("SELECT key, value FROM meta")}
        head = Head(*facts["head"])
        openings = [list(row) for row in reader.all("SELECT epoch, seq, raw FROM epoch_opening ORDER BY epoch")]
        yield ["state", FORM, list(head), facts["digest"], facts["max_number"], openings]
        for batch in reader.each("SELECT seq, raw FROM authority_entry ORDER BY seq", step=20):
            yield ["authority", batch]
        before = _without_pending(reader)
        totals = Totals()
        for name in SHARED:
            table = spec(name)
            yield ["table", name, ["id", *table.columns]]
            for rows in _rows(reader, table, before.pop(name, {})):
                totals.rows += len(rows)
                yield ["rows", rows]
        for batch in reader.each("SELECT id, seq, refused FROM applied_tx", step=_ROWS * 4):
            totals.transactions += len(batch)
            totals.applied += applied_digest((i, s, r is not None) for i, s, r in batch)
            yield ["applied", batch]
        yield ["end", totals.rows, totals.transactions, _32(totals.applied)]


def _without_pending(reader: Reader) -> dict[str, dict[bytes, Row | None]]:
    """Rows that unpublished work touched, as they are without it (None: not there)."""
    out: dict[str, dict[bytes, Row | None]] = {}
    for (body,) in reader.all("SELECT body FROM pending_tx ORDER BY n DESC"):
        for change in reversed(TxRecord.unpack(body).rows):
            table = spec(change.table)
            known = out.setdefault(change.table, {})
            if change.op == "i":
                known[change.row_id] = None
            elif change.op == "d":
                known[change.row_id] = complete(table, change.values)
            else:
                row = known[change.row_id] if change.row_id in known else _row(reader, table, change.row_id)
                known[change.row_id] = {**(row or {}), **{c: v[0] for c, v in change.values.items()}}
    return out


def _row(reader: Reader, table: TableSpec, row_id: bytes) -> Row | None:
    found = reader.one(table.select_sql, (row_id,))
    return None if found is None else dict(zip(table.columns, tuple(found)[1:], strict=True))


def _rows(reader: Reader, table: TableSpec, before: dict[bytes, Row | None]) -> Iterator[list[Sequence[Value]]]:
    for batch in reader.each(table.select_sql.removesuffix(" WHERE id = ?"), step=_ROWS):
        rows: list[Sequence[Value]] = []
        for row in batch:
            if row[0] not in before:
                rows.append(row)
                continue
            other = before.pop(row[0])
            if other is not None:
                rows.append((row[0], *(other[c] for c in table.columns)))
        if rows:
            yield rows
    gone: list[Sequence[Value]] = [
        (row_id, *(row[c] for c in table.columns)) for row_id, row in before.items() if row is not None
    ]
    if gone:
        yield gone


def pressed(parts: Iterable[Part]) -> Iterator[bytes]:
    """The compressed stream in pieces of CHUNK bytes; only the last may be shorter."""
    pack = msgpack.Packer().pack
    press = zstandard.ZstdCompressor(level=6).compressobj()
    held = bytearray()
    for part in parts:
        held += press.compress(pack(part))
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    held += press.flush()
    for start in range(0, len(held), CHUNK):
        yield bytes(held[start : start + CHUNK])


class _Joined:
    """Pieces as one file to read from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._here = b""

    def read(self, size: int) -> bytes:
        if not self._here:
            self._here = next(self._pieces, b"")
        out, self._here = self._here[:size], self._here[size:]
        return out


def unpressed(pieces: Iterable[bytes]) -> Iterator[Part]:
    """The parts again. Errors: Unusable."""
    source = zstandard.ZstdDecompressor().stream_reader(cast(Any, _Joined(pieces)), read_size=256 * 1024)
    try:
        yield from msgpack.Unpacker(source, read_size=1024 * 1024, max_buffer_size=_LONGEST_PART)
    except (zstandard.ZstdError, ValueError, TypeError, msgpack.UnpackException) as error:
        raise Unusable(f"the stream is damaged: {error}") from error


# -- reading ----------------------------------------------------------------------------------------------------------
Prove = Callable[[Head, Openings, Sequence[tuple[int, bytes]]], Rows]
"""Given where the state stands and the entries about authority: the rows about authority that they prove. Errors:
Unusable."""


def take_in(raw: sqlite3.Connection, parts: Iterator[Part], prove: Prove) -> Arrived:
    """Replace everything shared by what the stream says; the search index with it. The entries of the log that are kept
    here are the caller's.

    Runs inside a writing transaction with the gate open and without watched references. Errors: Unusable; the caller
    rolls its transaction back.
    """
    try:
        return _take_in(raw, parts, prove)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, sqlite3.IntegrityError) as error:
        raise error if isinstance(error, Unusable) else Unusable(f"it is not well-formed: {error}") from error


def _take_in(raw: sqlite3.Connection, parts: Iterator[Part], prove: Prove) -> Arrived:
    first: Part = next(parts, [None] * 6)
    kind, form, place, digest, max_number, openings = first
    if kind != "state" or form != FORM:
        raise Unusable("it is of a form this program does not know; update Halldesk on this workstation")
    head = Head(*place)
    opened = Openings(tuple((int(e), int(s), bytes(r)) for e, s, r in openings))
    epochs = [1, *(epoch for epoch, _seq, _raw in opened.rows)]
    places = [0, *(seq for _epoch, seq, _raw in opened.rows), head.seq]
    if epochs != sorted(set(epochs)) or epochs[-1] != head.epoch or places != sorted(places):
        raise Unusable("its epochs are not those of a log")
    numbers = {name: dict(raw.execute(f'SELECT id, rid FROM "{name}"').fetchall()) for name in ("case", "article")}
    indexes = _clear(raw)
    raw.executemany("INSERT INTO epoch_opening (epoch, seq, raw) VALUES (?, ?, ?)", opened.rows)
    proven: Rows | None = None
    authority: list[tuple[int, bytes]] = []
    totals = Totals()
    table: TableSpec | None = None
    for part in parts:
        what = part[0]
        if what == "authority":
            authority += [(int(seq), bytes(entry)) for seq, entry in part[1]]
            continue
        if proven is None:
            proven = prove(head, opened, authority)
            raw.executemany("INSERT INTO authority_entry (seq, raw) VALUES (?, ?)", authority)
        if what == "table":
            table = spec(part[1])
            columns = part[2]
        elif what == "rows" and table is not None:
            rows = _fitting(table, columns, part[1], proven)
            _insert(raw, table, rows, numbers.get(table.name))
            totals.rows += len(rows)
            totals.digest += rows_digest(table, rows)
        elif what == "applied":
            raw.executemany("INSERT INTO applied_tx (id, seq, refused) VALUES (?, ?, ?)", part[1])
            totals.transactions += len(part[1])
            totals.applied += applied_digest((i, s, r is not None) for i, s, r in part[1])
        elif what == "end":
            _must_be_all(part, totals, proven)
            break
        else:
            raise Unusable(f"it has a part nobody knows: {what!r}")
    else:
        raise Unusable("it ends too early")
    if _32(totals.digest) != digest:
        raise Unusable("its rows are not what its digest says")
    highest = raw.execute('SELECT coalesce(max(number), 0), count(*) FROM "case"').fetchone()
    if highest[0] != max_number or highest[1] != max_number:
        raise Unusable("its case numbers have a gap")
    for statement in indexes:
        raw.execute(statement)
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        raise Unusable("it has a reference to a row that is not there")
    search_index.rebuild(raw)
    return Arrived(head, digest, max_number, _32(totals.applied))


def _clear(raw: sqlite3.Connection) -> list[str]:
    """Empty everything shared, and take the indexes away while rows pour in; returns the statements to make them."""
    listed = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' AND tbl_name IN "
        f"({', '.join('?' * len(SHARED))})", tuple(SHARED),
    ).fetchall()  # fmt: skip
    for name, _sql in listed:
        raw.execute(f'DROP INDEX "{name}"')
    for name in [*reversed(SHARED), "applied_tx", "authority_entry", "epoch_opening"]:
        raw.execute(f'DELETE FROM "{name}"')
    return [sql for _name, sql in listed]


def _fitting(table: TableSpec, columns: Sequence[str], rows: list[Any], proven: Rows) -> list[Sequence[Value]]:
    """The rows in the order of this program's columns; those about authority must be the ones that were proven."""
    if list(columns) != ["id", *table.columns]:
        known = {name: place for place, name in enumerate(columns)}
        defaults = {c: table.defaults.get(c) for c in table.columns}
        rows = [[row[0], *(row[known[c]] if c in known else defaults[c] for c in table.columns)] for row in rows]
    kinds = [bytes, *(table.kinds[c] for c in table.columns)]
    for row in rows:
        for value, kind in zip(row, kinds, strict=True):
            if value is not None and type(value) is not kind:
                raise Unusable(f"a {table.name} has a value of the wrong kind")
    if table.name in proven:
        wanted = proven[table.name]
        for row in rows:
            if wanted.pop(row[0], None) != dict(zip(table.columns, row[1:], strict=True)):
                raise Unusable(f"its {table.name} {row[0].hex()} is not the one that the log made")
    return cast("list[Sequence[Value]]", rows)


def _insert(
    raw: sqlite3.Connection, table: TableSpec, rows: list[Sequence[Value]], numbers: Mapping[bytes, int] | None
) -> None:
    if not numbers:
        raw.executemany(table.insert_sql, rows)
        return
    # Rows that were here before keep their row numbers, because lists on screen hold them.
    listed = ", ".join(("rid", "id", *table.columns))
    marks = ", ".join("?" * (len(table.columns) + 2))
    known = [(numbers[cast(bytes, row[0])], *row) for row in rows if row[0] in numbers]
    raw.executemany(f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', known)
    raw.executemany(table.insert_sql, [row for row in rows if row[0] not in numbers])


def _must_be_all(end: Part, totals: Totals, proven: Rows) -> None:
    _end, rows, transactions, applied = end
    if (rows, transactions, applied) != (totals.rows, totals.transactions, _32(totals.applied)):
        raise Unusable("it is not complete")
    missing = next((name for name, left in proven.items() if left), None)
    if missing is not None:
        raise Unusable(f"it lacks a {missing} that the log made")


def _32(number: int) -> bytes:
    return (number % MODULUS).to_bytes(32, "big")
