"""A log that ends at a damaged entry: whoever has nothing to send is told as well, and checking says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.verifying import check_log
from app.work.cases import NewCase
from db.errors import EntryDamaged
from tests.desks import found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Desk]:
    with closing(found_desk(tmp_path)) as desk:
        yield desk


def slot(share: Path, seq: int) -> Path:
    return share / "hd" / "log" / "e0001" / "000000000" / f"{seq:012d}.e"


def test_who_has_nothing_to_send_is_told_until_the_entry_is_back(anna: Desk, tmp_path: Path) -> None:
    with closing(join_desk(anna, tmp_path)) as jo:
        anna.sync_round()
        jo.cases.new(NewCase("Came while the power went", 3))
        jo.sync_round()
        file = slot(tmp_path / "share", jo.replica.head.seq)
        whole = file.read_bytes()
        file.write_bytes(bytes(len(whole)))
        for _look in range(2):
            assert anna.has_news()
            with pytest.raises(EntryDamaged, match="halldesk repair"):
                anna.sync_round()
        file.write_bytes(whole)
        anna.sync_round()
        assert anna.replica.digest == jo.replica.digest
    anna.has_news()  # the first look of this run counts from here
    assert not anna.has_news()


def test_the_command_says_it_too(anna: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slot(tmp_path / "share", anna.replica.head.seq + 1).write_bytes(b"torn")
    assert main(["--profile", str(anna.profile.folder), "sync"]) == 1
    assert "halldesk repair" in capsys.readouterr().err
    assert main(["--profile", str(anna.profile.folder), "verify"]) == 1
    assert "is not whole in the store" in capsys.readouterr().out


def test_a_check_without_the_store_says_that_it_was_not_compared(
    anna: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not check_log(anna).notes
    (tmp_path / "share").rename(tmp_path / "away")
    result = check_log(anna)
    assert result.ok
    (note,) = result.notes
    assert note.startswith("The store was not compared with this copy: The folder")
    assert main(["--profile", str(anna.profile.folder), "--json", "verify"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == [note]
    (tmp_path / "share").mkdir()
    (note,) = check_log(anna).notes
    assert "There is no help desk at" in note


def test_status_says_what_the_last_round_found_wrong_until_one_goes_well(
    anna: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--profile", str(anna.profile.folder)]
    torn = slot(tmp_path / "share", anna.replica.head.seq + 1)
    torn.write_bytes(b"torn")
    assert main([*words, "sync"]) == 1
    capsys.readouterr()
    assert main([*words, "status"]) == 0
    assert "the last round failed: Entry " in capsys.readouterr().out
    (tmp_path / "share").rename(tmp_path / "away")
    assert main([*words, "sync"]) == 1
    (tmp_path / "away").rename(tmp_path / "share")
    torn.unlink()
    assert main([*words, "sync"]) == 0
    capsys.readouterr()
    assert main([*words, "--json", "status"]) == 0
    assert json.loads(capsys.readouterr().out)["trouble"] == ""
