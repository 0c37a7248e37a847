"""What happens to a case, step by step, until it is closed or the present is reached.

A life is written as it is lived: scripts (app.demo.scripts) call verbs that change the row and leave the same events,
entries and booked minutes as `app.work.cases` would, and let time pass in the working hours of whoever is next. When
the next step would lie in the future, `StillOpen` ends the script and the case stays as it is: that is how the open
cases of today come about, with their owner, their status, and a next step that was meant for later.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Final

from app.demo.arrivals import Opening
from app.demo.words import Words, filled
from app.demo.works import Colleague, Works, weekdays
from app.times import MINUTE_MS
from app.work.clocks import PAUSED_BY, ClockInput, DueTimes, due_times, history_facts
from app.work.notes import counts_by_itself
from db.ids import derived_id
from db.rules import LIVE_CHANNELS, OPEN_STATUSES, TRACKED_IDS, TRACKED_WORDS
from db.shapes import Case, CaseEvent, CaseTag, Satisfaction, TimeEntry, TimelineEntry

DAY: Final = 24 * 60
_ACTIVITY: Final = {"call": "phone", "visit": "on site", "reply": "remote", "note": "remote"}
_STUCK_ON: Final = {
    "app": (("requester", "supplier", "change", "nobody"), (46, 20, 12, 22)),
    "device": (("requester", "supplier", "parts", "nobody"), (36, 8, 34, 22)),
    "machine": (("requester", "supplier", "parts", "nobody"), (32, 30, 20, 18)),
    "network": (("requester", "supplier", "change", "nobody"), (46, 14, 18, 22)),
    "account": (("requester", "change", "nobody"), (70, 8, 22)),
    "request": (("requester", "parts", "change", "nobody"), (54, 14, 12, 20)),
}
_OPENING: Final = ("queue", "severity", "tier", "department", "product", "contact_owner", "work_owner")


class StillOpen(Exception):
    """The present was reached in the middle of a life."""


@dataclass
class Life:
    """One case. `row` has the columns of the table; `at` is how far its life has come (ms UTC). Minutes are working
    minutes of the named calendar, or plain ones for `sleep`."""

    words: Words
    works: Works
    rng: Random
    opening: Opening
    number: int

    def __post_init__(self) -> None:
        opening, works = self.opening, self.works
        self.at = opening.at
        self.id = works.ids(opening.at)
        self.events: list[tuple[bytes, dict[str, Any]]] = []
        self.entries: list[tuple[bytes, dict[str, Any]]] = []
        self.minutes: list[tuple[bytes, dict[str, Any]]] = []
        self.score: tuple[bytes, dict[str, Any]] | None = None
        self.tags: list[str] = list(opening.scenario.tags)
        self.hands: Colleague = self.works.me
        self.for_whom: bytes | None = None
        self.hurry = {1: 0.1, 2: 0.3, 3: 1.0, 4: 2.0}[opening.severity]
        age = (self.works.now - opening.at) / (DAY * MINUTE_MS)
        # The last weeks were too much for the desk: everything takes longer, and the backlog shows it.
        self.drag = self.rng.lognormvariate(0.0, 0.75) * (1 + 2.2 * max(0.0, 1 - age / 40))
        self._steps = 0
        self._stall_at, self._stall = self._stalling(age)
        self._values = self._placeholders()
        scenario = opening.scenario
        told = self.rng.randrange(len(scenario.titles))
        self.row: dict[str, Any] = {
            "kind": "request" if scenario.wanted else "incident",
            "title": self.say(scenario.titles[told]), "description": self.say(scenario.said[told % len(scenario.said)]),
            "channel": opening.channel, "requester_id": opening.person.id if opening.person else None,
            "department_id": opening.section.id, "product_id": works.products[scenario.product],
            "place_id": works.places[opening.place][0] if opening.place else None,
            "asset_id": opening.machine.id if opening.machine else None, "severity": opening.severity, "tier": 1,
            "queue_id": None, "contact_owner_id": None, "work_owner_id": None, "route_reason": None, "status": "new",
            "waiting_on": None, "next_step": None, "next_step_by_id": None, "next_step_at": None,
            "opened_at": opening.at, "updated_at": opening.at, "first_response_at": None, "resolved_at": None,
            "ended_at": None, "resolution": None, "cause": None, "permanent_fix_wanted": 0, "reopen_count": 0,
            "major": 0,
        }  # fmt: skip

    def _stalling(self, age: float) -> tuple[int, float]:
        """(which step of the work gets stuck, for how many days): some always do, and lately more than ever."""
        opening = self.opening
        share = 0.31 + 0.5 * max(0.0, 1 - age / 120) + (0.08 if age < 14 else 0)
        share *= {1: 0.0, 2: 0.35, 3: 1.0, 4: 1.2}[opening.severity]
        days = 1.5 + min(self.rng.expovariate(1 / 70), 130) * {2: 0.12, 3: 1.0, 4: 1.2}.get(opening.severity, 0)
        days *= {"quick": 0.06, "desk": 0.5, "field": 0.5}.get(opening.scenario.flow, 1.15)
        return (self.rng.choice((1, 1, 1, 2, 2)), days) if self.rng.random() < share else (0, 0.0)

    @property
    def kind(self) -> str:
        """Which phrases fit: the type of the product, or "request"."""
        if self.opening.scenario.wanted:
            return "request"
        kind: str = self.words.world["products"][self.opening.scenario.product]["type"]
        return kind

    @property
    def live(self) -> bool:
        """Somebody answered at once."""
        return self.opening.channel in LIVE_CHANNELS

    @property
    def answered(self) -> bool:
        """Somebody has told the requester something."""
        return self.row["first_response_at"] is not None

    @property
    def open(self) -> bool:
        """Neither resolved nor dropped."""
        return self.row["status"] in OPEN_STATUSES

    # -- words ---------------------------------------------------------------------------------------------------------
    def _placeholders(self) -> dict[str, str]:
        opening, works, rng = self.opening, self.works, self.rng
        place = works.places[opening.place][1] if opening.place else opening.section.name
        return {
            "name": opening.person.name if opening.person else opening.section.name, "place": place,
            "asset": opening.machine.label if opening.machine else place,
            "product": works.product_names[opening.scenario.product], "dept": opening.section.name,
            "n": str(rng.randrange(2, 13)), "no": str(rng.randrange(10_400, 98_700)),
            "queue": "", "label": "", "done": "", "day": "", "time": "",
        }  # fmt: skip

    def say(self, text: str, **more: str) -> str:
        """A text with its placeholders replaced as of now."""
        if "{" not in text:
            return text
        days, values = self.works.days, self._values
        minute = days.minute(self.at) - self.rng.randrange(3, 95)
        values["time"] = f"{minute // 60 % 24}:{minute % 60:02d}"
        weekday = (days.date(self.at).weekday() + self.rng.choice((1, 2, 3, 6))) % 5
        values["day"] = weekdays(self.words.language)[weekday]
        return filled(text, {**values, **more} if more else values)

    def phrase(self, group: str, kind: str, **more: str) -> str:
        """One of the phrases for this moment."""
        return self.say(self.rng.choice(self.words.phrases[group][kind]), **more)

    # -- time ----------------------------------------------------------------------------------------------------------
    def sleep(self, minutes: float) -> None:
        """Let plain minutes pass. Errors: StillOpen."""
        self._until(self.at + int(minutes * MINUTE_MS) + self.rng.randrange(1_000, 50_000))

    def work(self, minutes: float, hours: str = "desk") -> None:
        """Let working minutes pass. Errors: StillOpen."""
        if hours == "desk" and self.works.tiers.get(self.row["work_owner_id"], 1) > 1:
            hours = "specialist"
        # What nobody has taken yet does not get stuck but waits for its turn.
        if self.row["status"] == "in progress" and self.row["work_owner_id"] is not None:
            self._steps += 1
            if self._steps == self._stall_at:
                self._get_stuck()
        if self.opening.severity == 1:
            # Somebody is on call for what stands still.
            self.sleep(minutes)
            return
        target = self.works.clock(hours)(self.at, max(int(minutes * MINUTE_MS), 1))
        assert target is not None  # every calendar of the demo works each week
        self._until(target + self.rng.randrange(1_000, 50_000))

    def never_stuck(self) -> None:
        """This life is told as it was, without chance delays."""
        self._stall_at = 0

    def _get_stuck(self) -> None:
        """Days in which little happens, mostly because somebody else is waited for; now and then somebody asks."""
        if self.row["queue_id"] == self.works.queues["hotline"] and self.rng.random() < 0.6:
            self._to_specialist()
        owner = self.hands.id
        reasons, shares = _STUCK_ON[self.kind]
        on = self.rng.choices(reasons, shares)[0]
        if on == "requester" and self.opening.person is None:
            on = "nobody"
        self.work(self.rng.uniform(5, 40))
        if not any(values["kind"] == "note" for _, values in self.entries):
            self.entry(self.phrase("triage", self.kind), owner, spent=12)
        number = str(self.rng.randrange(20_000, 89_000))
        if on != "nobody":
            self.begin_waiting(on, owner, number)
        elif not self.answered:
            first = self.phrase("first", "request" if self.kind == "request" else "fault")
            self.entry(first, owner, "reply", "requester")
        nudges = self.words.phrases["nudge"][on]
        nudges = self.rng.sample(nudges, min(4, len(nudges)))
        days, span = self._stall, self.rng.uniform(3, 8)
        while days > 0:
            now = min(days, span) if nudges else days
            days, span = days - now, span * self.rng.uniform(1.2, 2.2)
            self.sleep(now * DAY)
            self.work(self.rng.uniform(5, 300))
            if days > 1 and nudges:
                self.entry(self.say(nudges.pop()), owner, spent=4)
        if on != "nobody":
            self.end_waiting(on, owner, number)

    def _to_specialist(self) -> None:
        """Handed on with what was tried, straight to somebody."""
        works = self.works
        queue = self.words.world["products"][self.opening.scenario.product]["tier2"]
        before = self.hands.id
        why = self.phrase("tried", self.kind)
        colleague = works.one_of(queue, self.at, self.rng, besides=before)
        self.hands, self.for_whom = colleague, None
        self.track("work_owner", colleague.id, before, why)
        self.track("queue", works.queues[queue], before, why)
        self.track("tier", works.queue_tiers[queue], before, why)
        self.row["route_reason"] = "set by hand"
        self.entry(why, before, spent=5)
        self.plan(self.phrase("step", "request" if self.kind == "request" else "start"), colleague.id)

    def begin_waiting(self, on: str, owner: bytes, number: str) -> None:
        """Ask, order or pass on, and wait."""
        words = self.words.phrases["ask"][self.kind] if on == "requester" else self.words.phrases[on]
        which = self.rng.randrange(len(words["words"]))
        said = self.say(words["words"][which], no=number)
        if on == "requester":
            self.entry(said, owner, "reply", "requester", spent=4)
        else:
            self.entry(said, owner, spent=15)
        self.wait(on, owner, self.say(words["step"][which % len(words["step"])], no=number))

    def end_waiting(self, on: str, owner: bytes, number: str) -> None:
        """It has come; back to work."""
        text = self.phrase("answer", self.kind) if on == "requester" else self.phrase(on, "back", no=number)
        self.entry(text, owner, spent=5)
        self.status("in progress", owner)
        self.plan(self.phrase("step", "request" if self.kind == "request" else "start"), owner)

    def _until(self, target: int) -> None:
        if target >= self.works.now:
            self._plan_for(target)
            raise StillOpen
        self.at = target

    def _plan_for(self, target: int) -> None:
        """The next step was meant for about then; some are late, as in life."""
        if self.row["next_step"] is None or not self.open:
            return
        hours, now = self.works.calendars["specialist"].hours, self.works.now
        if self.rng.random() < 0.22 and self.row["status"] == "in progress":
            target = hours.reach(self.at, self.rng.randrange(120, 900) * MINUTE_MS) or target
        elif target > now + 9 * DAY * MINUTE_MS or not hours.worked(target, target + 1):
            target = hours.reach(now, round(self.rng.triangular(20, 6 * 510, 300)) * MINUTE_MS) or target
        quarter = 15 * MINUTE_MS
        self.row["next_step_at"] = (target + quarter - 1) // quarter * quarter

    # -- verbs ---------------------------------------------------------------------------------------------------------
    def event(self, field: str, old: Any, new: Any, by: bytes | None, reason: str | None = None) -> None:
        """One event, as app.work.editing writes it."""
        values: dict[str, Any] = {"case_id": self.id, "at": self.at, "field": field, "author_id": by,
                                  "on_behalf_of_id": self.for_whom if by else None, "reason": reason}  # fmt: skip
        if field in TRACKED_IDS:
            values |= {"old_id": old, "new_id": new}
        else:
            values |= {"old": None if old is None else str(old), "new": None if new is None else str(new)}
        self.events.append((self.works.ids(self.at), values))

    def open_as(self, by: bytes | None) -> None:
        """The events every case begins with."""
        self.event("opened", None, self.row["kind"], by)
        self.event("status", None, self.row["status"], by)
        for field in _OPENING:
            value = self.row[TRACKED_IDS.get(field) or TRACKED_WORDS[field]]
            if value is not None:
                self.event(field, None, value, by, self.row["route_reason"] if field == "queue" else None)
        if self.live:
            self.row["first_response_at"] = self.at

    def track(self, field: str, value: Any, by: bytes | None, reason: str | None = None) -> None:
        """Change a tracked column."""
        column = TRACKED_IDS.get(field) or TRACKED_WORDS[field]
        old = self.row[column]
        if old != value:
            self.row[column] = value
            self.event(field, old, value, by, reason)
        self.row["updated_at"] = self.at

    def status(self, new: str, by: bytes | None, *, waiting_on: str | None = None, reason: str | None = None) -> None:
        """Move along, with the columns that depend on it."""
        was_open, is_open = self.open, new in OPEN_STATUSES
        if is_open and not was_open:
            self.row |= {"ended_at": None, "resolved_at": None, "reopen_count": self.row["reopen_count"] + 1}
        elif was_open and not is_open:
            self.row |= {"ended_at": self.at, "resolved_at": self.at if new == "resolved" else None, "next_step": None,
                         "next_step_by_id": None, "next_step_at": None}  # fmt: skip
        self.track("status", new, by, reason)
        self.track("waiting_on", waiting_on if new == "waiting" else None, by)

    def entry(
        self, text: str, by: bytes | None, kind: str = "note", audience: str = "internal", spent: int = 0
    ) -> None:
        """Add to the timeline; what is said to the requester counts as a response."""
        counts = counts_by_itself(kind, audience)
        values = {
            "case_id": self.id, "at": self.at, "kind": kind, "audience": audience, "author_id": by, "text": text,
            "on_behalf_of_id": self.for_whom if by else None, "counts_as_response": int(counts),
        }  # fmt: skip
        self.entries.append((self.works.ids(self.at), values))
        if counts and self.row["first_response_at"] is None:
            self.row["first_response_at"] = self.at
        self.row["updated_at"] = self.at
        if spent and by is not None:
            self.book(spent, by, _ACTIVITY[kind])

    def book(self, minutes: int, by: bytes, activity: str) -> None:
        """Book time; now and then somebody forgets."""
        if self.rng.random() < 0.18:
            return
        spent = max(2, round(minutes * self.rng.uniform(0.6, 1.5)))
        if spent > 10:
            spent = round(spent / 5) * 5
        values = {"case_id": self.id, "analyst_id": by, "minutes": spent, "activity": activity,
                  "work_date": self.works.days.date(self.at).isoformat(), "entered_at": self.at}  # fmt: skip
        self.minutes.append((self.works.ids(self.at), values))

    def plan(self, step: str, by: bytes) -> None:
        """The next step; when is known only when the life stops here."""
        self.row |= {"next_step": step, "next_step_by_id": by, "next_step_at": None, "updated_at": self.at}

    def claim(self, colleague: Colleague, step: str) -> None:
        """It is theirs now."""
        self.hands = colleague
        self.track("work_owner", colleague.id, colleague.id)
        if self.row["contact_owner_id"] is None:
            self.track("contact_owner", colleague.id, colleague.id)
        if self.row["status"] == "new":
            self.status("in progress", colleague.id)
        self.plan(step, colleague.id)

    def send(self, queue: str, by: bytes, why: str, *, escalated: bool) -> None:
        """To another queue, with what was tried or why."""
        tier = max(self.works.queue_tiers[queue], self.row["tier"]) if escalated else self.works.queue_tiers[queue]
        self.track("queue", self.works.queues[queue], by, why)
        self.track("tier", tier, by, why if escalated else None)
        self.track("work_owner", None, by, why)
        self.row |= {"route_reason": "escalated" if escalated else "set by hand", "next_step_by_id": None,
                     "next_step": self.phrase("step", "claim"), "next_step_at": None}  # fmt: skip
        self.entry(why, by, spent=5)

    def wait(self, on: str, by: bytes, step: str) -> None:
        """It waits on somebody."""
        self.status("waiting", by, waiting_on=on)
        self.plan(step, by)

    def resolve(self, by: bytes, done: str, cause: str | None, *, spent: int) -> None:
        """Solved."""
        if self.row["work_owner_id"] is None:
            self.track("work_owner", by, by)
        if self.row["first_response_at"] is None:
            self.row["first_response_at"] = self.at
        self.status("resolved", by)
        self.row |= {"resolution": done, "cause": cause}
        self.book(spent, by, "remote")

    def drop(self, status: str, by: bytes, reason: str) -> None:
        """Cancelled or merged."""
        self.status(status, by, reason=reason)
        self.entry(reason, by)

    # -- at the end ----------------------------------------------------------------------------------------------------
    def finish(self) -> dict[str, Any]:
        """The row as it is shared, with what the real clocks had promised when it ended."""
        row = self.row
        if self.open and row["next_step"] is not None and row["next_step_at"] is None:
            self._plan_for(self.at)
        if not self.open:
            promised = self._promised()
            row |= {"response_promised_at": promised.response, "fix_promised_at": promised.fix}
        return row

    def _promised(self) -> DueTimes:
        row, section = self.row, self.opening.section
        changes: list[tuple[int, str, str | None]] = []
        for _, event in self.events:
            if event["field"] not in ("status", "waiting_on"):
                continue
            status, waiting = (changes[-1][1], changes[-1][2]) if changes else ("new", None)
            state = (event["new"], waiting) if event["field"] == "status" else (status, event["new"])
            if changes and changes[-1][0] == event["at"]:
                changes.pop()
            changes.append((event["at"], *state))
        history = history_facts(changes)
        response, fix = section.targets[row["severity"]]
        facts = ClockInput(
            opened_at=row["opened_at"], response_minutes=response, fix_minutes=fix, live=self.live,
            first_response_at=row["first_response_at"], resolved_at=history.resolved_at, stopped_at=history.stopped_at,
            pauses=history.pauses, reopened=history.reopened,
        )  # fmt: skip
        return due_times(self.works.calendars[section.calendar], facts, paused_by=PAUSED_BY)

    def parts(self) -> list[tuple[type[Any], list[tuple[bytes, dict[str, Any]]]]]:
        """All rows of the case by table, the case first."""
        tags = [
            (derived_id(0, "tag", self.id.hex(), tag), {"case_id": self.id, "tag": tag})
            for tag in dict.fromkeys(self.tags)
        ]
        return [
            (Case, [(self.id, self.finish())]), (TimelineEntry, self.entries), (CaseEvent, self.events),
            (TimeEntry, self.minutes), (CaseTag, tags), (Satisfaction, [self.score] if self.score else []),
        ]  # fmt: skip
