"""Bringing a replica's file to this program's schema: always on a copy first.

A new file gets all tables at once and is stamped. An older file is copied (`VACUUM INTO`), the copy is upgraded with
keys off (Alembic's batch mode with keys on empties child tables), checked, and only then takes the place of the
original. A file from a newer program is refused as it is.

SQLAlchemy and Alembic are imported only where a file is made or upgraded; a start on a current file needs neither.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from db.errors import StorageError
from db.guards import guard_triggers
from db.revision import HEAD
from db.search_index import index_statements
from db.touched import touch_statements
from db.write_lock import Busy, WriteLock

SCRIPTS: Final = Path(__file__).parent / "migrations"


def revision_of(path: Path) -> str | None:
    """The schema revision of a replica file; None for a missing or empty file. Errors: StorageError."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(path)) as db:
            tables = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return None
            row = None
            if "alembic_version" in tables:
                row = db.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is None:
                raise StorageError(f"{path} is not a Halldesk replica; choose another profile folder.")
    except sqlite3.OperationalError as error:
        # Not the file is wrong but its place (a read-only disk, missing rights): never advise to move it away.
        raise StorageError(
            f"{path.parent} can't be written; check its permissions ({error}). Your work in it is kept."
        ) from error
    except sqlite3.DatabaseError as error:
        raise StorageError(
            f"{path} can't be read ({error}); move it away and join again, the shared log has everything."
        ) from error
    return str(row[0])


def up_to_date(path: Path, upgrade: Callable[[Path], None] | None = None) -> None:
    """Make the file at `path` fit this program. Errors: StorageError with what to do; the file is then unchanged.

    `upgrade` stands in for Alembic in tests of the copying itself.
    """
    if revision_of(path) == HEAD:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(WriteLock(Path(f"{path}.lock"))) as lock, lock.turn():
            found = revision_of(path)
            if found is None:
                create(path)
            elif found > HEAD:
                raise StorageError("This profile was opened by a newer Halldesk; update Halldesk on this workstation.")
            elif found < HEAD:
                _upgrade_copy(path, upgrade or run_alembic)
    except Busy as error:
        raise StorageError("Another Halldesk process is writing to this profile; try again in a moment.") from error
    except OSError as error:
        raise StorageError(f"{path.parent} can't be written ({error}); choose another profile folder.") from error


def _upgrade_copy(path: Path, upgrade: Callable[[Path], None]) -> None:
    copy = path.with_suffix(".upgrading")
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        upgrade(copy)
        _check(copy)
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for suffix in ("-wal", "-shm"):
            Path(str(path) + suffix).unlink(missing_ok=True)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        copy.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"The profile could not be upgraded ({error}); it is unchanged. Make room and try again."
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(str(copy) + suffix).unlink(missing_ok=True)


def create(path: Path) -> None:
    """Make an empty replica of this program's schema. Errors: StorageError when it can't be written."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA page_size=4096")
            db.execute("BEGIN IMMEDIATE")
            for statement in (*schema_statements(), *guard_triggers().values()):
                db.execute(statement)
            db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            db.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise StorageError(f"{path.parent} can't be written ({error}); choose another profile folder.") from error


def schema_statements() -> list[str]:
    """The DDL of this program's schema: tables, indexes, search index, what notes touched cases."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from db.models import Base

    dialect = sqlite.dialect()
    out = []
    for table in Base.metadata.sorted_tables:
        out.append(str(CreateTable(table).compile(dialect=dialect)))
        out += [str(CreateIndex(i).compile(dialect=dialect)) for i in sorted(table.indexes, key=lambda i: str(i.name))]
    return out + index_statements() + touch_statements()


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageError("The profile could not be upgraded: references were lost. It is unchanged; tell us.")
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise StorageError("The profile could not be upgraded: the copy is damaged. It is unchanged.")


def run_alembic(path: Path, scripts: Path = SCRIPTS) -> None:
    """Run the migrations in `scripts` on this file (a copy), with keys off and the triggers out of the way."""
    from alembic import command
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    with closing(sqlite3.connect(path)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.commit()
    try:
        command.upgrade(alembic_config(path, scripts), "head")
    except (CommandError, SQLAlchemyError) as error:
        raise StorageError(f"The profile could not be upgraded ({error}); it is unchanged. Tell us.") from error
    with closing(sqlite3.connect(path)) as db:
        for statement in index_statements() + touch_statements():
            db.execute(statement)
        db.commit()


def alembic_config(path: Path, scripts: Path = SCRIPTS) -> Any:
    """What Alembic's commands need to know for this file (an `alembic.config.Config`)."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["path"] = path
    return config
