"""A table that only shows: what gives way where there is little room, and comes back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.widgets.row_table import READABLE, RowTable


def test_columns_give_way_one_after_another_until_the_name_is_readable(qtbot: QtBot) -> None:
    table = RowTable(3, give_way=(2, 1))
    qtbot.addWidget(table)
    table.set_heads(("Article", "State", "Helped"))
    table.show_rows([(b"1", ("Label printer prints every label twice", "published", "11/15"))])
    letter = table.fontMetrics().averageCharWidth()

    def hidden(letters: int) -> list[bool]:
        table.resize(letters * letter, 200)
        return [table.isColumnHidden(column) for column in range(3)]

    with qtbot.waitExposed(table):
        table.show()
    assert hidden(100) == [False, False, False]
    seen = [hidden(letters) for letters in range(100, READABLE - 4, -1)]
    kinds = [kind for number, kind in enumerate(seen) if number == 0 or kind != seen[number - 1]]
    assert kinds == [[False, False, False], [False, False, True], [False, True, True]]
    for letters in range(READABLE + 2, 100):
        hidden(letters)
        assert table.columnWidth(0) >= READABLE * letter
    assert hidden(100) == [False, False, False]
