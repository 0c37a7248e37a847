"""How cases hang together: duplicates merged and parted again, one outage with many cases, a problem and its incidents.

Merging is a link and a status, nothing is copied together, so it can be taken back at any time: the merged case keeps
its own story and number, the other gets a note that tells what was asked. It stands only while the case it goes into
stays open (a precondition of the log): two colleagues who merge two cases into each other at the same time would
otherwise leave nobody with either.

What is said to an outage is said to each of its open cases in one transaction; what is known of a problem as a
workaround goes to its open incidents, and to those that are linked later.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from app.context import ReadContext
from app.errors import UserError
from app.work.notes import RESPONSES, counts_by_itself
from app.work.verbs import CaseVerbs, Done, one_of
from db.capture import Transaction
from db.rules import AUDIENCES, LINK_KINDS, OPEN_STATUSES
from db.shapes import Case, CaseLink
from db.tables import Row

_SAID: Final = {
    "en": {"merged": "Merged into this case: {case}", "parted": "A case of its own again: {case}"},
    "de": {"merged": "Mit diesem Fall zusammengeführt: {case}", "parted": "Wieder ein eigener Fall: {case}"},
}
MOST_TOLD: Final = 500
"""Cases that are written to in one transaction."""


@dataclass(frozen=True)
class Spread(Done):
    """A verb that reached several cases; one transaction, one undo."""

    cases: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Closing:
    """A case of an outage before all of them are closed. `why_not`: "" when it will be, else a code: "ended already",
    "waits on the requester" (who was asked something of their own)."""

    id: bytes
    label: str
    title: str
    status: str
    owner: str
    requester: str
    why_not: str = ""


def closing(context: ReadContext, parent_id: bytes) -> list[Closing]:
    """What closing all cases of an outage would do to each: the preview. Reads on the calling thread's reader."""
    return [
        Closing(r["id"], _shown(r), r["title"], r["status"], r["owner"] or "", r["requester"] or "", _why_not(r))
        for r in context.reader.all(
            'SELECT c.*, a.name AS owner, p.name AS requester FROM case_link l JOIN "case" c ON c.id = l.case_id '
            "LEFT JOIN analyst a ON a.id = c.work_owner_id LEFT JOIN requester p ON p.id = c.requester_id "
            "WHERE l.other_id = ? AND l.kind = 'child' ORDER BY c.rid",
            (parent_id,),
        )
    ]


