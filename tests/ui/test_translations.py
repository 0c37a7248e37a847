"""The catalogues are complete, fit the sources, are compiled, and reach windows that are open."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from ui.i18n import Language, Languages, catalogues, locale_of
from ui.theme import Theme
from ui.widgets.fields import SearchField

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """packaging/translations.py; packaging is a folder of programs, not a package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_catalogues_are_complete_current_and_compiled(translations: ModuleType):
    assert translations.problems() == []


def test_a_forgotten_translation_is_found(translations: ModuleType, tmp_path: Path):
    copy = tmp_path / "halldesk_de.ts"
    shutil.copy(translations.GERMAN, copy)
    words = copy.read_text(encoding="utf-8")
    assert "<translation>Übernehmen</translation>" in words
    words = words.replace("<translation>Übernehmen</translation>", '<translation type="unfinished"></translation>')
    copy.write_text(words, encoding="utf-8")
    assert translations.unfinished(copy) == ["actions: Claim"]


def test_no_word_hides_in_an_f_string(translations: ModuleType):
    """lupdate does not look into f-strings."""
    hidden = re.compile(r"""\b(?:tr|translate)\(\s*(?:"[^"]*",\s*)?f["']""")
    found = [file.name for file in translations.sources() if hidden.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_placeholders_survive_translation(translations: ModuleType):
    for (_, source, _, plural), translation in translations._messages(translations.GERMAN):
        forms = [form.text for form in translation.iter("numerusform")] if plural else [translation.text]
        for form in forms:
            assert sorted(re.findall(r"\{\w*\}|%n", form)) == sorted(re.findall(r"\{\w*\}|%n", source)), source


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_every_catalogue_is_there(qapp: QApplication, language: Language):
    assert all(Path(file).is_file() for file in catalogues(language))


def test_an_open_window_changes_its_language(theme: Theme, languages: Languages, qtbot: QtBot):
    field = SearchField()
    qtbot.addWidget(field)
    field.show()
    assert field.placeholderText() == "Search"
    with qtbot.waitSignal(languages.changed):
        languages.choose(Language.GERMAN)
    qtbot.waitUntil(lambda: field.placeholderText() == "Suchen")
    assert field.accessibleName() == "Suchen"
    languages.choose(Language.ENGLISH)
    qtbot.waitUntil(lambda: field.placeholderText() == "Search")


def test_buttons_of_qt_itself_are_german_too(languages: Languages, qtbot: QtBot):
    def words() -> str:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        return box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")

    assert words() == "Cancel"
    languages.choose(Language.GERMAN)
    assert words() == "Abbrechen"
    languages.choose(Language.ENGLISH)
    assert words() == "Cancel"


def test_numbers_follow_the_language(languages: Languages):
    languages.choose(Language.GERMAN)
    assert QLocale().toString(1.5) == "1,5"
    assert locale_of(Language.ENGLISH).dateFormat(QLocale.FormatType.ShortFormat).startswith("d")


def test_system_means_a_language_we_speak(languages: Languages):
    languages.choose(Language.SYSTEM)
    assert languages.current in (Language.ENGLISH, Language.GERMAN)
    assert languages.choice is Language.SYSTEM
