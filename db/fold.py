"""The state is a fold of the log: how one transaction of one entry changes the shared rows.

The fold is strict and knows no merging: old values must be what the row holds now. An honest client always rebases
against the head before it publishes (db.replica), so a mismatch means a broken or hostile client. Whatever is
unlawful is a *recorded no-op*: the transaction leaves no trace but its reason, on every client alike. In order: seen
before? authority, the rules, preconditions, rows, case numbers.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Final, NamedTuple, cast

from db import authority, enrolment, rotation, upgrades
from db.before import Before, RowsBefore
from db.capture import NotAtOnce, RowStore, TxRecord
from db.enrolment import Signed
from db.rules import OPEN_STATUSES, STATUSES, may_follow
from db.tables import fitting, number_digest, spec
from db.upgrades import PROGRAM, Program


class Analysed(NamedTuple):
    role: str | None
    active: bool
    revoked: bool


_MALFORMED: Final = (KeyError, TypeError, ValueError, OverflowError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""What values raise that no honest client writes: of the wrong kind, too large for SQLite, in the wrong shape."""


def standing(state: Before, device: bytes, author: bytes) -> Analysed:
    """The author's role and whether author and device may still write, in this state."""
    known, analyst = state.row("device", device), state.row("analyst", author)
    if known is None or analyst is None or known["analyst_id"] != author:
        return Analysed(None, False, False)
    return Analysed(cast(str, analyst["role"]), bool(analyst["active"]), known["revoked_at"] is not None)


def schema_of(raw: sqlite3.Connection) -> int:
    """The schema of the store in the state as it is now; 1 before anything was founded."""
    found = _row(raw, "SELECT max(schema) FROM site", ())
    return 1 if found is None or found[0] is None else int(found[0])


def _row(raw: sqlite3.Connection, sql: str, params: tuple[Any, ...]) -> tuple[Any, ...] | None:
    cursor = raw.cursor()
    cursor.row_factory = None
    found: tuple[Any, ...] | None = cursor.execute(sql, params).fetchone()
    return found


def unlawful(record: TxRecord) -> str | None:
    """What the vocabulary forbids whatever the state: folded columns, impossible transitions."""
    importing = record.kind.startswith("import.")
    for change in record.rows:
        if change.table != "case":
            continue
        if change.op == "d":
            return "a case is never deleted but cancelled, so that its number stays accounted for"
        if change.values.get("number") is not None:
            return "case numbers are given by the log"
        status = change.values.get("status")
        if change.op == "u" and status is not None and not importing:
            # What was a legal step may be taken back.
            old, new = reversed(status) if record.kind.startswith("undo.") else status
            if not may_follow(old, new):
                return f"a case can't go from {status[0]} to {status[1]}"
        if change.op == "i" and status not in (None, *(STATUSES if importing else (*OPEN_STATUSES, "resolved"))):
            return f"a new case can't be {status}"
    return None


