"""Who is on duty stands at the bottom of the window, and changes when the roster does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import times
from app.times import HOUR_MS
from tests.desks import MONDAY_NINE, found_desk
from ui.on_duty import names_now
from ui.presence import PresenceBoard
from ui.status_line import StatusLine


def test_names_of_those_on_duty(tmp_path: Path) -> None:
    desk = found_desk(tmp_path)
    try:
        assert names_now(desk.reading) == ([], [], [])
        made = desk.shifts.plan(desk.me, MONDAY_NINE - HOUR_MS, MONDAY_NINE + HOUR_MS, duty="lead")
        assert names_now(desk.reading) == ([], ["Anna Kern"], [])
        desk.absences.sick(desk.me)
        assert names_now(desk.reading) == ([], ["Anna Kern (away!)"], [])
        desk.shifts.remove(made.ids[0])
        assert names_now(desk.reading) == ([], [], [])
    finally:
        desk.close()


@pytest.mark.usefixtures("qapp")
def test_the_line_says_who_leads_first(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = StatusLine(times.zone("UTC"), "Anna Kern", PresenceBoard(holder), holder)
    assert line.on_duty.isHidden()
    line.show_on_duty(["Jo Roth", "Jan Vogt"], ["Anna Kern"], [])
    assert not line.on_duty.isHidden()
    assert line.on_duty.accessibleName().index("Anna Kern") < line.on_duty.accessibleName().index("Jan Vogt")
    line.show_on_duty([], [], [])
    assert line.on_duty.isHidden()
