"""One writer, a gate before every shared table, and errors that say whose turn it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import StorageError, UnguardedWrite
from db.session import Writer
from db.shapes import SHARED, Case
from tests.sync.stations import Station


@pytest.mark.parametrize("table", SHARED)
def test_no_row_enters_a_shared_table_outside_a_transaction(anna: Station, table: str) -> None:
    why = f"write to {table} outside a transaction"
    for sql in (f'INSERT INTO "{table}" DEFAULT VALUES', f"INSERT OR REPLACE INTO \"{table}\" (id) VALUES (x'00')"):
        with pytest.raises(UnguardedWrite, match=why), anna.replica.local() as raw:
            raw.execute(sql)


def test_updates_and_deletes_of_every_filled_table_are_guarded(anna: Station) -> None:
    filled = [name for name in SHARED if anna.count(name)]
    assert {"analyst", "device", "department", "queue", "site"} <= set(filled)
    for table in filled:
        for sql in (f'UPDATE "{table}" SET id = id', f'DELETE FROM "{table}"'):
            with pytest.raises(UnguardedWrite), anna.replica.local() as raw:
                raw.execute(sql)


def test_another_program_can_not_write_either(anna: Station) -> None:
    with closing(sqlite3.connect(anna.replica.path)) as other:
        for sql in ("DELETE FROM site", "UPDATE site SET name = 'x'", "INSERT INTO site (id) VALUES (x'00')"):
            with pytest.raises(sqlite3.IntegrityError, match=r"^write to site outside a transaction$"):
                other.execute(sql)
    assert anna.count("site") == 1


def _gate_is_shut(path: Path) -> bool:
    """As anybody else sees it."""
    with closing(sqlite3.connect(path)) as other:
        return bool(other.execute("SELECT count(*) FROM gate").fetchone() == (0,))


def test_the_gate_is_never_open_in_what_is_committed(anna: Station) -> None:
    writer = anna.replica._writer
    with anna.transaction("x") as tx:
        tx.insert(Case, title="Printer jams", severity=3, opened_at=1, updated_at=1)
        assert writer.raw.execute("SELECT count(*) FROM gate").fetchone() == (1,)
        assert _gate_is_shut(anna.replica.path)
    assert _gate_is_shut(anna.replica.path)


def test_a_shared_transaction_within_another_shuts_the_gate_behind_it(anna: Station) -> None:
    writer = anna.replica._writer
    with writer.begin() as raw:
        for inner in (False, True):
            with writer.begin(shared=True), writer.begin(shared=inner):
                raw.execute("UPDATE site SET name = name")
            with writer.begin(shared=True), pytest.raises(ZeroDivisionError), writer.begin(shared=True):
                raise ZeroDivisionError
        raw.execute("SAVEPOINT within")
        with writer.begin(shared=True):
            raw.execute("UPDATE site SET name = 'y'")
            raw.execute("ROLLBACK TO within")
        with pytest.raises(sqlite3.IntegrityError, match="write to site outside a transaction"):
            raw.execute("UPDATE site SET name = 'x'")
    assert anna.one("SELECT name FROM site")["name"] == "IT desk"
    assert _gate_is_shut(anna.replica.path)


def test_a_joining_call_leaves_the_gate_open_for_the_one_it_joined(anna: Station) -> None:
    writer = anna.replica._writer
    with writer.begin(shared=True) as raw:
        with writer.begin():
            pass
        with writer.begin(shared=True):
            pass
        raw.execute("UPDATE site SET name = name")


def test_a_program_that_dies_amid_a_change_leaves_the_gate_shut(anna: Station) -> None:
    dies = (
        "import os, pathlib, sys\n"
        "from db.session import Writer\n"
        "with Writer(pathlib.Path(sys.argv[1])).begin(shared=True) as raw:\n"
        "    raw.execute('PRAGMA cache_spill=1')\n"
        "    raw.execute(\"UPDATE site SET name = 'half'\")\n"
        "    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", dies, str(anna.replica.path)], check=False).returncode == 9
    assert _gate_is_shut(anna.replica.path)
    with pytest.raises(UnguardedWrite), anna.replica.local() as raw:
        raw.execute("UPDATE site SET name = 'x'")
    assert anna.one("SELECT name FROM site")["name"] == "IT desk"


def test_sqlite_calls_no_function_of_ours(anna: Station) -> None:
    """It did once: two threads waited for each other there, and Ctrl+C got lost."""
    with closing(sqlite3.connect(anna.replica.path)) as other:
        theirs = {name for (name,) in other.execute("SELECT name FROM pragma_function_list")}
    with closing(anna.replica.reader()) as reader:
        for raw in (anna.replica._writer.raw, reader.raw):
            assert {row[0] for row in raw.execute("SELECT name FROM pragma_function_list")} == theirs


def test_the_gate_is_shut_again_after_a_transaction_that_failed(anna: Station) -> None:
    with pytest.raises(ZeroDivisionError), anna.transaction("x") as tx:
        tx.query(f"SELECT {1 // 0}")
    with pytest.raises(UnguardedWrite), anna.replica.local() as raw:
        raw.execute("DELETE FROM site")


def test_a_reading_statement_that_writes_is_refused_and_leaves_nothing(anna: Station) -> None:
    with pytest.raises(UnguardedWrite, match="use insert, update or delete"), anna.transaction("x") as tx:
        tx.query("UPDATE site SET name = 'x' RETURNING id")
    assert anna.one("SELECT name FROM site")["name"] == "IT desk"
    assert anna.whole()


def test_a_reader_can_not_write(anna: Station) -> None:
    with closing(anna.replica.reader()) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.all("CREATE TABLE mine (x)")


def test_read_then_write_of_two_threads_loses_nothing(anna: Station) -> None:
    case = anna.opens()

    def count_up() -> None:
        for _ in range(25):
            with anna.transaction() as tx:
                tx.update(Case, case, reopen_count=tx.need(Case, case)["reopen_count"] + 1)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert anna.case(case)["reopen_count"] == 100
    assert anna.whole()


def test_two_writers_on_one_file_take_turns(anna: Station, tmp_path: Path) -> None:
    other = Writer(anna.replica.path)

    def write(writer: Writer) -> None:
        for _ in range(40):
            with writer.begin():
                (found,) = writer.raw.execute("SELECT count(*) FROM draft").fetchone()
                writer.raw.execute("INSERT INTO draft VALUES (?, 'x', 1)", (f"d{found}",))

    threads = [threading.Thread(target=write, args=(w,)) for w in (other, anna.replica._writer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert anna.count("draft") == 80
    other.close()


def test_a_full_disk_is_told_as_one_and_changes_nothing(anna: Station) -> None:
    writer = anna.replica._writer
    pages = writer.raw.execute("PRAGMA page_count").fetchone()[0]
    writer.raw.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StorageError, match=r"is full or failing; make room and try again\. Nothing was changed"):
        anna.opens("x", description="y" * 1_000_000)
    writer.raw.execute("PRAGMA max_page_count = 1000000")
    assert (anna.count("case"), anna.replica.pending_count(), anna.whole()) == (0, 0, True)
    anna.opens("now there is room")


def test_a_profile_another_process_holds_is_told(anna: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(anna.replica.path)
    monkeypatch.setattr(anna.replica._writer._turn, "patience", 0.05)
    with writer.begin(), pytest.raises(StorageError, match="Another Halldesk process"):
        anna.opens()
    writer.close()


def test_work_is_flushed_to_the_disk_and_news_need_not_be(anna: Station) -> None:
    writer = anna.replica._writer
    full, normal = 2, 1
    for durable, level in ((True, full), (False, normal)):
        with writer.begin(durable=durable):
            assert writer.raw.execute("PRAGMA synchronous").fetchone()[0] == level
    with pytest.raises(ZeroDivisionError), writer.begin(durable=False):
        raise ZeroDivisionError
    with writer.begin():
        assert writer.raw.execute("PRAGMA synchronous").fetchone()[0] == full


def test_closing_twice_is_no_error(anna: Station) -> None:
    anna.replica.close()
    anna.replica.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda replica: replica.others_wrote(),
        lambda replica: replica.signing_key(2, b"nobody"),
        lambda replica: replica.pending_count(),
        lambda replica: replica.openings(),
    ],
)
def test_whoever_asks_the_writing_connection_waits_until_nobody_is_amid_a_change(anna: Station, ask) -> None:
    """Two threads never use one connection at once: what one of them has not committed is nobody else's."""
    answered = threading.Event()

    def look() -> None:
        ask(anna.replica)
        answered.set()

    with anna.replica.local():
        asking = threading.Thread(target=look)
        asking.start()
        assert not answered.wait(0.2)
    assert answered.wait(5)
    asking.join()
