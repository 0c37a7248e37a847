"""What the figures of a log are made of: values with the cases behind them, and trees of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from app.insight.case_log import CaseLog
from app.insight.figure import CaseKey


class Told(NamedTuple):
    """A value of the tree: numbers, texts or a flat list; the cases behind it are looked up on demand."""

    value: Any
    cases: Callable[[], Iterable[CaseKey]] | None = None


Tree = dict[str, Any]
"""Names to Told or Tree."""


def keys_of(logs: Iterable[CaseLog]) -> Callable[[], Iterable[CaseKey]]:
    """Their keys, looked up when somebody asks."""
    return lambda: (log.key for log in logs)


def those(logs: Sequence[CaseLog]) -> Told:
    """How many they are, with them."""
    return Told(len(logs), keys_of(logs))
