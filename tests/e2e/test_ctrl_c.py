"""Ctrl+C ends a verb with one sentence and exit code 130, wherever it comes.

Each verb runs in processes of its own. In the first its calls of functions are counted; in the others Ctrl+C is pressed
after a part of them, by the signal that a terminal sends. So it comes amid SQL, the store, locks and closing; in one
process that begins with nothing, amid imports. The others are forked from one that has imported all: quick enough for
a dozen verbs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desks import found_desk
from tests.e2e.test_command_line import ROOT, Workstation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")

PARTS = (0.02, 0.3, 0.65, 0.9)
"""Where it is pressed: how many of the calls have been made."""

COUNTING = """
import signal, sys
from ui.command import main
signal.signal(signal.SIGINT, signal.default_int_handler)
made = 0

def run(words, at):
    global made
    made = 0

    def count(frame, event, _arg):
        global made
        if event == "call":
            made += 1
            if made == at:
                sys.setprofile(None)
                signal.raise_signal(signal.SIGINT)

    sys.setprofile(count)
    try:
        return main(words)
    finally:
        sys.setprofile(None)
"""
COLD = COUNTING + "sys.exit(run(sys.argv[2:], int(sys.argv[1])))"
FORKING = (
    COUNTING
    + """
import json, os, tempfile
from app.cli import build_parser
build_parser(["--help"])  # imports every verb
import app.desk, sqlalchemy

def forked(words, at):
    for file in (word for word in words if word.endswith(".zip") and os.path.exists(word)):
        os.unlink(file)
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 99
            try:
                code = run(words, at)
                if not at:
                    os.write(2, f"calls {made}".encode())
            except BaseException:
                import traceback
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return code, said.read().decode()

parts = json.loads(sys.argv[1])
for line in sys.stdin:
    words = json.loads(line)
    calls = int(forked(words, 0)[1].rpartition("calls ")[2])
    print(json.dumps([forked(words, max(1, int(calls * part))) for part in parts]), flush=True)
"""
)

VERBS: dict[str, tuple[str, ...]] = {
    "status": (), "verify": (), "sync": (), "case": ("new", "Printer jams", "--severity", "3"), "find": ("printer",),
    "export": ("cases",), "import": ("assets", "FILE"), "report": ("week",), "coverage": ("list",), "snapshot": (),
    "backup": ("BACKUP",), "conflicts": ("list",),
}  # fmt: skip
"""FILE and BACKUP become paths."""


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Workstation:
    folder = tmp_path_factory.mktemp("ctrl-c")
    found_desk(folder).close()
    (folder / "machines.csv").write_text("tag,name\n" + "".join(f"M-{n},Press {n}\n" for n in range(40)))
    return Workstation(folder, "anna")


def _words(anna: Workstation, verb: str) -> list[str]:
    places = {"FILE": "machines.csv", "BACKUP": "backup.zip"}
    words = [str(Path(anna.profile.parent, places[word])) if word in places else word for word in VERBS[verb]]
    return [verb, *words, "--profile", str(anna.profile)]


def _is_ended(code: int, said: str) -> bool:
    return code == 130 and said.startswith("halldesk: Stopped") and said.count("\n") == 1


def test_ctrl_c_ends_every_verb_with_one_sentence(anna: Workstation) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING, json.dumps(PARTS)],
        input="".join(json.dumps(_words(anna, verb)) + "\n" for verb in VERBS), env=anna.environment, cwd=ROOT,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[list[tuple[int, str]]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(VERBS)
    wrong: list[Any] = [
        (verb, part, *answer)
        for verb, found in zip(VERBS, answers, strict=True)
        for part, answer in zip(PARTS, found, strict=True)
        if not _is_ended(*answer)
    ]
    assert wrong == []


@pytest.mark.parametrize("at", [40, 4_000])
def test_ctrl_c_amid_imports_does_so_too(anna: Workstation, at: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLD, str(at), *_words(anna, "status")],
        env=anna.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert _is_ended(done.returncode, done.stderr), done
