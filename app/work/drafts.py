"""What this workstation remembers for its analyst alone: unsent words, and what was read.

Drafts are kept at every burst of keys, so that a crash or a power cut loses none of them. Nothing here is shared.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.context import Context, ReadContext


class DraftReader:
    """Keyed texts, for instance `note:<case id>` or `new case`."""

    def __init__(self, context: ReadContext) -> None:
        self._reading = context

    def read(self, key: str) -> str:
        """The text kept under a key; "" when there is none."""
        return str(self._reading.reader.value("SELECT text FROM draft WHERE key = ?", (key,)) or "")

    def all(self) -> dict[str, str]:
        """Every draft, for asking after a crash."""
        return {r["key"]: r["text"] for r in self._reading.reader.all("SELECT key, text FROM draft ORDER BY saved_at")}


class Drafts(DraftReader):
    """The same, and keeping them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context

    def keep(self, key: str, text: str) -> None:
        """Remember the text; an empty one is forgotten."""
        self.keep_all({key: text})

    def keep_all(self, texts: Mapping[str, str]) -> None:
        """Remember several at once, all or none: words that move from one key to another are never in neither."""
        with self._context.replica.local() as raw:
            for key, text in texts.items():
                if text.strip():
                    raw.execute(
                        "INSERT OR REPLACE INTO draft (key, text, saved_at) VALUES (?, ?, ?)",
                        (key, text, self._context.clock()),
                    )
                else:
                    raw.execute("DELETE FROM draft WHERE key = ?", (key,))

    def mark_read(self, case_id: bytes) -> None:
        """I have seen this case as it is now."""
        with self._context.replica.local() as raw:
            raw.execute(
                "INSERT OR REPLACE INTO case_read (case_id, read_at) VALUES (?, ?)", (case_id, self._context.clock())
            )
