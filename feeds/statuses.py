"""A status of the Mastodon API as a mention. Shared by timelines, notifications and streams."""

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from feeds.answers import Response
from feeds.base import FeedError
from feeds.text import from_html
from warroom.domain.mention import Kind, Mention


class Account(Struct, frozen=True):
    acct: str = ""
    display_name: str = ""
    url: str | None = None
    id: str = ""
    followers_count: int | None = None


class Status(Struct, frozen=True):
    """What we read of a status; ids are strings, whatever the server makes of them."""

    id: str
    uri: str = ""
    url: str | None = None
    content: str = ""
    spoiler_text: str = ""
    visibility: str = "public"
    language: str | None = None
    created_at: datetime | None = None
    edited_at: datetime | None = None
    in_reply_to_id: str | None = None
    replies_count: int | None = None
    reblogs_count: int | None = None
    favourites_count: int | None = None
    quotes_count: int | None = None
    account: Account = Account()
    reblog: Any = None
    quote: Any = None


class Notification(Struct, frozen=True):
    id: str
    type: str = ""
    status: Status | None = None


T = TypeVar("T", Status, Notification)


def each(answer: Response, kind: type[T]) -> tuple[list[T], list[str]]:
    """The entries of a page, and the beginnings of those that cannot be read: one of them costs nobody else."""
    try:
        return answer.json(list[kind]), []  # type: ignore[valid-type]
    except FeedError:
        found: list[T] = []
        bad: list[str] = []
        for entry in answer.json(list[Raw]):
            try:
                found.append(msgspec.json.decode(entry, type=kind, strict=False))
            except (msgspec.DecodeError, RecursionError):
                bad.append(bytes(entry)[:200].decode("utf-8", "replace"))
        return found, bad


PUBLIC = ("public", "unlisted")
"""Private and direct posts are nobody's mention but the writer's."""


def mention_of(status: Status, feed: str, now: datetime) -> Mention | None:
    """The mention that a status is; None for what is not public."""
    if status.visibility not in PUBLIC:
        return None
    text = from_html(status.content)
    if status.spoiler_text:
        text = f"{from_html(status.spoiler_text)}\n{text}"
    kind: Kind = "reply" if status.in_reply_to_id else "post"
    if status.quote:
        kind = "quote"
    if status.reblog:
        kind = "repost"
    account = status.account
    return Mention(
        source="mastodon",
        feed=feed,
        native_id=status.uri or status.url or status.id,
        local_id=status.id,
        url=status.url or status.uri or None,
        kind=kind,
        text=text,
        author_name=account.display_name or None,
        author_handle=account.acct or None,
        author_url=account.url,
        author_id=account.id or None,
        followers=account.followers_count,
        lang=status.language,
        created_at=status.created_at,
        edited_at=status.edited_at,
        received_at=now,
        in_reply_to=status.in_reply_to_id,
        replies=status.replies_count,
        reposts=status.reblogs_count,
        likes=status.favourites_count,
        quotes=status.quotes_count,
    )
