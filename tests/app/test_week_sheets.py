"""Figures never depend on whether, or when, week sheets were made: everything is held to the replay of all histories
(tests.app.by_histories)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.context import Context
from app.insight import sheets
from app.insight.sheets import keep
from app.reports.weekly import weekly_figures
from db.errors import BuiltUpon, Refused
from db.ids import new_id
from db.rules import OPEN_STATUSES, STATUSES, WAITING_ON
from db.shapes import Calendar, Case, CaseEvent, CaseLink, Department, Product, Queue
from tests.app.by_histories import weekly_by_histories
from tests.app.report_desk import DAY, HOUR, ZONE, Past, at, made_up
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Clock, Station, found, join

NOW = at("2026-03-25 08:00")
FIRST = at("2026-03-02 00:00")
WEEKS = ("2026-W10", "2026-W12", "2026-W13")


def context_of(station: Station, reader: Any) -> Context:
    return Context(
        replica=station.replica, reader_of=lambda: reader, clock=lambda: NOW, me=station.analyst, zone=ZONE,
        language="en",
    )  # fmt: skip


def finish(context: Context) -> int:
    """Keep sheets until there is nothing more to do; returns how many steps that took."""
    steps = 1
    while keep(context):
        steps += 1
    return steps


def assert_same(
    context: Context, weeks: tuple[str, ...] = WEEKS, departments: tuple[bytes | None, ...] = (None,)
) -> None:
    for week in weeks:
        for department in departments:
            ours = weekly_figures(context, week, department).as_json()
            assert ours == weekly_by_histories(context, week, department).as_json(), week


# -- random work ------------------------------------------------------------------------------------------------------
def opens(station: Station, hour: int, columns: dict[str, Any]) -> bytes:
    instant = FIRST + hour * HOUR
    case = new_id()
    with station.transaction("import.events", undoable=False) as tx:
        tx.insert(Case, case, title="Jammed", severity=3, opened_at=instant, updated_at=instant, **columns)
        events: list[tuple[str, str | None, bytes | None]] = [
            ("opened", "incident", None), ("status", "new", None), ("severity", "3", None),
            *((name.removesuffix("_id"), None, value) for name, value in columns.items()),
        ]  # fmt: skip
        for field, new, new_id_ in events:
            tx.insert(CaseEvent, case_id=case, at=instant, field=field, new=new, new_id=new_id_)
    return case


def changes(station: Station, case: bytes, hours: int, field: str, value: Any) -> None:
    with station.transaction("import.events") as tx:
        row = tx.get(Case, case)
        if row is None:
            return
        instant = max(int(row["updated_at"] or 0), FIRST) + hours * HOUR
        old = row[field if field != "product" else "product_id"]
        values: dict[str, Any] = {"updated_at": instant}
        if field == "status":
            values |= {"status": value}
            if value in OPEN_STATUSES:
                values["ended_at"] = None
            elif old in OPEN_STATUSES:
                values["ended_at"] = instant
        else:
            values[f"{field}_id" if field in ("product", "department", "queue") else field] = value
        tx.update(Case, case, **values)
        by_id = isinstance(value, bytes)
        tx.insert(
            CaseEvent, case_id=case, at=instant, field=field, new=None if by_id else value,
            new_id=value if by_id else None,
        )  # fmt: skip


WHO = st.integers(0, 1)
WHICH = st.integers(0, 7)
HOURS = st.integers(0, 120)
WORK = st.lists(
    st.one_of(
        st.tuples(st.just("open"), WHO, st.integers(0, 22 * 24), st.integers(0, 1)),
        st.tuples(st.just("status"), WHO, WHICH, HOURS, st.sampled_from(STATUSES)),
        st.tuples(st.just("wait"), WHO, WHICH, HOURS, st.sampled_from(WAITING_ON)),
        st.tuples(st.just("product"), WHO, WHICH, HOURS, st.integers(0, 1)),
        st.tuples(st.just("drop event"), WHO, st.integers(0, 30)),
        st.tuples(st.just("undo"), WHO),
        st.tuples(st.just("sync"), WHO),
        st.tuples(st.just("keep")),
        st.tuples(st.just("look")),
    ),
    min_size=6,
    max_size=25,
)


# Two workstations an example: shrinking would take longer than reading what failed.
@settings(max_examples=int(os.environ.get("HALLDESK_EXAMPLES", "6")), phases=(Phase.explicit, Phase.generate))
@given(work=WORK)
def test_whatever_two_workstations_do_figures_are_those_of_the_histories(
    tmp_path_factory: pytest.TempPathFactory, work: list[tuple[Any, ...]]
) -> None:
    folder, store = tmp_path_factory.mktemp("two"), MemoryStore()
    anna = found(folder, lambda _name: MemoryLog(store), Clock(NOW))
    jo = join(anna, folder, lambda _name: MemoryLog(store), role="administrator")
    stations, reader = (anna, jo), anna.replica.reader()
    context = context_of(anna, reader)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "DUE", 0)
        try:
            with anna.transaction("admin.add") as tx:
                products = [tx.insert(Product, name=name) for name in ("Press", "Printer")]
                queue = tx.insert(Queue, name="Line 2", kind="product")
                hall = tx.insert(Department, name="Hall 7")
            anna.sync()
            jo.sync()
            cases = [opens(anna, 30, {"product_id": products[0], "department_id": hall, "queue_id": queue})]
            finish(context)
            for verb, *rest in work:
                if verb == "keep":
                    finish(context)
                elif verb == "look":
                    assert_same(context, WEEKS[1:2])
                else:
                    do(stations[rest[0]], verb, rest[1:], cases, products)
            assert_same(context, departments=(None, hall))
            for station in (jo, anna, jo, anna):
                station.sync()
            assert_same(context, WEEKS[1:])
            finish(context)
            assert reader.value("SELECT count(*) FROM case_touched") == 0
            assert_same(context)
            assert anna.whole()
        finally:
            reader.close()
            anna.replica.close()
            jo.replica.close()


def do(station: Station, verb: str, rest: list[Any], cases: list[bytes], products: list[bytes]) -> None:
    if verb == "open":
        cases.append(opens(station, rest[0], {"product_id": products[rest[1]]}))
    elif verb == "status":
        changes(station, cases[rest[0] % len(cases)], rest[1], "status", rest[2])
    elif verb == "wait":
        changes(station, cases[rest[0] % len(cases)], rest[1], "status", "waiting")
        changes(station, cases[rest[0] % len(cases)], 0, "waiting_on", rest[2])
    elif verb == "product":
        changes(station, cases[rest[0] % len(cases)], rest[1], "product", products[rest[2]])
    elif verb == "drop event":
        with station.transaction("import.events") as tx:
            found_rows = tx.query("SELECT id FROM case_event WHERE field IN ('severity', 'product') ORDER BY id")
            if found_rows:
                tx.delete(CaseEvent, found_rows[rest[0] % len(found_rows)][0])
    elif verb == "undo":
        with station.replica.local() as raw:
            row = raw.execute(
                "SELECT tx_id FROM journal WHERE undone_by IS NULL AND kind LIKE 'import%' ORDER BY n DESC"
            ).fetchone()
        if row is not None:
            with suppress(BuiltUpon, Refused):
                station.replica.undo(row[0], station.analyst, at=station.clock())
    else:
        station.sync()


# -- told one by one --------------------------------------------------------------------------------------------------
@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    desk = Past(tmp_path / "desk", NOW)
    made_up(desk, 110, weeks=12)
    yield desk
    desk.close()


def touched(past: Past) -> int:
    return int(past.context.reader.value("SELECT count(*) FROM case_touched"))


def test_kept_weeks_say_what_histories_say_for_every_department_and_week(past: Past) -> None:
    finish(past.context)
    halls = list(past.departments.values())[:2]
    assert_same(past.context, ("2025-W51", "2026-W01", "2026-W12", "2026-W13"), (None, *halls))


def test_nothing_is_noted_before_there_are_sheets(past: Past) -> None:
    past.publish()
    assert touched(past) == 0
    finish(past.context)
    past.case(at("2026-03-24 08:00"))
    assert touched(past) > 0
    assert_same(past.context)


def test_numbers_that_the_log_gives_later_stand_in_kept_weeks(past: Past) -> None:
    finish(past.context)
    before = weekly_figures(past.context, "2026-W10").figures["flow.opened"].cases
    assert all(key.number is None for key in before)
    past.publish()
    after = weekly_figures(past.context, "2026-W10").figures["flow.opened"].cases
    assert {key.rid for key in after} == {key.rid for key in before}
    assert all(key.number is not None for key in after)


def test_other_working_hours_make_other_figures_at_once(past: Past) -> None:
    finish(past.context)
    before = weekly_figures(past.context, "2026-W12").figures["first.working.median"].value
    with past.replica.transaction("admin.add", past.context.me, at=NOW) as tx:
        tx.insert(Calendar, name="Round the clock", time_zone=ZONE, shifts='{"mon": ["00:00-24:00"]}')
    assert weekly_figures(past.context, "2026-W12").figures["first.working.median"].value != before
    assert_same(past.context)
    finish(past.context)
    assert_same(past.context)
    stamps = past.context.reader.value("SELECT count(DISTINCT stamp) FROM week_sheet WHERE start > 0")
    assert stamps == 1, "sheets with the old hours are dropped"


def test_a_part_of_an_outage_leaves_the_repeats_though_no_history_changed(past: Past) -> None:
    finish(past.context)
    repeat = weekly_figures(past.context, "2026-W12").repeats[0]
    ids = [past.context.reader.value('SELECT id FROM "case" WHERE rid = ?', (key.rid,)) for key in repeat.figure.cases]
    with past.replica.transaction("case.link", past.context.me, at=NOW) as tx:
        tx.insert(CaseLink, case_id=ids[0], other_id=ids[1], kind="child", made_at=NOW)
    assert_same(past.context)


def test_very_many_touched_cases_are_worked_out_as_a_whole(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(past.context)
    monkeypatch.setattr(sheets, "MANY", 3)
    for n in range(8):
        past.case(at("2026-03-17 08:00") + n * HOUR, [(at("2026-03-24 09:00"), "status", "resolved")])
    assert_same(past.context)


def test_sheets_are_corrected_when_enough_was_touched_and_notes_are_dropped(past: Past) -> None:
    finish(past.context)
    past.case(at("2026-03-17 08:00"))
    assert not keep(past.context), "a few touched cases are no reason to write sheets again"
    assert touched(past) > 0
    for n in range(sheets.DUE // 4):
        past.case(at("2026-03-17 08:00") + n * HOUR // 8)
    finish(past.context)
    assert touched(past) == 0
    assert_same(past.context)


def test_a_slow_process_does_not_put_back_what_a_fast_one_corrected(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both begin to correct sheets; the other one finishes first, after more was touched, and drops the notes."""
    finish(past.context)
    monkeypatch.setattr(sheets, "DUE", 0)
    past.case(at("2026-03-17 08:00"))
    original = past.replica.local
    other: list[bool] = []

    def while_we_wait() -> Any:
        if not other:
            other.append(True)
            past.case(at("2026-03-17 09:00"))
            fresh = past.replica.reader()
            finish(context_on(past, fresh))
            fresh.close()
        return original()

    monkeypatch.setattr(past.replica, "local", while_we_wait)
    assert keep(past.context), "there may be more to do: it has to look again"
    assert_same(past.context)


def context_on(past: Past, reader: Any) -> Context:
    return Context(
        replica=past.replica, reader_of=lambda: reader, clock=lambda: NOW, me=past.context.me, zone=ZONE, language="en"
    )


def test_an_empty_desk_has_a_week_without_sheets(tmp_path: Path) -> None:
    desk = Past(tmp_path / "desk", NOW)
    try:
        assert not keep(desk.context)
        assert_same(desk.context)
    finally:
        desk.close()


def test_steps_are_small_where_many_cases_are(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "STEP_CASES", 8)
    assert finish(past.context) > 5
    assert_same(past.context)


def test_a_case_dated_back_long_before_everything_is_counted_where_it_happened(past: Past) -> None:
    finish(past.context)
    opened = at("2025-06-02 08:00")
    past.case(opened, [(opened + 3 * DAY, "status", "resolved")])
    assert_same(past.context, ("2025-W23", "2026-W12"))
    finish(past.context)
    assert_same(past.context, ("2025-W23", "2026-W12"))
