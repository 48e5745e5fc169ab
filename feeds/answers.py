"""What an HTTP answer is, without the client: so that options and parsers load no network code."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from feeds.base import FeedError
from warroom.domain.sentence import say

T = TypeVar("T")


class Caps(Struct, frozen=True, kw_only=True):
    """What one answer may cost: bytes on the wire and unpacked, redirects, seconds in all."""

    wire: int = 8 * 1024 * 1024
    body: int = 16 * 1024 * 1024
    head: int = 64 * 1024
    redirects: int = 5
    seconds: float = 30.0


class Response(Struct, frozen=True, kw_only=True):
    """An answer, whole. Header names are in lower case; `url` is where it finally came from."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self, type: type[T]) -> T:
        """The body as a value of this type. HTML or anything else where JSON was expected is a `FeedError`."""
        try:
            return msgspec.json.decode(self.body, type=type, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise FeedError(say("{host} did not answer with the data expected.", host=host_of(self.url))) from error


def host_of(url: str) -> str:
    """The host of an address: all of it that may stand in a message, for the rest may hold a token."""
    try:
        return urlsplit(url).hostname or "?"
    except ValueError:
        return "?"
