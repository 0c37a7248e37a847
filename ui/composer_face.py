"""The face of the composer: who will see what is written is said in colour and in words.

Fields, their order for the Tab key, and what follows from the kind of an entry: a reply is for the requester, a note is
not, a call was on the telephone, and what is said to a requester counts as a response unless somebody unticks that. The
life of what is typed (drafts, sending, files, time) is in ui.composer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.work.notes import NoteDraft, counts_by_itself
from ui import case_words as words
from ui.composer_foot import ComposerFoot, refill
from ui.composer_top import ComposerTop
from ui.naming import Naming
from ui.note_edit import FileChips, NoteEdit
from ui.presence import PresenceLine
from ui.sending import HeldLine
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS, RADIUS_M, Tone, colours
from ui.widgets.labels import ElidedLabel

KINDS: Final = ("note", "reply", "call", "visit")
_AUDIENCE_OF: Final = {"note": "internal", "reply": "requester", "call": "requester", "visit": "requester"}
_ACTIVITY_OF: Final = {"call": "phone", "visit": "on site"}


class ComposerFace(QFrame):
    """What is seen of the composer; `_changed` is told of everything that is chosen. Ends its making with
    `_retranslate`, when it can be told."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self._counts_for = ("", "")
        self._build(services)
        self._audience.chosen.connect(self._audience_chosen)
        self._kind.activated.connect(lambda _: self._kind_chosen())
        self._counts.clicked.connect(lambda _: self._changed())

    def _changed(self) -> None:
        """Something else is written or chosen."""
        raise NotImplementedError

    def _show_send(self) -> None:
        """What Send does now."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What is written."""
        return self._edit.toPlainText()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing for the timeline."""
        return not self.text.strip() and not self._chips.files()

    def toggle_audience(self) -> None:
        """Switch between internal and to the requester."""
        self._choose_audience("requester" if self._audience.choice() == "internal" else "internal")

    def _note(self) -> NoteDraft:
        return NoteDraft(
            self.text, self._kind.currentData(), self._audience.choice(), self._foot.minutes.value(),
            self._foot.activity.currentData(), self._chips.files(), self._counts_chosen(),
        )  # fmt: skip

    def _show_note(self, note: NoteDraft) -> None:
        """Everything as it is in a draft."""
        self._choose_kind(note.kind)
        self._choose_audience(note.audience)
        self._show_counts(note.counts)
        self._foot.show_minutes(note.minutes)
        self._foot.activity.setCurrentIndex(max(0, self._foot.activity.findData(note.activity)))
        self._edit.setPlainText(note.text)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)
        self._chips.set_files(note.files)

    # -- who sees it, and what it is ----------------------------------------------------------------------------------
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
        if self._counts_for != (now := (self._kind.currentData(), audience)):
            self._counts_for = now
            self._show_counts(None)
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

    # -- whether it is a response -------------------------------------------------------------------------------------
    def _counts_by_itself(self) -> bool:
        return counts_by_itself(self._kind.currentData(), self._audience.choice())

    def _counts_chosen(self) -> bool | None:
        """What somebody chose against the kind of the entry; None leaves it to the kind."""
        ticked = self._counts.isChecked()
        return None if ticked == self._counts_by_itself() else ticked

    def _show_counts(self, counts: bool | None) -> None:
        """Tick it as chosen, or as the kind says. A reply is a response: there is nothing to choose."""
        ticked = self._counts_by_itself() if counts is None else counts
        self._top.show_counts(ticked, self._kind.currentData() != "reply")

    # -- parts --------------------------------------------------------------------------------------------------------
    def _build(self, services: Services) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._edit = NoteEdit()
        self._naming = Naming(services, self._edit)
        self._chips = FileChips()
        self._top = ComposerTop()
        self._audience, self._kind = self._top.audience, self._top.kind
        self._counts, self._seen_by = self._top.counts, self._top.seen_by
        self._beside = PresenceLine(services.presence, only_writing=True)
        self._held = HeldLine(services.sending)
        self._elsewhere = ElidedLabel("", role="muted")
        self._elsewhere.hide()
        self._foot = ComposerFoot()
        self._foot.template.setVisible(False)
        self._minutes, self._activity = self._foot.minutes, self._foot.activity
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S + 4, GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_XS + 2)
        parts = (self._held, self._top, self._beside, self._edit, self._chips, self._elsewhere, self._foot)
        for part in parts:
            column.addWidget(part)

    def _set_tab_order(self) -> None:
        for before, after in pairwise([self._edit, *self._top.in_tab_order(), *self._foot.in_tab_order()]):
            QWidget.setTabOrder(before, after)

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
        self._audience.set_choices(
            [(key, words.audience(key), words.AUDIENCE_LOOKS[key][1]) for key in ("internal", "requester")]
        )
        refill(self._kind, [(words.entry(kind), kind, words.ENTRY_ICONS[kind]) for kind in KINDS])
        self._top.retranslate()
        self._foot.retranslate()
        self.setAccessibleName(self.tr("Write to the timeline"))
        self._set_tab_order()
        self._loading = False
        self._show_audience()
        self._show_send()
