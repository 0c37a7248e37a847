"""Insight on screen: each question has an answer or says what to do; rows open their cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.insight import asking
from app.insight.answers import Answer, Column, Row
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off
from ui.i18n import Language, Languages
from ui.supervisor.insight import QUESTIONS, InsightSection
from ui.supervisor.page import SupervisorPage
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=9)
    yield one
    one.close()


def test_every_question_is_answered_in_both_languages(opened: OpenWindow, theme: Theme, languages: Languages) -> None:
    opened.window.show_page("supervisor", "insight")
    opened.wait()
    page = opened.window.findChild(SupervisorPage)
    section = page.section("insight")
    assert isinstance(section, InsightSection)
    page.open_section("insight")
    opened.wait()
    for language, look in ((Language.GERMAN, ThemeChoice.DARK), (Language.ENGLISH, ThemeChoice.LIGHT)):
        languages.choose(language)
        theme.choose(look)
        for place, question in enumerate(QUESTIONS):
            section.question.setCurrentIndex(place)
            opened.wait()
            opened.no_error()
            assert cut_off(section) == [], question
            if PICTURES:
                opened.window.grab().save(f"{PICTURES}/insight-{question}-{look.value}-{language.value}.png")
    section.question.setCurrentIndex(section.question.findData("pareto"))
    opened.wait()
    section.table.selectRow(0)
    item = section.table.item(0, 1)
    assert item is not None
    expected = item.text()
    opened.press(section.table, Qt.Key.Key_Return)
    opened.wait()
    assert str(len(opened.shown())) == expected


def test_the_span_of_an_effect_is_chosen(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def effect(_context: object, _day: str, _product: bytes, days: int) -> Answer:
        asked.append(days)
        return Answer("effect", (Column("days", "plain"),), (Row("before", (days,)),))

    monkeypatch.setattr(asking, "effect_of_change", effect)
    opened.window.show_page("supervisor", "insight")
    opened.wait()
    page = opened.window.findChild(SupervisorPage)
    page.open_section("insight")
    section = page.section("insight")
    assert isinstance(section, InsightSection)
    assert section.days.isHidden()
    opened.client.services.lanes.read.submit(lambda: None)
    opened.wait()
    section.what.addItem("MES", b"mes")
    section.question.setCurrentIndex(section.question.findData("change"))
    opened.wait()
    assert section.days.isVisible()
    section.what.setCurrentIndex(section.what.findData(b"mes"))
    section.days.setFocus()
    section.days.selectAll()
    QTest.keyClicks(section.days, "60")
    opened.press(section.days, Qt.Key.Key_Return)
    opened.wait(lambda: asked and asked[-1] == 60)
    opened.wait()
    item = section.table.item(0, 1)
    assert item is not None
    assert item.text() == "60"
    assert cut_off(section) == []
