"""What happened to a change that met another one, and what can be done about it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.work.conflicts import Conflict, Stretches, difference
from ui import case_words, text
from ui.tokens import Tone

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(context: str, words: str) -> str:
    """Marks a literal for lupdate."""
    return words


# fmt: off
_FIELDS: Final = {
    "title": QT_TRANSLATE_NOOP("conflict", "Title"), "description": QT_TRANSLATE_NOOP("conflict", "Description"),
    "resolution": QT_TRANSLATE_NOOP("conflict", "What was done"), "cause": QT_TRANSLATE_NOOP("conflict", "Cause"),
    "next_step": QT_TRANSLATE_NOOP("conflict", "Next step"),
    "next_step_by_id": QT_TRANSLATE_NOOP("conflict", "Next step: who"),
    "next_step_at": QT_TRANSLATE_NOOP("conflict", "Next step: when"),
    "waiting_on": QT_TRANSLATE_NOOP("conflict", "Waiting for"), "kind": QT_TRANSLATE_NOOP("conflict", "Kind"),
    "channel": QT_TRANSLATE_NOOP("conflict", "Channel"), "place_id": QT_TRANSLATE_NOOP("conflict", "Place"),
    "asset_id": QT_TRANSLATE_NOOP("conflict", "Machine"), "requester_id": QT_TRANSLATE_NOOP("conflict", "Requester"),
    "work_owner_id": QT_TRANSLATE_NOOP("conflict", "Work owner"),
    "contact_owner_id": QT_TRANSLATE_NOOP("conflict", "Contact owner"),
    "permanent_fix_wanted": QT_TRANSLATE_NOOP("conflict", "Permanent fix wanted"),
    "major": QT_TRANSLATE_NOOP("conflict", "Major incident"), "problem": QT_TRANSLATE_NOOP("conflict", "Problem"),
    "solution": QT_TRANSLATE_NOOP("conflict", "Solution"), "dossier": QT_TRANSLATE_NOOP("conflict", "Dossier"),
    "text": QT_TRANSLATE_NOOP("conflict", "Text"), "name": QT_TRANSLATE_NOOP("conflict", "Name"),
    "state": QT_TRANSLATE_NOOP("conflict", "State"), "comment": QT_TRANSLATE_NOOP("conflict", "Comment"),
    "workaround": QT_TRANSLATE_NOOP("conflict", "Workaround"),
}
_CHANGES: Final = {
    "case.new": QT_TRANSLATE_NOOP("conflict", "New case"),
    "case.problem": QT_TRANSLATE_NOOP("conflict", "Making a problem"),
    "case.attach": QT_TRANSLATE_NOOP("conflict", "Attaching"),
    "case.claim": QT_TRANSLATE_NOOP("conflict", "Taking the case"),
    "case.hand": QT_TRANSLATE_NOOP("conflict", "Handing over"),
    "case.escalate": QT_TRANSLATE_NOOP("conflict", "Escalating"), "case.wait": QT_TRANSLATE_NOOP("conflict", "Waiting"),
    "case.work": QT_TRANSLATE_NOOP("conflict", "Back to work"), "case.note": QT_TRANSLATE_NOOP("conflict", "Writing"),
    "case.resolve": QT_TRANSLATE_NOOP("conflict", "Resolving"), "case.close": QT_TRANSLATE_NOOP("conflict", "Closing"),
    "case.reopen": QT_TRANSLATE_NOOP("conflict", "Reopening"),
    "case.rate": QT_TRANSLATE_NOOP("conflict", "What the requester said of it"),
    "case.time": QT_TRANSLATE_NOOP("conflict", "Booking time"),
    "case.cancel": QT_TRANSLATE_NOOP("conflict", "Cancelling"), "case.tag": QT_TRANSLATE_NOOP("conflict", "Tags"),
    "case.watch": QT_TRANSLATE_NOOP("conflict", "Watching"), "case.merge": QT_TRANSLATE_NOOP("conflict", "Merging"),
    "case.unmerge": QT_TRANSLATE_NOOP("conflict", "Parting merged cases"),
    "case.link": QT_TRANSLATE_NOOP("conflict", "Linking cases"),
    "case.unlink": QT_TRANSLATE_NOOP("conflict", "Parting linked cases"),
    "case.workaround": QT_TRANSLATE_NOOP("conflict", "Workaround"),
    "case.remind": QT_TRANSLATE_NOOP("conflict", "Reminder"),
    "case.reminded": QT_TRANSLATE_NOOP("conflict", "Reminder"),
    "case.broadcast": QT_TRANSLATE_NOOP("conflict", "Writing to all parts"),
    "case.close_all": QT_TRANSLATE_NOOP("conflict", "Closing all parts"),
    "article.new": QT_TRANSLATE_NOOP("conflict", "New article"),
    "article.use": QT_TRANSLATE_NOOP("conflict", "Use of an article"),
    "department.tell": QT_TRANSLATE_NOOP("conflict", "Telling the department"),
    "device.enrol": QT_TRANSLATE_NOOP("conflict", "Entering of a workstation"),
    "device.invite": QT_TRANSLATE_NOOP("conflict", "Invitation"),
    "device.revoke": QT_TRANSLATE_NOOP("conflict", "Revoking a workstation"),
}
_SUBJECTS: Final = {
    "article": QT_TRANSLATE_NOOP("conflict", "Article"), "absence": QT_TRANSLATE_NOOP("conflict", "Absence"),
    "coverage": QT_TRANSLATE_NOOP("conflict", "Agreement on a department"),
    "shift": QT_TRANSLATE_NOOP("conflict", "Turn of duty"), "handover": QT_TRANSLATE_NOOP("conflict", "Handover"),
    "dossier": QT_TRANSLATE_NOOP("conflict", "Dossier"), "view": QT_TRANSLATE_NOOP("conflict", "Saved view"),
    "template": QT_TRANSLATE_NOOP("conflict", "Template"), "device": QT_TRANSLATE_NOOP("conflict", "Workstation"),
    "words": QT_TRANSLATE_NOOP("conflict", "Team dictionary"), "report": QT_TRANSLATE_NOOP("conflict", "Report"),
    "calendar": QT_TRANSLATE_NOOP("conflict", "Hours"), "severity": QT_TRANSLATE_NOOP("conflict", "Targets"),
    "site": QT_TRANSLATE_NOOP("conflict", "Settings of the desk"), "import": QT_TRANSLATE_NOOP("conflict", "Import"),
    "calls": QT_TRANSLATE_NOOP("conflict", "Counts of calls"),
    "record": QT_TRANSLATE_NOOP("conflict", "Administration"),
}
"""What a change was about, by the first word of its kind."""
# fmt: on


@dataclass(frozen=True)
class Compared:
    """A conflict with what takes time to find out: both texts with their differences, and one text of both."""

    conflict: Conflict
    mine: Stretches
    theirs: Stretches
    both: str


def compared(rows: Iterable[Conflict]) -> list[Compared]:
    """On a lane: long texts take their time."""
    out = []
    for one in rows:
        mine, theirs = difference(one.mine, one.theirs) if one.is_text else ([], [])
        out.append(Compared(one, mine, theirs, one.both if one.is_text else ""))
    return out


@dataclass(frozen=True)
class Told:
    """One conflict in words. `mine` and `theirs` are the labels of the two buttons, "" where that is no choice."""

    field: str
    stands: str
    tone: Tone
    why: str
    mine: str
    theirs: str


def told(one: Conflict) -> Told:
    """What to show and offer."""
    stands, tone = {
        "refused": (translate("conflict", "yours was not taken"), Tone.DANGER),
        "mine stands": (translate("conflict", "yours stands"), Tone.OK),
    }.get(one.outcome, (translate("conflict", "theirs stands"), Tone.WARNING))
    mine, theirs = _buttons(one)
    return Told(field(one), stands, tone, _why(one), mine, theirs)


def field(one: Conflict) -> str:
    """The field, or what was done: "Title", "Taking the case"."""
    return column(one.column) if one.column else change(one.kind)


def change(kind: str) -> str:
    """What was done, by the kind of its transaction: "Taking the case"."""
    action = kind.removeprefix("undo.").removeprefix("redo.")
    known = translate("conflict", _CHANGES[action]) if action in _CHANGES else ""
    if kind.startswith("undo."):
        return translate("conflict", "Undo: {what}").format(what=known or action) if known else _undo()
    subject = action.split(".")[0]
    if not known and subject in _SUBJECTS:
        return translate("conflict", _SUBJECTS[subject])
    return known or translate("conflict", "Change")


def column(name: str) -> str:
    """A column in words: "Title"."""
    if name in _FIELDS:
        return translate("conflict", _FIELDS[name])
    return case_words.field(name.removesuffix("_id")) if name else translate("conflict", "It")


def _undo() -> str:
    return translate("conflict", "Undo")


def value(one: Conflict, side: str, severities: Mapping[int, str], zone: tzinfo) -> str:
    """A value as people read it; "" for nothing."""
    return shown(one.table, one.column or "", one.mine if side == "mine" else one.theirs, severities, zone)


def shown(table: str | None, name: str, raw: str, severities: Mapping[int, str], zone: tzinfo) -> str:
    """What stands in a column, as people read it; `raw` as app tells it, "" for nothing."""
    if not raw:
        return ""
    words = {"status": case_words.status, "waiting_on": case_words.waiting_on, "kind": case_words.kind,
             "channel": case_words.channel}.get(name)  # fmt: skip
    if words is not None:
        return words(raw)
    if raw.lstrip("-").isdecimal():
        number = int(raw)
        if name == "severity":
            return f"{number}  {severities.get(number, '')}".strip()
        if name.endswith("_at"):
            return text.moment(number, zone)
        if table == "case" and number in (0, 1) and name in ("major", "permanent_fix_wanted", "outside_it"):
            return translate("conflict", "yes") if number else translate("conflict", "no")
    return raw


def _why(one: Conflict) -> str:
    who = one.their_author or translate("conflict", "Somebody")
    if one.reason == "both":
        if one.outcome == "mine stands":
            return translate(
                "conflict", "{who} changed it too. Yours stands, because it is the more recent wish."
            ).format(who=who)
        return translate(
            "conflict", "{who} changed it too. Yours was more than five minutes old by then, so it is a proposal."
        ).format(who=who)
    if one.reason == "taken" and one.column == "work_owner_id" and one.theirs:
        return translate("conflict", "{who} was faster and works on this case.").format(who=one.theirs)
    sentences = {
        "overlap": translate("conflict", "{who} rewrote the same words. Everything else of both is in the text."),
        "taken": translate("conflict", "{who} was faster."),
        "status": translate("conflict", "{who} moved the case on, and from there that step does not exist."),
        "ended": translate("conflict", "{who} ended this case meanwhile; it was not opened again, all else was taken."),
        "gone": translate("conflict", "It was deleted meanwhile."),
        "edited": translate("conflict", "You deleted it while {who} changed it, so it stays."),
        "revived": translate("conflict", "{who} deleted it while you changed it; your change brought it back."),
        "built upon": translate("conflict", "{who} built on what you wanted to undo."),
        "condition": translate("conflict", "What it was based on is no longer so."),
        "rule": translate("conflict", "The rules of the desk forbid it: {why}."),
    }
    why = text.refusal(one.why)
    return sentences.get(one.reason, why).format(who=who, why=why)


def _buttons(one: Conflict) -> tuple[str, str]:
    if one.reason == "revived":
        return translate("conflict", "Leave it"), translate("conflict", "Delete it again")
    if one.reason == "edited":
        return translate("conflict", "Delete it all the same"), translate("conflict", "Leave it")
    if one.outcome == "refused":
        if one.reason == "taken" and one.column == "work_owner_id":
            return translate("conflict", "Take it over"), translate("conflict", "Leave it to them")
        if one.reason in ("gone", "built upon"):
            return "", translate("conflict", "Leave it")
        return translate("conflict", "Try again"), translate("conflict", "Leave it")
    if one.reason == "ended":
        return translate("conflict", "Open it again"), translate("conflict", "Leave it ended")
    if one.outcome == "theirs stands":
        return translate("conflict", "Take over my proposal"), translate("conflict", "Keep theirs")
    return translate("conflict", "Keep mine"), translate("conflict", "Take theirs")


def settled(one: Conflict) -> str:
    """How it was decided."""
    return {
        "mine": translate("conflict", "decided: yours"),
        "theirs": translate("conflict", "decided: theirs"),
        "text": translate("conflict", "decided: a new text"),
    }.get(one.settled or "", "")
