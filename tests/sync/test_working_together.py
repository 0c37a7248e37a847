"""Two and three workstations on one log: what one does, the others see; what can't be, is told."""

from __future__ import annotations

import hashlib

import pytest

from db.entry import parse
from db.errors import Refused, StoreUnreachable
from db.ids import derived_id
from db.replica import Slot
from db.shapes import Case, CaseTag, Department, TimelineEntry
from tests.sync.memory_log import MemoryStore
from tests.sync.stations import Station, assert_agree, settle


def test_a_case_opened_in_one_is_seen_claimed_and_resolved_in_the_other(anna: Station, jo: Station) -> None:
    case = anna.opens("Printer in hall 1 jams")
    assert anna.case(case)["number"] is None, "a number is given by the log, not before"
    anna.sync()
    assert anna.case(case)["number"] == 1
    jo.sync()
    assert jo.case(case)["title"] == "Printer in hall 1 jams"
    jo.claims(case)
    now = jo.clock()
    with jo.transaction("case.resolve") as tx:
        tx.update(Case, case, status="resolved", ended_at=now, resolved_at=now, resolution="New roller.")
        tx.insert(TimelineEntry, case_id=case, at=now, kind="note", text="Roller changed", author_id=jo.analyst)
    jo.sync()
    anna.sync()
    seen = anna.case(case)
    assert (seen["status"], seen["work_owner_id"], seen["resolution"]) == ("resolved", jo.analyst, "New roller.")
    assert anna.count("timeline_entry") == 1
    assert_agree(anna, jo)


