"""The file operations that a drive's log asks for, counted: on a share each is one to three round trips."""

from __future__ import annotations

from collections import Counter
from typing import Final

from db.files import LocalFiles

_COUNTED: Final = (
    "is_folder",
    "make_folder",
    "names",
    "read",
    "create",
    "link",
    "replace",
    "rewrite",
    "flush",
    "remove",
    "modified_at",
)
counts: Final[Counter[str]] = Counter()
"""Of this process. A file that is made (`create`) is written, flushed and closed besides."""


class CountedFiles(LocalFiles):
    """`LocalFiles` that counts."""

    def __getattribute__(self, name: str) -> object:
        if name in _COUNTED:
            counts[name] += 1
        return super().__getattribute__(name)
