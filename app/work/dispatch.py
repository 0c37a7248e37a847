"""The snapshot of facts that routing looks at, taken at any instant; and who would get a case then, for the simulator.

Facts come from plain SQL through a `query` callable, so they are the same inside a transaction and on a reader. What an
analyst's own calendar says is asked of app.work.deadlines, which keeps calendars laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.work.deadlines import Deadlines
from app.work.holding import nearest_id
from app.work.routing import Considered, Person, Route, RoutingFacts, Team, route

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

LOAD_COUNTED: Final = 1_000
"""Open cases of one analyst that are counted: who has as many has no room for another, and counting on would make every
new case wait (at half a million open cases a twentieth of a second)."""
_UP = (
    "WITH RECURSIVE up(id, parent_id, n) AS (SELECT id, parent_id, 0 FROM {table} WHERE id = ?"
    " UNION ALL SELECT d.id, d.parent_id, n + 1 FROM {table} d JOIN up ON d.id = up.parent_id WHERE n < 20) "
)


@dataclass(frozen=True)
class Question:
    """A case as routing sees it. `severity`: its rank, 1 the worst; `language`: what the requester speaks ("de"), None
    for what the requester and the department are known to speak."""

    department_id: bytes | None = None
    product_id: bytes | None = None
    severity: int | None = None
    requester_id: bytes | None = None
    language: str | None = None
    major: bool = False
    by_hand_owner: bytes | None = None
    by_hand_queue: bytes | None = None


def gather(query: Query, deadlines: Deadlines, zone: str, at: int, asked: Question) -> RoutingFacts:
    """The facts at `at` (ms UTC); `zone`: the site's, for the day on which somebody is absent."""
    day = times.local_date(at, times.zone(zone)).isoformat()
    shifts = query(
        "SELECT analyst_id, duty FROM shift WHERE starts_at <= ? AND ends_at > ? ORDER BY starts_at", (at, at)
    )
    on_shift = {who for who, _duty in shifts}
    cover = query(
        "SELECT primary_id, stand_in1_id, stand_in2_id, queue_id, swap_day FROM coverage WHERE id = ?",
        (nearest_id(query, asked.department_id, day),),
    )
    primary, stand_in1, stand_in2, cover_queue, swap_day = cover[0] if cover else (None, None, None, None, None)
    if swap_day == day and stand_in1 is not None:
        primary, stand_in1 = stand_in1, primary
    product = query("SELECT queue_id, before_contact, needs_level FROM product WHERE id = ?", (asked.product_id,))
    product_queue, before, needs = product[0] if product else (None, 0, 1)
    own_queue = query(
        _UP.format(table="department") + "SELECT q.id FROM up JOIN queue q ON q.department_id = up.id "
        "WHERE q.active = 1 ORDER BY n, q.position, q.id LIMIT 1",
        (asked.department_id,),
    )
    front = query("SELECT id FROM queue WHERE kind = 'front line' AND active = 1 ORDER BY position, id LIMIT 1", ())
    skills: dict[bytes, int] = {}
    for who, level in query(
        _UP.format(table="product") + "SELECT s.analyst_id, s.level FROM up JOIN skill s ON s.product_id = up.id "
        "ORDER BY n",
        (asked.product_id,),
    ):
        skills.setdefault(who, level)  # knowing the product itself counts before knowing its kind
    return RoutingFacts(
        people=_people(query, deadlines, day, at, on_shift),
        by_hand_owner=asked.by_hand_owner, by_hand_queue=asked.by_hand_queue, major=asked.major,
        leads=tuple(who for wanted in ("lead", "backup") for who, duty in shifts if duty == wanted),
        before_contact=bool(before), primary=primary, stand_in1=stand_in1, stand_in2=stand_in2,
        coverage_queue=_team(query, cover_queue), department_queue=_team(query, _only(own_queue)),
        product_queue=_team(query, product_queue), front_line=_team(query, _only(front)), skills=skills,
        needs_level=max(int(needs), 2 if asked.severity == 1 else 1),
        languages=_languages(query, asked),
    )  # fmt: skip


