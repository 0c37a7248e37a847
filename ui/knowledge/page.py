"""The knowledge page: products, tags and states at the left, articles in the middle, the chosen one at the right
(ui.knowledge.article_pane).

The line over the list searches as one types; what was typed is marked in the article. Nothing here waits: tree, list
and article are read on the read lane, and again when somebody changed an article.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.changes import Changes
from app.knowledge.drafts import article_of
from app.knowledge.reading import ArticleFilter, ArticleLine, WholeArticle
from app.work.attachments import AttachmentReader
from db.rules import ARTICLE_STATES
from ui.icons import icon
from ui.knowledge.article_pane import ArticlePane
from ui.knowledge.loading import Shown, Tree, article, for_editor, lines, tree, unsaved, words_of
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel, plain_tool_tip
from ui.widgets.row_table import Cell, RowTable

WANTED: Final = int(Qt.ItemDataRole.UserRole)
TABLES: Final = ("article", "article_version", "article_use", "article_tag", "article_product")
REVIEW: Final = "review"


class KnowledgePage(QWidget):
    """Everything the desk knows."""

    cases_wanted = Signal(str, object)
    """(title, row numbers): show these cases."""
    solution_wanted = Signal(bytes, bytes)
    """What an article says is to go into a case: (case, article)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._files = AttachmentReader(services.desk.context, services.desk.profile)
        self._unsaved: list[tuple[str, str]] = []
        self._wanted_id: bytes | None = None
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setProperty("pane", "navigation")
        self.tree.setAccessibleName(self.tr("Knowledge"))
        self.tree.currentItemChanged.connect(lambda *_: self._list())
        self.field = SearchField(self.tr("Search articles"))
        self.field.searched.connect(lambda _words: self._list())
        self.list = RowTable(3, give_way=(2, 1))
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.set_heads((self.tr("Article"), self.tr("State"), self.tr("Helped")))
        self.list.chosen.connect(self._read)
        self.list.opened.connect(self.edit)
        self.field.left_downwards.connect(self._into_list)
        self.nothing = PlainLabel("", "muted")
        self.nothing.setWordWrap(True)
        self.pane = ArticlePane(services, self._files)
        self._build()
        self.setFocusProxy(self.field)
        from ui.knowledge.beside import Beside  # it knows this page

        self.beside = Beside(services, self)
        services.bell.changed.connect(self._changed)

    def _build(self) -> None:
        self.new = QPushButton(self.tr("New article"))
        self.new.setIcon(icon("plus"))
        self.new.setAutoDefault(False)
        self.new.clicked.connect(self.write_new)
        self.pane.edit_wanted.connect(self.edit)
        self.pane.cases_wanted.connect(self.cases_wanted)
        self.pane.article_wanted.connect(self.open_article)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(GAP_M, GAP_M, GAP_S, GAP_M)
        column.setSpacing(GAP_S)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.new)
        self.unsaved = QPushButton()
        self.unsaved.setProperty("look", "quiet")
        self.unsaved.setIcon(icon("history", "accent"))
        self.unsaved.setAutoDefault(False)
        self.unsaved.clicked.connect(self._go_on_writing)
        self.unsaved.hide()
        column.addLayout(top)
        column.addWidget(self.unsaved)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.tree, middle, self.pane):
            splitter.addWidget(pane)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([180, 430, 450])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    # -- tree and list ------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        self._look_for_drafts()

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*TABLES) and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        lanes = self._services.lanes
        if not lanes.closed:
            lanes.read.submit(tree, self._services.desk, done=self._show_tree, owner=self, key="knowledge tree")

    def _show_tree(self, known: Tree) -> None:
        states, products, tags = known
        current = self.tree.currentItem()
        kept = current.data(0, WANTED) if current is not None else ArticleFilter()
        self.tree.blockSignals(True)
        self.tree.clear()
        self._branch(None, self.tr("All articles"), ArticleFilter())
        self._branch(None, self.tr("To review"), REVIEW)
        self._branch(None, self.tr("Mine"), ArticleFilter(owner=self._services.desk.me))
        self._branch(None, self.tr("What is missing"), self.beside.PLACE)
        groups = (
            (self.tr("Products"), [
                (name or self.tr("No product"), n, ArticleFilter(product=one, without_product=one is None))
                for one, name, n in products
            ]),
            (self.tr("States"), [
                (words_of(one), states.get(one, 0), ArticleFilter(states=(one,))) for one in ARTICLE_STATES
            ]),
            (self.tr("Tags"), [(tag, n, ArticleFilter(tag=tag)) for tag, n in tags]),
        )  # fmt: skip
        for title, entries in groups:
            head = self._branch(None, title, None)
            for words, count, wanted in entries:
                self._branch(head, f"{words}  {count}", wanted)
            head.setExpanded(True)
        self._stand(kept)
        self.tree.blockSignals(False)
        self._list()

    def _branch(self, parent: QTreeWidgetItem | None, words: str, wanted: object) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, WANTED, wanted)
        if wanted is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _stand(self, wanted: object) -> None:
        tops = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        every = [item for top in tops if top for item in (top, *(top.child(n) for n in range(top.childCount())))]
        items = [item for item in every if item is not None]
        found = next((item for item in items if item.data(0, WANTED) == wanted), items[0])
        self.tree.setCurrentItem(found)

    def _list(self) -> None:
        item = self.tree.currentItem()
        chosen = item.data(0, WANTED) if item is not None else ArticleFilter()
        self.beside.look(chosen)
        if chosen == self.beside.PLACE:
            return
        wanted = None if chosen == REVIEW else chosen or ArticleFilter()
        self._services.lanes.read.submit(
            lines, self._services.desk, wanted, self.field.text(), done=self._show_lines,
            failed=self._services.show_error, owner=self, key="knowledge list",
        )  # fmt: skip

    def _show_lines(self, found: list[ArticleLine]) -> None:
        tones: dict[str, Tone] = {"published": Tone.OK, "reviewed": Tone.OK}
        drawings = {"published": "check", "reviewed": "user-check", "archived": "minus"}
        self.list.show_rows([
            (one.id, (one.title, Cell(words_of(one.state), drawings.get(one.state, "edit"),
                                      tones.get(one.state, Tone.NEUTRAL)),
                      f"{one.helped}/{one.tried}" if one.tried else ""))
            for one in found
        ])  # fmt: skip
        words = self.tr("Nothing fits. Try fewer words, or write the article.")
        self.nothing.setText("" if found else words)
        self.nothing.setVisible(not found)
        if self._wanted_id is not None and self.list.choose(self._wanted_id):
            self._wanted_id = None
        elif self.list.current_id() is None and found:
            self.list.choose(found[0].id)
        elif not found:
            self._show_article(None)

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_article(self, article_id: bytes) -> None:
        """Show this article, wherever it stands."""
        self._wanted_id = article_id
        self.field.clear()
        self.tree.blockSignals(True)
        if self.tree.topLevelItemCount():
            self._stand(ArticleFilter())
        self.tree.blockSignals(False)
        self._list()

    # -- the article --------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        chosen = self.list.current_id()
        if chosen is not None:
            self._services.lanes.read.submit(
                article, self._services.desk, self._files, chosen, done=self._show_article,
                failed=self._services.show_error, owner=self, key="knowledge article",
            )  # fmt: skip

    def _show_article(self, shown: Shown | None) -> None:
        self.pane.show_article(shown, self.field.text().split())

    # -- writing ------------------------------------------------------------------------------------------------------
    def write_new(self) -> None:
        """An empty editor."""
        self._open_editor(None)

    def edit(self) -> None:
        """The editor of the article on show."""
        shown = self.pane.shown
        if shown is not None:
            self._open_editor(shown.whole.text.id)

    def _open_editor(self, article_id: bytes | None) -> None:
        """Read the article as it is now, and what was written and not saved, then open the editor."""
        services = self._services
        services.lanes.read.submit(
            for_editor, services.desk, article_id, done=self._edit_now, failed=services.show_error, owner=self,
            key="knowledge editor",
        )  # fmt: skip

    def _edit_now(self, read: tuple[WholeArticle | None, str]) -> None:
        from ui.knowledge.editor import ArticleEditor

        whole, kept = read
        editor = ArticleEditor(self._services, self._files, whole, self, kept=kept)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.saved.connect(self.open_article)
        editor.finished.connect(lambda _: self._look_for_drafts())
        editor.open()

    # -- what was not saved -------------------------------------------------------------------------------------------
    def _look_for_drafts(self) -> None:
        lanes = self._services.lanes
        if not lanes.closed:
            # Behind what is being kept or forgotten just now.
            lanes.write.submit(unsaved, self._services.desk, done=self._show_drafts, owner=self, key="knowledge drafts")

    def _show_drafts(self, found: list[tuple[str, str]]) -> None:
        self._unsaved = found
        self.unsaved.setVisible(bool(found))
        if found:
            title = found[-1][1].strip() or self.tr("an article without a title")
            words = self.tr("Not saved: {title}").format(title=title)
            room = max(self.unsaved.width(), 260) - 40
            words = self.unsaved.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            self.unsaved.setText(words.replace("&", "&&"))
            self.unsaved.setToolTip(plain_tool_tip(title))

    def _go_on_writing(self) -> None:
        if self._unsaved:
            self._open_editor(article_of(self._unsaved[-1][0]))
