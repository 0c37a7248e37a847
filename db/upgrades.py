"""Which version of the shared tables a store uses, and how everybody goes to the next one at the same entry.

A store has a *schema* (`site.schema`). Everybody writes in the store's schema, however new the program is; so an older
and a newer program work side by side. When every workstation has the newer one, an administrator says so
(`halldesk upgrade-store`): the upgrade entry raises `site.schema`, and whoever applies it runs the same steps there
(`UPGRADES`), so that all states are equal after it as before.

* The upgrade entry says the new schema, as every entry after it does. A program that does not know that schema stops at
  it: what it has stays readable, what was not sent yet waits, and the person is told to update Halldesk.
* An entry may say another schema than the store's only if it is such an upgrade and of an administrator's device
  (db.chain): nobody else can stop the older ones.
* A step is a pure function of the rows: no clock, no chance, no settings of this computer. It changes nothing about who
  may do what (db.authority). Columns and tables that come with a schema are NULL and empty until its step fills them;
  before that nobody may write them (`NEWER`).

The files of the replicas are another matter (db.migrate): each program brings its own file up to its own tables, which
are always those of its newest schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from db.capture import RowStore, TxRecord

UPGRADE: Final = "store.upgrade"
"""The kind of the one transaction in an upgrade entry."""

Step = Callable[[RowStore], None]
"""Brings the shared rows from one schema to the next."""


@dataclass(frozen=True)
class Program:
    """What a program can read and write. `steps`: by the schema they lead to; `newer`: (table, column or "" for all of
    it) to the schema that brought it, where that is not the first."""

    schema: int
    steps: Mapping[int, Step] = field(default_factory=dict)
    newer: Mapping[tuple[str, str], int] = field(default_factory=dict)


PROGRAM: Final = Program(1)
"""This program."""


def raised_to(record: TxRecord) -> int | None:
    """The schema an upgrade raises the store to; None for any other transaction and for one that is not well-formed."""
    if record.kind != UPGRADE or len(record.rows) != 1:
        return None
    (change,) = record.rows
    if (change.table, change.op) != ("site", "u") or change.values.keys() != {"schema"}:
        return None
    old, new = change.values["schema"]
    return new if type(old) is int and type(new) is int and new > old else None


def refusal(record: TxRecord, schema: int, program: Program) -> str | None:
    """Why a transaction does not fit a store of this schema, or None."""
    if record.kind == UPGRADE:
        return None if raised_to(record) is not None else "an upgrade raises the schema of the store and nothing else"
    for change in record.rows:
        if change.table == "site" and change.op == "u" and "schema" in change.values:
            return "only an upgrade may change the schema of the store"
        for name in ("", *change.values) if program.newer else ():
            if program.newer.get((change.table, name), 1) > schema:
                return "it needs a newer store; an administrator runs `halldesk upgrade-store`"
    return None


def run(rows: RowStore, program: Program, old: int, new: int) -> None:
    """Every step from `old` to `new`. Errors: KeyError for one this program does not have (it must not come here)."""
    for schema in range(old + 1, new + 1):
        program.steps[schema](rows)
