"""Which agreement holds for a department: the SQL and the rule say the same of any tree, and whoever inherits an
agreement is in every list that asks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.insight.scope import Edition, read_scope
from app.work.agreed import covers, nearest
from app.work.agreements import Agreement
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.coverage import Cover, in_force_above, terms
from app.work.holding import departments_of, held_by, line_of, line_up, parents_of
from app.work.instead import instead_of
from db.shapes import Absence, Analyst, Coverage, Department, Queue
from tests.desks import Clock, found_desk

DAYS = [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(12)]
TODAY = "2026-01-05"


# -- the rule ----------------------------------------------------------------------------------------------------------
a_cover = st.tuples(st.sampled_from("abc"), st.sampled_from(DAYS), st.sampled_from([*DAYS, None]))


@given(st.lists(a_cover, max_size=8))
def test_terms_say_of_each_day_what_the_rule_says_of_it(made):
    line = (b"a", b"b", b"c")
    agreed = [Cover(bytes([n]), dep.encode(), b"p", valid_from=first, valid_to=last)
              for n, (dep, first, last) in enumerate(made)]  # fmt: skip
    found = terms(agreed, line)
    for day in [*DAYS, "2027-01-01", "2025-12-31"]:
        held = [one.cover for one in found if one.first <= day <= (one.last or "9999-12-31")]
        wanted = in_force_above(agreed, line, day)
        assert held == ([] if wanted is None else [wanted])


# -- rule and SQL ------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = found_desk(tmp_path, clock=Clock())
    yield made
    made.close()


def test_sql_and_rule_agree_on_any_forest_also_one_with_a_ring(desk: Desk):
    query = desk.context.reader.all
    for seed in range(15):
        chance = random.Random(seed)
        with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
            halls: list[bytes] = []
            for n in range(12):
                above = chance.choice([None, *halls])
                halls.append(tx.insert(Department, name=f"{seed}.{n}", parent_id=above, active=chance.random() < 0.9))
            if seed % 5 == 0:
                tx.update(Department, halls[0], parent_id=halls[-1])  # whatever that makes of the tree
            for _ in range(chance.randrange(1, 9)):
                tx.insert(
                    Coverage, department_id=chance.choice(halls), primary_id=desk.me,
                    valid_from=chance.choice(DAYS), valid_to=chance.choice([*DAYS, None]),
                )  # fmt: skip
        agreed, parents = covers(query), parents_of(query)
        for day in DAYS[::3]:
            found = held_by(query, day)
            for hall in parents:
                assert line_up(parents, hall) == line_of(query, hall)
                wanted = in_force_above(agreed, line_up(parents, hall), day)
                assert found.get(hall) == (None if wanted is None else wanted.id)
                assert nearest(query, hall, day) == wanted
            for cover in agreed:
                those = departments_of(query, cover.id, day)
                assert set(those) == {hall for hall, held in found.items() if held == cover.id}
                assert not those or cover.department not in those or those[0] == cover.department


# -- everywhere --------------------------------------------------------------------------------------------------------
class House:
    """Production with two halls beneath it, a line beneath the first; Anna has Production, Li stands in, Jo has hall 2
    for himself. Nobody is in a queue."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
            self.li, self.jo = tx.insert(Analyst, name="Li Marino"), tx.insert(Analyst, name="Jo Roth")
            self.production = tx.insert(Department, name="Production")
            self.hall1 = tx.insert(Department, name="Hall 1", parent_id=self.production)
            self.line = tx.insert(Department, name="Line A", parent_id=self.hall1)
            self.hall2 = tx.insert(Department, name="Hall 2", parent_id=self.production)
            self.sales = tx.insert(Department, name="Sales")
            self.queue = tx.insert(Queue, name="Nobody's", kind="product")
        self.cover = desk.agreements.agree(Agreement(self.production, desk.me, self.li)).id
        desk.agreements.agree(Agreement(self.hall2, self.jo))

    def away(self, who: bytes, first: str = TODAY, last: str | None = None) -> None:
        with self.desk.replica.transaction("setup", self.desk.me, at=self.desk.context.clock()) as tx:
            tx.insert(Absence, analyst_id=who, from_day=first, to_day=last, kind="vacation")

    def case(self, department: bytes | None, owner: bytes | None = None) -> bytes:
        made = self.desk.cases.new(NewCase(title="Prints blanks", severity=3, department_id=department, owner_id=owner))
        return made.case_id


@pytest.fixture
def house(desk: Desk) -> House:
    return House(desk)


def test_my_departments_are_also_those_that_inherit_my_agreement(house: House):
    found = house.desk.lists.covered(TODAY)
    assert [one.department for one in found] == [house.production, house.hall1, house.line], "and not hall 2, nor sales"
    assert not any(one.stand_in for one in found)
    house.away(house.jo)
    assert len(house.desk.lists.covered(TODAY)) == 3, "who inherits nothing is not mine because somebody is away"


