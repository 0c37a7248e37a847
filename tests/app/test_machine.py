"""Two machines with one identity: a copied profile, a disk that was set back. Nothing is sent until a person decided,
nothing is lost, and one of the two goes on as this workstation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import recovery
from app.backup import backup
from app.cli import main
from app.colleagues import NOTHING
from app.desk import Desk
from app.errors import UserError
from app.machine import machine_id, machine_mark
from app.profile import Profile
from app.work.cases import NewCase
from db import incarnation
from db.errors import UsedElsewhere
from db.presence import KIND, name_of
from tests.desks import Clock, found_desk, join_desk

Sit = Callable[[str | None], None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sit down at another machine."""

    def move(name: str | None) -> None:
        monkeypatch.setattr("app.meeting.machine_id", lambda: name)
        monkeypatch.setattr("app.recovery.machine_id", lambda: name)

    move("workshop")
    return move


@pytest.fixture
def anna(tmp_path: Path, machine: Sit):
    desk = found_desk(tmp_path)
    desk.sync_round()
    yield desk
    desk.close()


def copied(desk: Desk, folder: Path) -> Desk:
    """The profile as it is now, on another disk; its keys lie in a file that both have."""
    shutil.copytree(desk.profile.folder, folder)
    return Desk(Profile(folder), clock=desk.context.clock)


def again(desk: Desk) -> Desk:
    """The program ends and begins again on this profile."""
    desk.close()
    return Desk(desk.profile, clock=desk.context.clock)


def later(desk: Desk, minutes: float = 120) -> None:
    clock = desk.context.clock
    assert isinstance(clock, Clock)
    clock.pass_minutes(minutes)


def titles(desk: Desk) -> list[str]:
    return [row[0] for row in desk.context.reader.all('SELECT title FROM "case" ORDER BY title')]


def test_on_another_machine_it_reads_and_sends_nothing_until_it_is_a_device_of_its_own(
    anna: Desk, tmp_path: Path, machine: Sit
) -> None:
    anna.cases.new(NewCase("Made before the copy", 3))
    copy = copied(anna, tmp_path / "copy")
    anna.sync_round()
    machine("laptop")
    with pytest.raises(UsedElsewhere, match=r"was copied from another machine.*halldesk recover --here"):
        copy.sync_round()
    assert copy.replica.head.seq == anna.replica.head.seq, "what the others wrote is read"
    copy.cases.new(NewCase("Made on the copy", 3))
    with pytest.raises(UsedElsewhere):
        copy.sync_round()
    with pytest.raises(UsedElsewhere):
        copy.snapshot()
    assert backup(copy, tmp_path / "copy.zip").entries
    machine("workshop")
    line, _expires = anna.enrolment.invite_again(anna.me)
    machine("laptop")
    recovery.recover_open(copy, line)
    copy.sync_round()
    machine("workshop")
    anna.sync_round()
    assert titles(anna) == titles(copy) == ["Made before the copy", "Made on the copy"], "sent by both, it counts once"
    assert [(d.name != "", d.here) for d in copy.devices.devices()].count((True, True)) == 1
    assert copy.devices.devices() != anna.devices.devices()
    assert anna.replica.digest == copy.replica.digest
    assert not copy.twin
    assert not anna.twin
    copy.close()


def test_the_original_is_gone_and_its_copy_is_the_workstation_from_now_on(
    anna: Desk, tmp_path: Path, machine: Sit, capsys: pytest.CaptureFixture[str]
) -> None:
    copied(anna, tmp_path / "copy").close()
    machine("new PC")
    assert main(["recover", "--here", "--profile", str(tmp_path / "copy")]) == 0
    assert "is the workstation from now on" in capsys.readouterr().out
    copy = Desk(Profile(tmp_path / "copy"), clock=anna.context.clock)
    copy.cases.new(NewCase("Goes on", 3))
    assert copy.sync_round().published == 1
    machine("workshop")
    anna = again(anna)
    anna.cases.new(NewCase("Kept on the old one", 3))
    with pytest.raises(UsedElsewhere, match=r"Entry \d+ of the shared log was written with this workstation's"):
        anna.sync_round()
    assert titles(anna) == ["Goes on", "Kept on the old one"]
    copy.sync_round()
    assert not copy.twin, "the one that stopped has written nothing"
    copy.close()
    anna.close()


def test_a_disk_image_on_a_machine_that_calls_itself_alike_is_found_out_by_its_nonce(
    anna: Desk, tmp_path: Path
) -> None:
    image = copied(anna, tmp_path / "image")
    later(anna)
    for desk in (anna, image):
        desk._syncer = None  # both start again
    anna.cases.new(NewCase("By the original", 3))
    anna.sync_round()
    image.cases.new(NewCase("By the image", 3))
    with pytest.raises(UsedElsewhere, match="copied, or set back with its disk"):
        image.sync_round()
    assert anna.sync_round().pending == 0
    line, _expires = anna.enrolment.invite_again(anna.me)
    recovery.recover(image.profile, line, clock=anna.context.clock)
    anna.sync_round()
    assert titles(anna) == ["By the image", "By the original"]
    assert not anna.twin
    image.close()


