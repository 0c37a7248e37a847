"""`halldesk article ...`: the knowledge base, so that a script can.

An article is named by its title, its id, or the last (or first) eight letters of that.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app import times
from app.cli import article_sites, article_words, article_worth
from app.cli.changing import Run, on_desk
from app.cli.conflicts import REASONS
from app.cli.opening import try_sync
from app.cli.output import Output, counted, table
from app.desk import Desk
from app.errors import UserError
from app.knowledge.articles import Written
from app.knowledge.links import article_code
from app.knowledge.reading import ArticleFilter, ArticleLine, Version
from app.texts import LANGUAGES
from app.work.attachments import StoredFile
from db.ids import id_text
from db.rules import ARTICLE_AUDIENCES, ARTICLE_STATES


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `article` with its verbs."""
    from app.cli import Parser

    article = verbs.add_parser("article", help="work with the knowledge base")
    sub = article.add_subparsers(dest="article_verb", required=True, metavar="VERB", parser_class=Parser)

    def verb(name: str, run: Run, text: str, *, writes: bool = True) -> Any:
        parser = sub.add_parser(name, parents=[common], help=text)
        parser.set_defaults(run=lambda args, out: on_desk(run, args, out))
        if writes:
            parser.add_argument("--offline", action="store_true", help="do not talk to the shared store now")
        return parser

    def of_article(name: str, run: Run, text: str, *, writes: bool = True) -> Any:
        parser = verb(name, run, text, writes=writes)
        parser.add_argument("article", metavar="ARTICLE", help="its title, its id, or the last eight letters of that")
        return parser

    new = verb("new", _new, "write a rough article")
    new.add_argument("--title", required=True)
    _fields(new)
    new.add_argument("--attach", action="append", default=[], type=Path, metavar="FILE")
    draft = verb("draft", _draft, "a rough article from a case")
    draft.add_argument("case", metavar="N", help="number (1042), provisional label (~7) or id")
    of_article("show", _show, "one article with its versions and uses", writes=False)
    _list_arguments(verb("list", _list, "articles", writes=False))
    change = of_article("set", _set, "change an article")
    change.add_argument("--title")
    _fields(change)
    for name, what in (("product", "PRODUCT"), ("tag", "TAG"), ("department", "DEPARTMENT")):
        change.add_argument(f"--no-{name}", action="append", default=[], metavar=what, help="no longer")
    state = of_article("state", _state, "move it along its life")
    state.add_argument("state", choices=ARTICLE_STATES)
    published = of_article("publish", _state, "its audience may read it (supervisors)")
    published.set_defaults(state="published")
    for parser in (state, published):
        parser.add_argument("--comment", metavar="TEXT", help="why; kept with the version")
    _history(of_article)
    attach = of_article("attach", _attach, "make files part of the article")
    attach.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one = of_article("attachment", _attachment, "save a file of the article", writes=False)
    one.add_argument("name", metavar="NAME", help="as `article show` lists it")
    one.add_argument("--save", type=Path, required=True, metavar="FILE", help="where to; an existing file is replaced")
    paper = of_article("pdf", _pdf, "the article as PDF, with its pictures", writes=False)
    paper.add_argument("--pdf", type=Path, required=True, metavar="FILE", help="where to; replaced if it is there")
    paper.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    paper.add_argument("--language", choices=LANGUAGES, help="of the words around it (default: the article's)")
    article_worth.register(verb)
    article_words.register(verb)
    taken = verb("export", _export, "all articles as a folder of Markdown files; import reads it back",
                 writes=False)  # fmt: skip
    taken.add_argument("folder", type=Path, metavar="DIR")
    article_sites.register(verb)
    used = of_article("use", _use, "it was tried in a case")
    used.add_argument("--case", required=True, metavar="N")
    used.add_argument("--did-not-help", action="store_true")


def _history(of_article: Callable[..., Any]) -> None:
    of_article("versions", _versions, "every version, the newest first", writes=False)
    differs = of_article("diff", _diff, "what changed between two versions", writes=False)
    differs.add_argument(
        "--from", dest="older", metavar="N", type=int, help="version (default: the one before the last)"
    )
    differs.add_argument("--to", dest="newer", metavar="N", type=int, help="version (default: the last)")
    back = of_article("restore", _restore, "the words as they were in an older version")
    back.add_argument("version", metavar="N", type=int, help="as `article versions` counts them")
    back.add_argument("--comment", metavar="TEXT")


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--problem", metavar="TEXT", help="what one sees (Markdown)")
    parser.add_argument("--cause", metavar="TEXT")
    parser.add_argument("--solution", metavar="TEXT", help="numbered steps (Markdown)")
    parser.add_argument("--language", choices=("en", "de"))
    parser.add_argument("--audience", choices=ARTICLE_AUDIENCES)
    parser.add_argument("--owner", metavar="ANALYST")
    parser.add_argument("--review-date", metavar="YYYY-MM-DD")
    parser.add_argument("--product", action="append", default=[], help="may be repeated")
    parser.add_argument("--tag", action="append", default=[], help="may be repeated")
    parser.add_argument("--department", action="append", default=[],
                        help='who may read it where the audience is "departments"; may be repeated')  # fmt: skip
    parser.add_argument("--comment", metavar="TEXT", help="what changed and why; kept with the version")


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", action="append", default=[], choices=ARTICLE_STATES)
    parser.add_argument("--product")
    parser.add_argument("--tag")
    parser.add_argument("--language")
    parser.add_argument("--audience", choices=ARTICLE_AUDIENCES)
    parser.add_argument("--owner", metavar="ANALYST")
    parser.add_argument("--mine", action="store_true")
    parser.add_argument("--review", action="store_true", help="what waits for a reviewer")


