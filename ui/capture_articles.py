"""What was said of articles in quick capture, before there is a case: kept with the draft, counted with the case.

"Solved with this" and "did not help" said again take themselves back; what holds stands under the fields in words, so
that nothing is counted unseen. `carry_out` does it when the case is in the database, in transactions of their own that
are undone with the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.knowledge.reading import ArticleReader, ArticleText
from app.knowledge.suggestions import Suggestion
from ui.inserting import article_words
from ui.services import Services
from ui.suggesting import SuggestionPanel
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.knowledge.articles import Written
    from app.work.verbs import Done


@dataclass(frozen=True)
class Used:
    """Whether an article helped (None: nothing was said), and whether it is sent to the requester."""

    title: str
    helped: bool | None = None
    send: bool = False


def carry_out(desk: Desk, case_id: bytes, used: Mapping[bytes, Used]) -> list[Done | Written]:
    """Send and count; on the write lane."""
    out: list[Done | Written] = []
    for article_id, one in used.items():
        if one.send:
            words = article_words(desk.knowledge.article(article_id))
            out.append(desk.cases.note(case_id, words, kind="reply", audience="requester"))
        if one.helped is not None:
            out.append(desk.articles.use(article_id, case_id, helped=one.helped))
    return out


class CaptureArticles(QObject):
    """Listens to the panel. GUI thread only."""

    insert_wanted = Signal(object)
    """An `ArticleText` whose solution is wanted among the words."""
    changed = Signal()
    """Something else was said."""

    def __init__(self, services: Services, panel: SuggestionPanel, over: QWidget) -> None:
        super().__init__(over)
        self._services, self._over = services, over
        self._articles = ArticleReader(services.desk.context)
        self.used: Mapping[bytes, Used] = {}
        self.line = PlainLabel("", "muted")
        self.line.setWordWrap(True)
        self.line.hide()
        over.installEventFilter(self)
        panel.insert_wanted.connect(lambda one: self._fetch(one, self.insert_wanted.emit))
        panel.solved_with.connect(self._solved)
        panel.did_not_help.connect(lambda one: self._said(one, helped=False))
        panel.send_wanted.connect(self._send)
        panel.read_wanted.connect(self._read)

    def set_used(self, used: Mapping[bytes, Used]) -> None:
        """This was said."""
        self.used = {key: one for key, one in used.items() if one.send or one.helped is not None}
        self._show()
        self.changed.emit()

    def kept(self) -> dict[str, list[Any]]:
        """For the draft."""
        return {key.hex(): [one.title, one.helped, one.send] for key, one in self.used.items()}

    def restore(self, kept: Mapping[str, list[Any]]) -> None:
        """What `kept` gave."""
        self.set_used({bytes.fromhex(key): Used(*one) for key, one in kept.items()})

    def _solved(self, one: Suggestion) -> None:
        if self._said(one, helped=True):
            self._fetch(one, self.insert_wanted.emit)

    def _said(self, one: Suggestion, *, helped: bool) -> bool:
        known = self.used.get(one.article_id, Used(one.title))
        now = None if known.helped == helped else helped
        self.set_used({**self.used, one.article_id: replace(known, helped=now)})
        return now is not None

    def _send(self, one: Suggestion) -> None:
        known = self.used.get(one.article_id, Used(one.title))
        self.set_used({**self.used, one.article_id: replace(known, send=not known.send)})

    def _fetch(self, one: Suggestion, use: Callable[[ArticleText], object]) -> None:
        self._services.lanes.read.submit(
            self._articles.article, one.article_id, done=use, failed=self._services.show_error, owner=self
        )

    def _read(self, one: Suggestion) -> None:
        from ui.article_view import ArticleView

        ArticleView(self._services, one.article_id, self._over).open()

    def _show(self) -> None:
        said = []
        for one in self.used.values():
            parts = [] if one.helped is None else [self.tr("solved it") if one.helped else self.tr("did not help")]
            parts += [self.tr("is sent to the requester")] if one.send else []
            said.append(f"“{one.title}”: {', '.join(parts)}")
        self.line.setText("\n".join(said))
        self.line.setVisible(bool(said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.LanguageChange:
            self._show()
        return False
