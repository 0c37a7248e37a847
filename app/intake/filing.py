"""Putting cases and their histories into the replica: new ones whole, known ones by what the file knows more.

Ids are derived from source, case and event, so filing the same file twice finds everything there, also after an
import that was interrupted, or was made on another workstation. For a case that is there already, in this order: its
events are read, the file's history is compared with the imported part of them (events of analysts here are never
touched), what is new is added, what a corrected file no longer says is removed, and the case is brought to the state
after its last event.

A file that begins in the middle of a case (only the rows since yesterday) is recognised by events before its first row:
its rows then go on from the state those left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.context import Context
from app.intake.folding import FIELDS, REFERENCES, Happening, Held, Life, changed, history
from app.intake.result import ImportResult, Progress
from app.intake.rows import CaseRows
from db.capture import Transaction
from db.ids import derived_id
from db.rules import LIVE_CHANNELS
from db.shapes import Case, CaseEvent, CaseTag

_AT_ONCE: Final = 150
"""Cases per transaction: what an interruption costs at most, and one entry of the shared log."""
_PLACES: Final = {name: place + 1 for place, name in enumerate(FIELDS)} | {"opened": 0, "touched": len(FIELDS) + 1}
_LAST_BEAT: Final = 0xFFF // 16
_CHANNEL: Final = "e-mail"
"""Of cases whose source does not say: not a live one, which would count as answered at once."""
_EVENTS: Final = (
    "SELECT case_id, id, at, field, old, new, old_id, new_id, author_id, reason, source_row FROM case_event "
    "WHERE case_id IN ({marks}) ORDER BY at, id"
)
_CASES: Final = (
    "SELECT external_ref, id, title, description, requester_id, place_id, updated_at, resolution, cause "
    'FROM "case" WHERE external_source = ? AND external_ref IN ({marks})'
)


class _Stored(NamedTuple):
    """An event that is in the database."""

    id: bytes
    at: int
    field: str
    old: Held
    new: Held
    author: bytes | None
    reason: str | None
    source_row: int | None


class _Batch(NamedTuple):
    """What one transaction collects before it writes: tables of new rows, and how many cases it changed."""

    cases: list[tuple[bytes, Mapping[str, Any]]]
    events: list[tuple[bytes, Mapping[str, Any]]]
    tags: list[tuple[bytes, Mapping[str, Any]]]


class Filing:
    """Files the cases of one source. `snapshots`: the file knows only what is true now, not what was (records)."""

    def __init__(self, context: Context, source: str, *, snapshots: bool = False) -> None:
        self._context, self._source, self._snapshots = context, source, snapshots
        self._kind = "import.cases" if snapshots else "import.events"

    def file(self, cases: Sequence[CaseRows], result: ImportResult, progress: Progress) -> None:
        """Write all cases, the earliest first, and count them in `result`. Errors: those of a transaction."""
        ordered = sorted(cases, key=lambda case: (_opening(case), case.steps[0].row))
        total = sum(len(case.steps) for case in ordered)
        done = 0
        for start in range(0, len(ordered), _AT_ONCE):
            part = ordered[start : start + _AT_ONCE]
            with self._context.replica.transaction(
                self._kind, self._context.me, at=self._context.clock(), undoable=False
            ) as tx:
                created, updated = self._part(tx, part)
            result.created += created
            result.updated += updated
            result.skipped += len(part) - created - updated
            done += sum(len(case.steps) for case in part)
            progress(done, total)

    def _part(self, tx: Transaction, part: Sequence[CaseRows]) -> tuple[int, int]:
        known = {row[0]: row for row in tx.query(_CASES.format(marks=_marks(part)),
                                                 [self._source, *(case.ref for case in part)])}  # fmt: skip
        stored: dict[bytes, list[_Stored]] = {row[1]: [] for row in known.values()}
        if known:
            for row in tx.query(_EVENTS.format(marks=_marks(stored)), list(stored)):
                case_id, event_id, at, field, old, new, old_id, new_id, author, reason, source_row = row
                refers = field in REFERENCES
                stored[case_id].append(
                    _Stored(event_id, at, field, old_id if refers else old, new_id if refers else new, author, reason,
                            source_row)
                )  # fmt: skip
        batch = _Batch([], [], [])
        created = updated = 0
        for case in part:
            row = known.get(case.ref)
            if row is None:
                self._create(case, batch)
                created += 1
            else:
                updated += self._update(tx, case, row, stored[row[1]], batch)
        tx.insert_many(Case, batch.cases)
        tx.insert_many(CaseEvent, batch.events)
        tx.insert_many(CaseTag, batch.tags)
        return created, updated

    # -- a new case ---------------------------------------------------------------------------------------------------
    def _create(self, case: CaseRows, batch: _Batch) -> None:
        life = Life()
        happenings = history(life, case.steps, case.kind, case.opened_at)
        opened_at = life.opened_at or 0
        case_id = derived_id(opened_at, self._source, case.ref)
        title, description = case.texts[-1]
        channel = case.channel or _CHANNEL
        row = {
            "kind": case.kind, "title": title, "description": description, "channel": channel,
            "requester_id": case.requester, "place_id": case.place, "opened_at": opened_at,
            "first_response_at": opened_at if channel in LIVE_CHANNELS else None,
            "external_source": self._source, "external_ref": case.ref, **_state(life), **_words(case),
        }  # fmt: skip
        batch.cases.append((case_id, row))
        batch.events.extend(self._event(case_id, case.ref, happening) for happening in happenings)
        batch.tags.extend(_tag(case_id, tag) for tag in case.tags)

    def _event(self, case_id: bytes, ref: str, happening: Happening) -> tuple[bytes, dict[str, Any]]:
        """The event's id and row. The id holds what was changed to what, and the order within one instant."""
        at, beat, field, old, new, author, reason, row = happening
        what = new.hex() if isinstance(new, bytes) else new or ""
        event_id = derived_id(
            at, self._source, ref, field, str(beat), what, sequence=min(beat, _LAST_BEAT) * 16 + _PLACES[field]
        )
        values: dict[str, Any] = {"case_id": case_id, "at": at, "field": field, "source_row": row}
        before, after = ("old_id", "new_id") if field in REFERENCES else ("old", "new")
        for column, value in ((before, old), (after, new), ("author_id", author), ("reason", reason)):
            if value is not None:
                values[column] = value
        return event_id, values

    # -- a known case -------------------------------------------------------------------------------------------------
    def _update(self, tx: Transaction, case: CaseRows, row: Any, stored: Sequence[_Stored], batch: _Batch) -> bool:
        """Bring a case up to what the file says; False when that was known."""
        case_id: bytes = row[1]
        imported = [event for event in stored if event.source_row is not None]
        wanted, gone = self._wanted(case, case_id, imported)
        there = {event.id: event for event in imported}
        added = {event_id: values for event_id, values in wanted.items() if event_id not in there}
        amended = {
            event_id: values
            for event_id, values in wanted.items()
            if event_id in there and _differs(there[event_id], values)
        }
        columns = self._columns(case, row)
        if not (added or amended or gone or (columns and self._snapshots)):
            return False
        batch.events.extend(added.items())
        for event_id, values in amended.items():
            tx.update(CaseEvent, event_id, **_amendment(there[event_id].field, values))
        for event_id in gone:
            tx.delete(CaseEvent, event_id)
        life = Life().replay(_merged(stored, {**added, **amended}, gone))
        life.updated_at = max(life.updated_at, row[6])
        tx.update(Case, case_id, **_state(life), **columns)
        batch.tags.extend(
            (tag_id, values)
            for tag_id, values in (_tag(case_id, tag) for tag in case.tags)
            if tx.get(CaseTag, tag_id) is None
        )
        return True

    def _wanted(
        self, case: CaseRows, case_id: bytes, imported: Sequence[_Stored]
    ) -> tuple[dict[bytes, dict[str, Any]], list[bytes]]:
        """(the events the file's rows make, by id; ids of imported events that a corrected file takes back)."""
        first, last = case.steps[0].at, max(step.at for step in case.steps)
        if self._snapshots:
            return self._since(case, case_id, imported), []
        events = dict(self._event(case_id, case.ref, h) for h in history(Life(), case.steps, case.kind, case.opened_at))
        goes_on = any(event.at < first and event.id not in events for event in imported)
        if goes_on:
            life = Life().replay((e.at, e.field, e.new, e.reason) for e in imported if e.at < first)
            events = dict(self._event(case_id, case.ref, h) for h in changed(life, case.steps))
        gone = [
            event.id
            for event in imported
            if event.id not in events and (event.at > first or not goes_on) and event.at <= last
        ]
        return events, gone

    def _since(self, case: CaseRows, case_id: bytes, imported: Sequence[_Stored]) -> dict[bytes, dict[str, Any]]:
        """What a snapshot says beyond the imported history: its later steps, and in any case its last."""
        life = Life().replay((e.at, e.field, e.new, e.reason) for e in imported)
        later = [step for step in case.steps[1:-1] if step.at > life.updated_at]
        happenings = changed(life, [*later, case.steps[-1]], mark_unchanged=False)
        return dict(self._event(case_id, case.ref, happening) for happening in happenings)

    @staticmethod
    def _columns(case: CaseRows, row: Any) -> dict[str, Any]:
        """Columns without events: filled where they are empty; a text only where an earlier import wrote it."""
        _, _, title, description, requester, place, _, resolution, cause = row
        out: dict[str, Any] = {}
        if requester is None and case.requester is not None:
            out["requester_id"] = case.requester
        if place is None and case.place is not None:
            out["place_id"] = case.place
        earlier, latest = case.texts[:-1], case.texts[-1]
        if title != latest[0] and title in [text[0] for text in earlier]:
            out["title"] = latest[0]
        if description != latest[1] and description in [text[1] for text in earlier]:
            out["description"] = latest[1]
        words = _words(case)
        out |= {name: words[name] for name, held in (("resolution", resolution), ("cause", cause))
                if held is None and words.get(name)}  # fmt: skip
        return out


