"""A week of the roster as a calendar file, and back; the telephone's counts from a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app import times
from app.work.roster import DUTIES
from ui.roster import words
from ui.roster.reading import Shown
from ui.services import Services

if TYPE_CHECKING:
    from app.desk import Desk
    from app.intake.calls import Counted

YEAR_MS: Final = 366 * times.DAY_MS


class WeekFiles(QObject):
    """Of one section. `shown`: the week on screen."""

    def __init__(self, services: Services, section: QWidget) -> None:
        super().__init__(section)
        self._services, self._section = services, section
        self.shown: Shown | None = None

    def export_week(self) -> None:
        """The turns of the week on screen as a calendar file."""
        if self.shown is not None:
            week = self.shown.week
            name = self.tr("roster-{week}.ics").format(week=week.week)
            self._export(name, week.bounds[0][0], week.bounds[-1][1], None)

    def export_mine(self) -> None:
        """My turns from this week on, for my own calendar."""
        if self.shown is not None:
            start = self.shown.week.today.bounds(self._services.zone)[0]
            self._export(self.tr("my-turns.ics"), start, start + YEAR_MS, self._services.desk.me)

    def _export(self, name: str, start: int, end: int, who: bytes | None) -> None:
        from ui.roster.calendar_files import ask_where, write

        path = ask_where(self._services, self._section, self.tr("Export"), name, self.tr("iCalendar (*.ics)"))
        if path is not None:
            duties = {key: words.duty(key) for key in DUTIES}
            self._services.lanes.read.submit(
                write, self._services.desk, start, end, who, duties, path, done=self._exported,
                failed=self._services.show_error, owner=self,
            )  # fmt: skip

    def _exported(self, written: tuple[Path, int]) -> None:
        path, count = written
        said = self.tr("%n turn(s) written to {file}", "", count).format(file=path)
        self._services.notices.done(said)

    def import_file(self) -> None:
        """A calendar file, looked at before it is read in."""
        from ui.roster.calendar_files import FileRead, ImportDialog, folder, read

        chosen, _kind = QFileDialog.getOpenFileName(
            self._section, self.tr("Import a roster"), str(folder(self._services)), self.tr("iCalendar (*.ics)")
        )

        def show(found: FileRead) -> None:
            dialog = ImportDialog(self._services, found, self._section)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        if chosen:
            self._services.lanes.read.submit(
                read, self._services.desk, Path(chosen), done=show, failed=self._services.show_error, owner=self
            )

    def import_calls(self) -> None:
        """The counts of the telephone, half hour by half hour."""
        from ui.roster.calendar_files import folder

        chosen, _kind = QFileDialog.getOpenFileName(
            self._section, self.tr("Import call counts"), str(folder(self._services)), self.tr("Tables (*.csv *.txt)")
        )
        if chosen:
            path = Path(chosen)

            def take(desk: Desk) -> Counted:
                from app.intake.calls import import_calls

                return import_calls(desk.context, path)

            self._services.run(take, done=self._counted)

    def _counted(self, found: Counted) -> None:
        said = self.tr("%n half hour(s) of calls read in", "", found.created + found.updated)
        if found.problems:
            row, why = found.problems[0]
            left = self.tr("%n row(s) left out, the first in line {row}: {why}", "", len(found.problems))
            self._services.notices.warning(f"{said}. {left.format(row=row, why=why)}")
        else:
            self._services.notices.done(said)
