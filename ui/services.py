"""What every page is handed: the desk to read from, the lanes to work on, and one way to carry out a verb.

Reading:   `services.lanes.read.submit(services.desk.present.case, case_id, done=self._show)`
Writing:   `services.run(lambda desk: desk.cases.claim(case_id), done=..., said=self.tr("Claimed"))`
News:      `services.bell.changed.connect(self._changed)` delivers `app.changes.Changes` on the GUI thread.

A verb gets the whole `Desk`, which is opened on the write lane by the first that needs it: the window is on screen by
then (see app.reading). What can go wrong is shown as a notice; what was done is remembered for Ctrl+Z.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.changes import Bus, Changes
from app.damage import Damaged
from app.errors import Overtaken, UserError
from app.reading import ReadingDesk
from db.errors import StorageError, is_damage
from db.ids import new_id
from ui import text
from ui.drive_news import DriveNews
from ui.lanes import Lanes
from ui.notices import ErrorWords, Notice, NoticeAction, Notices, notice_of
from ui.presence import PresenceBoard
from ui.settings import Settings

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.verbs import Done
    from ui.coverage.plan_news import Unseen
    from ui.sending import Sending
    from ui.spelling import Spelling
    from ui.stopwatch import Stopwatch

T = TypeVar("T")

UNDO_KEPT: Final = 100

translate = QCoreApplication.translate


class ChangeBell(QObject):
    """Rings on the GUI thread after every commit, ours or somebody else's."""

    changed = Signal(object)
    """`app.changes.Changes`."""

    def __init__(self, bus: Bus, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = bus.subscribe(lambda changes: lanes.to_gui(self.ring, changes))

    def ring(self, changes: Changes) -> None:
        """Tell everybody now. GUI thread only."""
        if shiboken6.isValid(self):
            self.changed.emit(changes)

    def silence(self) -> None:
        """Listen no longer; the program ends."""
        self._stop()


class Writing:
    """The desk that writes, opened by the first lane that asks. Safe to ask on any lane, never on the GUI thread."""

    def __init__(self, reading: ReadingDesk) -> None:
        self._reading = reading
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self.on_open: Callable[[Desk], object] = lambda _desk: None
        """Called on the lane that opens it, before anything is done with it."""

    def __call__(self) -> Desk:
        """The desk. Errors: StorageError when the profile's file can't be written."""
        with self._lock:
            if self._desk is None:
                from app.desk import Desk  # late: half a second of imports that no first window needs

                self._desk = Desk(self._reading.profile, reading=self._reading)
                self.on_open(self._desk)
            return self._desk

    @property
    def opened(self) -> Desk | None:
        """The desk if somebody needed it already."""
        return self._desk

    def close(self) -> None:
        """Close it, or the reading half if that is all there is; the lanes must have ended."""
        (self._desk or self._reading).close()


class UndoHistory(QObject):
    """What can be taken back in this window, newest last, and what was and can be done again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[tuple[tuple[bytes, ...], str]] = []
        self._ways_back: dict[tuple[bytes, ...], Callable[[], object]] = {}
        self.undone: list[tuple[tuple[bytes, ...], str]] = []
        """The transactions that took something back; undoing them does it again."""
        self.told = ""
        """How the last step was told."""

    def __len__(self) -> int:
        return len(self._done)

    def remember(
        self, tx_ids: tuple[bytes, ...], said: str, *, again: bool = False, way_back: Callable[[], object] | None = None
    ) -> None:
        """Something was done, in one transaction or one for each of several cases; `said`: how it was told.

        Whoever goes on can't do again what was undone before; `again`: it was done again. `way_back`: how to take back
        what is no transaction yet (a note that is held back), under an id of its own.
        """
        if not again:
            self.undone.clear()
        if way_back is not None:
            self._ways_back[tx_ids] = way_back
        self._done = [*self._done[-UNDO_KEPT + 1 :], (tx_ids, said)]
        self.changed.emit()

    def replace(self, known: tuple[bytes, ...], tx_ids: tuple[bytes, ...], said: str) -> None:
        """What was no transaction yet is one now, at the same place of the history."""
        self._ways_back.pop(known, None)
        if any(done[0] == known for done in self._done):
            self._done = [(tx_ids, said) if done[0] == known else done for done in self._done]
            self.changed.emit()
        else:
            self.remember(tx_ids, said)

    def way_back(self, tx_ids: tuple[bytes, ...]) -> Callable[[], object] | None:
        """Remove and return how this is taken back, where it is no transaction."""
        return self._ways_back.pop(tx_ids, None)

    def take(self, tx_ids: tuple[bytes, ...] | None = None) -> tuple[tuple[bytes, ...], str] | None:
        """Remove and return the newest change, or the one of these ids; None when there is none."""
        found = next((d for d in reversed(self._done) if tx_ids is None or d[0] == tx_ids), None)
        if found is not None:
            self._done.remove(found)
            if tx_ids is not None:
                self._ways_back.pop(tx_ids, None)
            self.changed.emit()
        return found

    def remember_undone(self, tx_ids: tuple[bytes, ...], said: str) -> None:
        """Something was taken back, by these transactions."""
        self.undone = [*self.undone[-UNDO_KEPT + 1 :], (tx_ids, said)]
        self.changed.emit()

    def take_undone(self) -> tuple[tuple[bytes, ...], str] | None:
        """Remove and return what was taken back last; None when there is nothing."""
        if not self.undone:
            return None
        found = self.undone.pop()
        self.changed.emit()
        return found


class Unsaved:
    """Words typed and not yet kept: asked when the program ends, in peace or by a crash."""

    def __init__(self) -> None:
        self._asked: list[Callable[[], Mapping[str, str]]] = []

    def register(self, ask: Callable[[], Mapping[str, str]]) -> Callable[[], None]:
        """`ask` gives {draft key: text}; returns the way to stop being asked. GUI thread only."""
        self._asked.append(ask)
        return lambda: self._asked.remove(ask)

    def texts(self) -> dict[str, str]:
        """All of them."""
        out: dict[str, str] = {}
        for ask in list(self._asked):
            out.update(ask())
        return out


@dataclass(frozen=True)
class Services:
    """Handed to every page and dialog; made once in ui.main."""

    desk: ReadingDesk
    writing: Writing
    lanes: Lanes
    notices: Notices
    bell: ChangeBell
    settings: Settings
    zone: tzinfo
    """The site's time zone."""
    undo: UndoHistory = field(default_factory=UndoHistory)
    unsaved: Unsaved = field(default_factory=Unsaved)
    presence: PresenceBoard = field(default_factory=PresenceBoard)
    drive: DriveNews = field(default_factory=DriveNews)

    def now(self) -> int:
        """This instant, ms UTC."""
        return self.desk.context.clock()

    def run(
        self,
        verb: Callable[[Desk], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        said: str = "",
        owner: QObject | None = None,
        waits: bool = False,
    ) -> None:
        """Carry out `verb(desk)` on the write lane; one that `waits` for the drive or the keyring on the sync lane, so
        that nobody's typing waits with it.

        Afterwards, on the GUI thread: a result with a `tx_id` (app.work.cases.Done), or a list of such, is remembered
        for undo, `said` is shown with an Undo button, `done(result)` is called. An error is shown as a notice, then
        `failed(error)` is called. When `owner` (by default the QObject whose method `done` is) is gone by then, its
        callbacks are not called, everything else happens.
        """
        watched = owner or _owner_of(done) or _owner_of(failed)

        def carried_out(result: T) -> None:
            self.done(result, said)
            if done is not None and (watched is None or shiboken6.isValid(watched)):
                done(result)

        def went_wrong(error: BaseException) -> None:
            self.show_error(error)
            if failed is not None and (watched is None or shiboken6.isValid(watched)):
                failed(error)

        lane = self.lanes.sync if waits else self.lanes.write
        lane.submit(lambda: verb(self.writing()), done=carried_out, failed=went_wrong)

    def done(self, result: object, said: str) -> None:
        """Something was carried out: its transactions are remembered for undo, and it is said."""
        results = result if isinstance(result, list) else [result]
        tx_ids = tuple(tx_id for one in results if isinstance(tx_id := getattr(one, "tx_id", None), bytes))
        actions: tuple[NoticeAction, ...] = ()
        if tx_ids:
            self.undo.remember(tx_ids, said)
            actions = (NoticeAction(translate("services", "Undo"), lambda: self.take_back(tx_ids)),)
        if said:
            self.notices.done(said, *actions)

    def done_here(self, said: str, way_back: Callable[[], object]) -> None:
        """Something was carried out that is no transaction, because only this workstation knows it: it is said and can
        be undone by `way_back`."""
        key = (new_id(),)
        self.undo.remember(key, said, way_back=way_back)
        self.notices.done(said, NoticeAction(translate("services", "Undo"), lambda: self.take_back(key)))

    def keep_draft(self, key: str, text: str) -> None:
        """Keep unsent words (app.work.drafts); an empty text is forgotten."""
        self.lanes.write.submit(lambda: self.writing().drafts.keep(key, text), key=("draft", key))

    @cached_property
    def sending(self) -> Sending:
        """What is held back before a requester sees it."""
        from ui.sending import Sending

        return Sending(self)

    @cached_property
    def unseen(self) -> Unseen:
        """What I planned and somebody planned otherwise since."""
        from ui.coverage.plan_news import Unseen

        return Unseen(self)

    @cached_property
    def spelling(self) -> Spelling:
        """What is known of words."""
        from ui.spelling import Spelling

        return Spelling(self)

    @cached_property
    def stopwatch(self) -> Stopwatch:
        """The one stopwatch of time spent."""
        from ui.stopwatch import Stopwatch

        return Stopwatch(self)

    def mark_read(self, case_id: bytes) -> None:
        """I have seen this case as it is now; lists show it without bold."""
        self.lanes.write.submit(
            lambda: self.writing().drafts.mark_read(case_id),
            done=lambda _: self.bell.ring(Changes(tables=frozenset({"case_read"}), cases=frozenset({case_id}))),
        )

    def take_back(self, tx_ids: tuple[bytes, ...] | None = None) -> None:
        """Undo the newest change of this window, or the one of these ids, and say so."""
        found = self.undo.take(tx_ids)
        if found is None:
            return
        undone, said = found
        self.notices.withdraw(said)
        if (way_back := self.undo.way_back(undone)) is not None:
            way_back()
            return
        words = translate("services", "Undone: {what}").format(what=said) if said else translate("services", "Undone")

        def taken_back(results: list[Done]) -> None:
            self._tell_stuck(results, len(undone))
            self.undo.remember_undone(tuple(done.tx_id for done in results), said)
            self._told_of_undo(words, NoticeAction(translate("services", "Redo"), self.do_again))

        self._undo(undone, taken_back)

    def do_again(self) -> None:
        """Redo what was taken back last, and say so."""
        found = self.undo.take_undone()
        if found is None:
            return
        undone, said = found
        words = translate("services", "Done again: {what}").format(what=said or translate("services", "change"))

        def done_again(results: list[Done]) -> None:
            tx_ids = tuple(done.tx_id for done in results)
            self.undo.remember(tx_ids, said, again=True)
            self._told_of_undo(words, NoticeAction(translate("services", "Undo"), lambda: self.take_back(tx_ids)))

        self._undo(undone, done_again)

    def _told_of_undo(self, words: str, action: NoticeAction) -> None:
        """The newest step takes the place of the step before."""
        self.notices.withdraw(self.undo.told)
        self.undo.told = words
        self.notices.done(words, action)

    def _undo(self, tx_ids: tuple[bytes, ...], done: Callable[[list[Done]], None]) -> None:
        self.lanes.write.submit(
            lambda: self.writing().undoing.undo_all(tx_ids), done=done, failed=self.show_error,
        )  # fmt: skip

    def _tell_stuck(self, results: list[Done], asked: int) -> None:
        """Of many changes taken back together, those that somebody built on stay."""
        if stuck := asked - len(results):
            words = translate(
                "services", "Of {all} changes {count} could not be undone, because somebody built on them."
            )
            self.notices.warning(words.format(count=text.number(stuck), all=text.number(asked)))

    def show_error(self, error: BaseException) -> None:
        """Show what went wrong: a refusal as it is, a broken disk or drive as such, a bug with its trace."""
        if isinstance(error, Overtaken) and error.who and error.at is not None:
            from ui import conflict_words

            words = translate("services", "{who} changed “{field}” on {time}, so this can't be undone.")
            field = conflict_words.column(error.column)
            self.notices.warning(words.format(who=error.who, field=field, time=text.moment(error.at, self.zone)))
            return
        self.notices.post(error_notice(error))


def error_notice(error: BaseException) -> Notice:
    """The notice for an error of a service."""
    if is_damage(error):
        error = Damaged(error)
    return notice_of(
        error,
        (UserError, StorageError),
        ErrorWords(
            environment=translate("services", "This computer did not let Halldesk do that: {error}"),
            bug=translate(
                "services",
                "Something went wrong in Halldesk: {error}. Your work is kept. The details help to repair it.",
            ),
            refusal=text.refusal,
        ),
    )


def _owner_of(callback: Callable[..., Any] | None) -> QObject | None:
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None
