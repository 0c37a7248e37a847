"""Spelling in fields of text: words that are wrong are underlined, what was meant is one key or click away.

The window's thread never asks the dictionary. A field looks words up in what is known already; those that are not known
go to a lane of their own in small portions, and the field looks again when the answer is there. So the dictionary is
read when somebody writes the first word, and not before. Marks are selections of the field beside its document: they
touch neither the text nor its undo.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QContextMenuEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from app.changes import Changes
from app.spelling.checker import LANGUAGES, Checker
from app.spelling.team_words import team_words
from app.spelling.words import Word, words_in
from ui.services import Services
from ui.tokens import Tone, colours

PAUSE_MS: Final = 250
PORTION: Final = 30
"""Words that are looked up in one go, so that a long text does not keep the lane from a question."""
_LONGEST: Final = 60_000
"""Characters of a text that are looked at; more is a log somebody pasted."""
_MOST_MARKS: Final = 300


class Spelling(QObject):
    """What is known of words, for every field of the window. GUI thread only."""

    looked = Signal()
    """More is known than before, or something else is right now."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._checkers = {language: Checker(language) for language in LANGUAGES}
        self._known: dict[str, dict[str, bool]] = {language: {} for language in LANGUAGES}
        self._asked: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        self._meant: dict[tuple[str, str], list[str]] = {}
        self._ignored: set[str] = set()
        self._team_read = False
        services.bell.changed.connect(self._changed)
        services.settings.changed.connect(lambda key: self.looked.emit() if key == "spelling" else None)

    @property
    def on(self) -> bool:
        """Whether this workstation wants its words checked."""
        return bool(self._services.settings["spelling"])

    @property
    def lane_busy(self) -> bool:
        """Whether words are being looked up."""
        return self._services.lanes["spelling"].under_way > 0

    def wrong(self, language: str, words: set[str]) -> set[str]:
        """Those of the words that are known to be wrong; what is not known is asked for."""
        known, asked = self._known[language], self._asked[language]
        words = words - self._ignored
        new = sorted(words - known.keys() - asked)
        asked.update(new)
        for at in range(0, len(new), PORTION):
            self._ask(language, new[at : at + PORTION])
        return {word for word in words if known.get(word)}

    def _ask(self, language: str, words: list[str]) -> None:
        lanes = self._services.lanes
        if lanes.closed:
            return
        self._read_team_words()
        checker = self._checkers[language]

        def answered(wrong: set[str]) -> None:
            self._known[language].update({word: word in wrong for word in words})
            self._asked[language].difference_update(words)
            self.looked.emit()

        lanes["spelling"].submit(checker.wrong, words, done=answered, owner=self)

    def suggest(self, language: str, word: str, done: Callable[[list[str]], object], owner: QObject) -> None:
        """Ask what was meant."""
        known = self._meant.get((language, word))
        if known is not None:
            done(known)
            return

        def answered(meant: list[str]) -> None:
            self._meant[language, word] = meant
            done(meant)

        self._services.lanes["spelling"].submit(self._checkers[language].suggest, word, done=answered, owner=owner)

    def ignore(self, word: str) -> None:
        """Not wrong until the program ends."""
        self._ignored.add(word)
        self.looked.emit()

    def teach(self, word: str) -> None:
        """Add it to the team's dictionary."""
        said = self.tr("“{word}” is in the team's dictionary").format(word=word)
        self._services.run(lambda desk: desk.team_words.add(word), said=said, owner=self)

    # -- the team's words ---------------------------------------------------------------------------------------------
    def _read_team_words(self) -> None:
        if not self._team_read:
            self._team_read = True
            self._services.lanes["spelling"].submit(self._load, owner=self)

    def _load(self) -> None:
        words = team_words(self._services.desk.context)
        for checker in self._checkers.values():
            checker.let_stand(words)

    def _changed(self, changes: Changes) -> None:
        if self._team_read and changes.concern_tables("team_word"):
            self._services.lanes["spelling"].submit(self._load, done=lambda _: self._forget(), owner=self)

    def _forget(self) -> None:
        for language in LANGUAGES:
            self._known[language].clear()
        self._meant.clear()
        self.looked.emit()


