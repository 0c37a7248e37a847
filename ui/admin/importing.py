"""Import of a list or a log: which file, what its columns mean, what it would do, and doing it.

Of a list it is said here which column means what: guessed from the names and from the last import. A log of cases needs
more to be said (words that stand for ours, how times are written), so its mapping is one that comes with Halldesk or a
file. What was chosen is remembered.

It is read and written on a lane of its own, in parts of at most some hundred rows; between two parts it waits while
somebody's change is on its way, so that nobody's saving waits for more than one part. Stopped, it says what is in.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import shiboken6
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.intake.mapping import FIELDS, ImportMapping, What, find_mapping
from app.intake.result import ImportResult, giving_way
from app.intake.trying import (
    LISTS,
    LOGS,
    NEEDED,
    Attempt,
    Change,
    Header,
    attempt,
    header,
    importer,
    mapping_of,
    shipped,
)
from app.reading import ReadingDesk
from ui import text
from ui.actions import QT_TRANSLATE_NOOP
from ui.admin.record_words import field_words, said
from ui.admin.section import SectionPage, reaches
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

T = TypeVar("T")
PROBLEMS: Final = 300
TELL_S: Final = 0.3
_KINDS: Final = {
    "departments": QT_TRANSLATE_NOOP("records", "Departments"),
    "products": QT_TRANSLATE_NOOP("records", "Products"),
    "places": QT_TRANSLATE_NOOP("records", "Places"),
    "requesters": QT_TRANSLATE_NOOP("records", "People who call"),
    "assets": QT_TRANSLATE_NOOP("records", "Machines and PCs"),
    "cases": QT_TRANSLATE_NOOP("records", "Cases as they are now"),
    "events": QT_TRANSLATE_NOOP("records", "Cases with their history"),
}
_COLUMN: Final = {
    "department": "department_id", "place": "place_id", "product": "product_id", "parent": "parent_id",
    "queue": "queue_id",
    "place_kind": "kind",
}  # fmt: skip
"""Fields of a list that are called like a column of a record."""


def import_field_words(field: str) -> str:
    """A field of a list in words."""
    return field_words(_COLUMN.get(field, field))


class ImportSection(SectionPage):
    """For administrators."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._header: Header | None = None
        self._tried = False
        self._watch = Watch(self)
        self.mapping, self._own_mapping = QComboBox(), QPushButton()
        self.kind, self.file, self._choose = QComboBox(), QLineEdit(), QPushButton()
        for what in (*LISTS, *LOGS):
            self.kind.addItem("", what)
        self.kind.currentIndexChanged.connect(lambda _index: self._fill())
        self.file.editingFinished.connect(self.read_header)
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(lambda _checked=False: self._choose_file())
        top = QHBoxLayout()
        top.setSpacing(GAP_S)
        top.addWidget(self.kind)
        top.addWidget(self.file, 1)
        top.addWidget(self._choose)
        self.column.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(GAP_M)
        self._fields = QWidget()
        self._form = QFormLayout(self._fields)
        self._form.setContentsMargins(0, 0, GAP_S, 0)
        self._form.setVerticalSpacing(GAP_S)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._fields)
        right = QVBoxLayout()
        right.setSpacing(GAP_S)
        self._sum = PlainLabel("", "strong")
        self._sum.setWordWrap(True)
        self.problems = RowTable(2, stretch=1)
        right.addWidget(self._sum)
        right.addWidget(self.problems, 1)
        middle.addWidget(scroll, 1)
        middle.addLayout(right, 1)
        self.column.addLayout(middle, 1)
        self._busy = BusyLine()
        self.column.addWidget(self._busy)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        self._only = PlainLabel("", "muted")
        self._far = PlainLabel("", "muted")
        self.try_it, self.do_it, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(lambda _checked=False: self._watch.stop())
        self.stop.hide()
        self.do_it.setProperty("look", "primary")
        for button, run in ((self.try_it, self.attempt), (self.do_it, self.carry_out)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
        foot.addWidget(self._only)
        foot.addWidget(self._far)
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.try_it)
        foot.addWidget(self.do_it)
        self.column.addLayout(foot)
        self.boxes: dict[str, QComboBox] = {}
        self.setFocusProxy(self.kind)
        self.retranslate()

    def words(self) -> tuple[str, str]:
        for number, what in enumerate((*LISTS, *LOGS)):
            self.kind.setItemText(number, said(_KINDS[what]))
        self.kind.setAccessibleName(self.tr("What is imported"))
        self.file.setPlaceholderText(self.tr("A CSV or JSON file, also packed"))
        self.file.setAccessibleName(self.tr("File"))
        self._choose.setText(self.tr("Choose…"))
        self.try_it.setText(self.tr("Try"))
        self.do_it.setText(self.tr("Import"))
        self.stop.setText(self.tr("Stop"))
        self.problems.set_heads([self.tr("Row"), self.tr("What becomes of it")])
        self.problems.setAccessibleName(self.tr("What becomes of the rows"))
        self._only.setText(self.tr("Only an administrator may import."))
        self._fill()
        return self.tr("Import"), self.tr(
            "Lists and logs of cases from other systems. Say which column means what, try it, then import; the same "
            "file twice makes nothing twice."
        )

    def reading(self) -> Callable[[ReadingDesk], None]:
        return lambda _desk: None

    def show_read(self, read: None) -> None:
        administrator = reaches(self.role, "administrator")
        self._only.setVisible(not administrator)
        self._look()

    # -- file and columns ---------------------------------------------------------------------------------------------
    @property
    def what(self) -> What:
        """What is imported."""
        found: What = self.kind.currentData()
        return found

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Import"), self.file.text())
        if chosen:
            self.file.setText(chosen)
            self.read_header()

    def read_header(self) -> None:
        """The columns of the file."""
        path = self.file.text().strip()
        if path:
            self._busy.set_busy(True)
            self.services.lanes.count.submit(
                header, Path(path), done=self._header_came, failed=self._failed, owner=self
            )

    def _header_came(self, found: Header) -> None:
        self._busy.set_busy(False)
        self._header = found
        self._fill()

    def _fill(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self.boxes = {}
        self._show_result(None)
        if self.what in LOGS:
            self._fill_mapping()
            self._look()
            return
        if self._header is None:
            self._look()
            return
        kept = self.services.settings["imports"].get(self.what, {})
        for field in FIELDS[self.what]:
            box = QComboBox()
            box.addItem("–", "")
            for column in self._header.columns:
                sample = ", ".join(self._header.samples[column][:3])
                box.addItem(f"{column}   ({sample})" if sample else column, column)
            words = import_field_words(field) + (" *" if NEEDED[self.what] == field else "")
            guess = kept.get(field, "") if isinstance(kept, dict) else ""
            box.setCurrentIndex(max(box.findData(guess or self._guess(field)), 0))
            box.setAccessibleName(words)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            box.currentIndexChanged.connect(lambda _index: self._show_result(None))
            label = PlainLabel(words)
            label.setBuddy(box)
            self._form.addRow(label, box)
            self.boxes[field] = box
        self._look()

    def _fill_mapping(self) -> None:
        """Which mapping of a log."""
        self.mapping, self._own_mapping = QComboBox(), QPushButton(self.tr("Own mapping…"))
        self.mapping.setAccessibleName(self.tr("Mapping"))
        if self.what == "cases":
            self.mapping.addItem(self.tr("None: the columns are called as in Halldesk"), "")
        for name in shipped(self.what):
            self.mapping.addItem(name, name)
        kept = self.services.settings["imports"].get(self.what, {})
        if isinstance(kept, dict) and kept.get("mapping"):
            self._choose_mapping(str(kept["mapping"]))
        self.mapping.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.mapping.setMinimumContentsLength(22)
        self.mapping.currentIndexChanged.connect(lambda _index: self._show_result(None))
        self._own_mapping.setAutoDefault(False)
        self._own_mapping.clicked.connect(lambda _checked=False: self._choose_own_mapping())
        label = PlainLabel(self.tr("Mapping"))
        label.setBuddy(self.mapping)
        self._form.addRow(label, self.mapping)
        self._form.addRow("", self._own_mapping)
        note = PlainLabel(
            self.tr("A mapping is a small text file: what is number, status and time, and what words mean."),
            "muted",
        )
        note.setWordWrap(True)
        self._form.addRow(note)

    def _choose_mapping(self, name: str) -> None:
        if self.mapping.findData(name) < 0:
            self.mapping.addItem(Path(name).name, name)
        self.mapping.setCurrentIndex(self.mapping.findData(name))

    def _choose_own_mapping(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Mapping"), "", "TOML (*.toml)")
        if chosen:
            self._choose_mapping(chosen)

    def _guess(self, field: str) -> str:
        assert self._header is not None
        names = {field.replace("_", ""), import_field_words(field).casefold().replace(" ", "")}
        for column in self._header.columns:
            if column.casefold().replace("_", "").replace(" ", "") in names:
                return column
        return ""

    def chosen(self) -> dict[str, str]:
        """Field and column, as they are chosen; of a log {"mapping": its name or file}."""
        if self.what in LOGS:
            return {"mapping": str(self.mapping.currentData() or "")}
        return {field: str(box.currentData()) for field, box in self.boxes.items() if box.currentData()}

    # -- trying and doing ---------------------------------------------------------------------------------------------
    def _look(self) -> None:
        administrator = reaches(self.role, "administrator")
        ready = bool(self.file.text().strip()) if self.what in LOGS else bool(self.boxes)
        self.try_it.setEnabled(administrator and ready)
        self.do_it.setEnabled(administrator and self._tried)

    def _show_result(self, result: ImportResult | None, *, changes: Sequence[Change] = (), tried: int | None = None,
                     done: bool = False) -> None:  # fmt: skip
        self._tried = result is not None and not done and bool(result.created or result.updated)
        if result is None:
            self._sum.setText(self.tr("Try it to see what it would do.") if self._header is not None else "")
            self.problems.show_rows([])
        else:
            self._sum.setText(self._summed(result, tried))
            rows: list[Row] = [
                (f"left {row}".encode(), [Cell(text.number(row), "warning", Tone.WARNING), text.refusal(why)])
                for row, why in result.problems[:PROBLEMS]
            ]
            rows += [(f"change {n}".encode(), self._change(one)) for n, one in enumerate(changes)]
            self.problems.show_rows(rows)
        self._look()

    def _summed(self, result: ImportResult, tried: int | None) -> str:
        counts = {
            "rows": text.rows(result.rows), "new": text.number(result.created),
            "changed": text.number(result.updated), "same": text.number(result.skipped),
            "left_out": text.rows_left_out(len(result.problems)), "cases": text.cases(result.cases),
            "wrong": text.number(len(result.problems)), "tried": text.number(tried or 0),
        }  # fmt: skip
        if tried is not None:
            words = self.tr(
                "{rows}, {cases}, {left_out}. "
                "Of the first {tried} cases: {new} new, {changed} changed, {same} as they are"
            )
        elif self.what in LOGS:
            words = self.tr("{rows}, {cases}: {new} new, {changed} changed, {same} as they are; {left_out}")
        else:
            words = self.tr("{rows}: {new} new, {changed} changed, {same} as they are, {wrong} left out")
        return words.format(**counts)

    def _change(self, one: Change) -> list[Cell | str]:
        if one.new:
            return [Cell(self.tr("new"), "plus", Tone.OK), one.name]
        fields = ", ".join(
            f"{field_words(column)}: {_plain(before)} → {_plain(after)}" for column, before, after in one.fields
        )
        return [Cell(self.tr("changed"), "edit", Tone.INFO), f"{one.name}: {fields}"]

    def attempt(self) -> None:
        """What it would do; nothing is kept."""
        self._run(attempt, self._attempted, Watch(self))

    def _attempted(self, found: Attempt) -> None:
        self._rest()
        self.services.settings["imports"] = {**self.services.settings["imports"], self.what: self.chosen()}
        self._show_result(found.result, changes=found.changes, tried=found.tried)

    def carry_out(self) -> None:
        """Import it."""
        self._run(
            lambda context, what, path, mapping, progress: importer(what)(context, path, mapping, progress),
            self._imported,
            Importing(self),
        )

    def _imported(self, result: ImportResult) -> None:
        self._rest()
        self._show_result(result, done=True)
        self.services.notices.done(self.tr("%n row(s) imported", "", result.rows))

    def _mapping(self) -> ImportMapping | None:
        """As it is chosen; None: the file has our own names. Errors: UserError."""
        chosen = self.chosen()
        if self.what not in LOGS:
            return mapping_of(self.what, chosen)
        return find_mapping(chosen["mapping"]) if chosen["mapping"] else None

    def _run(self, work: Callable[..., T], done: Callable[[T], object], watch: Watch) -> None:
        what, path = self.what, Path(self.file.text().strip())
        try:
            mapping = self._mapping()
        except UserError as error:
            self.services.show_error(error)
            return
        self._busy.set_busy(True)
        self._watch = watch
        self.stop.show()
        for control in (self.kind, self.file, self._choose, self._fields, self.try_it, self.do_it):
            control.setEnabled(False)
        self.services.lanes.imports.submit(
            lambda: work(self.services.writing().context, what, path, mapping, watch.progress), done=done,
            failed=self._failed, owner=self,
        )  # fmt: skip

    def show_how_far(self, rows: int, total: int | None) -> None:
        """A long import tells how far it is."""
        if total is None:
            said = self.tr("{rows} read").format(rows=text.rows(rows))
        else:
            said = self.tr("{rows} of {total} rows").format(rows=text.number(rows), total=text.number(total))
        self._far.setText(said)

    def _rest(self) -> None:
        self._busy.set_busy(False)
        self._far.setText("")
        self.stop.hide()
        for control in (self.kind, self.file, self._choose, self._fields):
            control.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self._rest()
        if isinstance(error, Stopped):
            self._was_stopped(error)
        else:
            self.services.show_error(error)
        self._look()

    def _was_stopped(self, stopped: Stopped) -> None:
        if not stopped.keeps:
            said = self.tr("Stopped; nothing was imported.")
        elif stopped.rows == 0:
            said = self.tr("The import was stopped before its first row was in.")
        else:
            said = self.tr(
                "The import was stopped: {rows} of {total} rows are in and stay. Importing the same file again goes on "
                "from there."
            )
        self._sum.setText(said.format(rows=text.number(stopped.rows), total=text.number(stopped.total)))
        self.services.notices.warning(self._sum.text())


class Stopped(UserError):
    """Somebody stopped it, or the program ends. `rows` of `total` had been written; `keeps`: and are kept."""

    def __init__(self, rows: int, total: int, keeps: bool) -> None:
        super().__init__("stopped")
        self.rows, self.total, self.keeps = rows, total, keeps


class Watch:
    """Watches work on its lane: tells its section how far it is, as long as there is one, and stops it when asked."""

    keeps = False

    def __init__(self, section: ImportSection) -> None:
        self._section = weakref.ref(section)
        self._lanes = section.services.lanes
        self._stop = threading.Event()
        self._told = time.monotonic()

    def stop(self) -> None:
        """At the end of this part."""
        self._stop.set()

    def progress(self, rows: int, total: int | None) -> None:
        """On the lane: `rows` are read, or of `total` written. Errors: Stopped."""
        if self._asked_to_stop():
            raise Stopped(rows if total is not None else 0, total or 0, self.keeps)
        if time.monotonic() - self._told > TELL_S:
            self._told = time.monotonic()
            self._lanes.to_gui(self._show, rows, total)

    def _asked_to_stop(self) -> bool:
        return self._stop.is_set() or self._lanes.stopping.is_set()

    def _show(self, rows: int, total: int | None) -> None:
        section = self._section()
        if section is not None and shiboken6.isValid(section):
            section.show_how_far(rows, total)


class Importing(Watch):
    """Besides, it lets the changes of who works in this window go first, and those of other programs."""

    keeps = True

    def __init__(self, section: ImportSection) -> None:
        super().__init__(section)
        self._tell = giving_way(super().progress)

    def progress(self, rows: int, total: int | None) -> None:
        """As the other; after a part that was written."""
        self._tell(rows, total)
        if total is not None and not self._asked_to_stop():
            self._lanes.give_way()


def _plain(value: object) -> str:
    """A value as the file has it; a reference has no words here."""
    return "…" if isinstance(value, bytes) else "–" if value is None or value == "" else str(value)
