"""A printed week stays printed: what arrives later is listed, never slipped in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app import times
from app.cli import main
from app.desk import Desk
from app.founding import found
from app.insight.figure import Figure
from app.insight.scope import Edition
from app.profile import Profile
from app.reports.case_lines import case_lines
from app.reports.freezing import KEPT, freeze, frozen, restated, to_freeze
from app.reports.pdf import Paper
from app.reports.weekly import WeeklyFigures, weekly_figures
from app.reports.weekly_pdf import weekly_pdf
from app.texts import Texts
from tests.app.report_desk import DAY, HOUR, ZONE, Past, at
from tests.app.smtp_desk import MailServer

WEEK, NEXT = "2026-W12", "2026-W13"


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    desk = Past(tmp_path / "desk", at("2026-03-30 07:30"))
    for n in range(6):
        opened = at("2026-03-16 08:00") + n * HOUR
        desk.case(opened, [(opened + DAY, "status", "resolved")])
    desk.publish()
    yield desk
    desk.close()


def report(past: Past, week: str) -> WeeklyFigures:
    return weekly_figures(past.context, week, sections=True)


def test_what_was_not_frozen_is_not_compared(past: Past) -> None:
    now = report(past, NEXT)
    assert (now.compared, now.restated) == (None, ())


def test_nothing_changed_is_said_with_its_position(past: Past) -> None:
    freeze(past.context, to_freeze(weekly_figures(past.context, WEEK), None))
    now = report(past, NEXT)
    assert now.restated == ()
    text = Texts("en")("empty.restated", seq=now.compared)
    assert " ".join(text.split()) in " ".join(printed(past, now).split())


def printed(past: Past, figures: WeeklyFigures) -> str:
    document, _ = weekly_pdf(figures, "en", Paper.LETTER, lambda keys: case_lines(past.context, keys))
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def test_what_arrives_later_with_an_earlier_date_is_restated_with_its_case(past: Past) -> None:
    freeze(past.context, to_freeze(weekly_figures(past.context, WEEK), None, "Two machines stood still.\nBoth run."))
    assert report(past, WEEK).restated == ()
    past.case(at("2026-03-18 10:00"), [(at("2026-03-20 10:00"), "status", "resolved")])
    past.publish()
    now = report(past, NEXT)
    by_key = {one.key: one for one in now.restated}
    assert {one.week for one in now.restated} == {WEEK}
    assert set(by_key) == {"flow.opened", "flow.resolved"}
    opened = by_key["flow.opened"]
    assert (opened.was, opened.now, opened.came, opened.went) == (6, 7, (7,), ())
    page = " ".join(printed(past, now).split())
    assert "Restated since it was printed" in page
    assert "+7" in page
    own = report(past, WEEK)
    assert {one.key for one in own.restated} == set(by_key), "the printed week says so itself too"
    assert "Two machines stood still." in printed(past, own)


def test_the_last_frozen_report_counts_and_each_department_has_its_own(past: Past) -> None:
    hall = past.department("Hall 1")
    freeze(past.context, to_freeze(weekly_figures(past.context, WEEK), None))
    past.case(at("2026-03-18 10:00"), department_id=hall)
    past.now += HOUR
    freeze(past.context, to_freeze(weekly_figures(past.context, WEEK), None, "again"))
    assert report(past, NEXT).restated == ()
    assert frozen(past.context.reader, WEEK, Edition("department", hall)) is None
    assert weekly_figures(past.context, NEXT, hall, sections=True).compared is None
    last = frozen(past.context.reader, WEEK, None)
    assert last is not None
    assert last.comment == "again"


def test_a_number_given_later_is_no_news(past: Past) -> None:
    past.case(at("2026-03-18 10:00"))
    freeze(past.context, to_freeze(weekly_figures(past.context, WEEK), None))
    past.publish()
    assert report(past, NEXT).restated == ()


def test_every_kept_figure_is_one_of_the_report(past: Past) -> None:
    figures = weekly_figures(past.context, WEEK)
    freeze(past.context, to_freeze(figures, None))
    kept = frozen(past.context.reader, WEEK, None)
    assert kept is not None
    assert set(kept.figures) == set(KEPT)
    other = {key: Figure(key, 99, figures.figures[key].unit, key) for key in KEPT}
    assert [one.key for one in restated(kept, other)] == list(KEPT)


def test_the_command_freezes_what_it_prints(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    profile = Profile(tmp_path / "profile")
    found(profile, str(tmp_path / "share"), "IT desk", "Anna Kern", zone=ZONE, key_file=tmp_path / "keys")
    paper = tmp_path / "week.pdf"
    last_week = "2026-W02"
    asked = ["report", "weekly", "--week", last_week, "--pdf", str(paper), "--paper", "Letter", "--private"]
    named = ["--profile", str(profile.folder)]
    assert main([*asked, "--comment", "A quiet week.", *named]) == 0
    document = PdfReader(paper)
    assert "A quiet week." in document.pages[0].extract_text()
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [612, 792]
    desk = Desk(profile)
    try:
        kept = frozen(desk.context.reader, last_week, None)
        assert desk.replica.pending_count() == 0, "and told the others"
    finally:
        desk.close()
    assert kept is not None
    assert kept.comment == "A quiet week."


# -- on schedule ------------------------------------------------------------------------------------------------------
@pytest.fixture
def named(tmp_path: Path) -> list[str]:
    """A desk of its own; the arguments that name its profile."""
    (tmp_path / "share").mkdir()
    profile = Profile(tmp_path / "profile")
    found(profile, str(tmp_path / "share"), "IT desk", "Anna Kern", zone=ZONE, key_file=tmp_path / "keys")
    return ["--profile", str(profile.folder)]


@pytest.fixture
def server() -> Iterator[MailServer]:
    one = MailServer(refuses=("gone@works.example",))
    yield one
    one.close()


def test_a_monday_morning_without_anybody(
    named: list[str], server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line for the scheduler: last week on paper, in the store and by e-mail; then as it was from the archive."""
    setup = ["--host", "127.0.0.1", "--port", str(server.port), "--security", "none", "--from", "desk@works.example"]
    assert main(["mail", "setup", *setup, *named]) == 0
    assert main(["case", "new", "--title", "The press stands still", "--severity", "1", *named]) == 0
    week = str(times.week_of(times.now_ms(), times.zone(ZONE)).shifted(-1))
    paper = tmp_path / "last-week.pdf"
    to = ["--mail", "boss@works.example", "--mail", "plant@works.example"]
    assert main(["report", "weekly", "--freeze", "--pdf", str(paper), *to, *named]) == 0
    [(sender, received_by, body)] = server.received
    assert (sender, received_by) == ("desk@works.example", ["boss@works.example", "plant@works.example"])
    letter = message_from_bytes(body, policy=default)
    assert week in str(letter["Subject"])
    [file] = letter.iter_attachments()
    assert file.get_filename() == f"IT desk {week}.pdf"
    assert file.get_content() == paper.read_bytes(), "the pages that were frozen and printed"
    capsys.readouterr()
    assert main(["report", "list", "--json", *named]) == 0
    kept = json.loads(capsys.readouterr().out)
    assert (kept["week"], kept["about"], kept["made_by"], kept["pages"]) == (week, None, "Anna Kern", True)
    again = tmp_path / "as-it-was.pdf"
    assert main(["report", "show", week, "--pdf", str(again), *named]) == 0
    assert again.read_bytes() == paper.read_bytes()
    assert main(["report", "show", week, "--mail", "owner@works.example", *named]) == 0
    letter = message_from_bytes(server.received[-1][2], policy=default)
    [file] = letter.iter_attachments()
    assert (letter["To"], file.get_filename()) == ("owner@works.example", f"IT desk {week}.pdf")
    assert file.get_content() == paper.read_bytes(), "as it was printed"
    capsys.readouterr()
    assert main(["report", "show", week, *named]) != 0
    assert "--mail ADDRESS" in capsys.readouterr().err
    desk = Desk(Profile(Path(named[1])))
    try:
        assert desk.replica.pending_count() == 0, "it lies in the store"
    finally:
        desk.close()


def test_a_mail_that_is_refused_is_said_and_what_was_done_stays(
    named: list[str], server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "week.pdf"
    assert main(["report", "weekly", "--pdf", str(paper), "--mail", "boss@works.example", *named]) == 1
    assert "halldesk mail setup" in capsys.readouterr().err
    setup = ["--host", "127.0.0.1", "--port", str(server.port), "--security", "none", "--from", "desk@works.example"]
    assert main(["mail", "setup", *setup, *named]) == 0
    assert main(["report", "weekly", "--pdf", str(paper), "--mail", "gone@works.example", *named]) == 1
    said = capsys.readouterr().err
    assert "gone@works.example" in said
    assert paper.exists()
    assert server.received == []
