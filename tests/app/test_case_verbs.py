"""Part 11: whatever is done to a case in the window can be done by command, so that a script can."""

from __future__ import annotations

import argparse

import pytest

from app.cli import build_parser
from ui.actions import ACTIONS

VERBS = {
    "case.new": "new", "case.claim": "claim", "case.hand_over": "hand", "case.to_specialist": "hand", "case.ask": "ask",
    "case.escalate": "escalate", "case.de_escalate": "de-escalate", "case.take_back": "take-back", "case.reply": "note",
    "case.note": "note", "case.call": "note", "case.next_step": "set", "case.wait": "wait", "case.remind": "remind",
    "case.snooze": "snooze", "case.time": "time", "case.stopwatch": "time", "case.severity": "set",
    "case.attach": "attach", "case.resolve": "resolve", "case.reopen": "reopen", "case.work": "work",
    "case.close": "close", "case.cancel": "cancel", "case.rate": "rate", "case.watch": "watch",
    "case.unwatch": "unwatch", "case.merge": "merge", "case.unmerge": "unmerge", "case.link": "link",
    "case.broadcast": "broadcast", "case.close_all": "close-all", "case.workaround": "workaround",
    "case.sheet": "sheet", "case.order": "order", "case.bulk": "bulk", "undo": "undo", "redo": "undo",
    "list.claim": "claim",
}  # fmt: skip
"""An action of the window -> the verb of `halldesk case` that does the same."""
ELSEWHERE = {
    "case.article": "article", "case.suggestions": "article", "case.knowledge": "article", "case.template": "template",
    "report.weekly": "report",
}  # fmt: skip
"""... or another command."""
OF_THE_WINDOW = {"case.copy_number", "case.send", "case.audience"}
"""What exists only where somebody looks and types: the clipboard, sending and addressing what is being written."""


def _verbs(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (found,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(found.choices)


@pytest.fixture(scope="module")
def commands() -> dict[str, argparse.ArgumentParser]:
    return _verbs(build_parser())


def test_every_action_on_a_case_is_a_command(commands: dict[str, argparse.ArgumentParser]):
    actions = {action.id for action in ACTIONS if action.id.startswith("case.")}
    assert actions - VERBS.keys() - ELSEWHERE.keys() == OF_THE_WINDOW
    assert actions >= {name for name in (*VERBS, *ELSEWHERE) if name.startswith("case.")}, "no action that is gone"
    known = _verbs(commands["case"])
    assert set(VERBS.values()) <= known.keys()
    assert set(ELSEWHERE.values()) <= commands.keys()


def test_every_verb_prints_json_and_says_what_it_is_for(commands: dict[str, argparse.ArgumentParser]):
    for name, parser in _verbs(commands["case"]).items():
        options = {option for action in parser._actions for option in action.option_strings}
        assert {"--json", "--profile"} <= options, name
