"""A note that is being written, as one value: what the composer journals, holds back and sends.

It travels as JSON in the table of drafts (app.work.drafts), under `draft_key` while it is written. Keys that are
missing stand for what an empty composer has, so that a draft of an older program is read as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from app.work.attachments import StoredFile

RESPONSES: Final = frozenset({"reply", "call", "visit", "mail"})
"""Kinds of entries that are a response where the requester is the one they are said to."""


def counts_by_itself(kind: str, audience: str) -> bool:
    """Whether an entry counts as a response as long as nobody says otherwise."""
    return kind in RESPONSES and audience == "requester"


def draft_key(case_id: bytes) -> str:
    """Under which key the unsent words of a case are kept."""
    return f"note:{case_id.hex()}"


@dataclass(frozen=True)
class NoteDraft:
    """Kind and audience as in db.rules; `minutes`: 0 books no time. `counts`: whether it is a response, where somebody
    chose that (None: as `counts_by_itself` says)."""

    text: str = ""
    kind: str = "note"
    audience: str = "internal"
    minutes: int = 0
    activity: str = "other"
    files: tuple[StoredFile, ...] = ()
    counts: bool | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything for the timeline."""
        return bool(self.text.strip() or self.files)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.says_something and not self.minutes

    @property
    def words(self) -> str:
        """What the timeline says: the text, or the names of files that come without any."""
        return self.text.strip() or ", ".join(file.name for file in self.files)

    def encode(self) -> str:
        """As it is kept; "" when it is empty."""
        if self.is_empty:
            return ""
        files = [[f.sha256.hex(), f.name, f.media_type, f.size] for f in self.files]
        values = {"text": self.text, "kind": self.kind, "audience": self.audience, "minutes": self.minutes,
                  "activity": self.activity, "files": files, "counts": self.counts}  # fmt: skip
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def decode(cls, kept: str) -> NoteDraft:
        """What `encode` made."""
        values: dict[str, Any] = json.loads(kept) if kept else {}
        files = tuple(StoredFile(bytes.fromhex(f[0]), f[1], f[2], f[3]) for f in values.pop("files", ()))
        names = ("text", "kind", "audience", "minutes", "activity", "counts")
        known = {name: values[name] for name in names if name in values}
        return cls(**known, files=files)

    def with_files(self, files: Iterable[StoredFile]) -> NoteDraft:
        """The same with more files, each once."""
        return replace(self, files=tuple(dict.fromkeys([*self.files, *files])))

    def before(self, later: NoteDraft) -> NoteDraft:
        """Both as one: what came back stays before what was written since. Who may see it follows the more careful of
        the two, so that no internal word reaches a requester by being put together; so does whether it counts, unless
        only the other of two of the same kind says so."""
        if later.is_empty:
            return self
        first, then = self.text.strip(), later.text
        careful, other = (later, self) if later.audience == "internal" else (self, later)
        alike = (careful.kind, careful.audience) == (other.kind, other.audience)
        counts = other.counts if alike and careful.counts is None else careful.counts
        both = replace(
            careful, text=f"{first}\n\n{then}" if first and then.strip() else first or then,
            minutes=self.minutes + later.minutes, activity=self.activity, files=self.files,
            counts=counts,
        )  # fmt: skip
        return both.with_files(later.files)
