"""Who calls, and what is known about them at once: for quick capture, where every second counts.

Production staff call about a machine, office staff by name, and some say no more than where they stand. So one line
finds requesters, machines, places and departments together (`find`). What was picked is then filled in from everything
it knows (`about`): the department, the product, a telephone number, who is the department's analyst today and who
stands in, and the open cases of the same machine and person. `preview` asks the routing rules who would get the case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.work.deadlines import Deadlines
from app.work.dispatch import Dispatcher, Question
from app.work.lists import CaseLine, Lists
from db.search_index import fold_text

CallerKind = Literal["requester", "asset", "place", "department"]
_LISTED: Final[tuple[Literal["place", "department"], ...]] = ("place", "department")
_AT_ONCE: Final = 5
"""Open cases shown per group."""


@dataclass(frozen=True)
class Caller:
    """A person, a machine, a place or a department. `note` tells two of a name apart."""

    kind: CallerKind
    id: bytes
    name: str
    note: str = ""


@dataclass(frozen=True)
class Contact:
    """Who speaks with a department today. `role`: "dedicated", "stand-in 1", "stand-in 2", or "" when nobody is named
    or everybody is away; `instead_of`: the dedicated analyst who is away until `away_until` (ISO date, "" for open)."""

    name: str = ""
    role: str = ""
    instead_of: str = ""
    away_until: str = ""
    phone: str = ""


@dataclass(frozen=True)
class CallerFacts:
    """Everything that follows from who or what called. Ids are None where nothing is known."""

    caller: Caller | None = None
    requester_id: bytes | None = None
    asset_id: bytes | None = None
    place_id: bytes | None = None
    department_id: bytes | None = None
    product_id: bytes | None = None
    department: str = ""
    product: str = ""
    place: str = ""
    asset: str = ""
    phone: str = ""
    email: str = ""
    dossier: str = ""
    contact: Contact = Contact()
    machine_cases: tuple[CaseLine, ...] = ()
    person_cases: tuple[CaseLine, ...] = ()


@dataclass(frozen=True)
class RoutePreview:
    """Who would get the case now, and by which rule. `reason` as in app.work.routing."""

    contact_owner: str
    work_owner: str
    queue: str
    reason: str


class Callers:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, lists: Lists, deadlines: Deadlines) -> None:
        self._context, self._directory, self._lists = context, directory, lists
        self._dispatcher = Dispatcher(context, directory, deadlines)

    def find(self, text: str, limit: int = 8) -> list[Caller]:
        """Whoever and whatever fits what was typed, best first; nothing for an empty text."""
        wanted = fold_text(text.strip())
        if not wanted:
            return []
        name = self._directory.name
        found: list[Caller] = []
        for r in self._directory.requester_rows(text.strip(), limit):
            note = " · ".join(p for p in (name("department", r["department_id"]), r["phone"] or "") if p)
            found.append(Caller("requester", r["id"], r["name"] or name("place", r["place_id"]), note))
        for r in self._directory.asset_rows(text.strip(), limit):
            note = " · ".join(p for p in (r["name"], name("place", r["place_id"])) if p)
            found.append(Caller("asset", r["id"], r["tag"], note))
        for kind in _LISTED:
            for n in self._directory.all(kind):
                if wanted in fold_text(n.name):
                    found.append(Caller(kind, n.id, n.name, n.note))
        return sorted(found, key=lambda caller: _rank(caller, wanted))[:limit]

    def about(self, caller: Caller | None) -> CallerFacts:
        """What follows from a caller. None, or one that is gone: nothing."""
        facts = CallerFacts()
        if caller is None:
            return facts
        reader = self._context.reader
        facts = replace(facts, caller=caller)
        if caller.kind == "asset":
            row = reader.one("SELECT * FROM asset WHERE id = ?", (caller.id,))
            if row is not None:
                facts = replace(
                    facts, asset_id=caller.id, place_id=row["place_id"], department_id=row["department_id"],
                    product_id=row["product_id"], asset=f"{row['tag']} {row['name']}".strip(),
                )  # fmt: skip
        elif caller.kind == "requester":
            row = reader.one("SELECT * FROM requester WHERE id = ?", (caller.id,))
            if row is not None:
                facts = replace(
                    facts, requester_id=caller.id, place_id=row["place_id"], department_id=row["department_id"],
                    phone=row["phone"] or "", email=row["email"] or "",
                )  # fmt: skip
        elif caller.kind == "place":
            facts = replace(facts, place_id=caller.id)
        else:
            facts = replace(facts, department_id=caller.id)
        if facts.place_id and not facts.department_id:
            department = reader.value("SELECT department_id FROM place WHERE id = ?", (facts.place_id,))
            facts = replace(facts, department_id=department)
        return self.named(facts)

    def named(self, facts: CallerFacts) -> CallerFacts:
        """The same with names, contact and open cases looked up for its ids."""
        name = self._directory.name
        reader = self._context.reader
        dossier = reader.value("SELECT dossier FROM department WHERE id = ?", (facts.department_id,)) or ""
        machine = self._open_cases("asset_id", facts.asset_id)
        if facts.asset_id is None:
            machine = self._open_cases("place_id", facts.place_id)
        person = [c for c in self._open_cases("requester_id", facts.requester_id) if c not in machine]
        return replace(
            facts, department=name("department", facts.department_id), product=name("product", facts.product_id),
            place=name("place", facts.place_id), dossier=str(dossier), contact=self.contact(facts.department_id),
            machine_cases=tuple(machine), person_cases=tuple(person),
        )  # fmt: skip

    def contact(self, department_id: bytes | None) -> Contact:
        """Who speaks with a department today."""
        if department_id is None:
            return Contact()
        now = self._context.clock()
        day = times.local_date(now, times.zone(self._context.zone)).isoformat()
        facts = self._dispatcher.facts(now, Question(department_id))
        people = (("dedicated", facts.primary), ("stand-in 1", facts.stand_in1), ("stand-in 2", facts.stand_in2))
        acting = next(((role, who) for role, who in people if who in facts.present), None)
        primary = self._directory.name("analyst", facts.primary)
        away = "" if facts.primary is None or facts.primary in facts.present else self._away_until(facts.primary, day)
        if acting is None:
            return Contact(instead_of=primary, away_until=away)
        role, who = acting
        phone = self._context.reader.value("SELECT phone FROM analyst WHERE id = ?", (who,)) or ""
        instead = "" if role == "dedicated" else primary
        return Contact(self._directory.name("analyst", who), role, instead, away if instead else "", str(phone))

    def preview(
        self,
        *,
        department_id: bytes | None,
        product_id: bytes | None,
        major: bool = False,
        queue_id: bytes | None = None,
        severity: int | None = None,
        requester_id: bytes | None = None,
    ) -> RoutePreview:
        """Who would get a case of this department and product now."""
        now = self._context.clock()
        asked = Question(department_id, product_id, severity, requester_id, major=major, by_hand_queue=queue_id)
        found = self._dispatcher.who(now, asked)
        return RoutePreview(found.contact_owner, found.work_owner, found.queue, found.reason)

    def _away_until(self, analyst: bytes, day: str) -> str:
        found = self._context.reader.one(
            "SELECT to_day FROM absence WHERE analyst_id = ? AND from_day <= ? AND (to_day IS NULL OR to_day >= ?) "
            "ORDER BY to_day IS NULL DESC, to_day DESC LIMIT 1",
            (analyst, day, day),
        )
        return "" if found is None else str(found["to_day"] or "")

    def _open_cases(self, column: str, row_id: bytes | None) -> list[CaseLine]:
        if row_id is None:
            return []
        rows: list[Any] = self._context.reader.all(
            f'SELECT rid FROM "case" WHERE {column} = ? AND ended_at IS NULL ORDER BY opened_at DESC LIMIT ?',
            (row_id, _AT_ONCE),
        )
        return self._lists.lines([r[0] for r in rows])


def _rank(caller: Caller, wanted: str) -> tuple[int, int, str]:
    """Names that begin with it, then words that do, then the rest; people before machines before places."""
    name = fold_text(caller.name)
    if name.startswith(wanted):
        place = 0
    elif f" {wanted}" in name:
        place = 1
    else:
        place = 2
    return place, ("requester", "asset", "place", "department").index(caller.kind), name
