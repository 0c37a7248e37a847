"""The desk's current tables as ordinary relational tables for reporting tools, kept current from the log.

One step, in one transaction of the mirror: read `mirror_state`, see which rows the entries since then touched, write
those rows as they are now, delete those that are gone, note the new position. If the mirror is new, was made by a
program with other tables, stands at an entry that is not ours (a restored store), or if the entries since then are not
here, everything is written anew, in one transaction as well: who reads the mirror never sees half of it.

The source is a replica without pending work, because only what the log has taken is the same everywhere. A row's state
is read when it is written, so a row that was touched twice is written once. Due times travel in no entry: open cases
are written when an entry changes what they follow from, and the caller sees to it that they are settled here. Names and
types are in db.mirror_shape.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from db import mirror_shape
from db.address import place
from db.due_times import case_timed_by, times_many
from db.entry import parse
from db.errors import StorageError, StoreUnreachable
from db.log import Head
from db.postgresql import connect, named
from db.reader import Reader
from db.replica import Replica
from db.upgrades import UPGRADE

_log = logging.getLogger(__name__)

SCHEMA: Final = "helpdesk"
"""The mirror's schema in a PostgreSQL database, apart from that of a log."""
_ANEW: Final = (UPGRADE,)
"""Transactions that change rows which they don't name."""
_OURS: Final = frozenset((*mirror_shape.TABLES, *mirror_shape.PRIVATE_TABLES, mirror_shape.STATE))
_AT_ONCE: Final = 500
_FROM_SCRATCH: Final = 2000
_WAITS_S: Final = 5.0
"""For a file that a reporting tool is reading."""


@dataclass(frozen=True)
class Mirrored:
    """What one step did. `anew`: why everything was written, "" when only what changed was."""

    position: int
    written: int
    deleted: int
    anew: str


