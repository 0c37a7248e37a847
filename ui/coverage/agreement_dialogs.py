"""An agreement: who is the contact of a department, who stands in, from when and why; and giving it for good.

Other people from a day on make a new agreement, and the former one ends the day before: so there is a history without
anybody keeping one. What does not change who speaks (why, review, until when) is changed where it stands.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from app.work.agreements import BLOCKING, Agreement
from app.work.coverage import Cover, next_review
from app.work.coverage_checks import Finding
from db.ids import new_id
from ui.coverage.dialogs import LOOK_MS, FormDialog, day_field, day_of
from ui.coverage.findings import FindingList
from ui.coverage.reading import Shown
from ui.pickers import Choice, PickField
from ui.services import Services
from ui.tokens import GAP_M
from ui.widgets.labels import PlainLabel


class _WithFindings(FormDialog):
    """What would be wrong is shown beneath; who is over the cap or gone is saved only when somebody insists."""

    def __init__(self, services: Services, shown: Shown, parent: QWidget | None) -> None:
        super().__init__(services, "", "", parent)
        self.shown = shown
        self.found = FindingList(lambda _finding: False)
        self.anyway = QCheckBox(self.tr("Although the rules advise against it"))
        self.anyway.toggled.connect(lambda _on: self.ready())
        self.anyway.hide()
        self._state = PlainLabel("", "muted")
        self._state.setWordWrap(True)
        self._barred = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self.look)

    def end(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.found)
        area.setMinimumHeight(self.fontMetrics().height() * 5)
        self.column.addWidget(self._state)
        self.column.addWidget(area, 1)
        self.column.addWidget(self.anyway)
        super().end()
        self.look()

    def cover(self) -> Cover | None:
        """As the fields say it; None while it is none."""
        raise NotImplementedError

    def missing(self) -> str:
        """What is missing, in words."""
        raise NotImplementedError

    def look(self) -> None:
        """What would be wrong with it?"""
        self._soon.stop()
        cover = self.cover()
        self._state.setText("" if cover is not None else self.missing())
        self.ready()
        if cover is not None:
            self.services.lanes.read.submit(
                self.services.desk.coverings.agreement, cover, done=self._show, failed=self.services.show_error,
                owner=self, key=("agreement", id(self)),
            )  # fmt: skip
        else:
            self.found.show_findings([], self.shown)

    def _show(self, found: list[Finding]) -> None:
        # That two agreements hold is what the new one is for: the former one ends by it.
        found = [one for one in found if one.code not in ("two agreements", "not taken over")]
        self.found.show_findings(found, self.shown)
        self._barred = any(one.code in BLOCKING for one in found)
        self.anyway.setVisible(self._barred)
        self.ready()

    def ready(self) -> None:
        """Whether it can be saved."""
        self.go.setEnabled(self.cover() is not None and (not self._barred or self.anyway.isChecked()))


class AgreementDialog(_WithFindings):
    """A new one, or a change of one that is in force."""

    def __init__(
        self, services: Services, shown: Shown, parent: QWidget | None = None, *, department: bytes | None = None,
        cover: Cover | None = None,
    ) -> None:  # fmt: skip
        super().__init__(services, shown, parent)
        self._before = cover
        heading = self.tr("An agreement") if cover is None else self.tr("Change the agreement")
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.department = self.pick(self.tr("Department"), "department")
        self.primary = self.pick(self.tr("Contact"), "analyst")
        self.stand_in1 = self.pick(self.tr("First stand-in"), "analyst")
        self.stand_in2 = self.pick(self.tr("Second stand-in"), "analyst")
        self.queue = self.pick(self.tr("Queue when nobody is there"), "queue")
        known = department or (cover.department if cover is not None else None)
        if known is not None:
            self._fill(self.department, "department", known)
        self.department.setEnabled(cover is None)
        if cover is not None:
            for field, kind, value in (
                (self.primary, "analyst", cover.primary), (self.stand_in1, "analyst", cover.stand_in1),
                (self.stand_in2, "analyst", cover.stand_in2), (self.queue, "queue", cover.queue),
            ):  # fmt: skip
                self._fill(field, kind, value)
        begins = max(shown.today, cover.valid_from) if cover is not None else shown.today
        self.first = day_field(begins, "")
        self.row(self.tr("From") if cover is None else self.tr("Other people from"), self.first)
        self.limited = QCheckBox(self.tr("until"))
        self.last = day_field((cover.valid_to if cover is not None else None) or begins, self.tr("until"))
        self.limited.setChecked(cover is not None and cover.valid_to is not None)
        self.last.setEnabled(self.limited.isChecked())
        ends = QWidget()
        line = QHBoxLayout(ends)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_M)
        line.addWidget(self.limited)
        line.addWidget(self.last)
        line.addStretch(1)
        self.form.addRow("", ends)
        self.why = QLineEdit(cover.why if cover is not None else "")
        self.why.setPlaceholderText(self.tr("paid, pressing need …"))
        self.row(self.tr("Why"), self.why)
        review = (cover.review_date if cover is not None else None) or next_review(begins)
        self.review = day_field(review, "")
        self.row(self.tr("Review on"), self.review)
        for pick in (self.department, self.primary, self.stand_in1, self.stand_in2, self.queue):
            pick.picked.connect(lambda _choice: self._soon.start())
        self.first.dateChanged.connect(lambda _day: self._soon.start())
        self.last.dateChanged.connect(lambda _day: self._soon.start())
        self.limited.toggled.connect(self.last.setEnabled)
        self.limited.toggled.connect(lambda _on: self._soon.start())
        self.go.setText(self.tr("Agree"))
        self.end()
        (self.primary if known is not None else self.department).setFocus()

    def _fill(self, field: PickField, kind: str, value: bytes | None) -> None:
        field.set_value(None if value is None else Choice(kind, value, self.shown.name(value)))

    def _id(self, field: PickField) -> bytes | None:
        chosen = field.value()
        return chosen.id if chosen is not None else None

    def _people(self) -> tuple[bytes | None, bytes | None, bytes | None]:
        return self._id(self.primary), self._id(self.stand_in1), self._id(self.stand_in2)

    def missing(self) -> str:
        if self._id(self.department) is None:
            return self.tr("Choose a department.")
        if self._id(self.primary) is None:
            return self.tr("Choose who is its contact.")
        if self.limited.isChecked() and self.last.date() < self.first.date():
            return self.tr("It ends on its first day or later.")
        return self.tr("Contact and stand-ins are different people.")

    def cover(self) -> Cover | None:
        department, (primary, first, second) = self._id(self.department), self._people()
        named = [who for who in (primary, first, second) if who is not None]
        begins, ends = day_of(self.first), day_of(self.last) if self.limited.isChecked() else None
        if (
            department is None
            or primary is None
            or len(set(named)) < len(named)
            or (ends is not None and ends < begins)
        ):
            return None
        before = self._before
        swap = before.swap_day if before is not None and before.people[:2] == (primary, first) else None
        return Cover(
            before.id if before is not None else new_id(), department, primary, first, second, self._id(self.queue),
            begins, ends, self.why.text().strip(), day_of(self.review), swap,
        )  # fmt: skip

    def submit(self) -> None:
        wanted, before, anyway = self.cover(), self._before, self.anyway.isChecked()
        if wanted is None:
            return
        said = self.tr("Agreed")
        same_people = before is not None and (before.primary, before.stand_in1, before.stand_in2) == self._people()
        if before is not None and (same_people or wanted.valid_from <= before.valid_from):
            changes = {
                "primary_id": wanted.primary, "stand_in1_id": wanted.stand_in1, "stand_in2_id": wanted.stand_in2,
                "queue_id": wanted.queue, "valid_to": wanted.valid_to, "why": wanted.why or None,
                "review_date": wanted.review_date,
            }  # fmt: skip
            self.carry_out(lambda desk: desk.agreements.change(before.id, changes, anyway=anyway), said)
            return
        agreed = Agreement(
            wanted.department, wanted.primary, wanted.stand_in1, wanted.stand_in2, wanted.queue, wanted.valid_from,
            wanted.valid_to, wanted.why, wanted.review_date,
        )  # fmt: skip
        self.carry_out(lambda desk: desk.agreements.agree(agreed, anyway=anyway), said)


class TransferDialog(_WithFindings):
    """A department is given to somebody for good: from a day on; until the new contact confirms, the former one stands
    in and answers for the dossier."""

    def __init__(self, services: Services, shown: Shown, cover: Cover, parent: QWidget | None = None) -> None:
        super().__init__(services, shown, parent)
        self._before = cover
        heading = self.tr("Give {department} for good").format(department=shown.name(cover.department))
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.to = self.pick(self.tr("To whom"), "analyst")
        self.first = day_field(max(shown.today, cover.valid_from), "")
        self.row(self.tr("From"), self.first)
        told = PlainLabel(
            self.tr(
                "{former} becomes the first stand-in. The new contact reads the dossier and confirms; only then the "
                "open cases speak through the new contact."
            ).format(former=shown.name(cover.primary)),
            "muted",
        )
        told.setWordWrap(True)
        self.column.addWidget(told)
        self.to.picked.connect(lambda _choice: self._soon.start())
        self.first.dateChanged.connect(lambda _day: self._soon.start())
        self.go.setText(self.tr("Give it"))
        self.end()
        self.to.setFocus()

    def missing(self) -> str:
        chosen = self.to.value()
        if chosen is not None and chosen.id == self._before.primary:
            return self.tr("{who} has this department already.").format(who=chosen.text)
        return self.tr("Choose who gets it.")

    def cover(self) -> Cover | None:
        chosen, before = self.to.value(), self._before
        if chosen is None or chosen.id == before.primary:
            return None
        others = [who for who in (before.stand_in1, before.stand_in2) if who not in (None, chosen.id)]
        return replace(
            before, primary=chosen.id, stand_in1=before.primary, stand_in2=others[0] if others else None,
            valid_from=max(day_of(self.first), before.valid_from), valid_to=None, swap_day=None, review_date=None,
        )  # fmt: skip

    def submit(self) -> None:
        wanted, anyway, before = self.cover(), self.anyway.isChecked(), self._before
        if wanted is None:
            return
        said = self.tr("Given to {who}, who confirms it").format(who=self.shown.name(wanted.primary))
        first = wanted.valid_from
        self.carry_out(
            lambda desk: desk.agreements.transfer(before.id, wanted.primary, first=first, anyway=anyway), said
        )


def day_before(day: str) -> str:
    """Yesterday of a day (ISO)."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
