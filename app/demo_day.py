"""A day at the demo desk without a screen: the same work the window would do, told in text.

Order: what waits, a call comes in, somebody takes it, it is solved, the week is printed, and the log proves itself.
"""

from __future__ import annotations

from app import times
from app.cli.output import Output, table
from app.desk import Desk
from app.reports.writing import write_weekly
from app.verifying import check_log
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase


def headless_day(desk: Desk, out: Output) -> int:
    """Run it and print what happened; 0 when the proof at the end holds."""
    now = desk.context.clock()
    counts = desk.place_counts.at(now)

    def say(text: str) -> None:
        if not out.as_json:
            print(text)

    say(f"{desk.name} (demo, profile {desk.profile.folder})\nThere is no screen here, so this is the day in text.\n")
    say(f"{counts.all_open.open} open cases, {counts.all_open.overdue} overdue, {counts.mine.open} are mine.")
    rows = []
    for queue in desk.directory.all("queue"):
        count = counts.queues.get(queue.id)
        if count:
            rows.append([queue.name, queue.note, str(count.open), str(count.overdue)])
    say(table(rows, ["queue", "kind", "open", "overdue"]))
    first = desk.lists.lines(desk.lists.ids(CaseList(CaseFilter(unowned=True)))[:5])
    say("\nNobody has taken these yet:")
    say(table([[c.label, str(c.severity), c.title] for c in first], ["number", "sev", "title"]))

    done = desk.cases.new(
        NewCase(title="Label printer in the warehouse prints blank labels", severity=3, channel="phone", minutes=4)
    )
    desk.sync_round()
    view = desk.present.case(done.case_id)
    say(f"\nA call: case {view.label}, {view.row['title']} -> {view.names['queue']} ({view.row['route_reason']})")
    if view.row["work_owner_id"] is None:
        desk.cases.claim(done.case_id)
    desk.cases.note(done.case_id, "Ribbon was in the wrong way round.", kind="call", audience="requester")
    desk.cases.resolve(done.case_id, "Ribbon turned, head cleaned, test label printed.", cause="Ribbon change")
    desk.sync_round()
    view = desk.present.case(done.case_id)
    say(f"{view.label} is {view.row['status']}, {view.minutes} minutes booked.")

    zone = times.zone(desk.context.zone)
    week = str(times.week_of(now - 7 * times.DAY_MS, zone))
    pdf = desk.profile.folder / f"week-{week}.pdf"
    figures = pdf.with_suffix(".json")
    write_weekly(desk.context, week, pdf=pdf, json=figures)
    say(f"\nLast week printed: {pdf}\nits figures:       {figures}")
    proof = check_log(desk)
    status = desk.status()
    out.emit(
        {"profile": str(desk.profile.folder), "open": counts.all_open.open, "overdue": counts.all_open.overdue,
         "case": view.label, "week": week, "pdf": str(pdf), "figures": str(figures), "verified": proof.ok, **status},
        f"{proof.entries} log entries verified: {'all is well' if proof.ok else '; '.join(map(str, proof.problems))}",
    )  # fmt: skip
    return 0 if proof.ok else 1
