"""`halldesk conflicts ...`: what the shared log did not take as it was made, and deciding about it in a script."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from app import times
from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.errors import UserError
from app.work.conflicts import Conflict
from db.ids import id_text
from db.own_files import unreadable

REASONS: Final = {
    "both": "both changed it",
    "overlap": "both rewrote the same words",
    "taken": "somebody else had it first",
    "status": "that step is not possible any more",
    "ended": "the case was ended meanwhile, so that step was left out",
    "gone": "it was deleted meanwhile",
    "edited": "it was changed while you deleted it, so it stands",
    "revived": "it was deleted while you changed it; your change brought it back",
    "built upon": "somebody built on what was to be undone",
    "condition": "what it was based on is no longer so",
    "rule": "the rules of the desk forbid it",
}
_STANDS: Final = {"refused": "not taken", "mine stands": "yours stands", "theirs stands": "theirs stands"}


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `conflicts` with its verbs."""
    from app.cli import Parser

    conflicts = verbs.add_parser("conflicts", help="changes that need a person's decision")
    sub = conflicts.add_subparsers(dest="conflicts_verb", required=True, metavar="VERB", parser_class=Parser)
    listed = sub.add_parser("list", parents=[common], help="what waits for a decision")
    listed.add_argument("--settled", action="store_true", help="what was decided instead")
    listed.set_defaults(run=_list)
    shown = sub.add_parser("show", parents=[common], help="one of them, with both values")
    shown.add_argument("n", type=int, metavar="N")
    shown.set_defaults(run=_show)
    resolve = sub.add_parser("resolve", parents=[common], help="decide one")
    resolve.add_argument("n", type=int, metavar="N")
    resolve.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
    resolve.add_argument(
        "--keep", nargs="+", metavar="SIDE", required=True, help="mine, theirs, or text FILE (-: the standard input)"
    )
    resolve.set_defaults(run=_resolve)


def as_json(one: Conflict) -> dict[str, Any]:
    """A conflict under the keys that scripts may rely on."""
    return {
        "n": one.n, "at": times.iso_utc(one.at), "change": one.kind,
        "case": None if one.case_id is None else id_text(one.case_id), "label": one.case_label or None,
        "title": one.title, "table": one.table, "field": one.column, "outcome": one.outcome, "reason": one.reason,
        "why": one.why or REASONS.get(one.reason, one.reason), "base": one.base, "mine": one.mine,
        "theirs": one.theirs, "mine_by": one.my_author, "mine_at": times.iso_utc(one.my_at),
        "theirs_by": one.their_author or None,
        "theirs_at": None if one.their_at is None else times.iso_utc(one.their_at),
        "settled": one.settled, "settled_at": None if one.settled_at is None else times.iso_utc(one.settled_at),
    }  # fmt: skip


def _list(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        found = desk.conflicts.settled() if args.settled else desk.conflicts.waiting()
    if out.as_json:
        for one in found:
            out.emit(as_json(one), "")
        return 0
    rows = [
        [str(one.n), one.case_label or "-", _field(one), one.settled or _STANDS[one.outcome], one.their_author or "-",
         f"{one.title}: {_why(one)}"]
        for one in found
    ]  # fmt: skip
    print(table(rows, ["n", "case", "field", "now", "other", "what"]) if rows else "Nothing needs you.")
    return 0


def _show(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        one = desk.conflicts.one(args.n)
    theirs = times.iso_utc(one.their_at) if one.their_at is not None else ""
    lines = [
        f"{one.n}  {one.case_label}  {one.title}".rstrip(),
        f"{_field(one)}: {_STANDS[one.outcome]}; {_why(one)}",
        f"yours ({one.my_author}, {times.iso_utc(one.my_at)}): {one.mine or '-'}",
        f"theirs ({', '.join(filter(None, (one.their_author or '?', theirs)))}): {one.theirs or '-'}",
    ]
    if one.settled_at is not None:
        lines.append(f"decided {times.iso_utc(one.settled_at)}: {one.settled}")
    out.emit(as_json(one), "\n".join(lines))
    return 0


def _resolve(args: argparse.Namespace, out: Output) -> int:
    side, *rest = args.keep
    if side not in ("mine", "theirs", "text") or len(rest) != (side == "text"):
        raise UserError("Say --keep mine, --keep theirs or --keep text FILE.")
    with opened(args) as desk:
        decisions = desk.decisions
        if side == "text":
            done = decisions.write(args.n, _text(rest[0]))
        else:
            done = decisions.keep_mine(args.n) if side == "mine" else decisions.keep_theirs(args.n)
        try_sync(desk, args)
        if desk.trouble:
            out.complain(desk.trouble)
        outcome, why = ("accepted", None) if done is None else desk.replica.outcome(done.tx_id)
        one = desk.conflicts.one(args.n)
    if outcome == "refused":
        said = f"Somebody was faster once more ({REASONS.get(str(why), why)}); `halldesk conflicts list` has it."
        out.emit({"refused": said}, said)
        return 1
    saved = outcome == "accepted"
    kept = "" if saved else " (kept here until the store is reachable)"
    out.emit({**as_json(one), "saved": saved}, f"{one.n} decided: {one.settled}{kept}")
    return 0


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(unreadable(Path(file), error)) from error


def _field(one: Conflict) -> str:
    return (one.column or "").removesuffix("_id").replace("_", " ") or one.kind


def _why(one: Conflict) -> str:
    if one.reason == "taken" and one.theirs:
        return f"{one.theirs} was faster"
    return one.why or REASONS.get(one.reason, one.reason)
