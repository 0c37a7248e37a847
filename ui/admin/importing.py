"""Import of a list: which file, which column means what, what it would do, and doing it.

The columns are guessed from their names and from the last import; what was chosen is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

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
from app.intake.mapping import FIELDS, What
from app.intake.result import ImportResult
from app.intake.trying import LISTS, NEEDED, Header, attempt, header, importer, mapping_of
from app.reading import ReadingDesk
from ui import text
from ui.actions import QT_TRANSLATE_NOOP
from ui.admin.record_words import field_words, said
from ui.admin.section import SectionPage, reaches
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, RowTable

PROBLEMS: Final = 300
_KINDS: Final = {
    "departments": QT_TRANSLATE_NOOP("records", "Departments"),
    "requesters": QT_TRANSLATE_NOOP("records", "People who call"),
    "assets": QT_TRANSLATE_NOOP("records", "Machines and PCs"),
}
_COLUMN: Final = {"department": "department_id", "place": "place_id", "product": "product_id", "parent": "parent_id"}
"""Fields of a list that are called like a column of a record."""


def import_field_words(field: str) -> str:
    """A field of a list in words."""
    return field_words(_COLUMN.get(field, field))


class ImportSection(SectionPage):
    """For administrators."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._header: Header | None = None
        self.kind, self.file, self._choose = QComboBox(), QLineEdit(), QPushButton()
        for what in LISTS:
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
        self.try_it, self.do_it = QPushButton(), QPushButton()
        self.do_it.setProperty("look", "primary")
        for button, run in ((self.try_it, self.attempt), (self.do_it, self.carry_out)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
        foot.addWidget(self._only)
        foot.addStretch(1)
        foot.addWidget(self.try_it)
        foot.addWidget(self.do_it)
        self.column.addLayout(foot)
        self.boxes: dict[str, QComboBox] = {}
        self.setFocusProxy(self.kind)
        self.retranslate()

    def words(self) -> tuple[str, str]:
        for number, what in enumerate(LISTS):
            self.kind.setItemText(number, said(_KINDS[what]))
        self.kind.setAccessibleName(self.tr("What is imported"))
        self.file.setPlaceholderText(self.tr("A CSV or JSON file, also packed"))
        self.file.setAccessibleName(self.tr("File"))
        self._choose.setText(self.tr("Choose…"))
        self.try_it.setText(self.tr("Try"))
        self.do_it.setText(self.tr("Import"))
        self.problems.set_heads([self.tr("Row"), self.tr("Why it is left out")])
        self.problems.setAccessibleName(self.tr("Rows that are left out"))
        self._only.setText(self.tr("Only an administrator may import."))
        self._fill()
        return self.tr("Import"), self.tr(
            "Lists from other systems. Say which column means what, try it, then import; the same list twice makes "
            "nothing twice. Logs of cases are imported from the command line."
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

    def _guess(self, field: str) -> str:
        assert self._header is not None
        names = {field.replace("_", ""), import_field_words(field).casefold().replace(" ", "")}
        for column in self._header.columns:
            if column.casefold().replace("_", "").replace(" ", "") in names:
                return column
        return ""

    def chosen(self) -> dict[str, str]:
        """Field and column, as they are chosen."""
        return {field: str(box.currentData()) for field, box in self.boxes.items() if box.currentData()}

    # -- trying and doing ---------------------------------------------------------------------------------------------
    def _look(self) -> None:
        administrator = reaches(self.role, "administrator")
        self.try_it.setEnabled(administrator and bool(self.boxes))
        self.do_it.setEnabled(administrator and self._tried)

    def _show_result(self, result: ImportResult | None, *, done: bool = False) -> None:
        self._tried = result is not None and not done and bool(result.created or result.updated)
        if result is None:
            self._sum.setText(self.tr("Try it to see what it would do.") if self._header is not None else "")
            self.problems.show_rows([])
        else:
            self._sum.setText(
                self.tr("{rows} rows: {new} new, {changed} changed, {same} as they are, {wrong} left out").format(
                    rows=text.number(result.rows), new=text.number(result.created),
                    changed=text.number(result.updated), same=text.number(result.skipped),
                    wrong=text.number(len(result.problems)),
                )
            )  # fmt: skip
            self.problems.show_rows(
                [
                    (str(row).encode(), [Cell(text.number(row), "warning", Tone.WARNING), why])
                    for row, why in result.problems[:PROBLEMS]
                ]
            )
        self._look()

    def attempt(self) -> None:
        """What it would do; nothing is kept."""
        self._run(lambda context, what, path, mapping: attempt(context, what, path, mapping), self._attempted)

    def _attempted(self, result: ImportResult) -> None:
        self._busy.set_busy(False)
        self.services.settings["imports"] = {**self.services.settings["imports"], self.what: self.chosen()}
        self._show_result(result)

    def carry_out(self) -> None:
        """Import it."""
        self._run(
            lambda context, what, path, mapping: importer(what)(context, path, mapping, lambda _d, _a: None),
            self._imported,
        )

    def _imported(self, result: ImportResult) -> None:
        self._busy.set_busy(False)
        self._show_result(result, done=True)
        self.services.notices.done(self.tr("Imported: {count} rows").format(count=text.number(result.rows)))

    def _run(self, work: Callable[..., ImportResult], done: Callable[[ImportResult], object]) -> None:
        what, path = self.what, Path(self.file.text().strip())
        try:
            mapping = mapping_of(what, self.chosen())
        except UserError as error:
            self.services.show_error(error)
            return
        self._busy.set_busy(True)
        self.do_it.setEnabled(False)
        self.services.lanes.write.submit(
            lambda: work(self.services.writing().context, what, path, mapping), done=done, failed=self._failed,
            owner=self,
        )  # fmt: skip

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self.services.show_error(error)
        self._look()
