"""What analysts do with cases: one verb, one method, one transaction.

Each verb checks what a person can put right (UserError), changes rows through `CaseEdit`, and returns `Done`, which
names the transaction so that it can be undone. Rules that every client shares are checked again below (db.rules,
db.authority).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import UserError
from app.naming import tidy_title, title_and_description
from app.work.attachments import StoredFile
from app.work.dispatch import Question, gather
from app.work.editing import CaseEdit
from app.work.notes import RESPONSES, counts_by_itself
from app.work.passing import Passing
from app.work.routing import route
from app.work.verbs import Done, one_of
from db.capture import Transaction
from db.ids import derived_id, new_id
from db.rules import (
    ACTIVITIES,
    AUDIENCES,
    CASE_KINDS,
    CHANNELS,
    DOCUMENTED,
    LIVE_CHANNELS,
    OPEN_STATUSES,
    OUTCOMES,
    WAITING_ON,
)
from db.shapes import Case, CaseTag, CaseWatcher, Requester, Satisfaction, TimeEntry
from db.tables import Value

PROBLEM_MADE: Final = "case.problem"
"""Kind of the transaction that makes a problem from incidents; how it is taken back stands in app.work.undoing."""
SETTABLE: Final = frozenset({
    "title", "description", "kind", "channel", "severity", "department_id", "product_id", "place_id", "asset_id",
    "requester_id", "next_step", "next_step_by_id", "next_step_at", "resolution", "cause", "permanent_fix_wanted",
    "documented", "workaround", "major", "executive_complaint", "outside_it", "abusive_contact",
})  # fmt: skip
"""Columns that `Cases.set` takes; everything else has a verb of its own."""
_TRACKED_BY_SET: Final = {"severity": "severity", "department_id": "department", "product_id": "product"}
_OPENING: Final = (
    ("queue", "queue_id"),
    ("severity", "severity"),
    ("tier", "tier"),
    ("department", "department_id"),
    ("product", "product_id"),
    ("contact_owner", "contact_owner_id"),
    ("work_owner", "work_owner_id"),
)


@dataclass(frozen=True)
class NewCase:
    """What is known when somebody calls. Title and severity are required."""

    title: str
    severity: int
    description: str = ""
    kind: str = "incident"
    channel: str = "phone"
    requester_id: bytes | None = None
    requester_name: str | None = None
    """A requester who is not known yet is made from this name, in the case's department."""
    department_id: bytes | None = None
    product_id: bytes | None = None
    place_id: bytes | None = None
    asset_id: bytes | None = None
    queue_id: bytes | None = None
    owner_id: bytes | None = None
    major: bool = False
    tags: tuple[str, ...] = ()
    solved: str | None = None
    """Solved at once: the resolution."""
    minutes: int | None = None
    incidents: tuple[bytes, ...] = ()
    """Of a problem: the incidents it is made from, linked to it in the same transaction: one undo takes it all back."""


