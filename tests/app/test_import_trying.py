"""Lists of machines, mappings made on screen, and what an import would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.errors import UserError
from app.intake.trying import attempt, header, importer, mapping_of
from tests.desks import Clock, found_desk

LIST = (
    "Inventarnr;Bezeichnung;Halle;Typ;SN\nM-100;Press 4;Hall 1;Press;77\n"
    "m-101;Press 5;Hall 1;Press;\n;No tag;Hall 1;;\n"
)
COLUMNS = {"tag": "Inventarnr", "name": "Bezeichnung", "place": "Halle", "product": "Typ", "serial": "SN"}


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path, clock=Clock())
    yield opened
    opened.close()


def count(desk, table: str) -> int:
    return int(desk.context.reader.value(f"SELECT count(*) FROM {table}"))


def test_an_attempt_says_what_would_be_and_keeps_nothing(desk, tmp_path: Path):
    path = tmp_path / "machines.csv"
    path.write_text(LIST, encoding="utf-8")
    found = header(path)
    assert found.columns[0] == "Inventarnr"
    assert found.samples["Bezeichnung"] == ("Press 4", "Press 5", "No tag")
    mapping = mapping_of("assets", COLUMNS)
    pending = desk.replica.pending_count()
    what = attempt(desk.context, "assets", path, mapping)
    assert [(one.name, one.new) for one in what.changes] == [("M-100", True), ("m-101", True)]
    tried = what.result
    assert (tried.rows, tried.created, tried.updated, tried.problems) == (3, 2, 0, [(3, "it has no tag")])
    assert (count(desk, "asset"), count(desk, "place"), desk.replica.pending_count()) == (0, 0, pending)
    done = importer("assets")(desk.context, path, mapping, lambda _done, _all: None)
    assert done == tried
    assert (count(desk, "asset"), count(desk, "place"), count(desk, "product")) == (2, 1, 1)
    path.write_text(LIST.replace("Press 5", "Press 5b").replace("m-101", "M-101"), encoding="utf-8")
    told = attempt(desk.context, "assets", path, mapping)
    again = told.result
    assert [(one.name, one.fields) for one in told.changes] == [("m-101", (("name", "Press 5", "Press 5b"),))]
    assert (again.created, again.updated, again.skipped) == (0, 1, 1)


def test_what_tells_the_rows_apart_must_be_said(tmp_path: Path):
    with pytest.raises(UserError, match="which column has the tag"):
        mapping_of("assets", {"name": "Bezeichnung"})
    with pytest.raises(UserError):
        header(tmp_path / "none.csv")


def test_departments_are_tried_with_their_tree(desk, tmp_path: Path):
    path = tmp_path / "departments.csv"
    path.write_text("Dept,Above\nHall 1,Works\nWorks,\n", encoding="utf-8")
    mapping = mapping_of("departments", {"name": "Dept", "parent": "Above"})
    assert attempt(desk.context, "departments", path, mapping).result.created == 2
    assert count(desk, "department") == 0


def test_the_command_line_imports_machines(desk, tmp_path: Path, capsys):
    path = tmp_path / "machines.csv"
    path.write_text("tag,name,department\nM-1,Press,Hall 1\n", encoding="utf-8")
    desk.close()
    where = ["--profile", str(tmp_path / "anna"), "--key-file", str(tmp_path / "anna.keys"), "--offline"]
    assert main(["import", "assets", str(path), *where]) == 0
    assert "1 created" in capsys.readouterr().out
