"""`halldesk coverage ...`: who speaks for a department. `absence` is registered beside it (app.cli.absence)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import times
from app.cli.moments import WRITTEN, moment
from app.cli.opening import opened, try_sync
from app.cli.output import Output
from app.desk import Desk
from app.errors import UserError
from db.errors import StorageError
from db.own_files import unwritable

Run = Callable[[Desk, argparse.Namespace, Output], int]


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `coverage` and `absence`."""
    from app.cli import Parser

    def group(name: str, text: str) -> Callable[..., Any]:
        parser = verbs.add_parser(name, help=text)
        sub = parser.add_subparsers(dest=f"{name}_verb", required=True, metavar="VERB", parser_class=Parser)

        def verb(called: str, run: Run, about: str, *, writes: bool = True) -> Any:
            made = sub.add_parser(called, parents=[common], help=about)
            if writes:
                made.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
            made.set_defaults(run=lambda args, out: on_desk(run, args, out))
            return made

        return verb

    _register_coverage(group("coverage", "dedicated analysts and their stand-ins"))
    from app.cli.absence import register_verbs

    register_verbs(group("absence", "who is away, and who stands in"))


def _register_coverage(verb: Callable[..., Any]) -> None:
    listed = verb("list", _list, "every department with its contact, now and next", writes=False)
    listed.add_argument("--at", metavar="TIME", help=f"{WRITTEN} (default: now)")
    shown = verb("show", _show, "who speaks for a department, hour by hour, and its gaps", writes=False)
    shown.add_argument("department")
    shown.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="(default: today)")
    shown.add_argument("--days", type=int, default=14)
    verb("check", _check, "what is wrong, red first, each with a proposal", writes=False)
    verb("alarm", _alarm, "urgent cases whose contact and stand-ins show no sign of life", writes=False)
    looked = verb("calendar", _calendar, "who is away, who stands in, and days without anybody", writes=False)
    looked.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="(default: today)")
    looked.add_argument("--days", type=int, default=35)
    monthly = verb("sheet", _sheet, "the monthly review: who had what, gaps, figures", writes=False)
    monthly.add_argument("--month", metavar="YYYY-MM", help="(default: this one)")
    monthly.add_argument("--pdf", type=Path, metavar="FILE")
    news = verb(
        "news", _news, "what I planned (absences, turns, agreements) and somebody planned otherwise since", writes=False
    )
    news.add_argument("--seen", action="store_true", help="and I have seen it: the client tells it no more")
    verb("asks", _asks, "what I am asked today", writes=False)
    agreed = verb("set", _set, "agree on contact and stand-ins of a department")
    agreed.add_argument("department")
    agreed.add_argument("--primary", required=True, metavar="ANALYST")
    agreed.add_argument("--stand-in", action="append", default=[], metavar="ANALYST", help="at most twice")
    agreed.add_argument("--queue")
    agreed.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="(default: today)")
    agreed.add_argument("--to", metavar="YYYY-MM-DD")
    agreed.add_argument("--why", default="", help="paid, pressing need ...")
    agreed.add_argument("--review", metavar="YYYY-MM-DD", help="(default: in a month)")
    agreed.add_argument("--anyway", action="store_true", help="although the rules advise against it")
    changed = verb("change", _change, "change the agreement in force")
    changed.add_argument("department")
    for name, text in (("primary", "ANALYST"), ("stand-in1", "ANALYST"), ("stand-in2", "ANALYST"), ("queue", "QUEUE")):
        changed.add_argument(f"--{name}", metavar=text, help=None if name == "primary" else '"" for none')
    changed.add_argument("--to", metavar="YYYY-MM-DD")
    changed.add_argument("--why")
    changed.add_argument("--anyway", action="store_true")
    ended = verb("end", _end, "no dedicated analyst any more")
    ended.add_argument("department")
    ended.add_argument("--last", metavar="YYYY-MM-DD", help="the last day (default: yesterday)")
    reviewed = verb("review", _review, "it was looked at; again in a month")
    reviewed.add_argument("department")
    reviewed.add_argument("--next", metavar="YYYY-MM-DD")
    swapped = verb("swap", _swap, "the day of the quarter on which contact and stand-in change places")
    swapped.add_argument("department")
    swapped.add_argument("--day", metavar="YYYY-MM-DD", help="(default: one on which both work)")
    given = verb("transfer", _transfer, "give a department to somebody for good")
    given.add_argument("department")
    given.add_argument("--to", required=True, metavar="ANALYST")
    given.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="(default: today)")
    given.add_argument("--anyway", action="store_true")
    verb("confirm", _confirm, "I have the dossier; the department is mine").add_argument("department")
    verb("cap", _cap, "the most departments one analyst is the contact of").add_argument("most", type=int)


