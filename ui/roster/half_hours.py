"""A day of the roster half hour by half hour, as a list: calls to expect, needed, planned, missing, who is on.

The chart shows a week at a glance; here every figure can be read, by a screen reader too. The half hour that is chosen
is marked in the chart; Return plans a turn where somebody is missing.
"""

from __future__ import annotations

from datetime import tzinfo

from app.insight.erlang import WITHIN_SECONDS
from app.insight.hotline import HALF_HOUR_MS
from app.insight.roster_week import RosterWeek
from app.insight.staffing import Need
from ui import text
from ui.roster import words
from ui.tokens import Tone
from ui.widgets.row_table import Cell, RowTable


class HalfHours(RowTable):
    """Rows of one day; a row's id is the beginning of its half hour."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(7, 6)
        self._zone = zone
        self._needs: dict[bytes, Need] = {}

    def show_day(self, week: RosterWeek, day: int, names: dict[bytes, str]) -> None:
        """Show a day (0 to 6) of a week: every half hour with calls to expect or somebody on the hotline."""
        start, end = week.bounds[day]
        self._needs = {_key(one.starts_at): one for one in week.needs if start <= one.starts_at < end}
        self.show_rows([(key, self._cells(one, week, names)) for key, one in self._needs.items()])

    def _cells(self, one: Need, week: RosterWeek, names: dict[bytes, str]) -> list[Cell | str]:
        from_, to = (text.clock(at, self._zone) for at in (one.starts_at, one.starts_at + HALF_HOUR_MS))
        on = sorted(
            (names.get(turn.analyst_id, "?") for turn in week.turns
             if turn.duty == "hotline" and turn.starts_at <= one.starts_at < turn.ends_at),
            key=str.casefold,
        )  # fmt: skip
        missing: Cell | str = Cell(str(one.short), "warning", Tone.WARNING) if one.short else ""
        known = one.calls is not None
        level = f"{one.level:.0%}" if one.level is not None and one.rostered else ""
        return [
            f"{from_}–{to}", text.decimal(one.calls) if one.calls is not None else self.tr("not counted"),
            str(one.needed) if known else "", str(one.rostered), missing, level, ", ".join(dict.fromkeys(on)),
        ]  # fmt: skip

    def need(self) -> Need | None:
        """The half hour that is chosen."""
        return self._needs.get(self.current_id() or b"")

    def retranslate(self) -> None:
        """Say the heads in the language of the window."""
        self.setAccessibleName(self.tr("Half hours of the day"))
        in_time = self.tr("Within {seconds} s").format(seconds=WITHIN_SECONDS)
        self.set_heads([
            self.tr("Half hour"), self.tr("Calls"), self.tr("Needed"), self.tr("Planned"), self.tr("Missing"), in_time,
            self.tr("On the hotline"),
        ])  # fmt: skip


def day_of(week: RosterWeek, at: int) -> int:
    """Which day of the week an instant (ms UTC) lies in; the first one for what lies outside."""
    return next((n for n, (start, end) in enumerate(week.bounds) if start <= at < end), 0)


def title(week: RosterWeek, day: int) -> str:
    """The day over the list."""
    return words.day(week.days[day])


def _key(at: int) -> bytes:
    return at.to_bytes(8, "big", signed=True)


def until(week: RosterWeek, at: int) -> int:
    """Where the shortage ends in which an instant lies (ms UTC)."""
    return next((one.ends_at for one in week.short if one.starts_at <= at < one.ends_at), at + HALF_HOUR_MS)
