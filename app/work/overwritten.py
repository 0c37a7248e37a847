"""What I planned and somebody else has planned otherwise since: absences, turns of duty, agreements.

Two who change the same thing while they can't see each other end with one state on every workstation. Whoever came
second is shown both values (app.work.conflicts); this is for the first, whose word no longer counts. It compares what
this workstation's journal says I wrote with what stands now, so it holds however long one of the two was away. What the
log refused is left out: that is told as a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app import times
from app.context import ReadContext
from app.errors import UserError
from db.capture import RowChange, TxRecord
from db.errors import BuiltUpon, StorageError
from db.undo import Place

if TYPE_CHECKING:
    from app.desk import Desk

PLANS: Final[Mapping[str, tuple[str, ...]]] = {
    "absence": ("from_day", "to_day"),
    "shift": ("analyst_id", "starts_at", "ends_at"),
    "coverage": ("primary_id", "stand_in1_id", "stand_in2_id", "valid_to"),
}
"""Tables, and the columns that say what was planned."""
KEPT_MS: Final = 30 * times.DAY_MS
"""So long after I wrote it it is told that it counts no longer."""
Current = Callable[[str, bytes], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Overwritten:
    """`mine`: the columns that stand otherwise now, as I wrote them; `now`: the whole plan as it stands, None: taken
    off. `tx_id`: mine."""

    table: str
    row_id: bytes
    tx_id: bytes
    mine: Mapping[str, Any]
    now: Mapping[str, Any] | None

    @property
    def mark(self) -> str:
        """What it stands for, to tell it until it was seen."""
        return repr((self.tx_id.hex(), sorted(self.now.items()) if self.now is not None else None))

    @property
    def key(self) -> str:
        """Under which this workstation notes the `mark` that was seen (app.work.drafts)."""
        return f"plan told:{self.row_id.hex()}"


def written(change: RowChange) -> Mapping[str, Any] | None:
    """What a change of mine makes of the columns that matter; None: it takes the row off."""
    columns = PLANS[change.table]
    if change.op == "d":
        return None
    if change.op == "i":
        return {column: change.values.get(column) for column in columns}
    return {column: pair[1] for column, pair in change.values.items() if column in columns}


def overwritten(
    newest_first: Iterable[TxRecord], current: Current, refused: Collection[bytes] = ()
) -> list[Overwritten]:  # fmt: skip
    """What of these transactions of mine stands otherwise now. `current(table, row)`: the columns of PLANS as they are,
    None: no such row; `refused`: those of them that are conflicts. Of several words of mine on a column the last one
    counts."""
    said: dict[tuple[str, bytes], dict[str, tuple[bytes, Any]]] = {}
    settled: set[tuple[str, bytes]] = set()
    for record in newest_first:
        for change in record.rows:
            key = (change.table, change.row_id)
            if change.table not in PLANS or key in settled:
                continue
            values = written(change)
            if values is None:
                settled.add(key)  # I took it off myself; whatever stands there now is somebody's own
                continue
            known = said.setdefault(key, {})
            for column, value in values.items():
                known.setdefault(column, (record.id, value))
    out = []
    for (table, row_id), columns in said.items():
        now = current(table, row_id)
        mine = {
            column: (tx_id, value) for column, (tx_id, value) in columns.items()
            if tx_id not in refused and (now is None or now[column] != value)
        }  # fmt: skip
        if mine:
            tx_id = max(tx for tx, _value in mine.values())
            out.append(Overwritten(table, row_id, tx_id, {column: value for column, (_tx, value) in mine.items()}, now))
    return out


class OverwrittenReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def read(self, now: int | None = None) -> list[Overwritten]:
        """All of the last thirty days, the latest of mine first."""
        query: Any = self._context.reader.all
        since = (self._context.clock() if now is None else now) - KEPT_MS
        bodies = query("SELECT body FROM journal WHERE at >= ? ORDER BY n DESC", (since,))
        refused = {row[0] for row in query("SELECT tx_id FROM conflict", ())}
        return overwritten((TxRecord.unpack(row[0]) for row in bodies), self._row, refused)

    def _row(self, table: str, row_id: bytes) -> Mapping[str, Any] | None:
        columns = ("analyst_id", *PLANS[table]) if table == "absence" else PLANS[table]
        columns = ("department_id", *columns) if table == "coverage" else columns
        columns = ("duty", *columns) if table == "shift" else columns
        row: Any = self._context.reader.one(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row_id,))
        return None if row is None else {column: row[column] for column in columns}


def who_did(desk: Desk, one: Overwritten) -> tuple[bytes | None, int | None]:
    """Who made it otherwise, and when (ms UTC); (None, None) where the entries can't be opened. May wait for the
    keyring."""
    error = BuiltUpon("", Place(one.table, one.row_id, next(iter(one.mine))))
    try:
        desk.replica.name_who_built(error, one.tx_id, desk.secret().desk_keys)
    except (UserError, StorageError, ValueError):
        return None, None
    return error.who, error.at
