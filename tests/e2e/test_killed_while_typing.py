"""A window that is killed in mid-word has lost the last burst of keys at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.desk import Desk
from app.reading import ReadingDesk
from app.work.cases import NewCase
from tests.desks import found_desk
from tests.e2e.typist import ANSWER, KEY_MS, WORDS
from ui.composer import BURST_MS

ROOT = Path(__file__).resolve().parents[2]
SLACK_MS = 400
"""For a machine that is busy: the burst ends, the lane commits, the disk flushes."""
LOST_AT_MOST = -(-(BURST_MS + SLACK_MS) // KEY_MS)
"""Keys. Not the clock of this process but the keys of the other one tell how long a burst is ago: a machine that stands
still for a second keeps nothing meanwhile, and types nothing either."""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    desk: Desk = found_desk(tmp_path)
    desk.cases.claim(desk.cases.new(NewCase(title="Printer is on fire", severity=2)).case_id)
    desk.close()
    return desk.profile.folder


def test_what_was_typed_before_the_last_burst_is_there_after_a_kill(profile: Path, tmp_path: Path) -> None:
    safe, typed = _killed_in_mid_word(profile)
    kept = _draft(profile)
    assert kept == (WORDS * 2)[: len(kept)], "what is kept is not what was typed"
    assert len(kept) >= safe, f"{typed} keys were typed, {len(kept)} are kept"


def test_an_article_that_is_written_outlives_a_kill_and_is_offered_again(profile: Path) -> None:
    safe, typed = _killed_in_mid_word(profile, "--article")
    kept = _article_draft(profile)
    assert kept == (WORDS * 2)[: len(kept)], "what is kept is not what was typed"
    assert len(kept) >= safe, f"{typed} keys were typed, {len(kept)} are kept"
    assert _until_killed(profile, "--unsaved", "unsaved") == ["unsaved", str(len(kept))]


def _killed_in_mid_word(profile: Path, *options: str) -> tuple[int, int]:
    """(keys that must have been kept, keys that were typed) when the window was killed."""
    lengths: list[int] = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.e2e.typist", str(profile), *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as typist:
        assert typist.stdout is not None
        for line in typist.stdout:
            word, length = line.split()
            assert word == "key"
            lengths.append(int(length))
            if len(lengths) == 60:
                break
        typist.kill()
    assert len(lengths) == 60, "it ended by itself"
    safe = lengths[-1 - LOST_AT_MOST]
    assert safe > 20, "too little was typed to tell"
    return safe, lengths[-1]


def test_an_answer_that_is_held_back_goes_out_once_whenever_it_is_killed(profile: Path) -> None:
    """Killed while it counts down, and killed again at the start that sends it."""
    (profile / "settings.json").write_text(json.dumps({"place": "open", "send_delay_s": 600}))
    _until_killed(profile, "--answer", "held")
    assert _answers(profile) == 0
    _until_killed(profile, "--look", "looks")
    assert _answers(profile) == 1
    _until_killed(profile, "--look", "looks")
    assert _answers(profile) == 1


def _until_killed(profile: Path, what: str, said: str) -> list[str]:
    """Start the window, wait until it says a word, kill it; what it said."""
    command = [sys.executable, "-m", "tests.e2e.typist", str(profile), what]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as window:
        assert window.stdout is not None
        words = window.stdout.readline().split()
        window.kill()
    assert words[:1] == [said]
    return words


def _answers(profile: Path) -> int:
    """How often the answer is in the database."""
    from app.profile import Profile

    reading = ReadingDesk(Profile(profile))
    try:
        return int(reading.context.reader.value("SELECT count(*) FROM timeline_entry WHERE text = ?", (ANSWER,)))
    finally:
        reading.close()


def _draft(profile: Path) -> str:
    return str(json.loads(_kept(profile, "note:"))["text"])


def _article_draft(profile: Path) -> str:
    return str(json.loads(_kept(profile, "article:"))["values"]["solution"])


def _kept(profile: Path, begin: str) -> str:
    from app.profile import Profile

    reading = ReadingDesk(Profile(profile))
    try:
        (draft,) = [text for key, text in reading.drafts.all().items() if key.startswith(begin)]
    finally:
        reading.close()
    return str(draft)
