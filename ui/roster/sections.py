"""The sections of the roster's page, in their order."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.actions import QT_TRANSLATE_NOOP
from ui.admin.sections import AdminSection
from ui.services import Services


def _hotline(services: Services) -> QWidget:
    from ui.roster.hotline import HotlineSection

    return HotlineSection(services)


def _chart(services: Services) -> QWidget:
    from ui.roster.chart import ChartSection

    return ChartSection(services)


def _radar(services: Services) -> QWidget:
    from ui.roster.radar import RadarSection

    return RadarSection(services)


def _rehearsal(services: Services) -> QWidget:
    from ui.roster.rehearsal import RehearsalSection

    return RehearsalSection(services)


SECTIONS: Final[tuple[AdminSection, ...]] = (
    AdminSection("hotline", QT_TRANSLATE_NOOP("administration", "Hotline"), "roster", "analyst", _hotline),
    AdminSection("chart", QT_TRANSLATE_NOOP("administration", "Organisation chart"), "users", "analyst", _chart),
    AdminSection("radar", QT_TRANSLATE_NOOP("administration", "Who knows what"), "lightbulb", "analyst", _radar),
    AdminSection("rehearsal", QT_TRANSLATE_NOOP("administration", "A day without"), "absence", "analyst", _rehearsal),
)
