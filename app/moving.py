"""Moving a desk to another store, and going along when somebody else did. What must happen in which order, and why, is
in db.moving."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import UserError
from app.stores import keep_password, must_be_there, open_log, shown
from db import moving
from db.address import same_place
from db.errors import PasswordNeeded, StorageError, StoreUnreachable
from db.keys import StoreCard
from db.log import SharedLog
from db.moving import Copied, Progress
from db.packs import whole
from db.shapes import SiteSetting

if TYPE_CHECKING:
    from app.meeting import Meeting


class MovedBehindPassword(PasswordNeeded):
    """The desk moved to a database that lets this workstation in with a password only. `where`: as it was announced."""

    def __init__(self, said: str, where: str) -> None:
        super().__init__(said)
        self.where = where


class NotWhole(UserError):
    """The place lacks what this workstation has; only a person knows whether it was restored there."""


@dataclass(frozen=True)
class MoveDone:
    """What was moved: names of entries, side files, the position of the move in the log."""

    where: str
    entries: int
    sides: int
    head: int


def move(
    desk: Meeting, to: str, progress: Progress, *, announce: str | None = None, password: str | None = None
) -> MoveDone:
    """Move the desk to another place with its whole log; the others follow by themselves. `announce`: the place as the
    others reach it, if that is spelt otherwise. `password`: of a database (app.stores).

    Errors: UserError, StorageError. Until the move itself is in the log everything stays as it was, and moving again
    goes on where it ended.
    """
    where = shown(to)
    if desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,)) != "administrator":
        raise UserError("Only an administrator may move a help desk.")
    if same_place(where, desk.where):
        raise UserError(f"This help desk is at {desk.where} already.")
    must_be_there(to)
    if desk.sync_round().pending:
        raise UserError("Work of this workstation is not sent yet; synchronise, then move.")
    source, replica = whole(desk.log()), desk.replica
    with ExitStack() as stack:
        opened = open_log(to, replica.fact("device"), desk.keys, password)
        stack.callback(opened.close)
        target = whole(opened)
        _make_store(desk, source, target)
        known, before = moving.known_at(source, target, replica), replica.head.seq
        copied = Copied()
        moving.copy_log(source, target, replica, known, copied, progress)
        moving.copy_sides(source, target, copied, progress, moved=False)
        moving.compare(target, copied, progress)
        tail = Copied(withheld=copied.withheld)
        _say_so(desk, moving.MOVE, shown(announce or to))
        # Straight to the old place, and no further.
        desk.meet().round()
        if moving.moved_to(replica, source, desk.secret().desk_keys) is None:
            raise UserError("The move did not come into the log; look at the changes that need you.")
        moving.copy_log(source, target, replica, known, tail, progress, after=before)
        moving.unlock(target, tail, replica.head)
        moving.copy_sides(source, target, tail, progress, moved=True)
        moving.compare(target, tail, progress)
        stack.pop_all()
    keep_password(to, password, desk.keys())
    desk.live_at(where, opened)
    _say_so(desk, moving.ARRIVE, shown(announce or to))
    head = desk.sync_round().head
    return MoveDone(where, len(copied.names) + len(tail.names), len(copied.sides) + len(tail.sides), head)


def follow(desk: Meeting, to: str, password: str | None = None, *, restored: bool = False) -> str:
    """Go along to where the desk is now: moved there, restored there, or the same store under another name or login;
    returns the place.

    What the old place still has is carried over. Where that does not answer any more, the new one must have everything
    this workstation has seen, so that nobody goes on in a copy that was left somewhere; unless a person says that it
    was `restored` there: what it lacks is then put back from here. Errors: StorageError, of which PasswordNeeded can be
    mended by asking; UserError. Then the desk stays where it is.
    """
    where = shown(to)
    opened = open_log(to, desk.replica.fact("device"), desk.keys, password)
    target = whole(opened)
    try:
        _must_be_ours(desk, target.card(), where)
        if not restored:
            _carry_over(desk, target, where)
        keep_password(to, password, desk.keys())
    except PasswordNeeded as error:
        target.close()
        raise MovedBehindPassword(
            f"This help desk is at {where} now, which wants a password: halldesk follow {where}", where
        ) from error
    except BaseException:
        target.close()
        raise
    desk.live_at(where, target)
    return where


def _carry_over(desk: Meeting, target: SharedLog, where: str) -> None:
    if same_place(where, desk.where):
        return
    try:
        moving.carry_over(whole(desk.log()), target, desk.replica)
    except StoreUnreachable as error:
        if not moving.has_head(target, desk.replica):
            raise NotWhole(
                f"The help desk at {where} lacks entry {desk.replica.head.seq}, which this workstation has, and "
                f"{desk.where} does not answer. If it was restored there from a backup, say so (halldesk follow "
                "--restored): what is missing there is sent from here. If it moved elsewhere, name that place."
            ) from error


def _make_store(desk: Meeting, source: SharedLog, target: SharedLog) -> None:
    there = target.card()
    if there is None:
        card = source.card()
        if card is None or not target.create(card):
            raise StorageError(f"No store could be made at {target.where}; try again.")
    else:
        _must_be_ours(desk, there, target.where)


def _must_be_ours(desk: Meeting, card: bytes | None, where: str) -> None:
    if card is None:
        raise UserError(f"There is no help desk at {where}.")
    known = StoreCard.unpack(card)
    if known.store != desk.replica.fact("store") or known.root_key != desk.replica.fact("root_key"):
        raise UserError(f"{where} holds another help desk ({known.name}); name another place.")


def _say_so(desk: Meeting, kind: str, where: str) -> None:
    """Put the place into the log."""
    value = moving.place_value(where, here=kind == moving.ARRIVE)
    with desk.replica.transaction(kind, desk.me, at=desk.context.clock(), undoable=False) as tx:
        if tx.get(SiteSetting, moving.PLACE_ID) is None:
            tx.insert(SiteSetting, moving.PLACE_ID, key=moving.PLACE, value=value)
        else:
            tx.update(SiteSetting, moving.PLACE_ID, value=value)
