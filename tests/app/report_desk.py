"""A help desk whose past is written by hand or made up from a seed, for the tests of figures and reports.

`Past` opens a real replica on a real folder; `case(...)` writes a case with the events the program would have written,
in the order of its life, and `publish()` sends everything through the shared log, so that cases get their numbers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app import times
from app.context import Context, Readers
from db.capture import Transaction
from db.drive import DriveLog
from db.ids import derived_id, new_id
from db.keys import DeviceSecret, StoreCard, new_seed, public_half
from db.replica import Replica
from db.rules import OPEN_STATUSES
from db.shapes import Analyst, Case, CaseEvent, Department, Device, Product, Queue, Severity, Site
from db.sync import Syncer

ZONE: Final = "Europe/Berlin"
MINUTE: Final = times.MINUTE_MS
HOUR: Final = times.HOUR_MS
DAY: Final = times.DAY_MS
_REFERENCES: Final = ("queue", "department", "product")
_NUMBERS: Final = ("severity", "tier")


def at(text: str) -> int:
    """The instant of a wall-clock time in Berlin: `2026-03-18 09:30`."""
    return times.wall_to_ms(datetime.fromisoformat(text), times.zone(ZONE))


Step = tuple[int, str, Any]
"""(instant, field, new value): "status", "waiting_on", "severity", "tier"; or "queue", "department", "product" with an
id."""


@dataclass
class Past:
    """The desk. `now` is what its clock says."""

    folder: Path
    now: int
    language: str = "en"
    desk_name: str = "IT desk"
    context: Context = field(init=False)
    departments: dict[str, bytes] = field(default_factory=dict)
    products: dict[str, bytes] = field(default_factory=dict)
    queues: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "share").mkdir(parents=True)
        store, root, device, me = new_id(), new_seed(), new_id(), new_id()
        secret = DeviceSecret(device, new_seed(), {1: new_seed()}, root)
        self.replica = Replica(self.folder / "replica.db")
        self.replica.bind(store=store, root_key=public_half(root), device=device, analyst=me, incarnation=b"1" * 8)
        log = DriveLog(self.folder / "share", "tests")
        assert log.create(StoreCard(store, self.desk_name, public_half(root)).pack(root)) is not None
        self._sync = Syncer(self.replica, log, secret, lambda: self.now)
        self._readers = Readers(self.replica.path)
        self.context = Context(
            replica=self.replica,
            reader_of=self._readers,
            clock=lambda: self.now,
            me=me,
            zone=ZONE,
            language=self.language,
        )
        with self.replica.transaction("desk.found", me, at=self.now) as tx:
            tx.insert(Site, name=self.desk_name, time_zone=ZONE, language=self.language, founded_at=self.now)
            tx.insert(Analyst, me, name="Anna Kern", role="administrator")
            tx.insert(
                Device, device, analyst_id=me, name="pc", public_key=secret.public_key,
                sealing_key=secret.sealing_key, enrolled_at=self.now,
            )  # fmt: skip
            for rank, name in enumerate(("Line down", "Person stopped", "Hindered", "Question"), 1):
                tx.insert(Severity, rank=rank, name=name, response_minutes=60 * rank, fix_minutes=480 * rank)

    def close(self) -> None:
        """Let go of the files."""
        self._readers.close()
        self.replica.close()

    def publish(self) -> None:
        """Everything goes through the shared log."""
        while self._sync.round().published:
            pass

    def department(self, name: str) -> bytes:
        """The department of that name, made if need be."""
        return self._named(self.departments, Department, name)

    def product(self, name: str) -> bytes:
        """The product of that name, made if need be."""
        return self._named(self.products, Product, name)

    def queue(self, name: str) -> bytes:
        """The queue of that name, made if need be."""
        return self._named(self.queues, Queue, name, kind="product")

    def _named(self, known: dict[str, bytes], model: Any, name: str, **more: Any) -> bytes:
        if name not in known:
            with self.replica.transaction("admin.add", self.context.me, at=self.now) as tx:
                known[name] = tx.insert(model, name=name, **more)
        return known[name]

    def case(self, opened: int, steps: Sequence[Step] = (), **columns: Any) -> bytes:
        """One case: opened as `new`, then `steps`. Columns are the opening values (`severity`, `queue_id`, ...)."""
        with self.replica.transaction("import.events", self.context.me, at=self.now, undoable=False) as tx:
            return write_case(tx, opened, steps, **columns)


def write_case(tx: Transaction, opened: int, steps: Sequence[Step], **columns: Any) -> bytes:
    """The row and the events of a case, as the program writes them; the row is the sum of the events."""
    row, events = story(opened, steps, **columns)
    case_id = new_id()
    tx.insert_many(Case, [(case_id, row)])
    tx.insert_many(CaseEvent, [(new_id(), {"case_id": case_id, **event}) for event in events])
    return case_id


def story(opened: int, steps: Sequence[Step], **columns: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(row, events) of a case."""
    row: dict[str, Any] = {"title": "It does not work", "severity": 3, "tier": 1, "kind": "incident", **columns}
    row |= {"opened_at": opened, "updated_at": opened, "status": "new"}
    events: list[dict[str, Any]] = [{"at": opened, "field": "opened", "new": row["kind"]}]
    first = [("status", "new"), ("severity", str(row["severity"])), ("tier", "1")]
    events += [{"at": opened, "field": name, "new": value} for name, value in first]
    events += [
        {"at": opened, "field": name, "new_id": row[f"{name}_id"]}
        for name in _REFERENCES
        if row.get(f"{name}_id") is not None
    ]
    for when, name, value in steps:
        column = f"{name}_id" if name in _REFERENCES else name
        kind = "_id" if name in _REFERENCES else ""
        old = row.get(column)
        events.append({
            "at": when, "field": name,
            f"old{kind}": str(old) if name in _NUMBERS else old,
            f"new{kind}": str(value) if name in _NUMBERS else value,
        })  # fmt: skip
        row[column] = int(value) if name in _NUMBERS else value
        row["updated_at"] = when
        if name == "status":
            if value in OPEN_STATUSES:
                row["ended_at"] = None
            elif old in OPEN_STATUSES:
                row["ended_at"] = when
            if value == "resolved":
                row["resolved_at"] = when
            if value != "waiting":
                row["waiting_on"] = None
    return row, events


