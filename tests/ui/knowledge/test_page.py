"""Browsing, reading and writing articles as a person would.

Set HALLDESK_PICTURES to a folder to look at the page and the editor as PNG files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu, QMessageBox

from app.knowledge.drafts import NEW, draft_key
from db.shapes import Department, Product
from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Language, Languages
from ui.knowledge.article_paper import ArticlePaperDialog
from ui.knowledge.clash import ClashDialog
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
    opened.wait(lambda: page.pane.shown is not None)
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
    assert "ribbon is upside down" in page.pane.text.toPlainText()
    assert page.pane.text.extraSelections(), "what was searched for is marked"
    QTest.mouseClick(page.pane.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "net stop spooler"
    page.pane.versions.selectRow(0)
    assert "ribbon" in page.pane.difference.toPlainText()
    page.pane.versions.selectRow(1)
    QTest.mouseClick(page.pane.restore, Qt.MouseButton.LeftButton)
    opened.wait(lambda: page.pane.shown is not None and len(page.pane.shown.versions) == 3)
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
    opened.wait(lambda: any("phone number" in one for one in editor.findings.texts()))
    assert any("Number the steps" in one for one in editor.findings.texts())
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
    opened.wait(lambda: page.pane.shown is not None and page.pane.shown.whole.text.title == "Scanner beeps twice")
    assert page.pane.shown is not None
    assert len(page.pane.shown.pictures) == 1
    assert len(page.pane.shown.whole.attachments) == 1
    reviewed = next(action for action in page.pane.states.actions() if action.text() == "reviewed")
    reviewed.trigger()
    opened.wait(lambda: page.pane.shown is not None and page.pane.shown.whole.text.state == "reviewed")
    opened.no_error()


def test_who_saves_over_somebody_else_s_words_keeps_what_does_not_clash(opened: OpenWindow):
    page = page_of(opened)
    assert page.pane.shown is not None
    article = page.pane.shown.whole.text.id
    QTest.mouseClick(page.pane.edit_button, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    opened.desk.articles.change(article, solution=SOLUTION + "\n\nThen close the lid.")
    editor.fields["problem"].setPlainText("The labels stay blank after a change of the ribbon.")
    editor.save()
    opened.wait(lambda: "after a change" in page.pane.text.toPlainText())
    assert "Then close the lid" in page.pane.text.toPlainText()
    opened.no_error()


def _write(editor: ArticleEditor, **texts: str) -> None:
    for name, words in texts.items():
        editor.fields[name].setPlainText(words)


def test_everything_about_an_article_is_said_in_the_editor(opened: OpenWindow):
    page = page_of(opened)
    desk = opened.desk
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        product, hall = tx.insert(Product, name="Etikettendrucker"), tx.insert(Department, name="Halle 9")
    opened.wait()
    QTest.mouseClick(page.pane.edit_button, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    opened.wait(lambda: editor.facts.owner.text() not in ("", "…"))
    editor.tabs.setCurrentIndex(1)
    editor.facts.products.tick(product.hex(), True)
    assert not editor.facts.departments.isVisible()
    editor.facts.audience.setFocus()
    QTest.keyClick(editor.facts.audience, Qt.Key.Key_Down)
    QTest.keyClick(editor.facts.audience, Qt.Key.Key_Down)
    editor.facts.audience.activated.emit(editor.facts.audience.currentIndex())
    assert editor.facts.audience.currentData() == "departments"
    assert editor.facts.no_departments.isVisible(), "it says that nobody reads it"
    editor.facts.departments.tick(hall.hex(), True)
    assert not editor.facts.no_departments.isVisible()
    editor.facts.tags.setText("labels, ribbon ,, ribbon")
    QTest.mouseClick(editor.facts.reviewed, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    editor.facts.review_date.setDate(QDate(2027, 3, 1))
    editor.comment.setText("who reads it")
    QTest.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: page.pane.shown is not None and page.pane.shown.whole.line.review_date == "2027-03-01")
    assert page.pane.shown is not None
    whole = page.pane.shown.whole
    assert whole.product_ids == (product,)
    assert whole.department_ids == (hall,)
    assert whole.line.audience == "departments"
    assert whole.line.tags == ("labels", "ribbon")
    assert whole.line.owner_id == desk.me
    opened.no_error()


def test_a_template_fills_what_is_empty_and_f8_leads_through_it(opened: OpenWindow):
    page = page_of(opened)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    opened.wait(lambda: len(editor.beginnings.actions()) >= 4)
    _write(editor, problem="It beeps.")
    editor.beginnings.actions()[0].trigger()
    assert editor.fields["problem"].toPlainText() == "It beeps.", "what is written stays"
    assert editor.fields["cause"].textCursor().selectedText().startswith("{?")
    QTest.keyClicks(editor.fields["cause"], "The roll is empty.")
    QTest.keyClick(editor.fields["cause"], Qt.Key.Key_F8)
    assert editor.fields["solution"].textCursor().selectedText() == "{? first step}"
    opened.wait(lambda: any("Not filled in yet" in one for one in editor.findings.texts()))
    editor.findings.setFocus()
    row = next(n for n, one in enumerate(editor.findings.texts()) if "second step" in one)
    editor.findings.setCurrentRow(row)
    QTest.keyClick(editor.findings, Qt.Key.Key_Return)
    assert editor.fields["solution"].textCursor().selectedText() == "{? second step}"
    editor.done(0)


def test_keys_make_marks_lists_and_code(opened: OpenWindow):
    page = page_of(opened)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    field = editor.fields["solution"]
    field.setFocus()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(field, Qt.Key.Key_B, control)
    QTest.keyClicks(field, "lid")
    assert field.toPlainText() == "**lid**"
    field.setPlainText("1. open")
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "close")
    assert field.toPlainText() == "1. open\n2. close", "Return goes on with the list"
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "1. open\n2. close\n", "an empty item ends it"
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_L, control | shift)
    assert field.toPlainText() == "- open\n- close\n"
    field.setPlainText("net stop spooler")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_E, control | shift)
    assert field.toPlainText() == "```\nnet stop spooler\n```"
    field.setPlainText("Lid")
    QTest.keyClick(field, Qt.Key.Key_H, control)
    assert field.toPlainText() == "### Lid"
    QTest.keyClick(field, Qt.Key.Key_H, control)
    assert field.toPlainText() == "Lid"
    QTest.mouseClick(editor.table_button, Qt.MouseButton.LeftButton)
    assert "|---|---|" in field.toPlainText()
    editor.done(0)


def test_what_was_not_saved_is_offered_again_and_merged(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch):
    page = page_of(opened)
    assert page.pane.shown is not None
    article = page.pane.shown.whole.text.id
    QTest.mouseClick(page.pane.edit_button, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    _write(editor, problem="The sheets stay **inside** and crumple.")
    opened.wait(lambda: "crumple" in opened.desk.drafts.read(draft_key(article)))
    monkeypatch.setattr(QMessageBox, "exec", _answer("Keep as a draft"))
    editor.reject()
    assert not editor.isVisible()
    opened.wait(lambda: page.unsaved.isVisible())
    assert "Feeder jams" in page.unsaved.text()
    opened.desk.articles.change(article, solution=SOLUTION + "\n\nThen close the lid.")
    QTest.mouseClick(page.unsaved, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    assert "crumple" in editor.fields["problem"].toPlainText()
    assert editor.restored.isVisible()
    assert "did not save" in editor.restored_words.text()
    editor.save()
    opened.wait(lambda: "crumple" in page.pane.text.toPlainText())
    assert "Then close the lid" in page.pane.text.toPlainText(), "what a colleague wrote meanwhile is still there"
    opened.wait(lambda: not page.unsaved.isVisible())
    assert opened.desk.drafts.read(draft_key(article)) == ""
    opened.no_error()


def test_a_draft_can_be_thrown_away(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch):
    page = page_of(opened)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    editor.title.setText("Nonsense")
    opened.wait(lambda: "Nonsense" in opened.desk.drafts.read(NEW))
    monkeypatch.setattr(QMessageBox, "exec", _answer("Throw away"))
    editor.reject()
    opened.wait(lambda: opened.desk.drafts.read(NEW) == "")
    opened.wait()
    assert not page.unsaved.isVisible()


def _answer(words: str):
    def answer(box: QMessageBox) -> int:
        next(button for button in box.buttons() if button.text().replace("&", "") == words).click()
        return 0

    return answer


def test_the_same_words_of_both_are_shown_and_one_says_which_stay(opened: OpenWindow):
    page = page_of(opened)
    assert page.pane.shown is not None
    article = page.pane.shown.whole.text.id
    QTest.mouseClick(page.pane.edit_button, Qt.MouseButton.LeftButton)
    editor = editor_of(opened)
    _write(editor, problem="The sheets stay **stuck**.")
    opened.desk.articles.change(article, problem="The sheets stay **outside**.")
    opened.wait(lambda: editor.elsewhere.isVisible())
    editor.save()
    opened.wait(lambda: editor.findChild(ClashDialog) is not None)
    dialog = editor.findChild(ClashDialog)
    assert isinstance(dialog, ClashDialog)
    shown = dialog.text.toPlainText()
    assert "stuck" in shown
    assert "outside" in shown
    QTest.mouseClick(dialog.buttons["both"], Qt.MouseButton.LeftButton)
    opened.wait(lambda: "stuck" in page.pane.text.toPlainText())
    assert "outside" in page.pane.text.toPlainText()
    opened.no_error()


def test_each_block_of_code_is_copied_by_itself_and_the_article_is_seen_on_paper(opened: OpenWindow):
    page = page_of(opened)
    assert page.pane.shown is not None
    opened.desk.articles.change(page.pane.shown.whole.text.id, solution="```\none\n```\n\nthen\n\n```\ntwo <b>\n```")
    opened.wait(lambda: len(page.pane.code_blocks()) == 2)
    page.pane.text.follow(QUrl("do:copy-1"))
    assert QGuiApplication.clipboard().text() == "two <b>"
    QTest.mouseClick(page.pane.copy, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "one\ntwo <b>"
    QTest.mouseClick(page.pane.paper, Qt.MouseButton.LeftButton)
    dialog = page.pane.findChild(ArticlePaperDialog)
    assert isinstance(dialog, ArticlePaperDialog)
    opened.wait(lambda: dialog.drawn is not None)
    assert dialog.drawn is not None
    assert dialog.drawn.document.startswith(b"%PDF")
    assert dialog.name == "Feeder jams on thick paper.pdf"
    dialog.reject()
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
