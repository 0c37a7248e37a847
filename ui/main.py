"""The window of the program `halldesk` (ui.command) from its start to its end.

What happens at the start, in this order: the profile's folder and settings are read; the QApplication gets its look and
language; a Halldesk that already runs on this profile is raised and we leave; a profile without a desk is asked what it
wants to be (ui.first_run); the reading half of the desk is opened and its first list read on a lane while the window is
being made and shown; when that is on screen, the write lane opens the rest and the sync driver begins. Nothing imported
up to the first paint knows SQLAlchemy, ReportLab or the keyring.

At the end, in this order: the driver stops, what was typed is kept as drafts, settings are written, the lanes finish
their changes and end, every connection is closed. A crash keeps the drafts first and says so.
"""

from __future__ import annotations

import faulthandler
import logging
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QLockFile, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from app import times
from app.errors import UserError
from app.profile import Profile
from app.reading import ReadingDesk, needs_upgrade
from db.errors import StorageError
from ui import text
from ui.collecting import Collector
from ui.i18n import Language, Languages
from ui.icons import app_icon
from ui.lanes import Lanes
from ui.main_window import MainWindow, read_start
from ui.notices import Notices
from ui.services import ChangeBell, Services, Writing, error_notice
from ui.settings import Settings
from ui.site_clock import SiteClock
from ui.sync_driver import SyncDriver
from ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_log = logging.getLogger(__name__)

EMPTY_MS: Final = 40
RAISE: Final = b"raise"
ANSWER_MS: Final = 500
SYNC_AFTER_MS: Final = 400
"""The first look at the drive waits until the window is drawn."""


