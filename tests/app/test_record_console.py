"""`halldesk record` and `halldesk case bulk`: what a script does that sets a desk up and tidies its cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import times
from app.cli import main
from app.records.kinds import KINDS
from app.work.cases import NewCase
from tests.desks import Clock, found_desk

SHIFTS = "mon-fri 06:00-14:00, 14:00-22:00; sat 06:00-12:00"
Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    desk = found_desk(tmp_path, clock=Clock())
    for title, severity in (("Spindle jams", 1), ("Mouse", 3), ("Screen", 3)):
        desk.cases.new(NewCase(title, severity))
    desk.sync_round()
    desk.close()
    base = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys"), "--json"]

    def command(*words: str) -> tuple[int, list[dict[str, Any]], str]:
        code = main([*words, *base])
        caught = capsys.readouterr()
        return code, [json.loads(line) for line in caught.out.splitlines()], caught.err

    return command


def test_a_script_sets_up_a_desk(run: Run) -> None:
    for words in (
        ("product", "name=ERP", "support=best effort"),
        ("calendar", "name=Hall", "time_zone=Europe/Berlin", f"shifts={SHIFTS}"),
        ("department", "name=Press shop", "calendar=Hall", "headcount=40"),
        ("queue", "name=ERP back line", "kind=product", "tier=2", "--put", "member analyst='Anna Kern' level=3"),
        ("place", "name=Hall 2", "kind=hall", "department=Press shop"),
        ("machine", "tag=PR-7", "name=Press 7", "place=Hall 2"),
        ("template", "name=On our way", "text=We come at once.", "short=way"),
    ):
        code, told, err = run("record", "new", *words)
        assert code == 0, err
        assert told[0]["saved"] is True, "accepted by the log"
    _, (queue,), _ = run("record", "show", "queue", "erp back line")
    assert queue["queue_member"] == [{"analyst": "Anna Kern", "level": 3, "schedulable": True}]
    _, (hall,), _ = run("record", "show", "calendar", "Hall")
    assert hall["shifts"] == SHIFTS
    _, (press,), _ = run("record", "show", "asset", "PR-7")
    assert (press["place"], press["active"]) == ("Hall 2", True)


def test_what_hangs_on_a_record_is_put_changed_and_dropped(run: Run) -> None:
    assert run("record", "new", "product", "name=ERP")[0] == 0
    assert run("record", "set", "analyst", "Anna Kern", "tier=3", "--put", "skill product=ERP level=2")[0] == 0
    _, (told,), _ = run("record", "set", "analyst", "Anna Kern", "--put", "skill product=ERP level=3")
    assert [(one["product"], one["level"]) for one in told["skill"]] == [("ERP", 3)]
    _, (told,), _ = run("record", "set", "analyst", "Anna Kern", "--drop", "skill ERP")
    assert told["skill"] == []
    assert told["tier"] == 3


def test_a_preview_changes_nothing_and_counts_what_would_be_due_otherwise(run: Run) -> None:
    _, (before,), _ = run("record", "show", "severity", "Normal")
    name = "Normal"
    _, (seen,), _ = run("record", "set", "severity", name, "fix_minutes=77", "--preview")
    assert seen["cases"] == len(seen["examples"]) == 2
    assert run("record", "show", "severity", name)[1] == [before]
    _, (after,), _ = run("record", "set", "severity", name, "fix_minutes=77")
    assert (after["fix_minutes"], after["cases"]) == (77, 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("new", "analyst", "name=Jo"), "comes with an invitation"),
        (("new", "queue", "tier=2"), "Name is missing"),
        (("set", "queue", "Nowhere", "tier=2"), "There is no queue named 'Nowhere'"),
        (("set", "analyst", "Anna Kern"), "Say what to change"),
        (("set", "analyst", "Anna Kern", "colour=red"), "is not FIELD=VALUE of one of: name, role"),
        (("set", "analyst", "Anna Kern", "tier=high"), "tier is a number"),
        (("set", "analyst", "Anna Kern", "--put", "member level=1"), "analysts have skill, rate"),
        (("list", "gadget"), "There is no 'gadget' to look after"),
        (("remove", "severity", "Normal"), "a case refers to it"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, words: tuple[str, ...], why: str) -> None:
    code, _, err = run("record", *words)
    assert code == 1
    assert why in err
    assert err.count("\n") == 1


def test_every_kind_is_listed_and_describes_its_fields(run: Run) -> None:
    for kind in KINDS:
        assert run("record", "list", kind)[0] == 0
        _, (told,), _ = run("record", "fields", kind)
        assert told["record"] == kind
        assert told["fields"]


def test_many_cases_are_changed_after_a_look_and_taken_back(run: Run, tmp_path: Path) -> None:
    code, told, _ = run("case", "bulk", "2", "3", "--severity", "2", "--tag", "move", "--preview")
    assert code == 0
    assert told[-1] == {"cases": 2, "changed": 2, "refused": 0, "preview": True, "tx": []}
    assert {change["field"] for change in told[0]["changes"]} >= {"severity", "tag"}
    assert run("case", "show", "2")[1][0]["severity"] == 3
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("2\n3\n", "utf-8")
    code, told, _ = run("case", "bulk", "--from", str(numbers), "--severity", "2", "--tag", "move")
    assert (code, told[-1]["changed"]) == (0, 2)
    assert [run("case", "show", n)[1][0]["severity"] for n in ("1", "2", "3")] == [1, 2, 2]
    code, (undone,), _ = run("case", "bulk-undo", *told[-1]["tx"])
    assert (code, undone["stay"]) == (0, 0)
    assert run("case", "show", "2")[1][0]["severity"] == 3


def test_what_a_bulk_change_does_is_told_in_words_and_as_iso_times(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = run("case", "bulk", "2", "--severity", "1", "--tag", "move", "--preview")
    (due,) = (change for change in told[0]["changes"] if change["field"] == "due_at")
    assert code == 0
    assert due["before"].endswith("Z")
    assert due["after"].endswith("Z")
    base = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys")]
    assert main(["case", "bulk", "2", "--severity", "1", "--tag", "move", "--preview", *base]) == 0
    said = capsys.readouterr().out
    assert "severity: 3 -> 1; due: 20" in said
    assert "tag + move" in said
    assert "None" not in said


def test_a_case_is_shown_to_people_in_words_and_in_the_sites_time(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys")]
    assert run("case", "claim", "2")[0] == 0
    assert run("case", "link", "2", "--to", "1", "--as", "related")[0] == 0
    (shown,) = run("case", "show", "2")[1]
    assert main(["case", "show", "2", *base]) == 0
    said = capsys.readouterr().out
    assert "work owner: - > Anna Kern" in said
    assert "related to 1  Spindle jams (new)" in said
    fix = shown["clocks"]["fix"]
    assert f"fix {fix['state']}, due 20" in said
    hour = times.local_wall(times.parse_iso(fix["due_at"]), times.zone("Europe/Berlin"))
    assert f"{hour:%Y-%m-%d %H:%M}" in said
    assert "Z  " not in said
    assert main(["case", "snooze", "2", "--at", "2099-12-01 08:00", *base]) == 0
    assert capsys.readouterr().out.endswith("until 2099-12-01 08:00\n")
    assert main(["today", *base]) == 0
    today = capsys.readouterr().out
    assert "  work owner  Anna Kern" in today
    assert "event:" not in today


def test_merging_into_a_merged_case_names_the_one_that_goes_on(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys")]
    assert run("case", "merge", "2", "--into", "1")[0] == 0
    assert main(["case", "merge", "3", "--into", "2", *base]) == 0
    assert capsys.readouterr().out.split() == ["3", "merged", "into", "1"]


def test_a_case_that_refuses_stays_as_it_is_and_the_others_go_on(run: Run) -> None:
    assert run("case", "resolve", "2", "--resolution", "New mouse")[0] == 0
    code, told, _ = run("case", "bulk", "2", "3", "--wait-on", "parts")
    assert code == 1
    assert told[0]["refused"]
    assert told[1]["changes"]
    assert run("case", "show", "3")[1][0]["status"] == "waiting"
    assert run("case", "bulk", "2", "3")[0] == 1, "says what to change"
