"""Work that a workstation can't send any more reaches the desk through another one: once, with its files, under the
name of who answers for it; and nothing in a file makes anybody an administrator."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.profile import Profile
from app.unsent import bring_in, export, look_into
from app.work.cases import NewCase
from db.capture import RowChange, TxRecord
from db.errors import DeviceRevoked
from db.ids import new_id
from db.on_behalf import handed_over
from db.shapes import Analyst
from tests.desks import found_desk, join_desk


@pytest.fixture
def anna(tmp_path: Path):
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path):
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    desk.sync_round()
    yield desk
    desk.close()


def works(jo: Desk) -> bytes:
    """A case with a note, an event and a file; nothing of it is sent."""
    case = jo.cases.new(NewCase("Press stands still", 2)).case_id
    jo.cases.claim(case)
    file = jo.attachments.keep("photo.txt", b"what it looks like " * 300)
    jo.cases.note(case, "Belt is torn", files=[file])
    return case


def revoked(anna: Desk, jo: Desk) -> None:
    anna.enrolment.revoke(anna.devices.find("Jo Roth"))
    with pytest.raises(DeviceRevoked):
        jo.sync_round()


def notes(desk: Desk) -> list[tuple[str, str, str]]:
    name = desk.directory.name
    return [
        (row["text"], name("analyst", row["author_id"]), name("analyst", row["on_behalf_of_id"]))
        for row in desk.context.reader.all("SELECT * FROM timeline_entry ORDER BY id")
    ]


def test_an_administrator_sends_what_a_revoked_workstation_kept(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    case = works(jo)
    revoked(anna, jo)
    file = tmp_path / "jo.work"
    done = export(jo, file)
    assert (done.changes, done.files, done.missing) == (3, 1, 0)
    parcel = look_into(anna, file)
    assert (parcel.analyst, parcel.known, parcel.left_out) == ("Jo Roth", 0, 0)
    assert parcel.lines[0].title == "Press stands still"
    brought = bring_in(anna, file)
    assert (brought.changes, brought.files, brought.left_out) == (3, 1, 0)
    assert anna.sync_round().conflicts == 0
    assert anna.context.reader.value('SELECT title FROM "case" WHERE id = ?', (case,)) == "Press stands still"
    assert notes(anna) == [("Belt is torn", "Anna Kern", "Jo Roth")]
    (attached,) = anna.context.reader.all("SELECT * FROM attachment")
    assert anna.attachments.contents.chunks.read(attached["chunks"][:32]) == b"what it looks like " * 300
    assert anna.replica.rows_digest() == anna.replica.digest
    assert bring_in(anna, file).changes == 0, "a second time changes nothing"
    assert anna.sync_round().published == 0
    assert jo.replica.pending_count() == 3, "they stay where they were done"


def test_who_has_another_workstation_sends_the_own_work_as_it_was(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    works(jo)
    revoked(anna, jo)
    export(jo, tmp_path / "jo.work")
    line, _until = anna.enrolment.invite_again(jo.me)
    from app.joining import join

    join(Profile(tmp_path / "new"), line, key_file=tmp_path / "new.keys", clock=anna.context.clock)
    new = Desk(Profile(tmp_path / "new"), clock=anna.context.clock)
    bring_in(new, tmp_path / "jo.work")
    new.sync_round()
    anna.sync_round()
    assert notes(anna) == [("Belt is torn", "Jo Roth", "")]
    new.close()


def test_what_the_sender_may_not_do_is_kept_as_a_conflict(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    kim = join_desk(anna, tmp_path, name="kim", person="Kim Ost")
    anna.sync_round()
    case = jo.cases.new(NewCase("Scanner", 3)).case_id
    jo.cases.time(case, 20)
    revoked(anna, jo)
    export(jo, tmp_path / "jo.work")
    kim.sync_round()
    assert bring_in(kim, tmp_path / "jo.work").changes == 2
    assert kim.sync_round().conflicts == 1
    (kept,) = kim.conflicts.waiting()
    assert "somebody else's time" in kept.why
    assert kim.context.reader.value('SELECT count(*) FROM "case"') == 1
    kim.close()


def test_roles_and_devices_are_not_taken_from_a_file(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    with anna.replica.transaction("analyst.edit", anna.me, at=anna.context.clock()) as tx:
        tx.update(Analyst, jo.me, role="administrator")
    anna.sync_round()
    jo.sync_round()
    with jo.replica.transaction("analyst.edit", jo.me, at=jo.context.clock()) as tx:
        tx.insert(Analyst, name="Mallory", role="administrator")
    jo.cases.new(NewCase("Honest work", 3))
    revoked(anna, jo)
    export(jo, tmp_path / "jo.work")
    brought = bring_in(anna, tmp_path / "jo.work")
    assert (brought.changes, brought.left_out) == (1, 1)
    anna.sync_round()
    assert not anna.context.reader.all("SELECT 1 FROM analyst WHERE name = 'Mallory'")


def test_files_that_are_not_what_they_say(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is nothing to write"):
        export(jo, tmp_path / "none.work")
    assert not (tmp_path / "none.work").exists()
    works(jo)
    export(jo, tmp_path / "jo.work")
    other = found_desk(tmp_path / "other")
    with pytest.raises(UserError, match="can't be opened"):
        look_into(other, tmp_path / "jo.work")
    other.close()
    with pytest.raises(UserError, match="There is no file"):
        bring_in(anna, tmp_path / "nowhere")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(UserError, match="no file that Halldesk wrote"):
        bring_in(anna, tmp_path / "text")
    with zipfile.ZipFile(tmp_path / "jo.work") as whole, zipfile.ZipFile(tmp_path / "bent.work", "w") as bent:
        for name in whole.namelist():
            data = bytearray(whole.read(name))
            if name == "work.sealed":
                data[-1] ^= 1
            bent.writestr(name, bytes(data))
    with pytest.raises(UserError, match="was not written by the workstation it names"):
        bring_in(anna, tmp_path / "bent.work")
    assert anna.replica.unsent() == []


def test_by_command(anna: Desk, jo: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    works(jo)
    revoked(anna, jo)
    file = str(tmp_path / "jo.work")

    def run(desk: Desk, *words: str) -> list[dict[str, object]]:
        assert main([*words, "--json", "--profile", str(desk.profile.folder)]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert run(jo, "work", "export", file)[0]["changes"] == 3
    assert run(anna, "work", "show", file)[0]["title"] == "Press stands still"
    (said,) = run(anna, "work", "import", file)
    assert (said["changes"], said["sent"], said["to_decide"]) == (3, True, 0)


def test_only_what_tells_what_was_done_is_handed_over() -> None:
    me, jo, note = new_id(), new_id(), new_id()
    rows = (
        RowChange("timeline_entry", note, "i", {"author_id": jo, "text": "x"}),
        RowChange("time_entry", new_id(), "i", {"analyst_id": jo, "minutes": 5}),
        RowChange("timeline_entry", note, "u", {"text": ["x", "y"]}),
    )
    record = TxRecord(new_id(), "case.note", 1, None, None, (), rows)
    given = handed_over(record, me, jo, "supervisor")
    assert given.id == record.id
    assert (given.author, given.on_behalf_of) == (me, jo)
    assert given.rows[0].values == {"author_id": me, "on_behalf_of_id": jo, "text": "x"}
    assert given.rows[1:] == rows[1:]
    assert handed_over(record, jo, jo, "analyst") is record
