"""From the rows of a file to its cases, by a mapping: the part of an import that looks at every cell.

Per row: its problem if it has one; the words of each field, cleaned; what they mean (all of them before any name is
taken into the catalogue, so that a refused row leaves nothing behind); the step it adds to its case. What is not
followed through time (requester, place, channel, text, tags) is taken from the latest row that says something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Final

from app.intake.catalogue import Catalogue, Kind
from app.intake.folding import FIELDS, REFERENCES, SILENT, Held, Step
from app.intake.mapping import ImportMapping, TagRule
from app.intake.tables import Row, Table
from app.intake.values import FieldRule, Instants, RowProblem
from app.naming import title_and_description

_CACHED_LENGTH: Final = 80
_QUEUE, _WORK_OWNER = FIELDS.index("queue"), FIELDS.index("work_owner")
_PEOPLE: Final = frozenset({"work_owner", "contact_owner", "author"})
_KINDS: Final[dict[str, Kind]] = {
    "queue": "queue", "product": "product", "department": "department", "work_owner": "analyst",
    "contact_owner": "analyst", "author": "analyst", "requester": "requester", "place": "place",
}  # fmt: skip


def _title_case(words: str) -> str:
    """INDIA and india become India; USA and McCoy stay."""
    return " ".join(w.capitalize() if w.islower() or (w.isupper() and len(w) > 3) else w for w in words.split())


_NORMAL: Final[dict[str, Callable[[str], str]]] = {"upper": str.upper, "lower": str.lower, "title": _title_case}


@dataclass
class CaseRows:
    """What a file says about one case. `texts`: (title, description) as they followed each other; `extra`: what only
    files with one row per case know (resolution, cause, instants)."""

    ref: str
    steps: list[Step] = field(default_factory=list)
    opened_at: int | None = None
    kind: str = "incident"
    channel: str | None = None
    requester: bytes | None = None
    place: bytes | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    latest: int = 0
    words: dict[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()


class _Words:
    """The cleaned words of one column, or of several, joined."""

    def __init__(self, mapping: ImportMapping, columns: Sequence[str], places: dict[str, int], join: str = "/") -> None:
        self._join = join
        self._missing = mapping.missing
        self.places = [places[column] for column in columns]
        """Where the columns stand in a row."""
        self._cells = [(places[c], _NORMAL.get(mapping.normalise.get(c, ""), str), dict[str, str]()) for c in columns]

    def of(self, cells: Sequence[str]) -> list[str]:
        """One per column, "" where the cell is empty or marked as missing."""
        return [self._clean(cells[place], normal, known) for place, normal, known in self._cells]

    def _clean(self, cell: str, normal: Callable[[str], str], known: dict[str, str]) -> str:
        found = known.get(cell)
        if found is None:
            found = " ".join(cell.split())
            found = "" if found in self._missing else normal(found)
            if len(cell) <= _CACHED_LENGTH:
                known[cell] = found
        return found

    def joined(self, cells: Sequence[str]) -> str:
        """The words of all columns as the mapping spells them."""
        if len(self._cells) == 1:
            return self._clean(cells[self._cells[0][0]], self._cells[0][1], self._cells[0][2])
        return self._join.join(word for word in self.of(cells) if word)


class FieldWords:
    """A field rule bound to the columns of a file; what the same cells mean is found out once."""

    def __init__(self, rule: FieldRule, mapping: ImportMapping, places: dict[str, int]) -> None:
        self.rule = rule
        self.words = _Words(mapping, rule.columns, places, rule.join)
        self._nobody = mapping.not_analysts if rule.name in _PEOPLE else frozenset[str]()
        self._only = self.words.places[0] if len(rule.columns) == 1 else None
        self._known: dict[str, str] = {}

    def meaning(self, cells: Sequence[str]) -> str:
        """The value, "" when the row has none. Errors: RowProblem."""
        if self.rule.constant is not None:
            return self.rule.constant
        said = cells[self._only] if self._only is not None else "\0".join([cells[p] for p in self.words.places])
        found = self._known.get(said)
        if found is None:
            words = self.words.joined(cells)
            nobody = not words or not self._nobody.isdisjoint(self.words.of(cells))
            found = "" if nobody else self.rule.meaning(words)
            if len(said) <= _CACHED_LENGTH:
                self._known[said] = found
        return found


class CaseReader:
    """Collects the cases of one open table. `zone`: that of wall-clock times unless the mapping names one."""

    def __init__(self, mapping: ImportMapping, table: Table, catalogue: Catalogue, zone: tzinfo) -> None:
        """Errors: UserError when the table lacks a column."""
        mapping.check_columns(table.name, table.columns)
        self.cases: dict[str, CaseRows] = {}
        self.problems: list[tuple[int, str]] = []
        self.rows = 0
        self._mapping, self._catalogue = mapping, catalogue
        places = {column: place for place, column in enumerate(table.columns)}
        self.fields = {rule.name: FieldWords(rule, mapping, places) for rule in mapping.present(table.columns)}
        self._followed = [(place, name) for place, name in enumerate(FIELDS) if place > 1 and name in self.fields]
        self.instants = Instants(mapping.formats, zone)
        self._case = _Words(mapping, mapping.case, places)
        self._time = _Words(mapping, mapping.time, places)
        self._tags = [rule for rule in mapping.tags if rule.column in places]
        shown = [*(rule.column for rule in self._tags)]
        for template in (mapping.title, mapping.description):
            shown += [column for column in (template.columns if template else ()) if column in places]
        self._shown = [(column, places[column]) for column in dict.fromkeys(shown)]
        self._shown_normal = [_NORMAL.get(mapping.normalise.get(column, ""), str) for column, _ in self._shown]
        self._status_words = self.fields["status"].words if "status" in self.fields else None

    def read(self, rows: Iterator[Row]) -> Iterator[int]:
        """Take every row in; yields the number of rows read so far, after each."""
        take = self._event if self._mapping.what == "events" else self._record
        for row in rows:
            self.rows += 1
            try:
                if row.problem is not None:
                    raise RowProblem(row.problem)
                take(row)
            except RowProblem as problem:
                self.problems.append((row.number, str(problem)))
            yield self.rows

    # -- one row ------------------------------------------------------------------------------------------------------
    def _event(self, row: Row) -> None:
        ref = self._ref(row)
        when = " ".join(word for word in self._time.of(row.cells) if word)
        if not when:
            raise RowProblem("it has no time")
        at = self.instants.read(when)
        meanings = self._meanings(row)
        opened_at = self._instant(meanings.get("opened_at"))
        case = self._taken(ref, row, at, meanings)
        if opened_at is not None and case.opened_at is None:
            case.opened_at = opened_at
        case.steps.append(self._step(at, row, meanings))

    def _record(self, row: Row) -> None:
        ref = self._ref(row)
        if ref in self.cases:
            raise RowProblem(f"the case {ref} stands in the file twice")
        meanings = self._meanings(row)
        instants = {
            name: self._instant(meanings.get(name)) for name in ("opened_at", "updated_at", "resolved_at", "closed_at")
        }
        opened_at = instants["opened_at"]
        if opened_at is None and "opened_at" in self.fields:
            raise RowProblem("it does not say when it was opened")
        latest = instants["updated_at"] or opened_at or 0
        case = self._taken(ref, row, latest, meanings)
        case.opened_at = opened_at
        case.extra = {
            **instants,
            **{name: self._text(name, row) for name in ("title", "description", "resolution", "cause")},
        }
        case.steps.append(self._step(latest, row, meanings))

    def _ref(self, row: Row) -> str:
        ref = self._case.joined(row.cells)
        if not ref:
            raise RowProblem("it has no case number")
        return ref

    def _instant(self, words: str | None) -> int | None:
        return self.instants.read(words) if words else None

    def _text(self, name: str, row: Row) -> str:
        """A long text as it stands, with its line breaks."""
        bound = self.fields.get(name)
        if bound is None:
            return ""
        text = "\n".join(row.cells[place].strip() for place in bound.words.places)
        return "" if text in self._mapping.missing else text.replace("\r\n", "\n").replace("\r", "\n")

    def _meanings(self, row: Row) -> dict[str, str]:
        return {name: bound.meaning(row.cells) for name, bound in self.fields.items()}

    def _taken(self, ref: str, row: Row, at: int, meanings: dict[str, str]) -> CaseRows:
        """The case, with what is not followed through time."""
        case = self.cases.get(ref)
        if case is None:
            case = self.cases[ref] = CaseRows(ref, kind=meanings.get("kind") or "incident")
        latest = at >= case.latest
        if latest:
            case.latest = at
        requester, place = meanings.get("requester"), meanings.get("place")
        if requester and (latest or case.requester is None):
            case.requester = self._catalogue.need("requester", requester)
        if place and (latest or case.place is None):
            case.place = self._catalogue.need("place", place, kind=self._mapping.place_kind)
        case.channel = case.channel or meanings.get("channel") or None
        self._show(case, row, latest=latest)
        return case

    def _show(self, case: CaseRows, row: Row, *, latest: bool) -> None:
        """Title, description and tags, where the cells they are made of changed."""
        shown = tuple([row.cells[place] for _, place in self._shown])
        if shown == case.shown and case.texts:
            return
        case.shown = shown
        for (column, _), cell, normal in zip(self._shown, shown, self._shown_normal, strict=True):
            text = cell.strip()
            text = "" if text in self._mapping.missing else normal(text)
            if text and (latest or column not in case.words):
                case.words[column] = text
        for rule in self._tags:
            case.tags.update(dict.fromkeys(_tags(rule, case.words.get(rule.column, ""))))
        title, description = self._mapping.title, self._mapping.description
        short, whole = title_and_description(
            title.filled(case.words) if title else "", description.filled(case.words) if description else ""
        )
        texts = short or case.ref, whole
        if not case.texts or texts != case.texts[-1]:
            case.texts.append(texts)

    def _step(self, at: int, row: Row, meanings: dict[str, str]) -> Step:
        status = meanings.get("status", "")
        values: list[Held] = [SILENT] * len(FIELDS)
        if status:
            name, _, whom = status.partition(":")
            values[0], values[1] = name, whom or None
        tier = meanings.get("tier") or None
        for place, name in self._followed:
            values[place] = self._value(name, meanings[name], tier)
        queue, owner = values[_QUEUE], values[_WORK_OWNER]
        if isinstance(queue, bytes) and isinstance(owner, bytes):
            self._catalogue.member(queue, owner)
        author = self._value("author", meanings["author"], tier) if "author" in meanings else None
        words = None
        if self._status_words is not None:
            words = " / ".join(word for word in self._status_words.of(row.cells) if word) or None
        return Step(at, row.number, tuple(values), author if isinstance(author, bytes) else None, words)

    def _value(self, name: str, meaning: str, tier: str | None) -> Held:
        if not meaning:
            return SILENT if self.fields[name].rule.keeps else None
        if name not in REFERENCES and name != "author":
            return meaning
        kind = _KINDS[name]
        known = self._catalogue.known(kind, meaning)
        return known or self._catalogue.need(kind, meaning, **self._about(name, meaning, tier))

    def _about(self, name: str, meaning: str, tier: str | None) -> dict[str, Any]:
        """What is known about something that is new."""
        front = meaning in self._mapping.front_line
        if name == "queue":
            kind = "front line" if front else self._mapping.queue_kinds.get(tier or "", self._mapping.queue_kind)
            return {"kind": kind, "tier": int(tier[0]) if tier else 1 if kind == "front line" else 2}
        if name in _PEOPLE:
            return {"tier": int(tier[0]) if tier else 1}
        return {}


def _tags(rule: TagRule, words: str) -> list[str]:
    if not words or (rule.when is not None and words != rule.when):
        return []
    if rule.tag is not None:
        return [rule.tag]
    return [tag for part in (words.split(rule.split) if rule.split else [words]) if (tag := " ".join(part.split()))]
