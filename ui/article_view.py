"""One article of the knowledge base to read beside one's work: what a search hit opens. The page is ui/knowledge."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.knowledge.reading import ArticleReader, ArticleText
from app.reading import ReadingDesk
from app.work.attachments import AttachmentReader
from ui.knowledge.loading import pictures_of, rendered_body
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_L, GAP_M
from ui.widgets.labels import PlainLabel

Read = tuple[ArticleText, str, Mapping[str, QImage]]


class ArticleView(QDialog):
    """Reads the article on a lane and shows it rendered; a link to another article shows that one instead."""

    case_wanted = Signal(int)
    """A link to a case of this number was clicked."""

    def __init__(self, services: Services, article_id: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Article"))
        self.resize(640, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        self.title = PlainLabel("", "large")
        self.title.setWordWrap(True)
        self.text = CaseBrowser()
        self.text.setAccessibleName(self.tr("Article"))
        self.text.case_wanted.connect(self.case_wanted)
        self.text.article_wanted.connect(self.read)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.read(article_id)

    def read(self, article_id: bytes) -> None:
        """Show this article."""
        services = self._services
        services.lanes.read.submit(
            read, services.desk, article_id, done=self._show, failed=services.show_error, owner=self
        )

    def _show(self, article: Read) -> None:
        text, html, pictures = article
        self.title.setText(text.title)
        self.text.show_pictures(pictures)
        self.text.setHtml(html)


def read(desk: ReadingDesk, article_id: bytes) -> Read:
    """The article, its safe HTML and the pictures that are here; on a lane. Errors: UserError when it is gone."""
    article = ArticleReader(desk.context).article(article_id)
    texts = (article.problem, article.cause, article.solution)
    files = AttachmentReader(desk.context, desk.profile)
    return article, rendered_body(*texts), pictures_of(files, *texts)
