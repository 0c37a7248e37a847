"""Both wrote the same words of an article: both are shown, side by side, and one is asked which stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.knowledge.loading import words_of
from ui.markdown import CaseBrowser
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel

Overlaps = Mapping[str, Sequence[tuple[str, str, str]]]


class ClashDialog(QDialog):
    """`overlaps`: by field `(base, mine, theirs)` of each place."""

    decided = Signal(str)
    """"mine", "theirs" or "both"."""

    def __init__(self, overlaps: Overlaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Both wrote"))
        self.resize(640, 420)
        said = PlainLabel(
            self.tr("Somebody changed the same words while you wrote. All else is merged; which of these stay?")
        )
        said.setWordWrap(True)
        self.text = CaseBrowser()
        self.text.setAccessibleName(self.tr("What both wrote"))
        self.text.setHtml(self._html(overlaps))
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for favour, words in (
            ("both", self.tr("Keep both")), ("mine", self.tr("Keep mine")), ("theirs", self.tr("Keep theirs")),
            ("", self.tr("Go on writing")),
        ):  # fmt: skip
            button = QPushButton(words)
            button.setAutoDefault(favour == "both")
            button.clicked.connect(lambda _checked=False, favour=favour: self._decide(favour))
            self.buttons[favour] = button
            row.addWidget(button)
        self.buttons["both"].setProperty("look", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(said)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def _html(self, overlaps: Overlaps) -> str:
        mine, theirs = escape(self.tr("Mine")), escape(self.tr("Theirs"))
        parts = []
        for name, places in overlaps.items():
            parts.append(f"<h4>{escape(words_of(name))}</h4>")
            for _base, one, other in places:
                rows = ((mine, one), (theirs, other))
                cells = "".join(
                    f"<tr><td><b>{who}</b></td><td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
                    for who, text in rows
                )
                parts.append(f'<table border="1" cellspacing="0" cellpadding="4" width="100%">{cells}</table><p></p>')
        return "".join(parts)

    def _decide(self, favour: str) -> None:
        self.accept() if favour else self.reject()
        if favour:
            self.decided.emit(favour)
