"""Reads the facts for app.insight.answers: one function for each question, over a span of days of the site's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from app import times
from app.context import ReadContext
from app.errors import UserError
from app.insight import answers
from app.insight.answers import Answer, Booked, Climb, Column, Move, Opened, Row, Story
from app.insight.effort import rate_on
from app.insight.figure import CaseKey, sorted_keys
from app.insight.handing import BY_ITSELF
from app.insight.proposals import training as read_training
from app.times import MINUTE_MS
from app.work.likeness import Happened, Traits, recurrences, words_besides

By = Literal["department", "product", "product line", "cost centre", "significance", "language"]

BYS: Final[tuple[By, ...]] = ("department", "product", "product line", "cost centre", "significance", "language")
DAYS: Final = 90
"""The span when none is named: so many days up to today."""
EFFECT_DAYS: Final = 28
REASON: Final = 40
"""So much of a reason is shown; the case has it all."""
_ATTRIBUTES: Final = {"cost centre": "cost_centre", "significance": "significance", "language": "language"}
_TIME: Final = """SELECT c.rid, c.number, t.minutes, t.work_date, t.analyst_id, c.department_id, c.product_id
FROM time_entry t JOIN "case" c ON c.id = t.case_id WHERE t.work_date >= ? AND t.work_date < ? AND t.minutes > 0
AND NOT EXISTS (SELECT 1 FROM time_entry r WHERE r.replaces_id = t.id AND r.case_id = t.case_id)"""


@dataclass(frozen=True)
class Asked:
    """A span of days: [first, last], YYYY-MM-DD, and as instants [start, end)."""

    first: str
    last: str
    start: int
    end: int


def span(context: ReadContext, since: str | None = None, until: str | None = None) -> Asked:
    """From day to day, both included; by default the last DAYS. Errors: UserError."""
    tz = times.zone(context.zone)
    last = times.parse_date(until) if until else times.local_date(context.clock(), tz)
    first = times.parse_date(since) if since else last - timedelta(days=DAYS - 1)
    if first > last:
        raise UserError("The span ends before it begins; --from is the earlier day.")
    return Asked(first.isoformat(), last.isoformat(), times.day_bounds(first, tz)[0], times.day_bounds(last, tz)[1])


def _names(context: ReadContext, table: str) -> dict[Any, str]:
    return {row[0]: row[1] for row in context.reader.all(f"SELECT id, name FROM {table} ORDER BY name")}


def repeats(context: ReadContext, asked: Asked, least: int = 3) -> Answer:
    """What came again and again, by machine or by product and word, and what would end it: an article where none is
    published for the product, a training where one is, a permanent fix where somebody wants one."""
    reader = context.reader
    rows = reader.all(
        'SELECT id, rid, number, title, asset_id, product_id, opened_at, permanent_fix_wanted FROM "case" c '
        "WHERE opened_at >= ? AND opened_at < ? AND kind = 'incident' AND status <> 'merged' AND NOT EXISTS ("
        "SELECT 1 FROM case_link l WHERE l.case_id = c.id AND l.kind IN ('problem', 'child'))",
        (asked.start, asked.end),
    )
    keys = {row["id"]: CaseKey(row["number"], row["rid"]) for row in rows}
    product_of = {row["id"]: row["product_id"] for row in rows}
    wanted = {row["id"] for row in rows if row["permanent_fix_wanted"]}
    known = {
        row[0]
        for row in reader.all(
            "SELECT DISTINCT p.product_id FROM article_product p JOIN article a ON a.id = p.article_id "
            "WHERE a.state = 'published'"
        )
    }
    products, machines = _names(context, "product"), {
        row[0]: f"{row[1]} {row[2]}" for row in reader.all("SELECT id, tag, name FROM asset")
    }  # fmt: skip
    found = recurrences(
        [
            Happened(
                row["id"],
                Traits(words_besides(row["title"], products.get(row["product_id"])), row["asset_id"], None,
                       row["product_id"], None, row["opened_at"]),
                bool(row["permanent_fix_wanted"]),
            )
            for row in rows
        ],
        least=least,
    )  # fmt: skip
    out = []
    for one in found:
        name = machines.get(one.about) if one.kind == "machine" else products.get(one.about)
        title = " · ".join(part for part in (name, one.word) if part) or "?"
        product = one.about if one.kind == "product" else product_of[one.cases[-1]]
        proposal = "fix" if any(case in wanted for case in one.cases) or one.kind == "machine" else (
            "training" if product in known else "article"
        )  # fmt: skip
        out.append(Row(title, (len(one.cases), proposal), sorted_keys(keys[case] for case in one.cases)))
    return Answer("repeats", (Column("cases", "cases"), Column("proposal", "proposal")), tuple(out))


def training(context: ReadContext, asked: Asked, least: int = 3) -> Answer:
    """Who should be taught what, and why (app.insight.proposals)."""
    rows = [
        Row(one.who, (one.about, one.why, len(one.cases)), one.cases)
        for one in read_training(context, asked.start, asked.end, least=least)
    ]
    return Answer("training", (Column("about", "text"), Column("why", "training"), Column("cases", "cases")),
                  tuple(rows))  # fmt: skip


def ping_pong(context: ReadContext, asked: Asked) -> Answer:
    """Returns between queues; what rules moved by themselves does not count."""
    rows = context.reader.all(
        'SELECT c.rid, c.number, e.old_id, e.new_id, e.reason FROM case_event e JOIN "case" c ON c.id = e.case_id '
        "WHERE e.field = 'queue' AND e.at >= ? AND e.at < ? AND e.old_id IS NOT NULL AND e.new_id IS NOT NULL "
        "ORDER BY e.at, e.source_row, e.id",
        (asked.start, asked.end),
    )
    moves = [Move(CaseKey(row[1], row[0]), row[2], row[3]) for row in rows if row[4] not in BY_ITSELF]
    return answers.ping_pong(moves, _names(context, "queue"))


def escalations(context: ReadContext, asked: Asked) -> Answer:
    """Tiers up, and to developers and suppliers, by the queue they came from."""
    reader, queues = context.reader, _names(context, "queue")
    rows = reader.all(
        "SELECT c.id, c.rid, c.number, e.at, e.field, e.old, e.new, e.reason, c.ended_at, c.tier, c.escalated_to, "
        "(SELECT q.old_id FROM case_event q WHERE q.case_id = e.case_id AND q.field = 'queue' AND q.at >= e.at "
        "ORDER BY q.at LIMIT 1) AS came_from, c.queue_id, "
        "EXISTS (SELECT 1 FROM case_event d WHERE d.case_id = e.case_id AND d.at > e.at AND ("
        "(e.field = 'tier' AND d.field = 'tier' AND d.new <= e.old) OR "
        "(e.field = 'escalated' AND d.field = 'escalated' AND d.new IS NULL "
        "AND d.at < coalesce(c.resolved_at, d.at + 1)))) AS down, "
        "EXISTS (SELECT 1 FROM article_use u JOIN article_version v ON v.article_id = u.article_id WHERE u.case_id = "
        "e.case_id AND u.helped = 1 AND v.state = 'published' AND v.at < e.at) AS known "
        'FROM case_event e JOIN "case" c ON c.id = e.case_id WHERE e.at >= ? AND e.at < ? AND ('
        "(e.field = 'tier' AND e.old IS NOT NULL AND e.new > e.old) OR (e.field = 'escalated' AND e.new IS NOT NULL)) "
        "ORDER BY e.at",
        (asked.start, asked.end),
    )
    climbs = [
        Climb(
            CaseKey(row["number"], row["rid"]), queues.get(row["came_from"] or row["queue_id"], ""),
            " ".join((row["reason"] or "").split())[:REASON], bool(row["down"]), bool(row["known"]),
            row["ended_at"] is not None,
        )
        for row in rows
    ]  # fmt: skip
    return answers.escalations(climbs)


def cost(context: ReadContext, asked: Asked, by: By = "product") -> Answer:
    """What the span cost, by product, product line (a product with all that hang below it), department or an attribute
    of the department."""
    departments = {
        row["id"]: row
        for row in context.reader.all("SELECT id, name, cost_centre, significance, language FROM department")
    }

    line = _product_lines(context) if by == "product line" else {}

    def about(department: Any, product: Any) -> Any:
        if by == "product":
            return product
        if by == "product line":
            return line.get(product)
        if by == "department":
            return department
        row = departments.get(department)
        return None if row is None else row[_ATTRIBUTES[by]]

    booked = [
        Booked(key, minutes, cents, about(department, product))
        for key, minutes, cents, department, product in _booked(context, asked.first, _after(asked.last))
    ]
    if by in ("product", "product line"):
        names: dict[Any, str] = _names(context, "product")
    elif by == "department":
        names = {row_id: row["name"] for row_id, row in departments.items()}
    else:
        names = {row[_ATTRIBUTES[by]]: str(row[_ATTRIBUTES[by]]) for row in departments.values()
                 if row[_ATTRIBUTES[by]] is not None}  # fmt: skip
    return answers.cost(booked, names)


def _product_lines(context: ReadContext) -> dict[bytes, bytes]:
    """Each product's topmost one. Parents that go in a circle end where they are met again."""
    above = {row[0]: row[1] for row in context.reader.all("SELECT id, parent_id FROM product")}
    out = {}
    for product in above:
        top, seen = product, {product}
        while (parent := above.get(top)) is not None and parent not in seen:
            top = parent
            seen.add(parent)
        out[product] = top
    return out


