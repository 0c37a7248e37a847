"""The doctor at work, check by check: used by the first window before a drive is trusted, and by Drive health.

A quick look comes first, so that an answer is there in a second; then, unless `quick` is asked for, everything is tried
and the rows are corrected in place. Both run on a lane: a dead drive stops nobody from going back or closing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from db.address import is_database
from ui.icons import icon
from ui.lanes import Lane, Lanes
from ui.tokens import GAP_S, GAP_XS, Tone
from ui.widgets.blocks import BusyLine, IconLabel
from ui.widgets.labels import PlainLabel
from ui.written import texts_now

if TYPE_CHECKING:
    from app.doctor import Told
    from db.findings import Finding

LOOKS: Final = {"good": ("check", Tone.OK), "note": ("warning", Tone.WARNING), "bad": ("error", Tone.DANGER)}
_ORDER: Final = {"bad": 0, "note": 1, "good": 2}
ROWS_SHOWN: Final = 7


class CheckRow(QWidget):
    """One check: drawing, name, figure; what it means below where somebody should read it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("clock")
        self._title, self._figure, self._means = PlainLabel(), PlainLabel("", "muted"), PlainLabel("", "muted")
        self._means.setWordWrap(True)
        self._means.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self._figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(0)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(16 + GAP_S, 0, 0, 0)
        below.addWidget(self._means)
        column.addLayout(below)

    def show_told(self, told: Told) -> None:
        """Show what was found."""
        drawing, tone = LOOKS[told.level.value]
        says = {
            "good": self.tr("good"),
            "note": self.tr("to know"),
            "bad": self.tr("must be put right"),
        }[told.level.value]
        self._icon.show_as(drawing, tone, says)
        self._title.setText(told.title)
        self._figure.setText(told.figure)
        self._means.setText(told.means)
        self._means.setVisible(told.level.value != "good")
        self.setToolTip(told.means)
        self.setAccessibleName(f"{told.title}: {says}")
        self.setAccessibleDescription(told.means)


