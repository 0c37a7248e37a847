"""What holds for every file of the project, whatever it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("app", "db", "docs", "packaging", "resources", "tests", "ui")
TEXT = {".py", ".md", ".ts", ".toml", ".txt", ".json", ".svg", ".html", ".css", ".csv"}
# Put together, so that this file has none itself.
UNSOLVED = re.compile(rb"^(?:" + b"|".join((b"<" * 7, b">" * 7, rb"\|" * 7)) + rb")(?: |$)", re.MULTILINE)


def _texts() -> list[Path]:
    found = [file for file in ROOT.iterdir() if file.suffix in TEXT]
    for folder in OURS:
        found += [file for file in (ROOT / folder).rglob("*") if file.suffix in TEXT and file.is_file()]
    return found


def test_no_merge_was_left_unsolved():
    texts = _texts()
    assert len(texts) > 900
    assert [str(file.relative_to(ROOT)) for file in texts if UNSOLVED.search(file.read_bytes())] == []


def test_the_marks_of_a_merge_are_known():
    for mark in ("<", ">", "|"):
        assert UNSOLVED.search(f"a\n{mark * 7} theirs\n".encode())
    assert not UNSOLVED.search(b"=======\n<<<< not one\n")