def on_desk(run: Run, args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        return run(desk, args, out)


# -- what they have in common -----------------------------------------------------------------------------------------
def named(desk: Desk, row: bytes | None) -> str:
    """Whatever the id is of."""
    kinds = ("analyst", "department", "product", "queue")
    return next((name for kind in kinds if (name := desk.directory.name(kind, row))), "")  # type: ignore[arg-type]


def tell_finding(desk: Desk, found: Any) -> tuple[dict[str, Any], str]:
    """A finding as data and as a line."""
    from app.texts_coverage import proposal, sentence

    language = desk.context.language
    said = sentence(found, language, lambda row: named(desk, row))
    to_do = proposal(found, language, lambda row: named(desk, row))
    data = {
        "code": found.code, "level": found.level, "says": said, "proposal": to_do or None,
        "department": named(desk, found.department) or None, "who": named(desk, found.who) or None,
        "other": named(desk, found.other) or None, "from": found.first or None, "to": found.last or None,
    }  # fmt: skip
    return data, f"{found.level:<5}  {said}" + (f" ({to_do})" if to_do else "")


def tell_kept(desk: Desk, args: argparse.Namespace, out: Output, kept: Any, said: str) -> int:
    """Tell the store, then the person what was saved and what to know about it."""
    from app.cli.conflicts import REASONS

    try_sync(desk, args)
    outcome, why = desk.replica.outcome(kept.tx_id)
    if outcome in ("refused", "kept"):
        why = "somebody changed the same thing" if outcome == "kept" else REASONS.get(str(why), why)
        said = f"It was not taken: {why}. It is kept, see `halldesk conflicts list`."
        out.emit({"refused": said}, said)
        return 1
    told = [tell_finding(desk, one) for one in kept.findings]
    pending = "" if outcome == "accepted" else " (kept here until the store is reachable)"
    if desk.trouble:
        out.complain(desk.trouble)
    out.emit(
        {"id": kept.id.hex(), "saved": outcome == "accepted", "findings": [data for data, _line in told]},
        "\n".join([f"{said}{pending}", *(line for _data, line in told)]),
    )
    return 0


def _cover(desk: Desk, text: str) -> Any:
    return desk.coverings.find(desk.directory.resolve("department", text))


def analyst(desk: Desk, text: str | None) -> bytes | None:
    """Whose name it is; None for none."""
    return desk.directory.resolve("analyst", text) if text else None


# -- coverage ---------------------------------------------------------------------------------------------------------
def _list(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    at = moment(desk, args.at) if args.at else desk.context.clock()
    for now in desk.coverings.nows(at):
        data = _now(desk, now)
        until = f", until {data['until']} then {data['next'] or 'nobody'}" if data["until"] else ""
        until += f" (by {data['inherited_from']})" if data["inherited_from"] else ""
        state = "nobody" if now.acting is None else f"{data['acting']} ({data['role']})"
        out.emit(data, f"{data['department']:<28} {data['primary']:<20} now {state}{until}")
    return 0


def _now(desk: Desk, now: Any) -> dict[str, Any]:
    name = desk.directory.name
    return {
        "department": name("department", now.department),
        "inherited_from": name("department", now.cover.department) if now.inherited else None,
        "primary": name("analyst", now.cover.primary),
        "stand_ins": [name("analyst", who) for who in now.cover.people[1:]],
        "acting": name("analyst", now.acting.who) if now.acting else None,
        "role": now.acting.role if now.acting else None,
        "available": now.acting.available if now.acting else False, "gap": now.gap,
        "until": times.iso_utc(now.until) if now.until else None,
        "next": name("analyst", now.next.who) if now.next else None,
        "away_until": now.away.to_day if now.away else None, "review": now.cover.review_date,
        "swap_day": now.cover.swap_day,
    }  # fmt: skip


def _show(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from datetime import timedelta

    zone = times.zone(desk.context.zone)
    department = desk.directory.resolve("department", args.department)
    desk.coverings.find(department, args.since)
    first = times.parse_date(args.since) if args.since else times.local_date(desk.context.clock(), zone)
    start = times.day_bounds(first, zone)[0]
    end = times.day_bounds(first + timedelta(days=args.days), zone)[0]

    def written(at: int) -> str:
        return f"{times.local_wall(at, zone):%Y-%m-%d %H:%M}"

    for span in desk.coverings.spans(department, start, end):
        who = desk.directory.name("analyst", span.acting.who) if span.acting else None
        there = bool(span.acting and span.acting.available)
        out.emit(
            {"from": times.iso_utc(span.start), "to": times.iso_utc(span.end), "acting": who,
             "role": span.acting.role if span.acting else None, "available": there},
            f"{written(span.start)} - {written(span.end)}  {who or 'nobody'}"
            + ("" if there or who is None else "  (with the next working hour)"),
        )  # fmt: skip
    for gap in desk.coverings.gaps(department, start, end):
        out.emit({"gap": True, "from": times.iso_utc(gap.start), "to": times.iso_utc(gap.end)},
                 f"GAP {written(gap.start)} - {written(gap.end)}")  # fmt: skip
    return 0


def _check(desk: Desk, _args: argparse.Namespace, out: Output) -> int:
    found = desk.coverings.findings()
    for one in found:
        out.emit(*tell_finding(desk, one))
    if not found and not out.as_json:
        print("Every department has its contact and its stand-ins.")
    return 0


def _alarm(desk: Desk, _args: argparse.Namespace, out: Output) -> int:
    from app.texts_coverage import alarm_sentence
    from app.work.alarm import UNKNOWN, AlarmReader, Sightings, alarm

    reader, now, name = AlarmReader(desk.context, desk.deadlines), desk.context.clock(), desk.directory.name
    cases = reader.urgent(now)
    devices = reader.devices({who for case in cases for who in case.asked})
    try:
        doings = desk.colleagues.signs([one for theirs in devices.values() for one in theirs]) if devices else {}
        trouble = ""
    except (StorageError, UserError) as error:
        doings, trouble = None, str(error)
    signs = Sightings(0).note(devices, doings, now)
    found = [one for case in cases if (one := alarm(case, signs, now)) is not None and one.begins <= now]
    for one in found:
        said = alarm_sentence(one, desk.context.language, lambda row: named(desk, row))
        case = one.case
        out.emit(
            {"case": case.label, "title": case.title, "severity": case.severity,
             "department": name("department", case.department), "known": one.known, "why": one.why, "says": said,
             "people": [{"name": name("analyst", who), "state": signs.get(who, UNKNOWN).state} for who in case.people],
             "work_owner": name("analyst", case.worker) or None, "since": times.iso_utc(case.since),
             "begins": times.iso_utc(one.begins)},
            f"{case.label:>6}  S{case.severity}  {case.title}\n        {said}",
        )  # fmt: skip
    if trouble:
        out.complain(trouble)
    elif not found and not out.as_json:
        print("Somebody is there for every urgent case.")
    return 0


def _calendar(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from datetime import timedelta

    from app.work.absence_calendar import MOST_DAYS, CalendarReader

    if not 1 <= args.days <= MOST_DAYS:
        raise UserError(f"A calendar has 1 to {MOST_DAYS} days.")
    first = times.parse_date(args.since or desk.coverings.today())
    last = (first + timedelta(days=args.days - 1)).isoformat()
    found = CalendarReader(desk.context, desk.directory, desk.deadlines).read(first.isoformat(), last)
    for line in (*found.people, *found.departments):
        for piece in line.pieces:
            who = named(desk, piece.who) or None
            out.emit(
                {line.kind: named(desk, line.id), "from": piece.first, "to": None if piece.open_end else piece.last,
                 "what": piece.look, "who": who, "kind": piece.kind or None,
                 "absence": piece.absence.hex() if piece.absence else None},
                f"{named(desk, line.id):<28} {piece.first} - {piece.last}  {piece.kind or piece.look}"
                + (f": {who}" if who and line.kind == "department" else ""),
            )  # fmt: skip
    return 0


def _sheet(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from dataclasses import asdict

    from app.work.coverage_review import ReviewReader

    month = args.month or desk.coverings.today()[:7]
    found = ReviewReader(desk.context, desk.directory, desk.coverings, desk.deadlines).month(month)
    if args.pdf is not None:
        from app.reports.review_pdf import review_pdf

        try:
            args.pdf.write_bytes(review_pdf(found, desk.context.language, desk.name))
        except OSError as error:
            raise UserError(unwritable(args.pdf, error)) from error
    for one in found.departments:
        data = {key: value for key, value in asdict(one).items() if key != "findings"}
        data["open"] = data.pop("open_")
        data["findings"] = [tell_finding(desk, each)[0] for each in one.findings]
        out.emit(
            {"month": found.month, **data},
            f"{one.department:<28} {one.contact:<20} contact {one.own} d, stand-in {one.stand_in + one.swap} d, "
            f"nobody {one.nobody} d; opened {one.opened}, solved {one.solved}",
        )
    return 0


def _news(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.texts_coverage import news_sentence
    from app.work.overwritten import OverwrittenReader, who_did

    zone = times.zone(desk.context.zone)
    found = OverwrittenReader(desk.context).read()
    for one in found:
        who, at = who_did(desk, one)
        by = desk.directory.name("analyst", who)
        said = news_sentence(
            one, by, desk.context.language, lambda row: named(desk, row),
            lambda ms: f"{times.local_wall(ms, zone):%Y-%m-%d %H:%M}",
        )  # fmt: skip
        if args.seen:
            desk.drafts.keep(one.key, one.mark)
        seen = desk.drafts.read(one.key) == one.mark
        out.emit(
            {"what": one.table, "id": one.row_id.hex(), "by": by or None, "at": times.iso_utc(at) if at else None,
             "says": said, "mine": _plain(desk, one.mine), "now": _plain(desk, one.now), "seen": seen},
            said,
        )  # fmt: skip
    if not found and not out.as_json:
        print("Everything you planned stands as you planned it.")
    return 0


def _plain(desk: Desk, values: Any) -> dict[str, Any] | None:
    """Columns as people read them."""
    if values is None:
        return None
    return {
        key.removesuffix("_id"): (named(desk, value) or None) if isinstance(value, bytes)
        else times.iso_utc(value) if key.endswith("_at") else value
        for key, value in values.items()
    }  # fmt: skip


def _asks(desk: Desk, _args: argparse.Namespace, out: Output) -> int:
    for ask in desk.coverings.asks():
        about = desk.directory.name("department", ask.department) or desk.directory.name("analyst", ask.who)
        out.emit(
            {"ask": ask.what, "who": desk.directory.name("analyst", ask.who), "day": ask.day,
             "absence": ask.absence.hex() if ask.absence else None,
             "department": desk.directory.name("department", ask.department) or None, "cases": ask.count},
            f"{ask.what:<12} {about}  {ask.day}  {ask.absence.hex() if ask.absence else ''}".rstrip(),
        )  # fmt: skip
    return 0


def _set(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.work.agreements import Agreement

    if len(args.stand_in) > 2:
        raise UserError("A department has two stand-ins at most.")
    first, second = [*(analyst(desk, one) for one in args.stand_in), None, None][:2]
    wanted = Agreement(
        desk.directory.resolve("department", args.department), desk.directory.resolve("analyst", args.primary), first,
        second, desk.directory.resolve("queue", args.queue) if args.queue else None, args.since, args.to, args.why,
        args.review,
    )  # fmt: skip
    return tell_kept(desk, args, out, desk.agreements.agree(wanted, anyway=args.anyway), "Agreed.")


def _change(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    changes: dict[str, Any] = {}
    for name in ("primary", "stand_in1", "stand_in2"):
        if getattr(args, name) is not None:
            changes[f"{name}_id"] = analyst(desk, getattr(args, name))
    if changes.get("primary_id", b"") is None:
        raise UserError("A coverage has a primary; `halldesk coverage end` ends it.")
    if args.queue is not None:
        changes["queue_id"] = desk.directory.resolve("queue", args.queue) if args.queue else None
    if args.to is not None:
        changes["valid_to"] = times.parse_date(args.to).isoformat()
    if args.why is not None:
        changes["why"] = args.why
    if not changes:
        raise UserError("Say what is to change: --primary, --stand-in1, --stand-in2, --queue, --to or --why.")
    kept = desk.agreements.change(_cover(desk, args.department).id, changes, anyway=args.anyway)
    return tell_kept(desk, args, out, kept, "Changed.")


def _end(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.agreements.end(_cover(desk, args.department).id, args.last), "Ended.")


def _review(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.agreements.review(_cover(desk, args.department).id, args.next), "Reviewed.")


def _swap(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kept = desk.agreements.swap(_cover(desk, args.department).id, args.day)
    return tell_kept(desk, args, out, kept, f"They change places on {desk.coverings.cover(kept.id).swap_day}.")


def _transfer(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    to = desk.directory.resolve("analyst", args.to)
    cover = _cover(desk, args.department)
    kept = desk.agreements.transfer(cover.id, to, first=args.since, anyway=args.anyway)
    return tell_kept(desk, args, out, kept, f"Given to {desk.directory.name('analyst', to)}, who confirms it.")


def _confirm(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.agreements.confirm(_cover(desk, args.department).id), "Yours from now on.")


def _cap(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return tell_kept(desk, args, out, desk.agreements.cap(args.most), f"At most {args.most} departments each.")
