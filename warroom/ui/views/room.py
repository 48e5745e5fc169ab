"""The room, everything at a glance: the feed and its mention; clock, plan, pulse and statement at the right."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from warroom.domain.deadlines import next_deadline
from warroom.domain.incident import Incident
from warroom.domain.silence import silent_since
from warroom.domain.statement import Statement
from warroom.domain.steps import Standing, action_order
from warroom.domain.text import one_line
from warroom.services.entries.entry import entry
from warroom.ui.audiences import audience_rows, counted
from warroom.ui.frame import progress, published
from warroom.ui.line import Part, cut, spread
from warroom.ui.scene import Scene
from warroom.ui.views.calm import hearing_lines, humanity_parts, key_lines, practice_lines
from warroom.ui.views.mentions import MentionsView, mention_parts, nothing_chosen, nothing_yet
from warroom.ui.views.plan_lines import item_row, objective_line, step_row, time_left
from warroom.ui.views.statement_card import card, verdicts
from warroom.ui.views.timeline import GLYPH_STYLES, offset_cell
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.big_clock import BigClock
from warroom.ui.widgets.mention_feed import MentionFeed
from warroom.ui.widgets.pulse_chart import PulseChart
from warroom.ui.widgets.text_block import TextBlock, entitle

DAYS = timedelta(hours=100)
"""How much time left is told in days, since nobody counts so many hours."""
LONG_NAME = 12
"""Cells of the name of a source beside the number of its wave."""
JUDGE_AFTER = 0.2
"""Seconds after a change of the statement before its card says what the checks find."""

CARDS = {
    "golden": "screen.deadlines",
    "room-plan": "screen.view('plan')",
    "room-pulse": "screen.view('pulse')",
    "room-statement": "screen.view('statement')",
    "room-timeline": "screen.view('timeline')",
    "room-mention": "screen.perform('feed.open')",
}
"""What a click on a card of the Room opens."""


ENTRY_INDENT = 13
"""Cells of an entry's time, minutes and sign, before its text."""
ROOM_FOR_A_CHART = 24
"""Rows of the screen from which calm shows the last hour."""


def _in_lines(lines: Sequence[Sequence[Part]]) -> list[Part]:
    parts: list[Part] = []
    for line in lines:
        parts += [*line, Part("\n")]
    return parts[:-1]


def _left(scene: Scene, incident: Incident) -> Sequence[Part]:
    """What the clock changes in the plan: how each step stands in words."""
    return [time_left(state, incident.declared_at, scene.now, scene.words) for state in incident.steps.values()]


