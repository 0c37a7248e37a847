"""Pictures of the case work on demo data, as an outsider would look at them.

    python packaging/pictures.py FOLDER [--cases N] [--readme]

Queue, every tab of a case, close sheet, quick capture, bulk preview and the changes that need me: light and dark,
German and English, 1280 x 720 and 2560 x 1440. For each language a demo is made, with a second workstation that changed
the same fields; each of the eight windows is opened on a copy of it, driven as by a person, and closed again. Nothing
is shown on the screen. `--readme` makes the two of the README (docs/pictures) instead.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402 - the checkout comes first
from PySide6.QtGui import QPainter  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from app.demo import make_demo  # noqa: E402
from app.desk import Desk  # noqa: E402
from app.joining import join  # noqa: E402
from app.profile import Profile  # noqa: E402
from ui.bulk_dialog import BulkDialog  # noqa: E402
from ui.i18n import Language, Languages  # noqa: E402
from ui.main import Client  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.theme import Theme, ThemeChoice  # noqa: E402

if TYPE_CHECKING:
    from app.demo.words import Language as Spoken

SIZES: Final = ((1280, 720), (2560, 1440))
README_SIZE: Final = (1440, 900)
PATIENCE_S: Final = 60.0
SCREEN: Final = {
    "synchronousWindowSystemEvents": False, "windowFrameMargins": False,
    "screens": [{"name": "pictures", "x": 0, "y": 0, "width": 2560, "height": 1440, "logicalDpi": 96,
                 "logicalBaseDpi": 96, "dpr": 1}],
}  # fmt: skip
WORDS: Final[dict[str, dict[str, str]]] = {
    "de": {"machine": "drucker", "title": "Etikettendrucker druckt leere Etiketten seit dem Neustart",
           "step": "Mit Halle 3 sprechen", "mine": "Mit dem Vorarbeiter einen Termin finden",
           "theirs": "Beim Lieferanten nach dem Teil fragen"},
    "en": {"machine": "printer", "title": "Label printer prints blank labels since the restart",
           "step": "Talk to hall 3", "mine": "Find a date with the foreman", "theirs": "Ask the supplier for the part"},
}  # fmt: skip


def make_profile(folder: Path, language: Spoken, cases: int, *, met: bool) -> Path:
    """A demo in `folder`; `met`: in which changes of two workstations met."""
    profile = Profile(folder / "profile")
    make_demo(profile, cases=cases, language=language)
    if not met:
        return profile.folder
    words = WORDS[language]
    here = Desk(profile)
    invitation, _expires = here.invite("Jo Second", "supervisor")
    here.sync_round()
    second = Profile(folder / "second")
    join(second, invitation, key_file=folder / "second keys")
    there = Desk(second)
    chosen = here.context.reader.all(
        "SELECT id, title FROM \"case\" WHERE status IN ('new', 'in progress') ORDER BY opened_at DESC LIMIT 3"
    )
    for desk, step, severity, more in ((there, words["theirs"], 1, "!"), (here, words["mine"], 2, " (2)")):
        (first, title), (other, _), (third, _) = chosen
        desk.cases.set(first, title=title + more)
        desk.cases.next_step(other, step)
        desk.cases.set(third, severity=severity)
        desk.sync_round()
        desk.close()
    return profile.folder


def copied(profile: Path, folder: Path) -> Profile:
    """A copy with a store of its own."""
    new = folder / "profile"
    shutil.copytree(profile, new)
    card = new / "desk.json"
    told = json.loads(card.read_text("utf-8"))
    told["where"], told["key_file"] = str(new / "share"), str(new / "keys.json")
    card.write_text(json.dumps(told), "utf-8")
    return Profile(new)


class Sitting:
    """One window, from its first picture to its last."""

    def __init__(
        self, client: Client, application: QApplication, folder: Path, tail: str, words: dict[str, str]
    ) -> None:
        self._client, self._application = client, application
        self._folder, self._tail, self._words = folder, tail, words
        self.window = client.window

    def rest(self, ms: int = 300) -> None:
        """Until nothing is under way any more. Errors: TimeoutError."""
        QTest.qWait(ms)
        lanes = self._client.lanes
        names = ("write", "read", "beside", "count", "files", "clocks")
        self.wait(lambda: not any(lanes[name].under_way for name in names))
        QTest.qWait(50)

    def wait(self, until: Callable[[], bool]) -> None:
        """Let it work until something holds. Errors: TimeoutError."""
        give_up = time.monotonic() + PATIENCE_S
        while not until():
            QTest.qWait(10)
            if time.monotonic() > give_up:
                raise TimeoutError("the window does not come to rest")

    def grab(self, name: str) -> None:
        """The window as it is, with the dialogs over it."""
        picture = self.window.grab()
        painter = QPainter(picture)
        for dialog in self._application.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                at = dialog.pos() - self.window.pos()
                painter.drawPixmap(at, dialog.grab())
                painter.setPen(Qt.GlobalColor.gray)
                painter.drawRect(at.x() - 1, at.y() - 1, dialog.width() + 1, dialog.height() + 1)
        painter.end()
        path = self._folder / f"{name}-{self._tail}.png"
        picture.save(str(path))
        print(path, flush=True)

    def stand(self, place: str, row: int) -> None:
        """Stand at a place, with the cursor on a row of its list."""
        self.window.go(place)
        self.rest()
        table = self.window.page.table
        table.setFocus()
        self._keys(table, Qt.Key.Key_Home)
        for _ in range(row):
            self._keys(table, Qt.Key.Key_Down)
        self.rest(900)

    def _keys(
        self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(widget, key, modifiers)

    def queue(self) -> None:
        self.stand("mine", 2)
        self.grab("queue")

    def case(self) -> None:
        self.stand("mine", 0)
        tabs = self.window.editor._page.tabs
        for number, name in enumerate(("timeline", "details", "around", "files")):
            if tabs.isTabVisible(number):
                tabs.setCurrentIndex(number)
                self.rest()
                self.grab(f"case-{name}")
        tabs.setCurrentIndex(0)

    def close_sheet(self) -> None:
        self.stand("mine", 0)
        self.window.editor.do("case.resolve")
        self.rest()
        self.grab("close-sheet")
        sheet = self.window.editor.sheet
        if sheet is not None:
            sheet.put_away()

    def quick_capture(self) -> None:
        self.window.new_case()
        capture = self.window.capture
        self.rest()
        QTest.keyClicks(capture.who, self._words["machine"])
        self.rest(500)
        self._keys(capture.who, Qt.Key.Key_Return)
        QTest.keyClicks(capture.title, self._words["title"])
        self._keys(capture, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        self.rest(700)
        self.grab("quick-capture")
        capture.clear()
        capture.reject()

    def bulk_preview(self) -> None:
        self.stand("open", 0)
        for _ in range(11):
            self._keys(self.window.page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        self.rest()
        self.window.actions_["case.bulk"].trigger()
        self.rest()
        dialog = next(one for one in self._application.topLevelWidgets() if isinstance(one, BulkDialog))
        dialog.next_step.setText(self._words["step"])
        dialog.severity.setCurrentIndex(2)
        self.rest(700)
        self.grab("bulk-preview")
        dialog.reject()

    def conflicts(self) -> None:
        self.window.show_conflicts()
        self.rest(900)
        self.grab("conflicts")

    def everything(self) -> None:
        """All pictures of this window."""
        for picture in (self.queue, self.case, self.close_sheet, self.quick_capture, self.bulk_preview, self.conflicts):
            picture()
            self.rest()


def sit(
    profile: Path, look: tuple[Theme, Languages], size: tuple[int, int], make: Callable[[Sitting], None],
    folder: Path, tail: str,
) -> None:  # fmt: skip
    """Open a window on a copy of `profile`, have pictures made, close it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme, languages = look
    with tempfile.TemporaryDirectory(prefix="halldesk-pictures-") as temporary:
        copy = copied(profile, Path(temporary))
        client = Client(copy, application, theme, languages, Settings({"place": "mine"}, copy.save_settings))
        try:
            client.window.resize(*size)
            client.window.show()
            sitting = Sitting(client, application, folder, tail, WORDS[languages.current.value])
            sitting.wait(lambda: client.driver.state.synced_at is not None)
            sitting.rest(1500)
            make(sitting)
        finally:
            client.shutdown()


def main(arguments: list[str]) -> int:
    """Make them. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="pictures.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--readme", action="store_true", help="the two of the README, nothing else")
    args = parser.parse_args(arguments)
    args.folder.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with tempfile.TemporaryDirectory(prefix="halldesk-pictures-") as temporary:
        screen = Path(temporary) / "screen.json"
        screen.write_text(json.dumps(SCREEN), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        application = QApplication(sys.argv[:1])
        theme, languages = Theme(application, ThemeChoice.LIGHT), Languages(application, Language.ENGLISH)
        spoken_here: tuple[tuple[Spoken, Language], ...] = (("de", Language.GERMAN), ("en", Language.ENGLISH))
        for spoken, language in spoken_here:
            profile = make_profile(Path(temporary) / spoken, spoken, args.cases, met=not args.readme)
            languages.choose(language)
            for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
                theme.choose(choice)
                tail, look = f"{choice.value}-{spoken}", (theme, languages)
                if not args.readme:
                    for size in SIZES:
                        sit(profile, look, size, Sitting.everything, args.folder, f"{tail}-{size[0]}x{size[1]}")
                elif (spoken == "en") == (choice is ThemeChoice.LIGHT):
                    sit(profile, look, README_SIZE, Sitting.queue, args.folder, tail)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
