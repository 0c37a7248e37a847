<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AbsenceDialog</name>
    <message>
        <source>Plan an absence</source>
        <translation>Abwesenheit planen</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>Andere Tage</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>nobody knows yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>freiwillig</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>It ends on its first day or later.</source>
        <translation>Das Ende liegt nicht vor dem ersten Tag.</translation>
    </message>
    <message>
        <source>Nothing speaks against it: every department has somebody.</source>
        <translation>Nichts spricht dagegen: Jede Abteilung hat jemanden.</translation>
    </message>
    <message numerus="yes">
        <source>%n department(s) would have nobody.</source>
        <translation>
            <numerusform>%n Abteilung hätte niemanden.</numerusform>
            <numerusform>%n Abteilungen hätten niemanden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know before you save:</source>
        <translation>
            <numerusform>%n Punkt, der vor dem Speichern zu wissen ist:</numerusform>
            <numerusform>%n Punkte, die vor dem Speichern zu wissen sind:</numerusform>
        </translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>The absence is entered</source>
        <translation>Die Abwesenheit ist eingetragen</translation>
    </message>
</context>
<context>
    <name>AbsencesView</name>
    <message>
        <source>{department} {days}</source>
        <translation>{department} {days}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is there: {gaps}</source>
        <translation>Niemand ist da: {gaps}</translation>
    </message>
    <message>
        <source>Somebody is there for every department on each of these days.</source>
        <translation>Für jede Abteilung ist an jedem dieser Tage jemand da.</translation>
    </message>
    <message>
        <source>not acknowledged by {who}</source>
        <translation>nicht bestätigt von {who}</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Return sheet…</source>
        <translation>Rückkehrblatt…</translation>
    </message>
    <message>
        <source>Handover sheet…</source>
        <translation>Übergabeblatt…</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>{who} is back</source>
        <translation>{who} ist wieder da</translation>
    </message>
    <message>
        <source>At work from</source>
        <translation>Wieder da ab</translation>
    </message>
    <message>
        <source>Back at work</source>
        <translation>Wieder da</translation>
    </message>
    <message>
        <source>The absence of {who} does not take place</source>
        <translation>Die Abwesenheit von {who} findet nicht statt</translation>
    </message>
    <message>
        <source>Absence calendar</source>
        <translation>Abwesenheitskalender</translation>
    </message>
    <message>
        <source>How much is shown</source>
        <translation>Wie viel gezeigt wird</translation>
    </message>
    <message>
        <source>5 weeks</source>
        <translation>5 Wochen</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 Monate</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>those that are over, too</source>
        <translation>auch vergangene</translation>
    </message>
    <message>
        <source>I know, I stand in</source>
        <translation>Ich weiß, ich vertrete</translation>
    </message>
    <message>
        <source>Still away…</source>
        <translation>Noch abwesend…</translation>
    </message>
    <message>
        <source>Back at work…</source>
        <translation>Wieder da…</translation>
    </message>
    <message>
        <source>Other days…</source>
        <translation>Andere Tage…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Stands in</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>Nobody is away</source>
        <translation>Niemand ist abwesend</translation>
    </message>
    <message>
        <source>“Plan an absence” enters a vacation and says who stands in.</source>
        <translation>„Abwesenheit planen“ trägt einen Urlaub ein und sagt, wer vertritt.</translation>
    </message>
</context>
<context>
    <name>AdministrationPage</name>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Sections of the administration</source>
        <translation>Abschnitte der Verwaltung</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>An agreement</source>
        <translation>Eine Vereinbarung</translation>
    </message>
    <message>
        <source>Change the agreement</source>
        <translation>Vereinbarung ändern</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>First stand-in</source>
        <translation>Erste Vertretung</translation>
    </message>
    <message>
        <source>Second stand-in</source>
        <translation>Zweite Vertretung</translation>
    </message>
    <message>
        <source>Queue when nobody is there</source>
        <translation>Warteschlange, wenn niemand da ist</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>Other people from</source>
        <translation>Andere Personen ab</translation>
    </message>
    <message>
        <source>until</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>paid, pressing need …</source>
        <translation>bezahlt, dringender Bedarf …</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Review on</source>
        <translation>Prüfen am</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Vereinbaren</translation>
    </message>
    <message>
        <source>Choose a department.</source>
        <translation>Eine Abteilung wählen.</translation>
    </message>
    <message>
        <source>Choose who is its contact.</source>
        <translation>Die Kontaktperson wählen.</translation>
    </message>
    <message>
        <source>It ends on its first day or later.</source>
        <translation>Das Ende liegt nicht vor dem ersten Tag.</translation>
    </message>
    <message>
        <source>Contact and stand-ins are different people.</source>
        <translation>Kontakt und Vertretungen sind verschiedene Personen.</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Vereinbart</translation>
    </message>
</context>
<context>
    <name>AgreementsView</name>
    <message>
        <source>Agreements</source>
        <translation>Vereinbarungen</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>{name} (not taken over yet)</source>
        <translation>{name} (noch nicht übernommen)</translation>
    </message>
    <message>
        <source>due since {day}</source>
        <translation>fällig seit {day}</translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation>ab {day}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of {department}</source>
        <translation>Verlauf von {department}</translation>
    </message>
    <message>
        <source>Swap day: {pair}</source>
        <translation>Tauschtag: {pair}</translation>
    </message>
    <message>
        <source>They change places on</source>
        <translation>Sie tauschen am</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Vereinbaren</translation>
    </message>
    <message>
        <source>A swap day is agreed on</source>
        <translation>Ein Tauschtag ist vereinbart</translation>
    </message>
    <message>
        <source>Reviewed: {department}</source>
        <translation>Geprüft: {department}</translation>
    </message>
    <message>
        <source>Review again on</source>
        <translation>Wieder prüfen am</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>No dedicated analyst for {department}</source>
        <translation>Keine feste Ansprechperson für {department}</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>End the agreement</source>
        <translation>Vereinbarung beenden</translation>
    </message>
    <message>
        <source>The agreement ends</source>
        <translation>Die Vereinbarung endet</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Gilt</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Swap day</source>
        <translation>Tauschtag</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>former ones, too</source>
        <translation>auch frühere</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Give for good…</source>
        <translation>Dauerhaft abgeben…</translation>
    </message>
    <message>
        <source>Swap day…</source>
        <translation>Tauschtag…</translation>
    </message>
    <message>
        <source>Reviewed…</source>
        <translation>Geprüft…</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>Übernehmen…</translation>
    </message>
    <message>
        <source>End…</source>
        <translation>Beenden…</translation>
    </message>
    <message>
        <source>Monthly review…</source>
        <translation>Monatsprüfung…</translation>
    </message>
    <message>
        <source>No agreement yet</source>
        <translation>Noch keine Vereinbarung</translation>
    </message>
    <message>
        <source>An agreement names the contact of a department and up to two stand-ins.</source>
        <translation>Eine Vereinbarung nennt die Kontaktperson einer Abteilung und bis zu zwei Vertretungen.</translation>
    </message>
    <message>
        <source>Stand-ins</source>
        <translation>Vertretungen</translation>
    </message>
</context>
<context>
    <name>AlarmWatch</name>
    <message>
        <source>Take it</source>
        <translation>Fall übernehmen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Nobody is there for an urgent case</source>
        <translation>Für einen dringenden Fall ist niemand da</translation>
    </message>
    <message numerus="yes">
        <source>Nobody is there for %n more urgent case(s).</source>
        <translation>
            <numerusform>Für %n weiteren dringenden Fall ist niemand da.</numerusform>
            <numerusform>Für %n weitere dringende Fälle ist niemand da.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the first</source>
        <translation>Den ersten öffnen</translation>
    </message>
    <message>
        <source>{who} has taken {case}.</source>
        <translation>{who} hat {case} übernommen.</translation>
    </message>
    <message>
        <source>{who} is there again for {case}.</source>
        <translation>{who} ist für {case} wieder da.</translation>
    </message>
    <message>
        <source>{case} is yours</source>
        <translation>{case} gehört dir</translation>
    </message>
</context>
<context>
    <name>ArchivePane</name>
    <message>
        <source>Whole desk</source>
        <translation>Ganzer Helpdesk</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Festgehalten</translation>
    </message>
    <message>
        <source>No report was frozen yet</source>
        <translation>Noch kein Bericht wurde festgehalten</translation>
    </message>
    <message>
        <source>Freezing keeps a week as it was printed; supervisors do it beside the comment.</source>
        <translation>Festhalten bewahrt eine Woche, wie sie gedruckt wurde; Supervisoren tun es neben der Bemerkung.</translation>
    </message>
</context>
<context>
    <name>ArticleEditor</name>
    <message>
        <source>Edit article</source>
        <translation>Artikel bearbeiten</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>Article saved</source>
        <translation>Artikel gespeichert</translation>
    </message>
    <message>
        <source>This is what you wrote until {time} and did not save.</source>
        <translation>Das haben Sie bis {time} geschrieben und nicht gespeichert.</translation>
    </message>
    <message>
        <source>A template fills empty fields only; nothing was empty.</source>
        <translation>Eine Vorlage füllt nur leere Felder; keines war leer.</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Pictures and files</source>
        <translation>Bilder und Dateien</translation>
    </message>
    <message>
        <source>You have not saved what you wrote.</source>
        <translation>Was Sie geschrieben haben, ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Weiterschreiben</translation>
    </message>
</context>
<context>
    <name>ArticlePane</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>Weiter zu</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Print or PDF</source>
        <translation>Drucken oder PDF</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Used in these cases</source>
        <translation>In diesen Fällen benutzt</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Helped</source>
        <translation>Half</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>What this version changed</source>
        <translation>Was diese Version geändert hat</translation>
    </message>
    <message>
        <source>Restore this version</source>
        <translation>Diese Version wiederherstellen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Used in</source>
        <translation>Benutzt in</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Version restored</source>
        <translation>Version wiederhergestellt</translation>
    </message>
    <message>
        <source>The article is now {state}</source>
        <translation>Der Artikel ist jetzt {state}</translation>
    </message>
</context>
<context>
    <name>ArticlePaperDialog</name>
    <message>
        <source>Article on paper</source>
        <translation>Artikel auf Papier</translation>
    </message>
</context>
<context>
    <name>ArticleSheet</name>
    <message>
        <source>Article from this case</source>
        <translation>Artikel aus diesem Fall</translation>
    </message>
    <message>
        <source>Finish the article</source>
        <translation>Artikel fertigstellen</translation>
    </message>
    <message>
        <source>What it helps with, as somebody would ask for it</source>
        <translation>Wobei er hilft, so wie jemand danach fragen würde</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>What one sees, error messages</source>
        <translation>Was man sieht, Fehlermeldungen</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Why it happens, if it is known</source>
        <translation>Warum es geschieht, wenn man es weiß</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>1. First step
2. Next step</source>
        <translation>1. Erster Schritt
2. Nächster Schritt</translation>
    </message>
    <message>
        <source>No article</source>
        <translation>Kein Artikel</translation>
    </message>
    <message>
        <source>This is nothing others could use: the draft goes to the archive</source>
        <translation>Damit kann sonst niemand etwas anfangen: Der Entwurf geht ins Archiv</translation>
    </message>
    <message>
        <source>It names the requester, or a number or address of somebody: others will read this.</source>
        <translation>Er nennt den Anfragenden oder eine Nummer oder Adresse von jemandem: Andere werden das lesen.</translation>
    </message>
    <message>
        <source>No article: the draft is in the archive</source>
        <translation>Kein Artikel: Der Entwurf liegt im Archiv</translation>
    </message>
    <message>
        <source>Article finished; it waits for a review</source>
        <translation>Artikel fertig; er wartet auf eine Prüfung</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
    <message>
        <source>Article</source>
        <translation>Artikel</translation>
    </message>
</context>
<context>
    <name>AskSheet</name>
    <message>
        <source>Ask a specialist; the case stays yours</source>
        <translation>Fachleute fragen; der Fall bleibt bei Ihnen</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>Wen</translation>
    </message>
    <message>
        <source>What you want to know (internal)</source>
        <translation>Was Sie wissen möchten (intern)</translation>
    </message>
    <message>
        <source>{name} is asked</source>
        <translation>{name} ist gefragt</translation>
    </message>
</context>
<context>
    <name>Beside</name>
    <message>
        <source>Solution to a case…</source>
        <translation>Lösung in einen Fall…</translation>
    </message>
    <message>
        <source>Cases with these words</source>
        <translation>Fälle mit diesen Worten</translation>
    </message>
</context>
<context>
    <name>BoardSection</name>
    <message>
        <source>Board</source>
        <translation>Tafel</translation>
    </message>
    <message>
        <source>On the wall (F11)</source>
        <translation>An die Wand (F11)</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>{change} since Monday</source>
        <translation>{change} seit Montag</translation>
    </message>
    <message>
        <source>being added up</source>
        <translation>wird zusammengezählt</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>New today</source>
        <translation>Heute neu</translation>
    </message>
    <message>
        <source>Resolved today</source>
        <translation>Heute gelöst</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>deadline passed</source>
        <translation>Frist vorbei</translation>
    </message>
    <message>
        <source>Soon overdue</source>
        <translation>Bald überfällig</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Ohne Bearbeiter</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>gelöst</translation>
    </message>
    <message numerus="yes">
        <source>%n reopened</source>
        <translation>
            <numerusform>%n wieder geöffnet</numerusform>
            <numerusform>%n wieder geöffnet</numerusform>
        </translation>
    </message>
    <message>
        <source>us</source>
        <translation>uns</translation>
    </message>
    <message>
        <source>requesters</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>suppliers and others</source>
        <translation>Lieferanten und andere</translation>
    </message>
    <message>
        <source>{name} working days: {count}</source>
        <translation>{name} Arbeitstage: {count}</translation>
    </message>
    <message>
        <source>Open for {name} working days</source>
        <translation>Seit {name} Arbeitstagen offen</translation>
    </message>
    <message>
        <source>without a queue</source>
        <translation>ohne Warteschlange</translation>
    </message>
    <message>
        <source>duty lead</source>
        <translation>Schichtleitung</translation>
    </message>
    <message>
        <source>backup</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>hotline</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>{name} ({duty}) until {time}</source>
        <translation>{name} ({duty}) bis {time}</translation>
    </message>
    <message>
        <source>{here} of {all} analysts are not away.</source>
        <translation>{here} von {all} Analysten sind nicht abwesend.</translation>
    </message>
    <message>
        <source>Nobody has a shift now.</source>
        <translation>Niemand hat jetzt Dienst.</translation>
    </message>
    <message>
        <source>What came and went</source>
        <translation>Was kam und ging</translation>
    </message>
    <message>
        <source>Open by working days since opening</source>
        <translation>Offen nach Arbeitstagen seit Eröffnung</translation>
    </message>
    <message>
        <source>Load of the queues</source>
        <translation>Last der Warteschlangen</translation>
    </message>
    <message>
        <source>Watched departments</source>
        <translation>Beobachtete Abteilungen</translation>
    </message>
    <message>
        <source>On now</source>
        <translation>Jetzt im Dienst</translation>
    </message>
    <message>
        <source>The week is being added up; this happens while nobody works here.</source>
        <translation>Die Woche wird zusammengezählt; das geschieht, während hier niemand arbeitet.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Bald</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>¾ of the time used</source>
        <translation>¾ der Zeit um</translation>
    </message>
    <message>
        <source>nobody on it</source>
        <translation>niemand daran</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Opened on {day}</source>
        <translation>Eröffnet am {day}</translation>
    </message>
    <message>
        <source>Resolved on {day}</source>
        <translation>Gelöst am {day}</translation>
    </message>
    <message>
        <source>Free</source>
        <comment>head of a column: cases nobody works on</comment>
        <translation>Frei</translation>
    </message>
</context>
<context>
    <name>BringInDialog</name>
    <message>
        <source>Bring in work</source>
        <translation>Arbeit übernehmen</translation>
    </message>
    <message>
        <source>Bring in work that was not sent</source>
        <translation>Nicht gesendete Arbeit übernehmen</translation>
    </message>
    <message>
        <source>A workstation that was revoked or copied can write its work to a file. You send it from here and answer for it; whose work it is stays visible.</source>
        <translation>Ein gesperrter oder kopierter Arbeitsplatz kann seine Arbeit in eine Datei schreiben. Sie senden sie von hier und stehen dafür ein; wessen Arbeit es ist, bleibt sichtbar.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Unsent work (*.halldesk-work *.zip);;All files (*)</source>
        <translation>Nicht gesendete Arbeit (*.halldesk-work *.zip);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{name} on {device}:</source>
        <translation>{name} an {device}:</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n Änderung</numerusform>
            <numerusform>%n Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them was/were sent already.</source>
        <translation>
            <numerusform>%n davon ist schon gesendet.</numerusform>
            <numerusform>%n davon sind schon gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n about roles, devices or keys is/are left out.</source>
        <translation>
            <numerusform>%n zu Rollen, Arbeitsplätzen oder Schlüsseln bleibt weg.</numerusform>
            <numerusform>%n zu Rollen, Arbeitsplätzen oder Schlüsseln bleiben weg.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Hereinholen</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) sent.</source>
        <translation>
            <numerusform>%n Änderung gesendet.</numerusform>
            <numerusform>%n Änderungen gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait here to be sent.</source>
        <translation>
            <numerusform>%n Änderung wartet hier und wird noch gesendet.</numerusform>
            <numerusform>%n Änderungen warten hier und werden noch gesendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BroadcastSheet</name>
    <message>
        <source>Tell all its cases</source>
        <translation>Alle Fälle dazu informieren</translation>
    </message>
    <message>
        <source>Tell all</source>
        <translation>Alle informieren</translation>
    </message>
    <message>
        <source>What everybody should know</source>
        <translation>Was alle wissen sollen</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Für wen</translation>
    </message>
    <message>
        <source>Told to all its open cases</source>
        <translation>In alle offenen Fälle geschrieben</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>Change all selected</source>
        <translation>Alle gewählten ändern</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>The cases that are changed</source>
        <translation>Die Fälle, die geändert werden</translation>
    </message>
    <message>
        <source>Hand over to</source>
        <translation>Übergeben an</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Changed %n case(s)</source>
        <translation>
            <numerusform>%n Fall geändert</numerusform>
            <numerusform>%n Fälle geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>The first {count} of {all} selected cases; more are not changed at once.</source>
        <translation>Die ersten {count} von {all} ausgewählten Fällen; mehr werden nicht auf einmal geändert.</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Take a tag away</source>
        <translation>Schlagwort wegnehmen</translation>
    </message>
    <message>
        <source>Choose at the left what is to change; here stands what it does to each case.</source>
        <translation>Wählen Sie links, was sich ändern soll; hier steht, was es bei jedem Fall bewirkt.</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>bleibt, wie er ist</translation>
    </message>
    <message>
        <source>Tag + {tag}</source>
        <translation>Schlagwort + {tag}</translation>
    </message>
    <message>
        <source>Tag − {tag}</source>
        <translation>Schlagwort − {tag}</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Speaking with the requester goes with it</source>
        <translation>Auch das Gespräch mit dem Anfragenden geht mit</translation>
    </message>
    <message numerus="yes">
        <source>%n will change</source>
        <translation>
            <numerusform>%n wird geändert</numerusform>
            <numerusform>%n werden geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can&apos;t</source>
        <translation>
            <numerusform>%n geht nicht</numerusform>
            <numerusform>%n gehen nicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are</source>
        <translation>
            <numerusform>%n bleibt, wie er ist</numerusform>
            <numerusform>%n bleiben, wie sie sind</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BusyLine</name>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message>
        <source>{day}: {who} is there.</source>
        <translation>{day}: {who} ist da.</translation>
    </message>
    <message>
        <source>{day}: {who} is away, {kind}, {days}.</source>
        <translation>{day}: {who} ist abwesend, {kind}, {days}.</translation>
    </message>
    <message>
        <source>{day}: {department} does not work.</source>
        <translation>{day}: {department} arbeitet nicht.</translation>
    </message>
    <message>
        <source>{day}: {who} speaks for {department}.</source>
        <translation>{day}: {who} spricht für {department}.</translation>
    </message>
    <message>
        <source>{day}: nobody is there for {department}.</source>
        <translation>{day}: Für {department} ist niemand da.</translation>
    </message>
    <message>
        <source>{day}: {department} has no dedicated analyst.</source>
        <translation>{day}: {department} hat keine feste Ansprechperson.</translation>
    </message>
    <message>
        <source>{day}: {who} speaks for {department} (swap day).</source>
        <translation>{day}: {who} spricht für {department} (Tauschtag).</translation>
    </message>
    <message>
        <source>{day}: {who} stands in for {department}.</source>
        <translation>{day}: {who} vertritt für {department}.</translation>
    </message>
    <message>
        <source>week {n}</source>
        <translation>KW {n}</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>no contact</source>
        <translation>kein Kontakt</translation>
    </message>
</context>
<context>
    <name>CancelSheet</name>
    <message>
        <source>Cancel the case</source>
        <translation>Fall abbrechen</translation>
    </message>
    <message>
        <source>Why it was no case</source>
        <translation>Warum es kein Fall war</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
</context>
<context>
    <name>CaptureArticles</name>
    <message>
        <source>solved it</source>
        <translation>hat es gelöst</translation>
    </message>
    <message>
        <source>did not help</source>
        <translation>hat nicht geholfen</translation>
    </message>
    <message>
        <source>is sent to the requester</source>
        <translation>geht an den Anfragenden</translation>
    </message>
</context>
<context>
    <name>CaptureForm</name>
    <message>
        <source>Say in a few words what is wrong.</source>
        <translation>Sagen Sie in wenigen Worten, was los ist.</translation>
    </message>
    <message>
        <source>Choose how bad it is (Alt+1 to Alt+4).</source>
        <translation>Wählen Sie, wie dringend es ist (Alt+1 bis Alt+4).</translation>
    </message>
    <message>
        <source>&amp;Who or where</source>
        <translation>&amp;Wer oder wo</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>De&amp;tails</source>
        <translation>Ei&amp;nzelheiten</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>&amp;Machine</source>
        <translation>&amp;Maschine</translation>
    </message>
    <message>
        <source>&amp;Product</source>
        <translation>&amp;Produkt</translation>
    </message>
    <message>
        <source>&amp;Department</source>
        <translation>A&amp;bteilung</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Kanal</translation>
    </message>
    <message>
        <source>&amp;Solved at once</source>
        <translation>&amp;Sofort gelöst</translation>
    </message>
    <message>
        <source>Name, telephone number, machine, place or department</source>
        <translation>Name, Telefon, Maschine, Ort oder Abteilung</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>What is wrong, in a few words</source>
        <translation>Was los ist, in wenigen Worten</translation>
    </message>
    <message>
        <source>What was said, error messages (optional)</source>
        <translation>Was gesagt wurde, Fehlermeldungen (freiwillig)</translation>
    </message>
    <message>
        <source>What was done, if it is solved already (Ctrl+Shift+Enter)</source>
        <translation>Was getan wurde, falls es schon gelöst ist (Strg+Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Major incident</source>
        <translation>Großstörung</translation>
    </message>
</context>
<context>
    <name>CaseConflicts</name>
    <message numerus="yes">
        <source>%n change(s) of yours met another one</source>
        <translation>
            <numerusform>%n Ihrer Änderungen traf auf eine andere</numerusform>
            <numerusform>%n Ihrer Änderungen trafen auf andere</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide now</source>
        <translation>Jetzt entscheiden</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
</context>
<context>
    <name>CaseDeeds</name>
    <message numerus="yes">
        <source>Claimed %n case(s)</source>
        <translation>
            <numerusform>%n Fall übernommen</numerusform>
            <numerusform>%n Fälle übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) handed over to {name}</source>
        <translation>
            <numerusform>%n Fall an {name} übergeben</numerusform>
            <numerusform>%n Fälle an {name} übergeben</numerusform>
        </translation>
    </message>
    <message>
        <source>Severity is now {name}</source>
        <translation>Schweregrad ist jetzt {name}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>CaseEditor</name>
    <message>
        <source>This case is not here any more</source>
        <translation>Diesen Fall gibt es hier nicht mehr</translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>Kein Fall gewählt</translation>
    </message>
    <message>
        <source>Choose one in the list, or press F2 when somebody calls.</source>
        <translation>Wählen Sie einen in der Liste, oder drücken Sie F2, wenn jemand anruft.</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
</context>
<context>
    <name>CaseFields</name>
    <message>
        <source>Requester</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Major incident</source>
        <translation>Großstörung</translation>
    </message>
    <message>
        <source>Executive complaint</source>
        <translation>Beschwerde der Leitung</translation>
    </message>
    <message>
        <source>Handled outside IT</source>
        <translation>Außerhalb der IT bearbeitet</translation>
    </message>
    <message>
        <source>Abusive contact</source>
        <translation>Beleidigender Kontakt</translation>
    </message>
    <message>
        <source>Only supervisors may set this</source>
        <translation>Das darf nur die Teamleitung setzen</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>What was said, error messages, what was seen</source>
        <translation>Was gesagt wurde, Fehlermeldungen, was zu sehen war</translation>
    </message>
</context>
<context>
    <name>CaseFiles</name>
    <message>
        <source>Save {name}</source>
        <translation>{name} speichern</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Time spent</source>
        <translation>Aufgewendete Zeit</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>No files yet. Paste a screenshot into a note, or drop a file on the case.</source>
        <translation>Noch keine Dateien. Fügen Sie ein Bildschirmfoto in eine Notiz ein, oder ziehen Sie eine Datei auf den Fall.</translation>
    </message>
    <message>
        <source>No time booked yet; say it with a note, or log it with Ctrl+L.</source>
        <translation>Noch keine Zeit gebucht; geben Sie sie mit einer Notiz an, oder erfassen Sie sie mit Strg+L.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Analyst</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Tätigkeit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Saved {name}. It could be a program: run it only if you know who made it.</source>
        <translation>{name} gespeichert. Es könnte ein Programm sein: nur starten, wenn bekannt ist, von wem es stammt.</translation>
    </message>
</context>
<context>
    <name>CaseHead</name>
    <message>
        <source>Gets its number when the drive is reached</source>
        <translation>Bekommt seine Nummer, sobald das Laufwerk erreichbar ist</translation>
    </message>
    <message>
        <source>Severity: {name}</source>
        <translation>Schweregrad: {name}</translation>
    </message>
    <message>
        <source>Tier {number}</source>
        <translation>Stufe {number}</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>noch niemand</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Change the severity</source>
        <translation>Schweregrad ändern</translation>
    </message>
    <message>
        <source>Major incident</source>
        <translation>Großstörung</translation>
    </message>
    <message>
        <source>the next tier</source>
        <translation>die nächste Stufe</translation>
    </message>
    <message>
        <source>{time} left, then {queue}</source>
        <translation>noch {time}, dann {queue}</translation>
    </message>
    <message>
        <source>{time} over, on to {queue}</source>
        <translation>{time} darüber, weiter an {queue}</translation>
    </message>
    <message>
        <source>With {whom}</source>
        <translation>Bei {whom}</translation>
    </message>
    <message numerus="yes">
        <source>went through %n hand(s)</source>
        <translation>
            <numerusform>ging durch %n Hand</numerusform>
            <numerusform>ging durch %n Hände</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>Files and time</source>
        <translation>Dateien und Zeit</translation>
    </message>
    <message>
        <source>1 article may help</source>
        <translation>1 Artikel hilft vielleicht</translation>
    </message>
    <message>
        <source>{count} articles may help</source>
        <translation>{count} Artikel helfen vielleicht</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Around it</source>
        <translation>Umfeld</translation>
    </message>
    <message>
        <source>Parts of the case</source>
        <translation>Teile des Falls</translation>
    </message>
