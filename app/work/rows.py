"""Which case stands in which row of a list, without holding the cases.

Usually an array of row numbers in list order. "All cases, newest first" at a million needs not even that: row numbers
are given in order, so as long as none is missing, arithmetic does (`Window`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Protocol


class Rows(Protocol):
    """Row numbers (`rid`) by row of the list."""

    def __len__(self) -> int: ...

    def __getitem__(self, row: int) -> int: ...

    def find(self, rid: int) -> int | None:
        """The row of a case, None when it is not in the list."""


class Listed:
    """Any list: an array of row numbers, 8 bytes each."""

    def __init__(self, rids: array[int]) -> None:
        self.rids = rids

    def __len__(self) -> int:
        return len(self.rids)

    def __getitem__(self, row: int) -> int:
        return self.rids[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self.rids)

    def find(self, rid: int) -> int | None:
        """The row of a case: a scan in C, about a millisecond for 100,000 rows."""
        try:
            return self.rids.index(rid)
        except ValueError:
            return None


class Window:
    """The row numbers from `newest` down to `oldest`, none missing."""

    def __init__(self, newest: int, oldest: int) -> None:
        self.newest, self.oldest = newest, oldest

    def __len__(self) -> int:
        return self.newest - self.oldest + 1

    def __getitem__(self, row: int) -> int:
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self.newest - row

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.newest, self.oldest - 1, -1))

    def find(self, rid: int) -> int | None:
        """The row of a case."""
        return self.newest - rid if self.oldest <= rid <= self.newest else None


NOTHING = Listed(array("q"))
