"""What the parts of the weekly report are composed with: its figures, its words, its annex, and figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.insight.figure import CaseKey, Figure, Number
from app.reports.annex import Annex
from app.reports.findings import Finding
from app.reports.pdf import FAINT, INK, REGULAR, Cell
from app.reports.weekly import WeeklyFigures
from app.texts import Texts

ROWS: Final = 12
"""Departments, products and queues that get a line of their own."""
NAMED: Final = 12
"""Case numbers printed beside a decision."""
BREAK: Final = 170.0
"""A long table begins on a new page when less than this is left (points)."""


class Composer:
    """Handed to every part. `room`: the width of the text in points; `private`: the cases of private sections are
    named too."""

    def __init__(self, figures: WeeklyFigures, texts: Texts, annex: Annex, room: float, *, private: bool) -> None:
        self.f, self.t, self.annex, self.room, self.private = figures, texts, annex, room, private

    def name(self, one: Figure, called: str = "") -> str:
        """What a figure is called in the annex. `called`: its group in the report's language, where that differs."""
        root = one.key.split(".")[0]
        name = self.t(f"figure.{root}" if root in ("first", "full") else f"figure.{one.key}")
        return f"{name} · {called or one.group}" if one.group else name

    def amount(self, value: Number | None, unit: str) -> str:
        """A value in its unit, or a dash."""
        if value is None:
            return "–"
        if unit == "minutes":
            return self.t.minutes(value)
        if unit == "cents":
            return self.t.integer(value / 100)
        if unit in ("plain", "days") and value != round(value):
            return self.t.decimal(value)
        return self.t.share(value) if unit == "share" else self.t.integer(value)

    def value(self, one: Figure) -> str:
        """A big figure."""
        return self.amount(one.value, one.unit)

    def beside(self, one: Figure) -> str:
        """What stands under a big figure: previous week and change, or why there is none."""
        if one.value is None:
            return self.t("big.few", n=one.n) if one.n else self.t("big.none")
        text = self.t("big.before", value=self.amount(one.previous, one.unit))
        if one.unit == "cases" and one.change is not None:
            text += f"  {self.t.change(one.change)}"
        return text

    def number(
        self, one: Figure, title: str, *, font: str = REGULAR, weight: bool = False, before: bool = False
    ) -> Cell:
        """A count in a table, leading to its cases."""
        value = as_int(one)
        return Cell(
            self.t.integer(value), font=font, color=INK if value else FAINT, align="right",
            link=self.annex.link(title, one.cases, weight=weight),
            after=self.t.integer(one.previous or 0) if before else None,
        )  # fmt: skip

    def numbers(self, cases: Sequence[CaseKey], most: int) -> str:
        """Case numbers in a line, cut with a count of the rest."""
        text = ", ".join(key.label for key in cases[:most])
        return text + (f" … +{self.t.integer(len(cases) - most)}" if len(cases) > most else "")

    def spoken(self, one: Finding) -> dict[str, object]:
        """The parameters of a finding in the report's language."""
        t, out = self.t, dict[str, object]()
        for name, value in one.params:
            if isinstance(value, int | float) and name in ("median", "p90"):
                out[name] = t.minutes(value)
            elif isinstance(value, int | float):
                out[name] = t.change(value) if name == "change" else t.integer(value)
            else:
                out[name] = "–" if value is None else value
        out["cases"] = self.numbers(one.cases, NAMED)
        return out

    def shown(self, one: Figure) -> str:
        """A value, or how few there were."""
        if one.value is None and one.too_few:
            return self.t("report.few.short", n=one.n)
        return self.amount(one.value, one.unit)


def as_int(figure: Figure) -> int:
    """The value of a count."""
    return int(figure.value or 0)
