"""The guard that lets nobody write around the log: a trigger on every shared table that looks whether the gate is
open.

The gate is a table of this workstation's own. It is empty; our writer (db.session) puts a row into it at the beginning
of a transaction that may change what is shared and takes it out before the commit. So no committed state has an open
gate: another program, and a statement outside a transaction of ours, is refused with a sentence, and a crash or a
rollback shuts the gate by itself. No function of ours is called from within SQLite: two threads could wait for each
other there, and Ctrl+C got lost.
"""

from __future__ import annotations

from typing import Final

from db.shapes import SHARED

OPEN: Final = "INSERT INTO gate (open) VALUES (1)"
SHUT: Final = "DELETE FROM gate"


def guard_triggers() -> dict[str, str]:
    """Name of each trigger that refuses a write to a shared table while the gate is shut -> its statement."""
    out = {}
    for table, shape in SHARED.items():
        for verb in ("INSERT", "UPDATE", "DELETE"):
            name = f"guard_{table}_{verb.lower()}"
            # Due times are each replica's own, and a hundred thousand of them are written at once: not asked for.
            of = f" OF {', '.join(('rid', 'id', *shape.kinds))}" if (table, verb) == ("case", "UPDATE") else ""
            out[name] = (
                f'CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb}{of} ON "{table}" '
                f"WHEN NOT EXISTS (SELECT 1 FROM gate) "
                f"BEGIN SELECT RAISE(ABORT, 'write to {table} outside a transaction'); END"
            )
    return out
