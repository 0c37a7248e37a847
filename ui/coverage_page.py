"""Who covers whom: every department with its contact, now and next; what is wrong, the red first; who is away.

Sickness is two clicks: the button, the name. Everything is read on a lane and again after every change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from app import texts_coverage, times
from app.changes import Changes
from app.reading import ReadingDesk
from app.work.coverage_checks import Finding
from app.work.covering import Away, Now
from ui.drive_check import texts_now
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import SectionHeader
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

TABLES: Final = ("coverage", "absence", "acknowledgement", "analyst", "department", "shift", "handover")
REFRESH_MS: Final = 200


@dataclass(frozen=True)
class Shown:
    """What the page shows; names by id."""

    nows: list[Now]
    findings: list[Finding]
    away: list[Away]
    names: dict[bytes, str]
    may_call_sick: list[bytes]
    me: bytes
    zone: str


def read(desk: ReadingDesk) -> Shown:
    """On the read lane."""
    names: dict[bytes, str] = {}
    for kind in ("analyst", "department", "product", "queue"):
        names |= {one.id: one.name for one in desk.directory.all(kind, inactive=True)}
    nows = [
        now for one in desk.directory.all("department") if (now := desk.coverings.now(one.id)) is not None
    ]  # fmt: skip
    boss = desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,)) != "analyst"
    together = {who for now in nows if desk.me in now.cover.people for who in now.cover.people}
    people = [one.id for one in desk.directory.all("analyst")]
    sick = [who for who in people if who != desk.me and (boss or who in together)]
    return Shown(
        nows, desk.coverings.findings(), desk.coverings.absences(), names, sick, desk.me, desk.context.zone
    )  # fmt: skip


class CoveragePage(QWidget):
    """Departments above, what is wrong and who is away below."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Shown | None = None
        self._title = PlainLabel("", "large")
        self.sick = QPushButton()
        self._menu = QMenu(self)
        self.sick.setMenu(self._menu)
        self.known = QPushButton()
        self.known.clicked.connect(self._acknowledge)
        self.back = QPushButton()
        self.back.clicked.connect(self._is_back)
        self.departments, self.findings, self.away = RowTable(5, 0), RowTable(3, 1), RowTable(5, 0)
        self._heads = [SectionHeader(""), SectionHeader("")]
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in (self.sick, self.known, self.back):
            head.addWidget(button)
        below = QSplitter(Qt.Orientation.Vertical)
        below.setChildrenCollapsible(False)
        below.addWidget(self.departments)
        for label, table in zip(self._heads, (self.findings, self.away), strict=True):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, GAP_S, 0, 0)
            column.addWidget(label)
            column.addWidget(table)
            below.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_M)
        column.addLayout(head)
        column.addWidget(below, 1)
        self.setFocusProxy(self.departments)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.read)
        self.away.chosen.connect(self._facts)
        services.bell.changed.connect(self._changed)
        self._retranslate()

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read it again."""
        self._services.lanes.read.submit(read, self._services.desk, done=self._show, key="coverage", owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.concern_tables(*TABLES):
            self._soon.start()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        language = texts_now().language

        def name(row: bytes | None) -> str:
            return shown.names.get(row, "") if row is not None else ""

        rows: list[Row] = []
        for now in shown.nows:
            acting = name(now.acting.who) if now.acting else self.tr("nobody")
            state = Cell(acting, "departments", Tone.OK)
            if now.acting is None:
                state = Cell(acting, "error", Tone.DANGER)
            elif now.stands_in:
                state = Cell(self.tr("{name} (stand-in)").format(name=acting), "stand-in", Tone.STAND_IN)
            until = ""
            if now.until is not None:
                wall = times.local_wall(now.until, times.zone(shown.zone))
                until = f"{texts_coverage.shown(wall.date().isoformat(), language)} {wall:%H:%M}"
            following = name(now.next.who) if now.next else self.tr("nobody") if now.until else ""
            others = ", ".join(name(who) for who in now.cover.people[1:]) or self.tr("nobody")
            rows.append((now.cover.id, [name(now.cover.department), name(now.cover.primary), others, state,
                                        f"{until}  {following}".strip()]))  # fmt: skip
        self.departments.show_rows(rows)
        found: list[Row] = []
        for number, one in enumerate(shown.findings):
            red = one.level == "red"
            level = Cell(self.tr("red") if red else self.tr("amber"), "error" if red else "warning",
                         Tone.DANGER if red else Tone.WARNING)  # fmt: skip
            said = texts_coverage.sentence(one, language, name)
            found.append((number.to_bytes(4, "big"), [level, said, texts_coverage.proposal(one, language, name)]))
        self.findings.show_rows(found)
        kinds = {"vacation": self.tr("vacation"), "sickness": self.tr("sickness"), "training": self.tr("training"),
                 "other": self.tr("other"), "away": self.tr("away")}  # fmt: skip
        lines: list[Row] = [
            (line.spell.id, [
                name(line.spell.analyst),
                texts_coverage.days(line.spell.from_day, line.spell.to_day or "", language), kinds[line.kind],
                ", ".join(name(who) for who in line.stand_ins),
                ", ".join(name(who) for who in line.waits_for),
            ])
            for line in shown.away
        ]  # fmt: skip
        self.away.show_rows(lines)
        self._menu.clear()
        for who in shown.may_call_sick:
            self._menu.addAction(name(who).replace("&", "&&"), partial(self._call_sick, who))
        self._heads[0].set_text(self.tr("What is wrong"), str(len(found)))
        self._heads[1].set_text(self.tr("Away"), str(len(shown.away)))
        self._facts()

    def _facts(self) -> None:
        line = self._line()
        me = self._shown.me if self._shown is not None else b""
        self.sick.setEnabled(bool(self._shown and self._shown.may_call_sick))
        self.known.setEnabled(line is not None and me in line.waits_for)
        self.back.setEnabled(line is not None)

    def _line(self) -> Away | None:
        wanted = self.away.current_id()
        lines = self._shown.away if self._shown is not None else []
        return next((one for one in lines if one.spell.id == wanted), None)

    # -- doing --------------------------------------------------------------------------------------------------------
    def _call_sick(self, who: bytes) -> None:
        assert self._shown is not None
        said = self.tr("{name} is away; who stands in acts from now on").format(name=self._shown.names.get(who, ""))
        self._services.run(lambda desk: desk.absences.sick(who), said=said)

    def _acknowledge(self) -> None:
        line = self._line()
        if line is not None:
            absence = line.spell.id
            self._services.run(lambda desk: desk.absences.acknowledge(absence), said=self.tr("Acknowledged"))

    def _is_back(self) -> None:
        line = self._line()
        if line is not None:
            who = line.spell.analyst
            self._services.run(lambda desk: desk.absences.back(who), said=self.tr("Back at work"))

    # -- look ---------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._shown is not None:
                self._show(self._shown)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Coverage"))
        self._title.setText(self.tr("Coverage"))
        self.sick.setText(self.tr("Called in sick"))
        self.known.setText(self.tr("I know, I stand in"))
        self.back.setText(self.tr("Back at work"))
        self.departments.setAccessibleName(self.tr("Departments"))
        self.findings.setAccessibleName(self.tr("What is wrong"))
        self.away.setAccessibleName(self.tr("Away"))
        self.departments.set_heads(
            [self.tr("Department"), self.tr("Contact"), self.tr("Stand-ins"), self.tr("Now"), self.tr("Then")]
        )
        self.findings.set_heads([self.tr("Level"), self.tr("What"), self.tr("Proposal")])
        self.away.set_heads([
            self.tr("Who"), self.tr("When"), self.tr("Kind"), self.tr("Stands in"), self.tr("Not acknowledged by"),
        ])  # fmt: skip
