"""A desk with very many cases, made in seconds: rows go into the replica's file directly, its guard opened by hand.

For benchmarks only. The cases have no history and were never published; what lists, counts and search read is there.
About a third of all cases are open in one queue, as in the floors this is compared with.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from app.desk import Desk
from app.founding import found
from app.profile import Profile
from db.guards import OPEN, SHUT
from db.rules import NO_DUE
from db.shapes import Absence, Analyst, Department, Place, Product, Queue, QueueMember, Requester

DAY_MS: Final = 86_400_000
_COMMON: Final = (
    "printer scanner label hall spindle login password network switch drawing revision assembly licence terminal badge "
    "screen mouse keyboard cable server update backup mail calendar folder rights order material machine robot gripper "
    "sensor pressure valve conveyor error slow freezes restart crash blank wrong missing late double lost noise"
)
WORDS: Final = tuple(_COMMON.split())
OTHER_WORDS: Final = tuple(f"{a}{b}{c}" for a in ("kor", "mel", "tas", "vin", "lud", "per", "gra", "sol", "bek", "zum")
                           for b in ("da", "ri", "lo", "ke", "nu", "fa", "mi", "ro") for c in
                           ("n", "ster", "ling", "mat", "vex", "tor", "pad", "rix", "gon", "lum"))  # fmt: skip
VOCABULARY: Final = WORDS + OTHER_WORDS
WEIGHTS: Final = tuple(accumulate(1 / (rank + 8) for rank in range(len(VOCABULARY))))
"""Words are as unequal as in real texts: the first is in every second case, the last in one of two hundred."""
RARE: Final = "zephyrine"
BATCH: Final = 5_000


def build(folder: Path, cases: int) -> Profile:
    """The profile in `folder` with that many cases; made only if it is not there yet."""
    profile = Profile(folder / "profile")
    ready = folder / "ready"
    if ready.exists():
        return profile
    (folder / "share").mkdir(parents=True)
    found(profile, str(folder / "share"), "Bench", "Anna Kern", zone="Europe/Berlin", key_file=folder / "keys")
    desk = Desk(profile)
    chance = random.Random(7)
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        queues = [tx.insert(Queue, name=f"Queue {n}", kind="product", tier=2) for n in range(12)]
        analysts = [tx.insert(Analyst, name=f"Analyst {n}", role="analyst") for n in range(30)]
        for n, analyst in enumerate(analysts):
            for queue in (queues[n % 12], queues[(n * 5 + 1) % 12]):
                tx.insert(QueueMember, queue_id=queue, analyst_id=analyst)
        tx.insert(Absence, analyst_id=analysts[3], from_day="2020-01-01", kind="sickness")
        departments = [tx.insert(Department, name=f"Department {n}") for n in range(40)]
        products = [tx.insert(Product, name=f"Product {n}") for n in range(60)]
        places = [tx.insert(Place, name=f"Place {n}") for n in range(80)]
    requesters: list[bytes] = []
    while len(requesters) < max(cases // 50, 20):
        with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
            requesters += [
                tx.insert(Requester, name=f"{chance.choice(WORDS).title()} {len(requesters) + n}") for n in range(200)
            ]
    desk.sync_round()
    me = desk.me
    desk.close()
    now = time.time_ns() // 1_000_000
    with closing(sqlite3.connect(profile.replica, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA cache_size=-262144")
        names = [row[1] for row in db.execute('PRAGMA table_info("case")')]
        marks = ", ".join("?" * len(names))
        for start in range(0, cases, BATCH):
            rows, texts = [], []
            for values, words in _cases(
                chance, start, min(start + BATCH, cases), cases, now, me, queues, analysts, departments, products,
                places, requesters,
            ):  # fmt: skip
                rows.append([values.get(name, 0 if name in _ZERO else None) for name in names])
                texts.append((values["rid"], values["title"], words, f"department {values['rid'] % 40}"))
            db.execute("BEGIN")
            db.execute(OPEN)
            db.executemany(f'INSERT INTO "case" ({", ".join(names)}) VALUES ({marks})', rows)
            db.executemany("INSERT INTO case_text (rid, title, words, names) VALUES (?, ?, ?, ?)", texts)
            db.execute(SHUT)
            db.execute("COMMIT")
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ready.touch()
    return profile


_ZERO: Final = frozenset(
    {"permanent_fix_wanted", "reopen_count", "hops", "major", "executive_complaint", "outside_it", "abusive_contact"}
)


def _cases(
    chance: random.Random,
    start: int,
    stop: int,
    total: int,
    now: int,
    me: bytes,
    queues: list[bytes],
    analysts: list[bytes],
    departments: list[bytes],
    products: list[bytes],
    places: list[bytes],
    requesters: list[bytes],
) -> Iterator[tuple[dict[str, Any], str]]:
    span = 3 * 365 * DAY_MS
    for n in range(start + 1, stop + 1):
        opened = now - span + span * n // (total + 1)
        ended = chance.random() < 0.45
        owner = None if chance.random() < 0.2 else me if chance.random() < 0.002 else chance.choice(analysts)
        status = "resolved" if ended else "new" if owner is None else chance.choice(("in progress", "waiting"))
        title = " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=6))
        words = " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=25)) + (f" {RARE}" if n % 5000 == 17 else "")
        yield {
            "rid": n, "id": n.to_bytes(16, "big"), "number": n, "kind": "incident", "title": title,
            "description": words, "channel": "phone", "requester_id": chance.choice(requesters),
            "department_id": chance.choice(departments), "product_id": chance.choice(products),
            "place_id": chance.choice(places), "severity": chance.choices((1, 2, 3, 4), (1, 4, 12, 4))[0],
            "tier": chance.choice((1, 2)),
            "queue_id": queues[0] if chance.random() < 0.62 else chance.choice(queues), "contact_owner_id": owner,
            "work_owner_id": owner, "route_reason": "product queue", "status": status,
            "waiting_on": "requester" if status == "waiting" else None, "opened_at": opened,
            "first_response_at": opened, "resolved_at": opened + DAY_MS if ended else None,
            "ended_at": opened + DAY_MS if ended else None, "updated_at": opened + chance.randrange(DAY_MS),
            "due_at": NO_DUE if ended or status == "waiting" else now + chance.randrange(-DAY_MS, 5 * DAY_MS),
            "next_step": None if ended else "Call back",
        }, words  # fmt: skip
