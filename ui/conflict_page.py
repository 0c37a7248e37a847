"""The page of changes that need a person: in the middle of the window, where lists stand; the case opens beside it.

Behind three tabs: what met another change, what was lost with a share that was set back, and what was decided, so that
a decision can be looked up. It reads what waits itself and again after every change, and leaves alone what somebody is
writing. Up and down go from one card to the next, and the case at the right goes with them; letters decide
(ui.conflict_card, ui.lost_card).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.reading import ReadingDesk
from app.work.lost import LostWork
from ui import text
from ui.conflict_card import ConflictCard
from ui.conflict_words import Compared, compared
from ui.decision_card import DecisionCard
from ui.drive_news import SyncState
from ui.icons import icon
from ui.lost_card import LostCard, LostDeeds
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS
from ui.widgets.blocks import Divider, EmptyState
from ui.widgets.labels import PlainLabel

REFRESH_MS: Final = 150


class Tab(IntEnum):
    """What the page shows."""

    WAITING = 0
    LOST = 1
    DECIDED = 2


@dataclass(frozen=True)
class Shown:
    """What stands behind a tab. `lost`: all there is of lost work, shown or not; severities by rank."""

    tab: Tab
    severities: dict[int, str]
    lost: int
    conflicts: list[Compared] = field(default_factory=list)
    works: list[LostWork] = field(default_factory=list)

    def about(self) -> list[object]:
        """What each card is about."""
        return [*(one.conflict for one in self.conflicts), *self.works]


def read(desk: ReadingDesk, tab: Tab) -> Shown:
    """On the read lane."""
    severities, lost = {s.rank: s.name for s in desk.directory.severities()}, desk.lost.count()
    if tab is Tab.LOST:
        return Shown(tab, severities, lost, works=desk.lost.all() if lost else [])
    return Shown(tab, severities, lost,
                 compared(desk.conflicts.settled() if tab is Tab.DECIDED else desk.conflicts.waiting()))  # fmt: skip


class ConflictPage(QWidget):
    """All of them, waiting or decided."""

    case_asked = Signal(bytes)
    """Go to this case, beside the page."""
    case_reached = Signal(bytes)
    """The focus came to a card of this case: it stands beside the page."""
    settled = Signal()
    """One was decided: the store should hear of it."""
    left = Signal()
    """Back to the list."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._lost = 0
        self._needed = services.drive.state.lost
        """How much of it asked for a decision when that was counted last; some of it does so only as time goes by."""
        self._of_cards = Tab.WAITING
        self.cards: list[DecisionCard] = []
        self._focus_at: int | None = None
        self._entered = False
        """Somebody just came here, and the case at the right is still that of where he was."""
        self.deeds = LostDeeds(services, self)
        self.deeds.over.connect(self._lost_decided)
        self.deeds.done.connect(self.settled)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GAP_M, GAP_S, GAP_S, 0)
        head.setSpacing(GAP_S)
        self._title = PlainLabel("", "large")
        self._back = QToolButton()
        self._back.setIcon(icon("x", "muted"))
        self._back.setAutoRaise(True)
        self._back.clicked.connect(self.left)
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in Tab:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._turn)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP_M - 4, 0, GAP_M, 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        under = QHBoxLayout()
        under.setContentsMargins(GAP_M, GAP_XS, GAP_M, GAP_XS)
        under.setSpacing(GAP_S)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        self.give_all_up, self.submit_all = QPushButton(), QPushButton()
        self.give_all_up.clicked.connect(lambda: self.deeds.give_up(None))
        self.submit_all.clicked.connect(self._ask_submit_all)
        under.addWidget(self._told, 1)
        for button in (self.give_all_up, self.submit_all):
            button.setAutoDefault(False)
            under.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty = EmptyState("check", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(Divider())
        column.addLayout(under)
        column.addWidget(self._stack, 1)
        self._retranslate()
        services.bell.changed.connect(self._changed)
        services.drive.changed.connect(self._counted)

    @property
    def tab(self) -> Tab:
        """What is shown."""
        return Tab(self.tabs.currentIndex())

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read them again."""
        self._soon.stop()
        self._services.lanes.read.submit(
            read, self._services.desk, self.tab, done=self._show, key=("conflicts", id(self)), owner=self
        )

    def _counted(self, state: SyncState) -> None:
        """What was lost with the store is no change of the replica's rows."""
        if not state.busy and not (state.lost == self._needed == self._lost):
            self._needed = state.lost
            self._read_soon()

    def _changed(self, _changes: Changes) -> None:
        self._read_soon()

    def _read_soon(self) -> None:
        # Not begun anew by every piece of news: where they come without a pause they are read all the same.
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show(self, shown: Shown) -> None:
        self._lost = shown.lost
        if shown.tab is not self.tab:
            return  # another tab was asked for meanwhile
        if [card.about for card in self.cards] == shown.about() and self.cards:
            self._stand_on(self._focus_at)
            self._tell_first()
            self._retranslate()
            return
        if any(card.is_editing for card in self.cards):
            return  # read again when that is done
        had_focus, focus = self._focus_at, self.focusWidget()
        if had_focus is None and focus is not None:
            had_focus = next((n for n, c in enumerate(self.cards) if c is focus or c.isAncestorOf(focus)), None)
        self._of_cards = shown.tab
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_M)
        self.cards = [
            *(self._conflict_card(one, shown.severities) for one in shown.conflicts),
            *(self._lost_card(one, shown.severities) for one in shown.works),
        ]
        for card in self.cards:
            card.case_asked.connect(self.case_asked)
            card.stood_on.connect(self.case_reached)
            card.step_asked.connect(self._step)
            column.addWidget(card)
        if (more := shown.lost - len(shown.works)) > 0 and shown.works:
            column.addWidget(PlainLabel(self.tr("%n more follow(s) when these are decided", "", more), "muted"))
        column.addStretch(1)
        self._area.setWidget(page)
        self._stack.setCurrentWidget(self._area if self.cards else self._empty)
        self._stand_on(had_focus)
        self._tell_first()
        self._retranslate()

    def _tell_first(self) -> None:
        """Who came by the navigation has no card yet; the first one's case stands beside the page for him."""
        entered, self._entered = self._entered, False
        if entered and self.cards and not any(card.hasFocus() for card in self.cards):
            self.cards[0].tell_case()

    def _stand_on(self, place: int | None) -> None:
        """The card at this place gets the focus, or the last one; None: whatever has it keeps it."""
        self._focus_at = None
        if place is not None and self.cards:
            self.cards[min(place, len(self.cards) - 1)].setFocus()

    def _conflict_card(self, one: Compared, severities: dict[int, str]) -> ConflictCard:
        card = ConflictCard(self._services, one, severities)
        card.decided.connect(self._was_decided)
        return card

    def _lost_card(self, work: LostWork, severities: dict[int, str]) -> LostCard:
        card = LostCard(self._services, work, severities)
        card.submit_asked.connect(lambda: self._decide_lost(card, self.deeds.submit, work))
        card.give_up_asked.connect(lambda: self._decide_lost(card, self.deeds.give_up, work))
        return card

    def _decide_lost(self, card: LostCard, deed: Callable[[list[bytes]], None], work: LostWork) -> None:
        self._focus_at = self.cards.index(card)
        card.setEnabled(False)
        deed([work.id])

    def _lost_decided(self) -> None:
        for card in self.cards:
            card.setEnabled(True)
        self.read()

    def _was_decided(self) -> None:
        sender = self.sender()
        self._focus_at = next((n for n, card in enumerate(self.cards) if card is sender), 0)
        for card in self.cards:
            if card is sender:
                card.hide()
        self.cards = [card for card in self.cards if card is not sender]
        self.read()
        self.settled.emit()

    def _step(self, by: int) -> None:
        at = next((n for n, card in enumerate(self.cards) if card is self.sender()), 0) + by
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.cards[at])

    def _turn(self) -> None:
        writing = next((card for card in self.cards if card.is_editing), None)
        if writing is not None and self.tab is not self._of_cards:
            self.tabs.setCurrentIndex(self._of_cards)  # what is being written comes first
            writing.setFocus()
            return
        self._retranslate()
        self.read()

    # -- all of what was lost -----------------------------------------------------------------------------------------
    def _ask_submit_all(self) -> None:
        """Undone on purpose, it may be a day's work of everybody: that is asked once more."""
        box = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Submit all again"),
            self.tr("Send %n lost change(s) again from here, whoever made them?", "", self._lost),
            QMessageBox.StandardButton.Cancel, self,
        )  # fmt: skip
        box.setInformativeText(self.tr("What others did since is not overwritten: where both differ, you are asked."))
        yes = box.addButton(self.tr("Submit all again"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(yes)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(lambda: self.deeds.submit(None))
        box.open()

    # -- look ---------------------------------------------------------------------------------------------------------
    def show_what_waits(self, state: SyncState) -> None:
        """Turn to the tab that has something to decide, if this one has not."""
        waiting = {Tab.WAITING: state.conflicts, Tab.LOST: state.lost}
        if not waiting.get(self.tab):
            self.tabs.setCurrentIndex(next((tab for tab, count in waiting.items() if count), Tab.WAITING))

    def enter(self) -> None:
        """Somebody comes here; what waits is read anew."""
        self._entered = True
        self.read()

    def take_focus(self) -> None:
        """The first card gets it, now or when it is read."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_at = 0
            self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.cards = []
            self._retranslate()
            self.read()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Changes that need me"))
        self._area.setAccessibleName(self.tr("Changes that need me"))
        self._title.setText(self.tr("Changes that need me"))
        self.tabs.setAccessibleName(self.tr("What is shown"))
        lost = f"{self.tr('Lost work')}  {text.number(self._lost)}" if self._lost else self.tr("Lost work")
        for tab, words in ((Tab.WAITING, self.tr("Met another change")), (Tab.LOST, lost),
                           (Tab.DECIDED, self.tr("Decided"))):  # fmt: skip
            self.tabs.setTabText(tab, words)
        self._back.setAccessibleName(self.tr("Back to the list"))
        self._back.setToolTip(self.tr("Back to the list (Esc)"))
        self.give_all_up.setText(self.tr("Give all up"))
        self.submit_all.setText(self.tr("Submit all again…"))
        for button in (self.give_all_up, self.submit_all):
            button.setVisible(self.tab is Tab.LOST and self._lost > 1)
        told = {
            Tab.WAITING: self.tr("What stands now is what everybody sees; the rest can wait."),
            Tab.LOST: self.tr("The shared store had this, or was about to get it, and has it no more. It is kept here "
                              "until somebody decides."),
            Tab.DECIDED: "",
        }[self.tab]  # fmt: skip
        self._told.setText(told)
        self._told.setVisible(bool(told) and (self.tab is not Tab.LOST or self._lost > 0))
        if self.tab is Tab.DECIDED:
            self._empty.show_as("history", self.tr("Nothing was decided yet"), "")
        elif self.tab is Tab.LOST:
            self._empty.show_as(
                "check",
                self.tr("Nothing is lost"),
                self.tr(
                    "Should the shared store ever be restored from an older copy, what it has no more stands here."
                ),
            )
        else:
            self._empty.show_as(
                "check",
                self.tr("Nothing needs you"),
                self.tr("Every change of yours is in place, or waits for the drive."),
            )
