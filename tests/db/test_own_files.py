"""What is said where a file that a person named can't be read or written."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from app.refusals import in_language
from db.own_files import unreadable, unwritable


def _error(number: int) -> OSError:
    return OSError(number, "as the system calls it")


def test_a_folder_in_the_way_and_one_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    assert unwritable(tmp_path, _error(errno.EISDIR)) == f"{tmp_path} is a folder; name a file in it."
    gone = tmp_path / "gone" / "desk.zip"
    assert unwritable(gone, _error(errno.ENOENT)).startswith(f"There is no folder {gone.parent}; make it first")
    assert unreadable(gone, _error(errno.ENOENT)) == f"There is no file {gone}."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full; make room"),
        (errno.EFBIG, "is full; make room"),
        (errno.EROFS, "check its permissions"),
        (errno.EACCES, "check its permissions"),
        (errno.EIO, "as the system calls it"),
    ],
)
def test_each_says_what_to_do_in_both_languages(tmp_path: Path, number: int, words: str) -> None:
    said = unwritable(tmp_path / "file", _error(number))
    assert words in said
    assert in_language(said, "de") != said


def test_content_that_is_not_what_is_wanted_is_no_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(UnicodeDecodeError) as text:
        b"\xff".decode()
    with pytest.raises(ValueError, match="Expecting") as data:
        json.loads("no json")
    assert "is no text in UTF-8" in unreadable(tmp_path / "a.txt", text.value)
    assert "is damaged, or another kind of file" in unreadable(tmp_path / "a.json", data.value)
