"""Which report: the week, what it is about, the paper, and whether private cases are named in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QWidget

from app import times
from app.insight.scope import Edition
from app.reading import ReadingDesk
from ui import text
from ui.admin.section import reaches, role_of_me
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS

WEEKS: Final = 104
LETTER_LANDS: Final = ("US", "CA", "MX")

Parts = dict[str, list[tuple[bytes, str]]]


class ReportChoice(QWidget):
    """A row of fields; whatever is chosen in it asks for another report."""

    changed = Signal()
    """Something else is chosen."""
    known = Signal(bool)
    """What a report can be about has been read; whether I am a supervisor."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._parts: Parts = {}
        self.week = QComboBox()
        self.week.setMaxVisibleItems(20)
        self.earlier, self.later = QToolButton(), QToolButton()
        self.earlier.setIcon(icon("chevron-left"))
        self.later.setIcon(icon("chevron-right"))
        self.kind, self.which = QComboBox(), QComboBox()
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(16)
        self.paper = QComboBox()
        for name in ("A4", "Letter"):
            self.paper.addItem(name, name)
        self.private = QCheckBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_XS)
        for widget in (self.earlier, self.week, self.later):
            row.addWidget(widget)
        row.addSpacing(GAP_S)
        for box in (self.kind, self.which, self.paper, self.private):
            row.addWidget(box)
        row.addStretch(1)
        self.setFocusProxy(self.week)
        self._fill_weeks()
        self.week.setCurrentIndex(1)
        self.paper.setCurrentIndex(int(self.locale().territoryToCode(self.locale().territory()) in LETTER_LANDS))
        self.which.hide()
        self._retranslate()
        self.say_ends()
        self.week.currentIndexChanged.connect(lambda _row: self._chosen())
        self.paper.currentIndexChanged.connect(lambda _row: self._chosen())
        self.private.toggled.connect(lambda _on: self._chosen())
        self.earlier.clicked.connect(lambda: self._step(1))
        self.later.clicked.connect(lambda: self._step(-1))
        self.kind.currentIndexChanged.connect(lambda _row: self._kind_chosen())
        self.which.activated.connect(lambda _row: self._chosen())

    def read(self) -> None:
        """Read (again) what a report can be about."""
        self._services.lanes.read.submit(_known, self._services.desk, done=self._know, key="report parts")

    def edition(self) -> Edition | None:
        """The part that is chosen."""
        kind, which = self.kind.currentData(), self.which.currentData()
        return Edition(kind, which) if kind and which else None

    def names_private(self) -> bool:
        """Whether the cases of the exceptions are to be named; only supervisors are asked."""
        return self.private.isChecked() and not self.private.isHidden()

    def say_ends(self) -> None:
        """Earlier and later only as far as there are weeks."""
        self.later.setEnabled(self.week.currentIndex() > 0)
        self.earlier.setEnabled(self.week.currentIndex() < self.week.count() - 1)

    def _know(self, found: tuple[str, Parts]) -> None:
        role, self._parts = found
        supervisor = bool(role) and reaches(role, "supervisor")
        self.private.setVisible(supervisor)
        self.known.emit(supervisor)

    def _chosen(self) -> None:
        self.say_ends()
        self.changed.emit()

    def _step(self, by: int) -> None:
        row = self.week.currentIndex() + by
        if 0 <= row < self.week.count():
            self.week.setCurrentIndex(row)

    def _kind_chosen(self) -> None:
        kind = self.kind.currentData()
        self.which.clear()
        for row_id, name in self._parts.get(kind, []):
            self.which.addItem(name, row_id)
        self.which.setVisible(bool(kind))
        if not kind or self.which.count():
            self._chosen()

    def _fill_weeks(self) -> None:
        today = times.local_date(self._services.now(), self._services.zone)
        chosen = self.week.currentData()
        self.week.blockSignals(True)
        self.week.clear()
        for back in range(WEEKS):
            monday = today - timedelta(days=today.weekday(), weeks=back)
            iso = times.week_of_date(monday)
            words = self.tr("Week {week}, {first} to {last}").format(
                week=iso.week, first=text.day(monday), last=text.day(monday + timedelta(days=6))
            )
            self.week.addItem(words, str(iso))
        at = self.week.findData(chosen)
        self.week.setCurrentIndex(max(0, at))
        self.week.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill_weeks()

    def _retranslate(self) -> None:
        self.week.setAccessibleName(self.tr("Week"))
        self.kind.setAccessibleName(self.tr("Edition"))
        self.which.setAccessibleName(self.tr("About"))
        self.paper.setAccessibleName(self.tr("Paper"))
        for button, words in ((self.earlier, self.tr("Earlier week")), (self.later, self.tr("Later week"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        chosen = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for words, kind in (
            (self.tr("Whole desk"), ""),
            (self.tr("Department"), "department"),
            (self.tr("Dedicated analyst"), "analyst"),
            (self.tr("Product"), "product"),
        ):
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.blockSignals(False)
        self.private.setText(self.tr("with private cases"))


def _known(desk: ReadingDesk) -> tuple[str, Parts]:
    """My role, and what a report can be about."""
    today = times.local_date(desk.context.clock(), times.zone(desk.context.zone)).isoformat()
    dedicated = {
        row[0]
        for row in desk.context.reader.all(
            "SELECT DISTINCT primary_id FROM coverage WHERE valid_from <= ? AND coalesce(valid_to, '9999-12-31') >= ?",
            (today, today),
        )
    }
    parts: Parts = {
        "department": [(one.id, one.name) for one in desk.directory.all("department")],
        "analyst": [(one.id, one.name) for one in desk.directory.all("analyst") if one.id in dedicated],
        "product": [(one.id, one.name) for one in desk.directory.all("product")],
    }
    return role_of_me(desk), parts
