"""What a reader would miss in an article, or must not find in it."""

from __future__ import annotations

import pytest

from app.knowledge.lint import Finding, lint


@pytest.mark.parametrize("number", ["0711 555 1234", "+49 711 555-123", "(0711) 555123", "0171/5551234"])
def test_a_phone_number_is_found(number: str):
    assert lint("Blank", "", f"1. Call {number}") == [Finding("phone", number)]


@pytest.mark.parametrize("words", ["0x80070005", "192.168.10.20", "2026-11-26", "KB5034441", "10.0.19045.3803", "1042"])
def test_other_numbers_are_not_phone_numbers(words: str):
    assert lint("Blank", "", f"1. See {words}") == []


def test_steps_a_problem_and_names_are_asked_for():
    assert lint("", "", "Open\nClose", ["Eva Stein", "Stein"]) == [Finding("problem"), Finding("steps")]
    assert lint("Eva Stein can't print", "", "1. Open", ["Eva Stein", "Jo Roth"]) == [Finding("name", "Eva Stein")]
    assert lint("Blank", "", f"1. ![x](attachment:{'0' * 64})") == []
