"""An article as a Markdown file, both ways. Pure functions.

A head between two lines of `---` says what is not text: one `name: value` a line, values as JSON (which is YAML, so
that other programs read it). Then come `# title` and `## Problem`, `## Cause`, `## Solution`. A line of a text that
looks like one of these three headings gets a backslash, so that nothing is lost. Files of other programs are
understood, too: plain values and lists in the head, German headings, or none at all; then everything is the solution.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SECTIONS: Final = {"problem": "Problem", "cause": "Cause", "solution": "Solution"}
_NAMES: Final = {
    "problem": "problem", "cause": "cause", "ursache": "cause", "solution": "solution", "lösung": "solution",
    "loesung": "solution",
}  # fmt: skip
_HEADING: Final = re.compile(r"^(\\*)## +(problem|cause|ursache|solution|lösung|loesung)[ \t]*$", re.IGNORECASE)
_TITLE: Final = re.compile(r"^# +(.+?)[ \t#]*$")
_KEY: Final = re.compile(r"^([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$")
_ITEM: Final = re.compile(r"^[ \t]*- +(.*)$")


@dataclass(frozen=True)
class MarkdownFile:
    """What such a file says. `head`: values of the head, strings or lists of strings."""

    title: str
    problem: str = ""
    cause: str = ""
    solution: str = ""
    head: Mapping[str, Any] = field(default_factory=dict)


def write(file: MarkdownFile) -> str:
    """The file's text."""
    lines = ["---", f"title: {_json(file.title)}"]
    lines += [f"{name}: {_json(value)}" for name, value in file.head.items() if value not in (None, "", [], ())]
    lines += ["---", "", f"# {file.title}"]
    for name, heading in _SECTIONS.items():
        text = getattr(file, name)
        if text:
            lines += ["", f"## {heading}", "", *(_guarded(line) for line in text.split("\n"))]
    return "\n".join(lines) + "\n"


def read(text: str, name: str = "") -> MarkdownFile:
    """What a file says; `name`: of the file, the title where it says none."""
    lines = text.removeprefix("\ufeff").split("\n")
    head, lines = _head(lines)
    title = str(head.pop("title", "") or "")
    while lines and not lines[0].strip():
        lines.pop(0)
    first = _TITLE.match(lines[0]) if lines else None
    if first is not None:
        title = title or first[1]
        lines.pop(0)
    texts: dict[str, list[str]] = {}
    section = ""
    for line in lines:
        heading = _HEADING.match(line.rstrip("\r"))
        if heading is not None and not heading[1]:
            section = _NAMES[heading[2].casefold()]
            texts.setdefault(section, [])
        else:
            texts.setdefault(section, []).append(line[1:] if heading is not None else line)
    before = "\n".join(texts.pop("", [])).strip()
    found = {key: "\n".join(part).strip() for key, part in texts.items()}
    if before:
        place = "problem" if found else "solution"
        found[place] = f"{before}\n\n{found[place]}".strip() if found.get(place) else before
    return MarkdownFile(
        title or name, found.get("problem", ""), found.get("cause", ""), found.get("solution", ""), head
    )


def _guarded(line: str) -> str:
    return f"\\{line}" if _HEADING.match(line.rstrip("\r")) else line


def _json(value: object) -> str:
    # Line separators that JSON leaves alone would end the line for some readers.
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _head(lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    if not lines or lines[0].rstrip() != "---":
        return {}, lines
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return {}, lines
    head: dict[str, Any] = {}
    last = ""
    for line in lines[1:end]:
        key, item = _KEY.match(line.rstrip("\r")), _ITEM.match(line.rstrip("\r"))
        if key is not None:
            last = key[1]
            head[last] = _value(key[2] or "")
        elif item is not None and last:
            known = head[last] if isinstance(head[last], list) else []
            head[last] = [*known, str(_value(item[1]))]
    return head, lines[end + 1 :]


def _value(text: str) -> Any:
    text = text.strip()
    try:
        found = json.loads(text)
    except ValueError:
        if text.startswith("[") and text.endswith("]"):
            return [part.strip().strip("\"'") for part in text[1:-1].split(",") if part.strip()]
        return text.strip("\"'")
    if isinstance(found, list):
        return [str(one) for one in found]
    return found if isinstance(found, str) else text
