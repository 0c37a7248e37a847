"""Who else is there, where one needs to know it: in the list, in the case, before one answers a second time.

`PresenceBoard` holds what the last look brought (ui.sync_driver) for everybody who shows it; the widgets here are one
line over a case and the small list in the status line. A drawing never stands alone: each has its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ui.icons import icon
from ui.tokens import GAP_XS, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.colleagues import Colleague

WRITING: Final = frozenset({"note", "reply", "call", "visit"})
NAMED: Final = 2
"""So many people are named in a line; the others are counted."""

translate = QCoreApplication.translate


class PresenceBoard(QObject):
    """What colleagues do now. GUI thread only."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Colleague, ...] = ()
        self._at: dict[bytes, list[Colleague]] = {}
        self._marks: dict[bytes, str] = {}

    @property
    def everybody(self) -> tuple[Colleague, ...]:
        """All that are there, by name."""
        return self._all

    @property
    def marks(self) -> Mapping[bytes, str]:
        """case -> the drawing for it: "edit" where somebody writes, "eye" where somebody looks."""
        return self._marks

    def show_colleagues(self, colleagues: Iterable[Colleague], me: bytes) -> None:
        """These are there now; my own other workstations are not news to me."""
        self._all = tuple(one for one in colleagues if one.analyst != me)
        self._at, self._marks = {}, {}
        for one in self._all:
            if one.doing.case is not None and not one.doing.away:
                self._at.setdefault(one.doing.case, []).append(one)
        for case, those in self._at.items():
            those.sort(key=lambda one: (one.doing.what not in WRITING, one.name))
            self._marks[case] = "edit" if those[0].doing.what in WRITING else "eye"
        self.changed.emit()

    def at(self, case: bytes | None) -> list[Colleague]:
        """Who is with this case, those who write first."""
        return self._at.get(case, []) if case is not None else []

    def words(self, case: bytes | None, *, only_writing: bool = False) -> str:
        """ "Anna Kern is writing a reply · Jo Roth is looking at this", "" where nobody is."""
        those = [one for one in self.at(case) if not only_writing or one.doing.what in WRITING]
        said = [doing_words(one.name, one.doing.what) for one in those[:NAMED]]
        if len(those) > NAMED:
            said.append(translate("presence", "and {count} more").format(count=len(those) - NAMED))
        return " · ".join(said)


def doing_words(name: str, what: str) -> str:
    """What somebody does with a case, in a sentence."""
    sentence = {
        "note": translate("presence", "{name} is writing a note"),
        "reply": translate("presence", "{name} is writing a reply"),
        "call": translate("presence", "{name} is noting a call"),
        "visit": translate("presence", "{name} is noting a visit"),
    }.get(what, translate("presence", "{name} is looking at this"))
    return sentence.format(name=name)


class PresenceLine(QWidget):
    """One line that is there only while somebody else is with the case."""

    def __init__(self, board: PresenceBoard, *, only_writing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board, self._only_writing = board, only_writing
        self._case: bytes | None = None
        self._icon = IconLabel("eye", Tone.WARNING)
        self._words = ElidedLabel("", role=Tone.WARNING)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_XS)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        board.changed.connect(self._say)
        self._say()

    def show_case(self, case: bytes | None) -> None:
        """Tell about this case from now on."""
        self._case = case
        self._say()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        words = self._board.words(self._case, only_writing=self._only_writing)
        if words:
            self._icon.show_as(self._board.marks.get(self._case or b"", "eye"), Tone.WARNING)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class PresenceButton(QToolButton):
    """How many colleagues are there; opened, who they are and what they do."""

    def __init__(self, board: PresenceBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self.setIcon(icon("users", "muted"))
        self.setToolButtonStyle(self.toolButtonStyle().ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setProperty("look", "line")
        # Its room stays its own, so that nothing moves when somebody comes.
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._measure()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        board.changed.connect(self._say)
        self._say()

    def _measure(self) -> None:
        self.setFixedHeight(max(self.fontMetrics().height(), self.iconSize().height()) + 2)

    def lines(self) -> list[str]:
        """Who is there, as the list says it."""
        return [_line(one) for one in self._board.everybody]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.FontChange:
            self._measure()

    def _fill(self) -> None:
        self._menu.clear()
        for one in self._board.everybody:
            drawing = "user" if one.doing.case is None else "edit" if one.doing.what in WRITING else "eye"
            self._menu.addAction(icon(drawing, "muted"), _line(one).replace("&", "&&"))

    def _say(self) -> None:
        count = len(self._board.everybody)
        self.setText(str(count))
        words = self.tr("%n colleague(s) here", "", count)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(count > 0)


def doing_word(one: Colleague) -> str:
    """What somebody does, in a word or three."""
    if one.doing.away:
        return translate("presence", "away")
    if one.doing.case is None:
        return translate("presence", "here")
    if one.doing.what in WRITING:
        return translate("presence", "writing in a case")
    return translate("presence", "reading a case")


def _line(one: Colleague) -> str:
    return f"{one.name} – {doing_word(one)}"
