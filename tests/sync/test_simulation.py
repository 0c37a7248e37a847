"""The simulation holds, and it would notice: stores and replicas that break the protocol are caught."""

from __future__ import annotations

import pytest

from db.errors import StorageError
from db.outbox import Beside, Outbox
from tests.sync.simulation import Mutant, run

MANY = 30
"""Histories a mutant is given to go wrong in: what the suite runs of the protocol itself. Ten are enough."""
pytestmark = pytest.mark.timeout(0)
"""Bounded by their number; on a machine that does much else they take minutes, and a limit that strikes within
a history looks like one that went wrong."""


def test_replicas_agree_after_any_history_of_work_and_faults() -> None:
    run()


@pytest.mark.parametrize("mutant", ["publish by overwriting", "no read-back", "no healing", "no re-verification"])
def test_a_protocol_with_a_step_less_is_caught(mutant: Mutant) -> None:
    with pytest.raises((AssertionError, StorageError)):
        run(mutant, MANY)


def test_work_left_in_place_under_news_of_the_same_rows_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Beside, "meeting", lambda *_: set())
    with pytest.raises(AssertionError):
        run("no mercy", MANY)


def test_work_put_again_without_asking_whether_the_log_has_it_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    redo = Outbox._redo

    def forgetful(self, rows, n, record, *rest):
        self._raw.execute("DELETE FROM applied_tx WHERE id = ?", (record.id,))
        return redo(self, rows, n, record, *rest)

    monkeypatch.setattr(Outbox, "_redo", forgetful)
    with pytest.raises(AssertionError):
        run("no mercy", MANY)
