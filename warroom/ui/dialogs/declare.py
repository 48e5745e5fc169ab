"""Declaring a crisis: one sentence, severity, lead, objective; what it will do is said before it is done."""

from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet, Static

from warroom.domain.board import Board
from warroom.domain.events import IncidentDeclared, Mode
from warroom.domain.incident import declare
from warroom.domain.mention import Segment
from warroom.domain.sentence import Refused, say
from warroom.store.windows import Filter
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.frame import SEVERITIES, severity_bar
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Muster, Scene
from warroom.ui.views.pulse_lines import told_as
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice, ChoiceSet

FIRST_AMONG = 500
"""Newest mentions among which the first of a crisis is looked for."""

TITLE = 60
"""Characters of a text that stand in the proposed title."""
USUAL, ASKED = 2, 3
"""The severity that is proposed, and where the program asked whether this is a crisis: it spreads, or people tell of a
danger. When in doubt one goes higher, but keeps one step in reserve (playbook, section 4g)."""


class DeclareDialog(Dialog[Act]):
    """Answers with the act that declares. `muster` is the plan, the people and the zone from the config."""

    FOOT_STAYS = True
    KEEPS = "choices"

    def __init__(self, scene: Scene, muster: Muster, selected: int | None = None) -> None:
        """`selected` is the row of the mention that somebody had chosen: with it the crisis began."""
        super().__init__(scene.words, say("Declare a crisis"), yes=say("Declare and start the clock"), no=say("Cancel"))
        self._scene = scene
        self._muster = muster
        self._start = what_is_told(scene)
        self._first_mention_at = first_mention(scene, selected)

    def body(self) -> ComposeResult:
        t, words, muster = self.words.t, self.words, self._muster
        yield Label(content_of([Part(t("What is happening? (one sentence)"), "$muted")]))
        yield Input(self._start, id="title", select_on_focus=False)
        yield Label(content_of([Part(t("Severity"), "$muted")]))
        start = USUAL if self._scene.proposal is None else ASKED
        with ChoiceSet(id="severity"):
            for severity, meaning in SEVERITIES.items():
                label = f"{severity_bar(severity)} {severity} {words.say(meaning)}"
                yield Choice(label, value=severity == start, id=f"severity-{severity}")
        yield Label(content_of([Part(t("Lead"), "$muted")]))
        yield Input(muster.roles.get("lead", self._scene.actor), id="lead", select_on_focus=False)
        yield Label(content_of([Part(t("Objective"), "$muted")]))
        yield Input("", id="objective")
        yield Static(id="effect")

    @property
    def _severity(self) -> int:
        return (self.query_one("#severity", RadioSet).pressed_index + 1) or USUAL

    def _effect(self) -> None:
        """What it will do, by the time at which it would be done."""
        words, muster, now = self.words, self._muster, self._scene.clock()
        steps = sum(step.is_needed(self._severity, ()) for step in muster.plan.steps)
        effect = words.t(
            "Starts the clock at {time} {offset}, loads the plan “{plan}” ({n} steps), tells no one outside.",
            time=words.clock_s(now),
            offset=words.offset(now),
            plan=muster.plan.name,
            n=steps,
        )
        self.query_one("#effect", Static).update(content_of([Part(effect, "$muted")]))

    def on_mount(self) -> None:
        self.query_one("#title", Input).focus()
        self._effect()
        self.set_interval(1.0, self._effect)

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        event.stop()
        self._effect()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def confirm(self) -> None:
        severity = self._severity
        title = self.query_one("#title", Input).value
        lead = self.query_one("#lead", Input).value
        objective = self.query_one("#objective", Input).value
        muster, scene = self._muster, self._scene
        mode: Mode = "demo" if scene.mode == "demo" else "drill" if scene.mode == "drill" else "live"

        def decide(board: Board) -> IncidentDeclared:
            return declare(
                title=title,
                severity=severity,
                lead=lead,
                objectives=[objective],
                plan=muster.plan,
                roles=muster.roles,
                people=muster.people,
                now=scene.clock(),
                zone=muster.zone,
                first_mention_at=self._first_mention_at,
                mode=mode,
                organisation=scene.organisation,
                open_incident=board.incident,
            )

        try:
            decide(scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            fields = [self.query_one(f"#{id}", Input) for id in ("title", "lead")]
            empty = next((field for field in fields if not field.value.strip()), None)
            if empty is not None:  # what is missing is typed at once
                empty.focus()
            return
        self.hand_in(Act(decide, say("Declared. The clock runs.")))


def what_is_told(scene: Scene) -> str:
    """What the crisis may be about, in the words that most people share, or why it is asked; empty where nothing is
    unusual. A start, to be written over."""
    proposal = scene.proposal
    if scene.spike is None and proposal is None:
        return ""
    sorting = scene.sorting
    if sorting.stories.narratives:
        return told_as(scene, sorting.stories.narratives[0], TITLE)
    if sorting.stories.alone:  # one author can write any number of copies
        shared = max(sorting.stories.alone, key=lambda one: sorting.people_of(one.groups[0]))
        return told_as(scene, shared, TITLE)
    danger = proposal is not None and proposal.reason == "topic"
    return scene.words.t("Several people tell of a danger") if danger else ""


def first_mention(scene: Scene, selected: int | None) -> datetime | None:
    """When it began: the selected mention, where one is selected; else the first that dislikes us in the last hour."""
    if selected is not None:
        kept = scene.reader.get(selected)
        return kept.mention.at if kept is not None else None
    since = scene.now - timedelta(hours=1)
    where = Filter(segments=frozenset({Segment.DISLIKE, Segment.HATE}))
    times = [
        kept.mention.at
        for row in scene.reader.rows(where, limit=FIRST_AMONG)
        if (kept := scene.reader.get(row)) is not None and kept.mention.at >= since
    ]
    return min(times, default=None)
