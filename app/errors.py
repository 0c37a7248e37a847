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
