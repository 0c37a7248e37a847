"""Absences and agreements on real desks: who may say what, what the checks find, two who could not see each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.texts_coverage import COVERAGE, proposal, sentence
from app.work.agreements import Agreement
from app.work.cases import NewCase
from app.work.coverage import Cover, Spell, next_review, swap_proposal
from app.work.coverage_checks import (
    CODES,
    Ability,
    Customer,
    Finding,
    World,
    absence_findings,
    all_findings,
    cover_findings,
)
from db.shapes import Absence, Analyst, Department
from tests.desks import Clock, found_desk, join_desk

KERN, ROTH, MARINO, BRENNER, WEISS = b"kern", b"roth", b"marino", b"brenner", b"weiss"
HALL, PAY, CAD = b"hall", b"pay", b"cad"
TODAY = "2026-01-05"


def world(*covers: Cover, spells=(), people=None, **more) -> World:
    known = {who: Ability(who.decode()) for who in (KERN, ROTH, MARINO, BRENNER)} | (people or {})
    return World(
        covers, tuple(spells), known, {HALL: Customer("Hall"), PAY: Customer("Pay")} | more.pop("c", {}), **more
    )


def away(who: bytes, first: str, last: str | None, kind: str = "vacation") -> Spell:
    return Spell(who + first.encode(), who, first, last, kind)


def codes(found) -> set[tuple[str, str]]:
    return {(one.code, one.level) for one in found}


VACATION = away(KERN, "2026-01-12", "2026-01-16")
BOTH = Cover(b"1", HALL, KERN, ROTH)


def test_a_good_absence_has_nothing_to_be_said_about_it():
    assert not absence_findings(world(BOTH), VACATION, TODAY)


def test_nobody_there_is_red_and_proposes_who_could_be_or_other_days():
    (found,) = absence_findings(world(BOTH, spells=[away(ROTH, "2026-01-14", "2026-01-20")]), VACATION, TODAY)
    assert (found.code, found.level, found.first, found.last) == ("nobody there", "red", "2026-01-14", "2026-01-16")
    assert found.proposal is not None
    assert (found.proposal.what, found.proposal.slot) == ("stand-in", "stand_in2_id")
    alone = {who: Ability("x", active=False) for who in (MARINO, BRENNER)}
    (found,) = absence_findings(
        world(BOTH, spells=[away(ROTH, "2026-01-14", "2026-01-20")], people=alone), VACATION, TODAY
    )
    assert found.proposal is not None
    assert (found.proposal.what, found.proposal.first) == ("dates", "2026-01-26")


def test_the_second_stand_in_holds_but_it_is_said_that_the_first_is_away():
    three = Cover(b"1", HALL, KERN, ROTH, MARINO)
    found = absence_findings(world(three, spells=[away(ROTH, "2026-01-14", "2026-01-20")]), VACATION, TODAY)
    assert codes(found) == {("stand-in away", "amber")}


def test_what_a_stand_in_lacks_is_said_with_somebody_who_has_it():
    people = {
        ROTH: Ability("Roth", languages=frozenset({"en"}), workstations=0),
        MARINO: Ability("Marino", languages=frozenset({"de"}), skills={CAD: 2}, role="supervisor"),
    }
    hall = {HALL: Customer("Hall", frozenset({"de"}), {CAD: 2}, private=True)}
    found = absence_findings(world(BOTH, people=people, c=hall), VACATION, TODAY)
    assert codes(found) == {("lacks skill", "amber"), ("lacks language", "amber"), ("lacks rights", "amber")}
    assert {one.proposal.who for one in found if one.proposal} == {MARINO}


def test_chains_cycles_and_too_much_at_once():
    other = Cover(b"2", PAY, MARINO, ROTH)
    found = absence_findings(world(BOTH, other, spells=[away(MARINO, "2026-01-10", "2026-01-18")]), VACATION, TODAY)
    assert ("chain", "amber") in codes(found)
    round_about = Cover(b"2", PAY, ROTH, KERN)
    assert ("cycle", "amber") in codes(absence_findings(world(BOTH, round_about), VACATION, TODAY))
    assert ("overload", "amber") in codes(absence_findings(world(BOTH, round_about, cap=1), VACATION, TODAY))
    gone = [away(KERN, "2026-01-12", "2026-01-16")]
    (one,) = absence_findings(world(BOTH, spells=gone), away(ROTH, "2026-01-13", "2026-01-13", "sickness"), TODAY)
    assert (one.code, one.first) == ("left without stand-in", "2026-01-13")


def test_guard_rails_of_an_agreement():
    found = cover_findings(world(Cover(b"1", HALL, KERN)), Cover(b"1", HALL, KERN, review_date=TODAY), TODAY)
    assert codes(found) == {("no stand-in", "red"), ("review due", "amber")}
    two = Cover(b"1", HALL, KERN, ROTH), Cover(b"2", HALL, ROTH, KERN)
    assert ("two agreements", "red") in codes(all_findings(world(*two), TODAY))
    assert codes(cover_findings(world(BOTH, cap=0), BOTH, TODAY)) >= {("over the cap", "red"), ("no swap day", "amber")}
    gone = world(BOTH, people={ROTH: Ability("Roth", active=False)})
    assert ("inactive", "red") in codes(cover_findings(gone, BOTH, TODAY))


def test_a_stand_in_owes_a_word_until_it_is_given_for_all_of_it():
    said = {(VACATION.id, ROTH): "2026-01-14"}
    assert ("not acknowledged", "amber") in codes(all_findings(world(BOTH, spells=[VACATION]), TODAY))
    assert ("not acknowledged", "red") in codes(all_findings(world(BOTH, spells=[VACATION]), "2026-01-12"))
    short = world(BOTH, spells=[VACATION], acknowledged=said)
    assert ("not acknowledged", "amber") in codes(all_findings(short, TODAY)), "it was prolonged since"
    said[VACATION.id, ROTH] = "2026-01-16"
    assert "not acknowledged" not in {code for code, _ in codes(all_findings(short, TODAY))}


def test_every_finding_has_words_in_both_languages():
    for code in CODES:
        things = ("workstation", "queue", "private") if code == "lacks rights" else (HALL,)
        for thing in things:
            found = Finding(code, "red", HALL, KERN, ROTH, "2026-01-05", "2026-01-06", thing, 2)
            texts = {sentence(found, language, bytes.decode) for language in ("en", "de")}
            assert len(texts) == 2
            assert all(("{" not in text and "?" not in text.rstrip("?")) or code == "still open" for text in texts)
    assert proposal(Finding("no stand-in", "red"), "en", bytes.decode) == ""
    assert all(en and de and en != de for en, de in COVERAGE.values())


def test_dates_of_reviews_and_swap_days():
    assert next_review("2026-01-31") == "2026-02-28"
    assert next_review("2026-12-05") == "2027-01-05"
    assert swap_proposal(BOTH, TODAY, lambda who, day: day >= "2026-03-01") == "2026-03-01"
    assert swap_proposal(BOTH, "2026-03-30", lambda _who, _day: True) == "2026-05-16"
    assert swap_proposal(BOTH, TODAY, lambda who, _day: who == KERN) is None


# -- real desks --------------------------------------------------------------------------------------------------------
class Office:
    """Anna Kern (administrator) and Jo Roth on two workstations; Marino is a name. Department Hall 1."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.anna = found_desk(folder, clock=self.clock)
        self.jo = join_desk(self.anna, folder)
        with self.anna.replica.transaction("admin.master", self.anna.me, at=self.clock()) as tx:
            self.hall = tx.insert(Department, name="Hall 1")
            self.marino = tx.insert(Analyst, name="Li Marino")
        self.sync()

    def sync(self) -> None:
        for desk in (self.anna, self.jo, self.anna, self.jo):
            desk.sync_round()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.jo.close()
    made.anna.close()


