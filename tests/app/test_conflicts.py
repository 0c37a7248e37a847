"""Conflicts as a person meets them: told in words, decided, and never in the way of figures and due times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.errors import Overtaken, UserError
from app.knowledge.articles import Articles
from app.refusals import in_language
from app.work.cases import NewCase
from app.work.conflicts import broken_rule
from tests.desks import Clock, found_desk, join_desk
from ui.conflict_words import told

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = found_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def jo(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    opened = join_desk(desk, tmp_path)
    yield opened
    opened.close()


def _both(desk: Desk, jo: Desk) -> None:
    desk.sync_round()
    jo.sync_round()
    desk.sync_round()
    assert desk.replica.digest == jo.replica.digest


def _case(desk: Desk, jo: Desk, **more: str) -> bytes:
    case = desk.cases.new(NewCase(title="Printer jams", severity=3, **more)).case_id  # type: ignore[arg-type]
    _both(desk, jo)
    return case


def _value(desk: Desk, case: bytes, column: str) -> object:
    return desk.context.reader.value(f'SELECT "{column}" FROM "case" WHERE id = ?', (case,))


def _titles(desk: Desk, jo: Desk, case: bytes, *, late: bool = False) -> int:
    """Both rename the case, Jo is second; returns the conflict's number."""
    jo.cases.set(case, title="Jo's title")
    clock = desk.context.clock
    assert isinstance(clock, Clock)
    clock.pass_minutes(10 if late else 0)
    desk.cases.set(case, title="Anna's title")
    _both(desk, jo)
    (one,) = jo.conflicts.waiting()
    assert (one.mine, one.theirs, one.base) == ("Jo's title", "Anna's title", "Printer jams")
    assert (one.my_author, one.their_author) == ("Jo Roth", "Anna Kern")
    assert one.title == _value(jo, case, "title")
    return one.n


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("keep", "stands"), [("mine", "Jo's title"), ("theirs", "Anna's title")])
def test_either_title_can_be_kept(desk: Desk, jo: Desk, late: bool, keep: str, stands: str):
    case = _case(desk, jo)
    n = _titles(desk, jo, case, late=late)
    assert _value(desk, case, "title") == ("Anna's title" if late else "Jo's title")
    done = jo.decisions.keep_mine(n) if keep == "mine" else jo.decisions.keep_theirs(n)
    assert (done is None) == ((keep == "mine") != late), "only what does not stand yet needs a transaction"
    _both(desk, jo)
    assert _value(desk, case, "title") == stands
    assert jo.conflicts.waiting() == []
    (settled,) = jo.conflicts.settled()
    assert settled.settled == keep
    with pytest.raises(UserError, match="decided already"):
        jo.decisions.keep_mine(n)


def test_another_text_can_be_written_instead(desk: Desk, jo: Desk):
    case = _case(desk, jo)
    jo.decisions.write(_titles(desk, jo, case), "Printer in hall 1 jams")
    _both(desk, jo)
    assert _value(desk, case, "title") == "Printer in hall 1 jams"
    assert jo.conflicts.settled()[0].settled == "text"


def test_an_overlap_turns_round_and_leaves_the_rest_merged(desk: Desk, jo: Desk):
    case = _case(desk, jo, description="Hall 1\njams\nsince noon")
    jo.cases.set(case, description="Hall 1\nsmells\nsince noon\nred light")
    desk.cases.set(case, description="Hall 2\nburns\nsince noon")
    _both(desk, jo)
    assert _value(jo, case, "description") == "Hall 2\nsmells\nsince noon\nred light"
    (one,) = jo.conflicts.waiting()
    assert one.reason == "overlap"
    assert one.both == "Hall 2\nburns\nsmells\nsince noon\nred light"
    jo.cases.set(case, description="Hall 2\nsmells\nsince noon\nred light\nsecond floor")
    jo.decisions.keep_theirs(one.n)
    _both(desk, jo)
    assert _value(desk, case, "description") == "Hall 2\nburns\nsince noon\nred light\nsecond floor"


def test_a_lost_claim_names_the_winner_and_can_be_taken_over(desk: Desk, jo: Desk):
    case = _case(desk, jo)
    desk.cases.claim(case)
    jo.cases.claim(case)
    _both(desk, jo)
    (one,) = jo.conflicts.waiting()
    assert (one.outcome, one.reason, one.theirs, one.is_text) == ("refused", "taken", "Anna Kern", False)
    with pytest.raises(UserError, match="Only a text"):
        jo.decisions.write(one.n, "x")
    jo.decisions.keep_mine(one.n)
    _both(desk, jo)
    assert _value(desk, case, "work_owner_id") == jo.me
    events = desk.context.reader.all(
        "SELECT old_id, new_id FROM case_event WHERE case_id = ? AND field = 'work_owner' ORDER BY at", (case,)
    )
    assert [tuple(e) for e in events] == [(None, desk.me), (desk.me, jo.me)]


