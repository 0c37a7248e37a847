"""Refusals of imports: mappings, tables, what they need; English template -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

INTAKE: Final[dict[str, str]] = {
    "The mapping {name} is for {what}; name one for {wanted}.": (
        "Die Zuordnung {name} ist für {what}; nennen Sie eine für {wanted}."
    ),
    "The header must have {needed}, or name a mapping; known: {known}.": (
        "Die Kopfzeile muss {needed} haben, oder nennen Sie eine Zuordnung; bekannt: {known}."
    ),
    "The header does not use Halldesk's own names ({need} must be there; known: {known}); rename its columns or name a "
    "mapping.": (
        "Die Kopfzeile hat nicht die eigenen Namen von Halldesk ({need} muss dabei sein; bekannt: {known}); benennen "
        "Sie "
        "die Spalten um, oder nennen Sie eine Zuordnung."
    ),
    "The mapping {name} can't be used: {why}.": "Die Zuordnung {name} ist nicht brauchbar: {why}.",
    "The mapping {name} can't be read; name a TOML file or one of: {known}.": (
        "Die Zuordnung {name} lässt sich nicht lesen; nennen Sie eine TOML-Datei oder eine von: {known}."
    ),
    "The mapping {name} is not UTF-8 text; save it as UTF-8.": (
        "Die Zuordnung {name} ist kein UTF-8-Text; speichern Sie sie als UTF-8."
    ),
    "The mapping {name} is not TOML: {error}.": "Die Zuordnung {name} ist kein TOML: {error}.",
    '{file} has no column "{column}", which the mapping {name} uses for {role}; it has: {columns}.': (
        "{file} hat keine Spalte „{column}“, die die Zuordnung {name} für {role} braucht; vorhanden: {columns}."
    ),
    "Only an administrator may import; ask one to do it, or to make you one.": (
        "Nur die Administration darf einlesen; bitten Sie sie, es zu tun oder Ihnen das Recht zu geben."
    ),
    "{file} is damaged or not what its name says ({error}); get the file again.": (
        "{file} ist beschädigt oder nicht, was der Name sagt ({error}); holen Sie die Datei noch einmal."
    ),
    "Line {line} of {file} is not {encoding} text; save the file as UTF-8, or name its encoding in the mapping under "
    '[file] (for example encoding = "cp1252").': (
        "Zeile {line} von {file} ist kein Text in {encoding}; speichern Sie die Datei als UTF-8, oder nennen Sie ihre "
        'Kodierung in der Zuordnung unter [file] (zum Beispiel encoding = "cp1252").'
    ),
    "{file} is empty; export it again with a header line.": (
        "{file} ist leer; geben Sie sie noch einmal mit Kopfzeile aus."
    ),
    "{file} is too large for one JSON document; export it as JSON lines or CSV.": (
        "{file} ist zu groß für ein JSON-Dokument; geben Sie sie als JSON-Zeilen oder CSV aus."
    ),
    "{file} holds no list of records; export one object per record.": (
        "{file} enthält keine Liste von Datensätzen; geben Sie je Datensatz ein Objekt aus."
    ),
    "Record {number} of {file} is not an object; export one object per record.": (
        "Datensatz {number} von {file} ist kein Objekt; geben Sie je Datensatz ein Objekt aus."
    ),
    "{file} is empty; export it again.": "{file} ist leer; geben Sie sie noch einmal aus.",
    'There is no encoding "{encoding}"; use utf-8, cp1252 or utf-16.': (
        "Eine Kodierung „{encoding}“ gibt es nicht; nehmen Sie utf-8, cp1252 oder utf-16."
    ),
    "{file} holds {count} files; pack exactly one table into it.": (
        "{file} enthält {count} Dateien; packen Sie genau eine Tabelle hinein."
    ),
    "{file} is protected with a password; unpack it first.": (
        "{file} ist mit einem Kennwort geschützt; entpacken Sie sie zuerst."
    ),
    "The header of {file} is not CSV ({error}); export the file again.": (
        "Die Kopfzeile von {file} ist kein CSV ({error}); geben Sie die Datei noch einmal aus."
    ),
    "{file} is not JSON ({error}); export it again.": "{file} ist kein JSON ({error}); geben Sie sie noch einmal aus.",
    "There is no file {path}; check its name.": "Es gibt keine Datei {path}; prüfen Sie den Namen.",
    "{path} can't be read; name a file that you may open.": (
        "{path} lässt sich nicht lesen; nennen Sie eine Datei, die Sie öffnen dürfen."
    ),
    "Record {number} of {file} is not JSON ({error}); export it again.": (
        "Datensatz {number} von {file} ist kein JSON ({error}); geben Sie die Datei noch einmal aus."
    ),
    "The first line must name the columns: start, offered, answered, and handle_seconds or aht (seconds).": (
        "Die erste Zeile nennt die Spalten: start, offered, answered und handle_seconds oder aht (Sekunden)."
    ),
    "{file} can't be read ({error}).": "{file} lässt sich nicht lesen ({error}).",
    "The mapping {name} names no [claims]; say which columns count what.": (
        "Die Zuordnung {name} nennt keine [claims]; sagen Sie, welche Spalten was zählen."
    ),
    '{file} has no column "{column}", which [claims] of {name} names.': (
        "{file} hat keine Spalte „{column}“, die [claims] von {name} nennt."
    ),
    "Say which column has the {needed}.": "Sagen Sie, in welcher Spalte {needed} steht.",
    # -- why a row is left out ----------------------------------------------------------------------------------------
    "it means the same as row {row}": "sie meint dasselbe wie Zeile {row}",
    "it has no tag": "ohne Inventarnummer",
    "it has neither a name nor a place": "weder Name noch Ort",
    "it has no time": "ohne Zeit",
    "the case {ref} stands in the file twice": "der Fall {ref} steht zweimal in der Datei",
    "it does not say when it was opened": "es steht nicht da, wann er eröffnet wurde",
    "it has no case number": "ohne Fallnummer",
    'the {field} "{text}" is not a number from {least} to {most}': (
        "{field}: „{text}“ ist keine Zahl von {least} bis {most}"
    ),
    'the language "{text}" is not a code like de or en': "die Sprache „{text}“ ist kein Kürzel wie de oder en",
    'the {field} "{text}" is not one of: {known}': "{field}: „{text}“ ist keines von: {known}",
    "it has no name": "ohne Namen",
    'another {kind} is called "{name}" already': "{kind}: „{name}“ heißt schon etwas anderes",
    'the {field} "{text}" is not a date like 2026-11-22': "{field}: „{text}“ ist kein Datum wie 2026-11-22",
    'there is no queue "{name}"': "es gibt keine Warteschlange „{name}“",
    '"{text}" is not a time in a format of the mapping': "„{text}“ ist keine Zeit in einer Form der Zuordnung",
    'the {field} "{words}" is not in the mapping': "{field}: „{words}“ kommt in der Zuordnung nicht vor",
    'its parent "{name}" is not known; it was taken without': (
        "„{name}“ darüber ist nicht bekannt; ohne das übernommen"
    ),
    'its parent "{name}" lies below it; it was taken without': "„{name}“ darüber liegt darunter; ohne das übernommen",
}
