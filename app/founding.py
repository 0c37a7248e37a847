"""Founding a desk: the first entry of its log, with its first administrator, device, hours, targets and queue."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from app import times
from app.credentials import key_store, secret_name
from app.errors import UserError
from app.naming import tidy_name
from app.new_profile import Joined, attach, discard, fresh_replica
from app.profile import Profile
from app.stores import keep_password, must_be_there, open_log, shown
from app.work.deadlines import OFFICE_HOURS
from db import rotation
from db.desk_keys import keep
from db.ids import id_text, new_id
from db.keys import DeviceSecret, KeyStore, StoreCard, new_seed, public_half
from db.log import SharedLog
from db.shapes import Analyst, Calendar, Device, Queue, QueueMember, Severity, Site
from db.sync import Syncer

SEVERITIES: Final = (
    (1, "Critical", 15, 4 * 60),
    (2, "High", 60, 9 * 60),
    (3, "Normal", 4 * 60, 27 * 60),
    (4, "Low", 9 * 60, 90 * 60),
)
"""Rank, name, response and fix target in working minutes: what a new desk starts with; administrators change it."""


def found(
    profile: Profile,
    where: str,
    name: str,
    founder: str,
    *,
    zone: str,
    language: str = "en",
    key_file: Path | None = None,
    password: str | None = None,
    clock: Callable[[], int] = times.now_ms,
) -> Joined:
    """Make a new help desk at `where`, with its first administrator. `password`: of a database (app.stores).

    Errors: UserError; StorageError, of which PasswordNeeded can be mended by asking the person.
    """
    name, founder = tidy_name(name), tidy_name(founder)
    if not name or not founder:
        raise UserError('Say how the desk is called and who founds it: --name "IT desk" --as "Anna Kern".')
    profile.must_be_free()
    times.zone(zone)
    must_be_there(where)
    keys = key_store(key_file)
    with closing(open_log(where, b"\0" * 8, lambda: keys, password)) as log:
        made = _found(profile, log, keys, shown(where), name, founder, zone, language, key_file, clock)
    keep_password(where, password, keys)
    return made


def _found(
    profile: Profile,
    log: SharedLog,
    keys: KeyStore,
    where: str,
    name: str,
    founder: str,
    zone: str,
    language: str,
    key_file: Path | None,
    clock: Callable[[], int],
) -> Joined:
    from app.work.stock_templates import STOCK  # late: only a new desk needs them
    from app.work.template_verbs import insert_stock

    if log.card() is not None:
        raise UserError(f"There is a help desk at {where} already; ask its administrator for an invitation.")
    store, device, analyst, root_seed = new_id(), new_id(), new_id(), new_seed()
    secret = DeviceSecret(device, new_seed(), {1: new_seed()}, root_seed)
    root_key = public_half(root_seed)
    replica = fresh_replica(profile, store, root_key, device, analyst)
    try:
        now = clock()
        with replica.transaction("desk.found", analyst, at=now, undoable=False) as tx:
            tx.insert(Site, name=name, time_zone=zone, language=language, founded_at=now, schema=replica.program.schema)
            calendar = tx.insert(Calendar, name="Office hours", time_zone=zone, shifts=OFFICE_HOURS)
            for rank, title, response, fix in SEVERITIES:
                tx.insert(Severity, rank=rank, name=title, response_minutes=response, fix_minutes=fix)
            tx.insert(Analyst, analyst, name=founder, role="administrator", tier=1, calendar_id=calendar)
            tx.insert(
                Device, device, analyst_id=analyst, name=platform.node() or "workstation",
                public_key=secret.public_key, sealing_key=secret.sealing_key, enrolled_at=now,
            )  # fmt: skip
            rotation.rotate(
                tx, secret.desk_keys[1], [(device, secret.sealing_key)], store=store, generation=1, author=analyst,
                at=now,
            )  # fmt: skip
            queue = tx.insert(Queue, name="Hotline", kind="front line", tier=1)
            tx.insert(QueueMember, queue_id=queue, analyst_id=analyst)
            insert_stock(tx, STOCK)
        keep(replica, secret)
        keys.set(secret_name(device), secret.pack())
        if not log.create(StoreCard(store, name, root_key).pack(root_seed)):
            raise UserError(f"Somebody founded a help desk at {where} a moment ago; ask for an invitation.")
        result = Syncer(replica, log, secret, clock).round()
    except BaseException:
        replica.close()
        discard(profile)
        raise
    replica.close()
    attach(profile, store, where, name, key_file)
    return Joined(id_text(store), name, id_text(analyst), id_text(device), result.head)
