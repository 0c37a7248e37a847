"""Reports by keyboard and mouse: choosing, real pages, figures and their cases, comment, archive, printing, sending.

Set HALLDESK_PICTURES to a folder to look at the page as PNG files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="environment older than packaging/requirements.txt: run setup again")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.mailing import MailAccount
from app.reports.pages import Pages
from app.reports.writing import Made
from tests.app.smtp_desk import MailServer
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off
from ui.i18n import Language, Languages
from ui.supervisor.mail_sheets import MailAccountDialog, MailDialog
from ui.supervisor.page import SupervisorPage
from ui.supervisor.printing import has_dialog
from ui.supervisor.reports import ReportsSection
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=12)
    yield one
    one.close()


def reports(opened: OpenWindow) -> ReportsSection:
    """Go there by its keys, and choose the running week, in which everything happened."""
    QTest.keyClick(opened.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = opened.window.findChild(SupervisorPage)
    section = page.section("reports")
    assert isinstance(section, ReportsSection)
    shown(opened, section)
    section.choice.week.setCurrentIndex(0)
    shown(opened, section)
    return section


def shown(opened: OpenWindow, section: ReportsSection) -> None:
    opened.wait(lambda: section._job is None)
    opened.wait()
    opened.no_error()


def made(section: ReportsSection) -> Made:
    assert section._ready is not None
    return section._ready.made


def link_on_screen(section: ReportsSection, title: str) -> QPoint:
    """Where an underlined figure of page one is, in the viewport."""
    view = section.view
    anchor = next(one.anchor for one in section._lists if title in one.titles)
    link = next(one for one in view._links if one.page == 0 and one.anchor == anchor)
    box, scale = view._box(0), view._scale()
    left, low, right, high = link.box
    place = QPointF(box.left() + (left + right) / 2 * scale, box.bottom() - (low + high) / 2 * scale)
    return (place - QPointF(0, view.verticalScrollBar().value())).toPoint()


def test_figures_open_their_cases_by_mouse_and_by_keyboard(opened: OpenWindow) -> None:
    section = reports(opened)
    assert section.view.count > 3
    assert section.view._pictures, "the first page is drawn"
    figures = made(section).figures
    QTest.mouseClick(section.view.viewport(), Qt.MouseButton.LeftButton, pos=link_on_screen(section, "Opened"))
    opened.wait()
    expected = {key.label for key in figures.figures["flow.opened"].cases}
    assert set(opened.shown("number")) == expected
    assert opened.page.head.title.text() == "Opened"
    opened.window.weekly_report()
    shown(opened, section)
    assert section.isVisible(), "back where the report still is"
    section.side.setCurrentWidget(section.figures)
    section.figures.filter.setFocus()
    QTest.keyClicks(section.figures.filter, "open at the end of")
    opened.wait()
    QTest.keyClick(section.figures.filter, Qt.Key.Key_Return)
    section.figures.table.selectRow(0)
    opened.press(section.figures.table, Qt.Key.Key_Return)
    opened.wait()
    assert set(opened.shown("number")) == {key.label for key in figures.figures["flow.backlog_end"].cases}


def test_a_comment_is_printed_kept_and_found_in_the_archive(opened: OpenWindow, tmp_path: Path) -> None:
    section = reports(opened)
    section.side.setCurrentWidget(section.comment)
    section.comment.edit.setFocus()
    QTest.keyClicks(section.comment.edit, "The press stood still.")
    QTest.mouseClick(section.comment.freeze, Qt.MouseButton.LeftButton)
    shown(opened, section)
    opened.wait(lambda: section.archive.table.rowCount() == 1 and section._ready is not None)
    shown(opened, section)
    assert made(section).figures.comment == "The press stood still."
    assert opened.client.services.desk.drafts.all() == {}
    section.side.setCurrentWidget(section.archive)
    section.archive.table.selectRow(0)
    opened.press(section.archive.table, Qt.Key.Key_Return)
    opened.wait(lambda: section._kept is not None)
    opened.wait()
    assert "frozen by Anna Kern" in section._state.text()
    printed_then = opened.client.services.desk.context.reader.value("SELECT document FROM frozen_report")
    section.out.save_to(tmp_path / "kept.pdf")
    opened.wait(lambda: (tmp_path / "kept.pdf").exists())
    assert (tmp_path / "kept.pdf").read_bytes() == printed_then
    then = {key.label for key in next(one for one in section._lists if "Opened" in one.titles).cases}
    QTest.mouseClick(section.view.viewport(), Qt.MouseButton.LeftButton, pos=link_on_screen(section, "Opened"))
    opened.wait()
    assert set(opened.shown("number")) == then, "an archived figure opens its cases"
    opened.window.weekly_report()
    shown(opened, section)
    section.side.setCurrentWidget(section.figures)
    assert section.figures.table.rowCount() > 20


def test_freezing_keeps_nobody_from_saving(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long runs on the lane of the reports; the write lane gets the finished report alone."""
    section = reports(opened)
    lanes = opened.client.services.lanes
    ran: list[tuple[str, str]] = []
    for name in ("write", "count"):
        lane = getattr(lanes, name)
        submit = lane.submit

        def note(fn, /, *args, name=name, submit=submit, **more):
            def told(*found):
                begun = time.thread_time()
                try:
                    return fn(*found)
                finally:
                    ran.append((name, f"{time.thread_time() - begun:.3f}"))

            submit(told, *args, **more)

        monkeypatch.setattr(lane, "submit", note)
    section.freeze()
    opened.wait(lambda: section.archive.table.rowCount() == 1 and section._job is None)
    shown(opened, section)
    made_in = max(float(took) for name, took in ran if name == "count")
    written_in = max(float(took) for name, took in ran if name == "write")
    assert written_in < made_in / 3, ran


