"""The demo desk, made whole: founded, filled, published, and only then put in place.

Everything is made in a folder beside the profile and moved at the end, so a demo that was interrupted is never taken
for one. Keys of the demo lie in a file of the profile: nothing in it is secret. Same seed, number of cases and `now`
give the same content; what the founding draws for itself (keys, and the ids of its own first rows) differs each time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any, Final

from app import times
from app.demo.arrivals import Opening, arrivals
from app.demo.lives import Life, StillOpen
from app.demo.scripts import live_through
from app.demo.shelf import Shelved, shelf
from app.demo.stories import Told, stories, tell
from app.demo.words import Language, SeededIds, Words, chance
from app.demo.works import YEARS, Founded, Row, Works
from app.desk import Desk
from app.founding import found
from app.profile import Profile
from app.times import DAY_MS, HOUR_MS, MINUTE_MS
from db.capture import Transaction
from db.replica import Replica
from db.shapes import (
    ArticleUse,
    CallInterval,
    CaseLink,
    CaseWatcher,
    Reminder,
    Severity,
    Shape,
    Shift,
    Site,
)

CASES: Final = 5_000
KIND: Final = "import.demo"
_AT_ONCE: Final = 300
_MARK: Final = "demo"

Progress = Callable[[int, int], None]
"""(cases done, cases in all)"""


def is_demo(profile: Profile) -> bool:
    """Whether a profile holds a demo desk that was made to the end. Errors: UserError when its card can't be read."""
    return profile.attached and bool(profile.desk().get(_MARK))


def make_demo(
    profile: Profile,
    *,
    seed: int = 1,
    cases: int = CASES,
    now: int | None = None,
    language: Language = "en",
    progress: Progress | None = None,
) -> None:
    """Fill a free profile with the demo desk; its store lies in the profile. `now`: ms UTC, the end of the two years.

    Errors: UserError when the profile belongs to a desk; StorageError when the disk fails; then the profile stays free.
    """
    profile.must_be_free()
    now = times.now_ms() if now is None else now
    staging = profile.folder.absolute().with_name(profile.folder.name + ".making")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        _make(Profile(staging), seed, cases, now, language, progress or (lambda done, total: None))
        _put_in_place(staging, profile)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_in_place(staging: Path, profile: Profile) -> None:
    card = Profile(staging).desk()
    profile.folder.mkdir(parents=True, exist_ok=True)
    for item in sorted(staging.iterdir()):
        if item.name != "desk.json":
            target = profile.folder / item.name
            if target.is_dir():
                shutil.rmtree(target)
            item.replace(target)
    folder = profile.folder.absolute()
    profile.attach({**card, "where": str(folder / "share"), "key_file": str(folder / "keys.json"), _MARK: True})


def _make(profile: Profile, seed: int, cases: int, now: int, language: Language, progress: Progress) -> None:
    words, ids = Words(language), SeededIds(seed)
    begin = now - round(YEARS * 365.25) * DAY_MS
    me = next(a["name"] for a in words.world["analysts"].values() if a.get("me"))
    site = words.world["site"]
    (profile.folder / "share").mkdir(parents=True)
    found(
        profile, str(profile.folder / "share"), site["name"], me, zone=site["zone"], language=language,
        key_file=profile.folder / "keys.json", clock=lambda: begin,
    )  # fmt: skip
    desk = Desk(profile, clock=lambda: now)
    try:
        reader = desk.context.reader
        founded = Founded(
            me=desk.me, hotline=bytes(reader.value("SELECT id FROM queue")),
            calendar=bytes(reader.value("SELECT id FROM calendar")),
        )  # fmt: skip
        works = Works(words, ids, seed, begin, now, founded)
        filling = _Filling(words, works, desk.replica, seed, progress)
        filling.works_and_shelf()
        filling.cases(cases)
        filling.telephone_and_roster()
        filling.read_marks()
        desk.sync_round()
    finally:
        desk.close()


