"""The figures of the navigation: how many open cases each of its places holds, and how many of them are overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.context import ReadContext
from app.work.case_filter import SNOOZED, UNTRIAGED, CaseFilter
from app.work.covered import absent
from app.work.lists import Count, Lists
from app.work.reachable import UNREACHABLE

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
    untriaged: Count = field(default_factory=Count)
    """What nobody has begun with: it has no next step yet."""
    snoozed: Count = field(default_factory=Count)
    unreachable: Count = field(default_factory=Count)
    handed: Mapping[bytes, Count] = field(default_factory=dict)
    """What I do in place of each who is away today."""


class PlaceCounts:
    """Counts on the calling thread's reader."""

    def __init__(self, context: ReadContext, lists: Lists) -> None:
        self._context, self._lists = context, lists

    def at(self, now: int) -> Counts:
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
                f"AND id NOT IN ({SNOOZED})",
                {"now": now, "me": me},
            )
            watched = reader.one(
                'SELECT count(*), coalesce(sum(c.due_at < ?), 0) FROM case_watcher w JOIN "case" c ON c.id = w.case_id '
                "WHERE w.analyst_id = ? AND c.ended_at IS NULL",
                (now, me),
            )
            untriaged = reader.one(f"SELECT count(*), coalesce(sum(due_at < ?), 0) {UNTRIAGED}", (now,))
            snoozed, unreachable = (
                reader.one(
                    'SELECT count(*), coalesce(sum(c.due_at < :now), 0) FROM "case" c '
                    f"WHERE c.ended_at IS NULL AND {what}",
                    {"now": now, "me": me, "there": self._lists.today(now)},
                )
                for what in (f"c.id IN ({SNOOZED})", UNREACHABLE)
            )
            away = absent(reader.all, me, self._lists.today(now))
            handed = {owner: self._lists.count_due(CaseFilter(handed_by=owner)) for owner, _until in away}
        total = Count(sum(c.open for c in queues.values()), sum(c.overdue for c in queues.values()))
        return Counts(
            total, Count(*mine) if mine else Count(), analysts.pop(b"", Count()),
            Count(*watched) if watched else Count(), queues, departments, analysts,
            Count(*untriaged) if untriaged else Count(), Count(*snoozed) if snoozed else Count(),
            Count(*unreachable) if unreachable else Count(), handed,
        )  # fmt: skip


def _grouped(rows: Iterable[Any], late: Iterable[Any], place: int) -> dict[bytes, Count]:
    """Open cases by one column. `late`: rows of `_LATE`, `place`: which of its columns that is."""
    overdue: Counter[Any] = Counter()
    for row in late:
        overdue[row[place]] += row[3]
    return {key or b"": Count(count, overdue[key]) for key, count in rows}
