"""An article from this case: what the close sheet leads to where nothing was documented yet.

It stands filled in, without what belongs to the requester, and is finished in less than a minute: read it, mend it,
Ctrl+Enter. The draft is in the knowledge base already and tied to the case, so "not now" loses nothing: what was typed
here is kept like in every sheet, and the draft waits in the case and among what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton

from app.knowledge.drafting import Draft, begun, draft_of
from app.knowledge.privacy import names_people
from app.knowledge.reading import ArticleText
from app.reading import ReadingDesk
from ui.icons import icon
from ui.sheets import Sheet
from ui.tokens import GAP_S, GAP_XS
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk

Known = tuple[ArticleText | None, Draft]


def known(desk: ReadingDesk, case_id: bytes) -> Known:
    """The draft that was begun, if there is one, and what a draft would say; on a lane. Errors: UserError."""
    return begun(desk.context, case_id), draft_of(desk.context, case_id)


class ArticleSheet(Sheet):
    """Title, problem, cause, solution; a title and a solution are required."""

    drawing = "knowledge"

    def build(self) -> None:
        self.name(self.tr("Article from this case"), self.tr("Finish the article"))
        self._known: Known | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(200)
        self.title.setPlaceholderText(self.tr("What it helps with, as somebody would ask for it"))
        self.title.textChanged.connect(self.look)
        self.add(self.title)
        self.problem = self.long_text("", self.tr("What one sees, error messages"))
        self.cause = self.long_text("", self.tr("Why it happens, if it is known"))
        self.solution = self.long_text("", self.tr("1. First step\n2. Next step"))
        # Names at the left and fields that grow a little only: all of it is seen beside a timeline at 1280x720.
        rows = QGridLayout()
        rows.setHorizontalSpacing(GAP_S)
        rows.setVerticalSpacing(GAP_XS)
        for row, (name, field) in enumerate((
            (self.tr("Title"), self.title), (self.tr("Problem"), self.problem), (self.tr("Cause"), self.cause),
            (self.tr("Solution"), self.solution),
        )):  # fmt: skip
            caption = PlainLabel(name, "small")
            caption.setBuddy(field)
            field.setAccessibleName(name)
            self._column.removeWidget(field)
            rows.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(field, row, 1)
        self.problem.set_lines(1, 3)
        self.cause.set_lines(1, 2)
        self.solution.set_lines(3, 5)
        self._column.addLayout(rows)
        self.warning = PlainLabel("", "muted")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self._column.addWidget(self.warning)
        self.none = QPushButton(icon("trash"), self.tr("No article"))
        self.none.setProperty("look", "quiet")
        self.none.setToolTip(self.tr("This is nothing others could use: the draft goes to the archive"))
        self.none.clicked.connect(self.throw_away)
        self.foot.addWidget(self.none)
        self.services.lanes.read.submit(
            known, self.services.desk, self.case_id, done=self._fill, failed=self.services.show_error, owner=self
        )

    def _fill(self, found: Known) -> None:
        """What it says so far; words that were kept from the last time stay."""
        self._known = found
        article, draft = found
        said = article or draft
        for field, words in ((self.title, said.title), (self.problem, said.problem), (self.cause, said.cause),
                             (self.solution, said.solution)):  # fmt: skip
            if isinstance(field, QLineEdit):
                if not field.text():
                    field.setText(words)
            elif not field.toPlainText():
                field.setPlainText(words)
        self.title.setCursorPosition(0)
        # Only what differs from this is worth keeping.
        self._began = [said.title, said.problem, said.cause, said.solution]
        self.none.setVisible(article is not None)
        self.look()

    def look(self) -> None:
        super().look()
        if self._known is not None:
            names = names_people(self.words, self._known[1].people)
            self.warning.setVisible(names)
            self.warning.setText(
                self.tr("It names the requester, or a number or address of somebody: others will read this.")
                if names else ""
            )  # fmt: skip

    def verb(self) -> Callable[[Desk], object] | None:
        if self._known is None:
            return None
        article, draft = self._known
        texts = {
            "title": self.title.text().strip(), "problem": self.problem.toPlainText().strip(),
            "cause": self.cause.toPlainText().strip(), "solution": self.solution.toPlainText().strip(),
        }  # fmt: skip
        if not (texts["title"] and texts["solution"]):
            return None
        case_id = self.case_id

        def carry_out(desk: Desk) -> Any:
            if article is not None:
                base = {name: getattr(article, name) for name in texts}
                return desk.articles.finish(article.id, base, **texts)
            new = desk.articles.create(
                texts["title"], problem=texts["problem"], cause=texts["cause"], solution=texts["solution"],
                products=[draft.product_id] if draft.product_id else (), comment=f"#{draft.label}", solved=case_id,
            )  # fmt: skip
            return [new, desk.articles.set_state(new.article_id, "generic")]

        return carry_out

    def throw_away(self) -> None:
        """No article after all; the archive keeps the draft, and Undo brings it back."""
        article = self._known[0] if self._known is not None else None
        if article is not None:
            self.services.run(
                lambda desk: desk.articles.set_state(article.id, "archived"), done=lambda _: self._carried_out(),
                said=self.tr("No article: the draft is in the archive"), owner=self,
            )  # fmt: skip

    def said(self) -> str:
        return self.tr("Article finished; it waits for a review")
