"""The courses a case takes, in the verbs of `lives`: solved on the phone, escalated, visited, waiting for a part.

`live_through` routes and opens a case like `app.work.routing` would, runs the course of its scenario, and what comes
after a solution: the answer of the requester, sometimes a reopening, the closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.demo.lives import DAY, Life, StillOpen
from app.demo.works import Colleague
from app.times import MINUTE_MS

_OFFICE_DAY: Final = 510
_TODAY: Final = 18 * 60
"""Minutes of the desk in which what came in writing may still lie untouched."""


def live_through(life: Life) -> None:
    """Everything that happens to this case before now."""
    try:
        _open(life)
        if _never_mind(life):
            return
        _COURSES[life.opening.scenario.flow](life)
        _afterwards(life)
    except StillOpen:
        pass


# -- opening ----------------------------------------------------------------------------------------------------------
def _open(life: Life) -> None:
    """Route and open the case, and let somebody take it."""
    works, opening, rng = life.works, life.opening, life.rng
    facts = life.words.world["products"][opening.scenario.product]
    cover = works.contact_of(opening.section, opening.at)
    taker: Colleague | None = None
    whose: Colleague | None = None
    if cover is not None:
        taker, whose, queue, rule = cover
        life.row |= {"contact_owner_id": taker.id}
    elif facts.get("direct"):
        queue, rule = facts["tier2"], "product queue"
        taker = works.one_of(queue, opening.at, rng)
    else:
        queue, rule = "hotline", "front line"
    life.row |= {"queue_id": works.queues[queue], "tier": works.queue_tiers[queue], "route_reason": rule,
                 "work_owner_id": taker.id if taker else None}  # fmt: skip
    answered = works.one_of("hotline", opening.at, rng)
    if opening.channel == "monitoring":
        life.row["description"] += "\n\n" + rng.choice(life.words.phrases["untraced"])
    life.open_as((taker or answered).id if life.live else None)
    if taker is None:
        taker = answered
    if whose is not None and whose is not taker:
        life.for_whom = whose.id
    # What came in lately may lie untouched: in writing, or written down during a call for somebody else to take.
    fresh = works.calendars["desk"].hours.worked(life.at, works.now) < _TODAY * MINUTE_MS and opening.severity > 2
    if life.live and not (fresh and rng.random() < 0.3):
        life.sleep(rng.uniform(0.3, 2.5))
    else:
        minutes = (25 + rng.expovariate(1 / 70)) * max(life.hurry, 0.3)
        life.work(minutes + (_TODAY if fresh and rng.random() < 0.8 else 0))
    wanted = opening.scenario.wanted
    life.claim(taker, life.phrase("step", "request" if wanted else "start"))


def _never_mind(life: Life) -> bool:
    """A few cases turn out to be none."""
    if life.rng.random() >= 0.022 or life.opening.severity == 1:
        return False
    life.work(life.rng.uniform(10, 400))
    life.drop("cancelled", life.hands.id, life.phrase("cancel", "reason"))
    return True


# -- pieces of courses ------------------------------------------------------------------------------------------------
def _look(life: Life) -> None:
    """First look, as a note; whoever did not call gets an answer."""
    if not life.live and not life.answered and life.rng.random() < 0.92:
        first = life.phrase("first", "request" if life.kind == "request" else "fault")
        life.entry(first, life.hands.id, "reply", "requester", spent=4)
    if life.rng.random() < 0.8:
        life.work(life.rng.uniform(4, 45) * life.hurry)
        life.entry(life.phrase("triage", life.kind), life.hands.id, spent=12)


def _talk(life: Life, minutes: float) -> None:
    life.work(minutes * life.rng.uniform(0.5, 1.5) * life.hurry * life.drag)
    if life.opening.person is not None:
        life.entry(life.phrase("contact", "call"), life.hands.id, "call", "requester", spent=6)


def _ask(life: Life) -> None:
    """A question back; the requester takes his time, and the fix clock stands still."""
    if life.opening.person is None:
        return
    life.begin_waiting("requester", life.hands.id, "")
    life.work(life.rng.expovariate(1 / (1.7 * _OFFICE_DAY)) * max(life.hurry, 0.5) * life.drag + 20)
    life.end_waiting("requester", life.hands.id, "")


def _wait(life: Life, on: str, days: float) -> None:
    """Parts, a supplier, a change: the fix clock runs on."""
    number = str(life.rng.randrange(20_000, 89_000))
    life.begin_waiting(on, life.hands.id, number)
    life.work(days * _OFFICE_DAY * life.rng.uniform(0.4, 1.5) * min(max(life.hurry, 0.04), 1.5), "specialist")
    life.end_waiting(on, life.hands.id, number)


def _escalate(life: Life, queue: str) -> None:
    """One tier up; the specialist takes it when he gets to it."""
    works, rng = life.works, life.rng
    if life.row["queue_id"] == works.queues[queue]:
        return
    life.send(queue, life.hands.id, life.phrase("tried", life.kind), escalated=True)
    life.for_whom = None
    life.work((15 + rng.expovariate(1 / 330)) * life.hurry * life.drag, "specialist")
    life.claim(works.one_of(queue, life.at, rng, besides=life.hands.id), life.phrase("step", "start"))


def _ping_pong(life: Life, queue: str) -> None:
    """Sent on, sent back: nobody's favourite."""
    works, rng = life.works, life.rng
    other = rng.choice([q for q in ("network", "workplace", "erp", "shopfloor", "business") if q != queue])
    life.work(rng.uniform(20, 300) * life.hurry, "specialist")
    life.send(other, life.hands.id, life.phrase("handback", "reason", queue=works.queue_names[other]), escalated=False)
    life.work(rng.uniform(60, 700) * life.hurry * life.drag, "specialist")
    life.claim(works.one_of(other, life.at, rng), life.phrase("step", "claim"))
    life.work(rng.uniform(15, 200) * life.hurry, "specialist")
    life.send(queue, life.hands.id, life.phrase("handback", "reason", queue=works.queue_names[queue]), escalated=False)
    life.work(rng.uniform(30, 500) * life.hurry, "specialist")
    life.claim(works.one_of(queue, life.at, rng), life.phrase("step", "start"))


