"""What the window costs over the bare work: start to a painted queue; opening, sorting, filtering, scrolling one.

    python -m tests.bench.bench_ui [--cases 100000] [--keep FOLDER] [--rounds 7]

Floors, in the same run: for the start a bare Qt table window over the same SQLite file (another process, by turns with
ours); for everything else the bare query (row numbers of the whole queue, the rows of one screen). Times are from the
action to the painted viewport. The goals stand in `GOALS` (median, 95th percentile; ms at 100,000 cases; at a million
they may be 2.5 times as high).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT: Final = Path(__file__).resolve().parents[2]
SCREEN: Final = 40
GOALS: Final = {
    "start": (600, 800), "open queue": (30, 60), "sort": (40, 60), "filter": (40, 60), "scroll step": (16, 33),
    "jump": (33, 60), "all cases": (30, 60), "open case": (20, 40),
}  # fmt: skip
MEMORY_MIB: Final = {100_000: 150, 1_000_000: 200}


def rss_mib() -> float:
    """Resident memory of this process."""
    import psutil

    return round(psutil.Process().memory_info().rss / 2**20, 1)


# -- children: one process each, so that a start is a start -----------------------------------------------------------
def child_floor(profile: Path) -> None:
    """A bare QMainWindow with a QTableView over the biggest queue of the same file, rows on demand."""
    from array import array

    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication(sys.argv[:1])
    db = sqlite3.connect(profile / "replica.db", isolation_level=None)
    queue = biggest_queue(db)
    ids = array("q", (row[0] for row in db.execute(QUEUE_IDS, (queue,))))
    pages: dict[int, list[Any]] = {}

    class Model(QAbstractTableModel):
        def rowCount(self, _parent: Any = None) -> int:  # noqa: N802
            return len(ids)

        def columnCount(self, _parent: Any = None) -> int:  # noqa: N802
            return 8

        def data(self, index: Any, role: int = 0) -> Any:
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            page = index.row() // 100
            if page not in pages:
                part = ids[page * 100 : page * 100 + 100]
                found = {row[0]: row for row in db.execute(ROWS.format(",".join(map(str, part))))}
                pages[page] = [found[rid] for rid in part]
            return str(pages[page][index.row() % 100][index.column()])

    window, model = QMainWindow(), Model()
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(24)
    view.verticalHeader().hide()
    window.setCentralWidget(view)
    window.resize(1400, 900)
    window.show()
    until_painted(application, view.viewport(), lambda: True)
    report({"painted": since_spawn(), "rss": rss_mib()})


def child_start(profile: Path) -> None:
    """Our window, standing in the biggest queue, until its rows are painted."""
    gc.disable()  # as the command does
    application, _client, page = open_client(profile, start_there=True)
    until_painted(application, page.table.viewport(), lambda: page.model.rowCount() > 0)
    report({"painted": since_spawn(), "rss": rss_mib(), "sqlalchemy": "sqlalchemy" in sys.modules})


def child_steps(profile: Path, rounds: int, *, floors: bool = True) -> None:
    """Actions in one open window, each with its bare query by turns. Without `floors` the same actions alone: what is
    in memory then is ours, not the cache of the bare queries' connection."""
    from ui.collecting import Collector

    gc.disable()
    application, client, page = open_client(profile, start_there=False)
    # As in the program: cycles are collected between two events, and what the start made is not looked at again.
    collector = Collector()
    client.complete.connect(collector.settle)
    complete: list[bool] = []
    client.complete.connect(lambda: complete.append(True))
    until_painted(application, page.table.viewport(), lambda: page.model.rowCount() > 0 or page.place is not None)
    wait_until(application, lambda: bool(complete) and len(client.window.navigation.places()) > 8)
    navigation, table = client.window.navigation, page.table
    places = [p.key for p in navigation.places() if p.key.startswith("queue:")]
    db = sqlite3.connect(profile / "replica.db", isolation_level=None)
    db.execute("PRAGMA cache_size=-16384")
    queue = biggest_queue(db)
    biggest = f"queue:{queue.hex()}"
    whole = db.execute('SELECT count(*) FROM "case" WHERE queue_id = ? AND ended_at IS NULL', (queue,)).fetchone()[0]
    other = next(key for key in places if key != biggest)
    chance = random.Random(3)
    seen = {"shown": 0}
    page.shown.connect(lambda: seen.__setitem__("shown", seen["shown"] + 1))

    def shown(action: Callable[[], object]) -> float:
        """Until the first rows of the answer are painted."""
        before, began = seen["shown"], time.perf_counter()
        action()
        wait_until(application, lambda: seen["shown"] > before)
        table.viewport().repaint()
        taken = (time.perf_counter() - began) * 1000
        settle(application, client)
        return taken

    def scrolled(value: int) -> float:
        began = time.perf_counter()
        table.verticalScrollBar().setValue(value)
        top = table.verticalScrollBar().value()
        last = min(top + SCREEN - 8, page.model.rowCount() - 1)
        wait_until(application, lambda: page.model.line(top) is not None and page.model.line(last) is not None)
        table.viewport().repaint()
        return (time.perf_counter() - began) * 1000

    def bare(sql: str, *params: object) -> float:
        if not floors:
            return 0.0
        began = time.perf_counter()
        ids = [row[0] for row in db.execute(sql, params)]
        db.execute(ROWS.format(",".join(map(str, ids[:SCREEN])))).fetchall()
        return (time.perf_counter() - began) * 1000

    editor = client.window.editor

    def opened(case: bytes) -> float:
        """Until the timeline of the case is painted; one with a long history is what bench_editor opens."""
        began = time.perf_counter()
        editor.show_case(case)
        wait_until(application, lambda: editor.loaded is not None and editor.loaded.view.id == case)
        editor.timeline.viewport().repaint()
        taken = (time.perf_counter() - began) * 1000
        settle(application, client)
        return taken

    def bare_case(case: bytes) -> float:
        if not floors:
            return 0.0
        began = time.perf_counter()
        db.execute('SELECT * FROM "case" WHERE id = ?', (case,)).fetchone()
        for name in ("timeline_entry", "case_event", "time_entry", "attachment", "case_tag", "case_watcher"):
            db.execute(f"SELECT * FROM {name} WHERE case_id = ?", (case,)).fetchall()
        return (time.perf_counter() - began) * 1000

    steps: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in GOALS if name != "start"}
    by_update = 'SELECT rid FROM "case" WHERE queue_id = ? AND ended_at IS NULL ORDER BY updated_at DESC'
    matching = QUEUE_IDS.replace(" ORDER", " AND rid IN (SELECT rowid FROM case_fts WHERE case_fts MATCH ?) ORDER")
    for number in range(rounds):
        navigation.go(other)
        settle(application, client)
        steps["open queue"][0].append(shown(lambda: navigation.go(biggest)))
        steps["open queue"][1].append(bare(QUEUE_IDS, queue))
        steps["sort"][0].append(shown(lambda: table.columns.order_asked.emit("updated")))
        steps["sort"][1].append(bare(by_update, queue))
        shown(lambda: table.columns.order_asked.emit("updated"))
        shown(lambda: table.columns.order_asked.emit("updated"))
        word = ("zephyrine", "spindle gripper", "conveyor", "printer label")[number % 4]
        steps["filter"][0].append(shown(lambda word=word: type_filter(page, word)))  # type: ignore[misc]
        steps["filter"][1].append(bare(matching, queue, " ".join(word.split())))
        shown(lambda: type_filter(page, ""))
        for step in range(20):
            steps["scroll step"][0].append(scrolled(3 * (step + 1)))
            steps["scroll step"][1].append(bare(QUEUE_PAGE, queue, 3 * step))
        # Into what is not there yet nobody can jump; the steps before this had the reading of it beside them.
        wait_until(application, lambda: page.model.rowCount() == whole)
        table.executeDelayedItemsLayout()
        for _ in range(5):
            steps["jump"][0].append(scrolled(chance.randrange(page.model.rowCount())))
            steps["jump"][1].append(bare(QUEUE_PAGE, queue, chance.randrange(1000)))
        for _ in range(4):
            line = page.model.line(table.verticalScrollBar().value() + chance.randrange(20))
            if line is not None:
                steps["open case"][0].append(opened(line.id))
                steps["open case"][1].append(bare_case(line.id))
        steps["all cases"][0].append(shown(lambda: navigation.go("all")))
        steps["all cases"][1].append(bare('SELECT rid FROM "case" ORDER BY rid DESC LIMIT 40'))
    rows = page.model.rowCount()
    memory = rss_mib()
    db.close()
    client.shutdown()
    report({"steps": steps, "rss": memory, "rows": rows})


