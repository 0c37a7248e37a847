"""What the hotline's section shows, read on a lane."""

from __future__ import annotations

from dataclasses import dataclass

from app import times
from app.insight.roster_week import RosterWeek, read_week
from app.reading import ReadingDesk


@dataclass(frozen=True)
class Shown:
    """A week and the names in it; `previous`: whether the week before has turns to copy."""

    week: RosterWeek
    names: dict[bytes, str]
    staff: tuple[tuple[bytes, str], ...]
    previous: bool


def read(desk: ReadingDesk, week: times.IsoWeek | None, everyone: bool) -> Shown:
    """On the read lane."""
    found = read_week(desk.context, week, everyone=everyone)
    names = {one.id: one.name for one in desk.directory.all("analyst", inactive=True)}
    staff = tuple((one.id, one.name) for one in desk.directory.all("analyst"))
    start, end = found.week.shifted(-1).bounds(times.zone(desk.context.zone))
    previous = desk.context.reader.value(
        "SELECT EXISTS (SELECT 1 FROM shift WHERE starts_at >= ? AND starts_at < ?)", (start, end)
    )
    return Shown(found, names, staff, bool(previous))
