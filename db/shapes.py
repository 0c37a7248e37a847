"""The shared tables as the running program needs them. Made from db/models by packaging/shapes.py.

One class per table, named like its model: the token that `Transaction.insert(Case, ...)` takes, with the columns that
travel in the log. `kinds` is what a column holds, `rules` how it merges where that is not "scalar", `defaults` what an
insert leaves out, `unique` the columns of uniqueness rules beyond the id.
"""

from __future__ import annotations

from typing import ClassVar, Final

Plain = int | float | str | bytes
Kinds = dict[str, type[Plain]]
Rules = dict[str, str]
Defaults = dict[str, Plain]


class Shape:
    """What a table is known by."""

    __tablename__: ClassVar[str]
    kinds: ClassVar[Kinds]
    rules: ClassVar[Rules] = {}
    defaults: ClassVar[Defaults] = {}
    unique: ClassVar[frozenset[str]] = frozenset()


class Calendar(Shape):
    __tablename__ = "calendar"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "time_zone": str,
        "shifts": str,
        "country": str,
        "region": str,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class CallInterval(Shape):
    __tablename__ = "call_interval"
    kinds: ClassVar[Kinds] = {
        "starts_at": int,
        "offered": int,
        "answered": int,
        "handle_seconds": int,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["starts_at"])


class MetricTarget(Shape):
    __tablename__ = "metric_target"
    kinds: ClassVar[Kinds] = {
        "metric": str,
        "valid_from": str,
        "value": float,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["metric", "valid_from"])


class Severity(Shape):
    __tablename__ = "severity"
    kinds: ClassVar[Kinds] = {
        "rank": int,
        "name": str,
        "response_minutes": int,
        "fix_minutes": int,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["rank"])


class Site(Shape):
    __tablename__ = "site"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "time_zone": str,
        "language": str,
        "founded_at": int,
        "schema": int,
    }
    rules: ClassVar[Rules] = {"founded_at": "once", "schema": "cas"}
    defaults: ClassVar[Defaults] = {"time_zone": "UTC", "language": "en", "schema": 1}


class SiteSetting(Shape):
    __tablename__ = "site_setting"
    kinds: ClassVar[Kinds] = {
        "key": str,
        "value": str,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["key"])


class Template(Shape):
    __tablename__ = "template"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "short": str,
        "language": str,
        "audience": str,
        "text": str,
    }
    rules: ClassVar[Rules] = {"text": "text"}
    defaults: ClassVar[Defaults] = {"short": "", "audience": "requester"}
    unique: ClassVar[frozenset[str]] = frozenset(["language", "name"])


class Analyst(Shape):
    __tablename__ = "analyst"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "role": str,
        "tier": int,
        "languages": str,
        "email": str,
        "phone": str,
        "calendar_id": bytes,
        "active": int,
    }
    defaults: ClassVar[Defaults] = {"role": "analyst", "tier": 1, "languages": "", "active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class ClosedDay(Shape):
    __tablename__ = "closed_day"
    kinds: ClassVar[Kinds] = {
        "calendar_id": bytes,
        "day": str,
        "reason": str,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["calendar_id", "day"])


class Department(Shape):
    __tablename__ = "department"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "parent_id": bytes,
        "cost_centre": str,
        "headcount": int,
        "language": str,
        "calendar_id": bytes,
        "significance": int,
        "sponsor": str,
        "review_date": str,
        "dossier": str,
        "active": int,
        "external_ref": str,
    }
    rules: ClassVar[Rules] = {"dossier": "text"}
    defaults: ClassVar[Defaults] = {"significance": 2, "dossier": "", "active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class Article(Shape):
    __tablename__ = "article"
    kinds: ClassVar[Kinds] = {
        "title": str,
        "problem": str,
        "cause": str,
        "solution": str,
        "language": str,
        "state": str,
        "audience": str,
        "owner_id": bytes,
        "review_date": str,
        "created_at": int,
        "updated_at": int,
        "external_ref": str,
    }
    rules: ClassVar[Rules] = {"problem": "text", "cause": "text", "solution": "text", "updated_at": "latest"}
    defaults: ClassVar[Defaults] = {
        "problem": "",
        "cause": "",
        "solution": "",
        "language": "en",
        "state": "rough",
        "audience": "team",
    }
    unique: ClassVar[frozenset[str]] = frozenset(["external_ref"])


class DeskKey(Shape):
    __tablename__ = "desk_key"
    kinds: ClassVar[Kinds] = {
        "generation": int,
        "proof": bytes,
        "made_at": int,
        "made_by_id": bytes,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["generation"])


class Device(Shape):
    __tablename__ = "device"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "name": str,
        "public_key": bytes,
        "sealing_key": bytes,
        "enrolled_at": int,
        "revoked_at": int,
        "revoked_by_id": bytes,
    }
    rules: ClassVar[Rules] = {
        "public_key": "once",
        "sealing_key": "once",
        "revoked_at": "once",
        "revoked_by_id": "once",
    }
    unique: ClassVar[frozenset[str]] = frozenset(["public_key"])


