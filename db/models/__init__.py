"""Typed tables of the replica. One place to import them from; `SHARED` names those that travel in the log."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from db.models.base import Base
from db.models.cases import (
    Attachment,
    CallInterval,
    Case,
    CaseEvent,
    CaseLink,
    CaseTag,
    CaseWatcher,
    FrozenReport,
    Handover,
    Mention,
    MetricTarget,
    Reminder,
    Satisfaction,
    Template,
    TimeEntry,
    TimelineEntry,
)
from db.models.knowledge import (
    Article,
    ArticleDepartment,
    ArticleProduct,
    ArticleTag,
    ArticleUse,
    ArticleVersion,
    TeamWord,
)
from db.models.local import (
    AppliedTx,
    ArticleText,
    AuthorityEntry,
    CaseRead,
    CaseText,
    CaseTouched,
    CollectedChunk,
    Conflict,
    Draft,
    EpochOpening,
    Journal,
    KeptFile,
    LogEntry,
    LostTx,
    Meta,
    PendingTx,
    WeekSheet,
)
from db.models.people import (
    Absence,
    Acknowledgement,
    Analyst,
    Asset,
    Calendar,
    ClosedDay,
    Coverage,
    Department,
    DeskKey,
    Device,
    Invitation,
    Place,
    Product,
    Queue,
    QueueMember,
    Rate,
    Requester,
    Severity,
    SeverityOverride,
    Shift,
    Site,
    SiteSetting,
    Skill,
    StaffNote,
    View,
    WrappedKey,
)

SHARED: Final[dict[str, Table]] = {t.name: t for t in Base.metadata.sorted_tables if not t.info.get("local")}
"""Every table that travels in the shared log, parents before children."""


def model_of(table: str) -> type[Base]:
    """The mapped class of a shared table. Errors: KeyError."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is SHARED[table]:
            return mapper.class_
    raise KeyError(table)


__all__ = [
    "SHARED", "Absence", "Acknowledgement", "Analyst", "AppliedTx", "Article", "ArticleDepartment", "ArticleProduct",
    "ArticleTag", "ArticleText", "ArticleUse", "ArticleVersion", "Asset", "Attachment", "AuthorityEntry", "Base",
    "Calendar", "CallInterval", "Case", "CaseEvent", "CaseLink", "CaseRead", "CaseTag", "CaseText", "CaseTouched",
    "CaseWatcher", "ClosedDay", "CollectedChunk", "Conflict", "Coverage", "Department", "DeskKey", "Device",
    "Draft", "EpochOpening", "FrozenReport", "Handover", "Invitation", "Journal", "KeptFile", "LogEntry", "LostTx",
    "Mention", "Meta", "MetricTarget", "PendingTx", "Place", "Product", "Queue", "QueueMember", "Rate", "Reminder",
    "Requester", "Satisfaction", "Severity", "SeverityOverride", "Shift", "Site", "SiteSetting", "Skill",
    "StaffNote", "TeamWord", "Template", "TimeEntry", "TimelineEntry", "View", "WeekSheet", "WrappedKey", "model_of",
]  # fmt: skip
