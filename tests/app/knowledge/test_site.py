"""The static site: what goes out, what stays inside, and how it reads in a real browser from the drive."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import zlib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.errors import UserError
from app.knowledge.site import MANIFEST, export_site
from app.rendering import Markdown
from tests.desks import found_desk

PHONE = "+49 711 555-123"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CLOSED = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--virtual-time-budget=4000", "--disable-background-networking", "--disable-component-update",
          "--disable-sync"]  # fmt: skip


def picture() -> bytes:
    """A red PNG of 4 x 4."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff\0\0" * 4) * 4
    head = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@dataclass
class Site:
    desk: Desk
    folder: Path
    ids: dict[str, bytes]

    def page(self, title_part: str) -> str:
        (path,) = (p for p in self.folder.glob("*.html") if title_part in p.name)
        return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("site")
    desk = found_desk(folder)
    articles = desk.articles
    kept = desk.attachments.keep("Rückseite.png", picture())
    left_over = desk.attachments.keep("secret.png", picture() + b"more")
    ids = {}
    ids["labels"] = articles.create(
        "Etikettendrucker druckt größere Schrift", language="de", audience="everyone", tags=["etiketten"],
        problem="Die Schrift ist zu groß. <script>alert(1)</script>",
        solution=f"1. ![Rückseite](attachment:{kept.sha256.hex()}) ansehen\n2. Taste drücken\n\n|a|b|\n|-|-|\n|1|2|",
        files=[kept, left_over],
    ).article_id  # fmt: skip
    ids["queue"] = articles.create(
        "Reset the print queue", language="en", audience="everyone", problem="Nothing is printed; see #1042.",
        solution=f"1. Read [labels](article:{ids['labels'].hex()})\n2. `net stop spooler`\n\n![x](http://evil.test/x.png)",
    ).article_id  # fmt: skip
    ids["inside"] = articles.create("Master key cabinet", language="en", audience="team").article_id
    ids["it"] = articles.create("Rebuild the index server", language="en", audience="IT").article_id
    ids["rough"] = articles.create("Half written", language="en", audience="everyone").article_id
    for name in ("labels", "queue", "inside", "it"):
        articles.set_state(ids[name], "published")
    export_site(desk, folder / "web", "everyone", phone=PHONE, place="Hall 3 <Line 2>")
    yield Site(desk, folder / "web", ids)
    desk.close()


def test_only_what_the_audience_may_read_goes_out(site: Site, tmp_path: Path):
    everything = "".join(p.read_text(encoding="utf-8") for p in site.folder.glob("*.*") if p.suffix != ".png")
    for hidden in ("Master key", "index server", "Half written", "secret.png"):
        assert hidden not in re.sub(r"names\": \"[^\"]*\"", "", everything)
    assert export_site(site.desk, tmp_path / "it", "IT", phone=PHONE).articles == 3
    assert export_site(site.desk, tmp_path / "team", "team", phone=PHONE).articles == 4
    assert len(list((site.folder / "files").iterdir())) == 1, "a file that no text names stays inside"


def test_a_page_has_the_article_the_phone_and_the_place_and_nothing_that_runs(site: Site):
    page = site.page("reset-the-print-queue")
    assert PHONE in page
    assert 'href="tel:+49711555123"' in page
    assert "Hall 3 &lt;Line 2&gt;" in page
    assert re.search(r'href="etikettendrucker-druckt-groessere-schrift-[0-9a-f]{8}\.html"', page)
    for inside_or_elsewhere in ("case:", "<img"):
        assert inside_or_elsewhere not in page
    german = site.page("etikettendrucker")
    assert "<html lang=de" in german
    assert "Was zu tun ist" in german
    assert 'src="files/' in german
    assert "<script>alert" not in german
    assert "<script" not in german


