"""Lost keys, lost laptops and a lost administrator: what is not sent is kept, and nobody needs to begin anew."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from app import recovery
from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.profile import Profile
from app.verifying import check_log
from app.work.cases import NewCase
from db.errors import DeviceRevoked, NotInvited, Refused
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path):
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path):
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    desk.sync_round()
    yield desk
    desk.close()


def again(desk: Desk) -> Desk:
    """The program ends and begins again on this profile."""
    desk.close()
    return Desk(desk.profile, clock=desk.context.clock)


def titles(desk: Desk) -> list[str]:
    return [row[0] for row in desk.context.reader.all('SELECT title FROM "case" ORDER BY number IS NULL, number')]


def test_revoking_a_lost_laptop_changes_the_key_and_ends_open_invitations(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    anna.invite("Kim Ost", "analyst")
    anna.enrolment.revoke(anna.devices.find("Jo Roth"))
    assert anna.replica.generation == 2
    assert not anna.enrolment.overdue()
    assert [i.state for i in anna.devices.invitations()] == ["overtaken", "used"]
    anna.cases.new(NewCase("Nothing for the finder", 3))
    anna.sync_round()
    with pytest.raises(DeviceRevoked, match="revoked by Anna Kern on 2026-01-05"):
        jo.sync_round()
    assert titles(jo) == []
    with pytest.raises(UserError, match="this workstation was revoked"):
        jo.cases.new(NewCase("Too late", 3))
    line, _until = anna.invite("Kim Ost", "analyst")
    from app.joining import join

    join(Profile(tmp_path / "kim"), line, key_file=tmp_path / "kim.keys", clock=anna.context.clock)
    kim = Desk(Profile(tmp_path / "kim"), clock=anna.context.clock)
    try:
        assert titles(kim) == ["Nothing for the finder"]
        assert kim.replica.digest == anna.replica.digest or kim.replica.head.seq > anna.replica.head.seq
    finally:
        kim.close()


def test_a_workstation_whose_keys_are_lost_goes_on_with_the_work_that_waited(
    anna: Desk, jo: Desk, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.rename(tmp_path / "unplugged")
    for n in range(3):
        jo.cases.new(NewCase(f"Kept {n}", 3))
    (tmp_path / "unplugged").rename(share)
    (tmp_path / "jo.keys").unlink()
    jo = again(jo)
    with pytest.raises(UserError, match="halldesk recover INVITATION"):
        jo.sync_round()
    jo.close()
    anna.enrolment.revoke(anna.devices.find("Jo Roth"))
    line, _until = anna.enrolment.invite_again(jo.me)
    joined = recovery.recover(Profile(tmp_path / "jo"), line, clock=anna.context.clock)
    back = Desk(Profile(tmp_path / "jo"), clock=anna.context.clock)
    try:
        assert back.me == jo.me
        assert back.replica.pending_count() == 0
        assert back.replica.conflicts() == []
        back.cases.new(NewCase("Goes on", 3))
        back.sync_round()
        anna.sync_round()
        assert titles(anna) == ["Kept 0", "Kept 1", "Kept 2", "Goes on"]
        assert anna.replica.digest == back.replica.digest
        assert [d.may_write for d in anna.devices.devices()] == [True, True, False]
        assert joined.device != ""
        for desk in (anna, back):
            assert check_log(desk).problems == []
    finally:
        back.close()


def test_a_recovery_that_fails_leaves_the_profile_as_it_was(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    jo.cases.new(NewCase("Waits", 3))
    before = {key: jo.replica.fact(key) for key in ("device", "incarnation", "counter")}
    jo.close()
    profile = Profile(tmp_path / "jo")
    wrong_person, _until = anna.enrolment.invite_again(anna.me)
    newcomer, _until = anna.invite("Kim Ost", "analyst")
    other_desk = found_desk(tmp_path / "other")
    other, _until = other_desk.invite("Jo Roth", "analyst")
    other_desk.close()
    for line, why in (
        (wrong_person, "not for the analyst of this workstation"),
        (newcomer, "not for the analyst of this workstation"),
        (other, "another help desk"),
        ("halldesk1:nonsense", "not a whole invitation"),
    ):
        with pytest.raises(NotInvited, match=why):
            recovery.recover(profile, line, clock=anna.context.clock)
    same = Desk(profile, clock=anna.context.clock)
    try:
        assert {key: same.replica.fact(key) for key in before} == before
        assert same.sync_round().published == 1
    finally:
        same.close()


def test_the_drive_going_away_in_the_middle_of_a_recovery_does_no_harm(
    anna: Desk, jo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import StoreUnreachable
    from db.sync import Syncer

    jo.close()
    line, _until = anna.enrolment.invite_again(jo.me)

    def away(*_: object, **__: object) -> None:
        raise StoreUnreachable("unplugged")

    with monkeypatch.context() as patch:
        patch.setattr(Syncer, "round", away)
        with pytest.raises(StoreUnreachable):
            recovery.recover(Profile(tmp_path / "jo"), line, clock=anna.context.clock)
    back = Desk(Profile(tmp_path / "jo"), clock=anna.context.clock)
    try:
        assert back.sync_round().pending == 0
        anna.sync_round()
        assert len(anna.devices.devices()) == 3
        assert anna.replica.digest == back.replica.digest
    finally:
        back.close()


def test_what_has_expired_is_withdrawn_by_itself_and_its_keys_leave_the_store(anna: Desk, tmp_path: Path) -> None:
    anna.invite("Kim Ost", "analyst", 1)
    clock = anna.context.clock
    assert isinstance(clock, Clock)
    (line,) = anna.devices.invitations()
    log = anna.log()
    assert log.sides("invite") == [line.id.hex()]
    clock.pass_minutes(25 * 60)
    anna.sync_round()
    anna.sync_round()
    assert [i.state for i in anna.devices.invitations()] == ["withdrawn"]
    assert log.sides("invite") == []


def test_an_analyst_who_left_loses_the_key_without_anybody_thinking_of_it(anna: Desk, jo: Desk) -> None:
    from db.shapes import Analyst

    with anna.replica.transaction("analyst.edit", anna.me, at=anna.context.clock()) as tx:
        tx.update(Analyst, jo.me, active=False)
    anna.sync_round()
    assert anna.replica.generation == 2
    assert not anna.enrolment.overdue()


def test_the_last_administrators_workstation_can_not_be_revoked(anna: Desk, jo: Desk) -> None:
    from db.shapes import Analyst

    with anna.replica.transaction("analyst.edit", anna.me, at=anna.context.clock()) as tx:
        tx.update(Analyst, jo.me, role="administrator")
    anna.sync_round()
    jo.sync_round()
    jo.enrolment.revoke(jo.devices.find("Anna Kern"))
    with pytest.raises(UserError, match="you sit at"):
        jo.enrolment.revoke(jo.devices.find("Jo Roth"))


def test_the_root_key_makes_an_administrator_when_none_is_left(
    anna: Desk, jo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, words = tmp_path / "root.json", "correct horse battery"
    with pytest.raises(UserError, match="at least 12"):
        recovery.export_root_key(anna, file, "short")
    recovery.export_root_key(anna, file, words)
    with pytest.raises(UserError, match="there already"):
        recovery.export_root_key(anna, file, words)
    with pytest.raises(UserError, match="founded the desk only"):
        recovery.export_root_key(jo, tmp_path / "jo.json", words)
    assert words not in file.read_text(encoding="utf-8")
    store = jo.replica.fact("store")
    with pytest.raises(UserError, match="passphrase is wrong"):
        recovery.read_root_key(file, "something else", store)
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="holds no root key"):
        recovery.read_root_key(tmp_path / "broken.json", words, store)
    recovery.appoint(jo, recovery.read_root_key(file, words, store))
    jo.sync_round()
    anna.sync_round()
    assert anna.directory.get("analyst", jo.me).note == "administrator"  # type: ignore[union-attr]
    assert anna.replica.digest == jo.replica.digest
    with pytest.raises(UserError, match="administrator already"):
        recovery.appoint(jo, recovery.read_root_key(file, words, store))


def test_without_the_root_key_nobody_appoints_himself(anna: Desk, jo: Desk) -> None:
    from db.keys import new_seed, sign_enrolment
    from db.shapes import Analyst

    with pytest.raises(UserError, match="another help desk"):
        recovery.appoint(jo, new_seed())

    def appoints_himself() -> None:
        with jo.replica.transaction("root.appoint", jo.me, at=1) as tx:
            tx.extra = {"proof": sign_enrolment(new_seed(), b"x")}
            tx.update(Analyst, jo.me, role="administrator")

    with pytest.raises(Refused, match="the root key did not sign it"):
        appoints_himself()


def test_the_command_line_changes_the_key_and_brings_a_workstation_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()

    def run(who: str, *words: str, code: int = 0) -> str:
        place = ["--profile", str(tmp_path / who), "--key-file", str(tmp_path / f"{who}.keys")]
        assert main([*words, *place]) == code
        said = capsys.readouterr()
        return said.out if code == 0 else said.err

    def invitation(*words: str) -> str:
        return run("anna", "invite", *words).split()[0]

    run("anna", "found", "--share", str(tmp_path / "share"), "--name", "IT", "--as", "Anna Kern", "--zone", "UTC")
    run("jo", "join", invitation("--name", "Jo Roth"))
    invitation("--name", "Kim Ost")
    assert "invite again: Kim Ost" in run("anna", "rotate-key")
    (tmp_path / "jo.keys").unlink()
    assert "halldesk recover INVITATION" in run("jo", "sync", code=1)
    assert "Back in IT" in run("jo", "recover", invitation("--for", "Jo Roth"))
    assert run("jo", "sync").startswith("sent 0")
    monkeypatch.setattr("sys.stdin", StringIO("four words to keep\n"))
    run("anna", "root-key", "export", str(tmp_path / "root.json"))
    monkeypatch.setattr("sys.stdin", StringIO("four words to keep\n"))
    assert "Jo Roth is an administrator now" in run("jo", "recover", "--root-key", str(tmp_path / "root.json"))