class SpellCheck(QObject):
    """Checks one field; lives as long as it. `language`: "de" or "en", "" for a text that is not checked."""

    def __init__(self, services: Services, field: QPlainTextEdit, language: str) -> None:
        super().__init__(field)
        self._services, self._field = services, field
        self._spelling = services.spelling
        self._language = language if language in LANGUAGES else ""
        self._by_hand = False
        self._marked: list[Word] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.look)
        field.textChanged.connect(self._soon.start)
        field.cursorPositionChanged.connect(self._moved)
        field.installEventFilter(self)
        field.viewport().installEventFilter(self)
        self._spelling.looked.connect(self._soon.start)

    @property
    def language(self) -> str:
        """In which the text is checked."""
        return self._language

    def set_language(self, language: str) -> None:
        """Check in this language from now on, unless somebody chose another one for this text."""
        if not self._by_hand and language != self._language:
            self._language = language if language in LANGUAGES else ""
            self._soon.start()

    def begin(self) -> None:
        """Another text comes into the field: what was chosen for the last one counts no more."""
        self._by_hand = False

    @property
    def wrong(self) -> tuple[str, ...]:
        """The words that are underlined, in their order."""
        return tuple(word.text for word in self._marked)

    # -- looking ------------------------------------------------------------------------------------------------------
    def _moved(self) -> None:
        if self._marked or not self._field.document().isEmpty():
            self._soon.start()

    def look(self) -> None:
        """Underline what is wrong; the word that is being typed has time until it is left."""
        text = self._field.toPlainText()[:_LONGEST]
        if not self._language or not self._spelling.on or not text.strip():
            self._show([])
            return
        words = _in_document(text)
        wrong = self._spelling.wrong(self._language, {word.text for word in words})
        cursor = self._field.textCursor().position() if self._field.hasFocus() else -1
        self._show([word for word in words if word.text in wrong and word.end != cursor][:_MOST_MARKS])

    def _show(self, words: list[Word]) -> None:
        if not words and not self._marked:
            return
        self._marked = words
        line = QTextCharFormat()
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        line.setUnderlineColor(QColor(colours(self._field.palette()).tone(Tone.DANGER).text))
        marks = []
        for word in words:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor_of(word)
            mark.format = line
            marks.append(mark)
        self._field.setExtraSelections(marks)

    def _cursor_of(self, word: Word) -> QTextCursor:
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(word.begin)
        cursor.setPosition(word.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- correcting ---------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            cursor = self._field.cursorForPosition(event.pos()) if by_mouse else self._field.textCursor()
            place = event.globalPos() if by_mouse else self._below(cursor)
            self._open_menu(cursor.position(), place)
            return True
        if watched is self._field and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F7:
            if event.type() == QEvent.Type.KeyPress:
                self.to_next()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def to_next(self) -> None:
        """F7: the next word that is wrong, chosen and with what may have been meant."""
        self.look()
        at = self._field.textCursor().selectionEnd()
        found = next((word for word in self._marked if word.begin >= at), None)
        found = found or next(iter(self._marked), None)
        if found is None:
            self._services.notices.info(self.tr("No word is underlined."))
            return
        self._field.setTextCursor(self._cursor_of(found))
        self._field.ensureCursorVisible()
        self._open_menu(found.begin, self._below(self._field.textCursor()))

    def _below(self, cursor: QTextCursor) -> QPoint:
        return self._field.viewport().mapToGlobal(self._field.cursorRect(cursor).bottomLeft())

    def _open_menu(self, position: int, place: QPoint) -> None:
        word = next((one for one in self._marked if one.begin <= position <= one.end), None)
        if word is None or self._cursor_of(word).selectedText() != word.text:
            self._menu(place, None, [])
            return
        self._spelling.suggest(self._language, word.text, lambda meant: self._menu(place, word, meant), self)

    def _menu(self, place: QPoint, word: Word | None, meant: list[str]) -> None:
        menu = QMenu(self._field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if word is not None:
            for one in meant:
                action = menu.addAction(one)
                font = action.font()
                font.setBold(True)
                action.setFont(font)
                action.triggered.connect(partial(self._replace, word, one))
            if not meant:
                menu.addAction(self.tr("No suggestion")).setEnabled(False)
            menu.addSeparator()
            words = self.tr("Add “{word}” to the team's dictionary").format(word=word.text)
            menu.addAction(words).triggered.connect(partial(self._spelling.teach, word.text))
            menu.addAction(self.tr("Ignore")).triggered.connect(partial(self._spelling.ignore, word.text))
            menu.addSeparator()
        usual = self._field.createStandardContextMenu()
        menu.addActions(usual.actions())
        menu.destroyed.connect(usual.deleteLater)
        menu.addSeparator()
        menu.addMenu(self._languages(menu))
        if word is not None and meant:
            menu.setActiveAction(menu.actions()[0])
        menu.popup(place)

    def _languages(self, menu: QMenu) -> QMenu:
        languages = QMenu(self.tr("Check spelling"), menu)
        group = QActionGroup(languages)
        chosen = self._language if self._spelling.on else ""
        for code, name in (("de", "Deutsch"), ("en", "English"), ("", self.tr("Not at all"))):
            action = QAction(name, languages, checkable=True, checked=code == chosen)
            group.addAction(action)
            languages.addAction(action)
            action.triggered.connect(partial(self._choose, code))
        return languages

    def _choose(self, language: str, _checked: bool = False) -> None:
        if language and not self._spelling.on:
            self._services.settings["spelling"] = True
        self._by_hand = False
        self.set_language(language)
        self._by_hand = True

    def _replace(self, word: Word, meant: str, _checked: bool = False) -> None:
        cursor = self._cursor_of(word)
        if cursor.selectedText() == word.text:  # nothing else has come to stand there meanwhile
            cursor.insertText(meant)
            self._field.setTextCursor(cursor)
        self._field.setFocus()


def _in_document(text: str) -> list[Word]:
    """The words of a text where Qt counts them: it takes a sign beyond the first plane (an emoji) for two."""
    words = list(words_in(text))
    if text.isascii() or max(text) <= "\uffff":
        return words
    far = [at for at, sign in enumerate(text) if sign > "\uffff"]
    out = []
    for word in words:
        before = sum(at < word.begin for at in far)
        out.append(Word(word.text, word.begin + before, word.end + before))
    return out
