"""`halldesk record ...`: what an administrator looks after (queues, analysts, departments, products, places, machines,
severities, calendars, templates), so that a script can do what the administration's pages do.

Fields are written as FIELD=VALUE, references by name, times of a calendar as on screen ("mon-fri 06:00-14:00", one day
or span after the other, separated by semicolons). What hangs on a record (members, skills, rates, targets, closed days)
is put and dropped by its key.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.desk import Desk
from app.errors import UserError
from app.records.changing import ChildChange, Edit, Saved
from app.records.kinds import KINDS, ChildSpec, FieldSpec, RecordKind
from app.records.reading import SHOWN, Record, kind_of
from app.records.shift_lines import from_lines, to_lines
from db.ids import id_text

SHORT: Final[Mapping[str, str]] = {
    "member": "queue_member", "target": "severity_override", "machine": "asset", "closed": "closed_day",
}  # fmt: skip
"""Other words for kinds and for what hangs on them."""
_YES: Final = frozenset({"1", "yes", "true", "on"})
_NO: Final = frozenset({"0", "no", "false", "off"})


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `record` with its verbs."""
    from app.cli import Parser

    known = ", ".join(KINDS)
    sub = verbs.add_parser(
        "record", help="queues, analysts, departments, products, places, machines, severities, calendars, templates",
        description=f"What an administrator looks after. KIND is one of: {known}. Which fields a kind has says "
        "`halldesk record fields KIND`.",
    ).add_subparsers(dest="record_verb", required=True, metavar="VERB", parser_class=Parser)  # fmt: skip

    def verb(name: str, run: Callable[[Desk, argparse.Namespace, Output], int], words: str, *, writes: bool) -> Any:
        parser = sub.add_parser(name, parents=[common], help=words)
        parser.set_defaults(run=lambda args, out: _on_desk(run, args, out))
        parser.add_argument("kind", metavar="KIND", help=known)
        if writes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        return parser

    verb("fields", _fields, "the fields of a kind and what hangs on it", writes=False)
    listed = verb("list", _list, "records by name", writes=False)
    listed.add_argument("text", nargs="?", default="", metavar="TEXT", help="part of the name")
    listed.add_argument("--inactive", action="store_true", help="those put aside too")
    for name, run, words in (
        ("show", _show, "one record with all that hangs on it"),
        ("set", _set, "change one"),
        ("remove", _remove, "take one away; one that can be put aside is put aside"),
    ):
        verb(name, run, words, writes=name != "show").add_argument("name", metavar="NAME")
    new = verb("new", _new, "make one", writes=True)
    for parser in (new, sub.choices["set"]):
        parser.add_argument("values", nargs="*", metavar="FIELD=VALUE", help="FIELD= empties a field")
        parser.add_argument("--put", action="append", default=[], metavar='"CHILD FIELD=VALUE ..."',
                            help='add or change what hangs on it: --put "skill product=ERP level=3"')  # fmt: skip
        parser.add_argument("--drop", action="append", default=[], metavar='"CHILD KEY"',
                            help='take away what hangs on it: --drop "member Jo Roth"')  # fmt: skip
        parser.add_argument("--preview", action="store_true",
                            help="change nothing; say which cases would get other due times")  # fmt: skip


def _on_desk(run: Callable[[Desk, argparse.Namespace, Output], int], args: argparse.Namespace, out: Output) -> int:
    args.kind = SHORT.get(args.kind, args.kind)
    kind_of(args.kind)
    with opened(args) as desk:
        return run(desk, args, out)


