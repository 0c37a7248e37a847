"""Tables as they come: packed, encoded and quoted in all the ways people's exports are."""

from __future__ import annotations

import codecs
import gzip
import json
import zipfile
from pathlib import Path

import pytest
import zstandard

from app.errors import UserError
from app.intake.tables import Row, open_table

PLAIN = 'number;text;place\n1;"Drucker größer\nkaputt; wirklich";Halle 2\n2;"sagt ""nein""";\n'
EXPECTED = [Row(1, ["1", "Drucker größer\nkaputt; wirklich", "Halle 2"]), Row(2, ["2", 'sagt "nein"', ""])]


def read(path: Path, **options: str) -> tuple[tuple[str, ...], list[Row]]:
    with open_table(path, **options) as table:
        return table.columns, list(table.rows)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return path


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("t.csv", lambda data: data),
        ("t.csv", lambda data: codecs.BOM_UTF8 + data),
        ("t.csv", lambda data: data.replace(b"\n", b"\r\n").replace(b"\xc3\x9fer\r\n", b"\xc3\x9fer\n")),
        ("t.csv", lambda data: data.decode().encode("utf-16")),
        ("t.csv.gz", gzip.compress),
        ("T.CSV.ZST", zstandard.compress),
        ("t.csv.zst", lambda data: zstandard.compress(data[:20]) + zstandard.compress(data[20:])),
    ],
)
def test_the_same_rows_however_they_are_packed(tmp_path: Path, name: str, pack) -> None:
    columns, rows = read(written(tmp_path / name, pack(PLAIN.encode())))
    assert columns == ("number", "text", "place")
    assert rows == EXPECTED


def test_a_zip_with_one_member_whatever_a_mac_adds(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("export")
        archive.writestr("export/t.csv", PLAIN)
        archive.writestr("__MACOSX/export/._t.csv", b"\x00")
    assert read(path)[1] == EXPECTED


def test_a_zip_with_two_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds 2 files; pack exactly one table"):
        read(zipped(tmp_path / "t.zip", a_csv=PLAIN, b_csv=PLAIN))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_header(tmp_path: Path, separator: str) -> None:
    path = written(tmp_path / "t.csv", f'"a, b; c"{separator}d\n1{separator}2\n'.encode())
    assert read(path) == (("a, b; c", "d"), [Row(1, ["1", "2"])])


def test_a_wrong_encoding_is_told_with_its_line_and_the_way_out(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", PLAIN.encode("cp1252"))
    with pytest.raises(UserError, match=r"Line 2 of t\.csv is not utf-8 text.*encoding = \"cp1252\""):
        read(path)
    assert read(path, encoding="cp1252")[1] == EXPECTED


def test_an_unknown_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match='no encoding "klingon"'):
        read(written(tmp_path / "t.csv", b"a\n1\n"), encoding="klingon")


def test_short_and_broken_rows_are_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", b'a,b,c\n1,2,3\n4,5\n\n"6"x,7,8\n9,10,11,surplus\n')
    rows = read(path)[1]
    assert [row.problem for row in rows] == [None, "the row has 2 of 3 columns", rows[2].problem, None]
    assert rows[2].problem is not None
    assert "line 5 is not CSV" in rows[2].problem
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert list(rows[3].cells)[:3] == ["9", "10", "11"]


def test_repeated_columns_become_one(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", b"key,Labels,Labels,Labels,end\nA-1,red,,blue,x\n")
    assert read(path) == (("key", "Labels", "end"), [Row(1, ["A-1", "red, blue", "x"])])


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zst", "t.zip"])
def test_a_damaged_packing_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="is damaged or not what its name says"):
        read(written(tmp_path / name, b"this is no archive, whatever the name says"))


def test_a_packing_cut_off_in_the_middle_is_told(tmp_path: Path) -> None:
    data = gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(20_000)))
    with pytest.raises(UserError, match="damaged"):
        read(written(tmp_path / "t.csv.gz", data[: len(data) // 2]))


@pytest.mark.parametrize("data", [b"", b"\n\n", codecs.BOM_UTF8])
def test_an_empty_file_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match="is empty"):
        read(written(tmp_path / "t.csv", data))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read(tmp_path / "none.csv")
    with pytest.raises(UserError, match="name a file"):
        read(tmp_path)


def test_json_lists_under_whatever_key_and_nested_objects(tmp_path: Path) -> None:
    records = [
        {"n": 1, "who": {"value": "x1", "display_value": "Jo Roth"}, "open": True, "labels": ["a", "b"]},
        {"n": 2, "who": "", "extra": None},
    ]
    columns, rows = read(written(tmp_path / "t.json", json.dumps({"result": records}).encode()))
    first, second = (dict(zip(columns, row.cells, strict=True)) for row in rows)
    assert first == {
        "n": "1", "who": "Jo Roth", "who.value": "x1", "who.display_value": "Jo Roth", "open": "true",
        "labels": "a, b", "extra": "",
    }  # fmt: skip
    assert (second["n"], second["who"], second["who.value"]) == ("2", "", "")


def test_json_lines(tmp_path: Path) -> None:
    data = b'{"n": 1, "t": "\xc3\xa4"}\n\n{"n": 2}\n'
    assert read(written(tmp_path / "t.jsonl.gz", gzip.compress(data))) == (
        ("n", "t"),
        [Row(1, ["1", "ä"]), Row(2, ["2", ""])],
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("t.json", "{", "is not JSON"),
        ("t.json", "[1, 2]", "Record 1 of t.json is not an object"),
        ("t.json", "3", "holds no list of records"),
        ("t.jsonl", '{"a": 1}\n{oops\n', "Record 2 of t.jsonl is not JSON"),
    ],
)
def test_json_that_is_none_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(written(tmp_path / name, text.encode()))
