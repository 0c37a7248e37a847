"""What the program carries with it: fonts, icons, translations, report styles, demo content.

One door to those files, so that no other module guesses where they lie. It works the same from a
checkout, from an installed wheel and from a PyInstaller bundle, because all three keep this package
as a real folder. (importlib.resources would find the same folder and costs some 5 ms of start-up.)
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent

FONT_SANS = "IBM Plex Sans"
FONT_MONO = "IBM Plex Mono"
FONT_FILES = {
    "regular": "IBMPlexSans-Regular.ttf",
    "italic": "IBMPlexSans-Italic.ttf",
    "medium": "IBMPlexSans-Medium.ttf",
    "semibold": "IBMPlexSans-SemiBold.ttf",
    "bold": "IBMPlexSans-Bold.ttf",
    "mono": "IBMPlexMono-Regular.ttf",
}


@cache
def path(*parts: str) -> Path:
    """The real file or folder `resources/<parts...>`.

    Raises FileNotFoundError when it is not there (a damaged installation) and ValueError when the
    parts would leave this folder. Asked once per name: every icon on a window comes through here.
    """
    found = ROOT.joinpath(*parts)
    if ".." in found.parts or not found.is_relative_to(ROOT):
        raise ValueError(f"{'/'.join(parts)} is outside the resources")
    if not found.exists():
        raise FileNotFoundError(f"The installation is incomplete: {found} is missing.")
    return found


def read_bytes(*parts: str) -> bytes:
    """The content of `resources/<parts...>`."""
    return path(*parts).read_bytes()


def read_text(*parts: str) -> str:
    """The content of `resources/<parts...>`, UTF-8, with line ends as `\\n`."""
    return path(*parts).read_text(encoding="utf-8")


def names(folder: str, suffix: str) -> list[str]:
    """The stems of the files in `folder` that end in `suffix` (".svg"), sorted."""
    return sorted(file.stem for file in path(folder).iterdir() if file.suffix == suffix)


def font_path(style: str) -> Path:
    """The TrueType file of a style named in FONT_FILES; reports embed it, the screen loads it."""
    return path("fonts", FONT_FILES[style])


def fonts() -> list[Path]:
    """Every bundled font file."""
    return [font_path(style) for style in FONT_FILES]


def icon_svg(name: str) -> bytes:
    """The drawing of an icon, with `currentColor` where the tint goes."""
    return read_bytes("icons", f"{name}.svg")
