"""What a folder lies on: a local disk, a network drive, or a folder that some product copies about by itself.

SQLite is not safe on a network drive, and the shared log is not safe in a folder whose files a product uploads, renames
and "merges" behind our back. Both are found out before anything is written: by what the system says of the mount, by
attributes, by files such products leave, and by names. Names alone prove nothing, so who asks is told how sure we are.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NETWORK: Final = frozenset({
    "cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "gfs2", "ocfs2",
    "davfs", "beegfs", "vboxsf", "prl_fs", "fuse.vmhgfs-fuse",
})  # fmt: skip
"""Types of network file systems as the kernel names them."""
THROUGH_A_PROGRAM: Final = frozenset({
    "davfs", "fuse.davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs",
    "fuse.curlftpfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.goofys", "fuse.onedriver", "fuse.google-drive-ocamlfuse",
    "fuse.juicefs", "fuse.mergerfs", "fuse.unionfs", "fuse.portal", "fuse.kio-fuse", "fuse.fuse_afp",
})  # fmt: skip
"""Drives that a program on this PC imitates; names, links and flushes mean there what the program makes of them."""
IN_MEMORY: Final = frozenset({"tmpfs", "ramfs", "devtmpfs"})

_REMOTE_DRIVE: Final = 4  # DRIVE_REMOTE
_CLOUD_ATTRIBUTES: Final = 0x1000 | 0x40000 | 0x80000 | 0x100000 | 0x400000
"""FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, PINNED, UNPINNED, RECALL_ON_DATA_ACCESS: Windows' cloud files."""
_CLOUD_TAG: Final = 0x9000001A
_CLOUD_TAG_MASK: Final = 0xFFFF0FFF

_ONEDRIVE: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARKERS: Final = (
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".seafile-data", "Seafile"),
)
"""Files and folders that a product leaves in the root of what it keeps in step."""
_DATABASES: Final = re.compile(r"^(\._sync_|\.sync_)[0-9a-f]+\.db$")
"""Nextcloud and ownCloud keep one of these in the root of a synchronised folder."""
_NAMES: Final = (
    (re.compile(r"onedrive( ?- ?.+)?", re.I), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?", re.I), "Dropbox"),
    (re.compile(r"(my drive|meine ablage|google ?drive|googledrive)( \(.+\))?", re.I), "Google Drive"),
    (re.compile(r"nextcloud\d*", re.I), "Nextcloud"),
    (re.compile(r"owncloud\d*", re.I), "ownCloud"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs", re.I), "iCloud"),
    (re.compile(r"box sync", re.I), "Box"),
    (re.compile(r"pcloud ?drive", re.I), "pCloud"),
    (re.compile(r"seadrive|seafile", re.I), "Seafile"),
)
_PROBED_PARENTS: Final = 8
_LOOKED_AT: Final = 3000
"""Names read of one folder: marks are few, folders on a share may be huge."""


@dataclass(frozen=True)
class Mount:
    """`kind`: the file system as the system names it, "" when it doesn't; `device`: the share or disk behind it."""

    kind: str
    remote: bool
    device: str = ""
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Synchronised:
    """A product that copies this folder. `sure`: shown by the system or by the product's own marks, not by a name
    only."""

    product: str
    sure: bool


def mount_of(path: Path, table: str | None = None) -> Mount:
    """What `path` lies on; it need not exist. `table`: the text of /proc/mounts, for tests."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() below may hang or fail on a dead drive
    if sys.platform == "win32":
        return _windows_mount(path)
    with contextlib.suppress(OSError, RuntimeError):
        path = path.resolve()
    if table is None:
        try:
            table = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return Mount("", False)
    best, found = -1, Mount("", False)
    for line in table.splitlines():
        parts = line.split(" ")
        if len(parts) < 4:
            continue
        place = Path(_unescaped(parts[1]))
        if path.is_relative_to(place) and len(place.parts) >= best:
            kind = parts[2]
            remote = kind in NETWORK or kind in THROUGH_A_PROGRAM
            best = len(place.parts)
            found = Mount(kind, remote, _unescaped(parts[0]), frozenset(parts[3].split(",")))
    return found


def is_remote(path: Path) -> bool:
    """True when a path lies on a network drive, as far as the system tells."""
    return mount_of(path).remote


def _unescaped(word: str) -> str:
    """Spaces, tabs, line breaks and backslashes are written in octal there."""
    return re.sub(r"\\([0-7]{3})", lambda m: chr(int(m.group(1), 8)), word)


def _windows_mount(path: Path) -> Mount:
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes

    text = str(path)
    unc = text.startswith("\\\\") and not text.startswith(("\\\\?\\", "\\\\.\\"))
    unc = unc or text.upper().startswith("\\\\?\\UNC\\")
    root = path.anchor or text[:3]
    kernel = ctypes.windll.kernel32
    remote = unc or kernel.GetDriveTypeW(root) == _REMOTE_DRIVE
    name = ctypes.create_unicode_buffer(64)
    known = kernel.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
    return Mount(name.value if known else "", remote, root)


# -- products ---------------------------------------------------------------------------------------------------------
def synchronised(path: Path, environment: Mapping[str, str] | None = None) -> Synchronised | None:
    """The product that copies this folder about, if any is seen. May touch `path` and some folders above it."""
    path = Path(os.path.abspath(path))  # noqa: PTH100
    environment = os.environ if environment is None else environment
    for variable in _ONEDRIVE:
        named = environment.get(variable)
        if named and _is_within(path, Path(named)):
            return Synchronised("OneDrive", True)
    if _in_windows_cloud(path):
        return Synchronised("", True)
    for folder in [path, *path.parents][:_PROBED_PARENTS]:
        product = _marked(folder)
        if product:
            return Synchronised(product, True)
    for part in path.parts:
        for pattern, product in _NAMES:
            if pattern.fullmatch(part):
                return Synchronised(product, False)
    return None


def offline_files_are_on() -> bool:
    """Whether Windows keeps local copies of network folders here ("Offline Files")."""
    if sys.platform != "win32":
        return False
    import ctypes

    try:
        library = ctypes.WinDLL("cscapi.dll")
        active, enabled = ctypes.c_int(0), ctypes.c_int(0)
        failed = library.OfflineFilesQueryStatus(ctypes.byref(active), ctypes.byref(enabled))
    except (OSError, AttributeError):
        return False
    return not failed and bool(active.value)


def _is_within(path: Path, folder: Path) -> bool:
    one, other = os.path.normcase(path), os.path.normcase(folder)
    return one == other or one.startswith(other.rstrip(os.sep) + os.sep)


def _in_windows_cloud(path: Path) -> bool:
    for folder in (path, *path.parents):
        try:
            status = os.stat(folder, follow_symlinks=False)  # noqa: PTH116 - one call for both facts
        except OSError:
            continue
        attributes = getattr(status, "st_file_attributes", 0)
        tag = getattr(status, "st_reparse_tag", 0)
        if tag & _CLOUD_TAG_MASK == _CLOUD_TAG:
            return True
        if folder == path and attributes & _CLOUD_ATTRIBUTES:
            return True
    return False


def _marked(folder: Path) -> str:
    if folder.parent == folder:
        return ""
    try:
        with os.scandir(folder) as entries:
            names = {entry.name for entry in itertools.islice(entries, _LOOKED_AT)}
    except OSError:
        return ""
    for marker, product in _MARKERS:
        if marker in names:
            return product
    if any(_DATABASES.match(name) for name in names):
        return "Nextcloud"
    return ""
