"""The row over the composer's field: who sees it, what it is, whether it counts as a response."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.tokens import GAP_S, GAP_XS
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import ElidedLabel


class ComposerTop(QWidget):
    """Fields; what they mean is the composer's business."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.audience = SegmentedControl("")
        self.kind = QComboBox()
        self.counts = QCheckBox()
        self.seen_by = ElidedLabel("", role="muted", whole=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP_XS)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(GAP_S)
            rows.addLayout(row)
        self._first.addWidget(self.audience)
        self._first.addWidget(self.kind)
        self._first.addWidget(self.seen_by, 1)
        self._second.addWidget(self.counts)
        self._second.addStretch(1)
        self._row = self._second

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(self.audience, self.kind), super().minimumSizeHint().height())

    def in_tab_order(self) -> list[QWidget]:
        """What the Tab key goes through, after the text; others when other choices were made (`set_choices`)."""
        return [*self.audience.in_tab_order(), self.kind, self.counts]

    def show_counts(self, ticked: bool, shown: bool) -> None:
        """Whether it counts, and whether that can be chosen."""
        self.counts.setChecked(ticked)
        self.counts.setVisible(shown)
        self._arrange()

    def retranslate(self) -> None:
        """Say what is the same for every entry in the language that is on."""
        self.audience.setAccessibleName(self.tr("Who sees it"))
        self.kind.setAccessibleName(self.tr("Kind of entry"))
        self.counts.setText(self.tr("Counts as a response"))
        self.counts.setAccessibleName(self.counts.text())
        self.counts.setToolTip(
            self.tr("The first entry that counts stops the response clock. Nobody reached? Then it should not count")
        )
        self._arrange()

    def _arrange(self) -> None:
        """The tick stands beside the kind where that is wide enough, else in a row of its own: it cuts no word."""
        fits = self._width_of(self.audience, self.kind, self.counts) <= self.width()
        row = self._first if fits else self._second
        if row is not self._row:
            self._row.removeWidget(self.counts)
            row.insertWidget(2 if fits else 0, self.counts)
            self._row = row

    def _width_of(self, *fields: QWidget) -> int:
        beside = self.seen_by.minimumSizeHint().width()
        return sum(field.sizeHint().width() + GAP_S for field in fields) + beside
