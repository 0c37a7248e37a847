"""`halldesk demo` without a screen: the day in text, its printed week, its proof; a second start finds the desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]


def _demo(profile: Path, *words: str) -> subprocess.CompletedProcess[str]:
    without_screen = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "ui", "demo", "--profile", str(profile), "--cases", "300", "--headless", *words],
        capture_output=True, text=True, encoding="utf-8", timeout=110, check=False,
        env={**without_screen, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_the_demo_does_a_days_work_without_a_screen(tmp_path: Path):
    profile = tmp_path / "demo desk"
    first = _demo(profile)
    assert first.returncode == 0, first.stderr
    assert "There is no screen here" in first.stdout
    assert "all is well" in first.stdout
    second = _demo(profile, "--json")
    assert second.returncode == 0, second.stderr
    told = json.loads(second.stdout)
    assert told["verified"]
    assert told["pending"] == 0
    assert told["case"] == "302"
    assert len(PdfReader(told["pdf"]).pages) >= 3
    assert json.loads(Path(told["figures"]).read_text(encoding="utf-8"))


def test_the_demo_never_touches_a_real_desk(tmp_path: Path):
    profile = tmp_path / "real"
    share = tmp_path / "share"
    share.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "app", "found", "--profile", str(profile), "--share", str(share), "--name", "Real",
         "--as", "Anna", "--key-file", str(tmp_path / "keys")],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    refused = _demo(profile, "--fresh")
    assert refused.returncode == 1
    assert "holds a real help desk" in refused.stderr
    assert (profile / "replica.db").exists()


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere an open file can be removed")
def test_a_demo_that_is_open_is_not_made_anew(tmp_path: Path):
    profile = tmp_path / "demo desk"
    assert _demo(profile).returncode == 0
    with (profile / "replica.db").open("rb"):
        refused = _demo(profile, "--fresh")
    assert refused.returncode == 1
    assert "close the window" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert _demo(profile, "--fresh").returncode == 0
