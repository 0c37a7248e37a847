"""What the stored values of a case are called on screen, and how they look.

The database stores one English word per value ("in progress", "hall visit", "stand-in 1"); people read theirs. Every
function gives an unknown value back as it is: an older program then shows a newer word instead of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.tokens import Tone

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a literal for lupdate, which knows this name."""
    return text


# fmt: off
_STATUSES: Final = {
    "new": QT_TRANSLATE_NOOP("case", "New"), "in progress": QT_TRANSLATE_NOOP("case", "In progress"),
    "waiting": QT_TRANSLATE_NOOP("case", "Waiting"), "resolved": QT_TRANSLATE_NOOP("case", "Resolved"),
    "closed": QT_TRANSLATE_NOOP("case", "Closed"), "cancelled": QT_TRANSLATE_NOOP("case", "Cancelled"),
    "merged": QT_TRANSLATE_NOOP("case", "Merged"),
}
STATUS_LOOKS: Final[Mapping[str, tuple[Tone, str]]] = {
    "new": (Tone.ACCENT, "state-new"), "in progress": (Tone.INFO, "state-open"),
    "waiting": (Tone.WARNING, "state-waiting"), "resolved": (Tone.OK, "state-done"),
    "closed": (Tone.NEUTRAL, "state-closed"), "cancelled": (Tone.NEUTRAL, "state-closed"),
    "merged": (Tone.NEUTRAL, "merge"),
}
_WAITING_ON: Final = {
    "requester": QT_TRANSLATE_NOOP("case", "Waiting for the requester"),
    "supplier": QT_TRANSLATE_NOOP("case", "Waiting for a supplier"),
    "change": QT_TRANSLATE_NOOP("case", "Waiting for a change"),
    "parts": QT_TRANSLATE_NOOP("case", "Waiting for parts"),
}
_KINDS: Final = {
    "incident": QT_TRANSLATE_NOOP("case", "Incident"), "request": QT_TRANSLATE_NOOP("case", "Request"),
    "problem": QT_TRANSLATE_NOOP("case", "Problem"),
}
_CHANNELS: Final = {
    "phone": QT_TRANSLATE_NOOP("case", "Phone"), "walk-in": QT_TRANSLATE_NOOP("case", "Walk-in"),
    "hall visit": QT_TRANSLATE_NOOP("case", "Hall visit"), "e-mail": QT_TRANSLATE_NOOP("case", "E-mail"),
    "monitoring": QT_TRANSLATE_NOOP("case", "Monitoring"), "self-service": QT_TRANSLATE_NOOP("case", "Self-service"),
}
CHANNEL_ICONS: Final = {"phone": "phone-in", "walk-in": "walk-in", "hall visit": "hall-visit", "e-mail": "mail",
                        "monitoring": "monitoring", "self-service": "self-service"}
_AUDIENCES: Final = {
    "internal": QT_TRANSLATE_NOOP("case", "Internal"),
    "requester": QT_TRANSLATE_NOOP("case", "To the requester"),
}
AUDIENCE_LOOKS: Final = {"internal": (Tone.INTERNAL, "eye-off"), "requester": (Tone.REQUESTER, "eye")}
_ENTRIES: Final = {
    "note": QT_TRANSLATE_NOOP("case", "Note"), "reply": QT_TRANSLATE_NOOP("case", "Reply"),
    "call": QT_TRANSLATE_NOOP("case", "Call"), "visit": QT_TRANSLATE_NOOP("case", "Visit"),
    "mail": QT_TRANSLATE_NOOP("case", "E-mail"), "system": QT_TRANSLATE_NOOP("case", "System"),
}
ENTRY_ICONS: Final = {"note": "note", "reply": "reply", "call": "phone", "visit": "hall-visit", "mail": "mail",
                      "system": "info"}
