"""The stopwatch of time spent: one case at a time, kept so that neither a crash nor a forgotten window invents work.

It is remembered with the moment it was last seen running. A program that ended while it ran finds it again and counts
up to that moment, no further: nobody knows what happened after. What it measured becomes the minutes of the case's
draft, where a person sees and corrects them before they are booked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Final

from app.times import MINUTE_MS
from app.work.drafts import DraftReader, Drafts
from app.work.notes import NoteDraft, draft_key

KEY: Final = "stopwatch"
MOST_MINUTES: Final = 24 * 60


@dataclass(frozen=True)
class Running:
    """Since when it runs, in ms UTC, and how much was there `before`, in ms. `seen`: when that was last known."""

    case_id: bytes
    label: str
    since: int
    before: int
    seen: int

    def elapsed(self, now: int) -> int:
        """Milliseconds of the whole; a clock that was set back takes nothing away."""
        return self.before + max(0, now - self.since)

    def minutes(self, now: int) -> int:
        """What is booked: every begun minute."""
        return min(MOST_MINUTES, -(-self.elapsed(now) // MINUTE_MS))

    def corrected(self, minutes: int, now: int) -> Running:
        """It goes on from what a person says it has been so far."""
        return replace(self, since=now, before=minutes * MINUTE_MS, seen=now)

    def seen_at(self, now: int) -> Running:
        """It still runs."""
        return replace(self, seen=now)

    def encode(self) -> str:
        """As it is kept."""
        return json.dumps({"case": self.case_id.hex(), "label": self.label, "since": self.since,
                           "before": self.before, "seen": self.seen})  # fmt: skip


def begin(case_id: bytes, label: str, minutes: int, now: int) -> Running:
    """Start it at what is noted already."""
    return Running(case_id, label, now, minutes * MINUTE_MS, now)


def left_running(drafts: DraftReader) -> Running | None:
    """The one a program that ended has left, if any."""
    kept = drafts.read(KEY)
    if not kept:
        return None
    values = json.loads(kept)
    return Running(
        bytes.fromhex(values["case"]), values["label"], values["since"], values["before"], values["seen"]
    )  # fmt: skip


def note_down(drafts: Drafts, running: Running, until: int) -> NoteDraft:
    """It has stopped: its minutes, counted up to `until`, are those of the case's draft. Returns that draft."""
    key = draft_key(running.case_id)
    note = replace(NoteDraft.decode(drafts.read(key)), minutes=running.minutes(until))
    drafts.keep_all({key: note.encode(), KEY: ""})
    return note
