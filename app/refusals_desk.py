"""Refusals around the desk: records, people and workstations, articles, reports, mail, keys, moving, profiles; English
template -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

DESK: Final[dict[str, str]] = {
    # -- records ------------------------------------------------------------------------------------------------------
    "Something still refers to it, or what it refers to is gone.": (
        "Etwas verweist noch darauf, oder worauf es verweist, gibt es nicht mehr."
    ),
    "Another {table} has this {column} already.": "{table}: {column} ist schon vergeben.",
    "The same {what} stands there twice.": "{what}: Dasselbe steht zweimal da.",
    "{name} can't belong to something that belongs to it.": "{name} kann nicht zu etwas gehören, das zu ihm gehört.",
    "A queue can't hand on to itself.": "Eine Warteschlange kann nicht an sich selbst weitergeben.",
    "You can't take your own administration away; another administrator can.": (
        "Ihre eigenen Rechte als Administration können Sie sich nicht nehmen; jemand anderes aus der Administration "
        "kann es."
    ),
    "{field} is missing.": "{field} fehlt.",
    '"{code}" is not a language; write a code like de or en.': (
        "„{code}“ ist keine Sprache; schreiben Sie ein Kürzel wie de oder en."
    ),
    "Something still refers to it; put that right first.": (
        "Etwas verweist noch darauf; bringen Sie das zuerst in Ordnung."
    ),
    "{field} is a number from {least} to {most}.": "{field} ist eine Zahl von {least} bis {most}.",
    "{field} is one of: {known}.": "{field} ist eines von: {known}.",
    "{name} can't be removed: a {other} refers to it.": "{name} lässt sich nicht entfernen: {other} verweist darauf.",
    "There is no {table} to look after; use one of: {known}.": "{table} gibt es nicht zu pflegen; es gibt: {known}.",
    "There is no {table} named {name}; there are: {near}.": "{table}: {name} gibt es nicht; es gibt: {near}.",
    "There is no {table} named {name}.": "{table}: {name} gibt es nicht.",
    # -- people and workstations --------------------------------------------------------------------------------------
    "There is no device {name}; `halldesk device list` shows them.": (
        "Es gibt keinen Arbeitsplatz {name}; `halldesk device list` zählt sie auf."
    ),
    "There is no open invitation for {name}; `halldesk invitation list` shows them.": (
        "Für {name} gibt es keine offene Einladung; `halldesk invitation list` zählt sie auf."
    ),
    "There are several devices called {name}; name one by its id: {near}.": (
        "Mehrere Arbeitsplätze heißen {name}; nennen Sie einen nach seiner Kennung: {near}."
    ),
    "There are several open invitations for {name}; name one by its id: {near}.": (
        "Für {name} gibt es mehrere offene Einladungen; nennen Sie eine nach ihrer Kennung: {near}."
    ),
    "The desk key could not be changed ({why}); try again.": (
        "Der Schlüssel des Helpdesks konnte nicht gewechselt werden ({why}); versuchen Sie es noch einmal."
    ),
    "Say who is invited: --name NAME.": "Sagen Sie, wer eingeladen wird.",
    "There is no role {role}; use one of: {known}.": "Es gibt keine Rolle {role}; es gibt: {known}.",
    'There is an analyst called {name} already. For another workstation of {again} say --for "{option}"; for somebody '
    "else choose a name that tells them apart.": (
        "Jemanden namens {name} gibt es schon. Für einen weiteren Arbeitsplatz von {again} sagen Sie --for "
        "„{option}“; für "
        "jemand anderen wählen Sie einen Namen, der beide unterscheidet."
    ),
    "Only an active analyst gets another workstation.": "Nur wer hier arbeitet, bekommt einen weiteren Arbeitsplatz.",
    "An invitation opens for 1 to {most} days.": "Eine Einladung gilt 1 bis {most} Tage.",
    "The invitation could not be made ({why}); try again.": (
        "Die Einladung konnte nicht gemacht werden ({why}); versuchen Sie es noch einmal."
    ),
    "The invitation for {name} is not open: it was {state}.": "Die Einladung für {name} ist nicht offen: {state}.",
    "Say what the workstation is called.": "Sagen Sie, wie der Arbeitsplatz heißt.",
    "{name} of {analyst} was revoked already.": "{name} von {analyst} ist schon gesperrt.",
    "This is the workstation you sit at; revoke it from another one.": (
        "Das ist der Arbeitsplatz, an dem Sie sitzen; sperren Sie ihn von einem anderen aus."
    ),
    "That is the last workstation of an administrator; make another administrator first.": (
        "Das ist der letzte Arbeitsplatz der Administration; machen Sie zuerst jemand anderen dazu."
    ),
    "A new desk key waits to be sent already.": "Ein neuer Schlüssel wartet schon darauf, gesendet zu werden.",
    # -- the desk, its keys and its profile ---------------------------------------------------------------------------
    'Say how the desk is called and who founds it: --name "IT desk" --as "Anna Kern".': (
        "Sagen Sie, wie der Helpdesk heißt und wer ihn gründet."
    ),
    "There is a help desk at {where} already; ask its administrator for an invitation.": (
        "Unter {where} gibt es schon einen Helpdesk; bitten Sie dessen Administration um eine Einladung."
    ),
    "There is no help desk at {where}; is the drive connected under that name?": (
        "Unter {where} gibt es keinen Helpdesk; ist das Laufwerk unter diesem Namen verbunden?"
    ),
    "This workstation's key is missing from the keyring. Ask an administrator for an invitation for another "
    "workstation "
    "of yours (`halldesk invite --for`) and run `halldesk recover INVITATION` here; what is not sent yet is kept.": (
        "Der Schlüssel dieses Arbeitsplatzes fehlt im Schlüsselbund. Bitten Sie die Administration um eine Einladung "
        "für "
        "einen weiteren Arbeitsplatz von Ihnen (`halldesk invite --for`), und rufen Sie hier `halldesk recover "
        "EINLADUNG` "
        "auf; was noch nicht gesendet ist, bleibt erhalten."
    ),
    "{where} is a folder and has no password.": "{where} ist ein Ordner und hat kein Kennwort.",
    "Only an administrator may give up what is damaged or missing; ask one.": (
        "Was beschädigt ist oder fehlt, gibt nur die Administration auf; bitten Sie sie darum."
    ),
    "Only an administrator may upgrade the store; ask one.": (
        "Nur die Administration darf die gemeinsame Ablage auf einen neuen Stand bringen; bitten Sie sie darum."
    ),
    "Somebody founded a help desk at {where} a moment ago; ask for an invitation.": (
        "Unter {where} hat gerade jemand einen Helpdesk gegründet; bitten Sie um eine Einladung."
    ),
    "This profile was copied from another machine, and two machines must not write as one. Ask an administrator for an "
    "invitation (halldesk invite --for), join with another --profile, and bring what was not sent along: halldesk "
    "backup "
    "FILE here, halldesk restore FILE --work there.": (
        "Dieses Profil wurde von einem anderen Rechner kopiert, und zwei Rechner dürfen nicht als einer schreiben. "
        "Bitten "
        "Sie die Administration um eine Einladung (halldesk invite --for), treten Sie mit einem anderen --profile "
        "bei, und "
        "nehmen Sie mit, was nicht gesendet ist: hier halldesk backup DATEI, dort halldesk restore DATEI --work."
    ),
    "The card of the help desk in {path} is damaged. Take another copy of it, or run `halldesk rebuild-share` on a "
    "workstation of the desk.": (
        "Die Karte des Helpdesks in {path} ist beschädigt. Nehmen Sie eine andere Kopie, oder rufen Sie auf einem "
        "Arbeitsplatz des Helpdesks `halldesk rebuild-share` auf."
    ),
    "A name has at most {most} characters; this one has {count}.": (
        "Ein Name hat höchstens {most} Zeichen; dieser hat {count}."
    ),
    "Only what is old enough is dropped: --days is 0 or more.": (
        "Nur was alt genug ist, wird weggelassen: --days ist 0 oder mehr."
    ),
    "Only a supervisor or an administrator may mirror what is private.": (
        "Nur ein Supervisor oder die Administration darf Vertrauliches spiegeln."
    ),
    "Only an administrator may move a help desk.": "Nur die Administration darf einen Helpdesk umziehen.",
    "This help desk is at {where} already.": "Dieser Helpdesk ist schon unter {where}.",
    "Work of this workstation is not sent yet; synchronise, then move.": (
        "Arbeit dieses Arbeitsplatzes ist noch nicht gesendet; gleichen Sie ab, und ziehen Sie dann um."
    ),
    "There is no help desk at {where}.": "Unter {where} gibt es keinen Helpdesk.",
    "{where} holds another help desk ({name}); name another place.": (
        "Unter {where} liegt ein anderer Helpdesk ({name}); nennen Sie einen anderen Ort."
    ),
    "The move did not come into the log; look at the changes that need you.": (
        "Der Umzug ist nicht ins Log gekommen; sehen Sie nach den Änderungen, die Sie brauchen."
    ),
    "This machine has no system keyring; name a file for the keys with --key-file FILE (or HALLDESK_KEY_FILE).": (
        "Dieser Rechner hat keinen Schlüsselbund; nennen Sie mit --key-file DATEI (oder HALLDESK_KEY_FILE) eine Datei "
        "für "
        "die Schlüssel."
    ),
    "The keyring did not answer ({error}); unlock it and try again.": (
        "Der Schlüsselbund antwortet nicht ({error}); schließen Sie ihn auf, und versuchen Sie es noch einmal."
    ),
    "The key file {path} can't be read ({error}); check its permissions.": (
        "Die Schlüsseldatei {path} lässt sich nicht lesen ({error}); prüfen Sie ihre Rechte."
    ),
    "The key file {path} is damaged. Put a copy of it back, or move it away and come back with an invitation for "
    "another workstation of yours: halldesk recover INVITATION": (
        "Die Schlüsseldatei {path} ist beschädigt. Legen Sie eine Kopie von ihr zurück, oder räumen Sie sie beiseite "
        "und kommen Sie mit einer Einladung für einen weiteren Arbeitsplatz zurück: halldesk recover EINLADUNG"
    ),
    "The key file can't be kept: {why}": "Die Schlüsseldatei lässt sich nicht aufheben: {why}",
    "The profile {folder} belongs to no help desk yet; run `halldesk found` or `halldesk join` first.": (
        "Das Profil {folder} gehört noch zu keinem Helpdesk; gründen Sie einen, oder treten Sie einem bei."
    ),
    "The profile {folder} already belongs to a help desk; name another one with --profile.": (
        "Das Profil {folder} gehört schon zu einem Helpdesk; nennen Sie mit --profile ein anderes."
    ),
    "{folder} is on a network drive; a profile needs a local disk. Name another with --profile.": (
        "{folder} liegt auf einem Netzlaufwerk; ein Profil braucht eine eigene Platte. Nennen Sie mit --profile ein "
        "anderes."
    ),
    "{path} can't be read ({error}); remove it or restore it from a backup.": (
        "{path} lässt sich nicht lesen ({error}); entfernen Sie die Datei, oder holen Sie sie aus einer Sicherung."
    ),
    "{folder} can't be written ({error}); name another profile folder.": (
        "{folder} lässt sich nicht beschreiben ({error}); nennen Sie einen anderen Ordner für das Profil."
    ),
    # -- backup and root key ------------------------------------------------------------------------------------------
    "There is no file {path}.": "Es gibt keine Datei {path}.",
    "{path} holds no work of a workstation.": "{path} enthält keine Arbeit eines Arbeitsplatzes.",
    "{path} is a backup of another help desk.": "{path} ist die Sicherung eines anderen Helpdesks.",
    "{where} holds another help desk.": "Unter {where} liegt ein anderer Helpdesk.",
    "{path} holds no help desk.": "{path} enthält keinen Helpdesk.",
    "The work in {path} can't be opened: {error}.": "Die Arbeit in {path} lässt sich nicht öffnen: {error}.",
    "The root key is on the workstation that founded the desk only; export it there.": (
        "Der Wurzelschlüssel liegt nur auf dem Arbeitsplatz, der den Helpdesk gegründet hat; sichern Sie ihn dort."
    ),
    "A passphrase has at least {least} characters; several words are easy to keep.": (
        "Ein Kennsatz hat mindestens {least} Zeichen; mehrere Wörter merkt man sich leicht."
    ),
    "That is the root key of another help desk.": "Das ist der Wurzelschlüssel eines anderen Helpdesks.",
    "The analyst of this workstation is an administrator already.": (
        "Wer an diesem Arbeitsplatz sitzt, gehört schon zur Administration."
    ),
    "The appointment did not count ({why}).": "Die Ernennung zählte nicht ({why}).",
    "{path} is there already; name a new file.": "{path} gibt es schon; nennen Sie eine neue Datei.",
    "{path} holds the root key of another help desk.": "{path} enthält den Wurzelschlüssel eines anderen Helpdesks.",
    "The passphrase is wrong, or the file was altered.": "Der Kennsatz ist falsch, oder die Datei wurde verändert.",
    "{path} holds no root key, or is damaged; name the file that `halldesk root-key export` made.": (
        "{path} enthält keinen Wurzelschlüssel oder ist beschädigt; nennen Sie die Datei, die `halldesk root-key "
        "export` gemacht hat."
    ),
    # -- articles -----------------------------------------------------------------------------------------------------
    "An article needs a title; say what it helps with.": (
        "Ein Artikel braucht einen Titel; sagen Sie, wobei er hilft."
    ),
    "There is no audience {audience}; use one of {known}.": "Es gibt keinen Leserkreis {audience}; es gibt: {known}.",
    'An article is in a language; name it ("en", "de").': (
        "Ein Artikel ist in einer Sprache; nennen Sie sie („en“, „de“)."
    ),
    "{fields} can't be changed here; one of {known} can.": (
        "{fields} lässt sich hier nicht ändern; das geht bei: {known}."
    ),
    "There is no state {state}; use one of {known}.": "Es gibt keinen Stand {state}; es gibt: {known}.",
    "This article is not here any more.": "Diesen Artikel gibt es nicht mehr.",
    "This article is {state} already.": "Dieser Artikel ist schon im Stand „{state}“.",
    "An {old} article is looked at again before it is {state}; make it generic or reviewed first.": (
        "Ein Artikel im Stand „{old}“ wird noch einmal angesehen, bevor er „{state}“ wird; machen Sie ihn zuerst "
        "„verallgemeinert“ oder „geprüft“."
    ),
    "Only a supervisor publishes an article or takes a published one back; ask for it.": (
        "Nur ein Supervisor veröffentlicht einen Artikel oder zieht einen veröffentlichten zurück; bitten Sie darum."
    ),
    "This version is not one of this article.": "Diese Fassung gehört nicht zu diesem Artikel.",
    "This file is not part of an article any more.": "Diese Datei gehört zu keinem Artikel mehr.",
    "This article is published: its words are changed by its owner, all else by a supervisor.": (
        "Dieser Artikel ist veröffentlicht: Seine Worte ändert, wem er gehört, alles andere ein Supervisor."
    ),
    "Somebody changed the same words ({fields}) meanwhile; look at both and save again.": (
        "Jemand hat inzwischen dieselben Worte geändert ({fields}); sehen Sie sich beide an, und speichern Sie noch "
        "einmal."
    ),
    "There is no article {name} here; look with `halldesk article list`, or sync first.": (
        "Hier gibt es keinen Artikel {name}; suchen Sie ihn, oder gleichen Sie zuerst ab."
    ),
    "{count} articles are called {name}; name it by its id, see `halldesk article list`.": (
        "{count} Artikel heißen {name}; nennen Sie ihn nach seiner Kennung, siehe `halldesk article list`."
    ),
    "{word} is not in the team's dictionary; see `halldesk article words`.": (
        "{word} steht nicht im Wörterbuch des Teams; siehe `halldesk article words`."
    ),
    "Say whose articles: a site for departments names at least one.": (
        "Sagen Sie, wessen Artikel: Seiten für Abteilungen nennen wenigstens eine."
    ),
    "Every {hours} hours is not possible; take {least} to {most}.": (
        "Alle {hours} Stunden geht nicht; nehmen Sie {least} bis {most}."
    ),
    "Every page says whom to call; name the desk's number.": (
        "Jede Seite sagt, wen man anruft; nennen Sie die Nummer des Helpdesks."
    ),
    "Name the folder in full (as in /mnt/it/help or X:\\help); every workstation writes there.": (
        "Nennen Sie den ganzen Ordner (wie /mnt/it/help oder X:\\help); jeder Arbeitsplatz schreibt dorthin."
    ),
    "No site is set for {whom}; see `halldesk article sites`.": (
        "Für {whom} sind keine Seiten eingerichtet; siehe `halldesk article sites`."
    ),
    "Only an administrator says which pages are exported by themselves; ask for it.": (
        "Nur die Administration legt fest, welche Seiten von selbst ausgegeben werden; bitten Sie darum."
    ),
    "{path} has no .md, .html or .csv file.": "In {path} ist keine Datei .md, .html oder .csv.",
    "{path} is not there; name a folder, an archive or a file.": (
        "{path} gibt es nicht; nennen Sie einen Ordner, ein Archiv oder eine Datei."
    ),
    "{path} can't be read ({error}); nothing was imported.": (
        "{path} lässt sich nicht lesen ({error}); nichts wurde eingelesen."
    ),
    "{folder} can't be written ({error}); name another folder.": (
        "{folder} lässt sich nicht beschreiben ({error}); nennen Sie einen anderen Ordner."
    ),
    'Say whose articles: --audience departments --department "Production hall 1".': (
        "Sagen Sie, wessen Artikel: nennen Sie eine Abteilung."
    ),
    "{folder} can't be written ({error}); what is there can still be read. Try again later.": (
        "{folder} lässt sich nicht beschreiben ({error}); was dort ist, bleibt lesbar. Versuchen Sie es später noch "
        "einmal."
    ),
    "{path} can't be read ({error}); name an empty folder for the site.": (
        "{path} lässt sich nicht lesen ({error}); nennen Sie einen leeren Ordner für die Seiten."
    ),
    "{folder} has other things in it; name a new or an empty folder for the site.": (
        "In {folder} liegt anderes; nennen Sie einen neuen oder leeren Ordner für die Seiten."
    ),
    # -- figures and reports ------------------------------------------------------------------------------------------
    "{path} can't be written ({error}); name another file.": (
        "{path} lässt sich nicht schreiben ({error}); nennen Sie eine andere Datei."
    ),
    "{path} can't be written ({reason}); choose another folder or close the program that shows it.": (
        "{path} lässt sich nicht schreiben ({reason}); wählen Sie einen anderen Ordner, oder schließen Sie das "
        "Programm, "
        "das die Datei zeigt."
    ),
    "The span ends before it begins; --from is the earlier day.": (
        "Der Zeitraum endet, bevor er beginnt; nennen Sie zuerst den früheren Tag."
    ),
    "{until} is before {since}; --from names the earlier day.": (
        "{until} liegt vor {since}; nennen Sie zuerst den früheren Tag."
    ),
    "80/20 is counted by department or by product.": "80/20 wird nach Abteilung oder nach Produkt gezählt.",
    "No article is called like “{article}”; name its title.": (
        "Kein Artikel heißt wie „{article}“; nennen Sie seinen Titel."
    ),
    "More than one article is called like “{article}”; name its title.": (
        "Mehr als ein Artikel heißt wie „{article}“; nennen Sie seinen Titel."
    ),
    "“{title}” was never published, so it has no effect yet.": (
        "„{title}“ wurde nie veröffentlicht und wirkt daher noch nicht."
    ),
    "“{title}” names no product; without one there is nothing to compare.": (
        "„{title}“ nennt kein Produkt; ohne eines ist nichts zu vergleichen."
    ),
    "There is no such {kind}; name one that `halldesk report weekly --help` asks for.": (
        "{kind}: Das gibt es nicht; nennen Sie eine, nach der `halldesk report weekly --help` fragt."
    ),
    "{name} was no department's dedicated analyst on {day}; choose another edition.": (
        "{name} war am {day} für keine Abteilung die feste Ansprechperson; wählen Sie eine andere Ausgabe."
    ),
    "Of this report only the figures were kept; make it again to see its pages.": (
        "Von diesem Bericht sind nur die Zahlen aufbewahrt; machen Sie ihn noch einmal, um die Seiten zu sehen."
    ),
    "Less than a day has passed since then; there is nothing to compare yet.": (
        "Seitdem ist noch kein Tag vergangen; es gibt noch nichts zu vergleichen."
    ),
    "The printer does not take it; choose another one, or save the pages as a file.": (
        "Der Drucker nimmt es nicht an; wählen Sie einen anderen, oder speichern Sie die Seiten als Datei."
    ),
    "No printer is set up on this computer. Set one up in Windows, or save the pages as a file.": (
        "Auf diesem Rechner ist kein Drucker eingerichtet. Richten Sie in Windows einen ein, oder speichern Sie die "
        "Seiten als Datei."
    ),
    "No mail account is set up on this workstation; see `halldesk mail setup --help`.": (
        "Auf diesem Arbeitsplatz ist kein Mailkonto eingerichtet; siehe `halldesk mail setup --help`."
    ),
    "The week {week} has not begun yet; choose {latest} or an earlier one.": (
        "Die Woche {week} hat noch nicht begonnen; wählen Sie {latest} oder eine frühere."
    ),
    # -- mail ---------------------------------------------------------------------------------------------------------
    "“{text}” is no e-mail address.": "„{text}“ ist keine E-Mail-Adresse.",
    "A message goes to somebody; name at least one address.": (
        "Eine Nachricht geht an jemanden; nennen Sie wenigstens eine Adresse."
    ),
    "The mail account's password is missing; set it up again.": (
        "Das Kennwort des Mailkontos fehlt; richten Sie das Konto neu ein."
    ),
    "The message went out, but not to {who}: the server refused these.": (
        "Die Nachricht ist gesendet, aber nicht an {who}: Diese Adressen lehnte der Server ab."
    ),
    "A mail server has a name and a port between 1 and 65535.": (
        "Ein Mailserver hat einen Namen und einen Port zwischen 1 und 65535."
    ),
    "The security of a mail server is one of: {known}.": "Die Sicherheit eines Mailservers ist eines von: {known}.",
    "A password is not sent over an open line; choose starttls or tls.": (
        "Ein Kennwort geht nicht über eine offene Leitung; wählen Sie starttls oder tls."
    ),
    "The mail account of this profile is damaged; set it up again.": (
        "Das Mailkonto dieses Profils ist beschädigt; richten Sie es neu ein."
    ),
    "This message can't be sent ({error}).": "Diese Nachricht lässt sich nicht senden ({error}).",
    "The mail server does not accept user and password; set the account up again.": (
        "Der Mailserver nimmt Benutzer und Kennwort nicht an; richten Sie das Konto neu ein."
    ),
    "The mail server refuses {who}; check the addresses.": "Der Mailserver lehnt {who} ab; prüfen Sie die Adressen.",
    "The mail server refused the message ({said}).": "Der Mailserver hat die Nachricht abgelehnt ({said}).",
    "The mail server {host} can't be reached ({error}); check name, port and security.": (
        "Der Mailserver {host} ist nicht erreichbar ({error}); prüfen Sie Name, Port und Sicherheit."
    ),
    "{file} is too large to be sent; save it and share the folder.": (
        "{file} ist zu groß zum Senden; speichern Sie die Datei, und teilen Sie den Ordner."
    ),
    "The help desk changed its key after this invitation was made; ask for a new one.": (
        "Der Helpdesk hat seinen Schlüssel gewechselt, nachdem diese Einladung gemacht wurde; bitten Sie um eine neue."
    ),
    # -- pages for the halls ------------------------------------------------------------------------------------------
    "{folder} is not reachable from here, or has no pages yet.": (
        "{folder} ist von hier nicht erreichbar oder hat noch keine Seiten."
    ),
    "{folder} is a place of another system; export it from a workstation that knows it.": (
        "{folder} ist ein Ort eines anderen Systems; exportieren Sie ihn von einem Arbeitsplatz, der ihn kennt."
    ),
}
