"""Searches that found nothing of use: what people needed and nobody has written down.

They stay on the workstation on which they were typed, in a file of the profile that can be read and deleted, because
what somebody looks for says something about them. Nothing of it is sent by itself: whoever turns a search into an
article that is wanted shares its words, and sees what is shared (docs/decisions/0027). Names of requesters, telephone
numbers and e-mail addresses are left out before anything is kept; bare numbers are nobody's knowledge. What was not
searched again for 90 days is forgotten, and so is what an article answers by now.

"Of use": an article that covers at least half of what the words tell (app.finding.covering). The search itself hardly
ever returns nothing, because any of the words is enough for it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.context import ReadContext
from app.finding.articles import rank_articles
from app.finding.covering import coverage, what_is_said
from app.knowledge.privacy import without_people
from app.knowledge.states import ALIVE
from app.times import DAY_MS
from app.work.search import Search
from db.search_index import fold_text

KEPT_MS: Final = 90 * DAY_MS
MOST: Final = 300
OF_USE: Final = 0.5
_LONGEST: Final = 120
_LOOKED_AT: Final = 12
_FILE: Final = "searches.json"


@dataclass(frozen=True)
class Miss:
    """Words that were searched `count` times without use, last at `last_at` (ms UTC)."""

    words: str
    count: int
    last_at: int


class Missed:
    """The searches of one workstation. Any thread; the file is small and written in one piece."""

    def __init__(self, context: ReadContext, search: Search, folder: Path) -> None:
        self._context, self._search, self._path = context, search, folder / _FILE
        self._lock = threading.Lock()

    def note(self, typed: str, *, cases: bool = False) -> bool:
        """Somebody searched for this and stopped typing; kept if it found nothing of use. `cases`: cases count as
        found, too."""
        words = self._cleaned(typed)
        if not words or self.is_answered(words) or (cases and self._search.find(typed, limit=1)):
            return False
        key, now = _key(words), self._context.clock()
        with self._lock:
            known = self._read()
            before = next((one for one in known if _key(one.words) == key), None)
            fresh = Miss(words, 1 if before is None else before.count + 1, now)
            self._write([fresh, *(one for one in known if one is not before)])
        return True

    def all(self) -> list[Miss]:
        """What is still unanswered, the most often searched first."""
        with self._lock:
            known = self._read()
        open_ = [one for one in known if not self.is_answered(one.words)]
        return sorted(open_, key=lambda one: (-one.count, -one.last_at, one.words))

    def forget(self, words: str | None = None) -> None:
        """Forget one search, or all of them."""
        with self._lock:
            self._write([] if words is None else [one for one in self._read() if _key(one.words) != _key(words)])

    def is_answered(self, words: str) -> bool:
        """Whether an article covers what the words tell; also where they tell nothing."""
        said = what_is_said(words, "", self._search.vocabulary(), self._search.texts_known())
        if not said:
            return True
        reader = self._context.reader
        ranked = rank_articles(reader, [one.group for one in said], states=ALIVE, limit=_LOOKED_AT)
        if not ranked:
            return False
        rows = reader.all(
            f"SELECT title, words, names FROM article_text WHERE rid IN ({', '.join('?' * len(ranked))})",
            [one.rid for one in ranked],
        )
        return any(coverage(said, row["title"], f"{row['words']} {row['names']}", share=1.0) >= OF_USE for row in rows)

    def _cleaned(self, typed: str) -> str:
        """The words without what belongs to people; "" where nothing telling is left."""
        text = without_people(" ".join(typed.split())[:_LONGEST])
        words = [word for word in text.split() if not (word.startswith("[") and word.endswith("]"))]
        left = [word for word in words if any(c.isalpha() for c in word) and not self._is_a_name(word)]
        return " ".join(left)

    def _is_a_name(self, word: str) -> bool:
        folded = fold_text(word)
        rows = self._context.reader.all(
            "SELECT name FROM requester WHERE name LIKE ? ESCAPE '!' LIMIT 50",
            ("%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%",),
        )
        return len(word) > 2 and any(folded in fold_text(row[0]).split() for row in rows)

    def _read(self) -> list[Miss]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            known = [Miss(str(one[0]), int(one[1]), int(one[2])) for one in data]
        except (OSError, ValueError, TypeError, IndexError, KeyError):
            return []  # none yet, or spoiled: they are hints, nothing that must be mended
        since = self._context.clock() - KEPT_MS
        return [one for one in known if one.last_at >= since]

    def _write(self, misses: Sequence[Miss]) -> None:
        data: list[Any] = [[one.words, one.count, one.last_at] for one in misses[:MOST]]
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)  # a full disk is told by what matters more


def _key(words: str) -> str:
    return " ".join(sorted(set(fold_text(words).split())))
