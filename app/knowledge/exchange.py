"""Bringing articles in and taking them out: Markdown folders both ways without loss, HTML and CSV in.

In this order on the way in: every page of the source gets the id its article will have, so that links between pages
can be said at once; pages are read, their pictures and files kept; then articles are written, a few dozen a step.
An article knows where it came from (`external_ref`), so running an import again changes what changed and adds nothing
twice. Who is no supervisor brings published articles in as reviewed ones.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from app.desk import Desk
from app.errors import UserError
from app.knowledge import files_of_markdown as markdown
from app.knowledge.html_pages import read_page
from app.knowledge.language import language_of
from app.knowledge.links import article_address, attachment_address
from app.knowledge.sources import Source, beside, open_source
from app.work.attachments import StoredFile, clean_name
from db.ids import derived_id, id_text, parse_id
from db.rules import ARTICLE_AUDIENCES, ARTICLE_STATES
from db.search_index import fold_text

Progress = Callable[[int, int | None], None]
_PAGES: Final = (".md", ".markdown", ".html", ".htm", ".csv")
_LINK: Final = re.compile(r"(!?\[(?:[^\[\]\\]|\\.)*\]\()(?:<([^<>\n]*)>|([^\s()<>]*))(\))")
_WIKI: Final = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass
class Imported:
    """What an import did. `problems`: (name in the source, why)."""

    pages: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    pictures: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Incoming:
    name: str
    ref: str
    file: markdown.MarkdownFile
    files: tuple[StoredFile, ...] = ()


class Importing:
    """One import; call it on the write lane."""

    def __init__(self, desk: Desk, path: Path, *, language: str | None = None, state: str = "rough") -> None:
        self._desk, self._path = desk, path
        self._language, self._state = language, state
        self._usual = ""
        """The language of most pages, for one that has words of both."""
        self._source: Source = open_source(path)
        self._names = [name for name in self._source if name.casefold().endswith(_PAGES)]
        self._ids: dict[str, bytes] = {}
        self._titles: dict[str, bytes] = {}
        self._kept: dict[str, StoredFile] = {}
        self.result = Imported()
        if not self._names:
            raise UserError(f"{path} has no .md, .html or .csv file.")

    def run(self, progress: Progress = lambda _done, _total: None) -> Imported:
        """Bring everything in. Errors: UserError, StorageError."""
        pages = list(self._read())
        told = Counter(language_of(f"{page.file.problem} {page.file.solution}") for page in pages)
        del told[""]
        self._usual = told.most_common(1)[0][0] if told else ""
        for page in pages:
            self._ids[page.name] = self._id(page)
            for known in (page.file.title, posixpath.splitext(posixpath.basename(page.name))[0]):
                self._titles.setdefault(fold_text(known), self._ids[page.name])
        for done, page in enumerate(pages, start=1):
            try:
                self._write(page)
            except UserError as error:
                self.result.problems.append((page.name, str(error)))
            progress(done, len(pages))
        return self.result

    # -- reading ------------------------------------------------------------------------------------------------------
    def _read(self) -> Iterator[_Incoming]:
        for name in self._names:
            kind = name.casefold().rpartition(".")[2]
            text = self._source[name]().decode("utf-8-sig", "replace")
            if kind == "csv":
                yield from self._rows(name, text)
                continue
            self.result.pages += 1
            stem = posixpath.splitext(posixpath.basename(name))[0]
            if kind in ("md", "markdown"):
                file = markdown.read(text, stem)
            else:
                page = read_page(text)
                lead, rest = _lead(page.markdown)
                file = markdown.MarkdownFile(page.title, lead, "", rest, {"language": page.language})
            if not file.title or not (file.problem or file.cause or file.solution):
                self.result.skipped += 1
                continue
            yield _Incoming(name, str(file.head.get("ref") or f"{_base(self._path)}/{name}"), file)

    def _rows(self, name: str, text: str) -> Iterator[_Incoming]:
        delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter), start=2):
            self.result.pages += 1
            values = {(key or "").strip().casefold(): (value or "") for key, value in row.items() if key}
            title = " ".join(values.pop("title", "").split())
            if not title:
                self.result.problems.append((f"{name}, line {number}", "it has no title"))
                continue
            texts = {part: values.pop(part, "").strip() for part in ("problem", "cause", "solution")}
            head: dict[str, Any] = {k: v for k, v in values.items() if v}
            for many in ("products", "tags", "departments"):
                if many in head:
                    head[many] = [part.strip() for part in str(head[many]).split(";") if part.strip()]
            ref = str(head.get("ref") or head.get("external_ref") or f"{_base(self._path)}/{title}")
            yield _Incoming(name, ref, markdown.MarkdownFile(title, **texts, head=head))

    # -- links and files ----------------------------------------------------------------------------------------------
    def _linked(self, page: _Incoming, text: str, files: dict[bytes, StoredFile]) -> str:
        def address(match: re.Match[str]) -> str:
            target = match[2] if match[2] is not None else match[3]
            led = self._leads(page, target, files)
            if led is None:  # the words stay where nothing is behind them
                return match[0] if _goes_elsewhere(target) else match[1].lstrip("!")[1:-2]
            return f"{match[1]}{led}{match[4]}"

        def wiki(match: re.Match[str]) -> str:
            words = match[3] or match[2]
            if match[1]:
                led = self._leads(page, match[2], files)
                return f"![{words}]({led})" if led else match[0]
            found = self._titles.get(fold_text(match[2].partition("#")[0].strip()))
            return f"[{words}]({article_address(found)})" if found else match[0]

        return _WIKI.sub(wiki, _LINK.sub(address, text))

    def _leads(self, page: _Incoming, target: str, files: dict[bytes, StoredFile]) -> str | None:
        name = beside(page.name, target)
        if name is None:
            return None
        if name in self._ids:
            return article_address(self._ids[name])
        file = self._keep(name)
        if file is None:
            return None
        files[file.sha256] = file
        return attachment_address(file.sha256)

    def _keep(self, name: str) -> StoredFile | None:
        if name not in self._source or name.casefold().endswith(_PAGES):
            return None
        if name not in self._kept:
            data = self._source[name]()
            if not data:
                return None
            self._kept[name] = self._desk.attachments.keep(posixpath.basename(name), data)
            self.result.pictures += self._kept[name].media_type.startswith("image/")
        return self._kept[name]

    # -- writing ------------------------------------------------------------------------------------------------------
    def _id(self, page: _Incoming) -> bytes:
        reader = self._desk.context.reader
        named = parse_id(str(page.file.head.get("id", "")))
        if named is not None:
            return named
        known = reader.value("SELECT id FROM article WHERE external_ref = ?", (page.ref,))
        return bytes(known) if known else derived_id(0, "article", page.ref)

    def _write(self, page: _Incoming) -> None:
        desk, article = self._desk, self._ids[page.name] if page.name in self._ids else self._id(page)
        if page.name.casefold().endswith(".csv"):
            article = self._id(page)
        files: dict[bytes, StoredFile] = {}
        for listed in _many(page.file.head.get("files")):
            file = self._keep(beside(page.name, listed) or "")
            if file is not None:
                files[file.sha256] = file
        texts = {name: self._linked(page, getattr(page.file, name), files) for name in ("problem", "cause", "solution")}
        fields = {"title": page.file.title, **texts, **self._fields(page.file.head, " ".join(texts.values()))}
        known = desk.context.reader.one("SELECT state FROM article WHERE id = ?", (article,))
        if known is None:
            state = self._allowed(str(page.file.head.get("state") or self._state))
            comment = f"imported: {page.name}"
            desk.articles.take_in(article, page.ref, state, fields, tuple(files.values()), comment)
            self.result.created += 1
            return
        have = {a.sha256 for a in desk.knowledge.whole(article).attachments}
        new = [file for sha256, file in files.items() if sha256 not in have]
        done = desk.articles.change(article, files=new, comment=f"imported: {page.name}", **fields)
        self.result.updated += done is not None
        self.result.skipped += done is None

    def _fields(self, head: Mapping[str, Any], text: str) -> dict[str, Any]:
        desk, out = self._desk, dict[str, Any]()
        language = str(head.get("language") or language_of(text) or self._usual or desk.context.language)
        out["language"] = self._language or language[:2].casefold()
        if head.get("audience") in ARTICLE_AUDIENCES:
            out["audience"] = head["audience"]
        if head.get("review_date"):
            out["review_date"] = head["review_date"]
        if "tags" in head:
            out["tags"] = _many(head["tags"])
        products = _many(head.get("products") or head.get("product"))
        for name, kind, values in (("products", "product", products),
                                   ("departments", "department", _many(head.get("departments")))):  # fmt: skip
            if values:
                by_name = {fold_text(one.name): one.id for one in desk.directory.all(kind, inactive=True)}  # type: ignore[arg-type]
                out[name] = [by_name[key] for value in values if (key := fold_text(value)) in by_name]
                unknown = [value for value in values if fold_text(value) not in by_name]
                if unknown:
                    self.result.problems.append((str(head.get("title") or ""), f"no {kind} named {', '.join(unknown)}"))
        owner = [a.id for a in desk.directory.all("analyst") if a.name == head.get("owner")]
        return out | ({"owner_id": owner[0]} if owner else {})

    def _allowed(self, state: str) -> str:
        if state not in ARTICLE_STATES:
            return self._state
        role = self._desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (self._desk.me,))
        return "reviewed" if state == "published" and role == "analyst" else state


def _lead(text: str) -> tuple[str, str]:
    """The first paragraph of a page says what it is about; the rest how it is done."""
    first, blank, rest = text.partition("\n\n")
    plain = first[:1].isalnum() or first[:1] in "[*\"'„“"
    return (first, rest.strip()) if blank and plain and not first[:2].rstrip(".").isdigit() else ("", text)


def _base(path: Path) -> str:
    return path.name.partition(".")[0] or "import"


def _many(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _goes_elsewhere(target: str) -> bool:
    return bool(re.match(r"[a-zA-Z][a-zA-Z+.-]*:", target)) and not target.casefold().startswith(
        ("file:", "javascript:")
    )


# -- out --------------------------------------------------------------------------------------------------------------
def export_folder(desk: Desk, folder: Path, progress: Progress = lambda _done, _total: None) -> int:
    """Write every article into a folder, archived ones too; returns how many. Files that were there and have the same
    name are replaced, others stay. Errors: UserError where the folder can't be written or a file is not here."""
    from app.knowledge.reading import ArticleFilter

    lines = desk.knowledge.lines(ArticleFilter(states=ARTICLE_STATES))
    stems: dict[bytes, str] = {}
    used: set[str] = set()
    for line in lines:
        stem = "-".join(_WORD.findall(fold_text(line.title)))[:60].strip("-") or "article"
        stem = clean_name(stem)
        unique = stem if stem not in used else f"{stem}-{line.id.hex()[-8:]}"
        used.add(unique)
        stems[line.id] = unique
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for done, line in enumerate(lines, start=1):
            _export_one(desk, folder, line.id, stems)
            progress(done, len(lines))
    except OSError as error:
        raise UserError(f"{folder} can't be written ({error.strerror or error}); name another folder.") from error
    return len(lines)


