"""Which cases a saved view has: conditions on their fields, all or any of which must hold.

A condition is a field, a test and values: ("status", "is", ("waiting",)), ("due", "within", (4, "hours")). It is plain
data that stands as JSON in the row of a view, so it must say the same on every workstation and in every year: people
and queues stand as ids, "me" and "now" as what they are when the list is read. `sql` makes one expression over
`"case" c` of it; the words for it are in app.work.condition_words. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from app import times
from app.errors import UserError
from app.finding.words import match_cases
from app.times import DAY_MS, HOUR_MS
from db.rules import CASE_KINDS, CHANNELS, ESCALATED_TO, NO_DUE, STATUSES, WAITING_ON

UNITS: Final = {"hours": HOUR_MS, "days": DAY_MS}
ME: Final = "me"
"""In place of an analyst's id: whoever looks at the view."""
MATCHES: Final = ("all", "any")
FieldKind = Literal["choice", "named", "number", "instant", "flag", "tag", "words"]
Value = str | int
MOST: Final = 40
"""Conditions in a view: more than anybody keeps in mind, less than SQLite takes."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something of a case that a condition can be about. `sql`: a column or a yes-or-no expression over `c`.

    `among`: of "choice" the values there are; of "named" the kind of thing. `can_be_empty`: a case may have none.
    `columns`: of a field that stands in several (an owner is who works or who speaks), all of them.
    """

    key: str
    kind: FieldKind
    sql: str
    among: tuple[str, ...] = ()
    can_be_empty: bool = False
    tree: str = ""
    """The table whose `parent_id` makes it a tree: "under" takes what stands below as well."""
    columns: tuple[str, ...] = ()


def _fields() -> dict[str, Field]:
    read = "coalesce((SELECT x.read_at FROM case_read x WHERE x.case_id = c.id), 0)"
    unread = f"{read} < c.updated_at AND c.status <> 'closed'"
    listed = [
        Field("status", "choice", "c.status", STATUSES),
        Field("waiting_on", "choice", "c.waiting_on", WAITING_ON, can_be_empty=True),
        Field("severity", "number", "c.severity"),
        Field("queue", "named", "c.queue_id", ("queue",), can_be_empty=True),
        Field("department", "named", "c.department_id", ("department",), can_be_empty=True, tree="department"),
        Field("product", "named", "c.product_id", ("product",), can_be_empty=True, tree="product"),
        Field("work_owner", "named", "c.work_owner_id", ("analyst",), can_be_empty=True),
        Field("contact_owner", "named", "c.contact_owner_id", ("analyst",), can_be_empty=True),
        Field("owner", "named", "c.work_owner_id", ("analyst",), columns=("c.work_owner_id", "c.contact_owner_id")),
        Field("place", "named", "c.place_id", ("place",), can_be_empty=True, tree="place"),
        Field("tier", "number", "c.tier"),
        Field("kind", "choice", "c.kind", CASE_KINDS),
        Field("channel", "choice", "c.channel", CHANNELS),
        Field("escalated_to", "choice", "c.escalated_to", ESCALATED_TO, can_be_empty=True),
        Field("due", "instant", "c.due_at", can_be_empty=True),
        Field("next_step_at", "instant", "c.next_step_at", can_be_empty=True),
        Field("opened", "instant", "c.opened_at"),
        Field("updated", "instant", "c.updated_at"),
        Field("resolved", "instant", "c.resolved_at", can_be_empty=True),
        Field("tag", "tag", "case_tag"),
        Field("words", "words", ""),
        Field("major", "flag", "c.major = 1"),
        Field("warned", "flag", f"c.warn_at <= :now AND c.due_at >= :now AND c.due_at < {NO_DUE}"),
        Field("unread", "flag", unread),
        Field("watched", "flag", "c.id IN (SELECT w.case_id FROM case_watcher w WHERE w.analyst_id = :me)"),
        Field("attachment", "flag", "EXISTS (SELECT 1 FROM attachment f WHERE f.case_id = c.id)"),
        Field("reopened", "number", "c.reopen_count"),
        Field("hops", "number", "c.hops"),
    ]
    return {field.key: field for field in listed}


FIELDS: Final = _fields()
"""In the order in which they are offered."""
_TESTS: Final[dict[FieldKind, tuple[str, ...]]] = {
    "choice": ("is", "is not"),
    "named": ("is", "is not"),
    "number": ("is", "least", "most"),
    "instant": ("past", "within", "last", "older", "today", "from", "before"),
    "flag": ("yes", "no"),
    "tag": ("is", "is not"),
    "words": ("contains",),
}
_BARE: Final = frozenset({"empty", "filled", "past", "today", "yes", "no"})
"""Tests that need no value."""
_SPANS: Final = frozenset({"within", "last", "older"})
"""Tests whose values are a count and a unit."""
_FORWARD: Final = frozenset({"due", "next_step_at"})
"""Instants that lie ahead: there is a "within"; others only have a past."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; make it with `condition`, which says what is wrong with it."""

    field: str
    test: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of them, or any of them. Without parts every case is meant."""

    match: str = "all"
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """What "me", "now" and a date mean where the list is read. `now`: ms UTC; `zone`: the site's."""

    me: bytes
    now: int
    zone: str


