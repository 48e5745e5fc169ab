"""How long a text is on a network, by that network's own rule, and in how many parts it would go out. Pure.

A text may also go to a place inside (`staff`, `press`): our own people, or journalists one by one. That is no word in
public: it ends no silence, and it has no link.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias
from unicodedata import combining, normalize

from msgspec import Struct

from .sentence import Param, say
from .text import one_line

STAFF = "staff"
INTERNAL = frozenset({STAFF, "press"})
"""Places that are no public word."""
NAMES: Mapping[str, Param] = {
    "x": "X",
    "web": "Web",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "instagram": "IG",
    "facebook": "Facebook",
    "linkedin": "LinkedIn",
    "threads": "Threads",
    "telegram": "Telegram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    STAFF: say("Our own people"),
    "press": say("Press"),
}
"""Where statements go out, as people write it."""


def network_name(network: str) -> Param:
    """A network as people write it."""
    return NAMES.get(network) or one_line(network)


def network_names(networks: Sequence[str]) -> Param:
    """Several of them, in one parameter."""
    names = [network_name(network) for network in networks]
    listed = names[-1] if names else ""
    for name in reversed(names[:-1]):
        listed = say("{first}, {rest}", first=name, rest=listed)
    return listed


def reaches_public(networks: Collection[str]) -> bool:
    """Whether anybody outside can read what goes out there."""
    return any(network not in INTERNAL for network in networks)


class Limit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One network's rule with its source and the month it was read.

    `url` is what any link counts; with `bare_urls` also one without "https://". With `short_mentions`,
    "@name@server.example" counts as "@name". `bytes` is a second limit, on the text in UTF-8.
    """

    limit: int
    count: Literal["characters", "graphemes", "weighted"] = "characters"
    bytes: int | None = None
    url: int | None = None
    bare_urls: bool = False
    short_mentions: bool = False
    thread: bool = False
    source: str = ""
    date: str = ""


Limits: TypeAlias = Mapping[str, Limit]
"""Network → its rule. A network that is not there has no limit (a web page)."""


class Length(Struct, frozen=True, kw_only=True):
    """`used` of `limit`, in the network's own units; `parts` a thread would have; `fits` whether it can go out."""

    used: int
    limit: int | None
    parts: int
    fits: bool


_URL = re.compile(r"https?://\S+")
_BARE_URL = re.compile(
    r"https?://\S+|(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{0,61}\.){1,5}"
    r"(?:com|org|net|info|eu|es|cat|gal|pt|fr|de|it|nl|ie|uk|ca|mx|ar|cl|pe|io|app|dev|news)\b(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""Also the addresses without a scheme, of common endings: a network that shortens links shortens these too."""
_REMOTE = re.compile(r"(?<![\w@])(@\w{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_ONE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh one on X; all others weigh two (X developer documentation, Counting characters)."""
NUMBERING = 6
"""What the number of a thread's part takes ("12/14 "); a thread of more than 99 parts takes more."""


def length(text: str, network: str, limits: Limits) -> Length:
    """How a text fits a network. A network without a rule, such as a web page, takes any length."""
    rule = limits.get(network)
    if rule is None:
        return Length(used=len(text), limit=None, parts=1, fits=True)
    used = measure(text, rule)
    if _fits(text, rule, rule.limit, rule.bytes):
        return Length(used=used, limit=rule.limit, parts=1, fits=True)
    if not rule.thread:
        return Length(used=used, limit=rule.limit, parts=1, fits=False)
    pieces, room = _pieces(text, rule)
    octets = None if rule.bytes is None else rule.bytes - room
    fits = all(_fits(piece, rule, rule.limit - room, octets) for piece in pieces)
    return Length(used=used, limit=rule.limit, parts=len(pieces), fits=fits)


def parts_of(text: str, network: str, limits: Limits) -> tuple[str, ...]:
    """The text as it goes out there: whole where it fits or no thread can carry it, else its parts, each numbered."""
    rule = limits.get(network)
    if rule is None or not rule.thread or _fits(text, rule, rule.limit, rule.bytes):
        return (text,)
    pieces, _ = _pieces(text, rule)
    return tuple(f"{place}/{len(pieces)} {piece}" for place, piece in enumerate(pieces, 1))


def _pieces(text: str, rule: Limit) -> tuple[list[str], int]:
    """The parts of a thread without their numbers, and the room that is left in each for its number."""
    room = NUMBERING
    pieces = list(split(text, rule))
    while (needed := len(f"{len(pieces)}/{len(pieces)} ")) > room:
        room = needed
        pieces = list(split(text, rule, room))
    return pieces, room


def measure(text: str, rule: Limit) -> int:
    """The length of a text in a network's own units."""
    extra = 0
    if rule.url is not None and ("." in text or ":" in text):  # no link has neither: most words are plain
        text, links = (_BARE_URL if rule.bare_urls else _URL).subn("", text)
        extra = links * rule.url
    if rule.short_mentions and "@" in text:
        text = _REMOTE.sub(r"\1", text)
    if text.isascii() or rule.count == "characters":
        return extra + len(text)
    if rule.count == "graphemes":
        return extra + sum(1 for _ in graphemes(text))
    return extra + sum(map(_weight, graphemes(normalize("NFC", text))))


def split(text: str, rule: Limit, numbering: int = NUMBERING) -> Iterator[str]:
    """The parts of a thread, cut between words, with room left for the number of each.

    A word that is longer than a part is a part of its own, which then does not fit: nobody cuts a link in two.
    """
    room, bytes_left = rule.limit - numbering, None if rule.bytes is None else rule.bytes - numbering
    part, used, weight = "", 0, 0
    for word, bare, is_plain in _words(text):
        size = len(bare) if is_plain else measure(bare, rule)
        octets = 0 if bytes_left is None else _octets(word)
        if part and (used + size > room or (bytes_left is not None and weight + octets > bytes_left)):
            yield part.rstrip()
            part, used, weight = "", 0, 0
        part += word
        used += size + len(word) - len(bare)
        weight += octets
    if part.strip():
        yield part.rstrip()


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[tuple[str, str, bool], ...]:
    """Each word with the blanks after it, without them, and whether any network counts its letters one by one: no link
    and no name. Kept for the networks of one text."""
    words = []
    for word in re.findall(r"\S+\s*", text):
        bare = word.rstrip()
        words.append((word, bare, bare.isascii() and "." not in bare and ":" not in bare and "@" not in bare))
    return tuple(words)


def _fits(text: str, rule: Limit, limit: int, octets: int | None) -> bool:
    return measure(text, rule) <= limit and (octets is None or _octets(text) <= octets)


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> Iterator[str]:
    """What a reader takes for one sign: a base with its marks, a joined emoji, a flag."""
    cluster = ""
    for character in text:
        if cluster and (
            combining(character)
            or character in "\u200d\ufe0e\ufe0f\u20e3"
            or "\U0001f3fb" <= character <= "\U0001f3ff"
            or cluster.endswith("\u200d")
            or (_is_flag(character) and len(cluster) == 1 and _is_flag(cluster))
            or (cluster == "\r" and character == "\n")
        ):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _weight(cluster: str) -> int:
    """On X: an emoji weighs two, however it is composed; anything else is the sum of its code points."""
    if len(cluster) > 1 and any(character >= "\U0001f000" or character in "\ufe0f\u20e3" for character in cluster):
        return 2
    return sum(1 if any(low <= ord(character) <= high for low, high in _ONE) else 2 for character in cluster)