QUEUE_IDS: Final = 'SELECT rid FROM "case" WHERE queue_id = ? AND ended_at IS NULL ORDER BY severity, due_at, rid'
QUEUE_PAGE: Final = QUEUE_IDS + " LIMIT 40 OFFSET ?"
ROWS: Final = (
    'SELECT rid, number, title, status, severity, queue_id, work_owner_id, due_at FROM "case" WHERE rid IN ({})'
)


def biggest_queue(db: sqlite3.Connection) -> bytes:
    """The queue with the most open cases."""
    sql = 'SELECT queue_id FROM "case" WHERE ended_at IS NULL GROUP BY queue_id ORDER BY count(*) DESC LIMIT 1'
    return bytes(db.execute(sql).fetchone()[0])


def open_client(profile: Path, *, start_there: bool) -> tuple[Any, Any, Any]:
    """Application, client, queue page; as ui.main.run_client does it, without the server and the logs."""
    from PySide6.QtWidgets import QApplication

    from app.profile import Profile
    from ui.i18n import Language, Languages
    from ui.main import Client
    from ui.settings import Settings
    from ui.theme import Theme, ThemeChoice

    place = os.environ["HALLDESK_BENCH_QUEUE"] if start_there else "mine"
    application = QApplication(sys.argv[:1])
    theme = Theme(application, ThemeChoice.LIGHT)
    languages = Languages(application, Language.ENGLISH)
    settings = Settings({"place": place}, lambda _values: None)
    client = Client(Profile(profile), application, theme, languages, settings)
    client.window.resize(1400, 900)
    client.window.show()
    return application, client, client.window.page


