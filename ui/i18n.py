"""The language of the window: English as in the source, German from a catalogue, switched while running.

Three catalogues make a language complete: ours for the words, ours for English plurals ("1 case", "2 cases";
the source text alone cannot do that), and Qt's own for standard buttons and dialogs. Installing a translator
makes Qt send LanguageChange to every widget; a widget sets its words in a `_retranslate` that it calls at its
making and from `changeEvent`.

How numbers and dates are written follows the language, in the country of the system where it speaks that
language.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

import resources


class Language(StrEnum):
    """What the user can choose; stored in the settings by value."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


LANGUAGES: dict[Language, QLocale.Language] = {
    Language.ENGLISH: QLocale.Language.English,
    Language.GERMAN: QLocale.Language.German,
}


class Languages(QObject):
    """Owns the translators of the application."""

    changed = Signal()

    def __init__(self, application: QCoreApplication, choice: Language = Language.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._choice = choice
        self.choose(choice)

    @property
    def choice(self) -> Language:
        """What the user chose."""
        return self._choice

    @property
    def current(self) -> Language:
        """The language now on, never SYSTEM."""
        return self._now

    def choose(self, choice: Language) -> None:
        """Switch now; every window changes its words at once."""
        self._choice = choice
        self._now = system_language() if choice is Language.SYSTEM else choice
        QLocale.setDefault(locale_of(self._now))
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        for file in catalogues(self._now):
            translator = QTranslator(self)
            if not translator.load(file):
                raise OSError(f"The installation is damaged: the translation {file} cannot be read.")
            # The last installed is asked first, so ours goes over Qt's.
            self._application.installTranslator(translator)
            self._installed.append(translator)
        self.changed.emit()


def system_language() -> Language:
    """German where the first language of the system that we speak is German, else English."""
    for name in QLocale.system().uiLanguages():
        for language, qt_language in LANGUAGES.items():
            if QLocale(name).language() is qt_language:
                return language
    return Language.ENGLISH


def locale_of(language: Language) -> QLocale:
    """How the language writes numbers and dates; the system's country where it speaks that language
    (Austria, Ireland), else Germany and the United Kingdom (day before month, as in the rest of Europe)."""
    wanted = LANGUAGES[language]
    system = QLocale.system()
    if system.language() is wanted and system.name() != "C":
        return QLocale(wanted, system.territory())
    if language is Language.GERMAN:
        return QLocale(wanted, QLocale.Country.Germany)
    return QLocale(wanted, QLocale.Country.UnitedKingdom)


def catalogues(language: Language) -> list[str]:
    """The catalogue files of a language in the order of installing."""
    own = str(resources.path("i18n", f"halldesk_{language.value}.qm"))
    if language is Language.ENGLISH:
        return [own]
    return [qt_catalogue(language), own]


def qt_catalogue(language: Language) -> str:
    """Qt's own catalogue, which comes with PySide6. Loading fails where a bundle forgot it, as it should."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return f"{folder}/qtbase_{language.value}.qm"
