"""The command `halldesk`: without a verb the window, with one the command line.

A command must not wait for a window's libraries, so Qt is imported only once it is known that there will be one. And
nearly everything is imported within `main`, so that Ctrl+C amid it is heard.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """The command `halldesk`: the window without a verb, else the command line. Returns the exit code; Ctrl+C ends it
    with one sentence, also while the window is still being made."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        from app.cli import stopped

        return stopped()


def _run(argv: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    folder, key_file, verb = _window_arguments(arguments)
    if key_file is not None:
        os.environ["HALLDESK_KEY_FILE"] = str(key_file.absolute())
    if verb is None and has_screen():
        # What a start makes stays, and looking through it finds nothing; from then on ui.collecting says when.
        gc.disable()
        from app.profile import Profile, default_folder
        from ui.main import run_client

        return run_client(Profile(folder or default_folder()), key_file)
    if verb == "demo" and has_screen() and "--headless" not in arguments:
        return _demo(arguments)
    from app.cli import main as command_line

    return command_line(arguments)


def has_screen() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _demo(arguments: list[str]) -> int:
    """`halldesk demo`: make the demo profile if need be, then the window on it."""
    from app.cli import build_parser
    from app.cli.data import prepare_demo
    from app.cli.language import language_of
    from app.cli.output import Output
    from app.errors import UserError
    from app.profile import Profile, default_folder
    from db.errors import StorageError
    from ui.main import run_client

    try:
        parsed = build_parser(arguments).parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    parsed.json = getattr(parsed, "json", False)
    parsed.key_file = getattr(parsed, "key_file", None)
    parsed.profile = Profile(getattr(parsed, "profile", None) or default_folder())
    out = Output(as_json=parsed.json, language=lambda: language_of(parsed.profile))
    try:
        prepare_demo(parsed, out)
    except (UserError, StorageError) as error:
        out.complain(str(error))
        return 1
    return run_client(parsed.profile)


def _window_arguments(arguments: Sequence[str]) -> tuple[Path | None, Path | None, str | None]:
    """(profile, key file, verb): the verb is the first word that is no option of the window; "" for anything else that
    the command line should explain (`--help`)."""
    found: dict[str, Path] = {}
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in ("--profile", "--key-file"):
            value = value if equals else next(rest, "")
            if not value:
                return None, None, ""
            found[name] = Path(value)
        else:
            return found.get("--profile"), found.get("--key-file"), "" if word.startswith("-") else word
    return found.get("--profile"), found.get("--key-file"), None
