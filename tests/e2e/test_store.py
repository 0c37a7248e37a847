"""Looking after the store from the command line, as processes."""

from __future__ import annotations

import pytest

from tests.e2e.test_command_line import Workstation


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Anna's desk with two cases, on a share of its own."""
    folder = tmp_path_factory.mktemp("store")
    share = folder / "share"
    share.mkdir()
    anna = Workstation(folder, "anna")
    anna.json("found", "--share", str(share), "--name", "IT desk", "--as", "Anna Kern", "--zone", "Europe/Berlin")
    for title in ("Scanner hums", "Drucker größer kaputt"):
        anna.json("case", "new", "--title", title, "--severity", "3")
    return anna, folder


def test_who_joins_after_a_snapshot_begins_with_it_and_is_in_step(desk):
    anna, folder = desk
    line = anna.json("invite", "--name", "Jo Roth")["invitation"]
    made = anna.json("snapshot")
    assert made["head"] == anna.json("status")["head"]
    jo = Workstation(folder, "jo")
    jo.json("join", line)
    anna.json("sync")
    assert anna.json("status")["digest"] == jo.json("status")["digest"]
    assert jo.json("find", "groesser")["number"] == 2
    proof = jo.json("verify")
    assert (proof["ok"], proof["notes"]) == (True, []), "the entries before it came from the store"
    for file in (folder / "share" / "hd" / "log").rglob("000000000001.e"):
        file.unlink()
    proof = jo.json("verify")
    assert proof["ok"]
    assert "began with a snapshot" in proof["notes"][0]
    anna.json("sync")


def test_a_backup_brings_back_a_dead_file_server_and_a_dead_workstation(desk):
    anna, folder = desk
    line = anna.json("invite", "--name", "Kim Wu")["invitation"]
    kim = Workstation(folder, "kim")
    kim.json("join", line)
    unsent = kim.json("case", "new", "--title", "Made on the train", "--severity", "3", "--offline")
    assert unsent["number"] is None
    (folder / "share").rename(folder / "burnt")
    made = kim.json("backup", str(folder / "kim.zip"))
    assert made["trouble"]
    assert "is there already" in kim.complaint("backup", str(folder / "kim.zip"), code=1)
    (folder / "new").mkdir()
    assert anna.json("rebuild-share", str(folder / "new"))["where"] == str(folder / "new")
    again = anna.json("restore", str(folder / "kim.zip"), "--share", str(folder / "new"))
    assert again["differing"] == 0
    assert anna.json("status")["reachable"]
    anna.json("sync")

    line = anna.json("invite", "--for", "Kim Wu")["invitation"]
    fresh = Workstation(folder, "kim-again")
    fresh.json("join", line)
    back = fresh.json("restore", str(folder / "kim.zip"), "--work")
    assert (back["changes"], back["sent"]) == (1, True)
    anna.json("sync")
    assert anna.json("find", "train")["number"] == 3
    kim.json("follow", str(folder / "new"), "--restored")
    digests = {station.json("status")["digest"] for station in (anna, kim, fresh)}
    assert len(digests) == 1
    assert anna.json("verify")["ok"]


def test_an_administrator_sets_the_desk_back_and_sees_what_is_lost(desk):
    anna, _folder = desk
    head = anna.json("sync")["head"]
    number = str(anna.json("case", "new", "--title", "A mistake", "--severity", "3")["number"])
    said = anna.json("set-back", str(head))
    assert (said["done"], said["undone"]) == (False, 1)
    anna.json("case", "show", number)
    assert anna.json("set-back", str(head), "--yes")["lost"] == 1
    assert "no case" in anna.complaint("case", "show", number, code=1).lower()
    lost = anna.json("lost", "list")
    assert (lost["kind"], lost["by"], lost["waits"]) == ("case.new", "Anna Kern", False)
    assert anna.json("lost", "resubmit", lost["change"][:8]) == {"changes": 1, "sent": True}
    assert anna.json("case", "show", number)["title"] == "A mistake"
    assert anna.json("compact")["through"] == 0
    assert anna.json("repair") == {"repaired": 0}


def test_a_newcomer_is_not_told_of_what_was_put_right_long_ago(desk):
    anna, folder = desk
    head = anna.json("sync")["head"]
    *_, torn = sorted((folder / "new" / "hd" / "log").rglob(f"{head:012d}.e"))
    torn.write_bytes(b"torn")
    anna.json("sync")
    assert torn.with_suffix(".r1").exists()
    line = anna.json("invite", "--name", "Lee Sun")["invitation"]
    joined = Workstation(folder, "lee").run("join", line)
    assert "was not taken" not in joined.stderr
