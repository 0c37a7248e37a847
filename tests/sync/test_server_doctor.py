"""The doctor on a real PostgreSQL: reached or why not, rights, durability, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.backup import rebuild_share
from app.desk import Desk
from app.doctor import as_json, check, told, verdict
from app.founding import found
from app.profile import Profile
from app.texts import CATALOGUE, Texts
from db import server_doctor
from db.findings import Finding, Level
from db.keys import StoreCard, new_seed, public_half
from db.server import ServerLog
from tests.postgres import PASSWORD, PostgresServer, name_of


def findings(url: str) -> dict[str, Finding]:
    return {finding.name: finding for finding in check(url, quick=True)}


def level(found: dict[str, Finding], name: str) -> tuple[Level, str]:
    return found[name].level, found[name].case


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.emptied()


def with_password_of(url: str) -> str:
    return url.replace("postgres@", f"postgres:{PASSWORD.replace(' ', '%20')}@")


@pytest.fixture
def with_password(url: str) -> str:
    return with_password_of(url)


def make_desk(url: str) -> None:
    log = ServerLog(url, "doctor", PASSWORD)
    seed = new_seed()
    log.create(StoreCard(b"s" * 16, "IT desk", public_half(seed)).pack(seed))
    log.close()


def test_an_empty_database_is_good_for_founding(with_password):
    found = findings(with_password)
    assert level(found, "reach") == (Level.GOOD, "good")
    assert level(found, "version") == (Level.GOOD, "good")
    assert level(found, "encryption") == (Level.GOOD, "here")
    assert level(found, "rights") == (Level.GOOD, "empty")
    assert level(found, "clock") == (Level.GOOD, "good")
    assert level(found, "desk") == (Level.GOOD, "none")
    assert level(found, "durable") == (Level.NOTE, "off"), "the tests' server does not flush"
    assert as_json(found.values())["ok"]


def test_a_desk_is_named_its_speed_told_and_nothing_stays(with_password, url, postgres):
    make_desk(url)
    found = findings(with_password)
    assert found["desk"].figure == "IT desk"
    assert level(found, "rights") == (Level.NOTE, "too many"), "the owner may change entries"
    assert found["commit"].unit == found["poll"].unit == "ms"
    assert postgres.query("SELECT count(*) FROM halldesk.side", name_of(url)) == [(0,)]
    assert postgres.query("SELECT count(*) FROM halldesk.log", name_of(url))[0][0] <= 1


def test_a_login_without_rights_is_told_what_it_lacks(with_password, url, postgres):
    postgres.query("DROP ROLE IF EXISTS doctor_guest")
    postgres.query("CREATE ROLE doctor_guest LOGIN PASSWORD 'x'")
    guest = url.replace("postgres@", "doctor_guest:x@")
    assert level(findings(guest), "rights") == (Level.BAD, "no making")
    make_desk(url)
    postgres.query("GRANT USAGE ON SCHEMA halldesk TO doctor_guest", name_of(url))
    found = findings(guest)
    assert level(found, "rights") == (Level.BAD, "no tables")
    assert "halldesk_client" in told(found["rights"], Texts("de")).means
    assert list(found)[-1] == "rights"


def test_a_wrong_password_and_a_server_that_is_away_are_told_apart(url, monkeypatch):
    wrong = findings(url.replace("postgres@", "postgres:wrong@"))
    assert level(wrong, "reach") == (Level.BAD, "password")
    away = findings("postgresql://postgres@127.0.0.1:1/desk")
    assert level(away, "reach") == (Level.BAD, "away")
    told_away = told(away["reach"], Texts("en"))
    assert told_away.title == "Reaching the database"
    assert told_away.means.startswith("The server does not answer (Connection refused). Check its name")
    assert "Work goes on" not in told_away.means, "nobody works there yet"
    assert verdict(away.values(), Texts("en")) == "The database is not reached."
    assert verdict(wrong.values(), Texts("de")) == "Die Datenbank lässt diese Anmeldung noch nicht ein."
    nameless = told(findings("postgresql://postgres@no-such-host.invalid/desk")["reach"], Texts("en")).means
    assert "no-such-host.invalid" in nameless
    assert level(findings("mysql://server/desk"), "reach") == (Level.BAD, "no")


def test_an_old_server_is_refused(with_password, monkeypatch):
    monkeypatch.setattr(server_doctor, "OLDEST", 990000)
    assert level(findings(with_password), "version") == (Level.BAD, "old")


def test_every_case_has_its_words_and_every_word_its_case():
    source = Path(server_doctor.__file__).read_text(encoding="utf-8")
    names = {key.split(".")[2] for key in CATALOGUE if key.startswith("doctor.database.")}
    assert names == {"reach", "version", "encryption", "rights", "durable", "clock", "commit", "poll", "desk"}
    for name in names:
        cases = [key.split(".")[3] for key in CATALOGUE if key.startswith(f"doctor.database.{name}.")]
        assert cases
        assert all(f'"{case}"' in source for case in cases), name


def test_nothing_that_is_said_of_a_database_speaks_of_folders_and_drives():
    for key, texts in CATALOGUE.items():
        if key.startswith(("doctor.database.", "doctor.verdict.database ")):
            for word in ("folder", "Ordner", "the drive", "Laufwerk", "file", "Datei", "share", "Freigabe"):
                assert word not in " ".join(texts).replace("rebuild-share", ""), key  # that is the command's name


def test_the_password_is_taken_from_where_the_profile_keeps_it(url, tmp_path):
    keys = tmp_path / "keys.json"
    where = with_password_of(url)
    profile = Profile(tmp_path / "anna")
    found(profile, where, "IT desk", "Anna Kern", zone="Europe/Berlin", key_file=keys)
    looked = {finding.name: finding for finding in check(url, quick=True, profile=profile.folder)}
    assert looked["desk"].figure == "IT desk"
    assert level(findings(url), "reach") == (Level.BAD, "locked"), "and nobody else's"


def test_a_damaged_card_is_put_back_as_the_finding_says(url, postgres, tmp_path):
    keys = tmp_path / "keys.json"
    where = with_password_of(url)
    profile = Profile(tmp_path / "anna")
    found(profile, where, "IT desk", "Anna Kern", zone="Europe/Berlin", key_file=keys)
    postgres.query("UPDATE halldesk.store SET card = 'damaged'::bytea", name_of(url))
    looked = findings(where)
    assert level(looked, "desk") == (Level.BAD, "damaged")
    assert "rebuild-share" in told(looked["desk"], Texts("en")).means
    postgres.query("DELETE FROM halldesk.store", name_of(url))
    desk = Desk(profile)
    try:
        rebuild_share(desk, where)
    finally:
        desk.close()
    assert findings(where)["desk"].figure == "IT desk"
