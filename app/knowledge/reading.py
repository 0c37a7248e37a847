"""Articles as they are read; nothing here imports the object mapper, so a first window may use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.knowledge.states import ALIVE
from app.work.present import AttachmentLine
from db.ids import id_text, parse_id
from db.search_index import fold_text


@dataclass(frozen=True)
class ArticleText:
    """One article's texts."""

    id: bytes
    title: str
    problem: str
    cause: str
    solution: str
    language: str
    state: str


@dataclass(frozen=True)
class ArticleLine:
    """One article in a list. `products`: their names; `helped` and `tried`: cases that it solved, and in which it was
    tried (the last word of each analyst counts); times in ms UTC, `review_date` YYYY-MM-DD."""

    id: bytes
    title: str
    state: str
    audience: str
    language: str
    owner_id: bytes | None
    owner: str
    review_date: str | None
    updated_at: int
    products: tuple[str, ...]
    tags: tuple[str, ...]
    helped: int
    tried: int


@dataclass(frozen=True)
class WholeArticle:
    """Everything about one article but its versions and uses."""

    text: ArticleText
    line: ArticleLine
    created_at: int
    product_ids: tuple[bytes, ...]
    department_ids: tuple[bytes, ...]
    departments: tuple[str, ...]
    attachments: tuple[AttachmentLine, ...]


@dataclass(frozen=True)
class Version:
    """The article as it was after one change, made by `author` at `at` (ms UTC)."""

    id: bytes
    at: int
    author: str
    title: str
    problem: str
    cause: str
    solution: str
    state: str
    comment: str


@dataclass(frozen=True)
class UseLine:
    """A case in which the article was tried. `label`: its number, or `~7` while it has none."""

    case_id: bytes
    label: str
    title: str
    at: int
    analyst: str
    helped: bool


@dataclass(frozen=True)
class ArticleFilter:
    """Which articles. None and () ask for nothing. `without_product`: those of no product; `review_by`: whose review
    date is not after this day (YYYY-MM-DD)."""

    states: tuple[str, ...] = ()
    product: bytes | None = None
    without_product: bool = False
    tag: str | None = None
    language: str | None = None
    audience: str | None = None
    owner: bytes | None = None
    review_by: str | None = None
    ids: tuple[bytes, ...] | None = None


_USES: Final = """
LEFT JOIN (
  SELECT article_id, count(*) AS tried, sum(helped) AS helped FROM (
    SELECT article_id, case_id, max(helped) AS helped FROM article_use GROUP BY article_id, case_id
  ) GROUP BY article_id
) u ON u.article_id = a.id
"""


class ArticleReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory | None = None) -> None:
        self._context = context
        self._directory = directory or Directory(context.reader_of)

    # -- one article --------------------------------------------------------------------------------------------------
    def article(self, article_id: bytes) -> ArticleText:
        """Its texts. Errors: UserError when it is gone."""
        row = self._context.reader.one(
            "SELECT id, title, problem, cause, solution, language, state FROM article WHERE id = ?", (article_id,)
        )
        if row is None:
            raise UserError("This article is not here any more.")
        return ArticleText(*row)

    def whole(self, article_id: bytes) -> WholeArticle:
        """Everything about it. Errors: UserError when it is gone."""
        reader = self._context.reader
        with reader.snapshot():
            text = self.article(article_id)
            (line,) = self.lines(ArticleFilter(ids=(article_id,)))
            products = reader.all("SELECT product_id FROM article_product WHERE article_id = ?", (article_id,))
            departments = reader.all("SELECT department_id FROM article_department WHERE article_id = ?", (article_id,))
            files = reader.all(
                "SELECT id, name, media_type, size, sha256 FROM attachment WHERE article_id = ? ORDER BY id",
                (article_id,),
            )
            created = reader.value("SELECT created_at FROM article WHERE id = ?", (article_id,))
        ids = tuple(row[0] for row in departments)
        return WholeArticle(
            text, line, created, tuple(row[0] for row in products), ids,
            tuple(sorted(self._directory.name("department", one) for one in ids)),
            tuple(AttachmentLine(*row) for row in files),
        )  # fmt: skip

    def versions(self, article_id: bytes) -> list[Version]:
        """Every version, the newest first."""
        rows = self._context.reader.all(
            "SELECT id, at, author_id, title, problem, cause, solution, state, coalesce(comment, '') "
            "FROM article_version WHERE article_id = ? ORDER BY at DESC, id DESC",
            (article_id,),
        )
        return [Version(row[0], row[1], self._directory.name("analyst", row[2]), *row[3:]) for row in rows]

    def uses(self, article_id: bytes, limit: int = 200) -> list[UseLine]:
        """The cases in which it was tried, the latest first."""
        rows = self._context.reader.all(
            "SELECT c.id, c.number, c.rid, c.title, u.at, u.analyst_id, u.helped FROM article_use u "
            'JOIN "case" c ON c.id = u.case_id WHERE u.article_id = ? ORDER BY u.at DESC LIMIT ?',
            (article_id, limit),
        )
        return [
            UseLine(r[0], f"~{r[2]}" if r[1] is None else str(r[1]), r[3], r[4],
                    self._directory.name("analyst", r[5]), bool(r[6]))
            for r in rows
        ]  # fmt: skip

    def find(self, named: str) -> bytes:
        """The article that an id, the beginning of one (8 letters at least) or a title names. Errors: UserError."""
        text = named.strip()
        reader = self._context.reader
        found = reader.all("SELECT id FROM article WHERE id = ?", (parse_id(text),))
        if not found:
            rows = reader.all("SELECT id, title FROM article")
            wanted, prefix = fold_text(text), text.replace("-", "").casefold()
            found = [r for r in rows if fold_text(r["title"]) == wanted]
            if not found and len(prefix) >= 8:
                # The end is random, the beginning is the time: on a page it is the end that stands.
                found = [r for r in rows if r["id"].hex().startswith(prefix) or r["id"].hex().endswith(prefix)]
        if len(found) == 1:
            return bytes(found[0]["id"])
        if found:
            raise UserError(
                f"{len(found)} articles are called {named!r}; name it by its id, see `halldesk article list`."
            )
        raise UserError(f"There is no article {named!r} here; look with `halldesk article list`, or sync first.")

    # -- lists --------------------------------------------------------------------------------------------------------
    def lines(self, wanted: ArticleFilter | None = None) -> list[ArticleLine]:
        """Articles by title, without the archived ones where no state is asked for."""
        where, values = _condition(wanted or ArticleFilter())
        reader = self._context.reader
        rows = reader.all(
            "SELECT a.id, a.title, a.state, a.audience, a.language, a.owner_id, a.review_date, a.updated_at, "
            f"coalesce(u.helped, 0) AS helped, coalesce(u.tried, 0) AS tried FROM article a {_USES} WHERE {where}",
            values,
        )
        ids = {row["id"] for row in rows} if len(rows) < 400 else None
        products = self._grouped("article_product", "product_id", ids)
        tags = self._grouped("article_tag", "tag", ids)
        lines = [
            ArticleLine(
                r["id"], r["title"], r["state"], r["audience"], r["language"], r["owner_id"],
                self._directory.name("analyst", r["owner_id"]), r["review_date"], r["updated_at"],
                tuple(sorted(self._directory.name("product", one) for one in products.get(r["id"], ()))),
                tuple(sorted(tags.get(r["id"], ()))), r["helped"], r["tried"],
            )
            for r in rows
        ]  # fmt: skip
        return sorted(lines, key=lambda line: (fold_text(line.title), line.id))

    def review_queue(self, within_days: int = 0) -> list[ArticleLine]:
        """What waits for a reviewer: generic articles first, then those whose review date has come (or comes within so
        many days), the earliest first."""
        today = times.local_date(self._context.clock(), times.zone(self._context.zone))
        day = (today + timedelta(days=within_days)).isoformat()
        new = self.lines(ArticleFilter(states=("generic",)))
        known = {line.id for line in new}
        due = [line for line in self.lines(ArticleFilter(review_by=day)) if line.id not in known]
        return new + sorted(due, key=lambda line: line.review_date or "")

    def counts(self) -> dict[str, dict[Any, int]]:
        """How many articles there are, for the tree: by "state" (all), and by "product" (id; None: of none), "tag" and
        "language" (without the archived ones)."""
        reader = self._context.reader
        alive = "a.state <> 'archived'"
        asked = {
            "state": "SELECT state, count(*) FROM article GROUP BY state",
            "product": "SELECT p.product_id, count(*) FROM article a "
            f"LEFT JOIN article_product p ON p.article_id = a.id WHERE {alive} GROUP BY p.product_id",
            "tag": f"SELECT t.tag, count(*) FROM article_tag t JOIN article a ON a.id = t.article_id WHERE {alive} "
            "GROUP BY t.tag",
            "language": f"SELECT a.language, count(*) FROM article a WHERE {alive} GROUP BY a.language",
        }
        return {name: {row[0]: row[1] for row in reader.all(sql)} for name, sql in asked.items()}

    def _grouped(self, table: str, column: str, ids: set[bytes] | None) -> dict[bytes, list[Any]]:
        where, values = ("", ()) if ids is None else (f" WHERE article_id IN ({_marks(ids)})", tuple(ids))
        out: dict[bytes, list[Any]] = {}
        for row in self._context.reader.all(f"SELECT article_id, {column} FROM {table}{where}", values):
            out.setdefault(row[0], []).append(row[1])
        return out

    # -- for programs -------------------------------------------------------------------------------------------------
    def as_json(self, line: ArticleLine) -> dict[str, Any]:
        """A line as the command line prints it."""
        return {
            "id": id_text(line.id), "title": line.title, "state": line.state, "audience": line.audience,
            "language": line.language, "owner": line.owner or None, "review_date": line.review_date,
            "updated_at": times.iso_utc(line.updated_at), "products": list(line.products), "tags": list(line.tags),
            "helped": line.helped, "tried": line.tried,
        }  # fmt: skip

    def whole_as_json(self, article_id: bytes) -> dict[str, Any]:
        """One article with everything about it."""
        found = self.whole(article_id)
        return {
            **self.as_json(found.line), "problem": found.text.problem, "cause": found.text.cause,
            "solution": found.text.solution, "departments": list(found.departments),
            "created_at": times.iso_utc(found.created_at),
            "attachments": [{"name": a.name, "media_type": a.media_type, "size": a.size, "sha256": a.sha256.hex()}
                            for a in found.attachments],
            "versions": [{"id": id_text(v.id), "at": times.iso_utc(v.at), "author": v.author or None, "state": v.state,
                          "title": v.title, "comment": v.comment or None} for v in self.versions(article_id)],
            "used_in": [{"case": u.label, "title": u.title, "at": times.iso_utc(u.at), "analyst": u.analyst or None,
                         "helped": u.helped} for u in self.uses(article_id)],
        }  # fmt: skip


def _condition(wanted: ArticleFilter) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []

    def ask(clause: str, *given: Any) -> None:
        clauses.append(clause)
        values.extend(given)

    if wanted.ids is not None:
        ask(f"a.id IN ({_marks(wanted.ids)})", *wanted.ids)
    else:
        states = wanted.states or ALIVE
        ask(f"a.state IN ({_marks(states)})", *states)
    if wanted.product is not None:
        ask("a.id IN (SELECT article_id FROM article_product WHERE product_id = ?)", wanted.product)
    if wanted.without_product:
        ask("a.id NOT IN (SELECT article_id FROM article_product)")
    if wanted.tag is not None:
        ask("a.id IN (SELECT article_id FROM article_tag WHERE tag = ?)", wanted.tag)
    for column, value in (("language", wanted.language), ("audience", wanted.audience), ("owner_id", wanted.owner)):
        if value is not None:
            ask(f"a.{column} = ?", value)
    if wanted.review_by is not None:
        ask("a.review_date <= ?", wanted.review_by)
    return " AND ".join(clauses), values


def _marks(values: Any) -> str:
    return ", ".join("?" * len(values))
