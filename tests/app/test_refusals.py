"""Every refusal a person can meet is said in German, too: the sources are walked for all sentences that are raised."""

from __future__ import annotations

import ast
from itertools import chain, product
from pathlib import Path
from string import Formatter

import pytest

from app.refusals import in_language, pairs, template

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSALS = {"UserError", "KeyMissing", "Overtaken", "NotReachable", "NotWhole", "BothWrote"}
STAYS = {"⟦0⟧"}
"""Sentences that are another one's words: translated where those are."""


class Sentences(ast.NodeVisitor):
    """The sentences of one file, with marks where values stand."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in REFUSALS and node.args:
            self.found += [(node.lineno, said) for said in marked(node.args[0])]
        self.generic_visit(node)


def marked(node: ast.expr) -> set[str]:
    """All a message can be; the n-th value as ⟦n⟧."""
    sentences = set()
    for parts in possible(node):
        count, said = 0, ""
        for part in parts:
            said += f"⟦{count}⟧" if part is None else part
            count += part is None
        sentences.add(said)
    return sentences


def possible(node: ast.expr) -> list[list[str | None]]:
    match node:
        case ast.Constant(value=str(text)):
            return [[text]]
        case ast.FormattedValue(value=ast.IfExp() as choice) | (ast.IfExp() as choice):
            return possible(choice.body) + possible(choice.orelse)
        case ast.JoinedStr(values=values):
            return [list(chain(*parts)) for parts in product(*(possible(value) for value in values))]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [one + other for one in possible(left) for other in possible(right)]
    return [[None]]


def raised() -> list[tuple[str, str]]:
    found = []
    for file in sorted((ROOT / "app").rglob("*.py")):
        if (ROOT / "app" / "cli") in file.parents:
            continue  # who types a command reads English: so does its help
        walked = Sentences()
        walked.visit(ast.parse(file.read_text("utf-8")))
        found += [(f"{file.relative_to(ROOT).as_posix()}:{line}", said) for line, said in walked.found]
    return found


def test_every_refusal_is_said_in_german() -> None:
    sentences = raised()
    assert len(sentences) > 250, "the walk finds the sentences at all"
    lacking = [f"{where}: {said}" for where, said in sentences if said not in STAYS and in_language(said, "de") == said]
    assert not lacking, "say these in German in app/refusals_*.py:\n" + "\n".join(lacking)


def test_no_value_is_lost_on_the_way() -> None:
    for where, said in raised():
        german = in_language(said, "de")
        for mark in (part for part in ("⟦0⟧", "⟦1⟧", "⟦2⟧", "⟦3⟧", "⟦4⟧") if part in said):
            assert mark in german, f"{where}: {said} -> {german}"


@pytest.mark.parametrize(("english", "german"), list(pairs()))
def test_both_sides_name_the_same_places(english: str, german: str) -> None:
    assert names(english) == names(german)
    assert english[-1] == german[-1] or english[-1] not in ".?" or german[-1] in ".?“"


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(
    ("said", "german"),
    [
        (
            "A case that is closed can't become waiting; reopen it first.",
            "Ein Fall im Status „geschlossen“ kommt von dort nicht nach „wartet“; öffnen Sie ihn zuerst wieder.",
        ),
        (
            "That is not allowed: only a supervisor may change coverage.",
            "Das ist nicht erlaubt: das ändert nur ein Supervisor (Betreuung).",
        ),
        (
            "There is no queue named 'Halle 9'; did you mean Halle 1, Halle 2?",
            "Warteschlange: „Halle 9“ gibt es nicht; meinten Sie Halle 1, Halle 2?",
        ),
        ('the status "open" is not in the mapping', "Status: „open“ kommt in der Zuordnung nicht vor"),
        ("Something nobody wrote down.", "Something nobody wrote down."),
    ],
)
def test_sentences_within_sentences_and_words(said: str, german: str) -> None:
    assert in_language(said, "de-AT") == german
    assert in_language(said, "en") == said


def test_a_place_holds_what_looks_like_the_sentence_around_it() -> None:
    found = template("{a} is {b} already.", "{a} ist schon {b}.").fit("What is here is gone already.")
    assert found == {"a": "What", "b": "here is gone"}
