"""Words of the doctor where the place is a database (db.server_doctor): what each check is called, what its outcome
means and what to do; key -> (English, German). Those about a folder are in app.texts_doctor. See app.texts."""

from __future__ import annotations

from typing import Final

DOCTOR_DATABASE: Final[dict[str, tuple[str, str]]] = {
    # -- reach --------------------------------------------------------------------------------------------------------
    "doctor.database.reach": ("Reaching the database", "Datenbank erreichen"),
    "doctor.database.reach.good": ("The database answers.", "Die Datenbank antwortet."),
    "doctor.database.reach.silent": (
        "The server takes the call and says nothing. Wait a moment and check again; if that stays, ask the database's "
        "administrator.",
        "Der Server nimmt an und schweigt. Kurz warten und erneut prüfen; bleibt es so, bitte an die Administration "
        "der Datenbank wenden.",
    ),
    "doctor.database.reach.away": (
        "The server does not answer ({why}). Check its name and that you are in the company's network (VPN), then "
        "check again.",
        "Der Server antwortet nicht ({why}). Seinen Namen prüfen und ob Sie im Firmennetz sind (VPN), dann erneut "
        "prüfen.",
    ),
    "doctor.database.reach.locked": (
        "The database wants a password. Enter it, or ask the database's administrator for one.",
        "Die Datenbank verlangt ein Kennwort. Es eingeben oder bei der Administration der Datenbank erfragen.",
    ),
    "doctor.database.reach.password": (
        "The database refused the password. Enter it again, or ask the database's administrator for a new one.",
        "Die Datenbank lehnte das Kennwort ab. Es noch einmal eingeben oder bei der Administration der Datenbank ein "
        "neues erbitten.",
    ),
    "doctor.database.reach.no": ("{why}", "{why}"),
    # -- what it is ---------------------------------------------------------------------------------------------------
    "doctor.database.version": ("Version of PostgreSQL", "Version von PostgreSQL"),
    "doctor.database.version.good": ("This version is supported.", "Diese Version wird unterstützt."),
    "doctor.database.version.old": (
        "Too old: Halldesk needs PostgreSQL 13 or newer. Ask the database's administrator.",
        "Zu alt: Halldesk braucht PostgreSQL 13 oder neuer. Bitte an die Administration der Datenbank wenden.",
    ),
    "doctor.database.encryption": ("Way to the server", "Weg zum Server"),
    "doctor.database.encryption.good": (
        "The way to the server is encrypted.",
        "Der Weg zum Server ist verschlüsselt.",
    ),
    "doctor.database.encryption.here": (
        "The server is on this PC; nothing crosses a network.",
        "Der Server läuft auf diesem PC; nichts geht über ein Netz.",
    ),
    "doctor.database.encryption.none": (
        "The way to the server is not encrypted. What is written is sealed all the same, but who listens sees how much "
        "and when: have TLS switched on.",
        "Der Weg zum Server ist nicht verschlüsselt. Was geschrieben wird, ist trotzdem versiegelt, aber wer mithört, "
        "sieht wie viel und wann: TLS einschalten lassen.",
    ),
    # -- rights -------------------------------------------------------------------------------------------------------
    "doctor.database.rights": ("Permissions", "Berechtigungen"),
    "doctor.database.rights.tables": (
        "This login may do what a workstation needs, and cannot change what was written.",
        "Diese Anmeldung darf, was ein Arbeitsplatz braucht, und kann Geschriebenes nicht ändern.",
    ),
    "doctor.database.rights.too many": (
        "This login may also change or remove entries of the log. Right for who founds or moves a desk; give "
        "workstations a login of the role halldesk_client.",
        "Diese Anmeldung darf auch Einträge ändern oder löschen. Richtig für die Person, die gründet oder umzieht; "
        "Arbeitsplätze bekommen eine Anmeldung mit der Rolle halldesk_client.",
    ),
    "doctor.database.rights.empty": (
        "No help desk is here, and this login may make one.",
        "Hier ist kein Helpdesk, und diese Anmeldung darf einen anlegen.",
    ),
    "doctor.database.rights.no making": (
        "No help desk is here, and this login may not make one. Ask the database's administrator for the right to "
        "create a schema, or to run store.sql.",
        "Hier ist kein Helpdesk, und diese Anmeldung darf keinen anlegen. Die Administration der Datenbank um das "
        "Recht bitten, ein Schema anzulegen, oder darum, store.sql auszuführen.",
    ),
    "doctor.database.rights.no tables": (
        "This login may not use the help desk's tables. Ask the database's administrator to grant it halldesk_client.",
        "Diese Anmeldung darf die Tabellen des Helpdesks nicht benutzen. Die Administration der Datenbank um die Rolle "
        "halldesk_client bitten.",
    ),
    "doctor.database.rights.standby": (
        "This server is a standby and takes no changes. Name the primary one in the URL, or both.",
        "Dieser Server ist ein Ersatzserver und nimmt keine Änderungen an. In der URL den Hauptserver nennen, oder "
        "beide.",
    ),
    # -- durable ------------------------------------------------------------------------------------------------------
    "doctor.database.durable": ("Written through", "Durchgeschrieben"),
    "doctor.database.durable.good": (
        "The server confirms a change when it is on its disk.",
        "Der Server bestätigt eine Änderung, wenn sie auf seiner Platte ist.",
    ),
    "doctor.database.durable.off": (
        "The server does not flush: a power cut could damage the database. Have fsync and full_page_writes switched "
        "on.",
        "Der Server schreibt nicht durch: Ein Stromausfall könnte die Datenbank beschädigen. fsync und "
        "full_page_writes einschalten lassen.",
    ),
    # -- clock --------------------------------------------------------------------------------------------------------
    "doctor.database.clock": ("Clock", "Uhr"),
    "doctor.database.clock.good": (
        "This PC's clock and the server's agree.",
        "Die Uhr dieses PCs und die des Servers stimmen überein.",
    ),
    "doctor.database.clock.ahead": (
        "This PC's clock is ahead of the server's. Nothing is lost, but times of cases would be wrong: set the clock.",
        "Die Uhr dieses PCs geht gegenüber dem Server vor. Nichts geht verloren, aber Zeiten in Fällen wären falsch: "
        "Uhr stellen.",
    ),
    "doctor.database.clock.behind": (
        "This PC's clock is behind the server's. Nothing is lost, but times of cases would be wrong: set the clock.",
        "Die Uhr dieses PCs geht gegenüber dem Server nach. Nichts geht verloren, aber Zeiten in Fällen wären falsch: "
        "Uhr stellen.",
    ),
    # -- commit and poll ----------------------------------------------------------------------------------------------
    "doctor.database.commit": ("Sending a change", "Eine Änderung senden"),
    "doctor.database.commit.good": (
        "How long it takes until a change is safe in the database (at worst {worst} ms). Nobody waits for it.",
        "So lange dauert es, bis eine Änderung sicher in der Datenbank ist (höchstens {worst} ms). Niemand wartet "
        "darauf.",
    ),
    "doctor.database.commit.slow": (
        "Sending takes long (at worst {worst} ms). Nobody waits for it, but many at once would queue. Have the line, "
        "the VPN and the server's disk looked at.",
        "Senden dauert lange (höchstens {worst} ms). Niemand wartet darauf, aber viele zugleich stünden an. Leitung, "
        "VPN und die Platte des Servers ansehen lassen.",
    ),
    "doctor.database.commit.failed": (
        "A change could not be sent ({why}). Check again; if that stays, ask the database's administrator.",
        "Eine Änderung ließ sich nicht senden ({why}). Erneut prüfen; bleibt es so, bitte an die Administration der "
        "Datenbank wenden.",
    ),
    "doctor.database.poll": ("Asking for news", "Nach Neuem fragen"),
    "doctor.database.poll.good": (
        "How long one look takes (at worst {worst} ms); the database tells by itself when there is something new.",
        "So lange dauert ein Blick (höchstens {worst} ms); die Datenbank meldet Neues von selbst.",
    ),
    "doctor.database.poll.slow": (
        "One look takes long (at worst {worst} ms): colleagues' changes arrive late. Have the line and the VPN looked "
        "at.",
        "Ein Blick dauert lange (höchstens {worst} ms): Änderungen anderer kommen spät an. Leitung und VPN ansehen "
        "lassen.",
    ),
    # -- desk ---------------------------------------------------------------------------------------------------------
    "doctor.database.desk": ("Help desk", "Helpdesk"),
    "doctor.database.desk.none": (
        "No help desk is in this database yet.",
        "In dieser Datenbank ist noch kein Helpdesk.",
    ),
    "doctor.database.desk.here": (
        "The help desk “{name}” is here. Others enter it with an invitation.",
        "Hier ist der Helpdesk „{name}“. Andere treten ihm mit einer Einladung bei.",
    ),
    "doctor.database.desk.damaged": (
        "There is a help desk whose card (in the table halldesk.store) is damaged. Have the database's owner delete "
        "that one row, then run halldesk rebuild-share for this database on a workstation of the desk: it writes the "
        "card again.",
        "Hier ist ein Helpdesk, dessen Karte (in der Tabelle halldesk.store) beschädigt ist. Der Eigentümer der "
        "Datenbank muss diese eine Zeile löschen; dann an einem Arbeitsplatz des Helpdesks halldesk rebuild-share für "
        "diese Datenbank laufen lassen: Das schreibt sie neu.",
    ),
    "doctor.database.desk.unreadable": (
        "Whether a help desk is here can't be read ({why}). Check again; if that stays, ask the database's "
        "administrator.",
        "Ob hier ein Helpdesk ist, lässt sich nicht lesen ({why}). Erneut prüfen; bleibt es so, bitte an die "
        "Administration der Datenbank wenden.",
    ),
}