_HALLS: Final = (
    "Fertigung Halle 1", "Fertigung Halle 2", "Härterei", "Montage Großpressen", "Lackiererei & Verpackung",
    "Vertrieb Süd", "Einkauf", "Personal & Lohn", "Konstruktion", "Außendienst", "Qualitätssicherung", "Versand",
)  # fmt: skip
_PRODUCTS: Final = (
    "ERP Fertigung", "CAD", "Etikettendrucker", "Drucker", "E-Mail", "Netzlaufwerk", "VPN", "Maschinenterminal",
    "Zeiterfassung", "Telefonie", "PC & Notebook", "Kennwörter & Rechte", "Lagerscanner",
)  # fmt: skip
_QUEUES: Final = ("Hotline", "ERP", "Arbeitsplatz", "Netz & Server", "Fertigungs-IT", "CAD-Betreuung")
_TITLES: Final = (
    "{p}: keine Anmeldung möglich", "{p} reagiert nicht mehr", "{p} druckt falsches Format", "{p} sehr langsam seit "
    "heute früh",
    "Neuer Mitarbeiter braucht {p}", "{p}: Fehlermeldung beim Speichern", "Störung an {p}, Linie wartet", "Frage zu "
    "{p}",
)  # fmt: skip


def made_up(
    past: Past, cases: int, *, seed: int = 7, weeks: int = 26, end: int | None = None, departments: int | None = None
) -> None:
    """Fill the desk with `cases` believable cases over the last `weeks` weeks before `end`; the same for the same
    seed."""
    rng = random.Random(seed)
    end = past.now if end is None else end
    halls = [past.department(name) for name in _HALLS[:departments]]
    products = [past.product(name) for name in _PRODUCTS]
    queues = [past.queue(name) for name in _QUEUES]
    span = weeks * 7 * DAY
    openings = sorted(_working(end - int(span * rng.random()), rng) for _ in range(cases))
    for low in range(0, cases, 400):
        with past.replica.transaction("import.events", past.context.me, at=past.now, undoable=False) as tx:
            rows, events = [], []
            for number, opened in enumerate(openings[low : low + 400], low):
                product = min(int(rng.expovariate(0.35)), len(products) - 1)
                steps = [step for step in _life(rng, opened, queues) if step[0] < end]
                title = rng.choice(_TITLES).format(p=_PRODUCTS[product])
                row, story_events = story(
                    opened, steps, title=title, severity=rng.choices((1, 2, 3, 4), (2, 18, 60, 20))[0],
                    department_id=halls[min(int(rng.expovariate(0.3)), len(halls) - 1)], product_id=products[product],
                    queue_id=queues[0], channel=rng.choice(("phone", "phone", "e-mail", "walk-in")),
                    next_step=rng.choice(("Techniker vor Ort", "Rückruf beim Anwender", "Teil bestellt", None)),
                    next_step_by_id=past.context.me,
                )  # fmt: skip
                case_id = derived_id(opened, "made up", str(seed), str(number))
                rows.append((case_id, row))
                events += [(new_id(), {"case_id": case_id, **event}) for event in story_events]
            tx.insert_many(Case, rows)
            tx.insert_many(CaseEvent, events)


