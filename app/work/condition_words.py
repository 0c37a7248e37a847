"""Conditions and groups in words: what the filter builder, the command line and a printed list say of a view."""

from __future__ import annotations

from datetime import date

from app.directory import Directory, Kind
from app.texts import Texts
from app.work.conditions import FIELDS, ME, Condition, Conditions, Value, is_span, needs_values
from app.work.groups import GROUPS, Group
from app.work.lists import CALLED
from app.work.view_list import Definition


class ConditionWords:
    """In the language of `texts`; names come from the directory."""

    def __init__(self, texts: Texts, directory: Directory) -> None:
        self._texts, self._directory = texts, directory

    def field(self, key: str) -> str:
        """A field or column."""
        return self._texts(f"view.field.{key}")

    def test(self, test: str) -> str:
        """A test."""
        return self._texts(f"view.test.{test}")

    def value(self, field: str, value: Value) -> str:
        """One value of a condition."""
        about = FIELDS[field]
        if about.kind == "choice":
            return self._texts(f"view.value.{field}.{value}")
        if about.kind == "named":
            if value == ME:
                return self._texts("view.me")
            kind: Kind = about.among[0]  # type: ignore[assignment]
            return self._directory.name(kind, bytes.fromhex(str(value))) or self._texts("view.gone")
        if field == "severity":
            name = next((s.name for s in self._directory.severities() if s.rank == value), "")
            return f"{value} {name}".strip()
        return str(value)

    def condition(self, part: Condition) -> str:
        """One condition: "Status is New or Waiting"."""
        head = f"{self.field(part.field)} {self.test(part.test)}"
        if FIELDS[part.field].kind == "flag":
            return f"{self.field(part.field)}: {self.test(part.test)}"
        if not needs_values(part.test):
            return head
        if is_span(part.test):
            return f"{head} {part.values[0]} {self._texts(f'view.unit.{part.values[1]}')}"
        if part.test in ("from", "before"):
            return f"{head} {self._texts.short_day(date.fromisoformat(str(part.values[0])))}"
        if FIELDS[part.field].kind == "words":
            return f"{head} “{part.values[0]}”"
        return f"{head} {self._texts('view.or').join(self.value(part.field, v) for v in part.values)}"

    def conditions(self, conditions: Conditions) -> str:
        """All of them in one sentence."""
        if not conditions.parts:
            return self._texts("view.every")
        joined = self._texts("view.all" if conditions.match == "all" else "view.any")
        return joined.join(self.condition(part) for part in conditions.parts)

    def definition(self, definition: Definition) -> str:
        """What a view has."""
        said = self.conditions(definition.conditions)
        return said if definition.open_only else f"{said} · {self._texts('view.closed too')}"

    def group(self, by: str, group: Group) -> str:
        """A heading."""
        grouping, key = GROUPS[by], group.key
        if key is None:
            return self._texts("view.group.none")
        if isinstance(key, bytes):
            if grouping.kind in CALLED:
                return group.name or self._texts("view.gone")
            kind: Kind = grouping.kind  # type: ignore[assignment]
            return self._directory.name(kind, key) or self._texts("view.gone")
        if grouping.kind in ("ahead", "past"):
            return self._texts(f"view.group.{grouping.kind}.{key}")
        return self._texts("view.group.tier", n=key) if by == "tier" else self.value(by, key)
