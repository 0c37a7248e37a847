"""The last row of a dialog that does one thing."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from ui.tokens import GAP_S


class Footer(QHBoxLayout):
    """Cancel, and the deed the dialog is for: Enter does it, unless another button has the focus; Esc cancels."""

    def __init__(self, dialog: QDialog, deed: str, left: QWidget | None = None) -> None:
        """`left`: what stands apart from both. The caller connects `go`."""
        super().__init__()
        self.setSpacing(GAP_S)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(dialog.reject)
        self.go = QPushButton(deed)
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        if left is not None:
            self.addWidget(left)
        self.addStretch(1)
        self.addWidget(cancel)
        self.addWidget(self.go)
