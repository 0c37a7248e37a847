"""Where knowledge is missing and what is of no use: what to write next, what to mend, what to archive, whom to teach.

`proposals` puts it in one list: what helps most first, by how many cases or searches speak for it. Looked at over the
last 90 days, because that is what a desk can still remember. Every line names its cases or its article, so that
somebody can look.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from app.context import ReadContext
from app.directory import Directory
from app.insight.proposals import Training, training
from app.knowledge.drafting import PutOff, put_off
from app.knowledge.missed import Miss, Missed
from app.times import DAY_MS
from app.work.likeness import Happened, Traits, recurrences, words_besides

SPAN_MS: Final = 90 * DAY_MS
_MOST: Final = 20_000
_UNUSED_MS: Final = 180 * DAY_MS
_TRIED: Final = 3


@dataclass(frozen=True)
class ProductGap:
    """A product whose cases are resolved without an article: how many were, and how many articles there are."""

    product_id: bytes
    product: str
    resolved: int
    without: int
    articles: int


@dataclass(frozen=True)
class Repeated:
    """Cases that are alike and were solved without any article: worth writing one. `labels`: their numbers."""

    about: str
    cases: tuple[bytes, ...]
    labels: tuple[str, ...]
    rids: tuple[int, ...] = ()
    product_id: bytes | None = None


@dataclass(frozen=True)
class Worth:
    """An article that is of little use: `why` "never used" or "did not help"."""

    article_id: bytes
    title: str
    why: str
    helped: int
    tried: int


@dataclass(frozen=True)
class Gaps:
    """What was found; each list begins with what matters most. `searches`: of this workstation, without use;
    `trainings`: who should be taught what; `drafts`: articles from cases that nobody has finished."""

    products: tuple[ProductGap, ...]
    repeated: tuple[Repeated, ...]
    worth: tuple[Worth, ...]
    searches: tuple[Miss, ...] = ()
    trainings: tuple[Training, ...] = ()
    drafts: tuple[PutOff, ...] = ()


Kind = Literal["repeated", "product", "search", "draft", "mend", "unused", "training"]


@dataclass(frozen=True)
class Proposal:
    """One thing to do. `weight`: how many cases or searches speak for it; `who`: whom to teach; `why` of a training as
    in app.insight.proposals; `rids`: row numbers of the cases, the newest last; `helped` and `tried` of an article."""

    kind: Kind
    about: str
    weight: int
    rids: tuple[int, ...] = ()
    article_id: bytes | None = None
    product_id: bytes | None = None
    who: str = ""
    why: str = ""
    helped: int = 0
    tried: int = 0


def find_gaps(
    context: ReadContext, directory: Directory, missed: Missed | None = None, *, least: int = 3, limit: int = 20
) -> Gaps:
    """Read the last 90 days, all cases of them: call it on a lane of its own. `missed`: this workstation's searches."""
    now = context.clock()
    return Gaps(
        tuple(_products(context, directory)[:limit]), tuple(_repeated(context, directory, least)[:limit]),
        tuple(_worth(context)[:limit]), tuple(missed.all()[:limit] if missed is not None else ()),
        tuple(training(context, now - SPAN_MS, now + 1, least=least)[:limit]), tuple(put_off(context)[:limit]),
    )  # fmt: skip


def proposals(gaps: Gaps) -> list[Proposal]:
    """Everything that was found as things to do, the weightiest first; drafts come before what is still to be written,
    and what is only to be cleared away comes last."""
    found = [
        *(Proposal("repeated", one.about, len(one.cases), one.rids, product_id=one.product_id)
          for one in gaps.repeated),
        *(Proposal("search", one.words, one.count) for one in gaps.searches),
        *(Proposal("product", one.product, one.without, product_id=one.product_id)
          for one in gaps.products if not one.articles),
        *(Proposal("training", one.about, len(one.cases), tuple(key.rid for key in one.cases), one.article_id,
                   who=one.who, why=one.why) for one in gaps.trainings),
        *(Proposal("mend", one.title, one.tried, article_id=one.article_id, helped=one.helped, tried=one.tried)
          for one in gaps.worth if one.tried),
    ]  # fmt: skip
    found.sort(key=lambda one: (-one.weight, one.kind, one.about))
    drafts = [Proposal("draft", one.title, 1, (one.rid,), one.article_id) for one in gaps.drafts]
    unused = [Proposal("unused", one.title, 0, article_id=one.article_id) for one in gaps.worth if not one.tried]
    return [*drafts, *found, *unused]


