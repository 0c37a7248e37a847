"""The list on screen as a file: opened from the window by its key, written, and read back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.cases import NewCase
from app.work.groups import Grouped
from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Language, Languages
from ui.list_export import ListExport
from ui.theme import Theme

CONTROL = Qt.KeyboardModifier.ControlModifier
TITLES = (
    "Größe der Rückläufer falsch, Straße 7",
    "Überhitzung: „Ofen 2“ meldet 80 °C; Schütz fällt ab",
    "Łódź office: no e-mail",
)


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages)
    one.client.services.settings["report_folder"] = str(tmp_path)
    for number, title in enumerate(TITLES):
        one.desk.cases.new(NewCase(title, 2 + number % 2, requester_id=one.ids["meyer"]))
    one.wait(lambda: set(TITLES) <= set(one.shown()))
    yield one
    one.close()


def written(opened: OpenWindow, form: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ctrl+P or Ctrl+Shift+E, Enter; the file, which is opened afterwards."""
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    opened.window.actions_["print" if form == "pdf" else "export"].trigger()
    opened.wait(lambda: [w for w in QApplication.topLevelWidgets() if isinstance(w, ListExport) and w.isVisible()])
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ListExport) and w.isVisible())
    assert dialog.form.choice() == form
    QTest.keyClick(dialog.file, Qt.Key.Key_Return)
    opened.wait(lambda: shown)
    path = Path(shown[0].toLocalFile())
    assert path.suffix == f".{form}"
    return path


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_a_spreadsheet_has_what_is_visible_as_it_is_visible(
    opened: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.table.columns.choose({"number", "title", "severity", "requester"})
    opened.table.columns.order_asked.emit("title")
    opened.wait()
    file = written(opened, "csv", monkeypatch)
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "or a spreadsheet takes the umlauts for something else"
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";" if b";" in raw.splitlines()[0] else ","))
    shown = opened.table.columns.shown()
    assert len(rows[0]) == len(shown)
    assert [row[shown.index("title")] for row in rows[1:]] == opened.shown()
    assert set(TITLES) <= {row[shown.index("title")] for row in rows[1:]}
    assert {row[shown.index("requester")] for row in rows[1:]} >= {"Klaus Meyer"}


def test_the_paper_has_the_filter_the_groups_and_every_letter(
    opened: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.page.group_by("severity")
    opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))
    text = "\n".join(pages(written(opened, "pdf", monkeypatch)))
    flat = " ".join(text.split())
    for title in TITLES:
        assert title in flat
    assert "All open" in flat
    for group in opened.page.model.rows.groups:
        assert opened.page.model.heading(group) in flat
    opened.page.filter.setText("Rückl")
    opened.wait(lambda: opened.page.model.rowCount() < 4)
    opened.wait()
    flat = " ".join("\n".join(pages(written(opened, "pdf", monkeypatch))).split())
    assert TITLES[0] in flat
    assert TITLES[1] not in flat, "what is not on screen is not on paper"


def test_in_german_the_paper_speaks_german(
    opened: OpenWindow, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages.choose(Language.GERMAN)
    opened.wait()
    flat = " ".join("\n".join(pages(written(opened, "pdf", monkeypatch))).split())
    assert "Titel" in flat
    assert "Schweregrad" in flat
    assert TITLES[1] in flat
