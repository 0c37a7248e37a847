"""The ways to begin, as the first window offers them: buttons with an icon, a name and one sentence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from ui.icons import tinted
from ui.tokens import GAP_M, GAP_S, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel


class Way(QPushButton):
    """One way to begin: icon, name, one sentence."""

    def __init__(self, icon_name: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        # The default button is filled with the accent, which these words can't be read on.
        self.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, GAP_S, GAP_M + self.iconSize().width(), GAP_S)  # the arrow's place
        row.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(2)
        heading, told = PlainLabel(title, "strong"), PlainLabel(sentence, "muted")
        self._told = told
        words.addWidget(heading)
        words.addWidget(told)
        row.addWidget(IconLabel(icon_name, "accent", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for label in (heading, told):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        # A button asks only for its own text, which is empty here.
        wanted = self._row.sizeHint()
        return QSize(wanted.width(), wanted.height() + GAP_S)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def say(self, sentence: str) -> None:
        """Another sentence below the name."""
        self._told.setText(sentence)
        self.setAccessibleDescription(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = tinted(
            "chevron-right", colours(self.palette()).color("muted"), self.iconSize(), self.devicePixelRatioF()
        )
        painter.drawPixmap(
            self.width() - self.iconSize().width() - GAP_S, (self.height() - self.iconSize().height()) // 2, arrow
        )
        painter.end()
