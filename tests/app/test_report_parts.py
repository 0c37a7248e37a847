"""What stands in the weekly report besides flow and backlog: months, what is left lying, reasons, cost since a launch,
weight, stand-ins, trainings, workstations not seen, what it rests on; tables that break well; lists inside the PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.insight.answers import SEVERITY_WEIGHT
from app.insight.basis import unseen
from app.insight.figure import CaseKey
from app.insight.section import Section
from app.reports.annex import Annex, CaseList
from app.reports.blocks import TOGETHER, WellBroken
from app.reports.case_lines import case_lines
from app.reports.inside import FILE, unpacked
from app.reports.pages import Pages
from app.reports.pdf import Cell, Paper, use_fonts
from app.reports.weekly import WeeklyFigures, weekly_figures
from app.reports.weekly_pdf import draw_weekly
from app.texts import Texts
from db.ids import new_id
from db.shapes import (
    Analyst,
    Calendar,
    CaseEvent,
    Coverage,
    Department,
    Product,
    Rate,
    TimeEntry,
    TimelineEntry,
)
from tests.app.report_desk import DAY, HOUR, Past, at, made_up

NOW = at("2026-03-25 08:00")
WEEK = "2026-W12"
FRIDAY = at("2026-03-20 12:00")


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    one = Past(tmp_path / "desk", NOW)
    yield one
    one.close()


def read(past: Past, seen: dict[bytes, int] | None = None, **more: Any) -> WeeklyFigures:
    return weekly_figures(past.context, WEEK, sections=True, seen=seen, **more)


def section(week: WeeklyFigures, key: str) -> Section:
    return next(one for one in week.sections if one.key == key)


def lines(found: Section, table: str) -> dict[str, tuple[Any, ...]]:
    listing = next((one for one in found.tables if one.key == table), None)
    return {} if listing is None else {line.name: tuple(f.value for f in line.figures) for line in listing.lines}


def headline(found: Section) -> dict[str, Any]:
    return {one.key.partition(".")[2]: one.value for one in found.headline}


def numbers(past: Past) -> dict[bytes, int]:
    return {row[0]: row[1] for row in past.context.reader.all('SELECT id, rid FROM "case"')}


def test_months_are_counted_row_by_row(past: Past) -> None:
    made_up(past, 400, weeks=14)
    found = section(read(past), "months")
    spans = {"2026-03": ("2026-03-01 00:00", "2026-03-23 00:00"), "2026-02": ("2026-02-01 00:00", "2026-03-01 00:00")}
    for name, (low, high) in spans.items():
        opened = past.context.reader.all(
            'SELECT rid FROM "case" WHERE opened_at >= ? AND opened_at < ?', (at(low), at(high))
        )
        line = next(one for one in found.tables[0].lines if one.name == name)
        assert line.figures[0].value == len(opened) > 20
        assert {key.rid for key in line.figures[0].cases} == {row[0] for row in opened}
        closed = past.context.reader.value(
            "SELECT count(*) FROM case_event WHERE field = 'status' AND new = 'closed' AND old <> 'closed' "
            "AND at >= ? AND at < ?",
            (at(low), at(high)),
        )
        assert line.figures[2].value == closed
    assert [line.name for line in found.tables[0].lines] == list(spans), "the running month first"


def test_a_week_of_two_months_counts_the_one_it_ends_in(past: Past) -> None:
    past.now = at("2026-04-08 08:00")
    past.case(at("2026-03-31 09:00"))
    past.case(at("2026-04-02 09:00"))
    found = section(weekly_figures(past.context, "2026-W14", sections=True), "months")
    assert {name: row[0] for name, row in lines(found, "months").items()} == {"2026-04": 1, "2026-03": 1}


def test_left_lying_is_what_waits_for_us_without_a_hand_on_it(past: Past) -> None:
    me, hotline = past.context.me, past.queue("Hotline")
    opened = at("2026-03-02 09:00")
    untouched = past.case(opened, queue_id=hotline)
    noted = past.case(opened, queue_id=hotline)
    by_rule = past.case(opened, queue_id=hotline)
    changed = past.case(opened, queue_id=hotline)
    later = past.case(opened, queue_id=hotline)
    past.case(opened, [(opened + HOUR, "waiting_on", "requester"), (opened + HOUR, "status", "waiting")])
    past.case(at("2026-03-19 09:00"))
    with past.replica.transaction("import.events", me, at=NOW, undoable=False) as tx:
        tx.insert(TimelineEntry, case_id=noted, at=at("2026-03-16 09:00"), kind="note", text="x", author_id=me)
        tx.insert(TimelineEntry, case_id=by_rule, at=at("2026-03-19 09:00"), kind="system", text="x", author_id=me)
        tx.insert(TimelineEntry, case_id=by_rule, at=at("2026-03-19 09:00"), kind="mail", text="from outside")
        tx.insert(CaseEvent, case_id=changed, at=at("2026-03-13 09:00"), field="severity", old="3", new="2",
                  author_id=me)  # fmt: skip
        tx.insert(TimelineEntry, case_id=later, at=at("2026-03-24 09:00"), kind="note", text="x", author_id=me)
    week = read(past)
    found = section(week, "attention")
    rids = numbers(past)
    left = next(one for one in found.headline if one.key == "attention.left")
    assert {key.rid for key in left.cases} == {rids[one] for one in (untouched, by_rule, later)}
    assert (left.value, left.previous) == (3, 4), "a week earlier the noted one lay, too; the changed one never"
    assert lines(found, "attention") == {"Hotline": (3,)}
    quiet = {one.key.rid: one.quiet for one in week.oldest}
    # From Monday the 2nd to Friday the 20th there are fourteen working days after the first.
    assert [quiet[rids[one]] for one in (untouched, noted, changed, later)] == [14, 4, 5, 14]


def test_reasons_of_escalations_as_they_were_written(past: Past) -> None:
    first, second, third = (past.case(at("2026-03-16 08:00")) for _ in range(3))
    long = "Fault moves with the cable, so it is the interface in the cabinet and not the panel."
    with past.replica.transaction("import.events", past.context.me, at=NOW) as tx:
        for case, why in ((first, long), (second, f"  {long}\n"), (third, None)):
            tx.insert(CaseEvent, case_id=case, at=FRIDAY, field="tier", old="1", new="2", reason=why)
    found = section(read(past), "escalations")
    assert lines(found, "escalations.reasons") == {long: (2,), "": (1,)}
    assert headline(found)["unsaid"] == 1


def spent(past: Past, case: bytes, day: str, minutes: int = 60) -> bytes:
    row = new_id()
    with past.replica.transaction("case.time", past.context.me, at=NOW, undoable=False) as tx:
        tx.insert(TimeEntry, row, case_id=case, analyst_id=past.context.me, minutes=minutes, work_date=day,
                  entered_at=NOW)  # fmt: skip
    return row


def test_cost_by_cost_centre_and_since_a_launch(past: Past) -> None:
    hall, office, old, new = (
        past.department("Hall"),
        past.department("Office"),
        past.product("Old"),
        past.product("New"),
    )
    with past.replica.transaction("admin.add", past.context.me, at=NOW) as tx:
        tx.insert(Rate, analyst_id=past.context.me, valid_from="2025-01-01", cents=6000)
        tx.update(Department, hall, cost_centre="2110")
        tx.update(Product, old, launch_date="2020-01-01")
        tx.update(Product, new, launch_date="2026-03-02")
    one = past.case(at("2026-02-01 08:00"), department_id=hall, product_id=new)
    two = past.case(at("2026-03-16 08:00"), department_id=office, product_id=new)
    three = past.case(at("2026-03-16 08:00"), department_id=hall, product_id=old)
    spent(past, one, "2026-02-27")  # before the launch
    wrong = spent(past, one, "2026-03-03", 500)
    with past.replica.transaction("case.time", past.context.me, at=NOW, undoable=False) as tx:
        tx.insert(TimeEntry, case_id=one, analyst_id=past.context.me, minutes=30, work_date="2026-03-03",
                  entered_at=NOW, replaces_id=wrong)  # fmt: skip
    spent(past, two, "2026-03-18")
    spent(past, three, "2026-03-18", 120)
    spent(past, two, "2026-03-23")  # after the week
    found = section(read(past), "cost")
    assert lines(found, "cost.centre") == {"2110": (12000.0, 120, 1), "": (6000.0, 60, 1)}
    assert lines(found, "cost.launch") == {"New (2026-03-02)": (9000.0, 90, 2)}
    part = section(read(past, department=hall), "cost")
    assert lines(part, "cost.launch") == {"New (2026-03-02)": (3000.0, 30, 1)}


def test_few_departments_may_have_most_of_the_weight(past: Past) -> None:
    many, grave = past.department("Many"), past.department("Grave")
    for _ in range(12):
        past.case(FRIDAY, department_id=many, severity=4)
    for _ in range(2):
        past.case(FRIDAY, department_id=grave, severity=1)
    with past.replica.transaction("admin.add", past.context.me, at=NOW) as tx:
        tx.update(Department, grave, significance=1)
    found = section(read(past), "departments")
    assert (headline(found)["pareto"], headline(found)["pareto_weight"]) == (1, 2)
    weight = 2 * 2 * SEVERITY_WEIGHT[1]
    shares = {name: row[-1] for name, row in lines(found, "departments").items()}
    assert shares == pytest.approx({"Many": 12 / (12 + weight), "Grave": weight / (12 + weight)})


def test_departments_without_a_stand_in_are_named(past: Past) -> None:
    hall, office, gone = past.department("Hall"), past.department("Office"), past.department("Gone")
    me = past.context.me
    with past.replica.transaction("admin.add", me, at=NOW) as tx:
        other = tx.insert(Analyst, name="Jo Roth", role="analyst")
        tx.insert(Coverage, department_id=hall, primary_id=me, valid_from="2026-01-01")
        tx.insert(Coverage, department_id=office, primary_id=me, valid_from="2026-01-01", stand_in1_id=other)
        tx.insert(Coverage, department_id=gone, primary_id=me, valid_from="2026-01-01", valid_to="2026-03-20")
    past.case(FRIDAY, department_id=hall)
    found = section(read(past), "dedicated")
    assert headline(found)["alone"] == 1
    assert lines(found, "dedicated.alone") == {"Hall": (1,)}
    earlier = next(one for one in found.headline if one.key == "dedicated.alone")
    assert earlier.previous == 2, "the other ended on Friday"


def test_calendars_targets_and_filters_are_told(past: Past, tmp_path: Path) -> None:
    hall = past.department("Hall")
    office = past.department("Office")
    with past.replica.transaction("admin.add", past.context.me, at=NOW) as tx:
        tx.insert(Calendar, name="Site", time_zone="Europe/Berlin", shifts='{"mon":["08:00-16:00"]}')
        shifts = '{"sat":["06:00-14:00"],"sun":["06:00-14:00"]}'
        week = tx.insert(Calendar, name="Weekend", time_zone="Europe/Berlin", shifts=shifts, country="DE")
        tx.update(Department, hall, calendar_id=week)
    del office
    basis = read(past).basis
    assert basis is not None
    site, weekend = basis.hours
    assert (site.name, site.site, site.departments) == ("Site", True, ())
    assert (weekend.name, weekend.departments, weekend.region) == ("Weekend", ("Hall",), "DE")
    assert weekend.week[5:] == (("06:00-14:00",), ("06:00-14:00",))
    assert [one.severity for one in basis.goals] == ["Line down", "Person stopped", "Hindered", "Question"]
    text = printed(past, read(past), "en")
    assert "Sat–Sun 06:00–14:00; Europe/Berlin; holidays DE; for Hall" in text
    assert "Mon 08:00–16:00" in text
    assert "Line down: response 60" in text.replace("\u00a0", " ") or "Line down: response 1.0" in text
    assert "None: all cases of all kinds" in text
    assert "2026-W04 to 2026-W12" in text
    part = printed(past, read(past, department=hall), "en")
    assert "Department: Hall: the cases that belonged to it" in part


class Devices:
    """Answers what `unseen` asks: every workstation that may write and is older than a day."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def all(self, _sql: str, _params: object) -> list[tuple[bytes, str, str, int]]:
        return [(name.encode(), name, "Anna Kern", NOW - 30 * DAY) for name in self.names]


