"""What one key costs while somebody searches, and what stands beside the words: at 100,000 cases and at a million.

    python -m tests.bench.bench_typing [--cases 100000] [--keep DIR]

The desk has that many cases (tests.bench.case_data) and 3,000 real articles (LibreOffice and GNOME help; see README,
"Data"). Twenty-four queries are typed key by key, from the first letter on: half are words of an article's title, half
words of a case's. The floor of a key is the bare query of the full-text index for the newest thirty cases with the same
letters, measured in turns with ours. Beside it: suggestions with new-kind detection, as after a pause of the keys, and
what is missing.

Times are of the processor in this thread, because the machine may be busy; the file is in the system's cache. Goals for
the 95th percentile of a key: 50 ms at 100,000 cases, 100 ms at a million.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time
from typing import Final

from app.desk import Desk
from app.knowledge.gaps import find_gaps
from app.knowledge.suggestions import Asked
from db.search_index import match_expression
from tests.bench.case_data import VOCABULARY, WEIGHTS, build
from tests.bench.kb_ranking import COLLECTIONS, DATA, fill, queries
from tests.bench.report import median, record

ARTICLES: Final = 3_000
QUERIES: Final = 24
GOALS: Final = {100_000: 50.0, 1_000_000: 100.0}


def keys(words: str) -> Iterator[str]:
    """What stands in the field after each key."""
    return (words[: n + 1] for n in range(len(words)))


def shelve(desk: Desk) -> list[str]:
    """Put the articles in where they are not there yet; returns words of titles."""
    shelved = 0
    for file, language in reversed(COLLECTIONS.values()):
        left = ARTICLES - shelved
        short = desk.context.reader.value("SELECT count(*) FROM article") < ARTICLES
        if left > 0 and short and (DATA / file).exists():
            shelved += len(fill(desk, DATA / file, language, left))
    rows = desk.context.reader.all("SELECT rid, title, solution FROM article ORDER BY rid LIMIT ?", (ARTICLES,))
    asked = queries([(row[0], row[1], row[2]) for row in rows], 5, QUERIES)
    return [one.words for one in asked if one.kind == "title"]


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of this thread's processor."""
    start = thread_time()
    call()
    return (thread_time() - start) * 1000


def late(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def run(cases: int, folder: Path) -> None:
    """Measure on a profile in `folder` with that many cases."""
    desk = Desk(build(folder, cases))
    try:
        titles, chance = shelve(desk), random.Random(3)
        mixed = [" ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=3)) for _ in range(QUERIES // 2)]
        typed = [*titles[: QUERIES // 2], *mixed]
        reader = desk.context.reader
        first = timed(desk.search.vocabulary)
        ours: list[float] = []
        floor: list[float] = []
        worst = ("", 0.0)
        for words in typed:
            for text in keys(words):
                expression = match_expression(text)
                ours.append(timed(lambda text=text: desk.search.find(text, limit=30)))  # type: ignore[misc]
                worst = max(worst, (text, ours[-1]), key=lambda one: one[1])
                if expression is not None:
                    floor.append(timed(lambda expression=expression: reader.all(  # type: ignore[misc]
                        "SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT 30", (expression,)
                    )))  # fmt: skip
        record(
            f"typing: a key in the search, {cases:,} cases and {ARTICLES:,} articles", late(ours), late(floor),
            median_ms=round(median(ours), 2), floor_median_ms=round(median(floor), 2), keys=len(ours),
            goal_ms=GOALS.get(cases), worst=worst[0], worst_ms=round(worst[1], 1), words_first_ms=round(first, 1),
        )  # fmt: skip
        beside = []
        for words in typed:
            text = " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=25))
            beside.append(timed(lambda words=words, text=text: (  # type: ignore[misc]
                desk.reading.suggestions.find(Asked(words, text)), desk.reading.new_kinds.of(words, text)
            )))  # fmt: skip
        record(
            f"typing: suggestions and new kind, {cases:,} cases and {ARTICLES:,} articles", late(beside), late(floor),
            median_ms=round(median(beside), 2),
        )  # fmt: skip
        scan = timed(lambda: reader.all('SELECT resolved_at, product_id, title FROM "case"'))
        gaps = timed(lambda: find_gaps(desk.context, desk.directory, desk.reading.missed))
        record(f"typing: what is missing, {cases:,} cases", gaps, scan)
    finally:
        desk.close()


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description="Measure a key of the search against the bare index.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the data in this folder for the next run")
    arguments = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"no articles in {DATA}; they lie beside the checkout and are not part of it")
    if arguments.keep:
        run(arguments.cases, arguments.keep)
    else:
        with TemporaryDirectory(prefix="halldesk-bench-") as name:
            run(arguments.cases, Path(name))


if __name__ == "__main__":
    main()
