"""Who may do what is decided by every client for itself, alike: a modified or uninvited writer gains nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.capture import RowChange
from db.errors import DeviceRevoked, StorageError, StoreDamaged
from db.ids import new_id
from db.keys import DeviceSecret, enrolment_message, new_seed, sign_enrolment
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, arrive, assert_agree, enrol, found, settle


def _becomes_administrator(who: Station) -> RowChange:
    return RowChange("analyst", who.analyst, "u", {"role": ["analyst", "administrator"]})


def _refused_everywhere(raw: bytes, store: MemoryStore, *stations: Station) -> str:
    """Plant an entry, let everybody read it; returns the one reason all have."""
    digest = stations[0].replica.digest
    plant(store, stations[0].replica.head.seq + 1, ".e", raw)
    reasons = set()
    for station in stations:
        ((_tx, why),) = station.sync().refused
        reasons.add(why)
        assert station.replica.digest == digest, "a refused transaction leaves no trace"
    assert_agree(*stations)
    (reason,) = reasons
    return reason


def test_an_analyst_who_makes_himself_administrator_is_a_recorded_no_op(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    forged = record("analyst.edit", _becomes_administrator(jo), author=jo.analyst)
    raw = entry(jo, jo.secret, [forged])
    assert _refused_everywhere(raw, store, anna, jo, kim) == "only an administrator may change analyst"
    assert anna.replica.outcome(forged.id) == ("refused", "only an administrator may change analyst")


def test_signing_in_the_administrators_name_does_not_help(anna: Station, jo: Station, store: MemoryStore) -> None:
    forged = record("analyst.edit", _becomes_administrator(jo), author=anna.analyst)
    raw = entry(jo, jo.secret, [forged], author=anna.analyst)
    assert _refused_everywhere(raw, store, anna, jo) == "its author is not an active analyst of this desk"
    raw = entry(jo, jo.secret, [record("analyst.edit", _becomes_administrator(jo), author=anna.analyst)])
    assert _refused_everywhere(raw, store, anna, jo) == "it was signed by another analyst's device"


_CASE = {"title": "x", "severity": 1, "opened_at": 1, "updated_at": 1}


def _new(table: str, **values: object) -> RowChange:
    return RowChange(table, new_id(), "i", values)


def _edit(**pairs: object) -> RowChange:
    return RowChange("case", new_id(), "u", pairs)


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("x", _new("applied_tx", seq=1), "the table applied_tx is not known"),
        ("x", _new("case", **_CASE, number=1), "case numbers are given by the log"),
        ("x", _new("case", **_CASE | {"title": 5}), "it is not well-formed: case.title holds str, not int"),
        ("x", _new("case", **_CASE | {"title": {"a": 1}}), "it is not well-formed"),
        ("x", _new("case", **_CASE | {"severity": 2**63}), "it is not well-formed"),
        ("x", _new("case", **_CASE, status="closed", ended_at=1), "a new case can't be closed"),
        ("x", _new("case", title="x"), "it breaks a rule of the data: NOT NULL"),
        ("x", _new("case", **_CASE, rid=1), "no shared column rid"),
        ("x", _edit(title=["a", "b"]), "the case it changes does not exist"),
        ("x", _edit(status=[["a"], {}]), "it is not well-formed"),
        ("x", RowChange("case", new_id(), "d", {}), "a case is never deleted"),
        ("import.log", _new("requester", name="R"), "only an administrator may import"),
        ("x", _new("article", title="x", state="published", created_at=1, updated_at=1), "only a supervisor may"),
        ("x", _edit(abusive_contact=[0, 1]), "only a supervisor may change case"),
        ("desk.found", _new("site", name="Mine", founded_at=1), "only an administrator may change site"),
        ("device.enrol", _new("requester", name="R"), "it names an invitation that does not exist"),
    ],
)
def test_whatever_an_analysts_modified_program_writes_changes_nothing(
    anna: Station, jo: Station, store: MemoryStore, kind: str, change: RowChange, why: str
) -> None:
    raw = entry(jo, jo.secret, [record(kind, change, author=jo.analyst)])
    assert why in _refused_everywhere(raw, store, anna, jo)


def test_an_edit_with_other_old_values_than_the_row_has_is_a_no_op(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    case = anna.opens("As it is")
    settle(anna, jo)
    stale = RowChange("case", case, "u", {"title": ["As it was", "Mine"]})
    raw = entry(jo, jo.secret, [record("case.edit", stale)])
    assert _refused_everywhere(raw, store, anna, jo) == "the case it changes had other values"
    late = record("case.edit", RowChange("case", case, "u", {"severity": [3, 1]}),
                  preconditions=(("case", case, "work_owner_id", anna.analyst),))  # fmt: skip
    raw = entry(jo, jo.secret, [late])
    assert "no longer what it was based on" in _refused_everywhere(raw, store, anna, jo)


def test_a_half_lawful_transaction_leaves_nothing_behind(anna: Station, jo: Station, store: MemoryStore) -> None:
    row = {"title": "x", "severity": 1, "opened_at": 1, "updated_at": 1}
    good, bad = RowChange("case", new_id(), "i", row), RowChange("case_tag", new_id(), "i", {"case_id": new_id()})
    raw = entry(jo, jo.secret, [record("case.new", good, bad)])
    _refused_everywhere(raw, store, anna, jo)
    case = anna.opens()
    settle(anna, jo)
    assert anna.case(case)["number"] == 1, "a refused case used up a number"


def test_a_revoked_device_is_heard_and_not_obeyed(anna: Station, jo: Station, kim: Station, store: MemoryStore) -> None:
    """Also in the moment before the desk key is changed."""
    case = anna.opens()
    settle(anna, jo, kim)
    anna.revokes(jo.secret.device)
    settle(anna, kim)
    lost = jo.edits(case, title="Written before he learnt of it")
    with pytest.raises(DeviceRevoked):
        jo.sync()
    assert jo.replica.outcome(lost) == ("pending", None)
    settle(anna, kim)
    forged = record("case.edit", RowChange("case", case, "u", {"title": ["Printer jams", "Mine"]}))
    assert _refused_everywhere(entry(jo, jo.secret, [forged]), store, anna, kim) == "its device was revoked"


@pytest.mark.expects_log("was not taken: .* its device is not known")
def test_an_entry_of_an_unknown_device_is_passed_over_and_reported(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    stranger = DeviceSecret(new_id(), new_seed(), anna.secret.desk_keys)
    row = RowChange("requester", new_id(), "i", {"name": "R"})
    seq = anna.replica.head.seq + 1
    plant(store, seq, ".e", entry(anna, stranger, [record("requester.new", row)]))
    assert anna.sync().passed == []
    case = anna.opens()
    assert "its device is not known to this desk" in anna.sync().passed[0]
    assert (1, seq, f"{seq:012d}.r1") in store.files
    assert "its device is not known to this desk" in jo.sync().passed[0]
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)


@pytest.mark.expects_log("was not taken")
@pytest.mark.parametrize("generation", [1, 2, 9])
def test_a_writer_without_the_desk_key_does_not_block_the_log(
    anna: Station, jo: Station, store: MemoryStore, generation: int
) -> None:
    uninvited = DeviceSecret(new_id(), new_seed(), {generation: new_seed()})
    pretending = DeviceSecret(jo.secret.device, new_seed(), {generation: new_seed()})
    seq = anna.replica.head.seq + 1
    for suffix, who in ((".e", uninvited), (".r1", pretending)):
        plant(store, seq, suffix, entry(anna, who, [record("x")]))
    anna.opens()
    assert len(anna.sync().passed) == 2
    assert (1, seq, f"{seq:012d}.r2") in store.files
    jo.sync()
    assert_agree(anna, jo)


@pytest.mark.expects_log("was not taken: .* does not follow")
def test_a_replayed_entry_is_refused(anna: Station, jo: Station, store: MemoryStore) -> None:
    anna.opens()
    settle(anna, jo)
    seq = anna.replica.head.seq
    plant(store, seq + 1, ".e", store.files[1, seq, f"{seq:012d}.e"])
    anna.opens()
    settle(anna, jo)
    assert jo.count("case") == 2
    assert_agree(anna, jo)


def test_reordered_entries_are_refused(
    anna: Station, jo: Station, store: MemoryStore, make_log: Callable[[str], MemoryLog], tmp_path: Path
) -> None:
    for _ in range(2):
        anna.opens()
        anna.sync()
    last = anna.replica.head.seq
    one, two = f"{last - 1:012d}.e", f"{last:012d}.e"
    files = store.files
    files[1, last - 1, one], files[1, last, two] = files[1, last, two], files[1, last - 1, one]
    head = jo.replica.head
    jo.sync()
    assert jo.replica.head == head
    assert jo.count("case") == 0


def test_all_names_of_a_slot_taken_by_garbage_is_said_and_nothing_is_lost(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    uninvited = DeviceSecret(new_id(), new_seed(), {1: new_seed()})
    seq = anna.replica.head.seq + 1
    for suffix in (".e", *(f".r{k}" for k in range(1, 10))):
        plant(store, seq, suffix, entry(anna, uninvited, [record("x")]))
    case = anna.opens()
    with pytest.raises(StoreDamaged, match="Your work is kept here"):
        anna.sync()
    assert anna.case(case)["title"] == "Printer jams"
    assert anna.replica.pending_count() == 1


def test_an_invitation_lets_nobody_in_after_it_expired(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    late, invitation, seed = arrive(anna, tmp_path, make_log, "Late", days=1)
    late.clock.pass_minutes(25 * 60)
    tx = enrol(late, invitation, seed)
    late.sync()
    assert late.replica.outcome(tx) == ("refused", "the invitation has expired")
    settle(anna, jo)
    assert anna.count("analyst") == late.count("analyst") == 2
    assert_agree(anna, jo, late)
    late.replica.close()


@pytest.mark.parametrize(
    ("role", "why"),
    [("administrator", "it asks for another role than it was invited for"), ("analyst", "")],
)
def test_an_invitation_gives_the_role_it_names(
    anna: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog], role: str, why: str
) -> None:
    guest, invitation, seed = arrive(anna, tmp_path, make_log, "Guest")
    tx = enrol(guest, invitation, seed, role)
    guest.sync()
    assert guest.replica.outcome(tx) == (("refused", why) if why else ("accepted", None))
    anna.sync()
    assert_agree(anna, guest)
    guest.replica.close()


def test_an_invitation_is_used_once(
    anna: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog], store: MemoryStore
) -> None:
    first, invitation, seed = arrive(anna, tmp_path, make_log, "First")
    second, _, _ = arrive(anna, tmp_path, make_log, "Second")
    first.sync()
    enrol(first, invitation, seed)
    lost = enrol(second, invitation, seed)
    first.sync()
    second.sync()
    assert second.replica.outcome(lost)[0] == "refused"
    anna.sync()
    assert anna.count("analyst") == 2
    assert_agree(anna, first, second)
    first.replica.close()
    second.replica.close()


def test_a_workstation_with_the_wrong_key_writes_nothing(anna: Station, jo: Station, store: MemoryStore) -> None:
    jo.secret = DeviceSecret(jo.secret.device, new_seed(), jo.secret.desk_keys)
    jo.replica.set_facts({"desk_keys": None})
    jo.__post_init__()
    jo.opens()
    files = dict(store.files)
    with pytest.raises(StorageError, match="ask an administrator for a new invitation"):
        jo.sync()
    assert store.files == files
    assert jo.replica.pending_count() == 1


def test_a_proof_for_another_device_is_no_proof(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    guest, invitation, seed = arrive(anna, tmp_path, make_log, "Guest")
    message = enrolment_message(
        guest.replica.fact("store"), invitation, new_id(), guest.secret.public_key, guest.analyst
    )
    tx = enrol(guest, invitation, seed, proof=sign_enrolment(seed, message))
    guest.sync()
    assert guest.replica.outcome(tx) == ("refused", "it does not prove that it was invited")
    settle(anna, jo)
    assert_agree(anna, jo, guest)
    guest.replica.close()


def test_an_enrolment_that_proves_nothing_is_a_no_op(
    anna: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    guest, invitation, _seed = arrive(anna, tmp_path, make_log, "Guest")
    tx = enrol(guest, invitation, new_seed())
    guest.sync()
    assert guest.replica.outcome(tx) == ("refused", "it does not prove that it was invited")
    assert guest.count("analyst") == 1
    assert [c.outcome for c in guest.replica.conflicts()] == ["refused"]
    anna.sync()
    assert_agree(anna, guest)
    guest.replica.close()


def test_nothing_follows_on_a_refused_enrolment(
    anna: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    guest, invitation, _seed = arrive(anna, tmp_path, make_log, "Guest")
    enrol(guest, invitation, new_seed())
    guest.opens("Slipped in")
    guest.sync()
    anna.sync()
    assert anna.count("case") == guest.count("case") == 0
    assert guest.replica.pending_count() == 0
    assert_agree(anna, guest)
    guest.replica.close()


def test_another_desks_store_is_neither_read_nor_written(anna: Station, jo: Station, tmp_path: Path) -> None:
    other = MemoryStore()
    (tmp_path / "other").mkdir()
    stranger = found(tmp_path / "other", lambda _name: MemoryLog(other))
    jo.log = MemoryLog(other)
    jo.__post_init__()
    jo.opens()
    head = stranger.replica.head
    with pytest.raises(StoreDamaged, match="another help desk's store"):
        jo.sync()
    assert jo.replica.pending_count() == 1
    stranger.sync()
    assert stranger.replica.head == head
    stranger.replica.close()


def test_a_case_can_not_be_deleted_by_anybody(anna: Station, jo: Station, store: MemoryStore) -> None:
    case = anna.opens()
    settle(anna, jo)
    row = {k: v for k, v in anna.case(case).items() if k not in ("rid", "id") and v is not None}
    forged = record("case.edit", RowChange("case", case, "d", row))
    assert "never deleted" in _refused_everywhere(entry(anna, anna.secret, [forged]), store, anna, jo)
    assert anna.count("case") == jo.count("case") == 1
