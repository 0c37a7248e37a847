"""From a cell to a value: what a mapping says about one field, without any file.

The words of a `FieldRule`'s columns are joined ("/" unless it says otherwise) and looked up: refused words first, then
exact values, the longest fitting prefix, patterns in their order, the default. Fields with a vocabulary of our own
(status, tier, ...) take nothing that is not in it; names (queue, owner, ...) are taken as they stand. `Instants` reads
times the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from app import times
from app.language_codes import language_code
from app.times import from_datetime, wall_to_ms
from db.rules import CASE_KINDS, CHANNELS, STATUSES, WAITING_ON


class RowProblem(Exception):
    """Why one row can't be taken; the import notes it and goes on."""


TIER: Final = re.compile(r"[1-3](/[1-3])*")
"""Support lines of a tier event: one, or several at once ("2/3": a team that is both)."""

_RANK: Final = re.compile(r"[1-9]")
_VOCABULARY: Final[Mapping[str, frozenset[str]]] = {
    "status": frozenset({*STATUSES, *(f"waiting:{whom}" for whom in WAITING_ON)}) - {"merged"},
    "channel": frozenset(CHANNELS),
    "kind": frozenset(CASE_KINDS),
}
INSTANTS: Final = frozenset({"opened_at", "updated_at", "resolved_at", "closed_at"})


def vocabulary(name: str) -> str | None:
    """What a field may hold, in words; None where any text may stand."""
    if name in _VOCABULARY:
        return ", ".join(sorted(_VOCABULARY[name]))
    return {"tier": "1, 2, 3 or 2/3", "severity": "a rank from 1 (worst) to 9"}.get(name)


def fits(name: str, value: str) -> bool:
    """True when the field `name` may hold `value`."""
    if name in _VOCABULARY:
        return value in _VOCABULARY[name]
    if name == "tier":
        return TIER.fullmatch(value) is not None
    if name == "severity":
        return _RANK.fullmatch(value) is not None
    return True


class Pattern(NamedTuple):
    """A regular expression that must match the whole of the words, and what they mean (\\1: its first group)."""

    match: re.Pattern[str]
    to: str


@dataclass(frozen=True)
class FieldRule:
    """What a mapping says about the field `name`.

    `keeps`: an empty cell says nothing, so the last value stays; otherwise it says that there is no value.
    """

    name: str
    columns: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    prefixes: tuple[tuple[str, str], ...] = ()
    patterns: tuple[Pattern, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    constant: str | None = None
    keeps: bool = True
    join: str = "/"
    optional: bool = False
    """The file may lack the columns."""

    def meaning(self, words: str) -> str:
        """The value for these words, which are not empty; "" when they stand for nothing. Errors: RowProblem."""
        if words in self.refused:
            raise RowProblem(f'{self.refused[words]}: "{words}"')
        found = self._listed(words)
        if found is None:
            found = words if self.default is None else self.default
        if found and not fits(self.name, found):
            raise RowProblem(f'the {self.name} "{words}" is not in the mapping')
        return found

    def _listed(self, words: str) -> str | None:
        if words in self.values:
            return self.values[words]
        for prefix, to in self.prefixes:
            if words.startswith(prefix):
                return to
        return next((m.expand(to) for match, to in self.patterns if (m := match.fullmatch(words))), None)


def language(words: Mapping[str, str]) -> dict[str, str]:
    """The column `language` of a row that gives one. Errors: RowProblem where that is no code."""
    if "language" not in words:
        return {}
    code = language_code(words["language"])
    if code is None:
        raise RowProblem(f'the language "{words["language"]}" is not a code like de or en')
    return {"language": code}


class Instants:
    """Reads times of one file. `formats`: "iso", "seconds" or "milliseconds" (since 1970), or a strptime format.

    A time without an offset is wall-clock time in `zone`.
    """

    def __init__(self, formats: Sequence[str], zone: tzinfo) -> None:
        self._formats, self._zone = formats, zone
        self._known: dict[str, int] = {}

    def read(self, text: str) -> int:
        """Milliseconds UTC. Errors: RowProblem."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._parsed(text)
        return found

    def _parsed(self, text: str) -> int:
        for form in self._formats:
            try:
                return self._by(form, text)
            except (ValueError, OverflowError):
                continue
        raise RowProblem(f'"{text}" is not a time in a format of the mapping')

    def _by(self, form: str, text: str) -> int:
        if form in ("seconds", "milliseconds"):
            found = int(float(text) * 1000) if form == "seconds" else int(text)
        else:
            moment = datetime.fromisoformat(text) if form == "iso" else _moment(text, form)
            found = wall_to_ms(moment, self._zone) if moment.utcoffset() is None else from_datetime(moment)
        if not 0 <= found < times.from_datetime(_LATEST):
            raise ValueError("out of range")
        return found


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _moment(text: str, form: str) -> datetime:
    """strptime with English names for %b and %p, whatever language the process has been set to.

    Errors: ValueError.
    """
    if "%b" in form:
        text = re.sub(r"[A-Za-z]{3}(?![A-Za-z])", lambda m: str(_MONTHS.index(m[0].lower()) + 1), text, count=1)
        form = form.replace("%b", "%m")
    later = timedelta(0)
    if "%p" in form:
        half = re.search(r"\s*\b([AP])M\b", text, re.IGNORECASE)
        if half is None:
            raise ValueError("neither AM nor PM")
        later = timedelta(hours=12 if half[1].upper() == "P" else 0)
        text, form = text.replace(half[0], ""), re.sub(r"\s*%p", "", form)
    return datetime.strptime(text, form) + later  # noqa: DTZ007


_LATEST: Final = datetime.fromisoformat("9999-01-01T00:00:00Z")


class Template:
    """Text with `{column}` in it; a part in `[...]` is left out where one of its columns is empty, and separators that
    then stand at the beginning too.

    Errors: ValueError for a bracket or brace without its partner.
    """

    _TOKEN: Final = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")
    _SEPARATORS: Final = " /,;:.\n"
    _COLUMN: Final = re.compile(r"\{([^{}]+)\}")

    def __init__(self, text: str) -> None:
        self._parts: list[tuple[bool, list[str], list[str]]] = []
        if re.sub(self._TOKEN, "", text):
            raise ValueError("a bracket has no partner")
        for match in self._TOKEN.finditer(text):
            body = match[2] if match[1] is None else match[1]
            pieces = self._COLUMN.split(body)
            if any("{" in literal or "}" in literal for literal in pieces[::2]):
                raise ValueError("a brace has no partner")
            self._parts.append((match[1] is not None, pieces[::2], pieces[1::2]))

    @property
    def required(self) -> tuple[str, ...]:
        """Columns outside brackets."""
        return tuple(column for optional, _, columns in self._parts if not optional for column in columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns."""
        return tuple(column for _, _, columns in self._parts for column in columns)

    def filled(self, cells: Mapping[str, str]) -> str:
        """The text for these cells; a column that is not there counts as empty."""
        out: list[str] = []
        for optional, literals, columns in self._parts:
            found = [cells.get(column, "") for column in columns]
            if optional and not all(found):
                continue
            out.append(literals[0])
            for cell, literal in zip(found, literals[1:], strict=True):
                out += (cell, literal)
        return "".join(out).strip().lstrip(self._SEPARATORS)
