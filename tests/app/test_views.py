"""Saved views and lists under headings: who has which, undo, the command line, and rows that add up."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from pathlib import Path

import pytest

from app.cli import main
from app.errors import UserError
from app.work.case_filter import ALL_CASES, CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.conditions import Conditions, condition
from app.work.groups import GROUPS, Grouped, grouped
from app.work.view_list import Definition, from_json, to_json
from db.shapes import View
from tests.desks import Clock, found_desk, join_desk

NEW = Definition(Conditions("all", (condition("status", "is", ["new"]),)), group="severity")
WAITING = Definition(Conditions("any", (condition("waiting_on", "is", ["parts"]),)), order="due", descending=True)


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path, clock=Clock())
    yield opened
    opened.close()


def test_views_are_mine_or_everybodys_and_keep_their_order(desk, tmp_path: Path):
    first = desk.views.save("Waits for parts", WAITING)
    second = desk.views.save("New", NEW, shared=True)
    third = desk.views.save("Mine too", NEW)
    assert [(v.name, v.shared) for v in desk.reading.views.all()] == [
        ("Waits for parts", False), ("Mine too", False), ("New", True),
    ]  # fmt: skip
    desk.views.move(third.case_id, -1)
    assert [v.name for v in desk.reading.views.all()] == ["Mine too", "Waits for parts", "New"]
    assert desk.reading.views.find("waits  for parts").definition == WAITING
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    jo.sync_round()
    assert [v.name for v in jo.reading.views.all()] == ["New"]
    with pytest.raises(UserError, match="supervisor"):
        jo.views.save("Everybody's", NEW, shared=True)
    with pytest.raises(UserError, match="supervisor"):
        jo.views.remove(second.case_id)
    jo.views.save("Jo's", NEW)
    with pytest.raises(UserError, match="not allowed"):
        jo.views.remove(first.case_id)
    jo.close()


def test_a_view_is_changed_removed_and_undone(desk):
    made = desk.views.save("New", NEW)
    with pytest.raises(UserError, match="already"):
        desk.views.save("new", WAITING)
    with pytest.raises(UserError, match="needs a name"):
        desk.views.save("  ", WAITING)
    changed = desk.views.save("Newest", WAITING, view_id=made.case_id)
    assert changed.case_id == made.case_id
    removed = desk.views.remove(made.case_id)
    assert desk.reading.views.all() == []
    desk.undoing.undo(removed.tx_id)
    desk.undoing.undo(changed.tx_id)
    (view,) = desk.reading.views.all()
    assert (view.name, view.definition) == ("New", NEW)


def test_a_view_of_a_newer_program_is_listed_and_said(desk):
    with desk.replica.transaction("view.save", desk.me, at=1) as tx:
        tx.insert(View, name="Later", owner_id=desk.me, definition='{"conditions": [{"field": "mood", "test": "is"}]}')
        tx.insert(View, name="Broken", owner_id=desk.me, definition="[")
    assert [v.definition for v in desk.reading.views.all()] == [None, None]
    assert from_json(to_json(NEW)) == NEW


def test_groups_add_up_to_the_list_whatever_is_folded(desk):
    for number in range(12):
        desk.context.clock.pass_minutes(60 * 30)
        case_id = desk.cases.new(NewCase(f"Case {number}", 1 + number % 3)).case_id
        if number % 4 == 0:
            desk.cases.claim(case_id)
    wanted = CaseList(CaseFilter(open_only=True))
    every = set(desk.lists.ids(wanted))
    for by in GROUPS:
        rows = grouped(desk.lists, wanted, by, ())
        assert rows.total == len(every)
        assert {rid for rid in rows if rid > 0} == every
        assert sorted(-rid for rid in rows if rid < 0) == list(range(1, len(rows.groups) + 1))
        seen = None
        for row in range(len(rows)):
            if (heading := rows.group_at(row)) is not None:
                seen = heading
        assert seen is not None
        folded = grouped(desk.lists, wanted, by, [rows.groups[0].key])
        assert folded.groups[0].folded
        assert len(folded) == len(rows) - rows.groups[0].count
        assert folded.total == rows.total
        shut = grouped(desk.lists, wanted, by, [group.key for group in rows.groups])
        assert shut.rids == array("q", range(-1, -len(rows.groups) - 1, -1))


def test_all_cases_there_ever_were_are_counted_under_the_right_headings_from_an_index(desk):
    queue = desk.context.reader.value("SELECT id FROM queue LIMIT 1")
    for number in range(12):
        case_id = desk.cases.new(
            NewCase(f"Case {number}", 1 + number % 3, queue_id=queue if number % 2 else None)
        ).case_id
        if number % 4 == 0:
            desk.cases.claim(case_id)
        if number % 3 == 0:
            desk.cases.resolve(case_id, "Done")
        elif number % 5 == 0:
            desk.cases.wait(case_id, "parts", next_step="Belt arrives")
    for by, column in (("status", "status"), ("severity", "severity"), ("tier", "tier"), ("queue", "queue_id"),
                       ("waiting_on", "waiting_on"), ("work_owner", "work_owner_id")):  # fmt: skip
        rows = grouped(desk.lists, ALL_CASES, by, ())
        found = desk.context.reader.all(f'SELECT {column} AS key FROM "case"')
        assert {g.key: g.count for g in rows.groups} == Counter(row["key"] for row in found), by
        assert len(rows) == 12 + len(rows.groups)
        prefix = "status, severity, tier, waiting_on, queue_id, work_owner_id"
        upto = prefix[: prefix.index(column) + len(column)]
        counted = f'SELECT count(*) FROM "case" WHERE description IS NOT NULL GROUP BY {upto}'
        plan = desk.context.reader.all(f"EXPLAIN QUERY PLAN {counted}")
        assert ["ix_case_counted" in row["detail"] for row in plan] == [True], by


def test_headings_stand_where_their_column_sorts(desk):
    for severity in (3, 1, 2, 1):
        desk.cases.new(NewCase("A case", severity))
    rows = grouped(desk.lists, CaseList(), "severity", ())
    assert [(group.key, group.count) for group in rows.groups] == [(1, 2), (2, 1), (3, 1)]
    lines = {line.rid: line for line in desk.lists.lines([rid for rid in rows if rid > 0])}
    under: dict[object, list[int]] = {}
    heading = None
    for row in range(len(rows)):
        group = rows.group_at(row)
        if group is not None:
            heading = group.key
        else:
            under.setdefault(heading, []).append(lines[rows[row]].severity)
    assert under == {1: [1, 1], 2: [2], 3: [3]}
    assert isinstance(rows, Grouped)


def test_the_command_line_makes_shows_uses_and_removes_views(desk, tmp_path: Path, capsys):
    desk.cases.new(NewCase("Spindle jams", 1))
    desk.cases.new(NewCase("Mouse", 3))
    desk.close()
    base = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys")]

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, *base])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    code, said, _ = run("view", "save", "Urgent", "--where", "severity", "most", "2", "--where", "status is new",
                        "--where", "owner", "is", "not", "me", "--sort", "due", "--offline")  # fmt: skip
    assert code == 0
    assert "Severity is at most 2 High and Status is New and Work owner or contact is not me" in said
    code, said, _ = run("view", "list", "--json")
    view = json.loads(said)
    assert (view["name"], view["cases"], view["order"], view["shared"]) == ("Urgent", 1, "due", False)
    code, said, _ = run("case", "list", "--view", "urgent", "--json")
    assert [json.loads(line)["title"] for line in said.splitlines()] == ["Spindle jams"]
    assert run("view", "rename", "Urgent", "Very urgent", "--offline")[0] == 0
    code, _, told = run("case", "list", "--view", "Urgent")
    assert code == 1
    assert "use one of: Very urgent" in told
    code, _, told = run("view", "save", "X", "--where", "queue", "is", "Nowhere", "--offline")
    assert code == 1
    assert "There is no queue named 'Nowhere'" in told
    assert "tests" in run("view", "fields")[1]
    assert run("view", "remove", "Very urgent", "--offline")[0] == 0
    assert "No views yet" in run("view", "list")[1]
