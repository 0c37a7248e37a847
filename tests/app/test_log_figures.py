"""The figures of a log: equal to a reference computed elsewhere, and to a second implementation on random logs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from app.directory import Directory
from app.founding import found
from app.insight.case_log import CaseLog, Row
from app.insight.figure import CaseKey
from app.insight.log_figures import Words, cases_of, log_figures, values_of
from app.insight.log_reading import read_log_figures
from app.insight.log_told import Told
from app.profile import Profile
from app.times import HOUR_MS, MINUTE_MS
from app.work.calendars import ServiceCalendar
from app.work.deadlines import OFFICE_HOURS
from tests.app.report_desk import DAY, Past, at

START: Final = 1_767_571_200_000
"""Monday, 2026-01-05 00:00 UTC."""
SAID: Final = Words(
    queue=lambda q: (q or b"none").decode(), department=lambda d: (d or b"none").decode(),
    product=lambda p: (p or b"none").decode(), place=lambda p: (p or b"none").decode(),
    owner=lambda o: (o or b"none").decode(), severity=lambda s: s or "none",
)  # fmt: skip
UTC_HOURS: Final = ServiceCalendar.from_stored("UTC", OFFICE_HOURS)


# -- the reference ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def volvo(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A desk in Brussels with the log in it, imported by the command: the arguments that name its profile."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "volvo-closed-problems"
    if not folder.is_dir():
        pytest.skip("the real case logs are not here: no folder ../shared/data beside the checkout")
    place = tmp_path_factory.mktemp("volvo")
    (place / "share").mkdir()
    profile = Profile(place / "profile")
    found(profile, str(place / "share"), "Volvo IT", "Anna Kern", zone="Europe/Brussels", key_file=place / "keys")
    named = ["--profile", str(profile.folder)]
    log = str(folder / "events.csv.zst")
    assert main(["import", "events", log, "--mapping", "volvo-vinst", "--offline", *named]) == 0
    return named


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["figures", "--json", *arguments]) == 0
    out: dict[str, Any] = json.loads(capsys.readouterr().out)
    return out


def differences(expected: Any, ours: Any, path: str) -> Iterator[str]:
    """Where two trees differ, key by key, by more than the rounding of the first."""
    if isinstance(expected, Mapping) and isinstance(ours, Mapping):
        for key in sorted({*expected, *ours}):
            if key in expected and key in ours:
                yield from differences(expected[key], ours[key], f"{path}.{key}")
            else:
                yield f"{path}.{key} is only in {'the reference' if key in expected else 'ours'}"
    elif isinstance(expected, list) and isinstance(ours, list) and len(expected) == len(ours):
        for place, (one, other) in enumerate(zip(expected, ours, strict=True)):
            yield from differences(one, other, f"{path}[{place}]")
    elif isinstance(expected, float) and isinstance(ours, int | float):
        decimals = 6 if abs(expected) <= 1 and ".median_h" not in path else 4
        if abs(expected - ours) > 0.51 * 10**-decimals:
            yield f"{path}: {expected} and {ours}"
    elif expected != ours:
        yield f"{path}: {expected} and {ours}"


def leaves(tree: Any) -> int:
    if isinstance(tree, Mapping):
        return sum(map(leaves, tree.values()))
    return sum(map(leaves, tree)) if isinstance(tree, list) else 1


def test_every_value_of_the_reference_is_reproduced(
    volvo: list[str], shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (shared_data / "volvo-closed-problems" / "reference.json").read_text(encoding="utf-8")
    reference = json.loads(text)
    figures = told(capsys, *volvo)
    del reference["dataset"], reference["definitions"], figures["desk"], figures["definitions"]
    assert list(differences(reference, figures, "")) == []
    assert leaves(reference) > 1300


def test_every_count_of_cases_knows_which(volvo: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    figures = told(capsys, "--cases", *volvo)
    cases: dict[str, list[Any]] = figures.pop("cases")
    assert len(cases["counts.cases"]) == 1487
    assert len(cases["reopen.cases"]) == figures["reopen"]["cases"] == 61
    assert len(cases["support_team.cases_with_pingpong"]) == figures["support_team"]["cases_with_pingpong"]
    assert len(cases["within_calendar_hours.High.24"]) == figures["within_calendar_hours"]["High"]["24"][0]
    first = figures["weekly_by_first_org_line"]["2012-W14"]["Org line C"]
    assert len(set(cases["weekly_by_first_org_line.2012-W14.Org line C"])) >= max(first)


def test_a_span_and_a_department_leave_the_rest_out(volvo: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    whole = told(capsys, *volvo)
    spring = told(capsys, "--from", "2012-04-02", "--to", "2012-04-08", *volvo)
    assert spring["counts"]["cases"] == whole["weeks_local"]["opened"]["2012-W14"]
    assert spring["counts"]["last_event"] < "2012-04-08T22:00:00Z"
    assert spring["counts"]["cases_open_at_end"] > 0, "what happened after the span is not known in it"
    part = told(capsys, "--department", "Org line C", *volvo)
    assert part["counts"]["cases"] == dict(whole["pareto"]["last_org_line"]["top"])["Org line C"]
    nothing = told(capsys, "--to", "2001-01-01", *volvo)
    assert nothing["counts"] == {"cases": 0, "events": 0}


def test_in_words_for_people(volvo: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["figures", *volvo]) == 0
    assert "cases reopened: 61" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "yesterday"], "write it like 2026-11-22"),
        (["--from", "2012-05-02", "--to", "2012-05-01"], "--from names the earlier day"),
        (["--department", "Org line Q9"], "There is no department named"),
    ],
)
def test_bad_spans_are_told_in_one_line(
    volvo: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["figures", *arguments, *volvo]) == 1
    line = capsys.readouterr().err.strip()
    assert said in line
    assert "\n" not in line


# -- the second implementation ----------------------------------------------------------------------------------------
def row(at: int, status: str, words: str, queue: bytes | None, tier: str, department: bytes) -> Row:
    return Row(at, status, words, None, queue, tier, "3", department, b"press", queue)


WORDS: Final = (
    ("in progress", "Accepted / In Progress"), ("waiting", "Accepted / Wait"), ("new", "Queued / Awaiting"),
    ("resolved", "Completed / Resolved"), ("closed", "Completed / Closed"),
)  # fmt: skip


@st.composite
def case_log(draw: st.DrawFn, rid: int = 0) -> CaseLog:
    at = START + draw(st.integers(0, 60 * 24)) * HOUR_MS
    rows = []
    for _ in range(draw(st.integers(1, 9))):
        status, words = draw(st.sampled_from(WORDS))
        queue = draw(st.sampled_from((b"A", b"B", b"C", None)))
        tier = draw(st.sampled_from(("1", "2", "3", "2/3")))
        rows.append(row(at, status, words, queue, tier, draw(st.sampled_from((b"hall", b"office")))))
        at += draw(st.sampled_from((0, 1, 7, 24, 170, 700))) * HOUR_MS
    return CaseLog(CaseKey(rid + 1, rid + 1), draw(st.sampled_from((b"se", b"us", None))), "log", tuple(rows))


LOGS: Final = st.integers(1, 12).flatmap(lambda n: st.tuples(*(case_log(rid=rid) for rid in range(n))))


def minutes_open(log: CaseLog) -> tuple[int, int] | None:
    """(opened, resolved) in minutes, by reading the case from its end."""
    if not log.rows[-1].completed:
        return None
    place = len(log.rows) - 1
    while place and log.rows[place - 1].completed:
        place -= 1
    return log.rows[0].at // MINUTE_MS, log.rows[place].at // MINUTE_MS


def hours_in(start: int, end: int, waits: Sequence[tuple[int, int]], office: bool) -> int:
    """Hour by hour, as all random instants are on full hours: not waiting, and in the office where that counts."""
    out = 0
    for minute in range(start, end, 60):
        wall = datetime.fromtimestamp(minute * 60, UTC)
        waiting = any(low <= minute < high for low, high in waits)
        out += not waiting and (not office or (wall.weekday() < 5 and 8 <= wall.hour < 17))
    return out


@settings(max_examples=20)
@given(logs=LOGS)
def test_another_way_to_the_same_figures(logs: tuple[CaseLog, ...]) -> None:
    found = values_of(log_figures(logs, SAID, "UTC", lambda _department: UTC_HOURS))
    _hands(logs, found)
    _backlogs(logs, found)
    _times(logs, found)
    _pareto(logs, found)


def _hands(logs: Sequence[CaseLog], found: dict[str, Any]) -> None:
    names = {b"A": "A", b"B": "B", b"C": "C", None: "-"}
    chains = [re.sub(r"(.)\1+", r"\1", "".join(names[one.queue] for one in log.rows)) for log in logs]
    team = found["support_team"]
    assert team["handovers_total"] == sum(len(chain) - 1 for chain in chains)
    assert team["pingpong_returns_total"] == sum(len(re.findall(r"(?=(.).\1)", chain)) for chain in chains)
    assert team["cases_with_any_revisit"] == sum(len(chain) > len(set(chain)) for chain in chains)
    assert team["handovers_max"] == max(map(len, chains)) - 1
    spread = Counter(str(min(len(chain) - 1, 6)) for chain in chains)
    assert {k: n for k, n in team["distribution_0_to_6plus"].items() if n} == spread
    flags = ["".join("oC"[one.completed] for one in log.rows) for log in logs]
    assert found["reopen"]["transitions"] == sum(flag.count("Co") for flag in flags)
    assert found["reopen"]["cases"] == sum("Co" in flag for flag in flags)
    lines = ["".join(one.tier or "" for one in log.rows) for log in logs]
    assert found["escalation"]["cases_escalated_to_3rd"] == sum("3" in line for line in lines)
    assert found["escalation"]["cases_only_1st_line"] == sum(set(line) == {"1"} for line in lines)


def _backlogs(logs: Sequence[CaseLog], found: dict[str, Any]) -> None:
    for day, counted in found["backlog"].items():
        instant = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 1000
        before = [[one for one in log.rows if one.at < instant] for log in logs]
        assert counted["by_status"] == sum(bool(rows) and not rows[-1].completed for rows in before), day
        lives = [(log, minutes_open(log)) for log in logs]
        standing = sum(
            log.rows[0].at < instant and (life is None or life[1] * MINUTE_MS >= instant) for log, life in lives
        )
        assert counted["by_resolution"] == standing
    opened = Counter(datetime.fromtimestamp(log.rows[0].at / 1000, UTC).strftime("%G-W%V") for log in logs)
    assert found["weeks_utc"]["opened"] == opened
    first = min(datetime.fromtimestamp(log.rows[0].at / 1000, UTC).date() for log in logs)
    assert min(found["backlog"]) <= (first.replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
    assert all(date.fromisoformat(day).day == 1 or date.fromisoformat(day).weekday() == 0 for day in found["backlog"])


def _times(logs: Sequence[CaseLog], found: dict[str, Any]) -> None:
    lives = [(log, life) for log in logs if (life := minutes_open(log)) is not None]
    waited, net, office = 0, [], []
    word = found["net_of_wait"]["wait_substatus"]
    for log, (start, end) in lives:
        waits = [
            (one.at // MINUTE_MS, after.at // MINUTE_MS)
            for one, after in zip(log.rows, log.rows[1:], strict=False)
            if one.words == f"Accepted / {word}"
        ]
        net.append(hours_in(start, end, waits, office=False))
        office.append(hours_in(start, end, waits, office=True))
        waited += (end - start) // 60 - net[-1]
    assert found["net_of_wait"]["wait_calendar_hours_total"] == waited
    assert found["durations"]["opened_to_resolved"]["n"] == len(lives)
    for name, hours in (("calendar", net), ("business", office)):
        told_ = found["net_of_wait"][name]
        assert told_["n"] == len(hours)
        if hours:
            assert (told_["min_h"], told_["max_h"]) == (min(hours), max(hours))
            assert told_["mean_h"] == pytest.approx(sum(hours) / len(hours), abs=1e-4)
            ordered = sorted(hours)
            middle = (ordered[(len(hours) - 1) // 2] + ordered[len(hours) // 2]) / 2
            assert told_["median_h"] == pytest.approx(middle, abs=1e-4)
    within = found["net_of_wait"]["calendar_within_hours"]
    assert {k: n for k, (n, _) in within.items()} == {k: sum(one <= int(k) for one in net) for k in within}


def _pareto(logs: Sequence[CaseLog], found: dict[str, Any]) -> None:
    sizes = Counter(SAID.queue(log.rows[-1].queue) for log in logs)
    ordered = sorted(sizes.values(), reverse=True)
    told_ = found["pareto"]["last_support_team"]
    fewest = next(k for k in range(len(ordered) + 1) if Fraction(sum(ordered[:k]), len(logs)) >= Fraction(4, 5))
    assert (told_["distinct"], told_["total"], told_["k_for_80pct"]) == (len(sizes), len(logs), fewest)
    assert dict(told_["top"]) == sizes


def test_figures_name_the_cases_they_count_and_only_those() -> None:
    tree = {"a": {"b": Told(2, lambda: [CaseKey(9, 1), CaseKey(4, 2), CaseKey(9, 1)])}, "c": Told(7)}
    assert cases_of(tree) == {"a.b": [4, 9]}
    assert values_of(tree) == {"a": {"b": 2}, "c": 7}


def test_work_done_in_the_program_needs_no_source(tmp_path: Path) -> None:
    """Rows by instant, our own words, waiting for the requester as its pause."""
    past = Past(tmp_path / "desk", at("2026-04-01 08:00"))
    try:
        opened = at("2026-03-16 08:00")
        steps = [
            (opened + HOUR_MS, "status", "waiting"), (opened + HOUR_MS, "waiting_on", "requester"),
            (opened + 3 * HOUR_MS, "status", "in progress"), (opened + 4 * HOUR_MS, "status", "resolved"),
            (opened + DAY, "status", "in progress"), (opened + DAY + HOUR_MS, "status", "closed"),
        ]  # fmt: skip
        past.case(opened, steps, severity=2, queue_id=past.queue("Line 1"))
        found_ = values_of(read_log_figures(past.context, Directory(past.context.reader_of)))
    finally:
        past.close()
    assert found_["counts"]["events"] == 6
    assert found_["counts"]["cases_by_impact_first_event"] == {"Person stopped": 1}
    assert found_["counts"]["events_by_substatus"]["requester"] == 1
    assert found_["net_of_wait"]["calendar"]["median_h"] == 23.0
    assert found_["reopen"]["transitions"] == 1
