"""What Alembic runs: the migrations, on the file that `db.migrate.alembic_config` names.

Keys are off before the transaction begins, because batch mode rebuilds a table by dropping the old one, and with keys
on that empties or refuses its children (SQLite ignores the pragma inside a transaction). `db.migrate` checks them
after.
"""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from db.models import Base


def _keys_off(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def run() -> None:
    """Upgrade the file in one transaction."""
    path: Path = context.config.attributes["path"]
    engine = create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool)
    event.listen(engine, "connect", _keys_off)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
