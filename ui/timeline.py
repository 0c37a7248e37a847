"""The timeline of a case: what was written, said and done, the newest last.

Newest last, because it reads as the conversation it was, the latest words stand right above the composer where the
answer is written, and news arriving at the end never moves what somebody is reading further up. Opening a case
therefore begins at its end.

In this order: on a lane `timeline_content` makes one HTML page of a case (grouped by day; events small and muted,
several changes of one moment in one line; notes and replies as cards that say in words and colour who sees them). On
the GUI thread `Timeline` shows it: one text document for the whole history is laid out in a few milliseconds, can be
selected and copied across entries, and is read by screen readers. Cards are drawn beneath the text, since HTML in Qt
has no rounded corners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from html import escape
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, QIODevice, QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPen, QResizeEvent, QTextFrame
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.knowledge.links import attachment_address
from app.rendering import Markdown
from app.times import local_date
from app.work.notes import counts_by_itself
from app.work.present import AttachmentLine, CaseView, Entry
from ui import case_words as words
from ui import text
from ui.markdown import CaseBrowser
from ui.tokens import GAP_XS, RADIUS_M, SCALE_SMALL, Tone, colours

SHOWN_AT_FIRST: Final = 60
"""Entries laid out when a case is opened; the link above them shows the rest."""
TAIL: Final = 14
"""Entries that fill the pane: what is painted first. Laying out sixty takes 15 ms, these take 5."""
SAME_MOMENT_MS: Final = 60_000
WIDEST_PICTURE: Final = 720
PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
_BAR: Final = 3
_PAD_LEFT: Final = 17
_PAD_TOP: Final = 8
_MARGINS: Final = 12 + 2 * GAP_XS + 14
"""Right of a picture: the card's padding, the page's margins, a scroll bar."""

translate = QCoreApplication.translate


@dataclass(frozen=True)
class TimelineContent:
    """One page: its HTML, the tone of every card in order, and the pictures it shows as (SHA-256, media type)."""

    html: str
    tones: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()
    earlier: int = 0
    """Entries left out above."""


@dataclass
class _Page:
    """What is written so far."""

    html: list[str] = field(default_factory=list)
    tones: list[str] = field(default_factory=list)

    def card(self, tone: str, head: str, body: str) -> None:
        self.tones.append(tone)
        self.html.append(
            f'<table width="100%" cellspacing="0" cellpadding="0" class="card"><tr><td class="card">'
            f'<p class="head">{head}</p>{body}</td></tr></table><p class="gap">&nbsp;</p>'
        )


def timeline_content(
    view: CaseView,
    markdown: Markdown,
    *,
    severities: Mapping[int, str],
    now: int,
    zone: tzinfo,
    limit: int | None = SHOWN_AT_FIRST,
) -> TimelineContent:
    """The page of a case. `now`: ms UTC, `zone`: the site's. `limit` None shows everything."""
    entries = list(view.entries)
    earlier = 0 if limit is None else max(0, len(entries) - limit)
    page = _Page()
    files: dict[bytes | None, list[AttachmentLine]] = {}
    for line in view.attachments:
        files.setdefault(line.entry_id, []).append(line)
    if earlier:
        more = escape(text.earlier_entries(earlier))
        page.html.append(f'<p class="day"><a href="do:earlier">{more}</a></p>')
    elif view.row["description"]:
        page.html.append(_day(view.row["opened_at"], now, zone))
        page.card("neutral", _opening_head(view, zone), markdown.html(view.row["description"]))
    day = None if earlier or not view.row["description"] else local_date(view.row["opened_at"], zone)
    for group in _groups(entries[earlier:]):
        first = group[0]
        if (today := local_date(first.at, zone)) != day:
            day = today
            page.html.append(_day(first.at, now, zone))
        if first.kind == "event":
            page.html.append(_event_line(view, group, severities, zone))
            if any(e.field == "status" and e.new == "resolved" for e in group) and _is_last_resolution(view, group):
                _solution(page, view, markdown)
        else:
            tone = "requester" if first.audience == "requester" else "internal"
            body = markdown.html(first.text) + _files(files.get(first.id, ()))
            page.card(tone, _entry_head(first, zone), body)
    shown = {h for lines in files.values() for h in (a.sha256 for a in lines if a.media_type in PICTURES)}
    return TimelineContent("".join(page.html), tuple(page.tones), tuple(sorted(shown)), earlier)


