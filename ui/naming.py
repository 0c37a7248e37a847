"""Naming a colleague in a note: after an @ the names that fit drop down beside the words.

The list never takes the focus: arrows choose, Enter or Tab takes, Escape puts it away. Names are looked up on the read
lane, latest only. What a name means is the business of app.work.mentions, which wants it written out.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from ui.pickers import Choice, ChoiceList, find_named
from ui.services import Services

ROWS: Final = 6
_BEGUN: Final = re.compile(r"(?:^|(?<=[^\w@]))@(\w[\w .-]{0,40}|)$")


class Naming(QObject):
    """Watches one field."""

    def __init__(self, services: Services, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._services, self._field = services, field
        self.list: ChoiceList | None = None
        self._taking = False
        field.textChanged.connect(self._look)
        field.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether names are offered."""
        return self.list is not None and self.list.isVisible()

    def begun(self) -> str | None:
        """What follows the @ before the cursor; None where no name is being written."""
        cursor = self._field.textCursor()
        found = _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[1] if found is not None and not cursor.hasSelection() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and self.is_open and self.list is not None:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
                steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
                key = Qt.Key(event.key())
                if key in steps:
                    self.list.step(steps[key])
                    return True
                if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                    self._take(self.list.current())
                    return True
                if key == Qt.Key.Key_Escape:
                    self.list.hide()
                    return True
            elif event.type() == QEvent.Type.FocusOut:
                self.list.hide()
        return False

    def _look(self) -> None:
        typed = self.begun() if self._field.hasFocus() and not self._taking else None
        if typed is None:
            if self.list is not None:
                self.list.hide()
            return
        self._services.lanes.read.submit(
            find_named, self._services.desk, ("analyst",), typed, ROWS, done=self._show, key=("naming", id(self))
        )

    def _show(self, found: list[Choice]) -> None:
        typed = self.begun()
        me = self._services.desk.me  # nobody calls for himself
        fitting = [choice for choice in found if choice.id != me and choice.text != (typed or "").strip()]
        if typed is None or not fitting or not self._field.hasFocus():
            if self.list is not None:
                self.list.hide()
            return
        list_ = self._dropped()
        list_.set_choices(fitting[:ROWS])
        self._place(list_)
        list_.show()
        list_.raise_()

    def _dropped(self) -> ChoiceList:
        if self.list is None:
            self.list = ChoiceList(self._field.window())
            self.list.setFrameShape(QFrame.Shape.StyledPanel)
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.setStyleSheet(
                "ChoiceList { border: 1px solid palette(dark); border-radius: 6px; background: palette(base); }"
            )
            self.list.setAccessibleName(self.tr("Who is meant"))
            self.list.taken.connect(self._take)
            self._field.destroyed.connect(self.list.deleteLater)
        return self.list

    def _place(self, list_: ChoiceList) -> None:
        """Above the line that is written: below it is little room in a composer."""
        window, cursor = self._field.window(), self._field.cursorRect()
        at = self._field.viewport().mapTo(window, QPoint(cursor.left(), cursor.top()))
        height = list_.height_for_rows(ROWS)
        width = min(280, window.width() - 16)
        top = at.y() - height - 2 if at.y() > height else at.y() + cursor.height() + 2
        list_.setGeometry(max(8, min(at.x(), window.width() - width - 8)), top, width, height)

    def _take(self, choice: Choice | None) -> None:
        typed = self.begun()
        if choice is None or typed is None:
            return
        cursor = self._field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        self._taking = True
        try:
            cursor.insertText(f"{choice.text} ")
        finally:
            self._taking = False
        if self.list is not None:
            self.list.hide()
        self._field.setFocus()