def since_launch(context: ReadContext) -> Answer:
    """What each product that has a launch date has cost since then."""
    products = context.reader.all("SELECT id, name, launch_date FROM product WHERE launch_date IS NOT NULL")
    launched = {row[0]: row[2] for row in products}
    names: dict[Any, str] = {row[0]: f"{row[1]} ({row[2]})" for row in products}
    if not launched:
        return answers.cost((), {}, "launch")
    booked = [
        Booked(key, minutes, cents, product)
        for key, minutes, cents, _department, product, day in _booked_days(
            context, min(launched.values()), "9999-12-31"
        )
        if product in launched and day >= launched[product]
    ]
    return answers.cost(booked, names, "launch")


def _after(day: str) -> str:
    return (times.parse_date(day) + timedelta(days=1)).isoformat()


def _booked(context: ReadContext, first: str, end: str) -> list[tuple[CaseKey, int, float | None, Any, Any]]:
    return [row[:5] for row in _booked_days(context, first, end)]


def _booked_days(context: ReadContext, first: str, end: str) -> list[tuple[CaseKey, int, float | None, Any, Any, str]]:
    rates: dict[bytes, list[tuple[str, int]]] = {}
    for analyst, since, cents in context.reader.all(
        "SELECT analyst_id, valid_from, cents FROM rate ORDER BY valid_from"
    ):
        rates.setdefault(analyst, []).append((since, cents))
    out = []
    for rid, number, minutes, day, analyst, department, product in context.reader.all(_TIME, (first, end)):
        rate = rate_on(rates.get(analyst, ()), day)
        money = None if rate is None else minutes * rate / 60
        out.append((CaseKey(number, rid), minutes, money, department, product, day))
    return out


