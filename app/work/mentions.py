"""Who is named in a note: "@Jo Roth, can you look?" tells Jo. A pure rule.

A name counts when it follows an @ that begins a word. The longest name wins; a first name alone will do where it is the
only one of its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from db.search_index import fold_text


def mentioned(text: str, names: Mapping[str, bytes]) -> list[bytes]:
    """The ids of those named in `text`, each once, in order. `names`: id by full name."""
    known = _ways_to_say(names)
    folded = fold_text(text)
    found: dict[bytes, None] = {}
    start = folded.find("@")
    while start >= 0:
        rest = folded[start + 1 :]
        if start == 0 or not folded[start - 1].isalnum():  # not an e-mail address
            for name, who in known:
                if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
                    found[who] = None
                    break
        start = folded.find("@", start + 1)
    return list(found)


def _ways_to_say(names: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    full = {fold_text(name): who for name, who in names.items()}
    firsts = Counter(name.split()[0] for name in full if name.split())
    short = {name.split()[0]: who for name, who in full.items() if name.split() and firsts[name.split()[0]] == 1}
    return sorted({**short, **full}.items(), key=lambda pair: len(pair[0]), reverse=True)
