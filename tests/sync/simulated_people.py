"""What people do in the simulation (tests.sync.simulation): work, taking back, administration, cheating.

Each rule notes what was meant, so that tests.sync.promises can say whether it was kept. Cheating is what a modified
program writes.

A *word* is something written that nobody else writes: an unmistakable string in a text two people edit, or in a row
that others delete. What somebody *saw* when he deleted a row or moved a case is noted too: nothing may happen to what
he did not see.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, ParamSpec

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from db import epochs
from db.capture import RowChange, RowStore, TxRecord
from db.errors import BuiltUpon, Refused, StorageError
from db.ids import derived_id, new_id
from db.log import SLOT_NAMES
from db.replica import Replica
from db.shapes import Analyst, Case, CaseTag, Department, Requester
from db.tables import complete, spec
from db.upgrades import Program
from tests.sync import forgery
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Clock, Station, found, join, settle

WHO = st.integers(0, 3)
CASE = st.integers(0, 2)
LINES: Final = ("It hums.", "Then it jams.", "The lamp blinks.")
P = ParamSpec("P")
Forgery = Literal["role", "department", "somebody's minutes", "impossible step", "title"]


def _longer_titles(rows: RowStore) -> None:
    table = spec("case")
    for (case_id,) in rows.raw.execute('SELECT id FROM "case" ORDER BY id').fetchall():
        row = rows.read(table, case_id)
        assert row is not None
        rows.update(table, case_id, row, {"title": str(row["title"]) + "!"})
    rows.insert(spec("department"), b"upgraded 2 dep..", complete(spec("department"), {"name": "Everybody"}))


NEWER: Final = Program(2, {2: _longer_titles})
"""A later program than the one tested; Kim has the older one until somebody updates it."""


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
        cases = [anna.opens(f"Case {n}", description="\n".join(LINES)) for n in range(3)]
        settle(*stations)
        for station in stations:
            station.replica.close()
        Replica(folder / "empty.db").close()
        return Seed(folder, store, stations, cases)


@dataclass
class Meant:
    """What was meant by whom. By transaction, unless it says otherwise."""

    counts: dict[bytes, tuple[bytes, int]] = field(default_factory=dict)
    """(case, by how much) a counter was moved."""
    claims: dict[bytes, tuple[bytes, Station]] = field(default_factory=dict)
    made: set[bytes] = field(default_factory=set)
    """Everything that must be in the log, or kept where a person sees it."""
    words: dict[bytes, tuple[str, bytes, str]] = field(default_factory=dict)
    """(table, row, word)."""
    saw: dict[bytes, tuple[str, bytes, Any]] = field(default_factory=dict)
    """(table, row, what stood there) when a row was deleted or a case was moved."""
    undone: set[bytes] = field(default_factory=set)
    """What somebody took back, or tried to."""
    forged: dict[bytes, Forgery] = field(default_factory=dict)
    shut_out: set[str] = field(default_factory=set)
    """Workstations that were away while the desk key was changed and the entry with it was dropped for good: they need
    an invitation."""


def _impossible(status: str) -> str:
    return "closed" if status == "new" else "new"


@contextmanager
def allowed() -> Iterator[None]:
    """What the rules or the tables forbid at once does not happen."""
    with suppress(Refused, BuiltUpon, sqlite3.IntegrityError):
        yield


def at_a_filled_desk(work: Callable[P, None]) -> Callable[P, None]:
    """A rule of people: where the drive went away while everything was read anew, nothing is there to work on. They
    look at the log first (`who`; the first workstation where nobody is named), and leave it if that does not help."""

    @wraps(work)
    def rule_of_people(*args: P.args, **kwargs: P.kwargs) -> None:
        desk, who = args[0], kwargs.get("who", args[1] if len(args) > 1 else 0)
        assert isinstance(desk, Workers)
        if desk._is_filled(who if isinstance(who, int) else 0):
            work(*args, **kwargs)

    return rule_of_people


class Workers(RuleBasedStateMachine):
    """What people do all day. Workstations and drive come from the machine that builds on this one."""

    seed: Seed
    store: MemoryStore
    clock: Clock
    stations: list[Station]
    meant: Meant
    _words = 0

    def _station(self, who: int) -> Station:
        return self.stations[who % len(self.stations)]

    def _word(self) -> str:
        self._words += 1
        return f"word{self._words}."

    # -- work ---------------------------------------------------------------------------------------------------------
    @rule(who=WHO, which=CASE)
    @at_a_filled_desk
    def counts_up(self, who: int, which: int) -> None:
        station, case = self._station(who), self.seed.cases[which]
        with allowed():
            tx = station.edits(case, reopen_count=int(station.case(case)["reopen_count"]) + 1)
            self.meant.counts[tx] = (case, 1)
            self.meant.made.add(tx)

    @rule(who=WHO, which=CASE)
    @at_a_filled_desk
    def claims_a_case(self, who: int, which: int) -> None:
        station, case = self._station(who), self.seed.cases[which]
        with allowed():  # else somebody has it, or it is resolved
            tx = station.claims(case)
            self.meant.claims[tx] = (case, station)
            self.meant.made.add(tx)

    @rule(who=WHO)
    @at_a_filled_desk
    def opens_a_case(self, who: int) -> None:
        with allowed():
            self._station(who).opens()

    @rule(who=WHO, which=CASE, late=st.booleans())
    @at_a_filled_desk
    def retitles(self, who: int, which: int, late: bool) -> None:
        station = self._station(who)
        with allowed():
            self.meant.made.add(station.edits(self.seed.cases[which], title=f"{station.name} at {self.clock()}"))
        self.clock.pass_minutes(4 if late else 0)

    @rule(who=WHO, which=CASE, add=st.booleans())
    @at_a_filled_desk
    def tags(self, who: int, which: int, add: bool) -> None:
        case = self.seed.cases[which]
        tag = derived_id(0, case.hex(), "vpn")
        with allowed(), self._station(who).transaction() as tx:
            if not add:
                tx.delete(CaseTag, tag)
            elif tx.get(CaseTag, tag) is None:
                tx.insert(CaseTag, tag, case_id=case, tag="vpn")

    @rule(who=WHO, which=CASE, status=st.sampled_from(["waiting", "in progress", "resolved"]))
    @at_a_filled_desk
    def moves_on(self, who: int, which: int, status: str) -> None:
        station, case, now = self._station(who), self.seed.cases[which], self.clock()
        saw = station.case(case)["status"]
        with allowed():
            tx = station.edits(case, status=status, ended_at=now if status == "resolved" else None, updated_at=now)
            self.meant.saw[tx] = ("case", case, saw)

    # -- for the machine on top --------------------------------------------------------------------------------------
    def _updates(self, station: Station) -> None:
        if station.program is not NEWER:
            station.program = NEWER
            self._restart(station)

    def _is_filled(self, who: int) -> bool:
        """Whether there is anything at a workstation, if need be after a round."""
        raise NotImplementedError

    def _gives_back(self, case: bytes) -> None:
        """Nobody has a claim to this case any more."""
        raise NotImplementedError

    def _restart(self, station: Station) -> None:
        raise NotImplementedError


class People(Workers):
    """And what else they do: write in one text, delete, take back, administrate, cheat."""

    @rule(who=WHO, which=CASE, line=st.integers(0, 3), new_line=st.booleans(), late=st.booleans())
    @at_a_filled_desk
    def writes_in_a_text(self, who: int, which: int, line: int, new_line: bool, late: bool) -> None:
        """Two people write in the same description: after a line, or in a line of its own."""
        station, case, word = self._station(who), self.seed.cases[which], self._word()
        lines = str(station.case(case)["description"]).split("\n")
        line = min(line, len(lines) - 1)
        lines[line : line + 1] = [lines[line], word] if new_line else [f"{lines[line]} {word}"]
        with allowed():
            tx = station.edits(case, description="\n".join(lines))
            self.meant.words[tx] = ("case", case, word)
            self.meant.made.add(tx)
        self.clock.pass_minutes(6 if late else 0)

    @rule(who=WHO, which=CASE, what=st.sampled_from(["edit", "edit", "remove", "name", "unname"]))
    @at_a_filled_desk
    def keeps_a_requester(self, who: int, which: int, what: str) -> None:
        """A row that one edits or refers to while another deletes it."""
        station, case = self._station(who), self.seed.cases[which]
        row_id, word = derived_id(0, "requester", str(which)), self._word()
        with allowed():
            with station.transaction("requester.edit") as tx:
                row = tx.get(Requester, row_id)
                if row is None and what in ("edit", "name"):
                    tx.insert(Requester, row_id, name="Hall 3", phone=word)
                elif what == "edit":
                    tx.update(Requester, row_id, phone=word)
                elif what == "remove":
                    tx.delete(Requester, row_id)
                if what in ("name", "unname"):
                    tx.update(Case, case, requester_id=row_id if what == "name" else None)
            if row is not None and what == "edit":
                self.meant.words[tx.id] = ("requester", row_id, word)
            elif row is not None and what == "remove":
                self.meant.saw[tx.id] = ("requester", row_id, row["phone"])

    # -- back and forth -----------------------------------------------------------------------------------------------
    @rule(who=WHO, forward=st.booleans())
    @at_a_filled_desk
    def takes_back(self, who: int, forward: bool) -> None:
        """Undo, or redo."""
        station = self._station(who)
        step = station.replica.next_step(forward=forward)
        if step is None:
            return
        with allowed():
            waiting = station.replica.pending_count()
            back = station.replica.undo(step.tx_id, station.analyst, at=self.clock()).tx_id
            self.meant.undone.add(step.tx_id)
            if station.replica.pending_count() == waiting:
                return  # nothing was left to take back
            self.meant.made.add(back)
            if step.tx_id in self.meant.counts:
                case, by = self.meant.counts[step.tx_id]
                self.meant.counts[back] = (case, -by)
            if step.tx_id in self.meant.claims:
                self._gives_back(self.meant.claims[step.tx_id][0])

    # -- who may do what ----------------------------------------------------------------------------------------------
    @rule(role=st.sampled_from(["analyst", "supervisor"]))
    @at_a_filled_desk
    def jo_gets_a_role(self, role: str) -> None:
        anna, jo = self.stations[0], self.stations[1]
        with allowed(), anna.transaction("analyst.edit") as tx:
            tx.update(Analyst, jo.analyst, role=role)

    @rule(who=WHO)
    @at_a_filled_desk
    def adds_a_department(self, who: int) -> None:
        """Which supervisors may; offline somebody may stop being one before the log has it."""
        station = self._station(who)
        with allowed():
            with station.transaction("department.new") as tx:
                tx.insert(Department, name=self._word())
            self.meant.made.add(tx.id)

    @rule()
    @at_a_filled_desk
    def the_desk_key_is_changed(self) -> None:
        with allowed():
            self.stations[0].rotates()

    @rule(rotated=st.booleans())
    @at_a_filled_desk
    def a_workstation_is_removed(self, rotated: bool) -> None:
        anna, kim = self.stations[0], self.stations[2]
        with allowed():
            anna.revokes(kim.secret.device)
            if rotated:
                anna.rotates()

    @rule(
        who=st.integers(1, 2),
        what=st.sampled_from(["role", "department", "somebody's minutes", "impossible step", "title"]),
        fresh=st.booleans(),
    )
    @at_a_filled_desk
    def an_intruder_writes(self, who: int, what: Forgery, fresh: bool) -> None:
        """A modified program publishes what its analyst may not, or may not any more, past all checks of its own."""
        station = self.stations[who]
        if fresh:
            with suppress(StorageError):
                station.sync()
        head = station.replica.head
        taken = {name for epoch, seq, name in self.store.files if (epoch, seq) == (head.epoch, head.seq + 1)}
        free = [suffix for suffix in SLOT_NAMES if f"{head.seq + 1:012d}{suffix}" not in taken]
        if not free or not any((epoch, seq) == (head.epoch, head.seq) for epoch, seq, _name in self.store.files):
            return  # no name is left, or what it would follow was dropped
        made = self._forged(station, what)
        raw = forgery.entry(station, station.syncer._secret, [made], schema=station.replica.schema)
        self.store.files[head.epoch, head.seq + 1, f"{head.seq + 1:012d}{free[0]}"] = raw
        self.meant.forged[made.id] = what

    @rule(who=st.integers(1, 2), back=st.integers(0, 3))
    @at_a_filled_desk
    def an_intruder_sets_the_desk_back(self, who: int, back: int) -> None:
        """Who never was an administrator opens the next epoch: it counts for nobody and stops nobody."""
        station = self.stations[who]
        replica, secret = station.replica, station.syncer._secret
        place = replica.place(max(replica.head.seq - back, replica.lowest))
        if place is None or place[0].epoch != replica.head.epoch:
            return
        epoch, generation = place[0].epoch + 1, replica.generation_at(place[0].seq)
        free = [suffix for suffix in SLOT_NAMES if (epoch, 0, f"{0:012d}{suffix}") not in self.store.files]
        if len(free) < len(SLOT_NAMES) - 1 or generation not in secret.desk_keys:
            return
        raw = epochs.make(
            place[0], secret, store=replica.fact("store"), author=station.analyst, at=self.clock(),
            schema=replica.schema, incarnation=b"x" * 8, generation=generation,
        )  # fmt: skip
        self.store.files[epoch, 0, f"{0:012d}{free[0]}"] = raw

    def _forged(self, station: Station, what: Forgery) -> TxRecord:
        case = self.seed.cases[0]
        row = station.case(case)
        change = {
            "role": RowChange("analyst", station.analyst, "u", {"role": ["analyst", "administrator"]}),
            "department": RowChange("department", new_id(), "i", {"name": f"Theirs {len(self.meant.forged)}"}),
            "somebody's minutes": RowChange(
                "time_entry", new_id(), "i",
                {"case_id": case, "analyst_id": self.stations[0].analyst, "minutes": 60, "work_date": "2026-01-06",
                 "entered_at": 1},
            ),
            "impossible step": RowChange("case", case, "u", {"status": [row["status"], _impossible(row["status"])]}),
            "title": RowChange("case", case, "u", {"title": [row["title"], "Theirs"]}),
        }[what]  # fmt: skip
        return forgery.record(f"forged {what}", change)

    # -- programs -----------------------------------------------------------------------------------------------------
    @rule()
    def the_store_is_upgraded(self) -> None:
        with suppress(StorageError):
            self.stations[0].syncer.upgrade()

    @rule(who=WHO)
    def gets_the_newer_program(self, who: int) -> None:
        self._updates(self._station(who))
