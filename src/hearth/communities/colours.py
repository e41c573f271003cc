"""A community's accent colour: does text on it, and it on paper, reach the contrast of WCAG 2.2, 1.4.6 (7:1)?"""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.core.errors import Invalid
from hearth.ui import tokens

COLOUR = re.compile(r"#[0-9A-F]{6}")
COLOURS = re.compile(r"[0-9a-f]{6}-[0-9a-f]{6}")
PAPER = "#FBF7F0"
PAPER_DARK = "#16181D"
ENOUGH = 7.0
# Each reaches 7:1 on white and on our paper; the names are what people see.
PALETTE = [
    ("#8C2F0B", gettext_lazy("Brick")),
    ("#8A1616", gettext_lazy("Cherry")),
    ("#742036", gettext_lazy("Rose")),
    ("#57295F", gettext_lazy("Plum")),
    ("#25405C", gettext_lazy("Evening blue")),
    ("#0A4A66", gettext_lazy("Lake")),
    ("#1C5230", gettext_lazy("Forest")),
    ("#5C3F00", gettext_lazy("Bark")),
]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def require_contrast(*, accent: str, accent_dark: str) -> None:
    """Raise Invalid unless both accents can be read on their paper, and white text on the light one."""
    if min(contrast(accent, PAPER), contrast(accent, "#FFFFFF")) < ENOUGH:
        raise Invalid(_("This colour is too light to read. Choose a darker one."))
    if contrast(accent_dark, PAPER_DARK) < ENOUGH:
        raise Invalid(_("The colour for dark pages is too dark to read. Choose a lighter one."))


def lighter_for_dark(accent: str) -> str:
    """Return the accent mixed with white until it can be read on dark paper."""
    parts = [int(accent[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(0, 101, 2):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 100):02X}" for part in parts)
        if contrast(mixed, PAPER_DARK) >= ENOUGH + 0.5:
            return mixed
    return "#FFFFFF"


def darker_until_readable(accent: str) -> str:
    """Return the accent mixed with black until it can be read on light paper."""
    parts = [int(accent[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(0, 101, 2):
        mixed = "#" + "".join(f"{round(part * (100 - step) / 100):02X}" for part in parts)
        if min(contrast(mixed, PAPER), contrast(mixed, "#FFFFFF")) >= ENOUGH:
            return mixed
    return "#000000"


def in_words(accent: str) -> str:
    """Say how well text in this colour can be read on light paper, with the figure that stands behind it."""
    found = min(contrast(accent, PAPER), contrast(accent, "#FFFFFF"))
    figures = {"found": number_format(found, 1), "enough": f"{ENOUGH:.0f}"}
    if found >= ENOUGH:
        return _("This colour reads well: %(found)s to 1. At least %(enough)s to 1 is needed.") % figures
    return (
        _("This colour is too light to read: %(found)s to 1. At least %(enough)s to 1 is needed.") % figures
    )


def preview_stylesheet(light: str, dark: str) -> str:
    """Return the CSS that shows a piece of a page by day (`.face-light`) and by night (`.face-dark`), whatever is set.

    With it comes a tint for each colour on offer (`.tint-8c2f0b`).
    """
    by_day = {**tokens.LIGHT, "hearth": light, "hearth-deep": light, "on-hearth": "#FFFFFF"}
    by_night = {**tokens.DARK, "hearth": dark, "hearth-deep": dark, "on-hearth": PAPER_DARK}
    tints = "".join(f".tint-{colour[1:].lower()}{{background:{colour}}}" for colour, _name in PALETTE)
    return _scheme(".face-light", by_day, "light") + _scheme(".face-dark", by_night, "dark") + tints


def _scheme(selector: str, colours: dict[str, str], scheme: str) -> str:
    values = ";".join(f"--{name}:{value}" for name, value in colours.items())
    return f"{selector}{{color-scheme:{scheme};{values}}}"


def stylesheet(light: str, dark: str) -> str:
    """Return the CSS that puts a community's accents in place of ours (tokens `--hearth…`, see `ui/tokens.py`).

    It stands outside the layers and so goes before them; who asked for more contrast keeps the strongest colours.
    """
    calm = ':not([data-contrast="high"])'
    by_day = f"--hearth:{light};--hearth-deep:{light};--on-hearth:#FFFFFF"
    by_night = f"--hearth:{dark};--hearth-deep:{dark};--on-hearth:{PAPER_DARK}"
    return (
        "@media (prefers-contrast:no-preference){"
        f":root{calm}{{{by_day}}}"
        f':root[data-theme="dark"]{calm}{{{by_night}}}'
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){calm}{{{by_night}}}}}'
        "}"
    )
