"""The desk key changes: who is left gets the new one in the order of the log, who was turned out reads nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.capture import RowChange, TxRecord
from db.desk_keys import with_desk_keys
from db.entry import Sealed, build, parse
from db.errors import DeviceRevoked, Refused, StorageError
from db.ids import new_id
from db.keys import DeviceSecret, new_seed, proof_of, public_half, sealing_half, wrap_desk_key
from db.rotation import ROTATE
from db.shapes import Analyst
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, arrive, assert_agree, enrol, join, settle


def generations(station: Station) -> dict[int, int]:
    """Which entry is sealed with which desk key."""
    return {seq: parse(raw).generation for seq, raw in station.replica.entries()}


def keys_of(station: Station) -> dict[int, bytes]:
    return dict(with_desk_keys(station.secret, station.replica).desk_keys)


def test_the_entry_that_changes_the_key_is_sealed_with_the_old_one_and_all_after_it_with_the_new(
    anna: Station, jo: Station
) -> None:
    anna.opens("Before")
    anna.rotates()
    anna.opens("After")
    anna.sync()
    seq = anna.replica.head.seq
    assert [generations(anna)[n] for n in (seq - 2, seq - 1, seq)] == [1, 1, 2]
    jo.opens("Jo's")
    settle(jo, anna)
    assert generations(anna)[seq + 1] == 2
    assert keys_of(anna) == keys_of(jo)
    assert anna.count("case") == 3
    assert_agree(anna, jo)


def test_who_was_away_for_three_changes_finds_every_key_in_the_order_of_the_log(anna: Station, jo: Station) -> None:
    waiting = jo.opens("Written before the holidays")
    for n in range(3):
        anna.opens(f"Case {n}")
        anna.rotates()
        anna.sync()
    settle(jo, anna)
    assert sorted(keys_of(jo)) == [1, 2, 3, 4]
    assert anna.case(waiting)["number"] == 4
    assert_agree(anna, jo)
    jo.restart()
    jo.opens("After a restart")
    settle(jo, anna)
    assert_agree(anna, jo)


def test_a_revoked_device_reads_nothing_that_is_written_later_and_is_told(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    anna.revokes(jo.secret.device)
    anna.rotates()
    anna.sync()
    anna.opens("Not for Jo's finder")
    settle(anna, kim)
    with pytest.raises(DeviceRevoked, match="revoked by Anna on 2026-01-06"):
        jo.sync()
    assert jo.count("case") == 0
    last = anna.replica.entry(anna.replica.head.seq) or b""
    with pytest.raises(Sealed):
        parse(last).open_body(keys_of(jo))
    assert 2 not in keys_of(jo)
    assert_agree(anna, kim)


@pytest.mark.expects_log("was not taken: .* sealed with desk key 1, and 2 is in force")
def test_what_a_revoked_device_forges_afterwards_is_passed_over(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    case = anna.opens()
    settle(anna, jo, kim)
    anna.revokes(jo.secret.device)
    anna.rotates()
    settle(anna, kim)
    forged = record("case.edit", RowChange("case", case, "u", {"title": ["Printer jams", "Mine"]}))
    raw = entry(anna, jo.secret, [forged], author=jo.analyst)
    plant(store, anna.replica.head.seq + 1, ".e", raw)
    anna.opens("Goes on")
    assert "desk key 1" in anna.sync().passed[0]
    settle(anna, kim)
    assert anna.case(case)["title"] == "Printer jams"
    assert anna.count("case") == 2
    assert_agree(anna, kim)


def test_the_work_of_a_revoked_device_stays_readable_and_nothing_new_is_taken(
    anna: Station, jo: Station, kim: Station
) -> None:
    written = jo.opens("Not sent when the laptop was revoked")
    anna.revokes(jo.secret.device)
    anna.rotates()
    settle(anna, kim)
    with pytest.raises(DeviceRevoked):
        jo.sync()
    assert jo.replica.pending_count() == 1
    assert jo.case(written)["title"] == "Not sent when the laptop was revoked"
    with pytest.raises(Refused, match="this workstation was revoked"):
        jo.opens("Too late")
    with pytest.raises(DeviceRevoked):
        jo.sync()
    assert jo.replica.conflicts() == []
    settle(anna, kim)
    assert anna.count("case") == 0


@pytest.mark.expects_log("was not taken: .* sealed with desk key")
def test_no_device_ends_anybodys_reading_with_a_key_number_it_made_up(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    made_up = replace(jo.secret, desk_keys={9: new_seed()})
    plant(store, anna.replica.head.seq + 1, ".e", entry(jo, made_up, [record("x")]))
    anna.opens()
    assert "sealed with desk key 9, and 1 is in force" in anna.sync().passed[0]
    jo.sync()
    assert_agree(anna, jo)


@pytest.fixture
def other(anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]):
    """A second administrator."""
    station = join(anna, tmp_path, make_log, "Otto", "administrator")
    settle(anna, jo)
    yield station
    station.replica.close()


def test_of_two_administrators_who_change_the_key_at_once_one_is_first_and_nobody_is_left_out(
    anna: Station, jo: Station, other: Station
) -> None:
    first, second = anna.rotates(), other.rotates()
    anna.sync()
    other.sync()
    assert anna.replica.outcome(first) == ("accepted", None)
    assert other.replica.outcome(second)[0] == "refused"
    settle(anna, other, jo)
    jo.opens()
    settle(jo, anna, other)
    assert keys_of(anna) == keys_of(other) == keys_of(jo)
    assert len(keys_of(jo)) == 2
    assert_agree(anna, other, jo)


def test_revoking_stands_also_when_another_change_of_the_key_was_first(
    anna: Station, jo: Station, kim: Station, other: Station
) -> None:
    settle(anna, kim, other)
    anna.rotates()
    other.revokes(jo.secret.device)
    late = other.rotates()
    anna.sync()
    other.sync()
    assert other.replica.outcome(late)[0] == "refused"
    assert other.one("SELECT revoked_at FROM device WHERE id = ?", jo.secret.device)["revoked_at"]
    other.rotates()  # what app.enrolment does by itself: Jo holds generation 2
    settle(other, anna, kim)
    assert anna.replica.generation == 3
    with pytest.raises(DeviceRevoked):
        jo.sync()
    assert 3 not in keys_of(jo)
    assert_agree(anna, kim, other)


def test_a_change_of_the_key_that_did_not_know_a_new_device_does_not_count(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    guest, invitation, seed = arrive(anna, tmp_path, make_log, "Guest")
    rotation = anna.rotates()
    enrol(guest, invitation, seed)
    guest.sync()
    anna.sync()
    assert anna.replica.outcome(rotation) == (
        "refused",
        "it does not give the new desk key to exactly the devices in force",
    )
    anna.rotates()
    settle(anna, guest, jo)
    assert keys_of(guest) == keys_of(anna)
    assert_agree(anna, guest, jo)
    guest.replica.close()


def test_an_invitation_ends_with_the_key_it_was_made_under(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    guest, invitation, seed = arrive(anna, tmp_path, make_log, "Guest")
    tx = enrol(guest, invitation, seed)
    anna.rotates()
    settle(anna, jo)
    with pytest.raises(StorageError, match=r"(?i)desk key 2 is not on this device"):
        guest.sync()
    assert guest.replica.outcome(tx)[0] in ("pending", "refused")
    settle(anna, jo)
    assert anna.count("device") == 2
    guest.replica.close()


def test_a_withdrawn_invitation_opens_nothing_however_its_holder_sets_his_clock(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    from db.shapes import Invitation

    guest, invitation, seed = arrive(anna, tmp_path, make_log, "Guest", days=1)
    anna.clock.pass_minutes(25 * 60)
    with anna.transaction("device.withdraw") as tx:
        tx.update(Invitation, invitation, withdrawn_at=anna.clock())
    anna.sync()
    anna.clock.now -= 25 * 3_600_000
    late = enrol(guest, invitation, seed)
    guest.sync()
    assert guest.replica.outcome(late) == ("refused", "the invitation was withdrawn")
    settle(anna, jo)
    assert_agree(anna, jo, guest)
    guest.replica.close()


def rotation(station: Station, devices: dict[bytes, bytes], generation: int = 2, **made: object) -> TxRecord:
    """A rotation made by hand. `devices`: id -> sealing key."""
    store, key = station.replica.fact("store"), new_seed()
    values = {"generation": generation, "proof": proof_of(key, store, generation), "made_at": 1,
              "made_by_id": station.analyst, **made}  # fmt: skip
    wrapped = [
        RowChange("wrapped_key", new_id(), "i", {
            "device_id": device, "generation": generation,
            "wrapped": wrap_desk_key(key, sealing_key, store, generation, device),
        })
        for device, sealing_key in devices.items()
    ]  # fmt: skip
    return record(ROTATE, RowChange("desk_key", new_id(), "i", values), *wrapped, author=station.analyst)


def refused(forger: Station, forged: TxRecord, store: MemoryStore, *stations: Station) -> str:
    """What everybody says of a transaction that was published by hand."""
    digest = stations[0].replica.digest
    plant(store, stations[0].replica.head.seq + 1, ".e", entry(forger, forger.secret, [forged]))
    reasons = {station.sync().refused[0][1] for station in stations}
    assert all(station.replica.digest == digest for station in stations)
    assert all(station.replica.generation == 1 for station in stations)
    (reason,) = reasons
    return reason


def test_only_a_whole_rotation_of_an_administrator_counts(anna: Station, jo: Station, store: MemoryStore) -> None:
    both = {s.secret.device: s.secret.sealing_key for s in (anna, jo)}
    stranger = {new_id(): sealing_half(new_seed())}
    only_me = {anna.secret.device: anna.secret.sealing_key}
    not_all = "it does not give the new desk key to exactly the devices in force"
    for forger, forged, why in (
        (jo, rotation(jo, both), "only an administrator may change desk_key"),
        (anna, rotation(anna, only_me), not_all),
        (anna, rotation(anna, {**both, **stranger}), not_all),
        (anna, rotation(anna, both, generation=3), "another rotation was first"),
        (anna, rotation(anna, both, made_by_id=jo.analyst), "another rotation was first"),
        (anna, replace(rotation(anna, both), kind="case.edit"), "the desk key is changed by a rotation only"),
        (anna, replace(rotation(anna, both), rows=()), "the desk key is changed by a rotation only"),
    ):
        assert refused(forger, forged, store, anna, jo) == why


def test_devices_and_invitations_change_in_no_other_way_than_the_program_does_it(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    invitation, _seed = anna.invites("Guest")
    jo.sync()
    device = {"analyst_id": jo.analyst, "name": "x", "public_key": public_half(new_seed()),
              "sealing_key": sealing_half(new_seed()), "enrolled_at": 1}  # fmt: skip
    open_one = {"name": "x", "role": "administrator", "enrol_key": public_half(new_seed()), "generation": 1,
                "invited_at": 1, "expires_at": 2**60, "invited_by_id": anna.analyst}  # fmt: skip
    jos = jo.secret.device
    for change, why in (
        (RowChange("device", new_id(), "i", device), "a device enters with an invitation"),
        (RowChange("device", jos, "d", {}), "a device is never deleted but revoked"),
        (RowChange("device", jos, "u", {"public_key": [jo.secret.public_key, b"x" * 32]}), "renamed or revoked"),
        (RowChange("device", jos, "u", {"revoked_at": [None, 5], "revoked_by_id": [None, jo.analyst]}), "revoked once"),
        (RowChange("device", jos, "u", {"revoked_at": [5, None], "revoked_by_id": [anna.analyst, None]}),
         "revoked once"),
        (RowChange("invitation", new_id(), "i", {**open_one, "generation": 2}), "the desk key was changed meanwhile"),
        (RowChange("invitation", new_id(), "i", {**open_one, "invited_by_id": jo.analyst}), "somebody else's name"),
        (RowChange("invitation", invitation, "u", {"role": ["analyst", "administrator"]}), "withdrawn, nothing else"),
        (RowChange("invitation", invitation, "d", {}), "never deleted but withdrawn"),
    ):  # fmt: skip
        assert why in refused(anna, record("x", change, author=anna.analyst), store, anna, jo)


def test_a_device_that_was_given_another_key_under_the_number_does_not_take_it_for_the_desks(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """A malicious administrator could split the desk in two; whoever got the wrong key sees that it is wrong."""
    wrong = rotation(anna, {s.secret.device: s.secret.sealing_key for s in (anna, jo)})
    rows = list(wrong.rows)
    number = next(n for n, c in enumerate(rows) if c.values.get("device_id") == jo.secret.device)
    other = wrap_desk_key(new_seed(), jo.secret.sealing_key, anna.replica.fact("store"), 2, jo.secret.device)
    rows[number] = rows[number]._replace(values={**rows[number].values, "wrapped": other})
    plant(store, anna.replica.head.seq + 1, ".e", entry(anna, anna.secret, [replace(wrong, rows=tuple(rows))]))
    anna.sync()
    anna.opens()
    anna.sync()
    with pytest.raises(StorageError, match="desk key 2 is not on this device"):
        jo.sync()
    assert 2 not in keys_of(jo)


def test_a_frame_names_the_key_it_is_sealed_with_and_nothing_else_opens_it() -> None:
    secret = DeviceSecret(new_id(), new_seed(), {1: new_seed(), 2: new_seed()})
    from db.entry import Body

    body = Body(1, new_id(), 1, 2, bytes(32), secret.device, 1, bytes(8), new_id(), 1, ())
    raw = build(body, secret.signer, 2, secret.desk_keys[2])
    assert parse(raw).open_body({2: secret.desk_keys[2]}) == body
    with pytest.raises(Sealed):
        parse(raw).open_body({1: secret.desk_keys[1]})


def test_a_device_that_was_not_given_the_new_key_seals_with_the_one_it_has(anna: Station, jo: Station) -> None:
    """What it leaves beside the log then opens for nobody, and nothing of its program stops."""
    anna.revokes(jo.secret.device)
    anna.rotates()
    anna.sync()
    with pytest.raises(DeviceRevoked):
        jo.sync()
    assert jo.syncer._secret.generation == 1
    assert anna.syncer._secret.generation == 2


def test_a_key_that_was_read_and_not_put_away_yet_opens_the_snapshot_that_begins_anew(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """Jo's program ended between reading of the new key and the end of that round, and the entries after it were
    dropped. While a snapshot is taken in, the rows that have the key are gone."""
    settle(anna, jo)
    anna.rotates()
    anna.sync()
    jo.syncer.catch_up()
    jo.restart()
    assert (jo.replica.generation, jo.replica.fact("kept_generation")) == (2, 1)
    place = jo.replica.head.seq
    for n in range(3):
        anna.opens(f"Case {n}")
        anna.sync()
    with anna.transaction("analyst.edit") as tx:
        tx.update(Analyst, jo.analyst, role="supervisor")
    anna.sync()
    anna.syncer.snapshots.make()
    for key in [key for key in store.files if key[1] <= place + 1]:
        del store.files[key]
    jo.clock.pass_minutes(2)
    jo.sync()
    assert jo.replica.floor.seq == anna.replica.head.seq
    assert_agree(anna, jo)
