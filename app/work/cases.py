"""What analysts do with cases: one verb, one method, one transaction.

Each verb checks what a person can put right (UserError), changes rows through `CaseEdit`, and returns `Done`, which
names the transaction so that it can be undone. Rules that every client shares are checked again below (db.rules,
db.authority).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app import times
from app.context import Context
from app.errors import UserError
from app.work import routing
from app.work.attachments import StoredFile
from app.work.deadlines import Deadlines
from app.work.editing import CaseEdit
from db.capture import Transaction
from db.errors import BuiltUpon, Refused
from db.ids import derived_id, new_id
from db.rules import ACTIVITIES, AUDIENCES, CASE_KINDS, CHANNELS, LIVE_CHANNELS, NO_DUE, OPEN_STATUSES, WAITING_ON
from db.shapes import Attachment, Case, CaseTag, CaseWatcher, Requester, TimeEntry, TimelineEntry
from db.tables import Value

MAX_TITLE: Final = 200
SETTABLE: Final = frozenset({
    "title", "description", "kind", "channel", "severity", "department_id", "product_id", "place_id", "asset_id",
    "requester_id", "next_step", "next_step_by_id", "next_step_at", "resolution", "cause", "permanent_fix_wanted",
    "major", "executive_complaint", "outside_it", "abusive_contact",
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
_FIRST_STEP: Final = {"en": "First look", "de": "Ansehen"}
"""The next step of a case that somebody takes without saying one: an open case past triage always has one."""
_COUNTS: Final = {"reply", "call", "visit", "mail"}


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


@dataclass(frozen=True)
class Done:
    """A verb that was carried out; `tx_id` can be undone."""

    case_id: bytes
    tx_id: bytes


class Cases:
    """The verbs. Not thread-safe beyond what the replica serialises: call them on the write lane."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._context, self._deadlines = context, deadlines

    # -- opening ------------------------------------------------------------------------------------------------------
    def new(self, draft: NewCase) -> Done:
        """Open a case, route it, and solve it at once if that is what happened."""
        title = " ".join(draft.title.split())
        if not title:
            raise UserError("A case needs a title; say in a few words what is wrong.")
        _one_of("kind", draft.kind, CASE_KINDS)
        _one_of("channel", draft.channel, CHANNELS)
        now = self._context.clock()
        me = self._context.me
        case_id = new_id()
        with self._transaction("case.new", case_id) as tx:
            self._known_severity(tx, draft.severity)
            draft = self._fill_from_what_is_known(tx, draft)
            facts = routing.gather(
                tx.query, day=self._day(now), at=now, department_id=draft.department_id, product_id=draft.product_id,
                by_hand_owner=draft.owner_id, by_hand_queue=draft.queue_id, major=draft.major,
            )  # fmt: skip
            route = routing.route(facts)
            live = draft.channel in LIVE_CHANNELS
            tx.insert(
                Case, case_id, title=title[:MAX_TITLE], description=draft.description, kind=draft.kind,
                channel=draft.channel, requester_id=self._requester(tx, draft), department_id=draft.department_id,
                product_id=draft.product_id, place_id=draft.place_id, asset_id=draft.asset_id, severity=draft.severity,
                queue_id=route.queue, contact_owner_id=route.contact_owner, work_owner_id=route.work_owner,
                route_reason=route.reason, opened_at=now, updated_at=now, major=draft.major,
                tier=self._tier_of(tx, route.queue),
                first_response_at=now if live else None,
            )  # fmt: skip
            edit = CaseEdit(tx, self._deadlines, case_id, at=now, author=me)
            opening_events(edit)
            for tag in draft.tags:
                _add_tag(tx, case_id, tag)
            if draft.solved is not None:
                if route.work_owner is None:
                    edit.track("work_owner", me)
                self._resolve(edit, draft.solved, cause=None)
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
            edit.finish()
        return Done(case_id, tx.id)

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
            self._start(edit)
            self._default_step(edit, me)
        return Done(case_id, edit.tx.id)

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
            edit.track("work_owner", to_analyst, reason)
            if to_queue is not None:
                edit.track("queue", to_queue, reason)
                edit.track("tier", self._tier_of(edit.tx, to_queue))
            if not keep_contact:
                edit.track("contact_owner", to_analyst, reason)
            edit.set(route_reason="set by hand")
            if next_step:
                edit.set(next_step=next_step)
            self._default_step(edit, to_analyst)
            if reason:
                self._entry(edit, reason, "note", "internal")
        return Done(case_id, edit.tx.id)

    def escalate(
        self, case_id: bytes, *, tried: str, to_queue: bytes | None = None, to_analyst: bytes | None = None
    ) -> Done:
        """One tier up (or to the named queue or analyst); what was tried goes along."""
        if not tried.strip():
            raise UserError("Say what was tried, so that the next analyst does not begin again.")
        with self._editing("case.escalate", case_id) as edit:
            self._must_be_open(edit)
            tier = int(str(edit.row["tier"]))
            if to_queue is None and to_analyst is None:
                to_queue = self._queue_above(edit.tx, tier, edit.row["product_id"])
            target = self._tier_of(edit.tx, to_queue) if to_queue else min(tier + 1, 3)
            if to_queue is not None:
                edit.track("queue", to_queue, tried)
            edit.track("tier", max(target, min(tier + 1, 3)), tried)
            edit.track("work_owner", to_analyst, tried)
            edit.set(route_reason="escalated")
            self._default_step(edit, to_analyst)
            self._entry(edit, tried, "note", "internal")
        return Done(case_id, edit.tx.id)

    def wait(self, case_id: bytes, on: str, *, next_step: str | None = None, until: int | None = None) -> Done:
        """The case waits on somebody; the next step says for what, `until` (ms UTC) when to look again."""
        _one_of("waiting reason", on, WAITING_ON)
        with self._editing("case.wait", case_id) as edit:
            edit.status("waiting", waiting_on=on)
            self._step(edit, next_step, None, until)
        return Done(case_id, edit.tx.id)

    def work(self, case_id: bytes) -> Done:
        """Back to work after waiting."""
        with self._editing("case.work", case_id) as edit:
            self._must_be_open(edit)
            edit.status("in progress")
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
    ) -> Done:
        """Add to the timeline. `counts`: whether it is a response (None: replies, calls, visits and mails are).
        `files`: kept before (app.work.attachments); they become part of the case with the same undo."""
        if not text.strip():
            raise UserError("An empty note says nothing; write a few words.")
        _one_of("kind", kind, ("note", *sorted(_COUNTS)))
        _one_of("audience", audience, AUDIENCES)
        with self._editing("case.note", case_id) as edit:
            is_response = kind in _COUNTS and audience == "requester" if counts is None else counts
            entry = self._entry(edit, text, kind, audience, counts=is_response)
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
        _one_of("activity", activity, ACTIVITIES)
        with self._transaction("case.time", case_id) as tx:
            tx.need(Case, case_id)
            self._time(tx, case_id, minutes, activity, work_date, note, self._context.clock())
        return Done(case_id, tx.id)

    def set(self, case_id: bytes, **columns: Value) -> Done:
        """Change fields (SETTABLE). Errors: UserError for an unknown field or an unusable value."""
        unknown = columns.keys() - SETTABLE
        if unknown:
            raise UserError(f"{', '.join(sorted(unknown))} can't be set; one of {', '.join(sorted(SETTABLE))} can.")
        if "title" in columns and not str(columns["title"]).strip():
            raise UserError("A case needs a title; say in a few words what is wrong.")
        if "kind" in columns:
            _one_of("kind", str(columns["kind"]), CASE_KINDS)
        if "channel" in columns:
            _one_of("channel", str(columns["channel"]), CHANNELS)
        with self._editing("case.set", case_id) as edit:
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
            watcher = derived_id(0, "watcher", case_id.hex(), me.hex())
            if on and tx.get(CaseWatcher, watcher) is None:
                tx.insert(CaseWatcher, watcher, case_id=case_id, analyst_id=me)
            elif not on:
                tx.delete(CaseWatcher, watcher)
        return Done(case_id, tx.id)

    # -- ending -------------------------------------------------------------------------------------------------------
    def resolve(
        self,
        case_id: bytes,
        resolution: str,
        *,
        cause: str | None = None,
        permanent_fix_wanted: bool = False,
        minutes: int | None = None,
        activity: str = "other",
    ) -> Done:
        """Solved. What was done is required; it is what the next analyst will search for."""
        with self._editing("case.resolve", case_id) as edit:
            self._resolve(edit, resolution, cause)
            edit.set(permanent_fix_wanted=int(permanent_fix_wanted))
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
        """It is not solved after all."""
        if not reason.strip():
            raise UserError("Say why it is reopened.")
        with self._editing("case.reopen", case_id) as edit:
            if edit.row["status"] in OPEN_STATUSES:
                raise UserError("This case is open already.")
            edit.status("in progress", reason=reason)
            edit.set(next_step=reason, next_step_by_id=edit.row["work_owner_id"])
            self._entry(edit, reason, "note", "internal")
        return Done(case_id, edit.tx.id)

    def undo(self, tx_id: bytes) -> bytes | None:
        """Take a change of this workstation back; returns its case. Errors: UserError when somebody built on it."""
        try:
            record = self._context.replica.undo(tx_id, self._context.me, at=self._context.clock())
        except (BuiltUpon, Refused) as error:
            raise UserError(str(error)) from error
        return next((r.row_id if r.table == "case" else r.values.get("case_id") for r in record.rows), None)

    # -- parts --------------------------------------------------------------------------------------------------------
    @contextmanager
    def _transaction(self, kind: str, case_id: bytes) -> Iterator[Transaction]:
        context = self._context
        try:
            with context.replica.transaction(kind, context.me, at=context.clock(), case_id=case_id) as tx:
                yield tx
        except Refused as error:
            raise UserError(f"That is not allowed: {error.reason}.") from error

    @contextmanager
    def _editing(self, kind: str, case_id: bytes) -> Iterator[CaseEdit]:
        with self._transaction(kind, case_id) as tx:
            edit = CaseEdit(tx, self._deadlines, case_id, at=self._context.clock(), author=self._context.me)
            yield edit
            edit.finish()

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

    def _default_step(self, edit: CaseEdit, by: bytes | None) -> None:
        """Who goes on, and with what where nobody said: an open case past triage always has a next step."""
        edit.set(next_step_by_id=by)
        if not edit.row["next_step"]:
            due_at = edit.row["due_at"]
            edit.set(
                next_step=_FIRST_STEP[self._context.language], next_step_at=None if due_at == NO_DUE else due_at
            )  # fmt: skip

    def _start(self, edit: CaseEdit) -> None:
        if edit.row["status"] == "new":
            edit.status("in progress")

    def _step(self, edit: CaseEdit, step: str | None, by: object, at: int | None) -> None:
        if step:
            edit.set(next_step=step.strip())
        if isinstance(by, bytes):
            edit.set(next_step_by_id=by)
        if at is not None:
            edit.set(next_step_at=at)

    def _attach(
        self, tx: Transaction, case_id: bytes, files: Sequence[StoredFile], at: int, entry_id: bytes | None
    ) -> None:
        for file in files:
            tx.insert(
                Attachment, case_id=case_id, entry_id=entry_id, sha256=file.sha256, name=file.name,
                media_type=file.media_type, size=file.size, added_by_id=self._context.me, added_at=at,
            )  # fmt: skip

    def _entry(self, edit: CaseEdit, text: str, kind: str, audience: str, *, counts: bool = False) -> bytes:
        return edit.tx.insert(
            TimelineEntry, case_id=edit.case_id, at=edit.at, kind=kind, audience=audience, author_id=self._context.me,
            on_behalf_of_id=edit.tx.on_behalf_of, text=text.strip(), counts_as_response=counts,
        )  # fmt: skip

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
        day = times.parse_date(work_date).isoformat() if work_date else self._day(now)
        tx.insert(
            TimeEntry, case_id=case_id, analyst_id=self._context.me, minutes=minutes, work_date=day, activity=activity,
            note=note, entered_at=now,
        )  # fmt: skip

    def _must_be_open(self, edit: CaseEdit) -> None:
        status = str(edit.row["status"])
        if status not in OPEN_STATUSES:
            raise UserError(f"This case is {status}; reopen it first.")

    def _known_severity(self, tx: Transaction, severity: object) -> None:
        if not tx.query("SELECT 1 FROM severity WHERE rank = ?", (severity,)):
            known = ", ".join(f"{r[0]} {r[1]}" for r in tx.query("SELECT rank, name FROM severity ORDER BY rank"))
            raise UserError(f"There is no severity {severity!r}; use one of: {known}.")

    def _tier_of(self, tx: Transaction, queue_id: bytes | None) -> int:
        rows = tx.query("SELECT tier FROM queue WHERE id = ?", (queue_id,))
        return int(rows[0][0]) if rows else 1

    def _queue_above(self, tx: Transaction, tier: int, product_id: object) -> bytes | None:
        """The product's own queue if it is higher, else the only queue of the next tier, else none (the tier alone
        rises)."""
        rows = tx.query(
            "SELECT q.id FROM product p JOIN queue q ON q.id = p.queue_id "
            "WHERE p.id = ? AND q.tier > ? AND q.active = 1",
            (product_id, tier),
        ) or tx.query("SELECT id FROM queue WHERE tier = ? AND active = 1 ORDER BY position, id LIMIT 2", (tier + 1,))
        return rows[0][0] if len(rows) == 1 else None

    def _analyst(self, tx: Transaction, analyst_id: object) -> str:
        rows = tx.query("SELECT name FROM analyst WHERE id = ?", (analyst_id,))
        return str(rows[0][0]) if rows else "Somebody"

    def _day(self, at: int) -> str:
        return times.local_date(at, times.zone(self._context.zone)).isoformat()


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


def _one_of(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UserError(f"There is no {what} {value!r}; use one of: {', '.join(known)}.")
