"""The doctor with its words: what a place for a help desk can do, whether one may be kept there, and what to do.

`check` goes through a place check by check (db.doctor); `told` gives a finding as people read it. The command
line, the first window and Drive health show the same.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.texts import Texts
from db.doctor import Finding, Level, examine


@dataclass(frozen=True)
class Told:
    """A finding in words. `figure` may be ""; `title` names the check, `means` is one or two sentences."""

    name: str
    level: Level
    title: str
    figure: str
    means: str

    @property
    def ok(self) -> bool:
        """False where a help desk must not be kept."""
        return self.level is not Level.BAD


def check(where: str, *, quick: bool = False, profile: Path | None = None) -> Generator[Finding, None, None]:
    """Findings about a folder or a database URL, as they come. Stop early with `close`: it cleans up."""
    if "://" in where:
        yield Finding("server", Level.BAD, "unknown")
        return
    yield from examine(Path(where), quick=quick, profile=profile)


def told(finding: Finding, texts: Texts) -> Told:
    """The finding in the language of `texts`."""
    return Told(
        finding.name,
        finding.level,
        texts(f"doctor.{finding.name}"),
        _figure(finding, texts),
        texts(f"doctor.{finding.name}.{finding.case}").format(**finding.values),
    )


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """The contract: {"ok", "checks": [{"name", "ok", "figure", "means"}]}, with "unit" and "level" beside it."""
    english = Texts("en")
    checks = [
        {"name": f.name, "ok": f.ok, "figure": f.figure, "means": told(f, english).means, "unit": f.unit,
         "level": f.level.value}
        for f in findings
    ]  # fmt: skip
    return {"ok": all(c["ok"] for c in checks), "checks": checks}


def _figure(finding: Finding, texts: Texts) -> str:
    figure = finding.figure
    if figure is None or isinstance(figure, str):
        return figure or ""
    match finding.unit:
        case "bytes":
            return texts("doctor.unit.free", n=texts.decimal(figure / 1e9))
        case "ms":
            return texts("doctor.unit.ms", n=texts.decimal(figure, 0 if figure >= 10 else 1))
        case "s":
            return texts("doctor.unit.s", n=texts.decimal(figure, 1))
        case unit:
            return texts(f"doctor.unit.{unit}", n=texts.integer(figure))
