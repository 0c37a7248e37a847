"""Cases and everything that hangs on them. The indexes are made for the queue views (see app.work.views)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ROW_NUMBERS, Base, Shared, merges, one_of, ref
from db.rules import (
    ACTIVITIES,
    AUDIENCES,
    CASE_KINDS,
    CHANNELS,
    DOCUMENTED,
    ESCALATED_TO,
    EVENT_FIELDS,
    HANDOVERS,
    LINK_KINDS,
    NO_DUE,
    OUTCOMES,
    RETURNS,
    STATUSES,
    TIMELINE_KINDS,
    WAITING_ON,
)

_OPEN = text("ended_at IS NULL")
COUNTED = ("status", "severity", "tier", "waiting_on", "queue_id", "work_owner_id")
_FOLLOWS = {"local": True, "mirrored": True}
"""A column that every replica works out for itself, so that it never travels; reporting tools get it all the same."""


def _open_index(name: str, *columns: str) -> Index:
    """An index over unresolved cases only: small, however many cases there ever were. One by which cases are counted
    without looking at them needs `ended_at` too, although it is always NULL there: SQLite checks it."""
    return Index(f"ix_case_open_{name}", *columns, sqlite_where=_OPEN)


class Case(Base):
    """One request for help, from the call to the closed file.

    `rid` is this replica's own row number: queue views hold arrays of it, the search index is keyed by it; it is never
    shared. `number` is given by the fold of the log (max + 1), never by a client. `ended_at` is set while the case is
    resolved, closed, cancelled or merged, so "open" is an index. `response_due_at`, `fix_due_at`, `due_at` (the next
    deadline that counts; `rules.NO_DUE`: none) and `warn_at` (three quarters of its time are used up) follow from the
    case's story, the calendars and the targets; each replica computes them for itself (db.due_times). What had been
    promised when a case ended is a fact and is shared: `response_promised_at`, `fix_promised_at`, NULL while it is
    open. `hops` counts how often the case changed hands after its first owner or queue.
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("id"),
        one_of("kind", CASE_KINDS),
        one_of("status", STATUSES),
        one_of("channel", CHANNELS),
        one_of("waiting_on", WAITING_ON),
        one_of("outcome", OUTCOMES),
        one_of("documented", DOCUMENTED),
        one_of("escalated_to", ESCALATED_TO),
        CheckConstraint("tier BETWEEN 1 AND 3", name="tier"),
        CheckConstraint("(ended_at IS NULL) = (status IN ('new', 'in progress', 'waiting'))", name="ended"),
        _open_index("queue", "queue_id", "severity", "due_at", "ended_at"),
        _open_index("severity", "severity", "due_at", "ended_at"),
        # By which is late or warns: also counted by queue, department and owner from here.
        _open_index("due", "due_at", "warn_at", "queue_id", "department_id", "work_owner_id", "ended_at"),
        # What one person or department has is sorted when it is asked for. Each index that holds the due time costs a
        # tenth of the time in which a changed calendar is followed.
        _open_index("work_owner", "work_owner_id", "queue_id", "ended_at"),
        _open_index("contact_owner", "contact_owner_id", "ended_at"),
        _open_index("department", "department_id", "severity", "ended_at"),
        _open_index("age", "waiting_on", "opened_at", "ended_at"),
        _open_index("queue_updated", "queue_id", "updated_at"),
        # All cases, open or not, are counted by each of these columns from here. The condition holds for every case and
        # stands only in the query this is for: SQLite, which keeps no statistics, would take the index for the best way
        # to the few open ones of a status, too.
        Index("ix_case_counted", *COUNTED, sqlite_where=text("description IS NOT NULL")),
        # What nobody has begun with: few among all that are open.
        Index("ix_case_new", "opened_at", sqlite_where=text("status = 'new'")),
        # Flags that few cases have: asked for each department when somebody is to stand in for its contact.
        Index("ix_case_private", "department_id", sqlite_where=text(
            "ended_at IS NULL AND (executive_complaint = 1 OR abusive_contact = 1)")),
        Index("ix_case_opened_at", "opened_at"),
        Index("ix_case_ended_at", "ended_at", sqlite_where=text("ended_at IS NOT NULL")),
        Index("ix_case_updated_at", "updated_at"),
        Index("ix_case_number", "number", unique=True),
        Index("ix_case_requester_id", "requester_id"),
        Index("ix_case_asset_id", "asset_id", sqlite_where=text("asset_id IS NOT NULL")),
        Index("ix_case_place_opened", "place_id", "opened_at", sqlite_where=text("place_id IS NOT NULL")),
        Index("ix_case_department_opened", "department_id", "opened_at"),
        Index("ix_case_product_opened", "product_id", "opened_at"),
        Index("ix_case_external", "external_source", "external_ref", unique=True,
              sqlite_where=text("external_ref IS NOT NULL")),
        ROW_NUMBERS,
    )  # fmt: skip
    rid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, info={"local": True})
    id: Mapped[bytes] = mapped_column(LargeBinary(16))
    number: Mapped[int | None] = mapped_column(info={"folded": True})
    kind: Mapped[str] = mapped_column(default="incident")
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="", info=merges("text"))
    channel: Mapped[str] = mapped_column(default="phone")
    requester_id: Mapped[bytes | None] = ref("requester")
    department_id: Mapped[bytes | None] = ref("department")
    product_id: Mapped[bytes | None] = ref("product")
    place_id: Mapped[bytes | None] = ref("place")
    asset_id: Mapped[bytes | None] = ref("asset")
    severity: Mapped[int]
    tier: Mapped[int] = mapped_column(default=1, info=merges("cas"))
    queue_id: Mapped[bytes | None] = ref("queue", rule="cas")
    contact_owner_id: Mapped[bytes | None] = ref("analyst", rule="cas")
    work_owner_id: Mapped[bytes | None] = ref("analyst", rule="cas")
    route_reason: Mapped[str | None] = mapped_column(info=merges("derived"))
    status: Mapped[str] = mapped_column(default="new", info=merges("status"))
    waiting_on: Mapped[str | None] = mapped_column(info=merges("scalar with status"))
    next_step: Mapped[str | None]
    next_step_by_id: Mapped[bytes | None] = ref("analyst")
    next_step_at: Mapped[int | None]
    opened_at: Mapped[int]
    first_response_at: Mapped[int | None] = mapped_column(info=merges("earliest"))
    resolved_at: Mapped[int | None] = mapped_column(info=merges("with status"))
    ended_at: Mapped[int | None] = mapped_column(info=merges("with status"))
    updated_at: Mapped[int] = mapped_column(info=merges("latest"))
    response_promised_at: Mapped[int | None] = mapped_column(info=merges("with status"))
    fix_promised_at: Mapped[int | None] = mapped_column(info=merges("with status"))
    response_due_at: Mapped[int | None] = mapped_column(info=_FOLLOWS)
    fix_due_at: Mapped[int | None] = mapped_column(info=_FOLLOWS)
    due_at: Mapped[int] = mapped_column(default=NO_DUE, server_default=str(NO_DUE), info=_FOLLOWS)
    warn_at: Mapped[int | None] = mapped_column(info=_FOLLOWS)
    resolution: Mapped[str | None] = mapped_column(info=merges("text"))
    cause: Mapped[str | None] = mapped_column(info=merges("text"))
    permanent_fix_wanted: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    documented: Mapped[str | None]
    workaround: Mapped[str | None] = mapped_column(info=merges("text"))
    """Of a problem: what its incidents can do meanwhile."""
    escalated_to: Mapped[str | None]
    """Outside the help desk's own tiers: its developers or a supplier; `escalated_ref` is their number for it."""
    escalated_ref: Mapped[str | None]
    reopen_count: Mapped[int] = mapped_column(default=0, info=merges("counter with status"))
    hops: Mapped[int] = mapped_column(default=0, info=merges("counter"))
    major: Mapped[bool] = mapped_column(default=False)
    executive_complaint: Mapped[bool] = mapped_column(default=False)
    outside_it: Mapped[bool] = mapped_column(default=False)
    abusive_contact: Mapped[bool] = mapped_column(default=False)
    external_source: Mapped[str | None] = mapped_column(info=merges("once"))
    external_ref: Mapped[str | None] = mapped_column(info=merges("once"))


