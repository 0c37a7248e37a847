"""Blocks that give a page its order: section header, empty state, dividing line, busy line, key caps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, ICON_L, RADIUS_S, SCALE_SMALL, Tone, colours
from ui.widgets.labels import PlainLabel

EMPTY_TEXT_WIDTH_IN_CHARACTERS = 44
BUSY_FRAME_MS = 33
BUSY_ROUND_FRAMES = 48


class IconLabel(QWidget):
    """A tinted icon on its own; it has a name for screen readers or is decoration ("")."""

    def __init__(
        self,
        name: str,
        tone: Tone | str = "muted",
        side: int = 16,
        says: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._side = name, tone, side
        self.setFixedSize(side, side)
        self.setAccessibleName(says)

    def show_as(self, name: str, tone: Tone | str, says: str = "") -> None:
        """Show another drawing."""
        self._name, self._tone = name, tone
        self.setAccessibleName(says)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = colours(self.palette()).color(self._tone)
        pixmap = tinted(self._name, colour, QSize(self._side, self._side), self.devicePixelRatioF())
        painter.drawPixmap(0, 0, pixmap)
        painter.end()


class SectionHeader(QWidget):
    """The heading of a part of a page, a count beside it, and room for a control at its right end."""

    def __init__(self, text: str, count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, GAP_S, 0, GAP_XS)
        self._row.setSpacing(GAP_S)
        self._heading = PlainLabel(text, "strong")
        self._count = PlainLabel(count, "muted")
        self._row.addWidget(self._heading)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()

    def set_text(self, text: str, count: str = "") -> None:
        """Show another heading and count."""
        self._heading.setText(text)
        self._count.setText(count)
        self._name()

    def add_control(self, control: QWidget) -> None:
        """Put a control at the right end."""
        self._row.addWidget(control)

    def _name(self) -> None:
        self.setAccessibleName(f"{self._heading.text()} {self._count.text()}".strip())


class EmptyState(QWidget):
    """What an empty list shows instead of nothing: a picture, what it means, what to do next."""

    asked = Signal()
    """The button was pressed."""

    def __init__(
        self, icon_name: str, headline: str, sentence: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_XS)
        column.addStretch(1)
        self._icon = IconLabel(icon_name, "muted", ICON_L)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(GAP_S)
        self._headline = PlainLabel("", "large")
        self._sentence = PlainLabel("", "muted")
        for label in (self._headline, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(GAP_M)
        self._button = QPushButton()
        self._button.setProperty("look", "primary")
        self._button.clicked.connect(self.asked)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.show_as(icon_name, headline, sentence, button)

    def show_as(self, icon_name: str, headline: str, sentence: str, button: str = "") -> None:
        """Say something else; without words the button is hidden."""
        self._icon.show_as(icon_name, "muted")
        self._headline.setText(headline)
        self._sentence.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance("n") * EMPTY_TEXT_WIDTH_IN_CHARACTERS + 2 * GAP_L
        return QSize(width, max(super().sizeHint().height(), self.heightForWidth(width)))


class Divider(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours(self.palette()).color("line"))
        painter.end()


class BusyLine(QWidget):
    """A thin moving line while something is under way. Its timer runs only while it moves and is visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = 0
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(BUSY_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self.setFixedHeight(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def is_busy(self) -> bool:
        """Whether it moves."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Begin or stop. The line keeps its room, so nothing jumps."""
        self._busy = busy
        self._frame = 0
        self._name()
        self._run()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self._run()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._busy:
            return
        painter = QPainter(self)
        width = self.width()
        part = max(48.0, width / 4)
        left = -part + (width + part) * (self._frame / BUSY_ROUND_FRAMES)
        painter.fillRect(QRectF(left, 0, part, self.height()), colours(self.palette()).color("focus"))
        painter.end()

    def _run(self) -> None:
        if self._busy and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _step(self) -> None:
        self._frame = (self._frame + 1) % (BUSY_ROUND_FRAMES + 1)
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Working") if self._busy else "")


class KeyCaps(QLabel):
    """A shortcut as on the keys, already in the words of the platform ("Ctrl+K")."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(keys)
        self.setFont(scaled(self.font(), SCALE_SMALL))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(6, 2, 6, 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(set_.line))
        painter.setBrush(QColor(set_.hover))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_S, RADIUS_S)
        painter.setPen(QColor(set_.muted))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