def contact(desk: Desk, department: bytes) -> bytes | None:
    """Who speaks for a department now."""
    now = desk.coverings.now(department)
    return now.acting.who if now is not None and now.acting is not None else None


def _agree(office: Office, **more) -> bytes:
    kept = office.anna.agreements.agree(Agreement(office.hall, office.anna.me, office.jo.me, **more))
    office.sync()
    return kept.id


def _clear(office: Office) -> None:
    with office.anna.replica.transaction("test.clear", office.anna.me, at=office.clock()) as tx:
        for (row,) in tx.query("SELECT id FROM absence"):
            tx.update(Absence, row, from_day="2020-01-01", to_day="2020-01-01")
    office.sync()


def test_a_stand_in_reports_a_sickness_in_one_verb_and_the_call_is_hers_at_once(office: Office):
    _agree(office)
    _clear(office)
    kept = office.jo.absences.sick(office.anna.me)
    office.sync()
    assert office.jo.replica.outcome(kept.tx_id) == ("accepted", None)
    now = office.anna.coverings.now(office.hall)
    assert now is not None
    assert now.acting is not None
    assert now.away is not None
    assert (now.acting.who, now.acting.role, now.away.id) == (office.jo.me, "stand-in 1", kept.id)
    case = office.anna.cases.new(NewCase(title="Stops", severity=1, department_id=office.hall)).case_id
    assert office.anna.present.case(case).row["contact_owner_id"] == office.jo.me
    with pytest.raises(UserError, match="away already"):
        office.anna.absences.sick(office.anna.me)
    # the next morning somebody is asked, and says that it goes on
    office.clock.now += 24 * 3600 * 1000
    assert "still away" in {ask.what for ask in office.jo.coverings.asks()}
    office.jo.absences.goes_on(kept.id)
    assert "still away" not in {ask.what for ask in office.jo.coverings.asks()}
    with pytest.raises(UserError, match="only a supervisor"):
        office.jo.absences.move(kept.id, "2026-01-01", None)
    office.anna.absences.back(office.anna.me)
    office.sync()
    assert contact(office.jo, office.hall) == office.anna.me


