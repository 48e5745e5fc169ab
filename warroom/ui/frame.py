"""The frame around every view as parts: identity, clocks, tabs, replay bar. Pure: what is known → parts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from warroom.domain.approval import waits_for
from warroom.domain.deadlines import Deadline, next_deadline
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.domain.silence import silent_since
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.coach import LESSONS, Coach
from warroom.ui.known import Known
from warroom.ui.line import Part, clip, cut, spread, whole, width_of
from warroom.ui.present import countdown

VIEWS = ("room", "feed", "plan", "statement", "timeline", "pulse")
TAB_NAMES = {
    "room": say("Room"),
    "feed": say("Feed"),
    "plan": say("Plan"),
    "statement": say("Statement"),
    "timeline": say("Timeline"),
    "pulse": say("Pulse"),
}
SEVERITIES = {
    1: say("A complaint"),
    2: say("Several complaints"),
    3: say("It spreads, or the press asks"),
    4: say("Harm to people, or national news"),
}


def severity_bar(severity: int) -> str:
    return "■" * severity + "□" * (4 - severity)


def identity(known: Known, width: int) -> list[Part]:
    """Mode chip, title (cut first), severity chip (never cut), feed state, local time with offset."""
    words, incident = known.words, known.incident
    t = words.t
    chips = {
        "calm": _calm_chip(known),
        "live": Part(f" ● {t('LIVE')} ", "bold $background on $error"),
        "demo": Part(f" ▞▞ {t('DEMO')} ▞▞ ", "bold $background on $accent"),
        "drill": Part(f" ▞▞ {t('DRILL')} ▞▞ ", "bold $background on $accent"),
        "replay": Part(f" ▶▶ {t('REPLAY')} ", "bold $background on $accent"),
    }
    left = [Part(" "), chips[known.mode], Part("  ")]
    severity: list[Part] = []
    if incident is not None:
        chip = f" {severity_bar(incident.severity)} {t('{n} of 4', n=incident.severity)} "
        severity = [Part("  "), Part(chip, "bold $error on $panel", "screen.severity")]
    clock = words.clock_s(known.now) if width >= 100 else words.clock(known.now)
    offset = words.offset(known.now)
    right = [
        *feed_state(known, short=width < 100),
        Part("   " if width >= 100 else " "),
        Part(clock, "bold"),
        Part(f" {offset if width >= 100 else offset[:3]} ", "$muted"),
    ]
    called = known.replay.final.title if known.replay is not None else known.organisation
    title = one_line(incident.title if incident is not None else called)
    room = width - width_of(left) - width_of(severity) - width_of(right) - 1
    action = "" if incident is None or known.read_only else "screen.title"
    style = "$muted" if incident is None and known.replay is not None else "bold"  # not declared yet at this time
    return spread([*left, Part(cut(title, room), style, action), *severity], right, width)


def _calm_chip(known: Known) -> Part:
    """What calm stands on: whether anybody listens, and whether it is kept."""
    t = known.words.t
    if known.unstored_since is not None:
        return Part(f" ✕ {t('NOT STORING')} ", "bold $background on $error")
    if known.stale_since is not None:
        return Part(f" ✕ {t('NOT HEARING')} ", "bold $background on $error")
    if not known.health:
        return Part(f" ○ {t('NOT LISTENING')} ", "bold $background on $muted")
    return Part(f" ○ {t('LISTENING')} ", "bold $background on $success")


def feed_state(known: Known, *, short: bool) -> list[Part]:
    """Whether the feeds hear: a glyph and, where there is room, words."""
    t, health = known.words.t, known.health
    if known.replay is not None:
        return [] if short else [Part(t("recorded, read-only"), "$muted")]
    if known.unstored_since is not None:
        at = known.words.clock(known.unstored_since)
        return [Part(f"✕ {at}" if short else "✕ " + t("not stored since {time}", time=at), "bold $error")]
    if not health:
        return [Part("○", "$muted"), *([] if short else [Part(" " + t("no source"), "$muted")])]
    lost = known.lost
    since = known.stale_since
    if since is not None:
        return [Part(f"✕ {known.words.span(known.now - since)}", "bold $error", "screen.sources")]
    if lost:
        text = t("{n} of {all} sources", n=len(health) - len(lost), all=len(health))
        return _state("◐", text, "$warning", short)
    if known.elsewhere:
        return _state("◌", t("another console listens"), "$muted", short)
    if all(one.state == "starting" for one in health):
        return _state("○", t("connecting"), "$muted", short)
    return _state("◉", t("feed live"), "$success", short)


def _state(glyph: str, text: str, style: str, short: bool) -> list[Part]:
    """The glyph in its colour, and where there is room its words; both open the list of sources."""
    quiet = "$muted" if style == "$success" else style
    words = [] if short else [Part(f" {text}", quiet, "screen.sources")]
    return [Part(glyph, style if style == "$muted" else f"bold {style}", "screen.sources"), *words]


def progress(deadline: Deadline, known: Known, width: int) -> tuple[str, str]:
    """How much of a deadline's time is gone: a heavy part and a light part, together `width` cells."""
    span = (deadline.at - deadline.start).total_seconds()
    gone = (known.now - deadline.start).total_seconds() / span if span > 0 else 1.0
    heavy = round(min(max(gone, 0.0), 1.0) * width)
    return "━" * heavy, "╌" * (width - heavy)


