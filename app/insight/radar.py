"""Who knows what, and what would be without anyone if somebody were ill tomorrow.

Somebody knows a product who has a skill in it (or in its kind), or who solved at least SOLVED cases of it in the last
year. The rules are pure; `Radar` reads what they need. Nothing here ranks people: it is about the product that one
person alone knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from app import times
from app.context import ReadContext
from app.work.coverage import Spell, acting_on
from app.work.coverage_checks import World, candidates
from app.work.coverage_rows import world
from app.work.roster import Roster, Turn

SOLVED: Final = 3
"""So many solved cases of a product in a year count as knowing it."""
LOOKED_BACK: Final = 365
"""Days."""
MOST_CASES: Final = 5_000


class Knowing(NamedTuple):
    """What one person brings to one product: the skill entered (0: none) and the cases solved in the last year."""

    level: int = 0
    solved: int = 0

    @property
    def enough(self) -> bool:
        """Whether that counts as knowing it."""
        return self.level > 0 or self.solved >= SOLVED


@dataclass(frozen=True)
class Product:
    """A row of the matrix. `cells`: by analyst, those with anything; `solved`: by everybody, also who left."""

    id: bytes
    cells: Mapping[bytes, Knowing]
    solved: int

    @property
    def knowers(self) -> tuple[bytes, ...]:
        """Who knows it, best first."""
        return tuple(sorted((w for w, k in self.cells.items() if k.enough), key=lambda w: (self.cells[w], w))[::-1])


def matrix(
    products: Iterable[bytes], skills: Mapping[bytes, Mapping[bytes, int]], solved: Mapping[tuple[bytes, bytes], int]
) -> tuple[Product, ...]:
    """Product by product. `skills`: of those who work here, analyst -> product -> level; `solved`: (product, analyst)
    -> cases, of whoever; people who left have no cell."""
    counts: dict[bytes, dict[bytes, int]] = {}
    for (product, who), count in solved.items():
        counts.setdefault(product, {})[who] = count
    found = []
    for product in products:
        by_person = counts.get(product, {})
        cells = {who: Knowing(known.get(product, 0), by_person.get(who, 0)) for who, known in skills.items()}
        found.append(Product(product, {w: k for w, k in cells.items() if k != Knowing()}, sum(by_person.values())))
    return tuple(found)


class OpenCase(NamedTuple):
    """An open case of the one who is away."""

    id: bytes
    department: bytes | None
    product: bytes | None
    severity: int | None


class Left(NamedTuple):
    """A department, product, shift or case, and who could take it: None where nobody can."""

    what: bytes
    taker: bytes | None


@dataclass(frozen=True)
class Rehearsal:
    """What a day without somebody does. `departments`: all that he speaks for that day, each with those that inherit
    its agreement after it; `products`: those nobody else
    there knows, the taker being who solved some of it before; `shifts`, `cases`: his own."""

    who: bytes
    day: str
    departments: tuple[Left, ...] = ()
    products: tuple[Left, ...] = ()
    shifts: tuple[Left, ...] = ()
    cases: tuple[Left, ...] = ()

    @property
    def orphans(self) -> int:
        """How many of them have no taker."""
        everything = (*self.departments, *self.products, *self.shifts, *self.cases)
        return sum(one.taker is None for one in everything)


@dataclass(frozen=True)
class Day:
    """What a rehearsal looks at. `turns`: every turn of the day; `hotline`: who may be rostered."""

    world: World
    products: Sequence[Product]
    turns: Sequence[Turn] = ()
    cases: Sequence[OpenCase] = ()
    hotline: Sequence[bytes] = field(default=())


def rehearse(known: Day, who: bytes, day: str) -> Rehearsal:
    """Without `who` on `day`. What was left without anyone before is no news and not told, unless it is his own."""
    without = known.world.with_spell(Spell(b"rehearsal", who, day, day, "sickness", None, None, None))
    there = [one for one in without.people if not without.away(one, day)]
    speaks: dict[bytes, bytes | None] = {}
    for department in without.departments:
        cover = without.cover(department, day)
        if cover is None:
            continue
        before = acting_on(cover, day, known.world.away)
        if before is not None and before[1] == who:
            after = acting_on(cover, day, without.away)
            proposed = candidates(without, department, [day], cover.people)
            speaks[department] = after[1] if after is not None else next(iter(proposed), None)
    products = []
    for product in known.products:
        if who in product.knowers and not any(one in there for one in product.knowers):
            others = [one for one in there if product.cells.get(one, Knowing()).solved > 0]
            best = max(others, key=lambda one: (product.cells[one].solved, one), default=None)
            products.append(Left(product.id, best))
    return Rehearsal(
        who, day,
        departments=tuple(Left(one, speaks[held]) for held in speaks for one in without.parts(held, day)),
        products=tuple(products),
        shifts=tuple(_shifts(known, who, there)),
        cases=tuple(_cases(known, without, speaks, there, day)),
    )  # fmt: skip


def _shifts(known: Day, who: bytes, there: Sequence[bytes]) -> Iterable[Left]:
    """Each of his turns goes to whoever is free then and has the fewest."""
    taken = [turn for turn in known.turns if turn.analyst_id != who]
    for turn in sorted((t for t in known.turns if t.analyst_id == who), key=lambda t: (t.starts_at, t.id)):
        busy = {t.analyst_id for t in taken if t.starts_at < turn.ends_at and turn.starts_at < t.ends_at}
        free = [one for one in known.hotline if one in there and one not in busy]
        found = min(free, key=lambda one: (sum(t.analyst_id == one for t in taken), one), default=None)
        if found is not None:
            taken.append(turn._replace(analyst_id=found))
        yield Left(turn.id, found)


def _cases(
    known: Day, without: World, speaks: Mapping[bytes, bytes | None], there: Sequence[bytes], day: str
) -> Iterable[Left]:
    """Each goes to who speaks for its department then, or to who knows its product and has the least to do."""
    knowers = {product.id: product.knowers for product in known.products}
    load = {one: without.people[one].open_cases for one in there}
    for case in sorted(known.cases, key=lambda c: (c.severity or 9, c.id)):
        held = without.holder(case.department, day) if case.department is not None else None
        contact = speaks.get(held.department) if held is not None else None
        able = [one for one in knowers.get(case.product or b"", ()) if one in load]
        found = contact or min(able, key=lambda one: (load[one], one), default=None)
        if found is not None and found in load:
            load[found] += 1
        yield Left(case.id, found)


class Radar:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def matrix(self) -> tuple[Product, ...]:
        """Every product that is supported, and who knows it."""
        return self._matrix(self._world())

    def cases(self, product: bytes, who: bytes | None = None) -> list[int]:
        """Row numbers of what the matrix counts: cases of a product solved in the last year, by somebody or by
        everybody, the newest first, at most MOST_CASES."""
        since = self._context.clock() - LOOKED_BACK * times.DAY_MS
        by, also = ("", ()) if who is None else (" AND work_owner_id = ?", (who,))
        rows = self._context.reader.all(
            'SELECT rid FROM "case" WHERE product_id = ? AND ended_at >= ? AND resolved_at IS NOT NULL AND '
            f"work_owner_id IS NOT NULL{by} ORDER BY ended_at DESC LIMIT {MOST_CASES}",
            (product, since, *also),
        )
        return [row[0] for row in rows]

    def rehearse(self, who: bytes, day: str) -> Rehearsal:
        """A day without somebody, as the desk is known now."""
        known, query = self._world(), self._context.reader.all
        start, end = times.day_bounds(date.fromisoformat(day), times.zone(self._context.zone))
        cases = [
            OpenCase(*row)
            for row in query(
                'SELECT id, department_id, product_id, severity FROM "case" WHERE work_owner_id = ? '
                "AND ended_at IS NULL ORDER BY severity, due_at",
                (who,),
            )
        ]
        hotline = [
            row[0]
            for row in query(
                "SELECT DISTINCT m.analyst_id FROM queue_member m JOIN queue q ON q.id = m.queue_id "
                "WHERE q.kind = 'front line' AND q.active = 1 AND m.schedulable = 1 ORDER BY m.analyst_id"
            )
        ]
        turns = Roster(self._context).turns(start, end)
        return rehearse(Day(known, self._matrix(known), turns, cases, hotline), who, day)

    def _world(self) -> World:
        now = self._context.clock()
        today = times.local_date(now, times.zone(self._context.zone)).isoformat()
        return world(self._context.reader.all, today, now)

    def _matrix(self, known: World) -> tuple[Product, ...]:
        query: Any = self._context.reader.all
        since = self._context.clock() - LOOKED_BACK * times.DAY_MS
        solved = {
            (row[0], row[1]): row[2]
            for row in query(
                'SELECT product_id, work_owner_id, count(*) FROM "case" WHERE ended_at >= ? '
                "AND resolved_at IS NOT NULL AND product_id IS NOT NULL AND work_owner_id IS NOT NULL "
                "GROUP BY product_id, work_owner_id",
                (since,),
            )
        }
        products = [
            row[0]
            for row in query(
                "SELECT id FROM product WHERE active = 1 AND support != 'not supported' ORDER BY name COLLATE NOCASE"
            )
        ]
        return matrix(products, {who: one.skills for who, one in known.people.items() if one.active}, solved)
