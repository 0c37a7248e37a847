"""`halldesk upgrade-store`: everybody has the newer program, so the store may use what it brings (db.upgrades)."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.opening import opened
from app.cli.output import Output


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `upgrade-store`."""
    parser = verbs.add_parser(
        "upgrade-store", parents=[common], help="let the store use what this program brings; older ones must update"
    )
    parser.set_defaults(run=_upgrade)


def _upgrade(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        before, now = desk.upgrade_store()
    said = f"The store has schema {now}, the newest this program knows; there is nothing to upgrade."
    if now != before:
        said = f"The store has schema {now} now (before: {before}). Workstations with an older Halldesk must update it."
    out.emit({"before": before, "schema": now}, said)
    return 0
