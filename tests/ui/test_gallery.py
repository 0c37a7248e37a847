"""Every small widget, light and dark, German and English, normal and large text: nothing is cut off.

Set HALLDESK_PICTURES to a folder to look at the pages as PNG files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolBar,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.action_set import ActionSet
from ui.actions import ACTIONS, FACTS, Where
from ui.i18n import Language, Languages
from ui.icons import icon
from ui.keymap import Keymap
from ui.notices import Level, Notice, NoticeAction, Notices
from ui.palette import CommandPalette, ShortcutSheet, action_entries
from ui.text import HOUR, MINUTE, due, duration, size
from ui.theme import Theme, ThemeChoice
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine, Divider, EmptyState, IconLabel, KeyCaps, SectionHeader
from ui.widgets.fields import NumberField, SearchField, SegmentedControl
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.pill import Pill

PICTURES = os.environ.get("HALLDESK_PICTURES")
GERMAN_TITLE = "Etikettendrucker in Halle 3 druckt seit dem Neustart nur noch leere Etiketten, Linie steht"


def words(german: str, english: str, languages: Languages) -> str:
    """The sample texts of the gallery: they are no part of the program and in no catalogue."""
    return german if languages.current is Language.GERMAN else english


def row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP_S)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return holder


def button(text: str, look: str = "", icon_name: str = "", enabled: bool = True) -> QPushButton:
    made = QPushButton(text)
    if look:
        made.setProperty("look", look)
    if icon_name:
        made.setIcon(icon(icon_name, "on_accent" if look == "primary" else "text"))
    made.setEnabled(enabled)
    return made


def controls_page(languages: Languages) -> QWidget:
    page = QWidget()
    page.setMinimumWidth(640)
    column = QVBoxLayout(page)
    column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
    column.setSpacing(GAP_M)
    column.addWidget(PlainLabel(words("Fall 1042", "Case 1042", languages), "title"))
    column.addWidget(ElidedLabel(GERMAN_TITLE))
    column.addWidget(
        row(
            Pill(words("in Arbeit", "in progress", languages), Tone.INFO, "state-open"),
            Pill(words("Produktion steht", "Production down", languages), Tone.DANGER, "severity-1"),
            Pill(words("wartet auf Teile", "waiting for parts", languages), Tone.WARNING, "state-waiting"),
            Pill(words("gelöst", "resolved", languages), Tone.OK, "state-done"),
            Pill(words("geschlossen", "closed", languages), Tone.NEUTRAL, "state-closed"),
        )
    )
    column.addWidget(
        row(
            Pill(words("interne Notiz", "internal note", languages), Tone.INTERNAL, "note"),
            Pill(words("an den Anfragenden", "to the requester", languages), Tone.REQUESTER, "reply"),
            Pill(words("Vertretung bis 29.11.", "stand-in until 29/11", languages), Tone.STAND_IN, "stand-in"),
            Pill(due(2 * HOUR + 10 * MINUTE, 0), Tone.NEUTRAL, "clock"),
            Pill(due(-35 * MINUTE, 0), Tone.DANGER, "breach"),
        )
    )
    column.addWidget(Divider())
    column.addWidget(
        row(
            button(words("Neuer Fall", "New case", languages), "primary", "case-new"),
            button(words("Übernehmen", "Claim", languages), "", "claim"),
            button(words("Abbrechen", "Cancel", languages), "quiet"),
            button(words("Entfernen", "Remove", languages), "danger"),
            button(words("Nicht jetzt", "Not now", languages), enabled=False),
            button(words("Speichern", "Save", languages), "primary", enabled=False),
        )
    )
    search = SearchField()
    search.setText(words("Drucker", "printer", languages))
    segments = SegmentedControl(words("Ansicht", "View", languages))
    segments.set_choices(
        [
            ("now", words("Jetzt", "Now", languages), "clock"),
            ("wait", words("Wartend", "Waiting", languages), "waiting"),
            ("done", words("Kürzlich geschlossen", "Recently closed", languages), ""),
        ]
    )
    column.addWidget(row(search, segments))
    combo = QComboBox()
    combo.addItems([words("Schwere 2: Arbeit behindert", "Severity 2: work hindered", languages), "3"])
    spin = NumberField(0, 999, "min", step=5)
    spin.setValue(25)
    date = QDateEdit(QDate(2026, 11, 22))
    date.setCalendarPopup(True)
    line = QLineEdit()
    line.setPlaceholderText(words("Anfragender oder Ort", "Requester or place", languages))
    column.addWidget(row(line, combo, spin, date))
    box = QCheckBox(words("Sofort gelöst", "Solved at once", languages))
    box.setChecked(True)
    radio = QRadioButton(words("Intern", "Internal", languages))
    radio.setChecked(True)
    column.addWidget(
        row(box, QCheckBox(words("Verfolgen", "Watch", languages)), radio, KeyCaps("Ctrl+K"), KeyCaps("F2"))
    )
    text = QPlainTextEdit()
    text.setPlaceholderText(words("Was wurde versucht?", "What was tried?", languages))
    text.setFixedHeight(64)
    column.addWidget(text)
    column.addWidget(SectionHeader(words("Ähnliche Fälle", "Similar cases", languages), "12"))
    column.addWidget(
        row(
            IconLabel("sync-ok", Tone.OK),
            PlainLabel(words("abgeglichen 09:12:40", "synced 09:12:40", languages), "muted"),
            IconLabel("sync-offline", Tone.WARNING),
            PlainLabel(f"{duration(95 * MINUTE)} · {size(1_234_567)}", "small"),
        )
    )
    busy = BusyLine()
    busy.set_busy(True)
    for _ in range(20):
        busy._step()
    column.addWidget(busy)
    bar = QProgressBar()
    bar.setValue(40)
    column.addWidget(bar)
    return page


def lists_page(languages: Languages) -> QWidget:
    page = QWidget()
    page.setMinimumSize(760, 340)
    line = QHBoxLayout(page)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    tree = QTreeWidget()
    tree.setProperty("pane", "navigation")
    # A view in a layout measures its rows before the style sheet has reached it.
    tree.ensurePolished()
    tree.setHeaderHidden(True)
    tree.setAccessibleName("navigation")
    tree.setFixedWidth(220)
    for picture, german, english in (
        ("my-work", "Meine Arbeit", "My work"),
        ("departments", "Meine Abteilungen", "My departments"),
        ("stand-in", "Vertretung für Kern", "Covering for Kern"),
        ("queues", "Warteschlangen", "Queues"),
        ("knowledge", "Wissen", "Knowledge"),
        ("reports", "Berichte", "Reports"),
    ):
        item = QTreeWidgetItem(tree, [words(german, english, languages)])
        item.setIcon(0, icon(picture, "muted"))
        if picture == "queues":
            tree.setCurrentItem(item)
    tabs = QTabWidget()
    table = QTableWidget(6, 4)
    table.setHorizontalHeaderLabels(
        ["#", words("Titel", "Title", languages), "Status", words("Fällig", "Due", languages)]
    )
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setShowGrid(False)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for number in range(6):
        for place, value in enumerate((str(1042 + number), GERMAN_TITLE, "neu", due(number * HOUR * 9, 1))):
            table.setItem(number, place, QTableWidgetItem(value))
    table.selectRow(1)
    table.horizontalHeader().setStretchLastSection(True)
    table.setColumnWidth(1, 260)
    table.setAccessibleName("cases")
    tabs.addTab(table, words("Fälle", "Cases", languages))
    tabs.addTab(
        EmptyState(
            "queues",
            words("Hier wartet nichts", "Nothing waits here", languages),
            words("Neue Fälle erscheinen von selbst.", "New cases appear by themselves.", languages),
            words("Neuer Fall", "New case", languages),
        ),
        words("Verlauf", "History", languages),
    )
    line.addWidget(tree)
    line.addWidget(tabs, 1)
    return page


def empty_page(languages: Languages) -> QWidget:
    return EmptyState(
        "coverage",
        words("Niemand vertritt diese Abteilung", "Nobody covers this department", languages),
        words(
            "Kern ist bis zum 29. November abwesend und eine Vertretung ist nicht eingetragen.",
            "Kern is away until 29 November and no stand-in is entered.",
            languages,
        ),
        words("Vertretung eintragen", "Enter a stand-in", languages),
    )


def window_page(languages: Languages) -> QWidget:
    window = QMainWindow()
    actions = ActionSet(window, Keymap(ACTIONS))
    for action in ACTIONS:
        actions.bind(action.id, lambda: None)
    actions.set_facts(FACTS.keys() - {"case done", "can undo"})
    actions.fill_menu_bar(window.menuBar())
    bar = QToolBar()
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    actions.fill_tool_bar(bar, "case")
    window.addToolBar(bar)
    centre = QWidget()
    window.setCentralWidget(centre)
    notices = Notices()
    NoticeBar(notices, centre)
    notices.post(
        Notice(
            Level.ERROR,
            words(
                "Das Laufwerk antwortet nicht. Ihre Änderungen sind auf diesem Rechner sicher und werden"
                " abgeglichen, sobald es wieder da ist.",
                "The drive does not answer. Your changes are safe on this PC and will be shared when it is back.",
                languages,
            ),
            "TimeoutError: \\\\drive\\desk\\log",
            (NoticeAction(words("Erneut versuchen", "Try again", languages), lambda: None),),
        )
    )
    notices.done(words("Fall 1042 übernommen.", "Case 1042 claimed.", languages))
    window.resize(1100, 260)
    return window


def palette_page(languages: Languages) -> QWidget:
    window = QMainWindow()
    actions = ActionSet(window, Keymap(ACTIONS))
    for action in ACTIONS:
        actions.bind(action.id, lambda: None)
    actions.set_facts(FACTS.keys())
    dialog = CommandPalette(action_entries(actions))
    window.setParent(dialog)
    window.hide()
    return dialog


def sheet_page(languages: Languages) -> QWidget:
    return ShortcutSheet(Keymap(ACTIONS))


def menu_page(languages: Languages) -> QWidget:
    window = QMainWindow()
    actions = ActionSet(window, Keymap(ACTIONS))
    for action in ACTIONS:
        actions.bind(action.id, lambda: None)
    actions.set_facts(FACTS.keys())
    menu = actions.context_menu(Where.LIST, window)
    holder = QWidget()
    window.setParent(holder)
    window.hide()
    grid = QGridLayout(holder)
    menu.setParent(holder)
    menu.setWindowFlags(Qt.WindowType.Widget)
    grid.addWidget(menu)
    menu.show()
    return holder


PAGES: dict[str, Callable[[Languages], QWidget]] = {
    "controls": controls_page,
    "lists": lists_page,
    "empty": empty_page,
    "window": window_page,
    "palette": palette_page,
    "sheet": sheet_page,
    "menu": menu_page,
}


def cut_off(page: QWidget) -> list[str]:
    """What is too small for its content, in words."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        shown = isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | Pill | QSpinBox | QDateEdit)
        if not shown or widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            wanted_width, wanted_height = 0, widget.heightForWidth(widget.width())
        elif isinstance(widget, QLineEdit | QToolButton) and widget.parent() is not None:
            # Lines scroll; the arrows at the ends of bars and tabs have no words.
            wanted_width, wanted_height = 0, widget.minimumSizeHint().height()
        else:
            wanted_width, wanted_height = widget.sizeHint().width(), widget.minimumSizeHint().height()
        if widget.width() < wanted_width or widget.height() < wanted_height:
            found.append(
                f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}:"
                f" {widget.width()}x{widget.height()} < {wanted_width}x{wanted_height}"
            )
    return found


