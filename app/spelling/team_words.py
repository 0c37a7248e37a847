"""The team's own words: machines, products, people's names for things. One list for both languages, shared in the log.

A word is a row whose id follows from the word, so two people who add the same one at the same time have added one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.context import Context, ReadContext
from app.errors import UserError
from app.spelling.words import is_language
from db.ids import derived_id
from db.shapes import TeamWord

LONGEST: Final = 60


@dataclass(frozen=True)
class Taught:
    """A verb that was carried out on the team's dictionary; `tx_id` can be undone."""

    word: str
    tx_id: bytes


def team_words(context: ReadContext) -> list[str]:
    """All of them, by the alphabet."""
    return sorted((row[0] for row in context.reader.all("SELECT word FROM team_word")), key=str.casefold)


class TeamWords:
    """Adding and removing; call them on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, word: str) -> Taught | None:
        """Let a word stand for everybody; None where it does already. Errors: UserError for what is no word."""
        word = word.strip()
        if not is_language(word) and not (1 < len(word) <= LONGEST and word.isalpha()):
            raise UserError(f"{word!r} is no word; a word has letters only, a hyphen may stand between them.")
        with self._context.replica.transaction("words.add", self._context.me, at=self._context.clock()) as tx:
            if tx.query("SELECT 1 FROM team_word WHERE word = ?", (word,)):
                return None
            tx.insert(
                TeamWord, derived_id(0, "team word", word), word=word, added_by_id=self._context.me,
                added_at=self._context.clock(),
            )  # fmt: skip
        return Taught(word, tx.id)

    def remove(self, word: str) -> Taught:
        """A word is checked again. Errors: UserError where nobody added it."""
        with self._context.transaction("words.remove") as tx:
            found = tx.query("SELECT id FROM team_word WHERE word = ?", (word.strip(),))
            if not found:
                raise UserError(f"{word!r} is not in the team's dictionary; see `halldesk article words`.")
            tx.delete(TeamWord, found[0][0])
        return Taught(word.strip(), tx.id)
