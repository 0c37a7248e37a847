"""What the shared log did not take as it was made, told so that a person can decide: which case, which field, both
values with who and when, and why.

Reading is plain SQL and runs on any lane; deciding is app.work.decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgpack

from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.value_words import TITLES, called, value_words
from db.capture import TxRecord
from db.shapes import SHARED
from db.tables import spec
from db.text_merge import merge_texts, word_difference

Stretches = list[tuple[str, bool]]


@dataclass(frozen=True)
class Conflict:
    """One change that met another one.

    `table` and `column` as in the database (column "": the whole row, None: the whole transaction); `case_label` and
    `title`: the case, or what the row is called; `base`, `mine`, `theirs`: as people read them; `outcome`: "refused",
    "mine stands" or "theirs stands"; `reason`: one of db.merging.REASONS, `why` the sentence of a rule; instants in ms
    UTC; `is_text`: another text can be written instead; `settled`: "mine", "theirs" or "text".
    """

    n: int
    at: int
    kind: str
    case_id: bytes | None
    case_label: str
    title: str
    table: str | None
    row_id: bytes | None
    column: str | None
    outcome: str
    reason: str
    why: str
    base: str
    mine: str
    theirs: str
    my_author: str
    my_at: int
    their_author: str
    their_at: int | None
    is_text: bool
    settled_at: int | None = None
    settled: str | None = None

    @property
    def both(self) -> str:
        """What to begin with where both texts are to become one: theirs above mine where they overlap."""
        return merge_texts(self.base, self.mine, self.theirs, "both").text


def difference(mine: str, theirs: str) -> tuple[Stretches, Stretches]:
    """(mine, theirs) as stretches of text, True where the other one has other words. Takes its time on long texts."""
    pieces = word_difference(theirs, mine)
    own, other = (
        [(piece.text, piece.op == op) for piece in pieces if piece.op in ("same", op)] for op in ("new", "gone")
    )
    return own, other


class Conflicts:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def waiting(self, case_id: bytes | None = None) -> list[Conflict]:
        """What nobody has decided yet, newest first; of one case, or all."""
        return self._read("x.settled_at IS NULL AND (:case IS NULL OR x.case_id = :case)", {"case": case_id})

    def settled(self, limit: int = 50) -> list[Conflict]:
        """What was decided, the latest decision first."""
        where = "x.settled_at IS NOT NULL AND x.outcome <> 'same'"
        return self._read(where, {}, f"x.settled_at DESC, x.n DESC LIMIT {int(limit)}")

    def one(self, n: int) -> Conflict:
        """One of them. Errors: UserError when there is none."""
        found = self._read("x.n = :n", {"n": n})
        if not found:
            raise UserError(f"There is no conflict {n}; `halldesk conflicts list` names them.")
        return found[0]

    def _read(self, where: str, params: dict[str, Any], order: str = "x.n DESC") -> list[Conflict]:
        rows = self._context.reader.all(
            "SELECT x.*, c.number, c.rid, c.title AS case_title "
            f'FROM conflict x LEFT JOIN "case" c ON c.id = x.case_id WHERE {where} ORDER BY {order}',
            params,
        )
        return [self._conflict(r) for r in rows]

    def _conflict(self, r: Any) -> Conflict:
        known = r["case_title"] is not None
        label = "" if not known else str(r["number"]) if r["number"] is not None else f"~{r['rid']}"
        column = r["column_name"]
        mine, name = self._words(column, r["mine"]), called(self._context.reader, r["table_name"], r["row_id"])
        if r["table_name"] is None:
            wanted, mine = _wanted(TxRecord.unpack(r["body"]))
            name = name or wanted
        return Conflict(
            n=r["n"], at=r["at"], kind=r["kind"], case_id=r["case_id"] if known else None, case_label=label,
            title=r["case_title"] if known else name,
            table=r["table_name"], row_id=r["row_id"], column=column, outcome=r["outcome"], reason=r["reason"],
            why=broken_rule(r["why"] or ""), base=self._words(column, r["base"]), mine=mine,
            theirs=self._words(column, r["theirs"]), my_author=self._directory.name("analyst", r["my_author"]),
            my_at=r["my_at"], their_author=self._directory.name("analyst", r["their_author"]), their_at=r["their_at"],
            is_text=r["outcome"] != "refused" and is_text(r["table_name"], column),
            settled_at=r["settled_at"], settled=r["settled"],
        )  # fmt: skip

    def _words(self, column: str | None, packed: bytes | None) -> str:
        value: Any = None if packed is None else msgpack.unpackb(packed)
        return value_words(self._context.reader, self._directory, column, value)


def _wanted(record: TxRecord) -> tuple[str, str]:
    """(what it is called, what was to be written) of a transaction that was refused as a whole: of the first row that
    was new and says so, else of the first text that was to be another one."""
    for change in record.rows:
        if change.op == "i" and change.table != "case_event":
            named = "title" if change.table == "case" else TITLES.get(change.table, "")
            name, text = change.values.get(named), change.values.get("text")
            if name or text:
                return str(name or ""), str(text or name)
    for change in record.rows:
        if change.op == "u" and change.table in SHARED:
            for column, (_old, new) in change.values.items():
                if isinstance(new, str) and is_text(change.table, column):
                    return "", new
    return "", ""


def broken_rule(why: str) -> str:
    """Why something was refused, where SQLite said it of its tables: as a person says it."""
    if "constraint failed" not in why:
        return why
    if "UNIQUE" in why:
        return "there is one of that name already"
    return "what it refers to is gone" if "FOREIGN KEY" in why else "something in it is not allowed there"


def is_text(table: str | None, column: str | None) -> bool:
    """Whether a person could write something else there."""
    if not table or not column or table not in SHARED or column not in spec(table).kinds:
        return False
    written = spec(table).rules[column] == "text" or column in ("title", "next_step")
    return spec(table).kinds[column] is str and written
