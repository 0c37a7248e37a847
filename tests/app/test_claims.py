"""A log's own columns beside what its history says, by the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.errors import UserError
from app.founding import found
from app.intake.mapping import parse_mapping
from app.profile import Profile

MAPPING = """
source = "hall"
[rows]
case = "case"
order = "time"
[time]
columns = "at"
zone = "UTC"
[fields]
status = { column = "state", values = { "New" = "new", "Done" = "resolved" } }
severity = { constant = "3" }
queue = "team"
[text]
title = "{case}"
[claims]
reopened = "again"
reassigned = "hands"
in_time = "sla"
yes = ["yes"]
"""
LOG = """case,at,state,team,again,hands,sla
A,2026-03-02T08:00:00Z,New,One,0,0,no
A,2026-03-02T09:00:00Z,New,Two,0,1,no
A,2026-03-02T10:00:00Z,Done,Two,0,1,yes
B,2026-03-02T08:00:00Z,New,One,0,0,yes
B,2026-03-02T09:00:00Z,Done,One,0,0,yes
B,2026-03-03T09:00:00Z,New,,0,1,yes
B,2026-03-20T09:00:00Z,Done,One,0,2,yes
"""


@pytest.fixture
def named(tmp_path: Path) -> list[str]:
    """A desk with the log in it; the arguments that name its profile, the log and the mapping."""
    (tmp_path / "share").mkdir()
    profile = Profile(tmp_path / "profile")
    found(profile, str(tmp_path / "share"), "Hall", "Anna Kern", zone="UTC", key_file=tmp_path / "keys")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "hall.toml").write_text(MAPPING, encoding="utf-8")
    own = ["--profile", str(profile.folder)]
    arguments = ["import", "events", str(tmp_path / "log.csv"), "--mapping", str(tmp_path / "hall.toml"), "--offline"]
    assert main([*arguments, *own]) == 0
    return [str(tmp_path / "log.csv"), str(tmp_path / "hall.toml"), *own]


def test_each_claim_is_counted_and_what_differs_is_named(named: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    log, mapping, *own = named
    capsys.readouterr()
    assert main(["figures", "--json", "--against", log, "--mapping", mapping, *own]) == 0
    told = {one["claim"]: one for one in json.loads(capsys.readouterr().out)["claims"]}
    assert told["reopened"]["column"] == "again"
    assert (told["reopened"]["log"], told["reopened"]["halldesk"], told["reopened"]["agree"]) == (0, 1, 1)
    assert [(one["log"], one["halldesk"]) for one in told["reopened"]["differ"]] == [(0, 1)]
    assert (told["reassigned"]["log"], told["reassigned"]["halldesk"]) == (3, 1), "an empty team says nothing new"
    parts = told["reassigned"]["parts"]
    assert {what: n for what, n in parts.items() if n} == {
        "from group to group": 1, "into no group": 1, "out of no group": 1,
    }  # fmt: skip
    assert (told["in_time"]["log"], told["in_time"]["halldesk"]) == (2, 1), "eighteen days are late whatever it says"
    assert main(["figures", "--against", log, "--mapping", mapping, *own]) == 0
    said = capsys.readouterr().out
    assert "again: 0 in the log, 1 reopenings here; the same for 1 of 2 cases" in said
    assert "differs (log / here): " in said


def test_what_is_missing_is_said_in_a_sentence(named: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    log, mapping, *own = named
    assert main(["figures", "--against", log, *own]) == 1
    assert "--mapping" in capsys.readouterr().err
    Path(log).write_text(LOG.replace(",sla", ",other"), encoding="utf-8")
    assert main(["figures", "--against", log, "--mapping", mapping, *own]) == 1
    assert 'no column "sla"' in capsys.readouterr().err
    Path(mapping).write_text(MAPPING.partition("[claims]")[0], encoding="utf-8")
    assert main(["figures", "--against", log, "--mapping", mapping, *own]) == 1
    assert "names no [claims]" in capsys.readouterr().err


def test_a_claim_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match='"reopend" is not known here'):
        parse_mapping(MAPPING.replace("reopened =", "reopend ="), "hall.toml")
    with pytest.raises(UserError, match=r"needs fields\.queue"):
        parse_mapping(MAPPING.replace('queue = "team"\n', ""), "hall.toml")
