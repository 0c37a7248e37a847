"""The sections of the supervisor's page, in their order."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.actions import QT_TRANSLATE_NOOP
from ui.admin.sections import AdminSection
from ui.services import Services


def _board(services: Services) -> QWidget:
    from ui.supervisor.board import BoardSection

    return BoardSection(services)


def _reports(services: Services) -> QWidget:
    from ui.supervisor.reports import ReportsSection

    return ReportsSection(services)


def _insight(services: Services) -> QWidget:
    from ui.supervisor.insight import InsightSection

    return InsightSection(services)


def _recurring(services: Services) -> QWidget:
    from ui.supervisor.recurring import RecurringSection

    return RecurringSection(services)


SECTIONS: Final[tuple[AdminSection, ...]] = (
    AdminSection("board", QT_TRANSLATE_NOOP("administration", "Board"), "board", "analyst", _board),
    AdminSection("reports", QT_TRANSLATE_NOOP("administration", "Reports"), "reports", "analyst", _reports),
    AdminSection("recurring", QT_TRANSLATE_NOOP("administration", "Recurring"), "problem", "analyst", _recurring),
    AdminSection("insight", QT_TRANSLATE_NOOP("administration", "Insight"), "lightbulb", "supervisor", _insight),
)
