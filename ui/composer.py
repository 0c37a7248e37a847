"""Where an answer, a note, a call or a visit is written: who will see it is said in colour and in words.

The life of what is typed: every burst of keys is kept on the write lane (`Services.keep_draft`), so a crash loses at
most the last third of a second; going to another case and back brings it up again; sending empties the field at once,
but the draft on disk goes only when the note is in the database, and comes back if the note was refused. What a
requester will see is held back for some seconds first (ui.sending). Pasted pictures and dropped files are kept right
away too (ui.file_keeping), and become part of the case with the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QWidget,
)

from app.knowledge.suggestions import Asked
from app.work.attachments import StoredFile
from app.work.notes import NoteDraft, draft_key
from app.work.sending import HeldNote
from app.work.templates import TemplateText, holes
from ui.composer_face import ComposerFace
from ui.file_keeping import FileKeeping
from ui.filling import Filling, Values
from ui.inserting import Inserting
from ui.services import Services
from ui.spelling import SpellCheck

BURST_MS: Final = 300
_LINES_AT_LEAST: Final = 3


class Composer(ComposerFace):
    """Writes to the timeline of one case at a time."""

    sent = Signal(bytes)
    """The case, once the note is in the database."""
    left = Signal()
    """Escape was pressed: the timeline wants the focus."""
    typed = Signal()
    """Its words are others."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._services = services
        self._case: bytes | None = None
        self._label = ""
        self._kept: dict[bytes, str] = {}
        """Drafts by case as they are in the journal or on their way there."""
        self._send_when_kept = False
        self._keeping = FileKeeping(services, self)
        self._inserting = Inserting(services, self)
        self._filling = Filling(self._edit, self._meant_for)
        self._edit.on_tab = self._filling.tab
        self._spelling = SpellCheck(services, self._edit, services.desk.context.language)
        self._journal = QTimer(self)
        self._journal.setSingleShot(True)
        self._journal.setInterval(BURST_MS)
        self._journal.timeout.connect(self.flush)
        self._connect()
        self._retranslate()
        self._choose_kind("note")
        self._fold()
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    # -- what it shows ------------------------------------------------------------------------------------------------
    def show_case(self, case_id: bytes | None, kept: str = "", label: str = "") -> None:
        """Write to this case from now on. `kept`: its draft as read from the journal with the case."""
        self._label = label
        if case_id == self._case:
            return
        self.flush()
        self._case = case_id
        self._send_when_kept = False
        self._beside.show_case(case_id)
        self._held.show_case(case_id)
        self._spelling.begin()
        self.setEnabled(case_id is not None)
        self._restore(NoteDraft.decode(self._kept.get(case_id, kept) if case_id is not None else ""))
        self._chips.set_arriving(self._keeping.of(case_id))
        self._show_watch()

    def set_context(self, values: Values, templates: Sequence[TemplateText], language: str) -> None:
        """What the placeholders of templates stand for in this case, the templates, and what its people speak."""
        filling = self._filling
        filling.values, filling.templates, filling.language = values, templates, language
        self._show_language()
        self._foot.template.setVisible(bool(templates))

    def _show_language(self) -> None:
        """What a requester reads is checked in the requester's language, all else in the desk's."""
        for_requester = self._audience.choice() == "requester"
        self._spelling.set_language(self._filling.language if for_requester else self._services.desk.context.language)

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
        self._fold()

    def insert(self, words_: str) -> None:
        """Put words where the cursor is (a solution from an article)."""
        self._edit.insertPlainText(words_)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- sending ------------------------------------------------------------------------------------------------------
    def send(self) -> None:
        """Add to the timeline what is written; without words, book the time."""
        case_id, note = self._case, self._note()
        if case_id is None or note.is_empty or self._misses_words(note):
            self._edit.setFocus()
            return
        if self._keeping.of(case_id):
            self._send_when_kept = True
            self._show_send()
            return
        if self._services.stopwatch.runs_in(case_id):
            self._services.stopwatch.stop()
        self._journal.stop()
        delay = int(self._services.settings["send_delay_s"])
        if note.says_something and note.audience == "requester" and delay > 0:
            self._kept[case_id] = ""
            self._restore(NoteDraft())
            self._services.sending.hold(case_id, self._label, note, delay)
        else:
            self._send_at_once(case_id, note)

    def _send_at_once(self, case_id: bytes, note: NoteDraft) -> None:
        draft = self._kept[case_id] = note.encode()
        self._services.keep_draft(draft_key(case_id), draft)
        self._restore(NoteDraft())
        if note.says_something:
            said = self.tr("Sent to the requester's timeline") if note.audience == "requester" else self.tr("Noted")
        else:
            said = self.tr("Time booked")
        self._services.run(
            lambda desk: desk.cases.note(
                case_id, note.words, kind=note.kind, audience=note.audience, minutes=note.minutes or None,
                activity=note.activity, counts=note.counts, files=note.files,
            ) if note.says_something else desk.cases.time(case_id, note.minutes, activity=note.activity),
            done=lambda _: self._was_sent(case_id, draft),
            failed=lambda _: self._was_refused(case_id, note),
            said=said, owner=self,
        )  # fmt: skip

    def _misses_words(self, note: NoteDraft) -> bool:
        """Whether a template's hole would go to a requester; then it is chosen, to be filled or deleted."""
        found = holes(note.text) if note.audience == "requester" else []
        if found:
            begin, end = found[0]
            self._filling.choose_text(begin, end)
            missing = self.tr("Fill in {what} first, or delete it.")
            self._services.notices.info(missing.format(what=note.text[begin:end]))
        return bool(found)

    def _was_sent(self, case_id: bytes, draft: str) -> None:
        if self._kept.get(case_id) == draft:
            self._forget(case_id)
        self.sent.emit(case_id)

    def _was_refused(self, case_id: bytes, note: NoteDraft) -> None:
        if case_id == self._case:
            # Written on meanwhile: what was refused stays before what is new.
            self._restore(note.before(self._note()))
        self.flush()

    def _came_back(self, held: HeldNote) -> NoteDraft | None:
        """A note that was held back is a draft again: shown before what was written since, if its case is on show."""
        if held.case_id != self._case:
            self._kept.pop(held.case_id, None)
            return None
        self._journal.stop()
        note = held.note.before(self._note())
        self._restore(note)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return note

    # -- drafts -------------------------------------------------------------------------------------------------------
    def flush(self) -> None:
        """Keep what is written now, if it is not kept yet."""
        self._journal.stop()
        if self._case is None or self._loading:
            return
        draft = self._note().encode()
        if draft == self._kept.get(self._case, ""):
            return
        self._kept[self._case] = draft
        self._services.keep_draft(draft_key(self._case), draft)

    def _forget(self, case_id: bytes) -> None:
        if case_id == self._case and not self._note().is_empty:
            self.flush()
            return
        self._kept[case_id] = ""
        self._services.keep_draft(draft_key(case_id), "")

    def _unsaved(self) -> dict[str, str]:
        draft = self._note().encode() if self._case is not None else ""
        return {draft_key(self._case): draft} if self._case is not None and draft else {}

    def _restore(self, note: NoteDraft) -> None:
        self._loading = True
        try:
            self._show_note(note)
        finally:
            self._loading = False
        if self._case is not None and not note.is_empty:
            self._kept[self._case] = note.encode()
        self._show_send()
        self._fold()

    def _changed(self) -> None:
        self._show_language()
        # Not begun anew by every key: somebody who types without a pause is kept all the same.
        if not self._loading and not self._journal.isActive():
            self._journal.start()
        self._show_send()
        if not self._loading and not self._foot.isVisibleTo(self) and not self._note().is_empty:
            self._fold()

    def _show_send(self) -> None:
        note = self._note()
        self._foot.send.setEnabled(not note.is_empty)
        if self._send_when_kept:
            self._foot.send.setText(self.tr("Waits for the file"))
        elif note.minutes and not note.says_something:
            self._foot.send.setText(self.tr("Book the time"))
        else:
            self._foot.send.setText(self.tr("Send"))

    # -- files --------------------------------------------------------------------------------------------------------
    def attach_files(self, paths: Sequence[Path]) -> None:
        """Keep these files and let them go with the note."""
        if self._case is not None:
            for path in paths:
                self._keeping.keep_file(self._case, path)

    def attach_picture(self, picture: QImage) -> None:
        """Keep a picture (a screenshot) and let it go with the note."""
        if self._case is not None:
            self._keeping.keep_picture(self._case, picture)

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach files"))
        self.attach_files([Path(name) for name in names])

    def _kept_file(self, case_id: bytes, file: StoredFile) -> None:
        if case_id != self._case:  # went on to another case meanwhile: the file waits in that case's draft
            note = NoteDraft.decode(self._kept.get(case_id, "")).with_files([file])
            self._kept[case_id] = note.encode()
            self._services.keep_draft(draft_key(case_id), self._kept[case_id])
            return
        self._chips.set_files([*self._chips.files(), file])
        self._fold()
        self._changed()

    def _show_arriving(self) -> None:
        arriving = self._keeping.of(self._case)
        self._chips.set_arriving(arriving)
        self._fold()
        if self._send_when_kept and not arriving:
            self._send_when_kept = False
            # The file that came last is told of a moment later.
            QTimer.singleShot(0, self, self.send)

    # -- the stopwatch ------------------------------------------------------------------------------------------------
    def toggle_watch(self) -> None:
        """Start the stopwatch for this case, or stop it; its minutes stand beside it."""
        watch = self._services.stopwatch
        if self._case is None:
            return
        if watch.runs_in(self._case):
            self._foot.show_minutes(watch.stop())
            self._changed()
            self.flush()
        else:
            watch.start(self._case, self._label, self._foot.minutes.value())
        self._fold()

    def _show_watch(self) -> None:
        watch = self._services.stopwatch
        runs = watch.runs_in(self._case)
        if runs and watch.minutes != self._foot.minutes.value():
            self._foot.show_minutes(watch.minutes)
            self._changed()
        self._foot.show_watch(runs, watch.words)
        elsewhere = watch.running if watch.running is not None and not runs else None
        if elsewhere is not None:
            said = self.tr("The stopwatch runs for case {case}: {time}")
            self._elsewhere.setText(said.format(case=elsewhere.label, time=watch.words))
        self._elsewhere.setVisible(elsewhere is not None and self._foot.isVisibleTo(self))

    def _minutes_typed(self, minutes: int) -> None:
        if self._services.stopwatch.runs_in(self._case) and not self._loading:
            self._services.stopwatch.correct(minutes)

    def _minutes_noted(self, case_id: bytes, note: NoteDraft) -> None:
        self._kept.pop(case_id, None)
        if case_id == self._case and self._foot.minutes.value() < note.minutes:
            self._foot.show_minutes(note.minutes)
            self._changed()
            self._fold()

    # -- templates and articles ---------------------------------------------------------------------------------------
    def choose_template(self) -> None:
        """Ask which template to insert."""
        filling = self._filling
        self._inserting.template(filling.templates, filling.language, filling.values, filling.use)

    def choose_article(self) -> None:
        """Ask which article to insert."""
        filling = self._filling
        title = filling.values(filling.language).get("title", "")
        chosen = filling.chosen_text()
        # As the panel beside the case does: by what the case says, and by what is written by itself, which may be about
        # something else or long.
        about = Asked(chosen) if chosen else Asked(title, case_id=self._case, typed=self.text)
        self._inserting.article(about, self.insert)

    def _meant_for(self, audience: str) -> None:
        if self.is_empty and audience != self._audience.choice():
            self._choose_audience(audience)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        services, foot = self._services, self._foot
        self._edit.textChanged.connect(self._changed)
        self._edit.textChanged.connect(self.typed)
        self._edit.send_wanted.connect(self.send)
        self._edit.left.connect(self.left)
        self._edit.focus_changed.connect(self._fold)
        self._edit.files_given.connect(self.attach_files)
        self._edit.pictures_given.connect(self.attach_picture)
        self._chips.changed.connect(self._changed)
        self._chips.called_off.connect(self._keeping.call_off)
        self._keeping.changed.connect(self._show_arriving)
        self._keeping.kept.connect(self._kept_file)
        foot.attach.clicked.connect(self.choose_files)
        foot.template.clicked.connect(self.choose_template)
        foot.knowledge.clicked.connect(self.choose_article)
        foot.watch.clicked.connect(self.toggle_watch)
        foot.changed.connect(self._changed)
        foot.minutes_typed.connect(self._minutes_typed)
        foot.send.clicked.connect(self.send)
        services.sending.receiver = self._came_back
        services.sending.sent.connect(self.sent)
        services.stopwatch.changed.connect(self._show_watch)
        services.stopwatch.noted.connect(self._minutes_noted)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or self.isAncestorOf(new) or not self._edit.hasFocus():
            self._fold()

    def _fold(self) -> None:
        """Small while nothing is written and nobody is here; never while there is something to see."""
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        popup = QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None
        runs = self._services.stopwatch.runs_in(self._case)
        something = not self._note().is_empty or runs or bool(self._keeping.of(self._case))
        open_ = here or something or (popup and self._top.isVisible())
        self._top.setVisible(open_)
        self._foot.setVisible(open_)
        self._edit.set_lines(_LINES_AT_LEAST if open_ else 1)
        self._show_watch()
        self.update()
