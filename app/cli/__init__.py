"""The command line: the same program without a window, for scheduled jobs, scripts and tests.

Text for people, with `--json` one JSON object or one per line. Errors are one line on stderr that says what to do;
exit 0 done, 1 refused or failed, 2 usage, 130 stopped by Ctrl+C. The verbs stand in one module per subject; each
registers itself with a parser and a function that gets the parsed arguments and an `Output`.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final, NoReturn

from app.cli.language import language_of
from app.cli.output import Output
from app.damage import Damaged
from app.errors import UserError
from app.profile import Profile, default_folder
from db.errors import DatabaseFailed, Refused, StorageError, is_damage


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Errors: SystemExit(2) after one line on stderr."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`.\n")


STOPPED: Final = 130
"""The exit code of what Ctrl+C ended, as shells have it."""

VERBS: Final = {
    "desk": ("found", "join", "sync", "status", "verify", "doctor"),
    "devices": ("invite", "invitation", "device"),
    "recovering": ("recover", "rotate-key", "root-key"),
    "unsent": ("work",),
    "cases": ("case", "today", "find"),
    "articles": ("article",),
    "views": ("view",),
    "conflicts": ("conflicts",),
    "templates": ("template",),
    "data": ("import", "export", "demo"),
    "records": ("record",),
    "reports": ("report",),
    "mail": ("mail",),
    "hours": ("calendar", "severity"),
    "routing": ("route",),
    "shifts": ("shift",),
    "radar": ("radar", "rehearse"),
    "orgchart": ("orgchart",),
    "coverage": ("coverage", "absence"),
    "departments": ("department",),
    "store": ("snapshot", "backup", "restore", "rebuild-share", "compact", "repair", "set-back", "lost"),
    "figures": ("figures",),
    "insight": ("insight",),
    "upgrade": ("upgrade-store",),
    "server": ("password", "move", "follow", "mirror"),
    "attachments": ("attachments",),
}
"""Module -> the verbs it registers, in the order of `--help`."""


def build_parser(argv: Sequence[str] = ()) -> Parser:
    """The verbs of the modules that these words may ask for; all of them where that is not clear (`--help`, a verb that
    does not exist). A script that calls us a hundred times must not import every subject a hundred times."""
    common = Parser(add_help=False)
    common.add_argument(
        "--profile", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="the workstation's profile"
    )
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="machine-readable output")
    common.add_argument("--key-file", type=Path, default=argparse.SUPPRESS, metavar="FILE",
                        help="keep keys in this file (machines without a keyring)")  # fmt: skip
    parser = Parser(prog="halldesk", description="Help desk for people who fix machines and PCs.", parents=[common])
    parser.add_argument("--version", action="version", version=f"halldesk {version('halldesk')}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND", parser_class=Parser)
    for module in _modules(argv):
        import_module(f"app.cli.{module}").register(verbs, common)
    return parser


def _modules(argv: Sequence[str]) -> Iterable[str]:
    words = iter(argv)
    for word in words:
        if word in ("--profile", "--key-file"):
            next(words, None)
        elif not word.startswith("-"):
            return [module for module, verbs in VERBS.items() if word in verbs] or VERBS
    return VERBS


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; Ctrl+C ends it with one sentence and 130, wherever it is."""
    with hearing_ctrl_c():
        try:
            return _run(argv)
        except KeyboardInterrupt:
            return stopped()


def stopped() -> int:
    """Say that Ctrl+C was heard; returns the exit code."""
    Output(as_json=False).complain("Stopped. What was finished is kept.")
    return STOPPED


@contextmanager
def hearing_ctrl_c() -> Iterator[None]:
    """Python raises Ctrl+C wherever it is, and prints and forgets it where nothing can be raised: amid a destructor,
    say. There it is pressed again, for the next place that can hear it."""
    before = sys.unraisablehook

    def unraisable(seen: sys.UnraisableHookArgs) -> None:
        if issubclass(seen.exc_type, KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        else:
            before(seen)

    sys.unraisablehook = unraisable
    try:
        yield
    finally:
        sys.unraisablehook = before


def _is_for_a_person(record: logging.LogRecord) -> bool:
    """A torn entry that was read past was put right long ago: each newcomer would be told of it for ever."""
    return not (record.name == "db.sync" and " is damaged: " in record.getMessage())


def _run(argv: Sequence[str] | None) -> int:
    handler = logging.StreamHandler()
    handler.addFilter(_is_for_a_person)
    logging.basicConfig(level=logging.WARNING, format="halldesk: %(message)s", handlers=[handler])
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may be set to a code page that has no umlauts; never die of what a case is called.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        words = list(sys.argv[1:] if argv is None else argv)
        arguments = build_parser(words).parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    arguments.json = getattr(arguments, "json", False)
    arguments.key_file = getattr(arguments, "key_file", None)
    arguments.profile = Profile(getattr(arguments, "profile", None) or default_folder())
    out = Output(as_json=arguments.json, language=lambda: language_of(arguments.profile))
    try:
        return int(arguments.run(arguments, out) or 0)
    except UserError as error:
        out.complain(str(error))
        return error.exit_code
    except Refused as error:
        out.complain(f"That is not allowed: {error.reason}.")
        return 1
    except StorageError as error:
        out.complain(str(error))
        return 1
    except DatabaseFailed as error:
        if not is_damage(error):
            raise
        out.complain(str(Damaged(error)))
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe went away (`| head`); Python would complain while closing
        return 0
    except KeyboardInterrupt:
        out.end_progress()
        raise
