"""What a section of records reads on its lane, in one go: the list, the chosen record, and the names they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.reading import ReadingDesk
from app.records.kinds import KINDS
from app.records.reading import Listing, Record
from ui.admin.editors import FOUND_BY_TYPING
from ui.admin.record_form import Named


@dataclass(frozen=True)
class Read:
    """What a section shows. `names`: of everything the chosen record refers to."""

    listing: Listing
    chosen: bytes | None
    record: Record | None
    names: Named
    choices: dict[str, list[tuple[Any, str]]]


def read_section(desk: ReadingDesk, table: str, typed: str, inactive: bool, chosen: bytes | None) -> Read:
    records = desk.records
    record, names = read_one(desk, table, chosen) if chosen is not None else (None, {})
    kind = KINDS[table]
    wanted = {spec.to for spec in kind.fields if spec.kind == "ref" and spec.to not in FOUND_BY_TYPING}
    choices: dict[str, list[tuple[Any, str]]] = {to: list(records.choices(to)) for to in wanted}
    choices["severity"] = [(s.rank, f"{s.rank}  {s.name}") for s in desk.directory.severities()]
    return Read(records.listing(table, typed, inactive=inactive), chosen, record, names, choices)


def read_one(desk: ReadingDesk, table: str, row_id: bytes) -> tuple[Record | None, Named]:
    record = desk.records.one(table, row_id)
    kind = KINDS[table]
    names: dict[tuple[str, bytes], str] = {}
    if record is not None:
        for spec in kind.fields:
            value = record.values[spec.name]
            if isinstance(value, bytes):
                names[spec.to, value] = desk.records.name(spec.to, value)
        for child in kind.children:
            for _child_id, values in record.children[child.table]:
                for spec in child.fields:
                    value = values[spec.name]
                    if isinstance(value, bytes):
                        names[spec.to, value] = desk.records.name(spec.to, value)
    return record, names
