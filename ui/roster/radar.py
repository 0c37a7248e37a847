"""Who knows what: products by analysts, those one person alone knows first. A cell leads to its cases, a name to the
rehearsal of a day without that person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.changes import Changes
from app.insight.radar import SOLVED, Product, Radar
from app.reading import ReadingDesk
from ui.admin.section import SectionPage
from ui.fuzzy import score
from ui.icons import icon
from ui.roster.matrix import MatrixView
from ui.services import Services
from ui.tokens import GAP_L, GAP_S
from ui.widgets.blocks import EmptyState
from ui.widgets.fields import SearchField, SegmentedControl
from ui.widgets.labels import PlainLabel

ALL, THIN, NOBODY = "all", "thin", "nobody"
THINNEST: Final = 1


@dataclass(frozen=True)
class Shown:
    """The matrix; names by id."""

    products: tuple[Product, ...]
    people: tuple[bytes, ...]
    names: dict[bytes, str]


def read(desk: ReadingDesk) -> Shown:
    """On the count lane: it looks at a year of cases."""
    found = Radar(desk.context).matrix()
    people = tuple(one.id for one in desk.directory.all("analyst"))
    names = {one.id: one.name for kind in ("analyst", "product") for one in desk.directory.all(kind, inactive=True)}
    return Shown(found, people, names)


def ranked(products: tuple[Product, ...]) -> list[Product]:
    """Those one person or nobody knows first, what was solved most before the rest; then the others in their order."""
    thin = sorted((one for one in products if len(one.knowers) <= THINNEST), key=lambda one: -one.solved)
    return [*thin, *(one for one in products if len(one.knowers) > THINNEST)]


class RadarSection(SectionPage):
    """Tools, the matrix, one line in words."""

    tables = ("skill", "product")
    lane = "count"
    cases_wanted = Signal(str, object)
    """(title, row numbers)."""
    rehearsal_wanted = Signal(bytes)
    """An analyst."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.shown: Shown | None = None
        self.column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        self.column.setSpacing(GAP_S)
        self.which = SegmentedControl("")
        self.search = SearchField()
        self.search.setMaximumWidth(self.fontMetrics().averageCharWidth() * 34)
        self.without = QPushButton()
        self.without.setIcon(icon("absence"))
        self.look = QPushButton()
        self.look.setIcon(icon("list"))
        tools = QHBoxLayout()
        tools.setSpacing(GAP_S)
        tools.addWidget(self.which)
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        tools.addWidget(self.look)
        tools.addWidget(self.without)
        self.column.addLayout(tools)
        self.summary = PlainLabel("")
        self.summary.setWordWrap(True)
        self.column.addWidget(self.summary)
        self.view = MatrixView()
        self.none = EmptyState("lightbulb", "", "")
        self.room = QStackedWidget()
        self.room.addWidget(self.view)
        self.room.addWidget(self.none)
        self.column.addWidget(self.room, 1)
        self.told = PlainLabel("", "muted")
        self.told.setWordWrap(True)
        self.column.addWidget(self.told)
        self.setFocusProxy(self.view)
        self.which.chosen.connect(lambda _key: self._fill())
        self.search.searched.connect(lambda _words: self._fill())
        self.search.left_downwards.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.view.moved.connect(self._tell)
        self.view.opened.connect(self._cases)
        self.view.horizontalHeader().sectionDoubleClicked.connect(self._head)
        self.look.clicked.connect(lambda _on=False: self.view._open())
        self.without.clicked.connect(lambda _on=False: self._rehearse())
        self.retranslate()

    # -- reading ------------------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Shown]:
        return read

    def show_read(self, read: Shown) -> None:
        self.shown = read
        self._fill()

    def _changed(self, changes: Changes) -> None:
        super()._changed(changes)
        if changes.concern_tables("case"):  # a year of cases is not added up for each; the next look is fresh
            self._stale = True

    def _fill(self) -> None:
        if self.shown is None:
            return
        names, least = self.shown.names, self.which.choice()
        wanted = [
            one for one in ranked(self.shown.products)
            if (least == ALL or (least == THIN and len(one.knowers) == 1) or (least == NOBODY and not one.knowers))
            and score(self.search.text(), names.get(one.id, "")) is not None
        ]  # fmt: skip
        self.view.show_matrix(wanted, self.shown.people, names)
        self.room.setCurrentWidget(self.view if wanted else self.none)
        self._say_none()
        nobody = sum(not one.knowers for one in self.shown.products)
        single = sum(len(one.knowers) == 1 for one in self.shown.products)
        if single or nobody:
            said = self.tr("Of %n product(s)", "", len(self.shown.products)) + " "
            said += self.tr("{single} are known by one person alone, {nobody} by nobody.").format(
                single=single, nobody=nobody
            )
        else:
            said = self.tr("Every product is known by two people or more.") if self.shown.products else ""
        self.summary.setText(said)

    def _tell(self) -> None:
        here, index = self.view.current(), self.view.currentIndex()
        self.look.setEnabled(here is not None)
        self.without.setEnabled(here is not None and (here[1] is not None or len(here[0].knowers) == 1))
        legend = self.tr(
            "Dots: level of the skill. Figure: cases solved in the last year; from {least} on it counts as knowing. "
            "Thick frame: nobody else knows it."
        ).format(least=SOLVED)
        said = self.view.matrix.in_words(index.row(), index.column()) if here is not None else ""
        self.told.setText(f"{said}\n{legend}" if said else legend)

    # -- leading on ---------------------------------------------------------------------------------------------------
    def _cases(self, product: bytes, who: bytes | None) -> None:
        assert self.shown is not None
        names = [self.shown.names.get(one, "") for one in (product, who) if one is not None]
        title = " · ".join(names)

        def found(rids: list[int]) -> None:
            if rids:
                self.cases_wanted.emit(title, rids)
            else:
                self.services.notices.info(self.tr("{what}: no case was solved in the last year").format(what=title))

        self.services.lanes.read.submit(
            _cases, self.services.desk, product, who, done=found, failed=self.services.show_error, owner=self
        )

    def _head(self, column: int) -> None:
        who = self.view.matrix.who(column)
        if who is not None:
            self.rehearsal_wanted.emit(who)

    def _rehearse(self) -> None:
        here = self.view.current()
        if here is not None:
            who = here[1] or next(iter(here[0].knowers), None)
            if who is not None:
                self.rehearsal_wanted.emit(who)

    # -- words --------------------------------------------------------------------------------------------------------
    def words(self) -> tuple[str, str]:
        return self.tr("Who knows what"), ""

    def _say_none(self) -> None:
        if self.shown is not None and not self.shown.products:
            self.none.show_as(
                "lightbulb", self.tr("No product is supported yet"),
                self.tr("Add products and the skills of analysts (Administration); who knows what then stands here."),
            )  # fmt: skip
        else:
            self.none.show_as(
                "check", self.tr("No product of that kind"), self.tr("Choose “All”, or search for other words.")
            )

    def retranslate(self) -> None:
        super().retranslate()
        self.which.setAccessibleName(self.tr("Which products"))
        self.which.set_choices([
            (ALL, self.tr("All"), ""), (THIN, self.tr("One person only"), ""), (NOBODY, self.tr("Nobody"), ""),
        ])  # fmt: skip
        self.search.setPlaceholderText(self.tr("Find a product"))
        self.look.setText(self.tr("Cases"))
        self.look.setToolTip(self.tr("The cases of this cell (Return)"))
        self.without.setText(self.tr("A day without…"))
        self.without.setToolTip(self.tr("What would be without anyone if this person were ill"))
        self.view.setAccessibleName(self.tr("Who knows what, a row for each product, a column for each analyst"))
        self._say_none()
        self._fill()


def _cases(desk: ReadingDesk, product: bytes, who: bytes | None) -> list[int]:
    """On the read lane."""
    return Radar(desk.context).cases(product, who)
