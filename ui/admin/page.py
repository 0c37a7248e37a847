"""The administration page: sections at the left, the one that is open at the right.

Which sections there are depends on the role of who sits here (read on a lane); each is built when it is first opened.
Keyboard: arrows move and open at once, Return or Tab goes on into the section.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.changes import Changes
from ui.admin.section import ROLES, reaches, role_of_me
from ui.admin.sections import SECTIONS, AdminSection
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, ICON_S, ROW_HEIGHT_IN_EM

KEY = int(Qt.ItemDataRole.UserRole)


class AdministrationPage(QWidget):
    """`sections`: the table, as tests may give another one."""

    def __init__(
        self, services: Services, sections: Sequence[AdminSection] = SECTIONS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._sections = services, {section.key: section for section in sections}
        self._role = ROLES[0]
        self._asked_for = ""
        self._built: dict[str, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = _SectionList()
        self.list.setProperty("pane", "navigation")
        self.list.currentItemChanged.connect(self._chosen)
        self.list.entered.connect(self.into)
        self._pages = QStackedWidget()
        row.addWidget(self.list)
        row.addWidget(self._pages, 1)
        self.setFocusProxy(self.list)
        services.bell.changed.connect(self._changed)
        self._fill()
        self._retranslate()

    # -- for the window -----------------------------------------------------------------------------------------------
    def open_section(self, key: str) -> bool:
        """Show a section; False when there is none of that key for this role. While the role is not known yet it is
        shown as soon as it is."""
        for number in range(self.list.count()):
            if self.list.item(number).data(KEY) == key:
                self._asked_for = ""
                self.list.setCurrentRow(number)
                return True
        self._asked_for = key
        return False

    def section(self, key: str) -> QWidget:
        """The widget of a section, built if nobody looked at it yet."""
        if key not in self._built:
            self._built[key] = self._sections[key].make(self._services)
            self._pages.addWidget(self._built[key])
        return self._built[key]

    def into(self) -> None:
        """On from the list into the section."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.TabFocusReason)

    # -- what there is ------------------------------------------------------------------------------------------------
    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables("analyst") and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        if not self._services.lanes.closed:
            self._services.lanes.read.submit(role_of_me, self._services.desk, done=self._know_role, key="admin role")

    def _know_role(self, role: str) -> None:
        if role != self._role:
            self._role = role
            self._fill()

    def _fill(self) -> None:
        current = self.list.currentItem()
        wanted = self._asked_for or (current.data(KEY) if current is not None else None)
        self.list.blockSignals(True)
        self.list.clear()
        height = round(self.fontMetrics().height() * ROW_HEIGHT_IN_EM / 1.3)
        for section in self._sections.values():
            if reaches(self._role, section.least):
                item = QListWidgetItem(icon(section.icon, "muted"), section.name())
                item.setData(KEY, section.key)
                item.setSizeHint(QSize(20, height))
                self.list.addItem(item)
        self.list.blockSignals(False)
        if self.list.count() and (wanted is None or not self.open_section(wanted)):
            self.list.setCurrentRow(0)
        widest = max((self.fontMetrics().horizontalAdvance(s.name()) for s in self._sections.values()), default=0)
        self.list.setFixedWidth(max(176, widest + 2 * GAP_L + GAP_M + self.list.iconSize().width() + 24))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        # Before the page is first shown nothing is built: showEvent comes back here.
        if item is not None and self.isVisible():
            self._pages.setCurrentWidget(self.section(str(item.data(KEY))))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._chosen(self.list.currentItem())
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Administration"))
        self.list.setAccessibleName(self.tr("Sections of the administration"))


class _SectionList(QListWidget):
    """Return and the right arrow go on into the section."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(ICON_S, ICON_S))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
