"""What is missing: things to write, to finish, to mend, to clear away, and whom to teach; one list, by weight.

Each row says what would help and what speaks for it, and has one likeliest deed (Return): write the article, finish the
draft, look at the article, see the cases. What is asked takes a second on a big desk, so it runs on the count lane.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.knowledge.gaps import Gaps, Kind, Proposal, find_gaps, proposals
from app.reading import ReadingDesk
from ui import text
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine, EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, RowTable

if TYPE_CHECKING:
    from app.desk import Desk
    from app.knowledge.articles import Written

TABLES: Final = ("article", "article_use", "article_product")
_DRAWINGS: Final[dict[Kind, tuple[str, Tone]]] = {
    "repeated": ("plus", Tone.ACCENT), "product": ("plus", Tone.NEUTRAL), "search": ("search", Tone.ACCENT),
    "draft": ("edit", Tone.WARNING), "mend": ("wrench", Tone.WARNING), "unused": ("minus", Tone.NEUTRAL),
    "training": ("users", Tone.ACCENT),
}  # fmt: skip
_GROUPS: Final[dict[str, tuple[Kind, ...]]] = {
    "write": ("repeated", "product", "search"), "finish": ("draft",), "mend": ("mend", "unused"),
    "teach": ("training",),
}  # fmt: skip


def read(desk: ReadingDesk) -> Gaps:
    """What is missing; on a lane."""
    return find_gaps(desk.context, desk.directory, desk.missed)


class MissingPane(QWidget):
    """The list and its deeds."""

    article_wanted = Signal(bytes)
    """Show this article."""
    write_wanted = Signal()
    """An empty editor."""
    cases_wanted = Signal(str, object)
    """(title, row numbers): show these cases."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._all: list[Proposal] = []
        self._rows: list[Proposal] = []
        self._title = PlainLabel("", "title")
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        self.kind = QComboBox()
        self.kind.currentIndexChanged.connect(lambda _row: self._show_rows())
        self._busy = BusyLine()
        self.table = RowTable(4, 1)
        self.table.chosen.connect(self._look)
        self.table.opened.connect(self.go)
        self._none = EmptyState("check", "", "")
        self._room = QStackedWidget()
        self._room.addWidget(self.table)
        self._room.addWidget(self._none)
        self.deed, self.cases, self.forget = QPushButton(), QPushButton(), QPushButton()
        self.deed.setProperty("look", "primary")
        self.cases.setIcon(icon("list"))
        self.forget.setIcon(icon("trash"))
        self.deed.clicked.connect(self.go)
        self.cases.clicked.connect(self.show_cases)
        self.forget.clicked.connect(self.forget_search)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.kind)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        for button in (self.deed, self.cases, self.forget):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addWidget(self._busy)
        column.addWidget(self._room, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.table)
        self._retranslate()
        self._show_rows()
        services.bell.changed.connect(self._changed)

    # -- reading ------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.concern_tables(*TABLES):
            self.read()

    def read(self) -> None:
        """Look again."""
        if not self._services.lanes.closed:
            self._busy.set_busy(True)
            self._services.lanes.count.submit(
                read, self._services.desk, done=self._show, failed=self._failed, owner=self, key="what is missing"
            )

    def _show(self, found: Gaps) -> None:
        self._busy.set_busy(False)
        self._all = proposals(found)
        self._show_rows()

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self._services.show_error(error)

    def _show_rows(self) -> None:
        wanted = _GROUPS.get(str(self.kind.currentData()))
        self._rows = [one for one in self._all if wanted is None or one.kind in wanted]
        whats = self._whats()
        self.table.show_rows([
            (str(place).encode(), (Cell(whats[one.kind], *_DRAWINGS[one.kind]), self._about(one),
                                   self._speaks(one), text.number(one.weight) if one.weight else ""))
            for place, one in enumerate(self._rows)
        ])  # fmt: skip
        self._room.setCurrentWidget(self.table if self._rows else self._none)
        if self._rows and self.table.current_id() is None:
            self.table.choose(b"0")
        self._look()

    # -- doing --------------------------------------------------------------------------------------------------------
    def current(self) -> Proposal | None:
        """The one chosen."""
        chosen = self.table.current_id()
        return self._rows[int(chosen)] if chosen is not None and int(chosen) < len(self._rows) else None

    def go(self) -> None:
        """The likeliest deed of the row."""
        one = self.current()
        if one is None:
            return
        if one.kind == "repeated":
            self._draft(one)
        elif one.kind == "search":
            self._write_searched(one)
        elif one.kind == "product":
            self.write_wanted.emit()
        elif one.kind == "training":
            self.show_cases()
        elif one.article_id is not None:
            self.article_wanted.emit(one.article_id)

    def _draft(self, one: Proposal) -> None:
        """A draft from the newest of the cases; the others count as solved by it when somebody says so there."""
        newest = one.rids[-1]
        context = self._services.desk.context
        self._services.run(
            lambda desk: desk.articles.draft_from_case(
                bytes(context.reader_of().value('SELECT id FROM "case" WHERE rid = ?', (newest,)))
            ),
            done=lambda written: self.article_wanted.emit(written.article_id), owner=self,
            said=self.tr("Draft written from the newest of the cases"),
        )  # fmt: skip

    def _write_searched(self, one: Proposal) -> None:
        """An article that is wanted, called by what was searched for: from now on all of the team can see the words."""
        tag = self.tr("wanted")

        def write(desk: Desk) -> Written:
            written = desk.articles.create(one.about[:1].upper() + one.about[1:], tags=(tag,))
            desk.reading.missed.forget(one.about)
            return written

        self._services.run(
            write, done=lambda written: self.article_wanted.emit(written.article_id), owner=self,
            said=self.tr("The article is wanted; the team sees its words now"),
        )  # fmt: skip

    def show_cases(self) -> None:
        """The cases that speak for it."""
        one = self.current()
        if one is not None and one.rids:
            self.cases_wanted.emit(one.about, list(one.rids))

    def forget_search(self) -> None:
        """Nobody needs this."""
        one = self.current()
        if one is not None and one.kind == "search":
            self._services.lanes.count.submit(
                self._services.desk.missed.forget, one.about, done=lambda _: self.read(), owner=self
            )

    def _look(self) -> None:
        one = self.current()
        self.deed.setVisible(one is not None)
        self.cases.setVisible(one is not None and bool(one.rids) and one.kind != "training")
        self.forget.setVisible(one is not None and one.kind == "search")
        if one is not None:
            drawings = {"repeated": "plus", "search": "plus", "product": "plus", "training": "list"}
            self.deed.setIcon(icon(drawings.get(one.kind, "knowledge"), "on_accent"))
            self.deed.setText(self._deeds()[one.kind])

    # -- words --------------------------------------------------------------------------------------------------------
    def _about(self, one: Proposal) -> str:
        return f"{one.who}: {one.about}" if one.who else one.about

    def _speaks(self, one: Proposal) -> str:
        """What speaks for it, in words."""
        words: dict[Kind, Callable[[], str]] = {
            "repeated": lambda: self.tr("%Ln case(s) alike, without an article", "", one.weight),
            "product": lambda: self.tr("%Ln case(s) solved, no article at all", "", one.weight),
            "search": lambda: self.tr("searched %Ln time(s) in vain", "", one.weight),
            "draft": lambda: self.tr("begun from a case, not finished"),
            "mend": lambda: self.tr("helped in {helped} of %Ln case(s)", "", one.weight).format(
                helped=text.number(one.helped)
            ),
            "unused": lambda: self.tr("not used in half a year"),
            "training": lambda: {
                "known": self.tr("asked %Ln time(s) what this article answers", "", one.weight),
                "again": self.tr("asked %Ln time(s); no article was used", "", one.weight),
                "escalated": self.tr("passed on %Ln time(s), though this article solves it", "", one.weight),
            }[one.why],
        }  # fmt: skip
        return words[one.kind]()

    def _whats(self) -> dict[Kind, str]:
        return {
            "repeated": self.tr("Write an article"), "product": self.tr("Write an article"),
            "search": self.tr("Write an article"), "draft": self.tr("Finish the draft"),
            "mend": self.tr("Mend the article"), "unused": self.tr("Needed still?"), "training": self.tr("Teach"),
        }  # fmt: skip

    def _deeds(self) -> dict[Kind, str]:
        return {
            "repeated": self.tr("Draft from the newest case"), "product": self.tr("New article"),
            "search": self.tr("Make it a wanted article"), "draft": self.tr("Show the draft"),
            "mend": self.tr("Show the article"), "unused": self.tr("Show the article"),
            "training": self.tr("Show the cases"),
        }  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_rows()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("What is missing"))
        self._title.setText(self.tr("What is missing"))
        self._told.setText(
            self.tr("The last 90 days. Searches are those of this workstation; they stay here until you make one a "
                    "wanted article.")
        )  # fmt: skip
        chosen = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for key, words in (
            ("", self.tr("Everything")), ("write", self.tr("To write")), ("finish", self.tr("To finish")),
            ("mend", self.tr("To mend or clear away")), ("teach", self.tr("To teach")),
        ):  # fmt: skip
            self.kind.addItem(words, key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.blockSignals(False)
        self.kind.setAccessibleName(self.tr("What kind"))
        self.table.setAccessibleName(self.tr("What is missing"))
        self.table.set_heads((self.tr("What"), self.tr("About"), self.tr("Because"), self.tr("Weight")))
        self.cases.setText(self.tr("Show the cases"))
        self.forget.setText(self.tr("Forget this search"))
        self._none.show_as(
            "check", self.tr("Nothing is missing"),
            self.tr("No case repeats without an article, no search came to nothing, and every article helps."),
        )  # fmt: skip
