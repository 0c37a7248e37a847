"""What lies in the PDF of a report beside its pages: every list of cases whole, and where on the pages they are linked.

It is an embedded file, `cases.json`, that any PDF program shows as an attachment. So a page is never cut off from its
cases: long lists are cut in print only, and a report from the archive opens its cases as on the day it was made.

    {"version": 1, "lists": [{"anchor": "cases-1", "titles": ["Opened"], "cases": [5756, 5757]}],
     "links": [[page, [left, bottom, right, top], "cases-1"]]}

Pages count from 0, boxes are points from the lower left corner, cases are numbers or, before they had one, labels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.insight.figure import CaseKey
from app.reports.annex import Listed
from app.reports.pdf import Link
from db.reader import Reader

FILE: Final = "cases.json"
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Inside:
    """What a document leads to."""

    lists: tuple[Listed, ...] = ()
    links: tuple[Link, ...] = ()


def packed(lists: Iterable[Listed], links: Iterable[Link]) -> bytes:
    """The file."""
    data = {
        "version": 1,
        "lists": [
            {"anchor": one.anchor, "titles": one.titles, "cases": [key.as_json() for key in one.cases]} for one in lists
        ],
        "links": [[link.page, [round(value, 1) for value in link.box], link.anchor] for link in links],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes | None, reader: Reader) -> Inside:
    """The lists with the cases as this workstation knows them; cases that had no number when it was printed are left
    out. Nothing for a document without the file, or with one that can't be read."""
    if data is None:
        return Inside()
    try:
        found = json.loads(data)
        told = [(str(one["anchor"]), [str(title) for title in one["titles"]], one["cases"]) for one in found["lists"]]
        links = tuple(Link(int(page), _box(box), str(anchor)) for page, box, anchor in found["links"])
    except (ValueError, KeyError, TypeError):
        return Inside()
    rids = _rids(reader, {case for _, _, cases in told for case in cases if isinstance(case, int)})
    lists = tuple(
        Listed(anchor, titles, tuple(CaseKey(case, rids[case]) for case in cases if case in rids))
        for anchor, titles, cases in told
        if titles
    )
    return Inside(lists, links)


def _box(values: Sequence[Any]) -> tuple[float, float, float, float]:
    left, low, right, high = map(float, values)
    return left, low, right, high


def _rids(reader: Reader, numbers: Iterable[int]) -> dict[int, int]:
    listed = sorted(numbers)
    out: dict[int, int] = {}
    for low in range(0, len(listed), _AT_ONCE):
        some = ", ".join(map(str, listed[low : low + _AT_ONCE]))
        out.update(tuple(row) for row in reader.all(f'SELECT number, rid FROM "case" WHERE number IN ({some})'))
    return out