def _working(instant: int, rng: random.Random) -> int:
    """Moved to a believable hour: mostly Monday to Friday, 6 to 17 o'clock."""
    wall = times.local_wall(instant, times.zone(ZONE))
    if wall.weekday() >= 5 and rng.random() < 0.8:
        instant -= 2 * DAY
    hour = times.local_wall(instant, times.zone(ZONE)).hour
    return instant + int((min(17, max(6, rng.gauss(10.5, 3))) - hour) * HOUR)


def _life(rng: random.Random, opened: int, queues: Sequence[bytes]) -> list[Step]:
    steps: list[Step] = []
    now = opened + int(rng.expovariate(1 / (25 * MINUTE)))
    if rng.random() < 0.02:
        return [(now, "status", "cancelled")]
    if rng.random() < 0.03:
        return [(opened + int(rng.expovariate(1 / (25 * DAY))), "status", "resolved")]
    steps.append((now, "status", "in progress"))
    if rng.random() < 0.5:
        now += int(rng.expovariate(1 / HOUR))
        steps.append((now, "queue", rng.choice(queues[1:])))
    if rng.random() < 0.25:
        now += int(rng.expovariate(1 / (2 * HOUR)))
        steps += [
            (now, "status", "waiting"),
            (now, "waiting_on", rng.choice(("requester", "requester", "supplier", "parts"))),
        ]
        now += int(rng.expovariate(1 / ((30 if rng.random() > 0.06 else 900) * HOUR)))
        steps.append((now, "status", "in progress"))
    now += int(rng.lognormvariate(0.9, 1.6) * HOUR) + (
        int(rng.expovariate(1 / (40 * DAY))) if rng.random() < 0.02 else 0
    )
    steps.append((now, "status", "resolved"))
    if rng.random() < 0.06:
        now += int(rng.expovariate(1 / (50 * HOUR)))
        steps.append((now, "status", "in progress"))
        now += int(rng.lognormvariate(1.2, 1.2) * HOUR)
        steps.append((now, "status", "resolved"))
    steps.append((now + 5 * DAY, "status", "closed"))
    return steps
