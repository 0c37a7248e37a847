"""Tab leads through everything and sticks nowhere: the case editor, the capture form and the close sheet, as a person
at the keyboard meets them in the whole window, and Shift+Tab leads back the same way."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from tests.ui.open_window import OpenWindow, open_window
from ui.case_editor import CaseEditor
from ui.resolve_sheet import ResolveSheet

Key = Qt.Key
MOST = 90


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    one.window.activateWindow()
    one.window.follow(one.ids["printer"])
    one.wait()
    yield one
    one.close()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def walk(within: QWidget, first: QWidget, key: Qt.Key = Key.Key_Tab) -> list[QWidget]:
    """Everything that gets the focus from `first` on, until it is there again or outside. A widget with links in it
    keeps Tab for each of them, so it counts once."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    seen = [focus()]
    for _ in range(MOST):
        before = focus()
        QTest.keyClick(before, key)
        QApplication.processEvents()
        at = focus()
        assert at is not before or isinstance(at, QTextBrowser), f"{name(before)} keeps Tab"
        if at is first or not within.isAncestorOf(at):
            return seen
        if at is not before:
            seen.append(at)
    raise AssertionError(f"Tab goes round without end: {[name(one) for one in seen[-6:]]}")


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


def in_order(order: list[QWidget], wanted: list[QWidget]) -> None:
    missing = [name(one) for one in wanted if one not in order]
    assert not missing, f"Tab never comes to {missing}; it goes {[name(one) for one in order]}"
    places = [order.index(one) for one in wanted]
    assert places == sorted(places), [name(one) for one in sorted(wanted, key=order.index)]


def editor_stops(editor: CaseEditor) -> list[QWidget]:
    head, composer = editor._head, editor.composer
    foot = composer._foot
    return [
        head.title, head.next_step.what, head.next_step.who, editor._tabs, editor.timeline, composer._edit,
        composer._kind, foot.minutes, foot.send,
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", "Fuser replaced"])
def test_through_the_whole_case_editor(opened: OpenWindow, words: str):
    editor = opened.window.editor
    editor.composer.write("note", words)
    opened.wait()
    there = walk(editor, editor._head.title)
    stops = editor_stops(editor)
    in_order(there, stops if words else stops[:-1])  # nothing can be sent where nothing is written
    doubled = [name(a) for a, b in itertools.combinations(there, 2) if a is b]
    assert doubled == []


@pytest.mark.parametrize("words", ["", "Fuser replaced"])
def test_out_of_the_composers_text_and_back_into_it(opened: OpenWindow, words: str):
    edit = opened.window.editor.composer._edit
    opened.window.editor.composer.write("note", words)
    opened.wait()
    assert edit.hasFocus()
    QTest.keyClick(edit, Key.Key_Tab)
    after = focus()
    assert after is not edit
    assert edit.toPlainText() == words, "Tab writes nothing"
    QTest.keyClick(after, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert edit.hasFocus()
    QTest.keyClick(edit, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focus() is not edit


def test_back_through_the_case_editor_it_is_the_same_way(opened: OpenWindow):
    editor = opened.window.editor
    editor.composer.write("note", "Fuser replaced")
    opened.wait()
    stops = editor_stops(editor)
    send = stops[-1]
    back = walk(editor, send, Key.Key_Backtab)
    in_order(back, stops[::-1])


@pytest.mark.parametrize("words", ["", "Prints blank labels"])
def test_through_the_capture_form(opened: OpenWindow, words: str):
    opened.window.new_case()
    opened.wait()
    capture = opened.window.capture
    if words:
        QTest.keyClicks(capture.title, words)
        opened.wait()
    there = walk(capture, capture.who)
    in_order(
        there,
        [capture.who, capture.title, capture.details, capture.machine, capture.product, capture.department,
         capture.channel, capture.solved, capture._go],
    )  # fmt: skip


def test_through_the_close_sheet(opened: OpenWindow):
    editor = opened.window.editor
    editor.do("case.resolve")
    opened.wait()
    sheet = editor.sheet
    assert isinstance(sheet, ResolveSheet)
    assert sheet.resolution.hasFocus()
    QTest.keyClicks(sheet.resolution, "Fuser replaced")
    opened.wait()
    there = walk(sheet, sheet.resolution)
    in_order(there, [sheet.resolution, sheet.fix, sheet.time.minutes, sheet.time.activity, sheet.go])
    assert sheet.article in there
