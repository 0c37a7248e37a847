"""The lazy model behind the table of cases: row numbers at once, rows when they are looked at.

A million rows cost an array (or nothing, app.work.rows). The lines to paint are fetched on the read lane for what is
visible and a margin around it, latest wish first, and kept by row number, so that a list that is sorted or narrowed
again shows most of its rows at once. A line that is not here yet paints as an empty bar; painting never waits and never
raises.

`data` answers screen readers and tests; the view paints from `line` directly, because a Python call per cell would set
the frame time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.changes import Changes
from app.work.groups import Group, Grouped
from app.work.lists import CaseLine, Lists
from app.work.rows import NOTHING, Rows
from ui import case_words, text
from ui.lanes import Lanes

MARGIN: Final = 48
"""Rows fetched before and after the visible ones."""
KEPT: Final = 1_500
"""Lines kept in memory, about 2 MB."""

Index = QModelIndex | QPersistentModelIndex


def QT_TRANSLATE_NOOP(context: str, words: str) -> str:
    """Marks a literal for lupdate."""
    return words


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `order`: what Lists sorts by, "" for nothing; `width`: in characters; `rank`: where room is
    short the highest goes first, 0 never; `shown`: before anybody chose."""

    key: str
    title: str
    order: str
    width: float
    rank: int
    shown: bool = True


COLUMNS: Final = (
    Column("severity", QT_TRANSLATE_NOOP("cases", "Severity"), "severity", 3.6, 0),
    Column("number", QT_TRANSLATE_NOOP("cases", "Number"), "number", 8, 2),
    Column("title", QT_TRANSLATE_NOOP("cases", "Title"), "title", 34, 0),
    Column("status", QT_TRANSLATE_NOOP("cases", "Status"), "status", 16, 1),
    Column("due", QT_TRANSLATE_NOOP("cases", "Due"), "due", 19, 1),
    Column("work_owner", QT_TRANSLATE_NOOP("cases", "Work owner"), "work_owner", 15, 3),
    Column("next_step", QT_TRANSLATE_NOOP("cases", "Next step"), "", 26, 6),
    Column("updated", QT_TRANSLATE_NOOP("cases", "Updated"), "updated", 15, 5),
    Column("queue", QT_TRANSLATE_NOOP("cases", "Queue"), "queue", 16, 7, False),
    Column("department", QT_TRANSLATE_NOOP("cases", "Department"), "department", 18, 8, False),
    Column("requester", QT_TRANSLATE_NOOP("cases", "Requester"), "requester", 18, 9, False),
    Column("product", QT_TRANSLATE_NOOP("cases", "Product"), "product", 18, 10, False),
    Column("contact_owner", QT_TRANSLATE_NOOP("cases", "Contact"), "contact_owner", 15, 11, False),
    Column("opened", QT_TRANSLATE_NOOP("cases", "Opened"), "opened", 16, 12, False),
)
"""The columns in the order in which they stand at first."""
COLUMN_OF: Final = {column.key: number for number, column in enumerate(COLUMNS)}

WAITING_WORDS: Final = {
    "requester": QT_TRANSLATE_NOOP("cases", "For requester"),
    "supplier": QT_TRANSLATE_NOOP("cases", "For supplier"),
    "change": QT_TRANSLATE_NOOP("cases", "For a change"),
    "parts": QT_TRANSLATE_NOOP("cases", "For parts"),
}
CLOCK_STANDS: Final = QT_TRANSLATE_NOOP("cases", "clock stands")


def said(words: str) -> str:
    """A text of this module in the language that is on."""
    return QCoreApplication.translate("cases", words)


def due_words(line: CaseLine, now: int) -> str:
    """When it is due, seen from `now`; where it waits and no clock runs, that is said instead of nothing."""
    if line.due_at is None and line.status == "waiting":
        return said(CLOCK_STANDS)
    return text.due(line.due_at, now)


def status_words(line: CaseLine) -> str:
    """The status in a word or two; a waiting case says for what."""
    if line.status == "waiting" and line.waiting_on in WAITING_WORDS:
        return said(WAITING_WORDS[line.waiting_on])
    return case_words.status(line.status)


