"""The head of a case: everything that must be seen at a glance, and the verbs that are possible now.

From top to bottom: number, status, severity, tier; the title, edited where it stands; both clocks; the next step with
who and when, amber when it is missing; who asked, who speaks with them, who works on it, where it waits and why; and a
bar of verbs, the likeliest first, of which those without room go into the menu at its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.work.holds import MANY_HOPS
from app.work.present import CaseView
from db.rules import OPEN_STATUSES
from ui import case_words as words
from ui import text
from ui.actions import ACTIONS, plain, translated
from ui.clock_view import ClockView
from ui.icons import icon
from ui.in_place import ClashStrip, InPlaceText
from ui.next_step import NextStepRow
from ui.presence import PresenceLine
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.pill import Pill

_ROWS: Final = {row.id: row for row in ACTIONS}
TICK_MS: Final = 30_000

CLOSE, BACK_TO_WORK, CANCEL, ASK = "case.close", "case.work", "case.cancel", "case.wait"


def verbs_of(view: CaseView, me: bytes) -> list[str]:
    """The verbs that make sense in this status, the likeliest first."""
    status, owner = view.row["status"], view.row["work_owner_id"]
    if status == "merged":
        return ["case.unmerge"]
    if status in ("resolved", "closed", "cancelled", "merged"):
        return ([CLOSE] if status == "resolved" else []) + ["case.reopen"]
    verbs = ["case.claim"] if owner is None else []
    if status == "waiting":
        verbs.append(BACK_TO_WORK)
    verbs += ["case.resolve", "case.hand_over", "case.escalate"]
    if status != "waiting":
        verbs.append(ASK)
    if view.hold is not None and view.hold.left_ms <= 0:
        # The queue's own rule says that it should go on; that is the likeliest now.
        verbs = ["case.escalate", *(verb for verb in verbs if verb != "case.escalate")]
    return [*verbs, CANCEL]


def rare_verbs_of(view: CaseView, me: bytes, my_name: str) -> list[str]:
    """Verbs for the menu at the end of the bar."""
    row = view.row
    is_open = row["status"] in OPEN_STATUSES
    had_it = any(e.field == "work_owner" and e.old == my_name for e in view.entries)
    has_parts = any(link.kind == "child" and not link.outgoing for link in view.links)
    verbs: list[str] = []
    if is_open and row["work_owner_id"] != me and (row["contact_owner_id"] == me or had_it):
        verbs.append("case.take_back")
    if is_open and (row["tier"] > 1 or row["escalated_to"] is not None):
        verbs.append("case.de_escalate")
    if has_parts:
        verbs += ["case.broadcast", "case.close_all"]
    if row["kind"] == "problem" and is_open:
        verbs.append("case.workaround")
    if row["status"] in ("resolved", "closed"):
        verbs += ["case.rate", "case.article"]
    if row["status"] != "merged":
        verbs += ["case.merge", "case.link"]
    return [*verbs, "case.remind", *(["case.snooze"] if is_open else [])]


class Fact(QWidget):
    """A value behind its caption, or behind a drawing where a long value needs the caption's room."""

    def __init__(self, drawing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_XS + 2)
        self._caption, self._value = PlainLabel("", "small"), ElidedLabel()
        self._drawing = IconLabel(drawing, side=14) if drawing else None
        row.addWidget(self._caption if self._drawing is None else self._drawing)
        row.addWidget(self._value, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_as(self, caption: str, value: str, missing: str = "") -> None:
        """`missing` is said, muted, where there is no value."""
        self._caption.setText(caption)
        self._value.setText(value or missing)
        self._value.setRole("text" if value else "muted")
        self.setAccessibleName(f"{caption}: {value or missing}")
        if self._drawing is not None:
            self._drawing.setToolTip(caption)

    @property
    def is_cut(self) -> bool:
        """Whether part of the value is hidden."""
        return self._value.is_elided()


class VerbBar(QWidget):
    """Buttons for verbs; those without room stand in the menu at the end, with the rarer ones."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verbs: list[str] = []
        self._rare: list[str] = []
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_XS)
        self._more = QToolButton()
        self._more.setIcon(icon("more"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._more.setMenu(self._menu)
        self._row.addStretch(1)
        self._row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_verbs(self, verbs: Sequence[str], rare: Sequence[str]) -> None:
        """Offer these; the first is the primary one."""
        if list(verbs) == self._verbs and list(rare) == self._rare:
            return
        self._verbs, self._rare = list(verbs), list(rare)
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for position, verb in enumerate(self._verbs):
            button = QPushButton()
            button.setAutoDefault(False)
            button.setProperty("look", "primary" if position == 0 else "quiet")
            button.setIcon(icon(verb_icon(verb), "on_accent" if position == 0 else "text"))
            button.clicked.connect(lambda _checked=False, verb=verb: self.wanted.emit(verb))
            self._row.insertWidget(position, button)
            self._buttons[verb] = button
        self.retranslate()

    def order_after(self, before: QWidget) -> None:
        """Put the buttons after this widget in the order of the Tab key."""
        for widget in (*self._buttons.values(), self._more):
            QWidget.setTabOrder(before, widget)
            before = widget

    def button(self, verb: str) -> QPushButton | None:
        """The button of a verb, if it is offered."""
        return self._buttons.get(verb)

    def retranslate(self) -> None:
        """Say everything again in the language that is on."""
        for verb, button in self._buttons.items():
            button.setText(verb_text(verb))
            keys = _ROWS[verb].keys if verb in _ROWS else ()
            button.setToolTip(f"{verb_text(verb)} ({keys[0]})" if keys else verb_text(verb))
        self._more.setToolTip(self.tr("More"))
        self._more.setAccessibleName(self.tr("More"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        heights = [button.sizeHint().height() for button in self._buttons.values()]
        return QSize(200, max(self._more.sizeHint().height(), *heights) if heights else self._more.sizeHint().height())

    def _fit(self) -> None:
        room = self.width() - self._more.sizeHint().width() - GAP_S
        for button in self._buttons.values():
            room -= button.sizeHint().width() + GAP_XS
            button.setVisible(room >= 0)

    def _fill(self) -> None:
        self._menu.clear()
        hidden = [verb for verb, button in self._buttons.items() if button.isHidden()]
        for verb in [*hidden, "", *self._rare]:
            if not verb:
                self._menu.addSeparator()
                continue
            action = self._menu.addAction(icon(verb_icon(verb)), verb_text(verb))
            action.triggered.connect(lambda _checked=False, verb=verb: self.wanted.emit(verb))


def verb_text(verb: str) -> str:
    """What a verb is called in the table of actions."""
    return plain(translated(_ROWS[verb].text))


def verb_icon(verb: str) -> str:
    """The drawing of a verb."""
    return _ROWS[verb].icon


class CaseHead(QWidget):
    """Shows one case's head. What is wanted is said by signals; the editor carries it out."""

    verb_wanted = Signal(str)
    severity_chosen = Signal(int)
    title_kept = Signal(str)
    requester_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._view: CaseView | None = None
        self._severities: Mapping[int, str] = {}
        self._zone: tzinfo = services.zone
        self._number = PlainLabel("", "muted")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._status, self._tier, self._major = Pill(), Pill(), Pill()
        self._severity = QToolButton()
        self._severity.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._severity.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._severity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._severity_menu = QMenu(self)
        self._severity_menu.aboutToShow.connect(self._fill_severities)
        self._severity.setMenu(self._severity_menu)
        self._opened = ElidedLabel("", role="muted")
        self.title = InPlaceText("", large=True)
        self.title.kept.connect(self.title_kept)
        self.response, self.fix = ClockView("response"), ClockView("fix")
        self.next_step = NextStepRow(services)
        self._facts = {"requester": Fact("user"), "queue": Fact("queues"), "contact": Fact(), "work": Fact()}
        self.presence = PresenceLine(services.presence)
        self.clash = ClashStrip()
        self.verbs = VerbBar()
        self.verbs.wanted.connect(self.verb_wanted)
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell_time)
        self._retranslate()

    def show_view(self, view: CaseView, severities: Mapping[int, str], now: int) -> None:
        """Show the case as it is at `now` (ms UTC)."""
        self._view, self._severities = view, severities
        row, names = view.row, view.names
        self.presence.show_case(view.id)
        provisional = view.number is None
        self._number.setText(view.label if provisional else f"#{view.label}")
        self._number.setToolTip(self.tr("Gets its number when the drive is reached") if provisional else "")
        tone, drawing = words.STATUS_LOOKS.get(row["status"], (Tone.NEUTRAL, ""))
        waits = row["status"] == "waiting" and row["waiting_on"]
        self._status.show_as(
            words.waiting_on(row["waiting_on"]) if waits else words.status(row["status"]), tone, drawing
        )
        rank = row["severity"]
        self._severity.setIcon(icon(words.severity_icon(rank), words.severity_tone(rank)))
        self._severity.setText(severities.get(rank, str(rank)))
        self._severity.setAccessibleName(self.tr("Severity: {name}").format(name=severities.get(rank, str(rank))))
        self._tier.show_as(self.tr("Tier {number}").format(number=row["tier"]), Tone.NEUTRAL)
        self._major.setVisible(bool(row["major"]))
        self._opened.setText(
            " · ".join(
                (
                    *self._on_its_way(view),
                    # The last is cut where room is short; the kind is what one misses least.
                    text.ago(row["opened_at"], now, self._zone),
                    words.channel(row["channel"]),
                    words.kind(row["kind"]),
                )
            )
        )
        self._opened.setRole("text" if view.hold is not None and view.hold.left_ms <= 0 else "muted")
        self.title.set_value(row["title"])
        self.response.show_clock(view.response, now, self._zone)
        self.fix.show_clock(view.fix, now, self._zone)
        self.next_step.show_view(view, now)
        asked = names["requester"] or names["place"] or names["asset"]
        phone = names["requester_phone"]
        self._show_fact("requester", " · ".join(part for part in (asked, phone) if part))
        self._show_fact("contact", names["contact_owner"])
        self._show_fact("work", names["work_owner"])
        reason = words.reason(row["route_reason"]) if row["route_reason"] else ""
        self._show_fact("queue", " · ".join(part for part in (names["queue"], reason) if part))
        watching = self._services.desk.me in view.watchers
        verbs = verbs_of(view, self._services.desk.me)
        me = self._services.desk.me
        rare = rare_verbs_of(view, me, self._services.desk.directory.name("analyst", me))
        rare += [v for v in verbs if v == CANCEL] + ["case.unwatch" if watching else "case.watch", "case.copy_number"]
        self.verbs.set_verbs([v for v in verbs if v != CANCEL], ["case.time", "case.attach", *rare])
        self.verbs.order_after(self.next_step.when)
        self._tick.start()

    def _on_its_way(self, view: CaseView) -> list[str]:
        """What is to be said about where it went and where it should go: "20 min left, then Second line"."""
        said: list[str] = []
        if view.hold is not None:
            then = self._services.desk.directory.name("queue", view.hold.then) or self.tr("the next tier")
            left = text.worked(abs(view.hold.left_ms))
            if view.hold.left_ms > 0:
                said.append(self.tr("{time} left, then {queue}").format(time=left, queue=then))
            else:
                said.append(self.tr("{time} over, on to {queue}").format(time=left, queue=then))
        if view.row["escalated_to"]:
            whom = words.outside(view.row["escalated_to"])
            number = f" ({view.row['escalated_ref']})" if view.row["escalated_ref"] else ""
            said.append(self.tr("With {whom}").format(whom=whom) + number)
        if view.row["hops"] >= MANY_HOPS:
            said.append(self.tr("went through %n hand(s)", "", view.row["hops"] + 1))
        return said

    def open_severities(self) -> None:
        """Ask for the severity."""
        self._severity.showMenu()

    def _show_fact(self, name: str, value: str) -> None:
        captions = {"requester": self.tr("Requester"), "contact": self.tr("Contact"), "work": self.tr("Work"),
                    "queue": self.tr("Queue")}  # fmt: skip
        missing = self.tr("not known") if name == "requester" else self.tr("nobody yet")
        self._facts[name].show_as(captions[name], value, missing)

    def _fill_severities(self) -> None:
        self._severity_menu.clear()
        current = self._view.row["severity"] if self._view else None
        for rank, name in self._severities.items():
            action = self._severity_menu.addAction(
                icon(words.severity_icon(rank), words.severity_tone(rank)), f"&{rank}  {name}"
            )
            action.setEnabled(rank != current)
            action.triggered.connect(lambda _checked=False, rank=rank: self.severity_chosen.emit(rank))

    def _tell_time(self) -> None:
        now = self._services.now()
        self.response.tick(now)
        self.fix.tick(now)
        if self._view is not None:
            self.next_step.show_view(self._view, now)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        column.setSpacing(GAP_XS)
        top = QHBoxLayout()
        top.setSpacing(GAP_S)
        for widget in (self._number, self._status, self._severity, self._tier, self._major):
            top.addWidget(widget)
        top.addWidget(self._opened, 1)
        clocks = QHBoxLayout()
        clocks.setSpacing(GAP_M)
        clocks.addWidget(self.response, 1)
        clocks.addWidget(self.fix, 1)
        facts = QGridLayout()
        facts.setHorizontalSpacing(GAP_M)
        facts.setVerticalSpacing(2)
        for place, fact in enumerate(self._facts.values()):
            facts.addWidget(fact, place // 2, place % 2)
        # A name with a telephone number is longer than a queue, and is what one needs to read.
        facts.setColumnStretch(0, 5)
        facts.setColumnStretch(1, 4)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(clocks)
        column.addWidget(self.next_step)
        column.addLayout(facts)
        column.addWidget(self.clash)
        column.addSpacing(2)
        column.addWidget(self.verbs)
        # Last: who comes and goes must not move a button that somebody is about to press.
        column.addWidget(self.presence)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.title.setAccessibleName(self.tr("Title"))
        self._severity.setToolTip(self.tr("Change the severity"))
        self._major.show_as(self.tr("Major incident"), Tone.DANGER, "broadcast")
        self.verbs.retranslate()
        if self._view is not None:
            self.show_view(self._view, self._severities, self._services.now())
