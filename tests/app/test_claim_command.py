"""`case claim` by several processes of one profile: each is told what the log says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import cases, main
from app.cli.opening import try_sync
from app.desk import Desk
from app.work.cases import NewCase
from tests.desks import found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Desk]:
    with closing(found_desk(tmp_path)) as desk:
        yield desk


def test_a_second_process_does_not_call_its_own_what_the_first_one_lost(
    anna: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = anna.cases.new(NewCase("Both want it", 2)).case_id
    anna.sync_round()
    with closing(join_desk(anna, tmp_path)) as jo:
        jo.sync_round()
        jo.cases.claim(case)  # the first process, which has not reached the drive yet
        profile = jo.profile
    anna.cases.claim(case)
    anna.sync_round()
    reach, looks = try_sync, iter(["the drive is slow"])
    monkeypatch.setattr(cases, "try_sync", lambda desk, args: False if next(looks, "") else reach(desk, args))
    assert main(["--json", "--profile", str(profile.folder), "case", "claim", "1"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said == {"refused": "Anna Kern was faster and works on this case.", "owner": "Anna Kern"}
