"""The shared log in a real PostgreSQL: the contract as the owner of the tables and as an ordinary workstation, and what
only a server can do to its clients."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest

from db.chain import slot_name
from db.errors import PasswordNeeded, StorageError, StoreUnreachable
from db.log import SIDE_KINDS, Put, SharedLog
from db.postgresql import connection_options, named
from db.server import ServerLog
from tests.certificates import make_certificates
from tests.postgres import PASSWORD, PostgresServer, name_of
from tests.proxy import Proxy
from tests.sync.contract import SharedLogContract
from tests.sync.stations import assert_agree, found, join, settle

_E1 = slot_name(1, ".e")
STORE = Path(str(files("resources.postgresql").joinpath("store.sql")))
OpenLog = Callable[..., ServerLog]
FORBIDDEN = (
    "UPDATE halldesk.log SET bytes = ''",
    "DELETE FROM halldesk.log",
    "TRUNCATE halldesk.log",
    "UPDATE halldesk.store SET card = ''",
    "DELETE FROM halldesk.store",
    "TRUNCATE halldesk.side",
    "DROP TABLE halldesk.log",
    "ALTER TABLE halldesk.side DISABLE ROW LEVEL SECURITY",
    "DROP TRIGGER ring ON halldesk.log",
    "CREATE TABLE halldesk.mine (n int)",
    "INSERT INTO halldesk.log (epoch, seq, name, bytes, put_by) VALUES (1, 9, '000000000009.e', '', 'anna')",
    "INSERT INTO halldesk.log (epoch, seq, name, bytes) VALUES (1, 9, '000000000008.e', '')",
    "INSERT INTO halldesk.log (epoch, seq, name, bytes) VALUES (1, 9, 'desktop.ini', '')",
)
"""What a workstation's role may not do, some of it for nobody."""


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.emptied()


@pytest.fixture
def opened() -> Iterator[OpenLog]:
    """Opens logs and closes them at the end."""
    logs: list[ServerLog] = []

    def open_log(where: str, password: str | None = PASSWORD, silence: float = 5) -> ServerLog:
        logs.append(ServerLog(where, "tests", password, silence))
        return logs[-1]

    yield open_log
    for log in logs:
        log.close()


@pytest.fixture
def log(url: str, opened: OpenLog) -> ServerLog:
    log = opened(url)
    assert log.create(b"card")
    return log


@pytest.fixture(scope="module")
def client_role(postgres: PostgresServer) -> str:
    """The roles as the manual has them made, and a workstation's login."""
    postgres.make_roles()
    if not postgres.query("SELECT 1 FROM pg_roles WHERE rolname = 'jo'"):
        postgres.query(f"CREATE ROLE jo LOGIN PASSWORD '{PASSWORD}' IN ROLE halldesk_client")
    return "jo"


