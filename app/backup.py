"""Backups, and what an administrator does after the file server or a workstation died.

A backup is one file: the share as it is, in a zip (db.archive), and beside it what only this workstation has: work the
log has not got yet, drafts, settings, sealed with the desk key. Neither holds a private key, so restoring can never
make two devices of one identity:

* `restore_share` puts the share's part onto a drive, for a file server that died. Workstations that know more put it
  back.
* `restore_work` brings the other part into a profile that joined anew, for a workstation that died. What had been sent
  after all keeps its id and counts once.
* `rebuild_share` needs no backup: every workstation can make the share again.
"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Final

from app.desk import Desk
from app.errors import UserError
from app.stores import must_be_there, open_log, shown
from app.unsent import BroughtIn, bring_in, look_into, write
from db.archive import Archive
from db.errors import StorageError
from db.log import SharedLog
from db.rebuild import Progress, Rebuilt, copied, from_replica

_ABOUT: Final = "READ ME.txt"
_WORDS: Final = (
    "A backup of a Halldesk help desk. To restore it: halldesk restore THIS-FILE --share FOLDER\n"
    "Everything in it is sealed; it opens with the keys of a workstation of this desk only.\n"
)


def backup(desk: Desk, path: Path, progress: Progress = lambda *_: None) -> Rebuilt:
    """Write a backup of the whole desk to `path`, after a round if the store answers. Errors: UserError,
    StorageError."""
    old = _reachable(desk)
    secret = desk.secret()
    with Archive(path) as archive:
        archive.write(_ABOUT, _WORDS.encode())
        made = from_replica(desk.replica, secret, archive.log, desk.context.clock, old, progress)
        write(desk, archive)
    return made


def restore_share(path: Path, where: str, progress: Progress = lambda *_: None) -> Rebuilt:
    """Put the share's part of a backup to `where`. Nothing that is there is overwritten. Errors: UserError,
    StorageError."""
    if not path.exists():
        raise UserError(f"There is no file {path}.")
    with Archive(path, reading=True) as archive:
        try:
            card = archive.log.card()
        except StorageError as error:
            raise UserError(
                f"The card of the help desk in {path} is damaged. Take another copy of it, or run `halldesk "
                "rebuild-share` on a workstation of the desk."
            ) from error
        if card is None:
            raise UserError(f"{path} holds no help desk.")
        must_be_there(where)
        with closing(open_log(where, b"\0" * 8)) as log:
            return copied(archive.log, log, progress)


def restore_work(desk: Desk, path: Path) -> BroughtIn:
    """Bring unsent work, drafts and settings of a backup into this profile, which joined anew for the same analyst.

    Errors: UserError when the backup is of another desk or another analyst, or holds none; StorageError.
    """
    parcel = look_into(desk, path)
    if parcel.analyst_id != desk.me:
        raise UserError(
            f"{path} is of {parcel.analyst}'s workstation, and this is another analyst's. To send that work from here: "
            "halldesk work import FILE"
        )
    brought = bring_in(desk, path)
    with desk.replica.local() as raw:
        raw.executemany("INSERT OR IGNORE INTO draft (key, text, saved_at) VALUES (?, ?, ?)", parcel.drafts)
    desk.profile.save_settings({**json.loads(parcel.settings), **desk.profile.settings()})
    return brought


def rebuild_share(desk: Desk, where: str, progress: Progress = lambda *_: None) -> Rebuilt:
    """Make the share anew at `where` from this workstation (and from the old one, if it still answers). Errors:
    UserError, StorageError."""
    must_be_there(where)
    old = None if shown(where) == shown(desk.where) else _reachable(desk)
    secret = desk.secret()
    with closing(open_log(where, secret.device)) as log:
        return from_replica(desk.replica, secret, log, desk.context.clock, old, progress)


def _reachable(desk: Desk) -> SharedLog | None:
    """The store, after a round; None where it does not answer. One that is full, damaged or may not be written is
    read all the same: that is when backups are made."""
    try:
        desk.sync_round()
    except (StorageError, UserError) as error:
        desk.trouble = str(error)
    try:
        return desk.log() if desk.log().card() is not None else None
    except (StorageError, UserError) as error:
        desk.trouble = desk.trouble or str(error)
        return None
