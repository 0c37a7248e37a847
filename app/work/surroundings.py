"""What stands around a case: who asked, the department and its dossier, other cases.

Shown beside the timeline, read after it, because a case must be readable before anything is compared. Similar cases are
found by the words of the title, newest first among a bounded number of hits: ranking every hit of a common word would
take a third of a second at a million cases. What shares the machine or the product counts more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.context import ReadContext
from app.directory import Directory
from app.work.callers import Callers, Contact
from app.work.duplicates import Duplicate, Duplicates
from app.work.likeness import telling_words
from app.work.lists import CaseLine, Lists

_HITS_LOOKED_AT: Final = 300
_SHOWN: Final = 6
_DUPLICATES_SHOWN: Final = 3


@dataclass(frozen=True)
class Surroundings:
    """Everything beside the timeline. Empty texts and tuples where there is nothing."""

    requester: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    place: str = ""
    department: str = ""
    dossier: str = ""
    cost_centre: str = ""
    sponsor: str = ""
    significance: int = 2
    contact: Contact = field(default_factory=Contact)
    asset: str = ""
    serial: str = ""
    machine_cases: tuple[CaseLine, ...] = ()
    requester_cases: tuple[CaseLine, ...] = ()
    similar: tuple[CaseLine, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


@dataclass(frozen=True)
class Likely:
    """What a title that is being typed resembles. `duplicates` are probably the same case; `cases` are others."""

    cases: tuple[CaseLine, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


class Neighbourhood:
    """Reads on the calling thread's reader; may take a while, so ask on a lane of its own."""

    def __init__(self, context: ReadContext, directory: Directory, lists: Lists, callers: Callers) -> None:
        self._context, self._directory, self._lists, self._callers = context, directory, lists, callers

    def of(self, case_id: bytes) -> Surroundings:
        """What stands around a case; nothing when it is gone."""
        reader = self._context.reader
        row = reader.one('SELECT * FROM "case" WHERE id = ?', (case_id,))
        if row is None:
            return Surroundings()
        requester = reader.one("SELECT * FROM requester WHERE id = ?", (row["requester_id"],))
        department = reader.one("SELECT * FROM department WHERE id = ?", (row["department_id"],))
        asset = reader.one("SELECT * FROM asset WHERE id = ?", (row["asset_id"],))
        duplicates: tuple[Duplicate, ...] = ()
        if row["ended_at"] is None:
            duplicates = tuple(Duplicates(self._context, self._directory, self._lists).of(case_id, _DUPLICATES_SHOWN))
        seen = {case_id} | {one.line.id for one in duplicates}
        machine = self._others("asset_id", row["asset_id"], seen)
        person = self._others("requester_id", row["requester_id"], seen)
        likely = self.like(
            row["title"], product_id=row["product_id"], asset_id=row["asset_id"], without=seen, limit=_SHOWN
        )
        return Surroundings(
            requester=(requester["name"] or "") if requester else "",
            phone=(requester["phone"] or "") if requester else "",
            email=(requester["email"] or "") if requester else "",
            language=(requester["language"] or "") if requester else "",
            place=self._directory.name("place", row["place_id"] or (requester["place_id"] if requester else None)),
            department=department["name"] if department else "",
            dossier=department["dossier"] if department else "",
            cost_centre=(department["cost_centre"] or "") if department else "",
            sponsor=(department["sponsor"] or "") if department else "",
            significance=department["significance"] if department else 2,
            contact=self._callers.contact(row["department_id"]),
            asset=f"{asset['tag']} {asset['name']}".strip() if asset else "",
            serial=(asset["serial"] or "") if asset else "",
            machine_cases=machine, requester_cases=person, similar=likely.cases, duplicates=duplicates,
        )  # fmt: skip

    def like(
        self,
        title: str,
        *,
        product_id: bytes | None = None,
        asset_id: bytes | None = None,
        without: set[bytes] | None = None,
        limit: int = 4,
    ) -> Likely:
        """Cases whose words resemble a title; those of the same machine or product first."""
        words = telling_words(title)
        if not words:
            return Likely()
        expression = _any_of(words)
        reader = self._context.reader
        rows = reader.all(
            'SELECT c.rid, c.id, c.product_id, c.asset_id, c.ended_at IS NULL AS open, t.title FROM "case" c '
            "JOIN case_text t ON t.rid = c.rid WHERE c.rid IN (SELECT rowid FROM case_fts WHERE case_fts MATCH ? "
            "ORDER BY rowid DESC LIMIT ?)",
            (f"title : ({expression})", _HITS_LOOKED_AT),
        )
        others = [row for row in rows if row["id"] not in (without or ())]
        scored = sorted(((_likeness(row, words, product_id, asset_id), row["rid"]) for row in others), reverse=True)
        enough = max(2, (len(words) + 1) // 2) if len(words) > 1 else 1
        rids = [rid for score, rid in scored if score >= enough][:limit]
        return Likely(tuple(self._lists.lines(rids)))

    def while_typing(
        self,
        title: str,
        *,
        product_id: bytes | None = None,
        asset_id: bytes | None = None,
        department_id: bytes | None = None,
        requester_id: bytes | None = None,
    ) -> Likely:
        """`like` for a case that is being written down, with those that are probably the same named first."""
        duplicates = Duplicates(self._context, self._directory, self._lists).like(
            title, asset_id=asset_id, department_id=department_id, product_id=product_id, requester_id=requester_id,
            limit=_DUPLICATES_SHOWN,
        )  # fmt: skip
        known = {one.line.id for one in duplicates}
        found = self.like(title, product_id=product_id, asset_id=asset_id, without=known)
        return replace(found, duplicates=tuple(duplicates))

    def _others(self, column: str, row_id: bytes | None, seen: set[bytes]) -> tuple[CaseLine, ...]:
        """Other cases of a machine or person: open ones first, then the latest."""
        if row_id is None:
            return ()
        rows: Sequence[Any] = self._context.reader.all(
            f'SELECT rid, id FROM "case" WHERE {column} = ? ORDER BY ended_at IS NOT NULL, opened_at DESC LIMIT ?',
            (row_id, _SHOWN + len(seen)),
        )
        rids = [r["rid"] for r in rows if r["id"] not in seen][:_SHOWN]
        lines = tuple(self._lists.lines(rids))
        seen.update(line.id for line in lines)
        return lines


def _likeness(row: Any, words: Sequence[str], product_id: bytes | None, asset_id: bytes | None) -> float:
    title = row["title"]
    score = float(sum(word in title for word in words))
    score += 1.5 if asset_id is not None and row["asset_id"] == asset_id else 0
    score += 0.5 if product_id is not None and row["product_id"] == product_id else 0
    return score + (0.25 if row["open"] else 0)


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{w}"*' if len(w) > 4 else f'"{w}"' for w in words)
