"""The roster: rules against a plain reading, verbs and who may, calendar files over a clock change, the need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
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
from app.insight.roster_week import read_week
from app.insight.staffing import Need, needs, shortages
from app.intake.calls import read_table
from app.times import HOUR_MS, MINUTE_MS
from app.work.roster import Away, Roster, Turn, copied, flags, hours, moved, on_now
from app.work.roster_calendar import difference, read, written
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


@pytest.mark.parametrize(
    ("analysts", "waiting", "in_time"),
    [(11, 0.6821182, 0.3896138), (12, 0.4493882, 0.640158), (13, 0.2852705, 0.7955948), (14, 0.1741319, 0.88835)],
)
def test_a_published_table_of_ten_erlangs(analysts: int, waiting: float, in_time: float) -> None:
    """The table in the README of the R package ErlangC 0.1.0 (CRAN, 2024, doi:10.32614/CRAN.package.ErlangC): 100 calls
    in half an hour, 180 s each, answered within 20 s."""
    traffic = 200 * 180 / 3600
    assert round(waits(traffic, analysts), 4) == round(waiting, 4)
    assert waits(traffic, analysts) == pytest.approx(waiting, abs=5e-8)
    assert service_level(traffic, analysts, 180, 20) == pytest.approx(in_time, abs=5e-8)
    assert (needed(200, 180) == analysts) == (analysts == 14)


def test_a_worked_example_published_elsewhere() -> None:
    """The Erlang C example in the README of pyworkforce (R. Arenas, MIT): 100 calls in 30 minutes, 3 minutes each,
    answered within 20 s by 14; it prints "waiting_probability: 0.1741" and "service_level: 0.8884"."""
    assert round(waits(100 * 3 / 30, 14), 4) == 0.1741
    assert round(service_level(100 * 3 / 30, 14, 180, 20), 4) == 0.8884


@pytest.mark.parametrize(("traffic", "channels", "waiting"), [(3.87, 8, 0.05), (4.08, 10, 0.01)])
def test_a_printed_table_to_its_three_figures(traffic: float, channels: int, waiting: float) -> None:
    """A printed Erlang C table gives the traffic for a chance of waiting, to a hundredth of an erlang: these two are
    named in the example of the appendix on teletraffic of J. Dunlop, D. Girma, J. Irvine, Digital Mobile Communications
    and the TETRA System (Wiley 1999), the only printed one within reach when this was written."""
    assert waits(traffic - 0.01, channels) < waiting < waits(traffic + 0.01, channels)


@given(traffic=st.fractions(Fraction(1, 50), 60, max_denominator=50), more=st.integers(1, 40))
def test_as_the_formula_stands_in_the_book_in_exact_fractions(traffic: Fraction, more: int) -> None:
    """P(wait) as written in L. Kleinrock, Queueing Systems 1 (1975), section 3.5, without the recursion."""
    analysts = int(traffic) + more
    term, total = Fraction(1), Fraction(0)
    for k in range(analysts):
        total += term
        term = term * traffic / (k + 1)
    last = term * analysts / (analysts - traffic)
    assert waits(float(traffic), analysts) == pytest.approx(float(last / (total + last)), rel=1e-9)


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


def test_a_change_of_several_things_is_one_step(desks: tuple[Desk, Desk]) -> None:
    anna, jo = desks
    start = MONDAY_NINE + 40 * times.DAY_MS
    roster = Roster(anna.context)
    one = anna.shifts.plan(anna.me, start, start + 4 * HOUR_MS).ids[0]
    before = roster.turn(one)
    done = anna.shifts.change(one, analyst_id=jo.me, starts_at=start + HOUR_MS, duty="lead")
    assert roster.turn(one) == Turn(one, jo.me, "lead", None, start + HOUR_MS, start + 4 * HOUR_MS)
    anna.undoing.undo(done.tx_id)
    assert roster.turn(one) == before
    two = anna.shifts.plan(anna.me, start, start + HOUR_MS).ids[0]
    done = anna.shifts.give_all([(one, jo.me), (two, jo.me)])
    assert {turn.analyst_id for turn in roster.turns(start, start + 1)} == {jo.me}
    anna.undoing.undo(done.tx_id)
    assert {turn.analyst_id for turn in roster.turns(start, start + 1)} == {anna.me}
    with pytest.raises(UserError):
        anna.shifts.give_all([(one, jo.me), (b"?" * 16, jo.me)])
    assert roster.turn(one) == before
    for turn_id in (one, two):
        anna.shifts.remove(turn_id)


@given(hour=st.integers(0, 364 * 24), length=st.integers(1, 30), days=st.integers(-9, 9))
def test_a_turn_carried_to_another_day_keeps_the_times_of_the_clock(hour: int, length: int, days: int) -> None:
    begin = datetime(2026, 1, 1) + timedelta(hours=hour)  # noqa: DTZ001 - on the wall
    end = begin + timedelta(hours=length)
    start_ms, end_ms = times.wall_to_ms(begin, BERLIN), times.wall_to_ms(end, BERLIN)
    turn = Turn(b"t" * 16, b"j" * 16, "hotline", None, start_ms, max(end_ms, start_ms + 1))
    there = moved(turn, days, "Europe/Berlin")
    assert there.ends_at > there.starts_at
    for wall, at in ((begin, there.starts_at), (end, there.ends_at)):
        wanted = wall + timedelta(days=days)
        exists = times.local_wall(times.wall_to_ms(wanted, BERLIN), BERLIN).replace(tzinfo=None) == wanted
        was = times.local_wall(times.wall_to_ms(wall, BERLIN), BERLIN).replace(tzinfo=None) == wall
        if exists and was:
            assert times.local_wall(at, BERLIN).replace(tzinfo=None) == wanted


def test_a_week_like_the_one_before_makes_nothing_twice() -> None:
    monday = times.wall_to_ms(datetime(2026, 10, 19, 6, 0), BERLIN)  # noqa: DTZ001 - on the wall
    turns = [Turn(bytes([n]) * 16, b"j" * 16, "hotline", None, monday + n * HOUR_MS, monday + (n + 1) * HOUR_MS) for n
             in range(3)]  # fmt: skip
    fresh = copied(turns, 1, "Europe/Berlin")
    walls = [times.local_wall(turn.starts_at, BERLIN).strftime("%d %H:%M") for turn in fresh]
    assert walls == ["26 06:00", "26 07:00", "26 08:00"]  # the clocks went back on the 25th
    assert len({turn.id for turn in fresh} | {turn.id for turn in turns}) == 6
    missing = copied(turns, 1, "Europe/Berlin", there=fresh[:2])
    assert [one.starts_at for one in missing] == [fresh[2].starts_at]
    assert copied(turns, 1, "Europe/Berlin", there=fresh) == []


def test_hours_on_the_clock_go_over_midnight_and_over_a_clock_change() -> None:
    start, end = hours(date(2026, 10, 24), "22:00", "06:00", "Europe/Berlin")
    assert end - start == 9 * HOUR_MS
    with pytest.raises(ValueError, match="25:00"):
        hours(date(2026, 10, 24), "25:00", "06:00", "Europe/Berlin")


def test_a_week_for_the_screen(desks: tuple[Desk, Desk]) -> None:
    anna, jo = desks
    week = times.parse_week("2026-W13")  # the clocks go forward on its Sunday
    start, end = hours(date(2026, 3, 28), "22:00", "06:00", "Europe/Berlin")
    night = anna.shifts.plan(jo.me, start, end).ids[0]
    before = anna.shifts.plan(anna.me, *hours(date(2026, 3, 22), "22:00", "06:00", "Europe/Berlin"), duty="lead").ids[0]
    anna.absences.plan("2026-03-29", "2026-03-29", analyst=jo.me)
    found = read_week(anna.context, week)
    assert [found.day_of(turn) for turn in found.turns] == [0, 5]
    assert found.people == (anna.me, jo.me)
    assert (jo.me, 6) in found.away
    assert [flag.wrong for flag in found.wrong(night)] == ["absent"]
    assert found.wrong(before) == []
    assert {flag.wrong for flag in found.flags} == {"absent", "no lead"}
    assert not found.counted
    assert read_week(anna.context, None).week == found.today
    for turn_id in (night, before):
        anna.shifts.remove(turn_id)


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


def test_of_two_events_with_one_uid_the_last_counts_and_a_cancelled_one_that_is_there_again_stays() -> None:
    turn = Turn(b"a" * 16, b"j" * 16, "hotline", None, 0, HOUR_MS)
    later = turn._replace(ends_at=2 * HOUR_MS)
    content = written([turn, later], lambda _who: "Jo", stamp=0, words=WORDS, title="IT")
    said = read(content, {"Jo": b"j" * 16}.__getitem__, "UTC")
    said.cancelled.append(turn.id)
    new = difference(said, lambda _id: None)
    assert (new.new, new.changed, new.gone) == ((later,), (), ())
    known = difference(said, lambda _id: turn._replace(queue_id=b"q" * 16))
    assert (known.new, known.changed, known.gone) == ((), (later,), ())


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


def test_half_hours_in_a_row_that_lack_somebody_are_one_shortage() -> None:
    half = 30 * MINUTE_MS
    plan = [Need(n * half, 4.0, need, 2, None) for n, need in enumerate([2, 3, 5, 1, 4])]
    plan.append(Need(9 * half, 4.0, 3, 2, None))
    found = [(one.starts_at // half, one.ends_at // half, one.missing) for one in shortages(plan)]
    assert found == [(1, 3, 3), (4, 5, 2), (9, 10, 1)]


# -- the telephone's counts -------------------------------------------------------------------------------------------
def test_counts_of_a_telephone_are_added_up_by_half_hour_in_the_time_of_the_site() -> None:
    table = (
        "Datum;Von;Angeboten;Angenommen;AHT\n"
        "26.10.2026;08:00;4;3;180,5\n26.10.2026;08:15;2;2;60\n26.10.2026;08:30;1;1;\n\n"
        "26.10.2026;09:00;1;2;10\n26.10.2026;kurz nach 9;1;1;10\n26.10.2026;09:30;viele;1;10\n"
    )
    found, problems, rows = read_table(table, "Europe/Berlin")
    at = times.wall_to_ms(datetime(2026, 10, 26, 8, 0), BERLIN)  # noqa: DTZ001 - on the wall
    assert found == [HalfHour(at, 6, 5, 542 + 120), HalfHour(at + 30 * MINUTE_MS, 1, 1, None)]
    assert (rows, [line for line, _why in problems]) == (6, [6, 7, 8])
    with pytest.raises(UserError, match="first line"):
        read_table("a,b\n1,2\n", "UTC")


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30), st.integers(0, 30), st.integers(0, 900)), max_size=30)
)
def test_no_call_is_lost_in_a_table(rows: list[tuple[int, int, int, int]]) -> None:
    lines = ["start,offered,answered,handle_seconds"]
    for quarter, more, answered, seconds in rows:
        at = times.iso_utc(MONDAY_NINE + quarter * 15 * MINUTE_MS)
        lines.append(f"{at},{answered + more},{answered},{seconds}")
    found, problems, count = read_table("\n".join(lines), "Europe/Berlin")
    assert not problems
    assert count == len(rows)
    assert sum(one.offered for one in found) == sum(more + answered for _q, more, answered, _s in rows)
    assert sum(one.seconds or 0 for one in found) == sum(seconds for *_rest, seconds in rows)
    assert len({one.starts_at for one in found}) == len(found)


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
    again = run("plan", "Anna Kern", "--day", "2026-10-24", *hours)[0]
    assert run("duty", str(again["id"]), "lead", "--offline")[0]["duty"] == "lead"
    assert run("copy", "--week", "2026-W44", "--offline")[0]["created"] == 1
    assert run("copy", "--week", "2026-W44", "--offline")[0]["created"] == 0
    assert [one["from"] for one in run("list", "--week", "2026-W44")] == ["2026-10-31T21:00:00Z"]  # winter time
    calls = tmp_path / "calls.csv"
    calls.write_text("start,offered,answered,aht\n2026-10-20 08:00,12,11,200\n2026-10-20 08:30,x,1,1\n")
    read_in = run("calls", str(calls), "--offline")[0]
    assert (read_in["created"], read_in["problems"][0]["row"]) == (1, 3)  # type: ignore[index]
    assert run("calls", str(calls), "--offline")[0]["skipped"] == 1
    need = run("need", "--week", "2026-W44")
    assert [one["calls"] for one in need if one["calls"] is not None] == [12.0]
    assert set(run("now")[0]) == {"hotline", "lead", "backup"}
    assert main(["--profile", profile, "shift", "need", "--week", "2026-W43"]) == 0
    assert "nobody hangs up" in capsys.readouterr().out
    assert main(["--profile", profile, "shift", "remove", "zz"]) == 1
