"""The colours can be read and told apart, also by those who see fewer of them (console design, section 6)."""

from itertools import combinations
from math import dist

import pytest
from rich.color import Color as Rich
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from warroom.ui.theme import CONTRAST, DARK, LIGHT, READABLE, THEMES, as_seen, contrast, defaults, readable

ROLES = ("primary", "warning", "error", "success", "accent")
SEGMENTS = ("love", "like", "dislike", "hate")

# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
SIGHTS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ_D65 = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def times(matrix: tuple[tuple[float, ...], ...], values: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix]


def lab(color: Color, sight: str) -> list[float]:
    """CIE L*a*b* of a colour as this sight sees it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    seen = [min(1.0, max(0.0, part)) for part in times(SIGHTS[sight], linear)]
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in times(TO_XYZ_D65, seen)
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def closest_pair(theme: Theme) -> float:
    """The least ΔE76 between two segments over the four kinds of sight."""
    pairs = [
        (lab(colour(theme, one), sight), lab(colour(theme, other), sight))
        for sight in SIGHTS
        for one, other in combinations(SEGMENTS, 2)
    ]
    return min(dist(one, other) for one, other in pairs)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_all_three_grounds(theme: Theme) -> None:
    least = 7.0 if theme is CONTRAST else READABLE
    for ground in ("background", "surface", "panel"):
        for ink in ("foreground", "muted", "neutral", *ROLES, *SEGMENTS):
            assert contrast(colour(theme, ink), colour(theme, ground)) >= least, f"{ink} on {ground}"


def by_number(hex: str) -> Color:
    """The colour that a terminal of 256 shows instead."""
    return Color.parse(Rich.parse(hex).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_everything_can_be_read_on_a_terminal_of_256_colours(theme: Theme) -> None:
    seen = as_seen(theme, "256")
    brought = {**seen.to_color_system().generate(), **defaults(theme.name, "256"), **seen.variables}
    for ground in ("background", "surface", "panel", "selected"):
        for ink in ("foreground", "muted", "neutral", *ROLES, *SEGMENTS):
            found = contrast(by_number(brought[ink]), by_number(brought[ground]))
            assert found >= READABLE, f"{ink} on {ground}: {found:.2f}"
    for ink in (key for key in brought if key.startswith("row-")):
        found = contrast(by_number(brought[ink]), by_number(brought["selected-row"]))
        assert found >= READABLE, f"{ink}: {found:.2f}"
    grounds = [by_number(brought[ground]) for ground in ("surface", "panel", "selected")]
    assert len(set(grounds)) == 3, "what is selected looks like nothing else"
    assert as_seen(theme, "truecolor") == theme


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_selected_row_and_a_focused_field_can_be_read(theme: Theme) -> None:
    assert contrast(colour(theme, "selected-row-text"), colour(theme, "selected-row")) >= 7.0
    assert contrast(colour(theme, "foreground"), colour(theme, "selected")) >= READABLE


@pytest.mark.parametrize(
    ("theme", "least"), [(DARK, 28), (LIGHT, 25), (CONTRAST, 25)], ids=lambda v: getattr(v, "name", v)
)
def test_two_segments_are_told_apart_by_every_kind_of_sight(theme: Theme, least: int) -> None:
    assert round(closest_pair(theme)) >= least


def test_contrast_is_measured_as_in_the_guidelines() -> None:
    assert contrast(Color.parse("#fff"), Color.parse("#000")) == pytest.approx(21)
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


def test_the_colours_are_those_of_the_design() -> None:
    roles = ("background", "surface", "panel", "foreground", "muted", "lines", *ROLES, "selected", *SEGMENTS)
    assert " ".join(colour(DARK, role).hex for role in roles) == (
        "#0E131A #141B24 #1D2733 #DDE4EC #93A1B0 #33424F #5CB3F0 #F2B84B #FF8A5C #3CC9A0 #B59CF0 #1F3A55"
        " #4FA8F0 #C3E4FF #FFD3A8 #FF7F50"
    )
    assert " ".join(colour(LIGHT, role).hex for role in roles) == (
        "#F6F4EF #FFFFFF #E9E6DE #1B2530 #55606B #C4BFB3 #005E9E #8A5200 #A83A00 #006B4F #6A3FB5 #CFE3F5"
        " #001F47 #23669F #965010 #520F00"
    )


FOREIGN = [name for name, theme in BUILTIN_THEMES.items() if Color.parse(theme.background or "#000").ansi is None]


@pytest.mark.parametrize("name", FOREIGN)
def test_segments_can_be_read_in_every_theme_of_the_toolkit(name: str) -> None:
    brought = {**BUILTIN_THEMES[name].to_color_system().generate(), **defaults(name)}
    for ground in ("background", "surface", "panel"):
        for ink in ("muted", "neutral", *SEGMENTS):
            assert contrast(Color.parse(brought[ink]), Color.parse(brought[ground])) >= READABLE, f"{ink} on {ground}"
    assert len({brought[segment] for segment in SEGMENTS}) == 4


def test_every_theme_brings_every_variable() -> None:
    assert all(theme.variables.keys() == DARK.variables.keys() for theme in THEMES)
    assert all(defaults(name).keys() >= DARK.variables.keys() for name in BUILTIN_THEMES)


@pytest.mark.parametrize("name", [*FOREIGN, *(theme.name for theme in THEMES)])
def test_everything_can_be_read_on_the_selected_row(name: str) -> None:
    own = next((theme for theme in THEMES if theme.name == name), None)
    brought = {**defaults(name), **(own.variables if own is not None else {})}
    ground = Color.parse(brought["selected-row"])
    inks = {key: Color.parse(value) for key, value in brought.items() if key.startswith("row-")}
    assert len(inks) == 13
    assert {key for key, ink in inks.items() if contrast(ink, ground) < READABLE} == set()
    assert inks["row-muted"] == inks["row-foreground"]


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    hate = Color.parse("#FF7F50")
    assert readable(hate, [Color.parse("#141B24")]) == hate
    assert readable(hate, [Color.parse("#FFFFFF")]) != hate