class Cases(Passing):
    """The verbs. Not thread-safe beyond what the replica serialises: call them on the write lane."""

    # -- opening ------------------------------------------------------------------------------------------------------
    def new(self, draft: NewCase) -> Done:
        """Open a case, route it, and solve it at once if that is what happened."""
        title, description = title_and_description(draft.title, draft.description)
        title = tidy_title(title)
        one_of("kind", draft.kind, CASE_KINDS)
        one_of("channel", draft.channel, CHANNELS)
        if draft.incidents and draft.kind != "problem":
            raise UserError("Only a problem is made from incidents.")
        now = self._context.clock()
        me = self._context.me
        case_id = new_id()
        with self._transaction(PROBLEM_MADE if draft.incidents else "case.new", case_id) as tx:
            self._known_severity(tx, draft.severity)
            draft = self._fill_from_what_is_known(tx, draft)
            asked = Question(
                draft.department_id, draft.product_id, draft.severity, draft.requester_id, major=draft.major,
                by_hand_owner=draft.owner_id, by_hand_queue=draft.queue_id,
            )  # fmt: skip
            found = route(gather(tx.query, self._deadlines, self._context.zone, now, asked))
            # Nobody waits to be answered by a problem that we made ourselves from what others told.
            live = draft.channel in LIVE_CHANNELS or bool(draft.incidents)
            tx.insert(
                Case, case_id, title=title, description=description, kind=draft.kind,
                channel=draft.channel, requester_id=self._requester(tx, draft), department_id=draft.department_id,
                product_id=draft.product_id, place_id=draft.place_id, asset_id=draft.asset_id, severity=draft.severity,
                queue_id=found.queue, contact_owner_id=found.contact_owner, work_owner_id=found.work_owner,
                route_reason=found.reason, opened_at=now, updated_at=now, major=draft.major,
                tier=self._tier_of(tx, found.queue),
                first_response_at=now if live else None,
            )  # fmt: skip
            if draft.major and found.contact_owner not in (None, found.work_owner):
                self._watch(tx, case_id, found.contact_owner)  # informed, though somebody else leads
            edit = CaseEdit(tx, self._deadlines, case_id, at=now, author=me)
            opening_events(edit)
            for tag in draft.tags:
                _add_tag(tx, case_id, tag)
            if draft.incidents:
                edit.status("in progress")  # whoever says what recurs has looked at it already
            for incident in draft.incidents:
                self._take_in(tx, case_id, incident)
            if draft.solved is not None:
                if found.work_owner is None:
                    edit.track("work_owner", me)
                self._resolve(edit, draft.solved, cause=None)
                edit.set(outcome="fixed")
            if draft.minutes:
                self._time(
                    tx,
                    case_id,
                    draft.minutes,
                    "phone" if draft.channel == "phone" else "other",
                    None,
                    None,
                    now,
                )
            self._finish(edit)
        return Done(case_id, tx.id)

    def _take_in(self, tx: Transaction, problem_id: bytes, incident: bytes) -> None:
        """An incident belongs to the problem. Two who make a problem of the same incidents would leave two with one
        cause, so the second is told."""
        row = tx.need(Case, incident)
        if tx.query("SELECT 1 FROM case_link WHERE case_id = ? AND kind = 'problem'", (incident,)):
            said = str(row["title"] if row["number"] is None else row["number"])
            raise UserError(f"{said} belongs to a problem already; look again.")
        self._tie(tx, incident, problem_id, "problem")

    def _fill_from_what_is_known(self, tx: Transaction, draft: NewCase) -> NewCase:
        """The machine knows its department, place and product; the requester a department and a place."""
        values = draft.__dict__.copy()
        if draft.asset_id:
            rows = tx.query("SELECT department_id, place_id, product_id FROM asset WHERE id = ?", (draft.asset_id,))
            for name, value in zip(("department_id", "place_id", "product_id"), rows[0] if rows else (), strict=False):
                values[name] = values[name] or value
        if draft.requester_id:
            rows = tx.query("SELECT department_id, place_id FROM requester WHERE id = ?", (draft.requester_id,))
            for name, value in zip(("department_id", "place_id"), rows[0] if rows else (), strict=False):
                values[name] = values[name] or value
        if values["place_id"] and not values["department_id"]:
            rows = tx.query("SELECT department_id FROM place WHERE id = ?", (values["place_id"],))
            values["department_id"] = rows[0][0] if rows else None
        return NewCase(**values)

    def _requester(self, tx: Transaction, draft: NewCase) -> bytes | None:
        if draft.requester_id or not (draft.requester_name or "").strip():
            return draft.requester_id
        name = " ".join(str(draft.requester_name).split())
        return tx.insert(Requester, name=name, department_id=draft.department_id, place_id=draft.place_id)

    # -- working ------------------------------------------------------------------------------------------------------
    def claim(self, case_id: bytes) -> Done:
        """It is mine now. Errors: UserError when somebody else has it already."""
        me = self._context.me
        with self._editing("case.claim", case_id) as edit:
            owner = edit.row["work_owner_id"]
            if owner is not None and owner != me:
                raise UserError(
                    f"{self._analyst(edit.tx, owner)} already works on this case; ask for it or hand it over."
                )
            self._must_be_open(edit)
            edit.track("work_owner", me)
            if edit.row["contact_owner_id"] is None:
                edit.track("contact_owner", me)
            if edit.row["status"] == "new":
                edit.status("in progress")
            self._default_step(edit, me)
        return Done(case_id, edit.tx.id)

    def wait(self, case_id: bytes, on: str, *, next_step: str | None = None, until: int | None = None) -> Done:
        """The case waits on somebody; the next step says for what, `until` (ms UTC) when to look again."""
        one_of("waiting reason", on, WAITING_ON)
        with self._editing("case.wait", case_id) as edit:
            edit.status("waiting", waiting_on=on)
            if not next_step and self._is_usual(edit.row["next_step"]):
                edit.set(next_step=None)
            edit.set(next_step_at=None)
            self._step(edit, next_step, None, until)
        return Done(case_id, edit.tx.id)

    def work(self, case_id: bytes) -> Done:
        """Back to work after waiting."""
        with self._editing("case.work", case_id) as edit:
            self._must_be_open(edit)
            edit.status("in progress")
            if self._is_usual(edit.row["next_step"]):
                edit.set(next_step=None, next_step_at=None)
        return Done(case_id, edit.tx.id)

    def next_step(self, case_id: bytes, step: str, *, by: bytes | None = None, at: int | None = None) -> Done:
        """What happens next, by whom and when (ms UTC)."""
        if not step.strip():
            raise UserError("Say what happens next; an open case always has a next step.")
        with self._editing("case.next_step", case_id) as edit:
            self._must_be_open(edit)
            self._step(edit, step, by or edit.row["next_step_by_id"] or self._context.me, at)
        return Done(case_id, edit.tx.id)

    def note(
        self,
        case_id: bytes,
        text: str,
        *,
        kind: str = "note",
        audience: str = "internal",
        minutes: int | None = None,
        activity: str = "other",
        counts: bool | None = None,
        files: Sequence[StoredFile] = (),
        entry_id: bytes | None = None,
    ) -> Done:
        """Add to the timeline. `counts`: whether it is a response (None: as its kind says).
        `files`: kept before (app.work.attachments); they become part of the case with the same undo. `entry_id`: for
        who must know later whether it was written (app.work.sending)."""
        if not text.strip():
            raise UserError("An empty note says nothing; write a few words.")
        one_of("kind", kind, ("note", *sorted(RESPONSES)))
        one_of("audience", audience, AUDIENCES)
        with self._editing("case.note", case_id) as edit:
            is_response = counts_by_itself(kind, audience) if counts is None else counts
            entry = self._entry(edit, text, kind, audience, counts=is_response, entry_id=entry_id)
            self._attach(edit.tx, case_id, files, edit.at, entry)
            if is_response:
                edit.responded()
            if edit.row["status"] == "new" and is_response:
                edit.status("in progress")
                self._default_step(edit, self._context.me)
            if minutes:
                self._time(edit.tx, case_id, minutes, activity, None, None, edit.at)
        return Done(case_id, edit.tx.id)

    def attach(self, case_id: bytes, files: Sequence[StoredFile]) -> Done:
        """Make files part of the case that were kept before (app.work.attachments)."""
        with self._transaction("case.attach", case_id) as tx:
            tx.need(Case, case_id)
            self._attach(tx, case_id, files, self._context.clock(), None)
        return Done(case_id, tx.id)

    def time(
        self,
        case_id: bytes,
        minutes: int,
        *,
        activity: str = "other",
        work_date: str | None = None,
        note: str | None = None,
    ) -> Done:
        """Book time. `work_date`: `YYYY-MM-DD`, today if None."""
        if not 0 < minutes <= 24 * 60:
            raise UserError("Minutes go from 1 to 1440; book longer work on each day it was done.")
        one_of("activity", activity, ACTIVITIES)
        with self._transaction("case.time", case_id) as tx:
            tx.need(Case, case_id)
            self._time(tx, case_id, minutes, activity, work_date, note, self._context.clock())
        return Done(case_id, tx.id)

    def correct_time(self, entry_id: bytes, minutes: int, *, activity: str | None = None) -> Done:
        """Booked time was another (0: none). The old entry stays as history; the new one names it."""
        if not 0 <= minutes <= 24 * 60:
            raise UserError("Minutes go from 0 to 1440; book longer work on each day it was done.")
        if activity is not None:
            one_of("activity", activity, ACTIVITIES)
        with self._transaction("case.time", None) as tx:
            before = tx.need(TimeEntry, entry_id)
            if tx.query("SELECT 1 FROM time_entry WHERE replaces_id = ?", (entry_id,)):
                raise UserError("This time was corrected already; look at it again.")
            tx.insert(
                TimeEntry, case_id=before["case_id"], analyst_id=before["analyst_id"], minutes=minutes,
                work_date=before["work_date"], activity=activity or before["activity"], note=before["note"],
                entered_at=self._context.clock(), replaces_id=entry_id,
            )  # fmt: skip
        case_id = before["case_id"]
        assert isinstance(case_id, bytes)
        return Done(case_id, tx.id)

    def set(self, case_id: bytes, **columns: Value) -> Done:
        """Change fields (SETTABLE). Errors: UserError for an unknown field or an unusable value."""
        unknown = columns.keys() - SETTABLE
        if unknown:
            raise UserError(f"{', '.join(sorted(unknown))} can't be set; one of {', '.join(sorted(SETTABLE))} can.")
        if "title" in columns:
            columns["title"] = tidy_title(str(columns["title"]))
        if "kind" in columns:
            one_of("kind", str(columns["kind"]), CASE_KINDS)
        if "channel" in columns:
            one_of("channel", str(columns["channel"]), CHANNELS)
        for name, known in (("outcome", OUTCOMES), ("documented", DOCUMENTED)):
            if columns.get(name) is not None:
                one_of(name, str(columns[name]), known)
        with self._editing("case.set", case_id) as edit:
            if "next_step" in columns and not str(columns["next_step"] or "").strip() and _is_past_triage(edit):
                raise UserError("Say what happens next; an open case always has a next step.")
            if "severity" in columns:
                self._known_severity(edit.tx, columns["severity"])
            for name, value in columns.items():
                stored = int(value) if isinstance(value, bool) else value
                if name in _TRACKED_BY_SET:
                    edit.track(_TRACKED_BY_SET[name], stored)
                else:
                    edit.set(**{name: stored})
        return Done(case_id, edit.tx.id)

    def tag(self, case_id: bytes, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Done:
        """Add and remove tags."""
        with self._transaction("case.tag", case_id) as tx:
            tx.need(Case, case_id)
            for tag in add:
                _add_tag(tx, case_id, tag)
            for tag in remove:
                tx.delete(CaseTag, derived_id(0, "tag", case_id.hex(), tag.strip()))
        return Done(case_id, tx.id)

    def watch(self, case_id: bytes, on: bool = True) -> Done:
        """Be told (or no longer) what happens to this case."""
        me = self._context.me
        with self._transaction("case.watch", case_id) as tx:
            tx.need(Case, case_id)
            if on:
                self._watch(tx, case_id, me)
            else:
                tx.delete(CaseWatcher, derived_id(0, "watcher", case_id.hex(), me.hex()))
        return Done(case_id, tx.id)

    # -- ending -------------------------------------------------------------------------------------------------------
    def resolve(
        self,
        case_id: bytes,
        resolution: str,
        *,
        cause: str | None = None,
        outcome: str = "fixed",
        documented: str | None = None,
        permanent_fix_wanted: bool = False,
        minutes: int | None = None,
        activity: str = "other",
    ) -> Done:
        """Solved. What was done is required; it is what the next analyst will search for. The close sheet's three
        questions: is it fixed (`outcome`), is it documented (None: not answered), is a permanent fix wanted."""
        one_of("outcome", outcome, OUTCOMES)
        if documented is not None:
            one_of("answer to documented", documented, DOCUMENTED)
        with self._editing("case.resolve", case_id) as edit:
            self._resolve(edit, resolution, cause)
            edit.set(permanent_fix_wanted=int(permanent_fix_wanted), outcome=outcome, documented=documented)
            if minutes:
                self._time(edit.tx, case_id, minutes, activity, None, None, edit.at)
        return Done(case_id, edit.tx.id)

    def close(self, case_id: bytes) -> Done:
        """The requester agrees, or nobody objected: the file is closed."""
        with self._editing("case.close", case_id) as edit:
            edit.status("closed")
        return Done(case_id, edit.tx.id)

    def cancel(self, case_id: bytes, reason: str) -> Done:
        """It was no case after all."""
        if not reason.strip():
            raise UserError("Say why it is cancelled.")
        with self._editing("case.cancel", case_id) as edit:
            edit.status("cancelled", reason=reason)
            self._entry(edit, reason, "note", "internal")
        return Done(case_id, edit.tx.id)

    def reopen(self, case_id: bytes, reason: str) -> Done:
        """It is not solved after all. Whoever had it goes on; if that analyst is away it is routed anew."""
        if not reason.strip():
            raise UserError("Say why it is reopened.")
        with self._editing("case.reopen", case_id) as edit:
            if edit.row["status"] in OPEN_STATUSES:
                raise UserError("This case is open already.")
            if edit.row["status"] == "merged":
                raise UserError("This case is merged into another; unmerge it.")
            edit.status("in progress", reason=reason)
            self._find_owner(edit, reason)
            edit.set(next_step=reason.strip(), next_step_by_id=edit.row["work_owner_id"], next_step_at=None)
            self._entry(edit, reason, "note", "internal")
        return Done(case_id, edit.tx.id)

    def rate(self, case_id: bytes, score: int, words: str | None = None) -> Done:
        """What whoever asked says of it, from 1 (very dissatisfied) to 5 (very satisfied), once it is solved. Of two
        answers the later counts; the earlier stays as history."""
        if not 1 <= score <= 5:
            raise UserError("Satisfaction goes from 1 (very dissatisfied) to 5 (very satisfied).")
        with self._editing("case.rate", case_id) as edit:
            if edit.row["status"] not in ("resolved", "closed"):
                raise UserError("Ask how satisfied they are when the case is resolved.")
            said = (words or "").strip() or None
            edit.tx.insert(Satisfaction, case_id=case_id, score=score, words=said, at=edit.at)
        return Done(case_id, edit.tx.id)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _resolve(self, edit: CaseEdit, resolution: str, cause: str | None) -> None:
        if not resolution.strip():
            raise UserError("Say what was done; the next analyst will search for it.")
        if edit.row["work_owner_id"] is None:
            edit.track("work_owner", self._context.me)
        edit.status("resolved")
        edit.responded()
        edit.set(resolution=resolution.strip(), next_step=None, next_step_by_id=None, next_step_at=None)
        if cause is not None:
            edit.set(cause=cause.strip() or None)

    def _find_owner(self, edit: CaseEdit, reason: str) -> None:
        """An owner who is away for the day gives the work to whom the rules find now."""
        row = edit.row
        asked = Question(
            _id(row["department_id"]), _id(row["product_id"]), int(str(row["severity"])), _id(row["requester_id"]),
            major=bool(row["major"]),
        )  # fmt: skip
        facts = gather(edit.tx.query, self._deadlines, self._context.zone, edit.at, asked)
        if row["work_owner_id"] is None or row["work_owner_id"] in facts.present:
            return
        found = route(facts)
        edit.track("work_owner", found.work_owner, reason)
        if found.queue is not None and found.work_owner is None:
            edit.track("queue", found.queue, reason)
            edit.track("tier", self._tier_of(edit.tx, found.queue), reason)
        edit.set(route_reason=found.reason)

    def _known_severity(self, tx: Transaction, severity: object) -> None:
        if not tx.query("SELECT 1 FROM severity WHERE rank = ?", (severity,)):
            known = ", ".join(f"{r[0]} {r[1]}" for r in tx.query("SELECT rank, name FROM severity ORDER BY rank"))
            raise UserError(f"There is no severity {severity!r}; use one of: {known}.")


def opening_events(edit: CaseEdit) -> None:
    """The events every case begins with, so that its state at any instant can be read from events alone."""
    row = edit.row
    route_reason = None if row["route_reason"] is None else str(row["route_reason"])
    edit.event("opened", None, row["kind"])
    edit.event("status", None, row["status"])
    for field, column in _OPENING:
        if row[column] is not None:
            edit.event(field, None, row[column], route_reason if field == "queue" else None)


def _add_tag(tx: Transaction, case_id: bytes, tag: str) -> None:
    tag = tag.strip()
    tag_id = derived_id(0, "tag", case_id.hex(), tag)
    if tag and tx.get(CaseTag, tag_id) is None:
        tx.insert(CaseTag, tag_id, case_id=case_id, tag=tag)


def _id(value: object) -> bytes | None:
    return value if isinstance(value, bytes) else None


def _is_past_triage(edit: CaseEdit) -> bool:
    return edit.row["status"] in OPEN_STATUSES and edit.row["status"] != "new"
