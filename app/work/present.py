"""One case as it is shown: in the editor, in JSON, on the command line. Frozen values; widgets never see rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.clocks import ClockState
from app.work.deadlines import Deadlines
from app.work.holds import Hold, hold
from db.ids import id_text, parse_id
from db.reader import Reader
from db.rules import NO_DUE


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: something written, or an event. Instants in ms UTC."""

    id: bytes
    at: int
    kind: str
    audience: str
    author: str
    on_behalf_of: str
    text: str
    counts: bool
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class TimeSpent:
    """Minutes booked."""

    id: bytes
    analyst: str
    minutes: int
    work_date: str
    activity: str
    note: str


@dataclass(frozen=True)
class AttachmentLine:
    """A file of the case. `entry_id`: the timeline entry it came with."""

    id: bytes
    name: str
    media_type: str
    size: int
    sha256: bytes
    entry_id: bytes | None = None


@dataclass(frozen=True)
class LinkLine:
    """Another case this one hangs together with. `kind` as in rules.LINK_KINDS; `outgoing`: this one is the first."""

    kind: str
    outgoing: bool
    id: bytes
    label: str
    title: str
    status: str


class Satisfied(NamedTuple):
    """What whoever asked said last about how it went: 1 to 5, and in words."""

    score: int
    words: str
    at: int


@dataclass(frozen=True)
class CaseView:
    """A whole case. `row` has the columns of the table; names are resolved beside it."""

    id: bytes
    rid: int
    row: dict[str, Any]
    names: dict[str, str]
    entries: tuple[Entry, ...]
    response: ClockState
    fix: ClockState
    links: tuple[LinkLine, ...]
    attachments: tuple[AttachmentLine, ...]
    times: tuple[TimeSpent, ...]
    tags: tuple[str, ...]
    watchers: tuple[bytes, ...]
    hold: Hold | None = None
    satisfied: Satisfied | None = None

    @property
    def number(self) -> int | None:
        """The number the log gave, None while provisional."""
        found: int | None = self.row["number"]
        return found

    @property
    def label(self) -> str:
        """The number or the provisional label."""
        return str(self.number) if self.number is not None else f"~{self.rid}"

    @property
    def minutes(self) -> int:
        """All minutes booked."""
        return sum(t.minutes for t in self.times)


_NAMED = {
    "queue": ("queue", "queue_id"), "department": ("department", "department_id"), "product": ("product", "product_id"),
    "place": ("place", "place_id"), "contact_owner": ("analyst", "contact_owner_id"),
    "work_owner": ("analyst", "work_owner_id"), "next_step_by": ("analyst", "next_step_by_id"),
}  # fmt: skip
_EVENT_KIND = {"queue": "queue", "work_owner": "analyst", "contact_owner": "analyst", "department": "department",
               "product": "product"}  # fmt: skip


