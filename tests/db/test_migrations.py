"""A replica's file is brought to this program's schema on a copy, or left exactly as it was."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from db import migrate
from db.errors import StorageError
from db.models import Base
from db.replica import Replica
from db.revision import HEAD
from db.shapes import Department
from tests.sync.stations import Station

LEFTOVERS = (".upgrading", ".upgrading-wal", ".upgrading-journal")


def _migrated(path: Path) -> Path:
    sqlite3.connect(path).close()
    migrate.run_alembic(path)
    return path


def _created(path: Path) -> Path:
    Replica(path).close()
    return path


def _schema(path: Path) -> dict[tuple[str, str], list[str]]:
    """What is in the file, each definition as the sorted list of its parts: their order says nothing."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'guard_%'").fetchall()
    parts = {
        (kind, name): re.split(r",\s*(?=CONSTRAINT |CHECK |PRIMARY |FOREIGN |UNIQUE |[a-z_]+ [A-Z]+)", sql or "")
        for kind, name, sql in rows
        if name != "alembic_version" and "alembic_version" not in name
    }
    return {
        key: sorted(re.sub(r"\s+|[\"']", " ", part).replace(" ", "").rstrip(")") for part in found)
        for key, found in parts.items()
    }


def _bytes_and_folder(path: Path) -> tuple[bytes, set[str]]:
    return path.read_bytes(), {p.name for p in path.parent.iterdir()} - {path.name + ".lock"}


# -- the first revision -----------------------------------------------------------------------------------------------
def test_migrations_and_the_program_make_the_same_file(tmp_path: Path) -> None:
    by_migrations, by_program = _schema(_migrated(tmp_path / "a.db")), _schema(_created(tmp_path / "b.db"))
    assert by_migrations.keys() == by_program.keys()
    for key, parts in by_program.items():
        assert by_migrations[key] == parts, key


def test_alembic_sees_no_difference_to_the_models(tmp_path: Path) -> None:
    for path in (_migrated(tmp_path / "a.db"), _created(tmp_path / "b.db")):
        engine = create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
            assert compare_metadata(context, Base.metadata) == []


def _is_ours(_object: object, name: str, *_more: object) -> bool:
    return not str(name).startswith(("case_fts", "article_fts"))


def test_head_is_the_newest_revision_and_the_line_does_not_fork() -> None:
    scripts = ScriptDirectory(str(migrate.SCRIPTS))
    assert scripts.get_heads() == [HEAD]
    names = [script.revision for script in scripts.walk_revisions()]
    assert names == sorted(names, reverse=True), "revisions are compared as text to tell newer from older"


def test_a_migrated_file_is_a_working_replica(tmp_path: Path) -> None:
    replica = Replica(_migrated(tmp_path / "a.db"))
    with replica.transaction("x", None, at=1) as tx:
        tx.insert(Department, name="Hall 1")
    assert replica.rows_digest() == replica.digest
    replica.close()


# -- files that are no replica of ours --------------------------------------------------------------------------------
def test_a_newer_file_is_refused_as_it_is(tmp_path: Path) -> None:
    path = _created(tmp_path / "r.db")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="opened by a newer Halldesk; update Halldesk"):
        Replica(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database", b"\0" * 8192, b"SQLite format 3\0" + b"x" * 4096])
def test_what_is_no_database_is_told_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"can't be read .*join again, the shared log has everything"):
        Replica(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="is not a Halldesk replica; choose another profile folder"):
        Replica(path)
    assert path.read_bytes() == before


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match=r"can't be written .*choose another profile folder"):
        Replica(tmp_path / "file" / "r.db")


