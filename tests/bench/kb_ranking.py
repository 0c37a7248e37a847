"""How well the right article is found: `python -m tests.bench.kb_ranking`.

The articles are real: GNOME's user documentation in English and German and LibreOffice's help (see README, "Data").
The queries are made by a rule that was written before any figure was looked at, with a fixed seed, and every kind is
reported apart. For an article whose title is alone among all of its language:

* **title**: two or three words of its title that are no fillers, in another order
* **phrase**: four words that stand together in its text, at least two of them no fillers
* **misspelt**: a `title` query in which one word of five letters or more has one error: two letters swapped, one
  missing, one doubled, or one wrong
* **synonym**: a `title` query in which one word is called by another name (resources/search/synonyms.txt); only for
  articles whose title has such a word

A query asks only for articles of its collection. The right answer is the article it was made from; mean reciprocal
rank and recall@5 over the first 50 hits. Beside ours stands plain FTS5 bm25 on the same index: all words, and any
word.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

from app.desk import Desk
from app.finding.articles import rank_articles
from app.finding.expanding import expand
from app.finding.query import FILLERS, parse
from app.finding.synonyms import other_names
from app.founding import found
from app.knowledge.html_pages import Page, read_page
from app.profile import Profile
from db.ids import new_id
from db.search_index import fold_text
from db.shapes import Article

DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "kb"
COLLECTIONS: Final = {
    "GNOME en": ("gnome_user_docs_html_en.tar.zst", "en"),
    "GNOME de": ("gnome_user_docs_html_de_nofigures.tar.zst", "de"),
    "LibreOffice en": ("libreoffice_help_en_html.tar.zst", "en"),
}
KINDS: Final = ("title", "phrase", "misspelt", "synonym")
_WORD: Final = re.compile(r"\w+")
_PLAIN: Final = re.compile(r"\]\([^)]*\)|[*`\[\]\\!#|>]")
DEEP: Final = 50


class Asked(NamedTuple):
    """A query and the row number of the article it was made from."""

    kind: str
    words: str
    rid: int


def pages(archive: Path) -> Iterator[tuple[str, Page]]:
    """(name, page) of each HTML page of an archive that has a title and says something."""
    import tarfile

    import zstandard

    with (
        archive.open("rb") as packed,
        zstandard.ZstdDecompressor().stream_reader(packed) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        for member in tar:
            if member.isfile() and member.name.endswith(".html"):
                file = tar.extractfile(member)
                page = read_page(file.read().decode("utf-8", "replace")) if file else None
                if page is not None and page.title and page.markdown:
                    yield member.name, page


def fill(desk: Desk, archive: Path, language: str, most: int | None = None) -> list[tuple[int, str, str]]:
    """Make articles of an archive; returns (row number, title, text) of each."""
    rows: list[tuple[bytes, str, str]] = []
    for _name, page in pages(archive):
        rows.append((new_id(), page.title, page.markdown))
        if most is not None and len(rows) >= most:
            break
    with desk.replica.transaction("import.articles", desk.me, at=desk.context.clock(), undoable=False) as tx:
        tx.insert_many(
            Article,
            [(row_id, {"title": title, "solution": text, "language": language, "state": "reviewed", "created_at": 1,
                       "updated_at": 1}) for row_id, title, text in rows],
        )  # fmt: skip
    numbers = {r[0]: r[1] for r in desk.context.reader.all("SELECT id, rid FROM article")}
    return [(numbers[row_id], title, text) for row_id, title, text in rows]


def queries(articles: list[tuple[int, str, str]], seed: int, most: int) -> list[Asked]:
    """The queries of a collection; `most` articles are drawn."""
    chance = random.Random(seed)
    titles = [fold_text(title) for _rid, title, _text in articles]
    alone = [n for n, title in enumerate(titles) if titles.count(title) == 1]
    out: list[Asked] = []
    for n in sorted(chance.sample(alone, min(most, len(alone)))):
        rid, title, text = articles[n]
        words = [w for w in _WORD.findall(fold_text(title)) if w not in FILLERS and len(w) > 1]
        if len(words) >= 2:
            chosen = chance.sample(words, min(len(words), chance.choice((2, 3))))
            out.append(Asked("title", " ".join(chosen), rid))
            long = [w for w in chosen if len(w) >= 5 and w.isalpha()]
            if long:
                wrong = chance.choice(long)
                out.append(Asked("misspelt", " ".join(_misspell(w, chance) if w == wrong else w for w in chosen), rid))
            named = [w for w in chosen if other_names((w,))]
            if named:
                other = chance.choice(named)
                name = " ".join(chance.choice(other_names((other,))))
                out.append(Asked("synonym", " ".join(name if w == other else w for w in chosen), rid))
        body = _WORD.findall(_PLAIN.sub(" ", text))
        for _ in range(20):
            if len(body) < 8:
                break
            start = chance.randrange(len(body) - 4)
            phrase = body[start : start + 4]
            if sum(fold_text(w) not in FILLERS and len(w) > 2 for w in phrase) >= 2:
                out.append(Asked("phrase", " ".join(phrase), rid))
                break
    return out


def _misspell(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 1:
        return word[:at] + word[at + 1 :]
    if how == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]


Ranking = Callable[[str], list[int]]


def ours(desk: Desk, among: frozenset[int]) -> Ranking:
    """What the program does."""

    def rank(words: str) -> list[int]:
        groups = expand(parse(words), desk.search.vocabulary())
        found = rank_articles(desk.context.reader, groups, states=("reviewed",), limit=DEEP, among=among)
        return [one.rid for one in found]

    return rank


def plain(desk: Desk, among: frozenset[int], between: str) -> Ranking:
    """FTS5's own ranking of all words (" ") or any (" OR ")."""

    def rank(words: str) -> list[int]:
        typed = between.join(f'"{w}"' for w in _WORD.findall(fold_text(words)))
        rows = desk.context.reader.all(
            "SELECT rowid FROM article_fts WHERE article_fts MATCH ? ORDER BY bm25(article_fts)", (typed,)
        )
        return [row[0] for row in rows if row[0] in among][:DEEP]

    return rank