def test_a_case_of_a_part_is_reachable_while_somebody_speaks_for_the_whole(house: House):

    with house.desk.replica.transaction("setup", house.desk.me, at=house.desk.context.clock()) as tx:
        left = tx.insert(Analyst, name="Who Left", active=False)
    of_line, of_sales = house.case(house.line, left), house.case(house.sales, left)
    with house.desk.replica.transaction("setup", house.desk.me, at=house.desk.context.clock()) as tx:
        from db.shapes import Case

        for case in (of_line, of_sales):
            tx.update(Case, case, contact_owner_id=None, work_owner_id=left)
    unreachable = CaseList(CaseFilter(unreachable=True))
    rid = house.desk.lists.rid
    assert list(house.desk.lists.ids(unreachable)) == [rid(of_sales)]
    house.away(house.desk.me)
    house.away(house.li)
    assert set(house.desk.lists.ids(unreachable)) == {rid(of_sales), rid(of_line)}


def test_who_stands_in_for_the_whole_acts_in_its_parts(house: House):
    case = house.case(house.line)
    house.away(house.desk.me)
    assert instead_of(house.desk.context.reader.all, case, house.li, TODAY) == house.desk.me


def test_the_report_of_an_analyst_holds_what_he_inherits(house: House):
    scope = read_scope(house.desk.context.reader, Edition("analyst", house.desk.me), TODAY)
    assert scope is not None
    assert set(scope.values) == {house.production, house.hall1, house.line}


def test_the_review_counts_the_cases_of_the_parts_and_names_them(house: House):
    from app.work.coverage_review import ReviewReader

    desk = house.desk
    for department in (house.production, house.line, house.hall2):
        house.case(department)
    found = ReviewReader(desk.context, desk.directory, desk.coverings, desk.deadlines).month("2026-01")
    by_name = {one.department: one for one in found.departments}
    assert (by_name["Production"].opened, by_name["Production"].parts) == (2, ("Hall 1", "Line A"))
    assert (by_name["Hall 2"].opened, by_name["Hall 2"].parts) == (1, ())


def test_all_departments_at_once_are_told_as_each_by_itself(house: House):
    from db.shapes import Calendar

    desk = house.desk
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        early = tx.insert(
            Calendar, name="early", time_zone="Europe/Berlin", shifts='{"mon": ["06:00-14:00"]}', country="", region=""
        )
        tx.update(Department, house.hall1, calendar_id=early)
        tx.insert(Department, name="Line B", parent_id=house.production)
    house.away(desk.me, "2026-01-12", "2026-01-16")
    desk.agreements.agree(Agreement(house.line, house.jo, house.li, valid_from="2026-01-14"))
    at = desk.context.clock()
    each = [now for one in desk.directory.all("department") if (now := desk.coverings.now(one.id, at)) is not None]
    assert desk.coverings.nows(at) == each
    assert len(each) == 5


def test_a_rehearsal_names_the_parts_and_finds_their_cases_a_taker(house: House):
    from app.insight.radar import Radar

    case = house.case(house.line, house.desk.me)
    found = Radar(house.desk.context).rehearse(house.desk.me, TODAY)
    assert {one.what: one.taker for one in found.departments} == dict.fromkeys(
        (house.production, house.hall1, house.line), house.li
    )
    assert [(one.what, one.taker) for one in found.cases] == [(case, house.li)]


def test_the_chart_has_one_box_for_an_agreement_and_names_its_parts(house: House):
    from app.reports.orgchart import read
    from app.texts import Texts

    chart = read(house.desk.context, TODAY, Texts("en"))
    boxes = {one.title: one.note for one in chart.boxes if one.kind == "department"}
    assert boxes == {"Production": "also: Hall 1, Line A", "Hall 2": ""}


def test_the_calendar_shows_what_a_department_inherits_when_its_own_agreement_ends(house: House):
    from app.work.absence_calendar import CalendarReader

    desk = house.desk
    own = next(one for one in desk.coverings.history() if one.department == house.hall2)
    desk.agreements.end(own.id, "2026-01-07")
    found = CalendarReader(desk.context, desk.directory, desk.deadlines).read(TODAY, "2026-01-11")
    line = next(one for one in found.departments if one.id == house.hall2)
    assert line.pieces == (), "Anna has it from the eighth on: no day is without an agreement"


def test_what_the_parts_need_is_asked_of_who_stands_in_for_the_whole(house: House):
    from db.shapes import Product

    desk = house.desk
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        mes = tx.insert(Product, name="MES", needs_level=2)
    desk.cases.new(NewCase(title="Terminal dark", severity=3, department_id=house.line, product_id=mes))
    known = desk.coverings.world()
    assert dict(known.customers[house.production].products) == {mes: 2}
    assert dict(known.customers[house.hall2].products) == {}
