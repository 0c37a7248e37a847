"""Which columns of the table of cases are shown, how wide, in which order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtWidgets import QHeaderView

from ui.case_model import COLUMN_OF, COLUMNS, said

PAD: Final = 8
TITLE_AT_LEAST: Final = 22
"""Characters."""


def fitted(chosen: Collection[str], widths: Mapping[str, int], room: int, char: int, due_width: int) -> dict[str, int]:
    """The columns there is room for, with their widths in pixels: those that matter least are left out first, and the
    title takes what is left. `widths`: those somebody set; `char`: the width of a character."""
    wanted = {c.key: widths.get(c.key, round(c.width * char) + PAD) for c in COLUMNS if c.key in chosen}
    if "due" in wanted and "due" not in widths:
        wanted["due"] = due_width
    wanted["title"] = TITLE_AT_LEAST * char
    shown = set(wanted)
    for column in sorted(COLUMNS, key=lambda c: -c.rank):
        if column.rank and column.key in shown and sum(wanted[k] for k in shown) > room:
            shown.discard(column.key)
    wanted["title"] = max(wanted["title"], room - sum(wanted[k] for k in shown if k != "title"))
    return {key: wanted[key] for key in shown}


def order_of(header: QHeaderView) -> list[str]:
    """The keys of all columns, from left to right."""
    return [COLUMNS[header.logicalIndex(place)].key for place in range(header.count())]


def put_in_order(header: QHeaderView, keys: Collection[str]) -> None:
    """Move the columns; what is not named stays behind those that are."""
    for place, key in enumerate(k for k in keys if k in COLUMN_OF):
        header.moveSection(header.visualIndex(COLUMN_OF[key]), place)


def column_titles() -> list[tuple[str, str]]:
    """(key, words) of every column, for the chooser."""
    return [(column.key, said(column.title)) for column in COLUMNS]