def _case_ref() -> Mapped[bytes]:
    return ref("case", rule="once", index=True)


class TimelineEntry(Shared, Base):
    """What somebody wrote, said or did about a case."""

    __tablename__ = "timeline_entry"
    __table_args__ = (one_of("kind", TIMELINE_KINDS), one_of("audience", AUDIENCES))
    case_id: Mapped[bytes] = _case_ref()
    at: Mapped[int]
    kind: Mapped[str]
    audience: Mapped[str] = mapped_column(default="internal")
    author_id: Mapped[bytes | None] = ref("analyst")
    on_behalf_of_id: Mapped[bytes | None] = ref("analyst")
    text: Mapped[str] = mapped_column(info=merges("text"))
    counts_as_response: Mapped[bool] = mapped_column(default=False)


class CaseEvent(Shared, Base):
    """One change of one field of a case, the source of every metric. References stand in `old_id`/`new_id`, words and
    numbers in `old`/`new`."""

    __tablename__ = "case_event"
    __table_args__ = (
        one_of("field", EVENT_FIELDS),
        Index("ix_case_event_field_at", "field", "at"),
        Index("ix_case_event_case_field", "case_id", "field"),
    )
    case_id: Mapped[bytes] = ref("case", rule="once")
    at: Mapped[int]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    old_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    new_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    author_id: Mapped[bytes | None] = ref("analyst")
    on_behalf_of_id: Mapped[bytes | None] = ref("analyst")
    reason: Mapped[str | None]
    source_row: Mapped[int | None]
    """Row of the imported log this came from (1 is the first row after the header)."""


