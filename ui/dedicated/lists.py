"""The lists of a department over the table: one tab each with its count, by place, by machine."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from app.work.lists import Count
from app.work.standing import LISTS
from ui import text
from ui.dedicated.strip import list_words
from ui.icons import icon
from ui.tokens import GAP_M, GAP_S, GAP_XS
from ui.written import texts_now


class ListTabs(QWidget):
    """Which list is shown and how it is grouped."""

    chosen = Signal(str)
    """Another of app.work.standing.LISTS."""
    grouped = Signal(str)
    """"place", "machine" or "": group by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, Count] = {}
        self._telling = True
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        for _ in LISTS:
            self.bar.addTab("")
        self.bar.currentChanged.connect(self._changed)
        self.places, self.machines = QToolButton(), QToolButton()
        for button, drawing, key in ((self.places, "pin", "place"), (self.machines, "machine", "machine")):
            button.setIcon(icon(drawing, "muted"))
            button.setCheckable(True)
            button.clicked.connect(lambda on, key=key: self.grouped.emit(key if on else ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M - GAP_XS, GAP_XS, GAP_S, 0)
        row.setSpacing(GAP_XS)
        row.addWidget(self.bar, 1)
        row.addWidget(self.places)
        row.addWidget(self.machines)
        self._retranslate()

    @property
    def name(self) -> str:
        """The list that is chosen."""
        return LISTS[max(self.bar.currentIndex(), 0)]

    def choose(self, name: str) -> None:
        """Choose a list without telling."""
        self._telling = False
        self.bar.setCurrentIndex(LISTS.index(name))
        self._telling = True

    def step(self, by: int) -> None:
        """The next list, or the one before."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(LISTS))

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        """How many cases each has."""
        self._counts = counts
        self._retranslate()

    def show_group(self, group: str) -> None:
        """What the list is grouped by."""
        self.places.setChecked(group == "place")
        self.machines.setChecked(group == "machine")

    def _changed(self, _index: int) -> None:
        if self._telling:
            self.chosen.emit(self.name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        said = texts_now()
        for number, name in enumerate(LISTS):
            count = self._counts.get(name)
            words = list_words(name, said)
            self.bar.setTabText(number, f"{words}  {text.number(count.open)}" if count is not None else words)
            late = count.overdue if count is not None else 0
            told = self.tr("%n overdue", "", late) if late else ""
            self.bar.setTabToolTip(number, told)
            spoken = [words, text.cases(count.open) if count is not None else "", told]
            self.bar.setAccessibleTabName(number, ", ".join(filter(None, spoken)))
        self.bar.setAccessibleName(self.tr("Lists of the department"))
        for button, words in ((self.places, self.tr("Group by place")), (self.machines, self.tr("Group by machine"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