_ACTIVITIES: Final = {
    "remote": QT_TRANSLATE_NOOP("case", "Remote"), "phone": QT_TRANSLATE_NOOP("case", "On the phone"),
    "on site": QT_TRANSLATE_NOOP("case", "On site"), "research": QT_TRANSLATE_NOOP("case", "Research"),
    "vendor": QT_TRANSLATE_NOOP("case", "With a supplier"),
    "documentation": QT_TRANSLATE_NOOP("case", "Documentation"),
    "travel": QT_TRANSLATE_NOOP("case", "On the way"), "other": QT_TRANSLATE_NOOP("case", "Other work"),
}
_REASONS: Final = {
    "set by hand": QT_TRANSLATE_NOOP("case", "set by hand"),
    "escalated": QT_TRANSLATE_NOOP("case", "escalated"),
    "major incident": QT_TRANSLATE_NOOP("case", "major incident"),
    "product before contact": QT_TRANSLATE_NOOP("case", "the product goes to specialists first"),
    "dedicated analyst": QT_TRANSLATE_NOOP("case", "the department's dedicated analyst"),
    "stand-in 1": QT_TRANSLATE_NOOP("case", "first stand-in of the department"),
    "stand-in 2": QT_TRANSLATE_NOOP("case", "second stand-in of the department"),
    "department's queue": QT_TRANSLATE_NOOP("case", "the department's queue"),
    "product queue": QT_TRANSLATE_NOOP("case", "the product's queue"),
    "front line": QT_TRANSLATE_NOOP("case", "nobody is named, so the front line"),
    "de-escalated": QT_TRANSLATE_NOOP("case", "de-escalated"),
    "taken back": QT_TRANSLATE_NOOP("case", "taken back"),
    "no reachable owner": QT_TRANSLATE_NOOP("case", "nobody is there for it"),
}
_ROLES: Final = {
    "dedicated": QT_TRANSLATE_NOOP("case", "dedicated analyst"),
    "stand-in 1": QT_TRANSLATE_NOOP("case", "stand-in"),
    "stand-in 2": QT_TRANSLATE_NOOP("case", "second stand-in"),
}
_SEGMENTS: Final = {
    "working": QT_TRANSLATE_NOOP("case", "counted"),
    "outside hours": QT_TRANSLATE_NOOP("case", "outside working hours"),
    "holiday": QT_TRANSLATE_NOOP("case", "public holiday"),
    "closed day": QT_TRANSLATE_NOOP("case", "closed that day"),
    "waiting on requester": QT_TRANSLATE_NOOP("case", "waiting for the requester"),
    "waiting on supplier": QT_TRANSLATE_NOOP("case", "waiting for a supplier"),
    "waiting on change": QT_TRANSLATE_NOOP("case", "waiting for a change"),
    "waiting on parts": QT_TRANSLATE_NOOP("case", "waiting for parts"),
    "resolved": QT_TRANSLATE_NOOP("case", "was resolved"),
    "cancelled": QT_TRANSLATE_NOOP("case", "was cancelled"),
    "merged": QT_TRANSLATE_NOOP("case", "was merged"),
}
_LINKS: Final = {
    ("duplicate", True): QT_TRANSLATE_NOOP("case", "Duplicate of"),
    ("duplicate", False): QT_TRANSLATE_NOOP("case", "Has the duplicate"),
    ("child", True): QT_TRANSLATE_NOOP("case", "Part of"),
    ("child", False): QT_TRANSLATE_NOOP("case", "Has the part"),
    ("problem", True): QT_TRANSLATE_NOOP("case", "Caused by the problem"),
    ("problem", False): QT_TRANSLATE_NOOP("case", "Problem behind"),
    ("related", True): QT_TRANSLATE_NOOP("case", "Related to"),
    ("related", False): QT_TRANSLATE_NOOP("case", "Related to"),
}
_SATISFACTION: Final = {
    5: QT_TRANSLATE_NOOP("case", "very satisfied"), 4: QT_TRANSLATE_NOOP("case", "satisfied"),
    3: QT_TRANSLATE_NOOP("case", "neither satisfied nor dissatisfied"),
    2: QT_TRANSLATE_NOOP("case", "dissatisfied"), 1: QT_TRANSLATE_NOOP("case", "very dissatisfied"),
}  # fmt: skip
_FIELDS: Final = {
    "status": QT_TRANSLATE_NOOP("case", "Status"), "queue": QT_TRANSLATE_NOOP("case", "Queue"),
    "work_owner": QT_TRANSLATE_NOOP("case", "Work"), "contact_owner": QT_TRANSLATE_NOOP("case", "Contact"),
    "tier": QT_TRANSLATE_NOOP("case", "Tier"), "severity": QT_TRANSLATE_NOOP("case", "Severity"),
    "department": QT_TRANSLATE_NOOP("case", "Department"), "product": QT_TRANSLATE_NOOP("case", "Product"),
    "escalated": QT_TRANSLATE_NOOP("case", "With"),
}
_ROUTE_WHY: Final = {
    "chosen": QT_TRANSLATE_NOOP("case", "chosen by hand"), "nothing chosen": QT_TRANSLATE_NOOP("case", "nobody chose"),
    "available": QT_TRANSLATE_NOOP("case", "there now"),
    "after hours": QT_TRANSLATE_NOOP("case", "after working hours"),
    "absent": QT_TRANSLATE_NOOP("case", "absent"), "inactive": QT_TRANSLATE_NOOP("case", "no longer at this desk"),
    "unknown": QT_TRANSLATE_NOOP("case", "not known here"),
    "nobody named": QT_TRANSLATE_NOOP("case", "nobody is named"),
    "not a major incident": QT_TRANSLATE_NOOP("case", "not a major incident"),
    "nobody on duty": QT_TRANSLATE_NOOP("case", "nobody is on duty"),
    "not marked": QT_TRANSLATE_NOOP("case", "the product is not marked so"),
    "nobody sufficient": QT_TRANSLATE_NOOP("case", "nobody there knows it well enough"),
    "there is none": QT_TRANSLATE_NOOP("case", "there is none"),
    "nobody available": QT_TRANSLATE_NOOP("case", "nobody of it is there now"),
    "there is somebody": QT_TRANSLATE_NOOP("case", "somebody is there now"),
    "nobody speaks the language": QT_TRANSLATE_NOOP("case", "somebody is there, but nobody speaks the language"),
    "there from the next working hour": QT_TRANSLATE_NOOP("case", "back with the next working hour"),
    "nobody at all": QT_TRANSLATE_NOOP("case", "nobody at all can be asked"),
}
_LIKENESS: Final = {
    "machine": QT_TRANSLATE_NOOP("case", "same machine"), "words": QT_TRANSLATE_NOOP("case", "same words"),
    "requester": QT_TRANSLATE_NOOP("case", "same requester"),
    "department": QT_TRANSLATE_NOOP("case", "same department"),
    "product": QT_TRANSLATE_NOOP("case", "same product"), "near": QT_TRANSLATE_NOOP("case", "about the same time"),
}
_CLOSING: Final = {
    "ended already": QT_TRANSLATE_NOOP("case", "has ended already"),
    "waits on the requester": QT_TRANSLATE_NOOP("case", "waits for its requester"),
}
_OUTCOMES: Final = {
    "fixed": QT_TRANSLATE_NOOP("case", "Fixed"), "workaround": QT_TRANSLATE_NOOP("case", "Worked around"),
    "no fault found": QT_TRANSLATE_NOOP("case", "No fault found"),
    "not fixed": QT_TRANSLATE_NOOP("case", "Not fixed"),
}
_OUTSIDE: Final = {
    "developers": QT_TRANSLATE_NOOP("case", "the developers"), "supplier": QT_TRANSLATE_NOOP("case", "a supplier"),
}
# fmt: on


