"""Who is the contact of which department: agreed on, changed, reviewed, swapped for a day, given to somebody for good.

For supervisors (db.authority); the one who gets a department for good confirms it himself. Two agreements on one
department that were made at the same time stand side by side, the later one counts, and both are named as a finding;
two changes of one agreement meet by compare-and-set, and who came second is told the first one's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.work.absences import Kept
from app.work.agreed import covers
from app.work.coverage import Cover, in_force, next_review, swap_proposal
from app.work.coverage_checks import cover_findings
from app.work.coverage_rows import CAP_SETTING, lives, world
from app.work.deadlines import Deadlines
from app.work.editing import CaseEdit
from app.work.holding import departments_of
from db.capture import Transaction
from db.ids import derived_id, new_id
from db.shapes import Coverage, SiteSetting

BLOCKING: Final = ("over the cap", "inactive")
"""Findings that keep an agreement from being saved unless somebody insists."""


@dataclass(frozen=True)
class Agreement:
    """What is agreed on. None leaves a stand-in out."""

    department: bytes
    primary: bytes
    stand_in1: bytes | None = None
    stand_in2: bytes | None = None
    queue: bytes | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    why: str = ""
    review_date: str | None = None


class Agreements:
    """Call verbs on the write lane."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._context, self._deadlines = context, deadlines

    def today(self) -> str:
        """The day at the site (ISO)."""
        return times.local_date(self._context.clock(), times.zone(self._context.zone)).isoformat()

    def agree(self, wanted: Agreement, *, anyway: bool = False) -> Kept:
        """From a day on (default today) these people have the department; what was agreed on before ends the day
        before. Errors: UserError for what must not be (`BLOCKING`) unless `anyway`."""
        begins = times.parse_date(wanted.valid_from).isoformat() if wanted.valid_from else self.today()
        ends = times.parse_date(wanted.valid_to).isoformat() if wanted.valid_to else None
        if ends is not None and ends < begins:
            raise UserError("A coverage ends on its first day or later.")
        review = times.parse_date(wanted.review_date).isoformat() if wanted.review_date else next_review(begins)
        cover = Cover(
            new_id(), wanted.department, wanted.primary, wanted.stand_in1, wanted.stand_in2, wanted.queue, begins, ends,
            wanted.why.strip(), review,
        )  # fmt: skip
        if len(cover.people) != 1 + (wanted.stand_in1 is not None) + (wanted.stand_in2 is not None):
            raise UserError("Primary and stand-ins are different people.")
        with self._context.transaction("coverage.set") as tx:
            before = self._end_before(tx, cover)
            if before is not None and before.people[:2] == cover.people[:2]:
                cover = replace(cover, swap_day=before.swap_day)
            self._insert(tx, cover)
            found = self._judge(tx, cover, anyway)
        return Kept(cover.id, tx.id, found)

    def _end_before(self, tx: Transaction, cover: Cover) -> Cover | None:
        """The agreement in force on the first day of a new one ends the day before; one that begins that day is
        replaced by it. Returns it."""
        before = in_force(covers(tx.query), cover.department, cover.valid_from)
        if before is not None:
            last = (date.fromisoformat(cover.valid_from) - timedelta(days=1)).isoformat()
            tx.update(Coverage, before.id, valid_to=last)
        return before

    def _insert(self, tx: Transaction, cover: Cover) -> None:
        tx.insert(
            Coverage, cover.id, department_id=cover.department, primary_id=cover.primary, stand_in1_id=cover.stand_in1,
            stand_in2_id=cover.stand_in2, queue_id=cover.queue, valid_from=cover.valid_from, valid_to=cover.valid_to,
            why=cover.why or None, review_date=cover.review_date, swap_day=cover.swap_day,
            predecessor_id=cover.predecessor, confirmed_at=cover.confirmed_at,
        )  # fmt: skip

    def change(self, cover_id: bytes, changes: Mapping[str, Any], *, anyway: bool = False) -> Kept:
        """Change one agreement from now on: `primary_id`, `stand_in1_id`, `stand_in2_id`, `queue_id`, `valid_to`,
        `why`, `review_date`."""
        with self._context.transaction("coverage.change") as tx:
            before = self._need(tx, cover_id)
            tx.update(Coverage, cover_id, **changes)
            cover = self._need(tx, cover_id)
            named = [who for who in (cover.primary, cover.stand_in1, cover.stand_in2) if who is not None]
            if len(cover.people) != len(named):
                raise UserError("Primary and stand-ins are different people.")
            found = self._judge(tx, cover, anyway or cover.people == before.people)
        return Kept(cover_id, tx.id, found)

    def end(self, cover_id: bytes, last: str | None = None) -> Kept:
        """The department has no dedicated analyst after that day (default: yesterday was the last)."""
        day = times.parse_date(last).isoformat() if last else self._yesterday()
        with self._context.transaction("coverage.end") as tx:
            self._need(tx, cover_id)
            tx.update(Coverage, cover_id, valid_to=day)
        return Kept(cover_id, tx.id)

    def review(self, cover_id: bytes, next_date: str | None = None) -> Kept:
        """It was looked at; the next time in a month, or on that date."""
        day = times.parse_date(next_date).isoformat() if next_date else next_review(self.today())
        if day <= self.today():
            raise UserError("The next review lies in the future.")
        with self._context.transaction("coverage.review") as tx:
            self._need(tx, cover_id)
            tx.update(Coverage, cover_id, review_date=day)
        return Kept(cover_id, tx.id)

    # -- swap day -----------------------------------------------------------------------------------------------------
    def swap(self, cover_id: bytes, day: str | None = None) -> Kept:
        """Primary and first stand-in change places on one day of the quarter: that one, or the one proposed.

        Errors: UserError where there is no stand-in or no day on which both work.
        """
        with self._context.transaction("coverage.swap") as tx:
            cover = self._need(tx, cover_id)
            if cover.stand_in1 is None:
                raise UserError("There is no stand-in to change places with; name one first.")
            chosen = times.parse_date(day).isoformat() if day else self.swap_proposal(cover)
            if chosen is None:
                raise UserError("There is no day left this quarter or next on which both work.")
            if chosen < self.today():
                raise UserError("That day is over.")
            tx.update(Coverage, cover_id, swap_day=chosen)
        return Kept(cover_id, tx.id)

    def swap_proposal(self, cover: Cover) -> str | None:
        """A day of this quarter or the next on which both work."""
        now, context = self._context.clock(), self._context
        known = lives(
            context.reader.all, self._deadlines, context.zone, cover.people[:2], now, now + 200 * times.DAY_MS
        )

        def works(who: bytes, day: str) -> bool:
            life = known.get(who)
            given = date.fromisoformat(day)
            return life is not None and not life.is_away(day) and bool(life.calendar.working_intervals(given))

        return swap_proposal(cover, self.today(), works)

    # -- for good -----------------------------------------------------------------------------------------------------
    def transfer(self, cover_id: bytes, to: bytes, *, first: str | None = None, anyway: bool = False) -> Kept:
        """Give a department to somebody for good. Until the new contact confirms that the dossier has come over, the
        former one stays first stand-in and answers for it."""
        begins = times.parse_date(first).isoformat() if first else self.today()
        with self._context.transaction("coverage.transfer") as tx:
            before = self._need(tx, cover_id)
            if to == before.primary:
                raise UserError(f"{self._name(tx, to)} has this department already.")
            others = [who for who in (before.stand_in1, before.stand_in2) if who not in (None, to)]
            cover = replace(
                before, id=new_id(), primary=to, stand_in1=before.primary, stand_in2=others[0] if others else None,
                valid_from=max(begins, before.valid_from), valid_to=None, review_date=next_review(begins),
                swap_day=None, predecessor=before.primary, confirmed_at=None,
            )  # fmt: skip
            self._end_before(tx, cover)
            self._insert(tx, cover)
            found = self._judge(tx, cover, anyway)
        return Kept(cover.id, tx.id, found)

    def confirm(self, cover_id: bytes) -> Kept:
        """I have the dossier and what the former contact knows; the open cases of the department, and of those that
        inherit the agreement, speak through me now."""
        me = self._context.me
        with self._context.transaction("coverage.confirm") as tx:
            cover = self._need(tx, cover_id)
            if not cover.waits_for_confirmation:
                raise UserError("There is nothing to confirm here.")
            if cover.primary != me:
                raise UserError(f"{self._name(tx, cover.primary)} confirms this.")
            tx.update(Coverage, cover_id, confirmed_at=tx.at)
            held = set(departments_of(tx.query, cover_id, self.today()))
            for case_id, department in tx.query(
                'SELECT id, department_id FROM "case" WHERE contact_owner_id = ? AND ended_at IS NULL ORDER BY id',
                (cover.predecessor,),
            ):
                if department not in held:
                    continue
                edit = CaseEdit(tx, self._deadlines, case_id, at=tx.at, author=me)
                edit.track("contact_owner", me, _TRANSFER[self._context.language])
                edit.finish()
        return Kept(cover_id, tx.id)

    def cap(self, most: int) -> Kept:
        """The most departments one analyst is the contact of; for administrators."""
        if most < 1:
            raise UserError("At least one department each.")
        row = derived_id(0, "site_setting", CAP_SETTING)
        with self._context.transaction("site.setting") as tx:
            if tx.get(SiteSetting, row) is None:
                tx.insert(SiteSetting, row, key=CAP_SETTING, value=str(most))
            else:
                tx.update(SiteSetting, row, value=str(most))
        return Kept(row, tx.id)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _judge(self, tx: Transaction, cover: Cover, anyway: bool) -> tuple[Any, ...]:
        found = cover_findings(world(tx.query, self.today(), tx.at), cover, self.today())
        blocking = [one for one in found if one.code in BLOCKING]
        if blocking and not anyway:
            from app.texts_coverage import sentence

            told = sentence(blocking[0], self._context.language, lambda row: self._called(tx, row))
            raise UserError(f"{told} Say it again with --anyway if it must be.")
        return tuple(found)

    def _need(self, tx: Transaction, cover_id: bytes) -> Cover:
        found = next((one for one in covers(tx.query) if one.id == cover_id), None)
        if found is None:
            raise UserError("There is no such coverage any more.")
        return found

    def _yesterday(self) -> str:
        return (date.fromisoformat(self.today()) - timedelta(days=1)).isoformat()

    def _name(self, tx: Transaction, analyst: bytes) -> str:
        return self._called(tx, analyst) or "Somebody"

    def _called(self, tx: Transaction, row: bytes) -> str:
        for table in ("analyst", "department", "product", "queue"):
            found = tx.query(f"SELECT name FROM {table} WHERE id = ?", (row,))
            if found:
                return str(found[0][0])
        return ""


_TRANSFER: Final = {"en": "Given to another contact for good", "de": "Dauerhaft an eine andere Kontaktperson gegeben"}
