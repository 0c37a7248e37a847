"""The keys of the actions: those of the table, changed by the settings, and what would not work.

Settings hold {action id: [keys]} with keys in Qt's portable spelling ("Ctrl+Shift+K").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from ui.actions import Action, Where


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """One key that two actions claim where both could hear it."""

    key: str
    actions: tuple[str, ...]


class Keymap:
    """Which keys each action has.

    In the settings an empty list takes the keys of an action away. Ids that no longer exist are passed over,
    keys that are not keys are ignored and listed in `invalid` as (action id, key).
    """

    def __init__(self, table: Sequence[Action], remapped: Mapping[str, Sequence[str]] | None = None) -> None:
        self.table = tuple(table)
        self.invalid: list[tuple[str, str]] = []
        self._keys = {action.id: action.keys for action in self.table}
        for action_id, keys in (remapped or {}).items():
            if action_id in self._keys:
                self._keys[action_id] = self._readable(action_id, keys)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action, the shown one first. KeyError for an unknown id."""
        return self._keys[action_id]

    def shown(self, action_id: str) -> str:
        """The first key as the platform writes it ("Strg+K" on a German Windows), "" when none."""
        keys = self._keys[action_id]
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def conflicts(self) -> list[KeyConflict]:
        """Keys that would not work, because two actions could both hear them. The same key in the list and
        in the case is fine; the same key in the window and in a pane is not."""
        users: dict[str, list[Action]] = {}
        for action in self.table:
            for key in self._keys[action.id]:
                users.setdefault(_normal(key), []).append(action)
        found = []
        for key, actions in users.items():
            clash = [
                action.id
                for action in actions
                if any(other is not action and _overlap(action.where, other.where) for other in actions)
            ]
            if clash:
                found.append(KeyConflict(key, tuple(clash)))
        return found

    def _readable(self, action_id: str, keys: Sequence[str]) -> tuple[str, ...]:
        good = []
        for key in keys:
            if _normal(key):
                good.append(key)
            else:
                self.invalid.append((action_id, key))
        return tuple(good)


def _normal(key: str) -> str:
    """One spelling per key; "" for what is not a key."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def _overlap(one: Where, other: Where) -> bool:
    return one is other or Where.WINDOW in (one, other)
