"""Words of the dedicated analyst's view of a department where it is written: its sheet, the command line; key ->
(English, German). See app.texts. Keys are `department.*`."""

from __future__ import annotations

from typing import Final

DEPARTMENTS: Final[dict[str, tuple[str, str]]] = {
    "department.sheet": ("Department sheet", "Abteilungsblatt"),
    "department.list.now": ("Now", "Jetzt"),
    "department.list.waiting": ("Waiting", "Wartet"),
    "department.list.specialists": ("With specialists", "Bei Fachleuten"),
    "department.list.problems": ("Problems", "Probleme"),
    "department.list.closed": ("Recently closed", "Kürzlich erledigt"),
    "department.contact": ("Contact", "Ansprechperson"),
    "department.acting": ("Acting", "Zuständig"),
    "department.next": ("Next", "Danach"),
    "department.stand_ins": ("Stand-ins", "Vertretungen"),
    "department.phone": ("Phone", "Telefon"),
    "department.shift": ("Shift", "Schicht"),
    "department.targets": ("Targets", "Ziele"),
    "department.sponsor": ("Sponsor", "Fürsprache"),
    "department.cost_centre": ("Cost centre", "Kostenstelle"),
    "department.headcount": ("People", "Personen"),
    "department.language": ("Language", "Sprache"),
    "department.review": ("Review", "Prüfung"),
    "department.nobody": ("nobody", "niemand"),
    "department.none": ("No dedicated analyst", "Keine feste Ansprechperson"),
    "department.away": ("{name}, away until {day}", "{name}, abwesend bis {day}"),
    "department.away open": ("{name}, away without an end yet", "{name}, abwesend, Ende noch offen"),
    "department.stands in": ("{name} (stand-in)", "{name} (Vertretung)"),
    "department.next hour": ("{name}, with the next working hour", "{name}, ab der nächsten Arbeitsstunde"),
    "department.from": ("{name}, from {moment}", "{name}, ab {moment}"),
    "department.shift until": ("{shift}, until {moment}", "{shift}, bis {moment}"),
    "department.open until": ("until {moment}", "bis {moment}"),
    "department.shift from": ("closed, again from {moment}", "geschlossen, wieder ab {moment}"),
    "department.shift closed": ("closed for two weeks and more", "mindestens zwei Wochen geschlossen"),
    "department.target": ("{severity}: {response} / {fix}", "{severity}: {response} / {fix}"),
    "department.target none": ("none", "keines"),
    "department.targets are": ("first response / fix", "erste Reaktion / Lösung"),
    "department.dossier": ("Dossier", "Dossier"),
    "department.no dossier": ("Nothing is written yet.", "Noch nichts geschrieben."),
    "department.dossier from": ("as {who} saved it on {moment}", "Stand {moment}, gespeichert von {who}"),
    "department.for": ("{name} for {instead}", "{name} für {instead}"),
    "department.empty": ("No case.", "Kein Fall."),
    "department.internal": ("internal: for the help desk only", "intern: nur für den Helpdesk"),
    "department.watched": ("watched", "unter Beobachtung"),
    "department.first": ("The first {most} of {count}.", "Die ersten {most} von {count}."),
}
