"""What can be done to the case on show: each verb of the action table carried out by the services, or asked about in
the sheet that it needs; and what becomes of a field that somebody wrote into.

A verb means the case that is seen, not the one on its way: a key pressed a moment after choosing another case means
the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.knowledge.reading import ArticleText
from db.rules import OPEN_STATUSES
from ui import case_head
from ui.article_sheet import ArticleSheet
from ui.case_loading import Loaded
from ui.case_page import TIMELINE, CasePage
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

if TYPE_CHECKING:
    from app.desk import Desk


class CaseVerbs(QObject):
    """The verbs of one editor. `loaded`: what is on show; `reload`: read it again."""

    def __init__(
        self,
        services: Services,
        page: CasePage,
        loaded: Callable[[], Loaded | None],
        reload: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._page, self._loaded, self._reload = services, page, loaded, reload
        self._leaving = False

    def table(self) -> dict[str, Callable[[], object]]:
        """What each action of the table (ui.actions) does here, to be bound by the window."""
        composer = self._page.writing.composer
        return {
            "case.claim": self.claim,
            "case.hand_over": partial(self.open_sheet, HandOverSheet),
            "case.to_specialist": partial(self.open_sheet, SpecialistSheet),
            "case.ask": partial(self.open_sheet, AskSheet),
            "case.escalate": partial(self.open_sheet, EscalateSheet),
            "case.wait": partial(self.open_sheet, WaitSheet),
            "case.resolve": partial(self.open_sheet, ResolveSheet),
            "case.reopen": partial(self.open_sheet, ReopenSheet),
            "case.time": partial(self.open_sheet, TimeSheet),
            "case.reply": partial(self.write, "reply"),
            "case.note": partial(self.write, "note"),
            "case.call": partial(self.write, "call"),
            "case.next_step": self._edit_next_step,
            "case.severity": self._page.head.open_severities,
            "case.attach": self.attach,
            "case.send": self._send,
            "case.audience": composer.toggle_audience,
            "case.template": partial(self._compose, composer.choose_template),
            "case.knowledge": partial(self._compose, composer.choose_article),
            "case.suggestions": self.to_suggestions,
            "case.article": partial(self.open_sheet, ArticleSheet),
            "case.stopwatch": partial(self._compose, composer.toggle_watch),
            "case.copy_number": self._copy_number,
            case_head.CLOSE: self.close_case,
            case_head.BACK_TO_WORK: self.back_to_work,
            case_head.CANCEL: partial(self.open_sheet, CancelSheet),
            "case.de_escalate": partial(self.open_sheet, DeEscalateSheet),
            "case.take_back": self.take_back,
            "case.merge": partial(self.open_sheet, MergeSheet),
            "case.unmerge": self.unmerge,
            "case.link": partial(self.open_sheet, LinkSheet),
            "case.broadcast": partial(self.open_sheet, BroadcastSheet),
            "case.close_all": partial(self.open_sheet, CloseAllSheet),
            "case.workaround": partial(self.open_sheet, WorkaroundSheet),
            "case.rate": partial(self.open_sheet, RateSheet),
            "case.remind": partial(self.open_sheet, RemindSheet),
            "case.snooze": partial(self.open_sheet, SnoozeSheet),
            "case.watch": partial(self._watch, True),
            "case.unwatch": partial(self._watch, False),
        }

    def do(self, verb: str) -> None:
        """Carry out a verb of the table."""
        if self._loaded() is not None:
            self.table()[verb]()

    # -- at once ------------------------------------------------------------------------------------------------------
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

    def part(self, case_id: bytes) -> None:
        """This case and that one do not hang together."""
        self._run(lambda desk, case: desk.linking.unlink(case, case_id), self.tr("Parted"))

    def set_field(self, said: str, **columns: Any) -> None:
        """Change columns of the case."""
        self._run(lambda desk, case: desk.cases.set(case, **columns), said)

    def set_severity(self, rank: int) -> None:
        """How bad it is."""
        self.set_field(self.tr("Severity changed"), severity=rank)

    def set_details(self, columns: dict[str, Any]) -> None:
        """What was chosen on the page of the details."""
        self.set_field(self.tr("Changed"), **columns)

    def tag(self, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        """Words on the case."""
        self._run(lambda desk, case: desk.cases.tag(case, add, remove), self.tr("Tags changed"))

    def _watch(self, on: bool) -> None:
        said = self.tr("You will be told what happens to this case") if on else self.tr("No longer watched")
        self._run(lambda desk, case: desk.cases.watch(case, on), said)

    def _run(self, verb: Callable[[Desk, bytes], object], said: str) -> None:
        loaded = self._loaded()
        if loaded is not None:
            case_id = loaded.view.id
            self._services.run(lambda desk: verb(desk, case_id), said=said, failed=lambda _: self._reload(), owner=self)

    def _copy_number(self) -> None:
        loaded = self._loaded()
        if loaded is not None:
            QGuiApplication.clipboard().setText(loaded.view.label)

    # -- sheets and words ---------------------------------------------------------------------------------------------
    def open_sheet(self, kind: type[Sheet]) -> None:
        """Ask what the verb needs, in the composer's place."""
        loaded = self._loaded()
        if loaded is not None:
            self._page.turn_to(TIMELINE)
            self._page.writing.open(kind, loaded.view)

    def merge_into(self, case_id: bytes, said: str) -> None:
        """Ask whether this case is the same as that one. `said`: its number and title."""
        self.open_sheet(MergeSheet)
        sheet = self._page.writing.sheet
        if isinstance(sheet, MergeSheet):
            sheet.choose(Choice("case", case_id, said))
            sheet.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def solved_with(self, article: ArticleText) -> None:
        """An article solved it: the close sheet, with what it says."""
        loaded = self._loaded()
        if loaded is not None and loaded.view.row["status"] in OPEN_STATUSES:
            self.open_sheet(ResolveSheet)
            self.insert_article(article)

    def insert_article(self, article: ArticleText) -> None:
        """Its solution into whatever is being written: the close sheet, or the composer."""
        self._page.turn_to(TIMELINE)
        sheet = self._page.writing.sheet
        if isinstance(sheet, ResolveSheet):
            sheet.use_article(article)
        else:
            self._page.writing.show_composer()
            self._page.writing.composer.insert(article_words(article))

    def to_suggestions(self) -> None:
        """To the articles that may help."""
        if self._loaded() is not None:
            self._page.to_suggestions()

    def write(self, kind: str) -> None:
        """Begin a note, a reply, a call or a visit."""
        self._page.show_composer()
        self._page.writing.composer.write(kind)

    def attach(self) -> None:
        """Choose files for what is being written."""
        self._compose(self._page.writing.composer.choose_files)

    def _send(self) -> None:
        writing = self._page.writing
        if writing.sheet is not None:
            writing.sheet.submit()
        else:
            writing.composer.send()

    def _compose(self, what: Callable[[], object]) -> None:
        """Something the composer does, with the composer on show."""
        self._page.show_composer()
        what()

    # -- fields in place ----------------------------------------------------------------------------------------------
    def keep_fields(self) -> None:
        """Going to another case: what was typed into the fields is not left behind."""
        self._leaving = True
        for field in (self._page.head.title, self._page.head.next_step.what, self._page.fields.description):
            if field.is_edited:
                field.keep()
        self._leaving = False

    def _edit_next_step(self) -> None:
        self._page.head.next_step.what.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page.head.next_step.what.selectAll()

    def keep_title(self, title: str) -> None:
        """Another title; none at all is none."""
        if title:
            self.set_field(self.tr("Title changed"), title=title)
        else:
            self._page.head.title.discard()
            self._reload()

    def keep_step(self, step: str) -> None:
        """What is done next."""
        if step:
            self._run(lambda desk, case: desk.cases.next_step(case, step), self.tr("Next step set"))
        else:
            self._reload()

    def step_by(self, choice: Choice | None) -> None:
        """Who does it."""
        self.set_field(self.tr("Next step set"), next_step_by_id=choice.id if choice else None)

    def step_at(self, at: int | None) -> None:
        """When it is done."""
        self.set_field(self.tr("Next step set"), next_step_at=at)

    def clash(self, which: str, mine: str, theirs: str) -> None:
        """A field was written into that somebody else changed meanwhile: ask, or tell who has gone on already."""
        what, choose = {
            "title": (self.tr("The title"), self.keep_title),
            "step": (self.tr("The next step"), self.keep_step),
            "description": (self.tr("The description"), self._page.fields.keep_description),
        }[which]
        loaded = self._loaded()
        if self._leaving and loaded is not None:
            said = self.tr("{what} of case {case} was changed by somebody else, so yours was not kept: {mine}")
            self._services.notices.warning(said.format(what=what, case=loaded.view.label, mine=mine))
        else:
            self._page.head.clash.ask(what, mine, theirs, choose)
