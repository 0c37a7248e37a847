"""What may help in a case, what is missing, and what no article should say of a person."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.knowledge.gaps import find_gaps
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
