"""Whose plan was made otherwise is told so once, with who did it, also over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import join
from app.profile import Profile
from tests.ui.open_window import OpenWindow, open_window
from ui.coverage.plan_news import PlanNews
from ui.i18n import Languages
from ui.theme import Theme


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def test_a_supervisor_who_changes_my_vacation_is_named_to_me_once(opened: OpenWindow, tmp_path: Path):
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
    news = PlanNews(services, opened.window)
    news.look()
    opened.wait(lambda: any("Boss Lady changed what you entered" in one for one in said))
    assert any("Anna Kern is away from 7 Dec 2026 to 10 Dec 2026." in one for one in said)
    current = services.notices.current
    assert current is not None
    assert [action.text for action in current.actions] == ["Look"]
    current.actions[0].run()
    services.notices.dismiss()
    opened.wait()
    count = len(said)
    again = PlanNews(services, opened.window)
    again.look()
    opened.wait()
    assert not [one for one in said[count:] if "Boss Lady" in one], "told already, before the restart"
