"""The ranking's evaluation works, and ours is ahead on a small part of the real articles."""

from __future__ import annotations

import pytest

from tests.bench.kb_ranking import COLLECTIONS, DATA, evaluate


@pytest.mark.skipif(not DATA.exists(), reason=f"the real articles are not in {DATA}")
def test_ours_is_ahead_of_plain_bm25():
    name = "GNOME de"
    got = evaluate({name: COLLECTIONS[name]}, most=30, articles=100)[name]
    assert got["articles"] == 100
    mine, theirs = got["all"]["ours"], max(got["all"][f"bm25, {how}"]["mrr"] for how in ("all words", "any word"))
    assert mine["mrr"] > theirs + 0.05