class SingleInstance(QObject):
    """One window per profile: the second start asks the first to come forward.

    A lock file tells whether we are the first (it knows a dead process's lock from a live one); sockets are needed only
    to ask, and to be asked once the window is on screen.
    """

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = profile.folder.absolute()
        self._name = f"halldesk-{zlib.crc32(str(folder).encode()):08x}-{zlib.adler32(str(folder).encode()):08x}"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._window: MainWindow | None = None

    def is_first(self) -> bool:
        """Whether no other process has this profile on screen; if so, nobody else can until `close`."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def raise_other(self) -> bool:
        """Ask the other one to come forward; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(RAISE)
        socket.waitForBytesWritten(ANSWER_MS)
        socket.disconnectFromServer()
        return True

    def listen(self, window: MainWindow) -> None:
        """From now on others may ask."""
        from PySide6.QtNetwork import QLocalServer

        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        # What a crashed process left behind; the lock is ours, so nobody answers on it.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more; another process may take the profile."""
        self._window = None
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _asked(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        if self._window is not None:
            self._window.raise_up()


class Client(QObject):
    """One profile on screen: owns the services, the window and the order in which they end."""

    begun = Signal()
    """The first rows are on screen; what can wait begins now."""
    complete = Signal()
    """The room for a case is made as well."""

    def __init__(
        self,
        profile: Profile,
        application: QApplication,
        theme: Theme,
        languages: Languages,
        settings: Settings,
        clock: Callable[[], int] = times.now_ms,
    ) -> None:
        """Errors: UserError, StorageError when the profile can't be opened."""
        super().__init__(application)
        self.profile = profile
        if needs_upgrade(profile):
            from app.desk import Desk

            Desk(profile).close()
        self.notices = Notices()
        self.lanes = Lanes(lambda error: self.notices.post(error_notice(error)), self)
        settings.save_with(lambda values: self.lanes.write.submit(profile.save_settings, values))
        reading = ReadingDesk(profile, clock=clock, language=languages.current.value)
        key = str(settings["place"]) or "mine"
        writing = Writing(reading)
        self.services = Services(
            desk=reading,
            writing=writing,
            lanes=self.lanes,
            notices=self.notices,
            bell=ChangeBell(reading.bus, self.lanes, self),
            settings=settings,
            zone=times.zone(reading.context.zone),
        )
        self.lanes.read.submit(read_start, reading, key, settings["lists"], done=self._start_read)
        self.driver = SyncDriver(self.services, self)
        with theme.held():
            self.window = MainWindow(self.services, theme, languages, self.driver)
        self.window.page.shown.connect(self._first_shown)
        self.window.page.table.painted.connect(self._after_first_paint)
        self._begun = False
        self._closed = False

    def _start_read(self, start: object) -> None:
        self.window.show_start(start)  # type: ignore[arg-type]

    def _first_shown(self) -> None:
        # An empty list paints no case.
        if not self.window.page.model.rowCount():
            QTimer.singleShot(EMPTY_MS, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self._begun and not self._closed:
            self._begun = True
            self.begun.emit()
            # Its many modules take a third of a second, for which the window would stand still.
            self.lanes.files.submit(_import_editor, done=self._complete)

    def _complete(self, _imported: None) -> None:
        if not self._closed:
            _ = self.window.editor
            self.complete.emit()
            self.lanes.count.submit(_lay_out_calendars, self.services.desk, failed=_say_later)
            self.services.sending.resume()
            self.services.stopwatch.resume()
            self.window.begin_telling()
            self.driver.start(SYNC_AFTER_MS)
            self.site_clock = SiteClock(self.services, self)

    def keep_drafts(self) -> None:
        """Write what was typed and not yet kept, here and now; used after a crash."""
        texts = self.services.unsaved.texts()
        if texts:
            drafts = self.services.writing().drafts
            for key, words in texts.items():
                drafts.keep(key, words)

    def shutdown(self) -> None:
        """End everything in order; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.driver.stop()
        self.services.bell.silence()
        self.window.close()
        # Who closes the window has sent what is still held back.
        self.services.sending.send_now()
        # On the lane, behind what waits there: a reply that is on its way to being held back empties its case's draft.
        for key, words in self.services.unsaved.texts().items():
            self.services.keep_draft(key, words)
        # Before the lanes end: what they still deliver must find nobody who would ask them for more.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self.services.settings.flush()
        self.lanes.close()
        self.services.writing.close()


def _import_editor() -> None:
    import ui.case_editor  # noqa: F401 - made on the window's thread, by whoever needs it first


def _lay_out_calendars(desk: ReadingDesk) -> None:
    desk.deadlines.prepare(desk.context.reader.all, desk.context.clock())


def _say_later(error: BaseException) -> None:
    # Whoever opens a case that is served by that calendar is told.
    _log.info("a calendar can't be laid out: %s", error)


class CrashHook:
    """Errors that nobody caught on the GUI thread: keep the drafts, tell the person, go on."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._handling = False
        self._before = sys.excepthook
        sys.excepthook = self

    def remove(self) -> None:
        """As it was."""
        sys.excepthook = self._before

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if self._handling or issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self._handling = True
        try:
            _log.error("unexpected", exc_info=(kind, error, trace))
            self._client.keep_drafts()
            if threading.current_thread() is threading.main_thread():
                self._client.services.show_error(error)
        finally:
            self._handling = False


def run_client(profile: Profile, key_file: Path | None = None) -> int:
    """Open the window on a profile; returns the exit code."""
    QGuiApplication.setDesktopFileName("halldesk")
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Halldesk")
    application.setWindowIcon(app_icon())
    collector = Collector()
    try:
        return _run(profile, key_file, application, collector)
    finally:
        collector.end()


def _run(profile: Profile, key_file: Path | None, application: QApplication, collector: Collector) -> int:
    lock = SingleInstance(profile)
    if not lock.is_first():
        lock.raise_other()
        return 0
    settings = Settings(profile.settings(), profile.save_settings)
    theme = Theme(application, _choice(settings["appearance"]), float(settings["text_scale"]))
    languages = Languages(application, _language(settings["language"]))
    if not profile.attached:
        from ui.first_run import FirstRun

        chosen = FirstRun.ask(profile, key_file)
        if chosen is None:
            return 0
        if chosen != profile:
            profile = chosen
            settings = Settings(profile.settings(), profile.save_settings)
            lock.close()
            lock = SingleInstance(profile)
            if not lock.is_first():
                lock.raise_other()
                return 0
    with _told_of_crashes(profile):
        return _window(profile, application, theme, languages, settings, lock, collector)


@contextmanager
def _told_of_crashes(profile: Profile) -> Iterator[None]:
    """What ends the process without a word leaves a trace in the profile."""
    listening = faulthandler.is_enabled()
    with (profile.folder / "crash.log").open("a", encoding="utf-8") as fatal:
        faulthandler.enable(fatal)
        try:
            yield
        finally:
            faulthandler.disable()
            if listening:  # whoever runs us did so before
                faulthandler.enable()


def _window(
    profile: Profile,
    application: QApplication,
    theme: Theme,
    languages: Languages,
    settings: Settings,
    lock: SingleInstance,
    collector: Collector,
) -> int:
    # Ctrl+C while the window is being made ends the program at once: Python's interrupt would come amid something that
    # Qt called, which can't bear it, and there is nothing to lose yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        client = Client(profile, application, theme, languages, settings)
    except (UserError, StorageError) as error:
        QMessageBox.critical(None, "Halldesk", text.refusal(error))
        return 1
    hook = CrashHook(client)
    log = _LogFile(profile)
    # The main window ends the program, whatever else is open; nothing may ask it to end twice.
    application.setQuitOnLastWindowClosed(False)
    client.window.closed.connect(application.quit)
    client.begun.connect(partial(lock.listen, client.window))
    client.begun.connect(log.begin)
    client.complete.connect(collector.settle)
    # Ctrl+C in the terminal it was started from ends it like its menu does, with everything kept; from when the loop
    # runs on, because a loop that has not begun is not ended either.
    QTimer.singleShot(0, client, lambda: signal.signal(signal.SIGINT, lambda *_: application.quit()))
    client.window.show()
    try:
        return application.exec()
    finally:
        from ui.parting import Parting

        lock.close()
        try:
            Parting(client.services).run()
        finally:
            client.shutdown()
        application.setQuitOnLastWindowClosed(True)
        hook.remove()
        log.end()


def _choice(value: str) -> ThemeChoice:
    return ThemeChoice(value) if value in list(ThemeChoice) else ThemeChoice.SYSTEM


def _language(value: str) -> Language:
    return Language(value) if value in list(Language) else Language.SYSTEM


class _LogFile:
    """The log in the profile's folder."""

    def __init__(self, profile: Profile) -> None:
        self._path = profile.folder / "halldesk.log"
        self._handler: logging.Handler | None = None

    def begin(self) -> None:
        """Write to it from now on."""
        from logging.handlers import RotatingFileHandler

        self._handler = RotatingFileHandler(self._path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._handler.setLevel(logging.INFO)
        logging.getLogger().addHandler(self._handler)

    def end(self) -> None:
        """No more."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
