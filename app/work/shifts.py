"""Planning the roster, which supervisors do: plan a turn, hand it over, swap two, take one off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.context import Context
from app.errors import UserError
from app.work.roster import DUTIES, LONGEST_MS, Roster, Turn
from app.work.verbs import one_of
from db.ids import new_id
from db.shapes import Shift


@dataclass(frozen=True)
class Rostered:
    """A verb that was carried out; `tx_id` can be undone. `ids`: the turns it touched."""

    ids: tuple[bytes, ...]
    tx_id: bytes


class Shifts:
    """Call them on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._roster = Roster(context)

    def plan(self, analyst_id: bytes, starts_at: int, ends_at: int, *, duty: str = "hotline") -> Rostered:
        """A new turn. Errors: UserError."""
        values = self._checked(analyst_id, starts_at, ends_at, duty)
        with self._context.transaction("shift.plan") as tx:
            row_id = tx.insert(Shift, new_id(), queue_id=self._queue(duty), **values)
        return Rostered((row_id,), tx.id)

    def move(self, turn_id: bytes, starts_at: int, ends_at: int) -> Rostered:
        """Another time for a turn. Errors: UserError."""
        return self.change(turn_id, starts_at=starts_at, ends_at=ends_at)

    def give(self, turn_id: bytes, analyst_id: bytes) -> Rostered:
        """Somebody else takes a turn. Errors: UserError."""
        return self.change(turn_id, analyst_id=analyst_id)

    def change(
        self,
        turn_id: bytes,
        *,
        analyst_id: bytes | None = None,
        starts_at: int | None = None,
        ends_at: int | None = None,
        duty: str | None = None,
    ) -> Rostered:
        """Whatever of a turn is named, in one transaction; the rest stays. Errors: UserError."""
        turn = self.one(turn_id)
        fresh = turn._replace(
            analyst_id=analyst_id or turn.analyst_id,
            duty=duty or turn.duty,
            starts_at=turn.starts_at if starts_at is None else starts_at,
            ends_at=turn.ends_at if ends_at is None else ends_at,
        )
        values = self._checked(fresh.analyst_id if analyst_id else None, fresh.starts_at, fresh.ends_at, fresh.duty)
        changed = {key: value for key, value in values.items() if value is not None and value != getattr(turn, key)}
        if fresh.duty != turn.duty:
            changed["queue_id"] = self._queue(fresh.duty)
        with self._context.transaction("shift.change") as tx:
            tx.update(Shift, turn_id, **changed)
        return Rostered((turn_id,), tx.id)

    def give_all(self, pairs: Sequence[tuple[bytes, bytes]]) -> Rostered:
        """(turn, who takes it) each, in one transaction: all or none. Errors: UserError."""
        for turn_id, analyst_id in pairs:
            turn = self.one(turn_id)
            self._checked(analyst_id, turn.starts_at, turn.ends_at, turn.duty)
        with self._context.transaction("shift.give") as tx:
            for turn_id, analyst_id in pairs:
                tx.update(Shift, turn_id, analyst_id=analyst_id)
        return Rostered(tuple(turn_id for turn_id, _ in pairs), tx.id)

    def swap(self, turn_id: bytes, other_id: bytes) -> Rostered:
        """Two people take each other's turn: in one transaction, both or neither. Errors: UserError."""
        turn, other = self.one(turn_id), self.one(other_id)
        if turn.analyst_id == other.analyst_id:
            raise UserError("Both turns are the same person's; there is nothing to swap.")
        for who, taken in ((other.analyst_id, turn), (turn.analyst_id, other)):
            self._checked(who, taken.starts_at, taken.ends_at, taken.duty)
        with self._context.transaction("shift.swap") as tx:
            tx.update(Shift, turn_id, analyst_id=other.analyst_id)
            tx.update(Shift, other_id, analyst_id=turn.analyst_id)
        return Rostered((turn_id, other_id), tx.id)

    def remove(self, turn_id: bytes) -> Rostered:
        """Take a turn off the roster. Errors: UserError."""
        self.one(turn_id)
        with self._context.transaction("shift.remove") as tx:
            tx.delete(Shift, turn_id)
        return Rostered((turn_id,), tx.id)

    def take_in(
        self, new: Sequence[Turn], changed: Sequence[Turn] = (), gone: Sequence[bytes] = (), kind: str = "shift.import"
    ) -> Rostered | None:
        """Many turns in one transaction (a calendar file, a week like the one before); None when there is nothing to
        do. Errors: UserError."""
        if not (new or changed or gone):
            return None
        checked = [(turn, self._checked(turn.analyst_id, turn.starts_at, turn.ends_at, turn.duty))
                   for turn in (*new, *changed)]  # fmt: skip
        with self._context.transaction(kind) as tx:
            for number, (turn, values) in enumerate(checked):
                if number < len(new):
                    tx.insert(Shift, turn.id, queue_id=self._queue(turn.duty), **values)
                else:
                    tx.update(Shift, turn.id, **values)
            for turn_id in gone:
                tx.delete(Shift, turn_id)
        return Rostered((*(turn.id for turn in (*new, *changed)), *gone), tx.id)

    def one(self, turn_id: bytes) -> Turn:
        """One turn. Errors: UserError when it is gone."""
        found = self._roster.turn(turn_id)
        if found is None:
            raise UserError("This turn is not on the roster any more.")
        return found

    def _checked(self, analyst_id: bytes | None, starts_at: int, ends_at: int, duty: str) -> dict[str, Any]:
        one_of("duty", duty, DUTIES)
        if ends_at <= starts_at:
            raise UserError("A turn must end after it begins.")
        if ends_at - starts_at > LONGEST_MS:
            raise UserError("A turn lasts at most seven days; plan one for each week.")
        if analyst_id is not None:
            active = self._context.reader.value("SELECT active FROM analyst WHERE id = ?", (analyst_id,))
            if not active:
                raise UserError("This analyst works here no more; roster somebody else.")
        return {"analyst_id": analyst_id, "starts_at": starts_at, "ends_at": ends_at, "duty": duty}

    def _queue(self, duty: str) -> bytes | None:
        """The front line, where calls wait; those who lead and back up stand beside it."""
        if duty != "hotline":
            return None
        found: bytes | None = self._context.reader.value(
            "SELECT id FROM queue WHERE kind = 'front line' AND active = 1 ORDER BY position, id LIMIT 1"
        )
        return found
