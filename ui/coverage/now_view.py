"""Who speaks for which department now, and what is wrong: beside each other where there is room, else one above the
other."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app import texts_coverage, times
from app.work.coverage_checks import Finding
from app.work.covering import Now
from ui.coverage.asks import AskRows
from ui.coverage.proposals import carry_out, may_carry_out, proposal_words
from ui.coverage.reading import Shown
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import EmptyState, SectionHeader
from ui.widgets.row_table import Cell, Row, RowTable
from ui.written import language_now

WIDE = 1_500
"""Pixels from which both stand beside each other."""
PROPOSAL = 2


class FindingTable(RowTable):
    """What is wrong; a click on a proposal carries it out."""

    def __init__(self) -> None:
        super().__init__(3, PROPOSAL, widest=104)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if (
            event.button() is Qt.MouseButton.LeftButton
            and item is not None
            and item.column() == PROPOSAL
            and item.text()
        ):
            self.opened.emit()


class NowView(QWidget):
    """The first section of the page."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Shown | None = None
        self._calm = QElapsedTimer()
        self.asks = AskRows(services)
        self.departments, self.findings = RowTable(5, 4), FindingTable()
        self.findings.opened.connect(self.do)
        self.findings.chosen.connect(self._facts)
        self._heads = [SectionHeader(""), SectionHeader("")]
        self.empty = EmptyState("coverage", "", "", "")
        self.nothing = EmptyState("check", "", "")
        # Until something was read there is neither: room for both would make the window grow.
        self.empty.hide()
        self.nothing.hide()
        self.proposal = QPushButton()
        self.proposal.clicked.connect(lambda _checked=False: self.do())
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setChildrenCollapsible(False)
        for head, table, instead in zip(
            self._heads, (self.departments, self.findings), (self.empty, self.nothing), strict=True
        ):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(head)
            column.addWidget(table, 1)
            column.addWidget(instead, 1)
            if table is self.findings:
                foot = QHBoxLayout()
                foot.setContentsMargins(0, GAP_S, 0, 0)
                foot.addStretch(1)
                foot.addWidget(self.proposal)
                column.addLayout(foot)
            self.halves.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_M)
        column.addWidget(self.asks)
        column.addWidget(self.halves, 1)
        self.setFocusProxy(self.departments)
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = Qt.Orientation.Horizontal if self.width() >= WIDE else Qt.Orientation.Vertical
        if self.halves.orientation() is not wanted:
            self.halves.setOrientation(wanted)
            self.halves.setSizes([450, 550] if wanted is Qt.Orientation.Horizontal else [500, 500])

    # -- showing ------------------------------------------------------------------------------------------------------
    def show_all(self, shown: Shown) -> None:
        """Show what was read."""
        self._shown = shown
        language = language_now()
        self.asks.show_asks(shown)
        self.departments.show_rows([self._row(now, shown) for now in shown.nows])
        found: list[Row] = []
        for number, one in enumerate(shown.findings):
            red = one.level == "red"
            level = Cell(self.tr("red") if red else self.tr("amber"), "error" if red else "warning",
                         Tone.DANGER if red else Tone.WARNING)  # fmt: skip
            said = texts_coverage.sentence(one, language, shown.name)
            words = proposal_words(one, shown)
            proposed = Cell(words, "next-step", Tone.ACCENT) if words and may_carry_out(one, shown) else words
            found.append((number.to_bytes(4, "big"), [level, said, proposed]))
        self.findings.show_rows(found)
        if found and self.findings.current_id() is None:
            self.findings.selectRow(0)
        self._heads[0].set_text(self.tr("Who speaks for whom"), str(len(shown.nows)))
        self._heads[1].set_text(self.tr("What is wrong"), str(len(found)))
        self.departments.setVisible(bool(shown.nows))
        self.empty.setVisible(not shown.nows)
        self.findings.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if shown.nows:
            told = self.tr("Nothing is wrong"), self.tr("Every department has its contact and its stand-ins.")
        else:
            told = self.tr("Nothing to look at yet"), self.tr("What is wrong with agreements and absences stands here.")
        self.nothing.show_as("check" if shown.nows else "coverage", *told)
        self._facts()

    def _row(self, now: Now, shown: Shown) -> Row:
        acting = shown.name(now.acting.who) if now.acting else self.tr("nobody")
        state = Cell(acting, "departments", Tone.OK)
        if now.acting is None:
            state = Cell(acting, "error", Tone.DANGER)
        elif now.stands_in:
            state = Cell(self.tr("{name} (stand-in)").format(name=acting), "stand-in", Tone.STAND_IN)
        then = ""
        if now.until is not None:
            wall = times.local_wall(now.until, times.zone(shown.zone))
            who = shown.name(now.next.who) if now.next else self.tr("nobody")
            day = texts_coverage.shown(wall.date().isoformat(), language_now())
            then = self.tr("from {day} {clock}: {who}").format(day=day, clock=f"{wall:%H:%M}", who=who)
        contact: Cell | str = shown.name(now.cover.primary)
        if now.inherited:
            above = shown.name(now.cover.department)
            contact = Cell(
                self.tr("{name} (inherited from {department})").format(name=contact, department=above), "link"
            )
        others = ", ".join(shown.name(who) for who in now.cover.people[1:]) or self.tr("nobody")
        return now.department, [shown.name(now.department), contact, others, state, then]

    # -- doing --------------------------------------------------------------------------------------------------------
    def finding(self) -> Finding | None:
        """The one that is chosen."""
        chosen = self.findings.current_id()
        if chosen is None or self._shown is None:
            return None
        number = int.from_bytes(chosen, "big")
        return self._shown.findings[number] if number < len(self._shown.findings) else None

    def do(self) -> None:
        """Carry out what is proposed for the chosen finding. Once: after a double click another one may lie there."""
        one = self.finding()
        if one is not None and self._shown is not None and self._calm.hasExpired(QApplication.doubleClickInterval()):
            self._calm.restart()
            carry_out(self._services, self._shown, one, self)

    def _facts(self) -> None:
        one, shown = self.finding(), self._shown
        words = proposal_words(one, shown) if one is not None and shown else ""
        self.proposal.setText(words.replace("&", "&&") or self.tr("Nothing is proposed"))
        self.proposal.setEnabled(bool(words) and one is not None and shown is not None and may_carry_out(one, shown))
        self.proposal.setVisible(bool(shown and shown.findings))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.departments.setAccessibleName(self.tr("Departments"))
        self.findings.setAccessibleName(self.tr("What is wrong"))
        self.departments.set_heads(
            [self.tr("Department"), self.tr("Contact"), self.tr("Stand-ins"), self.tr("Now"), self.tr("Then")]
        )
        self.findings.set_heads([self.tr("Level"), self.tr("What"), self.tr("Proposal")])
        self.empty.show_as(
            "coverage", self.tr("No department has a dedicated analyst yet"),
            self.tr("A supervisor agrees on one under “Agreements”."),
        )  # fmt: skip