def _close_the_door(postgres: PostgresServer, url: str) -> None:
    database = name_of(url)
    postgres.query(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    postgres.query(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")


class TestServerLog(SharedLogContract):
    @pytest.fixture
    def open_log(self, url: str, opened: OpenLog) -> Callable[[], ServerLog]:
        return lambda: opened(url)

    @pytest.fixture
    def uproot(self, postgres: PostgresServer, url: str) -> Callable[[], None]:
        return lambda: _close_the_door(postgres, url)


class TestServerLogOfAWorkstation(SharedLogContract):
    """Under the role that can't change or remove anything in the log, nor most of what lies beside it."""

    @pytest.fixture
    def open_log(
        self, client_role: str, url: str, postgres: PostgresServer, opened: OpenLog
    ) -> Callable[[], ServerLog]:
        database = name_of(url)
        for _again in range(2):
            postgres.psql(STORE, database)
        return lambda: opened(postgres.url(database, client_role))

    @pytest.fixture
    def uproot(self, postgres: PostgresServer, url: str) -> Callable[[], None]:
        return lambda: _close_the_door(postgres, url)

    def test_side_files_are_listed_in_order_by_kind(self, log: SharedLog, open_log: Callable[[], SharedLog]) -> None:
        for kind in SIDE_KINDS:
            for name in ("b", "a-2.m", "a"):
                log.put_side(kind, name, b"1")
            open_log().remove_side(kind, "b")
        assert [log.sides(kind) for kind in SIDE_KINDS] == [
            ["a", "a-2.m"] if kind in ("invite", "dev") else ["a", "a-2.m", "b"] for kind in SIDE_KINDS
        ]

    def test_a_side_file_is_taken_by_exactly_one(self, log: SharedLog, open_log: Callable[[], SharedLog]) -> None:
        for kind in SIDE_KINDS:
            assert log.take_side(kind, "a1", b"mine")
            assert not open_log().take_side(kind, "a1", b"theirs")
        with pytest.raises(StorageError, match="lacks a right"):
            log.put_side("blob", "a1", b"theirs")
        assert log.get_side("blob", "a1") == b"mine"

    def test_what_is_dropped_is_gone_and_what_follows_stays(
        self, log: SharedLog, open_log: Callable[[], SharedLog]
    ) -> None:
        log.put(1, 1, _E1, b"x")
        open_log().drop(1, 999)
        assert log.oldest(1) == 1, "a workstation may not remove it, and leaves it without a word"

    def test_snapshots_may_be_removed_when_they_are_a_week_old(
        self, log: SharedLog, postgres: PostgresServer, url: str
    ) -> None:
        for kind in ("snap", "blob"):
            log.take_side(kind, "old", b"1")
        postgres.query("UPDATE halldesk.side SET changed_at = now() - interval '8 days'", name_of(url))
        for kind in ("snap", "blob"):
            log.remove_side(kind, "old")
        assert (log.sides("snap"), log.sides("blob")) == ([], ["old"])

    def test_nothing_in_the_log_can_be_changed(self, log: SharedLog, postgres: PostgresServer, url: str) -> None:
        log.put(1, 1, _E1, b"x")
        with psycopg.connect(postgres.url(name_of(url), "jo", PASSWORD), autocommit=True) as jo:
            for sql in FORBIDDEN:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)):
                    jo.execute(sql.encode())
        assert log.read(1, 1, _E1) == b"x"


