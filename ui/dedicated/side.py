"""The right of the mode while no case is open: the dossier of the department, and the machine of the case under the
cursor with what it had before."""

from __future__ import annotations

from datetime import tzinfo
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.work.departments import Machine
from app.work.lists import CaseLine
from ui import case_words as words
from ui import text
from ui.dedicated.dossier import DossierPanel
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_M, GAP_XS, SCALE_SMALL, colours
from ui.widgets.blocks import Divider

_CASE: Final = "case/"
_ALL: Final = "all"
DOSSIER: Final = 0
MACHINE: Final = 1


class MachineView(CaseBrowser):
    """A machine and its cases as links."""

    opened = Signal(bytes)
    """A case (id) is to be opened."""
    all_wanted = Signal(object)
    """All cases of a `Machine`, as a list."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._shown: Machine | None = None
        self._case: CaseLine | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("MachineView { border: none; border-radius: 0; background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(GAP_M)
        self._fill()

    def show_machine(self, machine: Machine | None, case: CaseLine | None) -> None:
        """The machine of a case; None: it has none, or no case is under the cursor."""
        if (machine, case) != (self._shown, self._case):
            self._shown, self._case = machine, case
            self._fill()

    def follow(self, url: QUrl) -> None:
        target = url.path()
        if url.scheme() == "do" and target.startswith(_CASE):
            self.opened.emit(bytes.fromhex(target.removeprefix(_CASE)))
        elif url.scheme() == "do" and target == _ALL and self._shown is not None:
            self.all_wanted.emit(self._shown)
        else:
            super().follow(url)

    def _fill(self) -> None:
        set_ = colours(QApplication.palette())
        small = f"{self.font().pointSizeF() * SCALE_SMALL:.2f}pt"
        self.document().setDefaultStyleSheet(
            f"body {{ color: {set_.text}; }} a {{ color: {set_.tone('accent').text}; }} p {{ margin: 0 0 6px 0; }}"
            f".section {{ color: {set_.muted}; font-size: {small}; font-weight: 600; margin: 12px 0 3px 0; }}"
            f".soft {{ color: {set_.muted}; font-size: {small}; }}"
        )
        self.setHtml(self._page())
        self.setAccessibleName(self.tr("Machine and its earlier cases"))

    def _page(self) -> str:
        machine = self._shown
        if machine is None:
            said = self.tr("This case is about no machine.") if self._case is not None else self.tr("Choose a case.")
            return f'<p class="soft">{escape(said)}</p>'
        facts = [
            f"<b>{escape(machine.name)}</b>", escape(machine.product), escape(machine.place),
            escape(self.tr("Serial number {number}").format(number=machine.serial)) if machine.serial else "",
        ]  # fmt: skip
        out = [f"<p>{'<br>'.join(part for part in facts if part)}</p>"]
        others = [line for line in machine.cases if self._case is None or line.id != self._case.id]
        title = self.tr("Its other cases ({count})").format(count=text.number(max(machine.total - 1, 0)))
        out.append(f'<p class="section">{escape(title)}</p>')
        if not others:
            nothing = self.tr("It had no other case.")
            out.append(f'<p class="soft">{escape(nothing)}</p>')
        out += [f"<p>{self._line(line)}</p>" for line in others]
        if machine.total > len(machine.cases):
            every = escape(self.tr("All of them as a list"))
            out.append(f'<p><a href="do:{_ALL}">{every}</a></p>')
        return "".join(out)

    def _line(self, line: CaseLine) -> str:
        said = [words.status(line.status), text.moment(line.opened_at, self._zone), line.work_owner]
        return (
            f'<a href="do:{_CASE}{line.id.hex()}">{escape(line.label)}</a> {escape(line.title)}<br>'
            f'<span class="soft">{escape(" · ".join(part for part in said if part))}</span>'
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._fill()


class DepartmentSide(QWidget):
    """Dossier and machine, one tab each."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.dossier, self.machine = DossierPanel(services), MachineView(services.zone)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.dossier)
        self.stack.addWidget(self.machine)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_XS, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(Divider())
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.tabs)
        self._retranslate()

    def turn_to(self, page: int) -> None:
        """DOSSIER or MACHINE."""
        self.tabs.setCurrentIndex(page)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.tabs.setTabText(DOSSIER, self.tr("Dossier"))
        self.tabs.setTabText(MACHINE, self.tr("Machine"))
        self.tabs.setAccessibleName(self.tr("About the department"))
