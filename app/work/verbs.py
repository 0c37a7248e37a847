"""What the verbs of a case have in common: a transaction around one case, and the parts they are made of.

`CaseVerbs` is the ground on which app.work.cases, passing, linking and following stand. Whatever a verb does, a case
that is open and past triage leaves it with a next step, somebody who does it and a time (`_must_go_on`): that nobody
knows what happens next is how a requester is sent from desk to desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.times import HOUR_MS
from app.work import mentions
from app.work.attached import add_files
from app.work.attachments import StoredFile
from app.work.clocks import add_working_ms
from app.work.deadlines import Deadlines
from app.work.editing import CaseEdit
from app.work.instead import instead_in, instead_of
from db.capture import Transaction
from db.ids import derived_id
from db.rules import NO_DUE, OPEN_STATUSES
from db.shapes import Case, CaseLink, CaseWatcher, Mention, TimeEntry, TimelineEntry

FIRST_STEPS: Final = {
    "en": {"": "First look", "requester": "Ask the requester again", "supplier": "Ask the supplier again",
           "change": "See whether the change is made", "parts": "See whether the parts are there"},
    "de": {"": "Ansehen", "requester": "Beim Anfragenden nachfragen", "supplier": "Beim Lieferanten nachfragen",
           "change": "Prüfen, ob die Änderung gemacht ist", "parts": "Prüfen, ob die Teile da sind"},
}  # fmt: skip
"""The next step of a case for which nobody said one, by what it waits on."""
LOOK_AGAIN_MS: Final = 8 * HOUR_MS
"""Working time after which a step for which nobody said a time is looked at: a day's work."""


@dataclass(frozen=True)
class Done:
    """A verb that was carried out; `tx_id` can be undone."""

    case_id: bytes
    tx_id: bytes


