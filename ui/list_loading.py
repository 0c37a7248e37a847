"""How a list of cases is asked for and read on a lane: the first rows with their lines, then all row numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.work.case_filter import ORDERS, CaseList
from app.work.groups import GROUPS, Grouped, Key, grouped
from app.work.lists import CaseLine, Lists
from app.work.rows import Listed, Rows

FIRST: Final = 200
"""Rows of the first answer: more than a tall screen shows."""
FIRST_FOUND: Final = 60
"""Rows of the first answer where each has to be looked for."""
LINES: Final = 60


@dataclass(frozen=True)
class Asked:
    """A list as somebody wants to see it. `group`: a column of app.work.groups, "" for none; `turned`: the groups that
    are not folded, or open, as they are at first."""

    wanted: CaseList
    group: str = ""
    turned: frozenset[Key] = frozenset()


def as_kept(wanted: CaseList, group: str, kept: object) -> Asked:
    """A list as it was last looked at. `group`: what it is grouped by at first; `kept`: from the settings."""
    values = kept if isinstance(kept, dict) else {}
    order, descending = values.get("order", wanted.order), bool(values.get("descending", wanted.descending))
    by = values.get("group", group)
    if order in ORDERS:
        wanted = replace(wanted, order=order, descending=descending)
    return Asked(wanted, by if by in GROUPS else "")


@dataclass(frozen=True)
class Loaded:
    """An answer of a lane. `whole`: there are no more rows than these."""

    asked: Asked
    rows: Rows
    lines: list[CaseLine]
    whole: bool


def read_first(lists: Lists, asked: Asked) -> Loaded:
    """The first rows with their lines; under headings all rows, because each heading says how many it has."""
    if asked.group:
        return _read_grouped(lists, asked, None)
    first = FIRST_FOUND if asked.wanted.filter.words else FIRST
    rids = lists.ids(asked.wanted, first)
    return Loaded(asked, Listed(rids), lists.lines(rids[:LINES]), len(rids) < first)


def read_whole(lists: Lists, asked: Asked, known: Rows | None) -> Loaded:
    """The whole list."""
    if asked.group:
        return _read_grouped(lists, asked, known)
    return Loaded(asked, lists.rows(asked.wanted, known), [], True)


def _read_grouped(lists: Lists, asked: Asked, known: Rows | None) -> Loaded:
    before = known if isinstance(known, Grouped) else None
    rows = grouped(lists, asked.wanted, asked.group, asked.turned, before)
    return Loaded(asked, rows, lists.lines([rid for rid in rows.rids[:LINES] if rid > 0]), True)
