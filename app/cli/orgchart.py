"""`halldesk orgchart`: queues, analysts and departments on one page."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import times
from app.cli.opening import opened
from app.cli.output import Output
from app.errors import UserError
from db.own_files import unwritable


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `orgchart`."""
    parser = verbs.add_parser("orgchart", parents=[common], help="queues, analysts and departments on one page")
    for kind in ("pdf", "svg"):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE")
    parser.add_argument("--language", choices=("en", "de"), help="(default: the desk's)")
    parser.set_defaults(run=_orgchart)


def _orgchart(args: argparse.Namespace, out: Output) -> int:
    from app.reports.orgchart import DRAWN, read
    from app.texts import Texts

    files = {kind: path for kind, path in (("pdf", args.pdf), ("svg", args.svg)) if path is not None}
    if not files:
        raise UserError("Say where to: --pdf FILE, --svg FILE or both.")
    with opened(args) as desk:
        language = args.language or desk.context.language
        today = times.local_date(desk.context.clock(), times.zone(desk.context.zone)).isoformat()
        chart = read(desk.context, today, Texts(language))
        for kind, path in files.items():
            try:
                path.write_bytes(DRAWN[kind](chart, f"{desk.name} · {today}", language))
            except OSError as error:
                raise UserError(unwritable(path, error)) from error
    out.emit({**{kind: str(path) for kind, path in files.items()}, "boxes": len(chart.boxes)},
             "\n".join(str(path) for path in files.values()))  # fmt: skip
    return 0
