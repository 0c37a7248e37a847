"""The roster: rules against a plain reading, verbs and who may, calendar files over a clock change, the need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import times
from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.insight.erlang import needed, service_level, waits
from app.insight.hotline import HalfHour
from app.insight.staffing import needs
from app.times import HOUR_MS, MINUTE_MS
from app.work.roster import Away, Roster, Turn, flags, on_now
from app.work.roster_calendar import read, written
from tests.desks import MONDAY_NINE, found_desk, join_desk

BERLIN = times.zone("Europe/Berlin")
WORDS = {"hotline": "hotline", "lead": "lead", "backup": "backup"}


def turns_of(spans: list[tuple[int, str, int, int]]) -> list[Turn]:
    return [
        Turn(number.to_bytes(16, "big"), bytes([who] * 16), duty, None, start, start + length)
        for number, (who, duty, start, length) in enumerate(spans)
    ]


a_turn = st.tuples(
    st.integers(0, 3), st.sampled_from(("hotline", "lead", "backup")), st.integers(0, 20), st.integers(1, 8)
)
rosters = st.lists(a_turn, max_size=8).map(turns_of)


# -- Erlang C ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("traffic", "analysts", "waiting"),
    [(7, 9, 0.3849), (0.1 / 0.0033, 35, 0.3122), (24, 35, 0.0235), (90 / 3.0033, 35, 0.2817), (2, 3, 0.4444)],
)
def test_waiting_as_published_to_four_digits(traffic: float, analysts: int, waiting: float) -> None:
    """Values of the public test suite of FelixKleineBoesing/queuingSystem on GitHub (M/M/c: arrivals, service rate,
    servers), and 4/9 for two erlangs and three servers, which follows by hand from the formula."""
    assert round(waits(traffic, analysts), 4) == waiting


def test_answered_in_time_as_published() -> None:
    """Same source: 0.1 calls a second, 0.0033 done a second by each of 35 and of 40, within 20 s."""
    assert service_level(0.1 / 0.0033, 35, 1 / 0.0033, 20) == pytest.approx(0.7710233599946846)
    assert service_level(0.1 / 0.0033, 40, 1 / 0.0033, 20) == pytest.approx(0.9668921807646333)


@given(traffic=st.floats(0.01, 60), more=st.floats(0.01, 5), analysts=st.integers(1, 80))
def test_more_people_wait_less_and_more_calls_wait_more(traffic: float, more: float, analysts: int) -> None:
    assert waits(traffic, analysts + 1) <= waits(traffic, analysts) + 1e-12
    assert waits(traffic + more, analysts) >= waits(traffic, analysts) - 1e-12


@given(calls=st.floats(0.1, 200), more=st.floats(0, 50), seconds=st.floats(30, 900))
def test_more_calls_never_need_fewer(calls: float, more: float, seconds: float) -> None:
    assert needed(calls + more, seconds) >= needed(calls, seconds)


# -- what is wrong with a plan ----------------------------------------------------------------------------------------
@given(turns=rosters, gone=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(1, 9)), max_size=3))
def test_at_every_instant_the_flags_say_what_a_person_would_see(
    turns: list[Turn], gone: list[tuple[int, int, int]]
) -> None:
    away: dict[bytes, list[Away]] = {}
    for who, start, length in gone:
        away.setdefault(bytes([who] * 16), []).append(Away(start, start + length))
    found = flags(turns, away)
    for at in range(30):
        there = [t for t in turns if t.starts_at <= at < t.ends_at]
        flagged = {(f.wrong, f.analyst_id) for f in found if f.starts_at <= at < f.ends_at}
        expected: set[tuple[str, bytes | None]] = set()
        for one in there:
            if any(a.starts_at <= at < (a.ends_at or 99) for a in away.get(one.analyst_id, ())):
                expected.add(("absent", one.analyst_id))
            for other in there:
                duties = {one.duty, other.duty}
                if one.id != other.id and one.analyst_id == other.analyst_id and (len(duties) == 1 or
                                                                                  "backup" not in duties):  # fmt: skip
                    expected.add(("overlap", one.analyst_id))
        if any(t.duty == "hotline" for t in there) and not any(t.duty == "lead" for t in there):
            expected.add(("no lead", None))
        assert flagged == expected
        now = on_now(turns, at)
        assert {*now.hotline, *now.lead, *now.backup} == {t.analyst_id for t in there}


# -- verbs ------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path_factory.mktemp("roster")
    anna = found_desk(folder)
    jo = join_desk(anna, folder)
    anna.sync_round()
    yield anna, jo
    anna.close()
    jo.close()


def test_supervisors_plan_and_a_swap_is_whole(desks: tuple[Desk, Desk]) -> None:
    anna, jo = desks
    start = MONDAY_NINE - HOUR_MS
    first = anna.shifts.plan(anna.me, start, start + 8 * HOUR_MS, duty="lead").ids[0]
    second = anna.shifts.plan(jo.me, start, start + 4 * HOUR_MS).ids[0]
    roster = Roster(anna.context)
    assert roster.now().lead == (anna.me,)
    assert roster.now().hotline == (jo.me,)
    done = anna.shifts.swap(first, second)
    assert (roster.now().lead, roster.now().hotline) == ((jo.me,), (anna.me,))
    anna.undoing.undo(done.tx_id)
    assert roster.now().lead == (anna.me,)
    anna.sync_round()
    jo.sync_round()
    with pytest.raises(UserError, match="only a supervisor"):
        jo.shifts.remove(second)
    for wrong in (lambda: anna.shifts.plan(jo.me, start, start), lambda: anna.shifts.plan(jo.me, 0, 9 * times.DAY_MS)):
        with pytest.raises(UserError):
            wrong()
    anna.shifts.remove(first)
    assert [flag.wrong for flag in roster.flags(roster.turns(start, start + 1))] == ["no lead"]
    anna.shifts.remove(second)
    with pytest.raises(UserError, match="any more"):
        anna.shifts.give(second, anna.me)


# -- calendar files ---------------------------------------------------------------------------------------------------
@given(turns=rosters, hour=st.integers(0, 72))
def test_a_calendar_file_comes_back_as_it_went_over_a_clock_change(turns: list[Turn], hour: int) -> None:
    begin = times.day_bounds(date(2026, 10, 24), BERLIN)[0] + hour * HOUR_MS
    turns = [t._replace(starts_at=begin + t.starts_at * HOUR_MS, ends_at=begin + t.ends_at * HOUR_MS) for t in turns]
    names = {t.analyst_id: f"Name, {t.analyst_id[0]}; ä" for t in turns}
    ids = {name: who for who, name in names.items()}
    said = read(written(turns, names.__getitem__, stamp=begin, words=WORDS, title="IT"), ids.__getitem__, "UTC")
    assert said.turns == turns
    assert not said.problems


def test_events_from_elsewhere_keep_the_clock_of_their_place() -> None:
    def event(*lines: str) -> str:
        return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))

    content = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join((
        event("UID:1", "SUMMARY:Jo: night", "CATEGORIES:LEAD", "DTSTART;TZID=Europe/Berlin:20261024T220000",
              "DTEND;TZID=Europe/Berlin:20261025T060000"),
        event("UID:2", "SUMMARY:Jo", "DTSTART:20260329T013000", "DTEND:20260329T060000"),
        event("UID:3", "SUMMARY:Jo", "DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330"),
        event("UID:4", "SUMMARY:Jo", "DTSTART:20260329T013000Z", "DTEND:20260329T060000Z", "RRULE:FREQ=DAILY"),
        event("UID:5", "SUMMARY:Jo", "STATUS:CANCELLED"),
    )) + "END:VCALENDAR\r\n"  # fmt: skip
    said = read(content.encode(), {"Jo": b"j" * 16}.__getitem__, "Europe/Berlin")
    night, early = said.turns
    assert (night.duty, night.ends_at - night.starts_at) == ("lead", 9 * HOUR_MS)  # the hour that comes twice
    assert (early.duty, early.ends_at - early.starts_at) == ("hotline", 3 * HOUR_MS + 30 * MINUTE_MS)
    assert len(said.cancelled) == 1
    assert len(said.problems) == 2
    with pytest.raises(UserError, match="no iCalendar"):
        read(b"hello", {"Jo": b"j" * 16}.__getitem__, "UTC")


# -- the need ---------------------------------------------------------------------------------------------------------
def test_the_need_of_a_half_hour_is_that_of_the_weeks_before() -> None:
    week = times.parse_week("2026-W15")

    def at(day: int, month: int) -> int:
        return times.wall_to_ms(datetime(2026, month, day, 9, 0), BERLIN)  # noqa: DTZ001 - on the wall

    calls = [HalfHour(at(23, 3), 6, 6, 1200), HalfHour(at(30, 3), 10, 10, 2000)]  # before and after the change
    jo = Turn(b"t" * 16, b"j" * 16, "hotline", None, at(6, 4), at(6, 4) + HOUR_MS)
    found = needs(calls, [jo], week, "Europe/Berlin")
    assert [(n.calls, n.needed, n.rostered) for n in found] == [(8.0, needed(16, 200), 1), (None, 0, 1)]
    assert found[0].short == needed(16, 200) - 1
    assert found[0].level == service_level(16 * 200 / 3600, 1, 200)


# -- command line -----------------------------------------------------------------------------------------------------
def test_the_command_line_plans_checks_and_carries(
    desks: tuple[Desk, Desk], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(desks[0].profile.folder)

    def run(*words: str) -> list[dict[str, object]]:
        assert main(["--profile", profile, "--json", "shift", *words]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    hours = ("--from", "22:00", "--to", "06:00", "--offline")
    made = run("plan", "Anna Kern", "--day", "2026-10-24", *hours)[0]
    assert (made["from"], made["to"]) == ("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z")
    assert [one["wrong"] for one in made["wrong"]] == ["no lead"]  # type: ignore[attr-defined]
    assert [one["id"] for one in run("list", "--week", "2026-W43")] == [made["id"]]
    assert [one["wrong"] for one in run("check", "--week", "2026-W43")] == ["no lead"]
    file = tmp_path / "roster.ics"
    assert run("export", str(file), "--week", "2026-W43")[0]["turns"] == 1
    run("move", str(made["id"]), "--day", "2026-10-23", *hours)
    back = run("import", str(file), "--offline")[0]
    assert (back["created"], back["updated"]) == (0, 1)
    assert run("import", str(file), "--offline")[0]["skipped"] == 1
    run("remove", str(made["id"]), "--offline")
    assert run("list", "--week", "2026-W43") == []
    assert set(run("now")[0]) == {"hotline", "lead", "backup"}
    assert main(["--profile", profile, "shift", "need", "--week", "2026-W43"]) == 0
    assert "nobody hangs up" in capsys.readouterr().out
    assert main(["--profile", profile, "shift", "remove", "zz"]) == 1