def test_workstations_not_seen_for_a_day_are_named(past: Past) -> None:
    week = read(past)
    assert week.basis is not None
    assert week.basis.unseen is None
    text = printed(past, week, "en")
    assert "is not known: the store was not asked" in text
    assert "Every workstation was seen" in printed(past, read(past, {}), "en"), "the one that makes the report was"
    devices: Any = Devices("here", "seen", "silent", "never")
    found = unseen(devices, {b"seen": NOW - DAY, b"silent": NOW - DAY - 1, b"gone": 0}, NOW, b"here")
    assert [(one.device, one.last) for one in found] == [("never", None), ("silent", NOW - DAY - 1)]
    week = replace(week, basis=replace(week.basis, unseen=found))
    text = printed(past, week, "de")
    assert "silent Anna Kern 24.03.2026, 07:59" in text
    assert "never Anna Kern nie seit der Anmeldung" in text
    assert json.dumps(week.as_json()["basis"]).count("last_seen") == 2


def printed(past: Past, week: WeeklyFigures, language: str) -> str:
    drawn = draw_weekly(week, language, Paper.A4, lambda keys: case_lines(past.context, keys))
    return re.sub(r"\s+", " ", "".join(page.extract_text() for page in PdfReader(BytesIO(drawn.document)).pages))


