"""The banner: the one thing that is wrong now, in one row, with the ways out at its end. Pure: scene → parts.

Enter on it, and a click on its words, do what its first part with an action says; a way out has its own key. While the
banner stands there that key is the banner's in every view (`ways_out`), and it is printed only where it is no text.
"""

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from rich.cells import cell_len

from warroom.domain.corrections import uncorrected
from warroom.domain.deadlines import next_deadline
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import Part, clip, fewer_clauses, spread, width_of
from warroom.ui.scene import Scene

WRONG = "bold $background on $error"
WARNS = "bold $background on $warning"


class Way(NamedTuple):
    """A way out: the action of the table whose key it has, what it is called here, what a click on it runs; `short` is
    its name where there is no room for what is wrong."""

    id: str
    name: str
    action: str
    short: str = ""


class Cry(NamedTuple):
    """What is wrong, and the ways out of it."""

    parts: Sequence[Part]
    ways: Sequence[Way] = ()
    brief: str = ""
    """What the last part says where there is no room for it: both may go on without their last clauses."""


def banner(
    scene: Scene,
    width: int,
    unsaved: Sequence[Sentence] = (),
    reached: Container[str] | None = None,
    failed: tuple[datetime, Sentence] | None = None,
) -> list[Part]:
    """The row; empty while nothing is wrong. `reached` are the actions whose keys act here and are not text; None is
    all of them. `failed` is when the log could not be written, and why, while nothing could be since."""
    cry = _cry(scene, unsaved, failed)
    if cry is None:
        return []
    if not cry.ways:
        return clip(cry.parts, width)
    way = _ways(scene, cry.ways, reached)
    if width_of(cry.parts) + width_of(way) >= width:
        way = _ways(scene, [one._replace(name=one.short or one.name) for one in cry.ways], reached)
    room = width - width_of(way) - 1
    *first, last = cry.parts
    if cry.brief:
        free = room - width_of(first) - 1
        tries = [fewer_clauses(told, free) for told in (last.text.rstrip(), cry.brief)]
        last = last._replace(text=f"{next((told for told in tries if cell_len(told) <= free), tries[-1])} ")
    return spread(clip([*first, last], room), way, width)


def _ways(scene: Scene, ways: Sequence[Way], reached: Container[str] | None) -> list[Part]:
    """The ways out, each with its key where that acts."""
    parts: list[Part] = []
    for place, (id, name, action, _) in enumerate(ways):
        key = scene.key(id) if reached is None or id in reached else ""
        parts += [Part("  ", "", action)] if place else []
        parts += [Part(f"{key} ", "bold $warning", action)] if key else []
        parts.append(Part(name, "bold" if key else "bold $warning", action))
    return [*parts, Part(" ", "", ways[-1].action)]


def ways_out(scene: Scene, unsaved: Sequence[Sentence] = ()) -> frozenset[str]:
    """The actions whose keys are the banner's now."""
    cry = _cry(scene, unsaved)
    return frozenset(way.id for way in cry.ways) if cry is not None else frozenset()


def _cry(scene: Scene, unsaved: Sequence[Sentence], failed: tuple[datetime, Sentence] | None = None) -> Cry | None:
    """What is wrong; None while nothing is. What blinds us comes first, then what people were told to expect.

    `unsaved` is what somebody did and what could not be written, as it would be told once it is.
    """
    if scene.practice is not None and (real := scene.practice.outside()) is not None:
        return _real(real, scene.words)
    if unsaved:
        return _unsaved(unsaved, scene)
    if failed is not None:
        at, reason = failed
        return _told(say("Not saved at {time}: {reason}", time=scene.words.clock_s(at), reason=reason), scene.words)
    if scene.trouble is not None:
        return _told(scene.trouble, scene.words)
    if scene.behind is not None:
        told = say(
            "The clock is behind the log: {now} now, the last entry is of {at}. Countdowns are wrong.",
            now=scene.now,
            at=scene.behind,
        )
        return _told(told, scene.words)
    if scene.stale_since is not None:
        return _lost(scene)
    if scene.practice is not None and scene.now >= scene.practice.ends:
        return _over(scene)
    incident = scene.incident
    if incident is not None and incident.is_open and (missed := _missed(scene, incident) or _shaken(scene, incident)):
        return missed
    if scene.lost:
        return _lost(scene)
    if incident is None and (scene.spike is not None or scene.proposal is not None):
        return _unusual(scene)
    if scene.doubt is not None:
        return _told(scene.doubt, scene.words)
    return objectives_recalled(scene, incident) if incident is not None and incident.is_open else None


def _real(cry: Sentence, words: Words) -> Cry:
    """In a drill, what is no drill."""
    t = words.t
    parts = [Part(f" ▲ {t('NOT THE DRILL')} ", WRONG, "screen.leave"), Part(f" {words.say(cry)}", "bold $error")]
    return Cry(parts, [Way("console.quit", t("Leave the drill"), "screen.leave")])


def _over(scene: Scene) -> Cry:
    t = scene.words.t
    told = t("Time is up. What you still do counts as late.")
    parts = [Part(" ▞▞ ", "bold $background on $accent", "screen.leave"), Part(f" {told}", "bold", "screen.leave")]
    return Cry(parts, [Way("console.quit", t("Report"), "screen.leave")])


