"""A workstation's own file that something damaged: one sentence, and a way back in that loses nothing that was sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app import recovery
from app.cli import main
from app.damage import Damaged
from app.desk import Desk
from app.joining import join
from app.profile import Profile
from app.reading import ReadingDesk, needs_upgrade
from app.work.cases import NewCase
from db.errors import NotInvited
from tests.desks import Clock, found_desk, join_desk

_PAGE = 4096


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _no_database(file: Path) -> None:
    file.write_bytes(b"\xa5" * file.stat().st_size)


def _torn(file: Path) -> None:
    """The first page, which names the tables, stays; every other one is gone."""
    data = file.read_bytes()
    file.write_bytes(data[:_PAGE] + b"\xa5" * (len(data) - _PAGE))


damages = pytest.mark.parametrize("damage", [_emptied, _no_database, _torn])


@pytest.fixture
def anna(tmp_path: Path):
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path) -> Profile:
    """Jo's workstation, which ended in order after it had opened a case."""
    with closing(join_desk(anna, tmp_path)) as desk:
        desk.cases.new(NewCase("The press leaks", 2))
        desk.sync_round()
        return desk.profile


@damages
def test_each_command_says_in_one_sentence_what_to_do(
    jo: Profile, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(jo.replica)
    for words in (["status"], ["sync"], ["case", "list"], ["verify"], ["case", "new", "--title", "x"]):
        assert main(["--profile", str(jo.folder), *words]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "copy of the desk is damaged" in said
        assert "halldesk recover INVITATION" in said


@damages
def test_the_window_is_told_before_it_opens(jo: Profile, damage: Callable[[Path], None]) -> None:
    damage(jo.replica)
    for opens in (needs_upgrade, ReadingDesk, Desk):
        with pytest.raises(Damaged, match="halldesk invite --for"):
            opens(jo)


@damages
def test_an_invitation_brings_the_workstation_back_and_the_file_is_kept(
    anna: Desk, jo: Profile, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    damage(jo.replica)
    damaged = jo.replica.read_bytes()
    anna.sync_round()
    line, _until = anna.enrolment.invite_again(anna.directory.resolve("analyst", "Jo Roth"))
    joined = recovery.recover(jo, line, clock=anna.context.clock)
    assert Path(joined.aside).read_bytes() == damaged
    anna.sync_round()
    with closing(Desk(jo, clock=anna.context.clock)) as desk:
        desk.sync_round()
        assert desk.replica.digest == anna.replica.digest
        assert desk.replica.rows_digest() == desk.replica.digest
        assert desk.context.reader.value('SELECT title FROM "case"') == "The press leaks"


def test_a_recovery_that_is_not_let_in_leaves_the_damaged_profile_as_it_was(
    anna: Desk, jo: Profile, tmp_path: Path
) -> None:
    _no_database(jo.replica)
    before = {path.name: path.read_bytes() for path in jo.folder.iterdir() if path.is_file()}
    anna.sync_round()
    line, _until = anna.enrolment.invite_again(anna.directory.resolve("analyst", "Jo Roth"))
    anna.enrolment.withdraw(anna.devices.find_invitation("Jo Roth"))
    with pytest.raises(NotInvited):
        recovery.recover(jo, line, clock=Clock())
    assert {path.name: path.read_bytes() for path in jo.folder.iterdir() if path.is_file()} == before


def test_other_errors_of_the_database_are_no_damage(jo: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_anything: object) -> None:
        raise sqlite3.OperationalError("no such column: wrong")

    monkeypatch.setattr("app.cli.desk._status", fails)
    with pytest.raises(sqlite3.OperationalError):
        main(["--profile", str(jo.folder), "status"])


def test_damaged_settings_keep_nobody_from_work(jo: Profile, expect_log) -> None:
    file = jo.folder / "settings.json"
    file.write_text("{", encoding="utf-8")
    expect_log("what was chosen on this workstation is lost")
    assert jo.settings() == {}
    assert (jo.folder / "settings.damaged.json").read_text(encoding="utf-8") == "{"
    jo.save_settings({"language": "de"})
    assert jo.settings() == {"language": "de"}


def test_whoever_joins_where_only_the_card_is_gone_keeps_what_was_not_sent(
    anna: Desk, jo: Profile, tmp_path: Path
) -> None:
    with closing(Desk(jo, clock=anna.context.clock)) as desk:
        desk.cases.new(NewCase("Never sent", 3))
    before = jo.replica.read_bytes()
    (jo.folder / "desk.json").unlink()
    anna.sync_round()
    line, _until = anna.enrolment.invite_again(anna.directory.resolve("analyst", "Jo Roth"))
    join(jo, line, key_file=tmp_path / "jo.keys", clock=anna.context.clock)
    (aside,) = jo.folder.glob("replica.damaged-*.db")
    assert aside.read_bytes() == before


def test_a_damaged_key_file_says_how_to_come_back(
    jo: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jo.keys").write_text("no keys", encoding="utf-8")
    assert main(["--profile", str(jo.folder), "sync"]) == 1
    said = capsys.readouterr().err
    assert "is damaged. Put a copy of it back" in said
    assert said.count("\n") == 1
