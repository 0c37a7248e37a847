"""How a change of mine meets what others did meanwhile: pure rules per kind of column (sync.md, "Rebase rules").

`merge_update` answers for one changed row. Its cases, which the tests carry as numbers:

 1. nobody else touched the column: it stays as it is
 2. both wrote the same value: nothing left to change (but two who counted up by one counted up by two)
 3. compare-and-set column changed by others: the whole transaction is refused, the winner's value is told
 4. status: applied if the transition is legal from the current one, else refused as a question; but what others ended
    meanwhile (resolved, closed, ...) is not opened again by somebody who did not see it: theirs stands, and mine is a
    proposal
 5. counter: the difference is added to theirs
 6. latest: the greater value; earliest: the smaller; once: theirs stays; derived: mine, until it is computed again
 7. with status: stands or falls with my change of the status (a counter so, too; what a case waits on only stands)
 8. text: merged line by line and word by word; what overlaps is decided like a scalar
 9. scalar, mine fresh: mine wins, both values are kept
10. scalar, mine stale: theirs wins, mine is kept as a proposal

`mode` "strict" is for taking something back: whatever others changed since refuses it. "insist" is for a person who was
asked and said "mine": nothing is a question any more but what the rules forbid.

`merge_events` keeps the events of a case, from which every figure is computed, in step with what became of its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from db.rules import OPEN_STATUSES, TRACKED, TRACKED_IDS, may_follow
from db.tables import Row, Value
from db.text_merge import merge_texts

FRESH_MS: Final = 5 * 60 * 1000
Mode = Literal["fresh", "stale", "strict", "insist"]
Outcome = Literal["refused", "mine stands", "theirs stands", "same"]

REASONS: Final = (
    "both", "overlap", "taken", "status", "ended", "gone", "edited", "revived", "built upon", "condition", "rule",
    "same",
)  # fmt: skip
"""Why a change did not go in as it was made. both: two values for one field. overlap: two wordings of one place. taken:
somebody else had it first. status: that step is not possible any more. ended: I worked on what somebody ended
meanwhile. gone: its row was deleted. edited: what I deleted was changed. revived: what I changed was deleted. built
upon: I undid what somebody built on. condition: what it was based on is no longer so. rule: the shared rules forbid it.
same: somebody did the same."""


@dataclass(frozen=True)
class Clash:
    """A column ("" for a whole row) that both changed. `reason`: one of REASONS."""

    column: str
    base: Value
    mine: Value
    theirs: Value
    outcome: Outcome
    reason: str


@dataclass
class Merged:
    """`changed`: `{column: (old, new)}` against the current row. `refused`: why nothing of the transaction may
    stand."""

    changed: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    refused: Clash | None = None


def merge_update(rules: Mapping[str, str], current: Row, pairs: Mapping[str, Sequence[Value]], mode: Mode) -> Merged:
    """Rebase one updated row. `pairs`: `{column: [old, new]}` as I made it; `current`: the row without my change."""
    out = Merged()
    for column in sorted(pairs, key=lambda name: _parts(rules[name])[1] is not None):
        base, mine = pairs[column]
        theirs = current[column]
        kind, leader = _parts(rules[column])
        if leader in pairs:
            if leader in out.changed:
                kind = "counter" if kind == "counter" else "derived"
            elif kind != "scalar":
                continue
        if theirs == base:
            out.changed[column] = (base, mine)
        elif theirs != mine or kind == "counter":
            _merge_column(out, column, kind, (base, mine, theirs), mode)
            if out.refused is not None:
                return out
    if mode == "insist" and pairs.get("status", [None])[0] in OPEN_STATUSES:
        _open_again(out, current)
    _keep_sense(out, current)
    return out


def _parts(rule: str) -> tuple[str, str | None]:
    """Kind, and the column that decides about this one: ("counter", "status") of "counter with status"."""
    kind, _, leader = rule.partition("with ")
    return kind.strip() or "derived", leader or None


def _merge_column(
    out: Merged,
    column: str,
    rule: str,
    values: tuple[Value, Value, Value],
    mode: Mode,
) -> None:
    base, mine, theirs = values
    if rule == "latest":
        _take(out, column, theirs, mine, theirs is None or (mine is not None and _number(mine) > _number(theirs)))
    elif rule == "earliest":
        # Taken back, mine is later than theirs, or none at all: what others brought stays, and hinders nobody.
        _take(out, column, theirs, mine, mine is not None and (theirs is None or _number(mine) < _number(theirs)))
    elif rule == "derived":
        _take(out, column, theirs, mine, True)
    elif mode == "strict":
        out.refused = Clash(column, base, mine, theirs, "refused", "built upon")
    elif rule == "cas":
        if mode == "insist":
            _take(out, column, theirs, mine, True)
        else:
            out.refused = Clash(column, base, mine, theirs, "refused", "taken")
    elif rule == "status":
        if mode != "insist" and base in OPEN_STATUSES and mine in OPEN_STATUSES and theirs not in OPEN_STATUSES:
            out.clashes.append(Clash(column, base, mine, theirs, "theirs stands", "ended"))
        elif may_follow(str(theirs), str(mine)):
            _take(out, column, theirs, mine, True)
        else:
            out.refused = Clash(column, base, mine, theirs, "refused", "status")
    elif rule == "counter":
        difference = _number(mine) - _number(base)
        _take(out, column, theirs, _number(theirs) + difference, difference != 0)
    elif rule == "once":
        _take(out, column, theirs, mine, theirs is None)
    else:
        _merge_value(out, column, rule, values, mode)


def _merge_value(out: Merged, column: str, rule: str, values: tuple[Value, Value, Value], mode: Mode) -> None:
    """Something a person wrote."""
    base, mine, theirs = values
    mine_stands = mode != "stale"
    result, reason = mine if mine_stands else theirs, "both"
    if rule == "text" and all(isinstance(v, str | None) for v in values):
        texts = [str(v or "") for v in values]
        merged = merge_texts(texts[0], texts[1], texts[2], "mine" if mine_stands else "theirs")
        result, reason = merged.text or (mine if mine_stands else theirs), "overlap"
        if not merged.overlaps:
            _take(out, column, theirs, result, True)
            return
    _take(out, column, theirs, result, True)
    if mode != "insist":
        out.clashes.append(Clash(column, base, mine, theirs, "mine stands" if mine_stands else "theirs stands", reason))


def _take(out: Merged, column: str, theirs: Value, new: Value, stands: bool) -> None:
    if stands and new != theirs:
        out.changed[column] = (theirs, new)


def _open_again(out: Merged, current: Row) -> None:
    """Whoever insists on a step in what others ended meanwhile opens it again, with all that belongs to that."""
    before, after = out.changed.get("status", (None, None))
    if before is None or before in OPEN_STATUSES or after not in OPEN_STATUSES or "ended_at" not in current:
        return
    for column in ("ended_at", "resolved_at", "response_promised_at", "fix_promised_at"):
        if column not in out.changed and current.get(column) is not None:
            out.changed[column] = (current[column], None)
    if "reopen_count" not in out.changed:
        out.changed["reopen_count"] = (current["reopen_count"], _number(current["reopen_count"]) + 1)


def _keep_sense(out: Merged, current: Row) -> None:
    """A case waits on somebody only while it waits, whoever said so."""
    if "waiting_on" not in current or "status" not in current:
        return
    status = out.changed.get("status", (None, current["status"]))[1]
    waiting_on = out.changed.get("waiting_on", (None, current["waiting_on"]))[1]
    if status == "waiting" or waiting_on is None:
        return
    if "waiting_on" in out.changed and "status" not in out.changed:
        theirs, mine = current["status"], "waiting"
        out.refused = Clash("status", "waiting", mine, theirs, "refused", "status")
    elif current["waiting_on"] is not None:
        out.changed["waiting_on"] = (current["waiting_on"], None)
    else:
        out.changed.pop("waiting_on", None)


def _number(value: Value) -> int | float:
    if not isinstance(value, int | float):
        raise TypeError(f"a counter holds a number, not {value!r}")
    return value


# -- events -----------------------------------------------------------------------------------------------------------
def merge_events(
    events: Sequence[Mapping[str, Any]],
    pairs: Mapping[str, Sequence[Value]],
    changed: Mapping[str, tuple[Value, Value]],
    latest: Callable[[str], int | None],
    now: int | None = None,
) -> list[dict[str, Any] | None]:
    """The events of one case as they are after its columns were merged; None: it did not happen.

    `events`: what my transaction adds to `case_event`; `pairs`: what it changed in the case as I made it; `changed`:
    what is left of that. `latest`: when (ms UTC) the newest event of a field that is there now happened. A change that
    was put on top of a later one is told as happening right after it: the story of a case is its order in the log.
    `now`: the change is made again at this time.
    """
    out: list[dict[str, Any] | None] = []
    for event in events:
        name = str(event["field"])
        column = TRACKED.get(name)
        if column is None or column not in pairs:
            out.append(dict(event))
            continue
        if column not in changed:
            out.append(None)
            continue
        moved = dict(event)
        old, new = changed[column]
        ids = name in TRACKED_IDS
        if moved.get("new_id" if ids else "new") == (new if ids else _words(new)):
            _set(moved, "old_id" if ids else "old", old if ids else _words(old))
        newest = latest(name)
        moved["at"] = moved["at"] if now is None else now
        if newest is not None and newest >= moved["at"]:
            moved["at"] = newest + 1
        out.append(moved)
    return out


def ended_by_events(changed: dict[str, tuple[Value, Value]], moved: Mapping[int, int]) -> None:
    """Instants of a case that are those of its events move along. `moved`: `{from: to}`, ms UTC."""
    for column in ("ended_at", "resolved_at"):
        if column in changed:
            old, new = changed[column]
            if isinstance(new, int) and new in moved:
                changed[column] = (old, moved[new])


def _words(value: Value) -> str | None:
    return None if value is None else str(value)


def _set(values: dict[str, Any], name: str, value: Value) -> None:
    """Records of new rows leave out what is NULL."""
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value
