"""Who wants to know what becomes of a case: watchers, reminders, and putting it out of sight until then (snooze).

Watchers and reminders are shared, so that they are there on every workstation of the same analyst; what was read is not
(app.work.drafts), because sharing each glance would fill the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from app.context import ReadContext
from app.errors import UserError
from app.work.verbs import CaseVerbs, Done
from db.ids import derived_id
from db.rules import OPEN_STATUSES
from db.shapes import Case, CaseWatcher, Reminder

_ANSWER: Final = {"en": "Answer of {name}", "de": "Antwort von {name}"}


@dataclass(frozen=True)
class Due:
    """A reminder of mine. `at` in ms UTC; `hides`: the case is out of my lists until then."""

    id: bytes
    case_id: bytes
    label: str
    title: str
    at: int
    text: str
    hides: bool


@dataclass(frozen=True)
class Named:
    """A note that names me. `at` in ms UTC; `read`: I have looked at the case since."""

    case_id: bytes
    label: str
    title: str
    at: int
    by: str
    text: str
    read: bool


class Following(CaseVerbs):
    """The verbs."""

    def watch(self, case_id: bytes, *, who: bytes | None = None, on: bool = True) -> Done:
        """`who` (None: I) is told, or no longer told, what happens to a case."""
        who = who or self._context.me
        with self._transaction("case.watch", case_id) as tx:
            tx.need(Case, case_id)
            if on:
                self._watch(tx, case_id, who)
            else:
                tx.delete(CaseWatcher, derived_id(0, "watcher", case_id.hex(), who.hex()))
        return Done(case_id, tx.id)

    def ask(self, case_id: bytes, who: bytes, question: str) -> Done:
        """Ask a colleague about a case without handing it over: an internal note that names and tells them. Where
        nobody planned anything else the answer is the next step, so that it is not forgotten.

        Errors: UserError without a question, or for somebody who no longer works here.
        """
        if not question.strip():
            raise UserError("Say what you want to know.")
        if who == self._context.me:
            raise UserError("That is yourself; ask somebody else.")
        with self._editing("case.ask", case_id) as edit:
            self._must_be_open(edit)
            known = edit.tx.query("SELECT name FROM analyst WHERE id = ? AND active = 1", (who,))
            if not known:
                raise UserError("Whom you ask no longer works here; ask somebody else.")
            named = str(known[0][0])
            self._entry(edit, f"@{named} {question.strip()}", "note", "internal")
            if self._is_usual(edit.row["next_step"]):
                said = _ANSWER[self._context.language].format(name=named)
                edit.set(next_step=said, next_step_by_id=who, next_step_at=None)
        return Done(case_id, edit.tx.id)

    def remind(self, case_id: bytes, at: int, text: str = "", *, who: bytes | None = None) -> Done:
        """`who` (None: I) comes back to it at `at` (ms UTC). Errors: UserError for a time that has passed."""
        return self._reminder("case.remind", case_id, at, text, who or self._context.me, hides=False)

    def snooze(self, case_id: bytes, until: int, text: str = "") -> Done:
        """Out of my lists until then (ms UTC). For everybody else the case stays where it is, and its clocks run."""
        return self._reminder("case.snooze", case_id, until, text, self._context.me, hides=True)

    def _reminder(self, kind: str, case_id: bytes, at: int, text: str, who: bytes, *, hides: bool) -> Done:
        if at <= self._context.clock():
            raise UserError("That time has passed already; name one that is to come.")
        with self._transaction(kind, case_id) as tx:
            if hides and tx.need(Case, case_id)["status"] not in OPEN_STATUSES:
                raise UserError("This case is not open; there is nothing to put off.")
            if hides:
                for (known,) in tx.query(
                    "SELECT id FROM reminder WHERE case_id = ? AND analyst_id = ? AND hides = 1 AND done = 0",
                    (case_id, who),
                ):
                    tx.update(Reminder, known, done=True)
            tx.insert(Reminder, case_id=case_id, analyst_id=who, at=at, text=text.strip(), hides=hides)
        return Done(case_id, tx.id)

    def done(self, reminder_id: bytes) -> Done:
        """I have come back to it; a snoozed case is in my lists again."""
        with self._transaction("case.reminded", None) as tx:
            case_id = tx.need(Reminder, reminder_id)["case_id"]
            tx.update(Reminder, reminder_id, done=True)
        assert isinstance(case_id, bytes)
        return Done(case_id, tx.id)

    def again(self, reminder_id: bytes, at: int) -> Done:
        """Remind me later (ms UTC)."""
        if at <= self._context.clock():
            raise UserError("That time has passed already; name one that is to come.")
        with self._transaction("case.remind", None) as tx:
            case_id = tx.need(Reminder, reminder_id)["case_id"]
            tx.update(Reminder, reminder_id, at=at, done=False)
        assert isinstance(case_id, bytes)
        return Done(case_id, tx.id)


class Reminders:
    """What waits for me; reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def mine(self, until: int | None = None) -> list[Due]:
        """My reminders that are not done, soonest first; only those due by `until` (ms UTC) if given."""
        return [
            Due(r["id"], r["case_id"], _label(r), r["title"], r["at"], r["text"], bool(r["hides"]))
            for r in self._context.reader.all(
                "SELECT r.id, r.case_id, r.at, r.text, r.hides, c.number, c.rid, c.title FROM reminder r "
                'JOIN "case" c ON c.id = r.case_id WHERE r.analyst_id = ? AND r.done = 0 AND (? IS NULL OR r.at <= ?) '
                "ORDER BY r.at, r.id",
                (self._context.me, until, until),
            )
        ]

    def of(self, case_id: bytes) -> list[Due]:
        """Those of mine that belong to one case."""
        return [one for one in self.mine() if one.case_id == case_id]

    def mentions(self, limit: int = 50) -> list[Named]:
        """Notes that name me, newest first."""
        return [
            Named(r["case_id"], _label(r), r["title"], r["at"], r["by"] or "", r["text"], bool(r["read"]))
            for r in self._context.reader.all(
                "SELECT m.case_id, m.at, a.name AS by, t.text, c.number, c.rid, c.title, "
                "coalesce(x.read_at, 0) >= m.at AS read FROM mention m "
                'JOIN "case" c ON c.id = m.case_id JOIN timeline_entry t ON t.id = m.entry_id '
                "LEFT JOIN analyst a ON a.id = m.by_id LEFT JOIN case_read x ON x.case_id = m.case_id "
                "WHERE m.analyst_id = ? ORDER BY m.at DESC LIMIT ?",
                (self._context.me, limit),
            )
        ]


def _label(row: Any) -> str:
    return str(row["number"]) if row["number"] is not None else f"~{row['rid']}"
