"""Icons: all of them draw, in the colours of the palette, and survive what Qt does with engines."""

from __future__ import annotations

import gc
import tomllib

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui.icons import APP_ICON_SIZES, TintedEngine, app_icon, icon, tinted
from ui.theme import Theme
from ui.tokens import DARK, LIGHT, Tone

NAMES = resources.names("icons", ".svg")


def ink(pixmap: QPixmap) -> QColor:
    """The colour of the most opaque pixel."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def close(one: QColor, other: QColor) -> bool:
    """The same but for rounding in the picture."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= 3 for a, b in parts)


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_draws(theme: Theme, name: str):
    drawn = ink(icon(name).pixmap(QSize(24, 24)))
    assert drawn.alpha() > 200
    assert close(drawn, QColor(LIGHT.text))


def test_every_drawing_says_where_it_comes_from():
    rows = tomllib.loads(resources.read_text("icons", "sources.toml"))
    assert sorted(rows) == NAMES
    assert "ISC" in resources.read_text("icons", "LICENSE-lucide.txt")


def test_colours_follow_mode_tone_and_palette(theme: Theme):
    plain, danger = icon("claim"), icon("breach", Tone.DANGER)
    size = QSize(32, 32)
    assert close(ink(plain.pixmap(size, mode=QIcon.Mode.Disabled)), QColor(LIGHT.disabled))
    assert close(ink(plain.pixmap(size, mode=QIcon.Mode.Selected)), QColor(LIGHT.selection_text))
    assert close(ink(danger.pixmap(size)), QColor(LIGHT.tone(Tone.DANGER).text))
    theme.toggle()
    assert close(ink(plain.pixmap(size)), QColor(DARK.text))
    assert close(ink(danger.pixmap(size)), QColor(DARK.tone(Tone.DANGER).text))


def test_sharp_on_a_dense_screen(theme: Theme):
    pixmap = icon("claim").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0


def test_painted_once_then_taken_from_the_cache(theme: Theme):
    first = tinted("claim", QColor("#123456"), QSize(16, 16))
    assert tinted("claim", QColor("#123456"), QSize(16, 16)).cacheKey() == first.cacheKey()
    assert tinted("claim", QColor("#123457"), QSize(16, 16)).cacheKey() != first.cacheKey()


def test_unknown_names_and_colours_are_found_at_once(theme: Theme):
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing")
    with pytest.raises(KeyError):
        icon("claim", "no-such-colour")


def test_engines_outlive_their_python_side(theme: Theme, qtbot: QtBot):
    """Copies that detach make Qt clone engines; a clone freed by Python crashed the program."""
    gc.freeze()  # collections look at what this test makes, not at all that the tests before it left
    for _ in range(20):
        box = QWidget()
        qtbot.addWidget(box)
        column = QVBoxLayout(box)
        for name in NAMES[:20]:
            original = icon(name)
            copy = QIcon(original)
            copy.addPixmap(QPixmap(4, 4))
            column.addWidget(QPushButton(copy, name))
            box.addAction(QAction(original, name, box))
            del original, copy
        gc.collect()
        box.grab()
        box.close()
        del box, column
    gc.collect()
    gc.unfreeze()
    # What Qt has deleted is let go at the next clone: the list does not grow with the life of the program.
    probe = QIcon(icon("claim"))
    probe.addPixmap(QPixmap(4, 4))
    assert len(TintedEngine._clones) < 20 * 20 + 2
    assert not probe.pixmap(QSize(16, 16)).isNull()


def test_an_icon_paints_itself_through_a_painter(theme: Theme):
    target = QPixmap(20, 20)
    target.fill(QColor("white"))
    painter = QPainter(target)
    icon("check", Tone.OK).paint(painter, 2, 2, 16, 16)
    painter.end()
    image = target.toImage()
    assert any(image.pixelColor(x, y) != QColor("white") for x in range(20) for y in range(20))


def test_the_mark_has_every_size(theme: Theme):
    mark = app_icon()
    for size in APP_ICON_SIZES:
        assert mark.pixmap(QSize(size, size)).size() == QSize(size, size)
        assert QImage(str(resources.path("app_icon", f"halldesk-{size}.png"))).width() == size
