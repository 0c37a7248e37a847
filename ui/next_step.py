"""What happens next, who does it and when: edited where it stands, and plain to see when it is missing.

An open case without a next step is a promise nobody made; so the row turns amber and says so.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QDate, QDateTime, QEvent, QRectF, Qt, QTime, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.times import HOUR_MS, from_datetime, local_wall
from app.work.present import CaseView
from db.rules import OPEN_STATUSES
from ui import text
from ui.icons import icon
from ui.in_place import InPlaceText
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_S, GAP_XS, RADIUS_S, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.fields import roomy
from ui.widgets.labels import PlainLabel

MORNING = time(8, 0)
AFTERNOON = time(14, 0)


class WhenButton(QToolButton):
    """An instant, chosen from the usual ones or typed."""

    chosen = Signal(object)
    """ms UTC, or None for no time."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._at: int | None = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icon("calendar", "muted"))
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def value(self) -> int | None:
        """The instant, ms UTC."""
        return self._at

    def set_value(self, at: int | None, now: int) -> None:
        """Show an instant as seen from `now`."""
        self._at = at
        said = text.in_words(at, now, self._services.zone) if at is not None else self.tr("no time")
        self.setText(said)
        self.setAccessibleName(self.tr("When: {time}").format(time=said))
        self.setToolTip(text.moment_in_full(at, self._services.zone) if at is not None else self.tr("When"))

    def _fill(self) -> None:
        menu, now = self.menu(), self._services.now()
        menu.clear()
        today = local_wall(now, self._services.zone)
        choices: list[tuple[str, int]] = [(self.tr("In an hour"), now + HOUR_MS)]
        if today.time() < AFTERNOON:
            choices.append((self.tr("This afternoon"), self._instant(today.date(), AFTERNOON)))
        tomorrow = _next_workday(today.date())
        after = _next_workday(tomorrow)
        monday = today.date() + timedelta(days=7 - today.weekday())
        for said, day, at in (
            (self.tr("{day}, morning"), tomorrow, MORNING),
            (self.tr("{day}, afternoon"), tomorrow, AFTERNOON),
            (self.tr("{day}, morning"), after, MORNING),
            (self.tr("Next week, {day}"), monday, MORNING),
        ):
            choices.append((said.format(day=text.weekday(day, short=False)), self._instant(day, at)))
        for said, instant in choices:
            menu.addAction(said).triggered.connect(partial(self._choose, instant))
        menu.addSeparator()
        menu.addAction(self.tr("Another time…")).triggered.connect(self._ask)
        menu.addAction(self.tr("No time")).triggered.connect(partial(self._choose, None))

    def _choose(self, at: int | None, _checked: bool = False) -> None:
        self.set_value(at, self._services.now())
        self.chosen.emit(at)

    def _ask(self) -> None:
        dialog = QDialog(self.window())
        dialog.setWindowTitle(self.tr("When"))
        wall = local_wall(self._at or self._services.now() + HOUR_MS, self._services.zone)
        edit = roomy(QDateTimeEdit(QDateTime(QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute))))
        edit.setCalendarPopup(True)
        edit.setAccessibleName(self.tr("When"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
        column = QVBoxLayout(dialog)
        column.addWidget(edit)
        column.addWidget(buttons)

        def take() -> None:
            day, at = edit.date(), edit.time()
            self._choose(self._instant(date(day.year(), day.month(), day.day()), time(at.hour(), at.minute())))

        dialog.accepted.connect(take)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _instant(self, day: date, at: time) -> int:
        return from_datetime(datetime.combine(day, at, tzinfo=self._services.zone))


def _next_workday(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


class NextStepRow(QWidget):
    """The next step of one case."""

    kept = Signal(str)
    who_chosen = Signal(object)
    when_chosen = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._missing = False
        self._icon = IconLabel("next-step")
        self.what = InPlaceText("", lines=2)
        self.what.kept.connect(self.kept)
        self.who = PickField(services.lanes, partial(find_named, services.desk, ("analyst",)), "")
        self.who.setFixedWidth(self.fontMetrics().horizontalAdvance("n") * 17)
        self.who.setStyleSheet(
            "PickField { border: 1px solid transparent; background: transparent; padding: 2px 2px; }"
            "PickField:hover { border: 1px solid palette(mid); }"
            "PickField:focus { border: 1px solid palette(accent); background: palette(base); }"
        )
        self.who.picked.connect(self.who_chosen)
        self.when = WhenButton(services)
        self.when.chosen.connect(self.when_chosen)
        self._none = PlainLabel("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_XS, 1, 1, 1)
        row.setSpacing(GAP_XS)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.what, 1)
        row.addWidget(self._none, 1)
        row.addWidget(self.who)
        row.addWidget(self.when)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_view(self, view: CaseView, now: int) -> None:
        """The next step as it is now."""
        row = view.row
        is_open = row["status"] in OPEN_STATUSES
        for widget in (self.what, self.who, self.when):
            widget.setVisible(is_open)
        self._none.setVisible(not is_open)
        self.what.set_value(row["next_step"] or "")
        by = row["next_step_by_id"]
        self.who.set_value(Choice("analyst", by, view.names["next_step_by"]) if by else None)
        self.when.set_value(row["next_step_at"], now)
        late = row["next_step_at"] is not None and row["next_step_at"] < now
        self._missing = is_open and (not row["next_step"] or by is None or late)
        self._icon.show_as("warning" if self._missing else "next-step", Tone.WARNING if self._missing else "muted")
        self.update()

    @property
    def is_missing(self) -> bool:
        """Whether there is something to be said here."""
        return self._missing

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._missing:
            return
        tones = colours(self.palette()).tone(Tone.WARNING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_S, RADIUS_S)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.what.setPlaceholderText(self.tr("What happens next?"))
        self.what.setAccessibleName(self.tr("Next step"))
        self.who.set_name(self.tr("Who?"))
        self._none.setText(self.tr("Nothing more to do"))
        self._none.setContentsMargins(GAP_S, 0, 0, 0)
