"""A department as its dedicated analyst sees it: its lists, its face, its dossier, and cases of people who are away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import times
from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.reports.department_sheet import department_paper, department_sheet
from app.reports.pdf import Paper
from app.texts import CATALOGUE, Texts
from app.verifying import check_log
from app.work.agreements import Agreement
from app.work.calendars import ServiceCalendar
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.department_words import FaceWords
from app.work.departments import shift_at, standing_list
from app.work.standing import LISTS, list_of
from db.rules import CASE_KINDS, QUEUE_KINDS, STATUSES
from db.shapes import Absence, Analyst, Case, Department, Product, Queue, Skill
from tests.desks import Clock, found_desk, join_desk

BERLIN = times.zone("Europe/Berlin")
SHIFTS = json.dumps({
    day: ["06:00-14:00", "14:00-22:00", "22:00-06:00"] for day in ("mon", "tue", "wed", "thu", "fri")
})  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path):
    made = found_desk(tmp_path, clock=Clock())
    yield made
    made.close()


@pytest.fixture
def two(tmp_path: Path):
    """Anna Kern, contact of a hall, and Jo Roth, who stands in, at workstations of their own."""
    kern = found_desk(tmp_path, clock=Clock())
    roth = join_desk(kern, tmp_path)
    kern.sync_round()
    with kern.replica.transaction("setup", kern.me, at=kern.context.clock()) as tx:
        hall = tx.insert(Department, name="Hall 1", dossier="Ask for Ewa.\n\nLine 2 stands on Mondays.")
        tx.insert(Department, name="Payroll")
    kern.agreements.agree(Agreement(hall, kern.me, roth.me))
    both(kern, roth)
    yield kern, roth, hall
    roth.close()
    kern.close()


def both(*desks: Desk) -> None:
    """Until all know what each did."""
    for _ in range(2):
        for one in desks:
            one.sync_round()


def ids(desk: Desk, name: str) -> bytes:
    return desk.directory.resolve("department", name)


# -- which list -------------------------------------------------------------------------------------------------------
def test_every_open_case_is_in_one_list_and_sql_says_the_same(desk: Desk):
    """All that can be combined, each once: the rule on each row is what the lists have, and what the counts say."""
    now = desk.context.clock()
    with desk.replica.transaction("import.cases", desk.me, at=now) as tx:
        other = tx.insert(Analyst, name="Jo Roth")
        hall = tx.insert(Department, name="Hall 1")
        queues = {kind: tx.insert(Queue, name=kind, kind=kind) for kind in QUEUE_KINDS} | {None: None}
        expected: dict[str, set[bytes]] = {name: set() for name in (*LISTS, "")}
        for kind in CASE_KINDS:
            for status in STATUSES:
                for owner in (None, desk.me, other):
                    for queue_kind, queue in queues.items():
                        ended = status not in ("new", "in progress", "waiting")
                        case = tx.insert(
                            Case, title=f"{kind} {status}", kind=kind, status=status, severity=3, opened_at=now,
                            updated_at=now, ended_at=now if ended else None, department_id=hall, queue_id=queue,
                            work_owner_id=owner, waiting_on="parts" if status == "waiting" else None,
                        )  # fmt: skip
                        expected[list_of(kind, status, owner, queue_kind, (desk.me,))].add(case)
        for status, before in (("resolved", now - 15 * times.DAY_MS), ("closed", now - 400 * times.DAY_MS)):
            tx.insert(Case, title="long ago", status=status, severity=3, opened_at=before, updated_at=before,
                      ended_at=before, department_id=hall)  # fmt: skip
    assert all(expected.values()), "each list has some of them"
    counts = desk.reading.departments.counts(hall, (desk.me,))
    for name in LISTS:
        found = desk.lists.lines(desk.lists.ids(standing_list(hall, name, (desk.me,), now)))
        assert {line.id for line in found} == expected[name]
        assert counts[name].open == len(expected[name])
    # Without a contact nothing is at home with the department's own people.
    assert desk.reading.departments.counts(hall, ())["now"].open < counts["now"].open


@given(st.sampled_from(CASE_KINDS), st.sampled_from(STATUSES), st.sampled_from([None, b"a", b"b"]),
       st.sampled_from([None, *QUEUE_KINDS]))  # fmt: skip
def test_a_case_moves_only_when_something_about_it_does(kind: str, status: str, owner: bytes | None, queue: str | None):
    assert list_of(kind, status, owner, queue, (b"a",)) in (*LISTS, "")
    if owner is not None:
        assert list_of(kind, status, owner, queue, (b"a",)) == list_of(kind, status, owner, "product", (b"a",))


def test_lists_are_grouped_by_machine_and_place(desk: Desk):
    from app.work.groups import grouped
    from db.shapes import Asset

    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        hall = tx.insert(Department, name="Hall 1")
        lathe = tx.insert(Asset, tag="M-2", name="Drehmaschine Süd")
        mill = tx.insert(Asset, tag="M-1", name="Mill")
    for machine, title in ((lathe, "Stands"), (lathe, "Stands again"), (mill, "Loud"), (None, "Light")):
        desk.cases.new(NewCase(title, 3, department_id=hall, asset_id=machine))
    every = standing_list(hall, "now", desk.reading.departments.people(hall), desk.context.clock())
    found = grouped(desk.lists, every, "machine", ())
    assert [(group.name, group.count) for group in found.groups] == [("M-1 Mill", 1), ("M-2 Drehmaschine Süd", 2),
                                                                     ("", 1)]  # fmt: skip
    history = desk.reading.departments.machine(lathe)
    assert history is not None
    assert history.total == 2
    assert {line.title for line in history.cases} == {"Stands", "Stands again"}
    case = desk.lists.lines(desk.lists.ids(every))[0]
    assert desk.reading.departments.machine_of(case.id) is not None or case.title == "Light"


# -- what stands above it ---------------------------------------------------------------------------------------------
def at(text: str) -> int:
    return times.parse_iso(text)


def test_the_shift_is_that_of_the_wall_also_over_midnight_and_when_clocks_change():
    calendar = ServiceCalendar.from_stored("Europe/Berlin", SHIFTS, "DE", "BY")
    early = shift_at(calendar, at("2026-01-07T09:00:00Z"))
    assert (early.name, early.until, early.working) == ("06:00-14:00", at("2026-01-07T13:00:00Z"), True)
    night = shift_at(calendar, at("2026-01-08T02:00:00Z"))
    assert (night.name, night.until) == ("22:00-06:00", at("2026-01-08T05:00:00Z"))
    # Friday's night shift reaches into Saturday; then it is closed until Monday.
    saturday = shift_at(calendar, at("2026-01-10T06:00:00Z"))
    assert (saturday.name, saturday.working, saturday.until) == ("", False, at("2026-01-12T05:00:00Z"))
    # The night in which clocks go forward is an hour shorter and ends at the same time on the wall.
    week = json.loads(SHIFTS) | {"sat": ["22:00-06:00"]}
    spring = shift_at(ServiceCalendar.from_stored("Europe/Berlin", json.dumps(week)), at("2026-03-28T22:30:00Z"))
    assert (spring.name, spring.until) == ("22:00-06:00", at("2026-03-29T04:00:00Z"))
    holiday = shift_at(calendar, at("2026-01-06T09:00:00Z"))
    assert not holiday.working, "Epiphany, whatever the week says"
    never = shift_at(ServiceCalendar("Europe/Berlin", ((),) * 7), at("2026-01-07T09:00:00Z"))
    assert (never.until, never.working) == (None, False)


def test_the_face_says_who_until_when_and_who_then(two):
    kern, roth, hall = two
    plain = FaceWords(kern.reading.departments.face(hall), Texts("en"), "Europe/Berlin")
    assert (plain.contact(), plain.acting(), plain.following()) == ("Anna Kern", "Anna Kern", "")
    assert plain.shift() == "08:00–17:00, until 17:00"
    assert plain.targets().startswith("Critical: 15\u00a0min / 4.0\u00a0h · High")
    kern.absences.plan("2026-01-05", "2026-01-06")
    both(kern, roth)
    face = roth.reading.departments.face(hall)
    assert face.stands_in
    assert not kern.reading.departments.face(hall).stands_in
    english = FaceWords(face, Texts("en"), "Europe/Berlin")
    assert english.contact() == "Anna Kern, away until 6 Jan 2026"
    assert english.acting() == "Jo Roth (stand-in)"
    assert english.following() == "Anna Kern, from Wed 08:00"
    german = FaceWords(face, Texts("de"), "Europe/Berlin")
    assert german.acting() == "Jo Roth (Vertretung)"
    nobody = FaceWords(roth.reading.departments.face(ids(roth, "Payroll")), Texts("en"), "Europe/Berlin")
    assert (nobody.contact(), nobody.acting(), nobody.phone()) == ("No dedicated analyst", "nobody", "")


def test_who_knows_a_product_is_asked_without_handing_over(two):
    kern, roth, hall = two
    with kern.replica.transaction("setup", kern.me, at=kern.context.clock()) as tx:
        kind = tx.insert(Product, name="ERP")
        sap = tx.insert(Product, name="SAP MM", parent_id=kind)
        expert, away = tx.insert(Analyst, name="Ewa Nowak"), tx.insert(Analyst, name="Max Weiß")
        for who, product, level in ((expert, sap, 2), (roth.me, kind, 3), (away, sap, 3), (kern.me, sap, 3)):
            tx.insert(Skill, analyst_id=who, product_id=product, level=level)
        tx.insert(Absence, analyst_id=away, from_day="2026-01-01", kind="sickness")
    found = kern.reading.departments.specialists(sap)
    assert [(one.name, one.level, one.away) for one in found] == [
        ("Jo Roth", 3, False), ("Ewa Nowak", 2, False), ("Max Weiß", 3, True),
    ]  # fmt: skip
    assert kern.reading.departments.specialists(None) == []
    case = kern.cases.new(NewCase("Posting blocked", 2, department_id=hall, product_id=sap)).case_id
    kern.cases.claim(case)
    kern.following.ask(case, expert, "Which period is open?")
    view = kern.present.case(case)
    assert view.row["work_owner_id"] == kern.me == view.row["contact_owner_id"]
    assert view.row["next_step"] == "Answer of Ewa Nowak"
    assert view.row["next_step_by_id"] == expert
    assert expert in view.watchers
    assert view.entries[-1].text == "@Ewa Nowak Which period is open?"
    assert not any(entry.counts for entry in view.entries if entry.kind == "note")
    kern.cases.next_step(case, "Call the hall", by=kern.me)
    kern.following.ask(case, roth.me, "You know it, too?")
    assert kern.present.case(case).row["next_step"] == "Call the hall", "what was planned stays"
    for who, text in ((kern.me, "Me?"), (expert, "  ")):
        with pytest.raises(UserError):
            kern.following.ask(case, who, text)


# -- dossier ----------------------------------------------------------------------------------------------------------
def test_a_dossier_keeps_who_saved_what_and_comes_back(two):
    kern, roth, hall = two
    first = kern.reading.dossiers.text(hall)
    assert kern.reading.dossiers.versions(hall) == []
    kern.dossiers.save(hall, first + "\n\nThe key hangs in the office.")
    assert kern.dossiers.save(hall, first + "\n\nThe key hangs in the office.").tx_id is None
    both(kern, roth)
    newest, oldest = roth.reading.dossiers.versions(hall)
    assert (newest.author, newest.instead_of, oldest.author, oldest.at, oldest.text) == ("Anna Kern", "", "", 0, first)
    kern.absences.plan("2026-01-05", "2026-01-06")
    both(kern, roth)
    roth.dossiers.restore(hall, oldest.id)
    both(kern, roth)
    assert kern.reading.dossiers.text(hall) == first
    assert [(one.author, one.instead_of) for one in kern.reading.dossiers.versions(hall)] == [
        ("Jo Roth", "Anna Kern"), ("Anna Kern", ""), ("", ""),
    ]  # fmt: skip
    undone = roth.undoing.undo_all([saved]) if (saved := roth.dossiers.save(hall, "Nothing.").tx_id) else []
    assert undone
    assert roth.reading.dossiers.text(hall) == first
    with pytest.raises(UserError, match="too long"):
        kern.dossiers.save(hall, "x" * 100_001)
    with pytest.raises(UserError, match="no such version"):
        kern.dossiers.restore(hall, b"\0" * 16)


def test_two_who_write_at_once_lose_nothing(two):
    kern, roth, hall = two
    base = kern.reading.dossiers.text(hall)
    # On one workstation: somebody saved while I was typing.
    kern.dossiers.save(hall, base.replace("Ewa", "Ewa Nowak"))
    saved = kern.dossiers.save(hall, base + "\n\nThe key hangs in the office.", base=base)
    assert saved.merged
    assert not saved.both
    assert "Ewa Nowak" in saved.text
    assert "key" in saved.text
    clash = kern.dossiers.save(hall, base.replace("Ewa", "Max"), base=base)
    assert clash.both == 1
    assert "Ewa Nowak" in clash.text
    assert "Max" in clash.text
    both(kern, roth)
    # Apart: each on a workstation that does not know of the other's words.
    now = kern.reading.dossiers.text(hall)
    kern.dossiers.save(hall, now + "\n\nFrom Kern.")
    roth.dossiers.save(hall, "From Roth.\n\n" + now)
    both(kern, roth)
    assert kern.reading.dossiers.text(hall) == roth.reading.dossiers.text(hall)
    assert all(words in kern.reading.dossiers.text(hall) for words in ("From Kern.", "From Roth."))
    assert len(kern.reading.dossiers.versions(hall)) == 6
    assert check_log(kern).ok


def test_a_form_that_changes_the_dossier_keeps_its_version_too(desk: Desk):
    from app.records.changing import Edit

    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        hall = tx.insert(Department, name="Hall 1", dossier="Old words.")
    desk.records.save(Edit("department", hall, {"dossier": "New words.", "sponsor": "Ms Lang"}))
    desk.records.save(Edit("department", hall, {"sponsor": "Mr Lang"}))
    assert [one.text for one in desk.reading.dossiers.versions(hall)] == ["New words.", "Old words."]


# -- standing in ------------------------------------------------------------------------------------------------------
def test_what_was_handed_over_outside_the_department_is_reachable(two):
    """Kern has a case of a department nobody covers; Roth, who stands in for Kern in the hall, gets it."""
    kern, roth, hall = two
    elsewhere = ids(kern, "Payroll")
    outside = kern.cases.new(NewCase("Payslips missing", 2, department_id=elsewhere, owner_id=kern.me)).case_id
    inside = kern.cases.new(NewCase("Line 2 stands", 1, department_id=hall, owner_id=kern.me)).case_id
    both(kern, roth)
    assert roth.lists.handed("2026-01-05") == []
    absence = kern.absences.plan("2026-01-05", "2026-01-06").id
    both(kern, roth)
    wanted = CaseList(CaseFilter(handed_by=kern.me))

    def mine() -> set[bytes]:
        return {line.id for line in roth.lists.lines(roth.lists.ids(wanted))}

    # Nobody decided anything yet: the hall has its stand-in, the other case would have nobody.
    assert mine() == {outside}
    roth.cases.note(outside, "Asked for the list.")
    assert roth.present.case(outside).entries[-1].on_behalf_of == "Anna Kern"
    kern.handovers.confirm(absence)
    both(kern, roth)
    assert mine() == {outside, inside}
    (handed,) = roth.lists.handed("2026-01-05")
    assert (handed.owner, handed.until, handed.count) == (kern.me, "2026-01-06", 2)
    assert kern.lists.handed("2026-01-05") == []
    assert roth.place_counts.at(roth.context.clock()).handed[kern.me].open == 2, "the navigation tells the same"
    kern.handovers.decide(absence, outside, "watch", to=kern.me)
    both(kern, roth)
    assert mine() == {inside}, "somebody else was named"
    roth.context.clock.pass_minutes(3 * 24 * 60)
    assert mine() == set(), "the absence is over; nothing has to be switched"


def test_telling_a_department_reaches_its_open_cases_and_answers_none(two):
    kern, roth, hall = two
    case = kern.cases.new(NewCase("Line 2 stands", 2, department_id=hall, channel="e-mail")).case_id
    other = kern.cases.new(NewCase("Payslips", 2, department_id=ids(kern, "Payroll"))).case_id
    ended = kern.cases.new(NewCase("Old", 3, department_id=hall, solved="Done.")).case_id
    kern.absences.plan("2026-01-05", "2026-01-06")
    both(kern, roth)
    told = roth.linking.tell_department(hall, "MES is down from 14:00.")
    assert told.cases == (case,)
    view = roth.present.case(case)
    entry = next(one for one in view.entries if one.text == "MES is down from 14:00.")
    assert (entry.audience, entry.counts, entry.author, entry.on_behalf_of) == ("requester", False, "Jo Roth",
                                                                               "Anna Kern")  # fmt: skip
    assert view.row["first_response_at"] is None
    assert all("MES" not in one.text for id_ in (other, ended) for one in roth.present.case(id_).entries)
    roth.undoing.undo_all([told.tx_id])
    assert all("MES" not in one.text for one in roth.present.case(case).entries)
    with pytest.raises(UserError, match="no open case"):
        roth.linking.tell_department(ids(roth, "Payroll"), "x") if roth.cases.cancel(other, "no") else None
    with pytest.raises(UserError, match="empty"):
        roth.linking.tell_department(hall, " ")


# -- command line and paper -------------------------------------------------------------------------------------------
def test_the_command_line_says_it_all(two, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    kern, roth, hall = two
    kern.cases.new(NewCase("Line 2 stands", 1, department_id=hall))
    both(kern, roth)
    folder = ["--profile", str(kern.profile.folder), "--key-file", str(tmp_path / "anna.keys")]

    def run(*words: str, code: int = 0) -> list[dict[str, Any]]:
        assert main([*words, *folder, "--json"]) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    (shown,) = run("department", "show", "Hall 1")
    assert shown["contact"] == shown["acting"] == "Anna Kern"
    assert set(shown["lists"]) == set(LISTS)
    assert [one["title"] for one in shown["lists"]["now"]] == ["Line 2 stands"]
    (only,) = run("department", "show", "Hall 1", "--list", "waiting")
    assert list(only["lists"]) == ["waiting"]
    (mine,) = run("department", "list")
    assert (mine["department"], mine["stand_in"], mine["counts"]["now"]) == ("Hall 1", False, 1)
    words = tmp_path / "words.md"
    words.write_text("# Halle\n\nÜber Ewa.", encoding="utf-8")
    (saved,) = run("department", "dossier", "Hall 1", "--set", str(words))
    assert saved["changed"]
    assert saved["saved"]
    history = run("department", "dossier", "Hall 1", "--history")
    assert [one["version"] for one in history] == [1, 2]
    run("department", "dossier", "Hall 1", "--restore", "1")
    assert run("department", "dossier", "Hall 1")[0]["dossier"] == history[0]["text"]
    run("department", "dossier", "Hall 1", "--restore", "9", code=1)
    (told,) = run("department", "tell", "Hall 1", "--text", "Works again.", "--internal")
    assert len(told["cases"]) == 1
    (asked,) = run("case", "ask", str(told["cases"][0]), "--who", "Jo Roth", "--text", "Seen?")
    assert asked["next_step"]["what"] == "Answer of Jo Roth"
    assert run("case", "list", "--in-place-of", "Jo Roth") == []
    pdf = tmp_path / "hall.pdf"
    (made,) = run("department", "sheet", "Hall 1", "--pdf", str(pdf), "--language", "de")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert made["pages"] == 1
    assert main(["department", "show", "Hall 1", *folder]) == 0
    assert "Recently closed (0)" in capsys.readouterr().out


def test_the_sheet_is_the_same_from_the_same_state_and_says_who_stands_in(two):
    kern, _roth, hall = two
    for n in range(70):
        kern.cases.new(NewCase(f"Fräsmaschine {n} <b>steht</b> & läuft nicht", 1 + n % 4, department_id=hall))
    paper = department_paper(kern.reading, hall, "de")
    first, pages = department_sheet(kern.reading, paper, "de", Paper.A4)
    assert first == department_sheet(kern.reading, paper, "de", Paper.A4)[0]
    assert pages > 1


def test_the_words_are_whole():
    keys = {key for key in CATALOGUE if key.startswith("department.list.")}
    assert keys == {f"department.list.{name}" for name in LISTS}