def _export_one(desk: Desk, folder: Path, article: bytes, stems: Mapping[bytes, str]) -> None:
    whole = desk.knowledge.whole(article)
    stem = stems[article]
    places: dict[bytes, str] = {}
    for file in whole.attachments:
        name = clean_name(file.name).replace(" ", "_")
        taken = name if f"files/{stem}/{name}" not in places.values() else f"{file.sha256.hex()[:8]}-{name}"
        places[file.sha256] = f"files/{stem}/{taken}"
        target = folder / places[file.sha256]
        target.parent.mkdir(parents=True, exist_ok=True)
        desk.attachments.fetch(file.sha256, file.name)
        desk.attachments.save(file.sha256, target)
    written = markdown.MarkdownFile(
        whole.text.title, whole.text.problem, whole.text.cause, whole.text.solution,
        {"id": id_text(article), "language": whole.text.language, "state": whole.text.state,
         "audience": whole.line.audience, "owner": whole.line.owner, "review_date": whole.line.review_date,
         "products": list(whole.line.products), "tags": list(whole.line.tags),
         "departments": list(whole.departments), "files": list(places.values())},
    )  # fmt: skip

    def outward(match: re.Match[str]) -> str:
        target = match[2] if match[2] is not None else match[3]
        kind, _, named = target.partition(":")
        raw = bytes.fromhex(named) if re.fullmatch(r"(?:[0-9a-f]{2})+", named) else b""
        place = places.get(raw) if kind == "attachment" else f"{stems[raw]}.md" if raw in stems else None
        return f"{match[1]}{place}{match[4]}" if place and kind in ("attachment", "article") else match[0]

    texts: dict[str, Any] = {
        name: _LINK.sub(outward, getattr(written, name)) for name in ("problem", "cause", "solution")
    }
    path = folder / f"{stem}.md"
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(markdown.write(replace(written, **texts)).encode("utf-8"))
    temporary.replace(path)
