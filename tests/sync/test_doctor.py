"""The doctor finds what is wrong with a drive, says what to do, stays within its time and leaves nothing behind."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.desk import Desk
from app.doctor import as_json, check, told, verdict
from app.errors import UserError
from app.profile import Profile
from app.stores import open_log
from app.texts import CATALOGUE, Texts
from db import address, contention, doctor
from db.doctor import CHECKS, SCRATCH, examine
from db.findings import Finding, Level
from db.mounts import Mount
from tests.desks import found_desk

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are another matter on Windows")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def findings(folder: Path, **more: object) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(folder, **{"quick": True, **more})}  # type: ignore[arg-type]


def level(found: dict[str, Finding], name: str) -> tuple[Level, str]:
    return found[name].level, found[name].case


def test_a_good_folder_passes_every_check_in_order_and_nothing_stays(share, tmp_path):
    found = list(examine(share, profile=tmp_path / "profile"))
    assert [finding.name for finding in found] == list(CHECKS)
    assert all(finding.ok for finding in found), [f for f in found if not f.ok]
    assert list(share.iterdir()) == []


@pytest.fixture
def on_a_disk():
    """A folder where flushes are waited for: the others may lie in memory (packaging/dev.py)."""
    lasting = Path("/var/tmp")
    with tempfile.TemporaryDirectory(dir=lasting if lasting.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize(("quick", "most"), [(True, 1.0), (False, 8.0)], ids=["quick", "full"])
def test_it_keeps_within_its_time(on_a_disk, quick, most):
    # CPU seconds would hide waiting; the bound is generous because other tests run beside this one.
    began = time.monotonic()
    list(examine(on_a_disk, quick=quick))
    assert time.monotonic() - began < most * 2


def test_stopped_in_the_middle_it_cleans_up_all_the_same(share):
    running = examine(share)
    for finding in running:
        if finding.name == "links":
            assert next(path.name for path in share.iterdir()).startswith(SCRATCH)
            break
    running.close()
    assert list(share.iterdir()) == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("doctor-")]


def test_what_a_crashed_doctor_left_is_removed_after_a_day(share):
    old, fresh = share / f"{SCRATCH}old", share / f"{SCRATCH}fresh"
    for folder in (old, fresh):
        (folder / "log").mkdir(parents=True)
    os.utime(old, (time.time() - 90_000,) * 2)
    list(examine(share, quick=True))
    assert not old.exists()
    assert fresh.exists(), "another doctor may be at work in it"


def test_a_folder_that_is_not_there_is_told_from_a_drive_that_is_gone(tmp_path, monkeypatch):
    found = findings(tmp_path / "no" / "such")
    assert list(found) == ["reach"]
    assert level(found, "reach") == (Level.BAD, "missing")
    assert str(tmp_path) in told(found["reach"], Texts("en")).means
    (tmp_path / "file").touch()
    assert level(findings(tmp_path / "file"), "reach") == (Level.BAD, "file")

    def gone(_path: Path) -> bool:
        raise OSError(errno.EHOSTDOWN, "Host is down")

    monkeypatch.setattr(Path, "is_dir", gone)
    assert level(findings(tmp_path), "reach") == (Level.BAD, "unreachable")


# -- the drive gets something wrong -----------------------------------------------------------------------------------
def _second_link_overwrites(link: Callable[..., None]) -> Callable[..., None]:
    def overwriting(source: Path, target: Path) -> None:
        if target.exists():
            target.unlink()
        link(source, target)

    return overwriting


def test_a_drive_on_which_a_second_link_overwrites_is_refused(share, monkeypatch):
    monkeypatch.setattr(os, "link", _second_link_overwrites(os.link))
    assert level(findings(share), "links") == (Level.BAD, "overwritten")


def test_a_drive_that_lets_two_win_now_and_then_is_refused(share, monkeypatch):
    # As a server without an atomic link does it: look whether the name is free, then take it.
    # Who races for it takes it when somebody else has looked as well: how soon that is depends on the machine.
    rename, looked = os.replace, dict[Path, set[str]]()

    def look_then_take(source: Path, target: Path) -> None:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        me, until = threading.current_thread().name, time.monotonic() + 10
        looked.setdefault(target, set()).add(me)
        while me.startswith("doctor-") and len(looked[target]) < 2:
            assert time.monotonic() < until
            time.sleep(0.001)
        shutil.copyfile(source, f"{source}.copy")
        rename(f"{source}.copy", target)

    monkeypatch.setattr(os, "link", look_then_take)
    found = findings(share)
    assert level(found, "links") in ((Level.BAD, "two winners"), (Level.BAD, "other bytes"))
    assert "commit" not in found, "what relies on links is not tried any more"


def _unable(code: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_drive_without_hard_links_is_refused_with_the_reason(share, monkeypatch, code):
    monkeypatch.setattr(os, "link", _unable(code))
    found = findings(share)
    assert level(found, "links") == (Level.BAD, "unsupported")
    assert os.strerror(code) in told(found["links"], Texts("en")).means


def test_a_drive_that_does_not_flush_is_refused(share, monkeypatch):
    monkeypatch.setattr(os, "fsync", _unable(errno.EINVAL))
    found = findings(share)
    assert level(found, "flush") == (Level.BAD, "failed")
    assert not as_json(found.values())["ok"]


def test_exclusive_creation_that_overwrites_is_refused(share, monkeypatch):
    opened = os.open

    def without_exclusive(path: Path, flags: int, mode: int = 0o777, **more: object) -> int:
        if Path(path).parent.name == "links":
            flags = flags & ~os.O_EXCL | os.O_TRUNC
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", without_exclusive)
    assert level(findings(share), "create") == (Level.BAD, "overwritten")


def test_a_listing_that_never_shows_new_files_is_refused(share, monkeypatch):
    listing = os.listdir
    monkeypatch.setattr(doctor, "NEVER_S", 0.05)
    monkeypatch.setattr(os, "listdir", lambda folder: [n for n in listing(folder) if not n.startswith("v")])
    assert level(findings(share), "visible") == (Level.BAD, "never listed")


def test_a_late_listing_is_noted(share, monkeypatch):
    monkeypatch.setattr(doctor, "LATE_S", 0.02)
    listing, looks = os.listdir, itertools.count()
    monkeypatch.setattr(os, "listdir", lambda f: [n for n in listing(f) if not n.startswith("v") or next(looks) > 4])
    assert level(findings(share), "visible") == (Level.NOTE, "late")


@pytest.mark.parametrize(("ahead", "case"), [(3600, "ahead"), (-3600, "behind")])
def test_a_wrong_clock_is_noted_with_its_direction(share, monkeypatch, ahead, case):
    now = time.time
    monkeypatch.setattr("db.doctor.time.time", lambda: now() + ahead)
    found = findings(share)
    assert level(found, "clock") == (Level.NOTE, case)
    assert found["clock"].figure == pytest.approx(ahead, abs=2)


@pytest.mark.parametrize(
    ("free", "expected"), [(10_000_000, (Level.BAD, "none")), (10**9, (Level.NOTE, "little")),
                           (10**12, (Level.GOOD, "good"))]
)  # fmt: skip
def test_free_space_is_told(share, monkeypatch, free, expected):
    monkeypatch.setattr("db.doctor.shutil.disk_usage", lambda _: shutil._ntuple_diskusage(free * 2, free, free))
    assert level(findings(share), "space") == expected


def test_a_full_drive_is_named_so(share, monkeypatch):
    monkeypatch.setattr(Path, "write_bytes", _unable(errno.ENOSPC))
    assert level(findings(share), "rights") == (Level.BAD, "full")


@on_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_nobody_may_write_is_refused(share):
    share.chmod(0o555)
    try:
        assert level(findings(share), "rights") == (Level.BAD, "no folder")
    finally:
        share.chmod(0o755)


@pytest.mark.parametrize(
    ("call", "case"), [("mkdir", "no folder"), ("write_bytes", "no write"), ("read_bytes", "no read"),
                       ("unlink", "no delete"), ("replace", "no replace")]
)  # fmt: skip
def test_each_missing_right_is_named(share, monkeypatch, call, case):
    monkeypatch.setattr(Path, call, _unable(errno.EACCES))
    found = findings(share)
    assert list(found)[-1] == "rights"
    assert level(found, "rights") == (Level.BAD, case)


@on_posix
def test_folders_that_colleagues_could_not_write_are_noted(share, monkeypatch):
    monkeypatch.setattr(doctor, "mount_of", lambda _path: Mount("nfs4", True))
    before = os.umask(0o022)
    try:
        share.chmod(0o775)
        assert level(findings(share), "rights") == (Level.NOTE, "mask")
        share.chmod(0o755)
        assert level(findings(share), "rights") == (Level.NOTE, "mine")
        os.umask(0o002)
        share.chmod(0o2775)
        assert level(findings(share), "rights") == (Level.GOOD, "good")
    finally:
        os.umask(before)


# -- what it lies on --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        (Mount("ext4", False), (Level.GOOD, "local")),
        (Mount("cifs", True, "//srv/it", frozenset({"cache=strict"})), (Level.GOOD, "network")),
        (Mount("cifs", True, "//srv/it", frozenset({"cache=loose"})), (Level.NOTE, "loose")),
        (Mount("nfs4", True, "nas:/it", frozenset({"soft"})), (Level.NOTE, "loose")),
        (Mount("fuse.rclone", True), (Level.BAD, "imitated")),
        (Mount("fuse.sshfs", True), (Level.BAD, "imitated")),
        (Mount("tmpfs", False), (Level.NOTE, "memory")),
    ],
)
def test_the_kind_of_drive_is_told(share, monkeypatch, mount, expected):
    monkeypatch.setattr(doctor, "mount_of", lambda _path: mount)
    assert level(findings(share), "drive") == expected


def test_a_folder_that_a_product_copies_is_refused(share, monkeypatch):
    (share / ".dropbox").touch()
    found = findings(share)
    assert level(found, "copies") == (Level.BAD, "product")
    assert "Dropbox" in told(found["copies"], Texts("de")).means


def test_a_product_in_the_own_home_is_refused_by_name_and_elsewhere_noted(share, home, monkeypatch):
    mine = home / "OneDrive - Contoso" / "desk"
    mine.mkdir(parents=True)
    assert level(findings(mine), "copies") == (Level.BAD, "product")
    monkeypatch.setattr(doctor, "mount_of", lambda _path: Mount("cifs", True))
    assert level(findings(mine), "copies") == (Level.NOTE, "name")


def test_offline_files_of_windows_are_noted_on_a_network_drive(share, monkeypatch):
    monkeypatch.setattr(doctor, "mount_of", lambda _path: Mount("NTFS", True))
    monkeypatch.setattr(doctor, "offline_files_are_on", lambda: True)
    assert level(findings(share), "copies") == (Level.NOTE, "offline files")


def test_a_profile_on_a_network_drive_is_refused(share, tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "mount_of", lambda path: Mount("cifs", path == tmp_path / "profile"))
    assert level(findings(share, profile=tmp_path / "profile"), "profile") == (Level.BAD, "remote")


def test_a_help_desk_that_is_there_is_named(tmp_path):
    found_desk(tmp_path).close()
    before = sorted(path.name for path in (tmp_path / "share").rglob("*"))
    found = findings(tmp_path / "share")
    assert level(found, "desk") == (Level.GOOD, "here")
    assert found["desk"].figure == "IT desk"
    assert sorted(path.name for path in (tmp_path / "share").rglob("*")) == before


def test_rests_of_a_help_desk_are_told(share):
    (share / "hd").mkdir()
    assert level(findings(share), "desk") == (Level.NOTE, "stray")
    (share / "hd" / "store.msg").write_bytes(b"not a card")
    assert level(findings(share), "desk") == (Level.BAD, "damaged")


def test_a_profile_that_was_moved_to_a_network_drive_is_not_opened(tmp_path, monkeypatch):
    found_desk(tmp_path).close()
    monkeypatch.setattr("app.profile.is_remote", lambda _path: True)
    with pytest.raises(UserError, match="network drive"):
        Desk(Profile(tmp_path / "anna"))


# -- words ------------------------------------------------------------------------------------------------------------
def test_every_case_has_its_words_and_every_word_its_case():
    source = "".join(Path(str(one.__file__)).read_text(encoding="utf-8") for one in (doctor, contention, address))
    for key in CATALOGUE:
        head, *rest = key.split(".")
        if head == "doctor" and len(rest) == 2 and rest[0] in CHECKS:
            case = rest[1]
            step = case.removeprefix("no ")
            assert f'"{case}"' in source or f'step = "{step}"' in source, key
    for name in CHECKS:
        assert f"doctor.{name}" in CATALOGUE


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_sentence_about_what_is_wrong_leaves_open_what_to_do(language):
    """Of a finding that is not good somebody must be able to do something: a verb of doing is in it."""
    place = ("en", "de").index(language)
    doing = {
        "en": ("use ", "ask ", "have ", "check ", "choose ", "connect", "make ", "name ", "give ", "set ", "write ",
               "look at ", "needs ", "delete ", "enter ", "exclude ", "good for a trial", "does not rely"),
        "de": ("nehmen", "bitten", "wenden", "prüfen", "wählen", "verbinden", "anlegen", "nennen", "brauchen",
               "stellen", "schreiben", "ansehen", "schaffen", "lassen", "ausnehmen", "zurücklegen", "eingeben",
               "setzen", "laufen", "erbitten", "bekommen", "ausprobieren", "verlässt sich nicht", "haben"),
    }[language]  # fmt: skip
    fine = ("good", "local", "network", "exact", "blind", "none", "here", "tables", "empty")
    for key, texts in CATALOGUE.items():
        parts = key.removeprefix("doctor.").removeprefix("database.").split(".")
        wrong = key.startswith("doctor.") and len(parts) == 2 and parts[0] not in ("unit", "verdict")
        if wrong and (parts[1] not in fine or key.endswith("encryption.none")) and texts[place] != "{why}":
            assert any(verb in texts[place].lower() for verb in doing), (key, texts[place])


@pytest.mark.parametrize(
    ("where", "windows", "case"),
    [
        (r"\\server\it\helpdesk", False, "of Windows"),
        (r"H:\helpdesk", False, "of Windows"),
        ("share/helpdesk", False, "relative"),
        ("/mnt/helpdesk", False, ""),
        ("smb://server/it", False, "of a file manager"),
        ("postgresql://db/halldesk", False, ""),
        (r"\\server\it\helpdesk", True, ""),
        ("H:/helpdesk", True, ""),
        ("//server/it", True, ""),
        ("/mnt/helpdesk", True, "of Linux"),
        ("helpdesk", True, "relative"),
    ],
)
def test_a_place_that_only_another_system_can_mean_is_told_apart(where, windows, case):
    assert address.misnamed(where, windows=windows) == case


@on_posix
def test_the_name_a_share_has_on_windows_is_explained_and_makes_no_folder_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (found,) = check(r"\\server\it\helpdesk", quick=True)
    assert (found.name, found.level) == ("reach", Level.BAD)
    assert "Windows" in told(found, Texts("de")).means
    with pytest.raises(UserError, match="as this PC reaches it"):
        open_log(r"\\server\it\helpdesk", b"d" * 16)
    assert list(tmp_path.iterdir()) == []


def test_the_verdict_tells_what_kind_of_thing_is_wrong(share, tmp_path, monkeypatch):
    english = Texts("en")

    def says(*looked: Finding) -> str:
        return verdict(looked, english)

    assert says(*examine(share, quick=True)) == "A help desk can be kept here."
    assert says(*examine(tmp_path / "nowhere", quick=True)) == "The folder is not reached."
    assert says(Finding("rights", Level.BAD, "no write")) == "You can't work in this folder yet."
    assert says(Finding("rights", Level.BAD, "other bytes")) == "A help desk must not be kept here."
    assert says(Finding("links", Level.BAD, "unsupported")) == "A help desk must not be kept here."
    assert "no room left" in says(Finding("rights", Level.BAD, "full"))
    assert "no room left" in says(Finding("rights", Level.GOOD, "good"), Finding("space", Level.BAD, "none"))
    assert "must not" in says(Finding("links", Level.BAD, "unsupported"), Finding("space", Level.BAD, "none"))
    assert "own copy" in says(Finding("reach", Level.GOOD, "good"), Finding("profile", Level.BAD, "remote"))
    (share / "hd").mkdir()
    (share / "hd" / "store.msg").write_bytes(b"not a card")
    assert says(*examine(share, quick=True)) == "A help desk must not be kept here."


def test_figures_are_written_as_each_language_does():
    finding = Finding("space", Level.GOOD, "good", 78_900_000_000, "bytes")
    assert told(finding, Texts("en")).figure == "78.9 GB free"
    assert told(finding, Texts("de")).figure == "78,9 GB frei"
    assert told(Finding("flush", Level.GOOD, "good", 7.44, "ms"), Texts("de")).figure == "7,4 ms"
