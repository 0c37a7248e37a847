"""Where articles are brought from: a folder, an archive (.zip, .tar, .tar.gz, .tar.zst) or a single file.

All look alike: names with `/` and what is behind them. Nothing outside of it can be named, whatever a page says.
"""

from __future__ import annotations

import io
import posixpath
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.errors import UserError

Source = Mapping[str, Callable[[], bytes]]


def open_source(path: Path) -> Source:
    """What there is, by name. Errors: UserError when it can't be read."""
    try:
        if path.is_dir():
            return _folder(path)
        if not path.exists():
            raise UserError(f"{path} is not there; name a folder, an archive or a file.")
        name = path.name.casefold()
        if name.endswith(".zip"):
            return _zip(path)
        if name.endswith((".tar", ".tar.gz", ".tgz", ".tar.zst")):
            return _tar(path)
        return {path.name: path.read_bytes}
    except (OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise UserError(f"{path} can't be read ({error}); nothing was imported.") from error


def _folder(path: Path) -> Source:
    root = path.resolve()
    return {
        file.relative_to(path).as_posix(): file.read_bytes
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.resolve().is_relative_to(root)
    }


def _zip(path: Path) -> Source:
    with zipfile.ZipFile(path) as archive:
        return {i.filename: _content(archive.read(i)) for i in archive.infolist() if not i.is_dir()}


def _tar(path: Path) -> Source:
    if path.name.casefold().endswith(".zst"):
        import zstandard

        with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as stream:
            data: io.BytesIO = io.BytesIO(stream.read())
    else:
        data = io.BytesIO(path.read_bytes())
    out: dict[str, Callable[[], bytes]] = {}
    with tarfile.open(fileobj=data) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                out[posixpath.normpath(member.name)] = _content(file.read())
    return out


def _content(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def beside(name: str, target: str) -> str | None:
    """The name in the source that a page `name` means by `target`; None for the web, a place in the page itself, or
    anything that would lead out."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    return None if found.startswith(("../", "/")) else found