def measure(rank: Ranking, asked: list[Asked]) -> dict[str, Any]:
    """Mean reciprocal rank, recall@5 and the median milliseconds of a query."""
    reciprocal, first_five, taken = 0.0, 0, []
    for one in asked:
        start = perf_counter()
        found = rank(one.words)
        taken.append((perf_counter() - start) * 1000)
        place = found.index(one.rid) + 1 if one.rid in found else 0
        reciprocal += 1 / place if place else 0.0
        first_five += 0 < place <= 5
    count = len(asked) or 1
    return {
        "n": len(asked), "mrr": round(reciprocal / count, 3), "recall@5": round(first_five / count, 3),
        "ms": round(sorted(taken)[len(taken) // 2], 2) if taken else 0.0,
    }  # fmt: skip


def evaluate(collections: dict[str, tuple[str, str]], most: int, articles: int | None = None) -> dict[str, Any]:
    """The table: by collection, kind and ranking."""
    table: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "share").mkdir()
        found(Profile(folder / "p"), str(folder / "share"), "Bench", "Anna Kern", zone="Europe/Berlin",
              key_file=folder / "keys")  # fmt: skip
        desk = Desk(Profile(folder / "p"))
        try:
            shelves = {
                shelf: fill(desk, DATA / file, language, articles) for shelf, (file, language) in collections.items()
            }
            for shelf, shelved in shelves.items():
                among = frozenset(rid for rid, _title, _text in shelved)
                asked = queries(shelved, zlib.crc32(shelf.encode()), most)
                rankings = {"ours": ours(desk, among), "bm25, all words": plain(desk, among, " "),
                            "bm25, any word": plain(desk, among, " OR ")}  # fmt: skip
                rankings["ours"]("warm up")
                table[shelf] = {
                    kind: {how: measure(rank, [a for a in asked if kind in (a.kind, "all")]) for how, rank in
                           rankings.items()}
                    for kind in (*KINDS, "all")
                }  # fmt: skip
                table[shelf]["articles"] = len(shelved)
        finally:
            desk.close()
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="kb_ranking", description="mean reciprocal rank and recall@5 of the search")
    parser.add_argument(
        "--articles-asked", type=int, default=293, metavar="N", help="articles drawn of each collection"
    )
    arguments = parser.parse_args()
    known = {name: what for name, what in COLLECTIONS.items() if (DATA / what[0]).exists()}
    if not known:
        sys.exit(f"no articles in {DATA}; they lie beside the checkout and are not part of it")
    for shelf, kinds in evaluate(known, arguments.articles_asked).items():
        print(f"{shelf}, {kinds.pop('articles'):,} articles")
        for kind, rankings in kinds.items():
            for how, got in rankings.items():
                print(f"  {kind:9} n={got['n']:4}  {how:16} MRR {got['mrr']:.3f}  recall@5 {got['recall@5']:.3f}  "
                      f"median {got['ms']:.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
