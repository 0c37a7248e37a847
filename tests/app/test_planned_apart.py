"""Two who plan the same thing while they can't see each other: every workstation ends alike, and both are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.texts_coverage import news_sentence
from app.times import HOUR_MS
from app.work.agreements import Agreement
from app.work.overwritten import OverwrittenReader, overwritten, who_did
from db.capture import RowChange, TxRecord
from db.shapes import Analyst, Department
from tests.desks import MONDAY_NINE, Clock, found_desk, join_desk


# -- the rule ----------------------------------------------------------------------------------------------------------
def record(n: int, *changes: RowChange) -> TxRecord:
    return TxRecord(n.to_bytes(16, "big"), "absence.move", n, b"me", None, (), changes)


ROW = b"row"
a_word = st.tuples(st.sampled_from(["from_day", "to_day"]), st.sampled_from("abc"))


@given(st.lists(st.lists(a_word, min_size=1, max_size=2).map(dict), max_size=5), st.sampled_from("abc"),
       st.sampled_from("abc"), st.sets(st.integers(0, 4)))  # fmt: skip
def test_only_my_last_word_on_each_column_is_compared(words, first, last, refused):
    records = [record(n, RowChange("absence", ROW, "u", {c: ["?", v] for c, v in said.items()}))
               for n, said in enumerate(words)]  # fmt: skip
    now = {"from_day": first, "to_day": last}
    found = overwritten(reversed(records), lambda _table, _row: now, {n.to_bytes(16, "big") for n in refused})
    expected = {}
    for column in ("from_day", "to_day"):
        mine = [(n, said[column]) for n, said in enumerate(words) if column in said]
        if mine and mine[-1][1] != now[column] and mine[-1][0] not in refused:
            expected[column] = mine[-1][1]
    assert (dict(found[0].mine) if found else {}) == expected


def test_what_i_took_off_myself_is_no_news_and_what_somebody_took_off_is():
    made = record(
        1, RowChange("shift", ROW, "i", {"analyst_id": b"a", "starts_at": 1, "ends_at": 2, "duty": "hotline"})
    )
    gone = record(2, RowChange("shift", ROW, "d", {}))
    assert overwritten([gone, made], lambda *_: None) == []
    (found,) = overwritten([made], lambda *_: None)
    assert found.now is None
    assert "took off" in news_sentence(found, "Jo Roth", "en", lambda _row: "", str)
    other = record(3, RowChange("case", ROW, "u", {"title": ["a", "b"]}))
    assert overwritten([other], lambda *_: None) == []


# -- two profiles ------------------------------------------------------------------------------------------------------
class Apart:
    """Anna Kern and Jo Roth, both supervisors, on two workstations that are out of reach of each other until `meet`."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.anna = found_desk(folder, clock=self.clock)
        self.jo = join_desk(self.anna, folder, role="supervisor")
        with self.anna.replica.transaction("admin.people", self.anna.me, at=self.clock()) as tx:
            self.marino = tx.insert(Analyst, name="Li Marino")
            self.hall = tx.insert(Department, name="Hall 1")
        self.meet()

    def meet(self) -> None:
        for desk in (self.anna, self.jo, self.anna, self.jo):
            desk.sync_round()
        assert self.anna.replica.digest == self.jo.replica.digest, "every workstation ends alike"

    def news(self, capsys: pytest.CaptureFixture[str], desk, *more: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        assert main(["--profile", str(desk.profile.folder), "coverage", "news", "--json", *more]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Apart]:
    made = Apart(tmp_path)
    monkeypatch.setattr("app.cli.opening.Desk", lambda profile: Desk(profile, clock=made.clock))
    yield made
    made.jo.close()
    made.anna.close()


def test_an_absence_moved_by_two(apart: Apart, capsys: pytest.CaptureFixture[str]):
    anna, jo = apart.anna, apart.jo
    anna.agreements.agree(Agreement(apart.hall, apart.marino, anna.me))
    absence = anna.absences.plan("2026-02-02", "2026-02-06", analyst=apart.marino).id
    apart.meet()
    anna.absences.move(absence, "2026-02-09", "2026-02-13")
    jo.absences.move(absence, "2026-02-16", "2026-02-20")
    apart.meet()
    days = {(d.coverings.spell(absence).from_day, d.coverings.spell(absence).to_day) for d in (anna, jo)}
    assert days == {("2026-02-16", "2026-02-20")}, "one of the two, whole, and nobody's half"
    told = {(c.column, c.mine, c.theirs, c.their_author) for c in jo.conflicts.waiting()}
    assert ("from_day", "2026-02-16", "2026-02-09", "Anna Kern") in told, "the second sees both values"
    (news,) = apart.news(capsys, anna)
    assert (news["by"], news["mine"]["from_day"], news["now"]["from_day"]) == ("Jo Roth", "2026-02-09", "2026-02-16")
    assert news["says"] == (
        "Jo Roth changed what you entered: Li Marino is away from 16 Feb 2026 to 20 Feb 2026."
    )  # fmt: skip
    assert apart.news(capsys, jo) == [], "who is asked to decide is not told a second time"
    assert (news["seen"], apart.news(capsys, anna, "--seen")[0]["seen"], apart.news(capsys, anna)[0]["seen"]) == (
        False, True, True
    )  # fmt: skip
    anna.absences.move(absence, "2026-03-02", "2026-03-06")
    apart.meet()
    assert apart.news(capsys, anna) == []


def test_a_sickness_reported_by_two(apart: Apart):
    anna, jo = apart.anna, apart.jo
    anna.agreements.agree(Agreement(apart.hall, apart.marino, anna.me))
    apart.meet()
    anna.absences.sick(apart.marino, last="2026-01-07")
    jo.absences.sick(apart.marino)
    apart.meet()
    for desk in (anna, jo):
        assert "entered twice" in {one.code for one in desk.coverings.findings()}, "both are told, on the page"
        now = desk.coverings.now(apart.hall)
        assert now is not None
        assert now.acting is not None
        assert now.acting.who == anna.me, "and somebody acts meanwhile"


def test_a_swap_against_a_turn_given_away(apart: Apart, capsys: pytest.CaptureFixture[str]):
    anna, jo, start = apart.anna, apart.jo, MONDAY_NINE + 24 * HOUR_MS
    first = anna.shifts.plan(anna.me, start, start + 8 * HOUR_MS).ids[0]
    second = anna.shifts.plan(jo.me, start + 24 * HOUR_MS, start + 32 * HOUR_MS).ids[0]
    apart.meet()
    anna.shifts.swap(first, second)
    jo.shifts.give(first, apart.marino)
    apart.meet()
    for desk in (anna, jo):
        held = [desk.shifts.one(turn).analyst_id for turn in (first, second)]
        assert held == [jo.me, anna.me], "the swap is whole: no turn is held by two, none by nobody"
    (told,) = [c for c in jo.conflicts.waiting() if c.column == "analyst_id"]
    assert (told.mine, told.theirs, told.their_author) == ("Li Marino", "Jo Roth", "Anna Kern")
    # Jo has seen both values and stays with hers: now it is Anna whose word no longer counts, and she is told.
    jo.decisions.keep_mine(told.n)
    apart.meet()
    assert {desk.shifts.one(first).analyst_id for desk in (anna, jo)} == {apart.marino}
    (news,) = apart.news(capsys, anna)
    assert (news["what"], news["by"], news["mine"]["analyst"], news["now"]["analyst"]) == (
        "shift", "Jo Roth", "Jo Roth", "Li Marino"
    )  # fmt: skip


def test_two_swaps_of_the_same_turn(apart: Apart):
    anna, jo, start = apart.anna, apart.jo, MONDAY_NINE + 24 * HOUR_MS
    turns = [
        anna.shifts.plan(who, start + n * 24 * HOUR_MS, start + (n * 24 + 8) * HOUR_MS).ids[0]
        for n, who in enumerate((anna.me, jo.me, apart.marino))
    ]
    apart.meet()
    anna.shifts.swap(turns[0], turns[1])
    jo.shifts.swap(turns[1], turns[2])
    apart.meet()
    held = [anna.shifts.one(turn).analyst_id for turn in turns]
    assert held == [jo.me, anna.me, apart.marino], "one swap whole, the other not at all"
    assert jo.replica.conflict_count() > 0


def test_who_did_it_stays_open_where_the_keys_are_away(apart: Apart, monkeypatch: pytest.MonkeyPatch):
    anna, jo = apart.anna, apart.jo
    absence = anna.absences.plan("2026-02-02", "2026-02-06", analyst=apart.marino).id
    apart.meet()
    jo.absences.take_back(absence)
    apart.meet()
    (found,) = OverwrittenReader(anna.context).read()
    who, at = who_did(anna, found)
    assert who == jo.me
    assert at is not None
    from app.errors import UserError

    def locked() -> None:
        raise UserError("The keyring is locked.")

    monkeypatch.setattr(anna, "secret", locked)
    assert who_did(anna, found) == (None, None)
    said = news_sentence(found, "", "de", lambda _row: "Li Marino", str)
    assert said == "Jemand hat Ihren Eintrag geändert: Die Abwesenheit von Li Marino findet nicht statt."
