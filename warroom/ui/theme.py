"""The colours of the console (design, section 6). Role and segment colours are theme variables, so that Textual's own
themes stay selectable: they bring the roles, and the defaults here bring the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

READABLE = 4.5
"""The least contrast of text against what is behind it (WCAG 2.2, 1.4.3)."""
GROUNDS = ("background", "surface", "panel")
INKS = ("muted", "neutral", "love", "like", "dislike", "hate")
ON_THE_ROW = ("primary", "warning", "error", "success", "accent", "love", "like", "dislike", "hate")
STEPS = 20

DARK = Theme(
    name="warroom-dark",
    primary="#5CB3F0",
    secondary="#5CB3F0",
    warning="#F2B84B",
    error="#FF8A5C",
    success="#3CC9A0",
    accent="#B59CF0",
    foreground="#DDE4EC",
    background="#0E131A",
    surface="#141B24",
    panel="#1D2733",
    dark=True,
    variables={
        "muted": "#93A1B0",
        "lines": "#33424F",
        "selected": "#1F3A55",
        "block-cursor-blurred-background": "#1F3A55",
        "selected-row": "#1F3A55",
        "selected-row-text": "#DDE4EC",
        "love": "#4FA8F0",
        "like": "#C3E4FF",
        "neutral": "#93A1B0",
        "dislike": "#FFD3A8",
        "hate": "#FF7F50",
    },
)

LIGHT = Theme(
    name="warroom-light",
    primary="#005E9E",
    secondary="#005E9E",
    warning="#8A5200",
    error="#A83A00",
    success="#006B4F",
    accent="#6A3FB5",
    foreground="#1B2530",
    background="#F6F4EF",
    surface="#FFFFFF",
    panel="#E9E6DE",
    dark=False,
    variables={
        "muted": "#55606B",
        "lines": "#C4BFB3",
        "selected": "#CFE3F5",
        "block-cursor-blurred-background": "#CFE3F5",
        "selected-row": "#CFE3F5",
        "selected-row-text": "#1B2530",
        "love": "#001F47",
        "like": "#23669F",
        "neutral": "#55606B",
        "dislike": "#965010",
        "hate": "#520F00",
    },
)

CONTRAST = Theme(
    name="warroom-contrast",
    primary="#6CB8F5",
    secondary="#6CB8F5",
    warning="#FFC857",
    error="#FF9468",
    success="#4FE0B5",
    accent="#CDB9FF",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    dark=True,
    variables={
        "muted": "#D0D0D0",
        "lines": "#8C8C8C",
        "selected": "#00308A",
        "block-cursor-blurred-background": "#00308A",
        "selected-row": "#FFFFFF",
        "selected-row-text": "#000000",
        "love": "#6CB8F5",
        "like": "#D4ECFF",
        "neutral": "#D0D0D0",
        "dislike": "#FFDDBA",
        "hate": "#FF9468",
    },
)
"""White on black; a selected row is reversed."""

THEMES = (DARK, LIGHT, CONTRAST)


FEW = frozenset({"standard", "windows"})
"""What Rich calls terminals with sixteen colours. There a selected row of the dark theme becomes a grey on which red
cannot be read; black on white stays what it is."""


BY_NUMBER: Mapping[str, Mapping[str, str]] = {
    DARK.name: {"panel": "#262626", "selected": "#000087", "selected-row": "#000087"},
    LIGHT.name: {"panel": "#F4F4F4", "error": "#AF0000", "selected": "#D7FFFF", "selected-row": "#D7FFFF"},
    CONTRAST.name: {"selected": "#000087"},
}
"""What a terminal of 256 colours gets in the place of colours whose nearest of those 256 is not dark or light enough:
`#1F3A55` would be the teal 23, on which signs stand out by 3.2 only."""


def as_seen(theme: Theme, colours: str | None) -> Theme:
    """The theme for a terminal that shows so many colours."""
    changed = BY_NUMBER.get(theme.name) if colours == "256" else None
    if changed is None:
        return theme
    panel, error = changed.get("panel", theme.panel), changed.get("error", theme.error)
    chosen = {"block-cursor-blurred-background": changed["selected"]}
    return replace(theme, panel=panel, error=error, variables={**theme.variables, **changed, **chosen})


def best_for(colours: str | None) -> str:
    """The theme where nobody has chosen one, by what the terminal can show."""
    return (CONTRAST if colours in FEW else DARK).name


def theme_names() -> list[str]:
    """What `--theme` may name: the console's own, then Textual's."""
    return [*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES)]


@lru_cache
def defaults(name: str, shown: str | None = None) -> dict[str, str]:
    """What a theme does not bring itself: of Textual's our colours, made lighter or darker until they can be read, and
    of every theme the colours on the selected row. `shown` is how many colours the terminal has."""
    own = next((own for own in THEMES if own.name == name), None)
    theme = as_seen(own, shown) if own is not None else BUILTIN_THEMES.get(name, DARK)
    known = (DARK if theme.dark else LIGHT).variables
    colours = theme.to_color_system().generate()
    grounds = [Color.parse(colours[ground]) for ground in GROUNDS]
    # Of a terminal's own colours (ansi_red) nobody knows what they look like.
    if own is None and all(ground.ansi is None for ground in grounds):
        known = {**known, **{ink: readable(Color.parse(known[ink]), grounds).hex for ink in INKS}}
    return {**known, **on_the_row({**colours, **known, **theme.variables})}


def on_the_row(colours: Mapping[str, str]) -> dict[str, str]:
    """The colours of the selected row, `row-` before their names: nothing on it is muted, and what cannot be read there
    is written as its text is."""
    ground, text = Color.parse(colours["selected-row"]), colours["selected-row-text"]
    shown = {"foreground": text, "muted": text, "lines": text, "neutral": text}
    for role in ON_THE_ROW:
        colour = Color.parse(colours[role])
        shown[role] = colours[role] if colour.ansi is None and contrast(colour, ground) >= READABLE else text
    return {f"row-{role}": colour for role, colour in shown.items()}


def readable(ink: Color, grounds: Sequence[Color]) -> Color:
    """The colour itself, or as much nearer to white or black as it takes on all of these grounds."""
    end = max((Color.parse("white"), Color.parse("black")), key=lambda end: min(contrast(end, one) for one in grounds))
    steps = (ink.blend(end, step / STEPS) for step in range(STEPS + 1))
    return next((one for one in steps if min(contrast(one, ground) for ground in grounds) >= READABLE), end)


def contrast(one: Color, other: Color) -> float:
    """How far apart two colours are in lightness, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
