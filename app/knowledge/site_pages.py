"""The pages of the static site as HTML: no script but the search, nothing that is not beside them.

Every text of a person is escaped or goes through app.rendering; a policy in each page forbids the browser whatever does
not lie in the same folder, should anything slip through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from app import times
from app.knowledge.links import article_code
from app.knowledge.reading import WholeArticle
from app.rendering import Markdown
from app.texts import LANGUAGES, Texts
from db.search_index import fold_text

_POLICY: Final = "default-src 'none'; img-src 'self' file:; style-src 'self' file:; script-src 'self' file:"
_NAMES: Final = {"en": "English", "de": "Deutsch"}
_QUIET: Final = 4
"""Modules of white around a QR code, as its standard asks."""


@dataclass(frozen=True)
class Desk:
    """What every page says about the desk. `place`: where the reader sits, "" where the site is for many places."""

    name: str
    phone: str
    place: str
    zone: str


def page_name(article: WholeArticle) -> str:
    """The file of an article: its title for people, its number so that a new title of another one can't take it."""
    words = re.sub(r"[^a-z0-9]+", "-", fold_text(article.text.title)).strip("-")[:60].strip("-")
    return f"{words or 'article'}-{code(article)}.html"


def code(article: WholeArticle) -> str:
    """The number of an article for people."""
    return article_code(article.text.id)


def index_name(language: str) -> str:
    """The list of one language."""
    return f"index-{language}.html"


def article_page(article: WholeArticle, desk: Desk, languages: Sequence[str],
                 resolve: Callable[[str], str | None]) -> str:  # fmt: skip
    """One article."""
    texts = Texts(article.text.language)
    markdown = Markdown(resolve)
    parts = []
    for key, words in (
        ("site.problem", article.text.problem),
        ("site.cause", article.text.cause),
        ("site.solution", article.text.solution),
    ):
        if words.strip():
            parts.append(f"<h2>{escape(texts(key))}</h2>\n{_lower_headings(markdown.html(words))}")
    day = times.local_date(article.line.updated_at, times.zone(desk.zone))
    facts = [*article.line.products, *article.line.tags, texts("site.changed", day=texts.day(day))]
    body = (
        f"<article>\n<h1>{escape(article.text.title)}</h1>\n<p class=facts>{escape(' · '.join(facts))}</p>\n"
        f"{''.join(parts)}</article>\n{_help(texts, desk, code(article))}"
    )
    return _page(article.text.title, body, texts, desk, languages)


def index_page(language: str, articles: Sequence[WholeArticle], desk: Desk, languages: Sequence[str]) -> str:
    """All articles of one language by product, with the search above them."""
    texts = Texts(language)
    groups: dict[str, list[WholeArticle]] = {}
    for one in articles:
        for product in one.line.products or ("",):
            groups.setdefault(product, []).append(one)
    listed = []
    for product in sorted(groups, key=lambda name: (not name, fold_text(name))):
        items = "".join(
            f'<li><a href="{page_name(one)}">{escape(one.text.title)}</a></li>\n' for one in groups[product]
        )
        listed.append(f"<h2>{escape(product or texts('site.other'))}</h2>\n<ul class=articles>\n{items}</ul>\n")
    title = texts("site.title", desk=desk.name)
    nothing = f"<p>{escape(texts('site.none'))}</p>"
    body = (
        f"<h1>{escape(title)}</h1>\n<form class=search id=search role=search>\n"
        f"<label for=words>{escape(texts('site.search'))}</label>\n"
        f"<input id=words type=search autocomplete=off autofocus aria-describedby=hint>\n"
        f"<p class=muted id=hint>{escape(texts('site.hint'))}</p></form>\n"
        f"<p id=said role=status></p>\n<ul class=articles id=found></ul>\n<section id=all>\n"
        f"<h2 hidden>{escape(texts('site.all'))}</h2>\n"
        f"{''.join(listed) or nothing}</section>\n{_help(texts, desk, '')}"
        f'<script src="articles-{language}.js"></script>\n<script src="search.js"></script>\n'
    )
    return _page(title, body, texts, desk, languages)