def published(incident: Incident, at: datetime, words: Words) -> str:
    """What stands in the place of the clock for a moment."""
    return words.t("Published after {n} min", n=incident.minutes(at))


DEADLINES = "screen.deadlines"


def clocks(known: Known, width: int) -> list[Part]:
    """The nearest public deadline, then the times that fit, then what is late."""
    incident = known.incident
    if incident is None:
        return []
    left, right = _deadline(known, incident), _late(known, incident, width)
    free = width - width_of(left) - width_of(right) - 2
    groups = [group for group in _times(known, incident, width) if group]
    middle = [part._replace(action="screen.times") for part in whole(groups, free)]
    return spread([*left, *middle], right, width)


def _deadline(known: Known, incident: Incident) -> list[Part]:
    """What the public waits for next; for a moment, that it has it."""
    words, now = known.words, known.now
    t = words.t
    if known.just_out is not None:
        return [Part(" "), Part(published(incident, known.just_out, words), "bold $success")]
    deadline = next_deadline(incident, now)
    if deadline is None:
        return [Part(" "), *([Part(t("No deadline is running"), "$muted")] if incident.is_open else [])]
    to_go, name = deadline.at - now, words.say(deadline.name)
    if to_go < timedelta(0):
        colour = "$error"
        parts = [Part(" "), Part(f"{name} "), Part(t("{time} late", time=countdown(to_go)), f"bold {colour}")]
    else:
        colour = "$warning"
        parts = [Part(" "), Part(t("{what} in", what=name) + " "), Part(countdown(to_go), f"bold {colour}")]
    heavy, light = progress(deadline, known, 10)
    parts += [Part(" "), Part(heavy, colour), Part(light, "$lines"), Part(f" {words.clock(deadline.at)}", "$muted")]
    return [part._replace(action=DEADLINES) for part in parts]


def _late(known: Known, incident: Incident, width: int) -> list[Part]:
    words, late = known.words, incident.late_steps(known.now)
    if not late:
        return []
    first = min(late, key=lambda state: state.due)
    step = words.name(first.step.name)
    if len(late) > 1 or width < 110:
        told = words.tn("{n} late", "{n} late", len(late))
    elif first.owner:
        told = words.t("late: {step} ({owner})", step=step, owner=first.owner)
    else:
        told = words.t("late: {what}", what=step)
    return [Part(f"! {told} ", "bold $error", f"screen.show_step({first.id!r})")]


def _times(known: Known, incident: Incident, width: int) -> list[list[Part]]:
    """How long the first mention, the declaration and our last word are ago, the weightiest first; then what is next
    of that which comes back."""
    words = known.words
    t = words.t
    since_first: list[Part] = []
    if incident.first_mention_at is not None:
        ago = words.span(known.since(incident.first_mention_at))
        since_first = [Part("   " + t("First mention") + " "), Part(f"+{ago}", "bold")]
    declared = f"+{words.span(known.since(incident.declared_at))}"
    since_declared = [Part("   " + t("Declared") + " "), Part(declared, "bold")]
    silent = [Part("   " + t("Silent") + " "), Part(words.span(known.since(silent_since(incident))), "bold")]
    groups = [since_first, since_declared, silent] if width >= 140 else [silent, since_first, since_declared]
    return [*groups, *next_round(incident, known)]


def next_round(incident: Incident, known: Known) -> list[list[Part]]:
    """Which step that comes back is due next, and when; late ones are told apart."""
    words, waiting = known.words, [state for state in incident.steps.values() if state.rounds and state.is_open]
    coming = [state for state in waiting if not state.is_late(incident.declared_at, known.now)]
    if not coming or not incident.is_open:
        return []
    first = min(coming, key=lambda state: state.due)
    at, name = words.clock(first.due_at(incident.declared_at)), words.name(first.step.name)
    return [[Part("   " + words.t("Next") + " "), Part(at, "bold"), Part(f" {name}")]]


Badges: TypeAlias = Mapping[str, tuple[str, str]]
"""What stands behind the name of a view, and its style."""


