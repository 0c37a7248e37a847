"""Lists of cases: what a queue, a view or a search shows, how many there are, and the rows to paint.

Two steps, because painting a million rows must not read a million rows: `ids` gives the row numbers in list order (one
index scan, an array of 8 bytes each), `lines` gives the few rows that are visible. Every order (app.work.case_filter)
has an index or sorts only open cases, which are few.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.finding.words import MATCHED, case_number
from app.work.case_filter import ALL_CASES, CaseFilter, CaseList, order_sql, where_sql
from app.work.conditions import Here
from app.work.conditions import sql as conditions_sql
from app.work.covered import Covered, Handed, absent, covered
from app.work.reachable import handed
from app.work.rows import Listed, Rows, Window
from db.rules import NO_DUE
from db.search_index import matcher

CALLED: Final = {"requester": "coalesce(name, '')", "asset": "trim(tag || ' ' || name)"}
"""What is too many to be kept whole in the directory, and how each is called, as SQL."""


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


class Lists:
    """Reads lists on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def ids(self, wanted: CaseList, limit: int | None = None) -> array[int]:
        """Row numbers in list order, at most `limit`. Errors: UserError for an unknown order."""
        where, params = self._conditions(wanted.filter)
        if limit is not None and f"+{MATCHED}" in where:
            first = self._first_by_text(wanted, where, params, limit)
            if first is not None:
                return first
        most = "" if limit is None else f" LIMIT {int(limit)}"
        return self._context.reader.ids(f'SELECT c.rid FROM "case" c{where} ORDER BY {order_sql(wanted)}{most}', params)

    def _first_by_text(self, wanted: CaseList, where: str, params: dict[str, Any], limit: int) -> array[int] | None:
        """The first rows where very many cases have the words: the texts of those that stand first are looked at,
        because the index puts together all of its hits before the first of them is known (at a million cases, some
        hundred thousand). None where too few of the first have them: then the index is quicker after all.
        """
        if case_number(wanted.filter.words) is not None:
            return None
        others, reader = where.replace(f"+{MATCHED}", "1"), self._context.reader
        fits, out, seen = matcher(wanted.filter.words), array("q"), 0
        for upto in (LOOKED_AT, LOOKED_AT_MOST):
            standing = reader.ids(
                f'SELECT c.rid FROM "case" c{others} ORDER BY {order_sql(wanted)} LIMIT {upto}', params
            )
            new = standing[seen:]
            marks = ",".join(map(str, new))
            having = {
                rid
                for rid, *texts in reader.all(f"SELECT rid, title, words, names FROM case_text WHERE rid IN ({marks})")
                if fits("\n".join(text or "" for text in texts))
            }
            out.extend(rid for rid in new if rid in having)
            if len(out) >= limit or len(standing) < upto:
                return out[:limit]
            if len(out) * LOOKED_AT_MOST < limit * upto:
                return None
            seen = upto
        return None

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
        """`where_sql`, told how to use the search index: looking up the few cases that match a rare word is fastest,
        but where thousands match it is better to walk along the list and ask of each case whether it is one of them
        (measured: 4 times at 100,000 cases; the plus keeps SQLite from doing the former).
        """
        where, params = where_sql(wanted)
        if wanted.snoozed is not None:
            params |= {"me": self._context.me, "now": self._context.clock()}
        if wanted.unreachable:
            params["there"] = self.today(self._context.clock())
        if wanted.handed_by is not None:
            day = self.today(self._context.clock())
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
        return self._context.reader.ids(
            f'SELECT c.rid FROM "case" c{where} ORDER BY {order}, {order_sql(wanted)}', params
        )

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

    def today(self, now: int) -> str:
        """The site's date at an instant (ms UTC), as ISO writes it."""
        return times.local_date(now, times.zone(self._context.zone)).isoformat()

    def covered(self, day: str) -> list[Covered]:
        """The departments that are mine on that day (ISO date)."""
        return covered(self._context.reader.all, self._context.me, day)

    def handed(self, day: str) -> list[Handed]:
        """Who is away on that day (ISO date) and whose cases are mine meanwhile, by name."""
        away = absent(self._context.reader.all, self._context.me, day)
        counted = [(owner, until, self.count(CaseFilter(handed_by=owner))) for owner, until in away]
        return [Handed(owner, until, count) for owner, until, count in counted if count]


LOOKED_AT: Final = 400
LOOKED_AT_MOST: Final = 1500
"""So many cases at the beginning of a list are looked at one by one for very common words, and the rest of these if
those promise enough."""
MANY_HITS: Final = 1000
_COUNTED: Final = ("c.status", "c.severity", "c.tier", "c.waiting_on", "c.queue_id", "c.work_owner_id")
"""The columns of the index `ix_case_counted`, in its order."""
