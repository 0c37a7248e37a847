"""What the composer inserts: templates filled from the case, and solutions from the knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.knowledge.reading import ArticleReader, ArticleText
from app.knowledge.suggestions import Asked
from app.work.templates import TemplateText, fill, in_order
from ui import case_words as words
from ui.fuzzy import score
from ui.insert_picker import InsertPicker, Source
from ui.pickers import Choice
from ui.services import Services

MOST: Final = 30


class Inserting(QObject):
    """Opens the picker over the window of its widget. GUI thread only."""

    def __init__(self, services: Services, over: QWidget) -> None:
        super().__init__(over)
        self._services, self._over = services, over
        self.picker: InsertPicker | None = None
        """The one on show."""

    def template(
        self,
        templates: Sequence[TemplateText],
        language: str,
        values: Callable[[str], Mapping[str, str]],
        use: Callable[[TemplateText], object],
    ) -> None:
        """Ask which of these to use."""
        by_id = {one.id: one for one in templates}
        several = len({one.language for one in templates}) > 1
        listed = [
            (one, Choice("template", one.id, one.name, template_note(one, several)))
            for one in in_order(templates, language)
        ]

        def find(typed: str) -> list[Choice]:
            found = [(score(typed, f"{one.name} {one.short}"), choice) for one, choice in listed]
            fitting = [(points, choice) for points, choice in found if points is not None]
            return [choice for _, choice in (sorted(fitting, key=lambda f: -f[0]) if typed.strip() else fitting)]

        def said(choice: Choice) -> str:
            return fill(by_id[choice.id].text, values(by_id[choice.id].language))

        source = Source(
            self.tr("Insert a template"), self.tr("Name or short word"),
            self.tr("No template is called that. Supervisors make them under Administration."), find, said,
        )  # fmt: skip
        self._open(source, lambda choice: use(by_id[choice.id]))

    def article(self, about: Asked, insert: Callable[[str], object]) -> None:
        """Ask which article to insert; offers those that fit `about` until something is typed."""
        self._ask_article(self.tr("Insert from knowledge"), about, lambda found: insert(article_words(found)))

    def link(self, about: str, insert: Callable[[ArticleText], object]) -> None:
        """Ask to which article a link leads."""
        self._ask_article(self.tr("Link to an article"), Asked(about), insert)

    def _ask_article(self, title: str, about: Asked, insert: Callable[[ArticleText], object]) -> None:
        context = self._services.desk.context
        articles = ArticleReader(context)
        search = self._services.desk.search

        def find(typed: str) -> list[Choice]:
            if not typed.strip():
                suggestions = self._services.desk.suggestions
                likely = (
                    suggestions.find(about, limit=MOST)
                    if about.case_id is None
                    else suggestions.of_case(about.case_id, typed=about.typed, limit=MOST)
                )
                return [Choice("article", one.article_id, one.title, one.snippet) for one in likely]
            hits = search.find(typed, limit=MOST)
            return [
                Choice("article", hit.id, hit.title, " ".join(hit.snippet.split()))
                for hit in hits
                if hit.kind == "article"
            ]

        def said(choice: Choice) -> str:
            return article_words(articles.article(choice.id))

        source = Source(
            title, self.tr("Words of the title or the problem"),
            self.tr("No article fits these words. Try fewer or other ones."), find, said,
            self.tr("No article fits what is written so far. Type a few words of what it is about."),
        )  # fmt: skip
        self._open(source, lambda choice: self._fetch(articles, choice, insert))

    def _fetch(self, articles: ArticleReader, choice: Choice, insert: Callable[[ArticleText], object]) -> None:
        self._services.lanes.read.submit(
            articles.article, choice.id, done=insert,
            failed=self._services.show_error, owner=self,
        )  # fmt: skip

    def _open(self, source: Source, take: Callable[[Choice], object]) -> None:
        self.picker = InsertPicker(self._services, source, self._over.window())
        self.picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picker.taken.connect(take)
        self.picker.finished.connect(self._closed)
        self.picker.open()

    def _closed(self) -> None:
        self.picker = None
        if QApplication.focusWidget() is None:
            self._over.setFocus()


def template_note(one: TemplateText, several: bool) -> str:
    """What tells a template from others: what is typed for it, who sees it, its language where there are several."""
    typed = f"/{one.short}" if one.short else ""
    return " · ".join(filter(None, (typed, words.audience(one.audience), one.language if several else "")))


def article_words(article: ArticleText) -> str:
    """What is inserted of an article."""
    return f"**{article.title}**\n\n{article.solution}\n"
