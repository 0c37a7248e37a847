"""`halldesk department ...`: what a dedicated analyst sees of a department, its dossier, its sheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from app import times
from app.cli.changing import on_desk
from app.cli.opening import try_sync
from app.cli.output import Output, counted
from app.desk import Desk
from app.errors import UserError
from app.work.lists import CaseLine
from app.work.standing import LISTS
from db.own_files import unreadable

MOST: Final = 200
"""Cases of a list that are printed unless somebody wants more."""


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `department`."""
    from app.cli import Parser

    parser = verbs.add_parser("department", help="departments as their dedicated analyst sees them")
    sub = parser.add_subparsers(dest="department_verb", required=True, metavar="VERB", parser_class=Parser)

    def verb(called: str, run: Any, about: str, *, writes: bool = False, named: bool = True) -> Any:
        made = sub.add_parser(called, parents=[common], help=about)
        if named:
            made.add_argument("department")
        if writes:
            made.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        made.set_defaults(run=lambda args, out: on_desk(run, args, out))
        return made

    verb("list", _list, "mine, those I stand in for, and cases that were handed to me", named=False)
    shown = verb("show", _show, "who speaks for it, its shift and targets, its lists of cases")
    shown.add_argument("--list", choices=LISTS, action="append", help="only this one (default: all)")
    shown.add_argument("--limit", type=int, default=MOST, help=f"cases of a list (default: {MOST})")
    sheet = verb("sheet", _sheet, "the department sheet as PDF")
    sheet.add_argument("--pdf", type=Path, required=True, metavar="FILE")
    sheet.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    sheet.add_argument("--language", choices=("en", "de"), help="(default: the desk's)")
    dossier = verb("dossier", _dossier, "what is known of it: read, write, its versions", writes=True)
    dossier.add_argument("--set", type=Path, metavar="FILE", help="write it from a file (-: from stdin)")
    dossier.add_argument("--history", action="store_true", help="who saved it when")
    dossier.add_argument("--restore", type=int, metavar="N", help="as version N of the history was")
    told = verb("tell", _tell, "write the same to every open case of it", writes=True)
    told.add_argument("--text", required=True)
    told.add_argument("--internal", action="store_true", help="not for the requesters")


def _list(desk: Desk, _args: argparse.Namespace, out: Output) -> int:
    departments = desk.reading.departments
    today = desk.coverings.today()
    lines = 0
    for one in desk.lists.covered(today):
        lines += 1
        name = desk.directory.name("department", one.department)
        counts = departments.counts(one.department, departments.people(one.department))
        shown = {key: count.open for key, count in counts.items()}
        until = f" until {one.until}" if one.until else ""
        role = f"stand-in{until}" if one.stand_in else "contact"
        out.emit(
            {"department": name, "stand_in": one.stand_in, "until": one.until, "counts": shown,
             "overdue": sum(count.overdue for count in counts.values())},
            f"{name:<28} {role:<26} " + "  ".join(f"{key} {count}" for key, count in shown.items()),
        )  # fmt: skip
    for handed in desk.lists.handed(today):
        lines += 1
        who = desk.directory.name("analyst", handed.owner)
        out.emit(
            {"handed_by": who, "until": handed.until, "cases": handed.count},
            f"{who:<28} {f'away until {handed.until}' if handed.until else 'away':<26} {counted(handed.count, 'case')} "
            f"yours meanwhile (halldesk case list --in-place-of '{who}')",
        )
    if not lines and not out.as_json:
        print("You are the contact of no department, and stand in for none today.")
    return 0


