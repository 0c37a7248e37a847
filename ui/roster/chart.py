"""The organisation chart as a section: find somebody, look around, read in words what is shown, save it as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app import times
from app.reading import ReadingDesk
from app.reports.orgchart import DRAWN, Box, Chart, heads
from app.reports.orgchart import read as read_chart
from app.texts import Texts
from app.work.case_filter import CaseFilter, CaseList
from ui.admin.section import SectionPage
from ui.icons import icon
from ui.roster.calendar_files import ask_where
from ui.roster.chart_view import ChartView
from ui.services import Services
from ui.tokens import GAP_L, GAP_S
from ui.widgets.blocks import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel
from ui.written import language_now


@dataclass(frozen=True)
class Shown:
    """The chart of today."""

    chart: Chart
    day: str
    desk: str


def read(desk: ReadingDesk, language: str) -> Shown:
    """On the read lane."""
    today = times.local_date(desk.context.clock(), times.zone(desk.context.zone)).isoformat()
    return Shown(read_chart(desk.context, today, Texts(language)), today, desk.name)


def write(shown: Shown, kind: str, language: str, path: Path) -> Path:
    """Draw it as a file, on a lane. Errors: UserError."""
    from app.reports.writing import write_whole

    write_whole(path, DRAWN[kind](shown.chart, f"{shown.desk} · {shown.day}", language))
    return path


class ChartSection(SectionPage):
    """Tools, the chart, and in words whom one stands on."""

    tables = ("queue", "queue_member", "coverage", "department")
    cases_wanted = Signal(str, object)
    """(title, `CaseList`)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.shown: Shown | None = None
        self.column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        self.column.setSpacing(GAP_S)
        tools = QHBoxLayout()
        tools.setSpacing(GAP_S)
        self.search = SearchField()
        self.search.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        self.nearer, self.further, self.whole = (QPushButton() for _ in range(3))
        self.pdf, self.svg = QPushButton(), QPushButton()
        for button, drawing in ((self.nearer, "plus"), (self.further, "minus"), (self.pdf, "save"), (self.svg, "save")):
            button.setIcon(icon(drawing))
        tools.addWidget(self.search, 1)
        for button in (self.further, self.nearer, self.whole):
            tools.addWidget(button)
        tools.addStretch(1)
        for button in (self.pdf, self.svg):
            tools.addWidget(button)
        self.column.addLayout(tools)
        self.view = ChartView()
        self.none = EmptyState("users", "", "")
        self.room = QStackedWidget()
        self.room.addWidget(self.view)
        self.room.addWidget(self.none)
        self.column.addWidget(self.room, 1)
        self.told = PlainLabel("", "muted")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.fontMetrics().height() * 2)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.told)
        self.setFocusProxy(self.view)
        self.view.chosen.connect(self._tell)
        self.view.opened.connect(self._cases)
        self.search.searched.connect(self.look_for)
        self.search.returnPressed.connect(self._next)
        self.search.left_downwards.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.nearer.clicked.connect(lambda _on=False: self.view.zoom(1.25))
        self.further.clicked.connect(lambda _on=False: self.view.zoom(0.8))
        self.whole.clicked.connect(lambda _on=False: self.view.fit_all())
        self.pdf.clicked.connect(lambda _on=False: self.save("pdf"))
        self.svg.clicked.connect(lambda _on=False: self.save("svg"))
        self._words, self._asked = "", 0
        self.retranslate()

    # -- reading ------------------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Shown]:
        return partial(read, language=language_now())

    def show_read(self, read: Shown) -> None:
        self.shown = read
        *columns, _key = heads(language_now())
        self.view.show_chart(read.chart, tuple(columns))
        lonely = not read.chart.ties
        self.room.setCurrentWidget(self.none if lonely and len(read.chart.boxes) < 3 else self.view)
        self._tell(self.view.current())

    # -- finding and telling ------------------------------------------------------------------------------------------
    def look_for(self, said: str) -> None:
        """The first box of that name."""
        self._words, self._asked = said, 0
        found = self.view.found(said)
        self.view.stand_on(found[0] if found else None)
        if said.strip() and not found:
            self.told.setText(self.tr("Nobody here is called “{words}”.").format(words=said))

    def _next(self) -> None:
        """Return: the next one of that name."""
        found = self.view.found(self.search.text())
        if found and self.search.text() == self._words:
            here = self.view.current()
            place = found.index(here.id) + 1 if here is not None and here.id in found else 0
            self.view.stand_on(found[place % len(found)])

    def _tell(self, box: Box | None) -> None:
        """What a box has to do with, in words; also for screen readers."""
        said = heads(language_now())[-1] if box is None or self.shown is None else self.in_words(box)
        self.told.setText(said)
        self.view.setAccessibleDescription(said if box is not None else "")

    def in_words(self, box: Box) -> str:
        """A box with its lines."""
        assert self.shown is not None
        names = {one.id: one.title for one in self.shown.chart.boxes}
        left: dict[bool, list[str]] = {False: [], True: []}
        right: dict[bool, list[str]] = {False: [], True: []}
        for tie in self.shown.chart.ties:
            if tie.end_id == box.id:
                left[tie.dotted].append(names[tie.start_id])
            elif tie.start_id == box.id:
                right[tie.dotted].append(names[tie.end_id])
        rows = {
            "queue": [(self.tr("Belong to it"), right[False]), (self.tr("also work in it"), right[True])],
            "analyst": [
                (self.tr("Belongs to"), left[False]), (self.tr("also works in"), left[True]),
                (self.tr("speaks for"), right[False]), (self.tr("stands in for"), right[True]),
            ],
            "department": [(self.tr("Contact"), left[False]), (self.tr("stand-ins"), left[True])],
        }[box.kind]  # fmt: skip
        parts = [f"{head}: {', '.join(found)}" for head, found in rows if found]
        head = f"{box.title} ({box.note})" if box.note else box.title
        return f"{head} – {'; '.join(parts) or self.alone()}"

    def alone(self) -> str:
        """What is said of a box without lines."""
        return self.tr("stands alone")

    def _cases(self, box: Box) -> None:
        filters = {"queue": CaseFilter(queue=box.id), "analyst": CaseFilter(analyst=box.id),
                   "department": CaseFilter(department=box.id)}  # fmt: skip
        self.cases_wanted.emit(box.title, CaseList(filters[box.kind]))

    # -- files --------------------------------------------------------------------------------------------------------
    def save(self, kind: Literal["pdf", "svg"]) -> None:
        """Ask where, and draw it there."""
        if self.shown is None:
            return
        forms = {"pdf": self.tr("PDF (*.pdf)"), "svg": self.tr("SVG picture (*.svg)")}
        name = self.tr("organisation-{day}").format(day=self.shown.day) + f".{kind}"
        path = ask_where(self.services, self, self.tr("Save the chart"), name, forms[kind])
        if path is not None:
            self.services.lanes.count.submit(
                write, self.shown, kind, language_now(), path, done=self._saved,
                failed=self.services.show_error, owner=self,
            )  # fmt: skip

    def _saved(self, path: Path) -> None:
        self.services.notices.done(self.tr("The chart is in {file}").format(file=path))

    # -- words --------------------------------------------------------------------------------------------------------
    def words(self) -> tuple[str, str]:
        return self.tr("Organisation chart"), ""

    def retranslate(self) -> None:
        super().retranslate()
        self.search.setPlaceholderText(self.tr("Find a person, queue or department"))
        for button, name in (
            (self.nearer, self.tr("Nearer (+)")), (self.further, self.tr("Further (-)")),
        ):  # fmt: skip
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.whole.setText(self.tr("Show all"))
        self.whole.setToolTip(self.tr("Show all (0)"))
        self.pdf.setText(self.tr("PDF…"))
        self.svg.setText(self.tr("SVG…"))
        self.view.setAccessibleName(self.tr("Organisation chart"))
        self.none.show_as(
            "users",
            self.tr("Nobody belongs anywhere yet"),
            self.tr("Add analysts and make them members of queues (Administration), then it stands here."),
        )
