"""The roster as an iCalendar file (RFC 5545), for the calendars people carry, and back.

Written in UTC, so that a clock change moves nothing. A turn keeps its id in the UID: what comes back changed changes
the same turn, and a file read twice makes nothing twice. An event from elsewhere gets an id that follows from its UID.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app import times
from app.errors import UserError
from app.work.roster import DUTIES, Turn
from db.ids import derived_id, id_text, parse_id

_AT: Final = "@halldesk"
_ANALYST: Final = "X-HALLDESK-ANALYST"


@dataclass
class Read:
    """What a file says. `problems`: (summary of the event, why it was left out)."""

    turns: list[Turn] = field(default_factory=list)
    cancelled: list[bytes] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def written(
    turns: Iterable[Turn], names: Callable[[bytes], str], *, stamp: int, words: Mapping[str, str], title: str
) -> bytes:
    """The file. `words`: what each duty is called; `stamp`: when it was made, ms UTC."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Halldesk//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for turn in turns:
        event, name = Event(), names(turn.analyst_id)
        event.add("uid", id_text(turn.id) + _AT)
        event.add("dtstamp", times.to_datetime(stamp))
        event.add("dtstart", times.to_datetime(turn.starts_at))
        event.add("dtend", times.to_datetime(turn.ends_at))
        event.add("summary", f"{name}: {words[turn.duty]}")
        event.add("categories", [turn.duty])
        event.add(_ANALYST, name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def read(content: bytes, resolve: Callable[[str], bytes], zone: str) -> Read:
    """What the file says. `resolve` finds an analyst by name (UserError when there is none); times without a zone are
    those of the site. Errors: UserError when it is no iCalendar file."""
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(content, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError) as error:
        raise UserError(f"This is no iCalendar file ({error}).") from error
    if not calendars:
        raise UserError("This is no iCalendar file (it holds no calendar).")
    found = Read()
    for event in events:
        _take(event, resolve, zone, found)
    return found


@dataclass(frozen=True)
class Difference:
    """What a file would change. `same`: turns and cancelled events that change nothing."""

    new: tuple[Turn, ...]
    changed: tuple[Turn, ...]
    gone: tuple[bytes, ...]
    same: int


def difference(said: Read, known: Callable[[bytes], Turn | None]) -> Difference:
    """Sort out a file. `known`: the turn of an id as it is on the roster. Of events with one UID the last counts."""
    wanted = {turn.id: turn for turn in said.turns}
    before = {turn_id: known(turn_id) for turn_id in wanted}
    new = tuple(turn for turn in wanted.values() if before[turn.id] is None)
    changed = tuple(
        turn for turn in wanted.values() if (old := before[turn.id]) is not None and old._replace(queue_id=None) != turn
    )
    gone = tuple(one for one in dict.fromkeys(said.cancelled) if one not in wanted and known(one) is not None)
    return Difference(new, changed, gone, len(said.turns) + len(said.cancelled) - len(new) - len(changed) - len(gone))


def _take(event: Any, resolve: Callable[[str], bytes], zone: str, found: Read) -> None:
    summary, uid = str(event.get("summary", "")), str(event.get("uid", ""))
    try:
        if not uid:
            raise UserError("it has no UID")
        own = parse_id(uid.removesuffix(_AT)) if uid.endswith(_AT) else None
        turn_id = own or derived_id(0, "shift", uid)
        if str(event.get("status", "")).upper() == "CANCELLED":
            found.cancelled.append(turn_id)
            return
        if event.get("rrule") is not None or event.get("recurrence-id") is not None:
            raise UserError("it repeats; write each turn as an event of its own")
        start, end = (_instant(event, name, zone) for name in ("dtstart", "dtend"))
        name = str(event.get(_ANALYST) or summary.partition(":")[0]).strip()
        found.turns.append(Turn(turn_id, resolve(name), _duty(event), None, start, end))
    except UserError as error:
        found.problems.append((summary or uid or "?", str(error)))


def _instant(event: Any, name: str, zone: str) -> int:
    if event.get(name) is None:
        raise UserError(f"it has no {name.upper()}")
    moment = event.decoded(name)
    if not isinstance(moment, datetime):
        raise UserError("it lasts whole days; a turn has a clock time")
    if moment.utcoffset() is None:
        return times.wall_to_ms(moment.replace(tzinfo=None), times.zone(zone))
    return times.from_datetime(moment)


def _duty(event: Any) -> str:
    said = event.get("categories")
    listed = said if isinstance(said, list) else [] if said is None else [said]
    words = {str(word).strip().casefold() for one in listed for word in getattr(one, "cats", [one])}
    return next((duty for duty in DUTIES if duty in words), "hotline")
