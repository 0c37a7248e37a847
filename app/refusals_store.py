"""What a shared store, a disk or the rules of the log refuse, as people meet it at work; English template -> German.
See app.refusals."""

from __future__ import annotations

from typing import Final

STORE: Final[dict[str, str]] = {
    # -- reasons of the rules (db.authority) --------------------------------------------------------------------------
    "its author is not an active analyst of this desk": "wer das tut, arbeitet nicht (mehr) in diesem Helpdesk",
    "it was signed by another analyst's device": "es ist vom Arbeitsplatz einer anderen Person unterschrieben",
    "only an administrator may import": "einlesen darf nur die Administration",
    "only an administrator may look after the log": "um das Log kümmert sich nur die Administration",
    "only {who} may change {table}": "das ändert nur {who} ({table})",
    "a {table} is written once and never changed": "{table} wird einmal geschrieben und nie geändert",
    "it writes somebody else's {what}": "es gehört jemand anderem ({what})",
    # -- undo ---------------------------------------------------------------------------------------------------------
    "Somebody deleted what this changed, so it can't be undone.": (
        "Jemand hat gelöscht, was damit geändert wurde; es lässt sich nicht zurücknehmen."
    ),
    "Somebody changed this since, so it can't be undone; change it by hand.": (
        "Jemand hat das seither geändert; es lässt sich nicht zurücknehmen. Ändern Sie es von Hand."
    ),
    "A case is not undone but cancelled, so that its number stays accounted for.": (
        "Ein Fall wird nicht zurückgenommen, sondern abgebrochen, damit seine Nummer belegt bleibt."
    ),
    "This change is too old to be undone here.": "Diese Änderung ist zu alt, um hier zurückgenommen zu werden.",
    "This change has been undone already.": "Diese Änderung ist schon zurückgenommen.",
    "The shared log did not take this change, so there is nothing to undo.": (
        "Das gemeinsame Log hat diese Änderung nicht angenommen; es gibt nichts zurückzunehmen."
    ),
    "Somebody refers to what this made, so it can't be undone by itself.": (
        "Jemand verweist auf das, was damit gemacht wurde; allein lässt es sich nicht zurücknehmen."
    ),
    "This is too much for one change; do it in smaller parts. Nothing was changed.": (
        "Das ist zu viel für eine Änderung; tun Sie es in kleineren Teilen. Nichts wurde geändert."
    ),
    # -- disk and profile ---------------------------------------------------------------------------------------------
    "{folder} can't be written; check its permissions. Nothing was changed.": (
        "{folder} lässt sich nicht beschreiben; prüfen Sie die Rechte. Nichts wurde geändert."
    ),
    "The disk with {folder} is full or failing; make room and try again. Nothing was changed.": (
        "Die Platte mit {folder} ist voll oder gestört; schaffen Sie Platz, und versuchen Sie es noch einmal. Nichts "
        "wurde "
        "geändert."
    ),
    "Another Halldesk process is writing to this profile; try again in a moment.": (
        "Ein anderer Halldesk-Prozess schreibt gerade in dieses Profil; versuchen Sie es gleich noch einmal."
    ),
    "{folder} can't be written ({error}); make room on the disk and try again.": (
        "{folder} lässt sich nicht beschreiben ({error}); schaffen Sie Platz auf der Platte, und versuchen Sie es "
        "noch einmal."
    ),
    "{folder} has no room for a snapshot ({error}).": "{folder} hat keinen Platz für einen Abzug ({error}).",
    "The desk was set back to entry {seq}, and reading the log does not lead there. Your work is kept here; ask an "
    "administrator to run `halldesk verify`.": (
        "Der Helpdesk wurde auf den Eintrag {seq} zurückgesetzt, und das Lesen des Logs führt nicht dorthin. Ihre "
        "Arbeit bleibt hier erhalten; bitten Sie die Administration, `halldesk verify` auszuführen."
    ),
    # -- the drive and the log ----------------------------------------------------------------------------------------
    "The folder {where} can't be reached ({error}). Work goes on here.": (
        "Der Ordner {where} ist nicht erreichbar ({error}). Hier geht die Arbeit weiter."
    ),
    "The folder {where} gave no clear answer. Work goes on here.": (
        "Der Ordner {where} gab keine klare Antwort. Hier geht die Arbeit weiter."
    ),
    "The folder {where} can't be reached. Work goes on here and is sent later.": (
        "Der Ordner {where} ist nicht erreichbar. Hier geht die Arbeit weiter und wird später gesendet."
    ),
    "The drive {where} is full; make room on it. Your work is kept here and sent later.": (
        "Das Laufwerk {where} ist voll; schaffen Sie dort Platz. Ihre Arbeit bleibt hier und wird später gesendet."
    ),
    "{where} can't be written; ask for write permission. Your work is kept here and sent later.": (
        "{where} lässt sich nicht beschreiben; bitten Sie um das Recht dazu. Ihre Arbeit bleibt hier und wird später "
        "gesendet."
    ),
    "The database {where} can't be reached ({reason}). Work goes on here and is sent later.": (
        "Die Datenbank {where} ist nicht erreichbar ({reason}). Hier geht die Arbeit weiter und wird später gesendet."
    ),
    "The database {where} does not answer. Work goes on here and is sent later.": (
        "Die Datenbank {where} antwortet nicht. Hier geht die Arbeit weiter und wird später gesendet."
    ),
    "The database {where} is busy or stopping ({said}). Work goes on here.": (
        "Die Datenbank {where} ist beschäftigt oder wird angehalten ({said}). Hier geht die Arbeit weiter."
    ),
    "The database {where} wants a password; give it with `halldesk password`.": (
        "Die Datenbank {where} verlangt ein Kennwort; geben Sie es mit `halldesk password` ein."
    ),
    "The database {where} wants a password; write it to standard input with --password-stdin (that of the desk's own "
    "database: `halldesk password`).": (
        "Die Datenbank {where} verlangt ein Kennwort; schreiben Sie es mit --password-stdin auf die Standardeingabe "
        "(das der eigenen Datenbank des Helpdesks: `halldesk password`)."
    ),
    "The database {where} refused the password; write it to standard input with --password-stdin (that of the desk's "
    "own database: `halldesk password`).": (
        "Die Datenbank {where} hat das Kennwort abgelehnt; schreiben Sie das richtige mit --password-stdin auf die "
        "Standardeingabe (das der eigenen Datenbank des Helpdesks: `halldesk password`)."
    ),
    "The database {where} refused the password; give the right one with `halldesk password`.": (
        "Die Datenbank {where} hat das Kennwort abgelehnt; geben Sie das richtige mit `halldesk password` ein."
    ),
    "The drive gives no clear answer; try again.": (
        "Das Laufwerk gibt keine klare Antwort; versuchen Sie es noch einmal."
    ),
    "The drive gives no clear answer; your work is kept here and sent later.": (
        "Das Laufwerk gibt keine klare Antwort; Ihre Arbeit bleibt hier und wird später gesendet."
    ),
    "The shared log did not take it: {why}.": "Das gemeinsame Log hat es nicht angenommen: {why}.",
    "{name} is there but can't be read; your work is kept here.": (
        "{name} ist da, lässt sich aber nicht lesen; Ihre Arbeit bleibt hier."
    ),
    "{name} is missing in the store, later ones are there; your work is kept.": (
        "{name} fehlt in der Ablage, spätere sind da; Ihre Arbeit bleibt erhalten."
    ),
    "There is no Halldesk store at {where}; is it the right drive?": (
        "Unter {where} gibt es keine Ablage von Halldesk; ist es das richtige Laufwerk?"
    ),
    "{where} holds another help desk's store ({name}). Nothing was sent or read; check the path.": (
        "Unter {where} liegt die Ablage eines anderen Helpdesks ({name}). Nichts wurde gesendet oder gelesen; prüfen "
        "Sie den "
        "Pfad."
    ),
    "Desk key {generation} is not on this device: ask an administrator for a new invitation.": (
        "Schlüssel {generation} des Helpdesks ist nicht auf diesem Arbeitsplatz: bitten Sie die Administration um "
        "eine neue "
        "Einladung."
    ),
    "Entry {seq} of the shared log is damaged ({why}): nobody reads on or sends. Your work is kept here. Whoever has "
    "that entry puts it back; when nobody does, an administrator gives it up with `halldesk repair`.": (
        "Eintrag {seq} des gemeinsamen Logs ist beschädigt ({why}): Niemand liest weiter oder sendet. Ihre Arbeit "
        "bleibt hier. Wer den Eintrag hat, legt ihn zurück; tut das niemand, gibt die Administration ihn mit `halldesk "
        "repair` auf."
    ),
    "This workstation can't write to the shared log ({why}). Your work is kept here; ask an administrator for a new "
    "invitation.": (
        "Dieser Arbeitsplatz kann nicht in das gemeinsame Log schreiben ({why}). Ihre Arbeit bleibt hier; bitten Sie "
        "die "
        "Administration um eine neue Einladung."
    ),
    "That is not a whole invitation; copy the complete line that starts with halldesk1:": (
        "Das ist keine ganze Einladung; kopieren Sie die vollständige Zeile, die mit halldesk1: beginnt"
    ),
    "The invitation does not fit this store; ask for a new one.": (
        "Die Einladung passt nicht zu dieser Ablage; bitten Sie um eine neue."
    ),
    "This place holds no Halldesk store, or its card is damaged; check the path.": (
        "Hier liegt keine Ablage von Halldesk, oder ihre Karte ist beschädigt; prüfen Sie den Pfad."
    ),
    # -- entries and files that can't be had --------------------------------------------------------------------------
    "Entry {seq}: {why}.": "Eintrag {seq}: {why}.",
    "A part of this file is missing or damaged on the drive; other workstations were asked.": (
        "Ein Teil dieser Datei fehlt auf dem Laufwerk oder ist beschädigt; andere Arbeitsplätze wurden gefragt."
    ),
}
