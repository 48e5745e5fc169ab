"""The gate: text from outside becomes text that is safe to show. Nothing else reaches the screen or a report.

Whatever the networks send is assumed to be written against us (hostile-input rules, section 1). What could move
the cursor, rename the window, fill the clipboard, turn the reading direction or hide words becomes a visible mark;
what people really write in any script stays. The raw text stays in the store.
"""

import re
from collections.abc import Iterator
from typing import NewType
from unicodedata import category, east_asian_width
from urllib.parse import quote, urlsplit, urlunsplit

SafeText = NewType("SafeText", str)
"""Text that passed the gate. Widgets take this, never a plain `str` from outside."""

MARK = "·"
"""Stands where something was taken out: one cell, and one of the screen's own glyphs."""
MOST_COMBINING = 8
"""Characters without a width of their own that one base may carry."""
LONGEST_LINE = 4_000
"""Cells of a line; the rest is cut and an ellipsis says so."""
LONGEST_PARAGRAPH = 2_000
"""Characters of a line in an editor."""
LONGEST_URL = 2_000

# Characters that stand upright in a cell or two and do nothing else. Whoever is not on this list is looked at one by
# one, so a character that Unicode adds next year is looked at too.
_UPRIGHT = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff"
    "\u2010-\u2027\u202f-\u205e\u20a0-\u20cf\u2100-\u2bff"
    "\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f"
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
_ORDINARY = re.compile(f"[\\t\\n{_UPRIGHT}]*+")

_ESCAPES = re.compile(
    r"""
    (?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?                                   # CSI
    | \x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?               # OSC, DCS, SOS, PM, APC, to the line's end
    | [\x9d\x90\x98\x9e\x9f][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)      # the same in one byte, only when it is closed:
                                                                        # alone it is a ž or Ÿ somebody decoded wrongly
    | \x1b[ -/]*[0-~]?                                                  # ESC and what it acts on
    """,
    re.VERBOSE,
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]+"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SOFT_HYPHENS = re.compile("\u00ad")
"""Where a word may be divided: typesetting, in most articles of the press. It goes without a mark."""

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_VARIATIONS = "\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f"
_TONES = "\U0001f3fb-\U0001f3ff"
_JOINING_SCRIPTS = "\u0600-\u1cff\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic, the scripts of India and their neighbours: here the joiners are spelling."""
_JOINERS = re.compile(
    f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    f"|(?<=[{_JOINING_SCRIPTS}])[\u200c\u200d](?=[{_JOINING_SCRIPTS}])"
    "|(?P<loose>[\u200c\u200d])"
)
_REDUCED = re.compile(f"(?<=[{_EMOJI}\ufe0f])\u200d[{_EMOJI}]|[{_VARIATIONS}{_TONES}]")
"""What a row leaves out of an emoji: the second and further joined ones, variations, tones of skin."""
_BLANKS = re.compile(r"[\t\n ]+")
_NOT_IN_URL = re.compile(f'[^!-~{_UPRIGHT}]|[\\s"<>\\\\^`{{|}}\u00a0-\u00ac]')
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")


def plain(text: str) -> SafeText:
    """Text of several lines, safe to show. Tabs stay. Calling it twice changes nothing."""
    if _ORDINARY.fullmatch(text) is None:
        text = _clean(text)
    if len(text) > LONGEST_LINE // 8:
        text = "\n".join(_short(line) for line in text.split("\n"))
    return SafeText(text)


def harmless(text: str) -> SafeText:
    """Text that somebody goes on writing: what could do harm is marked as in `plain`, and nothing is cut off.

    A paragraph that no reader would take in one breath goes on in a new line, at a blank where there is one: an editor
    lays a line out whole with every key. Calling it twice changes nothing.
    """
    if _ORDINARY.fullmatch(text) is None:
        text = _clean(text)
    if len(text) > LONGEST_PARAGRAPH:
        text = "\n".join(part for line in text.split("\n") for part in _paragraphs(line))
    return SafeText(text)


def _paragraphs(line: str) -> Iterator[str]:
    while len(line) > LONGEST_PARAGRAPH:
        at = line.rfind(" ", 1, LONGEST_PARAGRAPH + 1)
        yield line[: at if at > 0 else LONGEST_PARAGRAPH]
        line = line[at + 1 if at > 0 else LONGEST_PARAGRAPH :]
    yield line


def one_line(text: str) -> SafeText:
    """Text for a row: line breaks and tabs are one blank, joined emoji only the first, no variation selectors."""
    if _ORDINARY.fullmatch(text) is None:
        text = _uncrowded(_REDUCED.sub("", _clean(text)))
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return SafeText(_short(text.strip()))


def safe_url(url: str | None) -> SafeText | None:
    """An http(s) address with its host in punycode, or None: nothing else is shown as a link or opened.

    A user name in front of the host goes: it is there to look like another host. What the gate would mark is
    percent-encoded instead, so that the address still leads where it led.
    """
    if not url or len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or _HOST.fullmatch(host) is None:
        return None
    netloc = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    path, query, fragment = (_NOT_IN_URL.sub(_encoded, part) for part in (parts.path, parts.query, parts.fragment))
    return one_line(urlunsplit((parts.scheme, netloc, path, query, fragment)))


def _encoded(found: re.Match[str]) -> str:
    return quote(found.group(), safe="", errors="replace")


def _clean(text: str) -> str:
    text = _SURROGATES.sub("\ufffd", text)
    text = _ESCAPES.sub(MARK, text)
    text = _BREAKS.sub("\n", text)
    text = _SOFT_HYPHENS.sub("", _HIDDEN.sub(MARK, text))
    return _JOINERS.sub(_joiner, _uncrowded(text))


def _joiner(found: re.Match[str]) -> str:
    """A joiner stays inside emoji (ZWJ) and between letters of scripts that need it; elsewhere it hides things."""
    return MARK if found.group("loose") else found.group()


def _uncrowded(text: str) -> str:
    """At most eight characters without a width on a base; none where there is no base."""
    kept: list[str] = []
    carried = MOST_COMBINING
    for character in text:
        if character >= "\u0300" and (character in "\u200c\u200d" or category(character) in ("Mn", "Me")):
            carried += 1
            if carried > MOST_COMBINING:
                continue
        else:
            carried = MOST_COMBINING if character.isspace() else 0
        kept.append(character)
    return "".join(kept)


def _short(line: str) -> str:
    """A line of at most `LONGEST_LINE` cells; a wide character counts two, a tab eight."""
    if len(line) * 2 + line.count("\t") * 6 <= LONGEST_LINE:
        return line
    cells, fits = 0, 0
    for place, character in enumerate(line):
        cells += 8 if character == "\t" else 2 if east_asian_width(character) in "WF" else 1
        if cells < LONGEST_LINE:
            fits = place + 1
        elif cells > LONGEST_LINE:
            return line[:fits] + "…"
    return line
