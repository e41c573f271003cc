"""The colours, in one place: the stylesheet, the contrast test and (later) e-mails read them from here.

Values from the design (light and dark); `high` is black and white with the same meanings. A pair that is too close fails
the tests: text 7:1 (WCAG 1.4.6), parts of controls 3:1 (1.4.11). `sheet` is white always: what a logo was drawn for.
"""

TONE_HUES = ("clay", "moss", "slate", "plum", "ochre", "fern", "rose", "lake")

LIGHT = {
    "paper": "#FBF7F0",
    "surface": "#FFFFFF",
    "sheet": "#FFFFFF",
    "wall": "#F6EDDF",
    "line": "#D9CFC1",
    "edge": "#7A7062",
    "ink": "#1C2028",
    "quiet": "#474C57",
    "hearth": "#8C2F0B",
    "on-hearth": "#FFFFFF",
    "hearth-deep": "#6E2407",
    "ember": "#8C2F0B",
    "glow": "#FDF0E6",
    "link": "#0A4A66",
    "good": "#1C5230",
    "good-paper": "#E9F4EC",
    "care": "#6B4300",
    "care-paper": "#FCF1D9",
    "danger": "#8A1616",
    "danger-paper": "#FCEBE8",
    "info-paper": "#E8F1F6",
    "focus": "#FFC54D",
    "focus-edge": "#1C2028",
    "clay-paper": "#F6DFD3",
    "clay-ink": "#6B2A10",
    "moss-paper": "#E3E9CF",
    "moss-ink": "#3C4A10",
    "slate-paper": "#DDE4EC",
    "slate-ink": "#25405C",
    "plum-paper": "#ECDFEE",
    "plum-ink": "#57295F",
    "ochre-paper": "#F8E7BF",
    "ochre-ink": "#5C3F00",
    "fern-paper": "#D9ECDD",
    "fern-ink": "#16482A",
    "rose-paper": "#F8DDE2",
    "rose-ink": "#742036",
    "lake-paper": "#D5EAEC",
    "lake-ink": "#0B464D",
}

DARK = {
    "paper": "#16181D",
    "surface": "#1F2229",
    "sheet": "#FFFFFF",
    "wall": "#0F1115",
    "line": "#3B404B",
    "edge": "#8D93A1",
    "ink": "#F4EFE6",
    "quiet": "#C9C4BA",
    "hearth": "#FFB48A",
    "on-hearth": "#2A1206",
    "hearth-deep": "#FFCBAD",
    "ember": "#5A2410",
    "glow": "#3A2419",
    "link": "#9AD4F0",
    "good": "#9ADBB0",
    "good-paper": "#18281D",
    "care": "#F0CB86",
    "care-paper": "#2C2413",
    "danger": "#FFB1A8",
    "danger-paper": "#331B1A",
    "info-paper": "#17252D",
    "focus": "#FFC54D",
    "focus-edge": "#16181D",
    "clay-paper": "#43281B",
    "clay-ink": "#F8D3C0",
    "moss-paper": "#2F361A",
    "moss-ink": "#DDE6B8",
    "slate-paper": "#26323F",
    "slate-ink": "#CFDEEE",
    "plum-paper": "#3A2740",
    "plum-ink": "#EBD3F0",
    "ochre-paper": "#3D3010",
    "ochre-ink": "#F6DD9E",
    "fern-paper": "#1B3524",
    "fern-ink": "#BFE8CC",
    "rose-paper": "#44222B",
    "rose-ink": "#F9CBD5",
    "lake-paper": "#13363A",
    "lake-ink": "#B7E5EA",
}


GROUNDS = ("paper", "surface", "wall", "good-paper", "care-paper", "danger-paper", "info-paper")
INKS = ("line", "edge", "ink", "quiet")

LIGHT_HIGH = {
    **LIGHT,
    **dict.fromkeys(GROUNDS, "#FFFFFF"),
    **dict.fromkeys(INKS, "#000000"),
    "hearth": "#5E1C00",
    "hearth-deep": "#000000",
    "glow": "#FFFFFF",
    "link": "#00304A",
    "good": "#003D18",
    "care": "#4A2E00",
    "danger": "#6B0000",
    "focus-edge": "#000000",
}
DARK_HIGH = {
    **DARK,
    **dict.fromkeys(GROUNDS, "#000000"),
    **dict.fromkeys(INKS, "#FFFFFF"),
    "hearth": "#FFD2B8",
    "on-hearth": "#000000",
    "hearth-deep": "#FFFFFF",
    "glow": "#000000",
    "link": "#C4EAFF",
    "good": "#C3F5D2",
    "care": "#FFE3AC",
    "danger": "#FFD3CE",
    "focus-edge": "#000000",
}


def css() -> str:
    """The colours as custom properties: by the device's wish, and by the person's own choice, which goes first."""
    dark, more = "@media (prefers-color-scheme: dark)", "@media (prefers-contrast: more)"
    both = "@media (prefers-color-scheme: dark) and (prefers-contrast: more)"
    auto, own_dark = ':root:not([data-theme="light"])', ':root[data-theme="dark"]'
    high = '[data-contrast="high"]'
    rules = [
        _rule(":root", LIGHT, "light"),
        f"{dark} {{ {_rule(auto, DARK, 'dark')} }}",
        _rule(own_dark, DARK, "dark"),
        f"{more} {{ {_rule(':root', LIGHT_HIGH, 'light')} {_rule(own_dark, DARK_HIGH, 'dark')} }}",
        f"{both} {{ {_rule(auto, DARK_HIGH, 'dark')} }}",
        _rule(f":root{high}", LIGHT_HIGH, "light"),
        f"{dark} {{ {_rule(auto + high, DARK_HIGH, 'dark')} }}",
        _rule(own_dark + high, DARK_HIGH, "dark"),
    ]
    return "@layer tokens { " + "\n".join(rules) + " }\n"


def _rule(selector: str, colours: dict[str, str], scheme: str) -> str:
    values = " ".join(f"--{name}: {value};" for name, value in colours.items())
    return f"{selector} {{ color-scheme: {scheme}; {values} }}"
