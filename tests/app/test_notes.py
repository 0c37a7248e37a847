"""Notes as values: nothing is lost by keeping them, by putting two together, or by a stopwatch."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.times import MINUTE_MS
from app.work.attachments import StoredFile
from app.work.notes import NoteDraft
from app.work.stopwatch import MOST_MINUTES, begin

files = st.builds(StoredFile, st.binary(min_size=32, max_size=32), st.just("a.png"), st.just("image/png"),
                  st.integers(1, 10**9))  # fmt: skip
notes = st.builds(
    NoteDraft, st.text(max_size=40), st.sampled_from(["note", "reply", "call", "visit"]),
    st.sampled_from(["internal", "requester"]), st.integers(0, 600), st.sampled_from(["phone", "other"]),
    st.lists(files, max_size=3, unique=True).map(tuple), st.sampled_from([None, True, False]),
)  # fmt: skip


@given(notes)
def test_what_is_kept_comes_back(note: NoteDraft) -> None:
    kept = note.encode()
    assert (kept == "") == note.is_empty
    if kept:
        assert NoteDraft.decode(kept) == note


def test_a_draft_of_an_older_program_is_read() -> None:
    assert NoteDraft.decode('{"text": "Hello", "later": 1}') == NoteDraft("Hello")
    assert NoteDraft.decode("") == NoteDraft()


@given(notes, notes)
def test_two_together_lose_no_word_no_minute_no_file_and_nothing_internal_gets_out(
    first: NoteDraft, later: NoteDraft
) -> None:
    both = first.before(later)
    assert first.text.strip() in both.text
    assert later.text in both.text or not later.text.strip()
    assert both.minutes == first.minutes + later.minutes
    assert set(both.files) == {*first.files, *later.files}
    if "internal" in (first.audience, later.audience) and not later.is_empty:
        assert both.audience == "internal"


@given(notes, notes)
def test_two_of_one_kind_together_count_as_somebody_chose(first: NoteDraft, later: NoteDraft) -> None:
    later = replace(later, text="more", kind=first.kind, audience=first.audience)
    both = first.before(later)
    assert both.counts in (first.counts, later.counts)
    assert both.counts is not None or (first.counts, later.counts) == (None, None)


def test_two_of_different_kinds_together_do_not_count_as_the_other_was_meant() -> None:
    call, note = NoteDraft("Nobody there", "call", "requester", counts=False), NoteDraft("Told her", counts=True)
    assert call.before(note).counts is True
    assert call.before(NoteDraft("Bring the cable")).counts is None
    assert NoteDraft("Told her", counts=True).before(replace(call, counts=None)).counts is True


@given(st.lists(st.one_of(st.integers(0, 10**7), st.tuples(st.just("to"), st.integers(0, 600))), max_size=8))
def test_a_stopwatch_says_what_it_was_told_last_plus_the_time_since(steps: list[object]) -> None:
    now, told, since = 1_000_000, 0, 1_000_000
    running = begin(b"c", "1", 0, now)
    for step in steps:
        if isinstance(step, int):
            now += step
        else:
            assert isinstance(step, tuple)
            told, since = step[1], now
            running = running.corrected(told, now)
        running = running.seen_at(now)
    assert running.elapsed(now) == told * MINUTE_MS + now - since
    assert running.minutes(now) == min(MOST_MINUTES, -(-running.elapsed(now) // MINUTE_MS))
    assert running.elapsed(now - 10**9) >= told * MINUTE_MS
