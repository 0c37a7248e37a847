"""A list of the Coverage page with what can be done about the chosen line: buttons in its foot, and the same in its
context menu. Absences and agreements are shown by it, each with something of its own above or below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from ui.coverage.reading import Shown
from ui.services import Services
from ui.tokens import GAP_S
from ui.widgets.blocks import EmptyState, SectionHeader
from ui.widgets.row_table import Row, RowTable

Verb = tuple[QPushButton, Callable[[], object]]


class VerbList(QWidget):
    """`over`: whether what is over is shown, too. Whoever derives from it fills the list (`_fill`), enables the verbs
    for the chosen line (`_facts`) and says its words (`_retranslate`)."""

    def __init__(self, services: Services, table: RowTable, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Shown | None = None
        self._verbs: list[Verb] = []
        self.table, self.empty = table, empty
        self.empty.hide()
        table.chosen.connect(self._facts)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        self.over = QCheckBox()
        self.over.toggled.connect(lambda _on: self._fill())
        self._head = SectionHeader("")
        self._head.add_control(self.over)

    def _lay_out(self, verbs: Sequence[Verb], list_: QWidget, other: QWidget, *, above: bool, sizes: list[int]) -> None:
        """The list and its foot go into `list_`, which stands above `other` or below it. The last verb stands at the
        right."""
        self._verbs = list(verbs)
        for button, run in self._verbs:
            button.clicked.connect(lambda _checked=False, run=run: run())
        column = QVBoxLayout(list_)
        column.setContentsMargins(0, 0 if above else GAP_S, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        for button, _run in self._verbs[:-1]:
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._verbs[-1][0])
        column.addLayout(foot)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        for half in (list_, other) if above else (other, list_):
            halves.addWidget(half)
        halves.setSizes(sizes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves, 1)

    def show_all(self, shown: Shown) -> None:
        """Show what was read."""
        self._shown = shown
        self._fill()

    def _show_rows(self, title: str, rows: Sequence[Row]) -> None:
        """These, or that there are none; the first is chosen where none is."""
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._head.set_text(title, str(len(rows)))
        if rows and self.table.current_id() is None:
            self.table.selectRow(0)
        self._facts()

    def _fill(self) -> None:
        raise NotImplementedError

    def _facts(self) -> None:
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, run in self._verbs:
            if button.isVisibleTo(self):
                action = menu.addAction(button.text())
                action.setEnabled(button.isEnabled())
                action.triggered.connect(lambda _checked=False, run=run: run())
        menu.popup(self.table.viewport().mapToGlobal(at))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
