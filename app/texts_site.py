"""Words of the static site: (English, German)."""

from __future__ import annotations

from typing import Final

SITE_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "site.title": ("Help from {desk}", "Hilfe von {desk}"),
    "site.all": ("All articles", "Alle Artikel"),
    "site.search": ("What is the matter?", "Was klappt nicht?"),
    "site.hint": ("A few letters are enough", "Ein paar Buchstaben genügen"),
    "site.skip": ("Go to the text", "Zum Text"),
    "site.problem": ("Problem", "Problem"),
    "site.cause": ("Cause", "Ursache"),
    "site.solution": ("What to do", "Was zu tun ist"),
    "site.help": ("Still need help?", "Noch Hilfe nötig?"),
    "site.call": ("Call {desk}:", "{desk} anrufen:"),
    "site.say": ("Say the number of this page: {code}", "Nennen Sie die Nummer dieser Seite: {code}"),
    "site.place": ("You are here: {place}", "Sie sind hier: {place}"),
    "site.code": ("Code with the number of this page and the place", "Code mit der Nummer dieser Seite und dem Ort"),
    "site.changed": ("Changed {day}", "Geändert {day}"),
    "site.other": ("Other things", "Anderes"),
    "site.none": ("There is no article here yet.", "Hier steht noch kein Artikel."),
    "site.nothing": (
        "Nothing fits. Try another word, or call.",
        "Nichts passt. Versuchen Sie ein anderes Wort oder rufen Sie an.",
    ),
    "site.count": ("Articles found: {n}", "Gefundene Artikel: {n}"),
    "site.languages": ("Languages", "Sprachen"),
}
