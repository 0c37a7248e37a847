"""Words of the page of coverage: kinds of absence, what somebody is asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import texts_coverage
from app.work.covering import Ask
from ui import text
from ui.coverage.reading import Shown
from ui.written import language_now

translate = QCoreApplication.translate


def kind_words(kind: str) -> str:
    """What an absence is for."""
    return {
        "vacation": translate("coverage", "vacation"), "sickness": translate("coverage", "sickness"),
        "training": translate("coverage", "training"), "other": translate("coverage", "other"),
    }.get(kind, translate("coverage", "away"))  # fmt: skip


def days_words(first: str, last: str | None) -> str:
    """Days within a sentence."""
    return texts_coverage.days(first, last or "", language_now())


def ask_words(ask: Ask, shown: Shown) -> str:
    """What somebody is asked, as a sentence."""
    who, other = shown.name(ask.who), shown.name(ask.other)
    line = shown.absence(ask.absence)
    days = days_words(line.spell.from_day, line.spell.to_day) if line is not None else days_words(ask.day, None)
    if ask.what == "return" and not ask.count:
        return translate("coverage", "You are entered as away {days}, without an end. Are you back?").format(days=days)
    return {
        "acknowledge": translate("coverage", "You stand in for {who} {days}. Do you know?"),
        "unacknowledged": translate(
            "coverage", "{who} is away {days}, and {other}, who stands in, has not said that this is known."
        ),
        "still away": translate("coverage", "{who} is away {days}, without an end. Still away today?"),
        "handover": translate("coverage", "You are away {days}. Without a handover so far: {cases}."),
        "return": translate("coverage", "You are back. Worked on for you meanwhile: {done}. Take back or leave?"),
        "take over": translate("coverage", "{department} is yours for good. Have you got its dossier?"),
        "review": translate("coverage", "The agreement for {department} is to be reviewed."),
    }[ask.what].format(
        who=who, other=other, days=days, cases=text.open_cases(ask.count), done=text.cases(ask.count),
        department=shown.name(ask.department)
    )  # fmt: skip
