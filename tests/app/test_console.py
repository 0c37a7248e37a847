"""What leaves the program through standard output, standard error and the keyring, on either system."""

from __future__ import annotations

import csv
import io
import sys
import time
from importlib import import_module

import pytest

from app.cli.output import Output
from app.credentials import KeyringStore
from app.errors import UserError
from app.export import export_table
from tests.desks import found_desk


@pytest.mark.parametrize(("form", "end"), [("csv", b"\r\n"), ("jsonl", b"\n")])
def test_an_export_to_standard_output_ends_its_lines_as_one_to_a_file(tmp_path, monkeypatch, form, end):
    raw = io.BytesIO()
    # As Windows has it: every line feed that is written becomes carriage return and line feed.
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8", newline="\r\n"))
    desk = found_desk(tmp_path)
    try:
        assert export_table(desk, "analysts", form, None) == 1
        sys.stdout.flush()
        export_table(desk, "analysts", form, tmp_path / "analysts")
    finally:
        desk.close()
    assert raw.getvalue() == (tmp_path / "analysts").read_bytes()
    assert raw.getvalue().count(b"\n") == raw.getvalue().count(end) == (2 if form == "csv" else 1)
    if form == "csv":
        assert [row["name"] for row in csv.DictReader(io.StringIO(raw.getvalue().decode()))] == ["Anna Kern"]


class Terminal(io.StringIO):
    """Standard error on a screen."""

    def isatty(self) -> bool:
        """It is."""
        return True


def shown(written: str) -> list[str]:
    """The lines a terminal that knows only \\r and \\n shows."""
    lines = []
    for line in written.split("\n"):
        cells: list[str] = []
        for part in line.split("\r"):
            cells[: len(part)] = part
        lines.append("".join(cells).rstrip())
    return lines


def test_a_progress_line_covers_the_one_before_without_escape_sequences(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    now = iter(range(10, 100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    out = Output(as_json=False)
    out.progress("reading the log", 123_456, 1_000_000)
    out.progress("reading", 7, None)
    assert shown(screen.getvalue()) == ["reading 7"]
    out.complain("The drive is full.")
    assert shown(screen.getvalue()) == ["reading 7", "halldesk: The drive is full.", ""]
    assert "\x1b" not in screen.getvalue()


def test_a_window_without_a_console_shows_no_progress(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    Output(as_json=False).progress("reading", 7, None)


@pytest.mark.skipif(sys.platform != "win32", reason="the credential store of Windows")
def test_an_error_of_the_windows_credential_store_is_one_sentence(monkeypatch):
    import keyring
    from keyring.backends.Windows import WinVaultKeyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", WinVaultKeyring())
    store = KeyringStore()
    store.set("a test", b"kept")
    assert store.get("a test") == b"kept"
    store.delete("a test")
    assert store.get("a test") is None

    # Stands for the refusals that can't be provoked here (nobody is logged on): an error of the system as it comes.
    cred = import_module("win32ctypes.pywin32.win32cred")
    monkeypatch.setattr(
        WinVaultKeyring, "get_password", lambda *_: cred.CredDelete("no such name", cred.CRED_TYPE_GENERIC)
    )
    with pytest.raises(UserError, match="did not answer"):
        store.get("a test")
