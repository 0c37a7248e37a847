"""The coverage alarm: an urgent case in a department whose contact and stand-ins show no sign of life.

It tells the others and changes nothing. Who gets a case follows from dates and agreements (decision 23); a workstation
that fell silent proves nothing about its person, so no case is ever routed by it. In order:

1. `AlarmReader` finds the urgent cases that wait for their department's people, within the department's service time.
2. Whoever calls brings the signs of life of those people (app.colleagues), or says that they are not known, because the
   drive is away.
3. `alarm` judges one case: None, or why it should be told. `Watch` remembers what was told, so that one case is told
   once, and says what is over: taken, somebody is there again, or no longer urgent.

Without the drive a case that others can see is left to them; one that is only on this workstation is told to whoever
sits here, because nobody else can know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from app import times
from app.context import ReadContext
from app.work.agreed import nearest, spells
from app.work.coverage import Cover
from app.work.deadlines import Deadlines
from app.work.handovers import URGENT
from app.work.roster import Roster
from db.presence import Doing

State = Literal["there", "idle", "silent", "no workstation", "unknown"]
PATIENCE_MS: Final[Mapping[State, int]] = {"silent": 5 * times.MINUTE_MS, "idle": 20 * times.MINUTE_MS}
"""So long a case waits before it is told: shorter where no workstation answers, longer where one runs and nobody
touches it (a call, a coffee)."""
EVERYBODY_MS: Final = 5 * times.MINUTE_MS
"""So much later it is told to those who have nothing to do with the department, too."""
AGAIN_MS: Final = 60 * times.MINUTE_MS
"""A case whose alarm ended and begins again (a drive that comes and goes) is not told anew before."""
MOST: Final = 100


@dataclass(frozen=True)
class Sign:
    """What is known of a person's workstations, and since when (ms UTC). "idle": one runs, nobody has touched it for a
    while."""

    state: State
    since: int


UNKNOWN: Final = Sign("unknown", 0)


@dataclass(frozen=True)
class Urgent:
    """An urgent open case of a department with people of its own. `people`: those who are asked, in their order;
    `absent`: those of them who are away by agreement; `since`: when something last happened to it (ms UTC); `unsent`:
    no other workstation has it yet; `circle`: who is told first."""

    case_id: bytes
    label: str
    title: str
    severity: int
    department: bytes
    people: tuple[bytes, ...]
    worker: bytes | None
    since: int
    absent: frozenset[bytes] = frozenset()
    unsent: bool = False
    circle: frozenset[bytes] = frozenset()

    @property
    def asked(self) -> tuple[bytes, ...]:
        """Everybody whose sign of life would do: the department's people who are not away, and who works on it."""
        those = (*self.people, *((self.worker,) if self.worker is not None else ()))
        return tuple(dict.fromkeys(who for who in those if who not in self.absent))


@dataclass(frozen=True)
class Alarm:
    """`why`: "silent", "idle" (a workstation runs, nobody touches it), "absent" (all are away) or "unknown" (nobody
    knows: the drive is away). `begins`: from when it is told (ms UTC)."""

    case: Urgent
    why: Literal["silent", "idle", "absent", "unknown"]
    begins: int

    @property
    def known(self) -> bool:
        """Whether somebody looked."""
        return self.why != "unknown"

    def is_for(self, me: bytes, at: int) -> bool:
        """Whether `me` is told at `at`: at once who has to do with the department, everybody later."""
        if not self.known or me in self.case.circle or not self.case.circle:
            return at >= self.begins
        return at >= self.begins + EVERYBODY_MS


def alarm(case: Urgent, signs: Mapping[bytes, Sign], at: int) -> Alarm | None:
    """Whether nobody seems to be there for a case at `at` (ms UTC), however long it has waited; None: somebody is, or
    nobody of them could have given a sign (no workstation; the page of coverage names those)."""
    found = {who: signs.get(who, UNKNOWN) for who in case.asked}
    states = {sign.state for sign in found.values()}
    if "there" in states:
        return None
    if not found:
        return Alarm(case, "absent", case.since + PATIENCE_MS["silent"])
    could = [sign for sign in found.values() if sign.state != "no workstation"]
    if not could:
        return None
    if "unknown" in states:
        return Alarm(case, "unknown", case.since)
    why: Literal["idle", "silent"] = "idle" if "idle" in states else "silent"
    return Alarm(case, why, max(case.since, *(sign.since for sign in could)) + PATIENCE_MS[why])


@dataclass(frozen=True)
class Over:
    """An alarm that ended. `why`: "taken" (`who` works on it), "there" (`who` gave a sign of life), "settled" (no
    longer open, urgent or ready)."""

    alarm: Alarm
    why: Literal["taken", "there", "settled"]
    who: bytes | None = None


@dataclass
class Watch:
    """What one workstation was told. `me`: who sits there."""

    me: bytes
    standing: dict[bytes, Alarm] = field(default_factory=dict)
    told_at: dict[bytes, int] = field(default_factory=dict)

    def step(self, cases: Iterable[Urgent], signs: Mapping[bytes, Sign], at: int) -> tuple[list[Alarm], list[Over]]:
        """What is to be told now, and what is over."""
        here = {one.case_id: one for one in cases}
        news: list[Alarm] = []
        for one in here.values():
            found = alarm(one, signs, at)
            if found is None or one.case_id in self.standing or not found.is_for(self.me, at):
                continue
            if found.known or one.unsent:
                self.standing[one.case_id] = found
                if at - self.told_at.get(one.case_id, -AGAIN_MS) >= AGAIN_MS:
                    self.told_at[one.case_id] = at
                    news.append(found)
        over = [
            ended for told in list(self.standing.values()) if (ended := self._over(told, here, signs, at)) is not None
        ]
        for ended in over:
            del self.standing[ended.alarm.case.case_id]
        # What is over for longer than it is remembered need not be remembered.
        self.told_at = {
            case: when for case, when in self.told_at.items() if case in self.standing or at - when < AGAIN_MS
        }
        return sorted(news, key=lambda one: (one.case.severity, one.begins, one.case.case_id)), over

    def _over(self, told: Alarm, here: Mapping[bytes, Urgent], signs: Mapping[bytes, Sign], at: int) -> Over | None:
        case = here.get(told.case.case_id)
        if case is None:
            return Over(told, "settled")
        if alarm(case, signs, at) is not None:
            return None
        there = [who for who in case.asked if signs.get(who, UNKNOWN).state == "there"]
        if case.worker is not None and case.worker != told.case.worker:
            return Over(told, "taken", case.worker)
        return Over(told, "there", there[0]) if there else Over(told, "settled")


