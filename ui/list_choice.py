"""Which list of cases is wanted: the place, and how somebody last looked at it (order, headings, folded groups, closed
cases too, words typed). Order and headings are remembered in the settings; the rest lasts as long as the window.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.work.case_filter import ALL_CASES, narrowed
from app.work.groups import Group, Grouped, Key
from app.work.rows import Rows
from ui.list_loading import Asked, as_kept
from ui.places import Place
from ui.settings import Settings


class ListChoice:
    """What the list at the centre is asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.place: Place | None = None
        self.words = ""
        self._with_closed: set[str] = set()
        """Keys of the places that show their closed cases too."""
        self._turned: dict[str, frozenset[Key]] = {}
        """By place: the groups that somebody folded or opened."""

    def asked(self) -> Asked | None:
        """The list: place, order, headings, words; None when we stand nowhere."""
        place = self.place
        if place is None:
            return None
        asked = self._as_kept(place)
        wanted = asked.wanted
        if place.key in self._with_closed:
            wanted = replace(wanted, filter=replace(wanted.filter, open_only=False))
        turned = self._turned.get(place.key, frozenset()) if asked.group else frozenset()
        return Asked(narrowed(wanted, self.words), asked.group, turned)

    def _as_kept(self, place: Place) -> Asked:
        return as_kept(place.wanted, place.group, self._settings["lists"].get(place.key))

    # -- order and headings -------------------------------------------------------------------------------------------
    def order(self) -> tuple[str, bool]:
        """What the list is sorted by, and whether backwards."""
        wanted = ALL_CASES if self.place is None else self._as_kept(self.place).wanted
        return wanted.order, wanted.descending

    def turn_order(self, order: str) -> None:
        """A header was clicked: up, then down, then as before anybody asked. `order`: a key of ORDERS."""
        newest_first = order in ("updated", "opened")
        now = self.order()
        if now[0] != order:
            self._keep(order=order, descending=newest_first)
        elif now == (order, newest_first):
            self._keep(order=order, descending=not newest_first)
        else:
            self._keep(order=None, descending=None)

    def group(self) -> str:
        """The column the list is grouped by, "" for none."""
        return "" if self.place is None else self._as_kept(self.place).group

    def group_by(self, group: str) -> bool:
        """Group by a column ("": not at all). Returns whether that is another list than before."""
        if self.place is None or group == self.group():
            return False
        self._turned.pop(self.place.key, None)
        self._keep(group=group)
        return True

    def turn(self, *groups: Group) -> None:
        """Fold those that are open, open those that are folded."""
        if self.place is not None:
            turned = self._turned.get(self.place.key, frozenset())
            self._turned[self.place.key] = turned ^ {group.key for group in groups}

    def fold_all(self, rows: Rows, folded: bool) -> bool:
        """Fold or open every group of these rows. Returns whether there are groups."""
        if self.place is None or not isinstance(rows, Grouped):
            return False
        self.turn(*(group for group in rows.groups if group.folded != folded))
        return True

    # -- closed cases -------------------------------------------------------------------------------------------------
    @property
    def with_closed(self) -> bool:
        """Whether closed cases are shown too."""
        return self.place is not None and self.place.key in self._with_closed

    def show_closed(self, on: bool) -> None:
        """Show the closed cases of this place too, or no longer."""
        if self.place is not None:
            (self._with_closed.add if on else self._with_closed.discard)(self.place.key)

    def _keep(self, **values: Any) -> None:
        """Remember how the list of this place is looked at; None forgets."""
        if self.place is None:
            return
        lists = self._settings["lists"]
        kept = lists.get(self.place.key)
        kept = {**(kept if isinstance(kept, dict) else {}), **values}
        kept = {k: v for k, v in kept.items() if v is not None}
        others = {k: v for k, v in lists.items() if k != self.place.key}
        self._settings["lists"] = {**others, **({self.place.key: kept} if kept else {})}
