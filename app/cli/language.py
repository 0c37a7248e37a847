"""In which language the command line refuses: that of the window where the person chose one, else the system's.

Only what the program says of itself on stderr follows it; what a command prints is read by scripts and stays as it is.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from app.errors import UserError
from app.profile import Profile

_GERMAN_PRIMARY: Final = 0x07


def language_of(profile: Profile) -> str:
    """ "de" or "en"."""
    try:
        chosen = profile.settings().get("language")
    except UserError:
        chosen = None  # a file that can't be read is complained of elsewhere
    return str(chosen) if chosen in ("de", "en") else system_language()


def system_language() -> str:
    """ "de" where the system speaks German, else "en"."""
    if sys.platform == "win32":
        import ctypes

        # The low ten bits of a Windows language are the language without its country.
        return "de" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _GERMAN_PRIMARY else "en"
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    return "de" if (os.environ.get("LANGUAGE") or locale).lower().startswith("de") else "en"
