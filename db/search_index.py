"""The full-text index of cases and articles, kept beside the rows it is about.

Folding comes first: `unicode61 remove_diacritics 2` folds neither ss/ß nor ae/ä, so both the indexed text and the
query go through `fold_text`. The folded text stands in `case_text`/`article_text`; FTS5 indexes them as external
content through triggers. `refresh` rewrites the text of the rows that a transaction touched, in the same commit.

Texts are read, folded here and written: SQLite calls no function of ours (db.guards says why).
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l"})
_WORD: Final = re.compile(r"\w+")
_PER_STATEMENT: Final = 400
_AT_ONCE: Final = 1000
"""So many texts are in memory while the whole index is made anew."""


def fold_text(text: str | None) -> str:
    """Lower case without accents; German umlauts as two letters. '' for None."""
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    if folded.isascii():  # nearly all German text by now; the walk over single characters costs ten times as much
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def match_expression(words: str) -> str | None:
    """What was typed, as an FTS5 query: every word must occur, the last one as a prefix. None when nothing is left."""
    found = _WORD.findall(fold_text(words).replace("_", " "))
    if not found:
        return None
    quoted = [f'"{w}"' for w in found]
    if not words[-1:].isspace():
        quoted[-1] += " *"
    return " ".join(quoted)


def matcher(words: str) -> Callable[[str], bool]:
    """Whether a folded text has these words, as `match_expression` asks the index for them: for a few texts, where the
    index would put together all of its hits first."""
    found = _WORD.findall(fold_text(words).replace("_", " "))
    patterns = [rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" for word in found]
    if found and not words[-1:].isspace():
        patterns[-1] = patterns[-1].removesuffix(r"(?![^\W_])")
    tests = [(word, re.compile(pattern).search) for word, pattern in zip(found, patterns, strict=True)]
    return lambda text: all(word in text and search(text) is not None for word, search in tests)


_CASE_TEXT: Final = """
SELECT c.rid, c.title,
  c.description || ' ' || coalesce(c.resolution, '') || ' ' || coalesce(c.cause, '') || ' ' ||
    coalesce((SELECT group_concat(t.text, ' ') FROM timeline_entry t WHERE t.case_id = c.id), ''),
  coalesce(r.name, '') || ' ' || coalesce(d.name, '') || ' ' || coalesce(p.name, '') || ' ' ||
    coalesce(l.name, '') || ' ' || coalesce(a.tag || ' ' || a.name, '') || ' ' || coalesce(c.external_ref, '') || ' ' ||
    coalesce((SELECT group_concat(g.tag, ' ') FROM case_tag g WHERE g.case_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(f.name, ' ') FROM attachment f WHERE f.case_id = c.id), '')
FROM "case" c
LEFT JOIN requester r ON r.id = c.requester_id LEFT JOIN department d ON d.id = c.department_id
LEFT JOIN product p ON p.id = c.product_id LEFT JOIN place l ON l.id = c.place_id LEFT JOIN asset a ON a.id = c.asset_id
"""
_ARTICLE_TEXT: Final = """
SELECT a.rid, a.title, a.problem || ' ' || a.cause || ' ' || a.solution,
  coalesce((SELECT group_concat(g.tag, ' ') FROM article_tag g WHERE g.article_id = a.id), '') || ' ' ||
    coalesce((SELECT group_concat(p.name, ' ') FROM article_product ap JOIN product p ON p.id = ap.product_id
      WHERE ap.article_id = a.id), '') || ' ' ||
    coalesce((SELECT group_concat(f.name, ' ') FROM attachment f WHERE f.article_id = a.id), '')
FROM article a
"""
CASE_WORDS: Final = frozenset({
    "title", "description", "resolution", "cause", "requester_id", "department_id", "product_id", "place_id",
    "asset_id", "external_ref",
})  # fmt: skip
"""Columns of a case that stand in its text; a change of any other leaves the index as it is."""
CASE_PARTS: Final = frozenset({"timeline_entry", "case_tag", "attachment"})
ARTICLE_PARTS: Final = frozenset({"article_tag", "article_product", "attachment"})


def index_statements() -> list[str]:
    """The FTS5 tables and the triggers that keep them equal to their content tables."""
    out = []
    for name in ("case", "article"):
        fts = f"{name}_fts"
        out += [
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5(title, words, names, content='{name}_text', "
            f"content_rowid='rid', tokenize='unicode61 remove_diacritics 0', prefix='3')",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_insert AFTER INSERT ON {name}_text BEGIN "
            f"INSERT INTO {fts}(rowid, title, words, names) VALUES (new.rid, new.title, new.words, new.names); END",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_delete AFTER DELETE ON {name}_text BEGIN "
            f"INSERT INTO {fts}({fts}, rowid, title, words, names) "
            f"VALUES ('delete', old.rid, old.title, old.words, old.names); END",
        ]
    return out


def _chunks(ids: Collection[bytes]) -> Iterable[list[bytes]]:
    listed = list(ids)
    for start in range(0, len(listed), _PER_STATEMENT):
        yield listed[start : start + _PER_STATEMENT]


def refresh(raw: sqlite3.Connection, cases: Collection[bytes], articles: Collection[bytes]) -> None:
    """Rewrite the searchable text of these cases and articles; rows that are gone leave the index."""
    for ids, table, text, statement in (
        (cases, "case", "case_text", _CASE_TEXT + "WHERE c.id"),
        (articles, "article", "article_text", _ARTICLE_TEXT + "WHERE a.id"),
    ):
        for part in _chunks(ids):
            marks = ", ".join("?" * len(part))
            # The old text goes first: its trigger takes it out of the index.
            raw.execute(f'DELETE FROM {text} WHERE rid IN (SELECT rid FROM "{table}" WHERE id IN ({marks}))', part)
            _write(raw, text, raw.execute(f"{statement} IN ({marks})", part).fetchall())


def _write(raw: sqlite3.Connection, text: str, rows: Iterable[Sequence[Any]]) -> None:
    folded = ((rid, *map(fold_text, texts)) for rid, *texts in rows)
    raw.executemany(f"INSERT INTO {text} (rid, title, words, names) VALUES (?, ?, ?, ?)", folded)


def _each(raw: sqlite3.Connection, statement: str) -> Iterator[Sequence[Any]]:
    cursor = raw.execute(statement)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield from rows


def rebuild(raw: sqlite3.Connection) -> None:
    """The whole index anew, after all rows were replaced: without the triggers, which would index row by row."""
    for name, statement in (("case", _CASE_TEXT), ("article", _ARTICLE_TEXT)):
        for moment in ("insert", "delete"):
            raw.execute(f"DROP TRIGGER IF EXISTS {name}_fts_{moment}")
        raw.execute(f"DELETE FROM {name}_text")
        _write(raw, f"{name}_text", _each(raw, statement))
        raw.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    for statement in index_statements():
        raw.execute(statement)


def forget(raw: sqlite3.Connection, table: str, row_id: bytes) -> None:
    """Take a case or article that is about to be deleted out of the index."""
    raw.execute(f'DELETE FROM {table}_text WHERE rid = (SELECT rid FROM "{table}" WHERE id = ?)', (row_id,))
