"""A printed report as it leaves the program: its name as a file, its words as an e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import UserError
from app.mailing import Attached, message, read_account, send
from app.texts import Texts

if TYPE_CHECKING:
    from app.desk import Desk
    from app.reports.freezing import Kept
    from app.reports.writing import Made

_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True)
class Outgoing:
    """A week that is printed. `about`: the part of the desk it is about, "" for the whole; `comment`: the
    supervisor's."""

    desk: str
    week: str
    about: str
    comment: str
    document: bytes

    @property
    def file_name(self) -> str:
        """Desk, week, and the part it is about; allowed on every file system."""
        parts = [self.desk, self.week, *([self.about] if self.about else [])]
        return _NOT_IN_NAMES.sub("-", " ".join(parts)).strip(" .") + ".pdf"

    def words(self, language: str) -> tuple[str, str]:
        """(subject, text) of an e-mail with it: the supervisor's comment, or that it is attached."""
        t = Texts(language)
        subject = f"{t('report.title')} {self.week} – {self.about or self.desk}"
        return subject, self.comment.strip() or t("mail.body", week=self.week, desk=self.desk)


def of_made(made: Made) -> Outgoing:
    """A report that was made just now."""
    figures = made.figures
    return Outgoing(figures.desk, figures.week, figures.department or "", figures.comment, made.drawn.document)


def of_kept(kept: Kept, desk: str, document: bytes) -> Outgoing:
    """A report of the archive, as it was printed. `desk`: what the desk is called."""
    return Outgoing(desk, kept.week, kept.about, kept.comment, document)


def send_report(desk: Desk, to: Sequence[str], report: Outgoing, language: str, text: str = "") -> None:
    """Send it from the account of this workstation, on a lane that may wait. `text`: what is written beside it in place
    of the usual words. Errors: UserError where no account is set up or the server refuses."""
    account = read_account(desk.profile)
    if account is None:
        raise UserError("No mail account is set up on this workstation; see `halldesk mail setup --help`.")
    subject, usual = report.words(language)
    mail = message(account, to, subject, (text.strip() or usual) + "\n", [Attached(report.file_name, report.document)])
    send(account, mail, desk.keys())
