"""Two machines with one device's key: how a profile that was copied, or set back with its disk, finds out.

A copy can sign as well as the original, so no signature tells them apart. What does is a nonce, the *incarnation*: it
is drawn anew when the store is met after an hour or more, kept in the replica, and stands in every entry and every
sign of life of the device. Whoever finds one there that was never drawn here knows that another machine is at work
with this identity; and an entry that bears an older one after one that bears a newer one can't be ours either, because
all processes of a profile share the newest. The first kind is seen by both machines, the second also by a copy that
was made while the original was running.

Within the hour both share the nonce. So every sign of life bears a *mark* besides, drawn for it alone and noted in the
replica before it is told: whoever finds a later sign of his device with a mark he never drew has a twin, five minutes
after both are at work.

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

MARKS: Final = "own_marks"
"""Those of our newest signs of life, oldest first."""
MARKED_AT: Final = "own_marked_at"
"""When the newest was told, ms UTC."""

MACHINE, LOG, SIGN = "machine", "log", "sign"

ALL: Final = (CURRENT, DRAWN_AT, KNOWN, SINCE, LAST, TWIN, MARKS, MARKED_AT)
EVERY_MS: Final = 3_600_000
KEPT_MARKS: Final = 32
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


def marked(facts: Mapping[str, Any], mark: bytes, now: int) -> dict[str, Any]:
    """The facts that change with a sign of life that is about to be told. `now`: ms UTC."""
    return {MARKS: [*(facts.get(MARKS) or ()), mark][-KEPT_MARKS:], MARKED_AT: now}


def is_anothers(facts: Mapping[str, Any], nonce: bytes, mark: bytes, at: int) -> bool:
    """Whether a sign of life of this device, with these, was told by another machine. `at`: ms UTC, as it says itself.
    One older than our newest says nothing by its mark: a share that was restored brings old ones back."""
    if nonce and nonce not in known(facts):
        return True
    marks: Sequence[bytes] = facts.get(MARKS) or ()
    return bool(marks and mark) and mark not in marks and at >= int(facts[MARKED_AT])


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
    return {
        CURRENT: nonce, DRAWN_AT: now, KNOWN: [nonce], SINCE: seq + 1, LAST: None, TWIN: None, MARKS: [],
        MARKED_AT: None,
    }  # fmt: skip
