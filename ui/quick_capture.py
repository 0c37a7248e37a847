"""Quick capture: a call becomes a case by keyboard alone.

F2, who or where, Enter, what is wrong, Alt+2 for the severity, Ctrl+Enter: four keys beyond the words. The first line
finds people, machines, places and departments together; a name nobody knows becomes a new requester. What is known
about the caller, who will get the case and why, cases that are perhaps the same and articles that may help stand beside
the words while they are typed; all of it is looked up on the read lane, latest only.

Nothing is asked when it is closed: the draft is kept, also over a crash, and stands there again next time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.knowledge.reading import ArticleText
from app.knowledge.suggestions import Asked
from app.rendering import Markdown
from app.work.callers import Caller, CallerFacts, Callers, RoutePreview
from app.work.surroundings import Likely, Neighbourhood
from ui import case_words as words
from ui.capture_articles import CaptureArticles, carry_out
from ui.capture_fields import NEW
from ui.capture_form import CaptureForm
from ui.known import KnownPanel
from ui.notices import NoticeAction
from ui.pickers import Choice
from ui.services import Services
from ui.suggesting import Wanted
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.knowledge.articles import Written
    from app.work.verbs import Done

DRAFT_KEY: Final = "new case"
BURST_MS: Final = 300
LOOK_MS: Final = 150


class QuickCapture(QDialog):
    """The dialog; made once, opened again and again."""

    created = Signal(bytes)
    """The new case."""
    case_wanted = Signal(bytes)
    """A case that is open already was chosen instead."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        desk = services.desk
        self._callers = Callers(desk.context, desk.directory, desk.lists, desk.deadlines)
        self._neighbourhood = Neighbourhood(desk.context, desk.directory, desk.lists, self._callers)
        self._markdown = Markdown()
        self._facts = CallerFacts()
        self._restored = False
        self._of_department = False
        self._cleared = ""
        """What Clear took away, as a draft."""
        self._build()
        self._journal = self._timer(BURST_MS, self.flush)
        self._look = self._timer(LOOK_MS, self._look_for_likely)
        self._retranslate()
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    # -- opening and closing ------------------------------------------------------------------------------------------
    def open_empty(self) -> None:
        """Show it with the cursor in the first field: empty, or with the draft that was left."""
        if self._of_department and self.is_empty:
            self._empty()
        self._of_department = False
        self._services.lanes.read.submit(self._severities, done=self._show_severities, owner=self)
        if not self._restored:
            self._restored = True
            self._services.lanes.read.submit(self._services.desk.drafts.read, DRAFT_KEY, done=self._restore, owner=self)
        self.show()
        self.raise_()
        self.activateWindow()
        self._begin()

    def open_for(self, department: bytes, name: str) -> None:
        """The same for a call of this department; what was left as a draft stays as it is."""
        self.open_empty()
        self._of_department = True
        self._services.lanes.read.submit(
            self._callers.about, Caller("department", department, name), done=self._begin_for, owner=self
        )  # fmt: skip

    def _begin_for(self, facts: CallerFacts) -> None:
        if self.is_empty:
            self._show_facts(facts)

    def _begin(self) -> None:
        (self.who if not self.who.text() else self.title).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reject(self) -> None:
        self.flush()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        super().closeEvent(event)

    def _take_room(self, em: int) -> None:
        """What is known about the caller is read while one listens: as wide and tall as the window behind it allows."""
        parent = self.parentWidget()
        room = QSize(em * 150, em * 94) if parent is None else parent.window().size() * 0.88
        self.resize(QSize(em * 150, em * 94).boundedTo(room).expandedTo(QSize(em * 116, em * 76)))

    def clear(self) -> None:
        """Forget what is written; the same button, or Ctrl+Z, brings it back until something else is written."""
        if self.is_empty:
            return
        self._cleared = self._draft()
        self._empty()
        self.flush()
        self._name_clear()
        self._begin()

    def take_back_clear(self) -> None:
        """What was cleared stands there again."""
        cleared, self._cleared = self._cleared, ""
        if cleared and self.is_empty:
            self._restore(cleared)
            self._keep_soon()
        self._name_clear()

    def _clear_or_back(self) -> None:
        if self.is_empty and self._cleared:
            self.take_back_clear()
        else:
            self.clear()

    def _name_clear(self) -> None:
        back = self.is_empty and bool(self._cleared)
        self._clear.setText(self.tr("Bring back") if back else self.tr("Clear"))
        self._clear.setToolTip(self.tr("Ctrl+Z") if back else self.tr("Forget what is written"))
        self._clear.setEnabled(back or not self.is_empty)

    def _empty(self) -> None:
        self.form.clear()
        self._facts = CallerFacts()
        self.known.show_facts(self._facts)
        self.known.show_dossier("")
        self.known.show_likely(Likely())
        self.known.articles.look(None)
        self.used.set_used({})
        self._go.setText(self.tr("Create"))
        self._missing.setText("")

    # -- what follows from what is typed ------------------------------------------------------------------------------
    def _find_callers(self, typed: str) -> list[Choice]:
        found = [Choice(c.kind, c.id, c.name, c.note) for c in self._callers.find(typed)]
        name = " ".join(typed.split())
        return [*found, Choice(NEW, b"", name, self._new_words)] if name else found

    def _caller_picked(self, choice: Choice | None) -> None:
        if choice is not None and choice.kind != NEW:
            caller = Caller(choice.kind, choice.id, choice.text, choice.note)  # type: ignore[arg-type]
            self._services.lanes.read.submit(
                self._callers.about, caller, done=self._show_facts, key=("capture", id(self))
            )
        else:
            self._show_facts(CallerFacts())
        if choice is not None:
            self.title.setFocus(Qt.FocusReason.TabFocusReason)
        self._changed()

    def _show_facts(self, facts: CallerFacts) -> None:
        self._facts = facts
        if facts.asset_id is not None:
            self.machine.set_value(Choice("asset", facts.asset_id, facts.asset))
        if facts.product_id is not None:
            self.product.set_value(Choice("product", facts.product_id, facts.product))
        if facts.department_id is not None:
            self.department.set_value(Choice("department", facts.department_id, facts.department))
        self.known.show_facts(facts)
        self._show_dossier()
        self._changed()
        self._look.start()

    def _show_dossier(self) -> None:
        self._services.lanes.read.submit(
            self._markdown.html, self._facts.dossier, done=self.known.show_dossier, key=("capture dossier", id(self))
        )

    def _machine_picked(self, choice: Choice | None) -> None:
        if choice is not None:
            self._services.lanes.read.submit(
                self._callers.about, Caller("asset", choice.id, choice.text), done=self._add_machine,
                key=("capture machine", id(self)),
            )  # fmt: skip
        self._changed()

    def _add_machine(self, machine: CallerFacts) -> None:
        """The machine says the product; a caller who is known keeps his department."""
        if self.product.value() is None and machine.product_id is not None:
            self.product.set_value(Choice("product", machine.product_id, machine.product))
        if self.department.value() is None and machine.department_id is not None:
            self.department.set_value(Choice("department", machine.department_id, machine.department))
        self.known.machine.show_choices("", ())
        facts = CallerFacts(**{
            **self._facts.__dict__, "asset_id": machine.asset_id, "asset": machine.asset,
            "machine_cases": machine.machine_cases,
            "department_id": self._facts.department_id or machine.department_id,
            "department": self._facts.department or machine.department,
            "contact": self._facts.contact if self._facts.department_id else machine.contact,
            "dossier": self._facts.dossier if self._facts.department_id else machine.dossier,
        })  # fmt: skip
        self._show_facts(facts)

    def _look_for_likely(self) -> None:
        title = self.title.text()
        product, machine = self.product.value(), self.machine.value()
        department = self.department.value()
        asked = Asked(
            title, self.details.toPlainText(), product.id if product else None, machine.id if machine else None
        )
        self.known.articles.look(Wanted(asked), at_once=True)
        self._services.lanes.read.submit(
            self._likely_and_route, title, product.id if product else None, machine.id if machine else None,
            department.id if department else None, self._facts.requester_id, self.severity.rank(),
            self.major.isChecked(), done=self._show_likely, key=("capture likely", id(self)),
        )  # fmt: skip

    def _likely_and_route(
        self, title: str, product: bytes | None, machine: bytes | None, department: bytes | None,
        requester: bytes | None, severity: int | None, major: bool,
    ) -> tuple[Likely, RoutePreview]:  # fmt: skip
        likely = self._neighbourhood.while_typing(
            title, product_id=product, asset_id=machine, department_id=department, requester_id=requester
        )
        route = self._callers.preview(
            department_id=department, product_id=product, major=major, severity=severity, requester_id=requester
        )
        return likely, route

    def _show_likely(self, found: tuple[Likely, RoutePreview]) -> None:
        likely, route = found
        self.known.show_likely(likely)
        who = route.work_owner or route.queue
        if self.form.is_solved:
            self.route.setText(self.tr("Solved by you at once"))
        elif who:
            goes = self.tr("Goes to {name}: {reason}").format(name=who, reason=words.reason(route.reason))
            self.route.setText(goes)
        else:
            self.route.setText(words.reason(route.reason))

    # -- creating -----------------------------------------------------------------------------------------------------
    def submit(self) -> None:
        """Open the case, or go to what is missing."""
        if self.form.missing():
            self.form.to_missing()
            self._changed(asked=True)
            return
        self._journal.stop()
        draft, values = self._draft(), self._values()
        self._services.keep_draft(DRAFT_KEY, draft)

        used = self.used.used

        def open_case(desk: Desk) -> list[Done | Written]:
            from app.work.cases import NewCase  # late: it needs the object mapper, which only lanes load

            new = desk.cases.new(NewCase(**values))
            return [new, *carry_out(desk, new.case_id, used)]

        solved = values["solved"] is not None
        self._services.run(
            open_case, done=self._was_created, failed=lambda _: self._was_refused(draft), owner=self,
            said=self.tr("Solved and noted") if solved else self.tr("Case opened"),
        )  # fmt: skip
        self.hide()
        # Empty at once: the next caller may be on the line before this case is in the database.
        self._empty()

    def solve(self) -> None:
        """Solved at once: to the field for what was done, or create it when that is said. Pressed again in the empty
        field it was solved while they spoke, and that is what is written."""
        if self.solved.hasFocus() and not self.form.is_solved:
            self.solved.setPlainText(self.tr("Solved during the call"))
        if self.form.is_solved:
            self.submit()
        else:
            self.solved.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _was_created(self, done: list[Done | Written]) -> None:
        self.flush()
        self.created.emit(done[0].case_id)  # type: ignore[union-attr]

    def _was_refused(self, draft: str) -> None:
        if self.is_empty:
            self._restore(draft)
            self.show()
        else:  # somebody else called meanwhile: what was refused is one click away
            bring_back = NoticeAction(self.tr("Show it"), lambda: self._bring_back(draft))
            said = self.tr("The case “{title}” was not opened.")
            self._services.notices.warning(said.format(title=json.loads(draft)["title"]), bring_back)

    def _bring_back(self, draft: str) -> None:
        self._empty()
        self._restore(draft)
        self.show()

    def _values(self) -> dict[str, Any]:
        return {**self.form.values(), "place_id": self._facts.place_id}

    # -- the draft ----------------------------------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return self.form.is_empty

    def flush(self) -> None:
        """Keep what is written now."""
        self._journal.stop()
        if self._restored and not self.form.is_quiet:
            self._services.keep_draft(DRAFT_KEY, "" if self.is_empty else self._draft())

    def _draft(self) -> str:
        return json.dumps({**self.form.kept(), "used": self.used.kept()}, ensure_ascii=False)

    def _restore(self, draft: str) -> None:
        if not draft or not self.is_empty:
            return
        values = json.loads(draft)
        with self.form.quiet():
            self.form.restore(values)
            self.used.restore(values.get("used", {}))
        who = self.who.value()
        if who is not None and who.kind != NEW:
            self._caller_picked(who)
        self._begin()
        self._changed()
        self._look.start()

    def _unsaved(self) -> dict[str, str]:
        return {} if self.is_empty or not self._restored else {DRAFT_KEY: self._draft()}

    def _keep_soon(self) -> None:
        # Not begun anew by every key: somebody who types without a pause is kept all the same.
        if not self._journal.isActive():
            self._journal.start()

    def _changed(self, *, asked: bool = False) -> None:
        if self.form.is_quiet:
            return
        if self._restored:
            self._keep_soon()
        missing = self.form.missing()
        self._missing.setText(missing if asked or (self.title.text().strip() and missing) else "")
        self._go.setText(self.tr("Create as solved") if self.form.is_solved else self.tr("Create"))
        self._name_clear()
        self._look.start()

    # -- parts --------------------------------------------------------------------------------------------------------
    def _timer(self, ms: int, run: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(run)
        return timer

    def _severities(self) -> list[tuple[int, str]]:
        return [(level.rank, level.name) for level in self._services.desk.directory.severities()]

    def _show_severities(self, severities: list[tuple[int, str]]) -> None:
        self.severity.set_severities(severities)

    def _build(self) -> None:
        self._new_words = ""
        self.form = form = CaptureForm(self._services, self._find_callers, self)
        self.who, self.title, self.details, self.solved = form.who, form.title, form.details, form.solved
        self.severity, self.machine, self.product = form.severity, form.machine, form.product
        self.department, self.channel, self.major = form.department, form.channel, form.major
        form.changed.connect(self._changed)
        form.who_typed.connect(self._keep_soon)
        form.caller_picked.connect(self._caller_picked)
        form.machine_picked.connect(self._machine_picked)
        form.send_wanted.connect(self.submit)
        form.left.connect(self.reject)
        self.known = KnownPanel(self._services)
        self.known.case_wanted.connect(self._go_to_case)
        self.used = CaptureArticles(self._services, self.known.articles, self)
        self.used.insert_wanted.connect(self._insert_solution)
        self.used.changed.connect(self._changed)
        self.route, self._missing = PlainLabel("", "muted"), PlainLabel("", "strong")
        for label in (self.route, self._missing):
            label.setWordWrap(True)
        self._go, self._clear = QPushButton(), QPushButton()
        self._go.setProperty("look", "primary")
        self._go.setDefault(False)
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.submit)
        self._clear.setAutoDefault(False)
        self._clear.setProperty("look", "quiet")
        self._clear.clicked.connect(self._clear_or_back)
        self._lay_out()
        for keys, run in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit),
                          ("Ctrl+Shift+Return", self.solve), ("Ctrl+Shift+Enter", self.solve),
                          ("F6", self._to_known), ("Ctrl+Z", self.take_back_clear)):  # fmt: skip
            QShortcut(QKeySequence(keys), self, run)
        for before, after in zip(self._tab_order(), self._tab_order()[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        self.form.column.addWidget(self.used.line)
        self.form.column.addStretch(1)
        line = QFrame()
        line.setFixedWidth(1)
        line.setStyleSheet("background: palette(mid)")
        both = QHBoxLayout()
        both.setSpacing(GAP_L)
        both.addWidget(self.form, 3)
        both.addWidget(line)
        both.addWidget(self.known, 2)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        foot.addWidget(IconLabel("route"))
        foot.addWidget(self.route, 4)
        foot.addWidget(self._missing, 3)
        foot.addWidget(self._clear)
        foot.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_M)
        column.setSpacing(GAP_M)
        column.addLayout(both, 1)
        column.addLayout(foot)
        em = self.fontMetrics().horizontalAdvance("n")
        self._take_room(em)

    def _tab_order(self) -> list[QWidget]:
        return [*self.form.in_order(), self.known.articles.list,
                *(known.list for known in self.known.lists), self._clear, self._go]  # fmt: skip

    def _to_known(self) -> None:
        """To what is known, or back to the words."""
        articles: list[QListWidget] = [self.known.articles.list] if self.known.articles.suggestions() else []
        lists = [known.list for known in self.known.lists if known.isVisible()] + articles
        if lists and not any(list_.hasFocus() for list_ in lists):
            lists[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_case(self, case_id: bytes) -> None:
        self.reject()
        self.case_wanted.emit(case_id)

    def _insert_solution(self, article: ArticleText) -> None:
        """Its solution goes into the field for what was done, to be adapted."""
        self.solved.setFocus(Qt.FocusReason.OtherFocusReason)
        self.solved.insertPlainText(article.solution)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("New case"))
        self._new_words = self.tr("new requester")
        self._go.setToolTip(self.tr("Ctrl+Enter"))
        self.known.retranslate()
        self._name_clear()
        self._changed()
