"""What may help in a case, what is missing, and what no article should say of a person."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.knowledge.gaps import find_gaps, proposals
from app.knowledge.privacy import names_people, without_people
from app.knowledge.suggestions import Asked
from app.work.cases import NewCase
from db.shapes import Product
from tests.desks import Clock, found_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    opened = found_desk(tmp_path_factory.mktemp("worth"), clock=Clock())
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mrs Jane Miller called from +49 170 1234567", "[name] called from [phone]"),
        ("ask jane.miller@example.com, ext. 4711", "ask [e-mail], [phone]"),
        ("Millers PC, Miller's screen", "[name] PC, [name] screen"),
        ("Error 0x80070005 on 192.168.10.20, version 10.0.19041", None), ("Order 4500012345, CNC-007, 24x7", None),
        ("0151/23456789 anrufen", "[phone] anrufen"), ("Durchwahl: 815", "[phone]"),
        ("Janet is no Jane", "Janet is no [name]"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_person_goes_and_error_codes_stay(text: str, left: str | None):
    assert without_people(text, ["Jane Miller"]) == (text if left is None else left)
    assert names_people(text, ["Jane Miller"]) == (left is not None)


def test_a_draft_says_nothing_of_the_requester(desk: Desk):
    case = desk.cases.new(
        NewCase(title="Printer of Jane Miller", severity=3, requester_name="Jane Miller",
                description="Jane: 0170/1234567", solved="Told Jane to restart")
    ).case_id  # fmt: skip
    text = desk.knowledge.article(desk.articles.draft_from_case(case).article_id)
    assert (text.title, text.problem, text.solution) == (
        "Printer of [name]",
        "[name]: [phone]",
        "Told [name] to restart",
    )


def test_suggestions_learn_from_what_helped(desk: Desk):
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        robot = tx.insert(Product, name="Robot")
    good = desk.articles.create("Gripper lost its zero point", solution="1. Home it", products=[robot]).article_id
    other = desk.articles.create("Gripper opens slowly", solution="1. Check the pressure").article_id
    asked = Asked("Gripper stuck after weekend", "it does not move", robot)
    first = desk.reading.suggestions.find(asked)
    assert first[0].article_id == good
    assert "product" in first[0].why
    for _ in range(4):
        solved = desk.cases.new(NewCase(title="Gripper stuck again", severity=3, product_id=robot, solved="x")).case_id
        desk.articles.use(other, solved, helped=True)
        desk.articles.use(good, solved, helped=False)
    learned = desk.reading.suggestions.find(asked)
    assert learned[0].article_id == other
    assert (learned[0].helped, "helped" in learned[0].why) == (4, True)
    assert desk.reading.suggestions.find(Asked("xyzzy")) == []


def test_gaps_name_products_repetitions_and_articles_of_no_use(desk: Desk):
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        saw = tx.insert(Product, name="Saw")
    for n in range(3):
        desk.cases.new(NewCase(title=f"Blade jams {n}", severity=3, product_id=saw, solved="Cleaned"))
    gaps = find_gaps(desk.context, desk.directory)
    assert ("Saw", 3, 3, 0) in [(g.product, g.resolved, g.without, g.articles) for g in gaps.products]
    assert any(r.about.startswith("Saw: ") and len(r.cases) == 3 for r in gaps.repeated)
    assert ("Gripper lost its zero point", "did not help") in [(w.title, w.why) for w in gaps.worth]


# -- searches without use ---------------------------------------------------------------------------------------------
def test_searches_without_use_are_kept_here_without_people(desk: Desk):
    missed = desk.reading.missed
    missed.forget()
    desk.cases.new(NewCase(title="x", severity=3, requester_name="Klara Vogelsang"))
    assert missed.note("Hololens calibration Vogelsang 0170 1234567")
    assert missed.note("calibration HOLOLENS")
    assert [(one.words, one.count) for one in missed.all()] == [("calibration HOLOLENS", 2)]
    kept = (desk.profile.folder / "searches.json").read_text(encoding="utf-8")
    assert "Vogelsang" not in kept
    assert "0170" not in kept
    for nothing in ("", "   ", "1042", "#17", "Klara Vogelsang", "a.b@example.com", "the of"):
        assert not missed.note(nothing)
    assert not missed.note("gripper zero point"), "an article answers that"


def test_a_search_is_forgotten_when_it_is_answered_old_or_thrown_away(desk: Desk):
    missed = desk.reading.missed
    missed.forget()
    assert missed.note("exoskeleton battery")
    assert missed.note("plotter firmware")
    assert len(missed.all()) == 2
    article = desk.articles.create("Exoskeleton battery is empty", solution="Charge it").article_id
    assert [one.words for one in missed.all()] == ["plotter firmware"]
    desk.articles.set_state(article, "archived")
    assert len(missed.all()) == 2, "the archive answers nothing"
    missed.forget("Firmware plotter")
    assert [one.words for one in missed.all()] == ["exoskeleton battery"]
    clock = desk.context.clock
    clock.pass_minutes(91 * 24 * 60)  # type: ignore[attr-defined]
    assert missed.all() == []


def test_a_spoiled_file_of_searches_harms_nobody(desk: Desk):
    missed = desk.reading.missed
    for spoiled in ("", "{", '{"a": 1}', "[[1]]", '[["x", "y", "z"]]'):
        (desk.profile.folder / "searches.json").write_text(spoiled, encoding="utf-8")
        assert missed.all() == []
        assert missed.note("warp drive plasma")
        assert [one.words for one in missed.all()] == ["warp drive plasma"]
    missed.forget()


def test_proposals_begin_with_drafts_and_what_most_cases_speak_for(desk: Desk):
    desk.reading.missed.forget()
    desk.reading.missed.note("warp drive plasma")
    case = desk.cases.new(NewCase(title="Lathe hums", severity=3, solved="Oiled")).case_id
    desk.articles.draft_from_case(case)
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        crane = tx.insert(Product, name="Crane")
    for n in range(3):
        desk.cases.new(NewCase(title=f"Hook swings {n}", severity=3, product_id=crane, solved="Slower"))
    found = proposals(find_gaps(desk.context, desk.directory, desk.reading.missed))
    kinds = [one.kind for one in found]
    drafts = kinds.count("draft")
    assert set(kinds[:drafts]) == {"draft"}
    assert {"repeated", "product", "search", "mend"} <= set(kinds)
    weights = [one.weight for one in found[drafts:]]
    assert weights == sorted(weights, reverse=True)
    repeated = next(one for one in found if one.kind == "repeated" and one.about.startswith("Crane"))
    assert len(repeated.rids) == 3
