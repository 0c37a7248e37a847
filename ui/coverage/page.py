"""Who covers whom: now and what is wrong, absences on a calendar, agreements. Planning an absence and calling somebody
in sick are at hand everywhere; sickness is two clicks: the button, the name.

Everything is read on a lane and again after every change.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from ui.coverage.absences_view import AbsencesView
from ui.coverage.agreements_view import AgreementsView
from ui.coverage.dialogs import AbsenceDialog
from ui.coverage.now_view import NowView
from ui.coverage.reading import TABLES, Shown, read
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_M, GAP_S
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import PlainLabel

REFRESH_MS: Final = 200
SECTIONS: Final = ("now", "absences", "agreements")


class CoveragePage(QWidget):
    """Three sections."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.shown: Shown | None = None
        self._title = PlainLabel("", "large")
        self.sections = SegmentedControl("")
        self.sections.chosen.connect(self.open_section)
        self.plan = QPushButton()
        self.plan.setProperty("look", "primary")
        self.plan.setIcon(icon("absence", "on_accent"))
        self.plan.clicked.connect(lambda _checked=False: self.plan_absence())
        self.sick = QPushButton()
        self.menu = QMenu(self)
        self.sick.setMenu(self.menu)
        self.now, self.absences, self.agreements = NowView(services), AbsencesView(services), AgreementsView(services)
        self._views = dict(zip(SECTIONS, (self.now, self.absences, self.agreements), strict=True))
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._title)
        head.addSpacing(GAP_M)
        head.addWidget(self.sections)
        head.addStretch(1)
        head.addWidget(self.sick)
        head.addWidget(self.plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_M)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.read)
        services.bell.changed.connect(self._changed)
        self.setFocusProxy(self.now)
        self._retranslate()

    def open_section(self, key: str) -> None:
        """Show one of `SECTIONS`."""
        self.sections.choose(key)
        self._stack.setCurrentWidget(self._views[key])
        self.setFocusProxy(self._views[key])

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read it again."""
        self._services.lanes.read.submit(
            read, self._services.desk, done=self._show, failed=self._services.show_error, key="coverage", owner=self
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def _changed(self, changes: Changes) -> None:
        # Not begun anew by every piece of news: where they come without a pause they are read all the same.
        if self.isVisible() and changes.concern_tables(*TABLES) and not self._soon.isActive():
            self._soon.start()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        for view in self._views.values():
            view.show_all(shown)  # type: ignore[attr-defined]
        self.menu.clear()
        for who in shown.may_call_sick:
            self.menu.addAction(shown.name(who).replace("&", "&&"), partial(self._call_sick, who))
        self.sick.setEnabled(bool(shown.may_call_sick))

    # -- doing --------------------------------------------------------------------------------------------------------
    def plan_absence(self) -> None:
        """A vacation of mine, or for supervisors of anybody's."""
        if self.shown is not None:
            AbsenceDialog(self._services, self.shown, self).open()

    def _call_sick(self, who: bytes) -> None:
        assert self.shown is not None
        said = self.tr("{name} is away; who stands in acts from now on").format(name=self.shown.name(who))
        self._services.run(lambda desk: desk.absences.sick(who), said=said)

    # -- look ---------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self.shown is not None:
                self._show(self.shown)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Coverage"))
        self._title.setText(self.tr("Coverage"))
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.set_choices([
            ("now", self.tr("Now"), ""), ("absences", self.tr("Absences"), ""),
            ("agreements", self.tr("Agreements"), ""),
        ])  # fmt: skip
        self.plan.setText(self.tr("Plan an absence…"))
        self.sick.setText(self.tr("Called in sick"))
