"""Lanes: order, no loss, no stale results, no callbacks to the dead, no thread left."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.lanes import Lanes


class Errors(list[BaseException]):
    """Collects what no callback took."""


@pytest.fixture
def errors() -> Errors:
    return Errors()


@pytest.fixture
def lanes(qapp: QApplication, errors: Errors) -> Iterator[Lanes]:
    made = Lanes(errors.append)
    yield made
    made.close()


class Gate:
    """A job that waits until it is let go, so that what comes after it is surely still waiting."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.open.wait(10)
        return "gate"


def test_a_result_comes_back_on_the_gui_thread(lanes: Lanes, qtbot: QtBot):
    seen: list[tuple[str, int, int]] = []
    lanes.read.submit(
        lambda: (threading.current_thread().name, threading.get_ident()),
        done=lambda where: seen.append((*where, threading.get_ident())),
    )
    assert not seen, "never delivered while the caller still runs"
    qtbot.waitUntil(lambda: bool(seen))
    name, worker, receiver = seen[0]
    assert name.startswith("halldesk-read")
    assert worker != threading.get_ident()
    assert receiver == threading.get_ident()


def test_arguments_arrive(lanes: Lanes, qtbot: QtBot):
    seen: list[object] = []
    lanes.read.submit(lambda *args, **kwargs: (args, kwargs), 1, 2, three=3, done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [((1, 2), {"three": 3})]


def test_ten_thousand_results_in_order_without_loss(lanes: Lanes, qtbot: QtBot):
    seen: list[int] = []
    for number in range(10_000):
        lanes.write.submit(lambda number: number, number, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 10_000, timeout=30_000)
    assert seen == list(range(10_000))
    assert lanes.write.under_way == 0


def test_results_of_four_lanes_at_once_are_all_delivered(lanes: Lanes, qtbot: QtBot):
    seen: dict[str, list[int]] = {name: [] for name in ("write", "read", "sync", "count")}
    for number in range(500):
        for name, there in seen.items():
            lanes[name].submit(lambda number: number, number, done=there.append)
    qtbot.waitUntil(lambda: all(len(there) == 500 for there in seen.values()), timeout=30_000)
    assert all(there == list(range(500)) for there in seen.values())


def test_a_blocked_lane_blocks_no_other(lanes: Lanes, qtbot: QtBot):
    gate = Gate()
    seen: list[str] = []
    lanes.sync.submit(gate, done=seen.append)
    assert gate.entered.wait(5)
    lanes.read.submit(lambda: "read", done=seen.append)
    qtbot.waitUntil(lambda: seen == ["read"])
    gate.open.set()
    qtbot.waitUntil(lambda: seen == ["read", "gate"])


def test_only_the_latest_of_a_key_runs_and_arrives(lanes: Lanes, qtbot: QtBot):
    gate = Gate()
    ran: list[int] = []
    seen: list[object] = []

    def run(number: int) -> int:
        ran.append(number)
        return number

    lanes.read.submit(gate)
    for number in range(5):
        lanes.read.submit(run, number, done=seen.append, key="filter")
    lanes.read.submit(lambda: "other", done=seen.append, key="other")
    gate.open.set()
    qtbot.waitUntil(lambda: "other" in seen)
    assert ran == [4], "superseded requests are not even run"
    assert seen == [4, "other"]


def test_a_result_superseded_before_delivery_is_not_delivered(lanes: Lanes, qtbot: QtBot):
    seen: list[str] = []
    finished = threading.Event()

    def old() -> str:
        finished.set()
        return "old"

    lanes.read.submit(old, done=seen.append, key="k")
    assert finished.wait(5)
    time.sleep(0.02)  # the old result is in the queue now, the GUI thread has not looked
    lanes.read.submit(lambda: "new", done=seen.append, key="k")
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(20)
    assert seen == ["new"]


def test_the_same_key_works_again_later(lanes: Lanes, qtbot: QtBot):
    seen: list[int] = []
    for number in range(3):
        lanes.read.submit(lambda n: n, number, done=seen.append, key="k")
        qtbot.waitUntil(lambda: lanes.read.under_way == 0)
    assert seen == [0, 1, 2]
    assert not lanes.read._newest, "keys are forgotten once settled"


def test_errors_go_to_failed(lanes: Lanes, errors: Errors, qtbot: QtBot):
    seen: list[BaseException] = []
    lanes.read.submit(lambda: 1 / 0, done=lambda _: pytest.fail("not done"), failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)
    assert not errors


def test_errors_nobody_takes_are_reported(lanes: Lanes, errors: Errors, qtbot: QtBot):
    lanes.read.submit(lambda: 1 / 0)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_lane_goes_on_after_an_error_even_an_exit(lanes: Lanes, errors: Errors, qtbot: QtBot):
    def leave() -> None:
        raise SystemExit(3)

    seen: list[int] = []
    lanes.write.submit(leave)
    lanes.write.submit(lambda: 7, done=seen.append)
    qtbot.waitUntil(lambda: seen == [7])
    assert isinstance(errors[0], SystemExit)


def test_a_callback_that_raises_keeps_nothing_from_arriving(lanes: Lanes, qtbot: QtBot):
    seen: list[int] = []

    def broken(_: object) -> None:
        raise ValueError("a mistake in a widget")

    with qtbot.captureExceptions() as raised:
        gate = Gate()
        lanes.read.submit(gate)
        lanes.read.submit(lambda: 1, done=broken)
        lanes.read.submit(lambda: 2, done=seen.append)
        gate.open.set()
        qtbot.waitUntil(lambda: seen == [2])
    assert [str(value) for _, value, _ in raised] == ["a mistake in a widget"]


class Page(QLabel):
    """Counts what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def tell(self, value: object) -> None:
        self.setText(str(value))
        self.told.append(value)


def test_a_page_deleted_by_qt_is_told_nothing(lanes: Lanes, qtbot: QtBot):
    gate, page, told = Gate(), Page(), []
    told = page.told
    lanes.read.submit(gate, done=page.tell)
    lanes.read.submit(lambda: "x", done=lambda value: page.tell(value), owner=page)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    gate.open.set()
    qtbot.waitUntil(lambda: lanes.read.under_way == 0)
    assert told == []


def test_a_page_dropped_by_python_dies_on_the_gui_thread(lanes: Lanes, qtbot: QtBot):
    died: list[int] = []
    for _ in range(50):
        page = Page()
        page.destroyed.connect(lambda: died.append(threading.get_ident()))
        lanes.read.submit(time.sleep, 0.0005, done=page.tell)
        del page
    gc.collect()
    qtbot.waitUntil(lambda: lanes.read.under_way == 0)
    gc.collect()
    qtbot.waitUntil(lambda: len(died) == 50)
    assert set(died) == {threading.get_ident()}


def test_an_error_for_a_dead_page_is_still_reported(lanes: Lanes, errors: Errors, qtbot: QtBot):
    gate, page = Gate(), Page()
    lanes.write.submit(gate)
    lanes.write.submit(lambda: 1 / 0, failed=lambda _: pytest.fail("dead"), owner=page)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    gate.open.set()
    qtbot.waitUntil(lambda: bool(errors))


def test_busy_is_told_once_at_begin_and_end(lanes: Lanes, qtbot: QtBot):
    told: list[tuple[str, bool]] = []
    lanes.busy_changed.connect(lambda name, busy: told.append((name, busy)))
    for _ in range(3):
        lanes.count.submit(lambda: None)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("count", True), ("count", False)]


def test_news_from_any_thread_reaches_the_gui_thread(lanes: Lanes, qtbot: QtBot):
    seen: list[tuple[str, int]] = []

    def hear(word: str) -> None:
        seen.append((word, threading.get_ident()))

    def tell() -> str:
        for number in range(3):
            lanes.to_gui(hear, str(number))
        return "done"

    lanes.sync.submit(tell, done=hear)
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert [word for word, _ in seen] == ["0", "1", "2", "done"]
    assert {thread for _, thread in seen} == {threading.get_ident()}


def test_a_flood_of_results_leaves_the_gui_thread_room(lanes: Lanes, qtbot: QtBot):
    """Slow callbacks are delivered in slices: an event posted meanwhile is served between them."""
    seen: list[int] = []
    order: list[str] = []

    def slow(number: int) -> None:
        time.sleep(0.002)
        seen.append(number)
        order.append("result")

    finished = threading.Event()
    for number in range(30):
        lanes.read.submit(lambda n: n, number, done=slow)
    lanes.read.submit(finished.set)
    assert finished.wait(5)
    receiver = QObject()
    receiver.destroyed.connect(lambda: order.append("event"))
    receiver.deleteLater()
    qtbot.waitUntil(lambda: len(seen) == 30)
    assert "event" in order
    assert order.index("event") < 29


def test_closing_carries_out_changes_and_forgets_questions(qapp: QApplication, errors: Errors):
    lanes = Lanes(errors.append)
    gates = {"write": Gate(), "read": Gate()}
    written: list[int] = []
    answered: list[int] = []
    for name, gate in gates.items():
        lanes[name].submit(gate)
        assert gate.entered.wait(5)
    for number in range(20):
        lanes.write.submit(written.append, number)
        lanes.read.submit(answered.append, number)
    lanes.write.submit(lambda: 1 / 0)

    def let_go() -> None:
        for gate in gates.values():
            gate.open.set()

    opener = threading.Timer(0.05, let_go)
    opener.start()
    lanes.close()
    opener.join()
    assert written == list(range(20))
    assert answered == []
    assert [type(error) for error in errors] == [ZeroDivisionError], "a failed change is reported at the end"
    assert lanes.stopping.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("halldesk-")]
    with pytest.raises(RuntimeError, match="closed"):
        lanes.read.submit(lambda: None)
    lanes.close()


def test_lanes_are_for_the_gui_thread(lanes: Lanes, qtbot: QtBot):
    seen: list[BaseException] = []
    lanes.read.submit(lambda: lanes.write.submit(lambda: None), failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert "GUI thread" in str(seen[0])


def test_a_thread_that_computes_keeps_the_interpreter_from_others_for_a_millisecond_at_most(errors: Errors):
    usual = sys.getswitchinterval()
    made = Lanes(errors.append)
    assert sys.getswitchinterval() <= 0.001 < usual
    made.close()
    assert sys.getswitchinterval() == usual
