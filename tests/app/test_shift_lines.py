"""Weekly shifts as lines and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.records.shift_lines import from_lines, to_lines
from app.work.calendars import WEEKDAYS, parse_shifts, shifts_text

SHIFTS = st.lists(st.sampled_from(["06:00-14:00", "14:00-22:00", "22:00-06:00"]), min_size=1, max_size=3, unique=True)


@given(st.dictionaries(st.sampled_from([*WEEKDAYS, "2026-12-24"]), SHIFTS), st.sampled_from(["en", "de"]))
def test_lines_and_back(shifts: dict[str, list[str]], language: str):
    shifts["wed"] = ["08:00-17:00"]
    stored = shifts_text(*parse_shifts(json.dumps(shifts)))
    assert shifts_text(*parse_shifts(from_lines(to_lines(stored, language)))) == stored


def test_lines_as_people_write_them():
    assert to_lines(from_lines("Fr-Mo 22:00 – 06:00\nDi: 08:00-17:00"), "de") == (
        "mo 22:00-06:00\ndi 08:00-17:00\nfr-so 22:00-06:00"
    )
    assert to_lines(from_lines("täglich 00:00-24:00"), "en") == "daily 00:00-24:00"
    for wrong in ("someday 06:00-14:00", "mon"):
        with pytest.raises(UserError):
            from_lines(wrong)