def type_filter(page: Any, words: str) -> None:
    """As if typing had just paused."""
    page.filter.setText(words)
    page.filter.returnPressed.emit()


def until_painted(application: Any, widget: Any, ready: Callable[[], bool]) -> None:
    """Process events until the widget was painted after it was ready."""
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        hit = False

        def eventFilter(self, _watched: Any, event: Any) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and ready():
                self.hit = True
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    wait_until(application, lambda: watch.hit)
    widget.removeEventFilter(watch)


def wait_until(application: Any, ready: Callable[[], bool], seconds: float = 60.0) -> None:
    """Process events until something holds, resting between them as `exec` does. Errors: TimeoutError.

    With a time limit `processEvents` does not rest (it ignores WaitForMoreEvents): it would take a processor and the
    interpreter lock from the lanes that are measured. The timer wakes it when nothing else does.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    until = time.monotonic() + seconds
    waker = QTimer()
    waker.start(50)
    while not ready():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > until:
            raise TimeoutError("the window did not get there")


def settle(application: Any, client: Any) -> None:
    """Let the lanes of the screen come to rest."""
    lanes = (client.lanes.read, client.lanes.beside, client.lanes.count)
    wait_until(application, lambda: not any(lane.under_way for lane in lanes))


def since_spawn() -> float:
    """Milliseconds since the parent started this process."""
    return round((time.monotonic_ns() - int(os.environ["HALLDESK_BENCH_T0"])) / 1e6, 2)


def report(values: dict[str, Any]) -> None:
    """Print one line of JSON and end without ceremony."""
    print(json.dumps(values), flush=True)
    os._exit(0)


# -- parent -----------------------------------------------------------------------------------------------------------
def spawn(kind: str, profile: Path, rounds: int, queue: str) -> dict[str, Any]:
    """Run one child and read what it reports. Errors: CalledProcessError."""
    environment = {**os.environ, "HALLDESK_BENCH_QUEUE": queue, "PYTHONPATH": str(ROOT)}
    # An installed program has its modules compiled; so have these children from the second one on.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(profile.parent / "compiled")
    environment["HALLDESK_BENCH_T0"] = str(time.monotonic_ns())
    command = [sys.executable, "-m", "tests.bench.bench_ui", "--child", kind, str(profile), "--rounds", str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"{kind}: {done.stderr[-2000:]}")
    values: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return values


def run(cases: int, keep: Path | None, rounds: int) -> None:
    """Build the data, run the children by turns, record."""
    from tests.bench.case_data import build
    from tests.bench.report import record

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        profile = build(keep or Path(temporary) / "data", cases).folder
        with closing(sqlite3.connect(profile / "replica.db")) as db:
            queue = f"queue:{biggest_queue(db).hex()}"
        goal = 1.0 if cases <= 100_000 else 2.5
        ours, floor, memory = [], [], 0.0
        for _ in range(rounds + 1):
            floor.append(spawn("floor", profile, rounds, queue)["painted"])
            start = spawn("start", profile, rounds, queue)
            if start["sqlalchemy"]:
                raise RuntimeError("the first window imports SQLAlchemy")
            ours.append(start["painted"])
            memory = start["rss"]
        # The first pair warms the caches and the compiled modules.
        record(
            f"ui start {cases}", statistics.median(ours[1:]), statistics.median(floor[1:]),
            goal=GOALS["start"][0] * goal, rss_mib=memory,
        )  # fmt: skip
        steps = spawn("steps", profile, rounds, queue)
        for name, (mine, bare) in steps["steps"].items():
            ordered = sorted(mine)
            record(
                f"ui {name} {cases}", statistics.median(mine), statistics.median(bare),
                p95=round(ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], 2),
                goal=GOALS[name][0] * goal, goal_p95=GOALS[name][1] * goal,
            )  # fmt: skip
        rss = spawn("memory", profile, rounds, queue)["rss"]
        print(f"memory after all steps: {rss} MiB, goal {MEMORY_MIB[100_000 if cases <= 100_000 else 1_000_000]}")


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description="Measure the window against its floors.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the data in this folder for the next run")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--child", nargs=2, metavar=("KIND", "PROFILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        kind, profile = arguments.child
        if kind in ("steps", "memory"):
            child_steps(Path(profile), arguments.rounds, floors=kind == "steps")
        else:
            {"floor": child_floor, "start": child_start}[kind](Path(profile))
    else:
        run(arguments.cases, arguments.keep, arguments.rounds)


if __name__ == "__main__":
    main()
