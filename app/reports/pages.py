"""The pages of a PDF as pictures, for the screen and for printers.

PDFium is not made for several threads: one lock for all documents, so that lanes may ask as they like.
"""

from __future__ import annotations

import threading
from typing import Final, NamedTuple

import pypdfium2

POINTS_PER_INCH: Final = 72
_LOCK: Final = threading.RLock()


class Picture(NamedTuple):
    """Pixels of four bytes (blue, green, red, nothing), row by row, `stride` bytes each."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Pages:
    """One document. Close it when done."""

    def __init__(self, document: bytes) -> None:
        """Errors: pypdfium2.PdfiumError for what is no PDF."""
        with _LOCK:
            self._pdf = pypdfium2.PdfDocument(document)
            sizes = [self._pdf.get_page_size(number) for number in range(len(self._pdf))]
        self.sizes: list[tuple[float, float]] = sizes
        """Width and height in points."""
        self._open = True

    def picture(self, page: int, scale: float) -> Picture | None:
        """A page, `scale` pixels to the point; None after `close`."""
        with _LOCK:
            if not self._open:
                return None
            found = self._pdf[page]
            bitmap = found.render(scale=scale, prefer_bgrx=True)
            picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            found.close()
            return picture

    def inside(self, name: str) -> bytes | None:
        """A file that lies in the document; None where there is none of that name."""
        with _LOCK:
            if not self._open:
                return None
            for number in range(self._pdf.count_attachments()):
                found = self._pdf.get_attachment(number)
                if found.get_name() == name:
                    return bytes(found.get_data())
        return None

    def close(self) -> None:
        """Let go of it; safe to call twice."""
        with _LOCK:
            if self._open:
                self._open = False
                self._pdf.close()
