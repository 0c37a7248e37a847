"""Words of the sections of the weekly report: key -> (English, German). See app.texts."""

from __future__ import annotations

from typing import Final

SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "column.week": ("Week", "Woche"),
    "column.target": ("Target", "Ziel"),
    "column.due": ("Due", "Fällig"),
    "column.within": ("In time", "Rechtzeitig"),
    "column.resolved_before": ("Resolved before", "Zuvor gelöst"),
    "column.back": ("Came back", "Zurück"),
    "column.share": ("Share", "Anteil"),
    "column.level": ("At first level", "Im First Level"),
    "column.eligible": ("Came live", "Direkt gemeldet"),
    "column.first": ("First contact", "Erstkontakt"),
    "column.pair": ("Between", "Zwischen"),
    "column.returns": ("Returns", "Rückläufe"),
    "column.to_queue": ("Came to", "Kamen zu"),
    "column.escalated": ("Escalated", "Eskaliert"),
    "column.activity": ("Activity", "Tätigkeit"),
    "column.minutes": ("Time", "Zeit"),
    "column.cases": ("Cases", "Fälle"),
    "column.cost": ("Cost", "Kosten"),
    "column.per_staff": ("Per 100", "Je 100"),
    "column.grave": ("Grave", "Schwer"),
    "column.nine_in_ten": ("9 in 10", "9 von 10"),
    "column.together": ("Together", "Zusammen"),
    "column.named": ("Named", "Benannt"),
    "column.stand_in": ("Stand-in", "Vertretung"),
    "column.nobody": ("Nobody", "Niemand"),
    "column.gap": ("Gap", "Lücke"),
    "column.handled": ("By contact", "Von Kontakt"),
    "column.gaps": ("No article", "Ohne Artikel"),
    "column.problem": ("Problem", "Problem"),
    "column.incidents": ("Incidents", "Störungen"),
    "column.clock": ("Half hour from", "Halbe Stunde ab"),
    "column.offered": ("Calls", "Anrufe"),
    "column.answered_share": ("Answered", "Angenommen"),
    "column.needed": ("Needed", "Nötig"),
    "column.rostered": ("Rostered", "Eingeteilt"),
    "activity.remote": ("remote", "Fernwartung"),
    "activity.phone": ("phone", "Telefon"),
    "activity.on site": ("on site", "vor Ort"),
    "activity.research": ("research", "Recherche"),
    "activity.vendor": ("vendor", "Hersteller"),
    "activity.documentation": ("documentation", "Dokumentation"),
    "activity.travel": ("travel", "Anfahrt"),
    "activity.other": ("other", "Sonstiges"),
    # -- response -----------------------------------------------------------------------------------------------------
    "head.response": ("Response", "Reaktion"),
    "note.section.response": (
        "Cases whose first response fell into the week, or whose deadline did without one. Medians in working time.",
        "Fälle, deren erste Reaktion in die Woche fiel, oder deren Frist ohne Reaktion. Mediane in Arbeitszeit.",
    ),
    "empty.response": (
        "No response was due or given in this week.",
        "In dieser Woche war keine Reaktion fällig oder erfolgt.",
    ),
    "figure.response.within": ("Responses within target", "Reaktionen in der Frist"),
    "figure.response.median": ("Half responded to within", "Die Hälfte erhielt Reaktion binnen"),
    "figure.response.p90": ("Nine in ten responded to within", "Neun von zehn erhielten Reaktion binnen"),
    "figure.response.late": ("Deadlines missed", "Versäumte Fristen"),
    "figure.response.live": (
        "Answered live (phone, walk-in, hall visit)",
        "Direkt angenommen (Telefon, Theke, Halle)",
    ),
    "figure.response.due": ("Responses due", "Fällige Reaktionen"),
    "term.section.response": ("Response", "Reaktion"),
    "definition.section.response": (
        "A case counts in the week of the earlier of its first response and its deadline, so open breaches count. "
        "The target is that of its severity and department when it was opened, in working minutes. Cases that "
        "came live are answered at once and counted apart; automatic replies never count.",
        "Ein Fall zählt in der Woche, in die das Frühere von erster Reaktion und Frist fiel; offene Versäumnisse "
        "zählen also mit. Es gilt das Ziel seiner Schwere und Abteilung bei der Eröffnung, in Arbeitsminuten. "
        "Auf direkt gemeldete Fälle wird sofort reagiert, sie zählen für sich; automatische Antworten zählen nie.",
    ),
    # -- fix ----------------------------------------------------------------------------------------------------------
    "head.fix": ("Fix targets", "Lösungsziele"),
    "note.section.fix": (
        "Cases resolved in the week, against the fix target of their severity and department.",
        "In der Woche gelöste Fälle gegen das Lösungsziel ihrer Schwere und Abteilung.",
    ),
    "empty.fix": (
        "No case with a fix target was resolved in this week. Targets are set with the severities.",
        "In dieser Woche wurde kein Fall mit Lösungsziel gelöst. Ziele stehen bei den Schweregraden.",
    ),
    "figure.fix.within": ("Resolved within target", "In der Frist gelöst"),
    "figure.fix.missed": ("Resolved too late", "Zu spät gelöst"),
    "figure.fix.bound": ("Resolved with a target", "Gelöst mit Ziel"),
    "figure.fix.median": ("Half resolved within", "Die Hälfte gelöst binnen"),
    "figure.fix.p90": ("Nine in ten resolved within", "Neun von zehn gelöst binnen"),
    "term.section.fix": ("Fix targets", "Lösungsziele"),
    "definition.section.fix": (
        "Full resolution time in working minutes (without waiting for the requester and without time spent "
        "resolved) against the target of the severity and department the case had when the week ended.",
        "Volle Lösungszeit in Arbeitsminuten (ohne Warten auf die Anfragenden und ohne Zeit im Zustand gelöst) "
        "gegen das Ziel der Schwere und Abteilung, die der Fall am Ende der Woche hatte.",
    ),
    # -- reopened -----------------------------------------------------------------------------------------------------
    "head.reopened": ("Reopened", "Wieder geöffnet"),
    "note.section.reopened": (
        "Of the cases resolved in the week before, those that came back within seven days; by the queue that "
        "resolved them.",
        "Von den in der Vorwoche gelösten Fällen die binnen sieben Tagen zurückgekommenen; nach der "
        "Warteschlange, die sie löste.",
    ),
    "empty.reopened": (
        "No case was resolved in the week before, so none could come back.",
        "In der Vorwoche wurde kein Fall gelöst, also konnte keiner zurückkommen.",
    ),
    "figure.reopened.share": ("Share that came back", "Anteil der zurückgekommenen"),
    "figure.reopened.back": ("Came back", "Zurückgekommen"),
    "figure.reopened.resolved": ("Resolved in the week before", "In der Vorwoche gelöst"),
    "term.section.reopened": ("Reopened", "Wieder geöffnet"),
    "definition.section.reopened": (
        "A cohort: cases resolved in the week before, and of these the ones reopened within seven days of it and "
        "before this week ended.",
        "Eine Kohorte: in der Vorwoche gelöste Fälle, und davon die binnen sieben Tagen und vor Ende dieser Woche "
        "wieder geöffneten.",
    ),
    # -- satisfaction -------------------------------------------------------------------------------------------------
    "head.satisfaction": ("Satisfaction", "Zufriedenheit"),
    "note.section.satisfaction": (
        "What those who asked said of it, from 1 to 5, when they were asked. Satisfied: 4 or 5; dissatisfied: 1 or 2. "
        "The cases of the dissatisfied are the ones to ring up about.",
        "Was die Anfragenden auf Nachfrage sagten, von 1 bis 5. Zufrieden: 4 oder 5; unzufrieden: 1 oder 2. Wegen der "
        "Fälle der Unzufriedenen lohnt ein Anruf.",
    ),
    "empty.satisfaction": ("Nobody was asked this week.", "In dieser Woche wurde niemand gefragt."),
    "figure.satisfaction.good": ("Satisfied, of those who answered", "Zufrieden, von denen, die antworteten"),
    "figure.satisfaction.answers": ("Answers", "Antworten"),
    "figure.satisfaction.poor": ("Dissatisfied", "Unzufrieden"),
    "column.answers": ("Answers", "Antworten"),
    "column.satisfied": ("Satisfied", "Zufrieden"),
    "column.dissatisfied": ("Dissatisfied", "Unzufrieden"),
    "term.section.satisfaction": ("Satisfaction", "Zufriedenheit"),
    "definition.section.satisfaction": (
        "Answers noted on resolved cases during the week, of several about one case the last; by the department the "
        "case had when the week ended. Who was not asked or said nothing is not counted; a share needs five answers.",
        "In der Woche an gelösten Fällen notierte Antworten, von mehreren zu einem Fall die letzte; nach der "
        "Abteilung, die der Fall am Ende der Woche hatte. Wer nicht gefragt wurde oder nichts sagte, zählt nicht; ein "
        "Anteil braucht fünf Antworten.",
    ),
    # -- first contact ------------------------------------------------------------------------------------------------
    "head.contact": ("First contact and first level", "Erstkontakt und First Level"),
    "note.section.contact": (
        "First contact: of the cases that came live and were resolved in the week before. First level: of this "
        "week's resolutions.",
        "Erstkontakt: von den direkt gemeldeten, in der Vorwoche gelösten Fällen. First Level: von den Lösungen "
        "dieser Woche.",
    ),
    "empty.contact": ("No case was resolved in these two weeks.", "In diesen beiden Wochen wurde kein Fall gelöst."),
    "figure.contact.first": ("Resolved in the first contact", "Im ersten Kontakt gelöst"),
    "figure.contact.level": ("Resolved at the first level", "Im First Level gelöst"),
    "figure.contact.resolved": ("Resolved", "Gelöst"),
    "figure.contact.eligible": ("Came live, resolved in the week before", "Direkt gemeldet, in der Vorwoche gelöst"),
    "term.section.contact": ("First contact, first level", "Erstkontakt, First Level"),
    "definition.section.contact": (
        "First contact: no change of queue after the opening, at most one contact with the requester, not "
        "reopened within seven days; eligible are cases by phone, walk-in and hall visit. First level: never "
        "above tier 1.",
        "Erstkontakt: kein Wechsel der Warteschlange nach der Eröffnung, höchstens ein Kontakt mit den "
        "Anfragenden, nicht binnen sieben Tagen wieder geöffnet; in Frage kommen Fälle per Telefon, an der Theke "
        "und in der Halle. First Level: nie über Stufe 1.",
    ),
    # -- handovers ----------------------------------------------------------------------------------------------------
    "head.handovers": ("Handovers and ping-pong", "Übergaben und Pingpong"),
    "note.section.handovers": (
        "Changes of queue made by people. The pairs between which cases went there and back.",
        "Von Menschen veranlasste Wechsel der Warteschlange. Die Paare, zwischen denen Fälle hin und zurück gingen.",
    ),
    "empty.handovers": (
        "No case was handed from queue to queue in this week.",
        "In dieser Woche wurde kein Fall von Warteschlange zu Warteschlange übergeben.",
    ),
    "figure.handovers.moves": ("Handovers", "Übergaben"),
    "figure.handovers.share": (
        "Share of worked cases that were handed on",
        "Anteil übergebener an bearbeiteten Fällen",
    ),
    "figure.handovers.returns": ("Returns (A → B → A)", "Rückläufe (A → B → A)"),
    "figure.handovers.pair": ("Returns", "Rückläufe"),
    "term.section.handovers": ("Handovers", "Übergaben"),
    "definition.section.handovers": (
        "Changes of queue. Automatic routing, the first step from the front line to specialists, what stand-ins "
        "take over and undone moves do not count. A return leads back to the queue the case had just come from. "
        "Worked: open at some time in the week.",
        "Wechsel der Warteschlange. Automatische Verteilung, der erste Schritt von der Hotline zu den Fachleuten, "
        "was Vertretungen übernehmen und zurückgenommene Wechsel zählen nicht. Ein Rücklauf führt zu der "
        "Warteschlange zurück, aus der der Fall gerade kam. Bearbeitet: in der Woche zeitweise offen.",
    ),
    # -- escalations --------------------------------------------------------------------------------------------------
    "head.escalations": ("Escalations", "Eskalationen"),
    "note.section.escalations": (
        "Cases that went up a tier, to developers or to a supplier, by the queue they came to and by what was written "
        "as the reason.",
        "Fälle, die eine Stufe höher, an die Entwicklung oder an Lieferanten gingen, nach der Warteschlange, zu der "
        "sie kamen, und nach dem aufgeschriebenen Grund.",
    ),
    "empty.escalations": ("No case was escalated in this week.", "In dieser Woche wurde kein Fall eskaliert."),
    "figure.escalations.tier": ("A tier up", "Eine Stufe höher"),
    "figure.escalations.share": ("Share of worked cases", "Anteil an bearbeiteten Fällen"),
    "figure.escalations.developers": ("To developers", "An die Entwicklung"),
    "figure.escalations.supplier": ("To suppliers", "An Lieferanten"),
    "figure.escalations.queue": ("Escalated", "Eskaliert"),
    "figure.escalations.reason": ("Escalated because", "Eskaliert, weil"),
    "figure.escalations.unsaid": ("Without a written reason", "Ohne geschriebenen Grund"),
    "column.reason": ("Because", "Weil"),
    "term.section.escalations": ("Escalations", "Eskalationen"),
    "definition.section.escalations": (
        "Changes to a higher tier, and changes to waiting for a supplier; each counts. Share: cases that went up "
        "/ cases open at some time in the week.",
        "Wechsel auf eine höhere Stufe und Wechsel in das Warten auf Lieferanten; jeder zählt. Anteil: höher "
        "gegangene / in der Woche zeitweise offene Fälle.",
    ),
    # -- effort -------------------------------------------------------------------------------------------------------
    "head.effort": ("Effort", "Aufwand"),
    "note.section.effort": (
        "Minutes booked for days of this week, by whom they were for, what about and how.",
        "Für Tage dieser Woche gebuchte Zeit, danach für wen, worum es ging und wie.",
    ),
    "empty.effort": (
        "No time is booked for this week. Missing time is missing, not zero.",
        "Für diese Woche ist keine Zeit gebucht. Fehlende Zeit fehlt, sie ist nicht null.",
    ),
    "figure.effort.minutes": ("Time booked", "Gebuchte Zeit"),
    "figure.effort.coverage": ("Closed cases with time", "Geschlossene Fälle mit Zeit"),
    "figure.effort.cases": ("Cases with time", "Fälle mit Zeit"),
    "term.section.effort": ("Effort", "Aufwand"),
    "definition.section.effort": (
        "Minutes by the day they were worked, not the day they were entered; a correction replaces what it "
        "corrects. Coverage: closed cases with any time / closed cases.",
        "Minuten nach dem Tag der Arbeit, nicht der Eingabe; eine Korrektur ersetzt, was sie korrigiert. "
        "Abdeckung: geschlossene Fälle mit Zeit / geschlossene Fälle.",
    ),
    # -- cost ---------------------------------------------------------------------------------------------------------
    "head.cost": ("Cost", "Kosten"),
    "note.section.cost": (
        "Booked minutes at the rate valid on the day, in the currency of the rates. Products that were launched in the "
        "last two years stand with all they have cost since then.",
        "Gebuchte Zeit zum am Tag gültigen Satz, in der Währung der Sätze. In den letzten zwei Jahren eingeführte "
        "Produkte stehen mit allem da, was sie seither gekostet haben.",
    ),
    "empty.cost": (
        "No analyst who booked time in this week has an hourly rate.",
        "Niemand, der in dieser Woche Zeit gebucht hat, hat einen Stundensatz.",
    ),
    "figure.cost.total": ("Cost", "Kosten"),
    "figure.cost.launch": ("Cost since its launch", "Kosten seit der Einführung"),
    "figure.cost.unallocated": ("of these on cases without a product", "davon auf Fälle ohne Produkt"),
    "figure.cost.unpriced": ("Time without a rate", "Zeit ohne Satz"),
    "term.section.cost": ("Cost", "Kosten"),
    "definition.section.cost": (
        "Minutes times the analyst's hourly rate valid on the day of the work. Time without a rate is shown as "
        "time, not as nothing.",
        "Minuten mal dem am Arbeitstag gültigen Stundensatz. Zeit ohne Satz wird als Zeit gezeigt, nicht als nichts.",
    ),
    # -- departments --------------------------------------------------------------------------------------------------
    "head.departments": ("Departments by weight", "Abteilungen nach Gewicht"),
    "note.section.departments": (
        "New cases, most first. Together: what share of all new cases the departments down to this line have. Weight: "
        "their share when a case counts 8, 4, 2 or 1 by its severity, twice that for a watched department. The second "
        "table shows the watched departments alone.",
        "Neue Fälle, die meisten zuerst. Zusammen: welchen Anteil aller neuen Fälle die Abteilungen bis zu dieser "
        "Zeile haben. Gewicht: ihr Anteil, wenn ein Fall nach seiner Schwere 8, 4, 2 oder 1 zählt, bei beobachteten "
        "Abteilungen doppelt. Die zweite Tabelle zeigt nur die beobachteten Abteilungen.",
    ),
    "empty.departments": (
        "No new case of this week names a department.",
        "Kein neuer Fall dieser Woche nennt eine Abteilung.",
    ),
    "figure.departments.pareto": ("Departments with 80 % of the new cases", "Abteilungen mit 80 % der neuen Fälle"),
    "figure.departments.pareto_weight": (
        "Departments with 80 % of the weight",
        "Abteilungen mit 80 % des Gewichts",
    ),
    "figure.departments.weight": ("Share of the weight", "Anteil am Gewicht"),
    "figure.departments.watched": ("New cases of watched departments", "Neue Fälle beobachteter Abteilungen"),
    "figure.departments.opened": ("New cases", "Neue Fälle"),
    "figure.departments.per_staff": ("New cases per 100 staff", "Neue Fälle je 100 Personen"),
    "figure.departments.grave": ("Share of severity 1 and 2", "Anteil Schwere 1 und 2"),
    "figure.departments.together": ("Together", "Zusammen"),
    "term.section.departments": ("Departments by weight", "Abteilungen nach Gewicht"),
    "definition.section.departments": (
        "New cases by the department they had when the week ended. Per 100 staff: by the headcount entered now. "
        "Watched: departments of significance 1.",
        "Neue Fälle nach der Abteilung am Ende der Woche. Je 100 Personen: nach der jetzt eingetragenen Zahl. "
        "Beobachtet: Abteilungen der Bedeutung 1.",
    ),
    # -- dedicated ----------------------------------------------------------------------------------------------------
    "head.dedicated": ("Dedicated analysts", "Feste Ansprechpartner"),
    "note.section.dedicated": (
        "Working days of each department by who was there, and the working time in which nobody was.",
        "Arbeitstage jeder Abteilung danach, wer da war, und die Arbeitszeit, in der niemand da war.",
    ),
    "empty.dedicated": (
        "No department has a dedicated analyst in this week.",
        "Keine Abteilung hat in dieser Woche feste Ansprechpartner.",
    ),
    "figure.dedicated.named": ("Days with the named analyst", "Tage mit der benannten Person"),
    "figure.dedicated.stand_in": ("Days with a stand-in", "Tage mit Vertretung"),
    "figure.dedicated.nobody": ("Days with nobody", "Tage mit niemandem"),
    "figure.dedicated.gap": ("Working time with nobody", "Arbeitszeit mit niemandem"),
    "figure.dedicated.alone": ("Departments without a stand-in", "Abteilungen ohne Vertretung"),
    "figure.dedicated.opened": ("New cases", "Neue Fälle"),
    "column.without_stand_in": ("No stand-in is agreed for", "Keine Vertretung vereinbart für"),
    "figure.dedicated.handled": (
        "New cases with a named contact or stand-in",
        "Neue Fälle bei benannter Person oder Vertretung",
    ),
    "term.section.dedicated": ("Dedicated analysts", "Feste Ansprechpartner"),
    "definition.section.dedicated": (
        "A day counts for the first of named analyst and stand-ins who was at work in its hours. Gap: the department's "
        "working minutes in which none of them was at work by his calendar. Contact: whose case it was when the "
        "week ended.",
        "Ein Tag zählt für die erste Person aus Benannter und Vertretungen, die in seinen Stunden arbeitete. Lücke: "
        "Arbeitsminuten der Abteilung, in denen keine davon nach ihrem Kalender arbeitete. Kontakt: wem der Fall "
        "am Ende der Woche gehörte.",
    ),
    # -- knowledge ----------------------------------------------------------------------------------------------------
    "head.knowledge": ("Knowledge", "Wissen"),
    "note.section.knowledge": (
        "Articles drafted, published and used. The table: products without a published article whose cases were "
        "resolved without one.",
        "Entworfene, veröffentlichte und benutzte Artikel. Die Tabelle: Produkte ohne veröffentlichten Artikel, "
        "deren Fälle ohne einen gelöst wurden.",
    ),
    "empty.knowledge": (
        "No article was drafted, published or used, and no case was resolved.",
        "Es wurde kein Artikel entworfen, veröffentlicht oder benutzt und kein Fall gelöst.",
    ),
    "figure.knowledge.drafted": ("Articles drafted", "Entworfene Artikel"),
    "figure.knowledge.published": ("Articles published for the first time", "Erstmals veröffentlichte Artikel"),
    "figure.knowledge.reused": ("Uses of articles", "Benutzungen von Artikeln"),
    "figure.knowledge.helped": ("of these that helped", "davon hilfreich"),
    "figure.knowledge.links": ("Resolutions with an article", "Lösungen mit Artikel"),
    "figure.knowledge.gaps": ("Resolved without an article", "Ohne Artikel gelöst"),
    "term.section.knowledge": ("Knowledge", "Wissen"),
    "definition.section.knowledge": (
        "Link rate: cases resolved in the week for which an article was used by the end of the week / cases "
        "resolved in it. Articles belong to the whole desk. Resolved without an article: cases of products that have "
        "no published article yet. That stands for new kinds of faults: whether each case was of a new kind is not "
        "compared afterwards.",
        "Artikelanteil: in der Woche gelöste Fälle, für die bis zum Ende der Woche ein Artikel benutzt wurde / in "
        "ihr gelöste Fälle. Artikel gehören dem ganzen Desk. Ohne Artikel gelöst: Fälle von Produkten, zu denen noch "
        "kein Artikel veröffentlicht ist. Das steht für neuartige Störungen: ob jeder einzelne Fall neuartig war, wird "
        "im Nachhinein nicht verglichen.",
    ),
    # -- problems -----------------------------------------------------------------------------------------------------
    "head.problems": ("Open problems", "Offene Probleme"),
    "empty.problems": ("No problem was open when the week ended.", "Am Ende der Woche war kein Problem offen."),
    "figure.problems.open": ("Open problems", "Offene Probleme"),
    "figure.problems.incidents": ("Incidents of the problem", "Störungen des Problems"),
    "term.section.problems": ("Problems", "Probleme"),
    "definition.section.problems": (
        "Cases of the kind problem that were open when the week ended, with the incidents linked to them by then.",
        "Fälle der Art Problem, die am Ende der Woche offen waren, mit den bis dahin verknüpften Störungen.",
    ),
    # -- hotline ------------------------------------------------------------------------------------------------------
    "head.hotline": ("Hotline", "Hotline"),
    "note.section.hotline": (
        "Means over the week's days. Needed: so that {share} % of the calls are answered within {seconds} seconds "
        "by Erlang C, which assumes that nobody hangs up; it comes out slightly high.",
        "Mittel über die Tage der Woche. Nötig: damit {share} % der Anrufe binnen {seconds} Sekunden angenommen "
        "werden, nach Erlang C. Die Formel nimmt an, dass niemand auflegt; sie fällt etwas zu hoch aus.",
    ),
    "empty.hotline": (
        "No calls were counted in this week. Import the half hours of the telephone system.",
        "In dieser Woche wurden keine Anrufe gezählt. Importieren Sie die halben Stunden der Telefonanlage.",
    ),
    "empty.dedicated.product": (
        "A product has no dedicated analyst; see a department's edition.",
        "Ein Produkt hat keine feste Ansprechperson; siehe die Ausgabe einer Abteilung.",
    ),
    "empty.hotline.department": (
        "The telephone knows neither departments nor products; see the report of the whole desk.",
        "Das Telefon kennt weder Abteilungen noch Produkte; siehe den Bericht des ganzen Desks.",
    ),
    "figure.hotline.offered": ("Calls", "Anrufe"),
    "figure.hotline.answered_share": ("Answered", "Angenommen"),
    "figure.hotline.handling": ("Mean handling time of a call", "Mittlere Dauer eines Anrufs"),
    "figure.hotline.short": (
        "Half hours with fewer rostered than needed",
        "Halbe Stunden mit weniger Eingeteilten als nötig",
    ),
    "figure.hotline.needed": ("Needed", "Nötig"),
    "figure.hotline.rostered": ("Rostered", "Eingeteilt"),
    "term.section.hotline": ("Hotline, Erlang C", "Hotline, Erlang C"),
    "definition.section.hotline": (
        "Traffic A = calls an hour × mean handling time. Needed is the smallest N > A at which the share of calls "
        "that wait longer than the limit is small enough: P(wait) · e^(−(N − A) · t / AHT), P(wait) by Erlang C "
        "(M/M/N). It ignores that callers hang up.",
        "Verkehr A = Anrufe je Stunde × mittlere Dauer. Nötig ist das kleinste N > A, bei dem genügend wenige "
        "Anrufe länger als die Grenze warten: P(warten) · e^(−(N − A) · t / AHT), P(warten) nach Erlang C "
        "(M/M/N). Dass Anrufende auflegen, bleibt außer Betracht.",
    ),
    # -- exceptions ---------------------------------------------------------------------------------------------------
    "head.quality": ("Quality of the data", "Güte der Daten"),
    "empty.quality": (
        "No case was opened or closed, so there is nothing to judge.",
        "Kein Fall wurde eröffnet oder geschlossen, es gibt also nichts zu beurteilen.",
    ),
    "note.section.quality": (
        "What is missing here is missing in the figures above. The goal is none; for time, all.",
        "Was hier fehlt, fehlt in den Zahlen oben. Ziel ist nichts; bei der Zeit alles.",
    ),
    "figure.quality.time": ("Closed cases with time", "Geschlossene Fälle mit Zeit"),
    "figure.quality.department": ("New cases without a department", "Neue Fälle ohne Abteilung"),
    "figure.quality.product": ("New cases without a product", "Neue Fälle ohne Produkt"),
    "figure.quality.queue": ("New cases without a queue", "Neue Fälle ohne Warteschlange"),
    "figure.quality.severity": ("New cases without a severity", "Neue Fälle ohne Schwere"),
    "term.section.quality": ("Quality of the data", "Güte der Daten"),
    "definition.section.quality": (
        "New cases that had no department, product, queue or severity when the week ended; closed cases on which "
        "minutes were booked, of all closed ones. Missing time is missing, not zero.",
        "Neue Fälle, die am Ende der Woche keine Abteilung, kein Produkt, keine Warteschlange oder keine Schwere "
        "hatten; geschlossene Fälle mit gebuchten Minuten, von allen geschlossenen. Fehlende Zeit fehlt und ist "
        "nicht null.",
    ),
    "head.exceptions": ("Exceptions", "Ausnahmen"),
    "note.section.exceptions": (
        "The goal is none. The cases are named in the private edition only.",
        "Ziel ist keine. Die Fälle nennt nur die vertrauliche Ausgabe.",
    ),
    "figure.exceptions.complaints": ("Executive complaints", "Beschwerden der Leitung"),
    "figure.exceptions.outside": ("Handled outside IT", "Außerhalb der IT behandelt"),
    "figure.exceptions.unreachable": (
        "Open cases whose owners are all away",
        "Offene Fälle, deren Zuständige alle fehlen",
    ),
    "term.section.exceptions": ("Exceptions", "Ausnahmen"),
    "definition.section.exceptions": (
        "New cases marked as executive complaint or as handled outside IT. Without a reachable owner: open at the "
        "end of the week, with owners of whom none was there on its last day.",
        "Neue Fälle, die als Beschwerde der Leitung oder als außerhalb der IT behandelt gekennzeichnet sind. Ohne "
        "erreichbare Zuständige: am Ende der Woche offen, und keine der zuständigen Personen war an ihrem letzten "
        "Tag da.",
    ),
    # -- frozen reports -----------------------------------------------------------------------------------------------
    "head.comment": ("The supervisor's comment", "Kommentar der Leitung"),
    "head.restated": ("Restated since it was printed", "Seit dem Druck geändert"),
    "column.figure": ("Figure", "Kennzahl"),
    "column.report": ("Report", "Bericht"),
    "column.was": ("Printed", "Gedruckt"),
    "column.now": ("Now", "Jetzt"),
    "column.changed": ("Cases that came (+) or went (−)", "Hinzugekommene (+) und weggefallene (−) Fälle"),
    "empty.restated": (
        "Every figure of the week before is still what was printed at log position {seq}.",
        "Jede Zahl der Vorwoche ist noch die, die mit Logstand {seq} gedruckt wurde.",
    ),
    "empty.restated.none": (
        "The report of the week before was not frozen, so there is nothing to compare with.",
        "Der Bericht der Vorwoche wurde nicht festgeschrieben, also gibt es nichts zu vergleichen.",
    ),
}
