"""Writing an article: its texts at the left; how they read, what is said about it and what a reader would miss beside.

The life of what is typed: every burst of keys is kept in the journal of drafts, with the words the editor began from,
so that a crash loses at most the last third of a second and whoever comes back goes on where he was; saving and
throwing away forget the draft. Whoever saves over somebody else's words is asked; what doesn't clash is merged
(app.knowledge.articles). The look at the whole (preview, pictures, findings) is taken on a lane after a short rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton, QWidget

from app.changes import Changes
from app.knowledge.articles import BothWrote, Written
from app.knowledge.beginnings import Beginning
from app.knowledge.drafts import ArticleDraft, draft_key
from app.knowledge.links import article_address, attachment_address
from app.knowledge.reading import ArticleText, WholeArticle
from app.work.attachments import AttachmentReader, StoredFile
from ui import text as in_text
from ui.file_keeping import FileKeeping
from ui.inserting import Inserting
from ui.knowledge.clash import ClashDialog
from ui.knowledge.editor_face import TEXTS, EditorFace
from ui.knowledge.facts_form import Known, read_known
from ui.knowledge.looking import Looked, look_at
from ui.knowledge.text_field import TABLE, TextField
from ui.services import Services
from ui.spelling import SpellCheck

PAUSE_MS: Final = 250
BURST_MS: Final = 300
_NO_CASE: Final = b"\0" * 16
"""Files are kept for an article and not for a case."""
_IDS: Final = ("departments", "products")
FACTS: Final = ("audience", "departments", "owner_id", "products", "tags", "review_date")


class ArticleEditor(EditorFace):
    """Edits one article, or writes a new one (`whole` None). `kept`: what the journal has of it."""

    saved = Signal(bytes)
    """The id of the article."""

    def __init__(
        self, services: Services, files: AttachmentReader, whole: WholeArticle | None, parent: QWidget | None = None,
        *, kept: str = "",
    ) -> None:  # fmt: skip
        super().__init__(services, parent)
        self._services, self._reader, self._whole = services, files, whole
        self._id = whole.text.id if whole is not None else None
        self._kept_files: list[StoredFile] = []
        self._pictures: dict[str, QImage] = {}
        self._saving = False
        self._soon, self._journal = self._timer(PAUSE_MS, self.look), self._timer(BURST_MS, self.flush)
        self._keeping = FileKeeping(services, self)
        self._inserting = Inserting(services, self)
        self.setWindowTitle(self.tr("Edit article") if whole else self.tr("New article"))
        began = _values_of(whole, services)
        self._base: dict[str, str] = {name: str(began[name]) for name in ("title", *TEXTS)}
        self._show_values(began)
        self._began = self._values()
        self._draft = ""
        self._restore(ArticleDraft.decode(kept))
        self.checks = [SpellCheck(services, field, self.language.currentData()) for field in self.fields.values()]
        self._connect()
        # So that the first burst of keys need not wait until the desk is open for writing.
        services.lanes.write.submit(services.writing)
        services.lanes.read.submit(read_known, services.desk, done=self._show_known, owner=self)
        self._language_chosen()
        self.look()
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    def _timer(self, pause: int, run: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(run)
        return timer

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textChanged.connect(self._changed)
            field.picture_given.connect(lambda picture: self._keeping.keep_picture(_NO_CASE, picture))
            field.files_given.connect(self._keep_files)
        self.title.textChanged.connect(lambda _: self._changed())
        self.facts.changed.connect(self._changed)
        self.comment.textChanged.connect(lambda _: self._keep_soon())
        self.language.activated.connect(lambda _: self._language_chosen())
        self._keeping.kept.connect(self._kept_file)
        self._keeping.changed.connect(self._show_arriving)
        self.findings.wanted.connect(self._to_finding)
        self.begin_anew.clicked.connect(self._begin_anew)
        self.picture_button.clicked.connect(self._choose_files)
        self.link_button.clicked.connect(self._choose_link)
        self.table_button.clicked.connect(self._insert_table)
        self.beginning_chosen.connect(self._begin_with)
        self.buttons_.accepted.connect(lambda: self.save())
        self.buttons_.rejected.connect(self.reject)
        self._services.bell.changed.connect(self._changed_elsewhere)

    # -- values -------------------------------------------------------------------------------------------------------
    def _values(self) -> dict[str, Any]:
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        return {"title": self.title.text(), **texts, "language": self.language.currentData(), **self.facts.values()}

    def _show_values(self, values: Mapping[str, Any]) -> None:
        self.title.setText(values["title"])
        for name, field in self.fields.items():
            field.setPlainText(values[name])
        self.language.setCurrentIndex(max(self.language.findData(values["language"]), 0))
        self.facts.set_values(values)

    def _show_known(self, known: Known) -> None:
        self.facts.set_known(known)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to lose."""
        return self._values() != self._began or bool(self._kept_files)

    # -- the journal --------------------------------------------------------------------------------------------------
    def _changed(self) -> None:
        self._soon.start()
        self._keep_soon()

    def _keep_soon(self) -> None:
        # Not begun anew by every key: somebody who types without a pause is kept all the same.
        if not self._journal.isActive():
            self._journal.start()

    def flush(self) -> None:
        """Keep what is written now, if it is not kept yet."""
        self._journal.stop()
        draft = self._encoded()
        if not self._saving and draft != self._draft:
            self._draft = draft
            self._services.keep_draft(draft_key(self._id), draft)

    def _encoded(self) -> str:
        if not self.is_changed:
            return ""
        values = {**self._values(), "comment": self.comment.text()}
        return ArticleDraft(values, self._base, tuple(self._kept_files), self._services.now()).encode()

    def _unsaved(self) -> dict[str, str]:
        draft = "" if self._saving else self._encoded()
        return {draft_key(self._id): draft} if draft else {}

    def _forget(self) -> None:
        self._journal.stop()
        self._soon.stop()
        self._draft = ""
        self._services.keep_draft(draft_key(self._id), "")

    def _restore(self, draft: ArticleDraft | None) -> None:
        self.restored.setVisible(draft is not None)
        if draft is None:
            return
        values = {**self._began, **{name: value for name, value in draft.values.items() if name in self._began}}
        self._show_values(values)
        self.comment.setText(str(draft.values.get("comment", "")))
        self._base = {**self._base, **draft.base}
        self._kept_files = list(draft.files)
        when = in_text.moment(draft.at, self._services.zone)
        self.restored_words.setText(self.tr("This is what you wrote until {time} and did not save.").format(time=when))

    def _begin_anew(self) -> None:
        """Back to what is saved; what was written goes."""
        self.restored.hide()
        began = _values_of(self._whole, self._services)
        self._base = {name: str(began[name]) for name in ("title", *TEXTS)}
        self._kept_files = []
        self._show_values(began)
        self.comment.clear()
        self._forget()

    # -- looking ------------------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Renew the preview and the findings."""
        texts = {name: field.toPlainText() for name, field in self.fields.items()}
        self._services.lanes.read.submit(
            look_at, self._services.desk, self._reader, self.title.text(), texts, dict(self._pictures),
            done=self._show_look, failed=self._services.show_error, owner=self, key=("article preview", id(self)),
        )  # fmt: skip

    def _show_look(self, looked: Looked) -> None:
        self._pictures = dict(looked.pictures)
        place = self.preview.verticalScrollBar().value()
        self.preview.show_pictures(looked.pictures)
        self.preview.setHtml(looked.html)
        self.preview.verticalScrollBar().setValue(place)
        self.findings.show_findings(looked.findings)

    def _to_finding(self, key: str, words: str) -> None:
        if key == "problem":
            self.fields["problem"].setFocus()
        elif key == "steps":
            self.fields["solution"].setFocus()
        elif key == "title":
            self.title.setFocus()
        else:
            any(field.choose_words(words) for field in self.fields.values())

    def _language_chosen(self) -> None:
        language = self.language.currentData()
        for check in self.checks:
            check.set_language(language)
        self.show_beginnings(self._services, language)
        self._changed_if_differs()

    def _changed_if_differs(self) -> None:
        if self.is_changed:
            self._keep_soon()

    def _changed_elsewhere(self, changes: Changes) -> None:
        if self._id is None or self._saving or not (changes.everything or self._id in changes.articles):
            return
        desk, article = self._services.desk, self._id
        self._services.lanes.read.submit(
            lambda: desk.knowledge.article(article), done=self._show_elsewhere, failed=lambda _: None, owner=self
        )

    def _show_elsewhere(self, now: ArticleText) -> None:
        differs = any(getattr(now, name) != self._base[name] for name in ("title", *TEXTS))
        self.elsewhere.setVisible(differs)

    # -- tools --------------------------------------------------------------------------------------------------------
    def _begin_with(self, beginning: Beginning) -> None:
        """Fill the fields that are empty, and go to what is asked for first."""
        filled = False
        for name, field in self.fields.items():
            words = getattr(beginning, name)
            if words and not field.toPlainText().strip():
                field.setPlainText(words)
                filled = True
        if not filled:
            self._services.notices.info(self.tr("A template fills empty fields only; nothing was empty."))
        self.to_hole()

    def to_hole(self) -> None:
        """F8: the next thing a template asks for."""
        fields = list(self.fields.values())
        at = next((n for n, field in enumerate(fields) if field.hasFocus()), 0)
        here = fields[at].textCursor().selectionEnd()
        if fields[at].to_hole(here if fields[at].hasFocus() else 0):
            return
        for field in (*fields[at + 1 :], *fields[: at + 1]):
            if field.to_hole():
                return

    def _choose_link(self) -> None:
        field = self.field()
        chosen = field.textCursor().selectedText()

        def insert(article: ArticleText) -> None:
            field.insertPlainText(f"[{chosen or article.title}]({article_address(article.id)})")
            field.setFocus()

        self._inserting.link(chosen or self.title.text(), insert)

    def _insert_table(self) -> None:
        self.field().insert_block(TABLE.format(a=self.tr("Column"), b=self.tr("Column")).strip("\n"))

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Pictures and files"))
        self._keep_files([Path(name) for name in names])

    def _keep_files(self, paths: list[Path]) -> None:
        for path in paths:
            self._keeping.keep_file(_NO_CASE, path)

    def _kept_file(self, _case: bytes, file: StoredFile) -> None:
        self._kept_files.append(file)
        name = file.name.rpartition(".")[0] or file.name
        mark = "!" if file.media_type.startswith("image/") else ""
        self.field().insert_block(f"{mark}[{name}]({attachment_address(file.sha256)})")

    def _show_arriving(self) -> None:
        arriving = self._keeping.of(_NO_CASE)
        self.arriving.setText("  ".join(f"{one.name} · {one.words}" for one in arriving))
        self.arriving.setVisible(bool(arriving))

    # -- saving -------------------------------------------------------------------------------------------------------
    def save(self, favour: Literal["mine", "theirs", "both"] | None = None) -> None:
        """Save what differs; somebody else's words are asked about."""
        if self._saving:
            return
        self._journal.stop()
        self.flush()
        self._saving = True
        values, whole, files = self._values(), self._whole, tuple(self._kept_files)
        comment = self.comment.text().strip() or None

        def verb() -> Written | None:
            articles = self._services.writing().articles
            if whole is None:
                return articles.create(**_as_stored(values), files=files, comment=comment)
            changed = {name: value for name, value in values.items() if value != self._began[name]}
            return articles.change(
                whole.text.id, base=self._base, favour=favour, files=files, comment=comment, **_as_stored(changed)
            )

        self._services.lanes.write.submit(verb, done=self._was_saved, failed=self._not_saved, owner=self)

    def _was_saved(self, written: Written | None) -> None:
        if written is not None:
            said = self.tr("Article saved")
            self._services.done(written, said)
        self._forget()
        self.saved.emit(written.article_id if written is not None else self._id or b"")
        self.done(QDialog.DialogCode.Accepted)

    def _not_saved(self, error: BaseException) -> None:
        self._saving = False
        if not isinstance(error, BothWrote):
            self._services.show_error(error)
            return
        dialog = ClashDialog(error.overlaps, self)
        dialog.decided.connect(self.save)
        dialog.open()

    def reject(self) -> None:
        """Ask before words are thrown away; they can be kept for later, too."""
        if self.is_changed and not self._saving:
            box = QMessageBox(self)
            box.setWindowTitle(self.windowTitle())
            box.setText(self.tr("You have not saved what you wrote."))
            keep = box.addButton(self.tr("Keep as a draft"), QMessageBox.ButtonRole.AcceptRole)
            away = box.addButton(self.tr("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
            box.addButton(self.tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
            box.setDefaultButton(keep)
            box.exec()
            clicked = box.clickedButton()
            if not isinstance(clicked, QPushButton) or clicked not in (keep, away):
                return
            if clicked is keep:
                self.flush()
            else:
                self._forget()
        elif not self._saving:
            self._forget()
        self._saving = True  # nothing is journalled any more
        super().reject()

    def field(self) -> TextField:
        """Where one writes now; the one last written in, at first the solution."""
        focus = self.focusWidget()
        if isinstance(focus, TextField):
            self._last_field = focus
        return self._last_field


def _values_of(whole: WholeArticle | None, services: Services) -> dict[str, Any]:
    """As the editor shows it; ids as hexadecimal text."""
    context = services.desk.context
    if whole is None:
        return {
            "title": "", "problem": "", "cause": "", "solution": "", "language": context.language, "audience": "team",
            "departments": [], "products": [], "tags": [], "owner_id": context.me.hex(), "review_date": "",
        }  # fmt: skip
    text, line = whole.text, whole.line
    return {
        "title": text.title, "problem": text.problem, "cause": text.cause, "solution": text.solution,
        "language": text.language, "audience": line.audience,
        "departments": sorted(one.hex() for one in whole.department_ids),
        "products": sorted(one.hex() for one in whole.product_ids), "tags": list(line.tags),
        "owner_id": line.owner_id.hex() if line.owner_id else "", "review_date": line.review_date or "",
    }  # fmt: skip


def _as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """As `Articles` takes them."""
    out = dict(values)
    for name in _IDS:
        if name in out:
            out[name] = [bytes.fromhex(one) for one in out[name]]
    if "owner_id" in out:
        out["owner_id"] = bytes.fromhex(out["owner_id"]) if out["owner_id"] else None
    if "review_date" in out:
        out["review_date"] = out["review_date"] or None
    return out