</context>
<context>
    <name>CasePaperDialog</name>
    <message>
        <source>Case on paper</source>
        <translation>Fall auf Papier</translation>
    </message>
    <message>
        <source>Case sheet</source>
        <translation>Fallblatt</translation>
    </message>
    <message>
        <source>Case sheet for the requester</source>
        <translation>Fallblatt für den Anfragenden</translation>
    </message>
    <message>
        <source>Work order for a visit</source>
        <translation>Arbeitsauftrag für einen Besuch</translation>
    </message>
</context>
<context>
    <name>CaseRoom</name>
    <message>
        <source>No case chosen</source>
        <translation>Kein Fall gewählt</translation>
    </message>
    <message>
        <source>Choose one from the list, or press F2 to log a call.</source>
        <translation>Wählen Sie einen aus der Liste, oder drücken Sie F2, um einen Anruf aufzunehmen.</translation>
    </message>
</context>
<context>
    <name>CaseSide</name>
    <message>
        <source>Requester</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>Sponsor: {name}</source>
        <translation>Fürsprecher: {name}</translation>
    </message>
    <message>
        <source>Cost centre {number}</source>
        <translation>Kostenstelle {number}</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Other cases of this machine</source>
        <translation>Andere Fälle dieser Maschine</translation>
    </message>
    <message>
        <source>Other cases of the requester</source>
        <translation>Andere Fälle dieser Person</translation>
    </message>
    <message>
        <source>Similar cases</source>
        <translation>Ähnliche Fälle</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>Nothing is known about who asked yet.</source>
        <translation>Über die anfragende Person ist noch nichts bekannt.</translation>
    </message>
    <message>
        <source>Around the case</source>
        <translation>Umfeld des Falls</translation>
    </message>
    <message>
        <source>Probably the same</source>
        <translation>Wahrscheinlich dasselbe</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen…</translation>
    </message>
    <message>
        <source>How satisfied they are</source>
        <translation>Zufriedenheit</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Trennen</translation>
    </message>
</context>
<context>
    <name>CaseSuggestions</name>
    <message>
        <source>Sent to the requester&apos;s timeline</source>
        <translation>Antwort festgehalten</translation>
    </message>
    <message>
        <source>Counted: “{title}” helped</source>
        <translation>Gezählt: „{title}“ hat geholfen</translation>
    </message>
    <message>
        <source>Counted: “{title}” did not help</source>
        <translation>Gezählt: „{title}“ hat nicht geholfen</translation>
    </message>
</context>
<context>
    <name>CaseTable</name>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
</context>
<context>
    <name>CaseVerbs</name>
    <message>
        <source>Claimed</source>
        <translation>Übernommen</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Two cases again</source>
        <translation>Wieder zwei Fälle</translation>
    </message>
    <message>
        <source>Parted</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Severity changed</source>
        <translation>Schweregrad geändert</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Tags changed</source>
        <translation>Schlagwörter geändert</translation>
    </message>
    <message>
        <source>You will be told what happens to this case</source>
        <translation>Sie erfahren, was mit diesem Fall geschieht</translation>
    </message>
    <message>
        <source>No longer watched</source>
        <translation>Nicht mehr beobachtet</translation>
    </message>
    <message>
        <source>Title changed</source>
        <translation>Titel geändert</translation>
    </message>
    <message>
        <source>Next step set</source>
        <translation>Nächster Schritt festgelegt</translation>
    </message>
    <message>
        <source>The title</source>
        <translation>Der Titel</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>Der nächste Schritt</translation>
    </message>
    <message>
        <source>The description</source>
        <translation>Die Beschreibung</translation>
    </message>
    <message>
        <source>{what} of case {case} was changed by somebody else, so yours was not kept: {mine}</source>
        <translation>{what} von Fall {case} wurde von jemand anderem geändert, deshalb wurde Ihre Fassung nicht übernommen: {mine}</translation>
    </message>
</context>
<context>
    <name>ChartSection</name>
    <message>
        <source>Nobody here is called “{words}”.</source>
        <translation>Hier heißt niemand „{words}“.</translation>
    </message>
    <message>
        <source>Belong to it</source>
        <translation>Gehören dazu</translation>
    </message>
    <message>
        <source>also work in it</source>
        <translation>arbeiten auch darin</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>Gehört zu</translation>
    </message>
    <message>
        <source>also works in</source>
        <translation>arbeitet auch in</translation>
    </message>
    <message>
        <source>speaks for</source>
        <translation>ist Ansprechpartner von</translation>
    </message>
    <message>
        <source>stands in for</source>
        <translation>vertritt bei</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Ansprechpartner</translation>
    </message>
    <message>
        <source>stand-ins</source>
        <translation>Vertretungen</translation>
    </message>
    <message>
        <source>stands alone</source>
        <translation>steht für sich</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>organisation-{day}</source>
        <translation>Organigramm-{day}</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Organigramm speichern</translation>
    </message>
    <message>
        <source>The chart is in {file}</source>
        <translation>Das Organigramm liegt in {file}</translation>
    </message>
    <message>
        <source>Organisation chart</source>
        <translation>Organigramm</translation>
    </message>
    <message>
        <source>Find a person, queue or department</source>
        <translation>Person, Warteschlange oder Abteilung suchen</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Näher (+)</translation>
    </message>
    <message>
        <source>Further (-)</source>
        <translation>Weiter weg (-)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>Alles zeigen (0)</translation>
    </message>
    <message>
        <source>PDF…</source>
        <translation>PDF…</translation>
    </message>
    <message>
        <source>SVG…</source>
        <translation>SVG…</translation>
    </message>
    <message>
        <source>Nobody belongs anywhere yet</source>
        <translation>Noch gehört niemand irgendwohin</translation>
    </message>
    <message>
        <source>Add analysts and make them members of queues (Administration), then it stands here.</source>
        <translation>Legen Sie Analysten an und machen Sie sie zu Mitgliedern von Warteschlangen (Verwaltung), dann steht es hier.</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>to know</source>
        <translation>zu wissen</translation>
    </message>
    <message>
        <source>must be put right</source>
        <translation>muss in Ordnung gebracht werden</translation>
    </message>
</context>
<context>
    <name>ChildRow</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
</context>
<context>
    <name>ChoicePage</name>
    <message>
        <source>Try with demo data</source>
        <translation>Mit Beispieldaten ausprobieren</translation>
    </message>
    <message>
        <source>A made-up machinery manufacturer with 5,000 cases. Nothing leaves this PC.</source>
        <translation>Ein erfundener Maschinenbauer mit 5.000 Fällen. Nichts verlässt diesen PC.</translation>
    </message>
    <message>
        <source>Join with an invitation</source>
        <translation>Mit einer Einladung beitreten</translation>
    </message>
    <message>
        <source>Your administrator sent you a line of text: paste it.</source>
        <translation>Ihre Administration hat Ihnen eine Textzeile geschickt: fügen Sie sie ein.</translation>
    </message>
    <message>
        <source>Found a new help desk</source>
        <translation>Neuen Helpdesk gründen</translation>
    </message>
    <message>
        <source>On a network folder that all colleagues can write to.</source>
        <translation>In einem Netzwerkordner, in den alle Kolleginnen und Kollegen schreiben können.</translation>
    </message>
    <message>
        <source>Work on this PC only</source>
        <translation>Nur auf diesem PC arbeiten</translation>
    </message>
    <message>
        <source>A help desk of your own, without a network folder.</source>
        <translation>Ein eigener Helpdesk ohne Netzwerkordner.</translation>
    </message>
    <message>
        <source>An invitation for {name} is on the clipboard.</source>
        <translation>In der Zwischenablage liegt eine Einladung für {name}.</translation>
    </message>
</context>
<context>
    <name>ClashDialog</name>
    <message>
        <source>Both wrote</source>
        <translation>Beide haben geschrieben</translation>
    </message>
    <message>
        <source>Somebody changed the same words while you wrote. All else is merged; which of these stay?</source>
        <translation>Jemand hat dieselben Wörter geändert, während Sie schrieben. Alles andere ist zusammengeführt; was davon bleibt?</translation>
    </message>
    <message>
        <source>What both wrote</source>
        <translation>Was beide schrieben</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beides behalten</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meines behalten</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Das andere behalten</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Weiterschreiben</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Die anderen</translation>
    </message>
</context>
<context>
    <name>ClashStrip</name>
    <message>
        <source>{what} was changed by somebody else while you were writing.</source>
        <translation>{what} wurde von jemand anderem geändert, während Sie schrieben.</translation>
    </message>
    <message>
        <source>Theirs, in force now</source>
        <translation>Fremder Stand, gilt jetzt</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihr Stand</translation>
    </message>
    <message>
        <source>Leave theirs</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Use mine</source>
        <translation>Meinen nehmen</translation>
    </message>
</context>
<context>
    <name>ClockView</name>
    <message>
        <source>Click to see what was counted and why</source>
        <translation>Klick zeigt, was gezählt wurde und warum</translation>
    </message>
    <message>
        <source>Answered at once</source>
        <translation>Sofort reagiert</translation>
    </message>
    <message>
        <source>Answered after {time}</source>
        <translation>Reaktion nach {time}</translation>
    </message>
    <message>
        <source>Ended without an answer</source>
        <translation>Ohne Reaktion beendet</translation>
    </message>
    <message>
        <source>Answered {time} late</source>
        <translation>Reaktion {time} zu spät</translation>
    </message>
    <message>
        <source>No target for an answer</source>
        <translation>Kein Ziel für die Reaktion</translation>
    </message>
    <message>
        <source>Answer {due}</source>
        <translation>Reaktion {due}</translation>
    </message>
    <message>
        <source>Solved within {time}</source>
        <translation>Gelöst in {time}</translation>
    </message>
    <message>
        <source>Ended after {time}</source>
        <translation>Beendet nach {time}</translation>
    </message>
    <message>
        <source>Ended without a solution</source>
        <translation>Ohne Lösung beendet</translation>
    </message>
    <message>
        <source>Solved {time} late</source>
        <translation>{time} zu spät gelöst</translation>
    </message>
    <message>
        <source>Clock stands, {time} left</source>
        <translation>Uhr steht, noch {time}</translation>
    </message>
    <message>
        <source>No target for a solution</source>
        <translation>Kein Ziel für die Lösung</translation>
    </message>
    <message>
        <source>Solution {due}</source>
        <translation>Lösung {due}</translation>
    </message>
</context>
<context>
    <name>CloseAllSheet</name>
    <message>
        <source>Close all its cases</source>
        <translation>Alle Fälle dazu schließen</translation>
    </message>
    <message>
        <source>Resolve them</source>
        <translation>Alle lösen</translation>
    </message>
    <message>
        <source>What was done? It is written into each of them.</source>
        <translation>Was wurde getan? Es wird in jeden geschrieben.</translation>
    </message>
    <message>
        <source>Which cases are closed</source>
        <translation>Welche Fälle geschlossen werden</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) resolved with it</source>
        <translation>
            <numerusform>%n Fall damit gelöst</numerusform>
            <numerusform>%n Fälle damit gelöst</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnDialog</name>
    <message>
        <source>Columns of the list</source>
        <translation>Spalten der Liste</translation>
    </message>
    <message>
        <source>Columns, from left to right</source>
        <translation>Spalten, von links nach rechts</translation>
    </message>
    <message>
        <source>Further left</source>
        <translation>Weiter nach links</translation>
    </message>
    <message>
        <source>Further right</source>
        <translation>Weiter nach rechts</translation>
    </message>
    <message>
        <source>as it fits</source>
        <translation>wie es passt</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie am Anfang</translation>
    </message>
    <message>
        <source>Ticked columns are shown as far as there is room; the title always is and takes the rest.</source>
        <translation>Angekreuzte Spalten werden gezeigt, soweit Platz ist; der Titel immer, er nimmt den Rest.</translation>
    </message>
</context>
<context>
    <name>ComingBack</name>
    <message numerus="yes">
        <source>%n change(s) wait(s) here and go(es) out then.</source>
        <translation>
            <numerusform>%n Änderung wartet hier und wird dann gesendet.</numerusform>
            <numerusform>%n Änderungen warten hier und werden dann gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Another machine works as this workstation</source>
        <translation>Ein anderer Rechner arbeitet als dieser Arbeitsplatz</translation>
    </message>
    <message>
        <source>Its profile was copied, or its disk was set back to an earlier state. Two machines must not write as one: until you decide, what others do is shown here and nothing is sent.</source>
        <translation>Sein Profil wurde kopiert oder seine Platte auf einen früheren Stand zurückgesetzt. Zwei Rechner dürfen nicht als einer schreiben: Bis Sie entscheiden, ist hier zu sehen, was die anderen tun, und nichts wird gesendet.</translation>
    </message>
    <message>
        <source>This workstation&apos;s key is missing</source>
        <translation>Der Schlüssel dieses Arbeitsplatzes fehlt</translation>
    </message>
    <message>
        <source>The keyring of this computer does not hold it any more, so nothing can be read from the others or sent to them. What is here stays, and you can work on.</source>
        <translation>Der Schlüsselbund dieses Rechners hat ihn nicht mehr; deshalb lässt sich von den anderen nichts lesen und nichts an sie senden. Was hier ist, bleibt, und Sie können weiterarbeiten.</translation>
    </message>
    <message>
        <source>This workstation was revoked</source>
        <translation>Dieser Arbeitsplatz wurde gesperrt</translation>
    </message>
    <message>
        <source>It is no longer part of the help desk. What it holds can be read, nothing can be written; work that was not sent is kept.</source>
        <translation>Er gehört nicht mehr zum Helpdesk. Was er hat, lässt sich lesen, schreiben lässt sich nichts; nicht gesendete Arbeit bleibt erhalten.</translation>
    </message>
    <message>
        <source>Enter again with an invitation</source>
        <translation>Mit einer Einladung wieder beitreten</translation>
    </message>
    <message>
        <source>An administrator makes it under Administration › Devices and invitations › Invite…, for another workstation of {name}. This one then has a key of its own, and what waited is sent.</source>
        <translation>Die Administration stellt sie unter Verwaltung › Geräte und Einladungen › Einladen … aus, für einen weiteren Arbeitsplatz von {name}. Dieser hier hat dann einen eigenen Schlüssel, und was gewartet hat, wird gesendet.</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Paste the line that starts with halldesk1: (the whole mail will do)</source>
        <translation>Fügen Sie die Zeile ein, die mit halldesk1: beginnt (die ganze Mail tut es auch)</translation>
    </message>
    <message>
        <source>Enter again</source>
        <translation>Wieder beitreten</translation>
    </message>
    <message>
        <source>This is the only one left</source>
        <translation>Es gibt nur noch diesen</translation>
    </message>
    <message>
        <source>The other machine broke, was replaced, or this disk was restored in its place. Should it write after all, both find out again.</source>
        <translation>Der andere Rechner ist kaputt oder ersetzt, oder diese Platte wurde an seiner Stelle wiederhergestellt. Schreibt er doch noch, merken es beide wieder.</translation>
    </message>
    <message>
        <source>Go on here</source>
        <translation>Hier weitermachen</translation>
    </message>
    <message>
        <source>Save what was not sent</source>
        <translation>Nicht Gesendetes sichern</translation>
    </message>
    <message>
        <source>To a file, sealed. A colleague brings it in under Administration › Devices and invitations.</source>
        <translation>In eine Datei, versiegelt. Jemand aus dem Team übernimmt sie unter Verwaltung › Geräte und Einladungen.</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>In Datei sichern …</translation>
    </message>
    <message>
        <source>{name} is invited, until {day}.</source>
        <translation>{name} ist eingeladen, bis {day}.</translation>
    </message>
    <message>
        <source>This workstation is back; what had waited is sent.</source>
        <translation>Dieser Arbeitsplatz ist wieder dabei; was gewartet hat, ist gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) saved. They stay here as well.</source>
        <translation>
            <numerusform>%n Änderung gesichert. Sie bleibt auch hier.</numerusform>
            <numerusform>%n Änderungen gesichert. Sie bleiben auch hier.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing is called that. Try fewer letters.</source>
        <translation>Nichts heißt so. Versuchen Sie es mit weniger Buchstaben.</translation>
    </message>
</context>
<context>
    <name>CommentPane</name>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>Stands on page one. Freezing keeps the report in the store as it is printed; what changes later is listed in the next one.</source>
        <translation>Steht auf Seite eins. Festhalten bewahrt den Bericht in der Ablage, wie er gedruckt wird; was sich später ändert, steht im nächsten.</translation>
    </message>
    <message>
        <source>Supervisors write a comment and freeze the report here.</source>
        <translation>Hier schreiben Supervisoren eine Bemerkung und halten den Bericht fest.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Sent to the requester&apos;s timeline</source>
        <translation>Antwort festgehalten</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Notiert</translation>
    </message>
    <message>
        <source>Time booked</source>
        <translation>Zeit gebucht</translation>
    </message>
    <message>
        <source>Fill in {what} first, or delete it.</source>
        <translation>Zuerst {what} ausfüllen oder löschen.</translation>
    </message>
    <message>
        <source>Waits for the file</source>
        <translation>Wartet auf die Datei</translation>
    </message>
    <message>
        <source>Book the time</source>
        <translation>Zeit buchen</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>The stopwatch runs for case {case}: {time}</source>
        <translation>Die Stoppuhr läuft für Fall {case}: {time}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>ComposerFace</name>
    <message>
        <source>The requester sees this</source>
        <translation>Das sieht der Anfragende</translation>
    </message>
    <message>
        <source>Only the help desk sees this</source>
        <translation>Das sieht nur der Helpdesk</translation>
    </message>
    <message>
        <source>Write to the requester…</source>
        <translation>An den Anfragenden schreiben…</translation>
    </message>
    <message>
        <source>Write an internal note…</source>
        <translation>Interne Notiz schreiben…</translation>
    </message>
    <message>
        <source>Write to the timeline</source>
        <translation>In den Verlauf schreiben</translation>
    </message>
</context>
<context>
    <name>ComposerFoot</name>
    <message>
        <source>Stop the stopwatch</source>
        <translation>Stoppuhr anhalten</translation>
    </message>
    <message>
        <source>Start the stopwatch</source>
        <translation>Stoppuhr starten</translation>
    </message>
    <message>
        <source>What the time was spent on</source>
        <translation>Wofür die Zeit war</translation>
    </message>
    <message>
        <source>no time</source>
        <translation>ohne Zeit</translation>
    </message>
    <message>
        <source> min</source>
        <translation> Min.</translation>
    </message>
    <message>
        <source>Minutes spent</source>
        <translation>Aufgewendete Minuten</translation>
    </message>
    <message>
        <source>Minutes spent; 0 books no time. What the stopwatch says can be corrected here</source>
        <translation>Aufgewendete Minuten; 0 bucht keine Zeit. Was die Stoppuhr sagt, kann hier berichtigt werden</translation>
    </message>
    <message>
        <source>Stopwatch: runs for this case until it is stopped or sent</source>
        <translation>Stoppuhr: läuft für diesen Fall, bis sie angehalten oder gesendet wird</translation>
    </message>
    <message>
        <source>Attach files; pictures can be pasted, files dropped here</source>
        <translation>Dateien anhängen; Bilder lassen sich einfügen, Dateien hierher ziehen</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Insert a template; or type its short word after a slash, then Tab</source>
        <translation>Vorlage einfügen; oder ihr Kurzwort nach einem Schrägstrich tippen, dann Tab</translation>
    </message>
    <message>
        <source>Insert a template</source>
        <translation>Vorlage einfügen</translation>
    </message>
    <message>
        <source>Insert from knowledge</source>
        <translation>Aus dem Wissen einfügen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
</context>
<context>
    <name>ComposerTop</name>
    <message>
        <source>Who sees it</source>
        <translation>Wer es sieht</translation>
    </message>
    <message>
        <source>Kind of entry</source>
        <translation>Art des Eintrags</translation>
    </message>
    <message>
        <source>Counts as a response</source>
        <translation>Zählt als Reaktion</translation>
    </message>
    <message>
        <source>The first entry that counts stops the response clock. Nobody reached? Then it should not count</source>
        <translation>Der erste Eintrag, der zählt, hält die Uhr für die Reaktion an. Niemand erreicht? Dann sollte er nicht zählen</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>Hours or days</source>
        <translation>Stunden oder Tage</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Without this condition</source>
        <translation>Ohne diese Bedingung</translation>
    </message>
    <message>
        <source>several: with commas</source>
        <translation>mehrere: mit Komma</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Yours</source>
        <translation>Ihres</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Das andere</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Edit merged…</source>
        <translation>Beides zusammenführen …</translation>
    </message>
    <message>
        <source>Kept yours</source>
        <translation>Ihres behalten</translation>
    </message>
    <message>
        <source>Kept theirs</source>
        <translation>Das andere behalten</translation>
    </message>
    <message>
        <source>The text of both, to be put right</source>
        <translation>Der Text beider, zum Bearbeiten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Keep this text</source>
        <translation>Diesen Text behalten</translation>
    </message>
    <message>
        <source>Kept the new text</source>
        <translation>Neuen Text behalten</translation>
    </message>
</context>
<context>
    <name>ConflictPage</name>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message numerus="yes">
        <source>%n more follow(s) when these are decided</source>
        <translation>
            <numerusform>%n weitere folgt, wenn diese entschieden sind</numerusform>
            <numerusform>%n weitere folgen, wenn diese entschieden sind</numerusform>
        </translation>
    </message>
    <message>
        <source>Submit all again</source>
        <translation>Alle wieder einreichen</translation>
    </message>
    <message numerus="yes">
        <source>Send %n lost change(s) again from here, whoever made them?</source>
        <translation>
            <numerusform>%n verlorene Änderung von hier aus wieder senden, von wem sie auch ist?</numerusform>
            <numerusform>%n verlorene Änderungen von hier aus wieder senden, von wem sie auch sind?</numerusform>
        </translation>
    </message>
    <message>
        <source>What others did since is not overwritten: where both differ, you are asked.</source>
        <translation>Was andere seither getan haben, wird nicht überschrieben: Wo sich beides unterscheidet, werden Sie gefragt.</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Lost work</source>
        <translation>Verlorene Arbeit</translation>
    </message>
    <message>
        <source>Met another change</source>
        <translation>Zugleich geändert</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>Zurück zur Liste (Esc)</translation>
    </message>
    <message>
        <source>Give all up</source>
        <translation>Alle aufgeben</translation>
    </message>
    <message>
        <source>Submit all again…</source>
        <translation>Alle wieder einreichen…</translation>
    </message>
    <message>
        <source>What stands now is what everybody sees; the rest can wait.</source>
        <translation>Was jetzt gilt, sehen alle; der Rest kann warten.</translation>
    </message>
    <message>
        <source>The shared store had this, or was about to get it, and has it no more. It is kept here until somebody decides.</source>
        <translation>Die gemeinsame Ablage hatte dies oder hätte es gleich bekommen und hat es nicht mehr. Hier bleibt es, bis jemand entscheidet.</translation>
    </message>
    <message>
        <source>Should the shared store ever be restored from an older copy, what it has no more stands here.</source>
        <translation>Sollte die gemeinsame Ablage einmal aus einer älteren Kopie zurückgeholt werden, steht hier, was er nicht mehr hat.</translation>
    </message>
    <message>
        <source>Nothing was decided yet</source>
        <translation>Noch nichts entschieden</translation>
    </message>
    <message>
        <source>Nothing is lost</source>
        <translation>Nichts ist verloren</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>Nichts braucht Sie</translation>
    </message>
    <message>
        <source>Every change of yours is in place, or waits for the drive.</source>
        <translation>Jede Ihrer Änderungen gilt oder wartet auf das Laufwerk.</translation>
    </message>
    <message>
        <source>Changes that need me</source>
        <translation>Zu entscheiden</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>due in %n day(s)</source>
        <translation>
            <numerusform>fällig in %n Tag</numerusform>
            <numerusform>fällig in %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overdue by %n day(s)</source>
        <translation>
            <numerusform>überfällig seit %n Tag</numerusform>
            <numerusform>überfällig seit %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n Tag</numerusform>
            <numerusform>in %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n Fall</numerusform>
            <numerusform>%n Fälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n Seite</numerusform>
            <numerusform>%n Seiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n offener Fall</numerusform>
            <numerusform>%n offene Fälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln earlier entr(y/ies)</source>
        <translation>
            <numerusform>%Ln früheren Eintrag zeigen</numerusform>
            <numerusform>%Ln frühere Einträge zeigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>helped in {helped} of %Ln case(s) like this</source>
        <translation>
            <numerusform>half in {helped} von %Ln Fall wie diesem</numerusform>
            <numerusform>half in {helped} von %Ln Fällen wie diesem</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>%Ln Zeile ausgelassen</numerusform>
            <numerusform>%Ln Zeilen ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoveragePage</name>
    <message>
        <source>{name} is away; who stands in acts from now on</source>
        <translation>{name} ist abwesend; ab jetzt handelt die Vertretung</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Betreuung</translation>
    </message>
    <message>
        <source>Called in sick</source>
        <translation>Krank gemeldet</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Teile der Seite</translation>
    </message>
    <message>
        <source>Absences</source>
        <translation>Abwesenheiten</translation>
    </message>
    <message>
        <source>Agreements</source>
        <translation>Vereinbarungen</translation>
    </message>
    <message>
        <source>Plan an absence…</source>
        <translation>Abwesenheit planen…</translation>
    </message>
</context>
<context>
    <name>DeEscalateSheet</name>
    <message>
        <source>De-escalate</source>
        <translation>Zurückstufen</translation>
    </message>
    <message>
        <source>Why it goes back, and what is known by now</source>
        <translation>Warum es zurückgeht und was man inzwischen weiß</translation>
    </message>
    <message>
        <source>To (empty: it stays yours)</source>
        <translation>An (leer: bleibt bei dir)</translation>
    </message>
    <message>
        <source>To (empty: where it came from)</source>
        <translation>An (leer: woher er kam)</translation>
    </message>
    <message>
        <source>De-escalated</source>
        <translation>Zurückgestuft</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Open the case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>Open the case (O)</source>
        <translation>Fall öffnen (O)</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Taste: {key}</translation>
    </message>
</context>
<context>
    <name>DepartmentMode</name>
    <message>
        <source>No department is yours today</source>
        <translation>Heute ist keine Abteilung Ihre</translation>
    </message>
    <message>
        <source>A supervisor names you as contact or stand-in of one (Ctrl+5). F8 leads back.</source>
        <translation>Die Leitung benennt Sie als Ansprechperson oder Vertretung einer Abteilung (Strg+5). F8 führt zurück.</translation>
    </message>
</context>
<context>
    <name>DepartmentPaper</name>
    <message>
        <source>On paper: {name}</source>
        <translation>Auf Papier: {name}</translation>
    </message>
    <message>
        <source>Department sheet</source>
        <translation>Abteilungsblatt</translation>
    </message>
    <message>
        <source>While {name} was away {days}</source>
        <translation>Während {name} abwesend war, {days}</translation>
    </message>
    <message>
        <source>Handover: {name}, {days}</source>
        <translation>Übergabe: {name}, {days}</translation>
    </message>
</context>
<context>
    <name>DepartmentSide</name>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>About the department</source>
        <translation>Über die Abteilung</translation>
    </message>
</context>
<context>
    <name>DepartmentStrip</name>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Cases of {name}</source>
        <translation>Fälle von {name}</translation>
    </message>
    <message>
        <source>No department is yours today</source>
        <translation>Heute ist keine Abteilung Ihre</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>what you do is recorded “{me} for {name}”</source>
        <translation>was Sie tun, wird als „{me} für {name}“ festgehalten</translation>
    </message>
    <message>
        <source>You stand in for {name} until {day}; {recorded}</source>
        <translation>Sie vertreten {name} bis {day}; {recorded}</translation>
    </message>
    <message>
        <source>You stand in for {name}; {recorded}</source>
        <translation>Sie vertreten {name}; {recorded}</translation>
    </message>
