"""Verbs for the shared store: snapshots and what keeps it whole."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.output import Output


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    snapshot = verbs.add_parser("snapshot", parents=[common], help="store the state now, so that joining is quick")
    snapshot.set_defaults(run=_snapshot)


def _snapshot(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        made = desk.snapshot()
    out.emit(
        {"snapshot": made.stem, "head": made.seq, "chunks": len(made.chunks), "digest": made.digest.hex()},
        f"snapshot of position {made.seq} stored in {len(made.chunks)} parts",
    )
    return 0
