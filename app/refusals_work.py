"""Refusals of case work, links, clocks, lists, coverage and roster: English template -> German. See app.refusals."""

from __future__ import annotations

from typing import Final

WORK: Final[dict[str, str]] = {
    # -- cases --------------------------------------------------------------------------------------------------------
    "A case needs a title; say in a few words what is wrong.": (
        "Ein Fall braucht einen Titel; sagen Sie in wenigen Worten, was nicht geht."
    ),
    "A title has at most {most} characters; write the rest into the description.": (
        "Ein Titel hat höchstens {most} Zeichen; schreiben Sie den Rest in die Beschreibung."
    ),
    "Say what happens next; an open case always has a next step.": (
        "Sagen Sie, was als Nächstes geschieht; ein offener Fall hat immer einen nächsten Schritt."
    ),
    '"{text}" is a whole day; say the time of day too, as in "{example}".': (
        "„{text}“ ist ein ganzer Tag; sagen Sie auch die Uhrzeit, wie in „{example}“."
    ),
    '"{text}" is too far away.': "„{text}“ ist zu weit weg.",
    "{day} has not come yet; time is booked on the day the work was done.": (
        "Der {day} ist noch nicht gekommen; Zeit wird an dem Tag gebucht, an dem gearbeitet wurde."
    ),
    "An empty note says nothing; write a few words.": "Eine leere Notiz sagt nichts; schreiben Sie ein paar Worte.",
    "Minutes go from 1 to 1440; book longer work on each day it was done.": (
        "Minuten gehen von 1 bis 1440; buchen Sie längere Arbeit an jedem Tag, an dem sie getan wurde."
    ),
    "Minutes go from 0 to 1440; book longer work on each day it was done.": (
        "Minuten gehen von 0 bis 1440; buchen Sie längere Arbeit an jedem Tag, an dem sie getan wurde."
    ),
    "{fields} can't be set; one of {known} can.": "{fields} lässt sich nicht setzen; das geht bei: {known}.",
    "Satisfaction goes from 1 (very dissatisfied) to 5 (very satisfied).": (
        "Die Zufriedenheit geht von 1 (sehr unzufrieden) bis 5 (sehr zufrieden)."
    ),
    "Ask how satisfied they are when the case is resolved.": (
        "Fragen Sie nach der Zufriedenheit, wenn der Fall gelöst ist."
    ),
    "Say why it is cancelled.": "Sagen Sie, warum der Fall abgebrochen wird.",
    "Say why it is reopened.": "Sagen Sie, warum der Fall wieder geöffnet wird.",
    "Say what was done; the next analyst will search for it.": (
        "Sagen Sie, was getan wurde; wer den nächsten solchen Fall hat, sucht danach."
    ),
    "There is no severity {severity}; use one of: {known}.": (
        "Es gibt keinen Schweregrad {severity}; es gibt: {known}."
    ),
    "{who} already works on this case; ask for it or hand it over.": (
        "{who} bearbeitet diesen Fall schon; bitten Sie darum, oder übergeben Sie ihn."
    ),
    "This time was corrected already; look at it again.": (
        "Diese Zeit wurde schon berichtigt; sehen Sie sie sich noch einmal an."
    ),
    "This case is open already.": "Dieser Fall ist schon offen.",
    "This case is merged into another; unmerge it.": (
        "Dieser Fall ist mit einem anderen zusammengeführt; trennen Sie ihn wieder."
    ),
    "This case is {status}; reopen it first.": "Der Fall ist {status}; öffnen Sie ihn zuerst wieder.",
    "A case that is {old} can't become {new}; {way}": (
        "Ein Fall im Status „{old}“ kommt von dort nicht nach „{new}“; {way}"
    ),
    "reopen it first.": "öffnen Sie ihn zuerst wieder.",
    "resolve or cancel it first.": "lösen Sie ihn zuerst, oder brechen Sie ihn ab.",
    "This case is not here any more.": "Diesen Fall gibt es hier nicht mehr.",
    "There is no case {name} here; look with `halldesk find`, or sync first.": (
        "Hier gibt es keinen Fall {name}; suchen Sie ihn, oder gleichen Sie zuerst ab."
    ),
    "There is no {what} {value}; use one of: {known}.": "{what}: {value} gibt es nicht; es gibt: {known}.",
    "There is no {kind} named {text}; {hint}": "{kind}: {text} gibt es nicht; {hint}",
    "did you mean {near}?": "meinten Sie {near}?",
    "`halldesk export {table}` lists them.": "`halldesk export {table}` zählt auf, was es gibt.",
    # -- handing on ---------------------------------------------------------------------------------------------------
    "Say to whom: an analyst or a queue.": "Sagen Sie, an wen: eine Person oder eine Warteschlange.",
    "Say what was tried, so that the next analyst does not begin again.": (
        "Sagen Sie, was versucht wurde, damit die Nächsten nicht von vorn anfangen."
    ),
    "Say what was tried; they will ask for it.": "Sagen Sie, was versucht wurde; man wird danach fragen.",
    "Say why it goes back and what is known by now.": (
        "Sagen Sie, warum der Fall zurückgeht und was inzwischen klar ist."
    ),
    "{who} has taken this case already.": "{who} hat diesen Fall schon übernommen.",
    "Say what you want to know.": "Sagen Sie, was Sie wissen wollen.",
    "That is yourself; ask somebody else.": "Das sind Sie selbst; fragen Sie jemand anderen.",
    "Whom you ask no longer works here; ask somebody else.": (
        "Wen Sie fragen, arbeitet hier nicht mehr; fragen Sie jemand anderen."
    ),
    "This department has no open case to write to.": (
        "Diese Abteilung hat keinen offenen Fall, in den zu schreiben wäre."
    ),
    "This department has more than {most} open cases; tell it by e-mail instead.": (
        "Diese Abteilung hat mehr als {most} offene Fälle; schreiben Sie ihr stattdessen eine E-Mail."
    ),
    "This department is not here any more.": "Diese Abteilung gibt es nicht mehr.",
    "This dossier is too long; put what is seldom needed into an article.": (
        "Dieses Dossier ist zu lang; legen Sie in einem Artikel ab, was selten gebraucht wird."
    ),
    "This month is still to come.": "Dieser Monat liegt noch vor uns.",
    "You work on this case already.": "Sie bearbeiten diesen Fall schon.",
    "You did not have this case before; ask for it, or claim it when it is free.": (
        "Sie hatten diesen Fall nicht; bitten Sie darum, oder übernehmen Sie ihn, wenn er frei ist."
    ),
    "There is no higher tier; ask the developers or a supplier, or name somebody.": (
        "Eine höhere Stufe gibt es nicht; fragen Sie die Entwicklung oder einen Lieferanten, oder nennen Sie jemanden."
    ),
    "This case is on the lowest tier; hand it over instead.": (
        "Dieser Fall ist auf der untersten Stufe; übergeben Sie ihn stattdessen."
    ),
    # -- links --------------------------------------------------------------------------------------------------------
    "A case does not hang together with itself.": "Ein Fall hängt nicht mit sich selbst zusammen.",
    "A case can't be merged into itself.": "Ein Fall lässt sich nicht mit sich selbst zusammenführen.",
    "Say what helps meanwhile.": "Sagen Sie, was einstweilen hilft.",
    "This case hangs beneath {other} already; unlink it first.": (
        "Dieser Fall hängt schon unter {other}; lösen Sie zuerst die Verknüpfung."
    ),
    "The other case hangs beneath this one already.": "Der andere Fall hängt schon unter diesem.",
    "{other} is not a problem; change its kind first.": (
        "{other} ist kein Problem; ändern Sie zuerst die Art des Falls."
    ),
    "These two hang together in this way already.": "Diese beiden hängen so schon zusammen.",
    "These two do not hang together.": "Diese beiden hängen nicht zusammen.",
    "The other case is merged into this one; unmerge it first.": (
        "Der andere Fall ist mit diesem zusammengeführt; trennen Sie ihn zuerst."
    ),
    "{other} is {status}; reopen it first, or link the two as duplicates.": (
        "{other} ist {status}; öffnen Sie ihn zuerst wieder, oder verknüpfen Sie beide als Dubletten."
    ),
    "This case is merged already; unmerge it first.": "Dieser Fall ist schon zusammengeführt; trennen Sie ihn zuerst.",
    "This case is not merged into another.": "Dieser Fall ist mit keinem anderen zusammengeführt.",
    "This case has no open cases beneath it to tell.": "Unter diesem Fall ist kein offener, dem etwas zu sagen wäre.",
    "There is nothing open to close.": "Es ist nichts Offenes zu schließen.",
    "Only a problem has a workaround; change the kind of this case first.": (
        "Nur ein Problem hat eine Umgehung; ändern Sie zuerst die Art dieses Falls."
    ),
    "Somebody added an incident to this problem, so it can't be undone; change it by hand.": (
        "Jemand hat diesem Problem eine Störung hinzugefügt, daher lässt es sich nicht zurücknehmen; "
        "ändern Sie es von Hand."
    ),
    "Only a problem is made from incidents.": "Nur ein Problem entsteht aus Störungen.",
    "{case} belongs to a problem already; look again.": (
        "{case} gehört schon zu einem Problem; sehen Sie noch einmal nach."
    ),
    "This case stands in no line of what repeats; `halldesk case problems` lists them.": (
        "Dieser Fall steht in keiner Zeile dessen, was sich wiederholt; `halldesk case problems` zählt sie auf."
    ),
    "They are merged; unmerge them.": "Sie sind zusammengeführt; trennen Sie sie.",
    # -- reminders, conflicts, undo -----------------------------------------------------------------------------------
    "That time has passed already; name one that is to come.": "Diese Zeit ist schon vorbei; nennen Sie eine künftige.",
    "This case is not open; there is nothing to put off.": "Dieser Fall ist nicht offen; es gibt nichts aufzuschieben.",
    "Only a text can be written anew; keep mine or theirs.": (
        "Nur ein Text lässt sich neu schreiben; behalten Sie Ihren Wert oder den anderen."
    ),
    "There is no conflict {n}; `halldesk conflicts list` names them.": (
        "Es gibt keinen Konflikt {n}; `halldesk conflicts list` nennt sie."
    ),
    "This was decided already.": "Das wurde schon entschieden.",
    "It was deleted meanwhile, so there is nothing to change.": (
        "Es wurde inzwischen gelöscht; es gibt nichts mehr zu ändern."
    ),
    "Other things refer to it by now; change it where it is edited.": (
        "Inzwischen verweist anderes darauf; ändern Sie es dort, wo es bearbeitet wird."
    ),
    "The case is in another status by now, from which that step does not exist; open the case and go on from there.": (
        "Der Fall ist inzwischen in einem anderen Status, von dem es diesen Schritt nicht gibt; öffnen Sie den Fall, "
        "und gehen Sie von dort weiter."
    ),
    "What it was about was deleted; it can't be done again.": (
        "Worum es ging, wurde gelöscht; es lässt sich nicht noch einmal tun."
    ),
    "{who} changed {what} on {when}, so this can't be undone; change it by hand.": (
        "{who} hat das am {when} geändert ({what}); deshalb lässt es sich nicht zurücknehmen. Ändern Sie es von Hand."
    ),
    "That can't be undone: {reason}.": "Das lässt sich nicht zurücknehmen: {reason}.",
    "That is not allowed: {reason}.": "Das ist nicht erlaubt: {reason}.",
    # -- attachments --------------------------------------------------------------------------------------------------
    "{file} is not kept here any more; attach it again.": (
        "{file} wird hier nicht mehr aufbewahrt; hängen Sie die Datei noch einmal an."
    ),
    "{file} is empty; there is nothing to attach.": "{file} ist leer; es gibt nichts anzuhängen.",
    "{file} has {size} MB; files up to {most} MB can be attached. Put it on the drive and write down where it is.": (
        "{file} hat {size} MB; anhängen lassen sich Dateien bis {most} MB. Legen Sie sie auf das Laufwerk, und "
        "schreiben Sie auf, wo sie liegt."
    ),
    "{file} is not part of any case any more.": "{file} gehört zu keinem Fall mehr.",
    "{file} is on the drive, which is not reachable now; try again when it is.": (
        "{file} liegt auf dem Laufwerk, das gerade nicht erreichbar ist; versuchen Sie es wieder, wenn es da ist."
    ),
    "{file} is missing or damaged on the drive. Workstations that have it were asked to put it back; try again in a "
    "few "
    "minutes.": (
        "{file} fehlt auf dem Laufwerk oder ist beschädigt. Arbeitsplätze, die die Datei haben, wurden gebeten, sie "
        "zurückzulegen; versuchen Sie es in ein paar Minuten noch einmal."
    ),
    "Only an administrator removes contents from the drive.": ("Nur die Administration entfernt Inhalte vom Laufwerk."),
    "Wait two days at least; somebody may be sending the file just now.": (
        "Warten Sie mindestens zwei Tage; vielleicht sendet jemand die Datei gerade."
    ),
    "{file} is a folder; attach the files in it, or a .zip of them.": (
        "{file} ist ein Ordner; hängen Sie die Dateien darin an oder eine .zip-Datei davon."
    ),
    "{file} can't be read ({error}); nothing was attached.": (
        "{file} lässt sich nicht lesen ({error}); es wurde nichts angehängt."
    ),
    "This file is on the drive, not on this workstation; open it while the drive is reachable.": (
        "Diese Datei liegt auf dem Laufwerk, nicht auf diesem Arbeitsplatz; öffnen Sie sie, solange das Laufwerk "
        "erreichbar ist."
    ),
    "{file} is not opened from here, because it could be a program; save it instead.": (
        "{file} wird von hier nicht geöffnet, weil es ein Programm sein könnte; speichern Sie die Datei stattdessen."
    ),
    "A part of this file was spoiled on this disk; open it again to fetch it anew.": (
        "Ein Teil dieser Datei ist auf dieser Platte verdorben; öffnen Sie sie noch einmal, dann wird sie neu geholt."
    ),
    "This file is not what its name in the log says; ask who attached it to do so again.": (
        "Diese Datei ist nicht die, die im Log steht; bitten Sie, wer sie angehängt hat, es noch einmal zu tun."
    ),
    "{path} can't be written ({error}); choose another place.": (
        "{path} lässt sich nicht schreiben ({error}); wählen Sie einen anderen Ort."
    ),
    "{folder} can't be made ({error}); save the file instead.": (
        "{folder} lässt sich nicht anlegen ({error}); speichern Sie die Datei stattdessen."
    ),
    # -- calendars, clocks, targets -----------------------------------------------------------------------------------
    'The weekly shifts must name days with lists of shifts, like {{"mon": ["06:00-14:00"]}}.': (
        'Die Wochenschichten nennen Tage mit Listen von Schichten, etwa {{"mon": ["06:00-14:00"]}}.'
    ),
    "A calendar needs at least one shift in the week; without one no due time could ever be reached.": (
        "Ein Kalender braucht wenigstens eine Schicht in der Woche; sonst würde nie etwas fällig."
    ),
    '"{text}" ({day}) is not a shift; {hint}.': "„{text}“ ({day}) ist keine Schicht; {hint}.",
    '"{text}" ({day}) has a time that no clock shows; {hint}.': (
        "„{text}“ ({day}) hat eine Zeit, die keine Uhr zeigt; {hint}."
    ),
    '"{text}" ({day}) begins and ends at the same time; write 00:00-24:00 for a whole day.': (
        "„{text}“ ({day}) beginnt und endet zur selben Zeit; ein ganzer Tag ist 00:00-24:00."
    ),
    "The weekly shifts are not JSON; enter the calendar's shifts again.": (
        "Die Wochenschichten sind kein JSON; geben Sie die Schichten des Kalenders neu ein."
    ),
    'The shifts of "{key}" must be a list like ["06:00-14:00"].': (
        'Die Schichten von „{key}“ sind eine Liste wie ["06:00-14:00"].'
    ),
    "No public holidays are known for {place}; choose another or none.": (
        "Für {place} sind keine Feiertage bekannt; wählen Sie ein anderes Land oder keines."
    ),
    '"{key}" is not a day; use mon, tue, wed, thu, fri, sat, sun or a date like 2026-12-24.': (
        "„{key}“ ist kein Tag; schreiben Sie mo, di, mi, do, fr, sa, so oder ein Datum wie 2026-12-24."
    ),
    '"{word}" is not a day; use mon, tue, wed, thu, fri, sat, sun, or a date like 2026-12-24.': (
        "„{word}“ ist kein Tag; schreiben Sie mo, di, mi, do, fr, sa, so oder ein Datum wie 2026-12-24."
    ),
    '"{line}" is not a day with shifts; write for instance "mon-fri 06:00-14:00".': (
        "„{line}“ ist kein Tag mit Schichten; schreiben Sie zum Beispiel „mo-fr 06:00-14:00“."
    ),
    "{day} has no shifts; give it some, or enter it as a closed day.": (
        "{day} hat keine Schichten; geben Sie welche an, oder tragen Sie den Tag als geschlossen ein."
    ),
    "{minutes} working minutes take more than {years} years in this calendar; make the target smaller or add shifts.": (
        "{minutes} Arbeitsminuten dauern in diesem Kalender mehr als {years} Jahre; verkleinern Sie das Ziel, oder "
        "geben "
        "Sie dem Kalender mehr Schichten."
    ),
    "There is no calendar {name}; use one of: {known}.": "Es gibt keinen Kalender {name}; es gibt: {known}.",
    "A target is a number of working minutes, 0 for none.": "Ein Ziel ist eine Zahl von Arbeitsminuten, 0 für keines.",
    "A calendar needs a name, for instance the hall's.": (
        "Ein Kalender braucht einen Namen, zum Beispiel den der Halle."
    ),
    "A new calendar needs shifts, for instance mon-fri 08:00-17:00.": (
        "Ein neuer Kalender braucht Schichten, zum Beispiel mon-fri 08:00-17:00."
    ),
    "Severities have ranks from 1 (the worst) to 5.": "Schweregrade haben Ränge von 1 (am schlimmsten) bis 5.",
    "A case waits on one of: {known}.": "Ein Fall wartet auf eines von: {known}.",
    "{day} is a closed day already.": "{day} ist schon ein geschlossener Tag.",
    "{day} is not entered as a closed day.": "{day} ist nicht als geschlossener Tag eingetragen.",
    "There is no severity {rank}.": "Es gibt keinen Schweregrad {rank}.",
    "There is no severity {rank} yet; give it a name.": (
        "Einen Schweregrad {rank} gibt es noch nicht; geben Sie ihm einen Namen."
    ),
    # -- lists and views ----------------------------------------------------------------------------------------------
    "Cases can't be sorted by {order}; use one of: {known}.": (
        "Nach {order} lassen sich Fälle nicht ordnen; es gibt: {known}."
    ),
    "There is no field {field}; use one of: {known}.": "Es gibt kein Feld {field}; es gibt: {known}.",
    "{field} can't be tested for {test}; use one of: {known}.": (
        "{field} lässt sich nicht auf {test} prüfen; es gibt: {known}."
    ),
    "Say what {field} is compared with.": "Sagen Sie, womit {field} verglichen wird.",
    "{field} is compared with a number from 0 to 10000.": "{field} wird mit einer Zahl von 0 bis 10000 verglichen.",
    "{field} is compared with 1 to 10000 hours or days.": "{field} wird mit 1 bis 10000 Stunden oder Tagen verglichen.",
    "{field} is compared with a number.": "{field} wird mit einer Zahl verglichen.",
    "{field} is compared with a number of hours or days.": (
        "{field} wird mit einer Zahl von Stunden oder Tagen verglichen."
    ),
    "Say which {field} is meant.": "Sagen Sie, was bei {field} gemeint ist.",
    "There is no {field} {value}; use one of: {known}.": "{field}: {value} gibt es nicht; es gibt: {known}.",
    "{value} is not a value for {field}.": "{value} ist kein Wert für {field}.",
    "{month} is no month; write it as 2026-11.": "{month} ist kein Monat; schreiben Sie ihn als 2026-11.",
    "There is no list {name} of a department; use one of: {known}.": (
        "Bei Abteilungen gibt es keine Liste {name}; es gibt: {known}."
    ),
    "There is no such version of this dossier any more.": "Diese Fassung des Dossiers gibt es nicht mehr.",
    "{word} is no word; a word has letters only, a hyphen may stand between them.": (
        "{word} ist kein Wort; ein Wort hat nur Buchstaben, dazwischen darf ein Bindestrich stehen."
    ),
    "This view can't be read; it was made by another version of Halldesk.": (
        "Diese Ansicht lässt sich nicht lesen; sie stammt aus einer anderen Version von Halldesk."
    ),
    "There is no view {name}; use one of: {known}.": "Es gibt keine Ansicht {name}; es gibt: {known}.",
    "The view {name} was made by a newer version of Halldesk; update this workstation.": (
        "Die Ansicht {name} stammt aus einer neueren Version von Halldesk; aktualisieren Sie diesen Arbeitsplatz."
    ),
    "A view needs a name.": "Eine Ansicht braucht einen Namen.",
    "The name of a view has at most {most} characters.": "Der Name einer Ansicht hat höchstens {most} Zeichen.",
    "There is a view called {name} already; choose another name.": (
        "Eine Ansicht namens {name} gibt es schon; wählen Sie einen anderen Namen."
    ),
    "This view is gone already.": "Diese Ansicht gibt es schon nicht mehr.",
    # -- templates ----------------------------------------------------------------------------------------------------
    "This template is not here any more.": "Diese Vorlage gibt es nicht mehr.",
    "There is no template {name}; look with `halldesk template list`.": (
        "Es gibt keine Vorlage {name}; `halldesk template list` zählt sie auf."
    ),
    "{name} is there in {languages}; say --language.": "{name} gibt es in {languages}; sagen Sie --language.",
    "A template needs a name and a text.": "Eine Vorlage braucht einen Namen und einen Text.",
    "{language} is no language; say en or de.": "{language} ist keine Sprache; sagen Sie en oder de.",
    "{short} can't be typed for a template; use letters and digits, without blanks.": (
        "{short} lässt sich nicht als Kürzel tippen; nehmen Sie Buchstaben und Ziffern ohne Leerzeichen."
    ),
    "There is a template called {name} in that language already; change that one.": (
        "Eine Vorlage namens {name} gibt es in dieser Sprache schon; ändern Sie jene."
    ),
    "/{short} is what is typed for {name} already; use another word.": (
        "/{short} steht schon für {name}; nehmen Sie ein anderes Kürzel."
    ),
    # -- coverage, absence, handover ----------------------------------------------------------------------------------
    "There is no absence {kind}; use one of: {known}.": "Es gibt keine Abwesenheit {kind}; es gibt: {known}.",
    "An absence ends on its first day or later.": "Eine Abwesenheit endet an ihrem ersten Tag oder später.",
    "{who} is not away on {day}.": "{who} ist am {day} nicht abwesend.",
    "There is no such absence any more.": "Diese Abwesenheit gibt es nicht mehr.",
    "{who} is away already since {day}; change that absence instead.": (
        "{who} ist schon seit {day} abwesend; ändern Sie stattdessen diese Abwesenheit."
    ),
    "This is your own absence; who stands in acknowledges it.": (
        "Das ist Ihre eigene Abwesenheit; zur Kenntnis nimmt sie, wer vertritt."
    ),
    "This absence is over.": "Diese Abwesenheit ist vorbei.",
    "A coverage ends on its first day or later.": "Eine Betreuung endet an ihrem ersten Tag oder später.",
    "Primary and stand-ins are different people.": "Feste Ansprechperson und Vertretungen sind verschiedene Personen.",
    "The next review lies in the future.": "Die nächste Prüfung liegt in der Zukunft.",
    "At least one department each.": "Mindestens eine Abteilung je Person.",
    "{told} Say it again with --anyway if it must be.": (
        "{told} Wenn es sein muss, bestätigen Sie es ausdrücklich (--anyway)."
    ),
    "There is no such coverage any more.": "Diese Betreuung gibt es nicht mehr.",
    "There is no stand-in to change places with; name one first.": (
        "Es gibt keine Vertretung, mit der sich tauschen ließe; benennen Sie zuerst eine."
    ),
    "There is no day left this quarter or next on which both work.": (
        "In diesem und im nächsten Quartal ist kein Tag mehr, an dem beide arbeiten."
    ),
    "That day is over.": "Dieser Tag ist vorbei.",
    "{who} has this department already.": "{who} hat diese Abteilung schon.",
    "There is nothing to confirm here.": "Hier ist nichts zu bestätigen.",
    "{who} confirms this.": "Das bestätigt {who}.",
    "{department} has no dedicated analyst; `halldesk coverage set` names one.": (
        "{department} hat keine feste Ansprechperson; `halldesk coverage set` benennt eine."
    ),
    "Who was away decides this, or a supervisor.": "Das entscheidet, wer abwesend war, oder ein Supervisor.",
    "Nobody stands in; say who does it with --to.": "Niemand vertritt; sagen Sie mit --to, wer es tut.",
    "This case is not on the sheet.": "Dieser Fall steht nicht auf dem Blatt.",
    # -- roster -------------------------------------------------------------------------------------------------------
    "Both turns are the same person's; there is nothing to swap.": (
        "Beide Dienste hat dieselbe Person; es gibt nichts zu tauschen."
    ),
    "This turn is not on the roster any more.": "Dieser Dienst steht nicht mehr im Dienstplan.",
    "A turn must end after it begins.": "Ein Dienst endet, nachdem er begonnen hat.",
    "A turn lasts at most seven days; plan one for each week.": (
        "Ein Dienst dauert höchstens sieben Tage; planen Sie für jede Woche einen."
    ),
    "This analyst works here no more; roster somebody else.": (
        "Diese Person arbeitet hier nicht mehr; teilen Sie jemand anderen ein."
    ),
    "This is no iCalendar file (it holds no calendar).": "Das ist keine iCalendar-Datei (sie enthält keinen Kalender).",
    "This is no iCalendar file ({error}).": "Das ist keine iCalendar-Datei ({error}).",
    "it has no {name}": "ohne {name}",
    "it has no UID": "ohne UID",
    "it lasts whole days; a turn has a clock time": "dauert ganze Tage; ein Dienst hat eine Uhrzeit",
    "it repeats; write each turn as an event of its own": (
        "wiederholt sich; schreiben Sie jeden Dienst als eigenen Termin"
    ),
    # -- times --------------------------------------------------------------------------------------------------------
    '"{text}" has no time zone; {hint}.': "„{text}“ hat keine Zeitzone; {hint}.",
    '"{text}" is not a date; write it like 2026-11-22.': "„{text}“ ist kein Datum; schreiben Sie es wie 2026-11-22.",
    '"{text}" is not a week; write it like 2026-W46.': "„{text}“ ist keine Woche; schreiben Sie sie wie 2026-W46.",
    '"{name}" is not a known time zone; use a name like Europe/Berlin.': (
        "„{name}“ ist keine bekannte Zeitzone; nehmen Sie einen Namen wie Europe/Berlin."
    ),
    '"{text}" is not a date and time; {hint}.': "„{text}“ ist kein Datum mit Uhrzeit; {hint}.",
    'There is no week "{text}"; weeks go from 01 to 52, or 53 in a long year.': (
        "Eine Woche „{text}“ gibt es nicht; Wochen gehen von 01 bis 52, in langen Jahren bis 53."
    ),
    "write it like 2026-11-22T09:12:40Z": "schreiben Sie es wie 2026-11-22T09:12:40Z",
    "write it like 06:00-14:00, or 22:00-06:00 over midnight": (
        "schreiben Sie es wie 06:00-14:00, oder 22:00-06:00 über Mitternacht"
    ),
}
