"""What belongs to this workstation only: its place in the log, what it has not published yet, drafts, what was read."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import LOCAL, Base


class Meta(Base):
    """Facts about this replica: store, device, head, digest, schema."""

    __tablename__ = "meta"
    __table_args__ = (LOCAL,)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class Gate(Base):
    """Whether shared tables may be written now (db.guards): a row is here only amid a transaction that may."""

    __tablename__ = "gate"
    __table_args__ = (LOCAL,)
    open: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class PendingTx(Base):
    """A transaction made here and not yet in the shared log, in the order it was made."""

    __tablename__ = "pending_tx"
    __table_args__ = (LOCAL,)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    size: Mapped[int]
    body: Mapped[bytes]
    digest_change: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogEntry(Base):
    """The bytes of every entry applied here, so that any replica can heal or rebuild the share. `digest`: that of the
    state after it. Without a gap, from the first entry or from the snapshot this replica began with."""

    __tablename__ = "log_entry"
    __table_args__ = (LOCAL,)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    raw: Mapped[bytes]


class AuthorityEntry(Base):
    """Every entry since the first that changed who may do what: with them a newcomer proves a snapshot's maker from
    the root key on. They travel in snapshots, so they are here also where `log_entry` begins later."""

    __tablename__ = "authority_entry"
    __table_args__ = (LOCAL,)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raw: Mapped[bytes]


class EpochOpening(Base):
    """Where an administrator set the desk back on purpose: `epoch` goes on after entry `seq` of the one before."""

    __tablename__ = "epoch_opening"
    __table_args__ = (LOCAL,)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    raw: Mapped[bytes]


class LostTx(Base):
    """A transaction the shared log had and has no more, because the store was set back. `waits`: ours, to be sent
    again as soon as it fits; the others are kept until the log has them again or a person decides. `expected_until`: ms
    UTC, how long it is believed that its maker sends it again; 0 where nobody will by himself."""

    __tablename__ = "lost_tx"
    __table_args__ = (LOCAL,)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    seq: Mapped[int]
    device: Mapped[bytes] = mapped_column(LargeBinary(16))
    author: Mapped[bytes] = mapped_column(LargeBinary(16))
    kind: Mapped[str]
    at: Mapped[int]
    waits: Mapped[bool]
    expected_until: Mapped[int]
    body: Mapped[bytes]


class AppliedTx(Base):
    """Every transaction of the log: where it stands, and if the rules refused it, why."""

    __tablename__ = "applied_tx"
    __table_args__ = ({"info": {"local": True}, "sqlite_with_rowid": False},)
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    seq: Mapped[int]
    refused: Mapped[str | None]


class Journal(Base):
    """What was done on this workstation lately, to undo it. The record is the transaction itself."""

    __tablename__ = "journal"
    __table_args__ = (LOCAL,)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tx_id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    kind: Mapped[str]
    at: Mapped[int]
    case_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    body: Mapped[bytes]
    undone_by: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    undoes: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    """The transaction this one took back (or brought back, where that one was itself an undo)."""


class Conflict(Base):
    """Something of ours the log did not take as it was: both values, who and when. Never dropped by the program.

    `column_name` "" is the whole row, NULL the whole transaction. Values are msgpack.
    """

    __tablename__ = "conflict"
    __table_args__ = (Index("ix_conflict_tx_id", "tx_id"), LOCAL)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[int]
    tx_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    kind: Mapped[str]
    case_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    table_name: Mapped[str | None]
    row_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    column_name: Mapped[str | None]
    outcome: Mapped[str]
    """"refused" (nothing of it stands), "mine stands", "theirs stands", "same" (nothing was left to do)."""
    reason: Mapped[str]
    """One of db.merging.REASONS."""
    why: Mapped[str | None]
    """The sentence of a rule that forbids it."""
    base: Mapped[bytes | None]
    mine: Mapped[bytes | None]
    theirs: Mapped[bytes | None]
    my_author: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    my_at: Mapped[int]
    their_author: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    their_at: Mapped[int | None]
    body: Mapped[bytes]
    """The whole transaction as it was when they met, to make it again."""
    settled_at: Mapped[int | None]
    settled: Mapped[str | None]
    """"mine", "theirs" or "text"."""
    settled_tx: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class Draft(Base):
    """Unsent words, written at every burst of keys, so that a crash loses none of them."""

    __tablename__ = "draft"
    __table_args__ = (LOCAL,)
    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    saved_at: Mapped[int]


class CaseRead(Base):
    """Until when this workstation's analyst has read a case."""

    __tablename__ = "case_read"
    __table_args__ = ({"info": {"local": True}, "sqlite_with_rowid": False},)
    case_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    read_at: Mapped[int]


class CaseText(Base):
    """The words of a case, folded for search (see db.search_index); content table of the index `case_fts`."""

    __tablename__ = "case_text"
    __table_args__ = (LOCAL,)
    rid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    words: Mapped[str]
    names: Mapped[str]


class ArticleText(Base):
    """The words of an article, folded for search; content table of the index `article_fts`."""

    __tablename__ = "article_text"
    __table_args__ = (LOCAL,)
    rid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    words: Mapped[str]
    names: Mapped[str]


class KeptFile(Base):
    """A content that was added here and is not in the log yet: its chunks (db.chunks) must stay on this disk.

    `chunks`: the SHA-256 of each chunk, one after the other. `sent`: how many of them were on the store at `sent_at`.
    """

    __tablename__ = "kept_file"
    __table_args__ = (LOCAL,)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    chunks: Mapped[bytes]
    size: Mapped[int]
    kept_at: Mapped[int]
    sent: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[int] = mapped_column(default=0)


class CollectedChunk(Base):
    """A chunk on the store that nothing named when an administrator looked: what a later look may remove.

    `print`: the first bytes of the sealed chunk as it was then; whoever uses it again seals it anew.
    """

    __tablename__ = "collected_chunk"
    __table_args__ = (LOCAL,)
    name: Mapped[str] = mapped_column(primary_key=True)
    print: Mapped[bytes]
    seen_at: Mapped[int]


class WeekSheet(Base):
    """What one week's figures are made of, added up once (app.insight.sheets). A copy of what the events say: it may be
    thrown away at any time and is made anew.

    `start` and `ends`: the week, ms UTC. `stamp`: the calendars it was computed with. `upto`: the last row of
    `case_touched` that is in it; what was touched later and happened before `ends` is not.
    """

    __tablename__ = "week_sheet"
    __table_args__ = (LOCAL,)
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ends: Mapped[int]
    stamp: Mapped[bytes]
    upto: Mapped[int]
    sums: Mapped[bytes]
    opened: Mapped[bytes]
    columns: Mapped[bytes]


class CaseTouched(Base):
    """Cases whose history changed since the week sheets were made, and from which instant on (db.touched)."""

    __tablename__ = "case_touched"
    __table_args__ = ({"info": {"local": True}, "sqlite_autoincrement": True},)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    rid: Mapped[int]
    since: Mapped[int]
