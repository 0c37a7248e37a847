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
    typed = Signal()
    """Other words stand in what is on show (`words`)."""
    turned = Signal(bool)
    """A sheet is on show, or the composer."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._sheets: dict[bytes, Sheet] = {}
        self._case: bytes | None = None
        self.sheet: Sheet | None = None
        """The sheet on show."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.composer = Composer(services, self)
        self._column.addWidget(self.composer)
        self.composer.typed.connect(self.typed)

    @property
    def words(self) -> str:
        """What is being written: in the sheet on show, or in the composer."""
        return self.composer.text if self.sheet is None else self.sheet.words

    def open(self, kind: type[Sheet], view: CaseView) -> None:
        """Show a sheet of this kind for the case, the one that was begun if there is one."""
        sheet = self._sheets.get(view.id)
        if sheet is None or type(sheet) is not kind:
            self.drop(view.id)
            sheet = self._make(kind, view)
        self._show(sheet)
        sheet.begin()

    def _make(self, kind: type[Sheet], view: CaseView) -> Sheet:
        sheet = kind(self._services, view, self)
        self._sheets[view.id] = sheet
        sheet.finished.connect(partial(self.drop, view.id))
        sheet.typed.connect(self.typed)
        sheet.goes_on.connect(partial(self._go_on, view))
        self._column.addWidget(sheet)
        return sheet

    def show_for(self, case_id: bytes) -> None:
        """Show what belongs to this case: its sheet if one was begun, else the composer."""
        self._case = case_id
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

    def _go_on(self, view: CaseView, kind: type[Sheet]) -> None:
        """What was carried out leads to another sheet; it waits where somebody looks at another case by now."""
        if self._case == view.id and self.sheet is None:
            self.open(kind, view)
        elif view.id not in self._sheets:
            self._make(kind, view).hide()

    def _show(self, sheet: Sheet | None) -> None:
        self.sheet = sheet
        # Whoever is shown gets the room at once, up to the window; so first goes what needs none any more.
        for other in self._sheets.values():
            if other is not sheet:
                other.hide()
        if sheet is None:
            self.composer.show()
            self.turned.emit(False)
        else:
            self.composer.hide()
            self.turned.emit(True)
            sheet.show()