def test_a_second_run_touches_nothing_and_a_change_only_what_it_changes(site: Site):
    before = {p: p.stat().st_mtime_ns for p in site.folder.rglob("*") if p.is_file()}
    again = export_site(site.desk, site.folder, "everyone", phone=PHONE, place="Hall 3 <Line 2>")
    assert (again.written, again.removed) == (0, 0)
    assert before == {p: p.stat().st_mtime_ns for p in site.folder.rglob("*") if p.is_file()}
    site.desk.articles.set_state(site.ids["it"], "archived")
    extra = site.desk.articles.create("Soon gone", language="en", audience="everyone").article_id
    site.desk.articles.set_state(extra, "published")
    assert export_site(site.desk, site.folder, "everyone", phone=PHONE, place="Hall 3 <Line 2>").written == 4
    site.desk.articles.set_state(extra, "archived")
    assert export_site(site.desk, site.folder, "everyone", phone=PHONE, place="Hall 3 <Line 2>").removed == 1


def test_a_folder_of_others_is_left_alone(site: Site, tmp_path: Path):
    (tmp_path / "budget.xlsx").write_bytes(b"1")
    with pytest.raises(UserError, match="other things"):
        export_site(site.desk, tmp_path, "everyone", phone=PHONE)
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / MANIFEST).write_text('{"files": ["../budget.xlsx", "/etc/passwd", 7, "old.html"]}', encoding="utf-8")
    (ours / "old.html").write_text("old", encoding="utf-8")
    assert export_site(site.desk, ours, "everyone", phone=PHONE).removed == 1
    assert (tmp_path / "budget.xlsx").exists()


class Addresses(HTMLParser):
    """What a page names, and with what."""

    def __init__(self) -> None:
        super().__init__()
        self.named: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.named += [(tag, name, value or "") for name, value in attrs]


PIECES = ["a", " ", "<", ">", "(", ")", "[", "]", "!", "\n", "\"", "'", "`", "|", "file:///c:/x", "//srv/x",
          "\\\\srv\\x", "http://x.test/p.png", "javascript:alert(1)", "data:text/html,x", "../x", "<img src=",
          "<script>", " onerror=", "![](", "[x](", "attachment:" + "0" * 64,
          "article:" + "1" * 32, "&#106;avascript:"]  # fmt: skip


@given(typed=st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_no_text_leads_out_of_a_page_or_runs(typed: str):
    found = Addresses()
    found.feed(Markdown(lambda address: "files/x.png" if address.startswith("attachment:") else None).html(typed))
    for tag, name, value in found.named:
        assert tag != "script"
        assert not name.startswith("on")
        assert name != "style"
        if name == "src":
            assert (tag, value) == ("img", "files/x.png")
        if name == "href":
            assert value.startswith(("http://", "https://", "mailto:", "files/")), value


# -- in a browser -----------------------------------------------------------------------------------------------------
def browse(tmp_path: Path, *options: str) -> str:
    assert BROWSER is not None
    command = [BROWSER, *CLOSED, f"--user-data-dir={tmp_path / 'browser'}", *options]
    run = subprocess.run(
        command, capture_output=True, timeout=60, check=True, env={**os.environ, "HOME": str(tmp_path)}
    )
    return run.stdout.decode("utf-8", "replace")


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_hall_pc_finds_and_reads_an_article_from_the_drive(site: Site, tmp_path: Path):
    # The field is filled by a copy of the page that types; the search itself is the one that was exported.
    index = (site.folder / "index-de.html").read_text(encoding="utf-8")
    typing = site.folder / "typing.html"
    for typed in ("groess", "Größere", "etiketendrucker"):
        typing.write_text(index.replace("<input id=words", f'<input id=words value="{typed}"'), encoding="utf-8")
        shown = browse(tmp_path, "--dump-dom", typing.as_uri())
        assert re.search(r'<ul class="articles" id="found"><li><a href="etikettendrucker-', shown), typed
    typing.unlink()
    assert "<mark>" in shown or typed == "etiketendrucker"
    page = next(site.folder.glob("etikettendrucker*.html"))
    look = page.read_text(encoding="utf-8").replace("<body>", "<body><script src=look.js></script>")
    (site.folder / "look.js").write_text(
        "addEventListener('load', () => { const i = document.querySelector('article img');"
        " document.title = `picture ${i.naturalWidth} ${getComputedStyle(document.body).marginTop}`; })",
        encoding="utf-8",
    )  # fmt: skip
    typing.write_text(look, encoding="utf-8")
    assert "<title>picture 4 0px</title>" in browse(tmp_path, "--dump-dom", typing.as_uri()), "picture and style load"
    for name in ("typing.html", "look.js"):
        (site.folder / name).unlink()
