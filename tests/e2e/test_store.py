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
