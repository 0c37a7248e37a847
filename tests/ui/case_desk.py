"""A real desk with people, places, machines and cases, and the services a window hands to its pages: for the tests, the
pictures and the benchmark of the case editor and quick capture.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import times
from app.desk import Desk
from app.founding import found
from app.profile import Profile
from app.work.cases import NewCase
from db.capture import Transaction
from db.ids import new_id
from db.shapes import (
    Absence,
    Analyst,
    Article,
    Asset,
    Coverage,
    Department,
    Place,
    Product,
    Queue,
    QueueMember,
    Requester,
    Shape,
    Template,
)
from ui.lanes import Lanes
from ui.notices import Level, Notices
from ui.services import ChangeBell, Services, Writing
from ui.settings import Settings

ZONE = "Europe/Berlin"
START = times.parse_iso("2026-11-16T08:12:00Z")  # a Monday morning, 9:12 at the site

PATIENCE_S = 60.0
"""When a wait is given up as in vain. Nothing is measured with it: a busy machine may take its time."""


@dataclass
class Clock:
    """Time that tests move."""

    at: int = START

    def __call__(self) -> int:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += round(minutes * times.MINUTE_MS)


@dataclass
class CaseDesk:
    """One profile with its services on the GUI thread. Close it at the end."""

    desk: Desk
    services: Services
    clock: Clock
    ids: dict[str, bytes]
    errors: list[BaseException] = field(default_factory=list)
    timers: list[QTimer] = field(default_factory=list)
    """Of the pages under test: while one is started, something is still to come."""

    def wait(self, until: Callable[[], object] | None = None, seconds: float = PATIENCE_S) -> None:
        """Let events run until something holds; without it, until every lane is quiet."""
        lanes = self.services.lanes

        def idle() -> bool:
            names = ("write", "read", "beside", "count", "files", "clocks")
            return nothing_on_its_way(lanes) and all(lanes[name].under_way == 0 for name in names)

        def quiet() -> bool:
            return idle() and not any(timer.isActive() for timer in self.timers)

        give_up = time.monotonic() + seconds
        calm = 0
        while calm < 2:
            QApplication.processEvents()
            calm = calm + 1 if (until() if until is not None else quiet()) else 0
            if time.monotonic() > give_up:
                raise AssertionError("what was waited for did not happen")
            if calm or not (idle() and hasten(self.timers)):
                time.sleep(0.002)
        if self.errors:
            raise self.errors[0]
        current = self.services.notices.current
        if current is not None and current.level is Level.ERROR:
            raise AssertionError(f"{current.text}\n{current.details}")

    def case(self, label: str = "printer") -> bytes:
        """The id of a case made by `fill`."""
        return self.ids[label]

    def close(self) -> None:
        self.services.bell.silence()
        self.services.lanes.close()
        self.services.writing.close()


def nothing_on_its_way(lanes: Lanes) -> bool:
    """Whether all that the lanes' threads told has reached the GUI thread: news that no job asked for come in slices as
    well, and a pause that gathers them is not over between two slices."""
    return not lanes._outcomes


def hasten(timers: Iterable[QTimer]) -> bool:
    """Time passes at once: the next of these pauses that are under way is over. False when none is.

    For a moment when nothing else is under way: what was to come out of the pause is the same, the pause itself proves
    nothing.
    """
    waiting = [timer for timer in timers if timer.isActive() and timer.isSingleShot()]
    if not waiting:
        return False
    first = min(waiting, key=QTimer.remainingTime)
    first.stop()
    first.timeout.emit()
    return True


def discard(widget: QWidget) -> None:
    """Delete a widget now: Qt would wait for an event loop, and restyle what nobody shows until then."""
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


def make_profile(folder: Path, clock: Clock, founder: str = "Anna Kern") -> Profile:
    """A help desk founded in `folder`, with a folder as its drive."""
    (folder / "share").mkdir(parents=True)
    profile = Profile(folder / "profile")
    found(
        profile, str(folder / "share"), "IT desk", founder, zone=ZONE, key_file=folder / "keys.json", clock=clock
    )  # fmt: skip
    return profile


def open_desk(profile: Profile, clock: Clock) -> CaseDesk:
    """Open a profile as the window does."""
    errors: list[BaseException] = []
    desk = Desk(profile, clock=clock)
    reading = desk.reading
    lanes = Lanes(errors.append)
    writing = Writing(reading)
    writing._desk = desk
    services = Services(
        desk=reading, writing=writing, lanes=lanes, notices=Notices(), bell=ChangeBell(reading.bus, lanes),
        settings=Settings({"send_delay_s": 0}, lambda _values: None), zone=times.zone(reading.context.zone),
    )  # fmt: skip
    return CaseDesk(desk, services, clock, {}, errors)


def fill(desk: Desk, clock: Clock) -> dict[str, bytes]:
    """People, places, machines, articles, templates and a few cases with a history; returns ids by a short name."""
    ids: dict[str, bytes] = {}
    now, me = clock(), desk.me

    def row(tx: Transaction, key: str, model: type[Shape], /, **values: object) -> None:
        ids[key] = tx.insert(model, new_id(), **values)

    with desk.replica.transaction("test.fill", me, at=now, undoable=False) as tx:
        row(tx, "roth", Analyst, name="Jo Roth", tier=2, phone="4322")
        row(tx, "weiss", Analyst, name="Mara Weiß", tier=1, phone="4323")
        row(tx, "sap queue", Queue, name="ERP specialists", kind="product", tier=2)
        row(tx, "net queue", Queue, name="Network", kind="product", tier=2, position=1)
        for queue, who in (("sap queue", "roth"), ("net queue", "weiss")):
            tx.insert(QueueMember, new_id(), queue_id=ids[queue], analyst_id=ids[who])
        row(
            tx, "hall", Department, name="Production hall 1", significance=1, cost_centre="4711", sponsor="R. Vogel",
            dossier="Shifts from **06:00**. Ask for Mr Vogel.\n\n- Line 3 must never stop after 14:00\n"
            "- Maintenance: Saturdays",
        )  # fmt: skip
        row(tx, "sales", Department, name="Sales")
        row(tx, "line 3", Place, name="Hall 1, line 3", kind="line", department_id=ids["hall"])
        row(tx, "office", Place, name="Office 204", department_id=ids["sales"])
        row(tx, "label", Product, name="Label printer Zebra ZT410")
        row(tx, "erp", Product, name="ERP", queue_id=ids["sap queue"])
        row(
            tx, "prn", Asset, tag="PRN-0317", name="Label printer line 3", product_id=ids["label"],
            department_id=ids["hall"], place_id=ids["line 3"], serial="ZT410-99812",
        )  # fmt: skip
        row(
            tx, "meyer", Requester, name="Klaus Meyer", phone="2207", department_id=ids["hall"],
            place_id=ids["line 3"],
        )  # fmt: skip
        row(
            tx, "schulz", Requester, name="Petra Schulz", phone="3120", email="p.schulz@example.com",
            department_id=ids["sales"], place_id=ids["office"],
        )  # fmt: skip
        tx.insert(Coverage, new_id(), department_id=ids["hall"], primary_id=me, stand_in1_id=ids["roth"],
                  valid_from="2026-01-01")  # fmt: skip
        tx.insert(Coverage, new_id(), department_id=ids["sales"], primary_id=ids["weiss"], stand_in1_id=ids["roth"],
                  valid_from="2026-01-01")  # fmt: skip
        tx.insert(Absence, new_id(), analyst_id=ids["weiss"], from_day="2026-11-10", to_day="2026-11-20",
                  kind="vacation", entered_by_id=me)  # fmt: skip
        row(
            tx, "article", Article, title="Zebra label printer prints blank labels",
            problem="Labels come out blank", solution="1. Open the head\n2. Turn the ribbon\n3. Calibrate",
            created_at=now, updated_at=now, state="published",
        )  # fmt: skip
        row(
            tx, "ask back", Template, name="Ask back", language="en", audience="requester",
            text="Hello {requester},\n\ncan you tell us when it happened first?\n\n{analyst}",
        )  # fmt: skip
        row(tx, "checked", Template, name="Checked so far", language="en", audience="internal",
            text="Checked so far:\n- ")  # fmt: skip
    cases = desk.cases
    ids["old"] = cases.new(
        NewCase("Label printer line 3 jams", 3, asset_id=ids["prn"], requester_id=ids["meyer"])
    ).case_id
    cases.resolve(ids["old"], "Rollers cleaned.")
    clock.pass_minutes(50)
    ids["printer"] = cases.new(
        NewCase(
            "Label printer on line 3 prints blank labels since the restart", 2, channel="e-mail",
            description="Since the restart this morning **every second label** is blank.\n\n"
            "The display says `RIBBON OUT`, but the ribbon is new. See also #1.",
            asset_id=ids["prn"], requester_id=ids["meyer"], tags=("labels", "line 3"),
        )
    ).case_id  # fmt: skip
    clock.pass_minutes(4)
    cases.claim(ids["printer"])
    clock.pass_minutes(9)
    cases.note(ids["printer"], "Ribbon sensor reads *0 V*. Probably the cable behind the head.\n\n1. Head opened\n"
               "2. Sensor cleaned\n3. Cable looks pinched", minutes=15, activity="remote")  # fmt: skip
    clock.pass_minutes(3)
    cases.note(ids["printer"], "Hello Mr Meyer, we think it is the sensor cable. Jo Roth comes by at 11 with a "
               "spare.", kind="reply", audience="requester")  # fmt: skip
    clock.pass_minutes(2)
    cases.next_step(ids["printer"], "Swap the sensor cable on line 3", by=ids["roth"], at=clock() + 40 * 60_000)
    ids["erp case"] = cases.new(NewCase("ERP login fails after password change", 3, requester_id=ids["schulz"],
                                        product_id=ids["erp"])).case_id  # fmt: skip
    ids["blank"] = cases.new(NewCase("Screen black", 4, channel="monitoring")).case_id
    clock.pass_minutes(1)
    return ids


@dataclass(frozen=True)
class FilledDesk:
    """A filled desk that nobody has open: founding and filling one takes half a second, copying it a hundredth."""

    folder: Path
    at: int
    ids: dict[str, bytes]


def make_template(folder: Path) -> FilledDesk:
    """Found and fill a desk in `folder`, once for all tests."""
    clock = Clock()
    made = open_desk(make_profile(folder / "desk", clock), clock)
    try:
        ids = fill(made.desk, clock)
    finally:
        made.close()
    return FilledDesk(folder / "desk", clock.at, ids)


def lay_copy(template: FilledDesk, folder: Path) -> Profile:
    """A copy of the template, with a drive of its own."""
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    profile = Profile(folder / "profile")
    moved = {"where": str(folder / "share"), "key_file": str(folder / "keys.json")}
    profile.attach({**profile.desk(), **moved})
    return profile


def open_copy(template: FilledDesk, folder: Path) -> CaseDesk:
    """A copy of the template, with a drive of its own, opened."""
    made = open_desk(lay_copy(template, folder), Clock(template.at))
    made.ids = dict(template.ids)
    return made