def _show(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.texts import Texts
    from app.work.department_words import FaceWords
    from app.work.departments import standing_list

    department = desk.directory.resolve("department", args.department)
    departments = desk.reading.departments
    face = departments.face(department)
    now = desk.context.clock()
    wanted = args.list or LISTS
    counts = departments.counts(department, face.people)
    lists: dict[str, list[CaseLine]] = {}
    for name in wanted:
        rids = desk.lists.ids(standing_list(department, name, face.people, now), args.limit)
        lists[name] = desk.lists.lines(rids)
    if out.as_json:
        out.emit(_as_json(desk, face, counts, lists), "")
        return 0
    texts = Texts("en")
    words = FaceWords(face, texts, desk.context.zone)
    print(face.name)
    for label, said in (
        ("contact", words.contact()), ("acting", words.acting()), ("next", words.following()),
        ("stand_ins", words.stand_ins()), ("phone", words.phone()), ("shift", words.shift()),
        ("targets", words.targets()),
    ):  # fmt: skip
        if said:
            print(f"  {texts(f'department.{label}'):<10} {said}")
    for name, lines in lists.items():
        count = counts[name]
        late = f", {count.overdue} overdue" if count.overdue else ""
        print(f"\n{texts(f'department.list.{name}')} ({count.open}{late})")
        for line in lines:
            print(f"  {line.label:>7}  {line.severity}  {line.work_owner or line.queue or '-':<18} {line.title}")
    return 0


def _as_json(desk: Desk, face: Any, counts: Any, lists: dict[str, list[CaseLine]]) -> dict[str, Any]:
    now, name = face.now, face.names
    return {
        "department": face.name, "time_zone": desk.context.zone,
        "contact": name[now.cover.primary] if now else None,
        "away_until": now.away.to_day if now and now.away else None, "away": bool(now and now.away),
        "acting": name[now.acting.who] if now and now.acting else None,
        "role": now.acting.role if now and now.acting else None,
        "until": times.iso_utc(now.until) if now and now.until else None,
        "next": name[now.next.who] if now and now.next else None,
        "stand_ins": [name[who] for who in face.people[1:]],
        "phone": (face.phones.get(now.acting.who) or None) if now and now.acting else None,
        "shift": face.shift.name or None, "working": face.shift.working,
        "shift_until": times.iso_utc(face.shift.until) if face.shift.until else None,
        "targets": [{"severity": one.rank, "name": one.name, "response": one.response, "fix": one.fix}
                    for one in face.targets],
        "i_stand_in": face.stands_in,
        "counts": {key: {"cases": count.open, "overdue": count.overdue} for key, count in counts.items()},
        "lists": {
            key: [
                {"case": line.label, "title": line.title, "severity": line.severity, "status": line.status,
                 "waiting_on": line.waiting_on, "work_owner": line.work_owner or None,
                 "contact_owner": line.contact_owner or None, "queue": line.queue or None, "place": line.place or None,
                 "next_step": line.next_step or None,
                 "due": times.iso_utc(line.due_at) if line.due_at is not None else None}
                for line in lines
            ]
            for key, lines in lists.items()
        },
    }  # fmt: skip


def _sheet(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.reports.department_sheet import department_paper, department_sheet
    from app.reports.pdf import Paper
    from app.reports.writing import write_whole

    language = args.language or desk.context.language
    department = desk.directory.resolve("department", args.department)
    paper = department_paper(desk.reading, department, language)
    drawn, pages = department_sheet(desk.reading, paper, language, Paper[args.paper.upper()])
    write_whole(args.pdf, drawn)
    out.emit({"pdf": str(args.pdf), "pages": pages}, f"{args.pdf}: {pages} page{'s' if pages != 1 else ''}")
    return 0


def _dossier(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    department = desk.directory.resolve("department", args.department)
    name = desk.directory.name("department", department)
    versions = desk.reading.dossiers.versions(department)
    if args.set is not None or args.restore is not None:
        if args.restore is not None:
            if not 1 <= args.restore <= len(versions):
                raise UserError(
                    f"There is no version {args.restore}; `halldesk department dossier --history` has them."
                )
            saved = desk.dossiers.restore(department, versions[len(versions) - args.restore].id)
        else:
            saved = desk.dossiers.save(department, _read(args.set))
        if saved.tx_id is None:
            out.emit({"department": name, "changed": False}, "It says that already.")
            return 0
        try_sync(desk, args)
        if desk.trouble:
            out.complain(desk.trouble)
        accepted = desk.replica.outcome(saved.tx_id)[0] == "accepted"
        out.emit(
            {"department": name, "changed": True, "saved": accepted, "dossier": saved.text},
            f"{name}: written" + ("" if accepted else " (kept here until the store is reachable)"),
        )
    elif args.history:
        for number, one in enumerate(reversed(versions), 1):
            who = f"{one.author} for {one.instead_of}" if one.instead_of else one.author or "before"
            at = times.iso_utc(one.at) if one.at else None
            out.emit(
                {"version": number, "at": at, "author": one.author or None, "on_behalf_of": one.instead_of or None,
                 "text": one.text},
                f"{number:>3}  {at or '-':<20}  {who:<30}  {len(one.text)} characters",
            )  # fmt: skip
        if not versions and not out.as_json:
            print("Nobody has changed it here yet.")
    else:
        text = desk.reading.dossiers.text(department)
        out.emit({"department": name, "dossier": text}, text or "Nothing is written yet.")
    return 0


def _read(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(unreadable(path, error)) from error


def _tell(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    department = desk.directory.resolve("department", args.department)
    done = desk.linking.tell_department(
        department, args.text, audience="internal" if args.internal else "requester"
    )  # fmt: skip
    try_sync(desk, args)
    if desk.trouble:
        out.complain(desk.trouble)
    labels = [line.label for line in desk.lists.lines(desk.lists.rids(done.cases))]
    out.emit({"cases": labels}, f"Written to {len(labels)} case{'s' if len(labels) != 1 else ''}: {', '.join(labels)}")
    return 0
