"""The documentation can't rot: every command it shows is one the program takes, and every verb is shown somewhere."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from app.cli import VERBS, build_parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "manual").glob("*.md"))]
_SHOWN = re.compile(r"^halldesk(?: .*)?$|`halldesk( [^`]*)`", re.MULTILINE)


def _commands(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    found = [m.group(0).strip("`") for m in _SHOWN.finditer(text)]
    return [re.split(r"\s{2,}|\s#", line, maxsplit=1)[0].strip() for line in found]


def _words(command: str) -> list[str]:
    words = shlex.split(command.replace("\\", "/"))[1:]
    # Alternatives and placeholders as the manual writes them: `--format csv|jsonl`, `...`.
    return [w.split("|")[0].strip("[]") for w in words if w not in ("...", "COMMAND")]


def test_every_command_in_the_documentation_is_understood():
    seen = 0
    parser = build_parser()
    for page in PAGES:
        for command in _commands(page):
            words = _words(command)
            if words in ([], ["--help"]):
                continue
            if len(words) <= 2 and words[0] in ("case", "import", "report", "export"):
                words += {"case": ["list"], "import": ["events", "f"], "report": ["weekly", "--week", "w"],
                          "export": ["cases"]}[words[0]] if len(words) == 1 else []  # fmt: skip
            words = ["events" if w == "TABLE" else w for w in words]
            try:
                parser.parse_args(words)
            except SystemExit as stop:
                pytest.fail(f"{page.name} shows `{command}`, which ends with {stop.code}")
            seen += 1
    assert seen > 10


def _choices(parser: argparse.ArgumentParser, dest: str) -> dict[str, argparse.ArgumentParser]:
    action = next(a for a in parser._actions if a.dest == dest)
    assert isinstance(action.choices, dict)
    return action.choices


def test_each_module_registers_the_verbs_it_is_known_for():
    for module, verbs in VERBS.items():
        assert tuple(_choices(build_parser([verbs[0]]), "verb")) == verbs, module


def test_every_verb_is_documented():
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    verbs = _choices(build_parser(), "verb")
    missing = [v for v in verbs if f"halldesk {v}" not in text]
    for subject in ("case", "article"):
        words = _choices(verbs[subject], f"{subject}_verb")
        missing += [f"{subject} {v}" for v in words if f"{subject} {v}" not in text]
    assert not missing, f"not in README.md or docs/manual: {missing}"


def test_every_link_between_pages_leads_somewhere():
    for page in [*PAGES, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
