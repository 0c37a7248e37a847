"""What the verbs of a case have in common on the command line: a desk around them, telling the store, then the person.

A command that changes something commits it here first and then tries to reach the store: where that works the case has
its number and the answer is final; where not, it is kept and `saved` is false.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from app.cli.conflicts import REASONS
from app.cli.opening import opened, try_sync
from app.cli.output import Output
from app.desk import Desk
from app.work.verbs import Done

Run = Callable[[Desk, argparse.Namespace, Output], int]


def on_desk(run: Run, args: argparse.Namespace, out: Output) -> int:
    """Run one command on the desk of `--profile`."""
    with opened(args) as desk:
        return run(desk, args, out)


def changed(desk: Desk, args: argparse.Namespace, out: Output, done: Done, said: str, **more: object) -> int:
    """Tell the store, then the person. A change the log refused is said as such. `more`: further keys of the JSON."""
    try_sync(desk, args)
    outcome, why = desk.replica.outcome(done.tx_id)
    if outcome in ("refused", "kept"):
        why = "somebody changed the same thing" if outcome == "kept" else REASONS.get(str(why), why)
        said = f"It was not taken: {why}. It is kept, see `halldesk conflicts list`."
        out.emit({"refused": said}, said)
        return 1
    view = desk.present.case(done.case_id)
    kept = "" if outcome == "accepted" else " (kept here until the store is reachable)"
    if desk.trouble:
        out.complain(desk.trouble)
    out.emit({**desk.present.as_json(view), **more}, f"{view.label}  {said}{kept}")
    return 0
