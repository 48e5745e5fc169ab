"""Small builders: a mention, a reading, a draft, each whole by default and different where a test says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from warroom.domain.events import AnyEvent, Draft, NoteAdded
from warroom.domain.mention import Mention, Reading, Segment

START = datetime(2026, 3, 10, 13, 2, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def mention(n: int = 1, text: str | None = None, **changes: Any) -> Mention:
    """The n-th mention of the network "mastodon", one second after the one before."""
    fields: dict[str, Any] = {
        "source": "mastodon",
        "native_id": f"https://social.example/statuses/{n}",
        "text": f"Mention number {n}" if text is None else text,
        "received_at": START + timedelta(seconds=n),
        "feed": "brand",
        "author_handle": f"person{n}@social.example",
    }
    return Mention(**{**fields, **changes})


def reading(segment: Segment = Segment.NEUTRAL, *, question: bool = False) -> Reading:
    return Reading(segment, question)


def note(text: str = "Called the plant.", at: datetime = START) -> NoteAdded:
    return NoteAdded(text=text, happened_at=at)


def draft(
    data: AnyEvent | str = "Called the plant.",
    *,
    inc: str = "glass-in-jars",
    actor: str = "AM",
    at: datetime = START,
    after_mention: int = 0,
) -> Draft:
    """A draft of an event, or of a note with this text."""
    event = note(data, at) if isinstance(data, str) else data
    return Draft(inc=inc, actor=actor, at=at, data=event, after_mention=after_mention)
