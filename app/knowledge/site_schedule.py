"""Sites that are exported by themselves: which, where to, how often; and whoever is there does it.

What is to be exported is a setting of the desk (a row of the log), so every client knows it. Nobody is in charge: each
client looks from time to time whether a site is due, and takes it if nobody else has it just now. Who has it says so in
a file beside the pages, made in a way that only one can make it, with an end after which it counts no more (a
workstation that was switched off in the middle). When it was done, and by whom, stands in another file there, because
the folder is the only place that all of them share. Two who do it at once anyhow write the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final

from app.context import Context, ReadContext
from app.errors import UserError
from app.knowledge.site import LAST, LEASE, MANIFEST, Exported, export_site
from db.errors import Refused
from db.ids import derived_id
from db.rules import ARTICLE_AUDIENCES
from db.shapes import SiteSetting

if TYPE_CHECKING:
    from app.desk import Desk

SETTING: Final = "help_sites"
HOUR_MS: Final = 3_600_000
LEASE_MS: Final = 15 * 60_000
"""So long one client has a site to itself; the largest takes a fraction of it."""
LEAST_HOURS, MOST_HOURS = 1, 24 * 31
AGAIN_MS: Final = HOUR_MS
"""After a failure (no drive) nobody on this workstation tries sooner."""


@dataclass(frozen=True)
class Site:
    """One export. `departments`: ids as hexadecimal text; `hours`: how often."""

    folder: str
    audience: str
    phone: str
    place: str = ""
    departments: tuple[str, ...] = ()
    hours: int = 24


@dataclass(frozen=True)
class Last:
    """The last export as the folder tells it: ms UTC, by whom, how many articles; `missing`: files that could not be
    fetched."""

    at: int
    by: str
    articles: int
    missing: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of a site that was due. `busy`: somebody else has it just now; `why`: what went wrong."""

    site: Site
    done: Exported | None = None
    busy: str = ""
    why: str = ""


def sites(context: ReadContext) -> list[Site]:
    """Those that are set, by folder."""
    value = context.reader.value("SELECT value FROM site_setting WHERE key = ?", (SETTING,))
    found = json.loads(value) if value else []
    return sorted((_site(one) for one in found if isinstance(one, dict)), key=lambda site: site.folder)


def _site(said: dict[str, Any]) -> Site:
    known = {name: said[name] for name in ("folder", "audience", "phone", "place", "hours") if name in said}
    return Site(**known, departments=tuple(said.get("departments", ())))


