"""What a report is about: the whole desk, or one of its customers, contacts or products.

A report of a part is made of the same figures as that of the whole; only cases count that belonged to the part when
each week ended.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from app.errors import UserError
from app.work.holding import held
from db.reader import Reader

Kind = Literal["department", "analyst", "product"]

KINDS: Final[tuple[Kind, ...]] = ("department", "analyst", "product")


class Edition(NamedTuple):
    """A part by its id: a department, the departments of a dedicated analyst, a product."""

    kind: Kind
    id: bytes


@dataclass(frozen=True)
class Scope:
    """A part as figures need it. `values`: the departments, or the product, that are in it."""

    edition: Edition
    name: str
    values: Collection[bytes]

    @property
    def field(self) -> Literal["department", "product"]:
        """What of a case decides whether it belongs."""
        return "product" if self.edition.kind == "product" else "department"

    def holds(self, value: Any) -> bool:
        """Whether a case with this value belongs."""
        return value in self.values


def read_scope(reader: Reader, edition: Edition | None, day: str) -> Scope | None:
    """The part, as it was agreed on `day` (YYYY-MM-DD). Errors: UserError where it does not exist, or an analyst has no
    departments then."""
    if edition is None:
        return None
    name = reader.value(f"SELECT name FROM {edition.kind} WHERE id = ?", (edition.id,))
    if name is None:
        raise UserError(f"There is no such {edition.kind}; name one that `halldesk report weekly --help` asks for.")
    if edition.kind != "analyst":
        return Scope(edition, str(name), frozenset({edition.id}))
    departments = frozenset(
        row[0]
        for row in reader.all(
            f"SELECT h.department_id FROM {held('?1')} h JOIN coverage v ON v.id = h.cover_id WHERE v.primary_id = ?2",
            (day, edition.id),
        )
    )
    if not departments:
        raise UserError(f"{name} was no department's dedicated analyst on {day}; choose another edition.")
    return Scope(edition, str(name), departments)
