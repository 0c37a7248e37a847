"""From the replica to the figures of a log: which cases, what things are called, whose working hours.

Severities are called what the desk calls them; where all cases come from one imported log whose mapping comes with
Halldesk, what that log calls them, so that its figures can be laid beside others of the same log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import resources
from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.insight.case_log import CaseLog, case_logs
from app.insight.log_figures import Words, log_figures
from app.insight.log_told import Tree
from app.insight.sheets import Calendars
from app.intake.mapping import find_mapping

NOT_GIVEN: Final = "(none)"
_EVER: Final = (-(1 << 62), 1 << 62)


def read_log_figures(
    context: ReadContext,
    directory: Directory,
    *,
    since: str | None = None,
    until: str | None = None,
    department: bytes | None = None,
) -> Tree:
    """The figures of the cases opened from day `since` to day `until` (both included, YYYY-MM-DD, the site's clock), as
    their histories told until the end of the latter; `department`: only those that were its own at that time.

    Errors: UserError for what is no date and for a span that ends before it begins.
    """
    tz = times.zone(context.zone)
    first = None if since is None else times.parse_date(since)
    last = None if until is None else times.parse_date(until)
    if first and last and last < first:
        raise UserError(f"{until} is before {since}; --from names the earlier day.")
    start = _EVER[0] if first is None else times.day_bounds(first, tz)[0]
    end = _EVER[1] if last is None else times.day_bounds(last + timedelta(days=1), tz)[0]
    reader = context.reader
    with reader.snapshot():
        logs = [log for log in case_logs(reader, start, end) if department in (None, log.rows[-1].department)]
        calendars = Calendars(reader, context.zone, context.language)
        return log_figures(logs, _words(directory, logs), context.zone, calendars.of)


def _words(directory: Directory, logs: Sequence[CaseLog]) -> Words:
    severities = {str(level.rank): level.name for level in directory.severities()} | _of_source(logs)
    countries = {place.id for place in directory.all("place", inactive=True) if place.note == "country"}

    def place(row_id: bytes | None) -> str:
        # A country is the same in capitals or without; mappings fold it one way, tables of figures the other.
        name = directory.name("place", row_id) or NOT_GIVEN
        return name.lower() if row_id in countries else name

    return Words(
        queue=lambda row_id: directory.name("queue", row_id) or NOT_GIVEN,
        department=lambda row_id: directory.name("department", row_id) or NOT_GIVEN,
        product=lambda row_id: directory.name("product", row_id) or NOT_GIVEN,
        place=place,
        owner=lambda row_id: directory.name("analyst", row_id) or NOT_GIVEN,
        severity=lambda rank: NOT_GIVEN if rank is None else severities.get(rank, rank),
    )


def _of_source(logs: Sequence[CaseLog]) -> dict[str, str]:
    """Rank -> what the source of all these cases calls it."""
    sources = {log.source for log in logs}
    if len(sources) != 1 or None in sources:
        return {}
    for name in resources.names("mappings", ".toml"):
        mapping = find_mapping(name)
        if mapping.source in sources and "severity" in mapping.fields:
            return {rank: word for word, rank in mapping.fields["severity"].values.items()}
    return {}
