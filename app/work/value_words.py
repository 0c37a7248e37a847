"""Stored values as people read them: names for ids, what a row is called. For conflicts and lost work."""

from __future__ import annotations

from typing import Any, Final

from app.directory import Directory, Kind
from db.reader import Reader

_NAMED: Final[dict[str, Kind]] = {
    "queue_id": "queue", "department_id": "department", "product_id": "product", "place_id": "place",
    "parent_id": "department", "work_owner_id": "analyst", "contact_owner_id": "analyst", "next_step_by_id": "analyst",
    "owner_id": "analyst", "primary_id": "analyst", "stand_in1_id": "analyst", "stand_in2_id": "analyst",
    "analyst_id": "analyst", "then_queue_id": "queue",
}  # fmt: skip
_LOOKED_UP: Final = {"requester_id": ("requester", "name"), "asset_id": ("asset", "tag"),
                     "calendar_id": ("calendar", "name")}  # fmt: skip
TITLES: Final = {
    "article": "title", "department": "name", "product": "name", "queue": "name", "template": "name", "place": "name",
    "asset": "tag", "analyst": "name", "site_setting": "key", "view": "name", "severity": "name", "requester": "name",
    "team_word": "word", "calendar": "name",
}  # fmt: skip
"""The column that says what a row outside the cases is called."""


def value_words(reader: Reader, directory: Directory, column: str | None, value: Any) -> str:
    """A value of this column; "" for none, hex digits for the id of something that has no name."""
    if value is None:
        return ""
    if not isinstance(value, bytes):
        return str(value)
    kind = _NAMED.get(column or "")
    if kind is not None:
        return directory.name(kind, value)
    table, name = _LOOKED_UP.get(column or "", ("", ""))
    found = reader.value(f'SELECT "{name}" FROM "{table}" WHERE id = ?', (value,)) if table else None
    return value.hex() if found is None else str(found)


def called(reader: Reader, table: str | None, row_id: bytes | None) -> str:
    """What a row outside the cases is called; "" where that can't be said."""
    column = TITLES.get(table or "")
    if column is None:
        return ""
    found = reader.value(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,))
    return "" if found is None else str(found)