def test_who_does_not_stand_in_reports_nothing_and_plans_for_nobody_else(office: Office):
    _agree(office)
    for attempt in (
        lambda: office.jo.absences.sick(office.marino),
        lambda: office.jo.absences.plan("2026-02-02", "2026-02-03", analyst=office.anna.me),
        lambda: office.jo.agreements.agree(Agreement(office.hall, office.jo.me)),
    ):
        with pytest.raises(UserError, match="not allowed: only a supervisor"):
            attempt()


def test_two_who_report_the_same_sickness_apart_are_both_told_and_one_return_ends_both(office: Office):
    _agree(office)
    _clear(office)
    office.anna.absences.sick(office.anna.me)
    office.jo.absences.sick(office.anna.me)
    office.sync()
    assert office.anna.replica.digest == office.jo.replica.digest
    for desk in (office.anna, office.jo):
        assert "entered twice" in {one.code for one in desk.coverings.findings()}
    assert len(office.anna.absences.back(office.anna.me)) == 2
    office.sync()
    assert contact(office.jo, office.hall) == office.anna.me


def test_two_agreements_made_apart_converge_and_both_workstations_name_them(office: Office):
    _clear(office)
    invited = Agreement(office.hall, office.jo.me, office.anna.me)
    with office.anna.replica.transaction("admin.role", office.anna.me, at=office.clock()) as tx:
        tx.update(Analyst, office.jo.me, role="supervisor")
    office.sync()
    office.anna.agreements.agree(Agreement(office.hall, office.anna.me, office.jo.me))
    office.jo.agreements.agree(invited)
    office.sync()
    assert office.anna.replica.digest == office.jo.replica.digest
    nows = [desk.coverings.find(office.hall).id for desk in (office.anna, office.jo)]
    assert nows[0] == nows[1]
    for desk in (office.anna, office.jo):
        assert "two agreements" in {one.code for one in desk.coverings.findings()}
    # two changes of one agreement: the second is told
    office.anna.agreements.change(nows[0], {"stand_in2_id": office.marino})
    late = office.jo.agreements.change(nows[0], {"stand_in2_id": None, "stand_in1_id": office.marino})
    office.sync()
    assert office.anna.replica.digest == office.jo.replica.digest
    with office.anna.replica.transaction("admin.role", office.anna.me, at=office.clock()) as tx:
        tx.update(Analyst, office.jo.me, role="analyst")
    office.sync()
    assert late.id == nows[0]


