"""Two sheets around an absence. Before it: what becomes of each open case (hand over, watch, stays waiting), drafted
from what is known of it. After it: what happened meanwhile, and per case take back, leave or joint.

A decision is a row that counts while the absence lasts; the owner of a case does not change by it (decision 23).
Whoever does a case meanwhile acts in the owner's name (app.work.instead). Two people who decide differently apart from
each other meet like any two values of one field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app import times
from app.context import Context, ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.absences import Kept
from app.work.agreed import stand_in_of
from app.work.coverage import FOREVER, Spell
from app.work.covering import Coverings
from app.work.deadlines import Deadlines
from app.work.editing import CaseEdit
from app.work.verbs import one_of
from db.capture import Transaction
from db.ids import derived_id
from db.reader import Reader
from db.rules import HANDOVERS, NO_DUE, RETURNS
from db.shapes import CaseWatcher, Handover

RECENT: Final = 2
"""Latest entries of a case on a sheet."""
URGENT: Final = 2
"""Severities up to this rank are handed over unless somebody says otherwise."""
_OPEN_OF: Final = (
    "SELECT id, rid, number, title, severity, status, waiting_on, department_id, due_at, next_step, work_owner_id FROM "
    '"case" WHERE id IN (SELECT id FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL UNION '
    'SELECT id FROM "case" WHERE contact_owner_id = ? AND ended_at IS NULL) ORDER BY severity, due_at, rid'
)


@dataclass(frozen=True)
class SheetLine:
    """One case on a sheet. `to`: who does it meanwhile; `saved`: decided, not only drafted; `happened`: what was done
    while its owner was away, (when, who, what); `returned`: of rules.RETURNS, "" not decided."""

    case_id: bytes
    label: str
    title: str
    severity: int
    status: str
    department: str
    next_step: str
    due_at: int
    decision: str
    note: str
    to: bytes | None
    saved: bool
    recent: tuple[str, ...] = ()
    happened: tuple[tuple[int, str, str], ...] = ()
    returned: str = ""


@dataclass(frozen=True)
class HandoverSheet:
    """A whole sheet. `back`: the owner is there again."""

    spell: Spell
    owner: str
    lines: tuple[SheetLine, ...]
    back: bool


def drafted(severity: int, status: str, due_at: int, back_at: int) -> str:
    """What becomes of a case where nobody said it: what is urgent, or due before the owner is back, is handed over;
    what waits for somebody outside stays waiting; the rest is watched."""
    if severity <= URGENT or (due_at < min(back_at, NO_DUE) and status != "waiting"):
        return "hand over"
    return "stays waiting" if status == "waiting" else "watch"


def save_drafts(tx: Transaction, spell: Spell, back_at: int, made_by: bytes, *, sudden: bool = False) -> int:
    """Decide what nobody has decided yet; `sudden`: everything is handed over at once. Returns how many."""
    n = 0
    for row in tx.query(_OPEN_OF, (spell.analyst, spell.analyst)):
        key = _id(spell.id, row[0])
        if tx.get(Handover, key) is None:
            decision = "hand over" if sudden else drafted(row[4], row[5], row[8], back_at)
            _decide(
                tx, spell, row[0], decision, None, stand_in_of(tx.query, spell.analyst, row[7], spell.from_day), made_by
            )
            n += 1
    return n


def _id(absence: bytes, case_id: bytes) -> bytes:
    return derived_id(0, "handover", absence.hex(), case_id.hex())


def _decide(
    tx: Transaction, spell: Spell, case_id: bytes, decision: str, note: str | None, to: bytes | None, by: bytes
) -> None:
    """An insert with what everybody would say and an update with what this person says: so two who insert the same row
    apart are told of each other's words."""
    key = _id(spell.id, case_id)
    if tx.get(Handover, key) is None:
        tx.insert(
            Handover, key, absence_id=spell.id, case_id=case_id, owner_id=spell.analyst, made_by_id=by, made_at=tx.at
        )
    tx.update(Handover, key, decision=decision, note=note, to_id=to, made_at=tx.at)


def phones(reader: Reader) -> Callable[[bytes], str]:
    """An analyst's id -> telephone number, "" for none."""
    known = {row[0]: str(row[1]) for row in reader.all("SELECT id, phone FROM analyst WHERE phone <> ''")}
    return lambda who: known.get(who, "")


