"""What a database server can do: the doctor (db.doctor) where the place is a URL.

The same findings in the same form: reached or why not, version, whether the way there is encrypted, what this login may
do, whether the server flushes, its clock, how long a write and a question take, and which help desk is there. Nothing
is left behind: what is written is one sign of life (`dev`) that nobody takes for one, removed again.

Imported only where somebody asks about a URL, because SQLAlchemy and the driver are slow to load.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, Final

import psycopg

from db.errors import NotInvited, PasswordNeeded, StorageError, StoreUnreachable
from db.findings import FULL, QUICK, SKEW_S, SLOW_COMMIT_MS, SLOW_POLL_MS, Effort, Finding, Level
from db.log import SharedLog
from db.postgresql import Connection, Silent, connect, named

OLDEST: Final = 130000
"""PostgreSQL 13, as the server counts."""
_TRIED: Final = "00d0c70r.try"
"""The side file that is written and removed: by its name nobody's sign of life."""
_RIGHTS: Final = """
    SELECT to_regclass('halldesk.log') IS NOT NULL AS made,
           has_database_privilege(current_database(), 'CREATE') AS may_make,
           pg_is_in_recovery() AS standby
"""
_ON_TABLES: Final = """
    SELECT has_table_privilege('halldesk.log', 'SELECT') AND has_any_column_privilege('halldesk.log', 'INSERT') AS log,
           has_table_privilege('halldesk.side', 'SELECT') AND has_table_privilege('halldesk.side', 'DELETE')
               AND has_any_column_privilege('halldesk.side', 'INSERT')
               AND has_any_column_privilege('halldesk.side', 'UPDATE') AS side,
           has_table_privilege('halldesk.log', 'UPDATE') OR has_table_privilege('halldesk.log', 'DELETE') AS too_much
"""


def examine_server(
    where: str, password: str | None, open_log: Callable[[], SharedLog], *, quick: bool = False
) -> Generator[Finding, None, None]:
    """Try the database at `where` (a URL without its password) out. `open_log` opens the store there.

    Yields a finding per check; after one that makes the rest pointless nothing more. Never raises for what is wrong
    with the server.
    """
    effort = QUICK if quick else FULL
    began = time.perf_counter()
    try:
        connection = connect(where, password, "doctor")
    except psycopg.Error as error:
        yield _refused(where, error)
        return
    with closing(connection):
        yield Finding("reach", Level.GOOD, "good", (time.perf_counter() - began) * 1000, "ms")
        try:
            yield _version(connection)
            yield _encryption(connection)
            rights = _rights(connection)
            yield rights
            if not rights.ok:
                return
            yield _durable(connection)
            yield _clock(connection)
        except psycopg.Error as error:
            yield _refused(where, error)
            return
    if rights.case == "empty":
        yield Finding("desk", Level.GOOD, "none")
        return
    with closing(open_log()) as log:
        yield from _used(log, effort)
        yield _desk(log)


def _refused(where: str, error: psycopg.Error) -> Finding:
    """Why nobody is let in: the doctor speaks to whoever sets things up, so he says less than the line at the bottom
    does of work that goes on."""
    known = named(where, error)
    if isinstance(known, PasswordNeeded):
        return Finding("reach", Level.BAD, "password" if "refused" in str(known) else "locked")
    if isinstance(error, Silent):
        return Finding("reach", Level.BAD, "silent")
    if isinstance(known, StoreUnreachable):
        return Finding("reach", Level.BAD, "away", values={"why": _reason(error)})
    return Finding("reach", Level.BAD, "no", values={"why": str(known)})


def _reason(error: psycopg.Error) -> str:
    """What libpq gives as the reason, without the address it was asked for and without its questions."""
    said = " ".join(str(error).split())
    said = said.rpartition("FATAL:")[2].rpartition("failed: ")[2].partition(" Is the server")[0].strip()
    return said.rstrip(".") or type(error).__name__


