"""How a change of mine meets what others did meanwhile: pure rules per kind of column (sync.md, "Rebase rules").

`merge_update` answers for one changed row. Its cases, which the tests carry as numbers:

 1. nobody else touched the column: it stays as it is
 2. both wrote the same value: nothing left to change (but two who counted up by one counted up by two)
 3. compare-and-set column changed by others: the whole transaction is refused, the winner's value is told
 4. status: applied if the transition is legal from the current one, else refused as a question
 5. counter: the difference is added to theirs
 6. latest: the greater value; once: theirs stays; derived: mine stands
 7. scalar or text, mine fresh: mine wins, both values are kept
 8. scalar or text, mine stale: theirs wins, mine is kept as a proposal
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.rules import may_follow
from db.tables import Row, Value

FRESH_MS: Final = 5 * 60 * 1000


@dataclass(frozen=True)
class Clash:
    """A column both changed. `outcome`: "mine stands" or "theirs stands"."""

    column: str
    mine: Value
    theirs: Value
    outcome: str


@dataclass
class Merged:
    """`changed`: `{column: (old, new)}` against the current row. `refused`: why nothing of the transaction may
    stand."""

    changed: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    refused: str | None = None
    refused_column: str | None = None


def merge_update(
    rules: Mapping[str, str], current: Row, pairs: Mapping[str, Sequence[Value]], *, fresh: bool
) -> Merged:
    """Rebase one updated row. `pairs`: `{column: [old, new]}` as I made it; `current`: the row without my change."""
    out = Merged()
    for column, (base, mine) in pairs.items():
        theirs, rule = current[column], rules[column]
        if theirs == base:
            out.changed[column] = (base, mine)
            continue
        if theirs == mine and rule != "counter":
            continue
        if rule == "cas":
            out.refused, out.refused_column = f"{column} was changed by somebody else first", column
            return out
        if rule == "status":
            if not may_follow(str(theirs), str(mine)):
                out.refused = f"the case is {theirs!s} by now, so it can't become {mine!s}"
                out.refused_column = column
                return out
            out.changed[column] = (theirs, mine)
        elif rule == "counter":
            difference = _number(mine) - _number(base)
            if difference:
                out.changed[column] = (theirs, _number(theirs) + difference)
        elif rule == "latest":
            if theirs is None or (mine is not None and _number(mine) > _number(theirs)):
                out.changed[column] = (theirs, mine)
        elif rule == "derived":
            out.changed[column] = (theirs, mine)
        elif rule == "once":
            if theirs is None:
                out.changed[column] = (theirs, mine)
        elif fresh:
            out.changed[column] = (theirs, mine)
            out.clashes.append(Clash(column, mine, theirs, "mine stands"))
        else:
            out.clashes.append(Clash(column, mine, theirs, "theirs stands"))
    return out


def _number(value: Value) -> int | float:
    if not isinstance(value, int | float):
        raise TypeError(f"a counter holds a number, not {value!r}")
    return value