</context>
<context>
    <name>DevicesSection</name>
    <message>
        <source>Workstation</source>
        <translation>Arbeitsplatz</translation>
    </message>
    <message>
        <source>Analyst</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Invited by</source>
        <translation>Eingeladen von</translation>
    </message>
    <message>
        <source>Opens until</source>
        <translation>Öffnet bis</translation>
    </message>
    <message>
        <source>Workstations</source>
        <translation>Arbeitsplätze</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Sperren…</translation>
    </message>
    <message>
        <source>Invite…</source>
        <translation>Einladen…</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Only an administrator may invite somebody or revoke a workstation.</source>
        <translation>Einladen und Arbeitsplätze sperren dürfen nur Administratoren.</translation>
    </message>
    <message>
        <source>Nobody is invited</source>
        <translation>Niemand ist eingeladen</translation>
    </message>
    <message>
        <source>An invitation is one line of text that lets one workstation in.</source>
        <translation>Eine Einladung ist eine Zeile Text, die einen Arbeitsplatz einlässt.</translation>
    </message>
    <message>
        <source>Devices and invitations</source>
        <translation>Geräte und Einladungen</translation>
    </message>
    <message>
        <source>Every workstation signs what it writes. One that is lost is revoked: the others then ignore it, and the desk gets a new key.</source>
        <translation>Jeder Arbeitsplatz unterschreibt, was er schreibt. Geht einer verloren, wird er gesperrt: Die anderen beachten ihn dann nicht mehr, und der Helpdesk bekommt einen neuen Schlüssel.</translation>
    </message>
    <message numerus="yes">
        <source>%n may write</source>
        <translation>
            <numerusform>%n darf schreiben</numerusform>
            <numerusform>%n dürfen schreiben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} (this workstation)</source>
        <translation>{name} (dieser Arbeitsplatz)</translation>
    </message>
    <message>
        <source>revoked {day} by {who}</source>
        <translation>gesperrt {day} von {who}</translation>
    </message>
    <message>
        <source>analyst not active</source>
        <translation>Bearbeiter nicht aktiv</translation>
    </message>
    <message>
        <source>may write</source>
        <translation>darf schreiben</translation>
    </message>
    <message>
        <source>another workstation</source>
        <translation>weiterer Arbeitsplatz</translation>
    </message>
    <message>
        <source>used by {device}</source>
        <translation>benutzt von {device}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>ended by a new desk key</source>
        <translation>durch neuen Schlüssel beendet</translation>
    </message>
    <message>
        <source>The invitation for {name} is withdrawn</source>
        <translation>Die Einladung für {name} ist zurückgezogen</translation>
    </message>
    <message>
        <source>Rename a workstation</source>
        <translation>Arbeitsplatz umbenennen</translation>
    </message>
    <message>
        <source>What is the workstation of {name} called?</source>
        <translation>Wie heißt der Arbeitsplatz von {name}?</translation>
    </message>
    <message>
        <source>Export the root key…</source>
        <translation>Wurzelschlüssel ausleiten…</translation>
    </message>
    <message>
        <source>The root key, which can make an administrator when none is left, is on this workstation only.</source>
        <translation>Der Wurzelschlüssel, der einen Administrator machen kann, wenn keiner mehr da ist, liegt nur auf diesem Arbeitsplatz.</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt da</translation>
    </message>
    <message>
        <source>Bring in work…</source>
        <translation>Arbeit übernehmen …</translation>
    </message>
    <message>
        <source>Send from here what a workstation could not send and wrote to a file, as a revoked one.</source>
        <translation>Von hier senden, was ein Arbeitsplatz nicht senden konnte und in eine Datei geschrieben hat, etwa ein gesperrter.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>DossierPanel</name>
    <message>
        <source>Saved by {who}, {moment}</source>
        <translation>Gespeichert von {who}, {moment}</translation>
    </message>
    <message>
        <source>{name} for {instead}</source>
        <translation>{name} für {instead}</translation>
    </message>
    <message>
        <source>as it was before</source>
        <translation>wie es vorher war</translation>
    </message>
    <message>
        <source>Dossier saved</source>
        <translation>Dossier gespeichert</translation>
    </message>
    <message>
        <source>Somebody else rewrote the same place; both wordings stand there now. Put them right.</source>
        <translation>Jemand anderes hat dieselbe Stelle umgeschrieben; nun stehen beide Fassungen dort. Bitte ordnen.</translation>
    </message>
    <message>
        <source>Somebody else saved meanwhile; both changes are in it.</source>
        <translation>Inzwischen hat jemand anderes gespeichert; beide Änderungen sind darin.</translation>
    </message>
    <message>
        <source>Dossier as it was then</source>
        <translation>Dossier wie damals</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>People and habits, applications, maintenance windows, do and don&apos;t</source>
        <translation>Menschen und Gewohnheiten, Anwendungen, Wartungsfenster, was man tut und was man lässt</translation>
    </message>
    <message>
        <source>Versions of the dossier</source>
        <translation>Fassungen des Dossiers</translation>
    </message>
    <message>
        <source>What this version changed</source>
        <translation>Was diese Fassung geändert hat</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Bring this version back</source>
        <translation>Diese Fassung zurückholen</translation>
    </message>
    <message>
        <source>No dossier yet</source>
        <translation>Noch kein Dossier</translation>
    </message>
    <message>
        <source>Write what whoever stands in must know: people, habits, applications, maintenance windows.</source>
        <translation>Schreiben Sie auf, was eine Vertretung wissen muss: Menschen, Gewohnheiten, Anwendungen, Wartungsfenster.</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>Schreiben</translation>
    </message>
</context>
<context>
    <name>DriveCheck</name>
    <message>
        <source>Checking the drive…</source>
        <translation>Laufwerk wird geprüft…</translation>
    </message>
    <message>
        <source>Checking the database…</source>
        <translation>Die Datenbank wird geprüft…</translation>
    </message>
    <message>
        <source>Good at first sight; trying everything…</source>
        <translation>Auf den ersten Blick gut; jetzt wird alles ausprobiert…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know:</source>
        <translation>
            <numerusform>%n Hinweis:</numerusform>
            <numerusform>%n Hinweise:</numerusform>
        </translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde angehalten.</translation>
    </message>
</context>
<context>
    <name>DriveHealth</name>
    <message>
        <source>Drive health</source>
        <translation>Zustand des Laufwerks</translation>
    </message>
    <message>
        <source>Shared store</source>
        <translation>Gemeinsame Ablage</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>It is elsewhere now…</source>
        <translation>Er ist jetzt anderswo…</translation>
    </message>
    <message>
        <source>Check the drive</source>
        <translation>Laufwerk prüfen</translation>
    </message>
    <message>
        <source>Check the database</source>
        <translation>Datenbank prüfen</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Tries everything the shared log relies on. It takes a moment.</source>
        <translation>Probiert alles aus, worauf das gemeinsame Log angewiesen ist. Das dauert einen Augenblick.</translation>
    </message>
    <message>
        <source>Tries everything the shared log relies on, in a folder of its own. It takes a few seconds.</source>
        <translation>Probiert in einem eigenen Ordner alles aus, worauf das gemeinsame Log baut. Das dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>Workstations that are there</source>
        <translation>Arbeitsplätze, die da sind</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>Arbeitsplatz</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Tut gerade</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>News</source>
        <translation>Neues</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Snapshots, packs</source>
        <translation>Schnappschüsse, Pakete</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Own copy</source>
        <translation>Eigene Kopie</translation>
    </message>
    <message>
        <source>Answers in</source>
        <translation>Antwortet in</translation>
    </message>
    <message>
        <source>Workstations</source>
        <translation>Arbeitsplätze</translation>
    </message>
    <message>
        <source>Nobody else is there now.</source>
        <translation>Sonst ist gerade niemand da.</translation>
    </message>
    <message numerus="yes">
        <source>{time}, %n behind</source>
        <translation>
            <numerusform>{time}, %n zurück</numerusform>
            <numerusform>{time}, %n zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>noch nicht gefragt</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>abgeglichen</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>full</source>
        <translation>voll</translation>
    </message>
    <message>
        <source>{state}, last in step {time}</source>
        <translation>{state}, zuletzt {time}</translation>
    </message>
    <message>
        <source>{time}: {sent} sent, {received} received in {ms} ms</source>
        <translation>{time}: {sent} gesendet, {received} empfangen in {ms} ms</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>noch keine Antwort</translation>
    </message>
    <message>
        <source>usually {usual} ms, at most {most} ms</source>
        <translation>meist {usual} ms, höchstens {most} ms</translation>
    </message>
    <message>
        <source>the drive tells</source>
        <translation>das Laufwerk meldet sich</translation>
    </message>
    <message>
        <source>asked for every second</source>
        <translation>jede Sekunde wird gefragt</translation>
    </message>
    <message>
        <source>Give up what nobody has</source>
        <translation>Aufgeben, was niemand hat</translation>
    </message>
    <message>
        <source>Go on without the entry that is damaged or missing?</source>
        <translation>Ohne den Eintrag weitermachen, der beschädigt ist oder fehlt?</translation>
    </message>
    <message>
        <source>First let every workstation come on: whoever has it puts it back by itself. Who has it after all sends the changes in it again.</source>
        <translation>Lassen Sie zuerst jeden Arbeitsplatz einmal laufen: Wer ihn hat, legt ihn von selbst zurück. Wer ihn doch noch hat, sendet die Änderungen darin wieder.</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Entry {number} was given up; the log goes on.</source>
        <translation>Eintrag {number} ist aufgegeben; das Log geht weiter.</translation>
    </message>
    <message>
        <source>Nothing is damaged or missing any more.</source>
        <translation>Es ist nichts mehr beschädigt, und nichts fehlt.</translation>
    </message>
    <message>
        <source>the database tells</source>
        <translation>die Datenbank meldet es</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n Änderung</numerusform>
            <numerusform>%n Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n zu entscheiden</numerusform>
            <numerusform>%n zu entscheiden</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>usually {usual} ms, at most {most} ms: slow, have the line and the server looked at</source>
        <translation>meist {usual} ms, höchstens {most} ms: langsam, Leitung und Server ansehen lassen</translation>
    </message>
    <message>
        <source>Last exchange</source>
        <translation>Letzter Austausch</translation>
    </message>
    <message>
        <source>nothing since the start</source>
        <translation>nichts seit dem Start</translation>
    </message>
    <message>
        <source>Halldesk outdated</source>
        <translation>Halldesk veraltet</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>in use twice</source>
        <translation>doppelt benutzt</translation>
    </message>
    <message>
        <source>key missing</source>
        <translation>Schlüssel fehlt</translation>
    </message>
    <message>
        <source>wants a password</source>
        <translation>Kennwort fehlt</translation>
    </message>
    <message>
        <source>held up</source>
        <translation>stockt</translation>
    </message>
</context>
<context>
    <name>DriveTrouble</name>
    <message>
        <source>Put it right…</source>
        <translation>In Ordnung bringen…</translation>
    </message>
    <message>
        <source>Give it up…</source>
        <translation>Aufgeben…</translation>
    </message>
    <message>
        <source>Enter the password…</source>
        <translation>Kennwort eingeben…</translation>
    </message>
    <message>
        <source>It is elsewhere now…</source>
        <translation>Er ist jetzt anderswo…</translation>
    </message>
    <message>
        <source>The database does not answer since {time}. You can work on: everything is kept here and sent when it is back. Check the network (VPN); if the database is elsewhere now, say where.</source>
        <translation>Die Datenbank antwortet seit {time} nicht. Sie können weiterarbeiten: Alles bleibt hier und wird gesendet, wenn sie wieder da ist. Prüfen Sie das Netz (VPN); wenn die Datenbank jetzt anderswo ist, geben Sie an, wo.</translation>
    </message>
    <message>
        <source>The share does not answer since {time}. You can work on: everything is kept here and sent when it is back. Check the network (VPN); if the share is elsewhere now, say where.</source>
        <translation>Die Freigabe antwortet seit {time} nicht. Sie können weiterarbeiten: Alles bleibt hier und wird gesendet, wenn sie wieder da ist. Prüfen Sie das Netz (VPN); wenn die Freigabe jetzt anderswo ist, geben Sie an, wo.</translation>
    </message>
    <message>
        <source>The database does not take the password that is kept here. You can work on: everything is kept here and sent then.</source>
        <translation>Die Datenbank nimmt das hier aufbewahrte Kennwort nicht an. Sie können weiterarbeiten: Alles bleibt hier und wird dann gesendet.</translation>
    </message>
    <message>
        <source>There is no room left at the shared place. You can work on: everything is kept here and sent when room was made there.</source>
        <translation>Am gemeinsamen Ort ist kein Platz mehr. Sie können weiterarbeiten: Alles bleibt hier und wird gesendet, wenn dort Platz geschaffen wurde.</translation>
    </message>
    <message>
        <source>A newer Halldesk is in use at this help desk. You can work on: everything is kept here and sent when Halldesk was updated on this PC.</source>
        <translation>An diesem Helpdesk ist ein neueres Halldesk in Gebrauch. Sie können weiterarbeiten: Alles bleibt hier und wird gesendet, wenn Halldesk auf diesem PC aktualisiert ist.</translation>
    </message>
    <message>
        <source>This workstation was revoked. What it holds can be read, and what was not sent is kept.</source>
        <translation>Dieser Arbeitsplatz wurde gesperrt. Was er enthält, lässt sich lesen, und was nicht gesendet war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Another machine works as this workstation. What others do is shown here, and nothing is sent until you decide.</source>
        <translation>Ein anderer Rechner arbeitet als dieser Arbeitsplatz. Was andere tun, wird hier gezeigt, und nichts wird gesendet, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>This workstation&apos;s key is missing. You can work on; nothing is sent or read until then.</source>
        <translation>Der Schlüssel dieses Arbeitsplatzes fehlt. Sie können weiterarbeiten; bis dahin wird nichts gesendet und nichts gelesen.</translation>
    </message>
    <message>
        <source>The help desk moved to a database that wants a password. You can work on: everything is kept here and sent then.</source>
        <translation>Der Helpdesk zog in eine Datenbank um, die ein Kennwort verlangt. Sie können weiterarbeiten: Alles bleibt hier und wird dann gesendet.</translation>
    </message>
</context>
<context>
    <name>EditorFace</name>
    <message>
        <source>Title: what it helps with, in the words of who looks for it</source>
        <translation>Titel: wobei er hilft, in den Worten dessen, der ihn sucht</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>How it reads</source>
        <translation>So liest es sich</translation>
    </message>
    <message>
        <source>What changed, and why</source>
        <translation>Was geändert wurde und warum</translation>
    </message>
    <message>
        <source>What changed, and why (kept with the version)</source>
        <translation>Was geändert wurde und warum (steht bei der Version)</translation>
    </message>
    <message>
        <source>Start from what is saved</source>
        <translation>Vom Gespeicherten ausgehen</translation>
    </message>
    <message>
        <source>A colleague changed this article meanwhile; both are merged when you save.</source>
        <translation>Diesen Artikel hat inzwischen jemand geändert; bein der Ablagen wird beides zusammengeführt.</translation>
    </message>
    <message>
        <source>About it</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Before others read it</source>
        <translation>Bevor andere ihn lesen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Kursiv</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Block of code</source>
        <translation>Codeblock</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Link to an article</source>
        <translation>Verweis auf einen Artikel</translation>
    </message>
    <message>
        <source>Picture or file</source>
        <translation>Bild oder Datei</translation>
    </message>
    <message>
        <source>Template; F8 goes to what it asks for</source>
        <translation>Vorlage; F8 geht zu dem, wonach sie fragt</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
</context>
<context>
    <name>EscalateDialog</name>
    <message>
        <source>Escalate</source>
        <translation>Eskalieren</translation>
    </message>
    <message>
        <source>What was tried, so that nobody begins again</source>
        <translation>Was versucht wurde, damit niemand von vorn beginnt</translation>
    </message>
    <message>
        <source>To (empty: the next tier)</source>
        <translation>An (leer: die nächste Stufe)</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskaliert</translation>
    </message>
</context>
<context>
    <name>EscalateSheet</name>
    <message>
        <source>Escalate</source>
        <translation>Eskalieren</translation>
    </message>
    <message>
        <source>What was tried, so that nobody begins again</source>
        <translation>Was versucht wurde, damit niemand von vorn beginnt</translation>
    </message>
    <message>
        <source>To (empty: the next tier)</source>
        <translation>An (leer: die nächste Stufe)</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskaliert</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Within the desk</source>
        <translation>Innerhalb des Desks</translation>
    </message>
    <message>
        <source>To the developers</source>
        <translation>An die Entwicklung</translation>
    </message>
    <message>
        <source>To a supplier</source>
        <translation>An einen Lieferanten</translation>
    </message>
    <message>
        <source>Their number for it</source>
        <translation>Deren Nummer dafür</translation>
    </message>
    <message>
        <source>Look again:</source>
        <translation>Wieder ansehen:</translation>
    </message>
    <message>
        <source>Why (optional)</source>
        <translation>Warum (freiwillig)</translation>
    </message>
    <message>
        <source>Next step (optional)</source>
        <translation>Nächster Schritt (freiwillig)</translation>
    </message>
</context>
<context>
    <name>FactsForm</name>
    <message>
        <source>Departments</source>
        <translation>Abteilungen</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>Schlagwörter, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>to be looked at again on</source>
        <translation>wieder anzusehen am</translation>
    </message>
    <message>
        <source>Nobody reads it until a department is chosen.</source>
        <translation>Niemand liest ihn, bis eine Abteilung gewählt ist.</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Review date</source>
        <translation>Prüfdatum</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>waits to be sent</source>
        <translation>wartet auf das Senden</translation>
    </message>
    <message>
        <source>on the drive</source>
        <translation>auf dem Laufwerk</translation>
    </message>
    <message>
        <source>fetching…</source>
        <translation>wird geholt …</translation>
    </message>
    <message>
        <source>fetching, {part} of {whole}</source>
        <translation>wird geholt, {part} von {whole}</translation>
    </message>
    <message>
        <source>on the drive, which is not reachable now</source>
        <translation>auf dem Laufwerk, das gerade nicht erreichbar ist</translation>
    </message>
    <message>
        <source>damaged on the drive; workstations that have it were asked for it</source>
        <translation>auf dem Laufwerk beschädigt; Arbeitsplätze, die es haben, wurden darum gebeten</translation>
    </message>
</context>
<context>
    <name>FiguresPane</name>
    <message>
        <source>Return opens the cases behind a figure; so does a click on an underlined figure.</source>
        <translation>Die Eingabetaste öffnet die Fälle hinter einer Zahl, ebenso ein Klick auf eine unterstrichene Zahl.</translation>
    </message>
    <message>
        <source>Find a figure</source>
        <translation>Zahl suchen</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>No figure of this report has cases.</source>
        <translation>Hinter keiner Zahl dieses Berichts stehen Fälle.</translation>
    </message>
</context>
<context>
    <name>FileChips</name>
    <message>
        <source>Do not attach this file</source>
        <translation>Diese Datei nicht anhängen</translation>
    </message>
    <message>
        <source>Do not attach {name}</source>
        <translation>{name} nicht anhängen</translation>
    </message>
</context>
<context>
    <name>FileKeeping</name>
    <message>
        <source>reading…</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>reading, {part} of {whole}</source>
        <translation>wird gelesen, {part} von {whole}</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>What a reader would miss</source>
        <translation>Was einem Leser fehlen würde</translation>
    </message>
    <message>
        <source>Give it a title: what does it help with?</source>
        <translation>Geben Sie ihm einen Titel: Wobei hilft er?</translation>
    </message>
    <message>
        <source>Name the problem: what does one see?</source>
        <translation>Nennen Sie das Problem: Was sieht man?</translation>
    </message>
    <message>
        <source>Number the steps of the solution.</source>
        <translation>Nummerieren Sie die Schritte der Lösung.</translation>
    </message>
    <message>
        <source>Not filled in yet: {words}</source>
        <translation>Noch nicht ausgefüllt: {words}</translation>
    </message>
    <message>
        <source>Say in words what the picture shows, for those who can&apos;t see it.</source>
        <translation>Sagen Sie in Worten, was das Bild zeigt, für alle, die es nicht sehen können.</translation>
    </message>
    <message>
        <source>“{words}” looks like a phone number; it does not belong here.</source>
        <translation>„{words}“ sieht nach einer Telefonnummer aus; sie gehört nicht hierher.</translation>
    </message>
    <message>
        <source>“{words}” is somebody&apos;s e-mail address; it does not belong here.</source>
        <translation>„{words}“ ist eine E-Mail-Adresse; sie gehört nicht hierher.</translation>
    </message>
    <message>
        <source>“{words}” is a requester; say it without the person.</source>
        <translation>„{words}“ ist ein Anfragender; schreiben Sie es ohne die Person.</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Nichts fehlt.</translation>
    </message>
    <message>
        <source>What would be wrong</source>
        <translation>Was nicht stimmen würde</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>gelb</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Halldesk</source>
        <translation>Willkommen bei Halldesk</translation>
    </message>
    <message>
        <source>Keep this workstation&apos;s keys in a file of the profile</source>
        <translation>Die Schlüssel dieses Arbeitsplatzes in einer Datei des Profils ablegen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>It begins as soon as the drive is checked.</source>
        <translation>Es beginnt, sobald das Laufwerk geprüft ist.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed; begin again when you like.</source>
        <translation>Angehalten. Nichts wurde geändert; Sie können jederzeit neu beginnen.</translation>
    </message>
    <message>
        <source>Making up two years of a help desk…</source>
        <translation>Zwei Jahre Helpdesk werden erfunden…</translation>
    </message>
    <message>
        <source>A help desk for people who fix machines and PCs. How do you want to begin?</source>
        <translation>Ein Helpdesk für alle, die Maschinen und PCs wieder zum Laufen bringen. Wie möchten Sie beginnen?</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>FoundPage</name>
    <message>
        <source>IT help desk</source>
        <translation>IT-Helpdesk</translation>
    </message>
    <message>
        <source>First and last name</source>
        <translation>Vor- und Nachname</translation>
    </message>
    <message>
        <source>Network folder</source>
        <translation>Netzwerkordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Name of the help desk</source>
        <translation>Name des Helpdesks</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Time zone of the site</source>
        <translation>Zeitzone des Standorts</translation>
    </message>
    <message>
        <source>Password of the database</source>
        <translation>Kennwort der Datenbank</translation>
    </message>
    <message>
        <source>Work on this PC only</source>
        <translation>Nur auf diesem PC arbeiten</translation>
    </message>
    <message>
        <source>Found a help desk</source>
        <translation>Helpdesk gründen</translation>
    </message>
    <message>
        <source>Everything stays on this PC. You can found one on a network folder later.</source>
        <translation>Alles bleibt auf diesem PC. Später können Sie einen in einem Netzwerkordner gründen.</translation>
    </message>
    <message>
        <source>Name a folder on the drive that every colleague can write to.</source>
        <translation>Nennen Sie einen Ordner auf dem Laufwerk, in den alle schreiben können.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gründen</translation>
    </message>
    <message>
        <source>The help desk “{name}” is there already. Join it with an invitation, or name another folder.</source>
        <translation>Dort ist schon der Helpdesk „{name}“. Treten Sie ihm mit einer Einladung bei, oder nennen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Founding the help desk…</source>
        <translation>Der Helpdesk wird gegründet…</translation>
    </message>
</context>
<context>
    <name>HalfHours</name>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>Half hours of the day</source>
        <translation>Halbe Stunden des Tages</translation>
    </message>
    <message>
        <source>Within {seconds} s</source>
        <translation>Binnen {seconds} s</translation>
    </message>
    <message>
        <source>Half hour</source>
        <translation>Halbe Stunde</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>On the hotline</source>
        <translation>An der Hotline</translation>
    </message>
</context>
<context>
    <name>HandOverDialog</name>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>To an analyst or a queue</source>
        <translation>An eine Person oder eine Warteschlange</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>What they should know (internal)</source>
        <translation>Was sie wissen sollten (intern)</translation>
    </message>
    <message>
        <source>Handed over to {name}</source>
        <translation>Übergeben an {name}</translation>
    </message>
    <message>
        <source>Speaking with the requester goes with it</source>
        <translation>Auch das Gespräch mit dem Anfragenden geht mit</translation>
    </message>
</context>
<context>
    <name>HandOverSheet</name>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>To whom: an analyst or a queue</source>
        <translation>An wen: Bearbeiter oder Warteschlange</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>What they should know (internal)</source>
        <translation>Was sie wissen sollten (intern)</translation>
    </message>
    <message>
        <source>Handed over to {name}</source>
        <translation>An {name} übergeben</translation>
    </message>
    <message>
        <source>The contact changes, too</source>
        <translation>Auch der Kontakt wechselt</translation>
    </message>
    <message>
        <source>They also speak with the requester from now on</source>
        <translation>Wer übernimmt, spricht von jetzt an auch mit den Anfragenden</translation>
    </message>
</context>
<context>
    <name>HeldLine</name>
    <message>
        <source>Goes out in {seconds} s: {words}</source>
        <translation>Geht in {seconds} s ab: {words}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Write on (Ctrl+Z)</source>
        <translation>Weiterschreiben (Strg+Z)</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Jetzt senden</translation>
    </message>
