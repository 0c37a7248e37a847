"""An invitation is found in whatever people copy, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.invited import find_invitation
from db.keys import InvitationText

TEXT = InvitationText("/mnt/it/helpdesk", b"s" * 16, b"r" * 32, b"i" * 16, b"e" * 32, "Jo Roth", 1_800_000_000_000)
LINE = TEXT.encode()


@pytest.mark.parametrize(
    "copied",
    [
        LINE,
        f"  {LINE}\n",
        f"Hello Jo,\n\nhere is your invitation:\n{LINE}\n\nBest regards\nAnna",
        f"{LINE[:60]}\n{LINE[60:120]}\r\n{LINE[120:]}\nBest regards",
        "\n".join(f"> {LINE[at : at + 72]}" for at in range(0, len(LINE), 72)),
        f'"{LINE}"',
        f"<{LINE}>.",
        f"halldesk1:broken and then the right one {LINE}",
    ],
)
def test_it_is_found_in_what_was_copied(copied):
    found = find_invitation(copied)
    assert found is not None
    assert (found.line, found.name, found.where) == (LINE, "Jo Roth", "/mnt/it/helpdesk")
    assert found.expires_at == TEXT.expires_at


@pytest.mark.parametrize("copied", ["", "halldesk1:", LINE[:-3], LINE.replace("halldesk1", "halldesk2"), "Hello"])
def test_what_is_no_whole_invitation_is_none(copied):
    assert find_invitation(copied) is None


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_an_error(text):
    assert find_invitation(text) is None
    find_invitation(f"halldesk1:{text}")
