"""Two workstations on a real PostgreSQL, driven through the command line: the owner of the tables and an ordinary
role, each with a database login of its own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.e2e.test_command_line import Workstation
from tests.postgres import OWNERS_PASSWORD, PASSWORD, PostgresServer

FOUND = ("--name", "IT desk", "--as", "Anna Kern", "--zone", "Europe/Berlin")
WRONG = "postgres://halldesk_owner:wrong@127.0.0.1:{port}/halldesk"


@pytest.fixture(scope="module")
def pair(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("two on a server")
    postgres.make_roles()
    postgres.query(f"CREATE ROLE jo_roth LOGIN PASSWORD '{PASSWORD}' IN ROLE halldesk_client")
    anna, jo = Workstation(folder, "anna"), Workstation(folder, "jo")
    where = postgres.url("halldesk", "halldesk_owner")
    told = anna.complaint("found", "--share", where, *FOUND, code=1)
    assert "wants a password" in told
    assert "--password-stdin" in told, "there is no desk yet that `halldesk password` could be about"
    assert "refused the password" in anna.complaint(
        "found", "--share", WRONG.format(port=postgres.port), *FOUND, code=1
    )
    assert not anna.profile.joinpath("replica.db").exists()
    desk = anna.json("found", "--share", where, *FOUND, "--password-stdin", typed=f"{OWNERS_PASSWORD}\n")
    invited = anna.json("invite", "--name", "Jo Roth")
    his = postgres.url("halldesk", "jo_roth", PASSWORD)
    joined = jo.json("join", invited["invitation"], "--at", his)
    assert joined["store"] == desk["store"]
    yield anna, jo, postgres
    postgres.query("DROP DATABASE halldesk WITH (FORCE)")
    postgres.query("DROP ROLE jo_roth")


def test_two_work_on_one_case_and_no_password_is_stored_or_shown(pair):
    anna, jo, postgres = pair
    number = str(anna.json("case", "new", "--title", "Drucker spinnt", "--severity", "2")["number"])
    assert jo.json("case", "claim", number)["work_owner"] == "Jo Roth"
    assert anna.json("case", "claim", number, code=1)["owner"] == "Jo Roth"
    one, two = anna.json("status"), jo.json("status")
    assert one["digest"] == two["digest"]
    assert jo.json("verify")["ok"]
    for station, secret, login in ((anna, OWNERS_PASSWORD, "halldesk_owner"), (jo, PASSWORD, "jo_roth")):
        card = (station.profile / "desk.json").read_text(encoding="utf-8")
        assert json.loads(card)["where"] == postgres.url("halldesk", login)
        kept = [file.read_bytes() for file in station.profile.iterdir()]
        for said in (*kept, station.run("status").stdout.encode()):
            assert secret.encode() not in said
            assert secret.replace(" ", "%20").encode() not in said


def test_a_password_that_was_changed_on_the_server_is_given_anew(pair):
    _, jo, postgres = pair
    postgres.query("ALTER ROLE jo_roth PASSWORD 'changed'")
    told = jo.complaint("sync", code=1)
    assert "refused the password" in told
    assert "halldesk password" in told
    jo.json("case", "new", "--title", "Kept here", "--severity", "3")
    assert "refused the password" in jo.complaint("password", "--password-stdin", typed="guess\n", code=1)
    assert "Nothing came" in jo.complaint("password", "--password-stdin", code=1)
    assert "with --password-stdin" in jo.complaint("password", code=1), "there is nobody to ask"
    jo.json("password", "--password-stdin", typed="changed\n")
    synced = jo.json("sync")
    assert (synced["published"], synced["pending"]) == (1, 0)


def test_a_database_is_looked_at_before_there_is_a_desk_in_it_with_the_password_it_wants(postgres, tmp_path):
    postgres.make_roles()
    nobody, where = Workstation(tmp_path, "nobody"), postgres.url("halldesk", "halldesk_owner")
    assert "--password-stdin" in nobody.run("doctor", "--share", where, code=1).stdout
    told = nobody.run("doctor", "--share", where, "--password-stdin", typed=f"{OWNERS_PASSWORD}\n").stdout
    assert "ok   Reaching the database" in told


def test_a_desk_in_a_folder_needs_no_password(tmp_path):
    (tmp_path / "share").mkdir()
    anna = Workstation(tmp_path, "anna")
    anna.json("found", "--share", str(tmp_path / "share"), *FOUND)
    assert "needs no password" in anna.complaint("password", code=1)


def test_the_environment_gives_a_password_for_a_script(pair):
    anna, _, _ = pair
    file = Path(anna.environment["HALLDESK_KEY_FILE"])
    before = file.read_text(encoding="utf-8")
    without = {name: kept for name, kept in json.loads(before).items() if not name.startswith("database-")}
    file.write_text(json.dumps(without), encoding="utf-8")
    assert "wants a password" in anna.complaint("sync", code=1)
    anna.environment["HALLDESK_DATABASE_PASSWORD"] = OWNERS_PASSWORD
    assert anna.json("sync")["pending"] == 0
    file.write_text(before, encoding="utf-8")
    del anna.environment["HALLDESK_DATABASE_PASSWORD"]


def test_a_desk_moves_to_a_folder_and_back_and_is_mirrored(pair, tmp_path):
    anna, jo, postgres = pair
    folder = tmp_path / "drive"
    folder.mkdir()
    jo.json("case", "new", "--title", "While it moved", "--severity", "3", "--offline")
    anna.json("sync")
    there = anna.json("move", "--to", str(folder))
    assert there["entries"] == there["head"] - 1, "all but the arrival were copied"
    synced = jo.json("sync")
    assert (synced["published"], jo.json("status")["reachable"]) == (1, True)
    assert json.loads((jo.profile / "desk.json").read_text(encoding="utf-8"))["where"] == str(folder)
    announced = postgres.url("halldesk", "jo_roth")
    anna.json("move", "--to", postgres.url("halldesk", "halldesk_owner"), "--announce", announced)
    assert jo.json("sync")["pending"] == 0, "his password was kept"
    one, two = anna.json("status"), jo.json("status")
    anna.json("sync")
    assert anna.json("status")["digest"] == jo.json("status")["digest"], (one, two)
    assert jo.json("verify")["ok"]
    file = tmp_path / "mirror.sqlite"
    first = anna.json("mirror", "--to", f"sqlite:///{file}")
    assert (first["anew"], first["deleted"]) == ("it is new", 0)
    anna.json("case", "new", "--title", "Seen in a report", "--severity", "3")
    assert anna.json("mirror", "--to", f"sqlite:///{file}")["anew"] == ""
    with sqlite3.connect(file) as mirror:
        assert "Seen in a report" in {row[0] for row in mirror.execute('SELECT title FROM "case"')}
    mirror.close()
    assert "Only a supervisor" in jo.complaint("mirror", "--to", f"sqlite:///{file}", "--with-private", code=1)