def last(site: Site) -> Last | None:
    """When it was exported last; None for never, or where the folder can't be read now."""
    try:
        said = json.loads((Path(site.folder) / LAST).read_text(encoding="utf-8"))
        return Last(int(said["at"]), str(said["by"]), int(said["articles"]), int(said.get("missing", 0)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def due_at(site: Site, known: Last | None) -> int:
    """When it is exported next, ms UTC; 0 for at once."""
    return 0 if known is None else known.at + site.hours * HOUR_MS


class SiteSchedule:
    """The setting, as administrators change it; call it on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def put(self, site: Site) -> None:
        """Add a site, or change the one in this folder. Errors: UserError."""
        if site.audience not in ARTICLE_AUDIENCES:
            raise UserError(f"There is no audience {site.audience!r}; use one of {', '.join(ARTICLE_AUDIENCES)}.")
        if site.audience == "departments" and not site.departments:
            raise UserError("Say whose articles: a site for departments names at least one.")
        if not LEAST_HOURS <= site.hours <= MOST_HOURS:
            raise UserError(f"Every {site.hours} hours is not possible; take {LEAST_HOURS} to {MOST_HOURS}.")
        if not site.phone.strip():
            raise UserError("Every page says whom to call; name the desk's number.")
        if not any(kind(site.folder).is_absolute() for kind in (PurePosixPath, PureWindowsPath)):
            raise UserError("Name the folder in full (as in /mnt/it/help or X:\\help); every workstation writes there.")
        self._keep([*(one for one in sites(self._context) if one.folder != site.folder), site])

    def remove(self, folder: str) -> None:
        """Export it no more; the pages stay. Errors: UserError where no site is set there."""
        known = sites(self._context)
        left = [one for one in known if one.folder != folder]
        if len(left) == len(known):
            raise UserError(f"No site is set for {folder}; see `halldesk article sites`.")
        self._keep(left)

    def _keep(self, wanted: list[Site]) -> None:
        context = self._context
        value = json.dumps([asdict(one) for one in wanted], ensure_ascii=False)
        row = derived_id(0, "site_setting", SETTING)
        try:
            with context.replica.transaction("site.setting", context.me, at=context.clock()) as tx:
                if tx.get(SiteSetting, row) is None:
                    tx.insert(SiteSetting, row, key=SETTING, value=value)
                else:
                    tx.update(SiteSetting, row, value=value)
        except Refused as error:
            raise UserError("Only an administrator says which pages are exported by themselves; ask for it.") from error


def export_due(
    desk: Desk,
    *,
    anyway: bool = False,
    stopping: Callable[[], bool] = lambda: False,
    tried: dict[str, int] | None = None,
) -> list[Outcome]:
    """Export what is due and what nobody else has just now, where pages lie already: the first time is somebody's
    doing, so that nobody fills the empty place where a drive should be. `anyway`: the first time, and what is not due,
    too; `tried`: when a folder failed here, kept by whoever calls again and again."""
    now = desk.context.clock()
    failed = {} if tried is None else tried
    out = []
    for site in sites(desk.context):
        waits = due_at(site, last(site)) > now or failed.get(site.folder, -AGAIN_MS) + AGAIN_MS > now
        if stopping() or (waits and not anyway):
            continue
        if anyway or (Path(site.folder) / MANIFEST).is_file():
            outcome = export_one(desk, site)
        else:
            outcome = Outcome(site, why=f"{site.folder} is not reachable from here, or has no pages yet.")
        if outcome.why:
            failed[site.folder] = now
        out.append(outcome)
    return out


def export_one(desk: Desk, site: Site) -> Outcome:
    """Export a site now, unless somebody else does."""
    folder = Path(site.folder)
    if not folder.is_absolute():
        return Outcome(site, why=f"{folder} is a place of another system; export it from a workstation that knows it.")
    departments = [bytes.fromhex(one) for one in site.departments]
    me = desk.directory.name("analyst", desk.me)
    other = _take(folder, me, desk.context.clock())
    if other is not None:
        return Outcome(site, busy=other)
    try:
        done = export_site(
            desk, folder, site.audience, departments=departments, phone=site.phone, place=site.place
        )  # fmt: skip
        said = Last(desk.context.clock(), me, done.articles, len(done.missing))
        _write(folder / LAST, asdict(said))
        return Outcome(site, done)
    except UserError as error:
        return Outcome(site, why=str(error))
    except OSError as error:
        return Outcome(site, why=f"{folder} can't be written ({error.strerror or error}).")
    finally:
        with suppress(OSError):  # it ends by itself
            (folder / LEASE).unlink(missing_ok=True)


def _take(folder: Path, me: str, now: int) -> str | None:
    """Have the folder to oneself; None when one has it, else who has."""
    path = folder / LEASE
    said = json.dumps({"by": me, "until": now + LEASE_MS}).encode()
    for _again in range(2):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            other, until = _holder(path)
            # An end far ahead is a clock that is wrong, or somebody's joke: it counts no more than a real one could.
            if now < until <= now + 2 * LEASE_MS:
                return other
            path.unlink(missing_ok=True)
            continue
        except OSError:
            return None  # said by the export itself, in its own words
        with os.fdopen(handle, "wb") as file:
            file.write(said)
        return None
    return "somebody else"


def _holder(path: Path) -> tuple[str, int]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return str(said["by"]), int(said["until"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0


def _write(path: Path, said: dict[str, Any]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)
