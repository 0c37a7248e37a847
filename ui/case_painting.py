"""How a row of the table of cases is drawn; what is drawn again and again (pills, shapes, shortened texts) is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.work.lists import CaseLine
from ui import text
from ui.case_model import CaseModel, due_words, status_words
from ui.case_words import STATUS_LOOKS, severity_icon, severity_tone
from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_S, ICON_S, ROW_HEIGHT_IN_EM, SCALE_SMALL, Colours, Tone
from ui.widgets.pill import draw_pill, pill_size

PAD: Final = 8
KEPT_TEXTS: Final = 6_000
LONGEST_MS: Final = 28 * 24 * 60 * 60 * 1000
"""How long overdue the due column has room for."""
Place = tuple[str, int, int]
"""A column on screen: key, left edge, width."""


class RowPainter:
    """Draws rows of `model` on the viewport of `view`, in its font and palette."""

    def __init__(self, view: QWidget, model: CaseModel) -> None:
        self._view, self._model = view, model
        self._texts: dict[tuple[str, int, int], str] = {}
        self._pixmaps: dict[tuple[Any, ...], QPixmap] = {}
        self.marks: Mapping[bytes, str] = {}
        """Drawings before the titles of cases somebody else is with."""
        self.due_width = self.row_height = 0
        self.measure()

    def measured_for(self, font: QFont) -> bool:
        """Whether this is the font that was measured last."""
        return font == self._fonts[0]

    def forget_colours(self) -> None:
        """The palette changed."""
        self._pixmaps.clear()

    def measure(self) -> None:
        """Font or language changed."""
        font = self._view.font()
        plain, strong = QFont(font), QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        self._fonts = [plain, strong, scaled(font, SCALE_SMALL)]
        self._metrics = [QFontMetrics(each) for each in self._fonts]
        self._texts.clear()
        self._pixmaps.clear()
        self.due_width = self._metrics[1].horizontalAdvance(text.due(0, LONGEST_MS)) + ICON_S + 4 + 2 * PAD
        self.row_height = round(self._metrics[0].height() * ROW_HEIGHT_IN_EM / 1.3)

    def heading(
        self, painter: QPainter, words: str, count: str, folded: bool, y: int, width: int, height: int, set_: Colours
    ) -> None:
        """A heading over a group of cases: whether it is folded, its name, how many they are."""
        painter.fillRect(0, y, width, height, set_.color("window"))
        arrow = self._shape("chevron-right" if folded else "chevron-down", None, set_)
        painter.drawPixmap(PAD, y + (height - ICON_S) // 2, arrow)
        baseline = y + (height + self._metrics[1].ascent() - self._metrics[1].descent()) // 2
        left = PAD + ICON_S + GAP_S
        room = width - left - PAD - self._metrics[2].horizontalAdvance(count) - GAP_S
        self._text(painter, words, 1, left, baseline, room, set_.color("text"))
        used = self._metrics[1].horizontalAdvance(self._short(words, 1, room))
        self._text(painter, count, 2, left + used + GAP_S, baseline, 200, set_.color("muted"))

    def waiting(self, painter: QPainter, places: list[tuple[str, int, int]], y: int, height: int,
                       colour: QColor) -> None:  # fmt: skip
        for key, x, width in places:
            if key in ("number", "title"):
                painter.fillRect(x + PAD, y + height // 2 - 4, max(width * 2 // 3, 20), 8, colour)

    def row(
        self,
        painter: QPainter,
        line: CaseLine,
        places: list[tuple[str, int, int]],
        y: int,
        height: int,
        now: int,
        selected: bool,
        pens: dict[str, QColor],
        set_: Colours,
    ) -> None:
        main = pens["selection_text" if selected else "text"]
        quiet = main if selected else pens["muted"]
        ended = line.resolved_at is not None or line.status in ("closed", "cancelled", "merged")
        weight = 1 if line.unread else 0
        baseline = y + (height + self._metrics[0].ascent() - self._metrics[0].descent()) // 2
        for key, x, width in places:
            if key == "severity":
                picture = self._shape(severity_icon(line.severity), severity_tone(line.severity), set_)
                painter.drawPixmap(x + PAD + 2, y + (height - ICON_S) // 2, picture)
            elif key == "title":
                self._paint_title(painter, line, x, width, baseline, weight, main, quiet, set_)
            elif key == "status":
                picture = self._status(line, width - PAD, set_)
                tall = round(picture.height() / picture.devicePixelRatio())
                painter.drawPixmap(x + PAD // 2, y + (height - tall) // 2, picture)
            elif key == "due":
                self._paint_due(painter, line, x, y, width, height, baseline, now, quiet, pens, set_)
            else:
                pen = (
                    quiet if ended or key in ("number", "updated", "opened", "next_step", "queue", "product") else main
                )
                self._text(painter, self._model.cell(line, key), 0, x + PAD, baseline, width - PAD, pen)

    def _paint_title(
        self, painter: QPainter, line: CaseLine, x: int, width: int, baseline: int, weight: int, main: QColor,
        quiet: QColor, set_: Colours,
    ) -> None:  # fmt: skip
        left, room = x + PAD, width - PAD - GAP_S
        if line.major:
            painter.drawPixmap(left, baseline - ICON_S + 3, self._shape("breach", Tone.DANGER, set_))
            left, room = left + ICON_S + 4, room - ICON_S - 4
        if self.marks and (mark := self.marks.get(line.id)) is not None:
            painter.drawPixmap(left, baseline - ICON_S + 3, self._shape(mark, Tone.WARNING, set_))
            left, room = left + ICON_S + 4, room - ICON_S - 4
        metrics = self._metrics[weight]
        shown = self._short(line.title, weight, room)
        painter.setFont(self._fonts[weight])
        painter.setPen(main)
        painter.drawText(left, baseline, shown)
        used = metrics.horizontalAdvance(shown)
        beside = " · ".join(filter(None, (line.department, line.requester or line.place)))
        rest = room - used - 2 * GAP_S
        if beside and rest > 60:
            self._text(painter, beside, 2, left + used + 2 * GAP_S, baseline, rest, quiet)

    def _paint_due(
        self, painter: QPainter, line: CaseLine, x: int, y: int, width: int, height: int, baseline: int, now: int,
        quiet: QColor, pens: dict[str, QColor], set_: Colours,
    ) -> None:  # fmt: skip
        words = due_words(line, now)
        if line.due_at is None:
            self._text(painter, words, 0, x + PAD, baseline, width - PAD, quiet)
            return
        left = line.due_at - now
        pen, weight, room, at = quiet, 0, width - PAD, x + PAD
        if left < 0 or (line.warn_at is not None and now >= line.warn_at):
            tone = Tone.DANGER if left < 0 else Tone.WARNING
            pen, weight = pens[tone.value], 1 if left < 0 else 0
            picture = self._shape("breach" if left < 0 else "clock", tone, set_)
            painter.drawPixmap(at, y + (height - ICON_S) // 2, picture)
            at, room = at + ICON_S + 4, room - ICON_S - 4
        self._text(painter, words, weight, at, baseline, room, pen)

    def _text(self, painter: QPainter, words: str, font: int, x: int, y: int, width: int, pen: QColor) -> None:
        if words and width > 8:
            painter.setFont(self._fonts[font])
            painter.setPen(pen)
            painter.drawText(x, y, self._short(words, font, width))

    def _short(self, words: str, font: int, width: int) -> str:
        """The text as far as it has room, remembered."""
        key = (words, font, width)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > KEPT_TEXTS:
                self._texts.clear()
            found = self._metrics[font].elidedText(words, Qt.TextElideMode.ElideRight, width)
            self._texts[key] = found
        return found

    def _shape(self, name: str, tone: Tone | None, set_: Colours) -> QPixmap:
        key = (name, tone, set_.name, self._view.devicePixelRatioF())
        found = self._pixmaps.get(key)
        if found is None:
            colour = set_.color(tone.value if tone is not None else "muted")
            found = tinted(name, colour, QSize(ICON_S, ICON_S), self._view.devicePixelRatioF())
            self._pixmaps[key] = found
        return found

    def _status(self, line: CaseLine, width: int, set_: Colours) -> QPixmap:
        scale = self._view.devicePixelRatioF()
        key = (line.status, line.waiting_on, width, set_.name, scale)
        found = self._pixmaps.get(key)
        if found is None:
            tone, icon = STATUS_LOOKS.get(line.status, (Tone.NEUTRAL, "state-open"))
            words = status_words(line)
            wanted = pill_size(self._view.font(), words, icon)
            size = QSize(max(1, min(wanted.width(), width)), wanted.height())
            found = QPixmap(size * scale)
            found.setDevicePixelRatio(scale)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            draw_pill(painter, QRect(QPoint(0, 0), size), self._view.font(), self._view.palette(), words, tone, icon)
            painter.end()
            self._pixmaps[key] = found
        return found
