"""The demo desk: its events tell the same story as its rows, its clocks are the real ones, the seed decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app import times
from app.demo import is_demo, make_demo
from app.demo.words import SeededIds, Words
from app.desk import Desk
from app.errors import UserError
from app.insight.flow import tally
from app.insight.history import load
from app.joining import join
from app.profile import Profile
from app.times import DAY_MS
from db.models import SHARED
from db.rules import LIVE_CHANNELS, NO_DUE, OPEN_STATUSES, STATUSES, TRACKED_IDS, TRACKED_WORDS, may_follow

NOW = times.parse_iso("2026-11-25T09:30:00Z")
CASES = 1_200
SEED = 4
FOUNDING = {"site": "name", "calendar": "name", "severity": "rank", "analyst": "name", "queue": "name"}
"""Tables in which the founding has made rows with ids of its own, and what tells their rows apart."""


@dataclass(frozen=True)
class Told:
    """A demo that was read whole."""

    desk: Desk
    cases: list[dict[str, Any]]
    events: dict[bytes, list[dict[str, Any]]]
    entries: dict[bytes, list[dict[str, Any]]]

    def all(self, sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.desk.context.reader.all(sql)]


def opened(profile: Profile) -> Desk:
    return Desk(profile, clock=lambda: NOW)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    profile = Profile(tmp_path_factory.mktemp("demo") / "profile")
    make_demo(profile, seed=SEED, cases=CASES, now=NOW)
    desk = opened(profile)
    reader = desk.context.reader
    events: dict[bytes, list[dict[str, Any]]] = defaultdict(list)
    entries: dict[bytes, list[dict[str, Any]]] = defaultdict(list)
    for row in reader.all("SELECT * FROM case_event ORDER BY at, id"):
        events[row["case_id"]].append(dict(row))
    for row in reader.all("SELECT * FROM timeline_entry ORDER BY at, id"):
        entries[row["case_id"]].append(dict(row))
    yield Told(desk, [dict(row) for row in reader.all('SELECT * FROM "case" ORDER BY number')], events, entries)
    desk.close()


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    profile = Profile(tmp_path_factory.mktemp("demo-de") / "profile")
    make_demo(profile, seed=SEED, cases=CASES, now=NOW, language="de")
    desk = opened(profile)
    yield desk
    desk.close()


def value_of(event: dict[str, Any], which: str) -> Any:
    if event["field"] in TRACKED_IDS:
        return event[f"{which}_id"]
    value = event[which]
    return int(value) if event["field"] in ("tier", "severity") and value is not None else value


# --- events and rows ---


def test_replaying_its_events_gives_every_case_as_it_stands(told: Told) -> None:
    for case in told.cases:
        state: dict[str, Any] = dict.fromkeys((*TRACKED_IDS, *TRACKED_WORDS))
        for event in told.events[case["id"]]:
            field = event["field"]
            if field == "opened":
                assert event["new"] == case["kind"]
                continue
            assert value_of(event, "old") == state[field], (case["number"], field)
            state[field] = value_of(event, "new")
        for field, column in {**TRACKED_IDS, **TRACKED_WORDS}.items():
            assert state[field] == case[column], (case["number"], field)


def test_every_case_begins_with_the_events_of_an_opening(told: Told) -> None:
    for case in told.cases:
        first, second, *_rest = told.events[case["id"]]
        assert (first["field"], second["field"], second["new"]) == ("opened", "status", "new")
        opening = [e["field"] for e in told.events[case["id"]] if e["at"] == case["opened_at"]]
        assert opening.count("opened") == 1
        assert {"queue", "severity", "tier", "department", "product"} <= set(opening)


def test_statuses_follow_the_table_of_transitions_and_the_columns_follow_the_statuses(told: Told) -> None:
    for case in told.cases:
        steps = [(e["at"], e["new"]) for e in told.events[case["id"]] if e["field"] == "status"]
        reopened, ended, resolved = 0, None, None
        for (_, old), (at, new) in pairwise(steps):
            assert may_follow(old, new)
            if new in OPEN_STATUSES and old not in OPEN_STATUSES:
                reopened, ended, resolved = reopened + 1, None, None
            elif new not in OPEN_STATUSES and old in OPEN_STATUSES:
                ended, resolved = at, at if new == "resolved" else None
        columns = (case["reopen_count"], case["ended_at"], case["resolved_at"])
        assert columns == (reopened, ended, resolved), case["number"]


def test_time_only_goes_forward_and_never_beyond_now(told: Told) -> None:
    for case in told.cases:
        assert case["opened_at"] < NOW
        for rows in (told.events[case["id"]], told.entries[case["id"]]):
            by_id = [row["at"] for row in sorted(rows, key=lambda row: row["id"])]
            assert by_id == sorted(by_id)
            assert all(case["opened_at"] <= row["at"] <= case["updated_at"] < NOW for row in rows), case["number"]
    today = times.local_date(NOW, times.zone("Europe/Berlin")).isoformat()
    assert not told.all(f"SELECT 1 FROM time_entry WHERE work_date > '{today}' OR entered_at >= {NOW} OR minutes <= 0")
    for table in ("satisfaction", "article_use", "article_version"):
        assert not told.all(f"SELECT 1 FROM {table} WHERE at >= {NOW}"), table
    assert not told.all(f"SELECT 1 FROM case_link WHERE made_at >= {NOW}")


def test_waiting_says_on_whom_and_what_is_past_triage_says_what_is_next(told: Told) -> None:
    for case in told.cases:
        assert (case["waiting_on"] is not None) == (case["status"] == "waiting")
        if case["status"] in ("in progress", "waiting"):
            assert case["next_step"]
            assert case["next_step_at"] is not None
            assert case["next_step_by_id"] is not None or case["work_owner_id"] is None
        elif case["ended_at"] is not None:
            assert (case["next_step"], case["next_step_by_id"], case["next_step_at"]) == (None, None, None)


def test_the_first_response_is_the_call_itself_or_the_first_entry_that_counts(told: Told) -> None:
    for case in told.cases:
        counting = [e["at"] for e in told.entries[case["id"]] if e["counts_as_response"]]
        ends = [e["at"] for e in told.events[case["id"]] if e["field"] == "status" and e["new"] == "resolved"]
        expected = case["opened_at"] if case["channel"] in LIVE_CHANNELS else min([*counting, *ends], default=None)
        assert case["first_response_at"] == expected, case["number"]


def test_due_times_are_those_of_the_real_clocks(told: Told) -> None:
    reader = told.desk.context.reader
    for case in told.cases:
        if case["ended_at"] is not None and case["number"] % 20:
            continue
        due = told.desk.deadlines.due(reader.all, case, case["id"])
        assert (due.response, due.fix) == (case["response_due_at"], case["fix_due_at"]), case["number"]
        ended = case["ended_at"] is not None
        assert case["due_at"] == (NO_DUE if ended or due.next is None else due.next), case["number"]
        assert case["warn_at"] == (None if ended else due.warn), case["number"]
        promised = (case["response_promised_at"], case["fix_promised_at"])
        assert promised == ((due.response, due.fix) if ended else (None, None)), case["number"]


def test_the_flow_of_every_week_balances(told: Told) -> None:
    tz = times.zone("Europe/Berlin")
    monday = times.day_bounds(times.local_date(NOW - 110 * 7 * DAY_MS, tz), tz)[0]
    bounds = [monday + week * 7 * DAY_MS for week in range(112)]
    weeks = tally(load(told.desk.context.reader, bounds[0], bounds[-1]), bounds)
    for week in weeks:
        week.check()
    assert sum(len(week.opened) for week in weeks) == CASES


def test_numbers_have_no_gaps_and_follow_the_openings(told: Told) -> None:
    assert [case["number"] for case in told.cases] == list(range(1, CASES + 1))
    openings = [case["opened_at"] for case in told.cases]
    assert openings == sorted(openings)


# --- what it is made of ---


def test_it_looks_like_a_busy_desk(told: Told) -> None:
    open_now = [case for case in told.cases if case["ended_at"] is None]
    assert {case["status"] for case in told.cases} == set(STATUSES)
    assert {case["waiting_on"] for case in open_now} >= {"requester", "supplier", "parts", "change"}
    assert {case["kind"] for case in told.cases} == {"incident", "request", "problem"}
    overdue = sum(case["due_at"] < NOW for case in open_now)
    assert 0.15 < overdue / len(open_now) < 0.65
    mine = [case for case in open_now if told.desk.me in (case["work_owner_id"], case["contact_owner_id"])]
    assert len(mine) >= 5
    assert {link["kind"] for link in told.all("SELECT kind FROM case_link")} == {"child", "problem", "duplicate"}
    assert any(case["major"] for case in told.cases)
    assert any(case["reopen_count"] for case in told.cases)
    assert any(e["on_behalf_of_id"] for events in told.events.values() for e in events)


def test_queues_are_staffed_and_covered_departments_have_somebody(told: Told) -> None:
    members = told.all(
        "SELECT q.name, count(*) AS n FROM queue q JOIN queue_member m ON m.queue_id = q.id GROUP BY q.id"
    )
    queues = told.all("SELECT name FROM queue")
    assert len(queues) == 15
    assert all(row["n"] >= 1 for row in members)
    assert len(members) == len(queues)
    assert len(told.all("SELECT id FROM coverage")) == 7
    away = told.all("SELECT * FROM absence WHERE to_day IS NULL")
    assert [row["kind"] for row in away] == ["sickness"]
    assert told.all("SELECT 1 FROM absence WHERE kind = 'vacation' AND from_day > '2026-11-25'")


def test_there_is_an_article_for_every_scenario_and_each_is_as_its_last_version(told: Told) -> None:
    articles = told.all("SELECT * FROM article")
    assert len(articles) == len(Words("en").scenarios) >= 150
    assert {article["state"] for article in articles} == {"rough", "generic", "reviewed", "published", "archived"}
    versions: dict[bytes, list[dict[str, Any]]] = defaultdict(list)
    for version in told.all("SELECT * FROM article_version ORDER BY at, id"):
        versions[version["article_id"]].append(version)
    for article in articles:
        last = versions[article["id"]][-1]
        assert all(last[key] == article[key] for key in ("title", "problem", "cause", "solution", "state"))
        assert (versions[article["id"]][0]["at"], last["at"]) == (article["created_at"], article["updated_at"])
        assert re.match(r"1\. ", article["solution"])
    early = "SELECT 1 FROM article_use u JOIN article a ON a.id = u.article_id WHERE u.at < a.created_at"
    assert told.all("SELECT 1 FROM article_use LIMIT 1")
    assert not told.all(early)


def test_calls_of_eight_weeks_are_there(told: Told) -> None:
    rows = told.all("SELECT * FROM call_interval ORDER BY starts_at")
    assert NOW - 58 * DAY_MS < rows[0]["starts_at"] < NOW - 50 * DAY_MS
    assert all(row["starts_at"] + 30 * 60_000 <= NOW for row in rows)
    assert all(0 <= row["answered"] <= row["offered"] for row in rows)
    assert all((row["handle_seconds"] is None) == (row["answered"] == 0) for row in rows)


TEXTS = (
    'SELECT title || description || coalesce(resolution, "") || coalesce(next_step, "") AS text FROM "case"',
    "SELECT text FROM timeline_entry",
    "SELECT coalesce(reason, '') AS text FROM case_event",
    "SELECT title || problem || cause || solution AS text FROM article",
)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_no_text_has_a_hole(told: Told, german: Desk, number: int) -> None:
    sql = TEXTS[number].replace('""', "''")
    for reader in (told.desk.context.reader, german.context.reader):
        for (text,) in reader.all(sql):
            assert not re.search(r"[{}]|None|  |\(\)|^[ .,:]", text), text


def test_both_languages_tell_the_same_cases_in_other_words(told: Told, german: Desk) -> None:
    columns = "number, opened_at, severity, status, waiting_on, channel, ended_at, due_at"
    sql = f'SELECT {columns} FROM "case" ORDER BY number'
    rows = [tuple(row) for row in told.desk.context.reader.all(sql)]
    assert rows == [tuple(row) for row in german.context.reader.all(sql)]
    words_en = {r[0] for r in told.desk.context.reader.all("SELECT DISTINCT text FROM timeline_entry")}
    words_de = {r[0] for r in german.context.reader.all("SELECT DISTINCT text FROM timeline_entry")}
    assert not words_en & words_de
    titles = {s.about for s in Words("en").scenarios.values()} & {s.about for s in Words("de").scenarios.values()}
    assert titles == {"Toner"}


def test_the_search_finds_words_of_a_timeline(told: Told) -> None:
    case = next(c for c in reversed(told.cases) if len(told.entries[c["id"]]) > 3)
    word = max(re.findall(r"[A-Za-z]{6,}", told.entries[case["id"]][1]["text"]), key=len)
    found = told.desk.context.reader.all("SELECT rowid FROM case_fts WHERE case_fts MATCH ?", (f'"{word.lower()}"',))
    assert case["rid"] in {row[0] for row in found}


# --- making it ---


def content(desk: Desk) -> dict[str, list[Any]]:
    """Every shared table but devices, with the founding's own ids replaced by what they stand for."""
    reader = desk.context.reader
    names: dict[Any, str] = {}
    for table in FOUNDING:
        names |= {row[0]: f"{table} {row[1]}" for row in reader.all(f"SELECT id, {FOUNDING[table]} FROM {table}")}
    out = {}
    for table in SHARED:
        if table in ("device", "invitation", "desk_key", "wrapped_key"):
            continue
        rows = [{k: names.get(v, v) for k, v in dict(row).items()} for row in reader.all(f'SELECT * FROM "{table}"')]
        if table == "queue_member":
            rows = [{k: v for k, v in row.items() if k != "id"} for row in rows]
        out[table] = sorted(rows, key=repr)
    return out


