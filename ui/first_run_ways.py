"""The ways to begin, as the first window offers them: four buttons with an icon, a name and one sentence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

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


class ChoicePage(QWidget):
    """How do you want to begin?"""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_S, 0, 0)
        column.setSpacing(GAP_S)
        self.demo = Way(
            "factory",
            self.tr("Try with demo data"),
            self.tr("A made-up machinery manufacturer with 5,000 cases. Nothing leaves this PC."),
        )
        self.join = Way(
            "key",
            self.tr("Join with an invitation"),
            self.tr("Your administrator sent you a line of text: paste it."),
        )
        self.found = Way(
            "drive", self.tr("Found a new help desk"), self.tr("On a network folder that all colleagues can write to.")
        )
        self.alone = Way(
            "monitor", self.tr("Work on this PC only"), self.tr("A help desk of your own, without a network folder.")
        )
        for way in (self.demo, self.join, self.found, self.alone):
            column.addWidget(way)
        column.addStretch(1)

    def say_invited(self, name: str) -> None:
        """Somebody copied an invitation just now."""
        self.join.say(self.tr("An invitation for {name} is on the clipboard.").format(name=name))
        self.join.setFocus()