def _products(context: ReadContext, directory: Directory) -> list[ProductGap]:
    reader, since = context.reader, context.clock() - SPAN_MS
    articles = dict(
        tuple(row)
        for row in reader.all(
            "SELECT p.product_id, count(*) FROM article_product p JOIN article a ON a.id = p.article_id "
            "WHERE a.state <> 'archived' GROUP BY p.product_id"
        )
    )
    rows = reader.all(
        "SELECT product_id, count(*), "
        "sum(NOT EXISTS (SELECT 1 FROM article_use u WHERE u.case_id = c.id AND u.helped = 1)) "
        'FROM "case" c WHERE resolved_at >= ? AND product_id IS NOT NULL GROUP BY product_id',
        (since,),
    )
    found = [ProductGap(r[0], directory.name("product", r[0]), r[1], r[2], articles.get(r[0], 0)) for r in rows]
    return sorted((gap for gap in found if gap.without), key=lambda gap: (gap.articles > 0, -gap.without, gap.product))


def _repeated(context: ReadContext, directory: Directory, least: int) -> list[Repeated]:
    rows = context.reader.all(
        'SELECT id, number, rid, title, asset_id, product_id, opened_at FROM "case" c WHERE resolved_at >= ? '
        "AND NOT EXISTS (SELECT 1 FROM article_use u WHERE u.case_id = c.id AND u.helped = 1) "
        "ORDER BY resolved_at DESC LIMIT ?",
        (context.clock() - SPAN_MS, _MOST),
    )
    labels = {r["id"]: f"~{r['rid']}" if r["number"] is None else str(r["number"]) for r in rows}
    rids = {r["id"]: r["rid"] for r in rows}
    # Not by machine: an article is about what goes wrong, not about where.
    happened = [
        Happened(
            r["id"],
            Traits(
                words_besides(r["title"], directory.name("product", r["product_id"])),
                None,
                None,
                r["product_id"],
                None,
                r["opened_at"],
            ),
        )
        for r in rows
    ]
    return [
        Repeated(
            ": ".join(part for part in (directory.name("product", one.about), one.word) if part), one.cases,
            tuple(labels[case] for case in one.cases), tuple(rids[case] for case in one.cases), one.about,
        )
        for one in recurrences(happened, least=least)
        if one.kind == "product"
    ]  # fmt: skip


def _worth(context: ReadContext) -> list[Worth]:
    rows = context.reader.all(
        "SELECT a.id, a.title, a.created_at, u.case_id, max(u.helped) AS helped FROM article a "
        "LEFT JOIN article_use u ON u.article_id = a.id WHERE a.state <> 'archived' GROUP BY a.id, u.case_id"
    )
    titles, created = {r["id"]: r["title"] for r in rows}, {r["id"]: r["created_at"] for r in rows}
    tried = Counter(r["id"] for r in rows if r["case_id"] is not None)
    helped = Counter(r["id"] for r in rows if r["helped"])
    bad = [
        Worth(one, titles[one], "did not help", helped[one], count)
        for one, count in tried.items()
        if count >= _TRIED and helped[one] * 2 < count
    ]
    old = context.clock() - _UNUSED_MS
    unused = [Worth(one, titles[one], "never used", 0, 0) for one in titles if not tried[one] and created[one] < old]
    return sorted(bad, key=lambda one: (one.helped - one.tried, one.title)) + sorted(unused, key=lambda one: one.title)
