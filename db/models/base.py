"""What every table has in common: naming of constraints, ids, and how a column merges.

Every *shared* table has `id` (UUIDv7, 16 bytes) as its key and takes part in the shared log. Each column carries in
`Column.info["merge"]` how two changes to it meet (the table in sync.md, "Rebase rules"); `merging.py` reads it from
there, so a rule stands beside the column it is for. *Local* tables (`info={"local": True}`) belong to one workstation
only.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

MergeRule = Literal[
    "cas", "scalar", "status", "text", "counter", "latest", "earliest", "derived", "once",
    "with status", "scalar with status", "counter with status",
]  # fmt: skip
"""cas: compare-and-set, the loser is told the winner. scalar: three-way. status: legal transition or a question.
text: three-way text merge. counter: the difference is added. latest, earliest: the greater, the smaller value.
derived: computed again, mine stands until then. once: the first value stays. with status: what a change of the status
brings along; it stands or falls with it."""

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the replica."""

    metadata = MetaData(naming_convention=NAMING)


class Shared:
    """A row that every workstation has. Times are milliseconds UTC, dates ISO text."""

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, sort_order=-10)


LOCAL: Final = {"info": {"local": True}}
"""Table arguments of a table that stays on this workstation."""


ROW_NUMBERS: Final = {"sqlite_autoincrement": True}
"""Table arguments of a table with a `rid`: a number is never given to another row, because lists on screen hold
them."""


def merges(rule: MergeRule) -> dict[str, Any]:
    """The `info` of a column that merges by `rule` (without it: "scalar")."""
    return {"merge": rule}


def ref(target: str, *, rule: MergeRule = "scalar", index: bool = False) -> MappedColumn[Any]:
    """A reference to `target`'s id; None where the annotation allows it."""
    return mapped_column(LargeBinary(16), ForeignKey(f"{target}.id"), info=merges(rule), index=index)


def one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    """A check that `column` is NULL or one of `values`."""
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)