</context>
<context>
    <name>HotlineSection</name>
    <message>
        <source>Supervisors plan the roster.</source>
        <translation>Den Dienstplan machen Supervisoren.</translation>
    </message>
    <message>
        <source>Week {number}: {first} – {last}</source>
        <translation>Woche {number}: {first} – {last}</translation>
    </message>
    <message>
        <source>On now – {names}</source>
        <translation>Jetzt im Dienst – {names}</translation>
    </message>
    <message>
        <source>Nobody is on now</source>
        <translation>Jetzt ist niemand im Dienst</translation>
    </message>
    <message>
        <source>Nobody is on a front-line queue that can be rostered. Make members of it schedulable (Administration, Queues), or show everyone with “More”.</source>
        <translation>In keiner Annahme-Warteschlange ist jemand, der eingeplant werden kann. Machen Sie Mitglieder einplanbar (Verwaltung, Warteschlangen), oder zeigen Sie mit „Mehr“ alle.</translation>
    </message>
    <message>
        <source>Nobody is on the roster in this week. Double-click a day or press Insert to plan a turn.</source>
        <translation>In dieser Woche ist niemand eingeplant. Doppelklick auf einen Tag oder Einfg plant einen Dienst.</translation>
    </message>
    <message>
        <source>Nobody is on the roster in this week. A supervisor plans it.</source>
        <translation>In dieser Woche ist niemand eingeplant. Den Plan machen Supervisoren.</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>Nothing is wrong with this week.</source>
        <translation>Mit dieser Woche ist alles in Ordnung.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>What is wrong, and where somebody is missing</source>
        <translation>Was nicht stimmt, und wo jemand fehlt</translation>
    </message>
    <message>
        <source>No calls were counted in the {weeks} weeks before, so nothing is known of the need. Read in the counts of the telephone: “More”, “Import call counts…”.</source>
        <translation>In den {weeks} Wochen davor wurden keine Anrufe gezählt, deshalb ist über den Bedarf nichts bekannt. Lesen Sie die Zählung der Telefonanlage ein: „Mehr“, „Anrufzählung einlesen…“.</translation>
    </message>
    <message>
        <source>Needed by Erlang C, so that {share} of the calls are answered within {seconds} s. Calls to expect: the mean of the same half hour over up to {weeks} weeks before. The formula takes for granted that calls come at random, that everybody on the hotline takes the next one, and that nobody hangs up: where some do, the need comes out slightly high.</source>
        <translation>Bedarf nach Erlang C, damit {share} der Anrufe binnen {seconds} s angenommen werden. Erwartete Anrufe: das Mittel derselben halben Stunde aus bis zu {weeks} Wochen davor. Die Formel setzt voraus, dass Anrufe zufällig eintreffen, dass jeder an der Hotline den nächsten annimmt und dass niemand auflegt: Wo manche auflegen, fällt der Bedarf etwas zu hoch aus.</translation>
    </message>
    <message>
        <source>Return: plan or change · Delete: take off · drag or Ctrl+arrow: carry</source>
        <translation>Eingabe: planen oder ändern · Entf: streichen · ziehen oder Strg+Pfeil: verlegen</translation>
    </message>
    <message>
        <source>New turn…</source>
        <translation>Neuer Dienst…</translation>
    </message>
    <message>
        <source>Plan like the week before</source>
        <translation>Wie die Woche davor planen</translation>
    </message>
    <message>
        <source>Show everyone, not only the front line</source>
        <translation>Alle zeigen, nicht nur die Annahme</translation>
    </message>
    <message>
        <source>Export this week…</source>
        <translation>Diese Woche ausgeben…</translation>
    </message>
    <message>
        <source>Export my turns of a year…</source>
        <translation>Meine Dienste eines Jahres ausgeben…</translation>
    </message>
    <message>
        <source>Import a roster…</source>
        <translation>Dienstplan einlesen…</translation>
    </message>
    <message>
        <source>Import call counts…</source>
        <translation>Anrufzählung einlesen…</translation>
    </message>
    <message>
        <source>Roster of the hotline</source>
        <translation>Dienstplan der Hotline</translation>
    </message>
    <message>
        <source>Week before</source>
        <translation>Woche davor</translation>
    </message>
    <message>
        <source>Week before (Alt+Left)</source>
        <translation>Woche davor (Alt+Links)</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>Nächste Woche</translation>
    </message>
    <message>
        <source>Next week (Alt+Right)</source>
        <translation>Nächste Woche (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>This week (Alt+Home)</source>
        <translation>Diese Woche (Alt+Pos1)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Roster, a row for each person, a column for each day</source>
        <translation>Dienstplan, eine Zeile je Person, eine Spalte je Tag</translation>
    </message>
    <message>
        <source>Analysts needed and planned, half hour by half hour</source>
        <translation>Bedarf und Plan, halbe Stunde für halbe Stunde</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>Half hours of the day</source>
        <translation>Halbe Stunden des Tages</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>Was aufgelistet ist</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import a roster</source>
        <translation>Dienstplan einlesen</translation>
    </message>
    <message numerus="yes">
        <source>%n new turn(s)</source>
        <translation>
            <numerusform>%n neuer Dienst</numerusform>
            <numerusform>%n neue Dienste</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken off</source>
        <translation>
            <numerusform>%n gestrichen</numerusform>
            <numerusform>%n gestrichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as before</source>
        <translation>
            <numerusform>%n wie bisher</numerusform>
            <numerusform>%n wie bisher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n ausgelassen</numerusform>
            <numerusform>%n ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>What the file says</source>
        <translation>Was die Datei sagt</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>taken off</source>
        <translation>gestrichen</translation>
    </message>
    <message>
        <source>The roster of {file} is read in</source>
        <translation>Der Dienstplan aus {file} ist eingelesen</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weiterer</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSection</name>
    <message>
        <source>What is imported</source>
        <translation>Was importiert wird</translation>
    </message>
    <message>
        <source>A CSV or JSON file, also packed</source>
        <translation>Eine CSV- oder JSON-Datei, auch gepackt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Only an administrator may import.</source>
        <translation>Nur Administratoren dürfen importieren.</translation>
    </message>
    <message>
        <source>Try it to see what it would do.</source>
        <translation>Probieren Sie, um zu sehen, was geschehen würde.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was daraus wird</translation>
    </message>
    <message>
        <source>What becomes of the rows</source>
        <translation>Was aus den Zeilen wird</translation>
    </message>
    <message>
        <source>Lists and logs of cases from other systems. Say which column means what, try it, then import; the same file twice makes nothing twice.</source>
        <translation>Listen und Fallprotokolle aus anderen Systemen. Sagen Sie, welche Spalte was bedeutet, probieren Sie es, und lesen Sie dann ein; dieselbe Datei zweimal legt nichts doppelt an.</translation>
    </message>
    <message>
        <source>Own mapping…</source>
        <translation>Eigene Zuordnung…</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>None: the columns are called as in Halldesk</source>
        <translation>Keine: Die Spalten heißen wie in Halldesk</translation>
    </message>
    <message>
        <source>A mapping is a small text file: what is number, status and time, and what words mean.</source>
        <translation>Eine Zuordnung ist eine kleine Textdatei: was Nummer, Status und Zeit ist, und was Wörter bedeuten.</translation>
    </message>
    <message>
        <source>{rows} of {total} rows</source>
        <translation>{rows} von {total} Zeilen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>{rows}, {cases}, {left_out}. Of the first {tried} cases: {new} new, {changed} changed, {same} as they are</source>
        <translation>{rows}, {cases}, {left_out}. Von den ersten {tried} Fällen: {new} neu, {changed} geändert, {same} wie sie sind</translation>
    </message>
    <message>
        <source>{rows}, {cases}: {new} new, {changed} changed, {same} as they are; {left_out}</source>
        <translation>{rows}, {cases}: {new} neu, {changed} geändert, {same} wie sie sind; {left_out}</translation>
    </message>
    <message>
        <source>{rows}: {new} new, {changed} changed, {same} as they are, {wrong} left out</source>
        <translation>{rows}: {new} neu, {changed} geändert, {same} wie sie sind, {wrong} ausgelassen</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n Zeile importiert</numerusform>
            <numerusform>%n Zeilen importiert</numerusform>
        </translation>
    </message>
    <message>
        <source>{rows} read</source>
        <translation>{rows} gelesen</translation>
    </message>
    <message>
        <source>Stopped; nothing was imported.</source>
        <translation>Angehalten; importiert wurde nichts.</translation>
    </message>
    <message>
        <source>The import was stopped before its first row was in.</source>
        <translation>Der Import wurde angehalten, bevor die erste Zeile übernommen war.</translation>
    </message>
    <message>
        <source>The import was stopped: {rows} of {total} rows are in and stay. Importing the same file again goes on from there.</source>
        <translation>Der Import wurde angehalten: {rows} von {total} Zeilen sind übernommen und bleiben. Wird dieselbe Datei noch einmal importiert, geht es dort weiter.</translation>
    </message>
</context>
<context>
    <name>InsertPicker</name>
    <message>
        <source>What is inserted</source>
        <translation>Was eingefügt wird</translation>
    </message>
</context>
<context>
    <name>Inserting</name>
    <message>
        <source>Insert a template</source>
        <translation>Vorlage einfügen</translation>
    </message>
    <message>
        <source>Name or short word</source>
        <translation>Name oder Kurzwort</translation>
    </message>
    <message>
        <source>No template is called that. Supervisors make them under Administration.</source>
        <translation>Keine Vorlage heißt so. Die Leitung legt sie unter Verwaltung an.</translation>
    </message>
    <message>
        <source>Insert from knowledge</source>
        <translation>Aus dem Wissen einfügen</translation>
    </message>
    <message>
        <source>Words of the title or the problem</source>
        <translation>Wörter aus Titel oder Problem</translation>
    </message>
    <message>
        <source>No article fits these words. Try fewer or other ones.</source>
        <translation>Kein Artikel passt zu diesen Wörtern. Versuchen Sie weniger oder andere.</translation>
    </message>
    <message>
        <source>Link to an article</source>
        <translation>Verweis auf einen Artikel</translation>
    </message>
    <message>
        <source>No article fits what is written so far. Type a few words of what it is about.</source>
        <translation>Kein Artikel passt zu dem, was bisher dasteht. Schreiben Sie ein paar Worte, worum es geht.</translation>
    </message>
</context>
<context>
    <name>InsightSection</name>
    <message>
        <source>by department</source>
        <translation>nach Abteilung</translation>
    </message>
    <message>
        <source>by product</source>
        <translation>nach Produkt</translation>
    </message>
    <message>
        <source>by cost centre</source>
        <translation>nach Kostenstelle</translation>
    </message>
    <message>
        <source>by significance</source>
        <translation>nach Bedeutung</translation>
    </message>
    <message>
        <source>by language</source>
        <translation>nach Sprache</translation>
    </message>
    <message>
        <source>Return opens the cases of a row.</source>
        <translation>Die Eingabetaste öffnet die Fälle einer Zeile.</translation>
    </message>
    <message>
        <source>By machine, or by product and a word of the title. What would end it: an article where none is published, a training where one is.</source>
        <translation>Nach Maschine oder nach Produkt und einem Wort des Titels. Was es beenden würde: ein Artikel, wo keiner veröffentlicht ist, eine Schulung, wo es einen gibt.</translation>
    </message>
    <message>
        <source>Departments that ask again what an article answers, and queues that pass on what one solves.</source>
        <translation>Abteilungen, die wieder fragen, was ein Artikel beantwortet, und Warteschlangen, die weitergeben, was einer löst.</translation>
    </message>
    <message>
        <source>Cases that went to a queue and straight back; what rules moved does not count.</source>
        <translation>Fälle, die in eine Warteschlange und gleich wieder zurück gingen; was Regeln verschoben haben, zählt nicht.</translation>
    </message>
    <message>
        <source>Avoidable: the case came down again, or was solved with an article that had been there already.</source>
        <translation>Vermeidbar: Der Fall kam wieder herunter oder wurde mit einem Artikel gelöst, den es schon gab.</translation>
    </message>
    <message>
        <source>Minutes at the rate of their day. What belongs to nothing stands in the last line.</source>
        <translation>Minuten zum Satz ihres Tages. Was zu nichts gehört, steht in der letzten Zeile.</translation>
    </message>
    <message>
        <source>All minutes booked since the product&apos;s launch date.</source>
        <translation>Alle seit der Einführung des Produkts gebuchten Minuten.</translation>
    </message>
    <message>
        <source>A case weighs 8, 4, 2 or 1 by its severity, twice as much for a watched department.</source>
        <translation>Ein Fall wiegt je nach Schwere 8, 4, 2 oder 1, für eine beobachtete Abteilung das Doppelte.</translation>
    </message>
    <message>
        <source>The week that ended last, and eight weeks up to it.</source>
        <translation>Die zuletzt beendete Woche und acht Wochen bis dahin.</translation>
    </message>
    <message>
        <source>As many days before its publication as after: cases of its products. Name its title.</source>
        <translation>Gleich viele Tage vor und nach der Veröffentlichung: Fälle seiner Produkte. Nennen Sie den Titel.</translation>
    </message>
    <message>
        <source>As many days before that day as from it on: cases of the product.</source>
        <translation>Gleich viele Tage vor diesem Tag und ab ihm: Fälle des Produkts.</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Einblick</translation>
    </message>
    <message>
        <source>What repeats?</source>
        <translation>Was wiederholt sich?</translation>
    </message>
    <message>
        <source>Whom to teach what?</source>
        <translation>Wen worin schulen?</translation>
    </message>
    <message>
        <source>What goes back and forth?</source>
        <translation>Was geht hin und her?</translation>
    </message>
    <message>
        <source>Which escalations were avoidable?</source>
        <translation>Welche Eskalationen waren vermeidbar?</translation>
    </message>
    <message>
        <source>What did it cost?</source>
        <translation>Was hat es gekostet?</translation>
    </message>
    <message>
        <source>What has it cost since its launch?</source>
        <translation>Was hat es seit der Einführung gekostet?</translation>
    </message>
    <message>
        <source>Who makes most of it?</source>
        <translation>Von wem kommt das meiste?</translation>
    </message>
    <message>
        <source>Are the targets met?</source>
        <translation>Werden die Ziele erreicht?</translation>
    </message>
    <message>
        <source>Did the article help?</source>
        <translation>Hat der Artikel geholfen?</translation>
    </message>
    <message>
        <source>Did the change help?</source>
        <translation>Hat die Änderung geholfen?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>By what</source>
        <translation>Wonach</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Title of the article</source>
        <translation>Titel des Artikels</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Day of the change</source>
        <translation>Tag der Änderung</translation>
    </message>
    <message>
        <source>Days before and after</source>
        <translation>Tage davor und danach</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Nothing of that kind in this span</source>
        <translation>Nichts dergleichen in dieser Zeit</translation>
    </message>
    <message>
        <source>Choose a longer span or another question.</source>
        <translation>Wählen Sie eine längere Zeit oder eine andere Frage.</translation>
    </message>
    <message>
        <source>by product line</source>
        <translation>nach Produktlinie</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>Noch nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Name an article by its title, or choose a product and the day of the change.</source>
        <translation>Nennen Sie einen Artikel mit seinem Titel, oder wählen Sie ein Produkt und den Tag der Änderung.</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite</source>
        <translation>Einladen</translation>
    </message>
    <message>
        <source>Who may enter?</source>
        <translation>Wer darf herein?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Make the invitation</source>
        <translation>Einladung ausstellen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>somebody new</source>
        <translation>jemand Neues</translation>
    </message>
    <message>
        <source>First and last name</source>
        <translation>Vor- und Nachname</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Opens for (days)</source>
        <translation>Öffnet für (Tage)</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>another workstation of {name}</source>
        <translation>weiterer Arbeitsplatz von {name}</translation>
    </message>
    <message>
        <source>The name is how colleagues will see it. What somebody may do follows from the role.</source>
        <translation>So sehen die Kollegen den Namen. Was jemand darf, folgt aus der Rolle.</translation>
    </message>
    <message>
        <source>A second workstation, or one for a lost laptop: revoke that one as well.</source>
        <translation>Ein zweiter Arbeitsplatz oder Ersatz für ein verlorenes Notebook: Dann auch das verlorene sperren.</translation>
    </message>
    <message>
        <source>The invitation is ready</source>
        <translation>Die Einladung ist fertig</translation>
    </message>
    <message>
        <source>Send this line by a way you trust: whoever has it can enter. On the other PC start Halldesk, choose “Join with an invitation” and paste it (or: halldesk join LINE). It opens once, until {until}, and is shown only here.</source>
        <translation>Die Zeile auf einem vertrauenswürdigen Weg senden: Wer sie hat, kommt herein. Am anderen PC Halldesk starten, „Mit einer Einladung beitreten“ wählen und sie einfügen (oder: halldesk join ZEILE). Sie öffnet einmal, bis {until}, und wird nur hier gezeigt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Paste the line that starts with halldesk1: (the whole mail will do)</source>
        <translation>Die Zeile einfügen, die mit halldesk1: beginnt (auch die ganze E-Mail)</translation>
    </message>
    <message>
        <source>as in the invitation</source>
        <translation>wie in der Einladung</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Place, if this PC reaches it by another name</source>
        <translation>Ort, falls dieser PC ihn unter anderem Namen erreicht</translation>
    </message>
    <message>
        <source>Password of the database</source>
        <translation>Kennwort der Datenbank</translation>
    </message>
    <message>
        <source>Join a help desk</source>
        <translation>Einem Helpdesk beitreten</translation>
    </message>
    <message>
        <source>The folder it names must be reachable from this PC.</source>
        <translation>Der darin genannte Ordner muss von diesem PC aus erreichbar sein.</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>This invitation expired on {day}. Ask who invited you for a new one.</source>
        <translation>Diese Einladung ist am {day} abgelaufen. Bitten Sie, wer Sie eingeladen hat, um eine neue.</translation>
    </message>
    <message>
        <source>No help desk is at this place. Write how this PC reaches the place of the invitation, or ask who invited you.</source>
        <translation>An diesem Ort ist kein Helpdesk. Schreiben Sie, wie dieser PC den Ort der Einladung erreicht, oder fragen Sie, wer Sie eingeladen hat.</translation>
    </message>
    <message>
        <source>Reading what happened so far…</source>
        <translation>Was bisher geschah, wird gelesen…</translation>
    </message>
    <message>
        <source>The invitation is not whole: copy the line to its end and paste it again.</source>
        <translation>Die Einladung ist nicht ganz: Kopieren Sie die Zeile bis an ihr Ende, und fügen Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>There is no invitation in this: it is a line that starts with halldesk1:</source>
        <translation>Darin ist keine Einladung: Sie ist eine Zeile, die mit halldesk1: beginnt.</translation>
    </message>
    <message>
        <source>{name} is invited to “{desk}”.</source>
        <translation>{name} ist zu „{desk}“ eingeladen.</translation>
    </message>
    <message>
        <source>{name} is invited.</source>
        <translation>{name} ist eingeladen.</translation>
    </message>
    <message>
        <source>It opens until {day}.</source>
        <translation>Sie gilt bis {day}.</translation>
    </message>
</context>
<context>
    <name>KnowledgePage</name>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Search articles</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Helped</source>
        <translation>Half</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>All articles</source>
        <translation>Alle Artikel</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>No product</source>
        <translation>Ohne Produkt</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Zustände</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Nothing fits. Try fewer words, or write the article.</source>
        <translation>Nichts passt. Versuchen Sie weniger Wörter, oder schreiben Sie den Artikel.</translation>
    </message>
    <message>
        <source>an article without a title</source>
        <translation>ein Artikel ohne Titel</translation>
    </message>
    <message>
        <source>Not saved: {title}</source>
        <translation>Nicht gespeichert: {title}</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Was fehlt</translation>
    </message>
</context>
<context>
    <name>KnownPanel</name>
    <message>
        <source>Open cases of this machine</source>
        <translation>Offene Fälle dieser Maschine</translation>
    </message>
    <message>
        <source>Open cases of this place</source>
        <translation>Offene Fälle an diesem Ort</translation>
    </message>
    <message>
        <source>Open cases of this person</source>
        <translation>Offene Fälle dieser Person</translation>
    </message>
    <message>
        <source>Perhaps the same</source>
        <translation>Vielleicht dasselbe</translation>
    </message>
    <message>
        <source>Name whoever calls, or the machine or place it is about: what is known about them appears here.</source>
        <translation>Nennen Sie, wer anruft, oder die Maschine oder den Ort: Was darüber bekannt ist, erscheint hier.</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
</context>
<context>
    <name>KnowsMore</name>
    <message>
        <source>Knows {product}:</source>
        <translation>Kennt {product}:</translation>
    </message>
    <message>
        <source>{name} (level {level})</source>
        <translation>{name} (Stufe {level})</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Link to another case</source>
        <translation>Mit anderem Fall verknüpfen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>How they hang together</source>
        <translation>Wie sie zusammenhängen</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Verknüpft</translation>
    </message>
    <message>
        <source>Number or words of the other case</source>
        <translation>Nummer oder Wörter</translation>
    </message>
</context>
<context>
    <name>ListExport</name>
    <message>
        <source>Print or export the list</source>
        <translation>Liste drucken oder exportieren</translation>
    </message>
    <message>
        <source>With the columns, the order and the groups on screen. A PDF has at most 2,000 cases.</source>
        <translation>Mit den Spalten, der Reihenfolge und den Gruppen vom Bildschirm. Ein PDF hat höchstens 2.000 Fälle.</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>PDF, to print</source>
        <translation>PDF, zum Drucken</translation>
    </message>
    <message>
        <source>CSV, for a spreadsheet</source>
        <translation>CSV, für eine Tabelle</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Open it afterwards</source>
        <translation>Danach öffnen</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>The list is in {file}</source>
        <translation>Die Liste steht in {file}</translation>
    </message>
</context>
<context>
    <name>ListHead</name>
    <message>
        <source>Filter this list</source>
        <translation>Diese Liste filtern</translation>
    </message>
    <message>
        <source>Filter and save as a view</source>
        <translation>Filtern und als Ansicht speichern</translation>
    </message>
    <message>
        <source>Group the list</source>
        <translation>Liste gruppieren</translation>
    </message>
    <message>
        <source>Show closed cases too</source>
        <translation>Auch abgeschlossene Fälle zeigen</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
</context>
<context>
    <name>ListTabs</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n überfällig</numerusform>
            <numerusform>%n überfällig</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists of the department</source>
        <translation>Listen der Abteilung</translation>
    </message>
    <message>
        <source>Group by place</source>
        <translation>Nach Ort gruppieren</translation>
    </message>
    <message>
        <source>Group by machine</source>
        <translation>Nach Maschine gruppieren</translation>
    </message>
</context>
<context>
    <name>LogCheck</name>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde angehalten.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Gespeichert: {file}</translation>
    </message>
    <message>
        <source>The whole log</source>
        <translation>Das ganze Log</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what was found</source>
        <translation>Was gefunden wurde, kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Save what was found</source>
        <translation>Was gefunden wurde, speichern</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Check the whole log</source>
        <translation>Das ganze Log prüfen</translation>
    </message>
    <message>
        <source>must be put right</source>
        <translation>muss in Ordnung gebracht werden</translation>
    </message>
    <message>
        <source>to know</source>
        <translation>zu wissen</translation>
    </message>
    <message numerus="yes">
        <source>%n more stand(s) in the report</source>
        <translation>
            <numerusform>%n weitere steht im Bericht</numerusform>
            <numerusform>%n weitere stehen im Bericht</numerusform>
        </translation>
    </message>
    <message>
        <source>Replays every entry against this workstation&apos;s copy and the store, and says whose entry is wrong. It may take minutes; one can work on meanwhile.</source>
        <translation>Spielt jeden Eintrag gegen die Kopie dieses Arbeitsplatzes und die Ablage nach und sagt, wessen Eintrag nicht stimmt. Das kann Minuten dauern; arbeiten lässt sich währenddessen.</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>Wartet, bis es an der Reihe ist…</translation>
    </message>
    <message>
        <source>Replaying entry {done} of {all}…</source>
        <translation>Eintrag {done} von {all} wird nachgespielt…</translation>
    </message>
    <message>
        <source>Comparing rows: table {done} of {all}…</source>
        <translation>Zeilen werden verglichen: Tabelle {done} von {all}…</translation>
    </message>
    <message>
        <source>Comparing with the store: entry {done} of {all}…</source>
        <translation>Vergleich mit der Ablage: Eintrag {done} von {all}…</translation>
    </message>
</context>
<context>
    <name>LostCard</name>
    <message>
        <source>Give it up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Submit again</source>
        <translation>Wieder einreichen</translation>
    </message>
    <message>
        <source>Written then</source>
        <translation>Damals geschrieben</translation>
    </message>
    <message>
        <source>What stands now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
    <message>
        <source>Written then; nothing of it is there now</source>
        <translation>Damals geschrieben; davon gibt es jetzt nichts</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>gibt es nicht</translation>
    </message>
    <message>
        <source>nothing, it was removed</source>
        <translation>nichts, es wurde entfernt</translation>
    </message>
    <message>
        <source>{field}, written then</source>
        <translation>{field}, damals geschrieben</translation>
    </message>
    <message>
        <source>{field}, now</source>
        <translation>{field}, jetzt</translation>
    </message>
    <message numerus="yes">
        <source>and %n more field(s)</source>
        <translation>
            <numerusform>und %n weiteres Feld</numerusform>
            <numerusform>und %n weitere Felder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LostDeeds</name>
    <message numerus="yes">
        <source>%n change(s) will be sent again.</source>
        <translation>
            <numerusform>%n Änderung wird wieder gesendet.</numerusform>
            <numerusform>%n Änderungen werden wieder gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gave up %n lost change(s)</source>
        <translation>
            <numerusform>%n verlorene Änderung aufgegeben</numerusform>
            <numerusform>%n verlorene Änderungen aufgegeben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MachineView</name>
    <message>
        <source>Machine and its earlier cases</source>
        <translation>Maschine und ihre früheren Fälle</translation>
    </message>
    <message>
        <source>This case is about no machine.</source>
        <translation>In diesem Fall geht es um keine Maschine.</translation>
    </message>
    <message>
        <source>Choose a case.</source>
        <translation>Wählen Sie einen Fall.</translation>
    </message>
    <message>
        <source>Serial number {number}</source>
        <translation>Seriennummer {number}</translation>
    </message>
    <message>
        <source>Its other cases ({count})</source>
        <translation>Ihre anderen Fälle ({count})</translation>
    </message>
    <message>
        <source>It had no other case.</source>
        <translation>Sie hatte keinen anderen Fall.</translation>
    </message>
    <message>
        <source>All of them as a list</source>
        <translation>Alle als Liste</translation>
    </message>
</context>
<context>
    <name>MailAccountDialog</name>
    <message>
        <source>Mail account</source>
        <translation>Mailkonto</translation>
    </message>
    <message>
        <source>For this workstation only. The password is kept in the system&apos;s keyring.</source>
        <translation>Nur für diesen Arbeitsplatz. Das Kennwort liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>encrypted after greeting (STARTTLS)</source>
        <translation>verschlüsselt nach Begrüßung (STARTTLS)</translation>
    </message>
    <message>
        <source>encrypted (TLS)</source>
        <translation>verschlüsselt (TLS)</translation>
    </message>
    <message>
        <source>open, without a password</source>
        <translation>offen, ohne Kennwort</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>Sich&amp;erheit</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Kenn&amp;wort</translation>
    </message>
    <message>
        <source>&amp;From address</source>
        <translation>&amp;Absender</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>MailDialog</name>
    <message>
        <source>Send the report</source>
        <translation>Bericht senden</translation>
    </message>
    <message>
        <source>boss@works.example, plant@works.example</source>
        <translation>chef@werk.example, halle1@werk.example</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;An</translation>
    </message>
    <message>
        <source>&amp;Words</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>Konto…</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>No mail account is set up on this workstation yet.</source>
        <translation>Auf diesem Arbeitsplatz ist noch kein Mailkonto eingerichtet.</translation>
    </message>
    <message>
        <source>From {sender}, by {host}</source>
        <translation>Von {sender} über {host}</translation>
    </message>
    <message>
        <source>Report sent to {who}</source>
        <translation>Bericht gesendet an {who}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open Halldesk</source>
        <translation>Halldesk öffnen</translation>
    </message>
    <message>
        <source>Quiet for an hour</source>
        <translation>Eine Stunde Ruhe</translation>
    </message>
</context>
<context>
    <name>MatrixModel</name>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>one only: {name}</source>
        <translation>nur: {name}</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} Personen</translation>
    </message>
    <message>
        <source>{count} solved in the last year</source>
        <translation>{count} im letzten Jahr gelöst</translation>
    </message>
    <message>
        <source>skill level {level}</source>
        <translation>Kenntnisstufe {level}</translation>
    </message>
    <message>
        <source>nobody else knows it</source>
        <translation>sonst kennt es niemand</translation>
    </message>
    <message>
        <source>nothing known</source>
        <translation>nichts bekannt</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>Bekannt bei</translation>
    </message>
</context>
<context>
    <name>MergeSheet</name>
    <message>
        <source>Merge into another case</source>
        <translation>Mit anderem Fall zusammenführen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Number or words of the case that goes on</source>
        <translation>Nummer oder Wörter des Falls, der weitergeht</translation>
    </message>
    <message>
        <source>This case ends; what was asked is noted there. You can part them again.</source>
        <translation>Dieser Fall endet; was gefragt war, wird dort vermerkt. Beide lassen sich wieder trennen.</translation>
    </message>
    <message>
        <source>Merged into {case}</source>
        <translation>Zusammengeführt mit {case}</translation>
    </message>
