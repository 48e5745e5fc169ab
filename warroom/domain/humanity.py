"""How much of what we post in calm talks of more than what we sell (advice, step 2): be a person, not a shop.

Read by word lists, so it is a gauge and no verdict. A post sells where it uses words of selling; it talks of more
where it uses none, or where it also thanks, asks, helps, explains or stands for something.
"""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from .checks.lists import Lists
from .checks.text import flat
from .mention import Mention

LOOKED_BACK = timedelta(days=30)
"""Playbook 5, step 0b: "for 30 d"."""
LEAST = 10
"""Posts below which nothing is said."""
LONGEST = 2_000
"""Characters of a post that are read."""
LANGUAGES = ("en", "es")


class Gauge(Struct, frozen=True, kw_only=True):
    """Our own posts of the last 30 days, how many of them talk of more than selling, the plan's floor in percent."""

    posts: int
    beyond: int
    floor: int

    @property
    def says(self) -> bool:
        """Whether there are enough posts to say anything."""
        return self.posts >= LEAST

    @property
    def share(self) -> float:
        return self.beyond / self.posts if self.posts else 0.0

    @property
    def met(self) -> bool:
        return self.says and self.beyond * 100 >= self.floor * self.posts


def talks_of_more(text: str, lists: Lists) -> bool:
    """Whether a post of ours talks of more than what we sell, in whichever of our languages it is."""
    read = flat(text[:LONGEST])
    sells = any(lists.pattern(name, lang).search(read) for name in ("promo", "selling") for lang in LANGUAGES)
    return not sells or any(lists.pattern("beyond", lang).search(read) for lang in LANGUAGES)


def measure(posts: Iterable[Mention], lists: Lists, floor: int) -> Gauge:
    """The gauge over these posts. One without words is none, nor is one that was deleted."""
    texts = [f"{post.title or ''} {post.text}".strip() for post in posts if post.deleted_at is None]
    spoken = [text for text in texts if any(sign.isalpha() for sign in text)]
    return Gauge(posts=len(spoken), beyond=sum(talks_of_more(text, lists) for text in spoken), floor=floor)


def same_account(handle: str | None, account: str) -> bool:
    """Whether a handle is this account: an @ before it and capitals do not matter."""
    return bool(handle) and bare(handle or "") == bare(account)


def bare(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()
