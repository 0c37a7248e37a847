"""A place that was named and can't be used: said in one sentence with what to do, and nothing was made anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.errors import UserError
from app.joining import join
from app.profile import Profile
from tests.desks import found_desk


def _found(tmp_path: Path, where: str) -> int:
    return main([
        "--profile", str(tmp_path / "new"), "--key-file", str(tmp_path / "new.keys"), "found", "--share", where,
        "--name", "IT desk", "--as", "Anna Kern", "--zone", "Europe/Berlin",
    ])  # fmt: skip


@pytest.mark.parametrize("where", ["", "  "])
def test_an_empty_place_is_not_the_folder_where_one_happens_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    """A script's variable was empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert _found(tmp_path, where) == 1
    assert "Say where the help desk is" in capsys.readouterr().err
    assert list((tmp_path / "here").iterdir()) == []
    assert not Profile(tmp_path / "new").attached


def test_a_folder_that_is_not_there_is_made_by_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _found(tmp_path, str(tmp_path / "gone")) == 1
    said = capsys.readouterr().err
    assert "There is no folder" in said
    assert "Work goes on here" not in said, "there is none yet"
    (tmp_path / "file").write_bytes(b"")
    assert _found(tmp_path, str(tmp_path / "file")) == 1
    assert "is a file; name a folder" in capsys.readouterr().err


def test_a_desk_is_not_moved_to_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = found_desk(tmp_path)
    desk.close()
    assert main(["--profile", str(desk.profile.folder), "move", "--to", str(tmp_path / "gone")]) == 1
    assert "There is no folder" in capsys.readouterr().err


def test_who_is_invited_to_a_drive_that_is_not_connected_reads_what_to_do(tmp_path: Path) -> None:
    desk = found_desk(tmp_path)
    line, _until = desk.invite("Jo Roth", "analyst")
    desk.close()
    share, jo = tmp_path / "share", Profile(tmp_path / "jo")
    share.rename(tmp_path / "there")
    with pytest.raises(UserError, match="halldesk join INVITATION --at WHERE"):
        join(jo, line, key_file=tmp_path / "jo.keys", clock=desk.context.clock)
    assert not jo.attached
    join(jo, line, at=str(tmp_path / "there"), key_file=tmp_path / "jo.keys", clock=desk.context.clock)
    assert jo.attached


def test_no_desk_is_founded_on_or_moved_to_what_the_doctor_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "Dropbox" / "desk"
    copied.mkdir(parents=True)
    (tmp_path / "Dropbox" / ".dropbox").mkdir()
    assert _found(tmp_path, str(copied)) == 1
    said = capsys.readouterr().err
    assert "Dropbox copies this folder" in said
    assert said.count("\n") == 1
    desk = found_desk(tmp_path)
    desk.close()
    desk.profile.save_settings({"language": "de"})
    assert main(["--profile", str(desk.profile.folder), "move", "--to", str(copied)]) == 1
    assert "Dropbox" in (told := capsys.readouterr().err)
    assert "Ordner" in told
    assert list(copied.iterdir()) == []
