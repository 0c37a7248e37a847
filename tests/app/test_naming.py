"""Titles of cases: short enough for every list, and nothing of what was said is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.errors import UserError
from app.naming import LONGEST_TITLE, tidy_title, title_and_description
from app.work.cases import NewCase
from tests.desks import found_desk

MAIL = "The label printer in hall 2 prints blank labels since the ribbon was changed this morning. " * 5


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = found_desk(tmp_path)
    yield opened
    opened.close()


@given(st.text(max_size=500), st.text(max_size=50))
def test_a_title_is_one_short_line_and_every_word_is_still_there(typed: str, said: str) -> None:
    title, description = title_and_description(typed, said)
    assert len(title) <= LONGEST_TITLE
    assert title == " ".join(title.split())
    if title.endswith("…") and len(" ".join(typed.split())) > LONGEST_TITLE:
        assert " ".join(typed.split()).startswith(title.removesuffix("…"))
        assert description.split() == [*typed.split(), *said.split()]
    else:
        assert (title, description) == (" ".join(typed.split()), said)


def test_a_mail_that_is_pasted_as_the_title_stands_in_the_description_too(desk: Desk) -> None:
    case = desk.cases.new(NewCase(MAIL, 3, description="Jo waits.")).case_id
    row = desk.present.case(case).row
    assert str(row["title"]).startswith("The label printer in hall 2")
    assert str(row["title"]).endswith("…")
    assert len(str(row["title"])) <= LONGEST_TITLE
    assert row["description"] == f"{MAIL.strip()}\n\nJo waits."


def test_another_title_is_one_line_and_not_longer(desk: Desk) -> None:
    case = desk.cases.new(NewCase("Printer", 3)).case_id
    desk.cases.set(case, title="  Printer\nin hall 2 ")
    assert desk.present.case(case).row["title"] == "Printer in hall 2"
    with pytest.raises(UserError, match="at most 200 characters"):
        desk.cases.set(case, title=MAIL)
    with pytest.raises(UserError, match="needs a title"):
        tidy_title(" \n ")
    assert desk.present.case(case).row["title"] == "Printer in hall 2"
