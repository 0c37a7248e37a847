"""Who may enter: invitations that arrive whole or not at all, keys that fit one store, proofs for one device."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import NotInvited
from db.ids import new_id
from db.keys import (
    DeviceSecret,
    InvitationText,
    StoreCard,
    enrolment_message,
    new_seed,
    open_desk_keys,
    proof_of,
    proves_enrolment,
    public_half,
    seal_desk_keys,
    sealing_half,
    sign_enrolment,
    unwrap_desk_key,
    wrap_desk_key,
)

INVITATION = InvitationText(
    r"\\server\desk\Störungen", new_id(), public_half(new_seed()), new_id(), new_seed(), "Jo Roth", 1_767_697_200_000
)
LINE = INVITATION.encode()


def test_an_invitation_is_one_line_that_comes_back() -> None:
    assert LINE.startswith("halldesk1:")
    assert set(LINE) <= set(string.ascii_letters + string.digits + "-_:")
    assert InvitationText.decode(LINE) == INVITATION


@pytest.mark.parametrize(
    "mangle",
    [
        lambda line: f"  {line}\n",
        lambda line: "\r\n".join(line[i : i + 60] for i in range(0, len(line), 60)),
        lambda line: line.replace("x", "x "),
    ],
)
def test_what_mail_programs_do_to_a_line_is_forgiven(mangle) -> None:
    assert InvitationText.decode(mangle(LINE)) == INVITATION


@settings(max_examples=300)
@given(place=st.integers(0, len(LINE) - 1), character=st.sampled_from(string.printable + "ä"), how=st.integers(0, 2))
def test_a_mangled_line_is_refused_or_means_the_same(place: int, character: str, how: int) -> None:
    mangled = LINE[:place] + (character if how else "") + LINE[place + (how != 2) :]
    try:
        found = InvitationText.decode(mangled)
    except NotInvited:
        return
    assert found == INVITATION


@pytest.mark.parametrize("length", range(0, len(LINE), 7))
def test_half_a_line_is_refused(length: int) -> None:
    with pytest.raises(NotInvited, match="copy the complete line"):
        InvitationText.decode(LINE[:length])


def test_secrets_do_not_show_when_printed() -> None:
    secret = DeviceSecret(new_id(), new_seed(), {1: new_seed()}, new_seed())
    shown = repr(secret) + repr(INVITATION)
    for value in (secret.desk_keys[1], secret.root_seed, secret.seed, INVITATION.enrol_seed):
        assert repr(value) not in shown


def test_what_the_keyring_keeps_has_one_length_however_often_the_desk_key_was_changed() -> None:
    """Windows stores at most 1,280 characters."""
    once = DeviceSecret(new_id(), new_seed(), {1: new_seed()}, new_seed())
    often = DeviceSecret(once.device, once.seed, {n: new_seed() for n in range(1, 400)}, once.root_seed)
    assert often.pack() == once.pack()
    assert len(once.pack().hex()) < 256
    again = DeviceSecret.unpack(once.pack())
    assert (again.device, again.seed, again.root_seed) == (once.device, once.seed, once.root_seed)
    assert again.sealing_key == once.sealing_key != once.public_key


def test_a_wrapped_desk_key_opens_for_one_device_of_one_store_under_one_number() -> None:
    key, seed, store, device = new_seed(), new_seed(), new_id(), new_id()
    wrapped = wrap_desk_key(key, sealing_half(seed), store, 3, device)
    assert unwrap_desk_key(wrapped, seed, store, 3, device) == key
    for other in (
        (wrapped, new_seed(), store, 3, device),
        (wrapped, seed, new_id(), 3, device),
        (wrapped, seed, store, 2, device),
        (wrapped, seed, store, 3, new_id()),
        (wrapped[:-1], seed, store, 3, device),
        (b"", seed, store, 3, device),
        (bytes(len(wrapped)), seed, store, 3, device),
    ):
        with pytest.raises(NotInvited, match="not for this device"):
            unwrap_desk_key(*other)
    assert proof_of(key, store, 3) != proof_of(key, store, 4) != proof_of(key, new_id(), 4)


def test_a_card_is_signed_by_the_root_key_it_names() -> None:
    root = new_seed()
    card = StoreCard(new_id(), "IT desk", public_half(root))
    packed = card.pack(root)
    assert StoreCard.unpack(packed) == card
    with pytest.raises(NotInvited, match="damaged"):
        StoreCard.unpack(card.pack(new_seed()))


@given(place=st.integers(0, 200), data=st.binary(max_size=60))
def test_a_damaged_card_is_refused(place: int, data: bytes) -> None:
    root = b"r" * 32
    packed = bytearray(StoreCard(b"s" * 16, "IT desk", public_half(root)).pack(root))
    packed[place % len(packed)] ^= 1
    for card in (bytes(packed), data, bytes(packed)[: place % len(packed)]):
        with pytest.raises(NotInvited):
            StoreCard.unpack(card)


def test_desk_keys_wait_for_the_invited_one_alone() -> None:
    keys, seed, store = {1: new_seed(), 2: new_seed()}, new_seed(), new_id()
    sealed = seal_desk_keys(keys, seed, store)
    assert open_desk_keys(sealed, seed, store) == keys
    for wrong_seed, wrong_store in ((new_seed(), store), (seed, new_id())):
        with pytest.raises(NotInvited, match="ask for a new one"):
            open_desk_keys(sealed, wrong_seed, wrong_store)
    for damaged in (b"", sealed[:-1], sealed[:11], bytes(len(sealed))):
        with pytest.raises(NotInvited):
            open_desk_keys(damaged, seed, store)


def test_an_enrolment_proof_is_for_exactly_one_device_analyst_and_invitation() -> None:
    seed = new_seed()
    parts = [new_id(), new_id(), new_id(), public_half(new_seed()), new_id()]
    proof = sign_enrolment(seed, enrolment_message(*parts))
    assert proves_enrolment(public_half(seed), enrolment_message(*parts), proof)
    for place in range(len(parts)):
        other = [*parts]
        other[place] = bytes(len(parts[place]))
        assert not proves_enrolment(public_half(seed), enrolment_message(*other), proof)
    assert not proves_enrolment(public_half(new_seed()), enrolment_message(*parts), proof)
    for nothing in (None, b"", b"x" * 64, "x", 5):
        assert not proves_enrolment(public_half(seed), enrolment_message(*parts), nothing)
    assert not proves_enrolment(b"short", enrolment_message(*parts), proof)
