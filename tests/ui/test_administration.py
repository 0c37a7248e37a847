"""Administration by keyboard and mouse: its page, inviting, withdrawing, renaming, revoking, and what each role sees.

Set HALLDESK_PICTURES to a folder to look at the page and its dialogs as PNG files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QListWidget, QWidget

from app.desk import Desk
from app.joining import join
from app.profile import Profile
from tests.ui.open_window import OpenWindow, open_again, open_window
from tests.ui.test_gallery import cut_off
from ui.admin.devices import DevicesSection
from ui.admin.invite import InviteDialog
from ui.admin.page import AdministrationPage
from ui.admin.revoke import RevokeDialog
from ui.admin.root_key import RootKeyDialog
from ui.admin.sections import SECTIONS, AdminSection
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def dialog(kind: type, opened: OpenWindow):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def devices(opened: OpenWindow) -> DevicesSection:
    """Go there by its key and wait for what it reads."""
    opened.window.actions_["go.administration"].trigger()
    opened.wait()
    page = opened.window.findChild(AdministrationPage)
    assert page is not None
    assert page.isVisible()
    section = page.section("devices")
    assert isinstance(section, DevicesSection)
    return section


def rows(table) -> list[list[str]]:
    return [[table.item(r, c).text() for c in range(table.columnCount())] for r in range(table.rowCount())]


def joins(opened: OpenWindow, line: str, folder: Path, called: str | None = None) -> Desk:
    """Another workstation enters with a line; the window knows after its next look."""
    join(Profile(folder), line, called=called, key_file=folder.with_suffix(".keys"), clock=opened.clock)
    opened.look()
    opened.wait()
    return Desk(Profile(folder), clock=opened.clock)


def test_the_page_is_reached_by_key_and_left_for_a_list_with_everything_as_it_was(opened):
    window = opened.window
    QTest.keyClick(window.page.table, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    opened.wait()
    page = window.findChild(AdministrationPage)
    assert page.isVisible()
    assert isinstance(window.focusWidget(), QListWidget)
    assert not window.page.isVisible()
    assert not window.case_room.isVisible()
    opened.press(window.focusWidget(), Qt.Key.Key_Return)
    assert window.focusWidget() is page.section("devices").devices
    before = window.panes.splitter.sizes()[0]
    assert before < 260
    opened.go("open")
    assert window.panes.splitter.sizes()[0] == before
    assert window.page.width() > 300
    assert window.page.isVisible()
    assert window.case_room.isVisible()
    assert not page.isVisible()
    opened.no_error()


def test_a_case_that_is_followed_from_elsewhere_leaves_the_page(opened):
    devices(opened)
    opened.window.follow(opened.ids["printer"])
    opened.wait()
    assert opened.window.case_room.isVisible()
    assert opened.window.page.isVisible()
    assert opened.window.editor.case_id == opened.ids["printer"]


def test_the_next_start_begins_with_a_list_although_the_page_was_open(opened, theme, languages):
    devices(opened)
    opened.client.services.settings.flush()
    opened.close()
    again = open_again(opened.client.profile, opened.clock, theme, languages, settings={"place": "administration"})
    try:
        assert again.page.place.key == "mine"
    finally:
        again.close()


def test_sections_are_built_when_they_are_opened_and_only_for_those_who_may(opened, qtbot):
    built: list[str] = []

    def make(key: str):
        def widget(_services) -> QWidget:
            built.append(key)
            return QWidget()

        return widget

    sections = (
        AdminSection("a", "First", "key", "analyst", make("a")),
        AdminSection("b", "Second", "drive", "administrator", make("b")),
    )
    page = AdministrationPage(opened.client.services, sections)
    qtbot.addWidget(page)
    assert built == []
    page.show()
    assert built == ["a"]
    opened.wait(lambda: page.list.count() == 2)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert built == ["a", "b"]
    assert not page.open_section("nonsense")


def test_every_section_has_a_name_in_both_languages(languages):
    english = [section.name() for section in SECTIONS]
    languages.choose(Language.GERMAN)
    assert all(one != other.name() for one, other in zip(english, SECTIONS, strict=True))


def test_an_invitation_is_made_copied_and_used(opened, tmp_path):
    section = devices(opened)
    assert [r[1:] for r in rows(section.devices)] == [["Anna Kern", "16/11/2026 09:12", "now", "may write"]]
    assert rows(section.devices)[0][0].endswith("(this workstation)")
    assert not section.revoke.isEnabled()
    section.invite.click()
    asked = dialog(InviteDialog, opened)
    opened.wait()
    assert not asked.go.isEnabled()
    QTest.keyClicks(asked.name, "Kim Ost")
    opened.press(asked.name, Qt.Key.Key_Return)
    opened.wait(lambda: asked.copy.isVisible())
    opened.press(asked.copy, Qt.Key.Key_Space)
    line = QApplication.clipboard().text()
    assert line == asked.line.toPlainText()
    asked.reject()
    opened.wait(lambda: section.invitations.rowCount() == 1)
    assert rows(section.invitations)[0][0] == "Kim Ost"
    assert rows(section.invitations)[0][-1] == "open"
    kim = joins(opened, line, tmp_path / "kim")
    try:
        opened.wait(lambda: section.devices.rowCount() == 2)
        assert [r[1] for r in rows(section.devices)] == ["Anna Kern", "Kim Ost"]
        assert rows(section.invitations)[0][-1].startswith("used by ")
    finally:
        kim.close()


def test_an_open_invitation_is_withdrawn(opened):
    line, _expires = opened.desk.invite("Kim Ost", "analyst")
    section = devices(opened)
    assert not section.withdraw.isEnabled()
    section.invitations.selectRow(0)
    section.withdraw.click()
    opened.wait(lambda: rows(section.invitations)[0][-1] == "withdrawn")
    assert not section.withdraw.isEnabled()
    assert line.startswith("halldesk1:")
    opened.no_error()


def test_a_lost_laptop_is_renamed_and_revoked_after_a_question(opened, tmp_path):
    line, _expires = opened.desk.invite("Kim Ost", "analyst")
    kim = joins(opened, line, tmp_path / "kim")
    kim.close()
    opened.desk.invite("Lea Ost", "analyst")
    section = devices(opened)
    section.devices.selectRow(1)
    section.rename.click()
    asked = dialog(QInputDialog, opened)
    asked.setTextValue("laptop 7")
    asked.accept()
    opened.wait(lambda: rows(section.devices)[1][0] == "laptop 7")
    section.revoke.click()
    question = dialog(RevokeDialog, opened)
    words = " ".join(label.text() for label in question.findChildren(QWidget, "") if hasattr(label, "text"))
    assert "Revoke laptop 7 of Kim Ost?" in words
    assert "Lea Ost" in words
    assert "no other workstation" in words
    opened.press(question, Qt.Key.Key_Return)  # the safe answer is the default
    opened.wait()
    assert rows(section.devices)[1][-1] == "may write"
    section.revoke.click()
    opened.wait()
    dialog(RevokeDialog, opened).go.click()
    opened.wait(lambda: rows(section.devices)[1][-1].startswith("revoked 16/11/2026"))
    assert not section.revoke.isEnabled()
    opened.no_error()


def test_the_root_key_is_exported_once_and_asked_for_no_more(opened, tmp_path):
    section = devices(opened)
    assert section.export.isVisible()
    section.export.click()
    asked = dialog(RootKeyDialog, opened)
    asked.file.setText(str(tmp_path / "root.json"))
    QTest.keyClicks(asked.first, "four words to keep")
    QTest.keyClicks(asked.second, "four words to kee")
    assert not asked.go.isEnabled()
    QTest.keyClicks(asked.second, "p")
    _picture(asked, "root-key")
    assert cut_off(asked) == []
    opened.press(asked.second, Qt.Key.Key_Return)
    opened.wait(lambda: not section.export.isVisible())
    assert (tmp_path / "root.json").exists()
    opened.no_error()


def test_an_analyst_sees_the_devices_and_no_buttons(opened, tmp_path, theme, languages):
    line, _expires = opened.desk.invite("Kim Ost", "analyst")
    kim = joins(opened, line, tmp_path / "kim")
    kim.close()
    opened.close()
    window = open_again(Profile(tmp_path / "kim"), opened.clock, theme, languages)
    try:
        section = devices(window)
        assert section.devices.rowCount() == 2
        assert not section.invitations.isVisible()
        shown = [b for b in (section.invite, section.revoke, section.rename, section.withdraw) if b.isVisible()]
        assert shown == []
        assert "Only an administrator" in section._only.text()
    finally:
        window.close()


def test_on_a_large_screen_a_row_is_read_across_no_further_than_it_needs_to_be(opened):
    section = devices(opened)
    narrow = section.devices.width()
    assert narrow > section.width() - 60, "all of the room where there is little"
    opened.window.resize(2560, 1440)
    opened.wait()
    assert narrow < section.devices.width() < 1500
    assert section.devices.x() < 60


def test_nothing_is_cut_off(opened, tmp_path, theme, languages):
    line, _expires = opened.desk.invite("Kim Ost", "analyst")
    joins(opened, line, tmp_path / "kim").close()
    opened.desk.invite("Lea Ost", "supervisor")
    section = devices(opened)
    section.devices.selectRow(1)
    for language, look in ((Language.ENGLISH, ThemeChoice.LIGHT), (Language.GERMAN, ThemeChoice.DARK)):
        languages.choose(language)
        theme.choose(look)
        opened.wait()
        pages: dict[str, QWidget] = {"devices": opened.window}
        section.revoke.click()
        pages["revoke"] = dialog(RevokeDialog, opened)
        section.invite.click()
        asked = pages["invite"] = dialog(InviteDialog, opened)
        opened.wait()
        for name, page in pages.items():
            _picture(page, f"{name}-{look.value}-{language.value}")
            assert cut_off(page if name != "devices" else section) == []
        asked.name.setText(f"Mia {language.value}")
        asked.go.click()
        opened.wait(lambda asked=asked: asked.copy.isVisible())
        opened.wait()
        _picture(asked, f"invited-{look.value}-{language.value}")
        assert cut_off(asked) == []
        for page in list(pages.values())[1:]:
            page.close()


def _picture(page: QWidget, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.grab().save(str(Path(PICTURES) / f"admin-{name}.png"))
