"""Whose plan was made otherwise is told so with who did it, until he says that he has seen it: by a notice that stays,
after the next start again, and on the page of coverage."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.joining import join
from app.profile import Profile
from tests.ui.open_window import OpenWindow, open_window
from ui.coverage.page import CoveragePage
from ui.coverage.plan_news import PlanNews
from ui.i18n import Languages
from ui.notices import Notice
from ui.theme import Theme


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def test_a_supervisor_who_changes_my_vacation_is_named_to_me_until_i_have_seen_it(opened: OpenWindow, tmp_path: Path):
    from app.desk import Desk

    desk, services = opened.desk, opened.client.services
    absence = desk.absences.plan("2026-12-01", "2026-12-04").id
    invitation, _expires = desk.invite("Boss Lady", "supervisor")
    profile = Profile(tmp_path / "boss")
    join(profile, invitation, key_file=tmp_path / "boss.keys", clock=desk.context.clock)
    boss = Desk(profile, clock=opened.clock)
    try:
        desk.sync_round()
        boss.sync_round()
        boss.absences.move(absence, "2026-12-07", "2026-12-10")
        boss.sync_round()
    finally:
        boss.close()
    desk.sync_round()
    said: list[str] = []
    services.notices.listen(lambda: said.append(services.notices.current.text) if services.notices.current else None)
    heard: list[Notice] = []
    services.notices.listen(lambda: heard.append(services.notices.current) if services.notices.current else None)

    def told() -> bool:
        return any("Boss Lady changed what you entered" in one.text for one in heard)

    news = PlanNews(services, opened.window)
    news.look()
    opened.wait(told)
    current = services.notices.current
    assert current is not None
    assert "Anna Kern is away from 7 Dec 2026 to 10 Dec 2026." in current.text
    assert [action.text for action in current.actions] == ["Look", "I have seen it"]
    assert current.seconds is None, "it stays"
    services.notices.dismiss()
    opened.wait()
    heard.clear()
    news.look()
    opened.wait()
    assert not told(), "closed by hand it is quiet for now"

    opened.window.show_page("coverage", "now")
    page = opened.window.findChild(CoveragePage)
    assert isinstance(page, CoveragePage)
    rows = page.now.asks
    opened.wait(lambda: rows.texts())
    assert any("Boss Lady" in one for one in rows.texts()), "but the page has it"

    # The program is started anew: nobody has said that he has seen it.
    del services.__dict__["unseen"]
    again = PlanNews(services, opened.window)
    again.look()
    opened.wait(told)
    del services.__dict__["unseen"]
    services.__dict__["unseen"] = news._unseen

    button = next(one for one in rows.buttons if one.text() == "I have seen it")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    opened.wait(lambda: not any("Boss Lady" in one for one in rows.texts()))
    opened.wait()
    heard.clear()
    del services.__dict__["unseen"]
    third = PlanNews(services, opened.window)
    third.look()
    opened.wait()
    assert not told(), "seen is seen, also after the next start"
