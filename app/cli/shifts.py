"""`halldesk shift ...`: the roster of the hotline."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import times
from app.cli.opening import opened, try_sync
from app.cli.output import Output, counted, table
from app.desk import Desk
from app.errors import UserError
from app.work.roster import DUTIES, Flag, Roster, Turn, copied, hours
from db.ids import id_text, parse_id
from db.own_files import unreadable, unwritable


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `shift` with its verbs."""
    from app.cli import Parser

    sub = verbs.add_parser("shift", help="the roster of the hotline").add_subparsers(
        dest="shift_verb", required=True, metavar="VERB", parser_class=Parser
    )

    def verb(name: str, run: Any, words: str, *, turn: bool = False, writes: bool = True) -> Any:
        parser = sub.add_parser(name, parents=[common], help=words)
        parser.set_defaults(run=run)
        if turn:
            parser.add_argument("turn", metavar="ID", help="as `shift list` shows it; the beginning will do")
        if writes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        return parser

    verb("now", _now, "who is on", writes=False)
    for name, run, words in (
        ("list", _list, "the turns of a week"),
        ("check", _check, "what is wrong with a week: twice at once, absent, no duty lead"),
        ("need", _need, "how many the calls need by Erlang C, half hour by half hour, against the roster"),
    ):
        verb(name, run, words, writes=False).add_argument("--week", metavar="WEEK", help="2026-W46 (default: this one)")
    plan = verb("plan", _plan, "put somebody on the roster")
    plan.add_argument("analyst", metavar="ANALYST")
    plan.add_argument("--duty", choices=DUTIES, default="hotline")
    move = verb("move", _move, "another time for a turn", turn=True)
    for parser in (plan, move):
        parser.add_argument("--day", required=True, metavar="DAY", help="2026-11-30")
        parser.add_argument("--from", dest="start", required=True, metavar="HH:MM", help="on the clock of the site")
        parser.add_argument("--to", dest="end", required=True, metavar="HH:MM", help="earlier than --from: next day")
    verb("give", _give, "somebody else takes a turn", turn=True).add_argument("analyst", metavar="ANALYST")
    duty = verb("duty", _duty, "another duty for a turn", turn=True)
    duty.add_argument("duty", choices=DUTIES)
    copy = verb("copy", _copy, "a week like another one, beside what is planned in it already")
    copy.add_argument("--week", required=True, metavar="WEEK", help="the week to plan, 2026-W47")
    copy.add_argument("--like", metavar="WEEK", help="the week to copy (default: the one before)")
    verb("swap", _swap, "two take each other's turn", turn=True).add_argument("other", metavar="OTHER-ID")
    verb("remove", _remove, "take a turn off", turn=True)
    export = verb("export", _export, "write an iCalendar file", writes=False)
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--week", metavar="WEEK", help="one week only (default: from this one on, a year)")
    export.add_argument("--analyst", metavar="ANALYST", help="the turns of one person")
    verb("calls", _calls, "read in the telephone's counts, half hour by half hour (CSV)").add_argument(
        "file", type=Path, metavar="FILE", help="columns: start, offered, answered, handle_seconds or aht"
    )
    verb("import", _import, "read an iCalendar file").add_argument("file", type=Path, metavar="FILE")


def turn_json(desk: Desk, turn: Turn) -> dict[str, Any]:
    """A turn as `--json` prints it."""
    return {"id": id_text(turn.id), "analyst": desk.directory.name("analyst", turn.analyst_id), "duty": turn.duty,
            "from": times.iso_utc(turn.starts_at), "to": times.iso_utc(turn.ends_at)}  # fmt: skip


def names_on_now(desk: Desk) -> dict[str, list[str]]:
    """Who is on, by duty."""
    found = Roster(desk.context).now()
    return {duty: [desk.directory.name("analyst", who) for who in getattr(found, duty)] for duty in DUTIES}


def _week(desk: Desk, said: str | None) -> times.IsoWeek:
    return times.parse_week(said) if said else times.week_of(desk.context.clock(), times.zone(desk.context.zone))


def _span(desk: Desk, start: int, end: int) -> str:
    tz = times.zone(desk.context.zone)
    first, last = times.local_wall(start, tz), times.local_wall(end, tz)
    return f"{first:%a %Y-%m-%d %H:%M}-{last:%H:%M}"


def _turns(desk: Desk, week: times.IsoWeek) -> list[Turn]:
    return Roster(desk.context).turns(*week.bounds(times.zone(desk.context.zone)))


