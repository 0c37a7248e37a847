"""Contents of attachments on their way here, for one case editor: each fetched once, with its progress in words.

Pictures of the timeline are fetched without being asked for, when they are not large; where that fails it is said
beside them and nowhere else. What a person opens or saves is fetched first and fails with a notice.

    fetching.want(line, then=...)        a person asked: `then()` on the GUI thread when it is here
    fetching.look(lines, where)          these are on show: fetch the pictures among them, tell how it stands
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.work.attachments import NotReachable, NotWhole, Where
from app.work.present import AttachmentLine
from ui import text
from ui.services import Services, Writing
from ui.timeline import PICTURES

LARGEST_PREVIEW: Final = 16_000_000
"""Bytes of a picture that is fetched and shown without being asked for."""


class Fetching(QObject):
    """What is under way, and what is said about each file. GUI thread only."""

    said = Signal(object)
    """{sha256: words} for files that are not simply here."""
    came = Signal(bytes)
    """A content is here now."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._words: dict[bytes, str] = {}
        self._waiting: dict[bytes, list[Callable[[], object]]] = {}
        self._tried: set[bytes] = set()

    def forget(self) -> None:
        """Another case is on show: what failed may be tried again."""
        self._tried.clear()
        self._words.clear()

    def look(self, lines: Iterable[AttachmentLine], where: Mapping[bytes, Where]) -> None:
        """Tell how these files stand, and fetch the pictures."""
        words = {}
        for line in lines:
            place = where.get(line.sha256)
            if place is Where.GOING:
                words[line.sha256] = self.tr("waits to be sent")
            elif place is Where.STORE:
                words[line.sha256] = self._words.get(line.sha256, "") or self.tr("on the drive")
                is_picture = line.media_type in PICTURES and line.size <= LARGEST_PREVIEW
                if is_picture and line.sha256 not in self._tried:
                    self._tried.add(line.sha256)
                    self._begin(line, quiet=True)
                    words[line.sha256] = self._words[line.sha256]
        self._words = words
        self.said.emit(dict(words))

    def want(self, line: AttachmentLine, then: Callable[[], object]) -> None:
        """Fetch a file that a person asked for, then go on."""
        begun = line.sha256 in self._waiting
        self._waiting.setdefault(line.sha256, []).append(then)
        if not begun:
            self._begin(line, quiet=False)

    def _begin(self, line: AttachmentLine, *, quiet: bool) -> None:
        self._waiting.setdefault(line.sha256, [])
        self._say(line.sha256, self.tr("fetching…"))
        self._services.lanes.files.submit(
            fetch, self._services.writing, line.sha256, line.name, partial(self._from_lane, line),
            self._services.lanes.stopping.is_set,
            done=partial(self._done, line), failed=partial(self._failed, line, quiet), owner=self,
        )  # fmt: skip

    def _from_lane(self, line: AttachmentLine, done: int, total: int) -> None:
        """On the lane."""
        self._services.lanes.to_gui(self._progress, line, done, total)

    def _progress(self, line: AttachmentLine, done: int, total: int) -> None:
        if shiboken6.isValid(self) and line.sha256 in self._waiting and total > 1:
            so_far = self.tr("fetching, {part} of {whole}")
            part = text.size(min(line.size, line.size * done // total))
            self._say(line.sha256, so_far.format(part=part, whole=text.size(line.size)))

    def _done(self, line: AttachmentLine, came: bool) -> None:
        then = self._waiting.pop(line.sha256, [])
        self._say(line.sha256, "")
        if came:
            self.came.emit(line.sha256)
            for go_on in then:
                go_on()

    def _failed(self, line: AttachmentLine, quiet: bool, error: BaseException) -> None:
        asked = bool(self._waiting.pop(line.sha256, []))
        if isinstance(error, NotReachable):
            self._say(line.sha256, self.tr("on the drive, which is not reachable now"))
        elif isinstance(error, NotWhole):
            self._say(line.sha256, self.tr("damaged on the drive; workstations that have it were asked for it"))
        else:
            self._say(line.sha256, self.tr("on the drive"))
        if asked or not quiet:
            self._services.show_error(error)

    def _say(self, sha256: bytes, words: str) -> None:
        if words:
            self._words[sha256] = words
        else:
            self._words.pop(sha256, None)
        self.said.emit(dict(self._words))


def fetch(
    writing: Writing, sha256: bytes, name: str, on_progress: Callable[[int, int], None], stopping: Callable[[], bool]
) -> bool:
    """On the files lane: bring a content here; False when the program ends."""
    return writing().attachments.fetch(sha256, name, on_progress=on_progress, stopping=stopping)
