"""A list on paper and as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.cli import main
from app.errors import UserError
from app.reports.case_list import ListWriter, Printed
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.conditions import Conditions, condition
from app.work.view_list import Definition
from tests.desks import Clock, found_desk

SEVERE = Definition(Conditions("all", (condition("severity", "most", [2]),)), group="severity")


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path, clock=Clock())
    for number in range(40):
        opened.cases.new(NewCase(f"Press {number} <b>&", 1 + number % 4))
    opened.cases.new(NewCase("=1+1", 1, department_id=None))
    yield opened
    opened.close()


def words(pdf: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_a_list_is_printed_with_its_groups_and_its_filter_in_words(desk, tmp_path: Path):
    writer = ListWriter(desk.reading, "de")
    told = "Schweregrad ist höchstens 2 High"
    pages = writer.pdf(Printed("Dringend", SEVERE.wanted(), "severity", told=told), tmp_path / "list.pdf")
    said = words(tmp_path / "list.pdf")
    assert pages >= 1
    for part in (
        "Dringend",
        told,
        "21 Fälle",
        "1 Critical  (11)",
        "2 High  (10)",
        "Press 0 <b>&",
        "Neu",
        "Schweregrad",
    ):
        assert part in said, part


def test_a_spreadsheet_gets_every_case_and_computes_nothing(desk, tmp_path: Path):
    count = ListWriter(desk.reading, "en").csv(
        Printed("All", CaseList(), columns=("number", "title")), tmp_path / "a.csv"
    )
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert count == len(rows) - 1 == 41
    assert rows[0] == ["Number", "Title"]
    assert "'=1+1" in {title for _number, title in rows}
    with pytest.raises(UserError, match="can't be written"):
        ListWriter(desk.reading, "en").csv(Printed("All", CaseList()), tmp_path / "no" / "a.csv")


def test_the_command_line_prints_a_view(desk, tmp_path: Path, capsys):
    desk.views.save("Severe", SEVERE)
    desk.close()
    code = main(["case", "list", "--view", "Severe", "--pdf", str(tmp_path / "s.pdf"), "--csv", str(tmp_path / "s.csv"),
                 "--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys")])  # fmt: skip
    assert code == 0
    assert "21 cases" in capsys.readouterr().out
    assert "Severity is at most 2 High" in words(tmp_path / "s.pdf")


def test_what_nobody_has_begun_with_is_counted_and_listed_by_its_index(tmp_path: Path):
    desk = found_desk(tmp_path)
    new = [desk.cases.new(NewCase(f"Scanner {n}", 3, channel="e-mail")).case_id for n in range(3)]
    desk.cases.claim(new[0])
    desk.cases.cancel(new[1], "No case")
    wanted = CaseFilter(statuses=("new",))
    assert desk.place_counts.at(desk.context.clock()).untriaged.open == 1
    assert [line.id for line in desk.lists.lines(desk.lists.ids(CaseList(wanted)))] == [new[2]]
    where, params = desk.lists._conditions(wanted)
    plan = desk.context.reader.all(f'EXPLAIN QUERY PLAN SELECT c.rid FROM "case" c{where}', params)
    assert any("ix_case_new" in row["detail"] for row in plan)
    desk.close()
