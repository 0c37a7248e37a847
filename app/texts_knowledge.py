"""Words of a printed article: (English, German)."""

from __future__ import annotations

from typing import Final

KNOWLEDGE: Final[dict[str, tuple[str, str]]] = {
    "article.number": ("Article {number}", "Artikel {number}"),
    "article.subject": ("Article, {title}", "Artikel, {title}"),
    "article.problem": ("Problem", "Problem"),
    "article.cause": ("Cause", "Ursache"),
    "article.solution": ("Solution", "Lösung"),
    "article.files": ("Files that belong to it", "Dateien dazu"),
    "article.products": ("Products", "Produkte"),
    "article.tags": ("Tags", "Schlagwörter"),
    "article.owner": ("Owner", "Zuständig"),
    "article.readers": ("For", "Für"),
    "article.changed": ("Changed", "Geändert"),
    "article.review": ("Review by", "Prüfen bis"),
    "article.helped": ("Helped in", "Half in"),
    "article.cases": ("{helped} of {tried} cases", "{helped} von {tried} Fällen"),
    "article.missing": ("[picture on the drive: {name}]", "[Bild auf dem Laufwerk: {name}]"),
    "article.picture": ("[picture: {name}]", "[Bild: {name}]"),
    "article.link": ("{words} (article {number})", "{words} (Artikel {number})"),
    "article.state.rough": ("rough", "Entwurf"),
    "article.state.generic": ("generic", "allgemein"),
    "article.state.reviewed": ("reviewed", "geprüft"),
    "article.state.published": ("published", "veröffentlicht"),
    "article.state.archived": ("archived", "archiviert"),
    "article.audience.team": ("the help desk", "den Helpdesk"),
    "article.audience.IT": ("all of IT", "die gesamte IT"),
    "article.audience.departments": ("{departments}", "{departments}"),
    "article.audience.everyone": ("everyone", "alle"),
}
