"""What a desk is set up with: saving, checking, what follows for due times, roles, undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.changing import ChildChange, Edit, words
from app.records.kinds import KINDS
from app.refusals import in_language
from app.refusals_words import WORDS
from app.work.cases import NewCase
from db.ids import new_id
from db.shapes import Absence
from db.tables import spec
from tests.desks import Clock, found_desk, join_desk

WEEK = json.dumps({day: ["06:00-22:00"] for day in ("mon", "tue", "wed", "thu", "fri")})


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path, clock=Clock())
    yield opened
    opened.close()


def save(desk, table: str, values, row_id=None, **more):
    return desk.records.save(Edit(table, row_id, values, **more))


def test_the_description_of_every_kind_fits_its_table():
    for kind in KINDS.values():
        columns = set(spec(kind.table).columns)
        assert {field.name for field in kind.fields} <= columns, kind.table
        assert set(kind.shown) <= columns
        assert kind.name in columns
        for child in kind.children:
            assert {child.parent, child.key, *(field.name for field in child.fields)} <= set(spec(child.table).columns)
        for table, column in kind.referred:
            assert column in spec(table).columns


def test_a_queue_with_its_members_is_one_save_and_one_undo(desk):
    made = save(desk, "queue", {"name": "  Press  shop ", "kind": "product", "tier": 2},
                children=(ChildChange("queue_member", None, {"analyst_id": desk.me, "level": 3}),))  # fmt: skip
    record = desk.reading.records.one("queue", made.id)
    assert record.values["name"] == "Press shop"
    ((member_id, member),) = record.children["queue_member"]
    assert (member["analyst_id"], member["level"], member["schedulable"]) == (desk.me, 3, 1)
    with pytest.raises(UserError, match="twice"):
        save(desk, "queue", {}, made.id, children=(ChildChange("queue_member", None, {"analyst_id": desk.me}),))
    gone = save(desk, "queue", {"tier": 3}, made.id, removed=(("queue_member", member_id),))
    assert desk.reading.records.one("queue", made.id).children == {"queue_member": []}
    desk.undoing.undo(gone.tx_id)
    assert len(desk.reading.records.one("queue", made.id).children["queue_member"]) == 1
    desk.undoing.undo(made.tx_id)
    assert desk.reading.records.one("queue", made.id) is None


def test_a_queue_with_too_few_members_is_flagged_and_an_absence_counts(desk, tmp_path: Path):
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    jo.close()
    both = [row["id"] for row in desk.context.reader.all("SELECT id FROM analyst")]
    made = save(desk, "queue", {"name": "Press shop"},
                children=tuple(ChildChange("queue_member", None, {"analyst_id": one}) for one in both))  # fmt: skip

    def flag():
        return next(line.flag for line in desk.reading.records.listing("queue").lines if line.id == made.id)

    assert flag() is None
    with desk.replica.transaction("absence", desk.me, at=desk.context.clock()) as tx:
        tx.insert(Absence, analyst_id=both[0], from_day="2026-01-01", to_day=None, kind="other", entered_by_id=desk.me)
    assert flag() == 1


def test_targets_and_hours_move_due_times_after_a_preview_and_back_with_undo(desk):
    case_id = desk.cases.new(NewCase("Press stands", 2)).case_id
    due = desk.lists.line(case_id).due_at
    severity = desk.reading.records.find("severity", "High")
    edit = Edit("severity", severity, {"fix_minutes": 60})
    count, (moved,) = desk.records.moved(edit)
    assert count == 1
    assert moved.before == due
    assert desk.lists.line(case_id).due_at == due
    saved = desk.records.save(edit)
    assert saved.cases == 1
    assert desk.lists.line(case_id).due_at == moved.after != due
    desk.undoing.undo(saved.tx_id)
    assert desk.lists.line(case_id).due_at == due
    desk.undoing.undo(desk.undoing.next_step(forward=True).tx_id)
    assert desk.lists.line(case_id).due_at == moved.after
    assert desk.records.moved(Edit("severity", severity, {"name": "Urgent"})) == (0, [])


def test_a_calendar_is_checked_before_it_is_kept(desk):
    with pytest.raises(UserError, match="not a shift"):
        save(desk, "calendar", {"name": "Hall", "time_zone": "Europe/Berlin", "shifts": '{"mon": ["6-14"]}'})
    with pytest.raises(UserError):
        save(desk, "calendar", {"name": "Hall", "time_zone": "Mars/Base", "shifts": WEEK})
    with pytest.raises(UserError):
        save(desk, "calendar", {"name": "Hall", "time_zone": "Europe/Berlin", "shifts": WEEK, "country": "XX"})
    made = save(desk, "calendar", {"name": "Hall", "time_zone": "Europe/Berlin", "shifts": WEEK, "country": "DE"},
                children=(ChildChange("closed_day", None, {"day": "2026-12-28", "reason": "Inventory"}),))  # fmt: skip
    department = save(desk, "department", {"name": "Hall 1", "calendar_id": made.id})
    with pytest.raises(UserError, match="department refers to it"):
        desk.records.remove("calendar", made.id)
    save(desk, "department", {"calendar_id": None}, department.id)
    desk.records.remove("calendar", made.id)
    assert desk.reading.records.one("calendar", made.id) is None


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        ("queue", {"name": " "}, "Name is missing"),
        ("queue", {"name": "X", "kind": "other"}, "Kind is one of"),
        ("queue", {"name": "X", "tier": 7}, "Tier is a number from 1 to 3"),
        ("queue", {"name": "hotline"}, None),
        ("queue", {"name": "Hotline"}, "has this name already"),
        ("asset", {"tag": "M-1"}, "Name is missing"),
        ("department", {"name": "X", "review_date": "tomorrow"}, "tomorrow"),
        ("department", {"name": "X", "parent_id": b"x" * 16}, "refers"),
        ("template", {"name": "Hello", "text": "Hi", "language": "english"}, "is no language"),
    ],
)
def test_what_can_not_be_is_said(desk, table, values, told):
    if told is None:
        save(desk, table, values)
        return
    with pytest.raises(UserError, match=told):
        save(desk, table, values)


def test_every_field_has_a_german_name_for_refusals():
    kinds = KINDS.values()
    fields = [spec for kind in kinds for spec in (*kind.fields, *(s for child in kind.children for s in child.fields))]
    missing = {words(spec.name) for spec in fields} - WORDS.keys()
    assert not missing
    assert in_language("Time zone is missing.", "de") == "Zeitzone fehlt."


def test_languages_are_codes(desk):
    kept = save(desk, "department", {"name": "Paint", "language": " DE "})
    assert desk.reading.records.one("department", kept.id).values["language"] == "de"
    with pytest.raises(UserError, match='"german" is not a language'):
        save(desk, "department", {"language": "german"}, kept.id)
    with pytest.raises(UserError, match='"en;de" is not a language'):
        save(desk, "analyst", {"languages": "fr, en;de"}, desk.me)


def test_a_tree_has_no_circles(desk):
    works = save(desk, "department", {"name": "Works"})
    hall = save(desk, "department", {"name": "Hall", "parent_id": works.id})
    with pytest.raises(UserError, match="belongs to it"):
        save(desk, "department", {"parent_id": hall.id}, works.id)
    with pytest.raises(UserError, match="belongs to it"):
        save(desk, "department", {"parent_id": works.id}, works.id)


def test_roles_are_kept_and_nobody_locks_himself_out(desk, tmp_path: Path):
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    jo.sync_round()
    with pytest.raises(UserError, match="administrator"):
        save(jo, "queue", {"name": "Mine"})
    with pytest.raises(UserError, match="supervisor"):
        save(jo, "department", {"name": "Mine"})
    save(jo, "place", {"name": "Line 9"})
    jo.close()
    with pytest.raises(UserError, match="own administration"):
        save(desk, "analyst", {"role": "analyst"}, desk.me)


def test_what_is_used_is_put_aside_and_lists_say_so(desk):
    queue = save(desk, "queue", {"name": "Old"})
    desk.records.remove("queue", queue.id)
    assert all(line.name != "Old" for line in desk.reading.records.listing("queue").lines)
    (line,) = [x for x in desk.reading.records.listing("queue", "ol", inactive=True).lines if x.name == "Old"]
    assert not line.active
    assert save(desk, "queue", {"tier": 1}, queue.id).tx_id is None
    assert desk.reading.records.one("queue", new_id()) is None
