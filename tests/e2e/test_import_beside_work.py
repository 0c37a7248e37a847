"""A job imports a long list on a workstation on which somebody works: both are processes of one profile."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.desk import Desk
from app.profile import Profile
from app.work.cases import NewCase
from tests.desks import found_desk
from tests.e2e.test_command_line import ROOT, Workstation

MACHINES = 12_000


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path)
    yield opened
    opened.close()


def _hear_ctrl_c() -> None:
    """Whatever started the tests in the background has Ctrl+C ignored, and what it starts inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _importing(tmp_path: Path) -> subprocess.Popen[str]:
    file = tmp_path / "machines.csv"
    file.write_text("tag,name\n" + "".join(f"M-{n},Press {n}\n" for n in range(MACHINES)), encoding="utf-8")
    anna = Workstation(tmp_path, "anna")
    return subprocess.Popen(
        [sys.executable, "-m", "app", "import", "assets", str(file), "--offline", "--profile", str(anna.profile)],
        env=anna.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=None if sys.platform == "win32" else _hear_ctrl_c,
    )  # fmt: skip


def _machines(desk: Desk) -> int:
    return int(desk.context.reader.value("SELECT count(*) FROM asset"))


def _begun(desk: Desk, job: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while _machines(desk) <= 400:
        assert time.monotonic() < until
        assert job.poll() is None, job.communicate()
        time.sleep(0.005)


def test_saving_comes_in_between(tmp_path: Path, desk: Desk):
    assert Profile(tmp_path / "anna").attached
    job = _importing(tmp_path)
    _begun(desk, job)
    seen = []
    for number in range(5):
        desk.cases.new(NewCase(f"Scanner {number} hums", 3))
        seen.append(_machines(desk))
    assert seen[0] > 0
    assert seen[-1] < MACHINES, "five cases were opened before the list was in"
    said, complaint = job.communicate(timeout=100)
    assert (job.returncode, complaint) == (0, "")
    assert said.startswith("12,000 rows: 12,000 cases, 12,000 created")
    assert _machines(desk) == MACHINES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")
def test_stopped_it_says_what_is_in_and_goes_on_from_there(tmp_path: Path, desk: Desk):
    job = _importing(tmp_path)
    _begun(desk, job)
    job.send_signal(signal.SIGINT)
    said, complaint = job.communicate(timeout=100)
    there = _machines(desk)
    assert 0 < there < MACHINES
    assert (job.returncode, said) == (130, "")
    told = re.fullmatch(
        r"halldesk: Stopped: ([\d,]+) of 12,000 rows are in and stay. "
        r"Importing the same file again goes on from there.\n",
        complaint,
    )
    assert told is not None, complaint
    assert int(told[1].replace(",", "")) == there
    job = _importing(tmp_path)
    said, _complaint = job.communicate(timeout=100)
    assert said.startswith(f"12,000 rows: 12,000 cases, {MACHINES - there:,} created, 0 updated, {there:,} skipped")