# -- reading ----------------------------------------------------------------------------------------------------------
def _fields(_desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kind = KINDS[args.kind]
    rows = [[_key(field.name), _kind_words(field), "yes" if field.required else ""] for field in kind.fields]
    for child in kind.children:
        rows += [[f"{child.table} {_key(field.name)}", _kind_words(field), "yes" if field.required else ""]
                 for field in child.fields]  # fmt: skip
    out.emit(
        {
            "record": kind.table, "name": _key(kind.name), "changed_by": kind.least,
            "fields": [_field_json(field) for field in kind.fields],
            "children": {child.table: {"key": _key(child.key), "fields": [_field_json(field) for field in child.fields]}
                         for child in kind.children},
        },
        table(rows, ["field", "is", "must be there"]),
    )  # fmt: skip
    return 0


def _field_json(field: FieldSpec) -> dict[str, Any]:
    return {"field": _key(field.name), "kind": field.kind, "required": field.required,
            "among": list(field.among) or None, "to": field.to or None}  # fmt: skip


def _kind_words(field: FieldSpec) -> str:
    if field.among:
        return "one of " + ", ".join(field.among)
    if field.kind == "number":
        return f"{field.least} to {field.most}"
    return f"name of a {field.to}" if field.kind == "ref" else field.kind


def _list(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kind = KINDS[args.kind]
    found = desk.reading.records.listing(args.kind, args.text, inactive=args.inactive)
    for line in found.lines if out.as_json else ():
        values = {_key(name): value for name, value in line.values.items()}
        out.emit({"id": id_text(line.id), "name": line.name, **values, "active": line.active, "too_few": line.flag}, "")
    if not out.as_json:
        rows = [[line.name, *(_text(value) for value in line.values.values()), "" if line.active else "put aside"]
                for line in found.lines]  # fmt: skip
        out.emit({}, table(rows, [_key(kind.name), *map(_key, kind.shown), ""]))
    if found.total > len(found.lines):
        out.complain(f"{found.total - SHOWN} more; name a part of what they are called.")
    return 0


def _show(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    _tell(desk, args, out, desk.reading.records.find(args.kind, args.name))
    return 0


def _tell(desk: Desk, args: argparse.Namespace, out: Output, row_id: bytes, **more: object) -> None:
    record = desk.reading.records.one(args.kind, row_id)
    if record is None:
        raise UserError(f"This {args.kind} is not here any more.")
    told = _as_json(desk, KINDS[args.kind], record)
    rows = [[name, _text(value)] for name, value in told.items() if not isinstance(value, list)]
    lines = [table(rows, ["field", "value"])]
    for name, children in told.items():
        if isinstance(children, list) and children:
            lines += ["", table([[_text(value) for value in child.values()] for child in children],
                                [f"{name}: {next(iter(children[0]))}", *list(children[0])[1:]])]  # fmt: skip
    out.emit({**told, **more}, "\n".join(lines))


def _as_json(desk: Desk, kind: RecordKind, record: Record) -> dict[str, Any]:
    told: dict[str, Any] = {"id": id_text(record.id), "record": kind.table}
    told |= {_key(f.name): _read(desk, f, record.values[f.name]) for f in kind.fields}
    for child in kind.children:
        told[child.table] = [
            {_key(f.name): _read(desk, f, values[f.name]) for f in child.fields}
            for _id, values in record.children.get(child.table, [])
        ]
    return told


def _key(column: str) -> str:
    return column.removesuffix("_id")


def _read(desk: Desk, field: FieldSpec, value: Any) -> Any:
    if value is None:
        return None
    match field.kind:
        case "ref":
            return desk.reading.records.name(field.to, value)
        case "flag":
            return bool(value)
        case "shifts":
            return "; ".join(to_lines(str(value), "en").splitlines())
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


# -- changing ---------------------------------------------------------------------------------------------------------
def _new(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kind = KINDS[args.kind]
    if not kind.can_add:
        raise UserError(f"A new {args.kind} comes with an invitation: `halldesk invite --name NAME`.")
    values = _values(desk, kind.fields, args.values)
    return _save(desk, args, out, Edit(args.kind, None, values, *_children(desk, kind, None, args)))


def _set(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    kind = KINDS[args.kind]
    row_id = desk.reading.records.find(args.kind, args.name)
    record = desk.reading.records.one(args.kind, row_id)
    values = _values(desk, kind.fields, args.values)
    if not (values or args.put or args.drop):
        raise UserError("Say what to change: FIELD=VALUE, --put or --drop.")
    return _save(desk, args, out, Edit(args.kind, row_id, values, *_children(desk, kind, record, args)))


def _save(desk: Desk, args: argparse.Namespace, out: Output, edit: Edit) -> int:
    if args.preview:
        count, examples = desk.records.moved(edit)
        moved = [{"case": one.label, "title": one.title, "before": one.before, "after": one.after} for one in examples]
        out.emit({"cases": count, "examples": moved}, f"{count} open cases would get other due times.")
        return 0
    saved = desk.records.save(edit)
    return _saved(desk, args, out, saved)


def _saved(desk: Desk, args: argparse.Namespace, out: Output, saved: Saved) -> int:
    try_sync(desk, args)
    outcome = "accepted"
    if saved.tx_id is not None:
        outcome, why = desk.replica.outcome(saved.tx_id)
        if outcome in ("refused", "kept"):
            said = f"It was not taken: {why}. It is kept, see `halldesk conflicts list`."
            out.emit({"refused": said}, said)
            return 1
    if desk.trouble:
        out.complain(desk.trouble)
    _tell(desk, args, out, saved.id, cases=saved.cases, saved=outcome == "accepted")
    return 0


def _remove(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    row_id = desk.reading.records.find(args.kind, args.name)
    saved = desk.records.remove(args.kind, row_id)
    if KINDS[args.kind].ends:
        return _saved(desk, args, out, saved)
    try_sync(desk, args)
    out.emit({"removed": id_text(row_id), "cases": saved.cases}, f"{args.name}: gone")
    return 0


def _values(desk: Desk, fields: Sequence[FieldSpec], given: Sequence[str]) -> dict[str, Any]:
    """FIELD=VALUE as they are stored. Errors: UserError."""
    known = {_key(field.name): field for field in fields} | {field.name: field for field in fields}
    values = {}
    for part in given:
        name, equals, value = part.partition("=")
        if not equals or name not in known:
            raise UserError(f"{part!r} is not FIELD=VALUE of one of: {', '.join(_key(f.name) for f in fields)}.")
        values[known[name].name] = _stored(desk, known[name], value.strip())
    return values


def _stored(desk: Desk, field: FieldSpec, value: str) -> Any:
    if value == "":
        return "" if field.default == "" else None
    match field.kind:
        case "ref":
            return desk.reading.records.find(field.to, value)
        case "severity":
            return desk.directory.severity(value)
        case "number" | "minutes" | "money":
            if not value.lstrip("-").isdecimal():
                raise UserError(f"{_key(field.name)} is a number, not {value!r}.")
            return int(value)
        case "flag":
            if value.lower() not in _YES | _NO:
                raise UserError(f"{_key(field.name)} is yes or no, not {value!r}.")
            return int(value.lower() in _YES)
        case "shifts":
            return from_lines(value.replace(";", "\n"))
    return value


def _children(
    desk: Desk, kind: RecordKind, record: Record | None, args: argparse.Namespace
) -> tuple[tuple[ChildChange, ...], tuple[tuple[str, bytes], ...]]:
    put, dropped = [], []
    for words in args.put:
        child, *given = shlex.split(words) or [""]
        spec = _child(kind, child)
        values = _values(desk, spec.fields, given)
        known = _of_key(spec, record, values.get(spec.key))
        put.append(ChildChange(spec.table, known, values))
    for words in args.drop:
        child, _, key = words.strip().partition(" ")
        spec = _child(kind, child)
        field = next(field for field in spec.fields if field.name == spec.key)
        known = _of_key(spec, record, _stored(desk, field, key.strip().strip("\"'")))
        if known is None:
            raise UserError(f"{key.strip()} is none of its: {spec.table}.")
        dropped.append((spec.table, known))
    return tuple(put), tuple(dropped)


def _child(kind: RecordKind, word: str) -> ChildSpec:
    named = SHORT.get(word, word)
    found = next((child for child in kind.children if child.table == named), None)
    if found is None:
        can = ", ".join(child.table for child in kind.children) or "nothing"
        raise UserError(f"There is no {word!r} to put or drop; {kind.table}s have {can}.")
    return found


def _of_key(spec: ChildSpec, record: Record | None, key: Any) -> bytes | None:
    if key is None:
        raise UserError(f"Say which {spec.table} is meant: {_key(spec.key)}=...")
    rows = record.children.get(spec.table, []) if record is not None else []
    return next((row_id for row_id, values in rows if values[spec.key] == key), None)