def offered_tests(key: str) -> tuple[str, ...]:
    """The tests a field has, in the order in which they are offered. Errors: KeyError for an unknown field."""
    field = FIELDS[key]
    tests = _TESTS[field.kind]
    if field.kind == "instant":
        tests = tuple(t for t in tests if key in _FORWARD or t not in ("past", "within"))
    if field.tree:
        tests += ("under",)
    if field.can_be_empty:
        tests += ("empty", "filled")
    return tests


def needs_values(test: str) -> bool:
    """Whether a test is about values."""
    return test not in _BARE


def is_span(test: str) -> bool:
    """Whether the values of a test are a count and a unit."""
    return test in _SPANS


def condition(field: str, test: str, values: Sequence[Value] = ()) -> Condition:
    """A condition that holds together. Errors: UserError that says what doesn't."""
    if field not in FIELDS:
        raise UserError(f"There is no field {field!r}; use one of: {', '.join(FIELDS)}.")
    if test not in offered_tests(field):
        raise UserError(f"{field!r} can't be tested for {test!r}; use one of: {', '.join(offered_tests(field))}.")
    if not needs_values(test):
        return Condition(field, test)
    if not values:
        raise UserError(f"Say what {field!r} is compared with.")
    return Condition(field, test, _fitting(FIELDS[field], test, values))


def _fitting(field: Field, test: str, values: Sequence[Value]) -> tuple[Value, ...]:
    if is_span(test):
        return _span(field, values)
    if test in ("from", "before"):
        return (times.parse_date(str(values[0])).isoformat(),)
    match field.kind:
        case "number":
            return _numbers(field, test, values)
        case "choice":
            for value in values:
                if value not in field.among:
                    raise UserError(f"There is no {field.key} {value!r}; use one of: {', '.join(field.among)}.")
        case "named":
            for value in values:
                if not (_is_id(value) or (value == ME and field.among == ("analyst",))):
                    raise UserError(f"{value!r} is not a value for {field.among[0]}.")
        case "words":
            return (" ".join(str(v) for v in values).strip()[:200],)
        case _:
            values = [str(value).strip() for value in values]
            if not all(values):
                raise UserError(f"Say which {field.key} is meant.")
    return tuple(dict.fromkeys(values))


def _numbers(field: Field, test: str, values: Sequence[Value]) -> tuple[int, ...]:
    try:
        numbers = [int(value) for value in values]
    except ValueError as error:
        raise UserError(f"{field.key!r} is compared with a number.") from error
    if any(not 0 <= number <= 10_000 for number in numbers):
        raise UserError(f"{field.key!r} is compared with a number from 0 to 10000.")
    return tuple(dict.fromkeys(numbers)) if test == "is" else tuple(numbers[:1])


def _span(field: Field, values: Sequence[Value]) -> tuple[int, str]:
    unit = str(values[1]) if len(values) > 1 else "days"
    try:
        count = int(values[0])
    except ValueError as error:
        raise UserError(f"{field.key!r} is compared with a number of hours or days.") from error
    if unit not in UNITS or not 1 <= count <= 10_000:
        raise UserError(f"{field.key!r} is compared with 1 to 10000 hours or days.")
    return count, unit


def _is_id(value: Value) -> bool:
    if not isinstance(value, str) or len(value) != 32:
        return False
    try:
        return bytes.fromhex(value).hex() == value
    except ValueError:
        return False


# -- as JSON ----------------------------------------------------------------------------------------------------------
def to_plain(conditions: Conditions) -> dict[str, Any]:
    """What `from_plain` reads."""
    return {
        "match": conditions.match,
        "conditions": [
            {"field": p.field, "test": p.test, **({"values": list(p.values)} if p.values else {})}
            for p in conditions.parts
        ],
    }


def from_plain(data: Mapping[str, Any]) -> Conditions:
    """Errors: UserError for what no conditions are, or what a newer program wrote."""
    match, listed = data.get("match", "all"), data.get("conditions", [])
    if match not in MATCHES or not isinstance(listed, list) or len(listed) > MOST:
        raise UserError("This view can't be read; it was made by another version of Halldesk.")
    parts = []
    for one in listed:
        if not isinstance(one, dict):
            raise UserError("This view can't be read; it was made by another version of Halldesk.")
        values = one.get("values", [])
        if not isinstance(values, list) or any(type(value) not in (str, int) for value in values):
            raise UserError("This view can't be read; it was made by another version of Halldesk.")
        parts.append(condition(str(one.get("field")), str(one.get("test")), values))
    return Conditions(match, tuple(parts))


