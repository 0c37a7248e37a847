"""Unsent words, kept at every burst of keys, so that a crash or a power cut loses none of them."""

from __future__ import annotations

from app.context import Context


class Drafts:
    """Keyed texts, for instance `note:<case id>` or `new case`. Local to this workstation."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, key: str, text: str) -> None:
        """Remember the text; an empty one is forgotten."""
        with self._context.replica.local() as raw:
            if text.strip():
                raw.execute(
                    "INSERT OR REPLACE INTO draft (key, text, saved_at) VALUES (?, ?, ?)",
                    (key, text, self._context.clock()),
                )
            else:
                raw.execute("DELETE FROM draft WHERE key = ?", (key,))

    def read(self, key: str) -> str:
        """The text kept under a key; "" when there is none."""
        return str(self._context.reader.value("SELECT text FROM draft WHERE key = ?", (key,)) or "")

    def all(self) -> dict[str, str]:
        """Every draft, for asking after a crash."""
        return {r["key"]: r["text"] for r in self._context.reader.all("SELECT key, text FROM draft ORDER BY saved_at")}
