"""What every benchmark ends with: one line for people, one key of `results.json` for the next reader.

A benchmark measures its floor (the bare system call, query or window) in the same run as ours, because only their ratio
survives a change of machine. Keys of other benchmarks in the file stay as they are.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

RESULTS: Final = Path(__file__).with_name("results.json")


def record(name: str, ours_ms: float, floor_ms: float, **more: object) -> float:
    """Print and keep one result; returns the ratio. `more`: what explains the figures (counts, percentiles, goal)."""
    ratio = ours_ms / floor_ms
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
