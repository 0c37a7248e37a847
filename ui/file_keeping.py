"""Files on their way into a note: read, cut and kept on this workstation, with their progress, each to be called off.

A screenshot and a small file are kept on the write lane, in the order in which they came; a large one on the lane of
files, so that nobody's note waits for a video. Whatever is being kept belongs to the case it was given for, also when
another one is on show by the time it is done.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from app.work.attachments import StoredFile, screenshot_name
from ui import text

if TYPE_CHECKING:
    from app.desk import Desk
    from ui.services import Services

LARGE: Final = 8_000_000
"""Bytes from which on a file gets a lane that others do not wait for."""
TOLD_EVERY: Final = 2_000_000
"""Bytes between two words about it."""


@dataclass(eq=False)
class Arriving:
    """A file that is being kept."""

    number: int
    case_id: bytes
    name: str
    words: str
    off: threading.Event = field(default_factory=threading.Event)


class FileKeeping(QObject):
    """What is under way. GUI thread only."""

    changed = Signal()
    kept = Signal(bytes, object)
    """(case, `StoredFile`): it is here and can go with a note."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._numbers = itertools.count(1)
        self._arriving: dict[int, Arriving] = {}

    def of(self, case_id: bytes | None) -> list[Arriving]:
        """Those of one case, in the order in which they came."""
        return [one for one in self._arriving.values() if one.case_id == case_id]

    def keep_file(self, case_id: bytes, path: Path) -> None:
        """Keep a file of the disk."""
        one = self._begin(case_id, path.name)
        try:
            large = path.stat().st_size >= LARGE
        except OSError:  # said by who tries to read it
            large = False

        def keep(desk: Desk) -> StoredFile | None:
            return desk.attachments.keep_file(
                path, on_progress=partial(self._from_lane, one, [0]), stopping=one.off.is_set
            )

        self._submit(one, keep, large=large)

    def keep_picture(self, case_id: bytes, picture: QImage) -> None:
        """Keep a screenshot."""
        name = screenshot_name(self._services.now(), self._services.desk.context.zone)
        # An image is a value: encoding it off the GUI thread is safe, and takes as long as three frames.
        self._submit(self._begin(case_id, name), lambda desk: desk.attachments.keep(name, png(picture)), large=False)

    def call_off(self, one: Arriving) -> None:
        """It is not wanted any more."""
        one.off.set()
        self._end(one)

    def _begin(self, case_id: bytes, name: str) -> Arriving:
        one = Arriving(next(self._numbers), case_id, name, self.tr("reading…"))
        self._arriving[one.number] = one
        self.changed.emit()
        return one

    def _submit(self, one: Arriving, keep: Callable[[Desk], StoredFile | None], *, large: bool) -> None:
        lane = self._services.lanes.files if large else self._services.lanes.write
        lane.submit(
            lambda: keep(self._services.writing()), done=partial(self._done, one), failed=partial(self._failed, one),
            owner=self,
        )  # fmt: skip

    def _from_lane(self, one: Arriving, told: list[int], done: int, total: int) -> None:
        """On the lane."""
        if done - told[0] >= TOLD_EVERY and not self._services.lanes.closed:
            told[0] = done
            self._services.lanes.to_gui(self._progress, one, done, total)

    def _progress(self, one: Arriving, done: int, total: int) -> None:
        if shiboken6.isValid(self) and one.number in self._arriving:
            so_far = self.tr("reading, {part} of {whole}")
            one.words = so_far.format(part=text.size(done), whole=text.size(total))
            self.changed.emit()

    def _done(self, one: Arriving, file: StoredFile | None) -> None:
        if one.number in self._arriving and file is not None:
            self._end(one)
            self.kept.emit(one.case_id, file)

    def _failed(self, one: Arriving, error: BaseException) -> None:
        self._end(one)
        self._services.show_error(error)

    def _end(self, one: Arriving) -> None:
        self._arriving.pop(one.number, None)
        self.changed.emit()


def png(picture: QImage) -> bytes:
    """The picture as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