class Fold:
    """Applies transactions on the writer's connection. The digest change of accepted ones is summed in `rows`."""

    def __init__(
        self, raw: sqlite3.Connection, max_number: int, program: Program = PROGRAM, *, at_once: bool = False
    ) -> None:
        """`at_once`: transactions are expected to be lawful, as all of honest makers are. New rows are then written
        many in a statement, and no transaction can be taken back by itself; where one would have to be, NotAtOnce is
        raised, and all is to be rolled back and done again without. `settle` ends it."""
        self.raw = raw
        self._cursor = raw.cursor()
        self.program = program
        self._at_once = at_once
        self.rows = RowStore(raw, at_once=at_once)
        self.state = RowsBefore(raw, settle=self.rows.settle)
        self.max_number = max_number
        self._known: dict[tuple[bytes, bytes], Analysed] = {}
        """Who stands how, and the schema, asked once and again after each change of who may do what."""
        self._schema: int | None = None
        self._keys: dict[bytes, bytes | None] = {}

    def apply(self, record: TxRecord, by: Signed) -> str | None:
        """Apply one transaction; returns why it was refused, or None. Repeats are neither: they change nothing.

        Errors: sqlite3.Error other than a constraint (disk full, ...) propagates. NotAtOnce.
        """
        if not self._note_first(record.id, by.seq):
            return None
        before = (self.rows.digest_change, self.max_number)
        try:
            refused = self._forbidden(record, by)
        except _MALFORMED as error:
            refused = f"it is not well-formed: {error}"
        if refused is None and (record.rows or record.preconditions):
            if not self._at_once:
                self._cursor.execute("SAVEPOINT tx")
            try:
                refused = self._rows(record)
            except sqlite3.IntegrityError as error:
                refused = f"it breaks a rule of the data: {error}"
            except _MALFORMED as error:
                refused = f"it is not well-formed: {error}"
            if self._at_once:
                if refused is not None:
                    raise NotAtOnce
            else:
                if refused is not None:
                    self._cursor.execute("ROLLBACK TO tx")
                    self.rows.digest_change, self.max_number = before
                self._cursor.execute("RELEASE tx")
            if not authority.AUTHORITY_TABLES.isdisjoint(change.table for change in record.rows):
                self._forget()
        if refused is not None:
            self._cursor.execute("UPDATE applied_tx SET refused = ? WHERE id = ?", (refused, record.id))
        return refused

    def settle(self) -> None:
        """Write what is held back. Errors: NotAtOnce."""
        self.rows.settle()

    def _standing(self, device: bytes, author: bytes) -> Analysed:
        found = self._known.get((device, author))
        if found is None:
            found = self._known[device, author] = standing(self.state, device, author)
        return found

    def schema(self) -> int:
        """The schema of the store in the state as it is now."""
        if self._schema is None:
            self._schema = schema_of(self.raw)
        return self._schema

    def key_of(self, device: bytes) -> bytes | None:
        """The public key of a device in the state as it is now; None: there is no such device."""
        if device not in self._keys:
            found = _row(self.raw, "SELECT public_key FROM device WHERE id = ?", (device,))
            self._keys[device] = None if found is None else found[0]
        return self._keys[device]

    def _forget(self) -> None:
        self._known.clear()
        self._keys.clear()
        self._schema = None

    def note(self, record: TxRecord, seq: int) -> None:
        """Remember that the log has this transaction, which took effect."""
        self.raw.execute("INSERT INTO applied_tx (id, seq) VALUES (?, ?)", (record.id, seq))

    def _note_first(self, tx_id: bytes, seq: int) -> bool:
        """Remember that the log has this transaction; False when that was known."""
        self._cursor.execute("INSERT OR IGNORE INTO applied_tx (id, seq) VALUES (?, ?)", (tx_id, seq))
        return self._cursor.rowcount == 1

    def _forbidden(self, record: TxRecord, by: Signed) -> str | None:
        if by.root:
            return None
        if record.kind == "device.enrol":
            return enrolment.refusal(record, by, self.state)
        stands = self._standing(by.device, by.author)
        if stands.revoked:
            return "its device was revoked"
        if record.kind == enrolment.APPOINT:
            return enrolment.appointment_refusal(record, by.store, by.root_key, self.state)
        return (
            authority.refusal(record, by.author, stands.role, stands.active, self.state)
            or unlawful(record)
            or upgrades.refusal(record, self.schema(), self.program)
            or rotation.refusal(record, by.author, self.state)
        )

    def _rows(self, record: TxRecord) -> str | None:
        for table, row_id, column, value in record.preconditions:
            row = self.rows.read(spec(table), row_id)
            if row is None or row[column] != value:
                return f"{table}.{column} is no longer what it was based on"
        for change in record.rows:
            table_spec = spec(change.table)
            if change.op == "i":
                values = change.values
                if change.table == "case":
                    self.max_number += 1
                    values = {**values, "number": self.max_number}
                    self.rows.digest_change += number_digest(change.row_id, self.max_number)
                self.rows.insert_given(table_spec, change.row_id, values)
                continue
            row = self.rows.read(table_spec, change.row_id)
            if row is None:
                return f"the {change.table} it changes does not exist"
            if change.op == "u":
                if any(row[column] != old for column, (old, _new) in change.values.items()):
                    return f"the {change.table} it changes had other values"
                after = {k: fitting(table_spec, k, v[1]) for k, v in change.values.items()}
                self.rows.update(table_spec, change.row_id, row, after)
            else:
                if any(row[column] != old for column, old in change.values.items()):
                    return f"the {change.table} it deletes had other values"
                self.rows.delete(table_spec, change.row_id, row)
        raised = upgrades.raised_to(record)
        if raised is not None:
            self.rows.settle()
            upgrades.run(self.rows, self.program, record.rows[0].values["schema"][0], raised)
        return None

    def number(self, case_id: bytes) -> int:
        """Give a case that is there already the next number of the log."""
        self.max_number += 1
        self.raw.execute('UPDATE "case" SET number = ? WHERE id = ?', (self.max_number, case_id))
        self.rows.digest_change += number_digest(case_id, self.max_number)
        self.rows.touched.note("case", case_id, {})
        return self.max_number
