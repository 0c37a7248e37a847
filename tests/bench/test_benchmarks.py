"""The benchmarks run small, to see that they work; what they measure is never a reason to fail."""

from __future__ import annotations

import json
from pathlib import Path

import psutil
import pytest

from tests.bench import (
    bench_apply,
    bench_due,
    bench_join,
    bench_notice,
    bench_publish,
    bench_radar,
    bench_work,
    bench_writers,
    report,
)
from tests.postgres import PostgresServer


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "results.json"
    monkeypatch.setattr(report, "RESULTS", kept)
    return kept


def test_publishing_is_measured_as_a_round_and_as_a_step(results: Path) -> None:
    bench_publish.main(rounds=3)
    found = json.loads(results.read_text(encoding="utf-8"))
    assert set(found) == {"publish", "publish: the step on the drive"}
    assert all(one["ours_ms"] > 0 and one["floor_ms"] > 0 for one in found.values())


def test_writing_and_finding_are_measured(results: Path, tmp_path: Path) -> None:
    bench_work.run(500, tmp_path / "data")
    found = json.loads(results.read_text(encoding="utf-8"))
    assert len(found) == 4
    assert all(one["ratio"] > 0 for one in found.values())


def test_storing_due_times_again_is_measured(results: Path, tmp_path: Path) -> None:
    bench_due.run(300, tmp_path)
    (found,) = json.loads(results.read_text(encoding="utf-8")).values()
    assert found["changed"] > 250
    assert found["floor_ms"] > 0


def test_the_matrix_and_a_rehearsal_are_measured(results: Path, tmp_path: Path) -> None:
    bench_radar.run(tmp_path / "data", 300, 1)
    found = json.loads(results.read_text(encoding="utf-8"))
    assert set(found) == {"radar, 300 cases", "rehearsal, 300 cases"}
    assert all(one["ours_ms"] > 0 and one["floor_ms"] > 0 for one in found.values())


def test_joining_is_measured(results: Path, tmp_path: Path) -> None:
    bench_join.run(300, tmp_path / "data")
    assert json.loads(results.read_text(encoding="utf-8"))["join by a snapshot"]["ratio"] > 0


def test_following_the_log_is_measured(results: Path) -> None:
    assert bench_apply.main(entries=3, rounds=1) > 0
    (found,) = json.loads(results.read_text(encoding="utf-8")).values()
    assert (found["entries"], found["rows"]) == (3, 54)


def test_many_writers_are_measured_beside_a_shared_file(results: Path) -> None:
    bench_writers.main(seconds=0.5, writers=3)
    found = json.loads(results.read_text(encoding="utf-8"))
    assert len(found) == 4
    at_once = found["16 writers, at once: commit"]
    assert at_once["changes_per_second"] > 0
    assert at_once["in_the_log"] == at_once["changes"] == 3 * 12, "what the log has not got is not counted"


def test_how_soon_another_workstation_hears_of_a_change_is_measured(
    results: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    bench_notice.run(postgres, tmp_path, rounds=3)
    (found,) = json.loads(results.read_text(encoding="utf-8")).values()
    assert found["floor_ms"] > 0
    assert 0 < found["ours_ms"] <= found["p95_ms"]


def test_a_process_that_ends_while_it_is_looked_at_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def cpu_times(self) -> tuple[float, ...]:
            raise psutil.NoSuchProcess(1)

    monkeypatch.setattr(psutil.Process, "children", lambda _self, recursive: [Gone()])
    assert report.Machine().others_percent() in {None, *range(101)}
