"""Checking the whole log, and what was found in words: chain, signatures and replay against this workstation's copy,
and against the store if it answers (db.verify).

It reads on connections of its own, so that rounds with the store and writing go on beside it, and it can be stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.refusals import in_language
from app.texts import Texts
from db.errors import StorageError
from db.verify import Problem, Verification, Watch, verify

if TYPE_CHECKING:
    from app.desk import Desk


class Stopped(Exception):
    """The person wants to know no more."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found. `bad`: it must be put right; `whose`: who made the entry, where and when, "" where
    it is not about one; `means`: what that means and what to do."""

    bad: bool
    what: str
    whose: str
    means: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.what, f"({self.whose})" if self.whose else "", self.means)))


def check_log(desk: Desk, watch: Watch | None = None) -> Verification:
    """Check all of it. `watch` is told how far each step is; `Stopped`, raised there, ends the check.

    Errors: UserError without this workstation's key; StoreUnreachable when the store goes away meanwhile.
    """
    keys = desk.secret().desk_keys
    with closing(desk.another_log()) as log:
        try:
            away = "" if log.card() is not None else f"There is no help desk at {desk.where}."
        except StorageError as error:
            away = str(error)
        result = verify(desk.replica, None if away else log, keys, watch or (lambda *_: None))
    if not away:
        return result
    return replace(result, notes=[*result.notes, f"The store was not compared with this copy: {away}"])


def summary(result: Verification, texts: Texts) -> str:
    """The verdict in one sentence."""
    if result.ok:
        return texts(_key("verify.well", result.entries), entries=texts.integer(result.entries))
    count = len(result.problems)
    entries = texts.integer(result.entries)
    return texts(_key("verify.wrong", count), count=texts.integer(count), entries=entries)


def _key(key: str, count: int) -> str:
    return f"{key}.one" if count == 1 else key


def findings(result: Verification, texts: Texts, zone: str) -> Iterator[Finding]:
    """What is wrong, then what the rules refused, then what could not be looked at."""
    for bad, problems in ((True, result.problems), (False, result.refused)):
        for problem in problems:
            yield _finding(problem, bad, texts, zone)
    for note in result.notes:
        yield Finding(False, in_language(note, texts.language), "", "")


def _finding(problem: Problem, bad: bool, texts: Texts, zone: str) -> Finding:
    what, means = (in_language(words, texts.language) for words in (problem.why, problem.means))
    if problem.seq is None:
        return Finding(bad, what, "", means)
    if not problem.analyst:
        whose = texts("verify.unknown")
    else:
        whose = texts("verify.whose", who=problem.analyst, workstation=problem.device)
        if problem.at is not None:
            whose += f", {texts.moment(problem.at, zone)}"
    return Finding(bad, texts("verify.entry", seq=texts.integer(problem.seq), what=what), whose, means)
