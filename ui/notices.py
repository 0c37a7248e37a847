"""What the program has to say without being asked: one kind of value, one place where it appears.

No widget opens its own message box for news. Whoever has something to say posts a `Notice` to the one
`Notices` of the window; `ui/widgets/notice_bar.py` shows them one after the other at the foot of the window,
without taking the keyboard. This module knows nothing of Qt, so its rules are plain to test:

- an error stands until it is dismissed, the rest goes by itself after a time that allows reading it;
- errors come before warnings, warnings before news;
- the same thing said again while it is still waiting or shown is counted, not queued twice.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

SECONDS_AT_LEAST = 5.0
SECONDS_PER_CHARACTER = 0.06
"""Reading time: about 170 words a minute, slow on purpose."""


class Level(IntEnum):
    """How much it matters; higher is shown first."""

    DONE = 0
    INFO = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """Something to do about it: the words on the button and what it runs."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing said. `text` is one or two sentences, `details` what a colleague would need to help."""

    level: Level
    text: str
    details: str = ""
    actions: tuple[NoticeAction, ...] = ()
    times: int = 1

    @property
    def seconds(self) -> float | None:
        """How long it stands; None means until dismissed (errors, and whatever offers a choice in a
        warning)."""
        if self.level is Level.ERROR or (self.level is Level.WARNING and self.actions):
            return None
        return SECONDS_AT_LEAST + SECONDS_PER_CHARACTER * len(self.text)

    def says_the_same_as(self, other: Notice) -> bool:
        """Same level and words; actions do not count."""
        return self.level is other.level and self.text == other.text


class Notices:
    """The notices waiting and the one shown. GUI thread only."""

    def __init__(self) -> None:
        self._waiting: list[Notice] = []
        self._current: Notice | None = None
        self._listeners: list[Callable[[], object]] = []

    @property
    def current(self) -> Notice | None:
        """What is to be seen now."""
        return self._current

    @property
    def waiting(self) -> int:
        """How many more there are."""
        return len(self._waiting)

    def listen(self, listener: Callable[[], object]) -> None:
        """Call `listener()` whenever `current` or `waiting` changed; it lives as long as this object."""
        self._listeners.append(listener)

    def post(self, notice: Notice) -> None:
        """Say something. An error or warning takes the place of lesser news, which then waits."""
        if self._current is not None and self._current.says_the_same_as(notice):
            self._current = replace(notice, times=self._current.times + 1)
        elif (index := self._index_of(notice)) is not None:
            self._waiting[index] = replace(notice, times=self._waiting[index].times + 1)
        elif self._current is None:
            self._current = notice
        elif notice.level > self._current.level:
            self._queue(self._current, first=True)
            self._current = notice
        else:
            self._queue(notice)
        self._changed()

    def done(self, text: str, *actions: NoticeAction) -> None:
        """Something the user asked for was done."""
        self.post(Notice(Level.DONE, text, actions=actions))

    def info(self, text: str, *actions: NoticeAction) -> None:
        """News."""
        self.post(Notice(Level.INFO, text, actions=actions))

    def warning(self, text: str, *actions: NoticeAction, details: str = "") -> None:
        """Something to look at."""
        self.post(Notice(Level.WARNING, text, details, actions))

    def error(self, text: str, *actions: NoticeAction, details: str = "") -> None:
        """Something failed: what happened, what is safe, what to do."""
        self.post(Notice(Level.ERROR, text, details, actions))

    def dismiss(self) -> None:
        """Go on to the next."""
        self._current = self._waiting.pop(0) if self._waiting else None
        self._changed()

    def withdraw(self, text: str) -> None:
        """What this said is no longer so: it is not shown any more, nor later."""
        self._waiting = [notice for notice in self._waiting if notice.text != text]
        if self._current is not None and self._current.text == text:
            self.dismiss()
        else:
            self._changed()

    def _index_of(self, notice: Notice) -> int | None:
        same = (index for index, waiting in enumerate(self._waiting) if waiting.says_the_same_as(notice))
        return next(same, None)

    def _queue(self, notice: Notice, first: bool = False) -> None:
        """Behind its equals, or before them for what was already on screen."""
        position = sum(
            waiting.level > notice.level or (waiting.level == notice.level and not first) for waiting in self._waiting
        )
        self._waiting.insert(position, notice)

    def _changed(self) -> None:
        for listener in list(self._listeners):
            listener()


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The translated sentences around an error; `{error}` is what the error says of itself."""

    environment: str
    bug: str
    refusal: Callable[[str], str] = str
    """A refusal in the language of the window."""


def notice_of(error: BaseException, refusals: tuple[type[BaseException], ...], words: ErrorWords) -> Notice:
    """The notice for an exception that nobody handled.

    `refusals` are the exceptions whose text was written for the user (`app.errors.UserError`): shown as they
    are, in the language of the window. OSError means the surroundings failed (disk, drive, network): told as
    such. Anything else is a
    mistake in the program: said plainly, with the traceback to copy.
    """
    said = str(error) or type(error).__name__
    if isinstance(error, refusals):
        return Notice(Level.WARNING, words.refusal(said))
    trace = "".join(traceback.format_exception(error)).rstrip()
    if isinstance(error, OSError):
        return Notice(Level.ERROR, words.environment.format(error=said), trace)
    return Notice(Level.ERROR, words.bug.format(error=said), trace)
