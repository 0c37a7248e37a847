"""The roster as an iCalendar file, out and in, by the system's own file dialogs. Before anything is read in, what the
file would change is shown, and what of it is left out and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app import times
from app.errors import UserError
from app.reading import ReadingDesk
from app.work.roster_calendar import Difference
from ui.roster import words
from ui.services import Services
from ui.tokens import GAP_L, GAP_M
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

SHOWN: Final = 400
"""Lines of what a file would change; the counts above them are of all."""


@dataclass(frozen=True)
class FileRead:
    """A file, sorted out; names by id."""

    path: Path
    difference: Difference
    problems: tuple[tuple[str, str], ...]
    names: dict[bytes, str]
    gone: tuple[str, ...]


def folder(services: Services) -> Path:
    """Where files were last kept."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(services.settings["report_folder"] or QStandardPaths.writableLocation(documents))


def ask_where(services: Services, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Where to write a file; None when it was called off."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(folder(services) / name), kind)
    if not chosen:
        return None
    services.settings["report_folder"] = str(Path(chosen).parent)
    return Path(chosen)


def write(
    desk: ReadingDesk, start: int, end: int, who: bytes | None, duties: dict[str, str], path: Path
) -> tuple[Path, int]:
    """Write the turns of a span, of everybody or of one person, on a lane. Errors: UserError."""
    from app.reports.writing import write_whole
    from app.work.roster import Roster
    from app.work.roster_calendar import written

    turns = [turn for turn in Roster(desk.context).turns(start, end) if who is None or turn.analyst_id == who]
    content = written(
        turns, lambda one: desk.directory.name("analyst", one), stamp=desk.context.clock(), words=duties,
        title=desk.name,
    )  # fmt: skip
    write_whole(path, content)
    return path, len(turns)


def read(desk: ReadingDesk, path: Path) -> FileRead:
    """Read a file and compare it with the roster, on a lane. Errors: UserError."""
    from app.work.roster import Roster
    from app.work.roster_calendar import difference
    from app.work.roster_calendar import read as read_calendar

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror or error}).") from error
    said = read_calendar(content, lambda name: desk.directory.resolve("analyst", name), desk.context.zone)
    roster = Roster(desk.context)
    found = difference(said, roster.turn)
    names = {one.id: one.name for one in desk.directory.all("analyst", inactive=True)}
    zone = times.zone(desk.context.zone)
    gone = [turn for one in found.gone if (turn := roster.turn(one)) is not None]
    told = tuple(words.told(turn, names.get(turn.analyst_id, "?"), zone) for turn in gone)
    return FileRead(path, found, tuple(said.problems), names, told)


class ImportDialog(QDialog):
    """What a file would change; *Import* does it, in one step that can be undone in one."""

    def __init__(self, services: Services, found: FileRead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._found = services, found
        difference = found.difference
        self.setWindowTitle(self.tr("Import a roster"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(found.path.name, "large"))
        counts = [
            self.tr("%n new turn(s)", "", len(difference.new)),
            self.tr("%n changed", "", len(difference.changed)),
            self.tr("%n taken off", "", len(difference.gone)),
            self.tr("%n as before", "", difference.same),
            self.tr("%n left out", "", len(found.problems)),
        ]
        self.summary = PlainLabel(", ".join(counts))
        self.summary.setWordWrap(True)
        column.addWidget(self.summary)
        self.table = RowTable(2, 1)
        self.table.setAccessibleName(self.tr("What the file says"))
        self.table.set_heads([self.tr("What happens"), self.tr("Turn")])
        self.table.show_rows(self._rows())
        self.table.setMinimumSize(self.fontMetrics().averageCharWidth() * 90, self.fontMetrics().height() * 14)
        column.addWidget(self.table, 1)
        footer = Footer(self, self.tr("Import"))
        self.go = footer.go
        self.go.setEnabled(bool(difference.new or difference.changed or difference.gone))
        self.go.clicked.connect(self._go)
        column.addLayout(footer)

    def _rows(self) -> list[Row]:
        found, zone = self._found, self._services.zone
        lines: list[tuple[Cell, str]] = []
        for said, why in found.problems:
            lines.append((Cell(self.tr("left out"), "warning"), f"{said}: {why}"))
        for head, icon_name, turns in (
            (self.tr("new"), "plus", found.difference.new), (self.tr("changed"), "edit", found.difference.changed),
        ):  # fmt: skip
            for turn in turns:
                name = found.names.get(turn.analyst_id, "?")
                lines.append((Cell(head, icon_name), words.told(turn, name, zone)))
        lines += [(Cell(self.tr("taken off"), "trash"), said) for said in found.gone]
        if len(lines) > SHOWN:
            more = self.tr("… and %n more", "", len(lines) - SHOWN)
            lines = [*lines[:SHOWN], (Cell(""), more)]
        return [(place.to_bytes(4, "big"), line) for place, line in enumerate(lines)]

    def _go(self) -> None:
        difference = self._found.difference
        said = self.tr("The roster of {file} is read in").format(file=self._found.path.name)
        self._services.run(
            lambda desk: desk.shifts.take_in(difference.new, difference.changed, difference.gone), said=said
        )
        self.accept()
