"""`halldesk case watch|unwatch|remind|snooze` and `halldesk today`: what I follow, and what I did."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from app import times
from app.cli.changing import changed, on_desk
from app.cli.moments import WRITTEN, moment, on_the_wall
from app.cli.output import Output, counted
from app.desk import Desk
from app.errors import UserError
from app.work.daybook import Daybook
from app.work.following import Reminders


def register(verb: Callable[..., Any], of_case: Callable[..., Any]) -> None:
    """Add the verbs. `verb`, `of_case`: make a parser of `halldesk case` (app.cli.cases)."""
    for name, run, text in (
        ("watch", _watch(True), "be told what happens to it"),
        ("unwatch", _watch(False), "no longer"),
    ):
        of_case(name, run, text).add_argument("--who", metavar="ANALYST", help="(default: I)")
    asked = of_case("ask", _ask, "ask a colleague without handing it over")
    asked.add_argument("--who", required=True, metavar="ANALYST")
    asked.add_argument("--text", required=True)
    back = of_case("remind", _remind, "come back to it then")
    back.add_argument("--who", metavar="ANALYST", help="(default: I)")
    later = of_case("snooze", _snooze, "out of my lists until then")
    for parser in (back, later):
        parser.add_argument("--at", required=True, metavar="TIME", help=WRITTEN)
        parser.add_argument("--text", default="")
    verb("reminders", _reminders, "mine, and notes that name me", writes=False)


def register_today(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `today`."""
    today = verbs.add_parser("today", parents=[common], help="what I did, and how much of it is booked")
    today.add_argument("--day", metavar="YYYY-MM-DD", help="(default: today)")
    today.add_argument("--book", action="store_true", help="book what is suggested")
    today.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
    today.set_defaults(run=lambda args, out: on_desk(_today, args, out))


def _watch(on: bool) -> Callable[[Desk, argparse.Namespace, Output], int]:
    def run(desk: Desk, args: argparse.Namespace, out: Output) -> int:
        who = desk.directory.resolve("analyst", args.who) if args.who else None
        done = desk.following.watch(desk.present.find(args.case), who=who, on=on)
        return changed(desk, args, out, done, "watched" if on else "no longer watched")

    return run


def _ask(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    who = desk.directory.resolve("analyst", args.who)
    done = desk.following.ask(desk.present.find(args.case), who, args.text)
    return changed(desk, args, out, done, f"{desk.directory.name('analyst', who)} is asked")


def _remind(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    who = desk.directory.resolve("analyst", args.who) if args.who else None
    at = moment(desk, args.at)
    done = desk.following.remind(desk.present.find(args.case), at, args.text, who=who)
    return changed(desk, args, out, done, f"comes back at {on_the_wall(desk, at)}")


def _snooze(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    at = moment(desk, args.at)
    done = desk.following.snooze(desk.present.find(args.case), at, args.text)
    return changed(desk, args, out, done, f"out of your lists until {on_the_wall(desk, at)}")


def _reminders(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    waiting = Reminders(desk.context)
    for due in waiting.mine():
        out.emit(
            {"kind": "snoozed" if due.hides else "reminder", "case": due.label, "title": due.title,
             "at": times.iso_utc(due.at), "text": due.text},
            f"{on_the_wall(desk, due.at)}  {due.label:>7}  {due.title}  {due.text}".rstrip(),
        )  # fmt: skip
    for named in waiting.mentions():
        if not named.read:
            out.emit(
                {"kind": "mention", "case": named.label, "title": named.title, "at": times.iso_utc(named.at),
                 "by": named.by or None, "text": named.text},
                f"{on_the_wall(desk, named.at)}  {named.label:>7}  {named.by}: {named.text}",
            )  # fmt: skip
    return 0


def _what(act: str) -> str:
    """ "event: work_owner" for people."""
    return act.removeprefix("event: ").replace("_", " ")


def _today(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import try_sync

    day = Daybook(desk.context).of(times.parse_date(args.day) if args.day else None)
    if args.book:
        if not day.suggested:
            raise UserError("There is nothing to book beyond what is booked.")
        for one in day.cases:
            if one.suggested:
                desk.cases.time(one.case_id, one.suggested, work_date=day.day)
        day = Daybook(desk.context).of(times.parse_date(day.day))
        try_sync(desk, args)
    zone = times.zone(desk.context.zone)
    for one in day.cases:
        said = ((act.at, _what(act.what), " ".join(act.text.split())[:70]) for act in one.acts)
        acts = [f"      {times.local_wall(at, zone):%H:%M}  {what}  {words}".rstrip() for at, what, words in said]
        out.emit(
            {"case": one.label, "title": one.title, "status": one.status, "booked": one.booked,
             "suggested": one.suggested,
             "acts": [{"at": times.iso_utc(act.at), "what": act.what, "text": act.text} for act in one.acts]},
            "\n".join([f"{one.label:>6}  {one.title}  ({one.booked} min booked, {one.suggested} more?)", *acts]),
        )  # fmt: skip
    if not out.as_json:
        print(f"{day.day}: {counted(len(day.cases), 'case')}, {day.booked} min booked, {day.suggested} more suggested")
    return 0
