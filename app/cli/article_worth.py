"""`halldesk article suggest` and `gaps`: what may help in a case, and where knowledge is missing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from app.cli.output import Output, table
from app.desk import Desk
from app.errors import UserError
from app.knowledge.links import article_code
from db.ids import id_text


def register(verb: Callable[..., Any]) -> None:
    """Add the verbs. `verb`: makes a parser of `halldesk article` (app.cli.articles)."""
    likely = verb("suggest", _suggest, "articles that may help in a case, or with what is said", writes=False)
    likely.add_argument("--case", metavar="N")
    likely.add_argument("--title", metavar="TEXT")
    likely.add_argument("--text", default="", metavar="TEXT")
    likely.add_argument("--product")
    gaps = verb("gaps", _gaps, "what is missing, and which articles are of no use", writes=False)
    gaps.add_argument("--least", type=int, default=3, metavar="COUNT", help="cases that make a repetition (default 3)")
    gaps.add_argument("--forget-searches", action="store_true", help="forget this workstation's searches without hits")


def _suggest(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.knowledge.suggestions import Asked

    if args.case:
        found = desk.reading.suggestions.of_case(desk.present.find(args.case))
    elif args.title:
        product = desk.directory.resolve("product", args.product) if args.product else None
        found = desk.reading.suggestions.find(Asked(args.title, args.text, product))
    else:
        raise UserError("Say for what: --case N or --title TEXT.")
    for one in found:
        short = article_code(one.article_id)
        data = {
            "id": id_text(one.article_id), "title": one.title, "score": round(one.score, 3), "why": list(one.why),
            "helped": one.helped, "tried": one.tried, "snippet": one.snippet,
        }  # fmt: skip
        out.emit(data, f"{short}  {one.title}  ({', '.join(one.why)})")
    if not found and not out.as_json:
        print("No article fits.")
    return 0


def _gaps(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app import times
    from app.knowledge.gaps import find_gaps, proposals

    if args.forget_searches:
        desk.reading.missed.forget()
    found = find_gaps(desk.context, desk.directory, desk.reading.missed, least=args.least)
    data = {
        "products": [{"product": g.product, "resolved": g.resolved, "without_article": g.without,
                      "articles": g.articles} for g in found.products],
        "repeated": [{"about": r.about, "cases": list(r.labels)} for r in found.repeated],
        "worth": [{"id": id_text(w.article_id), "title": w.title, "why": w.why, "helped": w.helped, "tried": w.tried}
                  for w in found.worth],
        "searches": [{"words": m.words, "count": m.count, "last_at": times.iso_utc(m.last_at)}
                     for m in found.searches],
        "training": [{"why": t.why, "who": t.who, "about": t.about,
                      "article": None if t.article_id is None else id_text(t.article_id),
                      "cases": [key.as_json() for key in t.cases]} for t in found.trainings],
        "drafts": [{"id": id_text(d.article_id), "title": d.title, "case": d.label} for d in found.drafts],
        "proposals": [{"kind": p.kind, "about": p.about, "weight": p.weight, "who": p.who or None}
                      for p in proposals(found)],
    }  # fmt: skip
    parts = []
    if found.products:
        rows = [[g.product, str(g.resolved), str(g.without), str(g.articles)] for g in found.products]
        parts.append(table(rows, ["product", "resolved", "without article", "articles"]))
    if found.repeated:
        rows = [[r.about, str(len(r.cases)), ", ".join(r.labels[:8])] for r in found.repeated]
        parts.append(table(rows, ["write an article about", "cases", "numbers"]))
    if found.worth:
        rows = [[article_code(w.article_id), w.why, f"{w.helped}/{w.tried}", w.title] for w in found.worth]
        parts.append(table(rows, ["article", "why", "helped", "title"]))
    if found.searches:
        parts.append(table([[m.words, str(m.count)] for m in found.searches], ["searched without use", "times"]))
    if found.trainings:
        rows = [[t.who, t.about, t.why, str(len(t.cases))] for t in found.trainings]
        parts.append(table(rows, ["teach", "about", "why", "cases"]))
    if found.drafts:
        rows = [[id_text(d.article_id)[:8], d.label, d.title] for d in found.drafts]
        parts.append(table(rows, ["draft to finish", "case", "title"]))
    out.emit(data, "\n\n".join(parts) or "Nothing is missing.")
    return 0
