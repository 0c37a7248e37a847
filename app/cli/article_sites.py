"""`halldesk article export-site` and `sites`: published articles as pages, once or again and again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import times
from app.cli.opening import try_sync
from app.cli.output import Output, counted
from app.desk import Desk
from app.errors import UserError
from db.rules import ARTICLE_AUDIENCES


def register(verb: Callable[..., Any]) -> None:
    """Add the verbs. `verb`: makes a parser of `halldesk article` (app.cli.articles)."""
    site = verb("export-site", _export_site, "published articles as pages that any PC reads from a folder")
    site.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="a new, an empty or an earlier site's folder")
    site.add_argument("--due", action="store_true", help="every site that is set and due (`article sites`)")
    site.add_argument("--audience", choices=ARTICLE_AUDIENCES, help="who reads the site")
    site.add_argument("--phone", metavar="NUMBER", help="of the desk, on every page")
    planned = verb("sites", _sites, "the sites that are exported by themselves: which, how often, when last")
    planned.add_argument("--add", type=Path, metavar="DIR", help="export there (administrators); the first time now")
    planned.add_argument("--remove", metavar="DIR", help="no more; the pages stay")
    planned.add_argument("--every", type=int, default=24, metavar="HOURS", help="(default: 24)")
    planned.add_argument("--audience", choices=ARTICLE_AUDIENCES, default="everyone")
    planned.add_argument("--phone", default="", metavar="NUMBER")
    for parser in (site, planned):
        parser.add_argument(
            "--department", action="append", default=[], help="whose articles, for the audience departments"
        )
        parser.add_argument("--place", default="", metavar="PLACE", help="where its readers sit, for their calls")


def _export_site(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.knowledge.site import export_site
    from app.knowledge.site_schedule import export_due

    if args.due:
        try_sync(desk, args)
        return _said(out, export_due(desk))
    missing = [name for name in ("audience", "phone") if not getattr(args, name)]
    if args.folder is None or missing:
        raise UserError("Name the folder, --audience and --phone; or --due for the sites that are set.")
    try_sync(desk, args)
    departments = [desk.directory.resolve("department", name) for name in args.department]
    done = export_site(
        desk, args.folder, args.audience, departments=departments, phone=args.phone, place=args.place
    )  # fmt: skip
    data = {"articles": done.articles, "written": done.written, "unchanged": done.unchanged, "removed": done.removed,
            "missing": list(done.missing)}  # fmt: skip
    for name in done.missing:
        out.complain(f"{name} is on the drive and can't be fetched now; the next export adds it.")
    out.emit(data, f"{counted(done.articles, 'article')}; files: {done.written} written, {done.unchanged} unchanged, "
             f"{done.removed} removed")  # fmt: skip
    return 1 if done.missing else 0


def _said(out: Output, outcomes: list[Any]) -> int:
    for one in outcomes:
        done = one.done
        data: dict[str, Any] = {"folder": one.site.folder, "busy": one.busy or None, "why": one.why or None}
        if done is not None:
            data |= {"articles": done.articles, "written": done.written, "unchanged": done.unchanged,
                     "removed": done.removed, "missing": list(done.missing)}  # fmt: skip
        said = one.why or (f"{one.busy} exports it just now" if one.busy else "")
        if done is not None:
            said = f"{counted(done.articles, 'article')}; files: {done.written} written, {done.unchanged} unchanged"
        out.emit(data, f"{one.site.folder}: {said}")
    if not outcomes and not out.as_json:
        print("Nothing is due.")
    return 1 if any(one.why or (one.done is not None and one.done.missing) for one in outcomes) else 0


def _sites(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.knowledge.site_schedule import Site, due_at, export_one, last, sites

    if args.remove:
        desk.site_schedule.remove(args.remove)
    if args.add:
        departments = tuple(desk.directory.resolve("department", name).hex() for name in args.department)
        folder = str(args.add.absolute())
        site = Site(folder, args.audience, args.phone.strip(), args.place.strip(), departments, args.every)
        desk.site_schedule.put(site)
    saved = try_sync(desk, args) if args.add or args.remove else True
    failed = _said(out, [export_one(desk, site)]) if args.add else 0
    for one in sites(desk.context):
        known = last(one)
        data = {
            "folder": one.folder, "audience": one.audience, "every_hours": one.hours, "phone": one.phone,
            "place": one.place or None, "last": times.iso_utc(known.at) if known else None,
            "by": known.by if known else None, "articles": known.articles if known else None,
            "next": times.iso_utc(due_at(one, known)) if known else None, "saved": saved,
        }  # fmt: skip
        done = (
            f"last {times.iso_utc(known.at)} by {known.by}, {counted(known.articles, 'article')}"
            if known
            else "never exported"
        )
        out.emit(data, f"{one.folder}: for {one.audience}, every {one.hours} h; {done}")
    if not out.as_json and not sites(desk.context):
        print("No site is set; add one with `halldesk article sites --add DIR --audience everyone --phone NUMBER`.")
    return failed
