"""Python's collector of cycles, kept to the window's thread and to the moments between two events.

Left to itself it runs wherever an allocation trips its threshold. In a lane's thread it may destroy widgets that belong
to the window's thread. On the window's thread it may run in the middle of painting, because icons and cells are drawn
by Python, and destroy a widget that Qt is about to hand its next event to. Either ends the process without a word, and
more likely the busier the machine is. Widgets are in cycles easily: a slot that is a closure over its owner is enough.

So while a window is open the automatic collector is off, and a timer does what it would have done: nothing of Qt's but
the event loop stands below a timer's slot. What the start has made is taken out of its sight once, so that a full
collection looks only at what came since.

The same timer lets go of sources. PySide reads the text of each module that is imported, to see whether it uses PySide,
and Python's cache for error reports keeps all of them: ten megabytes of a window that has everything open.
"""

from __future__ import annotations

import gc
import linecache
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from app.garbage import resting

EVERY_MS: Final = 250
"""What is due is short then: the lanes' threads make a million objects a second at the most."""


def collect_due() -> None:
    """What the automatic collector would have done by now. Only where no event of Qt's is being handled."""
    if resting():
        return
    due = [generation for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
           if count > most]  # fmt: skip
    if due:
        gc.collect(max(due))


class Collector(QObject):
    """From now until `end` there is no collection but the timer's. Made and ended on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._automatic = gc.isenabled()
        gc.disable()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.CoarseTimer)
        timer.timeout.connect(linecache.clearcache)
        timer.timeout.connect(collect_due)
        timer.start(EVERY_MS)
        self._timer = timer

    def settle(self) -> None:
        """The start is over: what it made stays for good and is not looked at again."""
        linecache.clearcache()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """As it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()