class CaseModel(QAbstractTableModel):
    """Rows of a list of cases. GUI thread only; `severity_name` gives the word for a rank."""

    def __init__(
        self,
        lists: Lists,
        lanes: Lanes,
        now: Callable[[], int],
        zone: tzinfo,
        severity_name: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lists, self._lanes, self._now, self._zone = lists, lanes, now, zone
        self._severity_name = severity_name
        self._rows: Rows = NOTHING
        self._lines: dict[int, CaseLine] = {}
        self._stale: set[int] = set()
        self._gone: set[int] = set()
        self.heading_words: Callable[[str, Group], str] = lambda _by, group: group.name or str(group.key)
        """What a heading says, of a group of that grouping."""
        self.beside: Callable[[bytes], str] = lambda _case: ""
        """Who else is with a case, in words."""

    # -- rows ---------------------------------------------------------------------------------------------------------
    @property
    def rows(self) -> Rows:
        """Which case stands where."""
        return self._rows

    def show(self, rows: Rows, lines: Iterable[CaseLine] = ()) -> None:
        """Show another list; `lines` are those known already. The view loses its selection: use CaseTable.show_rows."""
        self.beginResetModel()
        self._rows = rows
        self._gone.clear()
        self._keep(lines)
        self.endResetModel()

    def line(self, row: int) -> CaseLine | None:
        """What stands in a row, None while it is on its way; also for a row that a selection remembers and the list,
        just read again, has no more."""
        return self._lines.get(self._rows[row]) if 0 <= row < len(self._rows) else None

    def group(self, row: int) -> Group | None:
        """The heading that stands in a row; None for a case."""
        return self._rows.group_at(row) if isinstance(self._rows, Grouped) else None

    def heading_above(self, row: int) -> int | None:
        """The row of the heading a case stands under."""
        if not isinstance(self._rows, Grouped):
            return None
        before = [heading for heading in self._rows.headings if heading <= row]
        return before[-1] if before else None

    def row_of_heading(self, group: Group) -> int | None:
        """The row in which the heading of this group stands now."""
        rows = self._rows
        if not isinstance(rows, Grouped):
            return None
        return next((row for row, one in zip(rows.headings, rows.groups, strict=True) if one.key == group.key), None)

    def without_headings(self, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Rows (first, last), parted where headings stand between them."""
        if not isinstance(self._rows, Grouped):
            return list(ranges)
        out = []
        for top, bottom in ranges:
            for heading in (h for h in self._rows.headings if top <= h <= bottom):
                out.append((top, heading - 1))
                top = heading + 1
            out.append((top, bottom))
        return [(top, bottom) for top, bottom in out if top <= bottom]

    def heading(self, group: Group) -> str:
        """What stands over a group."""
        by = self._rows.by if isinstance(self._rows, Grouped) else ""
        return self.heading_words(by, group)

    def need(self, first: int, last: int) -> None:
        """These rows are visible: fetch what is missing of them and around them."""
        rows = self._rows
        if not len(rows) or last < 0:
            return
        visible = [rid for row in range(max(first, 0), min(last + 1, len(rows))) if (rid := rows[row]) > 0]
        for rid in visible:  # what is looked at goes last when there is room to be made
            if (line := self._lines.pop(rid, None)) is not None:
                self._lines[rid] = line
        if all((rid in self._lines and rid not in self._stale) or rid in self._gone for rid in visible):
            ahead = (max(first - MARGIN // 2, 0), min(last + MARGIN // 2, len(rows) - 1))
            if all(rows[row] < 0 or rows[row] in self._lines or rows[row] in self._gone for row in ahead):
                return
        around = range(max(first - MARGIN, 0), min(last + 1 + MARGIN, len(rows)))
        missing = [
            rid
            for row in around
            if (rid := rows[row]) > 0 and (rid not in self._lines or rid in self._stale) and rid not in self._gone
        ]
        if missing:
            self._lanes.read.submit(self._fetch, rows, around, missing, done=self._arrived, key=("lines", id(self)))

    def refresh(self, changes: Changes) -> None:
        """Something changed: lines that may be stale are fetched again when they are visible; till then they show what
        they showed."""
        if changes.concern_tables("queue", "analyst", "department", "product", "place", "requester", "severity"):
            self._stale.update(self._lines)
        else:
            self._stale.update(rid for rid, line in self._lines.items() if line.id in changes.cases)

    def forget_stale(self) -> None:
        """Make sure nothing that may be stale is shown again."""
        for rid in self._stale:
            self._lines.pop(rid, None)
        self._stale.clear()

    def _fetch(
        self, rows: Rows, around: range, rids: Sequence[int]
    ) -> tuple[Rows, range, Sequence[int], list[CaseLine]]:
        return rows, around, rids, self._lists.lines(rids)

    def _arrived(self, answer: tuple[Rows, range, Sequence[int], list[CaseLine]]) -> None:
        rows, around, asked, lines = answer
        self._keep(lines)
        self._gone.update(set(asked) - {line.rid for line in lines})
        if rows is self._rows:
            self.dataChanged.emit(self.index(around.start, 0), self.index(around.stop - 1, len(COLUMNS) - 1))

    def _keep(self, lines: Iterable[CaseLine]) -> None:
        for line in lines:
            self._lines.pop(line.rid, None)
            self._lines[line.rid] = line
            self._stale.discard(line.rid)
        while len(self._lines) > KEPT:
            self._lines.pop(next(iter(self._lines)))

    # -- Qt -----------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.line(index.row())
        if line is None:
            group = self.group(index.row())
            return "" if group is None or index.column() != COLUMN_OF["title"] else self._heading_said(group, role)
        words = self.cell(line, COLUMNS[index.column()].key)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == COLUMN_OF["title"]:
            unread = QCoreApplication.translate("cases", "unread") if line.unread else ""
            return ", ".join(filter(None, (words, unread, self.beside(line.id))))
        return words

    def _heading_said(self, group: Group, role: int) -> str:
        words = self.heading(group)
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return words
        folded = QCoreApplication.translate("cases", "folded") if group.folded else ""
        return ", ".join(filter(None, (words, text.cases(group.count), folded)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if COLUMNS[section].key == "severity" else said(COLUMNS[section].title)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return said(COLUMNS[section].title)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.group(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def cell(self, line: CaseLine, key: str) -> str:
        """The words of one cell."""
        match key:
            case "severity":
                return self._severity_name(line.severity)
            case "number":
                return line.label
            case "status":
                return status_words(line)
            case "due":
                return due_words(line, self._now())
            case "updated":
                return text.ago(line.updated_at, self._now(), self._zone)
            case "opened":
                return text.ago(line.opened_at, self._now(), self._zone)
            case _:
                return str(getattr(line, key))
