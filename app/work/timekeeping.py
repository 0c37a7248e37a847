"""Service hours and targets as people change them, and the due times that follow.

A verb changes its rows in one transaction, then the due times of all open cases are brought up to date, some thousands
at a time, so that other work gets in between. Only the rows travel: every workstation computes due times for itself
(db.due_times), and gets the same ones, because the clocks are pure functions of the shared state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.work.calendars import ServiceCalendar, parse_shifts, shifts_text
from app.work.deadlines import Deadlines
from db.capture import Transaction
from db.due_times import PAUSING
from db.errors import Refused
from db.ids import derived_id
from db.rules import WAITING_ON
from db.shapes import Calendar, ClosedDay, Department, Severity, SeverityOverride, SiteSetting

_SEVERITIES: Final = range(1, 6)


@dataclass(frozen=True)
class Retimed:
    """A verb that was carried out: the transaction that can be undone (None: nothing was to be changed) and how many
    cases got other due times."""

    tx_id: bytes | None
    cases: int


@dataclass(frozen=True)
class CalendarSheet:
    """A calendar as it is shown. `shifts` as in app.work.calendars; `closed`: (ISO date, reason)."""

    id: bytes
    name: str
    zone: str
    shifts: Mapping[str, Sequence[str]]
    country: str | None
    region: str | None
    closed: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]


class Timekeeping:
    """Verbs for administrators (overrides: supervisors). Call them on the write lane; `recompute` may take seconds."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._context, self._deadlines = context, deadlines

    # -- reading ------------------------------------------------------------------------------------------------------
    def calendars(self) -> list[CalendarSheet]:
        """All calendars by name."""
        reader = self._context.reader
        return [
            CalendarSheet(
                r["id"], r["name"], r["time_zone"], json.loads(r["shifts"]), r["country"], r["region"],
                tuple((d["day"], d["reason"] or "") for d in reader.all(
                    "SELECT day, reason FROM closed_day WHERE calendar_id = ? ORDER BY day", (r["id"],))),
                tuple(d["name"] for d in reader.all(
                    "SELECT name FROM department WHERE calendar_id = ? ORDER BY name", (r["id"],))),
            )
            for r in reader.all("SELECT * FROM calendar ORDER BY name COLLATE NOCASE")
        ]  # fmt: skip

    def find(self, name: str) -> bytes:
        """The calendar of that name. Errors: UserError."""
        sheets = self.calendars()
        for sheet in sheets:
            if sheet.name.casefold() == name.strip().casefold():
                return sheet.id
        raise UserError(
            f"There is no calendar {name!r}; use one of: {', '.join(s.name for s in sheets) or 'none yet'}."
        )

    # -- verbs --------------------------------------------------------------------------------------------------------
    def set_calendar(
        self,
        name: str,
        *,
        shifts: Mapping[str, Sequence[str]] | None = None,
        zone: str | None = None,
        country: str | None = None,
        region: str | None = None,
    ) -> Retimed:
        """Change the calendar of that name, or make it. What is None stays ("" for country and region: none).

        Errors: UserError for shifts, zones and places that can't be.
        """
        name = " ".join(name.split())
        if not name:
            raise UserError("A calendar needs a name, for instance the hall's.")
        rows = self._context.reader.all("SELECT * FROM calendar WHERE name = ?", (name,))
        known: Mapping[str, Any] = dict(rows[0]) if rows else {"time_zone": self._context.zone, "shifts": None,
                                                               "country": None, "region": None}  # fmt: skip
        text = known["shifts"] if shifts is None else json.dumps({day: list(given) for day, given in shifts.items()})
        if text is None:
            raise UserError("A new calendar needs shifts, for instance mon-fri 08:00-17:00.")
        values: dict[str, Any] = {
            "time_zone": zone or known["time_zone"], "shifts": shifts_text(*parse_shifts(text)),
            "country": known["country"] if country is None else country or None,
            "region": known["region"] if region is None else region or None,
        }  # fmt: skip
        ServiceCalendar.from_stored(values["time_zone"], values["shifts"], values["country"], values["region"]).check()
        with self._context.transaction("calendar.set") as tx:
            if rows:
                tx.update(Calendar, known["id"], **values)
            else:
                tx.insert(Calendar, name=name, **values)
        return self._followed(tx)

    def close_day(self, calendar_id: bytes, day: str, reason: str) -> Retimed:
        """The calendar's people do not work on that day (ISO date), whatever the week says."""
        day = times.parse_date(day).isoformat()
        row_id = derived_id(0, "closed", calendar_id.hex(), day)
        with self._context.transaction("calendar.close") as tx:
            if tx.query("SELECT 1 FROM closed_day WHERE calendar_id = ? AND day = ?", (calendar_id, day)):
                raise UserError(f"{day} is a closed day already.")
            tx.insert(ClosedDay, row_id, calendar_id=calendar_id, day=day, reason=reason.strip() or None)
        return self._followed(tx)

    def open_day(self, calendar_id: bytes, day: str) -> Retimed:
        """A closed day is an ordinary one again."""
        day = times.parse_date(day).isoformat()
        with self._context.transaction("calendar.open") as tx:
            rows = tx.query("SELECT id FROM closed_day WHERE calendar_id = ? AND day = ?", (calendar_id, day))
            if not rows:
                raise UserError(f"{day} is not entered as a closed day.")
            tx.delete(ClosedDay, rows[0][0])
        return self._followed(tx)

    def use_calendar(self, department_id: bytes, calendar_id: bytes | None) -> Retimed:
        """The department (and those below it without one of their own) is served by that calendar."""
        with self._context.transaction("calendar.use") as tx:
            tx.update(Department, department_id, calendar_id=calendar_id)
        return self._followed(tx)

    def set_severity(
        self, rank: int, *, name: str | None = None, response: int | None = None, fix: int | None = None
    ) -> Retimed:
        """Targets in working minutes (0: none); a new rank needs a name. Errors: UserError."""
        if rank not in _SEVERITIES:
            raise UserError("Severities have ranks from 1 (the worst) to 5.")
        values = {"response_minutes": _minutes(response), "fix_minutes": _minutes(fix)}
        given = {key: value for key, value in values.items() if value is not None}
        with self._context.transaction("severity.set") as tx:
            rows = tx.query("SELECT id FROM severity WHERE rank = ?", (rank,))
            if rows:
                tx.update(Severity, rows[0][0], **{**({"name": name} if name else {}), **_stored(given)})
            elif not name:
                raise UserError(f"There is no severity {rank} yet; give it a name.")
            else:
                tx.insert(Severity, rank=rank, name=name, **_stored(given))
        return self._followed(tx)

    def override(
        self, department_id: bytes, rank: int, *, response: int | None = None, fix: int | None = None
    ) -> Retimed:
        """A department's own targets for a severity, in working minutes; both None: the severity's again."""
        values = {"response_minutes": _minutes(response), "fix_minutes": _minutes(fix)}
        with self._context.transaction("severity.override") as tx:
            if not tx.query("SELECT 1 FROM severity WHERE rank = ?", (rank,)):
                raise UserError(f"There is no severity {rank}.")
            rows = tx.query(
                "SELECT id FROM severity_override WHERE department_id = ? AND severity = ?", (department_id, rank)
            )
            if response is None and fix is None:
                for row in rows:
                    tx.delete(SeverityOverride, row[0])
            elif rows:
                tx.update(SeverityOverride, rows[0][0], **values)
            else:
                row_id = derived_id(0, "override", department_id.hex(), str(rank))
                tx.insert(SeverityOverride, row_id, department_id=department_id, severity=rank, **values)
        return self._followed(tx)

    def pause_on(self, reasons: Sequence[str]) -> Retimed:
        """What a case may wait on while its fix clock stands still."""
        unknown = set(reasons) - set(WAITING_ON)
        if unknown:
            raise UserError(f"A case waits on one of: {', '.join(WAITING_ON)}.")
        value = json.dumps(sorted(set(reasons)))
        row_id = derived_id(0, "setting", PAUSING)
        with self._context.transaction("site.pause_on") as tx:
            if tx.get(SiteSetting, row_id) is None:
                tx.insert(SiteSetting, row_id, key=PAUSING, value=value)
            else:
                tx.update(SiteSetting, row_id, value=value)
        return self._followed(tx)

    def undo(self, tx_id: bytes) -> Retimed:
        """Take one of these verbs back. Errors: UserError when somebody built on it."""
        from db.errors import BuiltUpon

        try:
            self._context.replica.undo(tx_id, self._context.me, at=self._context.clock())
        except (BuiltUpon, Refused) as error:
            raise UserError(str(error)) from error
        return Retimed(None, self.recompute())

    def recompute(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the due times of all open cases up to date; returns how many were not. `on_progress(done, total)`."""
        return self._context.replica.settle_due_times(on_progress)

    def _followed(self, tx: Transaction) -> Retimed:
        return Retimed(None, 0) if tx.is_empty else Retimed(tx.id, self.recompute())


def _minutes(given: int | None) -> int | None:
    if given is not None and not 0 <= given <= 1_000_000:
        raise UserError("A target is a number of working minutes, 0 for none.")
    return given


def _stored(given: Mapping[str, int]) -> dict[str, Any]:
    return {column: minutes or None for column, minutes in given.items()}
