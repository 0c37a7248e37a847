"""The same change for many cases: what it would do to each, and doing it to those it can be done to.

A preview is no second opinion that could err: it carries the very verbs out in a transaction that is thrown away
(`Rehearsal`), so what it shows is what would happen, and what hinders is what would hinder. Carrying out takes one
transaction for each case; together they are one step to undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from app.context import Context
from app.errors import UserError
from app.work.cases import Cases
from app.work.deadlines import Deadlines
from app.work.verbs import Done
from db.capture import Transaction, TxRecord
from db.errors import Refused

if TYPE_CHECKING:
    from db.replica import Replica

MOST: Final = 2_000
"""Cases in one change: more is no longer looked through by anybody."""
SHOWN: Final = frozenset({
    "severity", "queue_id", "work_owner_id", "contact_owner_id", "tier", "status", "waiting_on", "department_id",
    "product_id", "next_step", "next_step_by_id",
})  # fmt: skip
"""Columns of a case whose change is shown; the due time that follows is shown too."""


@dataclass(frozen=True)
class BulkChange:
    """What is to be changed; None stays."""

    to_analyst: bytes | None = None
    to_queue: bytes | None = None
    keep_contact: bool = True
    next_step: str | None = None
    severity: int | None = None
    department: bytes | None = None
    product: bytes | None = None
    add_tag: str = ""
    remove_tag: str = ""
    waiting_on: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is anything to do."""
        return self == BulkChange(keep_contact=self.keep_contact)

    def steps(self) -> list[Callable[[Cases, bytes], Done]]:
        """The verbs, in the order in which they are done."""
        out: list[Callable[[Cases, bytes], Done]] = []
        fields: dict[str, Any] = {
            name: value
            for name, value in (("severity", self.severity), ("department_id", self.department),
                                ("product_id", self.product))
            if value is not None
        }  # fmt: skip
        if fields:
            out.append(lambda cases, case_id: cases.set(case_id, **fields))
        if self.add_tag or self.remove_tag:
            add, remove = ((tag,) if tag else () for tag in (self.add_tag, self.remove_tag))
            out.append(lambda cases, case_id: cases.tag(case_id, add, remove))
        if self.to_analyst is not None or self.to_queue is not None:
            out.append(
                lambda cases, case_id: cases.hand(
                    case_id, to_analyst=self.to_analyst, to_queue=self.to_queue, keep_contact=self.keep_contact,
                    next_step=self.next_step,
                )
            )  # fmt: skip
        elif self.next_step:
            step = self.next_step
            out.append(lambda cases, case_id: cases.next_step(case_id, step))
        if self.waiting_on:
            on = self.waiting_on
            out.append(lambda cases, case_id: cases.wait(case_id, on))
        return out


@dataclass(frozen=True)
class Planned:
    """What would become of one case. `changes`: (column or "tag", before, after) as stored; `why_not`: what hinders."""

    case_id: bytes
    changes: tuple[tuple[str, Any, Any], ...]
    why_not: str = ""


class Carried(list[Done]):
    """What was done, one for each transaction, and `refused`: the cases that stayed as they were, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[tuple[bytes, str]] = []


class _Rehearsed(Exception):
    """Thrown through a transaction to take it back."""

    def __init__(self, record: TxRecord, due: list[tuple[str, Any, Any]]) -> None:
        super().__init__("rehearsed")
        self.record, self.due = record, due


class _Stage:
    """Stands in for the replica: every transaction is thrown away at its end."""

    def __init__(self, replica: Replica, deadlines: Deadlines) -> None:
        self._replica, self._deadlines = replica, deadlines

    @contextmanager
    def transaction(self, kind: str, author: bytes | None, **rest: Any) -> Iterator[Transaction]:
        """As the replica's."""
        with self._replica.transaction(kind, author, **rest) as tx:
            yield tx
            raise _Rehearsed(tx.record(), list(self._due(tx)))

    def _due(self, tx: Transaction) -> Iterator[tuple[str, Any, Any]]:
        """Other due times that would follow."""
        for case_id in tx.touched.timed:
            for due in self._deadlines.derive(tx.query, "id = ?", (case_id,)):
                (before,) = tx.query('SELECT due_at FROM "case" WHERE id = ?', (case_id,))[0]
                if before != due.due:
                    yield "due_at", before, due.due


class Bulk:
    """On the write lane."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._cases = Cases(context, deadlines)
        stage = replace(context, replica=cast("Replica", _Stage(context.replica, deadlines)))
        self._rehearsed = Cases(stage, deadlines)

    def plan(self, case_ids: Sequence[bytes], change: BulkChange) -> list[Planned]:
        """What would happen to each; nothing happens."""
        steps = change.steps()
        return [self._plan(case_id, steps) for case_id in case_ids[:MOST]]

    def _plan(self, case_id: bytes, steps: Sequence[Callable[[Cases, bytes], Done]]) -> Planned:
        changes: dict[str, tuple[str, Any, Any]] = {}
        for step in steps:
            try:
                step(self._rehearsed, case_id)
            except _Rehearsed as rehearsed:
                for change in (*_shown(rehearsed.record), *rehearsed.due):
                    changes[change[0]] = change
            except (UserError, Refused) as error:
                return Planned(case_id, (), str(error))
        return Planned(case_id, tuple(changes.values()))

    def carry_out(self, case_ids: Sequence[bytes], change: BulkChange) -> Carried:
        """Do it to each case it can be done to; a case that refuses one of the verbs is left as it is."""
        steps = change.steps()
        if len(steps) == 1:
            return each(case_ids[:MOST], steps, self._cases)
        planned = self.plan(case_ids, change)
        carried = each([p.case_id for p in planned if not p.why_not], steps, self._cases)
        carried.refused += [(p.case_id, p.why_not) for p in planned if p.why_not]
        return carried


def each(case_ids: Sequence[bytes], steps: Sequence[Callable[[Cases, bytes], Done]], cases: Cases) -> Carried:
    """Carry verbs out on every case; what refuses is noted and the others go on."""
    carried = Carried()
    for case_id in case_ids:
        for step in steps:
            try:
                carried.append(step(cases, case_id))
            except (UserError, Refused) as error:
                carried.refused.append((case_id, str(error)))
                break
    return carried


def _shown(record: TxRecord) -> Iterator[tuple[str, Any, Any]]:
    for row in record.rows:
        if row.table == "case" and row.op == "u":
            yield from ((column, *pair) for column, pair in row.values.items() if column in SHOWN)
        elif row.table == "case_tag":
            tag = row.values.get("tag")
            yield ("tag", None, tag) if row.op == "i" else ("tag", tag, None)
