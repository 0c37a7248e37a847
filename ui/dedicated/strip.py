"""The strip above a department: contact and until when away, acting, next, telephone, shift, targets. Always there.

Whoever stands in sees it in amber and reads it in words, with whose name stands beside his own on what he does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.texts import Texts
from app.work.department_words import FaceWords
from app.work.departments import Face
from ui import text
from ui.tokens import GAP_M, GAP_S, GAP_XS, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.pill import Pill
from ui.written import texts_now

LEAST = 800
"""Narrower the window is never asked to be high for."""
FACTS = ("contact", "acting", "next", "phone", "shift", "targets")


class Fact(QWidget):
    """A name in small letters over its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.value = PlainLabel("", "small"), PlainLabel("")
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.value)

    def show_as(self, name: str, value: str) -> None:
        """Show it; one without a value is not there."""
        self.name.setText(name)
        self.value.setText(value)
        self.value.setAccessibleName(f"{name}: {value}")
        self.setVisible(bool(value))


class DepartmentStrip(QFrame):
    """Above everything else of the mode."""

    def __init__(self, me: str, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me, self._zone = me, zone
        self._shown: Face | tuple[str, str | None] | None = None
        self.amber = False
        self.icon = IconLabel("departments", "accent")
        self.name = PlainLabel("", "large")
        self.role = Pill("", Tone.STAND_IN, "stand-in")
        self.words = ElidedLabel("")
        self.facts = {key: Fact() for key in FACTS}
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        for part in (self.icon, self.name, self.role):
            head.addWidget(part)
        head.addWidget(self.words, 1)
        holder = QWidget()
        flow = FlowLayout(holder, GAP_M * 2, GAP_XS)
        for fact in self.facts.values():
            flow.addWidget(fact)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._holder = holder
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        column.setSpacing(GAP_XS)
        column.addLayout(head)
        column.addWidget(holder)
        own = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        own.setHeightForWidth(True)
        self.setSizePolicy(own)
        self.role.hide()
        self.setAccessibleName(self.tr("Department"))

    def begin(self, name: str) -> None:
        """A department whose facts are on their way."""
        self._shown = None
        self._holder.hide()
        self.name.setText(name)
        self._stand_in("", None)

    def show_face(self, face: Face) -> None:
        """A department."""
        self._shown = face
        said = FaceWords(face, texts_now(), self._zone)
        values = {
            "contact": said.contact(), "acting": said.acting(), "next": said.following(), "phone": said.phone(),
            "shift": said.shift(), "targets": said.targets(),
        }  # fmt: skip
        names = texts_now()
        for key, fact in self.facts.items():
            fact.show_as(names(f"department.{key}"), values[key])
        self.facts["targets"].setToolTip(names("department.targets are"))
        self._holder.show()
        self.name.setText(face.name)
        instead = ""
        away = None
        if face.stands_in and face.now is not None:
            instead = face.names[face.now.cover.primary]
            away = face.now.away.to_day if face.now.away is not None else None
        self._stand_in(instead, away)

    def show_handed(self, name: str, until: str | None) -> None:
        """The cases of somebody who is away, whatever departments they are of."""
        self._shown = (name, until)
        self._holder.hide()
        self.name.setText(self.tr("Cases of {name}").format(name=name))
        self._stand_in(name, until)

    def show_nothing(self) -> None:
        """No department is mine."""
        self._shown = None
        self._holder.hide()
        self.name.setText(self.tr("No department is yours today"))
        self._stand_in("", None)

    def _stand_in(self, instead: str, until: str | None) -> None:
        self.amber = bool(instead)
        self.icon.show_as("stand-in" if self.amber else "departments", "stand_in" if self.amber else "accent")
        self.role.setVisible(self.amber)
        self.words.setVisible(self.amber)
        if self.amber:
            self.role.show_as(self.tr("stand-in"), Tone.STAND_IN, "stand-in")
            recorded = self.tr("what you do is recorded “{me} for {name}”").format(me=self._me, name=instead)
            if until:
                said = self.tr("You stand in for {name} until {day}; {recorded}")
                said = said.format(name=instead, day=text.day(until), recorded=recorded)
            else:
                said = self.tr("You stand in for {name}; {recorded}").format(name=instead, recorded=recorded)
            self.words.setText(said)
        self.setAccessibleName(", ".join(filter(None, (self.name.text(), self.words.text() if self.amber else ""))))
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As high as the facts need side by side: one below the other would push the foot of a small window away."""
        hint = super().minimumSizeHint()
        high = self.heightForWidth(max(self.width(), LEAST))
        return QSize(hint.width(), min(hint.height(), high) if high > 0 else hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            if isinstance(self._shown, Face):
                self.show_face(self._shown)
            elif isinstance(self._shown, tuple):
                self.show_handed(*self._shown)
            elif self.name.text():
                self.show_nothing()

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        tone = set_.tone(Tone.STAND_IN)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tone.fill if self.amber else set_.surface))
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(edge, QColor(tone.line if self.amber else set_.line))
        if self.amber:
            painter.fillRect(QRectF(0, 0, 4, self.height()), QColor(tone.text))
        painter.end()


def list_words(name: str, said: Texts) -> str:
    """A list of a department in the language that is on."""
    return said(f"department.list.{name}")
