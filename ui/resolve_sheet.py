"""The close sheet. What was done, and why did it happen? Then three questions: is it fixed? Is it documented (by an
article that helped, a new one drafted from this case, or nothing others could use)? Is a permanent fix wanted?

In this order on the write lane: the case is resolved, then the article is noted as used or drafted. If the first is
refused nothing else happens. Where no article is about the case yet a draft is proposed; it is opened as soon as it is
written (ui.article_sheet).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout

from app.knowledge.reading import ArticleText
from db.rules import OUTCOMES
from ui import case_words as words
from ui.article_sheet import ArticleSheet
from ui.pickers import Choice, PickField
from ui.sheets import Sheet, TimeFields
from ui.tokens import GAP_M, GAP_XS
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.reading import ReadingDesk


def find_articles(desk: ReadingDesk, typed: str) -> Sequence[Choice]:
    """Articles by their words."""
    return [
        Choice("article", hit.id, hit.title, hit.snippet)
        for hit in desk.search.find(typed, limit=24)
        if hit.kind == "article"
    ]


def is_documented(desk: ReadingDesk, case_id: bytes) -> bool:
    """Whether an article is about the case, or solved it; on a lane. What says too little is nobody's article."""
    solved = desk.context.reader.value("SELECT 1 FROM article_use WHERE case_id = ? AND helped = 1", (case_id,))
    found = desk.new_kinds.of_case(case_id)
    return bool(solved) or found.new is None or found.documented


class ResolveSheet(Sheet):
    """Solved: what was done is required."""

    drawing = "resolve"

    def build(self) -> None:
        desk = self.services.desk
        title = self.view.row["title"]
        self.name(self.tr("Resolve"), self.tr("Resolve"))
        self.resolution = self.long_text(
            self.tr("What was done? The next analyst will search for it."), self.tr("Solution"), 3
        )
        self.resolution.setPlainText(self.view.row["resolution"] or "")
        self.cause = self.long_text("", self.tr("Cause, if it is known"), 1)
        self.cause.setAccessibleName(self.tr("Cause, if it is known"))
        self.cause.setPlainText(self.view.row["cause"] or "")
        self.article = PickField(
            self.services.lanes,
            lambda typed: find_articles(desk, typed or title),
            self.tr("Article that helped"),
        )
        self.article.picked.connect(self._article_picked)
        self.fixed = QComboBox()
        self.fixed.setAccessibleName(self.tr("Is it fixed?"))
        for value in OUTCOMES:
            self.fixed.addItem(words.outcome(value), value)
        known = self.fixed.findData(self.view.row["outcome"])
        self.fixed.setCurrentIndex(max(known, 0))
        self.draft = QCheckBox(self.tr("Draft an article"))
        self.draft.setToolTip(self.tr("From what is written in this case"))
        self.draft.toggled.connect(lambda on: self.article.setEnabled(not on))
        self._asked = False
        self.draft.clicked.connect(self._answered)
        self.services.lanes.read.submit(is_documented, desk, self.case_id, done=self._propose, owner=self)
        self.fix = QCheckBox(self.tr("A permanent fix is wanted"))
        self.fix.setChecked(bool(self.view.row["permanent_fix_wanted"]))
        self.time = TimeFields()
        # One below the other, as they are asked; the order is that of the Tab key.
        self._questions = (
            (PlainLabel(self.tr("Is it fixed?"), "small"), self.fixed, self.fix),
            (PlainLabel(self.tr("Documented?"), "small"), self.article, self.draft),
        )
        self._asked_in = QGridLayout()
        self._asked_in.setHorizontalSpacing(GAP_M)
        self._asked_in.setVerticalSpacing(GAP_XS + 2)
        self._asked_in.setColumnStretch(1, 1)
        self._beside = False
        self._lay_out(beside=True)
        self._column.addLayout(self._asked_in)
        self.foot.addWidget(self.time)

    def _lay_out(self, *, beside: bool) -> None:
        """The boxes beside the fields, or below them where large letters leave no room."""
        if beside == self._beside:
            return
        self._beside = beside
        grid = self._asked_in
        for place, (question, field, box) in enumerate(self._questions):
            for widget in (question, field, box):
                grid.removeWidget(widget)
            grid.addWidget(question, 2 * place, 0)
            grid.addWidget(field, 2 * place, 1)
            grid.addWidget(box, *((2 * place, 2) if beside else (2 * place + 1, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = zip(*self._questions, strict=True)
        least = [max(widget.minimumSizeHint().width() for widget in column) for column in columns]
        margins = self._column.contentsMargins()
        self._lay_out(beside=sum(least) + 2 * GAP_M + margins.left() + margins.right() <= self.width())

    def _answered(self) -> None:
        self._asked = True

    def _propose(self, documented: bool) -> None:
        """Nobody has written it down: a draft is proposed, unless somebody decided by now."""
        if not documented and not self._asked and self.article.value() is None:
            self.draft.setChecked(True)
            self.article.setEnabled(True)  # one that helped may be named all the same

    def use_article(self, article: ArticleText) -> None:
        """This article helped; its solution is put where nothing is said yet."""
        self.article.set_value(Choice("article", article.id, article.title))
        self._article_picked(self.article.value())
        if not self.resolution.toPlainText().strip():
            self.resolution.setPlainText(article.solution)
        self.begin()

    def _article_picked(self, choice: Choice | None) -> None:
        if choice is not None:
            self.draft.setChecked(False)
        self.draft.setEnabled(choice is None)

    def verb(self) -> Callable[[Desk], object] | None:
        resolution = self.resolution.toPlainText().strip()
        if not resolution:
            return None
        case_id, cause = self.case_id, self.cause.toPlainText().strip() or None
        wanted = self.fix.isChecked()
        minutes, activity = self.time.minutes.value() or None, self.time.activity.currentData()
        article = self.article.value()
        draft = self.draft.isChecked() and article is None
        outcome = self.fixed.currentData()
        documented = "article" if article is not None else "draft" if draft else "not needed"

        def carry_out(desk: Desk) -> Any:
            done = desk.cases.resolve(
                case_id, resolution, cause=cause, outcome=outcome, documented=documented, permanent_fix_wanted=wanted,
                minutes=minutes, activity=activity,
            )  # fmt: skip
            if draft:
                return [done, desk.articles.draft_from_case(case_id)]
            if article is not None:
                return [done, desk.articles.use(article.id, case_id, helped=True)]
            return [done]

        return carry_out

    def _done(self, result: object) -> None:
        super()._done(result)
        if self.draft.isChecked():
            self.goes_on.emit(ArticleSheet)

    def said(self) -> str:
        if self.draft.isChecked() and self.article.value() is None:
            return self.tr("Resolved, and a draft article written")
        return self.tr("Resolved")
