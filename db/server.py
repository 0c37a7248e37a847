"""The shared log in a PostgreSQL database: put-if-absent is an insert, the bell is LISTEN/NOTIFY.

The tables and what each role may do with them are in resources/postgresql/store.sql. Nothing here trusts the server:
entries are signed and sealed as on a drive, and the readers decide what counts. What a database adds is speed, many
writers at once, and rights that no client gets around: a row of the log is never changed or removed.

A connection is made when it is first needed and kept. One that broke while nobody used it is noticed at the next use
and replaced once without a word; every statement here may be repeated, so a lost reply needs no more care than that.

Imported only where a store's place is a URL: SQLAlchemy costs half a second, which a desk on a drive never pays.
"""

from __future__ import annotations

import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from select import select
from typing import Any, Final, TypeVar

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from db.log import SLOT_NAMES, Head, Hint, Put, checked_side
from db.postgresql import SILENCE_S, Connection, Silent, connect, named

_log = logging.getLogger(__name__)
T = TypeVar("T")

_PAGE: Final = 1000
"""Slots listed at once."""
_AHEAD_BYTES: Final = 4 * 1024 * 1024
"""Read at once of what was listed: a workstation that catches up asks seldom for much."""
_SUFFIXES: Final = [name.removeprefix(".") for name in SLOT_NAMES]
_RETRY_BELL_S: Final = 5.0

_SCHEMA: Final = "halldesk"
_STORE: Final = sa.table("store", sa.column("card", sa.LargeBinary), schema=_SCHEMA)
_ENTRY: Final = sa.table(
    "log",
    sa.column("epoch", sa.Integer),
    sa.column("seq", sa.BigInteger),
    sa.column("name", sa.Text),
    sa.column("bytes", sa.LargeBinary),
    schema=_SCHEMA,
)
_SIDE: Final = sa.table(
    "side",
    sa.column("kind", sa.Text),
    sa.column("name", sa.Text),
    sa.column("bytes", sa.LargeBinary),
    sa.column("changed_at", sa.DateTime),
    schema=_SCHEMA,
)


