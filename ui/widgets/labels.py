"""Labels for text that people typed.

A QLabel or a tool tip guesses whether its text is HTML, and HTML may name pictures on a network drive that Qt
would then load. Case data therefore goes into these labels only: always plain text.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from ui.tokens import colours


def plain_tool_tip(text: str) -> str:
    """`text` for setToolTip, shown letter by letter and wrapped; empty stays empty."""
    if not text:
        return ""
    return f'<p style="white-space: pre-wrap; margin: 0">{escape(text)}</p>'


class PlainLabel(QLabel):
    """A QLabel that never takes its text for HTML. `role` is a textRole of the style sheet ("muted")."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("textRole", role)
        self.setText(text)


class ElidedLabel(QFrame):
    """One line of plain text that ends in an ellipsis where room is short; the tool tip has it all."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        role: str = "text",
        *,
        whole: bool = False,
    ) -> None:
        """`role` is a colour of ui.tokens ("muted", "danger"). `whole`: nothing is shown rather than a part, where the
        words only say again what stands beside them."""
        super().__init__(parent)
        self._text = text
        self._mode = mode
        self._role = role
        self._whole = whole
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._update_tool_tip()
        self.setAccessibleName(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text; line breaks become spaces."""
        text = " ".join(text.split())
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self._update_tool_tip()
        self.updateGeometry()
        self.update()

    def setRole(self, role: str) -> None:
        """Show it in another colour of ui.tokens."""
        self._role = role
        self.update()

    def is_elided(self) -> bool:
        """Whether part of the text is hidden at the present width."""
        return self.fontMetrics().horizontalAdvance(self._text) > self.contentsRect().width()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        margins = self.contentsMargins()
        width = metrics.horizontalAdvance(self._text) + 1 + margins.left() + margins.right()
        return QSize(width, metrics.height() + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        few = self.fontMetrics().horizontalAdvance("mm…")
        return QSize(min(few, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._update_tool_tip()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._update_tool_tip()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        role = self._role if self.isEnabled() else "disabled"
        painter.setPen(colours(self.palette()).color(role))
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self._text, self._mode, area.width())
        if self._whole and shown != self._text:
            shown = ""
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(alignment | Qt.TextFlag.TextSingleLine), shown)
        painter.end()

    def _update_tool_tip(self) -> None:
        self.setToolTip(plain_tool_tip(self._text) if self.is_elided() else "")