class Linking(CaseVerbs):
    """The verbs that tie and part cases."""

    def link(self, case_id: bytes, other_id: bytes, kind: str) -> Done:
        """`case_id` is a duplicate / child / incident of the problem / related to `other_id` (rules.LINK_KINDS)."""
        one_of("kind of link", kind, LINK_KINDS)
        if case_id == other_id:
            raise UserError("A case does not hang together with itself.")
        with self._transaction("case.link", case_id) as tx:
            other = tx.need(Case, other_id)
            tx.need(Case, case_id)
            if kind == "problem" and other["kind"] != "problem":
                raise UserError(f"{_label(tx, other_id)} is not a problem; change its kind first.")
            if kind in ("child", "duplicate"):
                self._one_above(tx, case_id, other_id, kind)
            if not self._tie(tx, case_id, other_id, kind):
                raise UserError("These two hang together in this way already.")
            if kind == "problem" and other["workaround"]:
                self._push(tx, case_id, str(other["workaround"]), "note", "internal")
        return Done(case_id, tx.id)

    def unlink(self, case_id: bytes, other_id: bytes, kind: str | None = None) -> Done:
        """Part two cases (in one way, or in all). Errors: UserError for merged ones: `unmerge` them."""
        with self._transaction("case.unlink", case_id) as tx:
            rows = tx.query(
                "SELECT id, kind, case_id FROM case_link WHERE ((case_id = ? AND other_id = ?) "
                "OR (case_id = ? AND other_id = ?)) AND (? IS NULL OR kind = ?)",
                (case_id, other_id, other_id, case_id, kind, kind),
            )
            if not rows:
                raise UserError("These two do not hang together.")
            for link_id, found, first in rows:
                if found == "duplicate" and tx.need(Case, first)["status"] == "merged":
                    raise UserError("They are merged; unmerge them.")
                tx.delete(CaseLink, link_id)
        return Done(case_id, tx.id)

    def merge(self, case_id: bytes, into: bytes) -> Done:
        """`case_id` is the same as `into`: it ends, and goes on there. What was merged there before comes along by
        itself, because links are followed."""
        if case_id == into:
            raise UserError("A case can't be merged into itself.")
        with self._transaction("case.merge", case_id) as tx:
            target = self._last_of(tx, into)
            if target == case_id:
                raise UserError("The other case is merged into this one; unmerge it first.")
            other = tx.need(Case, target)
            if other["status"] not in OPEN_STATUSES:
                status = str(other["status"])
                raise UserError(f"{_label(tx, target)} is {status}; reopen it first, or link the two as duplicates.")
            tx.require(Case, target, "ended_at", None)
            edit = self._edit(tx, case_id)
            if edit.row["status"] == "merged":
                raise UserError("This case is merged already; unmerge it first.")
            edit.status("merged", reason=_told(other))
            self._tie(tx, case_id, target, "duplicate")
            self._finish(edit)
            for (watcher,) in tx.query("SELECT analyst_id FROM case_watcher WHERE case_id = ?", (case_id,)):
                self._watch(tx, target, watcher)
            story = self._said["merged"].format(case=_told(edit.row))
            if edit.row["description"]:
                story += f"\n\n{edit.row['description']!s}"
            self._push(tx, target, story, "system", "internal")
        return Done(case_id, tx.id)

    def unmerge(self, case_id: bytes) -> Done:
        """They are two after all: the case is open again, with the next step it had. It does not count as reopened."""
        with self._transaction("case.unmerge", case_id) as tx:
            edit = self._edit(tx, case_id)
            if edit.row["status"] != "merged":
                raise UserError("This case is not merged into another.")
            into = tx.query(
                "SELECT l.id, l.other_id FROM case_link l WHERE l.case_id = ? AND l.kind = 'duplicate'", (case_id,)
            )
            times_reopened = edit.row["reopen_count"]
            edit.status("in progress")
            edit.set(reopen_count=times_reopened)
            if edit.row["work_owner_id"] is None:
                edit.track("work_owner", self._context.me)
            for link_id, other_id in into:
                tx.delete(CaseLink, link_id)
                self._push(tx, other_id, self._said["parted"].format(case=_told(edit.row)), "system", "internal")
            self._finish(edit)
        return Done(case_id, tx.id)

    def broadcast(
        self, parent_id: bytes, text: str, *, audience: str = "internal", kind: str = "note", parent_too: bool = True
    ) -> Spread:
        """Write the same to every open case of an outage (and to the outage itself). A reply counts as a response in
        each."""
        if not text.strip():
            raise UserError("An empty note says nothing; write a few words.")
        one_of("audience", audience, AUDIENCES)
        one_of("kind", kind, ("note", *sorted(RESPONSES)))
        with self._transaction("case.broadcast", parent_id) as tx:
            tx.need(Case, parent_id)
            children = self._open(tx, parent_id, "child")
            if not children:
                raise UserError("This case has no open cases beneath it to tell.")
            for case_id in (*((parent_id,) if parent_too else ()), *children):
                self._push(tx, case_id, text, kind, audience)
        return Spread(parent_id, tx.id, tuple(children))

    def tell_department(self, department: bytes, text: str, *, audience: str = "requester") -> Spread:
        """Write the same to every open case of a department, in one transaction. It is an announcement, no response to
        any of them.

        Errors: UserError where it has no open case."""
        if not text.strip():
            raise UserError("An empty note says nothing; write a few words.")
        one_of("audience", audience, AUDIENCES)
        with self._transaction("department.tell", None, department) as tx:
            cases = [
                row[0]
                for row in tx.query(
                    'SELECT id FROM "case" WHERE department_id = ? AND ended_at IS NULL ORDER BY rid LIMIT ?',
                    (department, MOST_TOLD + 1),
                )
            ]
            if not cases:
                raise UserError("This department has no open case to write to.")
            if len(cases) > MOST_TOLD:
                raise UserError(f"This department has more than {MOST_TOLD} open cases; tell it by e-mail instead.")
            for case_id in cases:
                edit = self._edit(tx, case_id)
                self._entry(edit, text, "note", audience)
                self._finish(edit)
        return Spread(cases[0], tx.id, tuple(cases))

    def close_all(
        self,
        parent_id: bytes,
        resolution: str,
        *,
        cases: Collection[bytes] | None = None,
        parent_too: bool = True,
        outcome: str = "fixed",
    ) -> Spread:
        """Resolve the open cases of an outage with one sentence, in one transaction. `cases`: those of the preview that
        are meant (None: all that nothing speaks against)."""
        if not resolution.strip():
            raise UserError("Say what was done; the next analyst will search for it.")
        if cases is None:
            cases = [line.id for line in closing(self._context, parent_id) if not line.why_not]
        with self._transaction("case.close_all", parent_id) as tx:
            children = [case_id for case_id in self._open(tx, parent_id, "child") if case_id in cases]
            last = (parent_id,) if parent_too and tx.need(Case, parent_id)["status"] in OPEN_STATUSES else ()
            if not children and not last:
                raise UserError("There is nothing open to close.")
            for case_id in (*children, *last):
                edit = self._edit(tx, case_id)
                if edit.row["work_owner_id"] is None:
                    edit.track("work_owner", self._context.me)
                edit.status("resolved")
                edit.responded()
                edit.set(
                    resolution=resolution.strip(), outcome=outcome, next_step=None, next_step_by_id=None,
                    next_step_at=None,
                )  # fmt: skip
                self._finish(edit)
        return Spread(parent_id, tx.id, tuple(children))

    def workaround(self, problem_id: bytes, text: str, *, audience: str = "internal") -> Spread:
        """What the incidents of a problem can do meanwhile: kept with it, written into every open one."""
        if not text.strip():
            raise UserError("Say what helps meanwhile.")
        one_of("audience", audience, AUDIENCES)
        with self._transaction("case.workaround", problem_id) as tx:
            edit = self._edit(tx, problem_id)
            if edit.row["kind"] != "problem":
                raise UserError("Only a problem has a workaround; change the kind of this case first.")
            edit.set(workaround=text.strip())
            self._finish(edit)
            incidents = self._open(tx, problem_id, "problem")
            for case_id in incidents:
                self._push(tx, case_id, text, "reply" if audience == "requester" else "note", audience)
        return Spread(problem_id, tx.id, tuple(incidents))

    @property
    def _said(self) -> dict[str, str]:
        return _SAID[self._context.language]

    # -- parts --------------------------------------------------------------------------------------------------------
    def _push(self, tx: Transaction, case_id: bytes, text: str, kind: str, audience: str) -> None:
        """Write into another case, as if somebody had opened it and done so."""
        edit = self._edit(tx, case_id)
        counts = counts_by_itself(kind, audience)
        self._entry(edit, text, kind, audience, counts=counts)
        if counts:
            edit.responded()
        self._finish(edit)

    def _open(self, tx: Transaction, other_id: bytes, kind: str) -> list[bytes]:
        return [
            row[0]
            for row in tx.query(
                'SELECT c.id FROM case_link l JOIN "case" c ON c.id = l.case_id '
                "WHERE l.other_id = ? AND l.kind = ? AND c.ended_at IS NULL ORDER BY c.rid",
                (other_id, kind),
            )
        ]

    def _one_above(self, tx: Transaction, case_id: bytes, other_id: bytes, kind: str) -> None:
        """A case has one parent, and is not its own ancestor."""
        above = tx.query("SELECT other_id FROM case_link WHERE case_id = ? AND kind = ?", (case_id, kind))
        if above and above[0][0] != other_id:
            raise UserError(f"This case hangs beneath {_label(tx, above[0][0])} already; unlink it first.")
        if case_id in self._chain(tx, other_id, kind):
            raise UserError("The other case hangs beneath this one already.")

    def _chain(self, tx: Transaction, case_id: bytes, kind: str) -> list[bytes]:
        """The case and all above it, ending where a link leads back (two offline workstations can make a ring)."""
        seen: list[bytes] = []
        current: bytes | None = case_id
        while current is not None and current not in seen:
            seen.append(current)
            rows = tx.query("SELECT other_id FROM case_link WHERE case_id = ? AND kind = ? LIMIT 1", (current, kind))
            current = rows[0][0] if rows else None
        return seen

    def _last_of(self, tx: Transaction, case_id: bytes) -> bytes:
        """The case that goes on for a merged one; the case itself if it is not merged."""
        for step in self._chain(tx, case_id, "duplicate"):
            case_id = step
            if tx.need(Case, step)["status"] != "merged":
                break
        return case_id


def _label(tx: Transaction, case_id: bytes) -> str:
    number, rid = tx.query('SELECT number, rid FROM "case" WHERE id = ?', (case_id,))[0]
    return str(number) if number is not None else f"~{rid}"


def _shown(row: Any) -> str:
    return str(row["number"]) if row["number"] is not None else f"~{row['rid']}"


def _told(row: Row) -> str:
    """A case in words that are stored: others don't know a provisional label."""
    number, title = row["number"], str(row["title"])
    return title if number is None else f"#{number!s} {title}"


def _why_not(row: Any) -> str:
    if row["status"] not in OPEN_STATUSES:
        return "ended already"
    return "waits on the requester" if row["waiting_on"] == "requester" else ""
