"""The article that is read: its text with pictures and code, where it was used, its versions; what one does with it.

Pictures that are not on this workstation are fetched while it is on show (ui.fetching), with their progress in words,
and put where they belong when they come. Each block of code has its own way to the clipboard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QTabWidget, QTextEdit, QVBoxLayout, QWidget

from app.work.attachments import AttachmentReader
from app.work.present import AttachmentLine
from ui import text as in_text
from ui.fetching import Fetching
from ui.icons import icon
from ui.knowledge.loading import Shown, difference_html, pictures_of, words_of
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone, colours
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import RowTable

_CODE: Final = re.compile(r"<pre><code[^>]*>(.*?)</code></pre>", re.DOTALL)
_INLINE: Final = re.compile(r"<code>(.*?)</code>", re.DOTALL)
_MOST_MARKS: Final = 200


class ArticlePane(QWidget):
    """One article at a time."""

    cases_wanted = Signal(str, object)
    """(title, row numbers): show these cases."""
    article_wanted = Signal(bytes)
    edit_wanted = Signal()

    def __init__(self, services: Services, files: AttachmentReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._files = services, files
        self.shown: Shown | None = None
        self._words: Sequence[str] = ()
        self._fetching = Fetching(services, self)
        self._fetching.said.connect(self._show_fetching)
        self._fetching.came.connect(self._came)
        self._build()
        self.show_article(None)

    def _build(self) -> None:
        self.edit_button, self.state, self.copy, self.paper = (QPushButton(words) for words in (
            self.tr("Edit"), self.tr("Move to"), self.tr("Copy code"), self.tr("Print or PDF"),
        ))  # fmt: skip
        for button, drawing in (
            (self.edit_button, "edit"), (self.state, "check"), (self.copy, "copy"), (self.paper, "print")
        ):  # fmt: skip
            button.setIcon(icon(drawing))
            button.setAutoDefault(False)
        self.edit_button.clicked.connect(self.edit_wanted)
        self.copy.clicked.connect(self._copy_all)
        self.paper.clicked.connect(self.print_article)
        self.states = QMenu(self)
        self.state.setMenu(self.states)
        row = QHBoxLayout()
        for button in (self.edit_button, self.state, self.copy, self.paper):
            row.addWidget(button)
        row.addStretch(1)
        self.facts, self.fetching = PlainLabel("", "muted"), PlainLabel("", "muted")
        for label in (self.facts, self.fetching):
            label.setWordWrap(True)
        self.text = CaseBrowser()
        self.text.setAccessibleName(self.tr("Article"))
        self.text.case_wanted.connect(self._to_number)
        self.text.article_wanted.connect(self.article_wanted)
        self.text.attachment_wanted.connect(self._open_file)
        self.text.action_wanted.connect(self._do)
        self.uses = RowTable(3)
        self.uses.setAccessibleName(self.tr("Used in these cases"))
        self.uses.set_heads((self.tr("Case"), self.tr("By"), self.tr("Helped")))
        self.uses.opened.connect(self._to_case)
        self.versions = RowTable(3, 2)
        self.versions.setAccessibleName(self.tr("Versions"))
        self.versions.set_heads((self.tr("When"), self.tr("By"), self.tr("Why")))
        self.versions.chosen.connect(self._compare)
        self.difference = CaseBrowser()
        self.difference.setAccessibleName(self.tr("What this version changed"))
        self.restore = QPushButton(self.tr("Restore this version"))
        self.restore.clicked.connect(self._restore)
        history = QWidget()
        rows = QVBoxLayout(history)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.versions, 2)
        rows.addWidget(self.difference, 3)
        rows.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs = QTabWidget()
        for page, words in (
            (self.text, self.tr("Text")), (self.uses, self.tr("Used in")), (history, self.tr("Versions")),
        ):  # fmt: skip
            self.tabs.addTab(page, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        column.addLayout(row)
        column.addWidget(self.facts)
        column.addWidget(self.fetching)
        column.addWidget(self.tabs, 1)

    # -- showing ------------------------------------------------------------------------------------------------------
    def show_article(self, shown: Shown | None, words: Sequence[str] = ()) -> None:
        """Show this one, or none; `words` are marked in it."""
        again = shown is not None and self.shown is not None and shown.whole.text.id == self.shown.whole.text.id
        self.shown, self._words = shown, words
        for widget in (self.edit_button, self.state, self.copy, self.paper, self.tabs):
            widget.setEnabled(shown is not None)
        self.states.clear()
        if not again:
            self._fetching.forget()
        if shown is None:
            self.facts.setText("")
            self.fetching.hide()
            self.text.clear()
            self.uses.show_rows([])
            self.versions.show_rows([])
            return
        line, zone = shown.whole.line, self._services.zone
        parts = [words_of(line.state), words_of(line.audience), line.language, line.owner,
                 in_text.moment(line.updated_at, zone), *line.products, *(f"#{tag}" for tag in line.tags)]  # fmt: skip
        self.facts.setText(" · ".join(part for part in parts if part))
        self._show_text(keep_place=again)
        self._fetching.look(self._pictures(), shown.where)
        self.copy.setVisible("<code>" in shown.html or "<code " in shown.html)
        for state in shown.next_states:
            self.states.addAction(words_of(state)).triggered.connect(partial(self._move, state))
        yes, no = self.tr("yes"), self.tr("no")
        self.uses.show_rows([
            (use.case_id, (f"#{use.label} {use.title}", use.analyst, yes if use.helped else no)) for use in shown.uses
        ])  # fmt: skip
        self.versions.show_rows([
            (one.id, (in_text.moment(one.at, zone), one.author, one.comment or words_of(one.state)))
            for one in shown.versions
        ])  # fmt: skip
        self._compare()

    def _show_text(self, *, keep_place: bool) -> None:
        if self.shown is None:
            return
        place = self.text.verticalScrollBar().value() if keep_place else 0
        self.text.show_pictures(self.shown.pictures)
        self.text.setHtml(self._with_copying(self.shown.html))
        self._mark()
        self.text.verticalScrollBar().setValue(place)

    def _with_copying(self, html: str) -> str:
        """A way to the clipboard under each block of code."""
        numbers = iter(range(html.count("<pre>")))
        words = self.tr("Copy")
        return _CODE.sub(lambda m: f'{m[0]}<p align="right"><a href="do:copy-{next(numbers)}">{words}</a></p>', html)

    def _mark(self) -> None:
        """Mark what was searched for."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in self._words:
            cursor = self.text.document().find(word)
            while len(word) > 1 and not cursor.isNull() and len(marks) < _MOST_MARKS:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                tone = colours(self.palette()).tone(Tone.WARNING)
                mark.format.setBackground(QColor(tone.fill))
                mark.format.setForeground(QColor(tone.text))
                marks.append(mark)
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(marks)

    # -- pictures and files -------------------------------------------------------------------------------------------
    def _pictures(self) -> list[AttachmentLine]:
        """The files that the text shows."""
        if self.shown is None:
            return []
        html = self.shown.html
        return [file for file in self.shown.whole.attachments if file.sha256.hex() in html]

    def _show_fetching(self, words: Mapping[bytes, str]) -> None:
        names = {file.sha256: file.name for file in self._pictures()}
        said = [f"{names[sha256]}: {one}" for sha256, one in words.items() if sha256 in names]
        self.fetching.setText("  ".join(said[:3]) + (f"  +{len(said) - 3}" if len(said) > 3 else ""))
        self.fetching.setVisible(bool(said))

    def _came(self, sha256: bytes) -> None:
        shown = self.shown
        if shown is None or sha256.hex() not in shown.html:
            return

        def put(found: Mapping[str, object]) -> None:
            if self.shown is shown:
                self.shown = shown.with_pictures({**shown.pictures, **found})  # type: ignore[dict-item]
                self._show_text(keep_place=True)
                self._came_meanwhile()

        self._services.lanes.read.submit(
            pictures_of, self._files, f"attachment:{sha256.hex()}", done=put, owner=self,
        )  # fmt: skip

    def _came_meanwhile(self) -> None:
        """Others that came while one was decoded."""
        shown = self.shown
        if shown is None:
            return
        missing = [f"attachment:{file.sha256.hex()}" for file in self._pictures()]
        missing = [address for address in missing if address not in shown.pictures]
        if missing:

            def put(found: Mapping[str, object]) -> None:
                if found and self.shown is shown:
                    self.shown = shown.with_pictures({**shown.pictures, **found})  # type: ignore[dict-item]
                    self._show_text(keep_place=True)

            self._services.lanes.read.submit(pictures_of, self._files, *missing, done=put, owner=self)

    def _open_file(self, sha256: bytes) -> None:
        """A link to a file: fetched where it is not here, then shown by the system's own program."""
        shown = self.shown
        file = next((one for one in shown.whole.attachments if one.sha256 == sha256), None) if shown else None
        if file is not None:
            self._fetching.want(file, partial(self._show_copy, file))

    def _show_copy(self, file: AttachmentLine) -> None:
        def show(path: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._services.lanes.files.submit(
            self._files.copy_to_show, file.sha256, file.name, file.media_type,
            done=show, failed=self._services.show_error, owner=self,
        )  # fmt: skip

    # -- what one does ------------------------------------------------------------------------------------------------
    def code_blocks(self) -> list[str]:
        """The blocks of code, or where there are none, what stands as code in lines."""
        html = self.shown.html if self.shown is not None else ""
        blocks = [unescape(found).rstrip("\n") for found in _CODE.findall(html)]
        return blocks or [unescape(found) for found in _INLINE.findall(html)]

    def _do(self, what: str) -> None:
        number = what.removeprefix("copy-")
        blocks = self.code_blocks()
        if what.startswith("copy-") and number.isdigit() and int(number) < len(blocks):
            self._copy(blocks[int(number)])

    def _copy_all(self) -> None:
        """Its only block at once; of several, a menu asks which."""
        blocks = self.code_blocks()
        if len(blocks) < 2:
            self._copy("\n".join(blocks))
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("All")).triggered.connect(lambda: self._copy("\n".join(blocks)))
        menu.addSeparator()
        for block in blocks:
            first = block.strip().partition("\n")[0][:60].replace("&", "&&")
            menu.addAction(first).triggered.connect(partial(self._copy, block))
        menu.popup(self.copy.mapToGlobal(self.copy.rect().bottomLeft()))

    def _copy(self, code: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(code)
        self._services.notices.info(self.tr("Copied"))

    def print_article(self) -> None:
        """The article on paper: seen, printed, or saved as a PDF."""
        from ui.knowledge.article_paper import ArticlePaperDialog

        if self.shown is not None:
            dialog = ArticlePaperDialog(self._services, self.shown.whole.text, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _to_number(self, number: int) -> None:
        self._to_cases(f"#{number}", 'SELECT rid FROM "case" WHERE number = ?', number)

    def _to_case(self) -> None:
        self._to_cases(self.tr("Used in"), 'SELECT rid FROM "case" WHERE id = ?', self.uses.current_id())

    def _to_cases(self, title: str, query: str, value: object) -> None:
        reader_of = self._services.desk.context.reader_of
        self._services.lanes.read.submit(
            lambda: [row[0] for row in reader_of().all(query, (value,))],
            done=lambda rids: self.cases_wanted.emit(title, rids) if rids else None, owner=self,
        )  # fmt: skip

    def _compare(self) -> None:
        shown, chosen = self.shown, self.versions.current_id()
        known = list(shown.versions) if shown is not None else []
        at = next((n for n, one in enumerate(known) if one.id == chosen), -1)
        self.restore.setEnabled(at > 0)
        html = difference_html(known[at + 1], known[at]) if 0 <= at < len(known) - 1 else ""
        self.difference.setHtml(html)

    def _restore(self) -> None:
        shown, chosen = self.shown, self.versions.current_id()
        if shown is not None and chosen is not None:
            self._services.run(
                lambda desk: desk.articles.restore(shown.whole.text.id, chosen), said=self.tr("Version restored")
            )

    def _move(self, state: str, _checked: bool = False) -> None:
        shown = self.shown
        if shown is not None:
            self._services.run(
                lambda desk: desk.articles.set_state(shown.whole.text.id, state),
                said=self.tr("The article is now {state}").format(state=words_of(state)),
            )
