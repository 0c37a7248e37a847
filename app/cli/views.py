"""`halldesk view ...`: saved views, as they stand in the navigation."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.desk import Desk
from app.errors import UserError
from app.texts import Texts
from app.work.case_filter import ORDERS, PRIORITY
from app.work.condition_words import ConditionWords
from app.work.conditions import FIELDS, ME, Condition, Conditions, Value, condition, offered_tests, to_plain
from app.work.groups import GROUPS
from app.work.verbs import Done
from app.work.view_list import Definition, SavedView
from app.work.view_list import opened as shown
from db.ids import id_text


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `view`."""
    from app.cli import Parser

    group = verbs.add_parser("view", help="saved views").add_subparsers(
        dest="view_verb", required=True, metavar="VERB", parser_class=Parser
    )

    def sub(name: str, run: Any, text: str, *, changes: bool = True) -> Any:
        parser = group.add_parser(name, parents=[common], help=text)
        if changes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        parser.set_defaults(run=run)
        return parser

    sub("list", _list, "mine and everybody's, with what they have", changes=False)
    sub("fields", _fields, "what conditions can be about", changes=False)
    save = sub("save", _save, "make a view, or change the one of that name")
    save.add_argument("name", metavar="NAME")
    save.add_argument("--where", nargs="+", action="append", default=[], metavar="WORD",
                      help='a condition: FIELD TEST VALUES, as in "status is new waiting", "due within 4 hours", '
                      '"owner is me"; may be repeated; see `halldesk view fields`')  # fmt: skip
    save.add_argument("--any", action="store_true", help="one condition is enough (else all must hold)")
    save.add_argument("--closed", action="store_true", help="closed cases too")
    save.add_argument("--sort", choices=tuple(ORDERS), default=PRIORITY)
    save.add_argument("--reverse", action="store_true")
    save.add_argument("--group", choices=tuple(GROUPS), default="")
    save.add_argument("--shared", action="store_true", help="for everybody (supervisors)")
    for name, run, text in (("rename", _rename, "another name"), ("move", _move, "another place in the navigation"),
                            ("remove", _remove, "without it; its cases stay")):  # fmt: skip
        parser = sub(name, run, text)
        parser.add_argument("name", metavar="NAME")
        if name == "rename":
            parser.add_argument("new", metavar="NEW")
        elif name == "move":
            parser.add_argument("by", type=int, metavar="PLACES", help="-1: one up, 1: one down")


def _words(desk: Desk) -> ConditionWords:
    return ConditionWords(Texts("en"), desk.directory)


def _as_json(desk: Desk, view: SavedView) -> dict[str, Any]:
    out: dict[str, Any] = {"id": id_text(view.id), "name": view.name, "shared": view.shared}
    if view.definition is None:
        return out | {"readable": False}
    given = view.definition
    return out | {
        "readable": True, "open": given.open_only, "order": given.order, "descending": given.descending,
        "group": given.group or None, **to_plain(given.conditions),
        "words": _words(desk).definition(given), "cases": desk.lists.count(given.wanted().filter),
    }  # fmt: skip


def _list(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        views = desk.reading.views.all()
        if out.as_json:
            for view in views:
                out.emit(_as_json(desk, view), "")
            return 0
        rows = []
        for view in views:
            told = _as_json(desk, view)
            whose = "everybody" if view.shared else "me"
            rows.append([view.name, whose, str(told.get("cases", "-")), told.get("words", "made by a newer Halldesk")])
        print(
            table(rows, ["view", "for", "cases", "what"]) if rows else "No views yet; `halldesk view save` makes one."
        )
    return 0


def _fields(args: argparse.Namespace, out: Output) -> int:
    texts = Texts("en")
    rows = []
    for key, field in FIELDS.items():
        among = {
            "choice": ", ".join(field.among), "named": f"a {''.join(field.among)}", "number": "a number",
            "instant": "4 hours, 3 days, 2026-11-30",
        }.get(field.kind, "")  # fmt: skip
        if out.as_json:
            out.emit({"field": key, "tests": list(offered_tests(key)), "values": list(field.among)}, "")
        rows.append([key, ", ".join(offered_tests(key)), among, texts(f"view.field.{key}")])
    if not out.as_json:
        print(table(rows, ["field", "tests", "values", "is"]))
    return 0


def parse_where(desk: Desk, words: Sequence[str]) -> Condition:
    """A condition from the words of the command line; names are looked up. Errors: UserError."""
    pieces = list(words) if len(words) > 1 else words[0].split()
    if len(pieces) < 2:
        raise UserError("A condition is a field, a test and values, for instance: status is new.")
    field, test, values = pieces[0], pieces[1], pieces[2:]
    if test == "is" and values[:1] == ["not"]:
        test, values = "is not", values[1:]
    if field not in FIELDS:
        return condition(field, test)  # says which there are
    about = FIELDS[field]
    given: list[Value] = list(values)
    if about.kind == "named":
        kind = about.among[0]
        given = [
            ME if v == ME and kind == "analyst" else desk.directory.resolve(kind, v).hex()  # type: ignore[arg-type]
            for v in values
        ]
    elif field == "severity":
        given = [desk.directory.severity(v) for v in values]
    elif about.kind == "choice" and len(values) > 1 and " ".join(values) in about.among:
        given = [" ".join(values)]  # "in progress" without quotes
    return condition(field, test, given)


def _finished(desk: Desk, args: argparse.Namespace, out: Output, done: Done, text: str) -> int:
    try_sync(desk, args)
    if desk.trouble:
        out.complain(desk.trouble)
    out.emit({"id": id_text(done.case_id), "done": True}, text)
    return 0


def _save(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        parts = tuple(parse_where(desk, words) for words in args.where)
        definition = Definition(
            Conditions("any" if args.any else "all", parts), not args.closed, args.sort, args.reverse, args.group
        )
        name = " ".join(args.name.split())
        known = [v for v in desk.reading.views.all() if v.name.casefold() == name.casefold()]
        same = next((v for v in known if v.shared == args.shared), None)
        done = desk.views.save(name, definition, shared=args.shared, view_id=same.id if same else None)
        return _finished(desk, args, out, done, f"{name}: {_words(desk).definition(definition)}.")


def _rename(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        view = desk.reading.views.find(args.name)
        done = desk.views.save(args.new, shown(view), shared=view.shared, view_id=view.id)
        return _finished(desk, args, out, done, f"{view.name} is called {args.new} now.")


def _move(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        view = desk.reading.views.find(args.name)
        return _finished(desk, args, out, desk.views.move(view.id, args.by), f"{view.name} stands elsewhere now.")


def _remove(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        view = desk.reading.views.find(args.name)
        return _finished(desk, args, out, desk.views.remove(view.id), f"{view.name} is removed.")
