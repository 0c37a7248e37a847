"""When somebody at the works needs help, who it is, and with what.

Hours come first: every hour of two years gets a weight from the shifts, the weekday, holidays and the season, and the
wanted number of moments is drawn from them. Each moment then gets a department, a scenario that fits it (waves of the
time make some likelier: a rollout, a month's end, phishing), a machine, and a person.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import Final

from app.demo.words import Scenario, Words, chance
from app.demo.works import Machine, Person, Section, Works
from app.times import DAY_MS, HOUR_MS
from db.rules import LIVE_CHANNELS

# How many calls an hour of the day brings, Monday to Friday, by kind of calendar.
_HOURS: Final[dict[str, tuple[float, ...]]] = {
    "office": (0, 0, 0, 0, 0, 0, 0.2, 3, 9, 10, 9, 7, 3, 6, 7, 6, 4, 1.5, 0.4, 0.2, 0.1, 0, 0, 0),
    "two": (0, 0, 0, 0, 0, 0.5, 8, 7, 6, 5, 5, 4, 3, 5, 7, 4, 4, 3, 3, 2, 2, 1, 0, 0),
    "three": (1.2, 0.8, 0.8, 0.7, 0.8, 1, 8, 7, 6, 6, 5, 4, 3, 4, 7, 4, 4, 3, 3, 2, 2, 2, 3, 1.5),
    "field": (0, 0, 0, 0, 0.2, 0.6, 3, 6, 7, 7, 6, 5, 4, 5, 6, 6, 5, 4, 3, 2, 1, 0.5, 0, 0),
}
_WEEKDAYS: Final[dict[str, tuple[float, ...]]] = {
    "office": (1.35, 1.08, 1.0, 0.97, 0.72, 0.01, 0.01),
    "two": (1.3, 1.05, 1.0, 1.0, 0.85, 0.06, 0.0),
    "three": (1.25, 1.05, 1.0, 1.0, 0.95, 0.4, 0.06),
    "field": (1.25, 1.05, 1.0, 1.0, 0.85, 0.25, 0.05),
}
_CHANNELS: Final = ("phone", "walk-in", "hall visit", "e-mail", "self-service")
_BY_CHANNEL: Final = {"office": (44, 8, 0, 29, 19), "two": (62, 7, 14, 7, 10), "three": (64, 5, 14, 5, 12),
                      "field": (66, 2, 0, 22, 10)}  # fmt: skip
_NOT_FOR_HALLS: Final = {"mail": 0.1, "office": 0.1, "meet": 0.0, "vpn": 0.0, "mobile": 0.0, "files": 0.1, "pc": 0.35,
                         "print": 0.35, "account": 0.45, "phone": 0.3, "web": 0.4}  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """The beginning of a case. Instants in ms UTC."""

    at: int
    scenario: Scenario
    section: Section
    severity: int
    channel: str
    person: Person | None
    machine: Machine | None
    place: str | None


@dataclass(frozen=True)
class _Wave:
    """Between two ages in days some scenarios come more often."""

    keys: frozenset[str]
    older: int
    younger: int
    factor: float


_WAVES: Final = (
    _Wave(frozenset({"office-version", "pc-dock", "erp-update", "office-macro", "pc-slow"}), 268, 246, 7),
    _Wave(frozenset({"account-mfa", "vpn-connect"}), 402, 385, 7),
    _Wave(frozenset({"mail-phish"}), 61, 57, 30),
    _Wave(frozenset({"mes-freeze", "mes-login", "hmi-time", "mes-print"}), 24, 6, 4),
    _Wave(frozenset({"cad-crash", "cad-space"}), 150, 141, 8),
    _Wave(frozenset({"label-template"}), 95, 70, 5),
    _Wave(frozenset({"cad-new", "pc-new", "account-new"}), 445, 430, 4),
    _Wave(frozenset({"cad-new", "pc-new", "account-new"}), 85, 72, 4),
)


def arrivals(words: Words, works: Works, seed: int, cases: int) -> list[Opening]:
    """So many openings between the beginning of the demo and now, in time order."""
    rng = chance(seed, "arrivals")
    moments = _moments(works, rng, cases)
    draw = _Draw(words, works)
    openings = [draw.opening(at, kind, rng) for at, kind in moments]
    # The person in front of the demo has fresh cases of the own department too.
    own = next(key for key, cover in words.world["coverage"].items() if works.staff[cover[0]] is works.me)
    for place in range(len(openings) - 1, max(len(openings) - 14, 0), -4):
        openings[place] = draw.opening(moments[place][0], "", rng, works.sections[own])
    return openings


def _moments(works: Works, rng: Random, cases: int) -> list[tuple[int, str]]:
    """(instant, kind of calendar)."""
    slots: list[tuple[int, str]] = []
    weights: list[float] = []
    calls = {kind: sum(s.calls for s in works.sections.values() if s.calendar == kind) for kind in _HOURS}
    first, last = works.days.index(works.begin) + 1, works.days.index(works.now)
    for index in range(first, last + 1):
        day, midnight = works.days.dates[index], works.days.midnights[index]
        season = _season(day) * (0.85 + 0.3 * (index - first) / max(last - first, 1))
        for kind, hours in _HOURS.items():
            free = works.calendars[kind].closing(day) is not None
            level = calls[kind] * _WEEKDAYS[kind][day.weekday()] * season * (0.03 if free else 1)
            for hour, weight in enumerate(hours):
                start = midnight + hour * HOUR_MS
                if weight and level and start < works.now - 2 * 60_000:
                    slots.append((start, kind))
                    weights.append(level * weight / sum(hours))
    fresh = min(9, cases // 200)
    out = [(works.now - rng.randrange(4 * 60_000, 5 * HOUR_MS), kind) for kind in _now_at_work(works, rng, fresh)]
    # The last two days were busy, above all with what came in writing.
    while len(out) < 3 * fresh:
        at = works.now - rng.randrange(5 * HOUR_MS, 44 * HOUR_MS)
        if 6 * 60 <= works.days.minute(at) < 21 * 60:
            out.append((at, rng.choice(("office", "office", "two", "field"))))
    for start, kind in rng.choices(slots, cum_weights=list(accumulate(weights)), k=cases - len(out)):
        end = min(start + HOUR_MS, works.now - 60_000)
        out.append((start + int(rng.random() * (end - start)), kind))
    return sorted(out)


def _now_at_work(works: Works, rng: Random, count: int) -> list[str]:
    """Kinds of calendars for calls of the last hours: who demonstrates at night or on a Sunday has fresh cases too."""
    spans = {kind: works.calendars[kind].hours.worked(works.now - 5 * HOUR_MS, works.now) for kind in _HOURS}
    kinds = [kind for kind, worked in spans.items() if worked] or ["three"]
    return rng.choices(kinds, k=count)


def _season(day: date) -> float:
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 5):
        return 0.45
    if day.month == 8:
        return 0.75
    return 1.12 if day.month in (1, 3, 9, 10, 11) else 1.0


class _Draw:
    """Weights that are the same all the time are added up once."""

    def __init__(self, words: Words, works: Works) -> None:
        self._words, self._works = words, works
        self._sections: dict[str, tuple[list[Section], list[float]]] = {}
        for kind in _HOURS:
            found = [s for s in works.sections.values() if s.calendar == kind and s.people]
            self._sections[kind] = (found, list(accumulate(s.calls for s in found)))
        self._plain = {key: self._weights(s, None) for key, s in works.sections.items()}
        self._special: dict[tuple[object, ...], tuple[list[Scenario], list[float]]] = {}

    def opening(self, at: int, kind: str, rng: Random, section: Section | None = None) -> Opening:
        """What happens at that moment, in a department of that kind or the one named."""
        works = self._works
        section = section or rng.choices(self._sections[kind][0], cum_weights=self._sections[kind][1])[0]
        scenario = self._scenario(section, at, rng)
        if "monitoring" in scenario.tags:
            facility = works.sections["facility"]
            return Opening(at, scenario, facility, rng.choice(scenario.severities), "monitoring", None, None,
                           facility.places[-1])  # fmt: skip
        machine = self._machine(scenario, section, rng)
        person = rng.choice(section.people)
        place = machine.place if machine is not None else person.place
        if scenario.product == "meet":
            place = rng.choice(works.sections["facility"].places[1:3])
        channel = rng.choices(_CHANNELS, _BY_CHANNEL[section.calendar])[0]
        if scenario.wanted and channel in ("phone", "hall visit") and rng.random() < 0.7:
            channel = "e-mail" if section.calendar == "office" else "self-service"
        severity = rng.choice(scenario.severities)
        in_shifts = section.calendar in ("two", "three")
        if severity > 1 and in_shifts and scenario.asset in ("cnc", "hmi") and rng.random() < 0.15:
            severity -= 1
        if channel in LIVE_CHANNELS and not works.calendars[section.calendar].hours.worked(at, at + 1):
            channel = "e-mail" if section.calendar == "office" else "self-service"
        if severity == 1 and channel in ("e-mail", "self-service"):
            channel = "phone"
        return Opening(at, scenario, section, severity, channel, person, machine, place)

    def _scenario(self, section: Section, at: int, rng: Random) -> Scenario:
        age = (self._works.now - at) / DAY_MS
        waves = tuple(i for i, wave in enumerate(_WAVES) if wave.younger <= age <= wave.older)
        day = self._works.days.date(at)
        month_end = day.day >= 26 or day.day <= 3
        if not waves and not month_end and day.weekday() != 0:
            scenarios, weights = self._plain[section.key]
        else:
            key = (section.key, waves, month_end, day.weekday() == 0)
            if key not in self._special:
                self._special[key] = self._weights(section, key)
            scenarios, weights = self._special[key]
        return rng.choices(scenarios, cum_weights=weights)[0]

    def _weights(self, section: Section, key: tuple[object, ...] | None) -> tuple[list[Scenario], list[float]]:
        found, weights = [], []
        waves: tuple[int, ...] = key[1] if key else ()  # type: ignore[assignment]
        for scenario in self._words.scenarios.values():
            named = any(letter in scenario.who for letter in section.groups)
            if not named and "*" not in scenario.who:
                continue
            weight = scenario.weight * (0.8 if not named else 2.2 if "*" in scenario.who else 4.0)
            if set("haw") & set(section.groups) and "o" not in section.groups:
                weight *= _NOT_FOR_HALLS.get(scenario.product, 1.0)
            if scenario.asset and not self._machines(scenario, section) and scenario.asset != "pc":
                weight *= 0.1
            if "month-end" in scenario.tags:
                weight *= 4 if key and key[2] else 0.3
            if scenario.key == "fork-battery":
                weight *= 6 if key and key[3] else 0.1
            if scenario.key == "account-password" and key and key[3]:
                weight *= 1.6
            for index in waves:
                if scenario.key in _WAVES[index].keys:
                    weight *= _WAVES[index].factor
            if weight:
                found.append(scenario)
                weights.append(weight)
        return found, list(accumulate(weights))

    def _machines(self, scenario: Scenario, section: Section) -> list[Machine]:
        return [m for m in self._works.machines.get(scenario.asset, []) if m.department == section.key]

    def _machine(self, scenario: Scenario, section: Section, rng: Random) -> Machine | None:
        if not scenario.asset:
            return None
        near = self._machines(scenario, section) or self._works.machines[scenario.asset]
        # One of a kind is always the troublemaker, above all the label printer at dock 4.
        trouble = 7.0 if scenario.asset == "label" else 2.5
        weights = list(accumulate([1.0, trouble, *([1.0] * (len(near) - 2))][: len(near)]))
        return near[bisect_right(weights, rng.random() * weights[-1])]
