"""Sheets: what a verb asks before it is done, in the composer's place so that the timeline can be read meanwhile.

A sheet belongs to one case and keeps what is typed while somebody looks at other cases; Escape puts it away, and its
words are there again next time, also after a crash. Ctrl+Enter carries it out; it closes when the database has it,
and stays, with everything in it, when the verb was refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import times
from app.work.present import CaseView
from app.work.stopwatch import MOST_MINUTES
from db.rules import ACTIVITIES, WAITING_ON
from ui import case_words as words
from ui.icons import icon
from ui.next_step import WhenButton
from ui.note_edit import NoteEdit
from ui.pickers import PickField, find_named
from ui.services import Services
from ui.spelling import SpellCheck
from ui.tokens import GAP_M, GAP_S, GAP_XS, RADIUS_M, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.fields import roomy
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.directory import Kind

BURST_MS: Final = 300


class Sheet(QFrame):
    """Title, fields, one button. Subclasses add fields in `build` and say what happens in `verb`."""

    finished = Signal()
    """Carried out, or put away."""
    goes_on = Signal(object)
    """Carried out, and the same case asks for another sheet: its class. Comes after `finished`."""
    typed = Signal()
    """Other words stand in its fields."""

    drawing = "case"

    def __init__(self, services: Services, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.view = services, view
        self.case_id = view.id
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        self._column.setSpacing(GAP_XS + 2)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        self._title = PlainLabel("", "strong")
        head.addWidget(IconLabel(self.drawing, "accent"))
        head.addWidget(self._title, 1)
        self._column.addLayout(head)
        self._first: QWidget | None = None
        self._texts: list[NoteEdit | QLineEdit] = []
        self._journal = QTimer(self)
        self._journal.setSingleShot(True)
        self._journal.setInterval(BURST_MS)
        self._journal.timeout.connect(self._keep)
        self.go = QPushButton()
        self.go.setProperty("look", "primary")
        self.go.setToolTip(self.tr("Ctrl+Enter"))
        self.go.clicked.connect(self.submit)
        self._cancel = QPushButton(self.tr("Not now"))
        self._cancel.setProperty("look", "quiet")
        self._cancel.clicked.connect(self.put_away)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(GAP_S)
        self.build()
        self.foot.addStretch(1)
        self.foot.addWidget(self._cancel)
        self.foot.addWidget(self.go)
        self._column.addLayout(self.foot)
        self._began = self._written()
        for field in self._texts:
            field.textChanged.connect(self._keep_soon)
            field.textChanged.connect(self.typed)
        self.look()
        self.services.lanes.read.submit(self.services.desk.drafts.read, self.key, done=self._restore)

    # -- what is typed is kept ----------------------------------------------------------------------------------------
    @property
    def key(self) -> str:
        """Under which key the unsent words of this sheet are kept."""
        return f"{type(self).__name__}:{self.case_id.hex()}"

    def _written(self) -> list[str]:
        return [field.toPlainText() if isinstance(field, NoteEdit) else field.text() for field in self._texts]

    @property
    def words(self) -> str:
        """What is written in its fields."""
        return " ".join(self._written()).strip()

    def _keep_soon(self) -> None:
        if not self._journal.isActive():
            self._journal.start()

    def _keep(self) -> None:
        self._journal.stop()
        written = self._written()
        self.services.keep_draft(self.key, "" if written == self._began else json.dumps(written, ensure_ascii=False))

    def _restore(self, draft: str) -> None:
        """What was kept stands there again; before what was put in meanwhile, so that neither is lost."""
        if not draft:
            return
        for field, began, kept in zip(self._texts, self._began, json.loads(draft), strict=False):
            if isinstance(field, NoteEdit):
                now = field.toPlainText()
                field.setPlainText(kept if now in (began, kept) else f"{kept}\n{now}".strip())
            elif field.text() == began:
                field.setText(kept)

    def put_away(self) -> None:
        """Escape: the sheet goes, its words are kept for the next time."""
        self._keep()
        self.finished.emit()

    def _done(self, result: object) -> None:
        """It is carried out, with this result."""
        self._carried_out()

    def _carried_out(self) -> None:
        self._journal.stop()
        self.services.keep_draft(self.key, "")
        self.finished.emit()

    # -- for subclasses -----------------------------------------------------------------------------------------------
    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def verb(self) -> Callable[[Desk], object] | None:
        """What happens; None while something is missing."""
        raise NotImplementedError

    def said(self) -> str:
        """How it is told when it is done."""
        raise NotImplementedError

    def name(self, title: str, button: str) -> None:
        """What the sheet does and what its button says."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.go.setText(button)

    def add(self, field: QWidget, label: str = "") -> None:
        """Add a field beneath the others; its name is said above it."""
        if label:
            caption = PlainLabel(label, "small")
            caption.setBuddy(field)
            self._column.addWidget(caption)
            field.setAccessibleName(label)
        if isinstance(field, NoteEdit) or type(field) is QLineEdit:
            self._texts.append(field)
        self._column.addWidget(field)
        self._first = self._first or field

    def add_row(self, *fields: QWidget) -> None:
        """Add several fields side by side; the first takes the room."""
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        for position, field in enumerate(fields):
            row.addWidget(field, 0 if position else 1)
        self._column.addLayout(row)
        self._first = self._first or fields[0]

    def long_text(self, label: str, placeholder: str = "", lines: int = 2) -> NoteEdit:
        """Add a field for some sentences."""
        field = NoteEdit()
        field.set_lines(lines)
        field.setPlaceholderText(placeholder)
        field.textChanged.connect(self.look)
        field.send_wanted.connect(self.submit)
        field.left.connect(self.put_away)
        SpellCheck(self.services, field, self.services.desk.context.language)
        self.add(field, label)
        return field

    def pick(self, label: str, *kinds: Kind) -> PickField:
        """A field for an analyst, a queue and the like; not yet added."""
        field = PickField(self.services.lanes, partial(find_named, self.services.desk, kinds), label)
        field.picked.connect(lambda _: self.look())
        return field

    def look(self) -> None:
        """Enable the button when everything is there."""
        self.go.setEnabled(self.verb() is not None)

    # -- for the editor -----------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Put the cursor where one begins."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> None:
        """Carry it out."""
        verb = self.verb()
        if verb is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        # What was written before comes before it.
        self.services.sending.send_now(self.case_id)
        self.services.run(verb, done=self._done, failed=lambda _: self.look(), said=self.said(), owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.submit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(set_.control_line), 1))
        painter.setBrush(QColor(set_.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_M, RADIUS_M)
        painter.end()


class HandOverSheet(Sheet):
    """To an analyst or a queue; who speaks with the department stays unless told."""

    drawing = "hand-over"

    def build(self) -> None:
        self.name(self.tr("Hand over"), self.tr("Hand over"))
        self.to = self.pick(self.tr("To whom: an analyst or a queue"), "analyst", "queue")
        self.add(self.to)
        self.step = QLineEdit(self.view.row["next_step"] or "")
        self.step.setPlaceholderText(self.tr("Next step"))
        self.add(self.step)
        self.step.setAccessibleName(self.tr("Next step"))
        self.reason = self.long_text("", self.tr("What they should know (internal)"))
        self.reason.setAccessibleName(self.tr("What they should know (internal)"))
        self.contact = QCheckBox(self.tr("The contact changes, too"))
        self.contact.setToolTip(self.tr("They also speak with the requester from now on"))
        self.foot.addWidget(self.contact)

    def verb(self) -> Callable[[Desk], object] | None:
        to = self.to.value()
        if to is None:
            return None
        analyst, queue = (to.id, None) if to.kind == "analyst" else (None, to.id)
        keep = not self.contact.isChecked()
        step, reason = self.step.text().strip() or None, self.reason.toPlainText().strip() or None
        return lambda desk: desk.cases.hand(
            self.case_id, to_analyst=analyst, to_queue=queue, keep_contact=keep, next_step=step, reason=reason
        )

    def said(self) -> str:
        to = self.to.value()
        return self.tr("Handed over to {name}").format(name=to.text if to else "")


class WaitSheet(Sheet):
    """On whom, for what, and when to look again."""

    drawing = "waiting"

    def build(self) -> None:
        self.name(self.tr("Wait for…"), self.tr("Wait"))
        self.on = QComboBox()
        for value in WAITING_ON:
            self.on.addItem(words.waiting_on(value), value)
        self.on.setAccessibleName(self.tr("What for"))
        self.until = WhenButton(self.services)
        self.until.set_value(None, self.services.now())
        self.add_row(self.on, PlainLabel(self.tr("Look again:"), "muted"), self.until)
        self.step = QLineEdit()
        self.step.setPlaceholderText(self.tr("What happens when they answer, or if they don't?"))
        self.add(self.step)
        self.step.setAccessibleName(self.tr("Next step"))
        self.step.textChanged.connect(self.look)

    def verb(self) -> Callable[[Desk], object] | None:
        on, step, until = self.on.currentData(), self.step.text().strip(), self.until.value()
        if not step and not self.view.row["next_step"]:
            return None
        return lambda desk: desk.cases.wait(self.case_id, on, next_step=step or None, until=until)

    def said(self) -> str:
        return words.waiting_on(self.on.currentData())


class ReasonSheet(Sheet):
    """Verbs that want to know why, and nothing else."""

    def ask_why(self, title: str, label: str) -> None:
        """Add the one field."""
        self.name(title, title)
        self.why = self.long_text(label)

    def do(self, desk: Desk, why: str) -> object:
        """Carry it out."""
        raise NotImplementedError

    def verb(self) -> Callable[[Desk], object] | None:
        why = self.why.toPlainText().strip()
        return (lambda desk: self.do(desk, why)) if why else None


class ReopenSheet(ReasonSheet):
    """It is not solved after all."""

    drawing = "reopen"

    def build(self) -> None:
        self.ask_why(self.tr("Reopen"), self.tr("Why it is not solved after all"))

    def do(self, desk: Desk, why: str) -> object:
        return desk.cases.reopen(self.case_id, why)

    def said(self) -> str:
        return self.tr("Reopened")


class CancelSheet(ReasonSheet):
    """It was no case."""

    drawing = "x"

    def build(self) -> None:
        self.ask_why(self.tr("Cancel the case"), self.tr("Why it was no case"))

    def do(self, desk: Desk, why: str) -> object:
        return desk.cases.cancel(self.case_id, why)

    def said(self) -> str:
        return self.tr("Cancelled")


class TimeFields(QWidget):
    """Minutes and what they were spent on."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, MOST_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.minutes.setSpecialValueText(self.tr("no time"))
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes spent"))
        self.minutes.valueChanged.connect(self.changed)
        self.activity = QComboBox()
        for value in ACTIVITIES:
            self.activity.addItem(words.activity(value), value)
        self.activity.setCurrentIndex(self.activity.findData("other"))
        self.activity.setAccessibleName(self.tr("What the time was spent on"))
        row.addWidget(self.minutes)
        row.addWidget(self.activity)
        self.setFocusProxy(self.minutes)


class TimeSheet(Sheet):
    """Book time that was not booked with a note."""

    drawing = "clock-add"

    def build(self) -> None:
        self.name(self.tr("Log time"), self.tr("Book"))
        self.time = TimeFields()
        self.time.changed.connect(self.look)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("What was done (optional)"))
        self.note.setAccessibleName(self.tr("What was done (optional)"))
        now = times.local_date(self.services.now(), self.services.zone)
        today = QDate(now.year, now.month, now.day)
        self.day = roomy(QDateEdit(today))
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(today)
        self.day.setAccessibleName(self.tr("On which day the work was done"))
        self.day.setToolTip(self.tr("On which day the work was done"))
        self.add_row(self.time, self.day)
        self.add(self.note)
        self.go.setIcon(icon("clock-add", "on_accent"))

    def verb(self) -> Callable[[Desk], object] | None:
        minutes, activity = self.time.minutes.value(), self.time.activity.currentData()
        note = self.note.text().strip() or None
        if not minutes:
            return None
        day = self.day.date().toString("yyyy-MM-dd")
        return lambda desk: desk.cases.time(self.case_id, minutes, activity=activity, note=note, work_date=day)

    def said(self) -> str:
        return self.tr("Time booked")