def test_of_two_who_claim_at_once_one_wins_and_the_loser_learns_who(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    won, lost = anna.claims(case), jo.claims(case)
    anna.sync()
    result = jo.sync()
    assert result.new_conflicts == 1
    assert jo.case(case)["work_owner_id"] == anna.analyst
    assert jo.replica.outcome(lost)[0] == "refused"
    assert anna.replica.outcome(won) == ("accepted", None)
    (conflict,) = jo.replica.conflicts()
    assert (conflict.column, conflict.mine, conflict.theirs) == ("work_owner_id", jo.analyst, anna.analyst)
    assert_agree(anna, jo)


def test_a_claim_without_a_precondition_is_compare_and_set_all_the_same(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    anna.edits(case, work_owner_id=anna.analyst)
    jo.edits(case, work_owner_id=jo.analyst)
    anna.sync()
    jo.sync()
    (conflict,) = jo.replica.conflicts()
    assert (conflict.outcome, conflict.mine, conflict.theirs) == ("refused", jo.analyst, anna.analyst)
    assert_agree(anna, jo)


def test_offline_work_of_both_is_merged_when_they_meet(anna: Station, jo: Station) -> None:
    case = anna.opens("Scanner")
    settle(anna, jo)
    anna.edits(case, title="Scanner in the hall", description="It hums.")
    jo.edits(case, severity=1, reopen_count=2)
    anna.edits(case, reopen_count=1)
    settle(anna, jo)
    both = anna.case(case)
    assert (both["title"], both["severity"], both["reopen_count"]) == ("Scanner in the hall", 1, 3)
    assert not jo.replica.conflicts()
    assert_agree(anna, jo)


def test_a_fresh_change_wins_and_both_values_are_kept(anna: Station, jo: Station) -> None:
    case = anna.opens("Old title")
    settle(anna, jo)
    anna.edits(case, title="Anna's title")
    jo.edits(case, title="Jo's title")
    settle(anna, jo)
    assert anna.case(case)["title"] == "Jo's title"
    (conflict,) = jo.replica.conflicts()
    assert (conflict.outcome, conflict.mine, conflict.theirs) == ("mine stands", "Jo's title", "Anna's title")
    jo.replica.settle(conflict.n, jo.clock())
    assert not jo.replica.conflicts()
    assert [c.n for c in jo.replica.conflicts(settled=True)] == [conflict.n]
    assert_agree(anna, jo)


def test_a_stale_change_is_kept_as_a_proposal(anna: Station, jo: Station) -> None:
    case = anna.opens("Old title")
    settle(anna, jo)
    jo.edits(case, title="Jo's title", severity=2)
    jo.clock.pass_minutes(6)
    anna.edits(case, title="Anna's title")
    settle(anna, jo)
    assert (anna.case(case)["title"], anna.case(case)["severity"]) == ("Anna's title", 2)
    (conflict,) = jo.replica.conflicts()
    assert (conflict.outcome, conflict.mine) == ("theirs stands", "Jo's title")
    assert_agree(anna, jo)


def test_the_same_tag_added_by_both_is_one_tag(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    tag = derived_id(0, case.hex(), "printer")
    for station in (anna, jo):
        with station.transaction() as tx:
            tx.insert(CaseTag, tag, case_id=case, tag="printer")
    settle(anna, jo)
    assert anna.count("case_tag") == jo.count("case_tag") == 1
    assert not jo.replica.conflicts()
    assert_agree(anna, jo)


def test_an_impossible_step_becomes_a_question(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    now = anna.clock()
    anna.edits(case, status="cancelled", ended_at=now)
    jo.edits(case, status="waiting", waiting_on="parts")
    settle(anna, jo)
    assert jo.case(case)["status"] == "cancelled"
    (conflict,) = jo.replica.conflicts()
    assert (conflict.reason, conflict.theirs, conflict.mine) == ("status", "cancelled", "waiting")
    assert_agree(anna, jo)


def test_work_on_a_refused_case_is_refused_with_it_and_kept(anna: Station, jo: Station) -> None:
    anna.opens("From the monitor", external_source="icinga", external_ref="4711")
    case = jo.opens("The same from the monitor", external_source="icinga", external_ref="4711")
    jo.edits(case, title="More")
    settle(anna, jo)
    assert jo.count("case") == 1
    assert {c.kind for c in jo.replica.conflicts()} == {"case.new", "case.edit"}
    assert_agree(anna, jo)


def test_numbers_have_no_gaps_whoever_opens_cases(anna: Station, jo: Station, kim: Station) -> None:
    for turn in range(4):
        for station in (anna, jo, kim):
            station.opens(f"{station.name} {turn}")
            if turn % 2:
                station.sync()
    settle(anna, jo, kim)
    numbers = [row["number"] for row in map(dict, anna.replica.reader().all('SELECT number FROM "case"'))]
    assert sorted(numbers) == list(range(1, 13))
    assert_agree(anna, jo, kim)


def test_a_pending_import_takes_the_short_way_beside_news_of_other_rows(anna: Station, jo: Station) -> None:
    old = jo.opens("Known to both")
    settle(anna, jo)
    with anna.transaction("import.events", undoable=False) as tx:
        for n in range(50):
            case = tx.insert(Case, title=f"Imported {n}", severity=3, opened_at=n, updated_at=n)
            tx.insert(TimelineEntry, case_id=case, at=n, kind="note", text="from the log")
    before = anna.one('SELECT rid FROM "case" WHERE title = ?', "Imported 7")
    jo.edits(old, title="News")
    jo.sync()
    settle(anna, jo)
    assert anna.case(old)["title"] == "News"
    assert anna.one('SELECT rid FROM "case" WHERE title = ?', "Imported 7") == before
    assert jo.count("case") == 51
    assert_agree(anna, jo)


def test_row_numbers_survive_a_rebase_and_are_never_given_again(anna: Station, jo: Station) -> None:
    shared = jo.opens("Known to both")
    settle(anna, jo)
    mine = anna.opens("Mine")
    anna.edits(shared, title="Anna")
    row = anna.case(mine)["rid"]
    theirs = jo.opens("Theirs")
    jo.edits(shared, title="Jo")
    jo.sync()
    anna.sync()
    assert anna.case(mine)["rid"] == row
    assert anna.case(theirs)["rid"] > row


def test_what_is_searched_follows_the_news(anna: Station, jo: Station) -> None:
    case = anna.opens("Drucker größer kaputt")
    settle(anna, jo)
    query = "SELECT count(*) AS n FROM case_fts WHERE case_fts MATCH ?"
    assert jo.one(query, "groesser")["n"] == 1
    anna.edits(case, title="Scanner")
    settle(anna, jo)
    assert (jo.one(query, "groesser")["n"], jo.one(query, "scanner")["n"]) == (0, 1)


def test_listeners_hear_of_both_kinds_of_change_alike(anna: Station, jo: Station) -> None:
    heard: list[set[bytes]] = []
    jo.replica.on_change(lambda touched: heard.append(set(touched.tables.get("case", ()))))
    own = jo.opens()
    other = anna.opens()
    anna.sync()
    jo.sync()
    assert heard[0] == {own}
    assert any(other in cases for cases in heard[1:])


def test_a_newcomer_reads_five_hundred_entries_at_a_time_and_ends_where_all_are(anna: Station, jo: Station) -> None:
    case = anna.opens()
    for n in range(520):
        anna.edits(case, title=f"Turn {n}")
        anna.sync()
    assert jo.sync().applied == 521
    assert_agree(anna, jo)


def test_every_256th_entry_carries_the_state_digest_and_everybody_compares(
    anna: Station, jo: Station, kim: Station, expect_log
) -> None:
    expect_log("entry 256 was made on another state than ours")
    case = anna.opens()
    settle(anna, jo, kim)
    with kim.replica.local() as raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'digest'", (b"\xc4\x20" + bytes(32),))
    while anna.replica.head.seq < 256:
        anna.edits(case, title=str(anna.replica.head.seq))
        anna.sync()
    assert jo.sync().differing == []
    assert kim.sync().differing == [256]


def test_work_stays_pending_while_the_drive_is_away(anna: Station, jo: Station, store: MemoryStore) -> None:
    case = anna.opens()
    store.gone = True
    with pytest.raises(StoreUnreachable):
        anna.sync()
    anna.edits(case, title="Still working")
    assert anna.replica.pending_count() == 2
    store.gone = False
    assert anna.sync().published == 2
    jo.sync()
    assert_agree(anna, jo)


def test_a_hint_tells_of_news_and_every_tenth_look_is_thorough(anna: Station, jo: Station, store: MemoryStore) -> None:
    assert [jo.syncer.has_news() for _ in range(10)] == [False] * 9 + [True]
    anna.opens()
    anna.sync()
    assert jo.syncer.has_news()
    store.the_hint = None
    assert jo.syncer.has_news()


def test_a_batch_travels_in_one_entry_and_a_large_transaction_alone(anna: Station) -> None:
    head = anna.replica.head.seq
    for n in range(70):
        anna.opens(f"Case {n}")
    assert anna.sync().head == head + 2
    anna.opens("Long", description="x" * 300_000)
    anna.opens("Short")
    assert anna.sync().head == head + 4


def test_the_chain_names_the_hash_of_the_entry_before(anna: Station) -> None:
    anna.opens()
    anna.sync()
    before = b"\0" * 32
    for seq, raw in anna.replica.entries():
        body = parse(raw).open_body(anna.secret.desk_keys)
        assert (body.seq, body.prev) == (seq, before)
        before = hashlib.sha256(raw).digest()
    assert anna.replica.head.hash == before


def test_applying_slots_twice_or_none_changes_nothing(anna: Station, jo: Station) -> None:
    assert jo.replica.apply([], jo.secret.desk_keys, jo.clock()).entries == 0
    head, digest = jo.replica.head, jo.replica.digest
    old = Slot(head.seq, ((f"{head.seq:012d}.e", jo.replica.entry(head.seq) or b""),))
    applied = jo.replica.apply([old], jo.secret.desk_keys, jo.clock())
    assert applied.entries == 0
    assert (jo.replica.head, jo.replica.digest) == (head, digest)


def test_an_analyst_is_told_at_once_what_the_rules_forbid(jo: Station) -> None:
    case = jo.opens()
    with pytest.raises(Refused, match="only a supervisor may change department"), jo.transaction() as tx:
        tx.insert(Department, name="Jo's own")
    with pytest.raises(Refused, match="can't go from new to closed"):
        jo.edits(case, status="closed", ended_at=jo.clock())
    with pytest.raises(Refused, match="never deleted"), jo.transaction() as tx:
        tx.delete(Case, case)
    with pytest.raises(Refused, match="given by the log"):
        jo.edits(case, number=7)
    with pytest.raises(Refused, match="based on"), jo.transaction() as tx:
        tx.require(Case, case, "work_owner_id", jo.analyst)
    assert jo.replica.pending_count() == 1


def test_a_transaction_of_nobody_in_particular_is_judged_as_the_workstations_own(jo: Station) -> None:
    with (
        pytest.raises(Refused, match="only a supervisor"),
        jo.replica.transaction("department.new", None, at=jo.clock()) as tx,
    ):
        tx.insert(Department, name="Smuggled")
