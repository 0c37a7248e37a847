"""A mapping: a TOML file that says what the columns of somebody's export mean (its keys: docs/manual/import.md).

In this order: the file is read, every key is checked against what is known (a misspelt key is an error, not silence),
words that stand for ours are checked against our vocabulary; then, when a table is at hand, that the columns it names
exist.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import resources
from app.errors import UserError
from app.intake.values import INSTANTS, FieldRule, Pattern, Template, fits, vocabulary
from db.rules import QUEUE_KINDS

What = Literal["events", "cases", "requesters", "departments", "products", "places", "assets"]

_CASE_FIELDS: Final = (
    "status", "queue", "work_owner", "contact_owner", "author", "tier", "severity", "product", "department", "place",
    "requester", "channel", "kind", "opened_at",
)  # fmt: skip
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "events": _CASE_FIELDS,
    "cases": (*_CASE_FIELDS, "title", "description", "updated_at", "resolved_at", "closed_at", "resolution", "cause"),
    "requesters": ("name", "email", "phone", "department", "place", "language", "external_ref"),
    "departments": (
        "name", "parent", "cost_centre", "headcount", "language", "significance", "sponsor", "external_ref",
    ),
    "products": ("name", "parent", "support", "queue", "needs_level", "launch_date"),
    "places": ("name", "place_kind", "parent", "department"),
    "assets": ("tag", "name", "product", "department", "place", "serial"),
}  # fmt: skip
_CLEARED_BY_EMPTY: Final = frozenset({"work_owner", "contact_owner", "author"})
_CASE_SECTIONS: Final = frozenset({"rows", "time", "queue", "people", "text", "tags", "claims"})
_CLAIMS: Final = ("reopened", "reassigned", "in_time")
_NORMAL: Final = ("upper", "lower", "title")


@dataclass(frozen=True)
class TagRule:
    """A tag from a column: its words, or `tag` where the column says `when`. `split`: what separates several tags."""

    column: str
    when: str | None = None
    tag: str | None = None
    split: str | None = None


@dataclass(frozen=True)
class ImportMapping:
    """What the columns of one kind of file mean. `name` is what messages call it; `zone` None: the site's own."""

    name: str
    what: What
    source: str
    fields: Mapping[str, FieldRule]
    case: tuple[str, ...] = ()
    by_time: bool = False
    time: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("iso",)
    zone: str | None = None
    delimiter: str | None = None
    encoding: str = "utf-8"
    missing: frozenset[str] = frozenset({""})
    normalise: Mapping[str, str] = field(default_factory=dict)
    queue_kind: str = "product"
    queue_kinds: Mapping[str, str] = field(default_factory=dict)
    front_line: frozenset[str] = frozenset()
    not_analysts: frozenset[str] = frozenset()
    place_kind: str = "room"
    title: Template | None = None
    description: Template | None = None
    tags: tuple[TagRule, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    """What columns of the log count by themselves (app.insight.claims): "reopened", "reassigned", "in_time"."""
    yes: frozenset[str] = frozenset({"true"})
    """Words with which such a column says yes."""

    def check_columns(self, file: str, columns: Sequence[str]) -> None:
        """Errors: UserError naming the first column that the file lacks, and those it has."""
        have = set(columns)
        for role, column in self._needed():
            if column not in have:
                raise UserError(
                    f'{file} has no column "{column}", which the mapping {self.name} uses for {role}; it has: '
                    f"{', '.join(columns)}."
                )

    def present(self, columns: Sequence[str]) -> Iterable[FieldRule]:
        """The rules of the fields that a file with these columns has."""
        have = set(columns)
        return (rule for rule in self.fields.values() if have.issuperset(rule.columns))

    def _needed(self) -> Iterable[tuple[str, str]]:
        yield from (("the case", column) for column in self.case)
        yield from (("the time", column) for column in self.time)
        for rule in self.fields.values():
            yield from ((rule.name, column) for column in (() if rule.optional else rule.columns))
        for role, template in (("the title", self.title), ("the description", self.description)):
            yield from ((role, column) for column in (template.required if template else ()))


def find_mapping(named: str | Path) -> ImportMapping:
    """The mapping in that file, or the one of that name that comes with Halldesk ("volvo-vinst").

    Errors: UserError.
    """
    path = Path(named)
    shipped = resources.names("mappings", ".toml")
    if not path.exists() and str(named) in shipped:
        path = resources.path("mappings", f"{named}.toml")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UserError(
            f"The mapping {named} can't be read; name a TOML file or one of: {', '.join(shipped)}."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"The mapping {named} is not UTF-8 text; save it as UTF-8.") from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> ImportMapping:
    """The mapping written in `text`. Errors: UserError with one sentence about the first thing wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"The mapping {name} is not TOML: {error}.") from error
    return _Draft(name, data).mapping()


def own_fields(what: What, columns: Sequence[str]) -> ImportMapping:
    """The mapping of a file whose header uses our own field names. Errors: UserError when it does not."""
    keys = ("external_ref", "id", "number") if what == "cases" else ()
    case = next(((key,) for key in keys if key in columns), ())
    fields = {name: _own_rule(name) for name in FIELDS[what] if name in columns}
    if what == "assets" and "tag" not in fields:
        raise UserError("The header must have tag, or name a mapping; known: " + ", ".join(FIELDS[what]) + ".")
    if (what == "cases" and not (case and "title" in fields)) or (
        what not in ("cases", "assets") and "name" not in fields
    ):
        need = "title and one of external_ref, id or number" if what == "cases" else "name"
        raise UserError(
            f"The header does not use Halldesk's own names ({need} must be there; known: {', '.join(FIELDS[what])}); "
            f"rename its columns or name a mapping."
        )
    tags = (TagRule("tags", split=","),) if what == "cases" and "tags" in columns else ()
    if what == "cases" and "severity" not in fields:
        fields["severity"] = FieldRule("severity", constant="3")
    return ImportMapping("(own field names)", what, "import", fields, case=case, tags=tags)


def _own_rule(name: str) -> FieldRule:
    return FieldRule(name, (name,), keeps=name not in _CLEARED_BY_EMPTY)


class _Draft:
    """A mapping while it is being checked."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name, self.data = name, data

    def wrong(self, why: str) -> UserError:
        return UserError(f"The mapping {self.name} can't be used: {why}.")

    def mapping(self) -> ImportMapping:
        what = self.data.get("what", "events")
        if what not in FIELDS:
            raise self.wrong(f'what = "{what}" is not one of {", ".join(FIELDS)}')
        of_cases = what in ("events", "cases")
        self.known("", self.data, {"what", "source", "about", "file", "fields", "normalise",
                                   *(_CASE_SECTIONS if of_cases else {"time"})})  # fmt: skip
        source = self.text("", self.data, "source")
        if source is None:
            raise self.wrong('it must say source = "..." (a short name, the same for every file of this origin)')
        file = self.section("file", "delimiter", "encoding", "missing")
        time = self.section("time", "columns", "formats", "zone")
        rows = self.section("rows", "case", "order")
        queue = self.section("queue", "kind", "kind_by_tier", "front_line")
        people = self.section("people", "not_analysts", "place_kind")
        text = self.section("text", "title", "description")
        claims = self.section("claims", *_CLAIMS, "yes")
        counted = {name: column for name in _CLAIMS if (column := self.text("claims", claims, name)) is not None}
        if "reassigned" in counted and "queue" not in self.data.get("fields", {}):
            raise self.wrong("[claims] reassigned needs fields.queue")
        order = rows.get("order", "file")
        if order not in ("file", "time"):
            raise self.wrong(f'[rows] order = "{order}" is not "file" or "time"')
        delimiter = self.text("file", file, "delimiter")
        if delimiter is not None and len(delimiter) != 1:
            raise self.wrong('[file] delimiter must be one character, "\\t" for a tabulator')
        found = ImportMapping(
            name=self.name, what=what, source=source, fields=self.fields(what),
            case=self.texts("rows", rows, "case"), by_time=order == "time",
            time=self.texts("time", time, "columns"), formats=self.texts("time", time, "formats") or ("iso",),
            zone=self.text("time", time, "zone"), delimiter=delimiter,
            encoding=self.text("file", file, "encoding") or "utf-8",
            missing=frozenset({"", *self.texts("file", file, "missing")}),
            normalise=self.normalise(), tags=self.tags(),
            queue_kind=self.queue_kind(queue.get("kind", "product")),
            queue_kinds={k: self.queue_kind(v) for k, v in self.words("queue", queue, "kind_by_tier").items()},
            front_line=frozenset(self.texts("queue", queue, "front_line")),
            not_analysts=frozenset(self.texts("people", people, "not_analysts")),
            place_kind=self.text("people", people, "place_kind") or "room",
            title=self.template(text, "title"), description=self.template(text, "description"),
            claims=counted, yes=frozenset(self.texts("claims", claims, "yes") or ("true",)),
        )  # fmt: skip
        self.complete(found)
        return found

    def complete(self, found: ImportMapping) -> None:
        """What must be said for this kind of file is said."""
        if found.what in ("events", "cases"):
            if not found.case:
                raise self.wrong('[rows] must say case = "..." (the column with the number of the case)')
            if "severity" not in found.fields:
                raise self.wrong('[fields] must say severity (a column, or severity = { constant = "3" })')
            if found.title is None and "title" not in found.fields:
                raise self.wrong('[text] must say title = "..." (for example "{category} / {subcategory}")')
        elif found.what == "assets":
            if "tag" not in found.fields:
                raise self.wrong("[fields] must say tag (the column with what stands on the machine)")
        elif "name" not in found.fields:
            raise self.wrong("[fields] must say name (the column with the name)")
        if found.what == "events" and not found.time:
            raise self.wrong('[time] must say columns = "..." (when the row\'s change happened)')
        if found.what == "events" and "status" not in found.fields:
            raise self.wrong("[fields] must say status (the column with the status)")
        if found.what == "cases" and "opened_at" not in found.fields:
            raise self.wrong("[fields] must say opened_at (the column with the time the case was opened)")

    # -- sections -----------------------------------------------------------------------------------------------------
    def fields(self, what: str) -> dict[str, FieldRule]:
        section = self.data.get("fields", {})
        if not isinstance(section, dict):
            raise self.wrong("[fields] must be a table")
        self.known("[fields] ", section, set(FIELDS[what]))
        return {name: self.field(name, said) for name, said in section.items()}

    def field(self, name: str, said: object) -> FieldRule:
        where = f"fields.{name}"
        if isinstance(said, str):
            said = {"column": said}
        if not isinstance(said, dict):
            raise self.wrong(f"{where} must be a column's name or a table")
        self.known(f"[{where}] ", said, {"column", "columns", "values", "prefixes", "patterns", "refuse", "default",
                                         "constant", "empty", "join", "optional"})  # fmt: skip
        columns = self.texts(where, said, "columns") or self.texts(where, said, "column")
        constant = self.text(where, said, "constant")
        if bool(columns) == (constant is not None):
            raise self.wrong(f'{where} needs either column = "..." or constant = "..."')
        empty = said.get("empty", "clears" if name in _CLEARED_BY_EMPTY else "keeps")
        if empty not in ("keeps", "clears"):
            raise self.wrong(f'{where}: empty = "{empty}" is not "keeps" or "clears"')
        prefixes = self.words(where, said, "prefixes")
        rule = FieldRule(
            name, columns, self.words(where, said, "values"),
            tuple(sorted(prefixes.items(), key=lambda pair: -len(pair[0]))), self.patterns(where, said),
            self.words(where, said, "refuse"), self.text(where, said, "default"), constant, empty == "keeps",
            self.text(where, said, "join") or "/", said.get("optional") is True,
        )  # fmt: skip
        self.check_values(where, rule)
        return rule

    def check_values(self, where: str, rule: FieldRule) -> None:
        given = [*rule.values.values(), *(to for _, to in rule.prefixes), *(p.to for p in rule.patterns)]
        for value in (*given, *(v for v in (rule.default, rule.constant) if v is not None)):
            if value and not fits(rule.name, value):
                raise self.wrong(f'{where}: "{value}" must be one of: {vocabulary(rule.name)}')
        if rule.name in INSTANTS and (given or rule.default or rule.constant):
            raise self.wrong(f"{where} is a time; it takes a column only")

    def patterns(self, where: str, said: dict[str, Any]) -> tuple[Pattern, ...]:
        listed = said.get("patterns", [])
        if not isinstance(listed, list) or not all(isinstance(p, dict) and p.keys() == {"match", "to"} for p in listed):
            raise self.wrong(f'{where}: patterns must be a list of {{ match = "...", to = "..." }}')
        try:
            return tuple(Pattern(re.compile(str(p["match"])), str(p["to"])) for p in listed)
        except re.error as error:
            raise self.wrong(f"{where}: a pattern is not a regular expression ({error})") from error

    def normalise(self) -> dict[str, str]:
        found = self.words("normalise", self.data, "normalise")
        for column, way in found.items():
            if way not in _NORMAL:
                raise self.wrong(f'[normalise] {column} = "{way}" is not one of {", ".join(_NORMAL)}')
        return found

    def tags(self) -> tuple[TagRule, ...]:
        listed = self.data.get("tags", [])
        if not isinstance(listed, list) or not all(isinstance(rule, dict) for rule in listed):
            raise self.wrong('tags must be written as [[tags]] with column = "..."')
        out = []
        for rule in listed:
            self.known("[[tags]] ", rule, {"column", "when", "tag", "split"})
            column = self.text("tags", rule, "column")
            if column is None:
                raise self.wrong('[[tags]] must say column = "..."')
            out.append(TagRule(column, *(self.text("tags", rule, key) for key in ("when", "tag", "split"))))
        return tuple(out)

    def template(self, section: dict[str, Any], key: str) -> Template | None:
        text = self.text("text", section, key)
        try:
            return None if text is None else Template(text)
        except ValueError as error:
            raise self.wrong(f"[text] {key}: {error}") from error

    def queue_kind(self, kind: object) -> str:
        if kind not in QUEUE_KINDS:
            raise self.wrong(f'[queue] "{kind}" is not one of {", ".join(QUEUE_KINDS)}')
        return str(kind)

    # -- plain parts --------------------------------------------------------------------------------------------------
    def known(self, where: str, section: Mapping[str, Any], keys: set[str]) -> None:
        for key in section:
            if key not in keys:
                raise self.wrong(f'{where}"{key}" is not known here; known are {", ".join(sorted(keys))}')

    def section(self, name: str, *keys: str) -> dict[str, Any]:
        found = self.data.get(name, {})
        if not isinstance(found, dict):
            raise self.wrong(f"[{name}] must be a table")
        self.known(f"[{name}] ", found, set(keys))
        return found

    def text(self, where: str, section: Mapping[str, Any], key: str) -> str | None:
        found = section.get(key)
        if found is None or (isinstance(found, str) and found):
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        raise self.wrong(f"{f'[{where}] ' if where else ''}{key} must be text in quotes")

    def texts(self, where: str, section: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """One text or a list of them."""
        found = section.get(key, [])
        listed = found if isinstance(found, list) else [found]
        if not all(isinstance(one, str) for one in listed):
            raise self.wrong(f"[{where}] {key} must be text in quotes or a list of them")
        return tuple(listed)

    def words(self, where: str, section: Mapping[str, Any], key: str) -> dict[str, str]:
        """Words and what they stand for."""
        found = section.get(key, {})
        if not isinstance(found, dict) or not all(isinstance(v, str | int) for v in found.values()):
            raise self.wrong(f'[{where}] {key} must be a table like {{ "word" = "meaning" }}')
        return {word: str(meaning) for word, meaning in found.items()}
