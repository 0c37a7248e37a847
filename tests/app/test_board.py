"""The board counts what a plain look at every case counts, and each number is as long as its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from app import times
from app.directory import Directory
from app.insight.ageing import BUCKETS, SIDES, is_working_day
from app.insight.board import Board, Told, read_board
from app.insight.sheets import Calendars, keep
from app.reports.weekly import weekly_figures
from app.work.case_filter import CaseList
from app.work.lists import Lists
from db.due_times import Due, Query
from db.shapes import Analyst, Case, Department, Shift
from tests.app.report_desk import DAY, HOUR, ZONE, Past, at, made_up

NOW = at("2026-03-19 10:30")
TZ = times.zone(ZONE)


def _due(query: Query, which: str, params: Sequence[Any]) -> Iterator[Due]:
    for row_id, rid in query(f'SELECT id, rid FROM "case" WHERE {which}', params):
        at = NOW + (rid % 7 - 3) * HOUR
        yield Due(row_id, None, None, at, at - 2 * HOUR, rid)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    desk = Past(tmp_path_factory.mktemp("board") / "desk", NOW)
    made_up(desk, 350, weeks=12, departments=5)
    rows = desk.context.reader.all('SELECT id, rid FROM "case" WHERE ended_at IS NULL ORDER BY rid')
    with desk.replica.transaction("setup", desk.context.me, at=NOW) as tx:
        for place, (row_id, rid) in enumerate(rows):
            owner = {"work_owner_id": desk.context.me} if rid % 3 else {}
            queue = {"queue_id": None} if place == 0 else {}
            tx.update(Case, row_id, **owner, **queue)
        for name in ("Fertigung Halle 1", "Einkauf"):
            if name in desk.departments:
                tx.update(Department, desk.departments[name], significance=1)
        lead = tx.insert(Analyst, name="Jo Roth", role="analyst")
        tx.insert(Shift, analyst_id=lead, starts_at=NOW - HOUR, ends_at=NOW + HOUR, duty="lead")
        tx.insert(Shift, analyst_id=desk.context.me, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR, duty="hotline")
    desk.replica.derive_with(_due)
    desk.replica.settle_due_times()
    desk.publish()
    yield desk
    desk.close()


def listed(past: Past, told: Told) -> int:
    if isinstance(told.cases, CaseList):
        return len(Lists(past.context, Directory(past.context.reader_of)).ids(told.cases))
    return len(told.cases)


def every_told(board: Board) -> Iterator[tuple[str, Told]]:
    for name in ("backlog", "overdue", "soon", "unowned"):
        yield name, getattr(board, name)
    yield from zip(SIDES, board.sides, strict=True)
    for line in board.ages:
        yield from ((f"age {line.low} {side}", told) for side, told in zip(SIDES, line.sides, strict=True))
    for queue in board.queues:
        for name in ("open", "overdue", "soon", "unowned"):
            yield f"{queue.name} {name}", getattr(queue, name)
    for department in board.watched:
        for name in ("open", "overdue", "today"):
            yield f"{department.name} {name}", getattr(department, name)
    yield from (board.today or {}).items()


def test_each_number_is_as_long_as_its_list(past: Past) -> None:
    board = read_board(past.context)
    told = dict(every_told(board))
    assert {name: listed(past, one) for name, one in told.items()} == {name: one.value for name, one in told.items()}
    assert all(told[name].value for name in ("backlog", "overdue", "soon", "unowned", " open", "opened", "us"))


def test_it_counts_what_a_plain_look_counts(past: Past) -> None:
    board = read_board(past.context)
    rows = past.context.reader.all('SELECT * FROM "case" WHERE ended_at IS NULL')
    assert board.backlog.value == len(rows)
    assert board.overdue.value == sum(row["due_at"] < NOW for row in rows)
    assert board.soon.value == sum(row["warn_at"] <= NOW <= row["due_at"] for row in rows)
    site = Calendars(past.context.reader, ZONE, "en").of(None)
    today = times.local_date(NOW, TZ)
    ages: Counter[tuple[int, str]] = Counter()
    for row in rows:
        opened = times.local_date(row["opened_at"], TZ)
        days = sum(is_working_day(site, opened + timedelta(days=n)) for n in range(1, (today - opened).days + 1))
        low = next(low for low, high in BUCKETS if low <= days and (high is None or days <= high))
        side = {None: "us", "requester": "requester"}.get(row["waiting_on"], "others")
        ages[low, side] += 1
    assert {(line.low, side): told.value for line in board.ages for side, told in zip(SIDES, line.sides, strict=True)
            if told.value} == ages  # fmt: skip


def test_it_says_who_is_on_now(past: Past) -> None:
    board = read_board(past.context)
    assert [(one.name, one.duty) for one in board.on] == [("Jo Roth", "lead")]
    assert (board.present, board.staff) == (2, 2)


def test_days_are_those_of_the_weekly_report_with_and_without_sheets(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = read_board(past.context)
    assert board.days is not None
    week = weekly_figures(past.context, "2026-W12")
    told = {one.day: (one.opened, one.resolved) for one in board.days}
    for day in week.days[:4]:
        assert told[day.date] == tuple(day.figures[kind].value for kind in ("opened", "resolved"))
    assert len(board.days) == 11
    assert board.backlog_start == week.balance["backlog_start"]
    monkeypatch.setattr("app.insight.board.SMALL_DESK", 0)
    waiting = read_board(past.context)
    assert (waiting.days, waiting.today, waiting.backlog_start) == (None, None, None)
    while keep(past.context):
        pass
    assert read_board(past.context) == board


def test_an_empty_desk_has_a_board(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Past(tmp_path_factory.mktemp("empty") / "desk", NOW + DAY)
    board = read_board(empty.context)
    assert (board.backlog.value, board.queues, board.on) == (0, (), ())
    assert board.as_json()["today"] == {"opened": 0, "resolved": 0, "reopened": 0}
    empty.close()
