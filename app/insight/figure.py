"""A figure that can prove itself: value, unit, the cases it counts, the week before, eight weeks, its definition.

Everything that is shown to a supervisor is a `Figure`, on screen, in the PDF and in JSON alike. Nothing here reads a
database; nothing here knows a language: names and definitions are keys of `app.texts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, overload

Unit = Literal["cases", "minutes", "share", "days", "cents", "plain"]
Number = int | float

FEW: Final = 5
"""Under this many cases a median, percentile or share is not shown; the cases are listed instead (metrics.md)."""
TREND_WEEKS: Final = 8


class CaseKey(NamedTuple):
    """A case as reports name it. Sorts by number; cases the shared log has not numbered yet come last."""

    number: int | None
    rid: int

    @property
    def label(self) -> str:
        """`1042`, or `~7` while it has no number."""
        return f"~{self.rid}" if self.number is None else str(self.number)

    @property
    def order(self) -> tuple[int, int]:
        """Sort key."""
        return (1, self.rid) if self.number is None else (0, self.number)

    def as_json(self) -> int | str:
        """The number, or the provisional label as text."""
        return self.label if self.number is None else self.number


def sorted_keys(keys: Iterable[CaseKey]) -> tuple[CaseKey, ...]:
    """Each case once, by number."""
    once = set(keys)
    unnumbered = [key for key in once if key.number is None]
    if not unnumbered:
        return tuple(sorted(once))
    return (*sorted(once.difference(unnumbered)), *sorted(unnumbered, key=lambda key: key.rid))


class Cases(Sequence[CaseKey]):
    """The cases of a figure, each once, by number; looked up when somebody asks. A week has hundreds of figures, and
    most lists are never opened.
    """

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Iterable[CaseKey]]) -> None:
        self._make: Callable[[], Iterable[CaseKey]] = make
        self._found: tuple[CaseKey, ...] | None = None

    @property
    def all(self) -> tuple[CaseKey, ...]:
        """All of them."""
        if self._found is None:
            self._found = sorted_keys(self._make())
        return self._found

    @overload
    def __getitem__(self, place: int) -> CaseKey: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[CaseKey, ...]: ...
    def __getitem__(self, place: int | slice) -> CaseKey | tuple[CaseKey, ...]:
        return self.all[place]

    def __len__(self) -> int:
        return len(self.all)

    def __eq__(self, other: object) -> bool:
        return self.all == tuple(other) if isinstance(other, Cases | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.all)

    def __repr__(self) -> str:
        return f"Cases{self.all!r}"


@dataclass(frozen=True)
class Figure:
    """One number of a report.

    `key` names it within the report and `definition` what it means (both are keys of app.texts or made of one and a
    name). `value` is None where there is nothing to measure or fewer than FEW cases; then `cases` speak for
    themselves. `n` is the size of the sample of a median, percentile or share (None for plain counts). `previous` is
    the week before, `trend` the last eight weeks, oldest first, ending with this one. Minutes and shares are floats,
    cases and days are integers.
    """

    key: str
    value: Number | None
    unit: Unit
    definition: str
    cases: Sequence[CaseKey] = ()
    previous: Number | None = None
    trend: tuple[Number | None, ...] = ()
    n: int | None = None
    group: str = ""
    """The department, product, queue ... this figure is about, as people name it."""
    target: Number | None = None
    """What the value should be, where somebody set it; the same unit."""

    @property
    def too_few(self) -> bool:
        """A sample too small for a percentage or percentile, but not empty."""
        return self.n is not None and 0 < self.n < FEW

    @property
    def change(self) -> Number | None:
        """Value minus previous week; None where either is missing."""
        return None if self.value is None or self.previous is None else self.value - self.previous

    def as_json(self) -> dict[str, object]:
        """The JSON form; `cases` are numbers (or provisional labels)."""
        out: dict[str, object] = {
            "key": self.key,
            "value": _rounded(self.value),
            "unit": self.unit,
            "definition": self.definition,
            "cases": [key.as_json() for key in self.cases],
            "previous": _rounded(self.previous),
            "trend": [_rounded(value) for value in self.trend],
        }
        if self.n is not None:
            out["n"] = self.n
        if self.group:
            out["group"] = self.group
        if self.target is not None:
            out["target"] = _rounded(self.target)
        return out


def count(
    key: str,
    sizes: Sequence[int],
    cases: Iterable[CaseKey],
    *,
    definition: str = "",
    group: str = "",
    unit: Unit = "cases",
) -> Figure:
    """A plain count. `sizes`: how many in each week, oldest first, the reported week last (at least two); `cases`:
    those of the reported week, as often as they count.
    """
    if not isinstance(cases, Cases):
        cases = sorted_keys(cases)
    return Figure(
        key, sizes[-1], unit, definition or key, cases,
        previous=sizes[-2], trend=tuple(sizes[-TREND_WEEKS:]), group=group,
    )  # fmt: skip


def percentile(values: Sequence[Number], share: float) -> float | None:
    """Linear interpolation between closest ranks (Excel's PERCENTILE.INC, numpy's default); None without values."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))


def _rounded(value: Number | None) -> Number | None:
    return round(value, 6) if isinstance(value, float) else value