def without_name(page: QWidget) -> list[str]:
    """Controls a screen reader could not name."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in page.findChildren(QAbstractButton)
        if widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and type(widget.parent()).__name__ not in ("SearchField", "QTabBar", "QTableWidget")
        and not (widget.accessibleName() or widget.text())
    ]


@pytest.mark.parametrize("scale", [1.0, 1.5], ids=["normal", "large"])
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off(
    theme: Theme,
    languages: Languages,
    qtbot: QtBot,
    name: str,
    choice: ThemeChoice,
    language: Language,
    scale: float,
):
    theme.choose(choice)
    theme.set_text_scale(scale)
    languages.choose(language)
    page = PAGES[name](languages)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    if name != "window":
        page.resize(page.sizeHint().expandedTo(page.size()))
    qtbot.wait(1)
    picture = page.grab()
    assert not picture.isNull()
    if PICTURES:
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        assert picture.save(str(folder / f"{name}-{choice}-{language}-{scale:g}.png"))
    assert cut_off(page) == []
    assert without_name(page) == []


def test_the_check_for_cut_text_bites(theme: Theme, languages: Languages, qtbot: QtBot):
    page = QWidget()
    qtbot.addWidget(page)
    label = PlainLabel("Warteschlangen", parent=page)
    nameless = QToolButton(page)
    page.show()
    label.resize(20, 20)
    nameless.move(0, 40)
    assert "Warteschlangen" in cut_off(page)[0]
    assert without_name(page)
