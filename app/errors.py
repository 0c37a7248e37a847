"""What is said to the person in front of the screen when something can't be done.

A `UserError` is one clear sentence that says what to do; it is shown as it is, without a stack trace.
Everything else that is raised is either the environment (see `db.errors`) or a bug, and bugs travel on.
"""

from __future__ import annotations


class UserError(Exception):
    """The person can put this right; `str(error)` is the sentence to show. The command line ends with
    `exit_code`.
    """

    exit_code = 1


class KeyMissing(UserError):
    """The keyring does not hold this workstation's key; it comes back as a new device (app.recovery)."""


class Overtaken(UserError):
    """Somebody changed since what was to be taken back. `who` ("" unknown), `at` (ms UTC or None), `column` as in the
    table ("" the whole row)."""

    def __init__(self, said: str, who: str, at: int | None, column: str) -> None:
        super().__init__(said)
        self.who, self.at, self.column = who, at, column
