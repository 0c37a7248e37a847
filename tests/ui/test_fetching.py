"""Files of a case as a person sees them: where they are, how they come, and that nothing is run by accident.

Kim works on another workstation of the same desk and attaches; the editor under test is Anna's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk import Desk
from tests.desks import join_desk
from tests.ui.case_desk import CaseDesk, discard
from ui.case_editor import CaseEditor
from ui.i18n import Language, Languages
from ui.notices import Level
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(560, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest]
    yield made
    made.show_case(None)
    discard(made)


@pytest.fixture
def kim(desk: CaseDesk, tmp_path: Path) -> Iterator[Desk]:
    made = join_desk(desk.desk, tmp_path / "kim", name="kim", person="Kim Lang")
    made.sync_round()
    yield made
    made.close()


def png(width: int = 800, height: int = 300) -> bytes:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


def attaches(kim: Desk, desk: CaseDesk, name: str, data: bytes) -> bytes:
    """Kim attaches a file with a note; it is in Anna's log."""
    file = kim.attachments.keep(name, data)
    kim.cases.note(desk.case(), "As it looks here", files=[file])
    kim.sync_round()
    desk.desk.sync_round()
    return file.sha256


def shown_width(editor: CaseEditor, sha256: bytes) -> int:
    address = QUrl(f"attachment:{sha256.hex()}")
    return int(editor.timeline.document().resource(QTextDocument.ResourceType.ImageResource, address).width())


def share(desk: CaseDesk) -> Path:
    return Path(desk.desk.where)


def test_a_picture_of_somebody_else_comes_by_itself(desk: CaseDesk, editor: CaseEditor, kim: Desk) -> None:
    sha256 = attaches(kim, desk, "panel.png", png())
    editor.show_case(desk.case())
    desk.wait(lambda: shown_width(editor, sha256) > 100)
    desk.wait()
    assert "panel.png" in editor.timeline.toPlainText()
    assert "drive" not in editor.timeline.toPlainText()
    assert "panel.png" in editor._files.list.item(0).text()
    assert "fetching" not in editor._files.list.item(0).text()


def test_without_the_drive_it_says_where_the_picture_is_and_it_comes_when_the_drive_does(
    desk: CaseDesk, editor: CaseEditor, kim: Desk
) -> None:
    sha256 = attaches(kim, desk, "panel.png", png())
    away = share(desk).rename(share(desk).with_name("unplugged"))
    editor.show_case(desk.case())
    desk.wait(lambda: "not reachable" in editor.timeline.toPlainText())
    desk.wait()
    assert "on the drive, which is not reachable now" in editor._files.list.item(0).text()
    assert desk.services.notices.current is None, "nobody asked for it, so nobody is disturbed"
    editor._files.list.setCurrentRow(0)
    editor._files._open_button.click()
    desk.wait(lambda: desk.services.notices.current is not None)
    current = desk.services.notices.current
    assert current is not None
    assert "not reachable now" in current.text
    desk.services.notices.dismiss()
    away.rename(share(desk))
    editor.show_case(desk.case("old"))
    desk.wait()
    editor.show_case(desk.case())
    desk.wait(lambda: shown_width(editor, sha256) > 100)


def test_a_damaged_file_is_said_to_be_and_fetched_when_it_is_healed(
    desk: CaseDesk, editor: CaseEditor, kim: Desk
) -> None:
    sha256 = attaches(kim, desk, "panel.png", png())
    (path,) = (share(desk) / "hd" / "blob").glob("??/*")
    path.write_bytes(b"\0" * 100)
    editor.show_case(desk.case())
    desk.wait(lambda: "damaged on the drive" in editor.timeline.toPlainText())
    desk.clock.pass_minutes(2)
    assert kim.sync_round().healed == [path.name]
    editor.show_case(desk.case("old"))
    desk.wait()
    editor.show_case(desk.case())
    desk.wait(lambda: shown_width(editor, sha256) > 100)


