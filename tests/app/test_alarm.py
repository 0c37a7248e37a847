"""The coverage alarm: who is told, once, about which case, when it is over; and that it changes nothing by itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.texts_coverage import alarm_sentence
from app.times import MINUTE_MS
from app.work.agreements import Agreement
from app.work.alarm import (
    AGAIN_MS,
    EVERYBODY_MS,
    PATIENCE_MS,
    UNKNOWN,
    Alarm,
    AlarmReader,
    Sightings,
    Sign,
    Urgent,
    Watch,
    alarm,
)
from app.work.cases import NewCase
from db.presence import Doing
from db.shapes import Analyst, Department
from tests.desks import Clock, found_desk, join_desk

KERN, ROTH, MARINO, WEISS = b"kern", b"roth", b"marino", b"weiss"
HALL, CASE = b"hall", b"case"
SILENT, IDLE, THERE, NONE = (Sign(state, 0) for state in ("silent", "idle", "there", "no workstation"))


def urgent(**more) -> Urgent:
    return Urgent(
        CASE, "7", "Line stands", 1, HALL, (KERN, ROTH), more.pop("worker", KERN), more.pop("since", 0), **more
    )


def why(signs: dict[bytes, Sign], **more) -> str | None:
    found = alarm(urgent(**more), signs, 10**9)
    return None if found is None else found.why


def test_one_who_is_there_is_enough_and_who_could_not_give_a_sign_proves_nothing():
    assert why({KERN: SILENT, ROTH: SILENT}) == "silent"
    assert why({KERN: SILENT, ROTH: THERE}) is None
    assert why({KERN: SILENT, ROTH: IDLE}) == "idle"
    assert why({KERN: SILENT, ROTH: NONE}) == "silent"
    assert why({KERN: NONE, ROTH: NONE}) is None, "nobody of them could have given a sign"
    assert why({KERN: SILENT, ROTH: SILENT, MARINO: THERE}, worker=MARINO) is None, "a specialist works on it"
    assert why({KERN: THERE, ROTH: SILENT}, absent=frozenset({KERN})) == "silent", "who is away does not count"
    assert why({}, absent=frozenset({KERN, ROTH})) == "absent"
    assert why({}) == "unknown"
    assert why({KERN: THERE}) is None, "what others do does not matter then"


def test_it_waits_longer_where_a_workstation_runs_and_tells_everybody_later():
    signs = {KERN: Sign("silent", 1000), ROTH: Sign("silent", 0)}
    found = alarm(urgent(circle=frozenset({MARINO})), signs, 0)
    assert found is not None
    assert found.begins == 1000 + PATIENCE_MS["silent"]
    assert [found.is_for(who, found.begins) for who in (MARINO, WEISS)] == [True, False]
    assert found.is_for(WEISS, found.begins + EVERYBODY_MS)
    assert not found.is_for(MARINO, found.begins - 1)
    idle = alarm(urgent(since=500), {KERN: Sign("idle", 0), ROTH: SILENT}, 0)
    assert idle is not None
    assert idle.begins == 500 + PATIENCE_MS["idle"]


def test_without_the_drive_only_what_nobody_else_can_see_is_told_and_what_stands_stays():
    watch = Watch(WEISS)
    seen = urgent()
    assert watch.step([seen], {KERN: UNKNOWN, ROTH: UNKNOWN}, AGAIN_MS) == ([], [])
    (told,), _over = watch.step([urgent(unsent=True)], {}, AGAIN_MS)
    assert (told.why, told.known) == ("unknown", False)
    other = Watch(WEISS)
    assert other.step([seen], {KERN: SILENT, ROTH: SILENT}, AGAIN_MS)[0]
    assert other.step([seen], {}, AGAIN_MS + 1) == ([], [])
    assert other.standing


def test_it_ends_when_somebody_takes_it_gives_a_sign_or_it_is_no_longer_urgent():
    silent = {KERN: SILENT, ROTH: SILENT}

    def standing() -> Watch:
        watch = Watch(WEISS)
        assert watch.step([urgent()], silent, AGAIN_MS)[0]
        return watch

    def ends(cases, signs) -> tuple[str, bytes | None]:
        (over,) = standing().step(cases, signs, AGAIN_MS + 1)[1]
        return over.why, over.who

    assert ends([urgent(worker=MARINO)], {**silent, MARINO: THERE}) == ("taken", MARINO)
    assert ends([urgent()], {**silent, ROTH: THERE}) == ("there", ROTH)
    assert ends([], silent) == ("settled", None)


STATES = st.sampled_from([SILENT, IDLE, THERE, NONE, UNKNOWN])
STEPS = st.lists(
    st.tuples(
        st.integers(0, 30), STATES, STATES, st.booleans(), st.sampled_from([None, KERN, MARINO]), st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(STEPS)
def test_nobody_is_told_twice_in_an_hour_nor_while_somebody_is_there(steps):
    """Whatever the drive, the workstations and the case do: a telling is new, true, and followed by one ending."""
    watch, at, told_at, standing = Watch(WEISS), AGAIN_MS, None, False
    for minutes, kern, roth, here, worker, sent, circled in steps:
        at += minutes * MINUTE_MS
        signs = {KERN: kern, ROTH: roth, MARINO: SILENT}
        case = urgent(worker=worker, unsent=not sent, circle=frozenset({WEISS if circled else KERN}))
        news, over = watch.step([case] if here else [], signs, at)
        for one in news:
            assert here
            assert THERE not in (kern, roth)
            assert one.known or not sent
            assert told_at is None or at - told_at >= AGAIN_MS
            told_at = at
        for ended in over:
            assert standing
            assert not here or alarm(case, signs, at) is None
            assert ended.why != "there" or THERE in (kern, roth)
        standing = bool(watch.standing)
        if news:
            assert standing
        # What stands is really so, as far as anybody knows.
        if standing and here:
            assert alarm(case, signs, at) is not None


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from(["none", "away", "here", "drive"])), max_size=30))
def test_a_sign_says_since_when_it_is_so(seen):
    sightings, at, since, before = Sightings(0), 0, 0, None
    for minutes, what in seen:
        at += minutes * MINUTE_MS
        doings = {b"d": {"none": None, "away": Doing(away=True), "here": Doing()}.get(what)}
        sign = sightings.note({KERN: (b"d",)}, None if what == "drive" else doings, at)[KERN]
        if what == "drive":
            assert sign == UNKNOWN
            continue
        if what != before:
            since = 0 if before is None and what == "none" else at
        before = what
        assert sign == Sign({"none": "silent", "away": "idle", "here": "there"}[what], since)  # type: ignore[arg-type]
    assert Sightings(0).note({KERN: ()}, {}, 5)[KERN].state == "no workstation"


def test_words_in_both_languages_say_who_and_what_is_not_known():
    for reason in ("silent", "idle", "absent", "unknown"):
        for unsent in (False, True):
            found = Alarm(urgent(unsent=unsent), reason, 0)
            english, german = (alarm_sentence(found, language, bytes.decode) for language in ("en", "de"))
            assert english != german
            assert "hall" in english
            assert reason == "absent" or ("kern, roth" in english and "kern, roth" in german)
    assert "can't see" not in alarm_sentence(Alarm(urgent(), "unknown", 0), "en", bytes.decode)


# -- real desks --------------------------------------------------------------------------------------------------------
class Office:
    """Anna Kern (administrator), Jo Roth and Li Marino on three workstations; Hall 1 is Roth's, Marino stands in; its
    part Line 4 inherits that."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.folder = Clock(), folder
        self.anna = found_desk(folder, clock=self.clock)
        self.jo = join_desk(self.anna, folder)
        self.li = join_desk(self.anna, folder, name="li", person="Li Marino")
        with self.anna.replica.transaction("admin.master", self.anna.me, at=self.clock()) as tx:
            self.hall = tx.insert(Department, name="Hall 1")
            self.line = tx.insert(Department, name="Line 4", parent_id=self.hall)
            self.nobody = tx.insert(Analyst, name="No Workstation")
        self.sync()
        self.anna.agreements.agree(Agreement(self.hall, self.jo.me, self.li.me))
        self.sync()

    def sync(self) -> None:
        for desk in (self.anna, self.jo, self.li, self.anna, self.jo, self.li):
            desk.sync_round()

    def beat(self, desk, doing: Doing = Doing()) -> None:  # noqa: B008
        """A sign of life of that workstation, now."""
        desk.colleagues._looked_at = float("-inf")
        if desk.colleagues._presence is not None:
            desk.colleagues._presence._told_at = float("-inf")
        desk.colleagues.meet(doing, often=False)

    def alarms(self, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
        capsys.readouterr()
        assert main(["--profile", str(self.anna.profile.folder), "coverage", "alarm", "--json"]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    for desk in (made.li, made.jo, made.anna):
        desk.close()


def test_from_an_urgent_call_to_somebody_who_takes_it(office: Office):
    reader = AlarmReader(office.anna.context, office.anna.deadlines)
    case = office.anna.cases.new(NewCase(title="Line stands", severity=1, department_id=office.line)).case_id
    calm = office.anna.cases.new(NewCase(title="New mouse", severity=4, department_id=office.hall)).case_id
    assert calm
    office.sync()
    (found,) = reader.urgent()
    assert found.people == (office.jo.me, office.li.me), "Line 4 inherits its people from Hall 1"
    devices = reader.devices([*found.people, office.nobody])
    assert [len(devices[who]) for who in (*found.people, office.nobody)] == [1, 1, 0]
    watch, sightings = Watch(office.anna.me), Sightings(office.clock())
    digest = office.anna.replica.digest

    def look():
        now = office.clock()
        doings = office.anna.colleagues.signs([one for theirs in devices.values() for one in theirs])
        return watch.step(reader.urgent(now), sightings.note(devices, doings, now), now)

    assert look() == ([], []), "it is too early to worry"
    office.clock.pass_minutes(6)
    (told,), _over = look()
    assert (told.why, told.case.case_id) == ("silent", case)
    assert look() == ([], []), "it is told once"
    assert office.anna.replica.digest == digest, "nothing is rerouted by silence"
    assert office.anna.present.case(case).row["work_owner_id"] == office.jo.me
    office.beat(office.li)
    _news, (over,) = look()
    assert (over.why, over.who) == ("there", office.li.me)
    done = office.anna.cases.take_up(case, told.case.worker)
    row = office.anna.present.case(case).row
    assert (row["work_owner_id"], row["contact_owner_id"]) == (office.anna.me, office.jo.me)
    office.sync()
    with pytest.raises(UserError, match="Anna Kern has taken"):
        office.li.cases.take_up(case, told.case.worker)
    office.anna.undoing.undo(done.tx_id)
    assert office.anna.present.case(case).row["work_owner_id"] == office.jo.me
    office.anna.cases.wait(case, "supplier")
    assert reader.urgent() == [], "what waits for somebody outside needs nobody now"
    office.anna.cases.resolve(case, "It runs again")
    office.sync()


def test_two_who_take_it_apart_are_one_and_the_other_is_told(office: Office):
    case = office.anna.cases.new(NewCase(title="Robot", severity=1, department_id=office.hall)).case_id
    office.sync()
    first = office.anna.cases.take_up(case, office.jo.me)
    second = office.li.cases.take_up(case, office.jo.me)
    office.sync()
    assert office.anna.replica.outcome(first.tx_id)[0] == "accepted"
    assert office.li.replica.outcome(second.tx_id)[0] == "refused"
    assert office.li.replica.conflict_count() == 1, "and it is shown who has it"
    assert {d.present.case(case).row["work_owner_id"] for d in (office.anna, office.jo, office.li)} == {office.anna.me}
    office.anna.cases.resolve(case, "It runs again")
    office.sync()


def test_outside_the_departments_hours_nobody_is_woken(office: Office):
    case = office.anna.cases.new(NewCase(title="At night", severity=1, department_id=office.hall)).case_id
    reader = AlarmReader(office.anna.context, office.anna.deadlines)
    night = office.clock.now + 12 * 60 * MINUTE_MS
    assert reader.urgent()
    assert reader.urgent(night) == []
    office.anna.cases.resolve(case, "It was the clock")
    office.sync()


def test_by_the_command_line_with_and_without_the_drive(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    from app.cli import opening

    monkeypatch.setattr(opening, "Desk", lambda profile: Desk(profile, clock=office.clock))
    for desk in (office.jo, office.li):
        desk.colleagues._ready()
    case = office.anna.cases.new(NewCase(title="Press stands", severity=1, department_id=office.line)).case_id
    office.sync()
    office.clock.pass_minutes(30)
    (found,) = office.alarms(capsys)
    assert (found["title"], found["known"], found["department"]) == ("Press stands", True, "Line 4")
    assert [one["state"] for one in found["people"]] == ["silent", "silent"]  # type: ignore[attr-defined]
    office.beat(office.jo)
    assert office.alarms(capsys) == []
    share = office.folder / "share"
    shutil.move(share, office.folder / "gone")
    try:
        unsent = office.anna.cases.new(NewCase(title="Crane", severity=1, department_id=office.hall)).case_id
        office.clock.pass_minutes(1)
        lines = office.alarms(capsys)
    finally:
        shutil.move(office.folder / "gone", share)
    assert {(one["title"], one["known"]) for one in lines} == {("Press stands", False), ("Crane", False)}
    assert "can't see this case" in str(next(one for one in lines if one["title"] == "Crane")["says"])
    for one in (case, unsent):
        office.anna.cases.resolve(one, "Runs")
    office.sync()