class DossierVersion(Shape):
    __tablename__ = "dossier_version"
    kinds: ClassVar[Kinds] = {
        "department_id": bytes,
        "at": int,
        "author_id": bytes,
        "on_behalf_of_id": bytes,
        "text": str,
    }
    rules: ClassVar[Rules] = {"department_id": "once"}


class Place(Shape):
    __tablename__ = "place"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "kind": str,
        "parent_id": bytes,
        "department_id": bytes,
    }
    defaults: ClassVar[Defaults] = {"kind": "room"}
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class Queue(Shape):
    __tablename__ = "queue"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "kind": str,
        "tier": int,
        "department_id": bytes,
        "description": str,
        "position": int,
        "active": int,
        "hold_minutes": int,
        "then_queue_id": bytes,
    }
    rules: ClassVar[Rules] = {"description": "text"}
    defaults: ClassVar[Defaults] = {"tier": 1, "description": "", "position": 0, "active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class Rate(Shape):
    __tablename__ = "rate"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "valid_from": str,
        "cents": int,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["analyst_id", "valid_from"])


class SeverityOverride(Shape):
    __tablename__ = "severity_override"
    kinds: ClassVar[Kinds] = {
        "department_id": bytes,
        "severity": int,
        "response_minutes": int,
        "fix_minutes": int,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["department_id", "severity"])


class StaffNote(Shape):
    __tablename__ = "staff_note"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "author_id": bytes,
        "at": int,
        "kind": str,
        "text": str,
    }
    rules: ClassVar[Rules] = {"text": "text"}


class TeamWord(Shape):
    __tablename__ = "team_word"
    kinds: ClassVar[Kinds] = {
        "word": str,
        "added_by_id": bytes,
        "added_at": int,
    }
    rules: ClassVar[Rules] = {"word": "once", "added_by_id": "once", "added_at": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["word"])


class View(Shape):
    __tablename__ = "view"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "owner_id": bytes,
        "definition": str,
        "position": int,
    }
    defaults: ClassVar[Defaults] = {"position": 0}


