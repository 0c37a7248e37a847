"""The sections of the weekly report beyond flow and backlog, in their order: one function each, one definition each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.insight import customers, effort, handing, hotline, learned, service
from app.insight.facts import Span
from app.insight.section import Section

SECTIONS: Final[tuple[Callable[[Span], Section], ...]] = (
    service.response, service.fix, service.reopened, handing.first_contact, handing.handovers, handing.escalations,
    effort.effort, effort.cost, customers.departments, customers.dedicated, learned.knowledge, learned.problems,
    hotline.hotline, customers.exceptions,
)  # fmt: skip


def read_sections(span: Span) -> tuple[Section, ...]:
    """All of them; the caller holds a snapshot. Errors: those of the database."""
    return tuple(read(span) for read in SECTIONS)
