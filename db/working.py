"""What is done on this workstation: transactions, taking them back, and what becomes of those the log did not take.

`transaction(kind)` changes rows and notes the change as a *pending transaction*, in one SQLite transaction; undo keeps
it too. db.replica publishes it and lets it meet the news.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from db import authority, rotation, search_index, upgrades
from db.before import RowsBefore
from db.capture import RowStore, Touched, Transaction, TxRecord
from db.conflicts import ConflictRow, Conflicts
from db.due_times import Derive, DueTimes
from db.enrolment import APPOINT, appointment_refusal
from db.entry import parse
from db.errors import BuiltUpon, Refused, StorageError
from db.fold import schema_of, standing, unlawful
from db.ids import new_id
from db.log import MAX_ENTRY
from db.lost import Forgotten, Lost, LostRow
from db.outbox import Outbox
from db.place import Place
from db.rebase import News, RefusedRow, rebase
from db.shapes import SHARED
from db.tables import MODULUS, rows_digest, spec
from db.undo import Journal, Step, invert, kind_of_undoing, last_touch
from db.upgrades import PROGRAM, Program

Backwards = Callable[[Transaction, TxRecord], None]
"""Takes a transaction back, in another. Errors: BuiltUpon."""
JOURNAL_LENGTH: Final = 500
_UNDO_LIMIT_BYTES: Final = 256 * 1024
_MAX_TRANSACTION: Final = MAX_ENTRY // 2
"""An entry that is too long to be read would damage the log for everybody."""
_ONLY_INVERTED: Final[Mapping[str, Backwards]] = {}


class Workplace(Place):
    """A place at which somebody works."""

    def __init__(self, path: Path, program: Program = PROGRAM) -> None:
        """Errors: as for Place."""
        super().__init__(path, program)
        self._conflicts = Conflicts(self._writer.raw)
        self._outbox = Outbox(self._writer.raw, self._check_again, self._conflicts)
        self._journal = Journal(self._writer.raw)
        self._lost = Lost(self._writer.raw, self._outbox)
        self._due_times = DueTimes(self._writer)
        self._listeners: list[Callable[[Touched], None]] = []
        self.worked_at = time.monotonic()
        """When work was last done here, on the monotonic clock, in seconds."""

    def on_change(self, listener: Callable[[Touched], None]) -> None:
        """`listener` is called after every commit, in the thread that made it."""
        self._listeners.append(listener)

    def _tell(self, touched: Touched) -> None:
        for listener in self._listeners:
            listener(touched)

    def announce(self, touched: Touched) -> None:
        """Tell the listeners of something that no shared row shows, as an upload that is finished."""
        self._tell(touched)

    def derive_with(self, derive: Derive) -> None:
        """`derive` computes when cases are due, which no row says that travels (db.due_times)."""
        self._due_times.derive = derive

    @property
    def due_times_wait(self) -> bool:
        """Whether hours or targets changed and open cases were not all given their due times since."""
        return self._due_times.wait

    def settle_due_times(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the due times of all open cases up to date, in parts; returns how many were not. May take seconds, in
        which others get their turn to write. `on_progress(done, total)`, in cases."""
        touched = Touched()
        self._due_times.settle(touched, on_progress)
        if touched.cases:
            self._tell(touched)
        return len(touched.cases)

    def _follow(self, touched: Touched) -> None:
        """What is kept here beside the shared rows follows them in the same commit: searchable words and due times."""
        search_index.refresh(self._writer.raw, touched.worded, touched.articles)
        self._due_times.follow(touched)

    @contextmanager
    def local(self) -> Iterator[sqlite3.Connection]:
        """A writing transaction on local tables (drafts, read marks); shared tables stay guarded."""
        with self._writer.begin():
            yield self._writer.raw

    # -- work ----------------------------------------------------------------------------------------------------------
    @contextmanager
    def transaction(
        self,
        kind: str,
        author: bytes | None,
        *,
        at: int,
        on_behalf_of: bytes | None = None,
        undoable: bool = True,
        case_id: bytes | None = None,
    ) -> Iterator[Transaction]:
        """One unit of work of this workstation; published later.

        `at`: ms UTC, the maker's clock. `case_id`: the case an undo would be offered on. Errors: Refused when the rules
        every client shares forbid it; StorageError when the disk does. In both cases nothing was changed.
        """
        with self._writer.begin(shared=True):
            tx = Transaction(self._writer.raw, kind, author, at, on_behalf_of)
            yield tx
            if tx.is_empty:
                return
            self._add(tx.record(), tx.digest_change, tx.touched, case_id, undoable=undoable)
        self._tell(tx.touched)

    def must_be_lawful(self, record: TxRecord) -> None:
        """What this workstation is about to say in the log. Errors: Refused."""
        with self._writer.reading():
            self._check(record)

    def _add(
        self,
        record: TxRecord,
        digest_change: int,
        touched: Touched,
        case_id: bytes | None,
        *,
        undoable: bool = True,
        undoes: bytes | None = None,
    ) -> None:
        """Put a transaction whose rows are written into the outbox and the journal. Errors: Refused, StorageError."""
        self._check(record)
        body = record.pack()
        if len(body) > _MAX_TRANSACTION:
            raise StorageError("This is too much for one change; do it in smaller parts. Nothing was changed.")
        # Whoever enters anew on a replica with work that waits must be in before the work is.
        self._outbox.add(record, body, digest_change, first=record.kind == "device.enrol")
        self.worked_at = time.monotonic()
        if undoable and len(body) <= _UNDO_LIMIT_BYTES:
            self._journal.note(record, body, case_id, undoes=undoes, most=JOURNAL_LENGTH)
        self._follow(touched)

    def _check(self, record: TxRecord, *, again: bool = False) -> None:
        """The rules of the fold, asked before anything is published. Errors: Refused.

        `again`: the work was done before and is put on top of news. A workstation that was revoked meanwhile, or whose
        keys were lost and that is entering anew, keeps such work: it waits for the day the workstation is let in again.
        """
        if record.kind == "device.enrol" or (record.kind == "desk.found" and self.head.seq == 0):
            return
        author = record.author or self.fact("analyst")
        if record.kind == APPOINT:
            state = RowsBefore(self._writer.raw, undoing=None if again else record)
            why = appointment_refusal(record, self.fact("store"), self.fact("root_key"), state)
            if why is not None:
                raise Refused(why)
            return
        why = unlawful(record) or upgrades.refusal(record, schema_of(self._writer.raw), self.program)
        if why is None and author is not None:
            state = RowsBefore(self._writer.raw, undoing=None if again else record)
            stands = standing(state, self.fact("device"), author)
            if stands.revoked and not again:
                why = "this workstation was revoked; what it holds can be read, and nothing can be written"
            elif stands.role is None and again and self.fact("entering"):
                return
            else:
                why = authority.refusal(record, author, stands.role, stands.active, state) or rotation.refusal(
                    record, author, state
                )
        if why is not None:
            raise Refused(why)

    def _check_again(self, record: TxRecord) -> None:
        self._check(record, again=True)

    # -- taking it back ------------------------------------------------------------------------------------------------
    def undo(
        self, tx_id: bytes, author: bytes | None, *, at: int, backwards: Mapping[str, Backwards] = _ONLY_INVERTED
    ) -> Step:
        """Take a transaction of this workstation back, as a new transaction, if nobody built on it. `backwards`: by
        kind, what is done instead of the opposite of each change.

        Returns the new transaction. Errors: BuiltUpon with one sentence for the person.
        """
        with self._writer.reading():
            found = self._journal.record(tx_id)
        if found is None:
            raise BuiltUpon("This change is too old to be undone here.")
        record, case_id, undone_by = found
        if undone_by is not None:
            raise BuiltUpon("This change has been undone already.")
        if self.outcome(tx_id)[0] in ("refused", "unknown", "kept"):
            raise BuiltUpon("The shared log did not take this change, so there is nothing to undo.")
        with self._writer.begin(shared=True):
            tx = Transaction(self._writer.raw, kind_of_undoing(record.kind), author, at)
            try:
                backwards.get(record.kind, invert)(tx, record)
            except sqlite3.IntegrityError as error:
                raise BuiltUpon("Somebody refers to what this made, so it can't be undone by itself.") from error
            if not tx.is_empty:
                self._add(tx.record(), tx.digest_change, tx.touched, case_id, undoes=tx_id)
            self._conflicts.ask_again(tx_id)
        self._tell(tx.touched)
        return Step(tx.id, tx.kind, at, case_id)

    def next_step(self, *, forward: bool = False, case_id: bytes | None = None) -> Step | None:
        """What undo would take back now (`forward`: what redo would bring back), in one case or anywhere."""
        with self._writer.reading():
            return self._journal.to_redo(case_id) if forward else self._journal.to_undo(case_id)

    def name_who_built(self, error: BuiltUpon, tx_id: bytes, desk_keys: Mapping[int, bytes]) -> None:
        """Find out who stands in the way of an undo, from the entries since then; leaves it open where it can't."""
        if error.place is None:
            return
        with self._writer.reading() as raw:
            row = raw.execute("SELECT seq FROM applied_tx WHERE id = ?", (tx_id,)).fetchone()
            pending = [record for _n, record in self._outbox.records(newest_first=True)]
            own = self.fact("analyst")
        since = row[0] if row is not None else self.head.seq

        def newest_first() -> Iterator[tuple[TxRecord, bytes]]:
            for record in pending:
                yield record, own
            for seq in range(self.head.seq, since - 1, -1):
                raw_entry = self.entry(seq)
                if raw_entry is not None:
                    body = parse(raw_entry).open_body(desk_keys)
                    for record in reversed(body.transactions):
                        yield record, body.author

        found = last_touch(newest_first(), error.place, tx_id)
        if found is not None:
            error.who, error.at = found

    def make_again(self, n: int, author: bytes | None, *, at: int) -> bytes | None:
        """Make the transaction of a conflict again, over what stands now, because a person says so.

        Returns the new transaction's id, or None when nothing was left to do. Errors: Refused.
        """
        with self._writer.begin(shared=True) as raw:
            found = self._conflicts.one(n)
            if found is None:
                raise Refused(f"there is no conflict {n}")
            kept, record = found
            rows = RowStore(raw)
            try:
                rebased = rebase(rows, record, News(), "insist", now=at)
            except RefusedRow as error:
                raise Refused(error.code) from error
            except sqlite3.IntegrityError as error:
                raise Refused(f"it breaks a rule of the data: {error}") from error
            new = TxRecord(new_id(), record.kind, at, author, record.on_behalf_of, (), tuple(rebased.changes))
            if rebased.changes:
                self._add(new, rows.digest_change % MODULUS, rows.touched, kept.case_id)
            self._conflicts.settle(n, at, "mine", new.id if rebased.changes else None)
        self._tell(rows.touched)
        return new.id if rebased.changes else None

    # -- what waits to be published ------------------------------------------------------------------------------------
    def batch(self, held: Callable[[TxRecord], bool] = lambda _record: False) -> list[TxRecord]:
        """The oldest pending transactions that fit one entry (at least one, if there is any that is not `held`)."""
        with self._writer.reading():
            return self._outbox.batch(held)

    def pending(self) -> list[TxRecord]:
        """Every pending transaction, oldest first."""
        with self._writer.reading():
            return [record for _n, record in self._outbox.records()]

    def pending_count(self) -> int:
        """How many transactions the log has not got yet."""
        with self._writer.reading():
            return self._outbox.count()

    def outcome(self, tx_id: bytes) -> tuple[str, str | None]:
        """What became of a transaction of ours: ("pending" | "accepted" | "refused" | "kept" | "unknown", why).

        "accepted" also where somebody did the same; "kept": theirs stands, ours is a proposal among the conflicts."""
        with self._writer.reading() as raw:
            row = raw.execute("SELECT refused FROM applied_tx WHERE id = ?", (tx_id,)).fetchone()
            if row is not None:
                return ("accepted", None) if row[0] is None else ("refused", row[0])
            if self._outbox.holds(tx_id) or self._lost.waits(tx_id):
                return "pending", None
            fate = self._conflicts.fate(tx_id)
        if fate is None:
            return "unknown", None
        return ("refused", fate[1]) if fate[0] == "refused" else ("accepted" if fate[0] == "same" else "kept", None)

    def rows_digest(self, watch: Callable[[int, int], None] = lambda _done, _all: None) -> bytes:
        """The digest of all shared rows by a full scan, with pending work taken out: must equal `digest`.

        It reads on a connection of its own, from one moment, so that nobody's writing waits for it. `watch` is told how
        many tables are done, of how many.
        """
        total = 0
        with closing(self.reader()) as reader, reader.snapshot():
            for done, name in enumerate(SHARED):
                watch(done, len(SHARED))
                table = spec(name)
                for rows in reader.each(table.select_sql.removesuffix(" WHERE id = ?"), step=500):
                    watch(done, len(SHARED))
                    total += rows_digest(table, rows)
            changes = reader.all("SELECT digest_change FROM pending_tx")
            total -= sum(int.from_bytes(change, "big") for (change,) in changes)
        return (total % MODULUS).to_bytes(32, "big")

    # -- conflicts -----------------------------------------------------------------------------------------------------
    def conflicts(self, *, settled: bool = False) -> list[ConflictRow]:
        """What waits for a person's decision (or had it), newest first."""
        with self._writer.reading():
            return self._conflicts.rows(settled=settled)

    def conflict(self, n: int) -> tuple[ConflictRow, TxRecord] | None:
        """One of them, with the transaction it is about."""
        with self._writer.reading():
            return self._conflicts.one(n)

    def conflict_count(self) -> int:
        """How many wait."""
        with self._writer.reading():
            return self._conflicts.count()

    def settle(self, n: int, at: int, how: str = "theirs", tx_id: bytes | None = None) -> None:
        """A person has decided: `how` "mine", "theirs" or "text"; `tx_id`: the transaction that made it so."""
        with self._writer.begin():
            self._conflicts.settle(n, at, how, tx_id)

    # -- work that is in no state now ----------------------------------------------------------------------------------
    def recover(self, now: int) -> int:
        """Put lost and set-aside work that fits on top again; returns how many conflicts that made. `now`: ms UTC."""
        with self._writer.begin(shared=True) as raw:
            own = RowStore(raw)
            conflicts = self._lost.recover(own, now, patient=now < (self.fact("patient_until") or 0))
            self._follow(own.touched)
        self._tell(own.touched)
        return conflicts

    def lost(self) -> list[LostRow]:
        """Transactions the log had and has no more (db.lost)."""
        with self._writer.reading():
            return self._lost.rows()

    def resubmit(self, tx_id: bytes) -> bool:
        """Let a lost transaction be sent again from here; False when there is none such."""
        with self._writer.begin():
            return self._lost.resubmit(tx_id, self.fact("analyst"), self._my_role())

    def forget_lost(self, tx_id: bytes) -> Forgotten | None:
        """A lost transaction stays lost, a person says; None when there is none such."""
        with self._writer.begin():
            return self._lost.forget(tx_id)

    def keep_lost(self, gone: Sequence[Forgotten]) -> None:
        """What was given up is kept after all."""
        with self._writer.begin():
            for one in gone:
                self._lost.keep_again(one)

    def lost_count(self, now: int) -> int:
        """How many lost transactions ask for a decision of this workstation's analyst. `now`: ms UTC."""
        with self._writer.reading():
            return self._lost.needing(self.fact("analyst"), now)

    def unsent(self) -> list[bytes]:
        """Everything that was made here and the log has not got, packed, oldest first."""
        with self._writer.reading() as raw:
            return [body for (body,) in raw.execute(
                "SELECT body FROM (SELECT 0 AS part, n, body FROM lost_tx WHERE waits "
                "UNION ALL SELECT 1, n, body FROM pending_tx) ORDER BY part, n"
            )]  # fmt: skip

    def bring_in(self, records: Sequence[TxRecord], author: bytes) -> None:
        """Let work of `author`, made on another workstation, be sent from here under the same ids (`recover`)."""
        with self._writer.begin():
            role = self._my_role()
            for record in records:
                self._lost.keep(record, 0, self.fact("device"), author, waits=False)
                self._lost.resubmit(record.id, self.fact("analyst"), role)

    def _my_role(self) -> str | None:
        return standing(RowsBefore(self._writer.raw), self.fact("device"), self.fact("analyst")).role