class ArticleDepartment(Shape):
    __tablename__ = "article_department"
    kinds: ClassVar[Kinds] = {
        "article_id": bytes,
        "department_id": bytes,
    }
    rules: ClassVar[Rules] = {"article_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["article_id", "department_id"])


class ArticleTag(Shape):
    __tablename__ = "article_tag"
    kinds: ClassVar[Kinds] = {
        "article_id": bytes,
        "tag": str,
    }
    rules: ClassVar[Rules] = {"article_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["article_id", "tag"])


class ArticleVersion(Shape):
    __tablename__ = "article_version"
    kinds: ClassVar[Kinds] = {
        "article_id": bytes,
        "at": int,
        "author_id": bytes,
        "title": str,
        "problem": str,
        "cause": str,
        "solution": str,
        "state": str,
        "comment": str,
    }
    rules: ClassVar[Rules] = {"article_id": "once"}


class Coverage(Shape):
    __tablename__ = "coverage"
    kinds: ClassVar[Kinds] = {
        "department_id": bytes,
        "primary_id": bytes,
        "stand_in1_id": bytes,
        "stand_in2_id": bytes,
        "queue_id": bytes,
        "valid_from": str,
        "valid_to": str,
        "why": str,
        "review_date": str,
        "swap_day": str,
        "predecessor_id": bytes,
        "confirmed_at": int,
    }
    rules: ClassVar[Rules] = {
        "primary_id": "cas",
        "stand_in1_id": "cas",
        "stand_in2_id": "cas",
        "predecessor_id": "once",
        "confirmed_at": "once",
    }


class Invitation(Shape):
    __tablename__ = "invitation"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "role": str,
        "analyst_id": bytes,
        "enrol_key": bytes,
        "generation": int,
        "invited_at": int,
        "expires_at": int,
        "invited_by_id": bytes,
        "used_by_id": bytes,
        "withdrawn_at": int,
    }
    rules: ClassVar[Rules] = {"enrol_key": "once", "used_by_id": "cas", "withdrawn_at": "once"}


class Product(Shape):
    __tablename__ = "product"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "parent_id": bytes,
        "launch_date": str,
        "support": str,
        "queue_id": bytes,
        "before_contact": int,
        "needs_level": int,
        "active": int,
    }
    defaults: ClassVar[Defaults] = {"support": "supported", "before_contact": 0, "needs_level": 1, "active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["name"])


class QueueMember(Shape):
    __tablename__ = "queue_member"
    kinds: ClassVar[Kinds] = {
        "queue_id": bytes,
        "analyst_id": bytes,
        "level": int,
        "schedulable": int,
    }
    defaults: ClassVar[Defaults] = {"level": 2, "schedulable": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["analyst_id", "queue_id"])


class Requester(Shape):
    __tablename__ = "requester"
    kinds: ClassVar[Kinds] = {
        "name": str,
        "place_id": bytes,
        "department_id": bytes,
        "phone": str,
        "email": str,
        "language": str,
        "active": int,
        "external_ref": str,
    }
    defaults: ClassVar[Defaults] = {"active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["external_ref"])


class Shift(Shape):
    __tablename__ = "shift"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "queue_id": bytes,
        "starts_at": int,
        "ends_at": int,
        "duty": str,
    }
    rules: ClassVar[Rules] = {"analyst_id": "cas", "starts_at": "cas", "ends_at": "cas"}
    defaults: ClassVar[Defaults] = {"duty": "hotline"}


class WrappedKey(Shape):
    __tablename__ = "wrapped_key"
    kinds: ClassVar[Kinds] = {
        "device_id": bytes,
        "generation": int,
        "wrapped": bytes,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["device_id", "generation"])


class Absence(Shape):
    __tablename__ = "absence"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "from_day": str,
        "to_day": str,
        "kind": str,
        "entered_by_id": bytes,
        "coverage_id": bytes,
        "confirmed_at": int,
        "note": str,
    }
    rules: ClassVar[Rules] = {"coverage_id": "once", "confirmed_at": "latest"}


