"""Words of the doctor about a folder (db.doctor): what each check is called, what its outcome means and what to do; key
-> (English, German). Those about a database are in app.texts_doctor_database. See app.texts."""

from __future__ import annotations

from typing import Final

DOCTOR: Final[dict[str, tuple[str, str]]] = {
    # -- figures ------------------------------------------------------------------------------------------------------
    "doctor.unit.races": ("{n} races", "{n} Wettläufe"),
    "doctor.unit.characters": ("{n} characters", "{n} Zeichen"),
    "doctor.unit.free": ("{n} GB free", "{n} GB frei"),
    "doctor.unit.s": ("{n} s", "{n} s"),
    "doctor.unit.ms": ("{n} ms", "{n} ms"),
    # -- what comes of it all: app.doctor.verdict ----------------------------------------------------------------------
    "doctor.verdict.fit": ("A help desk can be kept here.", "Hier kann ein Helpdesk liegen."),
    "doctor.verdict.in use": (
        "The help desk “{name}” is here and can be used from this PC.",
        "Der Helpdesk „{name}“ ist hier und von diesem PC aus benutzbar.",
    ),
    "doctor.verdict.not reached": ("The folder is not reached.", "Der Ordner ist nicht erreichbar."),
    "doctor.verdict.not allowed": (
        "You can't work in this folder yet.",
        "In diesem Ordner können Sie noch nicht arbeiten.",
    ),
    "doctor.verdict.own copy": (
        "The folder is good, but not the place of this PC's own copy.",
        "Der Ordner ist gut, nicht aber der Ort der eigenen Kopie dieses PCs.",
    ),
    "doctor.verdict.no room": (
        "There is no room left here; until some is made, work is kept on each PC.",
        "Hier ist kein Platz mehr; bis welcher geschaffen ist, bleibt die Arbeit auf jedem PC.",
    ),
    "doctor.verdict.unfit": (
        "A help desk must not be kept here.",
        "Hier darf kein Helpdesk liegen.",
    ),
    "doctor.verdict.database not reached": ("The database is not reached.", "Die Datenbank ist nicht erreichbar."),
    "doctor.verdict.database locked": (
        "The database does not let this login in yet.",
        "Die Datenbank lässt diese Anmeldung noch nicht ein.",
    ),
    "doctor.verdict.database not allowed": (
        "This login can't work in the database yet.",
        "Mit dieser Anmeldung kann in der Datenbank noch nicht gearbeitet werden.",
    ),
    "doctor.verdict.database unfit": (
        "The database can't keep a help desk as it is now.",
        "In diesem Zustand kann die Datenbank keinen Helpdesk aufnehmen.",
    ),
    # -- reach --------------------------------------------------------------------------------------------------------
    "doctor.reach": ("Reaching the folder", "Ordner erreichen"),
    "doctor.reach.good": ("The folder answers.", "Der Ordner antwortet."),
    "doctor.reach.missing": (
        "There is no such folder, only {parent}. Check the spelling and that the drive is connected; for a new help "
        "desk, make the folder first.",
        "Diesen Ordner gibt es nicht, nur {parent}. Schreibweise prüfen und ob das Laufwerk verbunden ist; für einen "
        "neuen Helpdesk den Ordner zuerst anlegen.",
    ),
    "doctor.reach.file": (
        "This is a file, not a folder. Name the folder the help desk shall lie in.",
        "Das ist eine Datei, kein Ordner. Den Ordner nennen, in dem der Helpdesk liegen soll.",
    ),
    "doctor.reach.unreachable": (
        "The drive does not answer. Check its name and that you are in the company's network (VPN), then check again.",
        "Das Laufwerk antwortet nicht. Seinen Namen prüfen und ob Sie im Firmennetz sind (VPN), dann erneut prüfen.",
    ),
    "doctor.reach.relative": (
        "This is not a whole path. Write it from the beginning: the server, the drive or the first folder.",
        "Das ist kein ganzer Pfad. Ihn von vorn schreiben: ab dem Server, dem Laufwerk oder dem ersten Ordner.",
    ),
    "doctor.reach.of Windows": (
        "This is how Windows names it. Connect the server's folder on this PC, then name where it is connected, such "
        "as /mnt/helpdesk.",
        "So nennt ihn Windows. Den Ordner des Servers auf diesem PC verbinden, dann nennen, wo er verbunden ist, etwa "
        "/mnt/helpdesk.",
    ),
    "doctor.reach.of Linux": (
        "This is how Linux names it. Name it as this PC reaches it, such as \\\\server\\share\\helpdesk.",
        "So nennt ihn Linux. Ihn nennen, wie dieser PC ihn erreicht, etwa \\\\server\\freigabe\\helpdesk.",
    ),
    "doctor.reach.of a file manager": (
        "This is how a file manager names it ({scheme}://). Connect the server's folder with the system's own SMB or "
        "NFS, then name that folder.",
        "So nennt ihn ein Dateiverwalter ({scheme}://). Den Ordner des Servers mit SMB oder NFS des Systems "
        "verbinden, dann diesen Ordner nennen.",
    ),
    # -- drive --------------------------------------------------------------------------------------------------------
    "doctor.drive": ("Kind of drive", "Art des Laufwerks"),
    "doctor.drive.local": (
        "A local disk: safe, but only people on this PC reach it unless it is shared.",
        "Eine lokale Platte: sicher, aber nur von diesem PC erreichbar, wenn sie nicht freigegeben ist.",
    ),
    "doctor.drive.network": ("A network drive.", "Ein Netzlaufwerk."),
    "doctor.drive.imitated": (
        "This drive is imitated by a program ({kind}), which may overwrite what a colleague just wrote. Connect the "
        "server's folder with the system's own SMB or NFS instead.",
        "Dieses Laufwerk ahmt ein Programm nach ({kind}); es kann überschreiben, was andere gerade schrieben. Den "
        "Ordner des Servers stattdessen mit SMB oder NFS des Systems verbinden.",
    ),
    "doctor.drive.memory": (
        "This folder lies in memory and is empty after a restart. Good for a trial only.",
        "Dieser Ordner liegt im Arbeitsspeicher und ist nach einem Neustart leer. Nur zum Ausprobieren.",
    ),
    "doctor.drive.loose": (
        "It is connected with options that delay or lose what others write ({options}). Connect it without them.",
        "Es ist mit Optionen verbunden, die Änderungen anderer verzögern oder verlieren ({options}). Ohne sie "
        "verbinden.",
    ),
    # -- copies -------------------------------------------------------------------------------------------------------
    "doctor.copies": ("Not copied by a product", "Von keinem Produkt kopiert"),
    "doctor.copies.good": (
        "No program that copies folders to a cloud was seen here.",
        "Kein Programm gefunden, das den Ordner in eine Cloud kopiert.",
    ),
    "doctor.copies.product": (
        "{product} copies this folder. It would bring old files back and rename others. Choose a folder outside it.",
        "{product} kopiert diesen Ordner. Es würde alte Dateien zurückbringen und andere umbenennen. Einen Ordner "
        "außerhalb wählen.",
    ),
    "doctor.copies.name": (
        "The path looks like one of {product}. If {product} copies this folder, choose another.",
        "Der Pfad sieht nach {product} aus. Wenn {product} diesen Ordner kopiert, einen anderen wählen.",
    ),
    "doctor.copies.cloud": (
        "Windows keeps this folder in a cloud: files may be missing until they are fetched. Choose another folder.",
        "Windows hält diesen Ordner in einer Cloud: Dateien können fehlen, bis sie geholt sind. Einen anderen Ordner "
        "wählen.",
    ),
    "doctor.copies.offline files": (
        "Windows' Offline Files are on at this PC. Have caching switched off for this share on the server.",
        "Auf diesem PC sind Offlinedateien eingeschaltet. Das Zwischenspeichern für diese Freigabe am Server "
        "abschalten lassen.",
    ),
    # -- rights -------------------------------------------------------------------------------------------------------
    "doctor.rights": ("Permissions", "Berechtigungen"),
    "doctor.rights.good": (
        "You may make, read, change and delete files and folders here.",
        "Sie dürfen hier Dateien und Ordner anlegen, lesen, ändern und löschen.",
    ),
    "doctor.rights.mine": (
        "Only you may write here. Fine for one person; give colleagues write permission before you invite them.",
        "Nur Sie dürfen hier schreiben. Für eine Person gut; andere brauchen vor der Einladung Schreibrecht.",
    ),
    "doctor.rights.mask": (
        "Folders you make here can't be written by colleagues. Have the administrator set the group and the set-group "
        "bit, or default permissions (ACL), on the folder.",
        "Ordner, die Sie hier anlegen, können andere nicht beschreiben. Die Administration soll am Ordner Gruppe "
        "und Set-Group-Bit oder Standardrechte (ACL) setzen.",
    ),
    "doctor.rights.no folder": (
        "You may not make folders here ({why}). Ask for permission to change this folder.",
        "Sie dürfen hier keine Ordner anlegen ({why}). Änderungsrecht für diesen Ordner erbitten.",
    ),
    "doctor.rights.no write": (
        "You may not make files here ({why}). Ask for permission to change this folder.",
        "Sie dürfen hier keine Dateien anlegen ({why}). Änderungsrecht für diesen Ordner erbitten.",
    ),
    "doctor.rights.no rewrite": (
        "You may not change files here ({why}). Ask for permission to change this folder.",
        "Sie dürfen hier Dateien nicht ändern ({why}). Änderungsrecht für diesen Ordner erbitten.",
    ),
    "doctor.rights.no read": (
        "You may not read files here ({why}). Ask for permission to change this folder.",
        "Sie dürfen hier Dateien nicht lesen ({why}). Änderungsrecht für diesen Ordner erbitten.",
    ),
    "doctor.rights.no list": (
        "You may not list this folder ({why}). Ask for permission to change this folder.",
        "Sie dürfen den Inhalt nicht auflisten ({why}). Änderungsrecht für diesen Ordner erbitten.",
    ),
    "doctor.rights.no replace": (
        "You may not replace files here ({why}). Ask for permission to change and delete.",
        "Sie dürfen hier Dateien nicht ersetzen ({why}). Recht zum Ändern und Löschen erbitten.",
    ),
    "doctor.rights.no delete": (
        "You may not delete files here ({why}). Ask for permission to change and delete.",
        "Sie dürfen hier Dateien nicht löschen ({why}). Recht zum Ändern und Löschen erbitten.",
    ),
    "doctor.rights.no listing": (
        "A file made here does not appear in the folder. Use another drive.",
        "Eine hier angelegte Datei erscheint nicht im Ordner. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.rights.other bytes": (
        "A file read here has other content than was written. Use another drive, and have this one looked at.",
        "Eine hier gelesene Datei hat anderen Inhalt als geschrieben. Ein anderes Laufwerk nehmen und dieses prüfen "
        "lassen.",
    ),
    "doctor.rights.full": (
        "The drive is full. Make room on it, then check again.",
        "Das Laufwerk ist voll. Platz schaffen, dann erneut prüfen.",
    ),
    # -- links --------------------------------------------------------------------------------------------------------
    "doctor.links": ("One winner per name", "Ein Gewinner je Name"),
    "doctor.links.good": (
        "Of {racers} who took the same name at once, always exactly one got it: no two people get the same case.",
        "Von {racers}, die denselben Namen zugleich nahmen, bekam ihn immer genau einer: Niemals bekommen zwei "
        "denselben Fall.",
    ),
    "doctor.links.unsupported": (
        "The drive has no hard links ({why}), which the help desk needs to be safe. NTFS, Samba, NFS and ext4 have "
        "them, FAT and exFAT do not. Use another drive.",
        "Das Laufwerk kennt keine harten Verknüpfungen ({why}); ohne sie ist der Helpdesk nicht sicher. NTFS, Samba, "
        "NFS und ext4 haben sie, FAT und exFAT nicht. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.links.two winners": (
        "{winners} took the same name at once and each was told it was theirs: work would be lost. Use another drive.",
        "{winners} nahmen denselben Namen zugleich, und jeder bekam ihn zugesagt: Arbeit ginge verloren. Ein anderes "
        "Laufwerk nehmen.",
    ),
    "doctor.links.overwritten": (
        "A name that was taken could be taken again: work would be lost. Use another drive.",
        "Ein vergebener Name ließ sich noch einmal nehmen: Arbeit ginge verloren. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.links.other bytes": (
        "Who got a name found somebody else's content under it: work would be lost. Use another drive.",
        "Unter einem gewonnenen Namen stand fremder Inhalt: Arbeit ginge verloren. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.links.no winner": (
        "Of several who took the same name at once nobody got it. Use another drive.",
        "Von mehreren, die denselben Namen zugleich nahmen, bekam ihn keiner. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.links.failed": (
        "The drive refused in the middle ({why}). Check it again; if that stays, use another drive.",
        "Das Laufwerk verweigerte mittendrin ({why}). Erneut prüfen; bleibt es so, ein anderes Laufwerk nehmen.",
    ),
    # -- create -------------------------------------------------------------------------------------------------------
    "doctor.create": ("Files made once", "Dateien nur einmal angelegt"),
    "doctor.create.good": (
        "A file that is there is not made a second time.",
        "Eine vorhandene Datei wird nicht noch einmal angelegt.",
    ),
    "doctor.create.two winners": (
        "When many make the same file at once, more than one is told it was theirs. Halldesk does not rely on it; "
        "other programs may.",
        "Legen viele dieselbe Datei zugleich an, bekommt sie mehr als einer zugesagt. Halldesk verlässt sich nicht "
        "darauf; andere Programme vielleicht.",
    ),
    "doctor.create.overwritten": (
        "A file that was there could be made again and lost its content. Use another drive.",
        "Eine vorhandene Datei ließ sich neu anlegen und verlor ihren Inhalt. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.create.failed": (
        "Files can't be made exclusively here ({why}). Use another drive.",
        "Dateien lassen sich hier nicht exklusiv anlegen ({why}). Ein anderes Laufwerk nehmen.",
    ),
    # -- flush --------------------------------------------------------------------------------------------------------
    "doctor.flush": ("Written through", "Durchgeschrieben"),
    "doctor.flush.good": (
        "The drive confirms when content is on its disk. Whether that holds in a power cut, only its battery knows.",
        "Das Laufwerk bestätigt, wenn Inhalt auf der Platte ist. Ob das bei Stromausfall stimmt, weiß nur seine "
        "Batterie.",
    ),
    "doctor.flush.failed": (
        "The drive does not confirm that content is on its disk ({why}): a power cut could lose work. Use "
        "another drive.",
        "Das Laufwerk bestätigt nicht, dass Inhalt auf der Platte ist ({why}): Ein Stromausfall könnte Arbeit kosten. "
        "Ein anderes Laufwerk nehmen.",
    ),
    # -- visible ------------------------------------------------------------------------------------------------------
    "doctor.visible": ("News seen", "Neues sichtbar"),
    "doctor.visible.good": (
        "New and rewritten files are seen at once from this PC.",
        "Neue und geänderte Dateien sind von diesem PC aus sofort zu sehen.",
    ),
    "doctor.visible.late": (
        "New files are seen late. Work is safe; colleagues' changes arrive with that delay. Connect the drive without "
        "caching to see them sooner.",
        "Neue Dateien erscheinen spät. Die Arbeit ist sicher; Änderungen anderer kommen mit dieser Verzögerung an. "
        "Ohne Zwischenspeicher verbinden, dann kommen sie früher.",
    ),
    "doctor.visible.never listed": (
        "A new file did not appear in the folder within seconds. Use another drive, or connect it without caching.",
        "Eine neue Datei erschien sekundenlang nicht im Ordner. Ein anderes Laufwerk nehmen oder ohne "
        "Zwischenspeicher verbinden.",
    ),
    "doctor.visible.never read": (
        "A rewritten file kept its old content for seconds. Use another drive, or connect it without caching.",
        "Eine geänderte Datei behielt sekundenlang den alten Inhalt. Ein anderes Laufwerk nehmen oder ohne "
        "Zwischenspeicher verbinden.",
    ),
    "doctor.visible.failed": (
        "The drive refused in the middle ({why}). Check it again.",
        "Das Laufwerk verweigerte mittendrin ({why}). Erneut prüfen.",
    ),
    # -- names --------------------------------------------------------------------------------------------------------
    "doctor.names": ("Names and lengths", "Namen und Längen"),
    "doctor.names.exact": (
        "Long names are kept; capitals count here, which does no harm.",
        "Lange Namen bleiben erhalten; Groß- und Kleinschreibung zählt hier, was nicht stört.",
    ),
    "doctor.names.blind": (
        "Long names are kept; capitals don't count here, which does no harm.",
        "Lange Namen bleiben erhalten; Groß- und Kleinschreibung zählt hier nicht, was nicht stört.",
    ),
    "doctor.names.too long": (
        "The path is too long for this drive ({why}). Use a folder nearer to the root of the drive.",
        "Der Pfad ist für dieses Laufwerk zu lang ({why}). Einen Ordner näher am Anfang des Laufwerks nehmen.",
    ),
    "doctor.names.altered": (
        "The drive alters long names. Use another drive.",
        "Das Laufwerk verändert lange Namen. Ein anderes Laufwerk nehmen.",
    ),
    "doctor.names.failed": (
        "The drive refused in the middle ({why}). Check it again.",
        "Das Laufwerk verweigerte mittendrin ({why}). Erneut prüfen.",
    ),
    # -- clock --------------------------------------------------------------------------------------------------------
    "doctor.clock": ("Clock", "Uhr"),
    "doctor.clock.good": (
        "This PC's clock and the server's agree.",
        "Die Uhr dieses PCs und die des Servers stimmen überein.",
    ),
    "doctor.clock.ahead": (
        "This PC's clock is ahead of the server's. Nothing is lost, but times of cases would be wrong: set the clock.",
        "Die Uhr dieses PCs geht gegenüber dem Server vor. Nichts geht verloren, aber Zeiten in Fällen wären falsch: "
        "Uhr stellen.",
    ),
    "doctor.clock.behind": (
        "This PC's clock is behind the server's. Nothing is lost, but times of cases would be wrong: set the clock.",
        "Die Uhr dieses PCs geht gegenüber dem Server nach. Nichts geht verloren, aber Zeiten in Fällen wären falsch: "
        "Uhr stellen.",
    ),
    "doctor.clock.failed": (
        "The server's clock could not be read ({why}). Check it again.",
        "Die Uhr des Servers ließ sich nicht lesen ({why}). Erneut prüfen.",
    ),
    # -- space --------------------------------------------------------------------------------------------------------
    "doctor.space": ("Free space", "Freier Platz"),
    "doctor.space.good": (
        "There is room enough.",
        "Es ist genug Platz da.",
    ),
    "doctor.space.little": (
        "Little room. When it is used up, work is kept on each PC and waits; have room made.",
        "Wenig Platz. Ist er verbraucht, bleibt die Arbeit auf jedem PC und wartet; Platz schaffen lassen.",
    ),
    "doctor.space.none": (
        "The drive is full, or your quota on it. Have room made, then check again.",
        "Das Laufwerk oder Ihr Kontingent darauf ist voll. Platz schaffen lassen, dann erneut prüfen.",
    ),
    "doctor.space.unknown": (
        "The drive does not tell how much room it has ({why}). Nothing is wrong with that; have somebody keep an eye "
        "on it.",
        "Das Laufwerk sagt nicht, wie viel Platz es hat ({why}). Das schadet nicht; jemand sollte ein Auge darauf "
        "haben.",
    ),
    # -- commit and poll ----------------------------------------------------------------------------------------------
    "doctor.commit": ("Sending a change", "Eine Änderung senden"),
    "doctor.commit.good": (
        "How long it takes until a change is safe on the drive (at worst {worst} ms). Nobody waits for it.",
        "So lange dauert es, bis eine Änderung sicher auf dem Laufwerk ist (höchstens {worst} ms). Niemand wartet "
        "darauf.",
    ),
    "doctor.commit.slow": (
        "Sending takes long (at worst {worst} ms). Nobody waits for it, but many at once would queue. Have the line "
        "looked at, and virus scanners leave the folder hd alone.",
        "Senden dauert lange (höchstens {worst} ms). Niemand wartet darauf, aber viele zugleich stünden an. Die "
        "Leitung ansehen lassen und den Ordner hd von Virenscannern ausnehmen.",
    ),
    "doctor.commit.unclear": (
        "The drive did not say whether a change arrived. Check it again; if that stays, use another drive.",
        "Das Laufwerk sagte nicht, ob eine Änderung ankam. Erneut prüfen; bleibt es so, ein anderes Laufwerk nehmen.",
    ),
    "doctor.commit.failed": (
        "A change could not be sent ({why}). Check again; if that stays, use another drive.",
        "Eine Änderung ließ sich nicht senden ({why}). Erneut prüfen; bleibt es so, ein anderes Laufwerk nehmen.",
    ),
    "doctor.commit.lost": (
        "Of {made} changes only {there} are on the drive. Use another drive, and have this one looked at.",
        "Von {made} Änderungen sind nur {there} auf dem Laufwerk. Ein anderes nehmen und dieses prüfen lassen.",
    ),
    "doctor.poll": ("Asking for news", "Nach Neuem fragen"),
    "doctor.poll.good": (
        "How long one look takes (at worst {worst} ms); each workstation makes one a second at most.",
        "So lange dauert ein Blick (höchstens {worst} ms); jeder Arbeitsplatz macht höchstens einen je Sekunde.",
    ),
    "doctor.poll.slow": (
        "One look takes long (at worst {worst} ms): colleagues' changes arrive late. Have the line and the VPN looked "
        "at.",
        "Ein Blick dauert lange (höchstens {worst} ms): Änderungen anderer kommen spät an. Leitung und VPN ansehen "
        "lassen.",
    ),
    # -- desk ---------------------------------------------------------------------------------------------------------
    "doctor.desk": ("Help desk", "Helpdesk"),
    "doctor.desk.none": ("No help desk is here yet.", "Hier ist noch kein Helpdesk."),
    "doctor.desk.here": (
        "The help desk “{name}” is here. Others enter it with an invitation.",
        "Hier ist der Helpdesk „{name}“. Andere treten ihm mit einer Einladung bei.",
    ),
    "doctor.desk.stray": (
        "There is a folder hd without a help desk in it: left from one that was removed, or not copied whole. Look at "
        "it before you found one here.",
        "Hier liegt ein Ordner hd ohne Helpdesk darin: Rest eines entfernten oder nicht ganz kopiert. Vor dem Gründen "
        "ansehen.",
    ),
    "doctor.desk.damaged": (
        "There is a help desk whose card (hd/store.msg) is damaged. Delete that one file, then run halldesk "
        "rebuild-share for this folder on a workstation of the desk: it writes the card again.",
        "Hier ist ein Helpdesk, dessen Karte (hd/store.msg) beschädigt ist. Diese eine Datei löschen, dann an einem "
        "Arbeitsplatz des Helpdesks halldesk rebuild-share für diesen Ordner laufen lassen: Das schreibt sie neu.",
    ),
    "doctor.desk.unreadable": (
        "Whether a help desk is here can't be read ({why}). Check again; if that stays, have the drive looked at.",
        "Ob hier ein Helpdesk ist, lässt sich nicht lesen ({why}). Erneut prüfen; bleibt es so, das Laufwerk ansehen "
        "lassen.",
    ),
    # -- profile ------------------------------------------------------------------------------------------------------
    "doctor.profile": ("This PC's own copy", "Eigene Kopie dieses PCs"),
    "doctor.profile.good": (
        "This PC keeps its copy of the desk on a local disk.",
        "Dieser PC hält seine Kopie des Helpdesks auf einer lokalen Platte.",
    ),
    "doctor.profile.remote": (
        "This PC would keep its copy on a network drive ({profile}), where databases break. Name a local folder with "
        "--profile.",
        "Dieser PC hielte seine Kopie auf einem Netzlaufwerk ({profile}), wo Datenbanken kaputtgehen. Mit --profile "
        "einen lokalen Ordner nennen.",
    ),
    "doctor.profile.copied": (
        "{product} copies this PC's own copy ({profile}). Exclude that folder in {product}.",
        "{product} kopiert die eigene Kopie dieses PCs ({profile}). Den Ordner in {product} ausnehmen.",
    ),
}