class CaseVerbs:
    """Not thread-safe beyond what the replica serialises: call verbs on the write lane."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._context, self._deadlines = context, deadlines

    @contextmanager
    def _transaction(
        self, kind: str, case_id: bytes | None, department: bytes | None = None
    ) -> Iterator[Transaction]:  # fmt: skip
        """Around one case, or several of a department: in whose place it is done follows from either."""
        context = self._context
        at, instead = context.clock(), None
        if case_id is not None:
            instead = instead_of(context.reader.all, case_id, context.me, self._day(at))
        elif department is not None:
            instead = instead_in(context.reader.all, department, context.me, self._day(at))
        with context.transaction(kind, at=at, on_behalf_of=instead, case_id=case_id) as tx:
            yield tx

    @contextmanager
    def _editing(self, kind: str, case_id: bytes) -> Iterator[CaseEdit]:
        with self._transaction(kind, case_id) as tx:
            edit = self._edit(tx, case_id)
            yield edit
            self._finish(edit)

    def _edit(self, tx: Transaction, case_id: bytes) -> CaseEdit:
        """Begin to change a case; end with `_finish`."""
        return CaseEdit(tx, self._deadlines, case_id, at=self._context.clock(), author=self._context.me)

    def _finish(self, edit: CaseEdit) -> None:
        self._must_go_on(edit)
        edit.finish()

    def _must_go_on(self, edit: CaseEdit) -> None:
        """An open case past triage has a next step, somebody who does it (its owner, or its queue) and a time."""
        row = edit.row
        if row["status"] not in OPEN_STATUSES or row["status"] == "new":
            return
        if not row["next_step"]:
            edit.set(next_step=self._usual_step(row["waiting_on"]))
        if row["next_step_by_id"] is None and (row["work_owner_id"] is not None or row["queue_id"] is None):
            edit.set(next_step_by_id=row["work_owner_id"] or row["contact_owner_id"] or self._context.me)
        if row["next_step_at"] is None:
            edit.set(next_step_at=self._usual_time(edit))

    def _usual_step(self, waiting_on: object) -> str:
        words = FIRST_STEPS[self._context.language]
        return words.get(str(waiting_on or ""), words[""])

    def _is_usual(self, step: object) -> bool:
        return not step or any(step in words.values() for words in FIRST_STEPS.values())

    def _usual_time(self, edit: CaseEdit) -> int:
        """When to look at a case for which nobody said it: a working day from now, or when it is due, if that is
        earlier."""
        calendar = self._deadlines.calendar(edit.tx.query, _id(edit.row["department_id"]))
        again = add_working_ms(calendar, edit.at, LOOK_AGAIN_MS)
        due = int(edit.tx.query('SELECT due_at FROM "case" WHERE id = ?', (edit.case_id,))[0][0])
        return min(again, due) if edit.at < due < NO_DUE else again

    # -- parts --------------------------------------------------------------------------------------------------------
    def _default_step(self, edit: CaseEdit, by: bytes | None, step: str | None = None, at: int | None = None) -> None:
        """Somebody else goes on: with `step`, else with what was planned, at `at`, else when that was planned for."""
        edit.set(next_step_by_id=by)
        if step and step.strip():
            edit.set(next_step=step.strip(), next_step_at=at)
        elif at is not None:
            edit.set(next_step_at=at)

    def _step(self, edit: CaseEdit, step: str | None, by: object, at: int | None) -> None:
        if step and step.strip():
            edit.set(next_step=step.strip())
        if isinstance(by, bytes):
            edit.set(next_step_by_id=by)
        if at is not None:
            edit.set(next_step_at=at)

    def _entry(
        self, edit: CaseEdit, text: str, kind: str, audience: str, *, counts: bool = False,
        entry_id: bytes | None = None,
    ) -> bytes:  # fmt: skip
        """A timeline entry; whoever is named in it (@Jo Roth) is told and watches from now on."""
        return self._write(edit.tx, edit.case_id, edit.at, text, kind, audience, counts=counts, entry_id=entry_id)

    def _write(
        self, tx: Transaction, case_id: bytes, at: int, text: str, kind: str, audience: str, *, counts: bool = False,
        entry_id: bytes | None = None,
    ) -> bytes:  # fmt: skip
        text = text.strip()
        entry = tx.insert(
            TimelineEntry, entry_id, case_id=case_id, at=at, kind=kind, audience=audience, author_id=self._context.me,
            on_behalf_of_id=tx.on_behalf_of, text=text, counts_as_response=counts,
        )  # fmt: skip
        if "@" in text:
            names = {row[1]: row[0] for row in tx.query("SELECT id, name FROM analyst WHERE active = 1")}
            for who in mentions.mentioned(text, names):
                tx.insert(
                    Mention, derived_id(0, "mention", entry.hex(), who.hex()), case_id=case_id, entry_id=entry,
                    analyst_id=who, by_id=self._context.me, at=at,
                )  # fmt: skip
                self._watch(tx, case_id, who)
        return entry

    def _watch(self, tx: Transaction, case_id: bytes, analyst_id: bytes) -> None:
        watcher = derived_id(0, "watcher", case_id.hex(), analyst_id.hex())
        if tx.get(CaseWatcher, watcher) is None:
            tx.insert(CaseWatcher, watcher, case_id=case_id, analyst_id=analyst_id)

    def _tie(self, tx: Transaction, case_id: bytes, other_id: bytes, kind: str) -> bool:
        """Two who tie the same two cases agree: the id follows from them. False when they were tied."""
        first, second = (case_id, other_id) if kind != "related" else sorted((case_id, other_id))
        link_id = derived_id(0, "link", first.hex(), second.hex(), kind)
        if tx.query("SELECT 1 FROM case_link WHERE case_id = ? AND other_id = ? AND kind = ?", (first, second, kind)):
            return False
        tx.insert(
            CaseLink, link_id, case_id=first, other_id=second, kind=kind, made_by_id=self._context.me,
            made_at=self._context.clock(),
        )  # fmt: skip
        return True

    def _attach(
        self, tx: Transaction, case_id: bytes, files: Sequence[StoredFile], at: int, entry_id: bytes | None
    ) -> None:
        add_files(tx, files, at, self._context.me, case_id=case_id, entry_id=entry_id)

    def _time(
        self,
        tx: Transaction,
        case_id: bytes,
        minutes: int,
        activity: str,
        work_date: str | None,
        note: str | None,
        now: int,
    ) -> None:
        today = self._day(now)
        day = times.parse_date(work_date).isoformat() if work_date else today
        if day > today:
            raise UserError(f"{day} has not come yet; time is booked on the day the work was done.")
        tx.insert(
            TimeEntry, case_id=case_id, analyst_id=self._context.me, minutes=minutes, work_date=day, activity=activity,
            note=note, entered_at=now,
        )  # fmt: skip

    def _must_be_open(self, edit: CaseEdit) -> None:
        """Also when the log takes it: work on a case that a colleague ended meanwhile is told, not done."""
        status = str(edit.row["status"])
        if status not in OPEN_STATUSES:
            raise UserError(f"This case is {status}; reopen it first.")
        edit.tx.require(Case, edit.case_id, "ended_at", None)

    def _analyst(self, tx: Transaction, analyst_id: object) -> str:
        rows = tx.query("SELECT name FROM analyst WHERE id = ?", (analyst_id,))
        return str(rows[0][0]) if rows else "Somebody"

    def _tier_of(self, tx: Transaction, queue_id: object) -> int:
        rows = tx.query("SELECT tier FROM queue WHERE id = ?", (queue_id,))
        return int(rows[0][0]) if rows else 1

    def _day(self, at: int) -> str:
        return times.local_date(at, times.zone(self._context.zone)).isoformat()


def _id(value: Any) -> bytes | None:
    return value if isinstance(value, bytes) else None


def one_of(what: str, value: str, known: tuple[str, ...]) -> None:
    """Errors: UserError naming what there is."""
    if value not in known:
        raise UserError(f"There is no {what} {value!r}; use one of: {', '.join(known)}.")
