"""Weekly shifts as people write them: a line for each day or range of days, "mon-fri 06:00-14:00, 14:00-22:00".

Both languages are understood; a date in front of shifts gives that day its own.
"""

from __future__ import annotations

import json
import re
from typing import Final

from app.errors import UserError
from app.work.calendars import WEEKDAYS

_NAMES: Final = {
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "de": ("mo", "di", "mi", "do", "fr", "sa", "so"),
}
_DAILY: Final = {"en": "daily", "de": "täglich"}
_LINE: Final = re.compile(r"\s*([^\s:]+)\s*[:=]?\s+(.+?)\s*$")


def to_lines(stored: str, language: str) -> str:
    """The stored form (app.work.calendars) as lines; neighbours with the same shifts share one."""
    shifts: dict[str, list[str]] = json.loads(stored) if stored else {}
    names = _NAMES["de" if language.startswith("de") else "en"]
    out: list[str] = []
    day = 0
    while day < 7:
        given = shifts.get(WEEKDAYS[day])
        last = day
        while last < 6 and shifts.get(WEEKDAYS[last + 1]) == given:
            last += 1
        if given:
            whole_week = (day, last) == (0, 6)
            span = names[day] if day == last else f"{names[day]}-{names[last]}"
            word = _DAILY["de" if language.startswith("de") else "en"] if whole_week else span
            out.append(f"{word} {', '.join(given)}")
        day = last + 1
    out += [f"{key} {', '.join(given)}" for key, given in shifts.items() if key[:1].isdigit()]
    return "\n".join(out)


def from_lines(text: str) -> str:
    """The stored form of such lines; what the shifts are is checked where they are stored. Errors: UserError."""
    shifts: dict[str, list[str]] = {}
    for line in filter(str.strip, text.splitlines()):
        match = _LINE.match(line)
        if match is None:
            raise UserError(f'"{line.strip()}" is not a day with shifts; write for instance "mon-fri 06:00-14:00".')
        given = [part.strip().replace("–", "-").replace(" ", "") for part in match[2].split(",") if part.strip()]
        for key in _days(match[1]):
            shifts.setdefault(key, []).extend(given)
    return json.dumps(shifts)


def _days(word: str) -> list[str]:
    word = word.strip(":").casefold()
    if word[:1].isdigit():
        return [word]
    if word in _DAILY.values():
        return list(WEEKDAYS)
    first, dash, last = word.replace("–", "-").partition("-")
    at = _day(first)
    end = _day(last) if dash else at
    return [WEEKDAYS[(at + step) % 7] for step in range((end - at) % 7 + 1)]


def _day(word: str) -> int:
    for names in _NAMES.values():
        for number, name in enumerate(names):
            if word and (word == name or (len(word) > 2 and word[:3] == name) or word.rstrip(".") == name):
                return number
    raise UserError(f'"{word}" is not a day; use mon, tue, wed, thu, fri, sat, sun, or a date like 2026-12-24.')
