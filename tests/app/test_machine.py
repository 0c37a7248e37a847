"""A profile copied to another machine sends nothing; its unsent work comes along to a workstation of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.backup import backup, restore_work
from app.desk import Desk, join
from app.errors import UserError
from app.machine import machine_id, machine_mark
from app.profile import Profile
from app.work.cases import NewCase
from tests.desks import found_desk


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Sit down at another machine."""

    def move(name: str | None) -> None:
        monkeypatch.setattr("app.desk.machine_id", lambda: name)

    move("workshop")
    return move


def _copy(desk: Desk, folder: Path) -> Desk:
    shutil.copytree(desk.profile.folder, folder)
    return Desk(Profile(folder), clock=desk.context.clock)


def test_a_copied_profile_sends_nothing_and_its_work_is_brought_to_a_device_of_its_own(
    tmp_path: Path, machine: Callable[[str | None], None]
) -> None:
    anna = found_desk(tmp_path)
    anna.sync_round()
    anna.cases.new(NewCase("Made before the copy", 3))
    copy = _copy(anna, tmp_path / "copy")
    machine("laptop")
    head = anna.replica.head
    with pytest.raises(UserError, match=r"was copied from another machine.*Ask an administrator"):
        copy.sync_round()
    assert copy.replica.head == head
    backup(copy, tmp_path / "copy.zip")
    machine("workshop")
    line, _expires = anna.enrolment.invite_again(anna.me)
    machine("laptop")
    folder = tmp_path / "own"
    join(Profile(folder), line, key_file=tmp_path / "own.keys", clock=anna.context.clock)
    own = Desk(Profile(folder), clock=anna.context.clock)
    assert restore_work(own, tmp_path / "copy.zip") == 1
    own.sync_round()
    titles = own.context.reader.all('SELECT title FROM "case"')
    assert [row["title"] for row in titles] == ["Made before the copy"], "sent by both, it counts once"
    for desk in (anna, copy, own):
        desk.close()


def test_a_machine_without_an_id_is_not_told_apart(tmp_path: Path, machine: Callable[[str | None], None]) -> None:
    anna = found_desk(tmp_path)
    anna.sync_round()
    copy = _copy(anna, tmp_path / "copy")
    machine(None)
    copy.sync_round()
    for desk in (anna, copy):
        desk.close()


def test_the_id_itself_is_not_kept() -> None:
    assert machine_mark(b"s" * 16, None) is None
    assert machine_mark(b"s" * 16, "abc") != machine_mark(b"t" * 16, "abc")
    assert b"abc" not in (machine_mark(b"s" * 16, "abc") or b"")
    assert machine_id() == machine_id()
