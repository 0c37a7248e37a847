"""Which store keeps a desk: a folder or a PostgreSQL database, told by how its place is written; and its password.

A database's password is looked for in this order: what was just typed (or written in the URL), the environment's
HALLDESK_DATABASE_PASSWORD, the keyring (or the key file that was asked for). If there is none the system is left to it:
a single sign-on, a client certificate, PostgreSQL's own password file. A typed one is kept in the keyring once it has
opened the store; one from the environment is never kept. The place itself is stored, shown and sent in invitations, and
never holds a password: whoever is invited has a database login of his own, or is told the common one by other means.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.errors import UserError
from db.address import is_url, misnamed, password_name, place
from db.drive import DriveLog
from db.keys import KeyStore
from db.log import SharedLog
from db.turns import short_name

PASSWORD_VARIABLE: Final = "HALLDESK_DATABASE_PASSWORD"


def open_log(
    where: str, device: bytes, keys: Callable[[], KeyStore] | None = None, password: str | None = None
) -> SharedLog:
    """The store at `where`, not looked at yet. `keys`: where a password may be kept; asked where it is a URL only, and
    may block on a locked keyring. Errors: StorageError for a place that is none, UserError for one that only another
    system can reach, and from the keyring."""
    if not where.strip():
        raise UserError("Say where the help desk is: a folder on the drive, or postgresql://USER@HOST/DATABASE.")
    wrong = misnamed(where)
    if wrong in ("of Windows", "of Linux"):
        raise UserError(f"{where} is how {wrong[3:]} names a folder; name it as this PC reaches it.")
    if not is_url(where):
        return DriveLog(Path(where), short_name(device))
    known = place(where)
    secret = password or known.password or kept_password(known.where, keys)
    from db.server import ServerLog

    return ServerLog(known.where, short_name(device), secret)


def is_folder(where: str) -> bool:
    """Whether there is such a folder that this person may look at."""
    with suppress(OSError):
        return Path(where).is_dir()
    return False


def must_be_there(where: str) -> None:
    """For a place that is to be made use of. A folder is not made silently: who spells it wrong would go on in a place
    nobody else sees. Errors: UserError."""
    said_elsewhere = is_url(where) or not where.strip() or misnamed(where) not in ("", "relative")
    if said_elsewhere or is_folder(where):
        return
    if Path(where).is_file():
        raise UserError(f"{where} is a file; name a folder.")
    raise UserError(
        f"There is no folder {where}. Connect the drive, or make the folder first, writable for everybody who works at "
        "the help desk."
    )


def kept_password(where: str, keys: Callable[[], KeyStore] | None) -> str | None:
    """The password of a database from the environment or as it was kept, or None. Errors: UserError from the
    keyring."""
    if spoken := os.environ.get(PASSWORD_VARIABLE):
        return spoken
    kept = keys().get(password_name(where)) if keys is not None else None
    return None if kept is None else kept.decode("utf-8")


def keep_password(written: str, password: str | None, keys: KeyStore) -> None:
    """Keep what was typed for this place, if anything was. Errors: UserError from the keyring."""
    typed = password or place(written).password
    if typed:
        keys.set(password_name(place(written).where), typed.encode("utf-8"))


def shown(written: str) -> str:
    """The place as it is stored and shown: without a password, a folder in full."""
    return place(written).where if is_url(written) else str(Path(written).absolute())
