"""What can be done to a saved view where it stands, and the filter builder for what is on screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.work.case_filter import CaseFilter
from app.work.conditions import ME, Condition, Conditions, condition
from app.work.view_list import Definition, SavedView
from ui.places import VIEW, Place
from ui.queue_page import QueuePage
from ui.services import Services
from ui.view_dialog import ViewDialog, remove_view

translate = QCoreApplication.translate


def open_builder(services: Services, page: QueuePage, place: Place, parent: QWidget) -> ViewDialog:
    """The view of that place, or a new one with what its list shows."""
    view = _view(place)
    asked = page.asked() if page.place is not None and page.place.key == place.key else None
    wanted = asked.wanted if asked is not None else place.wanted
    group = asked.group if asked is not None else place.group
    dialog = ViewDialog(
        services,
        Definition(as_conditions(wanted.filter, services.desk.me), wanted.filter.open_only, wanted.order,
                   wanted.descending, group),
        view, parent,
    )  # fmt: skip
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def as_conditions(wanted: CaseFilter, me: bytes) -> Conditions:
    """What a list has, as conditions, as far as they can say it."""
    begun = wanted.conditions or Conditions()
    parts: list[Condition] = []
    for field, value in (("queue", wanted.queue), ("department", wanted.department), ("product", wanted.product),
                         ("place", wanted.place), ("owner", wanted.analyst)):  # fmt: skip
        if value is not None:
            parts.append(condition(field, "is", [ME if field == "owner" and value == me else value.hex()]))
    if wanted.unowned:
        parts.append(condition("work_owner", "empty"))
    if wanted.watched_by == me:
        parts.append(condition("watched", "yes"))
    if wanted.statuses:
        parts.append(condition("status", "is", wanted.statuses))
    if wanted.words.strip():
        parts.append(condition("words", "contains", [wanted.words.strip()]))
    if begun.parts and begun.match == "any" and parts:
        return begun  # "any of these, and the words" is no list of conditions of one kind
    return replace(begun, parts=(*begun.parts, *parts))


def place_menu(services: Services, page: QueuePage, place: Place, parent: QWidget) -> QMenu | None:
    """The menu of a view in the navigation; None for a place that is none."""
    view = _view(place)
    if view is None:
        return None
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    change = menu.addAction(translate("views", "Change…"))
    change.setEnabled(not place.note)
    change.triggered.connect(lambda _checked=False: open_builder(services, page, place, parent))
    for words, by in ((translate("views", "Move up"), -1), (translate("views", "Move down"), 1)):
        menu.addAction(words).triggered.connect(lambda _checked=False, by=by: _move(services, view, by))
    menu.addSeparator()
    menu.addAction(translate("views", "Remove")).triggered.connect(lambda _checked=False: remove_view(services, view))
    return menu


def _move(services: Services, view: SavedView, by: int) -> None:
    services.run(lambda desk: desk.views.move(view.id, by))


def _view(place: Place) -> SavedView | None:
    if not place.key.startswith(VIEW) or place.id is None:
        return None
    return SavedView(place.id, place.title, None if place.icon == "users" else b"", 0, None)
