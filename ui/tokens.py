"""The few numbers the look is made of, so that no widget invents its own.

Colours come in two sets, light and dark. Ordinary roles (window, text, lines) say where a colour is
used; tones say what it means. A tone never stands alone: whoever uses one shows a word or a shape too.
`tests/ui/test_theme.py` proves WCAG 2.2 contrast for every pair that carries text (4.5) and for lines
that show where a control is (3.0).

Widgets ask `colours(self.palette())` when they paint: the palette says which set is on, so switching
needs no registry and no references to a theme object.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette

GAP_XS = 4
GAP_S = 8
GAP_M = 12
GAP_L = 16
RADIUS_S = 4
RADIUS_M = 6
ICON_S = 16
ICON_M = 20
ICON_L = 40
ROW_HEIGHT_IN_EM = 2.1
"""Height of a list row: dense enough for 25 rows at 1280x720, airy enough to hit."""

SCALE_SMALL = 0.9
SCALE_LARGE = 1.2
SCALE_TITLE = 1.45
"""Text sizes as multiples of the system's text size."""


class Tone(StrEnum):
    """What a colour means."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    DANGER = "danger"
    WARNING = "warning"
    OK = "ok"
    INFO = "info"
    INTERNAL = "internal"
    """Seen by the desk only (an internal note)."""
    REQUESTER = "requester"
    """Goes to the requester (a reply)."""
    STAND_IN = "stand_in"
    """Covering for somebody."""


@dataclass(frozen=True, slots=True)
class ToneColours:
    """`text` reads on `fill`, on the window and on surfaces; `line` edges the fill."""

    text: str
    fill: str
    line: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One complete set, as #rrggbb."""

    name: str
    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    line: str
    control_line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    selection_text: str
    focus: str
    tones: dict[Tone, ToneColours]

    def color(self, role: str) -> QColor:
        """The colour of a role ("muted") or of a tone's text ("danger"). KeyError for neither."""
        for tone, tone_colours in self.tones.items():
            if tone == role:
                return QColor(tone_colours.text)
        if role not in ROLES:
            raise KeyError(role)
        return QColor(str(getattr(self, role)))

    def tone(self, tone: Tone | str) -> ToneColours:
        """Text, fill and line of a tone."""
        return self.tones[Tone(tone)]


LIGHT = Colours(
    name="light",
    window="#F4F5F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#ECEFF4",
    pressed="#E1E5EC",
    line="#DFE3EA",
    control_line="#828B9B",
    text="#1A2230",
    muted="#596475",
    disabled="#98A1AF",
    accent="#2B55C4",
    accent_hover="#2449AB",
    accent_pressed="#1E3D91",
    on_accent="#FFFFFF",
    selection="#DCE6FC",
    selection_text="#14213D",
    focus="#4C78E8",
    tones={
        Tone.NEUTRAL: ToneColours("#4A5566", "#E9ECF1", "#CDD3DC"),
        Tone.ACCENT: ToneColours("#2449AB", "#E1E9FC", "#B7C8F5"),
        Tone.DANGER: ToneColours("#B3211F", "#FDE7E5", "#F3B9B5"),
        Tone.WARNING: ToneColours("#855300", "#FDF1D2", "#EBCF8B"),
        Tone.OK: ToneColours("#1B6B3A", "#E0F4E6", "#AEDCBD"),
        Tone.INFO: ToneColours("#1A5F96", "#E1F0FB", "#B0D4F0"),
        Tone.INTERNAL: ToneColours("#6A3FA0", "#F1EAFB", "#D5C2F0"),
        Tone.REQUESTER: ToneColours("#0B6666", "#DDF3F2", "#A6DAD8"),
        Tone.STAND_IN: ToneColours("#99420A", "#FEE9D8", "#F5C4A0"),
    },
)

DARK = Colours(
    name="dark",
    window="#16191F",
    surface="#1C2027",
    raised="#242932",
    hover="#282E38",
    pressed="#303744",
    line="#2F3641",
    control_line="#707B8C",
    text="#E7EAF0",
    muted="#A0AABA",
    disabled="#667080",
    accent="#3D67D6",
    accent_hover="#466FDC",
    accent_pressed="#3259C2",
    on_accent="#FFFFFF",
    selection="#2A3D6B",
    selection_text="#F2F5FC",
    focus="#7FA2FF",
    tones={
        Tone.NEUTRAL: ToneColours("#BAC3D1", "#2C333E", "#434C5A"),
        Tone.ACCENT: ToneColours("#9DB8FF", "#25345C", "#3D548F"),
        Tone.DANGER: ToneColours("#FF9D97", "#47211F", "#74352F"),
        Tone.WARNING: ToneColours("#F3C665", "#3D3116", "#66521F"),
        Tone.OK: ToneColours("#7FD69C", "#1B3A27", "#2E5F40"),
        Tone.INFO: ToneColours("#84C4F4", "#1A364C", "#2B577A"),
        Tone.INTERNAL: ToneColours("#CBABF7", "#352650", "#563D80"),
        Tone.REQUESTER: ToneColours("#74D2CF", "#163B3B", "#256060"),
        Tone.STAND_IN: ToneColours("#FFB27D", "#472B17", "#744525"),
    },
)

ROLES = frozenset(Colours.__slots__) - {"name", "tones"}


def colours(palette: QPalette) -> Colours:
    """The set a palette belongs to: dark when its window is darker than its text."""
    window = palette.color(QPalette.ColorRole.Window).lightnessF()
    text = palette.color(QPalette.ColorRole.WindowText).lightnessF()
    return DARK if window < text else LIGHT


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours, 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    value = QColor(colour)
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value.redF(), value.greenF(), value.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
