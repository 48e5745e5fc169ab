"""The colours of the console (design, section 6). Role and segment colours are theme variables, so that Textual's own
themes stay selectable: they bring the roles, and the defaults here bring the rest."""

from textual.theme import Theme

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
        "love": "#001F47",
        "like": "#23669F",
        "neutral": "#55606B",
        "dislike": "#965010",
        "hate": "#520F00",
    },
)

THEMES = (DARK, LIGHT)


def defaults(dark: bool) -> dict[str, str]:
    """The variables that a theme of somebody else does not bring."""
    return dict((DARK if dark else LIGHT).variables)