class Presenter:
    """Reads whole cases on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, deadlines: Deadlines) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines

    def find(self, named: str) -> bytes:
        """The case that `1042`, `~7` or an id names. Errors: UserError."""
        text = named.strip()
        reader = self._context.reader
        if text.startswith("~") and text[1:].isdigit():
            found = reader.value('SELECT id FROM "case" WHERE rid = ?', (int(text[1:]),))
        elif text.lstrip("#").isdigit() and len(text) < 19:
            found = reader.value('SELECT id FROM "case" WHERE number = ?', (int(text.lstrip("#")),))
        else:
            found = reader.value('SELECT id FROM "case" WHERE id = ?', (parse_id(text),))
        if found is None:
            raise UserError(f"There is no case {named!r} here; look with `halldesk find`, or sync first.")
        return bytes(found)

    def case(self, case_id: bytes) -> CaseView:
        """Everything about a case from one snapshot. Errors: UserError when it is not here."""
        with self._context.reader.snapshot() as reader:
            found = reader.one('SELECT * FROM "case" WHERE id = ?', (case_id,))
            if found is None:
                raise UserError("This case is not here any more.")
            row = dict(found)
            requester = reader.one(
                "SELECT name, phone, email, language FROM requester WHERE id = ?", (row["requester_id"],)
            )
            asset = reader.one("SELECT tag, name FROM asset WHERE id = ?", (row["asset_id"],))
            names = {key: self._directory.name(kind, row[column]) for key, (kind, column) in _NAMED.items()}  # type: ignore[arg-type]
            names["requester"] = (requester["name"] or "") if requester else ""
            names["requester_phone"] = (requester["phone"] or "") if requester else ""
            names["requester_email"] = (requester["email"] or "") if requester else ""
            names["language"] = (requester["language"] if requester else None) or str(
                reader.value("SELECT language FROM department WHERE id = ?", (row["department_id"],))
                or self._context.language
            )
            names["asset"] = f"{asset['tag']} {asset['name']}".strip() if asset else ""
            response, fix = self._deadlines.clocks(reader.all, row, case_id, self._context.clock())
            return CaseView(
                id=case_id, rid=row["rid"], row=row, names=names, entries=tuple(self._entries(reader, case_id)),
                response=response, fix=fix, links=tuple(_links(reader, case_id)),
                attachments=tuple(
                    AttachmentLine(*r) for r in reader.all(
                        "SELECT id, name, media_type, size, sha256, entry_id FROM attachment WHERE case_id = ? "
                        "ORDER BY added_at, id",
                        (case_id,),
                    )
                ),
                times=tuple(self._times(reader, case_id)),
                tags=_first_column(reader, "SELECT tag FROM case_tag WHERE case_id = ? ORDER BY tag", case_id),
                watchers=_first_column(reader, "SELECT analyst_id FROM case_watcher WHERE case_id = ?", case_id),
                hold=self._hold(reader, row), satisfied=_satisfied(reader, case_id),
            )  # fmt: skip

    def _hold(self, reader: Reader, row: dict[str, Any]) -> Hold | None:
        """How long an open case may stay in its queue before it should go on."""
        rule = reader.one("SELECT hold_minutes, then_queue_id FROM queue WHERE id = ?", (row["queue_id"],))
        if rule is None or rule["hold_minutes"] is None or row["ended_at"] is not None:
            return None
        entered = reader.value(
            "SELECT max(at) FROM case_event WHERE case_id = ? AND field = 'queue' AND new_id = ?",
            (row["id"], row["queue_id"]),
        )
        query = reader.all
        return hold(
            self._deadlines.calendar(query, row["department_id"]), self._deadlines.facts(query, row, row["id"]),
            entered or row["opened_at"], rule["hold_minutes"], rule["then_queue_id"], self._context.clock(),
            self._deadlines.paused_by(query),
        )  # fmt: skip

    def _entries(self, reader: Any, case_id: bytes) -> list[Entry]:
        name = self._directory.name
        written = [
            Entry(r["id"], r["at"], r["kind"], r["audience"], name("analyst", r["author_id"]),
                  name("analyst", r["on_behalf_of_id"]), r["text"], bool(r["counts_as_response"]))
            for r in reader.all("SELECT * FROM timeline_entry WHERE case_id = ?", (case_id,))
        ]  # fmt: skip
        events = []
        for r in reader.all("SELECT * FROM case_event WHERE case_id = ? ORDER BY at, source_row, id", (case_id,)):
            kind = _EVENT_KIND.get(r["field"])
            old, new = (name(kind, r["old_id"]), name(kind, r["new_id"])) if kind else (r["old"] or "", r["new"] or "")  # type: ignore[arg-type]
            events.append(
                Entry(r["id"], r["at"], "event", "internal", name("analyst", r["author_id"]),
                      name("analyst", r["on_behalf_of_id"]), r["reason"] or "", False, r["field"], old, new)
            )  # fmt: skip
        # Stable: imported events of one instant stay in the order of their log, which their ids do not know.
        return sorted([*events, *written], key=lambda e: e.at)

    def _times(self, reader: Any, case_id: bytes) -> list[TimeSpent]:
        return [
            TimeSpent(r["id"], self._directory.name("analyst", r["analyst_id"]), r["minutes"], r["work_date"],
                      r["activity"], r["note"] or "")
            for r in reader.all(
                "SELECT t.* FROM time_entry t WHERE t.case_id = ? AND NOT EXISTS "
                "(SELECT 1 FROM time_entry x WHERE x.replaces_id = t.id) ORDER BY t.work_date, t.id",
                (case_id,),
            )
        ]  # fmt: skip

    # -- JSON contract (interface.md) ---------------------------------------------------------------------------------
    def as_json(self, view: CaseView, *, full: bool = False) -> dict[str, Any]:
        """A case as the command line prints it; `full` adds what `case show` adds."""
        row, names = view.row, view.names
        out: dict[str, Any] = {
            "id": id_text(view.id), "number": view.number, "label": view.label, "title": row["title"],
            "kind": row["kind"], "status": row["status"], "waiting_on": row["waiting_on"], "severity": row["severity"],
            "tier": row["tier"], "queue": names["queue"] or None, "department": names["department"] or None,
            "product": names["product"] or None, "requester": names["requester"] or None,
            "place": names["place"] or None, "asset": names["asset"] or None, "channel": row["channel"],
            "contact_owner": names["contact_owner"] or None, "work_owner": names["work_owner"] or None,
            "next_step": {"what": row["next_step"], "who": names["next_step_by"] or None,
                          "when": _iso(row["next_step_at"])} if row["next_step"] or row["next_step_by_id"] else None,
            "opened_at": _iso(row["opened_at"]), "resolved_at": _iso(row["resolved_at"]),
            "due": {"response": _iso(row["response_due_at"]), "fix": _iso(row["fix_due_at"]),
                    "warn": _iso(row["warn_at"])},
            "route_reason": row["route_reason"], "hops": row["hops"],
            "escalated_to": row["escalated_to"], "saved": view.number is not None,
        }  # fmt: skip
        if full:
            out |= {
                "description": row["description"], "resolution": row["resolution"], "cause": row["cause"],
                "outcome": row["outcome"], "documented": row["documented"], "workaround": row["workaround"],
                "permanent_fix_wanted": bool(row["permanent_fix_wanted"]), "their_number": row["escalated_ref"],
                "hold": None if view.hold is None else {
                    "minutes_left": round(view.hold.left_ms / times.MINUTE_MS, 3), "until": _iso(view.hold.until),
                    "then": self._directory.name("queue", view.hold.then) or None,
                },
                "timeline": [
                    {"at": _iso(e.at), "kind": e.kind, "audience": e.audience, "author": e.author or None,
                     "on_behalf_of": e.on_behalf_of or None, "text": e.text, "counts_as_response": e.counts}
                    for e in view.entries if e.kind != "event"
                ],
                "events": [
                    {"at": _iso(e.at), "field": e.field, "old": e.old or None, "new": e.new or None,
                     "author": e.author or None, "on_behalf_of": e.on_behalf_of or None, "reason": e.text or None}
                    for e in view.entries if e.kind == "event"
                ],
                "clocks": {"response": view.response.as_json(), "fix": view.fix.as_json()},
                "links": [{"kind": link.kind, "outgoing": link.outgoing, "case": link.label, "title": link.title,
                           "status": link.status} for link in view.links],
                "attachments": [{"name": a.name, "type": a.media_type, "size": a.size, "sha256": a.sha256.hex()}
                                for a in view.attachments],
                "minutes": view.minutes,
                "times": [{"analyst": t.analyst, "minutes": t.minutes, "work_date": t.work_date, "activity": t.activity}
                          for t in view.times],
                "tags": list(view.tags),
                "satisfaction": None if view.satisfied is None else {
                    "score": view.satisfied.score, "words": view.satisfied.words or None,
                    "at": _iso(view.satisfied.at),
                },
            }  # fmt: skip
        return out


def _satisfied(reader: Reader, case_id: bytes) -> Satisfied | None:
    row = reader.one(
        "SELECT score, coalesce(words, ''), at FROM satisfaction WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT 1",
        (case_id,),
    )
    return None if row is None else Satisfied(*row)


def _first_column(reader: Reader, sql: str, case_id: bytes) -> tuple[Any, ...]:
    return tuple(row[0] for row in reader.all(sql, (case_id,)))


def _iso(ms: int | None) -> str | None:
    return None if ms is None or ms == NO_DUE else times.iso_utc(ms)


def _links(reader: Any, case_id: bytes) -> list[LinkLine]:
    out = []
    for outgoing, mine, theirs in ((True, "case_id", "other_id"), (False, "other_id", "case_id")):
        for r in reader.all(
            f"SELECT l.kind, c.id, c.number, c.rid, c.title, c.status FROM case_link l "
            f'JOIN "case" c ON c.id = l.{theirs} WHERE l.{mine} = ? ORDER BY l.made_at',
            (case_id,),
        ):
            label = str(r["number"]) if r["number"] is not None else f"~{r['rid']}"
            out.append(LinkLine(r["kind"], outgoing, r["id"], label, r["title"], r["status"]))
    return out
