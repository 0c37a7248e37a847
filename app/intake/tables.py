"""Reading a table somebody exported, whatever it is packed in, row by row, with clear words when it can't be read.

In this order: the packing is undone by the file's ending (`.gz`, `.zst`, `.zip` with one member), the text is decoded
line by line (so that a wrong encoding is reported with its line), then rows are read as CSV or JSON. Rows are numbered
from 1, the first one after the header; a quoted line break inside a cell does not count.

Repeated column names (a Jira export has one column per label) become one column whose cells are joined by a comma. A
JSON record's nested object `{"a": {"b": 1}}` becomes the column `a.b`; `a` itself is what it shows to people.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import zstandard

from app.errors import UserError

_LONGEST_CELL: Final = 64 * 1024 * 1024
_LARGEST_WHOLE: Final = 512 * 1024 * 1024
_SNIFFED: Final = ",;\t|"
_SHOWN_AS: Final = ("display_value", "displayName", "name", "value")
_BROKEN: Final = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError, zipfile.BadZipFile)


class Row(NamedTuple):
    """One row: its number, its cells in the order of the table's columns, or why it can't be taken."""

    number: int
    cells: Sequence[str]
    problem: str | None = None


@dataclass(frozen=True)
class Table:
    """An open table; `rows` can be walked once. `name` is what messages call it."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


class _Bytes(Protocol):
    """What is read from the file once its packing is undone."""

    def read(self, size: int, /) -> bytes: ...
    def peek(self, size: int, /) -> bytes: ...
    def __iter__(self) -> Iterator[bytes]: ...


@contextmanager
def open_table(path: Path, *, delimiter: str | None = None, encoding: str = "utf-8") -> Iterator[Table]:
    """Open the table at `path`: CSV, or JSON where the name (without its packing) ends in .json, .jsonl or .ndjson.

    `delimiter` None: found out from the header. Errors: UserError, also later, while rows are read.
    """
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise UserError(f'There is no encoding "{encoding}"; use utf-8, cp1252 or utf-16.') from error
    with ExitStack() as stack:
        try:
            inner, raw = _unpacked(path, stack)
            buffered = stack.enter_context(io.BufferedReader(_Readable(raw), 1 << 18))
            kind = inner.rpartition(".")[2].lower()
            if kind in ("jsonl", "ndjson"):
                columns, rows = _records(path.name, list(_json_lines(path.name, _lines(path.name, buffered, encoding))))
            elif kind == "json":
                columns, rows = _records(path.name, _json_list(path.name, buffered))
            else:
                columns, rows = _csv(path.name, _lines(path.name, buffered, encoding), delimiter)
        except _BROKEN as error:
            raise _damaged(path, error) from error
        except FileNotFoundError as error:
            raise UserError(f"There is no file {path}; check its name.") from error
        except (PermissionError, IsADirectoryError) as error:
            raise UserError(f"{path} can't be read; name a file that you may open.") from error
        yield Table(path.name, columns, _guarded(path, rows))