def _solve(life: Life, minutes: float | None = None) -> None:
    scenario = life.opening.scenario
    done = life.say(scenario.done)
    if life.opening.person is not None and life.rng.random() < 0.6 and scenario.flow != "quick":
        life.entry(life.phrase("solved", "reply", done=done), life.hands.id, "reply", "requester")
    cause = None if scenario.wanted else scenario.cause
    life.resolve(life.hands.id, done, cause, spent=round(minutes or scenario.minutes))
    if not scenario.wanted and scenario.flow in ("specialist", "vendor") and life.rng.random() < 0.18:
        life.row["permanent_fix_wanted"] = 1


# -- courses ----------------------------------------------------------------------------------------------------------
def _quick(life: Life) -> None:
    if life.live or life.rng.random() < 0.5:
        life.sleep(life.rng.uniform(2.5, 14))
        _solve(life, 7)
    else:
        _desk(life)


def _desk(life: Life) -> None:
    if life.live and life.rng.random() < 0.3:
        life.sleep(life.rng.uniform(4, 22))
        _solve(life, 12)
        return
    _look(life)
    if life.rng.random() < 0.2:
        _ask(life)
    if life.rng.random() < 0.13:
        _specialist(life)
        return
    life.work((15 + life.rng.expovariate(1 / 110)) * life.hurry * life.drag)
    _solve(life)


def _specialist(life: Life) -> None:
    facts, rng = life.words.world["products"][life.opening.scenario.product], life.rng
    _look(life)
    if rng.random() < 0.22:
        _ask(life)
    if rng.random() < 0.72:
        _escalate(life, facts["tier2"])
        if rng.random() < 0.09:
            _ping_pong(life, facts["tier2"])
    life.work((20 + rng.expovariate(1 / 160)) * life.hurry * life.drag, "specialist")
    life.entry(life.phrase("finding", life.kind), life.hands.id, spent=25)
    if rng.random() < 0.4:
        _talk(life, 90)
    if rng.random() < 0.14:
        _escalate(life, facts["tier3"])
        life.work((60 + rng.expovariate(1 / 500)) * life.hurry * life.drag, "specialist")
        life.entry(life.phrase("finding", life.kind), life.hands.id, spent=40)
    if rng.random() < 0.12 and life.opening.severity > 1:
        _wait(life, "change", 4)
    elif rng.random() < 0.14:
        _ask(life)
    life.work((20 + rng.expovariate(1 / 150)) * life.hurry * life.drag, "specialist")
    _solve(life)


