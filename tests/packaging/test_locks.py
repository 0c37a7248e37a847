"""The locks name all that pyproject.toml asks for, by hash, and no place to fetch it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "packaging" / "requirements.txt"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.txt"
PIN = re.compile(r"([a-z0-9-]+)==(\S+?)(?: ; [^\\]+?)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def pins(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Package -> (version, lines with its hashes)."""
    found: dict[str, tuple[str, set[str]]] = {}
    hashes: set[str] = set()
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("#"):
            continue
        if pin := PIN.fullmatch(line):
            hashes = set()
            found[pin[1]] = (pin[2], hashes)
        else:
            assert HASH.fullmatch(line), f"{lock.name}: neither a pinned version nor a hash: {line!r}"
            hashes.add(line.rstrip(" \\"))
    return {name: (version, frozenset(hashes)) for name, (version, hashes) in found.items()}


def asked_for(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = list(project["project"]["dependencies"])
    for group in groups:
        texts += project["dependency-groups"][group]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(("lock", "groups"), [(RUNTIME, ["build"]), (DEVELOPMENT, ["build", "dev"])])
def test_a_lock_pins_every_dependency_within_the_bounds_of_the_project(lock: Path, groups: list[str]) -> None:
    pinned = pins(lock)
    for requirement in asked_for(*groups):
        assert canonicalize_name(requirement.name) in pinned
        version, _ = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_each_pin_has_hashes(lock: Path) -> None:
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_a_lock_names_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"--(index|extra-index|find-links|trusted-host)", text) is None
    # Neither a host (with or without a comment before it) nor an absolute path.
    assert re.search(r"\b[\w-]+\.(org|com|net|io|dev|local|internal|example)\b", text) is None
    assert re.search(r"(^|\s)(/|[A-Za-z]:\\)", text, re.MULTILINE) is None


def test_the_development_lock_contains_the_other_exactly() -> None:
    assert pins(RUNTIME).items() <= pins(DEVELOPMENT).items()