def _one(connection: Connection, sql: str) -> dict[str, Any]:
    cursor = connection.execute(sql.encode())
    row = cursor.fetchone()
    names = [column.name for column in cursor.description or ()]
    return dict(zip(names, row or (), strict=True))


def _version(connection: Connection) -> Finding:
    number = connection.info.server_version
    shown = f"{number // 10000}.{number % 10000}"
    old = number < OLDEST
    return Finding("version", Level.BAD if old else Level.GOOD, "old" if old else "good", shown)


def _encryption(connection: Connection) -> Finding:
    if connection.pgconn.ssl_in_use:
        return Finding("encryption", Level.GOOD, "good", "TLS")
    here = connection.info.hostaddr in ("", "127.0.0.1", "::1")
    return Finding("encryption", Level.GOOD if here else Level.NOTE, "here" if here else "none")


def _rights(connection: Connection) -> Finding:
    found = _one(connection, _RIGHTS)
    if found["standby"]:
        return Finding("rights", Level.BAD, "standby")
    if not found["made"]:
        return Finding("rights", *((Level.GOOD, "empty") if found["may_make"] else (Level.BAD, "no making")))
    tables = _one(connection, _ON_TABLES)
    if not tables["log"] or not tables["side"]:
        return Finding("rights", Level.BAD, "no tables")
    return Finding("rights", *((Level.NOTE, "too many") if tables["too_much"] else (Level.GOOD, "tables")))


def _durable(connection: Connection) -> Finding:
    row = _one(
        connection,
        "SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,"
        " current_setting('synchronous_commit') AS commit",
    )
    if row["fsync"] != "on" or row["pages"] != "on":
        return Finding("durable", Level.NOTE, "off", "fsync" if row["fsync"] != "on" else "full_page_writes")
    return Finding("durable", Level.GOOD, "good", str(row["commit"]))


def _clock(connection: Connection) -> Finding:
    before = time.time()
    server = float(_one(connection, "SELECT extract(epoch FROM clock_timestamp()) AS at")["at"])
    skew = round((before + time.time()) / 2 - server, 1) + 0.0
    if abs(skew) <= SKEW_S:
        return Finding("clock", Level.GOOD, "good", skew, "s")
    return Finding("clock", Level.NOTE, "ahead" if skew > 0 else "behind", skew, "s")


def _used(log: SharedLog, effort: Effort) -> Generator[Finding, None, None]:
    """A write that is acknowledged, and a look at the head, as the program makes them."""
    writes: list[float] = []
    polls: list[float] = []
    try:
        for took, call in (
            (writes, lambda: log.put_side("dev", _TRIED, b"tried")),
            (polls, log.hint),
        ):
            until = time.monotonic() + effort.budget_s
            for number in range(effort.samples):
                if number and time.monotonic() > until:
                    break
                began = time.perf_counter()
                call()
                took.append((time.perf_counter() - began) * 1000)
        log.remove_side("dev", _TRIED)
    except StorageError as error:
        yield Finding("commit", Level.BAD, "failed", values={"why": str(error)})
        return
    for name, took, slow in (("commit", writes, SLOW_COMMIT_MS), ("poll", polls, SLOW_POLL_MS)):
        usual = statistics.median(took)
        is_slow = usual > slow
        yield Finding(name, Level.NOTE if is_slow else Level.GOOD, "slow" if is_slow else "good", usual, "ms",
                      {"worst": f"{max(took):.0f}"})  # fmt: skip


def _desk(log: SharedLog) -> Finding:
    from db.keys import StoreCard

    try:
        card = log.card()
        if card is None:
            return Finding("desk", Level.GOOD, "none")
        name = StoreCard.unpack(card).name
    except NotInvited:
        return Finding("desk", Level.BAD, "damaged")
    except StorageError as error:
        return Finding("desk", Level.BAD, "unreadable", values={"why": str(error)})
    return Finding("desk", Level.GOOD, "here", name, values={"name": name})
