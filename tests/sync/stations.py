"""Workstations of one desk for tests: real replicas, real keys, any shared log.

`found` and `Station.invite` + `join` go the real way: entry 1 by the root key, an invitation, an enrolment with its
proof.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import enrolment
from db.desk_keys import with_desk_keys
from db.housekeeping import Housekeeping
from db.ids import new_id
from db.keys import (
    DeviceSecret,
    StoreCard,
    new_seed,
    public_half,
)
from db.log import SharedLog
from db.replica import Replica
from db.rotation import ROTATE, rotate
from db.shapes import Analyst, Case, Department, Device, Invitation, Queue, Site
from db.sync import Syncer
from db.sync_result import SyncResult
from db.upgrades import PROGRAM, Program

NOON = 1_767_697_200_000
"""2026-01-06 11:00 UTC."""


class Clock:
    """Milliseconds UTC, moved by the test; one millisecond passes at each look."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += int(minutes * 60_000)


@dataclass
class Station:
    """One workstation: Anna at her PC."""

    name: str
    analyst: bytes
    replica: Replica
    log: SharedLog
    secret: DeviceSecret
    clock: Clock
    program: Program = PROGRAM

    def __post_init__(self) -> None:
        self.syncer = Syncer(self.replica, self.log, self.secret, self.clock, sleep=lambda _s: None)
        self.housekeeping = Housekeeping(self.syncer, self.secret, self.clock)

    # -- work ---------------------------------------------------------------------------------------------------------
    def transaction(self, kind: str = "case.edit", **more: Any) -> Any:
        """`replica.transaction` as this analyst, now."""
        return self.replica.transaction(kind, self.analyst, at=self.clock(), **more)

    def opens(self, title: str = "Printer jams", **values: Any) -> bytes:
        """A new case."""
        now = self.clock()
        with self.transaction("case.new") as tx:
            values = {"severity": 3, "opened_at": now, "updated_at": now, **values}
            case: bytes = tx.insert(Case, title=title, **values)
        return case

    def edits(self, case: bytes, **values: Any) -> bytes:
        """Change a case; returns the transaction's id."""
        with self.transaction() as tx:
            tx.update(Case, case, **values)
        return bytes(tx.id)

    def claims(self, case: bytes) -> bytes:
        """Take a case that nobody works on."""
        with self.transaction("case.claim") as tx:
            tx.require(Case, case, "work_owner_id", None)
            tx.update(Case, case, work_owner_id=self.analyst, status="in progress")
        return bytes(tx.id)

    def sync(self) -> SyncResult:
        """One round."""
        return self.syncer.round()

    # -- looking ------------------------------------------------------------------------------------------------------
    def case(self, case: bytes) -> dict[str, Any]:
        """The case as it is here."""
        return self.one('SELECT * FROM "case" WHERE id = ?', case)

    def one(self, sql: str, *params: Any) -> dict[str, Any]:
        """The first row, by column."""
        with self.replica.reading() as raw:  # a connection of its own would read the whole schema first
            cursor = raw.cursor()
            cursor.row_factory = sqlite3.Row
            row = cursor.execute(sql, params).fetchone()
            assert row is not None, f"no row: {sql}"
            return dict(row)

    def count(self, table: str) -> int:
        """How many rows a table has here."""
        return int(self.one(f'SELECT count(*) AS n FROM "{table}"')["n"])

    def holds(self, table: str, row: bytes) -> bool:
        """Whether a table has a row here."""
        return bool(self.one(f'SELECT count(*) AS n FROM "{table}" WHERE id = ?', row)["n"])

    def whole(self) -> bool:
        """The digest kept along is that of the rows."""
        return self.replica.digest == self.replica.rows_digest()

    # -- people -------------------------------------------------------------------------------------------------------
    def invites(
        self, name: str, role: str = "analyst", days: int = 14, analyst: bytes | None = None
    ) -> tuple[bytes, bytes]:
        """An invitation, in the log: its id and the enrolment seed. `analyst`: for another workstation of this one."""
        invitation, seed = new_id(), new_seed()
        now = self.clock()
        with self.transaction("device.invite") as tx:
            tx.insert(
                Invitation, invitation, name=name, role=role, analyst_id=analyst, enrol_key=public_half(seed),
                generation=self.replica.generation, invited_at=now, expires_at=now + days * 86_400_000,
                invited_by_id=self.analyst,
            )  # fmt: skip
        self.sync()
        return invitation, seed

    def set_back(self, seq: int) -> None:
        """As an administrator, set the desk back for everybody."""
        self.syncer.set_back(seq)

    def rotates(self) -> bytes:
        """A new desk key for the devices in force as they are known here, unpublished; returns the transaction."""
        with self.transaction(ROTATE) as tx:
            devices = tx.query(
                "SELECT d.id, d.sealing_key FROM device d JOIN analyst a ON a.id = d.analyst_id "
                "WHERE d.revoked_at IS NULL AND a.active ORDER BY d.id"
            )
            store, generation = self.replica.fact("store"), self.replica.generation + 1
            rotate(tx, new_seed(), [tuple(d) for d in devices], store=store, generation=generation,
                   author=self.analyst, at=self.clock())  # fmt: skip
        return bytes(tx.id)

    def revokes(self, device: bytes) -> bytes:
        """Turn a device out, unpublished and without a new key; returns the transaction."""
        with self.transaction("device.revoke") as tx:
            tx.update(Device, device, revoked_at=self.clock(), revoked_by_id=self.analyst)
        return bytes(tx.id)

    def restart(self) -> None:
        """The process ends and begins again: what was not in the database is gone."""
        self.replica.close()
        self.replica = Replica(self.replica.path, self.program)
        self.__post_init__()


