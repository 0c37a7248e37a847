"""The supervisor's page: board, reports, insight; sections at the left as in the administration."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.admin.page import AdministrationPage
from ui.services import Services
from ui.supervisor.sections import SECTIONS


class SupervisorPage(AdministrationPage):
    """Its sections show cases when somebody follows a figure."""

    cases_wanted = Signal(str, object)
    """(title, row numbers)."""
    case_wanted = Signal(bytes)
    """This case is to be opened."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, SECTIONS, parent)

    def section(self, key: str) -> QWidget:
        fresh = key not in self._built
        made = super().section(key)
        for name in ("cases_wanted", "case_wanted") if fresh else ():
            wanted = getattr(made, name, None)
            if wanted is not None:
                wanted.connect(getattr(self, name))
        return made

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Supervisor"))
        self.list.setAccessibleName(self.tr("Board, reports and insight"))
