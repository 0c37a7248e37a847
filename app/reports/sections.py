"""The sections of the weekly report beyond flow and backlog, in their order: one function each, one definition each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from app.insight import attention, customers, effort, handing, hotline, learned, months, quality, satisfaction, service
from app.insight.facts import Span
from app.insight.section import Section
from db.reader import Reader

SECTIONS: Final[tuple[Callable[[Span], Section], ...]] = (
    months.months, service.response, service.fix, service.reopened, attention.attention,
    satisfaction.satisfaction, handing.first_contact, handing.handovers, handing.escalations,
    effort.effort, effort.cost, customers.departments, customers.dedicated, learned.knowledge, learned.problems,
    hotline.hotline, customers.exceptions, quality.quality,
)  # fmt: skip


TARGETS: Final[Mapping[str, str]] = {
    "response within target": "response.within", "fix within target": "fix.within", "first contact": "contact.first",
    "first level": "contact.level", "reopened": "reopened.share", "calls answered": "hotline.answered_share",
    "closed with time": "effort.coverage", "resolved with article": "knowledge.links",
    "satisfied": "satisfaction.good",
}  # fmt: skip
"""What a target is set for, in words (`metric_target.metric`), and the figure it stands beside. Values are per cent."""


def read_targets(reader: Reader, day: str) -> dict[str, float]:
    """The targets that are valid on a day, by key of the figure, as shares; a target may name the key itself."""
    out: dict[str, float] = {}
    for metric, value in reader.all(
        "SELECT metric, value FROM metric_target WHERE valid_from <= ? ORDER BY valid_from, id", (day,)
    ):
        out[TARGETS.get(metric, metric)] = value / 100
    return out


def aimed(section: Section, targets: Mapping[str, float]) -> Section:
    """The section with the targets of its shares."""
    headline = tuple(
        replace(one, target=targets.get(one.key)) if one.unit == "share" else one for one in section.headline
    )
    return replace(section, headline=headline)


def read_sections(span: Span, on_step: Callable[[int, int], object] = lambda done, total: None) -> tuple[Section, ...]:
    """All of them; the caller holds a snapshot. `on_step` is told how many are done, before each. Errors: those of the
    database, and what `on_step` raises."""
    targets = read_targets(span.reader, span.dates()[-2])
    out = []
    for done, read in enumerate(SECTIONS):
        on_step(done, len(SECTIONS))
        out.append(aimed(read(span), targets))
    return tuple(out)
