"""What the mirror for reporting tools looks like: ordinary tables made from the models, and how a value gets there.

The vocabulary stays that of the help desk: a table and a column are called as everywhere in the program. What changes
is what a reporting tool expects: ids are UUIDs, instants have a time zone, days are dates, yes and no are booleans,
every reference is a foreign key with an index. A mirror is read by people who were never invited to the desk, so tables
are named here one by one, and what stays among supervisors in the program is left out unless it is asked for.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from db.models import Base
from db.rules import NO_DUE

TABLES: Final = (
    "site", "calendar", "closed_day", "severity", "severity_override", "analyst", "department", "place", "product",
    "asset", "requester", "queue", "queue_member", "skill", "coverage", "absence", "shift", "call_interval",
    "metric_target", "case", "acknowledgement", "handover", "timeline_entry", "case_event", "time_entry", "attachment",
    "case_link", "case_tag", "case_watcher", "satisfaction", "article", "article_version", "article_product",
    "article_tag", "article_department", "article_use", "template", "frozen_report",
)  # fmt: skip
"""What is mirrored. Not among them: keys and invitations, settings, the words of the spell check, and what is one
person's own (views, reminders, mentions)."""
PRIVATE_TABLES: Final = ("staff_note", "rate", "dossier_version")
"""Notes about colleagues, what they cost, and what was known of a department's people."""
PRIVATE_COLUMNS: Final = {
    "case": {"executive_complaint", "outside_it", "abusive_contact"},
    "absence": {"kind", "note"},
    "department": {"dossier"},
    "requester": {"phone", "email"},
    "analyst": {"phone", "email"},
}
"""Flags and kinds of absence are among supervisors; a dossier speaks of people; telephone numbers serve no figure."""

STATE: Final = "mirror_state"
_DAYS: Final = frozenset({"day", "from_day", "to_day", "valid_from", "valid_to", "review_date", "swap_day",
                          "launch_date", "last_used", "work_date"})  # fmt: skip
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Convert = Callable[[Any], Any]


class Shape:
    """The mirror's tables for one kind of database. `private`: with what is left out otherwise."""

    def __init__(self, dialect: str, schema: str | None, *, private: bool) -> None:
        self.private = private
        self._has_uuids = dialect == "postgresql"
        self.metadata = sa.MetaData(schema=schema, naming_convention=Base.metadata.naming_convention)
        self.converters: dict[str, list[tuple[str, Convert]]] = {}
        """By table: its columns in order, and what makes a mirror's value of a replica's."""
        names = TABLES + (PRIVATE_TABLES if private else ())
        for name in names:
            if name in Base.metadata.tables:
                self._add(Base.metadata.tables[name], names)
        self.state = sa.Table(
            STATE,
            self.metadata,
            sa.Column("one", sa.Boolean, primary_key=True, default=True),
            sa.Column("store", self._id(), nullable=False, comment="which help desk this is"),
            sa.Column("epoch", sa.Integer, nullable=False),
            sa.Column("position", sa.BigInteger, nullable=False, comment="the last entry of the log that is in here"),
            sa.Column("entry_hash", sa.String(64), nullable=False),
            sa.Column("shape", sa.String(64), nullable=False, comment="changes when the tables do"),
            sa.Column("with_private", sa.Boolean, nullable=False),
            sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        )

    @property
    def tables(self) -> list[sa.Table]:
        """Those with the desk's rows, referred ones first as far as that goes."""
        return [self.metadata.tables[self._key(name)] for name in self.converters]

    def table(self, name: str) -> sa.Table:
        """One of them."""
        return self.metadata.tables[self._key(name)]

    def fingerprint(self) -> str:
        """Equal for equal tables."""
        told = [
            f"{table.name}({', '.join(f'{c.name} {c.type} {c.nullable}' for c in table.columns)})"
            for table in self.metadata.sorted_tables
        ]
        return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()

    def _key(self, name: str) -> str:
        return f"{self.metadata.schema}.{name}" if self.metadata.schema else name

    def _id(self) -> sa.types.TypeEngine[Any]:
        return sa.Uuid() if self._has_uuids else sa.String(36)

    def _add(self, source: sa.Table, names: tuple[str, ...]) -> None:
        hidden = set() if self.private else PRIVATE_COLUMNS.get(source.name, set())
        columns, converters = [], []
        for column in source.columns:
            if (column.info.get("local") and not column.info.get("mirrored")) or column.name in hidden:
                continue
            shaped = self._shaped(column)
            if shaped is None:
                continue
            kind, convert = shaped
            referred = next((key.column.table.name for key in column.foreign_keys), None)
            to = [self._reference(referred)] if referred in names else []
            primary = column.name == "id"
            columns.append(
                sa.Column(
                    column.name,
                    kind,
                    *to,
                    primary_key=primary,
                    autoincrement=False,
                    index=bool(to) or None,
                    nullable=bool(column.nullable) or column.name == "due_at",
                )
            )
            converters.append((column.name, convert))
        for instant in ("opened_at", "ended_at", "at", "work_date"):
            for column in columns:
                if column.name == instant:
                    column.index = True
        sa.Table(source.name, self.metadata, *columns)
        self.converters[source.name] = converters

    def _reference(self, table: str) -> sa.ForeignKey:
        # Rows come in the order of the log's changes, not of what they refer to.
        return sa.ForeignKey(f"{self._key(table)}.id", deferrable=True, initially="DEFERRED")

    def _shaped(self, column: sa.Column[Any]) -> tuple[sa.types.TypeEngine[Any], Convert] | None:
        """Type and conversion; None for what no report can read (keys, raw bytes)."""
        name, kind = column.name, column.type
        if isinstance(kind, sa.LargeBinary):
            if name == "id" or name.endswith("_id"):
                return self._id(), self.id_of
            return (sa.String(64), bytes.hex) if name == "sha256" else None
        if isinstance(kind, sa.Boolean):
            return sa.Boolean(), bool
        if isinstance(kind, sa.Integer):
            if name == "at" or name.endswith("_at"):
                return sa.DateTime(timezone=True), _instant
            return sa.BigInteger(), int
        if isinstance(kind, sa.Float):
            return sa.Double(), float
        return (sa.Date(), date.fromisoformat) if name in _DAYS else (sa.Text(), _clean)

    def id_of(self, value: bytes) -> Any:
        """A replica's id as the mirror writes it."""
        one = uuid.UUID(bytes=value)
        return one if self._has_uuids else str(one)

    def row(self, table: str, values: Any) -> dict[str, Any]:
        """A mirror's row of a replica's, by column."""
        out = {}
        for (name, convert), value in zip(self.converters[table], values, strict=True):
            out[name] = None if value is None else convert(value)
        return out


def _instant(ms: int) -> datetime | None:
    """From ms UTC; None for "never" and for what no calendar holds."""
    if ms == NO_DUE:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return None


def _clean(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL takes no zero in a text