def _field(life: Life) -> None:
    if life.rng.random() < 0.5:
        _look(life)
    life.work((10 + life.rng.expovariate(1 / 60)) * life.hurry * life.drag)
    spent = life.opening.scenario.minutes
    life.entry(life.phrase("contact", "visit"), life.hands.id, "visit", "requester", spent=spent)
    life.book(10, life.hands.id, "travel")
    if life.rng.random() < 0.12:
        _specialist(life)
        return
    life.work(life.rng.uniform(5, 60))
    _solve(life, 10)


def _parts(life: Life) -> None:
    _look(life)
    life.work(life.rng.uniform(15, 150) * life.hurry)
    if life.rng.random() < 0.62:
        _wait(life, "parts", 4.5 * min(life.drag, 4))
    life.work(life.rng.uniform(20, 300) * life.hurry)
    if life.rng.random() < 0.7:
        life.entry(life.phrase("contact", "visit"), life.hands.id, "visit", "requester", spent=25)
    life.work(life.rng.uniform(5, 60))
    _solve(life)


def _vendor(life: Life) -> None:
    facts = life.words.world["products"][life.opening.scenario.product]
    _look(life)
    _escalate(life, facts["tier2"])
    life.work((30 + life.rng.expovariate(1 / 200)) * life.hurry, "specialist")
    life.entry(life.phrase("finding", life.kind), life.hands.id, spent=30)
    if life.rng.random() < 0.65 and life.opening.severity > 1:
        _wait(life, "supplier", 7 * min(life.drag, 4))
    life.work((20 + life.rng.expovariate(1 / 200)) * life.hurry, "specialist")
    _solve(life)


def _request(life: Life) -> None:
    rng = life.rng
    if not life.answered:
        life.entry(life.phrase("first", "request"), life.hands.id, "reply", "requester", spent=4)
    life.work(rng.uniform(20, 400))
    life.entry(life.phrase("triage", "request"), life.hands.id, spent=6)
    if rng.random() < 0.45:
        _ask(life)
    if rng.random() < 0.35:
        facts = life.words.world["products"][life.opening.scenario.product]
        _escalate(life, facts["tier2"])
    chance = rng.random()
    if chance < 0.18:
        _wait(life, "parts", 7)
    elif chance < 0.26:
        _wait(life, "change", 5)
    if rng.random() < 0.35:
        life.entry(life.phrase("finding", "request"), life.hands.id, spent=15)
    life.work((90 + rng.expovariate(1 / 1_500)) * life.drag)
    _solve(life)


_COURSES: Final[dict[str, Callable[[Life], None]]] = {
    "quick": _quick, "desk": _desk, "specialist": _specialist, "field": _field, "parts": _parts, "vendor": _vendor,
    "request": _request,
}  # fmt: skip


# -- after the solution -----------------------------------------------------------------------------------------------
def _afterwards(life: Life) -> None:
    """Reopened by some, rated by some, closed when nobody objects."""
    rng, works = life.rng, life.works
    if rng.random() < 0.045 and life.opening.person is not None:
        life.work(rng.uniform(0.5, 4.5) * _OFFICE_DAY)
        reason = life.phrase("reopen", "reason")
        life.status("in progress", life.hands.id, reason=reason)
        life.entry(reason, life.hands.id, spent=4)
        life.plan(life.phrase("step", "again"), life.hands.id)
        if not works.here(life.hands, life.at):
            queue = next(key for key, row_id in works.queues.items() if row_id == life.row["queue_id"])
            life.claim(works.one_of(queue, life.at, rng), life.phrase("step", "again"))
        life.work((30 + rng.expovariate(1 / 400)) * life.hurry * life.drag)
        life.resolve(life.hands.id, life.phrase("reopen", "done"), life.row["cause"], spent=35)
    if rng.random() < 0.17 and life.opening.person is not None:
        life.sleep(rng.uniform(0.05, 2.5) * DAY)
        slow = life.row["reopen_count"] > 0 or life.row["resolved_at"] - life.row["opened_at"] > 6 * DAY * MINUTE_MS
        score = rng.choices((5, 4, 3, 2, 1), (15, 30, 30, 18, 7) if slow else (58, 30, 9, 2, 1))[0]
        words = rng.choice(life.words.phrases["satisfaction"][str(score)])
        life.score = (works.ids(life.at), {"case_id": life.id, "score": score, "words": words or None, "at": life.at})
    life.sleep(rng.uniform(2, 6) * DAY)
    life.status("closed", None)