class RoomView(MentionsView):
    """Opens first. In calm it says so, in the middle, with what can be done."""

    def compose(self) -> ComposeResult:
        with Container(id="calm"), Vertical(id="calm-box"):
            yield TextBlock(id="calm-text")
            yield PulseChart(id="calm-chart")
            yield TextBlock(id="calm-keys")
        with Horizontal(id="crisis"):
            with Container(id="room-left"):
                yield ActionLine(id="held")
                yield MentionFeed(id="room-feed")
                with Container(id="room-mention", classes="panel"):
                    yield TextBlock(id="room-mention-text")
            with Container(id="room-side"):
                with Container(id="golden", classes="panel"):
                    yield BigClock("", id="digits")
                    yield TextBlock(id="golden-text")
                    yield TextBlock(id="golden-foot")
                with Container(id="room-plan", classes="panel"):
                    yield TextBlock(id="room-plan-text")
                with Container(id="room-pulse", classes="panel"):
                    yield ActionLine(id="room-rate")
                    yield PulseChart(id="room-chart")
                    yield TextBlock(id="room-audiences")
                with Container(id="room-statement", classes="panel"):
                    yield TextBlock(id="room-statement-text")
            with Container(id="room-timeline", classes="panel"):
                yield TextBlock(id="room-timeline-text")

    def first_panel(self) -> Widget | None:
        return self.feed if self.query_one("#crisis").display else None

    def on_mount(self) -> None:
        self._judged: tuple[Statement, int] | None = None
        self._verdicts: Mapping[str, int] = {}
        self._stood: Sequence[Part] = ()
        """How its steps stood when the plan was shown last."""

    async def on_click(self, event: events.Click) -> None:
        """A card opens what it is the short form of."""
        under, _ = self.screen.get_widget_at(event.screen_x, event.screen_y)
        action = next((CARDS[node.id] for node in under.ancestors_with_self if node.id in CARDS), None)
        if action is not None:
            event.stop()
            await self.run_action(action)

    def look(self, scene: Scene) -> None:
        self._scene = scene
        incident = scene.incident
        calm = incident is None and scene.replay is None
        self.query_one("#calm").display = calm
        self.query_one("#crisis").display = not calm
        if self.screen.focused in (None, self.feed):
            self.screen.set_focus(self.first_panel())  # no key acts on a list that nobody sees
        if calm:
            self._calm(scene)
            return
        t = scene.words.t
        self.feed.look(scene, title=t("Feed"), empty=nothing_yet(scene))
        self.hold_bar(self.query_one("#held", ActionLine), scene.words)
        self._mention(scene)
        self.query_one("#room-side").display = incident is not None and self.app.size.width >= 100
        if incident is None:
            return
        if self.app.size.width >= 100:
            self._golden(scene, incident)
            self._plan(scene, incident)
            self._pulse(scene)
            self._statement(scene, incident)
        if self.app.size.width >= 180:
            self._timeline(scene, incident)

    def tick(self, scene: Scene) -> None:
        incident = scene.incident
        if incident is None:
            self.look(scene)
            return
        self._scene = scene
        self.feed.tick(scene)
        self._mention(scene)
        if self.app.size.width >= 100:
            self._golden(scene, incident)
            if _left(scene, incident) != self._stood:
                self._plan(scene, incident)
            self._statement(scene, incident)

    # --- calm -------------------------------------------------------------------------------------------

    def _calm(self, scene: Scene) -> None:
        practice = scene.practice
        lines = hearing_lines(scene) if practice is None else practice_lines(practice, scene)
        if scene.board.row:
            kept = scene.words.tn("{n} mention kept", "{n} mentions kept", scene.board.row)
            lines += [[Part(kept, "$muted")]] if practice is None else [[], [Part(kept, "$muted")]]
        if scene.humanity is not None:
            lines.append(humanity_parts(scene.humanity, scene.words))
        self.query_one("#calm-text", TextBlock).show(_in_lines(lines))
        self.query_one("#calm-keys", TextBlock).show(_in_lines(key_lines(scene)))
        chart, minute = self.query_one("#calm-chart", PulseChart), scene.minute
        chart.display = bool(scene.board.row) and self.app.size.height >= ROOM_FOR_A_CHART
        series = scene.board.pulse.series(minute - 1, 60)
        chart.show(series, alert=scene.alert_line, stale=scene.stale_since is not None)

    # --- the left ---------------------------------------------------------------------------------------

    def _mention(self, scene: Scene) -> None:
        panel = self.query_one("#room-mention")
        entitle(panel, scene.words.t("Mention"))
        row = self.feed.selected
        kept = self.feed.kept(row) if row is not None else None
        box = self.query_one("#room-mention-text", TextBlock)
        if kept is None:
            box.show([Part(scene.words.say(nothing_chosen(scene)), "$muted")])
        else:
            box.show(mention_parts(scene, kept, max(20, box.size.width or 60), ranked=True))

    def on_mention_feed_highlighted(self, message: MentionFeed.Highlighted) -> None:
        message.stop()
        if self._scene is not None:
            self.hold_bar(self.query_one("#held", ActionLine), self._scene.words)
            self._mention(self._scene)

    # --- the right --------------------------------------------------------------------------------------

    def _golden(self, scene: Scene, incident: Incident) -> None:
        words, now = scene.words, scene.now
        t = words.t
        panel = self.query_one("#golden")
        deadline = next_deadline(incident, now)
        digits, text = self.query_one("#digits", BigClock), self.query_one("#golden-text", TextBlock)
        entitle(panel, t("Golden hour") if incident.holding_at is None else t("Clock"))
        foot: list[Part] = []
        width = self.query_one("#golden-foot").size.width or 40
        digits.set_class(scene.just_out is not None, "-done")
        if scene.just_out is not None:
            digits.set_class(False, "-late")
            digits.update(words.timer(scene.just_out - incident.declared_at))
            text.show([Part(published(incident, scene.just_out, words), "bold $success")])
        elif deadline is None:
            digits.update("--:--")
            text.show([Part(t("No deadline is running"), "$muted")])
        else:
            left = deadline.at - now
            late = left < timedelta(0)
            digits.set_class(late, "-late")
            long = words.span(abs(left)) if abs(left) >= DAYS else words.timer(abs(left))
            digits.update(("+" if late else "") + long)
            name = words.say(deadline.name)
            name = name if name[1:2].isupper() else name[:1].lower() + name[1:]  # CNMV stays
            told = t("late: {what}", what=name) if late else t("min to the {what}", what=name)
            text.show([Part(told)])
            at = f" {words.clock(deadline.at)}"
            heavy, light = progress(deadline, scene, width - len(at))
            colour = "$error" if late else "$warning"
            foot += [Part(heavy, colour), Part(light, "$lines"), Part(at + "\n", "bold")]
        first = incident.first_mention_at
        since = f"+{words.span(scene.since(first))}" if first is not None else "?"
        foot += spread(
            [Part(t("First mention") + " ", "$muted"), Part(since, "bold")],
            [Part(t("Silent") + " ", "$muted"), Part(words.span(scene.since(silent_since(incident))), "bold")],
            width,
        )
        self.query_one("#golden-foot", TextBlock).show(foot)

    def _plan(self, scene: Scene, incident: Incident) -> None:
        """In action order: late, now with its checklist, next, done. The objective never scrolls away."""
        words = scene.words
        self._stood = _left(scene, incident)
        panel, box = self.query_one("#room-plan"), self.query_one("#room-plan-text", TextBlock)
        entitle(panel, words.t("Plan"))
        done = sum(state.is_settled(incident.declared_at, scene.now) for state in incident.steps.values())
        entitle(panel, foot=words.t("{done}/{all} done", done=done, all=len(incident.steps)))
        width = box.size.width or 40
        lines: list[Sequence[Part]] = [
            [
                part._replace(text=cut(part.text, width - 2))
                for part in objective_line(incident, scene, in_plan=False)[:2]
            ]
        ]
        unfolded = False
        for state in action_order(incident.steps, incident.declared_at, scene.now):
            lines.append(step_row(state, incident, scene.now, words, width, clock=False))
            standing = state.standing(incident.declared_at, scene.now)
            if standing is Standing.NOW and not unfolded and state.step.items:
                unfolded = True
                rows = [item_row(state, item.id, words) for item in state.step.items]
                lines += [[part._replace(action="") for part in row] for row in rows]  # the card leads to the plan
        parts: list[Part] = []
        for line in lines[: self.app.size.height]:  # what has no room is cut by the panel, whose height comes later
            parts += [*line, Part("\n")]
        box.show(parts[:-1])

    def _pulse(self, scene: Scene) -> None:
        words, pulse = scene.words, scene.board.pulse
        t = words.t
        panel = self.query_one("#room-pulse")
        entitle(panel, t("Pulse"))
        people = words.tn("{n} author", "{n} authors", counted(scene))
        entitle(panel, foot=f"{people} · {t('▲ rising ▼ falling')}")
        minute = scene.minute
        rate = round(pulse.rate(minute))
        spike, stale = scene.spike, scene.stale_since
        right: list[Part] = []
        if stale is not None:
            right = [Part(t("as of {time}", time=words.clock(stale)), "$muted")]
        elif spike is not None:
            rate10 = spike.rate10 if spike.feed else pulse.rate(minute) * 10
            told = t("▲ SPIKE {n}×", n=round(rate10 / max(spike.usual10, 1)))
            right = [Part(f"{cut(one_line(spike.feed), LONG_NAME)} {told}" if spike.feed else told, "bold $error")]
        left = [
            Part(words.number(rate), "$muted" if stale else "bold"),
            Part(" " + words.tn("mention/min", "mentions/min", rate), "$muted"),
        ]
        self.query_one("#room-rate", ActionLine).show(lambda width: spread(left, right, width))
        chart = self.query_one("#room-chart", PulseChart)
        chart.show(pulse.series(minute - 1, 60), alert=scene.alert_line, stale=stale is not None)
        box = self.query_one("#room-audiences", TextBlock)
        parts: list[Part] = []
        for row in audience_rows(scene, box.size.width or 40, full=False):
            parts += [*row, Part("\n")]
        box.show(parts[:-1])

    def _statement(self, scene: Scene, incident: Incident) -> None:
        entitle(self.query_one("#room-statement"), scene.words.t("Statement"))
        box = self.query_one("#room-statement-text", TextBlock)
        statement = incident.statement
        judged = (statement, scene.minute) if statement is not None else None
        if judged is None:
            self._verdicts = {}
        elif judged != self._judged:
            # The checks are not waited for: the card is there first.
            self._judged = judged
            self.set_timer(JUDGE_AFTER, self._judge)
        box.show(card(scene, incident, self._verdicts, box.size.width or 40))

    def _judge(self) -> None:
        scene = self._scene
        incident = scene.incident if scene is not None else None
        if scene is not None and incident is not None and incident.statement is not None:
            self._verdicts = verdicts(scene, incident, incident.statement)
            self._statement(scene, incident)

    def _timeline(self, scene: Scene, incident: Incident) -> None:
        """The newest entries first, each in three lines at most, or four."""
        words = scene.words
        panel, box = self.query_one("#room-timeline"), self.query_one("#room-timeline-text", TextBlock)
        entitle(panel, words.t("Timeline"))
        entitle(panel, foot=f"{scene.key('console.note')} {words.t('Note')}")
        room = max(20, (box.size.width or 46) - ENTRY_INDENT)
        parts: list[Part] = []
        for line in reversed(scene.board.timeline[-self.app.size.height // 2 :]):
            told = entry(line.recorded, incident)
            who = one_line(told.who)
            text = cut(one_line(words.say(told.text)), 3 * room - 2 * cell_len(who))
            parts += [
                Part(f"{words.clock(told.at)} ", "bold"),
                Part(f"{offset_cell(told, incident):>4} ", "$muted"),
                Part(f"{told.glyph} ", GLYPH_STYLES[told.glyph], hangs=True),
                Part(text),
                Part(f"  {who}\n", "$muted"),
            ]
        box.show(parts)
