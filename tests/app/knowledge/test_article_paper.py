"""An article on paper: everything of it, embedded, the same bytes each time, by command too."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from app.cli import main
from app.knowledge.links import article_address, article_code, attachment_address
from app.reports.article_paper import article_paper, article_pdf
from app.reports.pdf import Paper
from tests.desks import Clock, found_desk


@pytest.fixture
def written(tmp_path: Path):
    desk = found_desk(tmp_path, clock=Clock())
    data = io.BytesIO()
    Image.new("RGB", (320, 200), "#c33").save(data, "PNG")
    file = desk.attachments.keep("Hebel.png", data.getvalue())
    other = desk.articles.create("Netzwerk prüfen", language="de").article_id
    article = desk.articles.create(
        "Etiketten bleiben leer – was tun?", language="de", tags=["etiketten"], review_date="2027-01-05", files=[file],
        problem="Die Etiketten kommen **leer** heraus <b>seit</b> `ERR-07`.",
        cause="Siehe [Handbuch](https://example.com/handbuch).",
        solution=f"1. Farbband wenden\n   ![Hebel im Gehäuse]({attachment_address(file.sha256)})\n"
                 f"2. ```\n   net stop spooler\n   ```\n3. [Netz]({article_address(other)})\n\n"
                 f"| Lampe | heißt |\n|---|---|\n| rot | leer |\n\n![Fehlt]({attachment_address(bytes(32))})",
    ).article_id  # fmt: skip
    yield desk, article, other
    desk.close()


def test_texts_pictures_tables_code_and_links_are_on_paper(written):
    desk, article, other = written
    document, pages = article_pdf(article_paper(desk.reading, desk.attachments, article), Paper.A4)
    assert pages == 1
    again, _pages = article_pdf(article_paper(desk.reading, desk.attachments, article), Paper.A4)
    assert len(again) == len(document)
    (page,) = PdfReader(io.BytesIO(document)).pages
    text = " ".join(page.extract_text().split())
    for words in (
        f"Artikel {article_code(article)}", "Entwurf", "Etiketten bleiben leer – was tun?",
        "leer heraus <b>seit</b> ERR-07",
        "Handbuch (https://example.com/handbuch)", "1. Farbband wenden", "Hebel im Gehäuse", "net stop spooler",
        f"Netz (Artikel {article_code(other)})", "rot leer", "[Bild auf dem Laufwerk: Fehlt]", "5. Januar 2027",
    ):  # fmt: skip
        assert words in text, words
    assert len(page.images) == 1
    for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
        kind = font.get_object()
        assert "/FontFile2" in kind["/FontDescriptor"], f"{kind['/BaseFont']} is not embedded"


def test_the_command_writes_it_in_the_language_that_is_asked_for(written, tmp_path: Path, capsys):
    desk, article, _other = written
    file = tmp_path / "out.pdf"
    profile = str(desk.profile.folder)
    asked = ["article", "pdf", article_code(article), "--pdf", str(file), "--language", "en", "--paper", "Letter"]
    assert main([*asked, "--profile", profile, "--json"]) == 0
    assert '"pages": 1' in capsys.readouterr().out
    page = PdfReader(file).pages[0]
    assert round(float(page.mediabox.width)) == 612
    assert "Article" in page.extract_text()