def test_a_department_is_given_for_good_and_the_new_contact_confirms(office: Office):
    cover = _agree(office)
    _clear(office)
    case = office.anna.cases.new(NewCase(title="Stops", severity=2, department_id=office.hall)).case_id
    moved = office.anna.agreements.transfer(cover, office.jo.me)
    office.sync()
    assert office.anna.coverings.find(office.hall).people == (office.jo.me, office.anna.me)
    assert "not taken over" in {one.code for one in office.anna.coverings.findings()}
    assert "take over" in {ask.what for ask in office.jo.coverings.asks()}
    with pytest.raises(UserError, match="Jo Roth confirms"):
        office.anna.agreements.confirm(moved.id)
    office.jo.agreements.confirm(moved.id)
    office.sync()
    assert office.anna.present.case(case).row["contact_owner_id"] == office.jo.me
    assert "not taken over" not in {one.code for one in office.anna.coverings.findings()}


def test_the_kind_of_an_absence_is_for_supervisors_and_its_owner(office: Office, capsys: pytest.CaptureFixture[str]):
    _clear(office)
    office.anna.absences.plan("2030-05-06", "2030-05-10", kind="training")
    office.sync()
    assert [line.kind for line in office.anna.coverings.absences()] == ["training"]
    assert [line.kind for line in office.jo.coverings.absences()] == ["away"]
    profile = str(office.jo.profile.folder)
    assert main(["--profile", profile, "absence", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "away"


def test_by_the_command_line(office: Office, capsys: pytest.CaptureFixture[str]):
    _clear(office)
    profile = ["--profile", str(office.anna.profile.folder)]

    def run(*words: str, code: int = 0) -> list[dict[str, Any]]:
        assert main([*profile, *words, "--json"]) == code, capsys.readouterr().err
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    run("coverage", "set", "Hall 1", "--primary", "Anna Kern", "--stand-in", "Jo Roth")
    (line,) = run("coverage", "list", "--at", "2030-05-06T09:00:00Z")
    assert (line["acting"], line["stand_ins"]) == ("Anna Kern", ["Jo Roth"])
    assert any(row["code"] == "no swap day" for row in run("coverage", "check"))
    planned = run("absence", "plan", "--from", "2030-05-06", "--to", "2030-05-10")[0]
    assert planned["saved"]
    assert run("coverage", "list", "--at", "2030-05-07T09:00:00Z")[0]["role"] == "stand-in 1"
    shown = run("coverage", "show", "Hall 1", "--from", "2030-05-05", "--days", "2")
    assert [row["acting"] for row in shown if "acting" in row][-1] == "Jo Roth"
    assert run("absence", "list")[0]["not_acknowledged"] == ["Jo Roth"]
    run("coverage", "swap", "Hall 1", "--day", "2030-06-12")
    run("coverage", "review", "Hall 1")
    run("absence", "take-back", planned["id"][:20])
    assert run("absence", "list") == []
    assert main([*profile, "coverage", "show", "Nowhere"]) == 1


def test_a_sudden_sickness_hands_all_over_and_acts_are_recorded_in_the_others_name(office: Office, tmp_path: Path):
    _agree(office)
    _clear(office)
    case = office.anna.cases.new(NewCase(title="Stops again", severity=3, department_id=office.hall)).case_id
    office.anna.cases.claim(case)
    office.sync()
    kept = office.jo.absences.sick(office.anna.me)
    office.jo.cases.note(case, "Asked the shift lead")
    office.sync()
    (line,) = [one for one in office.anna.handovers.sheet(kept.id).lines if one.case_id == case]
    assert (line.decision, line.to, line.saved) == ("hand over", office.jo.me, True)
    told = [e for e in office.anna.present.case(case).entries if e.text == "Asked the shift lead"]
    assert [(e.author, e.on_behalf_of) for e in told] == [("Jo Roth", "Anna Kern")]
    office.clock.now += 24 * 3600 * 1000
    office.anna.absences.back(office.anna.me)
    sheet = office.anna.handovers.sheet(kept.id)
    assert sheet.back
    (line,) = [one for one in sheet.lines if one.case_id == case]
    assert "Asked the shift lead" in {what for _at, _who, what in line.happened}
    assert "return" in {ask.what for ask in office.anna.coverings.asks()}
    office.anna.handovers.give_back(kept.id, [one.case_id for one in sheet.lines if one.case_id != case], "take back")
    office.anna.handovers.give_back(kept.id, [case], "leave")
    office.sync()
    assert office.jo.present.case(case).row["work_owner_id"] == office.jo.me
    assert "return" not in {ask.what for ask in office.anna.coverings.asks()}


def test_the_sheet_before_a_vacation_is_drafted_decided_and_printed(office: Office, tmp_path: Path):
    _clear(office)
    urgent = office.anna.cases.new(NewCase(title="Line stands", severity=1, department_id=office.hall)).case_id
    calm = office.anna.cases.new(NewCase(title="New mouse", severity=4, department_id=office.hall)).case_id
    for case in (urgent, calm):
        office.anna.cases.claim(case)
    office.anna.cases.wait(calm, "requester")
    kept = office.anna.absences.plan("2026-01-12", "2026-01-16")
    drafts = {line.case_id: line for line in office.anna.handovers.sheet(kept.id).lines}
    assert (drafts[urgent].decision, drafts[calm].decision) == ("hand over", "stays waiting")
    assert not drafts[urgent].saved
    office.anna.handovers.decide(kept.id, calm, "watch", note="Ask on Tuesday")
    office.anna.handovers.confirm(kept.id)
    lines = office.anna.handovers.sheet(kept.id).lines
    assert all(line.saved for line in lines)
    assert {line.case_id: (line.decision, line.note) for line in lines}[calm] == ("watch", "Ask on Tuesday")
    from app.reports.handover_pdf import handover_pdf

    sheet = office.anna.handovers.sheet(kept.id)
    for language in ("en", "de"):
        made = handover_pdf(sheet, language, "Europe/Berlin", lambda _who: "Jo Roth", "IT desk")
        assert made.startswith(b"%PDF")
        (tmp_path / f"{language}.pdf").write_bytes(made)
    office.sync()
    with pytest.raises(UserError, match="Who was away"):
        office.jo.handovers.give_back(kept.id, [calm], "take back")


def test_the_sheet_is_written_although_nobody_reads_what_is_printed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """`absence handover ID --pdf F | head -1` ends the printing, not the file."""
    _clear(office)
    case = office.anna.cases.new(NewCase(title="Stops", severity=2, department_id=office.hall)).case_id
    office.anna.cases.claim(case)
    kept = office.anna.absences.plan("2026-02-09", "2026-02-13")

    def closed(*_words: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("app.cli.output.Output.emit", closed)
    written = tmp_path / "sheet.pdf"
    main(["--profile", str(office.anna.profile.folder), "absence", "handover", kept.id.hex(), "--pdf", str(written)])
    assert written.read_bytes().startswith(b"%PDF")
