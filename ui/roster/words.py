"""Turns of duty and what is wrong with them, in the words of the screen. The clock is the site's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication

from app import times
from app.insight.staffing import Need, Shortage
from app.work.roster import Flag, Turn
from ui import text
from ui.tokens import Tone

translate = QCoreApplication.translate

ICONS: Final = {"hotline": "headset", "lead": "star", "backup": "stand-in"}
TONES: Final = {"hotline": Tone.INFO, "lead": Tone.ACCENT, "backup": Tone.NEUTRAL}


def duty(key: str) -> str:
    """What a duty is called."""
    return {
        "hotline": translate("roster", "Hotline"),
        "lead": translate("roster", "Lead"),
        "backup": translate("roster", "Backup"),
    }.get(key, key)


def span(turn: Turn, zone: tzinfo, long: bool = False) -> str:
    """From and to: "06–14" on the full hour where room is short, "06:00–14:30" otherwise."""
    first, last = text.clock(turn.starts_at, zone), text.clock(turn.ends_at, zone)
    if not long and first.endswith(":00") and last.endswith(":00"):
        first, last = first[:2], last[:2]
    return f"{first}–{last}"


def day(value: date) -> str:
    """The day over a column: "Mon 23.11."."""
    full = text.day(value)
    year = str(value.year)
    short = full.replace(year, "").strip("/- ") if year in full else full
    return f"{text.weekday(value)} {short}"


def when(starts_at: int, ends_at: int, zone: tzinfo) -> str:
    """A span with its day: "Mon 23.11. 06:00–14:00"."""
    begin = day(times.local_date(starts_at, zone))
    return f"{begin} {text.clock(starts_at, zone)}–{text.clock(ends_at, zone)}"


def told(turn: Turn, name: str, zone: tzinfo) -> str:
    """A turn in one line."""
    return f"{name}, {when(turn.starts_at, turn.ends_at, zone)}, {duty(turn.duty)}"


def wrong(flag: Flag) -> str:
    """One word for it, in a turn's own box."""
    if flag.wrong == "absent":
        return translate("roster", "away!")
    return translate("roster", "twice!")


def sentence(flag: Flag, name: Callable[[bytes], str], zone: tzinfo) -> str:
    """What is wrong, as a sentence."""
    span_ = when(flag.starts_at, flag.ends_at, zone)
    who = name(flag.analyst_id) if flag.analyst_id is not None else ""
    if flag.wrong == "absent":
        return translate("roster", "{name} is away on {when}").format(name=who, when=span_)
    if flag.wrong == "overlap":
        return translate("roster", "{name} has two turns at once on {when}").format(name=who, when=span_)
    return translate("roster", "The hotline has no duty lead on {when}").format(when=span_)


def shortage(one: Shortage, zone: tzinfo) -> str:
    """Too few on the hotline, as a sentence."""
    words = translate("roster", "Too few on the hotline on {when}: {missing} missing, {calls} calls in a half hour")
    return words.format(
        missing=one.missing, when=when(one.starts_at, one.ends_at, zone), calls=text.decimal(one.calls)
    )  # fmt: skip


def need(one: Need, zone: tzinfo) -> str:
    """One half hour of the plan, in full."""
    head = f"{day(times.local_date(one.starts_at, zone))} {text.clock(one.starts_at, zone)}"
    if one.calls is None:
        words = translate("roster", "{when}: {rostered} planned; no calls were counted in this half hour")
        return words.format(when=head, rostered=one.rostered)
    words = translate("roster", "{when}: {calls} calls expected, {needed} needed, {rostered} planned")
    said = words.format(when=head, calls=text.decimal(one.calls), needed=one.needed, rostered=one.rostered)
    if one.short:
        said += translate("roster", ", {missing} missing").format(missing=one.short)
    if one.level is not None and one.rostered:
        share = f"{one.level:.0%}"
        said += translate("roster", "; {share} answered in time").format(share=share)
    return said
