"""Text of the networks as plain text: HTML becomes lines, controls and turned reading directions go."""

import re

LONGEST = 100_000
"""Characters of one text that are kept."""

_TAGGED = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^>]*>", re.IGNORECASE)
_GAPS = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


def plain(text: str) -> str:
    """Without control characters (line breaks and tabs stay) and without marks that turn the reading direction."""
    if len(text) <= LONGEST and text.isprintable():
        return text  # none of them is printable, and to ask that takes a quarter of the search
    return _CONTROLS.sub("", text[:LONGEST]) if _CONTROLS.search(text) else text[:LONGEST]


def from_html(html: str) -> str:
    """HTML as plain text, a line for each paragraph, break or list item. Text without tags stays as it is."""
    html = html[: LONGEST * 4]
    if not _TAGGED.search(html):
        return plain(html.strip())
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_BREAKS.sub(lambda tag: f"{tag[0]}\n", html))
    for tag in tree.css("script, style, template"):
        tag.decompose()
    text = tree.text(deep=True) if tree.body is None else tree.body.text(deep=True)
    return plain(_GAPS.sub("\n", text.replace("\xa0", " ")).strip())
