"""The panel of suggestions in a case: what is asked, and what happens with an article that somebody chose there.

"Solved with this" and "did not help" are counted at once, each with its Undo; the first goes on to the close sheet with
the article in it. "Send" is a reply of its own: what is being written in the composer stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.knowledge.reading import ArticleReader, ArticleText
from app.knowledge.suggestions import Asked, Suggestion
from app.work.notes import NoteDraft
from app.work.present import CaseView
from ui.inserting import article_words
from ui.services import Services
from ui.suggesting import SuggestionPanel, Wanted
from ui.writing import WritingPlace

_TABLES = ("article", "article_use", "article_product")


class CaseSuggestions(QObject):
    """One panel for one editor. GUI thread only."""

    insert_wanted = Signal(object)
    """An `ArticleText` whose solution goes into what is being written."""
    solved_with = Signal(object)
    """An `ArticleText` that solved the case: the close sheet is wanted."""

    def __init__(self, services: Services, writing: WritingPlace, place: QWidget, parent: QObject) -> None:
        """`place`: where the panel will stand."""
        super().__init__(parent)
        self.panel = panel = SuggestionPanel(services, place)
        self._services, self._panel, self._writing = services, panel, writing
        self._articles = ArticleReader(services.desk.context)
        self._view: CaseView | None = None
        self._taking: tuple[bytes, bytes] | None = None
        writing.typed.connect(self._look)
        panel.insert_wanted.connect(lambda one: self._fetch(one, self.insert_wanted.emit))
        panel.send_wanted.connect(lambda one: self._fetch(one, self._send))
        panel.read_wanted.connect(self._read)
        panel.solved_with.connect(self._solved)
        panel.did_not_help.connect(self._did_not_help)
        services.bell.changed.connect(self._changed)

    def show_view(self, view: CaseView | None) -> None:
        """The case on show, or none."""
        before, self._view = self._view, view
        self._look()
        if view is not None and self._taking is not None and view.id == self._taking[0]:
            self._insert(self._taking[1])
            self._taking = None
        if view is not None and before is not None and before.id == view.id and before.row != view.row:
            self._panel.look_again()

    def take(self, case_id: bytes, article_id: bytes) -> None:
        """The solution of this article belongs into what is written in that case, as soon as it is on show."""
        if self._view is not None and self._view.id == case_id:
            self._insert(article_id)
        else:
            self._taking = (case_id, article_id)

    def _insert(self, article_id: bytes) -> None:
        self._services.lanes.read.submit(
            self._articles.article, article_id, done=self.insert_wanted.emit, failed=self._services.show_error,
            owner=self,
        )  # fmt: skip

    def _look(self) -> None:
        view = self._view
        asked = None if view is None else Wanted(Asked(view.row["title"], case_id=view.id), self._writing.words)
        self._panel.look(asked)

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*_TABLES):
            self._panel.look_again()

    # -- what is done with an article ---------------------------------------------------------------------------------
    def _fetch(self, one: Suggestion, use: Callable[[ArticleText], object]) -> None:
        self._services.lanes.read.submit(
            self._articles.article, one.article_id, done=use, failed=self._services.show_error, owner=self
        )

    def _send(self, article: ArticleText) -> None:
        view = self._view
        if view is None:
            return
        note = NoteDraft(article_words(article), "reply", "requester")
        delay = int(self._services.settings["send_delay_s"])
        if delay > 0:
            self._services.sending.hold(view.id, view.label, note, delay)
        else:
            self._services.run(
                lambda desk: desk.cases.note(view.id, note.words, kind=note.kind, audience=note.audience),
                said=self.tr("Sent to the requester's timeline"), owner=self,
            )  # fmt: skip

    def _read(self, one: Suggestion) -> None:
        from ui.article_view import ArticleView

        window = ArticleView(self._services, one.article_id, self._panel)
        window.open()

    def _solved(self, one: Suggestion) -> None:
        self._count(one, helped=True)
        self._fetch(one, self.solved_with.emit)

    def _did_not_help(self, one: Suggestion) -> None:
        self._count(one, helped=False)

    def _count(self, one: Suggestion, *, helped: bool) -> None:
        view = self._view
        if view is None:
            return
        helped_words, not_words = self.tr("Counted: “{title}” helped"), self.tr("Counted: “{title}” did not help")
        said = (helped_words if helped else not_words).format(title=one.title)
        self._services.run(
            lambda desk: desk.articles.use(one.article_id, view.id, helped=helped), said=said,
            failed=lambda _: self._panel.look_again(), owner=self,
        )  # fmt: skip
