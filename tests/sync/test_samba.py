"""The shared log on a real Samba server, through a real SMB client: the contract, races, lost replies."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TypeAlias

import pytest

from db.chain import slot_name
from db.drive import DriveLog
from db.errors import StoreUnreachable
from db.log import Put
from tests.proxy import Proxy
from tests.samba import USER, SambaServer
from tests.sync.contract import SharedLogContract
from tests.sync.smb_files import SmbFiles
from tests.sync.stations import assert_agree, found, join, settle

_E1 = slot_name(1, ".e")
_FOLDERS = itertools.count(1)
RACERS, LINKS, SLOTS = 4, 200, 20

# The client library complains of handles that went with a connection that was cut, which is what some tests do.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed SMB handle:ResourceWarning")

Open = Callable[..., DriveLog]
Told: TypeAlias = "Queue[tuple[int, int, str]]"
"""(round, who, what he was told); rounds of bare links count down from 0."""


@pytest.fixture(autouse=True)
def _handles_that_broke_are_collected() -> Iterator[None]:
    """A file whose connection was cut can't be closed; its complaint belongs to this test, not to whichever runs when
    it is collected. Only what the test made is looked at: the whole process takes a quarter of a second."""
    gc.freeze()
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    gc.unfreeze()


@pytest.fixture
def share(samba: SambaServer) -> Iterator[Path]:
    """An empty folder on the share, as the server's machine sees it."""
    folder = samba.share / f"it {next(_FOLDERS)}"
    folder.mkdir()
    shutil.chown(folder, USER)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def opened(samba: SambaServer, share: Path) -> Iterator[Open]:
    """Opens logs on the share and ends their connections."""
    ours: list[SmbFiles] = []

    def open_log(port: int | None = None, kind: type[SmbFiles] = SmbFiles) -> DriveLog:
        ours.append(kind(port or samba.port, share.name))
        return DriveLog(rf"\\127.0.0.1\desk\{share.name}", "tests", 0.5, ours[-1])

    yield open_log
    for files in ours:
        files.close()


@pytest.fixture
def proxy(samba: SambaServer) -> Iterator[Proxy]:
    proxy = Proxy(samba.port)
    yield proxy
    proxy.close()


class TestDriveLogOnSamba(SharedLogContract):
    @pytest.fixture
    def open_log(self, opened: Open) -> Open:
        return opened

    @pytest.fixture
    def uproot(self, share: Path) -> Callable[[], None]:
        return lambda: shutil.rmtree(share)


def test_desks_meet_on_a_share(tmp_path: Path, opened: Open) -> None:
    anna = found(tmp_path, lambda _name: opened())
    jo = join(anna, tmp_path, lambda _name: opened())
    case = anna.opens()
    settle(anna, jo)
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_nothing_is_left_beside_the_entry(opened: Open, share: Path) -> None:
    log = opened()
    assert log.create(b"card")
    for answer, raw in ((Put.WON, b"x"), (Put.LOST, b"y")):
        assert log.put(1, 1, _E1, raw) is answer
    shard = share / "hd" / "log" / "e0001" / "000000000"
    assert [(file.name, file.stat().st_nlink) for file in shard.iterdir()] == [(_E1, 1)]


def test_names_that_differ_only_in_case_are_one_name(opened: Open, share: Path) -> None:
    log = opened()
    assert log.create(b"card")
    log.put(1, 1, _E1, b"x")
    shard = share / "hd" / "log" / "e0001" / "000000000"
    (shard / slot_name(2, ".E")).write_bytes(b"stray")
    assert log.put(1, 2, slot_name(2, ".e"), b"y") is Put.UNKNOWN, (
        "taken, but by nothing that is listed under that name"
    )
    assert [seq for seq, _ in log.slots(1, 0)] == [1]


# -- a server that fails ----------------------------------------------------------------------------------------------
def test_a_lost_reply_of_a_link_is_found_out_by_reading_back(opened: Open, proxy: Proxy) -> None:
    class Losing(SmbFiles):
        def link(self, path: str, name: str) -> None:
            proxy.lose_reply()
            super().link(path, name)

    near, far = opened(), opened(proxy.port, Losing)
    assert near.create(b"card")
    for seq in range(1, 9):
        name, rival = slot_name(seq, ".e"), b"theirs" if seq % 2 else b"mine"
        if seq > 4:
            near.put(1, seq, name, rival)
        assert far.put(1, seq, name, b"mine") is (Put.LOST if seq > 4 and seq % 2 else Put.WON)
    assert proxy.cut == 8
    assert [seq for seq, _ in near.slots(1, 0)] == list(range(1, 9))


def test_a_server_that_is_cut_off_is_unreachable_and_met_again(opened: Open, samba: SambaServer, proxy: Proxy) -> None:
    log = opened(proxy.port)
    assert log.create(b"card")
    assert log.put(1, 1, _E1, b"x") is Put.WON
    proxy.close()
    for call in (log.card, lambda: list(log.slots(1, 0)), lambda: log.put(1, 2, slot_name(2, ".e"), b"y")):
        with pytest.raises(StoreUnreachable, match="can't be reached"):
            call()
    proxy.__init__(samba.port, port=proxy.port)  # type: ignore[misc]
    assert log.put(1, 2, slot_name(2, ".e"), b"y") is Put.WON


# -- races ------------------------------------------------------------------------------------------------------------
def race(
    port: int, folder: str, number: int, start: Barrier, told: multiprocessing.Queue[tuple[int, int, str]]
) -> None:
    """One workstation: bare links first, then whole publishes."""
    files = SmbFiles(port, folder)
    log = DriveLog("share", str(number), 5, files)
    temporary = f"t.{number}"
    file = files.create(temporary)
    file.write(b"%d" % number)
    file.close()
    for seq in range(LINKS):
        start.wait(60)
        try:
            files.link(temporary, f"link{seq}")
            told.put((-seq, number, Put.WON.value))
        except FileExistsError:
            told.put((-seq, number, Put.LOST.value))
    for seq in range(1, SLOTS + 1):
        start.wait(60)
        told.put((seq, number, log.put(1, seq, slot_name(seq, ".e"), b"%d" % number * 300).value))
    files.close()


def test_every_race_over_smb_has_exactly_one_winner(samba: SambaServer, share: Path, opened: Open) -> None:
    log = opened()
    assert log.create(b"card")
    spawn = multiprocessing.get_context("spawn")
    start, told = spawn.Barrier(RACERS), spawn.Queue()
    racers = [spawn.Process(target=race, args=(samba.port, share.name, n, start, told)) for n in range(RACERS)]
    for racer in racers:
        racer.start()
    answers = [told.get(timeout=60) for _ in range(RACERS * (LINKS + SLOTS))]
    for racer in racers:
        racer.join(60)
        assert racer.exitcode == 0
    told.close()
    told.join_thread()
    rounds = [*range(-LINKS + 1, 1), *range(1, SLOTS + 1)]
    winners = {seq: number for seq, number, answer in answers if answer == Put.WON.value}
    assert Counter(seq for seq, _, answer in answers if answer == Put.WON.value) == dict.fromkeys(rounds, 1)
    assert all(answer in (Put.WON.value, Put.LOST.value) for _, _, answer in answers)
    for seq in range(LINKS):
        assert (share / f"link{seq}").read_bytes() == b"%d" % winners[-seq]
    for seq in range(1, SLOTS + 1):
        assert log.read(1, seq, slot_name(seq, ".e")) == b"%d" % winners[seq] * 300
    assert len(set(winners.values())) > 1, "one process won everything: that was no race"