def _unsaved(unsaved: Sequence[Sentence], scene: Scene) -> Cry:
    words = scene.words
    told = words.t("not saved: {what}", what=words.say(unsaved[-1]))
    if len(unsaved) > 1:
        told = words.t("{told} and {n} more", told=told, n=len(unsaved) - 1)
    parts = [Part(" ! ", WRONG, "screen.retry"), Part(f" {one_line(told)}", "bold $error", "screen.retry")]
    return Cry(parts, [Way("console.retry", words.t("Try again"), "screen.retry")])


def _told(sentence: Sentence, words: Words) -> Cry:
    return Cry([Part(" ! ", WRONG), Part(f" {one_line(words.say(sentence))}", "bold $error")])


def _lost(scene: Scene) -> Cry:
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
    return Cry(parts, [] if scene.elsewhere else [Way("console.retry", t("Retry now"), "screen.retry")])


def _retry(at: datetime, tries: int, now: datetime, words: Words) -> str:
    wait = max(0, round((at - now).total_seconds()))
    if not wait:
        return words.t("trying now (try {tries})", tries=tries + 1)
    return words.t("retry in {time} (try {tries})", time=words.span(timedelta(seconds=wait)), tries=tries + 1)


def _unusual(scene: Scene) -> Cry:
    """More than usual, and where it may be a crisis the question, with both answers."""
    words, spike, proposal = scene.words, scene.spike, scene.proposal
    t = words.t
    told, brief = (words.say(one) if one is not None else "" for one in (scene.wave, scene.wave_in_brief))
    if proposal is not None:
        why = "" if proposal.reason == "volume" and told else t("Several people tell of a danger.")
        told, brief = (f"{t('Is this a crisis?')} {why or one}" for one in (told, brief))
    ink = WARNS if spike is not None and spike.level == "amber" and proposal is None else WRONG
    parts = [Part(" ▲ ", ink, "screen.declare"), Part(f" {told} ", "bold", "screen.declare")]
    if scene.read_only:
        return Cry([part._replace(action="") for part in parts])
    ways = [Way("console.declare", t("Declare"), "screen.declare")]
    if not scene.denied:
        short = t("No crisis") if proposal is None else t("No")
        ways.append(Way("console.deny", t("Not a crisis"), "screen.deny", short))
    return Cry(parts, ways, f" {brief}")


def _missed(scene: Scene, incident: Incident) -> Cry | None:
    """What people were told to expect by now: a promise leads to the table in which it is kept or moved, a deadline of
    the plan to the statement."""
    words, t = scene.words, scene.words.t
    missed: list[tuple[datetime, str, str]] = [
        (one.due_at, one_line(one.text), one.id) for one in incident.open_promises
    ]
    own = next_deadline(incident)
    if own is not None and all(own.at < at for at, _, _ in missed):
        missed.append((own.at, words.say(own.name), ""))
    at, text, promise = min(missed, default=(scene.now, "", ""))
    if at >= scene.now:
        return None
    told = t("Promised for {time}, {ago} ago", time=words.clock(at), ago=words.span(scene.now - at))
    desk = "screen.view('statement')"
    ways = [Way("view.statement", t("Statement"), desk)]
    action = f"screen.ledger({promise!r})" if promise else desk
    if promise:
        ways.insert(0, Way("console.ledger", t("Promises"), action))
    parts = [Part(" ! ", WRONG, action), Part(f" {told}: ", "bold $error", action), Part(text, "", action)]
    return Cry(parts, ways)


def _shaken(scene: Scene, incident: Incident) -> Cry | None:
    """A text is out whose facts do not hold any more."""
    shaken = uncorrected(incident)
    if not shaken:
        return None
    first = shaken[0]
    told = scene.words.t(
        "{kind} {statement} is out, and what it rests on no longer holds: {facts}.",
        kind=PURPOSES[first.revision.purpose],
        statement=first.statement,
        facts=", ".join(first.facts),
    )
    action = "screen.view('statement')" if scene.read_only else "screen.correct"
    parts = [Part(" ! ", WRONG, action), Part(f" {one_line(told)}", "bold $error", action)]
    return Cry(parts, [] if scene.read_only else [Way("console.correct", scene.words.t("Correct"), action)])


def objectives_recalled(scene: Scene, incident: Incident) -> Cry | None:
    """In the bad moments the first objective stands in the banner; after a new spike it is asked for again (advice,
    step 1). None while there is no such moment."""
    words = scene.words
    stale = incident.objectives_at is not None and incident.objectives_due
    if not incident.objectives:
        return None
    if stale:
        why = say("New spike. Still this?")
    elif scene.spike is not None:
        why = say("Spike. Remember:")
    elif incident.late_steps(scene.now):
        why = say("A step is late. Remember:")
    else:
        return None
    ways: list[Way] = []
    action = "screen.objectives" if stale and not scene.read_only else "screen.view('plan')"
    if stale and not scene.read_only:
        ways = [Way("console.objectives", words.t("Read them again"), action)]
    parts = [Part(" ◎ ", "bold $background on $accent", action), Part(f" {words.say(why)} ", "bold", action)]
    parts.append(Part(one_line(incident.objectives[0]), "italic $accent", action))
    return Cry(parts, ways)