def pareto(context: ReadContext, asked: Asked, by: By = "department") -> Answer:
    """Who or what makes most of the cases, and most of the weight. Errors: UserError for anything but department and
    product."""
    if by not in ("department", "product"):
        raise UserError("80/20 is counted by department or by product.")
    watched = {row[0] for row in context.reader.all("SELECT id FROM department WHERE significance = 1")}
    rows = context.reader.all(
        f'SELECT rid, number, {by}_id, severity, department_id FROM "case" WHERE opened_at >= ? AND opened_at < ?',
        (asked.start, asked.end),
    )
    opened = [Opened(CaseKey(row[1], row[0]), row[2], row[3], row[4] in watched) for row in rows]
    return answers.pareto(opened, _names(context, by))


def targets(context: ReadContext, week: str | None = None) -> Answer:
    """Every figure that has a target, and first contact and first level, with its last eight weeks."""
    from app.reports.weekly import weekly_figures

    tz = times.zone(context.zone)
    named = week or str(times.week_of(context.clock(), tz).shifted(-1))
    rows = []
    for section in weekly_figures(context, named, sections=True).sections:
        for one in section.headline:
            if one.target is None and one.key not in ("contact.first", "contact.level"):
                continue
            trend = " ".join("–" if value is None else f"{value:.0%}" for value in one.trend)
            rows.append(Row(one.key, (one.value, one.target, one.previous, one.n, trend), tuple(one.cases)))
    columns = (Column("share", "share"), Column("target", "share"), Column("before", "share"), Column("n", "plain"),
               Column("weeks", "text"))  # fmt: skip
    return Answer("targets", columns, tuple(rows))


