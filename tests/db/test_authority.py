"""Who may write what (domain.md, Permissions): every table, every role, and what belongs to somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.authority import _TABLES, RANK, refusal
from db.capture import Op, RowChange, TxRecord
from db.ids import new_id
from db.shapes import SHARED
from db.tables import Row, spec

ME, OTHER, ROW = new_id(), new_id(), new_id()
ROLES = ("analyst", "supervisor", "administrator")


@dataclass
class Rows:
    """A state made by hand."""

    rows: dict[tuple[str, bytes], Row] = field(default_factory=dict)

    def row(self, table: str, row_id: object) -> Row | None:
        return self.rows.get((table, row_id)) if isinstance(row_id, bytes) else None

    def generation(self) -> int:
        return 1

    def in_force(self) -> frozenset[bytes]:
        return frozenset()


def judged(role: str | None, change: RowChange, before: dict[str, Any] | None = None, kind: str = "x") -> str | None:
    """What is said of one change; `before`: the row it changes, as far as it matters."""
    table = spec(change.table) if change.table in SHARED else None
    known = {} if before is None or table is None else {
        (change.table, change.row_id): {**dict.fromkeys(table.columns), **before}
    }  # fmt: skip
    return refusal(TxRecord(new_id(), kind, 0, None, None, (), (change,)), ME, role, True, Rows(known))


def insert(table: str, **values: Any) -> RowChange:
    return RowChange(table, ROW, "i", values)


def update(table: str, **pairs: Any) -> RowChange:
    return RowChange(table, ROW, "u", {column: list(pair) for column, pair in pairs.items()})


def delete(table: str, **values: Any) -> RowChange:
    return RowChange(table, ROW, "d", values)


def least(change: RowChange, before: dict[str, Any] | None = None) -> str:
    """The first role that may; "nobody"."""
    return next((role for role in ROLES if judged(role, change, before) is None), "nobody")


@pytest.mark.parametrize("table", sorted(SHARED))
def test_every_table_is_named(table: str) -> None:
    assert table in _TABLES


@pytest.mark.parametrize(
    ("change", "before", "role"),
    [
        # analysts work cases and articles
        (insert("case", title="x"), None, "analyst"),
        (update("case", title=("a", "b")), {}, "analyst"),
        (insert("case_tag", tag="x"), None, "analyst"),
        (insert("requester", name="x"), None, "analyst"),
        (insert("article", title="x", state="rough"), None, "analyst"),
        (update("article", solution=("a", "b")), {"state": "reviewed"}, "analyst"),
        # notes, minutes, events are somebody's
        (insert("timeline_entry", author_id=ME, text="x"), None, "analyst"),
        (insert("timeline_entry", author_id=OTHER, text="x"), None, "nobody"),
        (update("timeline_entry", text=("a", "b")), {"author_id": ME}, "analyst"),
        (update("timeline_entry", text=("a", "b")), {"author_id": OTHER}, "nobody"),
        (update("timeline_entry", audience=("internal", "requester")), {"author_id": OTHER}, "nobody"),
        (update("timeline_entry", author_id=(ME, OTHER)), {"author_id": ME}, "nobody"),
        (update("timeline_entry", case_id=(ROW, OTHER)), {"author_id": OTHER}, "analyst"),
        (delete("timeline_entry"), {"author_id": OTHER}, "nobody"),
        (insert("time_entry", analyst_id=ME, minutes=5), None, "analyst"),
        (insert("time_entry", analyst_id=OTHER, minutes=5), None, "supervisor"),
        (update("time_entry", minutes=(5, 500)), {"analyst_id": OTHER}, "supervisor"),
        (update("time_entry", analyst_id=(ME, OTHER)), {"analyst_id": ME}, "supervisor"),
        (insert("case_event", author_id=ME, field="status"), None, "analyst"),
        (insert("case_event", field="status"), None, "analyst"),
        (insert("case_event", author_id=OTHER, field="status"), None, "nobody"),
        (update("case_event", at=(1, 2)), {"author_id": ME}, "nobody"),
        (delete("case_event"), {"author_id": OTHER}, "nobody"),
        (delete("attachment"), {"added_by_id": OTHER}, "supervisor"),
        (insert("skill", analyst_id=ME, level=3), None, "analyst"),
        (insert("skill", analyst_id=OTHER, level=3), None, "supervisor"),
        # private flags
        (insert("case", title="x", abusive_contact=1), None, "supervisor"),
        (update("case", executive_complaint=(1, 0)), {}, "supervisor"),
        # published state
        (update("article", state=("reviewed", "published")), {"state": "reviewed"}, "supervisor"),
        (update("article", state=("published", "archived")), {"state": "published"}, "supervisor"),
        (update("article", solution=("a", "b")), {"state": "published", "owner_id": OTHER}, "supervisor"),
        (update("article", solution=("a", "b"), updated_at=(1, 2)), {"state": "published", "owner_id": ME}, "analyst"),
        (update("article", audience=("team", "everyone")), {"state": "published", "owner_id": ME}, "supervisor"),
        (delete("article"), {"state": "published", "owner_id": ME}, "supervisor"),
        (update("article_version", solution=("a", "b")), {"author_id": ME}, "nobody"),
        # absence: the own one; a stand-in's word
        (insert("absence", analyst_id=ME, kind="vacation", from_day="2026-01-01", entered_by_id=ME), None, "analyst"),
        (insert("absence", analyst_id=OTHER, kind="vacation", from_day="2026-01-01"), None, "supervisor"),
        (update("absence", to_day=(None, "2026-01-02")), {"analyst_id": ME}, "analyst"),
        (update("absence", to_day=(None, "2026-01-02")), {"analyst_id": OTHER}, "supervisor"),
        (update("absence", analyst_id=(ME, OTHER)), {"analyst_id": ME}, "supervisor"),
        (delete("absence"), {"analyst_id": ME}, "analyst"),
        (insert("acknowledgement", analyst_id=ME), None, "analyst"),
        (insert("acknowledgement", analyst_id=OTHER), None, "nobody"),
        (update("acknowledgement", to_day=(None, "2026-01-02")), {"analyst_id": OTHER}, "nobody"),
        # who takes a department over says so
        (update("coverage", confirmed_at=(None, 1)), {"primary_id": ME}, "analyst"),
        (update("coverage", confirmed_at=(None, 1)), {"primary_id": OTHER}, "supervisor"),
        (update("coverage", confirmed_at=(None, 1), stand_in1_id=(None, ME)), {"primary_id": ME}, "supervisor"),
        # coverage, roster, targets, departments
        (insert("coverage", primary_id=ME), None, "supervisor"),
        (insert("shift", analyst_id=ME), None, "supervisor"),
        (insert("metric_target", metric="x"), None, "supervisor"),
        (update("department", dossier=("a", "b")), {}, "analyst"),
        (update("department", name=("a", "b")), {}, "supervisor"),
        (insert("view", owner_id=ME, name="x"), None, "analyst"),
        (insert("view", name="x"), None, "supervisor"),
        (update("view", name=("a", "b")), {"owner_id": OTHER}, "supervisor"),
        (insert("staff_note", author_id=ME, text="x"), None, "supervisor"),
        (insert("staff_note", author_id=OTHER, text="x"), None, "nobody"),
        (update("staff_note", text=("a", "b")), {"author_id": OTHER}, "nobody"),
        (update("frozen_report", figures=("a", "b")), {}, "nobody"),
        # analysts, devices, queues, severities, calendars
        (update("analyst", role=("analyst", "administrator")), {}, "administrator"),
        (RowChange("analyst", ME, "u", {"phone": [None, "1"]}), {}, "analyst"),
        (RowChange("analyst", ME, "u", {"phone": [None, "1"], "tier": [1, 3]}), {}, "administrator"),
        (update("analyst", phone=(None, "1")), {}, "administrator"),
        (update("device", name=("a", "b")), {"analyst_id": ME}, "analyst"),
        (update("device", name=("a", "b")), {"analyst_id": OTHER}, "administrator"),
        (update("device", revoked_at=(None, 1), revoked_by_id=(None, ME)), {"analyst_id": ME}, "administrator"),
        (insert("queue", name="x"), None, "administrator"),
        (insert("severity", rank=9), None, "administrator"),
        (insert("calendar", name="x"), None, "administrator"),
        (insert("site_setting", key="x"), None, "administrator"),
        (insert("nonsense", key="x"), None, "nobody"),
        (insert("pending_tx", key="x"), None, "nobody"),
    ],
)  # fmt: skip
def test_the_first_role_that_may(change: RowChange, before: dict[str, Any] | None, role: str) -> None:
    assert least(change, before) == role


def test_what_an_administrator_imports_carries_other_peoples_names() -> None:
    note = insert("timeline_entry", author_id=OTHER, text="x")
    assert judged("administrator", note, kind="import.log") is None
    assert judged("supervisor", note, kind="import.log") == "only an administrator may import"
    assert judged("administrator", note) == "it writes somebody else's note"


def test_nobody_writes_without_a_role_and_nobody_in_another_name() -> None:
    change = insert("case", title="x")
    record = TxRecord(new_id(), "x", 0, OTHER, None, (), (change,))
    assert refusal(record, ME, "administrator", True, Rows()) == "it was signed by another analyst's device"
    for role, active in ((None, True), ("administrator", False)):
        record = TxRecord(new_id(), "x", 0, None, None, (), (change,))
        assert refusal(record, ME, role, active, Rows()) == "its author is not an active analyst of this desk"


@st.composite
def changes(draw: st.DrawFn) -> tuple[RowChange, dict[str, Any] | None]:
    table = spec(draw(st.sampled_from(sorted(SHARED))))
    values = st.sampled_from([None, 0, 1, "published", "rough", ME, OTHER])
    op: Op = draw(st.sampled_from(("i", "u", "d")))
    columns = draw(st.lists(st.sampled_from(table.columns), min_size=1, unique=True, max_size=4))
    given_values = {c: [draw(values), draw(values)] if op == "u" else draw(values) for c in columns}
    before = {c: draw(values) for c in draw(st.lists(st.sampled_from(table.columns), unique=True, max_size=4))}
    return RowChange(table.name, ROW, op, given_values), None if op == "i" else before


@given(changes())
def test_a_higher_role_may_whatever_a_lower_one_may(pair: tuple[RowChange, dict[str, Any] | None]) -> None:
    change, before = pair
    allowed = [judged(role, change, before) is None for role in ROLES]
    assert allowed == sorted(allowed), change


@given(changes())
def test_nobody_signs_what_belongs_to_somebody_else_whatever_his_role(
    pair: tuple[RowChange, dict[str, Any] | None],
) -> None:
    change, before = pair
    if change.table in ("timeline_entry", "case_event", "article_version") and change.op == "i":
        owner = change.values.get("author_id")
        for role in RANK:
            assert (judged(role, change, before) is None) == (owner in (None, ME)), change


COVER = new_id()


def sickness(begins: str = "2026-02-03", by: bytes = ME, **more: Any) -> RowChange:
    values = {"analyst_id": OTHER, "kind": "sickness", "from_day": begins, "entered_by_id": by, "coverage_id": COVER}
    return insert("absence", **(values | more))


def may_report(change: RowChange, cover: dict[str, Any], absence: dict[str, Any] | None = None) -> bool:
    known: dict[tuple[str, bytes], Row] = {
        ("coverage", COVER): {**dict.fromkeys(spec("coverage").columns), "valid_from": "2026-01-01", **cover}
    }
    if absence is not None:
        known["absence", ROW] = {**dict.fromkeys(spec("absence").columns), "coverage_id": COVER, **absence}
    record = TxRecord(new_id(), "absence.sick", 0, None, None, (), (change,))
    return refusal(record, ME, "analyst", True, Rows(known)) is None


def test_who_stands_in_reports_a_sickness_and_how_long_it_goes_on_but_nothing_else() -> None:
    both = {"primary_id": OTHER, "stand_in1_id": ME}
    assert may_report(sickness(), both)
    assert may_report(sickness(), {"primary_id": ME, "stand_in2_id": OTHER})
    assert not may_report(sickness(), {"primary_id": OTHER, "stand_in1_id": new_id()})
    assert not may_report(sickness("2025-12-31"), both), "before they were agreed on"
    assert not may_report(sickness(), both | {"valid_to": "2026-02-02"})
    assert not may_report(sickness(kind="vacation"), both)
    assert not may_report(sickness(by=OTHER), both)
    ill = {"analyst_id": OTHER, "kind": "sickness", "from_day": "2026-02-03"}
    assert may_report(update("absence", to_day=(None, "2026-02-05"), confirmed_at=(None, 1)), both, ill)
    assert not may_report(update("absence", from_day=("2026-02-03", "2026-01-05")), both, ill)
    assert not may_report(delete("absence"), both, ill)
    assert not may_report(update("absence", to_day=(None, "2026-02-05")), both, ill | {"kind": "vacation"})