class Sheets:
    """The sheets as they are read; on any lane."""

    def __init__(self, context: ReadContext, directory: Directory, coverings: Coverings) -> None:
        self._reading, self._directory, self._coverings = context, directory, coverings

    def sheet(self, absence_id: bytes) -> HandoverSheet:
        """The sheet of an absence: before and while it lasts every open case, afterwards every case it is about."""
        spell = self._coverings.spell(absence_id)
        query: Any = self._reading.reader.all
        back = (spell.to_day or FOREVER) < self._coverings.today()
        known = {row["case_id"]: row for row in query("SELECT * FROM handover WHERE absence_id = ?", (absence_id,))}
        rows = [] if back else list(query(_OPEN_OF, (spell.analyst, spell.analyst)))
        listed = {row[0] for row in rows}
        for case_id in known.keys() - listed:
            rows += query(_OPEN_OF.split(" FROM ")[0] + ' FROM "case" WHERE id = ?', (case_id,))
        lines = tuple(self._line(spell, row, known.get(row[0]), back) for row in rows)
        name = self._directory.name("analyst", spell.analyst)
        return HandoverSheet(spell, name, tuple(sorted(lines, key=lambda one: (one.severity, one.due_at))), back)

    def _line(self, spell: Spell, row: Any, said: Any, back: bool) -> SheetLine:
        query: Any = self._reading.reader.all
        case_id = row[0]
        zone = times.zone(self._reading.zone)
        begins = times.day_bounds(times.parse_date(spell.from_day), zone)[0]
        happened = query(
            "SELECT at, author_id, text FROM timeline_entry WHERE case_id = ? AND at >= ? AND author_id <> ? UNION ALL "
            "SELECT at, author_id, field || ': ' || coalesce(new, '') FROM case_event WHERE case_id = ? AND at >= ? "
            "AND author_id <> ? AND field IN ('status', 'severity') ORDER BY 1 LIMIT 12",
            (case_id, begins, spell.analyst) * 2,
        )
        recent = query(
            f"SELECT text FROM timeline_entry WHERE case_id = ? AND text <> '' ORDER BY at DESC LIMIT {RECENT}",
            (case_id,),
        )
        draft = drafted(row[4], row[5], row[8], self._back_at(spell))
        to = said["to_id"] if said else stand_in_of(query, spell.analyst, row[7], spell.from_day)
        return SheetLine(
            case_id, str(row[2]) if row[2] is not None else f"~{row[1]}", row[3], row[4], row[5],
            self._directory.name("department", row[7]), row[9] or "", row[8], said["decision"] if said else draft,
            (said["note"] or "") if said else "", to,
            said is not None, tuple(one[0] for one in recent) if not back else (),
            tuple((one[0], self._directory.name("analyst", one[1]), one[2]) for one in happened),
            (said["returned"] or "") if said else "",
        )  # fmt: skip

    def _back_at(self, spell: Spell) -> int:
        if spell.to_day is None:
            return NO_DUE
        return times.day_bounds(times.parse_date(spell.to_day), times.zone(self._reading.zone))[1]


class Handovers(Sheets):
    """Verbs belong on the write lane."""

    def __init__(self, context: Context, directory: Directory, deadlines: Deadlines, coverings: Coverings) -> None:
        super().__init__(context, directory, coverings)
        self._context, self._deadlines = context, deadlines

    def decide(
        self, absence_id: bytes, case_id: bytes, decision: str, *, note: str = "", to: bytes | None = None
    ) -> Kept:
        """What becomes of one case. `to`: who does it (default: who stands in)."""
        one_of("decision", decision, HANDOVERS)
        spell = self._coverings.spell(absence_id)
        with self._context.transaction("handover.decide", case_id=case_id) as tx:
            department = tx.query('SELECT department_id FROM "case" WHERE id = ?', (case_id,))[0][0]
            chosen = to or stand_in_of(tx.query, spell.analyst, department, spell.from_day)
            if decision == "hand over" and chosen is None:
                raise UserError("Nobody stands in; say who does it with --to.")
            _decide(tx, spell, case_id, decision, note.strip() or None, chosen, self._context.me)
        return Kept(absence_id, tx.id)

    def confirm(self, absence_id: bytes) -> Kept:
        """Take every draft as it stands."""
        spell = self._coverings.spell(absence_id)
        with self._context.transaction("handover.confirm") as tx:
            save_drafts(tx, spell, self._back_at(spell), self._context.me)
        return Kept(absence_id, tx.id)

    def give_back(self, absence_id: bytes, case_ids: Sequence[bytes], returned: str) -> Kept:
        """After the return: the owner goes on with a case ("take back"), who did it keeps it ("leave"), or both look
        after it ("joint": the owner goes on, the other watches)."""
        one_of("decision", returned, RETURNS)
        spell, me = self._coverings.spell(absence_id), self._context.me
        if spell.analyst != me and self._role() == "analyst":
            raise UserError("Who was away decides this, or a supervisor.")
        with self._context.transaction("handover.return", case_id=case_ids[0] if len(case_ids) == 1 else None) as tx:
            for case_id in case_ids:
                row = tx.get(Handover, _id(absence_id, case_id))
                if row is None:
                    raise UserError("This case is not on the sheet.")
                tx.update(Handover, _id(absence_id, case_id), returned=returned, returned_at=tx.at)
                to = row["to_id"]
                edit = CaseEdit(tx, self._deadlines, case_id, at=tx.at, author=me)
                if edit.row["ended_at"] is None:
                    taken = edit.row["work_owner_id"] in (to, spell.analyst)
                    wanted = to if returned == "leave" and to is not None else spell.analyst
                    if taken and edit.track("work_owner", wanted, _BACK[self._context.language]):
                        edit.set(next_step_by_id=wanted)
                    edit.finish()
                if returned == "joint" and isinstance(to, bytes):
                    watcher = derived_id(0, "watcher", case_id.hex(), to.hex())
                    if tx.get(CaseWatcher, watcher) is None:
                        tx.insert(CaseWatcher, watcher, case_id=case_id, analyst_id=to)
        return Kept(absence_id, tx.id)

    def _role(self) -> str:
        return str(self._context.reader.value("SELECT role FROM analyst WHERE id = ?", (self._context.me,)))


_BACK: Final = {"en": "Back from an absence", "de": "Zurück aus einer Abwesenheit"}