def _word(words: Mapping[str, str], value: str) -> str:
    return translate("case", words[value]) if value in words else value


def status(value: str) -> str:
    """A status: "In progress"."""
    return _word(_STATUSES, value)


def waiting_on(value: str) -> str:
    """What a case waits for: "Waiting for the requester"."""
    return _word(_WAITING_ON, value)


def kind(value: str) -> str:
    """The kind of a case: "Incident"."""
    return _word(_KINDS, value)


def channel(value: str) -> str:
    """How it came: "Hall visit"."""
    return _word(_CHANNELS, value)


def audience(value: str) -> str:
    """Who sees an entry: "To the requester"."""
    return _word(_AUDIENCES, value)


def entry(value: str) -> str:
    """The kind of a timeline entry: "Call"."""
    return _word(_ENTRIES, value)


def activity(value: str) -> str:
    """What time was spent on: "On site"."""
    return _word(_ACTIVITIES, value)


def reason(value: str) -> str:
    """Why a case went where it is: "the department's dedicated analyst"."""
    return _word(_REASONS, value)


def role(value: str) -> str:
    """What somebody is for a department: "stand-in"."""
    return _word(_ROLES, value)


def segment(why: str, detail: str = "") -> str:
    """Why time counted or not: "public holiday: Epiphany"."""
    word = _word(_SEGMENTS, why)
    return f"{word}: {detail}" if detail else word


def link(value: str, outgoing: bool) -> str:
    """How two cases hang together, seen from this one: "Duplicate of"."""
    known = _LINKS.get((value, outgoing))
    return translate("case", known) if known else value


def satisfaction(score: int) -> str:
    """What whoever asked says, with its number: "4 of 5, satisfied"."""
    return translate("case", "{score} of 5, {words}").format(score=score, words=translate("case", _SATISFACTION[score]))


def field(value: str) -> str:
    """The name of a field in the timeline: "Severity"."""
    return _word(_FIELDS, value)


def route_why(value: str) -> str:
    """Why a routing rule was taken or not: "after working hours"."""
    return _word(_ROUTE_WHY, value)


def likeness(value: str) -> str:
    """By what two cases are alike: "same machine"."""
    return _word(_LIKENESS, value)


def closing(value: str) -> str:
    """Why a case is not closed with the others; "" for one that is."""
    return _word(_CLOSING, value) if value else ""


def outcome(value: str) -> str:
    """What became of it: "Worked around"."""
    return _word(_OUTCOMES, value)


def outside(value: str) -> str:
    """To whom a case was escalated outside the desk: "the developers"."""
    return _word(_OUTSIDE, value)


def severity_icon(rank: int) -> str:
    """The drawing of a severity; beyond the fifth all look alike."""
    return f"severity-{min(max(rank, 1), 5)}"


def severity_tone(rank: int) -> Tone:
    """The colour of a severity."""
    return {1: Tone.DANGER, 2: Tone.WARNING}.get(rank, Tone.NEUTRAL)
