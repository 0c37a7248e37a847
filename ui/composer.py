"""Where an answer, a note, a call or a visit is written: who will see it is said in colour and in words.

The life of what is typed: every burst of keys is kept on the write lane (`Services.keep_draft`), so a crash loses at
most the last third of a second; going to another case and back brings it up again; sending empties the field at once,
but the draft on disk goes only when the note is in the database, and comes back if the note was refused. Pasted
pictures and dropped files are kept right away too, and become part of the case with the note.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.work.attachments import StoredFile, screenshot_name
from app.work.templates import TemplateText, fill
from db.rules import ACTIVITIES
from ui import case_words as words
from ui.icons import icon
from ui.note_edit import FileChips, NoteEdit
from ui.presence import PresenceLine
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS, RADIUS_M, Tone, colours
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.desk import Desk

BURST_MS: Final = 300
KINDS: Final = ("note", "reply", "call", "visit")
_AUDIENCE_OF: Final = {"note": "internal", "reply": "requester", "call": "requester", "visit": "requester"}
_ACTIVITY_OF: Final = {"call": "phone", "visit": "on site"}
_LINES_AT_LEAST: Final = 3
MOST_MINUTES: Final = 24 * 60


def draft_key(case_id: bytes) -> str:
    """Under which key the unsent words of a case are kept."""
    return f"note:{case_id.hex()}"


class Composer(QFrame):
    """Writes to the timeline of one case at a time."""

    sent = Signal(bytes)
    """The case, once the note is in the database."""
    left = Signal()
    """Escape was pressed: the timeline wants the focus."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: bytes | None = None
        self._values: Mapping[str, str] = {}
        self._templates: Sequence[TemplateText] = ()
        self._kept: dict[bytes, str] = {}
        """Drafts by case as they are in the journal or on their way there."""
        self._loading = False
        self._journal = QTimer(self)
        self._journal.setSingleShot(True)
        self._journal.setInterval(BURST_MS)
        self._journal.timeout.connect(self.flush)
        self._build(services)
        self._retranslate()
        self._choose_kind("note")
        self._fold()
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    # -- what it shows ------------------------------------------------------------------------------------------------
    def show_case(self, case_id: bytes | None, kept: str = "") -> None:
        """Write to this case from now on. `kept`: its draft as read from the journal with the case."""
        if case_id == self._case:
            return
        self.flush()
        self._case = case_id
        self._beside.show_case(case_id)
        self.setEnabled(case_id is not None)
        self._restore(self._kept.get(case_id, kept) if case_id is not None else "")

    def set_context(self, values: Mapping[str, str], templates: Sequence[TemplateText]) -> None:
        """What the placeholders of templates stand for in this case, and the templates."""
        self._values, self._templates = values, templates
        self._template_button.setVisible(bool(templates))

    @property
    def text(self) -> str:
        """What is written."""
        return self._edit.toPlainText()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send or to lose."""
        return not self.text.strip() and not self._chips.files()

    @property
    def being_written(self) -> str:
        """The kind of what is being written just now, "" when nothing is: words that only lie there don't count."""
        return str(self._kind.currentData()) if not self.is_empty and self._edit.hasFocus() else ""

    def write(self, kind: str, words_: str = "") -> None:
        """Begin a note, reply, call or visit; `words_` are put where the cursor is."""
        self._choose_kind(kind)
        if words_:
            self._edit.insertPlainText(words_)
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def insert(self, words_: str) -> None:
        """Put words where the cursor is (a solution from an article)."""
        self._edit.insertPlainText(words_)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_audience(self) -> None:
        """Switch between internal and to the requester."""
        self._choose_audience("requester" if self._audience.choice() == "internal" else "internal")

    # -- sending ------------------------------------------------------------------------------------------------------
    def send(self) -> None:
        """Add to the timeline what is written."""
        case_id, files = self._case, self._chips.files()
        if case_id is None or self.is_empty:
            self._edit.setFocus()
            return
        draft = self._draft()
        kind, audience = self._kind.currentData(), self._audience.choice()
        minutes, activity = self._minutes.value() or None, self._activity.currentData()
        said = self.text.strip() or ", ".join(file.name for file in files)
        self._journal.stop()
        self._kept[case_id] = draft
        self._services.keep_draft(draft_key(case_id), draft)
        self._restore("")
        self._services.run(
            lambda desk: desk.cases.note(
                case_id, said, kind=kind, audience=audience, minutes=minutes, activity=activity, files=files
            ),
            done=lambda _: self._was_sent(case_id, draft),
            failed=lambda _: self._was_refused(case_id, draft),
            said=self.tr("Sent to the requester's timeline") if audience == "requester" else self.tr("Noted"),
            owner=self,
        )

    def _was_sent(self, case_id: bytes, draft: str) -> None:
        if self._kept.get(case_id) == draft:
            self._forget(case_id)
        self.sent.emit(case_id)

    def _was_refused(self, case_id: bytes, draft: str) -> None:
        if case_id == self._case and self.is_empty:
            self._restore(draft)
        # Written on meanwhile: what was refused stays before what is new.
        elif case_id == self._case:
            refused = json.loads(draft)
            self._edit.setPlainText(f"{refused['text']}\n\n{self.text}")
            self._chips.set_files([*_files(refused), *self._chips.files()])
        self.flush()

    # -- drafts -------------------------------------------------------------------------------------------------------
    def flush(self) -> None:
        """Keep what is written now, if it is not kept yet."""
        self._journal.stop()
        if self._case is None or self._loading:
            return
        draft = "" if self.is_empty else self._draft()
        if draft == self._kept.get(self._case, ""):
            return
        self._kept[self._case] = draft
        self._services.keep_draft(draft_key(self._case), draft)

    def _forget(self, case_id: bytes) -> None:
        if case_id == self._case and not self.is_empty:
            self.flush()
            return
        self._kept[case_id] = ""
        self._services.keep_draft(draft_key(case_id), "")

    def _unsaved(self) -> dict[str, str]:
        if self._case is None or self.is_empty:
            return {}
        return {draft_key(self._case): self._draft()}

    def _draft(self) -> str:
        files = [[f.sha256.hex(), f.name, f.media_type, f.size] for f in self._chips.files()]
        return json.dumps(
            {"text": self.text, "kind": self._kind.currentData(), "audience": self._audience.choice(),
             "minutes": self._minutes.value(), "activity": self._activity.currentData(), "files": files},
            ensure_ascii=False,
        )  # fmt: skip

    def _restore(self, draft: str) -> None:
        values: dict[str, Any] = json.loads(draft) if draft else {}
        self._loading = True
        try:
            self._choose_kind(values.get("kind", "note"))
            self._choose_audience(values.get("audience", "internal"))
            self._minutes.setValue(values.get("minutes", 0))
            self._activity.setCurrentIndex(max(0, self._activity.findData(values.get("activity", "other"))))
            self._edit.setPlainText(values.get("text", ""))
            self._edit.moveCursor(self._edit.textCursor().MoveOperation.End)
            self._chips.set_files(_files(values))
        finally:
            self._loading = False
        if self._case is not None and draft:
            self._kept[self._case] = draft
        self._fold()

    def _changed(self) -> None:
        # Not begun anew by every key: somebody who types without a pause is kept all the same.
        if not self._loading and not self._journal.isActive():
            self._journal.start()
        self._send.setEnabled(not self.is_empty)

    # -- files --------------------------------------------------------------------------------------------------------
    def attach_files(self, paths: Sequence[Path]) -> None:
        """Keep these files and let them go with the note."""
        for path in paths:
            self._keep(partial(_keep_file, path))

    def attach_picture(self, picture: QImage) -> None:
        """Keep a picture (a screenshot) and let it go with the note."""
        name = screenshot_name(self._services.now(), self._services.desk.context.zone)
        # An image is a value: encoding it off the GUI thread is safe, and takes as long as three frames.
        self._keep(lambda desk: desk.attachments.keep(name, _png(picture)))

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach files"))
        self.attach_files([Path(name) for name in names])

    def _keep(self, keep: Callable[[Desk], StoredFile]) -> None:
        case_id = self._case
        if case_id is None:
            return
        self._services.run(keep, done=lambda file: self._kept_file(case_id, file), owner=self)

    def _kept_file(self, case_id: bytes, file: StoredFile) -> None:
        if case_id != self._case:  # went on to another case meanwhile: the file waits in that case's draft
            values = json.loads(self._kept.get(case_id) or '{"text": ""}')
            values["files"] = [*values.get("files", []), [file.sha256.hex(), file.name, file.media_type, file.size]]
            self._kept[case_id] = json.dumps(values, ensure_ascii=False)
            self._services.keep_draft(draft_key(case_id), self._kept[case_id])
            return
        self._chips.set_files([*self._chips.files(), file])
        self._fold()
        self._changed()

    # -- parts --------------------------------------------------------------------------------------------------------
    def _build(self, services: Services) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._audience = SegmentedControl("")
        self._audience.chosen.connect(self._audience_chosen)
        self._kind = QComboBox()
        self._kind.activated.connect(lambda _: self._kind_chosen())
        self._seen_by = ElidedLabel("", role="muted")
        self._edit = NoteEdit()
        self._edit.textChanged.connect(self._changed)
        self._edit.send_wanted.connect(self.send)
        self._edit.left.connect(self.left)
        self._edit.focus_changed.connect(self._fold)
        self._edit.files_given.connect(self.attach_files)
        self._edit.pictures_given.connect(self.attach_picture)
        self._chips = FileChips()
        self._chips.changed.connect(self._changed)
        self._attach = QToolButton()
        self._attach.setIcon(icon("paperclip"))
        self._attach.clicked.connect(self.choose_files)
        self._template_button = QToolButton()
        self._template_button.setIcon(icon("template"))
        self._template_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._template_menu = QMenu(self)
        self._template_menu.aboutToShow.connect(self._fill_templates)
        self._template_button.setMenu(self._template_menu)
        self._template_button.setVisible(False)
        self._minutes = QSpinBox()
        self._minutes.setRange(0, MOST_MINUTES)
        self._minutes.setSingleStep(5)
        self._minutes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._minutes.valueChanged.connect(self._changed)
        self._activity = QComboBox()
        self._activity.activated.connect(self._changed)
        self._send = QPushButton()
        self._send.setProperty("look", "primary")
        self._send.setEnabled(False)
        self._send.clicked.connect(self.send)

        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(GAP_S)
        top.addWidget(self._audience)
        top.addWidget(self._kind)
        top.addWidget(self._seen_by, 1)
        self._beside = PresenceLine(services.presence, only_writing=True)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(GAP_XS)
        for widget in (self._attach, self._template_button, self._minutes, self._activity):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S + 4, GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_XS + 2)
        for part in (self._top, self._beside, self._edit, self._chips, self._foot):
            column.addWidget(part)
        for before, after in zip(self._tab_order(), self._tab_order()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _tab_order(self) -> list[QWidget]:
        return [self._edit, self._audience, self._kind, self._minutes, self._activity, self._attach,
                self._template_button, self._send]  # fmt: skip

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or self.isAncestorOf(new) or not self._edit.hasFocus():
            self._fold()

    def _fold(self) -> None:
        """Small while nothing is written and nobody is here; never while there is something to see."""
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        popup = QApplication.activePopupWidget() is not None
        open_ = here or not self.is_empty or (popup and self._top.isVisible())
        self._top.setVisible(open_)
        self._foot.setVisible(open_)
        self._edit.set_lines(_LINES_AT_LEAST if open_ else 1)
        self.update()

    def _kind_chosen(self) -> None:
        kind = self._kind.currentData()
        self._choose_audience(_AUDIENCE_OF[kind])
        if self._activity.currentData() in ("other", *_ACTIVITY_OF.values()):
            self._activity.setCurrentIndex(self._activity.findData(_ACTIVITY_OF.get(kind, "other")))
        self._changed()

    def _choose_kind(self, kind: str) -> None:
        index = self._kind.findData(kind)
        if index >= 0:
            self._kind.setCurrentIndex(index)
            self._kind_chosen()

    def _audience_chosen(self, audience: str) -> None:
        kind = self._kind.currentData()
        if audience == "requester" and kind == "note":
            self._kind.setCurrentIndex(self._kind.findData("reply"))
        elif audience == "internal" and kind == "reply":
            self._kind.setCurrentIndex(self._kind.findData("note"))
        self._show_audience()
        self._changed()

    def _choose_audience(self, audience: str) -> None:
        self._audience.choose(audience)
        self._audience_chosen(audience)

    def _show_audience(self) -> None:
        to_requester = self._audience.choice() == "requester"
        self._seen_by.setText(
            self.tr("The requester sees this") if to_requester else self.tr("Only the help desk sees this")
        )
        self._edit.setPlaceholderText(
            self.tr("Write to the requester…") if to_requester else self.tr("Write an internal note…")
        )
        self._edit.setAccessibleName(self._edit.placeholderText())
        self.update()

    def _fill_templates(self) -> None:
        self._template_menu.clear()
        for template in self._templates:
            look = words.AUDIENCE_LOOKS[template.audience]
            action = self._template_menu.addAction(icon(look[1]), template.name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, template=template: self._use(template))

    def _use(self, template: TemplateText) -> None:
        if self.is_empty and template.audience != self._audience.choice():
            self._choose_audience(template.audience)
        self._edit.insertPlainText(fill(template.text, self._values))
        self._edit.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = Tone.REQUESTER if self._audience.choice() == "requester" else Tone.INTERNAL
        tones = colours(self.palette()).tone(tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.fill))
        painter.drawRoundedRect(area, RADIUS_M, RADIUS_M)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.text))
        painter.drawRoundedRect(QRectF(4, 8, 3, self.height() - 16), 1.5, 1.5)
        painter.end()

    def _retranslate(self) -> None:
        self._loading = True
        self._audience.setAccessibleName(self.tr("Who sees it"))
        self._audience.set_choices(
            [(key, words.audience(key), words.AUDIENCE_LOOKS[key][1]) for key in ("internal", "requester")]
        )
        _refill(self._kind, [(words.entry(kind), kind, words.ENTRY_ICONS[kind]) for kind in KINDS])
        _refill(self._activity, [(words.activity(name), name, "") for name in ACTIVITIES])
        if self._activity.currentIndex() < 0:
            self._activity.setCurrentIndex(self._activity.findData("other"))
        self._kind.setAccessibleName(self.tr("Kind of entry"))
        self._activity.setAccessibleName(self.tr("What the time was spent on"))
        self._minutes.setSpecialValueText(self.tr("no time"))
        self._minutes.setSuffix(self.tr(" min"))
        self._minutes.setAccessibleName(self.tr("Minutes spent"))
        self._minutes.setToolTip(self.tr("Minutes spent; 0 books no time"))
        self._attach.setToolTip(self.tr("Attach files; pictures can be pasted, files dropped here"))
        self._attach.setAccessibleName(self.tr("Attach files"))
        self._template_button.setToolTip(self.tr("Insert a template"))
        self._template_button.setAccessibleName(self.tr("Insert a template"))
        self._send.setText(self.tr("Send"))
        self._send.setToolTip(self.tr("Ctrl+Enter"))
        self.setAccessibleName(self.tr("Write to the timeline"))
        self._loading = False
        self._show_audience()


def _files(values: Mapping[str, Any]) -> list[StoredFile]:
    return [StoredFile(bytes.fromhex(f[0]), f[1], f[2], f[3]) for f in values.get("files", ())]


def _keep_file(path: Path, desk: Desk) -> StoredFile:
    return desk.attachments.keep_file(path)


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


def _refill(box: QComboBox, entries: Sequence[tuple[str, str, str]]) -> None:
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for said, value, drawing in entries:
        if drawing:
            box.addItem(icon(drawing), said, value)
        else:
            box.addItem(said, value)
    if kept is not None:
        box.setCurrentIndex(box.findData(kept))
    box.blockSignals(False)
