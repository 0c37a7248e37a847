"""Which cases are probably the same as this one, or as what is being typed; and what repeats. Reads only.

Candidates are few and come by indexes: open cases of the same machine and department, and those whose titles share a
telling word. The rules that score them are in app.work.likeness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.context import ReadContext
from app.directory import Directory
from app.times import DAY_MS
from app.work.likeness import (
    RECENT_MS,
    WORTH_SHOWING,
    Candidate,
    Happened,
    Likeness,
    Traits,
    as_written,
    likeness,
    recurrences,
    telling_words,
    words_besides,
)
from app.work.lists import CaseLine, Lists

if TYPE_CHECKING:
    from app.work.cases import NewCase

ENDED_LATELY_MS: Final = 7 * DAY_MS
"""A case that ended longer ago is the same thing again, not the same case."""
_EACH: Final = 200
_COLUMNS: Final = "c.id, c.rid, c.title, c.asset_id, c.department_id, c.product_id, c.requester_id, c.opened_at"
_COUNTS: Final = "c.status <> 'merged' AND (c.ended_at IS NULL OR c.ended_at > :since)"


@dataclass(frozen=True)
class Duplicate:
    """A case that is probably the same."""

    line: CaseLine
    likeness: Likeness


@dataclass(frozen=True)
class Recurrence:
    """Something that repeats, by name. `kind` and `word` as in `likeness.Candidate`; `cases`: oldest first; machine,
    product and department are those that all its cases share."""

    kind: str
    name: str
    word: str
    cases: tuple[CaseLine, ...]
    asset_id: bytes | None = None
    product_id: bytes | None = None
    department_id: bytes | None = None

    @property
    def about(self) -> str:
        """What repeats, in words: the machine; the product and the word; the title of what is to be mended for good."""
        return f"{self.name}: {self.as_written}" if self.word else self.name

    @property
    def as_written(self) -> str:
        """The shared word as the newest title writes it."""
        return as_written(self.word, (line.title for line in reversed(self.cases))) if self.word else ""

    @property
    def title(self) -> str:
        """A title for the problem: a machine alone does not say what is wrong with it, so its newest case does."""
        if self.kind == "machine" and self.cases:
            return f"{self.name}: {self.cases[-1].title}"
        return self.about

    @property
    def severity(self) -> int:
        """What most of the cases have; of several, the most urgent."""
        counted = Counter(line.severity for line in self.cases)
        return min(counted, key=lambda rank: (-counted[rank], rank), default=3)

    def as_problem(self, title: str = "", severity: int | None = None) -> NewCase:
        """The problem that takes in all of its cases. It came by nobody's call."""
        from app.work.cases import NewCase  # late: the window looks for duplicates before anything is written

        return NewCase(
            title or self.title, severity or self.severity, kind="problem", channel="monitoring",
            asset_id=self.asset_id, product_id=self.product_id, department_id=self.department_id,
            incidents=tuple(line.id for line in self.cases),
        )  # fmt: skip