</context>
<context>
    <name>MissingPane</name>
    <message>
        <source>Draft written from the newest of the cases</source>
        <translation>Entwurf aus dem neuesten der Fälle geschrieben</translation>
    </message>
    <message>
        <source>wanted</source>
        <translation>gesucht</translation>
    </message>
    <message>
        <source>The article is wanted; the team sees its words now</source>
        <translation>Der Artikel ist gesucht; das Team sieht seine Worte jetzt</translation>
    </message>
    <message>
        <source>begun from a case, not finished</source>
        <translation>aus einem Fall begonnen, nicht fertig</translation>
    </message>
    <message>
        <source>not used in half a year</source>
        <translation>seit einem halben Jahr nicht genutzt</translation>
    </message>
    <message>
        <source>Write an article</source>
        <translation>Artikel schreiben</translation>
    </message>
    <message>
        <source>Finish the draft</source>
        <translation>Entwurf fertigstellen</translation>
    </message>
    <message>
        <source>Mend the article</source>
        <translation>Artikel verbessern</translation>
    </message>
    <message>
        <source>Needed still?</source>
        <translation>Noch nötig?</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Schulen</translation>
    </message>
    <message>
        <source>Draft from the newest case</source>
        <translation>Entwurf aus dem neuesten Fall</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>Make it a wanted article</source>
        <translation>Zum gesuchten Artikel machen</translation>
    </message>
    <message>
        <source>Show the draft</source>
        <translation>Entwurf zeigen</translation>
    </message>
    <message>
        <source>Show the article</source>
        <translation>Artikel zeigen</translation>
    </message>
    <message>
        <source>Show the cases</source>
        <translation>Fälle zeigen</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Was fehlt</translation>
    </message>
    <message>
        <source>The last 90 days. Searches are those of this workstation; they stay here until you make one a wanted article.</source>
        <translation>Die letzten 90 Tage. Suchen sind die dieses Arbeitsplatzes; sie bleiben hier, bis Sie eine zum gesuchten Artikel machen.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>To write</source>
        <translation>Zu schreiben</translation>
    </message>
    <message>
        <source>To finish</source>
        <translation>Fertigzustellen</translation>
    </message>
    <message>
        <source>To mend or clear away</source>
        <translation>Zu verbessern oder aufzuräumen</translation>
    </message>
    <message>
        <source>To teach</source>
        <translation>Zu schulen</translation>
    </message>
    <message>
        <source>What kind</source>
        <translation>Welche Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Weil</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Diese Suche vergessen</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Nichts fehlt</translation>
    </message>
    <message>
        <source>No case repeats without an article, no search came to nothing, and every article helps.</source>
        <translation>Kein Fall wiederholt sich ohne Artikel, keine Suche lief ins Leere, und jeder Artikel hilft.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) alike, without an article</source>
        <translation>
            <numerusform>%Ln gleichartiger Fall ohne Artikel</numerusform>
            <numerusform>%Ln gleichartige Fälle ohne Artikel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) solved, no article at all</source>
        <translation>
            <numerusform>%Ln Fall gelöst, gar kein Artikel</numerusform>
            <numerusform>%Ln Fälle gelöst, gar kein Artikel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>searched %Ln time(s) in vain</source>
        <translation>
            <numerusform>einmal vergeblich gesucht</numerusform>
            <numerusform>%Ln-mal vergeblich gesucht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>helped in {helped} of %Ln case(s)</source>
        <translation>
            <numerusform>half in {helped} von %Ln Fall</numerusform>
            <numerusform>half in {helped} von %Ln Fällen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %Ln time(s) what this article answers</source>
        <translation>
            <numerusform>einmal gefragt, was dieser Artikel beantwortet</numerusform>
            <numerusform>%Ln-mal gefragt, was dieser Artikel beantwortet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %Ln time(s); no article was used</source>
        <translation>
            <numerusform>einmal gefragt; kein Artikel wurde genutzt</numerusform>
            <numerusform>%Ln-mal gefragt; kein Artikel wurde genutzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passed on %Ln time(s), though this article solves it</source>
        <translation>
            <numerusform>einmal weitergegeben, obwohl dieser Artikel es löst</numerusform>
            <numerusform>%Ln-mal weitergegeben, obwohl dieser Artikel es löst</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovedDialog</name>
    <message>
        <source>Other due times</source>
        <translation>Andere Fälligkeiten</translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s) get other due times</source>
        <translation>
            <numerusform>%n offener Fall bekommt eine andere Fälligkeit</numerusform>
            <numerusform>%n offene Fälle bekommen andere Fälligkeiten</numerusform>
        </translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Due until now</source>
        <translation>Bisher fällig</translation>
    </message>
    <message>
        <source>Due then</source>
        <translation>Dann fällig</translation>
    </message>
    <message>
        <source>Cases with other due times</source>
        <translation>Fälle mit anderer Fälligkeit</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>Trotzdem speichern</translation>
    </message>
</context>
<context>
    <name>MovedPlace</name>
    <message>
        <source>Where is the help desk now?</source>
        <translation>Wo ist der Helpdesk jetzt?</translation>
    </message>
    <message>
        <source>Until now this workstation looks for it at {where}. If the share or the database has another name now, or was moved or restored elsewhere, write here where. It is looked at before it is used.</source>
        <translation>Bisher sucht dieser Arbeitsplatz ihn unter {where}. Wenn die Freigabe oder die Datenbank jetzt anders heißt, umgezogen ist oder anderswo wiederhergestellt wurde, schreiben Sie hier, wo. Der Ort wird geprüft, bevor er benutzt wird.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait(s) here and go(es) out then.</source>
        <translation>
            <numerusform>%n Änderung wartet hier und geht dann hinaus.</numerusform>
            <numerusform>%n Änderungen warten hier und gehen dann hinaus.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was restored there from a backup; send there from here what it lacks</source>
        <translation>Er wurde dort aus einer Sicherung wiederhergestellt; von hier dorthin senden, was fehlt</translation>
    </message>
    <message>
        <source>Use this place</source>
        <translation>Diesen Ort benutzen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Password of the database</source>
        <translation>Kennwort der Datenbank</translation>
    </message>
    <message>
        <source>No help desk is at this place; name the one where it is now.</source>
        <translation>An diesem Ort ist kein Helpdesk; nennen Sie den, an dem er jetzt ist.</translation>
    </message>
    <message>
        <source>The help desk is at {where} now.</source>
        <translation>Der Helpdesk ist jetzt unter {where}.</translation>
    </message>
    <message>
        <source>The help desk there lacks something that was seen here, and the old place does not answer. If it was restored there from a backup, say so below. If it moved elsewhere, name that place.</source>
        <translation>Dem Helpdesk dort fehlt etwas, das hier schon gesehen wurde, und der alte Ort antwortet nicht. Wenn er dort aus einer Sicherung wiederhergestellt wurde, geben Sie es unten an. Wenn er anderswohin umgezogen ist, nennen Sie jenen Ort.</translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message>
        <source>Who is meant</source>
        <translation>Wer gemeint ist</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n überfällig</numerusform>
            <numerusform>%n überfällig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NeedChart</name>
    <message>
        <source>needed</source>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>up to {most}</source>
        <translation>bis {most}</translation>
    </message>
</context>
<context>
    <name>NextStepRow</name>
    <message>
        <source>What happens next?</source>
        <translation>Was geschieht als Nächstes?</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Who?</source>
        <translation>Wer?</translation>
    </message>
    <message>
        <source>Nothing more to do</source>
        <translation>Nichts mehr zu tun</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n-mal</numerusform>
            <numerusform>%n-mal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>noch %n</numerusform>
            <numerusform>noch %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message numerus="yes">
        <source>%n more case(s) changed</source>
        <translation>
            <numerusform>%n weiterer Fall wurde geändert</numerusform>
            <numerusform>%n weitere Fälle wurden geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) changed while it was quiet</source>
        <translation>
            <numerusform>%n Fall wurde in der Ruhezeit geändert</numerusform>
            <numerusform>%n Fälle wurden in der Ruhezeit geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Halldesk</source>
        <translation>Halldesk</translation>
    </message>
    <message>
        <source>{who} asks for you</source>
        <translation>{who} fragt nach Ihnen</translation>
    </message>
    <message>
        <source>{who} handed a case to you</source>
        <translation>{who} hat Ihnen einen Fall übergeben</translation>
    </message>
    <message>
        <source>Taken by {owner}</source>
        <translation>Übernommen von {owner}</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>Three quarters of its time are gone</source>
        <translation>Drei Viertel der Zeit sind um</translation>
    </message>
    <message>
        <source>{who} reopened a case</source>
        <translation>{who} hat einen Fall wieder geöffnet</translation>
    </message>
    <message>
        <source>{who} wrote in a case</source>
        <translation>{who} hat in einen Fall geschrieben</translation>
    </message>
    <message>
        <source>{who} ended a case</source>
        <translation>{who} hat einen Fall beendet</translation>
    </message>
    <message>
        <source>{who} changed a case</source>
        <translation>{who} hat einen Fall geändert</translation>
    </message>
</context>
<context>
    <name>NowView</name>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>Who speaks for whom</source>
        <translation>Wer für wen spricht</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>{name} (stand-in)</source>
        <translation>{name} (Vertretung)</translation>
    </message>
    <message>
        <source>from {day} {clock}: {who}</source>
        <translation>ab {day} {clock}: {who}</translation>
    </message>
    <message>
        <source>{name} (inherited from {department})</source>
        <translation>{name} (geerbt von {department})</translation>
    </message>
    <message>
        <source>Nothing is proposed</source>
        <translation>Kein Vorschlag</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Abteilungen</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Stand-ins</source>
        <translation>Vertretungen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>No department has a dedicated analyst yet</source>
        <translation>Noch keine Abteilung hat eine feste Ansprechperson</translation>
    </message>
    <message>
        <source>A supervisor agrees on one under “Agreements”.</source>
        <translation>Die Leitung vereinbart eine unter „Vereinbarungen“.</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>Alles stimmt</translation>
    </message>
    <message>
        <source>Every department has its contact and its stand-ins.</source>
        <translation>Jede Abteilung hat ihre Kontaktperson und ihre Vertretungen.</translation>
    </message>
    <message>
        <source>Nothing to look at yet</source>
        <translation>Noch nichts zu sehen</translation>
    </message>
    <message>
        <source>What is wrong with agreements and absences stands here.</source>
        <translation>Hier steht, was an Vereinbarungen und Abwesenheiten nicht stimmt.</translation>
    </message>
</context>
<context>
    <name>OutgoingRow</name>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Report written to {file}</source>
        <translation>Bericht geschrieben nach {file}</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken…</translation>
    </message>
    <message>
        <source>E-mail…</source>
        <translation>E-Mail…</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>What to print</source>
        <translation>Was gedruckt wird</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Language of the paper</source>
        <translation>Sprache des Papiers</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>is made…</source>
        <translation>wird erstellt…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Written to {file}</source>
        <translation>Nach {file} geschrieben</translation>
    </message>
    <message>
        <source>is printed…</source>
        <translation>wird gedruckt…</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>An den Drucker geschickt</translation>
    </message>
    <message>
        <source>Not printed</source>
        <translation>Nicht gedruckt</translation>
    </message>
</context>
<context>
    <name>Parting</name>
    <message numerus="yes">
        <source>Sending %n change(s) before Halldesk ends …</source>
        <translation>
            <numerusform>%n Änderung wird noch gesendet, bevor Halldesk endet …</numerusform>
            <numerusform>%n Änderungen werden noch gesendet, bevor Halldesk endet …</numerusform>
        </translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be sent. They are kept on this workstation and go out with the next start.</source>
        <translation>
            <numerusform>%n Änderung konnte nicht gesendet werden. Sie bleibt auf diesem Arbeitsplatz und geht mit dem nächsten Start hinaus.</numerusform>
            <numerusform>%n Änderungen konnten nicht gesendet werden. Sie bleiben auf diesem Arbeitsplatz und gehen mit dem nächsten Start hinaus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The drive does not answer.</source>
        <translation>Das Laufwerk antwortet nicht.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Seite {page} von {count}</translation>
    </message>
</context>
<context>
    <name>PickField</name>
    <message>
        <source>Show the list</source>
        <translation>Liste zeigen</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
</context>
<context>
    <name>PresenceButton</name>
    <message numerus="yes">
        <source>%n colleague(s) here</source>
        <translation>
            <numerusform>%n Person ist noch da</numerusform>
            <numerusform>%n Personen sind noch da</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message>
        <source>Make a problem</source>
        <translation>Problem anlegen</translation>
    </message>
    <message>
        <source>Title of the problem</source>
        <translation>Titel des Problems</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>&amp;Severity</source>
        <translation>&amp;Schweregrad</translation>
    </message>
    <message numerus="yes">
        <source>%n incident(s) are linked to it. One Undo takes all of it back.</source>
        <translation>
            <numerusform>%n Störung wird damit verknüpft. Einmal „Rückgängig“ nimmt alles zurück.</numerusform>
            <numerusform>%n Störungen werden damit verknüpft. Einmal „Rückgängig“ nimmt alles zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message numerus="yes">
        <source>Problem made of %n incident(s)</source>
        <translation>
            <numerusform>Problem aus %n Störung angelegt</numerusform>
            <numerusform>Problem aus %n Störungen angelegt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Cases: {place}</source>
        <translation>Fälle: {place}</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neuer</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n gewählt</numerusform>
            <numerusform>%n gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Order and widths…</source>
        <translation>Reihenfolge und Breiten…</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt…</translation>
    </message>
</context>
<context>
    <name>QuickCapture</name>
    <message>
        <source>Solved by you at once</source>
        <translation>Von Ihnen sofort gelöst</translation>
    </message>
    <message>
        <source>Goes to {name}: {reason}</source>
        <translation>Geht an {name}: {reason}</translation>
    </message>
    <message>
        <source>Solved and noted</source>
        <translation>Gelöst und festgehalten</translation>
    </message>
    <message>
        <source>Case opened</source>
        <translation>Fall eröffnet</translation>
    </message>
    <message>
        <source>Create as solved</source>
        <translation>Als gelöst anlegen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Solved during the call</source>
        <translation>Im Gespräch gelöst</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>The case “{title}” was not opened.</source>
        <translation>Der Fall „{title}“ wurde nicht eröffnet.</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>new requester</source>
        <translation>neue Person</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Forget what is written</source>
        <translation>Vergessen, was geschrieben steht</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
</context>
<context>
    <name>RadarSection</name>
    <message>
        <source>Every product is known by two people or more.</source>
        <translation>Jedes Produkt kennen mindestens zwei.</translation>
    </message>
    <message>
        <source>Dots: level of the skill. Figure: cases solved in the last year; from {least} on it counts as knowing. Thick frame: nobody else knows it.</source>
        <translation>Punkte: Kenntnisstufe. Zahl: im letzten Jahr gelöste Fälle; ab {least} gilt es als Kennen. Dicker Rahmen: sonst kennt es niemand.</translation>
    </message>
    <message>
        <source>{what}: no case was solved in the last year</source>
        <translation>{what}: im letzten Jahr wurde kein Fall gelöst</translation>
    </message>
    <message>
        <source>Who knows what</source>
        <translation>Wer kennt was</translation>
    </message>
    <message>
        <source>No product is supported yet</source>
        <translation>Noch wird kein Produkt unterstützt</translation>
    </message>
    <message>
        <source>Add products and the skills of analysts (Administration); who knows what then stands here.</source>
        <translation>Legen Sie Produkte und die Kenntnisse der Analysten an (Verwaltung); dann steht hier, wer was kennt.</translation>
    </message>
    <message>
        <source>No product of that kind</source>
        <translation>Kein Produkt dieser Art</translation>
    </message>
    <message>
        <source>Choose “All”, or search for other words.</source>
        <translation>Wählen Sie „Alle“ oder suchen Sie nach anderen Wörtern.</translation>
    </message>
    <message>
        <source>Which products</source>
        <translation>Welche Produkte</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>One person only</source>
        <translation>Nur eine Person</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Find a product</source>
        <translation>Produkt suchen</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>The cases of this cell (Return)</source>
        <translation>Die Fälle dieser Zelle (Eingabe)</translation>
    </message>
    <message>
        <source>A day without…</source>
        <translation>Ein Tag ohne…</translation>
    </message>
    <message>
        <source>What would be without anyone if this person were ill</source>
        <translation>Was ohne jemanden wäre, wenn diese Person krank wäre</translation>
    </message>
    <message>
        <source>Who knows what, a row for each product, a column for each analyst</source>
        <translation>Wer kennt was, eine Zeile je Produkt, eine Spalte je Person</translation>
    </message>
    <message numerus="yes">
        <source>Of %n product(s):</source>
        <translation>
            <numerusform>Von %n Produkt:</numerusform>
            <numerusform>Von %n Produkten:</numerusform>
        </translation>
    </message>
    <message>
        <source>{single} known by one person alone, {nobody} by nobody.</source>
        <translation>{single} kennt nur eine Person, {nobody} kennt niemand.</translation>
    </message>
</context>
<context>
    <name>RateSheet</name>
    <message>
        <source>How satisfied are they?</source>
        <translation>Wie zufrieden ist man?</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>Notieren</translation>
    </message>
    <message>
        <source>What they say</source>
        <translation>Was gesagt wird</translation>
    </message>
    <message>
        <source>In their words (optional)</source>
        <translation>In deren Worten (freiwillig)</translation>
    </message>
    <message>
        <source>Noted: {words}</source>
        <translation>Notiert: {words}</translation>
    </message>
</context>
<context>
    <name>RecordSection</name>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Also out of use</source>
        <translation>Auch außer Gebrauch</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Put out of use</source>
        <translation>Außer Gebrauch nehmen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Choose one from the list, or make a new one.</source>
        <translation>Wählen Sie etwas aus der Liste, oder legen Sie etwas Neues an.</translation>
    </message>
    <message>
        <source>{shown} of {total}; type a part of the name to find others</source>
        <translation>{shown} von {total}; andere finden Sie mit einem Teil des Namens</translation>
    </message>
    <message>
        <source>{name} ({count} there)</source>
        <translation>{name} ({count} da)</translation>
    </message>
    <message>
        <source>{name} (out of use)</source>
        <translation>{name} (außer Gebrauch)</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>What was changed here is not saved yet.</source>
        <translation>Was hier geändert wurde, ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Go on here</source>
        <translation>Hier weitermachen</translation>
    </message>
    <message>
        <source>Only a supervisor may change this.</source>
        <translation>Nur Supervisoren dürfen das ändern.</translation>
    </message>
    <message>
        <source>Only an administrator may change this.</source>
        <translation>Nur Administratoren dürfen das ändern.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Out of use now</source>
        <translation>Jetzt außer Gebrauch</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
</context>
<context>
    <name>RecurringSection</name>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Product and word</source>
        <translation>Produkt und Wort</translation>
    </message>
    <message>
        <source>Recurring</source>
        <translation>Wiederkehrendes</translation>
    </message>
    <message>
        <source>What repeated in the last 90 days and belongs to no problem yet: three or more incidents with the same machine, or with a product and a word of the title; or one that is to be mended for good. Return shows the cases of a row.</source>
        <translation>Was sich in den letzten 90 Tagen wiederholt hat und noch zu keinem Problem gehört: drei oder mehr Störungen mit derselben Maschine oder mit einem Produkt und einem Wort des Titels; oder eine, die dauerhaft zu beheben ist. Die Eingabetaste zeigt die Fälle einer Zeile.</translation>
    </message>
    <message>
        <source>What repeats</source>
        <translation>Was sich wiederholt</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Woran</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Its cases</source>
        <translation>Die Fälle dazu</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Eröffnet</translation>
    </message>
    <message>
        <source>&amp;Show as a list</source>
        <translation>Als &amp;Liste zeigen</translation>
    </message>
    <message>
        <source>&amp;Make a problem…</source>
        <translation>&amp;Problem anlegen…</translation>
    </message>
    <message>
        <source>Nothing repeats</source>
        <translation>Nichts wiederholt sich</translation>
    </message>
    <message>
        <source>What comes back three times within 90 days stands here until it belongs to a problem.</source>
        <translation>Was in 90 Tagen dreimal wiederkehrt, steht hier, bis es zu einem Problem gehört.</translation>
    </message>
    <message>
        <source>Permanent fix wanted</source>
        <translation>Dauerlösung gewünscht</translation>
    </message>
</context>
<context>
    <name>RehearsalSection</name>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>{name} speaks for it then</source>
        <translation>{name} ist dann Ansprechpartner</translation>
    </message>
    <message>
        <source>{name} solved some of it before</source>
        <translation>{name} hat schon etwas davon gelöst</translation>
    </message>
    <message>
        <source>{name} could take it</source>
        <translation>{name} könnte ihn nehmen</translation>
    </message>
    <message>
        <source>nobody – agree a stand-in (Coverage)</source>
        <translation>niemand – Vertretung vereinbaren (Betreuung)</translation>
    </message>
    <message>
        <source>nobody of the hotline is free – ask somebody else</source>
        <translation>niemand der Hotline ist frei – jemand anderen fragen</translation>
    </message>
    <message>
        <source>nobody – write an article, or let somebody sit beside</source>
        <translation>niemand – Artikel schreiben oder jemanden einarbeiten</translation>
    </message>
    <message>
        <source>nobody – talk to its queue</source>
        <translation>niemand – mit seiner Warteschlange sprechen</translation>
    </message>
    <message>
        <source>Nothing hangs on {name} on {day}.</source>
        <translation>An {name} hängt nichts: {day}.</translation>
    </message>
    <message>
        <source>Without {name} on {day}:</source>
        <translation>Ohne {name} ({day}):</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) would be without anyone.</source>
        <translation>
            <numerusform>%n Sache wäre ohne jemanden.</numerusform>
            <numerusform>%n Sachen wären ohne jemanden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose another day or another person.</source>
        <translation>Wählen Sie einen anderen Tag oder eine andere Person.</translation>
    </message>
    <message>
        <source>Give the turn as proposed</source>
        <translation>Dienst wie vorgeschlagen geben</translation>
    </message>
    <message>
        <source>Hand the case over as proposed</source>
        <translation>Fall wie vorgeschlagen übergeben</translation>
    </message>
    <message>
        <source>Carry out</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>To its coverage</source>
        <translation>Zu ihrer Betreuung</translation>
    </message>
    <message>
        <source>To the roster</source>
        <translation>Zum Dienstplan</translation>
    </message>
    <message>
        <source>Its cases</source>
        <translation>Seine Fälle</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{name} takes the turn {turn}</source>
        <translation>{name} übernimmt den Dienst {turn}</translation>
    </message>
    <message>
        <source>{case} handed over to {name}</source>
        <translation>{case} an {name} übergeben</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) given as proposed</source>
        <translation>
            <numerusform>%n Dienst wie vorgeschlagen gegeben</numerusform>
            <numerusform>%n Dienste wie vorgeschlagen gegeben</numerusform>
        </translation>
    </message>
    <message>
        <source>What would be without anyone, and who could take it. Nothing happens by looking.</source>
        <translation>Was ohne jemanden wäre, und wer es übernehmen könnte. Durch Ansehen geschieht nichts.</translation>
    </message>
    <message>
        <source>A day without somebody</source>
        <translation>Ein Tag ohne jemanden</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>on</source>
        <translation>am</translation>
    </message>
    <message>
        <source>Without whom</source>
        <translation>Ohne wen</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>An welchem Tag</translation>
    </message>
    <message>
        <source>What would be without anyone</source>
        <translation>Was ohne jemanden wäre</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Who could take it</source>
        <translation>Wer es übernehmen könnte</translation>
    </message>
    <message>
        <source>Give all turns as proposed</source>
        <translation>Alle Dienste wie vorgeschlagen geben</translation>
    </message>
    <message>
        <source>Coverage…</source>
        <translation>Betreuung…</translation>
    </message>
    <message>
        <source>Enter an absence, call somebody in sick, agree stand-ins</source>
        <translation>Abwesenheit eintragen, jemanden krankmelden, Vertretungen vereinbaren</translation>
    </message>
    <message>
        <source>{name} is free and has the fewest turns</source>
        <translation>{name} ist frei und hat die wenigsten Dienste</translation>
    </message>
    <message>
        <source>Without {name} on {day} there is somebody for everything.</source>
        <translation>Ohne {name} ({day}) fände sich für alles jemand.</translation>
    </message>
</context>
<context>
    <name>RemindSheet</name>
    <message>
        <source>Remind me</source>
        <translation>Erinnern</translation>
    </message>
    <message>
        <source>Of what (optional)</source>
        <translation>Woran (freiwillig)</translation>
    </message>
    <message>
        <source>You will be reminded</source>
        <translation>Du wirst erinnert</translation>
    </message>
</context>
<context>
    <name>ReminderWatch</name>
    <message>
        <source>Reminder</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>Reminder: {what}</source>
        <translation>Erinnerung: {what}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>In einer Stunde</translation>
    </message>
</context>
<context>
    <name>ReopenDialog</name>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Why it is not solved after all</source>
        <translation>Warum es doch nicht gelöst ist</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Wieder geöffnet</translation>
    </message>
</context>
<context>
    <name>ReopenSheet</name>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Why it is not solved after all</source>
        <translation>Warum es doch nicht gelöst ist</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Wieder geöffnet</translation>
    </message>
</context>
<context>
    <name>ReportChoice</name>
    <message>
        <source>Week {week}, {first} to {last}</source>
        <translation>Woche {week}, {first} bis {last}</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Earlier week</source>
        <translation>Frühere Woche</translation>
    </message>
    <message>
        <source>Later week</source>
        <translation>Spätere Woche</translation>
    </message>
    <message>
        <source>Whole desk</source>
        <translation>Ganzer Helpdesk</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Dedicated analyst</source>
        <translation>Feste Ansprechperson</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>with private cases</source>
        <translation>mit privaten Fällen</translation>
    </message>
</context>
<context>
    <name>ReportsSection</name>
    <message>
        <source>figures…</source>
        <translation>Zahlen…</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>Seite {page}</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Seite {page} von {count}</translation>
    </message>
    <message>
        <source>As it was frozen by {who} on {time}, at log position {seq}.</source>
        <translation>Wie von {who} am {time} festgehalten, Logstand {seq}.</translation>
    </message>
    <message>
        <source>Computed {time} at log position {seq}.</source>
        <translation>Berechnet {time}, Logstand {seq}.</translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s) restated since last week.</source>
        <translation>
            <numerusform>%n Zahl wurde seit letzter Woche berichtigt.</numerusform>
            <numerusform>%n Zahlen wurden seit letzter Woche berichtigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The week is not over: preliminary.</source>
        <translation>Die Woche ist nicht vorbei: vorläufig.</translation>
    </message>
    <message>
        <source>Report frozen</source>
        <translation>Bericht festgehalten</translation>
    </message>
    <message>
        <source>printing…</source>
        <translation>Druck…</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>An den Drucker gegeben</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>As wide as the room</source>
        <translation>So breit wie der Platz</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>How far the report is</source>
        <translation>Wie weit der Bericht ist</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>No report is shown</source>
        <translation>Kein Bericht gezeigt</translation>
    </message>
    <message>
        <source>Choose a week, or make the chosen one now.</source>
        <translation>Wählen Sie eine Woche, oder erstellen Sie die gewählte jetzt.</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>Der Bericht wird erstellt</translation>
    </message>
    <message>
        <source>Its pages appear here as they are printed.</source>
        <translation>Hier erscheinen seine Seiten, wie sie gedruckt werden.</translation>
    </message>
</context>
<context>
    <name>ResolveSheet</name>
    <message>
        <source>Resolve</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>What was done? The next analyst will search for it.</source>
        <translation>Was wurde getan? Der nächste Bearbeiter wird danach suchen.</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>Cause, if it is known</source>
        <translation>Ursache, falls bekannt</translation>
    </message>
    <message>
        <source>Article that helped</source>
        <translation>Hilfreicher Artikel</translation>
    </message>
    <message>
        <source>Resolved, and a draft article written</source>
        <translation>Gelöst, und ein Artikel ist entworfen</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Is it fixed?</source>
        <translation>Ist es behoben?</translation>
    </message>
    <message>
        <source>Draft an article</source>
        <translation>Artikel entwerfen</translation>
    </message>
    <message>
        <source>From what is written in this case</source>
        <translation>Aus dem, was in diesem Fall steht</translation>
    </message>
    <message>
        <source>A permanent fix is wanted</source>
        <translation>Dauerlösung gewünscht</translation>
    </message>
    <message>
        <source>Documented?</source>
        <translation>Dokumentiert?</translation>
    </message>
