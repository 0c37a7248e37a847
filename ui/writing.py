"""The foot of a case: the composer, or the sheet of a verb in its place.

A sheet belongs to its case: going on to another case hides it, coming back shows it again with everything in it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from app.work.present import CaseView
from ui.composer import Composer
from ui.services import Services
from ui.sheets import Sheet


class WritingPlace(QWidget):
    """Shows one of them."""

    left = Signal()
    """A sheet that had the focus is gone."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._sheets: dict[bytes, Sheet] = {}
        self.sheet: Sheet | None = None
        """The sheet on show."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.composer = Composer(services, self)
        self._column.addWidget(self.composer)

    def open(self, kind: type[Sheet], view: CaseView) -> None:
        """Show a sheet of this kind for the case, the one that was begun if there is one."""
        sheet = self._sheets.get(view.id)
        if sheet is None or type(sheet) is not kind:
            self.drop(view.id)
            sheet = kind(self._services, view, self)
            self._sheets[view.id] = sheet
            sheet.finished.connect(partial(self.drop, view.id))
            self._column.addWidget(sheet)
        self._show(sheet)
        sheet.begin()

    def show_for(self, case_id: bytes) -> None:
        """Show what belongs to this case: its sheet if one was begun, else the composer."""
        self._show(self._sheets.get(case_id))

    def show_composer(self) -> None:
        """Show the composer; a sheet that was begun stays for later."""
        self._show(None)

    def drop(self, case_id: bytes) -> None:
        """The sheet of this case is done with."""
        sheet = self._sheets.pop(case_id, None)
        if sheet is None:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and sheet.isAncestorOf(focus)
        sheet.hide()
        sheet.deleteLater()
        if sheet is self.sheet:
            self._show(None)
            if had_focus:
                self.left.emit()

    def _show(self, sheet: Sheet | None) -> None:
        self.sheet = sheet
        for other in self._sheets.values():
            other.setVisible(other is sheet)
        self.composer.setVisible(sheet is None)
