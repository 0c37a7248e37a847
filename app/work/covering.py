"""Who speaks for a department now and next, what is wrong, who is away, and what somebody is asked today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.agreed import COVER_COLUMNS, SPELL_COLUMNS, covers, nearest, spells
from app.work.calendars import Interval
from app.work.coverage import (
    FOREVER,
    Acting,
    Cover,
    Plan,
    Span,
    Spell,
    gaps,
    in_force_above,
    spans,
)
from app.work.coverage_checks import (
    Finding,
    World,
    absence_findings,
    acting_during,
    all_findings,
    cover_findings,
    owes_acknowledgement,
)
from app.work.coverage_rows import lives, world
from app.work.deadlines import Deadlines
from app.work.holding import held_by, line_of, line_up, parents_of


@dataclass(frozen=True)
class Now:
    """Who speaks for a department: the strip above its page. Ids; instants in ms UTC.

    `department`: whose; `cover` is of a department above it where it has none of its own (`inherited`).
    `until`: when that changes within the next two weeks of its service hours; `next`: to whom then (None: nobody).
    `away`: the primary's absence, the longest of them. `gap`: nobody can be given work, although it is its service
    time.
    """

    cover: Cover
    department: bytes
    acting: Acting | None
    until: int | None = None
    next: Acting | None = None
    away: Spell | None = None
    gap: bool = False

    @property
    def inherited(self) -> bool:
        """Whether it was agreed on for a department above this one."""
        return self.cover.department != self.department

    @property
    def stands_in(self) -> bool:
        """Whether somebody else than the primary speaks for it."""
        return self.acting is not None and self.acting.who != self.cover.primary


@dataclass(frozen=True)
class Ask:
    """Something one person is asked today. `what`: "acknowledge" (an absence in which I stand in), "still away" (one
    without an end), "handover" (mine begins soon), "return" (I am back), "take over" (a department given to me),
    "review" (a cover), "unacknowledged" (an absence began and `other`, who stands in, has not said that he knows: told
    to supervisors and to whoever stands in with him). `day`: since or from when; `who`: whom it is about."""

    what: str
    who: bytes
    day: str
    absence: bytes | None = None
    cover: bytes | None = None
    department: bytes | None = None
    count: int = 0
    other: bytes | None = None


@dataclass(frozen=True)
class Away:
    """A line of the absence list. `kind`: "away" for whoever must not read what it is for; `stand_ins`: who acts
    meanwhile; `waits_for`: those of them who have not acknowledged it."""

    spell: Spell
    kind: str
    stand_ins: tuple[bytes, ...]
    waits_for: tuple[bytes, ...]


HANDOVER_DAYS: Final = 3
"""So many days before an absence its handover sheet is asked for."""
RETURN_DAYS: Final = 14
"""So many days after an absence its return sheet is offered."""


class Coverings:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, deadlines: Deadlines) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines

    def today(self, at: int | None = None) -> str:
        """The day at the site (ISO)."""
        return times.local_date(self._context.clock() if at is None else at, times.zone(self._context.zone)).isoformat()

    def world(self, at: int | None = None) -> World:
        """The snapshot the checks look at."""
        now = self._context.clock() if at is None else at
        return world(self._context.reader.all, self.today(now), now)

    def find(self, department: bytes, day: str | None = None) -> Cover:
        """The cover of its own that counts. Errors: UserError when there is none, also where it inherits one."""
        found = in_force_above(self._covers(), (department,), day or self.today())
        if found is None:
            name = self._directory.name("department", department)
            raise UserError(f"{name} has no dedicated analyst; `halldesk coverage set` names one.")
        return found

    def _covers(self) -> tuple[Cover, ...]:
        return covers(self._context.reader.all)

    def cover(self, cover_id: bytes) -> Cover:
        """One of them. Errors: UserError when there is none."""
        rows: Any = self._context.reader.all(f"SELECT {COVER_COLUMNS} FROM coverage WHERE id = ?", (cover_id,))
        if not rows:
            raise UserError("There is no such coverage any more.")
        return Cover(*rows[0])

    def spell(self, absence_id: bytes) -> Spell:
        """One absence. Errors: UserError when there is none."""
        rows: Any = self._context.reader.all(f"SELECT {SPELL_COLUMNS} FROM absence WHERE id = ?", (absence_id,))
        if not rows:
            raise UserError("There is no such absence any more.")
        return Spell(*rows[0])

    def plan(self, department: bytes, start: int, end: int) -> Plan:
        """What `spans` and `gaps` of a department need."""
        line = line_of(self._context.reader.all, department)
        agreed = tuple(one for one in self._covers() if one.department in line)
        people = {who for one in agreed for who in one.people}
        service = self._deadlines.calendar(self._context.reader.all, department)
        known = lives(self._context.reader.all, self._deadlines, self._context.zone, people, start, end)
        return Plan(agreed, known, service, self._context.zone, line[1:])

    def spans(self, department: bytes, start: int, end: int) -> list[Span]:
        """Who speaks for the department over [start, end)."""
        return spans(self.plan(department, start, end), department, start, end)

    def gaps(self, department: bytes, start: int, end: int) -> list[Interval]:
        """Its service hours in which nobody can be given work."""
        plan = self.plan(department, start, end)
        return gaps(plan, spans(plan, department, start, end))

    def now(self, department: bytes, at: int | None = None) -> Now | None:
        """Who speaks for a department, until when, and who then; None: it has no dedicated analyst, and none of the
        departments above it has."""
        at = self._context.clock() if at is None else at
        day = self.today(at)
        cover = nearest(self._context.reader.all, department, day)
        if cover is None:
            return None
        end = at + 14 * times.DAY_MS
        plan = self.plan(department, at, end)
        laid = spans(plan, department, at, end)
        first = laid[0].acting
        # What changes is who it is; going home and coming back the next morning is not news.
        changes = [
            (piece.start, span.acting)
            for span in laid[1:]
            for piece in plan.service.hours.intervals(span.start, span.end)[:1]
            if (span.acting.who if span.acting else None) != (first.who if first else None)
        ]
        life = plan.lives.get(cover.primary)
        away = [spell for spell in (life.away if life else ()) if spell.covers(day)]
        longest = max(away, key=lambda spell: spell.to_day or FOREVER, default=None)
        gap = plan.service.hours.worked(at, at + 1) > 0 and (first is None or not first.available)
        until, then = changes[0] if changes else (None, None)
        return Now(cover, department, first, until, then, longest, gap)

    def nows(self, at: int | None = None) -> list[Now]:
        """`now` of every active department that has one, by name. Departments that inherit one agreement and serve at
        the same hours have one answer, which is found once."""
        at = self._context.clock() if at is None else at
        query: Any = self._context.reader.all
        agreed, parents, held = self._covers(), parents_of(query), held_by(query, self.today(at))
        by_department: dict[bytes, list[bytes]] = {}
        for cover in agreed:
            by_department.setdefault(cover.department, []).append(cover.id)
        known: dict[tuple[Any, ...], Now | None] = {}
        out = []
        for one in self._directory.all("department"):
            if one.id not in held:
                continue
            ever = tuple(row for above in line_up(parents, one.id) for row in by_department.get(above, ()))
            key = (held[one.id], ever, id(self._deadlines.calendar(query, one.id)))
            if key not in known:
                known[key] = self.now(one.id, at)
            found = known[key]
            if found is not None:
                out.append(replace(found, department=one.id))
        return out

    def look(self, spell: Spell, at: int | None = None) -> list[Finding]:
        """What such an absence would mean, before it is saved."""
        known = self.world(at)
        return absence_findings(known, spell, self.today(at))

    def agreement(self, cover: Cover, at: int | None = None) -> list[Finding]:
        """What such an agreement would mean, before it is saved."""
        now = self._context.clock() if at is None else at
        known = world(self._context.reader.all, self.today(now), now, (cover.department,)).with_cover(cover)
        return cover_findings(known, cover, self.today(now))

    def history(self, department: bytes | None = None) -> tuple[Cover, ...]:
        """Every agreement there ever was (of one department), the newest first."""
        rows = [one for one in covers(self._context.reader.all) if department in (None, one.department)]
        return tuple(sorted(rows, key=lambda one: (one.valid_from, one.id), reverse=True))

    def findings(self, at: int | None = None) -> list[Finding]:
        """All that is wrong today, the red ones first."""
        now = self._context.clock() if at is None else at
        today, known = self.today(now), self.world(now)
        asked = {spell.id: self._said_today(spell, today) for spell in known.spells}
        return all_findings(known, today, asked)

    def _said_today(self, spell: Spell, today: str) -> bool:
        return spell.confirmed_at is not None and self.today(spell.confirmed_at) >= today

    def absences(self, at: int | None = None, *, past: bool = False) -> list[Away]:
        """Who is away and will be, by the first day; with `past` also who was. Each with who stands in."""
        now = self._context.clock() if at is None else at
        today, me = self.today(now), self._context.me
        known = self.world(now)
        boss = me in known.people and known.people[me].role != "analyst"
        every = spells(self._context.reader.all) if past else known.spells
        return [
            Away(
                spell, spell.kind if boss or spell.analyst == me else "away", tuple(acting_during(known, spell)),
                tuple(owes_acknowledgement(known, spell)) if (spell.to_day or FOREVER) >= today else (),
            )
            for spell in every if not spell.taken_back
        ]  # fmt: skip

    # -- what one person is asked -------------------------------------------------------------------------------------
    def asks(self, at: int | None = None) -> list[Ask]:
        """What I am asked today, what cannot wait first."""
        now = self._context.clock() if at is None else at
        today, me = self.today(now), self._context.me
        known = self.world(now)
        out: list[Ask] = []
        boss = known.people[me].role != "analyst" if me in known.people else False
        for spell in known.spells:
            if spell.taken_back:
                continue
            owing = owes_acknowledgement(known, spell)
            if me in owing:
                out.append(Ask("acknowledge", spell.analyst, spell.from_day, spell.id))
            if spell.covers(today):
                out += [
                    Ask("unacknowledged", spell.analyst, spell.from_day, spell.id, other=who)
                    for who in owing
                    if who != me and me != spell.analyst and (boss or self._stand_together(known, me, who, today))
                ]
            open_ended = spell.to_day is None and spell.from_day < today and not self._said_today(spell, today)
            if open_ended and spell.analyst != me and (boss or self._stand_together(known, me, spell.analyst, today)):
                out.append(Ask("still away", spell.analyst, spell.from_day, spell.id))
            if spell.to_day is None and spell.analyst == me and spell.from_day <= today:
                out.append(Ask("return", me, spell.from_day, spell.id))
            if spell.analyst == me and today <= spell.from_day <= self._in_days(now, HANDOVER_DAYS):
                left = self._undecided(spell.id)
                if left:
                    out.append(Ask("handover", me, spell.from_day, spell.id, count=left))
        out += self._returns(now, today)
        for cover in known.covers:
            if cover.waits_for_confirmation and cover.primary == me and cover.holds(today):
                out.append(Ask("take over", cover.primary, cover.valid_from, None, cover.id, cover.department))
            if cover.review_date is not None and cover.review_date <= today and boss:
                out.append(Ask("review", cover.primary, cover.review_date, None, cover.id, cover.department))
        return out

    def _in_days(self, now: int, days: int) -> str:
        return self.today(now + days * times.DAY_MS)

    def _stand_together(self, known: World, me: bytes, other: bytes, day: str) -> bool:
        return any({me, other} <= set(one.people) for one in known.covers if one.holds(day))

    def _undecided(self, absence_id: bytes) -> int:
        """Open cases of mine that the handover sheet says nothing of."""
        me = self._context.me
        rows: Any = self._context.reader.all(
            'SELECT count(*) FROM (SELECT id FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL UNION '
            'SELECT id FROM "case" WHERE contact_owner_id = ? AND ended_at IS NULL) c WHERE NOT EXISTS '
            "(SELECT 1 FROM handover h WHERE h.absence_id = ? AND h.case_id = c.id)",
            (me, me, absence_id),
        )
        return int(rows[0][0])

    def _returns(self, now: int, today: str) -> list[Ask]:
        """Absences of mine that ended lately and have cases nobody has taken back or left."""
        rows: Any = self._context.reader.all(
            "SELECT a.id, a.to_day, count(*) FROM absence a JOIN handover h ON h.absence_id = a.id "
            "WHERE a.analyst_id = ? AND a.to_day < ? AND a.to_day >= ? AND h.returned IS NULL GROUP BY a.id "
            "ORDER BY a.to_day",
            (self._context.me, today, self._in_days(now, -RETURN_DAYS)),
        )
        return [Ask("return", self._context.me, row[1], row[0], count=row[2]) for row in rows]
