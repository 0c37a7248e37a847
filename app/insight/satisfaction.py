"""How satisfied were those who asked? The answers of each week, from 1 (very dissatisfied) to 5 (very satisfied)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from app.insight.facts import Span
from app.insight.figure import CaseKey, Figure
from app.insight.section import WEEKS, Listing, Section, by_value, counted, lines, shared

SATISFIED: Final = 4
"""From this answer on somebody is satisfied."""
DISSATISFIED: Final = 2
"""Up to this answer somebody should be spoken with."""
ROWS: Final = 12
"""Departments that get a line."""


class Answer(NamedTuple):
    """What was said of a case in the week at `place`; `department`: the case's when that week ended."""

    key: CaseKey
    place: int
    score: int
    department: bytes | None


def satisfaction(span: Span) -> Section:
    """Only what was answered counts; nobody's silence is taken for an answer."""
    return satisfaction_section(_answers(span), span.names.departments)


def satisfaction_section(answers: Iterable[Answer], departments: Mapping[Any, str]) -> Section:
    """The section from its facts; of several answers about a case in one week the last counts."""
    last = {(one.place, one.key.rid): one for one in answers}
    all_, good, poor = by_value(), by_value(), by_value()
    for one in last.values():
        for value in ("", one.department):
            all_[value][one.place].append(one.key)
            if one.score >= SATISFIED:
                good[value][one.place].append(one.key)
            elif one.score <= DISSATISFIED:
                poor[value][one.place].append(one.key)
    if not all_[""][WEEKS - 1]:
        return Section("satisfaction", empty="empty.satisfaction")

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        return (
            counted("satisfaction.answers", all_[value], group=group),
            shared("satisfaction.good", good[value], all_[value], group=group),
            counted("satisfaction.poor", poor[value], group=group),
        )

    table = Listing(
        "satisfaction", ("department", "answers", "satisfied", "dissatisfied"),
        lines(departments, figures, [value for value in all_ if value != ""])[:ROWS],
    )  # fmt: skip
    total = figures("", "")
    return Section("satisfaction", (total[1], total[0], total[2]), (table,))


def _answers(span: Span) -> list[Answer]:
    """Of the nine weeks, in the order in which they were given."""
    rows = span.reader.all(
        'SELECT c.rid, c.number, s.at, s.score FROM satisfaction s JOIN "case" c ON c.id = s.case_id '
        "WHERE s.at >= ? AND s.at < ? ORDER BY s.at, s.id",
        (span.start, span.end),
    )
    rids = {row[0] for row in rows}
    owned, held = span.owned(rids), span.held("department", rids)
    out = []
    for rid, number, at, score in rows:
        place = span.week_of(at)
        if place is not None and span.ours(owned, rid, place):
            department = held.before(rid, span.bounds[place + 1])
            out.append(Answer(CaseKey(number, rid), place, score, department))
    return out
