"""`halldesk case bulk`: the same change to many cases, looked at before (`--preview`) and taken back in one step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import times
from app.cli.opening import try_sync
from app.cli.output import Output
from app.desk import Desk
from app.errors import UserError
from app.work.bulk import MOST, BulkChange
from app.work.case_filter import CaseFilter, CaseList
from app.work.view_list import opened as shown
from db.ids import id_text
from db.own_files import unreadable
from db.rules import WAITING_ON


def register(verb: Callable[..., Any]) -> None:
    """Add the verb. `verb`: makes a parser of `halldesk case` (app.cli.cases)."""
    bulk = verb("bulk", _bulk, "the same change to many cases; one that refuses stays as it is")
    bulk.add_argument("cases", nargs="*", metavar="N", help="numbers, provisional labels or ids")
    bulk.add_argument("--view", metavar="NAME", help="all cases of a saved view")
    bulk.add_argument("--from", dest="source", metavar="FILE", help="a number on each line; - is standard input")
    bulk.add_argument("--to", metavar="ANALYST", help="hand over to somebody")
    bulk.add_argument("--queue", help="hand over to a queue")
    bulk.add_argument("--with-contact", action="store_true", help="who speaks with the department changes too")
    bulk.add_argument("--next-step", metavar="TEXT")
    bulk.add_argument("--severity", help="rank or name")
    bulk.add_argument("--department")
    bulk.add_argument("--product")
    bulk.add_argument("--tag", default="")
    bulk.add_argument("--untag", default="")
    bulk.add_argument("--wait-on", choices=WAITING_ON)
    bulk.add_argument("--preview", action="store_true", help="change nothing; say what would become of each")
    undo = verb("bulk-undo", _undo, "take such a change back, as far as nobody built on it")
    undo.add_argument("changes", nargs="+", metavar="CHANGE", help="as `case bulk --json` named them (tx)")


def _bulk(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    change = _change(desk, args)
    if change.is_nothing:
        raise UserError("Say what to change; `halldesk case bulk --help` names it.")
    case_ids = list(dict.fromkeys(_cases(desk, args)))
    if not case_ids:
        raise UserError("Name the cases: their numbers, --view NAME or --from FILE.")
    if len(case_ids) > MOST:
        raise UserError(f"These are {len(case_ids)} cases; change at most {MOST} at once.")
    planned = desk.bulk.plan(case_ids, change)
    refused = {one.case_id: one.why_not for one in planned if one.why_not}
    transactions: list[str] = []
    if not args.preview:
        carried = desk.bulk.carry_out(case_ids, change)
        refused = dict(carried.refused)
        transactions = [id_text(done.tx_id) for done in carried]
        try_sync(desk, args)
    labels = {one.case_id: desk.present.case(one.case_id).label for one in planned}
    for one in planned:
        why = refused.get(one.case_id, "")
        changes = [] if why else [_told(desk, *change) for change in one.changes]
        data = {"case": labels[one.case_id], "id": id_text(one.case_id), "changes": changes, "refused": why or None}
        said = why or "; ".join(_in_words(desk, change) for change in changes) or "stays as it is"
        out.emit(data, f"{labels[one.case_id]}  {said}")
    count = sum(bool(one.changes) and one.case_id not in refused for one in planned)
    verb = "would be changed" if args.preview else "changed"
    out.emit(
        {"cases": len(planned), "changed": count, "refused": len(refused), "preview": args.preview,
         "tx": transactions},
        f"{count} of {len(planned)} {verb}, {len(refused)} refused",
    )  # fmt: skip
    return 1 if refused else 0


def _undo(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from db.ids import parse_id

    ids = [parse_id(text) for text in args.changes]
    if None in ids:
        raise UserError("Name the changes as `halldesk case bulk --json` printed them (tx).")
    done = desk.undoing.undo_all([one for one in ids if one is not None])
    try_sync(desk, args)
    out.emit({"undone": len(done), "stay": len(ids) - len(done)}, f"{len(done)} of {len(ids)} taken back")
    return 0 if len(done) == len(ids) else 1


def _cases(desk: Desk, args: argparse.Namespace) -> Iterator[bytes]:
    for name in args.cases:
        yield desk.present.find(name)
    if args.source:
        try:
            text = sys.stdin.read() if args.source == "-" else Path(args.source).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(unreadable(Path(args.source), error)) from error
        for line in filter(None, map(str.strip, text.splitlines())):
            yield desk.present.find(line.strip('"'))
    if args.view:
        view = shown(desk.reading.views.find(args.view))
        wanted = CaseList(CaseFilter(open_only=view.open_only, conditions=view.conditions), view.order, view.descending)
        rids = desk.lists.ids(wanted, MOST + 1)
        yield from (line.id for line in desk.lists.lines(rids))


def _change(desk: Desk, args: argparse.Namespace) -> BulkChange:
    resolve = desk.directory.resolve
    return BulkChange(
        to_analyst=resolve("analyst", args.to) if args.to else None,
        to_queue=resolve("queue", args.queue) if args.queue else None,
        keep_contact=not args.with_contact, next_step=args.next_step,
        severity=desk.directory.severity(args.severity) if args.severity else None,
        department=resolve("department", args.department) if args.department else None,
        product=resolve("product", args.product) if args.product else None,
        add_tag=args.tag, remove_tag=args.untag, waiting_on=args.wait_on,
    )  # fmt: skip


_NAMED = {
    "queue_id": "queue", "work_owner_id": "analyst", "contact_owner_id": "analyst", "next_step_by_id": "analyst",
    "department_id": "department", "product_id": "product",
}  # fmt: skip


def _told(desk: Desk, column: str, before: Any, after: Any) -> dict[str, Any]:
    def value(one: Any) -> Any:
        if one is not None and column.endswith("_at"):
            return times.iso_utc(one)
        return desk.directory.name(_NAMED[column], one) or None if column in _NAMED and one is not None else one  # type: ignore[arg-type]

    return {"field": column.removesuffix("_id"), "before": value(before), "after": value(after)}


def _in_words(desk: Desk, change: dict[str, Any]) -> str:
    """For people: times as the wall at the site shows them."""
    field, zone = change["field"], times.zone(desk.context.zone)

    def words(one: Any) -> str:
        if one is None:
            return "none"
        if field.endswith("_at"):
            return f"{times.local_wall(times.parse_iso(one), zone):%Y-%m-%d %H:%M}"
        return str(one)

    name = field.removesuffix("_at").replace("_", " ")
    if field == "tag":  # one is put on or taken off; others stay
        return f"tag + {words(change['after'])}" if change["after"] is not None else f"tag - {words(change['before'])}"
    return f"{name}: {words(change['before'])} -> {words(change['after'])}"
