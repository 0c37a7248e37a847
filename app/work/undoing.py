"""Taking back and doing again what was done on this workstation, until somebody built on it (db.undo).

Who stands in the way is read from the log's entries; that needs the desk's keys, which may be away (a locked keyring):
then the refusal says only that somebody does.

A case that was opened stays, because its number stays accounted for; a problem made from incidents is taken back by
cancelling it and giving them back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app import times
from app.context import Context
from app.directory import Directory
from app.errors import Overtaken, UserError
from app.work.cases import PROBLEM_MADE
from app.work.deadlines import Deadlines
from app.work.editing import CaseEdit
from app.work.verbs import Done
from db.capture import Transaction, TxRecord
from db.errors import BuiltUpon, Refused, StorageError
from db.shapes import CaseLink
from db.undo import Step, still_as_made

_TAKEN_BACK: Final = {"en": "Taken back", "de": "Zurückgenommen"}
DeskKeys = Callable[[], Mapping[int, bytes]]


class Undoing:
    """Call it on the write lane."""

    def __init__(
        self,
        context: Context,
        directory: Directory,
        desk_keys: DeskKeys,
        retime: Callable[[], object],
        deadlines: Deadlines,
    ) -> None:
        """`retime`: brings due times up to date, where they wait for it because hours or targets were taken back."""
        self._context, self._directory, self._desk_keys = context, directory, desk_keys
        self._retime, self._deadlines = retime, deadlines

    def next_step(self, case_id: bytes | None = None, *, forward: bool = False) -> Step | None:
        """What would be taken back now (`forward`: done again), in one case or anywhere."""
        return self._context.replica.next_step(case_id=case_id, forward=forward)

    def undo(self, tx_id: bytes) -> Done:
        """Take one change back; undoing what was an undo does it again. Returns the new transaction.

        Errors: Overtaken when somebody changed the same thing since; UserError for anything else that hinders.
        """
        context = self._context
        try:
            undone = context.replica.undo(
                tx_id, context.me, at=context.clock(), backwards={PROBLEM_MADE: self._unmake_problem}
            )
        except BuiltUpon as error:
            raise self._told(error, tx_id) from error
        except Refused as error:
            raise UserError(f"That can't be undone: {error.reason}.") from error
        self._retime()
        return Done(undone.case_id or b"", undone.tx_id)

    def _unmake_problem(self, tx: Transaction, record: TxRecord) -> None:
        made = next(change for change in record.rows if change.table == "case" and change.op == "i")
        links = {change.row_id for change in record.rows if change.table == "case_link"}
        still_as_made(tx, record, made)
        for (link_id,) in tx.query("SELECT id FROM case_link WHERE other_id = ? AND kind = 'problem'", (made.row_id,)):
            if link_id not in links:
                raise BuiltUpon("Somebody added an incident to this problem, so it can't be undone; change it by hand.")
            tx.delete(CaseLink, link_id)
        context = self._context
        edit = CaseEdit(tx, self._deadlines, made.row_id, at=context.clock(), author=context.me)
        edit.status("cancelled", reason=_TAKEN_BACK[context.language])
        edit.finish()

    def undo_all(self, tx_ids: Sequence[bytes]) -> list[Done]:
        """Take several changes back that were one step, the last one first. Those that can't be stay as they are.

        Errors: as `undo`, when none of them can be.
        """
        done: list[Done] = []
        stuck: UserError | None = None
        for tx_id in reversed(tx_ids):
            try:
                done.append(self.undo(tx_id))
            except UserError as error:
                stuck = error
        if stuck is not None and not done:
            raise stuck
        return done

    def _told(self, error: BuiltUpon, tx_id: bytes) -> UserError:
        if error.place is None:
            return UserError(str(error))
        # Where the keys are away, or an entry can't be opened here, nobody is named.
        with contextlib.suppress(UserError, StorageError, ValueError):
            self._context.replica.name_who_built(error, tx_id, self._desk_keys())
        column = error.place.column or ""
        who = self._directory.name("analyst", error.who) if error.who else ""
        if not who or error.at is None:
            return Overtaken(str(error), who, error.at, column)
        when = times.to_datetime(error.at, times.zone(self._context.zone)).strftime("%Y-%m-%d %H:%M")
        what = column.removesuffix("_id").replace("_", " ") or "it"
        return Overtaken(
            f"{who} changed {what} on {when}, so this can't be undone; change it by hand.", who, error.at, column
        )
