"""Conditions of views: what they mean against a plain reading of each case, what they refuse, what they are called."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import times
from app.errors import UserError
from app.texts import CATALOGUE, Texts
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.condition_words import ConditionWords
from app.work.conditions import (
    FIELDS,
    ME,
    UNITS,
    Condition,
    Conditions,
    Here,
    condition,
    from_plain,
    is_span,
    needs_values,
    offered_tests,
    sql,
    to_plain,
)
from db.rules import NO_DUE
from db.shapes import Department, Place, Product, Queue
from tests.desks import Clock, found_desk

ZONE = "Europe/Berlin"


class Sample:
    """A desk with cases of every kind, read once."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.desk = desk = found_desk(folder, clock=self.clock)
        with desk.replica.transaction("setup", desk.me, at=self.clock()) as tx:
            works = tx.insert(Department, name="Works")
            hall = tx.insert(Department, name="Hall 1", parent_id=works)
            press = tx.insert(Product, name="Press")
            second = tx.insert(Queue, name="Machines", kind="product", tier=2)
            place = tx.insert(Place, name="Line 4", department_id=hall)
        self.works, self.hall, self.press, self.second, self.place = works, hall, press, second, place
        wanted: list[dict[str, Any]] = [
            {}, {"department_id": hall}, {"department_id": works, "product_id": press}, {"place_id": place},
            {"queue_id": second, "major": True}, {"tags": ("line", "night")}, {"tags": ("line",), "channel": "e-mail"},
            {"kind": "problem"}, {"solved": "It works again"}, {"kind": "request", "product_id": press},
        ]  # fmt: skip
        ids = []
        for number, values in enumerate(wanted):
            self.clock.pass_minutes(700)
            severity = 1 + number % 3
            ids.append(desk.cases.new(NewCase(f"Press {number} zephyr", severity, **values)).case_id)
        for case_id in ids[1:4]:
            desk.cases.claim(case_id)
        desk.cases.wait(ids[2], "supplier")
        desk.cases.watch(ids[5])
        desk.drafts.mark_read(ids[4])
        self.clock.pass_minutes(60)
        self.rows = [dict(r) for r in desk.context.reader.all('SELECT * FROM "case" ORDER BY rid')]
        self.tags: dict[bytes, set[str]] = {}
        for row in desk.context.reader.all("SELECT case_id, tag FROM case_tag"):
            self.tags.setdefault(row["case_id"], set()).add(row["tag"])
        self.read = {r["case_id"]: r["read_at"] for r in desk.context.reader.all("SELECT * FROM case_read")}
        self.watched = {ids[5]}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory):
    made = Sample(tmp_path_factory.mktemp("conditions"))
    yield made
    made.desk.close()


COLUMNS = {
    "queue": "queue_id", "department": "department_id", "product": "product_id", "work_owner": "work_owner_id",
    "contact_owner": "contact_owner_id", "place": "place_id", "due": "due_at", "opened": "opened_at",
    "updated": "updated_at", "resolved": "resolved_at", "reopened": "reopen_count",
}  # fmt: skip


def holds(part: Condition, row: dict[str, Any], sample: Sample, here: Here) -> bool:
    """What a condition means, said once more and without SQL."""
    field, test, values = part.field, part.test, part.values
    if field == "owner":
        either = [holds(Condition(f, "is", values), row, sample, here) for f in ("work_owner", "contact_owner")]
        return any(either) == (test == "is")
    if FIELDS[field].kind == "flag":
        flag = {
            "major": row["major"] == 1,
            "warned": row["warn_at"] is not None and row["warn_at"] <= here.now <= row["due_at"],
            "unread": sample.read.get(row["id"], 0) < row["updated_at"] and row["status"] != "closed",
            "watched": row["id"] in sample.watched, "attachment": False,
        }[field]  # fmt: skip
        return bool(flag) == (test == "yes")
    if field == "tag":
        return bool(sample.tags.get(row["id"], set()) & set(values)) == (test == "is")
    if field == "words":
        return all(word in row["title"].casefold() for word in str(values[0]).casefold().split())
    value = row[COLUMNS.get(field, field)]
    if field == "due" and value == NO_DUE:
        value = None
    if test in ("empty", "filled"):
        return (value is None) == (test == "empty")
    if FIELDS[field].kind == "named":
        ids = [here.me if v == ME else bytes.fromhex(str(v)) for v in values]
        if test == "under":
            below = {sample.works: sample.works, sample.hall: sample.works}
            return value is not None and (value in ids or below.get(value) in ids)
        return (value in ids) == (test == "is")
    if FIELDS[field].kind != "instant":
        least_most = value is not None and (value >= values[0] if test == "least" else value <= values[0])
        return bool({"is": value in values, "is not": value not in values}.get(test, least_most))
    if value is None:
        return False
    if is_span(test):
        length = int(values[0]) * UNITS[str(values[1])]
        ahead, behind = here.now <= value < here.now + length, here.now - length < value <= here.now
        return bool({"within": ahead, "last": behind, "older": value <= here.now - length}[test])
    zone = times.zone(ZONE)
    if test == "past":
        return bool(value < here.now)
    if test == "today":
        return times.local_date(value, zone) == times.local_date(here.now, zone)
    day = date.fromisoformat(str(values[0]))
    return (times.local_date(value, zone) >= day) == (test == "from")