def tabs(known: Known, active: str, width: int) -> list[Part]:
    """The six views with their badges. When tight, plain badges go first, then the gaps."""
    badges = _badges(known)
    urgent = {view: badge for view, badge in badges.items() if "$error" in badge[1]}
    menu = [
        Part("Ctrl+P", "bold $warning", "app.command_palette"),
        Part(f" {known.words.t('Menu')} ", "", "app.command_palette"),
    ]
    tries: tuple[tuple[Badges, str, str, list[Part]], ...] = (
        (badges, " ", " ", menu),
        (badges, " ", " ", []),
        (urgent, " ", " ", []),
        (urgent, "", " ", []),
        ({}, " ", "", []),
    )
    for badged, gap, edge, right in tries:
        left = _tabs(known, active, badged, gap, edge)
        if width_of(left) + width_of(right) <= width:
            return spread(left, right, width)
    return clip(_tabs(known, active, {}, "", " "), width)


def _badges(known: Known) -> Badges:
    badges: dict[str, tuple[str, str]] = {}
    if known.board.row:
        badges["feed"] = (known.words.short(known.board.row), "$muted")
    if known.incident is not None:
        late = len(known.incident.late_steps(known.now))
        if late:
            badges["plan"] = (f"{late}!", "bold $error")
        statement = known.incident.statement
        if statement is not None:
            badges["statement"] = (f"v{statement.head.number}", "$muted")
            if waits_for(known.incident, statement, known.actor, known.now):
                badges["statement"] = (f"v{statement.head.number}!", "bold $error")
    return badges


def _tabs(known: Known, active: str, badges: Badges, gap: str, edge: str) -> list[Part]:
    parts: list[Part] = []
    for view in VIEWS:
        name, action = known.words.say(TAB_NAMES[view]), f"screen.view('{view}')"
        badge, key = badges.get(view), known.key(f"view.{view}")
        if view == active:
            text = f"{edge}{key} {name}" + (f" {badge[0]}" if badge else "") + edge
            parts.append(Part(text, "bold $background on $primary", action))
        else:
            parts += [Part(f"{edge}{key} ", "bold $warning", action), Part(name, "", action)]
            if badge:
                parts.append(Part(f" {badge[0]}", badge[1], action))
            parts.append(Part(edge, "", action))
        parts.append(Part(gap))
    return parts


WEIGHTY = "▲◆¶!◇★✓✎◌"
"""Signs of the timeline; of several in one cell of the replay's bar the first is shown."""


def replay_bar(known: Known, width: int) -> list[Part]:
    """Pause or play, speed, the incident's length with its events and the playhead, and where we are."""
    replay, words = known.replay, known.words
    if replay is None:
        return []
    left = [
        Part(" ▶ " if replay.playing else " ❚❚ ", "bold $background on $accent", "screen.play"),
        Part(f" {replay.speed}× ", "bold"),
        Part(f"{words.clock(replay.start)} ", "$muted"),
    ]
    right = [Part(f" {words.clock(replay.end)}  ", "$muted"), Part(f"{words.clock_s(replay.at)} ", "bold")]
    length = max(10, width - width_of(left) - width_of(right))
    span = (replay.end - replay.start).total_seconds() or 1.0

    def place(seconds: float) -> int:
        return min(length - 1, max(0, int(seconds / span * (length - 1))))

    head = place((replay.at - replay.start).total_seconds())
    marks: dict[int, str] = {}
    for at, sign in replay.signs:
        x = place((at - replay.start).total_seconds())
        marks[x] = min(marks.get(x, sign), sign, key=WEIGHTY.find)
    bar: list[Part] = []
    for x in range(length):
        action = f"screen.seek({x / max(1, length - 1)})"
        if x == head:
            bar.append(Part("┃", "bold $warning", action))
        elif x in marks:
            bar.append(Part(marks[x], "$warning" if x <= head else "$muted", action))
        else:
            bar.append(Part("━" if x < head else "─", "$accent" if x < head else "$lines", action))
    return [*left, *bar, *right]


def coached(known: Known, coach: Coach, keys: Mapping[str, str], width: int) -> list[Part]:
    """What to try next, in the demo."""
    told = Part(coach.told(keys, known.words), "bold")
    return clip([Part(f" {coach.number}/{len(LESSONS)} ", "bold $background on $accent"), Part(" "), told], width)


SMALLEST = (60, 16)
"""Columns and rows below which only one line is shown."""


def is_too_small(width: int, height: int) -> bool:
    return width < SMALLEST[0] or height < SMALLEST[1]


def too_small(known: Known, width: int, height: int) -> list[Part]:
    """One line where the terminal is too small: the size now, the size needed, the time left, the way out."""
    t = known.words.t
    told = t("{w}×{h}; {need} needed.", w=str(width), h=str(height), need=f"{SMALLEST[0]}×{SMALLEST[1]}")
    parts = [Part(told, "bold")]
    if known.incident is not None and (deadline := next_deadline(known.incident, known.now)) is not None:
        parts.append(Part(f" {countdown(deadline.at - known.now)}", "bold $warning"))
    parts.append(Part(f"  {known.key('console.quit')} ", "bold $warning", "screen.leave"))
    return clip([*parts, Part(t("Quit"), "", "screen.leave")], width)
