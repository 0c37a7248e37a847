"""What the rows of the administration consist of: fields, what hangs on them, who may change them. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from db.rules import AUDIENCES, QUEUE_KINDS, ROLES, SUPPORT_LEVELS
from db.shapes import (
    Analyst,
    Asset,
    Calendar,
    ClosedDay,
    Department,
    Place,
    Product,
    Queue,
    QueueMember,
    Rate,
    Severity,
    SeverityOverride,
    Shape,
    Skill,
    Template,
)

FieldKind = Literal[
    "text", "long", "number", "choice", "ref", "day", "flag", "minutes", "money", "language", "languages", "zone",
    "shifts", "severity", "country", "region",
]  # fmt: skip
Role = Literal["analyst", "supervisor", "administrator"]


@dataclass(frozen=True)
class FieldSpec:
    """One column. `to`: the table a reference is to; `least`, `most`: of a number."""

    name: str
    kind: FieldKind = "text"
    required: bool = False
    among: tuple[str, ...] = ()
    to: str = ""
    least: int = 0
    most: int = 1_000_000
    default: object = None


@dataclass(frozen=True)
class ChildSpec:
    """Rows that belong to one of a kind. `parent`: the column that says to which; `key`: the column that tells them
    apart; `least`: who may change them; `hidden`: who may not may not see them either."""

    table: str
    model: type[Shape]
    parent: str
    key: str
    fields: tuple[FieldSpec, ...]
    least: Role
    hidden: bool = False


@dataclass(frozen=True)
class RecordKind:
    """`shown`: the fields of the list beside the name; `retimes`: due times follow from it; `can_add`: here, and not by
    an invitation; `ends`: with the flag "active" instead of being removed."""

    table: str
    model: type[Shape]
    name: str
    fields: tuple[FieldSpec, ...]
    shown: tuple[str, ...]
    least: Role
    children: tuple[ChildSpec, ...] = ()
    retimes: bool = False
    can_add: bool = True
    referred: tuple[tuple[str, str], ...] = ()
    """(table, column) that may refer to it: it is not removed while one does."""

    @property
    def ends(self) -> bool:
        """Whether a row of it is put aside by a flag."""
        return any(field.name == "active" for field in self.fields)

    def field(self, name: str) -> FieldSpec:
        """Errors: KeyError."""
        return next(field for field in self.fields if field.name == name)

    def child(self, table: str) -> ChildSpec:
        """Errors: StopIteration never: the table is one of its children."""
        return next(child for child in self.children if child.table == table)


_ACTIVE: Final = FieldSpec("active", "flag", default=1)
_TIER: Final = FieldSpec("tier", "number", required=True, least=1, most=3, default=1)
_LEVEL: Final = FieldSpec("level", "number", required=True, least=1, most=3, default=2)
_NAME: Final = FieldSpec("name", required=True)


def _ref(name: str, to: str, *, required: bool = False) -> FieldSpec:
    return FieldSpec(name, "ref", required=required, to=to)


_ALL: Final = (
    RecordKind(
        "queue", Queue, "name",
        (
            _NAME, FieldSpec("kind", "choice", required=True, among=QUEUE_KINDS, default="product"), _TIER,
            _ref("department_id", "department"), FieldSpec("position", "number", most=9_999, default=0),
            FieldSpec("hold_minutes", "minutes"), _ref("then_queue_id", "queue"),
            FieldSpec("description", "long", default=""), _ACTIVE,
        ),
        ("kind", "tier"), "administrator",
        (
            ChildSpec("queue_member", QueueMember, "queue_id", "analyst_id",
                      (_ref("analyst_id", "analyst", required=True), _LEVEL,
                       FieldSpec("schedulable", "flag", default=1)),
                      "supervisor"),
        ),
    ),
    RecordKind(
        "analyst", Analyst, "name",
        (
            _NAME, FieldSpec("role", "choice", required=True, among=ROLES, default="analyst"), _TIER,
            FieldSpec("languages", "languages", default=""), FieldSpec("email"), FieldSpec("phone"),
            _ref("calendar_id", "calendar"), _ACTIVE,
        ),
        ("role", "tier", "phone"), "administrator",
        (
            ChildSpec("skill", Skill, "analyst_id", "product_id",
                      (_ref("product_id", "product", required=True), _LEVEL, FieldSpec("last_used", "day")),
                      "supervisor"),
            ChildSpec("rate", Rate, "analyst_id", "valid_from",
                      (FieldSpec("valid_from", "day", required=True), FieldSpec("cents", "money", required=True)),
                      "supervisor", hidden=True),
        ),
        can_add=False,
    ),
    RecordKind(
        "department", Department, "name",
        (
            _NAME, _ref("parent_id", "department"), FieldSpec("cost_centre"),
            FieldSpec("headcount", "number", most=10_000_000), FieldSpec("language", "language"),
            _ref("calendar_id", "calendar"),
            FieldSpec("significance", "number", required=True, least=1, most=2, default=2), FieldSpec("sponsor"),
            FieldSpec("review_date", "day"), FieldSpec("external_ref"), FieldSpec("dossier", "long", default=""),
            _ACTIVE,
        ),
        ("parent_id", "review_date"), "supervisor",
        (
            ChildSpec("severity_override", SeverityOverride, "department_id", "severity",
                      (FieldSpec("severity", "severity", required=True), FieldSpec("response_minutes", "minutes"),
                       FieldSpec("fix_minutes", "minutes")), "supervisor"),
        ),
        retimes=True,
    ),
    RecordKind(
        "product", Product, "name",
        (
            _NAME, _ref("parent_id", "product"),
            FieldSpec("support", "choice", required=True, among=SUPPORT_LEVELS, default="supported"),
            _ref("queue_id", "queue"), FieldSpec("before_contact", "flag", default=0),
            FieldSpec("needs_level", "number", required=True, least=1, most=3, default=1),
            FieldSpec("launch_date", "day"), _ACTIVE,
        ),
        ("parent_id", "queue_id"), "supervisor",
    ),
    RecordKind(
        "place", Place, "name",
        (_NAME, FieldSpec("kind", required=True, default="room"), _ref("parent_id", "place"),
         _ref("department_id", "department")),
        ("kind", "department_id"), "analyst",
        referred=(("case", "place_id"), ("asset", "place_id"), ("requester", "place_id"), ("place", "parent_id")),
    ),
    RecordKind(
        "asset", Asset, "tag",
        (
            FieldSpec("tag", required=True), _NAME, _ref("product_id", "product"), _ref("department_id", "department"),
            _ref("place_id", "place"), FieldSpec("serial"), _ACTIVE,
        ),
        ("name", "place_id"), "analyst",
    ),
    RecordKind(
        "severity", Severity, "name",
        (FieldSpec("rank", "number", required=True, least=1, most=5), _NAME, FieldSpec("response_minutes", "minutes"),
         FieldSpec("fix_minutes", "minutes")),
        ("response_minutes", "fix_minutes", "rank"), "administrator", retimes=True,
        referred=(("case", "severity"), ("severity_override", "severity")),
    ),
    RecordKind(
        "calendar", Calendar, "name",
        (
            _NAME, FieldSpec("time_zone", "zone", required=True), FieldSpec("shifts", "shifts", required=True),
            FieldSpec("country", "country"), FieldSpec("region", "region"),
        ),
        ("time_zone", "country"), "administrator",
        (
            ChildSpec("closed_day", ClosedDay, "calendar_id", "day",
                      (FieldSpec("day", "day", required=True), FieldSpec("reason")), "administrator"),
        ),
        retimes=True, referred=(("department", "calendar_id"), ("analyst", "calendar_id")),
    ),
    RecordKind(
        "template", Template, "name",
        (
            _NAME, FieldSpec("language", required=True, default="en"),
            FieldSpec("audience", "choice", required=True, among=AUDIENCES, default="requester"),
            FieldSpec("short", default=""), FieldSpec("text", "long", required=True),
        ),
        ("language", "audience", "short"), "supervisor",
    ),
)  # fmt: skip
KINDS: Final[dict[str, RecordKind]] = {kind.table: kind for kind in _ALL}
"""In the order in which they stand on the page."""
RETIMING: Final = frozenset({"department", "severity", "severity_override", "calendar", "closed_day", "site_setting"})
"""Tables whose changes move due times."""