def test_an_own_file_waits_to_be_sent_until_it_is(desk: CaseDesk, editor: CaseEditor, tmp_path: Path) -> None:
    file = tmp_path / "error.log"
    file.write_bytes(b"E1234\n")
    editor.show_case(desk.case())
    desk.wait()
    editor.composer.write("note", "See the log")
    editor.composer.attach_files([file])
    desk.wait()
    editor.composer.send()
    desk.wait()
    assert "waits to be sent" in editor._files.list.item(0).text()
    assert "waits to be sent" in editor.timeline.toPlainText()
    desk.desk.sync_round()
    desk.wait(lambda: "waits" not in editor._files.list.item(0).text())
    desk.wait()
    assert "waits" not in editor.timeline.toPlainText()


def test_a_large_file_is_fetched_when_it_is_saved_and_a_program_comes_with_a_warning(
    desk: CaseDesk, editor: CaseEditor, kim: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attaches(kim, desk, "setup.exe", b"MZ" * 50_000)
    editor.show_case(desk.case())
    desk.wait()
    assert "on the drive" in editor._files.list.item(0).text()
    editor._tabs.setCurrentIndex(3)
    editor._files.list.setCurrentRow(0)
    assert not editor._files._open_button.isEnabled()
    target = tmp_path / "saved.exe"
    monkeypatch.setattr("ui.case_side.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
    editor._files._save_button.click()
    desk.wait(lambda: desk.services.notices.current is not None)
    current = desk.services.notices.current
    assert current is not None
    assert current.level is Level.WARNING
    assert "could be a program" in current.text
    assert target.read_bytes() == b"MZ" * 50_000


def test_a_picture_that_calls_itself_one_and_is_a_program_is_not_opened(
    desk: CaseDesk, editor: CaseEditor, kim: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kim.attachments.keep("holiday.png.exe", b"MZ")
    lying = type(file)(file.sha256, file.name, "image/png", file.size)
    kim.cases.attach(desk.case(), [lying])
    kim.sync_round()
    desk.desk.sync_round()
    opened: list[QUrl] = []
    monkeypatch.setattr("ui.case_editor.QDesktopServices.openUrl", opened.append)
    monkeypatch.setattr("ui.case_side.QFileDialog.getSaveFileName", lambda *_args: ("", ""))
    editor.show_case(desk.case())
    desk.wait()
    editor.timeline.attachment_wanted.emit(file.sha256)
    editor._files.list.setCurrentRow(0)
    editor._files.list.itemActivated.emit(editor._files.list.item(0))
    desk.wait()
    assert opened == []


def test_every_state_of_a_file_has_room_for_its_words(
    desk: CaseDesk, kim: Desk, theme: Theme, languages: Languages, qtbot: QtBot
) -> None:
    """The timeline and the list of files with all their states, to look at; nothing of it is cut off.

    Set HALLDESK_PICTURES to a folder to look at them.
    """
    attaches(kim, desk, "panel.png", png(640, 160))
    attaches(kim, desk, "controller firmware update 4.12.exe", b"MZ" * 700_000)
    own = desk.desk.attachments.keep("error.log", b"E1234\n")
    desk.desk.cases.note(desk.case(), "The log of the night", files=[own])
    for language in (Language.ENGLISH, Language.GERMAN):
        for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            languages.choose(language)
            theme.choose(choice)
            editor = CaseEditor(desk.services)
            editor.resize(900, 620)
            editor.show()
            qtbot.waitExposed(editor)
            editor.show_case(desk.case())
            desk.wait(lambda e=editor: len(e._fetching._words) == 2)  # type: ignore[misc]
            desk.wait()
            _keep(editor, f"files-timeline-{choice.value}-{language.value}")
            editor._tabs.setCurrentIndex(3)
            desk.wait()
            _keep(editor, f"files-list-{choice.value}-{language.value}")
            for row in range(editor._files.list.count()):
                needed = editor._files.list.visualItemRect(editor._files.list.item(row)).width()
                assert needed <= editor._files.list.viewport().width()
            editor.show_case(None)
            discard(editor)


def _keep(widget: QWidget, name: str) -> None:
    QGuiApplication.processEvents()
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(Path(PICTURES) / f"{name}.png"))
