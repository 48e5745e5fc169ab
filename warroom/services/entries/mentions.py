"""What was done with mentions, in the timeline: acts, labels, ranks, what is learnt, narratives."""

from typing import assert_never

from warroom.domain.events import (
    ActUndone,
    AnyLearningEvent,
    AnyMentionEvent,
    AnyNarrativeEvent,
    AuthorPinned,
    LabelsLoaded,
    LearningSwitched,
    MentionActed,
    MentionAssigned,
    MentionGuided,
    MentionLabelled,
    MentionPinned,
    MentionRanked,
    NarrativeMerged,
    NarrativeSplit,
    NarrativeUndone,
)
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.names import ACTED, OUTCOMES
from warroom.domain.networks import network_name
from warroom.domain.sentence import Sentence, say
from warroom.services.entries import called
from warroom.services.entries.glyph import Told


def mention(event: AnyMentionEvent, incident: Incident | None) -> Told:
    match event:
        case MentionActed():
            if event.overridden:
                return "!", say(
                    "Reply to {author} although {checks} held it: {reason}",
                    author=event.mention.author,
                    checks=", ".join(event.overridden),
                    reason=event.reason,
                )
            params = {"author": event.mention.author, "text": event.mention.excerpt}
            return "▲" if event.act == "escalate" else "✓", Sentence(ACTED[event.act].id, params)
        case MentionAssigned():
            return "✓", say(
                "{author}: {owner} answers", author=event.mention.author, owner=called.person(incident, event.owner)
            )
        case MentionPinned():
            author, words = event.mention.author, event.mention.excerpt
            if event.pinned:
                network = network_name(event.mention.network)
                return "★", say("{author} on {network}: “{text}”", author=author, network=network, text=words)
            return "–", say("No longer pinned: {author} “{text}”", author=author, text=words)
        case MentionGuided():
            return "✓", say(
                "{author}: {outcome} ({reason})",
                author=event.mention.author,
                outcome=OUTCOMES[event.outcome],
                reason=event.reason,
            )
        case MentionLabelled():
            author, segment = event.mention.author, SEGMENT_NAMES[event.segment]
            if event.judgement == "corrected":
                return "✓", say("{author}: this is {segment}", author=author, segment=segment)
            if event.judgement == "confirmed":
                return "✓", say("{author}: this is {segment}, as it was read", author=author, segment=segment)
            return "✓", say("{author}: left as {segment}", author=author, segment=segment)
        case MentionRanked():
            author = event.mention.author
            if event.rank is None:
                return "–", say("{author}: to be read by its points again", author=author)
            return "✓", say(
                "{author}: to be read as {rank}, not as {before}", author=author, rank=event.rank, before=event.before
            )
        case AuthorPinned():
            if event.segment is None:
                return "–", say("{author} stands where the texts say", author=event.mention.author)
            return "✓", say(
                "{author} counts as {segment}", author=event.mention.author, segment=SEGMENT_NAMES[event.segment]
            )
        case ActUndone():
            return "–", say("Undone: {author} “{text}”", author=event.mention.author, text=event.mention.excerpt)
        case _:
            assert_never(event)


def learning(event: AnyLearningEvent) -> Told:
    match event:
        case LearningSwitched():
            if event.on:
                return "✎", say("Learning is on")
            return "✎", say("Learning is off: texts are read by the word lists alone")
        case LabelsLoaded():
            return "✎", say("What was said in {former} counts here too, with less weight", former=event.former)
        case _:
            assert_never(event)


def narrative(event: AnyNarrativeEvent) -> Told:
    match event:
        case NarrativeMerged():
            return "✎", merged(event)
        case NarrativeSplit():
            return "✎", parted(event)
        case NarrativeUndone():
            return "–", say("The narratives are as they were before")
        case _:
            assert_never(event)


def merged(event: NarrativeMerged) -> Sentence:
    """That two narratives are one, and which."""
    if not event.told:
        return say("Two narratives are one")
    return say("Two narratives are one: {one} and {other}", one=event.told, other=event.other_told)


def parted(event: NarrativeSplit) -> Sentence:
    """That a group of copies was taken out of its narrative, and which."""
    return say("A narrative of its own: {text}", text=event.told) if event.told else say("A narrative of its own")
