"""What a folder lies on is told from the table of mounts; products that copy folders are seen by their marks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from db.mounts import Mount, Synchronised, mount_of, synchronised

TABLE = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/it /mnt/it cifs rw,vers=3.1.1,cache=strict 0 0
/dev/sdb1 /mnt/it/usb ext4 rw 0 0
//server/two\040words /mnt/two\040words cifs rw,cache=loose 0 0
remote: /home/anna/rclone fuse.rclone rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
nas:/desk /srv/desk nfs4 rw,soft 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
"""

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the system, there is no table")


@on_posix
@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/home/anna", "ext4", False),
        ("/mnt/it", "cifs", True),
        ("/mnt/it/helpdesk/not/there/yet", "cifs", True),
        ("/mnt/it/usb/helpdesk", "ext4", False),
        ("/mnt/itself", "ext4", False),
        ("/mnt/two words/desk", "cifs", True),
        ("/home/anna/rclone/desk", "fuse.rclone", True),
        ("/run/user/1000/gvfs/smb-share:server=s,share=it", "fuse.gvfsd-fuse", True),
        ("/srv/desk", "nfs4", True),
        ("/media/stick", "fuseblk", False),
        ("/mnt/it/../../srv/desk", "nfs4", True),
    ],
)
def test_the_nearest_mount_above_a_path_counts(path, kind, remote):
    mount = mount_of(Path(path), TABLE)
    assert (mount.kind, mount.remote) == (kind, remote)


@on_posix
def test_options_and_device_are_told():
    mount = mount_of(Path("/mnt/two words"), TABLE)
    assert mount.device == "//server/two words"
    assert "cache=loose" in mount.options


@on_posix
def test_a_link_is_followed_to_what_it_leads_to(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    table = f"/dev/a / ext4 rw 0 0\n//server/it {target} cifs rw 0 0\n"
    assert mount_of(tmp_path / "link" / "deeper", table).remote


def test_a_system_that_tells_nothing_is_taken_for_local():
    if sys.platform != "win32":
        assert mount_of(Path("/somewhere"), "") == Mount("", False)
    assert not mount_of(Path(__file__)).remote


@pytest.mark.parametrize(
    ("marker", "product"),
    [
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        ("._sync_0f3c9a.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_marks_of_a_product_above_the_folder_are_proof(tmp_path, marker, product):
    root = tmp_path / "anything"
    folder = root / "help" / "desk"
    folder.mkdir(parents=True)
    assert synchronised(folder, {}) is None
    (root / marker).touch()
    assert synchronised(folder, {}) == Synchronised(product, True)


def test_onedrive_names_its_folders_in_the_environment(tmp_path):
    folder = tmp_path / "Firma" / "desk"
    folder.mkdir(parents=True)
    named = {"OneDriveCommercial": str(tmp_path / "Firma")}
    assert synchronised(folder, named) == Synchronised("OneDrive", True)
    assert synchronised(tmp_path / "Firma GmbH", named) is None


@pytest.mark.parametrize(
    ("part", "product"),
    [
        ("OneDrive - Contoso GmbH", "OneDrive"),
        ("Dropbox (Firma)", "Dropbox"),
        ("Meine Ablage", "Google Drive"),
        ("Nextcloud2", "Nextcloud"),
        ("dropboxes", None),
        ("box", None),
    ],
)
def test_a_name_alone_is_a_suspicion(tmp_path, part, product):
    folder = tmp_path / part / "desk"
    found = synchronised(folder, {})
    assert found == (Synchronised(product, False) if product else None)


def test_a_folder_of_very_many_files_is_not_read_whole(tmp_path, monkeypatch):
    read = 0
    scandir = os.scandir

    class Counting:
        def __init__(self, folder):
            self._entries = scandir(folder)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self._entries.close()

        def __iter__(self):
            return self

        def __next__(self):
            nonlocal read
            read += 1
            return next(self._entries)

    for number in range(40):
        (tmp_path / f"{number}").touch()
    monkeypatch.setattr("db.mounts._LOOKED_AT", 10)
    monkeypatch.setattr("db.mounts.os.scandir", Counting)
    monkeypatch.setattr("db.mounts._PROBED_PARENTS", 1)
    synchronised(tmp_path, {})
    assert 0 < read <= 11
