"""`halldesk calendar ...` and `halldesk severity ...`: service hours, closed days and targets.

Every command that changes one brings the due times of the open cases up to date and says how many that were.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.desk import Desk
from app.errors import UserError
from app.work.calendars import WEEKDAYS
from app.work.timekeeping import CalendarSheet, Retimed, Timekeeping
from db.rules import WAITING_ON

Run = Callable[[Desk, argparse.Namespace], Retimed]


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `calendar` and `severity`."""
    from app.cli import Parser

    def group(name: str, text: str) -> Any:
        parser = verbs.add_parser(name, help=text)
        return parser.add_subparsers(dest=f"{name}_verb", required=True, metavar="VERB", parser_class=Parser)

    def changing(sub: Any, name: str, run: Run, text: str) -> Any:
        parser = sub.add_parser(name, parents=[common], help=text)
        parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        parser.set_defaults(run=lambda args, out: _change(run, args, out))
        return parser

    hours = group("calendar", "service hours")
    listed = hours.add_parser("list", parents=[common], help="calendars with shifts, holidays and closed days")
    listed.set_defaults(run=_calendars)
    made = changing(hours, "set", _set_calendar, "make a calendar or change it")
    made.add_argument("calendar", metavar="NAME")
    made.add_argument("--shift", action="append", default=[], metavar="DAYS=HH:MM-HH:MM",
                      help='"mon-fri=06:00-14:00", "daily=22:00-06:00", "always"; a date has shifts of its own; '
                      "replaces all shifts")  # fmt: skip
    made.add_argument("--zone", metavar="ZONE", help="Europe/Berlin (default: the site's)")
    made.add_argument("--country", metavar="CODE", help='public holidays: DE; "" for none')
    made.add_argument("--region", metavar="CODE", help="BY")
    closed = changing(hours, "close", _close_day, "a closed day")
    opened_again = changing(hours, "open", _open_day, "no closed day after all")
    for parser in (closed, opened_again):
        parser.add_argument("calendar", metavar="NAME")
        parser.add_argument("day", metavar="YYYY-MM-DD")
    closed.add_argument("--reason", default="")
    used = changing(hours, "use", _use, "the calendar of a department")
    used.add_argument("calendar", metavar="NAME", help='"" for the site\'s')
    used.add_argument("--department", required=True)
    paused = changing(hours, "pause-on", _pause_on, "what a case may wait on while its fix clock stands still")
    paused.add_argument("reasons", nargs="*", metavar="REASON", help=", ".join(WAITING_ON))
    changing(hours, "recompute", lambda desk, _args: Retimed(None, _keeping(desk).recompute()),
             "bring the due times of all open cases up to date")  # fmt: skip

    levels = group("severity", "severities and their targets")
    levels.add_parser(
        "list", parents=[common], help="severities, and departments with targets of their own"
    ).set_defaults(run=_severities)
    level = changing(levels, "set", _set_severity, "name and targets of a severity")
    level.add_argument("rank", type=int)
    level.add_argument("--name")
    own = changing(levels, "override", _override, "targets of one department; without minutes: the severity's again")
    own.add_argument("rank", type=int)
    own.add_argument("--department", required=True)
    for parser in (level, own):
        parser.add_argument("--response", type=int, metavar="MINUTES", help="working minutes")
        parser.add_argument("--fix", type=int, metavar="MINUTES", help="working minutes")


def _keeping(desk: Desk) -> Timekeeping:
    return Timekeeping(desk.context, desk.deadlines)


