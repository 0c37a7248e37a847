"""Being away, said once: planned by the analyst, reported by a supervisor or a stand-in, acknowledged, ended.

An absence begins and ends by date, so none of these verbs switches anything: who stands in follows (app.work.coverage).
What an absence is for is for supervisors and for who is away; everybody else reads "away". Two people who report the
same sickness while they can't see each other make two absences; both count, the checks name them on both workstations,
and ending one ends all that are going on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app import times
from app.context import Context
from app.errors import UserError
from app.work.agreed import covers, spells
from app.work.coverage import FOREVER, Spell
from app.work.coverage_checks import Finding, absence_findings
from app.work.coverage_rows import world
from db.capture import Transaction
from db.ids import derived_id, new_id
from db.rules import ABSENCE_KINDS, NO_DUE
from db.shapes import Absence, Acknowledgement

Query = Callable[[str, Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True)
class Kept:
    """Something about people was saved: the row it is about, the transaction that can be undone, and what to know
    about it."""

    id: bytes
    tx_id: bytes
    findings: tuple[Finding, ...] = ()


class Absences:
    """Call verbs on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def today(self) -> str:
        """The day at the site (ISO)."""
        return times.local_date(self._context.clock(), times.zone(self._context.zone)).isoformat()

    # -- before saving ------------------------------------------------------------------------------------------------
    def look(
        self, analyst: bytes, first: str, last: str | None, kind: str, absence: bytes | None = None
    ) -> list[Finding]:
        """What such an absence would mean (`absence`: the one it replaces). Errors: UserError for impossible days."""
        spell = self._spell(analyst, first, last, kind, absence)
        reader = self._context.reader
        return absence_findings(world(reader.all, self.today(), self._context.clock()), spell, self.today())

    def _spell(self, analyst: bytes, first: str, last: str | None, kind: str, absence: bytes | None = None) -> Spell:
        if kind not in ABSENCE_KINDS:
            raise UserError(f"There is no absence {kind!r}; use one of: {', '.join(ABSENCE_KINDS)}.")
        begins = times.parse_date(first).isoformat()
        ends = times.parse_date(last).isoformat() if last else None
        if ends is not None and ends < begins:
            raise UserError("An absence ends on its first day or later.")
        return Spell(absence or new_id(), analyst, begins, ends, kind, self._context.me)

    # -- beginning ----------------------------------------------------------------------------------------------------
    def plan(
        self, first: str, last: str | None, *, kind: str = "vacation", analyst: bytes | None = None, note: str = ""
    ) -> Kept:
        """An absence of mine, or of somebody's I am the supervisor of. Saved whatever the checks say: they come with
        the answer, for whoever reads them before is asked by `look`."""
        spell = self._spell(analyst or self._context.me, first, last, kind)
        return self._begin("absence.plan", spell, note)

    def sick(self, analyst: bytes, *, first: str | None = None, last: str | None = None, note: str = "") -> Kept:
        """Somebody called in sick (default: from today, open). By a supervisor or who stands in with him; everything
        is acting at once: all open cases are handed over (app.work.handovers)."""
        begins = first or self.today()
        spell = self._spell(analyst, begins, last, "sickness")
        for known in spells(self._context.reader.all, since=begins):
            if known.analyst == analyst and known.covers(begins):
                name = self._name(analyst)
                raise UserError(f"{name} is away already since {known.from_day}; change that absence instead.")
        return self._begin("absence.sick", spell, note)

    def _begin(self, kind: str, spell: Spell, note: str) -> Kept:
        me = self._context.me
        with self._context.transaction(kind) as tx:
            together = None
            if spell.analyst != me and spell.kind == "sickness":
                together = next(
                    (one.id for one in covers(tx.query, since=spell.from_day)
                     if one.holds(spell.from_day) and {me, spell.analyst} <= set(one.people)),
                    None,
                )  # fmt: skip
            tx.insert(
                Absence, spell.id, analyst_id=spell.analyst, from_day=spell.from_day, to_day=spell.to_day,
                kind=spell.kind, entered_by_id=me, coverage_id=together, note=note.strip() or None,
            )  # fmt: skip
            if spell.kind == "sickness" and spell.covers(self.today()):
                from app.work.handovers import save_drafts

                save_drafts(tx, spell, NO_DUE, me, sudden=True)
            found = absence_findings(world(tx.query, self.today(), self._context.clock()), spell, self.today())
        return Kept(spell.id, tx.id, tuple(found))

    # -- while it lasts -----------------------------------------------------------------------------------------------
    def acknowledge(self, absence_id: bytes) -> Kept:
        """I know that I stand in, for as long as it is known to last."""
        me = self._context.me
        with self._context.transaction("absence.acknowledge") as tx:
            row = self._row(tx, absence_id)
            if row["analyst_id"] == me:
                raise UserError("This is your own absence; who stands in acknowledges it.")
            said = derived_id(0, "acknowledgement", absence_id.hex(), me.hex())
            if tx.get(Acknowledgement, said) is None:
                tx.insert(Acknowledgement, said, absence_id=absence_id, analyst_id=me, at=tx.at, to_day=row["to_day"])
            else:
                tx.update(Acknowledgement, said, at=tx.at, to_day=row["to_day"])
        return Kept(absence_id, tx.id)

    def goes_on(self, absence_id: bytes, last: str | None = None) -> Kept:
        """It goes on: until a day, or nobody knows yet (and it is asked again tomorrow)."""
        with self._context.transaction("absence.goes_on") as tx:
            row = self._row(tx, absence_id)
            if last is not None and times.parse_date(last).isoformat() < str(row["from_day"]):
                raise UserError("An absence ends on its first day or later.")
            to_day = times.parse_date(last).isoformat() if last else row["to_day"]
            tx.update(Absence, absence_id, to_day=to_day, confirmed_at=tx.at)
            found = self._findings(tx, absence_id)
        return Kept(absence_id, tx.id, found)

    def move(self, absence_id: bytes, first: str, last: str | None) -> Kept:
        """Other days for a planned one; stand-ins who acknowledged a shorter one are asked again."""
        with self._context.transaction("absence.move") as tx:
            row = self._row(tx, absence_id)
            spell = self._spell(row["analyst_id"], first, last, str(row["kind"]), absence_id)  # type: ignore[arg-type]
            tx.update(Absence, absence_id, from_day=spell.from_day, to_day=spell.to_day)
            found = self._findings(tx, absence_id)
        return Kept(absence_id, tx.id, found)

    # -- ending -------------------------------------------------------------------------------------------------------
    def back(self, analyst: bytes, day: str | None = None) -> list[Kept]:
        """Somebody is at work again from `day` on (default: today): all absences that go on then end the day before.

        Errors: UserError when none does.
        """
        begins = times.parse_date(day).isoformat() if day else self.today()
        last = (times.parse_date(begins) - timedelta(days=1)).isoformat()
        out = []
        for spell in spells(self._context.reader.all, since=begins):
            if spell.analyst == analyst and spell.covers(begins) and not spell.taken_back:
                with self._context.transaction("absence.end") as tx:
                    tx.update(Absence, spell.id, to_day=last)
                out.append(Kept(spell.id, tx.id))
        if not out:
            raise UserError(f"{self._name(analyst)} is not away on {begins}.")
        return out

    def take_back(self, absence_id: bytes) -> Kept:
        """It does not take place. What began already ends yesterday instead."""
        with self._context.transaction("absence.take_back") as tx:
            row = self._row(tx, absence_id)
            today = self.today()
            if str(row["to_day"] or FOREVER) < today:
                raise UserError("This absence is over.")
            ends = times.parse_date(max(str(row["from_day"]), today)) - timedelta(days=1)
            tx.update(Absence, absence_id, to_day=ends.isoformat())
        return Kept(absence_id, tx.id)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _row(self, tx: Transaction, absence_id: bytes) -> dict[str, object]:
        row = tx.get(Absence, absence_id)
        if row is None:
            raise UserError("There is no such absence any more.")
        return dict(row)

    def _findings(self, tx: Transaction, absence_id: bytes) -> tuple[Finding, ...]:
        known = world(tx.query, self.today(), self._context.clock())
        spell = next((one for one in known.spells if one.id == absence_id), None)
        return tuple(absence_findings(known, spell, self.today())) if spell is not None else ()

    def _name(self, analyst: bytes) -> str:
        return str(self._context.reader.value("SELECT name FROM analyst WHERE id = ?", (analyst,)) or "Somebody")