def test_a_copy_of_a_running_program_is_found_out_by_both(anna: Desk, tmp_path: Path) -> None:
    """The original goes on under the nonce that the copy has as well; the copy draws a new one."""
    image = copied(anna, tmp_path / "image")
    later(anna)
    image.cases.new(NewCase("By the image", 3))
    image.sync_round()
    anna.cases.new(NewCase("By the original", 3))
    with pytest.raises(UsedElsewhere):
        anna.sync_round()
    recovery.go_on_here(anna)
    image.cases.new(NewCase("Once more by the image", 3))
    with pytest.raises(UsedElsewhere):
        image.sync_round()
    assert titles(anna) == ["By the image", "By the original"]
    assert anna.sync_round().pending == 0
    image.close()


def test_a_sign_of_life_tells_before_anything_is_written(anna: Desk, tmp_path: Path) -> None:
    image = copied(anna, tmp_path / "image")
    later(anna)
    for desk in (anna, image):
        desk._syncer = None
        desk.meet()
    anna.colleagues.meet(NOTHING, often=True)
    with pytest.raises(UsedElsewhere, match="at work with this workstation's identity"):
        image.colleagues.meet(NOTHING, often=True)
    with pytest.raises(UsedElsewhere):
        image.sync_round()
    image.colleagues.leave()
    assert anna.replica.fact("device") in anna.signs_of_life(), "the original's file is left alone"
    image.close()


def _tells(desk: Desk) -> None:
    """The next sign of life, some minutes later."""
    later(desk, 5)
    desk.colleagues._presence = None
    desk.colleagues.meet(NOTHING, often=True)


def test_an_image_that_starts_within_the_hour_finds_a_later_sign_that_it_never_told(anna: Desk, tmp_path: Path) -> None:
    _tells(anna)
    image = copied(anna, tmp_path / "image")
    _tells(anna)
    with pytest.raises(UsedElsewhere, match="at work with this workstation's identity"):
        _tells(image)
    image.cases.new(NewCase("By the image", 3))
    with pytest.raises(UsedElsewhere):
        image.sync_round()
    _tells(anna)
    assert not anna.twin
    recovery.go_on_here(image)
    _tells(image)
    with pytest.raises(UsedElsewhere):
        _tells(anna)
    image.close()


def test_an_original_finds_the_sign_of_an_image_within_the_hour(anna: Desk, tmp_path: Path) -> None:
    _tells(anna)
    image = copied(anna, tmp_path / "image")
    _tells(image)
    with pytest.raises(UsedElsewhere, match="at work with this workstation's identity"):
        _tells(anna)
    _tells(image)
    assert not image.twin
    image.close()


def test_own_signs_are_known_whichever_program_told_them_and_however_old_they_come_back(anna: Desk) -> None:
    name = name_of(anna.replica.fact("device"))
    old = b""
    for _ in range(incarnation.KEPT_MARKS // 2 + 2):
        other = Desk(anna.profile, clock=anna.context.clock)
        _tells(other)
        other.colleagues._left = True  # it ends without taking its sign away
        other.close()
        _tells(anna)
        old = old or anna.log().get_side(KIND, name) or b""
    assert len(anna.replica.fact(incarnation.MARKS)) == incarnation.KEPT_MARKS
    anna.log().put_side(KIND, name, old)  # the share is restored from a copy
    _tells(anna)
    assert not anna.twin


def test_two_programs_of_one_profile_are_one_machine(anna: Desk) -> None:
    for n in range(6):
        other = Desk(anna.profile, clock=anna.context.clock)
        other.cases.new(NewCase(f"By command {n}", 3))
        other.sync_round()
        other.colleagues.meet(NOTHING, often=True)
        other.close()
        anna.cases.new(NewCase(f"In the window {n}", 3))
        anna.sync_round()
        anna.colleagues.meet(NOTHING, often=True)
        later(anna)
    assert len(incarnation.known(anna.replica.facts())) > 3
    assert not anna.twin


def test_a_store_that_was_set_back_or_made_anew_shows_own_entries_again(anna: Desk, tmp_path: Path) -> None:
    jo = join_desk(anna, tmp_path)
    for n in range(4):
        anna.cases.new(NewCase(f"Case {n}", 3))
        anna.sync_round()
        later(anna)
        anna = again(anna)
    anna.replica.start_over(anna.secret().desk_keys, None)
    anna.sync_round()
    assert titles(anna) == [f"Case {n}" for n in range(4)]
    assert not anna.twin
    jo.close()
    anna.close()


def test_nothing_is_put_right_where_nothing_is_wrong(anna: Desk) -> None:
    with pytest.raises(UserError, match="nothing to put right"):
        recovery.go_on_here(anna)


def test_a_machine_without_an_id_is_not_told_apart_by_it(anna: Desk, tmp_path: Path, machine: Sit) -> None:
    copy = copied(anna, tmp_path / "copy")
    machine(None)
    copy.sync_round()
    copy.close()


def test_the_id_itself_is_not_kept() -> None:
    assert machine_mark(b"s" * 16, None) is None
    assert machine_mark(b"s" * 16, "abc") != machine_mark(b"t" * 16, "abc")
    assert b"abc" not in (machine_mark(b"s" * 16, "abc") or b"")
    assert machine_id() == machine_id()
