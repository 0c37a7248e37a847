"""E-mail goes out as it was meant, or a sentence says why not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from app.credentials import KeyFile
from app.errors import UserError
from app.mailing import LARGEST, Attached, MailAccount, keep_account, message, read_account, send
from app.profile import Profile
from tests.app.smtp_desk import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    one = MailServer(refuses=("gone@works.example",))
    yield one
    one.close()


def account(port: int) -> MailAccount:
    return MailAccount("127.0.0.1", port, "none", "", "Halle 1 – Desk <desk@works.example>")


def test_a_message_arrives_with_its_file(server: MailServer, tmp_path: Path) -> None:
    mail = message(
        account(server.port), ["boss@works.example"], "Woche 12\nGrüße", "Größte Störung: Härterei\n",
        [Attached("Woche 12.pdf", b"%PDF-1.4 \x00\xff")],
    )  # fmt: skip
    send(account(server.port), mail, KeyFile(tmp_path / "keys"))
    [(sender, to, body)] = server.received
    assert (sender, to) == ("desk@works.example", ["boss@works.example"])
    read = message_from_bytes(body, policy=default)
    assert read["Subject"] == "Woche 12 Grüße"
    words = read.get_body()
    assert words is not None
    assert words.get_content().strip() == "Größte Störung: Härterei"
    [file] = read.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Woche 12.pdf", b"%PDF-1.4 \x00\xff")


def test_what_cannot_go_out_is_said(server: MailServer, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys")
    mail = message(account(server.port), ["gone@works.example"], "x", "x")
    with pytest.raises(UserError, match="refuses gone@works"):
        send(account(server.port), mail, keys)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        free = bound.getsockname()[1]
    with pytest.raises(UserError, match="can't be reached"):
        send(account(free), mail, keys)
    with pytest.raises(UserError, match="password is missing"):
        send(MailAccount("127.0.0.1", server.port, "starttls", "desk", "desk@works.example"), mail, keys)
    with pytest.raises(UserError, match="too large"):
        message(account(1), ["a@works.example"], "x", "x", [Attached("x.pdf", b"x" * (LARGEST + 1))])


@pytest.mark.parametrize("bad", ["", "boss", "boss@", "boss@works", "a b@works.example", "x@y.z\nBcc: all@y.z"])
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(UserError, match="no e-mail address"):
        message(account(1), [bad], "x", "x")


def test_an_account_is_kept_apart_from_its_password(tmp_path: Path) -> None:
    profile, keys = Profile(tmp_path / "p"), KeyFile(tmp_path / "keys")
    assert read_account(profile) is None
    wanted = MailAccount("mail.works.example", 465, "tls", "desk", "desk@works.example")
    keep_account(profile, wanted, "gehèim", keys)
    assert read_account(profile) == wanted
    assert "gehèim" not in (tmp_path / "p" / "mail.json").read_text(encoding="utf-8")
    keep_account(profile, MailAccount("other.example", 465, "tls", "desk", "desk@works.example"), None, keys)
    assert keys.get("mail") == "gehèim".encode()
    with pytest.raises(UserError, match="open line"):
        keep_account(profile, MailAccount("h", 25, "none", "desk", "desk@works.example"), "x", keys)
