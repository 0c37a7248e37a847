"""Writing an article: its texts at the left, how they read at the right, what a reader would miss below.

Whoever saves over somebody else's words is asked; what doesn't clash is merged (app.knowledge.articles).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.knowledge.articles import BothWrote, Written
from app.knowledge.links import attachment_address
from app.knowledge.lint import Finding, lint
from app.knowledge.reading import WholeArticle
from app.work.attachments import AttachmentReader, StoredFile, screenshot_name
from ui.knowledge.loading import pictures_of, rendered, words_of
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel

PAUSE_MS: Final = 250
TEXTS: Final = ("problem", "cause", "solution")
AUDIENCES: Final = ("team", "IT", "departments", "everyone")


class TextField(QPlainTextEdit):
    """Markdown; a picture of the clipboard is pasted as one."""

    picture_pasted = Signal(QImage)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage() and not source.hasText():
            self.picture_pasted.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)

    def surround(self, mark: str) -> None:
        """Put a mark on both sides of what is selected."""
        cursor = self.textCursor()
        chosen = cursor.selectedText()
        cursor.insertText(f"{mark}{chosen}{mark}")
        if not chosen:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(mark))
        self.setTextCursor(cursor)
        self.setFocus()

    def number_lines(self) -> None:
        """Make steps of the selected lines, or of the one with the cursor."""
        cursor = self.textCursor()
        first, last = sorted((cursor.selectionStart(), cursor.selectionEnd()))
        block = self.document().findBlock(first)
        cursor.beginEditBlock()
        number = 0
        while block.isValid() and block.position() <= last:
            number += 1
            QTextCursor(block).insertText(f"{number}. ")
            last += len(f"{number}. ")
            block = block.next()
        cursor.endEditBlock()
        self.setFocus()


class ArticleEditor(QDialog):
    """Edits one article, or writes a new one (`whole` None)."""

    saved = Signal(bytes)
    """The id of the article."""

    def __init__(
        self, services: Services, files: AttachmentReader, whole: WholeArticle | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._reader, self._whole = services, files, whole
        self._kept: list[StoredFile] = []
        text = whole.text if whole is not None else None
        self._base = {n: getattr(text, n) if text else "" for n in ("title", *TEXTS)}
        self.setWindowTitle(self.tr("Edit article") if whole else self.tr("New article"))
        self.resize(1100, 640)
        self.title = QLineEdit(self._base["title"])
        self.tags = QLineEdit(", ".join(whole.line.tags) if whole else "")
        self.language = QComboBox()
        self.language.addItem("Deutsch", "de")
        self.language.addItem("English", "en")
        wanted = text.language if text else services.desk.context.language
        self.language.setCurrentIndex(max(self.language.findData(wanted), 0))
        self.audience = QComboBox()
        for one in AUDIENCES:
            self.audience.addItem(words_of(one), one)
        self.audience.setCurrentIndex(AUDIENCES.index(whole.line.audience) if whole else 0)
        self.fields = {name: TextField(words_of(name)) for name in TEXTS}
        self.preview = CaseBrowser()
        self.preview.setAccessibleName(self.tr("How it reads"))
        self.advice = PlainLabel("", "muted")
        self.advice.setWordWrap(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self._build()
        for name, field in self.fields.items():
            field.setPlainText(self._base[name])
            field.textChanged.connect(self._soon.start)
            field.picture_pasted.connect(self._keep_picture)
        self.title.textChanged.connect(self._soon.start)
        self._began = self._values()
        self._look()

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP_S)
        form.addRow(words_of("title"), self.title)
        self.title.setAccessibleName(words_of("title"))
        both = QHBoxLayout()
        for name, box in ((self.tr("Language"), self.language), (self.tr("For"), self.audience)):
            box.setAccessibleName(name)
            both.addWidget(box)
        both.addWidget(self.tags, 1)
        self.tags.setPlaceholderText(self.tr("Tags, with commas between"))
        self.tags.setAccessibleName(self.tr("Tags"))
        form.addRow(self.tr("Language and readers"), both)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addLayout(form)
        column.addLayout(self._tools())
        for name, share in (("problem", 2), ("cause", 1), ("solution", 4)):
            column.addWidget(PlainLabel(words_of(name), "muted"))
            column.addWidget(self.fields[name], share)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(writing)
        splitter.addWidget(self.preview)
        splitter.setSizes([550, 550])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        whole.setSpacing(GAP_M)
        whole.addWidget(splitter, 1)
        whole.addWidget(self.advice)
        whole.addWidget(buttons)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        tools: tuple[tuple[str, str, Callable[[TextField], None]], ...] = (
            (self.tr("Bold"), "Ctrl+B", lambda field: field.surround("**")),
            (self.tr("Code"), "Ctrl+E", lambda field: field.surround("`")),
            (self.tr("Steps"), "Ctrl+L", TextField.number_lines),
        )
        for words, keys, does in tools:
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(f"{words} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
            button.clicked.connect(lambda _checked=False, does=does: does(self._field()))
            QShortcut(QKeySequence(keys), self, lambda does=does: does(self._field()))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _field(self) -> TextField:
        """Where one writes now; the solution when that is nowhere."""
        focus = self.focusWidget()
        return focus if isinstance(focus, TextField) else self.fields["solution"]

    # -- looking ------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        title, desk, reader = self.title.text(), self._services.desk, self._reader

        def look() -> tuple[str, dict[str, QImage], list[Finding]]:
            rows = desk.context.reader.all(
                "SELECT name FROM requester WHERE instr(?, lower(name)) > 0", ("\n".join(texts.values()).lower(),)
            )
            findings = lint(**texts, names=[row[0] for row in rows])
            return rendered(title, **texts), pictures_of(reader, *texts.values()), findings

        self._services.lanes.read.submit(look, done=self._show, owner=self, key=("article preview", id(self)))

    def _show(self, looked: tuple[str, dict[str, QImage], list[Finding]]) -> None:
        html, pictures, findings = looked
        place = self.preview.verticalScrollBar().value()
        self.preview.show_pictures(pictures)
        self.preview.setHtml(html)
        self.preview.verticalScrollBar().setValue(place)
        said = {
            "problem": self.tr("Name the problem: what does one see?"),
            "steps": self.tr("Number the steps of the solution."),
            "phone": self.tr("“{words}” looks like a phone number; it does not belong here."),
            "name": self.tr("“{words}” is a requester; say it without the person."),
        }
        self.advice.setText("  ".join(said[one.key].format(words=one.words) for one in findings))
        self.advice.setVisible(bool(findings))

    def _keep_picture(self, image: QImage) -> None:
        into = self.sender()
        field = into if isinstance(into, TextField) else self._field()
        services = self._services

        def keep() -> StoredFile:
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            context = services.desk.context
            return services.writing().attachments.keep(
                screenshot_name(context.clock(), context.zone), bytes(data.data())
            )

        def kept(file: StoredFile) -> None:
            self._kept.append(file)
            name = file.name.rpartition(".")[0]
            field.insertPlainText(f"\n![{name}]({attachment_address(file.sha256)})\n")

        services.lanes.write.submit(keep, done=kept, failed=services.show_error, owner=self)

    # -- saving -------------------------------------------------------------------------------------------------------
    def _values(self) -> dict[str, object]:
        return {
            "title": self.title.text(), **{name: field.toPlainText() for name, field in self.fields.items()},
            "language": self.language.currentData(), "audience": self.audience.currentData(),
            "tags": [tag.strip() for tag in self.tags.text().split(",") if tag.strip()],
        }  # fmt: skip

    def save(self, favour: Literal["mine", "theirs", "both"] | None = None) -> None:
        """Save what differs; somebody else's words are asked about."""
        values, whole, files = self._values(), self._whole, tuple(self._kept)

        def verb(desk: object) -> Written | None:
            articles = self._services.writing().articles
            if whole is None:
                return articles.create(**values, files=files)  # type: ignore[arg-type]
            changed = {name: value for name, value in values.items() if value != self._began[name]}
            return articles.change(
                whole.text.id,
                base=self._base,
                favour=favour,
                files=files,
                **changed,  # type: ignore[arg-type]
            )

        def done(written: Written | None) -> None:
            self.saved.emit(written.article_id if written else whole.text.id if whole else b"")
            self.accept()

        self._services.lanes.write.submit(
            lambda: verb(None), done=lambda w: self._remember(w, done), failed=self._not_saved, owner=self
        )

    def _remember(self, written: Written | None, done: Callable[[Written | None], None]) -> None:
        if written is not None:
            said = self.tr("Article saved")
            self._services.undo.remember((written.tx_id,), said)
            self._services.notices.done(said)
        done(written)

    def _not_saved(self, error: BaseException) -> None:
        if not isinstance(error, BothWrote):
            self._services.show_error(error)
            return
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Both wrote"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Somebody changed the same words while you wrote. All else is merged; which stay?"))
        role = QMessageBox.ButtonRole.ActionRole
        choices: dict[QPushButton, Literal["mine", "theirs", "both"]] = {
            box.addButton(self.tr("Both"), role): "both",
            box.addButton(self.tr("Mine"), role): "mine",
            box.addButton(self.tr("Theirs"), role): "theirs",
        }
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        for button, favour in choices.items():
            if box.clickedButton() is button:
                self.save(favour)

    def reject(self) -> None:
        """Ask before words are thrown away."""
        if self._values() != self._began:
            question = self.tr("Throw away what you wrote?")
            buttons = QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
            if QMessageBox.question(self, self.windowTitle(), question, buttons) != QMessageBox.StandardButton.Discard:
                return
        super().reject()
