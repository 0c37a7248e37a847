"""Cases that hang together: merged and parted, an outage and its cases, a problem and its incidents, lookalikes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.times import DAY_MS
from app.work.cases import NewCase
from app.work.duplicates import Duplicates
from app.work.likeness import Happened, Traits, likeness, recurrences
from app.work.linking import Linking, closing
from db.shapes import Asset, Department, Product
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path, desk: Desk):
    opened = join_desk(desk, tmp_path)
    yield opened
    opened.close()


def linking(desk: Desk) -> Linking:
    return desk.linking


def _open(desk: Desk, title: str = "Conveyor stops", **values) -> bytes:
    return desk.cases.new(NewCase(title=title, severity=values.pop("severity", 3), **values)).case_id


def _row(desk: Desk, case_id: bytes):
    return desk.present.case(case_id).row


def _notes(desk: Desk, case_id: bytes) -> list[str]:
    return [e.text for e in desk.present.case(case_id).entries if e.kind != "event"]


def _meet(*desks: Desk) -> None:
    for one in (*desks, *desks):
        one.sync_round()
    assert len({one.replica.digest for one in desks}) == 1


def test_a_merged_case_goes_on_in_the_other_and_can_be_parted_again(desk: Desk):
    first, again = _open(desk), _open(desk, "Conveyor stands", description="It *smells*")
    desk.cases.claim(again)
    desk.cases.watch(again)
    before = _row(desk, again)
    linking(desk).merge(again, first)
    assert (_row(desk, again)["status"], _row(desk, again)["due_at"]) == ("merged", 253_402_300_799_000)
    assert _notes(desk, first) == ["Merged into this case: Conveyor stands\n\nIt *smells*"]
    assert desk.present.case(first).watchers == (desk.me,)
    assert [(x.kind, x.outgoing) for x in desk.present.case(again).links] == [("duplicate", True)]
    with pytest.raises(UserError, match="unmerge"):
        desk.cases.reopen(again, "No")
    with pytest.raises(UserError, match="They are merged"):
        linking(desk).unlink(again, first)
    linking(desk).unmerge(again)
    after = _row(desk, again)
    for column in ("next_step", "next_step_by_id", "work_owner_id", "reopen_count", "ended_at", "severity", "queue_id"):
        assert after[column] == before[column], column
    assert after["status"] == "in progress"
    assert not desk.present.case(again).links


def test_merging_can_be_undone_like_everything_else(desk: Desk):
    first, again = _open(desk), _open(desk)
    before = _row(desk, again)
    desk.undoing.undo(linking(desk).merge(again, first).tx_id)
    after = _row(desk, again)
    assert {k: v for k, v in after.items() if k != "updated_at"} == {
        k: v for k, v in before.items() if k != "updated_at"
    }
    assert _notes(desk, first) == []


def test_what_is_merged_into_a_merged_case_lands_where_that_one_went(desk: Desk):
    one, two, three = _open(desk), _open(desk), _open(desk)
    linking(desk).merge(two, one)
    linking(desk).merge(three, two)
    assert {x.id for x in desk.present.case(one).links} == {two, three}
    with pytest.raises(UserError, match="merged into this one"):
        linking(desk).merge(one, two)
    desk.cases.resolve(one, "Belt")
    with pytest.raises(UserError, match="reopen it first"):
        linking(desk).merge(_open(desk), one)


def test_two_offline_who_merge_two_cases_into_each_other_leave_one_open(desk: Desk, other: Desk):
    one, two = _open(desk), _open(desk)
    _meet(desk, other)
    linking(desk).merge(one, two)
    lost = linking(other).merge(two, one)
    _meet(desk, other)
    assert other.replica.outcome(lost.tx_id)[0] == "refused"
    for station in (desk, other):
        assert (_row(station, one)["status"], _row(station, two)["status"]) == ("merged", "new")
    (conflict,) = other.replica.conflicts()
    assert conflict.kind == "case.merge"


def test_work_on_a_case_that_a_colleague_merged_meanwhile_is_told_and_not_done(desk: Desk, other: Desk):
    one, two = _open(desk), _open(desk)
    _meet(desk, other)
    linking(desk).merge(two, one)
    lost = other.cases.claim(two)
    other.cases.note(two, "Was there, the fuse is out")
    _meet(desk, other)
    assert other.replica.outcome(lost.tx_id)[0] == "refused"
    assert _row(other, two)["status"] == "merged"
    assert "Was there, the fuse is out" in _notes(desk, two)


def test_two_offline_who_tie_the_same_cases_agree(desk: Desk, other: Desk):
    one, two = _open(desk), _open(desk)
    _meet(desk, other)
    linking(desk).link(one, two, "related")
    linking(other).link(two, one, "related")
    _meet(desk, other)
    assert len(desk.present.case(one).links) == 1
    linking(other).unlink(one, two)
    _meet(desk, other)
    assert not desk.present.case(one).links


def test_links_that_make_no_sense_are_refused(desk: Desk):
    one, two, three = _open(desk), _open(desk), _open(desk)
    ties = linking(desk)
    with pytest.raises(UserError, match="with itself"):
        ties.link(one, one, "related")
    with pytest.raises(UserError, match="is not a problem"):
        ties.link(one, two, "problem")
    ties.link(one, two, "child")
    ties.link(two, three, "child")
    with pytest.raises(UserError, match="beneath this one already"):
        ties.link(three, one, "child")
    with pytest.raises(UserError, match="already; unlink it first"):
        ties.link(one, three, "child")
    with pytest.raises(UserError, match="in this way already"):
        ties.link(one, two, "child")


def _outage(desk: Desk, count: int = 3) -> tuple[bytes, list[bytes]]:
    parent = _open(desk, "Hall 1 has no network", severity=1)
    children = [_open(desk, f"Terminal {n} offline", channel="e-mail") for n in range(count)]
    for child in children:
        linking(desk).link(child, parent, "child")
    return parent, children


def test_an_outage_is_told_once_and_answers_everybody(desk: Desk):
    parent, children = _outage(desk)
    desk.cases.cancel(children[2], "Wrong number")
    done = linking(desk).broadcast(parent, "Switch is being replaced", kind="reply", audience="requester")
    assert done.cases == tuple(children[:2])
    for case in (parent, *children[:2]):
        assert "Switch is being replaced" in _notes(desk, case)
        assert _row(desk, case)["first_response_at"] is not None
    assert "Switch is being replaced" not in _notes(desk, children[2])
    desk.undoing.undo(done.tx_id)
    assert _row(desk, children[0])["first_response_at"] is None
    assert _notes(desk, children[0]) == []
    with pytest.raises(UserError, match="no open cases beneath"):
        linking(desk).broadcast(children[0], "Hello")


def test_closing_an_outage_shows_first_what_it_would_close(desk: Desk):
    parent, children = _outage(desk, 4)
    desk.cases.cancel(children[0], "Wrong number")
    desk.cases.wait(children[1], "requester", next_step="Ask which port")
    ties = linking(desk)
    assert [line.why_not for line in closing(desk.context, parent)] == [
        "ended already",
        "waits on the requester",
        "",
        "",
    ]
    done = ties.close_all(parent, "Switch replaced")
    assert done.cases == tuple(children[2:])
    states = [_row(desk, case)["status"] for case in (parent, *children)]
    assert states == ["resolved", "cancelled", "waiting", "resolved", "resolved"]
    assert _row(desk, children[3])["resolution"] == "Switch replaced"
    desk.undoing.undo(done.tx_id)
    assert _row(desk, parent)["status"] == "new"
    assert _row(desk, children[3])["status"] == "new"
    assert ties.close_all(parent, "Switch replaced", cases={children[1]}, parent_too=False).cases == (children[1],)


def test_a_workaround_reaches_every_open_incident_and_those_that_come_later(desk: Desk, other: Desk):
    ties = linking(desk)
    problem = _open(desk, "Label printer driver leaks", kind="problem")
    early = _open(desk, "Labels come out blank")
    ties.link(early, problem, "problem")
    ties.workaround(problem, "Restart the spooler at noon")
    assert "Restart the spooler at noon" in _notes(desk, early)
    _meet(desk, other)
    late = _open(other, "Blank labels again")
    linking(other).link(late, problem, "problem")
    _meet(desk, other)
    assert "Restart the spooler at noon" in _notes(desk, late)
    assert _row(desk, problem)["workaround"] == "Restart the spooler at noon"
    with pytest.raises(UserError, match="Only a problem"):
        ties.workaround(early, "Nothing")


# --- lookalikes ---


@pytest.fixture
def works(desk: Desk):
    with desk.replica.transaction("admin.master", desk.me, at=desk.context.clock()) as tx:
        hall = tx.insert(Department, name="Hall 1")
        office = tx.insert(Department, name="Payroll")
        product = tx.insert(Product, name="Label printing")
        machine = tx.insert(Asset, tag="LP-07", name="Label printer", department_id=hall, product_id=product)
    return hall, office, product, machine


def test_likely_duplicates_come_from_machine_department_and_words(desk: Desk, clock: Clock, works):
    hall, office, _product, machine = works
    same = _open(desk, "Label printer prints blanks", asset_id=machine)
    nearly = _open(desk, "Blank labels from the printer in hall 1", department_id=hall)
    unlike = _open(desk, "Forgotten password", department_id=office)
    case = _open(desk, "Printer prints blank labels", asset_id=machine)
    found = Duplicates(desk.context, desk.directory, desk.lists)
    lines = found.of(case)
    assert [one.line.id for one in lines] == [same, nearly]
    assert lines[0].likeness.score > lines[1].likeness.score
    assert "machine" in lines[0].likeness.why
    assert "words" in lines[1].likeness.why
    assert unlike not in {one.line.id for one in lines}
    typed = found.like("label printer blank", asset_id=machine)
    assert {one.line.id for one in typed} >= {same, case}
    linking(desk).merge(same, case)
    assert same not in {one.line.id for one in found.of(case)}
    desk.cases.resolve(nearly, "Head cleaned")
    assert nearly in {one.line.id for one in found.of(case)}
    clock.pass_minutes(8 * 24 * 60)
    assert nearly not in {one.line.id for one in found.of(case)}


def test_what_repeats_is_offered_as_a_problem_until_it_belongs_to_one(desk: Desk, works):
    _hall, office, product, machine = works
    blanks = [_open(desk, f"Blank labels {n}", asset_id=machine) for n in range(3)]
    for n in range(3):
        _open(desk, f"Salary export fails {n}", department_id=office, product_id=product)
    _open(desk, "Mouse", department_id=office)
    found = Duplicates(desk.context, desk.directory, desk.lists)
    machines, exports = sorted(found.recurrences(), key=lambda one: one.kind)
    assert (machines.kind, machines.name, len(machines.cases)) == ("machine", "LP-07 Label printer", 3)
    assert (exports.kind, exports.name, exports.word) == ("product", "Label printing", "salary")
    problem = _open(desk, "Label printer wears out", kind="problem")
    for case in blanks:
        linking(desk).link(case, problem, "problem")
    assert [one.kind for one in found.recurrences()] == ["product"]


def test_a_problem_takes_in_all_that_repeats_and_one_undo_gives_it_back(desk: Desk, works):
    hall, office, product, machine = works
    blanks = [_open(desk, f"Blank labels {n}", asset_id=machine, severity=2 + (n > 0)) for n in range(3)]
    for n in range(3):
        _open(desk, f"Häufung of errors {n}", department_id=office if n else hall, product_id=product)
    found = Duplicates(desk.context, desk.directory, desk.lists)
    one, words = sorted(found.recurrences(), key=lambda one: one.kind)
    assert (words.about, words.department_id, words.product_id) == ("Label printing: Häufung", None, product)
    assert (one.title, one.severity) == ("LP-07 Label printer: Blank labels 2", 3)
    done = desk.cases.new(one.as_problem("Printer wears out"))
    row = _row(desk, done.case_id)
    kept = ("kind", "severity", "asset_id", "product_id", "department_id", "channel")
    assert tuple(row[name] for name in kept) == ("problem", 3, machine, product, hall, "monitoring")
    assert row["first_response_at"] is not None, "nobody waits for an answer"
    assert {(x.kind, x.outgoing) for x in desk.present.case(done.case_id).links} == {("problem", False)}
    for case in blanks:
        assert [(x.kind, x.outgoing) for x in desk.present.case(case).links] == [("problem", True)]
    assert [left.kind for left in found.recurrences()] == ["product"]
    with pytest.raises(UserError, match="belongs to a problem already"):
        desk.cases.new(one.as_problem("Once more"))
    with pytest.raises(UserError, match="Only a problem"):
        desk.cases.new(NewCase("No problem", 3, incidents=tuple(blanks)))
    desk.undoing.undo(done.tx_id)
    assert _row(desk, done.case_id)["status"] == "cancelled", "its number stays accounted for"
    assert [len(left.cases) for left in found.recurrences()] == [3, 3]
    assert desk.present.case(blanks[0]).links == ()
    step = desk.undoing.next_step(forward=True)
    assert step is not None
    again = desk.undoing.undo(step.tx_id)
    assert _row(desk, done.case_id)["status"] == row["status"]
    assert len(desk.present.case(done.case_id).links) == 3
    desk.undoing.undo(again.tx_id)
    assert desk.present.case(done.case_id).links == ()


def test_a_problem_somebody_built_on_is_not_taken_back(desk: Desk, other: Desk, works):
    for n in range(3):
        _open(desk, f"Blank labels {n}", asset_id=works[3])
    (one,) = Duplicates(desk.context, desk.directory, desk.lists).recurrences()
    first = desk.cases.new(one.as_problem())
    _meet(desk, other)
    other.cases.claim(first.case_id)
    _meet(desk, other)
    with pytest.raises(UserError, match="changed"):
        desk.undoing.undo(first.tx_id)
    assert len(desk.present.case(first.case_id).links) == 3
    more = [_open(desk, "Scanner beeps", kind="incident") for _ in range(2)]
    second = desk.cases.new(NewCase("Scanners beep", 3, kind="problem", incidents=(more[0],)))
    linking(desk).link(more[1], second.case_id, "problem")
    with pytest.raises(UserError, match="added an incident"):
        desk.undoing.undo(second.tx_id)


def test_a_problem_is_made_by_command(tmp_path: Path, desk: Desk, works, capsys):
    desk.close()
    profile = ["--json", "--offline", "--profile", str(tmp_path / "anna")]

    def new(*words: str) -> str:
        assert main(["case", "new", "--title", *words, *profile]) == 0
        return str(json.loads(capsys.readouterr().out)["label"])

    def run(*words: str) -> int:
        return main(["case", "problems", *words, *profile])

    labels = [new(f"Blank labels {n}", "--asset", "LP-07") for n in range(3)]
    alone = new("Mouse")
    assert run("--make", alone) != 0
    assert "stands in no line" in capsys.readouterr().err
    assert run("--make", labels[1], "--severity", "2") == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["cases"], made["kind"], made["severity"]) == (3, "problem", 2)
    assert made["title"] == "LP-07 Label printer: Blank labels 2"
    assert run() == 0
    assert capsys.readouterr().out == ""


WORDS = ["printer", "label", "blank", "spindle", "drive", "stops", "network", "terminal", "password", "login"]


def _traits(seed: int) -> Traits:
    chance = random.Random(seed)

    def some() -> bytes | None:
        return chance.choice([None, b"a", b"b"])

    words = frozenset(chance.sample(WORDS, chance.randrange(5)))
    return Traits(words, some(), some(), some(), some(), chance.randrange(3 * DAY_MS))


traits = st.integers(0, 1 << 32).map(_traits)


BEGINNINGS = st.frozensets(st.text("ab", min_size=3, max_size=7), max_size=6)


@given(BEGINNINGS, BEGINNINGS)
def test_a_word_is_shared_when_it_begins_the_other_and_has_five_letters(one: frozenset[str], other: frozenset[str]):
    def alike(word: str, words: frozenset[str]) -> bool:
        return word in words or any(
            len(min(word, each, key=len)) >= 5 and (word.startswith(each) or each.startswith(word)) for each in words
        )

    letters = sum(len(w) for w in one if alike(w, other)) + sum(len(w) for w in other if alike(w, one))
    shorter = min(sum(map(len, one)), sum(map(len, other)))
    share = min(1.0, letters / 2 / shorter) if shorter else 0.0
    found = likeness(Traits(one), Traits(other, opened_at=10 * DAY_MS))
    assert found.score == pytest.approx(0.55 * share)


@given(traits, traits)
def test_likeness_is_symmetric_and_never_more_than_whole(one: Traits, other: Traits):
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0.0 <= found.score <= 1.0
    assert bool(found.why) == (found.score > 0)
    if one.words:
        assert likeness(one, one).score >= found.score - 1e-9 or not one.words & other.words
    if not one.words & other.words and (one.asset_id is None or one.asset_id != other.asset_id):
        assert found.score == 0.0


@given(st.lists(traits, max_size=30), st.integers(2, 4))
def test_each_incident_repeats_at_most_once_and_each_group_is_large_enough(drawn: list[Traits], least: int):
    incidents = [Happened(bytes([n]), one) for n, one in enumerate(drawn)]
    groups = recurrences(incidents, least=least)
    named = [case for group in groups for case in group.cases]
    assert len(named) == len(set(named))
    assert all(len(group.cases) >= least for group in groups)
    by_machine = {a for a in (b"a", b"b") if sum(one.asset_id == a for one in drawn) >= least}
    assert {group.about for group in groups if group.kind == "machine"} == by_machine


def test_links_by_command(tmp_path: Path, desk: Desk, clock: Clock, capsys):
    labels = [f"~{_row(desk, case)['rid']}" for case in (_open(desk, "Switch down"), _open(desk, "Switch is down"))]
    problem = f"~{_row(desk, _open(desk, 'Switches age', kind='problem'))['rid']}"
    desk.close()

    def run(*words: str, code: int = 0):
        writes = [] if words[0] in ("duplicates", "problems", "show") else ["--offline"]
        assert main(["case", *words, *writes, "--json", "--profile", str(tmp_path / "anna")]) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    one, two = labels
    assert run("duplicates", one)[0]["case"] == two
    assert run("merge", two, "--into", one)[0]["status"] == "merged"
    assert run("unmerge", two)[0]["status"] == "in progress"
    run("link", two, "--to", one, "--as", "child")
    assert run("broadcast", one, "--text", "On it")[0]["cases"] == 1
    (line,) = run("close-all", one)
    assert (line["case"], line["closes"]) == (two, True)
    assert run("close-all", one, "--resolution", "Replaced")[0]["status"] == "resolved"
    run("unlink", two, "--from", one)
    run("link", one, "--to", problem, "--as", "problem")
    assert run("workaround", problem, "--text", "Use port 2")[0]["cases"] == 0
    hum = run("new", "--title", "Switch hums")[0]["label"]
    run("resolve", hum, "--resolution", "Fan cleaned", "--permanent-fix-wanted")
    assert [(one["kind"], one["name"]) for one in run("problems")] == [("wanted", "Switch hums")]
