"""The dialogs of coverage: being away, until when, an agreement, giving a department for good, taking one over.

Each asks for what a verb needs; what would be wrong is shown before it is saved, and each proposal is a button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.work.coverage import Spell
from app.work.coverage_checks import Finding
from db.ids import new_id
from ui.coverage.findings import FindingList
from ui.coverage.proposals import carry_out, may_carry_out
from ui.coverage.reading import Shown
from ui.coverage.words import kind_words
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.directory import Kind
    from app.reading import ReadingDesk

LOOK_MS: Final = 250


def day_field(day: str, name: str) -> QDateEdit:
    """A day to type or choose. `day`: ISO."""
    given = date.fromisoformat(day)
    field = QDateEdit(QDate(given.year, given.month, given.day))
    field.setCalendarPopup(True)
    # Two figures of a year read as a day.
    shape = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    field.setDisplayFormat(shape if "yyyy" in shape else shape.replace("yy", "yyyy"))
    field.setAccessibleName(name)
    return field


def day_of(field: QDateEdit) -> str:
    """What it says (ISO)."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day()).isoformat()


class FormDialog(QDialog):
    """Heading, form, two buttons. Subclasses add fields and say what happens."""

    def __init__(self, services: Services, heading: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        self.column.setSpacing(GAP_M)
        self.heading = PlainLabel(heading, "large")
        self.column.addWidget(self.heading)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setVerticalSpacing(GAP_S)
        self.form.setHorizontalSpacing(GAP_M)
        self.column.addLayout(self.form)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(button)
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(lambda _checked=False: self.submit())
        self.buttons.rejected.connect(self.reject)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 84)

    def end(self) -> None:
        """All fields are there."""
        self.column.addWidget(self.buttons)

    def row(self, label: str, field: QWidget) -> None:
        """Add a field; its label is its name."""
        caption = PlainLabel(label)
        caption.setBuddy(field)
        field.setAccessibleName(label)
        self.form.addRow(caption, field)

    def pick(self, label: str, *kinds: Kind) -> PickField:
        """A field for an analyst or a queue."""
        field = PickField(self.services.lanes, partial(find_named, self.services.desk, kinds), label)
        self.row(label, field)
        return field

    def submit(self) -> None:
        """Carry it out."""
        raise NotImplementedError

    def carry_out(self, verb: Callable[[Desk], object], said: str) -> None:
        """Run it; the dialog closes when the database has it and stays when it was refused."""
        self.go.setEnabled(False)
        self.services.run(
            verb, said=said, owner=self, done=lambda _result: self.accept(),
            failed=lambda _error: self.go.setEnabled(True),
        )  # fmt: skip


