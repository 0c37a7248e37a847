"""The templates a new desk begins with, in English and German: what is written every day, and what is hard to write.

Saying no, answering somebody angry and letting somebody wait are skills; these texts carry what works: first that it
was understood, then what is so and why, then what is possible and until when, and a name. No excuses, no blame, no
"unfortunately our policy". What only a person can say stands as `{? what is meant}` and is asked for before anything
goes to a requester. A desk changes them to its own voice (`halldesk template`, Administration).
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Stock(NamedTuple):
    """One template in one language."""

    name: str
    short: str
    language: str
    audience: str
    text: str


def _english(name: str, short: str, audience: str, text: str) -> Stock:
    return Stock(name, short, "en", audience, text.strip())


def _german(name: str, short: str, audience: str, text: str) -> Stock:
    return Stock(name, short, "de", audience, text.strip())


_EVERY_DAY: Final = (
    _english("Received, and what happens next", "got", "requester", """
Hello {requester},

your case {number}, "{title}", is with us. Next: {next_step}, by {next_step_by}. You will hear from us by \
{next_step_at} at the latest, also if it is not solved by then.

{analyst}, {desk}
"""),
    _german("Angekommen, und wie es weitergeht", "da", "requester", """
Guten Tag {requester},

Ihr Fall {number}, „{title}“, ist bei uns. Als Nächstes: {next_step}, durch {next_step_by}. Sie hören bis spätestens \
{next_step_at} von uns, auch wenn es bis dahin nicht gelöst ist.

{analyst}, {desk}
"""),
    _english("One question back", "ask", "requester", """
Hello {requester},

to get on with case {number} we need one thing from you:

-

As soon as we have it we go on the same day. If a call is easier: {phone}.

{analyst}, {desk}
"""),
    _german("Eine Rückfrage", "frage", "requester", """
Guten Tag {requester},

damit es mit Fall {number} weitergeht, brauchen wir eines von Ihnen:

-

Sobald wir es haben, machen wir am selben Tag weiter. Wenn ein Anruf leichter ist: {phone}.

{analyst}, {desk}
"""),
    _english("Solved", "done", "requester", """
Hello {requester},

case {number} is solved: {resolution}

Please try it once. If it comes back, answer here or call {phone}: the same case is opened again and you need not \
explain it twice.

{analyst}, {desk}
"""),
    _german("Gelöst", "fertig", "requester", """
Guten Tag {requester},

Fall {number} ist gelöst: {resolution}

Bitte probieren Sie es einmal aus. Falls es wiederkommt, antworten Sie hier oder rufen Sie {phone} an: Derselbe Fall \
wird wieder geöffnet, und Sie müssen nichts zweimal erklären.

{analyst}, {desk}
"""),
    _english("What was checked", "checked", "internal", """
Symptom, in their words:
Since when, and what changed then:
Checked, with the result:
-
Not the cause:
Next: {next_step}
"""),
    _german("Was geprüft wurde", "geprueft", "internal", """
Symptom, mit den Worten des Anrufers:
Seit wann, und was sich da geändert hat:
Geprüft, mit Ergebnis:
-
Nicht die Ursache:
Nächster Schritt: {next_step}
"""),
    _english("To the supplier", "supplier", "internal", """
Our case: {number}
Machine / product: {machine} / {product}
Serial number:
Fault: {title}
Since: {opened_at}
Tried already:
It stops:
Needed by: {due_at}
Ask for: {analyst}, {phone}
"""),
    _german("An den Lieferanten", "lieferant", "internal", """
Unser Fall: {number}
Maschine / Produkt: {machine} / {product}
Seriennummer:
Fehler: {title}
Seit: {opened_at}
Schon versucht:
Es steht still:
Gebraucht bis: {due_at}
Ansprechpartner: {analyst}, {phone}
"""),
    _english("Approval needed", "approve", "requester", """
Hello {requester},

for case {number} we need the yes of {? who decides}, because {? what it costs or changes}. Please pass \
this on; "agreed" \
as an answer is enough, and we begin the same day.

{analyst}, {desk}
"""),
    _german("Freigabe nötig", "freigabe", "requester", """
Guten Tag {requester},

für Fall {number} brauchen wir das Ja von {? wer entscheidet}, weil {? was es kostet oder ändert}. Bitte \
leiten Sie das \
weiter; „einverstanden“ als Antwort genügt, und wir fangen am selben Tag an.

{analyst}, {desk}
"""),
    _english("Known fault", "outage", "requester", """
Known fault: {title}
Since: {opened_at}
Affected:
What works meanwhile:
What happens now: {next_step}
Next news at: {next_step_at}, also if nothing has changed

Please do not call about it; who wants to be told is told: {phone}.
"""),
    _german("Bekannte Störung", "stoerung", "requester", """
Bekannte Störung: {title}
Seit: {opened_at}
Betroffen:
Was solange geht:
Was jetzt geschieht: {next_step}
Nächste Nachricht um: {next_step_at}, auch wenn sich nichts geändert hat

Bitte rufen Sie deswegen nicht an; wer benachrichtigt werden will, wird es: {phone}.
"""),
    _english("Hall visit", "visit", "internal", """
At: {place}, {machine}
Spoken with:
Seen:
Done:
Still to do, and by whom:
The line stood from / to:
"""),
    _german("Besuch in der Halle", "besuch", "internal", """
Vor Ort: {place}, {machine}
Gesprochen mit:
Gesehen:
Getan:
Noch zu tun, und durch wen:
Die Linie stand von / bis:
"""),
)  # fmt: skip
_HARD: Final = (
    _english("Saying no", "no", "requester", """
