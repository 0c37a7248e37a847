"""A printed week by e-mail, from the account of this workstation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.errors import UserError
from app.mailing import Attached, message, read_account, send
from app.texts import Texts

if TYPE_CHECKING:
    from app.desk import Desk
    from app.reports.weekly import WeeklyFigures

_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def file_name(figures: WeeklyFigures) -> str:
    """What the PDF is called: desk, week, and the part it is about; allowed on every file system."""
    parts = [figures.desk, figures.week, *([figures.department] if figures.department else [])]
    return _NOT_IN_NAMES.sub("-", " ".join(parts)).strip(" .") + ".pdf"


def send_report(
    desk: Desk, to: Sequence[str], figures: WeeklyFigures, document: bytes, language: str, name: str, text: str = ""
) -> None:
    """Send it, on a lane that may wait. `text`: what is written beside it; without, what the week said in sentences.
    Errors: UserError where no account is set up or the server refuses."""
    account = read_account(desk.profile)
    if account is None:
        raise UserError("No mail account is set up on this workstation; see `halldesk mail setup --help`.")
    t = Texts(language)
    subject = f"{t('report.title')} {figures.week} – {figures.department or figures.desk}"
    body = text.strip() or figures.comment.strip() or t("mail.body", week=figures.week, desk=figures.desk)
    mail = message(account, to, subject, body + "\n", [Attached(name, document)])
    send(account, mail, desk.keys())
