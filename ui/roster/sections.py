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


SECTIONS: Final[tuple[AdminSection, ...]] = (
    AdminSection("hotline", QT_TRANSLATE_NOOP("administration", "Hotline"), "roster", "analyst", _hotline),
)
