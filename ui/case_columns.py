"""Which columns of the table of cases are shown, how wide, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.case_model import COLUMN_OF, COLUMNS, said

PAD: Final = 8
TITLE_AT_LEAST: Final = 22
TITLE_ENOUGH: Final = 62
STEP_ENOUGH: Final = 48
"""Characters: at least, and as many as most titles (with who it is about) and next steps have."""


def fitted(chosen: Collection[str], widths: Mapping[str, int], room: int, char: int, due_width: int) -> dict[str, int]:
    """The columns there is room for, with their widths in pixels: those that matter least are left out first, and the
    title takes what is left; of more than it needs, the next step gets the rest of its words. `widths`: those somebody
    set; `char`: the width of a character."""
    wanted = {c.key: widths.get(c.key, round(c.width * char) + PAD) for c in COLUMNS if c.key in chosen}
    if "due" in wanted and "due" not in widths:
        wanted["due"] = due_width
    wanted["title"] = TITLE_AT_LEAST * char
    shown = set(wanted)
    for column in sorted(COLUMNS, key=lambda c: -c.rank):
        if column.rank and column.key in shown and sum(wanted[k] for k in shown) > room:
            shown.discard(column.key)
    wanted["title"] = max(wanted["title"], room - sum(wanted[k] for k in shown if k != "title"))
    spare = wanted["title"] - TITLE_ENOUGH * char
    if spare > 0 and "next_step" in shown and "next_step" not in widths:
        more = min(spare, max(0, STEP_ENOUGH * char - wanted["next_step"]))
        wanted["next_step"] += more
        wanted["title"] -= more
    return {key: wanted[key] for key in shown}


def order_of(header: QHeaderView) -> list[str]:
    """The keys of all columns, from left to right."""
    return [COLUMNS[header.logicalIndex(place)].key for place in range(header.count())]


def put_in_order(header: QHeaderView, keys: Collection[str]) -> None:
    """Move the columns; what is not named stays behind those that are."""
    for place, key in enumerate(k for k in keys if k in COLUMN_OF):
        header.moveSection(header.visualIndex(COLUMN_OF[key]), place)


def column_titles() -> list[tuple[str, str]]:
    """(key, words) of every column, for the chooser."""
    return [(column.key, said(column.title)) for column in COLUMNS]


class CaseColumns(QObject):
    """The columns of one table: which somebody chose, how wide, in which order; and which of them have room now."""

    changed = Signal()
    """Widths, order or choice: worth remembering."""
    order_asked = Signal(str)
    """The key of the column whose header was clicked."""

    def __init__(self, table: QTableView, due_width: Callable[[], int]) -> None:
        super().__init__(table)
        self._table, self._due_width = table, due_width
        self._chosen = {column.key for column in COLUMNS if column.shown}
        self._widths: dict[str, int] = {}
        self._fitting = False
        header = self._header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(28)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(self._resized_by_hand)
        header.sectionMoved.connect(lambda *_: self.changed.emit())

    def chosen(self) -> set[str]:
        """The columns somebody wants to see, whether or not there is room."""
        return set(self._chosen)

    def choose(self, keys: Iterable[str]) -> None:
        """Show these columns; the title always is."""
        self._chosen = {key for key in keys if key in COLUMN_OF} | {"title"}
        self.fit()
        self.changed.emit()

    def state(self) -> dict[str, Any]:
        """For the settings: {"chosen": [keys], "widths": {key: pixels}, "order": [keys]}."""
        return {"chosen": sorted(self._chosen), "widths": dict(self._widths), "order": order_of(self._header)}

    def restore(self, state: dict[str, Any]) -> None:
        """From the settings; what is not there stays as it is."""
        put_in_order(self._header, state.get("order", []))
        self._widths = {k: int(w) for k, w in state.get("widths", {}).items() if k in COLUMN_OF}
        chosen = state.get("chosen")
        if chosen:
            self._chosen = {key for key in chosen if key in COLUMN_OF} | {"title"}
        self.fit()

    def arrange(self, order: Sequence[str], chosen: Iterable[str], widths: Mapping[str, int]) -> None:
        """All of it at once, as the chooser has it."""
        put_in_order(self._header, order)
        self._widths = {key: width for key, width in widths.items() if key in COLUMN_OF}
        self.choose(chosen)

    def shown(self) -> list[str]:
        """The columns that have room, from left to right."""
        return [key for key in order_of(self._header) if not self._header.isSectionHidden(COLUMN_OF[key])]

    def places(self) -> list[tuple[str, int, int]]:
        """(key, left edge, width) of the columns on screen, in pixels of the viewport."""
        header = self._header
        return [
            (COLUMNS[n].key, header.sectionViewportPosition(n), header.sectionSize(n))
            for n in range(len(COLUMNS))
            if not header.isSectionHidden(n)
        ]

    def show_order(self, order: str, descending: bool) -> None:
        """Mark the column the list is sorted by; "" or "priority": none."""
        found = next((n for n, column in enumerate(COLUMNS) if column.order == order and order), None)
        self._header.setSortIndicatorShown(found is not None)
        if found is not None:
            way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(found, way)

    def fit(self) -> None:
        """Leave out what has no room, give the title what is left."""
        char = self._table.fontMetrics().averageCharWidth()
        widths = fitted(self._chosen, self._widths, self._table.viewport().width(), char, self._due_width())
        self._fitting = True
        for number, column in enumerate(COLUMNS):
            self._header.setSectionHidden(number, column.key not in widths)
            if column.key in widths:
                self._header.resizeSection(number, widths[column.key])
        self._fitting = False

    def _header_clicked(self, section: int) -> None:
        if COLUMNS[section].order:
            self.order_asked.emit(COLUMNS[section].key)

    def _resized_by_hand(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and new > 0:
            self._widths[COLUMNS[section].key] = new
            self.fit()
            self.changed.emit()
