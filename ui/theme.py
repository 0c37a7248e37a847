"""The look: Fusion drawn with our own two palettes, a small style sheet and the bundled typeface.

Order of things: the typeface is loaded, the system's text size is remembered, then a palette and a
style sheet are made from the tokens and given to the application. That happens again whenever the
system switches between light and dark, or the user chooses.

The palette is ours on every platform because the system's own is not dependable: on bare X11 asking
Qt for dark does nothing, and native styles differ so much that pictures in the manual would not match.
Where the platform tells whether it is dark (Windows, GNOME, KDE through the portal) it is followed;
elsewhere "system" means light until the user says otherwise.

Widgets hear of a switch by `changeEvent` (PaletteChange), as with any Qt palette.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources
from ui.tokens import DARK, LIGHT, RADIUS_M, RADIUS_S, ROW_HEIGHT_IN_EM, SCALE_LARGE, SCALE_SMALL, SCALE_TITLE, Colours

PIXELS_IN_A_POINT = 96 / 72
"""Device-independent pixels, as Qt counts on every platform that scales."""


class ThemeChoice(StrEnum):
    """What the user can choose; stored in the settings by value."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Owns the look of one QApplication."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        text_scale: float = 1.0,
    ) -> None:
        """`text_scale` multiplies the system's text size (a setting for tired eyes), 0.8 to 2.0."""
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._text_scale = text_scale
        load_fonts()
        self._system_font = QFont(application.font())
        style = QStyleFactory.create("Fusion")
        if style is not None:
            application.setStyle(style)
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def colours(self) -> Colours:
        """The set now on."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether dark is on, by choice or because the system is dark."""
        if self._choice is ThemeChoice.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    def choose(self, choice: ThemeChoice) -> None:
        """Switch now. Window frames follow where the platform lets them."""
        self._choice = choice
        hints = self._application.styleHints()
        if choice is ThemeChoice.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = choice is ThemeChoice.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._apply()

    def toggle(self) -> ThemeChoice:
        """Switch to the other of light and dark; returns the choice to be stored."""
        self.choose(ThemeChoice.LIGHT if self.is_dark else ThemeChoice.DARK)
        return self._choice

    def set_text_scale(self, scale: float) -> None:
        """Make all text larger or smaller, 0.8 to 2.0 of the system's size."""
        self._text_scale = min(2.0, max(0.8, scale))
        self._apply()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While a window is made: its widgets get the style sheet all at once at the end. Else each of them is polished
        again whenever it is put into another one, which took a third of the time."""
        sheet = self._application.styleSheet()
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            self._application.setStyleSheet(sheet)

    def _system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        font = application_font(self._system_font, self._text_scale)
        palette = palette_of(self.colours)
        sheet = style_sheet(self.colours, font.pointSizeF())
        if self._application.font() != font:
            self._application.setFont(font)
        if self._application.styleSheet() != sheet:
            self._application.setPalette(palette)
            self._application.setStyleSheet(sheet)
        self.changed.emit()


def load_fonts() -> None:
    """Make the bundled typeface known to Qt. A damaged font file raises OSError."""
    known = set(QFontDatabase.families())
    if {resources.FONT_SANS, resources.FONT_MONO} <= known:
        return
    for file in resources.fonts():
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OSError(f"The installation is damaged: the font {file} cannot be read.")


def application_font(system: QFont, scale: float = 1.0) -> QFont:
    """The bundled typeface at the system's text size; the system's own family stands behind it for
    scripts it lacks."""
    size = system.pointSizeF()
    if size <= 0:  # a desktop that counts in pixels
        size = system.pixelSize() / PIXELS_IN_A_POINT
    font = QFont(system)
    font.setFamilies([resources.FONT_SANS, *system.families()])
    font.setPointSizeF(size * scale)
    return font


def mono_font(like: QFont) -> QFont:
    """The bundled fixed-width face at the size of `like`."""
    font = QFont(like)
    font.setFamilies([resources.FONT_MONO])
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def scaled(font: QFont, scale: float, weight: QFont.Weight | None = None) -> QFont:
    """A copy of `font`, larger or smaller, for text that is drawn by hand."""
    copy = QFont(font)
    copy.setPointSizeF(max(1.0, font.pointSizeF() * scale))
    if weight is not None:
        copy.setWeight(weight)
    return copy


def palette_of(set_: Colours) -> QPalette:
    """The Qt palette of a set of colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for target, colour in (
        (role.Window, set_.window),
        (role.WindowText, set_.text),
        (role.Base, set_.surface),
        (role.AlternateBase, set_.window),
        (role.Text, set_.text),
        (role.Button, set_.raised),
        (role.ButtonText, set_.text),
        (role.BrightText, set_.on_accent),
        (role.ToolTipBase, set_.raised),
        (role.ToolTipText, set_.text),
        (role.PlaceholderText, set_.muted),
        (role.Highlight, set_.selection),
        (role.HighlightedText, set_.selection_text),
        (role.Accent, set_.accent),
        (role.Link, set_.tone("accent").text),
        (role.LinkVisited, set_.tone("accent").text),
        (role.Light, set_.raised),
        (role.Midlight, set_.hover),
        (role.Mid, set_.line),
        (role.Dark, set_.control_line),
        (role.Shadow, set_.line),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, target, QColor(set_.disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(set_.hover))
    palette.setColor(group.Disabled, role.Accent, QColor(set_.disabled))
    return palette


def style_sheet(set_: Colours, point_size: float) -> str:
    """The style sheet of a set of colours at a text size in points.

    Roles are given by dynamic properties: `look` on buttons ("primary", "quiet", "danger") and
    `textRole` on labels ("title", "large", "strong", "small", "muted").
    """
    arrows = {way: resources.path("style", f"{way}-{set_.name}.svg").as_posix() for way in ("down", "up")}
    values = {name: getattr(set_, name) for name in Colours.__slots__ if name != "tones"}
    danger = set_.tone("danger")
    values.update(
        {
            "r": RADIUS_M,
            "rs": RADIUS_S,
            "row": round(point_size * PIXELS_IN_A_POINT * ROW_HEIGHT_IN_EM),
            "small": f"{point_size * SCALE_SMALL:.2f}pt",
            "large": f"{point_size * SCALE_LARGE:.2f}pt",
            "title": f"{point_size * SCALE_TITLE:.2f}pt",
            "down": arrows["down"],
            "up": arrows["up"],
            "check": resources.path("style", "check.svg").as_posix(),
            "dot": resources.path("style", "dot.svg").as_posix(),
            "danger_text": danger.text,
            "danger_fill": danger.fill,
            "danger_line": danger.line,
        }
    )
    return _SHEET % values


_SHEET = """
QMainWindow, QDialog { background: %(window)s; }
CommandPalette { background: %(window)s; border: 1px solid %(control_line)s; }
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(line)s; padding: 4px 6px; }

QLabel[textRole="title"] { font-size: %(title)s; font-weight: 600; }
QLabel[textRole="large"] { font-size: %(large)s; font-weight: 600; }
QLabel[textRole="strong"] { font-weight: 600; }
QLabel[textRole="small"] { font-size: %(small)s; color: %(muted)s; }
QLabel[textRole="muted"] { color: %(muted)s; }

QPushButton {
    background: %(raised)s; color: %(text)s; border: 1px solid %(control_line)s; border-radius: %(r)spx;
    padding: 5px 12px; min-height: 18px;
}
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed, QPushButton:checked { background: %(pressed)s; }
QPushButton:focus { border: 2px solid %(focus)s; padding: 4px 11px; }
QPushButton:disabled { color: %(disabled)s; border-color: %(line)s; background: %(window)s; }
QPushButton[look="primary"], QPushButton:default {
    background: %(accent)s; color: %(on_accent)s; border: 1px solid %(accent)s; font-weight: 500;
}
QPushButton[look="primary"]:hover, QPushButton:default:hover { background: %(accent_hover)s; }
QPushButton[look="primary"]:pressed, QPushButton:default:pressed { background: %(accent_pressed)s; }
QPushButton[look="primary"]:focus, QPushButton:default:focus { border: 2px solid %(text)s; }
QPushButton[look="primary"]:disabled { background: %(pressed)s; color: %(muted)s; border-color: %(line)s; }
QPushButton[look="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[look="quiet"]:hover { background: %(hover)s; }
QPushButton[look="quiet"]:pressed { background: %(pressed)s; }
QPushButton[look="quiet"]:focus { border: 2px solid %(focus)s; }
QPushButton[look="field"] { text-align: left; }
QPushButton[look="danger"] {
    background: %(danger_fill)s; color: %(danger_text)s; border: 1px solid %(danger_text)s;
}
QPushButton[look="danger"]:focus { border: 2px solid %(focus)s; }
QPushButton[look="danger"]:disabled { background: %(window)s; color: %(disabled)s; border-color: %(line)s; }

StatusLine QPushButton { padding: 0px 8px; min-height: 16px; }
StatusLine QPushButton:focus { padding: 0px 7px; }

QToolButton {
    background: transparent; color: %(text)s; border: 1px solid transparent; border-radius: %(r)spx;
    padding: 4px 6px;
}
QToolButton:hover { background: %(hover)s; }
QToolButton:pressed, QToolButton:checked { background: %(pressed)s; }
QToolButton:focus { border: 1px solid %(focus)s; }
QToolButton:disabled { color: %(disabled)s; }
QToolButton::menu-indicator { image: none; }
SegmentedControl { background: %(pressed)s; border-radius: %(r)spx; }
QPushButton[look="segment"] {
    background: transparent; border: 1px solid transparent; border-radius: %(rs)spx; padding: 2px 9px;
}
QPushButton[look="segment"]:hover { background: %(hover)s; }
QPushButton[look="segment"]:checked { background: %(surface)s; border-color: %(control_line)s; }
QPushButton[look="segment"]:focus { border: 2px solid %(focus)s; padding: 1px 8px; }

QCheckBox, QRadioButton { spacing: 6px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid %(control_line)s; background: %(surface)s;
}
QCheckBox::indicator { border-radius: %(rs)spx; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: %(hover)s; }
QCheckBox::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; image: url("%(check)s");
}
QRadioButton::indicator:checked { background: %(accent)s; border-color: %(accent)s; image: url("%(dot)s"); }
QCheckBox::indicator:indeterminate { background: %(muted)s; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid %(focus)s; width: 12px; height: 12px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    border-color: %(line)s; background: %(window)s;
}
QCheckBox:disabled, QRadioButton:disabled { color: %(disabled)s; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit,
QDateTimeEdit {
    background: %(surface)s; color: %(text)s; border: 1px solid %(control_line)s; border-radius: %(r)spx;
    selection-background-color: %(selection)s; selection-color: %(selection_text)s;
    placeholder-text-color: %(muted)s;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {
    padding: 4px 8px; min-height: 18px;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus { border-color: %(focus)s; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled,
QDateEdit:disabled { color: %(disabled)s; background: %(window)s; border-color: %(line)s; }
QLineEdit > QToolButton { padding: 0; border: none; }
QToolButton[look="line"] { padding: 0 4px; margin: 0; }
SearchField { padding: 4px 2px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("%(down)s"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: %(raised)s; border: 1px solid %(line)s; outline: none; }
QDateEdit::drop-down, QDateTimeEdit::drop-down { border: none; width: 22px; }
QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: url("%(down)s"); width: 14px; height: 14px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button,
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button { border: none; width: 20px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow {
    image: url("%(up)s"); width: 12px; height: 12px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow {
    image: url("%(down)s"); width: 12px; height: 12px;
}

QMenuBar { background: %(window)s; border-bottom: 1px solid %(line)s; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: %(rs)spx; }
QMenuBar::item:selected { background: %(hover)s; }
QMenu { background: %(raised)s; border: 1px solid %(line)s; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 8px; border-radius: %(rs)spx; }
QMenu::item:selected { background: %(selection)s; color: %(selection_text)s; }
QMenu::item:disabled { color: %(disabled)s; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }
QToolBar {
    background: %(window)s; border: none; border-bottom: 1px solid %(line)s; padding: 4px 8px;
    spacing: 4px; icon-size: 18px;
}
QToolBar::separator { width: 1px; background: %(line)s; margin: 4px; }
QStatusBar { background: %(window)s; border-top: 1px solid %(line)s; color: %(muted)s; }
QStatusBar::item { border: none; }

QAbstractItemView { border: none; outline: none; }
QTableView, QTreeView, QListView {
    background: %(surface)s; alternate-background-color: %(window)s; gridline-color: %(line)s;
    selection-background-color: %(selection)s; selection-color: %(selection_text)s;
}
QTreeView[pane="navigation"], QListView[pane="navigation"] { background: %(window)s; }
QListView::item, QTreeView::item { min-height: %(row)spx; padding: 0 6px; border-radius: %(rs)spx; }
QTableView::item { padding: 0 6px; }
QTreeView::item { border-radius: 0; }
QListView::item:hover, QTreeView::item:hover { background: %(hover)s; }
QListView::item:selected, QTreeView::item:selected { background: %(selection)s; color: %(selection_text)s; }
QHeaderView { background: %(surface)s; border: none; }
QHeaderView::section {
    background: %(surface)s; color: %(muted)s; border: none; border-bottom: 1px solid %(line)s;
    padding: 5px 8px; font-size: %(small)s; font-weight: 500;
}
QHeaderView::section:hover { background: %(hover)s; }
QHeaderView::down-arrow { image: url("%(down)s"); width: 12px; height: 12px; }
QHeaderView::up-arrow { image: url("%(up)s"); width: 12px; height: 12px; }

QTabWidget::pane { border: none; border-top: 1px solid %(line)s; }
QTabBar::tab {
    background: transparent; color: %(muted)s; padding: 6px 12px; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(text)s; border-bottom: 2px solid %(focus)s; }
QTabBar::tab:focus { color: %(text)s; background: %(hover)s; }

QSplitter::handle { background: %(line)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: %(focus)s; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(control_line)s; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: %(pressed)s; border: none; border-radius: 3px; max-height: 6px; color: transparent;
}
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
QGroupBox { border: 1px solid %(line)s; border-radius: %(r)spx; margin-top: 10px; padding-top: 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: %(muted)s; }
"""