Hello {requester},

thank you for saying what you need it for: {? in one sentence, in their words}.

We will not do {? what was asked}, because {? the one reason that matters, so that it can be followed}.

What we can do instead:

- {? what comes nearest}, by {? day}
- {? who can decide otherwise}: with a yes from them we start at once

Which of the two shall it be? I keep case {number} open until {? day}.

{analyst}, {desk}
"""),
    _german("Nein sagen", "nein", "requester", """
Guten Tag {requester},

danke, dass Sie gesagt haben, wofür Sie es brauchen: {? in einem Satz, mit den Worten des Fragenden}.

{? Das Gewünschte} machen wir nicht, weil {? der eine Grund, auf den es ankommt, so dass man ihm folgen kann}.

Was wir stattdessen tun können:

- {? was dem am nächsten kommt}, bis {? Tag}
- {? wer anders entscheiden kann}: Mit einem Ja von dort fangen wir sofort an

Was von beidem soll es sein? Fall {number} halte ich bis {? Tag} offen.

{analyst}, {desk}
"""),
    _english("An angry caller: on the phone", "angry", "internal", """
- Let it be said to the end. Do not interrupt, do not explain yet.
- Say back what it means for them: "So the line has stood since ..., and you have called twice."
- Sorry for what is so, without an excuse and without blaming a colleague.
- Ask for one thing: "What would help you most in the next hour?"
- Promise only what is in your hand, with a time: "I call you at ..., whatever we know by then."
- Note here what was promised, and set it as the next step of {number}.
- Insults: "I want to help you. Like this I can't." Once. Then a supervisor goes on.

Promised:
At:
"""),
    _german("Wütender Anrufer: am Telefon", "ruhe", "internal", """
- Ausreden lassen. Nicht unterbrechen, noch nichts erklären.
- Zurückgeben, was es für den Anrufer heißt: „Also steht die Linie seit ..., und Sie haben zweimal angerufen.“
- Bedauern, was ist, ohne Ausrede und ohne Schuld bei einem Kollegen.
- Eines fragen: „Was würde Ihnen in der nächsten Stunde am meisten helfen?“
- Nur zusagen, was in der eigenen Hand liegt, mit Uhrzeit: „Ich rufe Sie um ... an, was immer wir dann wissen.“
- Hier notieren, was zugesagt ist, und es als nächsten Schritt von {number} setzen.
- Beleidigungen: „Ich möchte Ihnen helfen. So kann ich es nicht.“ Einmal. Dann übernimmt die Leitung.

Zugesagt:
Um:
"""),
    _english("After an angry call", "sorry", "requester", """
Hello {requester},

you were right to call. {title}: that costs you {? what it costs them}, and it took us too long to say what happens.

This is what happens now: {next_step}, by {next_step_by}. I call you on {next_step_at}, whatever we know by then.

Until then {? what they can work with meanwhile}.

{analyst}, {phone}
"""),
    _german("Nach einem wütenden Anruf", "sorry", "requester", """
Guten Tag {requester},

Sie haben zu Recht angerufen. {title}: Das kostet Sie {? was es kostet}, und wir haben zu lange nicht gesagt, wie es \
weitergeht.

So geht es jetzt weiter: {next_step}, durch {next_step_by}. Ich rufe Sie am {next_step_at} an, was immer wir dann \
wissen.

Bis dahin {? womit solange gearbeitet werden kann}.

{analyst}, {phone}
"""),
    _english("It takes longer", "wait", "requester", """
Hello {requester},

case {number} is not solved yet, and it will take longer than I said. The reason: {? what it waits for, and for whom}.

New time: {next_step_at}. I ask again on {? day} and write to you that day, also if nothing has moved.

Until then this works: {? the way around it, or "I know of none"}.

If it gets worse for you meanwhile, call me: {phone}.

{analyst}, {desk}
"""),
    _german("Es dauert länger", "warten", "requester", """
Guten Tag {requester},

Fall {number} ist noch nicht gelöst, und es dauert länger, als ich gesagt habe. Der Grund: {? worauf und \
auf wen er wartet}.

Neuer Termin: {next_step_at}. Ich frage am {? Tag} nach und schreibe Ihnen an dem Tag, auch wenn sich \
nichts bewegt hat.

Bis dahin geht es so: {? der Umweg, oder „einen Umweg kenne ich nicht“}.

Wird es für Sie inzwischen schlimmer, rufen Sie mich an: {phone}.

{analyst}, {desk}
"""),
    _english("We wait for you", "remind", "requester", """
Hello {requester},

for case {number} we still need your answer of {? day}: {? the question, again, in one line}.

I ask once more on {? day}. If I do not hear from you by {? day} I close the case; answer whenever you can \
and it is open \
again, with everything in it.

{analyst}, {desk}
"""),
    _german("Wir warten auf Sie", "erinnern", "requester", """
Guten Tag {requester},

für Fall {number} fehlt uns noch Ihre Antwort vom {? Tag}: {? die Frage noch einmal, in einer Zeile}.

Am {? Tag} frage ich noch einmal nach. Höre ich bis {? Tag} nichts, schließe ich den Fall; antworten Sie, \
wann immer Sie \
können, dann ist er wieder offen, mit allem darin.

{analyst}, {desk}
"""),
)  # fmt: skip
STOCK: Final = _EVERY_DAY + _HARD
"""All of them."""
