"""The dossier at the right of the mode: read, written, its versions compared and brought back.

What is typed is kept with every pause and stands there again after a crash. Whoever saves while somebody else did the
same meanwhile has both in it, and is told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.rendering import Markdown
from app.work.dossiers import Saved, Version
from db.text_merge import word_difference
from ui import text
from ui.icons import icon
from ui.markdown import CaseBrowser
from ui.note_edit import NoteEdit
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone, colours
from ui.widgets.blocks import EmptyState
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.reading import ReadingDesk

BURST_MS: Final = 300
_READ, _WRITE, _HISTORY, _EMPTY = range(4)


@dataclass(frozen=True)
class Dossier:
    """What is shown. `html` is safe; `draft`: unsaved words of mine and what they began with, or None."""

    department: bytes
    text: str
    html: str
    versions: tuple[Version, ...]
    draft: tuple[str, str] | None


def draft_key(department: bytes) -> str:
    """Under which key unsaved words are kept."""
    return f"dossier:{department.hex()}"


def read_dossier(desk: ReadingDesk, markdown: Markdown, department: bytes) -> Dossier:
    """On the read lane."""
    words = desk.dossiers.text(department)
    kept = desk.drafts.read(draft_key(department))
    draft = tuple(json.loads(kept)) if kept else None
    return Dossier(
        department, words, markdown.html(words), tuple(desk.dossiers.versions(department)),
        draft if draft is not None and len(draft) == 2 else None,
    )  # fmt: skip


class DossierPanel(QWidget):
    """Reading, writing and history are three pages of one panel."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Dossier | None = None
        self._base = ""
        self._journal = QTimer(self)
        self._journal.setSingleShot(True)
        self._journal.setInterval(BURST_MS)
        self._journal.timeout.connect(self._keep)
        self.text = CaseBrowser()
        self.field = NoteEdit()
        self.versions = QListWidget()
        self.difference = CaseBrowser()
        for browser in (self.text, self.difference):
            browser.setFrameShape(QFrame.Shape.NoFrame)
            browser.setStyleSheet("CaseBrowser { border: none; border-radius: 0; background: transparent; }")
            browser.viewport().setAutoFillBackground(False)
            browser.document().setDocumentMargin(0)
        self._style()
        self.empty = EmptyState("book", "", "", "")
        self.edit, self.history, self.save = QPushButton(), QPushButton(), QPushButton()
        self.cancel, self.restore = QPushButton(), QPushButton()
        self.saved_by = PlainLabel("", "muted")
        self.saved_by.setWordWrap(True)
        self._build()
        self._retranslate()
        self._turn(_READ)
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    def _build(self) -> None:
        self.edit.setIcon(icon("edit"))
        self.history.setIcon(icon("history"))
        self.history.setCheckable(True)
        self.save.setProperty("look", "primary")
        self.cancel.setProperty("look", "quiet")
        self.restore.setIcon(icon("undo"))
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        for button, run in (
            (self.edit, self.write), (self.history, self._turn_history), (self.restore, self._restore),
            (self.cancel, self.drop), (self.save, self.submit),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, run=run: run())
            foot.addWidget(button)
        foot.addStretch(1)
        past = QWidget()
        rows = QVBoxLayout(past)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP_S)
        rows.addWidget(self.versions, 1)
        rows.addWidget(self.difference, 2)
        self._pages = QStackedWidget()
        for page in (self.text, self.field, past, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        column.setSpacing(GAP_S)
        column.addWidget(self.saved_by)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        self.field.textChanged.connect(self._journal.start)
        self.field.send_wanted.connect(self.submit)
        self.field.left.connect(self._put_away)
        self.empty.asked.connect(self.write)
        self.versions.currentRowChanged.connect(lambda _row: self._show_version())
        self.setFocusProxy(self._pages)

    # -- showing ------------------------------------------------------------------------------------------------------
    def show_dossier(self, found: Dossier) -> None:
        """Show what was read. What is being written stays as it is; a draft of earlier goes on."""
        if self.writing and self._shown is not None and self._shown.department == found.department:
            self._shown = found
            return
        self.flush()
        another = self._shown is None or self._shown.department != found.department
        place = 0 if another else self.text.verticalScrollBar().value()
        self._shown = found
        self.text.setHtml(found.html)
        self.text.verticalScrollBar().setValue(place)
        self._say()
        self._fill_versions(found.versions)
        if found.draft is not None and found.draft[1] != found.text:
            self._begin(*found.draft)
        elif another or self.writing or self._pages.currentIndex() != _HISTORY:
            self._turn(_READ)

    @property
    def writing(self) -> bool:
        """Whether it is being written."""
        return self._pages.currentIndex() == _WRITE

    def _turn(self, page: int) -> None:
        if page == _READ and self._shown is not None and not self._shown.text.strip():
            page = _EMPTY
        self._pages.setCurrentIndex(page)
        self.edit.setVisible(page in (_READ, _HISTORY))
        self.history.setVisible(page != _WRITE and bool(self._shown and self._shown.versions))
        self.history.setChecked(page == _HISTORY)
        self.restore.setVisible(page == _HISTORY)
        self.save.setVisible(page == _WRITE)
        self.cancel.setVisible(page == _WRITE)
        self.saved_by.setVisible(bool(self.saved_by.text()) and page != _HISTORY)

    def _say(self) -> None:
        newest = self._shown.versions[0] if self._shown is not None and self._shown.versions else None
        said = ""
        if newest is not None and newest.at:
            moment = text.moment(newest.at, self._services.zone)
            said = self.tr("Saved by {who}, {moment}").format(who=self._who(newest), moment=moment)
        self.saved_by.setText(said)

    def _who(self, version: Version) -> str:
        if version.instead_of:
            return self.tr("{name} for {instead}").format(name=version.author, instead=version.instead_of)
        return version.author or self.tr("as it was before")

    # -- writing ------------------------------------------------------------------------------------------------------
    def write(self) -> None:
        """Begin to write."""
        if self._shown is not None and not self.writing:
            self._begin(self._shown.text, self._shown.text)

    def _begin(self, base: str, words: str) -> None:
        self._base = base
        self.field.blockSignals(True)
        self.field.setPlainText(words)
        self.field.blockSignals(False)
        self._turn(_WRITE)
        if self.isVisible():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Save it."""
        if self._shown is None or not self.writing:
            return
        self._journal.stop()
        self._keep()
        department, words, base = self._shown.department, self.field.toPlainText(), self._base
        self.save.setEnabled(False)
        self._services.run(
            lambda desk: desk.dossiers.save(department, words, base=base), done=partial(self._was_saved, department),
            failed=lambda _: self.save.setEnabled(True), said=self.tr("Dossier saved"), owner=self,
        )  # fmt: skip

    def _was_saved(self, department: bytes, saved: Saved) -> None:
        self.save.setEnabled(True)
        self._services.keep_draft(draft_key(department), "")
        if saved.both:
            words = self.tr("Somebody else rewrote the same place; both wordings stand there now. Put them right.")
            self._services.notices.warning(words)
        elif saved.merged:
            self._services.notices.info(self.tr("Somebody else saved meanwhile; both changes are in it."))
        if self._shown is not None and self._shown.department == department:
            self._turn(_READ)

    def drop(self) -> None:
        """What was typed is not wanted."""
        if self._shown is not None:
            self._journal.stop()
            self._services.keep_draft(draft_key(self._shown.department), "")
            self._turn(_READ)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        """Escape: nothing typed yet is dropped, anything else stays until somebody says so."""
        if self.field.toPlainText() == self._base:
            self.drop()

    def _keep(self) -> None:
        if self._shown is not None and self.writing:
            words = self.field.toPlainText()
            draft = "" if words == self._base else json.dumps([self._base, words], ensure_ascii=False)
            self._services.keep_draft(draft_key(self._shown.department), draft)

    def flush(self) -> None:
        """Keep what waits to be kept."""
        if self._journal.isActive():
            self._journal.stop()
            self._keep()

    def _unsaved(self) -> dict[str, str]:
        if self._shown is None or not self.writing or self.field.toPlainText() == self._base:
            return {}
        draft = json.dumps([self._base, self.field.toPlainText()], ensure_ascii=False)
        return {draft_key(self._shown.department): draft}

    # -- history ------------------------------------------------------------------------------------------------------
    def _turn_history(self) -> None:
        self._turn(_READ if self._pages.currentIndex() == _HISTORY else _HISTORY)
        if self._pages.currentIndex() == _HISTORY:
            self.versions.setCurrentRow(max(self.versions.currentRow(), 0))
            self.versions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_versions(self, versions: Sequence[Version]) -> None:
        self.versions.clear()
        for version in versions:
            moment = text.moment(version.at, self._services.zone) if version.at else ""
            item = QListWidgetItem("   ".join(filter(None, (moment, self._who(version)))))
            item.setData(Qt.ItemDataRole.UserRole, version.id)
            self.versions.addItem(item)

    def _show_version(self) -> None:
        """What it changed, against the one before it."""
        row, shown = self.versions.currentRow(), self._shown
        if shown is None or not 0 <= row < len(shown.versions):
            self.difference.clear()
            return
        version = shown.versions[row]
        before = shown.versions[row + 1].text if row + 1 < len(shown.versions) else ""
        self.difference.setHtml(difference_html(before, version.text))
        self.restore.setEnabled(version.text != shown.text)

    def _restore(self) -> None:
        row, shown = self.versions.currentRow(), self._shown
        if shown is not None and 0 <= row < len(shown.versions):
            department, version = shown.department, shown.versions[row].id

            def bring_back(desk: Desk) -> Saved:
                return desk.dossiers.restore(department, version)

            self._services.run(bring_back, said=self.tr("Dossier as it was then"), owner=self)

    # -- look ---------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex() == _HISTORY:
            self._turn_history()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style()
            self._show_version()
            if self._shown is not None:
                self.text.setHtml(self._shown.html)

    def _style(self) -> None:
        set_ = colours(QApplication.palette())
        size = f"{self.font().pointSizeF():.2f}pt"
        for browser in (self.text, self.difference):
            browser.document().setDefaultStyleSheet(
                f"body {{ color: {set_.text}; }} a {{ color: {set_.tone('accent').text}; }} p {{ margin: 0 0 6px 0; }}"
                f"ul, ol {{ -qt-list-indent: 1; margin: 0 0 6px 0; }}"
                f"h1, h2, h3, h4 {{ font-size: {size}; font-weight: 600; margin: 8px 0 3px 0; }}"
            )

    def _retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("Dossier"))
        self.field.setAccessibleName(self.tr("Dossier"))
        self.field.setPlaceholderText(self.tr("People and habits, applications, maintenance windows, do and don't"))
        self.versions.setAccessibleName(self.tr("Versions of the dossier"))
        self.difference.setAccessibleName(self.tr("What this version changed"))
        self.edit.setText(self.tr("Edit"))
        self.history.setText(self.tr("Versions"))
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel.setText(self.tr("Discard"))
        self.restore.setText(self.tr("Bring this version back"))
        self.empty.show_as(
            "book", self.tr("No dossier yet"),
            self.tr("Write what whoever stands in must know: people, habits, applications, maintenance windows."),
            self.tr("Write it"),
        )  # fmt: skip
        if self._shown is not None:
            self._say()
            row = self.versions.currentRow()
            self._fill_versions(self._shown.versions)
            self.versions.setCurrentRow(row)


def difference_html(before: str, after: str) -> str:
    """Two texts word by word: what is gone struck out, what is new underlined, both in colour."""
    set_ = colours(QApplication.palette())
    looks = {
        "gone": f"color: {set_.tone(Tone.DANGER).text}; text-decoration: line-through;",
        "new": f"color: {set_.tone(Tone.OK).text}; text-decoration: underline;", "same": "",
    }  # fmt: skip
    pieces = "".join(
        f'<span style="{looks[piece.op]}">{escape(piece.text)}</span>' if looks[piece.op] else escape(piece.text)
        for piece in word_difference(before, after)
    )
    return f'<p style="white-space: pre-wrap;">{pieces}</p>'
