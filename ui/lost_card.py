"""One piece of lost work (app.work.lost): what it was, whose and when, why it does not count, what stands in its place;
to be sent again or given up.

Its keys: S submits again, G gives up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.work.lost import LostValue, LostWork
from ui import case_words, conflict_words, text
from ui.admin.record_words import field_words
from ui.decision_card import DecisionCard
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.labels import PlainLabel
from ui.widgets.pill import Pill
from ui.word_diff import MarkedText

if TYPE_CHECKING:
    from app.desk import Desk
    from db.lost import Forgotten

T = TypeVar("T")

translate = QCoreApplication.translate


class LostDeeds(QObject):
    """Sends lost work again or gives it up, and says so. It outlives the cards that ask."""

    over = Signal()
    """It was done, or it went wrong and was said."""
    done = Signal()
    """It was done: the store should hear of it."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services

    def submit(self, changes: Sequence[bytes] | None) -> None:
        """These are sent again from here, with the next round; None: all."""
        self._run(lambda desk: desk.lost.submit(changes), self._submitted)

    def give_up(self, changes: Sequence[bytes] | None) -> None:
        """These stay lost (None: all), until somebody undoes it."""
        self._run(lambda desk: desk.lost.forget(changes), self._gone)

    def _run(self, verb: Callable[[Desk], T], done: Callable[[T], object]) -> None:
        self._services.run(verb, done=done, failed=lambda _: self.over.emit(), owner=self)

    def _submitted(self, count: int) -> None:
        self._services.notices.done(self.tr("%n change(s) will be sent again.", "", count))
        self._tell()

    def _gone(self, rows: list[Forgotten]) -> None:
        said = self.tr("Gave up %n lost change(s)", "", len(rows))
        self._services.done_here(said, lambda: self._run(lambda desk: desk.lost.bring_back(rows), self._came_back))
        self._tell()

    def _came_back(self, _nothing: None) -> None:
        self._tell()

    def _tell(self) -> None:
        self.over.emit()
        self.done.emit()


class LostCard(DecisionCard):
    """Shows it and asks for what is to become of it."""

    submit_asked = Signal()
    give_up_asked = Signal()

    def __init__(
        self, services: Services, work: LostWork, severities: Mapping[int, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(work, work.case_id, parent)
        self._services, self._work, self._severities = services, work, severities
        what = conflict_words.change(work.kind)
        name = f"{work.case_label}  {work.title}".strip()
        title = f"{what} – {name}" if name else what
        pill, why = _why(work)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self.title_label(title), 1)
        head.addWidget(Pill(pill, Tone.WARNING if work.needs_me else Tone.NEUTRAL, "sync-waiting"))
        if work.case_id is not None:
            head.addWidget(self.case_button())
        self.column.addLayout(head)
        told = " · ".join(filter(None, (self._whose(), why)))
        self._why = PlainLabel(told, "muted")
        self._why.setWordWrap(True)
        self.column.addWidget(self._why)
        if work.values:
            self.column.addLayout(self._values())
        buttons = self.choice_row()
        self.add_choice(self.tr("Give it up"), "G", title, self.give_up_asked.emit)
        if work.why != "waits":
            self.add_choice(
                self.tr("Submit again"), "S", title, self.submit_asked.emit, "primary" if work.needs_me else ""
            )
        self.column.addWidget(buttons)
        self.setAccessibleName(f"{title}: {pill}")
        self.setAccessibleDescription(told)

    def _whose(self) -> str:
        work, services = self._work, self._services
        who = translate("lost", "You") if work.mine else work.author or translate("lost", "Somebody")
        if work.workstation:
            who = translate("lost", "{who} on {workstation}").format(who=who, workstation=work.workstation)
        return f"{who}, {text.moment(work.at, services.zone)}"

    def _values(self) -> QGridLayout:
        """Field by field: what was written, and what stands there now; one column where nothing of it is there."""
        there = any(value.there for value in self._work.values)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_M)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        heads = [self.tr("Written then")]
        if there:
            grid.setColumnStretch(2, 1)
            heads.append(self.tr("What stands now"))
        else:
            heads[0] = self.tr("Written then; nothing of it is there now")
        for place, head in enumerate(heads, 1):
            grid.addWidget(PlainLabel(head, "muted"), 0, place)
        for line, value in enumerate(self._work.values, 1):
            field = _field(value)
            label = PlainLabel(field, "muted")
            label.setContentsMargins(0, GAP_S, 0, 0)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            now = self._shown(value, value.now) or self.tr("nothing")
            if not value.there:
                now = self.tr("it is not there")
            wanted = self._shown(value, value.wanted) or self.tr("nothing, it was removed")
            cells = [(wanted, self.tr("{field}, written then")), (now, self.tr("{field}, now"))]
            for place, (words, said) in enumerate(cells[: 2 if there else 1], 1):
                cell = MarkedText(said.format(field=field), Tone.INFO)
                cell.show_text([(words, False)])
                cell.fitted.connect(self.resized)
                grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)
        if self._work.more:
            more = PlainLabel(self.tr("and %n more field(s)", "", self._work.more), "muted")
            grid.addWidget(more, len(self._work.values) + 1, 1, 1, 2)
        return grid

    def _shown(self, value: LostValue, raw: str) -> str:
        if value.table == "time_entry" and value.column == "minutes" and raw:
            return text.minutes(int(raw))
        if value.table == "satisfaction" and value.column == "score" and raw:
            return case_words.satisfaction(int(raw))
        return conflict_words.shown(value.table, value.column, raw, self._severities, self._services.zone)

    def keys(self) -> Mapping[int, Callable[[], object]]:
        keys: dict[int, Callable[[], object]] = {Qt.Key.Key_G: self.give_up_asked.emit}
        if self._work.why != "waits":
            keys[Qt.Key.Key_S] = self.submit_asked.emit
        return keys


def _field(value: LostValue) -> str:
    if value.table == "time_entry" and value.column == "minutes":
        return translate("lost", "Time")
    if value.table == "satisfaction":
        return translate("lost", "Satisfaction")
    words = conflict_words.column(value.column)
    return words if words != value.column else field_words(value.column)


def _why(work: LostWork) -> tuple[str, str]:
    """(in two words, as a sentence)."""
    return {
        "waits": (
            translate("lost", "is sent again"),
            translate("lost", "It is sent again by itself, as soon as what it changes is there."),
        ),
        "set back": (
            translate("lost", "undone for everybody"),
            translate("lost", "The desk was set back on purpose to a moment before it."),
        ),
        "expected": (
            translate("lost", "should come back"),
            translate("lost", "The shared store was restored from an older copy; the workstation will send it again."),
        ),
        "overdue": (
            translate("lost", "did not come back"),
            translate(
                "lost", "The shared store was restored from an older copy, and the workstation has not sent it again."
            ),
        ),
    }[work.why]
