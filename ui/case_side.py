"""What stands around a case: who asked and how to reach them, the department and its dossier, the machine's and the
requester's other cases, similar ones, links; and, on a page of its own, files and time spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.work.attachments import AttachmentReader, could_be_a_program, may_open
from app.work.callers import Contact
from app.work.duplicates import Duplicate
from app.work.lists import CaseLine
from app.work.present import AttachmentLine, CaseView, LinkLine
from app.work.surroundings import Surroundings
from db.rules import OPEN_STATUSES
from ui import case_words as words
from ui import text
from ui.fetching import Fetching
from ui.icons import icon
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, SCALE_SMALL, colours
from ui.widgets.blocks import SectionHeader
from ui.widgets.labels import PlainLabel, plain_tool_tip

_CASE: Final = "case/"
_REASONS_SHOWN: Final = 3
_MERGE: Final = "merge/"
_PART: Final = "part/"
_ROWS_AT_MOST: Final = 12


class CaseSide(CaseBrowser):
    """One page about everything around the case; links lead to other cases."""

    opened = Signal(bytes)
    """Another case (id) was chosen."""
    merge_wanted = Signal(bytes, str)
    """A case (id, number and title) that is probably the same."""
    part_wanted = Signal(bytes)
    """A case (id) that does not hang together with this one."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: tuple[Surroundings, str, CaseView] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("CaseSide { border: none; border-radius: 0; background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(GAP_M)
        self._style()
        self._retranslate()

    def clear(self) -> None:
        """Nothing yet."""
        self._shown = None
        super().clear()

    def show_around(self, found: Surroundings, dossier: str, view: CaseView) -> None:
        """Show what was found; `dossier` is safe HTML. Stays where it was scrolled to."""
        if self._shown == (found, dossier, view):
            return
        same = self._shown is not None and self._shown[2].id == view.id
        place = self.verticalScrollBar().value() if same else 0
        self._shown = (found, dossier, view)
        self.setHtml(self._page(found, dossier, view))
        self.verticalScrollBar().setValue(place)

    def follow(self, url: QUrl) -> None:
        target = url.path()
        if url.scheme() == "do" and target.startswith(_CASE):
            self.opened.emit(bytes.fromhex(target.removeprefix(_CASE)))
        elif url.scheme() == "do" and target.startswith(_PART):
            self.part_wanted.emit(bytes.fromhex(target.removeprefix(_PART)))
        elif url.scheme() == "do" and target.startswith(_MERGE) and self._shown is not None:
            wanted = bytes.fromhex(target.removeprefix(_MERGE))
            for one in self._shown[0].duplicates:
                if one.line.id == wanted:
                    self.merge_wanted.emit(wanted, f"{one.line.label}  {one.line.title}")
        else:
            super().follow(url)

    def _page(self, found: Surroundings, dossier: str, view: CaseView) -> str:
        parts: list[str] = []
        parts += self._section(self.tr("Probably the same"), self._duplicates(found.duplicates))
        person = [
            f"<b>{escape(found.requester)}</b>" if found.requester else "",
            escape(found.phone),
            f'<a href="mailto:{escape(found.email)}">{escape(found.email)}</a>' if found.email else "",
            escape(found.place),
        ]
        parts += self._section(self.tr("Requester"), "<br>".join(p for p in person if p))
        if view.satisfied is not None:
            told = [escape(words.satisfaction(view.satisfied.score)), escape(view.satisfied.words)]
            parts += self._section(self.tr("How satisfied they are"), "<br>".join(one for one in told if one))
        if found.department:
            about = [f"<b>{escape(found.department)}</b>", escape(contact_words(found.contact))]
            if found.sponsor:
                about.append(escape(self.tr("Sponsor: {name}").format(name=found.sponsor)))
            if found.cost_centre:
                about.append(escape(self.tr("Cost centre {number}").format(number=found.cost_centre)))
            parts += self._section(self.tr("Department"), "<br>".join(a for a in about if a))
            if dossier:
                parts.append(f"<div>{dossier}</div>")
        parts += self._section(self.tr("Machine"), f"<b>{escape(found.asset)}</b>" if found.asset else "")
        parts += self._section(self.tr("Other cases of this machine"), self._cases(found.machine_cases))
        parts += self._section(self.tr("Other cases of the requester"), self._cases(found.requester_cases))
        parts += self._section(self.tr("Similar cases"), self._cases(found.similar))
        parts += self._section(self.tr("Links"), self._links(view.links))
        if not parts:
            nothing = escape(self.tr("Nothing is known about who asked yet."))
            parts.append(f'<p class="soft">{nothing}</p>')
        return "".join(parts)

    def _section(self, title: str, body: str) -> list[str]:
        return [f'<p class="section">{escape(title)}</p>', f"<p>{body}</p>"] if body else []

    def _cases(self, lines: Iterable[CaseLine]) -> str:
        return "<br>".join(
            f'<a href="do:{_CASE}{line.id.hex()}">{escape(line.label)}</a> {escape(line.title)} '
            f'<span class="soft">{escape(words.status(line.status))}</span>'
            for line in lines
        )

    def _duplicates(self, found: Iterable[Duplicate]) -> str:
        merge = escape(self.tr("Merge…"))
        return "<br>".join(
            f'<a href="do:{_CASE}{one.line.id.hex()}">{escape(one.line.label)}</a> {escape(one.line.title)} '
            f'<span class="soft">{escape(", ".join(map(words.likeness, one.likeness.why[:_REASONS_SHOWN])))}</span>'
            + (f' <a href="do:{_MERGE}{one.line.id.hex()}">{merge}</a>' if one.line.status in OPEN_STATUSES else "")
            for one in found
        )

    def _links(self, links: Iterable[LinkLine]) -> str:
        part = escape(self.tr("Unlink"))
        return "<br>".join(
            f"{escape(words.link(link.kind, link.outgoing))} "
            f'<a href="do:{_CASE}{link.id.hex()}">{escape(link.label)}</a> {escape(link.title)} '
            f'<span class="soft">{escape(words.status(link.status))}</span>'
            + ("" if _is_merged(link, self._shown) else f' <a href="do:{_PART}{link.id.hex()}">{part}</a>')
            for link in links
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._style()
            self._retranslate()
            if self._shown is not None:
                self.setHtml(self._page(*self._shown))

    def _style(self) -> None:
        set_ = colours(QApplication.palette())
        small = f"{self.font().pointSizeF() * SCALE_SMALL:.2f}pt"
        self.document().setDefaultStyleSheet(
            f"body {{ color: {set_.text}; }} a {{ color: {set_.tone('accent').text}; }} p {{ margin: 0 0 4px 0; }}"
            f".section {{ color: {set_.muted}; font-size: {small}; font-weight: 600; margin: 12px 0 3px 0; }}"
            f".soft {{ color: {set_.muted}; font-size: {small}; }} ul, ol {{ -qt-list-indent: 1; margin: 0 0 4px 0; }}"
            f"h1, h2, h3, h4 {{ font-size: {self.font().pointSizeF():.2f}pt; font-weight: 600; margin: 6px 0 2px 0; }}"
        )

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Around the case"))


def _is_merged(link: LinkLine, shown: tuple[Surroundings, str, CaseView] | None) -> bool:
    """Merged cases are parted by unmerging the one that ended."""
    if link.kind != "duplicate":
        return False
    return link.status == "merged" or (shown is not None and shown[2].row["status"] == "merged")


def contact_words(contact: Contact) -> str:
    """Who speaks with a department today: "Jo Roth, stand-in for Anna Kern until 20/11/2026"."""
    translate = words.translate
    if not contact.name:
        if contact.instead_of:
            return translate("case", "{name} is away, and nobody stands in").format(name=contact.instead_of)
        return translate("case", "Nobody is named for it")
    if not contact.instead_of:
        said = translate("case", "{name}, {role}")
        return said.format(name=contact.name, role=words.role(contact.role))
    if contact.away_until:
        said = translate("case", "{name}, {role} for {absent} until {day}")
        day = text.day(contact.away_until)
        return said.format(name=contact.name, role=words.role(contact.role), absent=contact.instead_of, day=day)
    said = translate("case", "{name}, {role} for {absent}")
    return said.format(name=contact.name, role=words.role(contact.role), absent=contact.instead_of)


class CaseFiles(QWidget):
    """The files of a case, and the time it took."""

    open_wanted = Signal(object)
    """An `AttachmentLine`."""
    attach_wanted = Signal()

    def __init__(
        self, services: Services, files: AttachmentReader, fetching: Fetching, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._reader, self._fetching = services, files, fetching
        self._words: Mapping[bytes, str] = {}
        self._shown: tuple[object, object] | None = None
        self._files_head, self._time_head = SectionHeader(""), SectionHeader("")
        self.list = QListWidget()
        self.list.itemActivated.connect(lambda _: self._open())
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self._none = PlainLabel("", "muted")
        self._none.setWordWrap(True)
        self._open_button, self._save_button, self._attach_button = QPushButton(), QPushButton(), QPushButton()
        self._open_button.clicked.connect(self._open)
        self._save_button.clicked.connect(self._save)
        self._attach_button.setIcon(icon("paperclip"))
        self._attach_button.clicked.connect(self.attach_wanted)
        self._times = QTableWidget(0, 5)
        self._times.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._times.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._times.setShowGrid(False)
        self._times.verticalHeader().hide()
        header = self._times.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self._no_time = PlainLabel("", "muted")
        self._no_time.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_S)
        for button in (self._open_button, self._save_button, self._attach_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        for part in (self._files_head, self._none, self.list):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self._time_head)
        column.addWidget(self._no_time)
        column.addWidget(self._times)
        column.addStretch(1)
        self._retranslate()

    def show_view(self, view: CaseView, now: int) -> None:
        """Show a case's files and time."""
        if self._shown == (view.attachments, view.times):
            return
        self._shown = (view.attachments, view.times)
        chosen = self._current()
        self.list.clear()
        for line in view.attachments:
            picture = line.media_type.startswith("image/")
            item = QListWidgetItem(icon("image" if picture else "file"), "")
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.list.addItem(item)
            if chosen is not None and line.id == chosen.id:
                self.list.setCurrentItem(item)
        self._write_lines()
        rows = min(len(view.attachments), _ROWS_AT_MOST)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + 4)
        self.list.setVisible(rows > 0)
        self._none.setVisible(rows == 0)
        self._times.setRowCount(len(view.times))
        for row, spent in enumerate(view.times):
            cells = (text.day(spent.work_date), spent.analyst, text.minutes(spent.minutes),
                     words.activity(spent.activity), spent.note)  # fmt: skip
            for column, said in enumerate(cells):
                self._times.setItem(row, column, QTableWidgetItem(said))
        self._times.setFixedHeight((min(len(view.times), _ROWS_AT_MOST) + 1) * self._times.rowHeight(0) + 12)
        self._times.setVisible(bool(view.times))
        self._no_time.setVisible(not view.times)
        self._minutes = view.minutes
        self._count = len(view.attachments)
        self._name_heads()
        self._look()

    def show_words(self, words: Mapping[bytes, str]) -> None:
        """How it stands with files that are not simply here, by their hash."""
        if words != self._words:
            self._words = dict(words)
            self._write_lines()

    def _write_lines(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            line: AttachmentLine = item.data(Qt.ItemDataRole.UserRole)
            state = self._words.get(line.sha256, "")
            said = "   ".join(part for part in (line.name, text.size(line.size), state) if part)
            if item.text() != said:
                item.setText(said)
                item.setToolTip(plain_tool_tip(said))

    def save(self, line: AttachmentLine) -> None:
        """Ask where to, fetch the file where it is not here, and save it there."""
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save {name}").format(name=line.name), line.name)
        if name:
            self._fetching.want(line, partial(self._save_to, line, Path(name)))

    def _save_to(self, line: AttachmentLine, path: Path) -> None:
        self._services.lanes.read.submit(
            self._reader.save, line.sha256, path, done=lambda _: self._was_saved(line),
            failed=self._services.show_error, owner=self,
        )  # fmt: skip

    def _was_saved(self, line: AttachmentLine) -> None:
        if could_be_a_program(line.name):
            said = self.tr("Saved {name}. It could be a program: run it only if you know who made it.")
            self._services.notices.warning(said.format(name=line.name))
        else:
            self._services.notices.done(self.tr("Saved {name}").format(name=line.name))

    _minutes = 0
    _count = 0

    def _current(self) -> AttachmentLine | None:
        item = self.list.currentItem()
        line: AttachmentLine | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return line

    def _open(self) -> None:
        line = self._current()
        if line is not None and may_open(line.name, line.media_type):
            self.open_wanted.emit(line)
        elif line is not None:
            self.save(line)

    def _save(self) -> None:
        line = self._current()
        if line is not None:
            self.save(line)

    def _look(self) -> None:
        line = self._current()
        self._open_button.setEnabled(line is not None and may_open(line.name, line.media_type))
        self._save_button.setEnabled(line is not None)

    def _name_heads(self) -> None:
        self._files_head.set_text(self.tr("Files"), text.number(self._count) if self._count else "")
        self._time_head.set_text(self.tr("Time spent"), text.minutes(self._minutes) if self._minutes else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._shown = None
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._open_button.setText(self.tr("Open"))
        self._save_button.setText(self.tr("Save as…"))
        self._attach_button.setText(self.tr("Attach a file…"))
        self._none.setText(self.tr("No files yet. Paste a screenshot into a note, or drop a file on the case."))
        self._no_time.setText(self.tr("No time booked yet; say it with a note, or log it with Ctrl+L."))
        self.list.setAccessibleName(self.tr("Files"))
        self._times.setAccessibleName(self.tr("Time spent"))
        self._times.setHorizontalHeaderLabels(
            [self.tr("Day"), self.tr("Analyst"), self.tr("Time"), self.tr("Activity"), self.tr("Note")]
        )
        self._name_heads()
