"""Who should be taught what: trainings that cases ask for. Reads the facts, then one pure rule.

Three things speak for a training, in this order:

* "known": a department asked again and again for what one article answered each time. Show it to them, or publish it
  for them.
* "again": a department asked again and again about a product that has a published article, by the word their cases
  share, and no article was noted as used. Either nobody looked, or the article is not about that.
* "escalated": a queue passed cases on that an article solved which was there before. Its analysts should know it.

Every proposal names its cases. Only what happened in the span counts; a case counts once, for what names it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from app.context import ReadContext
from app.insight.figure import CaseKey, sorted_keys
from app.work.likeness import Happened, Traits, recurrences, words_besides

Why = Literal["known", "again", "escalated"]
LEAST: Final = 3
"""Cases that make a repetition."""
LEAST_PASSED_ON: Final = 2
"""Passing on what is solved already costs two tiers' time, so two are enough."""


@dataclass(frozen=True)
class Training:
    """A training to propose. `who`: name of the department, or of the queue where it was "escalated"; `about`: title of
    the article, or "product: word"; `article_id`: None where none was used; `cases`: by number."""

    why: Why
    who: str
    about: str
    article_id: bytes | None
    cases: tuple[CaseKey, ...]


class Asked(NamedTuple):
    """A case of the span. `article`: one that solved it; `passed_on_by`: the queue that passed it on though that
    article was there before."""

    key: CaseKey
    department: bytes | None
    product: bytes | None
    words: frozenset[str]
    opened_at: int
    article: bytes | None = None
    passed_on_by: bytes | None = None


def trainings(
    cases: Sequence[Asked],
    documented: Collection[bytes],
    names: Mapping[bytes, str],
    least: int = LEAST,
) -> list[Training]:
    """The proposals, most cases first. `documented`: products with a published article; `names`: of departments,
    queues, products and articles, by id."""
    out: list[Training] = []
    taken: set[CaseKey] = set()

    def take(why: Why, who: bytes, about: str, article: bytes | None, group: Iterable[Asked]) -> None:
        keys = sorted_keys(one.key for one in group)
        taken.update(keys)
        out.append(Training(why, names.get(who, "?"), about, article, keys))

    for (queue, article), group in _grouped(cases, lambda one: (one.passed_on_by, one.article)).items():
        if len(group) >= min(least, LEAST_PASSED_ON):
            take("escalated", queue, names.get(article, "?"), article, group)
    rest = [one for one in cases if one.key not in taken]
    for (department, article), group in _grouped(rest, lambda one: (one.department, one.article)).items():
        if len(group) >= least:
            take("known", department, names.get(article, "?"), article, group)
    by_department: dict[bytes, list[Asked]] = defaultdict(list)
    for one in rest:
        if one.department is not None and one.article is None and one.product in documented:
            by_department[one.department].append(one)
    for department, some in by_department.items():
        by_id = {str(place).encode(): one for place, one in enumerate(some)}
        happened = [
            Happened(place, Traits(one.words, None, None, one.product, None, one.opened_at))
            for place, one in by_id.items()
        ]
        for found in recurrences(happened, least=least):
            if found.kind == "product" and found.about is not None:
                about = ": ".join(part for part in (names.get(found.about, "?"), found.word) if part)
                take("again", department, about, None, [by_id[place] for place in found.cases])
    return sorted(out, key=lambda one: (-len(one.cases), one.who, one.about))


def _grouped(cases: Iterable[Asked], key: Any) -> dict[tuple[bytes, bytes], list[Asked]]:
    groups: dict[tuple[bytes, bytes], list[Asked]] = {}
    for one in cases:
        found = key(one)
        if None not in found:
            groups.setdefault(found, []).append(one)
    return groups


def training(
    context: ReadContext,
    start: int,
    end: int,
    *,
    departments: Collection[bytes] | None = None,
    least: int = LEAST,
) -> list[Training]:
    """The trainings that cases opened in [start, end) ask for (ms UTC). `departments`: only of these; None: of all.

    The weekly report asks over the weeks up to its own: in a single week little repeats.
    """
    reader = context.reader
    rows = reader.all(
        "SELECT c.id, c.rid, c.number, c.title, c.department_id, c.product_id, c.opened_at, "
        "(SELECT u.article_id FROM article_use u WHERE u.case_id = c.id AND u.helped = 1 ORDER BY u.at DESC LIMIT 1) "
        "AS article_id FROM \"case\" c WHERE c.opened_at >= ? AND c.opened_at < ? AND c.status NOT IN ('merged', "
        "'cancelled') AND c.department_id IS NOT NULL",
        (start, end),
    )
    if departments is not None:
        rows = [row for row in rows if row["department_id"] in departments]
    passed_on = {
        row[0]: row[1]
        for row in reader.all(
            "SELECT e.case_id, (SELECT q.old_id FROM case_event q WHERE q.case_id = e.case_id AND q.field = 'queue' "
            "AND q.at >= e.at ORDER BY q.at LIMIT 1) FROM case_event e WHERE e.field = 'tier' AND e.at >= ? "
            "AND e.old IS NOT NULL AND e.new > e.old AND EXISTS (SELECT 1 FROM article_use u JOIN article_version v "
            "ON v.article_id = u.article_id AND v.state IN ('reviewed', 'published') AND v.at < e.at "
            "WHERE u.case_id = e.case_id AND u.helped = 1) ORDER BY e.at DESC",
            (start,),
        )
    }
    names: dict[bytes, str] = {}
    for table, column in (("department", "name"), ("queue", "name"), ("product", "name"), ("article", "title")):
        names.update((row[0], row[1]) for row in reader.all(f"SELECT id, {column} FROM {table}"))
    documented = {
        row[0]
        for row in reader.all(
            "SELECT DISTINCT p.product_id FROM article_product p JOIN article a ON a.id = p.article_id "
            "WHERE a.state = 'published'"
        )
    }
    asked = [
        Asked(
            CaseKey(row["number"], row["rid"]),
            row["department_id"],
            row["product_id"],
            _words(row, names, documented),
            row["opened_at"],
            row["article_id"],
            passed_on.get(row["id"]),
        )
        for row in rows
    ]
    return trainings(asked, documented, names, least)


def _words(row: Any, names: Mapping[bytes, str], documented: Collection[bytes]) -> frozenset[str]:
    """What is compared of a case; only those without an article about a product that has one are."""
    if row["article_id"] is not None or row["product_id"] not in documented:
        return frozenset()
    return words_besides(row["title"], names.get(row["product_id"]))
