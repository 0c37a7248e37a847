"""One case: what is on show, and how it comes there.

The life of a page: `show_case` asks the read lane for everything in one go, latest only; what comes is put into widgets
that were made once, so opening the next case costs a few milliseconds. When a change names this case, the same is read
again and put in place: what is being typed stays, the timeline keeps its place, and a field that somebody else changed
meanwhile asks which value shall stand. What takes longer (similar cases, pictures) follows on other lanes.

Where the parts stand is the business of ui.case_page, what is done to the case that of ui.case_verbs: those verbs that
ask something do so in a sheet in the composer's place, so that the timeline can be read while one writes what was
tried.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import UserError
from app.work.attachments import Where, may_open
from app.work.present import AttachmentLine
from app.work.surroundings import Surroundings
from ui import text
from ui.case_loading import CaseLoading, Loaded
from ui.case_page import CasePage
from ui.case_verbs import CaseVerbs
from ui.fetching import Fetching
from ui.services import Services
from ui.sheets import Sheet
from ui.widgets.blocks import EmptyState

READ_AFTER_MS: Final = 700
"""How long a case must be in view to count as read: running through a list with the arrow keys reads nothing."""
REFRESH_MS: Final = 25
REST_MS: Final = 60
"""After so long the timeline above what is in view is laid out."""
_CONCERN: Final = ("time_entry", "case_link", "case_watcher", "article_use", "satisfaction")
"""Tables of which a change may concern the case without naming it."""


class CaseEditor(QWidget):
    """Shows and changes one case."""

    case_opened = Signal(bytes)
    """The user went on to another case from here (a link, a similar case)."""
    decided = Signal()
    """A change that met another one was decided: the store should hear of it."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: bytes | None = None
        self._loaded: Loaded | None = None
        self._everything = False
        self._pictures: dict[str, QImage] = {}
        self._loading = CaseLoading(services.desk, services.zone)
        self._fetching = Fetching(services, self)
        self._refresh = self._timer(REFRESH_MS, self._load)
        self._rest = self._timer(REST_MS, self._show_rest)
        self._dwell = self._timer(READ_AFTER_MS, self._mark_read)
        self._read: tuple[bytes, int] | None = None
        self._build()
        self._retranslate()
        self._show_nothing()
        services.bell.changed.connect(self._changed)

    def _timer(self, ms: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(run)
        return timer

    # -- what is shown ------------------------------------------------------------------------------------------------
    @property
    def case_id(self) -> bytes | None:
        """The case on show, or on its way."""
        return self._case

    @property
    def loaded(self) -> Loaded | None:
        """What is on show."""
        return self._loaded

    def show_case(self, case_id: bytes | None) -> None:
        """Show this case, or nothing. Returns at once; the case follows in a few milliseconds."""
        if case_id == self._case:
            return
        self._leave()
        self._case = case_id
        self._everything = False
        self._dwell.stop()
        if case_id is None:
            self._loaded = None
            self._show_nothing()
            return
        self._load()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that stands in the composer's place."""
        return self.writing.sheet

    # -- verbs --------------------------------------------------------------------------------------------------------
    def verbs(self) -> dict[str, Callable[[], object]]:
        """What each action of the table (ui.actions) does here, to be bound by the window."""
        return self._verbs.table()

    def do(self, verb: str) -> None:
        """Carry out a verb of `verbs`."""
        self._verbs.do(verb)

    def claim(self) -> None:
        """It is mine now, or a notice says whose it is."""
        self._verbs.claim()

    def write(self, kind: str) -> None:
        """Begin a note, a reply, a call or a visit."""
        self._verbs.write(kind)

    def set_field(self, said: str, **columns: Any) -> None:
        """Change columns of the case."""
        self._verbs.set_field(said, **columns)

    def to_suggestions(self) -> None:
        """To the articles that may help, wherever they stand."""
        self._verbs.to_suggestions()

    # -- loading ------------------------------------------------------------------------------------------------------
    def _load(self) -> None:
        self._refresh.stop()
        if self._case is None:
            return
        self._services.lanes.read.submit(
            self._loading.case, self._case, self._everything, done=self._show, failed=self._could_not_load,
            key=("case editor", id(self)),
        )  # fmt: skip

    def _show(self, loaded: Loaded) -> None:
        if loaded.view.id != self._case:
            return
        other = self._loaded is None or self._loaded.view.id != loaded.view.id
        self._loaded = loaded
        view = loaded.view
        if other:
            self._pictures = {}
            self._fetching.forget()
            self._head.clash.hide()
        self._head.show_view(view, loaded.severities, loaded.now)
        self.conflicts.show_rows(loaded.conflicts, loaded.severities)
        self._fields.show_view(view)
        self._files.show_view(view, loaded.now)
        self._page.count_files(len(view.attachments))
        self.composer.show_case(view.id, loaded.draft, view.label)
        self.composer.set_context(loaded.placeholders, loaded.templates, loaded.language)
        self.writing.show_for(view.id)
        self.suggesting.show_view(view)
        if self._pages.currentWidget() is not self._page:
            self._pages.setCurrentWidget(self._page)
        self.timeline.show_content(loaded.tail if other else loaded.timeline, other_case=other)
        if other:
            self._rest.start()
        else:
            self._show_rest()
        if other:
            self._side.clear()
        self._services.lanes.count.submit(
            self._loading.around, view.id, done=partial(self._show_around, view.id), owner=self,
            key=("case editor", id(self)),
        )  # fmt: skip
        self._dwell.start()

    def _show_rest(self) -> None:
        """The whole page above what was painted first, then its pictures."""
        if self._loaded is not None and self._loaded.view.id == self._case:
            self._rest.stop()
            self.timeline.show_content(self._loaded.timeline, other_case=False)
            self._ask_for_pictures(self._loaded)

    def _show_around(self, case_id: bytes, found: tuple[Surroundings, str]) -> None:
        if case_id == self._case and self._loaded is not None:
            self._side.show_around(found[0], found[1], self._loaded.view)

    def _ask_for_pictures(self, loaded: Loaded) -> None:
        files = sorted({line.sha256 for line in loaded.view.attachments})
        if files:
            self._services.lanes.read.submit(
                self._loading.look_at_files, files, loaded.timeline.pictures,
                done=partial(self._show_pictures, loaded), owner=self, key=("case editor pictures", id(self)),
            )  # fmt: skip

    def _show_pictures(self, loaded: Loaded, found: tuple[dict[bytes, Where], dict[str, QImage]]) -> None:
        where, pictures = found
        if loaded.view.id != self._case:
            return
        if pictures.keys() != self._pictures.keys():
            self._pictures = pictures
            self.timeline.show_pictures(pictures)
        self._fetching.look(loaded.view.attachments, where)

    def _file_came(self, sha256: bytes) -> None:
        if self._loaded is not None and any(a.sha256 == sha256 for a in self._loaded.view.attachments):
            self._ask_for_pictures(self._loaded)

    def _show_file_words(self, said: dict[bytes, str]) -> None:
        self._files.show_words(said)
        self.timeline.show_words(said)

    def _could_not_load(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._services.show_error(error)
        self._leave()
        self._case, self._loaded = None, None
        self._empty.show_as("case", self.tr("This case is not here any more"), text.refusal(error))
        self._pages.setCurrentWidget(self._empty)

    def _changed(self, changes: Changes) -> None:
        if self._case is None or changes.tables == {"case_read"}:
            return
        concerns = changes.concern_case(self._case) or changes.concern_tables(*_CONCERN)
        if concerns and not self._refresh.isActive():
            self._refresh.start()

    def _mark_read(self) -> None:
        if self._loaded is None or not self.isVisible():
            return
        state = (self._loaded.view.id, self._loaded.view.row["updated_at"])
        if state != self._read:
            self._read = state
            self._services.mark_read(state[0])

    def _leave(self) -> None:
        """Going to another case: nothing typed is left behind."""
        if self._loaded is None:
            return
        self._verbs.keep_fields()
        self.composer.flush()

    def _show_nothing(self) -> None:
        self.composer.show_case(None)
        self.writing.show_composer()
        self.suggesting.show_view(None)
        self._empty.show_as(
            "case", self.tr("No case chosen"), self.tr("Choose one in the list, or press F2 when somebody calls.")
        )
        self._pages.setCurrentWidget(self._empty)

    # -- links and files ----------------------------------------------------------------------------------------------
    def open_case(self, case_id: bytes) -> None:
        """Go on to another case and tell the window."""
        self.show_case(case_id)
        self.case_opened.emit(case_id)

    def _open_number(self, number: int) -> None:
        self._services.lanes.read.submit(
            self._services.desk.present.find, str(number), done=self.open_case, failed=self._services.show_error,
            owner=self,
        )  # fmt: skip

    def _open_attachment(self, sha256: bytes) -> None:
        if self._loaded is None:
            return
        line = next((a for a in self._loaded.view.attachments if a.sha256 == sha256), None)
        if line is not None and may_open(line.name, line.media_type):
            self.open_file(line)
        elif line is not None:
            self._files.save(line)

    def open_file(self, line: AttachmentLine) -> None:
        """Show a file with the system's own program, fetched first where it is not here."""
        self._fetching.want(line, partial(self._open_copy, line))

    def _open_copy(self, line: AttachmentLine) -> None:
        self._services.lanes.read.submit(
            self._loading.files.copy_to_show, line.sha256, line.name, line.media_type,
            done=lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            failed=self._services.show_error, owner=self,
        )  # fmt: skip

    def _show_earlier(self, what: str) -> None:
        if what == "earlier":
            self._everything = True
            self._load()

    # -- parts --------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.setAcceptDrops(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        whole.addWidget(self._pages)
        self._empty = EmptyState("case", "", "", parent=self._pages)
        self._page = page = CasePage(self._services, self._loading.files, self._fetching, self, self._pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        self._head, self._fields, self._files, self._side = page.head, page.fields, page.files, page.side
        self._tabs: QTabBar = page.tabs
        self.hint: QPushButton = page.hint
        self.conflicts, self.timeline, self.writing = page.conflicts, page.timeline, page.writing
        self.composer, self.suggested, self.suggesting = page.writing.composer, page.suggested, page.suggesting
        self._verbs = CaseVerbs(self._services, page, lambda: self._loaded, self._load, self)
        self.setFocusProxy(self.timeline)
        self._connect()

    def _connect(self) -> None:
        page, verbs = self._page, self._verbs
        head, step = page.head, page.head.next_step
        head.verb_wanted.connect(verbs.do)
        head.severity_chosen.connect(verbs.set_severity)
        head.title_kept.connect(verbs.keep_title)
        head.title.done.connect(page.focus_timeline)
        step.kept.connect(verbs.keep_step)
        step.what.done.connect(page.focus_timeline)
        step.who_chosen.connect(verbs.step_by)
        step.when_chosen.connect(verbs.step_at)
        page.conflicts.decided.connect(self._load)
        page.conflicts.decided.connect(self.decided)
        page.timeline.case_wanted.connect(self._open_number)
        page.timeline.attachment_wanted.connect(self._open_attachment)
        page.timeline.action_wanted.connect(self._show_earlier)
        self.composer.left.connect(page.focus_timeline)
        page.writing.left.connect(page.focus_timeline)
        page.fields.changed.connect(verbs.set_details)
        page.fields.tags_changed.connect(verbs.tag)
        page.side.case_wanted.connect(self._open_number)
        page.side.opened.connect(self.open_case)
        self.suggesting.insert_wanted.connect(verbs.insert_article)
        self.suggesting.solved_with.connect(verbs.solved_with)
        page.side.merge_wanted.connect(verbs.merge_into)
        page.side.part_wanted.connect(verbs.part)
        page.files.open_wanted.connect(self.open_file)
        self._fetching.said.connect(self._show_file_words)
        self._fetching.came.connect(self._file_came)
        page.files.attach_wanted.connect(verbs.attach)
        fields = {"title": head.title, "step": step.what, "description": page.fields.description}
        for which, field in fields.items():
            field.clashed.connect(partial(verbs.clash, which))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._case is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.write("note")
        self.composer.attach_files([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])
        event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._load()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Case"))
        if self._loaded is None:
            self._show_nothing()
