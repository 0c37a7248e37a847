"""The words of reports and other written things, in German and English, with numbers and dates as each language writes
them.

`Texts("de")("key", name=...)` gives one text; both languages stand side by side in `CATALOGUE`, so that neither can be
forgotten. The window has Qt's catalogues (resources/i18n); this one is for what is written without a window.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Final

from app import times
from app.texts_basis import BASIS
from app.texts_cases import CASES
from app.texts_departments import DEPARTMENTS
from app.texts_doctor import DOCTOR
from app.texts_doctor_database import DOCTOR_DATABASE
from app.texts_insight import INSIGHT
from app.texts_knowledge import KNOWLEDGE
from app.texts_report import REPORT
from app.texts_sections import SECTIONS
from app.texts_site import SITE_TEXTS
from app.texts_verify import VERIFY
from app.texts_views import VIEWS

LANGUAGES: Final = ("en", "de")
CATALOGUE: Final[Mapping[str, tuple[str, str]]] = {
    **REPORT, **SECTIONS, **BASIS, **DOCTOR, **DOCTOR_DATABASE, **VIEWS, **CASES, **SITE_TEXTS, **INSIGHT,
    **KNOWLEDGE, **DEPARTMENTS, **VERIFY,
}  # fmt: skip
"""key -> (English, German). Both have the same placeholders."""

NARROW: Final = "\u00a0"
"""Between a number and its unit: no line break."""
_MONTHS: Final = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
}  # fmt: skip
_DAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
}


class Texts:
    """Texts, numbers and dates in one language. An unknown language is English; `de-AT` is German."""

    def __init__(self, language: str) -> None:
        short = language[:2].lower()
        self.language = short if short in LANGUAGES else "en"
        self._place = LANGUAGES.index(self.language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key. Errors: KeyError for an unknown key or a missing value (bugs)."""
        text = CATALOGUE[key][self._place]
        return text.format(**values) if values else text

    # -- numbers ------------------------------------------------------------------------------------------------------
    def integer(self, value: float) -> str:
        """`1,234` or `1.234`."""
        text = f"{round(value):,}"
        return text.replace(",", ".") if self.language == "de" else text

    def decimal(self, value: float, places: int = 1) -> str:
        """`1,234.5` or `1.234,5`."""
        text = f"{value:,.{places}f}"
        return text.translate(_GERMAN) if self.language == "de" else text

    def share(self, value: float) -> str:
        """`7.1%` or `7,1 %`."""
        gap = NARROW if self.language == "de" else ""
        return f"{self.decimal(value * 100)}{gap}%"

    def minutes(self, value: float) -> str:
        """`45 min`, `4.3 h`, `123 h`."""
        if round(value) < 60:
            return f"{round(value)}{NARROW}min"
        hours = value / 60
        return f"{self.decimal(hours) if hours < 99.95 else self.integer(hours)}{NARROW}h"

    def change(self, value: float) -> str:
        """A difference with its sign: `+12`, `−3`, `±0`."""
        if round(value) == 0:
            return "±0"
        return f"{'+' if value > 0 else '−'}{self.integer(abs(value))}"

    # -- dates --------------------------------------------------------------------------------------------------------
    def day(self, day: date) -> str:
        """`16 March 2026` or `16. März 2026`."""
        return f"{day.day}{self._dot} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """`16 Mar 2026` or `16.03.2026`."""
        if self.language == "de":
            return f"{day:%d.%m.%Y}"
        return f"{day.day} {_MONTHS['en'][day.month - 1][:3]} {day.year}"

    def month(self, name: str) -> str:
        """`March 2026` or `März 2026`, of "2026-03"."""
        year, number = name.split("-")
        return f"{_MONTHS[self.language][int(number) - 1]} {year}"

    def weekday(self, day: date) -> str:
        """`Mon` or `Mo`."""
        return _DAYS[self.language][day.weekday()]

    def span(self, first: date, last: date) -> str:
        """`16 – 22 March 2026`, `30 March – 5 April 2026`; German with dots."""
        dot = self._dot
        start = f"{first.day}{dot}"
        if first.month != last.month:
            start += f" {_MONTHS[self.language][first.month - 1]}"
        if first.year != last.year:
            start += f" {first.year}"
        return f"{start} – {self.day(last)}"

    def moment(self, ms: int, zone: str) -> str:
        """`23 Mar 2026, 07:30` on the wall of that time zone."""
        wall = times.local_wall(ms, times.zone(zone))
        return f"{self.short_day(wall.date())}, {wall:%H:%M}"

    @property
    def _dot(self) -> str:
        return "." if self.language == "de" else ""


_GERMAN: Final = str.maketrans({",": ".", ".": ","})


def placeholders(text: str) -> set[str]:
    """The names a text wants filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}
