"""From a feed's `type` in config.yaml to its options and its maker. Entry points `warroom.feeds` add more."""

import random
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from feeds.base import Clock, Feed
from warroom.domain.watch import Watch

if TYPE_CHECKING:
    from feeds.http import Http

BUILT_IN = {
    "files": "feeds.files",
    "rss": "feeds.rss",
    "mastodon": "feeds.mastodon",
    "bluesky": "feeds.jetstream",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEnv:
    """What a feed is made with: time, chance, network, and what to listen for. `internal` reaches private addresses."""

    clock: Clock
    http: "Http"
    internal: "Http"
    watch: Watch
    rng: random.Random


@cache
def _added() -> dict[str, str]:
    from importlib.metadata import entry_points  # 8 ms that nobody pays before the first picture

    return {point.name: point.value for point in entry_points(group="warroom.feeds")}


def types() -> tuple[str, ...]:
    """Every type that config.yaml may name."""
    return (*BUILT_IN, *(name for name in _added() if name not in BUILT_IN))


def _module(name: str) -> Any:
    return import_module(BUILT_IN.get(name) or _added()[name])


def options(kind: str) -> type[Struct]:
    """What may be set for a feed of this type. Raises `KeyError` for an unknown type."""
    found: type[Struct] = _module(kind).Options
    return found


def build(kind: str, name: str, options: Struct, env: FeedEnv) -> Feed:
    """A feed of this type."""
    feed: Feed = _module(kind).build(name, options, env)
    return feed
