"""The manual's example is imported as it stands there, and the benchmark of the import still runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from app.intake.events import import_events
from app.intake.mapping import FIELDS, find_mapping, parse_mapping
from tests.app.report_desk import Past, at
from tests.bench.bench_import import bare, imported, made_up_log

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual" / "import.md"


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    desk = Past(tmp_path / "desk", now=at("2026-11-02 09:00"))
    yield desk
    desk.close()


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_of_the_manual_does_what_it_says(past: Past, tmp_path: Path) -> None:
    log = tmp_path / "hall.csv"
    log.write_text(block("csv"), encoding="utf-8", newline="")
    result = import_events(past.context, log, parse_mapping(block("toml"), "hall.toml"))
    assert (result.rows, result.created, result.problems) == (5, 1, [])
    case = past.context.reader.one('SELECT * FROM "case"')
    assert case is not None
    assert (case["title"], case["description"]) == ("Presse 3: Druckt nicht", "Druckt nicht, asked for by Halle 1")
    assert (case["status"], case["severity"], case["tier"]) == ("closed", 2, 2)
    assert (case["opened_at"], case["resolved_at"]) == (at("2026-03-02 08:00"), at("2026-03-03 10:05"))
    waiting = past.context.reader.all("SELECT at, new FROM case_event WHERE field = 'waiting_on' ORDER BY id")
    assert [tuple(row) for row in waiting] == [(at("2026-03-02 08:40"), "supplier"), (at("2026-03-03 10:05"), None)]


def test_every_field_and_every_shipped_mapping_is_in_the_manual() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    names = {name for fields in FIELDS.values() for name in fields} | set(resources.names("mappings", ".toml"))
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_benchmark_compares_the_same_rows(tmp_path: Path) -> None:
    made_up_log(tmp_path / "log.csv", 25)
    _, result, rows, schema = imported(tmp_path / "desk", tmp_path / "log.csv", find_mapping("volvo-vinst"))
    assert (result.created, result.problems) == (25, [])
    assert len(rows["case_event"]) > result.rows
    assert bare(tmp_path / "bare.db", rows, schema) > 0
