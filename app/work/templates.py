"""Texts with placeholders for the composer: written once by a supervisor, filled from the case.

A placeholder is a name in braces; what isn't known stays as it is, so that nobody sends a text with a hole unseen. What
only a person can say is written `{? which day}`. `holes` finds both before something goes to a requester. A template
can have a short word: a slash and the word typed in the composer, then Tab, put its text there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.context import ReadContext
from db.rules import NO_DUE

if TYPE_CHECKING:
    from app.work.present import CaseView

PLACEHOLDERS: Final = (
    "requester", "number", "title", "department", "product", "machine", "place", "severity", "queue", "contact",
    "analyst", "phone", "next_step", "next_step_by", "next_step_at", "opened_at", "due_at", "resolution", "desk",
)  # fmt: skip
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_HOLE: Final = re.compile(r"\{(?:(\w+)|\?[^{}]*)\}")


@dataclass(frozen=True)
class TemplateText:
    """One template. `audience` as in rules.AUDIENCES; `short`: what is typed for it after a slash, "" for nothing."""

    id: bytes
    name: str
    language: str
    audience: str
    text: str
    short: str = ""


class Templates:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def all(self) -> list[TemplateText]:
        """Every template: for the requester first, by name."""
        rows = self._context.reader.all(
            "SELECT id, name, language, audience, text, short FROM template "
            "ORDER BY audience DESC, name COLLATE NOCASE, language"
        )
        return [TemplateText(*r) for r in rows]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; those without a value stay."""
    return _PLACEHOLDER.sub(lambda m: values.get(m[1], "") or m[0], text)


def holes(text: str) -> list[tuple[int, int]]:
    """What is still to be written, (begin, end) of each: known placeholders that nobody filled, and `{? words}`."""
    return [match.span() for match in _HOLE.finditer(text) if match[1] is None or match[1] in PLACEHOLDERS]


def values_of(
    view: CaseView, *, analyst: str, phone: str, desk: str, severities: Mapping[int, str], language: str, zone: str
) -> dict[str, str]:
    """What the placeholders stand for in a case; moments as `language` writes them."""
    from app.texts import Texts  # late: a window needs it when the first template is used

    row, names = view.row, view.names
    texts = Texts(language)

    def moment(ms: Any) -> str:
        return texts.moment(ms, zone) if isinstance(ms, int) and ms != NO_DUE else ""

    return {
        "requester": names["requester"], "number": view.label, "title": row["title"], "department": names["department"],
        "product": names["product"], "machine": names["asset"], "place": names["place"],
        "severity": severities.get(row["severity"], ""), "queue": names["queue"], "contact": names["contact_owner"],
        "analyst": analyst, "phone": phone, "next_step": row["next_step"] or "", "next_step_by": names["next_step_by"],
        "next_step_at": moment(row["next_step_at"]), "opened_at": moment(row["opened_at"]),
        "due_at": moment(row["due_at"]), "resolution": row["resolution"] or "", "desk": desk,
    }  # fmt: skip


def in_order(templates: Iterable[TemplateText], language: str) -> list[TemplateText]:
    """Those in the language of whoever is written to come first."""
    return sorted(templates, key=lambda one: one.language != language)


def by_short(templates: Sequence[TemplateText], word: str, language: str) -> TemplateText | None:
    """The template of which this is the short word; where two languages share it, the one in `language`."""
    wanted = word.removeprefix("/").casefold()
    if not wanted:
        return None
    found = [one for one in templates if one.short.casefold() == wanted]
    return next(iter(in_order(found, language)), None)
