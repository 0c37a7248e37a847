"""Which workstations may write and which invitations are open, as lists for the screen and the command line.

Reading only, from the shared tables `device` and `invitation`; what is done about them stands in app.enrolment.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from db.ids import id_text, parse_id

InvitationState = Literal["open", "used", "expired", "withdrawn", "overtaken"]
"""overtaken: the desk key was changed after it was made, so it opens nothing any more."""
LOOKED_THROUGH: Final = 50_000
"""So many of the newest entries are looked through for a workstation that was not there for long."""
SHORT_ID: Final = 8
"""Characters of a device's id that people see: the end, because ids begin with the time they were made at."""


@dataclass(frozen=True)
class DeviceLine:
    """A workstation. Instants in ms UTC. `here`: it is the one this program runs on."""

    id: bytes
    name: str
    analyst_id: bytes
    analyst: str
    analyst_active: bool
    enrolled_at: int
    revoked_at: int | None
    revoked_by: str
    here: bool

    @property
    def short_id(self) -> str:
        """What tells two workstations of one name apart."""
        return self.id.hex()[-SHORT_ID:]

    @property
    def may_write(self) -> bool:
        """Whether the others obey what it writes."""
        return self.revoked_at is None and self.analyst_active


@dataclass(frozen=True)
class InvitationLine:
    """An invitation. `other_workstation`: it is for an analyst who is there already. `used_by`: name of the device."""

    id: bytes
    name: str
    role: str
    other_workstation: bool
    invited_by: str
    invited_at: int
    expires_at: int
    used_by: str
    state: InvitationState


class DeviceList:
    """Reads devices and invitations; `here` is this workstation's device."""

    def __init__(self, context: ReadContext, directory: Directory, here: bytes) -> None:
        self._context, self._directory, self.here = context, directory, here

    def devices(self) -> list[DeviceLine]:
        """Every workstation there ever was: those that may write first, by analyst and name."""
        rows = self._context.reader.all(
            "SELECT d.id, d.name, d.analyst_id, d.enrolled_at, d.revoked_at, d.revoked_by_id FROM device d"
        )
        lines = []
        for row in rows:
            analyst = self._directory.get("analyst", row["analyst_id"])
            lines.append(
                DeviceLine(
                    row["id"], row["name"], row["analyst_id"], analyst.name if analyst else "",
                    analyst is not None and analyst.active, row["enrolled_at"], row["revoked_at"],
                    self._directory.name("analyst", row["revoked_by_id"]), row["id"] == self.here,
                )
            )  # fmt: skip
        return sorted(lines, key=lambda d: (not d.may_write, d.analyst.casefold(), d.name.casefold(), d.enrolled_at))

    def invitations(self) -> list[InvitationLine]:
        """Every invitation: open ones first, then the newest."""
        now = self._context.clock()
        rows = self._context.reader.all(
            "SELECT i.*, d.name AS device_name, (SELECT max(generation) FROM desk_key) AS newest FROM invitation i "
            "LEFT JOIN device d ON d.id = i.used_by_id ORDER BY i.invited_at DESC, i.id DESC"
        )
        lines = [
            InvitationLine(
                row["id"], row["name"], row["role"], row["analyst_id"] is not None,
                self._directory.name("analyst", row["invited_by_id"]), row["invited_at"], row["expires_at"],
                row["device_name"] or "", _state(row, now),
            )
            for row in rows
        ]  # fmt: skip
        return sorted(lines, key=lambda line: line.state != "open")

    def last_written(self, desk_keys: Mapping[int, bytes]) -> dict[bytes, int]:
        """Device -> when it made its newest entry, ms UTC by its own clock, as far as the newest entries kept here
        tell."""
        from db.entry import (
            HEAD_BYTES,
            Forged,
            Sealed,
            TooNew,
            Torn,
            claimed_device,
            parse,
        )  # late: brings cryptography

        reader = self._context.reader
        wanted = {row[0] for row in reader.all("SELECT id FROM device WHERE revoked_at IS NULL")}
        newest: dict[bytes, int] = {}
        before = int(reader.value("SELECT coalesce(max(seq), 0) FROM log_entry")) + 1
        lowest = max(0, before - LOOKED_THROUGH)
        while before > lowest and not wanted <= newest.keys():
            step = reader.all(
                "SELECT seq, substr(raw, 1, ?) FROM log_entry WHERE seq < ? AND seq >= ? ORDER BY seq DESC LIMIT 2000",
                (HEAD_BYTES, before, lowest),
            )
            if not step:
                break
            for seq, head in step:
                newest.setdefault(claimed_device(head), seq)
            before = step[-1][0]
        out: dict[bytes, int] = {}
        for device, seq in newest.items():
            raw = reader.value("SELECT raw FROM log_entry WHERE seq = ?", (seq,))
            with suppress(Torn, Forged, Sealed, TooNew):
                out[device] = parse(raw).open_body(desk_keys).at
        return out

    def root_key_waits(self) -> bool:
        """Whether this is the workstation that founded the desk and its root key was never exported for a safe."""
        reader = self._context.reader
        founder = reader.value("SELECT id FROM device ORDER BY enrolled_at, id LIMIT 1")
        exported = reader.value("SELECT 1 FROM meta WHERE key = 'root_exported_at'")
        return founder == self.here and exported is None

    def find(self, text: str) -> DeviceLine:
        """The device somebody typed: its name, the analyst's if there is one device, its id or the end of it.

        Errors: UserError naming what comes near.
        """
        lines = self.devices()
        wanted = text.strip().casefold()
        by_id = parse_id(text.strip())
        found = [d for d in lines if d.id == by_id] or [
            d for d in lines if wanted and wanted in (d.name.casefold(), d.short_id, id_text(d.id))
        ]
        if not found:
            found = [d for d in lines if d.analyst.casefold() == wanted]
        if len(found) > 1:
            found = [d for d in found if d.may_write] or found
        if len(found) == 1:
            return found[0]
        if found:
            near = ", ".join(f"{d.short_id} ({d.name}, {d.analyst})" for d in found)
            raise UserError(f"There are several devices called {text!r}; name one by its id: {near}.")
        raise UserError(f"There is no device {text!r}; `halldesk device list` shows them.")

    def find_invitation(self, text: str) -> InvitationLine:
        """The invitation somebody typed: the invited name if one is open for it, or an id or the end of it.

        Errors: UserError.
        """
        wanted = text.strip().casefold()
        lines = self.invitations()
        found = [i for i in lines if wanted in (id_text(i.id), i.id.hex()[-SHORT_ID:])]
        found = found or [i for i in lines if i.state == "open" and i.name.casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            near = ", ".join(i.id.hex()[-SHORT_ID:] for i in found)
            raise UserError(f"There are several open invitations for {text!r}; name one by its id: {near}.")
        raise UserError(f"There is no open invitation for {text!r}; `halldesk invitation list` shows them.")


def _state(row: object, now: int) -> InvitationState:
    known = dict(row)  # type: ignore[call-overload]
    if known["used_by_id"] is not None:
        return "used"
    if known["withdrawn_at"] is not None:
        return "withdrawn"
    if known["newest"] is not None and known["generation"] < known["newest"]:
        return "overtaken"
    return "expired" if known["expires_at"] < now else "open"
