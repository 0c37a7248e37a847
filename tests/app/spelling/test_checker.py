"""What is right, what is wrong, and what was meant; with the dictionaries that are shipped."""

from __future__ import annotations

import random

import pytest

from app.spelling.checker import Checker, open_engine

RIGHT_GERMAN = [
    "Druckerwarteschlange", "Netzwerkdrucker", "Störungsmeldung", "Maschinenstillstand", "Benutzerkonto",
    "Anmeldefenster", "Kennwort", "Steuerungsrechner", "Werkzeugmaschinensteuerung", "Lagerverwaltungssystem",
    "Softwareaktualisierung", "Druckertreiber", "Benachrichtigungsliste", "Barrierefreiheitsfunktionen",
    "Lautstärkeregler", "Klinkenstecker", "kabelgebundenen", "Systemverwalterrechte", "Straße", "Größe",
    "VPN-Zugang", "Not-aus-Taster", "USB-Kabel", "bzw", "usw", "Laptops", "Router",
]  # fmt: skip
WRONG_GERMAN = [
    "druker", "Netwerk", "Maschiene", "Lösnug", "Druckertreibr", "Lagerverwaltungsystem", "falsh", "Anweisungn",
    "Einstelungen",
]  # fmt: skip


@pytest.fixture(scope="module")
def german() -> Checker:
    return Checker("de")


@pytest.fixture(scope="module")
def english() -> Checker:
    return Checker("en")


def test_german_compounds_stand_and_mistakes_in_them_do_not(german: Checker):
    assert german.wrong(RIGHT_GERMAN) == set()
    assert german.wrong(WRONG_GERMAN) == set(WRONG_GERMAN)


def test_british_and_american_english_stand(english: Checker):
    assert english.wrong(["colour", "color", "behaviour", "analyze", "don’t", "Wi-Fi", "spooler", "subnet"]) == set()
    assert english.wrong(["recieve", "seperate", "prnter"]) == {"recieve", "seperate", "prnter"}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("druker", "Drucker"), ("Netwerk", "Netzwerk"), ("Maschiene", "Maschine"), ("Lösnug", "Lösung"),
        ("Druckertreibr", "Druckertreiber"), ("Lagerverwaltungsystem", "Lagerverwaltungssystem"),
        ("Drukertreiber", "Druckertreiber"), ("zurüksetzen", "zurücksetzen"), ("Einstelungen", "Einstellungen"),
        ("VPN-Zugagn", "VPN-Zugang"),
    ],
)  # fmt: skip
def test_what_was_meant_is_among_the_first_two(german: Checker, wrong: str, meant: str):
    assert meant in german.suggest(wrong)[:2]


@pytest.mark.parametrize(("wrong", "meant"), [("recieve", "receive"), ("pritner", "printer"), ("adress", "address")])
def test_what_was_meant_in_english(english: Checker, wrong: str, meant: str):
    assert english.suggest(wrong)[0] == meant


def test_words_of_the_team_stand_also_within_compounds_and_are_suggested():
    checker = Checker("de")
    assert checker.wrong(["Krawuttke", "Krawuttkes", "Krawuttkeserver", "Krawuttke-Presse"]) == {
        "Krawuttke", "Krawuttkes", "Krawuttkeserver", "Krawuttke-Presse",
    }  # fmt: skip
    checker.let_stand(["Krawuttke"])
    assert checker.wrong(["Krawuttke", "Krawuttkes", "Krawuttkeserver", "Krawuttke-Presse"]) == set()
    assert checker.wrong(["Krawuttkeservr"]) == {"Krawuttkeservr"}
    assert "Krawuttke" in checker.suggest("Krawutke")


def test_nine_in_ten_slips_of_a_finger_are_found(german: Checker):
    chance = random.Random(28)
    slips = set()
    for word in RIGHT_GERMAN:
        if len(word) > 8 and word.isalpha():
            for _ in range(6):
                at = chance.randrange(1, len(word) - 1)
                slips.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
                slips.add(word[:at] + word[at + 1 :])
    slips -= set(RIGHT_GERMAN)
    assert len(german.wrong(slips)) / len(slips) > 0.9


def test_without_a_dictionary_nothing_is_wrong():
    checker = Checker("fr")
    assert open_engine("fr") is None
    assert not checker.available
    assert checker.wrong(["Xyzzy"]) == set()
    assert checker.suggest("Xyzzy") == []


def test_pasted_rubbish_is_nothing_to_speak_of(german: Checker):
    assert german.wrong(["ab\ud800cd"]) == set()
    assert german.suggest("ab\ud800cd") == []