# -- tables that break well -------------------------------------------------------------------------------------------
@given(rows=st.integers(1, 60), height=st.floats(40, 700))
@settings(max_examples=150)
def test_a_break_leaves_no_row_alone(rows: int, height: float) -> None:
    use_fonts()
    one = WellBroken([[Cell("head")], *([Cell(str(n))] for n in range(rows))], colWidths=[100], repeatRows=1)
    _, whole = one.wrap(100, height)
    parts: list[Any] = one.split(100, height)
    if not parts:
        assert whole <= height or rows < 2 * TOGETHER or height < (TOGETHER + 1) * 17
        return
    sizes = [part._nrows - 1 for part in parts]
    assert sum(sizes) == rows
    assert min(sizes) >= TOGETHER or len(parts) == 1
    if len(parts) == 2:
        assert parts[0].wrap(100, height)[1] <= height + 0.1


@given(count=st.integers(1, 900), height=st.floats(60, 600), wide=st.sampled_from((150.0, 232.6, 487.0)))
@settings(max_examples=60)
def test_a_list_loses_no_number_when_it_breaks(count: int, height: float, wide: float) -> None:
    use_fonts()
    labels = [str(n * 37 + 5) for n in range(count)]
    parts: list[CaseList] = [CaseList("cases-1", "Opened, in a rather long name for a list", "many", numbers=labels)]
    done: list[CaseList] = []
    for _ in range(1000):
        part = parts.pop(0)
        _, high = part.wrap(wide, height)
        if high <= height:
            done.append(part)
            break
        split: list[Any] = part.split(wide, height)
        if not split:
            done.append(part)
            break
        assert split[0].wrap(wide, height)[1] <= height
        done.append(split[0])
        parts = [split[1]]
    drawn: list[str] = []

    class Sheet:
        """Collects what is written, and checks that it fits."""

        def drawString(self, x: float, y: float, text: str) -> None:  # noqa: N802
            drawn.append(text)

        def __getattr__(self, name: str) -> Any:
            return lambda *args, **more: None

    for part in done:
        sheet: Any = Sheet()
        part.canv = sheet
        part.wrap(wide, height)
        part.draw()
    found = [word for line in drawn for word in line.split() if word.isdigit()]
    assert found == labels
    assert sum(bool(part.anchor) for part in done) == 1


