"""Templates: the stock every desk begins with, who may change them, and what they say in a case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.work.cases import NewCase
from app.work.stock_templates import STOCK
from app.work.templates import PLACEHOLDERS, Templates, by_short, fill, holes, in_order
from tests.desks import found_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = found_desk(tmp_path_factory.mktemp("templates"))
    yield made
    made.close()


def test_a_new_desk_has_the_stock_in_both_languages(desk: Desk) -> None:
    found = Templates(desk.context).all()
    assert {(one.name, one.language) for one in STOCK} <= {(one.name, one.language) for one in found}
    by_language = [{one.audience for one in found if one.language == code} for code in ("en", "de")]
    assert by_language == [{"internal", "requester"}] * 2
    assert len([one for one in STOCK if one.language == "en"]) == len([one for one in STOCK if one.language == "de"])


def test_the_stock_uses_known_placeholders_and_words_that_can_be_typed() -> None:
    for one in STOCK:
        assert set(re.findall(r"\{(\w+)\}", one.text)) <= set(PLACEHOLDERS), one.name
        assert one.short.isalnum(), one.name
    for language in ("en", "de"):
        shorts = [one.short for one in STOCK if one.language == language]
        assert len(shorts) == len(set(shorts))


def test_what_is_missing_of_the_stock_comes_back_and_nothing_twice(desk: Desk) -> None:
    assert desk.templates.add_stock() is None
    gone = desk.templates.named("no")
    desk.templates.delete(gone.id)
    with pytest.raises(UserError, match="no template"):
        desk.templates.named("no")
    made = desk.templates.add_stock()
    assert made is not None
    assert made.ids == (gone.id,)


def test_what_can_not_be_is_said(desk: Desk) -> None:
    verbs = desk.templates
    with pytest.raises(UserError, match="name and a text"):
        verbs.new(" ", "x", language="en")
    with pytest.raises(UserError, match="no language"):
        verbs.new("x", "x", language="English")
    with pytest.raises(UserError, match="called Solved"):
        verbs.new("solved", "x", language="en")
    with pytest.raises(UserError, match="/no is what is typed for Saying no"):
        verbs.new("Another", "x", language="en", short="/no")
    with pytest.raises(UserError, match="letters and digits"):
        verbs.new("Another", "x", language="en", short="two words")
    with pytest.raises(UserError, match="audience"):
        verbs.new("Another", "x", language="en", audience="everybody")
    with pytest.raises(UserError, match=r"is there in (en, de|de, en)"):
        verbs.named("sorry")


def test_short_words_follow_the_language() -> None:
    listed = [one for one in map(_as_text, STOCK) if one.short == "sorry"]
    assert [one.language for one in in_order(listed, "de")] == ["de", "en"]
    found = by_short(listed, "/SORRY", "de")
    assert found is not None
    assert found.language == "de"
    assert by_short(listed, "/", "de") is None


def test_holes_are_what_nobody_filled() -> None:
    text = fill("{requester}, {? which day} {title} {foo} {}", {"requester": "Meyer"})
    assert [text[begin:end] for begin, end in holes(text)] == ["{? which day}", "{title}"]


def test_the_command_line_makes_changes_fills_and_deletes(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(desk.profile.folder)
    case = desk.cases.new(NewCase("Line stands still", 1)).case_id

    def run(*words: str) -> list[dict[str, object]]:
        assert main(["template", *words, "--profile", profile, "--json"]) == 0, capsys.readouterr().err
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    (tmp_path / "text.txt").write_text("Größe {title} für {desk}", encoding="utf-8")
    (made,) = run("new", "Mine", "--language", "de", "--text-file", str(tmp_path / "text.txt"), "--short", "meins")
    assert made["audience"] == "requester"
    (filled,) = run("fill", "/meins", "--case", desk.present.case(case).label)
    assert filled["text"] == f"Größe Line stands still für {desk.name}"
    (changed,) = run("set", "Mine", "--audience", "internal", "--name", "Ours")
    assert (changed["id"], changed["name"], changed["audience"]) == (made["id"], "Ours", "internal")
    assert "Ours" in [one["name"] for one in run("list")]
    run("delete", "Ours")
    assert "Ours" not in [one["name"] for one in run("list")]
    assert run("stock") == [{"added": 0}]
    assert main(["template", "set", "Solved", "--profile", profile]) == 1
    assert "Say what to change" in capsys.readouterr().err


def _as_text(one):
    from app.work.templates import TemplateText

    return TemplateText(b"", one.name, one.language, one.audience, one.text, one.short)
