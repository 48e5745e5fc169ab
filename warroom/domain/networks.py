"""How long a text is on a network, by that network's own rule, and in how many parts it would go out. Pure.

A text may also go to a place inside (`staff`, `press`): our own people, or journalists one by one. That is no word in
public: it ends no silence, and it has no link.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias
from unicodedata import category, combining, normalize

from msgspec import Struct

from .checks.text import prepared
from .sentence import Param, listed, say
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


def likely(name: str, known: Collection[str]) -> str | None:
    """The network that somebody will have meant whose word is none of the known ones."""
    from difflib import get_close_matches  # only a misspelt name needs it

    return None if name in known else next(iter(get_close_matches(name, known, 1, 0.75)), None)


def network_names(networks: Sequence[str]) -> Param:
    """Several of them, in one parameter."""
    return listed([network_name(network) for network in networks])


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
_APART = re.compile(r"[^\r\u0300-\u200f\u2028-\u209f\u20c0-\U0010ffff]*")
"""Letters of the west, quotes, dashes and currencies: each is a sign of its own, as nearly every text is made of."""
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""The same as `_ONE`, the other way round."""
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
        return extra + (len(text) if _APART.fullmatch(text) else sum(1 for _ in graphemes(text)))
    text = normalize("NFC", text)
    if _APART.fullmatch(text):
        return extra + len(text) + len(_HEAVY.findall(text))
    return extra + sum(map(_weight, graphemes(text)))


def split(text: str, rule: Limit, numbering: int = NUMBERING) -> Iterator[str]:
    """The parts of a thread, cut where a person would cut it, with room left for the number of each.

    A word that is longer than a part is a part of its own, which then does not fit: nobody cuts a link in two.
    """
    words = _words(text)
    rulers = [_ruler(words, lambda word: measure(word, rule), rule.limit - numbering)]
    if rule.bytes is not None:
        rulers.append(_ruler(words, _octets, rule.bytes - numbering))
    first = 0
    while first < len(words):
        end = max(first + 1, min(ruler.reach(first) for ruler in rulers))
        if end < len(words):
            end = _cut(words, rulers[0], first, end)
        yield "".join(word.text for word in words[first:end]).rstrip()
        first = end


class _After(IntEnum):
    """What stands behind a word, the better the place for a cut the higher."""

    NO_BREAK = 0
    BLANK = 1
    SENTENCE = 2
    PARAGRAPH = 3


_CUTS = ((_After.PARAGRAPH, 0.5), (_After.SENTENCE, 0.33), (_After.BLANK, 0))
"""Where a thread is cut: behind a paragraph that leaves a part at least half full, else behind a sentence that leaves
it a third full, else between words; where there is nothing else, at a blank that was to hold two words together."""
_TAIL = 6
"""If it can be had, the last part is more than this fraction of one: nobody likes "3/3 Thank you."."""


class _Word(NamedTuple):
    """A word with the blanks behind it, without them, the blanks, and whether any network counts its letters one by
    one: no link and no name."""

    text: str
    bare: str
    blanks: str
    is_plain: bool
    after: _After


class _Ruler(NamedTuple):
    """Where each word begins and ends in a unit of a network, and how much of it a part holds."""

    starts: list[int]
    ends: list[int]
    room: int

    def reach(self, first: int) -> int:
        """The words that a part takes from `first` on: up to here, without."""
        return bisect_right(self.ends, self.starts[first] + self.room)

    def used(self, first: int, end: int) -> int:
        return self.ends[end - 1] - self.starts[first]


def _ruler(words: Sequence[_Word], size: Callable[[str], int], room: int) -> _Ruler:
    starts, ends, at = [], [], 0
    for _, bare, blanks, is_plain, _ in words:
        starts.append(at)
        at += len(bare) if is_plain else size(bare)
        ends.append(at)
        at += 1 if blanks == " " else size(blanks)
    return _Ruler(starts, ends, room)


def _cut(words: Sequence[_Word], ruler: _Ruler, first: int, end: int) -> int:
    """Up to which word a part goes that could hold all up to `end`."""
    full = ruler.used(first, end)
    for after, least in _CUTS:
        for tail in (ruler.room // _TAIL, 0):
            for at in range(end, first, -1):
                if ruler.used(first, at) < full * least:
                    break
                if words[at - 1].after >= after and ruler.used(at, len(words)) > tail:
                    return at
    return end


_NO_BREAK = "\u00a0\u2007\u202f"


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[_Word, ...]:
    """The words of a text. Kept for the networks of one text."""
    sentences = {span.end for span in prepared(text).sentences}
    words: list[_Word] = []
    for found in re.finditer(r"\S+\s*", text):
        start, word = found.start(), found.group()
        # A mark without a letter of its own sits on the blank.
        if not word[0].isascii() and words and _joins(words[-1].text[-1], word[0]):
            word = words.pop().text + word
            start = found.end() - len(word)
        words.append(_word(word, start + len(word.rstrip()) in sentences))
    return tuple(words)


@lru_cache(maxsize=2_000)
def _word(text: str, ends_sentence: bool) -> _Word:
    """Kept: with the next key nearly all of them stand there again."""
    bare = text.rstrip()
    blanks = text[len(bare) :]
    is_plain = bare.isascii() and "." not in bare and ":" not in bare and "@" not in bare
    return _Word(text, bare, blanks, is_plain, _after(blanks, ends_sentence))


def _after(blanks: str, ends_sentence: bool) -> _After:
    if blanks.count("\n") > 1:
        return _After.PARAGRAPH
    if ends_sentence:
        return _After.SENTENCE
    return _After.BLANK if blanks.strip(_NO_BREAK) else _After.NO_BREAK


def _fits(text: str, rule: Limit, limit: int, octets: int | None) -> bool:
    return measure(text, rule) <= limit and (octets is None or _octets(text) <= octets)


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> Iterator[str]:
    """What a reader takes for one sign: a base with its marks, a joined emoji, a flag."""
    cluster = ""
    for character in text:
        if cluster and _joins(cluster, character):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _joins(cluster: str, character: str) -> bool:
    """Whether a character belongs to the sign that begins before it."""
    return (
        combining(character) != 0
        or character in "\u200d\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or (cluster.endswith("\u200d") and category(character)[0] == "S")  # a joiner joins pictures, not words (GB11)
        or (_is_flag(character) and len(cluster) == 1 and _is_flag(cluster))
        or (cluster == "\r" and character == "\n")
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _weight(cluster: str) -> int:
    """On X: an emoji weighs two, however it is composed; anything else is the sum of its code points."""
    if len(cluster) > 1 and any(character >= "\U0001f000" or character in "\ufe0f\u20e3" for character in cluster):
        return 2
    return sum(1 if any(low <= ord(character) <= high for low, high in _ONE) else 2 for character in cluster)
