"""Ctrl+Z in a field: typing is taken back while there is typing to take back, else the last deed.

Qt's own fields keep the key to themselves, also when they have nothing to undo: after a note was sent, in a search
field that is empty, in a title nobody changed yet. The field that has the focus is therefore listened to, and only that
one: a filter on the whole application would be asked for every event there is.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_KEYS = QKeySequence.StandardKey
Field = QLineEdit | QPlainTextEdit | QTextEdit


class UndoKeys(QObject):
    """Listens to the field with the focus, for as long as `parent` lives."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if _field_of(new) is not None else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            field = _field_of(watched)
            if field is not None and _is_spent(event, field):
                event.ignore()
                return True
        return False


def _field_of(widget: QObject | None) -> Field | None:
    """The field itself, or the line inside a field with arrows or a list."""
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        return widget.findChild(QLineEdit)
    return widget if isinstance(widget, Field) else None


def _is_spent(event: QKeyEvent, field: Field) -> bool:
    """Whether the key would undo or redo typing where there is none to undo."""
    line = field if isinstance(field, QLineEdit) else field.document()
    return (event.matches(_KEYS.Undo) and not line.isUndoAvailable()) or (
        event.matches(_KEYS.Redo) and not line.isRedoAvailable()
    )
