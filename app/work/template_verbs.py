"""Making and changing the templates of the composer, which supervisors do for everybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.context import Context
from app.errors import UserError
from app.work.stock_templates import STOCK, Stock
from app.work.templates import Templates, TemplateText
from app.work.verbs import one_of
from db.capture import Transaction
from db.ids import derived_id, new_id
from db.rules import AUDIENCES
from db.shapes import Template

_SHORT: Final = re.compile(r"[^\W_]{1,20}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Kept:
    """A verb that was carried out; `tx_id` can be undone. `ids`: the templates it made or changed."""

    ids: tuple[bytes, ...]
    tx_id: bytes


class TemplateVerbs:
    """Call them on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._templates = Templates(context)

    def new(self, name: str, text: str, *, language: str, audience: str = "requester", short: str = "") -> Kept:
        """A new template. Errors: UserError."""
        values = self.checked(None, name=name, text=text, language=language, audience=audience, short=short)
        with self._context.transaction("template.new") as tx:
            row_id = tx.insert(Template, new_id(), **values)
        return Kept((row_id,), tx.id)

    def change(self, template_id: bytes, **columns: str) -> Kept:
        """Change name, text, language, audience or short word. Errors: UserError."""
        before = self.one(template_id)
        values = {name: getattr(before, name) for name in ("name", "text", "language", "audience", "short")}
        values = self.checked(template_id, **{**values, **columns})
        with self._context.transaction("template.set") as tx:
            tx.update(Template, template_id, **values)
        return Kept((template_id,), tx.id)

    def delete(self, template_id: bytes) -> Kept:
        """Nobody needs it any more. Errors: UserError."""
        self.one(template_id)
        with self._context.transaction("template.delete") as tx:
            tx.delete(Template, template_id)
        return Kept((template_id,), tx.id)

    def add_stock(self) -> Kept | None:
        """Put in those that a new desk begins with, where none of that name is there; None when all are."""
        known = {(one.name, one.language) for one in self._templates.all()}
        missing = [one for one in STOCK if (one.name, one.language) not in known]
        if not missing:
            return None
        with self._context.transaction("template.stock") as tx:
            ids = insert_stock(tx, missing)
        return Kept(ids, tx.id)

    def one(self, template_id: bytes) -> TemplateText:
        """One template. Errors: UserError when it is gone."""
        found = next((one for one in self._templates.all() if one.id == template_id), None)
        if found is None:
            raise UserError("This template is not here any more.")
        return found

    def named(self, name: str, language: str | None = None) -> TemplateText:
        """The template of this name or short word. Errors: UserError when there is none, or one in each language."""
        wanted = name.removeprefix("/").casefold()
        found = [
            one
            for one in self._templates.all()
            if wanted in (one.name.casefold(), one.short.casefold()) and language in (None, one.language)
        ]
        if not found:
            raise UserError(f"There is no template {name!r}; look with `halldesk template list`.")
        if len(found) > 1:
            raise UserError(f"{name!r} is there in {', '.join(one.language for one in found)}; say --language.")
        return found[0]

    def checked(self, own: bytes | None, **values: str) -> dict[str, str]:
        """The columns of a template as they are stored. Errors: UserError for what can't be."""
        values = {name: value.strip() for name, value in values.items()}
        values["short"] = values["short"].removeprefix("/")
        if not values["name"] or not values["text"]:
            raise UserError("A template needs a name and a text.")
        if not _LANGUAGE.fullmatch(values["language"]):
            raise UserError(f"{values['language']!r} is no language; say en or de.")
        if values["short"] and not _SHORT.fullmatch(values["short"]):
            raise UserError(
                f"{values['short']!r} can't be typed for a template; use letters and digits, without blanks."
            )
        one_of("audience", values["audience"], AUDIENCES)
        for other in self._templates.all():
            if other.id == own or other.language != values["language"]:
                continue
            if other.name.casefold() == values["name"].casefold():
                raise UserError(f"There is a template called {other.name} in that language already; change that one.")
            if values["short"] and other.short.casefold() == values["short"].casefold():
                raise UserError(f"/{other.short} is what is typed for {other.name} already; use another word.")
        return values


def insert_stock(tx: Transaction, templates: Sequence[Stock]) -> tuple[bytes, ...]:
    """Insert these; their ids follow from name and language, so that two who add them at once add the same rows."""
    return tuple(
        tx.insert(
            Template, derived_id(0, "template", one.language, one.name), name=one.name, short=one.short,
            language=one.language, audience=one.audience, text=one.text,
        )
        for one in templates
    )  # fmt: skip
