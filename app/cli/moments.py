"""Instants as people write and read them on the command line; scripts read ISO 8601 UTC (`--json`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from app import times
from app.desk import Desk
from app.errors import UserError

WRITTEN: Final = "2026-11-22 09:00 (at the site), 2026-11-22T09:00:00Z, or from now: 30m, 2h, 3d"
"""What `--help` says of them."""


def moment(desk: Desk, text: str) -> int:
    """An instant: so many minutes, hours or days from now (`30m`, `2h`, `3d`), ISO 8601 with its zone, or without one
    the wall clock of the site.

    Days are by the wall clock: three days from nine o'clock is nine o'clock. Errors: UserError.
    """
    zone = times.zone(desk.context.zone)
    number, unit = text.strip()[:-1], text.strip()[-1:]
    if number.isdecimal() and unit in ("m", "h", "d"):
        return _from_now(desk, int(number), unit, text)
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError:
        return times.parse_iso(text)
    if wall.tzinfo is not None:
        return times.parse_iso(text)
    if len(text.strip()) <= len("2026-11-22"):
        example = f"{text.strip()} 09:00"
        raise UserError(f'"{text}" is a whole day; say the time of day too, as in "{example}".')
    return times.wall_to_ms(wall, zone)


def on_the_wall(desk: Desk, at: int) -> str:
    """An instant for people: "2026-11-22 09:00", at the site."""
    return f"{times.local_wall(at, times.zone(desk.context.zone)):%Y-%m-%d %H:%M}"


def _from_now(desk: Desk, number: int, unit: str, text: str) -> int:
    now, zone = desk.context.clock(), times.zone(desk.context.zone)
    try:
        if unit == "d":
            return times.wall_to_ms(times.local_wall(now, zone) + timedelta(days=number), zone)
        at = now + number * (times.HOUR_MS if unit == "h" else times.MINUTE_MS)
        times.to_datetime(at)
    except (OverflowError, ValueError) as error:
        raise UserError(f'"{text}" is too far away.') from error
    return at