def test_a_note_to_a_case_that_was_taken_meanwhile_is_not_lost(desk: Desk, jo: Desk):
    """An escalation that lost the race carries words; made again, they are in the timeline."""
    case = _case(desk, jo)
    desk.cases.claim(case)
    jo.cases.escalate(case, tried="Restarted it twice", to_analyst=jo.me)
    _both(desk, jo)
    (one,) = jo.conflicts.waiting()
    count = "SELECT count(*) FROM timeline_entry WHERE text = 'Restarted it twice'"
    assert desk.context.reader.value(count, ()) == 0
    jo.decisions.keep_mine(one.n)
    _both(desk, jo)
    assert desk.context.reader.value(count, ()) == 1


def test_due_times_follow_both_changes(desk: Desk, jo: Desk):
    case = _case(desk, jo)
    normal = _value(desk, case, "fix_due_at")
    desk.cases.set(case, severity=1)
    urgent = _value(desk, case, "fix_due_at")
    jo.cases.set(case, title="Line 3 stands still", channel="e-mail")
    assert _value(jo, case, "fix_due_at") == normal
    _both(desk, jo)
    assert jo.conflicts.waiting() == []
    assert _value(jo, case, "fix_due_at") == urgent

    jo.cases.wait(case, "requester")
    desk.cases.set(case, severity=2)
    _both(desk, jo)
    assert _value(jo, case, "fix_due_at") is None, "a paused clock promises nothing"
    assert _value(jo, case, "severity") == 2


def test_two_who_resolve_a_case_leave_one_resolution_in_its_history(desk: Desk, jo: Desk):
    case = _case(desk, jo)
    for one in (desk, jo):
        one.cases.claim(case)
        if one is desk:
            _both(desk, jo)
            desk.cases.hand(case, to_analyst=jo.me)
            _both(desk, jo)
    _both(desk, jo)
    desk.cases.resolve(case, "New toner")
    jo.cases.resolve(case, "New drum")
    _both(desk, jo)
    count = "SELECT count(*) FROM case_event WHERE case_id = ? AND field = 'status' AND new = 'resolved'"
    assert desk.context.reader.value(count, (case,)) == 1
    (conflict,) = jo.conflicts.waiting()
    assert (conflict.column, conflict.theirs, conflict.mine) == ("resolution", "New toner", "New drum")


def test_a_conflict_in_an_article_is_called_by_its_title_and_leaves_a_version(desk: Desk, jo: Desk):
    article = Articles(desk.context).create("VPN drops", solution="Restart").article_id
    _both(desk, jo)
    Articles(jo.context).change(article, solution="Restart the client")
    Articles(desk.context).change(article, solution="Restart everything")
    _both(desk, jo)
    (one,) = jo.conflicts.waiting()
    assert (one.table, one.title, one.case_id, one.column) == ("article", "VPN drops", None, "solution")
    jo.decisions.keep_theirs(one.n)
    _both(desk, jo)
    assert desk.context.reader.value("SELECT solution FROM article", ()) == "Restart everything"
    versions = desk.context.reader.all("SELECT solution FROM article_version ORDER BY at, id", ())
    assert [v[0] for v in versions][-1] == "Restart everything"
    assert {"Restart", "Restart the client", "Restart everything"} <= {v[0] for v in versions}


def test_undo_goes_back_step_by_step_and_forward_again(desk: Desk):
    case = desk.cases.new(NewCase(title="a", severity=3)).case_id
    for title in ("b", "c"):
        desk.cases.set(case, title=title)
    seen = []
    for forward in (False, False, True, True):
        step = desk.undoing.next_step(case, forward=forward)
        assert step is not None
        desk.undoing.undo(step.tx_id)
        seen.append(_value(desk, case, "title"))
    assert seen == ["b", "a", "b", "c"]
    assert desk.undoing.next_step(case, forward=True) is None
    step = desk.undoing.next_step(case)
    assert step is not None
    desk.undoing.undo(step.tx_id)
    assert _value(desk, case, "title") == "b"
    desk.cases.set(case, title="d")
    assert desk.undoing.next_step(case, forward=True) is None, "whoever goes on can't do again what was undone before"


def test_a_status_goes_back_and_forward_again(desk: Desk):
    case = desk.cases.new(NewCase(title="a", severity=3)).case_id
    desk.cases.claim(case)
    for forward, status in ((False, "new"), (True, "in progress"), (False, "new")):
        step = desk.undoing.next_step(case, forward=forward)
        assert step is not None
        desk.undoing.undo(step.tx_id)
        assert _value(desk, case, "status") == status
    desk.sync_round()
    assert desk.replica.digest == desk.replica.rows_digest()


