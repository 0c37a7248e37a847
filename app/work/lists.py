"""Lists of cases: what a queue, a view or a search shows, how many there are, and the rows to paint.

Three steps, because painting a million rows must not read a million rows: `ids` gives the row numbers in list order
(one index scan, an array of 8 bytes each), `lines` gives the few rows that are visible, `counts` gives the figures of
the navigation. Every order has an index or sorts only open cases, which are few.
"""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.finding.words import MATCHED, match_cases
from app.work.conditions import Conditions, Here
from app.work.conditions import sql as conditions_sql
from app.work.covered import Covered, Handed, absent, covered
from app.work.reachable import UNREACHABLE, handed
from app.work.rows import Listed, Rows, Window
from app.work.standing import Standing
from app.work.standing import where as standing_where
from db.rules import NO_DUE

CALLED: Final = {"requester": "coalesce(name, '')", "asset": "trim(tag || ' ' || name)"}
"""What is too many to be kept whole in the directory, and how each is called, as SQL."""
PRIORITY: Final = "priority"
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    PRIORITY: ("c.severity", "c.due_at"),
    "number": ("c.rid",),
    "title": ("c.title COLLATE NOCASE",),
    "status": ("c.status", "c.severity", "c.due_at"),
    "severity": ("c.severity", "c.due_at"),
    "due": ("c.due_at",),
    "queue": ("(SELECT name FROM queue WHERE id = c.queue_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "department": ("(SELECT name FROM department WHERE id = c.department_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "product": ("(SELECT name FROM product WHERE id = c.product_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "requester": ("(SELECT name FROM requester WHERE id = c.requester_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "work_owner": ("(SELECT name FROM analyst WHERE id = c.work_owner_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "contact_owner": (
        "(SELECT name FROM analyst WHERE id = c.contact_owner_id) COLLATE NOCASE", "c.severity", "c.due_at",
    ),
    "opened": ("c.opened_at",),
    "updated": ("c.updated_at",),
    "ended": ("c.ended_at",),
}  # fmt: skip
"""What a list can be sorted by, as SQL. "priority" is the order queues are worked in."""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases. Every part that is set must hold; ids are bytes, `mine` means I own the work or the contact."""

    open_only: bool = True
    queue: bytes | None = None
    department: bytes | None = None
    product: bytes | None = None
    analyst: bytes | None = None
    """Owns the work or the contact."""
    requester: bytes | None = None
    asset: bytes | None = None
    place: bytes | None = None
    unowned: bool = False
    statuses: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    waiting_on: str | None = None
    overdue_at: int | None = None
    """Due before this instant (ms UTC)."""
    warned_at: int | None = None
    """Three quarters of the time used up before this instant (ms UTC), and not overdue then."""
    unreachable: bool = False
    """Nobody can be asked about it today: see `UNREACHABLE`. This list must be empty."""
    snoozed: bool | None = None
    """True: those I put off until later; False: none of these; None: it does not matter."""
    watched_by: bytes | None = None
    tag: str | None = None
    opened_from: int | None = None
    opened_to: int | None = None
    words: str = ""
    unqueued: bool = False
    side: str | None = None
    """Whom it waits for: "us", "requester" or "others" (suppliers, changes, parts)."""
    among: tuple[int, ...] | None = None
    """Only these row numbers."""
    standing: Standing | None = None
    """One of the lists of a department, as its contact looks at them."""
    handed_by: bytes | None = None
    """What I do today in place of this analyst, who is away (app.work.reachable)."""
    conditions: Conditions | None = None
    """Those of a saved view."""


@dataclass(frozen=True)
class CaseList:
    """A filter in an order."""

    filter: CaseFilter = field(default_factory=CaseFilter)
    order: str = PRIORITY
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One row of a list, ready to paint. Names are resolved; instants in ms UTC; `due_at` None when no clock runs."""

    rid: int
    id: bytes
    number: int | None
    title: str
    kind: str
    status: str
    waiting_on: str | None
    severity: int
    tier: int
    queue: str
    department: str
    product: str
    requester: str
    place: str
    contact_owner: str
    work_owner: str
    next_step: str
    opened_at: int
    updated_at: int
    resolved_at: int | None
    due_at: int | None
    warn_at: int | None
    channel: str
    major: bool
    unread: bool
    saved: bool

    @property
    def label(self) -> str:
        """The number, or the provisional label while the log has not numbered it."""
        return str(self.number) if self.number is not None else f"~{self.rid}"


@dataclass(frozen=True)
class Count:
    """How many open cases a place of the navigation holds, and how many of them are overdue."""

    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Counts:
    """The figures of the navigation, all from one snapshot."""

    all_open: Count
    mine: Count
    unowned: Count
    watched: Count
    queues: dict[bytes, Count]
    departments: dict[bytes, Count]
    analysts: dict[bytes, Count]
    """By the owner of the work."""
    untriaged: Count = Count()
    """What nobody has begun with: it has no next step yet."""
    snoozed: Count = Count()
    unreachable: Count = Count()
    handed: Mapping[bytes, Count] = field(default_factory=dict)
    """What I do in place of each who is away today."""


class Lists:
    """Reads lists on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def ids(self, wanted: CaseList, limit: int | None = None) -> array[int]:
        """Row numbers in list order, at most `limit`. Errors: UserError for an unknown order."""
        where, params = self._conditions(wanted.filter)
        most = "" if limit is None else f" LIMIT {int(limit)}"
        return self._context.reader.ids(f'SELECT c.rid FROM "case" c{where} ORDER BY {_order(wanted)}{most}', params)

    def rows(self, wanted: CaseList, known: Rows | None = None) -> Rows:
        """A whole list. `known`: the same list a moment ago, which makes "all cases" cheap to bring up to date.

        Errors: UserError for an unknown order.
        """
        if wanted != ALL_CASES:
            return Listed(self.ids(wanted))
        with self._context.reader.snapshot() as reader:
            newest, oldest = reader.value('SELECT max(rid) FROM "case"'), reader.value('SELECT min(rid) FROM "case"')
            if newest is None:
                return Listed(array("q"))
            total = int(reader.value('SELECT count(*) FROM "case"'))
            if newest - oldest + 1 == total:
                return Window(newest, oldest)
            if isinstance(known, Listed) and len(known):
                added = reader.ids('SELECT rid FROM "case" WHERE rid > ? ORDER BY rid DESC', (known[0],))
                if len(added) + len(known) == total:
                    return Listed(added + known.rids) if added else known
            return Listed(self.ids(wanted))

    def _conditions(self, wanted: CaseFilter, here: Here | None = None) -> tuple[str, dict[str, Any]]:
        """`_where`, told how to use the search index: looking up the few cases that match a rare word is fastest, but
        where thousands match it is better to walk along the list and ask of each case whether it is one of them
        (measured: 4 times at 100,000 cases; the plus keeps SQLite from doing the former).
        """
        where, params = _where(wanted)
        if wanted.snoozed is not None:
            params |= {"me": self._context.me, "now": self._context.clock()}
        if wanted.unreachable:
            params["there"] = self._today(self._context.clock())
        if wanted.handed_by is not None:
            day = self._today(self._context.clock())
            clause, values = handed(self._context.reader.all, wanted.handed_by, self._context.me, day)
            where = f"{where} AND {clause}" if where else f" WHERE {clause}"
            params |= values
        if wanted.conditions is not None:
            clause, values = conditions_sql(wanted.conditions, here or self.here)
            if clause:
                where = f"{where} AND {clause}" if where else f" WHERE {clause}"
                params |= values
        if params.get("match"):
            hits = self._context.reader.value(
                "SELECT count(*) FROM (SELECT 1 FROM case_fts WHERE case_fts MATCH :match LIMIT :many)",
                {"match": params["match"], "many": MANY_HITS},
            )
            if hits == MANY_HITS:
                where = where.replace(MATCHED, f"+{MATCHED}")
        return where, params

    @property
    def here(self) -> Here:
        """Who looks, and when."""
        return Here(self._context.me, self._context.clock(), self._context.zone)

    def state(self) -> tuple[int, int]:
        """Equal answers on a lane: nothing was written between them."""
        return threading.get_ident(), int(self._context.reader.value("PRAGMA data_version"))

    def snapshot(self) -> AbstractContextManager[Any]:
        """Several answers from one state of the desk."""
        return self._context.reader.snapshot()

    def count_by(self, wanted: CaseFilter, key: str, order: str, here: Here) -> list[tuple[Any, int]]:
        """How many cases there are for each value of `key` (SQL over `c`, app.work.groups), in the order of `order`."""
        where, params = self._conditions(wanted, here)
        cases = f'"case" c{where}'
        counted = "count(*)"
        if not where and key in _COUNTED:
            # Of all cases there ever were: their index is walked once, in its own order, and what comes out is few.
            before = ", ".join(_COUNTED[: _COUNTED.index(key) + 1])
            column = key.removeprefix("c.")
            cases = (
                f'(SELECT {key} AS {column}, count(*) AS n FROM "case" c WHERE c.description IS NOT NULL '
                f"GROUP BY {before}) c"
            )
            counted = "sum(c.n)"
        sql = f"SELECT {key}, {counted} FROM {cases} GROUP BY {key} ORDER BY {order}"
        return [(row[0], int(row[1])) for row in self._context.reader.all(sql, params)]

    def names(self, table: str, ids: Sequence[bytes]) -> dict[bytes, str]:
        """What these requesters or machines are called (a key of `CALLED`)."""
        out: dict[bytes, str] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT id, {CALLED[table]} FROM {table} WHERE id IN ({marks})"
            out |= {row[0]: row[1] for row in self._context.reader.all(sql, part)}
        return out

    def ids_by(
        self, wanted: CaseList, key: str, order: str, among: Sequence[Any], without: Sequence[Any], here: Here
    ) -> array[int]:
        """Row numbers by `order`, then in list order, of cases whose `key` is one of `among`; `without` are all other
        values it has."""
        where, params = self._conditions(wanted.filter, here)
        # The shorter of the two questions; one value of a column is found by its index.
        values, test, between = (among, "IS", " OR ") if len(among) <= len(without) else (without, "IS NOT", " AND ")
        if values:
            asked = between.join(f"({key}) {test} :key{number}" for number in range(len(values)))
            where += f"{' AND' if where else ' WHERE'} ({asked})"
            params |= {f"key{number}": value for number, value in enumerate(values)}
        return self._context.reader.ids(f'SELECT c.rid FROM "case" c{where} ORDER BY {order}, {_order(wanted)}', params)

    def count_due(self, wanted: CaseFilter) -> Count:
        """How many cases a filter has, and how many of them are overdue."""
        where, params = self._conditions(wanted)
        sql = f'SELECT count(*), coalesce(sum(c.due_at < :this_now), 0) FROM "case" c{where}'
        row = self._context.reader.one(sql, params | {"this_now": self._context.clock()})
        return Count(*row) if row else Count()

    def count(self, wanted: CaseFilter) -> int:
        """How many cases a filter has."""
        where, params = self._conditions(wanted)
        return int(self._context.reader.value(f'SELECT count(*) FROM "case" c{where}', params))

    def lines(self, rids: Sequence[int]) -> list[CaseLine]:
        """The rows of these numbers, in the order asked for; rows that are gone are left out."""
        if not rids:
            return []
        marks = ",".join(map(str, rids))
        found = {
            row["rid"]: row
            for row in self._context.reader.all(
                "SELECT c.rid, c.id, c.number, c.title, c.kind, c.status, c.waiting_on, c.severity, c.tier, "
                "c.queue_id, c.department_id, c.product_id, c.place_id, r.name AS requester, c.contact_owner_id, "
                "c.work_owner_id, c.next_step, c.opened_at, c.updated_at, c.resolved_at, c.due_at, c.warn_at, "
                "c.channel, c.major, "
                "coalesce(x.read_at, 0) < c.updated_at AND c.status <> 'closed' AS unread "
                f'FROM "case" c LEFT JOIN requester r ON r.id = c.requester_id '
                f"LEFT JOIN case_read x ON x.case_id = c.id WHERE c.rid IN ({marks})"
            )
        }
        return [self._line(found[rid]) for rid in rids if rid in found]

    def line(self, case_id: bytes) -> CaseLine | None:
        """One case as a row."""
        rid = self.rid(case_id)
        lines = self.lines([rid]) if rid is not None else []
        return lines[0] if lines else None

    def rid(self, case_id: bytes) -> int | None:
        """The row number of a case on this workstation."""
        found = self._context.reader.value('SELECT rid FROM "case" WHERE id = ?', (case_id,))
        return None if found is None else int(found)

    def rids(self, case_ids: Iterable[bytes]) -> list[int]:
        """Row numbers of several cases."""
        return [rid for case_id in case_ids if (rid := self.rid(case_id)) is not None]

    def _line(self, row: Any) -> CaseLine:
        name = self._directory.name
        return CaseLine(
            rid=row["rid"], id=row["id"], number=row["number"], title=row["title"], kind=row["kind"],
            status=row["status"], waiting_on=row["waiting_on"], severity=row["severity"], tier=row["tier"],
            queue=name("queue", row["queue_id"]), department=name("department", row["department_id"]),
            product=name("product", row["product_id"]), requester=row["requester"] or "",
            place=name("place", row["place_id"]),
            contact_owner=name("analyst", row["contact_owner_id"]), work_owner=name("analyst", row["work_owner_id"]),
            next_step=row["next_step"] or "", opened_at=row["opened_at"], updated_at=row["updated_at"],
            resolved_at=row["resolved_at"], due_at=None if row["due_at"] == NO_DUE else row["due_at"],
            warn_at=row["warn_at"], channel=row["channel"], major=bool(row["major"]), unread=bool(row["unread"]),
            saved=row["number"] is not None,
        )  # fmt: skip

    def counts(self, now: int) -> Counts:
        """The figures of the navigation. `now`: ms UTC."""
        me = self._context.me
        with self._context.reader.snapshot() as reader:
            late = reader.all(_LATE, (now,))
            queues, departments, analysts = (
                _grouped(reader.all(_OPEN.format(column=column, index=index)), late, place)
                for place, (column, index) in enumerate(_COUNTED_OPEN)
            )
            mine = reader.one(
                'SELECT count(*), coalesce(sum(due_at < :now), 0) FROM "case" WHERE ended_at IS NULL AND rid IN ('
                'SELECT rid FROM "case" WHERE ended_at IS NULL AND work_owner_id = :me UNION '
                'SELECT rid FROM "case" WHERE ended_at IS NULL AND contact_owner_id = :me) '
                f"AND id NOT IN ({_SNOOZED})",
                {"now": now, "me": me},
            )
            watched = reader.one(
                'SELECT count(*), coalesce(sum(c.due_at < ?), 0) FROM case_watcher w JOIN "case" c ON c.id = w.case_id '
                "WHERE w.analyst_id = ? AND c.ended_at IS NULL",
                (now, me),
            )
            untriaged = reader.one(f"SELECT count(*), coalesce(sum(due_at < ?), 0) {_UNTRIAGED}", (now,))
            snoozed, unreachable = (
                reader.one(
                    'SELECT count(*), coalesce(sum(c.due_at < :now), 0) FROM "case" c '
                    f"WHERE c.ended_at IS NULL AND {what}",
                    {"now": now, "me": me, "there": self._today(now)},
                )
                for what in (f"c.id IN ({_SNOOZED})", UNREACHABLE)
            )
            away = absent(reader.all, me, self._today(now))
            handed = {owner: self.count_due(CaseFilter(handed_by=owner)) for owner, _until in away}
        total = Count(sum(c.open for c in queues.values()), sum(c.overdue for c in queues.values()))
        return Counts(
            total, Count(*mine) if mine else Count(), analysts.pop(b"", Count()),
            Count(*watched) if watched else Count(), queues, departments, analysts,
            Count(*untriaged) if untriaged else Count(), Count(*snoozed) if snoozed else Count(),
            Count(*unreachable) if unreachable else Count(), handed,
        )  # fmt: skip

    def _today(self, now: int) -> str:
        return times.local_date(now, times.zone(self._context.zone)).isoformat()

    def covered(self, day: str) -> list[Covered]:
        """The departments that are mine on that day (ISO date)."""
        return covered(self._context.reader.all, self._context.me, day)

    def handed(self, day: str) -> list[Handed]:
        """Who is away on that day (ISO date) and whose cases are mine meanwhile, by name."""
        away = absent(self._context.reader.all, self._context.me, day)
        counted = [(owner, until, self.count(CaseFilter(handed_by=owner))) for owner, until in away]
        return [Handed(owner, until, count) for owner, until, count in counted if count]


_UNTRIAGED: Final = "FROM \"case\" WHERE status = 'new'"
_SNOOZED: Final = "SELECT case_id FROM reminder WHERE analyst_id = :me AND hides = 1 AND done = 0 AND at > :now"
ALL_CASES: Final = CaseList(CaseFilter(open_only=False), "number", descending=True)
"""Every case there ever was, newest first."""
MANY_HITS: Final = 1000
_COUNTED: Final = ("c.status", "c.severity", "c.tier", "c.waiting_on", "c.queue_id", "c.work_owner_id")
"""The columns of the index `ix_case_counted`, in its order."""
_COUNTED_OPEN: Final = (("queue_id", "queue"), ("department_id", "department"), ("work_owner_id", "work_owner"))
"""The columns of `_LATE`, and the indexes of open cases that begin with them."""
_OPEN: Final = (
    'SELECT {column}, count(*) FROM "case" INDEXED BY ix_case_open_{index} WHERE ended_at IS NULL GROUP BY {column}'
)
_LATE: Final = (
    'SELECT queue_id, department_id, work_owner_id, count(*) FROM "case" INDEXED BY ix_case_open_due '
    "WHERE ended_at IS NULL AND due_at < ? GROUP BY 1, 2, 3"
)
"""The indexes are named because they hold all that is asked for; SQLite may take another, and then reads every row."""


def _grouped(rows: Iterable[Any], late: Iterable[Any], place: int) -> dict[bytes, Count]:
    """Open cases by one column. `late`: rows of `_LATE`, `place`: which of its columns that is."""
    overdue: Counter[Any] = Counter()
    for row in late:
        overdue[row[place]] += row[3]
    return {key or b"": Count(count, overdue[key]) for key, count in rows}


def _order(wanted: CaseList) -> str:
    if wanted.order not in ORDERS:
        raise UserError(f"Cases can't be sorted by {wanted.order!r}; use one of: {', '.join(ORDERS)}.")
    first, *rest = ORDERS[wanted.order]
    direction = " DESC" if wanted.descending else ""
    return ", ".join([first + direction, *rest, *(() if first == "c.rid" else ("c.rid" + direction,))])


def _where(wanted: CaseFilter) -> tuple[str, dict[str, Any]]:
    """The WHERE clause over `"case" c` and its parameters."""
    parts: list[str] = []
    params: dict[str, Any] = {}

    def also(sql: str, **values: Any) -> None:
        parts.append(sql)
        params.update(values)

    if wanted.open_only:
        also("c.ended_at IS NULL")
    for name, column in (("queue", "queue_id"), ("department", "department_id"), ("product", "product_id"),
                         ("requester", "requester_id"), ("asset", "asset_id"), ("place", "place_id")):  # fmt: skip
        value = getattr(wanted, name)
        if value is not None:
            also(f"c.{column} = :{name}", **{name: value})
    if wanted.analyst is not None:
        both = " UNION ".join(
            f'SELECT rid FROM "case" WHERE {column} = :analyst' + (" AND ended_at IS NULL" if wanted.open_only else "")
            for column in ("work_owner_id", "contact_owner_id")
        )
        also(f"c.rid IN ({both})", analyst=wanted.analyst)
    if wanted.unowned:
        also("c.work_owner_id IS NULL")
    if wanted.statuses == ("new",):
        also(f"c.rid IN (SELECT rid {_UNTRIAGED})")
    elif wanted.statuses:
        marks = ", ".join(f":status{n}" for n in range(len(wanted.statuses)))
        also(f"c.status IN ({marks})", **{f"status{n}": s for n, s in enumerate(wanted.statuses)})
    if wanted.severities:
        also(f"c.severity IN ({', '.join(str(int(s)) for s in wanted.severities)})")
    if wanted.waiting_on:
        also("c.waiting_on = :waiting_on", waiting_on=wanted.waiting_on)
    if wanted.overdue_at is not None:
        also("c.due_at < :overdue", overdue=wanted.overdue_at)
    if wanted.snoozed is not None:
        also(f"c.id {'IN' if wanted.snoozed else 'NOT IN'} ({_SNOOZED})")
    if wanted.unreachable:
        also(UNREACHABLE)
    if wanted.warned_at is not None:
        # The upper end says nothing new; it makes SQLite begin with the few that are due soon.
        also(
            "c.due_at >= :warned AND c.due_at < :no_due AND c.warn_at <= :warned",
            warned=wanted.warned_at,
            no_due=NO_DUE,
        )
    if wanted.watched_by is not None:
        also("c.id IN (SELECT case_id FROM case_watcher WHERE analyst_id = :watcher)", watcher=wanted.watched_by)
    if wanted.tag:
        also("c.id IN (SELECT case_id FROM case_tag WHERE tag = :tag)", tag=wanted.tag)
    if wanted.opened_from is not None:
        also("c.opened_at >= :opened_from", opened_from=wanted.opened_from)
    if wanted.opened_to is not None:
        also("c.opened_at < :opened_to", opened_to=wanted.opened_to)
    if wanted.unqueued:
        also("c.queue_id IS NULL")
    if wanted.side is not None:
        also({
            "us": "c.waiting_on IS NULL", "requester": "c.waiting_on = 'requester'",
            "others": "c.waiting_on IS NOT NULL AND c.waiting_on <> 'requester'",
        }[wanted.side])  # fmt: skip
    if wanted.among is not None:
        also("c.rid IN (SELECT value FROM json_each(:among))", among=f"[{','.join(map(str, wanted.among))}]")
    if wanted.standing is not None:
        clause, values = standing_where(wanted.standing)
        also(clause, **values)
    if wanted.words.strip():
        clause, values = match_cases(wanted.words)
        also(clause, **values)
    return (" WHERE " + " AND ".join(parts) if parts else "", params)


def narrowed(wanted: CaseList, words: str) -> CaseList:
    """The same list, filtered by what was typed into the quick filter."""
    return replace(wanted, filter=replace(wanted.filter, words=words))
