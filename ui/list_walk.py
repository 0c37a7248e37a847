"""Where one is in a list that changes while one works through it.

Somebody who works from case to case means the list as he sees it: after a case was resolved, handed over or sorted
elsewhere because of what he did to it, the next case is the one that stood below it, the previous one that above. So
the neighbours are remembered when the cursor comes to a case, and followed for as long as the case stays between them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.work.rows import Rows


@dataclass(frozen=True)
class Stand:
    """A case the cursor is on, its row, and the cases above and below it (0: none)."""

    rid: int
    row: int
    above: int
    below: int


def stand(rows: Rows, row: int) -> Stand | None:
    """Where the cursor stands; None on a heading or nowhere."""
    if not 0 <= row < len(rows) or rows[row] <= 0:
        return None
    return Stand(rows[row], row, rid_of(rows, case_row(rows, row - 1, -1)), rid_of(rows, case_row(rows, row + 1, 1)))


def case_row(rows: Rows, row: int, by: int) -> int | None:
    """The first row from here on, downwards (1) or upwards (-1), that is a case and no heading; None at the end."""
    while 0 <= row < len(rows):
        if rows[row] > 0:
            return row
        row += by
    return None


def rid_of(rows: Rows, row: int | None) -> int:
    """The case of a row; 0 for none."""
    return 0 if row is None else rows[row]


def stays(rows: Rows, was: Stand, row: int | None) -> bool:
    """Whether the case, now in `row`, is still between its neighbours: others may have come between or gone."""
    if row is None:
        return False
    now = stand(rows, row)
    if now is None or now.above == was.above or now.below == was.below:
        return now is not None
    above, below = (rows.find(rid) if rid else None for rid in (was.above, was.below))
    return (above is None or above < row) and (below is None or below > row)


def step(rows: Rows, was: Stand, by: int) -> int | None:
    """The row to go to, down (1) or up (-1), from where a case was that is not there any more; None at the end."""
    above, below = (rows.find(rid) if rid else None for rid in (was.above, was.below))
    if above is None and below is None:  # the neighbours are gone too: about there
        near = min(was.row, len(rows) - 1)
        return case_row(rows, near, by) if (was.below if by > 0 else was.above) else None
    if by > 0:
        return case_row(rows, below if below is not None else (above or 0) + 1, by)
    return case_row(rows, above if above is not None else (below or 0) - 1, by)
