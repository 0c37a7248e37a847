"""Two workstations change the same things: what stands, what is asked, and that nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db.conflicts import ConflictRow
from db.errors import Refused
from db.ids import derived_id
from db.shapes import (
    Analyst,
    Article,
    ArticleProduct,
    Case,
    CaseEvent,
    CaseTag,
    Department,
    Product,
    TimeEntry,
    TimelineEntry,
)
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, found, join, settle

OLD = 10
"""Minutes after which a change is stale."""


@pytest.fixture
def jo(anna: Station, store: MemoryStore, tmp_path: Path) -> Iterator[Station]:
    station = join(anna, tmp_path, lambda _name: MemoryLog(store), role="supervisor")
    anna.sync()
    yield station
    station.replica.close()


def _meet(first: Station, second: Station) -> list[ConflictRow]:
    """`first` is first in the log; what the second one is asked then."""
    first.sync()
    second.sync()
    settle(first, second)
    assert_agree(first, second)
    return second.replica.conflicts()


def test_both_values_both_authors_and_both_times_are_kept(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    anna.edits(case, title="Anna's")
    anna_at = anna.clock.now
    anna.clock.pass_minutes(1)
    jo.edits(case, title="Jo's")
    jo_at = anna.clock.now
    (one,) = _meet(anna, jo)
    assert (one.column, one.base, one.mine, one.theirs) == ("title", "Before", "Jo's", "Anna's")
    assert (one.my_author, one.my_at, one.their_author, one.their_at) == (jo.analyst, jo_at, anna.analyst, anna_at)
    assert (one.outcome, one.reason, one.case_id) == ("mine stands", "both", case)
    assert anna.case(case)["title"] == "Jo's"


def test_a_stale_change_is_a_proposal_and_leaves_no_trace_in_the_case(anna: Station, jo: Station) -> None:
    case = anna.opens(severity=3)
    settle(anna, jo)
    with jo.transaction("case.set") as tx:
        tx.insert(CaseEvent, case_id=case, at=jo.clock(), field="severity", old="3", new="2")
        tx.update(Case, case, severity=2, updated_at=jo.clock())
    jo.clock.pass_minutes(OLD)
    anna.edits(case, severity=1)
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.mine, one.theirs) == ("theirs stands", 2, 1)
    assert jo.case(case)["severity"] == 1
    assert jo.count("case_event") == 0, "what did not happen is not told"
    assert jo.replica.outcome(tx.id) == ("kept", None)


def test_the_event_of_a_change_that_stands_follows_the_one_it_met(anna: Station, jo: Station) -> None:
    case = anna.opens(severity=3)
    settle(anna, jo)
    early = jo.clock()
    with jo.transaction("case.set") as tx:
        tx.insert(CaseEvent, case_id=case, at=early, field="status", old="new", new="resolved")
        tx.update(Case, case, status="resolved", ended_at=early, resolved_at=early)
    with anna.transaction("case.wait") as other:
        late = anna.clock()
        other.insert(CaseEvent, case_id=case, at=late, field="status", old="new", new="waiting")
        other.update(Case, case, status="waiting", waiting_on="parts")
    assert _meet(anna, jo) == []
    row = anna.case(case)
    assert (row["status"], row["waiting_on"], row["resolved_at"]) == ("resolved", None, late + 1)
    told = anna.one("SELECT old, new, at FROM case_event WHERE new = 'resolved'")
    assert (told["old"], told["at"]) == ("waiting", late + 1)
    assert tx.id


def test_the_loser_of_a_claim_is_told_who_has_the_case(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    anna.claims(case)
    jo.claims(case)
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.reason, one.column) == ("refused", "taken", "work_owner_id")
    assert (one.theirs, one.their_author) == (anna.analyst, anna.analyst)


def test_a_step_that_is_not_possible_any_more_is_a_question(anna: Station, jo: Station) -> None:
    case = anna.opens(status="resolved", ended_at=1, resolved_at=1)
    settle(anna, jo)
    anna.edits(case, status="in progress", ended_at=None, resolved_at=None)
    jo.edits(case, status="closed")
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.reason, one.mine, one.theirs) == ("refused", "status", "closed", "in progress")
    with pytest.raises(Refused, match="status"):
        jo.replica.make_again(one.n, jo.analyst, at=jo.clock())
    assert jo.replica.conflict_count() == 1, "still a question"


def test_minutes_and_notes_of_both_are_kept(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    for station in (anna, jo):
        with station.transaction("case.time") as tx:
            tx.insert(TimeEntry, case_id=case, analyst_id=station.analyst, minutes=10, work_date="2026-01-06",
                      entered_at=1)  # fmt: skip
            tx.update(Case, case, updated_at=station.clock())
    assert _meet(anna, jo) == []
    assert anna.one("SELECT sum(minutes) AS n FROM time_entry")["n"] == 20


def test_a_dossier_two_people_add_to_has_both_lines(anna: Station, jo: Station) -> None:
    hall = anna.one("SELECT id FROM department ORDER BY id")["id"]
    with anna.transaction("department.edit") as tx:
        tx.update(Department, hall, dossier="Frau Öztürk leitet die Schicht")
    settle(anna, jo)
    with anna.transaction("department.edit") as tx:
        tx.update(Department, hall, dossier="Frau Öztürk leitet die Schicht\nDrucker alt")
    with jo.transaction("department.edit") as tx:
        tx.update(Department, hall, dossier="Wartung dienstags\nFrau Öztürk leitet die Schicht")
    assert _meet(anna, jo) == []
    assert anna.one("SELECT dossier FROM department WHERE id = ?", hall)["dossier"] == (
        "Wartung dienstags\nFrau Öztürk leitet die Schicht\nDrucker alt"
    )


def _article(station: Station) -> bytes:
    with station.transaction("article.new") as tx:
        product = tx.insert(Product, name="SAP")
        article: bytes = tx.insert(Article, title="VPN", solution="Restart", created_at=1, updated_at=1)
        tx.insert(ArticleProduct, article_id=article, product_id=product)
    return article


def _delete_article(station: Station, article: bytes) -> bytes:
    with station.transaction("article.remove") as tx:
        for row in tx.query("SELECT id FROM article_product WHERE article_id = ?", (article,)):
            tx.delete(ArticleProduct, row[0])
        tx.delete(Article, article)
    return bytes(tx.id)


def test_an_edit_brings_back_what_was_deleted_meanwhile_and_says_so(anna: Station, jo: Station) -> None:
    article = _article(anna)
    settle(anna, jo)
    _delete_article(anna, article)
    with jo.transaction("article.change") as tx:
        tx.update(Article, article, solution="Restart the client")
    (one,) = _meet(anna, jo)
    assert (one.reason, one.outcome, one.row_id, one.their_author) == ("revived", "mine stands", article, anna.analyst)
    assert anna.one("SELECT title, solution FROM article") == {"title": "VPN", "solution": "Restart the client"}
    assert anna.count("article_product") == 1, "with all that was deleted along with it"
    assert anna.one("SELECT count(*) AS n FROM article_fts WHERE article_fts MATCH 'client'")["n"] == 1


def test_a_part_added_to_something_deleted_brings_it_back(anna: Station, jo: Station) -> None:
    article = _article(anna)
    with anna.transaction("product.new") as tx:
        product = tx.insert(Product, name="VPN")
    settle(anna, jo)
    _delete_article(anna, article)
    with jo.transaction("article.change") as tx:
        tx.insert(ArticleProduct, article_id=article, product_id=product)
    (one,) = _meet(anna, jo)
    assert (one.reason, one.table, one.row_id) == ("revived", "article", article)
    assert anna.count("article_product") == 2


def test_what_only_others_may_bring_back_is_kept_as_a_conflict(
    anna: Station, store: MemoryStore, tmp_path: Path
) -> None:
    """The product was deleted along with the article, and an analyst may not make products."""
    kim = join(anna, tmp_path, lambda _name: MemoryLog(store), "Kim")
    with anna.transaction("article.new") as tx:
        product = tx.insert(Product, name="SAP")
        article = tx.insert(Article, title="VPN", created_at=1, updated_at=1)
        tx.insert(ArticleProduct, article_id=article, product_id=product)
    settle(anna, kim)
    anna.replica.undo(tx.id, anna.analyst, at=anna.clock())
    with kim.transaction("article.change") as change:
        change.update(Article, article, solution="Restart")
    (one,) = _meet(anna, kim)
    assert (one.outcome, one.reason, one.why) == ("refused", "rule", "only a supervisor may change product")
    assert kim.count("article") == 0
    kim.replica.close()


def test_what_was_changed_meanwhile_is_not_deleted(anna: Station, jo: Station) -> None:
    article = _article(anna)
    settle(anna, jo)
    with anna.transaction("article.change") as tx:
        tx.update(Article, article, solution="Restart the client")
    jo_tx = _delete_article(jo, article)
    (one,) = _meet(anna, jo)
    assert (one.reason, one.outcome, one.column, one.their_author) == ("edited", "theirs stands", "", anna.analyst)
    assert anna.count("article") == 1
    assert jo_tx


def test_two_who_do_the_same_are_both_right(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    tag = derived_id(0, case.hex(), "vpn")
    done = []
    for station in (anna, jo):
        with station.transaction("case.tag") as tx:
            tx.insert(CaseTag, tag, case_id=case, tag="vpn")
        done.append(tx.id)
    assert _meet(anna, jo) == []
    assert jo.replica.outcome(done[1]) == ("accepted", None)
    assert jo.replica.conflicts(settled=True) == []


def test_a_refused_change_is_made_again_as_a_new_one(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    anna.claims(case)
    lost = jo.claims(case)
    (one,) = _meet(anna, jo)
    again = jo.replica.make_again(one.n, jo.analyst, at=jo.clock())
    assert again is not None
    assert again != lost
    settle(anna, jo)
    assert anna.case(case)["work_owner_id"] == jo.analyst
    assert jo.replica.outcome(again) == ("accepted", None)
    (settled,) = jo.replica.conflicts(settled=True)
    assert (settled.settled, settled.settled_tx) == ("mine", again)
    jo.replica.undo(again, jo.analyst, at=jo.clock())
    assert [c.n for c in jo.replica.conflicts()] == [one.n], "an undone decision is asked again"


@pytest.mark.parametrize("minutes", [1, OLD])
def test_a_reply_to_what_was_resolved_meanwhile_goes_in_and_opens_nothing(
    anna: Station, jo: Station, minutes: int
) -> None:
    case = anna.opens(status="waiting", waiting_on="requester")
    settle(anna, jo)
    now = jo.clock()
    with jo.transaction("case.reply") as tx:
        tx.update(Case, case, status="in progress", waiting_on=None, updated_at=now)
        tx.insert(CaseEvent, case_id=case, at=now, field="status", old="waiting", new="in progress")
        reply = tx.insert(TimelineEntry, case_id=case, at=now, kind="reply", text="Try it now", author_id=jo.analyst)
    anna.clock.pass_minutes(minutes)
    done = anna.clock()
    anna.edits(case, status="resolved", waiting_on=None, ended_at=done, resolved_at=done)
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.reason, one.column, one.theirs) == ("theirs stands", "ended", "status", "resolved")
    assert (anna.case(case)["status"], anna.case(case)["resolved_at"]) == ("resolved", done)
    assert anna.one("SELECT text FROM timeline_entry WHERE id = ?", reply)["text"] == "Try it now"
    assert anna.count("case_event") == 0, "what did not happen is no event"
    assert jo.replica.make_again(one.n, jo.analyst, at=jo.clock()) is not None
    settle(jo, anna)
    after = anna.case(case)
    assert (after["status"], after["ended_at"], after["resolved_at"], after["reopen_count"]) == (
        "in progress", None, None, 1,
    )  # fmt: skip
    assert_agree(anna, jo)


def test_an_undo_that_somebody_was_faster_than_is_refused_as_a_whole(anna: Station, jo: Station) -> None:
    case = anna.opens("Before", severity=3)
    settle(anna, jo)
    tx = jo.edits(case, title="Jo's", severity=1)
    settle(anna, jo)
    anna.edits(case, title="Anna's")
    jo.replica.undo(tx, jo.analyst, at=jo.clock())
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.reason, one.their_author) == ("refused", "built upon", anna.analyst)
    assert (anna.case(case)["title"], anna.case(case)["severity"]) == ("Anna's", 1)


def test_what_the_rules_forbid_by_now_is_kept_with_the_sentence(anna: Station, jo: Station) -> None:
    """Jo is made an analyst while she adds a department."""
    with jo.transaction("department.new") as tx:
        tx.insert(Department, name="Stores")
    with anna.transaction("analyst.role") as other:
        other.update(Analyst, jo.analyst, role="analyst")
    (one,) = _meet(anna, jo)
    assert (one.outcome, one.reason) == ("refused", "rule")
    assert one.why == "only a supervisor may change department"
    assert one.tx_id == tx.id


# -- nothing is ever dropped ------------------------------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["title", "claim", "status", "text", "severity", "tag", "untag", "delete", "article", "undo",
                         "late", "sync", "sync"]),
        st.integers(0, 3),
    ),
    min_size=4, max_size=24,
)  # fmt: skip


@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_every_transaction_is_accepted_or_waits_or_is_a_conflict(steps, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("dropped")
    store = MemoryStore()
    anna = found(folder, lambda _name: MemoryLog(store))
    jo = join(anna, folder, lambda _name: MemoryLog(store))
    case, article = anna.opens("Case", description="a\nb\nc"), _article(anna)
    settle(anna, jo)
    made: list[tuple[Station, bytes]] = []
    try:
        for who, what, n in steps:
            station = (anna, jo)[who]
            if what == "sync":
                station.sync()
            elif what == "late":
                station.clock.pass_minutes(OLD)
            else:
                tx = _work(station, what, n, case, article)
                if tx is not None and station.replica.outcome(tx)[0] != "unknown":  # it changed something
                    made.append((station, tx))
            for maker, tx in made:
                fate = maker.replica.outcome(tx)[0]
                assert fate != "unknown", f"{what} is gone without a word"
                known = [c for settled in (False, True) for c in maker.replica.conflicts(settled=settled)]
                if fate in ("refused", "kept"):
                    assert any(c.tx_id == tx for c in known)
        settle(anna, jo)
        assert_agree(anna, jo)
        assert not any(maker.replica.outcome(tx)[0] == "pending" for maker, tx in made)
    finally:
        anna.replica.close()
        jo.replica.close()


def _work(station: Station, what: str, n: int, case: bytes, article: bytes) -> bytes | None:
    """One piece of work; None when it is not possible now."""
    row: dict[str, Any] = station.case(case)
    now = station.clock()
    try:
        if what == "title":
            return station.edits(case, title=f"{station.name} {now}", updated_at=now)
        if what == "severity":
            return station.edits(case, severity=1 + n)
        if what == "claim":
            return station.claims(case) if row["ended_at"] is None else None
        if what == "text":
            lines = str(row["description"]).split("\n")
            lines[n % len(lines)] = f"{station.name} {now}"
            return station.edits(case, description="\n".join(lines))
        if what == "status":
            status = ("waiting", "in progress", "resolved", "closed")[n]
            ended = now if status in ("resolved", "closed") else None
            return station.edits(case, status=status, ended_at=ended, waiting_on="parts" if n == 0 else None)
        if what == "undo":
            step = station.replica.next_step()
            return None if step is None else station.replica.undo(step.tx_id, station.analyst, at=now).tx_id
        with station.transaction(what) as tx:
            tag = derived_id(0, case.hex(), str(n))
            if what == "tag" and tx.get(CaseTag, tag) is None:
                tx.insert(CaseTag, tag, case_id=case, tag=str(n))
            elif what == "untag":
                tx.delete(CaseTag, tag)
            elif what == "delete" and tx.get(Article, article) is not None:
                for found_row in tx.query("SELECT id FROM article_product"):
                    tx.delete(ArticleProduct, found_row[0])
                tx.delete(Article, article)
            elif what == "article" and tx.get(Article, article) is not None:
                tx.update(Article, article, title=f"{station.name} {now}")
        return None if tx.is_empty else bytes(tx.id)
    except Refused:
        return None
    except Exception as error:
        if type(error).__name__ == "BuiltUpon" or (type(error).__name__ == "IntegrityError" and what != "undo"):
            return None
        raise