class _Filling:
    """Writes what was made, some hundred cases at a time."""

    def __init__(self, words: Words, works: Works, replica: Replica, seed: int, progress: Progress) -> None:
        self._words, self._works, self._replica, self._seed, self._progress = words, works, replica, seed, progress
        self._articles: dict[str, Shelved] = {}
        self._links: list[Row] = []
        self._lives: list[tuple[bytes, int, bool]] = []
        self._mine: list[Life] = []

    def _write(self, rows: Iterable[Row], at: int, updates: Iterable[Row] = ()) -> None:
        """Rows in the order given, neighbours of one table together."""
        with self._replica.transaction(KIND, self._works.me.id, at=at, undoable=False) as tx:
            _insert(tx, rows)
            for model, row_id, values in updates:
                tx.update(model, row_id, **values)

    def works_and_shelf(self) -> None:
        """Everything but cases."""
        works, world = self._works, self._words.world
        article_rows, self._articles = shelf(self._words, works, self._seed)
        reader = self._replica.reader()
        try:
            ranks = {rank: bytes(row_id) for row_id, rank in reader.all("SELECT id, rank FROM severity")}
            site = bytes(reader.value("SELECT id FROM site"))
        finally:
            reader.close()
        names: list[Row] = [
            (Severity, ranks[int(rank)], {"name": self._words.pick(name)}) for rank, name in world["severities"].items()
        ]
        names.append((Site, site, {"name": world["site"]["name"]}))
        self._write(works.rows, works.begin, [*works.updates, *names])
        by_table = sorted(article_rows, key=lambda row: row[0].__tablename__)  # "article" comes before its parts
        self._write(by_table, works.now)

    # -- cases ---------------------------------------------------------------------------------------------------------
    def cases(self, wanted: int) -> None:
        """All cases in the order in which they were opened, which is the order of their numbers."""
        told = stories(self._words, self._works, self._seed) if wanted >= 1_000 else []
        plain = arrivals(self._words, self._works, self._seed, wanted - len(told))
        openings: list[tuple[Opening, Told | None]] = [(opening, None) for opening in plain]
        openings += [(one.opening, one) for one in told]
        openings.sort(key=lambda pair: pair[0].at)
        batch: list[Life] = []
        for life in self._lived(openings):
            batch.append(life)
            if len(batch) == _AT_ONCE:
                self._write_cases(batch)
                batch = []
                self._progress(life.number, wanted)
        self._write_cases(batch)
        self._write(self._links, self._works.now)
        self._write(self._my_notes(), self._works.now)
        self._progress(wanted, wanted)

    def _lived(self, openings: list[tuple[Opening, Told | None]]) -> Iterator[Life]:
        latest: dict[tuple[str, str], Life] = {}
        parents: dict[str, Life] = {}
        label_problem: Life | None = None
        for number, (opening, told) in enumerate(openings, start=1):
            rng = chance(self._seed, "case", number)
            life = Life(self._words, self._works, rng, opening, number)
            key = (opening.scenario.key, opening.section.key)
            if told is not None:
                tell(life, told)
                if told.part == "parent":
                    parents[told.words] = life
                elif told.part == "child":
                    self._link(life, parents[told.words], "child", opening.at + 2 * MINUTE_MS)
                elif told.words == "labels":
                    label_problem = life
                else:
                    self._link(parents[told.words], life, "problem", opening.at)
            elif (first := latest.get(key)) and self._same(life, first):
                self._merge(life, first)
            else:
                live_through(life)
                latest[key] = life
                if label_problem is not None and opening.scenario.key == "label-queue":
                    self._link(life, label_problem, "problem", life.at)
            yield life

    def _same(self, life: Life, first: Life) -> bool:
        """The same fault from the same department while the first case is open: now and then it is one and the same."""
        opening, earlier = life.opening, first.opening
        ended = first.row["ended_at"]
        overlapping = opening.at - earlier.at < 3 * DAY_MS and (ended is None or ended > opening.at + HOUR_MS)
        if not overlapping or opening.person is earlier.person or opening.scenario.wanted:
            return False
        return life.rng.random() < 0.8

    def _merge(self, life: Life, first: Life) -> None:
        """Somebody at the hotline sees that it is known already."""
        agent = self._works.one_of("hotline", life.at, life.rng)
        life.row |= {"queue_id": self._works.queues["hotline"], "route_reason": "front line"}
        life.open_as(agent.id if life.live else None)
        with suppress(StillOpen):
            if life.live:
                life.sleep(life.rng.uniform(5, 25))
            else:
                life.work(life.rng.uniform(8, 90))
            life.track("work_owner", agent.id, agent.id)
            life.drop("merged", agent.id, life.phrase("cancel", "merged", label=str(first.number)))
            self._link(life, first, "duplicate", life.at)

    def _link(self, life: Life, other: Life, kind: str, at: int) -> None:
        at = min(max(at, other.opening.at), self._works.now - MINUTE_MS)
        maker = life.row["work_owner_id"] or life.row["contact_owner_id"]
        values = {"case_id": life.id, "other_id": other.id, "kind": kind, "made_by_id": maker, "made_at": at}
        self._links.append((CaseLink, self._works.ids(at), values))

    def _write_cases(self, batch: list[Life]) -> None:
        if not batch:
            return
        tables: dict[type[Shape], list[tuple[bytes, dict[str, Any]]]] = {}
        for life in batch:
            for model, rows in life.parts():
                tables.setdefault(model, []).extend(rows)
            use = self._use(life)
            if use is not None:
                tables.setdefault(ArticleUse, []).append(use)
            self._lives.append((life.id, life.row["updated_at"], life.open))
            if life.open and life.row["work_owner_id"] == self._works.me.id:
                self._mine.append(life)
        with self._replica.transaction(KIND, self._works.me.id, at=batch[-1].opening.at, undoable=False) as tx:
            for model, rows in tables.items():
                tx.insert_many(model, rows)

    def _use(self, life: Life) -> tuple[bytes, dict[str, Any]] | None:
        """Some are solved with an article that was there in time."""
        found = self._articles.get(life.opening.scenario.key)
        at, rng = life.row["resolved_at"], life.rng
        if at is None or found is None or found.since is None or found.since > at or rng.random() > 0.38:
            return None
        values = {"article_id": found.id, "case_id": life.id, "analyst_id": life.row["work_owner_id"], "at": at,
                  "helped": int(rng.random() < 0.9)}  # fmt: skip
        return self._works.ids(at), values

    def _my_notes(self) -> list[Row]:
        """Reminders and watched cases of the person in front of the demo."""
        works, rng = self._works, chance(self._seed, "mine")
        rows: list[Row] = []
        for life in rng.sample(self._mine, min(3, len(self._mine))):
            at = works.clock("desk")(works.now, rng.randrange(20, 900) * MINUTE_MS) or works.now
            text = life.row["next_step"] or ""
            values = {"case_id": life.id, "analyst_id": works.me.id, "at": at, "text": text}
            rows.append((Reminder, works.ids(works.now), values))
        others = [case_id for case_id, _, is_open in self._lives if is_open]
        for case_id in rng.sample(others, min(6, len(others))):
            rows.append((CaseWatcher, works.ids(works.now), {"case_id": case_id, "analyst_id": works.me.id}))
        return sorted(rows, key=lambda row: row[0].__tablename__)

    # -- the rest ------------------------------------------------------------------------------------------------------
    def telephone_and_roster(self) -> None:
        """Calls per half hour of eight weeks, and who is on the hotline from two weeks ago to two weeks ahead."""
        self._write([*_calls(self._works, chance(self._seed, "calls")), *_roster(self._works)], self._works.now)

    def read_marks(self) -> None:
        """On this workstation most was read; news of the last hours and some others are bold."""
        rng, now = chance(self._seed, "read"), self._works.now
        marks = [
            (case_id, updated)
            for case_id, updated, is_open in self._lives
            if not is_open or (rng.random() < 0.8 and now - updated > 5 * HOUR_MS)
        ]
        with self._replica.local() as raw:
            raw.executemany("INSERT OR REPLACE INTO case_read (case_id, read_at) VALUES (?, ?)", marks)


