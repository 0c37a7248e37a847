"""Articles: written once, improved for ever. Every change of the words leaves a version, so nothing said is ever lost.

The first door into the knowledge base is a solved case: `draft_from_case` writes down what was asked and what helped as
a rough article, which somebody rounds off later. `change` is what an editor saves, `set_state` moves an article along
its life (app.knowledge.lifecycle), `use` notes that an article was tried in a case and whether it helped.

Two people who edit at the same time meet twice: on one workstation when the second saves (`base` says from what he
began; what doesn't clash is merged, for the rest he is asked), on two when their changes meet in the log (db.merging).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import Context
from app.errors import UserError
from app.knowledge.drafting import draft_of
from app.knowledge.lifecycle import clean_tags, may_follow, needs_supervisor, review_day
from app.language_codes import language_code
from app.work.attached import add_files
from app.work.attachments import StoredFile
from db.capture import Transaction
from db.errors import Refused
from db.ids import derived_id, new_id
from db.rules import ARTICLE_AUDIENCES, ARTICLE_STATES
from db.shapes import (
    Article,
    ArticleDepartment,
    ArticleProduct,
    ArticleTag,
    ArticleUse,
    ArticleVersion,
    Attachment,
    Shape,
)
from db.tables import Row
from db.text_merge import Favour, merge_texts

TEXTS: Final = ("title", "problem", "cause", "solution")
COLUMNS: Final = ("language", "audience", "owner_id", "review_date")
SETS: Final = ("products", "tags", "departments")
_PARTS: Final[dict[str, tuple[type[Shape], str, str, str]]] = {
    "products": (ArticleProduct, "article_product", "product_id", "article product"),
    "departments": (ArticleDepartment, "article_department", "department_id", "article department"),
    "tags": (ArticleTag, "article_tag", "tag", "article tag"),
}
_TITLE_MISSING: Final = "An article needs a title; say what it helps with."


@dataclass(frozen=True)
class Written:
    """A verb that was carried out on an article; `tx_id` can be undone."""

    article_id: bytes
    tx_id: bytes


class BothWrote(UserError):
    """Somebody changed the same words meanwhile. `overlaps`: by field, `(base, mine, theirs)` of each place."""

    def __init__(self, overlaps: Mapping[str, tuple[tuple[str, str, str], ...]]) -> None:
        super().__init__(
            f"Somebody changed the same words ({', '.join(overlaps)}) meanwhile; look at both and save again."
        )
        self.overlaps = overlaps


class Articles:
    """The verbs of the knowledge base; call them on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- writing ------------------------------------------------------------------------------------------------------
    def create(
        self,
        title: str,
        *,
        problem: str = "",
        cause: str = "",
        solution: str = "",
        language: str | None = None,
        audience: str = "team",
        owner_id: bytes | None = None,
        review_date: str | None = None,
        products: Sequence[bytes] = (),
        tags: Sequence[str] = (),
        departments: Sequence[bytes] = (),
        files: Sequence[StoredFile] = (),
        comment: str | None = None,
        solved: bytes | None = None,
    ) -> Written:
        """A rough article, mine if no owner is named, with its first version. `solved`: the case it comes from, which
        then counts as its first use. Errors: UserError without a title, or for an unusable value."""
        article_id, now = new_id(), self._context.clock()
        values = {"title": title, "problem": problem, "cause": cause, "solution": solution}
        cleaned = _cleaned({**values, "audience": audience, "review_date": review_date})
        with self._transaction("article.new", solved) as tx:
            tx.insert(
                Article, article_id, language=language or self._context.language,
                owner_id=owner_id or self._context.me, created_at=now, updated_at=now, **cleaned,
            )  # fmt: skip
            for name, wanted in (("products", products), ("tags", clean_tags(tags)), ("departments", departments)):
                self._set_parts(tx, article_id, name, wanted)
            add_files(tx, files, now, self._context.me, article_id=article_id)
            self._version(tx, article_id, comment)
            if solved is not None:
                self._use(tx, article_id, solved, helped=True)
        return Written(article_id, tx.id)

    def take_in(
        self,
        article_id: bytes,
        ref: str,
        state: str,
        fields: Mapping[str, Any],
        files: Sequence[StoredFile],
        comment: str,
    ) -> Written:
        """An article from elsewhere, with its id and its state, in one step (app.knowledge.exchange). `ref`: where it
        came from. Errors: UserError."""
        columns = _cleaned({name: value for name, value in fields.items() if name not in SETS})
        now = self._context.clock()
        with self._transaction("article.import") as tx:
            tx.insert(
                Article, article_id, **{"owner_id": self._context.me, **columns}, state=state, external_ref=ref,
                created_at=now, updated_at=now,
            )  # fmt: skip
            for name in SETS:
                wanted = fields.get(name, ())
                self._set_parts(tx, article_id, name, clean_tags(wanted) if name == "tags" else wanted)
            add_files(tx, files, now, self._context.me, article_id=article_id)
            self._version(tx, article_id, comment)
        return Written(article_id, tx.id)

    def change(
        self,
        article_id: bytes,
        *,
        comment: str | None = None,
        base: Mapping[str, str] | None = None,
        favour: Favour | None = None,
        files: Sequence[StoredFile] = (),
        **fields: Any,
    ) -> Written | None:
        """Save what an editor holds: any of TEXTS, COLUMNS and SETS (whole: what is not named in a set goes). `files`
        become part of the article with the same undo. None when nothing differed.

        `base`: the texts as the editor began with them; what others wrote since is merged in. Where both wrote the same
        words, `favour` decides ("mine", "theirs", "both"). Errors: BothWrote where it is None; UserError.
        """
        unknown = fields.keys() - {*TEXTS, *COLUMNS, *SETS}
        if unknown:
            known = ", ".join((*TEXTS, *COLUMNS, *SETS))
            raise UserError(f"{', '.join(sorted(unknown))} can't be changed here; one of {known} can.")
        columns = _cleaned({name: value for name, value in fields.items() if name not in SETS})
        with self._transaction("article.change") as tx:
            before = self._need(tx, article_id)
            if base is not None:
                columns |= _merged(base, columns, before, favour)
            written = tx.update(Article, article_id, **columns)
            worded = any(name in TEXTS and before[name] != value for name, value in columns.items())
            for name in SETS:
                if name in fields:
                    wanted = clean_tags(fields[name]) if name == "tags" else fields[name]
                    written |= self._set_parts(tx, article_id, name, wanted)
            add_files(tx, files, self._context.clock(), self._context.me, article_id=article_id)
            if not (written or files):
                return None
            self._touch(tx, article_id)
            if worded:
                self._version(tx, article_id, comment)
        return Written(article_id, tx.id)

    def set_state(self, article_id: bytes, state: str, *, comment: str | None = None) -> Written:
        """Move an article along its life; with a version that says who did and why. Publishing, and taking back what is
        published, is for supervisors. Errors: UserError."""
        if state not in ARTICLE_STATES:
            raise UserError(f"There is no state {state!r}; use one of {', '.join(ARTICLE_STATES)}.")
        context = self._context
        with self._transaction("article.state") as tx:
            row = self._need(tx, article_id)
            old = str(row["state"])
            if not may_follow(old, state):
                raise UserError(
                    f"This article is {state} already." if old == state else
                    f"An {old} article is looked at again before it is {state}; make it generic or reviewed first."
                )  # fmt: skip
            if needs_supervisor(old, state) and not self._is_supervisor(tx):
                raise UserError("Only a supervisor publishes an article or takes a published one back; ask for it.")
            today = times.local_date(context.clock(), times.zone(context.zone))
            known = row["review_date"]
            day = review_day(state, known if isinstance(known, str) else None, today)
            tx.update(Article, article_id, state=state, review_date=day, updated_at=context.clock())
            self._version(tx, article_id, comment)
        return Written(article_id, tx.id)

    def restore(self, article_id: bytes, version_id: bytes, *, comment: str | None = None) -> Written | None:
        """The words as they were in an older version; None when they are so now. Errors: UserError."""
        with self._transaction("article.restore") as tx:
            self._need(tx, article_id)
            version = tx.get(ArticleVersion, version_id)
            if version is None or version["article_id"] != article_id:
                raise UserError("This version is not one of this article.")
            if not tx.update(Article, article_id, **{name: version[name] for name in TEXTS}):
                return None
            self._touch(tx, article_id)
            self._version(tx, article_id, comment)
        return Written(article_id, tx.id)

    # -- files --------------------------------------------------------------------------------------------------------
    def attach(self, article_id: bytes, files: Sequence[StoredFile]) -> Written:
        """Make files part of the article that were kept before (app.work.attaching)."""
        with self._transaction("article.attach") as tx:
            self._need(tx, article_id)
            add_files(tx, files, self._context.clock(), self._context.me, article_id=article_id)
            self._touch(tx, article_id)
        return Written(article_id, tx.id)

    def detach(self, attachment_id: bytes) -> Written:
        """A file belongs to its article no more. Errors: UserError."""
        with self._transaction("article.detach") as tx:
            row = tx.get(Attachment, attachment_id)
            if row is None or not isinstance(row["article_id"], bytes):
                raise UserError("This file is not part of an article any more.")
            tx.delete(Attachment, attachment_id)
        return Written(row["article_id"], tx.id)

    # -- use ----------------------------------------------------------------------------------------------------------
    def draft_from_case(self, case_id: bytes) -> Written:
        """A rough article from a case: its title, what was asked, the cause, what helped; without what belongs to the
        requester (app.knowledge.privacy)."""
        draft = draft_of(self._context, case_id)
        return self.create(
            draft.title, problem=draft.problem, cause=draft.cause, solution=draft.solution,
            products=[draft.product_id] if draft.product_id else (), comment=f"#{draft.label}", solved=case_id,
        )  # fmt: skip

    def finish(self, article_id: bytes, base: Mapping[str, str], **texts: Any) -> list[Written]:
        """A draft is as it should be: these texts, and ready for a reviewer. `base`: what it said when it was shown.
        Errors: BothWrote, UserError."""
        out = [self.change(article_id, base=base, favour="mine", **texts)]
        if self._context.reader.value("SELECT state FROM article WHERE id = ?", (article_id,)) == "rough":
            out.append(self.set_state(article_id, "generic"))
        return [one for one in out if one is not None]

    def use(self, article_id: bytes, case_id: bytes, *, helped: bool) -> Written:
        """An article was tried in a case, and helped or not. Said again by the same person, the last word counts."""
        with self._transaction("article.use", case_id) as tx:
            self._need(tx, article_id)
            self._use(tx, article_id, case_id, helped=helped)
        return Written(article_id, tx.id)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _use(self, tx: Transaction, article_id: bytes, case_id: bytes, *, helped: bool) -> None:
        me, now = self._context.me, self._context.clock()
        mine = tx.query(
            "SELECT id FROM article_use WHERE article_id = ? AND case_id = ? AND analyst_id = ? ORDER BY id DESC",
            (article_id, case_id, me),
        )
        if mine:
            tx.update(ArticleUse, mine[0][0], at=now, helped=int(helped))
        else:
            tx.insert(ArticleUse, article_id=article_id, case_id=case_id, analyst_id=me, at=now, helped=helped)

    def _set_parts(self, tx: Transaction, article_id: bytes, name: str, wanted: Collection[bytes | str]) -> bool:
        """Make the rows of a set what is wanted; True when anything differed."""
        model, table, column, key = _PARTS[name]
        known = {r[1]: r[0] for r in tx.query(f"SELECT id, {column} FROM {table} WHERE article_id = ?", (article_id,))}
        new = [value for value in dict.fromkeys(wanted) if value not in known]
        gone = [row_id for value, row_id in known.items() if value not in wanted]
        for row_id in gone:
            tx.delete(model, row_id)
        for value in new:
            text = value.hex() if isinstance(value, bytes) else value
            row_id = derived_id(0, key, article_id.hex(), text)
            tx.insert(model, row_id, **{"article_id": article_id, column: value})
        return bool(new or gone)

    def _touch(self, tx: Transaction, article_id: bytes) -> None:
        tx.update(Article, article_id, updated_at=self._context.clock())

    def _is_supervisor(self, tx: Transaction) -> bool:
        rows = tx.query("SELECT role FROM analyst WHERE id = ?", (self._context.me,))
        return bool(rows) and rows[0][0] != "analyst"

    def _need(self, tx: Transaction, article_id: bytes) -> Row:
        row = tx.get(Article, article_id)
        if row is None:
            raise UserError("This article is not here any more.")
        return row

    @contextmanager
    def _transaction(self, kind: str, case_id: bytes | None = None) -> Iterator[Transaction]:
        context = self._context
        try:
            with context.replica.transaction(kind, context.me, at=context.clock(), case_id=case_id) as tx:
                yield tx
        except Refused as error:
            why = f"That is not allowed: {error.reason}."
            if error.reason == "only a supervisor may change article":
                why = "This article is published: its words are changed by its owner, all else by a supervisor."
            raise UserError(why) from error

    def _version(self, tx: Transaction, article_id: bytes, comment: str | None) -> None:
        row: Row = tx.need(Article, article_id)
        tx.insert(
            ArticleVersion, article_id=article_id, at=self._context.clock(), author_id=self._context.me,
            title=row["title"], problem=row["problem"], cause=row["cause"], solution=row["solution"],
            state=row["state"], comment=comment,
        )  # fmt: skip


