"""Importing requesters and departments from a list, with a mapping or with our own field names in its header.

Who is meant, in this order. A requester: by external reference; by name and department; by name alone where the one we
know has no department yet (an event log knew only the name). A department: by external reference; by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.context import Context
from app.intake.catalogue import Catalogue
from app.intake.lists import Entry, opened, read_entries, write_entries
from app.intake.mapping import ImportMapping
from app.intake.result import ImportResult, Progress, must_be_administrator, no_progress
from app.intake.values import RowProblem
from db.ids import derived_id
from db.shapes import Department, Requester

_TEXTS = ("name", "email", "phone", "language", "external_ref")
_DEPARTMENT_TEXTS = ("name", "cost_centre", "language", "sponsor", "external_ref")


def import_requesters(
    context: Context, path: Path, mapping: ImportMapping | None = None, progress: Progress = no_progress
) -> ImportResult:
    """Import a list of people. Departments and places it names are made where they are missing.

    Errors: as `import_events`.
    """
    must_be_administrator(context)
    result = ImportResult()
    with opened(path, mapping, "requesters") as (table, found):
        people = _People(context, found)
        entries = read_entries(table, found, people.understand, result, progress)
    people.catalogue.write()
    write_entries(context, Requester, entries, result, progress)
    return result


def import_departments(
    context: Context, path: Path, mapping: ImportMapping | None = None, progress: Progress = no_progress
) -> ImportResult:
    """Import departments; `parent` names another one, in this list (also further down) or here already.

    Errors: as `import_events`.
    """
    must_be_administrator(context)
    result = ImportResult()
    with opened(path, mapping, "departments") as (table, found):
        departments = _Departments(context, found.source)
        entries = read_entries(table, found, departments.understand, result, progress)
    entries = departments.under_parents(entries, result)
    write_entries(context, Department, entries, result, progress, later=frozenset({"parent_id"}))
    return result


class _People:
    """Recognises requesters."""

    def __init__(self, context: Context, mapping: ImportMapping) -> None:
        self.catalogue = Catalogue(context, mapping.source)
        self._mapping = mapping
        rows = context.reader.all(
            "SELECT id, name, department_id, place_id, external_ref FROM requester ORDER BY id DESC"
        )
        self._refs: dict[bytes, str | None] = {row[0]: row[4] for row in rows}
        self._by_ref: dict[str, bytes] = {row[4]: row[0] for row in rows if row[4] is not None}
        self._by_name: dict[tuple[str, bytes | None], bytes] = {
            (row[1], row[2]): row[0] for row in rows if row[1] is not None
        }
        self._by_place: dict[bytes | None, bytes] = {row[3]: row[0] for row in rows if row[1] is None}

    def understand(self, row: int, words: Mapping[str, str]) -> Entry:
        """Errors: RowProblem."""
        name, ref = words.get("name"), words.get("external_ref")
        if name is None and "place" not in words:
            raise RowProblem("it has neither a name nor a place")
        columns: dict[str, Any] = {field: words[field] for field in _TEXTS if field in words}
        if "department" in words:
            columns["department_id"] = self.catalogue.need("department", words["department"])
        if "place" in words:
            columns["place_id"] = self.catalogue.need("place", words["place"], kind=self._mapping.place_kind)
        known = self._known(name, ref, columns)
        if known is not None:
            return Entry(row, known, False, columns)
        key = ref or "/".join((name or words.get("place", ""), words.get("department", "")))
        new = derived_id(0, self._mapping.source, "requester", key)
        if new in self._refs:
            columns.pop("name", None)  # It was renamed here since.
        return Entry(row, new, new not in self._refs, columns)

    def _known(self, name: str | None, ref: str | None, columns: Mapping[str, Any]) -> bytes | None:
        if ref is not None and ref in self._by_ref:
            return self._by_ref[ref]
        if name is None:
            return self._by_place.get(columns.get("place_id"))
        for key in ((name, columns.get("department_id")), (name, None)):
            found = self._by_name.get(key)
            # Of the same name, but another person by reference: not the one.
            if found is not None and (ref is None or self._refs[found] is None):
                # Taken by this row: the next of that name in another department is somebody else.
                del self._by_name[key]
                self._by_name[name, columns.get("department_id")] = found
                self._refs[found] = ref or self._refs[found]
                return found
        return None


class _Departments:
    """Recognises departments and puts them into their tree."""

    def __init__(self, context: Context, source: str) -> None:
        self._source = source
        rows = context.reader.all("SELECT id, name, parent_id, external_ref FROM department ORDER BY id")
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
        columns: dict[str, Any] = {field: words[field] for field in _DEPARTMENT_TEXTS if field in words}
        for field, least, most in (("headcount", 0, 10_000_000), ("significance", 1, 2)):
            if field in words:
                columns[field] = _number(field, words[field], least, most)
        known = self._by_ref.get(words.get("external_ref", "")) or self._by_name.get(name)
        entry_id = known or derived_id(0, self._source, "department", name)
        entry = Entry(row, entry_id, entry_id not in self._ids, columns)
        if known is None and not entry.new:
            columns.pop("name")  # It was renamed here since.
        if self._by_name.get(name, entry_id) != entry_id:
            raise RowProblem(f'another department is called "{name}" already')
        self._by_name[name] = entry_id
        if "parent" in words and entry_id not in self._wanted:
            self._wanted[entry_id] = words["parent"]
        return entry

    def under_parents(self, entries: list[Entry], result: ImportResult) -> list[Entry]:
        """The entries with `parent_id`; one whose parent is unknown or below itself is taken without, and told."""
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
        return entries

    def _is_below(self, department: bytes | None, above: bytes) -> bool:
        while department is not None:
            if department == above:
                return True
            department = self._parents.get(department)
        return False


def _number(field: str, text: str, least: int, most: int) -> int:
    if not (text.isdecimal() and least <= int(text) <= most):
        raise RowProblem(f'the {field} "{text}" is not a number from {least} to {most}')
    return int(text)
