"""The weekly report on paper, read back by a PDF library: text, pages, outline, links, fonts, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from app.errors import UserError
from app.insight.figure import CaseKey
from app.reports.case_lines import case_lines
from app.reports.pdf import Paper, printable, use_fonts
from app.reports.weekly import WeeklyFigures, weekly_figures
from app.reports.weekly_pdf import weekly_pdf
from app.reports.writing import write_weekly
from app.texts import CATALOGUE, Texts, placeholders
from tests.app.report_desk import HOUR, Past, at, made_up

WEEK = "2026-W12"
NASTY = 'Drucker <b>größer</b> & <img src="http://example.invalid/x.png"/> <a href="#x">y</a> 日本 \x07 ﬀ'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """A full desk, German."""
    past = Past(
        tmp_path_factory.mktemp("report") / "desk", at("2026-03-23 07:30"), language="de", desk_name="IT-Dienst Köln"
    )
    made_up(past, 1500, weeks=14)
    past.case(
        at("2025-10-01 09:00"), title=NASTY, severity=1, department_id=past.department("Halle <7> & Büro"),
        queue_id=past.queue("Ölflecken"), next_step="Straße & <Tor>",
    )  # fmt: skip
    past.publish()
    yield past
    past.close()


def drawn(past: Past, language: str = "de", paper: Paper = Paper.A4, department: bytes | None = None) -> bytes:
    figures = weekly_figures(past.context, WEEK, department, sections=True)
    return weekly_pdf(figures, language, paper, lambda keys: case_lines(past.context, keys))[0]


@pytest.fixture(scope="module")
def german(desk: Past) -> PdfReader:
    return PdfReader(BytesIO(drawn(desk)))


@pytest.fixture(scope="module")
def english(desk: Past) -> PdfReader:
    return PdfReader(BytesIO(drawn(desk, "en", Paper.LETTER)))


def text_of(document: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in document.pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_page_one_tells_the_week(desk: Past, german: PdfReader) -> None:
    found = weekly_figures(desk.context, WEEK)
    page = squeezed(german.pages[0].extract_text())
    assert "Wochenbericht" in page
    assert "Kalenderwoche 12/2026" in page
    assert "16. – 22. März 2026" in page
    assert "IT-Dienst Köln" in page
    assert f"Logstand {found.log_seq} · berechnet 23.03.2026, 07:30" in page
    for label in ("Neue Fälle", "Gelöst", "Offen am Ende der Woche", "Zu entscheiden", "In fünf Sätzen"):
        assert label in page
    for figure in found.summary[:3]:
        assert str(figure.value) in page
    assert squeezed(Texts("de").share(found.figures["reopen.share"].value or 0)) in page


def test_every_page_says_which_of_how_many(german: PdfReader, english: PdfReader) -> None:
    assert len(german.pages) > 6
    for document, words in ((german, "Seite {} von {}"), (english, "Page {} of {}")):
        for number, page in enumerate(document.pages, 1):
            assert words.format(number, len(document.pages)) in squeezed(page.extract_text())


def test_it_describes_itself(german: PdfReader, english: PdfReader) -> None:
    catalogue: Any = german.root_object
    assert (str(catalogue["/Lang"]), str(english.root_object["/Lang"])) == ("de", "en")
    assert german.metadata is not None
    assert german.metadata.title == "Wochenbericht 2026-W12 – IT-Dienst Köln"
    assert german.metadata.author == "IT-Dienst Köln"
    assert german.metadata.creator == "Halldesk"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [round(float(side)) for side in german.pages[0].mediabox[2:]] == [595, 842]
    assert [round(float(side)) for side in english.pages[0].mediabox[2:]] == [612, 792]


def test_every_font_is_embedded(german: PdfReader) -> None:
    names = set()
    for page in german.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            described = font.get_object()
            names.add(described["/BaseFont"])
            assert described["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()
    assert names
    assert all("IBMPlexSans" in name for name in names)


def test_the_outline_leads_through_it(german: PdfReader) -> None:
    titles = [one.title for one in german.outline if not isinstance(one, list)]
    t = Texts("de")
    sections = (
        "flow", "months", "response", "speed", "fix", "reopened", "age", "attention", "satisfaction", "contact",
        "handovers", "escalations", "effort", "cost", "severity", "department", "departments", "dedicated", "product",
        "queue",
        "knowledge", "repeats", "trainings", "problems", "hotline", "exceptions", "restated", "oldest", "quality",
        "definitions", "basis", "annex",
    )  # fmt: skip
    assert [title for title in titles if title in {t(f"head.{s}") for s in sections}] == [
        t(f"head.{section}") for section in sections
    ]
    pages = [german.get_destination_page_number(one) or 0 for one in german.outline if not isinstance(one, list)]
    assert pages == sorted(pages)
    assert pages[-1] > 2


def links(document: PdfReader) -> list[tuple[int, object]]:
    out = []
    for number, page in enumerate(document.pages):
        for one in page.get("/Annots", []):
            out.append((number, one.get_object()["/Dest"]))
    return out


def test_figures_lead_to_their_cases_in_the_annex(desk: Past, german: PdfReader) -> None:
    annex = next(
        german.get_destination_page_number(one) or 0
        for one in german.outline
        if not isinstance(one, list) and one.title == Texts("de")("head.annex")
    )
    found = links(german)
    assert len([page for page, _ in found if page == 0]) >= 6
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(german.pages) if page.indirect_reference}
    named = german.named_destinations
    for _page, to in found:
        if isinstance(to, str) and to in named:
            target = german.get_destination_page_number(named[to])
        else:
            first = to[0]  # type: ignore[index]
            assert isinstance(first, IndirectObject)
            target = numbers[first.idnum]
        assert target is not None
        assert target >= annex
    opened = weekly_figures(desk.context, WEEK).figures["flow.opened"].cases
    after = squeezed("\n".join(page.extract_text() for page in german.pages[annex:]))
    for key in opened:
        assert key.label in after


def test_the_annex_calls_the_lines_of_a_table_as_the_table_does(german: PdfReader) -> None:
    said = squeezed(text_of(german))
    assert "· März 2026" in said
    assert "· 2026-0" not in said, "the month's key"


def test_text_of_users_is_only_text(german: PdfReader) -> None:
    text = squeezed(text_of(german))
    assert "Drucker <b>größer</b> & <img src=" in text
    assert "Halle <7> & Büro" in text
    assert "Straße & <Tor>" in text
    assert "\ufffd\ufffd" in text  # two characters no font here has
    for page in german.pages:
        for one in page.get("/Annots", []):
            assert "/A" not in one.get_object()  # nothing leads outside


def test_the_same_figures_give_the_same_bytes(desk: Past) -> None:
    assert drawn(desk) == drawn(desk)


def test_a_departments_edition(desk: Past) -> None:
    hall = desk.departments["Fertigung Halle 1"]
    document = PdfReader(BytesIO(drawn(desk, department=hall)))
    first = squeezed(document.pages[0].extract_text())
    assert "Abteilung: Fertigung Halle 1" in first
    assert Texts("de")("head.department") not in [one.title for one in document.outline if not isinstance(one, list)]
    assert "Diese Ausgabe zählt für jede Woche" in squeezed(text_of(document))


ELSEWHERE = {"empty.cost", "empty.dedicated.product", "empty.hotline.department", "empty.restated"}
"""What a desk with work in it may lack."""


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_empty_desk_has_a_report_that_says_why(tmp_path: Path, language: str) -> None:
    past = Past(tmp_path / "desk", at("2026-03-23 07:30"), language=language)
    try:
        report = write_weekly(past.context, WEEK, pdf=tmp_path / "leer.pdf")
        text = squeezed(text_of(PdfReader(tmp_path / "leer.pdf")))
        for key in CATALOGUE:
            if key.startswith("empty.") and key not in ELSEWHERE:
                assert squeezed(Texts(language)(key)) in text, key
        assert squeezed(Texts(language)("decisions.none")) in text
        assert report.pages <= 7
    finally:
        past.close()


def test_few_cases_stand_in_place_of_a_median(tmp_path: Path) -> None:
    past = Past(tmp_path / "desk", at("2026-03-23 07:30"))
    try:
        for _ in range(3):
            past.case(at("2026-03-17 09:00"), [(at("2026-03-17 09:00") + HOUR, "status", "resolved")])
        past.publish()
        text = squeezed(text_of(PdfReader(BytesIO(drawn(past, "en")))))
        assert "Only 3 first resolutions, too few for a median: 1, 2, 3." in text
        assert "n = 3, too few for a figure; the cases: 1, 2, 3" in text
    finally:
        past.close()


def test_long_lists_are_cut_and_say_so(desk: Past) -> None:
    figures = weekly_figures(desk.context, WEEK)
    many = tuple(CaseKey(number, number) for number in range(100_001, 125_001))
    opened = replace(figures.figures["flow.opened"], value=len(many), cases=many)
    figures = replace(figures, figures={**figures.figures, "flow.opened": opened})
    document = PdfReader(BytesIO(weekly_pdf(figures, "de", Paper.A4, lambda _keys: {})[0]))
    text = squeezed(text_of(document))
    assert "100300 … und 24.700 weitere, hier nicht gedruckt" in text
    assert "100301" not in text
    assert "25.000 Fälle" in text
    assert len(document.pages) < 20


def test_json_has_every_case_of_every_figure(desk: Past, tmp_path: Path) -> None:
    report = write_weekly(desk.context, WEEK, json=tmp_path / "w.json")
    told = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    assert report.pdf is None
    assert (told["report"], told["week"], told["desk"]) == ("weekly", WEEK, "IT-Dienst Köln")
    assert told["from"] == "2026-03-15T23:00:00Z"
    assert len(told["summary"]) == 6
    assert len(told["sentences"]) == 5
    for key, figure in told["figures"].items():
        assert figure["key"] == key
        assert len(figure["trend"]) == 8
        assert all(isinstance(case, int) for case in figure["cases"])
        if figure["unit"] == "cases":
            assert len(figure["cases"]) <= figure["value"]
            assert bool(figure["cases"]) == bool(figure["value"])
    total = sum(row["opened"]["value"] for row in told["departments"])
    assert total == told["figures"]["flow.opened"]["value"]
    assert {row["name"] for row in told["departments"]} >= {"Fertigung Halle 1"}


def test_a_place_that_cannot_be_written_is_a_sentence_and_leaves_nothing(desk: Past, tmp_path: Path) -> None:
    folder = tmp_path / "w.pdf"
    folder.mkdir()
    with pytest.raises(UserError, match="can't be written"):
        write_weekly(desk.context, WEEK, pdf=folder)
    with pytest.raises(UserError, match="can't be written"):
        write_weekly(desk.context, WEEK, json=tmp_path / "nowhere" / "w.json")
    assert [file.name for file in tmp_path.iterdir()] == ["w.pdf"]


def test_a_report_replaces_the_one_before_whole(desk: Past, tmp_path: Path) -> None:
    place = tmp_path / "w.pdf"
    place.write_bytes(b"old")
    write_weekly(desk.context, WEEK, pdf=place)
    assert place.read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.iterdir()] == ["w.pdf"]


def test_a_running_week_says_so(desk: Past) -> None:
    figures = weekly_figures(desk.context, "2026-W13")
    assert figures.running
    pages, _count = weekly_pdf(figures, "en", Paper.A4, lambda _keys: {})
    assert "all figures are preliminary" in squeezed(PdfReader(BytesIO(pages)).pages[0].extract_text())


def test_findings_have_words(desk: Past) -> None:
    """Every code a report can hold has a text; `sentence.` and `decision.` keys have no others."""
    found: WeeklyFigures = weekly_figures(desk.context, WEEK)
    for one in found.sentences:
        assert f"sentence.{one.code}" in CATALOGUE
        assert f"lead.{one.code.split('.')[0]}" in CATALOGUE
    for one in found.decisions:
        assert f"decision.{one.code}" in CATALOGUE


def test_both_languages_are_complete() -> None:
    for key, (english, german) in CATALOGUE.items():
        assert english.strip(), key
        assert german.strip(), key
        assert placeholders(english) == placeholders(german), key


def test_numbers_and_dates_as_each_language_writes_them() -> None:
    en, de = Texts("en"), Texts("de-AT")
    assert (en.integer(12345), de.integer(12345)) == ("12,345", "12.345")
    assert (en.decimal(1234.56), de.decimal(1234.56)) == ("1,234.6", "1.234,6")
    assert (en.share(0.0711), de.share(0.0711)) == ("7.1%", "7,1\u00a0%")
    assert (de.minutes(45), de.minutes(258), de.minutes(6600)) == ("45\u00a0min", "4,3\u00a0h", "110\u00a0h")
    assert (en.change(3), en.change(-3), en.change(0)) == ("+3", "−3", "±0")
    assert Texts("fr")("report.title") == "Weekly report"


def test_characters_the_fonts_lack_are_replaced() -> None:
    use_fonts()
    assert printable("Straße Łódź Žižkov") == "Straße Łódź Žižkov"
    assert printable("a\u200db\nc \u202ex\u00a0y") == "ab c x\u00a0y"
    assert printable("ﬀ ① 日") in ("ﬀ 1 \ufffd", "ff 1 \ufffd", "ﬀ ① \ufffd", "ff ① \ufffd")
