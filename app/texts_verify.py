"""Words around the check of the whole log: key -> (English, German). What is found: app.refusals_verify."""

from __future__ import annotations

from typing import Final

VERIFY: Final[dict[str, tuple[str, str]]] = {
    "verify.well": ("All is well: {entries} entries checked.", "Alles in Ordnung: {entries} Einträge geprüft."),
    "verify.well.one": ("All is well: one entry checked.", "Alles in Ordnung: ein Eintrag geprüft."),
    "verify.wrong": (
        "{count} things are wrong in {entries} entries.", "In {entries} Einträgen stimmen {count} Dinge nicht.",
    ),
    "verify.wrong.one": (
        "One thing is wrong in {entries} entries.", "In {entries} Einträgen stimmt eines nicht.",
    ),
    "verify.entry": ("Entry {seq} {what}", "Eintrag {seq} {what}"),
    "verify.unknown": ("by an unknown device", "von einem unbekannten Gerät"),
    "verify.whose": ("by {who} on {workstation}", "von {who} an {workstation}"),
    "verify.head": ("Check of the whole log", "Prüfung des ganzen Logs"),
}  # fmt: skip
