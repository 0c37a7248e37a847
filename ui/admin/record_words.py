"""What records and their fields are called on screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from app.records.kinds import FieldSpec
from ui.actions import QT_TRANSLATE_NOOP

# fmt: off
TITLES: Final = {
    "queue": QT_TRANSLATE_NOOP("records", "Queues"), "analyst": QT_TRANSLATE_NOOP("records", "Analysts"),
    "department": QT_TRANSLATE_NOOP("records", "Departments"), "product": QT_TRANSLATE_NOOP("records", "Products"),
    "place": QT_TRANSLATE_NOOP("records", "Places"), "asset": QT_TRANSLATE_NOOP("records", "Machines and PCs"),
    "severity": QT_TRANSLATE_NOOP("records", "Severities and targets"),
    "calendar": QT_TRANSLATE_NOOP("records", "Calendars"), "template": QT_TRANSLATE_NOOP("records", "Templates"),
}
TOLD: Final = {
    "queue": QT_TRANSLATE_NOOP(
        "records",
        "Where cases wait, and who takes them from there. A queue with fewer than "
        "two members who are there today is marked.",
    ),
    "analyst": QT_TRANSLATE_NOOP(
        "records",
        "Who works cases, what each knows, and when each is there. Somebody new "
        "enters by an invitation.",
    ),
    "department": QT_TRANSLATE_NOOP(
        "records",
        "The customers of the help desk, with their hours, their targets and what "
        "one should know about them.",
    ),
    "product": QT_TRANSLATE_NOOP("records", "What is supported, by which queue, and how well one must know it."),
    "place": QT_TRANSLATE_NOOP("records", "Halls, lines and rooms: where machines stand and people call from."),
    "asset": QT_TRANSLATE_NOOP("records", "Whatever has a tag that can be read out on the phone."),
    "severity": QT_TRANSLATE_NOOP(
        "records",
        "How bad it can be, and within how many working minutes it is answered and "
        "fixed.",
    ),
    "calendar": QT_TRANSLATE_NOOP(
        "records",
        "Working hours, public holidays and closed days; due times are counted in "
        "them.",
    ),
    "template": QT_TRANSLATE_NOOP("records", "Texts for the composer; names in braces are filled from the case."),
}
_FIELDS: Final = {
    "name": QT_TRANSLATE_NOOP("records", "Name"), "kind": QT_TRANSLATE_NOOP("records", "Kind"),
    "tier": QT_TRANSLATE_NOOP("records", "Tier"), "department_id": QT_TRANSLATE_NOOP("records", "Department"),
    "position": QT_TRANSLATE_NOOP("records", "Position in the navigation"),
    "hold_minutes": QT_TRANSLATE_NOOP("records", "A case stays at most"),
    "then_queue_id": QT_TRANSLATE_NOOP("records", "Then it goes on to"),
    "description": QT_TRANSLATE_NOOP("records", "Description"), "active": QT_TRANSLATE_NOOP("records", "In use"),
    "analyst_id": QT_TRANSLATE_NOOP("records", "Analyst"), "level": QT_TRANSLATE_NOOP("records", "Level"),
    "schedulable": QT_TRANSLATE_NOOP("records", "Gets cases by rule"), "role": QT_TRANSLATE_NOOP("records", "Role"),
    "languages": QT_TRANSLATE_NOOP("records", "Languages"), "email": QT_TRANSLATE_NOOP("records", "E-mail"),
    "phone": QT_TRANSLATE_NOOP("records", "Phone"), "calendar_id": QT_TRANSLATE_NOOP("records", "Hours"),
    "product_id": QT_TRANSLATE_NOOP("records", "Product"), "last_used": QT_TRANSLATE_NOOP("records", "Last used"),
    "valid_from": QT_TRANSLATE_NOOP("records", "Valid from"), "cents": QT_TRANSLATE_NOOP("records", "Per hour"),
    "parent_id": QT_TRANSLATE_NOOP("records", "Belongs to"), "cost_centre": QT_TRANSLATE_NOOP("records", "Cost centre"),
    "headcount": QT_TRANSLATE_NOOP("records", "People"), "language": QT_TRANSLATE_NOOP("records", "Language"),
    "significance": QT_TRANSLATE_NOOP("records", "Significance (1: watched)"),
    "sponsor": QT_TRANSLATE_NOOP("records", "Sponsor"), "review_date": QT_TRANSLATE_NOOP("records", "Review on"),
    "dossier": QT_TRANSLATE_NOOP("records", "Dossier"),
    "external_ref": QT_TRANSLATE_NOOP("records", "Reference elsewhere"),
    "severity": QT_TRANSLATE_NOOP("records", "Severity"),
    "response_minutes": QT_TRANSLATE_NOOP("records", "Answered within"),
    "fix_minutes": QT_TRANSLATE_NOOP("records", "Fixed within"), "support": QT_TRANSLATE_NOOP("records", "Support"),
    "queue_id": QT_TRANSLATE_NOOP("records", "Queue"),
    "before_contact": QT_TRANSLATE_NOOP("records", "Specialists first, the contact stays"),
    "needs_level": QT_TRANSLATE_NOOP("records", "Least level of skill"),
    "launch_date": QT_TRANSLATE_NOOP("records", "In use since"), "tag": QT_TRANSLATE_NOOP("records", "Tag"),
    "place_id": QT_TRANSLATE_NOOP("records", "Place"), "serial": QT_TRANSLATE_NOOP("records", "Serial number"),
    "rank": QT_TRANSLATE_NOOP("records", "Rank (1: the worst)"), "time_zone": QT_TRANSLATE_NOOP("records", "Time zone"),
    "shifts": QT_TRANSLATE_NOOP("records", "Shifts"),
    "country": QT_TRANSLATE_NOOP("records", "Holidays of the country"),
    "region": QT_TRANSLATE_NOOP("records", "Region"), "day": QT_TRANSLATE_NOOP("records", "Day"),
    "reason": QT_TRANSLATE_NOOP("records", "Why"), "audience": QT_TRANSLATE_NOOP("records", "For"),
    "short": QT_TRANSLATE_NOOP("records", "Typed after a slash"), "text": QT_TRANSLATE_NOOP("records", "Text"),
}
CHILDREN: Final = {
    "queue_member": QT_TRANSLATE_NOOP("records", "Members"), "skill": QT_TRANSLATE_NOOP("records", "Skills"),
    "rate": QT_TRANSLATE_NOOP("records", "Hourly rates"),
    "severity_override": QT_TRANSLATE_NOOP("records", "Targets of its own"),
    "closed_day": QT_TRANSLATE_NOOP("records", "Closed days"),
}
ADD: Final = {
    "queue_member": QT_TRANSLATE_NOOP("records", "Add a member"), "skill": QT_TRANSLATE_NOOP("records", "Add a skill"),
    "rate": QT_TRANSLATE_NOOP("records", "Add a rate"),
    "severity_override": QT_TRANSLATE_NOOP("records", "Add a target"),
    "closed_day": QT_TRANSLATE_NOOP("records", "Add a closed day"),
}
_VALUES: Final = {
    "front line": QT_TRANSLATE_NOOP("records", "Front line"), "product": QT_TRANSLATE_NOOP("records", "Product"),
    "department": QT_TRANSLATE_NOOP("records", "Department"), "analyst": QT_TRANSLATE_NOOP("records", "Analyst"),
    "supervisor": QT_TRANSLATE_NOOP("records", "Supervisor"),
    "administrator": QT_TRANSLATE_NOOP("records", "Administrator"),
    "supported": QT_TRANSLATE_NOOP("records", "Supported"),
    "best effort": QT_TRANSLATE_NOOP("records", "As far as it goes"),
    "not supported": QT_TRANSLATE_NOOP("records", "Not supported"),
    "internal": QT_TRANSLATE_NOOP("records", "Internal"), "requester": QT_TRANSLATE_NOOP("records", "To the requester"),
}
# fmt: on


def said(words: str) -> str:
    """A text of this module in the language that is on."""
    return QCoreApplication.translate("records", words)


def field_words(name: str) -> str:
    """A field."""
    return said(_FIELDS.get(name, name))


def value_words(spec: FieldSpec, value: object) -> str:
    """A stored word."""
    return said(_VALUES.get(str(value), str(value))) if spec.kind == "choice" else str(value)
