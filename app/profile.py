"""A workstation's profile: one folder with the replica, the settings and the log file.

Several profiles stand side by side on one machine (`--profile DIR` or HALLDESK_PROFILE). Secrets are not in it
(app.credentials), and it must lie on a local disk: a replica on a network drive is refused.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.damage import Damaged
from app.errors import UserError
from db.mounts import is_remote

_log = logging.getLogger(__name__)


def default_folder() -> Path:
    """Where the profile lies when nothing else is said."""
    named = os.environ.get("HALLDESK_PROFILE")
    if named:
        return Path(named)
    import platformdirs  # late: a profile is named on most starts that must be quick (scheduled commands, tests)

    return Path(platformdirs.user_data_dir("halldesk", appauthor=False))


@dataclass(frozen=True)
class Profile:
    """The folder and what is in it."""

    folder: Path

    @property
    def replica(self) -> Path:
        """The local database."""
        return self.folder / "replica.db"

    @property
    def chunks(self) -> Path:
        """Contents of attachments: own additions, and what was fetched."""
        return self.folder / "files"

    @property
    def attached(self) -> bool:
        """True when this profile belongs to a help desk."""
        return self._card.exists() and self.replica.exists()

    @property
    def _card(self) -> Path:
        return self.folder / "desk.json"

    def desk(self) -> dict[str, Any]:
        """Which desk this profile belongs to: `{"store", "where", "name", "key_file"}`. Errors: UserError."""
        card = self.card()
        if not self.replica.stat().st_size:
            raise Damaged("the file is empty")
        return card

    def card(self) -> dict[str, Any]:
        """The same, whatever its replica is like. Errors: UserError."""
        if not self.attached:
            raise UserError(
                f"The profile {self.folder} belongs to no help desk yet; run `halldesk found` or `halldesk join` first."
            )
        return self._read(self._card)

    def put_aside(self, now: int) -> Path:
        """Give a replica that can't be read another name, so that the profile can have a new one; returns that name
        (`now` in ms UTC is part of it). Errors: UserError while another program has it open."""
        aside = self.folder / f"replica.damaged-{now}.db"
        self._rename(self.replica, aside)
        return aside

    def put_back(self, aside: Path) -> None:
        """The other way round."""
        self._rename(aside, self.replica)

    def _rename(self, one: Path, other: Path) -> None:
        try:
            for suffix in ("", "-wal", "-shm"):  # the file itself first: where it is open, Windows refuses
                with suppress(FileNotFoundError):
                    Path(f"{one}{suffix}").replace(f"{other}{suffix}")
        except OSError as error:
            raise UserError(f"{one} is in use; close Halldesk on this workstation and try again.") from error

    def attach(self, card: Mapping[str, Any]) -> None:
        """Remember the desk. Errors: UserError when the folder can't be written."""
        self._write(self._card, card)

    def must_be_free(self) -> None:
        """Errors: UserError when this profile belongs to a desk already, or lies where SQLite is not safe."""
        if self.attached:
            raise UserError(
                f"The profile {self.folder} already belongs to a help desk; name another one with --profile."
            )
        self.must_be_local()

    def must_be_local(self) -> None:
        """Errors: UserError when the folder lies on a network drive, where SQLite files break."""
        if is_remote(self.folder):
            raise UserError(
                f"{self.folder} is on a network drive; a profile needs a local disk. Name another with --profile."
            )

    def settings(self) -> dict[str, Any]:
        """What the person chose on this workstation (language, appearance, window); {} at first, and where the file is
        damaged: nobody is kept from work by a colour."""
        path = self.folder / "settings.json"
        try:
            return self._read(path) if path.exists() else {}
        except UserError as error:
            _log.warning("what was chosen on this workstation is lost: %s", error)
            with suppress(OSError):
                path.replace(path.with_suffix(".damaged.json"))
            return {}

    def save_settings(self, settings: Mapping[str, Any]) -> None:
        """Write the settings in one piece."""
        self._write(self.folder / "settings.json", settings)

    def mail(self) -> dict[str, Any]:
        """The mail account reports are sent from (app.mailing); {} where none is set up."""
        path = self.folder / "mail.json"
        return self._read(path) if path.exists() else {}

    def save_mail(self, account: Mapping[str, Any]) -> None:
        """Write it in one piece."""
        self._write(self.folder / "mail.json", account)

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(f"{path} can't be read ({error}); remove it or restore it from a backup.") from error
        return dict(data)

    def _write(self, path: Path, data: Mapping[str, Any]) -> None:
        temporary = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(data, file, indent=1, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())  # else a power cut may leave an empty file under the name
            temporary.replace(path)
        except OSError as error:
            raise UserError(f"{self.folder} can't be written ({error}); name another profile folder.") from error
