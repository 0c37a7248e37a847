"""What the person chose on this workstation: language, appearance, keys, columns, where the window stood.

Everything lies in one small JSON file of the profile (`Profile.settings`). `SETTINGS` declares each key once with its
default; a key nobody declared is a mistake in the program. Writing is put off until the changes rest and happens on a
lane, so that dragging a splitter costs no disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.work.attachments import CACHE_MB, LARGEST_FILE_MB

SAVE_AFTER_MS: Final = 800

SEND_DELAY_S: Final = 8
"""What a requester will see can be taken back for so long, where nobody chose another time."""

SETTINGS: Final[dict[str, Any]] = {
    "language": "system",
    "appearance": "system",
    "text_scale": 1.0,
    "keys": {},
    "window": {},
    "columns": {},
    "lists": {},
    "imports": {},
    "place": "",
    "folded": [],
    "report_folder": "",
    "report_mail_to": "",
    "presence": True,
    "spelling": True,
    "send_delay_s": SEND_DELAY_S,
    "notify": "all",
    "notify_only_working": True,
    "quiet_from": "",
    "quiet_to": "",
    "largest_file_mb": LARGEST_FILE_MB,
    "file_cache_mb": CACHE_MB,
}
"""Every setting and its default. `keys`: {action id: [keys]}; `window`: {"geometry", "sizes", "navigation", "case"};
`columns`: {list name: {"order", "widths", "chosen"}}; `lists`: {place: {"order", "descending", "group"}}; `imports`:
{what: {field: column}}; `place`: where the navigation stood; `presence`: whether colleagues may see which case is
open here; `spelling`: whether words are checked while one writes; `send_delay_s`: for how long what a requester will
see is held back; `notify`: "all", "needed" or "none" of what happens to my cases is told; `notify_only_working`: in
my own working time only; `quiet_from` and `quiet_to`: "22:00", "" for no quiet hours; `largest_file_mb`,
`file_cache_mb`: what may be attached, and the room on this disk (app.work.attachments)."""


class Settings(QObject):
    """The settings in memory. `save` writes them and is called off and on, never on every change."""

    changed = Signal(str)
    """The key that has another value now."""

    def __init__(
        self, values: Mapping[str, Any], save: Callable[[dict[str, Any]], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._values = dict(values)
        self._save = save
        self._waits = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SAVE_AFTER_MS)
        self._rest.timeout.connect(self.flush)

    def __getitem__(self, key: str) -> Any:
        """The value, or its default where there is none or one of another kind. KeyError for an undeclared key."""
        default = SETTINGS[key]
        value = self._values.get(key, default)
        fits = isinstance(value, type(default)) or (isinstance(default, float) and isinstance(value, int))
        return value if fits else default

    def __setitem__(self, key: str, value: Any) -> None:
        if self[key] == value:
            return
        self._values[key] = value
        self._waits = True
        self._rest.start()
        self.changed.emit(key)

    def save_with(self, save: Callable[[dict[str, Any]], object]) -> None:
        """Write them this way from now on."""
        self._save = save

    def flush(self) -> None:
        """Write now if anything waits to be written."""
        self._rest.stop()
        if self._waits:
            self._waits = False
            self._save(dict(self._values))
