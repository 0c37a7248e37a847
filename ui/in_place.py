"""Text that is edited where it stands, and what happens when somebody else changes it at the same time.

A field remembers the value the edit began with. News that arrives while somebody types never touches what is typed;
if it differs from that first value, leaving the field does not overwrite it silently: both values are shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.tokens import GAP_S, GAP_XS, RADIUS_M, SCALE_LARGE, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel


class InPlaceText(QPlainTextEdit):
    """One paragraph that looks like a label until it is entered. Enter or leaving it keeps, Escape gives back."""

    kept = Signal(str)
    """The new text, when it differs from what it began with and nobody else changed it."""
    clashed = Signal(str, str)
    """(mine, theirs): both differ from what the edit began with."""
    done = Signal()
    """Enter or Escape: the focus may go on."""

    def __init__(self, name: str, *, large: bool = False, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = ""
        self._theirs = ""
        self._large, self._most = large, lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(3)
        self.document().clearUndoRedoStacks()  # a margin is nothing that anybody typed
        self.setStyleSheet(
            "InPlaceText { border: 1px solid transparent; background: transparent; }"
            "InPlaceText:hover { border: 1px solid palette(mid); }"
            "InPlaceText:focus { border: 1px solid palette(accent); background: palette(base); }"
        )
        if large:
            self.setFont(scaled(self.font(), SCALE_LARGE, self.font().Weight.DemiBold))
        self.setAccessibleName(name)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    @property
    def is_edited(self) -> bool:
        """Whether it holds something that is not kept yet."""
        return self.hasFocus() and self.text() != self._base

    @property
    def base(self) -> str:
        """The value the edit began with."""
        return self._base

    def text(self) -> str:
        """What stands in it, as one line."""
        return " ".join(self.toPlainText().split())

    def set_value(self, value: str) -> None:
        """The value as it is now. What is being typed stays."""
        self._theirs = value
        if self.is_edited:
            return
        self._base = value
        if self.toPlainText() != value:
            self.setPlainText(value)

    def discard(self) -> None:
        """Give back the newest value."""
        self._base = self._theirs
        self.setPlainText(self._base)

    def keep(self) -> None:
        """Offer what is typed: as a change, or as a clash."""
        mine = self.text()
        if mine == self._base:
            self.discard()
        elif self._theirs not in (self._base, mine):
            theirs = self._theirs
            self.discard()
            self.clashed.emit(mine, theirs)
        else:
            self._base = self._theirs = mine
            self.kept.emit(mine)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.discard()
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.keep()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange and self._large:
            self.setFont(scaled(self.window().font(), SCALE_LARGE, self.font().Weight.DemiBold))
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Another width may take fewer lines; the document tells its size only when it grows.
        QTimer.singleShot(0, self, self._fit)

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height())

    def _height(self) -> int:
        lines = min(max(1, round(self.document().size().height())), self._most)
        return round(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin() + 4)

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())


class ClashStrip(QFrame):
    """Both values of something two people changed, to choose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose: Callable[[str], object] | None = None
        self._mine = ""
        self._headline = PlainLabel("", "strong")
        self._headline.setWordWrap(True)
        self._theirs_text, self._mine_text = PlainLabel(), PlainLabel()
        self._theirs_label, self._mine_label = PlainLabel("", "small"), PlainLabel("", "small")
        for label in (self._theirs_text, self._mine_text):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._keep_theirs, self._keep_mine = QPushButton(), QPushButton()
        self._keep_theirs.clicked.connect(self.hide)
        self._keep_mine.clicked.connect(self._take_mine)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S + 2, GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_XS)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(IconLabel("sync-conflict", Tone.WARNING))
        head.addWidget(self._headline, 1)
        column.addLayout(head)
        for label, value, button in (
            (self._theirs_label, self._theirs_text, self._keep_theirs),
            (self._mine_label, self._mine_text, self._keep_mine),
        ):
            row = QHBoxLayout()
            row.setSpacing(GAP_S)
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(label)
            both.addWidget(value)
            row.addLayout(both, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            column.addLayout(row)
        self._retranslate()
        self.hide()

    def ask(self, what: str, mine: str, theirs: str, choose: Callable[[str], object]) -> None:
        """Show both values of `what`; `choose(mine)` is called if mine shall stand. Theirs stands already."""
        self._mine, self._choose = mine, choose
        self._what = what
        self._theirs_text.setText(theirs or "–")
        self._mine_text.setText(mine or "–")
        self._retranslate()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colours(self.palette()).tone(Tone.WARNING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_M, RADIUS_M)
        painter.end()

    def _take_mine(self) -> None:
        self.hide()
        if self._choose is not None:
            self._choose(self._mine)

    _what = ""

    def _retranslate(self) -> None:
        self._headline.setText(
            self.tr("{what} was changed by somebody else while you were writing.").format(what=self._what)
        )
        self._theirs_label.setText(self.tr("Theirs, in force now"))
        self._mine_label.setText(self.tr("Yours"))
        self._keep_theirs.setText(self.tr("Leave theirs"))
        self._keep_mine.setText(self.tr("Use mine"))
        self.setAccessibleName(self._headline.text())
