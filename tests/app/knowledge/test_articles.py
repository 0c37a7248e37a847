"""Articles: what the verbs change and keep, who may do what, and what two people who write at once get."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.errors import UserError
from app.knowledge.articles import BothWrote
from app.knowledge.lifecycle import may_follow, needs_supervisor, next_states, review_day
from app.knowledge.links import article_address, attachment_address, linked_articles, named_contents
from app.knowledge.reading import ArticleFilter
from app.work.cases import NewCase
from db.ids import id_text, new_id
from db.rules import ARTICLE_STATES
from db.shapes import Department, Product
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory):
    """Anna administers, Jo is an analyst."""
    folder: Path = tmp_path_factory.mktemp("articles")
    anna = found_desk(folder, clock=Clock())
    jo = join_desk(anna, folder)
    anna.sync_round()
    yield anna, jo
    jo.close()
    anna.close()


@pytest.fixture
def anna(pair: tuple[Desk, Desk]) -> Desk:
    return pair[0]


@pytest.fixture
def jo(pair: tuple[Desk, Desk]) -> Desk:
    return pair[1]


def _both(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        desk.sync_round()


def test_an_article_begins_rough_and_mine_with_everything_in_one_step(anna: Desk):
    with anna.replica.transaction("admin.master", anna.me, at=1) as tx:
        printer = tx.insert(Product, name="Label printer")
        hall = tx.insert(Department, name="Hall 1")
    file = anna.attachments.keep("back.png", b"\x89PNG not really")
    done = anna.articles.create(
        " Blank   labels ", problem="Labels come out blank", solution="1. Turn the ribbon", products=[printer],
        tags=["ribbon ", "ribbon", "labels"], departments=[hall], audience="departments", files=[file],
    )  # fmt: skip
    whole = anna.knowledge.whole(done.article_id)
    assert (whole.text.title, whole.line.state, whole.line.owner) == ("Blank labels", "rough", "Anna Kern")
    assert (whole.line.products, whole.line.tags, whole.departments) == (
        ("Label printer",), ("labels", "ribbon"), ("Hall 1",),
    )  # fmt: skip
    assert [a.name for a in whole.attachments] == ["back.png"]
    assert len(anna.knowledge.versions(done.article_id)) == 1
    anna.undoing.undo(done.tx_id)
    with pytest.raises(UserError, match="not here any more"):
        anna.knowledge.article(done.article_id)


def test_what_an_editor_saves_is_one_step_and_only_words_leave_a_version(anna: Desk):
    article = anna.articles.create("VPN drops", solution="Restart", tags=["vpn"]).article_id
    assert anna.articles.change(article, solution="Restart ", tags=["vpn"]) is None
    assert anna.articles.change(article, tags=["vpn", "network"], language="de", review_date="2027-01-31")
    assert len(anna.knowledge.versions(article)) == 1
    done = anna.articles.change(article, solution="Restart the client", tags=["network"], comment="which")
    assert done is not None
    first, last = anna.knowledge.versions(article)[::-1]
    assert (first.solution, last.solution, last.comment, last.author) == (
        "Restart", "Restart the client", "which", "Anna Kern",
    )  # fmt: skip
    anna.undoing.undo(done.tx_id)
    line = anna.knowledge.whole(article).line
    assert (line.tags, line.language, line.review_date) == (("network", "vpn"), "de", "2027-01-31")
    assert anna.articles.restore(article, first.id) is None


def test_an_older_version_comes_back_as_a_new_one(anna: Desk):
    article = anna.articles.create("Scanner", problem="dark", solution="1. Clean").article_id
    anna.articles.change(article, problem="too dark", solution="1. Clean\n2. Restart")
    first = anna.knowledge.versions(article)[-1]
    assert anna.articles.restore(article, first.id, comment="2 was wrong")
    assert anna.knowledge.article(article).solution == "1. Clean"
    assert [v.comment for v in anna.knowledge.versions(article)] == ["2 was wrong", "", ""]
    with pytest.raises(UserError, match="not one of this article"):
        anna.articles.restore(article, new_id())


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": " "}, "needs a title"), ({"audience": "world"}, "no audience 'world'"),
        ({"state": "rough"}, "can't be changed"),
        ({"review_date": "soon"}, "soon"), ({"language": ""}, "in a language"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_so(anna: Desk, fields: dict[str, Any], why: str):
    article = anna.articles.create("Fields").article_id
    with pytest.raises(UserError, match=why):
        anna.articles.change(article, **fields)


def test_only_supervisors_publish_and_take_back_but_owners_mend_their_words(anna: Desk, jo: Desk):
    article = jo.articles.create("Reset a password", solution="1. Ask").article_id
    with pytest.raises(UserError, match="Only a supervisor publishes"):
        jo.articles.set_state(article, "published")
    jo.articles.set_state(article, "generic")
    _both(jo, anna)
    anna.articles.set_state(article, "published", comment="good")
    _both(anna, jo)
    line = jo.knowledge.whole(article).line
    assert (line.state, line.review_date) == ("published", "2027-01-05")
    assert jo.articles.change(article, solution="1. Ask twice")
    with pytest.raises(UserError, match="all else by a supervisor"):
        jo.articles.change(article, audience="everyone")
    with pytest.raises(UserError, match="Only a supervisor"):
        jo.articles.set_state(article, "archived")
    _both(jo, anna)
    anna.articles.set_state(article, "archived")
    with pytest.raises(UserError, match="looked at again"):
        anna.articles.set_state(article, "published")
    with pytest.raises(UserError, match="archived already"):
        anna.articles.set_state(article, "archived")
    assert [v.state for v in anna.knowledge.versions(article)][::-1] == [
        "rough", "generic", "published", "published", "archived",
    ]  # fmt: skip


@given(st.sampled_from(ARTICLE_STATES), st.sampled_from(ARTICLE_STATES))
def test_the_ways_of_an_article(old: str, new: str):
    assert may_follow(old, new) == (new in next_states(old, supervisor=True))
    mine = next_states(old, supervisor=False)
    assert (new in mine) == (may_follow(old, new) and not needs_supervisor(old, new))
    assert next_states(old, supervisor=True), "nothing is a dead end"


def test_a_review_date_that_lies_ahead_stays():
    today = date(2026, 3, 1)
    assert review_day("generic", None, today) is None
    assert review_day("reviewed", None, today) == "2027-03-01"
    assert review_day("published", "2026-02-01", today) == "2027-03-01"
    assert review_day("published", "2026-04-01", today) == "2026-04-01"


def test_two_who_write_meet_peacefully_or_are_asked(anna: Desk):
    article = anna.articles.create("Merge", problem="one\ntwo\nthree", solution="1. Do").article_id
    base = {"problem": "one\ntwo\nthree", "solution": "1. Do"}
    anna.articles.change(article, problem="ONE\ntwo\nthree")
    assert anna.articles.change(article, base=base, problem="one\ntwo\nTHREE", solution="1. Do it")
    assert anna.knowledge.article(article).problem == "ONE\ntwo\nTHREE"
    with pytest.raises(BothWrote, match="problem") as told:
        anna.articles.change(article, base=base, problem="1\ntwo\nthree")
    assert set(told.value.overlaps) == {"problem"}
    assert anna.articles.change(article, base=base, favour="both", problem="1\ntwo\nthree")
    problem = anna.knowledge.article(article).problem
    assert "ONE" in problem
    assert "1" in problem


def test_two_workstations_add_the_same_tag_and_product_and_agree(anna: Desk, jo: Desk):
    article = anna.articles.create("Same tag", solution="a\nb\nc").article_id
    _both(anna, jo)
    anna.articles.change(article, tags=["net"], solution="A\nb\nc")
    jo.articles.change(article, tags=["net", "wifi"], solution="a\nb\nC")
    _both(anna, jo)
    _both(anna, jo)
    for desk in (anna, jo):
        whole = desk.knowledge.whole(article)
        assert (whole.text.solution, whole.line.tags) == ("A\nb\nC", ("net", "wifi"))
    assert anna.replica.digest == jo.replica.digest


def test_uses_count_once_for_each_case_and_the_last_word_counts(anna: Desk):
    case = anna.cases.new(NewCase(title="Blank again", severity=3, solved="Turned it")).case_id
    article = anna.articles.draft_from_case(case).article_id
    anna.articles.use(article, case, helped=True)
    line = anna.knowledge.whole(article).line
    assert (line.helped, line.tried) == (1, 1)
    anna.articles.use(article, case, helped=False)
    line = anna.knowledge.whole(article).line
    assert (line.helped, line.tried) == (0, 1)
    (use,) = anna.knowledge.uses(article)
    assert (use.case_id, use.helped, use.analyst) == (case, False, "Anna Kern")


def test_files_come_and_go(anna: Desk):
    article = anna.articles.create("Files").article_id
    anna.articles.attach(article, [anna.attachments.keep("form.pdf", b"%PDF")])
    (file,) = anna.knowledge.whole(article).attachments
    anna.articles.detach(file.id)
    assert anna.knowledge.whole(article).attachments == ()
    with pytest.raises(UserError, match="not part of an article"):
        anna.articles.detach(file.id)


def test_lists_counts_and_the_review_queue(anna: Desk):
    with anna.replica.transaction("admin.master", anna.me, at=1) as tx:
        robot = tx.insert(Product, name="Robot")
    create, knowledge = anna.articles.create, anna.knowledge
    old = create("Robot one", products=[robot], tags=["r"], review_date="2025-12-24").article_id
    new = create("Robot two", products=[robot], language="de").article_id
    gone = create("Robot three", products=[robot]).article_id
    anna.articles.set_state(new, "generic")
    anna.articles.set_state(gone, "archived")

    def listed(**wanted: object) -> list[bytes]:
        return [line.id for line in knowledge.lines(ArticleFilter(product=robot, **wanted))]  # type: ignore[arg-type]

    assert listed() == [old, new]
    assert listed(tag="r") == [old]
    assert listed(language="de") == [new]
    assert listed(states=("archived",)) == [gone]
    assert listed(without_product=True) == []
    queue = [line.id for line in knowledge.review_queue()]
    assert queue.index(new) < queue.index(old)
    counts = knowledge.counts()
    assert (counts["product"][robot], counts["tag"]["r"]) == (2, 1)
    assert counts["state"]["archived"] >= 1


def test_an_article_is_named_by_title_id_or_its_beginning(anna: Desk):
    one = anna.articles.create("Größe ändern").article_id
    for named in ("groesse aendern", id_text(one), one.hex(), one.hex()[:20]):
        assert anna.knowledge.find(named) == one
    anna.articles.create("Größe ändern")
    with pytest.raises(UserError, match="2 articles"):
        anna.knowledge.find("Größe ändern")
    with pytest.raises(UserError, match="no article"):
        anna.knowledge.find("banana")


def test_addresses_in_a_text():
    article, content = new_id(), bytes(range(32))
    text = f"[a]({article_address(article)}) ![b]({attachment_address(content)}) [c]({article_address(article)})"
    assert linked_articles(text) == [article]
    assert named_contents(text) == [content]


def test_the_same_sentence_written_at_two_workstations_keeps_both_and_they_become_one(anna: Desk, jo: Desk):
    article = anna.articles.create(
        "Same sentence", problem="blank\njams", solution="1. Turn it off\n2. Wait"
    ).article_id
    _both(anna, jo)
    anna.articles.change(article, solution="1. Turn it off at the back\n2. Wait")
    jo.articles.change(article, solution="1. Pull the plug\n2. Wait", problem="blank\njams\nsmells")
    _both(anna, jo)
    texts = {desk.knowledge.article(article).solution for desk in (anna, jo)}
    assert len(texts) == 1, "both workstations hold the same text"
    assert anna.knowledge.article(article).problem == "blank\njams\nsmells", "what nobody else wrote goes in"
    (one,) = jo.conflicts.waiting()
    assert (one.title, one.column, one.my_author, one.their_author) == (
        "Same sentence",
        "solution",
        "Jo Roth",
        "Anna Kern",
    )
    assert {"1. Pull the plug\n2. Wait", "1. Turn it off at the back\n2. Wait"} == {one.mine, one.theirs}
    jo.decisions.write(one.n, one.both)
    _both(jo, anna)
    solution = anna.knowledge.article(article).solution
    assert "at the back" in solution
    assert "Pull the plug" in solution
    assert jo.conflicts.waiting() == []
