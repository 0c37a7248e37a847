"""What only the command line refuses: English template -> German template. See app.refusals."""

from __future__ import annotations

from typing import Final

CLI: Final[dict[str, str]] = {
    # -- what was not said --------------------------------------------------------------------------------------------
    "Say which case: --case N.": "Sagen Sie, welcher Fall: --case N.",
    "Name the folder, --audience and --phone; or --due for the sites that are set.": (
        "Nennen Sie den Ordner, --audience und --phone; oder --due für die eingerichteten Seiten."
    ),
    "Say for what: --case N or --title TEXT.": "Sagen Sie, wofür: --case N oder --title TEXT.",
    "Say what to change; `halldesk case bulk --help` names it.": (
        "Sagen Sie, was zu ändern ist; `halldesk case bulk --help` zählt es auf."
    ),
    "Name the cases: their numbers, --view NAME or --from FILE.": (
        "Nennen Sie die Fälle: ihre Nummern, --view NAME oder --from DATEI."
    ),
    "These are {count} cases; change at most {most} at once.": (
        "Das sind {count} Fälle; ändern Sie höchstens {most} auf einmal."
    ),
    "Name the changes as `halldesk case bulk --json` printed them (tx).": (
        "Nennen Sie die Änderungen, wie `halldesk case bulk --json` sie ausgab (tx)."
    ),
    "Say what to change; see `halldesk case set --help`.": (
        "Sagen Sie, was zu ändern ist; siehe `halldesk case set --help`."
    ),
    "Say --keep mine, --keep theirs or --keep text FILE.": (
        "Sagen Sie --keep mine, --keep theirs oder --keep text DATEI."
    ),
    "Say what is to change: --primary, --stand-in1, --stand-in2, --queue, --to or --why.": (
        "Sagen Sie, was sich ändern soll: --primary, --stand-in1, --stand-in2, --queue, --to oder --why."
    ),
    "An event log needs a mapping: --mapping MAP.toml; shipped ones are in resources/mappings.": (
        "Ein Ereignislog braucht eine Zuordnung: --mapping MAP.toml; mitgelieferte liegen in resources/mappings."
    ),
    "Name the site's time zone: --zone Europe/Berlin or the like.": (
        "Nennen Sie die Zeitzone des Standorts: --zone Europe/Berlin oder dergleichen."
    ),
    "Another workstation has the role its analyst has; leave --role out.": (
        "Ein weiterer Arbeitsplatz hat die Rolle seines Bearbeiters; lassen Sie --role weg."
    ),
    "Name the folder or database to try out: --share WHERE.": (
        "Nennen Sie den Ordner oder die Datenbank, die zu prüfen ist: --share ORT."
    ),
    "Name the mapping the log was imported with: --mapping MAP.toml.": (
        "Nennen Sie die Zuordnung, mit der das Log importiert wurde: --mapping MAP.toml."
    ),
    "Say which product the change was made to: --product NAME.": (
        "Sagen Sie, an welchem Produkt geändert wurde: --product NAME."
    ),
    "Say where to: --pdf FILE, --svg FILE or both.": "Sagen Sie, wohin: --pdf DATEI, --svg DATEI oder beides.",
    "Say what to change: FIELD=VALUE, --put or --drop.": (
        "Sagen Sie, was zu ändern ist: FELD=WERT, --put oder --drop."
    ),
    "Say which {one} is meant: {key}=...": "Sagen Sie, was gemeint ist ({one}): {key}=...",
    "Say where the report goes: --pdf FILE, --json FILE, --freeze or --mail ADDRESS.": (
        "Sagen Sie, wohin der Bericht geht: --pdf DATEI, --json DATEI, --freeze oder --mail ADRESSE."
    ),
    "Say where the report goes: --pdf FILE or --mail ADDRESS.": (
        "Sagen Sie, wohin der Bericht geht: --pdf DATEI oder --mail ADRESSE."
    ),
    "Say what to change: --name, --text, --text-file, --audience or --short.": (
        "Sagen Sie, was zu ändern ist: --name, --text, --text-file, --audience oder --short."
    ),
    "You have booked nothing on this case on {day}; name the day with --date.": (
        "Sie haben auf diesen Fall am {day} nichts gebucht; nennen Sie den Tag mit --date."
    ),
    # -- what is not there --------------------------------------------------------------------------------------------
    "There is no absence {name}; `halldesk absence list` names them.": (
        "Eine Abwesenheit {name} gibt es nicht; `halldesk absence list` zählt sie auf."
    ),
    "There is nothing left to decide on this sheet.": "Auf diesem Blatt gibt es nichts mehr zu entscheiden.",
    "This article has versions 1 to {last}.": "Dieser Artikel hat die Fassungen 1 bis {last}.",
    "This {one} has no file called {name}; it has: {files}.": (
        "Eine Datei namens {name} gibt es hier nicht ({one}); es gibt: {files}."
    ),
    "There is nothing to book beyond what is booked.": "Über das Gebuchte hinaus gibt es nichts zu buchen.",
    "There is no machine with the tag {tag}.": "Eine Maschine mit der Kennung {tag} gibt es nicht.",
    "There is no requester called {name}, or several are.": (
        "Niemand unter den Meldenden heißt {name}, oder mehrere heißen so."
    ),
    "There is no version {version}; `halldesk department dossier --history` has them.": (
        "Eine Fassung {version} gibt es nicht; `halldesk department dossier --history` zeigt sie."
    ),
    "This {one} is not here any more.": "Das gibt es hier nicht mehr ({one}).",
    "There is no {one} to put or drop; {kind}s have {parts}.": (
        "{one} lässt sich hier nicht setzen oder nehmen; an {kind} hängen: {parts}."
    ),
    "No frozen report of {week} is there; `halldesk report list` names them.": (
        "Einen festgehaltenen Bericht von {week} gibt es nicht; `halldesk report list` zählt sie auf."
    ),
    "There is no turn {name}; look with `halldesk shift list`.": (
        "Eine Schicht {name} gibt es nicht; sehen Sie mit `halldesk shift list` nach."
    ),
    "More than one turn begins with {name}; type more of it.": (
        "Mehr als eine Schicht beginnt mit {name}; schreiben Sie mehr davon."
    ),
    "There is no entry {seq}; the desk is at position {head}.": (
        "Einen Eintrag {seq} gibt es nicht; der Helpdesk ist bei {head}."
    ),
    "Nothing is lost.": "Nichts ist verloren.",
    "There is no one lost change {change}; see `halldesk lost list`.": (
        "Genau eine verlorene Änderung {change} gibt es nicht; siehe `halldesk lost list`."
    ),
    # -- what can't be ------------------------------------------------------------------------------------------------
    "A calendar has 1 to {most} days.": "Ein Kalender hat 1 bis {most} Tage.",
    "A department has two stand-ins at most.": "Eine Abteilung hat höchstens zwei Vertretungen.",
    "A coverage has a primary; `halldesk coverage end` ends it.": (
        "Eine Betreuung hat jemanden an erster Stelle; `halldesk coverage end` beendet sie."
    ),
    "{folder} can't be removed ({error}); close the window that shows it, then try again.": (
        "{folder} lässt sich nicht entfernen ({error}); schließen Sie das Fenster, das ihn zeigt, und versuchen Sie es "
        "erneut."
    ),
    "{folder} holds a real help desk; name another folder for the demo with --profile.": (
        "In {folder} ist ein echter Helpdesk; nennen Sie mit --profile einen anderen Ordner für die Demo."
    ),
    '"{text}" is not a shift; write it like mon-fri=06:00-14:00.': (
        "„{text}“ ist keine Schicht; schreiben Sie sie wie mon-fri=06:00-14:00."
    ),
    "--days is at least 1.": "--days ist mindestens 1.",
    "No password came; give it on standard input.": "Es kam kein Kennwort; geben Sie es auf der Standardeingabe.",
    "No mail account is set up; see `halldesk mail setup --help`.": (
        "Es ist kein Mailkonto eingerichtet; siehe `halldesk mail setup --help`."
    ),
    "A new {one} comes with an invitation: `halldesk invite --name NAME`.": (
        "Wer neu ist, kommt mit einer Einladung ({one}): `halldesk invite --name NAME`."
    ),
    "{text} is not FIELD=VALUE of one of: {fields}.": "{text} ist nicht FELD=WERT mit einem von: {fields}.",
    "{field} is a number, not {text}.": "{field} ist eine Zahl, nicht {text}.",
    "{field} is yes or no, not {text}.": "{field} ist yes oder no, nicht {text}.",
    "{text} is none of its: {choices}.": "{text} ist keines davon: {choices}.",
    "The two were not the same; nothing was written.": "Die beiden waren nicht gleich; es wurde nichts geschrieben.",
    "Nothing came on standard input; write the password there, with --password-stdin.": (
        "Auf der Standardeingabe kam nichts; schreiben Sie mit --password-stdin das Kennwort dorthin."
    ),
    "This help desk is in the folder {where}, which needs no password.": (
        "Dieser Helpdesk liegt im Ordner {where}, der kein Kennwort braucht."
    ),
    "Nobody can be asked here: write the password to standard input, with --password-stdin.": (
        "Hier kann niemand gefragt werden: Schreiben Sie das Kennwort mit --password-stdin auf die Standardeingabe."
    ),
    "{from}-{to} is no time of day; write it like --from 06:00 --to 14:00.": (
        "{from}-{to} ist keine Uhrzeit; schreiben Sie sie wie --from 06:00 --to 14:00."
    ),
    "A condition is a field, a test and values, for instance: status is new.": (
        "Eine Bedingung ist ein Feld, ein Vergleich und Werte, zum Beispiel: status is new."
    ),
}
