"""`halldesk case ...` and `halldesk find`: everything an analyst does, so that a script can.

How a change is told to the store and to the person stands in app.cli.changing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from app import times
from app.cli import attachments, case_bulk, case_following, case_links, case_lists, case_papers
from app.cli.changing import changed, on_desk
from app.cli.moments import WRITTEN, moment, on_the_wall
from app.cli.opening import try_sync
from app.cli.output import Output
from app.desk import Desk
from app.errors import UserError
from app.work.cases import NewCase
from app.work.clocks import ClockState
from app.work.verbs import Done
from db.ids import id_text
from db.rules import (
    ACTIVITIES,
    AUDIENCES,
    CASE_KINDS,
    CHANNELS,
    DOCUMENTED,
    ESCALATED_TO,
    OUTCOMES,
    TIMELINE_KINDS,
    WAITING_ON,
)

FLAGS = {"executive-complaint": "executive_complaint", "outside-it": "outside_it", "abusive-contact": "abusive_contact"}
"""As they are said by command -> columns; the first and the last are seen by supervisors only."""


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `case` with its verbs, and `find`."""
    from app.cli import Parser

    case = verbs.add_parser("case", help="work with cases")
    sub = case.add_subparsers(dest="case_verb", required=True, metavar="VERB", parser_class=Parser)

    def verb(
        name: str, run: Callable[[Desk, argparse.Namespace, Output], int], text: str, *, writes: bool = True
    ) -> Any:
        parser = sub.add_parser(name, parents=[common], help=text)
        parser.set_defaults(run=lambda args, out: on_desk(run, args, out))
        if writes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        return parser

    def of_case(name: str, run: Callable[[Desk, argparse.Namespace, Output], int], text: str, **how: bool) -> Any:
        parser = verb(name, run, text, **how)
        parser.add_argument("case", metavar="N", help="number (1042), provisional label (~7) or id")
        return parser

    new = verb("new", _new, "open a case")
    new.add_argument("--title", required=True)
    new.add_argument("--severity", default="3", help="rank or name (default 3)")
    new.add_argument("--solved", metavar="TEXT", help="solved at once: what was done")
    new.add_argument("--minutes", type=int)
    new.add_argument("--to", metavar="ANALYST", help="set the owner by hand")
    new.add_argument("--queue", help="set the queue by hand")
    new.add_argument("--major", action="store_true", help="a major incident")
    new.add_argument("--tag", action="append", default=[])
    _fields(new)

    show = of_case("show", _show, "one case with its timeline, events and clocks", writes=False)
    del show
    case_lists.register(verb)

    change = of_case("set", _set, "change fields")
    change.add_argument("--title")
    change.add_argument("--severity")
    change.add_argument("--next-step", metavar="TEXT")
    change.add_argument("--next-by", metavar="ANALYST")
    change.add_argument("--next-at", metavar="TIME", help=WRITTEN)
    change.add_argument("--tag", action="append", default=[])
    change.add_argument("--untag", action="append", default=[])
    change.add_argument("--major", choices=("yes", "no"))
    change.add_argument("--flag", action="append", default=[], choices=FLAGS, help="set a flag (may be repeated)")
    change.add_argument("--unflag", action="append", default=[], choices=FLAGS, help="take a flag away")
    _fields(change)

    of_case("claim", _claim, "make it mine")
    hand = of_case("hand", _hand, "hand over to an analyst or a queue")
    hand.add_argument("--to", metavar="ANALYST")
    hand.add_argument("--queue")
    hand.add_argument("--with-contact", action="store_true", help="who speaks with the department changes too")
    hand.add_argument("--next-step")
    hand.add_argument("--reason")
    up = of_case("escalate", _escalate, "a tier up, or to the developers or a supplier; says what was tried")
    up.add_argument("--tried", required=True)
    up.add_argument("--reason", help="why (default: what was tried)")
    up.add_argument("--outside", choices=ESCALATED_TO, help="outside the desk; the case waits and keeps its owner")
    up.add_argument("--their-number", metavar="TEXT", help="their number for it")
    up.add_argument("--until", metavar="TIME", help=f"when to look again: {WRITTEN}")
    down = of_case("de-escalate", _de_escalate, "back from outside, or a tier down; says why")
    down.add_argument("--reason", required=True)
    for passed in (up, down):
        passed.add_argument("--to", metavar="ANALYST")
        passed.add_argument("--queue")
        passed.add_argument("--next-step")
    of_case("take-back", _take_back, "the work is mine again").add_argument("--reason")
    note = of_case("note", _note, "add to the timeline")
    note.add_argument("--text", required=True)
    note.add_argument("--kind", choices=[k for k in TIMELINE_KINDS if k != "system"], default="note")
    note.add_argument("--audience", choices=AUDIENCES, default="internal")
    note.add_argument("--minutes", type=int)
    note.add_argument("--activity", choices=ACTIVITIES, default="other")
    note.add_argument("--counts", choices=("yes", "no"),
                      help="whether it is a response (default: what is said to the requester is)")  # fmt: skip
    wait = of_case("wait", _wait, "the case waits on somebody")
    wait.add_argument("--on", choices=WAITING_ON, required=True)
    wait.add_argument("--next-step")
    wait.add_argument("--until", metavar="TIME", help=f"when to look again: {WRITTEN}")
    of_case("work", _work, "back to work after waiting")
    done = of_case("resolve", _resolve, "solved; says what was done")
    done.add_argument("--resolution", required=True)
    done.add_argument("--cause")
    done.add_argument("--outcome", choices=OUTCOMES, default="fixed", help="is it fixed?")
    done.add_argument("--documented", choices=DOCUMENTED, help="is it written down?")
    done.add_argument("--article", metavar="ID", help="the article that helped")
    done.add_argument("--permanent-fix-wanted", action="store_true")
    done.add_argument("--minutes", type=int)
    of_case("close", _close, "the file is closed")
    rated = of_case("rate", _rate, "what whoever asked says of how it went")
    rated.add_argument("--score", type=int, required=True, help="1 (very dissatisfied) to 5 (very satisfied)")
    rated.add_argument("--words", metavar="TEXT")
    for name, run, text in (
        ("cancel", _cancel, "it was no case after all"),
        ("reopen", _reopen, "not solved after all"),
    ):
        of_case(name, run, text).add_argument("--reason", required=True)
    spent = of_case("time", _time, "book minutes")
    spent.add_argument("--minutes", type=int, required=True)
    spent.add_argument("--activity", choices=ACTIVITIES, default="other")
    spent.add_argument("--date", metavar="YYYY-MM-DD")
    spent.add_argument("--note")
    spent.add_argument("--correct", action="store_true", help="what you booked last on that day was another (0: none)")
    attachments.register_on_case(of_case)
    back = of_case("undo", _undo, "take the last change made here to this case back")
    back.add_argument("--redo", action="store_true", help="do again what was undone last")

    case_bulk.register(verb)
    case_links.register(verb, of_case)
    case_following.register(verb, of_case)
    case_papers.register(of_case)

    case_following.register_today(verbs, common)

    find = verbs.add_parser("find", parents=[common], help="cases and articles")
    find.add_argument("words", nargs="+", metavar="WORDS")
    find.add_argument("--limit", type=int, default=40)
    find.add_argument("--order", choices=("recency", "relevance"), default="recency", help="of the cases")
    find.set_defaults(run=lambda args, out: on_desk(_find, args, out))


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--text", metavar="TEXT", help="the description (Markdown)")
    parser.add_argument("--department")
    parser.add_argument("--product")
    parser.add_argument("--requester", help="a known name, or a new one")
    parser.add_argument("--place")
    parser.add_argument("--asset", metavar="TAG")
    parser.add_argument("--kind", choices=CASE_KINDS)
    parser.add_argument("--channel", choices=CHANNELS)


