"""Mappings: what is wrong with one is said in a sentence; what is right with one is understood."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app import times
from app.errors import UserError
from app.intake.mapping import find_mapping, own_fields, parse_mapping
from app.intake.values import Instants, RowProblem, Template

GOOD = """
source = "test"
[rows]
case = "id"
[time]
columns = "at"
[fields]
status = { column = "state", values = { "Open" = "in progress", "Wait" = "waiting:supplier" } }
severity = { constant = "3" }
[text]
title = "{what}"
"""


def test_the_good_one_is_good() -> None:
    mapping = parse_mapping(GOOD, "good.toml")
    assert mapping.fields["status"].meaning("Wait") == "waiting:supplier"
    assert mapping.fields["severity"].constant == "3"
    mapping.check_columns("log.csv", ["id", "at", "state", "what"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('source = "test"', "", 'must say source = "..."'),
        ('source = "test"', 'source = "test"\nsurce = "x"', '"surce" is not known here; known are about, '),
        ('case = "id"', 'case = "id"\nordr = "time"', r'\[rows\] "ordr" is not known'),
        ('case = "id"', 'case = "id"\norder = "random"', '"random" is not "file" or "time"'),
        ('case = "id"', "", r"\[rows\] must say case"),
        ('columns = "at"', "", r"\[time\] must say columns"),
        ('columns = "at"', 'columns = ["at", 3]', r"\[time\] columns must be text in quotes or a list"),
        ('"in progress"', '"underway"', 'fields.status: "underway" must be one of: .*in progress'),
        ('column = "state"', 'colum = "state"', r'\[fields.status\] "colum" is not known'),
        ('column = "state", ', "", "fields.status needs either column"),
        ('severity = { constant = "3" }', "", "must say severity"),
        ('constant = "3"', 'constant = "urgent"', 'fields.severity: "urgent" must be one of: a rank'),
        ('title = "{what}"', "", r"\[text\] must say title"),
        ('title = "{what}"', 'title = "{what"', "title: a brace has no partner"),
        ('title = "{what}"', 'title = "{what}["', "title: a bracket has no partner"),
        ("[text]", "[fields.team]\ncolumn = 't'\n[text]", r'\[fields\] "team" is not known'),
        ("[text]", "[fields.tier]\ncolumn='t'\npatterns=[{match='(', to='1'}]\n[text]", "not a regular expression"),
        ("[text]", "[fields.opened_at]\ncolumn='t'\ndefault='now'\n[text]", "is a time; it takes a column only"),
        ("[text]", "[queue]\nkind = 'virtual'\n[text]", '"virtual" is not one of front line, product, department'),
        ("[text]", "[normalise]\nx = 'rot13'\n[text]", "rot13.* is not one of upper, lower, title"),
        ("[text]", "[[tags]]\nsplit = ','\n[text]", r"\[\[tags\]\] must say column"),
        ("[rows]", "what = 'articles'\n[rows]", 'what = "articles" is not one of events, cases'),
        ("[rows]", "[file]\ndelimiter = ';;'\n[rows]", "delimiter must be one character"),
        ("[rows]", "[rows", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError, match=told) as caught:
        parse_mapping(GOOD.replace(old, new), "bad.toml")
    assert "bad.toml" in str(caught.value)
    assert "\n" not in str(caught.value).rstrip("."), "one sentence on one line"


def test_a_missing_column_is_named_with_those_that_exist() -> None:
    with pytest.raises(UserError, match=r'log\.csv has no column "state", which .* for status; it has: id, at, what\.'):
        parse_mapping(GOOD, "m.toml").check_columns("log.csv", ["id", "at", "what"])


def test_optional_fields_and_bracketed_columns_may_be_missing() -> None:
    text = GOOD.replace("[text]", 'queue = { column = "team", optional = true }\n[text]')
    mapping = parse_mapping(text.replace("{what}", "{id}[ {x}]"), "m.toml")
    mapping.check_columns("log.csv", ["id", "at", "state"])
    assert [rule.name for rule in mapping.present(["id", "at", "state"])] == ["status", "severity"]


@pytest.mark.parametrize("name", resources.names("mappings", ".toml"))
def test_every_shipped_mapping_can_be_used_and_says_what_it_is_for(name: str) -> None:
    mapping = find_mapping(name)
    assert mapping.source
    assert "about = " in resources.read_text("mappings", f"{name}.toml")


def test_a_mapping_is_found_by_path_or_by_name(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(GOOD, encoding="utf-8-sig")
    assert find_mapping(own).source == "test"
    assert find_mapping("volvo-vinst").source == "volvo-vinst"
    with pytest.raises(UserError, match=r"name a TOML file or one of: .*servicenow-uci498.*volvo-vinst"):
        find_mapping(tmp_path / "none.toml")
    own.write_bytes(b"source = '\xff'")
    with pytest.raises(UserError, match="not UTF-8"):
        find_mapping(own)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Accepted/In Progress", "in progress"),
        ("Accepted/Assigned", "in progress"),
        ("Accepted/Wait", "waiting"),
        ("Accepted/Wait - User", "waiting:requester"),
        ("Accepted/Wait - Vendor", "waiting:supplier"),
        ("Accepted/Wait - Something new", "waiting"),
        ("Queued/Awaiting Assignment", "new"),
        ("Completed/Resolved", "resolved"),
        ("Completed/Closed", "closed"),
        ("Completed/Cancelled", "cancelled"),
        ("Unmatched/Unmatched", "in progress"),
    ],
)
def test_statuses_of_vinst(words: str, meaning: str) -> None:
    assert find_mapping("volvo-vinst").fields["status"].meaning(words) == meaning


def test_words_nobody_mapped_are_a_problem_of_the_row() -> None:
    rule = find_mapping("servicenow-uci498").fields["status"]
    with pytest.raises(RowProblem, match='invalid status: "-100"'):
        rule.meaning("-100")
    with pytest.raises(RowProblem, match='the status "Snoozed" is not in the mapping'):
        rule.meaning("Snoozed")
    assert find_mapping("volvo-vinst").fields["tier"].meaning("2/3") == "2/3"


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("iso", "2016-02-29T01:16", "2016-02-29T00:16:00Z"),
        ("iso", "2016-02-29T01:16:05.120+05:30", "2016-02-28T19:46:05.120Z"),
        ("iso", "2016-03-27 02:30", "2016-03-27T01:00:00Z"),
        ("iso", "2016-10-30 02:30", "2016-10-30T00:30:00Z"),
        ("%d/%m/%Y %H:%M", "5/3/2016 12:00", "2016-03-05T11:00:00Z"),
        ("%d/%b/%y %I:%M %p", "11/May/24 03:26 PM", "2024-05-11T13:26:00Z"),
        ("%d/%b/%y %I:%M %p", "11/Dec/24 12:26 AM", "2024-12-10T23:26:00Z"),
        ("%d/%b/%y %I:%M %p", "11/Dec/24 12:26 pm", "2024-12-11T11:26:00Z"),
        ("seconds", "1456704000.5", "2016-02-29T00:00:00.500Z"),
        ("milliseconds", "1456704000500", "2016-02-29T00:00:00.500Z"),
    ],
)
def test_times(form: str, text: str, iso: str) -> None:
    assert Instants([form], ZoneInfo("Europe/Berlin")).read(text) == times.parse_iso(iso)


@pytest.mark.parametrize(
    "text", ["yesterday", "2016-13-01", "0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "1e400", "-5"]
)
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(RowProblem, match="is not a time"):
        Instants(["iso", "seconds", "%d/%b/%y"], ZoneInfo("Europe/Berlin")).read(text)


def test_the_first_format_that_fits_counts() -> None:
    both = Instants(["%d.%m.%Y", "iso"], ZoneInfo("UTC"))
    assert both.read("01.02.2026") == times.parse_iso("2026-02-01T00:00:00Z")
    assert both.read("2026-02-01") == times.parse_iso("2026-02-01T00:00:00Z")


def test_templates_leave_out_what_is_empty() -> None:
    template = Template("[{a}][ / {b}][ / {c}]")
    assert template.filled({"a": "Category 55", "b": "Subcategory 170"}) == "Category 55 / Subcategory 170"
    assert template.filled({"b": "Subcategory 170"}) == "Subcategory 170"
    assert template.filled({}) == ""
    assert Template("{a}: {b}").required == ("a", "b")


@given(st.dictionaries(st.sampled_from("abc"), st.text("xy{}[] ", max_size=5)))
def test_cells_are_never_read_as_templates(cells: dict[str, str]) -> None:
    filled = Template("<{a}|{b}|{c}>").filled(cells)
    assert filled == "<" + "|".join(cells.get(column, "") for column in "abc") + ">"


def test_our_own_field_names_need_no_mapping() -> None:
    assert own_fields("requesters", ["phone", "name", "shoe size"]).fields.keys() == {"name", "phone"}
    cases = own_fields("cases", ["number", "title", "status", "tags"])
    assert (cases.case, cases.fields["severity"].constant) == (("number",), "3")
    with pytest.raises(UserError, match="rename its columns or name a mapping"):
        own_fields("departments", ["Abteilung"])
    with pytest.raises(UserError, match="title and one of external_ref, id or number"):
        own_fields("cases", ["title"])
