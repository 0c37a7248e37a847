"""The store's schema from the command line: who may raise it, and what a workstation with an older program says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from db.errors import UpdateNeeded
from db.replica import Replica
from db.upgrades import Program
from tests.desks import found_desk, join_desk

Printed = pytest.CaptureFixture[str]


def _newer(desk: Desk) -> None:
    """This workstation gets a newer program."""
    desk.replica.program = Program(2, {2: lambda rows: None})


def _status(desk: Desk, capsys: Printed) -> dict[str, object]:
    assert main(["status", "--json", "--profile", str(desk.profile.folder)]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_an_older_workstation_is_told_to_update_and_its_work_is_kept(tmp_path: Path, capsys: Printed):
    anna = found_desk(tmp_path)
    jo = join_desk(anna, tmp_path)
    try:
        anna.sync_round()
        _newer(anna)
        assert anna.upgrade_store() == (1, 2)
        assert anna.upgrade_store() == (2, 2)
        with pytest.raises(UpdateNeeded, match="update Halldesk"):
            jo.sync_round()
        state = _status(jo, capsys)
        assert (state["schema"], state["update_needed"]) == (1, True)
        assert main(["status", "--profile", str(jo.profile.folder)]) == 0
        assert "update Halldesk on this workstation" in capsys.readouterr().out
        _newer(jo)
        jo.sync_round()
        assert jo.status()["update_needed"] is False
        assert jo.replica.schema == 2
    finally:
        jo.close()
        anna.close()


def test_nobody_but_an_administrator_upgrades_and_there_may_be_nothing_to_do(tmp_path: Path, capsys: Printed):
    anna = found_desk(tmp_path)
    jo = join_desk(anna, tmp_path)
    try:
        assert main(["upgrade-store", "--json", "--profile", str(anna.profile.folder)]) == 0
        assert json.loads(capsys.readouterr().out) == {"before": 1, "schema": 1}
        assert main(["upgrade-store", "--profile", str(jo.profile.folder)]) == 1
        assert "Only an administrator" in capsys.readouterr().err
        assert isinstance(anna.replica, Replica)
    finally:
        jo.close()
        anna.close()