def test_cancel_gives_up_freezing(opened: OpenWindow) -> None:
    section = reports(opened)
    section.freeze()
    assert not section.comment.freeze.isEnabled()
    section.cancel.click()
    opened.wait(lambda: section._job is None)
    opened.wait()
    assert section.archive.table.rowCount() == 0
    assert section.comment.freeze.isEnabled()
    opened.no_error()


def test_words_typed_for_a_report_outlive_going_to_another_week(opened: OpenWindow) -> None:
    section = reports(opened)
    section.side.setCurrentWidget(section.comment)
    QTest.keyClicks(section.comment.edit, "Not done yet")
    QTest.mouseClick(section.choice.earlier, Qt.MouseButton.LeftButton)
    shown(opened, section)
    opened.wait()
    assert section.comment.text() == ""
    QTest.mouseClick(section.choice.later, Qt.MouseButton.LeftButton)
    shown(opened, section)
    opened.wait(lambda: section.comment.text() == "Not done yet")


def test_printing_puts_every_page_on_paper(opened: OpenWindow, tmp_path: Path) -> None:
    section = reports(opened)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(1, 2)
    section.out.print_on(printer)
    opened.wait(lambda: section._progress.isHidden())
    pages = Pages((tmp_path / "printed.pdf").read_bytes())
    assert len(pages.sizes) == 2
    picture = pages.picture(0, 0.5)
    assert picture is not None
    assert len(set(picture.pixels)) > 20, "something is on it"
    pages.close()


def test_a_report_is_sent_once_an_account_is_set_up(opened: OpenWindow) -> None:
    section = reports(opened)
    server = MailServer()
    try:
        QTest.mouseClick(section.out.mail, Qt.MouseButton.LeftButton)
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MailDialog) and w.isVisible())
        opened.wait()
        QTest.keyClicks(dialog.to, "boss@works.example")
        assert not dialog.send.isEnabled()
        QTest.mouseClick(dialog.account, Qt.MouseButton.LeftButton)
        account = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MailAccountDialog) and w.isVisible())
        QTest.keyClicks(account.host, "127.0.0.1")
        account.security.setCurrentIndex(account.security.findData("none"))
        assert not account.password.isEnabled()
        account.port.setValue(server.port)
        QTest.keyClicks(account.address, "desk@works.example")
        QTest.mouseClick(account.keep, Qt.MouseButton.LeftButton)
        opened.wait(lambda: dialog.send.isEnabled())
        QTest.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
        opened.wait(lambda: server.received)
        opened.wait()
    finally:
        server.close()
    mail = message_from_bytes(server.received[0][2], policy=default)
    [file] = mail.iter_attachments()
    assert file.get_content() == made(section).drawn.document


