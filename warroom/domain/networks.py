"""How long a text is on a network, by that network's own rule, and in how many parts it would go out. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias
from unicodedata import combining

from msgspec import Struct


class Limit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One network's rule with its source and the month it was read. `url` is what any link counts."""

    limit: int
    count: Literal["characters", "graphemes", "weighted"] = "characters"
    bytes: int | None = None
    url: int | None = None
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
_ONE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh one on X; all others weigh two (X developer documentation, Counting characters)."""


def length(text: str, network: str, limits: Limits) -> Length:
    """How a text fits a network."""
    rule = limits.get(network)
    if rule is None:
        return Length(used=len(text), limit=None, parts=1, fits=True)
    used = measure(text, rule)
    if used <= rule.limit and (rule.bytes is None or len(text.encode()) <= rule.bytes):
        return Length(used=used, limit=rule.limit, parts=1, fits=True)
    if not rule.thread:
        return Length(used=used, limit=rule.limit, parts=1, fits=False)
    pieces = list(split(text, rule))
    return Length(
        used=used, limit=rule.limit, parts=len(pieces), fits=all(measure(p, rule) <= rule.limit for p in pieces)
    )


def measure(text: str, rule: Limit) -> int:
    """The length of a text in a network's own units."""
    extra = 0
    if rule.url is not None:
        urls = _URL.findall(text)
        extra = len(urls) * rule.url
        text = _URL.sub("", text)
    if rule.count == "graphemes":
        return extra + (len(text) if text.isascii() else sum(1 for _ in graphemes(text)))
    if rule.count == "weighted":
        if text.isascii():
            return extra + len(text)
        return extra + sum(1 if len(g) == 1 and _weighs_one(g) else 2 for g in graphemes(text))
    return extra + len(text)


def split(text: str, rule: Limit) -> Iterator[str]:
    """The parts of a thread, cut between words; six units are left for its number ("12/14 ")."""
    room = rule.limit - 6
    part, used = "", 0
    for word in re.findall(r"\S+\s*", text):
        bare = measure(word.rstrip(), rule)
        if part and used + bare > room:
            yield part.rstrip()
            part, used = "", 0
        part += word
        used += bare + len(word) - len(word.rstrip())
    if part.strip():
        yield part.rstrip()


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


def _weighs_one(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in _ONE)
