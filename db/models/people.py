"""The desk itself, its people, the departments they serve, places, machines and products, and who may write."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Shared, merges, one_of, ref
from db.rules import ABSENCE_KINDS, QUEUE_KINDS, ROLES, SUPPORT_LEVELS


class Site(Shared, Base):
    """The help desk: one row, made when it is founded."""

    __tablename__ = "site"
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    language: Mapped[str] = mapped_column(default="en")
    founded_at: Mapped[int] = mapped_column(info=merges("once"))
    schema: Mapped[int] = mapped_column(default=1, info=merges("cas"))
    """Of the store's tables; raised by an upgrade entry only (db.upgrades)."""


class SiteSetting(Shared, Base):
    """A setting of the whole desk, as JSON text. Its id is derived from its key."""

    __tablename__ = "site_setting"
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Calendar(Shared, Base):
    """Working time: weekly shifts (JSON, see app.work.calendars), public holidays of a country and region."""

    __tablename__ = "calendar"
    name: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str]
    shifts: Mapped[str]
    country: Mapped[str | None]
    region: Mapped[str | None]


class ClosedDay(Shared, Base):
    """A day on which a calendar's department is closed although no public holiday says so."""

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("calendar_id", "day"),)
    calendar_id: Mapped[bytes] = ref("calendar")
    day: Mapped[str]
    reason: Mapped[str | None]


class Severity(Shared, Base):
    """How bad it is: rank 1 is the worst. Targets in working minutes of the department's calendar."""

    __tablename__ = "severity"
    rank: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    response_minutes: Mapped[int | None]
    fix_minutes: Mapped[int | None]


class SeverityOverride(Shared, Base):
    """A department that tolerates less (or more) than the severity's own targets."""

    __tablename__ = "severity_override"
    __table_args__ = (UniqueConstraint("department_id", "severity"),)
    department_id: Mapped[bytes] = ref("department")
    severity: Mapped[int]
    response_minutes: Mapped[int | None]
    fix_minutes: Mapped[int | None]


class Department(Shared, Base):
    """A customer of the help desk."""

    __tablename__ = "department"
    __table_args__ = (CheckConstraint("significance IN (1, 2)", name="significance"),)
    name: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[bytes | None] = ref("department")
    cost_centre: Mapped[str | None]
    headcount: Mapped[int | None]
    language: Mapped[str | None]
    calendar_id: Mapped[bytes | None] = ref("calendar")
    significance: Mapped[int] = mapped_column(default=2)
    sponsor: Mapped[str | None]
    review_date: Mapped[str | None]
    dossier: Mapped[str] = mapped_column(default="", info=merges("text"))
    active: Mapped[bool] = mapped_column(default=True)
    external_ref: Mapped[str | None]


class DossierVersion(Shared, Base):
    """The dossier of a department as somebody saved it. The first, without an author, is how it was before anybody
    changed it here; its id is derived from the department."""

    __tablename__ = "dossier_version"
    department_id: Mapped[bytes] = ref("department", rule="once", index=True)
    at: Mapped[int]
    author_id: Mapped[bytes | None] = ref("analyst")
    on_behalf_of_id: Mapped[bytes | None] = ref("analyst")
    text: Mapped[str]


class Place(Shared, Base):
    """A hall, a line, an office: where something stands or somebody calls from."""

    __tablename__ = "place"
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="room")
    parent_id: Mapped[bytes | None] = ref("place")
    department_id: Mapped[bytes | None] = ref("department")


class Product(Shared, Base):
    """An application, service or equipment type the desk supports."""

    __tablename__ = "product"
    __table_args__ = (one_of("support", SUPPORT_LEVELS), CheckConstraint("needs_level BETWEEN 1 AND 3", name="needs"))
    name: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[bytes | None] = ref("product")
    launch_date: Mapped[str | None]
    support: Mapped[str] = mapped_column(default="supported")
    queue_id: Mapped[bytes | None] = ref("queue")
    before_contact: Mapped[bool] = mapped_column(default=False)
    """Routing rule 3: a specialist works at once, the contact owner stays who he is."""
    needs_level: Mapped[int] = mapped_column(default=1)
    """The skill an analyst must at least have to get a case of it by rule."""
    active: Mapped[bool] = mapped_column(default=True)


