"""From the rows of one case to its history: pure rules, without files or a database.

Each row says what was true from its instant on. The first row opens the case: `opened`, then one event per field that
has a value. Every later row leaves one event per field that differs from what was true before it, in the order of
`FIELDS`; a row that changes none of them leaves `touched`. So each row is found again in the history, by its number.
The source's own words for the status are the reason of `status` events; where only those words change, of `touched`.

What the words of other systems must be bent to:

1. "new" again after the case was in hands: it waits in another queue, which is "in progress" here
2. "resolved" on a closed case: it stays closed
3. a time before that of the row above (in a log that is taken in file order): it counts as the row above's
4. an empty cell: no change (`SILENT`), or no value any more (None), as the mapping says per field
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from db.rules import OPEN_STATUSES

Held = str | bytes | None
"""What a field holds: words, or the id of what it refers to."""

SILENT: Final = ""
"""In a step: the row says nothing about the field."""

FIELDS: Final = (
    "status", "waiting_on", "queue", "tier", "severity", "department", "product", "work_owner", "contact_owner",
)  # fmt: skip
"""The tracked fields, in the order of their events and of `Step.values`."""

REFERENCES: Final = frozenset({"queue", "department", "product", "work_owner", "contact_owner"})
"""Those that hold ids."""

_OPEN: Final = frozenset(OPEN_STATUSES)
_ACHIEVED: Final = frozenset({"resolved", "closed"})
_STATUS, _WAITING_ON = 0, 1
_AT_LEAST: Final = {"tier": "1", "severity": "3"}
"""What a case has from its opening on although its first row does not say so."""


class Step(NamedTuple):
    """What one row says. `at`: ms UTC; `values` in the order of FIELDS; `words`: the source's own for the status."""

    at: int
    row: int
    values: tuple[Held, ...]
    author: bytes | None = None
    words: str | None = None


class Happening(NamedTuple):
    """One event to be: `beat` counts the rows of the case at the same instant, so that their order is kept."""

    at: int
    beat: int
    field: str
    old: Held
    new: Held
    author: bytes | None
    reason: str | None
    row: int


@dataclass
class Life:
    """What a case is after what happened so far. Instants in ms UTC; `ended_at`: since when it is not open,
    `resolved_at`: since when it is resolved or closed."""

    values: list[Held] = field(default_factory=lambda: [None] * len(FIELDS))
    opened_at: int | None = None
    ended_at: int | None = None
    resolved_at: int | None = None
    updated_at: int = 0
    reopened: int = 0
    words: str | None = None

    @property
    def status(self) -> str:
        """The status; "new" before the first one."""
        return str(self.values[_STATUS] or "new")

    def hold(self, place: int, value: Held, at: int) -> None:
        """The field at `place` in FIELDS holds `value` from `at` on."""
        if place == _STATUS and value != self.values[_STATUS]:
            is_open = value in _OPEN
            if is_open and self.ended_at is not None:
                self.reopened += 1
            if is_open:
                self.ended_at = None
            elif self.ended_at is None:
                self.ended_at = at
            if value not in _ACHIEVED:
                self.resolved_at = None
            elif self.resolved_at is None:
                self.resolved_at = at
        self.values[place] = value

    def replay(self, happenings: Iterable[tuple[int, str, Held, str | None]]) -> Life:
        """Live through events that are in the database already: (at, field, new value, reason), in order."""
        for at, name, new, reason in happenings:
            if name == "opened":
                self.opened_at = at
            elif name in _PLACES:
                self.hold(_PLACES[name], new, at)
            if reason is not None and name in ("status", "touched"):
                self.words = reason
            self.updated_at = max(self.updated_at, at)
        return self


_PLACES: Final = {name: place for place, name in enumerate(FIELDS)}


def history(life: Life, steps: Sequence[Step], kind: str, opened_at: int | None = None) -> list[Happening]:
    """The whole history of a case from its rows, in order; `life` is fresh and is lived through.

    `opened_at`: when the source says the case was opened (default, and at the latest: at its first row).
    """
    first = steps[0]
    at = first.at if opened_at is None else min(opened_at, first.at)
    own = at == first.at
    return _opening(life, first, kind, at, own=own) + changed(life, steps[1:] if own else steps)


def _opening(life: Life, step: Step, kind: str, at: int, *, own: bool) -> list[Happening]:
    """The events a case begins with. Not `own`: the first row is later, so its status was not true yet."""
    values = [None if value == SILENT else value for value in step.values]
    if not own or values[_STATUS] is None:
        values[_STATUS], values[_WAITING_ON] = "new", None
    life.opened_at = life.updated_at = at
    out = [Happening(at, 0, "opened", None, kind, step.author, None, step.row)]
    for place, name in enumerate(FIELDS):
        value = values[place] or _AT_LEAST.get(name)
        if value is not None:
            life.hold(place, value, at)
            reason = step.words if place == _STATUS and own else None
            out.append(Happening(at, 0, name, None, value, step.author, reason, step.row))
    if own:
        life.words = step.words
    return out


def changed(life: Life, steps: Sequence[Step], *, mark_unchanged: bool = True) -> list[Happening]:
    """The events of rows that follow what was lived through so far, in order.

    `mark_unchanged`: a row without a change leaves `touched`.
    """
    out: list[Happening] = []
    last_at, beat = life.updated_at, 0
    for step in steps:
        at = max(step.at, last_at)
        beat = beat + 1 if at == last_at else 0
        last_at = at
        before = len(out)
        status_told = False
        for place, value in enumerate(_bent(life, step.values)):
            held = life.values[place]
            if value in (SILENT, held):
                continue
            life.hold(place, value, at)
            reason = step.words if place == _STATUS else None
            status_told = status_told or place == _STATUS
            out.append(Happening(at, beat, FIELDS[place], held, value, step.author, reason, step.row))
        told = len(out) > before
        if mark_unchanged and (not told or (not status_told and step.words is not None and step.words != life.words)):
            out.append(Happening(at, beat, "touched", None, None, step.author, step.words, step.row))
        if step.words is not None:
            life.words = step.words
        life.updated_at = max(life.updated_at, at)
    return out


def _bent(life: Life, values: tuple[Held, ...]) -> Sequence[Held]:
    """A row's values with a status that our own life of a case knows."""
    status = values[_STATUS]
    if status == "new" and life.status != "new":
        return ("in progress", None, *values[2:])
    if status == "resolved" and life.status == "closed":
        return ("closed", None, *values[2:])
    return values
