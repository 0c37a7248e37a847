"""One article of the knowledge base to read: what a search hit opens. Writing and reviewing are elsewhere."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.knowledge.reading import ArticleReader, ArticleText
from app.reading import ReadingDesk
from app.rendering import Markdown
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_L, GAP_M
from ui.widgets.labels import PlainLabel


class ArticleView(QDialog):
    """Reads the article on a lane and shows it rendered."""

    case_wanted = Signal(int)
    """A link to a case of this number was clicked."""

    def __init__(self, services: Services, article_id: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        services.lanes.read.submit(
            read, services.desk, article_id, done=self._show, failed=services.show_error, owner=self
        )

    def _show(self, article: tuple[ArticleText, str]) -> None:
        self.title.setText(article[0].title)
        self.text.setHtml(article[1])


def read(desk: ReadingDesk, article_id: bytes) -> tuple[ArticleText, str]:
    """The article and its safe HTML; on a lane. Errors: UserError when it is gone."""
    article = ArticleReader(desk.context).article(article_id)
    markdown = Markdown()
    translate = QCoreApplication.translate
    parts = (
        (translate("ArticleView", "Problem"), article.problem),
        (translate("ArticleView", "Cause"), article.cause),
        (translate("ArticleView", "Solution"), article.solution),
    )
    return article, "".join(f"<h4>{escape(head)}</h4>{markdown.html(words)}" for head, words in parts if words.strip())
