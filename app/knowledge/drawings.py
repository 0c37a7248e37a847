"""Drawings (SVG) that go out to a browser: nothing in them runs, and nothing leads out of them.

A drawing is a page of its own to a browser that opens it directly, with all that a page may do. So only what draws is
kept, by a list: elements and attributes that are not on it go, and so does every address but those within the drawing
itself and pictures it brings along.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

MEDIA_TYPE: Final = "image/svg+xml"
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_ELEMENTS: Final = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "image", "pattern", "clipPath", "mask", "marker", "linearGradient",
    "radialGradient", "stop", "switch", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset",
    "feTurbulence",
})  # fmt: skip
_ADDRESS: Final = re.compile(r"#[^\s\"'<>]*|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_URL: Final = re.compile(r"url\(\s*(?!['\"]?#)[^)]*\)|@import|expression\s*\(|javascript:", re.IGNORECASE)
_MOST_BYTES: Final = 5_000_000


def harmless(data: bytes) -> bytes | None:
    """The drawing with nothing but lines, words and colours; None where it can't be read as one."""
    # A document type may define entities, to make a few bytes very many.
    if len(data) > _MOST_BYTES or re.search(rb"<!ENTITY", data, re.IGNORECASE):
        return None
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    _clean(root)
    clean: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return clean


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        if not _may_stay(name, value):
            del element.attrib[name]
    for child in list(element):
        place, _, name = str(child.tag).rpartition("}")
        if place == f"{{{_SVG}" and name in _ELEMENTS:
            _clean(child)
        else:
            element.remove(child)


def _may_stay(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2].casefold()
    if name.startswith("{") and not name.startswith((f"{{{_XLINK}}}", "{http://www.w3.org/XML/")):
        return False
    if plain == "href":
        return _ADDRESS.fullmatch(value.strip()) is not None
    return not plain.startswith("on") and not _URL.search(value)
