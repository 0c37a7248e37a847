"""Templates in a field of text: inserted, filled from the case, and their holes gone through with the Tab key.

A short word after a slash becomes its template by Tab; Tab then goes to what only a person can say, and leaves the
field when nothing is left to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from app.work.templates import TemplateText, by_short, fill, holes

Values = Callable[[str], Mapping[str, str]]
"""What the placeholders of templates stand for, for a text in this language."""


class Filling:
    """The templates of one field. `audience_wanted` is told who is meant to see what is inserted."""

    def __init__(self, field: QPlainTextEdit, audience_wanted: Callable[[str], object]) -> None:
        self._field, self._audience_wanted = field, audience_wanted
        self.values: Values = lambda _language: {}
        self.templates: Sequence[TemplateText] = ()
        self.language = "en"

    def use(self, template: TemplateText) -> None:
        """Insert it where the cursor is."""
        self._audience_wanted(template.audience)
        begin = self._field.textCursor().selectionStart()
        self._field.insertPlainText(fill(template.text, self.values(template.language)))
        self._field.setFocus()
        self._to_hole(begin)

    def tab(self) -> bool:
        """A short word becomes its template; then from hole to hole. False: nothing to do here, the focus goes on."""
        cursor = self._field.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()].split()
        word = before[-1] if before and not cursor.hasSelection() else ""
        template = by_short(self.templates, word, self.language) if word.startswith("/") else None
        if template is None:
            return self._to_hole(cursor.selectionEnd())
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(word))
        cursor.removeSelectedText()
        self.use(template)
        return True

    def _to_hole(self, begin: int) -> bool:
        found = next((hole for hole in holes(self._field.toPlainText()) if hole[0] >= begin), None)
        if found is not None:
            self.choose_text(*found)
        return found is not None

    def choose_text(self, begin: int, end: int) -> None:
        """Mark these characters, to be typed over."""
        cursor = self._field.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._field.setTextCursor(cursor)

    def chosen_text(self) -> str:
        """What is marked."""
        return self._field.textCursor().selectedText().replace("\u2029", " ")
