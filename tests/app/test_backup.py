"""A backup is made when something is wrong: of a share that is full, too, with what it alone has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.backup import backup, restore_share
from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.work.cases import NewCase
from db.errors import StorageError, StoreFull
from tests.desks import found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Desk]:
    """Anna's desk; a file of a case is on the share and not on her workstation."""
    with closing(found_desk(tmp_path)) as desk:
        with closing(join_desk(desk, tmp_path)) as jo:
            case = jo.cases.new(NewCase("The press leaks", 2)).case_id
            jo.sync_round()
            jo.cases.attach(case, [jo.attachments.keep("oil.png", b"picture" * 1000)])
            jo.sync_round()
        desk.sync_round()
        yield desk


def test_a_full_share_is_read_for_a_backup(anna: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise StoreFull("The drive is full.")

    monkeypatch.setattr(anna, "sync_round", full)
    made = backup(anna, tmp_path / "desk.zip")
    assert (made.alone, made.unread, anna.trouble) == (False, 0, "The drive is full.")
    (tmp_path / "new").mkdir()
    restore_share(tmp_path / "desk.zip", str(tmp_path / "new"))
    assert blobs(tmp_path / "new") == blobs(tmp_path / "share") != []


def test_a_share_that_is_away_is_named_as_what_lacks(
    anna: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "share").rename(tmp_path / "away")
    words = ["--profile", str(anna.profile.folder), "backup"]
    assert main([*words, str(tmp_path / "desk.zip")]) == 0
    said = capsys.readouterr().out
    assert "attachments that are only there are not in it" in said
    assert "can't be reached" in said


def test_a_damaged_backup_brings_back_the_rest_and_says_what_is_missing(
    anna: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "desk.zip"
    backup(anna, file)
    data = bytearray(file.read_bytes())
    raw = anna.replica.entry(2)
    assert raw is not None
    data[data.index(raw) + 50] ^= 1
    file.write_bytes(data)
    (tmp_path / "new").mkdir()
    words = ["--json", "--profile", str(tmp_path / "nobody"), "restore", str(file), "--share", str(tmp_path / "new")]
    assert main(words) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["damaged"], said["unread"], said["entries"]) == ([2], 0, anna.replica.head.seq - 1)
    assert main([word for word in words if word != "--json"]) == 1
    assert "Damaged in the backup and left out: 1 entry (2)." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone.zip", "There is no file"),
        ("text.zip", "is no whole backup"),
        ("card.zip", "The card of the help desk"),
    ],
)
def test_what_is_no_backup_is_said_and_nothing_is_made(anna: Desk, tmp_path: Path, name: str, sentence: str) -> None:
    backup(anna, tmp_path / "card.zip")
    (tmp_path / "text.zip").write_text("no zip")
    data = bytearray((tmp_path / "card.zip").read_bytes())
    card = anna.replica.fact("card")
    data[data.index(card)] ^= 1
    (tmp_path / "card.zip").write_bytes(data)
    (tmp_path / "new").mkdir()
    with pytest.raises((UserError, StorageError), match=sentence):
        restore_share(tmp_path / name, str(tmp_path / "new"))
    assert list((tmp_path / "new").iterdir()) == []


def test_a_backup_into_a_folder_that_is_not_there_says_so(anna: Desk, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no folder .*; make it first"):
        backup(anna, tmp_path / "gone" / "desk.zip")
    with pytest.raises(StorageError, match="is there already"):
        backup(anna, tmp_path)


def blobs(share: Path) -> list[str]:
    return sorted(path.name for path in (share / "hd" / "blob").rglob("*") if path.is_file())
