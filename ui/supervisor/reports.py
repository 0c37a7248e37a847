"""Reports: which week, about what; its real pages; its figures with their cases; comment, archive; print, save, send.

A report is made on a lane as soon as it is chosen, with progress and Cancel. Figures that are underlined on the pages
open their cases by mouse; the list of figures beside the pages does the same by keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
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

from app import times
from app.changes import Changes
from app.insight.scope import Edition
from app.reading import ReadingDesk
from ui import text
from ui.admin.section import reaches, role_of_me
from ui.icons import icon
from ui.services import Services
from ui.supervisor.making import Job, Ready, Stopped, make
from ui.supervisor.pdf_view import PdfView
from ui.supervisor.report_side import ArchivePane, CommentPane, FiguresPane
from ui.tokens import GAP_M, GAP_S, GAP_XS
from ui.widgets.blocks import EmptyState
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.reports.annex import Listed
    from app.reports.freezing import Kept, ToFreeze
    from app.reports.inside import Inside
    from app.reports.pages import Pages
    from app.reports.pdf import Link
    from ui.supervisor.printing import PrintRun

WEEKS: Final = 104
PROGRESS_MS: Final = 100
LETTER_LANDS: Final = ("US", "CA", "MX")

Parts = dict[str, list[tuple[bytes, str]]]


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
        self._shown_pages: Pages | None = None
        self._role = ""
        self._parts: Parts = {}
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
        first = QHBoxLayout()
        first.setSpacing(GAP_XS)
        first.addWidget(self.earlier)
        first.addWidget(self.week)
        first.addWidget(self.later)
        first.addSpacing(GAP_S)
        for box in (self.kind, self.which, self.paper):
            first.addWidget(box)
        first.addWidget(self.private)
        first.addStretch(1)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(GAP_S)
        self.save, self.print, self.mail = QPushButton(), QPushButton(), QPushButton()
        for button, drawing, run in (
            (self.save, "save", self.save_as), (self.print, "print", self.print_it), (self.mail, "mail", self.send),
        ):  # fmt: skip
            button.setIcon(icon(drawing))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
            second.addWidget(button)
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
        self.setFocusProxy(self.week)
        self._fill_weeks()
        self.week.setCurrentIndex(1)
        self.week.currentIndexChanged.connect(lambda _row: self.make())
        self.paper.setCurrentIndex(int(self.locale().territoryToCode(self.locale().territory()) in LETTER_LANDS))
        self.paper.currentIndexChanged.connect(lambda _row: self.make())
        self.private.toggled.connect(lambda _on: self.make())
        self.earlier.clicked.connect(lambda: self._step(1))
        self.later.clicked.connect(lambda: self._step(-1))
        self.which.hide()
        self.kind.currentIndexChanged.connect(lambda _row: self._kind_chosen())
        self.which.activated.connect(lambda _row: self.make())

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

    def _step(self, by: int) -> None:
        row = self.week.currentIndex() + by
        if 0 <= row < self.week.count():
            self.week.setCurrentIndex(row)

    # -- what it is about ---------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._services.lanes.read.submit(_known, self._services.desk, done=self._know)
            self.archive.read()
            self.make()
        # Whose work may be missing is told by the store; nobody waits for it.
        self._services.run(lambda desk: desk.signs_of_life(), done=self._know_seen, owner=self, waits=True)

    def _know_seen(self, seen: Mapping[bytes, int]) -> None:
        self._seen = seen or self._seen
        if self._job is not None and not self._job.freezes and self._job.seen is None:
            self.make()

    def _know(self, known: tuple[str, Parts]) -> None:
        self._role, self._parts = known
        supervisor = bool(self._role) and reaches(self._role, "supervisor")
        self.private.setVisible(supervisor)
        self.comment.allow(supervisor)

    def _changed(self, changes: Changes) -> None:
        if self._begun and changes.concern_tables("analyst", "department", "product", "coverage"):
            self._services.lanes.read.submit(_known, self._services.desk, done=self._know, key="report parts")
        if self._begun and changes.concern_tables("frozen_report"):
            self.archive.read()

    def _kind_chosen(self) -> None:
        kind = self.kind.currentData()
        self.which.clear()
        for row_id, name in self._parts.get(kind, []):
            self.which.addItem(name, row_id)
        self.which.setVisible(bool(kind))
        if not kind or self.which.count():
            self.make()

    def edition(self) -> Edition | None:
        """The part that is chosen."""
        kind, which = self.kind.currentData(), self.which.currentData()
        return Edition(kind, which) if kind and which else None

    # -- making one ---------------------------------------------------------------------------------------------------
    def make(self, comment: str | None = None) -> None:
        """Make what is chosen; what is being made is given up."""
        if not self._begun or self._services.lanes.closed:
            return
        self._give_up()
        job = self._job = Job(
            str(self.week.currentData()), self.edition(), str(self.paper.currentData()),
            self.private.isChecked() and not self.private.isHidden(), comment,
            self._services.desk.context.language, self._seen,
        )  # fmt: skip
        self._begin(job)

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
        self._ready, self._kept = ready, None
        drawn = ready.made.drawn
        self._show_pages(ready.pages, drawn.lists, drawn.links)
        self.comment.show_report(ready.job.week, ready.job.edition, ready.made.figures.comment)
        self._say_state()
        self._buttons()

    def _show_pages(self, pages: Pages, lists: Sequence[Listed], links: Sequence[Link]) -> None:
        self._shown_pages, self._lists = pages, lists
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

    def _show_nothing(self) -> None:
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
        for button in (self.save, self.print, self.smaller, self.larger, self.wide):
            button.setEnabled(there)
        self.mail.setEnabled(there and self._ready is not None)
        self.later.setEnabled(self.week.currentIndex() > 0)
        self.earlier.setEnabled(self.week.currentIndex() < self.week.count() - 1)
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
        if self.private.isChecked() and not self.private.isHidden():
            ready.pages.close()
            self.make()
        else:
            self._show(ready)

    def show_kept(self, kept: Kept, document: bytes, pages: Pages, inside: Inside) -> None:
        """A report of the archive, as it was printed; its figures open the cases they counted then."""
        self._give_up()
        self._rest()
        self._ready, self._kept = None, kept
        self._document = document
        self._show_pages(pages, inside.lists, inside.links)
        self._say_state()
        self._buttons()

    def _bytes(self) -> bytes:
        return self._ready.made.drawn.document if self._ready is not None else self._document

    def _name(self) -> str:
        from app.reports.sending import file_name

        if self._ready is not None:
            return file_name(self._ready.made.figures)
        assert self._kept is not None
        about = f" {self._kept.about}" if self._kept.about else ""
        return f"{self._services.desk.name} {self._kept.week}{about}.pdf".replace("/", "-")

    def save_as(self) -> None:
        """Ask where, and write it there."""
        folder = self._services.settings["report_folder"] or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        place, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), str(Path(folder) / self._name()), self.tr("PDF (*.pdf)")
        )
        if place:
            self.save_to(Path(place))

    def save_to(self, path: Path) -> None:
        """Write the pages that are shown."""
        from app.reports.writing import write_whole

        self._services.settings["report_folder"] = str(path.parent)
        self._services.lanes.write.submit(
            write_whole, path, self._bytes(), failed=self._services.show_error, owner=self,
            done=lambda _: self._services.notices.done(self.tr("Report written to {file}").format(file=path)),
        )  # fmt: skip

    def print_it(self) -> None:
        """The system's own dialog, then page by page."""
        from ui.supervisor.printing import page_size

        pages = self._shown_pages
        if pages is None or not pages.sizes:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name())
        printer.setPageSize(page_size(pages.sizes[0][0]))
        printer.setFromTo(1, len(pages.sizes))
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(pages.sizes))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        self._printer = printer
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that are shown, or the range that was chosen."""
        from ui.supervisor.printing import PrintRun

        pages = self._shown_pages
        if pages is None:
            return
        first, last = printer.fromPage() or 1, printer.toPage() or len(pages.sizes)
        chosen = range(first - 1, min(last, len(pages.sizes)))
        run = self._printing = PrintRun(self._services, pages, printer, chosen, self)
        self._progress.setRange(0, len(chosen))
        self._progress.setFormat(self.tr("printing…"))
        self._progress.show()
        self.cancel.show()
        run.moved.connect(lambda done, _all: self._progress.setValue(done))
        run.ended.connect(self._printed)
        run.start()

    def _printed(self, whole: bool) -> None:
        self._printing = None
        self._rest()
        if whole:
            self._services.notices.done(self.tr("Sent to the printer"))

    def send(self) -> None:
        """By e-mail."""
        from ui.supervisor.mail_sheets import MailDialog

        if self._ready is not None:
            dialog: QDialog = MailDialog(self._services, self._ready.made, self._ready.job.language, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    # -- words --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill_weeks()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Reports"))
        self.week.setAccessibleName(self.tr("Week"))
        self.kind.setAccessibleName(self.tr("Edition"))
        self.which.setAccessibleName(self.tr("About"))
        self.paper.setAccessibleName(self.tr("Paper"))
        for button, words in (
            (self.earlier, self.tr("Earlier week")),
            (self.later, self.tr("Later week")),
            (self.smaller, self.tr("Smaller")),
            (self.larger, self.tr("Larger")),
            (self.wide, self.tr("As wide as the room")),
        ):
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
        self.save.setText(self.tr("Save…"))
        self.print.setText(self.tr("Print…"))
        self.mail.setText(self.tr("E-mail…"))
        self.cancel.setText(self.tr("Cancel"))
        self._progress.setAccessibleName(self.tr("How far the report is"))
        for number, words in enumerate((self.tr("Figures"), self.tr("Comment"), self.tr("Archive"))):
            self.side.setTabText(number, words)
        self._nothing.show_as(
            "reports", self.tr("No report is shown"), self.tr("Choose a week, or make the chosen one now."),
            self.tr("Make it"),
        )  # fmt: skip
        self._say_state()
        self._say_page()


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
