"""Who knows what, and a day without somebody: the rules against a plain reading, and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.insight.radar import SOLVED, Day, OpenCase, matrix, rehearse
from app.times import HOUR_MS
from app.work.coverage import Cover
from app.work.coverage_checks import Ability, Customer, World
from app.work.roster import Turn
from tests.desks import MONDAY_NINE, found_desk

DAY = "2026-01-06"
PEOPLE = [bytes([n]) * 16 for n in range(1, 5)]
PRODUCTS = [bytes([n]) * 16 for n in range(11, 14)]
HALL = bytes([21]) * 16

skills = st.dictionaries(st.sampled_from(PRODUCTS), st.integers(1, 3), max_size=3)
solved = st.dictionaries(st.tuples(st.sampled_from(PRODUCTS), st.sampled_from(PEOPLE)), st.integers(1, 5), max_size=6)
turns = st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 8), st.integers(1, 5)), max_size=6)


@given(known=st.lists(skills, min_size=4, max_size=4), counts=solved, duties=turns, who=st.sampled_from(PEOPLE))
def test_a_day_without_somebody(
    known: list[dict[bytes, int]], counts: dict[tuple[bytes, bytes], int], duties: list[tuple[bytes, int, int]],
    who: bytes,
) -> None:  # fmt: skip
    by_person = dict(zip(PEOPLE, known, strict=True))
    people = {one: Ability(str(one[0]), skills=by_person[one]) for one in PEOPLE}
    world = World((Cover(b"c" * 16, HALL, PEOPLE[0], PEOPLE[1]),), (), people, {HALL: Customer("Hall")})
    rows = matrix(PRODUCTS, by_person, counts)
    plan = [Turn(bytes([n]) * 16, one, "hotline", None, start, start + long) for n, (one, start, long)
            in enumerate(duties)]  # fmt: skip
    cases = [OpenCase(b"x" * 16, HALL, PRODUCTS[0], 1), OpenCase(b"y" * 16, None, PRODUCTS[1], 2)]
    found = rehearse(Day(world, rows, plan, cases, PEOPLE), who, DAY)

    def knows(one: bytes, product: bytes) -> bool:
        return by_person[one].get(product, 0) > 0 or counts.get((product, one), 0) >= SOLVED

    alone = {p for p in PRODUCTS if knows(who, p) and not any(knows(one, p) for one in PEOPLE if one != who)}
    assert {left.what for left in found.products} == alone
    takers = [left.taker for left in (*found.departments, *found.products, *found.shifts, *found.cases)]
    assert who not in takers
    assert [left.what for left in found.departments] == ([HALL] if who == PEOPLE[0] else [])
    assert {left.what for left in found.shifts} == {t.id for t in plan if t.analyst_id == who}
    after = {left.what: left.taker for left in found.shifts}
    final = [t._replace(analyst_id=after.get(t.id) or t.analyst_id) for t in plan]
    for t in final:
        if t.id in after and after[t.id] is not None:
            assert not any(
                o.id != t.id and o.analyst_id == t.analyst_id and o.starts_at < t.ends_at and t.starts_at < o.ends_at
                for o in final
            )
    for left in found.cases:
        product = PRODUCTS[0] if left.what == b"x" * 16 else PRODUCTS[1]
        able = [one for one in PEOPLE if one != who and knows(one, product)]
        speaks: set[bytes | None] = {PEOPLE[1]} if left.what == b"x" * 16 and who == PEOPLE[0] else set()
        assert left.taker in (speaks or {*able} or {None})


def test_the_command_line_says_what_is_thin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = found_desk(tmp_path)
    desk.shifts.plan(desk.me, MONDAY_NINE + 23 * HOUR_MS, MONDAY_NINE + 25 * HOUR_MS)
    desk.close()
    profile = str(tmp_path / "anna")
    assert main(["--profile", profile, "--json", "rehearse", "Anna Kern", "--on", DAY]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["without_anyone"], said["shifts"][0]["taker"]) == (1, None)
    assert main(["--profile", profile, "rehearse", "Anna Kern", "--on", DAY]) == 0
    assert "could take it" in capsys.readouterr().out
    assert main(["--profile", profile, "radar"]) == 0
    assert main(["--profile", profile, "rehearse", "Nobody"]) == 1