# -- as SQL -----------------------------------------------------------------------------------------------------------
def sql(conditions: Conditions, here: Here) -> tuple[str, dict[str, Any]]:
    """The expression over `"case" c` ("" for every case) and its parameters."""
    pieces: list[str] = []
    params: dict[str, Any] = {}
    for number, part in enumerate(conditions.parts):
        piece, values = _one(part, here, f"v{number}_")
        pieces.append(f"({piece})")
        params |= values
    if not pieces:
        return "", {}
    joined = (" AND " if conditions.match == "all" else " OR ").join(pieces)
    return (joined if conditions.match == "all" or len(pieces) == 1 else f"({joined})"), params


def _one(part: Condition, here: Here, prefix: str) -> tuple[str, dict[str, Any]]:
    field = FIELDS[part.field]
    if part.test in ("empty", "filled"):
        none = f"{field.sql} = {NO_DUE}" if part.field == "due" else f"{field.sql} IS NULL"
        return (none if part.test == "empty" else f"NOT ({none})"), {}
    match field.kind:
        case "flag":
            given = {name: value for name, value in (("now", here.now), ("me", here.me)) if f":{name}" in field.sql}
            return (f"({field.sql})" if part.test == "yes" else f"NOT coalesce({field.sql}, 0)"), given
        case "words":
            return _words(str(part.values[0]), prefix)
        case "tag":
            marks, given = _marks(part.values, prefix)
            among = f"c.id IN (SELECT t.case_id FROM case_tag t WHERE t.tag {marks})"
            return (among if part.test == "is" else f"NOT {among}"), given
        case "instant":
            return _instant(part, field, here, prefix)
        case "number" if part.test != "is":
            return f"{field.sql} {'>=' if part.test == 'least' else '<='} :{prefix}0", {f"{prefix}0": part.values[0]}
        case "named":
            return _named(part, field, here, prefix)
    marks, given = _marks(part.values, prefix)
    return _among(field.sql, marks, part.test == "is not"), given


def _marks(values: Sequence[Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """`= :v` for one value, so that an index gives the order as well, `IN (...)` for several."""
    given = {f"{prefix}{number}": value for number, value in enumerate(values)}
    if len(given) == 1:
        return f"= :{prefix}0", given
    return f"IN ({', '.join(f':{name}' for name in given)})", given


def _among(column: str, marks: str, negated: bool) -> str:
    # What is empty is not the value either: NULL would answer neither yes nor no.
    return f"({column} {marks}) IS NOT 1" if negated else f"{column} {marks}"


def _named(part: Condition, field: Field, here: Here, prefix: str) -> tuple[str, dict[str, Any]]:
    ids = [here.me if value == ME else bytes.fromhex(str(value)) for value in part.values]
    marks, given = _marks(ids, prefix)
    if part.test == "under":
        listed = ", ".join(f"(:{name})" for name in given)
        below = (
            f"IN (WITH RECURSIVE below(id) AS (VALUES {listed} UNION "
            f"SELECT k.id FROM {field.tree} k JOIN below b ON k.parent_id = b.id) SELECT id FROM below)"
        )
        return f"{field.sql} {below}", given
    negated = part.test == "is not"
    every = [_among(column, marks, negated) for column in field.columns or (field.sql,)]
    return (" AND " if negated else " OR ").join(every), given


def _instant(part: Condition, field: Field, here: Here, prefix: str) -> tuple[str, dict[str, Any]]:
    column, first, second = field.sql, f"{prefix}0", f"{prefix}1"
    match part.test:
        case "past":
            return f"{column} < :{first}", {first: here.now}
        case "today":
            zone = times.zone(here.zone)
            start, end = times.day_bounds(times.local_date(here.now, zone), zone)
            return f"{column} >= :{first} AND {column} < :{second}", {first: start, second: end}
        case "from":
            start, _end = times.day_bounds(date.fromisoformat(str(part.values[0])), times.zone(here.zone))
            return f"{column} >= :{first} AND {column} < {NO_DUE}", {first: start}
        case "before":
            start, _end = times.day_bounds(date.fromisoformat(str(part.values[0])), times.zone(here.zone))
            return f"{column} < :{first}", {first: start}
    count, unit = part.values
    length = int(count) * UNITS[str(unit)]
    if part.test == "within":
        return f"{column} >= :{first} AND {column} < :{second}", {first: here.now, second: here.now + length}
    if part.test == "last":
        return f"{column} > :{first} AND {column} <= :{second}", {first: here.now - length, second: here.now}
    return f"{column} <= :{first}", {first: here.now - length}


def _words(words: str, prefix: str) -> tuple[str, dict[str, Any]]:
    clause, given = match_cases(words)
    for name in given:
        clause = clause.replace(f":{name}", f":{prefix}{name}")
    return clause, {f"{prefix}{name}": value for name, value in given.items()}
