"""The lines below the chart and above it: what is unusual, the effect of what we said, what is told, who is heard.

Pure: values to parts.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from warroom.domain.effect import WINDOWS, Effect, effect
from warroom.domain.names import PURPOSES
from warroom.domain.networks import STAFF
from warroom.domain.statement import Publication
from warroom.domain.text import one_line
from warroom.domain.triage.alarm import sentence
from warroom.domain.triage.narratives import Narrative
from warroom.services.health import Health
from warroom.services.report.after_action import VERDICTS
from warroom.ui.line import Part, clip, cut, fewer_clauses, spread, width_of
from warroom.ui.present import network_cell, story
from warroom.ui.scene import Scene

OWN_PLACES = ("web", STAFF, "press")
"""Where we speak and nobody is listened to."""
INDENT = " "
_SHARED = re.compile(r"^(?:RT @\S+\s+)+")
"""What stands before a text that somebody passed on: whose it was, which is no part of the story."""
BEGINNING = 30
"""Cells of a text that stand for it."""


def spike_line(scene: Scene, width: int) -> list[Part]:
    """What is unusual, as a sentence; from stale data nothing is claimed."""
    words = scene.words
    t = words.t
    if scene.unstored_since is not None:
        since = words.clock(scene.unstored_since)
        return [Part(t("as of {time}: nothing is stored since", time=since), "bold $error")]
    if scene.stale_since is not None:
        return [Part(t("as of {time}: nothing is heard since", time=words.clock(scene.stale_since)), "$muted")]
    spike, alarm = scene.spike, scene.alarm
    if spike is not None and scene.wave is not None:
        style = "bold $warning" if spike.level == "amber" else "bold $error"
        left = [Part("▲ ", style), Part(fewer_clauses(words.say(scene.wave), width - 2), style)]
    elif alarm is None:
        left = [Part(t("What is usual is not known here."), "$muted")]
    elif alarm.frozen or alarm.level != "calm":  # the log says so in a moment
        left = [Part(words.say(sentence(alarm)), "$muted")]
    elif alarm.learning:
        left = [Part(t("Learning what is usual: {told}", told=sentence(alarm)), "$muted")]
    else:
        left = [Part(t("As usual: {told}", told=sentence(alarm)), "$success")]
    notes = _notes(scene)
    while notes and width_of(left) + sum(map(width_of, notes)) > width:
        notes.pop()
    return spread(left, [part for note in reversed(notes) for part in note], width)


def _notes(scene: Scene) -> list[list[Part]]:
    """What belongs to the sentence, the most important first: from where on it is unusual, and what is not in it."""
    t, line, alarm = scene.words.t, scene.alert_line, scene.alarm
    notes: list[list[Part]] = []
    if line is not None:
        notes.append([Part("  " + t("alert at {n}/min", n=round(line)) + " ", "$muted")])
    for feed, told in scene.newcomers.items():
        notes.append([Part(f"  {one_line(feed)}: {scene.words.say(told)} ", "$warning")])
    if alarm is not None and alarm.frozen and scene.spike is not None:
        notes.append([Part("  " + t("what is usual stands still"), "$warning")])
    return notes


def effect_rows(scene: Scene, width: int, most: int) -> list[list[Part]]:
    """What went out last, in at most so many lines: shares of those against us before and after, at 15, 30 and 60
    minutes as far as these are full, with their numbers, never a cause. In a single line the longest that is full."""
    incident = scene.incident
    if incident is None or scene.stale_since is not None:
        return []
    rows: list[list[Part]] = []
    for out in reversed(incident.publications):
        if len(rows) >= most:
            break
        told = [(minutes, effect(scene.board.pulse, out.published_at, minutes, scene.now)) for minutes in WINDOWS]
        if most == 1:
            minutes, found = ([one for one in told if one[1] is not None][-1:] or told[:1])[0]
            return [_effect_in_a_line(scene, out, _effect(scene, out, minutes, found), found is not None, width)]
        rows += _effects(scene, out, told, width)
    return rows[:most]


def _effects(scene: Scene, out: Publication, told: Sequence[tuple[int, Effect | None]], width: int) -> list[list[Part]]:
    """One statement: its name, and behind it each time that was read, or when it will be."""
    t = scene.words.t
    lines = [[Part(t("Effect of “{statement}”", statement=PURPOSES[out.purpose]), "$muted")]]
    if any(found is not None for _, found in told):
        lines[0].append(Part(t(", hate + dislike"), "$muted"))
    for minutes, found in told:
        cell = _effect(scene, out, minutes, found)
        if width_of(lines[-1]) + width_of(cell) > width and len(lines[-1]) > 1:
            lines.append([Part(INDENT)])
        lines[-1] += cell
        if found is None:
            break
    return [clip(line, width) for line in lines]


def _effect_in_a_line(scene: Scene, out: Publication, cell: Sequence[Part], read: bool, width: int) -> list[Part]:
    """What was read goes before its name: without the numbers the line says nothing."""
    t = scene.words.t
    name, whom = t("Effect of “{statement}”", statement=PURPOSES[out.purpose]), t(", hate + dislike") if read else ""
    room = width - width_of(cell)
    told = f"{name}{whom}"
    return clip([Part(told if width_of([Part(told)]) <= room else cut(name, max(1, room)), "$muted"), *cell], width)


def _effect(scene: Scene, out: Publication, minutes: int, found: Effect | None) -> list[Part]:
    words, t = scene.words, scene.words.t
    if found is None:
        at = words.clock(out.published_at + timedelta(minutes=minutes + 1))
        return [Part(f"  {t('{n} min: to be read at {time}', n=minutes, time=at)}", "$muted")]
    before = words.percent(found.against("before")) if found.n_before else "–"
    after = words.percent(found.against("after")) if found.n_after else "–"
    numbers = t("(n={n}/{m})", n=found.n_before, m=found.n_after)
    return [
        Part(f"  {t('{n} min:', n=minutes)} ", "$muted"),
        Part(f"{before} → {after} ", "bold"),
        Part(f"{numbers} ", "$muted"),
        Part(words.say(VERDICTS[found.verdict])),
    ]


def told_as(scene: Scene, one: Narrative, room: int = BEGINNING) -> str:
    """A story by its top terms; a single text by its beginning, which says more, and so does one whose texts share no
    term: somebody put them together."""
    rows = scene.sorting.rows_of(one.id) if len(one.groups) == 1 or not one.name else ()
    kept = scene.reader.get(rows[0]) if rows else None
    if kept is None:
        return story(one)
    text = _SHARED.sub("", one_line(kept.mention.words)) or kept.mention.words
    return scene.words.t("“{text}”", text=cut(one_line(text), room))


def narrative_line(scene: Scene, width: int) -> list[Part]:
    """The stories that rise, then texts that rise by their copies alone, with how many people copy: as many as fit."""
    sorting = scene.sorting
    if not sorting.stories.narratives and not sorting.stories.alone:
        return []
    line = [Part(scene.words.t("Narratives") + " ", "$muted", "screen.narratives")]
    for cell in _stories(
        scene, width
    ):  # what has no room is not counted: that takes its time for a text in many copies
        if width_of(line) + width_of(cell) > width:
            break
        line += cell
    return line


def _stories(scene: Scene, width: int) -> Iterator[list[Part]]:
    """Stories first, then single texts, each with its number."""
    words, sorting = scene.words, scene.sorting
    for one in sorting.stories.narratives:
        yield [Part(f" {told_as(scene, one)} ", "bold", "screen.narratives"), Part(f"{one.mentions} ", "$muted")]
    for one in sorting.stories.alone:
        people = sorting.people_of(one.groups[0])
        copies = words.number(len(sorting.rows_of(one.groups[0])) or one.mentions)
        by = words.tn("by {n} author", "by {n} authors", people) if people else ""
        numbers = f"{copies} {by} " if by else f"{copies} "
        yield [Part(f" {told_as(scene, one)} ", "", "screen.narratives"), Part(numbers, "$muted")]


def coverage_rows(scene: Scene, width: int, most: int) -> list[list[Part]]:
    """What is heard of each network, said out loud, in at most so many lines: silence there may be ours. What has no
    room is behind the `…`."""
    if scene.replay is not None or not scene.health:
        return []
    t = scene.words.t
    rows = [[Part(t("Heard"), "$muted", "screen.sources")]]
    for cell in _coverage(scene):
        if width_of(rows[-1]) + width_of(cell) + 2 > width and len(rows[-1]) > 1:
            if len(rows) == most:
                if width_of(rows[-1]) + 2 <= width:  # what is cut says so itself
                    rows[-1].append(Part(" …", "$primary", "screen.sources"))
                break
            rows.append([Part(INDENT)])
        rows[-1] += cell
    return [clip(row, width) for row in rows]


def _coverage(scene: Scene) -> list[list[Part]]:
    """Those that hear nothing first, then who is new, then where nobody listens, then the others."""
    t, new = scene.words.t, scene.newcomers
    ordered = sorted(scene.health, key=lambda health: health.name not in new)
    lost = [_heard(scene, health) for health in ordered if health.is_lost]
    well = [_heard(scene, health) for health in ordered if not health.is_lost]
    heard = {health.source.casefold() for health in scene.health}
    networks = scene.desk.settings.networks if scene.mode not in ("demo", "drill") else ()
    deaf = [
        [Part(f"  {network_cell(network)}: ", "$muted"), Part(t("not connected"), "$warning")]
        for network in networks
        if network.casefold() not in (*heard, *OWN_PLACES)
    ]
    met = sum(health.name in new for health in ordered if not health.is_lost)
    return [*lost, *well[:met], *deaf, *well[met:]]


def _heard(scene: Scene, health: Health) -> list[Part]:
    words = scene.words
    if health.is_lost:
        since = health.since or scene.now
        told = words.t("{feed}: nothing since {time}", feed=one_line(health.name), time=words.clock(since))
        return [Part("  ✕ ", "$error"), Part(told, "bold $error", "screen.sources")]
    new = scene.newcomers.get(health.name)
    heard = Part(one_line(words.say(health.coverage)), "", "screen.sources")
    if new is None:
        return [Part(f"  {one_line(health.name)}: ", "$muted"), heard]
    return [Part(f"  {one_line(health.name)} ", "$muted"), Part(f"({words.say(new)}): ", "$warning"), heard]
