"""The catalogues are complete, fit the sources, are compiled, and reach windows that are open."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.texts import CATALOGUE
from ui.i18n import Language, Languages, catalogues, locale_of
from ui.theme import Theme
from ui.widgets.fields import SearchField

ROOT = Path(__file__).resolve().parents[2]
KNOWN_TO_BE_MANY = ["{count} articles may help"]
"""Said only where it is more than one."""


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
        counts = {"%n", "%Ln"}
        wanted = sorted(re.findall(r"\{\w*\}|%L?n", source))
        for place, form in enumerate(forms):
            there = sorted(re.findall(r"\{\w*\}|%L?n", form))
            once = plural and place == 0  # "once" says how many without a figure
            assert there == wanted or (once and there == [w for w in wanted if w not in counts]), source


def test_no_plural_is_inherited():
    """`self.tr` with a count asks the class of the object first, which answers with the count put in and untranslated:
    words that change with a count stand in a class without heirs, or in `ui.text.Counted`."""
    plurals: list[tuple[str, str]] = []
    bases: set[str] = set()
    for file in sorted((ROOT / "ui").rglob("*.py")):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(one, ast.ClassDef):
                bases |= {base.id for base in one.bases if isinstance(base, ast.Name)}
                plurals += [
                    (one.name, f"{file.name}:{call.lineno}")
                    for call in ast.walk(one)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr == "tr"
                    and len(call.args) == 3
                ]
    assert len(plurals) > 40
    assert [where for name, where in plurals if name in bases] == []


def test_one_is_said_as_one(translations: ModuleType):
    """What is counted by a placeholder and not by a plural form would read "1 rows"."""
    counted = re.compile(
        r"\{(?:count|rows|cases|days|n)\} (?:[a-z]+ )?(?:rows|cases|entries|articles|times|changes|files)\b"
    )
    found = [
        source
        for (_, source, _, plural), _translation in translations._messages(translations.GERMAN)
        if not plural and counted.search(source)
    ]
    assert found == KNOWN_TO_BE_MANY


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


def test_in_german_a_response_is_a_reaktion_and_what_is_written_to_somebody_an_antwort():
    """The response clock is one thing, a reply another: a reader must be able to tell them apart."""
    said = [
        (message.findtext("source", ""), "".join(next(message.iter("translation")).itertext()))
        for message in ElementTree.parse(ROOT / "resources" / "i18n" / "halldesk_de.ts").iter("message")
    ]
    said += [pair for key, pair in CATALOGUE.items() if not key.startswith("definition.")]
    counted = [(english, german) for english, german in said if re.search(r"\brespon(se|ses|ded)\b", english, re.I)]
    assert len(counted) > 10
    assert [pair for pair in counted if re.search("antwort", pair[1], re.I)] == []
