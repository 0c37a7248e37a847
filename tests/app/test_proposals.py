"""Who should be taught what: the rule by itself, and read from a desk."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.insight.figure import CaseKey
from app.insight.proposals import LEAST_PASSED_ON, Asked, training, trainings
from db.shapes import Article, ArticleProduct, ArticleUse, ArticleVersion
from tests.app.report_desk import DAY, HOUR, Past, at

NAMES = {b"sales": "Sales", b"hall": "Hall 1", b"line": "Hotline", b"erp": "ERP", b"how": "Reset a password"}
ASKED = st.builds(
    Asked,
    st.integers(1, 60).map(lambda n: CaseKey(n, n)),
    st.sampled_from([None, b"sales", b"hall"]),
    st.sampled_from([None, b"erp"]),
    st.frozensets(st.sampled_from(["password", "locked", "order"]), max_size=2),
    st.integers(0, 1000),
    st.sampled_from([None, b"how"]),
    st.sampled_from([None, b"line"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ASKED, max_size=25, unique_by=lambda one: one.key), st.integers(2, 4))
def test_a_case_counts_once_and_for_what_it_says(asked: list[Asked], least: int) -> None:
    told = trainings(asked, {b"erp"}, NAMES, least)
    by_key = {one.key: one for one in asked}
    named = [key for one in told for key in one.cases]
    assert len(named) == len(set(named))
    for one in told:
        cases = [by_key[key] for key in one.cases]
        assert len(cases) >= (min(least, LEAST_PASSED_ON) if one.why == "escalated" else least)
        if one.why == "escalated":
            assert all(case.passed_on_by == b"line" and case.article == b"how" for case in cases)
        else:
            assert {NAMES[case.department or b""] for case in cases} == {one.who}
            assert all((case.article is None) == (one.why == "again") for case in cases)
    # Nothing that repeats often enough is left out.
    for department in (b"sales", b"hall"):
        left = [one for one in asked if one.department == department and one.article and one.key not in named]
        assert len(left) < least


def test_read_from_a_desk(tmp_path: Path) -> None:
    past = Past(tmp_path, at("2026-03-30 12:00"))
    start = at("2026-03-02 08:00")
    sales, erp, line, second = (past.department("Sales"), past.product("ERP"), past.queue("Hotline"),
                                past.queue("ERP"))  # fmt: skip
    with past.replica.transaction("article.new", past.context.me, at=start) as tx:
        article = tx.insert(Article, title="Reset a password", solution="1. x", state="published", created_at=1,
                            updated_at=1)  # fmt: skip
        tx.insert(ArticleVersion, article_id=article, at=start - DAY, title="t", problem="", cause="", solution="",
                  state="published")  # fmt: skip
        tx.insert(ArticleProduct, article_id=article, product_id=erp)
    helped = [
        past.case(start + n * DAY, title="Password forgotten", department_id=sales, product_id=erp) for n in range(3)
    ]
    for n in range(3):
        past.case(start + n * DAY + HOUR, title=f"Order {n} can't be booked", department_id=sales, product_id=erp)
    climbed = [
        past.case(start + n * DAY, [(start + n * DAY + HOUR, "tier", "2"), (start + n * DAY + HOUR, "queue", second)],
                  title="Login", department_id=past.department("Hall 1"), product_id=erp, queue_id=line)
        for n in range(2)
    ]  # fmt: skip
    with past.replica.transaction("article.use", past.context.me, at=past.now) as tx:
        for case in (*helped, *climbed):
            tx.insert(ArticleUse, article_id=article, case_id=case, at=past.now, helped=True)
    told = {(one.why, one.who, one.about): len(one.cases) for one in training(past.context, start, start + 10 * DAY)}
    assert told[("known", "Sales", "Reset a password")] == 3
    assert ("again", "Sales", "ERP: booked") in told or ("again", "Sales", "ERP: order") in told
    assert told[("escalated", "Hotline", "Reset a password")] == 2
    only = training(past.context, start, start + 10 * DAY, departments={past.department("Hall 1")})
    assert {one.why for one in only} == {"escalated"}
    assert training(past.context, start + 20 * DAY, start + 30 * DAY) == []
    past.close()
