"""A field of Markdown: marks by keys and tool bar, pictures and files by pasting and dropping, holes of a template."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_HOLE: Final = re.compile(r"\{\?[^{}]*\}")
_ITEM: Final = re.compile(r"(\s*)(?:(\d{1,4})([.)])|([-*+]))\s+")
TABLE: Final = "\n| {a} | {b} |\n|---|---|\n|  |  |\n"


class TextField(QPlainTextEdit):
    """Plain text with Markdown in it; Return goes on with a list."""

    picture_given = Signal(QImage)
    files_given = Signal(list)
    """Paths (`pathlib.Path`) that were pasted or dropped."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    # -- what is given ------------------------------------------------------------------------------------------------
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            self.picture_given.emit(QImage(source.imageData()))
        elif source.hasText():
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if not (plain and self.go_on_with_list()):
            super().keyPressEvent(event)

    # -- marks --------------------------------------------------------------------------------------------------------
    def surround(self, mark: str) -> None:
        """Put a mark on both sides of what is selected, or take it away where it stands there already."""
        cursor = self.textCursor()
        chosen = cursor.selectedText()
        size = len(mark)
        if len(chosen) >= 2 * size and chosen.startswith(mark) and chosen.endswith(mark):
            cursor.insertText(chosen[size:-size])
        else:
            cursor.insertText(f"{mark}{chosen}{mark}")
            if not chosen:
                cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, size)
        self.setTextCursor(cursor)
        self.setFocus()

    def fence(self) -> None:
        """Make a block of code of the selected lines."""
        cursor = self._whole_lines()
        chosen = cursor.selectedText().replace("\u2029", "\n")
        cursor.insertText(f"```\n{chosen}\n```")
        if not chosen.strip():
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 4)
        self.setTextCursor(cursor)
        self.setFocus()

    def number_lines(self) -> None:
        """Make steps of the selected lines, or of the one with the cursor."""
        self._begin_lines(numbered=True)

    def bullet_lines(self) -> None:
        """Make items of them."""
        self._begin_lines(numbered=False)

    def heading(self) -> None:
        """Make a heading of the line with the cursor, or an ordinary line of a heading."""
        block = QTextCursor(self.textCursor().block())
        text = block.block().text()
        marks = len(text) - len(text.lstrip("#"))
        if marks:
            block.movePosition(
                QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, marks + text[marks:].startswith(" ")
            )
            block.removeSelectedText()
        else:
            block.insertText("### ")
        self.setFocus()

    def insert_block(self, words: str) -> None:
        """Insert something that needs a line of its own."""
        cursor = self.textCursor()
        before = "" if cursor.atBlockStart() else "\n"
        cursor.insertText(f"{before}{words}\n")
        self.setTextCursor(cursor)
        self.setFocus()

    def _whole_lines(self) -> QTextCursor:
        cursor = self.textCursor()
        first, last = sorted((cursor.selectionStart(), cursor.selectionEnd()))
        cursor.setPosition(first)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        end = QTextCursor(cursor)
        end.setPosition(last)
        end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _begin_lines(self, *, numbered: bool) -> None:
        cursor = self._whole_lines()
        lines = cursor.selectedText().split("\u2029")
        number, out = 0, []
        for line in lines:
            plain = _ITEM.sub("", line, count=1) if _ITEM.match(line) else line
            if not plain.strip() and len(lines) > 1:
                out.append(line)
                continue
            number += 1
            out.append(f"{number}. {plain}" if numbered else f"- {plain}")
        cursor.insertText("\n".join(out))
        self.setTextCursor(cursor)
        self.setFocus()

    def go_on_with_list(self) -> bool:
        """Return within a list: the next number or bullet; on an empty item the list ends. False: nothing of a list."""
        cursor = self.textCursor()
        line = cursor.block().text()
        item = _ITEM.match(line)
        if item is None or cursor.hasSelection() or cursor.positionInBlock() < item.end():
            return False
        if not line[item.end() :].strip():
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        elif item[2]:
            cursor.insertText(f"\n{item[1]}{int(item[2]) + 1}{item[3]} ")
        else:
            cursor.insertText(f"\n{item[1]}{item[4]} ")
        self.setTextCursor(cursor)
        return True

    # -- holes --------------------------------------------------------------------------------------------------------
    def to_hole(self, begin: int = 0) -> bool:
        """Choose what a template asks for, the first one from `begin` on; False when nothing is asked for."""
        found = _HOLE.search(self.toPlainText(), begin)
        if found is not None:
            self.choose_text(found.start(), found.end())
        return found is not None

    def choose_text(self, begin: int, end: int) -> None:
        """Mark these characters."""
        cursor = self.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    def choose_words(self, words: str) -> bool:
        """Mark the first place where these words stand; False when they don't."""
        found = self.document().find(words)
        if found.isNull():
            return False
        self.setTextCursor(found)
        self.setFocus()
        return True
