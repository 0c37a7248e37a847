"""One transaction of ours put on top of what others did: row by row, by the rules of db.merging.

The order within a transaction: its preconditions are asked; rows are merged one after the other; a change of a case
takes its events along.

A row that others deleted comes back when we changed it, with all that was deleted along with it (sync.md: "a concurrent
edit revives it and says so"). Nothing here decides alone: whatever differs from what a person did is a `Met`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from db.answers import COLUMN, cases_answered, first_answer
from db.capture import RowChange, RowStore, TxRecord
from db.errors import Refused
from db.merging import Clash, Mode, ended_by_events, merge_events, merge_update
from db.rules import TRACKED
from db.tables import Value, complete, spec

_IDLE: Final = frozenset({"latest", "earliest", "derived", "with status"})
"""Rules of columns that say nothing by themselves."""


class By(NamedTuple):
    """Who changed something and when by the own clock (ms UTC)."""

    author: bytes | None
    at: int


class Met(NamedTuple):
    """A change of ours that met another one."""

    change: RowChange
    clash: Clash
    by: By | None


class RefusedRow(Refused):
    """A transaction that can't stand. `code`: one of db.merging.REASONS; `met`: the values that met, if any."""

    def __init__(self, code: str, why: str = "", met: Met | None = None) -> None:
        super().__init__(why or code)
        self.code, self.why, self.met = code, why or None, met


