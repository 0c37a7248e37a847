"""Keeps the catalogues of the window in step with its sources, with the lupdate and lrelease of PySide6.

    python packaging/translations.py update     after changing words in ui/: collects them into the .ts files
    (translate what is marked unfinished in resources/i18n/halldesk_de.ts and halldesk_en.ts)
    python packaging/translations.py release    makes the .qm files the program loads
    python packaging/translations.py check      fails when either was forgotten (the tests do the same)

German has every text, English only those with a count, for their plurals. Line numbers are left out, so a
catalogue changes only when words do. lupdate reads literals: a text inside an f-string, or put together
from parts, is not found: write `self.tr("… {name}").format(name=…)`. Plurals it finds in the `tr` of a class
only, not in `translate`: write `self.tr("%n case(s)", "", count)`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "resources" / "i18n"
GERMAN = I18N / "halldesk_de.ts"
ENGLISH = I18N / "halldesk_en.ts"

Entry = tuple[str, str, str, bool]
"""Context, source text, comment, whether it has plurals."""


def sources() -> list[Path]:
    """Every file whose words are shown in the window."""
    return sorted((ROOT / "ui").rglob("*.py"))


def collect(into: Path, language: str, plurals_only: bool) -> None:
    """Run lupdate: add what is new to `into`, drop what is gone, keep translations."""
    arguments = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    if plurals_only:
        arguments.append("-pluralonly")
    files = [file.relative_to(ROOT).as_posix() for file in sources()]
    _tool("lupdate", [*arguments, *files, "-ts", str(into)])


def release(catalogue: Path, into: Path) -> None:
    """Run lrelease: the compiled form of one catalogue."""
    _tool("lrelease", ["-silent", str(catalogue), "-qm", str(into)])


def entries(catalogue: Path) -> set[Entry]:
    """What a catalogue has, translated or not."""
    return {entry for entry, _ in _messages(catalogue)}


def unfinished(catalogue: Path) -> list[str]:
    """What lacks a translation, or has one that no source uses any more, as "context: text"."""
    found = []
    for (context, source, _, plural), translation in _messages(catalogue):
        forms = [form.text for form in translation.iter("numerusform")] if plural else [translation.text]
        if translation.get("type") is not None or not forms or not all(forms):
            found.append(f"{context}: {source}")
    return found


def problems() -> list[str]:
    """What `update` or `release` would change, and what is not translated; empty when all is well."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for catalogue, plurals_only in ((GERMAN, False), (ENGLISH, True)):
            fresh = Path(folder) / catalogue.name
            collect(fresh, catalogue.stem[-2:], plurals_only)
            wanted, there = entries(fresh), entries(catalogue)
            found += [f"{catalogue.name}: missing {_shown(entry)}" for entry in sorted(wanted - there)]
            found += [f"{catalogue.name}: no longer used {_shown(entry)}" for entry in sorted(there - wanted)]
            found += [f"{catalogue.name}: not translated {text}" for text in unfinished(catalogue)]
            found += [
                f"{catalogue.name}: a count without plurals {_shown(entry)}; use tr in a class"
                for entry in sorted(wanted)
                if "%n" in entry[1] and not entry[3]
            ]
            compiled = Path(folder) / f"{catalogue.stem}.qm"
            release(catalogue, compiled)
            committed = catalogue.with_suffix(".qm")
            if not committed.exists() or committed.read_bytes() != compiled.read_bytes():
                found.append(f"{committed.name}: is not what {catalogue.name} compiles to; run release")
    return found


def main(arguments: list[str]) -> int:
    """Run one of the commands; returns the exit code."""
    if arguments == ["update"]:
        collect(GERMAN, "de", plurals_only=False)
        collect(ENGLISH, "en", plurals_only=True)
        _print(f"{c.name}: to translate {text}" for c in (GERMAN, ENGLISH) for text in unfinished(c))
        return 0
    if arguments == ["release"]:
        for catalogue in (GERMAN, ENGLISH):
            release(catalogue, catalogue.with_suffix(".qm"))
        return 0
    if arguments == ["check"]:
        found = problems()
        _print(found)
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


def _messages(catalogue: Path) -> Iterable[tuple[Entry, ElementTree.Element]]:
    # The file is our own, from the repository.
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None:
                raise ValueError(f"{catalogue}: a message without a translation element")
            entry = (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
                message.get("numerus") == "yes",
            )
            yield entry, translation


def _tool(name: str, arguments: list[str]) -> None:
    # The program itself: where its wrapper `pyside6-…` stands depends on the system and on how Python was installed.
    program = Path(PySide6.__file__).with_name(f"{name}{'.exe' if sys.platform == 'win32' else ''}")
    finished = subprocess.run(
        [str(program), *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if finished.returncode != 0:
        raise SystemExit(f"{name} failed: {finished.stderr or finished.stdout}")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _shown(entry: Entry) -> str:
    return f"{entry[0]}: {entry[1]}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
