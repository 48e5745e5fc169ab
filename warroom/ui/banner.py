"""The banner: the one thing that is wrong now, in one row, with the way out at its end. Pure: scene → parts.

Enter on it, and a click on its words, do what its first part with an action says; the way out has its own key.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.corrections import uncorrected
from warroom.domain.incident import Incident, next_deadline
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.entries import PURPOSES
from warroom.services.words import Words
from warroom.ui.line import Part, clip, spread, width_of
from warroom.ui.scene import Scene

WRONG = "bold $background on $error"
WARNS = "bold $background on $warning"


def banner(scene: Scene, width: int, unsaved: Sequence[Sentence] = ()) -> list[Part]:
    """What is wrong; empty while nothing is. What blinds us comes first, then what people were told to expect.

    `unsaved` is what somebody did and what could not be written, as it would be told once it is.
    """
    if scene.practice is not None and (real := scene.practice.outside()) is not None:
        return _real(real, scene.words, width)
    if unsaved:
        return _unsaved(unsaved, scene, width)
    if scene.trouble is not None:
        return _told(scene.trouble, scene.words, width)
    if scene.behind is not None:
        told = say(
            "The clock is behind the log: {now} now, the last entry is of {at}. Countdowns are wrong.",
            now=scene.now,
            at=scene.behind,
        )
        return _told(told, scene.words, width)
    if scene.stale_since is not None:
        return _lost(scene, width)
    if scene.practice is not None and scene.now >= scene.practice.ends:
        return _over(scene, width)
    incident = scene.incident
    if (
        incident is not None
        and incident.is_open
        and (missed := _missed(scene, incident, width) or _shaken(scene, incident, width))
    ):
        return missed
    if scene.lost:
        return _lost(scene, width)
    if incident is None and (scene.spike is not None or scene.proposal is not None):
        return _unusual(scene, width)
    if scene.doubt is not None:
        return _told(scene.doubt, scene.words, width)
    return objectives_recalled(scene, incident, width) if incident is not None and incident.is_open else []


def _real(cry: Sentence, words: Words, width: int) -> list[Part]:
    """In a drill, what is no drill."""
    t = words.t
    parts = [Part(f" ▲ {t('NOT THE DRILL')} ", WRONG, "screen.leave"), Part(f" {words.say(cry)}", "bold $error")]
    way = [Part("q ", "bold $warning", "screen.leave"), Part(t("Leave the drill") + " ", "", "screen.leave")]
    return _with_way(parts, way, width)


def _over(scene: Scene, width: int) -> list[Part]:
    t = scene.words.t
    told = t("Time is up. What you still do counts as late.")
    parts = [Part(" ▞▞ ", "bold $background on $accent", "screen.leave"), Part(f" {told}", "bold", "screen.leave")]
    way = [Part("q ", "bold $warning", "screen.leave"), Part(t("Report") + " ", "", "screen.leave")]
    return _with_way(parts, way, width)


def _unsaved(unsaved: Sequence[Sentence], scene: Scene, width: int) -> list[Part]:
    words = scene.words
    told = words.t("not saved: {what}", what=words.say(unsaved[-1]))
    if len(unsaved) > 1:
        told = words.t("{told} and {n} more", told=told, n=len(unsaved) - 1)
    way = [
        Part(scene.key("console.retry") + " ", "bold $warning", "screen.retry"),
        Part(words.t("Try again") + " ", "bold", "screen.retry"),
    ]
    parts = [Part(" ! ", WRONG, "screen.retry"), Part(f" {told}", "bold $error", "screen.retry")]
    return _with_way(parts, way, width)


def _told(sentence: Sentence, words: Words, width: int) -> list[Part]:
    return clip([Part(" ! ", WRONG), Part(f" {words.say(sentence)}", "bold $error")], width)


def _with_way(parts: list[Part], way: list[Part], width: int) -> list[Part]:
    return spread(clip(parts, width - width_of(way) - 1), way, width)


def _lost(scene: Scene, width: int) -> list[Part]:
    """Which of the feeds are lost, since when, and when the next try is. Enter lists them."""
    words, t, lost = scene.words, scene.words.t, scene.lost
    worst = next((health for health in lost if health.state == "rejected"), lost[0])
    since = scene.stale_since or min((health.since for health in lost if health.since is not None), default=scene.now)
    at = words.clock_s(since)
    if len(lost) == 1:
        told = t("{feed} lost at {time}", feed=one_line(worst.name), time=at)
    elif scene.stale_since is not None:
        told = t("All {n} sources lost at {time}", n=len(lost), time=at)
    else:
        told = t("{n} of {all} sources lost since {time}", n=len(lost), all=len(scene.health), time=at)
    parts = [Part(" ✕ ", WRONG, "screen.sources"), Part(f" {told}", "bold", "screen.sources")]
    tries = [(health.retry_at, health.tries) for health in lost if health.retry_at is not None]
    reason = one_line(words.say(worst.reason)) if worst.reason is not None else ""
    if worst.state != "rejected" and tries:
        again, number = min(tries)
        parts.append(Part(f" · {_retry(again, number, scene.now, words)}", "$muted", "screen.sources"))
    if reason:
        parts.append(Part(f" · {reason}", "" if worst.state == "rejected" else "$muted", "screen.sources"))
    key, name = scene.key("console.retry"), t("Retry now")
    way = [Part(f"{key} ", "bold $warning", "screen.retry"), Part(f"{name} ", "bold", "screen.retry")]
    return _with_way(parts, [] if scene.elsewhere else way, width)


def _retry(at: datetime, tries: int, now: datetime, words: Words) -> str:
    wait = max(0, round((at - now).total_seconds()))
    if not wait:
        return words.t("trying now (try {tries})", tries=tries + 1)
    return words.t("retry in {time} (try {tries})", time=words.span(timedelta(seconds=wait)), tries=tries + 1)


def _unusual(scene: Scene, width: int) -> list[Part]:
    """More than usual, and where it may be a crisis the question, with both answers."""
    words, spike, proposal = scene.words, scene.spike, scene.proposal
    t = words.t
    told = words.say(scene.wave) if scene.wave is not None else ""
    if proposal is not None:
        why = "" if proposal.reason == "volume" and told else t("several people tell of a danger.")
        told = f"{t('Is this a crisis?')} {why or told}"
    ink = WARNS if spike is not None and spike.level == "amber" and proposal is None else WRONG
    parts = [Part(" ▲ ", ink, "screen.declare"), Part(f" {told} ", "bold", "screen.declare")]
    way = [
        Part(f"{scene.key('console.declare')} ", "bold $warning", "screen.declare"),
        Part(t("Declare") + "  ", "", "screen.declare"),
    ]
    if not scene.denied:
        way += [
            Part(f"{scene.key('console.deny')} ", "bold $warning", "screen.deny"),
            Part(t("Not a crisis") + " ", "", "screen.deny"),
        ]
    return _with_way(parts, way, width)


def _missed(scene: Scene, incident: Incident, width: int) -> list[Part]:
    """What people were told to expect by now."""
    words, t = scene.words, scene.words.t
    missed: list[tuple[datetime, str]] = [(one.due_at, one_line(one.text)) for one in incident.open_promises]
    own = next_deadline(incident)
    if own is not None and all(own.at < at for at, _ in missed):
        missed.append((own.at, words.say(own.name)))
    at, text = min(missed, default=(scene.now, ""))
    if at >= scene.now:
        return []
    told = t("Promised for {time}, {ago} ago", time=words.clock(at), ago=words.span(scene.now - at))
    action = "screen.view('statement')"
    parts = [Part(" ! ", WRONG, action), Part(f" {told}: ", "bold $error", action), Part(text, "", action)]
    way = [Part(scene.key("view.statement") + " ", "bold $warning", action), Part(t("Statement") + " ", "", action)]
    return _with_way(parts, way, width)


def _shaken(scene: Scene, incident: Incident, width: int) -> list[Part]:
    """A text is out whose facts do not hold any more."""
    shaken = uncorrected(incident)
    if not shaken:
        return []
    first = shaken[0]
    told = scene.words.t(
        "{kind} {statement} is out, and what it rests on no longer holds: {facts}.",
        kind=PURPOSES[first.revision.purpose],
        statement=first.statement,
        facts=", ".join(first.facts),
    )
    action = "screen.view('statement')" if scene.read_only else "screen.correct"
    way = [] if scene.read_only else [Part(scene.words.t("Correct") + " ", "bold $warning", action)]
    parts = [Part(" ! ", WRONG, action), Part(f" {told}", "bold $error", action)]
    return _with_way(parts, way, width)


def objectives_recalled(scene: Scene, incident: Incident, width: int) -> list[Part]:
    """In the bad moments the first objective stands in the banner; after a new spike it is asked for again (advice,
    step 1). Empty while there is no such moment."""
    words = scene.words
    stale = incident.objectives_at is not None and incident.objectives_due
    if not incident.objectives:
        return []
    if stale:
        why = say("New spike. Still this?")
    elif scene.spike is not None:
        why = say("Spike. Remember:")
    elif incident.late_steps(scene.now):
        why = say("A step is late. Remember:")
    else:
        return []
    way: list[Part] = []
    action = "screen.objectives" if stale and not scene.read_only else "screen.view('plan')"
    if stale and not scene.read_only:
        way = [Part(words.t("Read them again") + " ", "bold $warning", action)]
    parts = [Part(" ◎ ", "bold $background on $accent", action), Part(f" {words.say(why)} ", "bold", action)]
    parts.append(Part(one_line(incident.objectives[0]), "italic $accent", action))
    return _with_way(parts, way, width)
