"""From rows to a history: examples of every rule, and random lives against a derivation of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.intake.folding import FIELDS, SILENT, Happening, Held, Life, Step, changed, history

OPEN = ("new", "in progress", "waiting")


def step(at: int, row: int, status: str = SILENT, words: str | None = None, **values: Held) -> Step:
    held: list[Held] = [SILENT] * len(FIELDS)
    name, _, whom = status.partition(":")
    if name:
        held[0], held[1] = name, whom or None
    for field, value in values.items():
        held[FIELDS.index(field)] = value
    return Step(at, row, tuple(held), None, words)


def told(happenings: Sequence[Happening]) -> list[tuple[int, str, Held, Held]]:
    return [(h.at, h.field, h.old, h.new) for h in happenings]


def test_a_case_begins_with_everything_it_has() -> None:
    rows = [step(100, 1, "in progress", "Active", queue=b"Q", severity="2")]
    assert told(history(Life(), rows, "incident")) == [
        (100, "opened", None, "incident"),
        (100, "status", None, "in progress"),
        (100, "queue", None, b"Q"),
        (100, "tier", None, "1"),
        (100, "severity", None, "2"),
    ]


def test_an_earlier_opening_is_new_and_the_first_row_keeps_its_own_time() -> None:
    rows = [step(100, 1, "resolved", queue=b"Q"), step(200, 2, "closed")]
    life = Life()
    assert told(history(life, rows, "incident", 40)) == [
        (40, "opened", None, "incident"),
        (40, "status", None, "new"),
        (40, "queue", None, b"Q"),
        (40, "tier", None, "1"),
        (40, "severity", None, "3"),
        (100, "status", "new", "resolved"),
        (200, "status", "resolved", "closed"),
    ]
    assert (life.opened_at, life.resolved_at, life.ended_at, life.updated_at) == (40, 100, 100, 200)


def test_a_first_row_that_is_still_new_is_marked_at_its_own_time() -> None:
    happenings = history(Life(), [step(100, 1, "new")], "incident", 40)
    assert told(happenings)[-1] == (100, "touched", None, None)


def test_an_opening_after_the_first_row_is_not_believed() -> None:
    assert history(Life(), [step(100, 1, "new")], "incident", 130)[0].at == 100


def test_waiting_says_for_whom_and_stops_saying_it() -> None:
    rows = [step(1, 1, "in progress"), step(2, 2, "waiting:supplier"), step(3, 3, "waiting"), step(4, 4, "in progress")]
    assert told(history(Life(), rows, "incident"))[4:] == [
        (2, "status", "in progress", "waiting"),
        (2, "waiting_on", None, "supplier"),
        (3, "waiting_on", "supplier", None),
        (4, "status", "waiting", "in progress"),
    ]


def test_new_again_means_in_progress_elsewhere() -> None:
    rows = [step(1, 1, "new", queue=b"A"), step(2, 2, "in progress"), step(3, 3, "new", queue=b"B")]
    life = Life()
    assert told(history(life, rows, "incident"))[-1] == (3, "queue", b"A", b"B")
    assert life.status == "in progress"


def test_a_closed_case_does_not_go_back_to_resolved() -> None:
    life = Life()
    happenings = history(life, [step(1, 1, "closed", "C"), step(2, 2, "resolved", "R")], "incident")
    assert told(happenings)[-1] == (2, "touched", None, None)
    assert happenings[-1].reason == "R", "what the source said is kept"
    assert (life.status, life.resolved_at) == ("closed", 1)


def test_reopening_ends_the_end() -> None:
    life = Life()
    rows = [step(1, 1, "new"), step(2, 2, "resolved"), step(3, 3, "closed"), step(4, 4, "in progress")]
    history(life, rows, "incident")
    assert (life.reopened, life.ended_at, life.resolved_at) == (1, None, None)
    changed(life, [step(5, 5, "closed")])
    assert (life.reopened, life.ended_at, life.resolved_at) == (1, 5, 5)


def test_a_cancelled_case_is_ended_but_not_resolved() -> None:
    life = Life()
    history(life, [step(1, 1, "new"), step(2, 2, "resolved"), step(3, 3, "cancelled")], "incident")
    assert (life.ended_at, life.resolved_at) == (2, None)


def test_other_words_for_the_same_status_are_kept() -> None:
    rows = [
        step(1, 1, "in progress", "Accepted / In Progress"),
        step(2, 2, "in progress", "Accepted / Assigned", queue=b"B"),
        step(3, 3, "in progress", "Accepted / Assigned", queue=b"C"),
    ]
    happenings = history(Life(), rows, "incident")
    second = [(h.field, h.reason) for h in happenings if h.row == 2]
    assert second == [("queue", None), ("touched", "Accepted / Assigned")]
    assert [(h.field, h.reason) for h in happenings if h.row == 3] == [("queue", None)]


def test_a_silent_cell_keeps_and_an_empty_one_clears() -> None:
    rows = [step(1, 1, "new", work_owner=b"A"), step(2, 2, "new"), step(3, 3, "new", work_owner=None)]
    happenings = history(Life(), rows, "incident")
    assert [(h.row, h.field) for h in happenings[-2:]] == [(2, "touched"), (3, "work_owner")]
    assert (happenings[-1].old, happenings[-1].new) == (b"A", None)


def test_a_time_before_the_row_above_counts_as_that_of_the_row_above() -> None:
    rows = [step(100, 1, "new"), step(90, 2, "in progress"), step(120, 3, "resolved")]
    happenings = history(Life(), rows, "incident")
    assert [(h.at, h.beat) for h in happenings if h.row == 2] == [(100, 1)]
    assert [(h.at, h.beat) for h in happenings if h.row == 3] == [(120, 0)]


STATUS = st.sampled_from(
    ["new", "in progress", "waiting", "waiting:requester", "waiting:change", "resolved", "closed", "cancelled", SILENT]
)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 3),  # minutes since the row above: several rows in one minute are the rule in such logs
        STATUS,
        st.sampled_from([SILENT, b"Q1", b"Q2", b"Q3"]),
        st.sampled_from([SILENT, None, b"A1", b"A2"]),
        st.sampled_from([SILENT, "1", "2", "2/3"]),
    ),
    min_size=1,
    max_size=14,
)


def story(rows: Sequence[tuple[int, str, Held, Held, Held]], earlier: int) -> tuple[list[Step], list[Happening], Life]:
    at, steps = 1000, []
    for number, (gap, status, queue, owner, tier) in enumerate(rows, start=1):
        at += gap
        steps.append(step(at, number, status, status or None, queue=queue, work_owner=owner, tier=tier))
    life = Life()
    return steps, history(life, steps, "incident", steps[0].at - earlier), life


def statuses_by_hand(rows: Sequence[tuple[int, str, Held, Held, Held]], earlier: int) -> list[str]:
    """The status after each row, from the words alone (with the opening's own where it is earlier)."""
    out = ["new"] if earlier else []
    for _gap, words, *_rest in rows:
        now = out[-1] if out else "new"
        said = words.partition(":")[0] or now
        if said == "new" and out and now != "new":
            said = "in progress"
        if said == "resolved" and now == "closed":
            said = "closed"
        out.append(said)
    return out


@given(ROWS, st.sampled_from([0, 0, 7]))
def test_a_random_life_is_what_a_reading_by_hand_makes_of_it(rows, earlier: int) -> None:
    steps, happenings, life = story(rows, earlier)
    by_hand = statuses_by_hand(rows, earlier)
    instants = ([steps[0].at - earlier] if earlier else []) + [s.at for s in steps]

    changes: list[tuple[int, str]] = []
    for at, status in zip(instants, by_hand, strict=True):
        if not changes or changes[-1][1] != status:
            changes.append((at, status))
    assert [(h.at, h.new) for h in happenings if h.field == "status"] == changes

    assert life.status == by_hand[-1]
    assert life.reopened == sum(a not in OPEN and b in OPEN for a, b in pairwise(by_hand))
    trailing = len(by_hand)
    while trailing and by_hand[trailing - 1] not in OPEN:
        trailing -= 1
    assert life.ended_at == (instants[trailing] if trailing < len(by_hand) else None)
    trailing = len(by_hand)
    while trailing and by_hand[trailing - 1] in ("resolved", "closed"):
        trailing -= 1
    assert life.resolved_at == (instants[trailing] if trailing < len(by_hand) else None)


@given(ROWS, st.sampled_from([0, 0, 7]))
def test_every_row_is_found_again_and_every_old_value_is_the_last_new_one(rows, earlier: int) -> None:
    steps, happenings, life = story(rows, earlier)
    assert {h.row for h in happenings} == {s.row for s in steps}
    held: dict[str, Held] = {}
    for happening in happenings:
        if happening.field in FIELDS:
            assert happening.old == held.get(happening.field)
            assert happening.new != happening.old
            held[happening.field] = happening.new
    assert [held.get(field) for field in FIELDS] == life.values
    assert [(h.at, h.beat) for h in happenings] == sorted((h.at, h.beat) for h in happenings)


@given(ROWS, st.sampled_from([0, 7]))
def test_what_is_replayed_from_its_events_is_the_same_life(rows, earlier: int) -> None:
    _steps, happenings, life = story(rows, earlier)
    again = Life().replay((h.at, h.field, h.new, h.reason) for h in happenings)
    assert (again.values, again.opened_at, again.ended_at, again.resolved_at, again.reopened, again.updated_at) == (
        life.values, life.opened_at, life.ended_at, life.resolved_at, life.reopened, life.updated_at,
    )  # fmt: skip


@given(ROWS, st.data())
def test_a_life_told_in_two_parts_is_the_same(rows, data) -> None:
    steps, whole, life = story(rows, 0)
    cut = data.draw(st.integers(1, len(steps)))
    in_parts = Life()
    first = history(in_parts, steps[:cut], "incident")
    second = changed(in_parts, steps[cut:])
    assert told([*first, *second]) == told(whole)
    assert in_parts == life
