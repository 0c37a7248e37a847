"""Verbs that move data: import, export, demo."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.opening import opened, try_sync
from app.cli.output import Output, counted
from app.errors import UserError

if TYPE_CHECKING:
    from app.intake.mapping import What
    from app.intake.result import ImportResult

IMPORTS = ("events", "cases", "requesters", "departments", "products", "places", "assets", "articles")
PROBLEMS_SHOWN = 20


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    from app.export import TABLES

    bring = verbs.add_parser("import", parents=[common], help="take in a log or a list")
    bring.add_argument("what", choices=IMPORTS)
    bring.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV or JSON; also .zst, .gz, .zip; articles: a folder or an archive of Markdown or HTML, too",
    )
    bring.add_argument("--mapping", metavar="MAP.toml", help="which column means what")
    bring.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
    bring.add_argument("--language", choices=("en", "de"), help="of the articles, whatever they say themselves")
    bring.add_argument("--state", choices=("rough", "generic", "reviewed"), default="rough",
                       help="of articles that name none (default rough)")  # fmt: skip
    bring.set_defaults(run=_import)

    export = verbs.add_parser("export", parents=[common], help="the tables as CSV or JSON lines")
    export.add_argument("what", choices=TABLES)
    export.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    export.add_argument("--out", type=Path, metavar="FILE", help="(default: standard output)")
    export.set_defaults(run=_export)

    demo = verbs.add_parser("demo", parents=[common], help="try Halldesk on a made-up machinery manufacturer")
    demo.add_argument("--language", choices=("en", "de"), default="en")
    demo.add_argument("--cases", type=int, default=5000)
    demo.add_argument("--fresh", action="store_true", help="make the demo anew")
    demo.add_argument("--headless", action="store_true", help="no window, even where there is a screen")
    demo.set_defaults(run=_demo)


def _importer(what: What) -> Callable[..., ImportResult]:
    from app.intake.trying import importer

    return importer(what)


def _import_articles(args: argparse.Namespace, out: Output) -> int:
    from app.knowledge.exchange import Importing

    with opened(args) as desk:
        bring = Importing(desk, args.file, language=args.language, state=args.state)
        got = bring.run(lambda done, total: out.progress("importing", done, total))
        try_sync(desk, args)
    data = {
        "rows": got.pages, "cases": 0, "articles": got.created + got.updated, "created": got.created,
        "updated": got.updated, "skipped": got.skipped, "pictures": got.pictures,
        "problems": [{"row": name, "why": why} for name, why in got.problems],
    }  # fmt: skip
    lines = [
        f"{counted(got.pages, 'page')}: {counted(got.created, 'article')} created, {got.updated:,} updated, "
        f"{got.skipped:,} skipped, {counted(got.pictures, 'picture')} kept"
    ]
    lines += [f"{name}: {why}" for name, why in got.problems[:PROBLEMS_SHOWN]]
    out.emit(data, "\n".join(lines))
    return 0


def _import(args: argparse.Namespace, out: Output) -> int:
    from app.cli import STOPPED
    from app.intake.mapping import find_mapping
    from app.intake.result import giving_way

    if args.what == "articles":
        return _import_articles(args, out)
    if args.what == "events" and args.mapping is None:
        raise UserError("An event log needs a mapping: --mapping MAP.toml; shipped ones are in resources/mappings.")
    with opened(args) as desk:
        done_of: list[tuple[int, int]] = []

        def progress(done: int, total: int | None) -> None:
            out.progress("importing", done, total)
            if total is not None:
                done_of[:] = [(done, total)]

        mapping = find_mapping(args.mapping) if args.mapping is not None else None
        try:
            with _stopping_between_parts() as stop:

                def part_done(done: int, total: int | None) -> None:
                    progress(done, total)
                    stop()

                result = _importer(args.what)(desk.context, args.file, mapping, giving_way(part_done))
        except KeyboardInterrupt:
            out.complain(_stopped(done_of[-1] if done_of else (0, 0)))
            return STOPPED
        try_sync(desk, args)
    data = {
        "rows": result.rows, "cases": result.cases, "created": result.created, "updated": result.updated,
        "skipped": result.skipped, "problems": [{"row": row, "why": why} for row, why in result.problems],
    }  # fmt: skip
    lines = [
        f"{counted(result.rows, 'row')}: {counted(result.cases, 'case')}, {result.created:,} created, "
        f"{result.updated:,} updated, {result.skipped:,} skipped"
    ]
    lines += [f"row {row}: {why}" for row, why in result.problems[:PROBLEMS_SHOWN]]
    if len(result.problems) > PROBLEMS_SHOWN:
        lines.append(f"... and {len(result.problems) - PROBLEMS_SHOWN} more problems; --json lists all")
    out.emit(data, "\n".join(lines))
    return 0


@contextmanager
def _stopping_between_parts() -> Iterator[Callable[[], None]]:
    """Ctrl+C is heard by the function this gives, called between two parts. Raised just after one was committed and
    before it was counted, it would be told with fewer rows than are in. The second Ctrl+C stops at once."""
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    def stop() -> None:
        if pressed:
            raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield stop
        return
    signal.signal(signal.SIGINT, press)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _stopped(done_of: tuple[int, int]) -> str:
    done, total = done_of
    if done == 0:
        return "Stopped in the first part. Importing the same file again goes on from there."
    return f"Stopped: {done:,} of {total:,} rows are in and stay. Importing the same file again goes on from there."


def _export(args: argparse.Namespace, out: Output) -> int:
    from app.export import export_table

    with opened(args) as desk:
        rows = export_table(desk, args.what, args.format, args.out)
    if args.out is not None:
        out.emit({"rows": rows, "file": str(args.out)}, f"{counted(rows, 'row')} written to {args.out}")
    return 0


def demo_folder(args: argparse.Namespace) -> Path:
    """The demo lives in a profile of its own beside the real one, unless a profile is named."""
    from app.profile import default_folder

    folder: Path = args.profile.folder
    return folder if folder != default_folder() else folder.with_name(folder.name + "-demo")


def _discard(folder: Path) -> None:
    """Remove a folder as a whole or not at all: Windows refuses while a window has a file of it open, and removing
    file by file would leave half of it."""
    import secrets
    import shutil

    aside = folder.with_name(f"{folder.name}.removed-{secrets.token_hex(4)}")
    try:
        folder.rename(aside)
        shutil.rmtree(aside)
    except OSError as error:
        raise UserError(
            f"{folder} can't be removed ({error.strerror or error}); close the window that shows it, then try again."
        ) from error


def prepare_demo(args: argparse.Namespace, out: Output) -> None:
    """Make the demo profile if it is not there (or is to be made anew) and point `args.profile` at it."""
    from app.demo import is_demo, make_demo
    from app.profile import Profile

    profile = Profile(demo_folder(args))
    if profile.attached and not is_demo(profile):
        raise UserError(f"{profile.folder} holds a real help desk; name another folder for the demo with --profile.")
    if args.fresh and profile.attached:
        _discard(profile.folder)
    if not profile.attached:
        make_demo(
            profile, cases=args.cases, language=args.language,
            progress=lambda done, total: out.progress("making the demo", done, total),
        )  # fmt: skip
    args.profile = profile


def _demo(args: argparse.Namespace, out: Output) -> int:
    """Without a screen: the same day's work in text, from the queue to the printed week."""
    from app.demo_day import headless_day

    prepare_demo(args, out)
    with opened(args) as desk:
        return headless_day(desk, out)