def _guarded(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except _BROKEN as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> UserError:
    return UserError(f"{path.name} is damaged or not what its name says ({error}); get the file again.")


# --- packing ---


class _Readable(io.RawIOBase):
    """Any object with read(n), as the raw stream a BufferedReader wants."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data: bytes = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _unpacked(path: Path, stack: ExitStack) -> tuple[str, Any]:
    """(name of what is inside, stream of its bytes)."""
    packing = path.suffix.lower()
    if packing == ".zip":
        archive = stack.enter_context(zipfile.ZipFile(path))
        members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
        if len(members) != 1:
            raise UserError(f"{path.name} holds {len(members)} files; pack exactly one table into it.")
        if members[0].flag_bits & 1:
            raise UserError(f"{path.name} is protected with a password; unpack it first.")
        return members[0].filename, stack.enter_context(archive.open(members[0]))
    if packing == ".gz":
        return path.stem, stack.enter_context(gzip.open(path, "rb"))
    file = stack.enter_context(path.open("rb"))
    if packing == ".zst":
        return path.stem, stack.enter_context(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True))
    return path.name, file


def _lines(name: str, raw: _Bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends. A byte order mark decides over `encoding` and is not part of the first line."""
    start = raw.peek(4)[:4]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf16", "utf-32", "utf32")):
        yield from _wide_lines(name, raw, encoding)
        return
    if start.startswith(codecs.BOM_UTF8):
        raw.read(len(codecs.BOM_UTF8))
        encoding = "utf-8"
    for number, line in enumerate(raw, start=1):
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            raise _not_text(name, number, encoding) from error


def _wide_lines(name: str, raw: _Bytes, encoding: str) -> Iterator[str]:
    """Lines of an encoding in which a line end is more than one byte; read whole, as such files come from a desktop."""
    try:
        text = raw.read(_LARGEST_WHOLE).decode(encoding)
    except UnicodeError as error:
        raise _not_text(name, 1, encoding) from error
    yield from io.StringIO(text, newline="")


def _not_text(name: str, line: int, encoding: str) -> UserError:
    return UserError(
        f"Line {line} of {name} is not {encoding} text; save the file as UTF-8, or name its encoding in the mapping "
        'under [file] (for example encoding = "cp1252").'
    )


# --- CSV ---


def _csv(name: str, lines: Iterator[str], delimiter: str | None) -> tuple[tuple[str, ...], Iterator[Row]]:
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    if not first:
        raise UserError(f"{name} is empty; export it again with a header line.")
    found = delimiter or _sniffed(first)
    reader = csv.reader(_after(first, lines), delimiter=found, strict=True)
    # The limit belongs to the process; a ticket's text may well be longer than the 128 KiB it starts with.
    csv.field_size_limit(_LONGEST_CELL)
    try:
        header = next(reader)
    except csv.Error as error:
        raise UserError(f"The header of {name} is not CSV ({error}); export the file again.") from error
    columns, places = _columns([cell.strip() for cell in header])
    return columns, _csv_rows(reader, len(header), places)


def _after(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _sniffed(header: str) -> str:
    """The separator that occurs most often outside quotes in the header."""
    outside = "".join(header.split('"')[::2])
    return max(_SNIFFED, key=outside.count)


def _columns(header: Sequence[str]) -> tuple[tuple[str, ...], list[list[int]] | None]:
    """The distinct column names, and where each one stands in a row (None: each exactly once)."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(header):
        places.setdefault(column, []).append(place)
    repeated = any(len(found) > 1 for found in places.values())
    return tuple(places), list(places.values()) if repeated else None


def _csv_rows(reader: Any, width: int, places: list[list[int]] | None) -> Iterator[Row]:
    number = 0
    while True:
        try:
            cells: list[str] | None = next(reader, None)
        except csv.Error as error:
            number += 1
            yield Row(number, (), f"line {reader.line_num} is not CSV ({error})")
            continue
        if cells is None:
            return
        if not cells:
            continue
        number += 1
        if len(cells) < width:
            yield Row(number, (), f"the row has {len(cells)} of {width} columns")
        elif places is None:
            yield Row(number, cells)
        else:
            yield Row(number, [", ".join(cells[p] for p in found if cells[p]) for found in places])


# --- JSON ---


def _json_list(name: str, raw: _Bytes) -> list[dict[str, str]]:
    data = raw.read(_LARGEST_WHOLE)
    if raw.read(1):
        raise UserError(f"{name} is too large for one JSON document; export it as JSON lines or CSV.")
    try:
        found = json.loads(data.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name} is not JSON ({error}); export it again.") from error
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else [found]
    if not isinstance(found, list):
        raise UserError(f"{name} holds no list of records; export one object per record.")
    return [_flat(name, number, record) for number, record in enumerate(found, start=1)]


def _json_lines(name: str, lines: Iterable[str]) -> Iterator[dict[str, str]]:
    number = 0
    for line in lines:
        if not line.strip():
            continue
        number += 1
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UserError(f"Record {number} of {name} is not JSON ({error}); export it again.") from error
        yield _flat(name, number, record)


def _flat(name: str, number: int, record: object) -> dict[str, str]:
    if not isinstance(record, dict):
        raise UserError(f"Record {number} of {name} is not an object; export one object per record.")
    out: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            for inner, deep in value.items():
                out[f"{key}.{inner}"] = _text(deep)
            out[str(key)] = next((_text(value[k]) for k in _SHOWN_AS if value.get(k)), "")
        else:
            out[str(key)] = _text(value)
    return out


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return next((_text(value[k]) for k in _SHOWN_AS if value.get(k)), "")
    return str(value)


def _records(name: str, records: Sequence[dict[str, str]]) -> tuple[tuple[str, ...], Iterator[Row]]:
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    if not columns:
        raise UserError(f"{name} is empty; export it again.")
    rows = (
        Row(number, [record.get(column, "") for column in columns]) for number, record in enumerate(records, start=1)
    )
    return columns, rows