class AbsenceDialog(FormDialog):
    """A vacation or another planned absence, mine or somebody's; or other days for one that is known."""

    def __init__(
        self, services: Services, shown: Shown, parent: QWidget | None = None, *, who: bytes | None = None,
        spell: Spell | None = None,
    ) -> None:  # fmt: skip
        super().__init__(services, "", "", parent)
        self._shown, self._spell = shown, spell
        self._id = spell.id if spell is not None else new_id()
        heading = self.tr("Plan an absence") if spell is None else self.tr("Other days")
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.who = self.pick(self.tr("Who"), "analyst")
        chosen = spell.analyst if spell is not None else who or shown.me
        self.who.set_value(Choice("analyst", chosen, shown.name(chosen)))
        self.who.setEnabled(shown.boss and spell is None)
        self.kind = QComboBox()
        for kind in ("vacation", "training", "other", "sickness"):
            self.kind.addItem(kind_words(kind), kind)
        if spell is not None:
            self.kind.setCurrentIndex(max(0, self.kind.findData(spell.kind)))
            self.kind.setEnabled(False)
        self.row(self.tr("What for"), self.kind)
        tomorrow = (date.fromisoformat(shown.today) + timedelta(days=1)).isoformat()
        self.first = day_field(spell.from_day if spell is not None else tomorrow, "")
        self.last = day_field((spell.to_day or spell.from_day) if spell is not None else tomorrow, "")
        self.open_end = QCheckBox(self.tr("nobody knows yet"))
        self.open_end.setChecked(spell is not None and spell.to_day is None)
        ends = QWidget()
        line = QHBoxLayout(ends)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_M)
        line.addWidget(self.last)
        line.addWidget(self.open_end)
        line.addStretch(1)
        self.row(self.tr("First day"), self.first)
        self.row(self.tr("Last day"), ends)
        self.last.setAccessibleName(self.tr("Last day"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("optional"))
        if spell is None:
            self.row(self.tr("Note"), self.note)
        self._state = PlainLabel("", "strong")
        self._state.setWordWrap(True)
        self.found = FindingList(lambda finding: self._may(finding))
        self.found.wanted.connect(self._propose)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.found)
        area.setMinimumHeight(self.fontMetrics().height() * 9)
        self.column.addWidget(self._state)
        self.column.addWidget(area, 1)
        self.end()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self.look)
        self.first.dateChanged.connect(lambda _day: self._dates())
        self.last.dateChanged.connect(lambda _day: self._soon.start())
        self.open_end.toggled.connect(self.last.setDisabled)
        self.open_end.toggled.connect(lambda _on: self._soon.start())
        self.kind.currentIndexChanged.connect(lambda _row: self._soon.start())
        self.who.picked.connect(lambda _choice: self._soon.start())
        self.last.setEnabled(not self.open_end.isChecked())
        services.bell.changed.connect(self._changed)
        self.go.setText(self.tr("Save"))
        self.first.setFocus()
        self.look()

    def spell(self) -> Spell | None:
        """As the fields say it; None while that is no absence."""
        who, first = self.who.value(), day_of(self.first)
        last = None if self.open_end.isChecked() else day_of(self.last)
        if who is None or (last is not None and last < first):
            return None
        return Spell(self._id, who.id, first, last, str(self.kind.currentData()), self._shown.me)

    def look(self) -> None:
        """What would be wrong with it?"""
        self._soon.stop()
        spell = self.spell()
        self.go.setEnabled(spell is not None)
        if spell is None:
            self.found.show_findings([], self._shown)
            self._state.setText(self.tr("It ends on its first day or later."))
            return
        self.services.lanes.read.submit(
            self.services.desk.coverings.look, spell, done=self._show, failed=self.services.show_error, owner=self,
            key=("look", id(self)),
        )  # fmt: skip

    def _changed(self, changes: object) -> None:
        if getattr(changes, "concern_tables", lambda *_tables: False)("coverage", "absence"):
            self._soon.start()

    def _dates(self) -> None:
        if self.last.date() < self.first.date():
            self.last.setDate(self.first.date())
        self._soon.start()

    def _show(self, found: list[Finding]) -> None:
        self.found.show_findings(found, self._shown)
        red = sum(one.level == "red" for one in found)
        if not found:
            self._state.setText(self.tr("Nothing speaks against it: every department has somebody."))
        elif red:
            self._state.setText(self.tr("%n department(s) would have nobody.", "", red))
        else:
            self._state.setText(self.tr("%n thing(s) to know before you save:", "", len(found)))
        self.go.setText(self.tr("Save anyway") if red else self.tr("Save"))

    def _may(self, finding: Finding) -> bool:
        return finding.proposal is not None and (
            finding.proposal.what == "dates" or may_carry_out(finding, self._shown)
        )

    def _propose(self, finding: Finding) -> None:
        wanted = finding.proposal
        assert wanted is not None
        if wanted.what == "dates":
            for field, day in ((self.first, wanted.first), (self.last, wanted.last)):
                given = date.fromisoformat(day)
                field.setDate(QDate(given.year, given.month, given.day))
            return
        carry_out(self.services, self._shown, finding, self)

    def submit(self) -> None:
        spell = self.spell()
        if spell is None:
            return
        note = self.note.text().strip()
        if self._spell is not None:
            self.carry_out(lambda desk: desk.absences.move(spell.id, spell.from_day, spell.to_day), self.tr("Moved"))
        else:
            self.carry_out(
                lambda desk: desk.absences.plan(
                    spell.from_day, spell.to_day, kind=spell.kind, analyst=spell.analyst, note=note
                ),
                self.tr("The absence is entered"),
            )


