"""Every shared column is known to the log: how it merges, what it holds, who may write it, how it is hashed."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import authority
from db.capture import RowChange
from db.models import SHARED, Base, Case, MetricTarget
from db.models.base import MergeRule
from db.tables import complete, fitting, number_digest, row_digest, spec
from tests.db.test_authority import Rows

CASE = spec("case")


@pytest.mark.parametrize("name", SHARED)
def test_every_shared_column_has_a_merge_rule_and_a_plain_kind(name: str) -> None:
    table = spec(name)
    assert set(table.rules) == set(table.kinds) == set(table.columns)
    assert set(table.rules.values()) <= {*get_args(MergeRule), "folded"}
    assert set(table.kinds.values()) <= {int, float, str, bytes}


@pytest.mark.parametrize("name", SHARED)
def test_every_shared_table_has_an_id_and_a_rule_who_may_write_it(name: str) -> None:
    assert SHARED[name].c["id"].unique or SHARED[name].c["id"].primary_key or name in ("case", "article")
    assert name in authority._TABLES


def test_nobody_may_write_a_table_that_is_not_shared() -> None:
    assert set(authority._TABLES) == set(SHARED)
    for name in Base.metadata.tables.keys() - SHARED.keys():
        assert authority.needed_rank(RowChange(name, b"", "i", {}), b"", Rows()) is None


def test_parents_come_before_children() -> None:
    seen: set[str] = set()
    for name, table in SHARED.items():
        seen.add(name)
        for key in table.foreign_keys:
            assert key.column.table.name in seen, f"{name} refers to {key.column.table.name}, which comes later"


def test_only_case_numbers_are_given_by_the_log() -> None:
    folded = {(name, c) for name in SHARED for c, rule in spec(name).rules.items() if rule == "folded"}
    assert folded == {("case", "number")}
    assert {name for name in SHARED if "number" in SHARED[name].c} == {"case"}, "row_digest leaves out that name"


def test_float_columns_are_never_empty_because_nan_becomes_null() -> None:
    for name, table in SHARED.items():
        for column in table.columns:
            if column.name in spec(name).columns and spec(name).kinds[column.name] is float:
                assert not column.nullable, f"{name}.{column.name}"


def test_values_are_as_sqlite_gives_them_back() -> None:
    target = spec(MetricTarget.__tablename__)
    value = fitting(target, "value", 5)
    assert (value, type(value)) == (5.0, float)
    flag = fitting(CASE, "major", True)
    assert (flag, type(flag)) == (1, int)
    assert fitting(CASE, "queue_id", None) is None
    for row in (complete(target, {"value": -0.0}), {"value": fitting(target, "value", -0.0)}):
        assert str(row["value"]) == "0.0", "SQLite keeps no sign of zero"
    with pytest.raises(ValueError, match="is not a number"):
        complete(target, {"value": float("nan")})


@pytest.mark.parametrize(("column", "value"), [("title", 5), ("title", b"x"), ("severity", "1"), ("severity", 1.0),
                                               ("queue_id", "x"), ("title", {})])  # fmt: skip
def test_values_of_another_kind_are_refused(column: str, value: object) -> None:
    with pytest.raises(TypeError, match=rf"case\.{column} holds"):
        fitting(CASE, column, value)
    with pytest.raises(TypeError):
        complete(CASE, {column: value})


@pytest.mark.parametrize("column", ["rid", "id", "nonsense"])
def test_columns_that_are_not_shared_are_refused(column: str) -> None:
    with pytest.raises(KeyError, match=f"no shared column {column}"):
        complete(CASE, {column: None})


def test_a_row_is_completed_by_the_defaults_of_its_model() -> None:
    row = complete(CASE, {"title": "x"})
    assert set(row) == set(CASE.columns)
    assert (row["title"], row["kind"], row["tier"], row["status"]) == ("x", "incident", 1, "new")
    assert list(row) == list(CASE.columns), "the statement binds them in this order"


@given(title=st.text(), severity=st.integers(1, 5))
def test_the_digest_of_a_row_depends_on_each_value_and_not_on_the_number(title: str, severity: int) -> None:
    row = complete(CASE, {"title": title, "severity": severity})
    digest = row_digest(spec("case"), b"i" * 16, row)
    assert digest == row_digest(spec("case"), b"i" * 16, dict(reversed(row.items()))) == row_digest(
        spec("case"), b"i" * 16, {**row, "number": 9}
    )  # fmt: skip
    assert digest != row_digest(spec("case"), b"j" * 16, row)
    assert digest != row_digest(spec("article"), b"i" * 16, row)
    assert digest != row_digest(spec("case"), b"i" * 16, {**row, "severity": severity + 1})
    assert digest != row_digest(spec("case"), b"i" * 16, {**row, "title": title + "x"})
    assert digest != row_digest(spec("case"), b"i" * 16, {**row, "queue_id": b""})


def test_a_value_does_not_pass_for_another_columns() -> None:
    one = row_digest(spec("case"), b"i" * 16, {"resolution": "x", "cause": None})
    other = row_digest(spec("case"), b"i" * 16, {"resolution": None, "cause": "x"})
    assert one != other
    assert number_digest(b"i" * 16, 1) != number_digest(b"i" * 16, 2) != number_digest(b"j" * 16, 2)


def test_the_model_of_the_case_is_the_table_case() -> None:
    assert SHARED["case"] is Case.__table__
