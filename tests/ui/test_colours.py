"""Every pair of colours that stands on one another is far enough apart, in light, dark and strong contrast."""

import pytest

from hearth.ui import tokens

SCHEMES = {
    "light": tokens.LIGHT,
    "dark": tokens.DARK,
    "light high": tokens.LIGHT_HIGH,
    "dark high": tokens.DARK_HIGH,
}
GROUNDS = ("paper", "surface", "wall")
# 7:1 for all text (WCAG 1.4.6), also where large text would need less.
TEXT = [(ink, ground) for ink in ("ink", "quiet", "hearth", "link") for ground in GROUNDS]
TEXT += [(ink, f"{ink}-paper") for ink in ("good", "care", "danger")]
TEXT += [("ink", f"{kind}-paper") for kind in ("good", "care", "danger", "info")]
TEXT += [(ink, ground) for ink in ("danger", "good", "care") for ground in ("paper", "surface")]
TEXT += [
    ("ink", "glow"),
    ("quiet", "glow"),
    ("hearth", "glow"),
    ("on-hearth", "hearth"),
    ("on-hearth", "hearth-deep"),
]
TEXT += [("link", f"{kind}-paper") for kind in ("good", "care", "danger", "info")]
TEXT += [(f"{hue}-ink", f"{hue}-paper") for hue in tokens.TONE_HUES]
# 3:1 for what shows where a control is (WCAG 1.4.11) and where the focus is (2.4.13).
PARTS = [("edge", ground) for ground in GROUNDS] + [("hearth", ground) for ground in (*GROUNDS, "glow")]
PARTS += [("focus", "focus-edge")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#00703C", "#FFFFFF") == pytest.approx(6.2, abs=0.1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_seven_to_one(scheme: str) -> None:
    colours = SCHEMES[scheme]
    close = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in close.items() if ratio < 7} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_of_controls_are_three_to_one(scheme: str) -> None:
    colours = SCHEMES[scheme]
    close = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PARTS}
    assert {pair: ratio for pair, ratio in close.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_ring_is_seen_on_every_ground(scheme: str) -> None:
    colours = SCHEMES[scheme]
    for ground in GROUNDS:
        assert max(contrast(colours[ring], colours[ground]) for ring in ("focus", "focus-edge")) >= 3


def test_all_schemes_name_the_same_colours() -> None:
    assert {frozenset(colours) for colours in SCHEMES.values()} == {frozenset(tokens.LIGHT)}