class Duplicates:
    """Asks on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, lists: Lists) -> None:
        self._context, self._directory, self._lists = context, directory, lists

    def of(self, case_id: bytes, limit: int = 8) -> list[Duplicate]:
        """What is probably the same as a case, likeliest first; those it is tied to already are left out."""
        reader = self._context.reader
        row = reader.one(f'SELECT {_COLUMNS} FROM "case" c WHERE c.id = ?', (case_id,))
        if row is None:
            return []
        known = {case_id} | {
            r[0]
            for r in reader.all(
                "SELECT other_id FROM case_link WHERE case_id = :id UNION SELECT case_id FROM case_link "
                "WHERE other_id = :id",
                {"id": case_id},
            )
        }
        return self._scored(traits(row), known, limit)

    def like(
        self,
        title: str,
        *,
        asset_id: bytes | None = None,
        department_id: bytes | None = None,
        product_id: bytes | None = None,
        requester_id: bytes | None = None,
        limit: int = 4,
    ) -> list[Duplicate]:
        """What is probably the same as something that is being written down now."""
        words = frozenset(telling_words(title))
        wanted = Traits(words, asset_id, department_id, product_id, requester_id, self._context.clock())
        return self._scored(wanted, set(), limit)

    def recurrences(self, least: int = 3) -> list[Recurrence]:
        """What repeated in the last ninety days and belongs to no problem yet. May take a second on a big desk."""
        rows = self._context.reader.all(
            f"SELECT {_COLUMNS}, c.permanent_fix_wanted FROM \"case\" c WHERE c.opened_at >= ? AND c.kind = 'incident' "
            "AND c.status <> 'merged' AND NOT EXISTS (SELECT 1 FROM case_link l WHERE l.case_id = c.id "
            "AND l.kind IN ('problem', 'child'))",
            (self._context.clock() - RECENT_MS,),
        )
        found = recurrences(
            [Happened(row["id"], self._without_name(row), bool(row["permanent_fix_wanted"])) for row in rows],
            least=least,
        )
        by_id = {row["id"]: row for row in rows}
        return [self._named(one, [by_id[case_id] for case_id in one.cases]) for one in found]

    def _without_name(self, row: Any) -> Traits:
        name = self._directory.name("product", row["product_id"])
        return replace(traits(row), words=words_besides(row["title"], name))

    def _named(self, one: Candidate, rows: Sequence[Any]) -> Recurrence:
        name = ""
        if one.kind == "machine":
            asset = self._context.reader.one("SELECT tag, name FROM asset WHERE id = ?", (one.about,))
            name = f"{asset['tag']} {asset['name']}".strip() if asset else ""
        elif one.kind == "product":
            name = self._directory.name("product", one.about)
        lines = tuple(self._lists.lines(self._lists.rids(one.cases)))
        return Recurrence(
            one.kind, name or (lines[0].title if lines else ""), one.word, lines, *(
                _shared_by(rows, column) for column in ("asset_id", "product_id", "department_id")
            ),
        )  # fmt: skip

    def _scored(self, wanted: Traits, without: set[bytes], limit: int) -> list[Duplicate]:
        scored: dict[int, Likeness] = {}
        for row in self._candidates(wanted):
            if row["id"] not in without:
                found = likeness(wanted, traits(row))
                if found.score >= WORTH_SHOWING:
                    scored[row["rid"]] = found
        best = sorted(scored, key=lambda rid: (-scored[rid].score, -rid))[:limit]
        return [Duplicate(line, scored[line.rid]) for line in self._lists.lines(best)]

    def _candidates(self, wanted: Traits) -> Sequence[Any]:
        reader = self._context.reader
        params: dict[str, Any] = {"since": self._context.clock() - ENDED_LATELY_MS, "each": _EACH}
        rows: list[Any] = []
        for column, value in (("asset_id", wanted.asset_id), ("department_id", wanted.department_id)):
            if value is not None:
                rows += reader.all(
                    f'SELECT {_COLUMNS} FROM "case" c WHERE c.{column} = :value AND {_COUNTS} '
                    "ORDER BY c.opened_at DESC LIMIT :each",
                    {**params, "value": value},
                )
        if wanted.words:
            words = " OR ".join(f'"{w}"*' if len(w) > 4 else f'"{w}"' for w in sorted(wanted.words))
            rows += reader.all(
                f'SELECT {_COLUMNS} FROM "case" c WHERE {_COUNTS} AND c.rid IN (SELECT rowid FROM case_fts '
                "WHERE case_fts MATCH :match ORDER BY rowid DESC LIMIT :each)",
                {**params, "match": f"title : ({words})"},
            )
        return rows


def _shared_by(rows: Sequence[Any], column: str) -> bytes | None:
    values = {row[column] for row in rows}
    return next(iter(values)) if len(values) == 1 else None


def traits(row: Any) -> Traits:
    """What is compared of a row of the table."""
    return Traits(
        frozenset(telling_words(row["title"])), row["asset_id"], row["department_id"], row["product_id"],
        row["requester_id"], row["opened_at"],
    )  # fmt: skip