class News:
    """What others did to which row, while it is folded in under our pending work."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, bytes, str], By] = {}
        self._rows: dict[tuple[str, bytes], By] = {}
        self._removals: dict[bytes, tuple[TxRecord, By]] = {}

    def note(self, record: TxRecord, author: bytes) -> None:
        """A transaction that was accepted. `author`: of its entry."""
        by = By(record.author or author, record.at)
        for change in record.rows:
            self._rows[change.table, change.row_id] = by
            if change.op == "d":
                self._removals[change.row_id] = (record, by)
            else:
                self._removals.pop(change.row_id, None)
            for column in change.values if change.op == "u" else ():
                self._columns[change.table, change.row_id, column] = by

    def touched(self, table: str, row_id: bytes) -> bool:
        """Did anybody change this row?"""
        return (table, row_id) in self._rows

    def who(self, table: str, row_id: bytes, column: str) -> By | None:
        """Who changed this column last."""
        return self._columns.get((table, row_id, column)) or self._rows.get((table, row_id))

    def removal(self, row_id: bytes) -> tuple[TxRecord, By] | None:
        """The transaction that deleted this row."""
        return self._removals.get(row_id)


@dataclass
class Rebased:
    """`changes`: the transaction against the state as it is now, already written. `idle`: they say nothing that was
    meant, only times that go along; whoever asked should take them back."""

    changes: list[RowChange] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    idle: bool = False


def rebase(rows: RowStore, record: TxRecord, news: News, mode: Mode, *, now: int | None = None) -> Rebased:
    """Execute a transaction against the state as it is now. `now` (with mode "insist"): when it is made again.

    Errors: RefusedRow, sqlite3.IntegrityError; then the caller rolls back.
    """
    return _Rebase(rows, record, news, mode, now).run()


class _Rebase:
    def __init__(self, rows: RowStore, record: TxRecord, news: News, mode: Mode, now: int | None) -> None:
        self.rows, self.record, self.news, self.mode, self.now = rows, record, news, mode, now
        self.out = Rebased()
        self.events = [
            c for c in record.rows if (c.table, c.op) == ("case_event", "i") and self._is_moved(c.values.get("case_id"))
        ]

    def _is_moved(self, case_id: Any) -> bool:
        """A case whose columns or events may stand otherwise than when the change was made."""
        return isinstance(case_id, bytes) and (self.mode == "insist" or self.news.touched("case", case_id))

    def run(self) -> Rebased:
        if self.mode != "insist":
            self._preconditions()
        events = list(self.events)  # those a change takes along are not there any more when their turn comes
        for change in self.record.rows:
            if change in events:
                continue
            {"i": self._insert, "u": self._update, "d": self._delete}[change.op](change)
        for event in list(self.events):
            self._add(event)
        self._answered()
        self.out.idle = not any(map(_means, self.out.changes)) and any(map(_means, self.record.rows))
        return self.out

    def _preconditions(self) -> None:
        for table, row_id, column, value in self.record.preconditions:
            row = self.rows.read(spec(table), row_id)
            if row is not None and row[column] == value:
                continue
            wanted = (c for c in self.record.rows if (c.row_id, c.op) == (row_id, "u") and column in c.values)
            change = next(wanted, RowChange(table, row_id, "u", {}))
            mine = change.values[column][1] if column in change.values else value
            code = "taken" if spec(table).rules[column] == "cas" else "condition"
            clash = Clash(column, value, mine, None if row is None else row[column], "refused", code)
            raise RefusedRow(code, "", self._met(change, clash))

    # -- rows ---------------------------------------------------------------------------------------------------------
    def _insert(self, change: RowChange) -> None:
        for value in change.values.values():
            if type(value) is bytes and self.news.removal(value):
                self._revive(change, value)
        table = spec(change.table)
        # An id that is derived from its content (a tag, a watcher) may have been added by somebody else too.
        if self.rows.read(table, change.row_id) is None:
            self._add(change)

    def _delete(self, change: RowChange) -> None:
        table = spec(change.table)
        row = self.rows.read(table, change.row_id)
        if row is None:
            return
        changed = any(
            row[c] != v for c, v in complete(table, change.values).items() if table.rules[c] not in ("folded", *_IDLE)
        )
        if changed and self.mode != "insist":
            outcome, code = ("refused", "built upon") if self.mode == "strict" else ("theirs stands", "edited")
            met = self._met(change, Clash("", None, None, None, outcome, code))  # type: ignore[arg-type]
            if self.mode == "strict":
                raise RefusedRow(code, "", met)
            self.out.met.append(met)
            return
        self.rows.delete(table, change.row_id, row)
        self.out.changes.append(change._replace(values={k: v for k, v in row.items() if v is not None}))

    def _update(self, change: RowChange) -> None:
        table = spec(change.table)
        row = self.rows.read(table, change.row_id)
        if row is None:
            self._revive(change, change.row_id)
            row = self.rows.read(table, change.row_id)
        if row is None:
            raise RefusedRow("gone", "", self._met(change, Clash("", None, None, None, "refused", "gone")))
        merged = merge_update(table.rules, row, change.values, self.mode)
        if merged.refused is not None:
            raise RefusedRow(merged.refused.reason, "", self._met(change, merged.refused))
        self.out.met += [self._met(change, clash) for clash in merged.clashes]
        events: list[RowChange] = []
        if change.table == "case" and self._is_moved(change.row_id):
            events = self._take_events(change, merged.changed)
        if merged.changed:
            self.rows.update(table, change.row_id, row, {c: v[1] for c, v in merged.changed.items()})
            self.out.changes.append(change._replace(values={c: list(v) for c, v in merged.changed.items()}))
        for event in events:
            self._add(event)

    def _add(self, change: RowChange) -> None:
        table = spec(change.table)
        self.rows.insert(table, change.row_id, complete(table, change.values))
        self.out.changes.append(change)

    def _revive(self, change: RowChange, row_id: bytes) -> None:
        found = self.news.removal(row_id)
        if found is None:
            return
        removed, by = found
        if self.mode == "strict":
            raise RefusedRow("built upon", "", Met(change, Clash("", None, None, None, "refused", "built upon"), by))
        brought_back = False
        for gone in reversed(removed.rows):
            if gone.op == "d" and self.rows.read(spec(gone.table), gone.row_id) is None:
                self._add(RowChange(gone.table, gone.row_id, "i", gone.values))
                brought_back = True
        if brought_back:
            owner = change if change.row_id == row_id else RowChange(*_removed_row(removed, row_id))
            self.out.met.append(Met(owner, Clash("", None, None, None, "mine stands", "revived"), by))

    # -- cases --------------------------------------------------------------------------------------------------------
    def _take_events(self, change: RowChange, changed: dict[str, tuple[Value, Value]]) -> list[RowChange]:
        """The events of this change of a case, as they are now; they leave `self.events`."""
        mine = [
            e
            for e in self.events
            if e.values.get("case_id") == change.row_id and TRACKED.get(str(e.values.get("field"))) in change.values
        ]
        self.events = [e for e in self.events if e not in mine]
        merged = merge_events(
            [e.values for e in mine], change.values, changed, lambda name: self._newest(change.row_id, name), self.now
        )
        moved = {
            e.values["at"]: values["at"]
            for e, values in zip(mine, merged, strict=True)
            if values is not None and values["field"] == "status"
        }
        ended_by_events(changed, moved)
        return [e._replace(values=values) for e, values in zip(mine, merged, strict=True) if values is not None]

    def _answered(self) -> None:
        """What I answered counts, though I took the case for answered already: by what can't stand or is undone."""
        table = spec("case")
        for case_id in cases_answered(self.out.changes):
            row = self.rows.read(table, case_id)
            first = first_answer(lambda sql, params: self.rows.raw.execute(sql, params).fetchall(), case_id)
            known = None if row is None else row[COLUMN]
            if row is None or first is None or (isinstance(known, int) and known <= first):
                continue
            self.rows.update(table, case_id, row, {COLUMN: first})
            self.out.changes.append(RowChange("case", case_id, "u", {COLUMN: [known, first]}))

    def _newest(self, case_id: bytes, name: str) -> int | None:
        found = self.rows.raw.execute(
            "SELECT max(at) FROM case_event WHERE case_id = ? AND field = ?", (case_id, name)
        ).fetchone()
        return None if found is None else found[0]

    def _met(self, change: RowChange, clash: Clash) -> Met:
        return Met(change, clash, self.news.who(change.table, change.row_id, clash.column))


def _removed_row(removed: TxRecord, row_id: bytes) -> RowChange:
    return next(c for c in removed.rows if c.op == "d" and c.row_id == row_id)


def _means(change: RowChange) -> bool:
    """Does it say something by itself?"""
    rules = spec(change.table).rules
    return change.op != "u" or any(rules[column] not in _IDLE for column in change.values)
