"""The guard that lets nobody write around the log: a trigger on every shared table that asks a function only our
writer has (db.session). Another program, or a statement outside a transaction of ours, fails.
"""

from __future__ import annotations

from typing import Final

from db.shapes import SHARED

GATE: Final = "halldesk_gate"


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
                f"WHEN {GATE}() = 0 BEGIN SELECT RAISE(ABORT, 'write to {table} outside a transaction'); END"
            )
    return out
