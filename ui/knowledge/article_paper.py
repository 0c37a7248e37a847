"""An article on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.knowledge.reading import ArticleText
from ui.paper_dialog import Drawn, PaperDialog
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

translate = QCoreApplication.translate


class ArticlePaperDialog(PaperDialog):
    """One article at a time, at first in its own language."""

    def __init__(self, services: Services, article: ArticleText, parent: QWidget | None = None) -> None:
        self._article = article
        title = translate("ArticlePaperDialog", "Article on paper")
        super().__init__(services, title, [("article", title)], "article", article.language, parent)

    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """The article."""
        desk, article = self._services.desk, self._article
        return lambda: draw(desk, article, language, paper)


def draw(desk: ReadingDesk, article: ArticleText, language: str, paper: str) -> Drawn:
    """Make the document, on a lane. Errors: UserError when the article is gone."""
    from app.reports.article_paper import article_paper, article_pdf
    from app.reports.pages import Pages
    from app.reports.pdf import Paper
    from app.work.attachments import AttachmentReader

    facts = article_paper(desk, AttachmentReader(desk.context, desk.profile), article.id)
    document, _pages = article_pdf(facts, Paper[paper.upper()], language)
    return Drawn(facts.article.text.title[:80], document, Pages(document))
