"""A real Samba server for tests, on a free port of the loopback, with a configuration and a password file of its own.

smbd must start as root and serves its files as the system's user `daemon`, which every Debian has. Where it can't be
had the tests that need it are skipped, with the reason; `packaging/dev.py test` installs it where it may.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

USER, PASSWORD, SHARE = "daemon", "tests only", "desk"
STARTED_WITHIN_S = 30

_CONFIGURATION = """
[global]
workgroup = TESTS
server role = standalone server
server min protocol = SMB3
disable netbios = yes
interfaces = lo
bind interfaces only = yes
smb ports = {port}
map to guest = Never
passdb backend = tdbsam
private dir = {folder}/private
lock directory = {folder}/lock
state directory = {folder}/state
cache directory = {folder}/cache
pid directory = {folder}/pid
ncalrpc dir = {folder}/ncalrpc
log file = {folder}/log/%m
log level = 0
load printers = no
printing = bsd
disable spoolss = yes

[{share}]
path = {folder}/share
read only = no
"""


class SambaServer:
    """A running server; `share` is the folder it serves, as this machine sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.share = folder, folder / "share"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        for name in ("share", "private", "lock", "state", "cache", "pid", "ncalrpc", "log"):
            (folder / name).mkdir()
        shutil.chown(self.share, USER)
        configuration = folder / "smb.conf"
        configuration.write_text(_CONFIGURATION.format(port=self.port, folder=folder, share=SHARE), encoding="ascii")
        added = subprocess.run(
            ["smbpasswd", "-c", str(configuration), "-s", "-a", USER],
            input=f"{PASSWORD}\n{PASSWORD}\n", text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert added.returncode == 0, added.stderr
        with (folder / "said").open("wb") as said:
            self._process = subprocess.Popen(
                ["smbd", "--foreground", "--no-process-group", f"--configfile={configuration}"],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True,  # when it ends it ends its whole group, which must not be ours
            )  # fmt: skip
        until = time.monotonic() + STARTED_WITHIN_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self._process.poll() is None, (folder / "said").read_text(errors="replace")
                assert time.monotonic() < until, "the server did not start in time"
                time.sleep(0.05)

    def stop(self) -> None:
        """End it and those it started for its clients."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def why_not() -> str:
    """Why Samba can't be tested with here; "" when it can."""
    if sys.platform == "win32":
        return "smbd is not for Windows"
    if os.geteuid() != 0:
        return "smbd starts as root only"
    if shutil.which("smbd") is None or shutil.which("smbpasswd") is None:
        return "Samba is not installed: apt-get install samba"
    return ""


@pytest.fixture(scope="session")
def samba() -> Iterator[SambaServer]:
    """The server of this test process."""
    if reason := why_not():
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="halldesk-samba-"))
    folder.chmod(0o755)  # the user whose files these are must get through
    server = SambaServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