class Asset(Shared, Base):
    """A machine, PC or printer with a tag somebody can read out on the phone."""

    __tablename__ = "asset"
    tag: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    product_id: Mapped[bytes | None] = ref("product")
    department_id: Mapped[bytes | None] = ref("department")
    place_id: Mapped[bytes | None] = ref("place", index=True)
    serial: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class Requester(Shared, Base):
    """Whoever asks: a name or at least a place."""

    __tablename__ = "requester"
    __table_args__ = (
        CheckConstraint("name IS NOT NULL OR place_id IS NOT NULL", name="name_or_place"),
        Index("ix_requester_external_ref", "external_ref", unique=True),
        Index("ix_requester_name", "name"),
    )
    name: Mapped[str | None]
    place_id: Mapped[bytes | None] = ref("place")
    department_id: Mapped[bytes | None] = ref("department")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    external_ref: Mapped[str | None]


class Analyst(Shared, Base):
    """Somebody who works cases. Inactive analysts stay, because history names them."""

    __tablename__ = "analyst"
    __table_args__ = (one_of("role", ROLES), CheckConstraint("tier BETWEEN 1 AND 3", name="tier"))
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(default="analyst")
    tier: Mapped[int] = mapped_column(default=1)
    languages: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    phone: Mapped[str | None]
    calendar_id: Mapped[bytes | None] = ref("calendar")
    active: Mapped[bool] = mapped_column(default=True)


class Skill(Shared, Base):
    """How well an analyst knows a product: 1 knows it, 2 works it alone, 3 teaches it."""

    __tablename__ = "skill"
    __table_args__ = (
        UniqueConstraint("analyst_id", "product_id"),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
    )
    analyst_id: Mapped[bytes] = ref("analyst")
    product_id: Mapped[bytes] = ref("product", index=True)
    level: Mapped[int]
    last_used: Mapped[str | None]


class Rate(Shared, Base):
    """An analyst's hourly rate in cents, valid from a date."""

    __tablename__ = "rate"
    __table_args__ = (UniqueConstraint("analyst_id", "valid_from"),)
    analyst_id: Mapped[bytes] = ref("analyst")
    valid_from: Mapped[str]
    cents: Mapped[int]


class Queue(Shared, Base):
    """Where a case waits and who is responsible. `hold_minutes`: how long (working minutes) a case may stay here before
    it should go on to `then_queue_id`."""

    __tablename__ = "queue"
    __table_args__ = (one_of("kind", QUEUE_KINDS), CheckConstraint("tier BETWEEN 1 AND 3", name="tier"))
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    tier: Mapped[int] = mapped_column(default=1)
    department_id: Mapped[bytes | None] = ref("department")
    description: Mapped[str] = mapped_column(default="", info=merges("text"))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    hold_minutes: Mapped[int | None]
    then_queue_id: Mapped[bytes | None] = ref("queue")


class QueueMember(Shared, Base):
    """An analyst in a queue; one analyst may be in many."""

    __tablename__ = "queue_member"
    __table_args__ = (UniqueConstraint("queue_id", "analyst_id"),)
    queue_id: Mapped[bytes] = ref("queue")
    analyst_id: Mapped[bytes] = ref("analyst", index=True)
    level: Mapped[int] = mapped_column(default=2)
    schedulable: Mapped[bool] = mapped_column(default=True)


class Coverage(Shared, Base):
    """Who is the single contact of a department, and who stands in."""

    __tablename__ = "coverage"
    department_id: Mapped[bytes] = ref("department", index=True)
    primary_id: Mapped[bytes] = ref("analyst", rule="cas")
    stand_in1_id: Mapped[bytes | None] = ref("analyst", rule="cas")
    stand_in2_id: Mapped[bytes | None] = ref("analyst", rule="cas")
    queue_id: Mapped[bytes | None] = ref("queue")
    valid_from: Mapped[str]
    valid_to: Mapped[str | None]
    why: Mapped[str | None]
    review_date: Mapped[str | None]
    swap_day: Mapped[str | None]
    """The next day on which primary and first stand-in change places, so that the stand-in has done it before it
    matters."""
    predecessor_id: Mapped[bytes | None] = ref("analyst", rule="once")
    """Who had the department before; with `confirmed_at` empty the primary has not taken over the dossier yet."""
    confirmed_at: Mapped[int | None] = mapped_column(info=merges("once"))