def parts(sample: Sample) -> st.SearchStrategy[Condition]:
    """Any condition that can be made, about what the sample has."""
    named = {
        "queue": [sample.second, sample.rows[0]["queue_id"]], "department": [sample.works, sample.hall],
        "product": [sample.press], "place": [sample.place],
    }  # fmt: skip
    days = st.dates(date(2026, 1, 3), date(2026, 1, 14)).map(date.isoformat)

    def values(field: str, test: str) -> st.SearchStrategy[list[Any]]:
        about = FIELDS[field]
        if not needs_values(test):
            return st.just([])
        if is_span(test):
            return st.tuples(st.integers(1, 200), st.sampled_from(list(UNITS))).map(list)
        if test in ("from", "before"):
            return days.map(lambda day: [day])
        if about.kind == "choice":
            return st.lists(st.sampled_from(about.among), min_size=1, max_size=3)
        if about.kind == "number":
            return st.lists(st.integers(0, 4), min_size=1, max_size=2)
        if about.kind == "tag":
            return st.lists(st.sampled_from(["line", "night", "nothing"]), min_size=1, max_size=2)
        if about.kind == "words":
            return st.sampled_from([["press"], ["zephyr 3"], ["press 1"]])
        ids = [one.hex() for one in named.get(field, [])] or [ME, sample.desk.me.hex()]
        return st.lists(st.sampled_from(ids), min_size=1, max_size=2)

    pairs = [
        (field, test) for field in FIELDS for test in offered_tests(field) if field not in ("next_step_at", "hops")
    ]
    return st.sampled_from(pairs).flatmap(lambda pair: values(*pair).map(lambda v: condition(*pair, v)))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_view_has_the_cases_its_conditions_say(sample: Sample, data: st.DataObject):
    match = data.draw(st.sampled_from(["all", "any"]))
    wanted = Conditions(match, tuple(data.draw(st.lists(parts(sample), min_size=1, max_size=4))))
    assert from_plain(to_plain(wanted)) == wanted
    here = Here(sample.desk.me, sample.clock(), ZONE)
    every = all if match == "all" else any
    expected = [r["rid"] for r in sample.rows if every(holds(p, r, sample, here) for p in wanted.parts)]
    where, params = sql(wanted, here)
    found = sample.desk.context.reader.ids(f'SELECT c.rid FROM "case" c WHERE {where} ORDER BY c.rid', params)
    assert list(found) == expected, where


def test_every_condition_can_be_said_in_both_languages(sample: Sample):
    for language in ("en", "de"):
        words = ConditionWords(Texts(language), sample.desk.directory)
        for key in FIELDS:
            for test in offered_tests(key):
                assert words.field(key)
                assert words.test(test)
    for key, (english, german) in CATALOGUE.items():
        assert english.strip(), key
        assert german.strip(), key


def test_a_view_in_words(sample: Sample):
    both = Conditions("all", (condition("status", "is", ["new", "waiting"]), condition("due", "within", [4, "hours"]),
                              condition("department", "under", [sample.works.hex()]), condition("owner", "is", [ME]),
                              condition("opened", "from", ["2026-01-05"]), condition("severity", "most", [2]),
                              condition("unread", "yes")))  # fmt: skip
    english = ConditionWords(Texts("en"), sample.desk.directory).conditions(both)
    assert english == (
        "Status is New or Waiting and Due is within the next 4 hours and Department is or belongs to Works and "
        "Work owner or contact is me and Opened is on or after 5 Jan 2026 and Severity is at most 2 High and "
        "Unread by me: yes"
    )
    german = ConditionWords(Texts("de"), sample.desk.directory).conditions(both)
    assert german.startswith("Status ist Neu oder Wartet und Fällig ist innerhalb der nächsten 4 Stunden und Abteilung")


@pytest.mark.parametrize(
    ("field", "test", "values", "told"),
    [
        ("colour", "is", ["red"], "There is no field 'colour'"),
        ("status", "least", ["new"], "can't be tested for 'least'"),
        ("status", "is", ["open"], "There is no status 'open'"),
        ("status", "is", [], "Say what 'status' is compared with"),
        ("queue", "is", [ME], "is not a value for queue"),
        ("queue", "is", ["zz" * 16], "is not a value for queue"),
        ("due", "within", [0, "hours"], "1 to 10000 hours or days"),
        ("due", "within", [4, "weeks"], "1 to 10000 hours or days"),
        ("severity", "most", ["high"], "a number"),
        ("opened", "within", [4, "days"], "can't be tested"),
        ("tag", "is", [" "], "Say which tag"),
    ],
)
def test_conditions_that_mean_nothing_are_refused(field: str, test: str, values: list[Any], told: str):
    with pytest.raises(UserError, match=told):
        condition(field, test, values)


@pytest.mark.parametrize(
    "data",
    [{"match": "none"}, {"conditions": {}}, {"conditions": ["status"]},
     {"conditions": [{"field": "moon", "test": "is"}]},
     {"conditions": [{"field": "status", "test": "is", "values": [1.5]}]},
     {"conditions": [{"field": "status", "test": "is", "values": "new"}]}],
)  # fmt: skip
def test_what_is_no_view_is_told_and_not_guessed(data: dict[str, Any]):
    with pytest.raises(UserError):
        from_plain(data)


def test_one_queue_is_read_along_its_index(sample: Sample):
    wanted = Conditions("all", (condition("queue", "is", [sample.second.hex()]),))
    reader = sample.desk.context.reader
    where, params = sample.desk.lists._conditions(CaseFilter(conditions=wanted))
    plan = [
        r["detail"]
        for r in reader.all(
            f'EXPLAIN QUERY PLAN SELECT c.rid FROM "case" c{where} ORDER BY c.severity, c.due_at', params
        )
    ]
    assert any("ix_case_open_queue" in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan
    assert len(sample.desk.lists.ids(CaseList(CaseFilter(conditions=wanted)))) == 1