</context>
<context>
    <name>RevokeDialog</name>
    <message>
        <source>Revoke a workstation</source>
        <translation>Arbeitsplatz sperren</translation>
    </message>
    <message>
        <source>Revoke {device} of {name}?</source>
        <translation>{device} von {name} sperren?</translation>
    </message>
    <message>
        <source>Enrolled {moment}, id {id}</source>
        <translation>Aufgenommen {moment}, Kennung {id}</translation>
    </message>
    <message>
        <source>What it writes from now on is ignored by everybody. What it wrote before stays.</source>
        <translation>Was er von jetzt an schreibt, beachtet niemand mehr. Was er vorher geschrieben hat, bleibt.</translation>
    </message>
    <message>
        <source>The desk gets a new key: it can&apos;t read anything written later, even with access to the drive.</source>
        <translation>Der Helpdesk bekommt einen neuen Schlüssel: Was später geschrieben wird, kann er nicht lesen, auch nicht mit Zugriff auf das Laufwerk.</translation>
    </message>
    <message>
        <source>What is on the workstation already can still be read there: it is not erased from afar.</source>
        <translation>Was schon auf dem Arbeitsplatz liegt, ist dort weiter lesbar: Es wird nicht aus der Ferne gelöscht.</translation>
    </message>
    <message>
        <source>This can&apos;t be taken back. If it turns up again, it enters with a new invitation.</source>
        <translation>Das lässt sich nicht zurücknehmen. Taucht er wieder auf, kommt er mit einer neuen Einladung herein.</translation>
    </message>
    <message>
        <source>Open invitations end as well and must be made anew: {names}.</source>
        <translation>Offene Einladungen enden ebenfalls und müssen neu ausgestellt werden: {names}.</translation>
    </message>
    <message>
        <source>{name} has no other workstation and can&apos;t work until invited again.</source>
        <translation>{name} hat keinen anderen Arbeitsplatz und kann erst nach einer neuen Einladung arbeiten.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>{device} of {name} is revoked</source>
        <translation>{device} von {name} ist gesperrt</translation>
    </message>
</context>
<context>
    <name>RootKeyDialog</name>
    <message>
        <source>Export the root key</source>
        <translation>Wurzelschlüssel ausleiten</translation>
    </message>
    <message>
        <source>When no administrator is left, this file and its passphrase make one. Keep them in different places; whoever has both can make himself administrator.</source>
        <translation>Ist kein Administrator mehr da, machen diese Datei und ihr Kennsatz einen. Beides getrennt aufbewahren: Wer beides hat, kann sich zum Administrator machen.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Passphrase (at least 12 characters)</source>
        <translation>Kennsatz (mindestens 12 Zeichen)</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ausleiten</translation>
    </message>
    <message>
        <source>The root key is in {file}</source>
        <translation>Der Wurzelschlüssel ist in {file}</translation>
    </message>
</context>
<context>
    <name>RosterGrid</name>
    <message>
        <source>Go to the turn to swap with and press X; Escape calls it off.</source>
        <translation>Gehen Sie zum Dienst, mit dem getauscht wird, und drücken Sie X; Esc bricht ab.</translation>
    </message>
    <message>
        <source>Let go over a day, or press Escape.</source>
        <translation>Über einem Tag loslassen oder Esc drücken.</translation>
    </message>
    <message>
        <source>{what} → swap with {name}, or give it too</source>
        <translation>{what} → mit {name} tauschen oder auch das geben</translation>
    </message>
    <message>
        <source>{what} → a copy for {name}, {day}</source>
        <translation>{what} → eine Kopie für {name}, {day}</translation>
    </message>
    <message>
        <source>{what} → {name}, {day} (with Ctrl: a copy)</source>
        <translation>{what} → {name}, {day} (mit Strg: eine Kopie)</translation>
    </message>
</context>
<context>
    <name>RosterModel</name>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>{name} (me)</source>
        <translation>{name} (ich)</translation>
    </message>
    <message>
        <source>today, {day}</source>
        <translation>heute, {day}</translation>
    </message>
</context>
<context>
    <name>RosterPage</name>
    <message>
        <source>Roster</source>
        <translation>Dienstplan</translation>
    </message>
    <message>
        <source>Sections of the roster</source>
        <translation>Abschnitte des Dienstplans</translation>
    </message>
</context>
<context>
    <name>RouteDialog</name>
    <message>
        <source>Who would get a case?</source>
        <translation>Wer bekäme einen Fall?</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>de, en, pl … (empty: as the department)</source>
        <translation>de, en, pl … (leer: wie die Abteilung)</translation>
    </message>
    <message>
        <source>Language of the requester</source>
        <translation>Sprache des Anfragenden</translation>
    </message>
    <message>
        <source>Major incident</source>
        <translation>Großstörung</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>What every rule says</source>
        <translation>Was jede Regel sagt</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>{who}: {reason}</source>
        <translation>{who}: {reason}</translation>
    </message>
    <message>
        <source>{name} speaks with the department</source>
        <translation>{name} spricht mit der Abteilung</translation>
    </message>
    <message numerus="yes">
        <source>%n there</source>
        <translation>
            <numerusform>%n da</numerusform>
            <numerusform>%n da</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search cases and articles</source>
        <translation>Fälle und Artikel suchen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Nothing found. Try fewer or other words.</source>
        <translation>Nichts gefunden. Versuchen Sie weniger oder andere Wörter.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>SegmentPopover</name>
    <message>
        <source>{time} counted</source>
        <translation>{time} gezählt</translation>
    </message>
    <message>
        <source>target {time}</source>
        <translation>Ziel {time}</translation>
    </message>
    <message>
        <source>due {moment}</source>
        <translation>fällig {moment}</translation>
    </message>
    <message>
        <source>What was counted and why</source>
        <translation>Was gezählt wurde und warum</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Counted?</source>
        <translation>Gezählt?</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no: {why}</source>
        <translation>nein: {why}</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Taken back; it is a draft in case {case} again</source>
        <translation>Zurückgenommen; im Fall {case} wieder ein Entwurf</translation>
    </message>
    <message>
        <source>A reply that was on its way when Halldesk ended has been sent: case {case}</source>
        <translation>Eine Antwort, die beim Ende von Halldesk unterwegs war, ist gesendet: Fall {case}</translation>
    </message>
    <message>
        <source>Sent to the requester&apos;s timeline</source>
        <translation>Antwort festgehalten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Colleagues may see which case I have open</source>
        <translation>Andere dürfen sehen, welchen Fall ich offen habe</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Anwesenheit</translation>
    </message>
    <message>
        <source>after {n} s</source>
        <translation>nach {n} s</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>Until then an answer can be taken back as if it had never been sent</source>
        <translation>Bis dahin lässt sich eine Antwort zurücknehmen, als wäre sie nie gesendet worden</translation>
    </message>
    <message>
        <source>Answers go out</source>
        <translation>Antworten gehen ab</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Larger files are refused, because everybody&apos;s room on the drive is meant</source>
        <translation>Größere Dateien werden abgelehnt, weil es um den Platz aller auf dem Laufwerk geht</translation>
    </message>
    <message>
        <source>Largest file to attach</source>
        <translation>Größte Datei zum Anhängen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Wie ausgeliefert</translation>
    </message>
    <message>
        <source>everything that happens to my cases</source>
        <translation>alles, was mit meinen Fällen geschieht</translation>
    </message>
    <message>
        <source>only what needs me</source>
        <translation>nur, was mich braucht</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>only in my own working time</source>
        <translation>nur in meiner Arbeitszeit</translation>
    </message>
    <message>
        <source>quiet from</source>
        <translation>Ruhe von</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Ruhe von</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Ruhe bis</translation>
    </message>
    <message>
        <source>to</source>
        <comment>quiet from 12:00 to 12:45</comment>
        <translation>bis</translation>
    </message>
    <message>
        <source>{key} is used for {actions}</source>
        <translation>{key} ist vergeben für {actions}</translation>
    </message>
    <message>
        <source>Underline words that are spelt wrong</source>
        <translation>Falsch geschriebene Wörter unterstreichen</translation>
    </message>
    <message>
        <source>F7 goes to the next one; the team&apos;s dictionary grows from the context menu</source>
        <translation>F7 geht zum nächsten; das Wörterbuch des Teams wächst aus dem Kontextmenü</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Rechtschreibung</translation>
    </message>
    <message>
        <source>Begin with my departments</source>
        <translation>Mit meinen Abteilungen beginnen</translation>
    </message>
    <message>
        <source>The window opens in the dedicated-analyst mode</source>
        <translation>Das Fenster öffnet sich im Betreuungsmodus</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Files not looked at for long leave this PC first; opened again they are fetched from the drive</source>
        <translation>Was lange nicht angesehen wurde, verlässt diesen PC zuerst; wieder geöffnet wird es vom Laufwerk geholt</translation>
    </message>
    <message>
        <source>Room for files on this PC</source>
        <translation>Platz für Dateien auf diesem PC</translation>
    </message>
</context>
<context>
    <name>Settling</name>
    <message numerus="yes">
        <source>%n open case(s) have other due times now</source>
        <translation>
            <numerusform>%n offener Fall hat jetzt eine andere Fälligkeit</numerusform>
            <numerusform>%n offene Fälle haben jetzt andere Fälligkeiten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
</context>
<context>
    <name>SheetDialog</name>
    <message>
        <source>What becomes of it</source>
        <translation>Was daraus wird</translation>
    </message>
    <message>
        <source>Who does it</source>
        <translation>Wer es macht</translation>
    </message>
    <message>
        <source>What the stand-in should know or do next</source>
        <translation>Was die Vertretung wissen oder als Nächstes tun sollte</translation>
    </message>
    <message>
        <source>What happened last</source>
        <translation>Was zuletzt geschah</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>On paper…</source>
        <translation>Auf Papier…</translation>
    </message>
    <message>
        <source>While you were away</source>
        <translation>Während Ihrer Abwesenheit</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Return sheet</source>
        <translation>Rückkehr</translation>
    </message>
    <message>
        <source>away {days}</source>
        <translation>abwesend {days}</translation>
    </message>
    <message numerus="yes">
        <source>%n not decided</source>
        <translation>
            <numerusform>%n nicht entschieden</numerusform>
            <numerusform>%n nicht entschieden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s), kept when you take them</source>
        <translation>
            <numerusform>%n Entwurf, gilt erst nach dem Übernehmen</numerusform>
            <numerusform>%n Entwürfe, gelten erst nach dem Übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>No open case</source>
        <translation>Kein offener Fall</translation>
    </message>
    <message>
        <source>There was nothing to hand over.</source>
        <translation>Es gab nichts zu übergeben.</translation>
    </message>
    <message>
        <source>There is nothing to hand over.</source>
        <translation>Es gibt nichts zu übergeben.</translation>
    </message>
    <message>
        <source>Take back all that is left</source>
        <translation>Alles Übrige zurücknehmen</translation>
    </message>
    <message>
        <source>Take every draft as it stands</source>
        <translation>Alle Entwürfe so übernehmen</translation>
    </message>
    <message>
        <source>{decision} (draft)</source>
        <translation>{decision} (Entwurf)</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>nicht entschieden</translation>
    </message>
    <message>
        <source>Nothing was written about it yet.</source>
        <translation>Dazu ist noch nichts geschrieben.</translation>
    </message>
    <message>
        <source>Every draft is taken</source>
        <translation>Alle Entwürfe sind übernommen</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>No shortcut is called that.</source>
        <translation>Kein Tastenkürzel heißt so.</translation>
    </message>
</context>
<context>
    <name>SnoozeSheet</name>
    <message>
        <source>Put off until later</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Put off</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Put off; it comes back by itself</source>
        <translation>Zurückgestellt; kommt von selbst wieder</translation>
    </message>
</context>
<context>
    <name>SpecialistSheet</name>
    <message>
        <source>Hand to a specialist; you stay the contact</source>
        <translation>An Fachleute geben; Sie bleiben Ansprechperson</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>To whom: an analyst or a queue</source>
        <translation>An wen: eine Person oder eine Warteschlange</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>What they should know (internal)</source>
        <translation>Was sie wissen sollten (intern)</translation>
    </message>
    <message>
        <source>{name} works on it; you stay the contact</source>
        <translation>{name} arbeitet daran; Sie bleiben Ansprechperson</translation>
    </message>
</context>
<context>
    <name>SpellCheck</name>
    <message>
        <source>No word is underlined.</source>
        <translation>Kein Wort ist unterstrichen.</translation>
    </message>
    <message>
        <source>No suggestion</source>
        <translation>Kein Vorschlag</translation>
    </message>
    <message>
        <source>Add “{word}” to the team&apos;s dictionary</source>
        <translation>„{word}“ ins Wörterbuch des Teams aufnehmen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Check spelling</source>
        <translation>Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>Gar nicht</translation>
    </message>
</context>
<context>
    <name>Spelling</name>
    <message>
        <source>“{word}” is in the team&apos;s dictionary</source>
        <translation>„{word}“ steht im Wörterbuch des Teams</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Click to see how the drive is.</source>
        <translation>Klicken zeigt den Zustand des Laufwerks.</translation>
    </message>
    <message>
        <source>Click to see what can be done.</source>
        <translation>Klicken, um zu sehen, was zu tun ist.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) need(s) you</source>
        <translation>
            <numerusform>%n Änderung braucht Sie</numerusform>
            <numerusform>%n Änderungen brauchen Sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n Änderung wartet</numerusform>
            <numerusform>%n Änderungen warten</numerusform>
        </translation>
    </message>
    <message>
        <source>looking for the drive</source>
        <translation>Laufwerk wird gesucht</translation>
    </message>
    <message>
        <source>looking for the database</source>
        <translation>sucht die Datenbank</translation>
    </message>
    <message>
        <source>database not reachable since {time}</source>
        <translation>Datenbank nicht erreichbar seit {time}</translation>
    </message>
    <message>
        <source>drive not reachable since {time}</source>
        <translation>Laufwerk nicht erreichbar seit {time}</translation>
    </message>
    <message>
        <source>the drive is full; have room made on it</source>
        <translation>das Laufwerk ist voll; Platz schaffen lassen</translation>
    </message>
    <message>
        <source>update Halldesk: a newer one is in use in this database</source>
        <translation>Halldesk aktualisieren: In dieser Datenbank ist ein neueres in Gebrauch</translation>
    </message>
    <message>
        <source>update Halldesk: a newer one is in use on this drive</source>
        <translation>Halldesk aktualisieren: Auf diesem Laufwerk arbeitet ein neueres</translation>
    </message>
    <message>
        <source>the database wants a password; click to enter it</source>
        <translation>die Datenbank verlangt ein Kennwort; zum Eingeben klicken</translation>
    </message>
    <message>
        <source>synced {time}</source>
        <translation>abgeglichen {time}</translation>
    </message>
    <message>
        <source>this PC&apos;s clock is {time} ahead of the server&apos;s</source>
        <translation>die Uhr dieses PCs geht {time} gegenüber dem Server vor</translation>
    </message>
    <message>
        <source>this PC&apos;s clock is {time} behind the server&apos;s</source>
        <translation>die Uhr dieses PCs geht {time} gegenüber dem Server nach</translation>
    </message>
    <message>
        <source>this PC&apos;s clock is {time} ahead of the drive&apos;s</source>
        <translation>die Uhr dieses PCs geht {time} vor</translation>
    </message>
    <message>
        <source>this PC&apos;s clock is {time} behind the drive&apos;s</source>
        <translation>die Uhr dieses PCs geht {time} nach</translation>
    </message>
    <message>
        <source>Lead: {names}</source>
        <translation>Leitung: {names}</translation>
    </message>
    <message>
        <source>Backup: {names}</source>
        <translation>Vertretung: {names}</translation>
    </message>
    <message>
        <source>Hotline: {names}</source>
        <translation>Hotline: {names}</translation>
    </message>
    <message>
        <source>On duty now: {words}</source>
        <translation>Jetzt im Dienst: {words}</translation>
    </message>
    <message>
        <source>this device was revoked; click to enter again</source>
        <translation>dieses Gerät wurde gesperrt; klicken Sie, um wieder beizutreten</translation>
    </message>
    <message>
        <source>nothing is sent: another machine works as this one; click to put it right</source>
        <translation>nichts wird gesendet: ein anderer Rechner arbeitet als dieser; klicken Sie, um es zu richten</translation>
    </message>
    <message>
        <source>this workstation&apos;s key is missing; click to enter again</source>
        <translation>der Schlüssel dieses Arbeitsplatzes fehlt; klicken Sie, um wieder beizutreten</translation>
    </message>
    <message>
        <source>Due times: {done} of {total} cases</source>
        <translation>Fälligkeiten: {done} von {total} Fällen</translation>
    </message>
    <message>
        <source>the help desk moved to a database that wants a password; click to enter it</source>
        <translation>der Helpdesk zog in eine Datenbank um, die ein Kennwort verlangt; zum Eingeben klicken</translation>
    </message>
    <message>
        <source>the shared log can&apos;t be read on, and nothing is sent; click for what to do</source>
        <translation>das gemeinsame Log lässt sich nicht weiterlesen, nichts wird gesendet; klicken Sie für das Weitere</translation>
    </message>
</context>
<context>
    <name>StillAwayDialog</name>
    <message>
        <source>Is {who} still away?</source>
        <translation>Ist {who} noch abwesend?</translation>
    </message>
    <message>
        <source>Until and including</source>
        <translation>Bis einschließlich</translation>
    </message>
    <message>
        <source>nobody knows yet; ask again tomorrow</source>
        <translation>noch unbekannt; morgen wieder fragen</translation>
    </message>
    <message>
        <source>Still away</source>
        <translation>Noch abwesend</translation>
    </message>
    <message>
        <source>It goes on</source>
        <translation>Es dauert an</translation>
    </message>
</context>
<context>
    <name>Stopwatch</name>
    <message>
        <source>The stopwatch of case {case} ended with Halldesk; {time} are noted there, to be corrected.</source>
        <translation>Die Stoppuhr von Fall {case} endete mit Halldesk; {time} sind dort vermerkt und lassen sich berichtigen.</translation>
    </message>
</context>
<context>
    <name>SuggestionPanel</name>
    <message>
        <source>New kind</source>
        <translation>Neue Art</translation>
    </message>
    <message>
        <source>No article and no solved case is like this one.</source>
        <translation>Kein Artikel und kein gelöster Fall ist wie dieser.</translation>
    </message>
    <message>
        <source>The closest has {share} of its words: {label}</source>
        <translation>Am nächsten kommt mit {share} der Wörter: {label}</translation>
    </message>
    <message>
        <source>Articles that may help</source>
        <translation>Artikel, die helfen können</translation>
    </message>
    <message>
        <source>No article fits these words.</source>
        <translation>Kein Artikel passt zu diesen Worten.</translation>
    </message>
    <message>
        <source>Solved with this</source>
        <translation>Damit gelöst</translation>
    </message>
    <message>
        <source>Did not help</source>
        <translation>Half nicht</translation>
    </message>
    <message>
        <source>Insert the solution</source>
        <translation>Lösung einfügen</translation>
    </message>
    <message>
        <source>Send it to the requester</source>
        <translation>An den Anfragenden senden</translation>
    </message>
    <message>
        <source>Read the article</source>
        <translation>Artikel lesen</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
</context>
<context>
    <name>SupervisorPage</name>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Board, reports and insight</source>
        <translation>Tafel, Berichte und Einblicke</translation>
    </message>
</context>
<context>
    <name>SyncDriver</name>
    <message numerus="yes">
        <source>%n change(s) of yours met another one and need(s) you.</source>
        <translation>
            <numerusform>%n Ihrer Änderungen traf auf eine andere und braucht Sie.</numerusform>
            <numerusform>%n Ihrer Änderungen trafen auf andere und brauchen Sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Another machine works as this workstation. Nothing is sent until you decide.</source>
        <translation>Ein anderer Rechner arbeitet als dieser Arbeitsplatz. Nichts wird gesendet, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>This workstation&apos;s key is missing. Nothing is sent or read until it is back.</source>
        <translation>Der Schlüssel dieses Arbeitsplatzes fehlt. Bis er wieder da ist, wird nichts gesendet und nichts gelesen.</translation>
    </message>
    <message>
        <source>Put it right…</source>
        <translation>Richten …</translation>
    </message>
    <message numerus="yes">
        <source>The shared store has %n change(s) no more; they are kept here.</source>
        <translation>
            <numerusform>Die gemeinsame Ablage hat %n Änderung nicht mehr; hier bleibt sie erhalten.</numerusform>
            <numerusform>Die gemeinsame Ablage hat %n Änderungen nicht mehr; hier bleiben sie erhalten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeOverDialog</name>
    <message>
        <source>Take over {department}</source>
        <translation>{department} übernehmen</translation>
    </message>
    <message>
        <source>Read the dossier and ask {former} what is not in it. With your word the open cases that {former} speaks for are yours, and {former} is your first stand-in.</source>
        <translation>Lesen Sie das Dossier und fragen Sie {former} nach allem, was nicht darin steht. Mit Ihrer Zusage gehen die offenen Fälle von {former} auf Sie über, und {former} ist Ihre erste Vertretung.</translation>
    </message>
    <message>
        <source>whoever had it</source>
        <translation>wer sie hatte</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>I have read the dossier and know what {former} knows</source>
        <translation>Ich habe das Dossier gelesen und weiß, was {former} weiß</translation>
    </message>
    <message>
        <source>It is mine</source>
        <translation>Ich übernehme</translation>
    </message>
    <message>
        <source>Nothing is written in the dossier yet.</source>
        <translation>Im Dossier steht noch nichts.</translation>
    </message>
    <message>
        <source>The department is yours</source>
        <translation>Die Abteilung gehört dir</translation>
    </message>
</context>
<context>
    <name>TellDialog</name>
    <message>
        <source>Tell the department</source>
        <translation>Der Abteilung Bescheid geben</translation>
    </message>
    <message>
        <source>Tell {name}</source>
        <translation>{name} Bescheid geben</translation>
    </message>
    <message numerus="yes">
        <source>The words go into %n open case(s) of the department. They count as no response.</source>
        <translation>
            <numerusform>Die Worte kommen in %n offenen Fall der Abteilung. Sie zählen nicht als Reaktion.</numerusform>
            <numerusform>Die Worte kommen in %n offene Fälle der Abteilung. Sie zählen nicht als Reaktion.</numerusform>
        </translation>
    </message>
    <message>
        <source>The department has no open case; its people can be told by e-mail.</source>
        <translation>Die Abteilung hat keinen offenen Fall; ihren Leuten kann man per E-Mail Bescheid geben.</translation>
    </message>
    <message>
        <source>What everybody there should know</source>
        <translation>Was dort alle wissen sollten</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Für wen</translation>
    </message>
    <message>
        <source>Tell them</source>
        <translation>Bescheid geben</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n e-mail address(es)</source>
        <translation>
            <numerusform>%n E-Mail-Adresse kopieren</numerusform>
            <numerusform>%n E-Mail-Adressen kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>For the blind copy of an e-mail: nobody sees the others</source>
        <translation>Für die Blindkopie einer E-Mail: niemand sieht die anderen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Told to the open cases of the department</source>
        <translation>In den offenen Fällen der Abteilung steht es</translation>
    </message>
</context>
<context>
    <name>TimeFields</name>
    <message>
        <source>no time</source>
        <translation>ohne Zeit</translation>
    </message>
    <message>
        <source> min</source>
        <translation> Min.</translation>
    </message>
    <message>
        <source>Minutes spent</source>
        <translation>Aufgewendete Minuten</translation>
    </message>
    <message>
        <source>What the time was spent on</source>
        <translation>Wofür die Zeit war</translation>
    </message>
</context>
<context>
    <name>TimeSheet</name>
    <message>
        <source>Log time</source>
        <translation>Zeit erfassen</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Buchen</translation>
    </message>
    <message>
        <source>What was done (optional)</source>
        <translation>Was getan wurde (freiwillig)</translation>
    </message>
    <message>
        <source>Time booked</source>
        <translation>Zeit gebucht</translation>
    </message>
    <message>
        <source>On which day the work was done</source>
        <translation>An welchem Tag die Arbeit getan wurde</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>ToCase</name>
    <message>
        <source>Solution to a case</source>
        <translation>Lösung in einen Fall</translation>
    </message>
    <message>
        <source>Case: number or words</source>
        <translation>Fall: Nummer oder Worte</translation>
    </message>
    <message>
        <source>Put it in</source>
        <translation>Einsetzen</translation>
    </message>
</context>
<context>
    <name>TodayDialog</name>
    <message>
        <source>What I did</source>
        <translation>Was ich getan habe</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>Der Tag davor</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>Der Tag danach</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>Handlungen</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>Gebucht</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Buchen</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>What I did in this case</source>
        <translation>Was ich in diesem Fall tat</translation>
    </message>
    <message>
        <source>Time booked on this case that day</source>
        <translation>Für diesen Fall an dem Tag gebucht</translation>
    </message>
    <message>
        <source>It was so many minutes</source>
        <translation>So viele Minuten waren es</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>The time booked was another; 0 takes it out. The history keeps both</source>
        <translation>Die gebuchte Zeit war eine andere; 0 nimmt sie heraus. Die Geschichte behält beide</translation>
    </message>
    <message>
        <source>Book these minutes</source>
        <translation>Diese Minuten buchen</translation>
    </message>
    <message>
        <source>no time</source>
        <translation>ohne Zeit</translation>
    </message>
    <message>
        <source>Time corrected</source>
        <translation>Zeit berichtigt</translation>
    </message>
    <message>
        <source> min</source>
        <translation> Min.</translation>
    </message>
    <message>
        <source>Minutes to book for {case}</source>
        <translation>Zu buchende Minuten für {case}</translation>
    </message>
    <message>
        <source>What the time on {case} was spent on</source>
        <translation>Wofür die Zeit an {case} war</translation>
    </message>
    <message>
        <source>Nothing was done on that day.</source>
        <translation>An diesem Tag wurde nichts getan.</translation>
    </message>
    <message>
        <source>{booked} booked, {more} more to book</source>
        <translation>{booked} gebucht, {more} noch zu buchen</translation>
    </message>
    <message>
        <source>Time booked</source>
        <translation>Zeit gebucht</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Give {department} for good</source>
        <translation>{department} dauerhaft abgeben</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>An wen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>{former} becomes the first stand-in. The new contact reads the dossier and confirms; only then the open cases speak through the new contact.</source>
        <translation>{former} wird erste Vertretung. Die neue Kontaktperson liest das Dossier und bestätigt; erst dann sprechen die offenen Fälle durch sie.</translation>
    </message>
    <message>
        <source>Give it</source>
        <translation>Abgeben</translation>
    </message>
    <message>
        <source>{who} has this department already.</source>
        <translation>{who} hat diese Abteilung schon.</translation>
    </message>
    <message>
        <source>Choose who gets it.</source>
        <translation>Wählen, wer sie bekommt.</translation>
    </message>
    <message>
        <source>Given to {who}, who confirms it</source>
        <translation>An {who} gegeben, muss noch bestätigt werden</translation>
    </message>
</context>
<context>
    <name>TurnDialog</name>
    <message>
        <source>New turn</source>
        <translation>Neuer Dienst</translation>
    </message>
    <message>
        <source>Change the turn</source>
        <translation>Dienst ändern</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>Von – bis</translation>
    </message>
    <message>
        <source>Also on {day}</source>
        <translation>Auch am {day}</translation>
    </message>
    <message>
        <source>Also on</source>
        <translation>Auch am</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Planen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>on the next day</source>
        <translation>am nächsten Tag</translation>
    </message>
    <message numerus="yes">
        <source>Plan %n turn(s)</source>
        <translation>
            <numerusform>%n Dienst planen</numerusform>
            <numerusform>%n Dienste planen</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is away on {day}.</source>
        <translation>{name} ist am {day} abwesend.</translation>
    </message>
    <message>
        <source>That is another week than the one on screen.</source>
        <translation>Das ist eine andere Woche als die auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
