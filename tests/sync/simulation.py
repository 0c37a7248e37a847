"""A deterministic simulation: real replicas and syncers on a drive in memory that fails as drives do.

Three workstations with clocks that differ (and a copied profile, and late joiners) work, sync, crash and race in any
order hypothesis can think of. Faults of a sync: the reply of a link is lost, no answer at all, the drive is away, the
process ends before or after the link, another workstation commits between look and link, the newest entries are not
listed yet, the drive goes away at any call. Faults of the drive: its newest entries are gone, torn or zeroed after a
power cut, or all of it is as it was some time ago, also before an administrator set the desk back or dropped old
entries, and amid a commit. Besides, snapshots are made, agreed with and entered, old entries are packed and dropped, an
administrator sets the desk back or removes a workstation.

People work, take back, administrate and cheat (tests.sync.simulated_people). When everything has come to rest, what
was meant is compared with what became of it (tests.sync.promises).

`run(mutant, examples)` is what the tests and their mutants call; mutants get a mix of rules that favours what they
break. More histories, each time others:
`HALLDESK_EXAMPLES=2000 HALLDESK_SEED=1 python -m tests.sync.simulation`; with `HALLDESK_QUICK=1` a history that fails
is shown as it is, not made shorter first; with `HALLDESK_HARSH=1` people do little, and all else happens more often.

Two moments have rules of their own, because chance alone brings them about in one history of fifty, and two mutants got
through 300: a program that ends between winning and knowing it, and news of a case with work that waits.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal
from unittest.mock import patch

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from db import migrate, session
from db.errors import NoWayOn, StorageError, StoreDamaged, UpdateNeeded
from db.healing import Ambiguous, Behind, Forked, heal
from db.replica import Replica
from db.rollback import Back
from db.upgrades import PROGRAM
from tests.sync.memory_log import Crash, Fault, MemoryLog, MemoryStore
from tests.sync.promises import Promises, in_force
from tests.sync.simulated_people import CASE, NEWER, WHO, Meant, People, Seed, Workers
from tests.sync.stations import NOON, Clock, Station, bare, enrol

RAM: Final = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
EXAMPLES: Final = int(os.environ.get("HALLDESK_EXAMPLES", "30"))
Mutant = Literal["", "publish by overwriting", "no read-back", "no healing", "no re-verification", "no mercy"]
""""no mercy": the store is sound, something else is broken on purpose."""
SEEDED: Final = 6
"""Entries everybody begins with; the desk is never set back to before its people."""
SHARD: Final = 4
"""Entries to a pack here."""
PATIENT_TURNS: Final = 12
"""So many rounds of all an administrator waits for somebody who has what is missing."""
AHEAD_MS: Final = {"Jo": 26 * 60_000, "Kim": -3 * 3_600_000}
"""Clocks are wrong; the order of the log is all that counts."""
FAULTS: Final[list[Fault]] = ["ok", "ok", "fail", "lost reply", "no answer", "crash before", "crash after"]


def machine(seed: Seed, mutant: Mutant, told: Counter[str]) -> type[RuleBasedStateMachine]:
    """The state machine over copies of `seed`. `told`: counts what histories were made of."""

    people: type[Workers] = Workers if mutant else People  # what mutants break comes to light in plain work, and sooner

    class Drive(people):  # type: ignore[misc, valid-type]
        @initialize()
        def begin(self) -> None:
            self.seed = seed
            self.folder = TemporaryDirectory(dir=RAM)
            self.store = MemoryStore(overwrites=mutant == "publish by overwriting")
            self.store.the_card, self.store.files = seed.store.the_card, dict(seed.store.files)
            self.clock = Clock(NOON + 3_600_000)
            self.stations: list[Station] = []
            for station in seed.stations:
                self._open(station, seed.folder / station.replica.path.name, station.name)
            self.meant = Meant()
            self.acknowledged: dict[bytes, tuple[bytes, bytes]] = {}
            self.older = [self._copy()]
            self.doubtful: set[bytes] = set()
            self.unsure_until = 0
            self.dropped_for_good = False
            self.away_once_emptied: int | None = None
            self._in_the_way: dict[str, str] = {}

        def _copy(self) -> tuple[dict[tuple[int, int, str], bytes], dict[tuple[str, str], bytes]]:
            """Everything on the drive."""
            return dict(self.store.files), dict(self.store.side)

        def _open(self, like: Station, source: Path, name: str) -> None:
            path = Path(self.folder.name) / f"{name}.db"
            shutil.copy(source, path)
            log = MemoryLog(self.store, reads_back=mutant != "no read-back")
            program = PROGRAM if like.name == "Kim" else NEWER
            clock = Wrong(self.clock, AHEAD_MS.get(like.name, 0))
            self._add(Station(name, like.analyst, Replica(path, program), log, like.secret, clock, program))

        def _add(self, station: Station, place: int | None = None) -> None:
            if mutant in ("no healing", "no re-verification"):
                forget(station, mutant)
            self.stations.insert(len(self.stations) if place is None else place, station)

        def _restart(self, station: Station) -> None:
            station.restart()
            if mutant in ("no healing", "no re-verification"):
                forget(station, mutant)

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
            waiting = station.replica.unsent()
            try:
                with self._away_once_emptied(station):
                    station.sync()
            except Crash:
                self._restart(station)
                return False
            except UpdateNeeded:
                assert station.program is not NEWER
                assert station.replica.unsent() == waiting or station.whole(), "an older program loses work"
                return False
            except StorageError:
                return False
            if self.store.files != self.older[-1][0]:
                self.older.append(self._copy())
            return True

        @contextmanager
        def _away_once_emptied(self, station: Station) -> Iterator[None]:
            """Where that was planned, the drive goes away for this workstation soon after it starts over."""
            start_over, log = station.replica.start_over, station.log
            assert isinstance(log, MemoryLog)

            def emptied(*args: Any, **kwargs: Any) -> Back:
                log.calls_left, self.away_once_emptied = self.away_once_emptied, None
                return start_over(*args, **kwargs)

            if self.away_once_emptied is None:
                yield
                return
            with patch.object(station.replica, "start_over", emptied):
                try:
                    yield
                finally:
                    log.calls_left = None

        @rule(who=WHO, racer=WHO, which=CASE)
        def two_commit_at_once(self, who: int, racer: int, which: int) -> None:
            if self._station(who) is not self._station(racer):
                for one in (who, racer):
                    self.counts_up(one, which)
                    self.claims_a_case(one, which)
                self.syncs(who, ["lost reply"], racer, 0)

        @rule(who=WHO, which=CASE, other=WHO)
        def ends_before_it_hears_that_it_won(self, who: int, which: int, other: int) -> None:
            """The log has the change and who made it does not know; what others do next may be of the same row."""
            self.counts_up(who, which)
            self.syncs(who, ["crash after"], None, 0)
            self.counts_up(other, which)
            self.syncs(other, [], None, 0)

        @rule(who=WHO, which=CASE, other=WHO)
        def news_comes_of_a_case_with_work_that_waits(self, who: int, which: int, other: int) -> None:
            self.syncs(other, [], None, 0)
            self.counts_up(who, which)
            self.retitles(other, which, late=False)
            self.syncs(other, [], None, 0)
            self.syncs(who, [], None, 0)

        @rule(who=WHO, after=st.integers(1, 80), once_empty=st.booleans())
        def the_drive_goes_away_amid_a_round(self, who: int, after: int, once_empty: bool) -> None:
            """Whatever the workstation is doing then, it goes on with it another time. `once_empty`: when the next one
            starts over, should there be one."""
            station = self._station(who)
            assert isinstance(station.log, MemoryLog)
            if once_empty:
                self.away_once_emptied = after % 8 + 1
                return
            station.log.calls_left = after
            self._syncs(station)
            station.log.calls_left = None

        @rule(who=WHO)
        def restarts(self, who: int) -> None:
            self._restart(self._station(who))

        @rule(who=st.integers(0, 2))
        def copies_a_profile(self, who: int) -> None:
            if len(self.stations) == len(seed.stations):
                original = self.stations[who]
                original.replica.close()
                self._open(original, original.replica.path, "Copy")
                original.restart()
                self._add(self.stations.pop(who), who)

        # -- what drives do by themselves -----------------------------------------------------------------------------
        @rule(
            lost=st.integers(1, 3),
            damage=st.sampled_from(["gone", "gone", "torn", "zeroed"]),
            healer=WHO,
            racer=st.none() | WHO,
        )
        def the_server_loses_power(self, lost: int, damage: str, healer: int, racer: int | None) -> None:
            """Its newest entries are gone, or not whole."""
            if not self.store.files:
                return
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
            files, side = self.older[-min(back, len(self.older))]
            self.store.files, self.store.side = dict(files), dict(side)
            self._doubts()
            self.clock.pass_minutes(2)
            self.syncs(first, [], None, 0)

        @rule(back=st.integers(1, 4), who=WHO, first=WHO, which=CASE)
        def the_share_is_restored_amid_a_commit(self, back: int, who: int, first: int, which: int) -> None:
            """Between the look and the link, and somebody else commits there before it."""
            station, other = self._station(who), self._station(first)

            def restored() -> None:
                files, side = self.older[-min(back, len(self.older))]
                self.store.files, self.store.side = dict(files), dict(side)
                if other is not station:
                    self._syncs(other)

            if station.replica.pending_count() == 0:
                self.retitles(who, which, late=False)
            assert isinstance(station.log, MemoryLog)
            station.log.race = restored
            self._syncs(station)
            station.log.race = None
            self._doubts()
            # Until the look once a minute it may commit upon what nobody else has.
            self.unsure_until = self.clock() + 60_000

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
                if not self._is_filled(0):
                    return
                anna.opens()
                if not (self._syncs(anna) and self._syncs(jo)):
                    return
                anna.syncer.snapshots.make()
                jo.syncer.snapshots.answer()
            with suppress(StorageError):
                anna.housekeeping.pack(quiet=1, shard=SHARD)
                self.dropped_for_good |= without_packs
                anna.housekeeping.compact(age_ms=-1, shard=SHARD, without_packs=without_packs)
                self.older.append(self._copy())

        @rule()
        def somebody_joins_late(self) -> None:
            if len(self.stations) > len(seed.stations) + 1 or not self._syncs(self.stations[0]):
                return
            anna, name = self.stations[0], f"Late{len(self.stations)}"
            try:
                invitation, enrol_seed = anna.invites(name)
            except StorageError:
                return
            shutil.copy(seed.folder / "empty.db", Path(self.folder.name) / f"{name.lower()}.db")
            late = bare(anna, Path(self.folder.name), lambda _name: MemoryLog(self.store), name)
            self._updates(late)
            if not self._syncs(late) or not late.holds("invitation", invitation):
                late.replica.close()
                return  # the drive has forgotten where it is; the program says so (app.desk)
            enrol(late, invitation, enrol_seed)
            self._add(late)
            self._syncs(late)

        @rule(back=st.integers(1, 3))
        def the_administrator_sets_the_desk_back(self, back: int) -> None:
            anna = self.stations[0]
            if self._syncs(anna):
                with suppress(StorageError), self._away_once_emptied(anna):
                    anna.set_back(max(anna.replica.head.seq - back, anna.replica.lowest, SEEDED))
                    self._doubts()

        def _is_filled(self, who: int) -> bool:
            station = self._station(who)
            if station.replica.head.seq == 0:
                told["workstations found empty"] += 1
                self._syncs(station)
            return bool(station.replica.head.seq)

        def _doubts(self) -> None:
            """The drive forgot: who knew no better may have committed in the place of what was told before."""
            self.doubtful |= self.meant.claims.keys()
            self.acknowledged.clear()

        def _note_what_was_told(self) -> None:
            """Whoever is told now that his claim stands must keep the case."""
            if self.clock() < self.unsure_until:
                self.doubtful |= self.meant.claims.keys()
            for tx, (case, station) in self.meant.claims.items():
                if tx not in self.doubtful and station.replica.outcome(tx) == ("accepted", None):
                    self.acknowledged[tx] = (case, station.analyst)

        def _gives_back(self, case: bytes) -> None:
            self.acknowledged = {tx: one for tx, one in self.acknowledged.items() if one[0] != case}
            self.doubtful |= {tx for tx, (claimed, _station) in self.meant.claims.items() if claimed == case}

        # -- what must be true ----------------------------------------------------------------------------------------
        def teardown(self) -> None:
            if not hasattr(self, "stations"):
                return
            try:
                self._comes_to_rest()
                # An opening that a restored share had forgotten, and that is brought back, undoes what was told since.
                undone = {row.id for s in self.stations for row in s.replica.lost() if not row.waits}
                told_since = [one for tx, one in self.acknowledged.items() if tx not in undone]
                Promises(self.stations, self.meant, seed.cases, told_since).are_kept()
                told.update(
                    histories=1, entries=self.stations[0].replica.head.seq, changes=len(self.meant.made),
                    forged=len(self.meant.forged), conflicts=sum(s.replica.conflict_count() for s in self.stations),
                )  # fmt: skip
            finally:
                for station in self.stations:
                    station.replica.close()
                self.folder.cleanup()

        def _comes_to_rest(self) -> None:
            for turn in range(30):
                self.clock.pass_minutes(2 if turn % 8 != 5 else 4 * 24 * 60)  # patience with who never comes ends
                if turn == 4:
                    for station in self.stations:
                        self._updates(station)
                before = self._position()
                rested = [self._rests(station, turn) for station in self.stations]
                waits = any(row.waits for station in self._of_the_desk() for row in station.replica.lost())
                if all(rested) and self._position() == before and turn > 5 and not waits:
                    break
            else:
                raise AssertionError(f"the workstations never came to rest: {self._in_the_way}")
            self._note_what_was_told()

        def _of_the_desk(self) -> list[Station]:
            anna, shut_out = self.stations[0], self.meant.shut_out
            return [station for station in self.stations if in_force(anna, station) and station.name not in shut_out]

        def _position(self) -> list[tuple[object, int, int]]:
            replicas = [station.replica for station in self.stations]
            return [(replica.head, replica.pending_count(), len(replica.lost())) for replica in replicas]

        def _rests(self, station: Station, turn: int) -> bool:
            """One round, and what workstations do for the store by themselves. What nobody can heal the administrator
            gives up; who was removed may be refused, and an older program stops at an upgrade."""
            try:
                station.sync()
                self._in_the_way.pop(station.name, None)
            except StorageError as error:
                anna = self.stations[0]
                self._in_the_way[station.name] = f"{error} (it stands at {station.replica.head[:2]})"
                newest, keys = anna.replica.generation, [one.syncer._secret.desk_keys for one in (anna, station)]
                if self.dropped_for_good and keys[0][newest] != keys[1].get(newest):
                    self.meant.shut_out.add(station.name)
                    return True
                # What is gone another workstation may have; what is damaged as well, and people know no patience there.
                if isinstance(error, StoreDamaged) or (isinstance(error, NoWayOn) and turn > PATIENT_TURNS):
                    with suppress(StorageError):
                        anna.syncer.repair()
                    return False
                return not in_force(anna, station)
            self.meant.shut_out.discard(station.name)
            with suppress(StorageError):
                station.housekeeping.tend(idle=False)
            return True

    class Harsh(Drive):
        """Hardly any work between what drives, administrators and intruders do to the log."""

        claims_a_case = tags = moves_on = writes_in_a_text = keeps_a_requester = None
        takes_back = jo_gets_a_role = adds_a_department = an_intruder_writes = None
        two_commit_at_once = news_comes_of_a_case_with_work_that_waits = None  # type: ignore[assignment]

    class Plain(Drive):
        """Drives that fail and people at work, nothing else: in fewer rules each comes more often."""

        makes_a_snapshot = old_entries_are_dropped = somebody_joins_late = None  # type: ignore[assignment]
        the_drive_goes_away_amid_a_round = None  # type: ignore[assignment]
        the_administrator_sets_the_desk_back = copies_a_profile = None  # type: ignore[assignment]

    class Sound(Plain):
        """Drives that keep what they have: what they forget excuses a claim that was told to stand and does not."""

        the_server_loses_power = the_share_is_restored_from_an_old_copy = None  # type: ignore[assignment]
        the_share_is_restored_amid_a_commit = None  # type: ignore[assignment]

    if mutant in ("publish by overwriting", "no read-back"):
        return Sound
    if "HALLDESK_HARSH" in os.environ:
        return Harsh
    return Plain if mutant else Drive


def forget(station: Station, mutant: Mutant) -> None:
    """From now on it looks after the tail as a mutant does: not at all, or believing that what was put back is
    there."""

    def look(*, now: bool = False) -> list[str]:
        del now
        if mutant == "no re-verification":
            with suppress(StorageError, Forked, Behind, Ambiguous):
                heal(station.replica, station.syncer.log, station.secret.desk_keys, deep=True)
        return []

    following = station.syncer.following
    following.look_after_the_tail = following.look_into_the_doubt = look  # type: ignore[method-assign]


class Wrong(Clock):
    """The clock of a workstation that is ahead of the others by some time, or behind."""

    def __init__(self, right: Clock, ahead_ms: int) -> None:
        super().__init__()
        self._right, self._ahead = right, ahead_ms

    def __call__(self) -> int:
        return self._right() + self._ahead

    def pass_minutes(self, minutes: float) -> None:
        self._right.pass_minutes(minutes)


class _Alone:
    """The turn to write where there is one process."""

    def __init__(self, *_: object, **__: object) -> None:
        """Of any file."""

    def acquire(self) -> None:
        """Nobody else has it."""

    def release(self) -> None:
        """Nobody waits for it."""

    def close(self) -> None:
        """There is no file."""


@contextmanager
def quiet() -> Iterator[None]:
    """What the program warns of is what is simulated. What the simulation is not about, and costs most of its time, is
    left out: the lock between processes, and asking each copied file whether it fits the program."""
    logger = logging.getLogger("db")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with patch.object(session, "WriteLock", _Alone), patch.object(migrate, "up_to_date", lambda _path: None):
            yield
    finally:
        logger.setLevel(before)


def run(mutant: Mutant = "", examples: int = EXAMPLES) -> Counter[str]:
    """Simulate that many histories; returns what they were made of (`histories`, `entries`, ...).

    Errors: AssertionError from the first in which something untrue came out."""
    told: Counter[str] = Counter()
    with TemporaryDirectory(dir=RAM) as folder:
        seed = Seed.make(Path(folder))
        with quiet():
            _simulate(machine(seed, mutant, told), mutant, examples)
    return told


def _simulate(drive: type[RuleBasedStateMachine], mutant: Mutant, examples: int) -> None:
    run_state_machine_as_test(
        hypothesis.seed(int(os.environ["HALLDESK_SEED"]))(drive) if "HALLDESK_SEED" in os.environ else drive,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize="HALLDESK_SEED" not in os.environ,
            phases=[Phase.generate] if mutant or "HALLDESK_QUICK" in os.environ else [Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )


if __name__ == "__main__":
    made = run()
    print(", ".join(f"{count} {what}" for what, count in made.items()) + ": all well")
