"""Machines and PCs in a list. Which one is meant says its tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.context import Context
from app.intake.catalogue import Catalogue
from app.intake.lists import Entry
from app.intake.mapping import ImportMapping
from app.intake.result import ImportResult
from app.intake.values import RowProblem
from db.ids import derived_id
from db.shapes import Asset


class Machines:
    """Recognises machines. Departments, places and products they name are made where they are missing."""

    model: Final = Asset
    later: Final[frozenset[str]] = frozenset()

    def __init__(self, context: Context, mapping: ImportMapping) -> None:
        self.catalogue = Catalogue(context, mapping.source)
        self._mapping = mapping
        self._by_tag = {row[0].casefold(): row[1] for row in context.reader.all("SELECT tag, id FROM asset")}

    def understand(self, row: int, words: Mapping[str, str]) -> Entry:
        """Errors: RowProblem."""
        tag = words.get("tag")
        if tag is None:
            raise RowProblem("it has no tag")
        known = self._by_tag.get(tag.casefold())
        columns: dict[str, Any] = {name: words[name] for name in ("name", "serial") if name in words}
        if known is None:
            columns |= {"tag": tag, "name": words.get("name", tag)}
        if "department" in words:
            columns["department_id"] = self.catalogue.need("department", words["department"])
        if "place" in words:
            columns["place_id"] = self.catalogue.need("place", words["place"], kind=self._mapping.place_kind)
        if "product" in words:
            columns["product_id"] = self.catalogue.need("product", words["product"])
        return Entry(row, known or derived_id(0, self._mapping.source, "asset", tag), known is None, columns)

    def finish(self, entries: Sequence[Entry], result: ImportResult) -> None:
        """Nothing refers from one of them to another."""
