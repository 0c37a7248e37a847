"""Workstations as processes of their own, for tests that race them or kill them in mid-work.

A `Seat` is all a process needs to sit down at a workstation; `Seat.open` does so. Processes are forked from one that
has imported everything already where the system can (forkserver), so that a thousand of them are affordable.
"""

from __future__ import annotations

import io
import logging
import multiprocessing
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, cast

import msgpack

import db.chunks
from db.address import is_url
from db.chunks import ChunkFolder
from db.contents import Contents
from db.desk_keys import keep, with_desk_keys
from db.drive import DriveLog
from db.errors import Refused, StorageError
from db.ids import new_id
from db.keys import DeviceSecret
from db.log import SharedLog
from db.replica import Replica
from db.shapes import Attachment, Case, TimelineEntry
from db.sync import Syncer
from db.turns import short_name
from tests.sync.stations import Clock, Station

CHUNK = 2_000
"""Bytes of a chunk in these processes, so that small files have several."""


def processes() -> Any:
    """How processes are made here: the context of multiprocessing, whose type is another on each system."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.sync.workers"])
    return context


def _log_at(where: str, name: str) -> SharedLog:
    if not is_url(where):
        return DriveLog(Path(where), name)
    from db.server import ServerLog
    from tests.postgres import PASSWORD

    return ServerLog(where, name, PASSWORD)


@dataclass(frozen=True)
class Seat:
    """A workstation, put down: its replica, its store (a folder, or a database of the tests' server), its keys."""

    name: str
    analyst: bytes
    replica: str
    share: str
    secret: bytes

    @staticmethod
    def of(station: Station, share: Path | str) -> Seat:
        replica = Replica(station.replica.path)
        keep(replica, station.secret)
        replica.close()
        return Seat(station.name, station.analyst, str(station.replica.path), str(share), station.secret.pack())

    def open(self) -> Station:
        """Sit down at it."""
        logging.disable(logging.WARNING)
        db.chunks.CHUNK = CHUNK  # type: ignore[misc]
        replica = Replica(Path(self.replica))
        secret = with_desk_keys(DeviceSecret.unpack(self.secret), replica)
        log = _log_at(self.share, short_name(secret.device))
        clock = Clock(time.time_ns() // 1_000_000)
        station = Station(self.name, self.analyst, replica, log, secret, clock)
        contents = Contents(station.replica, ChunkFolder(Path(f"{self.replica}.files")), clock)
        station.syncer = Syncer(station.replica, log, secret, clock, contents=contents)
        return station


@contextmanager
def among_the_tests() -> Iterator[None]:
    """For who sits down in the tests' own process: what `Seat.open` changes in a process is put back."""
    before = db.chunks.CHUNK, logging.root.manager.disable
    try:
        yield
    finally:
        db.chunks.CHUNK = before[0]  # type: ignore[misc]
        logging.disable(before[1])


def claim_all(seat: Seat, cases: list[bytes], start: Barrier, told: Connection) -> None:
    """Claim every case at the same moment as everybody else; tell what each ended in: ("mine" | "refused", who)."""
    station = seat.open()
    out = []
    for case in cases:
        start.wait(120)
        try:
            tx = station.claims(case)
            while station.replica.outcome(tx)[0] == "pending":
                with suppress(StorageError):
                    station.sync()
            outcome = station.replica.outcome(tx)[0]
        except (Refused, StorageError, sqlite3.IntegrityError):
            outcome = "refused"  # heard of the winner before he could try
            station.sync()
        conflicts = [c for c in station.replica.conflicts() if c.row_id == case and c.column == "work_owner_id"]
        named = conflicts[0].theirs if conflicts else station.case(case)["work_owner_id"]
        out.append((outcome, named))
    told.send_bytes(cast(bytes, msgpack.packb(out)))
    station.replica.close()


def work_until_killed(seat: Seat, cases: list[bytes], seed: int, told: Connection) -> None:
    """Edit, note, attach, open, sync, for ever. Tells `("kept", tx)` when this disk has a change and `("acknowledged",
    tx)` when the log has it, before it goes on."""
    station = seat.open()
    contents = station.syncer.contents
    assert contents is not None
    dice = random.Random(seed)
    waiting: list[bytes] = []
    told.send(("open", b""))
    while True:
        kind = dice.choice(["edit", "edit", "note", "open", "attach"])
        now, case = station.clock(), dice.choice(cases)
        if kind == "attach":
            with suppress(StorageError):
                _attach(station, contents, case, dice.randbytes(dice.randint(1, 3 * CHUNK)), waiting)
        else:
            with station.transaction(f"case.{kind}") as tx:
                if kind == "edit":
                    row = tx.need(Case, case)
                    tx.update(Case, case, reopen_count=row["reopen_count"] + 1, updated_at=now)
                elif kind == "note":
                    tx.insert(
                        TimelineEntry, case_id=case, at=now, kind="note", author_id=seat.analyst, text=f"At {now}"
                    )
                else:
                    tx.insert(Case, title=f"Opened at {now}", severity=3, opened_at=now, updated_at=now)
            waiting.append(tx.id)
        told.send(("kept", waiting[-1]))
        if dice.random() < 0.6:
            with suppress(StorageError):
                station.sync()
            for tx_id in list(waiting):
                if station.replica.outcome(tx_id) == ("accepted", None):
                    told.send(("acknowledged", tx_id))
                    waiting.remove(tx_id)


def _attach(station: Station, contents: Contents, case: bytes, data: bytes, waiting: list[bytes]) -> None:
    sha256, chunks, size = contents.chunks.write_content(io.BytesIO(data))
    contents.keep(sha256, chunks, size)
    with station.transaction("case.attach") as tx:
        tx.insert(Attachment, new_id(), case_id=case, sha256=sha256, chunks=chunks, name="x.bin",
                  media_type="application/octet-stream", size=size, added_at=station.clock())  # fmt: skip
    waiting.append(tx.id)


def drained(told: Connection) -> list[tuple[str, bytes]]:
    """Everything a process said before it ended; a half message is none."""
    out: list[tuple[str, bytes]] = []
    with suppress(EOFError, OSError):
        while told.poll():
            out.append(cast(Any, told.recv()))
    return out
