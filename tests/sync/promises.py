"""What must be true when everything has come to rest, whatever happened before.

* All workstations in force have the same head and state, each state is what its digest says, nothing waits for ever.
* Every accepted change counts exactly once (a counter on a case counts them), numbers have no gap, a claimed case has
  one holder, no claim that somebody was told he has was taken back.
* No transaction is gone without a word: it is in the log, or kept as a conflict or as lost where a person can see it.
* No word is gone either: what somebody wrote into a text or a row stands there, was overwritten or deleted by
  somebody whose change came later in the log, or is one of the two values of a conflict.
* Nobody deletes what he did not see, and nobody opens again what he did not see ended.
* Who may do what is decided by the place in the log: a modified program's transaction stands exactly if its analyst and
  its device might do that at that place; each desk key was wrapped for exactly the devices in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from db.capture import RowChange, TxRecord
from db.entry import parse
from db.rules import OPEN_STATUSES
from db.shapes import SHARED
from tests.sync.simulated_people import Meant
from tests.sync.stations import Station, dump

_TEXT: Final = {"case": "description", "requester": "phone"}
_SUPERVISORS: Final = ("department", "somebody's minutes")


def in_force(anna: Station, station: Station) -> bool:
    """Whether this workstation is of the desk, as the founder's knows it."""
    sql = "SELECT 1 FROM device WHERE id = ? AND revoked_at IS NULL"
    with anna.replica.reading() as raw:
        return raw.execute(sql, (station.secret.device,)).fetchone() is not None


