"""--ascii: every sign of the console as one plain character of the same width, for terminals that have no others.

It is the last thing that happens to a line, so nothing else has to know of it. Letters with accents stay: they are the
words of people.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

GLYPHS = {
    "●": "*", "○": "o", "◉": "@", "◐": "%", "◌": ".", "◆": "#", "◇": "<", "◎": "O", "▲": "^", "▼": "v", "△": "^",
    "▽": "v", "▶": ">", "▸": ">", "▾": "v", "◀": "<", "✓": "v", "✕": "x", "✎": "~", "¶": "P", "★": "*", "·": ".",
    "•": "*", "−": "-", "━": "=", "╌": "-", "═": "=", "┈": ".", "▌": ">", "▐": "|", "▞": "/", "❚": "|", "■": "#",
    "□": "-", "→": ">", "←": "<", "↑": "^", "↓": "v", "↳": ">", "×": "x", "…": "~", "–": "-", "—": "-", "“": '"',
    "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "°": "o", "≥": ">", "≤": "<", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
"""Sign → what stands for it. The words beside a sign say the same, so two may share a character."""
BLOCKS = {"▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "█": "#", "▔": "-", "▀": "-", "░": ".",
          "▒": ":", "▓": "#", "▏": "|", "▎": "|", "▍": "|", "▋": "|", "▊": "|", "▉": "|", "▖": ".", "▗": ".", "▘": "'",
          "▝": "'", "▙": "#", "▟": "#", "▛": "#", "▜": "#", "▚": "/"}  # fmt: skip
ACROSS, DOWN = "─━╌╍┄┅┈┉═╴╶╸╺╼╾", "│┃╎╏┆┇┊┋║╵╷╹╻╽╿"


def _corners() -> dict[str, str]:
    """Box drawing (U+2500 to U+257F): lines, and a plus wherever two meet."""
    return {
        chr(code): "-" if chr(code) in ACROSS else "|" if chr(code) in DOWN else "+" for code in range(0x2500, 0x2580)
    }


TABLE = str.maketrans({**_corners(), **BLOCKS, **GLYPHS})


class PlainSigns(LineFilter):
    """Changes the characters of a line and nothing of its width or its colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text.translate(TABLE), style, control) for text, style, control in segments]
