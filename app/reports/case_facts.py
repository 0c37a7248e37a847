"""What is printed of a case: read in one go on a lane, so that drawing needs nothing but this value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.errors import UserError
from app.work.attachments import AttachmentReader, Where
from app.work.present import CaseView

if TYPE_CHECKING:
    from app.reading import ReadingDesk

PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
LARGEST_PICTURE: Final = 40_000_000
"""Bytes of a picture that is printed."""
EARLIER: Final = 8
"""Cases of a machine that a work order tells of."""


@dataclass(frozen=True)
class Earlier:
    """A case this machine (or this place) had before. Instants in ms UTC."""

    label: str
    title: str
    opened_at: int
    resolved_at: int | None
    resolution: str


@dataclass(frozen=True)
class CasePaper:
    """Everything a case sheet or a work order says. `printed_at` in ms UTC. `pictures`: bytes by SHA-256, of those that
    are here."""

    view: CaseView
    severities: Mapping[int, str]
    desk: str
    zone: str
    printed_at: int
    printed_by: str
    serial: str = ""
    dossier: str = ""
    earlier: tuple[Earlier, ...] = ()
    pictures: Mapping[bytes, bytes] = field(default_factory=dict)


def case_paper(desk: ReadingDesk, files: AttachmentReader, case_id: bytes, *, pictures: bool = True) -> CasePaper:
    """Read it. Errors: UserError when the case is gone."""
    view = desk.present.case(case_id)
    context = desk.context
    row, reader = view.row, context.reader
    asset = reader.one("SELECT serial FROM asset WHERE id = ?", (row["asset_id"],))
    dossier = reader.value("SELECT dossier FROM department WHERE id = ?", (row["department_id"],))
    return CasePaper(
        view=view, severities={level.rank: level.name for level in desk.directory.severities()}, desk=desk.name,
        zone=context.zone, printed_at=context.clock(), printed_by=desk.directory.name("analyst", desk.me),
        serial=str(asset["serial"] or "") if asset else "", dossier=str(dossier or ""),
        earlier=tuple(_earlier(reader, view)), pictures=_pictures(files, view) if pictures else {},
    )  # fmt: skip


def _earlier(reader: Any, view: CaseView) -> list[Earlier]:
    column, value = "asset_id", view.row["asset_id"]
    if value is None:
        column, value = "place_id", view.row["place_id"]
    if value is None:
        return []
    return [
        Earlier(str(r["number"]) if r["number"] is not None else f"~{r['rid']}", r["title"], r["opened_at"],
                r["resolved_at"], r["resolution"] or "")
        for r in reader.all(
            f'SELECT number, rid, title, opened_at, resolved_at, resolution FROM "case" WHERE {column} = ? AND id <> ? '
            "AND status NOT IN ('merged', 'cancelled') ORDER BY opened_at DESC LIMIT ?",
            (value, view.id, EARLIER),
        )
    ]  # fmt: skip


def _pictures(files: AttachmentReader, view: CaseView) -> dict[bytes, bytes]:
    wanted = {a.sha256 for a in view.attachments if a.media_type in PICTURES and a.size <= LARGEST_PICTURE}
    where = files.where(sorted(wanted))
    found = {}
    for sha256 in sorted(wanted):
        if where[sha256] is not Where.STORE:
            try:
                found[sha256] = files.read(sha256)
            except UserError:  # spoiled on this disk: said on the page
                found[sha256] = b""
    return found
