"""Passing a case on: to a colleague, a tier up, outside the desk, a tier down, and back.

Every pass says why and leaves the next analyst what was tried; each that takes a case from one pair of hands to another
counts a hop (`is_hop`), because a requester who is sent around notices before any report does.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from app.errors import UserError
from app.work.editing import CaseEdit
from app.work.verbs import CaseVerbs, Done, one_of
from db.capture import Transaction
from db.rules import ESCALATED_TO
from db.tables import Row

_NOBODY_THERE: Final = {
    "en": "Nobody who has to do with the department was there",
    "de": "Von der Betreuung der Abteilung war niemand da",
}
_WAITS_ON: Final = {"developers": "change", "supplier": "supplier"}


class Hands(NamedTuple):
    """Who has a case: the owner of the work, else its queue."""

    owner: object
    queue: object


def is_hop(before: Hands, after: Hands) -> bool:
    """Whether the case went from one pair of hands to another. Taking it out of one's queue, or being given it there,
    is none; going to another queue is."""
    if before.owner is not None and after.owner != before.owner:
        return True
    return before.queue is not None and after.queue != before.queue


class Passing(CaseVerbs):
    """The verbs that pass a case on."""

    def hand(
        self,
        case_id: bytes,
        *,
        to_analyst: bytes | None = None,
        to_queue: bytes | None = None,
        keep_contact: bool = True,
        next_step: str | None = None,
        reason: str | None = None,
    ) -> Done:
        """Hand the work to an analyst or back to a queue; who speaks with the department stays unless told."""
        if to_analyst is None and to_queue is None:
            raise UserError("Say to whom: an analyst or a queue.")
        with self._editing("case.hand", case_id) as edit:
            self._must_be_open(edit)
            before = _hands(edit)
            edit.track("work_owner", to_analyst, reason)
            if to_queue is not None:
                edit.track("queue", to_queue, reason)
                edit.track("tier", self._tier_of(edit.tx, to_queue))
            if not keep_contact:
                edit.track("contact_owner", to_analyst, reason)
            edit.set(route_reason="set by hand")
            self._default_step(edit, to_analyst, next_step)
            if reason:
                self._entry(edit, reason, "note", "internal")
            _count_hop(edit, before)
        return Done(case_id, edit.tx.id)

    def take_up(self, case_id: bytes, instead_of: bytes | None) -> Done:
        """Nobody is there for it (app.work.alarm), so it is mine; who speaks with the department stays.

        `instead_of`: who had it when I was told. Errors: UserError when somebody else has taken it since.
        """
        me = self._context.me
        with self._editing("case.take_up", case_id) as edit:
            self._must_be_open(edit)
            owner = edit.row["work_owner_id"]
            if owner not in (instead_of, me):
                name = self._analyst(edit.tx, owner) if owner is not None else "Somebody"
                raise UserError(f"{name} has taken this case already.")
            before = _hands(edit)
            edit.track("work_owner", me, _NOBODY_THERE[self._context.language])
            if edit.row["contact_owner_id"] is None:
                edit.track("contact_owner", me)
            if edit.row["status"] == "new":
                edit.status("in progress")
            self._default_step(edit, me)
            _count_hop(edit, before)
        return Done(case_id, edit.tx.id)

    def escalate(
        self,
        case_id: bytes,
        *,
        tried: str,
        reason: str | None = None,
        to_queue: bytes | None = None,
        to_analyst: bytes | None = None,
        next_step: str | None = None,
        at: int | None = None,
    ) -> Done:
        """One tier up (or to the named queue or analyst); why, and what was tried, go along. `at`: when the next step
        is due (ms UTC)."""
        if not tried.strip():
            raise UserError("Say what was tried, so that the next analyst does not begin again.")
        with self._editing("case.escalate", case_id) as edit:
            self._must_be_open(edit)
            before = _hands(edit)
            why = (reason or "").strip() or tried
            tier = int(str(edit.row["tier"]))
            if to_queue is None and to_analyst is None:
                to_queue = self._queue_above(edit.tx, tier, edit.row)
                if to_queue is None and tier == 3:
                    raise UserError("There is no higher tier; ask the developers or a supplier, or name somebody.")
            target = self._tier_of(edit.tx, to_queue) if to_queue else min(tier + 1, 3)
            if to_queue is not None:
                edit.track("queue", to_queue, why)
            edit.track("tier", max(target, min(tier + 1, 3)), why)
            edit.track("work_owner", to_analyst, why)
            edit.set(route_reason="escalated")
            if not next_step and self._is_usual(edit.row["next_step"]):
                edit.set(next_step=None, next_step_at=None)
            self._default_step(edit, to_analyst, next_step, at)
            self._entry(edit, tried if why == tried else f"{why}\n\n{tried.strip()}", "note", "internal")
            _count_hop(edit, before)
        return Done(case_id, edit.tx.id)

    def escalate_outside(
        self,
        case_id: bytes,
        to: str,
        *,
        tried: str,
        reason: str | None = None,
        their_number: str | None = None,
        next_step: str | None = None,
        until: int | None = None,
    ) -> Done:
        """To the developers or a supplier (rules.ESCALATED_TO). The case waits on them and keeps its owner, who asks
        again: nobody outside is ever the only one who knows. `their_number`: theirs for it; `until`: ms UTC."""
        one_of("place to escalate to", to, ESCALATED_TO)
        if not tried.strip():
            raise UserError("Say what was tried; they will ask for it.")
        with self._editing("case.escalate", case_id) as edit:
            self._must_be_open(edit)
            why = (reason or "").strip() or tried
            edit.track("escalated", to, why)
            if their_number is not None:
                edit.set(escalated_ref=their_number.strip() or None)
            owner = edit.row["work_owner_id"]
            if owner is None:
                edit.track("work_owner", owner := self._context.me)
            edit.status("waiting", waiting_on=_WAITS_ON[to], reason=why)
            if not next_step and self._is_usual(edit.row["next_step"]):
                edit.set(next_step=None)
            edit.set(next_step_at=None)
            self._step(edit, next_step, owner, until)
            self._entry(edit, tried if why == tried else f"{why}\n\n{tried.strip()}", "note", "internal")
        return Done(case_id, edit.tx.id)

    def de_escalate(
        self,
        case_id: bytes,
        reason: str,
        *,
        to_queue: bytes | None = None,
        to_analyst: bytes | None = None,
        next_step: str | None = None,
    ) -> Done:
        """Back from outside, or a tier down: to the named queue or analyst, else to where it came from."""
        if not reason.strip():
            raise UserError("Say why it goes back and what is known by now.")
        with self._editing("case.de_escalate", case_id) as edit:
            self._must_be_open(edit)
            before = _hands(edit)
            outside = edit.row["escalated_to"] is not None
            tier = int(str(edit.row["tier"]))
            if outside:
                edit.track("escalated", None, reason)
                edit.status("in progress", reason=reason)
            elif tier == 1 and to_queue is None:
                raise UserError("This case is on the lowest tier; hand it over instead.")
            if not outside or to_queue is not None or to_analyst is not None:
                if to_queue is None:
                    to_queue, came_from = self._came_from(edit.tx, edit.case_id, tier)
                    to_analyst = to_analyst or came_from
                if to_queue is not None:
                    edit.track("queue", to_queue, reason)
                edit.track("tier", self._tier_of(edit.tx, to_queue) if to_queue else tier - 1, reason)
                edit.track("work_owner", to_analyst, reason)
                edit.set(route_reason="de-escalated")
            edit.set(next_step=None, next_step_at=None)
            self._default_step(edit, _owner(edit), next_step)
            self._entry(edit, reason, "note", "internal")
            _count_hop(edit, before)
        return Done(case_id, edit.tx.id)

    def take_back(self, case_id: bytes, reason: str | None = None) -> Done:
        """Who had a case, or speaks with its department, takes the work back, with the queue and tier it then had.

        Errors: UserError for anybody else; they ask, or claim it when it is free.
        """
        me = self._context.me
        with self._editing("case.take_back", case_id) as edit:
            self._must_be_open(edit)
            before = _hands(edit)
            if edit.row["work_owner_id"] == me:
                raise UserError("You work on this case already.")
            gave = edit.tx.query(
                "SELECT at FROM case_event WHERE case_id = ? AND field = 'work_owner' AND old_id = ? "
                "ORDER BY at DESC, id DESC LIMIT 1",
                (case_id, me),
            )
            if not gave and edit.row["contact_owner_id"] != me:
                raise UserError("You did not have this case before; ask for it, or claim it when it is free.")
            edit.track("work_owner", me, reason)
            if gave:
                for field, value in edit.tx.query(
                    "SELECT field, coalesce(old_id, old) FROM case_event WHERE case_id = ? AND at = ? "
                    "AND field IN ('queue', 'tier') AND coalesce(old_id, old) IS NOT NULL",
                    (case_id, gave[0][0]),
                ):
                    edit.track(field, int(value) if field == "tier" else value, reason)
            if edit.row["escalated_to"] is not None:
                edit.track("escalated", None, reason)
            if edit.row["status"] != "waiting" or edit.row["waiting_on"] != "requester":
                edit.status("in progress")
            edit.set(route_reason="taken back")
            self._default_step(edit, me)
            if reason:
                self._entry(edit, reason, "note", "internal")
            _count_hop(edit, before)
        return Done(case_id, edit.tx.id)

    def _queue_above(self, tx: Transaction, tier: int, row: Row) -> bytes | None:
        """Where the queue says it goes on, else the product's own queue if it is higher, else the only queue of the
        next tier, else none (the tier alone rises)."""
        rows = (
            tx.query(
                "SELECT t.id FROM queue q JOIN queue t ON t.id = q.then_queue_id WHERE q.id = ? AND t.active = 1",
                (row["queue_id"],),
            )
            or tx.query(
                "SELECT q.id FROM product p JOIN queue q ON q.id = p.queue_id "
                "WHERE p.id = ? AND q.tier > ? AND q.active = 1",
                (row["product_id"], tier),
            )
            or tx.query("SELECT id FROM queue WHERE tier = ? AND active = 1 ORDER BY position, id LIMIT 2", (tier + 1,))
        )
        return rows[0][0] if len(rows) == 1 else None

    def _came_from(self, tx: Transaction, case_id: bytes, tier: int) -> tuple[bytes | None, bytes | None]:
        """(the last lower queue the case was in, who had it then if that analyst is there today)."""
        rows = tx.query(
            "SELECT e.old_id, e.at FROM case_event e JOIN queue q ON q.id = e.old_id WHERE e.case_id = ? "
            "AND e.field = 'queue' AND q.tier < ? AND q.active = 1 ORDER BY e.at DESC, e.id DESC LIMIT 1",
            (case_id, tier),
        )
        if not rows:
            front = tx.query(
                "SELECT id FROM queue WHERE tier < ? AND active = 1 ORDER BY tier DESC, kind = 'front line' DESC, "
                "position, id LIMIT 1",
                (tier,),
            )
            return (front[0][0] if front else None), None
        queue, at = rows[0]
        day = self._day(self._context.clock())
        owner = tx.query(
            "SELECT a.id FROM case_event e JOIN analyst a ON a.id = e.old_id WHERE e.case_id = ? AND e.at = ? "
            "AND e.field = 'work_owner' AND a.active = 1 AND NOT EXISTS (SELECT 1 FROM absence x "
            "WHERE x.analyst_id = a.id AND x.from_day <= ? AND (x.to_day IS NULL OR x.to_day >= ?))",
            (case_id, at, day, day),
        )
        return queue, (owner[0][0] if owner else None)


def _hands(edit: CaseEdit) -> Hands:
    return Hands(edit.row["work_owner_id"], edit.row["queue_id"])


def _owner(edit: CaseEdit) -> bytes | None:
    owner = edit.row["work_owner_id"]
    return owner if isinstance(owner, bytes) else None


def _count_hop(edit: CaseEdit, before: Hands) -> None:
    if is_hop(before, _hands(edit)):
        edit.set(hops=int(str(edit.row["hops"])) + 1)
