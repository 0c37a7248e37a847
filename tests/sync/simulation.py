"""A deterministic simulation: real replicas and syncers on a drive in memory that fails as drives do.

Three workstations (and a copied profile, and late joiners) work, sync, crash and race in any order hypothesis can think
of. Faults of a sync: the reply of a link is lost, no answer at all, the drive is away, the process ends before or after
the link, another workstation commits between look and link, the newest entries are not listed yet. Faults of the drive:
its newest entries are gone, torn or zeroed after a power cut, or all of it is as it was some time ago. Besides,
snapshots are made, agreed with and entered, old entries are packed and dropped, an administrator sets the desk back or
removes a workstation.

When everything has come to rest: all replicas have the same head and state, each state is what its digest says, every
accepted transaction was applied exactly once (a counter on a case counts them), numbers have no gap, a claimed case has
one holder, no claim that somebody was told he has was taken back (unless the drive itself was set back since), and no
transaction is gone without a word: it is in the log, or kept as a conflict or as lost where a person can see it.

`run(mutant, examples)` is what the tests and their mutants call. More histories, each time others:
`HALLDESK_EXAMPLES=2000 HALLDESK_SEED=1 python -m tests.sync.simulation` (tests see no such variable, see conftest).
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from db import packs
from db.errors import DeviceRevoked, Refused, StorageError, StoreDamaged, StoreUnreachable
from db.healing import Behind, Forked, heal
from db.ids import derived_id
from db.replica import Replica
from db.shapes import CaseTag
from tests.sync.memory_log import Crash, Fault, MemoryLog, MemoryStore
from tests.sync.stations import NOON, Clock, Station, bare, enrol, found, join, settle

RAM: Final = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
EXAMPLES: Final = int(os.environ.get("HALLDESK_EXAMPLES", "40"))
Mutant = Literal["", "publish by overwriting", "no read-back", "no healing", "no re-verification", "no mercy"]
""""no mercy": the store is sound, something else is broken on purpose."""
SEEDED: Final = 6
"""Entries everybody begins with; the desk is never set back to before its people."""
SHARD: Final = 4
"""Entries to a pack here."""

WHO = st.integers(0, 3)
CASE = st.integers(0, 2)
FAULTS: Final[list[Fault]] = ["ok", "ok", "fail", "lost reply", "no answer", "crash before", "crash after"]


@dataclass
class Seed:
    """A founded desk of three with three cases that all know, closed, in a folder to copy from."""

    folder: Path
    store: MemoryStore
    stations: list[Station]
    cases: list[bytes]

    @staticmethod
    def make(folder: Path) -> Seed:
        store = MemoryStore()
        clock = Clock()
        anna = found(folder, lambda _name: MemoryLog(store), clock)
        stations = [anna, *(join(anna, folder, lambda _name: MemoryLog(store), name) for name in ("Jo", "Kim"))]
        cases = [anna.opens(f"Case {n}") for n in range(3)]
        settle(*stations)
        for station in stations:
            station.replica.close()
        Replica(folder / "empty.db").close()
        return Seed(folder, store, stations, cases)


def machine(seed: Seed, mutant: Mutant) -> type[RuleBasedStateMachine]:
    """The state machine over copies of `seed`."""

    class Drive(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.folder = TemporaryDirectory(dir=RAM)
            self.store = MemoryStore(overwrites=mutant == "publish by overwriting")
            self.store.the_card, self.store.files = seed.store.the_card, dict(seed.store.files)
            self.clock = Clock(NOON + 3_600_000)
            self.stations: list[Station] = []
            for station in seed.stations:
                self._open(station, seed.folder / station.replica.path.name, station.name)
            self.bumps: dict[bytes, bytes] = {}
            self.claims: dict[bytes, tuple[bytes, Station]] = {}
            self.acknowledged: dict[bytes, tuple[bytes, bytes]] = {}
            self.made: set[bytes] = set()
            self.older = [dict(self.store.files)]
            self.revoked: set[bytes] = set()
            self.doubtful: set[bytes] = set()

        def _open(self, like: Station, source: Path, name: str) -> None:
            path = Path(self.folder.name) / f"{name}.db"
            shutil.copy(source, path)
            log = MemoryLog(self.store, reads_back=mutant != "no read-back")
            self._add(Station(name, like.analyst, Replica(path), log, like.secret, self.clock))

        def _add(self, station: Station) -> None:
            if mutant in ("no healing", "no re-verification"):
                station.syncer.following.look_after_the_tail = forgetful(station, mutant)  # type: ignore[method-assign]
            self.stations.append(station)

        def _restart(self, station: Station) -> None:
            station.restart()
            if mutant in ("no healing", "no re-verification"):
                station.syncer.following.look_after_the_tail = forgetful(station, mutant)  # type: ignore[method-assign]

        def _station(self, who: int) -> Station:
            return self.stations[who % len(self.stations)]

        # -- work -----------------------------------------------------------------------------------------------------
        @rule(who=WHO, which=CASE)
        def counts_up(self, who: int, which: int) -> None:
            station, case = self._station(who), seed.cases[which]
            with suppress(Refused):
                tx = station.edits(case, reopen_count=int(station.case(case)["reopen_count"]) + 1)
                self.bumps[tx] = case
                self.made.add(tx)

        @rule(who=WHO, which=CASE)
        def claims_a_case(self, who: int, which: int) -> None:
            station, case = self._station(who), seed.cases[which]
            try:
                tx = station.claims(case)
            except (Refused, sqlite3.IntegrityError):
                return  # somebody has it, or it is resolved
            self.claims[tx] = (case, station)
            self.made.add(tx)

        @rule(who=WHO)
        def opens_a_case(self, who: int) -> None:
            with suppress(Refused):
                self._station(who).opens()

        @rule(who=WHO, which=CASE, late=st.booleans())
        def retitles(self, who: int, which: int, late: bool) -> None:
            station = self._station(who)
            with suppress(Refused):
                self.made.add(station.edits(seed.cases[which], title=f"{station.name} at {self.clock()}"))
            self.clock.pass_minutes(4 if late else 0)

        @rule(who=WHO, which=CASE, add=st.booleans())
        def tags(self, who: int, which: int, add: bool) -> None:
            case = seed.cases[which]
            tag = derived_id(0, case.hex(), "vpn")
            with suppress(Refused), self._station(who).transaction() as tx:
                if not add:
                    tx.delete(CaseTag, tag)
                elif tx.get(CaseTag, tag) is None:
                    tx.insert(CaseTag, tag, case_id=case, tag="vpn")

        @rule(who=WHO, which=CASE, status=st.sampled_from(["waiting", "in progress", "resolved"]))
        def moves_on(self, who: int, which: int, status: str) -> None:
            now = self.clock()
            ended = now if status == "resolved" else None
            try:
                self._station(who).edits(seed.cases[which], status=status, ended_at=ended, updated_at=now)
            except (Refused, sqlite3.IntegrityError):
                return

        # -- the drive ------------------------------------------------------------------------------------------------
        @rule(
            who=WHO,
            plan=st.lists(st.sampled_from(FAULTS), max_size=3),
            racer=st.none() | WHO,
            hidden=st.sampled_from([0, 0, 0, 1, 2]),
        )
        def syncs(self, who: int, plan: list[Fault], racer: int | None, hidden: int) -> None:
            station = self._station(who)
            log = station.log
            assert isinstance(log, MemoryLog)
            other = None if racer is None else self._station(racer)
            log.plan, log.hide_newest = list(plan), hidden
            log.race = None if other is None or other is station else lambda: self._syncs(other)
            self._syncs(station)
            log.plan, log.race, log.hide_newest = [], None, 0
            self._note_what_was_told()

        def _syncs(self, station: Station) -> bool:
            """One round; False when it did not end well, which must leave everything as safe as before."""
            try:
                station.sync()
            except Crash:
                self._restart(station)
                return False
            except StorageError:
                return False
            if self.store.files != self.older[-1]:
                self.older.append(dict(self.store.files))
            return True

        @rule(who=WHO, racer=WHO, which=CASE)
        def two_commit_at_once(self, who: int, racer: int, which: int) -> None:
            if self._station(who) is not self._station(racer):
                for one in (who, racer):
                    self.counts_up(one, which)
                    self.claims_a_case(one, which)
                self.syncs(who, ["lost reply"], racer, 0)

        @rule(who=WHO)
        def restarts(self, who: int) -> None:
            self._restart(self._station(who))

        @rule(who=st.integers(0, 2))
        def copies_a_profile(self, who: int) -> None:
            if len(self.stations) == len(seed.stations):
                original = self.stations[who]
                original.replica.close()
                self._open(original, original.replica.path, "Copy")
                original.replica = Replica(original.replica.path)
                self._restart(original)

        # -- what drives do by themselves -----------------------------------------------------------------------------
        @rule(
            lost=st.integers(1, 3),
            damage=st.sampled_from(["gone", "gone", "torn", "zeroed"]),
            healer=WHO,
            racer=st.none() | WHO,
        )
        def the_server_loses_power(self, lost: int, damage: str, healer: int, racer: int | None) -> None:
            """Its newest entries are gone, or not whole."""
            epoch = max(e for e, _seq, _name in self.store.files)
            newest = max(seq for e, seq, _name in self.store.files if e == epoch)
            for key in [key for key in self.store.files if key[0] == epoch and key[1] > max(newest - lost, 0)]:
                raw = self.store.files.pop(key)
                if damage != "gone":
                    self.store.files[key] = raw[: len(raw) // 2] if damage == "torn" else bytes(len(raw))
            self._doubts()
            self.clock.pass_minutes(2)
            self.syncs(healer, [], racer, 0)

        @rule(back=st.integers(1, 4), first=WHO)
        def the_share_is_restored_from_an_old_copy(self, back: int, first: int) -> None:
            self.store.files = dict(self.older[-min(back, len(self.older))])
            self._doubts()
            self.clock.pass_minutes(2)
            self.syncs(first, [], None, 0)

        # -- what people and workstations do for the store -----------------------------------------------------------
        @rule(who=WHO, other=WHO)
        def makes_a_snapshot(self, who: int, other: int) -> None:
            station, agreeing = self._station(who), self._station(other)
            if self._syncs(station) and station.replica.pending_count() == 0:
                station.syncer.snapshots.make()
                if self._syncs(agreeing):
                    agreeing.syncer.snapshots.answer()

        @rule(who=st.integers(1, 3), without_packs=st.booleans())
        def old_entries_are_dropped(self, who: int, without_packs: bool) -> None:
            anna, jo = self.stations[0], self._station(who)
            for _ in range(2):
                anna.opens()
                if not (self._syncs(anna) and self._syncs(jo)):
                    return
                anna.syncer.snapshots.make()
                jo.syncer.snapshots.answer()
            with suppress(StorageError):
                while packs.pack(anna.replica, anna.syncer.log, quiet=1, shard=SHARD):
                    pass
                anna.housekeeping.compact(age_ms=-1, shard=SHARD, without_packs=without_packs)
                self.older = [dict(self.store.files)]

        @rule()
        def somebody_joins_late(self) -> None:
            if len(self.stations) > len(seed.stations) + 1 or not self._syncs(self.stations[0]):
                return
            anna, name = self.stations[0], f"Late{len(self.stations)}"
            invitation, enrol_seed = anna.invites(name)
            shutil.copy(seed.folder / "empty.db", Path(self.folder.name) / f"{name.lower()}.db")
            late = bare(anna, Path(self.folder.name), lambda _name: MemoryLog(self.store), name)
            if not self._syncs(late):
                late.replica.close()
                return
            enrol(late, invitation, enrol_seed)
            self._add(late)

        @rule(back=st.integers(1, 3))
        def the_administrator_sets_the_desk_back(self, back: int) -> None:
            anna = self.stations[0]
            if self._syncs(anna):
                with suppress(StorageError):
                    anna.set_back(max(anna.replica.head.seq - back, anna.replica.lowest, SEEDED))
                    self.older = [dict(self.store.files)]
                    self._doubts()

        @rule()
        def a_workstation_is_removed(self) -> None:
            anna, kim = self.stations[0], self.stations[2]
            if not self.revoked:
                anna.revokes(kim.secret.device)
                self.revoked.add(kim.secret.device)

        def _doubts(self) -> None:
            """The drive forgot: who knew no better may have committed in the place of what was told before."""
            self.doubtful |= self.claims.keys()
            self.acknowledged.clear()

        def _note_what_was_told(self) -> None:
            """Whoever is told now that his claim stands must keep the case."""
            for tx, (case, station) in self.claims.items():
                if tx not in self.doubtful and station.replica.outcome(tx) == ("accepted", None):
                    self.acknowledged[tx] = (case, station.analyst)

        # -- what must be true ----------------------------------------------------------------------------------------
        def teardown(self) -> None:
            if not hasattr(self, "stations"):
                return
            try:
                self._comes_to_rest()
                self._all_agree()
                self._everything_counts_once()
            finally:
                for station in self.stations:
                    station.replica.close()
                self.folder.cleanup()

        def _comes_to_rest(self) -> None:
            for turn in range(30):
                self.clock.pass_minutes(2 if turn != 5 else 4 * 24 * 60)  # patience with who never comes ends
                before = self._position()
                rested = [self._rests(station) for station in self.stations]
                if all(rested) and self._position() == before and turn > 5:
                    break
            else:
                raise AssertionError("the workstations never came to rest")
            self._note_what_was_told()

        def _position(self) -> list[tuple[object, int, int]]:
            replicas = [station.replica for station in self.stations]
            return [(replica.head, replica.pending_count(), len(replica.lost())) for replica in replicas]

        def _rests(self, station: Station) -> bool:
            """One round. What nobody can heal the administrator gives up; who was removed may be refused."""
            try:
                station.sync()
            except StoreDamaged:
                self.stations[0].syncer.repair()
                return False
            except DeviceRevoked:
                return True
            except StoreUnreachable as error:
                raise AssertionError(f"{station.name} can't go on, though the store answers: {error}") from error
            return True

        def _all_agree(self) -> None:
            first = self.stations[0].replica
            for station in self.stations:
                if station.replica.revocation() is None:
                    assert station.replica.pending_count() == 0
                assert not any(row.waits for row in station.replica.lost()), f"{station.name} waits for ever"
                assert station.replica.head == first.head, f"{station.name} stands elsewhere"
                assert station.replica.digest == first.digest, f"{station.name} has another state"
                assert station.whole(), f"{station.name}: its rows are not what its digest says"

        def _everything_counts_once(self) -> None:
            station = self.stations[0]
            accepted = {tx for tx in self.bumps if station.replica.outcome(tx) == ("accepted", None)}
            told = {tx for s in self.stations for tx in self.bumps if s.replica.outcome(tx)[0] == "accepted"}
            assert accepted == told
            counted = Counter(self.bumps[tx] for tx in accepted)
            for case in seed.cases:
                assert station.case(case)["reopen_count"] == counted[case], "a change counts twice or was lost"
            for case, holder in self.acknowledged.values():
                assert station.case(case)["work_owner_id"] == holder, "a claim somebody was told he has was taken back"
            numbers = station.one('SELECT count(*) AS n, min(number) AS low, max(number) AS high FROM "case"')
            assert (numbers["low"], numbers["high"]) == (1, numbers["n"]), "numbers have a gap"
            lost = {tx for tx in self.made if all(s.replica.outcome(tx)[0] == "unknown" for s in self.stations)}
            kept = {row.id for s in self.stations for row in s.replica.lost()}
            assert lost <= self._without_effect() | kept, "a transaction is gone without a word"

        def _without_effect(self) -> set[bytes]:
            """Transactions that had nothing left to say when they met the news; kept as a conflict, not as refused."""
            kept = {c.tx_id for s in self.stations for settled in (False, True)
                    for c in s.replica.conflicts(settled=settled)}  # fmt: skip
            return {tx for tx in self.made if tx in kept}

    return Drive


def forgetful(station: Station, mutant: Mutant) -> Callable[..., list[str]]:
    """Looking after the tail as a mutant does it: not at all, or believing that what was put back is there."""

    def look(*, now: bool = False) -> list[str]:
        del now
        if mutant == "no re-verification":
            with suppress(StorageError, Forked, Behind):
                heal(station.replica, station.syncer.log, station.secret.desk_keys, deep=True)
        return []

    return look


@contextmanager
def quiet() -> Iterator[None]:
    """What the program warns of is what is simulated."""
    logger = logging.getLogger("db")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def run(mutant: Mutant = "", examples: int = EXAMPLES) -> None:
    """Simulate that many histories. Errors: AssertionError from the first in which something untrue came out."""
    with TemporaryDirectory(dir=RAM) as folder, quiet():
        seed = Seed.make(Path(folder))
        run_state_machine_as_test(
            machine(seed, mutant),
            settings=settings(
                max_examples=examples,
                stateful_step_count=25,
                deadline=None,
                database=None,
                derandomize="HALLDESK_SEED" not in os.environ,
                phases=[Phase.generate] if mutant else [Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
                print_blob=False,
                report_multiple_bugs=False,
            ),
        )


if __name__ == "__main__":
    run()
    print(f"{EXAMPLES} histories, all well")
