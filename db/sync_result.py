"""What a round with the shared log did (db.sync)."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.errors import EntryDamaged


@dataclass
class SyncResult:
    """What one round did; `pending` and `conflicts` as they are after it. `announced`: where the log ended when it
    began, as far as the store said; known only where progress is asked for.

    `refused`: transactions the rules made no-ops. `passed`: what lay in the log and was not what it pretended to be.
    `differing`: entries whose maker had another state than we have. `healed`: names we put back into the store.
    `fetched`: chunks of a snapshot, those here and all of it; 0 of 0 where none was needed. `lost`: transactions the
    log had and has no more, as they are after it. `sent`: chunks of attachments. `stuck`: why nothing comes after the
    head although something lies there; what had to be sent then raises it.
    """

    published: int = 0
    applied: int = 0
    head: int = 0
    announced: int = 0
    pending: int = 0
    conflicts: int = 0
    new_conflicts: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    healed: list[str] = field(default_factory=list)
    fetched: tuple[int, int] = (0, 0)
    lost: int = 0
    sent: int = 0
    stuck: EntryDamaged | None = None
