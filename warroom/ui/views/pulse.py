"""The pulse: five numbers, the chart with the timeline's events under it, the four audiences."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from warroom.domain.deadlines import next_deadline
from warroom.domain.events import Recorded
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES, SEGMENTS, Segment
from warroom.domain.silence import silent_since
from warroom.services.entries.entry import entry
from warroom.ui.audiences import FOUR, audience_rows, counted, silence_rows
from warroom.ui.keys import bind
from warroom.ui.line import Part, spread
from warroom.ui.present import countdown, fit
from warroom.ui.scene import Scene
from warroom.ui.views.pulse_lines import coverage_rows, effect_rows, narrative_line, spike_line
from warroom.ui.views.reading import learnt_line
from warroom.ui.views.view import View
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.pulse_chart import PulseChart
from warroom.ui.widgets.text_block import TextBlock, entitle


class Lines(NamedTuple):
    """Lines below the four audiences at most: of our silence, of the effect of what we said, of who is heard."""

    silence: int
    effect: int
    heard: int


LINES = (
    (44, Lines(silence=2, effect=9, heard=3)),
    (30, Lines(silence=2, effect=3, heard=2)),
    (0, Lines(silence=1, effect=1, heard=1)),
)
"""Rows of the terminal from which there are so many lines; the sheet has room for just these."""
LOW = 20
"""Rows of the terminal from which the chart has its axis and the signs of the timeline."""
LEAST = 12
"""Cells of one of the five numbers at least: "+12 h 44 min" has room."""
WINDOWS = (60, 180, 15)
"""Minutes that the chart shows."""
MARKED = "¶◆▲!"
"""The signs of the timeline that stand under the chart; of several in a minute the first of these."""


def five_numbers(scene: Scene, width: int) -> tuple[list[Part], list[Part]]:
    """Mentions a minute, since the first mention, to the next deadline, answered, silent: numbers and their names."""
    words, incident, board = scene.words, scene.incident, scene.board
    t = words.t
    as_of = scene.stale_since
    rate = board.pulse.rate(scene.minute)
    columns = [
        (
            words.number(round(rate)),
            words.tn("mention/min", "mentions/min", round(rate)),
            "",
            "bold $muted" if as_of else "bold $error",
        )
    ]
    if incident is not None:
        first = incident.first_mention_at
        since = f"+{words.span(scene.since(first))}" if first else "?"
        columns.append((since, t("since first mention"), t("first mention"), "bold $warning"))
        deadline = next_deadline(incident, scene.now)
        if deadline is not None:
            left = deadline.at - scene.now
            colour = "bold $error" if left < timedelta(0) else "bold $warning"
            columns.append((countdown(left), t("to: {what}", what=deadline.name), t("to deadline"), colour))
        total = sum(board.pulse.of(segment) for segment in SEGMENTS)
        answered = sum(board.desk.answered(segment) for segment in SEGMENTS)
        columns.append((words.percent(answered / total if total else 0.0), t("answered"), "", "bold"))
        columns.append((words.span(scene.since(silent_since(incident))), t("silent"), "", "bold"))
    names = [name for _, name, _, _ in columns]
    if sum(map(_cells, names)) > width:
        names = [brief or name for _, name, brief, _ in columns]
    if sum(map(_cells, names)) > width and len(columns) > 4:
        del columns[2], names[2]  # the clock stands above anyway
    wide = [_cells(name) for name in names]
    more = (width - sum(wide)) // len(wide)
    wide = [cells + more for cells in wide] if more >= 0 else [width // len(wide)] * len(wide)
    top = [Part(fit(number, cells - 1) + " ", ink) for cells, (number, _, _, ink) in zip(wide, columns, strict=True)]
    bottom = [Part(fit(name, cells - 1) + " ", "$muted") for cells, name in zip(wide, names, strict=True)]
    return top, bottom


def _cells(name: str) -> int:
    """How wide one of the five numbers is at least: by its name alone, so that none moves as another grows."""
    return max(LEAST, cell_len(name) + 2)


def marks_of(log: Iterable[Recorded], incident: Incident | None, first: int, window: int) -> dict[int, str]:
    """What happened in the window, by the place of its minute; `first` is the window's first minute.

    Only what falls into the window is put into words: the log grows all day, and the pulse is looked at every second.
    A note, which may tell of another time than its own, has no mark.
    """
    begins, marks = datetime.fromtimestamp(first * 60, UTC), dict[int, str]()
    ends = begins + timedelta(minutes=window)
    for recorded in log:
        if begins <= recorded.at < ends and (glyph := entry(recorded, incident).glyph) in MARKED:
            minute = (recorded.at - begins) // timedelta(minutes=1)
            marks[minute] = min(marks.get(minute, glyph), glyph, key=MARKED.index)
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
        words = scene.words
        segment = f" · {words.say(SEGMENT_NAMES[self._segment])}" if self._segment is not None else ""
        entitle(self.query_one("#pulse-main"), words.t("Pulse") + segment, foot=learnt_line(scene))
        numbers = cache(partial(five_numbers, scene))
        self.query_one("#numbers", ActionLine).show(lambda width: numbers(width)[0])
        self.query_one("#number-names", ActionLine).show(lambda width: numbers(width)[1])
        self.query_one("#spike", ActionLine).show(lambda width: spike_line(scene, width))
        self._show_chart(scene)
        self._show_audiences(scene)

    def _show_chart(self, scene: Scene) -> None:
        words, board, window, minute = scene.words, scene.board, self._window, scene.minute
        # The rows of the audiences need the last lines of a very low screen.
        self.query_one("#axis").display = roomy = self.app.size.height >= LOW
        marks = marks_of([line.recorded for line in board.timeline], scene.incident, minute - window, window)
        self.query_one("#chart", PulseChart).show(
            board.pulse.series(minute - 1, window, self._segment),
            alert=scene.alert_line if self._segment is None else None,
            marks=(marks or {-1: " "}) if roomy else {},
            stale=scene.stale_since is not None,
        )
        start = scene.heard_until - timedelta(minutes=window - 1)
        legend = words.t("◆ decision  ▲ alert  ¶ statement  ! overdue")
        self.query_one("#axis", ActionLine).show(
            lambda width: spread(
                [Part(words.clock(start), "$muted")],
                [Part(f"{legend}   " if width > 60 else "", "$muted"), Part(words.clock(scene.heard_until), "$muted")],
                width,
            )
        )

    def _show_audiences(self, scene: Scene) -> None:
        """The four audiences, and below them what there is room for."""
        words = scene.words
        width = self.query_one("#audiences").size.width or 76
        name, people = words.t("Four audiences"), words.tn("{n} author", "{n} authors", counted(scene))
        right = words.t(" · at the right the mentions without an answer")
        told = people + (right if cell_len(name + people + right) + 2 <= width else "")
        parts = [Part(name, "bold $primary"), Part(f"  {told}\n", "$muted")]
        for row in audience_rows(scene, width, full=width >= 70):
            parts += [*row, Part("\n")]
        lines = next(lines for height, lines in LINES if self.app.size.height >= height)
        for row in (
            *silence_rows(scene, width)[: lines.silence],
            *effect_rows(scene, width, lines.effect),
            narrative_line(scene, width),
            *coverage_rows(scene, width, lines.heard),
        ):
            parts += [*row, Part("\n")] if row else []
        unread = scene.board.pulse.of(None)
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
