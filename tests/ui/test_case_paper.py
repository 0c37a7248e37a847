"""A case on paper in the window: chosen, seen, saved, printed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="environment older than packaging/requirements.txt: run setup again")

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.ui.case_desk import CaseDesk, discard
from tests.ui.test_gallery import cut_off
from ui.case_paper import CasePaperDialog
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def dialog(qtbot: QtBot, desk: CaseDesk) -> Iterator[CasePaperDialog]:
    made = CasePaperDialog(desk.services, desk.case())
    made.show()
    desk.wait()
    yield made
    discard(made)


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_each_kind_is_shown_and_saved(desk: CaseDesk, dialog: CasePaperDialog, tmp_path: Path) -> None:
    internal = "Ribbon sensor reads"
    for kind, there, not_there in (
        ("sheet", internal, "Work order"), ("requester", "Jo Roth comes by at 11", internal),
        ("order", "Label printer line 3 jams", internal),
    ):  # fmt: skip
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        desk.wait()
        assert dialog.view.count >= 1
        file = tmp_path / f"{kind}.pdf"
        dialog.save_to(file)
        desk.wait()
        assert there in words(file)
        assert not_there not in words(file)
    assert dialog.name == "Work order for a visit 2.pdf"
    dialog.language.setCurrentIndex(1)
    desk.wait()
    dialog.save_to(tmp_path / "german.pdf")
    desk.wait()
    assert "Arbeitsauftrag" in words(tmp_path / "german.pdf")
    dialog.paper.setCurrentIndex(1 - dialog.paper.currentIndex())
    desk.wait()
    assert dialog.drawn is not None
    assert dialog.state.text() == "1 page"


def test_it_goes_to_a_printer(desk: CaseDesk, dialog: CasePaperDialog, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer)
    desk.wait(lambda: dialog.state.text() == "Sent to the printer")
    assert dialog.drawn is not None
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == len(dialog.drawn.pages.sizes)


def test_nothing_is_cut_off_in_either_language(
    desk: CaseDesk, theme: Theme, languages: Languages, qtbot: QtBot
) -> None:
    for language, look in ((Language.ENGLISH, ThemeChoice.LIGHT), (Language.GERMAN, ThemeChoice.DARK)):
        languages.choose(language)
        theme.choose(look)
        dialog = CasePaperDialog(desk.services, desk.case(), "order")
        dialog.show()
        desk.wait()
        assert cut_off(dialog) == []
        assert dialog.minimumSizeHint().height() <= 680
        if PICTURES:
            assert dialog.grab().save(str(Path(PICTURES) / f"case-paper-{language.value}-{look.value}.png"))
        discard(dialog)
