"""`halldesk template ...`: the texts that answers are made of."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.errors import UserError
from app.work.templates import PLACEHOLDERS, Templates, TemplateText, fill, values_of
from db.ids import id_text
from db.own_files import unreadable
from db.rules import AUDIENCES


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `template` with its verbs."""
    from app.cli import Parser

    text = "texts that answers are made of, with placeholders: " + ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    sub = verbs.add_parser("template", help="texts that answers are made of", description=text).add_subparsers(
        dest="template_verb", required=True, metavar="VERB", parser_class=Parser
    )

    def verb(name: str, run: Any, words: str, *, named: bool = False, writes: bool = True) -> Any:
        parser = sub.add_parser(name, parents=[common], help=words)
        parser.set_defaults(run=run)
        if named:
            parser.add_argument("name", metavar="NAME", help="its name, or the short word that is typed for it")
            parser.add_argument("--language", metavar="CODE", help="where both languages have it: en, de")
        if writes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        return parser

    verb("list", _list, "all of them", writes=False)
    filled = verb("fill", _fill, "print one, filled from a case", named=True, writes=False)
    filled.add_argument("--case", required=True, metavar="N")
    new = verb("new", _new, "make one")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--language", required=True, metavar="CODE", help="en or de")
    change = verb("set", _set, "change one", named=True)
    change.add_argument("--name", dest="new_name", metavar="NAME", help="another name")
    for parser in (new, change):
        words = parser.add_mutually_exclusive_group(required=parser is new)
        words.add_argument("--text", metavar="TEXT")
        words.add_argument("--text-file", type=Path, metavar="FILE", help="the text from a file (UTF-8)")
        parser.add_argument("--audience", choices=AUDIENCES, help="who sees what is made of it (default: requester)")
        parser.add_argument("--short", metavar="WORD", help="what is typed for it in the composer, after a slash")
    verb("delete", _delete, "nobody needs it any more", named=True)
    verb("stock", _stock, "put in those a new desk begins with, where they are missing")


def _as_json(one: TemplateText) -> dict[str, Any]:
    return {"id": id_text(one.id), "name": one.name, "language": one.language, "audience": one.audience,
            "short": one.short or None, "text": one.text}  # fmt: skip


def _list(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        found = Templates(desk.context).all()
    if out.as_json:
        for one in found:
            out.emit(_as_json(one), "")
    elif found:
        rows = [[one.language, one.audience, f"/{one.short}" if one.short else "", one.name] for one in found]
        out.emit({}, table(rows, ["language", "seen by", "typed", "name"]))
    return 0


def _fill(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        one = desk.templates.named(args.name, args.language)
        view = desk.present.case(desk.present.find(args.case))
        phone = desk.context.reader.value("SELECT phone FROM analyst WHERE id = ?", (desk.me,)) or ""
        values = values_of(
            view, analyst=desk.directory.name("analyst", desk.me), phone=str(phone), desk=desk.name,
            severities={level.rank: level.name for level in desk.directory.severities()}, language=one.language,
            zone=desk.context.zone,
        )  # fmt: skip
    said = fill(one.text, values)
    out.emit({**_as_json(one), "text": said}, said)
    return 0


def _text(args: argparse.Namespace) -> str | None:
    if args.text_file is None:
        return None if args.text is None else str(args.text)
    try:
        return str(args.text_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(unreadable(args.text_file, error)) from error


def _new(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        text = _text(args) or ""
        made = desk.templates.new(
            args.name, text, language=args.language, audience=args.audience or "requester", short=args.short or ""
        )
        try_sync(desk, args)
        one = desk.templates.one(made.ids[0])
    out.emit(_as_json(one), f"{one.name}: made")
    return 0


def _set(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        wanted = {"name": args.new_name, "text": _text(args), "audience": args.audience, "short": args.short}
        columns = {name: value for name, value in wanted.items() if value is not None}
        if not columns:
            raise UserError("Say what to change: --name, --text, --text-file, --audience or --short.")
        template_id = desk.templates.named(args.name, args.language).id
        desk.templates.change(template_id, **columns)
        try_sync(desk, args)
        one = desk.templates.one(template_id)
    out.emit(_as_json(one), f"{one.name}: changed")
    return 0


def _delete(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        one = desk.templates.named(args.name, args.language)
        desk.templates.delete(one.id)
        try_sync(desk, args)
    out.emit({"deleted": id_text(one.id)}, f"{one.name}: gone")
    return 0


def _stock(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        made = desk.templates.add_stock()
        try_sync(desk, args)
    count = len(made.ids) if made else 0
    out.emit({"added": count}, f"{count} added" if count else "All of them are there.")
    return 0
