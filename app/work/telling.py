"""What happens to cases of mine while I look elsewhere, and when I may be told.

`Telling` compares: it knows every entry and event of the cases that concern me (mine, those I speak for, those I watch)
and, when some of them have changed, says what is new that somebody else did: one piece of news for each case, the one
that matters most. Comparing what is known, not when it was written, also finds what a colleague did hours ago without
the drive. A case that becomes mine only now brings no old news along.

`Quiet` is the rule of when: never in quiet hours, and outside my own working time only if I want that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.work.deadlines import Deadlines
from db.rules import NO_DUE, OPEN_STATUSES

KINDS: Final = ("mention", "handed", "taken", "breach", "warning", "reopened", "note", "ended", "changed")
"""From what matters most to what matters least; of several at once for a case the first is told."""
NEEDED: Final = frozenset({"breach", "mention", "handed", "taken", "warning", "reopened"})
"""What somebody wants to hear who wants to hear little: it asks for something."""
MANY: Final = 400
"""So many changed cases at once are an import or a first catch-up, no news."""
MOST_CASES: Final = 500
"""Of mine, those that changed last."""
MENTIONS_MS: Final = 30 * times.DAY_MS
"""So late a note that names me may come in (a colleague was without the drive)."""


@dataclass(frozen=True)
class News:
    """One thing to be told. `who` did it, "" for nobody; `text`: the first words of what was written, or a name."""

    kind: str
    case_id: bytes
    label: str
    title: str
    who: str = ""
    text: str = ""


@dataclass(frozen=True)
class Quiet:
    """When to be silent: from and to as "22:00" on the site's wall ("" for no quiet hours); `only_working`: silent
    outside my own working time too."""

    begin: str = ""
    end: str = ""
    only_working: bool = True

    def silent(self, now: int, zone: str, at_work: bool) -> bool:
        """Whether nothing is told at `now` (ms UTC)."""
        if self.only_working and not at_work:
            return True
        if not self.begin or not self.end or self.begin == self.end:
            return False
        clock = f"{times.local_wall(now, times.zone(zone)):%H:%M}"
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end  # over midnight


class Telling:
    """Call it on one lane, always the same."""

    def __init__(self, context: ReadContext, directory: Directory, deadlines: Deadlines) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines
        self._known: dict[bytes, set[bytes]] = {}
        """Entries and events by case, as far as they were told or were there at the beginning."""
        self._mentions: set[bytes] = set()
        self._due: set[tuple[bytes, str, int]] = set()
        self._begun = False

    def begin(self) -> None:
        """What is there now is no news."""
        self._known = {case_id: self._parts(case_id) for case_id in self._mine()}
        reader, me = self._context.reader, self._context.me
        self._mentions = {row[0] for row in reader.all("SELECT id FROM mention WHERE analyst_id = ?", (me,))}
        self._due = {(row["id"], kind, row["due_at"]) for kind, row in self._overdue()}
        self._begun = True

    def at_work(self) -> bool:
        """Whether I am in my own working time, on a shift, and not absent."""
        context = self._context
        now, query = context.clock(), context.reader.all
        day = times.local_date(now, times.zone(context.zone)).isoformat()
        if query(
            "SELECT 1 FROM absence WHERE analyst_id = ? AND from_day <= ? AND (to_day IS NULL OR to_day >= ?)",
            (context.me, day, day),
        ):
            return False
        if query("SELECT 1 FROM shift WHERE analyst_id = ? AND starts_at <= ? AND ends_at > ?", (context.me, now, now)):
            return True
        calendar = context.reader.value("SELECT calendar_id FROM analyst WHERE id = ?", (context.me,))
        return self._deadlines.calendar_of(query, calendar).hours.worked(now, now + 1) > 0

    def look(self, changed: Collection[bytes] | None) -> list[News]:
        """What is new in these cases (None: nobody knows which changed), what matters most first."""
        if not self._begun or (changed is not None and len(changed) > MANY):
            missed = self._missed_mentions() if self._begun else []
            self.begin()
            return missed
        mine = self._mine()
        if changed is None:
            changed = mine | self._known.keys()
        found = [news for case_id in changed for news in self._of(case_id, mine)]
        return most_important([*found, *self._missed_mentions()])

    def due(self) -> list[News]:
        """Open cases of mine whose time is three quarters used up, or over, each told once."""
        found = []
        for kind, row in self._overdue():
            key = (row["id"], kind, row["due_at"])
            if key not in self._due:
                self._due.add(key)
                found.append(News(kind, row["id"], _label(row), row["title"]))
        return most_important(found)

    # -- looking ------------------------------------------------------------------------------------------------------
    def _mine(self) -> set[bytes]:
        me = self._context.me
        rows = self._context.reader.all(
            'SELECT id FROM "case" WHERE id IN ('
            'SELECT id FROM "case" WHERE work_owner_id = :me AND ended_at IS NULL UNION '
            'SELECT id FROM "case" WHERE contact_owner_id = :me AND ended_at IS NULL UNION '
            "SELECT case_id FROM case_watcher WHERE analyst_id = :me) ORDER BY updated_at DESC LIMIT :most",
            {"me": me, "most": MOST_CASES},
        )
        return {row[0] for row in rows}

    def _parts(self, case_id: bytes) -> set[bytes]:
        rows = self._context.reader.all(
            "SELECT id FROM timeline_entry WHERE case_id = ?1 UNION ALL SELECT id FROM case_event WHERE case_id = ?1",
            (case_id,),
        )
        return {row[0] for row in rows}

    def _of(self, case_id: bytes, mine: set[bytes]) -> Iterable[News]:
        known = self._known.get(case_id)
        if known is None and case_id not in mine:
            return
        reader, me = self._context.reader, self._context.me
        case = reader.one('SELECT id, number, rid, title FROM "case" WHERE id = ?', (case_id,))
        if case is None:
            return
        rows = reader.all(
            "SELECT id, at, author_id, kind AS what, text, NULL AS old_id, NULL AS new_id, '' AS new, '' AS old "
            "FROM timeline_entry WHERE case_id = ?1 UNION ALL SELECT id, at, author_id, 'event: ' || field, '', "
            "old_id, new_id, coalesce(new, ''), coalesce(old, '') FROM case_event WHERE case_id = ?1 ORDER BY 2",
            (case_id,),
        )
        fresh = [row for row in rows if row["id"] not in (known or ())]
        if case_id in mine:
            self._known[case_id] = {row["id"] for row in rows}
        else:
            self._known.pop(case_id, None)
        kinds = [(row, *self._kind(row, me)) for row in fresh if row["author_id"] != me]
        ended = any(kind == "ended" for _row, kind, _text in kinds)
        for row, kind, text in kinds:
            # Who ends a case takes it on the way. Of a case that was not mine before, only that it is now.
            told = kind and not (ended and kind == "taken") and (known is not None or kind == "handed")
            if told:
                who = self._directory.name("analyst", row["author_id"])
                yield News(kind, case_id, _label(case), case["title"], who, text)

    def _kind(self, row: Any, me: bytes) -> tuple[str, str]:
        what = row["what"]
        if what in ("event: work_owner", "event: contact_owner"):
            if row["new_id"] == me:
                return "handed", ""
            if what == "event: work_owner" and row["new_id"] is not None:
                return "taken", self._directory.name("analyst", row["new_id"])
            return "", ""
        if what == "event: status":
            if row["new"] in OPEN_STATUSES:
                return ("reopened" if row["old"] not in OPEN_STATUSES else "changed"), row["new"]
            return "ended", row["new"]
        if what == "event: severity":
            return "changed", ""
        if what.startswith("event: "):
            return "", ""
        return ("note", _clip(row["text"])) if what != "system" else ("", "")

    def _missed_mentions(self) -> list[News]:
        rows = self._context.reader.all(
            "SELECT m.id, m.case_id, m.by_id, t.text, c.number, c.rid, c.title FROM mention m "
            'JOIN "case" c ON c.id = m.case_id JOIN timeline_entry t ON t.id = m.entry_id WHERE m.analyst_id = ? '
            "AND m.at >= ?",
            (self._context.me, self._context.clock() - MENTIONS_MS),
        )
        fresh = [row for row in rows if row["id"] not in self._mentions]
        self._mentions.update(row["id"] for row in fresh)
        name, me = self._directory.name, self._context.me
        return [
            News(
                "mention", row["case_id"], _label(row), row["title"], name("analyst", row["by_id"]), _clip(row["text"])
            )
            for row in fresh
            if row["by_id"] != me
        ]

    def _overdue(self) -> list[tuple[str, Any]]:
        now = self._context.clock()
        rows = self._context.reader.all(
            'SELECT id, number, rid, title, due_at FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL '
            "AND warn_at <= ? AND due_at < ? LIMIT ?",
            (self._context.me, now, NO_DUE, MOST_CASES),
        )
        return [("breach" if row["due_at"] <= now else "warning", row) for row in rows]


def most_important(found: Iterable[News]) -> list[News]:
    """One for each case, what matters most first."""
    best: dict[bytes, News] = {}
    for news in found:
        known = best.get(news.case_id)
        # Of two of a kind the later one: it says how it stands now.
        if known is None or KINDS.index(news.kind) <= KINDS.index(known.kind):
            best[news.case_id] = news
    return sorted(best.values(), key=lambda news: KINDS.index(news.kind))


def _label(row: Any) -> str:
    return str(row["number"]) if row["number"] is not None else f"~{row['rid']}"


def _clip(text: str, length: int = 120) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
