"""The snapshot the checks of agreements look at, and who was there when; through a `query` callable, so that it is the
same inside a transaction and on a reader.

Everything is a few small tables; only what a department's cases are about is asked of `case`, by an index, for the
last quarter and the latest cases of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from app import times
from app.work.agreed import Query, covers, spells
from app.work.calendars import Interval
from app.work.coverage import FOREVER, Life, Spell
from app.work.coverage_checks import (
    CAP,
    Ability,
    Customer,
    World,
)
from app.work.deadlines import Deadlines
from app.work.dispatch import spoken
from app.work.holding import line_up, parents_of

CAP_SETTING: Final = "coverage.cap"
"""The site setting with the most departments one analyst is the contact of."""
ABOUT_DAYS: Final = 91
"""What a department's cases of so many days were about is what its contact must know."""
ABOUT_CASES: Final = 100
"""So many of them, the latest, are looked at: a busy department has thousands in a quarter, and no other products."""
PRODUCTS: Final = 3


def world(query: Query, today: str, now: int, also: Iterable[bytes] = ()) -> World:
    """The snapshot of today and what is to come. `also`: departments without an agreement that are asked about."""
    agreed = covers(query, since=today)
    covered = {cover.department for cover in agreed}.union(also)
    parents = parents_of(query)
    known = {row[0]: row[1] for row in query("SELECT key, value FROM site_setting WHERE key = ?", (CAP_SETTING,))}
    said = {
        (row[0], row[1]): row[2] or FOREVER for row in query("SELECT absence_id, analyst_id, to_day FROM "
                                                             "acknowledgement", ())
    }  # fmt: skip
    return World(
        agreed, spells(query, since=today), _abilities(query), _customers(query, covered, parents, now),
        said, int(known.get(CAP_SETTING, CAP)),
        parents,
    )  # fmt: skip


def _abilities(query: Query) -> dict[bytes, Ability]:
    skills: dict[bytes, dict[bytes, int]] = {}
    for analyst, product, level in query("SELECT analyst_id, product_id, level FROM skill", ()):
        skills.setdefault(analyst, {})[product] = level
    # Who knows a kind of product knows each of it.
    parents = {row[0]: row[1] for row in query("SELECT id, parent_id FROM product", ())}
    for known in skills.values():
        for product in parents:
            above, n = parents[product], 0
            while product not in known and above is not None and n < 20:
                if above in known:
                    known[product] = known[above]
                above, n = parents.get(above), n + 1
    queues: dict[bytes, set[bytes]] = {}
    for queue, analyst in query("SELECT queue_id, analyst_id FROM queue_member", ()):
        queues.setdefault(analyst, set()).add(queue)
    return {
        row[0]: Ability(
            row[1], bool(row[2]), row[3], spoken(row[4]), skills.get(row[0], {}), frozenset(queues.get(row[0], ())),
            row[5], row[6],
        )
        for row in query(
            "SELECT a.id, a.name, a.active, a.role, a.languages, (SELECT count(*) FROM device d WHERE "
            "d.analyst_id = a.id AND d.revoked_at IS NULL), (SELECT count(*) FROM \"case\" c WHERE "
            "c.work_owner_id = a.id AND c.ended_at IS NULL) FROM analyst a",
            (),
        )
    }  # fmt: skip


def _customers(
    query: Query, wanted: Iterable[bytes], parents: Mapping[bytes, bytes | None], now: int
) -> dict[bytes, Customer]:
    """What each of these, and each watched department, asks of whoever stands in: with what the departments ask that
    have nothing agreed of their own and so inherit it."""
    covered = set(wanted)
    parts: dict[bytes, list[bytes]] = {}
    for one in parents:
        held = next((above for above in line_up(parents, one) if above in covered), None)
        parts.setdefault(one if held is None else held, []).append(one)
    needs = {row[0]: row[1] for row in query("SELECT id, needs_level FROM product", ())}
    out = {}
    for department, name, language, significance in query(
        "SELECT id, name, language, significance FROM department WHERE active = 1", ()
    ):
        if department not in covered and significance != 1:
            continue
        about: Counter[bytes] = Counter()
        for one in parts.get(department, (department,)):
            rows = query(
                'SELECT product_id FROM "case" WHERE department_id = ? AND opened_at >= ? '
                f"ORDER BY opened_at DESC LIMIT {ABOUT_CASES}",
                (one, now - ABOUT_DAYS * times.DAY_MS),
            )
            about.update(row[0] for row in rows if row[0] in needs)
        most = sorted(about, key=lambda product: (-about[product], product))[:PRODUCTS]
        private = any(
            query(
                'SELECT 1 FROM "case" WHERE department_id = ? AND ended_at IS NULL '
                "AND (executive_complaint = 1 OR abusive_contact = 1) LIMIT 1",
                (one,),
            )
            for one in parts.get(department, (department,))
        )
        out[department] = Customer(
            name, spoken(language or ""), {product: needs[product] for product in most}, significance == 1, private
        )
    return out


def lives(
    query: Query, deadlines: Deadlines, zone: str, people: Iterable[bytes], start: int, end: int
) -> Mapping[bytes, Life]:
    """When these analysts can be had in [start, end)."""
    away: dict[bytes, list[Spell]] = {}
    for spell in spells(query, since=times.local_date(start, times.zone(zone)).isoformat()):
        away.setdefault(spell.analyst, []).append(spell)
    duty: dict[bytes, list[Interval]] = {}
    for who, begins, ends in query(
        "SELECT analyst_id, starts_at, ends_at FROM shift WHERE ends_at > ? AND starts_at < ?", (start, end)
    ):
        duty.setdefault(who, []).append(Interval(begins, ends))
    out = {}
    for who in set(people):
        for calendar, active in query("SELECT calendar_id, active FROM analyst WHERE id = ?", (who,)):
            out[who] = Life(
                deadlines.calendar_of(query, calendar), tuple(away.get(who, ())), tuple(duty.get(who, ())), bool(active)
            )
    return out