class ServerLog:
    """`SharedLog` at a PostgreSQL URL without a password. May be used by several threads. Close it when done."""

    def __init__(self, where: str, device: str = "0", password: str | None = None, silence: float = SILENCE_S) -> None:
        """`password`, `silence`: see db.postgresql.connect."""
        self.where = where
        self._device, self._password, self._silence = device, password, silence
        self._ahead: dict[tuple[int, int, str], bytes] = {}
        self._listed: list[tuple[int, int, str, int]] = []
        self._engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            isolation_level="AUTOCOMMIT",
            pool_size=1,
            max_overflow=4,
            use_native_hstore=False,
        )

    def close(self) -> None:
        """See SharedLog."""
        self._engine.dispose()

    # -- the store ----------------------------------------------------------------------------------------------------
    def card(self) -> bytes | None:
        """See SharedLog."""

        def read(connection: sa.Connection) -> bytes | None:
            if not _has_tables(connection):
                return None
            return _bytes(connection.scalar(sa.select(_STORE.c.card)))

        return self._do(read)

    def create(self, card: bytes) -> bool:
        """See SharedLog. Makes the tables if nobody has."""

        def make(connection: sa.Connection) -> bool:
            if not _has_tables(connection):
                script = files("resources.postgresql").joinpath("store.sql").read_text(encoding="utf-8")
                # Several statements sent as one are one transaction.
                connection.exec_driver_sql(script, execution_options={"no_parameters": True})
            connection.execute(insert(_STORE).values(card=card).on_conflict_do_nothing())
            return bool(connection.scalar(sa.select(_STORE.c.card)) == card)

        return self._do(make)

    # -- the log ------------------------------------------------------------------------------------------------------
    def hint(self) -> Hint | None:
        """See SharedLog. Here it is the head itself: the index tells it as fast as any note would."""
        newest = sa.select(_ENTRY.c.epoch, _ENTRY.c.seq).order_by(_ENTRY.c.epoch.desc(), _ENTRY.c.seq.desc()).limit(1)
        row = self._do(lambda connection: connection.execute(newest).one_or_none())
        return None if row is None else Hint(row.epoch, row.seq)

    def announce(self, head: Head) -> None:
        """See SharedLog. The database announced the entry itself when it was put (store.sql)."""

    def bell(self) -> ServerBell:
        """See SharedLog."""
        return ServerBell(self._connect)

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        """See SharedLog."""
        self._ahead, self._listed = {}, []
        wanted = after + 1
        while True:
            rows = self._page(epoch, wanted)
            # The last slot of a full page may be cut in the middle: it is the first of the next one.
            whole = len(rows) < _PAGE
            self._listed = [(epoch, row.seq, row.name, row.size) for row in rows]
            for seq, group in itertools.groupby(rows, lambda row: int(row.seq)):
                taken = {row.name.partition(".")[2]: row.name for row in group}
                names = [taken[suffix] for suffix in itertools.takewhile(taken.__contains__, _SUFFIXES)]
                if seq != wanted or not names:
                    if wanted and any(row.name.endswith(".e") and 0 < row.seq - wanted < _gap(wanted) for row in rows):
                        yield wanted, []
                    return
                if not whole and seq == rows[-1].seq:
                    break
                yield seq, names
                wanted += 1
            if whole:
                return

    def epochs(self) -> list[int]:
        """See SharedLog."""
        found: list[int] = []
        while True:
            # One step down the index for each: a DISTINCT would read all of it.
            later = sa.select(sa.func.min(_ENTRY.c.epoch)).where(_ENTRY.c.epoch > (found[-1] if found else 0))
            epoch = self._do(lambda connection, query=later: connection.scalar(query))  # type: ignore[misc]
            if epoch is None:
                return found
            found.append(int(epoch))

    def oldest(self, epoch: int) -> int | None:
        """See SharedLog."""
        query = sa.select(sa.func.min(_ENTRY.c.seq)).where(
            _ENTRY.c.epoch == epoch, _ENTRY.c.seq > 0, _ENTRY.c.name.endswith(".e")
        )
        lowest = self._do(lambda connection: connection.scalar(query))
        return None if lowest is None else int(lowest)

    def drop(self, epoch: int, through: int) -> None:
        """See SharedLog. A role that may not remove anything in the log leaves it whole."""
        dropping = sa.delete(_ENTRY).where(_ENTRY.c.epoch == epoch, _ENTRY.c.seq > 0, _ENTRY.c.seq <= through)
        self._do(lambda connection: connection.execute(dropping) if _may_remove(connection) else None)

    def _page(self, epoch: int, first: int) -> list[Any]:
        size = sa.func.octet_length(_ENTRY.c.bytes).label("size")
        query = (
            sa.select(_ENTRY.c.seq, _ENTRY.c.name, size)
            .where(_ENTRY.c.epoch == epoch, _ENTRY.c.seq >= first)
            .order_by(_ENTRY.c.seq, _ENTRY.c.name)
            .limit(_PAGE)
        )
        return list(self._do(lambda connection: connection.execute(query).all()))

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """See SharedLog. Brings what was listed behind it along, for the next calls."""
        key = (epoch, seq, name)
        if key not in self._ahead:
            self._ahead = self._fetch(key)
        return self._ahead.pop(key, None)

    def _fetch(self, key: tuple[int, int, str]) -> dict[tuple[int, int, str], bytes]:
        """The row and those listed after it, as many as are read at once."""
        epoch, seq, name = key
        last, room = key, _AHEAD_BYTES
        following = itertools.dropwhile(lambda one: one[:3] != key, self._listed)
        for e, s, n, size in following:
            room -= size
            if room < 0:
                break
            last = e, s, n
        here = sa.tuple_(_ENTRY.c.seq, _ENTRY.c.name)
        query = sa.select(_ENTRY.c.seq, _ENTRY.c.name, _ENTRY.c.bytes).where(
            _ENTRY.c.epoch == epoch, here >= sa.tuple_(seq, name), here <= sa.tuple_(last[1], last[2])
        )
        rows = self._do(lambda connection: connection.execute(query).all())
        return {(epoch, row.seq, row.name): bytes(row.bytes) for row in rows}

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        """See SharedLog."""
        taking = insert(_ENTRY).values(epoch=epoch, seq=seq, name=name, bytes=raw).on_conflict_do_nothing()
        looking = sa.select(_ENTRY.c.bytes).where(_ENTRY.c.epoch == epoch, _ENTRY.c.seq == seq, _ENTRY.c.name == name)

        def put(connection: sa.Connection) -> Put:
            if connection.execute(taking).rowcount == 1:
                return Put.WON
            there = _bytes(connection.scalar(looking))
            return Put.UNKNOWN if there is None else Put.WON if there == raw else Put.LOST

        return self._do(put)

    # -- side files ---------------------------------------------------------------------------------------------------
    def put_side(self, kind: str, name: str, data: bytes) -> None:
        """See SharedLog."""
        row = insert(_SIDE).values(kind=kind, name=checked_side(kind, name), bytes=data)
        putting = row.on_conflict_do_update(
            index_elements=["kind", "name"], set_={"bytes": row.excluded.bytes, "changed_at": sa.func.now()}
        )
        self._do(lambda connection: connection.execute(putting))

    def take_side(self, kind: str, name: str, data: bytes) -> bool:
        """See SharedLog."""
        taking = insert(_SIDE).values(kind=kind, name=checked_side(kind, name), bytes=data).on_conflict_do_nothing()

        def take(connection: sa.Connection) -> bool:
            taken = connection.execute(taking).rowcount == 1
            return taken or _bytes(connection.scalar(_side(kind, name))) == data

        return self._do(take)

    def get_side(self, kind: str, name: str) -> bytes | None:
        """See SharedLog."""
        looking = _side(kind, checked_side(kind, name))
        return self._do(lambda connection: _bytes(connection.scalar(looking)))

    def sides(self, kind: str) -> list[str]:
        """See SharedLog."""
        listing = sa.select(_SIDE.c.name).where(_SIDE.c.kind == kind).order_by(_SIDE.c.name)
        return self._do(lambda connection: [str(name) for name in connection.scalars(listing)])

    def written_at(self, kind: str, name: str) -> float | None:
        """See KnowsItsTime."""
        query = sa.select(sa.func.extract("epoch", _SIDE.c.changed_at)).where(
            _SIDE.c.kind == kind, _SIDE.c.name == checked_side(kind, name)
        )
        at = self._do(lambda connection: connection.scalar(query))
        return None if at is None else float(at)

    def remove_side(self, kind: str, name: str) -> None:
        """See SharedLog. What this role may not remove stays, without an error: see store.sql."""
        removing = sa.delete(_SIDE).where(_SIDE.c.kind == kind, _SIDE.c.name == checked_side(kind, name))
        self._do(lambda connection: connection.execute(removing))

    # -- how ----------------------------------------------------------------------------------------------------------
    def _connect(self) -> Connection:
        return connect(self.where, self._password, self._device, self._silence)

    def _do(self, work: Callable[[sa.Connection], T]) -> T:
        """Run `work` on a connection, once more if that turned out to be broken. Errors: StorageError."""
        again = True
        while True:
            try:
                with self._engine.connect() as connection:
                    return work(connection)
            except sa.exc.DBAPIError as error:
                if not (again and error.connection_invalidated) or isinstance(error.orig, Silent):
                    raise named(self.where, error.orig or error) from error
                again = False
            except psycopg.Error as error:
                raise named(self.where, error) from error


