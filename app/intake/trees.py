"""Departments, products and places in a list: who is meant, and what lies below what.

Which one is meant says the external reference, where the list has one, else the name. `parent` names another one, in
this list (also further down) or here already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.intake.catalogue import Catalogue, Kind
from app.intake.lists import Entry
from app.intake.mapping import ImportMapping, What
from app.intake.result import ImportResult
from app.intake.values import RowProblem, language
from db.ids import derived_id
from db.rules import SUPPORT_LEVELS
from db.shapes import Department, Place, Product, Shape


@dataclass(frozen=True)
class _Leaf:
    """What a row of one kind can say. `numbers`: (field, least, most); `named`: other rows by name, made where they are
    missing, but a queue."""

    kind: Kind
    model: type[Shape]
    texts: tuple[str, ...]
    numbers: tuple[tuple[str, int, int], ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None
    days: tuple[str, ...] = ()
    named: tuple[Kind, ...] = ()
    has_ref: bool = False
    has_language: bool = False


_KINDS: Final[Mapping[What, _Leaf]] = {
    "departments": _Leaf(
        "department", Department, ("name", "cost_centre", "sponsor", "external_ref"),
        (("headcount", 0, 10_000_000), ("significance", 1, 2)), has_ref=True, has_language=True,
    ),
    "products": _Leaf(
        "product", Product, ("name",), (("needs_level", 1, 3),), {"support": SUPPORT_LEVELS}, ("launch_date",),
        ("queue",),
    ),
    "places": _Leaf("place", Place, ("name",), named=("department",)),
}  # fmt: skip


class Tree:
    """Recognises rows of one kind and puts them into their tree."""

    later: Final = frozenset({"parent_id"})

    def __init__(self, context: Context, mapping: ImportMapping) -> None:
        self._leaf = _KINDS[mapping.what]
        self.model = self._leaf.model
        self.catalogue = Catalogue(context, mapping.source)
        self._mapping = mapping
        ref = "external_ref" if self._leaf.has_ref else "NULL"
        rows = context.reader.all(f"SELECT id, name, parent_id, {ref} FROM {self._leaf.kind} ORDER BY id DESC")
        self._by_name: dict[str, bytes] = {row[1]: row[0] for row in rows}
        self._by_ref: dict[str, bytes] = {row[3]: row[0] for row in rows if row[3] is not None}
        self._parents: dict[bytes, bytes] = {row[0]: row[2] for row in rows if row[2] is not None}
        self._ids = {row[0] for row in rows}
        self._wanted: dict[bytes, str] = {}

    def understand(self, row: int, words: Mapping[str, str]) -> Entry:
        """Errors: RowProblem."""
        name = words.get("name")
        if name is None:
            raise RowProblem("it has no name")
        columns = self._columns(words)
        known = self._by_ref.get(words.get("external_ref", "")) or self._by_name.get(name)
        entry_id = known or derived_id(0, self._mapping.source, self._leaf.kind, name)
        entry = Entry(row, entry_id, entry_id not in self._ids, columns)
        if known is None and not entry.new:
            columns.pop("name")  # It was renamed here since.
        if self._leaf.kind == "place" and (entry.new or "place_kind" in words):
            columns["kind"] = words.get("place_kind", self._mapping.place_kind)
        if self._by_name.get(name, entry_id) != entry_id:
            raise RowProblem(f'another {self._leaf.kind} is called "{name}" already')
        self._by_name[name] = entry_id
        if "parent" in words and entry_id not in self._wanted:
            self._wanted[entry_id] = words["parent"]
        return entry

    def _columns(self, words: Mapping[str, str]) -> dict[str, Any]:
        leaf = self._leaf
        columns: dict[str, Any] = {field: words[field] for field in leaf.texts if field in words}
        if leaf.has_language:
            columns |= language(words)
        for field, least, most in leaf.numbers:
            if field in words:
                columns[field] = _number(field, words[field], least, most)
        for field, among in (leaf.choices or {}).items():
            if field in words:
                columns[field] = _choice(field, words[field], among)
        for field in leaf.days:
            if field in words:
                columns[field] = _day(field, words[field])
        for kind in leaf.named:
            if kind in words:
                found = self.catalogue.known(kind, words[kind])
                if found is None and kind == "queue":
                    raise RowProblem(f'there is no queue "{words[kind]}"')
                columns[f"{kind}_id"] = found or self.catalogue.need(kind, words[kind])
        return columns

    def finish(self, entries: Sequence[Entry], result: ImportResult) -> None:
        """Set `parent_id`; an entry whose parent is unknown or below itself is taken without, and told."""
        there = self._ids | {entry.id for entry in entries}
        for entry in entries:
            parent_name = self._wanted.get(entry.id)
            if parent_name is None:
                continue
            parent = self._by_name.get(parent_name)
            if parent is None or parent not in there:
                result.problems.append((entry.row, f'its parent "{parent_name}" is not known; it was taken without'))
            elif self._is_below(parent, entry.id):
                result.problems.append((entry.row, f'its parent "{parent_name}" lies below it; it was taken without'))
            else:
                self._parents[entry.id] = entry.columns["parent_id"] = parent

    def _is_below(self, row: bytes | None, above: bytes) -> bool:
        while row is not None:
            if row == above:
                return True
            row = self._parents.get(row)
        return False


def _number(field: str, text: str, least: int, most: int) -> int:
    if not (text.isdecimal() and least <= int(text) <= most):
        raise RowProblem(f'the {field} "{text}" is not a number from {least} to {most}')
    return int(text)


def _choice(field: str, text: str, among: tuple[str, ...]) -> str:
    if text.casefold() not in among:
        raise RowProblem(f'the {field} "{text}" is not one of: {", ".join(among)}')
    return text.casefold()


def _day(field: str, text: str) -> str:
    try:
        return times.parse_date(text).isoformat()
    except UserError as error:
        raise RowProblem(f'the {field} "{text}" is not a date like 2026-11-22') from error
