"""An answer of app.insight.answers in words of a language, for a terminal or a screen."""

from __future__ import annotations

from app.insight.answers import Answer, Column, Value
from app.texts import CATALOGUE, Texts


def in_words(answer: Answer, t: Texts) -> tuple[list[str], list[list[str]]]:
    """(heads, rows); the name is the first column."""
    heads = [t(f"insight.{answer.key}"), *(t(f"column.{column.key}") for column in answer.columns)]
    rows = []
    for row in answer.rows:
        name = row.name
        for key in (f"insight.row.{name}", f"figure.{name}"):
            if key in CATALOGUE:
                name = t(key)
                break
        cells = [_cell(value, column, t) for value, column in zip(row.values, answer.columns, strict=True)]
        rows.append([name or t("report.none"), *cells])
    return heads, rows


def _cell(value: Value, column: Column, t: Texts) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return t(f"insight.{column.unit}.{value}") if column.unit in ("proposal", "training") else value
    if column.unit == "minutes":
        return t.minutes(value)
    if column.unit == "cents":
        return t.integer(value / 100)
    if column.unit == "share":
        return t.share(value)
    return t.integer(value) if value == round(value) else t.decimal(value)
