"""How the drive is: the last rounds, how fast they were, what lies there, who else is there, and the doctor.

Everything shown is known already (ui.drive_news, ui.presence) or read on a lane when the page is opened and every ten
seconds while it is seen. "Copy report" gives all of it as text, for whoever looks after the server.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.address import is_url
from db.findings import SLOW_POLL_MS
from ui import text
from ui.case_deeds import open_dialog
from ui.drive_check import DriveCheck
from ui.drive_news import Look, Reach
from ui.drive_trouble import DriveTrouble
from ui.icons import icon
from ui.log_check import LogCheck
from ui.presence import doing_word
from ui.services import Services, Writing
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, colours
from ui.widgets.blocks import SectionHeader
from ui.widgets.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from app.drive_facts import DriveFacts

READ_EVERY_MS: Final = 10_000
TREND_HEIGHT: Final = 44
FEWEST_BARS: Final = 60
WIDEST: Final = 1100
"""Pixels: on a large screen a name must not stand a metre from its value."""


class Trend(QWidget):
    """How long each of the last looks took, a bar each, the newest at the right; those without an answer reach the top.

    Bars, for the looks are single events: a line between two of them shows times that nothing ever took.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks: list[Look] = []
        self.setFixedHeight(TREND_HEIGHT)
        self.setMinimumWidth(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_looks(self, looks: Sequence[Look], said: str) -> None:
        """Show these, the newest at the right; `said` is the same in words."""
        self._looks = list(looks)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, TREND_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        set_ = colours(self.palette())
        area = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(QPen(QColor(set_.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        # Never finer than what is slow: on a fast drive all bars are low, and look it.
        most = max([look.took_ms for look in self._looks] + [SLOW_POLL_MS])
        step = area.width() / max(len(self._looks), FEWEST_BARS)
        for age, look in enumerate(reversed(self._looks)):
            silent = look.reach is Reach.UNREACHABLE
            height = area.height() if silent else max(1.5, area.height() * min(1.0, look.took_ms / most))
            bar = QRectF(area.right() - (age + 1) * step, area.bottom() - height, max(step - 1.0, 1.0), height)
            painter.fillRect(bar, set_.color("warning" if silent or look.took_ms > SLOW_POLL_MS else "focus"))
        painter.end()


class DriveHealth(QWidget):
    """The page; it stands in a dialog or among others."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._facts: DriveFacts | None = None
        self._rows: dict[str, tuple[PlainLabel, ElidedLabel]] = {}
        self._again = QTimer(self)
        self._again.setInterval(READ_EVERY_MS)
        self._again.timeout.connect(self._read)
        self._build()
        services.drive.changed.connect(self._say)
        services.drive.looked.connect(self._say)
        services.presence.changed.connect(self._say)
        self._retranslate()

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_L)
        column.setSpacing(GAP_S)
        self._title = PlainLabel("", "title")
        column.addWidget(self._title)
        self.trouble = DriveTrouble(self._services.zone)
        self.trouble.elsewhere_asked.connect(self._ask_where)
        self.trouble.back_asked.connect(self._ask_back)
        self.trouble.giving_up_asked.connect(self._ask_to_give_up)
        column.addWidget(self.trouble)
        self._store_head = SectionHeader("")
        self.sync = QPushButton()
        self.sync.setIcon(icon("sync"))
        self.sync.clicked.connect(self._services.drive.sync_asked)
        self.copy = QPushButton()
        self.copy.setIcon(icon("copy"))
        self.copy.clicked.connect(self._copy)
        self.elsewhere = QPushButton()
        self.elsewhere.clicked.connect(self._ask_where)
        for button in (self.sync, self.copy, self.elsewhere):
            button.setAutoDefault(False)
            self._store_head.add_control(button)
        column.addWidget(self._store_head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_M)
        grid.setVerticalSpacing(GAP_XS)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        for number, key in enumerate(
            ("where", "state", "round", "news", "entries", "packed", "waiting", "own", "trend")
        ):
            name, value = PlainLabel("", "muted"), ElidedLabel()
            self._rows[key] = (name, value)
            line, side = number // 2, number % 2 * 2
            grid.addWidget(name, line, side)
            # The last has a line of its own, and needs it where it says that the drive is slow.
            grid.addWidget(value, line, side + 1, 1, 3 if key == "trend" else 1)
        column.addLayout(grid)
        self.trend = Trend()
        column.addWidget(self.trend)
        self._there_head = SectionHeader("")
        column.addWidget(self._there_head)
        self.there = QTableWidget(0, 5)
        self.there.verticalHeader().hide()
        self.there.setShowGrid(False)
        self.there.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.there.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.there.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.there.setTabKeyNavigation(False)
        header = self.there.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place in range(5):
            mode = QHeaderView.ResizeMode.Stretch if place in (0, 1) else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
        column.addWidget(self.there)
        self._doctor_head = SectionHeader("")
        self.examine = QPushButton()
        self.examine.setIcon(icon("search"))
        self.examine.setAutoDefault(False)
        self.examine.clicked.connect(self._examine)
        self._doctor_head.add_control(self.examine)
        column.addWidget(self._doctor_head)
        self.check = DriveCheck(self._services.lanes, self._services.lanes.sync, whole=True)
        self.check.finished.connect(lambda _good: self._say())
        self.check.hide()
        column.addWidget(self.check)
        self._no_check = PlainLabel("", "muted")
        self._no_check.setWordWrap(True)
        column.addWidget(self._no_check)
        self.log = LogCheck(self._services)
        column.addWidget(self.log)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._area = area
        self.setFocusProxy(self.examine)

    # -- reading ------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        self.check.stop()
        super().hideEvent(event)

    def _read(self) -> None:
        if not self._services.lanes.closed:
            self._services.lanes.sync.submit(
                _facts, self._services.writing, done=self._know, owner=self, key=("drive health", id(self))
            )

    def _know(self, facts: DriveFacts) -> None:
        self._facts = facts
        self._say()

    def _examine(self) -> None:
        self._no_check.hide()
        self.check.show()
        self.check.start(self._services.desk.where, self._services.desk.profile.folder)

    def _ask_where(self) -> None:
        from ui.moved_place import MovedPlace

        dialog = MovedPlace(self._services, self.window())
        dialog.accepted.connect(self._moved)
        open_dialog(dialog)

    def _moved(self) -> None:
        self.check.clear()
        self.check.hide()
        self._no_check.show()
        self._read()
        self._retranslate()

    def _ask_back(self) -> None:
        from ui.coming_back import ComingBack

        open_dialog(ComingBack(self._services, self.window()))

    def _ask_to_give_up(self) -> None:
        """For everybody and for good: that is asked once more."""
        box = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Give up what nobody has"),
            self.tr("Go on without the entry that is damaged or missing?"), QMessageBox.StandardButton.Cancel, self,
        )  # fmt: skip
        box.setInformativeText(
            self.tr(
                "First let every workstation come on: whoever has it puts it back by itself. Who has it after all "
                "sends the changes in it again."
            )
        )
        yes = box.addButton(self.tr("Give it up"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(lambda: self._services.run(lambda desk: desk.repair(), done=self._given_up, waits=True))
        box.open()

    def _given_up(self, seq: int) -> None:
        self._services.notices.done(
            self.tr("Entry {number} was given up; the log goes on.").format(number=text.number(seq))
            if seq
            else self.tr("Nothing is damaged or missing any more.")
        )
        self._services.drive.sync_asked.emit()

    # -- showing ------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Drive health"))
        self.setAccessibleName(self.tr("Drive health"))
        self._area.setAccessibleName(self.tr("Drive health"))
        self._title.setText(self.tr("Drive health"))
        self._store_head.set_text(self.tr("Shared store"))
        self.sync.setText(self.tr("Synchronise now"))
        self.copy.setText(self.tr("Copy report"))
        self.elsewhere.setText(self.tr("It is elsewhere now…"))
        of_database = is_url(self._services.desk.where)
        self.examine.setText(self.tr("Check the database") if of_database else self.tr("Check the drive"))
        self._doctor_head.set_text(self.tr("Doctor"))
        self._no_check.setText(
            self.tr("Tries everything the shared log relies on. It takes a moment.")
            if of_database
            else self.tr("Tries everything the shared log relies on, in a folder of its own. It takes a few seconds.")
        )
        self.there.setAccessibleName(self.tr("Workstations that are there"))
        self.there.setHorizontalHeaderLabels(
            [self.tr("Who"), self.tr("Workstation"), self.tr("Doing"), self.tr("Version"), self.tr("Last seen")]
        )
        names = {
            "where": self.tr("Place"),
            "state": self.tr("State"),
            "round": self.tr("Last exchange"),
            "news": self.tr("News"),
            "entries": self.tr("Entries"),
            "packed": self.tr("Snapshots, packs"),
            "waiting": self.tr("Waiting"),
            "own": self.tr("Own copy"),
            "trend": self.tr("Answers in"),
        }
        for key, (name, _value) in self._rows.items():
            name.setText(names[key])
        self._say()

    def _say(self) -> None:
        self.trouble.show_state(self._services.drive.state, self._facts is not None and self._facts.administers)
        self.elsewhere.setVisible(self.trouble.button.isHidden() or self.trouble.isHidden())
        values = self._values()
        for key, (name, value) in self._rows.items():
            value.setText(values[key])
            value.setAccessibleName(f"{name.text()}: {values[key]}")
        self.trend.show_looks(self._services.drive.looks, values["trend"])
        everybody = self._services.presence.everybody
        self._there_head.set_text(self.tr("Workstations"), text.number(len(everybody)))
        zone, now = self._services.zone, self._services.now()
        self.there.setRowCount(max(1, len(everybody)))
        self.there.clearSpans()
        if not everybody:
            self.there.setItem(0, 0, QTableWidgetItem(self.tr("Nobody else is there now.")))
            self.there.setSpan(0, 0, 1, 5)
        for row, one in enumerate(everybody):
            behind = self._facts.head - one.seq if self._facts is not None else 0
            seen = text.ago(one.at, now, zone)
            if behind > 0:
                seen = self.tr("{time}, %n behind", "", behind).format(time=seen)
            for place, words in enumerate((one.name, one.workstation, doing_word(one), one.version, seen)):
                self.there.setItem(row, place, QTableWidgetItem(words))
        rows = min(max(1, len(everybody)), 6)
        height = self.there.horizontalHeader().sizeHint().height() + rows * self.there.rowHeight(0) + 4
        self.there.setFixedHeight(height)

    def _values(self) -> dict[str, str]:
        drive, facts, zone = self._services.drive, self._facts, self._services.zone
        state, last = drive.state, drive.last_round
        reach = {
            Reach.UNKNOWN: self.tr("not asked yet"),
            Reach.OK: self.tr("in step"),
            Reach.UNREACHABLE: self.tr("not reachable"),
            Reach.FULL: self.tr("full"),
            Reach.OLD: self.tr("Halldesk outdated"),
            Reach.REVOKED: self.tr("revoked"),
            Reach.COPIED: self.tr("in use twice"),
            Reach.KEYLESS: self.tr("key missing"),
            Reach.LOCKED: self.tr("wants a password"),
            Reach.TROUBLE: self.tr("held up"),
            Reach.STUCK: self.tr("held up"),
        }[state.reach]
        if state.synced_at is not None:
            at = text.clock(state.synced_at, zone, seconds=True)
            reach = self.tr("{state}, last in step {time}").format(state=reach, time=at)
        moved = self.tr("nothing since the start")
        if last is not None:
            moved = self.tr("{time}: {sent} sent, {received} received in {ms} ms").format(
                time=text.clock(last.at, zone, seconds=True), sent=last.published, received=last.applied,
                ms=text.number(round(last.took_ms)),
            )  # fmt: skip
        looks = [look.took_ms for look in drive.looks if look.reach is Reach.OK]
        trend = self.tr("no answer yet")
        if looks:
            usual = statistics.median(looks)
            trend = (
                self.tr("usually {usual} ms, at most {most} ms: slow, have the line and the server looked at")
                if usual > SLOW_POLL_MS
                else self.tr("usually {usual} ms, at most {most} ms")
            ).format(usual=_ms(usual), most=_ms(max(looks)))
        news = self.tr("asked for every second")
        if drive.has_bell:
            news = self.tr("the database tells") if state.of_database else self.tr("the drive tells")
        unknown = "…" if facts is None else self.tr("unknown")
        packed = unknown
        if facts is not None and facts.snapshots is not None and facts.packs is not None:
            packed = f"{text.number(facts.snapshots)}, {text.number(facts.packs)}"
        waiting = self.tr("%n change(s)", "", state.pending)
        if state.needs:
            waiting += ", " + self.tr("%n to decide", "", state.needs)
        return {
            "where": self._services.desk.where,
            "state": reach,
            "round": moved,
            "news": news,
            "entries": text.number(facts.head) if facts is not None else "…",
            "packed": packed,
            "waiting": waiting,
            "own": text.size(facts.replica_bytes) if facts is not None else "…",
            "trend": trend,
        }

    # -- the report ---------------------------------------------------------------------------------------------------
    def report(self) -> str:
        """All of it as text."""
        facts, now, zone = self._facts, self._services.now(), self._services.zone
        lines = [f"Halldesk – {self.tr('Drive health')}, {text.moment(now, zone)}"]
        if facts is not None:
            lines += [f"Halldesk {facts.version}, store {facts.store}", f"digest {facts.digest} @ {facts.head}"]
        lines += [f"{name.text()}: {value.text()}" for name, value in self._rows.values()]
        lines.append("")
        lines += [
            f"{one.name} ({one.workstation}) {one.version} @ {one.seq}, {text.moment(one.at, zone)}"
            for one in self._services.presence.everybody
        ]
        if self.check.where:
            lines += ["", self.check.words()]
        if self.log.result is not None:
            lines += ["", self.log.report()]
        return "\n".join(lines)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._services.notices.info(self.tr("Copied"))


class DriveHealthDialog(QDialog):
    """Drive health in a window of its own."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = DriveHealth(services)
        self.setWindowTitle(self.page.windowTitle())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP_M)
        column.addWidget(self.page, 1)
        row = QHBoxLayout()
        row.setContentsMargins(GAP_L, 0, GAP_L, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons)
        column.addLayout(row)
        self.resize(820, 620)


def _ms(took: float) -> str:
    """Milliseconds: a tenth matters below ten."""
    return text.decimal(took) if took < 10 else text.number(round(took))


def _facts(writing: Writing) -> DriveFacts:
    from app.drive_facts import drive_facts

    return drive_facts(writing())
