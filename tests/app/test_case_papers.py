"""A case on paper: everything is there, nothing that is not for these eyes, and no text breaks a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from reportlab.platypus import SimpleDocTemplate

from app.cli import main
from app.desk import Desk
from app.reports.case_facts import CasePaper, Earlier, case_paper
from app.reports.case_sheet import case_sheet
from app.reports.markdown_flow import LONGEST, blocks
from app.reports.pdf import Paper, use_fonts
from app.reports.work_order import work_order
from app.work.cases import NewCase
from app.work.present import Entry
from db.ids import new_id
from db.shapes import Asset, Department, Place, Requester
from tests.desks import found_desk


@dataclass
class Printed:
    desk: Desk
    case: bytes

    def paper(self) -> CasePaper:
        return case_paper(self.desk.reading, self.desk.attachments, self.case)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    desk = found_desk(tmp_path_factory.mktemp("papers"))
    with desk.replica.transaction("test.fill", desk.me, at=desk.context.clock(), undoable=False) as tx:
        hall = tx.insert(Department, new_id(), name="Production hall 1", dossier="Ask for **Mr Vogel**.")
        line = tx.insert(Place, new_id(), name="Hall 1, line 3", kind="line", department_id=hall)
        machine = tx.insert(Asset, new_id(), tag="PRN-0317", name="Label printer", department_id=hall, place_id=line,
                            serial="ZT410-99812")  # fmt: skip
        meyer = tx.insert(Requester, new_id(), name="Klaus Meyer", phone="2207", department_id=hall)
    cases = desk.cases
    before = cases.new(NewCase("Labels jam", 3, asset_id=machine)).case_id
    cases.resolve(before, "Rollers cleaned.")
    case = cases.new(NewCase("Labels <blank> & torn", 2, description="Since the restart **every second** one.",
                             asset_id=machine, requester_id=meyer, tags=("labels",))).case_id  # fmt: skip
    cases.claim(case)
    cases.next_step(case, "Swap the cable")
    picture = BytesIO()
    Image.new("RGB", (640, 360), "#336699").save(picture, "PNG")
    files = [desk.attachments.keep("display.png", picture.getvalue()), desk.attachments.keep("log.txt", b"E1234")]
    cases.note(case, "Only for us: he is *difficult*.\n\n```\nERR  0 V\n```", minutes=20, files=files)
    cases.note(case, "We come at eleven.", kind="reply", audience="requester")
    cases.set(case, abusive_contact=True)
    yield Printed(desk, case)
    desk.close()


def words_of(document: bytes) -> tuple[str, int, int]:
    """(all words, pages, pictures)."""
    reader = PdfReader(BytesIO(document))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), len(reader.pages), sum(len(page.images) for page in reader.pages)


@pytest.mark.parametrize(
    ("language", "counts", "counts_not"),
    [
        ("en", "counts as a response", "does not count as a response"),
        ("de", "zählt als Reaktion", "zählt nicht als Reaktion"),
    ],
)
def test_what_counts_against_its_kind_is_said_and_only_to_the_desk(
    printed: Printed, language: str, counts: str, counts_not: str
) -> None:
    paper = printed.paper()
    kinds = [("note", "internal", False), ("note", "internal", True), ("call", "requester", False)]
    said = []
    for kind, audience, ticked in kinds:
        entry = Entry(new_id(), paper.view.row["opened_at"], kind, audience, "Anna Kern", "", "Words", ticked)
        view = replace(paper.view, entries=(entry,))
        inside, outside = (
            words_of(case_sheet(replace(paper, view=view), language, Paper.A4, internal=internal)[0])[0]
            for internal in (True, False)
        )
        assert counts not in outside
        assert counts_not not in outside
        said.append((counts in inside, counts_not in inside))
    assert said == [(False, False), (True, False), (False, True)]


@pytest.mark.parametrize(("language", "solved"), [("en", "after"), ("de", "Verlauf")])
def test_a_case_sheet_has_everything(printed: Printed, language: str, solved: str) -> None:
    drawn, pages = case_sheet(printed.paper(), language, Paper.A4)
    text, counted, pictures = words_of(drawn)
    assert pages == counted
    assert pictures == 1
    for said in ("Labels <blank> & torn", "Klaus Meyer", "2207", "PRN-0317", "ZT410-99812", "Swap the cable",
                 "Since the restart every second one.", "Only for us: he is difficult.", "We come at eleven.",
                 "display.png", "log.txt", "ERR", "20 min", "labels", solved):  # fmt: skip
        assert said.replace("\u00a0", " ") in text.replace("\u00a0", " "), said


def test_the_same_case_gives_the_same_bytes(printed: Printed) -> None:
    paper = printed.paper()
    assert case_sheet(paper, "en", Paper.A4) == case_sheet(paper, "en", Paper.A4)
    assert work_order(paper, "en", Paper.A4) == work_order(paper, "en", Paper.A4)


def test_the_requester_s_edition_leaves_out_what_is_not_for_him(printed: Printed) -> None:
    text, _pages, pictures = words_of(case_sheet(printed.paper(), "en", Paper.LETTER, internal=False)[0])
    assert "We come at eleven." in text
    assert pictures == 0
    for hidden in ("difficult", "display.png", "log.txt", "Hotline", "20 min", "abusive", "labels", "In progress →"):
        assert hidden not in text, hidden
    whole, _pages, _pictures = words_of(case_sheet(printed.paper(), "en", Paper.LETTER)[0])
    assert "abusive" not in whole.casefold()


def test_pictures_that_are_away_or_spoiled_are_said(printed: Printed) -> None:
    paper = printed.paper()
    text, _pages, pictures = words_of(case_sheet(replace(paper, pictures={}), "en", Paper.A4)[0])
    assert "display.png: on the drive" in text
    assert pictures == 0
    spoiled = replace(paper, pictures=dict.fromkeys(paper.pictures, b"\x89PNG no"))
    assert "display.png: can't be shown" in words_of(case_sheet(spoiled, "en", Paper.A4)[0])[0]


def test_a_work_order_says_where_to_and_what_was_there_before(printed: Printed) -> None:
    text, pages, _pictures = words_of(work_order(printed.paper(), "de", Paper.A4)[0])
    assert pages == 1
    for said in ("Hall 1, line 3 · PRN-0317 Label printer", "Klaus Meyer", "2207", "Swap the cable", "Labels jam",
                 "Rollers cleaned.", "Ask for Mr Vogel.", "Datum, Techniker/in",
                 "Datum, für die Abteilung"):  # fmt: skip
        assert said in text, said


def test_a_work_order_stays_on_one_page(printed: Printed) -> None:
    """What was before gives way; the lines to write on and to sign are there all the same."""
    paper = printed.paper()
    row = {**paper.view.row, "description": "It tears the labels. " * 200, "workaround": "By hand. " * 80}
    crowded = replace(
        paper, view=replace(paper.view, row=row), dossier="Shifts. " * 200,
        earlier=tuple(Earlier(str(n), "Jam " * 30, 0, 0, "Cleaned " * 30) for n in range(8)),
    )  # fmt: skip
    for size in Paper:
        text, pages, _pictures = words_of(work_order(crowded, "en", size)[0])
        assert pages == 1
        assert "Date, for the department" in text
        assert "Jam" in text


_markdown = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.sampled_from(["</para>", "# ", "- ", "1. ", "> ", "```\n", "|a|b|\n|-|-|\n", "\n\n", "**", "*", "`", "<b>",
                         "&", '<img src="file:///etc/passwd">', "![x](file:///etc/passwd)", "    ", "~~", "[x](y)"]),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=40)
@given(_markdown)
def test_no_text_breaks_a_page(text: str) -> None:
    use_fonts()
    SimpleDocTemplate(BytesIO(), invariant=1).build(list(blocks(text, 400, "shortened")))


def test_a_pasted_log_is_cut() -> None:
    use_fonts()
    into = BytesIO()
    SimpleDocTemplate(into).build(list(blocks("line of a log\n" * LONGEST, 400, "(shortened here)")))
    text, pages, _pictures = words_of(into.getvalue())
    assert text.endswith("(shortened here)")
    assert pages < 60


def test_by_command(printed: Printed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile, label = str(printed.desk.profile.folder), printed.desk.present.case(printed.case).label
    for verb, more in (("sheet", ["--for-requester"]), ("order", ["--paper", "Letter", "--language", "de"])):
        file = tmp_path / f"{verb}.pdf"
        assert main(["case", verb, label, "--pdf", str(file), "--profile", profile, *more]) == 0
        assert capsys.readouterr().out == f"{file}: 1 page\n"
        assert file.read_bytes().startswith(b"%PDF")
    assert main(["case", "sheet", label, "--pdf", str(tmp_path / "no" / "x.pdf"), "--profile", profile]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