def test_an_archived_report_is_sent_as_it_was_printed(opened: OpenWindow) -> None:
    section = reports(opened)
    section.comment.edit.setPlainText("The press stood still.")
    section.freeze()
    opened.wait(lambda: section.archive.table.rowCount() == 1 and section._job is None)
    shown(opened, section)
    profile = opened.client.services.desk.profile
    server = MailServer()
    try:
        account = MailAccount("127.0.0.1", server.port, "none", "", "desk@works.example")
        profile.save_mail(asdict(account))
        section.side.setCurrentWidget(section.archive)
        section.archive.table.selectRow(0)
        opened.press(section.archive.table, Qt.Key.Key_Return)
        opened.wait(lambda: section._kept is not None)
        section.out.mail.setFocus()
        opened.press(section.out.mail, Qt.Key.Key_Space)
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MailDialog) and w.isVisible())
        assert dialog.text.toPlainText() == "The press stood still."
        QTest.keyClicks(dialog.to, "boss@works.example")
        opened.wait(lambda: dialog.send.isEnabled())
        opened.press(dialog.to, Qt.Key.Key_Return)
        opened.wait(lambda: server.received)
        opened.wait()
    finally:
        server.close()
    mail = message_from_bytes(server.received[0][2], policy=default)
    [file] = mail.iter_attachments()
    assert file.get_content() == opened.client.services.desk.context.reader.value("SELECT document FROM frozen_report")
    assert section._kept is not None
    assert section._kept.week in mail["Subject"]
    assert str(file.get_filename()).endswith(f"{section._kept.week}.pdf")


def test_windows_has_no_dialog_where_no_printer_is_set_up() -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert not has_dialog(printer, "win32")
    assert has_dialog(printer, "linux")


def test_where_no_printer_is_set_up_that_is_said(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.supervisor.printing.has_dialog", lambda _printer: False)
    section = reports(opened)
    section.out.print.setFocus()
    opened.press(section.out.print, Qt.Key.Key_Space)
    opened.wait()
    notice = opened.client.notices.current
    assert notice is not None
    assert "No printer is set up" in notice.text
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog) and w.isVisible()]


def test_the_systems_print_dialog_prints_the_chosen_pages(opened: OpenWindow, tmp_path: Path) -> None:
    """By keyboard: the button, the dialog with all pages to choose from, Return."""
    if not has_dialog(QPrinter()):
        pytest.skip("no printer is set up here, and Windows has no dialog then")
    section = reports(opened)
    section.out.print.setFocus()
    opened.press(section.out.print, Qt.Key.Key_Space)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog) and w.isVisible())
    assert (dialog.minPage(), dialog.maxPage()) == (1, section.view.count)
    assert (dialog.fromPage(), dialog.toPage()) == (1, section.view.count)
    printer = dialog.printer()
    assert printer.docName().endswith(".pdf")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 4)
    # What the dialog does when it is accepted, without the fields of this machine's printers in between.
    dialog.accepted.emit(printer)
    dialog.close()
    # Another report is shown meanwhile: what was sent to the printer is printed to its end.
    section.choice.week.setCurrentIndex(3)
    opened.wait(lambda: section._printing is None)
    shown(opened, section)
    pages = Pages((tmp_path / "printed.pdf").read_bytes())
    assert len(pages.sizes) == 3
    pages.close()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_said(opened: OpenWindow, tmp_path: Path) -> None:
    section = reports(opened)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    section.out.print_on(printer)
    opened.wait(lambda: section._printing is None)
    opened.wait()
    notice = opened.client.notices.current
    assert notice is not None
    assert "choose another one" in notice.text


def test_cancel_gives_up_and_says_what_to_do(opened: OpenWindow) -> None:
    section = reports(opened)
    section.view.clear()
    section._ready = None
    section.make()
    assert section.cancel.isVisible()
    QTest.mouseClick(section.cancel, Qt.MouseButton.LeftButton)
    opened.wait()
    assert section._nothing.isVisible()
    assert section.cancel.isHidden()
    section._nothing.asked.emit()
    shown(opened, section)
    assert section.view.count


def test_nothing_is_cut_off(opened: OpenWindow, theme: Theme, languages: Languages) -> None:
    section = reports(opened)
    for look, language in ((ThemeChoice.LIGHT, Language.GERMAN), (ThemeChoice.DARK, Language.ENGLISH)):
        theme.choose(look)
        languages.choose(language)
        opened.wait()
        for number in range(section.side.count()):
            section.side.setCurrentIndex(number)
            opened.wait()
            assert cut_off(section) == []
            if PICTURES:
                opened.window.grab().save(f"{PICTURES}/reports-{number}-{look.value}-{language.value}.png")
