"""What the check of the whole log finds (db.verify): English -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

VERIFY: Final[dict[str, str]] = {
    # -- what it means and what to do ---------------------------------------------------------------------------------
    "The shared log has everything: let the administrator invite this workstation anew (`halldesk invite --for`) and "
    "join with a fresh profile. Keep the old profile until its unsent work is there.": (
        "Das gemeinsame Log hat alles: Lassen Sie diesen Arbeitsplatz von der Administration neu einladen (`halldesk "
        "invite --for`) und treten Sie mit einem frischen Profil bei. Behalten Sie das alte, bis seine ungesendete "
        "Arbeit dort ist."
    ),
    "Nothing is lost: this workstation has the entry and puts it back when it syncs (`halldesk sync`). If that happens "
    "again, look at the drive: its server loses what it said was written.": (
        "Nichts ist verloren: Dieser Arbeitsplatz hat den Eintrag und legt ihn beim Abgleich zurück (`halldesk sync`). "
        "Kommt das wieder vor, sehen Sie nach dem Laufwerk: Sein Server verliert, was er als geschrieben meldete."
    ),
    "Reading and sending end there, for everybody. Whoever has it puts it back with the next look; when every "
    "workstation was on and nobody had it, an administrator gives it up (`halldesk repair`, or Give it up in Drive "
    "health).": (
        "Lesen und Senden enden dort, für alle. Wer ihn hat, legt ihn beim nächsten Blick zurück; waren alle "
        "Arbeitsplätze da und keiner hatte ihn, gibt die Administration ihn auf (`halldesk repair`, oder "
        "„Aufgeben“ in „Zustand des Laufwerks“)."
    ),
    "Nobody obeys it and nothing is changed by it. Somebody who can write to the folder put it there: look who may, "
    "and whether that workstation is in the right hands.": (
        "Niemand richtet sich danach, und es ändert nichts. Jemand, der in den Ordner schreiben kann, hat ihn dorthin "
        "gelegt: Sehen Sie nach, wer das darf und ob jener Arbeitsplatz in den richtigen Händen ist."
    ),
    "Work that was sent after the moment it was set back to is still on the workstations that know it; let nobody join "
    "before an administrator has decided which state counts.": (
        "Was nach dem Zeitpunkt gesendet wurde, auf den zurückgesetzt wurde, ist noch auf den Arbeitsplätzen, die es "
        "kennen; lassen Sie niemanden beitreten, bevor die Administration entschieden hat, welcher Stand gilt."
    ),
    "It changed nothing. Two who enter or change the key at the same moment do this in peace; anything else comes from "
    "a program that was altered or is broken: look at that workstation.": (
        "Es hat nichts geändert. Zwei, die im selben Augenblick beitreten oder den Schlüssel wechseln, tun das ohne "
        "Arg; alles andere kommt von einem veränderten oder defekten Programm: Sehen Sie nach jenem Arbeitsplatz."
    ),
    # -- what was found -----------------------------------------------------------------------------------------------
    "This replica began with a snapshot at entry {before}, and the store no longer gives the entries up to there: they "
    "were not replayed.": (
        "Diese Kopie begann mit einem Schnappschuss bei Eintrag {before}, und die Ablage gibt die Einträge bis dahin "
        "nicht mehr her: Sie wurden nicht nachgespielt."
    ),
    "The rows of this replica are not its state at entry {seq}: another program, or a broken disk, changed them "
    "without the log.": (
        "Die Zeilen dieser Kopie sind nicht ihr Stand bei Eintrag {seq}: Ein anderes Programm oder eine defekte Platte "
        "hat sie am Log vorbei geändert."
    ),
    "The opening of epoch {epoch} is not valid: {error}.": "Die Eröffnung der Epoche {epoch} gilt nicht: {error}.",
    "in the store, before this replica's first, is not valid: {why}.": (
        "in der Ablage, vor dem ersten dieser Kopie, ist nicht gültig: {why}."
    ),
    "is missing in this replica.": "fehlt in dieser Kopie.",
    "in this replica is not valid: {why}.": "in dieser Kopie ist nicht gültig: {why}.",
    "This replica says that it stands at entry {seq}, but its entries end at {last}.": (
        "Diese Kopie sagt, sie stehe bei Eintrag {seq}, aber ihre Einträge enden bei {last}."
    ),
    "Replaying the log to entry {seq} gives another state than this replica has.": (
        "Das Log bis Eintrag {seq} nachzuspielen, gibt einen anderen Stand, als diese Kopie hat."
    ),
    "is missing in the store.": "fehlt in der Ablage.",
    "is missing in the store, and later ones are there.": "fehlt in der Ablage, und spätere sind da.",
    "The store was not compared with this copy: {why}": "Die Ablage wurde mit dieser Kopie nicht verglichen: {why}",
    "There is no help desk at {where}.": "In {where} ist kein Helpdesk.",
    "is another one in the store ({other}): it was set back.": (
        "ist in der Ablage ein anderer ({other}): Die Ablage wurde zurückgesetzt."
    ),
    "by an unknown device": "von einem unbekannten Gerät",
    "by {who} on {workstation}": "von {who} an {workstation}",
    "is not whole in the store: {why}.": "ist in der Ablage nicht heil: {why}.",
    "has a change that does not count: {why}.": "hat eine Änderung, die nicht zählt: {why}.",
}
