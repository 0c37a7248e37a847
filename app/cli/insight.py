"""`halldesk insight`: what repeats, what goes back and forth, what could be avoided, what costs, what had an effect."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.opening import opened
from app.cli.output import Output, table
from app.errors import UserError


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    from app.cli import Parser
    from app.insight.asking import BYS, EFFECT_DAYS

    insight = verbs.add_parser("insight", parents=[common], help="what the numbers say, each with its cases")
    kinds = insight.add_subparsers(dest="question", required=True, metavar="QUESTION", parser_class=Parser)
    spanned = Parser(add_help=False)
    spanned.add_argument("--from", dest="since", metavar="DATE", help="(default: 90 days ago)")
    spanned.add_argument("--to", dest="until", metavar="DATE", help="(default: today)")
    repeats = kinds.add_parser(
        "repeats", parents=[common, spanned], help="what came again and again, and what would end it"
    )
    repeats.add_argument("--least", type=int, default=3, metavar="N")
    taught = kinds.add_parser("training", parents=[common, spanned], help="who should be taught what")
    taught.add_argument("--least", type=int, default=3, metavar="N")
    kinds.add_parser("pingpong", parents=[common, spanned], help="pairs of queues between which cases went back")
    kinds.add_parser("escalations", parents=[common, spanned], help="which were justified, which avoidable")
    cost = kinds.add_parser("cost", parents=[common, spanned], help="minutes at the rate of the day")
    cost.add_argument("--by", choices=BYS, default="product")
    cost.add_argument("--since-launch", action="store_true", help="of each product with a launch date, all since then")
    pareto = kinds.add_parser("pareto", parents=[common, spanned], help="80/20 by cases and by significance")
    pareto.add_argument("--by", choices=("department", "product"), default="department")
    targets = kinds.add_parser("targets", parents=[common], help="targets, first contact and first level, eight weeks")
    targets.add_argument("--week", metavar="YYYY-Www", help="(default: the week that ended last)")
    effect = kinds.add_parser("effect", parents=[common], help="before and after an article or a change")
    what = effect.add_mutually_exclusive_group(required=True)
    what.add_argument("--article", metavar="TITLE", help="from its first publication on")
    what.add_argument("--change", metavar="DATE", help="from this day on; needs --product")
    effect.add_argument("--product")
    effect.add_argument("--days", type=int, default=EFFECT_DAYS, metavar="N", help="on each side (default: 28)")
    insight.set_defaults(run=_insight)
    for one in kinds.choices.values():
        one.set_defaults(run=_insight)


def _insight(args: argparse.Namespace, out: Output) -> int:
    from app.insight import asking
    from app.insight.answers import Answer
    from app.reports.in_words import in_words
    from app.texts import Texts

    with opened(args) as desk:
        context, question = desk.context, args.question
        answer: Answer
        if question == "targets":
            answer = asking.targets(context, args.week)
        elif question == "effect":
            if args.days < 1:
                raise UserError("--days is at least 1.")
            if args.article is not None:
                answer = asking.effect_of_article(context, args.article, args.days)
            elif args.product is None:
                raise UserError("Say which product the change was made to: --product NAME.")
            else:
                product = desk.directory.resolve("product", args.product)
                answer = asking.effect_of_change(context, args.change, product, args.days)
        elif question == "cost" and args.since_launch:
            answer = asking.since_launch(context)
        else:
            asked = asking.span(context, args.since, args.until)
            answer = {
                "repeats": lambda: asking.repeats(context, asked, args.least),
                "training": lambda: asking.training(context, asked, args.least),
                "pingpong": lambda: asking.ping_pong(context, asked),
                "escalations": lambda: asking.escalations(context, asked),
                "cost": lambda: asking.cost(context, asked, args.by),
                "pareto": lambda: asking.pareto(context, asked, args.by),
            }[question]()
        texts = Texts(context.language)
    heads, rows = in_words(answer, texts)
    out.emit(answer.as_json(), table([list(row) for row in rows], list(heads)) if rows else texts("insight.nothing"))
    return 0
