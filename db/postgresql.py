"""How this program speaks to a PostgreSQL server: connecting, patience, and errors as sentences.

Whatever the URL leaves open is set to what is safe: TLS is required unless the server is this machine, a password never
crosses a network in clear, an acknowledged commit is on the server's disk. A server that does not answer must not hold
up a lane for ever, so there is an end to each wait: connecting (CONNECT_S), silence within an answer (SILENCE_S), a
statement on the server (_STATEMENT_MS).

psycopg is under the LGPL: it is used as a library of its own, installed beside the program, and not changed.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, Final, TypeVar

import psycopg

from db.address import hosts, is_here, options
from db.errors import PasswordNeeded, StorageError, StoreUnreachable

T = TypeVar("T")

CONNECT_S: Final = 5
SILENCE_S: Final = 15.0
_STATEMENT_MS: Final = 120_000
_LOCK_MS: Final = 10_000
_SETTINGS: Final = """
    SELECT set_config('statement_timeout', %(statement)s, false), set_config('lock_timeout', %(lock)s, false),
           set_config('search_path', 'pg_catalog', false), set_config('timezone', 'UTC', false),
           CASE current_setting('synchronous_commit')
               WHEN 'off' THEN set_config('synchronous_commit', 'on', false)
           END
"""
"""An acknowledged entry is on the server's disk, whatever the database does otherwise."""


_NO_TABLES: Final = ("42P01", "3F000")
_NO_RIGHTS: Final = ("42501", "28000")
_PASSWORD: Final = ("passw", "mot de passe", "contraseña", "hasło")
"""How the word begins in the languages in which servers say that it is wrong."""


def connect(where: str, password: str | None, called: str, silence: float = SILENCE_S) -> Connection:
    """A connection in autocommit to a URL without a password. `password`: None leaves it to the system (a single
    sign-on, a password file, a client certificate). `called`: how the server's administrator sees it. `silence`:
    seconds without a byte of an answer after which the server counts as gone. Errors: psycopg.Error."""
    connection = Connection.connect(
        where, autocommit=True, prepare_threshold=None, **connection_options(where, password, called)
    )
    connection.silence = silence
    try:
        connection.execute(_SETTINGS, {"statement": str(_STATEMENT_MS), "lock": str(_LOCK_MS)})
    except BaseException:
        connection.close()
        raise
    return connection


class Silent(psycopg.OperationalError):
    """The server took the question and said nothing more."""


class Connection(psycopg.Connection[Any]):
    """A connection that is given up when the server falls silent: the system notices a machine that is gone, but not
    one that hangs."""

    silence: float = SILENCE_S

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **more: Any) -> T:
        """See psycopg.Connection; this is where every answer is waited for."""
        return super().wait(self._patiently(gen), *args, **more)

    def _patiently(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > self.silence:
                    self.pgconn.finish()
                    raise Silent(f"no answer for {self.silence:.0f} seconds")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]


def connection_options(where: str, password: str | None, called: str) -> dict[str, Any]:
    """What is said to libpq beside the URL: what that leaves open, and the password."""
    wanted: dict[str, Any] = {
        "connect_timeout": CONNECT_S,
        "application_name": f"halldesk {called}",
        "client_encoding": "UTF8",
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": int(SILENCE_S * 1000),
        "gssencmode": "disable",  # TLS is our encryption; tickets are used to log in all the same
    }
    said = options(where)
    if not is_here(where):
        wanted["sslmode"] = "require"
    if said.get("sslmode") not in ("verify-ca", "verify-full") and not is_here(where):
        wanted["require_auth"] = "!password"  # never in clear to a server that has not shown who it is
    if len(hosts(where)) > 1:
        wanted["target_session_attrs"] = "read-write"
    wanted = {key: value for key, value in wanted.items() if key not in said}
    if password is not None:
        wanted["password"] = password
    return wanted


# -- what went wrong, in one sentence ---------------------------------------------------------------------------------
def named(where: str, error: BaseException) -> StorageError:
    """The driver's error as one sentence that says whose turn it is."""
    state = getattr(error, "sqlstate", None)
    if isinstance(error, Silent):
        return StoreUnreachable(f"The database {where} does not answer. Work goes on here and is sent later.")
    if state is None or state.startswith("08"):
        return _not_connected(where, error)
    said = " ".join(str(error).split("\n")[0].split())
    if state in _NO_TABLES:
        return StoreUnreachable(f"There is no Halldesk store in {where} any more; ask its administrator.")
    if state in _NO_RIGHTS:
        return StorageError(
            f"The database role lacks a right in {where} ({said}); ask its administrator to grant it halldesk_client."
        )
    if state in ("25006", "53100"):
        why = "is full; make room on its disk" if state == "53100" else "takes no changes now: it is a standby"
        return StorageError(f"The database {where} {why}. Your work is kept here and sent later.")
    if state in ("57014", "55P03") or state.startswith(("57P", "53", "40")):
        return StoreUnreachable(f"The database {where} is busy or stopping ({said}). Work goes on here.")
    return StorageError(f"The database {where} refused ({said}); ask its administrator.")


def _not_connected(where: str, error: BaseException) -> StorageError:
    """No server's code tells why a connection failed; only libpq's words and flags do, the server's in its language."""
    said = " ".join(str(error).split())
    reason = said.rpartition("FATAL:")[2].strip() or said
    low = said.lower()
    made = getattr(error, "pgconn", None)
    if "pg_hba.conf" in low:
        how = " without TLS" if "no encryption" in low else ""
        return StorageError(
            f"The database {where} lets nobody of that name in from here{how}; ask its administrator ({reason})."
        )
    if "root certificate" in low or "certificate verify" in low or "does not match host name" in low:
        return StorageError(
            f"The database {where} did not prove who it is, so nothing was sent: {reason}. Check sslrootcert and the "
            "host's name."
        )
    if "ssl" in low or "tls" in low:
        return StorageError(
            f"No TLS connection to the database {where}: {reason}. Ask its administrator for TLS, or write "
            "sslmode=disable where the network is trusted."
        )
    if "authentication method requirement" in low:
        return StorageError(
            f"The database {where} wants the password in clear without having shown who it is; use sslmode=verify-full."
        )
    if made is not None and getattr(made, "needs_password", False):
        return PasswordNeeded(f"The database {where} wants a password; give it with `halldesk password`.")
    if made is not None and getattr(made, "used_password", False) and any(word in low for word in _PASSWORD):
        return PasswordNeeded(
            f"The database {where} refused the password; give the right one with `halldesk password`."
        )
    if "CONNECT" in said:  # the right's name, which no language translates
        return StorageError(
            f"The database role lacks a right in {where} ({reason}); ask its administrator to grant it halldesk_client."
        )
    if "does not exist" in low or "existiert nicht" in low:
        return StorageError(f"There is no such database: {where} ({reason}); ask its administrator.")
    return StoreUnreachable(f"The database {where} can't be reached ({reason}). Work goes on here and is sent later.")
