"""Menus over a list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.work.groups import GROUPS
from ui.written import texts_now

if TYPE_CHECKING:
    from ui.queue_page import QueuePage

translate = QCoreApplication.translate


def group_menu(page: QueuePage) -> QMenu:
    """What the list can be grouped by; the one that is on is ticked."""
    menu = QMenu(page)
    only_one = QActionGroup(menu)
    said = texts_now()
    for key, words in [("", translate("lists", "No groups")), *((k, said(f"view.field.{k}")) for k in GROUPS)]:
        action = QAction(words, only_one)
        action.setCheckable(True)
        action.setChecked(key == page.group())
        action.triggered.connect(lambda _checked=False, key=key: page.group_by(key))
        menu.addAction(action)
        if not key:
            menu.addSeparator()
    menu.addSeparator()
    for words, folded in ((translate("lists", "Fold all"), True), (translate("lists", "Unfold all"), False)):
        action = menu.addAction(words)
        action.setEnabled(bool(page.group()))
        action.triggered.connect(lambda _checked=False, folded=folded: page.fold_all(folded))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