def _groups(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries one by one, events of one person at one moment together."""
    out: list[list[Entry]] = []
    for entry in entries:
        last = out[-1][0] if out else None
        if (
            last is not None
            and entry.kind == last.kind == "event"
            and (entry.author, entry.on_behalf_of) == (last.author, last.on_behalf_of)
            and entry.at - last.at < SAME_MOMENT_MS
        ):
            out[-1].append(entry)
        else:
            out.append([entry])
    return out


def _day(at: int, now: int, zone: tzinfo) -> str:
    day, today = local_date(at, zone), local_date(now, zone)
    if day == today:
        said = translate("timeline", "Today")
    elif day == today - timedelta(days=1):
        said = translate("timeline", "Yesterday")
    else:
        said = text.day_in_full(day)
    return f'<p class="day">{escape(said)}</p>'


def _who(entry: Entry) -> str:
    if not entry.author:
        return escape(translate("timeline", "Automatic"))
    if entry.on_behalf_of:
        return escape(
            translate("timeline", "{author} for {absent}").format(author=entry.author, absent=entry.on_behalf_of)
        )
    return escape(entry.author)


def _entry_head(entry: Entry, zone: tzinfo) -> str:
    audience = "requester" if entry.audience == "requester" else "internal"
    parts = [
        f'<span class="author">{_who(entry)}</span>',
        f'<span class="{audience}">{escape(words.entry(entry.kind))} · {escape(words.audience(entry.audience))}</span>',
        f'<span class="time">{escape(text.clock(entry.at, zone))}</span>',
    ]
    if entry.counts:
        counts = escape(translate("timeline", "counts as a response"))
        parts.append(f'<span class="time">{counts}</span>')
    elif counts_by_itself(entry.kind, entry.audience):
        counts = escape(translate("timeline", "does not count as a response"))
        parts.append(f'<span class="time">{counts}</span>')
    return "&nbsp; ".join(parts)


def _opening_head(view: CaseView, zone: tzinfo) -> str:
    who = view.names["requester"] or view.names["place"] or view.names["department"]
    said = " · ".join(part for part in (words.kind(view.row["kind"]), words.channel(view.row["channel"])) if part)
    return "&nbsp; ".join(
        part
        for part in (
            f'<span class="author">{escape(who)}</span>' if who else "",
            f'<span class="time">{escape(said)}</span>',
            f'<span class="time">{escape(text.clock(view.row["opened_at"], zone))}</span>',
        )
        if part
    )


def _is_last_resolution(view: CaseView, group: Sequence[Entry]) -> bool:
    last = [e.at for e in view.entries if e.field == "status" and e.new == "resolved"]
    return bool(view.row["resolution"]) and bool(last) and any(e.at == last[-1] for e in group)


def _solution(page: _Page, view: CaseView, markdown: Markdown) -> None:
    solution = escape(translate("timeline", "Solution"))
    head = f'<span class="ok">{solution}</span>'
    body = markdown.html(view.row["resolution"])
    if view.row["cause"]:
        cause = escape(translate("timeline", "Cause"))
        body += f'<p class="head"><span class="time">{cause}</span></p>{markdown.html(view.row["cause"])}'
    if view.row["permanent_fix_wanted"]:
        wanted = escape(translate("timeline", "A permanent fix is wanted"))
        body += f'<p class="head"><span class="time">{wanted}</span></p>'
    page.card("ok", head, body)


def _files(lines: Iterable[AttachmentLine]) -> str:
    out = []
    for line in lines:
        address = attachment_address(line.sha256)
        picture = f'<br><img src="{address}">' if line.media_type in PICTURES else ""
        out.append(
            f'<p class="file"><a href="{address}">{escape(line.name)}</a> '
            f'<span class="time">{escape(text.size(line.size))}<!--{address}--></span>{picture}</p>'
        )
    return "".join(out)


def _event_line(view: CaseView, group: Sequence[Entry], severities: Mapping[int, str], zone: tzinfo) -> str:
    said = _opened(group, severities) if any(e.field == "opened" for e in group) else _changes(group, severities)
    written = {e.text for e in view.entries if e.kind != "event"}
    why = next((e.text for e in group if e.text and e.text not in written), "")
    if why:
        said.append(f"“{escape(words.reason(why))}”")
    time = f'<span class="time">{escape(text.clock(group[0].at, zone))}</span>'
    return f'<p class="event">{time}&nbsp; {_who(group[0])} · {" · ".join(said)}</p>'


def _opened(group: Sequence[Entry], severities: Mapping[int, str]) -> list[str]:
    new = {e.field: e.new for e in group}
    said = [escape(translate("timeline", "opened the case"))]
    if "severity" in new:
        said.append(escape(_severity(new["severity"], severities)))
    said += [escape(new[name]) for name in ("queue", "work_owner") if new.get(name)]
    # What became of it in the same breath: begun with, solved, or taken back.
    return said + _changes([e for e in group if e.field in ("status", "waiting_on") and e.old], severities)


def _changes(group: Sequence[Entry], severities: Mapping[int, str]) -> list[str]:
    said = []
    waits = next((e.new for e in group if e.field == "waiting_on" and e.new), "")
    for event in group:
        if event.field == "status":
            new = words.waiting_on(waits) if event.new == "waiting" and waits else words.status(event.new)
            said.append(_arrow("status", words.status(event.old), new))
        elif event.field == "waiting_on":
            if event.new and not any(e.field == "status" for e in group):
                said.append(escape(words.waiting_on(event.new)))
        elif event.field == "severity":
            old = _severity(event.old, severities) if event.old else ""
            said.append(_arrow("severity", old, _severity(event.new, severities)))
        elif event.field == "escalated":
            if event.new:
                said.append(_arrow("escalated", "", words.outside(event.new)))
            elif not any(e.field == "status" for e in group):
                said.append(escape(translate("timeline", "back from {whom}").format(whom=words.outside(event.old))))
        elif event.field == "touched":
            said.append(escape(translate("timeline", "touched the case")))
        else:
            said.append(_arrow(event.field, event.old, event.new))
    return said


def _severity(rank: str, severities: Mapping[int, str]) -> str:
    return severities.get(int(rank), rank) if rank.isdigit() else rank


def _arrow(name: str, old: str, new: str) -> str:
    after = new or translate("timeline", "nobody")
    change = f"{escape(old)} → {escape(after)}" if old else escape(after)
    return f"{escape(words.field(name))}: {change}"


def decode_picture(data: bytes, widest: int = WIDEST_PICTURE) -> QImage:
    """A picture no wider than `widest`; a null image when the bytes are none. Any lane."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() > widest:
        reader.setScaledSize(size.scaled(widest, widest * 4, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class Timeline(CaseBrowser):
    """Shows one page; keeps its place when the page is renewed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = TimelineContent("")
        self._words: dict[bytes, str] = {}
        self._areas: list[tuple[QRectF, str]] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(0)
        self.setStyleSheet("Timeline { border: none; border-radius: 0; background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(GAP_XS)
        self.document().documentLayout().documentSizeChanged.connect(self._forget_areas)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._retranslate()
        self._style()

    @property
    def content(self) -> TimelineContent:
        """The page on show."""
        return self._content

    def show_content(self, content: TimelineContent, *, other_case: bool) -> None:
        """Show a page. Of another case: from its end; of the same: where the reader was, with what was selected."""
        if not other_case and content == self._content:
            return
        bar = self.verticalScrollBar()
        at_end, place = bar.value() >= bar.maximum() - 4, bar.value()
        from_end = bar.maximum() - place
        cursor = self.textCursor()
        selected = (cursor.anchor(), cursor.position())
        grew_above = content.earlier < self._content.earlier and not other_case
        self._content = content
        self._set()
        if other_case or at_end:
            self.to_end()
            return
        if selected[0] != selected[1] and max(selected) < self.document().characterCount() and not grew_above:
            cursor = self.textCursor()
            cursor.setPosition(selected[0])
            cursor.setPosition(selected[1], cursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        bar.setValue(bar.maximum() - from_end if grew_above else place)

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        super().show_pictures(pictures)
        self._set_in_place()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture no wider than the page, which can't be scrolled sideways for it."""
        found = super().loadResource(kind, name)
        room = self.viewport().width() - _PAD_LEFT - _MARGINS
        if isinstance(found, QImage) and found.width() > room > 0:
            return found.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return found

    def show_words(self, words: Mapping[bytes, str]) -> None:
        """How it stands with files that are not simply here, by their hash; said beside their names."""
        if words == self._words:
            return
        self._words = dict(words)
        self._set_in_place()

    def to_end(self) -> None:
        """Scroll to the newest entry."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style()
            self._set_in_place()
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        super().resizeEvent(event)
        if at_end:
            self.to_end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        painter.translate(-offset)
        visible = QRectF(self.viewport().rect().translated(offset))
        set_ = colours(QApplication.palette())
        for area, tone in self._cards():
            if not area.intersects(visible):
                continue
            tones = set_.tone(Tone(tone))
            painter.setPen(QPen(QColor(tones.line), 1))
            painter.setBrush(QColor(set_.surface))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_M, RADIUS_M)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.text))
            bar = QRectF(area.left() + 4, area.top() + 7, _BAR, area.height() - 14)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.end()
        super().paintEvent(event)

    def _cards(self) -> list[tuple[QRectF, str]]:
        if self._areas is None:
            layout = self.document().documentLayout()
            frames = [f for f in self.document().rootFrame().childFrames() if isinstance(f, QTextFrame)]
            # Qt tells where the first cell's text begins, not where the table does.
            areas = [layout.frameBoundingRect(frame).translated(-_PAD_LEFT, -_PAD_TOP) for frame in frames]
            self._areas = list(zip(areas, self._content.tones, strict=False))
        return self._areas

    def _forget_areas(self) -> None:
        self._areas = None

    def _set(self) -> None:
        self._areas = None
        html = self._content.html
        for sha256, said in self._words.items():
            html = html.replace(f"<!--{attachment_address(sha256)}-->", f" · {escape(said)}")
        self.setHtml(html)
        self._areas = None

    def _set_in_place(self) -> None:
        """Lay the same page out anew, for other colours or with its pictures."""
        bar = self.verticalScrollBar()
        at_end, place = bar.value() >= bar.maximum() - 4, bar.value()
        self._set()
        if at_end:
            self.to_end()
        else:
            bar.setValue(place)

    def _style(self) -> None:
        set_ = colours(QApplication.palette())
        small = f"{self.font().pointSizeF() * SCALE_SMALL:.2f}pt"
        tones = "".join(
            f".{tone} {{ color: {set_.tone(tone).text}; font-size: {small}; font-weight: 500; }}"
            for tone in ("internal", "requester", "ok")
        )
        self.document().setDefaultStyleSheet(
            f"body {{ color: {set_.text}; }} a {{ color: {set_.tone('accent').text}; }} {tones}"
            f"p {{ margin: 0 0 5px 0; }} ul, ol {{ margin: 0 0 5px 0; -qt-list-indent: 1; }} li {{ margin: 0; }}"
            f"td.card {{ padding: {_PAD_TOP}px 12px 6px {_PAD_LEFT}px; }}"
            f".head {{ margin: 0 0 4px 0; }} .author {{ font-weight: 600; }}"
            f".time {{ color: {set_.muted}; font-size: {small}; }} .file {{ margin: 2px 0 5px 0; }}"
            f".gap {{ font-size: 5px; margin: 0; }}"
            f".day {{ color: {set_.muted}; font-size: {small}; font-weight: 600; margin: 8px 0 6px 0; }}"
            f".event {{ color: {set_.muted}; font-size: {small}; margin: 1px 0 5px 17px; }}"
            f"pre, code {{ font-family: 'IBM Plex Mono'; font-size: {small}; background-color: {set_.hover}; }}"
            f"blockquote {{ color: {set_.muted}; margin: 0 0 5px 12px; }}"
            f"h1, h2, h3, h4, h5, h6 {{ font-size: {self.font().pointSizeF():.2f}pt; font-weight: 600; }}"
            f"th {{ font-weight: 600; padding: 2px 8px 2px 0; }}"
        )

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Timeline"))
