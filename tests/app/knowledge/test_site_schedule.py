"""Sites that are exported by themselves: one client at a time, when due, and it says when last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.desk import Desk
from app.errors import UserError
from app.knowledge.site import LAST, LEASE, MANIFEST
from app.knowledge.site_schedule import LEASE_MS, Site, due_at, export_due, export_one, last, sites
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def pair(tmp_path: Path):
    clock = Clock()
    anna = found_desk(tmp_path, clock=clock)
    jo = join_desk(anna, tmp_path)
    article = anna.articles.create("Blank labels", solution="1. Turn the ribbon", audience="everyone").article_id
    anna.articles.set_state(article, "published")
    anna.sync_round()
    yield anna, jo, clock, tmp_path / "help"
    jo.close()
    anna.close()


def _set(anna: Desk, folder: Path, hours: int = 24) -> Site:
    site = Site(str(folder), "everyone", "123", hours=hours)
    anna.site_schedule.put(site)
    return site


def test_whoever_is_there_exports_what_is_due_and_the_others_see_when(pair: tuple[Desk, Desk, Clock, Path]):
    anna, jo, clock, folder = pair
    site = _set(anna, folder)
    assert export_due(anna)[0].why, "the first time is somebody's doing, so that no empty mount point is filled"
    assert not folder.exists()
    assert export_one(anna, site).done is not None
    known = last(site)
    assert known is not None
    assert (known.by, known.articles) == ("Anna Kern", 1)
    assert due_at(site, known) == known.at + 24 * 3_600_000
    anna.sync_round()
    jo.sync_round()
    assert sites(jo.context) == [site]
    assert export_due(jo) == [], "it is not due"
    clock.pass_minutes(24 * 60 + 1)
    anna.articles.create("Not for them")
    (outcome,) = export_due(jo)
    assert outcome.done is not None
    assert outcome.done.written == 0, "what has not changed is not written again"
    assert last(site).by == "Jo Roth"  # type: ignore[union-attr]
    assert export_due(anna) == []
    assert not (folder / LEASE).exists()
    assert {MANIFEST, LAST, "index.html"} <= {file.name for file in folder.iterdir()}


def test_only_one_has_it_and_one_who_died_does_not_keep_it(pair: tuple[Desk, Desk, Clock, Path]):
    anna, _jo, clock, folder = pair
    site = _set(anna, folder)
    export_one(anna, site)
    (folder / LEASE).write_text(json.dumps({"by": "Jo Roth", "until": clock.now + LEASE_MS}))
    assert export_one(anna, site).busy == "Jo Roth"
    assert (folder / LEASE).exists(), "it is not ours to take away"
    clock.pass_minutes(16)
    assert export_one(anna, site).done is not None
    for spoiled in ("", "[]", json.dumps({"by": "x", "until": clock.now + 10**15})):
        (folder / LEASE).write_text(spoiled)
        assert export_one(anna, site).done is not None, "what makes no sense holds nobody up"


def test_a_folder_that_is_gone_is_said_and_not_tried_all_the_time(pair: tuple[Desk, Desk, Clock, Path]):
    anna, _jo, clock, folder = pair
    _set(anna, folder, hours=1)
    tried: dict[str, int] = {}
    assert "not reachable" in export_due(anna, tried=tried)[0].why
    assert export_due(anna, tried=tried) == []
    clock.pass_minutes(61)
    assert len(export_due(anna, tried=tried)) == 1
    assert "another system" in export_one(anna, Site("help pages", "everyone", "1")).why


def test_administrators_say_which(pair: tuple[Desk, Desk, Clock, Path]):
    anna, jo, _clock, folder = pair
    with pytest.raises(UserError, match="Only an administrator"):
        jo.site_schedule.put(Site(str(folder), "everyone", "1"))
    for wrong, why in (
        (Site("help", "everyone", "1"), "in full"), (Site(str(folder), "nobody", "1"), "no audience"),
        (Site(str(folder), "departments", "1"), "whose articles"), (Site(str(folder), "everyone", " "), "whom to call"),
        (Site(str(folder), "everyone", "1", hours=0), "not possible"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=why):
            anna.site_schedule.put(wrong)
    anna.site_schedule.put(Site("X:\\help", "IT", "1"))
    _set(anna, folder)
    _set(anna, folder, hours=48)
    assert [(one.folder, one.hours) for one in sites(anna.context)] == [(str(folder), 48), ("X:\\help", 24)]
    anna.site_schedule.remove("X:\\help")
    with pytest.raises(UserError, match="No site is set"):
        anna.site_schedule.remove("X:\\help")
