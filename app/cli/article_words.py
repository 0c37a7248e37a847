"""`halldesk article check` and `words`: what a reader would miss in an article, and the team's dictionary."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from app.cli.opening import try_sync
from app.cli.output import Output
from app.desk import Desk
from app.knowledge.links import article_code
from app.knowledge.lint import Finding, lint, names_within
from app.knowledge.reading import ArticleText
from db.ids import id_text

_SAID = {
    "problem": "the problem is not named",
    "steps": "the steps of the solution are not numbered",
    "phone": "a phone number: {words}",
    "mail": "an e-mail address: {words}",
    "name": "a requester's name: {words}",
    "picture": "a picture without words for who can't see it",
    "spelling": "spelt wrong: {words}",
}


def register(verb: Callable[..., Any]) -> None:
    """Add the verbs. `verb`: makes a parser of `halldesk article` (app.cli.articles)."""
    check = verb(
        "check", _check, "what a reader would miss in it, must not find, and what is spelt wrong", writes=False
    )
    check.add_argument("article", metavar="ARTICLE", nargs="?", help="(default: all that are not archived)")
    check.add_argument("--no-spelling", action="store_true", help="leave the words alone")
    words = verb("words", _words, "the team's dictionary: words that the spell check lets stand")
    words.add_argument("--add", action="append", default=[], metavar="WORD", help="may be repeated")
    words.add_argument("--remove", action="append", default=[], metavar="WORD")


def findings(desk: Desk, text: ArticleText, checkers: dict[str, Any]) -> Iterator[Finding]:
    """Everything about one article; the words that are spelt wrong last. `checkers`: by language."""
    from app.spelling.words import words_in

    texts = (text.problem, text.cause, text.solution)
    yield from lint(*texts, names=names_within(desk.context, *texts))
    checker = checkers.get(text.language)
    if checker is not None:
        wrong = checker.wrong(word.text for one in (text.title, *texts) for word in words_in(one))
        yield from (Finding("spelling", word) for word in sorted(wrong, key=str.casefold))


def _check(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.spelling.checker import LANGUAGES, Checker
    from app.spelling.team_words import team_words

    checkers = {} if args.no_spelling else {language: Checker(language) for language in LANGUAGES}
    for checker in checkers.values():
        checker.let_stand(team_words(desk.context))
    reader = desk.knowledge
    articles = [reader.find(args.article)] if args.article else [line.id for line in reader.lines()]
    clean = True
    for number, article in enumerate(articles, start=1):
        text = reader.article(article)
        found = list(findings(desk, text, checkers))
        out.progress("looking", number, len(articles))
        if not found and len(articles) > 1:
            continue
        clean = clean and not found
        data = {"id": id_text(article), "title": text.title, "language": text.language,
                "findings": [{"key": one.key, "words": one.words} for one in found]}  # fmt: skip
        lines = [f"  {_SAID[one.key].format(words=one.words)}" for one in found] or ["  nothing found"]
        out.emit(data, "\n".join((f"{article_code(article)}  {text.title}", *lines)))
    if clean and len(articles) != 1 and not out.as_json:
        print("Nothing found." if articles else "No articles.")
    return 0


def _words(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.spelling.team_words import team_words

    for word in args.add:
        desk.team_words.add(word)
    for word in args.remove:
        desk.team_words.remove(word)
    saved = try_sync(desk, args) if args.add or args.remove else True
    words = team_words(desk.context)
    if desk.trouble:
        out.complain(desk.trouble)
    out.emit({"words": words, "saved": saved}, "\n".join(words) or "The team's dictionary is empty.")
    return 0