def written(desk: Desk, args: argparse.Namespace, out: Output, done: Written, said: str) -> int:
    """Tell the store, then the person. A change the log refused is said as such."""
    saved = try_sync(desk, args)
    outcome, why = desk.replica.outcome(done.tx_id)
    if outcome in ("refused", "kept"):
        why = "somebody changed the same thing" if outcome == "kept" else REASONS.get(str(why), why)
        said = f"It was not taken: {why}. It is kept, see `halldesk conflicts list`."
        out.emit({"refused": said}, said)
        return 1
    if desk.trouble:
        out.complain(desk.trouble)
    kept = "" if saved else " (kept here until the store is reachable)"
    found = desk.knowledge.whole_as_json(done.article_id)
    out.emit({**found, "saved": saved}, f"{article_code(done.article_id)}  {found['title']}  {said}{kept}")
    return 0


def _unchanged(desk: Desk, out: Output, article: bytes) -> int:
    found = desk.knowledge.whole_as_json(article)
    out.emit({**found, "saved": True}, f"{article_code(article)}  {found['title']}  is so already")
    return 0


def _given(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    """The single fields that were named, as `Articles` takes them."""
    fields = {
        name: getattr(args, name)
        for name in ("title", "problem", "cause", "solution", "language", "audience", "review_date")
        if getattr(args, name) is not None
    }
    if args.owner is not None:
        fields["owner_id"] = desk.directory.resolve("analyst", args.owner)
    return fields


def _new(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    resolve = desk.directory.resolve
    done = desk.articles.create(
        **_given(desk, args), comment=args.comment, tags=args.tag,
        products=[resolve("product", name) for name in args.product],
        departments=[resolve("department", name) for name in args.department],
        files=_kept(desk, args.attach),
    )  # fmt: skip
    return written(desk, args, out, done, "written")


def _draft(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.articles.draft_from_case(desk.present.find(args.case))
    return written(desk, args, out, done, "drafted")


def _set(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    article = desk.knowledge.find(args.article)
    known, resolve = desk.knowledge.whole(article), desk.directory.resolve
    fields = _given(desk, args)
    if args.tag or args.no_tag:
        fields["tags"] = [tag for tag in (*known.line.tags, *args.tag) if tag not in args.no_tag]
    if args.product or args.no_product:
        gone = {resolve("product", name) for name in args.no_product}
        new = [resolve("product", name) for name in args.product]
        fields["products"] = [one for one in (*known.product_ids, *new) if one not in gone]
    if args.department or args.no_department:
        gone = {resolve("department", name) for name in args.no_department}
        new = [resolve("department", name) for name in args.department]
        fields["departments"] = [one for one in (*known.department_ids, *new) if one not in gone]
    done = desk.articles.change(article, comment=args.comment, **fields)
    return _unchanged(desk, out, article) if done is None else written(desk, args, out, done, "changed")


def _state(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.articles.set_state(desk.knowledge.find(args.article), args.state, comment=args.comment)
    return written(desk, args, out, done, args.state)


def _show(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    found = desk.knowledge.whole_as_json(desk.knowledge.find(args.article))
    lines = [
        f"{found['id']}  {found['title']}",
        f"{found['state']}, for {found['audience']}, in {found['language']}, owner {found['owner'] or 'nobody'}, "
        f"review {found['review_date'] or '-'}, helped in {found['helped']} of {counted(found['tried'], 'case')}",
        ", ".join(found["products"] + [f"#{tag}" for tag in found["tags"]] + found["departments"]),
    ]
    for name in ("problem", "cause", "solution"):
        if found[name]:
            lines += ["", name.capitalize(), found[name]]
    lines += [f"file: {file['name']}  {file['size']:,} bytes" for file in found["attachments"]]
    out.emit(found, "\n".join(line for line in lines if line is not None))
    return 0


def _list(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    resolve = desk.directory.resolve
    owner = desk.me if args.mine else (resolve("analyst", args.owner) if args.owner else None)
    if args.review:
        lines = [line for line in desk.knowledge.review_queue() if owner in (None, line.owner_id)]
    else:
        lines = desk.knowledge.lines(
            ArticleFilter(
                states=tuple(args.state), product=resolve("product", args.product) if args.product else None,
                tag=args.tag, language=args.language, audience=args.audience, owner=owner,
            )
        )  # fmt: skip
    if out.as_json:
        for line in lines:
            out.emit(desk.knowledge.as_json(line), "")
    else:
        print(_listed(lines) if lines else "No articles.")
    return 0


def _listed(lines: list[ArticleLine]) -> str:
    rows = [
        [article_code(line.id), line.state, line.language, f"{line.helped}/{line.tried}", ", ".join(line.products),
         line.title]
        for line in lines
    ]  # fmt: skip
    return table(rows, ["article", "state", "language", "helped", "products", "title"])


# -- versions ---------------------------------------------------------------------------------------------------------
def _oldest_first(desk: Desk, article: bytes) -> list[Version]:
    return desk.knowledge.versions(article)[::-1]


def _version(versions: list[Version], number: int) -> Version:
    if not 1 <= number <= len(versions):
        raise UserError(f"This article has versions 1 to {len(versions)}.")
    return versions[number - 1]


def _versions(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    versions = _oldest_first(desk, desk.knowledge.find(args.article))
    for number, one in reversed(list(enumerate(versions, start=1))):
        data = {
            "version": number, "id": id_text(one.id), "at": times.iso_utc(one.at), "author": one.author or None,
            "state": one.state, "title": one.title, "problem": one.problem, "cause": one.cause,
            "solution": one.solution, "comment": one.comment or None,
        }  # fmt: skip
        out.emit(
            data, f"{number:4}  {times.iso_utc(one.at)}  {one.state:9}  {one.author or '-'}  {one.comment}".rstrip()
        )
    return 0


def _diff(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from db.text_merge import word_difference

    versions = _oldest_first(desk, desk.knowledge.find(args.article))
    newer = args.newer if args.newer is not None else len(versions)
    older = args.older if args.older is not None else max(newer - 1, 1)
    old, new = _version(versions, older), _version(versions, newer)
    fields = {}
    lines = []
    for name in ("title", "problem", "cause", "solution"):
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        pieces = word_difference(before, after)
        fields[name] = [{"op": piece.op, "text": piece.text} for piece in pieces]
        marked = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
        lines += [f"{name}:", "".join(marked[piece.op].format(piece.text) for piece in pieces)]
    if old.state != new.state:
        lines.append(f"state: {old.state} > {new.state}")
    out.emit({"from": older, "to": newer, "state": [old.state, new.state], "fields": fields},
             "\n".join(lines) or "Nothing differs.")  # fmt: skip
    return 0


def _restore(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    article = desk.knowledge.find(args.article)
    version = _version(_oldest_first(desk, article), args.version)
    done = desk.articles.restore(article, version.id, comment=args.comment)
    if done is None:
        return _unchanged(desk, out, article)
    return written(desk, args, out, done, f"as in version {args.version}")


# -- files and uses ---------------------------------------------------------------------------------------------------
def _attach(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    article = desk.knowledge.find(args.article)
    files = _kept(desk, args.files)
    done = desk.articles.attach(article, files)
    return written(desk, args, out, done, f"{', '.join(file.name for file in files)} attached")


def _kept(desk: Desk, paths: Sequence[Path]) -> list[StoredFile]:
    return [file for file in map(desk.attachments.keep_file, paths) if file is not None]


def _attachment(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.cli.attachments import save_one

    found = desk.knowledge.whole(desk.knowledge.find(args.article))
    return save_one(desk, args, out, found.attachments, "article")


def _pdf(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.reports.article_paper import article_paper, article_pdf  # late: reportlab is only needed for paper
    from app.reports.pdf import Paper
    from app.reports.writing import write_whole

    article = desk.knowledge.find(args.article)
    for file in desk.knowledge.whole(article).attachments:
        try:
            desk.attachments.fetch(file.sha256, file.name)
        except UserError as error:  # the paper says where it lies
            out.complain(f"{file.name}: {error}")
    facts = article_paper(desk.reading, desk.attachments, article)
    drawn, pages = article_pdf(facts, Paper[args.paper.upper()], args.language or "")
    write_whole(args.pdf, drawn)
    out.emit({"pdf": str(args.pdf), "pages": pages, "bytes": len(drawn)}, f"{args.pdf}: {pages} page(s)")
    return 0


def _export(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.knowledge.exchange import export_folder

    count = export_folder(desk, args.folder, lambda done, total: out.progress("writing", done, total))
    out.emit({"articles": count, "folder": str(args.folder)}, f"{counted(count, 'article')} written to {args.folder}")
    return 0


def _use(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    helped = not args.did_not_help
    done = desk.articles.use(desk.knowledge.find(args.article), desk.present.find(args.case), helped=helped)
    return written(desk, args, out, done, "helped" if helped else "did not help")
