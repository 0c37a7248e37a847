"""Through how many hands did cases go? First contact and first level, handovers and ping-pong, escalations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from app.insight.columns import Columns
from app.insight.facts import Span, in_parts
from app.insight.figure import CaseKey, Figure
from app.insight.section import Listing, Section, by_value, counted, empty_weeks, lines, shared
from db.rules import LIVE_CHANNELS

CONTACTS: Final = frozenset({"reply", "call", "visit", "mail"})
"""Entries of a timeline with which somebody speaks to the requester."""
ROWS: Final = 12
PAIRS: Final = 8
"""Pairs of queues that are listed."""
BY_ITSELF: Final = frozenset(
    {"front line", "product queue", "department queue", "dedicated analyst", "stand-in 1", "stand-in 2",
     "before contact", "major incident", "undone"}
)  # fmt: skip
"""Reasons of a change of queue that a rule gave, not a person: routing, and what stand-ins take over."""


class Touches(NamedTuple):
    """What it took to resolve a case: changes of queue after the first, contacts, and the highest tier it had."""

    moves: int
    contacts: int
    tier: int
    live: bool


def first_contact(span: Span) -> Section:
    """Section 7."""
    rids = {rid for week in span.columns for rid in (*week.frames["cohort"]["rid"], *week.frames["resolved"]["rid"])}
    return first_contact_section(span.columns, _touches(span, rids), span.names.departments)


def first_contact_section(
    weeks: Sequence[Columns], touches: Mapping[int, Touches], departments: Mapping[Any, str]
) -> Section:
    """The section from its facts. Whether a first contact lasted is known a week later, so its week is that before."""
    eligible = by_value()
    first = by_value()
    level = by_value()
    resolved = by_value()
    for place, week in enumerate(weeks):
        cohort = week.frames["cohort"]
        rows = zip(week.keys("cohort"), cohort["back"], cohort["department"], strict=True)
        for key, back, code in rows:
            one = touches.get(key.rid)
            if one is None or not one.live:
                continue
            for value in ("", week.values[code]):
                eligible[value][place].append(key)
                if not back and not one.moves and one.contacts <= 1:
                    first[value][place].append(key)
        seen: set[int] = set()
        for key, code in zip(week.keys("resolved"), week.frames["resolved"]["department"], strict=True):
            one = touches.get(key.rid)
            if one is None or key.rid in seen:
                continue
            seen.add(key.rid)
            for value in ("", week.values[code]):
                resolved[value][place].append(key)
                if one.tier == 1:
                    level[value][place].append(key)
    if not resolved.get("", empty_weeks())[-1] and not eligible.get("", empty_weeks())[-1]:
        return Section("contact", empty="empty.contact")

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        nothing = empty_weeks()
        return (
            counted("contact.resolved", resolved.get(value, nothing), group=group),
            shared("contact.level", level.get(value, nothing), resolved.get(value, nothing), group=group),
            counted("contact.eligible", eligible.get(value, nothing), group=group),
            shared("contact.first", first.get(value, nothing), eligible.get(value, nothing), group=group),
        )

    total = figures("", "")
    table = Listing(
        "contact", ("department", "resolved", "level", "eligible", "first"),
        lines(departments, figures, (value for value in {*resolved, *eligible} if value != ""))[:ROWS], lead=1,
    )  # fmt: skip
    return Section("contact", (total[3], total[1]), (table,))


def _touches(span: Span, rids: Iterable[int]) -> dict[int, Touches]:
    rids = set(rids)
    contacts: Counter[int] = Counter()
    marks = ", ".join(f"'{kind}'" for kind in sorted(CONTACTS))
    for rid, n in in_parts(
        span.reader,
        'SELECT c.rid, count(*) FROM "case" c CROSS JOIN timeline_entry t ON t.case_id = c.id AND +t.at < ? '
        f"AND t.kind IN ({marks}) WHERE c.rid IN ({{rids}}) GROUP BY 1",
        rids,
        (span.end,),
    ):
        contacts[rid] = n
    out = {}
    for rid, channel, moves, tier in in_parts(
        span.reader,
        "SELECT c.rid, c.channel, sum(e.field = 'queue' AND e.old_id IS NOT NULL), "
        "max(CASE WHEN e.field = 'tier' THEN cast(substr(e.new, -1) AS INTEGER) ELSE 1 END) "
        "FROM \"case\" c CROSS JOIN case_event e ON e.case_id = c.id AND e.field IN ('queue', 'tier') AND +e.at < ? "
        "WHERE c.rid IN ({rids}) GROUP BY c.rid",
        rids,
        (span.end,),
    ):
        out[rid] = Touches(moves, contacts[rid], tier, channel in LIVE_CHANNELS)
    return out


class Move(NamedTuple):
    """A case went from one queue to another at an instant; `counts`: a person handed it on."""

    key: CaseKey
    at: int
    old: bytes
    new: bytes
    counts: bool


def handovers(span: Span) -> Section:
    """Section 8."""
    return handovers_section(_moves(span), span.bounds, _worked(span), span.names.queues)


def handovers_section(
    moves: Sequence[Move], bounds: Sequence[int], worked: Sequence[Sequence[CaseKey]], queues: Mapping[Any, str]
) -> Section:
    """The section from its facts. `moves`: all of the cases that moved in the weeks, in order, those before the weeks
    too; a return is a move back to where the case had come from with its move before. `worked`: the cases that were
    open at some time of each week."""
    handed, returned = empty_weeks(), empty_weeks()
    pairs = by_value()
    before: dict[CaseKey, Move] = {}
    for move in moves:
        last, before[move.key] = before.get(move.key), move
        place = next((n for n, (low, high) in enumerate(pairwise(bounds)) if low <= move.at < high), None)
        if place is None or not move.counts:
            continue
        handed[place].append(move.key)
        if last is not None and last.counts and last.old == move.new:
            returned[place].append(move.key)
            pair = tuple(sorted((move.old, move.new)))
            pairs[pair][place].append(move.key)
    if not handed[-1]:
        return Section("handovers", empty="empty.handovers")
    names = {pair: " ⇄ ".join(sorted(queues.get(queue, "?") for queue in pair)) for pair in pairs}
    table = Listing(
        "pingpong", ("pair", "returns"),
        lines(names, lambda pair, group: (counted("handovers.pair", pairs[pair], group=group),), pairs)[:PAIRS],
        bars=True,
    )  # fmt: skip
    headline = (
        counted("handovers.moves", handed),
        shared("handovers.share", [sorted(set(week)) for week in handed], worked),
        counted("handovers.returns", returned),
    )
    return Section("handovers", headline, (table,) if table.lines else ())


_MOVE: Final = "SELECT c.rid, c.number, e.at, e.old_id, e.new_id, e.reason, e.on_behalf_of_id, e.author_id"
_MOVED: Final = "e.field = 'queue' AND e.old_id IS NOT NULL AND e.new_id IS NOT NULL"
_IN_ORDER: Final = "ORDER BY e.at, e.source_row, e.id"


def _moves(span: Span) -> list[Move]:
    within = span.reader.all(
        f'{_MOVE} FROM case_event e CROSS JOIN "case" c ON c.id = e.case_id WHERE {_MOVED} AND e.at >= ? AND e.at < ? '
        f"{_IN_ORDER}",
        (span.start, span.end),
    )
    # What the same cases did before the weeks; few of them are old enough to have done anything.
    before = in_parts(
        span.reader,
        f'{_MOVE} FROM "case" c CROSS JOIN case_event e ON e.case_id = c.id AND {_MOVED} AND +e.at < ? '
        f"WHERE c.rid IN ({{rids}}) {_IN_ORDER}",
        {row[0] for row in within},
        (span.start,),
    )
    rows = [*before, *within]
    front = {row[0] for row in span.reader.all("SELECT id FROM queue WHERE kind = 'front line'")}
    owned = span.owned({row[0] for row in rows})
    out = []
    sent: set[int] = set()
    for rid, number, at, old, new, reason, behalf, author in rows:
        place = span.week_of(at)
        if place is not None and not span.ours(owned, rid, place):
            continue
        # The first step from the front line to those who know more is how the desk works, not a handover.
        onwards = old in front and new not in front and rid not in sent
        if onwards:
            sent.add(rid)
        by_rule = reason in BY_ITSELF or (behalf is not None and behalf != author)
        out.append(Move(CaseKey(number, rid), at, old, new, not onwards and not by_rule))
    return out


def _worked(span: Span) -> list[list[CaseKey]]:
    """The cases that were open at some time of each week."""
    if "open" not in span.shared:
        span.shared["open"] = [
            list({*week.keys("start"), *week.keys("opened"), *week.keys("reopened")}) for week in span.columns
        ]
    found: list[list[CaseKey]] = span.shared["open"]
    return found


REASONS: Final = 10
"""Reasons that are listed."""
OUTSIDE: Final = ("developers", "supplier")
"""Where a case can go beyond the tiers."""


class Climb(NamedTuple):
    """A case went up. `to`: "tier" or one of OUTSIDE; `reason`: what was written with it, "" nothing."""

    key: CaseKey
    at: int
    to: str
    queue: bytes | None
    reason: str = ""


def escalations(span: Span) -> Section:
    """Section 9."""
    return escalations_section(_climbs(span), span.bounds, _worked(span), span.names.queues)


def escalations_section(
    climbs: Sequence[Climb], bounds: Sequence[int], worked: Sequence[Sequence[CaseKey]], queues: Mapping[Any, str]
) -> Section:
    """The section from its facts."""
    up = {to: empty_weeks() for to in ("tier", *OUTSIDE)}
    by_queue = by_value()
    by_reason = by_value()
    for climb in climbs:
        place = next((n for n, (low, high) in enumerate(pairwise(bounds)) if low <= climb.at < high), None)
        if place is None:
            continue
        up[climb.to][place].append(climb.key)
        by_reason[climb.reason][place].append(climb.key)
        if climb.to == "tier":
            by_queue[climb.queue][place].append(climb.key)
    if not any(weeks[-1] for weeks in up.values()):
        return Section("escalations", empty="empty.escalations")
    table = Listing(
        "escalations", ("to_queue", "escalated"),
        lines(
            queues, lambda queue, group: (counted("escalations.queue", by_queue[queue], group=group),), by_queue
        )[:ROWS],
        bars=True,
    )  # fmt: skip
    # Most reasons are written once: what is listed is what this week's say, the most frequent first.
    said = {reason: weeks for reason, weeks in by_reason.items() if weeks[-1]}
    reasons = Listing(
        "escalations.reasons", ("reason", "escalated"),
        lines({reason: reason for reason in said if reason},
              lambda reason, group: (counted("escalations.reason", said[reason], group=shortened(group)),),
              said)[:REASONS],
    )  # fmt: skip
    headline = (
        counted("escalations.tier", up["tier"]),
        shared("escalations.share", [sorted(set(week)) for week in up["tier"]], worked),
        *(counted(f"escalations.{to}", up[to]) for to in OUTSIDE),
        counted("escalations.unsaid", by_reason.get("", empty_weeks())),
    )
    return Section("escalations", headline, tuple(one for one in (table, reasons) if one.lines))


def shortened(text: str, most: int = 48) -> str:
    """The beginning of a sentence."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _climbs(span: Span) -> list[Climb]:
    rows = span.reader.all(
        "SELECT c.rid, c.number, e.at, e.field, e.old, e.new, e.reason FROM case_event e "
        'JOIN "case" c ON c.id = e.case_id '
        "WHERE e.at >= ? AND e.at < ? AND ((e.field = 'tier' AND e.old IS NOT NULL) "
        "OR (e.field = 'escalated' AND e.new IS NOT NULL) OR (e.field = 'waiting_on' AND e.new = 'supplier'))",
        (span.start, span.end),
    )
    rids = {row[0] for row in rows}
    owned, queue = span.owned(rids), span.held("queue", rids)
    # Who escalates to a supplier also begins to wait for him; that is one escalation.
    told = {(rid, at) for rid, _, at, field, *_ in rows if field == "escalated"}
    out = []
    for rid, number, at, field, old, new, reason in rows:
        place = span.week_of(at)
        if place is None or not span.ours(owned, rid, place):
            continue
        why = " ".join((reason or "").split())
        if field == "tier":
            if (new or "0")[-1] > (old or "0")[-1]:
                out.append(Climb(CaseKey(number, rid), at, "tier", queue.before(rid, at + 1), why))
        elif field == "escalated" or (rid, at) not in told:
            to = new if new in OUTSIDE else "supplier"
            out.append(Climb(CaseKey(number, rid), at, to, queue.before(rid, at + 1), why))
    return out
