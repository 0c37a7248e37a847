"""The colours can be read, and switching reaches every widget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui.theme import Theme, ThemeChoice, application_font, mono_font, palette_of, style_sheet
from ui.tokens import DARK, LIGHT, Colours, Tone, colours, contrast

SETS = pytest.mark.parametrize("set_", [LIGHT, DARK], ids=lambda set_: set_.name)
READABLE = 4.5
VISIBLE = 3.0


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1.0)
    # The example every checker agrees on: the lightest grey that passes on white.
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@SETS
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "hover", "selection"])
@pytest.mark.parametrize("ink", ["text", "muted", *Tone])
def test_text_can_be_read_on_every_ground(set_: Colours, ground: str, ink: str):
    found = contrast(set_.color(ink).name(), set_.color(ground).name())
    assert found >= READABLE, f"{ink} on {ground}: {found:.2f}"


@SETS
@pytest.mark.parametrize("tone", list(Tone))
def test_text_can_be_read_on_the_fill_of_its_tone(set_: Colours, tone: Tone):
    assert contrast(set_.tone(tone).text, set_.tone(tone).fill) >= READABLE
    assert contrast(set_.text, set_.tone(tone).fill) >= READABLE


@SETS
def test_buttons_and_selection_can_be_read(set_: Colours):
    for ground in (set_.accent, set_.accent_hover, set_.accent_pressed):
        assert contrast(set_.on_accent, ground) >= READABLE
    assert contrast(set_.selection_text, set_.selection) >= READABLE


@SETS
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_controls_and_focus_can_be_seen(set_: Colours, ground: str):
    assert contrast(set_.control_line, set_.color(ground).name()) >= VISIBLE
    assert contrast(set_.focus, set_.color(ground).name()) >= VISIBLE


def test_what_can_not_be_pressed_does_not_look_dangerous(theme: Theme, qtbot: QtBot):
    pictures = []
    for look in ("", "danger"):
        button = QPushButton("Remove")
        button.setProperty("look", look)
        button.setEnabled(False)
        qtbot.addWidget(button)
        button.resize(120, 32)
        pictures.append(button.grab().toImage())
    assert pictures[0] == pictures[1]


@SETS
def test_a_palette_names_its_set(set_: Colours):
    assert colours(palette_of(set_)) is set_


@SETS
def test_the_style_sheet_has_no_gaps_and_its_pictures_exist(set_: Colours):
    sheet = style_sheet(set_, 9.0)
    assert "%(" not in sheet
    assert sheet.count("{") == sheet.count("}")
    pictures = [part.split('"')[1] for part in sheet.split("url(")[1:]]
    assert pictures
    assert all(resources.path("style").joinpath(picture).exists() for picture in pictures)


def test_the_style_sheet_is_understood(theme: Theme, qtbot: QtBot):
    # Qt warns about a sheet it can't parse, and pytest-qt makes that a failure.
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    for widget in (QPushButton("a"), QLineEdit("b"), QLabel("c")):
        column.addWidget(widget)
    box.show()
    theme.toggle()
    assert not box.grab().isNull()


def test_switching_reaches_a_window_that_is_open(theme: Theme, qtbot: QtBot):
    label = QLabel("Warteschlange")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.choose(ThemeChoice.DARK)
    assert label.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert label.grab().toImage().pixelColor(1, 1) == QColor(DARK.window)
    assert theme.toggle() is ThemeChoice.LIGHT
    assert label.grab().toImage().pixelColor(1, 1) == QColor(LIGHT.window)


def test_system_follows_what_the_platform_tells(theme: Theme, qapp: QApplication):
    theme.choose(ThemeChoice.SYSTEM)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.is_dark is dark
    assert theme.colours is (DARK if dark else LIGHT)


def test_the_bundled_typeface_is_used_at_the_systems_size(theme: Theme, qapp: QApplication):
    assert QFontInfo(qapp.font()).family() == resources.FONT_SANS
    assert {resources.FONT_SANS, resources.FONT_MONO} <= set(QFontDatabase.families())
    system = QFont("Whatever", 11)
    assert application_font(system).pointSizeF() == 11
    assert application_font(system).families() == [resources.FONT_SANS, "Whatever"]
    pixels = QFont("Whatever")
    pixels.setPixelSize(16)
    assert application_font(pixels).pointSizeF() == pytest.approx(12)
    assert QFontInfo(mono_font(qapp.font())).fixedPitch()


def test_text_grows_with_the_setting_and_stays_within_reason(theme: Theme, qapp: QApplication):
    before = qapp.font().pointSizeF()
    theme.set_text_scale(1.5)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.5)
    theme.set_text_scale(50)
    assert qapp.font().pointSizeF() == pytest.approx(before * 2)
    theme.set_text_scale(1.0)
    assert qapp.font().pointSizeF() == pytest.approx(before)


def test_an_unknown_colour_is_a_mistake_found_at_once():
    with pytest.raises(KeyError):
        LIGHT.color("name")


def test_a_window_that_is_made_gets_the_style_sheet_at_its_end_whatever_happens(qapp, theme):
    sheet = qapp.styleSheet()
    assert sheet
    with theme.held():
        label = QLabel("late")
        label.setProperty("textRole", "title")
        plain = label.fontInfo().pointSizeF()
        assert qapp.styleSheet() == ""
    label.ensurePolished()
    assert qapp.styleSheet() == sheet
    assert label.fontInfo().pointSizeF() > plain
    with pytest.raises(KeyError), theme.held():
        raise KeyError
    assert qapp.styleSheet() == sheet
    label.deleteLater()
