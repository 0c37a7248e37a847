"""The fake keeps the same contract as the real ones, or its simulation proves nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sync.contract import SharedLogContract
from tests.sync.memory_log import MemoryLog, MemoryStore


class TestMemoryLog(SharedLogContract):
    @pytest.fixture
    def open_log(self, store: MemoryStore) -> Callable[[], MemoryLog]:
        return lambda: MemoryLog(store)

    @pytest.fixture
    def uproot(self, store: MemoryStore) -> Callable[[], None]:
        return lambda: setattr(store, "gone", True)
