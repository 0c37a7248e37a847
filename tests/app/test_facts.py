"""What sections read: which cases, and what each held when."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.insight import service
from app.insight.facts import Held
from app.reports.weekly import weekly_figures
from app.times import DAY_MS, HOUR_MS
from db.shapes import Severity
from tests.app.report_desk import Past, Step, at

NOW = at("2026-03-25 08:00")
FIRST = at("2026-01-19 00:00")
"""When the oldest of the nine weeks began."""
WEEK = "2026-W12"


def told_response(past: Past) -> object:
    sections = weekly_figures(past.context, WEEK, sections=True).sections
    return next(one for one in sections if one.key == "response").as_json()


@pytest.mark.parametrize("longest", [30, 20_000, 60_000])
def test_a_response_is_found_however_early_its_case_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    """A narrow search for openings must give what a look at every case gives."""
    rng = random.Random(longest)
    past = Past(tmp_path / "desk", NOW)
    with past.replica.transaction("admin", past.context.me, at=NOW) as tx:
        for rid, rank in past.context.reader.all("SELECT id, rank FROM severity"):
            tx.update(Severity, rid, response_minutes={1: 60, 2: longest, 3: None, 4: 2000}[rank])
    for _ in range(160):
        severity = rng.choice((1, 2, 3, 4))
        # Without a target a case counts when it is answered; so far back it is looked for (service.REACH_MS).
        back = 59 if severity == 3 else 200
        opened = rng.randrange(FIRST - back * DAY_MS, NOW)
        answered = rng.choice((None, opened + rng.randrange(200 * DAY_MS), opened + rng.randrange(4 * DAY_MS)))
        past.case(opened, severity=severity, channel=rng.choice(("phone", "e-mail")), first_response_at=answered)
    found = told_response(past)
    monkeypatch.setattr(service, "_earliest", lambda _span, _target: 0)
    monkeypatch.setattr(service, "REACH_MS", 5000 * DAY_MS)
    assert told_response(past) == found
    assert found["tables"]["response"]  # type: ignore[index]
    past.close()


CHANGES = st.lists(st.tuples(st.integers(0, 400), st.sampled_from((1, 2, 3, 4))), max_size=5)


@settings(max_examples=15, deadline=None)
@given(cases=st.lists(CHANGES, min_size=1, max_size=4), asked=st.lists(st.integers(-2, 402), min_size=1, max_size=6))
def test_what_a_case_held_is_its_last_change_before(
    tmp_path_factory: pytest.TempPathFactory, cases: list[list[tuple[int, int]]], asked: list[int]
) -> None:
    past = Past(tmp_path_factory.mktemp("held") / "desk", NOW)
    told: dict[int, list[tuple[int, str]]] = {}
    for changes in cases:
        steps: list[Step] = [(FIRST + hour * HOUR_MS, "severity", value) for hour, value in sorted(changes)]
        case = past.case(FIRST, steps, severity=3)
        rid = past.context.reader.value('SELECT rid FROM "case" WHERE id = ?', (case,))
        told[rid] = [(FIRST, "3"), *((when, str(value)) for when, _, value in steps)]
    held = Held(past.context.reader, "severity")
    for rid in told:
        held.read([rid])  # one after the other, and again: what is known stays
    held.read(list(told))
    for rid, changes_of in told.items():
        for hour in asked:
            instant = FIRST + hour * HOUR_MS
            wanted: Any = None
            for when, value in changes_of:
                wanted = value if when < instant else wanted
            assert held.before(rid, instant) == wanted
        assert held.first(rid) == "3"
    assert held.before(10**6, NOW) is None
    assert 10**6 not in held
    past.close()
