"""Ids sort by the time they were made, everywhere and always."""

from __future__ import annotations

import threading
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import ids
from db.ids import derived_id, id_text, new_id, parse_id


def test_an_id_is_a_uuid_of_version_seven() -> None:
    for value in (new_id(), derived_id(1_767_697_200_000, "a")):
        parsed = uuid.UUID(bytes=value)
        assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)


def test_ids_increase_also_within_one_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_LAST", [0])
    monkeypatch.setattr("db.ids.time.time_ns", lambda: 5_000_000_000)
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_ids_increase_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_LAST", [0])
    clock = iter([5_000_000_000, 4_000_000_000, 3_000_000_000])
    monkeypatch.setattr("db.ids.time.time_ns", lambda: next(clock))
    made = [new_id() for _ in range(3)]
    assert made == sorted(set(made))


def test_ids_of_many_threads_are_all_different_and_increase_in_each() -> None:
    made: list[list[bytes]] = [[] for _ in range(8)]
    start = threading.Barrier(8)

    def work(into: list[bytes]) -> None:
        start.wait()
        into.extend(new_id() for _ in range(2_000))

    threads = [threading.Thread(target=work, args=(into,)) for into in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(part == sorted(part) for part in made)
    assert len({value for part in made for value in part}) == 16_000


@given(at=st.integers(0, 2**47), key=st.lists(st.text(), min_size=1, max_size=3))
def test_a_derived_id_depends_on_its_source_alone_and_sorts_by_its_time(at: int, key: list[str]) -> None:
    value = derived_id(at, *key)
    assert value == derived_id(at, *key)
    assert int.from_bytes(value[:6], "big") == at
    assert derived_id(at + 1, *key) > value
    assert derived_id(at, *key, "more") != value


def test_a_time_before_1970_counts_as_its_beginning() -> None:
    assert derived_id(-5, "a")[:6] == bytes(6)


@given(st.binary(min_size=16, max_size=16))
def test_text_and_back(value: bytes) -> None:
    assert id_text(value) == str(uuid.UUID(bytes=value))
    assert parse_id(id_text(value)) == parse_id(id_text(value).upper()) == parse_id(value.hex()) == value


@pytest.mark.parametrize("text", ["", "x", "0123", "0" * 31, "0" * 33, "g" * 32])
def test_what_is_no_id_is_none(text: str) -> None:
    assert parse_id(text) is None
