"""Words of the weekly report: key -> (English, German). See app.texts."""

from __future__ import annotations

from typing import Final

REPORT: Final[dict[str, tuple[str, str]]] = {
    # -- frame --------------------------------------------------------------------------------------------------------
    "report.title": ("Weekly report", "Wochenbericht"),
    "report.week": ("Week {week} of {year}", "Kalenderwoche {week}/{year}"),
    "report.subject": ("Figures of the help desk, {span}", "Kennzahlen des Helpdesks, {span}"),
    "report.all": ("All departments", "Alle Abteilungen"),
    "report.department": ("Department: {name}", "Abteilung: {name}"),
    "report.analyst": ("Departments of {name}", "Abteilungen von {name}"),
    "report.product": ("Product: {name}", "Produkt: {name}"),
    "mail.body": ("The week {week} of {desk} is attached.", "Anbei die Woche {week} von {desk}."),
    "report.position": ("Log position {seq} · computed {moment}", "Logstand {seq} · berechnet {moment}"),
    "report.pending": (
        " · not yet shared from this workstation: {n}",
        " · von diesem Arbeitsplatz noch nicht geteilt: {n}",
    ),
    "report.running": (
        "The week was not over when this was computed: all figures are preliminary.",
        "Die Woche war bei der Berechnung noch nicht vorbei: Alle Zahlen sind vorläufig.",
    ),
    "report.page": ("Page {page} of ", "Seite {page} von "),
    "report.none": ("not given", "ohne Angabe"),
    "report.total": ("Week", "Woche"),
    "report.previous": ("Previous week", "Vorwoche"),
    "report.hidden": ("{n} more, not shown", "{n} weitere, nicht gezeigt"),
    "report.others": ("{n} others together", "{n} weitere zusammen"),
    "report.few": (
        "n = {n}, too few for a figure; the cases: {cases}",
        "n = {n}, zu wenig für eine Zahl; die Fälle: {cases}",
    ),
    "report.few.short": ("n = {n}", "n = {n}"),
    "report.in_annex": ("Every underlined figure leads to its case numbers in the annex.",
                        "Jede unterstrichene Zahl führt zu ihren Fallnummern im Anhang."),
    # -- page one -----------------------------------------------------------------------------------------------------
    "big.flow.opened": ("New cases", "Neue Fälle"),
    "big.flow.resolved": ("Resolved", "Gelöst"),
    "big.flow.backlog_end": ("Open at the end of the week", "Offen am Ende der Woche"),
    "big.first.working.median": ("Half resolved within (working time)", "Die Hälfte gelöst binnen (Arbeitszeit)"),
    "big.reopen.share": ("Came back within 7 days", "Binnen 7 Tagen zurückgekommen"),
    "big.backlog.old": ("Open longer than 20 working days", "Länger als 20 Arbeitstage offen"),
    "big.before": ("previous week {value}", "Vorwoche {value}"),
    "big.none": ("nothing to measure", "nichts zu messen"),
    "big.few": ("n = {n}: too few", "n = {n}: zu wenige"),
    "head.sentences": ("In five sentences", "In fünf Sätzen"),
    "head.decisions": ("Needs a decision", "Zu entscheiden"),
    "decisions.none": (
        "Nothing: no case of the highest severity is open, none waits for us longer than 20 working days, and no "
        "queue grew "
        "three weeks running.",
        "Nichts: Kein Fall der höchsten Schwere ist offen, keiner wartet länger als 20 Arbeitstage auf uns, und keine "
        "Warteschlange ist drei Wochen in Folge gewachsen.",
    ),
    "lead.flow": ("Flow", "Zu- und Abgang"),
    "lead.backlog": ("Backlog", "Bestand"),
    "lead.waiting": ("Waiting", "Wartet auf"),
    "lead.speed": ("Speed", "Tempo"),
    "lead.where": ("Where from", "Herkunft"),
    "sentence.flow": (
        "{opened} new cases ({change} against the week before), {resolved} resolved.",
        "{opened} neue Fälle ({change} gegenüber der Vorwoche), {resolved} gelöst.",
    ),
    "sentence.backlog": (
        "{end} cases open at the end of the week, {change} against its start.",
        "{end} Fälle offen am Ende der Woche, {change} gegenüber ihrem Anfang.",
    ),
    "sentence.waiting": (
        "{us} of the open cases wait for us, {requester} for their requesters, {others} for suppliers, parts or "
        "changes.",
        "Von den offenen Fällen warten {us} auf uns, {requester} auf die Anfragenden, {others} auf Lieferanten, "
        "Teile oder "
        "Änderungen.",
    ),
    "sentence.waiting.none": ("No case was open at the end of the week.", "Am Ende der Woche war kein Fall offen."),
    "sentence.speed": (
        "Half of the first resolutions took at most {median} of working time, nine in ten at most {p90} (n = {n}).",
        "Die Hälfte der ersten Lösungen brauchte höchstens {median} Arbeitszeit, neun von zehn höchstens {p90} "
        "(n = {n}).",
    ),
    "sentence.speed.few": (
        "Only {n} first resolutions, too few for a median: {cases}.",
        "Nur {n} erste Lösungen, zu wenige für einen Median: {cases}.",
    ),
    "sentence.speed.none": ("No case was resolved for the first time.", "Kein Fall wurde erstmals gelöst."),
    "sentence.where.both": (
        "Most new cases came from {names}; most often about {product} ({n}).",
        "Die meisten neuen Fälle kamen aus {names}; am häufigsten ging es um {product} ({n}).",
    ),
    "sentence.where.departments": ("Most new cases came from {names}.", "Die meisten neuen Fälle kamen aus {names}."),
    "sentence.where.product": (
        "New cases were most often about {product} ({n}).",
        "Bei den neuen Fällen ging es am häufigsten um {product} ({n}).",
    ),
    "sentence.where.none": (
        "No new case names a department or a product.",
        "Kein neuer Fall nennt eine Abteilung oder ein Produkt.",
    ),
    "decision.top": ("Cases of the highest severity that are still open", "Offene Fälle der höchsten Schwere"),
    "decision.old": (
        "Cases that are older than {days} working days and wait for us: finish, hand over or decline",
        "Fälle, die älter als {days} Arbeitstage sind und auf uns warten: abschließen, übergeben oder ablehnen",
    ),
    "decision.again": (
        "Cases reopened this week for at least the second time: a permanent fix?",
        "Diese Woche mindestens zum zweiten Mal wieder geöffnete Fälle: eine dauerhafte Lösung?",
    ),
    "decision.growing": (
        "The queue “{name}” has grown {weeks} weeks running, from {before} to {n} open cases",
        "Die Warteschlange „{name}“ wächst seit {weeks} Wochen, von {before} auf {n} offene Fälle",
    ),
    "decision.growing.more": (
        "{queues} more queues have grown as steadily: see the table of queues",
        "{queues} weitere Warteschlangen wachsen ebenso stetig: siehe die Tabelle der Warteschlangen",
    ),
    "decision.repeat": (
        "“{name}” again and again within four weeks: an article, training or a permanent fix?",
        "„{name}“ immer wieder binnen vier Wochen: Artikel, Schulung oder dauerhafte Lösung?",
    ),
    "decision.step": (
        "Open cases past triage without a next step: who does what until when?",
        "Offene, gesichtete Fälle ohne nächsten Schritt: Wer tut was bis wann?",
    ),
    "decision.count": ("Cases", "Fälle"),
    "decision.what": ("What", "Was"),
    "decision.cases": ("Numbers", "Nummern"),
    # -- sections -----------------------------------------------------------------------------------------------------
    "head.flow": ("Flow", "Zu- und Abgang"),
    "head.age": ("Backlog by age", "Bestand nach Alter"),
    "head.speed": ("Resolution times", "Lösungszeiten"),
    "head.department": ("Departments", "Abteilungen"),
    "head.product": ("Products", "Produkte"),
    "head.queue": ("Queues", "Warteschlangen"),
    "head.severity": ("Severity", "Schwere"),
    "head.repeats": ("What repeats", "Was sich wiederholt"),
    "head.oldest": ("The oldest open cases", "Die ältesten offenen Fälle"),
    "head.definitions": ("Definitions", "Definitionen"),
    "head.annex": ("Annex: the cases behind the figures", "Anhang: die Fälle hinter den Zahlen"),
    "note.age": (
        "Open cases at the end of the week by working days since they were opened, and by whom they wait for.",
        "Offene Fälle am Ende der Woche nach Arbeitstagen seit der Eröffnung und danach, auf wen sie warten.",
    ),
    "note.group": (
        "Most new cases first. Bars, and the columns of eight weeks, show new cases from zero. Small figures: the "
        "week before.",
        "Die meisten neuen Fälle zuerst. Balken und Acht-Wochen-Säulen zeigen neue Fälle ab null. Kleine Zahlen: die "
        "Vorwoche.",
    ),
    "note.queue": (
        "New cases count where they came in, resolved ones where they were resolved, open ones where they stood. "
        "Bars and columns "
        "show the open ones. Small figures: the week before.",
        "Neue Fälle zählen, wo sie ankamen, gelöste, wo sie gelöst wurden, offene, wo sie standen. Balken und Säulen "
        "zeigen die "
        "offenen. Kleine Zahlen: die Vorwoche.",
    ),
    "note.repeats": (
        "The same product in the same department at least three times in four weeks; parts of one outage don't count.",
        "Dasselbe Produkt in derselben Abteilung mindestens dreimal in vier Wochen; Teile einer Störung zählen nicht.",
    ),
    "note.oldest": (
        "Titles and next steps as known when this was computed; they are not part of a case's history.",
        "Titel und nächste Schritte wie bei der Berechnung bekannt; sie gehören nicht zur Geschichte eines Falls.",
    ),
    "empty.flow": (
        "No case was opened, resolved, closed or reopened in this week.",
        "In dieser Woche wurde kein Fall eröffnet, gelöst, geschlossen oder wieder geöffnet.",
    ),
    "empty.age": ("No case was open when the week ended.", "Am Ende der Woche war kein Fall offen."),
    "empty.speed": ("No case was resolved in this week.", "In dieser Woche wurde kein Fall gelöst."),
    "empty.department": (
        "No case of this week names a department. Enter the department when a case is opened, or import the "
        "requesters with "
        "their departments.",
        "Kein Fall dieser Woche nennt eine Abteilung. Tragen Sie sie beim Eröffnen ein oder importieren Sie die "
        "Anfragenden "
        "mit ihren Abteilungen.",
    ),
    "empty.product": (
        "No case of this week names a product. Enter the product when a case is opened or resolved.",
        "Kein Fall dieser Woche nennt ein Produkt. Tragen Sie es beim Eröffnen oder beim Lösen ein.",
    ),
    "empty.queue": ("No case of this week stood in a queue.", "Kein Fall dieser Woche stand in einer Warteschlange."),
    "empty.severity": ("There was no case in this week.", "In dieser Woche gab es keinen Fall."),
    "empty.repeats": (
        "No product came up three times in the same department within four weeks.",
        "Kein Produkt kam binnen vier Wochen dreimal in derselben Abteilung vor.",
    ),
    "empty.oldest": ("No case was open when the week ended.", "Am Ende der Woche war kein Fall offen."),
    "empty.annex": (
        "There is no case behind any figure of this week.",
        "Hinter keiner Zahl dieser Woche steht ein Fall.",
    ),
    "column.day": ("Day", "Tag"),
    "column.opened": ("Opened", "Neu"),
    "column.resolved": ("Resolved", "Gelöst"),
    "column.closed": ("Closed", "Geschlossen"),
    "column.reopened": ("Reopened", "Wieder geöffnet"),
    "column.dropped": ("Cancelled, merged", "Storniert, zusammengeführt"),
    "column.open": ("Open at end", "Am Ende offen"),
    "column.weeks": ("8 weeks", "8 Wochen"),
    "column.age": ("Working days", "Arbeitstage"),
    "column.us": ("On us", "Auf uns"),
    "column.requester": ("On requester", "Auf Anfragende"),
    "column.others": ("On others", "Auf andere"),
    "column.total": ("Total", "Gesamt"),
    "column.before": ("Before", "Vorher"),
    "column.median": ("Median", "Median"),
    "column.p90": ("90th percentile", "90. Perzentil"),
    "column.n": ("n", "n"),
    "column.number": ("Case", "Fall"),
    "column.title": ("What it is about", "Worum es geht"),
    "column.opened_on": ("Opened", "Eröffnet"),
    "column.age_days": ("Age", "Alter"),
    "column.quiet": ("Untouched", "Unberührt"),
    "column.waits": ("Waits for", "Wartet auf"),
    "column.step": ("Next step", "Nächster Schritt"),
    "column.repeat": ("Product · department", "Produkt · Abteilung"),
    "column.four_weeks": ("4 weeks", "4 Wochen"),
    "column.department": ("Department", "Abteilung"),
    "column.watched": ("Watched department", "Beobachtete Abteilung"),
    "column.product": ("Product", "Produkt"),
    "column.queue": ("Queue", "Warteschlange"),
    "column.severity": ("Severity", "Schwere"),
    "waits.us": ("us", "uns"),
    "waits.requester": ("requester", "Anfragende"),
    "waits.others": ("others", "andere"),
    "step.none": ("none planned", "keiner geplant"),
    "step.by": ("{who}", "{who}"),
    "step.until": ("by {day}", "bis {day}"),
    "age.days": ("{n} days", "{n} Tage"),
    "row.first.working": ("First resolution, working time", "Erste Lösung, Arbeitszeit"),
    "row.first.elapsed": ("First resolution, calendar time", "Erste Lösung, Kalenderzeit"),
    "row.full.working": ("Full resolution, working time", "Endgültige Lösung, Arbeitszeit"),
    "row.full.elapsed": ("Full resolution, calendar time", "Endgültige Lösung, Kalenderzeit"),
    "balance.title": ("Balance", "Bilanz"),
    "balance.backlog_start": ("open at the start", "offen am Anfang"),
    "balance.opened": ("opened", "neu"),
    "balance.reopened": ("reopened", "wieder geöffnet"),
    "balance.resolved": ("resolved", "gelöst"),
    "balance.dropped": ("cancelled, merged", "storniert, zusammengef."),
    "balance.backlog_end": ("open at the end", "offen am Ende"),
    # -- annex --------------------------------------------------------------------------------------------------------
    "annex.note": (
        "The numbers stand in ascending order; a case stands once, also where it was counted twice (resolved, reopened "
        "and resolved again). Figures with the same cases share a list. Long lists are cut here; in the file "
        "cases.json, which lies in this document as an attachment, each is whole.",
        "Die Nummern stehen aufsteigend; ein Fall steht einmal da, auch wo er doppelt zählte (gelöst, wieder geöffnet "
        "und noch einmal gelöst). Zahlen mit denselben Fällen teilen sich eine Liste. Lange Listen sind hier gekürzt; "
        "in der Datei cases.json, die diesem Dokument als Anlage beiliegt, ist jede vollständig.",
    ),
    "annex.more": ("… and {n} more, not printed here", "… und {n} weitere, hier nicht gedruckt"),
    "annex.unlisted": (
        "{n} further figures have their list in the report's JSON file (--json) only.",
        "{n} weitere Zahlen haben ihre Liste nur in der JSON-Datei des Berichts (--json).",
    ),
    "annex.cases": ("{n} cases", "{n} Fälle"),
    "annex.case": ("1 case", "1 Fall"),
    "figure.flow.opened": ("Opened", "Neu"),
    "figure.flow.resolved": ("Resolved", "Gelöst"),
    "figure.flow.closed": ("Closed", "Geschlossen"),
    "figure.flow.reopened": ("Reopened", "Wieder geöffnet"),
    "figure.flow.dropped": ("Cancelled or merged", "Storniert oder zusammengeführt"),
    "figure.flow.backlog_start": ("Open at the start of the week", "Offen am Anfang der Woche"),
    "figure.flow.backlog_end": ("Open at the end of the week", "Offen am Ende der Woche"),
    "figure.backlog.us": ("Open, waiting for us", "Offen, wartet auf uns"),
    "figure.backlog.requester": ("Open, waiting for the requester", "Offen, wartet auf Anfragende"),
    "figure.backlog.others": ("Open, waiting for others", "Offen, wartet auf andere"),
    "figure.backlog.old": ("Open longer than 20 working days", "Länger als 20 Arbeitstage offen"),
    "figure.first": ("Resolved for the first time", "Erstmals gelöst"),
    "figure.full": ("Resolved, and still so when the week ended", "Gelöst, und am Ende der Woche noch immer"),
    "figure.reopen.share": (
        "Came back within 7 days of last week's resolution",
        "Binnen 7 Tagen nach Lösung in der Vorwoche zurück",
    ),
    "figure.repeat": ("Repeats: {group}", "Wiederholung: {group}"),
    "figure.age": ("{group} working days, waiting for {side}", "{group} Arbeitstage, wartet auf {side}"),
    "figure.day": ("{day}: {kind}", "{day}: {kind}"),
    "figure.group": ("{group}: {kind}", "{group}: {kind}"),
    # -- definitions --------------------------------------------------------------------------------------------------
    "definition.week": (
        "ISO week, Monday 00:00 to Monday 00:00 in the time zone {zone}.",
        "ISO-Woche, Montag 0:00 bis Montag 0:00 in der Zeitzone {zone}.",
    ),
    "definition.events": (
        "Every figure is computed from the recorded changes of the cases up to the end of the week. What happens "
        "later, a "
        "reopening for example, never changes it; a change that reaches the log late with an earlier date does.",
        "Jede Zahl ist aus den aufgezeichneten Änderungen der Fälle bis zum Ende der Woche berechnet. Was später "
        "geschieht, "
        "etwa eine Wiedereröffnung, ändert sie nie; eine Änderung, die mit früherem Datum verspätet ankommt, schon.",
    ),
    "definition.flow.opened": ("Cases that began in the week.", "Fälle, die in der Woche begannen."),
    "definition.flow.resolved": (
        "Times a case left the backlog as resolved (or closed at once). A case resolved twice counts twice.",
        "Wie oft ein Fall den Bestand als gelöst (oder sofort geschlossen) verließ. Zweimal gelöst zählt zweimal.",
    ),
    "definition.flow.closed": ("Cases put to closed in the week, whenever they were resolved.",
                               "In der Woche geschlossene Fälle, gleich wann sie gelöst wurden."),
    "definition.flow.reopened": (
        "Times a case came back into the backlog.",
        "Wie oft ein Fall in den Bestand zurückkam.",
    ),
    "definition.flow.dropped": ("Open cases that were cancelled or merged into another.",
                                "Offene Fälle, die storniert oder in einen anderen überführt wurden."),
    "definition.balance": (
        "Open at the end = open at the start + opened + reopened − resolved − cancelled or merged. Checked for every "
        "week of "
        "the trend; a report that breaks it is not printed.",
        "Offen am Ende = offen am Anfang + neu + wieder geöffnet − gelöst − storniert oder zusammengeführt. Geprüft "
        "für jede "
        "Woche des Verlaufs; ein Bericht, der es verletzt, wird nicht gedruckt.",
    ),
    "definition.age": (
        "Working days after the day of opening, up to the last day of the week, by the site's calendar. A case waits "
        "for us "
        "unless its status is “waiting”; others are suppliers, parts and changes.",
        "Arbeitstage nach dem Eröffnungstag bis zum letzten Tag der Woche nach dem Kalender des Standorts. Ein Fall "
        "wartet "
        "auf uns, solange er nicht im Status „wartet“ ist; andere sind Lieferanten, Teile und Änderungen.",
    ),
    "definition.first": (
        "From opening to the first resolution, for cases first resolved in the week; working time by the department's "
        "calendar. Median and 90th percentile by linear interpolation; under five cases they are listed instead.",
        "Von der Eröffnung bis zur ersten Lösung, für in der Woche erstmals gelöste Fälle; Arbeitszeit nach dem "
        "Kalender der "
        "Abteilung. Median und 90. Perzentil mit linearer Interpolation; unter fünf Fällen stehen diese selbst da.",
    ),
    "definition.full": (
        "From opening to the last resolution, without the time spent resolved or waiting for the requester, for cases "
        "resolved in the week that were still so when it ended.",
        "Von der Eröffnung bis zur letzten Lösung ohne die Zeit, in der der Fall gelöst war oder auf Anfragende "
        "wartete, für "
        "in der Woche gelöste Fälle, die es an deren Ende noch waren.",
    ),
    "definition.reopen.share": (
        "Of the cases resolved in the week before, the share that was reopened within seven days of that resolution.",
        "Anteil der in der Vorwoche gelösten Fälle, die binnen sieben Tagen nach dieser Lösung wieder geöffnet wurden.",
    ),
    "definition.group": (
        "By department, product and severity a case counts where it belonged when the week ended. By queue, new "
        "cases count "
        "where they came in and resolved ones where they were resolved.",
        "Nach Abteilung, Produkt und Schwere zählt ein Fall dort, wohin er am Ende der Woche gehörte. Nach "
        "Warteschlange "
        "zählen neue Fälle, wo sie ankamen, und gelöste, wo sie gelöst wurden.",
    ),
    "definition.department": (
        "This edition counts, for each week, the cases that were the department's when that week ended.",
        "Diese Ausgabe zählt für jede Woche die Fälle, die an deren Ende zur Abteilung gehörten.",
    ),
    "definition.trend": (
        "Small columns show the last eight weeks, oldest first, from zero; the dark one is this week. A gap means "
        "there was "
        "too little to measure.",
        "Kleine Säulen zeigen die letzten acht Wochen, die älteste zuerst, ab null; die dunkle ist diese Woche. Eine "
        "Lücke "
        "heißt, dass zu wenig zu messen war.",
    ),
    "term.week": ("Week", "Woche"),
    "term.events": ("Source", "Quelle"),
    "term.flow.opened": ("Opened", "Neu"),
    "term.flow.resolved": ("Resolved", "Gelöst"),
    "term.flow.closed": ("Closed", "Geschlossen"),
    "term.flow.reopened": ("Reopened", "Wieder geöffnet"),
    "term.flow.dropped": ("Cancelled, merged", "Storniert, zusammengeführt"),
    "term.balance": ("Balance", "Bilanz"),
    "term.age": ("Age, waiting", "Alter, Warten"),
    "term.first": ("First resolution", "Erste Lösung"),
    "term.full": ("Full resolution", "Endgültige Lösung"),
    "term.reopen.share": ("Came back", "Zurückgekommen"),
    "term.group": ("Belonging", "Zugehörigkeit"),
    "term.department": ("Department", "Abteilung"),
    "term.trend": ("Eight weeks", "Acht Wochen"),
}  # fmt: skip
