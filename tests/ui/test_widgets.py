"""Small widgets: plain text stays plain, everything has a name, nothing runs that is not seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.tokens import LIGHT, Tone
from ui.widgets.blocks import BusyLine, EmptyState, KeyCaps, SectionHeader
from ui.widgets.fields import NumberField, SearchField, SegmentedControl
from ui.widgets.labels import ElidedLabel, PlainLabel, plain_tool_tip
from ui.widgets.pill import Pill, draw_pill, pill_size

HOSTILE = '<b>Halle</b> <img src="file://server/share/x.png">'

pytestmark = pytest.mark.usefixtures("theme", "languages")


def test_labels_take_nothing_for_markup(qtbot: QtBot):
    for label in (PlainLabel(HOSTILE), KeyCaps(HOSTILE)):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == HOSTILE


def test_tool_tips_show_markup_letter_by_letter():
    assert "<img" not in plain_tool_tip(HOSTILE)
    assert "&lt;img" in plain_tool_tip(HOSTILE)
    assert plain_tool_tip("") == ""


def test_an_elided_label_tells_the_rest_in_its_tool_tip(qtbot: QtBot):
    label = ElidedLabel("Etikettendrucker\nin Halle 3 <b>druckt</b> leer")
    label.setText("Etikettendrucker\nin Halle 3 <b>druckt</b> leer!")
    qtbot.addWidget(label)
    label.show()
    label.resize(600, 20)
    assert not label.is_elided()
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.is_elided()
    assert "&lt;b&gt;druckt" in label.toolTip()
    assert label.text() == "Etikettendrucker in Halle 3 <b>druckt</b> leer!"
    assert label.accessibleName() == label.text()
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_elided_text_is_drawn_inside_the_label(qtbot: QtBot):
    label = ElidedLabel("m" * 200)
    qtbot.addWidget(label)
    label.resize(80, 20)
    image = label.grab().toImage()
    assert any(image.pixelColor(x, 10) != QColor(LIGHT.window) for x in range(60))


def pill_picture(width: int, text: str, tone: Tone) -> QImage:
    widget = QWidget()
    image = QImage(QSize(width, 30), QImage.Format.Format_ARGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    draw_pill(painter, QRect(0, 0, width, 30), widget.font(), widget.palette(), text, tone, "clock")
    painter.end()
    return image


def test_a_pill_drawn_by_a_delegate_is_the_pill_of_the_widget(qtbot: QtBot):
    pill = Pill("wartet", Tone.WARNING, "clock")
    qtbot.addWidget(pill)
    assert pill.sizeHint() == pill_size(pill.font(), "wartet", "clock")
    assert pill.accessibleName() == "wartet"
    pill.resize(pill.sizeHint())
    middle = pill.grab().toImage().pixelColor(4, pill.height() // 2)
    assert middle == QColor(LIGHT.tone(Tone.WARNING).fill)
    drawn = pill_picture(200, "wartet", Tone.WARNING)
    assert drawn.pixelColor(4, 15) == middle
    assert drawn.pixelColor(199, 15) == QColor(LIGHT.surface)


def test_a_pill_without_room_stays_in_its_room():
    image = pill_picture(40, "wartet auf den Lieferanten", Tone.DANGER)
    assert image.width() == 40
    assert image.pixelColor(20, 15).alpha() == 255


def test_a_pill_says_another_word(qtbot: QtBot):
    pill = Pill("neu")
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.show_as("in Arbeit", Tone.INFO, "state-open")
    assert (pill.text(), pill.accessibleName()) == ("in Arbeit", "in Arbeit")
    assert pill.sizeHint().width() > before


def test_search_speaks_after_a_pause_once(qtbot: QtBot):
    field = SearchField()
    qtbot.addWidget(field)
    field.show()
    said: list[str] = []
    field.searched.connect(said.append)
    QTest.keyClicks(field, "drucker")
    assert said == []
    qtbot.waitUntil(lambda: said == ["drucker"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == ["drucker"], "Return says nothing new"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert said == ["drucker", ""]


def test_search_offers_clearing_only_when_there_is_something(qtbot: QtBot):
    field = SearchField("Fälle suchen")
    qtbot.addWidget(field)
    field.show()
    assert not field._clear.isVisible()
    QTest.keyClicks(field, "x")
    assert field._clear.isVisible()
    field._clear.trigger()
    assert field.text() == ""
    assert field.accessibleName() == "Fälle suchen"
    with qtbot.waitSignal(field.left_downwards):
        QTest.keyClick(field, Qt.Key.Key_Down)


def test_segments_choose_one_and_tell_only_the_users_choice(qtbot: QtBot):
    control = SegmentedControl("Ansicht")
    qtbot.addWidget(control)
    control.set_choices([("now", "Jetzt", "clock"), ("done", "Fertig", "")])
    control.show()
    told: list[str] = []
    control.chosen.connect(told.append)
    assert control.choice() == "now"
    control.choose("done")
    assert (control.choice(), told) == ("done", [])
    next(b for b in control.findChildren(QPushButton) if b.text() == "Jetzt").click()
    assert (control.choice(), told) == ("now", ["now"])
    control.choose("done")
    control.set_choices([("done", "Done", ""), ("later", "Later", "")])
    assert control.choice() == "done"
    with pytest.raises(KeyError):
        control.choose("now")


def test_the_busy_line_moves_only_while_it_is_seen(qtbot: QtBot):
    line = BusyLine()
    qtbot.addWidget(line)
    line.set_busy(True)
    assert not line._timer.isActive()
    line.show()
    assert line._timer.isActive()
    assert line.accessibleName() == "Working"
    line.hide()
    assert not line._timer.isActive()
    line.show()
    line.set_busy(False)
    assert not line._timer.isActive()
    assert line.height() == 2


def test_an_empty_state_offers_what_to_do(qtbot: QtBot):
    state = EmptyState("queues", "Nothing waits here", "New cases appear by themselves.", "New case")
    qtbot.addWidget(state)
    state.show()
    with qtbot.waitSignal(state.asked):
        state._button.click()
    assert state.accessibleName() == "Nothing waits here"
    assert state.accessibleDescription() == "New cases appear by themselves."
    state.show_as("search", "Nothing found", "Try fewer words.")
    assert not state._button.isVisible()


def test_a_section_header_names_itself_and_takes_a_control(qtbot: QtBot):
    header = SectionHeader("Similar cases", "12")
    qtbot.addWidget(header)
    header.add_control(QPushButton("All"))
    assert header.accessibleName() == "Similar cases 12"
    header.set_text("Links")
    assert header.accessibleName() == "Links"


def test_a_number_stands_off_its_edge_and_keeps_its_unit(qtbot: QtBot):
    field = NumberField(0, 60, "min", step=5)
    qtbot.addWidget(field)
    field.setValue(90)
    field.show()
    assert field.value() == 60
    assert field.text() == "60\N{NO-BREAK SPACE}min"
    field.stepDown()
    assert field.value() == 55
    assert field.lineEdit().textMargins().left() > 0
    assert field.rect().contains(QPoint(1, 1))
