"""How well cases of a new kind are told from known ones: `python -m tests.bench.new_kind`.

Nobody has labelled cases by hand, so two sources are made into ones whose label is known by a rule that was written
before any figure was looked at, with a fixed seed.

**Texts** (GNOME's documentation in English and German, LibreOffice's help; see README, "Data"). The articles of a
collection whose title stands alone are shuffled and dealt: of four, two become articles of the desk, one is only known
from three resolved cases, one is unknown. Each is then asked about once. A case's title is two or three telling words
of the page's title in another order; one time in four a word is misspelt, one time in four it is called by another name
where it has one; the description is two pieces of six words of the page's text, and so are those of resolved cases. A
case about an unknown page is of a new kind, all others are not.

**A log** (UCI 498, 24,918 incidents of a real desk). It has codes instead of words: a case's title is its category,
subcategory and symptom as three words, in the order of time. Each fifth incident is asked about on its day, when the
incidents resolved before it are known. It is of a new kind when no incident resolved earlier has both its subcategory
and its symptom; those without any of the three are left out.

"New" is what is looked for: precision is the share of marked cases that are new, recall the share of new cases that are
marked. Of the articles suggested for the same cases, "found" is the share of those about a page that is an article
whose page is among the five, and "idle" how many articles are suggested on average for a case of a new kind, which are
all in vain. Thresholds are tried on every second four pages; the best F1 of the three collections together is taken,
and reported on the other pages and on the log, which had no part in it.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.desk import Desk
from app.finding.query import FILLERS
from app.finding.synonyms import other_names
from app.founding import found
from app.knowledge import new_kind
from app.knowledge.suggestions import Asked, Suggestions
from app.profile import Profile
from db.ids import new_id
from db.search_index import fold_text
from db.shapes import Article, Case
from tests.bench.kb_ranking import _PLAIN, COLLECTIONS, DATA, _misspell
from tests.bench.kb_ranking import pages as pages_of

LOG: Final = DATA.parent / "servicenow-uci498" / "incidents.csv.zst"
THRESHOLDS: Final = tuple(n / 20 for n in range(4, 18))
_WORD: Final = re.compile(r"\w+")
_STEP: Final = 20
"""Cases solved between two looks at the log: a day's worth."""


class Told(NamedTuple):
    """One case that was asked about: how like the nearest known thing it is, and whether it is new; whether its article
    was among those suggested (None: it has none), and how many were."""

    likeness: float
    new: bool
    found: bool | None = None
    suggested: int = 0


