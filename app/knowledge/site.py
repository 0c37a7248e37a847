"""Published articles as a folder of plain pages that any hall PC reads from the drive (tier 0).

In this order: which articles the audience may read; their pictures, fetched from the store where they are not here; the
pages (app.knowledge.site_pages), compared byte by byte with what lies there, so that a second run writes nothing; last,
what an earlier run wrote and nobody needs any more is removed. `halldesk-site.json` names what is ours: nothing else in
the folder is ever touched, and a folder with other things in it is refused. Several clients may run it on a schedule:
each file is replaced in one piece, and all of them write the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import resources
from app.errors import UserError
from app.knowledge import drawings
from app.knowledge import site_pages as pages
from app.knowledge.links import ARTICLE_ADDRESS, ATTACHMENT_ADDRESS, named_contents
from app.knowledge.reading import ArticleFilter, WholeArticle
from app.texts import Texts
from app.work.attachments import NotReachable, NotWhole, could_be_a_program
from app.work.present import AttachmentLine

if TYPE_CHECKING:
    from app.desk import Desk

MANIFEST: Final = "halldesk-site.json"
LAST: Final = "halldesk-site-last.json"
LEASE: Final = "halldesk-site-busy.json"
"""When it was exported last, and who exports it now (app.knowledge.site_schedule)."""
PICTURES: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
"""What a page shows; an ending of ours says what it is, so that no browser takes it for anything else."""
_FILES: Final = {
    **PICTURES,
    drawings.MEDIA_TYPE: "svg",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/csv": "csv",
}
_OURS: Final = re.compile(r"(?:files/)?[a-z0-9][a-z0-9_-]*\.[a-z]{2,4}")
_READS: Final = {
    "team": ("team", "IT", "departments", "everyone"),
    "IT": ("IT", "departments", "everyone"),
    "departments": ("departments", "everyone"),
    "everyone": ("everyone",),
}
"""Which articles are for the readers of a site."""


@dataclass(frozen=True)
class Exported:
    """What an export did. `missing`: files of articles that could not be fetched now."""

    articles: int
    written: int
    unchanged: int
    removed: int
    missing: tuple[str, ...]


def export_site(
    desk: Desk, folder: Path, audience: str, *, departments: Sequence[bytes] = (), phone: str = "", place: str = ""
) -> Exported:
    """Bring the site in `folder` up to date. `departments`: for the audience "departments", whose articles. Errors:
    UserError, also where the folder is not ours."""
    if audience == "departments" and not departments:
        raise UserError('Say whose articles: --audience departments --department "Production hall 1".')
    before = _manifest(folder)
    articles = _articles(desk, audience, departments)
    files, missing = _contents(desk, articles, folder)
    wanted = {**_pages(desk, articles, files, phone, place), **dict(files.values())}
    try:
        return _write(folder, wanted, before, len(articles), missing)
    except OSError as error:
        raise UserError(
            f"{folder} can't be written ({error.strerror or error}); what is there can still be read. Try again later."
        ) from error


def _articles(desk: Desk, audience: str, departments: Sequence[bytes]) -> list[WholeArticle]:
    reader = desk.knowledge
    out = []
    for line in reader.lines(ArticleFilter(states=("published",))):
        if line.audience not in _READS[audience]:
            continue
        whole = reader.whole(line.id)
        theirs = audience != "departments" or not set(departments).isdisjoint(whole.department_ids)
        if line.audience == "departments" and not theirs:
            continue
        out.append(whole)
    return out


# -- files of articles ------------------------------------------------------------------------------------------------
def _contents(
    desk: Desk, articles: Sequence[WholeArticle], folder: Path
) -> tuple[dict[bytes, tuple[str, bytes | None]], tuple[str, ...]]:
    """(file name and bytes by content; names of those that are not to be had now). Bytes None: they lie there already.

    Only what belongs to the article *and* stands in its text goes out: a file that was left over stays inside."""
    out: dict[bytes, tuple[str, bytes | None]] = {}
    missing = []
    for article in articles:
        text = article.text
        named = set(named_contents("\n".join((text.problem, text.cause, text.solution))))
        for file in article.attachments:
            if file.sha256 not in named or file.sha256 in out or not _goes_out(file):
                continue
            name = f"files/{file.sha256.hex()[:24]}.{_FILES[file.media_type]}"
            drawing = file.media_type == drawings.MEDIA_TYPE
            if not drawing and (folder / name).is_file() and (folder / name).stat().st_size == file.size:
                out[file.sha256] = (name, None)
                continue
            try:
                desk.attachments.fetch(file.sha256, file.name)
                data = desk.attachments.read(file.sha256)
                clean = drawings.harmless(data) if drawing else data
                if clean is not None:
                    out[file.sha256] = (name, clean)
            except (NotReachable, NotWhole):
                missing.append(file.name)
    return out, tuple(missing)


def _goes_out(file: AttachmentLine) -> bool:
    """A drawing could be a program, but goes out without what runs."""
    is_drawing = file.media_type == drawings.MEDIA_TYPE
    return file.media_type in _FILES and (is_drawing or not could_be_a_program(file.name))


# -- pages ------------------------------------------------------------------------------------------------------------
def _pages(
    desk: Desk,
    articles: Sequence[WholeArticle],
    files: Mapping[bytes, tuple[str, bytes | None]],
    phone: str,
    place: str,
) -> dict[str, bytes]:
    about = pages.Desk(desk.name, phone.strip(), place.strip(), desk.context.zone)
    by_language: dict[str, list[WholeArticle]] = {}
    for article in articles:
        by_language.setdefault(Texts(article.text.language).language, []).append(article)
    own = Texts(desk.context.language).language
    by_language.setdefault(own, [])
    languages = sorted(by_language)
    resolve = _resolver({one.text.id: pages.page_name(one) for one in articles}, files)
    out: dict[str, str] = {
        "site.css": resources.read_text("site", "site.css"), "search.js": resources.read_text("site", "search.js")
    }  # fmt: skip
    for language, theirs in by_language.items():
        out[pages.index_name(language)] = pages.index_page(language, theirs, about, languages)
        out[f"articles-{language}.js"] = pages.search_data(language, theirs)
        for one in theirs:
            out[pages.page_name(one)] = pages.article_page(one, about, languages, resolve)
    out["index.html"] = out[pages.index_name(own)]
    return {name: text.encode() for name, text in out.items()}


def _resolver(
    articles: Mapping[bytes, str], files: Mapping[bytes, tuple[str, bytes | None]]
) -> Callable[[str], str | None]:
    """What an address of an article is on the site; a case, and an article that isn't there, are words only."""

    def resolve(address: str) -> str | None:
        if found := ARTICLE_ADDRESS.fullmatch(address):
            return articles.get(bytes.fromhex(found[1]))
        if found := ATTACHMENT_ADDRESS.fullmatch(address):
            file = files.get(bytes.fromhex(found[1]))
            return None if file is None else file[0]
        return None

    return resolve