class ServerBell:
    """`Bell` by LISTEN, on a connection of its own. One that breaks is silent, and hung up again every few seconds."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None
        self._tried = 0.0
        self._told, self._tell = socket.socketpair()
        self._ended = threading.Event()
        self._waiting = threading.Lock()

    def wait(self, seconds: float) -> bool:
        """See Bell."""
        until = time.monotonic() + seconds
        with self._waiting:
            while not self._ended.is_set():
                left = until - time.monotonic()
                if self._connection is None and self._hang_up():
                    return True  # what rang while it was off is not known
                if self._connection is None:
                    left = min(left, _RETRY_BELL_S)
                if self._rang(max(0.0, left)):
                    return True
                if time.monotonic() >= until:
                    return False
        return False

    def close(self) -> None:
        """See Bell."""
        self._ended.set()
        self._tell.send(b"x")
        with self._waiting:
            self._take_down()
            self._told.close()
            self._tell.close()

    def _hang_up(self) -> bool:
        now = time.monotonic()
        if self._tried and now - self._tried < _RETRY_BELL_S:
            return False
        self._tried = now
        try:
            self._connection = self._connect()
            self._connection.execute(f"LISTEN {_SCHEMA}")
        except psycopg.Error as error:
            _log.info("the bell is off: %s", error)
            self._take_down()
            return False
        return True

    def _rang(self, seconds: float) -> bool:
        """Wait on the socket itself: close() must end it at once, and no lock of the driver may be held."""
        connection = self._connection
        try:
            ears = [self._told.fileno()] if connection is None else [self._told.fileno(), connection.pgconn.socket]
            ready = select(ears, [], [], seconds)[0]
            if connection is None or self._ended.is_set() or not ready:
                return False
            connection.pgconn.consume_input()
            return len(list(iter(connection.pgconn.notifies, None))) > 0
        except (psycopg.Error, OSError, ValueError) as error:
            _log.info("the bell fell off: %s", error)
            self._take_down()
            return False

    def _take_down(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _has_tables(connection: sa.Connection) -> bool:
    return connection.scalar(sa.select(sa.func.to_regclass(f"{_SCHEMA}.side"))) is not None


def _may_remove(connection: sa.Connection) -> bool:
    return bool(connection.scalar(sa.select(sa.func.has_table_privilege(f"{_SCHEMA}.log", "DELETE"))))


def _gap(wanted: int) -> int:
    """How far from a missing slot a later one tells that it is missing: to the end of the thousand."""
    return 1000 - wanted % 1000


def _side(kind: str, name: str) -> sa.Select[tuple[Any]]:
    return sa.select(_SIDE.c.bytes).where(_SIDE.c.kind == kind, _SIDE.c.name == name)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