def figures(told: Iterable[Told], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of "new" at a threshold; `n` cases, of which `new`; "found" and "idle" don't depend on
    it."""
    known = list(told)
    marked = [one for one in known if one.likeness < threshold]
    new, right = sum(one.new for one in known), sum(one.new for one in marked)
    precision, recall = right / len(marked) if marked else 0.0, right / new if new else 0.0
    mine, idle = [one.found for one in known if one.found is not None], [one.suggested for one in known if one.new]
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"n": len(known), "new": new, "marked": len(marked), "precision": round(precision, 3),
            "recall": round(recall, 3), "f1": round(f1, 3), "found": round(sum(mine) / len(mine), 3) if mine else 0.0,
            "idle": round(sum(idle) / len(idle), 2) if idle else 0.0}  # fmt: skip


def ask_texts(desk: Desk, shelf: Sequence[tuple[str, str]], language: str, seed: int) -> list[Told]:
    """One collection of (title, text), dealt, put in and asked about; in the order of the deal."""
    chance = random.Random(seed)
    titles = [fold_text(title) for title, _text in shelf]
    alone = [page for page, title in zip(shelf, titles, strict=True) if titles.count(title) == 1]
    chance.shuffle(alone)
    with desk.replica.transaction("import", desk.me, at=1, undoable=False) as tx:
        tx.insert_many(Article, [
            (new_id(), {"title": title, "solution": text, "language": language, "state": "reviewed", "created_at": 1,
                        "updated_at": 1}) for n, (title, text) in enumerate(alone) if n % 4 < 2
        ])  # fmt: skip
        for title, text in alone[2::4]:
            _resolved(tx, [_made_case(title, text, chance) for _ in range(3)])
    kinds, helping = new_kind.NewKinds(desk.context, desk.search), Suggestions(desk.context, desk.search)
    out = []
    for n, (title, text) in enumerate(alone):
        asked = _made_case(title, text, chance)
        said, shown = kinds.of(*asked), helping.find(Asked(*asked))
        if said.new is not None:
            found = any(one.title == title for one in shown) if n % 4 < 2 else None
            out.append(Told(said.nearest.likeness, n % 4 == 3, found, len(shown)))
    return out


def _made_case(title: str, text: str, chance: random.Random) -> tuple[str, str]:
    words = [w for w in _WORD.findall(fold_text(title)) if w not in FILLERS and len(w) > 1]
    chosen = chance.sample(words, min(len(words), chance.choice((2, 3))))
    long = [w for w in chosen if len(w) >= 5 and w.isalpha()]
    named = [w for w in chosen if other_names((w,))]
    how = chance.randrange(4)
    if how == 0 and long:
        wrong = chance.choice(long)
        chosen = [_misspell(w, chance) if w == wrong else w for w in chosen]
    elif how == 1 and named:
        other = chance.choice(named)
        chosen = [" ".join(chance.choice(other_names((other,)))) if w == other else w for w in chosen]
    body = _WORD.findall(_PLAIN.sub(" ", text))
    pieces = [body[start : start + 6] for start in (chance.randrange(max(1, len(body) - 6)) for _ in range(2))]
    return " ".join(chosen), " ".join(word for piece in pieces for word in piece)


def _resolved(tx: Any, cases: Iterable[tuple[str, str]]) -> None:
    tx.insert_many(Case, [
        (new_id(), {"title": title or "?", "description": text, "severity": 3, "kind": "incident", "status": "resolved",
                    "opened_at": 1, "updated_at": 1, "resolved_at": 2, "ended_at": 2, "resolution": "done"})
        for title, text in cases
    ])  # fmt: skip


def incidents(path: Path) -> Iterator[tuple[str, str, str]]:
    """(category, subcategory, symptom) in the order of opening, as three words that say what they are."""
    import zstandard

    with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        rows = list(csv.DictReader(io.TextIOWrapper(stream, "utf-8")))
    rows.sort(key=lambda row: row["opened_at"])
    for row in rows:
        said = [row[name].replace(" ", "") for name in ("category", "subcategory", "u_symptom")]
        if all(said):
            yield said[0], said[1], said[2]


def ask_log(desk: Desk, log: Sequence[tuple[str, str, str]], every: int) -> list[Told]:
    """The log in the order of time; each `every`th incident is asked about before it is known."""
    kinds = new_kind.NewKinds(desk.context, desk.search)
    seen: set[tuple[str, str]] = set()
    out = []
    for start in range(0, len(log), _STEP):
        day = log[start : start + _STEP]
        for n, words in enumerate(day, start):
            if n % every == 0:
                said = kinds.of(" ".join(words))
                if said.new is not None:
                    out.append(Told(said.nearest.likeness, words[1:] not in seen))
        with desk.replica.transaction("import", desk.me, at=1, undoable=False) as tx:
            _resolved(tx, [(" ".join(words), "") for words in day])
        seen.update(words[1:] for words in day)
    return out


class Evaluation(NamedTuple):
    """What came out: the threshold, the tuning curve and the figures by source."""

    threshold: float
    curve: dict[float, dict[str, float]]
    reported: dict[str, dict[str, float]]


def evaluate(pages: int, incidents_asked: int) -> Evaluation:
    """All of it. `pages`: pages of a collection; `incidents_asked`: the first so many of the log (0: none)."""
    tuning: list[Told] = []
    reported: dict[str, list[Told]] = {}
    for name, (file, language) in COLLECTIONS.items():
        if (DATA / file).exists():
            shelf = [(page.title, page.markdown) for _name, page in pages_of(DATA / file)]
            random.Random(zlib.crc32(name.encode())).shuffle(shelf)
            with _desk() as desk:
                told = ask_texts(desk, shelf[:pages], language, zlib.crc32(name.encode()))
            # The deal goes by four, so every second four: both halves hold all kinds of pages.
            tuning += [one for n, one in enumerate(told) if n // 4 % 2 == 0]
            reported[name] = [one for n, one in enumerate(told) if n // 4 % 2]
    curve = {threshold: figures(tuning, threshold) for threshold in THRESHOLDS}
    best = max(THRESHOLDS, key=lambda threshold: curve[threshold]["f1"])
    if incidents_asked and LOG.exists():
        with _desk() as desk:
            reported["UCI 498"] = ask_log(desk, list(incidents(LOG))[:incidents_asked], 5)
    return Evaluation(best, curve, {
        f"{name} at {threshold}": figures(told, threshold)
        for name, told in reported.items() for threshold in sorted({best, new_kind.THRESHOLD})
    })  # fmt: skip


class _desk:  # noqa: N801 - used like a function
    """A desk for one source."""

    def __enter__(self) -> Desk:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        (folder / "share").mkdir()
        found(Profile(folder / "p"), str(folder / "share"), "Bench", "Anna Kern", zone="Europe/Berlin",
              key_file=folder / "keys")  # fmt: skip
        self._made = Desk(Profile(folder / "p"))
        return self._made

    def __exit__(self, *_error: object) -> None:
        self._made.close()
        self._folder.cleanup()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="new_kind", description="precision and recall of new-kind detection")
    parser.add_argument("--pages", type=int, default=800, metavar="N", help="pages of a collection at most")
    parser.add_argument("--incidents", type=int, default=10_000, metavar="N", help="of the log, the first so many")
    arguments = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"no articles in {DATA}; they lie beside the checkout and are not part of it")
    got = evaluate(arguments.pages, arguments.incidents)
    print("tuning, every second four pages of all collections:")
    for threshold, row in got.curve.items():
        print(f"  {threshold:.2f}  {row}")
    print(f"best F1 at {got.threshold}; the program uses {new_kind.THRESHOLD}")
    for name, row in got.reported.items():
        print(f"  {name:24} {row}")


if __name__ == "__main__":
    main()
