"""The shared log in a PostgreSQL database: put-if-absent is an insert, the bell is LISTEN/NOTIFY.

The tables and what each role may do with them are in resources/postgresql/store.sql. Nothing here trusts the server:
entries are signed and sealed as on a drive, and the readers decide what counts. What a database adds is speed, many
writers at once, and rights that no client gets around: a row of the log is never changed or removed.

A connection is made when it is first needed and kept. One that broke while nobody used it is noticed at the next use
and replaced once without a word; every statement here may be repeated, so a lost reply needs no more care than that.

Writers who heard of others a moment ago stand in line (db.log.TakesTurns): an advisory lock, held from the last look to
the insert, on the connection that makes both. PostgreSQL serves who waits in the order in which they came. It is advice
only: nobody has it for more than two seconds of silence or waits for more than five, and whoever waited in vain goes
without for a while.

The statements of every look and every commit are made once, here: making one each time costs as much as asking it.

Imported only where a store's place is a URL: SQLAlchemy costs half a second, which a desk on a drive never pays.
"""

from __future__ import annotations

import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
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
_FEW: Final = 32
_SMALL_BYTES: Final = 64 * 1024
"""So many slots a look lists first, and brings along what lies in them: mostly that is all there is."""
_AHEAD_BYTES: Final = 4 * 1024 * 1024
"""Read at once of what was listed: a workstation that catches up asks seldom for much."""
_SUFFIXES: Final = [name.removeprefix(".") for name in SLOT_NAMES]
_RETRY_BELL_S: Final = 5.0
_WITHOUT_S: Final = 30.0
_TURN: Final = 4816105
"""The advisory lock of a database's writers."""
_PATIENCE_MS: Final = 5000
_SILENT_MS: Final = 2000
_TAKE_THE_TURN: Final = f"""
    SELECT set_config('lock_timeout', '{{patience}}', true){{watched}};
    SELECT pg_advisory_lock({_TURN})
"""
"""Sent as one, and so one transaction: the patience is for this statement only, the lock outlasts it."""
_WATCHED: Final = ", set_config('idle_session_timeout', '{0}', false)"
"""Who has the turn and says nothing for so many ms is thrown out, so that others need not wait for a laptop that fell
asleep. Servers before version 14 can't."""
_GIVE_IT_BACK: Final = f"SELECT pg_advisory_unlock({_TURN}){{watched}}"
_NOT_WITHIN: Final = "55P03"
"""PostgreSQL's name for a lock that could not be had in time."""

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
_CARD: Final = sa.select(_STORE.c.card)
_NEWEST: Final = sa.select(_ENTRY.c.epoch, _ENTRY.c.seq).order_by(_ENTRY.c.epoch.desc(), _ENTRY.c.seq.desc()).limit(1)
_SIZE: Final = sa.func.octet_length(_ENTRY.c.bytes)
_LISTED: Final = (
    sa.select(
        _ENTRY.c.seq,
        _ENTRY.c.name,
        _SIZE.label("size"),
        sa.case((sa.bindparam("small", type_=sa.Integer) >= _SIZE, _ENTRY.c.bytes)).label("bytes"),
    )
    .where(_ENTRY.c.epoch == sa.bindparam("e"), _ENTRY.c.seq >= sa.bindparam("first", type_=sa.BigInteger))
    .order_by(_ENTRY.c.seq, _ENTRY.c.name)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_PUT: Final = (
    insert(_ENTRY)
    .values(epoch=sa.bindparam("e"), seq=sa.bindparam("s"), name=sa.bindparam("n"), bytes=sa.bindparam("b"))
    .on_conflict_do_nothing()
)
_THERE: Final = sa.select(_ENTRY.c.bytes).where(
    _ENTRY.c.epoch == sa.bindparam("e"), _ENTRY.c.seq == sa.bindparam("s"), _ENTRY.c.name == sa.bindparam("n")
)


class ServerLog:
    """`SharedLog` at a PostgreSQL URL without a password. May be used by several threads. Close it when done."""

    is_lock = True
    """See TakesTurns."""

    def __init__(self, where: str, device: str = "0", password: str | None = None, silence: float = SILENCE_S) -> None:
        """`password`, `silence`: see db.postgresql.connect."""
        self.where = where
        self._device, self._password, self._silence = device, password, silence
        self._ahead: dict[tuple[int, int, str], bytes] = {}
        self._listed: list[tuple[int, int, str, int]] = []
        self._has_tables = False
        self._turn: tuple[int, sa.Connection] | None = None
        """Whose turn it is while it is ours: the thread, and the connection that holds it."""
        self._without_until = 0.0
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
        self.leave_the_line()
        self._engine.dispose()

    # -- the store ----------------------------------------------------------------------------------------------------
    def card(self) -> bytes | None:
        """See SharedLog."""

        def read(connection: sa.Connection) -> bytes | None:
            # Asked until they were seen once: a store whose tables are gone is no empty one.
            self._has_tables = self._has_tables or _has_tables(connection)
            return _bytes(connection.scalar(_CARD)) if self._has_tables else None

        return self._do(read)

    def create(self, card: bytes) -> bool:
        """See SharedLog. Makes the tables if nobody has."""

        def make(connection: sa.Connection) -> bool:
            if not _has_tables(connection):
                script = files("resources.postgresql").joinpath("store.sql").read_text(encoding="utf-8")
                # Several statements sent as one are one transaction.
                connection.exec_driver_sql(script, execution_options={"no_parameters": True})
            connection.execute(insert(_STORE).values(card=card).on_conflict_do_nothing())
            return bool(connection.scalar(_CARD) == card)

        return self._do(make)

    # -- the log ------------------------------------------------------------------------------------------------------
    def hint(self) -> Hint | None:
        """See SharedLog. Here it is the head itself: the index tells it as fast as any note would."""
        row = self._do(lambda connection: connection.execute(_NEWEST).one_or_none())
        return None if row is None else Hint(row.epoch, row.seq)

    def announce(self, head: Head) -> None:
        """See SharedLog. The database announced the entry itself when it was put (store.sql)."""

    def bell(self) -> ServerBell:
        """See SharedLog."""
        return ServerBell(self._connect)

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        """See SharedLog."""
        self._ahead, self._listed = {}, []
        wanted, most = after + 1, _FEW
        while True:
            rows = self._page(epoch, wanted, most)
            # The last slot of a full page may be cut in the middle: it is the first of the next one.
            whole = len(rows) < most
            most = _PAGE
            self._ahead |= {(epoch, row.seq, row.name): bytes(row.bytes) for row in rows if row.bytes is not None}
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

    def _page(self, epoch: int, first: int, most: int) -> list[Any]:
        asked = {"e": epoch, "first": first, "most": most, "small": _SMALL_BYTES if most == _FEW else -1}
        return list(self._do(lambda connection: connection.execute(_LISTED, asked).all()))

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
        place = {"e": epoch, "s": seq, "n": name}

        def put(connection: sa.Connection) -> Put:
            if connection.execute(_PUT, {**place, "b": raw}).rowcount == 1:
                return Put.WON
            there = _bytes(connection.scalar(_THERE, place))
            return Put.UNKNOWN if there is None else Put.WON if there == raw else Put.LOST

        try:
            return self._do(put)
        finally:
            self.leave_the_line()

    # -- turns --------------------------------------------------------------------------------------------------------
    def stand_in_line(self, epoch: int, seq: int) -> None:
        """See TakesTurns. Returns when it is our turn, or when that would take too long."""
        if self._turn is not None or time.monotonic() < self._without_until:
            return
        try:
            connection = self._engine.connect()
            try:
                connection.exec_driver_sql(
                    _TAKE_THE_TURN.format(patience=_PATIENCE_MS, watched=_watched(connection, _SILENT_MS)),
                    execution_options={"no_parameters": True},
                )
            except BaseException:
                connection.close()
                raise
        except (sa.exc.DBAPIError, psycopg.Error) as error:
            # Somebody holds it who does not go on, or the way there is broken: the next question says which.
            why = getattr(error, "orig", error)
            _log.info("no place in the line of writers: %s", why)
            if getattr(why, "sqlstate", None) == _NOT_WITHIN:
                self._without_until = time.monotonic() + _WITHOUT_S
            return
        self._turn = threading.get_ident(), connection

    def ahead(self) -> int:
        """See TakesTurns. Who waits does so in `stand_in_line`."""
        return 0

    def used_their_turn(self, devices: Iterable[bytes]) -> None:
        """See TakesTurns. Whose entry can be read here has given his turn back, or is about to."""

    def leave_the_line(self) -> None:
        """See TakesTurns. After the commit: what is not committed, the next one would not see."""
        turn, self._turn = self._turn, None
        if turn is None:
            return
        connection = turn[1]
        try:
            if not connection.invalidated:
                connection.exec_driver_sql(_GIVE_IT_BACK.format(watched=_watched(connection, 0)))
        except (sa.exc.DBAPIError, psycopg.Error) as error:
            _log.info("the turn ends with its connection: %s", error)
            connection.invalidate()
        finally:
            connection.close()

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
                turn = self._turn
                if turn is not None and turn[0] == threading.get_ident() and not turn[1].invalidated:
                    return work(turn[1])
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


def _watched(connection: sa.Connection, ms: int) -> str:
    version = connection.dialect.server_version_info
    return _WATCHED.format(ms) if version is not None and version >= (14,) else ""


def _may_remove(connection: sa.Connection) -> bool:
    return bool(connection.scalar(sa.select(sa.func.has_table_privilege(f"{_SCHEMA}.log", "DELETE"))))


def _gap(wanted: int) -> int:
    """How far from a missing slot a later one tells that it is missing: to the end of the thousand."""
    return 1000 - wanted % 1000


def _side(kind: str, name: str) -> sa.Select[tuple[Any]]:
    return sa.select(_SIDE.c.bytes).where(_SIDE.c.kind == kind, _SIDE.c.name == name)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
