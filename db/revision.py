"""Which schema this program's replica files have; apart from db.migrate so that asking imports no models."""

from __future__ import annotations

from typing import Final

HEAD: Final = "0001"
"""The newest revision in db/migrations/versions; a test holds both together."""
