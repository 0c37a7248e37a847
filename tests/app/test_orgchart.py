"""The organisation chart: everybody once, nothing on top of anything, solid and dotted lines, PDF and SVG."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.cli import main
from app.reports.orgchart import BOX_HIGH, Person, Served, Team, as_pdf, as_svg, beside, layout
from tests.desks import found_desk


def test_sixty_analysts_stand_apart_and_can_be_read() -> None:
    people = [Person(bytes([1, n]), f"Nora Überschär {n} <&>", "Tier 1") for n in range(60)]
    teams = [Team(bytes([2, n]), f"Queue {n}", "Tier 1", tuple(p.id for p in people[n * 10 : n * 10 + 12])) for n in
             range(6)]  # fmt: skip
    served = [Served(bytes([3, n]), f"Hall {n}", people[n].id, (people[n + 1].id, people[n + 2].id)) for n in range(20)]
    chart = layout(people, teams, served)
    assert len({box.id for box in chart.boxes}) == len(chart.boxes) == 86
    for column in {box.left for box in chart.boxes}:
        tops = sorted(box.top for box in chart.boxes if box.left == column)
        assert all(low - high >= BOX_HIGH for high, low in pairwise(tops))
        assert tops[-1] + BOX_HIGH < chart.high
    assert sum(not tie.dotted for tie in chart.ties) == 60 + 20  # each belongs to one queue, each hall has one contact
    assert sum(tie.dotted for tie in chart.ties) == 5 * 2 + 20 * 2
    pdf = PdfReader(BytesIO(as_pdf(chart, "Desk", "de")))
    assert "Nora Überschär 59 <&>" in pdf.pages[0].extract_text()
    assert as_pdf(chart, "Desk", "de") == as_pdf(chart, "Desk", "de")
    svg = ElementTree.fromstring(as_svg(chart, "Desk", "en"))
    assert "Nora Überschär 59 <&>" in [one.text for one in svg.iter("{http://www.w3.org/2000/svg}text")]


@given(wanted=st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=30), more=st.integers(0, 20))
def test_boxes_of_a_column_keep_their_order_stand_apart_and_are_where_they_are_wanted(
    wanted: list[int | None], more: int
) -> None:
    rows = len(wanted) + more
    places = beside(wanted, rows)
    assert len(places) == len(wanted)
    assert all(0 <= place <= rows - 1 + 1e-9 for place in places)
    assert all(low - high >= 1 - 1e-9 for high, low in pairwise(places))
    known = [row for row in wanted if row is not None]
    if len(known) == len(wanted) and all(low - high >= 1 for high, low in pairwise(known)) and known[-1:] <= [rows - 1]:
        assert places == pytest.approx(known)


def test_the_command_line_draws_a_new_desk(tmp_path: Path) -> None:
    found_desk(tmp_path).close()
    profile = str(tmp_path / "anna")
    pdf, svg = tmp_path / "chart.pdf", tmp_path / "chart.svg"
    assert main(["--profile", profile, "orgchart", "--pdf", str(pdf), "--svg", str(svg), "--language", "en"]) == 0
    assert "Anna Kern" in PdfReader(pdf).pages[0].extract_text()
    assert b"Anna Kern" in svg.read_bytes()
    assert main(["--profile", profile, "orgchart"]) == 1
