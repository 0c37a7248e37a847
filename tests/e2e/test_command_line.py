"""The program as a process: two workstations on one folder, driven through the command line and its JSON contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Workstation:
    """One profile; `run` is one process."""

    def __init__(self, folder: Path, name: str) -> None:
        self.profile = folder / name
        self.environment = {**os.environ, "HALLDESK_KEY_FILE": str(folder / f"{name}.keys"), "PYTHONPATH": str(ROOT)}

    def run(self, *words: str, code: int = 0, typed: str = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "app", *words, "--profile", str(self.profile)],
            input=typed, capture_output=True, text=True, encoding="utf-8", env=self.environment, timeout=100,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return done

    def json(self, *words: str, code: int = 0, typed: str = "") -> Any:
        lines = self.run(*words, "--json", code=code, typed=typed).stdout.splitlines()
        return json.loads(lines[0]) if len(lines) == 1 else [json.loads(line) for line in lines]

    def complaint(self, *words: str, code: int, typed: str = "") -> str:
        done = self.run(*words, code=code, typed=typed)
        assert done.stderr.count("\n") == 1, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair of profiles, with spaces")
    share = folder / "share"
    share.mkdir()
    anna, jo = Workstation(folder, "anna"), Workstation(folder, "jo")
    desk = anna.json(
        "found", "--share", str(share), "--name", "IT desk", "--as", "Anna Kern", "--zone", "Europe/Berlin"
    )
    assert set(desk) == {"store", "desk", "analyst", "device"}
    invited = anna.json("invite", "--name", "Jo Roth")
    assert set(invited) == {"invitation", "expires"}
    joined = jo.json("join", invited["invitation"])
    assert set(joined) == {"store", "analyst", "device", "head"}
    assert joined["store"] == desk["store"]
    used = Workstation(folder, "thief")
    assert "ask for a new one" in used.complaint("join", invited["invitation"], code=1)
    assert not used.profile.joinpath("replica.db").exists()
    return anna, jo


def test_a_case_opened_here_is_seen_claimed_and_resolved_there(pair):
    anna, jo = pair
    opened = anna.json(
        "case", "new", "--title", "Größerer Drucker spinnt", "--severity", "2", "--requester", "Jürgen Maß"
    )
    assert (opened["number"], opened["saved"], opened["status"], opened["queue"]) == (1, True, "new", "Hotline")
    claimed = jo.json("case", "claim", "1")
    assert claimed["work_owner"] == "Jo Roth"
    refused = anna.json("case", "claim", "1", code=1)
    assert refused["owner"] == "Jo Roth"
    jo.json("case", "resolve", "1", "--resolution", "Treiber neu", "--minutes", "12")
    assert anna.json("sync")["applied"] == 1
    shown = anna.json("case", "show", "1")
    assert (shown["status"], shown["resolution"], shown["minutes"]) == ("resolved", "Treiber neu", 12)
    assert {"timeline", "events", "clocks", "links", "attachments", "due", "next_step"} <= set(shown)
    assert shown["clocks"]["fix"]["segments"]
    jo.json("sync")
    one, two = anna.json("status"), jo.json("status")
    assert one["digest"] == two["digest"]
    assert (one["pending"], one["conflicts"], one["reachable"]) == (0, 0, True)
    for station in pair:
        proof = station.json("verify")
        assert proof["ok"], proof
        assert proof["entries"] == one["head"]
    hit = anna.json("find", "groesserer")
    assert (hit["kind"], hit["number"]) == ("case", 1)


def test_every_verb_of_a_case_works_from_a_script(pair):
    anna, _jo = pair
    number = str(
        anna.json("case", "new", "--title", "Scanner", "--severity", "Normal", "--channel", "e-mail")["number"]
    )
    anna.json("case", "set", number, "--title", "Scanner in hall 2", "--severity", "1", "--tag", "hall-2")
    anna.json("case", "set", number, "--next-step", "Call the vendor", "--next-at", "2030-01-02T08:00:00Z")
    anna.json("case", "note", number, "--text", "Rang back", "--kind", "call", "--audience", "requester")
    anna.json("case", "wait", number, "--on", "supplier")
    anna.json("case", "work", number)
    anna.json("case", "hand", number, "--to", "Jo", "--reason", "Jo knows scanners")
    anna.json("case", "escalate", number, "--tried", "Everything")
    anna.json("case", "time", number, "--minutes", "30", "--activity", "on site", "--date", "2026-01-05")
    anna.json("case", "undo", number)
    anna.json("case", "resolve", number, "--resolution", "Replaced", "--cause", "Worn out")
    anna.json("case", "reopen", number, "--reason", "Again")
    shown = anna.json("case", "show", number)
    assert shown["title"] == "Scanner in hall 2"
    assert shown["minutes"] == 0
    assert shown["tags"] == ["hall-2"]
    assert shown["status"] == "in progress"
    fields = [e["field"] for e in shown["events"]]
    assert fields.count("status") >= 5
    listed = anna.json("case", "list", "--tag", "hall-2")
    assert listed["label"] == number
    anna.json("case", "cancel", number, "--reason", "Test")
    assert anna.run("case", "list", "--tag", "hall-2").stdout == "No cases.\n"


def test_without_the_drive_work_is_kept_and_sent_later(pair, tmp_path: Path):
    anna, jo = pair
    share = anna.profile.parent / "share"
    away = share.with_name("share away")
    share.rename(away)
    try:
        kept = anna.json("case", "new", "--title", "Written offline", "--severity", "3")
        assert kept["saved"] is False
        assert kept["label"].startswith("~")
        claimed = anna.json("case", "claim", kept["label"])
        assert claimed["saved"] is False
        assert anna.json("status")["reachable"] is False
        assert "can't be reached" in anna.complaint("sync", code=1)
    finally:
        away.rename(share)
    assert anna.json("sync")["published"] == 2
    jo.json("sync")
    assert jo.json("case", "list", "--words", "offline")["work_owner"] == "Anna Kern"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("case", "show", "999"), 1, "There is no case '999'"),
        (("case", "new", "--title", "  "), 1, "needs a title"),
        (
            (
                "case",
                "new",
            ),
            2,
            "--title",
        ),
        (("case", "new", "--title", "x", "--severity", "9"), 1, "There is no severity '9'"),
        (("case", "new", "--title", "x", "--department", "Nowhere"), 1, "no department named 'Nowhere'"),
        (("case", "time", "1", "--minutes", "-3"), 1, "Minutes go from"),
        (("case", "resolve", "1", "--resolution", " "), 1, "Say what was done"),
        (("report", "weekly", "--week", "2026-W99", "--pdf", "x.pdf"), 1, "week"),
        (("report", "weekly", "--week", "2026-W02"), 1, "--pdf FILE"),
        (("join", "halldesk1:nonsense"), 1, "not a whole invitation"),
        (("frobnicate",), 2, "invalid choice"),
        (("import", "events", "missing.csv", "--mapping", "missing.toml"), 1, "missing"),
        (("export", "cases", "--out", "/nonexistent/x.csv"), 1, "can't be written"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(pair, words, code, says):
    anna, _jo = pair
    before = anna.json("status")["digest"]
    assert says in anna.complaint(*words, code=code)
    assert anna.json("status")["digest"] == before


def test_a_profile_without_a_desk_says_what_to_do(tmp_path: Path):
    empty = Workstation(tmp_path, "empty")
    assert "halldesk found" in empty.complaint("case", "list", code=1)
    assert not empty.profile.exists()


def test_tables_leave_as_csv_and_json_lines(pair, tmp_path: Path):
    anna, _jo = pair
    anna.json("case", "new", "--title", "Größter Müßiggang", "--severity", "4")
    target = tmp_path / "cases.csv"
    rows = anna.json("export", "cases", "--out", str(target))["rows"]
    head, *lines = target.read_text(encoding="utf-8").splitlines()
    assert "title" in head.split(",")
    assert len(lines) == rows >= 1
    assert "Größter Müßiggang" in lines[-1]
    lines = anna.run("export", "events", "--format", "jsonl").stdout.splitlines()
    assert json.loads(lines[0])["field"] == "opened"


def test_the_doctor_says_what_a_drive_can_do(tmp_path):
    someone = Workstation(tmp_path, "someone")
    answer = someone.json("doctor", "--share", str(tmp_path), "--quick")
    assert answer["ok"] is True
    assert {"name", "ok", "figure", "means"} <= set(answer["checks"][0])
    assert "links" in [check["name"] for check in answer["checks"]]
    refused = someone.json("doctor", "--share", str(tmp_path / "nowhere"), code=1)
    assert refused["ok"] is False
    assert "--share" in someone.complaint("doctor", code=1)


def test_a_file_attached_here_is_saved_there_and_collected_when_nothing_names_it(pair, tmp_path):
    anna, jo = pair
    case = str(anna.json("case", "new", "--title", "Scanner reads nothing", "--severity", "3")["number"])
    photo = tmp_path / "wie es aussieht.png"
    photo.write_bytes(bytes(range(256)) * 20_000)  # two chunks
    attached = anna.json("case", "attach", case, str(photo), "--text", "As it looks")
    assert (attached["saved"], attached["attached"][0]["size"]) == (True, 5_120_000)
    jo.json("sync")
    assert jo.json("case", "show", case)["attachments"][0]["name"] == photo.name
    assert jo.json("attachments", "status")["store"]["files"] == 1
    target = tmp_path / "copy.png"
    jo.json("case", "attachment", case, photo.name, "--save", str(target))
    assert target.read_bytes() == photo.read_bytes()
    assert "it has: wie es aussieht.png" in jo.complaint("case", "attachment", case, "x", "--save", "y", code=1)
    assert "Only an administrator" in jo.complaint("attachments", "gc", code=1)
    anna.json("case", "undo", case)
    found = anna.json("attachments", "gc")
    assert (found["chunks"], found["named"], found["marked"], found["removed"]) == (2, 0, 2, 0)
