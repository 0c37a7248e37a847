"""Work the shared log had, or was about to get, and that counts nowhere now (db.lost), told so that a person decides.

Which case, which change, whose and when, why it does not count, and what stands in its place.

Reading is plain SQL and runs on any lane; `LostVerbs` sends again or gives up, on the write lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.context import Context, ReadContext
from app.directory import Directory
from app.records.kinds import KINDS
from app.work.value_words import TITLES, called, value_words
from db.capture import RowChange, TxRecord
from db.lost import NEEDS, Forgotten
from db.shapes import SHARED
from db.tables import spec

Why = Literal["waits", "set back", "expected", "overdue"]
"""It is sent again by itself as soon as it fits; the desk was set back on purpose; the share forgot it and its
workstation will send it again; or it should have by now, and has not."""
SHOWN_AT_MOST: Final = 100
"""More are not read at once: a desk that was set back may have thousands."""
VALUES_AT_MOST: Final = 6

_CASE: Final = (
    "title", "description", "kind", "channel", "severity", "tier", "status", "waiting_on", "queue_id", "department_id",
    "product_id", "place_id", "asset_id", "requester_id", "work_owner_id", "contact_owner_id", "next_step",
    "next_step_by_id", "next_step_at", "resolution", "cause", "workaround", "permanent_fix_wanted", "major",
)  # fmt: skip
_TELLING: Final[dict[str, tuple[str, ...]]] = {
    "case": _CASE, "timeline_entry": ("text",), "time_entry": ("minutes", "note"), "case_tag": ("tag",),
    "satisfaction": ("score", "words"), "attachment": ("name",), "reminder": ("text",),
    "article": ("title", "problem", "cause", "solution", "state"), "article_tag": ("tag",), "team_word": ("word",),
    "requester": ("name", "phone", "email"),
    **{kind.table: tuple(field.name for field in kind.fields) for kind in KINDS.values()},
}  # fmt: skip
"""The columns that say what was done; of other tables the kind of the change says it."""


@dataclass(frozen=True)
class LostValue:
    """One field that was written. `wanted` and `now`: as people read them, "" for nothing; `there`: its row is here."""

    table: str
    column: str
    wanted: str
    now: str
    there: bool


@dataclass(frozen=True)
class LostWork:
    """One transaction. `at`: ms UTC by its maker's clock. `title`: the case, or what the row is called; `case_id` only
    where the case is here. `values`: the first of what it wrote, `more`: how many there are beyond these. `mine`: I did
    it."""

    id: bytes
    kind: str
    at: int
    author: str
    workstation: str
    mine: bool
    why: Why
    needs_me: bool
    case_id: bytes | None
    case_label: str
    title: str
    values: tuple[LostValue, ...]
    more: int


class LostList:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def count(self) -> int:
        """How many there are."""
        return int(self._context.reader.value("SELECT count(*) FROM lost_tx") or 0)

    def all(self, limit: int | None = SHOWN_AT_MOST) -> list[LostWork]:
        """Those that need me first, then the newest first; at most `limit`."""
        rows = self._context.reader.all(
            f"SELECT l.*, d.name AS workstation, {NEEDS} AS needs, d.revoked_at, d.id AS known FROM lost_tx l "
            "LEFT JOIN device d ON d.id = l.device ORDER BY needs DESC, l.n DESC LIMIT :limit",
            {"me": self._context.me, "now": self._context.clock(), "limit": -1 if limit is None else limit},
        )
        return [self._work(row) for row in rows]

    def _work(self, row: Any) -> LostWork:
        record = TxRecord.unpack(row["body"])
        case_id, title = self._subject(record)
        known = self._context.reader.one('SELECT number, rid, title FROM "case" WHERE id = ?', (case_id,))
        label = "" if known is None else str(known["number"]) if known["number"] is not None else f"~{known['rid']}"
        told = [one for one in _told(record.rows) if known is not None or not _is_title(*one)]
        return LostWork(
            id=row["id"], kind=row["kind"], at=row["at"], author=self._directory.name("analyst", row["author"]),
            workstation=row["workstation"] or "", mine=row["author"] == self._context.me,
            why=_why(row, self._context.clock()), needs_me=bool(row["needs"]),
            case_id=case_id if known is not None else None, case_label=label,
            title=title if known is None else str(known["title"]),
            values=tuple(self._value(*one) for one in told[:VALUES_AT_MOST]), more=max(0, len(told) - VALUES_AT_MOST),
        )  # fmt: skip

    def _subject(self, record: TxRecord) -> tuple[bytes | None, str]:
        """(the case it is about, what that or the row was called)."""
        for change in record.rows:
            if change.table == "case":
                return change.row_id, str(_wanted(change, "title") or "")
        for change in record.rows:
            if "case_id" in SHARED[change.table].kinds:
                case = change.values.get("case_id")
                if not isinstance(case, bytes):
                    case = self._context.reader.value(
                        f'SELECT case_id FROM "{change.table}" WHERE id = ?', (change.row_id,)
                    )
                if isinstance(case, bytes):
                    return case, ""
        for change in record.rows:
            title = _wanted(change, TITLES.get(change.table, ""))
            name = called(self._context.reader, change.table, change.row_id) or str(title or "")
            if name:
                return None, name
        return None, ""

    def _value(self, change: RowChange, column: str) -> LostValue:
        reader = self._context.reader
        row = reader.one(f'SELECT "{column}" FROM "{change.table}" WHERE id = ?', (change.row_id,))
        wanted, now = (
            value_words(reader, self._directory, column, value)
            for value in (_wanted(change, column), None if row is None else row[0])
        )
        return LostValue(change.table, column, wanted, now, row is not None)


def _is_title(change: RowChange, column: str) -> bool:
    """Of a case that is not here: it is named by it already."""
    return change.table == "case" and change.op == "i" and column == "title"


def _told(rows: Iterable[RowChange]) -> Iterator[tuple[RowChange, str]]:
    """The fields that say what was done, in the order in which people think of them."""
    for change in rows:
        for column in _TELLING.get(change.table, ()):
            given = spec(change.table).defaults.get(column)
            if column in change.values and (change.op != "i" or change.values[column] not in (None, "", given)):
                yield change, column


def _wanted(change: RowChange, column: str) -> Any:
    """What it wrote there; None where it removed the row."""
    value = change.values.get(column)
    return value[1] if change.op == "u" and value is not None else None if change.op == "d" else value


def _why(row: Any, now: int) -> Why:
    if row["waits"]:
        return "waits"
    if not row["expected_until"]:
        return "set back"
    gone = row["known"] is None or row["revoked_at"] is not None
    return "overdue" if gone or row["expected_until"] <= now else "expected"


class LostVerbs:
    """What a person makes of it; on the write lane."""

    def __init__(self, context: Context, owe_a_round: Callable[[], None]) -> None:
        """`owe_a_round`: the store is to be met soon, though it has no news (app.desk)."""
        self._context, self._owe_a_round = context, owe_a_round

    def submit(self, changes: Sequence[bytes] | None) -> int:
        """Let these be sent again from here, with the next round, under their own ids: what comes back twice counts
        once. None: all. Returns how many there were."""
        replica = self._context.replica
        count = sum(replica.resubmit(one) for one in self._these(changes))
        self._owe_a_round()
        return count

    def forget(self, changes: Sequence[bytes] | None) -> list[Forgotten]:
        """These stay lost; None: all. Returns what is needed to bring them back (`bring_back`)."""
        replica = self._context.replica
        return [gone for one in self._these(changes) if (gone := replica.forget_lost(one)) is not None]

    def bring_back(self, gone: Sequence[Forgotten]) -> None:
        """Keep them after all."""
        self._context.replica.keep_lost(gone)

    def _these(self, changes: Sequence[bytes] | None) -> list[bytes]:
        return [row.id for row in self._context.replica.lost()] if changes is None else list(changes)
