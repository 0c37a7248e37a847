"""What a check of a place finds, and how much is tried (db.doctor, db.server_doctor).

A finding names the case, not the sentence: words in two languages are app.doctor's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SKEW_S: Final = 120.0
SLOW_COMMIT_MS: Final = 500.0
SLOW_POLL_MS: Final = 200.0


class Level(StrEnum):
    """How bad it is."""

    GOOD = "good"
    NOTE = "note"
    """It works; somebody should know."""
    BAD = "bad"
    """A help desk must not be kept here."""


@dataclass(frozen=True)
class Finding:
    """What one check found. `case` names the sentence (app.doctor), `values` what it mentions; `figure` is in `unit`
    ("ms", "s", "bytes", "races", "" for a text)."""

    name: str
    level: Level
    case: str
    figure: float | str | None = None
    unit: str = ""
    values: dict[str, str] = field(default_factory=dict)
    of_database: bool = False
    """Whether the place is a database; the same check has other words then."""

    @property
    def ok(self) -> bool:
        """False where a help desk must not be kept here."""
        return self.level is not Level.BAD


@dataclass(frozen=True)
class Effort:
    """How much is tried. `budget_s`: seconds per measured check at most."""

    racers: int
    rounds: int
    samples: int
    budget_s: float


QUICK: Final = Effort(racers=4, rounds=6, samples=3, budget_s=0.12)
FULL: Final = Effort(racers=8, rounds=200, samples=24, budget_s=0.9)
