"""What could not be written into the room, as a text for a file elsewhere: nothing that somebody typed is lost."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from warroom.domain.board import Board
from warroom.domain.sentence import Refused, Sentence
from warroom.services.room import Decision
from warroom.services.words import Words


def leftover(
    board: Board,
    acts: Sequence[tuple[Sentence, Decision]],
    draft: str,
    words: Words,
    now: datetime,
    typed: Sequence[str] = (),
) -> Iterator[str]:
    """Lines: each act as it would be told, under it what it says word for word; what was typed and not handed in; then
    the draft as it stands."""
    t = words.t
    yield f"# {t('Not saved in the room')}, {words.day(now)} {words.stamp(now)}"
    for done, decide in acts:
        yield ""
        yield f"- {words.say(done)}"
        try:
            decided = decide(board)
        except Refused as refusal:
            yield f"  {words.say(refusal.sentence)}"
            continue
        for event in decided if isinstance(decided, Sequence) else [decided]:
            yield f"  {event.typ}: {msgspec.json.encode(event).decode()}"
    for said in typed:
        yield from ("", f"- {said}")
    if draft:
        yield from ("", f"## {t('The draft on the desk')}", "", draft)
