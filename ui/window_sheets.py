"""The dialogs that belong to no case: palette, keys, settings, drive health, my day, the routing simulator, about.

Each is imported when it is first asked for: nothing of them is needed at the start.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.action_set import ActionSet
from ui.case_deeds import open_dialog
from ui.drive_news import OUTSIDE, Reach
from ui.i18n import Languages
from ui.navigation import Navigation
from ui.services import Services
from ui.theme import Theme


class WindowSheets(QObject):
    """Opens them over `window`."""

    case_wanted = Signal(object)
    """A dialog asks for a case (id)."""

    def __init__(
        self,
        services: Services,
        actions: ActionSet,
        navigation: Navigation,
        appearance: tuple[Theme, Languages],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._services, self._actions, self._navigation = services, actions, navigation
        self._appearance, self._window = appearance, window

    def bind(self) -> None:
        """Give the actions what they do."""
        bind = self._actions.bind
        bind("palette", self.show_palette)
        bind("settings", self.show_settings)
        bind("drive.health", self.show_health)
        bind("drive.follow", self.show_moved)
        bind("route.simulate", self.show_routing)
        bind("go.today", self.show_today)
        bind("help.keys", self.show_keys)
        bind("help.details", self.show_about)

    def show_palette(self) -> None:
        """Ctrl+K: actions, places, and cases by their number."""
        from ui.palette import CommandPalette, Entry, action_entries

        places = [
            Entry(place.title, partial(self._navigation.go, place.key), self.tr("Go to"), place.icon)
            for place in self._navigation.places()
        ]
        open_dialog(CommandPalette([*action_entries(self._actions), *places], self._window))

    def show_keys(self) -> None:
        """F1."""
        from ui.palette import ShortcutSheet

        open_dialog(ShortcutSheet(self._actions.keymap, self._window))

    def show_settings(self) -> None:
        """Language, appearance, text size, keys."""
        from ui.settings_dialog import SettingsDialog

        open_dialog(SettingsDialog(self._services.settings, *self._appearance, self._actions, self._window))

    def show_health(self) -> None:
        """How the drive is."""
        from ui.drive_health import DriveHealthDialog

        open_dialog(DriveHealthDialog(self._services, self._window))

    def show_moved(self) -> None:
        """Where the help desk is now."""
        from ui.moved_place import MovedPlace

        open_dialog(MovedPlace(self._services, self._window))

    def answer_status(self) -> None:
        """The line at the bottom was clicked: the password where one is wanted, how to come back where the workstation
        is outside, else the drive."""
        reach = self._services.drive.state.reach
        if reach is Reach.LOCKED:
            self.show_moved()
            return
        if reach not in OUTSIDE:
            self.show_health()
            return
        from ui.coming_back import ComingBack

        open_dialog(ComingBack(self._services, self._window))

    def show_today(self) -> None:
        """What I did, and what of it can be booked."""
        from ui.today_dialog import TodayDialog

        dialog = TodayDialog(self._services, self._window)
        dialog.case_wanted.connect(self.case_wanted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()  # beside the cases one looks into from it

    def show_routing(self) -> None:
        """Who would get a case, and why."""
        from ui.route_dialog import RouteDialog

        open_dialog(RouteDialog(self._services, self._window))

    def show_article(self, article_id: bytes) -> None:
        """An article that was found."""
        from ui.article_view import ArticleView

        open_dialog(ArticleView(self._services, article_id, self._window))

    def show_about(self) -> None:
        """Which version this is and where it works."""
        from importlib.metadata import version

        desk = self._services.desk
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Halldesk"))
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Halldesk {version('halldesk')}")
        box.setInformativeText(
            self.tr("Help desk: {name}\nShared store: {where}\nProfile: {profile}\nTime zone: {zone}").format(
                name=desk.name, where=desk.where, profile=desk.profile.folder, zone=desk.context.zone
            )
        )
        open_dialog(box)
