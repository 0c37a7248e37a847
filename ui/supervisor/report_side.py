"""Beside the pages of a report: its figures, the supervisor's comment, the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.reading import ReadingDesk
from app.work.drafts import DraftReader
from ui import text
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS
from ui.widgets.blocks import BusyLine, EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from app.insight.scope import Edition
    from app.reports.annex import Listed
    from app.reports.freezing import Kept
    from app.reports.inside import Inside
    from app.reports.pages import Pages

DRAFT_MS = 600


def _column(pane: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(pane)
    column.setContentsMargins(GAP_XS, GAP_S, GAP_XS, GAP_XS)
    column.setSpacing(GAP_S)
    return column


class FiguresPane(QWidget):
    """Every figure that has cases; Return or a double click opens them."""

    opened = Signal(str)
    """The anchor of a list."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: Sequence[Listed] = ()
        column = _column(self)
        self.filter = SearchField()
        self.table = RowTable(2)
        self._hint = PlainLabel("", "muted")
        self._hint.setWordWrap(True)
        for widget in (self.filter, self._hint, self.table):
            column.addWidget(widget, 1 if widget is self.table else 0)
        self.filter.searched.connect(lambda _words: self._show())
        self.filter.left_downwards.connect(self.table.setFocus)
        self.table.opened.connect(self._open)
        self.table.cellClicked.connect(lambda _row, column: self._open() if column == 1 else None)
        self._retranslate()

    def show_lists(self, lists: Sequence[Listed]) -> None:
        """The figures of another report."""
        self._lists = lists
        self._show()

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        self.table.show_rows([
            (f"{one.anchor}:{place}".encode(), (title, text.number(len(one.cases))))
            for one in self._lists
            for place, title in enumerate(one.titles)
            if all(word in title.casefold() for word in words)
        ])  # fmt: skip
        self._hint.setText(
            self.tr("Return opens the cases behind a figure; so does a click on an underlined figure.")
            if self._lists
            else self.tr("No figure of this report has cases.")
        )

    def _open(self) -> None:
        found = self.table.current_id()
        if found is not None:
            self.opened.emit(found.decode().partition(":")[0])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Find a figure"))
        self.filter.setAccessibleName(self.tr("Find a figure"))
        self.table.setAccessibleName(self.tr("Figures"))
        self.table.set_heads([self.tr("Figure"), self.tr("Cases")])
        self._show()


class CommentPane(QWidget):
    """The supervisor's own words: kept as a draft while they are typed, in the store with the frozen report."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._key = ""
        self._kept = ""
        column = _column(self)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.freeze = QPushButton()
        self.freeze.setAutoDefault(False)
        self.freeze.setProperty("look", "primary")
        self._busy = BusyLine()
        column.addWidget(self._told)
        column.addWidget(self.edit, 1)
        column.addWidget(self._busy)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.freeze)
        column.addLayout(row)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_MS)
        self._soon.timeout.connect(self._keep_draft)
        self.edit.textChanged.connect(self._soon.start)
        services.unsaved.register(self._unsaved)
        self._may = False
        self.allow(False)

    def text(self) -> str:
        """What stands there."""
        return self.edit.toPlainText().strip()

    def allow(self, supervisor: bool) -> None:
        """Only supervisors freeze and comment."""
        self._may = supervisor
        self.edit.setReadOnly(not supervisor)
        self.freeze.setEnabled(supervisor)
        self._retranslate()

    def set_busy(self, busy: bool) -> None:
        """While it is being kept."""
        self._busy.set_busy(busy)
        self.freeze.setEnabled(self._may and not busy)

    def show_report(self, week: str, edition: Edition | None, kept: str) -> None:
        """Another report: its comment, or the words that were typed for it and not kept yet."""
        key = f"report:{week}:{edition.kind + ':' + edition.id.hex() if edition else ''}"
        if key == self._key and self.text() != self._kept:
            self._kept = kept  # somebody is writing
            return
        self._keep_draft()
        self._key, self._kept = key, kept
        self._set(kept)
        self._services.lanes.read.submit(
            _draft, self._services.desk, key, done=lambda found: self._drafted(key, found), owner=self
        )

    def kept(self) -> None:
        """What stands there is in the store now."""
        self._kept = self.text()
        self._services.keep_draft(self._key, "")

    def _drafted(self, key: str, found: str) -> None:
        if key == self._key and found and self.text() == self._kept:
            self._set(found)

    def _set(self, words: str) -> None:
        self.edit.blockSignals(True)
        self.edit.setPlainText(words)
        self.edit.blockSignals(False)

    def _unsaved(self) -> dict[str, str]:
        return {self._key: self.text()} if self._key and self.text() != self._kept else {}

    def _keep_draft(self) -> None:
        self._soon.stop()
        if self._key and self._may and not self._services.lanes.closed:
            self._services.keep_draft(self._key, self.text() if self.text() != self._kept else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.edit.setAccessibleName(self.tr("Comment"))
        self.freeze.setText(self.tr("Freeze"))
        self._told.setText(
            self.tr(
                "Stands on page one. Freezing keeps the report in the store as it is printed; what changes later is"
                " listed in the next one."
            )
            if self._may
            else self.tr("Supervisors write a comment and freeze the report here.")
        )


class ArchivePane(QWidget):
    """The reports that were frozen; Return opens one."""

    chosen = Signal(object, object, object, object)
    """(Kept, its document, its pages, what they lead to)."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._kept: dict[bytes, Kept] = {}
        column = _column(self)
        self.table = RowTable(3, stretch=1)
        self._none = EmptyState("reports", "", "")
        column.addWidget(self.table, 1)
        column.addWidget(self._none, 1)
        self.table.opened.connect(self._open)
        self._retranslate()

    def read(self) -> None:
        """Read the list (again)."""
        if not self._services.lanes.closed:
            self._services.lanes.read.submit(_archive, self._services.desk, done=self._show, key="report archive")

    def _show(self, found: list[Kept]) -> None:
        self._kept = {one.id: one for one in found}
        zone = self._services.zone
        self.table.show_rows([
            (one.id, (one.week, one.about or self.tr("Whole desk"), text.moment(one.made_at, zone))) for one in found
        ])  # fmt: skip
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)

    def _open(self) -> None:
        kept = self._kept.get(self.table.current_id() or b"")
        if kept is not None:
            self._services.lanes.read.submit(
                _pages, self._services.desk, kept.id, failed=self._services.show_error, owner=self,
                done=lambda found: self.chosen.emit(kept, *found),
            )  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.read()

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Archive"))
        self.table.set_heads([self.tr("Week"), self.tr("About"), self.tr("Frozen")])
        self._none.show_as(
            "reports", self.tr("No report was frozen yet"),
            self.tr("Freezing keeps a week as it was printed; supervisors do it beside the comment."),
        )  # fmt: skip


def _draft(desk: ReadingDesk, key: str) -> str:
    return DraftReader(desk.context).read(key)


def _archive(desk: ReadingDesk) -> list[Kept]:
    from app.reports.freezing import archive

    return archive(desk.context.reader)


def _pages(desk: ReadingDesk, report: bytes) -> tuple[bytes, Pages, Inside]:
    from app.reports.freezing import printed
    from app.reports.inside import FILE, unpacked
    from app.reports.pages import Pages

    document = printed(desk.context.reader, report)
    pages = Pages(document)
    return document, pages, unpacked(pages.inside(FILE), desk.context.reader)