def _opening(case: CaseRows) -> int:
    first = case.steps[0].at
    return first if case.opened_at is None else min(case.opened_at, first)


def _marks(listed: Sequence[Any] | Mapping[Any, Any]) -> str:
    return ", ".join("?" * len(listed))


def _words(case: CaseRows) -> dict[str, str]:
    return {name: case.extra[name] for name in ("resolution", "cause") if case.extra.get(name)}


def _tag(case_id: bytes, tag: str) -> tuple[bytes, dict[str, Any]]:
    return derived_id(0, "tag", case_id.hex(), tag), {"case_id": case_id, "tag": tag}


def _state(life: Life) -> dict[str, Any]:
    """The columns of a case that follow from its events."""
    held = dict(zip(FIELDS, life.values, strict=True))
    return {
        "status": life.status, "waiting_on": held["waiting_on"], "severity": int(str(held["severity"])),
        "tier": int(str(held["tier"])[0]), "queue_id": held["queue"], "department_id": held["department"],
        "product_id": held["product"], "work_owner_id": held["work_owner"], "contact_owner_id": held["contact_owner"],
        "ended_at": life.ended_at, "resolved_at": life.resolved_at, "updated_at": life.updated_at,
        "reopen_count": life.reopened,
    }  # fmt: skip


def _differs(event: _Stored, values: Mapping[str, Any]) -> bool:
    return (event.old, event.author, event.reason) != tuple(_amendment(event.field, values).values())


def _amendment(field: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What may differ between two events of one id: what was before, by whom, in which words."""
    old = "old_id" if field in REFERENCES else "old"
    return {column: values.get(column) for column in (old, "author_id", "reason")}


def _merged(
    stored: Sequence[_Stored], written: Mapping[bytes, Mapping[str, Any]], gone: Sequence[bytes]
) -> list[tuple[int, str, Held, str | None]]:
    """All events of a case as they are afterwards, in order: (at, field, new, reason)."""
    out = {event.id: (event.at, event.field, event.new, event.reason) for event in stored if event.id not in set(gone)}
    for event_id, values in written.items():
        new = values.get("new_id" if values["field"] in REFERENCES else "new")
        out[event_id] = (values["at"], values["field"], new, values.get("reason"))
    return [out[event_id] for event_id in sorted(out, key=lambda event_id: (out[event_id][0], event_id))]
