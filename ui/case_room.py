"""The room at the right: the case under the cursor, a moment after the cursor came to rest on it.

The editor is made when it is first needed: after the first paint, so that the first rows are on screen before its many
widgets are built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.work.lists import CaseLine
from ui.action_set import ActionSet
from ui.actions import Where
from ui.services import Services
from ui.widgets.blocks import EmptyState

if TYPE_CHECKING:
    from ui.case_editor import CaseEditor

SHOW_CASE_MS: Final = 90


class CaseRoom(QStackedWidget):
    """One case, or words that none is chosen."""

    case_wanted = Signal(object)
    """A link, a hit or a similar case is to be followed (case id)."""
    decided = Signal()
    """A conflict of the shown case was settled."""
    about_to_show = Signal()
    """A case is going to be shown: the room must be seen."""
    line_known = Signal()
    """`line` changed: what can be done to the shown case may differ now."""

    def __init__(self, services: Services, actions: ActionSet) -> None:
        super().__init__()
        self._services, self._actions = services, actions
        self._editor: CaseEditor | None = None
        self._pending: bytes | None = None
        self._elsewhere = False
        self.line: CaseLine | None = None
        """The shown case as a line of a list; None while it is not known."""
        self._no_case = EmptyState("case", "", "")
        self.addWidget(self._no_case)
        self._aside: QWidget | None = None
        self.setMinimumWidth(320)
        self.show_soon = QTimer(self)
        self.show_soon.setSingleShot(True)
        self.show_soon.setInterval(SHOW_CASE_MS)
        self.show_soon.timeout.connect(self.show_pending)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._no_case.show_as(
            "case", self.tr("No case chosen"), self.tr("Choose one from the list, or press F2 to log a call.")
        )

    @property
    def editor(self) -> CaseEditor:
        """The case editor, made when it is first needed."""
        if self._editor is None:
            from ui.case_editor import CaseEditor

            self._editor = CaseEditor(self._services)
            self._editor.conflicts.stand_aside(self._elsewhere)
            self._editor.case_opened.connect(self.case_wanted)
            self._editor.decided.connect(self.decided)
            self._actions.attach(Where.CASE, self._editor)
            self.addWidget(self._editor)
        return self._editor

    @property
    def editor_made(self) -> CaseEditor | None:
        """The editor, if it was needed already."""
        return self._editor

    def set_aside(self, widget: QWidget | None) -> None:
        """Something else stands here until a case is opened (the dossier of a department); None: no longer."""
        if self._aside is not None and widget is None:
            self.removeWidget(self._aside)
        self._aside = widget
        if widget is not None:
            self.addWidget(widget)
            self.setCurrentWidget(widget)
        elif self._editor is not None and self._editor.case_id is not None:
            self.setCurrentWidget(self._editor)
        else:
            self.setCurrentWidget(self._no_case)

    @property
    def at_aside(self) -> bool:
        """Whether that stands here: a case is shown when it is opened, not when the cursor rests on it."""
        return self._aside is not None and self.currentWidget() is self._aside

    def back_to_aside(self) -> None:
        """Put the case away."""
        if self._aside is not None:
            self.show_soon.stop()
            self.setCurrentWidget(self._aside)

    def come_to(self, line: CaseLine | None) -> None:
        """The cursor of the list stands on a case, or on none: it is shown when the cursor rests."""
        self.rest_on(None if line is None else line.id)

    def rest_on(self, case_id: bytes | None) -> None:
        """The cursor stands on this case, wherever it is: it is shown when the cursor rests."""
        self._pending = case_id
        if case_id is not None and self.isVisible() and not self.at_aside:
            self.show_soon.start()

    def show_pending(self) -> None:
        """Show the case under the cursor now."""
        if self._pending is not None and self.isVisible() and not self.at_aside:
            self.show_case(self._pending)

    def decide_elsewhere(self, elsewhere: bool) -> None:
        """The page of all changes that need me is in sight, or no longer: the case does not ask as well."""
        self._elsewhere = elsewhere
        if self._editor is not None:
            self._editor.conflicts.stand_aside(elsewhere)

    def show_case(self, case_id: bytes) -> None:
        """Show a case."""
        self.show_soon.stop()
        self.about_to_show.emit()
        self.editor.show_case(case_id)
        self.setCurrentWidget(self.editor)
        self._read_line()

    def refresh(self, changes: Changes) -> None:
        """Something was changed, here or elsewhere."""
        if self.line is not None and changes.concern_case(self.line.id):
            self._read_line()

    def _read_line(self) -> None:
        case_id = self._editor.case_id if self._editor is not None else None
        if case_id is not None:
            lists = self._services.desk.lists
            self._services.lanes.read.submit(lists.line, case_id, done=self._know_line, key="shown")

    def _know_line(self, line: CaseLine | None) -> None:
        self.line = line
        self.line_known.emit()

    def doing(self) -> tuple[bytes | None, str]:
        """What colleagues may see of what is done here: the open case, and whether somebody writes in it."""
        editor = self._editor
        if editor is None or editor.case_id is None or not editor.isVisible():
            return None, ""
        return editor.case_id, editor.composer.being_written or "view"
