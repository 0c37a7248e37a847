"""Who may enter and who no longer may: invitations, another workstation for somebody, a lost laptop."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import joining
from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.joining import join
from app.profile import Profile
from db.errors import NotInvited
from db.keys import InvitationText
from db.presence import KIND, Beat
from db.replica import Replica
from tests.desks import found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path):
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


def enters(desk: Desk, line: str, folder: Path) -> Desk:
    join(Profile(folder), line, key_file=folder.with_suffix(".keys"), clock=desk.context.clock)
    return Desk(Profile(folder), clock=desk.context.clock)


def states(desk: Desk) -> dict[str, str]:
    return {line.name: line.state for line in desk.devices.invitations()}


def test_an_analyst_gets_a_second_workstation_and_is_the_same_person_there(anna: Desk, tmp_path: Path) -> None:
    jo = join_desk(anna, tmp_path)
    anna.sync_round()
    line, _expires = anna.enrolment.invite_again(jo.me)
    second = enters(anna, line, tmp_path / "laptop")
    try:
        assert second.me == jo.me
        anna.sync_round()
        assert [d.analyst for d in anna.devices.devices()] == ["Anna Kern", "Jo Roth", "Jo Roth"]
        assert len(anna.directory.all("analyst")) == 2
        assert [i.other_workstation for i in anna.devices.invitations()] == [True, False]
        with pytest.raises(NotInvited, match="used already"):
            enters(anna, line, tmp_path / "third")
    finally:
        second.close()
        jo.close()


def test_of_two_who_enter_with_one_invitation_at_once_the_second_reads_that_it_was_used(
    anna: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, _expires = anna.invite("Jo Roth", "analyst")
    asked, faster = joining.invited, iter([tmp_path / "faster"])

    def overtaken(replica: Replica, text: InvitationText) -> tuple[str, bytes | None]:
        found = asked(replica, text)
        if (folder := next(faster, None)) is not None:
            enters(anna, line, folder).close()
        return found

    monkeypatch.setattr(joining, "invited", overtaken)
    with pytest.raises(NotInvited, match="used already"):
        enters(anna, line, tmp_path / "slower")
    assert not Profile(tmp_path / "slower").attached
    anna.sync_round()
    assert [device.analyst for device in anna.devices.devices()] == ["Anna Kern", "Jo Roth"]


def test_a_withdrawn_invitation_opens_nothing_and_its_sealed_keys_are_gone(anna: Desk, tmp_path: Path) -> None:
    line, _expires = anna.invite("Jo Roth", "analyst")
    (open_one,) = anna.devices.invitations()
    assert anna.log().get_side("invite", open_one.id.hex()) is not None
    anna.enrolment.withdraw(open_one)
    assert anna.log().get_side("invite", open_one.id.hex()) is None
    assert states(anna) == {"Jo Roth": "withdrawn"}
    with pytest.raises(NotInvited, match="ask for a new one"):
        enters(anna, line, tmp_path / "jo")
    with pytest.raises(UserError, match="it was withdrawn"):
        anna.enrolment.withdraw(anna.devices.invitations()[0])


def test_who_is_there_already_is_invited_as_another_workstation(anna: Desk) -> None:
    with pytest.raises(UserError, match='--for "Anna Kern"'):
        anna.invite("Anna  Kern", "analyst")
    with pytest.raises(UserError, match="no role"):
        anna.invite("Jo Roth", "king")
    with pytest.raises(UserError, match="1 to 90 days"):
        anna.invite("Jo Roth", "analyst", 0)
    assert anna.devices.invitations() == []


def test_a_device_is_found_by_name_person_or_id_and_never_by_guess(anna: Desk, tmp_path: Path) -> None:
    jo = join_desk(anna, tmp_path)
    anna.sync_round()
    jo.close()
    first, second = anna.devices.devices()
    assert anna.devices.find("jo roth") == second
    assert anna.devices.find(second.short_id) == second
    with pytest.raises(UserError, match="several devices"):
        anna.devices.find(first.name)
    with pytest.raises(UserError, match="device list"):
        anna.devices.find("")
    anna.enrolment.rename(second, "laptop 7")
    assert anna.devices.find("LAPTOP 7").name == "laptop 7"
    with pytest.raises(UserError, match="you sit at"):
        anna.enrolment.revoke(anna.devices.find("Anna Kern"))


def test_the_command_line_invites_lists_and_revokes(anna: Desk, tmp_path: Path, capsys) -> None:
    jo = join_desk(anna, tmp_path)
    jo.close()
    anna.sync_round()
    profile = ["--profile", str(anna.profile.folder), "--key-file", str(tmp_path / "anna.keys")]
    assert main(["invite", "--for", "Jo", *profile]) == 0
    assert "halldesk1:" in capsys.readouterr().out
    assert main(["invitation", "list", *profile]) == 0
    assert "used" in capsys.readouterr().out
    assert main(["invitation", "withdraw", "Jo Roth", *profile]) == 0
    assert main(["device", "revoke", "Jo Roth", *profile]) == 0
    capsys.readouterr()
    gone = anna.devices.find("Jo Roth")
    beat = Beat(gone.id, gone.analyst_id, 1, 3, 1, "1.0", 1_767_697_200_000)
    anna.log().put_side(KIND, beat.name, beat.seal(2, anna.secret().desk_keys[2], anna.replica.fact("store")))
    assert main(["device", "list", *profile]) == 0
    assert "2026-01-06T11:00" in capsys.readouterr().out, "the sign of life is younger than the newest entry"
    assert main(["device", "list", "--json", *profile]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert '"active": false' in lines[1]
    assert '"last_seen": "2026-01-06T11:00:00Z"' in lines[1]
    assert main(["device", "revoke", "Jo Roth", *profile]) == 1
    assert "revoked already" in capsys.readouterr().err


def test_names_are_one_short_line(anna: Desk) -> None:
    with pytest.raises(UserError, match="at most 100 characters; this one has 3000"):
        anna.invite("x" * 3000, "analyst")
    with pytest.raises(UserError, match="at most 100 characters"):
        anna.enrolment.rename(anna.devices.devices()[0], "y" * 101)
    anna.invite("Kim\nvan\t Ost\x07\x1b[2J", "analyst")
    assert list(states(anna)) == ["Kim van Ost [2J"]


def test_nothing_is_dropped_that_is_not_old(anna: Desk) -> None:
    with pytest.raises(UserError, match="--days is 0 or more"):
        anna.compact(days=-1, without_packs=False)