def _cleaned(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored. Errors: UserError for one that can't be."""
    out = dict(columns)
    for name in TEXTS:
        if name in out:
            text = str(out[name] or "")
            out[name] = " ".join(text.split()) if name == "title" else text.strip()
    if "title" in out and not out["title"]:
        raise UserError(_TITLE_MISSING)
    if "audience" in out and out["audience"] not in ARTICLE_AUDIENCES:
        raise UserError(f"There is no audience {out['audience']!r}; use one of {', '.join(ARTICLE_AUDIENCES)}.")
    if out.get("review_date"):
        out["review_date"] = times.parse_date(str(out["review_date"])).isoformat()
    elif "review_date" in out:
        out["review_date"] = None
    if "language" in out and not str(out["language"] or "").strip():
        raise UserError('An article is in a language; name it ("en", "de").')
    if "language" in out and language_code(str(out["language"])) is None:
        raise UserError(f'"{out["language"]}" is not a language; write a code like de or en.')
    return out


def _merged(base: Mapping[str, str], mine: Mapping[str, Any], now: Row, favour: Favour | None) -> dict[str, str]:
    """My texts put into what stands there now. Errors: BothWrote."""
    out: dict[str, str] = {}
    overlaps: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for name in TEXTS:
        current = str(now[name] or "")
        if name not in mine or name not in base or current == base[name]:
            continue
        merged = merge_texts(base[name], mine[name], current, favour or "theirs")
        if merged.overlaps:
            overlaps[name] = merged.overlaps
        out[name] = merged.text.strip()
    if overlaps and favour is None:
        raise BothWrote(overlaps)
    return out
