"""The command line of benchmarks that measure on a desk of many cases: `[--cases N] [--rounds N] [--folder WHERE]`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path


def measure(run: Callable[[Path, int, int], object], about: str | None, *, cases: int, rounds: int) -> None:
    """Call `run(folder, cases, rounds)` with what the command line says; without a folder in one that goes afterwards.
    `about`: the help's first words; `cases`, `rounds`: where nothing is said."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--cases", type=int, default=cases)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--folder", type=Path, help="keep the desk here and use it again")
    args = parser.parse_args()
    if args.folder is not None:
        run(args.folder, args.cases, args.rounds)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(Path(folder) / "desk", args.cases, args.rounds)
