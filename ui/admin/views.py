"""Saved views in the administration: everybody's and one's own, in words, with how many cases each has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.reading import ReadingDesk
from app.work.view_list import Definition, SavedView
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_S, Tone
from ui.view_dialog import ViewDialog, remove_view
from ui.view_words import words
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable


@dataclass(frozen=True)
class Told:
    """A view and what it has, in words."""

    view: SavedView
    words: str


class ViewsSection(SectionPage):
    """A table with its verbs above it."""

    tables: ClassVar[tuple[str, ...]] = ("view",)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._views: dict[bytes, SavedView] = {}
        self.add, self.change, self.up, self.down, self.remove = (QPushButton() for _ in range(5))
        self.add.setIcon(icon("plus", "accent"))
        self.remove.setProperty("look", "danger")
        line = QHBoxLayout()
        line.setSpacing(GAP_S)
        for button, run in (
            (self.add, lambda: self._build(None)), (self.change, lambda: self._build(self._chosen())),
            (self.up, lambda: self._move(-1)), (self.down, lambda: self._move(1)), (self.remove, self._remove),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)
        self.list = RowTable(3, stretch=2)
        self.list.chosen.connect(self._look)
        self.list.opened.connect(lambda: self._build(self._chosen()))
        self.column.addWidget(self.list, 1)
        self._only = PlainLabel("", "muted")
        self.column.addWidget(self._only)
        self.setFocusProxy(self.list)
        self.retranslate()

    def words(self) -> tuple[str, str]:
        self.list.set_heads([self.tr("Name"), self.tr("For"), self.tr("What it has")])
        self.list.setAccessibleName(self.tr("Views"))
        self.add.setText(self.tr("New…"))
        self.change.setText(self.tr("Change…"))
        self.up.setText(self.tr("Move up"))
        self.down.setText(self.tr("Move down"))
        self.remove.setText(self.tr("Remove"))
        self._only.setText(self.tr("Everybody's views are changed by supervisors."))
        return self.tr("Views"), self.tr("Filters with a name, as they stand in everybody's navigation and in yours.")

    def reading(self) -> Callable[[ReadingDesk], list[Told]]:
        return _read

    def show_read(self, read: list[Told]) -> None:
        self._views = {one.view.id: one.view for one in read}
        self.list.show_rows([self._row(one) for one in read])
        self._only.setVisible(not reaches(self.role, "supervisor"))
        self._look()

    def _row(self, one: Told) -> Row:
        whose = self.tr("everybody") if one.view.shared else self.tr("me")
        drawing = "users" if one.view.shared else "views"
        what = one.words or Cell(self.tr("made by a newer Halldesk"), "warning", Tone.WARNING)
        return one.view.id, [Cell(one.view.name, drawing), whose, what]

    def _chosen(self) -> SavedView | None:
        row_id = self.list.current_id()
        return self._views.get(row_id) if row_id is not None else None

    def _look(self) -> None:
        view = self._chosen()
        may = view is not None and (not view.shared or reaches(self.role, "supervisor"))
        self.change.setEnabled(may and view is not None and view.definition is not None)
        for button in (self.up, self.down, self.remove):
            button.setEnabled(may)

    def _build(self, view: SavedView | None) -> None:
        if view is not None and not self.change.isEnabled():
            return
        definition = view.definition if view is not None and view.definition is not None else Definition()
        dialog = ViewDialog(self.services, definition, view, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _move(self, by: int) -> None:
        view = self._chosen()
        if view is not None:
            self.services.run(lambda desk: desk.views.move(view.id, by))

    def _remove(self) -> None:
        view = self._chosen()
        if view is not None:
            remove_view(self.services, view)


def _read(desk: ReadingDesk) -> list[Told]:
    said = words(desk)
    return [Told(v, said.definition(v.definition) if v.definition is not None else "") for v in desk.views.all()]
