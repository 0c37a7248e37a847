"""Which cases' histories changed since the week sheets were made (app.insight.sheets).

A sheet is the sum of a week's case histories. Whoever changes an event, the person at the keyboard, an undo, the fold
of the log or a rebase, leaves the case's row number and the instant from which its history is different here, in the
same commit. Triggers do it, because they see every way of writing there is or will be. Nothing is noted while there
is no sheet, so a first import or a fresh replica pays nothing.

The events of a case go before its row and come after it, so the row number can always be looked up; a case that gets
another number in the log, or its first one, is touched from its first event on, because sheets know cases by number.
"""

from __future__ import annotations

from typing import Final

_NOTE: Final = "INSERT INTO case_touched (rid, since) SELECT c.rid"
_WATCHED: Final = "EXISTS (SELECT 1 FROM week_sheet)"


def touch_statements() -> list[str]:
    """The triggers."""
    out = []
    for verb, since, case_id in (
        ("INSERT", "new.at", "new.case_id"),
        ("DELETE", "old.at", "old.case_id"),
        ("UPDATE", "min(old.at, new.at)", "new.case_id"),
    ):
        out.append(
            f"CREATE TRIGGER IF NOT EXISTS touched_event_{verb.lower()} AFTER {verb} ON case_event WHEN {_WATCHED} "
            f'BEGIN {_NOTE}, {since} FROM "case" c WHERE c.id = {case_id}; END'
        )
    out.append(
        f'CREATE TRIGGER IF NOT EXISTS touched_number AFTER UPDATE OF number, rid ON "case" WHEN {_WATCHED} '
        f"BEGIN {_NOTE}, coalesce((SELECT min(e.at) FROM case_event e WHERE e.case_id = c.id), c.opened_at) "
        f'FROM "case" c WHERE c.id = new.id; END'
    )
    return out
