"""What the case editor shows, read in one go on a lane: the case, its timeline as a page, its composer's draft."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from app.errors import UserError
from app.knowledge.links import attachment_address
from app.rendering import Markdown
from app.work.attachments import AttachmentReader, Where
from app.work.callers import Callers
from app.work.notes import draft_key
from app.work.present import CaseView
from app.work.surroundings import Neighbourhood, Surroundings
from app.work.templates import Templates, TemplateText, values_of
from ui.conflict_words import Compared, compared
from ui.timeline import SHOWN_AT_FIRST, TAIL, TimelineContent, decode_picture, timeline_content

if TYPE_CHECKING:
    from app.reading import ReadingDesk

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """One case, ready to be shown."""

    view: CaseView
    severities: Mapping[int, str]
    timeline: TimelineContent
    tail: TimelineContent
    """The end of the timeline, enough to fill the pane: laid out at once, the whole page when that is painted."""
    draft: str
    templates: tuple[TemplateText, ...]
    analyst: str
    now: int
    conflicts: tuple[Compared, ...] = ()
    """Changes of ours to this case that wait for a decision."""

    phone: str = ""
    desk: str = ""
    zone: str = "UTC"

    def placeholders(self, language: str) -> dict[str, str]:
        """What the placeholders of templates stand for in this case, for a text in this language."""
        return values_of(
            self.view, analyst=self.analyst, phone=self.phone, desk=self.desk, severities=self.severities,
            language=language, zone=self.zone,
        )  # fmt: skip

    @property
    def language(self) -> str:
        """What the people of this case speak."""
        return self.view.names["language"]


class CaseLoading:
    """Reads for one editor. Every method runs on a lane; the renderer belongs to the read lane."""

    def __init__(self, desk: ReadingDesk, zone: tzinfo) -> None:
        self._desk, self._zone = desk, zone
        self._markdown = Markdown()
        self._dossiers = Markdown()
        self._templates = Templates(desk.context)
        callers = Callers(desk.context, desk.directory, desk.lists, desk.deadlines)
        self._neighbourhood = Neighbourhood(desk.context, desk.directory, desk.lists, callers)
        self.files = AttachmentReader(desk.context, desk.profile)

    def case(self, case_id: bytes, everything: bool = False) -> Loaded:
        """A case; `everything` shows the whole timeline. Errors: UserError when it is gone. On the read lane."""
        desk = self._desk
        now = desk.context.clock()
        view = desk.present.case(case_id)
        severities = {s.rank: s.name for s in desk.directory.severities()}
        page, tail = (
            timeline_content(view, self._markdown, severities=severities, now=now, zone=self._zone, limit=limit)
            for limit in (None if everything else SHOWN_AT_FIRST, TAIL)
        )
        return Loaded(
            view, severities, page, tail, desk.drafts.read(draft_key(case_id)), tuple(self._templates.all()),
            desk.directory.name("analyst", desk.me), now, tuple(compared(desk.conflicts.waiting(case_id))),
            self._phone(), desk.name, desk.context.zone,
        )  # fmt: skip

    def _phone(self) -> str:
        context = self._desk.context
        return str(context.reader.value("SELECT phone FROM analyst WHERE id = ?", (context.me,)) or "")

    def look_at_files(
        self, hashes: Iterable[bytes], pictures: Iterable[bytes]
    ) -> tuple[dict[bytes, Where], dict[str, QImage]]:
        """Where these contents are; and those of the pictures that are on this workstation, by their address."""
        where = self.files.where(list(hashes))
        found = {}
        for sha256 in pictures:
            if where.get(sha256, Where.STORE) is not Where.STORE:
                try:
                    picture = decode_picture(self.files.read(sha256))
                except UserError as error:  # spoiled on this disk, or trimmed in this moment
                    _log.info("a picture is not shown: %s", error)
                    where[sha256] = Where.STORE
                    continue
                if not picture.isNull():
                    found[attachment_address(sha256)] = picture
        return where, found

    def around(self, case_id: bytes) -> tuple[Surroundings, str]:
        """What stands around a case, and the dossier as safe HTML. On the count lane."""
        found = self._neighbourhood.of(case_id)
        return found, self._dossiers.html(found.dossier)
