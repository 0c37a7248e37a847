"""A desk that moves: the whole log goes along, the others follow by themselves, and nothing that anybody did meanwhile
is lost, whoever dies when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.backup import backup, restore_share
from app.desk import Desk
from app.errors import UserError
from app.joining import join
from app.moving import follow, move
from app.profile import Profile
from app.verifying import check_log
from app.work.cases import NewCase
from db import moving
from db.drive import DriveLog
from db.errors import NotInvited, Refused, StorageError, StoreDamaged, StoreUnreachable
from db.ids import derived_id
from db.shapes import CaseTag, SiteSetting
from tests.desks import found_desk, join_desk


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short log has several."""
    monkeypatch.setattr(moving, "_BLOCK", 8)


class Died(Exception):
    """The mover's process ended here."""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The old place and the new one."""
    new = tmp_path / "new"
    new.mkdir()
    return tmp_path / "share", new


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Desk]:
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    yield desk
    desk.close()


def opens(desk: Desk, title: str) -> bytes:
    return desk.cases.new(NewCase(title=title, severity=2)).case_id


def moves(desk: Desk, to: Path) -> None:
    move(desk, str(to), lambda _what, _done, _total: None)


def titles(desk: Desk) -> list[str]:
    return [row[0] for row in desk.context.reader.all('SELECT title FROM "case" ORDER BY number')]


def entries(place: Path) -> list[int]:
    return [seq for seq, names in DriveLog(place).slots(1, 0) if names]


def assert_together(place: Path, *desks: Desk) -> None:
    for _ in range(3):
        for desk in desks:
            desk.sync_round()
    assert {desk.where for desk in desks} == {str(place)}
    assert len({(desk.replica.head, desk.replica.digest) for desk in desks}) == 1
    for desk in desks:
        assert desk.replica.pending_count() == 0
        assert check_log(desk).ok, check_log(desk).problems


def test_the_whole_desk_goes_along_and_the_others_follow(anna: Desk, jo: Desk, places: tuple[Path, Path]) -> None:
    old, new = places
    opens(anna, "Before")
    anna.sync_round()
    anna.log().put_side("snap", "a.z", b"a snapshot")
    anna.log().put_side("blob", "abcd", b"a chunk")
    anna.log().put_side("dev", "anna", b"a heartbeat")
    opens(jo, "Jo was offline")
    moves(anna, new)
    assert_together(new, jo, anna)
    opens(anna, "After")
    assert_together(new, anna, jo)
    assert titles(anna) == titles(jo) == ["Before", "Jo was offline", "After"]
    log = DriveLog(new)
    assert (log.get_side("snap", "a.z"), log.get_side("blob", "abcd")) == (b"a snapshot", b"a chunk")
    assert log.sides("dev") == []
    assert entries(new)[: len(entries(old))] == entries(old), "nothing was written at the old place since"
    for seq, names in DriveLog(old).slots(1, 0):
        assert [DriveLog(old).read(1, seq, n) for n in names] == [log.read(1, seq, n) for n in names]


def test_an_invitation_of_before_opens_the_new_place(anna: Desk, places: tuple[Path, Path], tmp_path: Path) -> None:
    _old, new = places
    line, _expires = anna.invite("Kim Lang", "analyst")
    moves(anna, new)
    profile = Profile(tmp_path / "kim")
    with pytest.raises((StorageError, NotInvited), match=r"was moved to .*new"):
        join(profile, line, key_file=tmp_path / "kim.keys", clock=anna.context.clock)
    join(profile, line, at=str(new), key_file=tmp_path / "kim.keys", clock=anna.context.clock)
    kim = Desk(profile, clock=anna.context.clock)
    assert_together(new, anna, kim)
    kim.close()


@pytest.mark.parametrize("last_words", ["copy_log", "copy_sides", "unlock", "compare"])
def test_a_mover_who_dies_after_the_move_is_finished_by_whoever_comes(
    anna: Desk, jo: Desk, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, last_words: str
) -> None:
    _old, new = places
    for n in range(20):
        opens(anna, f"Case {n}")
        anna.sync_round()
    opens(jo, "Jo was offline")
    step = getattr(moving, last_words)

    def dies(*args: Any, **more: Any) -> None:
        if moving.moved_to(anna.replica, anna.log(), anna.secret().desk_keys):
            raise Died
        step(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(moving, last_words, dies)
        with pytest.raises(Died):
            moves(anna, new)
    assert_together(new, jo, anna)
    assert len(titles(jo)) == 21


@pytest.mark.parametrize("last_words", ["copy_log", "copy_sides", "compare"])
def test_a_mover_who_dies_before_the_move_changed_nothing_and_may_begin_again(
    anna: Desk, jo: Desk, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, last_words: str
) -> None:
    old, new = places
    opens(anna, "Before")
    anna.sync_round()
    anna.log().put_side("blob", "abcd", b"a chunk")
    step = getattr(moving, last_words)

    def dies(*args: Any, **more: Any) -> None:
        step(*args, **more)
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(moving, last_words, dies)
        with pytest.raises(Died):
            moves(anna, new)
    assert entries(new) == [], "half a log is not seen"
    opens(jo, "Meanwhile")
    assert_together(old, anna, jo)
    moves(anna, new)
    assert_together(new, anna, jo)
    assert titles(anna) == ["Before", "Meanwhile"]


def test_who_stayed_at_a_place_to_which_the_desk_comes_back_never_sees_half_of_it(
    anna: Desk, jo: Desk, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = places
    moves(anna, new)
    for n in range(20):
        opens(anna, f"At the new place {n}")
        anna.sync_round()
    opens(jo, "Jo is still at the old place")
    new_away = new.with_name("away")
    compare, looked, before = moving.compare, list[int](), len(entries(old))

    def jo_looks(*args: Any, **more: Any) -> None:
        compare(*args, **more)
        if moving.moved_to(anna.replica, anna.log(), anna.secret().desk_keys):
            return
        looked.append(len(entries(old)))
        new.rename(new_away)  # he can't reach the new place, so he can't follow there
        with pytest.raises(StoreUnreachable):
            jo.sync_round()
        new_away.rename(new)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "compare", jo_looks)
        moves(anna, old)
    assert looked == [before]
    assert jo.replica.pending_count() == 1
    assert_together(old, anna, jo)
    assert len(titles(jo)) == 21


def test_what_was_put_beside_the_old_log_too_late_is_carried_over(
    anna: Desk, jo: Desk, places: tuple[Path, Path]
) -> None:
    old, new = places
    moves(anna, new)
    DriveLog(old).put_side("blob", "late", b"a chunk of Jo's")
    assert_together(new, anna, jo)
    assert DriveLog(new).get_side("blob", "late") == b"a chunk of Jo's"


def test_a_new_place_that_is_away_leaves_the_work_here_until_it_comes(
    anna: Desk, jo: Desk, places: tuple[Path, Path]
) -> None:
    old, new = places
    moves(anna, new)
    before = entries(old)
    opens(jo, "Kept here")
    new.rename(new.with_name("away"))
    for _ in range(2):
        with pytest.raises(StoreUnreachable, match="new"):
            jo.sync_round()
    assert (jo.where, entries(old), jo.replica.pending_count()) == (str(old), before, 1)
    new.with_name("away").rename(new)
    assert_together(new, anna, jo)


def test_who_can_not_go_along_is_not_in_step_at_any_look(anna: Desk, jo: Desk, places: tuple[Path, Path]) -> None:
    _old, new = places
    jo.sync_round()
    moves(anna, new)
    new.rename(new.with_name("away"))
    with pytest.raises(StoreUnreachable, match="new"):
        jo.sync_round()
    # Nothing waits here and the old place has nothing new; all the same it is not the place of the desk any more.
    assert jo.replica.pending_count() == 0
    assert all(jo.has_news() for _ in range(5))
    new.with_name("away").rename(new)
    assert_together(new, anna, jo)
    assert not all(jo.has_news() for _ in range(5))


def test_who_knows_the_new_place_by_another_name_follows_by_hand(
    anna: Desk, jo: Desk, places: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = places
    moves(anna, new)
    old.rename(tmp_path / "gone for good")
    with pytest.raises(StoreUnreachable):
        jo.sync_round()
    other = found_desk(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="holds another help desk"):
        follow(jo, other.where)
    other.close()
    with pytest.raises(UserError, match="no help desk"):
        follow(jo, str(tmp_path))
    follow(jo, str(new))
    opens(jo, "Here again")
    assert_together(new, anna, jo)


def test_a_place_that_lacks_what_was_seen_is_taken_only_where_it_was_restored(
    anna: Desk, jo: Desk, places: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = places
    anna.sync_round()
    backup(anna, tmp_path / "last-night.zip")
    opens(anna, "Today")
    anna.sync_round()
    jo.sync_round()
    old.rename(tmp_path / "burnt")
    restore_share(tmp_path / "last-night.zip", str(new))
    with pytest.raises(UserError, match=r"lacks entry \d+, which this workstation has.*--restored"):
        follow(jo, str(new))
    assert jo.where == str(old), "the desk stays where it was"
    follow(jo, str(new), restored=True)
    follow(anna, str(new), restored=True)
    assert_together(new, anna, jo)


def test_a_place_where_the_log_went_another_way_is_refused(
    anna: Desk, places: tuple[Path, Path], tmp_path: Path
) -> None:
    _old, new = places
    moves(anna, new)
    opens(anna, "At the new place")
    anna.sync_round()
    third = tmp_path / "third"
    third.mkdir()
    log = DriveLog(third)
    assert log.create(anna.log().card() or b"")
    for seq in entries(new)[:-1]:
        log.put(1, seq, f"{seq:012d}.e", DriveLog(new).read(1, seq, f"{seq:012d}.e") or b"")
    log.put(1, entries(new)[-1], f"{entries(new)[-1]:012d}.e", b"something else")
    with pytest.raises(StoreDamaged, match="went another way"):
        moves(anna, third)
    assert anna.where == str(new)


def test_only_an_administrator_moves_a_desk(anna: Desk, jo: Desk, places: tuple[Path, Path]) -> None:
    old, new = places
    with pytest.raises(UserError, match="Only an administrator"):
        moves(jo, new)
    with pytest.raises(UserError, match=r"is at .* already"):
        moves(anna, old)
    value = moving.place_value(str(new))
    with pytest.raises(Refused), jo.replica.transaction(moving.MOVE, jo.me, at=jo.context.clock()) as tx:
        tx.insert(SiteSetting, moving.PLACE_ID, key=moving.PLACE, value=value)
    case = opens(jo, "A case")
    with jo.replica.transaction(moving.MOVE, jo.me, at=jo.context.clock()) as tx:
        tx.insert(CaseTag, derived_id(0, case.hex(), "vpn"), case_id=case, tag="vpn")
        tx.extra = {"to": str(new), "where": str(new)}
    jo.sync_round()
    opens(anna, "Still here")
    assert_together(old, anna, jo)
