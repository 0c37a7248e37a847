"""Changing records: one save is one transaction with the row and all that hangs on it, and one step to undo.

Only what was changed is written, so that two people who change different fields of one row do not undo each other.
Where due times follow from a record, a preview says which cases get others (the change is made, looked at, and thrown
away), and saving brings them up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.language_codes import language_code
from app.records.kinds import ChildSpec, FieldSpec, RecordKind
from app.records.reading import kind_of
from app.work.calendars import ServiceCalendar, parse_shifts, shifts_text
from app.work.deadlines import Deadlines
from app.work.dossiers import keep_version
from db.due_times import PART, Due
from db.errors import BreaksTheData
from db.ids import new_id
from db.rules import NO_DUE

if TYPE_CHECKING:
    from db.capture import Transaction

EXAMPLES: Final = 12
"""Cases that a preview names."""


@dataclass(frozen=True)
class ChildChange:
    """A row that hangs on a record: new (`id` None) or changed, with the values that differ."""

    table: str
    id: bytes | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Edit:
    """What somebody changed in a form. `id` None: a new row."""

    table: str
    id: bytes | None
    values: Mapping[str, Any]
    children: tuple[ChildChange, ...] = ()
    removed: tuple[tuple[str, bytes], ...] = ()
    """(table, id) of children that are no longer."""


@dataclass(frozen=True)
class Saved:
    """`tx_id` can be undone (None: nothing differed); `cases`: how many got other due times, where it was waited for
    (in a window they follow by themselves)."""

    id: bytes
    tx_id: bytes | None
    cases: int = 0


@dataclass(frozen=True)
class Moved:
    """One case whose due time would be another; ms UTC, None: no clock runs."""

    label: str
    title: str
    before: int | None
    after: int | None


class _Thrown(Exception):
    """Takes a rehearsed transaction back."""


class RecordVerbs:
    """On the write lane."""

    def __init__(self, context: Context, deadlines: Deadlines, retime: Callable[[], int]) -> None:
        """`retime`: brings due times up to date where they wait for it, and says how many cases have others now."""
        self._context, self._deadlines, self._retime = context, deadlines, retime

    # -- verbs --------------------------------------------------------------------------------------------------------
    def save(self, edit: Edit) -> Saved:
        """Write it. Errors: UserError naming what is wrong with which field, or that it is not allowed."""
        kind = kind_of(edit.table)
        with self._transaction(f"record.{edit.table}") as tx:
            row_id = self._write(tx, kind, edit)
        if tx.is_empty:
            return Saved(row_id, None)
        return Saved(row_id, tx.id, self._retime())

    def remove(self, table: str, row_id: bytes) -> Saved:
        """Take a row away with what hangs on it; one that others refer to is put aside instead, where it can be.

        Errors: UserError when something still refers to it.
        """
        kind = kind_of(table)
        if kind.ends:
            return self.save(Edit(table, row_id, {"active": 0}))
        with self._transaction(f"record.{table}.remove") as tx:
            row = tx.get(kind.model, row_id) or {}
            for other, column in kind.referred:
                value = row.get("rank") if kind.table == "severity" else row_id
                if tx.query(f'SELECT 1 FROM "{other}" WHERE {column} = ? LIMIT 1', (value,)):
                    raise UserError(f"{row.get(kind.name, '')!s} can't be removed: a {other} refers to it.")
            for child in kind.children:
                for row in tx.query(f"SELECT id FROM {child.table} WHERE {child.parent} = ?", (row_id,)):
                    tx.delete(child.model, row[0])
            tx.delete(kind.model, row_id)
        return Saved(row_id, tx.id, self._retime())

    def moved(
        self, edit: Edit, on_progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> tuple[int, list[Moved]]:
        """How many open cases would get other due times, and some of them; nothing is changed. The change is made and
        thrown away for some thousand cases at a time, so that others can write in between. `on_progress(done, total)`,
        in cases; an error it raises ends it. Errors: as `save`."""
        rids = self._context.reader.ids('SELECT rid FROM "case" WHERE ended_at IS NULL ORDER BY rid')
        count = 0
        examples: list[Moved] = []
        for start in range(0, max(len(rids), 1), PART):
            part = rids[start : start + PART]
            with suppress(_Thrown), self._transaction(f"record.{edit.table}", undoable=False) as tx:
                self._write(tx, kind_of(edit.table), edit)
                retimed = tx.touched.retimed
                ends = (part[0], part[-1]) if part and retimed else (0, -1)
                for due in self._deadlines.derive(tx.query, "ended_at IS NULL AND rid BETWEEN ? AND ?", ends):
                    count += 1
                    if len(examples) < EXAMPLES:
                        examples.append(_moved(tx, due))
                raise _Thrown
            if not retimed:
                break
            on_progress(start + len(part), len(rids))
        return count, examples

    # -- writing ------------------------------------------------------------------------------------------------------
    def _write(self, tx: Transaction, kind: RecordKind, edit: Edit) -> bytes:
        values = {name: checked(kind.field(name), value) for name, value in edit.values.items()}
        row_id = edit.id or new_id()
        try:
            if edit.id is None:
                self._whole(kind.fields, values)
                self._check(tx, kind, row_id, values)
                tx.insert(kind.model, row_id, **values)
            else:
                before = tx.get(kind.model, row_id) or {}
                self._check(tx, kind, row_id, {**before, **values})
                if values.get("dossier", before.get("dossier")) != before.get("dossier"):
                    keep_version(tx, row_id, str(before["dossier"]), str(values["dossier"]), self._context.me)
                tx.update(kind.model, row_id, **values)
            self._write_children(tx, kind, row_id, edit)
        except BreaksTheData as error:
            raise _told(kind, error) from error
        return row_id

    def _write_children(self, tx: Transaction, kind: RecordKind, row_id: bytes, edit: Edit) -> None:
        for table, child_id in edit.removed:
            tx.delete(kind.child(table).model, child_id)
        for change in edit.children:
            child = kind.child(change.table)
            specs = {field.name: field for field in child.fields}
            values = {name: checked(specs[name], value) for name, value in change.values.items()}
            if change.id is None:
                self._whole(child.fields, values)
                self._once(tx, child, row_id, values)
                tx.insert(child.model, **{child.parent: row_id}, **values)
            else:
                tx.update(child.model, change.id, **values)

    @staticmethod
    def _whole(fields: Sequence[FieldSpec], values: dict[str, Any]) -> None:
        """Fill in what a new row begins with. Errors: UserError for what is missing."""
        for field in fields:
            if values.get(field.name) is None:
                if field.default is not None:
                    values[field.name] = field.default
                elif field.required:
                    raise UserError(f"{words(field.name)} is missing.")

    @staticmethod
    def _once(tx: Transaction, child: ChildSpec, row_id: bytes, values: Mapping[str, Any]) -> None:
        same = tx.query(
            f"SELECT 1 FROM {child.table} WHERE {child.parent} = ? AND {child.key} = ?", (row_id, values[child.key])
        )
        if same:
            raise UserError(f"The same {words(child.key).lower()} stands there twice.")

    def _check(self, tx: Transaction, kind: RecordKind, row_id: bytes, row: Mapping[str, Any]) -> None:
        """What concerns several fields, or other rows."""
        parent = row.get("parent_id")
        if parent is not None and self._lies_below(tx, kind.table, parent, row_id):
            raise UserError(f"{row[kind.name]} can't belong to something that belongs to it.")
        if kind.table == "calendar":
            week, opened = parse_shifts(str(row["shifts"]))
            ServiceCalendar(str(row["time_zone"]), week, row.get("country"), row.get("region"), opened=opened).check()
        if kind.table == "queue" and row.get("then_queue_id") == row_id:
            raise UserError("A queue can't hand on to itself.")
        if kind.table == "template":
            from app.work.template_verbs import TemplateVerbs

            TemplateVerbs(self._context).checked(
                row_id, **{name: str(row.get(name) or "") for name in ("name", "text", "language", "audience", "short")}
            )
        if (
            kind.table == "analyst"
            and row_id == self._context.me
            and (not row["active"] or row["role"] != "administrator")
        ):
            raise UserError("You can't take your own administration away; another administrator can.")

    @staticmethod
    def _lies_below(tx: Transaction, table: str, row_id: bytes, above: bytes) -> bool:
        rows = tx.query(
            f"WITH RECURSIVE up(id) AS (VALUES (:id) UNION SELECT t.parent_id FROM {table} t JOIN up ON t.id = up.id "
            "WHERE t.parent_id IS NOT NULL) SELECT 1 FROM up WHERE id = :above",
            {"id": row_id, "above": above},
        )
        return bool(rows)

    @contextmanager
    def _transaction(self, kind: str, *, undoable: bool = True) -> Iterator[Transaction]:
        try:
            with self._context.transaction(kind, undoable=undoable) as tx:
                yield tx
        except BreaksTheData as error:
            raise UserError("Something still refers to it; put that right first.") from error


def checked(field: FieldSpec, value: Any) -> Any:
    """The value as it is stored. Errors: UserError naming the field."""
    if isinstance(value, str) and field.kind != "long":
        value = " ".join(value.split())
    if value in (None, ""):
        if field.required:
            raise UserError(f"{words(field.name)} is missing.")
        return field.default if field.kind in ("text", "long", "languages") else None
    match field.kind:
        case "number" | "minutes" | "money" | "severity":
            if type(value) is not int or not field.least <= value <= field.most:
                raise UserError(f"{words(field.name)} is a number from {field.least} to {field.most}.")
        case "choice":
            if value not in field.among:
                raise UserError(f"{words(field.name)} is one of: {', '.join(field.among)}.")
        case "day":
            return times.parse_date(str(value)).isoformat()
        case "flag":
            return int(bool(value))
        case "zone":
            times.zone(str(value))
        case "shifts":
            return shifts_text(*parse_shifts(str(value)))
        case "language":
            return _language(str(value))
        case "languages":
            return ",".join(dict.fromkeys(_language(part) for part in str(value).split(",") if part.strip()))
    return value


def _language(text: str) -> str:
    code = language_code(text)
    if code is None:
        raise UserError(f'"{text.strip()}" is not a language; write a code like de or en.')
    return code


def words(column: str) -> str:
    """A column as it is called in an error."""
    return column.removesuffix("_id").replace("_", " ").capitalize()


def _told(kind: RecordKind, error: Exception) -> UserError:
    said = str(error)
    if "UNIQUE" in said:
        column = said.rsplit(".", 1)[-1]
        return UserError(f"Another {kind.table} has this {words(column).lower()} already.")
    return UserError("Something still refers to it, or what it refers to is gone.")


def _moved(tx: Transaction, due: Due) -> Moved:
    row = tx.query('SELECT number, rid, title, due_at FROM "case" WHERE rid = ?', (due.rid,))[0]
    before, after = (None if at == NO_DUE else at for at in (row[3], due.due))
    return Moved(str(row[0]) if row[0] is not None else f"~{row[1]}", row[2], before, after)
