"""The places of the navigation: lists of cases one can stand in, and what can be done to cases dropped on them.

A place is a plain value; which there are is gathered on the read lane (`gather`) and laid out in sections by
`ui/navigation.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from app import times
from app.directory import Named
from app.reading import ReadingDesk
from app.work.case_filter import ALL_CASES, CaseFilter, CaseList
from app.work.covered import Covered, Handed
from app.work.lists import Count
from app.work.place_counts import Counts
from app.work.view_list import Definition, SavedView
from ui import text

translate = QCoreApplication.translate

Target = Literal["", "queue", "analyst"]
NOWHERE: Final = "cases"
"""Key of a list that is no place of the navigation: the cases behind a figure."""
VIEW: Final = "view:"
"""How the keys of saved views begin."""
DEPARTMENT: Final = "department:"
HANDED: Final = "handed:"
OTHER: Final = "other:"
"""How the keys of departments begin, of the cases of somebody who is away, and of departments that are not mine."""
COVERING: Final = "covering"
"""Key of the section of those I stand in for."""
CONFLICTS: Final = "conflicts"
"""Key of the place that is no list of cases: changes that need me. It is there while there are any."""


@dataclass(frozen=True)
class Place:
    """Somewhere to stand. `key` outlives the program ("queue:<hex>"); `target` says what dropping cases here means."""

    key: str
    title: str
    icon: str
    wanted: CaseList
    id: bytes | None = None
    target: Target = ""
    note: str = ""
    """Shown beside the title: "stand-in until …"."""
    group: str = ""
    """What the list is grouped by at first (app.work.groups)."""
    page: str = ""
    """Not a list of cases but a page of its own ("administration"); `wanted` counts for nothing then."""


@dataclass(frozen=True)
class Section:
    """Places under a heading ("": no heading). `folded`: shut until somebody opens it."""

    key: str
    title: str
    places: tuple[Place, ...]
    folded: bool = False


@dataclass(frozen=True)
class Known:
    """What the navigation is made of."""

    queues: Sequence[Named]
    analysts: Sequence[Named]
    departments: dict[bytes, str]
    """Those in use and those I am the contact of, as they are read."""
    covered: Sequence[Covered]
    views: Sequence[SavedView] = ()
    handed: Sequence[tuple[str, Handed]] = ()
    """Whose cases I do while they are away, with their names."""


def gather(desk: ReadingDesk) -> Known:
    """Read it; on a lane."""
    today = times.local_date(desk.context.clock(), times.zone(desk.context.zone)).isoformat()
    covered = desk.lists.covered(today)
    return Known(
        queues=desk.directory.all("queue"),
        analysts=[a for a in desk.directory.all("analyst") if a.id != desk.me],
        departments={one.id: one.name for one in desk.directory.all("department")}
        | {c.department: desk.directory.name("department", c.department) for c in covered},
        covered=covered,
        views=desk.views.all(),
        handed=[(desk.directory.name("analyst", one.owner), one) for one in desk.lists.handed(today)],
    )


def needing_me() -> Section:
    """Where the changes are that need a decision."""
    place = Place(CONFLICTS, translate("places", "Changes that need me"), "sync-conflict", CaseList())
    return Section(CONFLICTS, "", (place,))


_QUEUE_SECTIONS: Final = ("front line", "product", "department")


def standing(me: bytes) -> Section:
    """The places everybody has."""
    return Section(
        "mine",
        "",
        (
            Place("mine", translate("places", "My work"), "my-work", CaseList(CaseFilter(analyst=me, snoozed=False))),
            Place("unowned", translate("places", "Unassigned"), "user", CaseList(CaseFilter(unowned=True))),
            Place("new", translate("places", "Not begun"), "state-new", CaseList(CaseFilter(statuses=("new",)))),
            Place("snoozed", translate("places", "Put off"), "moon", CaseList(CaseFilter(snoozed=True))),
            Place("watched", translate("places", "Watched"), "eye", CaseList(CaseFilter(watched_by=me))),
            Place(
                "unreachable",
                translate("places", "Nobody reachable"),
                "warning",
                CaseList(CaseFilter(unreachable=True)),
            ),
            Place("open", translate("places", "All open"), "list", CaseList()),
            Place("all", translate("places", "All cases"), "history", ALL_CASES),
        ),
    )


def sections(me: bytes, known: Known) -> list[Section]:
    """Every section in the order in which it stands."""
    out = [standing(me)]
    if known.views:
        out.append(Section("views", translate("places", "Views"), tuple(map(_view, known.views))))
    out += departments(known)
    titles = {
        "front line": translate("places", "Front line"),
        "product": translate("places", "Product queues"),
        "department": translate("places", "Department queues"),
    }
    for kind in _QUEUE_SECTIONS:
        queues = tuple(
            Place(f"queue:{q.id.hex()}", q.name, "queues", CaseList(CaseFilter(queue=q.id)), q.id, "queue")
            for q in known.queues
            if q.note == kind
        )
        if queues:
            out.append(Section(f"queues {kind}", titles[kind], queues))
    colleagues = tuple(
        Place(f"analyst:{a.id.hex()}", a.name, "user", CaseList(CaseFilter(analyst=a.id)), a.id, "analyst")
        for a in known.analysts
    )
    covered = {c.department for c in known.covered}
    others = [row_id for row_id in known.departments if row_id not in covered]
    if others:
        places = tuple(
            Place(f"{OTHER}{row_id.hex()}", known.departments[row_id], "departments",
                  CaseList(CaseFilter(department=row_id)), row_id)
            for row_id in others
        )  # fmt: skip
        out.append(Section("other departments", translate("places", "Other departments"), places, folded=True))
    if colleagues:
        out.append(Section("colleagues", translate("places", "Colleagues"), colleagues, folded=True))
    out.append(Section("pages", translate("places", "The desk"), pages()))
    return out


def departments(known: Known) -> list[Section]:
    """Those that are mine, and what I cover for while somebody is away."""
    mine = tuple(_department(c, known) for c in known.covered if not c.stand_in)
    covering = (
        *(_department(c, known) for c in known.covered if c.stand_in),
        *(_handed(name, one) for name, one in known.handed),
    )
    both = (
        Section("departments", translate("places", "My departments"), mine),
        Section(COVERING, translate("places", "Covering for"), covering),
    )
    return [section for section in both if section.places]


def _handed(name: str, handed: Handed) -> Place:
    title = translate("places", "Cases of {name}").format(name=name)
    wanted = CaseList(CaseFilter(handed_by=handed.owner))
    return Place(f"{HANDED}{handed.owner.hex()}", title, "stand-in", wanted, note=_stand_in_note(handed.until))


def _stand_in_note(until: str | None) -> str:
    if until:
        return translate("places", "stand-in until {day}").format(day=text.day(until))
    return translate("places", "stand-in")


def _view(view: SavedView) -> Place:
    definition = view.definition or Definition()
    return Place(
        f"{VIEW}{view.id.hex()}", view.name, "users" if view.shared else "views", definition.wanted(), view.id,
        note="" if view.definition is not None else translate("places", "made by a newer Halldesk"),
        group=definition.group,
    )  # fmt: skip


def behind(title: str, wanted: CaseList | Sequence[int]) -> Place:
    """The cases behind a figure, as a list; it is in no navigation."""
    if not isinstance(wanted, CaseList):
        wanted = CaseList(CaseFilter(open_only=False, among=tuple(wanted)), "number")
    return Place(f"{NOWHERE}:{title}", title, "reports", wanted)


def pages() -> tuple[Place, ...]:
    """What is not a list of cases."""
    return (
        Place("coverage", translate("places", "Coverage"), "coverage", CaseList(), page="coverage"),
        Place("roster", translate("places", "Roster"), "roster", CaseList(), page="roster"),
        Place("knowledge", translate("places", "Knowledge"), "knowledge", CaseList(), page="knowledge"),
        Place("supervisor", translate("places", "Board and reports"), "board", CaseList(), page="supervisor"),
        Place(
            "administration", translate("places", "Administration"), "permissions", CaseList(), page="administration"
        ),
    )


def _department(covered: Covered, known: Known) -> Place:
    note = _stand_in_note(covered.until) if covered.stand_in else ""
    return Place(
        f"department:{covered.department.hex()}",
        known.departments[covered.department],
        "stand-in" if covered.stand_in else "departments",
        CaseList(CaseFilter(department=covered.department)),
        covered.department,
        note=note,
    )


def count_of(place: Place, counts: Counts) -> Count | None:
    """The figures of a place; None where none are kept."""
    if place.page:
        return None
    if place.id is not None:
        kind = place.key.split(":")[0]
        by_kind = {"queue": counts.queues, "department": counts.departments, "other": counts.departments,
                   "analyst": counts.analysts}  # fmt: skip
        return by_kind[kind].get(place.id, Count()) if kind in by_kind else None
    if place.key.startswith(HANDED):
        return counts.handed.get(bytes.fromhex(place.key.removeprefix(HANDED)))
    return {
        "mine": counts.mine, "unowned": counts.unowned, "watched": counts.watched, "open": counts.all_open,
        "new": counts.untriaged, "snoozed": counts.snoozed, "unreachable": counts.unreachable,
    }.get(place.key)  # fmt: skip


def empty_words(place: Place, words: str) -> tuple[str, str]:
    """(headline, what to do) for a list without cases."""
    if words:
        return (
            translate("places", "Nothing here matches “{words}”").format(words=words),
            translate("places", "Try fewer words, or search everywhere with Ctrl+F."),
        )
    if place.key.startswith(DEPARTMENT) and place.key.count(":") == 2:
        return _empty_list(place.key.rsplit(":", 1)[1])
    told = {
        "snoozed": (
            translate("places", "Nothing is put off"),
            translate("places", "A case that you put off is out of “My work” until then."),
        ),
        "unreachable": (
            translate("places", "Somebody can be asked about every case"),
            translate("places", "Here stand open cases whose owners are away and for which nobody stands in."),
        ),
        "mine": (
            translate("places", "Nothing waits for you"),
            translate("places", "Claim a case from “Unassigned”, or press F2 to log a call."),
        ),
        "unowned": (
            translate("places", "Every open case has an owner"),
            translate("places", "New calls appear here until somebody claims them."),
        ),
        "watched": (
            translate("places", "You watch no open case"),
            translate("places", "Watch a case to see here what happens to it."),
        ),
        "all": (
            translate("places", "No case yet"),
            translate("places", "Press F2 when the first call comes."),
        ),
    }
    return told.get(
        place.key,
        (
            translate("places", "No open case here"),
            translate("places", "Press F2 to log a call, or drag cases here from another list."),
        ),
    )


def _empty_list(name: str) -> tuple[str, str]:
    """The same for one of the lists of a department (app.work.standing.LISTS)."""
    return {
        "now": (
            translate("places", "Nothing to do for this department now"),
            translate("places", "Press Shift+F2 when it calls."),
        ),
        "waiting": (
            translate("places", "Nothing waits"),
            translate("places", "Here stands what waits for a requester, a supplier, a change or parts."),
        ),
        "specialists": (
            translate("places", "Nobody else works for this department"),
            translate("places", "F3 hands a case to a specialist; you stay the contact."),
        ),
        "problems": (
            translate("places", "No open problem"),
            translate("places", "A case that keeps coming back can become a problem: change its kind."),
        ),
        "closed": (
            translate("places", "Nothing was closed in the last two weeks"),
            translate("places", "What is solved stands here for two weeks."),
        ),
    }[name]