class Mirror:
    """A mirror at a URL: `postgresql://...` or `sqlite:///file`. Close it when done."""

    def __init__(self, where: str, password: str | None = None, *, private: bool = False) -> None:
        """Errors: StorageError for a URL of another kind."""
        if where.startswith("sqlite:///"):
            self.where = where
            self._engine = _file_engine(where)
            self._insert: Any = sqlite.insert
        else:
            known = place(where)
            self.where = known.where
            self._engine = sa.create_engine(
                "postgresql+psycopg://",
                creator=lambda: _writing(known.where, password or known.password),
                use_native_hstore=False,
            )
            self._insert = postgresql.insert
        dialect = self._engine.dialect.name
        schema = SCHEMA if dialect == "postgresql" else None
        self.shape = mirror_shape.Shape(dialect, schema, private=private)

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.dispose()

    def step(self, replica: Replica, desk_keys: Mapping[int, bytes], progress: Callable[[int], None]) -> Mirrored:
        """Bring the mirror to the replica's head. `progress` hears how many rows were written so far.

        Errors: StorageError, also when work is pending here: it may still be refused.
        """
        reader = replica.reader()
        try:
            with reader.snapshot(), self._begin() as connection:
                if replica.pending_count():
                    raise StorageError("Work of this workstation is not in the log yet; the mirror waits for it.")
                return self._step(connection, reader, replica, desk_keys, progress)
        finally:
            reader.close()

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            self._engine.dispose()  # a connection that broke is of no use to the next step
            raise self._named(error.orig or error) from error
        except psycopg.Error as error:
            self._engine.dispose()
            raise self._named(error) from error

    def _named(self, error: BaseException) -> StorageError:
        if isinstance(error, psycopg.errors.DependentObjectsStillExist):
            said = " ".join(str(error).split("\n")[0].split())
            return StorageError(f"Something in the mirror's database depends on a table that changes ({said}).")
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            said = " ".join(str(error).split("\n")[0].split())
            return StorageError(f"This login may not write the mirror in {self.where} ({said}).")
        if isinstance(error, psycopg.Error):
            return named(self.where, error)
        if "locked" in str(error):
            return StoreUnreachable(f"Another program holds the mirror {self.where}; close it there.")
        return StorageError(
            f"The mirror {self.where} can't be written ({error}); name a new file in a folder that is there."
        )

    def _step(
        self,
        connection: sa.Connection,
        reader: Reader,
        replica: Replica,
        desk_keys: Mapping[int, bytes],
        progress: Callable[[int], None],
    ) -> Mirrored:
        state = self._state(connection)
        if state is None and self._is_of_others(connection):
            raise StorageError(f"{self.where} holds something else, which a mirror would replace; name an empty place.")
        head, store = replica.head, str(uuid.UUID(bytes=replica.fact("store")))
        if state is not None and str(state.store) != store:
            raise StorageError(f"{self.where} mirrors another help desk; name another database.")
        why = self._why_anew(state, replica)
        touched: dict[str, set[bytes]] | None = {}
        if not why and state is not None and state.position < head.seq:
            touched = _touched(replica, reader, state.position, head, desk_keys)
            why = "" if touched is not None else "the entries since the last step are not here"
        if why or touched is None:
            self._make_tables(connection, state)
            written, deleted = self._write_all(connection, reader, progress), 0
        else:
            written, deleted = self._write(connection, reader, touched)
        if why or written or deleted or state is None or state.position != head.seq:
            self._note(connection, store, head)
        return Mirrored(head.seq, written, deleted, why)

    # -- where the mirror stands --------------------------------------------------------------------------------------
    def _state(self, connection: sa.Connection) -> Any:
        if not sa.inspect(connection).has_table(mirror_shape.STATE, schema=self.shape.metadata.schema):
            return None
        return connection.execute(sa.select(self.shape.state)).one_or_none()

    def _is_of_others(self, connection: sa.Connection) -> bool:
        """Whether a place without a mirror is in use: a file with any table, be it somebody's replica; a database with
        tables of our names where ours would be."""
        schema = self.shape.metadata.schema
        there = set(sa.inspect(connection).get_table_names(schema=schema))
        if mirror_shape.STATE in there:
            return False
        return bool(there if schema is None else there & _OURS)

    def _why_anew(self, state: Any, replica: Replica) -> str:
        if state is None:
            return "it is new"
        if state.shape != self.shape.fingerprint():
            return "its tables changed"
        head = replica.head
        if (state.epoch, state.position) == (head.epoch, head.seq):
            return "" if state.entry_hash == head.hash.hex() else "its log is not ours"
        raw = replica.entry(state.position)
        if state.epoch != head.epoch or state.position > head.seq or raw is None:
            return "its log is not ours"
        return "" if hashlib.sha256(raw).hexdigest() == state.entry_hash else "its log is not ours"

    def _note(self, connection: sa.Connection, store: str, head: Head) -> None:
        state = self.shape.state
        connection.execute(sa.delete(state))
        connection.execute(
            sa.insert(state).values(
                one=True,
                store=uuid.UUID(store) if connection.dialect.name == "postgresql" else store,
                epoch=head.epoch,
                position=head.seq,
                entry_hash=head.hash.hex(),
                shape=self.shape.fingerprint(),
                with_private=self.shape.private,
                changed_at=datetime.now(UTC),
            )
        )

    # -- rows ---------------------------------------------------------------------------------------------------------
    def _make_tables(self, connection: sa.Connection, state: Any) -> None:
        """The tables of this program, empty."""
        metadata = self.shape.metadata
        if state is not None and state.shape == self.shape.fingerprint():
            for table in self.shape.tables:
                connection.execute(sa.delete(table))
            return
        if metadata.schema is not None and not sa.inspect(connection).has_schema(metadata.schema):
            connection.execute(sa.schema.CreateSchema(metadata.schema))
        old = sa.MetaData()
        old.reflect(connection, schema=metadata.schema, only=lambda name, _old: name in _OURS)
        old.drop_all(connection)
        metadata.create_all(connection)

    def _write_all(self, connection: sa.Connection, reader: Reader, progress: Callable[[int], None]) -> int:
        written = 0
        for table in self.shape.tables:
            columns = ", ".join(f'"{name}"' for name, _ in self.shape.converters[table.name])
            for rows in reader.each(f'SELECT {columns} FROM "{table.name}"', step=_FROM_SCRATCH):
                connection.execute(sa.insert(table), [self.shape.row(table.name, row) for row in rows])
                written += len(rows)
                progress(written)
        return written

    def _write(self, connection: sa.Connection, reader: Reader, touched: Mapping[str, set[bytes]]) -> tuple[int, int]:
        written = deleted = 0
        for table in self.shape.tables:
            columns = ", ".join(f'"{name}"' for name, _ in self.shape.converters[table.name])
            for ids in _in_parts(sorted(touched.get(table.name, ()))):
                marks = ", ".join("?" * len(ids))
                found = reader.all(f'SELECT {columns} FROM "{table.name}" WHERE id IN ({marks})', ids)
                rows = [self.shape.row(table.name, tuple(row)) for row in found]
                if rows:
                    putting = self._insert(table)
                    others = {c.name: putting.excluded[c.name] for c in table.columns if not c.primary_key}
                    connection.execute(putting.on_conflict_do_update(index_elements=["id"], set_=others), rows)
                gone = {*(self.shape.id_of(one) for one in ids)} - {row["id"] for row in rows}
                if gone:
                    deleted += connection.execute(sa.delete(table).where(table.c.id.in_(gone))).rowcount
                written += len(rows)
        return written, deleted


def _touched(
    replica: Replica, reader: Reader, after: int, head: Head, desk_keys: Mapping[int, bytes]
) -> dict[str, set[bytes]] | None:
    """The ids of the rows that the entries up to the head change, by table; None when everything must be read anew."""
    touched: dict[str, set[bytes]] = {}
    retimed = False
    expected = after
    for seq, raw in replica.entries(after):
        if seq > head.seq:
            break
        expected += 1
        if seq != expected:
            return None
        for record in parse(raw).open_body(desk_keys).transactions:
            if record.kind in _ANEW:
                return None
            for change in record.rows:
                touched.setdefault(change.table, set()).add(change.row_id)
                changed = change.values if change.op == "u" else None
                retimed = retimed or times_many(change.table, change.values, changed)
                timed = case_timed_by(change.table, change.row_id, change.values, changed)
                if timed is not None:
                    touched.setdefault("case", set()).add(timed)
    if retimed:
        touched.setdefault("case", set()).update(
            row["id"] for row in reader.all('SELECT id FROM "case" WHERE ended_at IS NULL')
        )
    return touched if expected == head.seq else None


def _in_parts(ids: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _file_engine(where: str) -> sa.Engine:
    """For a mirror in a file. The driver by itself begins a transaction with the first row only: tables that were
    made or dropped before it would be seen, and stay, whatever comes of the step."""
    engine = sa.create_engine(where, connect_args={"timeout": _WAITS_S})

    @sa.event.listens_for(engine, "connect")
    def _take_over(raw: Any, _record: Any) -> None:
        raw.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _writing(where: str, password: str | None) -> psycopg.Connection[Any]:
    connection = connect(where, password, "mirror")
    connection.autocommit = False
    return connection
