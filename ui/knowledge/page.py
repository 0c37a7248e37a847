"""The knowledge page: products, tags and states at the left, articles in the middle, the chosen one at the right.

The line over the list searches as one types; what was typed is marked in the article. Nothing here waits: tree, list
and article are read on the read lane, and again when somebody changed an article.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QShowEvent, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.knowledge.reading import ArticleFilter, ArticleLine
from app.work.attachments import AttachmentReader
from db.rules import ARTICLE_STATES
from ui import text as in_text
from ui.icons import icon
from ui.knowledge.loading import Shown, Tree, article, difference_html, lines, tree, words_of
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone, colours
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel
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
        self._shown: Shown | None = None
        self._wanted_id: bytes | None = None
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setProperty("pane", "navigation")
        self.tree.setAccessibleName(self.tr("Knowledge"))
        self.tree.currentItemChanged.connect(lambda *_: self._list())
        self.field = SearchField(self.tr("Search articles"))
        self.field.searched.connect(lambda _words: self._list())
        self.list = RowTable(3)
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.set_heads((self.tr("Article"), self.tr("State"), self.tr("Helped")))
        self.list.chosen.connect(self._read)
        self.list.opened.connect(self.edit)
        self.field.left_downwards.connect(self._into_list)
        self.nothing = PlainLabel("", "muted")
        self.nothing.setWordWrap(True)
        self._build()
        self.setFocusProxy(self.field)
        from ui.knowledge.beside import Beside  # it knows this page

        self.beside = Beside(services, self)
        services.bell.changed.connect(self._changed)

    def _build(self) -> None:
        self.new, self.edit_button, self.state, self.copy, self.paper = (QPushButton(words) for words in (
            self.tr("New article"), self.tr("Edit"), self.tr("Move to"), self.tr("Copy code"), self.tr("Print"),
        ))  # fmt: skip
        for button, drawing in (
            (self.new, "plus"), (self.edit_button, "edit"), (self.state, "check"), (self.copy, "copy"),
            (self.paper, "print"),
        ):  # fmt: skip
            button.setIcon(icon(drawing))
            button.setAutoDefault(False)
        self.new.clicked.connect(self.write_new)
        self.edit_button.clicked.connect(self.edit)
        self.copy.clicked.connect(self._copy_code)
        self.paper.clicked.connect(self.print_article)
        self.states = QMenu(self)
        self.state.setMenu(self.states)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(GAP_M, GAP_M, GAP_S, GAP_M)
        column.setSpacing(GAP_S)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.new)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP_S, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        row = QHBoxLayout()
        for button in (self.edit_button, self.state, self.copy, self.paper):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.facts = PlainLabel("", "muted")
        self.facts.setWordWrap(True)
        column.addWidget(self.facts)
        self.text = CaseBrowser()
        self.text.setAccessibleName(self.tr("Article"))
        self.text.case_wanted.connect(self._to_number)
        self.text.article_wanted.connect(self.open_article)
        self.uses = RowTable(3)
        self.uses.setAccessibleName(self.tr("Used in these cases"))
        self.uses.set_heads((self.tr("Case"), self.tr("By"), self.tr("Helped")))
        self.uses.opened.connect(self._to_case)
        self.versions = RowTable(3, 2)
        self.versions.setAccessibleName(self.tr("Versions"))
        self.versions.set_heads((self.tr("When"), self.tr("By"), self.tr("Why")))
        self.versions.chosen.connect(self._compare)
        self.difference = CaseBrowser()
        self.difference.setAccessibleName(self.tr("What this version changed"))
        self.restore = QPushButton(self.tr("Restore this version"))
        self.restore.clicked.connect(self._restore)
        history = QWidget()
        rows = QVBoxLayout(history)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.versions, 2)
        rows.addWidget(self.difference, 3)
        rows.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs = QTabWidget()
        for page, words in (
            (self.text, self.tr("Text")), (self.uses, self.tr("Used in")), (history, self.tr("Versions")),
        ):  # fmt: skip
            self.tabs.addTab(page, words)
        column.addWidget(self.tabs, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.tree, middle, right):
            splitter.addWidget(pane)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([180, 380, 500])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self._show_article(None)

    # -- tree and list ------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

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
        self._shown = shown
        for widget in (self.edit_button, self.state, self.copy, self.paper, self.tabs):
            widget.setEnabled(shown is not None)
        self.states.clear()
        if shown is None:
            self.facts.setText("")
            self.text.clear()
            self.uses.show_rows([])
            self.versions.show_rows([])
            return
        line, zone = shown.whole.line, self._services.zone
        parts = [words_of(line.state), words_of(line.audience), line.language, line.owner,
                 in_text.moment(line.updated_at, zone), *line.products, *(f"#{tag}" for tag in line.tags)]  # fmt: skip
        self.facts.setText(" · ".join(part for part in parts if part))
        self.text.show_pictures(shown.pictures)
        self.text.setHtml(shown.html)
        self._mark()
        self.copy.setEnabled("<code>" in shown.html or "<code " in shown.html)
        for state in shown.next_states:
            self.states.addAction(words_of(state)).triggered.connect(
                lambda _checked=False, state=state: self._move(state)
            )
        yes, no = self.tr("yes"), self.tr("no")
        self.uses.show_rows([
            (use.case_id, (f"#{use.label} {use.title}", use.analyst, yes if use.helped else no)) for use in shown.uses
        ])  # fmt: skip
        self.versions.show_rows([
            (one.id, (in_text.moment(one.at, zone), one.author, one.comment or words_of(one.state)))
            for one in shown.versions
        ])  # fmt: skip
        self._compare()

    def _to_number(self, number: int) -> None:
        self._to_cases(f"#{number}", 'SELECT rid FROM "case" WHERE number = ?', number)

    def _to_case(self) -> None:
        self._to_cases(self.tr("Used in"), 'SELECT rid FROM "case" WHERE id = ?', self.uses.current_id())

    def _to_cases(self, title: str, query: str, value: object) -> None:
        reader_of = self._services.desk.context.reader_of
        self._services.lanes.read.submit(
            lambda: [row[0] for row in reader_of().all(query, (value,))],
            done=lambda rids: self.cases_wanted.emit(title, rids) if rids else None, owner=self,
        )  # fmt: skip

    def _mark(self) -> None:
        """Mark what was searched for."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in self.field.text().split():
            cursor = self.text.document().find(word)
            while len(word) > 1 and not cursor.isNull() and len(marks) < 200:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                tone = colours(self.palette()).tone(Tone.WARNING)
                mark.format.setBackground(QColor(tone.fill))
                mark.format.setForeground(QColor(tone.text))
                marks.append(mark)
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(marks)

    def _compare(self) -> None:
        shown, chosen = self._shown, self.versions.current_id()
        known = list(shown.versions) if shown is not None else []
        at = next((n for n, one in enumerate(known) if one.id == chosen), -1)
        self.restore.setEnabled(at > 0)
        html = difference_html(known[at + 1], known[at]) if 0 <= at < len(known) - 1 else ""
        self.difference.setHtml(html)

    def _restore(self) -> None:
        shown, chosen = self._shown, self.versions.current_id()
        if shown is not None and chosen is not None:
            self._services.run(
                lambda desk: desk.articles.restore(shown.whole.text.id, chosen), said=self.tr("Version restored")
            )

    def _move(self, state: str) -> None:
        shown = self._shown
        if shown is not None:
            self._services.run(
                lambda desk: desk.articles.set_state(shown.whole.text.id, state),
                said=self.tr("The article is now {state}").format(state=words_of(state)),
            )

    def _copy_code(self) -> None:
        """The blocks of code of the article; what stands in a line where there is no block."""
        from markdown_it import MarkdownIt

        if self._shown is None:
            return
        tokens = MarkdownIt("commonmark", {"html": False}).parse(self._shown.whole.text.solution)
        blocks = [token.content.rstrip() for token in tokens if token.type in ("fence", "code_block")]
        lines_ = [c.content for token in tokens for c in token.children or [] if c.type == "code_inline"]
        QGuiApplication.clipboard().setText("\n".join(blocks or lines_))
        self._services.notices.info(self.tr("Copied"))

    def print_article(self) -> None:
        """The article on paper, or as a PDF where the dialog of the system offers that."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._shown is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._shown.whole.text.title)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: object) -> None:
        """Put the article on a printer, black on white whatever the theme is."""
        if self._shown is None:
            return
        paper = QTextDocument()
        for address, image in self._shown.pictures.items():
            paper.addResource(int(QTextDocument.ResourceType.ImageResource.value), address, image)
        paper.setDefaultStyleSheet("body { color: black; }")
        paper.setHtml(f"<body>{self._shown.html}</body>")
        paper.print_(printer)  # type: ignore[arg-type]

    # -- writing ------------------------------------------------------------------------------------------------------
    def write_new(self) -> None:
        """An empty editor."""
        self._open_editor(None)

    def edit(self) -> None:
        """The editor of the article on show."""
        if self._shown is not None:
            self._open_editor(self._shown)

    def _open_editor(self, shown: Shown | None) -> None:
        from ui.knowledge.editor import ArticleEditor

        editor = ArticleEditor(self._services, self._files, shown.whole if shown else None, self)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.saved.connect(self.open_article)
        editor.open()