class Absence(Shared, Base):
    """An analyst is away from a date, until a date or open. An absence that was taken back ends before it begins."""

    __tablename__ = "absence"
    __table_args__ = (one_of("kind", ABSENCE_KINDS),)
    analyst_id: Mapped[bytes] = ref("analyst", index=True)
    from_day: Mapped[str]
    to_day: Mapped[str | None]
    kind: Mapped[str]
    entered_by_id: Mapped[bytes | None] = ref("analyst")
    coverage_id: Mapped[bytes | None] = ref("coverage", rule="once")
    """The coverage by which a colleague may enter it: both stand in it (db.authority)."""
    confirmed_at: Mapped[int | None] = mapped_column(info=merges("latest"))
    """When somebody last said that it still goes on; of one without an end."""
    note: Mapped[str | None]


class Acknowledgement(Shared, Base):
    """A stand-in knows of an absence and will be there. Its id is derived from both."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("absence_id", "analyst_id"),)
    absence_id: Mapped[bytes] = ref("absence", rule="once")
    analyst_id: Mapped[bytes] = ref("analyst", rule="once")
    at: Mapped[int] = mapped_column(info=merges("latest"))
    to_day: Mapped[str | None]
    """The last day when it was said: a longer absence asks again."""


class Shift(Shared, Base):
    """One turn of duty on the hotline. Two who change the same turn while offline must not make a third one of it, nor
    half a swap: the later is told and decides."""

    __tablename__ = "shift"
    __table_args__ = (one_of("duty", ("hotline", "lead", "backup")), Index("ix_shift_starts_at", "starts_at"))
    analyst_id: Mapped[bytes] = ref("analyst", rule="cas")
    queue_id: Mapped[bytes | None] = ref("queue")
    starts_at: Mapped[int] = mapped_column(info=merges("cas"))
    ends_at: Mapped[int] = mapped_column(info=merges("cas"))
    duty: Mapped[str] = mapped_column(default="hotline")


class Device(Shared, Base):
    """A workstation that may sign entries. Revoking it is a change of this row."""

    __tablename__ = "device"
    analyst_id: Mapped[bytes] = ref("analyst")
    name: Mapped[str]
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=merges("once"))
    sealing_key: Mapped[bytes] = mapped_column(LargeBinary(32), info=merges("once"))
    """X25519 public key: desk keys are wrapped for it."""
    enrolled_at: Mapped[int]
    revoked_at: Mapped[int | None] = mapped_column(info=merges("once"))
    revoked_by_id: Mapped[bytes | None] = ref("analyst", rule="once")


class Invitation(Shared, Base):
    """Somebody may join once, until it expires. Only the public half of the enrolment key is here."""

    __tablename__ = "invitation"
    name: Mapped[str]
    role: Mapped[str]
    analyst_id: Mapped[bytes | None] = ref("analyst")
    """Another workstation for this analyst; None: somebody new."""
    enrol_key: Mapped[bytes] = mapped_column(LargeBinary(32), info=merges("once"))
    generation: Mapped[int]
    """The desk key in force when it was made: a later one ends it."""
    invited_at: Mapped[int]
    expires_at: Mapped[int]
    invited_by_id: Mapped[bytes] = ref("analyst")
    used_by_id: Mapped[bytes | None] = ref("device", rule="cas")
    withdrawn_at: Mapped[int | None] = mapped_column(info=merges("once"))


class DeskKey(Shared, Base):
    """A generation of the desk key. The key itself is in no row: `proof` lets a device check what it was given."""

    __tablename__ = "desk_key"
    generation: Mapped[int] = mapped_column(unique=True)
    proof: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[int]
    made_by_id: Mapped[bytes] = ref("analyst")


class WrappedKey(Shared, Base):
    """A generation of the desk key as one device alone can open it."""

    __tablename__ = "wrapped_key"
    __table_args__ = (UniqueConstraint("device_id", "generation"),)
    device_id: Mapped[bytes] = ref("device")
    generation: Mapped[int]
    wrapped: Mapped[bytes]


class View(Shared, Base):
    """A saved, ordered filter over cases (JSON, see app.work.views); without an owner it is shared."""

    __tablename__ = "view"
    name: Mapped[str]
    owner_id: Mapped[bytes | None] = ref("analyst")
    definition: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class StaffNote(Shared, Base):
    """Praise or coaching, private to supervisors."""

    __tablename__ = "staff_note"
    __table_args__ = (one_of("kind", ("praise", "coaching")),)
    analyst_id: Mapped[bytes] = ref("analyst", index=True)
    author_id: Mapped[bytes] = ref("analyst")
    at: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(info=merges("text"))
