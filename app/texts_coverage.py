"""Words of coverage and absence: what the checks find and propose, sheets, the command line; key -> (English, German).
See app.texts.

`sentence` and `proposal` make a finding readable; who is who is asked of `called` (an id -> its name).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.work.alarm import Alarm
    from app.work.coverage_checks import Finding, Proposal
    from app.work.overwritten import Overwritten

COVERAGE: Final[dict[str, tuple[str, str]]] = {
    # -- findings -----------------------------------------------------------------------------------------------------
    "cover.no stand-in": (
        "{department} has nobody to stand in for {who}.",
        "Für {department} steht niemand bereit, {who} zu vertreten.",
    ),
    "cover.nobody there": (
        "{department} has nobody {days}: {who} and all stand-ins are away.",
        "{department} hat {days} niemanden: {who} und alle Vertretungen sind abwesend.",
    ),
    "cover.stand-in away": (
        "{other}, who stands in for {who} in {department}, is away, too, {days}.",
        "{other} vertritt {who} für {department} und ist {days} selbst abwesend.",
    ),
    "cover.lacks skill": (
        "{other} stands in for {department} but does not know {thing} well enough.",
        "{other} vertritt für {department}, kennt aber {thing} nicht gut genug.",
    ),
    "cover.lacks language": (
        "{other} stands in for {department} but does not speak {thing}.",
        "{other} vertritt für {department}, spricht aber nicht {thing}.",
    ),
    "cover.lacks rights.workstation": (
        "{other} stands in for {department} but has no workstation in this help desk.",
        "{other} vertritt für {department}, hat aber keinen Arbeitsplatz in diesem Helpdesk.",
    ),
    "cover.lacks rights.queue": (
        "{other} stands in for {department} but is no member of its queue.",
        "{other} vertritt für {department}, ist aber nicht in dessen Warteschlange.",
    ),
    "cover.lacks rights.private": (
        "{department} has open cases only supervisors may read about; {other} is none.",
        "{department} hat offene Fälle, deren Vermerke nur die Leitung liest; {other} gehört nicht dazu.",
    ),
    "cover.chain": (
        "{other} stands in for {thing} already on {first}; with {department} that makes a chain.",
        "{other} vertritt am {first} schon für {thing}; mit {department} wird daraus eine Kette.",
    ),
    "cover.cycle": (
        "{who} and {other} stand in only for each other: while one is away nobody stands in for the other "
        "({department}).",
        "{who} und {other} vertreten nur einander: Ist eine Person weg, vertritt niemand die andere ({department}).",
    ),
    "cover.overload": (
        "{other} would have {count} departments {days}.",
        "{other} hätte {days} {count} Abteilungen zugleich.",
    ),
    "cover.left without stand-in": (
        "While {other} is away {days}, {department} has nobody: {who} is away then.",
        "Wenn {other} {days} fehlt, hat {department} niemanden: {who} ist dann abwesend.",
    ),
    "cover.over the cap": (
        "{who} would be the contact of {count} departments, more than agreed.",
        "{who} wäre Kontakt von {count} Abteilungen, mehr als vereinbart.",
    ),
    "cover.inactive": ("{who} no longer works here.", "{who} arbeitet nicht mehr hier."),
    "cover.two agreements": (
        "{department} has two agreements from {first}: {who} and {other}. The later one counts; end the other.",
        "{department} hat ab {first} zwei Vereinbarungen: {who} und {other}. Die spätere gilt; die andere beenden.",
    ),
    "cover.entered twice": (
        "{who} is entered as away twice {days}.",
        "{who} ist {days} zweimal als abwesend eingetragen.",
    ),
    "cover.not acknowledged": (
        "{other} has not acknowledged standing in for {who} {days}.",
        "{other} hat die Vertretung für {who} {days} nicht bestätigt.",
    ),
    "cover.still open": (
        "{who} is away since {first}, without an end. Still away today?",
        "{who} ist seit {first} ohne Ende abwesend. Auch heute noch?",
    ),
    "cover.review due": (
        "The coverage of {department} ({who}) was to be reviewed on {first}.",
        "Die Betreuung von {department} ({who}) war am {first} zu prüfen.",
    ),
    "cover.no swap day": (
        "{who} and {other} have no swap day this quarter ({department}).",
        "{who} und {other} haben in diesem Quartal keinen Tauschtag ({department}).",
    ),
    "cover.not taken over": (
        "{who} has not confirmed that the dossier of {department} has come over from {other}.",
        "{who} hat die Übernahme des Dossiers von {department} von {other} noch nicht bestätigt.",
    ),
    "cover.watched without contact": (
        "{department} is watched and has no dedicated analyst.",
        "{department} steht unter Beobachtung und hat keine feste Ansprechperson.",
    ),
    # -- proposals ----------------------------------------------------------------------------------------------------
    "propose.stand-in": ("Let {who} stand in for {department}", "{who} für {department} vertreten lassen"),
    "propose.primary": ("Give {department} to {who}", "{department} an {who} geben"),
    "propose.dates": ("Go from {first} to {last} instead", "Stattdessen vom {first} bis {last} gehen"),
    "propose.remove": ("Take one of the two back", "Einen der beiden Einträge zurücknehmen"),
    "propose.acknowledge": ("Ask {who}", "{who} fragen"),
    "propose.end": ("Say how long, or that {who} is back", "Sagen, wie lange noch, oder dass {who} zurück ist"),
    "propose.review": ("Review it", "Prüfen"),
    "propose.swap": ("Agree on a day", "Einen Tag vereinbaren"),
    "propose.confirm": ("Ask {who} to confirm", "{who} um Bestätigung bitten"),
    "propose.cover": ("Name a contact", "Eine Ansprechperson benennen"),
    # -- the alarm ----------------------------------------------------------------------------------------------------
    "alarm.silent": (
        "Nobody is there for {department}: no sign of life from {people}.",
        "Für {department} ist niemand da: kein Lebenszeichen von {people}.",
    ),
    "alarm.idle": (
        "Nobody seems to be there for {department}: nobody touches the workstations of {people}.",
        "Für {department} scheint niemand da zu sein: Die Arbeitsplätze von {people} sind unbenutzt.",
    ),
    "alarm.absent": (
        "Nobody is there for {department}: all its people are away.",
        "Für {department} ist niemand da: Alle Zuständigen sind abwesend.",
    ),
    "alarm.unknown": (
        "The drive does not answer, so nobody knows whether somebody is there for {department} ({people}), and they "
        "can't see this case. Call them, or take it.",
        "Das Laufwerk antwortet nicht. Ob für {department} jemand da ist ({people}), weiß niemand, und den Fall sehen "
        "sie nicht. Bitte anrufen oder selbst übernehmen.",
    ),
    "alarm.unknown.seen": (
        "The drive does not answer, so nobody knows whether somebody is there for {department} ({people}).",
        "Das Laufwerk antwortet nicht. Ob für {department} jemand da ist ({people}), weiß niemand.",
    ),
    # -- what somebody planned otherwise ------------------------------------------------------------------------------
    "news.absence": (
        "{by} changed what you entered: {who} is away {days}.",
        "{by} hat Ihren Eintrag geändert: {who} ist {days} abwesend.",
    ),
    "news.absence.back": (
        "{by} changed what you entered: the absence of {who} does not take place.",
        "{by} hat Ihren Eintrag geändert: Die Abwesenheit von {who} findet nicht statt.",
    ),
    "news.shift": (
        "{by} changed a turn of duty you planned: {who}, {from_} to {to}.",
        "{by} hat einen von Ihnen geplanten Dienst geändert: {who}, {from_} bis {to}.",
    ),
    "news.coverage": (
        "{by} changed what you agreed on for {department}: contact {who}, stand-ins {others}.",
        "{by} hat Ihre Vereinbarung für {department} geändert: Kontakt {who}, Vertretungen {others}.",
    ),
    "news.gone": (
        "{by} took off what you had planned.",
        "{by} hat herausgenommen, was du geplant hattest.",
    ),
    "news.somebody": ("Somebody", "Jemand"),
    # -- sheets -------------------------------------------------------------------------------------------------------
    "sheet.handover": ("Handover", "Übergabe"),
    "sheet.return": ("While you were away", "Während der Abwesenheit"),
    "sheet.away": ("Away {days}. Cases: {count}.", "Abwesend {days}. Fälle: {count}."),
    "sheet.empty.back": (
        "Nothing was handed over, so there is nothing to take back.",
        "Es wurde nichts übergeben; es gibt nichts zurückzunehmen.",
    ),
    "sheet.empty": ("There are no open cases to hand over.", "Es gibt keine offenen Fälle zu übergeben."),
    "sheet.page": ("Page {n} of ", "Seite {n} von "),
    "sheet.due": ("due {at}", "fällig {at}"),
    "sheet.late": ("overdue since {at}", "überfällig seit {at}"),
    "sheet.overdue": ("Overdue", "Überfällig"),
    "sheet.stands in": ("Meanwhile", "Unterdessen"),
    "sheet.drafts": ("Drafts", "Entwürfe"),
    "sheet.drafts.means": (
        "{count}, made from the state of the cases; nobody has decided on them yet",
        "{count}, aus dem Stand der Fälle gebildet; noch von niemandem entschieden",
    ),
    "sheet.to.hand over": ("to {who}", "an {who}"),
    "sheet.to.watch": ("{who} keeps an eye on it", "{who} behält es im Auge"),
    "sheet.to.stays waiting": ("{who} if something comes", "{who}, falls etwas kommt"),
    "sheet.by": ("meanwhile {who}", "unterdessen {who}"),
    "sheet.note": ("Note: {note}", "Hinweis: {note}"),
    "sheet.nothing": ("Nothing happened.", "Es ist nichts geschehen."),
    "group.hand over": ("Handed over", "Übergeben"),
    "group.watch": ("To keep an eye on", "Im Auge behalten"),
    "group.stays waiting": ("Stays waiting", "Wartet weiter"),
    "group.undecided": ("Take back or leave?", "Zurücknehmen oder lassen?"),
    "group.take back": ("Taken back", "Zurückgenommen"),
    "group.leave": ("Left where it is", "Bleibt, wo es ist"),
    "group.joint": ("Done together", "Gemeinsam"),
    "event.status": ("Status: {value}", "Stand: {value}"),
    "event.severity": ("Severity: {value}", "Schweregrad: {value}"),
    "sheet.nobody": ("nobody", "niemand"),
    "sheet.draft": ("draft", "Entwurf"),
    "sheet.step": ("Next step: {step}", "Nächster Schritt: {step}"),
    # -- the monthly review -------------------------------------------------------------------------------------------
    "review.title": ("Review of agreements", "Prüfung der Vereinbarungen"),
    "review.lead": (
        "Dedicated analysts {days}. Departments: {count}.",
        "Feste Ansprechpersonen {days}. Abteilungen: {count}.",
    ),
    "review.none": ("No department had a dedicated analyst.", "Keine Abteilung hatte eine feste Ansprechperson."),
    "review.days": (
        "Days on which the department works: with its contact, with a stand-in or on a swap day, with nobody.",
        "Tage, an denen die Abteilung arbeitet: mit Kontaktperson, mit Vertretung oder am Tauschtag, mit niemandem.",
    ),
    "review.absences": ("Away", "Abwesend"),
    "review.department": ("Department", "Abteilung"),
    "review.contact": ("Contact", "Kontakt"),
    "review.own": ("Contact there", "Kontakt da"),
    "review.stand-in": ("Stand-in", "Vertretung"),
    "review.nobody": ("Nobody", "Niemand"),
    "review.opened": ("Opened", "Eröffnet"),
    "review.solved": ("Solved", "Gelöst"),
    "review.stand-ins": ("Stand-ins", "Vertretungen"),
    "review.parts": ("Also for", "Gilt auch für"),
    "review.queue": ("Queue", "Warteschlange"),
    "review.counts": ("Counts since", "Gilt seit"),
    "review.why": ("Why", "Grund"),
    "review.review": ("To be reviewed", "Zu prüfen am"),
    "review.swap day": ("Swap day", "Tauschtag"),
    "review.spoken": ("Working days", "Arbeitstage"),
    "review.spoken.days": (
        "contact {own}, stand-in {stand_in}, swapped {swap}, nobody {nobody}",
        "Kontakt {own}, Vertretung {stand_in}, getauscht {swap}, niemand {nobody}",
    ),
    "review.cases": ("Cases", "Fälle"),
    "review.cases.figures": (
        "opened {opened}, solved {solved} (by the contact {by_contact}), open at the end {open}",
        "eröffnet {opened}, gelöst {solved} (vom Kontakt {by_contact}), am Ende offen {open}",
    ),
    "review.gap": ("Nobody was there {days}.", "Niemand war da {days}."),
    "review.agreed": ("Agreed on", "Vereinbart"),
    "review.supervisor": ("Supervisor", "Leitung"),
    "review.sponsor": ("Department", "Abteilung"),
    "status.new": ("new", "neu"),
    "status.in progress": ("in progress", "in Arbeit"),
    "status.waiting": ("waiting", "wartet"),
    "status.resolved": ("resolved", "gelöst"),
    "status.closed": ("closed", "geschlossen"),
    "status.cancelled": ("cancelled", "abgebrochen"),
    "status.merged": ("merged", "zusammengeführt"),
    "days.one": ("on {first}", "am {first}"),
    "days.many": ("from {first} to {last}", "vom {first} bis {last}"),
    "days.open": ("from {first} on", "ab {first}"),
}
"""The texts; days in them are written as each language does."""


def days(first: str, last: str, language: str) -> str:
    """Some days within a sentence."""
    key = "days.open" if not last else "days.one" if first == last else "days.many"
    return _text(key, language).format(first=shown(first, language), last=shown(last, language))


def shown(day: str, language: str) -> str:
    """A date for people: `5 Jan 2026`, `05.01.2026`."""
    if not day:
        return ""
    given = date.fromisoformat(day)
    if language[:2] == "de":
        return f"{given:%d.%m.%Y}"
    return f"{given.day} {_MONTHS[given.month - 1]} {given.year}"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sentence(found: Finding, language: str, called: Callable[[bytes], str]) -> str:
    """A finding as a sentence."""
    key = f"cover.{found.code}"
    if found.code == "lacks rights" and isinstance(found.thing, str):
        key += f".{found.thing}"
    return _text(key, language).format(
        department=_named(found.department, called), who=_named(found.who, called), other=_named(found.other, called),
        days=days(found.first, found.last, language) if found.first else "", first=shown(found.first, language),
        count=found.count, thing=_named(found.thing, called),
    )  # fmt: skip


def proposal(found: Finding, language: str, called: Callable[[bytes], str]) -> str:
    """What to do about it ("" when nothing is proposed)."""
    wanted: Proposal | None = found.proposal
    if wanted is None:
        return ""
    key = "propose.primary" if wanted.slot == "primary_id" else f"propose.{wanted.what}"
    return _text(key, language).format(
        who=_named(wanted.who, called), department=_named(found.department, called),
        first=shown(wanted.first, language), last=shown(wanted.last, language),
    )  # fmt: skip


def _named(value: bytes | str | None, called: Callable[[bytes], str]) -> str:
    if isinstance(value, bytes):
        return called(value) or "?"
    return value or ""


def happened(what: str, language: str) -> str:
    """What a sheet tells of a case: something written as it is, an event ("status: waiting") in words."""
    field, _, value = what.partition(": ")
    if field == "status" and f"status.{value}" in COVERAGE:
        return _text("event.status", language).format(value=_text(f"status.{value}", language))
    return _text("event.severity", language).format(value=value) if field == "severity" else what


def alarm_sentence(found: Alarm, language: str, called: Callable[[bytes], str]) -> str:
    """Why nobody seems to be there for a case."""
    key = "alarm.unknown.seen" if found.why == "unknown" and not found.case.unsent else f"alarm.{found.why}"
    return _text(key, language).format(
        department=called(found.case.department), people=", ".join(called(who) for who in found.case.asked)
    )


def news_sentence(
    found: Overwritten, by: str, language: str, called: Callable[[bytes], str], moment: Callable[[int], str]
) -> str:  # fmt: skip
    """How what I planned stands now, and who made it so ("": not known). `moment`: an instant in words."""
    by, now = by or _text("news.somebody", language), found.now
    nobody = _text("sheet.nobody", language)

    def name(row: object) -> str:
        return called(row) if isinstance(row, bytes) else nobody

    if now is None:
        return _text("news.gone", language).format(by=by)
    if found.table == "absence":
        first, last = str(now["from_day"]), str(now["to_day"] or "")
        key = "news.absence.back" if last and last < first else "news.absence"
        return _text(key, language).format(by=by, who=name(now["analyst_id"]), days=days(first, last, language))
    if found.table == "shift":
        return _text("news.shift", language).format(
            by=by, who=name(now["analyst_id"]), from_=moment(now["starts_at"]), to=moment(now["ends_at"])
        )
    others = [name(now[slot]) for slot in ("stand_in1_id", "stand_in2_id") if now[slot] is not None]
    return _text("news.coverage", language).format(
        by=by, department=name(now["department_id"]), who=name(now["primary_id"]), others=", ".join(others) or nobody
    )


def say(key: str, language: str) -> str:
    """The text of a key, its placeholders as they are."""
    return _text(key, language)


def _text(key: str, language: str) -> str:
    return COVERAGE[key][int(language[:2] == "de")]