# -- the folder -------------------------------------------------------------------------------------------------------
def _manifest(folder: Path) -> frozenset[str]:
    """The files that an earlier run wrote. Errors: UserError where the folder is not ours."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        if folder.is_dir() and any(file.name not in (LAST, LEASE) for file in folder.iterdir()):
            raise UserError(f"{folder} has other things in it; name a new or an empty folder for the site.") from None
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError, NotADirectoryError) as error:
        raise UserError(f"{folder / MANIFEST} can't be read ({error}); name an empty folder for the site.") from error
    # It lies on a drive that many may write to: only names such as ours are believed.
    return frozenset(name for name in listed if isinstance(name, str) and _OURS.fullmatch(name))


def _write(
    folder: Path, wanted: Mapping[str, bytes | None], before: frozenset[str], articles: int, missing: tuple[str, ...]
) -> Exported:
    (folder / "files").mkdir(parents=True, exist_ok=True)
    names = sorted(wanted)
    # First, so that a run that breaks off leaves nothing that the next one would not know as its own.
    _put(folder / MANIFEST, _listed(before | set(names)))
    written = sum(data is not None and _put(folder / name, data) for name, data in wanted.items())
    gone = 0
    for name in before - set(names):
        if (folder / name).exists():
            (folder / name).unlink(missing_ok=True)
            gone += 1
    _put(folder / MANIFEST, _listed(names))
    return Exported(articles, written, len(wanted) - written, gone, missing)


def _listed(names: Sequence[str] | frozenset[str]) -> bytes:
    return (json.dumps({"files": sorted(names)}, indent=1) + "\n").encode()


def _put(path: Path, data: bytes) -> bool:
    """Make a file say this, in one piece; False when it does already, and then it stays untouched."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass
    mark = hashlib.sha256(f"{os.getpid()} {path}".encode()).hexdigest()[:8]
    temporary = path.with_name(f".{path.name}.{mark}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
