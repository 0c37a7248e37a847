"""The close sheet: fixed, documented, and whether a permanent fix is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.knowledge.articles import Articles
from tests.ui.case_desk import CaseDesk, discard
from ui.case_editor import CaseEditor
from ui.i18n import Language, Languages
from ui.resolve_sheet import ResolveSheet
from ui.theme import Theme
from ui.widgets.labels import PlainLabel

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(520, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest]
    made.show_case(desk.case())
    desk.wait()
    yield made
    made.show_case(None)
    discard(made)


@pytest.fixture
def sheet(editor: CaseEditor) -> ResolveSheet:
    editor.do("case.resolve")
    assert isinstance(editor.sheet, ResolveSheet)
    return editor.sheet


def test_what_was_done_is_required(qtbot: QtBot, desk: CaseDesk, sheet: ResolveSheet) -> None:
    assert QApplication.focusWidget() is sheet.resolution
    assert not sheet.go.isEnabled()
    qtbot.keyClick(sheet.resolution, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert desk.desk.present.case(desk.case()).row["status"] == "in progress"


@pytest.mark.parametrize("scale", [1.0, 1.2])
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_its_three_questions_are_read_whole_in_a_small_window(
    languages: Languages, theme: Theme, editor: CaseEditor, desk: CaseDesk, language: Language, scale: float
) -> None:
    languages.choose(language)
    theme.set_text_scale(scale)
    editor.resize(440, 600)
    editor.do("case.resolve")
    desk.wait()
    sheet = editor.sheet
    assert isinstance(sheet, ResolveSheet)
    asked = {label.text() for label in sheet.findChildren(PlainLabel)}
    wanted = {"Is it fixed?", "Documented?"} if language is Language.ENGLISH else {"Ist es behoben?", "Dokumentiert?"}
    assert wanted <= asked
    for part in (sheet.fix, sheet.draft, sheet.fixed, *sheet.findChildren(PlainLabel)):
        assert part.width() >= part.sizeHint().width() or part.property("wordWrap"), part.accessibleName()


def test_resolved_by_keyboard_with_everything(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor, sheet: ResolveSheet
) -> None:
    qtbot.keyClicks(sheet.resolution, "Sensor cable swapped")
    qtbot.keyClick(sheet.resolution, Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Cable pinched by the head")
    sheet.fix.click()
    sheet.time.minutes.setValue(25)
    sheet.time.activity.setCurrentIndex(sheet.time.activity.findData("on site"))
    sheet.article.setFocus()
    desk.wait()
    qtbot.keyClicks(sheet.article, "zebra")
    desk.wait(lambda: sheet.article.is_open)
    qtbot.keyClick(sheet.article, Key.Key_Return)
    sheet.resolution.setFocus()
    qtbot.keyClick(sheet.resolution, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert view.row["status"] == "resolved"
    assert view.row["resolution"] == "Sensor cable swapped"
    assert view.row["cause"] == "Cable pinched by the head"
    assert view.row["permanent_fix_wanted"] == 1
    assert view.times[-1].minutes == 25
    assert view.times[-1].activity == "on site"
    reader = desk.desk.context.reader
    use = reader.one("SELECT * FROM article_use")
    assert use is not None
    assert (use["article_id"], use["case_id"], use["helped"]) == (desk.ids["article"], desk.case(), 1)
    assert "Sensor cable swapped" in editor.timeline.toPlainText()
    assert "A permanent fix is wanted" in editor.timeline.toPlainText()
    assert editor.composer.isVisible()


def test_document_this_writes_a_rough_article(qtbot: QtBot, desk: CaseDesk, sheet: ResolveSheet) -> None:
    qtbot.keyClicks(sheet.resolution, "Sensor cable swapped")
    sheet.draft.click()
    assert not sheet.article.isEnabled()
    sheet.submit()
    desk.wait()
    reader = desk.desk.context.reader
    article = reader.one("SELECT * FROM article WHERE state = 'rough'")
    assert article is not None
    assert article["title"].startswith("Label printer on line 3")
    assert "every second label" in article["problem"]
    assert article["solution"] == "Sensor cable swapped"
    version = reader.one("SELECT * FROM article_version WHERE article_id = ?", (article["id"],))
    assert version is not None
    assert version["solution"] == "Sensor cable swapped"
    assert reader.value("SELECT product_id FROM article_product") == desk.ids["label"]
    assert reader.value("SELECT count(*) FROM article_use WHERE article_id = ?", (article["id"],)) == 1


def test_an_article_from_beside_fills_the_sheet(desk: CaseDesk, editor: CaseEditor, sheet: ResolveSheet) -> None:
    editor.suggested.do("insert")
    desk.wait()
    assert "Turn the ribbon" in sheet.resolution.toPlainText()
    assert sheet.article.value() is not None
    assert not sheet.draft.isEnabled()


def test_undo_opens_it_again(qtbot: QtBot, desk: CaseDesk, sheet: ResolveSheet) -> None:
    qtbot.keyClicks(sheet.resolution, "Done")
    sheet.submit()
    desk.wait()
    desk.services.take_back()
    desk.wait()
    assert desk.desk.present.case(desk.case()).row["status"] == "in progress"


def test_every_change_of_an_article_leaves_a_version(desk: CaseDesk) -> None:
    articles = Articles(desk.desk.context)
    article = articles.create("How to", solution="1").article_id
    assert articles.change(article, solution="2", comment="better")
    assert not articles.change(article, solution="2")
    reader = desk.desk.context.reader
    versions = reader.all("SELECT solution, comment FROM article_version WHERE article_id = ? ORDER BY id", (article,))
    assert [tuple(v) for v in versions] == [("1", None), ("2", "better")]
    with pytest.raises(UserError, match="title"):
        articles.change(article, title=" ")
    with pytest.raises(UserError, match="can't be changed"):
        articles.change(article, state="published")
    with pytest.raises(UserError, match="title"):
        articles.create("  ")
