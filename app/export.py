"""The tables of a desk as CSV or JSON lines, for spreadsheets and scripts.

Ids come as text, instants as ISO 8601 UTC, and beside each reference stands the name it is for.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from app import times
from app.desk import Desk
from app.directory import Kind
from app.errors import UserError
from db.ids import id_text
from db.rules import NO_DUE

_TABLES: Final[dict[str, str]] = {
    "cases": "case",
    "events": "case_event",
    "timeline": "timeline_entry",
    "times": "time_entry",
    "links": "case_link",
    "requesters": "requester",
    "departments": "department",
    "products": "product",
    "places": "place",
    "assets": "asset",
    "queues": "queue",
    "members": "queue_member",
    "analysts": "analyst",
    "coverage": "coverage",
    "absences": "absence",
    "articles": "article",
}
TABLES: Final = tuple(_TABLES)
_NAMED: Final[dict[str, Kind]] = {
    "queue_id": "queue",
    "department_id": "department",
    "product_id": "product",
    "place_id": "place",
    "analyst_id": "analyst",
    "author_id": "analyst",
    "owner_id": "analyst",
    "work_owner_id": "analyst",
    "contact_owner_id": "analyst",
    "next_step_by_id": "analyst",
    "on_behalf_of_id": "analyst",
    "primary_id": "analyst",
    "stand_in1_id": "analyst",
    "stand_in2_id": "analyst",
}


def export_table(desk: Desk, what: str, form: str, out: Path | None) -> int:
    """Write one table as `form` ("csv" or "jsonl"); returns how many rows. `out` None: standard output.

    Errors: UserError when the file can't be written; an older file of that name is then untouched.
    """
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A CSV brings its own line ends; on Windows each would get a second carriage return.
            sys.stdout.reconfigure(newline="")
        return _write(desk, what, form, sys.stdout)
    temporary = out.with_name(out.name + ".new")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            rows = _write(desk, what, form, file)
        temporary.replace(out)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(f"{out} can't be written ({error.strerror or error}); name another file.") from error
    return rows


def _write(desk: Desk, what: str, form: str, file: IO[str]) -> int:
    count = 0
    writer: csv.DictWriter[str] | None = None
    for row in _rows(desk, _TABLES[what]):
        if form == "jsonl":
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            if writer is None:
                writer = csv.DictWriter(file, fieldnames=list(row))
                writer.writeheader()
            writer.writerow(row)
        count += 1
    return count


def _rows(desk: Desk, table: str) -> Iterator[dict[str, Any]]:
    reader = desk.context.reader
    names = [r["name"] for r in reader.all(f'PRAGMA table_info("{table}")') if r["name"] != "rid"]
    for chunk in reader.each(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY id'):
        for values in chunk:
            yield _plain(desk, dict(zip(names, values, strict=True)))


def _plain(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, bytes):
            out[name] = id_text(value) if len(value) == 16 else value.hex()
        elif isinstance(value, int) and (name == "at" or name.endswith("_at")):
            out[name] = None if value == NO_DUE else times.iso_utc(value)
        else:
            out[name] = value
        if name in _NAMED:
            out[name.removesuffix("_id")] = desk.directory.name(_NAMED[name], value)
    return out
