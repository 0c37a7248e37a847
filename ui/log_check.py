"""The check of the whole log (app.verifying) as a part of Drive health: a button, how far it is, and what was found in
words, to be copied or saved.

It runs on the lane of what takes long, so that nobody's typing and no round with the store waits for it, and goes on
while the page is out of sight; the same button, Esc and the end of the page stop it.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import text
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS, Tone
from ui.widgets.blocks import IconLabel, SectionHeader
from ui.widgets.labels import PlainLabel
from ui.written import texts_now

if TYPE_CHECKING:
    from app.desk import Desk
    from app.verifying import Finding
    from db.verify import Step, Verification

SHOWN_AT_MOST: Final = 30
"""More findings stand in the saved report only."""
STEPS: Final = 200
"""So finely is told how far it is; finer nobody sees."""


class LogCheck(QWidget):
    """Checks when asked."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._stop: threading.Event | None = None
        self._result: Verification | None = None
        self._at: int | None = None
        self._said = ""
        self._step: tuple[Step, int, int] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        self._head = SectionHeader("")
        self.copy, self.save, self.start_stop = QPushButton(), QPushButton(), QPushButton()
        self.copy.setIcon(icon("copy"))
        self.save.setIcon(icon("save"))
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        self.start_stop.clicked.connect(self._start_or_stop)
        for button in (self.copy, self.save, self.start_stop):
            button.setAutoDefault(False)
            self._head.add_control(button)
        column.addWidget(self._head)
        self._summary = PlainLabel()
        self._summary.setWordWrap(True)
        column.addWidget(self._summary)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        self._rows = QWidget()
        self._rows_column = QVBoxLayout(self._rows)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(GAP_XS)
        column.addWidget(self._rows)
        self._retranslate()

    # -- checking -----------------------------------------------------------------------------------------------------
    @property
    def under_way(self) -> bool:
        """Whether it is being checked."""
        return self._stop is not None

    @property
    def result(self) -> Verification | None:
        """What the last check found; None before the first."""
        return self._result

    def start(self) -> None:
        """Check all of it, from the first entry on."""
        stop = self._stop = threading.Event()
        self.destroyed.connect(stop.set)
        self._result, self._said, self._step = None, "", None
        lanes, writing = self._services.lanes, self._services.writing
        told: list[object] = []

        def watch(step: Step, done: int, of: int) -> None:
            from app.verifying import Stopped

            if stop.is_set() or lanes.stopping.is_set():
                raise Stopped
            now = [step, done * STEPS // max(of, 1)]
            if now != told:
                told[:] = now
                lanes.to_gui(self._came, stop, step, done, of)

        def check(desk: Desk) -> Verification:
            from app.verifying import check_log

            return check_log(desk, watch)

        lanes.imports.submit(
            lambda: check(writing()), done=lambda result: self._ended(stop, result),
            failed=lambda error: self._failed(stop, error), owner=self,
        )  # fmt: skip
        self._show()

    def stop(self) -> None:
        """Look no further."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._said = self.tr("The check was stopped.")
            self._show()

    def _start_or_stop(self) -> None:
        if self.under_way:
            self.stop()
        else:
            self.start()

    def _came(self, stop: threading.Event, step: Step, done: int, of: int) -> None:
        if shiboken6.isValid(self) and stop is self._stop:
            self._step = step, done, of
            self._show()

    def _ended(self, stop: threading.Event, result: Verification) -> None:
        if stop is self._stop:
            self._stop = None
            self._result, self._at = result, self._services.now()
            self._show()

    def _failed(self, stop: threading.Event, error: BaseException) -> None:
        if stop is not self._stop:
            return  # it was stopped: nothing went wrong
        self._stop = None
        self._said = text.refusal(error)
        self._show()
        self._services.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.under_way:
            self.stop()
        else:
            super().keyPressEvent(event)

    # -- the report ---------------------------------------------------------------------------------------------------
    def _findings(self) -> list[Finding]:
        from app.verifying import findings

        if self._result is None:
            return []
        return list(findings(self._result, texts_now(), self._services.desk.context.zone))

    def report(self) -> str:
        """What was found, as text; "" before the first check."""
        if self._result is None:
            return ""
        at = text.moment(self._at or 0, self._services.zone)
        lines = [f"Halldesk – {texts_now()('verify.head')}, {at}", self._services.desk.where, self._summary.text(), ""]
        return "\n".join([*lines, *(f"{'X' if one.bad else '!'} {one}" for one in self._findings())]).strip() + "\n"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._services.notices.info(self.tr("Copied"))

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the report"), "halldesk-log.txt", "*.txt")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the report there."""
        words = self.report()
        self._services.lanes.files.submit(
            lambda: file.write_text(words, encoding="utf-8", newline="\n"),
            done=lambda _: self._services.notices.done(self.tr("Saved: {file}").format(file=file)),
            failed=self._services.show_error, owner=self,
        )  # fmt: skip

    # -- showing ------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._head.set_text(self.tr("The whole log"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setAccessibleName(self.tr("Copy what was found"))
        self.save.setText(self.tr("Save…"))
        self.save.setAccessibleName(self.tr("Save what was found"))
        self._show()

    def _show(self) -> None:
        self.start_stop.setText(self.tr("Stop") if self.under_way else self.tr("Check the whole log"))
        self.start_stop.setIcon(icon("x" if self.under_way else "search"))
        self.bar.setVisible(self.under_way)
        found = self._findings()
        self.copy.setVisible(self._result is not None)
        self.save.setVisible(self._result is not None)
        self._summary.setText(self._words())
        self._summary.setProperty("textRole", "strong" if self._result is not None else "muted")
        self._summary.style().polish(self._summary)
        if self.under_way:
            _, done, of = self._step or ("replay", 0, 1)
            self.bar.setRange(0, 1000 if self._step is not None else 0)
            self.bar.setValue(round(1000 * done / max(of, 1)))
            self.bar.setAccessibleName(self._words())
        while (item := self._rows_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in found[:SHOWN_AT_MOST]:
            self._rows_column.addWidget(_row(one, self.tr("must be put right") if one.bad else self.tr("to know")))
        if (more := len(found) - SHOWN_AT_MOST) > 0:
            self._rows_column.addWidget(PlainLabel(self.tr("%n more stand(s) in the report", "", more), "muted"))
        self._rows.setVisible(bool(found))

    def _words(self) -> str:
        from app.verifying import summary

        if self._result is not None:
            return summary(self._result, texts_now())
        if not self.under_way:
            return self._said or self.tr(
                "Replays every entry against this workstation's copy and the store, and says whose entry is wrong. "
                "It may take minutes; one can work on meanwhile."
            )
        if self._step is None:
            return self.tr("Waiting for its turn…")
        step, done, of = self._step
        words = {
            "replay": self.tr("Replaying entry {done} of {all}…"),
            "rows": self.tr("Comparing rows: table {done} of {all}…"),
            "store": self.tr("Comparing with the store: entry {done} of {all}…"),
        }[step]
        return words.format(done=text.number(done), all=text.number(of))


def _row(found: Finding, says: str) -> QWidget:
    """One finding: what, whose, and what to do below it."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 2, 0, 2)
    line.setSpacing(GAP_S)
    mark = IconLabel("warning", Tone.WARNING)
    mark.show_as("error" if found.bad else "warning", Tone.DANGER if found.bad else Tone.WARNING, says)
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    what = f"{found.what} ({found.whose})" if found.whose else found.what
    labels: list[QLabel] = [PlainLabel(what), *([PlainLabel(found.means, "muted")] if found.means else [])]
    for label in labels:
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
    line.addLayout(column, 1)
    row.setAccessibleName(f"{says}: {what}")
    row.setAccessibleDescription(found.means)
    return row