</context>
<context>
    <name>TurnVerbs</name>
    <message>
        <source>Supervisors plan the roster.</source>
        <translation>Den Dienstplan machen Supervisoren.</translation>
    </message>
    <message>
        <source>Swap the two turns</source>
        <translation>Die beiden Dienste tauschen</translation>
    </message>
    <message>
        <source>Give it to {name} too</source>
        <translation>Auch das an {name} geben</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>New turn…</source>
        <translation>Neuer Dienst…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Streichen</translation>
    </message>
    <message>
        <source>Swap with the marked turn</source>
        <translation>Mit dem vorgemerkten Dienst tauschen</translation>
    </message>
    <message>
        <source>Mark to swap</source>
        <translation>Zum Tauschen vormerken</translation>
    </message>
    <message>
        <source>Give to</source>
        <translation>Geben an</translation>
    </message>
    <message>
        <source>Changed: {turn}</source>
        <translation>Geändert: {turn}</translation>
    </message>
    <message>
        <source>Planned: {turn}</source>
        <translation>Geplant: {turn}</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) planned for {name}</source>
        <translation>
            <numerusform>%n Dienst für {name} geplant</numerusform>
            <numerusform>%n Dienste für {name} geplant</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken off: {turn}</source>
        <translation>Gestrichen: {turn}</translation>
    </message>
    <message>
        <source>Moved: {turn}</source>
        <translation>Verlegt: {turn}</translation>
    </message>
    <message>
        <source>Given: {turn}</source>
        <translation>Übergeben: {turn}</translation>
    </message>
    <message>
        <source>{one} and {other} take each other&apos;s turn</source>
        <translation>{one} und {other} tauschen ihre Dienste</translation>
    </message>
    <message>
        <source>Planned like the week before</source>
        <translation>Geplant wie die Woche davor</translation>
    </message>
</context>
<context>
    <name>VerbBar</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>Change the view</source>
        <translation>Ansicht ändern</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>Neue Ansicht</translation>
    </message>
    <message>
        <source>As it stands in the navigation</source>
        <translation>So steht sie in der Navigation</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>Für alle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Which conditions must hold</source>
        <translation>Welche Bedingungen gelten müssen</translation>
    </message>
    <message>
        <source>All of these</source>
        <translation>Alle davon</translation>
    </message>
    <message>
        <source>Any of these</source>
        <translation>Eine davon</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Bedingung hinzufügen</translation>
    </message>
    <message>
        <source>No condition: every case is in this view.</source>
        <translation>Keine Bedingung: Jeder Fall gehört zu dieser Ansicht.</translation>
    </message>
    <message>
        <source>Severity, then due</source>
        <translation>Schweregrad, dann Fälligkeit</translation>
    </message>
    <message>
        <source>backwards</source>
        <translation>umgekehrt</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Ohne Gruppen</translation>
    </message>
    <message>
        <source>Closed cases too</source>
        <translation>Auch geschlossene Fälle</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>Sortiert nach</translation>
    </message>
    <message>
        <source>Grouped by</source>
        <translation>Gruppiert nach</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>A condition is not finished yet.</source>
        <translation>Eine Bedingung ist noch nicht vollständig.</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt…</translation>
    </message>
    <message>
        <source>The view “{name}” is saved</source>
        <translation>Die Ansicht „{name}“ ist gespeichert</translation>
    </message>
    <message>
        <source>The view “{name}” is removed</source>
        <translation>Die Ansicht „{name}“ ist entfernt</translation>
    </message>
</context>
<context>
    <name>ViewsSection</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>What it has</source>
        <translation>Was sie zeigt</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Everybody&apos;s views are changed by supervisors.</source>
        <translation>Ansichten für alle ändern Supervisoren.</translation>
    </message>
    <message>
        <source>Filters with a name, as they stand in everybody&apos;s navigation and in yours.</source>
        <translation>Filter mit Namen, wie sie in der Navigation aller und in Ihrer stehen.</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>me</source>
        <translation>mich</translation>
    </message>
    <message>
        <source>made by a newer Halldesk</source>
        <translation>von einem neueren Halldesk</translation>
    </message>
</context>
<context>
    <name>WaitSheet</name>
    <message>
        <source>Wait for…</source>
        <translation>Warten auf…</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Worauf</translation>
    </message>
    <message>
        <source>Look again:</source>
        <translation>Wieder ansehen:</translation>
    </message>
    <message>
        <source>What happens when they answer, or if they don&apos;t?</source>
        <translation>Was geschieht nach der Antwort, oder wenn keine kommt?</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>Board</source>
        <translation>Tafel</translation>
    </message>
    <message>
        <source>Board on the wall</source>
        <translation>Tafel an der Wand</translation>
    </message>
    <message>
        <source>Esc: back</source>
        <translation>Esc: zurück</translation>
    </message>
</context>
<context>
    <name>WeekFiles</name>
    <message>
        <source>roster-{week}.ics</source>
        <translation>Dienstplan-{week}.ics</translation>
    </message>
    <message>
        <source>my-turns.ics</source>
        <translation>meine-Dienste.ics</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ausgeben</translation>
    </message>
    <message>
        <source>iCalendar (*.ics)</source>
        <translation>iCalendar (*.ics)</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) written to {file}</source>
        <translation>
            <numerusform>%n Dienst in {file} geschrieben</numerusform>
            <numerusform>%n Dienste in {file} geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a roster</source>
        <translation>Dienstplan einlesen</translation>
    </message>
    <message>
        <source>Import call counts</source>
        <translation>Anrufzählung einlesen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt)</source>
        <translation>Tabellen (*.csv *.txt)</translation>
    </message>
    <message numerus="yes">
        <source>%n half hour(s) of calls read in</source>
        <translation>
            <numerusform>%n halbe Stunde mit Anrufen eingelesen</numerusform>
            <numerusform>%n halbe Stunden mit Anrufen eingelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out, the first in line {row}: {why}</source>
        <translation>
            <numerusform>%n Zeile ausgelassen, Zeile {row}: {why}</numerusform>
            <numerusform>%n Zeilen ausgelassen, die erste ist Zeile {row}: {why}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekView</name>
    <message>
        <source>The coming week</source>
        <translation>Die kommende Woche</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>closed: {why}</source>
        <translation>geschlossen: {why}</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
</context>
<context>
    <name>WhenButton</name>
    <message>
        <source>no time</source>
        <translation>ohne Zeit</translation>
    </message>
    <message>
        <source>When: {time}</source>
        <translation>Wann: {time}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>In einer Stunde</translation>
    </message>
    <message>
        <source>This afternoon</source>
        <translation>Heute Nachmittag</translation>
    </message>
    <message>
        <source>{day}, morning</source>
        <translation>{day}, morgens</translation>
    </message>
    <message>
        <source>{day}, afternoon</source>
        <translation>{day}, nachmittags</translation>
    </message>
    <message>
        <source>Next week, {day}</source>
        <translation>Nächste Woche, {day}</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>Andere Zeit…</translation>
    </message>
    <message>
        <source>No time</source>
        <translation>Ohne Zeit</translation>
    </message>
</context>
<context>
    <name>WindowSheets</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>About Halldesk</source>
        <translation>Über Halldesk</translation>
    </message>
    <message>
        <source>Help desk: {name}
Shared store: {where}
Profile: {profile}
Time zone: {zone}</source>
        <translation>Helpdesk: {name}
Gemeinsame Ablage: {where}
Profil: {profile}
Zeitzone: {zone}</translation>
    </message>
</context>
<context>
    <name>WorkaroundSheet</name>
    <message>
        <source>Workaround for its incidents</source>
        <translation>Umgehung für die Störungen</translation>
    </message>
    <message>
        <source>Tell them</source>
        <translation>Mitteilen</translation>
    </message>
    <message>
        <source>What helps meanwhile; it is written into every open incident</source>
        <translation>Was einstweilen hilft; es wird in jede offene Störung geschrieben</translation>
    </message>
    <message>
        <source>Kept, and written into its open incidents</source>
        <translation>Vermerkt und in die offenen Störungen geschrieben</translation>
    </message>
</context>
<context>
    <name>_Day</name>
    <message>
        <source>“{typed}” is not a date.</source>
        <translation>„{typed}“ ist kein Datum.</translation>
    </message>
</context>
<context>
    <name>_Number</name>
    <message>
        <source>min</source>
        <translation>Min.</translation>
    </message>
</context>
<context>
    <name>_Reference</name>
    <message>
        <source>“{typed}” is none of the list; choose one from it.</source>
        <translation>„{typed}“ steht nicht in der Liste; wählen Sie etwas daraus.</translation>
    </message>
</context>
<context>
    <name>_Shifts</name>
    <message>
        <source>mon-fri 06:00-14:00, 14:00-22:00
sat 06:00-12:00</source>
        <translation>mo-fr 06:00-14:00, 14:00-22:00
sa 06:00-12:00</translation>
    </message>
</context>
<context>
    <name>_Ticks</name>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
</context>
<context>
    <name>_WithFindings</name>
    <message>
        <source>Although the rules advise against it</source>
        <translation>Obwohl die Regeln davon abraten</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>New case…</source>
        <translation>Neuer Fall…</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Drive health</source>
        <translation>Zustand des Laufwerks</translation>
    </message>
    <message>
        <source>The help desk is elsewhere now…</source>
        <translation>Der Helpdesk ist jetzt anderswo…</translation>
    </message>
    <message>
        <source>Weekly report</source>
        <translation>Wochenbericht</translation>
    </message>
    <message>
        <source>Export the list…</source>
        <translation>Liste exportieren…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Hand over…</source>
        <translation>Übergeben…</translation>
    </message>
    <message>
        <source>Escalate…</source>
        <translation>Eskalieren…</translation>
    </message>
    <message>
        <source>Reply to the requester</source>
        <translation>Dem Anfragenden antworten</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Interne Notiz</translation>
    </message>
    <message>
        <source>Note a call</source>
        <translation>Anruf notieren</translation>
    </message>
    <message>
        <source>Set the next step…</source>
        <translation>Nächsten Schritt festlegen…</translation>
    </message>
    <message>
        <source>Wait for…</source>
        <translation>Warten auf…</translation>
    </message>
    <message>
        <source>Log time…</source>
        <translation>Zeit erfassen…</translation>
    </message>
    <message>
        <source>Start or stop the stopwatch</source>
        <translation>Stoppuhr starten oder anhalten</translation>
    </message>
    <message>
        <source>Change the severity…</source>
        <translation>Schweregrad ändern…</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>Resolve…</source>
        <translation>Lösen…</translation>
    </message>
    <message>
        <source>Reopen…</source>
        <translation>Wieder öffnen…</translation>
    </message>
    <message>
        <source>Merge into another case…</source>
        <translation>Mit anderem Fall zusammenführen…</translation>
    </message>
    <message>
        <source>Case on paper…</source>
        <translation>Fall auf Papier …</translation>
    </message>
    <message>
        <source>Work order for a visit…</source>
        <translation>Arbeitsauftrag für einen Besuch …</translation>
    </message>
    <message>
        <source>Change all selected…</source>
        <translation>Alle ausgewählten ändern…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy the case number</source>
        <translation>Fallnummer kopieren</translation>
    </message>
    <message>
        <source>Search cases and articles</source>
        <translation>Fälle und Artikel suchen</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>Diese Liste filtern</translation>
    </message>
    <message>
        <source>Navigation pane</source>
        <translation>Navigationsbereich</translation>
    </message>
    <message>
        <source>Case pane</source>
        <translation>Fallbereich</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>Spalten wählen…</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>Zwischen hell und dunkel wechseln</translation>
    </message>
    <message>
        <source>Switch between German and English</source>
        <translation>Zwischen Deutsch und Englisch wechseln</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>Befehle…</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Meine Arbeit</translation>
    </message>
    <message>
        <source>My departments</source>
        <translation>Meine Abteilungen</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>To the navigation</source>
        <translation>Zur Navigation</translation>
    </message>
    <message>
        <source>To the list</source>
        <translation>Zur Liste</translation>
    </message>
    <message>
        <source>To the case</source>
        <translation>Zum Fall</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>Nächster Fall</translation>
    </message>
    <message>
        <source>Previous case</source>
        <translation>Voriger Fall</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Fall öffnen</translation>
    </message>
    <message>
        <source>One case down</source>
        <translation>Einen Fall nach unten</translation>
    </message>
    <message>
        <source>One case up</source>
        <translation>Einen Fall nach oben</translation>
    </message>
    <message>
        <source>Claim and open</source>
        <translation>Übernehmen und öffnen</translation>
    </message>
    <message>
        <source>Send what is written</source>
        <translation>Geschriebenes absenden</translation>
    </message>
    <message>
        <source>Internal or to the requester</source>
        <translation>Intern oder an den Anfragenden</translation>
    </message>
    <message>
        <source>Insert a template…</source>
        <translation>Vorlage einfügen …</translation>
    </message>
    <message>
        <source>Insert from knowledge…</source>
        <translation>Aus dem Wissen einfügen…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Halldesk</source>
        <translation>Über Halldesk</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Case</source>
        <translation>&amp;Fall</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>In the navigation</source>
        <translation>In der Navigation</translation>
    </message>
    <message>
        <source>In the list</source>
        <translation>In der Liste</translation>
    </message>
    <message>
        <source>In the case</source>
        <translation>Im Fall</translation>
    </message>
    <message>
        <source>De-escalate…</source>
        <translation>Zurückstufen…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Remind me…</source>
        <translation>Erinnern…</translation>
    </message>
    <message>
        <source>Put off until later…</source>
        <translation>Zurückstellen…</translation>
    </message>
    <message>
        <source>Part a merged case again</source>
        <translation>Zusammengeführten Fall wieder trennen</translation>
    </message>
    <message>
        <source>Link to another case…</source>
        <translation>Mit anderem Fall verknüpfen…</translation>
    </message>
    <message>
        <source>Tell all its cases…</source>
        <translation>Alle Fälle dazu informieren…</translation>
    </message>
    <message>
        <source>Close all its cases…</source>
        <translation>Alle Fälle dazu schließen…</translation>
    </message>
    <message>
        <source>Workaround for its incidents…</source>
        <translation>Umgehung für die Störungen…</translation>
    </message>
    <message>
        <source>Who would get a case?</source>
        <translation>Wer bekäme einen Fall?</translation>
    </message>
    <message>
        <source>What I did today</source>
        <translation>Was ich heute getan habe</translation>
    </message>
    <message>
        <source>Board and reports</source>
        <translation>Tafel und Berichte</translation>
    </message>
    <message>
        <source>Group the list…</source>
        <translation>Liste gruppieren…</translation>
    </message>
    <message>
        <source>Filter and save as a view…</source>
        <translation>Filtern und als Ansicht speichern…</translation>
    </message>
    <message>
        <source>Print the list…</source>
        <translation>Liste drucken…</translation>
    </message>
    <message>
        <source>Roster and who knows what</source>
        <translation>Dienstplan und wer was kennt</translation>
    </message>
    <message>
        <source>Who covers whom</source>
        <translation>Wer betreut wen</translation>
    </message>
    <message>
        <source>Hand to a specialist, stay the contact…</source>
        <translation>An Fachleute geben, Ansprechperson bleiben…</translation>
    </message>
    <message>
        <source>Ask a specialist…</source>
        <translation>Fachleute fragen…</translation>
    </message>
    <message>
        <source>Dedicated-analyst mode</source>
        <translation>Betreuungsmodus</translation>
    </message>
    <message>
        <source>Next department</source>
        <translation>Nächste Abteilung</translation>
    </message>
    <message>
        <source>Previous department</source>
        <translation>Vorige Abteilung</translation>
    </message>
    <message>
        <source>New call of this department…</source>
        <translation>Neuer Anruf dieser Abteilung…</translation>
    </message>
    <message>
        <source>Tell the department…</source>
        <translation>Der Abteilung Bescheid geben…</translation>
    </message>
    <message>
        <source>Department sheet…</source>
        <translation>Abteilungsblatt…</translation>
    </message>
    <message>
        <source>To the dossier</source>
        <translation>Zum Dossier</translation>
    </message>
    <message>
        <source>Edit the dossier</source>
        <translation>Dossier bearbeiten</translation>
    </message>
    <message>
        <source>Next list of the department</source>
        <translation>Nächste Liste der Abteilung</translation>
    </message>
    <message>
        <source>Previous list of the department</source>
        <translation>Vorige Liste der Abteilung</translation>
    </message>
    <message>
        <source>Group by place</source>
        <translation>Nach Ort gruppieren</translation>
    </message>
    <message>
        <source>Group by machine</source>
        <translation>Nach Maschine gruppieren</translation>
    </message>
    <message>
        <source>Depar&amp;tment</source>
        <translation>Ab&amp;teilung</translation>
    </message>
    <message>
        <source>Article from this case…</source>
        <translation>Artikel aus diesem Fall…</translation>
    </message>
    <message>
        <source>To the articles that may help</source>
        <translation>Zu den Artikeln, die helfen können</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel the case…</source>
        <translation>Fall abbrechen…</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Note how satisfied they are…</source>
        <translation>Zufriedenheit notieren…</translation>
    </message>
    <message>
        <source>Problem candidates</source>
        <translation>Kandidaten für Probleme</translation>
    </message>
    <message>
        <source>Changes that need me</source>
        <translation>Zu entscheiden</translation>
    </message>
</context>
<context>
    <name>administration</name>
    <message>
        <source>Analyst</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Devices and invitations</source>
        <translation>Geräte und Einladungen</translation>
    </message>
    <message>
        <source>Drive health</source>
        <translation>Zustand des Laufwerks</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Tafel</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Einblick</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Analysts</source>
        <translation>Bearbeitende</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Abteilungen</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Machines and PCs</source>
        <translation>Maschinen und PCs</translation>
    </message>
    <message>
        <source>Severities and targets</source>
        <translation>Schweregrade und Ziele</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Import of lists</source>
        <translation>Listen importieren</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>Organisation chart</source>
        <translation>Organigramm</translation>
    </message>
    <message>
        <source>Who knows what</source>
        <translation>Wer kennt was</translation>
    </message>
    <message>
        <source>A day without</source>
        <translation>Ein Tag ohne</translation>
    </message>
    <message>
        <source>Recurring</source>
        <translation>Wiederkehrendes</translation>
    </message>
</context>
<context>
    <name>bulk</name>
    <message>
        <source>{count} not changed ({cases}): {why}</source>
        <translation>Nicht geändert: {count} ({cases}): {why}</translation>
    </message>
</context>
<context>
    <name>case</name>
    <message>
        <source>{name} is away, and nobody stands in</source>
        <translation>{name} ist abwesend, und niemand vertritt</translation>
    </message>
    <message>
        <source>Nobody is named for it</source>
        <translation>Niemand ist dafür benannt</translation>
    </message>
    <message>
        <source>{name}, {role}</source>
        <translation>{name}, {role}</translation>
    </message>
    <message>
        <source>{name}, {role} for {absent} until {day}</source>
        <translation>{name}, {role} für {absent} bis {day}</translation>
    </message>
    <message>
        <source>{name}, {role} for {absent}</source>
        <translation>{name}, {role} für {absent}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message>
        <source>Waiting for the requester</source>
        <translation>Wartet auf Anfragende</translation>
    </message>
    <message>
        <source>Waiting for a supplier</source>
        <translation>Wartet auf Lieferanten</translation>
    </message>
    <message>
        <source>Waiting for a change</source>
        <translation>Wartet auf eine Änderung</translation>
    </message>
    <message>
        <source>Waiting for parts</source>
        <translation>Wartet auf Teile</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation>Persönlich</translation>
    </message>
    <message>
        <source>Hall visit</source>
        <translation>Hallenbesuch</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Monitoring</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <source>Self-service</source>
        <translation>Selbstbedienung</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Intern</translation>
    </message>
    <message>
        <source>To the requester</source>
        <translation>An Anfragende</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Besuch</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Fernzugriff</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>Am Telefon</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>Vor Ort</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>With a supplier</source>
        <translation>Mit Lieferanten</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Dokumentation</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Other work</source>
        <translation>Sonstiges</translation>
    </message>
    <message>
        <source>set by hand</source>
        <translation>von Hand festgelegt</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>eskaliert</translation>
    </message>
    <message>
        <source>major incident</source>
        <translation>Großstörung</translation>
    </message>
    <message>
        <source>the product goes to specialists first</source>
        <translation>das Produkt geht zuerst an Fachleute</translation>
    </message>
    <message>
        <source>the department&apos;s dedicated analyst</source>
        <translation>fester Ansprechpartner der Abteilung</translation>
    </message>
    <message>
        <source>first stand-in of the department</source>
        <translation>erste Vertretung der Abteilung</translation>
    </message>
    <message>
        <source>second stand-in of the department</source>
        <translation>zweite Vertretung der Abteilung</translation>
    </message>
    <message>
        <source>the department&apos;s queue</source>
        <translation>Warteschlange der Abteilung</translation>
    </message>
    <message>
        <source>the product&apos;s queue</source>
        <translation>Warteschlange des Produkts</translation>
    </message>
    <message>
        <source>nobody is named, so the front line</source>
        <translation>niemand ist benannt, also die Hotline</translation>
    </message>
    <message>
        <source>dedicated analyst</source>
        <translation>fester Ansprechpartner</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>second stand-in</source>
        <translation>zweite Vertretung</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>gezählt</translation>
    </message>
    <message>
        <source>outside working hours</source>
        <translation>außerhalb der Arbeitszeit</translation>
    </message>
    <message>
        <source>public holiday</source>
        <translation>Feiertag</translation>
    </message>
    <message>
        <source>closed that day</source>
        <translation>an dem Tag geschlossen</translation>
    </message>
    <message>
        <source>waiting for the requester</source>
        <translation>Warten auf Anfragende</translation>
    </message>
    <message>
        <source>waiting for a supplier</source>
        <translation>Warten auf Lieferanten</translation>
    </message>
    <message>
        <source>waiting for a change</source>
        <translation>Warten auf eine Änderung</translation>
    </message>
    <message>
        <source>waiting for parts</source>
        <translation>Warten auf Teile</translation>
    </message>
    <message>
        <source>was resolved</source>
        <translation>war gelöst</translation>
    </message>
    <message>
        <source>was cancelled</source>
        <translation>war abgebrochen</translation>
    </message>
    <message>
        <source>was merged</source>
        <translation>war zusammengeführt</translation>
    </message>
    <message>
        <source>Duplicate of</source>
        <translation>Doppelt zu</translation>
    </message>
    <message>
        <source>Has the duplicate</source>
        <translation>Hat das Doppel</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>Has the part</source>
        <translation>Hat den Teil</translation>
    </message>
    <message>
        <source>Caused by the problem</source>
        <translation>Verursacht durch das Problem</translation>
    </message>
    <message>
        <source>Problem behind</source>
        <translation>Problem hinter</translation>
    </message>
    <message>
        <source>Related to</source>
        <translation>Verwandt mit</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>de-escalated</source>
        <translation>zurückgestuft</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>nobody is there for it</source>
        <translation>niemand ist dafür da</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Bei</translation>
    </message>
    <message>
        <source>the developers</source>
        <translation>der Entwicklung</translation>
    </message>
    <message>
        <source>a supplier</source>
        <translation>einem Lieferanten</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>von Hand gewählt</translation>
    </message>
    <message>
        <source>nobody chose</source>
        <translation>niemand hat gewählt</translation>
    </message>
    <message>
        <source>there now</source>
        <translation>jetzt da</translation>
    </message>
    <message>
        <source>after working hours</source>
        <translation>nach der Arbeitszeit</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>no longer at this desk</source>
        <translation>nicht mehr an diesem Desk</translation>
    </message>
    <message>
        <source>not known here</source>
        <translation>hier nicht bekannt</translation>
    </message>
    <message>
        <source>nobody is named</source>
        <translation>niemand ist benannt</translation>
    </message>
    <message>
        <source>not a major incident</source>
        <translation>keine Großstörung</translation>
    </message>
    <message>
        <source>nobody is on duty</source>
        <translation>niemand hat Dienst</translation>
    </message>
    <message>
        <source>the product is not marked so</source>
        <translation>das Produkt ist nicht so gekennzeichnet</translation>
    </message>
    <message>
        <source>nobody there knows it well enough</source>
        <translation>niemand dort kennt es gut genug</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>es gibt keine</translation>
    </message>
    <message>
        <source>nobody of it is there now</source>
        <translation>von dort ist gerade niemand da</translation>
    </message>
    <message>
        <source>somebody is there now</source>
        <translation>jemand ist gerade da</translation>
    </message>
    <message>
        <source>somebody is there, but nobody speaks the language</source>
        <translation>jemand ist da, aber niemand spricht die Sprache</translation>
    </message>
    <message>
        <source>back with the next working hour</source>
        <translation>ab der nächsten Arbeitsstunde wieder da</translation>
    </message>
    <message>
        <source>nobody at all can be asked</source>
        <translation>niemand ist zu fragen</translation>
    </message>
    <message>
        <source>same machine</source>
        <translation>dieselbe Maschine</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>dieselben Wörter</translation>
    </message>
    <message>
        <source>same requester</source>
        <translation>derselbe Anfragende</translation>
    </message>
    <message>
        <source>same department</source>
        <translation>dieselbe Abteilung</translation>
    </message>
    <message>
        <source>same product</source>
        <translation>dasselbe Produkt</translation>
    </message>
    <message>
        <source>about the same time</source>
        <translation>etwa zur selben Zeit</translation>
    </message>
    <message>
        <source>has ended already</source>
        <translation>schon beendet</translation>
    </message>
    <message>
        <source>waits for its requester</source>
        <translation>wartet auf Anfragenden</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Behoben</translation>
    </message>
    <message>
        <source>Worked around</source>
        <translation>Umgangen</translation>
    </message>
    <message>
        <source>No fault found</source>
        <translation>Kein Fehler gefunden</translation>
    </message>
    <message>
        <source>Not fixed</source>
        <translation>Nicht behoben</translation>
    </message>
    <message>
        <source>very satisfied</source>
        <translation>sehr zufrieden</translation>
    </message>
    <message>
        <source>satisfied</source>
        <translation>zufrieden</translation>
    </message>
    <message>
        <source>neither satisfied nor dissatisfied</source>
        <translation>weder zufrieden noch unzufrieden</translation>
    </message>
    <message>
        <source>dissatisfied</source>
        <translation>unzufrieden</translation>
    </message>
    <message>
        <source>very dissatisfied</source>
        <translation>sehr unzufrieden</translation>
    </message>
    <message>
        <source>{score} of 5, {words}</source>
        <translation>{score} von 5, {words}</translation>
    </message>
</context>
<context>
    <name>cases</name>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Work owner</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Ansprechpartner</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Eröffnet</translation>
    </message>
    <message>
        <source>For requester</source>
        <translation>Auf Anfragende</translation>
    </message>
    <message>
        <source>For a change</source>
        <translation>Auf Änderung</translation>
    </message>
    <message>
        <source>For parts</source>
        <translation>Auf Teile</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>For supplier</source>
        <translation>Auf Lieferanten</translation>
    </message>
    <message>
        <source>clock stands</source>
        <translation>Uhr steht</translation>
    </message>
