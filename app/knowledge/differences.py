"""What differs between two versions of an article, word by word, for screens."""

from __future__ import annotations

from app.knowledge.articles import TEXTS
from app.knowledge.reading import Version
from db.text_merge import word_difference


def differences(old: Version, new: Version) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(field, [("same" | "gone" | "new", text)])` for each field that differs; the state as a field too."""
    out: list[tuple[str, list[tuple[str, str]]]] = []
    for name in TEXTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            out.append((name, [(piece.op, piece.text) for piece in word_difference(before, after)]))
    if old.state != new.state:
        out.append(("state", [("gone", old.state), ("same", " "), ("new", new.state)]))
    return out