def test_the_same_seed_gives_the_same_desk_and_another_seed_another(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        make_demo(Profile(tmp_path / name), seed=seed, cases=250, now=NOW)
        desk = opened(Profile(tmp_path / name))
        made.append(content(desk))
        desk.close()
    one, two, three = made
    for table, rows in one.items():
        assert rows == two[table], table
    assert one["case"] != three["case"]


def test_everything_is_published_and_somebody_else_who_joins_has_the_same(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "demo")
    seen: list[tuple[int, int]] = []
    make_demo(profile, cases=250, now=NOW, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (250, 250)
    assert is_demo(profile)
    assert not list(tmp_path.glob("*.making"))
    assert Path(profile.desk()["where"]) == profile.folder / "share"
    desk = opened(profile)
    assert desk.replica.pending_count() == 0
    assert desk.replica.rows_digest() == desk.replica.digest
    invitation, _ = desk.invite("Jo Neu", "analyst")
    join(Profile(tmp_path / "other"), invitation, key_file=tmp_path / "other-keys.json", clock=lambda: NOW)
    other = opened(Profile(tmp_path / "other"))
    desk.sync_round()
    assert other.replica.digest == desk.replica.digest
    other.close()
    desk.close()


def test_a_profile_in_use_is_left_alone(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "demo")
    make_demo(profile, cases=20, now=NOW)
    card = profile.desk()
    with pytest.raises(UserError, match="already belongs"):
        make_demo(profile, cases=20, now=NOW)
    assert profile.desk() == card


def test_a_demo_that_was_interrupted_leaves_the_profile_free(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "demo")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(profile, cases=350, now=NOW, progress=stop)
    assert not profile.attached
    assert list(tmp_path.iterdir()) == []
    make_demo(profile, cases=20, now=NOW)
    assert is_demo(profile)


def test_a_desk_that_was_founded_is_no_demo(tmp_path: Path) -> None:
    from app.founding import found

    (tmp_path / "share").mkdir()
    profile = Profile(tmp_path / "real")
    found(profile, str(tmp_path / "share"), "IT", "Anna", zone="Europe/Berlin", key_file=tmp_path / "keys.json")
    assert not is_demo(profile)
    assert not is_demo(Profile(tmp_path / "nothing"))


def test_seeded_ids_ascend_within_a_millisecond_and_repeat_with_the_seed() -> None:
    ids, again = SeededIds(1), SeededIds(1)
    made = [ids(NOW) for _ in range(50)]
    assert made == sorted(set(made)) == [again(NOW) for _ in range(50)]
    assert all(i[6] >> 4 == 7 and i[8] >> 6 == 2 for i in made)
    assert ids(NOW + 1) > made[-1]
