"""Every refusal a person can meet is said in German, too: the sources are walked for all sentences that are raised."""

from __future__ import annotations

import ast
import re
from itertools import chain, product
from pathlib import Path
from string import Formatter

import pytest

from app.refusals import _place, _templates, in_language, pairs, template

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSALS = {
    "UserError", "KeyMissing", "Overtaken", "NotReachable", "NotWhole", "BothWrote", "StorageError",
    "StoreUnreachable", "NoWayOn", "EntryDamaged", "StoreFull", "UpdateNeeded", "DeviceRevoked", "UsedElsewhere",
    "PasswordNeeded", "StoreDamaged", "NotInvited", "Refused", "RefusedRow", "BuiltUpon", "Unusable", "Forged",
    "Torn", "Sealed", "TooNew", "ChunkMissing",
}  # fmt: skip
"""Not Irreversible and ChunkDamaged: they are told to the log file only; UnguardedWrite: to programmers."""
REASONS = {"authority", "enrolment", "rotation", "upgrades", "fold"}
"""Modules under db/ whose functions return why something does not count."""
CODES = {"gone", "built upon", "rule", "condition", "status", "taken", "a supervisor", "an administrator", ""}
"""Reasons the window has sentences of its own for (ui.conflict_words), and words within sentences."""
STAYS = {
    "⟦0⟧",
    "⟦0⟧; ⟦1⟧",
    "The database ⟦0⟧ ⟦1⟧. Your work is kept here and sent later.",
    "The database ⟦0⟧ lets nobody of that name in from here⟦1⟧; ask its administrator (⟦2⟧).",
}
"""Sentences that are another one's words, or that are put together from the two or three they can be: those are known,
see below."""


class Sentences(ast.NodeVisitor):
    """The sentences of one file, with marks where values stand."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in REFUSALS and node.args:
            self.found += [(node.lineno, said) for said in marked(node.args[0])]
        self.generic_visit(node)


class Reasons(ast.NodeVisitor):
    """The reasons that the functions of one file return."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.found += [(node.lineno, said) for said in marked(node.value) if " " in said]


class Findings(ast.NodeVisitor):
    """What the check of the log finds, and what it says to that: the sentences of db/verify.py, docstrings aside."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Assign(self, node: ast.Assign) -> None:
        self._take(node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._take(node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ("about", "append", "Problem"):
            for argument in node.args:
                self._take(argument)
        self.generic_visit(node)

    def _take(self, node: ast.expr) -> None:
        said = [one for one in marked(node) if one.endswith(".")]
        self.found += [(node.lineno, one) for one in said]


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
    for file in sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "db").rglob("*.py")]):
        source = ast.parse(file.read_text("utf-8"))
        walks: list[Sentences | Reasons | Findings] = [Sentences()]
        if file.relative_to(ROOT).as_posix() == "db/verify.py":
            walks.append(Findings())
        if file.stem in REASONS and file.parent.name == "db":
            walks.append(Reasons())
        for walked in walks:
            walked.visit(source)
            where = file.relative_to(ROOT).as_posix()
            found += [(f"{where}:{line}", said) for line, said in walked.found if said not in CODES]
    return found


DEFINITIONS = ("app/texts", "app/refusals", "app/demo/", "app/demo_day.py", "app/cli/", "app/insight/log_figures.py",
               "app/work/stock_templates.py", "db/migrations/")  # fmt: skip
"""Where sentences stand that are no refusals: both languages side by side, made-up cases, figures for programs."""
LOGGED = {"debug", "info", "warning", "error", "exception", "execute", "executemany", "all", "one", "value", "each"}
"""Calls that are given words for the log file, or SQL."""
NO_REFUSALS = {
    "A backup of a Halldesk help desk.", "Work of a Halldesk workstation that was not sent.",
    "The root key of the help desk",
}  # fmt: skip
"""The beginnings of what is written into files that the program makes."""


class Written(ast.NodeVisitor):
    """Every sentence a file has, whatever becomes of it: held in a constant, returned, handed to another function."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in LOGGED:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        self._take(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._take(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node)):
            self._take(node)

    def _take(self, node: ast.expr) -> None:
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            return
        self.found += [(node.lineno, said) for said in marked(node) if is_sentence(said)]


def is_sentence(said: str) -> bool:
    return said.endswith(".") and said.count(" ") >= 3 and said[0].isupper() and "SELECT" not in said


def test_no_sentence_is_forgotten_because_it_is_not_raised_where_it_stands() -> None:
    lacking, count = [], 0
    for file in sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "db").rglob("*.py")]):
        where = file.relative_to(ROOT).as_posix()
        if where.startswith(DEFINITIONS):
            continue
        walked = Written()
        walked.visit(ast.parse(file.read_text("utf-8")))
        for line, said in walked.found:
            count += 1
            if in_language(said, "de") == said and said not in STAYS and not said.startswith(tuple(NO_REFUSALS)):
                lacking.append(f"{where}:{line}: {said}")
    assert count > 300, "the walk finds the sentences at all"
    assert not lacking, "say these in German in app/refusals_*.py:\n" + "\n".join(lacking)


def test_every_refusal_is_said_in_german() -> None:
    sentences = raised()
    assert len(sentences) > 500, "the walk finds the sentences at all"
    lacking = [f"{where}: {said}" for where, said in sentences if said not in STAYS and in_language(said, "de") == said]
    assert not lacking, "say these in German in app/refusals_*.py:\n" + "\n".join(lacking)


def swallowed(said: str) -> list[str]:
    """What a place of the template that fits takes in although it is words of the sentence, and has no German."""
    mark, two_words = re.compile(r"⟦\d⟧"), re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")
    for one in _templates():
        found = one.fit(said)
        if found is not None:
            return [
                value for value in found.values() if two_words.search(mark.sub("", value)) and _place(value, 2) == value
            ]
    return []


def test_no_sentence_is_taken_for_another_one() -> None:
    """A template of few words fits much: "{value} is no {field}." once made half a German sentence of thirteen."""
    wrong = {said: found for _where, said in raised() if said not in STAYS and (found := swallowed(said))}
    assert not wrong
    assert swallowed("There is no queue named ⟦0⟧; there are places left on this drive.")


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
        (
            "Entry 7 of the shared log is damaged (7.e is damaged: checksum is wrong; 7.r1 was refused: it does not "
            "follow the entry before it).",
            "Eintrag 7 des gemeinsamen Logs ist beschädigt (7.e ist beschädigt: die Prüfsumme stimmt nicht; 7.r1 wurde "
            "nicht angenommen: es folgt nicht auf den Eintrag davor).",
        ),
        (
            "The database db/desk is full; make room on its disk. Your work is kept here and sent later.",
            "Die Datenbank db/desk ist voll; schaffen Sie Platz auf ihrer Platte. Ihre Arbeit bleibt hier und wird "
            "später gesendet.",
        ),
        (
            "The database db/desk lets nobody of that name in from here without TLS; ask its administrator (no entry).",
            "Die Datenbank db/desk lässt von hier ohne TLS niemanden dieses Namens ein; fragen Sie, wer sie verwaltet "
            "(no entry).",
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