def search_data(language: str, articles: Sequence[WholeArticle]) -> str:
    """What the search looks in. A script, not JSON: a page on a drive may not read files."""
    texts = Texts(language)
    entries = [
        {
            "title": one.text.title,
            "page": page_name(one),
            "names": " ".join((*one.line.products, *one.line.tags, code(one), *(f.name for f in one.attachments))),
            "text": _plain(" ".join((one.text.problem, one.text.cause, one.text.solution))),
        }
        for one in articles
    ]
    data: dict[str, Any] = {
        "articles": entries, "count": texts("site.count", n="{n}"), "nothing": texts("site.nothing")
    }  # fmt: skip
    return f"window.HALLDESK_ARTICLES = {json.dumps(data, ensure_ascii=True)};\n"


def qr_svg(text: str, label: str) -> str:
    """A QR code as a drawing in the page."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    made: Any = QrCodeWidget(text, barLevel="M").qr  # type: ignore[attr-defined]
    made.make()
    count = made.getModuleCount()
    dark = "".join(
        f"M{column + _QUIET} {row + _QUIET}h1v1h-1z"
        for row in range(count)
        for column in range(count)
        if made.isDark(row, column)
    )
    whole = count + 2 * _QUIET
    return (
        f'<svg viewBox="0 0 {whole} {whole}" role=img aria-label="{escape(label)}" shape-rendering=crispEdges>'
        f'<path fill="#fff" d="M0 0h{whole}v{whole}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )


def qr_text(number: str, desk: Desk) -> str:
    """What a code says: the article and the place, for people as well as for a scanner at the desk."""
    parts = ["Halldesk"]
    if number:
        parts.append(f"article:{number}")
    if desk.place:
        parts.append(f"place:{desk.place}")
    return "\n".join(parts)


def _help(texts: Texts, desk: Desk, number: str) -> str:
    lines = []
    if desk.phone:
        dialled = re.sub(r"[^0-9+]", "", desk.phone)
        lines.append(
            f"<p>{escape(texts('site.call', desk=desk.name))}<br>"
            f'<a class=phone href="tel:{dialled}">{escape(desk.phone)}</a></p>'
        )
    if number:
        lines.append(f"<p>{escape(texts('site.say', code=number))}</p>")
    if desk.place:
        lines.append(f"<p>{escape(texts('site.place', place=desk.place))}</p>")
    picture = qr_svg(qr_text(number, desk), texts("site.code")) if number or desk.place else ""
    return (
        f"<aside class=help aria-labelledby=help>\n<div><h2 id=help>{escape(texts('site.help'))}</h2>\n"
        f"{''.join(lines)}</div>\n{picture}</aside>\n"
    )


def _page(title: str, body: str, texts: Texts, desk: Desk, languages: Sequence[str]) -> str:
    others = " ".join(
        f'<a href="{index_name(one)}" lang={one} hreflang={one}>{_NAMES[one]}</a>'
        for one in LANGUAGES
        if one in languages
    )
    return (
        f"<!doctype html>\n<html lang={texts.language}>\n<head>\n<meta charset=utf-8>\n"
        f'<meta http-equiv=Content-Security-Policy content="{_POLICY}">\n'
        '<meta name=viewport content="width=device-width, initial-scale=1">\n<meta name=referrer content=no-referrer>\n'
        f"<title>{escape(title)}</title>\n<link rel=stylesheet href=site.css>\n</head>\n<body>\n"
        f'<a class=skip href="#text">{escape(texts("site.skip"))}</a>\n<header>'
        f'<a class=desk href="{index_name(texts.language)}">{escape(texts("site.title", desk=desk.name))}</a>'
        f'<nav aria-label="{escape(texts("site.languages"))}">{others}</nav></header>\n'
        f"<main id=text>\n{body}</main>\n</body>\n</html>\n"
    )


def _lower_headings(html: str) -> str:
    """Headings of a text stand below those of the page."""
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(6, int(m[2]) + 2)}>", html)


def _plain(markdown: str) -> str:
    """The words of a text without its marks and addresses, for the search and its excerpts."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\s+", " ", re.sub(r"[#>|]+", " ", re.sub(r"[*_`]+", "", text))).strip()
