"""The rules the tables keep by themselves, and the indexes the screens live from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from db.due_times import Due
from db.ids import new_id
from db.models import (
    Article,
    Asset,
    Attachment,
    Base,
    Case,
    CaseLink,
    CaseTag,
    Department,
    Device,
    Queue,
    Requester,
    Satisfaction,
    Skill,
    TimeEntry,
    TimelineEntry,
)
from db.rules import NO_DUE
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, found

CASE = {"title": "x", "severity": 3, "opened_at": 1, "updated_at": 1}


def _refuses(station: Station, model: type[Base], why: str, **values: Any) -> None:
    before = station.count(model.__tablename__)
    with pytest.raises(sqlite3.IntegrityError, match=why), station.transaction("x") as tx:
        tx.insert(model, **values)
    assert station.count(model.__tablename__) == before
    assert station.replica.pending_count() == 0
    assert station.whole()


@pytest.mark.parametrize(
    ("model", "why", "values"),
    [
        (Case, "NOT NULL constraint failed: case.title", CASE | {"title": None}),
        (Case, "NOT NULL constraint failed: case.severity", CASE | {"severity": None}),
        (Case, "ck_case_kind", CASE | {"kind": "wish"}),
        (Case, "ck_case_channel", CASE | {"channel": "telex"}),
        (Case, "ck_case_waiting_on", CASE | {"waiting_on": "weather"}),
        (Case, "ck_case_tier", CASE | {"tier": 4}),
        (Case, "ck_case_ended", CASE | {"status": "resolved"}),
        (Case, "ck_case_ended", CASE | {"ended_at": 1}),
        (Case, "FOREIGN KEY", CASE | {"queue_id": new_id()}),
        (Case, "FOREIGN KEY", CASE | {"work_owner_id": new_id()}),
        (Department, "ck_department_significance", {"name": "x", "significance": 3}),
        (Department, "UNIQUE constraint failed: department.name", {"name": "Payroll"}),
        (Requester, "ck_requester_name_or_place", {"phone": "1"}),
        (Queue, "ck_queue_kind", {"name": "x", "kind": "bus stop"}),
        (Queue, "ck_queue_tier", {"name": "x", "kind": "product", "tier": 0}),
        (Skill, "FOREIGN KEY", {"analyst_id": new_id(), "product_id": new_id(), "level": 1}),
        (Skill, "ck_skill_level", {"analyst_id": new_id(), "product_id": new_id(), "level": 4}),
        (Article, "ck_article_state", {"title": "x", "state": "final", "created_at": 1, "updated_at": 1}),
        (Article, "ck_article_audience", {"title": "x", "audience": "press", "created_at": 1, "updated_at": 1}),
        (Attachment, "ck_attachment_one_owner",
         {"sha256": bytes(32), "chunks": b"", "name": "a", "media_type": "b", "size": 1, "added_at": 1}),
        (Asset, "NOT NULL constraint failed: asset.tag", {"name": "PC"}),
        (Device, "FOREIGN KEY", {"analyst_id": new_id(), "name": "pc", "public_key": bytes(32),
                                  "sealing_key": bytes(32), "enrolled_at": 1}),
    ],
)  # fmt: skip
def test_tables_refuse_what_can_not_be(anna: Station, model: type[Base], why: str, values: dict[str, Any]) -> None:
    _refuses(anna, model, why, **values)


@pytest.mark.parametrize(
    ("model", "why", "values"),
    [
        (TimelineEntry, "ck_timeline_entry_kind", {"at": 1, "kind": "song", "text": "x"}),
        (TimelineEntry, "ck_timeline_entry_audience", {"at": 1, "kind": "note", "text": "x", "audience": "all"}),
        (TimeEntry, "ck_time_entry_minutes", {"minutes": -1, "work_date": "2026-01-06", "entered_at": 1}),
        (TimeEntry, "ck_time_entry_activity",
         {"minutes": 1, "work_date": "2026-01-06", "entered_at": 1, "activity": "nap"}),
        (Satisfaction, "ck_satisfaction_score", {"score": 6, "at": 1}),
        (CaseLink, "FOREIGN KEY", {"other_id": new_id(), "kind": "child", "made_at": 1}),
        (CaseLink, "ck_case_link_kind", {"other_id": new_id(), "kind": "cousin", "made_at": 1}),
        (CaseTag, "UNIQUE constraint failed: case_tag.case_id, case_tag.tag", {"tag": "vpn"}),
    ],
)  # fmt: skip
def test_what_hangs_on_a_case_is_checked_too(
    anna: Station, model: type[Base], why: str, values: dict[str, Any]
) -> None:
    case = anna.opens()
    with anna.transaction() as tx:
        tx.insert(CaseTag, case_id=case, tag="vpn")
    anna.sync()
    if model is TimeEntry:
        values = values | {"analyst_id": anna.analyst}
    _refuses(anna, model, why, case_id=case, **values)


def test_what_others_refer_to_is_not_deleted(anna: Station) -> None:
    department = anna.one("SELECT id FROM department WHERE name = 'Payroll'")["id"]
    anna.opens(department_id=department)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), anna.transaction("x") as tx:
        tx.delete(Department, department)
    assert anna.count("department") == 2


def test_external_references_are_unique_where_there_are_any(anna: Station) -> None:
    anna.opens(), anna.opens()
    anna.opens(external_source="a", external_ref="1")
    anna.opens(external_source="b", external_ref="1")
    with pytest.raises(sqlite3.IntegrityError, match=r"case\.external_source, case\.external_ref"):
        anna.opens(external_source="a", external_ref="1")


# -- indexes ----------------------------------------------------------------------------------------------------------
OPEN = 'SELECT rid FROM "case" WHERE ended_at IS NULL '


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """Two thousand cases, a fifth of them open, for tests that only ask. SQLite has no statistics of them, as in every
    replica."""
    store = MemoryStore()
    anna = found(tmp_path_factory.mktemp("filled"), lambda _name: MemoryLog(store))
    queue = anna.one("SELECT id FROM queue")["id"]
    departments = [anna.one(f"SELECT id FROM department LIMIT 1 OFFSET {n}")["id"] for n in (0, 1)]
    with anna.transaction("import.cases", undoable=False) as tx:
        tx.insert_many(
            Case,
            [
                (
                    new_id(),
                    CASE | {"severity": n % 4 + 1, "opened_at": n, "updated_at": n,
                            "queue_id": queue, "department_id": departments[n % 2],
                            "work_owner_id": anna.analyst if n % 3 else None}
                    | ({"status": "closed", "ended_at": n} if n % 5 else {}),
                )
                for n in range(2_000)
            ],
        )  # fmt: skip
    anna.replica.derive_with(
        lambda query, which, params: [
            Due(row_id, None, None, rid * 7919 % 5000, None, rid)
            for row_id, rid in query(f'SELECT id, rid FROM "case" WHERE {which}', params)
        ]
    )
    assert anna.replica.settle_due_times() == 400
    yield anna
    anna.replica.close()


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (OPEN + "AND queue_id = :id ORDER BY severity, due_at", "ix_case_open_queue"),
        (OPEN + "ORDER BY severity, due_at", "ix_case_open_severity"),
        (OPEN + "ORDER BY due_at", "ix_case_open_due"),
        (OPEN + "AND due_at < 1000 ORDER BY due_at", "ix_case_open_due"),
        (OPEN + "AND work_owner_id = :id AND warn_at <= 9 AND due_at < 9", "ix_case_open_work_owner"),
        (OPEN + "AND queue_id = :id ORDER BY updated_at DESC", "ix_case_open_queue_updated"),
        ('SELECT rid FROM "case" ORDER BY opened_at DESC', "ix_case_opened_at"),
        ('SELECT rid FROM "case" WHERE opened_at BETWEEN 1 AND 9 ORDER BY opened_at', "ix_case_opened_at"),
        ('SELECT rid FROM "case" WHERE ended_at >= 1990 ORDER BY ended_at', "ix_case_ended_at"),
        ('SELECT rid FROM "case" ORDER BY updated_at DESC LIMIT 50', "ix_case_updated_at"),
        ('SELECT rid FROM "case" WHERE number = 7', "ix_case_number"),
        ('SELECT rid FROM "case" WHERE requester_id = :id', "ix_case_requester_id"),
        ('SELECT rid FROM "case" WHERE asset_id = :id', "ix_case_asset_id"),
        ('SELECT rid FROM "case" WHERE department_id = :id AND opened_at > 1990 ORDER BY opened_at',
         "ix_case_department_opened"),
        ('SELECT rid FROM "case" WHERE product_id = :id ORDER BY opened_at', "ix_case_product_opened"),
        ("SELECT id FROM timeline_entry WHERE case_id = :id", "ix_timeline_entry_case_id"),
        ("SELECT id FROM case_event WHERE case_id = :id", "ix_case_event_case_field"),
        ("SELECT id FROM case_event WHERE case_id = :id AND field = 'queue'", "ix_case_event_case_field"),
        ("SELECT id FROM case_event WHERE field = 'status' AND at > 5 ORDER BY at", "ix_case_event_field_at"),
        ("SELECT id FROM time_entry WHERE work_date = '2026-01-06'", "ix_time_entry_work_date"),
        ("SELECT case_id FROM case_tag WHERE tag = 'vpn'", "ix_case_tag_tag"),
    ],
)  # fmt: skip
def test_lists_are_read_from_an_index_in_their_order(filled: Station, sql: str, index: str) -> None:
    parameters = {"id": filled.one("SELECT id FROM queue")["id"]}
    reader = filled.replica.reader()
    plan = " / ".join(row["detail"] for row in reader.all("EXPLAIN QUERY PLAN " + sql, parameters))
    reader.close()
    assert f"{index} " in plan + " "
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("order", [" ORDER BY severity, due_at", " ORDER BY severity, due_at, rid"])
@pytest.mark.parametrize(
    ("which", "index"),
    [
        ("work_owner_id = :id", "ix_case_open_work_owner"),
        ("contact_owner_id = :id", "ix_case_open_contact_owner"),
        ("department_id = :id", "ix_case_open_department"),
        (f"due_at >= 1000 AND due_at < {NO_DUE} AND warn_at <= 1000", "ix_case_open_due"),
    ],
)
def test_few_cases_are_found_by_their_index_and_then_sorted(
    filled: Station, which: str, index: str, order: str
) -> None:
    parameters = {"id": filled.one("SELECT id FROM queue")["id"]}
    reader = filled.replica.reader()
    plan = [row["detail"] for row in reader.all(f"EXPLAIN QUERY PLAN {OPEN} AND {which}{order}", parameters)]
    reader.close()
    assert plan[0].startswith("SEARCH case USING INDEX " + index), plan