class ArticleProduct(Shape):
    __tablename__ = "article_product"
    kinds: ClassVar[Kinds] = {
        "article_id": bytes,
        "product_id": bytes,
    }
    rules: ClassVar[Rules] = {"article_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["article_id", "product_id"])


class Asset(Shape):
    __tablename__ = "asset"
    kinds: ClassVar[Kinds] = {
        "tag": str,
        "name": str,
        "product_id": bytes,
        "department_id": bytes,
        "place_id": bytes,
        "serial": str,
        "active": int,
    }
    defaults: ClassVar[Defaults] = {"active": 1}
    unique: ClassVar[frozenset[str]] = frozenset(["tag"])


class FrozenReport(Shape):
    __tablename__ = "frozen_report"
    kinds: ClassVar[Kinds] = {
        "week": str,
        "department_id": bytes,
        "analyst_id": bytes,
        "product_id": bytes,
        "log_seq": int,
        "made_at": int,
        "made_by_id": bytes,
        "comment": str,
        "figures": str,
        "document": bytes,
    }
    rules: ClassVar[Rules] = {"comment": "text", "document": "once"}
    defaults: ClassVar[Defaults] = {"comment": ""}


class Skill(Shape):
    __tablename__ = "skill"
    kinds: ClassVar[Kinds] = {
        "analyst_id": bytes,
        "product_id": bytes,
        "level": int,
        "last_used": str,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["analyst_id", "product_id"])


class Acknowledgement(Shape):
    __tablename__ = "acknowledgement"
    kinds: ClassVar[Kinds] = {
        "absence_id": bytes,
        "analyst_id": bytes,
        "at": int,
        "to_day": str,
    }
    rules: ClassVar[Rules] = {"absence_id": "once", "analyst_id": "once", "at": "latest"}
    unique: ClassVar[frozenset[str]] = frozenset(["absence_id", "analyst_id"])


class Case(Shape):
    __tablename__ = "case"
    kinds: ClassVar[Kinds] = {
        "number": int,
        "kind": str,
        "title": str,
        "description": str,
        "channel": str,
        "requester_id": bytes,
        "department_id": bytes,
        "product_id": bytes,
        "place_id": bytes,
        "asset_id": bytes,
        "severity": int,
        "tier": int,
        "queue_id": bytes,
        "contact_owner_id": bytes,
        "work_owner_id": bytes,
        "route_reason": str,
        "status": str,
        "waiting_on": str,
        "next_step": str,
        "next_step_by_id": bytes,
        "next_step_at": int,
        "opened_at": int,
        "first_response_at": int,
        "resolved_at": int,
        "ended_at": int,
        "updated_at": int,
        "response_promised_at": int,
        "fix_promised_at": int,
        "resolution": str,
        "cause": str,
        "permanent_fix_wanted": int,
        "outcome": str,
        "documented": str,
        "workaround": str,
        "escalated_to": str,
        "escalated_ref": str,
        "reopen_count": int,
        "hops": int,
        "major": int,
        "executive_complaint": int,
        "outside_it": int,
        "abusive_contact": int,
        "external_source": str,
        "external_ref": str,
    }
    rules: ClassVar[Rules] = {
        "number": "folded",
        "description": "text",
        "tier": "cas",
        "queue_id": "cas",
        "contact_owner_id": "cas",
        "work_owner_id": "cas",
        "route_reason": "derived",
        "status": "status",
        "waiting_on": "scalar with status",
        "first_response_at": "earliest",
        "resolved_at": "with status",
        "ended_at": "with status",
        "updated_at": "latest",
        "response_promised_at": "with status",
        "fix_promised_at": "with status",
        "resolution": "text",
        "cause": "text",
        "workaround": "text",
        "reopen_count": "counter with status",
        "hops": "counter",
        "external_source": "once",
        "external_ref": "once",
    }
    defaults: ClassVar[Defaults] = {
        "kind": "incident",
        "description": "",
        "channel": "phone",
        "tier": 1,
        "status": "new",
        "permanent_fix_wanted": 0,
        "reopen_count": 0,
        "hops": 0,
        "major": 0,
        "executive_complaint": 0,
        "outside_it": 0,
        "abusive_contact": 0,
    }
    unique: ClassVar[frozenset[str]] = frozenset(["external_ref", "external_source", "number"])


class ArticleUse(Shape):
    __tablename__ = "article_use"
    kinds: ClassVar[Kinds] = {
        "article_id": bytes,
        "case_id": bytes,
        "analyst_id": bytes,
        "at": int,
        "helped": int,
    }
    rules: ClassVar[Rules] = {"article_id": "once", "case_id": "once"}


class CaseEvent(Shape):
    __tablename__ = "case_event"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "at": int,
        "field": str,
        "old": str,
        "new": str,
        "old_id": bytes,
        "new_id": bytes,
        "author_id": bytes,
        "on_behalf_of_id": bytes,
        "reason": str,
        "source_row": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once"}


class CaseLink(Shape):
    __tablename__ = "case_link"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "other_id": bytes,
        "kind": str,
        "made_by_id": bytes,
        "made_at": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once", "other_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["case_id", "kind", "other_id"])


