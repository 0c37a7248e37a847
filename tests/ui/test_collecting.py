"""Cycles die on the window's thread, between two events: never in a lane, never while something is painted."""

from __future__ import annotations

import gc
import linecache
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.garbage import uncollected
from ui.collecting import EVERY_MS, Collector, collect_due
from ui.lanes import Lanes

MANY = 200_000
"""Enough new containers to trip the automatic collector in all its generations."""


class Knotted(QWidget):
    """Only a cycle holds it, as a slot that is a closure over its owner makes one."""

    def __init__(self, deaths: list[str]) -> None:
        super().__init__()
        self.knot = lambda: self
        self.deaths = deaths
        self.show()

    def __del__(self) -> None:
        painting = any(isinstance(w, Greedy) and w.painting for w in QApplication.topLevelWidgets())
        self.deaths.append(f"{threading.current_thread().name}{' while painting' if painting else ''}")


class Greedy(QWidget):
    """Makes a great many things while it is painted, as a page of cells does."""

    painting = False

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painting = True
        self.made = _many()
        self.painting = False


@pytest.fixture
def automatic() -> Iterator[None]:
    """The collector as Python has it, whatever the tests around this one have."""
    was = gc.isenabled()
    gc.collect()
    gc.enable()
    yield
    if not was:
        gc.disable()


@pytest.fixture
def collector(automatic: None, qapp: QApplication) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.end()
    assert gc.isenabled()


def _many() -> list[list[object]]:
    return [[] for _ in range(MANY)]


def _in_a_lane(qtbot) -> list[str]:
    deaths: list[str] = []
    lanes = Lanes(lambda error: pytest.fail(str(error)))
    try:
        Knotted(deaths)
        answers: list[object] = []
        lanes.read.submit(_many, done=answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
        qtbot.waitUntil(lambda: bool(deaths), timeout=30_000)
    finally:
        lanes.close()
    return deaths


def test_a_widget_in_a_cycle_never_dies_in_a_lane(qtbot, collector: Collector) -> None:
    assert _in_a_lane(qtbot) == ["MainThread"]


def test_a_widget_in_a_cycle_never_dies_while_another_is_painted(qtbot, collector: Collector) -> None:
    deaths: list[str] = []
    greedy = Greedy()
    qtbot.addWidget(greedy)
    Knotted(deaths)
    greedy.show()
    greedy.grab()
    assert deaths == []
    qtbot.waitUntil(lambda: bool(deaths), timeout=30 * EVERY_MS)
    assert deaths == ["MainThread"]


def test_without_the_collector_both_would_happen(qtbot, automatic: None) -> None:
    """Else the two tests above would prove nothing. The widgets are not shown: this once crashed."""
    assert any(death.startswith("halldesk-read") for death in _hidden_in_a_lane(qtbot))


def _hidden_in_a_lane(qtbot) -> list[str]:
    deaths: list[str] = []

    class Plain:
        def __init__(self) -> None:
            self.knot = self

        def __del__(self) -> None:
            deaths.append(threading.current_thread().name)

    lanes = Lanes(lambda error: pytest.fail(str(error)))
    try:
        answers: list[object] = []
        Plain()
        lanes.read.submit(_many, done=answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    finally:
        lanes.close()
    return deaths


def test_what_is_due_is_what_the_automatic_collector_would_do(automatic: None) -> None:
    gc.disable()
    gc.collect()
    before = [one["collections"] for one in gc.get_stats()]
    collect_due()
    assert [one["collections"] for one in gc.get_stats()] == before, "nothing is due"
    kept = _many()
    with uncollected():
        with uncollected():
            pass
        collect_due()
    assert [one["collections"] for one in gc.get_stats()] == before, "work that asked for rest is under way"
    collect_due()
    assert [one["collections"] for one in gc.get_stats()] == [before[0] + 1, *before[1:]]
    del kept


def test_no_sources_of_modules_are_kept(collector: Collector, qtbot: QtBot):
    linecache.getlines(__file__)
    assert linecache.cache
    collector.settle()
    assert not linecache.cache
    linecache.getlines(__file__)
    qtbot.waitUntil(lambda: not linecache.cache, timeout=20 * EVERY_MS)
