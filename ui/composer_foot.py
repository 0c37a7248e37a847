"""The row under the composer: files, templates, articles, the stopwatch with its minutes, what they were for, Send."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSpinBox, QToolButton, QVBoxLayout, QWidget

from app.work.stopwatch import MOST_MINUTES
from db.rules import ACTIVITIES
from ui import case_words as words
from ui.icons import icon
from ui.tokens import GAP_XS
from ui.widgets.fields import roomy


class ComposerFoot(QWidget):
    """Fields and buttons; what they mean is the composer's business."""

    changed = Signal()
    minutes_typed = Signal(int)
    """A person changed the minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attach = _tool("paperclip")
        self.template = _tool("template")
        self.knowledge = _tool("knowledge")
        self.watch = _tool("clock")
        self.watch.setCheckable(True)
        self.watch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.minutes = roomy(QSpinBox())
        self.minutes.setRange(0, MOST_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.minutes.valueChanged.connect(self._minutes_changed)
        self.activity = QComboBox()
        self.activity.activated.connect(lambda _: self.changed.emit())
        self.send = QPushButton()
        self.send.setProperty("look", "primary")
        self.send.setEnabled(False)
        self._tools = [self.attach, self.template, self.knowledge, self.watch, self.minutes]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP_XS)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(GAP_XS)
            row.addStretch(1)
            rows.addLayout(row)
        for at, widget in enumerate((*self._tools, self.activity)):
            self._first.insertWidget(at, widget)
        self._first.addWidget(self.send)
        self._row = self._first

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of_tools(), super().minimumSizeHint().height())

    def _width_of_tools(self) -> int:
        shown = [one for one in (*self._tools, self.send) if not one.isHidden()]
        return sum(one.sizeHint().width() for one in shown) + GAP_XS * (len(shown) + 2)

    def _arrange(self) -> None:
        """In one row where that is wide enough; else what the time was for comes only with a time, in a row of its own
        with Send."""
        fits = self._width_of_tools() + self.activity.sizeHint().width() <= self.width()
        self.activity.setVisible(fits or self.minutes.value() > 0)
        row = self._first if fits or not self.minutes.value() else self._second
        if self._row is not row:
            self._row.removeWidget(self.activity)
            self._row.removeWidget(self.send)
            row.insertWidget(len(self._tools) if row is self._first else 0, self.activity)
            row.addWidget(self.send)
            self._row = row

    def in_tab_order(self) -> list[QWidget]:
        """What the Tab key goes through, after the text and who sees it."""
        return [self.watch, self.minutes, self.activity, self.attach, self.template, self.knowledge, self.send]

    def show_minutes(self, minutes: int) -> None:
        """The stopwatch says so; nobody typed it."""
        if minutes != self.minutes.value():
            self.minutes.blockSignals(True)
            self.minutes.setValue(minutes)
            self.minutes.blockSignals(False)
            self._arrange()

    def show_watch(self, runs: bool, said: str) -> None:
        """How long it has run, or that it stands."""
        self.watch.setChecked(runs)
        self.watch.setIcon(icon("clock", "accent" if runs else "text"))
        style = Qt.ToolButtonStyle
        self.watch.setToolButtonStyle(style.ToolButtonTextBesideIcon if runs else style.ToolButtonIconOnly)
        self.watch.setText(said if runs else "")
        self._arrange()
        self.watch.setAccessibleName(self.tr("Stop the stopwatch") if runs else self.tr("Start the stopwatch"))

    def _minutes_changed(self, minutes: int) -> None:
        self._arrange()
        self.minutes_typed.emit(minutes)
        self.changed.emit()

    def retranslate(self) -> None:
        """Say everything in the language that is on."""
        refill(self.activity, [(words.activity(name), name, "") for name in ACTIVITIES])
        if self.activity.currentIndex() < 0:
            self.activity.setCurrentIndex(self.activity.findData("other"))
        self.activity.setAccessibleName(self.tr("What the time was spent on"))
        self.minutes.setSpecialValueText(self.tr("no time"))
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes spent"))
        self.minutes.setToolTip(
            self.tr("Minutes spent; 0 books no time. What the stopwatch says can be corrected here")
        )
        self.watch.setToolTip(self.tr("Stopwatch: runs for this case until it is stopped or sent"))
        self.attach.setToolTip(self.tr("Attach files; pictures can be pasted, files dropped here"))
        self.attach.setAccessibleName(self.tr("Attach files"))
        self.template.setToolTip(self.tr("Insert a template; or type its short word after a slash, then Tab"))
        self.template.setAccessibleName(self.tr("Insert a template"))
        self.knowledge.setToolTip(self.tr("Insert from knowledge"))
        self.knowledge.setAccessibleName(self.tr("Insert from knowledge"))
        self.send.setText(self.tr("Send"))
        self.send.setToolTip(self.tr("Ctrl+Enter"))


def _tool(drawing: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(drawing))
    return button


def refill(box: QComboBox, entries: Sequence[tuple[str, str, str]]) -> None:
    """(words, value, icon or "") of each; what is chosen stays chosen."""
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for said, value, drawing in entries:
        if drawing:
            box.addItem(icon(drawing), said, value)
        else:
            box.addItem(said, value)
    if kept is not None:
        box.setCurrentIndex(box.findData(kept))
    box.blockSignals(False)
