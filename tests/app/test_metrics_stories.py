"""The histories as they come from the replica: taken apart from joined texts, they are what the events say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.insight.history import load
from tests.app.report_desk import DAY, HOUR, Past, at, made_up

FIELDS = ("opened", "status", "waiting_on", "severity", "queue", "department", "product")
NOW = at("2026-03-23 07:30")


def said(past: Past, end: int) -> dict[int, dict[str, list[tuple[int, Any]]]]:
    """Row number -> field -> (instant, value) of every case, event by event."""
    out: dict[int, dict[str, list[tuple[int, Any]]]] = {}
    for rid, name, when, new, new_id in past.context.reader.all(
        'SELECT c.rid, e.field, e.at, e.new, e.new_id FROM case_event e JOIN "case" c ON c.id = e.case_id '
        "WHERE e.at < ? ORDER BY c.rid, e.at, e.source_row, e.id",
        (end,),
    ):
        if name in FIELDS:
            out.setdefault(rid, {}).setdefault(name, []).append((when, new_id if new is None else new))
    return out


def read(past: Past, start: int, end: int) -> dict[int, dict[str, list[tuple[int, Any]]]]:
    return {
        case.key.rid: {
            name: [(case.instants[place], case.values[place]) for place in places]
            for name, places in case.layout.items()
        }
        for case in load(past.context.reader, start, end)
    }


@pytest.mark.parametrize("weeks_ago", [0, 9])
def test_histories_are_what_the_events_say(tmp_path: Path, weeks_ago: int) -> None:
    """By the index on endings and by the one on openings: ids are ids, what was taken away is nothing."""
    past = Past(tmp_path / "desk", NOW)
    try:
        made_up(past, 300, weeks=12)
        past.case(NOW - 80 * DAY, [(NOW - 80 * DAY, "status", "waiting"), (NOW - 79 * DAY, "waiting_on", "supplier"),
                                   (NOW - 78 * DAY, "waiting_on", None), (NOW - 77 * DAY, "department", None)],
                  department_id=past.department("Halle 1"))  # fmt: skip
        end = NOW - weeks_ago * 7 * DAY
        found, told = read(past, end - 63 * DAY, end), said(past, end)
        assert len(found) > (100 if weeks_ago == 0 else 20)
        assert found == {rid: told[rid] for rid in found}
    finally:
        past.close()


@pytest.mark.parametrize("mark", ["\x1c", "\x1d", "\x1e", "\x1f", "\x1f\x1f"])
def test_a_value_with_the_marks_between_values_is_read_as_it_is(tmp_path: Path, mark: str) -> None:
    past = Past(tmp_path / "desk", NOW)
    try:
        steps = [(NOW - 3 * HOUR, "waiting_on", f"a{mark}b"), (NOW - 2 * HOUR, "status", "in progress")]
        past.case(NOW - 4 * HOUR, [(NOW - 3 * HOUR, "status", "waiting"), *steps])
        assert read(past, NOW - DAY, NOW) == said(past, NOW)
    finally:
        past.close()
