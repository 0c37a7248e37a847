"""The time zone of this machine by its IANA name, for a desk that is being founded."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zoneinfo import available_timezones


def local_zone() -> str | None:
    """`Europe/Berlin` or the like; None where the system does not tell in a way this program understands."""
    known = available_timezones()
    named = os.environ.get("TZ", "").lstrip(":")
    if named in known:
        return named
    if sys.platform == "win32":
        return _windows_zone()
    try:
        parts = Path("/etc/localtime").resolve().parts
    except OSError:
        return None
    for length in (3, 2, 1):
        name = "/".join(parts[-length:])
        if name in known:
            return name
    return None


_WINDOWS = {
    "W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw", "Romance Standard Time": "Europe/Paris",
    "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
    "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kyiv",
    "GTB Standard Time": "Europe/Bucharest",
    "Turkey Standard Time": "Europe/Istanbul", "Russian Standard Time": "Europe/Moscow",
    "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles",
    "China Standard Time": "Asia/Shanghai", "Tokyo Standard Time": "Asia/Tokyo", "India Standard Time": "Asia/Kolkata",
    "AUS Eastern Standard Time": "Australia/Sydney", "E. South America Standard Time": "America/Sao_Paulo",
}  # fmt: skip
"""The larger zones of CLDR's windowsZones.xml; for any other the founder is asked to name it (`--zone`)."""


def _windows_zone() -> str | None:
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation") as key:
            name = str(winreg.QueryValueEx(key, "TimeZoneKeyName")[0]).split("\0")[0]
    except OSError:
        return None
    return _WINDOWS.get(name)
