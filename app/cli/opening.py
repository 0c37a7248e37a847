"""Opening a profile for one command, and telling the shared store about it afterwards."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from app.desk import Desk
from app.errors import UserError
from db.errors import StorageError, StoreUnreachable


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Desk]:
    """The desk of `--profile`, closed at the end."""
    desk = Desk(args.profile)
    try:
        yield desk
    finally:
        desk.close()


def try_sync(desk: Desk, args: argparse.Namespace) -> bool:
    """Publish and catch up if the store answers; False when it does not (the work is kept)."""
    if getattr(args, "offline", False):
        return False
    try:
        desk.sync_round()
    except StoreUnreachable:
        return False
    except (StorageError, UserError) as error:
        # A full or damaged drive or a locked keyring must not turn work that is safe here into a failed command.
        desk.trouble = str(error)
        return False
    return True