class TimeEntry(Shared, Base):
    """Minutes worked. A correction is a new row that names the one it replaces, so the history stays."""

    __tablename__ = "time_entry"
    __table_args__ = (
        one_of("activity", ACTIVITIES),
        CheckConstraint("minutes >= 0", name="minutes"),
        Index("ix_time_entry_work_date", "work_date"),
    )
    case_id: Mapped[bytes] = _case_ref()
    analyst_id: Mapped[bytes] = ref("analyst")
    minutes: Mapped[int]
    work_date: Mapped[str]
    activity: Mapped[str] = mapped_column(default="other")
    note: Mapped[str | None]
    entered_at: Mapped[int]
    replaces_id: Mapped[bytes | None] = ref("time_entry", rule="once")


class Attachment(Shared, Base):
    """A file that belongs to a case or an article, named by the hash of its content.

    `chunks`: the SHA-256 of each 4 MiB of it, one after the other; they lie on the store apart from the log (db.blobs).
    """

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (article_id IS NULL)", name="one_owner"),)
    case_id: Mapped[bytes | None] = ref("case", rule="once", index=True)
    article_id: Mapped[bytes | None] = ref("article", rule="once", index=True)
    entry_id: Mapped[bytes | None] = ref("timeline_entry", rule="once")
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    chunks: Mapped[bytes]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    added_by_id: Mapped[bytes | None] = ref("analyst")
    added_at: Mapped[int]


class CaseLink(Shared, Base):
    """`case_id` is a duplicate / child / incident of the problem / related to `other_id`."""

    __tablename__ = "case_link"
    __table_args__ = (one_of("kind", LINK_KINDS), UniqueConstraint("case_id", "other_id", "kind"))
    case_id: Mapped[bytes] = ref("case", rule="once")
    other_id: Mapped[bytes] = ref("case", rule="once", index=True)
    kind: Mapped[str]
    made_by_id: Mapped[bytes | None] = ref("analyst")
    made_at: Mapped[int]


class CaseTag(Shared, Base):
    """A tag on a case; its id is derived from both, so two people adding the same tag agree."""

    __tablename__ = "case_tag"
    __table_args__ = (UniqueConstraint("case_id", "tag"), Index("ix_case_tag_tag", "tag"))
    case_id: Mapped[bytes] = ref("case", rule="once")
    tag: Mapped[str]


class CaseWatcher(Shared, Base):
    """An analyst who wants to be told what happens to a case."""

    __tablename__ = "case_watcher"
    __table_args__ = (UniqueConstraint("case_id", "analyst_id"),)
    case_id: Mapped[bytes] = ref("case", rule="once")
    analyst_id: Mapped[bytes] = ref("analyst", index=True)


