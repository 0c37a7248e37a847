"""`halldesk radar` and `halldesk rehearse`: who knows what, and a day without somebody."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any

from app import times
from app.cli.opening import opened
from app.cli.output import Output, table
from db.ids import id_text


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add both."""
    radar = verbs.add_parser("radar", parents=[common], help="who knows which product; those one person alone knows")
    radar.add_argument("--thin", action="store_true", help="only products that one person knows, or nobody")
    radar.set_defaults(run=_radar)
    rehearse = verbs.add_parser("rehearse", parents=[common], help="what a day without somebody does")
    rehearse.add_argument("analyst", metavar="ANALYST")
    rehearse.add_argument("--on", metavar="DAY", help="2026-11-30 (default: tomorrow)")
    rehearse.set_defaults(run=_rehearse)


def _radar(args: argparse.Namespace, out: Output) -> int:
    from app.insight.radar import Radar

    with opened(args) as desk:
        name = desk.directory.name
        found = [one for one in Radar(desk.context).matrix() if not args.thin or len(one.knowers) < 2]
        rows = []
        for one in found:
            people = [
                {"analyst": name("analyst", who), "level": cell.level, "solved": cell.solved, "knows": cell.enough}
                for who, cell in sorted(one.cells.items(), key=lambda item: item[1], reverse=True)
            ]
            product, knowers = name("product", one.id), [name("analyst", who) for who in one.knowers]
            if out.as_json:
                out.emit({"product": product, "known_by": knowers, "thin": len(knowers) < 2, "solved": one.solved,
                          "people": people}, "")  # fmt: skip
            mark = {0: "nobody", 1: "one only"}.get(len(knowers), "")
            rows.append([product, str(len(knowers)), mark, str(one.solved), ", ".join(knowers)])
    if not out.as_json:
        out.emit({}, table(rows, ["product", "know it", "", "solved", "who"]) if rows else "No product is thin.")
    return 0


def _rehearse(args: argparse.Namespace, out: Output) -> int:
    from app.insight.radar import Radar

    with opened(args) as desk:
        name, tz = desk.directory.name, times.zone(desk.context.zone)
        who = desk.directory.resolve("analyst", args.analyst)
        tomorrow = times.local_date(desk.context.clock(), tz) + timedelta(days=1)
        day = times.parse_date(args.on) if args.on else tomorrow
        found = Radar(desk.context).rehearse(who, day.isoformat())
        titles = {
            row[0]: f"{'' if row[1] is None else row[1]} {row[2]}".strip()
            for row in desk.context.reader.all(
                'SELECT id, number, title FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL', (who,)
            )
        }
        turns = {
            row[0]: f"{row[3]} {times.local_wall(row[1], tz):%H:%M}-{times.local_wall(row[2], tz):%H:%M}"
            for row in desk.context.reader.all("SELECT id, starts_at, ends_at, duty FROM shift WHERE analyst_id = ?",
                                               (who,))
        }  # fmt: skip
        told = {
            "departments": [(one, name("department", one.what)) for one in found.departments],
            "products": [(one, name("product", one.what)) for one in found.products],
            "shifts": [(one, turns.get(one.what, "")) for one in found.shifts],
            "cases": [(one, titles.get(one.what, "")) for one in found.cases],
        }
        data = {
            kind: [{"id": id_text(one.what), "name": said, "taker": name("analyst", one.taker) or None}
                   for one, said in listed]
            for kind, listed in told.items()
        }  # fmt: skip
        head = f"{name('analyst', who)} is away on {day.isoformat()}: {found.orphans} left without anyone"
    lines = [head]
    for kind, listed_rows in data.items():
        if listed_rows:
            rows = [[str(row["name"]), str(row["taker"] or "nobody")] for row in listed_rows]
            lines += ["", table(rows, [kind, "could take it"])]
    out.emit({"analyst": args.analyst, "day": day.isoformat(), "without_anyone": found.orphans, **data},
             "\n".join(lines))  # fmt: skip
    return 0
