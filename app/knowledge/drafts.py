"""An article that is being written, as one value: what the editor journals at every burst of keys.

It travels as JSON in the table of drafts (app.work.drafts), under `draft_key`. It remembers from which words the editor
began (`base`), so that what others wrote before the crash, and after it, is merged when it is saved at last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.work.attachments import StoredFile

PREFIX: Final = "article:"
NEW: Final = f"{PREFIX}new"


def draft_key(article_id: bytes | None) -> str:
    """Under which key the unsaved words of an article are kept; None: of one that is not there yet."""
    return NEW if article_id is None else f"{PREFIX}{article_id.hex()}"


def article_of(key: str) -> bytes | None:
    """The article of a key; None for a new one."""
    return None if key == NEW else bytes.fromhex(key.removeprefix(PREFIX))


@dataclass(frozen=True)
class ArticleDraft:
    """`values`: the fields as `Articles.change` takes them, ids as hexadecimal text; `base`: the texts it began with;
    `at`: when it was kept, ms UTC."""

    values: Mapping[str, Any]
    base: Mapping[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    at: int = 0

    def encode(self) -> str:
        """As it is kept."""
        files = [[f.sha256.hex(), f.name, f.media_type, f.size] for f in self.files]
        said = {"values": dict(self.values), "base": dict(self.base), "files": files, "at": self.at}
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def decode(cls, kept: str) -> ArticleDraft | None:
        """What `encode` made; None for nothing."""
        if not kept:
            return None
        said: dict[str, Any] = json.loads(kept)
        files = tuple(StoredFile(bytes.fromhex(f[0]), f[1], f[2], f[3]) for f in said.get("files", ()))
        return cls(said.get("values", {}), said.get("base", {}), files, int(said.get("at", 0)))
