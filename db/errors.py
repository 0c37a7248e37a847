"""What can go wrong below the use cases. Each says who has to act: the person, the drive, or somebody's broken
entry."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.undo import Place

BreaksTheData: Final = sqlite3.IntegrityError
"""A row that the tables' own rules forbid: a name given twice, something that others still refer to."""


DatabaseFailed: Final = sqlite3.DatabaseError
"""What SQLite says of a replica that nobody foresaw, its damage among it (`is_damage`)."""


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says of a file that its content is not what was written there: a failing disk, or another
    program."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return isinstance(error, sqlite3.DatabaseError) and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class StorageError(Exception):
    """The replica or the shared store can't be used as it is; the text says what to do."""


class StoreUnreachable(StorageError):
    """The drive or server doesn't answer now. Work goes on locally; trying again later is right."""


class NoWayOn(StoreUnreachable):
    """The store lacks what follows our head, has newer entries, and no snapshot leads to them."""


class StoreFull(StorageError):
    """No room is left on the drive. Work goes on locally and is sent when there is room again."""


class UpdateNeeded(StorageError):
    """The store was written by a newer program than this one. What is here can be read; nothing new comes in."""


class DeviceRevoked(StorageError):
    """This workstation was taken out of the desk: it may not write any more, and is told nothing new."""


class UsedElsewhere(StorageError):
    """Another machine writes as this workstation (db.incarnation). Nothing is sent from here until a person decided."""


class PasswordNeeded(StorageError):
    """The database wants a password that is not here, or refused the one that is. Only the person can help."""


class Moved(StorageError):
    """The desk was moved from this store to another one; nothing may be written here any more."""

    def __init__(self, to: str) -> None:
        super().__init__(f"This help desk was moved to {to}; go along with: halldesk follow {to}")
        self.to = to


class StoreDamaged(StorageError):
    """The shared store holds something that must not be there, or lacks something. Nothing of it was applied."""


class EntryDamaged(StoreDamaged):
    """The entry that follows our head lies there with other bytes than its maker's, and nobody put them back yet."""


class NotInvited(StorageError):
    """The key that would open the store is not here, or the invitation is used, expired or not for this store."""


class UnguardedWrite(StorageError):
    """A shared table was to be written outside a transaction: a programming error."""


class Refused(StorageError):
    """The rules every client agrees on don't allow this transaction. Nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BuiltUpon(StorageError):
    """Something can't be undone because somebody changed the same thing since. `place`: what (db.undo.Place), where
    that is known; `who` and `at` (ms UTC): by whom and when."""

    def __init__(self, why: str, place: Place | None = None) -> None:
        super().__init__(why)
        self.place = place
        self.who: bytes | None = None
        self.at: int | None = None