@dataclass
class Sightings:
    """Since when each person's workstations are as they are, as far as this one has seen. `began`: when it began to
    look (ms UTC); who is silent since before that is taken to be silent since then."""

    began: int
    states: dict[bytes, Sign] = field(default_factory=dict)

    def note(
        self, devices: Mapping[bytes, Sequence[bytes]], doings: Mapping[bytes, Doing | None] | None, at: int
    ) -> dict[bytes, Sign]:
        """What is known now. `devices`: person -> workstations; `doings`: workstation -> what is done there, None for
        no sign of life; None altogether: the drive did not answer."""
        if doings is None:
            return dict.fromkeys(devices, UNKNOWN)
        out: dict[bytes, Sign] = {}
        for who, theirs in devices.items():
            signs = [doing for one in theirs if (doing := doings.get(one)) is not None]
            state: State = "no workstation" if not theirs else "silent"
            if signs:
                state = "idle" if all(doing.away for doing in signs) else "there"
            known = self.states.get(who)
            if known is None or known.state != state:
                known = Sign(state, self.began if known is None and state == "silent" else at)
            self.states[who] = out[who] = known
        return out


# -- reading ----------------------------------------------------------------------------------------------------------
Query = Callable[[str, Sequence[Any]], Sequence[Any]]
_LAST: Final = (
    "SELECT max(at) FROM (SELECT max(at) AS at FROM case_event WHERE case_id = ?1 AND at <= ?2 "
    "UNION ALL SELECT max(at) FROM timeline_entry WHERE case_id = ?1 AND at <= ?2 AND kind <> 'system')"
)


class AlarmReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, deadlines: Deadlines) -> None:
        self._context, self._deadlines = context, deadlines

    def urgent(self, at: int | None = None) -> list[Urgent]:
        """Cases that would be told if nobody gave a sign of life: urgent, open, not waiting, their next step not
        planned for later, of a department that has its people and works at that time (ms UTC; default: now)."""
        query: Any = self._context.reader.all
        at = self._context.clock() if at is None else at
        day = times.local_date(at, times.zone(self._context.zone)).isoformat()
        out: list[Urgent] = []
        covers: dict[bytes, Cover | None] = {}
        circles: dict[bytes, frozenset[bytes]] = {}
        gone: frozenset[bytes] | None = None
        for row in query(
            "SELECT id, rid, number, title, severity, department_id, work_owner_id, opened_at, next_step_at "
            'FROM "case" '
            "WHERE ended_at IS NULL AND severity <= ? AND department_id IS NOT NULL AND status <> 'waiting' "
            "AND coalesce(next_step_at, 0) <= ? ORDER BY severity, due_at LIMIT ?",
            (URGENT, at, MOST),
        ):
            department = row["department_id"]
            if department not in covers:
                served = self._deadlines.calendar(query, department).hours.worked(at, at + 1) > 0
                covers[department] = nearest(query, department, day) if served else None
            cover = covers[department]
            if cover is None:
                continue
            if gone is None:
                gone = frozenset(one.analyst for one in spells(query, since=day) if one.covers(day))
            if department not in circles:
                circles[department] = self._circle(query, cover, at)
            last = query(_LAST, (row["id"], at))[0][0] or 0
            out.append(Urgent(
                row["id"], str(row["number"]) if row["number"] is not None else f"~{row['rid']}", row["title"],
                row["severity"], department, tuple(who for _role, who in cover.contacts(day)), row["work_owner_id"],
                max(row["opened_at"], last, row["next_step_at"] or 0), gone, row["number"] is None, circles[department],
            ))  # fmt: skip
        return out

    def _circle(self, query: Query, cover: Cover, at: int) -> frozenset[bytes]:
        """Who has to do with it: duty lead, backup and hotline of that time, members of the queue the department has
        or is agreed on, supervisors."""
        turns = Roster(self._context).turns(at, at + 1)
        members = query(
            "SELECT m.analyst_id FROM queue_member m JOIN queue q ON q.id = m.queue_id WHERE q.active = 1 AND "
            "(q.id = ? OR q.department_id = ?)",
            (cover.queue, cover.department),
        )
        bosses = query("SELECT id FROM analyst WHERE active = 1 AND role = 'supervisor'", ())
        return frozenset({turn.analyst_id for turn in turns} | {row[0] for row in (*members, *bosses)})

    def devices(self, people: Iterable[bytes]) -> dict[bytes, tuple[bytes, ...]]:
        """The workstations of each of these people that may work in this desk; () for who has none."""
        out: dict[bytes, tuple[bytes, ...]] = dict.fromkeys(people, ())
        for who in out:
            rows: Any = self._context.reader.all(
                "SELECT id FROM device WHERE analyst_id = ? AND revoked_at IS NULL ORDER BY id", (who,)
            )
            out[who] = tuple(row[0] for row in rows)
        return out
