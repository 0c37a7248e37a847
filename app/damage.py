"""A workstation's own file that is damaged: said in one sentence, whoever comes upon it, and the way on is `recover`.

Disks fail, scanners repair, people copy files that are open. What was sent is in the shared log; so the way on is to
begin again with what the log says, under the name that this workstation has (app.recovery).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import UserError
from db.errors import DatabaseFailed, StorageError, is_damage


class Damaged(UserError):
    """SQLite can't read this workstation's file."""

    def __init__(self, why: object) -> None:
        super().__init__(
            f"This workstation's copy of the desk is damaged ({why}). What was sent is safe in the shared log. Ask an "
            "administrator for an invitation for another workstation of yours (`halldesk invite --for`), close "
            "Halldesk and run `halldesk recover INVITATION` here."
        )


@contextmanager
def damage_told() -> Iterator[None]:
    """Errors: Damaged where SQLite says that the file is not what it wrote."""
    try:
        yield
    except (DatabaseFailed, StorageError) as error:
        for seen in (error, error.__cause__):  # db.migrate looks first, and says it in its own words
            if is_damage(seen):
                raise Damaged(seen) from error
        raise
