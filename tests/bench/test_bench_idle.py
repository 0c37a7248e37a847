"""The benchmark of the idle client runs small, to see that it works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import bench_idle, report


def test_an_idle_client_is_measured_with_and_without_a_bell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "results.json"
    monkeypatch.setattr(report, "RESULTS", kept)
    bench_idle.main(seconds=0.3, changes=1)
    found = json.loads(kept.read_text(encoding="utf-8"))
    assert len(found) == 4
    assert all(one["operations_per_s"] >= 0 for name, one in found.items() if name.startswith("idle"))
    assert all(one["changes"] == 1 for name, one in found.items() if name.startswith("news"))
