"""What a supervisor asks, answered from facts by hand, and from a desk end to end."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from app.errors import UserError
from app.insight.answers import (
    Booked,
    Climb,
    Move,
    Opened,
    Story,
    cost,
    effect,
    escalations,
    pareto,
    ping_pong,
    verdict,
)
from app.insight.asking import cost as read_cost
from app.insight.asking import effect_of_change, repeats, since_launch, span
from app.insight.asking import pareto as read_pareto
from app.insight.asking import ping_pong as read_ping_pong
from app.insight.figure import CaseKey
from app.times import DAY_MS
from db.shapes import Product, Rate, TimeEntry
from tests.app.report_desk import DAY, HOUR, Past, at

NAMES = {b"a": "Hotline", b"b": "ERP", b"c": "Network"}


def key(n: int) -> CaseKey:
    return CaseKey(n, n)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([b"a", b"b", b"c"]), min_size=2, max_size=8), max_size=6))
def test_returns_are_read_off_the_path(paths: list[list[bytes]]) -> None:
    moves, expected = [], Counter[frozenset[bytes]]()
    for n, path in enumerate(paths, 1):
        way = [path[0]]
        for queue in path[1:]:
            if queue != way[-1]:
                moves.append(Move(key(n), way[-1], queue))
                way.append(queue)
        expected.update(frozenset(way[i : i + 2]) for i in range(len(way) - 2) if way[i] == way[i + 2])
    told = {row.name: row.values[0] for row in ping_pong(moves, NAMES).rows}
    assert told == {
        " ⇄ ".join(sorted((NAMES[one] for one in pair), key=str.casefold)): n for pair, n in expected.items()
    }


@pytest.mark.parametrize(
    ("down", "known", "done", "expected"),
    [(True, False, False, "avoidable"), (False, True, True, "avoidable"), (False, False, True, "justified"),
     (False, False, False, "open")],
)  # fmt: skip
def test_what_makes_an_escalation_avoidable(down: bool, known: bool, done: bool, expected: str) -> None:
    climb = Climb(key(1), "Hotline", "no rights", down, known, done)
    assert verdict(climb) == expected
    [row] = escalations([climb]).rows
    assert row.values[0] == 1
    assert row.values[4] is None, "no share of one"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([b"a", b"b", None, b"?"]), st.integers(1, 99),
                          st.none() | st.integers(1, 900)), max_size=20))  # fmt: skip
def test_cost_adds_up_and_what_belongs_to_nothing_is_last(found: list[tuple[bytes | None, int, int | None]]) -> None:
    answer = cost([Booked(key(n), minutes, cents, about) for n, (about, minutes, cents) in enumerate(found)], NAMES)
    assert sum(float(row.values[0] or 0) for row in answer.rows) == sum(cents or 0 for _, _, cents in found)
    assert sum(int(row.values[2] or 0) for row in answer.rows) == sum(minutes for _, minutes, _ in found)
    assert sum(int(row.values[3] or 0) for row in answer.rows) == sum(m for _, m, cents in found if cents is None)
    assert [row.name for row in answer.rows if not row.name] == ([""] if any(a not in NAMES for a, *_ in found) else [])
    assert not any(row.name == "" for row in answer.rows[:-1])


def test_few_make_most_of_the_cases_and_others_most_of_the_weight() -> None:
    opened = [Opened(key(n), b"a", 4, False) for n in range(8)] + [
        Opened(key(9), b"b", 1, True),
        Opened(key(10), b"c", 4, False),
    ]
    rows = {row.name: row.values for row in pareto(opened, NAMES).rows}
    assert rows["Hotline"][:4] == (8, 0.8, 1, "●")
    assert rows["ERP"][2:4] == (2, "")
    assert rows["ERP"][4:] == (16 / 25, 1, "●")
    assert rows["Hotline"][5:] == (2, "●")


def test_before_and_after_with_n() -> None:
    noon = 100 * DAY_MS
    stories = [Story(key(n), noon - n * DAY_MS, 60.0 * n, False) for n in range(1, 7)]
    stories += [Story(key(10 + n), noon + n * DAY_MS, None if n else 5.0, n == 1) for n in range(4)]
    before, after = effect(stories, noon, 7).rows
    assert before.values == (6, 6.0, 6, 210.0, 330.0, 0.0, 7)
    assert after.values == (4, 4.0, 1, None, None, None, 7)
    assert effect(stories, noon, 2).rows[0].values[0] == 2


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory):
    desk = Past(tmp_path_factory.mktemp("insight") / "desk", at("2026-03-23 07:30"))
    hotline, erp = desk.queue("Hotline"), desk.queue("ERP")
    cad, mes = desk.product("CAD"), desk.product("MES")
    cases = []
    for n in range(4):
        opened = at("2026-03-02 08:00") + n * DAY
        steps = [
            (opened + HOUR, "queue", erp),
            (opened + 2 * HOUR, "queue", hotline),
            (opened + 9 * HOUR, "status", "resolved"),
        ]
        cases.append(desk.case(opened, steps, title="Licence server refuses", product_id=cad, queue_id=hotline,
                               department_id=desk.department("Halle 1")))  # fmt: skip
    cases.append(desk.case(at("2026-03-03 09:00"), [], title="Terminal dark", product_id=mes))
    cases.append(desk.case(at("2026-03-03 09:30"), [], title="Something else"))
    with desk.replica.transaction("setup", desk.context.me, at=desk.now) as tx:
        tx.update(Product, cad, launch_date="2026-03-04")
        tx.insert(Rate, analyst_id=desk.context.me, valid_from="2026-03-03", cents=6000)
        for n, case in enumerate(cases):
            tx.insert(TimeEntry, case_id=case, analyst_id=desk.context.me, minutes=30, entered_at=desk.now,
                      work_date=f"2026-03-{2 + n:02d}")  # fmt: skip
    desk.publish()
    yield desk
    desk.close()


def test_a_desk_is_asked(past: Past) -> None:
    march = span(past.context, "2026-03-01", "2026-03-20")
    [row] = repeats(past.context, march).rows
    assert (row.values, len(row.cases)) == ((4, "article"), 4)
    assert row.name.startswith("CAD")
    [row] = read_ping_pong(past.context, march).rows
    assert (row.name, row.values) == ("ERP ⇄ Hotline", (4, 4))
    money = {row.name: row.values[:4] for row in read_cost(past.context, march).rows}
    assert money == {"CAD": (9000.0, 0.6, 120, 30), "MES": (3000.0, 0.2, 30, 0), "": (3000.0, 0.2, 30, 0)}
    [row] = since_launch(past.context).rows
    assert (row.name, row.values[0], row.values[2]) == ("CAD (2026-03-04)", 6000.0, 60)
    assert [(row.name, row.values[0]) for row in read_pareto(past.context, march).rows] == [("Halle 1", 4), ("", 2)]


def test_both_sides_of_a_change_are_as_long_as_has_passed(past: Past) -> None:
    mes = past.products["MES"]
    before, after = effect_of_change(past.context, "2026-03-03", mes, 60).rows
    assert (before.values[-1], after.values[-1]) == (20, 20), "to the clock of this desk, not to the sixtieth day"
    assert (before.values[0], after.values[:2]) == (0, (1, 7 / 20))
    assert effect_of_change(past.context, "2026-03-03", mes, 5).rows[0].values[-1] == 5
    for day in ("2026-03-23", "2026-04-01"):
        with pytest.raises(UserError, match="nothing to compare yet"):
            effect_of_change(past.context, day, mes, 5)


def test_the_command_answers_every_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "share").mkdir()
    profile = ["--profile", str(tmp_path / "p"), "--key-file", str(tmp_path / "keys")]
    assert main(["found", "--share", str(tmp_path / "share"), "--name", "Desk", "--as", "Anna Kern", *profile]) == 0
    assert main(["case", "new", "--title", "Press stands still", *profile]) == 0
    capsys.readouterr()
    for question in (["repeats"], ["training"], ["pingpong"], ["escalations"], ["cost", "--by", "significance"],
                     ["cost", "--since-launch"], ["pareto"], ["targets"]):  # fmt: skip
        assert main(["insight", *question, "--json", *profile]) == 0, question
        told = json.loads(capsys.readouterr().out)
        assert {"question", "columns", "rows"} <= told.keys()
        assert main(["insight", *question, *profile]) == 0
        assert capsys.readouterr().out.strip()
    backwards = ["pareto", "--from", "2026-03-02", "--to", "2026-03-01"]
    for bad, why in (
        (["effect", "--article", "none"], "No article"),
        (backwards, "ends before"),
        (["effect", "--change", "2026-03-01"], "which product"),
    ):
        assert main(["insight", *bad, *profile]) in (1, 2)
        assert why in capsys.readouterr().err
