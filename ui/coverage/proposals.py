"""Doing what a finding proposes: one verb with one undo, or the dialog in which somebody must say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app import texts_coverage
from app.work.coverage_checks import Finding
from ui.coverage.reading import Shown
from ui.notices import NoticeAction
from ui.services import Services
from ui.written import language_now

if TYPE_CHECKING:
    from app.work.coverage_checks import Proposal

translate = QCoreApplication.translate
FOR_SUPERVISORS = ("stand-in", "review", "swap", "cover")


def proposal_words(finding: Finding, shown: Shown) -> str:
    """What pressing it does; "" where nothing is proposed."""
    wanted = finding.proposal
    if wanted is not None and wanted.what == "acknowledge" and wanted.who == shown.me:
        return translate("coverage", "I know, I stand in")  # nobody is asked to ask himself
    return texts_coverage.proposal(finding, language_now(), shown.name)


def may_carry_out(finding: Finding, shown: Shown) -> bool:
    """Whether pressing it can do something for who sits here: agreements are for supervisors, an absence for who is
    away and supervisors; the rest asks somebody."""
    wanted = finding.proposal
    if wanted is None:
        return False
    if wanted.what in FOR_SUPERVISORS:
        return shown.boss
    if wanted.what in ("dates", "remove"):
        return shown.boss or finding.who == shown.me
    return True


def carry_out(services: Services, shown: Shown, finding: Finding, parent: QWidget | None = None) -> None:
    """Do it, or open what asks for the rest."""
    wanted = finding.proposal
    if wanted is None or not may_carry_out(finding, shown):
        return
    said = texts_coverage.proposal(finding, language_now(), shown.name)
    if wanted.what == "stand-in":
        services.run(lambda desk: desk.agreements.change(_need(wanted.cover), {wanted.slot: wanted.who}), said=said)
    elif wanted.what == "dates":
        services.run(lambda desk: desk.absences.move(_need(wanted.absence), wanted.first, wanted.last), said=said)
    elif wanted.what == "remove":
        services.run(lambda desk: desk.absences.take_back(_need(wanted.absence)), said=said)
    elif wanted.what == "review":
        services.run(lambda desk: desk.agreements.review(_need(wanted.cover)), said=translate("coverage", "Reviewed"))
    elif wanted.what == "swap":
        _swap(services, shown, wanted)
    elif wanted.what == "end":
        _still_away(services, shown, wanted, parent)
    elif wanted.what == "cover":
        from ui.coverage.agreement_dialogs import AgreementDialog

        cover = next((one for one in shown.agreements if one.department == finding.department
                      and one.holds(shown.today)), None)  # fmt: skip
        AgreementDialog(services, shown, parent, department=finding.department, cover=cover).open()
    elif wanted.what == "confirm" and wanted.who == shown.me and wanted.cover is not None:
        from ui.coverage.dialogs import TakeOverDialog

        TakeOverDialog(services, shown, wanted.cover, parent).open()
    elif wanted.what == "acknowledge" and wanted.who == shown.me:
        services.run(
            lambda desk: desk.absences.acknowledge(_need(wanted.absence)), said=translate("coverage", "Acknowledged")
        )
    else:
        _ask(services, shown, finding, wanted, parent)


def _swap(services: Services, shown: Shown, wanted: Proposal) -> None:
    cover = shown.cover(wanted.cover)
    pair = " – ".join(shown.name(who) for who in cover.people[:2]) if cover is not None else ""
    said = translate("coverage", "A swap day is agreed on: {pair}").format(pair=pair)
    services.run(lambda desk: desk.agreements.swap(_need(wanted.cover)), said=said)


def _still_away(services: Services, shown: Shown, wanted: Proposal, parent: QWidget | None) -> None:
    from ui.coverage.dialogs import StillAwayDialog

    line = shown.absence(wanted.absence)
    if line is not None:
        StillAwayDialog(services, shown, line.spell, parent).open()


def _ask(services: Services, shown: Shown, finding: Finding, wanted: Proposal, parent: QWidget | None) -> None:
    """Nobody can say it for somebody else: how to reach them, and who else could do it."""
    who = shown.name(wanted.who)
    phone = shown.phones.get(wanted.who or b"", "")
    words = translate("coverage", "{who} is asked at the own workstation each morning.").format(who=who)
    if phone:
        words += " " + translate("coverage", "Telephone: {phone}").format(phone=phone)
    actions = []
    cover = next(
        (one for one in shown.agreements if one.holds(shown.today) and finding.who == one.primary
         and wanted.who in one.people), None,
    )  # fmt: skip
    if shown.boss and cover is not None:

        def other() -> None:
            from ui.coverage.agreement_dialogs import AgreementDialog

            AgreementDialog(services, shown, parent, department=cover.department, cover=cover).open()

        actions.append(NoticeAction(translate("coverage", "Choose somebody else…"), other))
    services.notices.info(words, *actions)


def _need(row: bytes | None) -> bytes:
    assert row is not None, "a proposal names what it is about"
    return row
