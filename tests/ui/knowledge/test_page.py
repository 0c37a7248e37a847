"""Browsing, reading and writing articles as a person would.

Set HALLDESK_PICTURES to a folder to look at the page and the editor as PNG files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Language, Languages
from ui.knowledge.editor import ArticleEditor
from ui.knowledge.page import KnowledgePage
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")
SOLUTION = (
    "1. Open the lid\n2. Turn the ribbon\n\n```\nnet stop spooler\n```\n\n| lamp | means |\n|---|---|\n| red | empty |"
)


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    articles = one.desk.articles
    first = articles.create("Feeder jams on thick paper", problem="The sheets stay **inside**.",
                            solution=SOLUTION, tags=["labels"], language="en").article_id  # fmt: skip
    articles.change(first, cause="The ribbon is upside down.", comment="cause found")
    articles.create("Paper tray is not found", problem="Nothing is printed.", solution="1. Restart the spooler")
    yield one
    one.close()


def page_of(opened: OpenWindow) -> KnowledgePage:
    opened.window.actions_["go.knowledge"].trigger()
    opened.wait()
    page = opened.window.findChild(KnowledgePage)
    assert isinstance(page, KnowledgePage)
    assert page.isVisible()
    opened.wait(lambda: page._shown is not None)
    opened.wait()
    return page


def titles(page: KnowledgePage) -> list[str]:
    return [str(page.list.model().index(row, 0).data()) for row in range(page.list.rowCount())]


def editor_of(opened: OpenWindow) -> ArticleEditor:
    opened.wait()
    (editor,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ArticleEditor) and w.isVisible())
    return editor


def test_an_article_is_found_read_and_its_code_copied(opened: OpenWindow):
    page = page_of(opened)
    assert titles(page)[:2] == ["Feeder jams on thick paper", "Paper tray is not found"]
    QTest.keyClicks(page.field, "feed")
    opened.wait(lambda: titles(page) == ["Feeder jams on thick paper"])
    opened.wait()
    assert "ribbon is upside down" in page.text.toPlainText()
    assert page.text.extraSelections(), "what was searched for is marked"
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "net stop spooler"
    page.versions.selectRow(0)
    assert "ribbon" in page.difference.toPlainText()
    page.versions.selectRow(1)
    QTest.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    opened.wait(lambda: page._shown is not None and len(page._shown.versions) == 3)
    opened.no_error()


def test_an_article_is_written_with_a_picture_and_moved_along(opened: OpenWindow):
    page = page_of(opened)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    QTest.keyClicks(editor.title, "Scanner beeps twice")
    field = editor.fields["solution"]
    field.setFocus()
    QTest.keyClicks(field, "Hold the trigger")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Call 0711 555 1234")
    opened.wait(lambda: "phone number" in editor.advice.text())
    assert "Number the steps" in editor.advice.text()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "1. Hold the trigger\n2. Call 0711 555 1234"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    pasted = QMimeData()
    pasted.setImageData(image)
    field.moveCursor(field.textCursor().MoveOperation.End)
    field.insertFromMimeData(pasted)
    opened.wait(lambda: "attachment:" in field.toPlainText())
    box = editor.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton)
    opened.wait(lambda: page._shown is not None and page._shown.whole.text.title == "Scanner beeps twice")
    assert page._shown is not None
    assert len(page._shown.pictures) == 1
    assert len(page._shown.whole.attachments) == 1
    reviewed = next(action for action in page.states.actions() if action.text() == "reviewed")
    reviewed.trigger()
    opened.wait(lambda: page._shown is not None and page._shown.whole.text.state == "reviewed")
    opened.no_error()


def test_who_saves_over_somebody_else_s_words_keeps_what_does_not_clash(opened: OpenWindow):
    page = page_of(opened)
    assert page._shown is not None
    article = page._shown.whole.text.id
    QTest.mouseClick(page.edit_button, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    opened.desk.articles.change(article, solution=SOLUTION + "\n\nThen close the lid.")
    editor.fields["problem"].setPlainText("The labels stay blank after a change of the ribbon.")
    editor.save()
    opened.wait(lambda: "after a change" in page.text.toPlainText())
    assert "Then close the lid" in page.text.toPlainText()
    opened.no_error()


@pytest.mark.skipif(not PICTURES, reason="pictures are for looking at")
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_pictures(opened: OpenWindow, theme: Theme, languages: Languages, language: Language, choice: ThemeChoice):
    theme.choose(choice)
    languages.choose(language)
    page = page_of(opened)
    name = f"{choice.value}-{language.value}"
    opened.window.grab().save(f"{PICTURES}/knowledge-{name}.png")
    page.edit()
    editor = editor_of(opened)
    editor.grab().save(f"{PICTURES}/knowledge-editor-{name}.png")
    editor.done(0)
