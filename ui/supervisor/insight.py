"""Insight: one question at a time, its answer as a table; every row opens its cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import times
from app.insight import asking
from app.insight.answers import Answer, Row
from app.reading import ReadingDesk
from app.reports.in_words import in_words
from app.texts import Texts
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine, EmptyState
from ui.widgets.fields import NumberField, roomy, wide_enough
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import RowTable
from ui.written import language_now

Found = tuple[Answer, list[str], list[list[str]]]

QUESTIONS: Final = ("repeats", "training", "pingpong", "escalations", "cost", "launch", "pareto", "targets", "article",
                    "change")  # fmt: skip
WITHOUT_SPAN: Final = frozenset({"launch", "targets", "article", "change"})
MOST_COLUMNS: Final = 8


class InsightSection(QWidget):
    """The page."""

    cases_wanted = Signal(str, object)
    """(title, row numbers)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._rows: dict[bytes, Row] = {}
        self._begun = False
        self._asked = True
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        self._title = PlainLabel("", "title")
        column.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        self.question, self.by, self.what = QComboBox(), QComboBox(), QComboBox()
        self.article = QLineEdit()
        self.first, self.last, self.day = (roomy(QDateEdit()) for _ in range(3))
        for field in (self.first, self.last, self.day):
            field.setCalendarPopup(True)
        self.days = NumberField(1, 366)
        self.days.setValue(asking.EFFECT_DAYS)
        self.days.setKeyboardTracking(False)  # asks when the number is whole
        self.article.setMinimumWidth(self.fontMetrics().averageCharWidth() * 44)
        for widget in (self.question, self.by, self.first, self.last, self.article, self.what, self.day, self.days):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        column.addWidget(self._told)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        self.table = RowTable(MOST_COLUMNS)
        self._none = EmptyState("lightbulb", "", "")
        self._room = QStackedWidget()
        self._room.addWidget(self.table)
        self._room.addWidget(self._none)
        column.addWidget(self._room, 1)
        self.setFocusProxy(self.question)
        today = times.local_date(services.now(), services.zone)
        until = QDate(today.year, today.month, today.day)
        self.last.setDate(until)
        self.day.setDate(until.addDays(-asking.EFFECT_DAYS))
        self.first.setDate(until.addDays(1 - asking.DAYS))
        self.table.opened.connect(self._open)
        self._retranslate()
        self.question.currentIndexChanged.connect(lambda _row: self._suit())
        for box in (self.by, self.what):
            box.currentIndexChanged.connect(lambda _row: self.ask())
        for field in (self.first, self.last, self.day):
            field.dateChanged.connect(lambda _date: self.ask())
        self.days.valueChanged.connect(lambda _days: self.ask())
        self.article.returnPressed.connect(self.ask)
        self._suit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._services.lanes.read.submit(_products, self._services.desk, done=self._know, owner=self)
        self.ask()

    def _know(self, known: tuple[list[tuple[bytes, str]], list[str]]) -> None:
        products, titles = known
        completer = QCompleter(titles, self.article)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _title: self.ask())
        self.article.setCompleter(completer)
        self.what.blockSignals(True)
        self.what.clear()
        for row_id, name in products:
            self.what.addItem(name, row_id)
        self.what.blockSignals(False)
        if self.question.currentData() == "change":
            self.ask()  # what was asked before the products were known

    def _suit(self) -> None:
        """Only what the question needs."""
        question = self.question.currentData()
        self.by.blockSignals(True)
        self.by.clear()
        words = {
            "department": self.tr("by department"), "product": self.tr("by product"),
            "product line": self.tr("by product line"),
            "cost centre": self.tr("by cost centre"), "significance": self.tr("by significance"),
            "language": self.tr("by language"),
        }  # fmt: skip
        known = {"cost": ("product", "product line", "department", "cost centre", "significance", "language"),
                 "pareto": ("department", "product")}  # fmt: skip
        for name in known.get(question, ()):
            self.by.addItem(words[name], name)
        self.by.blockSignals(False)
        self.by.setVisible(self.by.count() > 0)
        for field in (self.first, self.last):
            field.setVisible(question not in WITHOUT_SPAN)
        self.article.setVisible(question == "article")
        self.days.setVisible(question in ("article", "change"))
        for widget in (self.what, self.day):
            widget.setVisible(question == "change")
        self._told.setText(self._explained().get(question, ""))
        self.ask()

    # -- asking -------------------------------------------------------------------------------------------------------
    def ask(self) -> None:
        """Answer what is chosen."""
        if not self._begun or self._services.lanes.closed:
            return
        question, by = str(self.question.currentData()), self.by.currentData()
        first, last, day = (field.date().toString(Qt.DateFormat.ISODate) for field in (self.first, self.last, self.day))
        article, product, days = self.article.text().strip(), self.what.currentData(), self.days.value()
        if (question == "article" and not article) or (question == "change" and not product):
            self._show_nothing(asked=False)
            return
        asks: dict[str, Callable[[ReadingDesk], Answer]] = {
            "repeats": lambda desk: asking.repeats(desk.context, asking.span(desk.context, first, last)),
            "training": lambda desk: asking.training(desk.context, asking.span(desk.context, first, last)),
            "pingpong": lambda desk: asking.ping_pong(desk.context, asking.span(desk.context, first, last)),
            "escalations": lambda desk: asking.escalations(desk.context, asking.span(desk.context, first, last)),
            "cost": lambda desk: asking.cost(desk.context, asking.span(desk.context, first, last), by),
            "launch": lambda desk: asking.since_launch(desk.context),
            "pareto": lambda desk: asking.pareto(desk.context, asking.span(desk.context, first, last), by),
            "targets": lambda desk: asking.targets(desk.context),
            "article": lambda desk: asking.effect_of_article(desk.context, article, days),
            "change": lambda desk: asking.effect_of_change(desk.context, day, product, days),
        }
        self._busy.set_busy(True)
        language = language_now()
        self._services.lanes.count.submit(
            _answered, self._services.desk, asks[question], language, done=self._show, failed=self._failed, owner=self,
            key="insight",
        )  # fmt: skip

    def _show(self, found: Found) -> None:
        self._busy.set_busy(False)
        answer, heads, rows = found
        if not rows:
            self._show_nothing()
            return
        self._room.setCurrentWidget(self.table)
        self.table.setColumnCount(len(heads))
        self.table.set_heads(heads)
        self._rows = {str(place).encode(): row for place, row in enumerate(answer.rows)}
        self.table.show_rows([(str(place).encode(), cells) for place, cells in enumerate(rows)])

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self._show_nothing()
        self._services.show_error(error)

    def _show_nothing(self, *, asked: bool = True) -> None:
        """`asked`: there was an answer, and it is empty; else what to look at is missing."""
        self._rows = {}
        self._asked = asked
        self._say_nothing()
        self._room.setCurrentWidget(self._none)

    def _open(self) -> None:
        row = self._rows.get(self.table.current_id() or b"")
        if row is not None and row.cases:
            item = self.table.item(self.table.currentRow(), 0)
            self.cases_wanted.emit(item.text() if item is not None else row.name, [key.rid for key in row.cases])

    # -- words --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._suit()

    def _explained(self) -> dict[str, str]:
        again = self.tr("Return opens the cases of a row.")
        return {
            "repeats": self.tr("By machine, or by product and a word of the title. What would end it: an article where "
                               "none is published, a training where one is.") + " " + again,
            "training": self.tr("Departments that ask again what an article answers, and queues that pass on what one "
                                "solves.") + " " + again,
            "pingpong": self.tr("Cases that went to a queue and straight back; what rules moved does not count.")
            + " " + again,
            "escalations": self.tr("Avoidable: the case came down again, or was solved with an article that had been "
                                   "there already.") + " " + again,
            "cost": self.tr("Minutes at the rate of their day. What belongs to nothing stands in the last line.")
            + " " + again,
            "launch": self.tr("All minutes booked since the product's launch date.") + " " + again,
            "pareto": self.tr("A case weighs 8, 4, 2 or 1 by its severity, twice as much for a watched department.")
            + " " + again,
            "targets": self.tr("The week that ended last, and eight weeks up to it.") + " " + again,
            "article": self.tr("As many days before its publication as after: cases of its products. Name its title."),
            "change": self.tr("As many days before that day as from it on: cases of the product."),
        }  # fmt: skip

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Insight"))
        self._title.setText(self.tr("Insight"))
        chosen = self.question.currentData()
        words = {
            "repeats": self.tr("What repeats?"),
            "training": self.tr("Whom to teach what?"),
            "pingpong": self.tr("What goes back and forth?"),
            "escalations": self.tr("Which escalations were avoidable?"),
            "cost": self.tr("What did it cost?"),
            "launch": self.tr("What has it cost since its launch?"),
            "pareto": self.tr("Who makes most of it?"),
            "targets": self.tr("Are the targets met?"),
            "article": self.tr("Did the article help?"),
            "change": self.tr("Did the change help?"),
        }
        self.question.blockSignals(True)
        self.question.clear()
        for key in QUESTIONS:
            self.question.addItem(words[key], key)
        self.question.setCurrentIndex(max(0, self.question.findData(chosen)))
        self.question.blockSignals(False)
        self.question.setAccessibleName(self.tr("Question"))
        self.by.setAccessibleName(self.tr("By what"))
        self.what.setAccessibleName(self.tr("Product"))
        self.article.setAccessibleName(self.tr("Title of the article"))
        self.article.setPlaceholderText(self.tr("Title of the article"))
        self.first.setAccessibleName(self.tr("From"))
        self.last.setAccessibleName(self.tr("To"))
        self.day.setAccessibleName(self.tr("Day of the change"))
        self.days.setAccessibleName(self.tr("Days before and after"))
        self.days.setToolTip(self.tr("Days before and after"))
        self.days.setSuffix(" " + self.tr("days"))
        for field in (self.first, self.last, self.day):
            field.setLocale(QLocale())
            wide_enough(field)
        self.table.setAccessibleName(self.tr("Answer"))
        self._say_nothing()

    def _say_nothing(self) -> None:
        if self._asked:
            head = self.tr("Nothing of that kind in this span")
            told = self.tr("Choose a longer span or another question.")
        else:
            head = self.tr("Nothing to compare yet")
            told = self.tr("Name an article by its title, or choose a product and the day of the change.")
        self._none.show_as("lightbulb", head, told)


def _answered(desk: ReadingDesk, ask: Callable[[ReadingDesk], Answer], language: str) -> Found:
    answer = ask(desk)
    return (answer, *in_words(answer, Texts(language)))


def _products(desk: ReadingDesk) -> tuple[list[tuple[bytes, str]], list[str]]:
    """The products, and the titles of articles that were ever published."""
    titles = desk.context.reader.all(
        "SELECT a.title FROM article a WHERE EXISTS (SELECT 1 FROM article_version v WHERE v.article_id = a.id "
        "AND v.state = 'published') ORDER BY a.title"
    )
    return [(one.id, one.name) for one in desk.directory.all("product")], [row[0] for row in titles]