class CaseTag(Shape):
    __tablename__ = "case_tag"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "tag": str,
    }
    rules: ClassVar[Rules] = {"case_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["case_id", "tag"])


class CaseWatcher(Shape):
    __tablename__ = "case_watcher"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "analyst_id": bytes,
    }
    rules: ClassVar[Rules] = {"case_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["analyst_id", "case_id"])


class Handover(Shape):
    __tablename__ = "handover"
    kinds: ClassVar[Kinds] = {
        "absence_id": bytes,
        "case_id": bytes,
        "owner_id": bytes,
        "to_id": bytes,
        "decision": str,
        "note": str,
        "made_by_id": bytes,
        "made_at": int,
        "returned": str,
        "returned_at": int,
    }
    rules: ClassVar[Rules] = {
        "absence_id": "once",
        "case_id": "once",
        "owner_id": "once",
        "made_by_id": "once",
        "made_at": "latest",
        "returned_at": "latest",
    }
    defaults: ClassVar[Defaults] = {"decision": "watch"}
    unique: ClassVar[frozenset[str]] = frozenset(["absence_id", "case_id"])


class Reminder(Shape):
    __tablename__ = "reminder"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "analyst_id": bytes,
        "at": int,
        "text": str,
        "hides": int,
        "done": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once"}
    defaults: ClassVar[Defaults] = {"text": "", "hides": 0, "done": 0}


class Satisfaction(Shape):
    __tablename__ = "satisfaction"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "score": int,
        "words": str,
        "at": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once"}


class TimeEntry(Shape):
    __tablename__ = "time_entry"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "analyst_id": bytes,
        "minutes": int,
        "work_date": str,
        "activity": str,
        "note": str,
        "entered_at": int,
        "replaces_id": bytes,
    }
    rules: ClassVar[Rules] = {"case_id": "once", "replaces_id": "once"}
    defaults: ClassVar[Defaults] = {"activity": "other"}


class TimelineEntry(Shape):
    __tablename__ = "timeline_entry"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "at": int,
        "kind": str,
        "audience": str,
        "author_id": bytes,
        "on_behalf_of_id": bytes,
        "text": str,
        "counts_as_response": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once", "text": "text"}
    defaults: ClassVar[Defaults] = {"audience": "internal", "counts_as_response": 0}


class Attachment(Shape):
    __tablename__ = "attachment"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "article_id": bytes,
        "entry_id": bytes,
        "sha256": bytes,
        "chunks": bytes,
        "name": str,
        "media_type": str,
        "size": int,
        "added_by_id": bytes,
        "added_at": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once", "article_id": "once", "entry_id": "once"}


class Mention(Shape):
    __tablename__ = "mention"
    kinds: ClassVar[Kinds] = {
        "case_id": bytes,
        "entry_id": bytes,
        "analyst_id": bytes,
        "by_id": bytes,
        "at": int,
    }
    rules: ClassVar[Rules] = {"case_id": "once", "entry_id": "once"}
    unique: ClassVar[frozenset[str]] = frozenset(["analyst_id", "entry_id"])


SHARED: Final[dict[str, type[Shape]]] = {
    "calendar": Calendar,
    "call_interval": CallInterval,
    "metric_target": MetricTarget,
    "severity": Severity,
    "site": Site,
    "site_setting": SiteSetting,
    "template": Template,
    "analyst": Analyst,
    "closed_day": ClosedDay,
    "department": Department,
    "article": Article,
    "desk_key": DeskKey,
    "device": Device,
    "dossier_version": DossierVersion,
    "place": Place,
    "queue": Queue,
    "rate": Rate,
    "severity_override": SeverityOverride,
    "staff_note": StaffNote,
    "team_word": TeamWord,
    "view": View,
    "article_department": ArticleDepartment,
    "article_tag": ArticleTag,
    "article_version": ArticleVersion,
    "coverage": Coverage,
    "invitation": Invitation,
    "product": Product,
    "queue_member": QueueMember,
    "requester": Requester,
    "shift": Shift,
    "wrapped_key": WrappedKey,
    "absence": Absence,
    "article_product": ArticleProduct,
    "asset": Asset,
    "frozen_report": FrozenReport,
    "skill": Skill,
    "acknowledgement": Acknowledgement,
    "case": Case,
    "article_use": ArticleUse,
    "case_event": CaseEvent,
    "case_link": CaseLink,
    "case_tag": CaseTag,
    "case_watcher": CaseWatcher,
    "handover": Handover,
    "reminder": Reminder,
    "satisfaction": Satisfaction,
    "time_entry": TimeEntry,
    "timeline_entry": TimelineEntry,
    "attachment": Attachment,
    "mention": Mention,
}
"""Every table that travels in the shared log, parents before children."""
