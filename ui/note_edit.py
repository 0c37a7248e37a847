"""The text field and the list of files a note is made of: what the composer and the close sheet have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from app.work.attachments import StoredFile
from ui import text
from ui.file_keeping import Arriving
from ui.icons import icon
from ui.tokens import GAP_XS
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel

_LINES_AT_MOST: Final = 12


class NoteEdit(QPlainTextEdit):
    """Plain text with Markdown in it; grows with what is typed; takes pictures and files."""

    send_wanted = Signal()
    left = Signal()
    """Escape: back to where the reader was."""
    focus_changed = Signal()
    pictures_given = Signal(QImage)
    files_given = Signal(list)
    """Paths (`pathlib.Path`) that were pasted or dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lines = 1
        self._most = _LINES_AT_MOST
        self.on_tab: Callable[[], bool] = lambda: False
        """Asked before Tab leaves the field; True when it was of use here."""
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def set_lines(self, at_least: int, at_most: int = _LINES_AT_MOST) -> None:
        """Room for at least so many lines, growing with the text up to so many."""
        self._lines, self._most = at_least, at_most
        self._fit()

    def event(self, event: QEvent) -> bool:
        # Before Qt moves the focus: a plain Tab may be of use in the text.
        is_tab = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and isinstance(event, QKeyEvent) and not event.modifiers() and self.on_tab():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.send_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            picture = source.imageData()
            if isinstance(picture, QImage):
                self.pictures_given.emit(picture)
        elif source.hasText():
            self.insertPlainText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def _height(self) -> int:
        lines = min(max(self._lines, round(self.document().size().height())), self._most)
        margins = self.contentsMargins()
        frame = 2 * self.frameWidth() + margins.top() + margins.bottom()
        return round(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin() + frame + 2)

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())


class FileChips(QWidget):
    """The files that go with the note; each can be taken out again."""

    changed = Signal()
    called_off = Signal(object)
    """An `Arriving` that is not wanted any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._files: list[StoredFile] = []
        self._arriving: list[Arriving] = []
        self._words: dict[int, ElidedLabel] = {}
        self.setVisible(False)

    def files(self) -> tuple[StoredFile, ...]:
        """Those that are there."""
        return tuple(self._files)

    def set_files(self, files: Sequence[StoredFile]) -> None:
        """Show these."""
        self._files = list(dict.fromkeys(files))
        self._fill()

    def set_arriving(self, arriving: Sequence[Arriving]) -> None:
        """These are on their way."""
        same = [one.number for one in arriving] == [one.number for one in self._arriving]
        self._arriving = list(arriving)
        if not same:
            self._fill()
        for one in arriving:
            self._words[one.number].setText(f"{one.name} · {one.words}")

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in self._files:
            drawing = "image" if file.media_type.startswith("image/") else "paperclip"
            said = f"{file.name} · {text.size(file.size)}"
            self._add(drawing, said, file.name, partial(self._remove, file))
        self._words = {
            one.number: self._add("waiting", f"{one.name} · {one.words}", one.name, partial(self.called_off.emit, one))
            for one in self._arriving
        }
        self.setVisible(bool(self._files or self._arriving))

    def _add(self, drawing: str, said: str, name: str, remove: Callable[[], object]) -> ElidedLabel:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(GAP_XS, 0, 0, 0)
        line.setSpacing(GAP_XS)
        line.addWidget(IconLabel(drawing))
        words = ElidedLabel(said, mode=Qt.TextElideMode.ElideMiddle)
        line.addWidget(words, 1)
        button = QToolButton()
        button.setIcon(icon("x", "muted"))
        button.setToolTip(self.tr("Do not attach this file"))
        button.setAccessibleName(self.tr("Do not attach {name}").format(name=name))
        button.clicked.connect(lambda: remove())
        line.addWidget(button)
        self._column.addWidget(row)
        return words

    def _remove(self, file: StoredFile) -> None:
        self.set_files([f for f in self._files if f != file])
        self.changed.emit()
