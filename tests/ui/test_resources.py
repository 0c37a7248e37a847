"""What the program carries is complete, small and reachable through one door."""

from __future__ import annotations

import pytest

import resources


def test_fonts_are_truetype_and_small():
    for file in resources.fonts():
        assert file.read_bytes()[:4] == b"\x00\x01\x00\x00", f"{file.name}: PDF embedding needs TrueType outlines"
    assert sum(file.stat().st_size for file in resources.fonts()) < 2_000_000
    assert "SIL OPEN FONT LICENSE" in resources.read_text("fonts", "LICENSE-IBM-Plex.txt").upper()


def test_nothing_outside_is_reachable():
    with pytest.raises(ValueError, match="outside"):
        resources.path("..", "pyproject.toml")


def test_a_missing_file_says_that_the_installation_is_incomplete():
    with pytest.raises(FileNotFoundError, match="incomplete"):
        resources.path("icons", "nothing.svg")


def test_names_lists_stems():
    assert {"claim", "escalate", "sync-ok"} <= set(resources.names("icons", ".svg"))
