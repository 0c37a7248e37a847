"""One case: head, timeline, composer, fields, and what stands around it.

The life of a page: `show_case` asks the read lane for everything in one go, latest only; what comes is put into widgets
that were made once, so opening the next case costs a few milliseconds. When a change names this case, the same is read
again and put in place: what is being typed stays, the timeline keeps its place, and a field that somebody else changed
meanwhile asks which value shall stand. What takes longer (similar cases, pictures) follows on other lanes.

Verbs are carried out by the services; those that ask something do so in a sheet in the composer's place, so that the
timeline can be read while one writes what was tried.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.errors import UserError
from app.knowledge.reading import ArticleText
from app.work.attachments import Where, may_open
from app.work.present import AttachmentLine
from app.work.surroundings import Surroundings
from db.rules import OPEN_STATUSES
from ui import case_head, text
from ui.article_sheet import ArticleSheet
from ui.case_conflicts import CaseConflicts
from ui.case_fields import CaseFields
from ui.case_head import CaseHead
from ui.case_loading import CaseLoading, Loaded
from ui.case_side import CaseFiles, CaseSide
from ui.case_suggestions import CaseSuggestions
from ui.fetching import Fetching
from ui.icons import icon
from ui.in_place import InPlaceText
from ui.inserting import article_words
from ui.link_sheets import BroadcastSheet, CloseAllSheet, LinkSheet, MergeSheet, WorkaroundSheet
from ui.passing_sheets import DeEscalateSheet, EscalateSheet
from ui.pickers import Choice
from ui.rate_sheet import RateSheet
from ui.reminder_sheets import RemindSheet, SnoozeSheet
from ui.resolve_sheet import ResolveSheet
from ui.services import Services
from ui.sheets import CancelSheet, HandOverSheet, ReopenSheet, Sheet, TimeSheet, WaitSheet
from ui.specialist_sheets import AskSheet, SpecialistSheet
from ui.timeline import Timeline
from ui.tokens import GAP_M, GAP_S
from ui.widgets.blocks import Divider, EmptyState
from ui.widgets.labels import plain_tool_tip
from ui.writing import WritingPlace

if TYPE_CHECKING:
    from app.desk import Desk

READ_AFTER_MS: Final = 700
"""How long a case must be in view to count as read: running through a list with the arrow keys reads nothing."""
REFRESH_MS: Final = 25
REST_MS: Final = 60
"""After so long the timeline above what is in view is laid out."""
WIDE_IN_EM: Final = 92
"""From this width on the side panel stands beside the timeline."""
_CONCERN: Final = ("time_entry", "case_link", "case_watcher", "article_use", "satisfaction")
"""Tables of which a change may concern the case without naming it."""
_TIMELINE, _DETAILS, _AROUND, _FILES = range(4)


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
        self._leaving = False
        self._pictures: dict[str, QImage] = {}
        self._loading = CaseLoading(services.desk, services.zone)
        self._fetching = Fetching(services, self)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._load)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show_rest)
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(READ_AFTER_MS)
        self._dwell.timeout.connect(self._mark_read)
        self._read: tuple[bytes, int] | None = None
        self._build()
        self._retranslate()
        self._show_nothing()
        services.bell.changed.connect(self._changed)

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

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What each action of the table (ui.actions) does here, to be bound by the window."""
        return {
            "case.claim": self.claim,
            "case.hand_over": partial(self._open_sheet, HandOverSheet),
            "case.to_specialist": partial(self._open_sheet, SpecialistSheet),
            "case.ask": partial(self._open_sheet, AskSheet),
            "case.escalate": partial(self._open_sheet, EscalateSheet),
            "case.wait": partial(self._open_sheet, WaitSheet),
            "case.resolve": partial(self._open_sheet, ResolveSheet),
            "case.reopen": partial(self._open_sheet, ReopenSheet),
            "case.time": partial(self._open_sheet, TimeSheet),
            "case.reply": partial(self.write, "reply"),
            "case.note": partial(self.write, "note"),
            "case.call": partial(self.write, "call"),
            "case.next_step": self._edit_next_step,
            "case.severity": self._head.open_severities,
            "case.attach": self._attach,
            "case.send": self._send,
            "case.audience": self.composer.toggle_audience,
            "case.template": partial(self._compose, self.composer.choose_template),
            "case.knowledge": partial(self._compose, self.composer.choose_article),
            "case.suggestions": self.to_suggestions,
            "case.article": partial(self._open_sheet, ArticleSheet),
            "case.stopwatch": partial(self._compose, self.composer.toggle_watch),
            "case.copy_number": self._copy_number,
            case_head.CLOSE: self.close_case,
            case_head.BACK_TO_WORK: self.back_to_work,
            case_head.CANCEL: partial(self._open_sheet, CancelSheet),
            "case.de_escalate": partial(self._open_sheet, DeEscalateSheet),
            "case.take_back": self.take_back,
            "case.merge": partial(self._open_sheet, MergeSheet),
            "case.unmerge": self.unmerge,
            "case.link": partial(self._open_sheet, LinkSheet),
            "case.broadcast": partial(self._open_sheet, BroadcastSheet),
            "case.close_all": partial(self._open_sheet, CloseAllSheet),
            "case.workaround": partial(self._open_sheet, WorkaroundSheet),
            "case.rate": partial(self._open_sheet, RateSheet),
            "case.remind": partial(self._open_sheet, RemindSheet),
            "case.snooze": partial(self._open_sheet, SnoozeSheet),
            "case.watch": partial(self._watch, True),
            "case.unwatch": partial(self._watch, False),
        }

    def do(self, verb: str) -> None:
        """Carry out a verb of `verbs`."""
        if self._loaded is not None:
            self.verbs()[verb]()

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
        self._tabs.setTabText(_FILES, self._files_words())
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
        self._leaving = True
        fields: list[InPlaceText] = [self._head.title, self._head.next_step.what, self._fields.description]
        for field in fields:
            if field.is_edited:
                field.keep()
        self._leaving = False
        self.composer.flush()

    def _show_nothing(self) -> None:
        self.composer.show_case(None)
        self.writing.show_composer()
        self.suggesting.show_view(None)
        self._empty.show_as(
            "case", self.tr("No case chosen"), self.tr("Choose one in the list, or press F2 when somebody calls.")
        )
        self._pages.setCurrentWidget(self._empty)

    # -- verbs --------------------------------------------------------------------------------------------------------
    def claim(self) -> None:
        """It is mine now, or a notice says whose it is."""
        self._run(lambda desk, case: desk.cases.claim(case), self.tr("Claimed"))

    def back_to_work(self) -> None:
        """No longer waiting."""
        self._run(lambda desk, case: desk.cases.work(case), self.tr("Back to work"))

    def close_case(self) -> None:
        """The file is closed."""
        self._run(lambda desk, case: desk.cases.close(case), self.tr("Closed"))

    def take_back(self) -> None:
        """The work is mine again."""
        self._run(lambda desk, case: desk.cases.take_back(case), self.tr("Taken back"))

    def unmerge(self) -> None:
        """Two cases after all."""
        self._run(lambda desk, case: desk.linking.unmerge(case), self.tr("Two cases again"))

    def merge_into(self, case_id: bytes, said: str) -> None:
        """Ask whether this case is the same as that one. `said`: its number and title."""
        self._open_sheet(MergeSheet)
        if isinstance(self.sheet, MergeSheet):
            self.sheet.choose(Choice("case", case_id, said))
            self.sheet.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, case_id: bytes) -> None:
        """This case and that one do not hang together."""
        self._run(lambda desk, case: desk.linking.unlink(case, case_id), self.tr("Parted"))

    def write(self, kind: str) -> None:
        """Begin a note, a reply, a call or a visit."""
        self.writing.show_composer()
        self._tabs.setCurrentIndex(_TIMELINE)
        self.composer.write(kind)

    def set_field(self, said: str, **columns: Any) -> None:
        """Change columns of the case."""
        self._run(lambda desk, case: desk.cases.set(case, **columns), said)

    def _run(self, verb: Callable[[Desk, bytes], object], said: str) -> None:
        # What is seen, not what is on its way: a key pressed a moment after choosing another case means the old one.
        case_id = self._loaded.view.id if self._loaded is not None else None
        if case_id is not None:
            self._services.run(lambda desk: verb(desk, case_id), said=said, failed=lambda _: self._load(), owner=self)

    def _watch(self, on: bool) -> None:
        said = self.tr("You will be told what happens to this case") if on else self.tr("No longer watched")
        self._run(lambda desk, case: desk.cases.watch(case, on), said)

    def _send(self) -> None:
        if self.sheet is not None:
            self.sheet.submit()
        else:
            self.composer.send()

    def _attach(self) -> None:
        self._compose(self.composer.choose_files)

    def _compose(self, what: Callable[[], object]) -> None:
        """Something the composer does, with the composer on show."""
        self.writing.show_composer()
        self._tabs.setCurrentIndex(_TIMELINE)
        what()

    def _copy_number(self) -> None:
        if self._loaded is not None:
            QGuiApplication.clipboard().setText(self._loaded.view.label)

    def _edit_next_step(self) -> None:
        self._head.next_step.what.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._head.next_step.what.selectAll()

    # -- fields -------------------------------------------------------------------------------------------------------
    def _title_kept(self, title: str) -> None:
        if title:
            self.set_field(self.tr("Title changed"), title=title)
        else:
            self._head.title.discard()
            self._load()

    def _step_kept(self, step: str) -> None:
        if step:
            self._run(lambda desk, case: desk.cases.next_step(case, step), self.tr("Next step set"))
        else:
            self._load()

    def _step_by(self, choice: Any) -> None:
        self.set_field(self.tr("Next step set"), next_step_by_id=choice.id if choice else None)

    def _step_at(self, at: int | None) -> None:
        self.set_field(self.tr("Next step set"), next_step_at=at)

    def _clash(self, which: str, mine: str, theirs: str) -> None:
        what, choose = {
            "title": (self.tr("The title"), self._title_kept),
            "step": (self.tr("The next step"), self._step_kept),
            "description": (self.tr("The description"), self._fields.keep_description),
        }[which]
        if self._leaving and self._loaded is not None:
            said = self.tr("{what} of case {case} was changed by somebody else, so yours was not kept: {mine}")
            self._services.notices.warning(said.format(what=what, case=self._loaded.view.label, mine=mine))
        else:
            self._head.clash.ask(what, mine, theirs, choose)

    # -- sheets -------------------------------------------------------------------------------------------------------
    @property
    def sheet(self) -> Sheet | None:
        """The sheet that stands in the composer's place."""
        return self.writing.sheet

    def _open_sheet(self, kind: type[Sheet]) -> None:
        if self._loaded is not None:
            self._tabs.setCurrentIndex(_TIMELINE)
            self.writing.open(kind, self._loaded.view)

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

    def to_suggestions(self) -> None:
        """To the articles that may help, wherever they stand."""
        if self._loaded is not None:
            if self._tabs.isTabVisible(_AROUND):
                self._tabs.setCurrentIndex(_AROUND)
            self.suggested.take_focus()

    def _show_hint(self) -> None:
        """Where the panel is on a page of its own, how many articles stand there."""
        count = len(self.suggested.suggestions())
        said = self.tr("1 article may help") if count == 1 else self.tr("{count} articles may help")
        said = said.format(count=text.number(count))
        self.hint.setText(said)
        self.hint.setToolTip(plain_tool_tip(said))
        self.hint.setAccessibleName(said)
        room = self._stack.width() - self._tabs.sizeHint().width() - GAP_M
        if self.hint.sizeHint().width() > room:  # the tabs come first
            self.hint.setText(text.number(count))
        self.hint.setVisible(count > 0 and self._tabs.isTabVisible(_AROUND))

    def _solved_with(self, article: ArticleText) -> None:
        """An article solved it: the close sheet, with what it says."""
        if self._loaded is not None and self._loaded.view.row["status"] in OPEN_STATUSES:
            self._open_sheet(ResolveSheet)
            self._insert_article(article)

    def _insert_article(self, article: ArticleText) -> None:
        """Its solution into whatever is being written: the close sheet, or the composer."""
        self._tabs.setCurrentIndex(_TIMELINE)
        if isinstance(self.sheet, ResolveSheet):
            self.sheet.use_article(article)
        else:
            self.writing.show_composer()
            self.composer.insert(article_words(article))

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
        """From the outside in: a part that is made within its parent is styled once, not at every level."""
        self.setAcceptDrops(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        whole.addWidget(self._pages)
        self._empty = EmptyState("case", "", "", parent=self._pages)
        self._page = QSplitter(Qt.Orientation.Horizontal, self._pages)
        self._page.setChildrenCollapsible(False)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)
        left = QWidget(self._page)
        self._page.addWidget(left)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = CaseHead(self._services, left)
        self._tabs = QTabBar(left)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for _ in range(4):
            self._tabs.addTab("")
        self._stack = QStackedWidget(left)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP_M - 4, 0, GAP_M, 0)
        bar.addWidget(self._tabs)
        bar.addStretch(1)
        # At the end of the tabs, where its coming and going moves nothing.
        self.hint = QPushButton(icon("lightbulb"), "", left)
        self.hint.setProperty("look", "quiet")
        self.hint.hide()
        bar.addWidget(self.hint)
        self.conflicts = CaseConflicts(self._services, left)
        column.addWidget(self._head)
        column.addWidget(self.conflicts)
        column.addWidget(Divider(left))
        column.addLayout(bar)
        column.addWidget(Divider(left))
        column.addWidget(self._stack, 1)
        talk = QWidget(self._stack)
        column = QVBoxLayout(talk)
        column.setContentsMargins(GAP_S, 0, GAP_S, GAP_S)
        column.setSpacing(GAP_S)
        self.timeline = Timeline(talk)
        self.writing = WritingPlace(self._services, talk)
        self.composer = self.writing.composer
        column.addWidget(self.timeline, 1)
        column.addWidget(self.writing)
        details, files = _scroll_area(self._stack), _scroll_area(self._stack)
        self._fields = CaseFields(self._services, details)
        self._files = CaseFiles(self._services, self._loading.files, self._fetching, files)
        details.setWidget(self._fields)
        files.setWidget(self._files)
        self._around = QWidget(self._stack)
        column = QVBoxLayout(self._around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = QVBoxLayout()
        beside.setContentsMargins(GAP_M, GAP_S, GAP_S, 0)
        self.suggesting = CaseSuggestions(self._services, self.writing, self._around, self)
        self.suggested = self.suggesting.panel
        self._side = CaseSide(self._services, self._around)
        beside.addWidget(self.suggested)
        column.addLayout(beside)
        column.addWidget(self._side, 1)
        for page in (talk, details, self._around, files):
            self._stack.addWidget(page)
        self.setFocusProxy(self.timeline)
        self._connect()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._turn_to)
        self._head.verb_wanted.connect(self.do)
        self._head.severity_chosen.connect(lambda rank: self.set_field(self.tr("Severity changed"), severity=rank))
        self._head.title_kept.connect(self._title_kept)
        self._head.title.done.connect(self._focus_timeline)
        step = self._head.next_step
        step.kept.connect(self._step_kept)
        step.what.done.connect(self._focus_timeline)
        step.who_chosen.connect(self._step_by)
        step.when_chosen.connect(self._step_at)
        self.conflicts.decided.connect(self._load)
        self.conflicts.decided.connect(self.decided)
        self.timeline.case_wanted.connect(self._open_number)
        self.timeline.attachment_wanted.connect(self._open_attachment)
        self.timeline.action_wanted.connect(self._show_earlier)
        self.composer.left.connect(self._focus_timeline)
        self.writing.left.connect(self._focus_timeline)
        self._fields.changed.connect(lambda columns: self.set_field(self.tr("Changed"), **columns))
        self._fields.tags_changed.connect(self._tags_changed)
        self._side.case_wanted.connect(self._open_number)
        self._side.opened.connect(self.open_case)
        self.suggesting.insert_wanted.connect(self._insert_article)
        self.suggesting.solved_with.connect(self._solved_with)
        self.suggested.shown.connect(lambda _count: self._show_hint())
        self.hint.clicked.connect(self.to_suggestions)
        self._side.merge_wanted.connect(self.merge_into)
        self._side.part_wanted.connect(self.part)
        self._files.open_wanted.connect(self.open_file)
        self._fetching.said.connect(self._show_file_words)
        self._fetching.came.connect(self._file_came)
        self._files.attach_wanted.connect(self._attach)
        fields = {"title": self._head.title, "step": step.what, "description": self._fields.description}
        for which, field in fields.items():
            field.clashed.connect(partial(self._clash, which))

    def _turn_to(self, index: int) -> None:
        self._stack.setCurrentIndex(index)

    def _focus_timeline(self) -> None:
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tags_changed(self, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        self._run(lambda desk, case: desk.cases.tag(case, add, remove), self.tr("Tags changed"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._show_hint()

    def _arrange(self) -> None:
        """The side panel beside the timeline where there is room, else on a page of its own."""
        wide = self.width() >= self.fontMetrics().horizontalAdvance("n") * WIDE_IN_EM
        beside = self._around.parent() is self._page
        if wide == beside:
            return
        if wide:
            if self._tabs.currentIndex() == _AROUND:
                self._tabs.setCurrentIndex(_TIMELINE)
            self._page.addWidget(self._around)
            self._page.setStretchFactor(0, 3)
            self._page.setStretchFactor(1, 1)
            self._page.setSizes([self.width() * 2 // 3, self.width() // 3])
            self._around.show()
            self._stack.insertWidget(_AROUND, QWidget())
        else:
            if (empty := self._stack.widget(_AROUND)) is not None:
                self._stack.removeWidget(empty)
                empty.deleteLater()
            self._stack.insertWidget(_AROUND, self._around)
            self._stack.setCurrentIndex(self._tabs.currentIndex())
        self._tabs.setTabVisible(_AROUND, not wide)
        self._show_hint()

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

    def _files_words(self) -> str:
        count = len(self._loaded.view.attachments) if self._loaded is not None else 0
        return self.tr("Files and time") + (f" ({count})" if count else "")

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Case"))
        for index, said in enumerate((self.tr("Timeline"), self.tr("Details"), self.tr("Around it"))):
            self._tabs.setTabText(index, said)
        self._tabs.setTabText(_FILES, self._files_words())
        self._tabs.setAccessibleName(self.tr("Parts of the case"))
        self._show_hint()
        if self._loaded is None:
            self._show_nothing()


def _scroll_area(parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    return area
