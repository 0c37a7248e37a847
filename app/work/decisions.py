"""Deciding a conflict (app.work.conflicts): mine, theirs, or another text.

Every decision that changes something is a new transaction made the way its screen would make it, so that it is
published, undone and, should somebody be faster once more, asked again like any other work. Undoing it asks again, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.context import Context
from app.errors import UserError
from app.knowledge.articles import TEXTS, Articles
from app.work.cases import SETTABLE, Cases
from app.work.conflicts import is_text
from app.work.verbs import Done
from db.conflicts import ConflictRow
from db.errors import BreaksTheData, Refused
from db.shapes import SHARED
from db.tables import Value
from db.text_merge import merge_texts


class Decisions:
    """The verbs of who decides; call them on the write lane."""

    def __init__(self, context: Context, cases: Cases) -> None:
        self._context, self._cases = context, cases
        self._articles = Articles(context)

    def keep_mine(self, n: int) -> Done | None:
        """My value, or my whole transaction, after all. None: it stands already. Errors: UserError."""
        row = self._open(n)
        if row.outcome == "refused":
            try:
                tx_id = self._context.replica.make_again(n, self._context.me, at=self._context.clock())
            except Refused as error:
                raise UserError(_REFUSED.get(error.reason, f"That is not allowed: {error.reason}.")) from error
            return None if tx_id is None else Done(row.case_id or b"", tx_id)
        if row.outcome == "mine stands":
            return self._settled(row, "mine", None)
        if not row.column:
            return self._settled(row, "mine", self._remove(row))
        return self._settled(row, "mine", self._change(row, lambda now: self._side(row, "mine", now)))

    def keep_theirs(self, n: int) -> Done | None:
        """What they made of it. None: it stands already. Errors: UserError."""
        row = self._open(n)
        if row.outcome != "mine stands":
            return self._settled(row, "theirs", None)
        if not row.column:
            return self._settled(row, "theirs", self._remove(row))
        return self._settled(row, "theirs", self._change(row, lambda now: self._side(row, "theirs", now)))

    def write(self, n: int, text: str) -> Done | None:
        """Another text in place of both. Errors: UserError where it is no text."""
        row = self._open(n)
        if row.outcome == "refused" or not is_text(row.table, row.column):
            raise UserError("Only a text can be written anew; keep mine or theirs.")
        return self._settled(row, "text", self._change(row, lambda _now: text))

    def _open(self, n: int) -> ConflictRow:
        found = self._context.replica.conflict(n)
        if found is None:
            raise UserError(f"There is no conflict {n}; `halldesk conflicts list` names them.")
        if found[0].settled_at is not None:
            raise UserError("This was decided already.")
        return found[0]

    def _settled(self, row: ConflictRow, how: str, done: Done | None) -> Done | None:
        self._context.replica.settle(row.n, self._context.clock(), how, None if done is None else done.tx_id)
        return done

    def _side(self, row: ConflictRow, side: str, now: Value) -> Value:
        """One side's value as it should stand now: of a text only what overlapped changes sides."""
        value = row.mine if side == "mine" else row.theirs
        if row.reason != "overlap":
            return value
        base, mine, theirs = (str(v or "") for v in (row.base, row.mine, row.theirs))
        wanted = merge_texts(base, mine, theirs, "mine" if side == "mine" else "theirs").text
        stands = merge_texts(base, mine, theirs, "theirs" if side == "mine" else "mine").text
        return merge_texts(stands, wanted, str(now or ""), "mine").text

    def _change(self, row: ConflictRow, value_of: Callable[[Value], Value]) -> Done | None:
        """Write one column, the way its screen would."""
        table, row_id, column = str(row.table), row.row_id or b"", str(row.column)
        now = self._context.reader.one(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,))
        if now is None:
            raise UserError("It was deleted meanwhile, so there is nothing to change.")
        value = value_of(now[0])
        if value == now[0]:
            return None
        if table == "case" and column in SETTABLE:
            return self._cases.set(row_id, **{column: value})
        if table == "article" and column in TEXTS:
            words: dict[str, Any] = {column: str(value or "")}
            self._articles.change(row_id, **words)
            return None
        return self._write(row, lambda tx: tx.update(SHARED[table], row_id, **{column: value}))

    def _remove(self, row: ConflictRow) -> Done | None:
        table, row_id = str(row.table), row.row_id or b""
        return self._write(row, lambda tx: tx.delete(SHARED[table], row_id))

    def _write(self, row: ConflictRow, work: Callable[[Any], object]) -> Done | None:
        try:
            with self._context.transaction(row.kind, case_id=row.case_id) as tx:
                work(tx)
        except BreaksTheData as error:
            raise UserError("Other things refer to it by now; change it where it is edited.") from error
        return None if tx.is_empty else Done(row.case_id or b"", tx.id)


_REFUSED: Final = {
    "status": "The case is in another status by now, from which that step does not exist; open the case and go on from "
    "there.",
    "gone": "What it was about was deleted; it can't be done again.",
}
