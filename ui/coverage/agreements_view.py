"""Agreements: who has which department from when to when and why; changed, reviewed, given for good; with what was
agreed on before."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import texts_coverage
from app.work.coverage import Cover, next_review
from ui.coverage.agreement_dialogs import AgreementDialog, TransferDialog
from ui.coverage.dialogs import DayDialog, TakeOverDialog
from ui.coverage.reading import Shown
from ui.coverage.verb_list import Verb, VerbList
from ui.services import Services
from ui.tokens import GAP_S, Tone
from ui.widgets.blocks import EmptyState, SectionHeader
from ui.widgets.row_table import Cell, Row, RowTable
from ui.written import language_now

COLUMNS: Final = 8
QUEUE, SWAP_DAY = 3, 6


class AgreementsView(VerbList):
    """The third section of the page."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        # The history below has queue and swap day.
        table = RowTable(COLUMNS, COLUMNS - 1, give_way=(SWAP_DAY, QUEUE))
        super().__init__(services, table, EmptyState("coverage", "", "", ""), parent)
        self.table.opened.connect(self._change)
        self.empty.asked.connect(self._new)
        self.history, self._before = RowTable(COLUMNS - 1, COLUMNS - 2), SectionHeader("")
        self.new, self.change, self.give, self.swap, self.reviewed, self.take_over, self.end_, self.paper = (
            QPushButton() for _ in range(8)
        )  # fmt: skip
        list_, history = QWidget(), QWidget()
        below = QVBoxLayout(history)
        below.setContentsMargins(0, GAP_S, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._before)
        below.addWidget(self.history, 1)
        verbs: list[Verb] = [
            (self.new, self._new), (self.change, self._change), (self.give, self._give), (self.swap, self._swap),
            (self.reviewed, self._review), (self.take_over, self._take_over), (self.end_, self._end),
            (self.paper, self._paper),
        ]  # fmt: skip
        self._lay_out(verbs, list_, history, above=True, sizes=[640, 240])
        self.setFocusProxy(self.table)
        self._retranslate()

    # -- showing ------------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        shown = self._shown
        if shown is None:
            return
        those = [
            one for one in shown.agreements if self.over.isChecked() or (one.valid_to or shown.today) >= shown.today
        ]
        those.sort(key=lambda one: (shown.name(one.department).casefold(), one.valid_from))
        rows: list[Row] = [(one.id, [shown.name(one.department), *self._cells(one, shown)]) for one in those]
        self._show_rows(self.tr("Agreements"), rows)

    def _cells(self, one: Cover, shown: Shown) -> list[Cell | str]:
        language = language_now()

        def day(value: str | None) -> str:
            return texts_coverage.shown(value or "", language)

        others = ", ".join(shown.name(who) for who in one.people[1:])
        stands: Cell | str = others or Cell(self.tr("nobody"), "error", Tone.DANGER)
        contact: Cell | str = shown.name(one.primary)
        if one.waits_for_confirmation:
            contact = Cell(self.tr("{name} (not taken over yet)").format(name=contact), "question", Tone.WARNING)
        review: Cell | str = day(one.review_date)
        if one.review_date is not None and one.review_date <= shown.today and one.holds(shown.today):
            review = Cell(self.tr("due since {day}").format(day=review), "warning", Tone.WARNING)
        begins = day(one.valid_from) if one.valid_from > "0001-01-01" else ""
        span = f"{begins} – {day(one.valid_to)}" if one.valid_to else self.tr("from {day}").format(day=begins)
        swap = day(one.swap_day) if (one.swap_day or "") >= shown.today else ""
        return [contact, stands, shown.name(one.queue), span, review, swap, one.why]

    def cover(self) -> Cover | None:
        """The one that is chosen."""
        return self._shown.cover(self.table.current_id()) if self._shown is not None else None

    def _facts(self) -> None:
        cover, shown = self.cover(), self._shown
        boss = shown is not None and shown.boss
        ends = shown is not None and cover is not None and (cover.valid_to or shown.today) < shown.today
        for button in (self.change, self.give, self.swap, self.reviewed, self.end_):
            button.setEnabled(boss and cover is not None and not ends)
        if cover is not None and cover.stand_in1 is None:
            self.swap.setEnabled(False)
        self.new.setEnabled(boss)
        mine = cover is not None and shown is not None and cover.waits_for_confirmation and cover.primary == shown.me
        self.take_over.setEnabled(mine)
        self.take_over.setVisible(mine)
        if cover is None or shown is None:
            self.history.show_rows([])
            self._before.set_text(self.tr("History"), "")
            return
        rows: list[Row] = [
            (one.id, self._cells(one, shown)) for one in shown.agreements if one.department == cover.department
        ]
        self.history.show_rows(rows)
        name = shown.name(cover.department)
        self._before.set_text(self.tr("History of {department}").format(department=name), str(len(rows)))

    # -- doing --------------------------------------------------------------------------------------------------------
    def _new(self) -> None:
        if self._shown is not None and self._shown.boss:
            AgreementDialog(self._services, self._shown, self).open()

    def _change(self) -> None:
        cover = self.cover()
        if cover is not None and self._shown is not None and self.change.isEnabled():
            AgreementDialog(self._services, self._shown, self, cover=cover).open()

    def _give(self) -> None:
        cover = self.cover()
        if cover is not None and self._shown is not None:
            TransferDialog(self._services, self._shown, cover, self).open()

    def _swap(self) -> None:
        cover, shown = self.cover(), self._shown
        if cover is None or shown is None:
            return

        def ask(proposed: str | None) -> None:
            pair = " – ".join(shown.name(who) for who in cover.people[:2])
            DayDialog(
                self._services, self.tr("Swap day: {pair}").format(pair=pair),
                self.tr("They change places on"), proposed or shown.today, self.tr("Agree"),
                lambda desk, day: desk.agreements.swap(cover.id, day), self.tr("A swap day is agreed on"), self,
            ).open()  # fmt: skip

        self._services.run(lambda desk: desk.agreements.swap_proposal(cover), done=ask, owner=self)

    def _review(self) -> None:
        cover, shown = self.cover(), self._shown
        if cover is not None and shown is not None:
            DayDialog(
                self._services, self.tr("Reviewed: {department}").format(department=shown.name(cover.department)),
                self.tr("Review again on"), next_review(shown.today), self.tr("Reviewed"),
                lambda desk, day: desk.agreements.review(cover.id, day), self.tr("Reviewed"), self,
            ).open()  # fmt: skip

    def _take_over(self) -> None:
        cover = self.cover()
        if cover is not None and self._shown is not None:
            TakeOverDialog(self._services, self._shown, cover.id, self).open()

    def _end(self) -> None:
        cover, shown = self.cover(), self._shown
        if cover is not None and shown is not None:
            name = shown.name(cover.department)
            DayDialog(
                self._services, self.tr("No dedicated analyst for {department}").format(department=name),
                self.tr("Last day"), max(shown.today, cover.valid_from), self.tr("End the agreement"),
                lambda desk, day: desk.agreements.end(cover.id, day), self.tr("The agreement ends"), self,
            ).open()  # fmt: skip

    def _paper(self) -> None:
        from ui.coverage.papers import ReviewPaper

        if self._shown is not None:
            paper = ReviewPaper(self._services, self._shown.today, self)
            paper.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            paper.open()

    # -- look ---------------------------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        heads = [
            self.tr("Contact"), self.tr("Stand-ins"), self.tr("Queue"), self.tr("Counts"), self.tr("Review"),
            self.tr("Swap day"), self.tr("Why"),
        ]  # fmt: skip
        self.table.set_heads([self.tr("Department"), *heads])
        self.history.set_heads(heads)
        self.table.setAccessibleName(self.tr("Agreements"))
        self.history.setAccessibleName(self.tr("History"))
        self.over.setText(self.tr("former ones, too"))
        self.new.setText(self.tr("New…"))
        self.change.setText(self.tr("Change…"))
        self.give.setText(self.tr("Give for good…"))
        self.swap.setText(self.tr("Swap day…"))
        self.reviewed.setText(self.tr("Reviewed…"))
        self.take_over.setText(self.tr("Take over…"))
        self.end_.setText(self.tr("End…"))
        self.paper.setText(self.tr("Monthly review…"))
        self.empty.show_as(
            "coverage", self.tr("No agreement yet"),
            self.tr("An agreement names the contact of a department and up to two stand-ins."), self.tr("New…"),
        )  # fmt: skip