class DriveCheck(QWidget):
    """Shows what the doctor finds about one place at a time."""

    answered = Signal(bool)
    """The quick look is over: may a help desk be kept there, as far as it saw."""
    finished = Signal(bool)
    """Everything was tried: may a help desk be kept there."""

    def __init__(self, lanes: Lanes, lane: Lane, parent: QWidget | None = None, *, whole: bool = False) -> None:
        """`whole`: every row is shown, on a page that scrolls itself; else the list scrolls."""
        super().__init__(parent)
        self._lanes, self._lane = lanes, lane
        self._asked: tuple[Path | None, str | None] = None, None
        self._stop = threading.Event()
        self._findings: dict[str, Finding] = {}
        self._rows: dict[str, CheckRow] = {}
        self._number = 0
        self._quick = False
        self._state = ""
        self.where = ""
        self._summary = PlainLabel("", "strong")
        self._summary.setWordWrap(True)
        self.again = QPushButton()
        self.again.setIcon(icon("search"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._start_again)
        self.again.hide()
        self._busy = BusyLine()
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, GAP_S, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVisible(not whole)
        if not whole:
            self._area.setWidget(self._list)
            self._area.setMinimumHeight(self.fontMetrics().lineSpacing() * ROWS_SHOWN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._summary, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._busy)
        column.addWidget(self._list if whole else self._area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._say()

    # -- what it knows ------------------------------------------------------------------------------------------------
    @property
    def under_way(self) -> bool:
        """Whether something is being tried."""
        return self._state in ("quick", "full")

    @property
    def is_good(self) -> bool:
        """Whether everything was tried and a help desk may be kept there."""
        return self._state == "done" and self.good_so_far

    @property
    def good_so_far(self) -> bool:
        """Whether nothing that was found speaks against it."""
        return bool(self._findings) and all(finding.ok for finding in self._findings.values())

    def is_about(self, where: str, password: str | None) -> bool:
        """Whether this place was asked, with this password."""
        return bool(where) and (self.where, self._asked[1]) == (where, password)

    def finding(self, name: str) -> Finding | None:
        """What was found by one check."""
        return self._findings.get(name)

    def words(self) -> str:
        """Everything as text, for a report that is copied."""
        from app.doctor import told

        marks = {"good": "+", "note": "!", "bad": "X"}
        texts = texts_now()
        lines = [self.where, self._summary.text()]
        for finding in self._findings.values():
            one = told(finding, texts)
            figure = f" ({one.figure})" if one.figure else ""
            lines.append(f"{marks[one.level.value]} {one.title}{figure}: {one.means}")
        return "\n".join(lines)

    # -- looking ------------------------------------------------------------------------------------------------------
    def start(self, where: str, profile: Path | None, *, quick: bool = False, password: str | None = None) -> None:
        """Try this place out; what was being tried before is stopped. `quick`: no more than a first answer.
        `password`: of a database, as it was typed."""
        self.stop()
        self._stop = threading.Event()
        self._number += 1
        self._quick = quick
        self.where = where
        self._asked = profile, password
        self._findings = {}
        self._clear()
        self._state = "quick"
        self._say()
        for full in (False,) if quick else (False, True):
            self._lane.submit(
                self._look, where, profile, full, self._stop, self._number, password, done=self._looked,
                failed=self._failed, owner=self,
            )  # fmt: skip

    def _start_again(self) -> None:
        """A cable was put in, a VPN begun, a permission given: the same place once more."""
        profile, password = self._asked
        self.start(self.where, profile, quick=self._quick, password=password)

    def stop(self) -> None:
        """Look no further."""
        self._stop.set()
        if self.under_way:
            self._state = ""
            self._say()

    def clear(self) -> None:
        """Nothing is asked about any place."""
        self.stop()
        self._findings = {}
        self._state = self.where = ""
        self._clear()
        self._say()

    def _look(
        self, where: str, profile: Path | None, full: bool, stop: threading.Event, number: int, password: str | None
    ) -> tuple[int, bool, bool]:
        """On the lane. Returns (number, full, whether it came to its end)."""
        from app.doctor import check

        looking = check(where, quick=not full, profile=profile, password=password)
        try:
            if stop.is_set() or self._lanes.stopping.is_set():
                return number, full, False
            for finding in looking:
                if stop.is_set() or self._lanes.stopping.is_set():
                    return number, full, False
                self._lanes.to_gui(_when_alive, self, self._found, number, finding)
        finally:
            looking.close()
        return number, full, True

    def _found(self, number: int, finding: Finding) -> None:
        if number == self._number and not self._stop.is_set():
            self._findings[finding.name] = finding
            self._show(finding)
            self._say()

    def _looked(self, outcome: tuple[int, bool, bool]) -> None:
        number, full, ended = outcome
        if number != self._number or not ended:
            return
        good = self.good_so_far
        if not full:
            self._state = "full" if good and not self._quick else "done"
            if not good:
                self._stop.set()  # trying more of what is refused already helps nobody
        else:
            self._state = "done"
        self._say()
        if not full:
            self.answered.emit(good)
        if self._state == "done":
            self._sort()
            self.finished.emit(good)

    def _failed(self, error: BaseException) -> None:
        self._state = "done"
        self._findings = {}
        self._say()
        raise error

    # -- showing ------------------------------------------------------------------------------------------------------
    def _show(self, finding: Finding) -> None:
        from app.doctor import told

        row = self._rows.get(finding.name)
        if row is None:
            row = self._rows[finding.name] = CheckRow()
            self._column.insertWidget(self._column.count() - 1, row)
            row.show()  # a layout shows what it is given one turn of the event loop later
        row.show_told(told(finding, texts_now()))

    def _sort(self) -> None:
        """What needs reading stands on top."""
        names = sorted(self._findings, key=lambda name: _ORDER[self._findings[name].level.value])
        for place, name in enumerate(names):
            self._column.removeWidget(self._rows[name])
            self._column.insertWidget(place, self._rows[name])
        self._area.verticalScrollBar().setValue(0)

    def _clear(self) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for finding in self._findings.values():
                self._show(finding)
            self._say()

    def _say(self) -> None:
        self._busy.set_busy(self.under_way)
        count = len(self._findings)
        if self._state == "quick":
            words = (
                self.tr("Checking the database…") if is_database(self.where) else self.tr("Checking the drive…")
            )  # fmt: skip
        elif self._state == "full":
            words = self.tr("Good at first sight; trying everything…")
        elif self._state == "done" and count:
            words = self._verdict()
        else:
            words = self.tr("The check was stopped.") if count else ""
        self._summary.setText(words)
        self.setAccessibleName(words)
        self.again.setText(self.tr("Check again"))
        self.again.setVisible(self._state == "done" and not self.good_so_far)

    def _verdict(self) -> str:
        from app.doctor import verdict

        words = verdict(self._findings.values(), texts_now())
        notes = sum(finding.level.value == "note" for finding in self._findings.values())
        if self.good_so_far and notes:
            words += " " + self.tr("%n thing(s) to know:", "", notes)
        return words


def written_place(typed: str) -> str:
    """A place as it was typed or pasted: Windows copies a path with its quotes, ~ is the own folder."""
    typed = typed.strip().strip('"')
    return str(Path(typed).expanduser()) if typed.startswith("~") else typed


def _when_alive(widget: QWidget, call: Callable[..., object], *args: object) -> None:
    if shiboken6.isValid(widget):
        call(*args)
