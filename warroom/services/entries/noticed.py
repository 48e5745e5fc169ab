"""What the program notices by itself, in the timeline: waves of mentions, feeds that are lost."""

from typing import assert_never

from warroom.domain.events import (
    AnyFeedEvent,
    AnyWaveEvent,
    CrisisDenied,
    CrisisProposed,
    FeedAdded,
    FeedBack,
    FeedGap,
    FeedLost,
    SpikeOver,
    SpikeSeen,
)
from warroom.domain.sentence import Sentence, say, say_n
from warroom.domain.triage.alarm import AlarmState, Level, sentence
from warroom.services.entries.glyph import Told


def wave_line(event: AnyWaveEvent) -> Told:
    match event:
        case SpikeSeen():
            return "▲", wave(event)
        case SpikeOver():
            n = round(event.rate10 / 10)
            return "▲", say_n("Spike over: {n} mention a minute", "Spike over: {n} mentions a minute", n)
        case CrisisProposed():
            if event.reason == "topic":
                return "▲", say("Is this a crisis? Several people tell of a danger.")
            return "▲", say("Is this a crisis? Mentions and negative ones are far beyond the usual.")
        case CrisisDenied():
            return "–", say("Not a crisis: {reason}", reason=event.reason)
        case _:
            assert_never(event)


def feed(event: AnyFeedEvent) -> Told:
    match event:
        case FeedLost():
            return "▲", say(
                "Feed lost: {feed} since {since}. {reason}", feed=event.feed, since=event.since, reason=event.why
            )
        case FeedBack():
            return "▲", say_n(
                "Feed back: {feed}; {n} mention caught up",
                "Feed back: {feed}; {n} mentions caught up",
                event.caught_up,
                feed=event.feed,
            )
        case FeedGap():
            return "!", say(
                "Feed {feed} missed mentions from {since} to {until}: {reason}",
                feed=event.feed,
                since=event.since,
                until=event.until,
                reason=event.why,
            )
        case FeedAdded():
            return "◌", say(
                "New source: {feed}, heard since {since}; for a day it is compared with itself",
                feed=event.feed,
                since=event.since,
            )
        case _:
            assert_never(event)


def wave(event: SpikeSeen) -> Sentence:
    """What was beyond the usual, in one sentence with its numbers."""
    if event.level is None:
        times = round(event.rate10 / max(event.usual10, 1))
        return say_n(
            "Spike: {n} mention a minute, {times}× the usual",
            "Spike: {n} mentions a minute, {times}× the usual",
            round(event.rate10 / 10),
            times=times,
        )
    told = sentence(recorded(event, event.level))
    feed, since = event.feed, event.new_since
    if feed and since is not None:
        if event.level == "red":
            return say("Spike at {feed}, new since {since}: {told}", feed=feed, since=since, told=told)
        return say("More than usual at {feed}, new since {since}: {told}", feed=feed, since=since, told=told)
    return say("Spike: {told}", told=told) if event.level == "red" else say("More than usual: {told}", told=told)


def recorded(event: SpikeSeen, level: Level) -> AlarmState:
    """What the alarm saw, as it was recorded."""
    return AlarmState(
        minute=0,
        level=level,
        minutes=event.minutes,
        count=event.count,
        expected=event.expected10 / 10,
        negative=None if event.negative is None else event.negative / 100,
        usual_negative=None if event.usual_negative is None else event.usual_negative / 100,
    )
