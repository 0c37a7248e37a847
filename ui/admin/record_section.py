"""A section of records: a list that is searched by typing, the form of the one that is chosen, and what can be done.

What somebody typed is never lost by looking elsewhere: another row, a change from a colleague or the other language
wait until it is saved or discarded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.reading import ReadingDesk
from app.records.changing import Edit, Moved, Saved
from app.records.kinds import KINDS, RETIMING
from app.records.reading import Line, Record
from ui import text
from ui.admin.moved_dialog import MovedDialog
from ui.admin.record_form import Named, RecordForm
from ui.admin.record_reading import Read, read_one, read_section
from ui.admin.record_words import TITLES, TOLD, field_words, said, value_words
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine, EmptyState, IconLabel
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

if TYPE_CHECKING:
    from app.desk import Desk

LIST_SHARE: Final = (4, 5)


class RecordSection(SectionPage):
    """`table`: a key of app.records.kinds."""

    def __init__(self, services: Services, table: str, parent: QWidget | None = None) -> None:
        self.kind = KINDS[table]
        self.tables = (table, *(child.table for child in self.kind.children))  # type: ignore[misc]
        super().__init__(services, parent)
        self.form: RecordForm | None = None
        self._chosen: bytes | None = None
        self._wish: Callable[[], object] | None = None
        self._new = False
        self._build()
        self.retranslate()

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.search = SearchField()
        self.search.searched.connect(lambda _words: self.read())
        self.inactive = QCheckBox()
        self.inactive.setVisible(self.kind.ends)
        self.inactive.toggled.connect(lambda _on: self.read())
        self.add = QPushButton()
        self.add.setIcon(icon("plus", "accent"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda _checked=False: self._or_keep(self.begin_new))
        # What gives way to a readable name stands in the form beside it.
        self.list = RowTable(1 + len(self.kind.shown), give_way=range(len(self.kind.shown), 0, -1))
        self.list.chosen.connect(self._row_chosen)
        self.list.opened.connect(self._into_form)
        self.search.left_downwards.connect(self.list.setFocus)
        self._more = PlainLabel("", "muted")
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self.search, 1)
        head.addWidget(self.inactive)
        head.addWidget(self.add)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GAP_M, 0)
        column.setSpacing(GAP_S)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self._build_right())
        for number, share in enumerate(LIST_SHARE):
            self._split.setStretchFactor(number, share)
        self._split.setSizes([share * 100 for share in LIST_SHARE])
        self.column.addWidget(self._split, 1)
        self.setFocusProxy(self.search)

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP_M, 0, 0, 0)
        column.setSpacing(GAP_S)
        self._none = EmptyState("list", "", "")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumWidth(330)
        self._wrong, wrong = PlainLabel(""), QWidget()
        self._wrong.setWordWrap(True)
        row = QHBoxLayout(wrong)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel("warning", Tone.DANGER))
        row.addWidget(self._wrong, 1)
        wrong.hide()
        self._wrong_row = wrong
        self._busy = BusyLine()
        self.save_button, self.discard_button, self.remove_button = QPushButton(), QPushButton(), QPushButton()
        self.save_button.setProperty("look", "primary")
        self.remove_button.setProperty("look", "danger")
        for button, run in (
            (self.save_button, self.save), (self.discard_button, self.discard), (self.remove_button, self._remove),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
        self._only = PlainLabel("", "muted")
        self._only.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        foot.addWidget(self.remove_button)
        foot.addWidget(self._only, 1)
        foot.addStretch(1)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.save_button)
        column.addWidget(wrong)  # above the form: notices lie over its foot
        column.addWidget(self._none, 1)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._busy)
        column.addLayout(foot)
        self._scroll.hide()
        return right

    def words(self) -> tuple[str, str]:
        kind = self.kind
        self.search.setPlaceholderText(self.tr("Find"))
        self.inactive.setText(self.tr("Also out of use"))
        self.add.setText(self.tr("New"))
        self.list.set_heads([field_words(kind.name), *(field_words(name) for name in kind.shown)])
        self.list.setAccessibleName(said(TITLES[kind.table]))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.discard_button.setText(self.tr("Discard"))
        self.remove_button.setText(self.tr("Put out of use") if kind.ends else self.tr("Remove"))
        self._none.show_as("list", self.tr("Nothing chosen"), self.tr("Choose one from the list, or make a new one."))
        if self.form is not None and not self.form.is_dirty():
            self._drop_form()
        return said(TITLES[kind.table]), said(TOLD[kind.table])

    def _drop_form(self) -> None:
        if self.form is not None:
            self._scroll.takeWidget()
            self.form.deleteLater()
            self.form = None

    # -- reading ------------------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Read]:
        table, typed, inactive, chosen = self.kind.table, self.search.text(), self.inactive.isChecked(), self._chosen
        return lambda desk: read_section(desk, table, typed, inactive, chosen)

    def show_read(self, read: Read) -> None:
        may_add = self.kind.can_add and self._may(self.kind.least)
        self.add.setVisible(may_add)
        self.list.blockSignals(True)
        self.list.show_rows([self._row(line) for line in read.listing.lines])
        if self._chosen is not None:
            self.list.choose(self._chosen)
        self.list.blockSignals(False)
        shown, total = len(read.listing.lines), read.listing.total
        self._more.setText(
            self.tr("{shown} of {total}; type a part of the name to find others").format(
                shown=text.number(shown), total=text.number(total)
            )
            if shown < total
            else ""
        )
        self._more.setVisible(shown < total)
        if self.form is None:
            self.form = RecordForm(self.kind, self.services, read.choices)
            self.form.changed.connect(self._look)
            self._scroll.setWidget(self.form)
            self.form.show()
        elif self.form.is_dirty():
            self._look()
            return
        if not self._new and read.chosen == self._chosen:
            # Else another row was chosen meanwhile; it is on its way.
            self._show_record(read.record, read.names)
        self._look()

    def _show_record(self, record: Record | None, names: Named) -> None:
        self._chosen = record.id if record is not None else None
        assert self.form is not None
        self.form.show_record(record, names, self._may)
        self._scroll.setVisible(record is not None)
        self._none.setVisible(record is None)
        self._scroll.verticalScrollBar().setValue(0)
        self._tell_wrong("")

    def _row(self, line: Line) -> Row:
        name = Cell(line.name)
        if line.flag is not None:
            name = Cell(
                self.tr("{name} ({count} there)").format(name=line.name, count=line.flag), "warning", Tone.WARNING
            )
        elif not line.active:
            name = Cell(self.tr("{name} (out of use)").format(name=line.name), "minus")
        cells: list[Cell | str] = [name]
        for column in self.kind.shown:
            spec, value = self.kind.field(column), line.values[column]
            if value is None or value == "":
                cells.append("")
            elif spec.kind == "minutes":
                cells.append(text.minutes(int(value)))
            elif spec.kind == "day":
                cells.append(text.day(str(value)))
            else:
                cells.append(value_words(spec, value))
        return line.id, cells

    def _may(self, least: str) -> bool:
        return reaches(self.role, least)

    # -- choosing -----------------------------------------------------------------------------------------------------
    def _row_chosen(self) -> None:
        wanted = self.list.current_id()
        if wanted is not None and wanted != self._chosen:
            self._or_keep(lambda: self._open(wanted))

    def _open(self, row_id: bytes) -> None:
        self._new = False
        self._chosen = row_id
        self.services.lanes.read.submit(
            read_one, self.services.desk, self.kind.table, row_id, done=self._opened, key=("record", self.kind.table)
        )

    def _opened(self, read: tuple[Record | None, Named]) -> None:
        if self.form is not None and not self._new:
            self._show_record(*read)
            self._look()

    def begin_new(self) -> None:
        """An empty form."""
        if self.form is None:
            return
        self.list.blockSignals(True)
        self.list.clearSelection()
        self.list.blockSignals(False)
        self._show_record(None, {})
        self._new = True
        self._scroll.show()
        self._none.hide()
        self._look()
        self.form.focus_first()

    def _into_form(self) -> None:
        if self.form is not None and self._scroll.isVisible():
            self.form.focus_first()

    def _or_keep(self, then: Callable[[], object]) -> None:
        """`then`, after asking what becomes of what was typed and not saved."""
        if self.form is None or not self.form.is_dirty():
            then()
            return
        self.list.blockSignals(True)
        if self._chosen is None or not self.list.choose(self._chosen):
            self.list.clearSelection()
        self.list.blockSignals(False)
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Not saved yet"))
        box.setText(self.tr("What was changed here is not saved yet."))
        keep = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        lose = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Go on here"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answered(button: object) -> None:
            if button is keep:
                self._wish = then
                self.save()
            elif button is lose:
                self._new = False
                self._show_record(None, {})
                then()

        box.buttonClicked.connect(answered)
        box.open()

    # -- doing --------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        dirty = self.form is not None and self._scroll.isVisible() and self.form.is_dirty()
        mine = self._may(self.kind.least) or any(self._may(child.least) for child in self.kind.children)
        self.save_button.setVisible(mine)
        self.discard_button.setVisible(mine)
        self.save_button.setEnabled(dirty)
        self.discard_button.setEnabled(dirty or self._new)
        self.remove_button.setVisible(self._may(self.kind.least) and self._chosen is not None and not self._new)
        role = {"analyst": "", "supervisor": self.tr("Only a supervisor may change this."),
                "administrator": self.tr("Only an administrator may change this.")}[self.kind.least]  # fmt: skip
        self._only.setText("" if self._may(self.kind.least) else role)

    def discard(self) -> None:
        """As it is stored."""
        self._new = False
        self._tell_wrong("")
        chosen = self._chosen
        self._show_record(None, {})
        if chosen is not None:
            self._open(chosen)
        self._look()
        self.list.setFocus()

    def save(self) -> None:
        """Keep it; where due times follow, first show which."""
        if self.form is None or not self.form.is_dirty():
            return
        try:
            edit = self.form.edit()
        except UserError as error:
            self._failed(error)
            return
        self._tell_wrong("")
        if self.kind.retimes and not RETIMING.isdisjoint({self.kind.table, *(c.table for c in edit.children),
                                                          *(table for table, _id in edit.removed)}):  # fmt: skip
            self._busy.set_busy(True)
            lanes, writing = self.services.lanes, self.services.writing
            lanes.clocks.submit(
                lambda: (edit, *writing().records.moved(edit, lambda _done, _all: lanes.give_way())),
                done=self._preview, failed=self._failed,
            )  # fmt: skip
        else:
            self._carry_out(edit)

    def _preview(self, found: tuple[Edit, int, list[Moved]]) -> None:
        self._busy.set_busy(False)
        edit, count, examples = found
        if not count:
            self._carry_out(edit)
            return
        dialog = MovedDialog(self.services, count, examples, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._carry_out(edit))
        dialog.open()

    def _carry_out(self, edit: Edit) -> None:
        self._busy.set_busy(True)
        self.save_button.setEnabled(False)

        def run(desk: Desk) -> Saved:
            return desk.records.save(edit)

        self.services.lanes.write.submit(
            lambda: run(self.services.writing()), done=self._saved, failed=self._failed, owner=self
        )

    def _saved(self, saved: Saved) -> None:
        self._busy.set_busy(False)
        self._new = False
        if saved.tx_id is not None:
            self._told_saved(saved)
        wish, self._wish = self._wish, None
        # What was typed is stored now: the form shows the stored row again.
        self._chosen = saved.id
        self._show_record(None, {})
        self._chosen = saved.id
        self._open(saved.id)
        self.read()
        if wish is not None:
            wish()

    def _told_saved(self, saved: Saved) -> None:
        self.services.done(saved, self.tr("Saved"))

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self._wish = None
        if isinstance(error, UserError):
            self._tell_wrong(text.refusal(error))
            self._look()
        else:
            self.services.show_error(error)

    def _tell_wrong(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong_row.setVisible(bool(words))

    def _remove(self) -> None:
        table, row_id = self.kind.table, self._chosen
        if row_id is None:
            return

        def run() -> Saved:
            return self.services.writing().records.remove(table, row_id)

        self.services.lanes.write.submit(run, done=self._removed, failed=self._failed, owner=self)

    def _removed(self, saved: Saved) -> None:
        words = self.tr("Out of use now") if self.kind.ends else self.tr("Removed")
        self.services.done(saved, words)
        self._show_record(None, {})
        self.read()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_S):
            self.save()
        else:
            super().keyPressEvent(event)
