"""The knowledge base from end to end on real articles: imported in two languages, edited, reviewed, published,
exported, and read in a real browser.

Set HALLDESK_PICTURES to a folder to look at the pages in Chromium as PNG files.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from app.desk import Desk
from app.knowledge.exchange import Importing
from app.knowledge.links import article_code, attachment_address, named_contents
from app.knowledge.reading import ArticleFilter
from app.knowledge.site import export_site
from tests.app.knowledge.test_site import BROWSER, browse
from tests.desks import found_desk

PICTURES = os.environ.get("HALLDESK_PICTURES")
SOURCES = {"en": "gnome_user_docs_html_en.tar.zst", "de": "gnome_user_docs_html_de_nofigures.tar.zst"}
EDITED = "Visual overview of GNOME"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def desk(shared_data: Path, tmp_path_factory: pytest.TempPathFactory):
    if not (shared_data / "kb").is_dir():
        pytest.skip("the real articles are not here")
    made = found_desk(tmp_path_factory.mktemp("real articles"))
    for source in SOURCES.values():
        result = Importing(made, shared_data / "kb" / source).run()
        assert result.problems == []
    yield made
    made.close()


def test_the_counts_are_those_of_the_sources_in_both_languages(desk: Desk, shared_data: Path):
    for language in SOURCES:
        listed = (shared_data / "kb" / f"titles_gnome_html_{language}.tsv").read_text(encoding="utf-8").splitlines()
        titles = sorted(_letters(line.split("\t")[1]) for line in listed)
        lines = desk.knowledge.lines(ArticleFilter(language=language))
        assert len(lines) == len(listed)
        assert sorted(_letters(line.title) for line in lines) == titles


def _letters(title: str) -> str:
    """Without blanks: the list of titles lacks those between marks of the page."""
    return "".join(title.split())


def test_every_picture_that_a_text_names_is_here(desk: Desk):
    named = 0
    for line in desk.knowledge.lines():
        whole = desk.knowledge.whole(line.id)
        have = {file.sha256 for file in whole.attachments}
        for sha256 in named_contents(f"{whole.text.problem}{whole.text.cause}{whole.text.solution}"):
            assert sha256 in have, line.title
            assert desk.attachments.read(sha256)
            named += 1
    assert named > 100


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_one_is_edited_reviewed_published_and_read_by_a_hall_pc(desk: Desk, tmp_path: Path):
    article = desk.knowledge.find(EDITED)
    before = desk.knowledge.whole(article)
    step = "1. Press the **Super** key\n2. Type the name of the program\n\n"
    desk.articles.change(
        article,
        solution=f"{step}{before.text.solution}",
        audience="everyone",
        tags=["desktop"],
        comment="two steps first",
    )
    desk.articles.set_state(article, "reviewed", comment="followed on a hall PC")
    desk.articles.set_state(article, "published")
    german = desk.knowledge.find("Kontrast anpassen")
    desk.articles.change(german, audience="everyone")
    desk.articles.set_state(german, "published")
    folder = tmp_path / "site"
    done = export_site(desk, folder, "everyone", phone="+49 711 555-123", place="Hall 3, line 2")
    assert (done.articles, done.missing) == (2, ())
    again = export_site(desk, folder, "everyone", phone="+49 711 555-123", place="Hall 3, line 2")
    assert (again.written, again.removed) == (0, 0)
    page = next(folder.glob(f"*-{article_code(article)}.html"))
    shown = browse(tmp_path, "--dump-dom", page.as_uri())
    assert "Press the <strong>Super</strong> key" in shown
    assert "+49 711 555-123" in shown
    assert article_code(article) in shown
    html = page.read_text(encoding="utf-8")
    pictures = re.findall(r'<img src="(files/[^"]+)"', html)
    assert len(pictures) == len(named_contents(before.text.problem + before.text.solution))
    look = html.replace("<body>", "<body><script src=look.js></script>")
    (folder / "look.js").write_text(
        "addEventListener('load', () => { document.title = 'wide ' +"
        " [...document.querySelectorAll('article img')].map(i => i.naturalWidth > 0 ? 1 : 0).join('') })",
        encoding="utf-8",
    )
    (folder / "look.html").write_text(look, encoding="utf-8")
    ones = "1" * len(pictures)
    assert f"<title>wide {ones}</title>" in browse(tmp_path, "--dump-dom", (folder / "look.html").as_uri())
    for name in ("look.js", "look.html"):
        (folder / name).unlink()
    assert attachment_address(before.attachments[0].sha256) not in html
    if PICTURES:
        for name in (page.name, "index-en.html", "index-de.html"):
            for size in ("1280,720", "2560,1440"):
                shot = Path(PICTURES) / f"site-{name[:12]}-{size.partition(',')[0]}.png"
                browse(tmp_path, f"--screenshot={shot}", f"--window-size={size}", (folder / name).as_uri())
