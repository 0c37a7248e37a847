"""What an import answers, and who may ask for one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from app.context import Context
from app.errors import UserError

Progress = Callable[[int, int | None], None]
"""Called with (rows done, rows in all): the total is None while the file is being read, and done then counts rows read.
An exception it raises ends the import between two transactions; a later run goes on from there."""
BREATH_S: Final = 0.015
"""Between two parts the replica is left to others for so long: longer than who waits for it takes to look again."""


@dataclass
class ImportResult:
    """`rows`: read from the file; `cases` (or people, departments) it speaks of: `created`, `updated`, or `skipped`
    because all of it was here already. `problems`: (row, why) of rows that were not taken."""

    rows: int = 0
    cases: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object that `halldesk import --json` prints."""
        return {
            "rows": self.rows, "cases": self.cases, "created": self.created, "updated": self.updated,
            "skipped": self.skipped, "problems": [{"row": row, "why": why} for row, why in self.problems],
        }  # fmt: skip


def must_be_administrator(context: Context) -> None:
    """Errors: UserError before anything was read, instead of a refusal at the first transaction."""
    role = context.reader.value("SELECT role FROM analyst WHERE id = ?", (context.me,))
    if role != "administrator":
        raise UserError("Only an administrator may import; ask one to do it, or to make you one.")


def giving_way(progress: Progress) -> Progress:
    """The same, with a breath after every part that was written: another process that waits for the replica (a window
    in which somebody saves while a job imports) comes in between."""

    def told(done: int, total: int | None) -> None:
        progress(done, total)
        if total is not None:
            time.sleep(BREATH_S)

    return told


def no_progress(_done: int, _total: int | None) -> None:
    """For callers that don't watch."""
