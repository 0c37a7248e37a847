"""People who call, in a list. Which one is meant, in this order: by external reference; by name and department; by name
alone where the one we know has no department yet (an event log knew only the name).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.context import Context
from app.intake.catalogue import Catalogue
from app.intake.lists import Entry
from app.intake.mapping import ImportMapping
from app.intake.result import ImportResult
from app.intake.values import RowProblem, language
from db.ids import derived_id
from db.shapes import Requester

_TEXTS = ("name", "email", "phone", "external_ref")


class People:
    """Recognises requesters. Departments and places they name are made where they are missing."""

    model: Final = Requester
    later: Final[frozenset[str]] = frozenset()

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
        columns: dict[str, Any] = {field: words[field] for field in _TEXTS if field in words} | language(words)
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

    def finish(self, entries: Sequence[Entry], result: ImportResult) -> None:
        """Nothing refers from one of them to another."""
