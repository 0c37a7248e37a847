"""The only browser that shows HTML made of Markdown (app.rendering), and nothing that it was not given.

Qt would fetch `file://` and UNC addresses from anything that looks like HTML, which tells the owner of a drive who
reads what, or worse. `CaseBrowser` loads nothing but pictures it was given; a link is followed after a click only, and
only where it leads to the web, to a mail, to a case, to an article or to an attachment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QTextBrowser, QWidget


class CaseBrowser(QTextBrowser):
    """Shows such HTML. It fetches nothing: pictures are those of `show_pictures`, all else stays away."""

    case_wanted = Signal(int)
    """A link to a case of this number was clicked."""
    attachment_wanted = Signal(bytes)
    """A link to an attachment (SHA-256) was clicked."""
    article_wanted = Signal(bytes)
    """A link to an article (its id) was clicked."""
    action_wanted = Signal(str)
    """A link of the page itself ("do:...") was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self._pictures: dict[str, QImage] = {}
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self._nothing.fill(0)
        self.anchorClicked.connect(self.follow)

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """What `attachment:` addresses stand for; call it before the HTML that names them."""
        self._pictures = dict(pictures)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only pictures we have. Never None: Qt would then try the address as a file."""
        address = name.toString() if isinstance(name, QUrl) else name
        return self._pictures.get(address, self._nothing)

    def follow(self, url: QUrl) -> None:
        """Go where a link leads, if it may."""
        scheme, target = url.scheme().casefold(), url.path()
        if scheme == "case" and target.isdigit():
            self.case_wanted.emit(int(target))
        elif scheme == "attachment" and len(target) == 64:
            self.attachment_wanted.emit(bytes.fromhex(target))
        elif scheme == "article" and len(target) == 32:
            self.article_wanted.emit(bytes.fromhex(target))
        elif scheme == "do":
            self.action_wanted.emit(target)
        elif scheme in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