class DayDialog(FormDialog):
    """One day, for one verb."""

    def __init__(
        self, services: Services, heading: str, label: str, day: str, button: str,
        verb: Callable[[Desk, str], object], said: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(services, heading, button, parent)
        self._verb, self._said = verb, said
        self.day = day_field(day, label)
        self.row(label, self.day)
        self.end()
        self.day.setFocus()

    def submit(self) -> None:
        day = day_of(self.day)
        self.carry_out(lambda desk: self._verb(desk, day), self._said)


class StillAwayDialog(FormDialog):
    """An absence without an end goes on: until when, or nobody knows yet."""

    def __init__(self, services: Services, shown: Shown, spell: Spell, parent: QWidget | None = None) -> None:
        super().__init__(services, "", "", parent)
        heading = self.tr("Is {who} still away?").format(who=shown.name(spell.analyst))
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self._spell = spell
        self.last = day_field(max(shown.today, spell.from_day), self.tr("Until and including"))
        self.open_end = QCheckBox(self.tr("nobody knows yet; ask again tomorrow"))
        self.open_end.setChecked(True)
        self.last.setEnabled(False)
        self.open_end.toggled.connect(lambda on: self.last.setEnabled(not on))
        self.row(self.tr("Until and including"), self.last)
        self.form.addRow("", self.open_end)
        self.go.setText(self.tr("Still away"))
        self.end()
        self.open_end.setFocus()

    def submit(self) -> None:
        last = None if self.open_end.isChecked() else day_of(self.last)
        self.carry_out(lambda desk: desk.absences.goes_on(self._spell.id, last), self.tr("It goes on"))


class TakeOverDialog(FormDialog):
    """A department that was given to me for good: its dossier to read, and the word that I have it."""

    def __init__(self, services: Services, shown: Shown, cover_id: bytes, parent: QWidget | None = None) -> None:
        super().__init__(services, "", "", parent)
        cover = shown.cover(cover_id)
        department = shown.name(cover.department) if cover else ""
        former = shown.name(cover.predecessor) if cover else ""
        heading = self.tr("Take over {department}").format(department=department)
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self._cover = cover_id
        said = PlainLabel(
            self.tr(
                "Read the dossier and ask {former} what is not in it. With your word the open cases that {former} "
                "speaks for are yours, and {former} is your first stand-in."
            ).format(former=former or self.tr("whoever had it"))
        )
        said.setWordWrap(True)
        self.column.addWidget(said)
        self.dossier = PlainLabel("")
        self.dossier.setWordWrap(True)
        self.dossier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dossier.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.dossier)
        area.setMinimumHeight(self.fontMetrics().height() * 12)
        area.setAccessibleName(self.tr("Dossier"))
        self.column.addWidget(area, 1)
        self.read = QCheckBox(self.tr("I have read the dossier and know what {former} knows").format(former=former))
        self.read.toggled.connect(self.go.setEnabled)
        self.go.setEnabled(False)
        self.go.setText(self.tr("It is mine"))
        self.column.addWidget(self.read)
        self.end()
        if cover is not None:
            services.lanes.read.submit(_dossier, services.desk, cover.department, done=self._show, owner=self)

    def _show(self, dossier: str) -> None:
        self.dossier.setText(dossier or self.tr("Nothing is written in the dossier yet."))

    def submit(self) -> None:
        self.carry_out(lambda desk: desk.agreements.confirm(self._cover), self.tr("The department is yours"))


def _dossier(desk: ReadingDesk, department: bytes) -> str:
    return str(desk.context.reader.value("SELECT dossier FROM department WHERE id = ?", (department,)) or "")
