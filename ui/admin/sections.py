"""The sections of the administration page, in their order. A new one is a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.actions import QT_TRANSLATE_NOOP
from ui.services import Services


@dataclass(frozen=True)
class AdminSection:
    """One row. `title`: English source text of the context "administration". `least`: the role it is shown from.
    `make`: builds the widget; it imports what it needs, so that nobody pays for a section he does not open."""

    key: str
    title: str
    icon: str
    least: str
    make: Callable[[Services], QWidget]

    def name(self) -> str:
        """The title in the language that is on."""
        return QCoreApplication.translate("administration", self.title)


def _devices(services: Services) -> QWidget:
    from ui.admin.devices import DevicesSection

    return DevicesSection(services)


def _drive(services: Services) -> QWidget:
    from ui.drive_health import DriveHealth

    return DriveHealth(services)


def _records(table: str) -> Callable[[Services], QWidget]:
    def make(services: Services) -> QWidget:
        from ui.admin.record_section import RecordSection

        return RecordSection(services, table)

    return make


def _views(services: Services) -> QWidget:
    from ui.admin.views import ViewsSection

    return ViewsSection(services)


def _import(services: Services) -> QWidget:
    from ui.admin.importing import ImportSection

    return ImportSection(services)


SECTIONS: Final[tuple[AdminSection, ...]] = (
    AdminSection("devices", QT_TRANSLATE_NOOP("administration", "Devices and invitations"), "key", "analyst", _devices),
    AdminSection("drive", QT_TRANSLATE_NOOP("administration", "Drive health"), "drive", "analyst", _drive),
    AdminSection("queues", QT_TRANSLATE_NOOP("administration", "Queues"), "queues", "analyst", _records("queue")),
    AdminSection("analysts", QT_TRANSLATE_NOOP("administration", "Analysts"), "users", "analyst", _records("analyst")),
    AdminSection(
        "departments",
        QT_TRANSLATE_NOOP("administration", "Departments"),
        "departments",
        "analyst",
        _records("department"),
    ),
    AdminSection(
        "products", QT_TRANSLATE_NOOP("administration", "Products"), "monitor", "analyst", _records("product")
    ),
    AdminSection("places", QT_TRANSLATE_NOOP("administration", "Places"), "factory", "analyst", _records("place")),
    AdminSection(
        "assets", QT_TRANSLATE_NOOP("administration", "Machines and PCs"), "machine", "analyst", _records("asset")
    ),
    AdminSection(
        "severities",
        QT_TRANSLATE_NOOP("administration", "Severities and targets"),
        "warning",
        "analyst",
        _records("severity"),
    ),
    AdminSection(
        "calendars", QT_TRANSLATE_NOOP("administration", "Calendars"), "calendar", "analyst", _records("calendar")
    ),
    AdminSection(
        "templates", QT_TRANSLATE_NOOP("administration", "Templates"), "template", "analyst", _records("template")
    ),
    AdminSection("views", QT_TRANSLATE_NOOP("administration", "Views"), "views", "analyst", _views),
    AdminSection("import", QT_TRANSLATE_NOOP("administration", "Import of lists"), "import", "administrator", _import),
)
