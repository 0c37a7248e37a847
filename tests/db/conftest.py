"""A founded desk without a log: a replica that its administrator works on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, found


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def anna(tmp_path: Path, store: MemoryStore) -> Iterator[Station]:
    """The founder at her workstation; entry 1 is in the log."""
    station = found(tmp_path, lambda _name: MemoryLog(store))
    yield station
    station.replica.close()
