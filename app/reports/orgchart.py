"""The organisation chart: queues by tier at the left, analysts in the middle, at the right whom they speak for.

One layout, drawn as PDF or SVG. A solid line is the one place somebody belongs to (the first queue) and the department
he speaks for; dotted lines are further queues and standing in. Lines, words and line style carry the meaning, never
colour. The page is as large as the desk needs, so that every name stays as large as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from app.context import ReadContext
from app.texts import Texts
from app.work.holding import held

BOX_WIDE: Final = 190.0
BOX_HIGH: Final = 34.0
ROW: Final = 42.0
GAP: Final = 150.0
EDGE: Final = 40.0
TOP: Final = 84.0
"""Points."""


Kind = Literal["queue", "analyst", "department"]
KINDS: Final[tuple[Kind, ...]] = ("queue", "analyst", "department")
"""Of the columns, from the left."""


class Person(NamedTuple):
    """An analyst, and what stands under the name."""

    id: bytes
    name: str
    note: str


class Team(NamedTuple):
    """A queue with its members, in order."""

    id: bytes
    name: str
    note: str
    members: tuple[bytes, ...]


class Served(NamedTuple):
    """A department, who speaks for it and who stands in. `parts`: the departments that inherit that."""

    id: bytes
    name: str
    primary: bytes
    stand_ins: tuple[bytes, ...]
    parts: tuple[str, ...] = ()


class Box(NamedTuple):
    """Left and top of a box, from the upper left corner of the page."""

    id: bytes
    left: float
    top: float
    title: str
    note: str
    kind: Kind


class Tie(NamedTuple):
    """A line from the right edge of one box to the left edge of another, and which boxes they are."""

    start: tuple[float, float]
    end: tuple[float, float]
    dotted: bool
    start_id: bytes
    end_id: bytes


@dataclass(frozen=True)
class Chart:
    """What is drawn, in points."""

    wide: float
    high: float
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]


def layout(people: Sequence[Person], teams: Sequence[Team], served: Sequence[Served], language: str = "en") -> Chart:
    """Place everybody once: analysts in the order of their first queue, departments beside who speaks for them."""
    first: dict[bytes, int] = {}
    for place, team in enumerate(teams):
        for who in team.members:
            first.setdefault(who, place)
    known = {one.id: one for one in people}
    staff = sorted(people, key=lambda one: (first.get(one.id, len(teams)), one.name.casefold(), one.id))
    rank = {one.id: place for place, one in enumerate(staff)}
    customers = sorted(served, key=lambda one: (rank.get(one.primary, len(staff)), one.name.casefold(), one.id))
    longest = max(len(teams), len(staff), len(customers), 1)
    of_team = [sorted(rank[who] for who in team.members if who in rank and first[who] == n) for n, team in
               enumerate(teams)]  # fmt: skip
    columns = (
        ([(t.id, t.name, t.note) for t in teams], beside([_middle(ranks) for ranks in of_team], longest)),
        ([(p.id, p.name, p.note) for p in staff], [float(n) for n in range(len(staff))]),
        (
            [(d.id, d.name, _also(d.parts, language)) for d in customers],
            beside([rank.get(d.primary) for d in customers], longest),
        ),
    )  # fmt: skip
    boxes: dict[bytes, Box] = {}
    for column, (rows, places) in enumerate(columns):
        for (row_id, title, note), row in zip(rows, places, strict=True):
            top = TOP + ROW * row + (ROW - BOX_HIGH) / 2
            boxes[row_id] = Box(row_id, EDGE + column * (BOX_WIDE + GAP), top, title, note, KINDS[column])
    ties = [
        _tie(boxes[team.id], boxes[who], first[who] != place)
        for place, team in enumerate(teams) for who in dict.fromkeys(team.members) if who in known
    ]  # fmt: skip
    for one in customers:
        for place, who in enumerate(dict.fromkeys((one.primary, *one.stand_ins))):
            if who in known:
                ties.append(_tie(boxes[who], boxes[one.id], place > 0))
    wide = 2 * EDGE + 3 * BOX_WIDE + 2 * GAP
    return Chart(
        wide, TOP + ROW * longest + EDGE, tuple(boxes.values()), tuple(sorted(ties, key=lambda t: not t.dotted))
    )


def _middle(ranks: Sequence[int]) -> float | None:
    return sum(ranks) / len(ranks) if ranks else None


def beside(wanted: Sequence[float | None], rows: int) -> list[float]:
    """Where boxes of a column stand, in rows from the top: each as near to its wanted row as their order and a row for
    each allow (least squares by pooling neighbours that are in each other's way), all of them within `rows`. None: it
    stands anywhere, so after the one before."""
    pools: list[tuple[float, float, int]] = []  # (mean of what is left of the wanted rows, weight, boxes)
    for place, row in enumerate(wanted):
        pools.append((0.0 if row is None else row - place, 1e-6 if row is None else 1.0, 1))
        while len(pools) > 1 and (pools[-2][0] > pools[-1][0] or pools[-1][1] < 1e-3):
            (mean, weight, count), (other, more, others) = pools[-2], pools[-1]
            total = weight + more
            pools[-2:] = [((mean * weight + other * more) / total, total, count + others)]
    most = max(0, rows - len(wanted))
    shifts = [min(max(mean, 0.0), most) for mean, _weight, count in pools for _ in range(count)]
    return [place + shift for place, shift in enumerate(shifts)]


def _tie(start: Box, end: Box, dotted: bool) -> Tie:
    middle = BOX_HIGH / 2
    return Tie(
        (start.left + BOX_WIDE, start.top + middle), (end.left, end.top + middle), dotted, start.id, end.id
    )  # fmt: skip


def read(context: ReadContext, day: str, texts: Texts) -> Chart:
    """The desk as it is on a day."""
    query = context.reader.all
    tier = "Stufe" if texts.language == "de" else "Tier"
    people = [Person(row[0], row[1], f"{tier} {row[2]}") for row in
              query("SELECT id, name, tier FROM analyst WHERE active = 1")]  # fmt: skip
    members: dict[bytes, list[bytes]] = {}
    for queue, who in query("SELECT queue_id, analyst_id FROM queue_member ORDER BY level DESC, id"):
        members.setdefault(queue, []).append(who)
    teams = [
        Team(row[0], row[1], f"{tier} {row[2]}", tuple(members.get(row[0], ())))
        for row in query(
            "SELECT id, name, tier FROM queue WHERE active = 1 ORDER BY tier, CASE kind WHEN 'front line' THEN 0 WHEN "
            "'product' THEN 1 ELSE 2 END, position, id"
        )
    ]
    parts: dict[bytes, list[str]] = {}
    served: list[Served] = []
    for row in query(
        f"SELECT d.id, d.name, c.primary_id, c.stand_in1_id, c.stand_in2_id, a.id FROM {held('?')} h "
        "JOIN coverage c ON c.id = h.cover_id JOIN department d ON d.id = h.department_id "
        "LEFT JOIN department a ON a.id = c.department_id AND a.active = 1 WHERE d.active = 1 "
        "ORDER BY d.name COLLATE NOCASE, d.id",
        (day, day),
    ):
        if row[5] in (None, row[0]):  # also what inherits from a department that is no more
            served.append(Served(row[0], row[1], row[2], tuple(one for one in row[3:5] if one is not None)))
        else:
            parts.setdefault(row[5], []).append(row[1])
    return layout(people, teams, [one._replace(parts=tuple(parts.get(one.id, ()))) for one in served], texts.language)


def _also(parts: Sequence[str], language: str) -> str:
    """Which departments inherit an agreement, in a line of a box."""
    if not parts:
        return ""
    named = ", ".join(parts)
    if len(parts) == 1 or len(named) <= 26:
        return f"auch: {named}" if language == "de" else f"also: {named}"
    return f"auch {len(parts)} Abteilungen darunter" if language == "de" else f"and {len(parts)} departments below it"


def heads(language: str) -> tuple[str, str, str, str]:
    """What stands over the columns, and the key."""
    if language == "de":
        key = "durchgezogen: gehört dazu, ist Ansprechpartner · gepunktet: weitere Warteschlange, Vertretung"
        return "Warteschlangen", "Analysten", "Abteilungen", key
    return (
        "Queues",
        "Analysts",
        "Departments",
        "solid: belongs to it, is the contact · dotted: a further queue, stands in",
    )


def as_svg(chart: Chart, title: str, language: str) -> bytes:
    """The chart as a picture for a browser or a page."""
    from app.reports.pdf import BOLD, REGULAR, fitted, use_fonts

    use_fonts()
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.wide:g} {chart.high:g}" width="{chart.wide:g}" '
        f'height="{chart.high:g}" font-family="sans-serif" fill="#1A2230">',
        f"<title>{escape(title)}</title>", f'<rect width="{chart.wide:g}" height="{chart.high:g}" fill="#FFFFFF"/>',
    ]  # fmt: skip

    def text(x: float, y: float, size: float, said: str, bold: bool = False) -> None:
        weight = ' font-weight="bold"' if bold else ""
        out.append(f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight}>{escape(said)}</text>')

    *columns, key = heads(language)
    text(EDGE, 32, 16, title, bold=True)
    text(EDGE, 50, 9, key)
    for place, said in enumerate(columns):
        text(EDGE + place * (BOX_WIDE + GAP), 74, 11, said, bold=True)
    for tie in chart.ties:
        [(x, y), (u, v)] = tie.start, tie.end
        dash = ' stroke-dasharray="2 3"' if tie.dotted else ""
        out.append(f'<path d="M{x:g} {y:g}C{(x + u) / 2:g} {y:g} {(x + u) / 2:g} {v:g} {u:g} {v:g}" fill="none" '
                   f'stroke="#1A2230" stroke-width="{0.7 if tie.dotted else 1.1}"{dash}/>')  # fmt: skip
    for box in chart.boxes:
        out.append(f'<rect x="{box.left:g}" y="{box.top:g}" width="{BOX_WIDE:g}" height="{BOX_HIGH:g}" rx="4" '
                   'fill="#F4F5F8" stroke="#1A2230"/>')  # fmt: skip
        text(
            # Whoever shows it may have a wider font than ours.
            box.left + 8,
            box.top + (15 if box.note else 21),
            11,
            fitted(box.title, BOLD, 11, 0.74 * BOX_WIDE),
            bold=True,
        )
        text(box.left + 8, box.top + 28, 9, fitted(box.note, REGULAR, 9, 0.8 * BOX_WIDE))
    return ("\n".join([*out, "</svg>"]) + "\n").encode()


def as_pdf(chart: Chart, title: str, language: str) -> bytes:
    """The chart as one page, as large as it needs."""
    from reportlab.pdfgen.canvas import Canvas

    from app.reports.pdf import BOLD, INK, REGULAR, WASH, fitted, printable, use_fonts

    use_fonts()
    target = BytesIO()
    canvas = Canvas(target, pagesize=(chart.wide, chart.high), invariant=True)
    canvas.setTitle(title)
    canvas.setStrokeColor(INK)

    def text(x: float, y: float, font: str, size: float, said: str, room: float = BOX_WIDE - 16) -> None:
        canvas.setFillColor(INK)
        canvas.setFont(font, size)
        canvas.drawString(x, chart.high - y, fitted(printable(said), font, size, room))

    *columns, key = heads(language)
    text(EDGE, 32, BOLD, 16, title, chart.wide)
    text(EDGE, 50, REGULAR, 9, key, chart.wide)
    for place, said in enumerate(columns):
        text(EDGE + place * (BOX_WIDE + GAP), 74, BOLD, 11, said)
    for tie in chart.ties:
        [(x, y), (u, v)] = tie.start, tie.end
        y, v = chart.high - y, chart.high - v
        canvas.setLineWidth(0.7 if tie.dotted else 1.1)
        canvas.setDash([2, 3] if tie.dotted else [])
        canvas.bezier(x, y, (x + u) / 2, y, (x + u) / 2, v, u, v)
    canvas.setDash([])
    for box in chart.boxes:
        canvas.setFillColor(WASH)
        canvas.roundRect(box.left, chart.high - box.top - BOX_HIGH, BOX_WIDE, BOX_HIGH, 4, fill=1)
        text(box.left + 8, box.top + (15 if box.note else 21), BOLD, 11, box.title)
        text(box.left + 8, box.top + 28, REGULAR, 9, box.note)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


DRAWN: Final[dict[str, Callable[[Chart, str, str], bytes]]] = {"pdf": as_pdf, "svg": as_svg}
