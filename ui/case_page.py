"""The parts of a case and where they stand: head, conflicts, tabs with timeline and composer, details, files; and what
stands around the case, beside the timeline where there is room, else on a tab of its own.

It knows widgets and room only. What they show is read by the case editor, what they ask for is done by its verbs.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.work.attachments import AttachmentReader
from ui import text
from ui.case_conflicts import CaseConflicts
from ui.case_fields import CaseFields
from ui.case_head import CaseHead
from ui.case_side import CaseFiles, CaseSide
from ui.case_suggestions import CaseSuggestions
from ui.fetching import Fetching
from ui.icons import icon
from ui.services import Services
from ui.timeline import Timeline
from ui.tokens import GAP_M, GAP_S
from ui.widgets.blocks import Divider
from ui.widgets.labels import plain_tool_tip
from ui.writing import WritingPlace

WIDE_IN_EM: Final = 92
"""From this width on the side panel stands beside the timeline."""
SIDE_LINES: Final = 4
"""So many lines of what stands around a case are seen at least."""
TIMELINE, DETAILS, AROUND, FILES = range(4)
"""The tabs."""


class CasePage(QSplitter):
    """Built from the outside in: a part that is made within its parent is styled once, not at every level."""

    def __init__(
        self, services: Services, files: AttachmentReader, fetching: Fetching, owner: QObject, parent: QWidget
    ) -> None:
        """`owner`: whose life the suggestions share."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._services = services
        self.setChildrenCollapsible(False)
        left = QWidget(self)
        self.addWidget(left)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = CaseHead(services, left)
        self.tabs = QTabBar(left)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in range(4):
            self.tabs.addTab("")
        self.stack = QStackedWidget(left)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP_M - 4, 0, GAP_M, 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        # At the end of the tabs, where its coming and going moves nothing.
        self.hint = QPushButton(icon("lightbulb"), "", left)
        self.hint.setProperty("look", "quiet")
        self.hint.hide()
        bar.addWidget(self.hint)
        self.conflicts = CaseConflicts(services, left)
        column.addWidget(self.head)
        column.addWidget(self.conflicts)
        column.addWidget(Divider(left))
        column.addLayout(bar)
        column.addWidget(Divider(left))
        column.addWidget(self.stack, 1)
        talk = QWidget(self.stack)
        column = QVBoxLayout(talk)
        column.setContentsMargins(GAP_S, 0, GAP_S, GAP_S)
        column.setSpacing(GAP_S)
        self.timeline = Timeline(talk)
        self.writing = WritingPlace(services, talk)
        self.timeline.setMinimumHeight(self.timeline.fontMetrics().height() * 2)
        self.writing.turned.connect(self.conflicts.give_way)
        column.addWidget(self.timeline, 1)
        column.addWidget(self.writing)
        details, file_area = _scroll_area(self.stack), _scroll_area(self.stack)
        self.fields = CaseFields(services, details)
        self.files = CaseFiles(services, files, fetching, file_area)
        details.setWidget(self.fields)
        file_area.setWidget(self.files)
        self._around = QWidget(self.stack)
        column = QVBoxLayout(self._around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = QVBoxLayout()
        beside.setContentsMargins(GAP_M, GAP_S, GAP_S, 0)
        self.suggesting = CaseSuggestions(services, self.writing, self._around, owner)
        self.suggested = self.suggesting.panel
        self.side = CaseSide(services, self._around)
        # What it would like counts for nothing: the articles above it get their room first.
        self.side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.side.setMinimumHeight(self.side.fontMetrics().height() * SIDE_LINES)
        beside.addWidget(self.suggested)
        column.addLayout(beside)
        column.addWidget(self.side, 1)
        for part in (talk, details, self._around, file_area):
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.suggested.shown.connect(lambda _count: self._show_hint())
        self.hint.clicked.connect(self.to_suggestions)
        self._files_count = 0
        self._retranslate()

    def turn_to(self, tab: int) -> None:
        """Show one of the tabs."""
        self.tabs.setCurrentIndex(tab)

    def show_composer(self) -> None:
        """The timeline with the composer below it."""
        self.writing.show_composer()
        self.turn_to(TIMELINE)

    def to_suggestions(self) -> None:
        """To the articles that may help, wherever they stand."""
        if self.tabs.isTabVisible(AROUND):
            self.turn_to(AROUND)
        self.suggested.take_focus()

    def focus_timeline(self) -> None:
        """The keyboard to the timeline."""
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def count_files(self, count: int) -> None:
        """How many files the case has, said on their tab."""
        self._files_count = count
        self.tabs.setTabText(FILES, self.tr("Files and time") + (f" ({count})" if count else ""))

    def _show_hint(self) -> None:
        """Where the panel is on a page of its own, how many articles stand there."""
        count = len(self.suggested.suggestions())
        said = self.tr("1 article may help") if count == 1 else self.tr("{count} articles may help")
        said = said.format(count=text.number(count))
        self.hint.setText(said)
        self.hint.setToolTip(plain_tool_tip(said))
        self.hint.setAccessibleName(said)
        room = self.stack.width() - self.tabs.sizeHint().width() - GAP_M
        if self.hint.sizeHint().width() > room:  # the tabs come first
            self.hint.setText(text.number(count))
        self.hint.setVisible(count > 0 and self.tabs.isTabVisible(AROUND))

    def arrange(self) -> None:
        """The side panel beside the timeline where there is room, else on a page of its own."""
        wide = self.width() >= self.fontMetrics().horizontalAdvance("n") * WIDE_IN_EM
        beside = self._around.parent() is self
        if wide != beside:
            if wide:
                self._put_beside()
            else:
                self._put_on_a_tab()
            self.tabs.setTabVisible(AROUND, not wide)
        self._show_hint()

    def _put_beside(self) -> None:
        if self.tabs.currentIndex() == AROUND:
            self.turn_to(TIMELINE)
        self.addWidget(self._around)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setSizes([self.width() * 2 // 3, self.width() // 3])
        self._around.show()
        self.stack.insertWidget(AROUND, QWidget())

    def _put_on_a_tab(self) -> None:
        if (empty := self.stack.widget(AROUND)) is not None:
            self.stack.removeWidget(empty)
            empty.deleteLater()
        self.stack.insertWidget(AROUND, self._around)
        self.stack.setCurrentIndex(self.tabs.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for index, said in enumerate((self.tr("Timeline"), self.tr("Details"), self.tr("Around it"))):
            self.tabs.setTabText(index, said)
        self.count_files(self._files_count)
        self.tabs.setAccessibleName(self.tr("Parts of the case"))
        self._show_hint()


def _scroll_area(parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    return area
