"""Reports: which week, about what; its real pages; its figures with their cases; comment, archive; print, save, send.

A report is made on a lane as soon as it is chosen, with progress and Cancel. Figures that are underlined on the pages
open their cases by mouse; the list of figures beside the pages does the same by keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from ui import text
from ui.icons import icon
from ui.services import Services
from ui.supervisor.making import Job, Ready, Stopped, make
from ui.supervisor.outgoing import OutgoingRow
from ui.supervisor.pdf_view import PdfView
from ui.supervisor.report_choice import ReportChoice
from ui.supervisor.report_side import ArchivePane, CommentPane, FiguresPane
from ui.tokens import GAP_M, GAP_S
from ui.widgets.blocks import EmptyState
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.reports.annex import Listed
    from app.reports.freezing import Kept, ToFreeze
    from app.reports.inside import Inside
    from app.reports.pages import Pages
    from app.reports.pdf import Link
    from ui.supervisor.printing import PrintRun

PROGRESS_MS: Final = 100


class ReportsSection(QWidget):
    """The page."""

    cases_wanted = Signal(str, object)
    """(title, row numbers): show these cases."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._job: Job | None = None
        self._printing: PrintRun | None = None
        self._ready: Ready | None = None
        self._kept: Kept | None = None
        self._lists: Sequence[Listed] = ()
        self._seen: Mapping[bytes, int] | None = None
        self._begun = False
        self._build()
        self._retranslate()
        self._look = QTimer(self)
        self._look.setInterval(PROGRESS_MS)
        self._look.timeout.connect(self._show_progress)
        services.bell.changed.connect(self._changed)

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        self.view = PdfView(self._services)
        self.choice = ReportChoice(self._services)
        self.choice.changed.connect(self.make)
        self.choice.known.connect(self._know)
        column.addWidget(self.choice)
        second = QHBoxLayout()
        second.setSpacing(GAP_S)
        self.out = OutgoingRow(self._services)
        self.out.printing.connect(self._prints)
        second.addWidget(self.out)
        second.addSpacing(GAP_S)
        self.smaller, self.larger, self.wide = QToolButton(), QToolButton(), QToolButton()
        for tool, drawing, step in ((self.smaller, "minus", -1), (self.larger, "plus", 1), (self.wide, "columns", 0)):
            tool.setIcon(icon(drawing))
            tool.clicked.connect(lambda _checked=False, step=step: self.view.zoom(step))
            second.addWidget(tool)
        self._page = PlainLabel("", "muted")
        second.addWidget(self._page)
        second.addStretch(1)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
        self._progress.setTextVisible(True)
        self.cancel = QPushButton()
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self._cancel)
        second.addWidget(self._progress)
        second.addWidget(self.cancel)
        self._progress.hide()
        self.cancel.hide()
        column.addLayout(second)
        self._state = PlainLabel("", "muted")
        column.addWidget(self._state)
        self.view.followed.connect(self.open_list)
        self.view.zoomed.connect(self._say_page)
        self._nothing = EmptyState("reports", "", "")
        self._nothing.asked.connect(self.make)
        self._room = QStackedWidget()
        self._room.addWidget(self._nothing)
        self._room.addWidget(self.view)
        self.figures = FiguresPane()
        self.figures.opened.connect(self.open_list)
        self.comment = CommentPane(self._services)
        self.comment.freeze.clicked.connect(self.freeze)
        self.archive = ArchivePane(self._services)
        self.archive.chosen.connect(self.show_kept)
        self.side = QTabWidget()
        for pane in (self.figures, self.comment, self.archive):
            self.side.addTab(pane, "")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._room)
        split.addWidget(self.side)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.side.setMinimumWidth(250)
        split.setSizes([560, 300])
        column.addWidget(split, 1)
        self.setFocusProxy(self.choice)

    # -- what it is about ---------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self.choice.read()
            self.archive.read()
            self.make()
        # Whose work may be missing is told by the store; nobody waits for it.
        self._services.run(lambda desk: desk.signs_of_life(), done=self._know_seen, owner=self, waits=True)

    def _know_seen(self, seen: Mapping[bytes, int]) -> None:
        self._seen = seen or self._seen
        job = self._job
        if job is not None and not job.freezes and job.seen is None and job.what == "figures":
            self.make()

    def _know(self, supervisor: bool) -> None:
        self.comment.allow(supervisor)

    def _changed(self, changes: Changes) -> None:
        if self._begun and changes.concern_tables("analyst", "department", "product", "coverage"):
            self.choice.read()
        if self._begun and changes.concern_tables("frozen_report"):
            self.archive.read()

    # -- making one ---------------------------------------------------------------------------------------------------
    def make(self, comment: str | None = None) -> None:
        """Make what is chosen; what is being made is given up."""
        if not self._begun or self._services.lanes.closed:
            return
        self._give_up()
        job = self._job = Job(
            str(self.choice.week.currentData()), self.choice.edition(), str(self.choice.paper.currentData()),
            self.choice.names_private(), comment,
            self._services.desk.context.language, self._seen,
        )  # fmt: skip
        self._begin(job)
        self._say_nothing()

    def _begin(self, job: Job) -> None:
        self._services.lanes.count.submit(
            make, self._services.desk, self._services.lanes, job,
            done=self._made, failed=lambda error: self._failed(job, error), owner=self,
        )  # fmt: skip
        self._show_progress()
        self._look.start()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.stop.set()
            if self._job.freezes:
                self.comment.set_busy(False)
            self._job = None

    def _cancel(self) -> None:
        if self._printing is not None:
            self._printing.stop()
            return
        self._give_up()
        self._rest()
        if self._ready is None:
            self._show_nothing()

    def _made(self, ready: Ready) -> None:
        if ready.job is not self._job:
            ready.pages.close()
            return
        self._rest()
        if ready.kept is not None:
            self._keep(ready, ready.kept)
            return
        self._job = None
        self._show(ready)

    def _show(self, ready: Ready) -> None:
        from app.reports.sending import of_made

        self._ready, self._kept = ready, None
        drawn = ready.made.drawn
        self._show_pages(ready.pages, drawn.lists, drawn.links)
        self.out.show_report(of_made(ready.made), ready.job.language)
        self.comment.show_report(ready.job.week, ready.job.edition, ready.made.figures.comment)
        self._say_state()
        self._buttons()

    def _show_pages(self, pages: Pages, lists: Sequence[Listed], links: Sequence[Link]) -> None:
        self._lists = lists
        says = {one.anchor: f"{'; '.join(one.titles)}: {text.cases(len(one.cases))}" for one in lists}
        self.view.show_document(pages, links, says)
        self._room.setCurrentWidget(self.view)
        self.figures.show_lists(lists)

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is not self._job:
            return
        self._job = None
        self._rest()
        if job.freezes:
            self.comment.set_busy(False)
        if not isinstance(error, Stopped):
            self._services.show_error(error)
        if self._ready is None:
            self._show_nothing()

    def _rest(self) -> None:
        self._look.stop()
        self._progress.hide()
        self.cancel.hide()

    def _say_nothing(self) -> None:
        """Where no report is shown yet: whether one is coming, or what to do."""
        if self._job is not None:
            self._nothing.show_as(
                "reports",
                self.tr("The report is being made"),
                self.tr("Its pages appear here as they are printed."),
                "",
            )
        else:
            self._nothing.show_as(
                "reports", self.tr("No report is shown"), self.tr("Choose a week, or make the chosen one now."),
                self.tr("Make it"),
            )  # fmt: skip

    def _show_nothing(self) -> None:
        self._say_nothing()
        self.out.show_report(None)
        self._room.setCurrentWidget(self._nothing)
        self._buttons()

    def _show_progress(self) -> None:
        job = self._job
        if job is None:
            return
        self._progress.show()
        self.cancel.show()
        if job.what == "figures":
            self._progress.setRange(0, max(job.total, 1))
            self._progress.setValue(job.done)
            self._progress.setFormat(self.tr("figures…"))
        else:
            self._progress.setRange(0, 0)
            self._progress.setFormat(self.tr("page {page}").format(page=text.number(job.done)))
        self._buttons()

    def _buttons(self) -> None:
        there = self.view.count > 0 and self._room.currentWidget() is self.view
        for button in (self.smaller, self.larger, self.wide):
            button.setEnabled(there)
        self._say_page()

    def _say_page(self) -> None:
        there = self.view.count > 0 and self._room.currentWidget() is self.view
        self._page.setText(
            self.tr("Page {page} of {count}").format(
                page=text.number(self.view.current_page + 1), count=text.number(self.view.count)
            )
            if there
            else ""
        )

    def _say_state(self) -> None:
        if self._kept is not None:
            words = self.tr("As it was frozen by {who} on {time}, at log position {seq}.")
            told = words.format(
                who=self._kept.made_by,
                time=text.moment(self._kept.made_at, self._services.zone),
                seq=self._kept.log_seq,
            )
        elif self._ready is not None:
            figures = self._ready.made.figures
            told = self.tr("Computed {time} at log position {seq}.").format(
                time=text.moment(figures.computed_at, self._services.zone), seq=figures.log_seq
            )
            if figures.restated:
                told += " " + self.tr("%n figure(s) restated since last week.", "", len(figures.restated))
            if figures.running:
                told += " " + self.tr("The week is not over: preliminary.")
        else:
            told = ""
        self._state.setText(told)

    # -- doing things with it -----------------------------------------------------------------------------------------
    def open_list(self, anchor: str) -> None:
        """The cases behind a figure."""
        found = next((one for one in self._lists if one.anchor == anchor), None)
        if found is not None:
            self.cases_wanted.emit(found.title, tuple(key.rid for key in found.cases))

    def freeze(self) -> None:
        """Keep the chosen report in the store with the comment as it stands, then show it again with it. It is made
        where reports are made, so that nobody's saving waits; only the finished one is written."""
        if self._ready is None:
            return
        old = self._ready.job
        self._give_up()
        job = self._job = replace(
            old, private=False, comment=self.comment.text(), seen=self._seen, freezes=True, what="figures", done=0,
            total=0, stop=Event(),
        )  # fmt: skip
        self.comment.set_busy(True)
        self._begin(job)

    def _keep(self, ready: Ready, kept: ToFreeze) -> None:
        from app.reports.freezing import freeze

        self.cancel.hide()
        self._services.run(
            lambda desk: freeze(desk.context, kept), done=lambda _: self._frozen(ready),
            failed=lambda error: self._failed_to_keep(ready), owner=self, said=self.tr("Report frozen"),
        )  # fmt: skip

    def _failed_to_keep(self, ready: Ready) -> None:
        ready.pages.close()
        self.comment.set_busy(False)
        if self._job is ready.job:
            self._job = None

    def _frozen(self, ready: Ready) -> None:
        self.comment.set_busy(False)
        self.comment.kept()
        self.archive.read()
        if self._job is not ready.job:
            ready.pages.close()
            return
        self._job = None
        if self.choice.names_private():
            ready.pages.close()
            self.make()
        else:
            self._show(ready)

    def show_kept(self, kept: Kept, document: bytes, pages: Pages, inside: Inside) -> None:
        """A report of the archive, as it was printed; its figures open the cases they counted then."""
        self._give_up()
        self._rest()
        from app.reports.sending import of_kept

        self._ready, self._kept = None, kept
        self._show_pages(pages, inside.lists, inside.links)
        self.out.show_report(of_kept(kept, self._services.desk.name, document))
        self._say_state()
        self._buttons()

    def _prints(self, run: PrintRun, pages: int) -> None:
        self._printing = run
        self._progress.setRange(0, pages)
        self._progress.setValue(0)
        self._progress.setFormat(self.tr("printing…"))
        self._progress.show()
        self.cancel.show()
        run.moved.connect(lambda done, _all: self._progress.setValue(done))
        run.ended.connect(self._printed)

    def _printed(self, whole: bool) -> None:
        self._printing = None
        self._rest()
        if whole:
            self._services.notices.done(self.tr("Sent to the printer"))

    # -- words --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Reports"))
        for button, words in (
            (self.smaller, self.tr("Smaller")),
            (self.larger, self.tr("Larger")),
            (self.wide, self.tr("As wide as the room")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.cancel.setText(self.tr("Cancel"))
        self._progress.setAccessibleName(self.tr("How far the report is"))
        for number, words in enumerate((self.tr("Figures"), self.tr("Comment"), self.tr("Archive"))):
            self.side.setTabText(number, words)
        self._say_nothing()
        self._say_state()
        self._say_page()
