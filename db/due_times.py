"""When cases are due: columns that follow from shared rows, so that every replica keeps them for itself.

A due time follows from a case's story, the calendar it is served by and the targets it was promised; the clocks that
compute it are app.work.clocks, handed in as `derive`. Nothing of it travels in the log: one changed calendar is one
small entry, no two workstations can disagree about what follows from it, and whoever was away with an old calendar
brings no old due times back. The digest of the state does not cover these columns.

* What a transaction or an entry touched is computed anew in the same SQLite commit (`follow`).
* What changes the hours or targets of many cases only leaves a mark in the same commit. `settle` then brings all open
  cases up to date, some thousands to a commit, and takes the mark away if nobody renewed it meanwhile. A crash in
  between loses nothing: whoever settles next finds the mark.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgpack

if TYPE_CHECKING:
    from db.capture import Touched
    from db.session import Writer

PART: Final = 2_000
"""Cases to the first commit while all are settled, and the least to any; the next ones have as many as take `PART_S`,
`MOST` at the most. With fewer, pages of the indexes are written more often; with more, others wait longer."""
PART_S: Final = 0.1
MOST: Final = 8_000
PAUSING: Final = "clock.paused_by"
"""The site setting that names what a case may wait on while its fix clock stands still: a JSON list of words from
rules.WAITING_ON."""
_CASE: Final = frozenset({
    "severity", "department_id", "channel", "status", "waiting_on", "opened_at", "first_response_at", "ended_at",
    "response_promised_at", "fix_promised_at",
})  # fmt: skip
_EVENTS: Final = frozenset({"status", "waiting_on"})
_ALL_CASES: Final = frozenset({"calendar", "closed_day", "severity", "severity_override"})
_SERVED_BY: Final = frozenset({"calendar_id", "parent_id"})
_AT_ONCE: Final = 500
_MARK: Final = "due_times_wait"
_BREATH_S: Final = 0.015
"""Between two parts the replica is left to whoever asked for it meanwhile: longer than who waits for it in another
process takes to look again (db.write_lock)."""

Query = Callable[[str, Sequence[Any]], Sequence[Any]]


class Due(NamedTuple):
    """The columns of one case; instants in ms UTC. `due` is rules.NO_DUE where no clock runs. `rid`: its row number."""

    id: bytes
    response: int | None
    fix: int | None
    due: int
    warn: int | None
    rid: int


Derive = Callable[[Query, str, Sequence[Any]], Iterable[Due]]
"""(query, a condition on the columns of `case`, its parameters) -> those of these cases whose stored columns are not
what follows from the rest, in the order of their row numbers."""


def case_timed_by(
    table: str, row_id: bytes, values: Mapping[str, Any], changed: Mapping[str, Any] | None
) -> bytes | None:
    """The case whose due times may follow from this row. `values`: the row as far as known; `changed`: the columns that
    an update changed (None: the row came or went)."""
    if table == "case":
        return row_id if changed is None or not _CASE.isdisjoint(changed) else None
    if table == "case_event" and values.get("field") in _EVENTS:
        return values.get("case_id")
    return None


def times_many(table: str, values: Mapping[str, Any], changed: Mapping[str, Any] | None) -> bool:
    """Whether the due times of any number of cases may follow from this row, as in `case_timed_by`. A department that
    came or went has no cases yet, or none any more."""
    if table == "department":
        return changed is not None and not _SERVED_BY.isdisjoint(changed)
    return table in _ALL_CASES or (table == "site_setting" and values.get("key", PAUSING) == PAUSING)


class DueTimes:
    """The columns in this replica. `derive` is None until somebody says how: then nothing is computed, but the mark is
    left."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.derive: Derive | None = None

    def follow(self, touched: Touched) -> None:
        """After rows were changed, within their transaction."""
        if touched.everything:
            self._kept_promises()
        if touched.everything or touched.retimed:
            self._writer.raw.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_MARK, msgpack.packb(os.urandom(8)))
            )
        cases = iter(sorted(touched.timed))
        while ids := list(islice(cases, _AT_ONCE)):
            self._write(f"id IN ({', '.join('?' * len(ids))})", ids)

    @property
    def wait(self) -> bool:
        """Whether due times of many cases are still to be computed anew."""
        with self._writer.reading():
            return self._mark() is not None

    def settle(self, touched: Touched, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Bring the due times of all open cases up to date, in parts between which others who wait for it get their
        turn; `touched` gets those which were not. `on_progress(done, total)`, in cases; an error it raises ends it, and
        the mark stays for whoever settles next."""
        with self._writer.reading() as raw:
            mark = self._mark()
            rids = [row[0] for row in raw.execute('SELECT rid FROM "case" WHERE ended_at IS NULL ORDER BY rid')]
        end, size = 0, PART
        self._writer.asked_for()  # only who waits from now on
        with self._writer.much():
            while end < len(rids):
                start, end = end, min(end + size, len(rids))
                # Not flushed by itself: what a power cut takes back is computed again, because the mark goes last.
                with self._writer.begin(shared=True, durable=False):
                    began = time.monotonic()
                    moved = self._write("ended_at IS NULL AND rid BETWEEN ? AND ?", (rids[start], rids[end - 1]))
                size = _next_size(end - start, time.monotonic() - began)
                for due in moved:
                    touched.note("case", due.id, {}, {"due_at": due.due})
                if on_progress is not None:
                    on_progress(end, len(rids))
                if end < len(rids) and self._writer.asked_for():
                    time.sleep(_BREATH_S)  # a lock that is let go and taken again at once is never another's
        if mark is not None and self.derive is not None:
            with self._writer.begin() as raw:
                raw.execute("DELETE FROM meta WHERE key = ? AND value = ?", (_MARK, mark))

    def _write(self, which: str, params: Sequence[Any]) -> list[Due]:
        if self.derive is None:
            return []
        # In the order of the indexes: what lies side by side in them is changed one after the other, while it is still
        # in the processor's cache.
        moved = sorted(self.derive(self._query, which, params), key=attrgetter("due"))
        self._writer.raw.executemany(
            'UPDATE "case" SET response_due_at = ?, fix_due_at = ?, due_at = ?, warn_at = ? WHERE rid = ?',
            [due[1:] for due in moved],
        )
        return moved

    def _kept_promises(self) -> None:
        """Of cases that had ended before they came here, in one go; `settle` is about open ones."""
        self._writer.raw.execute(
            'UPDATE "case" SET response_due_at = response_promised_at, fix_due_at = fix_promised_at '
            "WHERE ended_at IS NOT NULL AND (response_promised_at IS NOT NULL OR fix_promised_at IS NOT NULL)"
        )

    def _mark(self) -> bytes | None:
        row = self._writer.raw.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
        return None if row is None else bytes(row[0])

    def _query(self, sql: str, params: Sequence[Any]) -> Sequence[Any]:
        return self._writer.raw.execute(sql, params).fetchall()


def _next_size(cases: int, seconds: float) -> int:
    """How many cases the next commit has, after one of so many took so long."""
    return max(PART, min(MOST, int(cases * PART_S / max(seconds, 0.001))))