def _change(run: Run, args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        done = run(desk, args)
        try_sync(desk, args)
        if desk.trouble:
            out.complain(desk.trouble)
        moved = f"{done.cases} open cases have other due times" if done.cases else "no due time changed"
        out.emit({"changed": done.tx_id is not None, "cases": done.cases}, f"Done; {moved}.")
    return 0


def _as_json(sheet: CalendarSheet) -> dict[str, Any]:
    return {
        "name": sheet.name, "zone": sheet.zone, "shifts": sheet.shifts, "country": sheet.country,
        "region": sheet.region, "closed": [{"day": day, "reason": reason} for day, reason in sheet.closed],
        "departments": list(sheet.departments),
    }  # fmt: skip


def _calendars(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        for sheet in _keeping(desk).calendars():
            place = "/".join(part for part in (sheet.country, sheet.region) if part)
            lines = [f"{sheet.name}  {sheet.zone}" + (f"  holidays of {place}" if place else "")]
            lines += [f"  {day}  {', '.join(given)}" for day, given in sheet.shifts.items()]
            lines += [f"  {day}  closed  {reason}".rstrip() for day, reason in sheet.closed]
            lines += [f"  for {name}" for name in sheet.departments]
            out.emit(_as_json(sheet), "\n".join(lines))
    return 0


def _severities(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        rows = []
        for level in desk.directory.severities():
            rows.append((level.rank, level.name, None, level.response_minutes, level.fix_minutes))
            rows += [
                (level.rank, level.name, r["name"], r["response_minutes"], r["fix_minutes"])
                for r in desk.context.reader.all(
                    "SELECT d.name, o.response_minutes, o.fix_minutes FROM severity_override o "
                    "JOIN department d ON d.id = o.department_id WHERE o.severity = ? ORDER BY d.name",
                    (level.rank,),
                )
            ]
        if out.as_json:
            for rank, name, department, response, fix in rows:
                out.emit({"rank": rank, "name": name, "department": department, "response_minutes": response,
                          "fix_minutes": fix}, "")  # fmt: skip
        else:
            shown = [["-" if value is None else str(value) for value in row] for row in rows]
            print(table(shown, ["rank", "name", "department", "response", "fix"]))
    return 0


def _set_calendar(desk: Desk, args: argparse.Namespace) -> Retimed:
    shifts: dict[str, list[str]] = {}
    for given in args.shift:
        days, found, hours = given.partition("=")
        if given.strip() == "always":
            days, found, hours = "daily", "=", "00:00-24:00"
        if not found:
            raise UserError(f'"{given}" is not a shift; write it like mon-fri=06:00-14:00.')
        for day in _days(days.strip()):
            shifts.setdefault(day, []).append(hours.strip())
    return _keeping(desk).set_calendar(
        args.calendar, shifts=shifts or None, zone=args.zone, country=args.country, region=args.region
    )


def _days(text: str) -> list[str]:
    """`mon`, `mon-fri`, `sat,sun`, `daily` or a date."""
    if text == "daily":
        return list(WEEKDAYS)
    days: list[str] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if dash and first in WEEKDAYS and last in WEEKDAYS:
            begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
            days += [WEEKDAYS[n % 7] for n in range(begin, (end if end >= begin else end + 7) + 1)]
        else:
            days.append(part.strip())
    return days


def _close_day(desk: Desk, args: argparse.Namespace) -> Retimed:
    keeping = _keeping(desk)
    return keeping.close_day(keeping.find(args.calendar), args.day, args.reason)


def _open_day(desk: Desk, args: argparse.Namespace) -> Retimed:
    keeping = _keeping(desk)
    return keeping.open_day(keeping.find(args.calendar), args.day)


def _use(desk: Desk, args: argparse.Namespace) -> Retimed:
    keeping = _keeping(desk)
    calendar = keeping.find(args.calendar) if args.calendar else None
    return keeping.use_calendar(desk.directory.resolve("department", args.department), calendar)


def _pause_on(desk: Desk, args: argparse.Namespace) -> Retimed:
    return _keeping(desk).pause_on(args.reasons)


def _set_severity(desk: Desk, args: argparse.Namespace) -> Retimed:
    return _keeping(desk).set_severity(args.rank, name=args.name, response=args.response, fix=args.fix)


def _override(desk: Desk, args: argparse.Namespace) -> Retimed:
    department = desk.directory.resolve("department", args.department)
    return _keeping(desk).override(department, args.rank, response=args.response, fix=args.fix)
