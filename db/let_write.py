"""Whether this workstation may write to the shared log, as far as it knows; and what is said where it may not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from db.errors import DeviceRevoked, UsedElsewhere
from db.incarnation import LOG, MACHINE, TWIN
from db.replica import Replica

_TWO_OF_ONE: Final = (
    "Two machines must not write as one: what is done here is kept and not sent. If both are in use, ask an "
    "administrator for an invitation for another workstation of yours (`halldesk invite --for`) and enter it here "
    "(`halldesk recover INVITATION`). If this is the only one left: `halldesk recover --here`."
)


def must_be_let_write(replica: Replica) -> None:
    """Errors: DeviceRevoked; UsedElsewhere."""
    found = replica.revocation()
    if found is not None:
        at, by = found
        day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
        raise DeviceRevoked(
            f"This workstation was revoked{f' by {by}' if by else ''} on {day}: it is no longer part of the help "
            "desk. What it holds can be read, nothing can be written; work that was not sent is kept. "
            "With a new invitation (`halldesk recover INVITATION`) it goes on."
        )
    twin = replica.fact(TWIN)
    if twin:
        raise UsedElsewhere(used_elsewhere(twin))


def used_elsewhere(twin: Mapping[str, Any]) -> str:
    """What is said where another machine has this workstation's identity (db.incarnation.TWIN)."""
    if twin["why"] == MACHINE:
        return f"This profile was copied from another machine. {_TWO_OF_ONE}"
    if twin["why"] == LOG:
        return (
            f"Entry {twin['seq']} of the shared log was written with this workstation's identity, but not from here: "
            f"the profile was copied, or set back with its disk. {_TWO_OF_ONE}"
        )
    return f"Another machine is at work with this workstation's identity: the profile was copied. {_TWO_OF_ONE}"
