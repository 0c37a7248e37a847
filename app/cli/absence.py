"""`halldesk absence ...`: who is away, who stands in, and the two sheets around it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app import times
from app.cli.coverage import analyst, tell_finding, tell_kept
from app.cli.opening import try_sync
from app.cli.output import Output
from app.desk import Desk
from app.errors import UserError
from db.own_files import unwritable
from db.rules import HANDOVERS, RETURNS


def register_verbs(verb: Callable[..., Any]) -> None:
    """Add them. `verb` as in app.cli.coverage."""
    listed = verb("list", _absences, "who is away, and who will be", writes=False)
    listed.add_argument("--all", action="store_true", help="also what is over")
    planned = verb("plan", _plan, "vacation, training: from a day to a day")
    sick = verb("sick", _sick, "somebody called in sick: everything is acting at once")
    sick.add_argument("who", metavar="ANALYST")
    planned.add_argument("--who", metavar="ANALYST", help="(default: I)")
    planned.add_argument("--kind", default="vacation", help="vacation, training, sickness, other")
    planned.add_argument("--check", action="store_true", help="only say what it would mean")
    for parser, needed in ((planned, True), (sick, False)):
        parser.add_argument("--from", dest="since", metavar="YYYY-MM-DD", required=needed,
                            help=None if needed else "(default: today)")  # fmt: skip
        parser.add_argument("--to", metavar="YYYY-MM-DD", help="the last day (default: open)")
        parser.add_argument("--note", default="")
    sheet = verb("handover", _handover, "what becomes of each open case meanwhile: show, decide, print")
    back = verb("return", _return, "what happened while somebody was away: show, decide, print")
    for parser in (sheet, back):
        parser.add_argument("absence", metavar="ID")
        parser.add_argument("--case", metavar="N")
        parser.add_argument("--pdf", type=Path, metavar="FILE")
    sheet.add_argument("--decision", choices=HANDOVERS)
    sheet.add_argument("--note", default="", help="what the stand-in should know or do next")
    sheet.add_argument("--to", metavar="ANALYST", help="(default: who stands in)")
    sheet.add_argument("--confirm", action="store_true", help="take every draft as it stands")
    back.add_argument("--decision", choices=RETURNS, help="without --case: for all that are undecided")
    moved = verb("move", _move, "other days")
    moved.add_argument("absence", metavar="ID")
    moved.add_argument("--from", dest="since", metavar="YYYY-MM-DD", required=True)
    moved.add_argument("--to", metavar="YYYY-MM-DD")
    verb("acknowledge", _acknowledge, "I know that I stand in").add_argument("absence", metavar="ID")
    on = verb("goes-on", _goes_on, "still away today")
    on.add_argument("absence", metavar="ID")
    on.add_argument("--to", metavar="YYYY-MM-DD")
    again = verb("back", _back, "somebody is at work again")
    again.add_argument("who", metavar="ANALYST", nargs="?", help="(default: I)")
    again.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="(default: today)")
    verb("take-back", _take_back, "it does not take place").add_argument("absence", metavar="ID")


def _absence(desk: Desk, text: str) -> bytes:
    rows = desk.context.reader.all("SELECT id FROM absence WHERE lower(hex(id)) LIKE ? LIMIT 2", (f"{text.lower()}%",))
    if len(rows) != 1 or not text.isalnum():
        raise UserError(f"There is no absence {text}; `halldesk absence list` names them.")
    return bytes(rows[0][0])


def _absences(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    for line in desk.coverings.absences(past=args.all):
        name = desk.directory.name("analyst", line.spell.analyst)
        acting = sorted({desk.directory.name("analyst", who) for who in line.stand_ins})
        waits = [desk.directory.name("analyst", who) for who in line.waits_for]
        out.emit(
            {"id": line.spell.id.hex(), "analyst": name, "from": line.spell.from_day, "to": line.spell.to_day,
             "kind": line.kind, "stand_ins": acting, "not_acknowledged": waits},
            f"{line.spell.id.hex()}  {name:<20} {line.spell.from_day} - {line.spell.to_day or 'open':<10}  {line.kind}"
            + (f"  stands in: {', '.join(acting)}" if acting else "")
            + (f"  not acknowledged: {', '.join(waits)}" if waits else ""),
        )  # fmt: skip
    return 0


def _plan(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    who = analyst(desk, args.who) or desk.me
    if args.check:
        found: Sequence[Any] = desk.absences.look(who, args.since, args.to, args.kind)
        for one in found:
            out.emit(*tell_finding(desk, one))
        return 0
    kept = desk.absences.plan(args.since, args.to, kind=args.kind, analyst=who, note=args.note)
    return tell_kept(desk, args, out, kept, f"Away from {args.since} to {args.to or 'open'} ({kept.id.hex()}).")


def _sick(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    who = desk.directory.resolve("analyst", args.who)
    kept = desk.absences.sick(who, first=args.since, last=args.to, note=args.note)
    return tell_kept(desk, args, out, kept, f"{args.who} is away ({kept.id.hex()}); who stands in acts from now on.")


def _move(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kept = desk.absences.move(_absence(desk, args.absence), args.since, args.to)
    return tell_kept(desk, args, out, kept, "Moved.")


def _acknowledge(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.absences.acknowledge(_absence(desk, args.absence)), "Acknowledged.")


def _goes_on(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.absences.goes_on(_absence(desk, args.absence), args.to), "It goes on.")


def _back(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kept = desk.absences.back(analyst(desk, args.who) or desk.me, args.since)
    return tell_kept(desk, args, out, kept[-1], "Back at work.")


def _take_back(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.absences.take_back(_absence(desk, args.absence)), "Taken back.")


def _handover(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    absence = _absence(desk, args.absence)
    if args.decision:
        if not args.case:
            raise UserError("Say which case: --case N.")
        desk.handovers.decide(
            absence, desk.present.find(args.case), args.decision, note=args.note, to=analyst(desk, args.to)
        )
    if args.confirm:
        desk.handovers.confirm(absence)
    if args.decision or args.confirm:
        try_sync(desk, args)
    return _sheet(desk, args, out, absence)


def _return(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    absence = _absence(desk, args.absence)
    if args.decision:
        undecided = [line.case_id for line in desk.handovers.sheet(absence).lines if line.saved and not line.returned]
        cases = [desk.present.find(args.case)] if args.case else undecided
        if not cases:
            raise UserError("There is nothing left to decide on this sheet.")
        desk.handovers.give_back(absence, cases, args.decision)
        try_sync(desk, args)
    return _sheet(desk, args, out, absence)


def _sheet(desk: Desk, args: argparse.Namespace, out: Output, absence: bytes) -> int:
    sheet = desk.handovers.sheet(absence)
    name = desk.directory.name
    # Before anything is printed: whoever reads only the first lines (`| head`) gets the whole file all the same.
    if args.pdf is not None:
        from app.reports.handover_pdf import handover_pdf
        from app.work.handovers import phones

        made = handover_pdf(
            sheet,
            desk.context.language,
            desk.context.zone,
            lambda who: name("analyst", who),
            desk.name,
            now=desk.context.clock(),
            phone=phones(desk.context.reader),
        )
        try:
            args.pdf.write_bytes(made)
        except OSError as error:
            raise UserError(unwritable(args.pdf, error)) from error
    for line in sheet.lines:
        to = name("analyst", line.to) or None
        out.emit(
            {"case": line.label, "title": line.title, "severity": line.severity, "status": line.status,
             "decision": line.decision, "to": to, "note": line.note or None, "next_step": line.next_step or None,
             "saved": line.saved, "returned": line.returned or None,
             "happened": [{"at": times.iso_utc(at), "who": who, "what": what} for at, who, what in line.happened]},
            f"{line.label:>6}  {line.title}\n        {line.returned or line.decision}: {to or 'nobody'}"
            + ("" if line.saved else " (draft)") + (f"  next: {line.next_step}" if line.next_step else ""),
        )  # fmt: skip
    return 0