def test_who_built_on_a_change_is_named_with_the_time(desk: Desk, jo: Desk):
    case = _case(desk, jo)
    mine = jo.cases.set(case, title="Jo's title")
    _both(desk, jo)
    desk.cases.set(case, title="Anna's title")
    at = desk.context.clock() - 1
    _both(desk, jo)
    with pytest.raises(Overtaken, match="Anna Kern changed title on 2026-01-05 10:00") as caught:
        jo.undoing.undo(mine.tx_id)
    assert (caught.value.who, caught.value.column) == ("Anna Kern", "title")
    assert abs(int(str(caught.value.at)) - at) < 5


def test_undo_computes_due_times_anew(desk: Desk):
    case = desk.cases.new(NewCase(title="a", severity=3)).case_id
    before = _value(desk, case, "fix_due_at")
    title = desk.cases.set(case, title="b")
    desk.cases.set(case, severity=1)
    urgent = _value(desk, case, "fix_due_at")
    assert urgent != before
    desk.undoing.undo(title.tx_id)
    assert (_value(desk, case, "title"), _value(desk, case, "fix_due_at")) == ("a", urgent)


def test_scripts_list_show_and_resolve_conflicts(
    desk: Desk, jo: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = _case(desk, jo)
    n = _titles(desk, jo, case)

    def run(*words: str) -> tuple[int, str]:
        code = main(["conflicts", *words, "--profile", str(jo.profile.folder)])
        return code, capsys.readouterr().out

    code, text = run("list", "--json")
    one = json.loads(text)
    assert (code, one["n"], one["mine"], one["theirs"], one["mine_by"], one["theirs_by"], one["label"]) == (
        0, n, "Jo's title", "Anna's title", "Jo Roth", "Anna Kern", "1",
    )  # fmt: skip
    assert "both changed it" in run("list")[1]
    shown = run("show", str(n))[1]
    assert "yours (Jo Roth, 2026-01-05T09:00:00Z): Jo's title" in shown
    assert "theirs (Anna Kern, 2026-01-05T09:00:00Z): Anna's title" in shown
    assert run("resolve", str(n), "--keep", "neither")[0] == 1
    file = tmp_path / "title.txt"
    file.write_text("Druckt nicht – Tür 3", encoding="utf-8")
    code, text = run("resolve", str(n), "--keep", "text", str(file), "--json")
    answer = json.loads(text)
    assert (code, answer["settled"], answer["saved"]) == (0, "text", True)
    desk.sync_round()
    assert _value(desk, case, "title") == "Druckt nicht – Tür 3"
    assert "Nothing needs you" in run("list")[1]
    assert json.loads(run("list", "--settled", "--json")[1])["settled"] == "text"
    assert run("show", "99")[0] == 1


def test_scripts_undo_and_do_again(desk: Desk, capsys: Printed):
    case = desk.cases.new(NewCase(title="a", severity=3)).case_id
    desk.cases.set(case, title="b")
    for words, title in (([], "a"), (["--redo"], "b")):
        assert main(["case", "undo", "~1", *words, "--json", "--profile", str(desk.profile.folder)]) == 0
        assert json.loads(capsys.readouterr().out)["title"] == title
    assert main(["case", "undo", "1", "--redo", "--profile", str(desk.profile.folder)]) == 1


def test_what_was_refused_as_a_whole_says_what_it_was_and_why_in_plain_words(
    desk: Desk, tmp_path: Path, capsys: Printed
):
    kim = join_desk(desk, tmp_path, name="kim", person="Kim Ost", role="administrator")
    making = ["record", "new", "queue", "name=ERP", "kind=product", "--offline"]
    for station in (desk, kim):
        assert main(["--profile", str(station.profile.folder), *making]) == 0
    capsys.readouterr()
    _both(desk, kim)
    (one,) = kim.conflicts.waiting()
    assert (one.title, one.mine, one.why) == ("ERP", "ERP", "there is one of that name already")
    assert "SQL" not in (said := told(one).why)
    assert "constraint" not in said
    assert in_language(one.why, "de") == "etwas dieses Namens gibt es schon"
    assert main(["--profile", str(kim.profile.folder), "conflicts", "list"]) == 0
    assert "ERP: there is one of that name already" in capsys.readouterr().out
    kim.close()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("UNIQUE constraint failed: analyst.name", "there is one of that name already"),
        ("FOREIGN KEY constraint failed", "what it refers to is gone"),
        ("CHECK constraint failed: ck_case_severity", "something in it is not allowed there"),
        ("only an administrator may change queue", "only an administrator may change queue"),
        ("", ""),
    ],
)
def test_a_broken_rule_of_the_tables_is_said_as_a_person_says_it(why: str, said: str):
    assert broken_rule(why) == said
