"""The command line refuses in the language of the person: in German where that is set, in English to programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.cli.language import system_language
from app.profile import Profile
from tests.desks import found_desk

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def common(tmp_path: Path) -> list[str]:
    desk = found_desk(tmp_path)
    desk.close()
    return ["--profile", str(desk.profile.folder)]


@pytest.mark.parametrize(
    ("chosen", "system", "said"),
    [
        ("de", "C.UTF-8", "halldesk: Hier gibt es keinen Fall „7“; suchen Sie ihn, oder gleichen Sie zuerst ab.\n"),
        (
            "system",
            "de_AT.UTF-8",
            "halldesk: Hier gibt es keinen Fall „7“; suchen Sie ihn, oder gleichen Sie zuerst ab.\n",
        ),
        ("system", "en_GB.UTF-8", "halldesk: There is no case '7' here; look with `halldesk find`, or sync first.\n"),
        ("en", "de_DE.UTF-8", "halldesk: There is no case '7' here; look with `halldesk find`, or sync first.\n"),
    ],
)
def test_it_follows_the_window_else_the_system(common, capsys: Printed, monkeypatch, chosen, system, said):
    if chosen == "system" and sys.platform == "win32":
        pytest.skip("Windows is asked itself, whatever the variables say")
    monkeypatch.setenv("LC_ALL", system)
    Profile(Path(common[1])).save_settings({"language": chosen})
    assert main(["case", "show", "7", *common]) == 1
    assert capsys.readouterr().err == said


def test_what_the_store_and_the_log_refuse_is_german_too(common, capsys: Printed, tmp_path):
    Profile(Path(common[1])).save_settings({"language": "de"})
    (tmp_path / "share" / "hd").rename(tmp_path / "away")
    (tmp_path / "share").rmdir()
    assert main(["sync", *common]) == 1
    said = capsys.readouterr().err
    assert said.startswith("halldesk: ")
    assert "nicht erreichbar" in said or "antwortet nicht" in said


def test_programs_are_refused_in_english(common, capsys: Printed):
    Profile(Path(common[1])).save_settings({"language": "de"})
    assert main(["case", "show", "7", *common, "--json"]) == 1
    printed = capsys.readouterr()
    assert "There is no case '7' here" in printed.err + json.dumps(printed.out)


@pytest.mark.parametrize(
    ("surroundings", "language"),
    [
        ({"LANG": "de_CH.UTF-8"}, "de"), ({"LANG": "de_DE", "LC_ALL": "C"}, "en"), ({}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:en"}, "de"), ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)  # fmt: skip
def test_the_system_says_its_language_as_unix_does(monkeypatch, surroundings, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert system_language() == language
