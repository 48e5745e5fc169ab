"""What was done with a mention, act by act, and what of it was taken back. Pure: values into parts."""

from collections.abc import Sequence

from warroom.domain.events import (
    ActUndone,
    AuthorPinned,
    MentionActed,
    MentionAssigned,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    MentionRanked,
    Recorded,
)
from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.names import OUTCOMES
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import Part
from warroom.ui.present import ACTS


def history_parts(acts: Sequence[Recorded], words: Words) -> list[Part]:
    """The acts in the order of the log, each with its time and who; an act that was taken back says so."""
    undone = {act.data.event for act in acts if isinstance(act.data, ActUndone)}
    parts: list[Part] = []
    for act in acts:
        told = said(act)
        if told is None:
            continue
        parts.append(Part(f"{words.clock_s(act.at)} ", "bold"))
        parts.append(Part(words.say(told), "$muted" if act.id in undone else ""))
        parts.append(Part(f"  {one_line(act.actor)}", "$muted"))
        if act.id in undone:
            parts.append(Part(f"  {words.t('taken back')}", "$muted"))
        parts.append(Part("\n"))
    return parts


def said(act: Recorded) -> Sentence | None:
    """One act in a few words; None for what is told with the act that it takes back."""
    match act.data:
        case MentionActed(act=state):
            return ACTS[state]
        case MentionAssigned(owner=owner):
            return say("given to {who}", who=one_line(owner)) if owner else say("given to nobody")
        case MentionPinned(pinned=pinned):
            return say("pinned to the timeline") if pinned else say("taken off the timeline")
        case MentionGuided(outcome=outcome):
            return say("guide: {outcome}", outcome=OUTCOMES[outcome])
        case MentionLabelled(judgement="left"):
            return None
        case MentionLabelled(segment=segment):
            return say("said to be: {segment}", segment=SEGMENT_NAMES[segment])
        case MentionRanked(rank=rank):
            return (
                say("to be read as {rank}", rank=str(rank)) if rank is not None else say("priority left to the points")
            )
        case AuthorPinned():
            return say("about its author")
        case _:
            return None
