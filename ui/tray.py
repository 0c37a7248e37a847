"""Telling what happened while one looks elsewhere: in the system's tray, or in the window where there is none.

`Notifier` listens to the bell, asks `app.work.telling` on a lane what is new, keeps silent when it should and passes on
what is left to a `Speaker`. The real one is the tray icon; tests have one that writes down. While the window is in
front news appear in it, not in the tray. What came in quiet time is told in one sentence when that is over. Clicking a
message opens its case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from app.changes import Changes
from app.work.telling import NEEDED, News, Quiet, Telling, most_important
from ui.icons import app_icon
from ui.notices import NoticeAction
from ui.services import Services

if TYPE_CHECKING:
    from collections.abc import Sequence

TOGETHER_MS: Final = 1_200
"""What a round brings in several commits is told as one."""
DUE_MS: Final = 60_000
MOST_AT_ONCE: Final = 3
QUIET_FOR_MS: Final = 3_600_000
_TABLES: Final = ("case", "case_event", "timeline_entry", "mention", "case_watcher")


class Speaker(Protocol):
    """Where messages appear. `say` tells one; clicking it calls the function."""

    def say(self, title: str, text: str, open_it: Callable[[], object]) -> None: ...

    def close(self) -> None: ...


class Notifier(QObject):
    """One for the window. GUI thread only."""

    case_wanted = Signal(bytes)

    def __init__(self, services: Services, speaker: Speaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._speaker = services, speaker
        desk = services.desk
        self._telling = Telling(desk.context, desk.directory, desk.deadlines)
        self._changed: set[bytes] | None = set()
        self._held: list[News] = []
        """What came while it was quiet."""
        self.quiet_until = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self.look)
        self._clock = QTimer(self)
        self._clock.setInterval(DUE_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        services.bell.changed.connect(self._on_change)
        services.lanes.count.submit(self._telling.begin)

    def look(self) -> None:
        """Ask now."""
        self._soon.stop()
        changed, self._changed = self._changed, set()
        if not self._services.lanes.closed:
            self._services.lanes.count.submit(_look, self._telling, changed, done=self._told, owner=self)

    def be_quiet(self) -> None:
        """Not a word for an hour."""
        self.quiet_until = self._services.now() + QUIET_FOR_MS

    def tell(self, case_id: bytes, title: str, text: str) -> None:
        """Something else about a case (a reminder), which its own notice in the window tells as well."""
        if not self._in_front():
            self._speaker.say(title, text, partial(self.case_wanted.emit, case_id))

    def close(self) -> None:
        """The window ends."""
        self._clock.stop()
        self._soon.stop()
        self._speaker.close()

    def _on_change(self, changes: Changes) -> None:
        if not changes.concern_tables(*_TABLES):
            return
        if changes.everything or self._changed is None:
            self._changed = None
        else:
            self._changed |= changes.cases
        if not self._soon.isActive():
            self._soon.start()

    def _told(self, found: tuple[list[News], bool]) -> None:
        news, at_work = found
        settings, now = self._services.settings, self._services.now()
        wanted = str(settings["notify"])
        news = [one for one in news if wanted == "all" or (wanted == "needed" and one.kind in NEEDED)]
        quiet = Quiet(str(settings["quiet_from"]), str(settings["quiet_to"]), bool(settings["notify_only_working"]))
        if now < self.quiet_until or quiet.silent(now, self._services.desk.context.zone, at_work):
            self._held = most_important([*self._held, *news])
            return
        held, self._held = self._held, []
        if held:
            self._say_held(most_important([*held, *news]))
            return
        for one in news[:MOST_AT_ONCE]:
            self._say(one)
        if len(news) > MOST_AT_ONCE:
            rest = news[MOST_AT_ONCE:]
            self._speak(self.tr("%n more case(s) changed", "", len(rest)), _labels(rest), rest[0].case_id)

    def _say(self, news: News) -> None:
        self._speak(
            self.words(news),
            f"{news.label}  {news.title}",
            news.case_id,
            news.text if news.kind in ("mention", "note") else "",
        )

    def _say_held(self, held: Sequence[News]) -> None:
        if len(held) == 1:
            self._say(held[0])
        else:
            said = self.tr("%n case(s) changed while it was quiet", "", len(held))
            self._speak(said, _labels(held), held[0].case_id)

    def _speak(self, title: str, text: str, case_id: bytes, more: str = "") -> None:
        open_it = partial(self.case_wanted.emit, case_id)
        if self._in_front():
            said = " · ".join(filter(None, (title, text, more)))
            self._services.notices.info(said, NoticeAction(self.tr("Open"), open_it))
        else:
            self._speaker.say(title, "\n".join(filter(None, (text, more))), open_it)

    def _in_front(self) -> bool:
        return QApplication.applicationState() is Qt.ApplicationState.ApplicationActive

    def words(self, news: News) -> str:
        """What happened, as one says it."""
        who = news.who or self.tr("Halldesk")
        return {
            "mention": self.tr("{who} asks for you"), "handed": self.tr("{who} handed a case to you"),
            "taken": self.tr("Taken by {owner}"), "breach": self.tr("Overdue"),
            "warning": self.tr("Three quarters of its time are gone"), "reopened": self.tr("{who} reopened a case"),
            "note": self.tr("{who} wrote in a case"), "ended": self.tr("{who} ended a case"),
            "changed": self.tr("{who} changed a case"),
        }[news.kind].format(who=who, owner=news.text or who)  # fmt: skip


def _look(telling: Telling, changed: set[bytes] | None) -> tuple[list[News], bool]:
    """On the lane: what is new, and whether I am at work."""
    return most_important([*telling.look(changed), *telling.due()]), telling.at_work()


def _labels(news: Sequence[News]) -> str:
    return ", ".join(one.label for one in news[:12]) + (" …" if len(news) > 12 else "")


class TrayIcon(QSystemTrayIcon):
    """The icon in the system's tray, with a small menu."""

    def __init__(self, window: QWidget, raise_up: Callable[[], object]) -> None:
        super().__init__(app_icon(), window)
        self._open: Callable[[], object] = lambda: None
        self._raise_up = raise_up
        self.menu = QMenu(window)
        self.setContextMenu(self.menu)
        self.messageClicked.connect(self._clicked)
        self.activated.connect(self._activated)
        self.show()

    def say(self, title: str, text: str, open_it: Callable[[], object]) -> None:
        """A message of the system; a click on the last one opens its case."""
        self._open = open_it
        self.showMessage(title, text, app_icon())

    def close(self) -> None:
        """No icon without a window."""
        self.hide()

    def _clicked(self) -> None:
        self._raise_up()
        self._open()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._raise_up()


class InWindow:
    """Where there is no tray: a notice in the window, whose entry in the task bar asks to be looked at."""

    def __init__(self, services: Services, window: QWidget, open_words: str) -> None:
        self._services, self._window, self._open_words = services, window, open_words

    def say(self, title: str, text: str, open_it: Callable[[], object]) -> None:
        """A notice that waits until somebody comes back."""
        said = " · ".join(filter(None, (title, *text.splitlines())))
        self._services.notices.warning(said, NoticeAction(self._open_words, open_it))
        QApplication.alert(self._window)

    def close(self) -> None:
        """Nothing to put away."""


def speaker_for(services: Services, window: QWidget, raise_up: Callable[[], object], open_words: str) -> Speaker:
    """The tray, or what stands in for it."""
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        return TrayIcon(window, raise_up)
    return InWindow(services, window, open_words)
