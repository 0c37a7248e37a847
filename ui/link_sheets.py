"""Sheets about several cases: merge, link, tell all cases of an outage, close them all, a problem's workaround.

Where nothing is typed yet, the field that looks for another case offers those that are probably the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from app.work.duplicates import Duplicates
from app.work.linking import Closing, closing
from app.work.present import CaseView
from db.rules import AUDIENCES
from ui import case_words as words
from ui.pickers import Choice, PickField
from ui.services import Services
from ui.sheets import Sheet
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.reading import ReadingDesk

_ROWS_AT_MOST = 6
_OFFERED = 12
_WAYS = (
    ("related", True), ("child", True), ("child", False), ("problem", True), ("problem", False), ("duplicate", True),
    ("duplicate", False),
)  # fmt: skip
"""Kinds of links, each from this case or to it."""


def find_cases(desk: ReadingDesk, case_id: bytes, typed: str) -> list[Choice]:
    """Cases by number or words, without this one; those that are probably the same for an empty text."""
    text = typed.strip()
    if not text:
        lines = [one.line for one in Duplicates(desk.context, desk.directory, desk.lists).of(case_id, _OFFERED)]
    elif text.lstrip("#~").isdigit():
        column = "rid" if text.startswith("~") else "number"
        number = int(text.lstrip("#~")) if len(text) < 18 else 0
        lines = desk.lists.lines(desk.context.reader.ids(f'SELECT rid FROM "case" WHERE {column} = ?', (number,)))
    else:
        hits = [hit.id for hit in desk.search.find(text, limit=_OFFERED) if hit.kind == "case"]
        lines = desk.lists.lines(desk.lists.rids(hits))
    return [
        Choice("case", line.id, f"{line.label}  {line.title}", words.status(line.status))
        for line in lines
        if line.id != case_id
    ]


class _OtherCase(Sheet):
    """A sheet that asks for another case."""

    def ask_for_case(self, label: str) -> PickField:
        """Add the field."""
        field = PickField(self.services.lanes, partial(find_cases, self.services.desk, self.case_id), label)
        field.picked.connect(lambda _: self.look())
        return field

    def choose(self, choice: Choice) -> None:
        """This other case is meant."""
        self.other.set_value(choice)
        self.look()

    other: PickField


class MergeSheet(_OtherCase):
    """The same as another case: it goes on there, and can be parted again."""

    drawing = "merge"

    def build(self) -> None:
        self.name(self.tr("Merge into another case"), self.tr("Merge"))
        self.other = self.ask_for_case(self.tr("Number or words of the case that goes on"))
        self.add(self.other)
        told = PlainLabel(self.tr("This case ends; what was asked is noted there. You can part them again."), "muted")
        told.setWordWrap(True)
        self._column.addWidget(told)

    def verb(self) -> Callable[[Desk], object] | None:
        other = self.other.value()
        return None if other is None else (lambda desk: desk.linking.merge(self.case_id, other.id))

    def said(self) -> str:
        other = self.other.value()
        return self.tr("Merged into {case}").format(case=other.text.split()[0] if other else "")


class LinkSheet(_OtherCase):
    """Two cases hang together, said from either end: an outage takes in its parts, a problem its incidents."""

    drawing = "link"

    def build(self) -> None:
        self.name(self.tr("Link to another case"), self.tr("Link"))
        self.other = self.ask_for_case(self.tr("Number or words of the other case"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("How they hang together"))
        for kind, outgoing in _WAYS:
            self.kind.addItem(words.link(kind, outgoing), (kind, outgoing))
        self.kind.setCurrentIndex(_WAYS.index(_most_likely(self.view)))
        self.add_row(self.other, self.kind)

    def verb(self) -> Callable[[Desk], object] | None:
        other, (kind, outgoing) = self.other.value(), self.kind.currentData()
        if other is None:
            return None
        first, second = (self.case_id, other.id) if outgoing else (other.id, self.case_id)
        return lambda desk: desk.linking.link(first, second, kind)

    def said(self) -> str:
        return self.tr("Linked")


def _most_likely(view: CaseView) -> tuple[str, bool]:
    """How another case will hang together with this one: what it has already more of is what it gathers."""
    if view.row["kind"] == "problem":
        return "problem", False
    if view.row["major"] or any(link.kind == "child" and not link.outgoing for link in view.links):
        return "child", False
    return "related", True


class BroadcastSheet(Sheet):
    """The same words to every open case of an outage."""

    drawing = "broadcast"

    def build(self) -> None:
        self.name(self.tr("Tell all its cases"), self.tr("Tell all"))
        self.text = self.long_text(self.tr("What everybody should know"), "", 3)
        self.audience = QComboBox()
        self.audience.setAccessibleName(self.tr("For whom"))
        for audience in AUDIENCES:
            self.audience.addItem(words.audience(audience), audience)
        self.audience.setCurrentIndex(self.audience.findData("requester"))
        self.foot.addWidget(self.audience)

    def verb(self) -> Callable[[Desk], object] | None:
        text, audience = self.text.toPlainText().strip(), self.audience.currentData()
        kind = "reply" if audience == "requester" else "note"
        return (lambda desk: desk.linking.broadcast(self.case_id, text, audience=audience, kind=kind)) if text else None

    def said(self) -> str:
        return self.tr("Told to all its open cases")


class CloseAllSheet(Sheet):
    """Every open case of an outage is resolved; which, stands here first."""

    drawing = "state-done"

    def __init__(self, services: Services, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(services, view, parent)
        services.lanes.read.submit(closing, services.desk.context, view.id, done=self._show, owner=self)

    def build(self) -> None:
        self.name(self.tr("Close all its cases"), self.tr("Resolve them"))
        self.resolution = self.long_text(self.tr("What was done? It is written into each of them."))
        self.lines = QListWidget()
        self.lines.setAccessibleName(self.tr("Which cases are closed"))
        self.lines.itemChanged.connect(lambda _: self.look())
        self.lines.setFixedHeight(self.fontMetrics().height() + 6)
        self.add(self.lines)
        self._first = self.resolution

    def _show(self, found: list[Closing]) -> None:
        for one in found:
            why = words.closing(one.why_not)
            item = QListWidgetItem(f"{one.label}  {one.title}" + (f"  ({why})" if why else ""))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            ended = one.why_not == "ended already"
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            if not ended:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Unchecked if one.why_not else Qt.CheckState.Checked)
            self.lines.addItem(item)
        rows = min(max(self.lines.count(), 1), _ROWS_AT_MOST)
        self.lines.setFixedHeight(rows * max(self.lines.sizeHintForRow(0), self.fontMetrics().height()) + 6)
        self.look()

    def chosen(self) -> set[bytes]:
        """The cases that are ticked."""
        items = [self.lines.item(row) for row in range(self.lines.count())]
        return {i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked}

    def verb(self) -> Callable[[Desk], object] | None:
        text, cases = self.resolution.toPlainText().strip(), self.chosen()
        if not text or not cases:
            return None
        return lambda desk: desk.linking.close_all(self.case_id, text, cases=cases)

    def said(self) -> str:
        return self.tr("%n case(s) resolved with it", "", len(self.chosen()))


class WorkaroundSheet(Sheet):
    """What the incidents of a problem can do meanwhile."""

    drawing = "lightbulb"

    def build(self) -> None:
        self.name(self.tr("Workaround for its incidents"), self.tr("Tell them"))
        self.text = self.long_text(self.tr("What helps meanwhile; it is written into every open incident"), "", 3)
        self.text.setPlainText(self.view.row["workaround"] or "")

    def verb(self) -> Callable[[Desk], object] | None:
        text = self.text.toPlainText().strip()
        return (lambda desk: desk.linking.workaround(self.case_id, text)) if text else None

    def said(self) -> str:
        return self.tr("Kept, and written into its open incidents")
