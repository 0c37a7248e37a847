"""Which cases are of a kind nobody has seen; the rule by itself, and on a desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.finding.covering import BODY, coverage, what_is_said
from app.finding.vocabulary import Vocabulary
from app.knowledge.new_kind import THRESHOLD
from app.work.cases import NewCase
from db.search_index import fold_text
from tests.bench.kb_ranking import DATA
from tests.bench.new_kind import evaluate
from tests.desks import Clock, found_desk

WORDS = ("printer", "label", "blank", "scanner", "spindle", "vpn", "login", "token")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
KNOWN = Vocabulary({word: n + 1 for n, word in enumerate(WORDS)})


@given(TEXTS, TEXTS, TEXTS)
def test_a_share_between_nothing_and_everything(asked: str, title: str, body: str) -> None:
    said = what_is_said(asked, "", KNOWN, 50)
    share = coverage(said, title, body)
    assert 0.0 <= share <= 1.0
    assert coverage(said, asked, body) == pytest.approx(1.0)
    assert coverage(said, "", asked) == pytest.approx(BODY)
    assert coverage(said, f"{title} {body}") >= share
    if not {*asked.split()} & {*title.split(), *body.split()}:
        assert share == 0.0


def test_rare_words_tell_more_than_common_ones() -> None:
    said = what_is_said("token printer", "", Vocabulary({"printer": 40, "token": 1}), 50)
    assert coverage(said, "token") > 0.7 > 0.3 > coverage(said, "printer")


def test_a_new_word_an_umlaut_and_a_typing_error() -> None:
    known = Vocabulary({"drucker": 5, "groesse": 3, "etikett": 2})
    said = what_is_said("Drukcer falsche Größe", "", known, 20)
    assert coverage(said, fold_text("Drucker: Größe des Etiketts")) > 0.5
    assert what_is_said("die der und 7", "", known, 20) == ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    opened = found_desk(tmp_path_factory.mktemp("kinds"), clock=Clock())
    opened.articles.create("VPN asks for the token again and again", solution="1. Renew the token")
    opened.cases.new(NewCase(title="Spindle of the lathe is loud", severity=3, solved="Bearing changed"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("title", "new", "kind"),
    [
        ("VPN asks for token", False, "article"), ("Lathe: loud spindle", False, "case"),
        ("Coffee machine leaks into the server room", True, ""), ("Help", None, ""), ("die und der", None, ""),
    ],
)  # fmt: skip
def test_marked_where_nothing_is_like_it(desk: Desk, title: str, new: bool | None, kind: str) -> None:
    found = desk.reading.new_kinds.of(title)
    assert found.new is new
    assert found.nearest.kind == kind or found.nearest.likeness < THRESHOLD


def test_a_case_is_not_compared_with_itself_and_known_once_it_is_written_down(desk: Desk) -> None:
    case = desk.cases.new(NewCase(title="Coffee machine leaks into server room", severity=3, solved="Moved")).case_id
    assert desk.reading.new_kinds.of_case(case).new
    assert not desk.reading.new_kinds.of("Server room: coffee machine leaks").new, "a solved case is like it now"
    assert not desk.reading.new_kinds.of("Server room: coffee machine leaks").documented
    desk.articles.draft_from_case(case)
    found = desk.reading.new_kinds.of_case(case)
    assert (found.new, found.documented) == (False, True)
    assert not desk.reading.new_kinds.of_case(b"nobody").new


def test_told_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "share").mkdir()
    profile = ["--profile", str(tmp_path / "p"), "--key-file", str(tmp_path / "keys")]
    assert main(["found", "--share", str(tmp_path / "share"), "--name", "Desk", "--as", "Anna Kern", *profile]) == 0
    assert main(["case", "new", "--title", "Plotter draws crooked lines", "--severity", "3", *profile]) == 0
    capsys.readouterr()
    assert main(["case", "show", "1", "--json", *profile]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new_kind"], told["nearest"]) == (True, None)
    assert main(["case", "show", "1", *profile]) == 0
    assert "a new kind" in capsys.readouterr().out
    new = ["article", "new", "--title", "Plotter draws crooked lines", "--solution", "1. Calibrate"]
    assert main([*new, *profile]) == 0
    capsys.readouterr()
    assert main(["case", "show", "1", "--json", *profile]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new_kind"], told["nearest"]["kind"]) == (False, "article")
    assert main(["find", "tachyon", "emitter", *profile]) == 0
    capsys.readouterr()
    assert main(["article", "gaps", "--json", *profile]) == 0
    assert json.loads(capsys.readouterr().out)["searches"][0]["words"] == "tachyon emitter"
    assert main(["article", "gaps", *profile]) == 0
    assert "tachyon emitter" in capsys.readouterr().out
    assert main(["article", "gaps", "--forget-searches", "--json", *profile]) == 0
    assert json.loads(capsys.readouterr().out)["searches"] == []


@pytest.mark.skipif(not DATA.exists(), reason=f"the real texts and logs are not in {DATA.parent}")
def test_the_threshold_holds_on_a_part_of_the_real_texts() -> None:
    got = evaluate(pages=72, incidents_asked=400)
    for name, row in got.reported.items():
        if name.endswith(f" at {THRESHOLD}"):
            assert row["precision"] > 0.6, (name, row)
            assert row["recall"] > (0.2 if name.startswith("UCI") else 0.4), (name, row)
