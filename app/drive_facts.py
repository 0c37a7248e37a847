"""What the store and this workstation hold, counted for Drive health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.colleagues import program
from db.errors import StorageError

if TYPE_CHECKING:
    from app.desk import Desk


@dataclass(frozen=True)
class DriveFacts:
    """`head`: entries read here; `snapshots` and `packs` lie on the store (None: it did not answer); `replica_bytes`:
    this workstation's own copy; `administers`: its analyst may look after the store."""

    where: str
    store: str
    head: int
    epoch: int
    pending: int
    conflicts: int
    digest: str
    version: str
    snapshots: int | None
    newest_snapshot: str
    packs: int | None
    replica_bytes: int
    administers: bool = False


def drive_facts(desk: Desk) -> DriveFacts:
    """On a lane: two listings of the store, the rest is here."""
    replica = desk.replica
    head = replica.head
    snapshots: list[str] | None = None
    packs: list[str] | None = None
    try:
        log = desk.log()
        snapshots = [name for name in log.sides("snap") if name.endswith(".m")]
        packs = log.sides("pack")
    except StorageError:
        pass
    path = desk.profile.replica
    return DriveFacts(
        where=desk.where,
        store=replica.fact("store").hex(),
        head=head.seq,
        epoch=head.epoch,
        pending=replica.pending_count(),
        conflicts=len(replica.conflicts()),
        digest=replica.digest.hex(),
        version=program(),
        snapshots=None if snapshots is None else len(snapshots),
        newest_snapshot=snapshots[-1] if snapshots else "",
        packs=None if packs is None else len(packs),
        replica_bytes=path.stat().st_size if path.exists() else 0,
        administers=desk.administers,
    )
