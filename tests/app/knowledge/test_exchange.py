"""Articles from elsewhere and back: Markdown without loss, HTML made safe, CSV, and the real pages."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.errors import UserError
from app.knowledge.exchange import Importing, export_folder
from app.knowledge.files_of_markdown import MarkdownFile, read, write
from app.knowledge.html_pages import read_page
from app.knowledge.links import linked_articles, named_contents
from app.knowledge.reading import ArticleFilter
from app.knowledge.sources import beside
from db.rules import ARTICLE_STATES
from db.shapes import Product
from tests.desks import Clock, found_desk

KB = Path(__file__).resolve().parents[4] / "shared" / "data" / "kb"
_PIECES = ("a", "b", " ", "\n", "\\", "#", "-", "_", "[", "](", "{", "|", "`", "ä", "ß", "0.", "\n## Problem\n",
           "\n\\## Cause\n", "\n## lösung \n", "\n---\n", "\n# x\n")  # fmt: skip
_TEXT = st.lists(st.sampled_from(_PIECES), max_size=20).map(lambda pieces: "".join(pieces).strip())
_LINE = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=20)


@given(_LINE, _TEXT, _TEXT, _TEXT, st.lists(_LINE, max_size=3))
def test_a_markdown_file_says_back_what_was_written(
    title: str, problem: str, cause: str, solution: str, tags: list[str]
):
    file = MarkdownFile(title, problem, cause, solution, {"tags": tags} if tags else {})
    assert read(write(file)) == file


def test_files_of_other_programs_are_understood():
    found = read(
        "---\ntags: [a, 'b c']\nproduct:\n- Robot\nstate: rough\n---\n\n# Title #\n\nIntro\n\n## Lösung\n1. x\n", "n"
    )
    assert (found.title, found.problem, found.solution) == ("Title", "Intro", "1. x")
    assert found.head == {"tags": ["a", "b c"], "product": ["Robot"], "state": "rough"}
    assert read("just words", "name.of.file") == MarkdownFile("name.of.file", solution="just words")


def test_a_page_becomes_markdown_and_nothing_that_runs():
    page = read_page(
        "<html lang='de-AT'><head><title>T</title><script>alert(1)</script></head><body><nav>menu</nav>"
        "<h1>Drucker <em>neu</em></h1><p>Erst <b>so</b>, dann 1. so_oder_so &lt;b&gt;.</p>"
        "<ol><li><p>Eins</p><pre>a  b\n c</pre></li><li>Zwei<ul><li>x</li></ul></li></ol>"
        "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td></tr></table>"
        "<p onclick='x()'><a href='javascript:x()'>weg</a> <a href='other.html#s'>da</a> <img src='a b.png' alt='Bild'>"
        " <code>rm `x`</code></p><iframe src='//evil'></iframe><footer>foot</footer></body></html>"
    )
    assert (page.title, page.language) == ("Drucker neu", "de")
    assert page.markdown == (
        "Erst **so**, dann 1. so\\_oder\\_so \\<b\\>.\n\n"
        "1. Eins\n\n   ```\n   a  b\n    c\n   ```\n2. Zwei\n\n   - x\n\n"
        "| A | B\\|C |\n| --- | --- |\n| 1 |  |\n\n"
        "weg [da](other.html#s) ![Bild](<a b.png>) ``` rm `x` ```".replace("``` rm `x` ```", "`` rm `x` ``")
    )


@given(st.text(max_size=200))
def test_any_html_is_survived(html: str):
    read_page(html)
    read_page(f"<h1>x</h1><ul><li>{html}</li></ul>")


@pytest.mark.parametrize(
    ("page", "target", "name"),
    [("a/b.md", "c.png", "a/c.png"), ("a/b.md", "../c%20d.png", "c d.png"), ("b.md", "../../etc/passwd", None),
     ("b.md", "file:///etc/passwd", None), ("b.md", "//host/x", None), ("b.md", "#here", None),
     ("b.md", "/etc/x", None)],
)  # fmt: skip
def test_nothing_outside_of_the_source_is_named(page: str, target: str, name: str | None):
    assert beside(page, target) == name


def _desk(folder: Path) -> Desk:
    folder.mkdir()
    desk = found_desk(folder, clock=Clock())
    with desk.replica.transaction("admin.master", desk.me, at=1) as tx:
        tx.insert(Product, name="Robot")
    return desk


def _all(desk: Desk) -> dict[bytes, tuple[object, ...]]:
    out: dict[bytes, tuple[object, ...]] = {}
    for line in desk.knowledge.lines(ArticleFilter(states=ARTICLE_STATES)):
        whole = desk.knowledge.whole(line.id)
        text, at = whole.text, line
        files = sorted((a.sha256, a.name) for a in whole.attachments)
        out[line.id] = (text, at.audience, at.owner, at.review_date, at.products, at.tags, tuple(files))
    return out


def test_a_folder_goes_out_and_comes_back_on_another_desk_without_loss(tmp_path: Path):
    one = _desk(tmp_path / "one")
    robot = one.directory.resolve("product", "Robot")
    picture = one.attachments.keep("back.png", b"\x89PNG one")
    first = one.articles.create("Größe: ändern?", solution="1. x\n## Solution\n2. y", tags=["a"], products=[robot])
    second = one.articles.create(
        "Größe ändern", problem=f"See [it](article:{first.article_id.hex()}) and [gone](article:{'0' * 32})",
        solution=f"![Back](attachment:{picture.sha256.hex()})\n\nhttps://x.y [web](https://x.y)", language="de",
        files=[picture, one.attachments.keep("form.pdf", b"%PDF")], audience="everyone", review_date="2027-05-01",
    )  # fmt: skip
    one.articles.set_state(second.article_id, "published")
    one.articles.set_state(first.article_id, "archived")
    assert export_folder(one, tmp_path / "kb") == 2
    other = _desk(tmp_path / "two")
    got = Importing(other, tmp_path / "kb").run()
    assert (got.created, got.problems) == (2, [])
    assert _all(other) == _all(one)
    again = Importing(other, tmp_path / "kb").run()
    assert (again.created, again.updated, again.skipped) == (0, 0, 2)
    one.close()
    other.close()


def test_pages_links_pictures_and_rows_come_in_once(tmp_path: Path):
    desk = _desk(tmp_path / "desk")
    archive = tmp_path / "help.zip"
    with zipfile.ZipFile(archive, "w") as pages:
        said = "<a href='two.html'>two</a> <img src='../p.png' alt='P'> <a href='missing.html'>words</a>"
        pages.writestr("a/one.html", f"<h1>One</h1><p>Lead</p><p>See {said}</p>")
        pages.writestr("a/two.html", "<h1>Two</h1><ol><li>Do</li></ol>")
        pages.writestr("a/note.md", "Look at [[Two|the second]] and [[nothing]]")
        pages.writestr("p.png", b"\x89PNG")
        pages.writestr("list.csv", "title;solution;tags;products\nRow;1. x;a;Robot\nOther;2;b;Nix\n;3;;\n")
        pages.writestr("empty.html", "<h1></h1>")
    got = Importing(desk, archive, language="en", state="reviewed").run()
    assert (got.created, got.skipped, got.pictures) == (5, 1, 1)
    assert [why for _name, why in got.problems] == ["it has no title", "no product named Nix"]
    find = desk.knowledge.find
    one = desk.knowledge.whole(find("One"))
    assert (one.text.problem, one.line.state) == ("Lead", "reviewed")
    assert linked_articles(one.text.solution) == [find("Two")]
    assert named_contents(one.text.solution) == [one.attachments[0].sha256]
    assert one.text.solution.endswith(" words")
    assert "[the second](article:" in desk.knowledge.article(find("note")).solution
    assert desk.knowledge.whole(find("Row")).line.products == ("Robot",)
    again = Importing(desk, archive, language="en").run()
    assert (again.created, again.updated) == (0, 0)
    with pytest.raises(UserError, match="is not there"):
        Importing(desk, tmp_path / "nothing")
    desk.close()


@pytest.mark.parametrize(
    ("archive", "language"),
    [("gnome_user_docs_html_en.tar.zst", "en"), ("gnome_user_docs_html_de_nofigures.tar.zst", "de")],
)
def test_the_real_pages_come_in_whole(tmp_path: Path, archive: str, language: str):
    if not (KB / archive).exists():
        pytest.skip(f"the real articles are not in {KB}")
    desk = _desk(tmp_path / "desk")
    got = Importing(desk, KB / archive, language=language).run()
    assert (got.pages, got.created, got.problems) == (293, 293, [])
    assert (got.pictures > 20) == (language == "en")
    texts = desk.context.reader.all("SELECT problem || solution AS text FROM article")
    named = {one for row in texts for one in named_contents(row["text"])}
    kept = {row[0] for row in desk.context.reader.all("SELECT sha256 FROM attachment")}
    assert named == kept
    assert not any("<script" in row["text"] or "](figures" in row["text"] for row in texts)
    desk.close()
