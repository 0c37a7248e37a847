"""What did we learn? Articles drafted, published and used, and problems that stay open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.insight.columns import Columns
from app.insight.facts import Span, in_parts
from app.insight.figure import CaseKey, Figure, Number
from app.insight.section import Filed, Listing, Section, by_value, counted, empty_weeks, lines, shared, summed

ROWS: Final = 12


class Shelf(NamedTuple):
    """Articles by week."""

    drafted: Sequence[int]
    published: Sequence[int]
    """For the first time."""


def knowledge(span: Span) -> Section:
    """Section 14. Articles belong to the whole desk, resolutions to the report's part of it."""
    drafted, published = [0] * (len(span.bounds) - 1), [0] * (len(span.bounds) - 1)
    for (at,) in span.reader.all("SELECT created_at FROM article WHERE created_at >= ? AND created_at < ?",
                                 (span.start, span.end)):  # fmt: skip
        drafted[span.week_of(at) or 0] += 1
    for (at,) in span.reader.all(
        "SELECT min(at) FROM article_version WHERE state = 'published' GROUP BY article_id HAVING min(at) >= ? "
        "AND min(at) < ?",
        (span.start, span.end),
    ):
        published[span.week_of(at) or 0] += 1
    uses = span.reader.all(
        'SELECT c.rid, c.number, u.at, u.helped FROM article_use u CROSS JOIN "case" c ON c.id = u.case_id '
        "WHERE u.at >= ? AND u.at < ?",
        (span.start, span.end),
    )
    linked = {
        row[0]
        for row in in_parts(
            span.reader,
            'SELECT c.rid FROM "case" c WHERE EXISTS (SELECT 1 FROM article_use u WHERE u.case_id = c.id AND u.at < ?) '
            "AND c.rid IN ({rids})",
            {rid for week in span.columns for rid in week.frames["resolved"]["rid"]},
            (span.end,),
        )
    }
    known = {row[0] for row in span.reader.all(
        "SELECT DISTINCT p.product_id FROM article_product p JOIN article a ON a.id = p.article_id "
        "WHERE a.state = 'published'")}  # fmt: skip
    ours = {rid for week in span.columns for rid in (*week.frames["resolved"]["rid"], *week.frames["start"]["rid"],
                                                     *week.frames["opened"]["rid"])}  # fmt: skip
    reused, helped = empty_weeks(), empty_weeks()
    for rid, number, at, good in uses:
        place = span.week_of(at)
        if place is not None and (span.scope is None or rid in ours):
            (helped if good else reused)[place].append(CaseKey(number, rid))
            if good:
                reused[place].append(CaseKey(number, rid))
    return knowledge_section(
        Shelf(drafted, published), reused, helped, linked, span.columns, known, span.names.products
    )


def knowledge_section(
    shelf: Shelf,
    reused: Filed,
    helped: Filed,
    linked: Collection[int],
    weeks: Sequence[Columns],
    known: Collection[Any],
    products: Mapping[Any, str],
) -> Section:
    """The section from its facts. `linked`: row numbers of cases with an article; `known`: products with a published
    article; resolutions of other products without an article are gaps."""
    resolved, with_article = empty_weeks(), empty_weeks()
    gaps = by_value()
    for place, week in enumerate(weeks):
        seen: set[int] = set()
        for key, code in zip(week.keys("resolved"), week.frames["resolved"]["product"], strict=True):
            if key.rid in seen:
                continue
            seen.add(key.rid)
            resolved[place].append(key)
            product = week.values[code]
            if key.rid in linked:
                with_article[place].append(key)
            elif product is not None and product not in known:
                gaps[product][place].append(key)
    if not (resolved[-1] or reused[-1] or shelf.drafted[-1] or shelf.published[-1]):
        return Section("knowledge", empty="empty.knowledge")

    def number(key: str, sizes: Sequence[Number]) -> Figure:
        return summed(key, sizes, (), unit="plain")

    headline = (
        number("knowledge.drafted", shelf.drafted),
        number("knowledge.published", shelf.published),
        counted("knowledge.reused", reused),
        counted("knowledge.helped", helped),
        shared("knowledge.links", with_article, resolved),
    )
    table = Listing(
        "knowledge", ("product", "gaps"),
        lines(products, lambda value, group: (counted("knowledge.gaps", gaps[value], group=group),), gaps)[:ROWS],
        bars=True,
    )  # fmt: skip
    return Section("knowledge", headline, (table,) if table.lines else ())


def problems(span: Span) -> Section:
    """Part of section 15: open problems and how many incidents hang on them."""
    rids = {rid for week in span.columns for rid in week.frames["backlog"]["rid"]}
    kinds = {
        row[0]: row[1]
        for row in in_parts(
            span.reader, "SELECT rid, title FROM \"case\" WHERE kind = 'problem' AND rid IN ({rids})", rids
        )
    }
    attached: dict[int, list[CaseKey]] = {}
    for rid, number, other in span.reader.all(
        'SELECT c.rid, c.number, p.rid FROM case_link l JOIN "case" c ON c.id = l.case_id '
        "JOIN \"case\" p ON p.id = l.other_id WHERE l.kind = 'problem' AND l.made_at < ?",
        (span.end,),
    ):
        attached.setdefault(other, []).append(CaseKey(number, rid))
    return problems_section(span.columns, kinds, attached)


def problems_section(
    weeks: Sequence[Columns], titles: Mapping[int, str], attached: Mapping[int, Sequence[CaseKey]]
) -> Section:
    """The section from its facts. `titles`: of the problems among the open cases; `attached`: their incidents."""
    standing = [[key for key in week.keys("backlog") if key.rid in titles] for week in weeks]
    if not standing[-1] and not standing[-2]:
        return Section("problems", empty="empty.problems")
    names = {key: f"{key.label} · {titles[key.rid]}" for key in standing[-1]}

    def incidents(key: Any, group: str) -> tuple[Figure, ...]:
        found = attached.get(key.rid, ())
        return (Figure("problems.incidents", len(found), "cases", "problems.incidents", (*found, key), group=group,
                       n=len(found) + 5),)  # fmt: skip

    table = Listing("problems", ("problem", "incidents"), lines(names, incidents, names)[:ROWS], bars=True)
    return Section("problems", (counted("problems.open", standing),), (table,) if table.lines else ())
