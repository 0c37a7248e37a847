"""What a command prints: text for people, JSON for programs, progress only where somebody looks."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any


class Output:
    """`emit` prints one result in the form that was asked for."""

    def __init__(self, *, as_json: bool, language: Callable[[], str] = lambda: "en") -> None:
        """`language`: in which the person is refused, asked when it happens (app.cli.language); programs are refused in
        English."""
        self.as_json = as_json
        self._language = language
        self._last = 0.0
        self._bar = False
        self._width = 0

    def emit(self, data: Mapping[str, Any], text: str) -> None:
        """One object as a JSON line, or its text."""
        self.end_progress()
        # At once: a program that watches reads it through a pipe.
        print(json.dumps(data, ensure_ascii=False) if self.as_json else text, flush=True)

    def complain(self, sentence: str) -> None:
        """One line on stderr."""
        self.end_progress()
        said = " ".join(sentence.split())
        if not self.as_json and self._language() != "en":
            from app.refusals import in_language  # late: most commands are not refused

            said = in_language(said, self._language())
        print(f"halldesk: {said}", file=sys.stderr)

    def progress(self, what: str, done: int, total: int | None) -> None:
        """A line that rewrites itself, at most ten times a second, on a terminal only."""
        if sys.stderr is None or not sys.stderr.isatty() or time.monotonic() - self._last < 0.1:
            return
        self._last = time.monotonic()
        self._bar = True
        if total:
            filled = min(24, 24 * done // total)
            line = f"{what} [{'#' * filled}{'.' * (24 - filled)}] {100 * done // total:3d} %  {done:,} of {total:,}"
        else:
            line = f"{what} {done:,}"
        # Blanks cover what was there before: the older console of Windows would print an escape sequence.
        print(f"\r{line:<{self._width}}", end="", file=sys.stderr, flush=True)
        self._width = len(line)

    def end_progress(self) -> None:
        """Leave the progress line."""
        if self._bar:
            print(file=sys.stderr)
            self._bar = False
            self._width = 0


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 row", "12,000 rows". `many`: where it is not made with an s ("entries")."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def table(rows: list[list[str]], heads: list[str]) -> str:
    """Aligned columns for people; the last one is not padded."""
    widths = [max(len(str(r[i])) for r in [heads, *rows]) for i in range(len(heads))]
    lines = []
    for row in [heads, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