def test_an_empty_file_becomes_a_replica(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "r.db"
    path.parent.mkdir(parents=True)
    path.touch()
    Replica(path).close()
    assert migrate.revision_of(path) == HEAD


# -- an older file ----------------------------------------------------------------------------------------------------
@pytest.fixture
def older(anna: Station) -> Path:
    """A filled replica as revision 0000 would have left it: its analysts lack the column `phone`."""
    for n in range(20):
        anna.opens(f"Case {n}")
    anna.sync()
    anna.opens("Not sent yet")
    anna.replica.close()
    with closing(sqlite3.connect(anna.replica.path)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("ALTER TABLE analyst DROP COLUMN phone")
        db.execute("UPDATE alembic_version SET version_num = '0000'")
    return anna.replica.path


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Migrations 0000 (nothing) and 0001 (the column comes, by rebuilding a table that others refer to)."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    shutil.copy(migrate.SCRIPTS / "env.py", folder)
    (folder / "versions" / "a.py").write_text(
        "revision, down_revision = '0000', None\ndef upgrade(): pass\n", encoding="utf-8"
    )
    (folder / "versions" / "b.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        "revision, down_revision = '0001', '0000'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('analyst', recreate='always') as table:\n"
        "        table.add_column(sa.Column('phone', sa.String()))\n",
        encoding="utf-8",
    )
    return folder


def test_an_older_file_is_upgraded_with_everything_in_it(anna: Station, older: Path, scripts: Path) -> None:
    migrate.up_to_date(older, lambda copy: migrate.run_alembic(copy, scripts))
    assert migrate.revision_of(older) == HEAD
    anna.restart()
    assert anna.count("case") == 21
    assert anna.replica.pending_count() == 1
    assert anna.one("SELECT phone FROM analyst")["phone"] is None
    assert anna.count("device") == 1, "rebuilding a parent emptied its children"
    assert anna.whole()
    anna.opens("After the upgrade")
    assert anna.sync().published == 2
    assert anna.one("SELECT count(*) AS n FROM case_fts WHERE case_fts MATCH 'upgrade'")["n"] == 1


def test_the_upgrade_happens_on_a_copy_and_not_in_place(older: Path, scripts: Path) -> None:
    before = older.read_bytes()
    seen: list[Path] = []

    def upgrade(copy: Path) -> None:
        seen.append(copy)
        assert copy != older
        migrate.run_alembic(copy, scripts)
        assert older.read_bytes() == before

    migrate.up_to_date(older, upgrade)
    assert len(seen) == 1
    assert older.read_bytes() != before
    assert not any(older.with_suffix(suffix).exists() for suffix in LEFTOVERS)


def _fails(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("DELETE FROM timeline_entry")
        db.execute("CREATE TABLE half_done (x)")
        raise sqlite3.OperationalError("database or disk is full")


def _loses_references(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("DELETE FROM analyst")


def _breaks_the_file(copy: Path) -> None:
    with copy.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize("upgrade", [_fails, _loses_references, _breaks_the_file])
def test_a_failing_upgrade_leaves_the_file_as_it_was(older: Path, upgrade) -> None:
    before = _bytes_and_folder(older)
    with pytest.raises(StorageError, match=r"could not be upgraded.* [Ii]t is unchanged"):
        migrate.up_to_date(older, upgrade)
    assert _bytes_and_folder(older) == before


def test_a_migration_that_raises_leaves_the_file_as_it_was(older: Path, scripts: Path) -> None:
    (scripts / "versions" / "b.py").write_text(
        "from alembic import op\nrevision, down_revision = '0001', '0000'\n"
        "def upgrade(): op.execute('DROP TABLE case_event'); op.execute('no such statement')\n",
        encoding="utf-8",
    )
    before = _bytes_and_folder(older)
    with pytest.raises(StorageError, match="it is unchanged"):
        migrate.up_to_date(older, lambda copy: migrate.run_alembic(copy, scripts))
    assert _bytes_and_folder(older) == before


def test_a_file_of_an_unknown_line_is_told(older: Path, scripts: Path) -> None:
    with closing(sqlite3.connect(older)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '0000a'")
    before = older.read_bytes()
    with pytest.raises(StorageError, match="could not be upgraded"):
        migrate.up_to_date(older, lambda copy: migrate.run_alembic(copy, scripts))
    assert older.read_bytes() == before


def test_keys_on_would_have_lost_the_children(older: Path, scripts: Path) -> None:
    """The trap itself: the same migration with keys on, to show that env.py's pragma is what saves the rows."""
    text = (scripts / "env.py").read_text(encoding="utf-8")
    assert "PRAGMA foreign_keys=OFF" in text
    (scripts / "env.py").write_text(text.replace("foreign_keys=OFF", "foreign_keys=ON"), encoding="utf-8")
    before = older.read_bytes()
    with pytest.raises(StorageError, match=r"FOREIGN KEY constraint failed|references were lost"):
        migrate.up_to_date(older, lambda copy: migrate.run_alembic(copy, scripts))
    assert older.read_bytes() == before
