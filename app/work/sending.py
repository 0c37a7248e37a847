"""Sending a little later: what a requester will see is held back for some seconds, in which it can be taken back.

The life of such a note: the composer's draft becomes a held note in one commit (`hold`), so it is never in neither
place. When its time is up, `carry_out` writes the timeline entry under the id the held note has had from the beginning
and forgets it. Whoever is killed in between finds it again (`waiting`) and carries it out at the next start; an entry
of that id is already there then if the kill came after the commit, so nothing is said twice. Taken back, it becomes the
draft of its case again (`give_back`), before whatever was written since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.work.notes import NoteDraft, draft_key
from db.ids import new_id

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.drafts import DraftReader, Drafts
    from app.work.verbs import Done

PREFIX: Final = "send:"


@dataclass(frozen=True)
class HeldNote:
    """A note on its way. `id` becomes the id of its timeline entry; `label`: how its case is called."""

    id: bytes
    case_id: bytes
    label: str
    note: NoteDraft

    @property
    def key(self) -> str:
        """Under which key it is kept."""
        return PREFIX + self.id.hex()

    def encode(self) -> str:
        """As it is kept."""
        return json.dumps(
            {"case": self.case_id.hex(), "label": self.label, "note": self.note.encode()}, ensure_ascii=False
        )


def held_note(case_id: bytes, label: str, note: NoteDraft) -> HeldNote:
    """A new one."""
    return HeldNote(new_id(), case_id, label, note)


def waiting(drafts: DraftReader) -> list[HeldNote]:
    """Everything that is held back, in the order in which it was sent."""
    found = []
    for key, kept in drafts.all().items():
        if key.startswith(PREFIX):
            values = json.loads(kept)
            held_id, case_id = bytes.fromhex(key.removeprefix(PREFIX)), bytes.fromhex(values["case"])
            found.append(HeldNote(held_id, case_id, values["label"], NoteDraft.decode(values["note"])))
    return found


def hold(drafts: Drafts, held: HeldNote) -> None:
    """From now on it is on its way; the draft of its case is empty."""
    drafts.keep_all({held.key: held.encode(), draft_key(held.case_id): ""})


def give_back(drafts: Drafts, held: HeldNote, note: NoteDraft | None = None) -> NoteDraft:
    """It is the draft of its case again: before what is kept there, or as `note` says where a composer shows both."""
    key = draft_key(held.case_id)
    if note is None:
        note = held.note.before(NoteDraft.decode(drafts.read(key)))
    drafts.keep_all({key: note.encode(), held.key: ""})
    return note


def carry_out(desk: Desk, held: HeldNote) -> Done | None:
    """Write it to the timeline; None when that was done before. Errors: UserError when it is refused."""
    done = None
    if not desk.drafts.read(held.key):
        return None
    if desk.context.reader.value("SELECT 1 FROM timeline_entry WHERE id = ?", (held.id,)) is None:
        note = held.note
        done = desk.cases.note(
            held.case_id, note.words, kind=note.kind, audience=note.audience, minutes=note.minutes or None,
            activity=note.activity, counts=note.counts, files=note.files, entry_id=held.id,
        )  # fmt: skip
    desk.drafts.keep(held.key, "")
    return done
