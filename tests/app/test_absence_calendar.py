"""The absence calendar against an oracle that asks day by day, and its reading from a desk."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.work.absence_calendar import lay_out
from app.work.coverage import Cover, Spell, in_force

PEOPLE = (b"a", b"b", b"c", b"d")
DEPARTMENTS = (b"x", b"y")
FIRST = date(2026, 1, 1)
DAYS = st.integers(-5, 40).map(lambda n: (FIRST + timedelta(days=n)).isoformat())


@st.composite
def a_cover(draw) -> Cover:
    primary, *rest = draw(st.permutations(PEOPLE))
    count = draw(st.integers(0, 2))
    begins, ends = draw(DAYS), draw(st.none() | DAYS)
    if ends is not None and ends < begins:
        begins, ends = ends, begins
    return Cover(
        bytes([draw(st.integers(0, 255))]) * 2, draw(st.sampled_from(DEPARTMENTS)), primary,
        rest[0] if count > 0 else None, rest[1] if count > 1 else None, None, begins, ends,
        swap_day=draw(st.none() | DAYS),
    )  # fmt: skip


@st.composite
def a_spell(draw) -> Spell:
    return Spell(draw(st.binary(min_size=2, max_size=2)), draw(st.sampled_from(PEOPLE)), draw(DAYS),
                 draw(st.none() | DAYS), "vacation")  # fmt: skip


@given(
    st.lists(a_cover(), max_size=5, unique_by=lambda c: c.id),
    st.lists(a_spell(), max_size=6, unique_by=lambda s: s.id),
    st.sets(st.sampled_from(PEOPLE), max_size=1), st.sets(st.integers(0, 6), max_size=3),
)  # fmt: skip
def test_every_day_of_the_calendar_says_what_the_rules_say_of_it(covers, spells, gone, closed):
    def works(_department: bytes, day: str) -> bool:
        return date.fromisoformat(day).weekday() not in closed

    def away(who: bytes, day: str) -> bool:
        return who in gone or any(s.analyst == who and s.from_day <= day <= (s.to_day or "9999-12-31") for s in spells)

    first, last = FIRST.isoformat(), (FIRST + timedelta(days=34)).isoformat()
    found = lay_out(covers, spells, first, last, works=works, gone=gone)
    lines = {line.id: line for line in found.departments}
    for department in DEPARTMENTS:
        pieces = lines[department].pieces if department in lines else ()
        for before, after in pairwise(pieces):
            assert before.last < after.first, "pieces of a row do not overlap"
        for day in found.days:
            on = [piece for piece in pieces if piece.first <= day <= piece.last]
            cover = in_force(covers, department, day)
            if cover is None:
                assert department not in lines or [one.look for one in on] == ["no contact"]
                continue
            order = [cover.primary, cover.stand_in1, cover.stand_in2]
            if cover.swap_day == day and cover.stand_in1 is not None:
                order[:2] = [cover.stand_in1, cover.primary]
            acts = next((who for who in order if who is not None and not away(who, day)), None)
            if acts is None:
                assert [one.look for one in on] == (["nobody"] if works(department, day) else [])
            elif acts == cover.primary:
                assert on == []
            else:
                (piece,) = on
                assert piece.who == acts
                assert (piece.look == "swap") == (cover.swap_day == day and not away(cover.primary, day))
    gaps = [piece for _line, piece in found.gaps]
    assert sorted(gaps, key=lambda one: one.first) == gaps
    assert len(gaps) == sum(piece.look == "nobody" for line in found.departments for piece in line.pieces)
    for line in found.people:
        for piece in line.pieces:
            assert first <= piece.first <= piece.last <= last
            assert away(line.id, piece.first)
            assert away(line.id, piece.last)
    assert {line.id for line in found.people} == {
        s.analyst for s in spells if not s.taken_back and any(s.covers(day) for day in found.days)
    }


def test_an_open_absence_reaches_to_the_end_and_says_that_it_is_open():
    cover = Cover(b"1", b"x", b"a", b"b")
    found = lay_out([cover], [Spell(b"s", b"a", "2026-01-10", None, "sickness")], "2026-01-05", "2026-01-31")
    (line,) = found.people
    assert [(p.first, p.last, p.open_end) for p in line.pieces] == [("2026-01-10", "2026-01-31", True)]
    (row,) = found.departments
    assert [(p.first, p.last, p.look, p.who) for p in row.pieces] == [("2026-01-10", "2026-01-31", "stand-in", b"b")]


def test_who_may_not_read_what_an_absence_is_for_reads_away():
    spell = Spell(b"s", b"a", "2026-01-10", "2026-01-12", "sickness")
    (line,) = lay_out([], [spell], "2026-01-05", "2026-01-31", shown_kind=lambda _spell: "away").people
    assert line.pieces[0].kind == "away"
