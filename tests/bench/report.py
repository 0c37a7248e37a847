"""What every benchmark ends with: one line for people, one key of `results.json` for the next reader.

A benchmark measures its floor (the bare system call, query or window) in the same run as ours, because only their ratio
survives a change of machine. Keys of other benchmarks in the file stay as they are.

With each result stands what of the machine's processors others had meanwhile, so that a figure of a loaded machine says
so: percentiles of what waits for processors and disks are theirs as much as ours.
"""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, perf_counter
from typing import Final

import psutil

RESULTS: Final = Path(__file__).with_name("results.json")
_TICKS_PER_SECOND: Final = 100
"""Of /proc/stat, on every Linux."""


class Machine:
    """What others had of it since the last time this was asked; only Linux tells."""

    def __init__(self) -> None:
        self._before = self._now()
        self._last: int | None = None

    @staticmethod
    def _now() -> tuple[float, float, float] | None:
        """Seconds: the clock, what all programs had, what this one and those it began had."""
        try:
            line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
        except OSError:
            return None
        user, nice, system, _idle, _wait, interrupt, softly, stolen, *_guests = map(int, line.split()[1:])
        ticks = user + nice + system + interrupt + softly + stolen
        this, ours = psutil.Process(), 0.0
        for one in (this, *this.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a server's processes end when their clients have gone
                ours += sum(one.cpu_times()[:4])
        return monotonic(), ticks / _TICKS_PER_SECOND, ours

    def others_percent(self) -> int | None:
        """Percent of all processors; what was told last where that is less than a second ago."""
        before, now = self._before, self._now()
        if before is None or now is None:
            return None
        passed, everybody, ours = (new - old for new, old in zip(now, before, strict=True))
        if self._last is None or passed > 1:
            self._before = now
            share = max(0.0, everybody - ours) / max(0.01, passed * (os.cpu_count() or 1))
            self._last = min(100, round(100 * share))
        return self._last


_machine: Final = Machine()


def record(name: str, ours_ms: float, floor_ms: float, **more: object) -> float:
    """Print and keep one result; returns the ratio. `more`: what explains the figures (counts, percentiles, goal)."""
    ratio = ours_ms / floor_ms
    others = _machine.others_percent()
    if others is not None:
        more["others_had_percent"] = others
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[name] = {"ours_ms": round(ours_ms, 4), "floor_ms": round(floor_ms, 4), "ratio": round(ratio, 3), **more}
    fresh = RESULTS.with_suffix(".tmp")
    fresh.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    fresh.replace(RESULTS)
    extra = "".join(f"  {key}={value}" for key, value in more.items())
    print(f"{name}: ours {ours_ms:.3f} ms, floor {floor_ms:.3f} ms, ratio {ratio:.2f}{extra}")
    return ratio


def alternating(
    ours: Callable[[], object], floor: Callable[[], object], rounds: int, clock: Callable[[], float] = perf_counter
) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, ours and floor by turns, so that both see the same moods of the machine. `clock`:
    seconds; `time.process_time` where work is measured and not waiting."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, into in zip((ours, floor), taken, strict=True):
            start = clock()
            call()
            into.append((clock() - start) * 1000)
    return taken


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
