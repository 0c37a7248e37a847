"""The knowledge base from a script: `halldesk article ...`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.desks import found_desk


class Terminal:
    """Runs commands on one profile, in this process."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile, self._capsys = profile, capsys

    def text(self, *words: str, code: int = 0) -> str:
        got = main([*words, "--profile", str(self.profile)])
        said = self._capsys.readouterr()
        assert got == code, said
        return said.err if code else said.out

    def json(self, *words: str) -> Any:
        lines = self.text(*words, "--json").splitlines()
        return json.loads(lines[0]) if len(lines) == 1 else [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("by command")
    found_desk(folder).close()
    return folder / "anna"


@pytest.fixture
def halldesk(profile: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(profile, capsys)


def test_an_article_lives_by_command(halldesk: Terminal, tmp_path: Path):
    picture = tmp_path / "back.png"
    picture.write_bytes(b"\x89PNG")
    new = halldesk.json(
        "article", "new", "--title", "Größere Labels", "--problem", "Zu groß", "--solution", "1. Reset",
        "--tag", "labels", "--attach", str(picture),
    )  # fmt: skip
    assert (new["state"], new["owner"], new["tags"], new["saved"]) == ("rough", "Anna Kern", ["labels"], True)
    short = new["id"][:8]
    halldesk.text("article", "set", short, "--solution", "1. Reset\n2. Wait", "--no-tag", "labels", "--language", "de")
    assert "is so already" in halldesk.text("article", "set", short, "--language", "de")
    assert halldesk.json("article", "state", short, "reviewed")["review_date"]
    assert halldesk.json("article", "publish", short, "--comment", "good")["state"] == "published"
    shown = halldesk.json("article", "show", "groessere labels")
    assert (shown["tags"], shown["language"], len(shown["versions"])) == ([], "de", 4)
    assert [file["name"] for file in shown["attachments"]] == ["back.png"]
    halldesk.text("article", "attachment", short, "back.png", "--save", str(tmp_path / "out.png"))
    assert (tmp_path / "out.png").read_bytes() == b"\x89PNG"
    diff = halldesk.text("article", "diff", short, "--from", "1", "--to", "4")
    assert "{+" in diff
    assert "2. Wait" in diff
    assert "state: rough > published" in diff
    assert halldesk.json("article", "restore", short, "1")["solution"] == "1. Reset"
    assert "versions 1 to 5" in halldesk.text("article", "restore", short, "9", code=1)


def test_a_draft_from_a_case_counts_its_use(halldesk: Terminal):
    case = halldesk.json("case", "new", "--title", "No network in hall 2", "--solved", "Plugged it in")
    draft = halldesk.json("article", "draft", str(case["number"]))
    assert (draft["title"], draft["solution"], draft["helped"]) == ("No network in hall 2", "Plugged it in", 1)
    other = str(halldesk.json("case", "new", "--title", "Again")["number"])
    assert halldesk.json("article", "use", draft["id"], "--case", other, "--did-not-help")["tried"] == 2
    halldesk.text("article", "state", draft["id"], "generic")
    assert draft["id"] in [line["id"] for line in [halldesk.json("article", "list", "--review")]]
    halldesk.json("case", "resolve", other, "--resolution", "as written", "--article", "No network in hall 2")
    used = halldesk.json("article", "show", draft["id"])
    assert (used["helped"], used["tried"]) == (2, 2)
    assert "no article" in halldesk.text("case", "resolve", other, "--resolution", "x", "--article", "nix", code=1)
    assert "No network" in halldesk.text("article", "list")


def test_suggestions_and_gaps_by_command(halldesk: Terminal):
    halldesk.json("article", "new", "--title", "Scanner reads nothing", "--solution", "1. Clean the glass")
    case = str(halldesk.json("case", "new", "--title", "The scaner reads nothing at all")["number"])
    assert halldesk.json("article", "suggest", "--case", case)["title"] == "Scanner reads nothing"
    assert "words" in halldesk.text("article", "suggest", "--title", "scanner reads nothing")
    assert "No article fits" in halldesk.text("article", "suggest", "--title", "xyzzy")
    assert "--case N or --title" in halldesk.text("article", "suggest", code=1)
    assert set(halldesk.json("article", "gaps")) == {
        "products", "repeated", "worth", "searches", "training", "drafts", "proposals"
    }  # fmt: skip
