"""A look at an article that is being written: how it reads, its pictures, what a reader would miss. On a lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.knowledge.links import attachment_address, named_contents
from app.knowledge.lint import Finding, lint, names_within
from app.reading import ReadingDesk
from app.work.attachments import AttachmentReader
from ui.icons import icon
from ui.knowledge.loading import pictures_of, rendered
from ui.tokens import Tone

_MUST_NOT: Final = ("phone", "mail", "name")
_FOUND: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Looked:
    """Safe HTML, what its picture addresses stand for, what was found."""

    html: str
    pictures: Mapping[str, QImage]
    findings: tuple[Finding, ...]


def look_at(
    desk: ReadingDesk, files: AttachmentReader, title: str, texts: Mapping[str, str], known: Mapping[str, QImage]
) -> Looked:
    """`known`: pictures that were decoded before."""
    named = {attachment_address(sha256): sha256 for sha256 in named_contents("\n".join(texts.values()))}
    pictures = {address: known[address] for address in named if address in known}
    missing = [address for address in named if address not in known]
    if missing:
        pictures |= pictures_of(files, *missing)
    findings = list(lint(**texts, names=names_within(desk.context, *texts.values())))
    if not title.strip():
        findings.insert(0, Finding("title"))
    return Looked(rendered(title, **texts), pictures, tuple(findings))


class FindingList(QListWidget):
    """What a reader would miss or must not find; Return or a click leads there."""

    wanted = Signal(str, str)
    """(key, words) of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What a reader would miss"))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._lead)
        self.itemClicked.connect(self._lead)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these instead; the chosen line stays."""
        row = self.currentRow()
        said = {
            "title": self.tr("Give it a title: what does it help with?"),
            "problem": self.tr("Name the problem: what does one see?"),
            "steps": self.tr("Number the steps of the solution."),
            "hole": self.tr("Not filled in yet: {words}"),
            "picture": self.tr("Say in words what the picture shows, for those who can't see it."),
            "phone": self.tr("“{words}” looks like a phone number; it does not belong here."),
            "mail": self.tr("“{words}” is somebody's e-mail address; it does not belong here."),
            "name": self.tr("“{words}” is a requester; say it without the person."),
        }
        self.clear()
        for one in findings:
            bad = one.key in _MUST_NOT
            item = QListWidgetItem(icon("warning" if bad else "info", Tone.WARNING if bad else Tone.INFO),
                                   said[one.key].format(words=one.words))  # fmt: skip
            item.setData(_FOUND, (one.key, one.words))
            self.addItem(item)
        if not findings:
            item = QListWidgetItem(icon("check", Tone.OK), self.tr("Nothing is missing."))
            item.setFlags(Qt.ItemFlag.NoItemFlags | Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)
        self.setCurrentRow(min(row, self.count() - 1))

    def texts(self) -> list[str]:
        """The lines."""
        return [self.item(n).text() for n in range(self.count())]

    def _lead(self, item: QListWidgetItem) -> None:
        found = item.data(_FOUND)
        if found:
            self.wanted.emit(*found)
