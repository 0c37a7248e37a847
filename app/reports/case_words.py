"""What the stored values and events of a case are called on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.texts import CATALOGUE, Texts
from app.times import MINUTE_MS
from app.work.clocks import ClockState
from app.work.present import CaseView, Entry


def word(texts: Texts, group: str, value: str) -> str:
    """A stored value in words; one that a newer program stored stays as it is."""
    key = f"case.{group}.{value}"
    return texts(key) if key in CATALOGUE else value


def who(texts: Texts, entry: Entry) -> str:
    """Whose entry it is: "Roth for Kern"."""
    if entry.author and entry.on_behalf_of:
        return texts("sheet.for", author=entry.author, absent=entry.on_behalf_of)
    return entry.author or texts("sheet.automatic")


def status(texts: Texts, view: CaseView) -> str:
    """The status, and on whom it waits."""
    if view.row["status"] == "waiting" and view.row["waiting_on"]:
        return word(texts, "waiting", view.row["waiting_on"])
    return word(texts, "status", view.row["status"])


def clock(texts: Texts, state: ClockState, zone: str) -> str:
    """How a clock stands, in one line; "" without a target."""
    if state.state == "running" or (state.ended_at is None and state.due_at is not None):
        if state.due_at is None:
            return ""
        late = state.remaining_ms is not None and state.remaining_ms < 0
        return texts("sheet.overdue" if late else "sheet.due", moment=texts.moment(state.due_at, zone))
    if state.ended_at is None:
        return ""
    took = texts.minutes(state.elapsed_ms / MINUTE_MS)
    if state.remaining_ms is None:
        return texts("sheet.took", time=took)
    if state.remaining_ms < 0:
        return texts("sheet.late", time=took, late=texts.minutes(-state.remaining_ms / MINUTE_MS))
    return texts("sheet.met", time=took)


def changes(texts: Texts, group: Sequence[Entry], severities: Mapping[int, str]) -> list[str]:
    """What the events of one moment say."""
    if any(event.field == "opened" for event in group):
        new = {event.field: event.new for event in group}
        parts = [texts("sheet.opened_it"), _severity(new.get("severity", ""), severities)]
        return [part for part in (*parts, new.get("queue", ""), new.get("work_owner", "")) if part]
    said = []
    waits = next((event.new for event in group if event.field == "waiting_on" and event.new), "")
    for event in group:
        if event.field == "status":
            waiting = event.new == "waiting" and waits
            after = word(texts, "waiting", waits) if waiting else word(texts, "status", event.new)
            said.append(_arrow(texts, "status", word(texts, "status", event.old), after))
        elif event.field == "waiting_on":
            if event.new and not any(one.field == "status" for one in group):
                said.append(word(texts, "waiting", event.new))
        elif event.field == "severity":
            said.append(_arrow(texts, "severity", _severity(event.old, severities), _severity(event.new, severities)))
        elif event.field == "escalated":
            whom = word(texts, "outside", event.new or event.old)
            said.append(_arrow(texts, "escalated", "", whom) if event.new else texts("sheet.back_from", whom=whom))
        elif event.field == "touched":
            said.append(texts("sheet.touched"))
        else:
            said.append(_arrow(texts, event.field, event.old, event.new))
    return said


def _severity(rank: str, severities: Mapping[int, str]) -> str:
    return severities.get(int(rank), rank) if rank.isdigit() else rank


def _arrow(texts: Texts, field: str, old: str, new: str) -> str:
    after = new or texts("sheet.nobody")
    return f"{word(texts, 'field', field)}: {f'{old} → {after}' if old else after}"
