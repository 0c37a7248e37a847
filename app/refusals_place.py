"""What the place of a desk, a profile's file or a move refuses; English as raised -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

PLACE: Final[dict[str, str]] = {
    # -- this workstation's part in the desk --------------------------------------------------------------------------
    "This profile was copied from another machine. {what}": (
        "Dieses Profil wurde von einem anderen Rechner kopiert. {what}"
    ),
    "Entry {seq} of the shared log was written with this workstation's identity, but not from here: the profile was "
    "copied, or set back with its disk. {what}": (
        "Eintrag {seq} des gemeinsamen Logs ist mit der Identität dieses Arbeitsplatzes geschrieben, aber nicht von "
        "hier: Das Profil wurde kopiert oder mit seiner Platte zurückgesetzt. {what}"
    ),
    "Another machine is at work with this workstation's identity: the profile was copied. {what}": (
        "Ein anderer Rechner arbeitet mit der Identität dieses Arbeitsplatzes: Das Profil wurde kopiert. {what}"
    ),
    "Two machines must not write as one: what is done here is kept and not sent. If both are in use, ask an "
    "administrator for an invitation for another workstation of yours (`halldesk invite --for`) and enter it here "
    "(`halldesk recover INVITATION`). If this is the only one left: `halldesk recover --here`.": (
        "Zwei Rechner dürfen nicht als einer schreiben: Was hier getan wird, bleibt und wird nicht gesendet. Sind "
        "beide in Gebrauch, bitten Sie die Administration um eine Einladung für einen weiteren Arbeitsplatz von "
        "Ihnen (`halldesk invite --for`), und geben Sie sie hier ein (`halldesk recover INVITATION`). Gibt es nur "
        "noch diesen: `halldesk recover --here`."
    ),
    "This workstation was revoked by {who} on {day}: it is no longer part of the help desk. What it holds can be read, "
    "nothing can be written; work that was not sent is kept. With a new invitation (`halldesk recover INVITATION`) it "
    "goes on.": (
        "Diesen Arbeitsplatz hat {who} am {day} gesperrt: Er gehört nicht mehr zum Helpdesk. Was er enthält, lässt "
        "sich lesen, aber nicht ändern; was nicht gesendet ist, bleibt erhalten. Mit einer neuen Einladung "
        "(`halldesk recover EINLADUNG`) geht es weiter."
    ),
    "This workstation was revoked on {day}: it is no longer part of the help desk. What it holds can be read, nothing "
    "can be written; work that was not sent is kept. With a new invitation (`halldesk recover "
    "INVITATION`) it goes on.": (
        "Dieser Arbeitsplatz wurde am {day} gesperrt: Er gehört nicht mehr zum Helpdesk. Was er enthält, lässt sich "
        "lesen, aber nicht ändern; was nicht gesendet ist, bleibt erhalten. Mit einer neuen Einladung "
        "(`halldesk recover EINLADUNG`) geht es weiter."
    ),
    "The entries after {seq} are missing in the store, and there is no snapshot to go on from. Your work is kept here; "
    "another workstation puts them back or makes a snapshot within minutes. If not, the desk key was changed "
    "meanwhile: ask an administrator for an invitation (`halldesk recover`). What nobody has any more an administrator "
    "gives up (`halldesk repair`).": (
        "Die Einträge nach {seq} fehlen in der Ablage, und es gibt keinen Schnappschuss, von dem aus es weitergeht. "
        "Ihre Arbeit bleibt hier; ein anderer Arbeitsplatz legt sie binnen Minuten zurück oder macht einen "
        "Schnappschuss. Wenn nicht, wurde inzwischen der Schlüssel des Helpdesks gewechselt: Bitten Sie die "
        "Administration um eine Einladung (`halldesk recover`). Was niemand mehr hat, gibt die Administration auf "
        "(`halldesk repair`)."
    ),
    "There is no way back to entry {seq}: an upgrade of the store lies between, the log is not kept from its "
    "beginning, and no snapshot from before it is of use. Nothing was changed; go back to an entry after the upgrade, "
    "or restore a backup.": (
        "Zu Eintrag {seq} führt kein Weg zurück: Dazwischen liegt ein Upgrade der Ablage, das Log ist nicht von "
        "Anfang an da, und kein Schnappschuss von davor taugt. Nichts wurde geändert; gehen Sie zu einem Eintrag nach"
        " dem Upgrade zurück, oder spielen Sie eine Sicherung ein."
    ),
    "This is no database URL ({why}); write postgresql://USER@HOST/DATABASE.": (
        "Das ist keine Adresse einer Datenbank ({why}); schreiben Sie postgresql://USER@HOST/DATABASE."
    ),
    "The mirror {where} can't be written ({error}); name a new file in a folder that is there.": (
        "Der Spiegel {where} lässt sich nicht beschreiben ({error}); nennen Sie eine neue Datei in einem Ordner, den "
        "es gibt."
    ),
    "Another program holds the mirror {where}; close it there.": (
        "Ein anderes Programm hält den Spiegel {where} fest; schließen Sie ihn dort."
    ),
    "{where} holds something else, which a mirror would replace; name an empty place.": (
        "In {where} liegt etwas anderes, das ein Spiegel ersetzen würde; nennen Sie einen leeren Ort."
    ),
    "{to} names no place for a mirror; write postgresql://USER@HOST/DATABASE or sqlite:///FILE.": (
        "{to} ist kein Ort für einen Spiegel; schreiben Sie postgresql://BENUTZER@RECHNER/DATENBANK oder "
        "sqlite:///DATEI."
    ),
    "There is no Halldesk store in {where} any more; ask its administrator.": (
        "In {where} gibt es keine Ablage von Halldesk mehr; fragen Sie, wer sie verwaltet."
    ),
    "There is no such database: {where} ({why}); ask its administrator.": (
        "Diese Datenbank gibt es nicht: {where} ({why}); fragen Sie, wer sie verwaltet."
    ),
    "This workstation's copy of the desk is damaged ({why}). What was sent is safe in the shared log. Ask an "
    "administrator for an invitation for another workstation of yours (`halldesk invite --for`), close Halldesk and "
    "run `halldesk recover INVITATION` here.": (
        "Die Kopie des Helpdesks auf diesem Arbeitsplatz ist beschädigt ({why}). Was gesendet wurde, liegt sicher im "
        "gemeinsamen Log. Bitten Sie die Administration um eine Einladung für einen weiteren Arbeitsplatz von Ihnen "
        "(`halldesk invite --for`), schließen Sie Halldesk und rufen Sie hier `halldesk recover EINLADUNG` auf."
    ),
    "{path} is in use; close Halldesk on this workstation and try again.": (
        "{path} ist in Benutzung; schließen Sie Halldesk auf diesem Arbeitsplatz, und versuchen Sie es erneut."
    ),
    "No other machine writes as this workstation; there is nothing to put right.": (
        "Kein anderer Rechner schreibt als dieser Arbeitsplatz; es gibt nichts zu richten."
    ),
    "The key in the keyring is not the one this profile was made with. Ask an administrator for an invitation for "
    "another workstation of yours and run `halldesk recover INVITATION`; what is not sent yet is kept.": (
        "Der Schlüssel im Schlüsselbund ist nicht der dieses Profils. Bitten Sie die Administration um eine "
        "Einladung für einen weiteren Arbeitsplatz von Ihnen, und rufen Sie `halldesk recover EINLADUNG` auf; was "
        "noch nicht gesendet ist, bleibt erhalten."
    ),
    "This copy of the desk key is not for this device.": "Diese Kopie des Schlüssels ist nicht für dieses Gerät.",
    "This invitation has expired; ask for a new one.": "Diese Einladung ist abgelaufen; bitten Sie um eine neue.",
    "This invitation was used already, or withdrawn; ask for a new one.": (
        "Diese Einladung wurde schon benutzt oder zurückgezogen; bitten Sie um eine neue."
    ),
    "{where} holds another help desk than the one you were invited to; ask who invited you.": (
        "Unter {where} liegt ein anderer Helpdesk als der, zu dem Sie eingeladen sind; fragen Sie, wer Sie eingeladen "
        "hat."
    ),
    "The help desk did not let this workstation in ({why}); ask for a new invitation.": (
        "Der Helpdesk ließ diesen Arbeitsplatz nicht ein ({why}); bitten Sie um eine neue Einladung."
    ),
    "This invitation is for another help desk than {name}; ask who invited you.": (
        "Diese Einladung ist für einen anderen Helpdesk als {name}; fragen Sie, wer Sie eingeladen hat."
    ),
    "This invitation is not for the analyst of this workstation. An administrator makes one with: halldesk invite "
    '--for "NAME".': (
        "Diese Einladung ist nicht für die Person dieses Arbeitsplatzes. Die Administration macht eine mit: halldesk "
        'invite --for "NAME".'
    ),
    "The help desk did not let this workstation in ({why}); ask again.": (
        "Der Helpdesk ließ diesen Arbeitsplatz nicht ein ({why}); fragen Sie noch einmal."
    ),
    "The store is empty, but this device did not found it; ask who did.": (
        "Die Ablage ist leer, aber dieses Gerät hat sie nicht gegründet; fragen Sie, wer es war."
    ),
    "That can't be said in the shared log: {error}.": "Das lässt sich im gemeinsamen Log nicht sagen: {error}.",
    # -- work in a file -----------------------------------------------------------------------------------------------
    "Everything done on this workstation was sent; there is nothing to write.": (
        "Alles, was an diesem Arbeitsplatz getan wurde, ist gesendet; es gibt nichts zu schreiben."
    ),
    "{path} is of another help desk.": "{path} ist von einem anderen Helpdesk.",
    "{path} names a workstation that this help desk does not know.": (
        "{path} nennt einen Arbeitsplatz, den dieser Helpdesk nicht kennt."
    ),
    "{path} was not written by the workstation it names; nothing of it is taken.": (
        "{path} stammt nicht von dem Arbeitsplatz, den es nennt; nichts davon wird genommen."
    ),
    "An attachment in {path} is damaged; nothing of it is taken.": (
        "Ein Anhang in {path} ist beschädigt; nichts davon wird genommen."
    ),
    "An attachment in {path} can't be opened: {error}.": "Ein Anhang in {path} lässt sich nicht öffnen: {error}.",
    "{path} is no file that Halldesk wrote.": "{path} ist keine Datei, die Halldesk geschrieben hat.",
    "{path} is of {analyst}'s workstation, and this is another analyst's. To send that work from here: halldesk work "
    "import FILE": (
        "{path} ist vom Arbeitsplatz von {analyst}, und dieser gehört jemand anderem. Diese Arbeit von hier senden: "
        "halldesk work import DATEI"
    ),
    "{path} is damaged ({error}).": "{path} ist beschädigt ({error}).",
    "{path} is there already; name another file.": "{path} gibt es schon; nennen Sie eine andere Datei.",
    # -- places -------------------------------------------------------------------------------------------------------
    "{scheme}:// can't hold a help desk; name a folder on the drive or postgresql://USER@HOST/DATABASE.": (
        "{scheme}:// kann keinen Helpdesk halten; nennen Sie einen Ordner auf dem Laufwerk oder "
        "postgresql://BENUTZER@RECHNER/DATENBANK."
    ),
    "The URL names no database; write postgresql://USER@HOST/DATABASE.": (
        "Die URL nennt keine Datenbank; schreiben Sie postgresql://BENUTZER@RECHNER/DATENBANK."
    ),
    "{where} does not support hard links, which Halldesk needs to be safe; use another share.": (
        "{where} kann keine harten Links, die Halldesk für die Sicherheit braucht; nehmen Sie eine andere Freigabe."
    ),
    "This help desk is at {where} now, which wants a password: halldesk follow {again}": (
        "Dieser Helpdesk ist jetzt unter {where}; dort wird ein Kennwort verlangt: halldesk follow {again}"
    ),
    "No store could be made at {where}; try again.": (
        "Unter {where} ließ sich keine Ablage anlegen; versuchen Sie es noch einmal."
    ),
    "The help desk at {where} lacks entry {seq}, which this workstation has, and {old} does not answer. If it was "
    "restored there from a backup, say so (halldesk follow --restored): what is missing there is sent from here. If "
    "it moved elsewhere, name that place.": (
        "Dem Helpdesk unter {where} fehlt Eintrag {seq}, den dieser Arbeitsplatz hat, und {old} antwortet nicht. "
        "Wurde er dort aus einer Sicherung wiederhergestellt, sagen Sie es (halldesk follow --restored): Was dort "
        "fehlt, wird von hier gesendet. Ist er anderswohin umgezogen, nennen Sie diesen Ort."
    ),
    "Entry {seq} can't be read at {where} just now; your work is kept here.": (
        "Eintrag {seq} lässt sich unter {where} gerade nicht lesen; Ihre Arbeit bleibt hier."
    ),
    "{where} gives no clear answer.": "{where} gibt keine klare Antwort.",
    "{where} holds a log of this desk that went another way (up to entry {seq}); nothing was moved.": (
        "Unter {where} liegt ein Log dieses Helpdesks, das einen anderen Weg nahm (bis Eintrag {seq}); nichts wurde "
        "bewegt."
    ),
    "{what} came back from {where} otherwise than it was put there.": (
        "{what} kam von {where} anders zurück, als es hingelegt wurde."
    ),
    "Entry {seq} is missing at {where}, and this workstation never had it.": (
        "Eintrag {seq} fehlt unter {where}, und dieser Arbeitsplatz hatte ihn nie."
    ),
    "{where} holds something else as {name}; nothing more was copied.": (
        "Unter {where} liegt etwas anderes als {name}; mehr wurde nicht kopiert."
    ),
    "{name} is listed at {where} but can't be read just now.": (
        "{name} ist unter {where} aufgeführt, lässt sich aber gerade nicht lesen."
    ),
    "The pack {name} is there with other bytes; remove it from the drive.": (
        "Das Paket {name} liegt mit anderem Inhalt da; entfernen Sie es vom Laufwerk."
    ),
    "The packs do not hold all entries up to {seq}; nothing was dropped.": (
        "Die Pakete halten nicht alle Einträge bis {seq}; nichts wurde entfernt."
    ),
    "The card of the desk is not known here yet; synchronise once first.": (
        "Die Karte des Helpdesks ist hier noch nicht bekannt; gleichen Sie zuerst einmal ab."
    ),
    "{where} holds another help desk; name an empty folder.": (
        "Unter {where} liegt ein anderer Helpdesk; nennen Sie einen leeren Ordner."
    ),
    "{where} was taken by another help desk a moment ago.": "{where} hat eben ein anderer Helpdesk belegt.",
    "{where} has another entry {seq} than this workstation; name an empty folder.": (
        "Unter {where} liegt ein anderer Eintrag {seq} als hier; nennen Sie einen leeren Ordner."
    ),
    "Entry {seq} could not be put just now; run it again.": (
        "Eintrag {seq} ließ sich gerade nicht ablegen; rufen Sie es noch einmal auf."
    ),
    "{where} has no room for the snapshot ({error}).": "{where} hat keinen Platz für den Abzug ({error}).",
    "This help desk was moved to {where}; go along with: halldesk follow {again}": (
        "Dieser Helpdesk ist nach {where} umgezogen; gehen Sie mit: halldesk follow {again}"
    ),
    # -- the log as it is ---------------------------------------------------------------------------------------------
    "Entry {seq} of the shared log is damaged ({why}).": "Eintrag {seq} des gemeinsamen Logs ist beschädigt ({why}).",
    "Entry {seq} is missing in this replica; run `halldesk verify`.": (
        "Eintrag {seq} fehlt in dieser Kopie; rufen Sie `halldesk verify` auf."
    ),
    "The replica and its outbox disagree; run `halldesk verify`.": (
        "Die Kopie und ihr Ausgang stimmen nicht überein; rufen Sie `halldesk verify` auf."
    ),
    "The store at {where} was set back, and what follows can't be read here ({why}). Nothing was sent; update "
    "Halldesk or ask an administrator.": (
        "Die Ablage unter {where} wurde zurückgesetzt, und was folgt, lässt sich hier nicht lesen ({why}). Nichts "
        "wurde gesendet; aktualisieren Sie Halldesk, oder fragen Sie die Administration."
    ),
    "Entry {seq} of the shared log is damaged and no name is free to put it back under.": (
        "Eintrag {seq} des gemeinsamen Logs ist beschädigt, und kein Name ist frei, ihn wieder hinzulegen."
    ),
    "Entry {seq} is missing in the store and could not be put back just now.": (
        "Eintrag {seq} fehlt in der Ablage und ließ sich gerade nicht wieder hinlegen."
    ),
    "Entry {seq} of the shared log is another one than was read here. Nothing was packed; the next round finds out "
    "which of the two counts.": (
        "Eintrag {seq} des gemeinsamen Logs ist ein anderer als der hier gelesene. Nichts wurde gepackt; der nächste "
        "Durchgang klärt, welcher von beiden zählt."
    ),
    "The desk was set back by somebody who may not do that as far as this workstation knows. Nothing was sent or "
    "read; ask an administrator.": (
        "Den Helpdesk hat jemand zurückgesetzt, der das nach allem, was dieser Arbeitsplatz weiß, nicht darf. Nichts "
        "wurde gesendet oder gelesen; fragen Sie die Administration."
    ),
    "Entry {seq} is not kept on this workstation, so it can't be gone back to from here.": (
        "Eintrag {seq} liegt nicht an diesem Arbeitsplatz; von hier führt kein Weg dorthin zurück."
    ),
    "Who was an administrator at entry {seq} can't be told here ({error}).": (
        "Wer bei Eintrag {seq} zur Administration gehörte, lässt sich hier nicht sagen ({error})."
    ),
    "You were not an administrator on this workstation after entry {seq} yet, so nobody would follow. Let somebody set "
    "the desk back who was, or go back to a later entry.": (
        "Nach Eintrag {seq} gehörten Sie an diesem Arbeitsplatz noch nicht zur Administration; niemand ginge mit. "
        "Lassen Sie jemanden zurücksetzen, der dazugehörte, oder gehen Sie zu einem späteren Eintrag zurück."
    ),
    "Only an administrator may set the desk back.": "Zurücksetzen darf den Helpdesk nur die Administration.",
    "Entry {seq} is of an earlier epoch; the desk was set back since.": (
        "Eintrag {seq} ist aus einer früheren Epoche; der Helpdesk wurde seither zurückgesetzt."
    ),
    "The desk was set back by somebody else a moment ago.": "Den Helpdesk hat eben jemand anderes zurückgesetzt.",
    "The desk could not be set back: the store gave no clear answer. Look again.": (
        "Der Helpdesk ließ sich nicht zurücksetzen: Die Ablage gab keine klare Antwort. Sehen Sie noch einmal nach."
    ),
    "The opening of epoch {epoch} was refused: {error}. Ask who made it.": (
        "Der Beginn von Epoche {epoch} wurde nicht angenommen: {error}. Fragen Sie, wer ihn gemacht hat."
    ),
    # -- the profile's file -------------------------------------------------------------------------------------------
    "{path} can't be written; check its permissions ({error}). Your work in it is kept.": (
        "{path} lässt sich nicht schreiben; prüfen Sie die Rechte ({error}). Ihre Arbeit darin bleibt erhalten."
    ),
    "{path} can't be read ({error}); move it away and join again, the shared log has everything.": (
        "{path} lässt sich nicht lesen ({error}); legen Sie es beiseite, und treten Sie neu bei: Das gemeinsame Log "
        "hat alles."
    ),
    "{path} can't be written ({error}); choose another profile folder.": (
        "{path} lässt sich nicht schreiben ({error}); wählen Sie einen anderen Profilordner."
    ),
    "The profile could not be upgraded ({error}); it is unchanged. Make room and try again.": (
        "Das Profil ließ sich nicht heben ({error}); es ist unverändert. Schaffen Sie Platz, und versuchen Sie es "
        "noch einmal."
    ),
    "The profile could not be upgraded: references were lost. It is unchanged; tell us.": (
        "Das Profil ließ sich nicht heben: Verweise gingen verloren. Es ist unverändert; melden Sie es uns."
    ),
    "The profile could not be upgraded: the copy is damaged. It is unchanged.": (
        "Das Profil ließ sich nicht heben: Die Kopie ist beschädigt. Es ist unverändert."
    ),
    "The profile could not be upgraded ({error}); it is unchanged. Tell us.": (
        "Das Profil ließ sich nicht heben ({error}); es ist unverändert. Melden Sie es uns."
    ),
    "{path} is not a Halldesk replica; choose another profile folder.": (
        "{path} ist keine Kopie von Halldesk; wählen Sie einen anderen Profilordner."
    ),
    "This profile was opened by a newer Halldesk; update Halldesk on this workstation.": (
        "Dieses Profil hat ein neueres Halldesk geöffnet; aktualisieren Sie Halldesk an diesem Arbeitsplatz."
    ),
    "{where} is how {system} names a folder; name it as this PC reaches it.": (
        "So nennt {system} einen Ordner: {where}; nennen Sie ihn, wie dieser PC ihn erreicht."
    ),
    "Say where the help desk is: a folder on the drive, or postgresql://USER@HOST/DATABASE.": (
        "Sagen Sie, wo der Helpdesk ist: ein Ordner auf dem Laufwerk oder postgresql://BENUTZER@RECHNER/DATENBANK."
    ),
    "{where} is a file; name a folder.": "{where} ist eine Datei; nennen Sie einen Ordner.",
    "This PC does not reach {where}, where the help desk is. Connect the drive; where this PC reaches it by another "
    "name, give that too: halldesk join INVITATION --at WHERE": (
        "Dieser PC erreicht {where} nicht, wo der Helpdesk ist. Verbinden Sie das Laufwerk; erreicht dieser PC es "
        "unter einem anderen Namen, geben Sie auch den an: halldesk join EINLADUNG --at ORT"
    ),
    "There is no folder {where}. Connect the drive, or make the folder first, writable for everybody who works at the "
    "help desk.": (
        "Den Ordner {where} gibt es nicht. Verbinden Sie das Laufwerk, oder legen Sie den Ordner zuerst an, mit "
        "Schreibrecht für alle, die am Helpdesk arbeiten."
    ),
    "The keyring that is set up on this machine can't be loaded ({error}); correct PYTHON_KEYRING_BACKEND or "
    "keyringrc.cfg, or name a file for the keys with --key-file FILE.": (
        "Der auf diesem Rechner eingestellte Schlüsselbund lässt sich nicht laden ({error}); berichtigen Sie "
        "PYTHON_KEYRING_BACKEND oder keyringrc.cfg, oder nennen Sie mit --key-file DATEI eine Datei für die Schlüssel."
    ),
    # -- files that a person named -------------------------------------------------------------------------------------
    "{path} is a folder; name a file in it.": "{path} ist ein Ordner; nennen Sie eine Datei darin.",
    "There is no folder {folder}; make it first, or name another place for {name}.": (
        "Den Ordner {folder} gibt es nicht; legen Sie ihn erst an, oder nennen Sie einen anderen Ort für {name}."
    ),
    "The disk with {path} is full; make room, or name another place. Nothing was written.": (
        "Die Platte mit {path} ist voll; schaffen Sie Platz, oder nennen Sie einen anderen Ort. Es wurde nichts "
        "geschrieben."
    ),
    "{path} can't be written; check its permissions, or name another place.": (
        "{path} lässt sich nicht schreiben; prüfen Sie die Rechte, oder nennen Sie einen anderen Ort."
    ),
    "{path} can't be written ({error}); name another place.": (
        "{path} lässt sich nicht schreiben ({error}); nennen Sie einen anderen Ort."
    ),
    "{path} is no text in UTF-8; save it as that, and try again.": (
        "{path} ist kein Text in UTF-8; speichern Sie ihn so, und versuchen Sie es erneut."
    ),
    "{path} is damaged, or another kind of file; name the right one.": (
        "{path} ist beschädigt oder eine andere Art von Datei; nennen Sie die richtige."
    ),
    "There is no file {path}.": "Die Datei {path} gibt es nicht.",
    "{path} can't be read; check its permissions.": "{path} lässt sich nicht lesen; prüfen Sie die Rechte.",
    "{path} can't be read ({error}); try again, or take another copy of it.": (
        "{path} lässt sich nicht lesen ({error}); versuchen Sie es erneut, oder nehmen Sie eine andere Kopie."
    ),
    "{path} is no whole backup: its end is missing, or it is another kind of file. Take another copy of it.": (
        "{path} ist keine ganze Sicherung: Ihr Ende fehlt, oder es ist eine andere Art von Datei. Nehmen Sie eine "
        "andere Kopie."
    ),
    # -- databases ----------------------------------------------------------------------------------------------------
    "Something in the mirror's database depends on a table that changes ({error}).": (
        "In der Datenbank des Spiegels hängt etwas von einer Tabelle ab, die sich ändert ({error})."
    ),
    "This login may not write the mirror in {where} ({error}).": (
        "Diese Anmeldung darf den Spiegel in {where} nicht schreiben ({error})."
    ),
    "{where} mirrors another help desk; name another database.": (
        "{where} spiegelt einen anderen Helpdesk; nennen Sie eine andere Datenbank."
    ),
    "Work of this workstation is not in the log yet; the mirror waits for it.": (
        "Arbeit dieses Arbeitsplatzes ist noch nicht im Log; der Spiegel wartet darauf."
    ),
    "The database {where} refused ({error}); ask its administrator.": (
        "Die Datenbank {where} lehnt ab ({error}); fragen Sie, wer sie verwaltet."
    ),
    "The database role lacks a right in {where} ({error}); ask its administrator to grant it halldesk_client.": (
        "Der Rolle fehlt in {where} ein Recht ({error}); wer die Datenbank verwaltet, gibt ihr halldesk_client."
    ),
    "The database {where} is full; make room on its disk. Your work is kept here and sent later.": (
        "Die Datenbank {where} ist voll; schaffen Sie Platz auf ihrer Platte. Ihre Arbeit bleibt hier und wird "
        "später gesendet."
    ),
    "The database {where} takes no changes now: it is a standby. Your work is kept here and sent later.": (
        "Die Datenbank {where} nimmt gerade keine Änderungen an: Sie ist eine Reserve. Ihre Arbeit bleibt hier und "
        "wird später gesendet."
    ),
    "The database {where} lets nobody of that name in from here without TLS; ask its administrator ({error}).": (
        "Die Datenbank {where} lässt von hier ohne TLS niemanden dieses Namens ein; fragen Sie, wer sie verwaltet "
        "({error})."
    ),
    "The database {where} lets nobody of that name in from here; ask its administrator ({error}).": (
        "Die Datenbank {where} lässt von hier niemanden dieses Namens ein; fragen Sie, wer sie verwaltet ({error})."
    ),
    "The database {where} did not prove who it is, so nothing was sent: {error}. Check sslrootcert and the host's "
    "name.": (
        "Die Datenbank {where} hat nicht bewiesen, wer sie ist; nichts wurde gesendet: {error}. Prüfen Sie "
        "sslrootcert und den Namen des Rechners."
    ),
    "No TLS connection to the database {where}: {error}. Ask its administrator for TLS, or write sslmode=disable "
    "where the network is trusted.": (
        "Keine TLS-Verbindung zur Datenbank {where}: {error}. Bitten Sie um TLS, oder schreiben Sie sslmode=disable, "
        "wo das Netz vertrauenswürdig ist."
    ),
    "The database {where} wants the password in clear without having shown who it is; use sslmode=verify-full.": (
        "Die Datenbank {where} will das Kennwort im Klartext, ohne gezeigt zu haben, wer sie ist; nehmen Sie "
        "sslmode=verify-full."
    ),
}
