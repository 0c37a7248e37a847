"""Searching a desk: cases and articles together, as people type."""

from __future__ import annotations

import time

import pytest

from app.desk import Desk
from app.work.cases import NewCase
from app.work.search import clip, marked
from db.shapes import Asset, Product
from tests.desks import Clock, found_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    opened = found_desk(tmp_path_factory.mktemp("search"), clock=Clock())
    with opened.replica.transaction("admin.master", opened.me, at=1) as tx:
        tx.insert(Asset, tag="CNC-007", name="Mill")
        robot = tx.insert(Product, name="Schweißroboter")
    for title, text in (
        ("Etikettendrucker druckt leer", "In Halle 2, Fehler 0x80070005"),
        ("Bildschirm bleibt schwarz", "Am Arbeitsplatz 12"),
        ("Zweiter Drucker druckt nicht", "Papierstau"),
    ):
        opened.cases.new(NewCase(title=title, severity=3, description=text))
    create = opened.articles.create
    empty = "Drucker druckt leere Etiketten"
    create(empty, problem="Etiketten sind leer", solution="1. Farbband drehen", tags=["label"])
    create("Papierstau beheben", problem="Das Papier klemmt im Drucker", solution="1. Klappe auf", products=[robot])
    create("Reset the screen", solution="1. Unplug it", files=[opened.attachments.keep("oszilloskop.png", b"1")])
    archived = create("Drucker von früher", solution="gibt es nicht mehr").article_id
    opened.articles.set_state(archived, "archived")
    opened.sync_round()
    yield opened
    opened.close()


def _found(desk: Desk, typed: str, kind: str) -> list[str]:
    return [hit.title for hit in desk.search.find(typed) if hit.kind == kind]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("druker etiketten", "Drucker druckt leere Etiketten"), ("Papierst", "Papierstau beheben"),
        ("schweissroboter", "Papierstau beheben"), ("Oszilloskop", "Reset the screen"),
        ("label", "Drucker druckt leere Etiketten"), ("farbb", "Drucker druckt leere Etiketten"),
        ("bildschirm", "Reset the screen"), ("farbbands", "Drucker druckt leere Etiketten"),
    ],
)  # fmt: skip
def test_articles_are_found_by_every_part(desk: Desk, typed: str, first: str):
    assert _found(desk, typed, "article")[0] == first


def test_the_archive_is_found_only_by_who_asks_for_it(desk: Desk):
    assert "Drucker von früher" not in _found(desk, "drucker", "article")
    hits = desk.search.articles("drucker", states=("archived",))
    assert [hit.title for hit in hits] == ["Drucker von früher"]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("drucker", {"Zweiter Drucker druckt nicht", "Etikettendrucker druckt leer"}),
        ("druker", {"Zweiter Drucker druckt nicht", "Etikettendrucker druckt leer"}),
        ("80070005", {"Etikettendrucker druckt leer"}), ("-2147024891", {"Etikettendrucker druckt leer"}),
        ("bildschrim", {"Bildschirm bleibt schwarz"}),
        ("arbeitspl", {"Bildschirm bleibt schwarz"}), ("xyzzy", set()),
    ],
)  # fmt: skip
def test_cases_are_found_as_people_type(desk: Desk, typed: str, titles: set[str]):
    assert set(_found(desk, typed, "case")) == titles


def test_a_number_is_first_the_number_of_a_case(desk: Desk):
    for typed in ("2", "#2"):
        assert _found(desk, typed, "case")[0] == "Bildschirm bleibt schwarz"


def test_newest_first_or_the_likeliest(desk: Desk):
    assert _found(desk, "drucker", "case")[0] == "Zweiter Drucker druckt nicht"
    hits = [h.title for h in desk.search.find("etikettendrucker leer", order="relevance") if h.kind == "case"]
    assert hits[0] == "Etikettendrucker druckt leer"


def test_hits_are_marked_also_where_they_are_written_otherwise():
    text = "Die Größe der Etikettendrucker"
    spans = marked(text, frozenset({"groesse", "etiketten*"}))
    assert [text[a:b] for a, b in spans] == ["Größe", "Etikettendrucker"]
    long = "wort " * 100 + "Treffer " + "wort " * 100
    assert "Treffer" in clip(long, frozenset({"treffer"}))
    assert len(clip(long, frozenset({"treffer"}))) <= 162


def test_new_articles_are_known_at_once(desk: Desk):
    assert _found(desk, "quarzuhr", "article") == []
    desk.articles.create("Quarzuhren stellen", solution="1. Knopf")
    assert _found(desk, "quartzuhr", "article") == ["Quarzuhren stellen"]


def test_a_key_is_answered_at_once(desk: Desk):
    start = time.perf_counter()
    for n in range(1, 16):
        desk.search.find("druker etiketten"[:n])
    assert time.perf_counter() - start < 5
