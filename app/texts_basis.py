"""Words of the weekly report's months, left cases, trainings and basis: key -> (English, German). See app.texts."""

from __future__ import annotations

from typing import Final

BASIS: Final[dict[str, tuple[str, str]]] = {
    # -- months -------------------------------------------------------------------------------------------------------
    "head.months": ("By month", "Nach Monaten"),
    "note.section.months": (
        "The month in which the week ended, up to its end, and the whole month before it.",
        "Der Monat, in dem die Woche endete, bis zu ihrem Ende, und der ganze Monat davor.",
    ),
    "column.month": ("Month", "Monat"),
    "term.section.months": ("Months", "Monate"),
    "definition.section.months": (
        "Counted as by day, from the first of the month 00:00 to the first of the next; the running month up to the "
        "end of the week.",
        "Gezählt wie nach Tagen, vom Ersten des Monats 0:00 bis zum Ersten des nächsten; der laufende Monat bis zum "
        "Ende der Woche.",
    ),
    # -- cost ---------------------------------------------------------------------------------------------------------
    "column.cost_centre": ("Cost centre", "Kostenstelle"),
    "column.launched": ("Since its launch", "Seit der Einführung"),
    # -- attention ----------------------------------------------------------------------------------------------------
    "head.attention": ("Left lying", "Liegengeblieben"),
    "note.section.attention": (
        "Open cases that wait for us, by the working days since our last action; listed where these are more than "
        "{days}.",
        "Offene Fälle, die auf uns warten, nach Arbeitstagen seit unserer letzten Handlung; aufgeführt, wo es mehr als "
        "{days} sind.",
    ),
    "empty.attention": (
        "No open case waited for us when the week ended.",
        "Am Ende der Woche wartete kein offener Fall auf uns.",
    ),
    "figure.attention.left": ("More than 5 working days without us", "Mehr als 5 Arbeitstage ohne uns"),
    "figure.attention.queue": ("Left lying", "Liegengeblieben"),
    "figure.attention.median": ("Half were touched within (days)", "Die Hälfte berührt binnen (Tage)"),
    "figure.attention.p90": ("Nine in ten were touched within (days)", "Neun von zehn berührt binnen (Tage)"),
    "column.left": ("Left lying", "Liegen"),
    "term.section.attention": ("Left lying", "Liegengeblieben"),
    "definition.section.attention": (
        "Working days after the day of our last action, up to the last day of the week. Actions are changes of the "
        "case by an analyst or from an imported log, and what an analyst wrote into it; a case nobody has touched "
        "counts from its opening.",
        "Arbeitstage nach dem Tag unserer letzten Handlung bis zum letzten Tag der Woche. Handlungen sind Änderungen "
        "des Falls durch Mitarbeitende oder aus einem eingelesenen Protokoll und was Mitarbeitende hineinschrieben; "
        "ein unberührter Fall zählt ab seiner Eröffnung.",
    ),
    # -- trainings ----------------------------------------------------------------------------------------------------
    "head.trainings": ("Whom to teach what", "Wen man was lehren sollte"),
    "note.trainings": (
        "From the cases of the last four weeks, as they are known now: what a department asks again and again though "
        "it is written down, and what a queue passes on though an article solves it.",
        "Aus den Fällen der letzten vier Wochen, wie sie jetzt bekannt sind: was eine Abteilung immer wieder fragt, "
        "obwohl es aufgeschrieben ist, und was eine Warteschlange weitergibt, obwohl ein Artikel es löst.",
    ),
    "empty.trainings": (
        "Nothing in the last four weeks speaks for a training.",
        "In den letzten vier Wochen spricht nichts für eine Schulung.",
    ),
    "term.trainings": ("Trainings", "Schulungen"),
    "definition.trainings": (
        "Proposed where a department had at least three cases that one article answered, or three about a documented "
        "product by one word without an article being used; and where a queue escalated two that an article solved "
        "which was there before.",
        "Vorgeschlagen, wo eine Abteilung mindestens drei Fälle hatte, die ein Artikel beantwortete, oder drei zu "
        "einem dokumentierten Produkt mit einem gemeinsamen Wort, ohne dass ein Artikel benutzt wurde; und wo eine "
        "Warteschlange zwei eskalierte, die ein schon vorhandener Artikel löste.",
    ),
    # -- clients ------------------------------------------------------------------------------------------------------
    "clients.head": ("Workstations not seen for a day", "Seit einem Tag nicht gesehene Arbeitsplätze"),
    "clients.note": (
        "What was done there meanwhile is not in these figures; it will be restated when it arrives.",
        "Was dort inzwischen geschah, fehlt in diesen Zahlen; trifft es ein, wird es als Änderung ausgewiesen.",
    ),
    "clients.none": (
        "Every workstation was seen within a day before this was computed.",
        "Jeder Arbeitsplatz wurde am letzten Tag vor der Berechnung gesehen.",
    ),
    "clients.unknown": (
        "Which workstations were seen lately is not known: the store was not asked or did not answer.",
        "Welche Arbeitsplätze zuletzt gesehen wurden, ist nicht bekannt: Der Ablageort wurde nicht gefragt oder "
        "antwortete nicht.",
    ),
    "clients.never": ("never since it was enrolled", "nie seit der Anmeldung"),
    "column.device": ("Workstation", "Arbeitsplatz"),
    "column.whose": ("Of", "Von"),
    "column.last_seen": ("Last seen", "Zuletzt gesehen"),
    # -- basis --------------------------------------------------------------------------------------------------------
    "head.basis": ("What this rests on", "Worauf dies beruht"),
    "basis.position": ("Log position", "Logstand"),
    "basis.position.told": ("{seq}, computed {moment}", "{seq}, berechnet {moment}"),
    "basis.pending.one": (
        "; one change of this workstation is in it that the others do not have yet",
        "; darin eine Änderung dieses Arbeitsplatzes, die die anderen noch nicht haben",
    ),
    "basis.pending.told": (
        "; {n} changes of this workstation are in it that the others do not have yet",
        "; darin {n} Änderungen dieses Arbeitsplatzes, die die anderen noch nicht haben",
    ),
    "basis.span": ("Weeks", "Wochen"),
    "basis.span.told": (
        "{first} to {last}: the reported week, the eight of the trend and the one before them, time zone {zone}",
        "{first} bis {last}: die Berichtswoche, die acht des Verlaufs und die davor, Zeitzone {zone}",
    ),
    "basis.filter": ("Filter", "Filter"),
    "basis.filter.all": (
        "None: all cases of all kinds, queues and departments. Merged and cancelled ones count as having left.",
        "Keiner: alle Fälle aller Arten, Warteschlangen und Abteilungen. Zusammengeführte und stornierte zählen als "
        "ausgeschieden.",
    ),
    "basis.filter.part": (
        "{scope}: the cases that belonged to it when each week ended, of all kinds and queues. Merged and cancelled "
        "ones count as having left.",
        "{scope}: die Fälle, die am Ende der jeweiligen Woche dazu gehörten, aller Arten und Warteschlangen. "
        "Zusammengeführte und stornierte zählen als ausgeschieden.",
    ),
    "basis.private": ("Exceptions", "Ausnahmen"),
    "basis.private.yes": ("Their cases are named: this edition is confidential.",
                          "Ihre Fälle sind genannt: Diese Ausgabe ist vertraulich."),
    "basis.private.no": ("Their cases are not named.", "Ihre Fälle sind nicht genannt."),
    "basis.goals": ("Targets", "Ziele"),
    "basis.goal": ("{severity}: response {response}, fix {fix}", "{severity}: Reaktion {response}, Lösung {fix}"),
    "basis.goals.own": (
        "in working time; a department's own targets take their place",
        "in Arbeitszeit; eigene Ziele einer Abteilung gehen vor",
    ),
    "basis.calendar": ("Calendar {name}", "Kalender {name}"),
    "basis.calendar.site": ("Calendar of the site", "Kalender des Standorts"),
    "basis.calendar.own": ("Calendar {name} (site)", "Kalender {name} (Standort)"),
    "basis.holidays": ("holidays {region}", "Feiertage {region}"),
    "basis.closed": ("closed in this week: {days}", "in dieser Woche geschlossen: {days}"),
    "basis.for": ("for {names}", "für {names}"),
    "basis.free": ("no working hours", "keine Arbeitszeit"),
}  # fmt: skip
"""key -> (English, German)."""