</context>
<context>
    <name>conflict</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Next step: who</source>
        <translation>Nächster Schritt: wer</translation>
    </message>
    <message>
        <source>Next step: when</source>
        <translation>Nächster Schritt: wann</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Anfragende</translation>
    </message>
    <message>
        <source>Work owner</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Contact owner</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Major incident</source>
        <translation>Großstörung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Workaround</source>
        <translation>Umgehung</translation>
    </message>
    <message>
        <source>Taking the case</source>
        <translation>Fall übernehmen</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Escalating</source>
        <translation>Eskalieren</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Resolving</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Reopening</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Booking time</source>
        <translation>Zeit buchen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Stornieren</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Merging</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Parting merged cases</source>
        <translation>Zusammengeführte Fälle trennen</translation>
    </message>
    <message>
        <source>Linking cases</source>
        <translation>Fälle verknüpfen</translation>
    </message>
    <message>
        <source>Parting linked cases</source>
        <translation>Verknüpfte Fälle trennen</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>Writing to all parts</source>
        <translation>An alle Teile schreiben</translation>
    </message>
    <message>
        <source>Closing all parts</source>
        <translation>Alle Teile schließen</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>Use of an article</source>
        <translation>Verwendung eines Artikels</translation>
    </message>
    <message>
        <source>Telling the department</source>
        <translation>Mitteilung an die Abteilung</translation>
    </message>
    <message>
        <source>Entering of a workstation</source>
        <translation>Eintritt eines Arbeitsplatzes</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Revoking a workstation</source>
        <translation>Ausschluss eines Arbeitsplatzes</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Absence</source>
        <translation>Abwesenheit</translation>
    </message>
    <message>
        <source>Agreement on a department</source>
        <translation>Vereinbarung für eine Abteilung</translation>
    </message>
    <message>
        <source>Turn of duty</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Saved view</source>
        <translation>Gespeicherte Ansicht</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>Arbeitsplatz</translation>
    </message>
    <message>
        <source>Team dictionary</source>
        <translation>Wörterbuch des Teams</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Settings of the desk</source>
        <translation>Einstellungen des Helpdesks</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Counts of calls</source>
        <translation>Anrufzahlen</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>yours was not taken</source>
        <translation>Ihres nicht angenommen</translation>
    </message>
    <message>
        <source>yours stands</source>
        <translation>Ihres gilt</translation>
    </message>
    <message>
        <source>theirs stands</source>
        <translation>das andere gilt</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>It</source>
        <translation>Es</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>{who} changed it too. Yours stands, because it is the more recent wish.</source>
        <translation>{who} hat es auch geändert. Ihres gilt, weil es der neuere Wunsch ist.</translation>
    </message>
    <message>
        <source>{who} changed it too. Yours was more than five minutes old by then, so it is a proposal.</source>
        <translation>{who} hat es auch geändert. Ihres war da über fünf Minuten alt und ist deshalb ein Vorschlag.</translation>
    </message>
    <message>
        <source>{who} was faster and works on this case.</source>
        <translation>{who} war schneller und bearbeitet diesen Fall.</translation>
    </message>
    <message>
        <source>{who} rewrote the same words. Everything else of both is in the text.</source>
        <translation>{who} hat dieselben Wörter geändert. Alles andere von beiden steht im Text.</translation>
    </message>
    <message>
        <source>{who} was faster.</source>
        <translation>{who} war schneller.</translation>
    </message>
    <message>
        <source>{who} moved the case on, and from there that step does not exist.</source>
        <translation>{who} hat den Fall weitergeführt; von dort gibt es diesen Schritt nicht.</translation>
    </message>
    <message>
        <source>It was deleted meanwhile.</source>
        <translation>Es wurde inzwischen gelöscht.</translation>
    </message>
    <message>
        <source>You deleted it while {who} changed it, so it stays.</source>
        <translation>Sie haben es gelöscht, während {who} es geändert hat; deshalb bleibt es.</translation>
    </message>
    <message>
        <source>{who} deleted it while you changed it; your change brought it back.</source>
        <translation>{who} hat es gelöscht, während Sie es geändert haben; Ihre Änderung hat es zurückgeholt.</translation>
    </message>
    <message>
        <source>{who} built on what you wanted to undo.</source>
        <translation>{who} hat auf dem aufgebaut, was Sie rückgängig machen wollten.</translation>
    </message>
    <message>
        <source>What it was based on is no longer so.</source>
        <translation>Worauf es beruhte, gilt nicht mehr.</translation>
    </message>
    <message>
        <source>The rules of the desk forbid it: {why}.</source>
        <translation>Die Regeln des Helpdesks verbieten es: {why}.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Delete it again</source>
        <translation>Wieder löschen</translation>
    </message>
    <message>
        <source>Delete it all the same</source>
        <translation>Trotzdem löschen</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>An mich nehmen</translation>
    </message>
    <message>
        <source>Leave it to them</source>
        <translation>Dort lassen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Take over my proposal</source>
        <translation>Meinen Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Das andere behalten</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meines behalten</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Das andere nehmen</translation>
    </message>
    <message>
        <source>decided: yours</source>
        <translation>entschieden: Ihres</translation>
    </message>
    <message>
        <source>decided: theirs</source>
        <translation>entschieden: das andere</translation>
    </message>
    <message>
        <source>decided: a new text</source>
        <translation>entschieden: ein neuer Text</translation>
    </message>
    <message>
        <source>{who} ended this case meanwhile; it was not opened again, all else was taken.</source>
        <translation>{who} hat diesen Fall inzwischen beendet; er wurde nicht wieder geöffnet, alles andere wurde übernommen.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Leave it ended</source>
        <translation>Beendet lassen</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Neuer Fall</translation>
    </message>
    <message>
        <source>Attaching</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>What the requester said of it</source>
        <translation>Was die Anfragenden dazu sagen</translation>
    </message>
    <message>
        <source>Making a problem</source>
        <translation>Problem anlegen</translation>
    </message>
    <message>
        <source>Permanent fix wanted</source>
        <translation>Dauerlösung gewünscht</translation>
    </message>
</context>
<context>
    <name>coverage</name>
    <message>
        <source>Back at work</source>
        <translation>Wieder da</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>I know, I stand in</source>
        <translation>Ich weiß, ich vertrete</translation>
    </message>
    <message>
        <source>The sheet…</source>
        <translation>Das Blatt…</translation>
    </message>
    <message>
        <source>It goes on</source>
        <translation>Es dauert an</translation>
    </message>
    <message>
        <source>Still away</source>
        <translation>Noch abwesend</translation>
    </message>
    <message>
        <source>Until…</source>
        <translation>Bis wann…</translation>
    </message>
    <message>
        <source>Handover sheet…</source>
        <translation>Übergabeblatt…</translation>
    </message>
    <message>
        <source>Return sheet…</source>
        <translation>Rückkehrblatt…</translation>
    </message>
    <message>
        <source>I am back</source>
        <translation>Ich bin wieder da</translation>
    </message>
    <message>
        <source>Take it over…</source>
        <translation>Übernehmen…</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>How to reach {who}</source>
        <translation>{who} erreichen</translation>
    </message>
    <message>
        <source>{who}: telephone {phone}</source>
        <translation>{who}: Telefon {phone}</translation>
    </message>
    <message>
        <source>No telephone number of {who} is entered.</source>
        <translation>Von {who} ist keine Telefonnummer eingetragen.</translation>
    </message>
    <message>
        <source>{count} agreements are to be reviewed.</source>
        <translation>{count} Vereinbarungen sind zu prüfen.</translation>
    </message>
    <message>
        <source>{count} questions about coverage and absences wait for you.</source>
        <translation>{count} Fragen zu Betreuung und Abwesenheiten warten auf Sie.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>A swap day is agreed on: {pair}</source>
        <translation>Ein Tauschtag ist vereinbart: {pair}</translation>
    </message>
    <message>
        <source>{who} is asked at the own workstation each morning.</source>
        <translation>{who} wird jeden Morgen am eigenen Arbeitsplatz gefragt.</translation>
    </message>
    <message>
        <source>Telephone: {phone}</source>
        <translation>Telefon: {phone}</translation>
    </message>
    <message>
        <source>Choose somebody else…</source>
        <translation>Jemand anderen wählen…</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Stays waiting</source>
        <translation>Wartet weiter</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>vacation</source>
        <translation>Urlaub</translation>
    </message>
    <message>
        <source>sickness</source>
        <translation>Krankheit</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Schulung</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>You are entered as away {days}, without an end. Are you back?</source>
        <translation>Sie sind {days} als abwesend eingetragen, ohne Ende. Sind Sie wieder da?</translation>
    </message>
    <message>
        <source>You stand in for {who} {days}. Do you know?</source>
        <translation>Sie vertreten {who} {days}. Wissen Sie davon?</translation>
    </message>
    <message>
        <source>{who} is away {days}, and {other}, who stands in, has not said that this is known.</source>
        <translation>{who} ist {days} abwesend, und {other} hat die Vertretung noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>{who} is away {days}, without an end. Still away today?</source>
        <translation>{who} ist {days} abwesend, ohne Ende. Auch heute noch?</translation>
    </message>
    <message>
        <source>{department} is yours for good. Have you got its dossier?</source>
        <translation>{department} gehört jetzt dauerhaft Ihnen. Haben Sie das Dossier?</translation>
    </message>
    <message>
        <source>The agreement for {department} is to be reviewed.</source>
        <translation>Die Vereinbarung für {department} ist zu prüfen.</translation>
    </message>
    <message>
        <source>Monthly review</source>
        <translation>Monatsprüfung</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>I have seen it</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>You are away {days}. Without a handover so far: {cases}.</source>
        <translation>Sie sind {days} abwesend. Noch ohne Übergabe: {cases}.</translation>
    </message>
    <message>
        <source>You are back. Worked on for you meanwhile: {done}. Take back or leave?</source>
        <translation>Sie sind wieder da. Inzwischen für Sie bearbeitet: {done}. Zurücknehmen oder lassen?</translation>
    </message>
</context>
<context>
    <name>dialog</name>
    <message>
        <source>The invitation is not whole: copy the line to its end and paste it again.</source>
        <translation>Die Einladung ist nicht ganz: Kopieren Sie die Zeile bis an ihr Ende, und fügen Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>There is no invitation in this: it is a line that starts with halldesk1:</source>
        <translation>Darin ist keine Einladung: Sie ist eine Zeile, die mit halldesk1: beginnt.</translation>
    </message>
</context>
<context>
    <name>knowledge</name>
    <message>
        <source>rough</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>generic</source>
        <translation>allgemein</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>the team</source>
        <translation>das Team</translation>
    </message>
    <message>
        <source>all of IT</source>
        <translation>die ganze IT</translation>
    </message>
    <message>
        <source>named departments</source>
        <translation>genannte Abteilungen</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>No groups</source>
        <translation>Ohne Gruppen</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>Alle zuklappen</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>Alle aufklappen</translation>
    </message>
</context>
<context>
    <name>lost</name>
    <message>
        <source>{who} on {workstation}</source>
        <translation>{who} an {workstation}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>Zufriedenheit</translation>
    </message>
    <message>
        <source>is sent again</source>
        <translation>wird wieder gesendet</translation>
    </message>
    <message>
        <source>It is sent again by itself, as soon as what it changes is there.</source>
        <translation>Das wird von selbst wieder gesendet, sobald da ist, was es ändert.</translation>
    </message>
    <message>
        <source>undone for everybody</source>
        <translation>für alle zurückgenommen</translation>
    </message>
    <message>
        <source>The desk was set back on purpose to a moment before it.</source>
        <translation>Der Helpdesk wurde absichtlich auf einen Zeitpunkt davor zurückgesetzt.</translation>
    </message>
    <message>
        <source>should come back</source>
        <translation>sollte wiederkommen</translation>
    </message>
    <message>
        <source>The shared store was restored from an older copy; the workstation will send it again.</source>
        <translation>Die gemeinsame Ablage wurde aus einer älteren Kopie zurückgeholt; der Arbeitsplatz wird es wieder senden.</translation>
    </message>
    <message>
        <source>The shared store was restored from an older copy, and the workstation has not sent it again.</source>
        <translation>Die gemeinsame Ablage wurde aus einer älteren Kopie zurückgeholt, und der Arbeitsplatz hat es nicht wieder gesendet.</translation>
    </message>
    <message>
        <source>did not come back</source>
        <translation>kam nicht wieder</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>My work</source>
        <translation>Meine Arbeit</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Nicht zugewiesen</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>Alle offenen</translation>
    </message>
    <message>
        <source>All cases</source>
        <translation>Alle Fälle</translation>
    </message>
    <message>
        <source>My departments</source>
        <translation>Meine Abteilungen</translation>
    </message>
    <message>
        <source>Front line</source>
        <translation>Annahme</translation>
    </message>
    <message>
        <source>Product queues</source>
        <translation>Produkt-Warteschlangen</translation>
    </message>
    <message>
        <source>Department queues</source>
        <translation>Abteilungs-Warteschlangen</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>Kolleginnen und Kollegen</translation>
    </message>
    <message>
        <source>The desk</source>
        <translation>Der Helpdesk</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>stand-in until {day}</source>
        <translation>Vertretung bis {day}</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>Nothing here matches “{words}”</source>
        <translation>Nichts hier passt zu „{words}“</translation>
    </message>
    <message>
        <source>Try fewer words, or search everywhere with Ctrl+F.</source>
        <translation>Versuchen Sie weniger Wörter, oder suchen Sie überall mit Strg+F.</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Nichts wartet auf Sie</translation>
    </message>
    <message>
        <source>Claim a case from “Unassigned”, or press F2 to log a call.</source>
        <translation>Übernehmen Sie einen Fall aus „Nicht zugewiesen“, oder drücken Sie F2, um einen Anruf aufzunehmen.</translation>
    </message>
    <message>
        <source>Every open case has an owner</source>
        <translation>Jeder offene Fall hat jemanden, der ihn bearbeitet</translation>
    </message>
    <message>
        <source>New calls appear here until somebody claims them.</source>
        <translation>Neue Anrufe erscheinen hier, bis jemand sie übernimmt.</translation>
    </message>
    <message>
        <source>You watch no open case</source>
        <translation>Sie beobachten keinen offenen Fall</translation>
    </message>
    <message>
        <source>Watch a case to see here what happens to it.</source>
        <translation>Beobachten Sie einen Fall, um hier zu sehen, was mit ihm geschieht.</translation>
    </message>
    <message>
        <source>No case yet</source>
        <translation>Noch kein Fall</translation>
    </message>
    <message>
        <source>Press F2 when the first call comes.</source>
        <translation>Drücken Sie F2, wenn der erste Anruf kommt.</translation>
    </message>
    <message>
        <source>No open case here</source>
        <translation>Kein offener Fall hier</translation>
    </message>
    <message>
        <source>Press F2 to log a call, or drag cases here from another list.</source>
        <translation>Drücken Sie F2, um einen Anruf aufzunehmen, oder ziehen Sie Fälle aus einer anderen Liste hierher.</translation>
    </message>
    <message>
        <source>Put off</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Nobody reachable</source>
        <translation>Niemand erreichbar</translation>
    </message>
    <message>
        <source>Nothing is put off</source>
        <translation>Nichts ist zurückgestellt</translation>
    </message>
    <message>
        <source>A case that you put off is out of “My work” until then.</source>
        <translation>Ein zurückgestellter Fall steht bis dahin nicht unter „Meine Arbeit“.</translation>
    </message>
    <message>
        <source>Somebody can be asked about every case</source>
        <translation>Zu jedem Fall ist jemand zu fragen</translation>
    </message>
    <message>
        <source>Here stand open cases whose owners are away and for which nobody stands in.</source>
        <translation>Hier stehen offene Fälle, deren Zuständige abwesend sind und für die niemand vertritt.</translation>
    </message>
    <message>
        <source>Board and reports</source>
        <translation>Tafel und Berichte</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Betreuung</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>made by a newer Halldesk</source>
        <translation>von einem neueren Halldesk</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>Dienstplan</translation>
    </message>
    <message>
        <source>Covering for</source>
        <translation>Vertretung für</translation>
    </message>
    <message>
        <source>Cases of {name}</source>
        <translation>Fälle von {name}</translation>
    </message>
    <message>
        <source>Nothing to do for this department now</source>
        <translation>Für diese Abteilung ist jetzt nichts zu tun</translation>
    </message>
    <message>
        <source>Press Shift+F2 when it calls.</source>
        <translation>Drücken Sie Umschalt+F2, wenn sie anruft.</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>Here stands what waits for a requester, a supplier, a change or parts.</source>
        <translation>Hier steht, was auf Anfragende, Lieferanten, eine Änderung oder Teile wartet.</translation>
    </message>
    <message>
        <source>Nobody else works for this department</source>
        <translation>Niemand sonst arbeitet für diese Abteilung</translation>
    </message>
    <message>
        <source>F3 hands a case to a specialist; you stay the contact.</source>
        <translation>F3 gibt einen Fall an Fachleute; Sie bleiben Ansprechperson.</translation>
    </message>
    <message>
        <source>No open problem</source>
        <translation>Kein offenes Problem</translation>
    </message>
    <message>
        <source>A case that keeps coming back can become a problem: change its kind.</source>
        <translation>Ein Fall, der immer wiederkommt, kann ein Problem werden: Ändern Sie seine Art.</translation>
    </message>
    <message>
        <source>Nothing was closed in the last two weeks</source>
        <translation>In den letzten zwei Wochen wurde nichts erledigt</translation>
    </message>
    <message>
        <source>What is solved stands here for two weeks.</source>
        <translation>Was gelöst ist, steht hier zwei Wochen lang.</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Neue Fälle</translation>
    </message>
    <message>
        <source>Other departments</source>
        <translation>Andere Abteilungen</translation>
    </message>
    <message>
        <source>Changes that need me</source>
        <translation>Zu entscheiden</translation>
    </message>
</context>
<context>
    <name>presence</name>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>{name} is writing a note</source>
        <translation>{name} schreibt eine Notiz</translation>
    </message>
    <message>
        <source>{name} is writing a reply</source>
        <translation>{name} schreibt eine Antwort</translation>
    </message>
    <message>
        <source>{name} is noting a call</source>
        <translation>{name} hält ein Telefonat fest</translation>
    </message>
    <message>
        <source>{name} is noting a visit</source>
        <translation>{name} hält einen Besuch fest</translation>
    </message>
    <message>
        <source>{name} is looking at this</source>
        <translation>{name} sieht sich das an</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>here</source>
        <translation>da</translation>
    </message>
    <message>
        <source>writing in a case</source>
        <translation>schreibt in einem Fall</translation>
    </message>
    <message>
        <source>reading a case</source>
        <translation>liest einen Fall</translation>
    </message>
</context>
<context>
    <name>records</name>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Analysts</source>
        <translation>Bearbeitende</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Abteilungen</translation>
    </message>
    <message>
        <source>People who call</source>
        <translation>Wer anruft</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Machines and PCs</source>
        <translation>Maschinen und PCs</translation>
    </message>
    <message>
        <source>Severities and targets</source>
        <translation>Schweregrade und Ziele</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Where cases wait, and who takes them from there. A queue with fewer than two members who are there today is marked.</source>
        <translation>Wo Fälle warten, und wer sie von dort nimmt. Eine Warteschlange mit weniger als zwei Mitgliedern, die heute da sind, ist markiert.</translation>
    </message>
    <message>
        <source>Who works cases, what each knows, and when each is there. Somebody new enters by an invitation.</source>
        <translation>Wer Fälle bearbeitet, was jede und jeder kann und wann sie da sind. Neue kommen mit einer Einladung dazu.</translation>
    </message>
    <message>
        <source>The customers of the help desk, with their hours, their targets and what one should know about them.</source>
        <translation>Die Kunden des Helpdesks, mit ihren Zeiten, ihren Zielen und dem, was man über sie wissen sollte.</translation>
    </message>
    <message>
        <source>What is supported, by which queue, and how well one must know it.</source>
        <translation>Was betreut wird, von welcher Warteschlange, und wie gut man es kennen muss.</translation>
    </message>
    <message>
        <source>Halls, lines and rooms: where machines stand and people call from.</source>
        <translation>Hallen, Linien und Räume: wo Maschinen stehen und von wo angerufen wird.</translation>
    </message>
    <message>
        <source>Whatever has a tag that can be read out on the phone.</source>
        <translation>Alles, was ein Schild hat, das man am Telefon vorlesen kann.</translation>
    </message>
    <message>
        <source>How bad it can be, and within how many working minutes it is answered and fixed.</source>
        <translation>Wie schlimm es sein kann, und binnen wie vieler Arbeitsminuten reagiert und gelöst wird.</translation>
    </message>
    <message>
        <source>Working hours, public holidays and closed days; due times are counted in them.</source>
        <translation>Arbeitszeiten, Feiertage und Schließtage; in ihnen werden Fälligkeiten gerechnet.</translation>
    </message>
    <message>
        <source>Texts for the composer; names in braces are filled from the case.</source>
        <translation>Texte zum Schreiben; Namen in geschweiften Klammern werden aus dem Fall gefüllt.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Position in the navigation</source>
        <translation>Platz in der Navigation</translation>
    </message>
    <message>
        <source>A case stays at most</source>
        <translation>Ein Fall bleibt höchstens</translation>
    </message>
    <message>
        <source>Then it goes on to</source>
        <translation>Dann geht er weiter an</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Analyst</source>
        <translation>Bearbeitende</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Gets cases by rule</source>
        <translation>Bekommt Fälle nach Regel</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt gebraucht</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Per hour</source>
        <translation>Je Stunde</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>Gehört zu</translation>
    </message>
    <message>
        <source>Cost centre</source>
        <translation>Kostenstelle</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Significance (1: watched)</source>
        <translation>Bedeutung (1: beobachtet)</translation>
    </message>
    <message>
        <source>Sponsor</source>
        <translation>Fürsprecher</translation>
    </message>
    <message>
        <source>Review on</source>
        <translation>Prüfen am</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Reference elsewhere</source>
        <translation>Kennung anderswo</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Answered within</source>
        <translation>Reaktion binnen</translation>
    </message>
    <message>
        <source>Fixed within</source>
        <translation>Gelöst binnen</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Betreuung</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Specialists first, the contact stays</source>
        <translation>Erst Spezialisten, Ansprechpartner bleibt</translation>
    </message>
    <message>
        <source>Least level of skill</source>
        <translation>Mindestens nötiges Niveau</translation>
    </message>
    <message>
        <source>In use since</source>
        <translation>In Gebrauch seit</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schild</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Rank (1: the worst)</source>
        <translation>Rang (1: am schlimmsten)</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Holidays of the country</source>
        <translation>Feiertage des Landes</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Typed after a slash</source>
        <translation>Nach Schrägstrich getippt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>Kenntnisse</translation>
    </message>
    <message>
        <source>Hourly rates</source>
        <translation>Stundensätze</translation>
    </message>
    <message>
        <source>Targets of its own</source>
        <translation>Eigene Ziele</translation>
    </message>
    <message>
        <source>Closed days</source>
        <translation>Schließtage</translation>
    </message>
    <message>
        <source>Add a member</source>
        <translation>Mitglied hinzufügen</translation>
    </message>
    <message>
        <source>Add a skill</source>
        <translation>Kenntnis hinzufügen</translation>
    </message>
    <message>
        <source>Add a rate</source>
        <translation>Satz hinzufügen</translation>
    </message>
    <message>
        <source>Add a target</source>
        <translation>Ziel hinzufügen</translation>
    </message>
    <message>
        <source>Add a closed day</source>
        <translation>Schließtag hinzufügen</translation>
    </message>
    <message>
        <source>Front line</source>
        <translation>Annahme</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>Betreut</translation>
    </message>
    <message>
        <source>As far as it goes</source>
        <translation>So gut es geht</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>Nicht betreut</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Intern</translation>
    </message>
    <message>
        <source>To the requester</source>
        <translation>An Anfragende</translation>
    </message>
    <message>
        <source>Cases as they are now</source>
        <translation>Fälle, wie sie jetzt sind</translation>
    </message>
    <message>
        <source>Cases with their history</source>
        <translation>Fälle mit ihrem Verlauf</translation>
    </message>
</context>
<context>
    <name>roster</name>
    <message>
        <source>Hotline</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>away!</source>
        <translation>abwesend!</translation>
    </message>
    <message>
        <source>twice!</source>
        <translation>doppelt!</translation>
    </message>
    <message>
        <source>{name} is away on {when}</source>
        <translation>{name} ist abwesend: {when}</translation>
    </message>
    <message>
        <source>{name} has two turns at once on {when}</source>
        <translation>{name} hat zwei Dienste zugleich: {when}</translation>
    </message>
    <message>
        <source>The hotline has no duty lead on {when}</source>
        <translation>Die Hotline hat keine Schichtleitung: {when}</translation>
    </message>
    <message>
        <source>Too few on the hotline on {when}: {missing} missing, {calls} calls in a half hour</source>
        <translation>Zu wenige an der Hotline, {when}: es fehlen {missing}, {calls} Anrufe in der halben Stunde</translation>
    </message>
    <message>
        <source>{when}: {rostered} planned; no calls were counted in this half hour</source>
        <translation>{when}: {rostered} geplant; in dieser halben Stunde wurden keine Anrufe gezählt</translation>
    </message>
    <message>
        <source>{when}: {calls} calls expected, {needed} needed, {rostered} planned</source>
        <translation>{when}: {calls} Anrufe erwartet, Bedarf {needed}, geplant {rostered}</translation>
    </message>
    <message>
        <source>, {missing} missing</source>
        <translation>, es fehlen {missing}</translation>
    </message>
    <message>
        <source>; {share} answered in time</source>
        <translation>; {share} rechtzeitig angenommen</translation>
    </message>
    <message>
        <source>{name} (away!)</source>
        <translation>{name} (abwesend!)</translation>
    </message>
</context>
<context>
    <name>services</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>{who} changed “{field}” on {time}, so this can&apos;t be undone.</source>
        <translation>{who} hat „{field}“ am {time} geändert, deshalb geht das nicht mehr rückgängig.</translation>
    </message>
    <message>
        <source>This computer did not let Halldesk do that: {error}</source>
        <translation>Dieser Rechner hat Halldesk das nicht erlaubt: {error}</translation>
    </message>
    <message>
        <source>Something went wrong in Halldesk: {error}. Your work is kept. The details help to repair it.</source>
        <translation>In Halldesk ist etwas schiefgegangen: {error}. Ihre Arbeit ist erhalten. Die Einzelheiten helfen, es zu beheben.</translation>
    </message>
    <message>
        <source>Of {all} changes {count} could not be undone, because somebody built on them.</source>
        <translation>Von {all} Änderungen ließen sich {count} nicht zurücknehmen, weil jemand darauf aufgebaut hat.</translation>
    </message>
</context>
<context>
    <name>suggestions</name>
    <message>
        <source>Solved this case</source>
        <translation>Hat diesen Fall gelöst</translation>
    </message>
    <message>
        <source>Did not help here</source>
        <translation>Half hier nicht</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>gleiche Wörter</translation>
    </message>
    <message>
        <source>same product</source>
        <translation>gleiches Produkt</translation>
    </message>
    <message>
        <source>helped on this machine</source>
        <translation>half an dieser Maschine</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>less than 1 min</source>
        <translation>weniger als 1 Min.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} Min.</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} Std.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} Std. {minutes} Min.</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} T.</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} T. {hours} Std.</translation>
    </message>
    <message>
        <source>0 min</source>
        <translation>0 Min.</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>jetzt fällig</translation>
    </message>
    <message>
        <source>due in {time}</source>
        <translation>fällig in {time}</translation>
    </message>
    <message>
        <source>overdue by {time}</source>
        <translation>überfällig seit {time}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>vor {minutes} Min.</translation>
    </message>
    <message>
        <source>{hours} h ago</source>
        <translation>vor {hours} Std.</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>gestern {time}</translation>
    </message>
    <message>
        <source>in {minutes} min</source>
        <translation>in {minutes} Min.</translation>
    </message>
    <message>
        <source>in {hours} h</source>
        <translation>in {hours} Std.</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>morgen {time}</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>{author} for {absent}</source>
        <translation>{author} für {absent}</translation>
    </message>
    <message>
        <source>counts as a response</source>
        <translation>zählt als Reaktion</translation>
    </message>
    <message>
        <source>does not count as a response</source>
        <translation>zählt nicht als Reaktion</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>opened the case</source>
        <translation>eröffnete den Fall</translation>
    </message>
    <message>
        <source>touched the case</source>
        <translation>bearbeitete den Fall</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>back from {whom}</source>
        <translation>zurück von {whom}</translation>
    </message>
    <message>
        <source>no longer waiting</source>
        <translation>wartet nicht mehr</translation>
    </message>
    <message>
        <source>A permanent fix is wanted</source>
        <translation>Dauerlösung gewünscht</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
</TS>
