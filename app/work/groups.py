"""A list under headings: cases of a queue, a status, a day stand together, and a heading can be folded.

Headings are counted by one GROUP BY, the cases are row numbers in the order of their groups, and both are laid together
by slices of arrays: a million rows cost what they cost without headings. Cases under folded headings are not even read.
A heading stands among the row numbers as a negative number, its place in `groups` from -1 downwards.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from app import times
from app.work.case_filter import CaseList
from app.work.conditions import Here
from app.work.lists import CALLED, Lists
from app.work.rows import Listed
from db.rules import NO_DUE, STATUSES, WAITING_ON

Key = bytes | str | int | None
"""What the cases of a group have in common: an id, a stored word, a number; None: nothing."""
FOLD_FROM: Final = 50_000
"""From so many cases on, groups are folded until somebody opens them."""


@dataclass(frozen=True)
class Grouping:
    """`key`: SQL of what cases have in common; `order`: SQL, by that key, of where the group stands. `kind`: what an id
    is the id of; "day" for instants, which are told apart by how far away they are."""

    key: str
    order: str
    kind: str = ""


def _ranked(column: str, values: tuple[str, ...]) -> str:
    whens = " ".join(f"WHEN '{value}' THEN {number}" for number, value in enumerate(values))
    return f"CASE {column} {whens} ELSE {len(values)} END"


def _named(table: str, column: str) -> Grouping:
    name = f"(SELECT name FROM {table} WHERE id = c.{column})"
    return Grouping(f"c.{column}", f"c.{column} IS NULL, {name} COLLATE NOCASE", table)


GROUPS: Final[Mapping[str, Grouping]] = {
    "severity": Grouping("c.severity", "c.severity"),
    "status": Grouping("c.status", _ranked("c.status", STATUSES)),
    "waiting_on": Grouping("c.waiting_on", _ranked("c.waiting_on", WAITING_ON)),
    "due": Grouping("", "", "ahead"),
    "queue": _named("queue", "queue_id"),
    "department": _named("department", "department_id"),
    "product": _named("product", "product_id"),
    "place": _named("place", "place_id"),
    "machine": Grouping(
        "c.asset_id", "c.asset_id IS NULL, (SELECT tag FROM asset WHERE id = c.asset_id) COLLATE NOCASE", "asset"
    ),
    "requester": _named("requester", "requester_id"),
    "work_owner": _named("analyst", "work_owner_id"),
    "contact_owner": _named("analyst", "contact_owner_id"),
    "tier": Grouping("c.tier", "c.tier"),
    "opened": Grouping("c.opened_at", "", "past"),
    "updated": Grouping("c.updated_at", "", "past"),
}
"""What a list can be grouped by; the keys are those of the columns."""
_ALL_HAVE_AN_INDEX: Final = ("c.product_id", "c.requester_id")
AHEAD: Final = ("overdue", "today", "tomorrow", "this week", "later", "never")
PAST: Final = ("today", "yesterday", "this week", "last week", "this month", "earlier")
"""The groups of instants, by their number."""


@dataclass(frozen=True)
class Group:
    """A heading. `folded`: its cases are not among the rows."""

    key: Key
    count: int
    folded: bool
    name: str = ""
    """Of a requester or a machine, which are in no directory that is kept whole."""


class Grouped(Listed):
    """Row numbers with headings between them."""

    def __init__(self, rids: array[int], groups: tuple[Group, ...], by: str, seen: Hashable = None) -> None:
        """`seen`: of which cases and which state of the desk the figures are."""
        super().__init__(rids)
        self.groups, self.by, self.seen = groups, by, seen
        self.total = sum(group.count for group in groups)
        self.headings = tuple(_heading_rows(groups))
        """The rows in which headings stand."""

    def group_at(self, row: int) -> Group | None:
        """The heading that stands in a row; None for a case."""
        number = self.rids[row]
        return self.groups[-number - 1] if number < 0 else None


def _heading_rows(groups: tuple[Group, ...]) -> Iterator[int]:
    row = 0
    for group in groups:
        yield row
        row += 1 if group.folded else 1 + group.count


def laid(cases: array[int], groups: tuple[Group, ...], by: str, seen: Hashable = None) -> Grouped:
    """Headings and the cases of those that are not folded, which come in the order of the groups."""
    out, at = array("q"), 0
    for number, group in enumerate(groups):
        out.append(-1 - number)
        if not group.folded:
            out += cases[at : at + group.count]
            at += group.count
    return Grouped(out, groups, by, seen)


def grouped(lists: Lists, wanted: CaseList, by: str, turned: Collection[Key], known: Grouped | None = None) -> Grouped:
    """The list under headings; on a lane, where counting a million cases may take a second or two. `turned`: the groups
    that are not as they are at first: folded, or, in a long list, open. `known`: the same list a moment ago, whose
    figures stand as long as nothing was written. Both questions are asked of one state and one moment, or counts and
    cases would not fit."""
    here = lists.here
    here = replace(here, now=here.now - here.now % times.MINUTE_MS)
    grouping = _here(here, by)
    if wanted.filter.open_only and grouping.key in _ALL_HAVE_AN_INDEX:
        # Their index is of all cases there ever were; the plus makes SQLite take one of the open cases instead.
        grouping = replace(grouping, key=f"+{grouping.key}")
    with lists.snapshot():
        seen = (wanted.filter, grouping, lists.state())
        if known is not None and known.seen == seen:
            counted: list[tuple[Any, int]] = [(group.key, group.count) for group in known.groups]
        else:
            counted = lists.count_by(wanted.filter, grouping.key, grouping.order, here)
        folded_first = sum(count for _key, count in counted) >= FOLD_FROM
        names = lists.names(grouping.kind, [k for k, _n in counted if k]) if grouping.kind in CALLED else {}
        groups = tuple(Group(k, count, (k in turned) != folded_first, names.get(k, "")) for k, count in counted)
        opened = [group.key for group in groups if not group.folded]
        if opened:
            shut = [group.key for group in groups if group.folded]
            cases = lists.ids_by(wanted, grouping.key, grouping.order, opened, shut, here)
        else:
            cases = array("q")
    return laid(cases, groups, by, seen)


def _here(here: Here, by: str) -> Grouping:
    """The grouping with today in it: instants are told apart by day, on the site's wall."""
    grouping = GROUPS[by]
    if grouping.kind not in ("ahead", "past"):
        return replace(grouping, order=f"{grouping.order}, {grouping.key}")
    now, zone = here.now, times.zone(here.zone)
    today = times.local_date(now, zone)
    starts = _ahead(today) if grouping.kind == "ahead" else _past(today)
    bounds = [times.day_bounds(day, zone)[0] for day in starts]
    if grouping.kind == "ahead":
        whens = [f"WHEN c.due_at < {now} THEN 0", *(f"WHEN c.due_at < {b} THEN {n}" for n, b in enumerate(bounds, 1))]
        key = f"CASE {' '.join(whens)} WHEN c.due_at < {NO_DUE} THEN 4 ELSE 5 END"
    else:
        column = grouping.key
        whens = [f"WHEN {column} >= {bound} THEN {number}" for number, bound in enumerate(bounds)]
        key = f"CASE {' '.join(whens)} ELSE {len(bounds)} END"
    return Grouping(key, key, grouping.kind)


def _ahead(today: date) -> list[date]:
    """Where today, tomorrow and this week end."""
    monday = today - timedelta(days=today.weekday())
    return [today + timedelta(days=1), today + timedelta(days=2), monday + timedelta(days=7)]


def _past(today: date) -> list[date]:
    """Where today, yesterday, this week, last week and this month begin."""
    monday = today - timedelta(days=today.weekday())
    return [today, today - timedelta(days=1), monday, monday - timedelta(days=7), today.replace(day=1)]


def case_rows(rows: Any) -> int:
    """How many cases a list has, headings not counted."""
    return rows.total if isinstance(rows, Grouped) else len(rows)
