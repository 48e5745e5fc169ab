"""The pulse: five numbers, the chart with the timeline's events under it, the four audiences."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from warroom.domain.effect import WINDOWS as WINDOWS_AFTER
from warroom.domain.effect import effect
from warroom.domain.events import Recorded
from warroom.domain.incident import Incident, next_deadline, silent_since
from warroom.domain.mention import SEGMENT_NAMES, SEGMENTS, Segment
from warroom.domain.networks import STAFF
from warroom.domain.statement import Publication
from warroom.domain.text import one_line
from warroom.domain.triage.alarm import sentence
from warroom.services.after_action import VERDICTS
from warroom.services.entries import PURPOSES, entry
from warroom.ui.audiences import FOUR, audience_rows, silence_rows
from warroom.ui.frame import countdown
from warroom.ui.keys import bind
from warroom.ui.line import Part, clip, cut, spread, whole, width_of
from warroom.ui.present import network_cell, story
from warroom.ui.scene import Scene
from warroom.ui.views.reading import learnt_line
from warroom.ui.views.view import View
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.pulse_chart import PulseChart
from warroom.ui.widgets.text_block import TextBlock, entitle

OWN_PLACES = ("web", STAFF, "press")
"""Where we speak and nobody is listened to."""
WIDE = 23
"""Cells of one of the five numbers from which its name is told whole."""
WINDOWS = (60, 180, 15)
"""Minutes that the chart shows."""
MARKED = "▲◆¶!"
"""The signs of the timeline that stand under the chart."""


def five_numbers(scene: Scene, width: int) -> tuple[list[Part], list[Part]]:
    """Mentions a minute, since the first mention, to the next deadline, answered, silent: numbers and their names."""
    words, incident, board = scene.words, scene.incident, scene.board
    t = words.t
    as_of = scene.stale_since
    rate = board.pulse.rate(scene.minute)
    cell = max(12, width // 5)
    wide = cell >= WIDE
    columns = [(words.number(round(rate)), t("mentions/min"), "bold $muted" if as_of else "bold $error")]
    if incident is not None:
        first = incident.first_mention_at
        told = t("since first mention") if wide else t("first mention")
        columns.append((f"+{words.span(scene.since(first))}" if first else "?", told, "bold $warning"))
        deadline = next_deadline(incident, scene.now)
        if deadline is not None:
            left = deadline.at - scene.now
            colour = "bold $error" if left < timedelta(0) else "bold $warning"
            told = t("to: {what}", what=deadline.name) if wide else t("to deadline")
            columns.append((countdown(left), told, colour))
        total = sum(board.pulse.of(segment) for segment in SEGMENTS)
        answered = sum(board.desk.answered(segment) for segment in SEGMENTS)
        columns.append((words.percent(answered / total if total else 0.0), t("answered"), "bold"))
        columns.append((words.span(scene.since(silent_since(incident))), t("silent"), "bold"))
    top = [Part(f"{cut(number, cell - 1):<{cell}}", style) for number, _, style in columns]
    bottom = [Part(f"{cut(name, cell - 1):<{cell}}", "$muted") for _, name, _ in columns]
    return top, bottom


def spike_line(scene: Scene, width: int) -> list[Part]:
    """What is unusual, as a sentence; from stale data nothing is claimed."""
    words = scene.words
    t = words.t
    if scene.unstored_since is not None:
        since = words.clock(scene.unstored_since)
        return [Part(t("as of {time}: nothing is stored since", time=since), "bold $error")]
    if scene.stale_since is not None:
        return [Part(t("as of {time}: nothing is heard since", time=words.clock(scene.stale_since)), "$muted")]
    spike = scene.spike
    line, alarm = scene.alert_line, scene.alarm
    right = [Part(t("alert at {n}", n=round(line)) + " ", "$muted")] if line is not None else []
    if spike is not None and scene.wave is not None:
        style = "bold $warning" if spike.level == "amber" else "bold $error"
        left = [Part("▲ ", style), Part(words.say(scene.wave), style)]
    elif alarm is None:
        left = [Part(t("What is usual is not known here."), "$muted")]
    elif alarm.frozen:
        left = [Part(t("A source is silent or new: what is usual is not learnt from it."), "$muted")]
    elif alarm.learning:
        left = [Part(t("Learning what is usual: {told}", told=sentence(alarm)), "$muted")]
    else:
        left = [Part(t("As usual: {told}", told=sentence(alarm)), "$success")]
    return spread(left, right, width)


def effect_rows(scene: Scene, most: int) -> list[list[Part]]:
    """What went out last, as far as its minutes are full: shares before and after with their numbers, never a cause."""
    incident = scene.incident
    if incident is None or scene.stale_since is not None:
        return []
    rows = [_effect(scene, out) for out in reversed(incident.publications)]
    return [row for row in rows if row][:most]


def _effect(scene: Scene, out: Publication) -> list[Part]:
    """The longest full time after a statement."""
    words, t = scene.words, scene.words.t
    for minutes in reversed(WINDOWS_AFTER):
        found = effect(scene.board.pulse, out.published_at, minutes, scene.now)
        if found is None:
            continue
        name = t("Effect of “{statement}” after {n} min:", statement=PURPOSES[out.purpose], n=minutes)
        if not found.n_before or not found.n_after:
            return [Part(f"{name} ", "$muted"), Part(words.say(VERDICTS["too few"]))]
        shares = t(
            "hate + dislike {before} → {after} (n={n}/{m})",
            before=words.percent(found.against("before")),
            after=words.percent(found.against("after")),
            n=found.n_before,
            m=found.n_after,
        )
        return [Part(f"{name} ", "$muted"), Part(f"{shares} ", "bold"), Part(words.say(VERDICTS[found.verdict]))]
    at = words.clock(out.published_at + timedelta(minutes=WINDOWS_AFTER[0] + 1))
    return [
        Part(t("Effect of “{statement}”: to be read at {time}", statement=PURPOSES[out.purpose], time=at), "$muted")
    ]


def narrative_line(scene: Scene, width: int) -> list[Part]:
    """The stories that rise, as many as fit."""
    known = scene.sorting.narratives
    if not known:
        return []
    t = scene.words.t
    head = [Part(t("Narratives") + " ", "$muted", "screen.narratives")]
    cells = [
        [Part(f" {story(one)} ", "bold", "screen.narratives"), Part(f"{one.mentions} ", "$muted")] for one in known
    ]
    return [*head, *whole(cells, width - width_of(head))]


def coverage_line(scene: Scene, width: int) -> list[Part]:
    """What is heard of each network, said out loud: silence there may be ours."""
    words, t = scene.words, scene.words.t
    if scene.replay is not None or not scene.health:
        return []
    head = [Part(t("Heard") + " ", "$muted", "screen.sources")]
    cells = [
        [
            Part(f" {one_line(health.name)}: ", "$error" if health.is_lost else "$muted"),
            Part(one_line(words.say(health.coverage)), "bold $error" if health.is_lost else "", "screen.sources"),
        ]
        for health in scene.health
    ]
    heard = {health.source.casefold() for health in scene.health}
    for network in scene.desk.settings.networks if scene.mode not in ("demo", "drill") else ():
        if network.casefold() not in (*heard, *OWN_PLACES):
            cells.append([Part(f" {network_cell(network)}: ", "$muted"), Part(t("not connected"), "$warning")])
    return [*head, *whole(cells, width - width_of(head))]


def marks_of(log: Iterable[Recorded], incident: Incident | None, first: int, window: int) -> dict[int, str]:
    """What happened in the window, by the place of its minute; `first` is the window's first minute.

    Only what falls into the window is put into words: the log grows all day, and the pulse is looked at every second.
    A note, which may tell of another time than its own, has no mark.
    """
    begins, marks = datetime.fromtimestamp(first * 60, UTC), dict[int, str]()
    ends = begins + timedelta(minutes=window)
    for recorded in log:
        if begins <= recorded.at < ends and (glyph := entry(recorded, incident).glyph) in MARKED:
            marks[(recorded.at - begins) // timedelta(minutes=1)] = glyph
    return marks


class PulseView(View, can_focus=True):
    """w changes the window, s shows one audience."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("pulse.window", "window"),
        bind("pulse.segment", "segment"),
        bind("pulse.narratives", "screen.narratives"),
    ]

    def compose(self) -> ComposeResult:
        with Container(id="pulse-main", classes="panel"):
            yield ActionLine(id="numbers")
            yield ActionLine(id="number-names")
            yield ActionLine(id="spike")
            yield PulseChart(id="chart")
            yield ActionLine(id="axis")
            yield TextBlock(id="audiences")

    def on_mount(self) -> None:
        self._window = WINDOWS[0]
        self._segment: Segment | None = None
        self._scene: Scene | None = None

    def first_panel(self) -> "PulseView":
        return self

    def look(self, scene: Scene) -> None:
        self._scene = scene
        words, board = scene.words, scene.board
        t = words.t
        panel = self.query_one("#pulse-main")
        segment = f" · {words.say(SEGMENT_NAMES[self._segment])}" if self._segment is not None else ""
        entitle(panel, t("Pulse") + segment, foot=learnt_line(scene))
        numbers = cache(partial(five_numbers, scene))
        self.query_one("#numbers", ActionLine).show(lambda width: numbers(width)[0])
        self.query_one("#number-names", ActionLine).show(lambda width: numbers(width)[1])
        self.query_one("#spike", ActionLine).show(lambda width: spike_line(scene, width))
        window, minute = self._window, scene.minute
        marks = marks_of([line.recorded for line in board.timeline], scene.incident, minute - window, window)
        self.query_one("#chart", PulseChart).show(
            board.pulse.series(minute - 1, window, self._segment),
            alert=scene.alert_line if self._segment is None else None,
            marks=marks or {-1: " "},
            stale=scene.stale_since is not None,
        )
        start = scene.heard_until - timedelta(minutes=window - 1)
        legend = t("◆ declared  ▲ alert  ¶ statement")
        self.query_one("#axis", ActionLine).show(
            lambda width: spread(
                [Part(words.clock(start), "$muted")],
                [Part(f"{legend}   " if width > 60 else "", "$muted"), Part(words.clock(scene.heard_until), "$muted")],
                width,
            )
        )
        width = self.query_one("#audiences").size.width or 76
        people = sum(scene.sorting.authors.board.values())
        counted = words.tn("{n} author", "{n} authors", people) + t(" · at the right the mentions without an answer")
        parts = [Part(t("Four audiences"), "bold $primary"), Part(f"  {counted}\n", "$muted")]
        for row in audience_rows(scene, width, full=width >= 70):
            parts += [*row, Part("\n")]
        for row in silence_rows(scene, width):
            parts += [*row, Part("\n")]
        for row in effect_rows(scene, most=max(1, (self.app.size.height - 30) // 2)):
            parts += [*clip(row, width), Part("\n")]
        for row in (narrative_line(scene, width), coverage_line(scene, width)):
            parts += [*row, Part("\n")] if row else []
        unread = board.pulse.of(None)
        if unread:
            parts.append(Part(words.tn("{n} not read yet", "{n} not read yet", unread), "$muted"))
        self.query_one("#audiences", TextBlock).show(parts)

    def action_window(self) -> None:
        self._window = WINDOWS[(WINDOWS.index(self._window) + 1) % len(WINDOWS)]
        self._again()

    def action_segment(self) -> None:
        steps: list[Segment | None] = [None, *FOUR]
        self._segment = steps[(steps.index(self._segment) + 1) % len(steps)]
        self._again()

    def _again(self) -> None:
        if self._scene is not None:
            self.look(self._scene)