LogMaker = Callable[[str], SharedLog]


def found(folder: Path, make_log: LogMaker, clock: Clock | None = None) -> Station:
    """A desk founded by Anna, administrator, with one queue and two departments; in the log."""
    clock = clock or Clock()
    store, root, device, analyst = new_id(), new_seed(), new_id(), new_id()
    secret = DeviceSecret(device, new_seed(), {1: new_seed()}, root)
    log = make_log("anna")
    assert log.create(StoreCard(store, "IT desk", public_half(root)).pack(root))
    replica = _replica(folder / "anna.db", store, public_half(root), device, analyst)
    anna = Station("Anna", analyst, replica, log, secret, clock)
    now = clock()
    with anna.transaction("desk.found") as tx:
        tx.insert(Site, name="IT desk", founded_at=now)
        tx.insert(Analyst, analyst, name="Anna", role="administrator")
        tx.insert(
            Device, device, analyst_id=analyst, name="pc", public_key=secret.public_key,
            sealing_key=secret.sealing_key, enrolled_at=now,
        )  # fmt: skip
        rotate(tx, secret.desk_keys[1], [(device, secret.sealing_key)], store=store, generation=1, author=analyst,
               at=now)  # fmt: skip
        tx.insert(Queue, name="Hotline", kind="front line")
        for name in ("Hall 1", "Payroll"):
            tx.insert(Department, name=name)
    anna.sync()
    return anna


def join(
    host: Station,
    folder: Path,
    make_log: LogMaker,
    name: str = "Jo",
    role: str = "analyst",
) -> Station:
    """Another workstation, invited by `host` and enrolled."""
    station, invitation, seed = arrive(host, folder, make_log, name, role)
    enrol(station, invitation, seed, role)
    station.sync()
    return station


def arrive(
    host: Station, folder: Path, make_log: LogMaker, name: str, role: str = "analyst", days: int = 14
) -> tuple[Station, bytes, bytes]:
    """An invited workstation that has read the log and not enrolled yet; with its invitation and enrolment seed."""
    invitation, seed = host.invites(name, role, days)
    station = bare(host, folder, make_log, name)
    station.sync()
    return station, invitation, seed


def bare(host: Station, folder: Path, make_log: LogMaker, name: str) -> Station:
    """A workstation with the keys of the desk that has read nothing yet."""
    device, analyst = new_id(), new_id()
    secret = DeviceSecret(device, new_seed(), dict(with_desk_keys(host.secret, host.replica).desk_keys))
    facts = host.replica.fact("store"), host.replica.fact("root_key")
    replica = _replica(folder / f"{name.lower()}.db", *facts, device, analyst)
    return Station(name, analyst, replica, make_log(name.lower()), secret, host.clock)


def enrol(
    station: Station,
    invitation: bytes,
    seed: bytes,
    role: str = "analyst",
    proof: bytes | None = None,
    newcomer: bool = True,
) -> bytes:
    """Make the enrolment's transaction, unpublished; returns its id. `proof`: another one than the right one.
    `newcomer` False: another workstation of an analyst."""
    store = station.replica.fact("store")
    with station.transaction("device.enrol") as tx:
        enrolment.enrol(
            tx, station.secret, invitation, seed, store=store, generation=station.replica.generation,
            analyst=station.analyst, newcomer={"name": station.name, "role": role} if newcomer else None,
            device_name="pc", at=station.clock(),
        )  # fmt: skip
        if proof is not None:
            tx.extra["proof"] = proof
    return bytes(tx.id)


def _replica(path: Path, store: bytes, root_key: bytes, device: bytes, analyst: bytes) -> Replica:
    replica = Replica(path)
    replica.bind(store=store, root_key=root_key, device=device, analyst=analyst, incarnation=new_id()[:8])
    return replica


def settle(*stations: Station) -> None:
    """Everybody syncs until nobody has anything left."""
    for _ in range(20):
        results = [station.sync() for station in stations]
        if all(not r.published and not r.applied for r in results):
            return
    raise AssertionError("the stations never came to rest")


def assert_agree(*stations: Station) -> None:
    """All stand at the same head with the same state, and each state is what its digest says."""
    first = stations[0].replica
    for station in stations:
        assert station.replica.head == first.head, f"{station.name} stands elsewhere"
        assert station.replica.digest == first.digest, f"{station.name} has another state"
        assert station.whole(), f"{station.name}: the rows are not what the digest says"


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the search index, for comparing replicas byte by byte."""
    with sqlite3.connect(path) as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "case_fts", "article_fts"))
        ]
        out = {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for name in tables}
    db.close()
    return out  # type: ignore[return-value]
