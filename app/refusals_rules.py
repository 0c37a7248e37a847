"""Reasons of the shared log: why a change does not count, why an entry, a snapshot or a file is not taken; English as
raised under db/ -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

RULES: Final[dict[str, str]] = {
    # -- rules of the fold (db.fold, db.authority, db.upgrades) -------------------------------------------------------
    "the table {table} is not known": "die Tabelle {table} ist nicht bekannt",
    "{table} {what} does not exist": "{table} {what} gibt es nicht",
    "{table}.{column} is no longer what it was based on": (
        "{table}.{column} ist nicht mehr, worauf sich die Änderung stützt"
    ),
    "a case is never deleted but cancelled, so that its number stays accounted for": (
        "ein Fall wird nie gelöscht, sondern abgebrochen, damit seine Nummer belegt bleibt"
    ),
    "case numbers are given by the log": "Fallnummern gibt das Log",
    "a new case can't be {status}": "ein neuer Fall kann nicht „{status}“ sein",
    "a case can't go from {old} to {new}": "ein Fall geht nicht von „{old}“ nach „{new}“",
    "only an upgrade may change the schema of the store": "das Schema der Ablage ändert nur ein Upgrade",
    "its device was revoked": "sein Gerät wurde gesperrt",
    "the {table} it changes does not exist": "was geändert werden soll, gibt es nicht ({table})",
    "the {table} it changes had other values": "was geändert werden soll, hatte andere Werte ({table})",
    "the {table} it deletes had other values": "was gelöscht werden soll, hatte andere Werte ({table})",
    "an upgrade raises the schema of the store and nothing else": (
        "ein Upgrade hebt das Schema der Ablage und sonst nichts"
    ),
    "it needs a newer store; an administrator runs `halldesk upgrade-store`": (
        "es braucht eine neuere Ablage; die Administration ruft `halldesk upgrade-store` auf"
    ),
    "there is no conflict {n}": "es gibt keinen Konflikt {n}",
    "it breaks a rule of the data: {error}": "es verletzt eine Regel der Daten: {error}",
    "only an administrator may set the desk back": "zurücksetzen darf den Helpdesk nur die Administration",
    "this workstation was revoked; what it holds can be read, and nothing can be written": (
        "dieser Arbeitsplatz wurde gesperrt; was er hat, lässt sich lesen, schreiben lässt sich nichts"
    ),
    "gone": "es ist weg",
    "built upon": "jemand hat darauf aufgebaut",
    "rule": "die Regeln des Helpdesks verbieten es",
    # -- entering (db.enrolment) --------------------------------------------------------------------------------------
    "it names an invitation that does not exist": "es nennt eine Einladung, die es nicht gibt",
    "the invitation was used before": "die Einladung wurde schon benutzt",
    "the invitation was withdrawn": "die Einladung wurde zurückgezogen",
    "the desk key was changed after this invitation was made": (
        "der Schlüssel des Helpdesks wurde gewechselt, nachdem die Einladung gemacht wurde"
    ),
    "the invitation has expired": "die Einladung ist abgelaufen",
    "an enrolment adds one device": "ein Beitritt bringt ein Gerät",
    "an enrolment adds one analyst and one device": "ein Beitritt bringt eine Person und ein Gerät",
    "it keeps another desk key than the one in force": "es hält einen anderen Schlüssel als den geltenden",
    "it enrols a device without a key": "es meldet ein Gerät ohne Schlüssel an",
    "it does not prove that it was invited": "es beweist nicht, dass es eingeladen war",
    "an appointment changes the role of one analyst": "eine Ernennung ändert die Rolle einer Person",
    "an appointment makes an active analyst an administrator": "eine Ernennung gilt einer aktiven Person",
    "there is one of that name already": "etwas dieses Namens gibt es schon",
    "what it refers to is gone": "was darin genannt ist, gibt es nicht mehr",
    "something in it is not allowed there": "etwas darin ist dort nicht erlaubt",
    "the root key did not sign it": "der Wurzelschlüssel hat es nicht unterschrieben",
    "it asks for another role than it was invited for": "es verlangt eine andere Rolle als die der Einladung",
    "the analyst it is for is not active": "die Person, der es gilt, ist nicht aktiv",
    "it asks for more than it was invited for": "es verlangt mehr als die Einladung",
    "it enrols another device than the one that signed": "es meldet ein anderes Gerät an als das, das unterschrieb",
    "it enrols a device for somebody else": "es meldet ein Gerät für jemand anderen an",
    # -- devices and keys (db.rotation) -------------------------------------------------------------------------------
    "a device is revoked once, by its author": "ein Gerät wird einmal gesperrt, von wem es ausgeht",
    "the desk key is changed by a rotation only": "den Schlüssel des Helpdesks ändert nur ein Wechsel",
    "another rotation was first": "ein anderer Wechsel war früher",
    "it wraps another desk key than it makes": "es verpackt einen anderen Schlüssel, als es macht",
    "it does not give the new desk key to exactly the devices in force": (
        "es gibt den neuen Schlüssel nicht genau den Geräten, die gelten"
    ),
    "a device enters with an invitation": "ein Gerät tritt mit einer Einladung bei",
    "a device is never deleted but revoked": "ein Gerät wird nie gelöscht, sondern gesperrt",
    "a device is renamed or revoked, nothing else": "ein Gerät wird umbenannt oder gesperrt, sonst nichts",
    "an invitation is never deleted but withdrawn": "eine Einladung wird nie gelöscht, sondern zurückgezogen",
    "an invitation is withdrawn, nothing else": "eine Einladung wird zurückgezogen, sonst nichts",
    "a new invitation is open": "eine neue Einladung ist offen",
    "it invites in somebody else's name": "es lädt im Namen von jemand anderem ein",
    "the desk key was changed meanwhile": "der Schlüssel des Helpdesks wurde inzwischen gewechselt",
    # -- entries (db.entry, db.chain) ---------------------------------------------------------------------------------
    "{name} is damaged: {why}": "{name} ist beschädigt: {why}",
    "{name} was refused: {why}": "{name} wurde nicht angenommen: {why}",
    "the slot is empty": "der Platz ist leer",
    "its device is not known to this desk": "sein Gerät kennt dieser Helpdesk nicht",
    "it is sealed with desk key {generation}, and {other} is in force": (
        "es ist mit Schlüssel {generation} versiegelt, und {other} gilt"
    ),
    "it does not follow the entry before it": "es folgt nicht auf den Eintrag davor",
    "the shared log was upgraded; update Halldesk on this workstation": (
        "das gemeinsame Log wurde gehoben; aktualisieren Sie Halldesk an diesem Arbeitsplatz"
    ),
    "it is made for schema {schema}, and the store has {other}": (
        "es ist für Schema {schema} gemacht, und die Ablage hat {other}"
    ),
    "it is of a format this store does not have": "es hat ein Format, das diese Ablage nicht hat",
    "only {count} bytes": "nur {count} Bytes",
    "head or length is wrong": "Kopf oder Länge stimmen nicht",
    "checksum is wrong": "die Prüfsumme stimmt nicht",
    "it is not sealed for this desk": "es ist nicht für diesen Helpdesk versiegelt",
    "desk key {generation} is not on this device; ask an administrator whether it was removed": (
        "Schlüssel {generation} ist nicht auf diesem Gerät; fragen Sie die Administration, ob es gesperrt wurde"
    ),
    "its frame and its body name different devices": "Rahmen und Inhalt nennen verschiedene Geräte",
    "it claims to be larger than any entry": "es will größer sein als jeder Eintrag",
    "can't be decompressed: {error}": "lässt sich nicht entpacken: {error}",
    "not a log entry: it names no format": "kein Eintrag des Logs: es nennt kein Format",
    "not a log entry: a field is of the wrong kind": "kein Eintrag des Logs: ein Feld ist von falscher Art",
    "not a log entry: a number is out of range": "kein Eintrag des Logs: eine Zahl ist zu groß oder zu klein",
    "not a log entry: it has no list of transactions": "kein Eintrag des Logs: es hat keine Liste von Änderungen",
    "not a log entry: {error}": "kein Eintrag des Logs: {error}",
    "the shared log uses format {format}; update Halldesk on this workstation": (
        "das gemeinsame Log hat Format {format}; aktualisieren Sie Halldesk an diesem Arbeitsplatz"
    ),
    "the signature is not of the device it names": "die Unterschrift ist nicht von dem Gerät, das es nennt",
    "sealed with another key or altered": "mit einem anderen Schlüssel versiegelt oder verändert",
    # -- snapshots and files beside the log ---------------------------------------------------------------------------
    "the entry that founded the desk is missing in it": "der Eintrag, der den Helpdesk gründete, fehlt darin",
    "an entry about who may do what is damaged: {error}": "ein Eintrag über Rechte ist beschädigt: {error}",
    "the entries about who may do what are not in order": "die Einträge über Rechte sind nicht in Ordnung",
    "entry {seq}, about who may do what, is another one": "Eintrag {seq}, über Rechte, ist ein anderer",
    "entry {seq}, about who may do what, was refused: {error}": (
        "Eintrag {seq}, über Rechte, wurde nicht angenommen: {error}"
    ),
    "it is no file of this kind": "es ist keine Datei dieser Art",
    "it is sealed with desk key {generation}, which is not on this device": (
        "es ist mit Schlüssel {generation} versiegelt, der nicht auf diesem Gerät ist"
    ),
    "it is not well-formed": "es ist nicht wohlgeformt",
    "it is not well-formed: {error}": "es ist nicht wohlgeformt: {error}",
    "its signature is not of the device it names": "die Unterschrift ist nicht von dem Gerät, das es nennt",
    "it is sealed with another key or altered": "es ist mit einem anderen Schlüssel versiegelt oder verändert",
    "the log has no such entry; the store was set back since, or has lost it": (
        "das Log hat diesen Eintrag nicht; die Ablage wurde seither zurückgesetzt oder hat ihn verloren"
    ),
    "its state is of another entry than its manifest says": "der Stand ist der eines anderen Eintrags als angegeben",
    "its maker is no device of this desk": "wer es machte, ist kein Gerät dieses Helpdesks",
    "another device had another state there": "ein anderes Gerät hatte dort einen anderen Stand",
    "the log has another entry where one of its epochs begins": (
        "das Log hat einen anderen Eintrag, wo eine seiner Epochen beginnt"
    ),
    "its manifest went away": "sein Verzeichnis ist verschwunden",
    "its manifest is another one's": "sein Verzeichnis gehört zu etwas anderem",
    "a newer program made it; update Halldesk on this workstation": (
        "ein neueres Programm hat es gemacht; aktualisieren Sie Halldesk an diesem Arbeitsplatz"
    ),
    "its manifest names no chunks": "sein Verzeichnis nennt keine Teile",
    "its chunk {n} changed on this disk": "Teil {n} hat sich auf dieser Platte verändert",
    "its chunk {n} is missing or damaged": "Teil {n} fehlt oder ist beschädigt",
    "it is of a form this program does not know; update Halldesk on this workstation": (
        "es hat eine Form, die dieses Programm nicht kennt; aktualisieren Sie Halldesk an diesem Arbeitsplatz"
    ),
    "it ends too early": "es endet zu früh",
    "its rows are not what its digest says": "seine Zeilen sind nicht, was die Prüfsumme sagt",
    "its case numbers have a gap": "seine Fallnummern haben eine Lücke",
    "it has a reference to a row that is not there": "es verweist auf eine Zeile, die es nicht gibt",
    "the desk was set back to before it": "der Helpdesk wurde auf einen Stand davor zurückgesetzt",
    "its epochs are not those of a log": "seine Epochen sind nicht die eines Logs",
    "it is not complete": "es ist nicht vollständig",
    "it lacks a {table} that the log made": "es fehlt etwas, das im Log entstand ({table})",
    "the stream is damaged: {error}": "der Strom ist beschädigt: {error}",
    "a {table} has a value of the wrong kind": "ein Wert ist von falscher Art ({table})",
    "its {table} {what} is not the one that the log made": "{table} {what} ist nicht, was im Log entstand",
    "it has a part nobody knows: {what}": "es hat einen Teil, den niemand kennt: {what}",
}
