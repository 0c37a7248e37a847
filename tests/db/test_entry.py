"""An entry is taken exactly as it was made: whatever else the bytes are, they are torn or forged, never believed."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

import msgpack
import pytest
import zstandard
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from db.capture import RowChange, TxRecord
from db.entry import EMPTY_HASH, FORMAT, Body, Forged, Sealed, TooNew, Torn, build, claimed_device, parse, seal
from db.ids import new_id
from db.keys import DeviceSecret, new_seed

SECRET = DeviceSecret(new_id(), new_seed(), {1: new_seed()})
RECORD = TxRecord(
    new_id(), "case.edit", 5, new_id(), None, (("case", new_id(), "tier", 1),),
    (RowChange("case", new_id(), "u", {"title": ["ä", None]}), RowChange("case_tag", new_id(), "i", {"tag": "x"}),
     RowChange("case_tag", new_id(), "d", {})),
    {"invitation": b"x"},
)  # fmt: skip
BODY = Body(
    schema=1, store=new_id(), epoch=1, seq=7, prev=EMPTY_HASH, device=SECRET.device, counter=3, incarnation=b"12345678",
    author=new_id(), at=1_767_697_200_000, transactions=(RECORD,), digest=b"d" * 32,
)  # fmt: skip


def _build(body: Body = BODY, secret: DeviceSecret = SECRET) -> bytes:
    return build(body, secret.signer, secret.generation, secret.desk_keys[secret.generation])


def _read(raw: bytes, secret: DeviceSecret = SECRET) -> Body:
    frame = parse(raw)
    frame.verify(secret.public_key)
    return frame.open_body(secret.desk_keys)


RAW = _build()


def test_an_entry_comes_back_as_it_was_made() -> None:
    assert _read(RAW) == BODY
    assert parse(RAW).device == claimed_device(RAW) == SECRET.device


def test_the_same_body_is_never_the_same_bytes() -> None:
    assert _build() != RAW, "a nonce must not be used twice"


def test_nothing_of_the_content_is_readable_outside() -> None:
    for secret in (b"case.edit", BODY.author, RECORD.id, b"title"):
        assert secret not in RAW


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_every_flipped_byte_is_torn(flip: int) -> None:
    for place in range(len(RAW)):
        damaged = bytearray(RAW)
        damaged[place] ^= flip
        with pytest.raises(Torn):
            parse(bytes(damaged))


def test_every_truncation_is_torn() -> None:
    for length in range(len(RAW)):
        with pytest.raises(Torn):
            parse(RAW[:length])
        zeroed = RAW[:length] + bytes(len(RAW) - length)
        if zeroed != RAW:  # every sixteenth signature ends in a zero of its own
            with pytest.raises(Torn):
                parse(zeroed)
    with pytest.raises(Torn):
        parse(RAW + b"\0")


@settings(max_examples=300)
@given(st.binary(max_size=400))
@example(b"HDE1")
@example(b"\0" * 300)
def test_garbage_is_torn(garbage: bytes) -> None:
    with pytest.raises(Torn):
        parse(garbage)


def _reframed(raw: bytes, place: int, new: bytes) -> bytes:
    """Bytes changed by somebody who knows how to make the checksum right again."""
    changed = raw[:place] + new + raw[place + len(new) :]
    return changed[:27] + struct.pack("<I", zlib.crc32(changed[31:], zlib.crc32(changed[:27]))) + changed[31:]


def test_every_byte_changed_with_a_right_checksum_is_forged() -> None:
    for place in (*range(27), *range(31, len(RAW))):
        changed = _reframed(RAW, place, bytes([RAW[place] ^ 1]))
        with pytest.raises((Forged, Torn)) as found:  # magic and length are still told by the frame
            _read(changed)
        if 4 <= place < 23 or place >= 31:
            assert found.type is Forged


@settings(max_examples=300)
@given(body=st.binary(max_size=200))
def test_no_content_makes_reading_fail_otherwise(body: bytes) -> None:
    """Somebody who has all the keys and writes nonsense."""
    _nonsense(zstandard.ZstdCompressor().compress(body))


@settings(max_examples=200)
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary(max_size=32) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=13) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=30,
    )
)
def test_no_well_packed_content_makes_reading_fail_otherwise(body: object) -> None:
    _nonsense(zstandard.ZstdCompressor().compress(msgpack.packb(body)))


def _nonsense(packed: bytes) -> None:
    raw = _sealed(packed)
    with pytest.raises((Forged, TooNew)):
        _read(raw)


def _sealed(packed: bytes) -> bytes:
    """An entry around any compressed bytes, rightly sealed and signed."""
    return seal(packed, SECRET.device, SECRET.signer, 1, SECRET.desk_keys[1])


WRONG = st.none() | st.booleans() | st.text() | st.lists(st.integers(0, 9)) | st.floats()


@settings(max_examples=200)
@given(place=st.integers(1, 12), value=WRONG)
def test_a_field_of_the_wrong_kind_is_forged(place: int, value: object) -> None:
    fields = msgpack.unpackb(BODY.pack())
    fields[place] = value
    assume((place, value) not in ((12, None), (11, [])))  # no digest and no transactions are right
    with pytest.raises(Forged):
        Body.unpack(msgpack.packb(fields))


@pytest.mark.parametrize(
    "record",
    [
        [], [1], None, "x", [b"short", "k", 1, None, None, [], [], {}], [b"i" * 16, 5, 1, None, None, [], [], {}],
        [b"i" * 16, "k", "now", None, None, [], [], {}], [b"i" * 16, "k", 1, "me", None, [], [], {}],
        [b"i" * 16, "k", 1, None, b"me", [], [], {}], [b"i" * 16, "k", 1, None, None, [], [], []],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i" * 16, "x", {}]], {}],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i", "i", {}]], {}],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i" * 16, "i", []]], {}],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i" * 16, "u", {}]], {}],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i" * 16, "u", {"title": "x"}]], {}],
        [b"i" * 16, "k", 1, None, None, [], [["case", b"i" * 16, "u", {"title": ["x"]}]], {}],
        [b"i" * 16, "k", 1, None, None, [], [[5, b"i" * 16, "i", {}]], {}],
        [b"i" * 16, "k", 1, None, None, [["case", b"i" * 16, "title"]], [], {}],
        [b"i" * 16, "k", 1, None, None, [["case", b"i", "title", 1]], [], {}],
    ],
)  # fmt: skip
def test_a_malformed_transaction_makes_the_entry_forged(record: object) -> None:
    fields = msgpack.unpackb(BODY.pack())
    fields[11] = [record]
    with pytest.raises(Forged):
        Body.unpack(msgpack.packb(fields))


def test_a_size_that_only_an_attack_would_claim_is_forged_before_it_is_allocated() -> None:
    bomb = bytearray(zstandard.ZstdCompressor().compress(bytes(5_000_000)))
    assert zstandard.frame_content_size(bytes(bomb)) == 5_000_000
    bomb[6:10] = (0xFF, 0xFF, 0xFF, 0xFF)
    assert zstandard.frame_content_size(bytes(bomb)) > 2**31
    with pytest.raises(Forged, match="larger than any entry"):
        _read(_sealed(bytes(bomb)))


def test_an_entry_signed_by_another_device_is_forged() -> None:
    other = DeviceSecret(SECRET.device, new_seed(), SECRET.desk_keys)
    with pytest.raises(Forged, match="signature"):
        _read(_build(secret=other))


def test_an_entry_sealed_with_another_key_is_forged() -> None:
    other = DeviceSecret(SECRET.device, SECRET.seed, {1: new_seed()})
    with pytest.raises(Forged, match="another key"):
        _read(_build(secret=other))


def test_a_key_generation_that_is_not_here_is_sealed() -> None:
    newer = DeviceSecret(SECRET.device, SECRET.seed, {**SECRET.desk_keys, 2: new_seed()})
    raw = _build(secret=newer)
    with pytest.raises(Sealed, match="desk key 2 is not on this device"):
        _read(raw)
    assert _read(raw, newer) == BODY


@pytest.mark.parametrize("form", ["2", None, 0, -1, True, b"", [2]])
def test_a_format_that_is_no_number_is_no_newer_format(form: object) -> None:
    with pytest.raises(Forged, match="names no format"):
        Body.unpack(msgpack.packb([form, *msgpack.unpackb(BODY.pack())[1:]]))


@pytest.mark.parametrize(
    "changed", [{"counter": 2**63}, {"counter": -1}, {"seq": -1}, {"at": -(2**63)}, {"schema": -1}]
)
def test_a_number_that_nobody_could_go_on_from_is_forged(changed: dict[str, int]) -> None:
    with pytest.raises(Forged, match="out of range"):
        _read(_build(replace(BODY, **changed)))  # type: ignore[arg-type]


def test_a_newer_format_is_too_new_whatever_it_looks_like() -> None:
    for fields in ([FORMAT + 1], [FORMAT + 1, *range(30)], [FORMAT + 1, *msgpack.unpackb(BODY.pack())[1:]]):
        with pytest.raises(TooNew, match="update Halldesk"):
            _read(_sealed(zstandard.ZstdCompressor().compress(msgpack.packb(fields))))


def test_a_frame_in_another_devices_name_is_forged() -> None:
    body = replace(BODY, device=new_id())
    raw = _sealed(zstandard.ZstdCompressor().compress(body.pack()))
    with pytest.raises(Forged, match="name different devices"):
        _read(raw)