def _people(query: Query, deadlines: Deadlines, day: str, at: int, on_shift: set[bytes]) -> dict[bytes, Person]:
    working: dict[bytes | None, bool] = {}
    people = {}
    for who, active, calendar_id, languages, absent, open_cases in query(
        "SELECT a.id, a.active, a.calendar_id, a.languages, EXISTS (SELECT 1 FROM absence x WHERE x.analyst_id = a.id "
        "AND x.from_day <= ? AND (x.to_day IS NULL OR x.to_day >= ?)), "
        '(SELECT count(*) FROM (SELECT 1 FROM "case" c WHERE c.work_owner_id = a.id AND c.ended_at IS NULL LIMIT ?)) '
        "FROM analyst a",
        (day, day, LOAD_COUNTED),
    ):
        if calendar_id not in working:
            working[calendar_id] = deadlines.calendar_of(query, calendar_id).hours.worked(at, at + 1) > 0
        people[who] = Person(
            active=bool(active), at_work=working[calendar_id] or who in on_shift, absent=bool(absent),
            on_shift=who in on_shift, languages=spoken(languages), open_cases=open_cases,
        )  # fmt: skip
    return people


def _team(query: Query, queue_id: bytes | None) -> Team | None:
    if queue_id is None or not query("SELECT 1 FROM queue WHERE id = ? AND active = 1", (queue_id,)):
        return None
    members = query(
        "SELECT analyst_id, level FROM queue_member WHERE queue_id = ? AND schedulable = 1 ORDER BY id", (queue_id,)
    )
    return Team(queue_id, dict(tuple(row) for row in members))


def _languages(query: Query, asked: Question) -> frozenset[str]:
    if asked.language:
        return spoken(asked.language)
    for table, row_id in (("requester", asked.requester_id), ("department", asked.department_id)):
        found = query(f"SELECT language FROM {table} WHERE id = ?", (row_id,))
        if found and found[0][0]:
            return spoken(found[0][0])
    return frozenset()


def spoken(text: str) -> frozenset[str]:
    """Language codes in a list like "de, en"."""
    return frozenset(part.strip().casefold() for part in text.replace(";", ",").split(",") if part.strip())


def _only(rows: Sequence[Any]) -> bytes | None:
    return rows[0][0] if rows else None


@dataclass(frozen=True)
class Step:
    """One rule of an answer in words that need no ids; codes as in `Considered`."""

    rule: int
    name: str
    taken: bool
    why: str
    who: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Answer:
    """Who would get a case, by name ("" for nobody), and what became of each rule."""

    at: int
    contact_owner: str
    work_owner: str
    queue: str
    reason: str
    reachable: bool
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract of `halldesk route --json`."""
        return {
            "at": times.iso_utc(self.at), "contact_owner": self.contact_owner or None,
            "work_owner": self.work_owner or None, "queue": self.queue or None, "reason": self.reason,
            "reachable": self.reachable,
            "considered": [
                {"rule": s.rule, "name": s.name, "taken": s.taken, "why": s.why, "who": s.who or None,
                 "available": s.count}
                for s in self.steps
            ],
        }  # fmt: skip


class Dispatcher:
    """Answers on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, deadlines: Deadlines) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines

    def facts(self, at: int, asked: Question) -> RoutingFacts:
        """The snapshot the rules would look at, at `at` (ms UTC)."""
        return gather(self._context.reader.all, self._deadlines, self._context.zone, at, asked)

    def who(self, at: int, asked: Question) -> Answer:
        """Who would get such a case at `at` (ms UTC), as the desk is known today."""
        return self.told(at, route(self.facts(at, asked)))

    def told(self, at: int, found: Route) -> Answer:
        """A route in names."""
        name = self._directory.name
        steps = tuple(self._step(one) for one in found.considered)
        return Answer(
            at, name("analyst", found.contact_owner), name("analyst", found.work_owner), name("queue", found.queue),
            found.reason, found.reachable, steps,
        )  # fmt: skip

    def _step(self, one: Considered) -> Step:
        return Step(one.rule, one.name, one.taken, one.why, self._directory.name("analyst", one.who), one.count)
