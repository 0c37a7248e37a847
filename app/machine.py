"""Which machine this is, so that a copied profile is not taken for the one it was copied from.

Two workstations that write with one device's key are the one thing the shared log can't tell apart. The id the system
gave the machine is kept in the replica as a hash with the store's id; where it differs, nothing is sent from here.
Machines without such an id (containers) are not told apart.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

_FILES: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_id() -> str | None:
    """What the system calls this machine, the same after every start; None where it has no such id."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return None
    for file in _FILES:
        try:
            text = file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if text:
            return text
    return None


def machine_mark(store: bytes, machine: str | None) -> bytes | None:
    """What is kept of the id: nobody learns it from a profile, and each desk has another."""
    return None if machine is None else hashlib.sha256(store + machine.encode()).digest()[:16]