def test_figures_with_the_same_cases_share_a_list() -> None:
    annex = Annex(Texts("en"), lambda keys: {})
    cases = [CaseKey(n, n) for n in range(5)]
    first = annex.link("Time booked · ERP", cases)
    assert annex.link("Cost · ERP", cases, weight=True) == first
    assert annex.link("Opened", cases[1:]) != first
    assert [(one.titles, one.weight) for one in annex.lists] == [
        (["Time booked · ERP", "Cost · ERP"], True), (["Opened"], False),
    ]  # fmt: skip


def test_every_list_lies_whole_in_the_document(past: Past) -> None:
    made_up(past, 900, weeks=10)
    past.publish()
    week = read(past)
    drawn = draw_weekly(week, "en", Paper.LETTER, lambda keys: case_lines(past.context, keys))
    attached = PdfReader(BytesIO(drawn.document)).attachments[FILE][0]
    pages = Pages(drawn.document)
    assert pages.inside(FILE) == attached
    assert pages.inside("other.json") is None
    inside = unpacked(attached, past.context.reader)
    assert [(one.anchor, one.titles, one.cases) for one in inside.lists] == [
        (one.anchor, one.titles, one.cases) for one in drawn.lists
    ]
    assert [(one.page, one.anchor) for one in inside.links] == [(one.page, one.anchor) for one in drawn.links]
    backlog = next(one for one in inside.lists if "Open at the end of the week" in one.titles)
    assert backlog.cases == tuple(week.figures["flow.backlog_end"].cases)
    assert len(backlog.cases) > 30
    pages.close()
    assert pages.inside(FILE) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"lists": [{"anchor": 1}], "links": []}', b'{"lists": 5}'])
def test_a_file_that_cannot_be_read_leads_nowhere(past: Past, data: bytes) -> None:
    found = unpacked(data, past.context.reader)
    assert (found.lists, found.links) == ((), ())


def test_months_have_names() -> None:
    t = Texts("de")
    assert (t.month("2026-03"), Texts("en").month("2026-12")) == ("März 2026", "December 2026")