class Mention(Shared, Base):
    """An analyst was named in a note (@Jo Roth) and should look at it."""

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("entry_id", "analyst_id"),)
    case_id: Mapped[bytes] = _case_ref()
    entry_id: Mapped[bytes] = ref("timeline_entry", rule="once")
    analyst_id: Mapped[bytes] = ref("analyst", index=True)
    by_id: Mapped[bytes | None] = ref("analyst")
    at: Mapped[int]


class Reminder(Shared, Base):
    """Come back to this case then. `hides`: until then it is out of that analyst's own lists (snoozed)."""

    __tablename__ = "reminder"
    case_id: Mapped[bytes] = _case_ref()
    analyst_id: Mapped[bytes] = ref("analyst", index=True)
    at: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    hides: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool] = mapped_column(default=False)


class Satisfaction(Shared, Base):
    """What the requester said about it, 1 to 5."""

    __tablename__ = "satisfaction"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)
    case_id: Mapped[bytes] = _case_ref()
    score: Mapped[int]
    words: Mapped[str | None]
    at: Mapped[int]


class Handover(Shared, Base):
    """What becomes of one case while its owner is away, and after the return. Its id is derived from absence and case.

    "hand over": `to_id` does it meanwhile; "watch": looks after it and acts if it must be; "stays waiting": nobody has
    to. It counts while the absence lasts, without anybody switching it on or off.
    """

    __tablename__ = "handover"
    __table_args__ = (
        one_of("decision", HANDOVERS),
        one_of("returned", RETURNS),
        UniqueConstraint("absence_id", "case_id"),
    )
    absence_id: Mapped[bytes] = ref("absence", rule="once")
    case_id: Mapped[bytes] = _case_ref()
    owner_id: Mapped[bytes] = ref("analyst", rule="once")
    """Who is away."""
    to_id: Mapped[bytes | None] = ref("analyst", index=True)
    decision: Mapped[str] = mapped_column(default="watch")
    note: Mapped[str | None]
    """What the stand-in should know or do next."""
    made_by_id: Mapped[bytes | None] = ref("analyst", rule="once")
    made_at: Mapped[int] = mapped_column(info=merges("latest"))
    returned: Mapped[str | None]
    returned_at: Mapped[int | None] = mapped_column(info=merges("latest"))


class Template(Shared, Base):
    """A text with placeholders for the composer. `short`: a slash and this are typed for it."""

    __tablename__ = "template"
    __table_args__ = (one_of("audience", AUDIENCES), UniqueConstraint("name", "language"))
    name: Mapped[str]
    short: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    audience: Mapped[str] = mapped_column(default="requester")
    text: Mapped[str] = mapped_column(info=merges("text"))


class CallInterval(Shared, Base):
    """What the telephone system counted in one half hour."""

    __tablename__ = "call_interval"
    starts_at: Mapped[int] = mapped_column(unique=True)
    offered: Mapped[int]
    answered: Mapped[int]
    handle_seconds: Mapped[int | None]


class MetricTarget(Shared, Base):
    """What a metric should be, from a date."""

    __tablename__ = "metric_target"
    __table_args__ = (UniqueConstraint("metric", "valid_from"),)
    metric: Mapped[str]
    valid_from: Mapped[str]
    value: Mapped[float]


class FrozenReport(Shared, Base):
    """A weekly report as it was printed: its figures and the log position they were computed at."""

    __tablename__ = "frozen_report"
    __table_args__ = (Index("ix_frozen_report_week", "week"),)
    week: Mapped[str]
    department_id: Mapped[bytes | None] = ref("department")
    """The part of the desk it is about, if it is one: a department, a dedicated analyst's, a product."""
    analyst_id: Mapped[bytes | None] = ref("analyst")
    product_id: Mapped[bytes | None] = ref("product")
    log_seq: Mapped[int]
    made_at: Mapped[int]
    made_by_id: Mapped[bytes | None] = ref("analyst")
    comment: Mapped[str] = mapped_column(default="", info=merges("text"))
    figures: Mapped[str]
    document: Mapped[bytes | None] = mapped_column(info=merges("once"))
    """Its pages as PDF."""
