"""Two machines with one device's key: how a profile that was copied, or set back with its disk, finds out.

A copy can sign as well as the original, so no signature tells them apart. What does is a nonce, the *incarnation*: it
is drawn anew when the store is met after an hour or more, kept in the replica, and stands in every entry and every
sign of life of the device. Whoever finds one there that was never drawn here knows that another machine is at work
with this identity; and an entry that bears an older one after one that bears a newer one can't be ours either, because
all processes of a profile share the newest. The first kind is seen by both machines, the second also by a copy that
was made while the original was running.

It is noted in the replica (`TWIN`) until a person has decided which of the two goes on as this device. Until then what
others write is read, nothing is sent, and what is done here waits (db.sync).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

CURRENT: Final = "incarnation"
"""Keys of the local `meta` table. The nonce in force."""
DRAWN_AT: Final = "incarnation_at"
KNOWN: Final = "incarnations"
"""Those drawn here, oldest first."""
SINCE: Final = "own_since"
"""Own entries before this position are not judged: they bear nonces that are not kept any more, or another machine's
that a person took over from."""
LAST: Final = "own_last"
"""The nonce of our newest entry in the log."""
TWIN: Final = "twin"
"""What was found of another machine with this identity: `{"why": MACHINE | LOG | SIGN, "seq", "at"}`; None: nothing."""

MACHINE, LOG, SIGN = "machine", "log", "sign"

ALL: Final = (CURRENT, DRAWN_AT, KNOWN, SINCE, LAST, TWIN)
EVERY_MS: Final = 3_600_000
KEPT: Final = 400
"""So many are kept: two weeks and more of a profile that is met every hour."""


def known(facts: Mapping[str, Any]) -> Sequence[bytes]:
    """The nonces drawn here, oldest first."""
    return facts.get(KNOWN) or [facts[CURRENT]]


def is_foreign(nonce: bytes, drawn: Sequence[bytes], last: bytes | None) -> bool:
    """Whether an entry with this nonce, coming after one with `last`, was made by another machine."""
    if nonce not in drawn:
        return True
    return last in drawn and drawn.index(nonce) < drawn.index(last)


def noted(facts: Mapping[str, Any], seq: int, nonce: bytes, at: int) -> dict[str, Any]:
    """The facts that change with an own entry of the log. `at`: ms UTC, as it says itself."""
    if seq < (facts.get(SINCE) or 0) or not is_foreign(nonce, known(facts), facts.get(LAST)):
        return {LAST: nonce}
    return {} if facts.get(TWIN) else {TWIN: {"why": LOG, "seq": seq, "at": at}}


def renewed(facts: Mapping[str, Any], now: int) -> dict[str, Any]:
    """The facts with a new nonce, where the last one was drawn an hour ago or the clock was set back since; {} where it
    is still good. `now`: ms UTC."""
    drawn_at = facts.get(DRAWN_AT)
    if drawn_at is not None and 0 <= now - drawn_at < EVERY_MS:
        return {}
    drawn = list(known(facts))
    out: dict[str, Any] = {CURRENT: secrets.token_bytes(8), DRAWN_AT: now}
    out[KNOWN] = [*drawn[-KEPT + 1 :], out[CURRENT]]
    if len(drawn) >= KEPT:
        # What bears the one that is let go now was applied long ago; it only comes again when a store was set back.
        out[SINCE] = max(facts.get(SINCE) or 0, facts["head"][1] + 1)
    return out


def only_here(now: int, seq: int) -> dict[str, Any]:
    """The facts of a machine that is the only one with its device from now on. `seq`: what comes after this position is
    judged again."""
    nonce = secrets.token_bytes(8)
    return {CURRENT: nonce, DRAWN_AT: now, KNOWN: [nonce], SINCE: seq + 1, LAST: None, TWIN: None}