# -- several at once --------------------------------------------------------------------------------------------------
def test_every_slot_has_exactly_one_winner_and_the_losers_read_it(log: ServerLog, url: str, opened: OpenLog) -> None:
    racers, slots = 8, 40
    start, told = threading.Barrier(racers), []

    def race(number: int) -> None:
        mine = opened(url)
        for seq in range(1, slots + 1):
            start.wait(30)
            answer = mine.put(1, seq, slot_name(seq, ".e"), b"%d" % number)
            told.append((seq, number, answer, mine.read(1, seq, slot_name(seq, ".e"))))

    threads = [threading.Thread(target=race, args=(number,)) for number in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    winners = {seq: number for seq, number, answer, _ in told if answer is Put.WON}
    assert Counter(answer for _, _, answer, _ in told) == {Put.WON: slots, Put.LOST: (racers - 1) * slots}
    assert sorted(winners) == list(range(1, slots + 1))
    assert all(read == b"%d" % winners[seq] for seq, _, _, read in told)
    assert len(set(winners.values())) > 1, "one won everything: that was no race"


# -- writers in line --------------------------------------------------------------------------------------------------
def test_writers_stand_in_line_until_the_one_before_has_published(log: ServerLog, url: str, opened: OpenLog) -> None:
    other, order = opened(url), list[str]()

    def second() -> None:
        other.stand_in_line(1, 1)
        order.append("second has the turn")
        assert [names for _seq, names in other.slots(1, 0)] == [[_E1]], "what was published before can be seen"
        assert other.put(1, 2, slot_name(2, ".e"), b"2") is Put.WON

    log.stand_in_line(1, 1)
    waiting = threading.Thread(target=second)
    waiting.start()
    time.sleep(0.3)
    assert order == []
    order.append("first publishes")
    assert log.put(1, 1, _E1, b"1") is Put.WON
    waiting.join(10)
    assert order == ["first publishes", "second has the turn"]
    assert log.put(1, 3, slot_name(3, ".e"), b"3") is Put.WON, "who does not stand in line loses nothing by it"


@pytest.mark.parametrize("how", ["leaves", "closes", "loses the slot"])
def test_the_turn_goes_on_when_its_owner(
    log: ServerLog, url: str, opened: OpenLog, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    # Nobody is thrown out here: the other one gets the turn because it was given back, or never.
    monkeypatch.setattr("db.server._SILENT_MS", 0)
    monkeypatch.setattr("db.server._PATIENCE_MS", 60_000)
    other = opened(url)
    log.put(1, 1, _E1, b"1")
    log.stand_in_line(1, 1)
    log.stand_in_line(1, 1)
    if how == "loses the slot":
        assert log.put(1, 1, _E1, b"mine") is Put.LOST
    else:
        {"leaves": log.leave_the_line, "closes": log.close}[how]()
    other.stand_in_line(1, 2)
    assert other._turn is not None
    log.leave_the_line()


def test_who_has_the_turn_and_falls_silent_is_thrown_out(
    log: ServerLog, url: str, opened: OpenLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.server._SILENT_MS", 300)
    monkeypatch.setattr("db.server._PATIENCE_MS", 60_000)
    other = opened(url)
    begun = time.monotonic()  # before the silence begins, which the server measures
    log.stand_in_line(1, 1)
    other.stand_in_line(1, 1)
    assert time.monotonic() - begun > 0.2
    assert other._turn is not None, "it was given the turn, and did not just tire of waiting"
    assert other.put(1, 1, _E1, b"other") is Put.WON
    assert log.put(1, 1, _E1, b"late") is Put.LOST, "and goes on by a new connection, without a word"
    time.sleep(0.5)
    assert log.read(1, 1, _E1) == b"other", "who gave the turn back may be silent"


def test_nobody_waits_for_ever_for_a_turn(
    log: ServerLog, url: str, opened: OpenLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.server._PATIENCE_MS", 200)
    other = opened(url)
    log.stand_in_line(1, 1)
    other.stand_in_line(1, 1)
    assert other._turn is None
    assert other.put(1, 1, slot_name(1, ".e"), b"x") is Put.WON
    with monkeypatch.context() as patch:
        patch.setattr(other._engine, "connect", lambda: pytest.fail("after one wait in vain it asks for no turn"))
        other.stand_in_line(1, 2)
    assert other._turn is None
    assert other.put(1, 2, slot_name(2, ".e"), b"x") is Put.WON


def test_two_who_found_at_the_same_moment_make_one_store(url: str, opened: OpenLog) -> None:
    start, told = threading.Barrier(4), []

    def found_it(number: int) -> None:
        log = opened(url)
        start.wait(30)
        told.append((log.create(b"card %d" % number), number))

    threads = [threading.Thread(target=found_it, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    winners = [number for won, number in told if won]
    assert (len(told), len(winners)) == (4, 1)
    assert opened(url).card() == b"card %d" % winners[0]


def test_desks_meet_on_a_server(tmp_path: Path, url: str, opened: OpenLog) -> None:
    anna = found(tmp_path, lambda _name: opened(url))
    jo = join(anna, tmp_path, lambda _name: opened(url))
    case = anna.opens()
    settle(anna, jo)
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_an_entry_of_somebody_else_is_had_with_three_questions(
    tmp_path: Path, url: str, opened: OpenLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = found(tmp_path, lambda _name: opened(url))
    jo = join(anna, tmp_path, lambda _name: opened(url))
    settle(anna, jo)
    anna.opens("It hums")
    anna.sync()
    asked, ask = Counter[int](), ServerLog._do

    def counted(log: ServerLog, work: Callable[..., object]) -> object:
        asked[id(log)] += 1
        return ask(log, work)

    monkeypatch.setattr(ServerLog, "_do", counted)
    monkeypatch.setattr("db.packs._FRESH_S", 60)  # where the machine is slow, that is asked once more
    assert jo.sync().applied == 1
    assert asked == {id(jo.log): 3}, "whether it is the right store, where the log ends, what is new with its bytes"


def test_a_long_log_is_listed_and_read_whole(log: ServerLog, postgres: PostgresServer, url: str) -> None:
    postgres.query(
        "INSERT INTO halldesk.log (epoch, seq, name, bytes) SELECT 1, n, lpad(n::text, 12, '0') || suffix, "
        "convert_to(n || suffix, 'UTF8') FROM generate_series(1, 2500) n, (VALUES ('.e'), ('.r1')) s (suffix)",
        name_of(url),
    )
    names = [(seq, [slot_name(seq, ".e"), slot_name(seq, ".r1")]) for seq in range(1, 2501)]
    assert list(log.slots(1, 0)) == names
    assert list(log.slots(1, 2000)) == names[2000:]
    for seq, taken in log.slots(1, 1234):
        for name in taken:
            assert log.read(1, seq, name) == f"{seq}{name[12:]}".encode()
    postgres.query("DELETE FROM halldesk.log WHERE seq = 1700", name_of(url))
    assert list(log.slots(1, 0)) == [*names[:1699], (1700, [])]


# -- a server that fails ----------------------------------------------------------------------------------------------
def test_a_restarted_server_is_met_again_without_a_word(
    log: ServerLog, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.server._RETRY_BELL_S", 0.2)
    log.put(1, 1, _E1, b"x")
    bell = log.bell()
    assert bell.wait(1), "what rang before it hung there is not known"
    postgres.stop()
    with pytest.raises(StoreUnreachable, match="can't be reached"):
        log.hint()
    assert not bell.wait(0.1)
    postgres.start()
    assert log.read(1, 1, _E1) == b"x"
    postgres.stop()
    postgres.start()
    assert log.put(1, 2, slot_name(2, ".e"), b"y") is Put.WON
    assert bell.wait(10), "the bell was not hung up again"
    bell.close()


def test_a_server_that_hangs_does_not_hold_up_a_lane(
    log: ServerLog, postgres: PostgresServer, url: str, opened: OpenLog
) -> None:
    impatient = opened(url, silence=0.5)
    assert impatient.card() == b"card"
    postgres.halt()
    try:
        begin = time.monotonic()
        with pytest.raises(StoreUnreachable, match="does not answer"):
            impatient.put(1, 1, _E1, b"x")
        assert time.monotonic() - begin < 3
    finally:
        postgres.go_on()
    assert impatient.put(1, 1, _E1, b"x") is Put.WON


def test_a_lost_reply_of_an_insert_that_worked_is_won(log: ServerLog, postgres: PostgresServer, url: str) -> None:
    proxy = Proxy(postgres.port)
    far = ServerLog(url.replace(str(postgres.port), str(proxy.port)), "tests", PASSWORD)
    try:
        assert far.card() == b"card"
        for seq in (1, 2, 3):
            proxy.lose_reply()
            assert far.put(1, seq, slot_name(seq, ".e"), b"mine") is Put.WON
        assert far.take_side("blob", "a1", b"mine")
        assert proxy.cut == 3
    finally:
        far.close()
        proxy.close()
    assert [seq for seq, _ in log.slots(1, 0)] == [1, 2, 3]


def test_a_server_tells_by_its_own_clock_when_something_was_written(log: ServerLog) -> None:
    assert log.written_at("dev", "a") is None
    log.put_side("dev", "a", b"1")
    first = log.written_at("dev", "a")
    assert first is not None
    assert abs(first - time.time()) < 60
    log.put_side("dev", "a", b"2")
    assert (log.written_at("dev", "a") or 0) > first


def test_a_store_whose_tables_went_away_is_no_empty_one(log: ServerLog, postgres: PostgresServer, url: str) -> None:
    postgres.query("DROP SCHEMA halldesk CASCADE", name_of(url))
    assert log.card() is None
    with pytest.raises(StoreUnreachable, match="no Halldesk store"):
        list(log.slots(1, 0))


def test_a_full_disk_and_a_standby_say_so(url: str) -> None:
    assert "is full; make room" in str(named(url, psycopg.errors.DiskFull("no space")))
    assert "is a standby" in str(named(url, psycopg.errors.ReadOnlySqlTransaction("read-only")))


# -- who may come in, and how -----------------------------------------------------------------------------------------
def test_each_reason_for_staying_out_is_one_sentence_that_says_what_to_do(
    postgres: PostgresServer, client_role: str, url: str, opened: OpenLog
) -> None:
    database = name_of(url)
    for where, password, kind, words in (
        (url, "wrong", PasswordNeeded, r"refused the password.*halldesk password"),
        (url, None, PasswordNeeded, r"wants a password.*halldesk password"),
        (postgres.url("nowhere"), PASSWORD, StorageError, "no such database"),
        (f"{url}?sslmode=require", PASSWORD, StorageError, "No TLS connection.*sslmode=disable"),
        (url.replace(str(postgres.port), "9"), PASSWORD, StoreUnreachable, r"can't be reached.*Work goes on here"),
        (f"{url}?bad_option=1", PASSWORD, StorageError, "bad_option"),
    ):
        with pytest.raises(kind, match=words) as told:
            opened(where, password).card()
        assert "\n" not in str(told.value)
        assert PASSWORD not in str(told.value)
    with pytest.raises(StorageError, match=r"lacks a right.*grant it halldesk_client"):
        opened(postgres.url(database, client_role)).create(b"card")
    postgres.query("CREATE ROLE stranger LOGIN PASSWORD 'strange'")
    postgres.query(f"REVOKE CONNECT ON DATABASE {database} FROM PUBLIC")
    try:
        with pytest.raises(StorageError, match=r"lacks a right.*grant it halldesk_client") as told:
            opened(postgres.url(database, "stranger"), "strange").card()
        assert not isinstance(told.value, StoreUnreachable)
    finally:
        postgres.query(f"GRANT CONNECT ON DATABASE {database} TO PUBLIC")
        postgres.query("DROP ROLE stranger")


def test_a_password_is_asked_for_by_name_where_the_server_is_not_this_machine() -> None:
    """What is sent to libpq for a server across the network."""
    far = connection_options("postgresql://jo@db.example/halldesk", "secret", "halldesk")
    assert (far["sslmode"], far["require_auth"], far["password"]) == ("require", "!password", "secret")
    proven = connection_options("postgresql://jo@db.example/halldesk?sslmode=verify-full", None, "halldesk")
    assert not {"sslmode", "require_auth", "password"} & set(proven)
    here = connection_options("postgresql://jo@localhost/halldesk", None, "halldesk")
    assert not {"sslmode", "require_auth"} & set(here)
    several = connection_options("postgresql://jo@one,two:5433/halldesk", None, "halldesk")
    assert several["target_session_attrs"] == "read-write"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def test_the_server_is_verified_against_the_root_certificate(
    log: ServerLog, postgres: PostgresServer, url: str, certificates: dict[str, Path], opened: OpenLog
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates["server"])
    proxy = Proxy(postgres.port, tls=context)
    try:
        secure = url.replace(f"127.0.0.1:{postgres.port}", f"localhost:{proxy.port}")
        full = f"{secure}?sslmode=verify-full&sslrootcert="
        trusted = opened(f"{full}{certificates['root']}")
        assert trusted.card() == b"card"
        assert trusted.put(1, 1, _E1, b"x") is Put.WON
        bell = trusted.bell()
        assert bell.wait(2)
        log.put(1, 2, slot_name(2, ".e"), b"x")
        assert bell.wait(5)
        bell.close()
        trusted.close()
        for where in (
            f"{full}{certificates['other root']}",
            f"{full}{certificates['root']}".replace("localhost", "127.0.0.1"),
        ):
            with pytest.raises(StorageError, match="did not prove who it is"):
                opened(where).card()
    finally:
        proxy.close()
