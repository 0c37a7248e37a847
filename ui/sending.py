"""What is held back before a requester sees it: counted down, taken back, sent at once, and found again after a crash.

One object for the whole window (`Services.sending`): a note goes out also when its case is no longer on show. What is
kept and when it is in the database is the business of app.work.sending; here are the clock and the buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.work.notes import NoteDraft
from app.work.sending import HeldNote, carry_out, give_back, held_note, hold, waiting
from ui.notices import NoticeAction
from ui.tokens import GAP_XS
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.verbs import Done
    from ui.services import Services

TICK_MS: Final = 500


class Sending(QObject):
    """Every note that is on its way. GUI thread only."""

    changed = Signal()
    """Another note is held, one less, or a second has gone by."""
    sent = Signal(bytes)
    """The case, once the note is in the database."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._held: dict[bytes, tuple[HeldNote, QTimer]] = {}
        self.receiver: Callable[[HeldNote], NoteDraft | None] = lambda _held: None
        """Shows a note that came back, if its case is on show: the whole draft as it is now, else None."""
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.changed)

    # -- what waits ---------------------------------------------------------------------------------------------------
    def of(self, case_id: bytes | None) -> list[HeldNote]:
        """The notes of one case that are held back, oldest first."""
        return [held for held, _timer in self._held.values() if held.case_id == case_id]

    def __len__(self) -> int:
        return len(self._held)

    def seconds_left(self, held: HeldNote) -> int:
        """Until it goes out; every begun second."""
        return max(0, -(-self._held[held.id][1].remainingTime() // 1000)) if held.id in self._held else 0

    # -- doing --------------------------------------------------------------------------------------------------------
    def hold(self, case_id: bytes, label: str, note: NoteDraft, seconds: int) -> HeldNote:
        """Send it in so many seconds."""
        held = held_note(case_id, label, note)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(partial(self._send, held.id))
        self._held[held.id] = (held, timer)
        timer.start(seconds * 1000)
        self._tick.start()
        self._write(lambda desk: hold(desk.drafts, held))
        self._services.undo.remember((held.id,), self.tr("Reply"), way_back=lambda: self.take_back(held.id))
        self.changed.emit()
        return held

    def send_now(self, case_id: bytes | None = None) -> None:
        """Those of one case, or all of them, wait no longer."""
        for held_id in [one for one, (held, _) in self._held.items() if case_id in (None, held.case_id)]:
            self._send(held_id)

    def take_back(self, held_id: bytes) -> None:
        """It is a draft again, in its case."""
        held = self._drop(held_id)
        if held is None:
            return
        self._services.undo.take((held_id,))
        shown = self.receiver(held)
        self._write(lambda desk: give_back(desk.drafts, held, shown))
        if shown is None:
            self._services.notices.info(
                self.tr("Taken back; it is a draft in case {case} again").format(case=held.label)
            )

    def resume(self) -> None:
        """Send what a program that ended had still held back."""
        self._services.lanes.read.submit(waiting, self._services.desk.drafts, done=self._resume, owner=self)

    def _resume(self, found: Sequence[HeldNote]) -> None:
        for held in found:
            if held.id not in self._held:
                said = self.tr("A reply that was on its way when Halldesk ended has been sent: case {case}")
                self._carry_out(held, said.format(case=held.label))

    # -- sending ------------------------------------------------------------------------------------------------------
    def _send(self, held_id: bytes) -> None:
        held = self._drop(held_id)
        if held is not None:
            self._carry_out(held, self.tr("Sent to the requester's timeline"))

    def _drop(self, held_id: bytes) -> HeldNote | None:
        held, timer = self._held.pop(held_id, (None, None))
        if timer is not None:
            timer.stop()
            timer.deleteLater()
        if not self._held:
            self._tick.stop()
        self.changed.emit()
        return held

    def _carry_out(self, held: HeldNote, said: str) -> None:
        self._services.lanes.write.submit(
            lambda: carry_out(self._services.writing(), held),
            done=partial(self._was_sent, held, said), failed=partial(self._was_refused, held), owner=self,
        )  # fmt: skip

    def _was_sent(self, held: HeldNote, said: str, done: Done | None) -> None:
        services = self._services
        if done is None:
            services.undo.take((held.id,))
        else:
            tx_ids = (done.tx_id,)
            services.undo.replace((held.id,), tx_ids, said)
            undo = NoticeAction(self.tr("Undo"), lambda: services.take_back(tx_ids))
            services.notices.done(said, undo)
        self.sent.emit(held.case_id)

    def _was_refused(self, held: HeldNote, error: BaseException) -> None:
        self._services.undo.take((held.id,))
        self._services.show_error(error)
        shown = self.receiver(held)
        self._write(lambda desk: give_back(desk.drafts, held, shown))

    def _write(self, work: Callable[[Desk], object]) -> None:
        self._services.lanes.write.submit(lambda: work(self._services.writing()))


class HeldLine(QWidget):
    """One line over the composer, there only while a note of its case is on its way."""

    def __init__(self, sending: Sending, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sending = sending
        self._case: bytes | None = None
        self.words = ElidedLabel("", role="muted")
        self.back, self.now = QPushButton(), QPushButton()
        self.back.clicked.connect(self._take_back)
        self.now.clicked.connect(lambda: sending.send_now(self._case))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_XS)
        row.addWidget(IconLabel("clock", "muted"))
        row.addWidget(self.words, 1)
        for button in (self.back, self.now):
            button.setProperty("look", "quiet")
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        sending.changed.connect(self._say)
        self._say()

    def show_case(self, case_id: bytes | None) -> None:
        """Tell about this case from now on."""
        self._case = case_id
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _take_back(self) -> None:
        held = self._sending.of(self._case)
        if held:
            self._sending.take_back(held[-1].id)

    def _say(self) -> None:
        held = self._sending.of(self._case)
        if held:
            left = self._sending.seconds_left(held[-1])
            begun = " ".join(held[-1].note.words.split())
            self.words.setText(self.tr("Goes out in {seconds} s: {words}").format(seconds=left, words=begun))
            self.back.setText(self.tr("Take back"))
            self.back.setToolTip(self.tr("Write on (Ctrl+Z)"))
            self.now.setText(self.tr("Send now"))
        self.setVisible(bool(held))
