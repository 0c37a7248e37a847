"""New rows of the log go a short way (db.capture.RowStore.insert_given); it must be the long one, only shorter."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from db.capture import RowStore
from db.shapes import SHARED
from db.tables import complete, spec

ID = b"sixteen bytes id"
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.integers(0, 9), st.text(max_size=4),
    st.binary(max_size=20), st.floats(), st.just([]),
)  # fmt: skip


@st.composite
def _rows(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Some columns of some table: what fits, what does not, what is no column, in any order."""
    name = draw(st.sampled_from(sorted(SHARED)))
    fits = {int: st.integers(0, 9), float: st.floats(), str: st.text(max_size=4), bytes: st.just(ID)}
    columns = draw(st.lists(st.sampled_from(sorted(spec(name).columns)), unique=True))
    honest = draw(st.booleans())
    values = {c: draw(fits[spec(name).kinds[c]] if honest else VALUES) for c in columns}
    if not honest and draw(st.booleans()):
        values["no column"] = 1
    return name, values


def _outcome(name: str, insert: Callable[[RowStore], None]) -> object:
    """What it leaves: the row, its part of the digest, what it touched; or which kind of error."""
    listed = ", ".join(f'"{c}"' for c in ("id", *spec(name).columns))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        raw.execute(f'CREATE TABLE "{name}" ({listed})')
        rows = RowStore(raw)
        try:
            insert(rows)
        except (KeyError, TypeError, ValueError, OverflowError, sqlite3.Error) as error:
            return type(error)
        return raw.execute(f'SELECT * FROM "{name}"').fetchall(), rows.digest_change, rows.touched


@given(_rows())
@example(("case", {"title": "Printer jams", "severity": 3, "number": 7, "opened_at": 1, "updated_at": 1}))
@example(("case_tag", {"case_id": ID, "tag": "vpn"}))
@example(("case_tag", {}))
def test_the_short_way_of_a_new_row_is_the_long_one(made: tuple[str, dict[str, Any]]) -> None:
    name, values = made
    table = spec(name)
    long = _outcome(name, lambda rows: rows.insert(table, ID, complete(table, values)))
    for _ in range(2):  # the second time it is remembered how
        assert _outcome(name, lambda rows: rows.insert_given(table, ID, values)) == long


def test_many_sets_of_columns_are_not_remembered_for_ever() -> None:
    table = spec("case")
    for n in range(1000):
        table.given_shape(("title", f"no column {n}"))
    assert len(table.given) <= 64