def _references(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    """The fields that name something, as ids."""
    out: dict[str, Any] = {}
    for name in ("department", "product", "place"):
        value = getattr(args, name)
        if value is not None:
            out[f"{name}_id"] = desk.directory.resolve(name, value)
    if args.asset is not None:
        rows = [r for r in desk.directory.asset_rows(args.asset) if r["tag"].casefold() == args.asset.casefold()]
        if not rows:
            raise UserError(f"There is no machine with the tag {args.asset!r}.")
        out["asset_id"] = rows[0]["id"]
    if args.kind is not None:
        out["kind"] = args.kind
    if args.channel is not None:
        out["channel"] = args.channel
    return out


def _known_requester(desk: Desk, name: str) -> bytes | None:
    wanted = name.strip().casefold()
    rows = [r for r in desk.directory.requester_rows(name, 50) if (r["name"] or "").casefold() == wanted]
    return rows[0]["id"] if len(rows) == 1 else None


def _new(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    fields = _references(desk, args)
    if args.requester:
        known = _known_requester(desk, args.requester)
        fields |= {"requester_id": known} if known else {"requester_name": args.requester}
    done = desk.cases.new(
        NewCase(
            title=args.title, severity=desk.directory.severity(args.severity), description=args.text or "",
            owner_id=desk.directory.resolve("analyst", args.to) if args.to else None,
            queue_id=desk.directory.resolve("queue", args.queue) if args.queue else None,
            major=args.major, tags=tuple(args.tag), solved=args.solved, minutes=args.minutes, **fields,
        )
    )  # fmt: skip
    return changed(desk, args, out, done, "opened")


def _show(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    view = desk.present.case(desk.present.find(args.case))
    if out.as_json:
        out.emit({**desk.present.as_json(view, full=True), **desk.reading.new_kinds.of_case(view.id).as_json()}, "")
        return 0
    row, names = view.row, view.names
    new = desk.reading.new_kinds.of_case(view.id).new
    lines = [
        f"{view.label}  {row['title']}",
        f"{row['status']}, severity {row['severity']}, tier {row['tier']}, queue {names['queue'] or '-'}, "
        f"owner {names['work_owner'] or 'nobody'}, contact {names['contact_owner'] or 'nobody'}",
        ", ".join(names[key] or "-" for key in ("requester", "department", "product", "asset")),
        f"next: {row['next_step'] or '-'}",
        f"response {_clock_words(desk, view.response)}; fix {_clock_words(desk, view.fix)}",
        *(["a new kind: no article and no solved case is like it"] if new else []),
        "",
        row["description"],
    ]
    for entry in view.entries:
        what = entry.kind
        if entry.kind == "event":
            what = f"{str(entry.field).replace('_', ' ')}: {entry.old or '-'} > {entry.new or '-'}"
        lines.append(f"{on_the_wall(desk, entry.at)}  {entry.author or '-'}  {what}  {entry.text}".rstrip())
    for link in view.links:
        lines.append(f"{_LINKED[link.kind][not link.outgoing]} {link.label}  {link.title} ({link.status})")
    lines += [f"file: {file.name}  {file.size:,} bytes" for file in view.attachments]
    out.emit({}, "\n".join(lines))
    return 0


_LINKED: Final = {
    "duplicate": ("the same as", "the same as"), "child": ("part of", "its part"), "related": ("related to",) * 2,
    "problem": ("caused by the problem", "problem behind"),
}  # fmt: skip
"""What a link is called, from its first end and from the other."""


def _clock_words(desk: Desk, clock: ClockState) -> str:
    """ "running, due 2026-11-22 09:00, 2 h 10 min of 4 h 0 min counted"; why, segment by segment, is in the JSON."""

    def length(ms: int) -> str:
        hours, minutes = divmod(abs(ms) // times.MINUTE_MS, 60)
        return f"{hours} h {minutes} min"

    due = f", due {on_the_wall(desk, clock.due_at)}" if clock.due_at is not None else ""
    target = "" if clock.remaining_ms is None else f" of {length(clock.elapsed_ms + clock.remaining_ms)}"
    return f"{clock.state}{due}, {length(clock.elapsed_ms)}{target} counted"


def _set(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    case_id = desk.present.find(args.case)
    fields = _references(desk, args)
    if args.title is not None:
        fields["title"] = args.title
    if args.text is not None:
        fields["description"] = args.text
    if args.severity is not None:
        fields["severity"] = desk.directory.severity(args.severity)
    if args.major is not None:
        fields["major"] = int(args.major == "yes")
    fields |= {FLAGS[name]: 1 for name in args.flag} | {FLAGS[name]: 0 for name in args.unflag}
    if args.requester is not None:
        known = _known_requester(desk, args.requester)
        if known is None:
            raise UserError(f"There is no requester called {args.requester!r}, or several are.")
        fields["requester_id"] = known
    step = args.next_step is not None or args.next_by or args.next_at
    if not (fields or step or args.tag or args.untag):
        raise UserError("Say what to change; see `halldesk case set --help`.")
    done: Done | None = None
    if fields:
        done = desk.cases.set(case_id, **fields)
    if step:
        text = args.next_step if args.next_step is not None else desk.present.case(case_id).row["next_step"] or ""
        done = desk.cases.next_step(
            case_id, text, by=desk.directory.resolve("analyst", args.next_by) if args.next_by else None,
            at=moment(desk, args.next_at) if args.next_at else None,
        )  # fmt: skip
    if args.tag or args.untag:
        done = desk.cases.tag(case_id, tuple(args.tag), tuple(args.untag))
    assert done is not None
    return changed(desk, args, out, done, "changed")


def _claim(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    """Catch up first, then claim, then let the log decide: where the store answers, the answer is final."""
    try_sync(desk, args)
    case_id = desk.present.find(args.case)
    try:
        done = desk.cases.claim(case_id)
    except UserError as error:
        owner = desk.present.case(case_id).names["work_owner"]
        out.emit({"refused": str(error), "owner": owner or None}, str(error))
        return 1
    try_sync(desk, args)
    outcome, _why = desk.replica.outcome(done.tx_id)
    view = desk.present.case(case_id)
    # Where another process of this profile had claimed it a moment before there was nothing left to claim here: what
    # the log says of that one is the answer to both.
    if outcome == "refused" or view.row["work_owner_id"] != desk.me:
        owner = view.names["work_owner"]
        said = f"{owner or 'Somebody'} was faster and works on this case."
        out.emit({"refused": said, "owner": owner or None}, said)
        return 1
    out.emit(
        {**desk.present.as_json(view), "saved": outcome == "accepted"},
        f"{view.label} is yours"
        + ("" if outcome == "accepted" else " if nobody was faster (the store is not reachable)"),
    )
    return 0


def _simple(verb: str, said: str) -> Callable[[Desk, argparse.Namespace, Output], int]:
    def run(desk: Desk, args: argparse.Namespace, out: Output) -> int:
        return changed(desk, args, out, getattr(desk.cases, verb)(desk.present.find(args.case)), said)

    return run


_work = _simple("work", "back to work")
_close = _simple("close", "closed")


def _targets(desk: Desk, args: argparse.Namespace) -> dict[str, bytes | None]:
    return {
        "to_analyst": desk.directory.resolve("analyst", args.to) if args.to else None,
        "to_queue": desk.directory.resolve("queue", args.queue) if args.queue else None,
    }


def _hand(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.cases.hand(
        desk.present.find(args.case), keep_contact=not args.with_contact, next_step=args.next_step, reason=args.reason,
        **_targets(desk, args),
    )  # fmt: skip
    return changed(desk, args, out, done, "handed over")


def _escalate(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    case_id = desk.present.find(args.case)
    until = moment(desk, args.until) if args.until else None
    if args.outside is not None:
        done = desk.cases.escalate_outside(
            case_id, args.outside, tried=args.tried, reason=args.reason, their_number=args.their_number,
            next_step=args.next_step, until=until,
        )  # fmt: skip
        return changed(desk, args, out, done, f"escalated to {args.outside}")
    target = _targets(desk, args)
    done = desk.cases.escalate(
        case_id, tried=args.tried, reason=args.reason, to_analyst=target["to_analyst"], to_queue=target["to_queue"],
        next_step=args.next_step, at=until,
    )  # fmt: skip
    return changed(desk, args, out, done, "escalated")


def _de_escalate(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    target = _targets(desk, args)
    done = desk.cases.de_escalate(
        desk.present.find(args.case), args.reason, to_analyst=target["to_analyst"], to_queue=target["to_queue"],
        next_step=args.next_step,
    )  # fmt: skip
    return changed(desk, args, out, done, "de-escalated")


def _take_back(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.cases.take_back(desk.present.find(args.case), args.reason)
    return changed(desk, args, out, done, "taken back")


def _note(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.cases.note(
        desk.present.find(args.case), args.text, kind=args.kind, audience=args.audience, minutes=args.minutes,
        activity=args.activity, counts=None if args.counts is None else args.counts == "yes",
    )  # fmt: skip
    return changed(desk, args, out, done, "noted")


def _wait(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    until = moment(desk, args.until) if args.until else None
    done = desk.cases.wait(desk.present.find(args.case), args.on, next_step=args.next_step, until=until)
    return changed(desk, args, out, done, f"waiting on {args.on}")


def _resolve(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    case_id = desk.present.find(args.case)
    article = None if args.article is None else desk.knowledge.find(args.article)
    done = desk.cases.resolve(
        case_id, args.resolution, cause=args.cause, outcome=args.outcome,
        documented="article" if article is not None else args.documented,
        permanent_fix_wanted=args.permanent_fix_wanted, minutes=args.minutes,
    )  # fmt: skip
    if article is not None:
        desk.articles.use(article, case_id, helped=True)
    elif args.documented == "draft":
        desk.articles.draft_from_case(case_id)
    return changed(desk, args, out, done, "resolved")


def _rate(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.cases.rate(desk.present.find(args.case), args.score, args.words)
    return changed(desk, args, out, done, f"{args.score} of 5")


def _cancel(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return changed(desk, args, out, desk.cases.cancel(desk.present.find(args.case), args.reason), "cancelled")


def _reopen(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return changed(desk, args, out, desk.cases.reopen(desk.present.find(args.case), args.reason), "reopened")


def _time(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    if args.correct:
        return _correct_time(desk, args, out)
    done = desk.cases.time(
        desk.present.find(args.case), args.minutes, activity=args.activity, work_date=args.date, note=args.note
    )
    return changed(desk, args, out, done, f"{args.minutes} min booked")


def _correct_time(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.work.daybook import Daybook

    case_id = desk.present.find(args.case)
    day = Daybook(desk.context).of(times.parse_date(args.date) if args.date else None)
    entries = next((one.entries for one in day.cases if one.case_id == case_id), ())
    if not entries:
        raise UserError(f"You have booked nothing on this case on {day.day}; name the day with --date.")
    before = entries[-1]
    activity = args.activity if args.activity != "other" else None
    done = desk.cases.correct_time(before.id, args.minutes, activity=activity)
    return changed(desk, args, out, done, f"{args.minutes} min instead of {before.minutes}")


def _undo(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    case_id = desk.present.find(args.case)
    step = desk.undoing.next_step(case_id, forward=args.redo)
    if step is None:
        again = "Nothing was undone here lately." if args.redo else None
        raise UserError(again or "Nothing was changed here lately that could be undone.")
    done = desk.undoing.undo(step.tx_id)
    return changed(desk, args, out, done, "done again" if args.redo else "undone")


def _find(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    hits = desk.search.find(" ".join(args.words), limit=args.limit, order=args.order)
    for hit in hits:
        out.emit(
            {"kind": hit.kind, "id": id_text(hit.id), "number": hit.number, "title": hit.title, "snippet": hit.snippet,
             "score": round(hit.score, 3)},
            f"{hit.kind:8}{hit.number or '':>7}  {hit.title}",
        )  # fmt: skip
    if not hits:
        desk.reading.missed.note(" ".join(args.words), cases=True)
        if not out.as_json:
            print("Nothing found.")
    return 0
