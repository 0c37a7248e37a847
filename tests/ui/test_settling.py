"""Due times after changed hours, in the window: on a lane of their own, everybody who saves comes in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.reading import ReadingDesk
from app.records.changing import Edit
from app.work.cases import NewCase
from db import due_times
from tests.ui.open_window import OpenWindow, open_again, open_window
from ui import settling
from ui.i18n import Languages
from ui.lanes import Lanes
from ui.theme import Theme

PART = 5
EARLY = "mon-fri 05:00-12:00"


class Gate:
    """Holds the settling between two parts until it is let go."""

    def __init__(self) -> None:
        self.held, self.go = threading.Event(), threading.Event()

    def __call__(self, _most_s: float = 0.0) -> None:
        self.held.set()
        assert self.go.wait(20)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate()
    monkeypatch.setattr(due_times, "PART", PART)
    monkeypatch.setattr(due_times, "MOST", PART)
    monkeypatch.setattr(settling, "TELL_S", 0.0)
    monkeypatch.setattr(Lanes, "give_way", made)
    return made


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=20)
    yield one
    one.close()


def _due(desk: ReadingDesk | Desk) -> list[int]:
    rows = desk.context.reader.all('SELECT due_at FROM "case" WHERE ended_at IS NULL ORDER BY rid')
    return [row[0] for row in rows]


def _works_early(opened: OpenWindow, week: str = EARLY) -> None:
    """As the calendar's form saves it."""
    calendar = opened.desk.context.reader.value("SELECT id FROM calendar ORDER BY id")
    shifts = _shifts(week)
    opened.client.services.run(
        lambda desk: desk.records.save(Edit("calendar", calendar, {"shifts": shifts})), said="Saved"
    )


def _shifts(week: str) -> str:
    hours = week.split()[1]
    days = ", ".join(f'"{day}": ["{hours}"]' for day in ("mon", "tue", "wed", "thu", "fri"))
    return "{" + days + "}"


def test_who_saves_comes_in_between_and_the_status_line_says_how_far_it_is(opened: OpenWindow, gate: Gate):
    notices, told = opened.client.notices, list[str]()
    notices.listen(lambda: told.append(notices.current.text) if notices.current else None)
    before = _due(opened.desk)
    cases = len(before)
    _works_early(opened)
    opened.wait(gate.held.is_set)
    status = opened.window.status
    opened.wait(lambda: not status.work.isHidden())
    assert status.work.text() == f"Due times: {PART} of {cases} cases"
    saved: list[object] = []
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Scanner hums", 3)), done=saved.append)
    opened.wait(lambda: saved)
    after = _due(opened.desk)
    assert after[PART:cases] == before[PART:], "the rest was still to be done when somebody saved"
    assert after[:PART] != before[:PART]
    gate.go.set()
    opened.wait(lambda: status.work.isHidden())
    opened.wait()
    assert not opened.desk.replica.due_times_wait
    assert opened.desk.replica.settle_due_times() == 0, "everything is as it must be"
    notices.dismiss()  # what was saved is said first, but for where that took so long that it went by itself
    assert any("open cases have other due times now" in words for words in told)


def test_hours_that_change_meanwhile_are_followed_too(opened: OpenWindow, gate: Gate):
    _works_early(opened)
    opened.wait(gate.held.is_set)
    _works_early(opened, "mon-fri 10:00-15:00")
    opened.wait(lambda: not opened.client.lanes.write.under_way)
    gate.go.set()
    opened.wait()
    assert not opened.desk.replica.due_times_wait
    assert opened.desk.replica.settle_due_times() == 0


def test_what_was_taken_back_is_followed_too(opened: OpenWindow):
    before = _due(opened.desk)
    _works_early(opened)
    opened.wait()
    assert _due(opened.desk) != before
    opened.window.actions_["undo"].trigger()
    opened.wait()
    assert _due(opened.desk) == before


def test_closed_in_the_middle_it_goes_on_with_the_next_start(
    opened: OpenWindow, gate: Gate, theme: Theme, languages: Languages
):
    before = _due(opened.desk)
    _works_early(opened)
    opened.wait(gate.held.is_set)
    profile, clock, stopping = opened.client.profile, opened.clock, opened.client.lanes.stopping

    def let_go() -> None:
        assert stopping.wait(20)
        gate.go.set()

    letting_go = threading.Thread(target=let_go)
    letting_go.start()
    opened.close()
    letting_go.join()
    reading = ReadingDesk(profile, clock=clock)
    try:
        left = _due(reading)
    finally:
        reading.close()
    assert left[:PART] != before[:PART]
    assert left[2 * PART :] == before[2 * PART :], "the program ended amid it"
    again = open_again(profile, clock, theme, languages)
    again.wait(lambda: not again.desk.replica.due_times_wait)
    assert again.desk.replica.settle_due_times() == 0
    assert not set(_due(again.desk)) & set(before)
    again.close()