def _insert(tx: Transaction, rows: Iterable[Row]) -> None:
    for model, group in groupby(rows, key=itemgetter(0)):
        tx.insert_many(model, [(row_id, values) for _, row_id, values in group])


_CALLS: Final = (2, 5, 9, 8, 7, 9, 8, 6, 6, 5, 4, 3, 4, 5, 6, 7, 8, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1)
"""Offered calls per half hour from 6:00 on an ordinary day."""


def _calls(works: Works, rng: Random) -> list[Row]:
    rows: list[Row] = []
    hours = works.calendars["desk"].hours
    first = works.days.index(works.now) - 56
    for index in range(first, works.days.index(works.now) + 1):
        weekday = works.days.dates[index].weekday()
        level = (1.35, 1.05, 1.0, 0.95, 0.8, 0.2, 0.0)[weekday]
        for half, usual in enumerate(_CALLS):
            start = works.days.midnights[index] + 6 * HOUR_MS + half * 30 * MINUTE_MS
            end = start + 30 * MINUTE_MS
            if end > works.now or not hours.worked(start, end):
                continue
            offered = max(0, round(rng.gauss(usual * level, (usual * level) ** 0.5)))
            lost = sum(rng.random() < (0.13 if offered > 9 else 0.05) for _ in range(offered))
            answered = offered - lost
            seconds = sum(round(rng.lognormvariate(5.4, 0.5)) for _ in range(answered)) if answered else None
            rows.append((CallInterval, works.ids(start), {"starts_at": start, "offered": offered, "answered": answered,
                                                          "handle_seconds": seconds}))  # fmt: skip
    return rows


def _roster(works: Works) -> list[Row]:
    rows: list[Row] = []
    today = works.days.index(works.now)
    hotline = works.members["hotline"]
    leads = [works.staff[key] for key in ("kern", "sommer", "lindner", "vogt")]
    for index in range(today - 14, today + 15):
        day, midnight = works.days.dates[index], works.days.midnights[index]
        if day.weekday() == 6 or works.calendars["desk"].closing(day) is not None:
            continue
        there = [c for c in hotline if works.here(c, midnight) and c is not works.me] or hotline
        lead = [c for c in leads if works.here(c, midnight)] or leads
        week = day.isocalendar().week
        turns = ((360, 780), (480, 990), (720, 1200)) if day.weekday() < 5 else ((360, 720),)
        for place, (start, end) in enumerate(turns):
            who = there[(place + week + (day.weekday() == 5)) % len(there)]
            rows.append(_shift(works, midnight, "hotline", who.id, start, end))
        rows.append(_shift(works, midnight, "lead", lead[week % len(lead)].id, 360, 1200))
        rows.append(_shift(works, midnight, "backup", lead[(week + 1) % len(lead)].id, 360, 1200))
    return rows


def _shift(works: Works, midnight: int, duty: str, who: bytes, start: int, end: int) -> Row:
    begins, ends = midnight + start * MINUTE_MS, midnight + end * MINUTE_MS
    queue = works.queues["hotline"] if duty == "hotline" else None
    values = {"analyst_id": who, "queue_id": queue, "starts_at": begins, "ends_at": ends, "duty": duty}
    return Shift, works.ids(begins), values
