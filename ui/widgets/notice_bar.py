"""Shows the notices of `ui/notices.py`, one at a time, floating above the foot of the window.

It never takes the focus: typing goes on. Errors stay until dismissed; the rest leaves after the time it
takes to read, and waits while the pointer or the focus is on it. Screen readers hear each notice as an alert.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QEnterEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.icons import icon
from ui.notices import Level, Notice, Notices
from ui.theme import mono_font
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, RADIUS_M, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

WIDTH_IN_CHARACTERS = 70
LONGEST = 420
"""Characters of a notice that are shown at once, some six lines; all of a longer one stands under its details."""
DETAILS_LINES = 9

LOOKS: dict[Level, tuple[str, Tone]] = {
    Level.DONE: ("check", Tone.OK),
    Level.INFO: ("info", Tone.INFO),
    Level.WARNING: ("warning", Tone.WARNING),
    Level.ERROR: ("error", Tone.DANGER),
}


class NoticeBar(QFrame):
    """The one renderer. Make it with the window's central area as parent; it places itself.

    `room`: how many pixels from the left it may stand over, that it never covers what somebody writes in.
    """

    def __init__(self, notices: Notices, parent: QWidget, room: Callable[[], int] | None = None) -> None:
        super().__init__(parent)
        self._room = room if room is not None else parent.width
        self._notices = notices
        self._shown: Notice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(notices.dismiss)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self.hide()
        parent.installEventFilter(self)
        notices.listen(self._show_current)
        self._show_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._start_timer()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        level = self._shown.level if self._shown is not None else Level.INFO
        tone = set_.tone(LOOKS[level][1])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tone.line), 1))
        painter.setBrush(QColor(set_.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_M, RADIUS_M)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.text))
        painter.drawRoundedRect(QRectF(4, 8, 3, self.height() - 16), 1.5, 1.5)
        painter.end()

    def _build(self) -> None:
        self._icon = IconLabel("info", Tone.INFO)
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = PlainLabel("", "small")
        self._close = QToolButton()
        self._close.setIcon(icon("x", "muted"))
        self._close.clicked.connect(self._notices.dismiss)
        self._details_button = QPushButton()
        self._details_button.setProperty("look", "quiet")
        self._details_button.setCheckable(True)
        self._details_button.toggled.connect(self._show_details)
        self._copy = QPushButton()
        self._copy.setProperty("look", "quiet")
        self._copy.setIcon(icon("copy"))
        self._copy.clicked.connect(self._copy_details)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setFont(mono_font(self.font()))
        self._details.setFixedHeight(self._details.fontMetrics().lineSpacing() * DETAILS_LINES + 2 * GAP_S)

        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._text, 1)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP_S)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._details_button)
        self._buttons.addWidget(self._copy)
        self._action_buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_XS)
        column.addLayout(head)
        column.addWidget(self._details)
        column.addLayout(self._buttons)
        for button in (self._close, self._details_button, self._copy):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._retranslate()

    def _retranslate(self) -> None:
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._details_button.setText(self.tr("Details"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy details"))
        self._details.setAccessibleName(self.tr("Details"))
        self._name_levels = {
            Level.DONE: self.tr("Done"),
            Level.INFO: self.tr("Information"),
            Level.WARNING: self.tr("Warning"),
            Level.ERROR: self.tr("Error"),
        }
        self._say_how_many()

    def _show_current(self) -> None:
        if not isValid(self._icon):
            return  # the window went while a lane finished something
        notice = self._notices.current
        if notice is self._shown:
            self._say_how_many()
            self._place()  # the words beside it leave less room for its own
            return
        self._shown = notice
        if notice is None:
            self._timer.stop()
            self.hide()
            return
        drawing, tone = LOOKS[notice.level]
        self._icon.show_as(drawing, tone, self._name_levels[notice.level])
        shown = _beginning(notice.text)
        details = notice.details if shown == notice.text else f"{notice.text}\n\n{notice.details}".strip()
        wrap = QPlainTextEdit.LineWrapMode
        self._text.setText(shown)
        # A trace is read line by line, a sentence that goes on as it is written.
        self._details.setLineWrapMode(wrap.NoWrap if shown == notice.text else wrap.WidgetWidth)
        self._details.setPlainText(details)
        self._details_button.setChecked(False)
        self._details_button.setVisible(bool(details))
        self._show_details(False)
        self._make_action_buttons(notice)
        self._say_how_many()
        self.setAccessibleName(f"{self._name_levels[notice.level]}: {notice.text}")
        self.show()
        self.raise_()
        self._place()
        self._start_timer()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def _make_action_buttons(self, notice: Notice) -> None:
        for button in self._action_buttons:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._action_buttons = []
        for action in notice.actions:
            button = QPushButton(action.text, self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, run=action.run: self._act(run))
            self._buttons.addWidget(button)
            button.show()  # now: what a layout shows later would not count in the height that is asked for next
            self._action_buttons.append(button)

    def _act(self, run: object) -> None:
        self._notices.dismiss()
        if callable(run):
            run()

    def _show_details(self, on: bool) -> None:
        self._details.setVisible(on)
        self._copy.setVisible(on)
        if on:
            self._timer.stop()
        self._place()

    def _copy_details(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(f"{self._shown.text}\n\n{self._shown.details}".strip())

    def _say_how_many(self) -> None:
        parts = []
        if self._shown is not None and self._shown.times > 1:
            parts.append(self.tr("%n times", "", self._shown.times))
        if self._notices.waiting:
            parts.append(self.tr("%n more", "", self._notices.waiting))
        self._more.setText(" · ".join(parts))
        self._more.setVisible(bool(parts))

    def _start_timer(self) -> None:
        seconds = self._shown.seconds if self._shown is not None else None
        if seconds is None or self._details_button.isChecked():
            self._timer.stop()
        else:
            self._timer.start(round(seconds * 1000))

    def _place(self) -> None:
        """At the foot of the room it has, in its middle, as wide as reads well; over everything where that is less."""
        parent = self.parentWidget()
        if parent is None or not self.isVisibleTo(parent):
            return
        wide = self.fontMetrics().horizontalAdvance("n") * WIDTH_IN_CHARACTERS
        room = self._room()
        if room < wide * 2 // 3:
            room = parent.width()
        width = min(wide, room - 2 * GAP_L)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, max(height, self.minimumSizeHint().height()))
        self.move(QPoint((room - width) // 2, parent.height() - self.height() - GAP_M))


def _beginning(words: str) -> str:
    """What is shown of a notice at once: whole words, and that there is more."""
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
