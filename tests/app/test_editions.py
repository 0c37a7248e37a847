"""Editions of a part of the desk: a department, a dedicated analyst's departments, a product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.errors import UserError
from app.insight.scope import Edition
from app.reports.freezing import archive, freeze, frozen, printed, to_freeze
from app.reports.weekly import weekly_figures
from app.reports.writing import make_weekly
from app.texts import Texts
from db.shapes import Coverage
from tests.app.report_desk import Past, at, made_up

WEEK = "2026-W12"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    desk = Past(tmp_path_factory.mktemp("editions") / "desk", at("2026-03-23 07:30"))
    made_up(desk, 250, weeks=10, departments=4)
    with desk.replica.transaction("coverage.set", desk.context.me, at=desk.now) as tx:
        for name in ("Fertigung Halle 1", "Härterei"):
            tx.insert(
                Coverage, department_id=desk.departments[name], primary_id=desk.context.me, valid_from="2026-01-01"
            )
    desk.publish()
    yield desk
    desk.close()


def flow(past: Past, edition: Edition | None) -> dict[str, set[int]]:
    figures = weekly_figures(past.context, WEEK, edition=edition, sections=True).figures
    return {key: {case.rid for case in one.cases} for key, one in figures.items() if key.startswith("flow.")}


def test_an_analysts_edition_is_that_of_the_departments_together(past: Past) -> None:
    both = [flow(past, Edition("department", past.departments[name])) for name in ("Fertigung Halle 1", "Härterei")]
    assert flow(past, Edition("analyst", past.context.me)) == {key: both[0][key] | both[1][key] for key in both[0]}


def test_the_products_make_up_the_whole(past: Past) -> None:
    parts = [flow(past, Edition("product", product)) for product in past.products.values()]
    whole = flow(past, None)
    assert {key: set().union(*(part[key] for part in parts)) for key in whole} == whole
    assert sum(len(part["flow.opened"]) for part in parts) == len(whole["flow.opened"])


def test_a_products_cases_are_its_own(past: Past) -> None:
    product = past.products["CAD"]
    mine = {row[0] for row in past.context.reader.all('SELECT rid FROM "case" WHERE product_id = ?', (product,))}
    found = weekly_figures(past.context, WEEK, edition=Edition("product", product), sections=True)
    assert found.as_json()["edition"] == "product"
    for section in found.sections:
        for figure in section.headline:
            assert {case.rid for case in figure.cases} <= mine, figure.key


def test_parts_that_are_none_are_refused(past: Past) -> None:
    with pytest.raises(UserError, match="no such product"):
        weekly_figures(past.context, WEEK, edition=Edition("product", b"x" * 16))
    with pytest.raises(UserError, match="no department's dedicated analyst on 2025-03-23"):
        weekly_figures(past.context, "2025-W12", edition=Edition("analyst", past.context.me))


def test_each_edition_is_frozen_by_itself_with_its_pages(past: Past) -> None:
    editions = [None, Edition("analyst", past.context.me), Edition("product", past.products["CAD"])]
    for edition in editions:
        made = make_weekly(past.context, WEEK, edition, comment=f"about {edition and edition.kind}")
        freeze(past.context, to_freeze(made.figures, edition, made.figures.comment, made.drawn.document))
    kept = {one.edition: one for one in archive(past.context.reader)}
    assert set(kept) == set(editions)
    for edition in editions:
        found = frozen(past.context.reader, WEEK, edition)
        assert found is not None
        assert found.comment == kept[edition].comment == f"about {edition and edition.kind}"
        assert printed(past.context.reader, kept[edition].id).startswith(b"%PDF")
    assert kept[editions[2]].about == "CAD"


def test_work_that_is_not_wanted_any_more_ends(past: Past) -> None:
    class Enough(Exception):
        pass

    seen: list[tuple[str, int, int]] = []

    def progress(what: str, done: int, total: int) -> None:
        seen.append((what, done, total))
        if what == "pages" and done == 2:
            raise Enough

    with pytest.raises(Enough):
        make_weekly(past.context, WEEK, progress=progress)
    assert [one[0] for one in seen if one[0] == "figures"] == ["figures"] * seen[0][2]
    assert seen[-1] == ("pages", 2, 0)


def test_links_lie_where_figures_are_and_lead_to_their_cases(past: Past) -> None:
    made = make_weekly(past.context, WEEK)
    lists = {one.anchor: one for one in made.drawn.lists}
    assert {link.anchor for link in made.drawn.links} == set(lists)
    first = [link for link in made.drawn.links if link.page == 0]
    opened = next(
        link for link in first if lists[link.anchor].cases == tuple(made.figures.figures["flow.opened"].cases)
    )
    left, low, right, high = opened.box
    assert 50 < left < right < 300
    assert 500 < low < high < 842


KINDS = ("whole", "department", "analyst", "product")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "paper", "size"), [("de", "A4", (595, 842)), ("en", "Letter", (612, 792))])
def test_the_document_of_every_edition_is_whole(
    past: Past, kind: str, language: str, paper: str, size: tuple[int, int]
) -> None:
    """By a PDF reader library: every link and every bookmark leads to a page that is there, the language is said, the
    edition names what it is about, no font is missing, and every figure's cases are on the pages that are linked."""
    edition = {
        "whole": None, "department": Edition("department", past.departments["Härterei"]),
        "analyst": Edition("analyst", past.context.me), "product": Edition("product", past.products["CAD"]),
    }[kind]  # fmt: skip
    name = {"whole": "IT desk", "department": "Härterei", "analyst": "Anna Kern", "product": "CAD"}[kind]
    made = make_weekly(replace(past.context, language=language), WEEK, edition, paper=paper)
    document = PdfReader(BytesIO(made.drawn.document))
    catalogue: Any = document.root_object
    assert str(catalogue["/Lang"]) == language
    assert document.metadata is not None
    assert str(document.metadata.title).endswith(f"{WEEK} – {name}")
    assert document.metadata.subject
    assert document.metadata.author == "IT desk"
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(document.pages) if page.indirect_reference}
    t, named = Texts(language), document.named_destinations
    bookmarks = [one for one in document.outline if not isinstance(one, list)]
    pages = [document.get_destination_page_number(one) for one in bookmarks]
    assert None not in pages
    assert pages == sorted(page for page in pages if page is not None)
    annex = next(page for one, page in zip(bookmarks, pages, strict=True) if one.title == t("head.annex"))
    assert annex is not None
    followed = 0
    for page in document.pages:
        assert tuple(round(float(side)) for side in page.mediabox[2:]) == size
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            described = font.get_object()
            assert described["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data(), described
        annotations: Any = page.get("/Annots", [])
        for one in annotations:
            to = one.get_object()["/Dest"]
            by_name = isinstance(to, str)
            target = document.get_destination_page_number(named[to]) if by_name else numbers[to[0].idnum]
            assert target is not None
            assert target >= annex
            followed += 1
    assert followed == len(made.drawn.links) > 20
    told = "\n".join(page.extract_text() for page in document.pages)
    assert name in told
    behind = "".join(page.extract_text() for page in document.pages[annex:])
    for key in made.figures.figures["flow.opened"].cases:
        assert key.label in behind
