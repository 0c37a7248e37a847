"""The whole window on a real desk, for the tests of the window, the list, the status line and the start."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desk import Desk
from app.profile import Profile
from app.work.cases import NewCase
from tests.ui.case_desk import PATIENCE_S, Clock, FilledDesk, fill, hasten, make_profile, nothing_on_its_way
from ui.i18n import Languages
from ui.main import Client
from ui.notices import Level
from ui.settings import Settings
from ui.theme import Theme

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass
class OpenWindow:
    """A client under test. `ids`: what `case_desk.fill` made."""

    client: Client
    clock: Clock
    ids: dict[str, bytes] = field(default_factory=dict)
    timers: list[QTimer] = field(default_factory=list)
    """Pauses of the page under test, which pass at once where nothing else is under way."""

    @property
    def window(self):
        return self.client.window

    @property
    def page(self):
        return self.client.window.page

    @property
    def table(self):
        return self.client.window.page.table

    @property
    def desk(self) -> Desk:
        """The writing half; opens it if the window has not."""
        return self.client.services.writing()

    def wait(self, until: Callable[[], object] | None = None, seconds: float = PATIENCE_S) -> None:
        """Let events run until something holds; without it until what the screen asked for has come."""
        client = self.client
        of_the_page = (self.page._calm, self.page._rest_of_list, self.window.case_room.show_soon)

        def timers() -> tuple[QTimer, ...]:
            editor = self.window.case_room.editor_made
            return of_the_page if editor is None else (*of_the_page, editor._refresh, editor._rest)

        def idle() -> bool:
            names = ("write", "read", "beside", "count", "files", "imports", "clocks")
            return nothing_on_its_way(client.lanes) and not any(client.lanes[name].under_way for name in names)

        def quiet() -> bool:
            return idle() and not any(timer.isActive() for timer in timers())

        give_up, calm = time.monotonic() + seconds, 0
        while calm < 2:
            QApplication.processEvents()
            calm = calm + 1 if (until() if until is not None else quiet()) else 0
            if time.monotonic() > give_up:
                current = client.notices.current
                raise AssertionError(f"what was waited for did not happen; notice: {current and current.text}")
            if calm or not (idle() and hasten((*timers(), *self.timers))):
                time.sleep(0.002)

    def look(self) -> None:
        """One look of the sync driver, from beginning to end."""
        seen: list[bool] = []
        driver = self.client.driver
        self.wait(lambda: not driver.state.busy)
        driver.changed.connect(lambda state: seen.append(state.busy))
        driver._timer.start(0)
        self.wait(lambda: True in seen and seen[-1] is False)

    def no_error(self) -> None:
        """Fails when an error is shown."""
        current = self.client.notices.current
        assert current is None or current.level is not Level.ERROR, f"{current.text}\n{current.details}"

    def shown(self, column: str = "title") -> list[str]:
        """One column of the list, from top to bottom."""
        from ui.case_model import COLUMN_OF

        model = self.page.model
        return [str(model.index(row, COLUMN_OF[column]).data()) for row in range(model.rowCount())]

    def go(self, key: str) -> None:
        """Stand at a place and wait for its cases."""
        assert self.window.go(key), [place.key for place in self.window.navigation.places()]
        self.wait()

    def press(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key."""
        QTest.keyClick(widget, key, modifiers)

    def close(self) -> None:
        if not shiboken6.isValid(self.client):
            return
        self.client.shutdown()
        for widget in QApplication.topLevelWidgets():
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.client.deleteLater()
        QCoreApplication.sendPostedEvents(self.client, QEvent.Type.DeferredDelete)


def many_cases(desk: Desk, clock: Clock, count: int) -> list[bytes]:
    """Cases of falling importance, the newest last."""
    out = []
    for number in range(count):
        clock.pass_minutes(1)
        out.append(desk.cases.new(NewCase(f"Case number {number:03d}", 2 + number * 3 // count)).case_id)
    return out


def open_window(
    folder: Path,
    theme: Theme,
    languages: Languages,
    *,
    cases: int = 0,
    settings: dict[str, object] | None = None,
    size: tuple[int, int] = (1280, 720),
) -> OpenWindow:
    """A founded and filled desk in `folder`, and the window opened on it as the program does."""
    made = filled(folder, cases)
    return open_again(Profile(folder / "profile"), Clock(made.at), theme, languages, dict(made.ids), settings, size)


def filled(folder: Path, cases: int) -> FilledDesk:
    """Found a desk in `folder`, fill it, with so many cases on top, and publish it all. The tests of the window get
    copies of what this made once (conftest.py)."""
    clock = Clock()
    desk = Desk(make_profile(folder, clock), clock=clock)
    try:
        ids = fill(desk, clock)
        many_cases(desk, clock, cases)
        desk.sync_round()
    finally:
        desk.close()
    return FilledDesk(folder, clock.at, ids)


def open_again(
    profile: Profile,
    clock: Clock,
    theme: Theme,
    languages: Languages,
    ids: dict[str, bytes] | None = None,
    settings: dict[str, object] | None = None,
    size: tuple[int, int] = (1280, 720),
) -> OpenWindow:
    """Open the window on a profile that is there."""
    kept = Settings({"place": "open", "send_delay_s": 0, **(settings or {})}, profile.save_settings)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    opened = OpenWindow(Client(profile, application, theme, languages, kept, clock), clock, ids or {})
    opened.window.resize(*size)
    opened.window.show()
    opened.wait(lambda: opened.client._begun)
    opened.wait()
    return opened
