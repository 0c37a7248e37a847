"""E-mail of this workstation: an SMTP account, its password in the keyring, one message at a time.

What is set up here belongs to the profile, not to the desk: who sends reports does so with an account of his own. A
password never goes over a line that is not encrypted.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from pathlib import PurePath
from typing import Final, Literal, get_args

from app.errors import UserError
from app.profile import Profile
from db.keys import KeyStore

Security = Literal["starttls", "tls", "none"]

SECURITIES: Final[tuple[Security, ...]] = get_args(Security)
SECRET: Final = "mail"
"""Name of the password in the key store."""
PATIENCE_S: Final = 30
LARGEST: Final = 20 * 1024 * 1024
"""Of an attachment; most servers take no more."""


@dataclass(frozen=True)
class MailAccount:
    """Where mail goes out. `user` "": the server asks for no password. `sender`: the address it comes from."""

    host: str
    port: int
    security: Security
    user: str
    sender: str

    def check(self) -> None:
        """Errors: UserError saying what is wrong with it."""
        if not self.host.strip() or not 0 < self.port < 65536:
            raise UserError("A mail server has a name and a port between 1 and 65535.")
        if self.security not in SECURITIES:
            raise UserError(f"The security of a mail server is one of: {', '.join(SECURITIES)}.")
        if self.security == "none" and self.user:
            raise UserError("A password is not sent over an open line; choose starttls or tls.")
        address(self.sender)


@dataclass(frozen=True)
class Attached:
    """A file of a message."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


def read_account(profile: Profile) -> MailAccount | None:
    """The account that is set up; None: none is. Errors: UserError for a damaged file."""
    kept = profile.mail()
    if not kept:
        return None
    try:
        return MailAccount(
            str(kept["host"]), int(kept["port"]), kept["security"], str(kept["user"]), str(kept["sender"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("The mail account of this profile is damaged; set it up again.") from error


def keep_account(profile: Profile, account: MailAccount, password: str | None, keys: KeyStore) -> None:
    """Set an account up. `password` None leaves the one that is kept. May block on a locked keyring. Errors:
    UserError."""
    account.check()
    if password is not None:
        keys.set(SECRET, password.encode("utf-8"))
    profile.save_mail(asdict(account))


def address(text: str) -> str:
    """An e-mail address as it was meant. Errors: UserError for what is none."""
    name, found = parseaddr(text.strip())
    local, _, domain = found.rpartition("@")
    odd = any(ord(char) < 32 for char in text) or any(char.isspace() or char == "@" for char in local + domain)
    if not local or "." not in domain.strip(".") or odd:
        raise UserError(f"“{text.strip()}” is no e-mail address.")
    return formataddr((name, found))


def message(
    account: MailAccount, to: Sequence[str], subject: str, text: str, files: Sequence[Attached] = ()
) -> EmailMessage:
    """A message ready to go. Errors: UserError for a bad address, a line break in the subject or too large a file."""
    if not to:
        raise UserError("A message goes to somebody; name at least one address.")
    out = EmailMessage(policy=SMTP)
    try:
        out["From"] = address(account.sender)
        out["To"] = ", ".join(address(one) for one in to)
        out["Subject"] = " ".join(subject.split())
        out["Date"] = formatdate(localtime=False)
        out["Message-ID"] = make_msgid(domain=parseaddr(account.sender)[1].rpartition("@")[2])
        out.set_content(text)
        for file in files:
            if len(file.content) > LARGEST:
                raise UserError(f"{file.name} is too large to be sent; save it and share the folder.")
            kind, _, subtype = file.media_type.partition("/")
            out.add_attachment(file.content, maintype=kind, subtype=subtype, filename=PurePath(file.name).name)
    except (MessageError, ValueError) as error:
        raise UserError(f"This message can't be sent ({error}).") from error
    return out


def send(account: MailAccount, mail: EmailMessage, keys: KeyStore) -> None:
    """Hand a message to the server. May take as long as the network does. Errors: UserError saying what to do."""
    secret = keys.get(SECRET) if account.user else None
    if account.user and secret is None:
        raise UserError("The mail account's password is missing; set it up again.")
    context = ssl.create_default_context()
    try:
        if account.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(account.host, account.port, timeout=PATIENCE_S, context=context)
        else:
            server = smtplib.SMTP(account.host, account.port, timeout=PATIENCE_S)
        with server:
            if account.security == "starttls":
                server.starttls(context=context)
            if secret is not None:
                server.login(account.user, secret.decode("utf-8"))
            refused = server.send_message(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise UserError("The mail server does not accept user and password; set the account up again.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise UserError(f"The mail server refuses {', '.join(error.recipients)}; check the addresses.") from error
    except smtplib.SMTPException as error:
        raise UserError(f"The mail server refused the message ({_said(error)}).") from error
    except (OSError, UnicodeError) as error:
        raise UserError(
            f"The mail server {account.host} can't be reached ({error}); check name, port and security."
        ) from error
    if refused:
        raise UserError(f"The message went out, but not to {', '.join(refused)}: the server refused these.")


def _said(error: smtplib.SMTPException) -> str:
    """What the server said, in one line."""
    text = getattr(error, "smtp_error", None) or str(error) or type(error).__name__
    return " ".join((text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)).split())
