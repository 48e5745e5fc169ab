"""The gate: text from outside becomes text that is safe to show. Nothing else reaches the screen or a report.

Whatever the networks send is assumed to be written against us (hostile-input rules, section 1). What could move
the cursor, rename the window, fill the clipboard, turn the reading direction or hide words becomes a visible mark
or goes; what people really write in any script stays. The raw text stays in the store.
"""

import re
from typing import NewType
from unicodedata import combining
from urllib.parse import urlsplit, urlunsplit

SafeText = NewType("SafeText", str)
"""Text that passed the gate. Widgets take this, never a plain `str` from outside."""

MARK = "·"
"""Stands where something was taken out."""
MOST_COMBINING = 8
LONGEST_LINE = 4_000

_ESCAPES = re.compile(
    r"""
    (?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?                       # CSI
    | (?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])               # OSC, DCS, SOS, PM, APC: up to ST, BEL, or a line's end
      [^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?
    | \x1b[ -/]*[0-~]?                                      # two-character escapes
    """,
    re.VERBOSE,
)
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31-\u0e3a"
    "\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff"
    "\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e00ff]+"
)
_JOINERS = re.compile("(.?)([\u200c\u200d])(.?)", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_JOINED = re.compile("\u200d[^\\s\u200d]+|[\U0001f3fb-\U0001f3ff]")
_BLANKS = re.compile(r"[\t\n ]+")


def plain(text: str) -> SafeText:
    """Text of several lines, safe to show. Calling it twice changes nothing."""
    if _SUSPECT.search(text) is not None:
        text = _clean(text)
    if len(text) > LONGEST_LINE:
        text = "\n".join(_short(line) for line in text.split("\n"))
    return SafeText(text)


def one_line(text: str) -> SafeText:
    """Text for a row: line breaks and tabs are one blank, joined emoji only the first, no variation selectors."""
    if _SUSPECT.search(text) is not None:
        text = _VARIATION.sub("", _JOINED.sub("", _clean(text)))
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return SafeText(_short(text.strip()))


def safe_url(url: str | None) -> SafeText | None:
    """An http(s) address with its host in punycode, or None: nothing else is shown as a link or opened."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return one_line(
        urlunsplit((parts.scheme, host + port, parts.path, parts.query, parts.fragment)).replace(" ", "%20")
    )


def _clean(text: str) -> str:
    text = _SURROGATES.sub("\ufffd", text)
    text = _ESCAPES.sub(MARK, text)
    text = _BREAKS.sub("\n", text)
    text = _HIDDEN.sub(MARK, text)
    text = _JOINERS.sub(_joiner, text)
    return _uncrowded(text)


def _joiner(found: re.Match[str]) -> str:
    """A joiner stays inside emoji (ZWJ) and between letters of scripts that need it; elsewhere it hides things."""
    before, joiner, after = found.groups()
    needs = before > "\u0590" and after > "\u0590"
    return f"{before}{joiner if needs else ''}{after}"


def _uncrowded(text: str) -> str:
    """At most eight combining marks on a base; none where there is no base."""
    kept: list[str] = []
    marks = 0
    for character in text:
        if combining(character) or "\u0300" <= character <= "\u036f":
            marks += 1
            if marks > MOST_COMBINING or not kept or kept[-1] == "\n":
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
