"""Before hours or targets are saved: which open cases would be due at another time."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.records.changing import Moved
from ui import text
from ui.services import Services
from ui.tokens import GAP_M
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import RowTable


class MovedDialog(QDialog):
    """Which open cases get other due times, before it is so."""

    def __init__(self, services: Services, count: int, examples: list[Moved], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Other due times"))
        column = QVBoxLayout(self)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(self.tr("%n open case(s) get other due times", "", count), "large"))
        self.table = RowTable(4, stretch=1)
        self.table.set_heads([self.tr("Case"), self.tr("Title"), self.tr("Due until now"), self.tr("Due then")])
        self.table.setAccessibleName(self.tr("Cases with other due times"))
        zone = services.zone

        def moment(at: int | None) -> str:
            return self.tr("none") if at is None else text.moment(at, zone)

        self.table.show_rows(
            [(str(n).encode(), [m.label, m.title, moment(m.before), moment(m.after)]) for n, m in enumerate(examples)]
        )
        column.addWidget(self.table, 1)
        if count > len(examples):
            column.addWidget(
                PlainLabel(self.tr("and {count} more").format(count=text.number(count - len(examples))), "muted")
            )
        footer = Footer(self, self.tr("Save all the same"))
        footer.go.clicked.connect(self.accept)
        column.addLayout(footer)
        self.resize(760, 420)