class Promises:
    """Of one history. `told`: (case, analyst) of claims that somebody was told he has."""

    def __init__(
        self, stations: list[Station], meant: Meant, cases: list[bytes], told: Iterable[tuple[bytes, bytes]]
    ) -> None:
        self._all, self._meant, self._cases, self._told = stations, meant, cases, told
        self._anna = stations[0]
        self._stations = [s for s in stations if in_force(self._anna, s) and s.name not in meant.shut_out]
        self._conflicts = [
            c for s in stations for settled in (False, True) for c in s.replica.conflicts(settled=settled)
        ]
        self._log = list(self._read()) if self._anna.replica.floor.seq == 0 else None

    def are_kept(self) -> None:
        """Errors: AssertionError."""
        self._all_agree()
        self._everything_counts_once()
        self._nothing_is_gone_without_a_word()
        if self._log is not None:
            self._no_word_is_gone(self._log)
            self._nothing_happens_unseen(self._log)
            self._the_place_in_the_log_decides(self._log)

    def _all_agree(self) -> None:
        first = self._anna.replica
        assert first.head.seq > 0, "the founder stands before an empty help desk"
        for station in self._stations:
            assert station.replica.pending_count() == 0, f"{station.name} has work that is not sent"
            assert not any(row.waits for row in station.replica.lost()), f"{station.name} waits for ever"
            assert station.replica.head == first.head, f"{station.name} stands elsewhere"
            assert station.replica.digest == first.digest, f"{station.name} has another state: {self._apart(station)}"
            assert self._states_noted(station, self._anna) == self._states_noted(self._anna, station), (
                f"{station.name} had another state on the way"
            )
        for station in self._all:
            assert station.whole(), f"{station.name}: its rows are not what its digest says"

    def _states_noted(self, *stations: Station) -> dict[int, tuple[bytes, bytes]]:
        """The hash of each entry and the state after it, as the first noted them, where all have the entry. Work left
        in place under news can come out right in the end, but going back is held against what was noted on the way."""
        notes = []
        for station in stations:
            with station.replica.reading() as raw:
                rows = raw.execute("SELECT seq, hash, digest FROM log_entry").fetchall()
            notes.append({seq: (hash_, digest) for seq, hash_, digest in rows})
        return {seq: noted for seq, noted in notes[0].items() if all(seq in other for other in notes)}

    def _apart(self, station: Station) -> list[object]:
        """The rows that only one of the two has."""
        both = [dump(one.replica.path) for one in (self._anna, station)]
        tables = [*SHARED, "applied_tx", "log_entry"]
        return [(t, *sorted(set(both[0][t]) ^ set(both[1][t]))) for t in tables if both[0][t] != both[1][t]]

    def _everything_counts_once(self) -> None:
        anna = self._anna
        counted: Counter[bytes] = Counter()
        for tx, (case, by) in self._meant.counts.items():
            if self._effective(tx):
                counted[case] += by
        for case in self._cases:
            assert anna.case(case)["reopen_count"] == counted[case], "a change counts twice or was lost"
        for case, holder in self._told:
            assert anna.case(case)["work_owner_id"] == holder, "a claim somebody was told he has was taken back"
        numbers = anna.one('SELECT count(*) AS n, min(number) AS low, max(number) AS high FROM "case"')
        assert (numbers["low"], numbers["high"]) == (1, numbers["n"]), "numbers have a gap"
        for station in self._stations:
            told = {tx for tx in self._meant.counts if station.replica.outcome(tx)[0] == "accepted"}
            assert all(anna.replica.outcome(tx)[0] == "accepted" for tx in told if not self._is_undoing(tx))

    def _is_undoing(self, tx: bytes) -> bool:
        return self._meant.counts[tx][1] < 0

    def _nothing_is_gone_without_a_word(self) -> None:
        lost = {tx for tx in self._meant.made if all(s.replica.outcome(tx)[0] == "unknown" for s in self._all)}
        kept = {row.id for s in self._all for row in s.replica.lost()} | {c.tx_id for c in self._conflicts}
        assert lost <= kept, f"a transaction is gone without a word: {[tx.hex() for tx in lost - kept]}"

    # -- by the log ---------------------------------------------------------------------------------------------------
    def _effective(self, tx: bytes) -> bool:
        """Whether the log has it and it counts."""
        sql = "SELECT 1 FROM applied_tx WHERE id = ? AND refused IS NULL"
        with self._anna.replica.reading() as raw:
            return raw.execute(sql, (tx,)).fetchone() is not None

    def _read(self) -> Iterator[tuple[TxRecord, bytes, bytes, bool]]:
        """Every transaction of the log: itself, its entry's device and author, whether it took effect. A repeat is left
        out."""
        replica, keys, seen = self._anna.replica, self._anna.syncer._secret.desk_keys, set()
        for seq, raw in replica.entries():
            body = parse(raw).open_body(keys)
            for record in body.transactions:
                if record.id in seen:
                    continue
                seen.add(record.id)
                with replica.reading() as db:
                    row = db.execute("SELECT refused FROM applied_tx WHERE id = ?", (record.id,)).fetchone()
                assert row is not None, f"entry {seq} has a transaction nobody noted"
                yield record, body.device, body.author, row[0] is None

    def _changes(self, log: list[Any], table: str) -> Iterator[tuple[TxRecord, RowChange]]:
        for record, _device, _author, effective in log:
            for change in record.rows if effective else ():
                if change.table == table:
                    yield record, change

    def _no_word_is_gone(self, log: list[Any]) -> None:
        values = " ".join(str(v) for c in self._conflicts for v in (c.mine, c.theirs) if isinstance(v, str))
        for table, column in _TEXT.items():
            later: dict[bytes, list[tuple[bytes, RowChange]]] = {}
            for record, change in self._changes(log, table):
                later.setdefault(change.row_id, []).append((record.id, change))
            for tx, (of, row_id, word) in self._meant.words.items():
                if of != table or tx in self._meant.undone or not self._effective(tx) or word in values:
                    continue
                changes = later.get(row_id, [])
                after = changes[max((n for n, (id_, _c) in enumerate(changes) if id_ == tx), default=-1) + 1 :]
                if table == "requester" and any(c.op == "d" or column in c.values for _id, c in after):
                    continue  # overwritten or deleted by somebody who saw it, see below
                row = self._anna.one(f'SELECT * FROM "{table}" WHERE id = ?', row_id)
                assert word in str(row[column]), f"{word} is gone without a word"

    def _nothing_happens_unseen(self, log: list[Any]) -> None:
        for record, change in self._changes(log, "requester"):
            if change.op == "d" and record.id in self._meant.saw:
                saw = self._meant.saw[record.id][2]
                assert change.values.get("phone") == saw, "somebody deleted what he did not see"
        for record, change in self._changes(log, "case"):
            if change.op == "u" and "status" in change.values and record.id in self._meant.saw:
                old, new = change.values["status"]
                saw = self._meant.saw[record.id][2]
                if old not in OPEN_STATUSES and new in OPEN_STATUSES:
                    assert saw not in OPEN_STATUSES, "somebody opened again what he did not see ended"

    def _the_place_in_the_log_decides(self, log: list[Any]) -> None:
        roles: dict[bytes, Any] = {}
        devices: dict[bytes, bool] = {}
        for record, device, author, effective in log:
            what = self._meant.forged.get(record.id)
            if what is not None:
                may = {
                    "role": False,
                    "impossible step": False,
                    "title": devices.get(device, False),
                }.get(what, devices.get(device, False) and roles.get(author) != "analyst")
                assert not effective or may, f"an intruder's {what} stands"
                assert effective or not may or what not in _SUPERVISORS, f"a lawful {what} was refused"
            for change in record.rows if effective else ():
                if change.table == "analyst":
                    role = change.values.get("role", "analyst" if change.op == "i" else None)
                    if role is not None:
                        roles[change.row_id] = role[1] if change.op == "u" else role
                elif change.table == "device" and change.op == "i":
                    devices[change.row_id] = True
                elif change.table == "device" and "revoked_at" in change.values:
                    devices[change.row_id] = False
            wrapped = {c.values["device_id"] for c in record.rows if c.table == "wrapped_key"}
            if effective and any(c.table == "desk_key" for c in record.rows):
                assert wrapped == {one for one, active in devices.items() if active}, "a key is wrapped for others"