def effect_of_article(context: ReadContext, article: str, days: int = EFFECT_DAYS) -> Answer:
    """Cases of the article's products before and after it was first published: `days` on each side, or as many as have
    passed. Errors: UserError."""
    reader = context.reader
    found = reader.all(
        "SELECT id, title FROM article WHERE title = ? COLLATE NOCASE", (article.strip(),)
    ) or reader.all(
        "SELECT id, title FROM article WHERE title LIKE ? ESCAPE '\\' ORDER BY title LIMIT 2",
        ("%" + article.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",),
    )
    if len(found) != 1:
        raise UserError(f"{'No' if not found else 'More than one'} article is called like “{article}”; name its title.")
    at = reader.value(
        "SELECT min(at) FROM article_version WHERE article_id = ? AND state = 'published'", (found[0]["id"],)
    )
    if at is None:
        raise UserError(f"“{found[0]['title']}” was never published, so it has no effect yet.")
    products = [
        row[0] for row in reader.all("SELECT product_id FROM article_product WHERE article_id = ?", (found[0]["id"],))
    ]
    if not products:
        raise UserError(f"“{found[0]['title']}” names no product; without one there is nothing to compare.")
    return _effect(context, at, days, products)


def effect_of_change(context: ReadContext, day: str, product: bytes, days: int = EFFECT_DAYS) -> Answer:
    """Cases of a product before and after a day. Errors: UserError for what is no date."""
    at = times.day_bounds(times.parse_date(day), times.zone(context.zone))[0]
    return _effect(context, at, days, [product])


def _effect(context: ReadContext, at: int, days: int, products: Sequence[bytes]) -> Answer:
    """Both sides are as long as the days that have passed since: half a span of cases would look like half of them."""
    passed = (context.clock() - at) // times.DAY_MS
    if passed < 1:
        raise UserError("Less than a day has passed since then; there is nothing to compare yet.")
    days = min(days, passed)
    return answers.effect(_stories(context, at, days, products), at, days)


def _stories(context: ReadContext, at: int, days: int, products: Sequence[bytes]) -> list[Story]:
    marks = ", ".join("?" * len(products))
    return [
        Story(CaseKey(row[1], row[0]), row[2], None if row[3] is None else (row[3] - row[2]) / MINUTE_MS, bool(row[4]))
        for row in context.reader.all(
            f'SELECT rid, number, opened_at, resolved_at, reopen_count > 0 FROM "case" WHERE product_id IN ({marks}) '
            "AND opened_at >= ? AND opened_at < ?",
            (*products, at - days * times.DAY_MS, at + days * times.DAY_MS),
        )
    ]
