"""A text with the words marked that another version of it has not: underlined on a tinted ground, so that colour alone
says nothing. As tall as its words, up to a limit; then it scrolls.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from ui.tokens import GAP_S, Tone, colours

MOST_LINES = 12


class MarkedText(QTextEdit):
    """Shows one side. It can be selected and copied, not changed."""

    fitted = Signal()
    """It has another height."""

    def __init__(self, name: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._stretches: list[tuple[str, bool]] = []
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(GAP_S)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setAccessibleName(name)

    def show_text(self, stretches: Sequence[tuple[str, bool]]) -> None:
        """`(text, marked)` one after the other."""
        self._stretches = list(stretches)
        self._fill()

    def _fill(self) -> None:
        set_ = colours(self.palette())
        plain, mark = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(set_.color("text"))
        mark.setForeground(QColor(set_.tone(self._tone).text))
        mark.setBackground(QColor(set_.tone(self._tone).fill))
        mark.setFontUnderline(True)
        self.clear()
        cursor = QTextCursor(self.document())
        for words, is_marked in self._stretches:
            cursor.insertText(words, mark if is_marked else plain)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._stretches:
            QTimer.singleShot(0, self, self._fill)

    def sizeHint(self) -> QSize:
        return QSize(120, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height())

    def _height(self) -> int:
        most = self.fontMetrics().lineSpacing() * MOST_LINES + 2 * GAP_S
        return min(round(self.document().size().height()) + 2 * self.frameWidth() + 4, most)

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            scrolls = self.document().size().height() > self._height()
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
            self.fitted.emit()
