"""How the place of a shared store is written: a folder, or a database URL.

The URL is what is shown, stored and sent in invitations, so it never holds a password: what a person typed with one is
taken apart here, before anything else sees it. This module is small and imports nothing heavy, because every command
needs it and few need a database.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from db.errors import StorageError

_POSTGRESQL: Final = ("postgresql", "postgres")
_HERE: Final = ("", "localhost", "127.0.0.1", "::1")
_FILE_MANAGERS: Final = ("smb", "cifs", "nfs", "file", "afp", "sftp", "dav", "davs")
_FROM_WINDOWS: Final = re.compile(r"\\\\|[A-Za-z]:[\\/]")
"""Two backslashes and a server, or the letter of a drive."""


class Place(NamedTuple):
    """`where` without a password, and the password that was written in it (None: there was none)."""

    where: str
    password: str | None


def is_url(where: str) -> bool:
    """Whether this names a database and not a folder."""
    return "://" in where


def is_database(where: str) -> bool:
    """Whether this begins as the URL of a database that can hold a help desk."""
    return where.strip().partition("://")[0] in _POSTGRESQL and is_url(where)


def misnamed(where: str, *, windows: bool = os.name == "nt") -> str:
    """Why a folder written like this can't be meant on this system: "of Windows", "of Linux", "of a file manager",
    "relative"; "" where nothing speaks against it, and for a database. Without this a share's name from Windows would
    be taken on Linux for a folder within the one where the program happens to run."""
    if is_url(where):
        return "" if where.partition("://")[0] not in _FILE_MANAGERS else "of a file manager"
    if windows:
        if _FROM_WINDOWS.match(where) or where.startswith("//"):
            return ""
        return "of Linux" if where.startswith("/") else "relative"
    if _FROM_WINDOWS.match(where):
        return "of Windows"
    return "" if where.startswith("/") else "relative"


def place(written: str) -> Place:
    """Take the password out of what a person wrote; a folder is left as it is.

    Errors: StorageError for a URL that is none, or of another kind than PostgreSQL's.
    """
    if not is_url(written):
        return Place(written, None)
    try:
        parts = urlsplit(written.strip())
        user, host = parts.netloc.rpartition("@")[::2]
        _ = parts.port if "," not in host else None  # raises for a port that is no number
    except ValueError as error:
        raise StorageError(f"This is no database URL ({error}); write postgresql://USER@HOST/DATABASE.") from error
    if parts.scheme not in _POSTGRESQL:
        raise StorageError(
            f"{parts.scheme}:// can't hold a help desk; name a folder on the drive or postgresql://USER@HOST/DATABASE."
        )
    if not parts.path.strip("/"):
        raise StorageError("The URL names no database; write postgresql://USER@HOST/DATABASE.")
    name, colon, secret = user.partition(":")
    options = parse_qsl(parts.query, keep_blank_values=True)
    spoken = [value for key, value in options if key == "password"]
    query = urlencode([(key, value) for key, value in options if key != "password"], quote_via=quote, safe="/:\\")
    where = urlunsplit(("postgresql", f"{name}@{host}" if name else host, parts.path, query, ""))
    password = unquote(secret) if colon else spoken[-1] if spoken else None
    return Place(where, password)


def options(where: str) -> dict[str, str]:
    """What stands behind the `?` of a URL."""
    return dict(parse_qsl(urlsplit(where).query, keep_blank_values=True))


def hosts(where: str) -> list[str]:
    """The machines a URL names; "" for this one by its socket."""
    parts = urlsplit(where)
    named = options(where).get("host")
    if named is not None:
        return named.split(",")
    found = []
    for one in parts.netloc.rpartition("@")[2].split(","):
        host = one.partition("]")[0].lstrip("[") if one.startswith("[") else one.partition(":")[0]
        found.append(unquote(host).lower())
    return found


def is_here(where: str) -> bool:
    """Whether the database runs on this machine, so that nothing of it crosses a network."""
    return all(host in _HERE or host.startswith("/") for host in hosts(where))


def same_place(one: str, other: str) -> bool:
    """Whether two spellings name the same store, whoever logs in. Two names of one server are not recognised."""
    if is_url(one) != is_url(other):
        return False
    if not is_url(one):
        return os.path.normcase(Path(one).absolute()) == os.path.normcase(Path(other).absolute())
    return _database(one) == _database(other)


def _database(where: str) -> tuple[list[str], list[str], str]:
    parts = urlsplit(where)
    said = options(where)
    machines = parts.netloc.rpartition("@")[2].split(",")
    ports = [machine.rpartition(":")[2] if not machine.endswith("]") and ":" in machine else "" for machine in machines]
    ports = said["port"].split(",") if "port" in said else ports
    return hosts(where), [port or "5432" for port in ports], parts.path.strip("/")


def password_name(where: str) -> str:
    """Under which name the password of this URL's user on this server is kept: the same for all profiles here."""
    parts = urlsplit(where)
    user = parts.netloc.rpartition("@")[0] or options(where).get("user", "")
    return "database-" + hashlib.sha256(f"{user}@{','.join(hosts(where))}".encode()).hexdigest()[:16]
