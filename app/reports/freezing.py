"""A report that was printed stays what it was: its figures are frozen at a log position and kept in the store.

What arrives later with an earlier date (the work of an offline laptop) changes what a past week looks like now. The
next report compares the week before with what was frozen of it and lists every figure that is another one now, with
the cases that came or went: never silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.context import Context
from app.errors import UserError
from app.insight.figure import Figure, Number, Unit
from app.insight.scope import KINDS, Edition
from db.ids import new_id
from db.reader import Reader
from db.shapes import FrozenReport

if TYPE_CHECKING:
    from app.reports.weekly import WeeklyFigures

KEPT: Final = (
    "flow.backlog_start", "flow.opened", "flow.resolved", "flow.closed", "flow.reopened", "flow.dropped",
    "flow.backlog_end", "backlog.us", "backlog.requester", "backlog.others", "backlog.old", "first.working.median",
    "full.working.median", "reopen.share",
)  # fmt: skip
"""The figures that are frozen, with their cases where they count cases."""


@dataclass(frozen=True)
class Frozen:
    """A report as it was printed. `figures`: key -> (value, case numbers)."""

    week: str
    log_seq: int
    made_at: int
    comment: str
    figures: Mapping[str, tuple[Number | None, tuple[int | str, ...]]]


@dataclass(frozen=True)
class Restated:
    """A figure of `week` that is another one now. `came`, `went`: case numbers counted only now, or only then."""

    week: str
    key: str
    unit: Unit
    was: Number | None
    now: Number | None
    came: tuple[int | str, ...]
    went: tuple[int | str, ...]

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {"week": self.week, "key": self.key, "unit": self.unit, "was": self.was, "now": self.now,
                "came": list(self.came), "went": list(self.went)}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A frozen report as the archive lists it. `edition`: the part it is about; `printed`: its pages are there."""

    id: bytes
    week: str
    edition: Edition | None
    about: str
    log_seq: int
    made_at: int
    made_by: str
    comment: str
    printed: bool


@dataclass(frozen=True)
class ToFreeze:
    """A report that only needs to be written down: what took long is done. `figures`: as they are stored."""

    week: str
    edition: Edition | None
    log_seq: int
    comment: str
    figures: str
    document: bytes | None


def to_freeze(
    figures: WeeklyFigures, edition: Edition | None, comment: str = "", document: bytes | None = None
) -> ToFreeze:
    """Work out what is kept, the case numbers of large lists included; needs no replica to write to."""
    kept = {key: _told(figures.figures[key]) for key in KEPT}
    told = json.dumps(kept, separators=(",", ":"))
    return ToFreeze(figures.week, edition, figures.log_seq, comment.strip(), told, document)


def freeze(context: Context, kept: ToFreeze) -> None:
    """Keep a report in the store, with the supervisor's comment and its pages. Errors: Refused for who may not;
    StorageError."""
    with context.replica.transaction("report.freeze", context.me, at=context.clock(), undoable=False) as tx:
        tx.insert(
            FrozenReport, new_id(), week=kept.week, document=kept.document, **_part(kept.edition),
            log_seq=kept.log_seq, made_at=context.clock(), made_by_id=context.me, comment=kept.comment,
            figures=kept.figures,
        )  # fmt: skip


def _part(edition: Edition | None) -> dict[str, bytes | None]:
    return {f"{kind}_id": edition.id if edition is not None and edition.kind == kind else None for kind in KINDS}


def archive(reader: Reader) -> list[Kept]:
    """Every frozen report, the newest week first."""
    out = []
    for row in reader.all(
        "SELECT f.id, f.week, f.department_id, f.analyst_id, f.product_id, coalesce(d.name, a.name, p.name, ''), "
        "f.log_seq, f.made_at, coalesce(m.name, ''), f.comment, f.document IS NOT NULL FROM frozen_report f "
        "LEFT JOIN department d ON d.id = f.department_id LEFT JOIN analyst a ON a.id = f.analyst_id "
        "LEFT JOIN product p ON p.id = f.product_id LEFT JOIN analyst m ON m.id = f.made_by_id "
        "ORDER BY f.week DESC, f.made_at DESC, f.id"
    ):
        part = next((Edition(kind, row[2 + n]) for n, kind in enumerate(KINDS) if row[2 + n] is not None), None)
        out.append(Kept(row[0], row[1], part, row[5], row[6], row[7], row[8], row[9], bool(row[10])))
    return out


def printed(reader: Reader, report: bytes) -> bytes:
    """The pages of a frozen report. Errors: UserError where only its figures were kept."""
    found = reader.value("SELECT document FROM frozen_report WHERE id = ?", (report,))
    if found is None:
        raise UserError("Of this report only the figures were kept; make it again to see its pages.")
    return bytes(found)


def frozen(reader: Reader, week: str, edition: Edition | None) -> Frozen | None:
    """The report of a week as it was frozen last, or None."""
    row = reader.one(
        "SELECT week, log_seq, made_at, comment, figures FROM frozen_report WHERE week = :week "
        "AND department_id IS :department_id AND analyst_id IS :analyst_id AND product_id IS :product_id "
        "ORDER BY made_at DESC, id DESC LIMIT 1",
        {"week": week, **_part(edition)},
    )
    if row is None:
        return None
    kept = {key: (value, tuple(cases)) for key, (value, cases) in json.loads(row[4]).items()}
    return Frozen(row[0], row[1], row[2], row[3], kept)


def restated(printed: Frozen, now: Mapping[str, Figure]) -> tuple[Restated, ...]:
    """The figures that are other ones now, in the order in which they are printed. Cases that had no number yet when
    they were printed have one now; that alone is no news.
    """
    out = []
    for key in KEPT:
        was, cases = printed.figures.get(key, (None, ()))
        value, listed = _told(now[key])
        numbered = {case for case in cases if isinstance(case, int)}
        came = tuple(case for case in listed if isinstance(case, int) and case not in numbered)
        went = tuple(case for case in cases if isinstance(case, int) and case not in set(listed))
        if any(isinstance(case, str) for case in cases) and was == value:
            continue
        if was != value or came or went:
            out.append(Restated(printed.week, key, now[key].unit, was, value, came, went))
    return tuple(out)


def _told(figure: Figure) -> tuple[Any, list[int | str]]:
    value = round(figure.value, 6) if isinstance(figure.value, float) else figure.value
    return value, [key.as_json() for key in figure.cases] if figure.unit == "cases" else []
