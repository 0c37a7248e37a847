"""What somebody is asked, and what he is told until he has seen it: as rows on the page, and each morning as notices.
One table of answers serves both.

`MorningAsks` looks when the window is there, when the site's day changes and when somebody plans or reports something;
each question is told once a day, and goes when it is answered, wherever that was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.reading import ReadingDesk
from app.work.covering import Ask
from ui.asking import Asking
from ui.coverage.reading import Shown, names_of
from ui.coverage.words import ask_words
from ui.notices import NoticeAction
from ui.services import Services
from ui.tokens import GAP_S, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

translate = QCoreApplication.translate
LOOK_MS: Final = 10 * 60_000
SOON_MS: Final = 1_500
MOST_ROWS: Final = 6
MOST_NOTICES: Final = 2
WIDEST: Final = 150
"""Letters: on a large screen the buttons stay beside their question."""
_TABLES: Final = ("coverage", "absence", "acknowledgement", "handover")


@dataclass(frozen=True)
class Answer:
    """A button beneath a question."""

    words: str
    run: Callable[[], object]


def answers(ask: Ask, services: Services, shown: Shown, parent: QWidget | None) -> list[Answer]:
    """What can be answered at once, the most likely first."""
    absence, cover = ask.absence, ask.cover
    line = shown.absence(absence)

    def run(verb: Callable[..., object], said: str) -> Callable[[], object]:
        return lambda: services.run(verb, said=said)

    def still() -> None:
        from ui.coverage.dialogs import StillAwayDialog

        if line is not None:
            StillAwayDialog(services, shown, line.spell, parent).open()

    def sheet() -> None:
        open_sheet(services, shown, absence, parent)

    def take_over() -> None:
        from ui.coverage.dialogs import TakeOverDialog

        if cover is not None:
            TakeOverDialog(services, shown, cover, parent).open()

    back = Answer(
        translate("coverage", "Back at work"),
        run(lambda desk: desk.absences.back(ask.who), translate("coverage", "Back at work")),
    )
    if ask.what == "acknowledge":
        said = translate("coverage", "Acknowledged")
        return [
            Answer(translate("coverage", "I know, I stand in"),
                   run(lambda desk: desk.absences.acknowledge(absence), said)),
            Answer(translate("coverage", "The sheet…"), sheet),
        ]  # fmt: skip
    if ask.what == "still away":
        goes_on = run(lambda desk: desk.absences.goes_on(absence), translate("coverage", "It goes on"))
        return [
            Answer(translate("coverage", "Still away"), goes_on), Answer(translate("coverage", "Until…"), still), back,
        ]  # fmt: skip
    if ask.what == "handover":
        return [Answer(translate("coverage", "Handover sheet…"), sheet)]
    if ask.what == "return":
        return [Answer(translate("coverage", "Return sheet…"), sheet)] if ask.count else [
            Answer(translate("coverage", "I am back"), back.run), Answer(translate("coverage", "Until…"), still),
        ]  # fmt: skip
    if ask.what == "take over":
        return [Answer(translate("coverage", "Take it over…"), take_over)]
    if ask.what == "review" and cover is not None:
        reviewed = run(lambda desk: desk.agreements.review(cover), translate("coverage", "Reviewed"))
        return [Answer(translate("coverage", "Reviewed"), reviewed)]
    if ask.what == "unacknowledged":
        return [Answer(translate("coverage", "How to reach {who}").format(who=shown.name(ask.other)),
                       partial(_reach, services, shown, ask))]  # fmt: skip
    return []


def _reach(services: Services, shown: Shown, ask: Ask) -> None:
    phone = shown.phones.get(ask.other or b"", "")
    known = translate("coverage", "{who}: telephone {phone}").format(who=shown.name(ask.other), phone=phone)
    unknown = translate("coverage", "No telephone number of {who} is entered.").format(who=shown.name(ask.other))
    services.notices.info(known if phone else unknown)


def open_sheet(services: Services, shown: Shown, absence: bytes | None, parent: QWidget | None) -> None:
    """The handover or return sheet of an absence."""
    from ui.coverage.sheet_dialog import SheetDialog

    if absence is not None:
        dialog = SheetDialog(services, shown, absence, parent)
        window = parent.window() if parent is not None else None
        show_case = getattr(window, "follow", None)
        if show_case is not None:
            dialog.case_wanted.connect(lambda _case: dialog.accept())
            dialog.case_wanted.connect(show_case)
        dialog.open()


def gathered(asks: Sequence[Ask]) -> list[Ask]:
    """Many reviews at once are one question too many: the first stands for all of them, `count` says how many."""
    reviews = [ask for ask in asks if ask.what == "review"]
    rest = [ask for ask in asks if ask.what != "review"]
    if len(reviews) <= 2:
        return [*rest, *reviews]
    first = reviews[0]
    return [*rest, Ask("reviews", first.who, first.day, count=len(reviews))]


class AskRows(QWidget):
    """The questions one under the other; not there while there are none."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Shown | None = None
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)
        self._rows: list[QWidget] = []
        services.unseen.changed.connect(self._fill)
        self.hide()

    def texts(self) -> list[str]:
        """What is asked, from top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def show_asks(self, shown: Shown) -> None:
        """Ask these."""
        self._shown = shown
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows, self.buttons = [], []
        unseen, shown = self._services.unseen, self._shown
        for one in unseen.news[:MOST_ROWS]:
            told = [
                Answer(translate("coverage", "Look"), partial(_look, self, one.table)),
                Answer(translate("coverage", "I have seen it"), partial(unseen.seen, one)),
            ]
            self._rows.append(self._row("warning", Tone.WARNING, unseen.said(one), told))
        for ask in gathered(shown.asks)[:MOST_ROWS] if shown is not None else ():
            assert shown is not None
            drawing, tone = ("error", Tone.DANGER) if ask.what == "unacknowledged" else ("question", Tone.ACCENT)
            self._rows.append(self._row(drawing, tone, said_of(ask, shown), answers(ask, self._services, shown, self)))
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, drawing: str, tone: Tone, said: str, choices: Sequence[Answer]) -> QWidget:
        row = QWidget()
        row.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDEST)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_S)
        line.addWidget(IconLabel(drawing, tone))
        words = PlainLabel(said)
        words.setWordWrap(True)
        row.setAccessibleName(said)
        line.addWidget(words, 1)
        for answer in choices:
            button = QPushButton(answer.words.replace("&", "&&"))
            button.clicked.connect(partial(_run, answer))
            line.addWidget(button)
            self.buttons.append(button)
        return row


def _look(rows: QWidget, table: str) -> None:
    from ui.coverage.plan_news import show_plan

    show_plan(rows.window(), table)


def said_of(ask: Ask, shown: Shown) -> str:
    """A question as a sentence."""
    if ask.what == "reviews":
        return translate("coverage", "{count} agreements are to be reviewed.").format(count=ask.count)
    return ask_words(ask, shown)


def _run(answer: Answer, _checked: bool = False) -> None:
    answer.run()


# -- each morning -----------------------------------------------------------------------------------------------------
def read_asks(desk: ReadingDesk) -> Shown:
    """On a lane: the questions and what their words need."""
    boss = desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,)) != "analyst"
    asks = desk.coverings.asks()
    if not asks:
        return Shown(desk.me, boss, desk.context.zone, desk.coverings.today())
    phones = {row[0]: row[1] for row in desk.context.reader.all("SELECT id, phone FROM analyst WHERE phone <> ''")}
    return Shown(
        desk.me, boss, desk.context.zone, desk.coverings.today(), asks=asks, names=names_of(desk), phones=phones,
        away=desk.coverings.absences(past=True), agreements=desk.coverings.history(),
    )  # fmt: skip


class MorningAsks(QObject):
    """One for the window."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._told: dict[tuple[object, ...], str] = {}
        """What was asked today, and in which words."""
        self._day = ""
        self._asking = Asking(services, "asks", read_asks, self._ask, self, about=_TABLES, soon=SOON_MS, every=LOOK_MS)

    def look(self) -> None:
        """Ask now."""
        self._asking.now()

    def _ask(self, shown: Shown) -> None:
        if shown.today != self._day:
            self._day, self._told = shown.today, {}
        open_now = {_key(ask): ask for ask in gathered(shown.asks)}
        for key in [key for key in self._told if key not in open_now]:
            self._services.notices.withdraw(self._told.pop(key))
        news = [ask for key, ask in open_now.items() if key not in self._told]
        for ask in news:
            self._told[_key(ask)] = said_of(ask, shown)
        if len(news) > MOST_NOTICES:
            # News, not warnings: what stands on the page until it is answered need not stand in the way.
            said = translate("coverage", "{count} questions about coverage and absences wait for you.")
            look = NoticeAction(translate("coverage", "Look"), self._show_page)
            self._services.notices.info(said.format(count=len(news)), look)
            return
        for ask in news:
            actions = [NoticeAction(one.words, one.run) for one in answers(ask, self._services, shown, self._window)]
            self._services.notices.info(said_of(ask, shown), *actions)

    def _show_page(self) -> None:
        show = getattr(self._window, "show_page", None)
        if show is not None:
            show("coverage", "now")


def _key(ask: Ask) -> tuple[object, ...]:
    return ask.what, ask.who, ask.absence, ask.cover, ask.other
