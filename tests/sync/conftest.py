"""Desks of one, two and three workstations on a shared log in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, found, join


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def make_log(store: MemoryStore) -> Callable[[str], MemoryLog]:
    return lambda _name: MemoryLog(store)


@pytest.fixture
def anna(tmp_path: Path, make_log: Callable[[str], MemoryLog]) -> Iterator[Station]:
    """The founder, administrator."""
    station = found(tmp_path, make_log)
    yield station
    station.replica.close()


@pytest.fixture
def jo(anna: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]) -> Iterator[Station]:
    """An analyst who joined and whom Anna knows."""
    station = join(anna, tmp_path, make_log, "Jo")
    anna.sync()
    yield station
    station.replica.close()


@pytest.fixture
def kim(anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]) -> Iterator[Station]:
    """A third one, whom both know."""
    station = join(anna, tmp_path, make_log, "Kim")
    anna.sync()
    jo.sync()
    yield station
    station.replica.close()