def _find(desk: Desk, text: str) -> bytes:
    """The turn of an id or of the beginning of one."""
    whole = parse_id(text)
    if whole is not None:
        return whole
    wanted = text.replace("-", "").casefold()
    rows = desk.context.reader.all("SELECT id FROM shift WHERE hex(id) LIKE ? LIMIT 2", (wanted + "%",))
    if not wanted or not wanted.isalnum() or not rows:
        raise UserError(f"There is no turn {text!r}; look with `halldesk shift list`.")
    if len(rows) > 1:
        raise UserError(f"More than one turn begins with {text!r}; type more of it.")
    return bytes(rows[0][0])


def _now(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        names = names_on_now(desk)
    out.emit(names, "\n".join(f"{duty:8} {', '.join(names[duty]) or '-'}" for duty in DUTIES))
    return 0


def _list(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        turns = _turns(desk, _week(desk, args.week))
        if out.as_json:
            for turn in turns:
                out.emit(turn_json(desk, turn), "")
            return 0
        rows = [[_span(desk, t.starts_at, t.ends_at), t.duty, desk.directory.name("analyst", t.analyst_id),
                 id_text(t.id)] for t in turns]  # fmt: skip
    out.emit({}, table(rows, ["when", "duty", "who", "id"]) if rows else "Nobody is on the roster in that week.")
    return 0


def _flag_json(desk: Desk, flag: Flag) -> dict[str, Any]:
    return {"wrong": flag.wrong, "from": times.iso_utc(flag.starts_at), "to": times.iso_utc(flag.ends_at),
            "analyst": desk.directory.name("analyst", flag.analyst_id) or None,
            "turns": [id_text(one) for one in flag.turns]}  # fmt: skip


def _check(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        found = Roster(desk.context).flags(_turns(desk, _week(desk, args.week)))
        if out.as_json:
            for flag in found:
                out.emit(_flag_json(desk, flag), "")
            return 0
        rows = [[flag.wrong, _span(desk, flag.starts_at, flag.ends_at),
                 desk.directory.name("analyst", flag.analyst_id)] for flag in found]  # fmt: skip
    out.emit({}, table(rows, ["wrong", "when", "who"]) if rows else "Nothing is wrong with that week.")
    return 0


def _need(args: argparse.Namespace, out: Output) -> int:
    from app.insight.erlang import SHARE, WITHIN_SECONDS
    from app.insight.staffing import Staffing

    with opened(args) as desk:
        found = Staffing(desk.context).week(_week(desk, args.week))
        tz = times.zone(desk.context.zone)
    if out.as_json:
        for one in found:
            out.emit({"at": times.iso_utc(one.starts_at), "calls": one.calls, "needed": one.needed,
                      "rostered": one.rostered, "short": one.short, "level": one.level}, "")  # fmt: skip
        return 0
    rows = [
        [f"{times.local_wall(one.starts_at, tz):%a %H:%M}", "-" if one.calls is None else f"{one.calls:.1f}",
         str(one.needed), str(one.rostered), "" if one.level is None else f"{one.level:.0%}",
         f"{one.short} short" if one.short else ""]
        for one in found
    ]  # fmt: skip
    said = (
        f"Erlang C for {SHARE:.0%} answered within {WITHIN_SECONDS} s. It takes for granted that calls come at random, "
        "that everybody on the hotline takes the next one, and that nobody hangs up: with few who do, the need comes "
        "out slightly high. Calls to expect: the mean of that half hour over up to eight weeks before."
    )
    out.emit({}, "\n\n".join((table(rows, ["", "calls", "needed", "rostered", "in time", ""]), said)))
    return 0


def _hours(args: argparse.Namespace, zone: str) -> tuple[int, int]:
    day = times.parse_date(args.day)
    try:
        return hours(day, args.start, args.end, zone)
    except ValueError as error:
        raise UserError(f"{args.start}-{args.end} is no time of day; write it like --from 06:00 --to 14:00.") from error


def _tell(desk: Desk, args: argparse.Namespace, out: Output, turn_id: bytes) -> int:
    """What became of a turn, and what is wrong with the time it lies in."""
    turn = desk.shifts.one(turn_id)
    near = Roster(desk.context).turns(turn.starts_at, turn.ends_at)
    wrong = [flag for flag in Roster(desk.context).flags(near) if turn.id in flag.turns]
    try_sync(desk, args)
    data = {**turn_json(desk, turn), "wrong": [_flag_json(desk, flag) for flag in wrong]}
    said = f"{data['analyst']}: {turn.duty}, {_span(desk, turn.starts_at, turn.ends_at)}"
    for flag in wrong:
        said += f"\n  {flag.wrong}: {_span(desk, flag.starts_at, flag.ends_at)}"
    out.emit(data, said)
    return 0


def _plan(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        who = desk.directory.resolve("analyst", args.analyst)
        made = desk.shifts.plan(who, *_hours(args, desk.context.zone), duty=args.duty)
        return _tell(desk, args, out, made.ids[0])


def _move(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        made = desk.shifts.move(_find(desk, args.turn), *_hours(args, desk.context.zone))
        return _tell(desk, args, out, made.ids[0])


def _give(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        made = desk.shifts.give(_find(desk, args.turn), desk.directory.resolve("analyst", args.analyst))
        return _tell(desk, args, out, made.ids[0])


def _duty(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        made = desk.shifts.change(_find(desk, args.turn), duty=args.duty)
        return _tell(desk, args, out, made.ids[0])


def _copy(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        week = times.parse_week(args.week)
        like = times.parse_week(args.like) if args.like else week.shifted(-1)
        weeks = (week.monday - like.monday).days // 7
        tz = times.zone(desk.context.zone)
        start = like.bounds(tz)[0]
        begun = [turn for turn in _turns(desk, like) if turn.starts_at >= start]
        fresh = copied(begun, weeks, desk.context.zone, _turns(desk, week))
        desk.shifts.take_in(fresh, kind="shift.copy")
        try_sync(desk, args)
    out.emit(
        {"week": str(week), "like": str(like), "created": len(fresh)},
        f"{counted(len(fresh), 'turn')} planned in {week}.",
    )
    return 0


def _swap(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        made = desk.shifts.swap(_find(desk, args.turn), _find(desk, args.other))
        _tell(desk, args, out, made.ids[0])
        return _tell(desk, args, out, made.ids[1])


def _remove(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        turn_id = _find(desk, args.turn)
        desk.shifts.remove(turn_id)
        try_sync(desk, args)
    out.emit({"removed": id_text(turn_id)}, "Taken off.")
    return 0


def _export(args: argparse.Namespace, out: Output) -> int:
    from app.work.roster_calendar import written

    with opened(args) as desk:
        start, end = _week(desk, args.week).bounds(times.zone(desk.context.zone))
        turns = Roster(desk.context).turns(start, end if args.week else start + 366 * times.DAY_MS)
        if args.analyst:
            who = desk.directory.resolve("analyst", args.analyst)
            turns = [turn for turn in turns if turn.analyst_id == who]
        content = written(
            turns, lambda who: desk.directory.name("analyst", who), stamp=desk.context.clock(),
            words={duty: duty for duty in DUTIES}, title=desk.name,
        )  # fmt: skip
    try:
        args.file.write_bytes(content)
    except OSError as error:
        raise UserError(unwritable(args.file, error)) from error
    out.emit({"file": str(args.file), "turns": len(turns)}, f"{args.file}: {counted(len(turns), 'turn')}")
    return 0


def _calls(args: argparse.Namespace, out: Output) -> int:
    from app.intake.calls import import_calls

    with opened(args) as desk:
        found = import_calls(desk.context, args.file)
        try_sync(desk, args)
    data = {"rows": found.rows, "created": found.created, "updated": found.updated, "skipped": found.same,
            "problems": [{"row": row, "why": why} for row, why in found.problems]}  # fmt: skip
    lines = [f"{found.created} half hours new, {found.updated} changed, {found.same} as before",
             *(f"left out: line {row}: {why}" for row, why in found.problems)]  # fmt: skip
    out.emit(data, "\n".join(lines))
    return 0


def _import(args: argparse.Namespace, out: Output) -> int:
    from app.work.roster_calendar import difference, read

    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise UserError(unreadable(args.file, error)) from error
    with opened(args) as desk:
        said = read(content, lambda name: desk.directory.resolve("analyst", name), desk.context.zone)
        found = difference(said, Roster(desk.context).turn)
        desk.shifts.take_in(found.new, found.changed, found.gone)
        try_sync(desk, args)
    data = {"rows": len(said.turns) + len(said.cancelled) + len(said.problems), "created": len(found.new),
            "updated": len(found.changed), "removed": len(found.gone), "skipped": found.same,
            "problems": [{"row": row, "why": why} for row, why in said.problems]}  # fmt: skip
    lines = [f"{len(found.new)} new, {len(found.changed)} changed, {len(found.gone)} taken off",
             *(f"left out: {row}: {why}" for row, why in said.problems)]  # fmt: skip
    out.emit(data, "\n".join(lines))
    return 0
