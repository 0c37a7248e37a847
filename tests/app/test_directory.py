"""Names: their order, and what is found for what somebody typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.errors import UserError
from db.shapes import Department, Queue
from tests.desks import Clock, found_desk


@pytest.fixture
def desk(tmp_path: Path):
    clock = Clock()
    opened = found_desk(tmp_path, clock=clock)
    with opened.replica.transaction("admin.master", opened.me, at=clock()) as tx:
        for name in ("Group 10", "Group 2", "Ärzte", "group 1"):
            tx.insert(Queue, name=name, kind="product", tier=2)
        for name in ("Warehouse", "Warehouse night shift", "Größenprüfung"):
            tx.insert(Department, name=name)
    yield opened
    opened.close()


def test_queues_stand_as_people_read_them_the_front_line_first(desk: Desk):
    assert [q.name for q in desk.directory.all("queue")] == ["Hotline", "Ärzte", "group 1", "Group 2", "Group 10"]


def test_a_name_is_found_by_itself_its_beginning_or_without_umlauts(desk: Desk):
    names = {d.name: d.id for d in desk.directory.all("department")}
    assert desk.directory.resolve("department", "warehouse") == names["Warehouse"]
    assert desk.directory.resolve("department", "groessen") == names["Größenprüfung"]
    assert desk.directory.resolve("department", "night") == names["Warehouse night shift"]
    assert desk.directory.resolve("department", names["Warehouse"].hex()) == names["Warehouse"]


def test_what_is_not_clear_is_asked_back(desk: Desk):
    with pytest.raises(UserError, match=r"did you mean Warehouse, Warehouse night shift\?"):
        desk.directory.resolve("department", "ware")
    with pytest.raises(UserError, match=r"did you mean Hotline\?"):
        desk.directory.resolve("queue", "Hotlime")
    with pytest.raises(UserError, match="halldesk export queues"):
        desk.directory.resolve("queue", "xyzzy")


def test_a_new_name_is_known_at_once(desk: Desk):
    desk.directory.all("department")
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        made = tx.insert(Department, name="Paint shop")
    assert desk.directory.name("department", made) == "Paint shop"


def test_severities_by_rank_or_name(desk: Desk):
    assert desk.directory.severity("critical") == 1
    assert desk.directory.severity(3) == 3
    with pytest.raises(UserError, match="1 Critical"):
        desk.directory.severity("purple")
